// Every query of the desk. Events are only inserted; a request is changed by whoever holds its row, together with the event that says why.

import type { Day } from '../../base/day.ts';
import { uuidArray, type Queryable, type Tx } from '../../platform/database/index.ts';
import { runParts, type Part } from '../../platform/statement.ts';
import type { Found } from '../../vault/index.ts';
import type { Provided } from '../provision/index.ts';
import type { EventBody } from './facts/event.ts';
import type { Kind } from './facts/kind.ts';
import { LONGEST_SITTING_MS, type ParcelEnd } from './facts/parcel.ts';
import type { Stage, State } from './facts/stage.ts';
import {
  foldedColumns,
  listedColumns,
  registeredColumns,
  type EffectRow,
  type EventRow,
  type Folded,
  type ListedRow,
  type PaperKind,
  type PaperRow,
  type ParcelRow,
  type RequestRow,
  type SuspensionRow,
  type TextsRow,
  type ToldRow,
} from './tables.ts';

const NUMBERING = 0x64_65_73_6b;

/** Waits until nobody else is numbering a request; they come by post, so one at a time is enough. */
export async function nextSerial(tx: Tx, year: number): Promise<number> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [NUMBERING]);
  const [row] = await tx.query<{ serial: number }>(
    'SELECT coalesce(max(serial), 0) + 1 AS serial FROM requests WHERE year = $1',
    [year],
  );
  return row!.serial;
}

export const findByAttempt = async (on: Queryable, actor: string, attempt: string): Promise<RequestRow | null> =>
  (await on.query<RequestRow>('SELECT * FROM requests WHERE by_actor = $1 AND attempt = $2', [actor, attempt]))[0] ??
  null;

/** A request of the same sender, day and kind. */
export const findSame = async (
  tx: Tx,
  { sender, arrived_on, kind }: Pick<RequestRow, 'sender' | 'arrived_on' | 'kind'>,
): Promise<string | null> =>
  (
    await tx.query<{ id: string }>(
      'SELECT id FROM requests WHERE sender = $1 AND arrived_on = $2 AND kind = $3 ORDER BY id LIMIT 1',
      [sender, arrived_on, kind],
    )
  )[0]?.id ?? null;

const insertedColumns = [
  ...registeredColumns,
  'by_actor',
  'attempt',
  'asked',
  'sender',
  'kek_version',
  'wrapped_key',
  ...foldedColumns,
] as const;

export async function insertRequest(tx: Tx, row: RequestRow): Promise<void> {
  await tx.query(
    `INSERT INTO requests (${insertedColumns.join(', ')}) VALUES (${insertedColumns.map((_, i) => `$${i + 1}`).join(', ')})`,
    insertedColumns.map((column) => row[column]),
  );
}

export const findRequest = async (on: Queryable, id: string): Promise<RequestRow | null> =>
  (await on.query<RequestRow>('SELECT * FROM requests WHERE id = $1', [id], 'desk.find'))[0] ?? null;

export const findByNumber = async (
  on: Queryable,
  { year, serial }: { year: number; serial: number },
): Promise<RequestRow | null> =>
  (await on.query<RequestRow>('SELECT * FROM requests WHERE year = $1 AND serial = $2', [year, serial]))[0] ?? null;

/** The request, for oneself until the end of the transaction. */
export const lockRequest = async (tx: Tx, id: string): Promise<RequestRow | null> =>
  (await tx.query<RequestRow>('SELECT * FROM requests WHERE id = $1 FOR UPDATE', [id]))[0] ?? null;

export const eventsOf = (on: Queryable, id: string): Promise<EventRow[]> =>
  on.query<EventRow>('SELECT * FROM request_events WHERE request_id = $1 ORDER BY no', [id], 'desk.events');

/** What happened to a request and when, without who wrote it down and where. */
export type Happened = Pick<EventRow, 'request_id' | 'event' | 'on_day' | 'data'>;

/** The events of many requests, in the order of each. */
export const eventsOfMany = (on: Queryable, ids: readonly string[]): Promise<Happened[]> =>
  on.query<Happened>(
    'SELECT request_id, event, on_day, data FROM request_events WHERE request_id = ANY ($1::uuid[]) ORDER BY request_id, no',
    [ids],
  );

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

/** The event as it happened. Whoever was found while a request could name one id only is found as that one. */
export function bodyOf({ event, on_day: on, data }: Pick<EventRow, 'event' | 'on_day' | 'data'>): EventBody {
  if (event !== 'specified' || !('principal' in data)) return { event, on, ...data } as EventBody;
  const { principal, ...found } = data;
  return { event, on, ...found, principals: principal === null ? [] : [principal] } as unknown as EventBody;
}

