// Writes rows of consents, each once, in one statement or transaction with its log entry, however often a request with a key is sent.

import { rowType, type Queryable } from '../../../platform/database/index.ts';
import { runParts, type Part } from '../../../platform/statement.ts';
import type { ConsentTables, KeyRow } from '../tables.ts';

export const tables = (on: Queryable) => on.kysely.withTables<ConsentTables>();

const constraintOf = (error: unknown): string | undefined =>
  (error as { code?: string }).code === '23505' ? (error as { constraint?: string }).constraint : undefined;

/** True when an error says that a row with this constraint already exists. */
export const isTaken = (error: unknown, constraint: string): boolean => constraintOf(error) === constraint;

/** Returns a row as JSON that the database can read as its own row type. */
export const jsonRow = (row: object): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(row).map(([column, value]: [string, unknown]) => [
        column,
        Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value,
      ]),
    ),
  );

export const inserting = (table: keyof ConsentTables, row: object, key: 'id' | 'entry_id', where = 'true'): Part => ({
  name: table,
  sql: `effected AS (
  INSERT INTO ${table} SELECT r.* FROM jsonb_populate_record(NULL::${table}, $1::jsonb) AS r WHERE ${where}
  RETURNING ${key} AS key)`,
  values: [jsonRow(row)],
});

export const effected = async (on: Queryable, name: string, parts: Part[]): Promise<boolean> =>
  (await runParts(on, name, parts, 'SELECT key FROM effected')).length > 0;

const keyRows = rowType<KeyRow>('consent_keys', [
  ['text', (k) => k.actor],
  ['bytea', (k) => k.key],
  ['bytea', (k) => k.digest],
  ['uuid', (k) => k.effect_id],
  ['timestamptz', (k) => k.at.getTime()],
]);

/** Gives the CTE `admitted(id uuid)`: the request's id, if the person is known and the key is new. */
export const admitting = (id: string, keyed: KeyRow | null): Part => ({
  name: 'consent.admitting',
  sql: `claimed AS (
  INSERT INTO consent_keys SELECT k.* FROM unnest($2::consent_keys[]) AS k WHERE EXISTS (SELECT 1 FROM known)
  ON CONFLICT DO NOTHING RETURNING effect_id),
admitted AS (
  SELECT $1::uuid AS id WHERE EXISTS (SELECT 1 FROM known)
  AND (cardinality($2::consent_keys[]) = 0 OR EXISTS (SELECT 1 FROM claimed)))`,
  values: [id, keyRows(keyed ? [keyed] : [])],
});

export type Written = 'written' | 'unknown' | 'repeated';

/** Runs a write about one person. Returns `unknown` when nothing is held about the person, `repeated` when the key was used before. */
export async function writeOnce(on: Queryable, name: string, parts: Part[]): Promise<Written> {
  const [row] = await runParts<{ known: number; effected: number }>(
    on,
    name,
    parts,
    'SELECT (SELECT count(*) FROM known)::int AS known, (SELECT count(*) FROM effected)::int AS effected',
  );
  return row!.effected > 0 ? 'written' : row!.known > 0 ? 'repeated' : 'unknown';
}

export async function findKey(
  on: Queryable,
  actor: string,
  key: Buffer,
): Promise<{ digest: Buffer; effect_id: string } | null> {
  const rows = await on.query<{ digest: Buffer; effect_id: string }>(
    'SELECT digest, effect_id FROM consent_keys WHERE actor = $1 AND key = $2',
    [actor, key],
  );
  return rows[0] ?? null;
}
