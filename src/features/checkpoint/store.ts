// The checkpoint's one statement: sealed records are found and their log entries written together, or neither.

import type { Queryable } from '../../platform/database/index.ts';
import { runParts, type Part } from '../../platform/statement.ts';
import type { Found } from '../../vault/index.ts';

/**
 * Runs the vault's finding and the log's writing as one statement, after the part that the finding is given or barred by; answers the rows that
 * were found and logged.
 */
export const readRecords = (on: Queryable, before: Part, finding: Part, logging: Part): Promise<Found[]> =>
  runParts<Found>(on, `checkpoint.use.${before.name}`, [before, finding, logging], 'SELECT * FROM found');

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
  /** `staff`, `system`, `public` or `sekisho`. */
  who: string;
  /** Whether the policies that gave the authority are named. */
  authorised: boolean;
  /** Grounds such as `APPI 18(1)`. */
  because: readonly string[];
  n: number;
}

/** The same as the log's texts have it. `settled`: of transactions before the end, to which nothing is added any more. */
export interface ClassRow extends Pick<EntryClass, 'action' | 'purpose' | 'holding' | 'who' | 'authorised' | 'n'> {
  items: string | null;
  decision: string | null;
  settled: boolean;
}

export const classOf = ({ items, decision, ...row }: ClassRow): EntryClass => {
  const { answer = null, because = [] } = JSON.parse(decision ?? '{}') as Partial<EntryClass>;
  return { ...row, items: JSON.parse(items ?? '[]') as string[], answer, because };
};

/** The first transaction that is not over: of all before it the log has everything that it will ever have. */
export async function settledEnd(on: Queryable): Promise<string> {
  const [row] = await on.query<{ at: string }>('SELECT pg_snapshot_xmin(pg_current_snapshot()) AS at', []);
  return row!.at;
}

/**
 * The entries of these actions that transactions from `start` on wrote, in classes: of a million readings there are as many as people ask
 * alike. Each text is read once, and its parts are compared as the texts they are; 100,000 take a quarter of a second.
 */
export const classesOfEntries = (
  on: Queryable,
  actions: readonly string[],
  { start, end }: { start: string; end: string },
): Promise<ClassRow[]> =>
  on.query<ClassRow>(
    `SELECT l.action, e.purpose, e.holding, e.items, e.decision, split_part(l.actor, ':', 1) AS who,
            coalesce(e.authority, '[]') <> '[]' AS authorised, l.xid < $3::xid8 AS settled, count(*)::int AS n
     FROM log_entries l CROSS JOIN LATERAL json_to_record(l.entry::json)
       AS e (purpose text, holding text, items text, decision text, authority text)
     WHERE l.xid >= $2::xid8 AND l.action = ANY ($1::text[]) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`,
    [actions, start, end],
  );
