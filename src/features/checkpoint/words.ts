// Words of the checkpoint's screens.

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { LAW_VERSION, parameters, type PartyKind, type RecordedGiver } from '../../law/index.ts';
import { itemOf, unreadWords, type Identity } from '../../vault/index.ts';

/** `law`: the version of the law data; today’s unless the answer was stored with another. */
export const madeUnder = (policy: number, law: string = LAW_VERSION): Bilingual =>
  both(
    `方針 第${policy}版、法令データ ${law} による答え。`,
    `Answered under policy version ${policy} and law data of ${law}.`,
  );

/** How the record of a provision or a receipt is made (APPI 29, 30). */
export const modeWords: Record<'each' | 'bulk' | 'contract', Bilingual> = {
  each: both('そのつど作成', 'made each time'),
  bulk: both('一括して作成', 'made in bulk'),
  contract: both('契約書などで代替', 'a contract serves as the record'),
};

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

const { from: youngest, to: oldest } = parameters.uncertainConsentAges.value;

/** Who gave a consent. */
export const giverWords: Readonly<Record<RecordedGiver, Bilingual>> = {
  principal: both(
    '本人（同意するとどうなるかを判断できる）',
    'The person, able to judge the consequences of consenting',
  ),
  representative: both(
    '判断できない本人に代わる、親権者や後見人などの法定代理人（関係を確かめた）',
    'The legal representative (parent, guardian) of a person who cannot judge it; the relation was checked',
  ),
  'without-capacity': both(
    `判断できない本人（${youngest}歳未満の子ども、後見を受けている人など）`,
    `A person who cannot judge it, such as a child below ${youngest} or somebody under guardianship`,
  ),
  'uncertain-child': both(
    `本人。${youngest}歳から${oldest}歳くらいまでの子どもで、判断できるか分からない`,
    `The person, a child of about ${youngest} to ${oldest} of whom it is unclear whether they can judge it`,
  ),
  uncertain: both(
    '本人。判断できるか分からない（以前の版の記録。記録し直すまで、根拠になりません）',
    'The person; unclear whether they can judge it (recorded by an earlier version, and no basis until recorded anew)',
  ),
};

