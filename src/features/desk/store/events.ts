// The events of requests, in their order. Events are only inserted.

import type { Day } from '../../../base/day.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import type { EventBody, Undelivered } from '../facts/event.ts';
import type { EventRow, RequestRow } from '../tables.ts';

export const eventsOf = (on: Queryable, id: string): Promise<EventRow[]> =>
  on.query<EventRow>('SELECT * FROM request_events WHERE request_id = $1 ORDER BY no', [id], 'desk.events');

/** An event without who recorded it, when, and its log entry. */
type Happened = Pick<EventRow, 'request_id' | 'event' | 'on_day' | 'data'>;

/** The event of a row. A `specified` event from when a request could name one id only gets a list with that id. */
export function bodyOf({ event, on_day: on, data }: Pick<EventRow, 'event' | 'on_day' | 'data'>): EventBody {
  if (event !== 'specified' || !('principal' in data)) return { event, on, ...data } as EventBody;
  const { principal, ...found } = data;
  return { event, on, ...found, principals: principal === null ? [] : [principal] } as unknown as EventBody;
}

/** The events of every request that was open on a day of a period, in their order. */
export const eventsBetween = (on: Queryable, { from, to }: { from: Day; to: Day }): Promise<Happened[]> =>
  on.query(
    // ARRAY() finds the requests first. Otherwise the planner expects nearly all of them and goes through the events of every request there ever was.
    `SELECT request_id, event, on_day, data FROM request_events
     WHERE request_id = ANY (ARRAY(SELECT id FROM requests WHERE daterange(arrived_on, closed_on, '[]') && daterange($1::date, $2::date, '[]')))
     ORDER BY request_id, no`,
    [from, to],
    'desk.between',
  );

/** Every time an answer of an open request did not reach the person, in order. */
export const openUndelivered = (
  on: Queryable,
): Promise<(Pick<RequestRow, 'id' | 'year' | 'serial' | 'assigned_to'> & { on_day: Day; data: Undelivered })[]> =>
  on.query(
    `SELECT r.id, r.year, r.serial, r.assigned_to, e.on_day, e.data
     FROM requests r JOIN request_events e ON e.request_id = r.id AND e.event = 'undelivered'
     WHERE r.state = 'open' ORDER BY r.id, e.no`,
    [],
    'desk.undelivered',
  );

export async function insertEvent(tx: Tx, row: EventRow): Promise<void> {
  await tx.query(
    `INSERT INTO request_events (request_id, no, event, on_day, at, by_actor, data, entry_id, attempt, asked)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      row.request_id,
      row.no,
      row.event,
      row.on_day,
      row.at,
      row.by_actor,
      JSON.stringify(row.data),
      row.entry_id,
      row.attempt,
      row.asked,
    ],
  );
}
