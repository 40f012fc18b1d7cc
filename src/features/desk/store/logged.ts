// What the promises read of requests: which of them, with their events, held against what the log has of each.

import type { Queryable } from '../../../platform/database/index.ts';
import type { EventRow, RequestRow } from '../tables.ts';

/** An event of a request as its row has it, or an entry that the log has of the request. */
export type Traced = Pick<EventRow, 'request_id' | 'entry_id'> &
  (
    | (Pick<EventRow, 'no' | 'event' | 'on_day' | 'at' | 'by_actor' | 'data'> & { action: null })
    | { no: null; action: string; sha256: string | null }
  );

/** Of many requests the events, in the order of each, and what the log has of them, as both stand at one moment. */
export const tracesOf = (on: Queryable, ids: readonly string[]): Promise<Traced[]> =>
  on.query(
    `SELECT request_id, entry_id, no, event, on_day, at, by_actor, data, NULL AS action, NULL AS sha256
     FROM request_events WHERE request_id = ANY ($1::uuid[])
     UNION ALL
     SELECT (entry::jsonb->>'request')::uuid, id, NULL, NULL, NULL, NULL, NULL, NULL, action, entry::jsonb->>'sha256'
     FROM log_entries WHERE action ^@ 'desk:' AND action <> 'desk:open-paper' AND entry::jsonb->>'request' = ANY ($1::text[])
     ORDER BY 1, 3`,
    [ids],
  );

/** The entries by which the log has requests as registered that are not there. */
export const requestsMissing = async (on: Queryable): Promise<string[]> =>
  (
    await on.query<{ id: string }>(
      `SELECT id FROM log_entries l WHERE action = 'desk:registered'
         AND NOT EXISTS (SELECT 1 FROM requests r WHERE r.id = (l.entry::jsonb->>'request')::uuid)`,
      [],
    )
  ).map(({ id }) => id);

/**
 * Every request whose papers are still kept: the open ones, and those that were closed not long ago; or those of them with these ids. A key that is
 * gone without an entry of the log that its papers were erased has not ended any.
 */
export const requestsWithPapers = (on: Queryable, ids: readonly string[] | null): Promise<RequestRow[]> =>
  on.query<RequestRow>(
    `SELECT * FROM requests r WHERE ${ids ? 'id = ANY ($1::uuid[]) AND' : ''} (wrapped_key IS NOT NULL OR NOT EXISTS (
       SELECT 1 FROM log_entries WHERE action ^@ 'desk:' AND action = 'desk:papers-erased' AND entry::jsonb->>'request' = r.id::text))
     ORDER BY id`,
    ids ? [ids] : [],
  );

/**
 * Which requests changed since an edge, and the edge to ask from next, before which nothing more is to come. Null: none is asked for. What was
 * changed on a server that the database came from may bear a number that is still to come here; it is among what was read first.
 */
export async function requestsChanged(on: Queryable, edge: string | null): Promise<{ edge: string; ids: string[] }> {
  const [row] = await on.query<{ edge: string; ids: string[] }>(
    `SELECT pg_snapshot_xmin(now)::text AS edge,
            ARRAY(SELECT id FROM requests WHERE changed >= $1::xid8 AND changed < pg_snapshot_xmax(now)) AS ids
     FROM pg_current_snapshot() AS now`,
    [edge],
    'desk.changed',
  );
  return row!;
}

/** An objection that a request was carried out by, as the log has it. */
export interface ObjectionLogged {
  id: string;
  principal_id: string;
  purpose: string | null;
  recipient: string | null;
}

/** Those of these entries that are objections. */
export const objectionsIn = (on: Queryable, entries: readonly string[]): Promise<ObjectionLogged[]> =>
  on.query(
    `SELECT id, principal_id, entry::jsonb->>'purpose' AS purpose, entry::jsonb->>'recipient' AS recipient
     FROM log_entries WHERE action = 'consent:object' AND id = ANY ($1::uuid[])`,
    [entries],
  );
