// A PostgreSQL of the company's own, named by DATABASE_URL. What can be wrong with it is said in one sentence before anything starts; what its
// sessions are set to is ours to say.

import pg from 'pg';
import { StartProblem } from '../start-problem.ts';
import { APPLICATION } from './application.ts';
import { MOST_CONNECTIONS, openDatabase, withOptions, type Database } from './database.ts';

const OLDEST = 150_000;

/** What a server, a database or a user may have set to something else for its sessions, and the program rests on. */
const SESSION = {
  search_path: 'public',
  DateStyle: 'ISO,MDY',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  // Whoever waited for a lock then sees what the other wrote.
  default_transaction_isolation: 'read\\ committed',
  // What was answered outlives a crash of the server.
  synchronous_commit: 'on',
  // What a promise asks of all rows is compiled for longer than it is asked.
  jit: 'off',
  // Migrations and what maintains a table take as long as they take, and a lock is held while other connections work.
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  idle_session_timeout: '0',
  // Parameters may be personal.
  log_parameter_max_length_on_error: '0',
};

/** Those that listen: for changes of authority, and of standing facts. */
const LISTENING = 2;
const CONNECTIONS = MOST_CONNECTIONS + LISTENING;

/**
 * The address as the program connects to it: with the settings of its sessions. The driver checks certificates whichever of these modes is named, and
 * warns of all but one that it may not for ever; that is left to who asks for less with `uselibpqcompat`.
 */
export function outsideAddress(url: string): string {
  const settings = Object.entries(SESSION).map(([name, value]) => `-c ${name}=${value}`);
  const mode = url.includes('uselibpqcompat=') ? /$^/ : /([?&]sslmode=)(?:prefer|require|verify-ca)\b/;
  return withOptions(url.replace(mode, '$1verify-full'), settings.join(' '));
}

const NAME_UNKNOWN = ['サーバーの名前が見つかりません', 'its server name cannot be found'] as const;
const SILENT = ['サーバーが応答しません', 'its server does not answer'] as const;
const PASSWORD_LACKS = ['パスワードがありません', 'it names no password'] as const;
const UNTRUSTED = [
  'サーバーの証明書を信頼できません（認証局の証明書のファイルは sslrootcert で指定します）',
  'the certificate of its server is not trusted (sslrootcert names the file of its authority)',
] as const;

/** By code, or by the message of an error of the driver, which has none. */
const SENTENCES: Record<string, readonly [string, string]> = {
  ENOTFOUND: NAME_UNKNOWN,
  EAI_AGAIN: NAME_UNKNOWN,
  ECONNREFUSED: SILENT,
  ETIMEDOUT: SILENT,
  'timeout expired': SILENT,
  EHOSTUNREACH: SILENT,
  ENETUNREACH: SILENT,
  ENOENT: ['ソケットがありません', 'its socket does not exist'],
  EACCES: ['ソケットを使う権限がありません', 'there is no permission to use its socket'],
  'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string': PASSWORD_LACKS,
  'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string': PASSWORD_LACKS,
  // Of a user that it does not know a server says the same, so that nobody finds out who there is.
  '28P01': [
    '利用者の名前かパスワードが違うか、パスワードの期限が切れています',
    'the user or the password is wrong, or the password has expired',
  ],
  '28000': [
    '利用者が認められません（サーバーが TLS を求めるときは sslmode=verify-full を付けます）',
    'the user is not admitted (where its server demands TLS, add sslmode=verify-full)',
  ],
  '42501': ['利用者に接続の権限がありません', 'the user may not connect to it'],
  '3D000': ['データベースがありません', 'the database does not exist'],
  '55000': ['データベースが接続を受け付けていません', 'it admits no connections'],
  '57P03': ['サーバーが始まるか終わるところです', 'its server is starting or stopping'],
  // An older server refuses the settings of our sessions before it tells its version.
  '42704': [
    'サーバーが、要る設定を知りません（PostgreSQL 15 以上が必要です）',
    'its server does not know a setting that is needed (PostgreSQL 15 or newer is needed)',
  ],
  '53300': ['接続の数が上限に達しています', 'it takes no more connections'],
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  CERT_SIGNATURE_FAILURE: UNTRUSTED,
  CERT_HAS_EXPIRED: ['サーバーの証明書の期限が切れています', 'the certificate of its server has expired'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'サーバーの証明書は、別の名前のものです',
    'the certificate of its server is for another name',
  ],
  'The server does not support SSL connections': ['サーバーが TLS を使えません', 'its server knows no TLS'],
};

const pooled = (): StartProblem =>
  new StartProblem(
    'DATABASE_URL の接続先は、セッションの設定が届かない接続プール（PgBouncer など）です。PostgreSQL そのものの接続先を指定してください。',
    'DATABASE_URL names a connection pooler, such as PgBouncer, which does not pass on the settings of a session. Name PostgreSQL itself.',
  );

/** A pooler refuses the settings of a session, if it does not leave them out. */
const PROTOCOL_VIOLATION = '08P01';

