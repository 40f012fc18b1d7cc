// The log in PostgreSQL: every SQL statement of this room. Entries, leaves and checkpoints are only ever inserted, and tiles only grow.

import { isDeepStrictEqual } from 'node:util';
import {
  byteaArray,
  int4Array,
  textArray,
  uuidArray,
  rowType,
  type Rows,
  type Queryable,
  type Tx,
} from '../platform/database/index.ts';
import type { Part } from '../platform/statement.ts';
import { entryText, type LogEntry } from './entry.ts';
import { HASH_BYTES, type Hash } from './merkle.ts';
import { tileKey, type TileId } from './tiles.ts';

const INTEGRATING = 0x5e_4b_10_61;
const VERIFYING = 0x5e_4b_10_62;
const REVIEWING = 0x5e_4b_10_74;

/** An entry and the id of the effect it records. */
export interface Effect {
  key: string;
  entry: LogEntry;
}

interface Line extends Effect {
  text: string;
}

/** An entry and its text in an export. */
export type EntryLine = Omit<Line, 'key'>;

const lineRows = rowType<Line>('log_line', [
  ['uuid', (line) => line.key],
  ['uuid', (line) => line.entry.id],
  ['timestamptz', (line) => Date.parse(line.entry.at)],
  ['text', (line) => line.entry.action],
  ['text', (line) => line.entry.actor],
  ['uuid', (line) => line.entry.principal ?? null],
  ['text', (line) => line.text],
]);

const linesOf = (effects: readonly Effect[]): Rows =>
  lineRows(effects.map(({ key, entry }) => ({ key, entry, text: entryText(entry) })));

const insertLines = `
  INSERT INTO log_entries (id, at, action, actor, principal_id, entry)
  SELECT id, at, action, actor, principal_id, entry FROM unnest($1::log_line[])`;

/**
 * A part that inserts entries: each is written if and only if its key is among the rows of the CTE `effected(key uuid)` of an earlier part. Throws
 * TypeError when an entry holds what the log must not.
 */
export const appending = (effects: readonly Effect[]): Part => ({
  name: 'log',
  sql: `logged AS (${insertLines} WHERE key IN (SELECT key FROM effected))`,
  values: [linesOf(effects)],
});

/** Inserts entries in the open transaction of the effect they record. Throws TypeError when one holds what the log must not. */
export async function append(tx: Tx, ...entries: LogEntry[]): Promise<void> {
  await tx.query(insertLines, [linesOf(entries.map((entry) => ({ key: entry.id, entry })))]);
}

/** Takes the integrator's lock until the end of the transaction; false when another holds it. */
export async function lockIntegration(tx: Tx): Promise<boolean> {
  const rows = await tx.query<{ locked: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS locked', [INTEGRATING]);
  return rows[0]!.locked;
}

/** Waits for the integrator's lock and holds it until the end of the transaction. */
export async function awaitIntegration(tx: Tx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [INTEGRATING]);
}

/** Waits for the lock of those who review a reader and holds it until the end of the transaction. */
export async function awaitReview(tx: Tx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [REVIEWING]);
}