/** What to do about an adult of whom that is unclear: no judgement on the children of a holding says it. */
export const giverHint = both(
  'おとなが判断できるか分からないときは、まだ記録しません。個人情報保護管理者がその人について判断してから、本人か法定代理人の同意として記録します。',
  'Where it is unclear whether an adult can judge it, record nothing yet. Once the privacy officer has judged it for that person, record the consent as the person’s or the legal representative’s.',
);

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
  'handling-status': both('取扱い状況の把握', 'how it is handled'),
  're-entrustment': both('再委託の確認', 're-entrustment'),
  'how-set-up': both('体制を整えた方法', 'how the system was set up'),
  measures: both('相手の措置の概要', 'measures of the recipient'),
  'check-frequency-and-method': both('確かめる頻度と方法', 'how often and how it is checked'),
  country: both('国の名称', 'the country'),
  'foreign-systems': both('影響する外国の制度', 'foreign systems that affect it'),
  trouble: both('実施の支障', 'obstacles to the measures'),
  remedy: both('支障への対応', 'response to the obstacles'),
  'vendor-country': both('事業者の国', 'country of the vendor'),
  'server-country': both('サーバーの国', 'country of the servers'),
  purpose: both('利用目的', 'the purpose'),
  decision: both('どう決めたか', 'what was decided'),
  content: both('直した内容', 'what was changed'),
  absence: both('開示するものがないこと', 'that there is nothing to disclose'),
  'withheld-part': both('開示しない部分', 'the part that is withheld'),
  method: both('方法', 'the method'),
  electronic: both('電子データで', 'as an electronic record'),
  paper: both('書面で', 'on paper'),
  'set-by-company': both('当社の定めた方法で', 'in the way the company has set'),
  what: both('何を消したか', 'what was erased'),
  'erased-on': both('消した日', 'day of erasure'),
  'by-whom': both('消した人', 'who erased it'),
  education: both('教育', 'training'),
  confidentiality: both('秘密保持', 'secrecy'),
  checks: both('点検と監査', 'checks and audits'),
  'arrived-on': both('届いた日', 'day of arrival'),
  'asked-for': both('求められたこと', 'what is asked for'),
  requester: both('請求した人', 'who made the request'),
  identity: both('確認の方法', 'how the identity was checked'),
  'data-asked-for': both('対象のデータ', 'the data it is about'),
  name: both('名称', 'the name'),
  address: both('住所', 'the address'),
  representative: both('代表者の氏名', 'the name of the representative'),
  purposes: both('利用目的', 'the purposes'),
  'how-to-ask-purpose': both('利用目的の通知の求め方', 'how to ask for the purpose'),
  'how-to-ask-disclosure': both('開示の請求の仕方', 'how to ask for disclosure'),
  'how-to-ask-records': both('記録の開示の請求の仕方', 'how to ask for records'),
  'how-to-ask-correction': both('訂正などの請求の仕方', 'how to ask for correction'),
  'how-to-ask-suspension': both('利用の停止などの請求の仕方', 'how to ask for suspension'),
  fee: both('手数料の額', 'the amount of the fee'),
  'safety-measures': both('安全管理の措置', 'the safety measures'),
  'foreign-country': both('外国の名前', 'the foreign country'),
  complaints: both('苦情の申出先', 'where to complain'),
  'accredited-body': both('認定個人情報保護団体', 'the accredited organisation'),
  'payee-name': both('支払う相手の氏名または名称', 'name of the payee'),
  'payee-address': both('支払う相手の住所', 'address of the payee'),
  'payee-number': both('個人番号または法人番号', 'My Number or corporate number'),
  amount: both('支払った額', 'the amount'),
  'withheld-tax': both('源泉徴収した税額', 'tax withheld'),
  'number-check': both('番号の確認', 'check of the number'),
  'identity-check': both('身元の確認', 'check of the identity'),
  'check-digit': both('検査用数字', 'the check digit'),
  who: both('だれが', 'who'),
  when: both('いつ', 'when'),
  affair: both('何の事務か', 'the affair'),
  'permitted-by': both('許諾した者', 'who permitted it'),
  'permitted-on': both('許諾の日', 'day of the permission'),
  party: both('再委託先', 'the party'),
  chain: both('最初の委託者までのつながり', 'the chain to the first entruster'),
  recipient: both('相手', 'the recipient'),
  data: both('渡したもの', 'what was handed over'),
  date: both('日付', 'the date'),
  how: both('消した方法', 'how it was destroyed'),
  'disposed-by': both('消した人', 'who destroyed it'),
  certificate: both('証明書', 'the certificate'),
  channel: both('受け取り方', 'how it was received'),
  'number-document-kind': both('番号を示した書類の種類', 'kind of document for the number'),
  'identity-document-kinds': both('身元を示した書類の種類', 'kinds of documents for the identity'),
  'checked-by': both('確かめた人', 'who checked it'),
  'checked-at': both('確かめた日時', 'when it was checked'),
  information: both('送る情報の内容', 'the information sent'),
  'consent-confirmed': both('同意を確かめた旨', 'that the consent was confirmed'),
  'foreign-information-confirmed': both(
    '外国について伝えたことを確かめた旨',
    'that it was confirmed that the information on the country was given',
  ),
  'first-and-last-day': both('提供した期間の初日と最終日', 'first and last day of provision'),
  authority: both('権限と責任', 'authority and responsibility'),
  rules: both('規程、評価と改善', 'rules, evaluation and improvement'),
  blocked: both('権限のない人への制限', 'restrictions on people without authority'),
  telephone: both('電話', 'telephone'),
  mail: both('郵便', 'mail'),
  courier: both('信書便', 'courier'),
  telegram: both('電報', 'telegram'),
  fax: both('ファックス', 'fax'),
  'e-mail': both('電子メール', 'e-mail'),
  messaging: both('メッセージ', 'messages'),
  visit: both('訪問', 'visits'),
  outline: both('概要', 'the outline'),
  principals: both('本人の数', 'the number of persons'),
  cause: both('原因', 'the cause'),
  'secondary-damage': both('二次被害とそのおそれ', 'further damage, or the risk of it'),
  'response-to-principals': both('本人への対応', 'response to the persons concerned'),
  publication: both('公表の状況', 'what was made public'),
  'recurrence-prevention': both('再発を防ぐ措置', 'what prevents it from happening again'),
  other: both('その他参考になること', 'anything else that helps'),
  contain: both('被害の拡大を止める', 'contain the damage'),
  investigate: both('事実と原因を調べる', 'find out what happened and why'),
  scope: both('影響の範囲を突き止める', 'find out who and what is affected'),
  prevent: both('再発を防ぐ策を決める', 'decide how to prevent it from happening again'),
  'publish-if-needed': both('要るときは公表する', 'make it public where needed'),
  assessor: both('判断した人', 'who judged it'),
  'when-and-where': both('起きた日時と場所', 'when and where it happened'),
  'measures-taken': both('とった措置', 'what was done about it'),
  'opt-out': both('利用者が求めれば止めること', 'that it stops when the user asks'),
  'stops-what': both('何が止まるか', 'what stops'),
  'how-to-stop': both('止める方法', 'how to stop it'),
  'limits-of-service': both('止めると使えなくなるもの', 'what cannot be used once it stops'),
};

/** Returns the words for an item code, for the pages of findings. A test checks that every item a rule can name has words. */
export const itemName =
  (lang: Lang) =>
  (item: string): string =>
    itemNames[item]?.[lang] ?? item;

const whose = both('だれの記録か', 'Whose record it is');

/** Rows that say who an erased person was, for a page that shows a record; none where no identity is kept. */
export const identityRows = (
  found: Identity | 'unreadable' | undefined,
  lang: Lang,
): { name: string; value: string; bad: boolean }[] =>
  found === 'unreadable'
    ? [{ name: whose[lang], value: unreadWords.unreadable[lang], bad: true }]
    : (found ?? []).map(([code, value]) => {
        const { label } = itemOf(code);
        const name = lang === 'ja' ? `残した${label.ja}` : `${label.en}, kept`;
        return { name, value, bad: false };
      });
