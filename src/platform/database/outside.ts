// An external PostgreSQL, named by DATABASE_URL. Anything wrong with it is reported in one sentence before anything starts, and the settings of its
// sessions are ours.

import pg from 'pg';
import { StartProblem } from '../start-problem.ts';
import { APPLICATION } from './application.ts';
import { MOST_CONNECTIONS, openDatabase, withOptions, type Database } from './database.ts';

const OLDEST = 150_000;

/** Session settings that the program relies on and that a server, database or user may have set differently. */
const SESSION = {
  search_path: 'public',
  DateStyle: 'ISO,MDY',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  // So that a null in a list stays a null instead of becoming the text NULL, and a comparison with a null finds nothing.
  array_nulls: 'on',
  transform_null_equals: 'off',
  // So that the name of a table, asked for as text, is the name.
  quote_all_identifiers: 'off',
  // So that a statement that waited for a lock sees what the other wrote.
  default_transaction_isolation: 'read\\ committed',
  // So that what was answered survives a crash of the server.
  synchronous_commit: 'on',
  // Compiling the queries of the promises would take longer than running them.
  jit: 'off',
  // Migrations and maintenance take as long as they need, and a lock is held while other connections work.
  statement_timeout: '0',
  lock_timeout: '0',
  // A process that is frozen in a transaction would hold back the log of all others.
  idle_in_transaction_session_timeout: '1min',
  idle_session_timeout: '0',
  // Otherwise the server would notice only after two hours that a machine is gone. These are seconds.
  tcp_keepalives_idle: '20',
  tcp_keepalives_interval: '10',
  tcp_keepalives_count: '4',
  // Parameters may be personal.
  log_parameter_max_length_on_error: '0',
};

/** The listening connections: for changes of authority, for the standing facts, and the one that says that this process has the database open. */
const LISTENING = 3;
const CONNECTIONS = MOST_CONNECTIONS + LISTENING;

/**
 * The URL as the program connects to it, with its session settings. The driver verifies certificates in any of these modes, but warns for all
 * except one that this may change; so that one is used. A URL with `uselibpqcompat` keeps its own mode.
 */
export function outsideAddress(url: string): string {
  const settings = Object.entries(SESSION).map(([name, value]) => `-c ${name}=${value}`);
  const mode = url.includes('uselibpqcompat=') ? /$^/ : /([?&]sslmode=)(?:prefer|require|verify-ca)\b/;
  return withOptions(url.replace(mode, '$1verify-full'), settings.join(' '));
}

const NAME_UNKNOWN = ['サーバーの名前が見つかりません', 'its server name cannot be found'] as const;
const SILENT = ['サーバーが応答しません', 'its server does not answer'] as const;
const PASSWORD_LACKS = ['パスワードがありません', 'it has no password'] as const;
const UNTRUSTED = [
  'サーバーの証明書を信頼できません（認証局の証明書のファイルは sslrootcert で指定します）',
  'the certificate of its server is not trusted (set sslrootcert to the certificate file of its authority)',
] as const;

/** By error code, or by message for errors of the driver, which have no code. */
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
  // A server says the same about an unknown user, so that nobody can find out which users exist.
  '28P01': [
    '利用者の名前かパスワードが違うか、パスワードの期限が切れています',
    'the user or the password is wrong, or the password has expired',
  ],
  '28000': [
    '利用者が認められません（サーバーが TLS を求めるときは sslmode=verify-full を付けます）',
    'the user is not admitted (if its server requires TLS, add sslmode=verify-full)',
  ],
  '42501': ['利用者に接続の権限がありません', 'the user may not connect to it'],
  '3D000': ['データベースがありません', 'the database does not exist'],
  '55000': ['データベースが接続を受け付けていません', 'it accepts no connections'],
  '57P03': ['サーバーが、起動または停止の途中です', 'its server is starting or stopping'],
  // An older server refuses our session settings before it reports its version.
  '42704': [
    'サーバーに、必要な設定がありません（PostgreSQL 15 以上が必要です）',
    'its server does not know a setting that Sekisho needs (PostgreSQL 15 or newer is needed)',
  ],
  '53300': ['接続の数が上限に達しています', 'its limit of connections is reached'],
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
  'The server does not support SSL connections': ['サーバーが TLS を使えません', 'its server does not support TLS'],
};

const pooled = (): StartProblem =>
  new StartProblem(
    'DATABASE_URL の接続先は、セッションの設定が届かない接続プール（PgBouncer など）です。PostgreSQL そのものの接続先を指定してください。',
    'DATABASE_URL names a connection pooler, such as PgBouncer, which does not pass on the settings of a session. Use the address of PostgreSQL itself.',
  );

/** A pooler that does not ignore session settings refuses them: PgBouncer as a violation of the protocol, RDS Proxy as not supported. */
const SETTINGS_REFUSED = ['08P01', '0A000'];

/** Why no connection could be made. The URL is not repeated. */
function unreachable(error: unknown): StartProblem {
  const { code = '', message, syscall } = error as NodeJS.ErrnoException;
  if (SETTINGS_REFUSED.includes(code)) return pooled();
  const [ja, en] =
    syscall === 'open'
      ? ['指定した証明書のファイルを読めません', 'the certificate file it names cannot be read']
      : (SENTENCES[code] ?? SENTENCES[message] ?? ['接続できません', 'it cannot be reached']);
  return new StartProblem(
    `DATABASE_URL のデータベースにつながりません：${ja}。DATABASE_URL を確かめてください。`,
    `The database of DATABASE_URL cannot be reached: ${en}. Check DATABASE_URL.`,
  );
}

