// Actions on the log: read it, verify it now, export all of it. Reading changes nothing; an export is itself logged.

import { both } from '../../../base/bilingual.ts';
import type { Actor } from '../../../base/actor.ts';
import { isId } from '../../../base/id.ts';
import { conflict, done, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import {
  append,
  entriesAfter,
  entriesWithin,
  exportLog,
  lastCheck,
  lastCheckpoint,
  leavesBetween,
  listEntries,
  placeOf,
  positionsOf,
  receiptOf,
  RESTORED,
  REVIEWED,
  verifyAndRecord,
  vkeyOf,
  waitingSince,
  type EntryQuery,
  type ListedEntry,
  type LogCheck,
  type LogEntry,
  type Loss,
  type Positioned,
  type Receipt,
  type StoredCheckpoint,
} from '../../../log/index.ts';
import { lossesIn, type Office } from '../../../office.ts';
import { keptIn, othersOf } from '../../../vault/index.ts';
import { entryBy, type By, type Room } from '../../access/index.ts';
import { forgetStanding, isTold, purposesTold, standing, toldOf } from '../../checkpoint/index.ts';
import { consentedIn, objectionsById, textsById } from '../../consent/index.ts';
import { changesIn, followedActions, namedIn, type Change, type OnRecord, type Told } from '../facts/changes.ts';

/** The published key of the log. */
export const keyOf = ({ office }: Room): string => vkeyOf(office.signer);

/** The head of the log, the verifier's last result, and how far the tree is behind. */
export interface LogState {
  head: StoredCheckpoint | null;
  last: { at: Date; check: LogCheck } | null;
  /** When the oldest entry not yet in the tree was written; null when none waits. */
  waitingSince: Date | null;
  /** How long this office process has been running, by a monotonic clock: before that there was no verifier to be silent. */
  runningMs: number;
  /** The entry of the last restore of a backup; null where there was none. */
  restored: LogEntry | null;
  /** What must be gone through after backups were restored; null once somebody has said that this was done. */
  toReview: ToReview | null;
}

export interface ToReview {
  /** When the last entry was written that the oldest of these backups has; null for a backup without any. */
  until: number | null;
  /** The entries that the log was brought forward by, oldest first; none where there was no export. */
  losses: Loss[];
}

/** True when a backup was restored and nobody has said that what came after it was gone through. */
export async function isToReview({ database }: Pick<Office, 'database'>): Promise<boolean> {
  const [last] = await listEntries(database, { actions: [RESTORED, REVIEWED], most: 1 });
  return last?.entry.action === RESTORED;
}

/** Most entries about restores that are looked at. */
const MOST_RESTORES = 200;

async function restoredOf(room: Room): Promise<Pick<LogState, 'restored' | 'toReview'>> {
  const asked = { actions: [RESTORED, REVIEWED], most: MOST_RESTORES };
  const all = (await listEntries(room.office.database, asked)).map(({ entry }) => entry);
  const isRestore = ({ action }: LogEntry): boolean => action === RESTORED;
  // Not the last in the log: a restore puts the entry of one before, if it waited in the database, behind its own.
  const [restored] = all.filter(isRestore).toSorted((a, b) => (a.at < b.at ? 1 : -1));
  if (!restored) return { restored: null, toReview: null };
  const reviewedAt = all.findIndex((one) => !isRestore(one));
  const open = reviewedAt < 0 ? all : all.slice(0, reviewedAt);
  if (open.length === 0) return { restored, toReview: null };
  const here = Math.min(...open.map((one) => Number(one.here)));
  const [last] = here > 0 ? (await entriesFrom(room, here - 1, 1)).entries : [];
  const losses = (await lossesIn(room.office)).filter(({ reviewed: been }) => !been).toReversed();
  return { restored, toReview: { until: last ? Date.parse(last.entry.at) : null, losses } };
}

/** Records that what came after the restored backup was gone through, and redone where necessary. */
export async function reviewed({ office }: Room, by: By): Promise<void> {
  if (!(await isToReview(office))) return;
  await office.database.transaction((tx) => append(tx, entryBy(by, office.clock.now(), REVIEWED, {})));
}

export async function logState(room: Room): Promise<LogState> {
  const { database, opened } = room.office;
  return {
    head: await lastCheckpoint(database),
    last: await lastCheck(database),
    waitingSince: await waitingSince(database),
    runningMs: performance.now() - opened,
    ...(await restoredOf(room)),
  };
}

export const entries = ({ office }: Room, query: EntryQuery): Promise<ListedEntry[]> =>
  listEntries(office.database, query);

/** The loss that an entry RESTORED tells of; undefined for the id of anything else. */
export const lossOf = async ({ office }: Room, id: string): Promise<Loss | undefined> =>
  (await lossesIn(office)).find((one) => one.id === id);

/** Number of newest entries in which an entry not yet in the tree is looked for. */
const LOOK_BACK = 500;

/** An entry with its proof; `proof` is null until the tree takes the entry in, about a second. */
export interface EntryFound {
  entry: LogEntry;
  proof: Receipt | null;
}

export async function findEntry(room: Room, id: string): Promise<EntryFound | null> {
  const { database } = room.office;
  const proof = await receiptOf(database, keyOf(room), id);
  if (proof) return { entry: proof.entry, proof };
  const waiting = (await listEntries(database, { most: LOOK_BACK })).find(({ entry }) => entry.id === id);
  return waiting ? { entry: waiting.entry, proof: null } : null;
}

/** Entries of the tree from a position on, in tree order, at most `most`; only those covered by the newest checkpoint. */
export async function entriesFrom(
  { office: { database } }: Room,
  from: number,
  most: number,
): Promise<{ size: number; entries: Positioned[] }> {
  const size = (await lastCheckpoint(database))?.size ?? 0;
  const place = from < size ? await placeOf(database, from - 1) : null;
  const rows = place ? await entriesAfter(database, place, Math.min(most, size - from)) : [];
  // The entries are read here in the order in which the tree takes them.
  return { size, entries: rows.map((row, i) => ({ position: from + i, entry: JSON.parse(row.entry) as LogEntry })) };
}

async function recordOf({ office: { database } }: Room, entries: readonly LogEntry[]): Promise<OnRecord> {
  const { persons, objecting, texts, objections } = namedIn(entries);
  const others = await othersOf(database, objecting);
  return {
    others,
    kept: await keptIn(database, [...new Set([...persons, ...[...others.values()].flat()])]),
    texts: await textsById(database, texts),
    objections: await objectionsById(database, objections),
  };
}

/**
 * What the caller may be told. A system is told of the holdings that serve one of its purposes and, for a person who consented to one of them, of the
 * holding that the consent is for, which it may also read. Any other actor is told everything.
 */
async function toldTo({ office }: Room, actor: Actor, { kept }: OnRecord): Promise<Told> {
  // An entry that is passed over is never offered again, so this needs the present state, not one up to five seconds old.
  forgetStanding(office);
  const holdings = toldOf(actor, await standing(office));
  const consented = await consentedIn(office.database, [...kept.keys()], purposesTold(actor) ?? []);
  return {
    of: (holding, principal) =>
      holdings === null || holdings.includes(holding) || (consented.get(principal)?.includes(holding) ?? false),
    about: (purposes) => isTold(actor, purposes),
  };
}

/** A page of changes. `last`: the last entry looked at; `newest`: the last signed entry. Both are null for an empty log. */
export interface Changes {
  changes: Change[];
  last: string | null;
  more: boolean;
  newest: string | null;
}

/** A log restored without its end has grown other entries in the same positions, so a position would not reveal the loss; an id does. */
const lostPlace = conflict(
  'after',
  both(
    'この記録はありません。バックアップから戻したときに失われたと考えられます',
    'The log has no such entry; it may have been lost when a backup was restored',
  ),
);

/**
 * The changes after an entry of the log, in log order, as far as `actor` may be told, from at most `most` entries. No entry is ever added before
 * `last`, as the tree only grows at its end.
 */
export async function changesAfter(
  room: Room,
  actor: Actor,
  { after, most }: { after: string | undefined; most: number },
): Promise<Outcome<Changes>> {
  if (after !== undefined && !isId(after))
    return invalid('after', both('記録のIDではありません', 'This is not the id of an entry'));
  const { database } = room.office;
  const size = (await lastCheckpoint(database))?.size ?? 0;
  const newest = (await leavesBetween(database, size - 1, size))[0]?.id ?? null;
  const before = after === undefined ? -1 : (await positionsOf(database, [after])).get(after);
  if (before === undefined || before >= size) return lostPlace;
  const found = await entriesWithin(database, followedActions, { from: before + 1, to: size, most });
  const entries = found.map(({ entry }) => entry);
  const more = found.length === most && found.at(-1)!.position < size - 1;
  const last = more ? entries.at(-1)!.id : newest;
  if (entries.length === 0) return done({ changes: [], last, more, newest });
  const known = await recordOf(room, entries);
  const told = await toldTo(room, actor, known);
  return done({ changes: entries.flatMap((one) => changesIn(one, known, told)), last, more, newest });
}

/** Verifies the log from the first entry, and records the result and the actor. */
export async function verifyNow(room: Room, by: By): Promise<Outcome<LogCheck>> {
  const { office } = room;
  const check = await verifyAndRecord(office.database, office.signer, office.clock);
  if (!check) {
    return conflict(
      'log',
      both(
        'いま検証しているところです。少し待ってから結果を見てください',
        'A verification is under way. See its result shortly',
      ),
    );
  }
  await office.database.transaction((tx) =>
    append(tx, entryBy(by, office.clock.now(), 'log:verify', { size: check.size, ok: check.ok })),
  );
  return { ok: true, value: check };
}

/** Logs the export, then returns the log as a stream of text. The export's own entry is not in it, but in the next export. */
export async function openExport(room: Room, by: By): Promise<Outcome<ReadableStream<Uint8Array>>> {
  const { database, clock } = room.office;
  const head = await lastCheckpoint(database);
  if (!head) return notFound(both('書き出せる記録がまだありません', 'There is nothing to export yet'));
  await database.transaction((tx) => append(tx, entryBy(by, clock.now(), 'log:export', { size: head.size })));
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  exportLog(database, keyOf(room), async (piece) => writer.write(encoder.encode(piece)))
    .then(() => writer.close())
    // The client went away, or the log is damaged. A file that is cut short does not verify.
    .catch((error: unknown) => writer.abort(error))
    .catch(() => undefined);
  return { ok: true, value: readable };
}

/** The entry with this id or at this position of the log; null until it is in the tree. */
export async function entryCalled(
  room: Room,
  { id, typed }: { id: string | null; typed: string },
): Promise<Positioned | null> {
  if (id) return receiptOf(room.office.database, keyOf(room), id);
  const position = typed.replaceAll(',', '');
  return /^\d{1,15}$/.test(position) ? ((await entriesFrom(room, Number(position), 1)).entries[0] ?? null) : null;
}
