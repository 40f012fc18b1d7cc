// Texts of the pages about personally related information.

import { both, type Bilingual } from '../../base/bilingual.ts';
import type { InformationLayer } from '../../law/index.ts';
import { carried } from '../consultation/index.ts';
import type { Collection, CollectionAct, Source, Telling } from './facts/collection.ts';
import type { ConsentBy } from './facts/receiving.ts';
import type { Documents } from './facts/providing.ts';
import type { UnlinkReason } from './facts/linking.ts';

export const words = {
  title: both('個人関連情報', 'Related information'),
  sub: both(
    'だれのものか分からない閲覧履歴、クッキーの番号、位置情報など（法2条7項、31条）',
    'Browsing histories, cookie numbers, locations and the like that do not say whose they are (Articles 2(7) and 31)',
  ),
  collections: both('扱っているまとまり', 'Collections'),
  collection: both('まとまり', 'Collection'),
  none: both('個人関連情報はまだ登録されていません', 'No personally related information is registered yet'),
  noCollections: both('この条件に合うまとまりはありません', 'No collection matches'),
  noneSays: both(
    'サイトやアプリで集めるもの、ほかの会社から受け取るものを登録すると、提供と受け取りができます。',
    'Register what your sites and apps collect and what comes from other companies; then it can be provided and received.',
  ),
  register: both('まとまりを登録する', 'Register a collection'),
  registerTitle: both('個人関連情報を登録する', 'Register related information'),
  change: both('変える', 'Change'),
  changeTitle: both('登録の内容を変える', 'Change what is registered'),
  retire: both('廃止する', 'Retire'),
  retireTitle: both('まとまりの廃止', 'Retire the collection'),
  retireSays: both(
    '廃止すると、新しい提供、受け取り、結び付けはできなくなります。これまでの記録は残ります。元には戻せません。',
    'Once retired, nothing new is provided, received or linked. The records stay. This cannot be undone.',
  ),
  saved: both('保存しました', 'Saved'),
  save: both('保存する', 'Save'),
  cancel: both('やめる', 'Cancel'),
  name: both('名前', 'Name'),
  nameJa: both('名前', 'Name in Japanese'),
  nameEn: both('英語の名前', 'Name in English'),
  source: both('どこから来ますか', 'Where does it come from?'),
  state: both('状態', 'State'),
  sourceHead: both('出どころ', 'Source'),
  place: both('サイト、アプリ、会社の名前', 'Name of the site, the app or the company'),
  placeHead: both('サイト、アプリ、会社', 'Site, app or company'),
  placeHint: both('例：会員向けサイト（members.example.jp）', 'Such as: members’ site (members.example.jp)'),
  searchable: both(
    'コンピューターなどで検索できるように整理していますか',
    'Is it arranged so that it can be searched by computer?',
  ),
  communications: carried,
  holding: both('本人と結び付けたものを置く台帳', 'Holding that keeps what is linked to persons'),
  holdingHint: both(
    '結び付けたものは個人情報になります。ここで選んだ台帳の目的にだけ使えます。結び付けないなら、選ばないでください。',
    'What is linked becomes personal information and may be used for the purposes of this holding alone. Choose none if nothing is ever linked.',
  ),
  noHolding: both('結び付けない', 'Nothing is linked'),
  items: both('項目', 'Items'),
  item: both('項目', 'Item'),
  itemsHint: both('1行に1つ書きます。使わない行は空けておきます。', 'One per line. Leave lines you do not need empty.'),
  code: both('符号', 'Code'),
  labelJa: both('項目の名前', 'Name in Japanese'),
  labelEn: both('英語の名前', 'Name in English'),
  tells: both('だれのことか分かりますか', 'Does it show who it is about?'),
  choose: both('選んでください', 'Please choose'),
  class: both('分類', 'Class'),
  classHint: both('分類は、答えに応じて、法律により決まります。', 'The class follows from your answer by law.'),
  linkedClass: both('結び付けたもの', 'Once linked'),
  links: both('本人との結び付き', 'Links to persons'),
  linksHead: both('結び付き', 'Links'),
  linksSays: both(
    '識別子の値はどこにも残りません。鍵を使って作った照合用の符号だけを保存しています。',
    'The value of an identifier is not kept anywhere. Only a code made with a key is kept, for comparison.',
  ),
  yes: both('はい', 'Yes'),
  no: both('いいえ', 'No'),
  about: both('登録の内容', 'What is registered'),
  history: both('これまでの版', 'History'),
  version: both('版', 'Version'),
  when: both('日時', 'When'),
  act: both('行為', 'Act'),
  entry: both('記録', 'Record'),
  seeEntry: both('記録の証明を見る', 'See the log entry'),
  provisions: both('提供', 'Provisions'),
  provisionsTitle: both('個人関連情報の提供', 'Provisions of related information'),
  provisionsSub: both('法31条により確かめたことの記録', 'With the records of what was confirmed under Article 31'),
  receipts: both('受け取り', 'Receipts'),
  receiptsTitle: both('個人関連情報の受け取り', 'Receipts of related information'),
  receiptsSub: both(
    '個人データとして受け取ったものと、その記録',
    'What was received, and the records of what was linked',
  ),
  lost: both(
    'バックアップから戻したときに、法30条か31条の記録が失われた提供か受け取りがあります',
    'There are provisions or receipts whose records of Articles 30 or 31 were lost when a backup was restored',
  ),
  seeLost: both('失われたものを見る', 'See what was lost'),
  allProvisions: both('提供をすべて見る', 'All provisions'),
  allReceipts: both('受け取りをすべて見る', 'All receipts'),
  noProvisions: both('提供はまだありません', 'Nothing has been provided yet'),
  noProvisionsSays: both(
    'まとまりの画面から渡すと、関所の答えと記録がここに残ります。',
    'When something is provided from the page of a collection, the answer and the record appear here.',
  ),
  noSuchProvision: both('この条件に合う提供はありません', 'No provision matches'),
  noReceipts: both('受け取りはまだありません', 'Nothing has been received yet'),
  noReceiptsSays: both(
    'ほかの会社から受け取るまとまりの画面で記録すると、ここに残ります。',
    'When something is received on the page of a collection that comes from another company, it appears here.',
  ),
  noSuchReceipt: both('この条件に合う受け取りはありません', 'No receipt matches'),
  toCollections: both('まとまりを見る', 'See the collections'),
  provide: both('この情報を渡す', 'Provide this'),
  provideTitle: both('個人関連情報を渡す', 'Provide related information'),
  provideDo: both('渡して記録する', 'Provide and record'),
  provided: both('渡したことを記録しました', 'The provision is recorded'),
  whatProvided: both('渡したもの', 'What was provided'),
  receive: both('この情報を受け取る', 'Receive this'),
  receiveTitle: both('個人関連情報を受け取る', 'Receive related information'),
  receiveDo: both('受け取って記録する', 'Receive and record'),
  received: both('受け取りを記録しました', 'The receipt is recorded'),
  whatReceived: both('受け取ったもの', 'What was received'),
  recipient: both('提供先', 'Recipient'),
  recipientFirst: both('だれに渡しますか', 'Who is it for?'),
  noRecipients: both('第三者として登録された提供先がありません', 'No recipient is registered as a third party'),
  noRecipientsSays: both('先に、提供先の一覧に登録します。', 'Register the recipient in the list of recipients first.'),
  toRecipients: both('提供先の一覧へ', 'To the recipients'),
  next: both('次へ', 'Next'),
  person: both('本人', 'Person'),
  personFirst: both('だれと結び付けますか', 'Who is it linked to?'),
  personId: both('本人の番号', 'Id of the person'),
  personHint: both(
    '本人の番号です。結び付けずに受け取るなら、空けておきます。',
    'The id of the person. Leave it empty if it is kept apart from persons.',
  ),
  apart: both('結び付けない', 'Kept apart'),
  provider: both('提供元', 'Provider'),
  address: both('住所', 'Address'),
  representative: both('代表者', 'Representative'),
  at: both('日時', 'When'),
  record: both('記録', 'Record'),
  provisionRecord: both('提供の記録', 'Record of the provision'),
  provisionRecordSub: both('法31条3項、規則28条', 'Article 31(3), Rules 28'),
  receiptRecord: both('受け取りの記録', 'Record of the receipt'),
  receiptRecordSub: both('法30条3項、規則24条', 'Article 30(3), Rules 24'),
  recorded: both('あり', 'Made'),
  noRecord: both('不要', 'Not needed'),
  itemless: both(
    '27条1項のどの号の場合かの記録がありません',
    'It is not on record under which item of Article 27(1) it was given',
  ),
  itemlessSays: both(
    '以前の版で記録した受け取りです。相手が27条1項のどの号の場合に渡したかを調べ、号とともに記録し直してください。どの号にも当たらなければ、結び付きを解き、本人の同意を得てください。',
    'An earlier version recorded this receipt. Find out under which item of Article 27(1) the provider gave it, and record it anew with the item. If none applies, unlink what was linked and obtain the person’s consent.',
  ),
  recordAnew: both('号とともに記録し直す', 'Record it anew with the item'),
  noRecordSays: both(
    'この根拠では、法律の求める記録は要りません。関所の答えは、操作の記録に残っています。',
    'No record is needed on this basis. The answer of the checkpoint is in the log.',
  ),
  nobodyInIt: both('本人がだれかは記録しません。', 'Who the persons are is not recorded.'),
  consentConfirmed: both('同意の確認', 'Consent'),
  consentConfirmedYes: both('本人の同意を得ていることを確かめた', 'Confirmed that the persons consented'),
  foreignConfirmed: both('外国についての情報の確認', 'Foreign information'),
  foreignConfirmedYes: both('本人に示されたことを確かめた', 'Confirmed that the persons were told'),
  consent: both('本人の同意', 'Consent'),
  consentObtained: both('得ている', 'Obtained'),
  providedOn: both('提供した日', 'Day of provision'),
  period: both('提供した期間', 'Period of provision'),
  madeOn: both('記録を作った日', 'Record made'),
  keepUntil: both('保存の期限', 'Kept until'),
  over: both(
    '保存の期限は過ぎました。この受け取りに基づく結び付きを解くと、この受け取りと記録を消去します。',
    'Its retention period is over. The receipt and its record are erased once the links that rest on it are removed.',
  ),
  documents: both('見たもの', 'What was seen'),
  namesNobody: both(
    '番号や置き場所を書き、人の名前は書かないでください。',
    'Give a number or a location, and do not name anybody.',
  ),
  consentBy: both('だれが得た同意か', 'Whose consent'),
  linkTitle: both('識別子を本人と結び付ける', 'Link an identifier'),
  linkSays: both(
    '値は、鍵を使って照合用の符号に変えて保存します。この画面を離れると、値は残りません。',
    'The value is turned into a keyed code. Once you leave this page, the value is gone.',
  ),
  identifier: both('どの項目の識別子ですか', 'Which item is it?'),
  value: both('識別子の値', 'Value of the identifier'),
  link: both('結び付ける', 'Link'),
  linked: both('結び付けました', 'Linked'),
  linkedOn: both('結び付けた日時', 'Linked at'),
  noLinks: both('結び付けた識別子はありません。', 'No identifier is linked.'),
  unlink: both('解く', 'Unlink'),
  unlinked: both('結び付きを解きました', 'Unlinked'),
  unlinkReason: both('解く理由', 'Why'),
  withdrawn: both('同意のなくなった結び付きを解く', 'Remove links that have no consent any more'),
  mayProvide: both('渡してよい', 'it may be provided'),
  providedOnThis: both('この答えにより渡しました。', 'It was provided on this answer.'),
  mayReceive: both('受け取ってよい', 'it may be received'),
  receivedOnThis: both('この答えにより受け取りました。', 'It was received on this answer.'),
  unread: both(
    '事実を読み取れませんでした。もう一度選んでください。',
    'The facts could not be read. Please choose again.',
  ),
  refused: both('関所が断りました', 'The checkpoint refused'),
  mayNotLink: both('いまは結び付けられません', 'it may not be linked now'),
  nothingLinked: both('何も結び付けていません。', 'Nothing was linked.'),
} satisfies Record<string, Bilingual>;