/** The events of every request that was open on a day of a period, in the order of each. */
export const eventsBetween = (on: Queryable, { from, to }: { from: Day; to: Day }): Promise<Happened[]> =>
  on.query(
    // Which requests they are first: the planner takes these for most of all, and goes through the events of every request there was.
    `SELECT request_id, event, on_day, data FROM request_events
     WHERE request_id = ANY (ARRAY(SELECT id FROM requests WHERE daterange(arrived_on, closed_on, '[]') && daterange($1::date, $2::date, '[]')))
     ORDER BY request_id, no`,
    [from, to],
    'desk.between',
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

export async function updateFolded(tx: Tx, id: string, row: Folded): Promise<void> {
  await tx.query(
    `UPDATE requests SET ${foldedColumns.map((column, i) => `${column} = $${i + 2}`).join(', ')} WHERE id = $1`,
    [id, ...foldedColumns.map((column) => row[column])],
  );
}

/** What was registered, put right. */
export async function updateReception(
  tx: Tx,
  id: string,
  { kind, scope, arrived_on, sender }: Pick<RequestRow, 'kind' | 'scope' | 'arrived_on' | 'sender'>,
): Promise<void> {
  await tx.query('UPDATE requests SET kind = $2, scope = $3, arrived_on = $4, sender = $5 WHERE id = $1', [
    id,
    kind,
    scope,
    arrived_on,
    sender,
  ]);
}

const LISTED = [...listedColumns, 'wrapped_key IS NULL AS erased'].join(', ');

export interface RequestQuery {
  state?: State;
  /** This one, or one of these. */
  stage?: Stage | readonly Stage[];
  kind?: Kind;
  /** Id of somebody on the staff. */
  assigned?: string;
  /** About whom. */
  principal?: string;
  /** Newest first, those before this request. */
  before?: string;
  most: number;
}

export const listRequests = (on: Queryable, query: RequestQuery): Promise<ListedRow[]> =>
  on.query<ListedRow>(
    `SELECT ${LISTED} FROM requests
     WHERE ($1::text IS NULL OR state = $1) AND ($2::text[] IS NULL OR stage = ANY ($2)) AND ($3::text IS NULL OR kind = $3)
       AND ($4::uuid IS NULL OR assigned_to = $4) AND ($5::uuid IS NULL OR principal_ids @> ARRAY[$5::uuid]) AND ($6::uuid IS NULL OR id < $6)
     ORDER BY id DESC LIMIT $7`,
    [
      query.state ?? null,
      query.stage === undefined ? null : [query.stage].flat(),
      query.kind ?? null,
      query.assigned ?? null,
      query.principal ?? null,
      query.before ?? null,
      query.most,
    ],
    'desk.list',
  );

/** Every request that is open. */
export const openRequests = (on: Queryable): Promise<ListedRow[]> =>
  on.query<ListedRow>(`SELECT ${LISTED} FROM requests WHERE state = 'open' ORDER BY id DESC`, [], 'desk.open');

/** Every request to which nothing but the decision is to come. */
export const decidableRequests = (on: Queryable): Promise<ListedRow[]> =>
  on.query<ListedRow>(`SELECT ${LISTED} FROM requests WHERE decidable ORDER BY id DESC`, [], 'desk.decidable');

/** Which of the requests that are over; null: whichever. */
export interface OverQuery {
  kind: Kind | null;
  stage: Stage | null;
  /** Id of somebody on the staff, or `nobody`. */
  assigned: string | null;
  /** The day on which their papers are erased. */
  erase: Day | null;
}

/** When the papers are erased that are still there, so many months after the end. */
const ERASE = 'CASE WHEN wrapped_key IS NOT NULL THEN (closed_on + make_interval(months => $1))::date END';
const OVER = `($2::text IS NULL OR kind = $2) AND ($3::text IS NULL OR stage = $3)
  AND ($4::text IS NULL OR coalesce(assigned_to::text, 'nobody') = $4) AND ($5::date IS NULL OR ${ERASE} = $5)`;
const overValues = ({ kind, stage, assigned, erase }: OverQuery, months: number) => [
  months,
  kind,
  stage,
  assigned,
  erase,
];

/** How many requests are over, and how many of them are asked for, by stage and by who had them. */
export const countRequestsOver = (
  on: Queryable,
  query: OverQuery,
  months: number,
): Promise<(Pick<RequestRow, 'stage' | 'assigned_to'> & { all: number; asked: number })[]> =>
  on.query(
    `SELECT stage, assigned_to, count(*) AS all, count(*) FILTER (WHERE ${OVER}) AS asked
     FROM requests WHERE state <> 'open' GROUP BY stage, assigned_to ORDER BY max(id::text) DESC`,
    overValues(query, months),
    'desk.countOver',
  );

/** Requests that are over, those whose papers are erased soonest first, then those whose papers are gone, the newest first. */
export const requestsOver = (
  on: Queryable,
  query: OverQuery,
  months: number,
  { skip, most }: { skip: number; most: number },
): Promise<ListedRow[]> =>
  on.query<ListedRow>(
    `SELECT ${LISTED} FROM requests WHERE state <> 'open' AND ${OVER}
     ORDER BY ${ERASE} NULLS LAST, arrived_on DESC, serial, id DESC OFFSET $6 LIMIT $7`,
    [...overValues(query, months), skip, most],
    'desk.listOver',
  );

/** The open requests that reach a person by one of these ids, in the order they came. */
export const openRequestsOf = (on: Queryable, principals: readonly string[]): Promise<RequestRow[]> =>
  on.query<RequestRow>(
    "SELECT * FROM requests WHERE principal_ids && $1::uuid[] AND state = 'open' ORDER BY year, serial",
    [uuidArray(principals)],
    'desk.openOf',
  );

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

// ---- papers

/** The papers of many requests that can still be read. */
export const standingPapers = (
  on: Queryable,
  ids: readonly string[],
): Promise<Pick<PaperRow, 'request_id' | 'kind' | 'about'>[]> =>
  on.query(
    'SELECT request_id, kind, about FROM request_papers WHERE request_id = ANY ($1::uuid[]) AND sealed IS NOT NULL',
    [ids],
  );

export async function insertPaper(tx: Tx, row: PaperRow): Promise<void> {
  await tx.query(
    'INSERT INTO request_papers (id, request_id, place, kind, about, on_day, sealed, gone_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [row.id, row.request_id, row.place, row.kind, row.about, row.on_day, row.sealed, row.gone_at],
  );
}

/** The papers of a request in the order they were kept. */
export const papersOf = (on: Queryable, id: string): Promise<PaperRow[]> =>
  on.query<PaperRow>('SELECT * FROM request_papers WHERE request_id = $1 ORDER BY place', [id], 'desk.papers');

/** Destroys the papers of a kind, with null of all kinds; those about one thing alone where it is named. */
export async function dropPapers(
  tx: Tx,
  id: string,
  kind: PaperKind | null,
  at: Date,
  about: string | null = null,
): Promise<void> {
  await tx.query(
    `UPDATE request_papers SET sealed = NULL, gone_at = $3
     WHERE request_id = $1 AND ($2::text IS NULL OR kind = $2) AND ($4::text IS NULL OR about = $4) AND sealed IS NOT NULL`,
    [id, kind, at, about],
  );
}

/** Drops the key of the papers, and what the sender could be noticed by. */
export async function dropKey(tx: Tx, id: string): Promise<void> {
  await tx.query('UPDATE requests SET kek_version = NULL, wrapped_key = NULL, sender = NULL WHERE id = $1', [id]);
}

/** A request that was closed so many months ago and still has its papers, nobody else's at the moment. */
export const takeToErase = async (
  tx: Tx,
  today: Day,
  months: number,
  passed: readonly string[],
): Promise<RequestRow | null> =>
  (
    await tx.query<RequestRow>(
      `SELECT * FROM requests WHERE wrapped_key IS NOT NULL AND closed_on + make_interval(months => $2) <= $1::date AND id <> ALL ($3::uuid[])
       ORDER BY closed_on, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [today, months, uuidArray(passed)],
    )
  )[0] ?? null;

// ---- parcels

/** Throws when the request has one that has not ended. */
export async function insertParcel(
  tx: Tx,
  row: Pick<ParcelRow, 'id' | 'request_id' | 'attempt' | 'asked' | 'link' | 'made_at' | 'valid_until'>,
): Promise<void> {
  await tx.query(
    'INSERT INTO request_parcels (id, request_id, attempt, asked, link, made_at, valid_until) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [row.id, row.request_id, row.attempt, row.asked, row.link, row.made_at, row.valid_until],
  );
}

/** The parcels of a request, the newest last: where one has not ended it is that one, whatever clock dated those before. */
export const parcelsOf = (on: Queryable, id: string): Promise<ParcelRow[]> =>
  on.query<ParcelRow>(
    'SELECT * FROM request_parcels WHERE request_id = $1 ORDER BY ended_at NULLS LAST, made_at, id',
    [id],
    'desk.parcels',
  );

export const findByLink = async (on: Queryable, link: Buffer): Promise<ParcelRow | null> =>
  (await on.query<ParcelRow>('SELECT * FROM request_parcels WHERE link = $1', [link], 'desk.link'))[0] ?? null;

export const findByOpening = async (on: Queryable, opening: Buffer): Promise<ParcelRow | null> =>
  (await on.query<ParcelRow>('SELECT * FROM request_parcels WHERE opening = $1', [opening], 'desk.opening'))[0] ?? null;

/** Whoever changes a parcel holds the row of its request. */
export async function updateParcel(
  tx: Tx,
  id: string,
  now: Partial<Pick<ParcelRow, 'wrong' | 'told_at' | 'opened_at' | 'opening' | 'opening_until' | 'fetched_at'>>,
): Promise<void> {
  const set = Object.keys(now).map((column, i) => `${column} = $${i + 2}`);
  await tx.query(`UPDATE request_parcels SET ${set.join(', ')} WHERE id = $1`, [id, ...Object.values(now)]);
}

/** Ends what has not ended of the parcels of a request. */
export async function endParcels(tx: Tx, request: string, by: ParcelEnd, at: Date): Promise<void> {
  await tx.query('UPDATE request_parcels SET ended_at = $3, ended_by = $2 WHERE request_id = $1 AND ended_at IS NULL', [
    request,
    by,
    at,
  ]);
}

/** A request whose parcel was fetched, or waited until `over`, and is open to nobody now, and has not ended; nobody else's at the moment. */
export const takeToEnd = async (
  tx: Tx,
  now: number,
  over: number,
  passed: readonly string[],
): Promise<RequestRow | null> =>
  (
    await tx.query<RequestRow>(
      `SELECT r.* FROM requests r JOIN request_parcels p ON p.request_id = r.id
       WHERE p.ended_at IS NULL AND (p.opening_until IS NULL OR p.opening_until <= $1 OR p.opening_until > $2)
         AND (p.fetched_at IS NOT NULL OR p.valid_until <= $3) AND r.id <> ALL ($4::uuid[])
       ORDER BY p.made_at, p.id LIMIT 1 FOR UPDATE OF r SKIP LOCKED`,
      [new Date(now), new Date(now + LONGEST_SITTING_MS), new Date(over), uuidArray(passed)],
    )
  )[0] ?? null;

// ---- what was told by mail

/** Every request that is open, and those closed so many months ago whose papers are still there. */
export const requestsToMind = (on: Queryable, today: Day, months: number): Promise<ListedRow[]> =>
  on.query<ListedRow>(
    `SELECT ${LISTED} FROM requests WHERE state = 'open'
       OR (wrapped_key IS NOT NULL AND closed_on + make_interval(months => $2) < $1::date) ORDER BY id`,
    [today, months],
    'desk.mind',
  );

/** Begins the round of a day; false when it has been made, or another process is making it and does. */
export const beginRound = async (tx: Tx, on: Day, at: Date): Promise<boolean> =>
  (
    await tx.query('INSERT INTO desk_rounds (on_day, at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING on_day', [
      on,
      at,
    ])
  ).length === 1;

/** Writes down what a reader is told of; answers what they have not been told before. What a clock that was ahead told early does not count. */
export const tellOnce = (
  tx: Tx,
  staff: string,
  on: Day,
  told: readonly ToldRow[],
): Promise<Pick<ToldRow, 'request_id' | 'what'>[]> =>
  tx.query(
    `INSERT INTO desk_told AS d (staff_id, request_id, what, by_day, on_day)
     SELECT $1::uuid, t.request_id, t.what, t.by_day, $2::date
     FROM jsonb_to_recordset($3::jsonb) AS t (request_id uuid, what text, by_day date)
     ON CONFLICT (staff_id, request_id, what, by_day) DO UPDATE SET on_day = excluded.on_day WHERE d.on_day > excluded.on_day
     RETURNING request_id, what`,
    [staff, on, JSON.stringify(told)],
  );

// ---- effects

/** Finds the sealed record of a person and writes the log entry of its disclosure as one statement. Null when nothing is held. */
export const readToDisclose = async (on: Queryable, finding: Part, logging: Part): Promise<Found | null> =>
  (await runParts<Found>(on, 'desk.disclose', [finding, logging], 'SELECT * FROM found'))[0] ?? null;

export const effectsOf = (on: Queryable, id: string): Promise<EffectRow[]> =>
  on.query<EffectRow>('SELECT * FROM request_effects WHERE request_id = $1 ORDER BY at, step', [id]);

/** Throws when the step is done already (`isDone`). */
export async function insertEffect(tx: Tx, row: EffectRow): Promise<void> {
  await tx.query('INSERT INTO request_effects (request_id, step, entry_id, at) VALUES ($1, $2, $3, $4)', [
    row.request_id,
    row.step,
    row.entry_id,
    row.at,
  ]);
}

/** Whether an error says that somebody else has done the step. */
export const isDone = (error: unknown): boolean =>
  (error as { constraint?: unknown }).constraint === 'request_effects_pkey';

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

/** Everything that is stopped, as the checkpoint has to know it: for every id of a person whose request it was. */
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

/** Every stop, as the request that it is of had it. */
export const stopsOnRecord = (on: Queryable): Promise<SuspensionRow[]> => on.query('SELECT * FROM suspensions', []);

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

/** What was provided of somebody after their stop of provision or of use. */
export interface ProvidedAfter
  extends
    Pick<SuspensionRow, 'request_id' | 'stops' | 'article' | 'from_day'>,
    Pick<Provided, 'relation' | 'recipient' | 'facts'> {
  on_day: Day;
}

/**
 * Provisions that a stop may reach: one of provision those to a third party or abroad and to one of its recipients, one of use those for one of its
 * purposes, under an id that the stop names, or that was known then to be the same person’s. Where the newest link of a person is younger, which of the
 * ids were known to be one cannot be told, and they are let pass.
 */
export const providedAfterStops = (on: Queryable): Promise<ProvidedAfter[]> =>
  on.query<ProvidedAfter>(
    `WITH reached AS (
       SELECT request_id, principal_id, stops, purposes, recipients, article, from_day, at AS since FROM suspensions
       UNION ALL
       SELECT s.request_id, w.other_id, s.stops, s.purposes, s.recipients, s.article, s.from_day, greatest(s.at, (
         SELECT max(l.at) FROM person_links l WHERE l.ended_at IS NULL AND l.principal_id = ANY (ARRAY(
           SELECT s.principal_id UNION ALL SELECT o.other_id FROM same_person o WHERE o.principal_id = s.principal_id))))
       FROM suspensions s JOIN same_person w ON w.principal_id = s.principal_id)
     SELECT DISTINCT s.request_id, s.stops, s.article, s.from_day, p.relation, p.recipient, p.facts,
            (p.at AT TIME ZONE 'Asia/Tokyo')::date AS on_day
     FROM reached s JOIN provision_people w ON w.principal_id = s.principal_id JOIN provisions p ON p.id = w.provision_id
     WHERE p.at > s.since AND (s.recipients IS NULL OR p.recipient_id = ANY (s.recipients))
       AND (s.purposes IS NULL OR p.purpose = ANY (s.purposes))
       AND (s.stops = 'use' OR p.relation = 'third-party' OR p.recipient->>'country' <> 'JP')`,
    [],
  );

export const suspensionsOf = (on: Queryable, id: string): Promise<SuspensionRow[]> =>
  on.query<SuspensionRow>('SELECT * FROM suspensions WHERE request_id = $1 ORDER BY stops', [id]);

// ---- the sentences of the letters

/** The number of the version that letters are written with; 0 before the first. */
export const newestTexts = async (on: Queryable): Promise<number> =>
  (
    await on.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM letter_texts',
      [],
      'desk.newestTexts',
    )
  )[0]!.version;

export const findTexts = async (on: Queryable, version: number): Promise<TextsRow | null> =>
  (await on.query<TextsRow>('SELECT * FROM letter_texts WHERE version = $1', [version], 'desk.texts'))[0] ?? null;

/** All versions without their sentences, newest first. */
export const listTexts = (on: Queryable): Promise<Omit<TextsRow, 'content'>[]> =>
  on.query('SELECT version, note, at, by_actor, entry_id FROM letter_texts ORDER BY version DESC', []);

/** Writes the next version with its log entry; false when somebody else has written one of this number. */
export async function insertTexts(on: Queryable, row: TextsRow, logging: Part): Promise<boolean> {
  const writing: Part = {
    name: 'desk.texts',
    sql: `effected AS (
  INSERT INTO letter_texts SELECT t.* FROM jsonb_populate_record(NULL::letter_texts, $1::jsonb) AS t
  ON CONFLICT (version) DO NOTHING RETURNING entry_id AS key)`,
    values: [JSON.stringify(row)],
  };
  return (await runParts(on, 'desk.writeTexts', [writing, logging], 'SELECT key FROM effected')).length === 1;
}
