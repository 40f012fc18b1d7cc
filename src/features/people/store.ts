// Compares persons held and erased with the log.

import type { Day } from '../../base/day.ts';
import type { Queryable } from '../../platform/database/index.ts';

/**
 * A person about whom vault and log differ. `lost`: acquired, but neither held nor erased; `unlogged`: erased without a log entry; `back`: erased,
 * but held again.
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

/** The number of persons with an erasure in the log. */
export async function countErased(on: Queryable): Promise<number> {
  const [row] = await on.query<{ n: number }>(
    "SELECT count(DISTINCT principal_id)::int AS n FROM log_entries WHERE action = 'people:erase'",
    [],
  );
  return row!.n;
}

/**
 * A kept identity about which database and log differ. `lost`: kept by the log, but not there; `unlogged`: there, but not kept by the log; `late`:
 * there, although the log says that it is kept until a day that is over.
 */
export interface StrangeIdentity {
  principal_id: string;
  why: 'lost' | 'unlogged' | 'late';
  /** The log entry that last kept it; null where there is none. */
  entry: string | null;
}

/**
 * Compares with the last that the log says of each identity: kept until a day, or over. `late` ones may be kept for a record that has been
 * prolonged.
 */
export const strangeIdentities = (on: Queryable, today: Day): Promise<StrangeIdentity[]> =>
  on.query(
    `WITH said AS (
       SELECT DISTINCT ON (principal_id) principal_id, id, substring(entry FROM '"identity_until":"([0-9-]{10})"') AS until
       FROM log_entries
       WHERE action = 'people:identity-over' OR (action IN ('people:erase', 'people:erase-again') AND strpos(entry, '"identity_until":"') > 0)
       ORDER BY principal_id, xid DESC, seq DESC)
     SELECT coalesce(s.principal_id, k.id) AS principal_id, s.id AS entry,
            CASE WHEN k.id IS NULL THEN 'lost' WHEN s.until IS NULL THEN 'unlogged' ELSE 'late' END AS why
     FROM said s FULL JOIN kept_identities k ON k.id = s.principal_id
     WHERE CASE WHEN k.id IS NULL THEN s.until IS NOT NULL ELSE s.until IS NULL OR s.until < $1 END
     ORDER BY 1`,
    [today],
  );

/** The number of persons whose identity is kept. */
export async function countIdentities(on: Queryable): Promise<number> {
  const [row] = await on.query<{ n: number }>('SELECT count(*)::int AS n FROM kept_identities', []);
  return row!.n;
}
