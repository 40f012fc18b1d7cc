// The texts about one person, in both languages: what was done, with what and with whom. What the grounds of it say is in letters/grounds.ts.

import type { Bilingual, Lang } from '../../base/bilingual.ts';
import { both } from '../../base/bilingual.ts';
import { itemsIn, type LogEntry } from '../../log/index.ts';
import { listed, number } from '../../platform/ui/format.ts';
import { itemOf } from '../../vault/index.ts';
import type { LinkWay } from './facts.ts';

/** How it was established that two ids are one person. */
export const linkWayWords: Record<LinkWay, Bilingual> = {
  told: both(
    '本人がそう申し出て、申し出た人が本人であることを確認した',
    'The person said so, and it was confirmed that they are this person',
  ),
  document: both(
    '書面で確かめた（本人確認書類、契約書など）',
    'A paper shows it, such as an identity paper or a contract',
  ),
  number: both(
    '1人に1つしかない番号（会員番号、契約番号など）が同じ',
    'The same number that only one person has, such as a membership or contract number',
  ),
  details: both(
    '氏名のほかに、生年月日と、もう1つ以上の項目（住所、電話番号など）が同じ',
    'Besides the name, the date of birth and at least one more item, such as address or telephone number, agree',
  ),
};

/** What was done, as a person's history words it. */
const deedWords: Record<string, Bilingual> = {
  'people:acquire': both('取得', 'Acquired'),
  'people:use': both('利用', 'Used'),
  'people:use-beyond': both('目的の範囲を超えた利用', 'Used beyond the purpose'),
  'people:correct': both('訂正', 'Corrected'),
  'people:erase': both('消去', 'Erased'),
  'people:erase-again': both('復元後の、消去のやり直し', 'Erased again after a restore'),
  'people:link': both('同じ本人としての結び付け', 'Linked as one person'),
  'people:unlink': both('同じ本人としての結び付けの取消し', 'Link as one person taken back'),
  'people:provide': both('提供', 'Provided'),
  'people:package': both('提供ファイルのための読み出し', 'Read for a package'),
  'people:receipt': both('控えの発行', 'Receipt issued'),
  'people:words': both('書き添えた言葉の閲覧', 'Words written beside records read'),
  'people:identity': both('記録がだれのものかの閲覧', 'Identity kept for a record looked up'),
  'people:identity-over': both('記録がだれのものかを示すものの消去', 'Identity kept for a record erased'),
  'consent:record': both('同意の記録', 'Consent recorded'),
  'consent:withdraw': both('同意の取下げ', 'Consent withdrawn'),
  'consent:withdrawal-time': both('同意の取下げの時刻の記録', 'Time of a withdrawal recorded'),
  'consent:retract-objection': both('申出の記録の取消し', 'Objection taken back as a mistake'),
  'consent:object': both('やめてほしいという申出', 'Asked to stop'),
  'related:receive': both('個人関連情報の受け取り', 'Related information received'),
  'related:link': both('識別子の結び付け', 'Identifier linked'),
  'related:unlink': both('識別子の結び付きの解除', 'Identifier unlinked'),
  'related:find': both('識別子による検索', 'Found by an identifier'),
  'desk:specified': both('請求の対象としての特定', 'Identified as the person a request is about'),
  'desk:collected': both('請求のための情報の収集', 'Collected for a request'),
  'desk:reviewed': both('開示する項目の判断', 'Item of a disclosure decided on'),
  'desk:decided': both('請求の決定', 'Request decided'),
  'desk:carried-out': both('請求の実施', 'Request carried out'),
  'desk:notified': both('請求の結果の通知', 'Told how a request came out'),
  'desk:delivered': both('請求の答えの送付', 'Answer to a request sent'),
  'desk:undelivered': both('請求の答えの不達', 'Answer to a request not delivered'),
  'desk:sought': both('請求の答えのための連絡の試み', 'Tried to make contact for an answer'),
  'desk:closed': both('請求の終了', 'Request closed'),
  'desk:fee-waived': both('請求の手数料の免除', 'Fee of a request waived'),
  'desk:refunded': both('請求の手数料の返還', 'Fee of a request returned'),
  'desk:papers-short': both('請求の書類の不足の連絡', 'Told which papers of a request are missing'),
  'desk:papers-received': both('請求の書類の到着', 'Papers of a request received'),
  'desk:extended': both('請求の期限の延長', 'Deadline of a request extended'),
  'desk:withdrawn': both('請求の取下げ', 'Request withdrawn'),
  'desk:dismissed': both('請求の却下', 'Request dismissed'),
  'desk:amended': both('請求の受付の誤りの訂正', 'Error in registering a request corrected'),
  'desk:assigned': both('請求の担当の変更', 'Request assigned'),
  'desk:eased': both('請求の受け方の変更', 'Way of taking a request changed'),
  'desk:papers-erased': both('請求の書類の消去', 'Papers of a request erased'),
  'desk:open-paper': both('請求の書類の閲覧', 'Paper of a request opened'),
  'desk:beside': both('請求による訂正・消去', 'Corrected or erased for a request'),
  'desk:nothing-left': both('請求の実施（済んでいたもの）', 'Nothing was left to carry out'),
  'desk:look': both('請求を調べるための閲覧', 'Looked at to judge a request'),
  'desk:disclose': both('開示のための読み出し', 'Read for a disclosure'),
  'desk:tell-recipient': both('提供先への訂正の連絡', 'Recipient told of a correction'),
  'list:export': both('一覧の書き出し', 'List exported'),
  'records:export': both('提供の記録の書き出し', 'Records of provision exported'),
  refused: both('断った扱い', 'Refused'),
};

