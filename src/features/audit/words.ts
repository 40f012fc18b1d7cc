// The words of the log: what each action is called and what an entry says of it. What has no word here is shown by its code.

import { roles } from '../../base/actor.ts';
import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { readDay } from '../../base/day.ts';
import { formats } from '../../platform/sheet.ts';
import { articleLabel } from '../../platform/ui/article.ts';
import { countryName, writtenDay } from '../../platform/ui/format.ts';
import { stateWord } from '../../platform/ui/promise-state.tsx';
import { itemOf } from '../../vault/index.ts';
import { actorName, roleWords } from '../access/index.ts';
import { sourceWords } from '../acquisition/index.ts';
import { purposeCode } from '../beyond/index.ts';
import { giverColumn, kindWords, methodWords, scopeWords } from '../consent/index.ts';
import { questionOf } from '../consultation/index.ts';
import { loggedWords } from '../desk/index.ts';
import { changeWords, informationWords } from '../joint-use/index.ts';
import { linkWayWords } from '../people/index.ts';
import { relationWords } from '../provision/index.ts';
import { assuranceWords, measureWords } from '../recipients/index.ts';
import { consentByWords, layerWords, modeWords } from '../related/index.ts';

export const actionWords: Record<string, Bilingual> = {
  'people:acquire': both('取得', 'Acquired'),
  'people:use': both('利用', 'Used'),
  'people:use-beyond': both('目的の範囲を超えた利用', 'Used beyond the purpose'),
  'people:search': both('検索', 'Searched'),
  'people:correct': both('訂正', 'Corrected'),
  'people:erase': both('消去', 'Erased'),
  'people:link': both('同じ本人としての結び付け', 'Linked as one person'),
  'people:unlink': both('同じ本人としての結び付けの取消し', 'Link as one person taken back'),
  'people:clear': both('消去した鍵のファイルからの除去', 'Dropped keys taken out of the files'),
  'people:provide': both('提供', 'Provided'),
  'people:package': both('提供ファイルのための読出し', 'Read for a package'),
  'people:receipt': both('控えの発行', 'Receipt issued'),
  refused: both('断った扱い', 'Refused'),
  'consultation:keep': both('相談の記録', 'Consultation kept'),
  'consultation:judge': both('管理者の判断', 'Judgement of the officer'),
  'consent:text': both('同意の文面の作成', 'Consent text written'),
  'consent:start': both('同意の文面の使用開始', 'Consent text put in force'),
  'consent:record': both('同意の記録', 'Consent recorded'),
  'consent:withdraw': both('同意の取下げ', 'Consent withdrawn'),
  'consent:retract-objection': both('申出の記録の取消し', 'Objection taken back as a mistake'),
  'consent:object': both('やめてほしいという申出', 'A person asked to stop'),
  'consent:import': both('書面の同意の取込み', 'Consents on paper taken in'),
  'package:draft': both('提供ファイルの下書き', 'Package drafted'),
  'package:list': both('提供ファイルの名簿への追加', 'Persons put on the list of a package'),
  'package:request': both('提供ファイルの承認の申出', 'Approval of a package asked for'),
  'package:approve': both('提供ファイルの承認', 'Package approved'),
  'package:decline': both('提供ファイルの不承認', 'Package not approved'),
  'package:cancel': both('提供ファイルの取りやめ', 'Package cancelled'),
  'package:provide': both('提供ファイルによる提供', 'Provided in a package'),
  'package:fetch': both('提供ファイルの受取り', 'Package fetched'),
  'package:close': both('提供ファイルの終了', 'Package closed'),
  'date:leap': both('サーバーの時計の飛び', 'Leap of the clock of the server'),
  'date:confirm': both('サーバーの日付の確認', 'Date of the server confirmed'),
  'records:export': both('提供の記録の書き出し', 'Records of provision exported'),
  'records:expire': both(
    '保存の期限を過ぎた提供と受け取りの記録の消去',
    'Records of provision and receipt erased at the end of their time',
  ),
  'recipient:register': both('提供先の登録', 'Recipient registered'),
  'recipient:change': both('提供先の変更', 'Recipient changed'),
  'recipient:stop': both('提供先への提供の停止', 'Provision to a recipient stopped'),
  'recipient:resume': both('提供先への提供の再開', 'Provision to a recipient resumed'),
  'recipient:assure': both('提供の根拠の記録', 'Basis of a provision recorded'),
  'recipient:end-assurance': both('提供の根拠の終了', 'Basis of a provision ended'),
  'recipient:check': both('提供先の確認', 'Recipient checked'),
  'country:report': both('外国の制度の調査', 'Report on a country'),
  'country:page': both('委員会のページの確認', 'Page of the Commission looked up'),
  'related:register': both('個人関連情報の登録', 'Collection registered'),
  'related:change': both('個人関連情報の変更', 'Collection changed'),
  'related:retire': both('個人関連情報の廃止', 'Collection retired'),
  'related:provide': both('個人関連情報の提供', 'Related information provided'),
  'related:receive': both('個人関連情報の受取り', 'Related information received'),
  'related:link': both('識別子と本人の結び付け', 'Identifier linked to a person'),
  'related:unlink': both('識別子と本人の結び付きの解除', 'Identifier unlinked from a person'),
  'related:find': both('識別子による検索', 'Searched by an identifier'),
  'transmission:register': both('ウェブサイトの登録', 'Web site registered'),
  'transmission:change': both('ウェブサイトの変更', 'Web site changed'),
  'transmission:confirm': both('ウェブサイトの見直し', 'Web site confirmed'),
  'transmission:tag': both('タグの記録', 'Tag described'),
  'transmission:choose': both('利用者の選択', 'Choice of a visitor'),
  'desk:registered': both('請求の受付', 'Request registered'),
  'desk:forms-sent': both('請求の用紙の送付', 'Form of a request sent'),
  'desk:papers-received': both('請求の書類の到着', 'Papers of a request received'),
  'desk:papers-short': both('請求の書類の不足の連絡', 'Told what papers of a request lack'),
  'desk:identified': both('請求する人の確認', 'Who asks was checked'),
  'desk:refunded': both('手数料の返還', 'Fee returned'),
  'desk:specified': both('請求の対象の特定', 'Whom a request is about was found'),
  'desk:collected': both('請求の対象の収集', 'What a request is about was collected'),
  'desk:reviewed': both('項目ごとの判断', 'An item was decided on'),
  'desk:decided': both('請求の決定', 'Request decided'),
  'desk:carried-out': both('請求の実施', 'Request carried out'),
  'desk:notified': both('請求の結果の通知', 'Result of a request notified'),
  'desk:delivered': both('請求の答えの送付', 'Answer of a request delivered'),
  'desk:closed': both('請求の終了', 'Request closed'),
  'desk:extended': both('請求の期限の延長', 'Time of a request extended'),
  'desk:withdrawn': both('請求の取下げ', 'Request withdrawn'),
  'desk:amended': both('請求の受付の誤りの訂正', 'Slip of registering a request put right'),
  'desk:assigned': both('請求の担当の変更', 'Request assigned'),
  'desk:eased': both('請求の受け方の変更', 'How a request is taken changed'),
  'desk:papers-erased': both('請求の書類の消去', 'Papers of a request erased'),
  'desk:keep-paper': both('請求の書類の保管', 'Paper of a request kept'),
  'desk:texts': both('手紙の文の改訂', 'Sentences of the letters changed'),
  'desk:told': both('窓口の期限の連絡', 'Told of what is due at the desk'),
  'desk:beside': both(
    '請求による訂正・消去（本人の画面、システム）',
    'Corrected or erased for a request, beside the desk',
  ),
  'desk:nothing-left': both('済んでいた実施', 'Nothing was left to carry out'),
  'desk:tell-recipient': both('提供先への訂正の連絡', 'Recipient told of a correction'),
  'desk:open-paper': both('請求の書類の閲覧', 'Paper of a request opened'),
  'desk:send-parcel': both('電子での受け渡しの送り直し', 'Electronic delivery sent again'),
  'desk:tell-code': both('受け取り用コードの電話での連絡', 'Code of a delivery told by telephone'),
  'desk:open-parcel': both('電子での受け渡しの開封', 'Electronic delivery opened with its code'),
  'desk:wrong-code': both('受け取り用コードの誤り', 'Wrong code for an electronic delivery'),
  'desk:end-parcel': both('電子での受け渡しの終了', 'Electronic delivery ended'),
  'desk:look': both('請求を調べるための閲覧', 'Looked at to judge a request'),
  'desk:disclose': both('開示のための読出し', 'Read for a disclosure'),
  'ledger:register': both('台帳の登録', 'Holding registered'),
  'ledger:change': both('台帳の変更', 'Holding changed'),
  'ledger:confirm': both('台帳の見直し', 'Holding confirmed'),
  'ledger:retire': both('台帳の廃止', 'Holding retired'),
  'ledger:purpose': both('利用目的の変更', 'Purpose of use changed'),
  'ledger:purpose-end': both('利用目的の変更の取消し', 'Change of purpose taken back'),
  'joint-use:register': both('共同利用の登録', 'Joint use registered'),
  'joint-use:draft': both('共同利用の案の訂正', 'Draft of a joint use corrected'),
  'joint-use:change': both('共同利用の公表の作成', 'Notice of a joint use written'),
  'joint-use:publish': both('共同利用の公表', 'Notice of a joint use published'),
  'joint-use:end': both('共同利用の終了', 'Joint use ended'),
  'policy:propose': both('方針の提案', 'Policy proposed'),
  'policy:approve': both('方針の承認', 'Policy approved'),
  'policy:promise': both('約束の状態', 'State of a promise'),
  'staff:set-up': both('最初の管理者の登録', 'First officer set up'),
  'staff:sign-in': both('サインイン', 'Signed in'),
  'staff:sign-out': both('サインアウト', 'Signed out'),
  'staff:enter': both('招待からの登録', 'Entered by invitation'),
  'staff:lock': both('サインインの一時停止', 'Sign-in locked'),
  'staff:recovery-codes': both('復旧コードの再発行', 'Recovery codes renewed'),
  'staff:session-end': both('サインインの終了', 'Sign-in ended'),
  'staff:fictional': both('架空の従業者の登録', 'Fictional staff added'),
  'staff:invite': both('従業者の招待', 'Staff invited'),
  'staff:roles': both('役割の変更', 'Roles changed'),
  'staff:reset': both('サインインの再設定', 'Sign-in reset'),
  'staff:end': both('従業者の登録の終了', 'Staff entry ended'),
  'staff:password': both('パスワードの変更', 'Password changed'),
  'system:create': both('システムの登録', 'System registered'),
  'system:end': both('システムの登録の終了', 'System entry ended'),
  'token:create': both('トークンの発行', 'Token issued'),
  'token:narrow': both('トークンの操作の取上げ', 'Actions taken from a token'),
  'token:revoke': both('トークンの取消し', 'Token revoked'),
  'log:export': both('記録の書き出し', 'Log exported'),
  'list:export': both('一覧の書き出し', 'List exported'),
  'log:restored': both('記録の復元', 'Log restored'),
  'log:verify': both('記録の検証', 'Log verified'),
};