/** Takes the verifier's lock until the end of the transaction; false when another holds it. */
export async function lockVerification(tx: Tx): Promise<boolean> {
  const rows = await tx.query<{ locked: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS locked', [VERIFYING]);
  return rows[0]!.locked;
}

/**
 * True when a settled entry is not yet in the tree, or the last leaf is missing. Called every second and mostly false, so it only looks. Bounds and
 * order are those of `placeEntries`: without the ORDER BY, the planner expects a third of the log beyond the bounds and scans all of it for one
 * entry.
 */
export async function isAnyToPlace(on: Queryable): Promise<boolean> {
  const [row] = await on.query<{ any: boolean }>(
    `WITH head AS (SELECT coalesce(max(size), 0) AS size FROM log_checkpoints),
     last AS (
       SELECT xid, seq FROM log_leaves WHERE position = (SELECT size - 1 FROM head)
       UNION ALL SELECT $1::xid8, $2::bigint WHERE (SELECT size FROM head) = 0)
     SELECT NOT EXISTS (SELECT 1 FROM last) OR (
       SELECT true FROM log_entries WHERE (xid, seq) > ((SELECT xid FROM last), (SELECT seq FROM last))
         AND xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY xid, seq LIMIT 1) IS NOT NULL AS any`,
    [BEGINNING.xid, BEGINNING.seq],
    'log.isAnyToPlace',
  );
  return row!.any;
}

/**
 * Assigns the next settled entries the positions `size` and following, and returns their leaf hashes in that order. Throws when the last leaf is
 * missing: a damaged log is not continued.
 */
export async function placeEntries(tx: Tx, size: number, most: number): Promise<Hash[]> {
  const last = await placeOf(tx, size - 1);
  if (!last) throw new Error('log: the last leaf is missing');
  // All hashes in one value: thousands of rows would block the driver, and with it every request.
  const [placed] = await tx.query<{ hashes: Buffer }>(
    `WITH settled AS (
       SELECT xid, seq, id, entry FROM log_entries
       WHERE (xid, seq) > ($2::xid8, $3::bigint) AND xid < pg_snapshot_xmin(pg_current_snapshot())
       ORDER BY xid, seq LIMIT $4),
     placed AS (
       INSERT INTO log_leaves (position, id, xid, seq, hash)
       SELECT $1::bigint + row_number() OVER (ORDER BY xid, seq) - 1, id, xid, seq,
              sha256('\\x00'::bytea || convert_to(entry, 'UTF8'))
       FROM settled
       RETURNING position, hash)
     SELECT coalesce(string_agg(hash, '' ORDER BY position), '') AS hashes FROM placed`,
    [size, last.xid, last.seq, most],
  );
  const { hashes } = placed!;
  return Array.from({ length: hashes.length / HASH_BYTES }, (_, i) =>
    hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  );
}

export interface StoredCheckpoint {
  size: number;
  root: Hash;
  note: string;
  at: Date;
}

/** The newest checkpoint; null before the first. */
export async function lastCheckpoint(on: Queryable): Promise<StoredCheckpoint | null> {
  const rows = await on.query<StoredCheckpoint>(
    'SELECT size, root, note, at FROM log_checkpoints ORDER BY size DESC LIMIT 1',
    [],
    'log.lastCheckpoint',
  );
  return rows[0] ?? null;
}

/** Checkpoints with sizes above `after` and up to `upTo`, in order of size. */
export const checkpointsBetween = (on: Queryable, after: number, upTo: number): Promise<StoredCheckpoint[]> =>
  on.query(
    'SELECT size, root, note, at FROM log_checkpoints WHERE size > $1 AND size <= $2 ORDER BY size',
    [after, upTo],
    'log.checkpointsBetween',
  );

export async function saveCheckpoint(tx: Tx, size: number, root: Hash, note: string): Promise<void> {
  await tx.query('INSERT INTO log_checkpoints (size, root, note) VALUES ($1, $2, $3)', [size, Buffer.from(root), note]);
}

/** Stored tiles by `tileKey`; those that do not exist are absent. */
export async function readTiles(on: Queryable, ids: readonly TileId[]): Promise<Map<string, Uint8Array>> {
  if (ids.length === 0) return new Map();
  // One subquery per tile, so that each is looked up by its key, whatever the planner's statistics say.
  const rows = await on.query<TileId & { hashes: Buffer | null }>(
    `SELECT w.level, w.n, (SELECT t.hashes FROM log_tiles t WHERE t.level = w.level AND t.n = w.n) AS hashes
     FROM unnest($1::int4[], $2::int4[]) AS w(level, n)`,
    [int4Array(ids.map((id) => id.level)), int4Array(ids.map((id) => id.n))],
    'log.readTiles',
  );
  return new Map(rows.flatMap((row) => (row.hashes ? [[tileKey(row), row.hashes] as const] : [])));
}

/** Inserts new tiles and extends existing ones. */
export async function writeTiles(tx: Tx, tiles: readonly (TileId & { hashes: Uint8Array })[]): Promise<void> {
  await tx.query(
    `INSERT INTO log_tiles (level, n, hashes) SELECT * FROM unnest($1::int4[], $2::int4[], $3::bytea[])
     ON CONFLICT (level, n) DO UPDATE SET hashes = excluded.hashes`,
    [int4Array(tiles.map((t) => t.level)), int4Array(tiles.map((t) => t.n)), byteaArray(tiles.map((t) => t.hashes))],
  );
}

/** Action: an officer reviewed how much a reader opened. The entry names the reader as `staff` or `system`. */
export const READER_REVIEWED = 'log:reader-reviewed';

/** Action: a backup was restored and the log brought forward. */
export const RESTORED = 'log:restored';

/**
 * SQL for the persons ($1) whom entries of an action name, each with the last day of the record that the entry states, or that another one states
 * which `join` adds as `s`, unless its time was over before a day ($2). Once a backup was restored the record may be lost, and the log alone says
 * whom it had to name; at any other time the registers say that.
 */
export const statedUntil = (action: string, join = ''): string => `
  SELECT l.principal_id, ${join ? 's' : 'l'}.entry::jsonb->>'keep_until' FROM log_entries l ${join}
  WHERE EXISTS (SELECT FROM log_entries WHERE action = '${RESTORED}')
    AND l.principal_id = ANY ($1::uuid[]) AND l.action = '${action}'
    AND ${join ? 's' : 'l'}.entry::jsonb->>'keep_until' >= $2::text`;

/**
 * Action: a reader opened far more than usual in the seven days up to `on`, and nobody had reviewed it when that day was over. `after` is the id of
 * the reader's last review before it was counted. The entry names the reader like that of a review.
 */
export const READER_MARKED = 'log:reader-marked';

/** Actions that callers watch for new entries. */
export type NotedAction = 'people:acquire' | 'people:use-beyond' | 'consent:record' | typeof READER_REVIEWED;

/**
 * A text that changes whenever an entry of the action is added. It names the newest entry that precedes all open transactions, so that no other can
 * still come before it, and every entry after that.
 */
export async function entriesNoted(on: Queryable, action: NotedAction): Promise<string> {
  const [row] = await on.query<{ noted: string }>(
    `SELECT concat_ws(' ', settled.place, newer.places) AS noted
     FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xid) AS edge
     LEFT JOIN LATERAL (SELECT concat_ws('-', xid, seq) AS place FROM log_entries
       WHERE action = '${action}' AND xid < edge.xid ORDER BY xid DESC, seq DESC LIMIT 1) settled ON true
     CROSS JOIN LATERAL (SELECT string_agg(concat_ws('-', xid, seq), ' ' ORDER BY xid, seq) AS places FROM log_entries
       WHERE action = '${action}' AND xid >= edge.xid) newer`,
    [],
    `log.entriesNoted.${action}`,
  );
  return row!.noted;
}

/** The place of an entry in the order of the log. The tree takes entries in this order, so positions have it too. */
export interface Place {
  xid: string;
  seq: number;
}

/** The place before every entry. */
export const BEGINNING: Place = { xid: '0', seq: 0 };

export interface StoredLeaf extends Place {
  position: number;
  id: string;
  hash: Hash;
}

/** Leaves from position `from` to before `to`, in order. */
export const leavesBetween = (on: Queryable, from: number, to: number): Promise<StoredLeaf[]> =>
  on.query(
    'SELECT position, id, xid, seq, hash FROM log_leaves WHERE position >= $1 AND position < $2 ORDER BY position',
    [from, to],
    'log.leavesBetween',
  );

/** The place of the leaf at a position; for a negative position, the beginning. Null when there is no such leaf. */
export async function placeOf(on: Queryable, position: number): Promise<Place | null> {
  return position < 0 ? BEGINNING : ((await leavesBetween(on, position, position + 1))[0] ?? null);
}

/** An entry as stored: its text, and the columns used to find it. */
export interface StoredEntry extends Place {
  id: string;
  at: Date;
  action: string;
  actor: string;
  principal_id: string | null;
  entry: string;
}

/** The next `most` entries after a place, in order. */
export const entriesAfter = (on: Queryable, { xid, seq }: Place, most: number): Promise<StoredEntry[]> =>
  on.query(
    `SELECT xid, seq, id, at, action, actor, principal_id, entry FROM log_entries
     WHERE (xid, seq) > ($1::xid8, $2::bigint) ORDER BY xid, seq LIMIT $3`,
    [xid, seq, most],
    'log.entriesAfter',
  );

/** An entry of an action. `settled`: every entry still to be committed comes behind it. */
export interface PlacedEntry extends Place {
  settled: boolean;
  entry: LogEntry;
}

/** The next `most` entries of an action after a place, in order. */
export const entriesOf = async (
  on: Queryable,
  action: string,
  { xid, seq }: Place,
  most: number,
): Promise<PlacedEntry[]> =>
  (
    await on.query<Place & { settled: boolean; entry: string }>(
      `SELECT xid, seq, xid < pg_snapshot_xmin(pg_current_snapshot()) AS settled, entry FROM log_entries
       WHERE action = $1 AND (xid, seq) > ($2::xid8, $3::bigint) ORDER BY xid, seq LIMIT $4`,
      [action, xid, seq, most],
      'log.entriesOf',
    )
  ).map((row) => ({ ...row, entry: JSON.parse(row.entry) as LogEntry }));

/** An entry of the tree and its position. */
export interface Positioned {
  position: number;
  entry: LogEntry;
}

/**
 * The entries of these actions in positions `from` to before `to`, in order; with `most`, only the first ones. Each action is queried as a range of
 * the index of actions, written so that no other index fits: for a rare action the planner would otherwise scan everything in between. Throws when
 * a leaf is missing, because nothing may continue behind a gap.
 */
export async function entriesWithin(
  on: Queryable,
  actions: readonly string[],
  { from, to, most = null }: { from: number; to: number; most?: number | null },
): Promise<Positioned[]> {
  if (from >= to) return [];
  const { after, last } = await placesOf(on, { from, to });
  const rows = await on.query<{ position: number | null; entry: string }>(
    `SELECT e.entry, (SELECT l.position FROM log_leaves l WHERE l.id = e.id AND l.xid = e.xid AND l.seq = e.seq) AS position
     FROM unnest($1::text[]) AS a (action) CROSS JOIN LATERAL (
       SELECT xid, seq, id, entry FROM log_entries
       WHERE (action, xid, seq) > (a.action, $2::xid8, $3::bigint) AND (action, xid, seq) <= (a.action, $4::xid8, $5::bigint)
       ORDER BY action, xid, seq LIMIT $6) AS e
     ORDER BY e.xid, e.seq LIMIT $6`,
    [textArray(actions), after.xid, after.seq, last.xid, last.seq, most],
    'log.entriesWithin',
  );
  return rows.map(({ position, entry }) => {
    if (position === null) throw gap();
    return { position, entry: JSON.parse(entry) as LogEntry };
  });
}

const gap = (): Error => new Error('log: a leaf is missing');

/** Position and text of an entry (the first, if it was appended twice); null when it is unknown or not yet in the tree. */
export async function findEntry(on: Queryable, id: string): Promise<{ position: number; entry: string } | null> {
  // Sorted in the program, and the text fetched by a subquery, so that the planner never scans or joins whole tables.
  const rows = await on.query<{ position: number; entry: string | null }>(
    `SELECT l.position, (SELECT e.entry FROM log_entries e WHERE e.xid = l.xid AND e.seq = l.seq) AS entry
     FROM log_leaves l WHERE l.id = $1`,
    [id],
    'log.findEntry',
  );
  const first = rows.sort((a, b) => a.position - b.position)[0];
  return first && first.entry !== null ? { position: first.position, entry: first.entry } : null;
}

/** The first position of each of these entries in the tree, by id. Entries not in the tree are absent. */
export async function positionsOf(on: Queryable, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await on.query<{ id: string; position: number }>(
    'SELECT id, min(position) AS position FROM log_leaves WHERE id = ANY ($1::uuid[]) GROUP BY id',
    [uuidArray(ids)],
    'log.positionsOf',
  );
  return new Map(rows.map(({ id, position }) => [id, position]));
}

/** When the oldest entry that is not yet in the tree was written; null when none waits. */
export async function waitingSince(on: Queryable): Promise<Date | null> {
  const { leaves } = await sizes(on);
  const last = await placeOf(on, leaves - 1);
  const [first] = last ? await entriesAfter(on, last, 1) : [];
  return first?.at ?? null;
}

/** The number of leaves, from the last position, and the size of the newest checkpoint, both read in one snapshot. */
export async function sizes(on: Queryable): Promise<{ leaves: number; checkpointed: number }> {
  const rows = await on.query<{ leaves: number; checkpointed: number }>(
    `SELECT (SELECT coalesce(max(position) + 1, 0) FROM log_leaves) AS leaves,
            (SELECT coalesce(max(size), 0) FROM log_checkpoints) AS checkpointed`,
    [],
  );
  return rows[0]!;
}

/**
 * Inserts entries of an export and their leaves at a position, with the owner's rights. They come before every transaction of this server (xid 0),
 * because another server's transaction ids mean nothing here, and behind what is already there. Returns the leaf hashes.
 */
export async function restoreEntries(owner: Tx, position: number, lines: readonly EntryLine[]): Promise<Hash[]> {
  const rows = await owner.query<{ position: number; hash: Buffer }>(
    `WITH last AS (SELECT coalesce(max(seq), 0) AS seq FROM log_leaves WHERE xid = '0'),
     restored AS (
       INSERT INTO log_entries (xid, seq, id, at, action, actor, principal_id, entry) OVERRIDING SYSTEM VALUE
       SELECT '0', last.seq + n, id, at, action, actor, principal_id, entry
       FROM last, unnest($1::log_line[]) WITH ORDINALITY AS e(key, id, at, action, actor, principal_id, entry, n)
       RETURNING xid, seq, id, entry)
     INSERT INTO log_leaves (position, id, xid, seq, hash)
     SELECT $2::bigint + restored.seq - last.seq - 1, id, xid, restored.seq, sha256('\\x00'::bytea || convert_to(entry, 'UTF8'))
     FROM restored, last
     RETURNING position, hash`,
    [lineRows(lines.map(({ entry, text }) => ({ key: entry.id, entry, text }))), position],
  );
  return rows.sort((a, b) => a.position - b.position).map((row) => row.hash);
}

/** True when an entry has a transaction id that this server has not reached: another server wrote it. */
export async function aheadOfServer(on: Queryable): Promise<boolean> {
  const rows = await on.query<{ ahead: boolean }>(
    `SELECT xid >= pg_snapshot_xmax(pg_current_snapshot()) AS ahead
     FROM log_entries ORDER BY xid DESC, seq DESC LIMIT 1`,
    [],
  );
  return rows[0]?.ahead ?? false;
}

const unguarding = ['log_entries', 'log_leaves'].map((table) => ({
  open: `ALTER TABLE ${table} DISABLE TRIGGER no_rewrite`,
  close: `ALTER TABLE ${table} ENABLE TRIGGER no_rewrite`,
}));

/**
 * Moves every entry and leaf before all transactions of this server (xid 0), in their existing order, with the owner's rights. What already has xid
 * 0 was restored or renumbered before, and stays.
 */
export async function renumber(owner: Tx): Promise<void> {
  for (const { open } of unguarding) await owner.query(open, []);
  await owner.query('ALTER TABLE log_entries ALTER COLUMN seq SET GENERATED BY DEFAULT', []);
  // An entry without a leaf, or a leaf without an entry, keeps its place among the others too.
  await owner.query(
    `WITH places AS (SELECT xid, seq FROM log_entries UNION SELECT xid, seq FROM log_leaves),
     numbered AS (
       SELECT xid, seq,
              (SELECT coalesce(max(seq), 0) FROM places WHERE xid = '0') + row_number() OVER (ORDER BY xid, seq) AS n
       FROM places WHERE xid <> '0'),
     leaves AS (UPDATE log_leaves l SET xid = '0', seq = n FROM numbered p WHERE l.xid = p.xid AND l.seq = p.seq)
     UPDATE log_entries e SET xid = '0', seq = n FROM numbered p WHERE e.xid = p.xid AND e.seq = p.seq`,
    [],
  );
  await owner.query('ALTER TABLE log_entries ALTER COLUMN seq SET GENERATED ALWAYS', []);
  for (const { close } of unguarding) await owner.query(close, []);
}

/**
 * Removes and returns the entries that wait to be placed behind the first `size`, in order, with the owner's rights. The caller must append them
 * again.
 */
export async function takeWaiting(owner: Tx, size: number): Promise<LogEntry[]> {
  const { xid, seq } = (await placeOf(owner, size - 1)) ?? BEGINNING;
  await owner.query('ALTER TABLE log_entries DISABLE TRIGGER no_rewrite', []);
  const rows = await owner.query<{ entry: string }>(
    `WITH taken AS (DELETE FROM log_entries WHERE (xid, seq) > ($1::xid8, $2::bigint) RETURNING xid, seq, entry)
     SELECT entry FROM taken ORDER BY xid, seq`,
    [xid, seq],
  );
  await owner.query('ALTER TABLE log_entries ENABLE TRIGGER no_rewrite', []);
  return rows.map(({ entry }) => JSON.parse(entry) as LogEntry);
}

/** The result of one run of the verifier. */
export interface StoredVerification {
  at: Date;
  whole: boolean;
  size: number;
  ok: boolean;
  part: string | null;
  position: number | null;
}

export async function saveVerification(on: Queryable, v: StoredVerification): Promise<void> {
  await on.query(
    'INSERT INTO log_verifications (at, whole, size, ok, part, position) VALUES ($1, $2, $3, $4, $5, $6)',
    [v.at, v.whole, v.size, v.ok, v.part, v.position],
  );
}

/** Deletes good partial verifications after 31 days, by the clock of the database; the trigger `only_clears` allows nothing else. */
export async function clearVerifications(on: Queryable): Promise<void> {
  await on.query("DELETE FROM log_verifications WHERE ok AND NOT whole AND at < now() - interval '31 days'", []);
}

/** The newest verification; with `whole`, the newest that covered the whole log. Null before the first. */
export async function lastVerification(on: Queryable, whole = false): Promise<StoredVerification | null> {
  const rows = await on.query<StoredVerification>(
    `SELECT at, whole, size, ok, part, position FROM log_verifications ${whole ? 'WHERE whole ' : ''}ORDER BY id DESC LIMIT 1`,
    [],
  );
  return rows[0] ?? null;
}

/** Filter for entries; all conditions must hold. `before` is the cursor of the last entry of the previous page. */
export interface EntryQuery {
  principal?: string;
  /** Entries about this package (actions `package:…`); the readings made for it (`people:package`) only where these alone are asked for. */
  package?: string;
  /** Code of an item that the entries name. Not indexed, so use it only together with a person. */
  item?: string;
  actions?: readonly string[];
  actor?: string;
  /** The answer of the decision: `yes`, `no`, `unknown`. */
  answer?: string;
  /** Positions in the tree, `from` to before `to`. */
  within?: { from: number; to: number };
  from?: Date | undefined;
  to?: Date | undefined;
  before?: string;
  most: number;
}

export interface ListedEntry {
  /** Opaque; pass it as `before` for the next page. */
  cursor: string;
  /** Position in the tree; null until the integrator has taken the entry, after about a second. */
  position: number | null;
  entry: LogEntry;
}

/** A query whose positions are resolved to the place before the first and that of the last. */
type PlacedQuery = Omit<EntryQuery, 'within'> & { between?: { after: Place; last: Place } };

/** Entries, newest first: by their place in the log or, for a period, by their instant. Throws when the tree lacks one of the positions. */
export async function listEntries(on: Queryable, { within, ...asked }: EntryQuery): Promise<ListedEntry[]> {
  const query: PlacedQuery = within ? { ...asked, between: await placesOf(on, within) } : asked;
  return query.from === undefined && query.to === undefined
    ? entriesWhere(on, query, 'place')
    : entriesOfPeriod(on, query);
}

async function placesOf(on: Queryable, { from, to }: { from: number; to: number }) {
  const [after, last] = [await placeOf(on, from - 1), await placeOf(on, to - 1)];
  if (!after || !last) throw gap();
  return { after, last };
}

const DAY_MS = 86_400_000;

/**
 * Entries of a period. The index of instants only tells which blocks to read, so the result must be sorted: a page first reads the last day of the
 * period, and while that is not enough, twice as much before it.
 */
async function entriesOfPeriod(on: Queryable, query: PlacedQuery): Promise<ListedEntry[]> {
  const last = await lastInstant(on, query.before);
  if (!last) return [];
  const first = query.from?.getTime() ?? 0;
  const found: ListedEntry[] = [];
  let end = Math.min(query.to?.getTime() ?? Infinity, last.getTime() + 1);
  // If the clock went back, an entry other than the last may have the latest instant.
  let to = query.before === undefined ? query.to : new Date(end);
  for (let stretch = DAY_MS; found.length < query.most && end > first; stretch *= 2) {
    const begin = Math.max(first, end - stretch);
    const part = { ...query, from: new Date(begin), to, most: query.most - found.length };
    found.push(...(await entriesWhere(on, part, 'instant')));
    end = begin;
    to = new Date(end);
  }
  return found;
}

/** The instant of the entry at a cursor; without a cursor, of the last entry. */
async function lastInstant(on: Queryable, before: string | undefined): Promise<Date | null> {
  const place = before === undefined ? null : placeIn(before);
  const [row] = await on.query<{ at: Date }>(
    `SELECT at FROM log_entries ${place ? 'WHERE xid = $1::xid8 AND seq = $2::bigint' : ''} ORDER BY xid DESC, seq DESC LIMIT 1`,
    place ?? [],
  );
  return row?.at ?? null;
}

/** The place a cursor stands for; null when it is not a cursor. */
const placeIn = (cursor: string): [xid: string, seq: string] | null => {
  const [, xid, seq] = /^(\d{1,19})-(\d{1,18})$/.exec(cursor) ?? [];
  return xid === undefined || seq === undefined ? null : [xid, seq];
};

/** Sort columns, newest first. */
const orders = { place: ['xid', 'seq'], instant: ['at', 'xid', 'seq'] } as const;

const isOfReadings = ({ actions = [] }: PlacedQuery): boolean =>
  actions.length === 1 && actions[0] === 'people:package';

/** A query as an SQL condition on entries `e`, with its values. */
function conditionOf(query: PlacedQuery, by: keyof typeof orders): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const conditions: string[] = ['true'];
  const where = (condition: (parameter: string) => string, value: unknown): void => {
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  if (query.principal !== undefined) where((p) => `e.principal_id = ${p}`, query.principal);
  if (query.item !== undefined)
    where(
      (p) => `(e.entry::jsonb->'items' ? ${p} OR ${p} IN (e.entry::jsonb->>'item', e.entry::jsonb->>'identifier'))`,
      query.item,
    );
  if (query.package !== undefined)
    // Its readings, which are not in the index of packages, only where they alone are asked for.
    where(
      (p) => `${isOfReadings(query) ? '' : "e.action ^@ 'package:' AND "}e.entry::jsonb->>'package' = ${p}`,
      query.package,
    );
  if (query.actions !== undefined) where((p) => `e.action = ANY(${p}::text[])`, textArray(query.actions));
  // The second half of the condition is that of the index, which leaves out systems.
  if (query.actor !== undefined)
    where(
      (p) => `e.actor = ${p}${query.actor!.startsWith('system:') ? '' : " AND NOT e.actor ^@ 'system:'"}`,
      query.actor,
    );
  // Entries are canonical, so a decision has one spelling and begins with its answer. The indexes of `no` and `unknown` have exactly this
  // condition.
  if (query.answer !== undefined)
    where((p) => `strpos(e.entry, ${p}) > 0`, `"decision":{"answer":${JSON.stringify(query.answer)},`);
  if (query.from !== undefined) where((p) => `e.at >= ${p}`, query.from);
  if (query.to !== undefined) where((p) => `e.at < ${p}`, query.to);
  if (query.between) {
    const { after, last } = query.between;
    const [a, b, c, d] = [after.xid, after.seq, last.xid, last.seq].map((value) => `$${values.push(value)}`);
    conditions.push(`(e.xid, e.seq) > (${a}::xid8, ${b}::bigint) AND (e.xid, e.seq) <= (${c}::xid8, ${d}::bigint)`);
  }
  const place = placeIn(query.before ?? '');
  if (place) {
    values.push(...place);
    const [xid, seq] = [`$${values.length - 1}::xid8`, `$${values.length}::bigint`];
    const at = by === 'instant' ? [`(SELECT at FROM log_entries WHERE xid = ${xid} AND seq = ${seq})`] : [];
    conditions.push(`(${orders[by].map((column) => `e.${column}`).join(', ')}) < (${[...at, xid, seq].join(', ')})`);
  }
  return { sql: conditions.join(' AND '), values };
}

/** The last possible place. */
const LAST_XID = '18446744073709551615';
const LAST_SEQ = '9223372036854775807';

/**
 * The FROM clause of a query. With several actions, each is searched in the index of actions by itself: rare or unused actions would otherwise make
 * the query scan the whole log. Each is queried as a range of that index: with equality, each computation of the promises took 280 ms more CPU
 * beside 100,000 rows (`bench/promises.ts`). One person or one package has few entries anyway.
 */
function soughtOf(query: PlacedQuery, by: keyof typeof orders): { sql: string; values: unknown[] } {
  const order = orders[by].map((column) => `e.${column} DESC`).join(', ');
  const { actions = [], ...other } = query;
  const byAction = by === 'place' && actions.length > 1 && query.principal === undefined && query.package === undefined;
  const { sql, values } = conditionOf(byAction ? other : query, by);
  const most = `$${values.push(query.most)}`;
  if (!byAction) return { sql: `log_entries e WHERE ${sql} ORDER BY ${order} LIMIT ${most}`, values };
  const each = `$${values.push(textArray([...new Set(actions)]))}::text[]`;
  return {
    sql: `unnest(${each}) AS a (action) CROSS JOIN LATERAL (
       SELECT * FROM log_entries e WHERE (e.action, e.xid, e.seq) >= (a.action, '0'::xid8, 0)
         AND (e.action, e.xid, e.seq) <= (a.action, '${LAST_XID}'::xid8, ${LAST_SEQ}) AND ${sql}
       ORDER BY e.action DESC, ${order} LIMIT ${most}) AS e
     ORDER BY ${order} LIMIT ${most}`,
    values,
  };
}

async function entriesWhere(on: Queryable, query: PlacedQuery, by: keyof typeof orders): Promise<ListedEntry[]> {
  const { sql, values } = soughtOf(query, by);
  const rows = await on.query<Place & { position: number | null; entry: string }>(
    `SELECT e.xid, e.seq, e.entry,
            (SELECT l.position FROM log_leaves l WHERE l.id = e.id AND l.xid = e.xid AND l.seq = e.seq) AS position
     FROM ${sql}`,
    values,
  );
  return rows.map((row) => ({
    cursor: `${row.xid}-${row.seq}`,
    position: row.position,
    entry: JSON.parse(row.entry) as LogEntry,
  }));
}

/** How many persons' information a member of staff or a system opened or handed over. */
export interface Reading {
  /** `staff:<id>` or `system:<id>`. */
  reader: string;
  /** Time of the reader's first entry of any kind; for a system, of its registration. */
  since: Date;
  /** Distinct persons per period, newest period first. */
  people: number[];
  /** Acts in the newest period, including those that name no person. */
  acts: number;
  /** Distinct persons of the newest period whose information was opened after `review`; all of them when there is none. */
  unreviewed: number;
  /** Distinct persons since `today`. */
  today: number;
  /** The last entry that records a review of this reader. */
  review: LogEntry | null;
  /** The entries that marked this reader since that review, oldest first. */
  marks: LogEntry[];
}

export interface ReadingQuery {
  /** The actions to count. */
  actions: readonly string[];
  /** Start of each period, oldest first; a period ends where the next begins. */
  starts: readonly Date[];
  today: Date;
  /** End of the last period. Without it, that period also has the entries dated in the future. */
  until?: Date;
  /** Only this reader. */
  reader?: string;
}

/** What was counted of the periods before the newest, which are over. */
export interface EarlierReadings {
  starts: readonly Date[];
  /** Every entry up to this place was counted, and none can still come before it. */
  place: Place;
  /** By reader: their first entry in these periods, and distinct persons per period, newest period first. */
  readers: ReadonlyMap<string, { first: Date; people: readonly number[] }>;
}

/** The condition of entries by which a member of staff or a system opened something, from the instant `$2` to before `$3`. */
const opened = (reader: string | undefined, parameter: string): string => {
  const dated = 'e.at >= $2::timestamptz AND e.at < $3::timestamptz AND e.action = ANY ($1::text[])';
  if (reader === undefined) return `${dated} AND (e.actor ^@ 'staff:' OR e.actor ^@ 'system:')`;
  // The last condition is that of the index of actors.
  return `${dated} AND e.actor = ${parameter}${reader.startsWith('system:') ? '' : " AND NOT e.actor ^@ 'system:'"}`;
};

/** The newest entry that precedes all open transactions. */
async function settledPlace(on: Queryable): Promise<Place> {
  const [row] = await on.query<Place>(
    `SELECT xid, seq FROM log_entries WHERE xid < pg_snapshot_xmin(pg_current_snapshot())
     ORDER BY xid DESC, seq DESC LIMIT 1`,
    [],
    'log.settledPlace',
  );
  return row ?? BEGINNING;
}

/**
 * Counts the periods before the newest, or returns `kept` if it counted the same periods and nothing came since that is dated in them; only entries
 * behind its place are then read.
 */
export async function earlierReadings(
  on: Queryable,
  { actions, starts, reader }: ReadingQuery,
  kept?: EarlierReadings,
): Promise<EarlierReadings> {
  const between = [textArray(actions), starts[0], starts.at(-1)];
  const one = reader === undefined ? [] : [reader];
  if (kept && isDeepStrictEqual(kept.starts, starts)) {
    const [came] = await on.query<{ any: boolean }>(
      `SELECT EXISTS (SELECT FROM log_entries e WHERE (e.xid, e.seq) > ($4::xid8, $5::bigint) AND ${opened(reader, '$6')}) AS any`,
      [...between, kept.place.xid, kept.place.seq, ...one],
    );
    if (!came!.any) return kept;
  }
  const place = await settledPlace(on);
  const people = starts.slice(1).map((_, i) => `count(person) FILTER (WHERE period = ${starts.length - 1 - i})::int4`);
  const rows = await on.query<{ reader: string; first: Date; people: number[] }>(
    `SELECT reader, min(first) AS first, ARRAY[${people.join(', ')}]::int4[] AS people FROM (
       SELECT e.actor AS reader, e.principal_id AS person, width_bucket(e.at, $4::timestamptz[]) AS period, min(e.at) AS first
       FROM log_entries e WHERE ${opened(reader, '$5')} GROUP BY 2, 1, 3) AS counted
     GROUP BY reader`,
    [...between, starts, ...one],
  );
  return { starts, place, readers: new Map(rows.map(({ reader: name, ...row }) => [name, row])) };
}

/** Entries of an action that name one reader each. */
const namingReaders = (action: string): string =>
  `(SELECT coalesce('staff:' || (entry::jsonb->>'staff'), 'system:' || (entry::jsonb->>'system')) AS reader, xid, seq, at, entry
    FROM log_entries WHERE action = '${action}')`;

/**
 * How much each member of staff and each system opened, those who opened most in the newest period first, and whoever is marked. Reads each entry
 * of the newest period once, by the index of instants, and those of earlier periods if they are not handed in; earlier activity takes one look per
 * reader in the index of actors or of actions, and marks and reviews are found in the index of actions.
 */
export async function readingsOf(on: Queryable, query: ReadingQuery, counted?: EarlierReadings): Promise<Reading[]> {
  const { actions, starts, today, until, reader } = query;
  const earlier = counted ?? (await earlierReadings(on, query));
  const before = [...earlier.readers].filter(([name]) => reader === undefined || name === reader);
  const rows = await on.query<
    Omit<Reading, 'people' | 'review' | 'marks'> & { week: number; review: string | null; marks: string[] }
  >(
    `WITH reviews AS (
       SELECT DISTINCT ON (reader) reader, xid, seq, entry
       FROM ${namingReaders(READER_REVIEWED)} AS said ORDER BY reader, xid DESC, seq DESC),
     marked AS (
       SELECT m.reader, min(m.at) AS at, array_agg(m.entry ORDER BY m.xid, m.seq) AS entries
       FROM ${namingReaders(READER_MARKED)} AS m LEFT JOIN reviews r USING (reader)
       WHERE m.entry::jsonb->>'after' IS NOT DISTINCT FROM r.entry::jsonb->>'id'
       GROUP BY 1),
     registered AS (
       SELECT 'system:' || (entry::jsonb->>'system') AS reader, min(at) AS at FROM log_entries
       WHERE action = 'system:create' GROUP BY 1),
     opened AS (
       SELECT e.actor AS reader, e.principal_id AS person, count(*) AS acts, min(e.at) AS first, bool_or(e.at >= $4) AS today,
              bool_or(r.reader IS NULL OR (e.xid, e.seq) > (r.xid, r.seq)) AS unreviewed
       FROM log_entries e LEFT JOIN reviews r ON r.reader = e.actor
       WHERE ${opened(reader, '$7')} GROUP BY 2, 1),
     counted AS (
       SELECT reader, min(first) AS first, count(person)::int4 AS week, sum(acts)::int4 AS acts,
              count(person) FILTER (WHERE unreviewed)::int4 AS unreviewed, count(person) FILTER (WHERE today)::int4 AS today
       FROM opened GROUP BY reader),
     earlier AS (SELECT * FROM unnest($5::text[], $6::timestamptz[]) AS e (reader, first))
     SELECT reader, coalesce(c.week, 0) AS week, coalesce(c.acts, 0) AS acts, coalesce(c.unreviewed, 0) AS unreviewed,
            coalesce(c.today, 0) AS today, r.entry AS review, coalesce(m.entries, '{}') AS marks,
            least(c.first, b.first, m.at, s.at, (SELECT f.at FROM log_entries f WHERE f.actor = reader AND NOT f.actor ^@ 'system:'
                                                 ORDER BY f.xid, f.seq LIMIT 1)) AS since
     FROM counted c FULL JOIN earlier b USING (reader) FULL JOIN marked m USING (reader)
       LEFT JOIN reviews r USING (reader) LEFT JOIN registered s USING (reader)
     ${reader === undefined ? '' : 'WHERE reader = $7'}
     ORDER BY week DESC, acts DESC, reader`,
    [
      textArray(actions),
      starts.at(-1),
      until ?? 'infinity',
      today,
      textArray(before.map(([name]) => name)),
      before.map(([, { first }]) => first),
      ...(reader === undefined ? [] : [reader]),
    ],
  );
  const none = starts.slice(1).map(() => 0);
  return rows.map(({ week, ...row }) => ({
    ...row,
    people: [week, ...(earlier.readers.get(row.reader)?.people ?? none)],
    review: row.review === null ? null : (JSON.parse(row.review) as LogEntry),
    marks: row.marks.map((mark) => JSON.parse(mark) as LogEntry),
  }));
}
