// What the promises read: the requests, their events, and what the log says of each.

import type { Queryable } from '../../../platform/database/index.ts';
import type { EventRow, RequestRow } from '../tables.ts';

/** An event of a request from its row (`action` is null), or an entry of the log about the request. */
export type Traced = Pick<EventRow, 'request_id' | 'entry_id'> &
  (
    | (Pick<EventRow, 'no' | 'event' | 'on_day' | 'at' | 'by_actor' | 'data'> & { action: null })
    | { no: null; action: string; sha256: string | null }
  );

/** The events of these requests, in their order, and the entries of the log about them, all read at one moment. */
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

/** The entries of the log that each state a step of a request, in their order: of a step about several ids of the person, the first. */
export const stepsLogged = (
  on: Queryable,
  request: string,
): Promise<{ id: string; action: string; at: Date; sha256: string }[]> =>
  on.query(
    `SELECT * FROM (
       SELECT DISTINCT ON (entry::jsonb->>'sha256') id, action, at, entry::jsonb->>'sha256' AS sha256, xid, seq FROM log_entries
       WHERE action ^@ 'desk:' AND entry::jsonb->>'request' = $1 AND entry::jsonb ? 'sha256' ORDER BY entry::jsonb->>'sha256', xid, seq) l
     ORDER BY xid, seq`,
    [request],
  );

/** Ids of the entries that say a request was registered whose row is not there. */
export const requestsMissing = async (on: Queryable): Promise<string[]> =>
  (
    await on.query<{ id: string }>(
      `SELECT id FROM log_entries l WHERE action = 'desk:registered'
         AND NOT EXISTS (SELECT 1 FROM requests r WHERE r.id = (l.entry::jsonb->>'request')::uuid)`,
      [],
    )
  ).map(({ id }) => id);

/**
 * Every request whose papers are still kept, open or closed not long ago; with `ids`, those among them. A key that is gone without a log entry of the
 * erasure does not count as erased.
 */
export const requestsWithPapers = (on: Queryable, ids: readonly string[] | null): Promise<RequestRow[]> =>
  on.query<RequestRow>(
    `SELECT * FROM requests r WHERE ${ids ? 'id = ANY ($1::uuid[]) AND' : ''} (wrapped_key IS NOT NULL OR NOT EXISTS (
       SELECT 1 FROM log_entries WHERE action ^@ 'desk:' AND action = 'desk:papers-erased' AND entry::jsonb->>'request' = r.id::text))
     ORDER BY id`,
    ids ? [ids] : [],
  );

/**
 * Ids of the requests changed since `edge`, and the edge to ask from next; nothing more will come before it. With `edge` null, no ids. A row changed
 * on the server that the database was brought from may carry a transaction id that is still to come here; it was among what was read first.
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

/** An objection made when a request was carried out, as the log has it. */
export interface ObjectionLogged {
  id: string;
  principal_id: string;
  purpose: string | null;
  recipient: string | null;
}

/** The objections among these entries. */
export const objectionsIn = (on: Queryable, entries: readonly string[]): Promise<ObjectionLogged[]> =>
  on.query(
    `SELECT id, principal_id, entry::jsonb->>'purpose' AS purpose, entry::jsonb->>'recipient' AS recipient
     FROM log_entries WHERE action = 'consent:object' AND id = ANY ($1::uuid[])`,
    [entries],
  );