/** The acts whose name begins with one of these. */
const actsOf = (...prefixes: string[]): string[] =>
  Object.keys(actionWords).filter((action) => prefixes.includes(action.split(':')[0]!));

/** The acts by what they are about; the first are those in which somebody reached what is held, which stand in their own kinds as well. */
export const actKinds: Readonly<Record<string, { label: Bilingual; acts: readonly string[] }>> = {
  reached: {
    label: both('情報を開いた・渡した', 'Opened or handed over'),
    acts: [
      'people:use',
      'people:use-beyond',
      'people:provide',
      'people:package',
      'people:receipt',
      'package:provide',
      'package:fetch',
      'desk:collected',
      'desk:look',
      'desk:disclose',
      'desk:open-paper',
      'desk:open-parcel',
      'related:find',
    ],
  },
  people: { label: both('本人の情報', 'People’s information'), acts: actsOf('people', 'refused') },
  consents: { label: both('同意と申出', 'Consents and objections'), acts: actsOf('consent') },
  desk: { label: both('請求', 'Requests'), acts: actsOf('desk') },
  provision: { label: both('提供ファイルと提供の記録', 'Packages and records'), acts: actsOf('package', 'records') },
  related: { label: both('個人関連情報', 'Related information'), acts: actsOf('related') },
  ledger: { label: both('台帳', 'Ledger'), acts: actsOf('ledger') },
  others: {
    label: both('提供先・共同利用・外部送信', 'Recipients, joint uses, web sites'),
    acts: actsOf('recipient', 'country', 'joint-use', 'transmission'),
  },
  policy: { label: both('方針と相談', 'Policy and consultations'), acts: actsOf('policy', 'consultation') },
  staff: { label: both('従業者とシステム', 'Staff and systems'), acts: actsOf('staff', 'system', 'token') },
  log: { label: both('記録と書き出し', 'Log and exports'), acts: actsOf('log', 'list', 'date') },
};

