// What the places for the sentences of the letters are called, and the values that a sentence takes, for whoever writes them.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { kindWords, resultWords } from '../words.ts';
import { placesOf, type Place, type PlaceKey, type ValueName } from './texts.ts';

/** What stands in the place of a value, such as `{form}`. */
export const valueWords: Record<ValueName, Bilingual> = {
  name: both('名前', 'the name'),
  yen: both('金額', 'the amount'),
  form: both('用紙の名前', 'the name of the form'),
  arrived: both('手紙が届いた日', 'the day the letter arrived'),
  clause: both('方針の条項の番号', 'the number of the clause of the policy'),
  fee: both('手数料の額', 'the fee'),
  desk: both('窓口の名前', 'the name of the desk'),
  address: both('窓口の住所', 'the address of the desk'),
  company: both('会社の名前', 'the name of the company'),
  checkDays: both('本人を確認するまでの営業日の数', 'business days until identity is checked'),
  answerBy: both('答えを送る期限の日', 'the day the answer is sent by'),
  information: both(
    '「個人情報」または「特定個人情報等」',
    '“personal information” or “specific personal information”',
  ),
  received: both('届いた額', 'the amount that came'),
  missing: both('足りない額', 'the amount that is missing'),
  by: both('届いてほしい日', 'the day it should come by'),
  document: both('同封する書面の名前', 'the name of the paper enclosed'),
  organisation: both('認定個人情報保護団体の名前', 'the name of the accredited organisation'),
  contact: both('その団体の連絡先', 'how to reach that organisation'),
  asOf: both('開示する内容の日', 'the day of what is disclosed'),
  ground: both('開示しない理由', 'why it is not disclosed'),
  what: both('手数料のかかる請求', 'the application the fee is for'),
  on: both('受け取った日', 'the day it was received'),
  before: both('前に知らせた日', 'the day told before'),
  number: both('受付番号', 'the number of the request'),
  code: both('確認コード', 'the code that shows the stage'),
  papers: both('本人を確認する書類の項の番号', 'the number of the point with the identity papers'),
  agents: both('代理人の書類の項の番号', 'the number of the point with the papers of an agent'),
  place: both('進み具合を見るページのアドレス', 'the address of the page that shows the stage'),
  until: both('新しい日', 'the new day'),
  given: both('渡した日', 'the day it was given'),
  validUntil: both('リンクを開ける最後の日', 'the last day the link opens'),
};

/** What a group of sentences is for. */
export const groupWords: Readonly<Record<string, Bilingual>> = {
  frame: both('どの手紙にもある言葉', 'On every letter'),
  information: both('情報の呼び方', 'What the information is called'),
  cover: both('送り状（用紙といっしょに送る手紙）', 'The letter that goes with a form'),
  forms: both('請求の用紙', 'The forms'),
  lacks: both('足りないものを知らせる手紙', 'What is missing'),
  notice: both('決定の通知の各項', 'The points of a notice'),
  disclosure: both('開示書', 'The paper that discloses'),
  receipt: both('手数料の受領証', 'The receipt for the fee'),
  parcel: both('受け取り用コードの手紙', 'The code of an electronic answer'),
  acknowledgement: both('手紙を受け付けた知らせ', 'We have your letter'),
  refund: both('手数料を返す手紙', 'A fee that is returned'),
  corrected: both('提供先に訂正を知らせる手紙', 'A correction told to a recipient'),
  consultation: both('相談への答え', 'The answer to a question'),
  extension: both('答えが遅れる知らせ', 'An answer that takes longer'),
  ...Object.fromEntries(
    Object.entries(kindWords).map(([kind, { name }]) => [
      `notices.${kind}`,
      both(`決定の通知：${name.ja}`, `Notice: ${name.en}`),
    ]),
  ),
};

