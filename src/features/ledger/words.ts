// The words of the ledger, in both languages.

import type { Bilingual, Lang } from '../../base/bilingual.ts';
import { both } from '../../base/bilingual.ts';
import type { Policy } from '../policy/index.ts';
import { INDIRECT, type Act, type HoldingContent, type PrincipalKind } from './facts.ts';

export const fieldWords: Record<keyof HoldingContent, Bilingual> = {
  name: both('台帳', 'Holding'),
  department: both('部門', 'Department'),
  manager: both('管理者', 'Manager'),
  purposes: both('目的', 'Purposes'),
  items: both('情報', 'Items'),
  principals: both('本人の種類', 'Kinds of people'),
  channels: both('入手', 'Acquired through'),
  place: both('置き場', 'Kept at'),
  retention: both('保存', 'Kept for'),
  access: both('使える人', 'Who may use it'),
};

export const principalWords: Record<PrincipalKind, Bilingual> = {
  customer: both('お客様', 'Customers'),
  prospect: both('検討中のお客様', 'Prospective customers'),
  partner: both('取引先の方', 'People at business partners'),
  visitor: both('来訪された方', 'Visitors'),
  requester: both('開示等を請求された方', 'People who made a request'),
  other: both('その他の方', 'Others'),
};

export const actWords: Record<Act, Bilingual> = {
  register: both('登録', 'Registered'),
  change: both('変更', 'Changed'),
  confirm: both('見直し（変更なし）', 'Confirmed, no change'),
  retire: both('廃止', 'Retired'),
};

/** The buttons of the form of a holding. */
export const presses = { register: both('登録する', 'Register'), save: both('保存する', 'Save') };

/** A change of purpose (利用目的の変更). */
export const changeWords = {
  changes: both('利用目的の変更', 'Changes of purpose'),
  more: both('集めた情報を、別の目的にも使う', 'Use what was collected for another purpose too'),
  none: both(
    'この台帳の情報は、それぞれ集めたときの目的だけに使えます。',
    'Information in this holding can be used only for the purposes it was collected for.',
  ),
  from: both('集めたときの目的', 'Collected for'),
  to: both('これにも使う目的', 'Used for this too'),
  announced: both('通知か公表', 'Notified or published'),
  reason: both('関連していると判断した理由', 'Why it is judged related'),
  judged: both('判断した人', 'Judged by'),
  end: both('取り消す', 'Take back'),
  outdated: both(
    '方針の文が変わったため、この変更では何も使えません',
    'The wording in the policy has changed, so nothing may be used under this change',
  ),
  outdatedSays: both(
    '前の判断は、前の文についてのものです。いまの文で関連しているかを個人情報保護管理者が判断し、通知か公表をすると、再び使えます。',
    'The earlier judgement was about the former wording. Once the privacy officer has judged the purposes to be related in their present wording, and it has been notified or published, the information may be used again.',
  ),
  wording: both('文の変わったところ', 'What has changed in the wording'),
  unstated: both('方針にありません', 'Not in the policy'),
  anew: both('改めて判断する', 'Judge anew'),
} satisfies Record<string, Bilingual>;

export const stateWords = { active: both('使用中', 'In use'), retired: both('廃止', 'Retired') };

const indirect = both('本人以外から', 'Not from the person');

/** The name of a channel of acquisition; its id where the policy no longer has it. */
export function channelWord(policy: Policy | null, id: string, lang: Lang): string {
  if (id === INDIRECT) return indirect[lang];
  return policy?.operator.acquisition_channels.find((channel) => channel.id === id)?.name[lang] ?? id;
}

/** The number of the clause that makes a promise; null when the policy has none. */
export const clauseOf = (policy: Policy | null, promise: string): number | null =>
  policy?.clauses.find((clause) => clause.promises.includes(promise))?.no ?? null;