/** The kind that an act is shown under where no kind is chosen. */
export const kindOf = (action: string): string =>
  Object.keys(actKinds).find((kind) => kind !== 'reached' && actKinds[kind]!.acts.includes(action)) ?? '';

export const actionWord = (action: string, lang: Lang): string => actionWords[action]?.[lang] ?? action;

const subjectWords: Record<string, Bilingual> = {
  question: both('聞いたこと', 'Question'),
  judgement: both('判断した点', 'What was judged'),
  judged: both('判断', 'Judgement'),
  until: both('有効な期限', 'Valid until'),
  holding: both('台帳の識別子', 'Holding'),
  version: both('版', 'Version'),
  purposes: both('目的', 'Purposes'),
  purpose: both('目的', 'Purpose'),
  held_for: both('集めたときの目的', 'Held for'),
  taken_back: both('取り消した変更の記録', 'Change that was taken back'),
  items: both('項目', 'Items'),
  sha256: both('内容のハッシュ（SHA-256）', 'Hash of the content (SHA-256)'),
  digest: both('内容のハッシュ（鍵つき）', 'Hash of the content (keyed)'),
  size: both('件数', 'Entries'),
  staff: both('従業者', 'Member of staff'),
  system: both('システム', 'System'),
  roles: both('役割', 'Roles'),
  jointUse: both('共同利用の識別子', 'Joint use'),
  information: both('情報の種類', 'Kind of information'),
  recipients: both('提供先の識別子', 'Recipients'),
  replaces: both('置き換える共同利用', 'Joint use it replaces'),
  notice: both('公表の番号', 'Notice'),
  change: both('変わったこと', 'What changed'),
  published: both('公表した日', 'Published on'),
  effective: both('施行日', 'Effective'),
  channel: both('入手の方法', 'Channel'),
  source: both('入手先', 'Source'),
  relation: both('相手との関係', 'Relation'),
  ground: both('理由', 'Reason'),
  asked: both('求められた扱い', 'What was asked'),
  holdings: both('台帳の識別子', 'Holdings'),
  about: both('控えの対象の記録', 'Entry the receipt is about'),
  by: both('探した手がかり', 'Searched by'),
  found: both('見つかった人数', 'People found'),
  session: both('サインインの識別子', 'Sign-in'),
  factor: both('確認の方法', 'Second factor'),
  ended: both('終わったサインイン', 'Sign-ins ended'),
  before: both('前の役割', 'Roles before'),
  promise: both('約束', 'Promise'),
  state: both('状態', 'State'),
  proposer: both('提案した人', 'Proposed by'),
  reworded: both('変わった目的', 'Purposes that changed'),
  editorial: both('言い回しだけが変わった目的', 'Purposes of which only the wording changed'),
  left_out: both('なくなった目的', 'Purposes left out'),
  reasons: both('判断のハッシュ（SHA-256）', 'Hash of the judgements (SHA-256)'),
  outdates: both('改めて判断が要る利用目的の変更', 'Changes of purpose to judge anew'),
  consents: both('関わる同意の数', 'Consents concerned'),
  objections: both('関わる申出の数', 'Objections concerned'),
  ok: both('一致', 'Agreed'),
  recipient: both('提供先の識別子', 'Recipient'),
  country: both('国', 'Country'),
  assurance: both('根拠の種類', 'Kind of basis'),
  day_before: both('飛ぶ前の日', 'Day before the leap'),
  day: both('時計が示した日', 'Day that the clock showed'),
  from: both('始まりの日', 'From'),
  measures: both('措置の実施', 'Measures'),
  foreign_system: both('外国の制度の影響', 'Effect of the foreign system'),
  check: both('確認の識別子', 'Check'),
  checked_on: both('確かめた日', 'Checked on'),
  next_due: both('次の確認の期限', 'Next check by'),
  text: both('文面の識別子', 'Consent text'),
  code: both('符号', 'Code'),
  kind: both('種類', 'Kind'),
  consent: both('同意の識別子', 'Consent'),
  given_on: both('同意した日', 'Given on'),
  given_by: both('同意した人', 'Given by'),
  method: both('同意の取り方', 'How it was given'),
  import: both('取込みの識別子', 'Taken in with'),
  lines: both('行数', 'Lines'),
  on: both('日', 'Day'),
  scope: both('やめてほしい範囲', 'What is to stop'),
  package: both('提供ファイルの識別子', 'Package'),
  people: both('人数', 'Persons'),
  approved: both('承認した人', 'Approved by'),
  list: both('一覧', 'List'),
  format: both('形式', 'Format'),
  table: both('データベースの表', 'Table of the database'),
  keys: both('鍵の数', 'Keys'),
  record: both('提供の記録の識別子', 'Record of the provision'),
  keep_until: both('記録の保存の期限', 'Record kept until'),
  exception: both('よった例外の号', 'Exception it rests on'),
  provisions: both('提供の識別子', 'Provisions'),
  collection: both('個人関連情報のまとまり', 'Collection'),
  classes: both('項目の分類', 'Classes of the items'),
  class: both('分類', 'Class'),
  identifier: both('識別子の項目', 'Item of the identifier'),
  receipt: both('受取りの識別子', 'Receipt'),
  receipts: both('受取りの識別子', 'Receipts'),
  related_provisions: both('個人関連情報の提供の識別子', 'Provisions of personally related information'),
  link: both('結び付きの識別子', 'Link'),
  other: both('もう一つの本人の番号', 'The other number of the person'),
  shown_by: both('同じ本人であることの確かめ方', 'How it was established'),
  owner: both('だれの記録か', 'Whose record'),
  consent_by: both('同意を得た者', 'Consent obtained by'),
  mode: both('記録の作り方', 'How records are made'),
  reason: both('理由', 'Reason'),
  site: both('サイトの識別子', 'Web site'),
  tag: both('タグの符号', 'Tag'),
  answers: both('タグごとの答え', 'Answer for each tag'),
  choice: both('選択の識別子', 'Choice'),
  n: both('何回目の選択か', 'How often chosen'),
  review: both('項目についての判断', 'What was decided'),
  decision: both('項目についての判断', 'What was decided'),
  erasure: both('消去の記録', 'Entry of the erasure'),
  amended: both('直したこと', 'What was put right'),
  eased: both('書面に代わる方法', 'In another way than an ordinary letter'),
  allowed: both('許したタグ', 'Tags allowed'),
  refused: both('断ったタグ', 'Tags refused'),
  gpc: both('ブラウザーの設定（GPC）による', 'Asked by the browser (GPC)'),
  members: both('範囲に入る提供先の数', 'Recipients within the scope'),
  request: both('案件の識別子', 'Request'),
  arrived_on: both('届いた日', 'Day of arrival'),
  form: both('用紙', 'Form'),
  yen: both('金額（円）', 'Amount in yen'),
  lacks: both('足りないもの', 'What is lacking'),
  requester: both('請求した人', 'Who asks'),
  documents: both('書類', 'Papers'),
  documents_of_authority: both('代理の権限を示す書類', 'Papers that show the authority of the agent'),
  matches: both('見つかった人数', 'People found'),
  item: both('項目', 'Item'),
  result: both('結果', 'Result'),
  effects: both('実施したことの数', 'What was carried out'),
  letter: both('手紙', 'Letter'),
  texts: both('手紙の文の版', 'Version of the sentences of the letters'),
  changed: both('変えた文', 'Sentences that were changed'),
  to: both('替えた後の担当', 'Assigned to'),
  for: both('開いた理由', 'Opened for'),
};

