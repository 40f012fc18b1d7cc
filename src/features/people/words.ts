// The texts about one person, in both languages: what was done, on which grounds, with whom. Rules are worded neutrally here, because the log keeps
// the article of an answer and not its sentence.

import type { Bilingual, Lang } from '../../base/bilingual.ts';
import { both } from '../../base/bilingual.ts';
import type { Ground, Source } from '../../base/finding.ts';
import type { AcquisitionSource } from '../../law/index.ts';
import { itemsIn, type LogEntry } from '../../log/index.ts';
import { listed, number } from '../../platform/ui/format.ts';
import { itemOf } from '../../vault/index.ts';
import type { Policy } from '../policy/index.ts';
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
  'desk:sought': both('請求の答えのための連絡の試み', 'Tried to reach the person for an answer'),
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

/** The ids of the holdings that an entry is about. */
export const holdingsIn = ({ holding, holdings }: LogEntry): string[] =>
  [holding, holdings].flat().filter((id): id is string => typeof id === 'string');

/** A holding, or a collection of related information, whose items have their names there. */
export interface Place {
  name: Bilingual;
  items: readonly { code: string; label: Bilingual }[];
}

/** The name of an item of an entry: from the entry's holding or collection, or the general name. */
export function itemWord(entry: LogEntry, code: string, places: ReadonlyMap<string, Place>, lang: Lang): string {
  const there = [...holdingsIn(entry), String(entry.collection)].flatMap((id) => places.get(id)?.items ?? []);
  return (there.find((item) => item.code === code) ?? itemOf(code)).label[lang];
}

const recordWords = {
  provisions: both('提供の記録', 'records of provision'),
  receipts: both('受け取りの記録', 'records of receipt'),
};

/** What an entry is about, in words: the items, or the number of records of what was given to or received from others. */
export function reachedText(entry: LogEntry, places: ReadonlyMap<string, Place>, lang: Lang): string {
  const records = Object.entries(recordWords).flatMap(([name, says]) => {
    const n = entry[name];
    if (typeof n !== 'number' || n === 0) return [];
    return [lang === 'ja' ? `${says.ja} ${number(n)}件` : `${says.en}: ${number(n)}`];
  });
  return listed([...itemsIn(entry).map((code) => itemWord(entry, code, places, lang)), ...records], lang);
}

export const deedWord = (action: string, lang: Lang): string => deedWords[action]?.[lang] ?? action;

export const sourceWords: Record<AcquisitionSource, Bilingual> = {
  principal: both('本人から', 'From the person'),
  'third-party': both('第三者から', 'From a third party'),
  public: both('公開の情報から', 'From public information'),
  observed: both('当社（見聞きまたは記録による）', 'Seen, heard or recorded by us'),
};

export const relationWords: Record<string, Bilingual> = {
  'third-party': both('第三者への提供', 'Provision to a third party'),
  entrustment: both('業務の委託', 'Entrustment of work'),
  'joint-use': both('共同利用', 'Joint use'),
  succession: both('事業の承継', 'Succession of business'),
  'same-entity': both('社内の別の部署での利用', 'Use by another department of ours'),
};