interface Found {
  version: number;
  encoding: string;
  path: string;
  readOnly: boolean;
  durable: boolean;
  triggers: string;
  connections: number;
}

/** A superuser is not subject to the limits of a user or a database, and may use the connections that are kept for superusers. */
const FIND = `SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding,
    current_setting('search_path') AS path, current_setting('transaction_read_only')::bool AS "readOnly",
    current_setting('fsync')::bool AS durable, current_setting('session_replication_role') AS triggers,
    CASE WHEN rolsuper THEN current_setting('max_connections')::int ELSE least(nullif(rolconnlimit, -1), nullif(datconnlimit, -1),
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true)::int, 0)) END AS connections
  FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`;

/** What the server or database would not keep of what is promised, whatever a session is set to. */
function unkept({ durable, triggers }: Found): StartProblem | null {
  if (!durable)
    return new StartProblem(
      'DATABASE_URL のサーバーは fsync が off なので、電源が落ちると、終わったと答えたものも失われます。fsync を on にしてください。',
      'The server of DATABASE_URL runs with fsync off: a power cut would lose what was answered as done. Set fsync to on.',
    );
  // Only a superuser may set it, so it cannot be one of our session settings.
  if (triggers === 'replica')
    return new StartProblem(
      'DATABASE_URL のデータベースでは session_replication_role が replica なので、トリガーも参照の確認も働きません（データを移すツールの設定が残っていることがあります）。origin に戻してください。',
      'In the database of DATABASE_URL, session_replication_role is replica, as tools that copy databases may leave it: no trigger and no reference works. Set it to origin.',
    );
  return null;
}

function problemOf(found: Found): StartProblem | null {
  const { version, encoding, path, readOnly, connections } = found;
  if (version < OLDEST)
    return new StartProblem(
      'PostgreSQL 15 以上が必要です。DATABASE_URL のサーバーを新しい版にしてください。',
      'PostgreSQL 15 or newer is needed. Upgrade the server of DATABASE_URL.',
    );
  if (path !== SESSION.search_path) return pooled();
  if (encoding !== 'UTF8')
    return new StartProblem(
      `DATABASE_URL のデータベースの文字コードが UTF8 ではありません（${encoding}）。ENCODING 'UTF8' TEMPLATE template0 で作り直してください。`,
      `The encoding of the database of DATABASE_URL is ${encoding}, not UTF8. Create it again with ENCODING 'UTF8' TEMPLATE template0.`,
    );
  if (readOnly)
    return new StartProblem(
      'DATABASE_URL のデータベースは読むことしかできません（待機系か、default_transaction_read_only）。書き込める接続先を指定してください。',
      'The database of DATABASE_URL can only be read: it is a standby, or default_transaction_read_only is on. Use one that can be written to.',
    );
  if (connections < CONNECTIONS)
    return new StartProblem(
      `DATABASE_URL のデータベースに開ける接続が${connections}本までです。${CONNECTIONS}本以上を開けるようにしてください。`,
      `The database of DATABASE_URL allows at most ${connections} connections. Allow at least ${CONNECTIONS} connections.`,
    );
  return unkept(found);
}

/** Checks that the database answers and that the program can work with it. Throws StartProblem that says what to fix. */
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
    // After a connection without the password it asked for, the server keeps waiting for it, and the process would wait with the server.
    await client?.end().catch(() => undefined);
  }
}

/** The user may not take the role, or there is no such role. */
const ROLE_REFUSED = ['42501', '22023'];

/**
 * Opens the migrated database as the application. The company's server knows us as one user: a second one, for the application alone, would exist
 * in all of its databases, and who may connect to those is not ours to decide.
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
      `The user of DATABASE_URL may not use the role ${APPLICATION}. Ask the administrator of the server to run GRANT ${APPLICATION} TO that user.`,
    );
  }
}

/** No such role, or no right: a database restored before the role existed, without its rights, or by another user. */
const RIGHTS = ['42704', '42501'];

/**
 * The problem to report when the database of `DATABASE_URL` lacks the application's role, or rights of that role or the user; null for any other
 * error.
 */
export function rightsProblem(error: unknown): StartProblem | null {
  const { code = '' } = error as { code?: string };
  if (!RIGHTS.includes(code)) return null;
  return new StartProblem(
    `DATABASE_URL のデータベースに、ロール ${APPLICATION} か、要る権限がありません（${code}）。バックアップから戻したのなら、先に CREATE ROLE ${APPLICATION} NOLOGIN と、利用者への GRANT ${APPLICATION} を済ませてください。そのうえで、空のデータベースに、DATABASE_URL の利用者として、権限を省かずに戻し直してください。`,
    `The database of DATABASE_URL lacks the role ${APPLICATION} or required rights (${code}). If a backup was restored: create the role (CREATE ROLE ${APPLICATION} NOLOGIN), grant it to the user (GRANT ${APPLICATION} TO …), and restore the backup again into an empty database, as the user of DATABASE_URL and with its rights.`,
  );
}