const roleName: Record<string, Bilingual> = Object.fromEntries(roles.map((role) => [role, roleWords[role].name]));

/** What was decided about an item of a disclosure. */
const reviewWord: Record<string, Bilingual> = {
  disclose: both('開示する', 'Disclose'),
  redact: both('一部を伏せる', 'Redact'),
  withhold: both('開示しない', 'Withhold'),
  absent: both('存在しない', 'Not held'),
};

/** The lists that can be taken along as files, by the code they are logged under. */
const listWords: Record<string, Bilingual> = {
  ledger: both('台帳', 'Ledger'),
  recipients: both('提供先', 'Recipients'),
  acquisitions: both('取得の記録', 'Acquisitions'),
  desk: both('請求', 'Requests'),
  log: both('記録', 'Entries of the log'),
  'people-history': both('本人のこれまでの扱い', 'What was done with a person’s information'),
  'living-policy': both('条項と約束の状態', 'States of the promises'),
  'living-policy-versions': both('方針の版', 'Versions of the policy'),
  'living-policy-gaps': both('点検の指摘', 'Gaps of the policy'),
  provisions: both('提供の記録', 'Provisions'),
  packages: both('提供ファイル', 'Packages'),
  'joint-uses': both('共同利用', 'Joint uses'),
  related: both('個人関連情報のまとまり', 'Collections of related information'),
  'related-provisions': both('個人関連情報の提供', 'Provisions of related information'),
  'related-receipts': both('個人関連情報の受け取り', 'Receipts of related information'),
  transmissions: both('外部送信', 'Transmissions'),
  consents: both('同意', 'Consents'),
  'consents-texts': both('同意の文面', 'Consent texts'),
  'consents-objections': both('やめてほしいという申出', 'Objections'),
  'ask-consultations': both('残した相談', 'Consultations kept'),
  judgements: both('管理者の判断', 'The officer’s judgements'),
  countries: both('外国の制度', 'Foreign systems'),
  staff: both('従業者', 'Staff'),
  systems: both('システムのトークン', 'Tokens of the systems'),
};

