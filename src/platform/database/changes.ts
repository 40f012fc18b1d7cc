// Tells whether tables have changed since they were last read.

import type { Queryable } from './database.ts';

/**
 * A text that stands for the content of tables that note their changes: if it is the same again, nothing was inserted, changed or removed in
 * between. Must be read before the tables, so that changes made meanwhile are read twice rather than missed. A restarted or replaced database gives
 * another text.
 */
export async function changesOf(on: Queryable, tables: readonly string[]): Promise<string> {
  const [row] = await on.query<{ noted: string }>(
    `SELECT concat(pg_postmaster_start_time(), string_agg(concat_ws(' ', relation, backend, xid), ',' ORDER BY relation, backend)) AS noted
     FROM table_changes WHERE relation = ANY ($1::name[])`,
    [tables],
  );
  return row!.noted;
}