const rules: Record<string, Bilingual> = {
  '18(1)': both(
    '個人情報は、定めた利用目的に必要な範囲でだけ扱います。',
    'Personal information is handled only as far as needed for its stated purposes.',
  ),
  '18(3)': both(
    '目的を超えて扱えるのは、法律の定める例外の場合だけです。',
    'Only the exceptions of the law allow more than the stated purposes.',
  ),
  '18(3)(i)': both(
    '法令に基づく場合は、目的を超えて扱えます。',
    'Where a law or regulation is the basis, it may be handled beyond the stated purposes.',
  ),
  '18(3)(ii)': both(
    '人の生命、身体または財産を守るために必要で、同意を得るのが難しい場合は、目的を超えて扱えます。',
    'Where it is needed to protect life, body or property and consent is difficult to obtain, it may be handled beyond the stated purposes.',
  ),
  '18(3)(iii)': both(
    '公衆衛生または子どもの健全な育成に特に必要で、同意を得るのが難しい場合は、目的を超えて扱えます。',
    'Where it is particularly needed for public health or the sound growth of children and consent is difficult to obtain, it may be handled beyond the stated purposes.',
  ),
  '18(3)(iv)': both(
    '国や自治体の法令の事務に協力する必要があり、同意を求めると支障が出るおそれがある場合は、目的を超えて扱えます。',
    'Where public bodies need it for affairs set by law and asking for consent is likely to impede them, it may be handled beyond the stated purposes.',
  ),
  '18(3)(v)': both(
    '当社が学術研究機関等で、研究のために必要な場合は、個人の権利や利益を不当に害さない限り、目的を超えて扱えます。',
    'Where we are an academic institution and need it for research, it may be handled beyond the stated purposes unless that unduly harms anyone.',
  ),
  '18(3)(vi)': both(
    '相手が学術研究機関等で、研究のために必要な場合は、個人の権利や利益を不当に害さない限り、目的を超えて渡せます。',
    'Where the recipient is an academic institution and needs it for research, it may be provided beyond the stated purposes unless that unduly harms anyone.',
  ),
  '19': both(
    '違法または不当な行為を助ける扱いはしません。',
    'It is not used in a way that may further unlawful or unjust acts.',
  ),
  '20(1)': both('偽りや不正な手段で取得しません。', 'It is not acquired by deceit or other wrongful means.'),
  '20(2)': both(
    '要配慮個人情報は、本人の同意を得るか、例外に当たるときだけ取得します。',
    'Special care-required information is acquired with consent or under an exception.',
  ),
  '21(1)': both(
    '目的は公表しておくか、速やかに本人に知らせます。',
    'The purpose is published, or told to the person promptly.',
  ),
  '21(2)': both(
    '書面や画面で直接受け取るときは、前もって目的を示します。',
    'When it is handed over in writing or on a screen, the purpose is shown first.',
  ),
  '21(2) proviso': both(
    '人の生命、身体または財産を守るため急ぐときは、前もって示さなくてよいと定めています。',
    'When it is urgent for life, body or property, the purpose need not be shown first.',
  ),
  '21(4)': both(
    '目的を知らせなくてよい、法律の定める場合です。',
    'The law names cases in which the purpose need not be told.',
  ),
  '22': both(
    '正確で最新の内容に保ち、要らなくなったら遅滞なく消去するよう努めます。',
    'The company tries to keep it accurate and up to date, and to erase it without delay once it is not needed.',
  ),
  '25': both('委託先を監督します。', 'Entrusted parties are supervised.'),
  '27(1)': both(
    '第三者に渡すには、本人の同意か、法律の定める例外が要ります。',
    'A third party receives it only with consent or under an exception of the law.',
  ),
  '27(2)': both(
    '届け出たうえで、本人が求めれば止めることを条件に渡すときの定めです。',
    'Provision after a filing, on condition that it stops when the person asks.',
  ),
  '27(5)': both(
    '委託、事業の承継、共同利用の相手は、第三者に当たりません。',
    'Entrusted parties, successors and joint users are not third parties.',
  ),
  '28(1)': both(
    '外国の第三者に渡すには、本人の同意か、同じ水準の体制が要ります。',
    'A third party abroad receives it with consent or under equivalent measures.',
  ),
  '28(2)': both(
    '外国への提供に同意を求めるときは、その国の制度などを前もって知らせます。',
    'Before consent to a provision abroad, the person is told about the country.',
  ),
  '28(3)': both(
    '外国の提供先の体制を、定期的に確かめます。',
    'The measures of the recipient abroad are checked regularly.',
  ),
  '29(1)': both('第三者に渡したときは記録を残します。', 'A provision to a third party is recorded.'),
  '29(2)': both(
    '渡した記録を、定められた期間保存します。',
    'The record of a provision is kept for the prescribed period.',
  ),
  '30(1)': both(
    '第三者から受け取るときは、相手と取得の経緯を確かめます。',
    'When a third party provides information, it is checked who they are and how they came by it.',
  ),
  '30(3)': both('第三者から受け取ったときは記録を残します。', 'A receipt from a third party is recorded.'),
  '30(4)': both(
    '受け取った記録を、定められた期間保存します。',
    'The record of a receipt is kept for the prescribed period.',
  ),
  '31(1)': both(
    '渡した先で個人データになるときは、本人の同意があることを確かめます。',
    'Where it becomes personal data at the recipient, the consent of the person is confirmed.',
  ),
  '32(2)': both(
    '本人に尋ねられた利用目的を、遅滞なく知らせます。',
    'A person who asks is told the purposes of use without delay.',
  ),
  '33(1)': both(
    '本人の情報をどう扱っているかを、本人に知らせます。',
    'The person is shown how their information is handled.',
  ),
  '33(2)': both(
    '求められた情報を遅滞なく開示します。法律の定める場合は、全部または一部を開示しないことがあります。',
    'What was asked for is disclosed without delay. Where the law names a reason, all or a part of it may be withheld.',
  ),
  '33(5)': both(
    '第三者との受け渡しの記録を、本人に知らせます。',
    'The person is shown the record of what passed between us and a third party.',
  ),
  '34(1)': both(
    '内容が事実でないとき、本人は、訂正、追加または削除を請求できます。',
    'Where the content is not true, the person may ask that it be corrected, added to or deleted.',
  ),
  '34(2)': both(
    '請求を調べ、事実でない内容を直します。',
    'Requests are looked into, and what is not true is corrected.',
  ),
  '35(2)': both(
    '請求に理由があるとき、利用をやめ、または消去します。',
    'When a request is justified, use stops or the information is erased.',
  ),
  '35(4)': both(
    '請求に理由があるとき、第三者に渡すことをやめます。',
    'When a request is justified, provision to third parties stops.',
  ),
  '35(6)': both(
    '要らなくなった、または本人の権利や利益を害するおそれがあるという請求に理由があるとき、利用や提供をやめ、または消去します。',
    'When a request is justified because the information is no longer needed or the person’s rights or interests might be harmed, use or provision stops or the information is erased.',
  ),
  '38(1)': both(
    '利用目的の通知と開示には、手数料がかかることがあります。',
    'There may be a fee for a notice of purposes and for disclosure.',
  ),
};