const yesNo = { true: both('はい', 'Yes'), false: both('いいえ', 'No') };

/** Codes in words, by the name under which an entry has them; the entries of the desk have codes of their own beside these. */
const codeWords: Record<string, Record<string, Bilingual>> = {
  roles: roleName,
  before: roleName,
  state: stateWord,
  asked: {
    acquire: both('取得', 'to acquire'),
    use: both('利用', 'to use'),
    provide: both('提供', 'to provide'),
    correct: both('訂正', 'to correct'),
    erase: both('消去', 'to erase'),
    purpose: both('利用目的の変更', 'to change a purpose'),
    'joint-use': both('共同利用の登録', 'to register a joint use'),
    'joint-use-change': both('共同利用の変更', 'to change a joint use'),
  },
  relation: relationWords,
  list: listWords,
  format: { ...Object.fromEntries(formats.map(({ code, label }) => [code, label])), json: both('JSON', 'JSON') },
  information: informationWords,
  change: changeWords,
  ground: {
    request: both('本人の請求', 'Request of the person'),
    accuracy: both('正確で最新に保つ', 'To keep it accurate'),
    'no-longer-needed': both('要らなくなった', 'No longer needed'),
    'request-unlawful': both(
      '本人の請求（目的外の利用か不正な取得）',
      'Request of the person: misused or wrongly acquired',
    ),
    'request-unneeded': both('本人の請求（利用する必要がなくなった）', 'Request of the person: no longer needed'),
    'request-breach': both('本人の請求（漏えいなど）', 'Request of the person: a breach'),
    'request-harm': both(
      '本人の請求（権利や利益を害するおそれ）',
      'Request of the person: rights or interests at risk',
    ),
  },
  source: sourceWords,
  factor: {
    none: both('なし', 'None'),
    totp: both('認証アプリ', 'Authenticator app'),
    'recovery-code': both('復旧コード', 'Recovery code'),
  },
  by: {
    email: both('メールアドレス', 'E-mail address'),
    phone: both('電話番号', 'Telephone number'),
    name: both('氏名', 'Name'),
    kana: both('氏名のカナ', 'Name in kana'),
  },
  given_by: giverColumn,
  method: methodWords,
  scope: scopeWords,
  assurance: assuranceWords,
  measures: measureWords,
  mode: modeWords,
  consent_by: consentByWords,
  shown_by: linkWayWords,
  amended: {
    arrived_on: both('届いた日', 'Day of arrival'),
    kind: both('種類', 'Kind'),
    scope: both('対象', 'About'),
    'sender.name': both('差出人の氏名', 'Name of the sender'),
    'sender.address': both('差出人の住所', 'Address of the sender'),
    'sender.email': both('差出人のメールアドレス', 'E-mail address of the sender'),
  },
  review: reviewWord,
  decision: reviewWord,
  gpc: yesNo,
  judged: yesNo,
  eased: yesNo,
  foreign_system: { true: both('あり', 'Yes'), false: both('なし', 'No') },
  kind: kindWords,
  class: layerWords,
  classes: layerWords,
  ok: { true: both('一致', 'Agreed'), false: both('不一致', 'Did not agree') },
};