export const stateWords: Record<Collection['state'], Bilingual> = {
  active: both('使用中', 'In use'),
  retired: both('廃止', 'Retired'),
};

export const sourceWords: Record<Source, Bilingual> = {
  site: both('当社のサイトで集める', 'Collected on our site'),
  app: both('当社のアプリで集める', 'Collected in our app'),
  'third-party': both('ほかの会社から受け取る', 'Received from another company'),
};

export const tellingWords: Record<Telling, Bilingual> = {
  nobody: both(
    '分からない（番号だけでも、社内のほかの情報と照らし合わせても）',
    'No, neither by itself nor matched with what else we hold',
  ),
  'by-collation': both(
    '社内のほかの情報と簡単に照らし合わせて分かる',
    'Yes, when it is easily matched with what else we hold',
  ),
  'by-itself': both(
    'それだけで分かる（氏名、顔写真、免許証の番号など）',
    'Yes, by itself, such as a name, a picture or a licence number',
  ),
};

export const layerWords: Record<InformationLayer, Bilingual> = {
  personal: both('個人情報', 'Personal information'),
  'personal-data': both('個人データ', 'Personal data'),
  'retained-personal-data': both('保有個人データ', 'Retained personal data'),
  pseudonymous: both('仮名加工情報', 'Pseudonymised'),
  'pseudonymous-non-personal': both('仮名加工情報', 'Pseudonymised'),
  anonymous: both('匿名加工情報', 'Anonymised'),
  'personally-related': both('個人関連情報', 'Personally related'),
  none: both('個人に関する情報ではない', 'About nobody'),
};

export const actWords: Record<CollectionAct, Bilingual> = {
  register: both('登録', 'Registered'),
  change: both('変更', 'Changed'),
  retire: both('廃止', 'Retired'),
};

export const consentByWords: Record<ConsentBy, Bilingual> = {
  own: both('当社が得た同意', 'Obtained by us'),
  substitute: both('提供元が当社のために得た同意', 'Obtained by the provider in our place'),
};

export const documentWords: Record<keyof Documents, Bilingual> = {
  consent: both('同意を確かめた書面などの番号', 'Reference of what showed the consent'),
  foreignInformation: both(
    '外国について本人に示した書面の番号',
    'Reference of what the persons were shown about the country',
  ),
  contract: both('記録に代わる契約書などの番号', 'Reference of the contract that serves as the record'),
  legalBasis: both('根拠の法令と文書の番号', 'The law relied on and the reference of the document'),
};

export const reasonWords: Record<UnlinkReason, Bilingual> = {
  withdrawal: both('本人が同意を取り下げた', 'The person withdrew the consent'),
  mistake: both('誤って結び付けた', 'It was linked by mistake'),
  'not-needed': both('要らなくなった', 'It is no longer needed'),
};
