// Dated SQL migrations, applied once each in order of their names, each in a transaction. A database newer than this program is refused, because an
// older program would not know what it must record.

import fs from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { StartProblem } from '../start-problem.ts';
import type { Database, Queryable } from './database.ts';

const MIGRATING = 0x5e_41_5e_41;

const REMEDIES: Record<string, readonly [string, string]> = {
  '53100': ['データベースの空き容量を増やして', 'Free some space for the database'],
  '42501': [
    'DATABASE_URL の利用者がデータベースの所有者で、ロールを作れる（CREATEROLE、要るのは最初に始めるときだけです）ようにして',
    'Make the user of DATABASE_URL the owner of the database and let it create roles (CREATEROLE, which only the first start needs)',
  ],
  '3F000': ['データベースにスキーマ public を作って', 'Create the schema public in the database'],
};

/** Why a migration was not applied, by the server's error code only: its message may contain values of a row. */
function notApplied(error: unknown, name?: string): StartProblem {
  const { code } = error as { code?: string };
  const [ja, en] = REMEDIES[code ?? ''] ?? [
    'データベースのログを見て原因を除いて',
    'Find the cause in the log of the database and remove it',
  ];
  const at = [name, code].filter((one) => one !== undefined);
  return new StartProblem(
    `データベースをこの版に移せませんでした（${at.join('、')}）。途中まで移したものは元に戻り、記録は失われていません。${ja}から、もう一度始めてください。`,
    `The database could not be migrated to this version (${at.join(', ')}). What had been migrated so far was undone, and no record is lost. ${en}, then start again.`,
  );
}

const foreign = (): StartProblem =>
  new StartProblem(
    'DATABASE_URL のデータベースには、ほかのプログラムの表があります。何も変えていません。関所のための空のデータベースを作り、それを指定してください。',
    'The database of DATABASE_URL has tables of another program. Nothing was changed. Make an empty database for Sekisho and use that.',
  );

/** True when another program's tables are in this database. Extensions do not count, and ours has a table of migrations with a column of our own. */
const FOREIGN = sql<{ foreign: boolean }>`
  SELECT CASE WHEN to_regclass('public.migrations') IS NULL THEN EXISTS (
      SELECT FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e'))
    ELSE NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.migrations') AND attname = 'applied_at')
    END AS foreign`;

/**
 * Applies the missing migrations of `folder`, as the owner. Returns the names applied now. Throws StartProblem for a migration that cannot be
 * applied, and the reason of `stopping` between two migrations.
 */
export async function migrate(owner: Database, folder: string, stopping?: AbortSignal): Promise<string[]> {
  const files = (await fs.readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return owner.kysely.connection().execute(async (connection) => {
    await sql`SELECT pg_advisory_lock(${MIGRATING})`.execute(connection);
    try {
      const { rows } = await FOREIGN.execute(connection);
      if (rows[0]!.foreign) throw foreign();
      await sql`CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`
        .execute(connection)
        .catch((error: unknown) => {
          throw notApplied(error);
        });
      const applied = await sql<{ name: string }>`SELECT name FROM migrations ORDER BY name`.execute(connection);
      const known = new Set(files);
      const newer = applied.rows.find((row) => !known.has(row.name));
      if (newer) {
        throw new StartProblem(
          `データベースがこの版の関所より新しいため、始められません（${newer.name}）。新しい版の関所で始めてください。`,
          `The database is newer than this version of Sekisho (${newer.name}). Start it with the newer version.`,
        );
      }
      const have = new Set(applied.rows.map((row) => row.name));
      const missing = files.filter((name) => !have.has(name));
      for (const name of missing) {
        stopping?.throwIfAborted();
        const text = await fs.readFile(path.join(folder, name), 'utf8');
        const applying = connection.transaction().execute(async (trx) => {
          await sql.raw(text).execute(trx);
          await sql`INSERT INTO migrations (name) VALUES (${name})`.execute(trx);
        });
        await applying.catch((error: unknown) => {
          throw notApplied(error, name);
        });
      }
      return missing;
    } finally {
      await sql`SELECT pg_advisory_unlock(${MIGRATING})`.execute(connection);
    }
  });
}

/** The names of the migrations that the database has, in their order. */
export const migrationsApplied = async (on: Queryable): Promise<string[]> =>
  (await on.query<{ name: string }>('SELECT name FROM migrations ORDER BY name', [], 'migrations.applied')).map(
    ({ name }) => name,
  );