/**
 * A code, an id, a count or a day of an entry in words, where there are any; itself otherwise. No code begins with a digit, as a day does. `action`
 * is that of the entry; `names` is by id of the staff directory.
 */
export function valueWord(
  action: string,
  [name, code]: readonly [name: string, code: string],
  names: ReadonlyMap<string, string>,
  lang: Lang,
): string {
  if (name === 'items' || name === 'item') return itemOf(code).label[lang];
  if (name === 'staff' || name === 'to') return names.get(code) ?? code;
  if (name === 'purpose') return purposeCode(code, lang);
  if (name === 'country') return countryName(code, lang);
  if (name === 'question') return questionOf(code)?.title[lang] ?? code;
  if (name === 'exception') return articleLabel('APPI', code.replace('APPI ', ''), lang);
  if (name === 'proposer' || name === 'approved') return actorName(code, names, lang);
  const day = readDay(code);
  if (day) return writtenDay(day, lang);
  const ofDesk = action.startsWith('desk:') ? loggedWords[name]?.[code] : undefined;
  return (ofDesk ?? codeWords[name]?.[code])?.[lang] ?? code;
}

export const subjectWord = (name: string, lang: Lang): string => subjectWords[name]?.[lang] ?? name;

const countWords: Record<string, Bilingual> = {
  holdings: both('台帳の数', 'Number of holdings'),
  items: both('項目の数', 'Number of items'),
  provisions: both('提供の記録の数', 'Records of provision'),
  receipts: both('受け取りの記録の数', 'Records of receipt'),
};

/** What an entry that only counts them calls them. */
export const countWord = (name: string, lang: Lang): string => countWords[name]?.[lang] ?? subjectWord(name, lang);