/** Why no connection was to be had; the address is not repeated. */
function unreachable(error: unknown): StartProblem {
  const { code = '', message, syscall } = error as NodeJS.ErrnoException;
  if (code === PROTOCOL_VIOLATION) return pooled();
  const [ja, en] =
    syscall === 'open'
      ? ['指定した証明書のファイルを読めません', 'a certificate file that it names cannot be read']
      : (SENTENCES[code] ?? SENTENCES[message] ?? ['接続できません', 'it cannot be reached']);
  return new StartProblem(
    `DATABASE_URL のデータベースにつながりません：${ja}。DATABASE_URL を確かめてください。`,
    `The database of DATABASE_URL is out of reach: ${en}. Check DATABASE_URL.`,
  );
}

interface Found {
  version: number;
  encoding: string;
  path: string;
  readOnly: boolean;
  connections: number;
}

/** The superuser is held to no limit of a user's or of a database's. */
const FIND = `SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding,
    current_setting('search_path') AS path, current_setting('transaction_read_only')::bool AS "readOnly",
    least(current_setting('max_connections')::int, CASE WHEN NOT rolsuper THEN
      least(nullif(rolconnlimit, -1), nullif(datconnlimit, -1)) END) AS connections
  FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`;

function problemOf({ version, encoding, path, readOnly, connections }: Found): StartProblem | null {
  if (version < OLDEST)
    return new StartProblem(
      'PostgreSQL 15 以上が必要です。DATABASE_URL の接続先を新しくしてください。',
      'PostgreSQL 15 or newer is needed. Upgrade the server of DATABASE_URL.',
    );
  if (path !== SESSION.search_path) return pooled();
  if (encoding !== 'UTF8')
    return new StartProblem(
      `DATABASE_URL のデータベースの文字コードが UTF8 ではありません（${encoding}）。ENCODING 'UTF8' TEMPLATE template0 で作り直してください。`,
      `The database of DATABASE_URL is in ${encoding} and not in UTF8. Make it anew with ENCODING 'UTF8' TEMPLATE template0.`,
    );
  if (readOnly)
    return new StartProblem(
      'DATABASE_URL のデータベースは読むことしかできません（待機系か、default_transaction_read_only）。書き込める接続先を指定してください。',
      'The database of DATABASE_URL can only be read: it is a standby, or default_transaction_read_only is on. Name one that can be written.',
    );
  if (connections < CONNECTIONS)
    return new StartProblem(
      `DATABASE_URL のデータベースに開ける接続が${connections}本までです。${CONNECTIONS}本以上を開けるようにしてください。`,
      `The database of DATABASE_URL takes ${connections} connections at most. Allow at least ${CONNECTIONS} connections.`,
    );
  return null;
}

/** Proves that the database answers, and that the program can work with it. Throws StartProblem that says what to mend. */
export async function checkOutside(url: string): Promise<void> {
  let client: pg.Client | undefined;
  try {
    client = new pg.Client({ connectionString: outsideAddress(url), connectionTimeoutMillis: 10_000 });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<Found>(FIND);
    const problem = problemOf(rows[0]!);
    if (problem) throw problem;
  } catch (error) {
    throw error instanceof StartProblem ? error : unreachable(error);
  } finally {
    // Of a connection without the password that it was asked for, the server waits for it, and the process with the server.
    await client?.end().catch(() => undefined);
  }
}

/** That the user may not take the role, or that there is none. */
const ROLE_REFUSED = ['42501', '22023'];

/**
 * Opens the migrated database as the application. The company's server knows us by one user: a second one, for the application alone, would exist
 * in all its databases, and who may connect to them is not ours to decide.
 */
export async function enterOutside(url: string): Promise<Database> {
  const database = openDatabase(outsideAddress(url), { role: APPLICATION });
  try {
    const [row] = await database.query<{ role: string }>('SELECT current_user::text AS role', []);
    if (row!.role !== APPLICATION) throw pooled();
    return database;
  } catch (error) {
    await database.close();
    if (error instanceof StartProblem) throw error;
    if (!ROLE_REFUSED.includes((error as { code?: string }).code ?? '')) throw unreachable(error);
    throw new StartProblem(
      `DATABASE_URL の利用者は、ロール ${APPLICATION} を使えません。サーバーの管理者が GRANT ${APPLICATION} TO（利用者）を実行してください。`,
      `The user of DATABASE_URL may not take the role ${APPLICATION}. Let the administrator of the server run GRANT ${APPLICATION} TO that user.`,
    );
  }
}

/** No such role, and no right: what a database lacks that was restored before the role was there, without its rights, or by another user. */
const RIGHTS = ['42704', '42501'];

/** What to say where the database of `DATABASE_URL` lacks the role of the application, or rights of it or of the user; null of any other error. */
export function rightsProblem(error: unknown): StartProblem | null {
  const { code = '' } = error as { code?: string };
  if (!RIGHTS.includes(code)) return null;
  return new StartProblem(
    `DATABASE_URL のデータベースに、ロール ${APPLICATION} か、要る権限がありません（${code}）。バックアップから戻したのなら、先に CREATE ROLE ${APPLICATION} NOLOGIN と、利用者への GRANT ${APPLICATION} を済ませてください。そのうえで、空のデータベースに、DATABASE_URL の利用者として、権限を省かずに戻し直してください。`,
    `The database of DATABASE_URL lacks the role ${APPLICATION}, or rights that are needed (${code}). If a backup was restored: create the role (CREATE ROLE ${APPLICATION} NOLOGIN), grant it to the user (GRANT ${APPLICATION} TO …), and restore the backup again into an empty database, as the user of DATABASE_URL and with its rights.`,
  );
}
