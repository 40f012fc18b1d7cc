// What granted requests stopped, as the checkpoint must know it, and later provisions that a stop may reach.

import type { Day } from '../../../base/day.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import type { Provided } from '../../provision/index.ts';
import type { RequestRow, SuspensionRow } from '../tables.ts';

export async function insertSuspension(tx: Tx, row: SuspensionRow): Promise<void> {
  await tx.query(
    `INSERT INTO suspensions (request_id, principal_id, stops, purposes, recipients, article, from_day, entry_id, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      row.request_id,
      row.principal_id,
      row.stops,
      row.purposes,
      row.recipients,
      row.article,
      row.from_day,
      row.entry_id,
      row.at,
    ],
  );
}

/** Everything that is stopped, as the checkpoint must know it: for every id linked as the person whose request it was. */
export const allSuspensions = (on: Queryable): Promise<SuspensionRow[]> =>
  on.query<SuspensionRow>(
    `SELECT request_id, principal_id, stops, purposes, recipients, article, from_day, entry_id, at FROM suspensions
     UNION ALL
     SELECT s.request_id, w.other_id, s.stops, s.purposes, s.recipients, s.article, s.from_day, s.entry_id, s.at
     FROM suspensions s JOIN same_person w ON w.principal_id = s.principal_id
     ORDER BY at`,
    [],
    'desk.stopped',
  );

/** Every stop, for the ids of its request alone. */
export const stopsOnRecord = (on: Queryable): Promise<SuspensionRow[]> => on.query('SELECT * FROM suspensions', []);

/** A provision of somebody's information after their stop of provision or of use. */
export interface ProvidedAfter
  extends
    Pick<SuspensionRow, 'request_id' | 'stops' | 'article' | 'from_day'>,
    Pick<Provided, 'relation' | 'recipient' | 'facts'> {
  on_day: Day;
  /** The day of the consent that the person is on record with for it; null where none is named. */
  consented_on: Day | null;
}

/**
 * Provisions that a stop may reach. A stop of provision reaches those to a third party or abroad and to one of its recipients; a stop of use, those
 * for one of its purposes. It counts from the day after its own, whenever it was written down, and on its own day once it was. The person is an id
 * that the stop names, or one known to be the same person when the provision was made, and still when the stop was written down.
 */
export const providedAfterStops = (on: Queryable): Promise<ProvidedAfter[]> =>
  on.query<ProvidedAfter>(
    `WITH reached AS (
       SELECT s.*, ever_same_person(s.principal_id) AS id FROM suspensions s)
     SELECT DISTINCT s.request_id, s.stops, s.article, s.from_day, p.relation, p.recipient, p.facts,
            (p.at AT TIME ZONE 'Asia/Tokyo')::date AS on_day, c.given_on AS consented_on
     FROM reached s JOIN provision_people w ON w.principal_id = s.id JOIN provisions p ON p.id = w.provision_id
     LEFT JOIN consents c ON c.id = w.consent_id
     WHERE (p.at > s.at OR (p.at AT TIME ZONE 'Asia/Tokyo')::date > s.from_day)
       AND (s.id = s.principal_id OR s.principal_id = ANY (same_person_at(s.id, p.at))
         AND (s.at <= p.at OR s.principal_id = ANY (same_person_at(s.id, s.at))))
       AND (s.recipients IS NULL OR p.recipient_id = ANY (s.recipients))
       AND (s.purposes IS NULL OR p.purpose = ANY (s.purposes))
       AND (s.stops = 'use' OR p.relation = 'third-party' OR p.recipient->>'country' <> 'JP')`,
    [],
  );

/** Somebody whose erasure was asked for and whose information a law required to be kept, and until when. */
export interface KeptRow extends Pick<RequestRow, 'id' | 'year' | 'serial'>, Pick<SuspensionRow, 'principal_id'> {
  until: Day;
}

/** Those who are still kept although the keeping ended before a day; the longest since first. */
export const keptBefore = (on: Queryable, day: Day): Promise<KeptRow[]> =>
  on.query<KeptRow>(
    `SELECT r.id, r.year, r.serial, s.principal_id, d.until
     FROM suspensions s JOIN requests r ON r.id = s.request_id AND r.kind = 'erasure'
     CROSS JOIN LATERAL (SELECT (data->'facts'->'keeping'->>'until')::date AS until FROM request_events
       WHERE request_id = r.id AND event = 'decided' ORDER BY no DESC LIMIT 1) AS d
     WHERE d.until < $1::date AND NOT EXISTS (SELECT FROM vault_erasures v WHERE v.principal_id = s.principal_id)
     ORDER BY d.until, r.id, s.principal_id`,
    [day],
    'desk.kept',
  );

export const suspensionsOf = (on: Queryable, id: string): Promise<SuspensionRow[]> =>
  on.query<SuspensionRow>('SELECT * FROM suspensions WHERE request_id = $1 ORDER BY stops', [id]);
