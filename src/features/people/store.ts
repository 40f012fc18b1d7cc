// Who is held and who was erased, held against the log.

import type { Queryable } from '../../platform/database/index.ts';

/**
 * Somebody of whom vault and log do not say the same. `lost`: acquired, and neither held nor erased; `unlogged`: erased, as nobody put on record;
 * `back`: erased, and held again.
 */
export interface StrangePerson {
  principal_id: string;
  why: 'lost' | 'unlogged' | 'back';
  /** The log entry of the first acquisition, or of the erasure. */
  entry: string;
}

const ERASED = "SELECT FROM log_entries g WHERE g.action = 'people:erase' AND g.principal_id";

export const strangePersons = (on: Queryable): Promise<StrangePerson[]> =>
  on.query(
    `SELECT principal_id, 'unlogged' AS why, entry_id AS entry FROM vault_erasures e
     WHERE NOT EXISTS (${ERASED} = e.principal_id AND g.id = e.entry_id)
     UNION ALL SELECT l.principal_id, 'back', l.id FROM log_entries l
     WHERE l.action = 'people:erase' AND EXISTS (SELECT FROM vault_principals p WHERE p.id = l.principal_id)
     UNION ALL SELECT l.principal_id, 'lost', min(l.id::text)::uuid FROM log_entries l
     WHERE l.action = 'people:acquire' AND NOT EXISTS (SELECT FROM vault_principals p WHERE p.id = l.principal_id)
       AND NOT EXISTS (${ERASED} = l.principal_id)
       AND NOT EXISTS (SELECT FROM vault_erasures e WHERE e.principal_id = l.principal_id)
     GROUP BY l.principal_id
     ORDER BY 3`,
    [],
  );

/** Of how many persons an erasure is in the log. */
export async function countErased(on: Queryable): Promise<number> {
  const [row] = await on.query<{ n: number }>(
    "SELECT count(DISTINCT principal_id)::int AS n FROM log_entries WHERE action = 'people:erase'",
    [],
  );
  return row!.n;
}
