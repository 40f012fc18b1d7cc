// The checkpoint's one statement: sealed records are found and their log entries written together, or neither.

import type { Queryable } from '../../platform/database/index.ts';
import { runParts, type Part } from '../../platform/statement.ts';
import type { Found } from '../../vault/index.ts';

/** Runs the vault's finding and the log's writing as one statement; answers the rows that were found and logged. */
export const readRecords = (on: Queryable, finding: Part, logging: Part): Promise<Found[]> =>
  runParts<Found>(on, 'checkpoint.use', [finding, logging], 'SELECT * FROM found');

/** What the application's role may do with the log. */
export async function logRights(on: Queryable): Promise<{ may_insert: boolean; may_change: boolean }> {
  const [row] = await on.query<{ may_insert: boolean; may_change: boolean }>(
    `SELECT has_any_column_privilege('log_entries', 'INSERT') AS may_insert,
            has_any_column_privilege('log_entries', 'UPDATE') OR has_table_privilege('log_entries', 'DELETE, TRUNCATE') AS may_change`,
    [],
  );
  return row!;
}

/** Entries of the log of which all that a promise asks is the same, and how many they are. */
export interface EntryClass {
  action: string;
  purpose: string | null;
  holding: string | null;
  items: readonly string[];
  answer: string | null;
  /** Grounds such as `APPI 18(1)`. */
  because: readonly string[];
  n: number;
}

interface ClassRow extends Pick<EntryClass, 'action' | 'purpose' | 'holding' | 'n'> {
  items: string | null;
  decision: string | null;
}

/**
 * Every entry of these actions, in classes: of a million readings there are as many as people ask alike. Each text is read once, and its
 * parts are compared as the texts they are; 100,000 take about half a second.
 */
export async function classesOfEntries(on: Queryable, actions: readonly string[]): Promise<EntryClass[]> {
  const rows = await on.query<ClassRow>(
    `SELECT l.action, e.purpose, e.holding, e.items, e.decision, count(*)::int AS n
     FROM log_entries l CROSS JOIN LATERAL json_to_record(l.entry::json) AS e (purpose text, holding text, items text, decision text)
     WHERE l.action = ANY ($1::text[]) GROUP BY 1, 2, 3, 4, 5`,
    [actions],
  );
  return rows.map(({ items, decision, ...row }) => {
    const { answer = null, because = [] } = JSON.parse(decision ?? '{}') as Partial<EntryClass>;
    return { ...row, items: JSON.parse(items ?? '[]') as string[], answer, because };
  });
}
