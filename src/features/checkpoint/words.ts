// Words of the checkpoint's screens.

import { both, type Bilingual } from '../../base/bilingual.ts';
import type { PartyKind } from '../../law/index.ts';

export const words = {
  ask: both('関所で確かめる', 'Ask the checkpoint'),
  askSub: both('この情報を、この目的で扱ってよいか', 'May this information be handled for this purpose?'),
  useTitle: both('社内で使う', 'Use it within the company'),
  useSub: both('持っている情報を、ある目的で読む、並べる、送る', 'Read, sort or send what is held, for a purpose'),
  provideTitle: both('社外へ渡す', 'Hand it to somebody else'),
  provideSub: both(
    '第三者への提供、委託、共同利用、外国の相手',
    'Third parties, entrustment, joint use, recipients abroad',
  ),
  holding: both('台帳', 'Holding'),
  items: both('項目', 'Items'),
  purpose: both('目的', 'Purpose'),
  start: both('確かめる', 'Ask'),
  noHolding: both('使用中の台帳がまだありません', 'There is no holding in use yet'),
  noHoldingSays: both(
    '個人情報は、台帳に登録した置き場にだけ入ります。先に台帳を登録してください。',
    'Personal information enters only a registered holding. Register one first.',
  ),
  register: both('台帳を登録する', 'Register a holding'),
  facts: both('うかがった事実', 'What you have said'),
  change: both('変える', 'Change'),
  about: both('何を、何のために', 'What, and what for'),
  first: both('相手', 'The recipient'),
  more: both('ほかの根拠や事情を加える', 'Add another basis or circumstance'),
  missing: both('答えに足りないこと', 'Missing for an answer'),
  answer: both('この事実で答えを出す', 'Answer on these facts'),
  answerSays: {
    useYes: both('この目的で使えます。', 'It may be used for this purpose.'),
    useNo: both('この目的には使えません。', 'It may not be used for this purpose.'),
    provideYes: both(
      '渡せます。下の義務とともに記録が残ります。',
      'It may be handed over. It is recorded, with the duties below.',
    ),
    provideNo: both('渡せません。', 'It may not be handed over.'),
    unknown: both(
      '事実が足りません。分かるまで、扱えません。',
      'Facts are missing. Until they are known, it may not be handled.',
    ),
  },
  titles: {
    useYes: both('使ってよい', 'it may be used'),
    useNo: both('使えません', 'it may not be used'),
    provideYes: both('渡してよい', 'it may be handed over'),
    provideNo: both('渡せません', 'it may not be handed over'),
    unknown: both('まだ答えられません', 'no answer yet'),
  },
  notLogged: both('確かめるだけでは、だれの情報も扱いません。', 'Asking alone handles nobody’s information.'),
} satisfies Record<string, unknown>;

export const madeUnder = (policy: number, law: string): Bilingual =>
  both(
    `方針 第${policy}版、法令データ ${law} による答え。`,
    `Answered under policy version ${policy} and law data of ${law}.`,
  );

/** What a recipient or a provider may be. */
export const partyWords: Readonly<Record<PartyKind, Bilingual>> = {
  corporation: both('会社などの法人', 'A company or other corporation'),
  individual: both('個人で事業を営む人', 'A sole trader'),
  'private-person': both('事業者でない個人', 'A private person'),
  'state-organ': both('国の機関', 'An organ of the state'),
  'local-government': both('地方公共団体', 'A local government'),
  'administrative-agency': both('独立行政法人など', 'An incorporated administrative agency'),
  'local-administrative-agency': both('地方独立行政法人', 'A local incorporated administrative agency'),
};

/** Names of what a record or a notice holds. */
export const itemNames: Record<string, Bilingual> = {
  'consent-obtained': both('同意を得ている旨', 'that consent was obtained'),
  'provided-on': both('提供した日', 'day of provision'),
  'recipient-name': both('提供先の氏名または名称', 'name of the recipient'),
  'recipient-address': both('提供先の住所', 'address of the recipient'),
  'recipient-representative': both('代表者の氏名', 'name of its representative'),
  principal: both('本人を特定する事項', 'what identifies the person'),
  items: both('データの項目', 'items of data'),
  'provider-name': both('提供元の氏名または名称', 'name of the provider'),
  'provider-address': both('提供元の住所', 'address of the provider'),
  'provider-representative': both('代表者の氏名', 'name of its representative'),
  'how-acquired': both('提供元が取得した経緯', 'how the provider acquired it'),
  'received-on': both('受け取った日', 'day of receipt'),
  'filing-published': both('届出が公表されている旨', 'that the filing is published'),
  item: both('当たる号', 'the item that applies'),
  facts: both('当たる事実', 'the facts'),
  basis: both('根拠の法令', 'the legal basis'),
  document: both('文書の番号', 'the document'),
  kind: both('記録の要らない類型', 'the kind that needs no record'),
  reason: both('その理由', 'the reason'),
  approver: both('認めた人', 'who approved it'),
  selection: both('適切な選定', 'selection'),
  contract: both('委託契約', 'contract'),
  'handling-status': both('取扱状況の把握', 'how it is handled'),
  're-entrustment': both('再委託の確認', 're-entrustment'),
  'how-set-up': both('体制を整えた方法', 'how the system was set up'),
  measures: both('相手の措置の概要', 'measures of the recipient'),
  'check-frequency-and-method': both('確かめる頻度と方法', 'how often and how it is checked'),
  country: both('国の名称', 'the country'),
  'foreign-systems': both('影響する外国の制度', 'systems of that country that bear on it'),
  trouble: both('実施の支障', 'what stands in the way'),
  remedy: both('支障への対応', 'what is done about it'),
};
