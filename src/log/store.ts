// The log in PostgreSQL: every statement of this room. Entries, leaves and checkpoints are only ever inserted, and a tile only grows.

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

/** An entry and the id of the effect it speaks of. */
export interface Effect {
  key: string;
  entry: LogEntry;
}

interface Line extends Effect {
  text: string;
}

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
 * Entries for a statement made of parts: each is written if and only if its key is among the rows of the CTE `effected(key uuid)` of an
 * earlier part. Throws TypeError when an entry holds what the log must not.
 */
export const appending = (effects: readonly Effect[]): Part => ({
  name: 'log',
  sql: `logged AS (${insertLines} WHERE key IN (SELECT key FROM effected))`,
  values: [linesOf(effects)],
});

/** Writes entries in the open transaction of the effect they speak of. Throws TypeError when one holds what the log must not. */
export async function append(tx: Tx, ...entries: LogEntry[]): Promise<void> {
  await tx.query(insertLines, [linesOf(entries.map((entry) => ({ key: entry.id, entry })))]);
}

/** Takes the integrator's lock until the end of the transaction; false when another holds it. */
export async function lockIntegration(tx: Tx): Promise<boolean> {
  const rows = await tx.query<{ locked: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS locked', [INTEGRATING]);
  return rows[0]!.locked;
}

/** Takes the integrator's lock until the end of the transaction, as soon as nobody holds it. */
export async function awaitIntegration(tx: Tx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [INTEGRATING]);
}

