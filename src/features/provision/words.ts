// Words of the provisions.

import { both, type Bilingual } from '../../base/bilingual.ts';
import type { Relation } from '../../law/index.ts';

export const words = {
  title: both('提供の記録', 'Provisions'),
  sub: both('社外へ渡した個人情報と、法29条の記録', 'What was handed over, with the records of Article 29'),
  view: both('表示', 'View'),
  all: both('すべての提供', 'All provisions'),
  onlyRecorded: both('法29条の記録', 'Records of Article 29'),
  none: both('提供はまだありません', 'Nothing has been provided yet'),
  noneSays: both(
    '本人の画面から渡すと、関所の答えと記録がここに残ります。',
    'When information is handed over from a person’s page, the answer and the record appear here.',
  ),
  toPeople: both('本人を探す', 'Find a person'),
  older: both('これより前の提供', 'Earlier provisions'),
  at: both('渡した日時', 'Handed over'),
  recipient: both('提供先', 'Recipient'),
  address: both('住所', 'Address'),
  representative: both('代表者', 'Representative'),
  relation: both('関係', 'Relation'),
  items: both('項目', 'Items'),
  holding: both('台帳', 'Holding'),
  purpose: both('目的', 'Purpose'),
  person: both('本人', 'Person'),
  record: both('提供の記録', 'Record of provision'),
  recordSub: both('法29条、規則20条', 'Article 29, Rules 20'),
  recorded: both('あり', 'Made'),
  noRecord: both('不要', 'Not needed'),
  noRecordSays: both(
    'この根拠による提供には、法29条の記録は要りません。関所の答えは記録に残っています。',
    'A provision on this basis needs no record of Article 29. The answer of the checkpoint is in the log.',
  ),
  consent: both('本人の同意', 'Consent'),
  consentYes: both('得ている', 'Obtained'),
  providedOn: both('提供した日', 'Day of provision'),
  madeOn: both('記録を作った日', 'Record made'),
  keepUntil: both('保存の期限', 'Kept until'),
  what: both('渡した情報', 'What was handed over'),
  logEntry: both('記録の証明を見る', 'See the log entry'),
  mayHand: both('渡してよい', 'it may be handed over'),
  handedOver: both('この答えにより渡しました。', 'It was handed over on this answer.'),
  newTitle: both('この人の情報を渡す', 'Hand over this person’s information'),
  handOver: both('渡して記録する', 'Hand over and record'),
  done: both('渡しました', 'It has been handed over'),
  handed: both('渡す内容', 'What to hand over'),
  handedSub: both(
    'この画面にだけ出ます。閉じると、もう一度は出ません',
    'Shown on this page only. Once closed, it is not shown again',
  ),
  absent: both('この人にはない項目：', 'Not held about this person: '),
  seeRecord: both('残った記録を見る', 'See what was recorded'),
  unread: both(
    '事実を読み取れませんでした。もう一度選んでください。',
    'The facts could not be read. Please choose again.',
  ),
} satisfies Record<string, Bilingual>;

export const relationWords: Record<Relation, Bilingual> = {
  'third-party': both('第三者', 'Third party'),
  entrustment: both('委託先', 'Entrusted party'),
  'joint-use': both('共同利用', 'Joint use'),
  succession: both('事業の承継', 'Successor'),
  'same-entity': both('社内', 'Within the company'),
};

export const modeWords: Record<'each' | 'bulk' | 'contract', Bilingual> = {
  each: both('そのつど作成', 'made each time'),
  bulk: both('一括して作成', 'made in bulk'),
  contract: both('契約書などで代替', 'a contract serves as the record'),
};