/** What a part of a path is called; the parts of a place, one after another, say what it is. */
const keyWords: Record<PlaceKey, Bilingual> = {
  ...resultWords,
  frame: groupWords['frame']!,
  information: both('請求の対象', 'What it is about'),
  cover: groupWords['cover']!,
  forms: groupWords['forms']!,
  lacks: groupWords['lacks']!,
  notices: both('決定の通知', 'Notices'),
  notice: groupWords['notice']!,
  receipt: groupWords['receipt']!,
  parcel: groupWords['parcel']!,
  acknowledgement: groupWords['acknowledgement']!,
  refund: groupWords['refund']!,
  corrected: groupWords['corrected']!,
  consultation: groupWords['consultation']!,
  extension: groupWords['extension']!,
  disclosure: kindWords.disclosure.name,
  correction: kindWords.correction.name,
  erasure: kindWords.erasure.name,
  'purpose-notice': kindWords['purpose-notice'].name,
  'record-disclosure': kindWords['record-disclosure'].name,
  'foreign-information': kindWords['foreign-information'].name,
  'stop-use': kindWords['stop-use'].name,
  'stop-provision': kindWords['stop-provision'].name,
  absent: both('なかったとき', 'There is none'),
  acquired: both('取得', 'How it was acquired'),
  abroad: both('外国', 'Abroad'),
  about: both('対象となる情報', 'Which information'),
  add: both('追加', 'Add'),
  added: both('前になかったとき', 'There was none before'),
  address: both('住所', 'Address'),
  addressHint: both('住所の説明', 'Hint on the address'),
  after: both('いまの内容', 'After'),
  again: both('再発行の印', 'Mark of a second print'),
  agent: both('代理人', 'Agent'),
  agents: both('代理人の書類', 'Papers of an agent'),
  agreed: both('同意', 'Agreement'),
  all: both('すべて', 'All'),
  answer: both('答える日', 'When we answer'),
  arrived: both('届いた日', 'Day of arrival'),
  ask: both('お願い', 'Request'),
  authority: both('代理人の書類', 'Papers of an agent'),
  back: both('送っていただくもの', 'What to send back'),
  'bank-transfer': both('振込みのとき', 'By bank transfer'),
  bar: both('黒塗りの読み上げ', 'What a black bar says'),
  barNote: both('黒塗りの説明', 'Note on black bars'),
  basis: both('根拠', 'Basis'),
  before: both('前の内容', 'Before'),
  born: both('生年月日', 'Date of birth'),
  bornHint: both('生年月日の説明', 'Hint on the date of birth'),
  breach: both('漏えい', 'Breach'),
  by: both('期日', 'By when'),
  care: both('ご注意', 'Please note'),
  changes: both('訂正の内容', 'What was changed'),
  checked: both('確認した人', 'Checked by'),
  clause: both('条項', 'Clause'),
  close: both('結び', 'Closing'),
  closing: both('結語', 'Closing'),
  code: both('確認コード', 'Code'),
  complaint: both('不満の申出', 'Complaints'),
  consent: both('同意', 'Consent'),
  contact: both('連絡先', 'Contact'),
  contactHint: both('連絡先の説明', 'Hint on the contact'),
  correct: both('訂正', 'Correct'),
  customer: both('お客様などの情報', 'Of customers and others'),
  data: both('対象の情報', 'The information'),
  dataHint: both('対象の情報の説明', 'Hint on the information'),
  dated: both('書いた日', 'Date'),
  day: both('日', 'Day'),
  dealings: both('当社との関わり', 'Dealings'),
  dealingsHint: both('当社との関わりの説明', 'Hint on the dealings'),
  delete: both('削除', 'Delete'),
  deleted: both('削除したとき', 'Deleted'),
  difficult: both('書くことが難しい方へ', 'If writing is hard'),
  done: both('したこと', 'What was done'),
  electronic: both('電磁的記録', 'Electronic'),
  enclosed: both('同封するもの', 'Enclosed'),
  end: both('終わり', 'End'),
  evidence: both('資料', 'Evidence'),
  fee: both('手数料', 'Fee'),
  files: both('ファイルの開き方', 'How to open the files'),
  for: both('但し書き', 'What it is for'),
  form: both('用紙', 'Form'),
  ground: both('理由', 'Ground'),
  grounds: both('理由', 'Grounds'),
  handed: both('渡すもの', 'What is handed over'),
  harm: both('権利や利益', 'Harm'),
  harms: both('1号', 'Item (i)'),
  hide: both('隠していただく番号', 'Numbers to cover'),
  hint: both('説明', 'Hint'),
  how: both('取得の経緯', 'How it was acquired'),
  identity: both('本人を確認する書類', 'Identity papers'),
  impedes: both('2号', 'Item (ii)'),
  improper: both('不当な使い方', 'Improper use'),
  intro: both('前文', 'Lead'),
  item: both('項目', 'Item'),
  items: both('一覧', 'List'),
  kana: both('ふりがな', 'Kana'),
  kanaHint: both('ふりがなの説明', 'Hint on the kana'),
  kind: both('種類', 'Kind'),
  lead: both('前文', 'Lead'),
  legal: both('法定代理人', 'Legal representative'),
  mail: both('電子メール', 'E-mail'),
  mandated: both('委任された代理人', 'Agent with a mandate'),
  measure: both('対応、措置', 'Measure'),
  method: both('受け取り方', 'Way to receive it'),
  'my-number': both('お取引先の個人番号などの情報', 'Of partners, with their My Number'),
  myNumber: both('個人番号の注意', 'Note on the My Number'),
  name: both('氏名', 'Name'),
  needless: both('必要がない', 'No longer needed'),
  next: both('このあとの進み方', 'What happens next'),
  none: both('ないとき', 'None'),
  now: both('いまの内容', 'As it is'),
  number: both('番号', 'Number'),
  numberingAct: both('番号法', 'Numbering Act'),
  office: both('窓口記入欄', 'For the desk'),
  open: both('受け取り方', 'How to fetch it'),
  opening: both('頭語と挨拶', 'Opening'),
  organisation: both('団体', 'Organisation'),
  other: both('同意以外', 'Other than consent'),
  over: both('多すぎたとき', 'Too much'),
  paid: both('払い方', 'How it is paid'),
  paper: both('書面', 'On paper'),
  papers: both('本人を確認する書類', 'Identity papers'),
  period: both('期間', 'Period'),
  periodHint: both('期間の説明', 'Hint on the period'),
  person: both('人の宛名', 'To a person'),
  'postage-stamps': both('切手のとき', 'By postage stamps'),
  principal: both('本人', 'Person concerned'),
  provided: both('提供', 'Provided'),
  provider: both('提供元', 'Provider'),
  provisions: both('提供の記録', 'Records of provision'),
  purpose: both('目的外の利用', 'Other purposes'),
  purposes: both('利用目的', 'Purposes'),
  reason: both('理由', 'Reason'),
  reasons: both('理由', 'Reasons'),
  receipts: both('受領の記録', 'Records of receipt'),
  received: both('受領', 'Received'),
  recipient: both('提供先', 'Recipient'),
  recipients: both('提供先', 'Recipients'),
  recipientsHint: both('提供先の説明', 'Hint on the recipients'),
  records: both('対象となる記録', 'Which records'),
  'registered-mail': both('書留のとき', 'By registered mail'),
  representative: both('代表者', 'Representative'),
  results: both('結果', 'Result'),
  right: both('正しい内容', 'What is right'),
  says: both('文', 'Text'),
  send: both('送り先', 'Where to send it'),
  short: both('足りないとき', 'Too little'),
  specify: both('対象となる情報', 'Which information'),
  stamp: both('収入印紙', 'Revenue stamp'),
  status: both('進み具合', 'How far it is'),
  stop: both('利用をやめる', 'Stop using'),
  erase: both('消去する', 'Erase'),
  story: both('くわしい事情', 'What happened'),
  storyHint: both('くわしい事情の説明', 'Hint on what happened'),
  suspension: both('求める対応', 'What is asked for'),
  taxed: both('税込の額', 'With tax'),
  tick: both('チェック', 'Tick'),
  result: both('結果', 'Result'),
  title: both('題名、見出し', 'Title'),
  titles: both('見出し', 'Titles'),
  told: both('知らせる内容', 'What is told'),
  untold: both('知らせていないとき', 'Where they were not told'),
  whose: both('どなたの情報か', 'Whose information'),
  unconsented: both('同意のない提供', 'Without consent'),
  unknownDay: both('日の記録がないとき', 'No day on record'),
  unreadable: both('読めない書類', 'Unreadable paper'),
  untaxed: both('税別の額', 'Without tax'),
  value: both('内容', 'Content'),
  violates: both('3号', 'Item (iii)'),
  what: both('請求', 'Application'),
  waived: both('いただかないとき', 'It is not kept'),
  which: both('種類', 'Kind'),
  why: both('理由', 'Why'),
  withheld: both('開示しない部分', 'What is withheld'),
  wrong: both('別のものが届いたとき', 'Another came'),
};

