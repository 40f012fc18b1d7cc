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
  channels: both('入手', 'Comes in by'),
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

export const stateWords = { active: both('使用中', 'In use'), retired: both('廃止', 'Retired') };

const indirect = both('本人以外から', 'Not from the person');

/** The name of a way of acquisition; the id where the policy has it no longer. */
export function channelWord(policy: Policy | null, id: string, lang: Lang): string {
  if (id === INDIRECT) return indirect[lang];
  return policy?.operator.acquisition_channels.find((channel) => channel.id === id)?.name[lang] ?? id;
}

/** The number of the clause that makes a promise; null when the policy has none. */
export const clauseOf = (policy: Policy | null, promise: string): number | null =>
  policy?.clauses.find((clause) => clause.promises.includes(promise))?.no ?? null;
