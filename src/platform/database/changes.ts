// Whether tables changed since they were last looked at.

import type { Queryable } from './database.ts';

/**
 * What stands for the content of tables that note their changes: the same text again means that nothing in them was added, changed or removed
 * in between. Asked before the tables are read, so that what comes meanwhile is read again rather than missed. A database that was started
 * anew, or another one in its place, is another content.
 */
export async function changesOf(on: Queryable, tables: readonly string[]): Promise<string> {
  const [row] = await on.query<{ noted: string }>(
    `SELECT concat(pg_postmaster_start_time(), string_agg(concat_ws(' ', relation, backend, xid), ',' ORDER BY relation, backend)) AS noted
     FROM table_changes WHERE relation = ANY ($1::name[])`,
    [tables],
  );
  return row!.noted;
}
