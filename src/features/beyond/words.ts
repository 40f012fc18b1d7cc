// The texts of the uses beyond the purpose.

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import type { StatedPurpose } from '../../law/index.ts';
import { referenceWords } from '../provision/index.ts';
import { beyondQuestion, OTHER_PURPOSE, type wordNames } from './facts.ts';

export const words = {
  title: both('目的の範囲を超えた利用', 'Use beyond the purpose'),
  lead: both(
    '集めたときの目的の範囲を超えて使えるのは、法18条3項の例外に当たるときだけです。利用を求める人が、当たる号とその事実を確かめ、承認した人として記録に残ります。同意を得るのに手間がかかるというだけでは、どの号にも当たりません。',
    'Information may be used beyond the purpose it was collected for only under an exception of Article 18(3). The person who requests the use checks which item applies and the facts behind it, and is on record as the approver. That obtaining consent takes effort is not enough for any item.',
  ),
  person: both('本人', 'Person'),
  seePerson: both('本人の画面', 'Person’s page'),
  close: both('閉じて本人の画面に戻る', 'Close and return to the person’s page'),
  people: both('本人', 'People'),
  open: both('記録して開く', 'Record and open'),
  opened: both('開いた情報', 'Information opened'),
  openedSub: both(
    'この画面だけに表示します。画面を離れると閉じます',
    'Shown on this page only. It closes when you leave',
  ),
  recorded: both('記録してから開きました', 'Recorded, then opened'),
  recordedSays: both(
    '当たる号、事実、承認した人を記録に残しました。この目的だけに使えます。',
    'The item of the law, the facts and the approver are on record. The information may be used for this purpose only.',
  ),
  absent: both('保有していません', 'Not held'),
  seeRecord: both('この利用の記録を見る', 'See the record of this use'),
  record: both('この利用の記録', 'Record of this use'),
  facts: both('確かめた事実', 'Facts that were checked'),
  at: both('日時', 'When'),
  by: both('承認した人', 'Approved by'),
  holding: both('台帳', 'Holding'),
  items: both('求めた項目', 'Items asked for'),
  read: both('読んだ項目', 'Items read'),
  none: both('なし', 'None'),
  purpose: both('目的', 'Purpose'),
  exception: both('当たる号', 'Item of the law'),
  logEntry: both('記録の証明を見る', 'See the log entry'),
  list: both('目的の範囲を超えた利用', 'Uses beyond the purpose'),
  againstWish: both('この利用をやめるよう、本人が求めています', 'The person has asked that this use stop'),
  againstWishSays: both(
    '停止の請求か申出の記録が、本人の画面にあります。法律の例外には及びませんが、同意を得ることが難しいといえるか、止めた理由に反しないかを、よく確かめてください。',
    'The request or objection is on the person’s page. It does not reach an exception of the law, but check carefully whether consent really is difficult to obtain, and whether the use goes against the reason for the stop.',
  ),
  otherPurpose: both('方針に書いていない目的', 'A purpose that the policy does not state'),
  choosePurpose: both('目的を選んでください', 'Choose a purpose'),
  chooseItem: both('どの号に当たるかを選んでください', 'Choose the item of the law'),
  unread: both(
    'うかがった事実を読み取れませんでした。もう一度お答えください。',
    'Your answers could not be read. Please answer again.',
  ),
  ask: both('目的の範囲を超えて使う（法18条3項）', 'Use beyond the purpose (Article 18(3))'),
  askOfficer: both(
    '法律の定める例外（法18条3項）に当たると思うときは、個人情報保護管理者に判断を求めてください。目的の範囲を超える利用は、管理者が判断します。',
    'If you think that an exception of the law applies (Article 18(3)), ask the privacy officer, who decides on any use beyond the purpose.',
  ),
} satisfies Record<string, Bilingual>;

const situation = beyondQuestion.leaves.find(({ path }) => path === 'situation')!.field.label;

/** The labels of what is written in free words. */
export const wordWords: Record<(typeof wordNames)[number], Bilingual> = { situation, ...referenceWords };

/** A purpose as a record shows it. */
export function purposeText(purposes: ReadonlyMap<string, StatedPurpose>, id: string, lang: Lang): string {
  const says = purposes.get(id)?.says;
  return id === OTHER_PURPOSE ? words.otherPurpose[lang] : says ? `${id} ${says[lang]}` : id;
}

/** A purpose where there is little room: its id, or words. */
export const purposeCode = (id: string, lang: Lang): string => (id === OTHER_PURPOSE ? words.otherPurpose[lang] : id);