/** Takes the verifier's lock until the end of the transaction; false when another holds it. */
export async function lockVerification(tx: Tx): Promise<boolean> {
  const rows = await tx.query<{ locked: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS locked', [VERIFYING]);
  return rows[0]!.locked;
}

/**
 * Whether an entry has settled that is not in the tree, or the last leaf is missing. Asked every second, and mostly answered with no, so it only
 * looks. The bounds are those of `placeEntries`, and so is the order: without it the planner expects a third of the log beyond the bounds, and
 * goes through all of it for one entry.
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
 * Gives the next settled entries their positions, `size` and following, and returns the leaf hashes in that order. Throws when the last
 * leaf is missing: a damaged log is not continued.
 */
export async function placeEntries(tx: Tx, size: number, most: number): Promise<Hash[]> {
  const last = await placeOf(tx, size - 1);
  if (!last) throw new Error('log: the last leaf is missing');
  // All hashes in one value: thousands of rows would keep the driver, and with it every request, waiting.
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

/** Checkpoints with sizes above `after` up to `upTo`, by size. */
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
  // A subquery for each, so that every tile is looked up by its key, whatever the planner believes about the table.
  const rows = await on.query<TileId & { hashes: Buffer | null }>(
    `SELECT w.level, w.n, (SELECT t.hashes FROM log_tiles t WHERE t.level = w.level AND t.n = w.n) AS hashes
     FROM unnest($1::int4[], $2::int4[]) AS w(level, n)`,
    [int4Array(ids.map((id) => id.level)), int4Array(ids.map((id) => id.n))],
    'log.readTiles',
  );
  return new Map(rows.flatMap((row) => (row.hashes ? [[tileKey(row), row.hashes] as const] : [])));
}

/** Writes new tiles and lets existing ones grow. */
export async function writeTiles(tx: Tx, tiles: readonly (TileId & { hashes: Uint8Array })[]): Promise<void> {
  await tx.query(
    `INSERT INTO log_tiles (level, n, hashes) SELECT * FROM unnest($1::int4[], $2::int4[], $3::bytea[])
     ON CONFLICT (level, n) DO UPDATE SET hashes = excluded.hashes`,
    [int4Array(tiles.map((t) => t.level)), int4Array(tiles.map((t) => t.n)), byteaArray(tiles.map((t) => t.hashes))],
  );
}

/** That somebody looked into how much a reader opened; the entry names the reader as `staff` or `system`. */
export const READER_REVIEWED = 'log:reader-reviewed';

/** The actions of which somebody asks whether there are new ones. */
export type NotedAction = 'people:acquire' | 'people:use-beyond' | 'consent:record' | typeof READER_REVIEWED;

/**
 * A text that stands for the entries of an action: the same text again means that none was added in between. It names the newest entry of a
 * transaction before all that are still open, ahead of which no other can come any more, and every entry after that.
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

/** Where an entry stands in the order of the log. The tree takes entries in this order, so it is the order of positions too. */
export interface Place {
  xid: string;
  seq: number;
}

/** Before every entry. */
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

/** The place of the leaf at a position; before position 0 the beginning. Null when there is no such leaf. */
export async function placeOf(on: Queryable, position: number): Promise<Place | null> {
  return position < 0 ? BEGINNING : ((await leavesBetween(on, position, position + 1))[0] ?? null);
}

/** An entry as stored: its text, and the columns by which it is found. */
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

/** An entry of an action. `settled`: what is still to come stands behind it. */
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

/** An entry of the tree, and where it stands in it. */
export interface Positioned {
  position: number;
  entry: LogEntry;
}

/**
 * The entries of these actions from a position to before another, in order; with `most`, so many of the first. Each action is a range of
 * the index of actions, and is asked for so that no other index will do: one that is rare would be looked for through all that lies between. Throws
 * when a leaf is missing: nobody goes on behind a gap.
 */
export async function entriesWithin(
  on: Queryable,
  actions: readonly string[],
  { from, to, most = null }: { from: number; to: number; most?: number | null },
): Promise<Positioned[]> {
  if (from >= to) return [];
  const [after, last] = [await placeOf(on, from - 1), await placeOf(on, to - 1)];
  if (!after || !last) throw gap();
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

/** The position and text of an entry, the first if it was appended twice; null when it is unknown or not yet in the tree. */
export async function findEntry(on: Queryable, id: string): Promise<{ position: number; entry: string } | null> {
  // Sorted here, and the text by a query of its own: the planner must not be tempted to walk or join whole tables.
  const rows = await on.query<{ position: number; entry: string | null }>(
    `SELECT l.position, (SELECT e.entry FROM log_entries e WHERE e.xid = l.xid AND e.seq = l.seq) AS entry
     FROM log_leaves l WHERE l.id = $1`,
    [id],
    'log.findEntry',
  );
  const first = rows.sort((a, b) => a.position - b.position)[0];
  return first && first.entry !== null ? { position: first.position, entry: first.entry } : null;
}

/** Where entries stand in the tree, by their ids: each the first time. Those that are not in it are absent. */
export async function positionsOf(on: Queryable, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await on.query<{ id: string; position: number }>(
    'SELECT id, min(position) AS position FROM log_leaves WHERE id = ANY ($1::uuid[]) GROUP BY id',
    [uuidArray(ids)],
    'log.positionsOf',
  );
  return new Map(rows.map(({ id, position }) => [id, position]));
}

/** When the first entry was written that is not yet in the tree; null when none waits. */
export async function waitingSince(on: Queryable): Promise<Date | null> {
  const { leaves } = await sizes(on);
  const last = await placeOf(on, leaves - 1);
  const [first] = last ? await entriesAfter(on, last, 1) : [];
  return first?.at ?? null;
}

/** How many leaves there are, counted from the last; and the size of the newest checkpoint, seen in the same moment. */
export async function sizes(on: Queryable): Promise<{ leaves: number; checkpointed: number }> {
  const rows = await on.query<{ leaves: number; checkpointed: number }>(
    `SELECT (SELECT coalesce(max(position) + 1, 0) FROM log_leaves) AS leaves,
            (SELECT coalesce(max(size), 0) FROM log_checkpoints) AS checkpointed`,
    [],
  );
  return rows[0]!;
}

/**
 * Puts entries of an export back, from a position on, with the owner's rights; their leaves too. They stand before every transaction of
 * this server (xid 0), because the transaction ids of another server mean nothing here, and behind what stands there. Returns the leaf hashes.
 */
export async function restoreEntries(owner: Tx, position: number, texts: readonly string[]): Promise<Hash[]> {
  const lineOf = (text: string): Line => {
    const entry = JSON.parse(text) as LogEntry;
    return { key: entry.id, entry, text };
  };
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
    [lineRows(texts.map(lineOf)), position],
  );
  return rows.sort((a, b) => a.position - b.position).map((row) => row.hash);
}

/** Whether an entry names a transaction that this server has not begun: another server wrote it. */
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
 * Puts every entry and leaf before all transactions of this server (xid 0), in the order in which they stood, with the owner's rights. What
 * stands there already was restored or numbered before, and stays.
 */
export async function renumber(owner: Tx): Promise<void> {
  for (const { open } of unguarding) await owner.query(open, []);
  await owner.query('ALTER TABLE log_entries ALTER COLUMN seq SET GENERATED BY DEFAULT', []);
  // An entry without a leaf, or a leaf without an entry, has its place among the others as well.
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

/** Takes out, with the owner's rights, what waits to be placed behind the first `size` entries, in its order; it is to be given back. */
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

/** What one run of the verifier found. */
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

/** Clears the good ones of what was new then, a month after: by the clock of the database, which holds everybody to it (`only_clears`). */
export async function clearVerifications(on: Queryable): Promise<void> {
  await on.query("DELETE FROM log_verifications WHERE ok AND NOT whole AND at < now() - interval '31 days'", []);
}

/** The newest verification; with `whole`, the newest that began at the first entry. Null before the first. */
export async function lastVerification(on: Queryable, whole = false): Promise<StoredVerification | null> {
  const rows = await on.query<StoredVerification>(
    `SELECT at, whole, size, ok, part, position FROM log_verifications ${whole ? 'WHERE whole ' : ''}ORDER BY id DESC LIMIT 1`,
    [],
  );
  return rows[0] ?? null;
}

/** Which entries to show. All conditions hold together; `before` is the cursor of the last entry of the previous page. */
export interface EntryQuery {
  principal?: string;
  /** What was done with this package, and what became of it; not the readings for it. */
  package?: string;
  /** The code of an item that they name. It is in no index: of one person. */
  item?: string;
  actions?: readonly string[];
  actor?: string;
  /** The answer of the decision: `yes`, `no`, `unknown`. */
  answer?: string;
  from?: Date | undefined;
  to?: Date | undefined;
  before?: string;
  most: number;
}

export interface ListedEntry {
  /** Opaque; pass as `before` for the next page. */
  cursor: string;
  /** Where it stands in the tree; null until the integrator has taken it, about a second. */
  position: number | null;
  entry: LogEntry;
}

/** Entries, newest first: by their place in the log, of a period by their instant. */
export const listEntries = (on: Queryable, query: EntryQuery): Promise<ListedEntry[]> =>
  query.from === undefined && query.to === undefined ? entriesWhere(on, query, 'place') : entriesOfPeriod(on, query);

const DAY_MS = 86_400_000;

/**
 * Entries of a period. The index of instants tells in which blocks they lie and nothing of their order, so what is read is sorted: a page reads
 * from the end of the period a day, and as long as that is too little twice as much before it.
 */
async function entriesOfPeriod(on: Queryable, query: EntryQuery): Promise<ListedEntry[]> {
  const last = await lastInstant(on, query.before);
  if (!last) return [];
  const first = query.from?.getTime() ?? 0;
  const found: ListedEntry[] = [];
  let end = Math.min(query.to?.getTime() ?? Infinity, last.getTime() + 1);
  // By a clock that went back, others than the last entry may be the latest.
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

/** The instant of the entry with a cursor; without one that of the last entry. */
async function lastInstant(on: Queryable, before: string | undefined): Promise<Date | null> {
  const place = before === undefined ? null : placeIn(before);
  const [row] = await on.query<{ at: Date }>(
    `SELECT at FROM log_entries ${place ? 'WHERE xid = $1::xid8 AND seq = $2::bigint' : ''} ORDER BY xid DESC, seq DESC LIMIT 1`,
    place ?? [],
  );
  return row?.at ?? null;
}

/** Where a cursor stands in the log; null of what is none. */
const placeIn = (cursor: string): [xid: string, seq: string] | null => {
  const [, xid, seq] = /^(\d{1,19})-(\d{1,18})$/.exec(cursor) ?? [];
  return xid === undefined || seq === undefined ? null : [xid, seq];
};

/** What entries are in order by, the newest first. */
const orders = { place: ['xid', 'seq'], instant: ['at', 'xid', 'seq'] } as const;

/** What a query asks for, as a condition on entries `e`, with its values. */
function conditionOf(query: EntryQuery, by: keyof typeof orders): { sql: string; values: unknown[] } {
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
    where((p) => `e.action ^@ 'package:' AND e.entry::jsonb->>'package' = ${p}`, query.package);
  if (query.actions !== undefined) where((p) => `e.action = ANY(${p}::text[])`, textArray(query.actions));
  // The second half of the condition is that of the index, which systems are not in.
  if (query.actor !== undefined)
    where(
      (p) => `e.actor = ${p}${query.actor!.startsWith('system:') ? '' : " AND NOT e.actor ^@ 'system:'"}`,
      query.actor,
    );
  // An entry is canonical, so its decision has one spelling and begins with the answer. Indexes of `no` and `unknown` have this very condition.
  if (query.answer !== undefined)
    where((p) => `strpos(e.entry, ${p}) > 0`, `"decision":{"answer":${JSON.stringify(query.answer)},`);
  if (query.from !== undefined) where((p) => `e.at >= ${p}`, query.from);
  if (query.to !== undefined) where((p) => `e.at < ${p}`, query.to);
  const place = placeIn(query.before ?? '');
  if (place) {
    values.push(...place);
    const [xid, seq] = [`$${values.length - 1}::xid8`, `$${values.length}::bigint`];
    const at = by === 'instant' ? [`(SELECT at FROM log_entries WHERE xid = ${xid} AND seq = ${seq})`] : [];
    conditions.push(`(${orders[by].map((column) => `e.${column}`).join(', ')}) < (${[...at, xid, seq].join(', ')})`);
  }
  return { sql: conditions.join(' AND '), values };
}

/** The last place that there can be. */
const LAST_XID = '18446744073709551615';
const LAST_SEQ = '9223372036854775807';

/**
 * Which entries are looked through. Of several actions each is looked for in the index of actions by itself: for those that are rare, or that nobody
 * ever did, the whole log would be gone through otherwise. Each is asked for as a range of that index: asked for as equal, each look at the promises
 * took 280 ms of CPU more beside 100,000 rows (`bench/promises.ts`). What is about one person or one package is few anyway.
 */
function soughtOf(query: EntryQuery, by: keyof typeof orders): { sql: string; values: unknown[] } {
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

async function entriesWhere(on: Queryable, query: EntryQuery, by: keyof typeof orders): Promise<ListedEntry[]> {
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

/** Of how many persons one member of staff or one system opened something, or handed it over. */
export interface Reading {
  /** `staff:<id>` or `system:<id>`. */
  reader: string;
  /** When they were first on record, with whatever they did; of a system when it was registered. */
  since: Date;
  /** Different persons of each period, the newest first. */
  people: number[];
  /** Acts of the newest period, those too that name no person. */
  acts: number;
  /** Different persons of the newest period of whom something was opened since `review`; all where there is none. */
  unreviewed: number;
  /** Different persons since `today`. */
  today: number;
  /** The last entry that somebody looked into it. */
  review: LogEntry | null;
}

interface ReadingQuery {
  /** The acts that count. */
  actions: readonly string[];
  /** When each period begins, the oldest first; each ends with the next one. What a clock that went back dated ahead is of the last. */
  starts: readonly Date[];
  today: Date;
}

/**
 * How much each member of staff and each system opened, who opened most of the newest period first. It reads each entry from the first period on once,
 * by the index of instants; what they did before is one look in the index of actors, or in that of actions, for each.
 */
export async function readingsOf(on: Queryable, { actions, starts, today }: ReadingQuery): Promise<Reading[]> {
  const newest = starts.length;
  const people = starts.map((_, i) => `count(person) FILTER (WHERE period = ${newest - i})::int4`);
  const rows = await on.query<Omit<Reading, 'review'> & { review: string | null }>(
    `WITH reviews AS (
       SELECT DISTINCT ON (reader) reader, xid, seq, entry
       FROM (SELECT coalesce('staff:' || (entry::jsonb->>'staff'), 'system:' || (entry::jsonb->>'system')) AS reader,
                    xid, seq, entry FROM log_entries WHERE action = '${READER_REVIEWED}') AS said
       ORDER BY reader, xid DESC, seq DESC),
     registered AS (
       SELECT 'system:' || (entry::jsonb->>'system') AS reader, min(at) AS at FROM log_entries
       WHERE action = 'system:create' GROUP BY 1),
     opened AS (
       SELECT e.actor AS reader, e.principal_id AS person, width_bucket(e.at, $2::timestamptz[]) AS period,
              count(*) AS acts, min(e.at) AS first, bool_or(e.at >= $3) AS today,
              bool_or(r.reader IS NULL OR (e.xid, e.seq) > (r.xid, r.seq)) AS unreviewed
       FROM log_entries e LEFT JOIN reviews r ON r.reader = e.actor
       WHERE e.at >= ($2::timestamptz[])[1] AND e.action = ANY ($1::text[]) AND (e.actor ^@ 'staff:' OR e.actor ^@ 'system:')
       GROUP BY 1, 2, 3),
     counted AS (
       SELECT reader, min(first) AS first, ARRAY[${people.join(', ')}] AS people,
              coalesce(sum(acts) FILTER (WHERE period = ${newest}), 0)::int4 AS acts,
              count(person) FILTER (WHERE period = ${newest} AND unreviewed)::int4 AS unreviewed,
              count(person) FILTER (WHERE today)::int4 AS today
       FROM opened GROUP BY reader)
     SELECT c.reader, c.people, c.acts, c.unreviewed, c.today, r.entry AS review,
            least(c.first, s.at, (SELECT f.at FROM log_entries f WHERE f.actor = c.reader AND NOT f.actor ^@ 'system:'
                                  ORDER BY f.xid, f.seq LIMIT 1)) AS since
     FROM counted c LEFT JOIN reviews r USING (reader) LEFT JOIN registered s USING (reader)
     ORDER BY c.people[1] DESC, c.acts DESC, c.reader`,
    [textArray(actions), starts, today],
    'log.readingsOf',
  );
  return rows.map((row) => ({ ...row, review: row.review === null ? null : (JSON.parse(row.review) as LogEntry) }));
}