/** What a part of a path is called. */
export const keyWord = (key: string): Bilingual => keyWords[key as PlaceKey];

/** The parts of a place below its group, as they are called. */
const placeWords = (path: string, group: string): Bilingual[] =>
  path
    .slice(group.length + 1)
    .split('.')
    .map(keyWord);

/** What a place is called below its group; the n-th sentence of a list by its number, from 1. */
export function placeName(path: string, group: string, lang: Lang, n: number | null = null): string {
  const parts = placeWords(path, group).map((one) => one[lang]);
  return [...parts, ...(n === null ? [] : [String(n)])].join(lang === 'ja' ? '・' : ' · ');
}

/** The values of a sentence in words, such as `{form}：用紙の名前`. */
export const valuesSaid = ({ must, may }: Pick<Place, 'must' | 'may'>, lang: Lang): { must: string; may: string } => {
  const said = (names: readonly string[]): string =>
    names
      .map((name) => `{${name}}${lang === 'ja' ? '＝' : ' = '}${valueWords[name as ValueName][lang]}`)
      .join(lang === 'ja' ? '、' : ', ');
  return { must: said(must), may: said(may) };
};

/** The places of a group in sections: those of one key together, the others under no name. */
export function sectionsOf(group: string): { key: string | null; places: Place[] }[] {
  const sections: { key: string | null; places: Place[] }[] = [];
  for (const place of placesOf(group)) {
    const [key, below] = place.path.slice(group.length + 1).split('.');
    const name = below === undefined ? null : key!;
    const last = sections.at(-1);
    if (last && last.key === name) last.places.push(place);
    else sections.push({ key: name, places: [place] });
  }
  return sections;
}
