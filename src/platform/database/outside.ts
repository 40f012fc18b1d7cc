// A PostgreSQL of the company's own, named by DATABASE_URL. What can be wrong with it is said in one sentence before anything starts.

import pg from 'pg';
import { StartProblem } from '../start-problem.ts';
import { APPLICATION } from './application.ts';

const OLDEST = 150_000;

const SENTENCES: Record<string, readonly [string, string]> = {
  ENOTFOUND: ['サーバーの名前が見つかりません', 'its server name cannot be found'],
  EAI_AGAIN: ['サーバーの名前が見つかりません', 'its server name cannot be found'],
  ECONNREFUSED: ['サーバーが応答しません', 'its server does not answer'],
  ENOENT: ['ソケットがありません', 'its socket does not exist'],
  ETIMEDOUT: ['サーバーが応答しません', 'its server does not answer'],
  '28P01': ['パスワードが違います', 'the password is wrong'],
  '28000': ['利用者が認められません', 'the user is not admitted'],
  '3D000': ['データベースがありません', 'the database does not exist'],
};

/** Proves that the database answers and is new enough. Throws StartProblem that says what to mend; the address is not repeated. */
export async function checkOutside(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    const [ja, en] = SENTENCES[code] ?? ['接続できません', 'it cannot be reached'];
    throw new StartProblem(
      `DATABASE_URL のデータベースにつながりません：${ja}。DATABASE_URL を確かめてください。`,
      `The database of DATABASE_URL is out of reach: ${en}. Check DATABASE_URL.`,
    );
  }
  const { rows } = await client.query<{ v: string }>("SELECT current_setting('server_version_num') AS v");
  await client.end();
  if (Number(rows[0]!.v) < OLDEST) {
    throw new StartProblem(
      'PostgreSQL 15 以上が必要です。DATABASE_URL の接続先を新しくしてください。',
      'PostgreSQL 15 or newer is needed. Upgrade the server of DATABASE_URL.',
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
    `DATABASE_URL のデータベースに、ロール ${APPLICATION} か、要る権限がありません（${code}）。バックアップを戻したのなら、CREATE ROLE ${APPLICATION} NOLOGIN と、利用者への GRANT ${APPLICATION} を済ませてから、空のデータベースに、DATABASE_URL の利用者として、権限を省かずに戻し直してください。`,
    `The database of DATABASE_URL lacks the role ${APPLICATION}, or rights that are needed (${code}). If a backup was brought back: create the role (CREATE ROLE ${APPLICATION} NOLOGIN), grant it to the user (GRANT ${APPLICATION} TO …), and bring the backup back again into an empty database, as the user of DATABASE_URL and with its rights.`,
  );
}