export const askedWords: Record<string, Bilingual> = {
  acquire: both('取得', 'to acquire'),
  use: both('利用', 'to use'),
  provide: both('提供', 'to provide'),
};

const recordWords: Readonly<Record<string, { ja: string; one: string; many: string }>> = {
  provisions: { ja: '提供の記録', one: 'record of provision', many: 'records of provision' },
  receipts: { ja: '受け取りの記録', one: 'record of receipt', many: 'records of receipt' },
};

/** The ids of the holdings that an entry is about. The decision on a record has the kind of the record in their place. */
export const holdingsIn = ({ holding, holdings }: LogEntry): string[] =>
  [holding, holdings].flat().filter((id): id is string => typeof id === 'string' && !Object.hasOwn(recordWords, id));

/** A holding, or a collection of related information, whose items have their names there. */
export interface Place {
  name: Bilingual;
  items: readonly { code: string; label: Bilingual }[];
}

/** The name of a holding or a collection that an entry names, or of the kind of record that stands in its place. */
export const placeWord = (code: string, places: ReadonlyMap<string, Place>, lang: Lang): string =>
  places.get(code)?.name[lang] ?? recordWords[code]?.[lang === 'ja' ? 'ja' : 'many'] ?? code;

/** The name of an item of an entry: from the entry's holding or collection, or the general name. */
export function itemWord(entry: LogEntry, code: string, places: ReadonlyMap<string, Place>, lang: Lang): string {
  const there = [...holdingsIn(entry), String(entry.collection)].flatMap((id) => places.get(id)?.items ?? []);
  return (there.find((item) => item.code === code) ?? itemOf(code)).label[lang];
}

/** How many records of what was given to or received from others an entry is about, for each that it has any of. */
export const recordsIn = (entry: LogEntry, lang: Lang): string[] =>
  Object.entries(recordWords).flatMap(([name, { ja, one, many }]) => {
    const n = entry.holding === name ? 1 : entry[name];
    if (typeof n !== 'number' || n === 0) return [];
    return [lang === 'ja' ? `${ja} ${number(n)}件` : `${number(n)} ${n === 1 ? one : many}`];
  });

/** What an entry is about, in words: the items, or the number of records of what was given to or received from others. */
export const reachedText = (entry: LogEntry, places: ReadonlyMap<string, Place>, lang: Lang): string =>
  listed([...itemsIn(entry).map((code) => itemWord(entry, code, places, lang)), ...recordsIn(entry, lang)], lang);

export const deedWord = (action: string, lang: Lang): string => deedWords[action]?.[lang] ?? action;

export const relationWords: Record<string, Bilingual> = {
  'third-party': both('第三者への提供', 'Provision to a third party'),
  entrustment: both('業務の委託', 'Entrustment of work'),
  'joint-use': both('共同利用', 'Joint use'),
  succession: both('事業の承継', 'Succession of business'),
  'same-entity': both('社内の別の部署での利用', 'Use by another department of ours'),
};

/** The last characters of an id: enough to tell people on a page apart, and nothing about them. */
export const shortId = (id: string): string => id.slice(-8);
