// Words of the checkpoint's screens.

import { both, type Bilingual } from '../../base/bilingual.ts';
import type { PartyKind } from '../../law/index.ts';

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
