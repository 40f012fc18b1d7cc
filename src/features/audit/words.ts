// The words of the log: what each action is called. An action without a word here is shown by its code.

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';

export const actionWords: Record<string, Bilingual> = {
  'people:acquire': both('取得', 'Acquired'),
  'people:use': both('利用', 'Used'),
  'people:search': both('検索', 'Searched'),
  'people:correct': both('訂正', 'Corrected'),
  'people:erase': both('消去', 'Erased'),
  'people:provide': both('提供', 'Provided'),
  'people:receipt': both('控えの発行', 'Receipt issued'),
  refused: both('断ったもの', 'Refused'),
  'checkpoint:ask': both('関所への問い', 'Asked at the checkpoint'),
  'ledger:register': both('台帳の登録', 'Holding registered'),
  'ledger:change': both('台帳の変更', 'Holding changed'),
  'ledger:confirm': both('台帳の見直し', 'Holding confirmed'),
  'ledger:retire': both('台帳の廃止', 'Holding retired'),
  'policy:propose': both('方針の提案', 'Policy proposed'),
  'policy:approve': both('方針の承認', 'Policy approved'),
  'policy:promise': both('約束の状態', 'State of a promise'),
  'staff:set-up': both('最初の管理者の登録', 'First officer set up'),
  'staff:sign-in': both('サインイン', 'Signed in'),
  'staff:sign-out': both('サインアウト', 'Signed out'),
  'staff:enter': both('招待からの登録', 'Entered by invitation'),
  'staff:lock': both('サインインの一時停止', 'Sign-in locked'),
  'staff:recovery-codes': both('回復コードの再発行', 'Recovery codes renewed'),
  'staff:session-end': both('接続の終了', 'Session ended'),
  'staff:fictional': both('架空の職員の登録', 'Fictional staff added'),
  'staff:invite': both('職員の招待', 'Staff invited'),
  'staff:roles': both('役割の変更', 'Roles changed'),
  'staff:reset': both('サインインの再設定', 'Sign-in reset'),
  'staff:end': both('職員の終了', 'Staff ended'),
  'staff:password': both('パスワードの変更', 'Password changed'),
  'system:create': both('システムの登録', 'System registered'),
  'system:end': both('システムの終了', 'System ended'),
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
  holding: both('台帳の識別子', 'Holding'),
  version: both('版', 'Version'),
  purposes: both('目的', 'Purposes'),
  purpose: both('目的', 'Purpose'),
  items: both('項目', 'Items'),
  sha256: both('内容のハッシュ（SHA-256）', 'Hash of the content (SHA-256)'),
  size: both('件数', 'Entries'),
  staff: both('職員', 'Member of staff'),
  system: both('システム', 'System'),
  roles: both('役割', 'Roles'),
  effective: both('施行日', 'Effective'),
  channel: both('入手の方法', 'Channel'),
};

export const subjectWord = (name: string, lang: Lang): string => subjectWords[name]?.[lang] ?? name;
