// Every query of the uses beyond the purpose. A use is written in the statement that reads the vault and writes the log.

import type { Queryable } from '../../platform/database/index.ts';
import { runParts, type Part } from '../../platform/statement.ts';
import type { Found } from '../../vault/index.ts';
import type { UseClass } from './facts.ts';
import type { BeyondTables, UseBeyondRow } from './tables.ts';

const tables = (on: Queryable) => on.kysely.withTables<BeyondTables>();

/** Writes the record, with those of its items that are held, only if the vault found the person (`found`). */
const recording = (row: Omit<UseBeyondRow, 'read'>): Part => ({
  name: 'beyond',
  sql: `used_beyond AS (
  INSERT INTO uses_beyond
  SELECT r.* FROM found f CROSS JOIN LATERAL jsonb_populate_record(NULL::uses_beyond, $1::jsonb || jsonb_build_object('read',
    ARRAY(SELECT code FROM jsonb_array_elements_text($1::jsonb->'items') AS i(code) WHERE code = ANY (string_to_array(f.items, ','))))) AS r
  WHERE r.id = f.key)`,
  values: [JSON.stringify({ ...row, sealed: `\\x${row.sealed.toString('hex')}` })],
});

/**
 * Finds the sealed record and writes the use and its log entry in one statement, provided that what was read before (`asRead`) is still so; otherwise
 * `finding` must find nothing. Null when it found nothing.
 */
export async function useOnce(
  on: Queryable,
  asRead: Part,
  finding: Part,
  row: Omit<UseBeyondRow, 'read'>,
  logging: Part,
): Promise<Found | null> {
  const parts = [asRead, finding, recording(row), logging];
  const [found] = await runParts<Found>(on, 'beyond.use', parts, 'SELECT * FROM found');
  return found ?? null;
}

export const findUse = async (on: Queryable, id: string): Promise<UseBeyondRow | null> =>
  (await tables(on).selectFrom('uses_beyond').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;

/** The uses of a person's information, newest first. */
export const listUses = (on: Queryable, principal: string): Promise<UseBeyondRow[]> =>
  tables(on)
    .selectFrom('uses_beyond')
    .selectAll()
    .where('principal_id', '=', principal)
    .orderBy('id', 'desc')
    .execute();

/** The log entries of such uses and their records, each with its counterpart where there is one, in classes. */
export const classesOfUses = (on: Queryable): Promise<UseClass[]> =>
  on.query<UseClass>(
    `SELECT u.exception, u.facts->'exception' AS claim, u.worded,
            coalesce(l.principal_id = u.principal_id AND e.holding = u.holding_id::text AND e.purpose = u.purpose
              AND e.items::jsonb = to_jsonb(u.items) AND e.decision::jsonb->'because' ? ('APPI ' || u.exception), false) AS agrees,
            coalesce(l.actor = u.by_actor AND l.actor LIKE 'staff:%' AND e.authority::jsonb <> '[]', false) AS approved,
            l.id IS NOT NULL AS logged, count(*)::int AS n,
            coalesce(array_agg(l.id) FILTER (WHERE u.id IS NULL), '{}') AS missing
     FROM (SELECT * FROM log_entries WHERE action = 'people:use-beyond') l
     CROSS JOIN LATERAL json_to_record(l.entry::json) AS e (holding text, purpose text, items text, decision text, authority text)
     FULL JOIN uses_beyond u ON u.id = l.id
     GROUP BY 1, 2, 3, 4, 5, 6`,
    [],
  );
