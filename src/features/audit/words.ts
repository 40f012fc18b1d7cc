// The words of the log: what each action is called and what an entry says of it. What has no word here is shown by its code.

import { roles } from '../../base/actor.ts';
import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { stateWord } from '../../platform/ui/promise-state.tsx';
import { itemOf } from '../../vault/index.ts';
import { roleWords } from '../access/index.ts';
import { sourceWords } from '../acquisition/index.ts';
import { giverColumn, methodWords, scopeWords } from '../consent/index.ts';
import { changeWords, informationWords } from '../joint-use/index.ts';
import { relationWords } from '../provision/index.ts';
import { assuranceWords, measureWords } from '../recipients/index.ts';
import { consentByWords, modeWords } from '../related/index.ts';

export const actionWords: Record<string, Bilingual> = {
  'people:acquire': both('取得', 'Acquired'),
  'people:use': both('利用', 'Used'),
  'people:search': both('検索', 'Searched'),
  'people:correct': both('訂正', 'Corrected'),
  'people:erase': both('消去', 'Erased'),
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
  'records:export': both('提供の記録の書き出し', 'Records of provision exported'),
  'records:expire': both('保存の期限を過ぎた提供の記録の消去', 'Records of provision erased at the end of their time'),
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
  'ledger:register': both('台帳の登録', 'Holding registered'),
  'ledger:change': both('台帳の変更', 'Holding changed'),
  'ledger:confirm': both('台帳の見直し', 'Holding confirmed'),
  'ledger:retire': both('台帳の廃止', 'Holding retired'),
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
  'token:revoke': both('トークンの取消し', 'Token revoked'),
  'log:export': both('記録の書き出し', 'Log exported'),
  'log:restored': both('記録の復元', 'Log restored'),
  'log:verify': both('記録の検証', 'Log verified'),
};

export const actionWord = (action: string, lang: Lang): string => actionWords[action]?.[lang] ?? action;

const kinds: Record<string, Bilingual> = {
  system: both('社内システム', 'A system'),
  public: both('外部の方', 'The public'),
  sekisho: both('関所', 'Sekisho'),
};

/** Who acted: a name of the staff directory, or the kind of actor. `names` is by id. */
export function actorWord(actor: string, names: ReadonlyMap<string, string>, lang: Lang): string {
  const [kind = '', id = ''] = actor.split(':');
  const known = names.get(id);
  return known ?? kinds[kind]?.[lang] ?? actor;
}

const subjectWords: Record<string, Bilingual> = {
  question: both('聞いたこと', 'Question'),
  judgement: both('判断した点', 'What was judged'),
  judged: both('判断', 'Judgement'),
  until: both('有効な期限', 'Valid until'),
  holding: both('台帳の識別子', 'Holding'),
  version: both('版', 'Version'),
  purposes: both('目的', 'Purposes'),
  purpose: both('目的', 'Purpose'),
  items: both('項目', 'Items'),
  sha256: both('内容のハッシュ（SHA-256）', 'Hash of the content (SHA-256)'),
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
  ok: both('一致', 'Agreed'),
  recipient: both('提供先の識別子', 'Recipient'),
  country: both('国', 'Country'),
  assurance: both('根拠の種類', 'Kind of basis'),
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
  record: both('提供の記録の識別子', 'Record of the provision'),
  keep_until: both('記録の保存の期限', 'Record kept until'),
  provisions: both('提供の識別子', 'Provisions'),
  collection: both('個人関連情報のまとまり', 'Collection'),
  classes: both('項目の分類', 'Classes of the items'),
  class: both('分類', 'Class'),
  identifier: both('識別子の項目', 'Item of the identifier'),
  receipt: both('受取りの識別子', 'Receipt'),
  link: both('結び付きの識別子', 'Link'),
  consent_by: both('同意を得た者', 'Consent obtained by'),
  mode: both('記録の作り方', 'How records are made'),
  reason: both('理由', 'Reason'),
  site: both('サイトの識別子', 'Web site'),
  tag: both('タグの符号', 'Tag'),
  answers: both('タグごとの答え', 'Answer for each tag'),
  choice: both('選択の識別子', 'Choice'),
  n: both('何回目の選択か', 'How often chosen'),
  allowed: both('許したタグ', 'Tags allowed'),
  refused: both('断ったタグ', 'Tags refused'),
  gpc: both('ブラウザーの設定（GPC）による', 'Asked by the browser (GPC)'),
};

const roleName: Record<string, Bilingual> = Object.fromEntries(roles.map((role) => [role, roleWords[role].name]));

/** Codes in words, by the name under which an entry has them. */
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
    'joint-use': both('共同利用の登録', 'to register a joint use'),
    'joint-use-change': both('共同利用の変更', 'to change a joint use'),
  },
  relation: relationWords,
  information: informationWords,
  change: changeWords,
  ground: {
    request: both('本人の請求', 'Request of the person'),
    accuracy: both('正確で最新に保つ', 'To keep it accurate'),
    'no-longer-needed': both('要らなくなった', 'No longer needed'),
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
  gpc: { true: both('はい', 'Yes'), false: both('いいえ', 'No') },
  judged: { true: both('はい', 'Yes'), false: both('いいえ', 'No') },
  ok: { true: both('一致', 'Agreed'), false: both('不一致', 'Did not agree') },
};

/** A code, an id or a count of an entry in words, where there are any; itself otherwise. `names` is by id of the staff directory. */
export function valueWord(name: string, code: string, names: ReadonlyMap<string, string>, lang: Lang): string {
  if (name === 'items') return itemOf(code).label[lang];
  if (name === 'staff') return names.get(code) ?? code;
  if (name === 'proposer' || name === 'approved') return actorWord(code, names, lang);
  return codeWords[name]?.[code]?.[lang] ?? code;
}

export const subjectWord = (name: string, lang: Lang): string => subjectWords[name]?.[lang] ?? name;