/** The provisions of the Rules on which entries of erasures rest. */
const ofRules: Readonly<Record<string, Bilingual>> = {
  '20(1)': both(
    '提供の記録には、本人の氏名など、だれの記録かが分かる事項が要ります。',
    'A record of a provision gives the name of the person, or other details that show who it is about.',
  ),
  '24(1)': both(
    '受け取りの記録には、提供元と、本人の氏名など、だれの記録かが分かる事項が要ります。',
    'A record of a receipt names who gave the information, and the person, or other details that show who it is about.',
  ),
};

const other: Bilingual = both('この条文の定めによります。', 'As this article provides.');

const without = (article: string): string => article.replace(/\([^()]*\)$/, '');

/** What an article of the Act says, looked up from the paragraph towards the article: `27(5)(i)`, then `27(5)`. */
function ruleOf(article: string): Bilingual | undefined {
  const wider = without(article);
  return rules[article] ?? (wider === article ? undefined : ruleOf(wider));
}

/** A ground from the log (`text`, such as `APPI 18(1)` or `policy 13`), with a sentence: our own clause, or what the article says. */
export function groundOf(text: string, policy: Policy | null): Ground {
  const gap = text.indexOf(' ');
  const law = text.slice(0, gap) as Source;
  const article = text.slice(gap + 1);
  if (law === 'policy') {
    const clause = policy?.clauses.find((one) => one.no === Number(article));
    const purpose = policy?.purposes.find((one) => one.clause === Number(article));
    const says = purpose
      ? both(`目的 ${purpose.id}：${purpose.text.ja}`, `Purpose ${purpose.id}: ${purpose.text.en}`)
      : clause?.text;
    return { law, article, says: says ?? other };
  }
  return {
    law,
    article,
    says: (law === 'APPI' ? ruleOf(article) : law === 'APPI-Rules' ? ofRules[article] : undefined) ?? other,
  };
}

/** The last characters of an id: enough to tell people on a page apart, and nothing about them. */
export const shortId = (id: string): string => id.slice(-8);
