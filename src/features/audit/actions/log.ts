// What can be done with the log: read it, verify it now, hand all of it over. Reading changes nothing; handing it over is itself logged.

import { both } from '../../../base/bilingual.ts';
import { dayOf, type Day } from '../../../base/day.ts';
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
  type Positioned,
  type Receipt,
  type StoredCheckpoint,
} from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { keptIn, othersOf } from '../../../vault/index.ts';
import { entryBy, type By, type Room } from '../../access/index.ts';
import { forgetStanding, isTold, purposesTold, standing, toldOf } from '../../checkpoint/index.ts';
import { consentedIn, objectionsById, textsById } from '../../consent/index.ts';
import { changesIn, followedActions, namedIn, type Change, type OnRecord, type Told } from '../facts/changes.ts';

/** The published key of the log. */
export const keyOf = ({ office }: Room): string => vkeyOf(office.signer);

/** The head of the log, what the verifier found last, and how far the tree is behind. */
export interface LogState {
  head: StoredCheckpoint | null;
  last: { at: Date; check: LogCheck } | null;
  /** When the oldest entry that is not yet in the tree was written; null when none waits. */
  waitingSince: Date | null;
  /** How long the office has been open here, by a clock that nobody sets: before that its verifier was silent about nothing. */
  runningMs: number;
  /** The entry of the last time that a backup of the database was brought back; null where none was. */
  restored: LogEntry | null;
  /** Where nobody has said yet that what came after the backup was gone through: the first and the last day of it. */
  toReview: { from: Day; to: Day } | null;
}

/** Whether a backup was brought back, and nobody has said yet that what came after it was gone through. */
export async function isToReview({ database }: Pick<Office, 'database'>): Promise<boolean> {
  const [last] = await listEntries(database, { actions: [RESTORED, REVIEWED], most: 1 });
  return last?.entry.action === RESTORED;
}

async function restoredOf(room: Room): Promise<Pick<LogState, 'restored' | 'toReview'>> {
  const [last] = await listEntries(room.office.database, { actions: [RESTORED], most: 1 });
  if (!last) return { restored: null, toReview: null };
  const { entry } = last;
  if (!(await isToReview(room.office))) return { restored: entry, toReview: null };
  const [first] = (await entriesFrom(room, Number(entry.here), 1)).entries;
  const [from, to] = [first?.entry ?? entry, entry].map(({ at }) => dayOf(Date.parse(at)));
  return { restored: entry, toReview: { from: from!, to: to! } };
}

/** Somebody says that what came after the backup was gone through, and done again where it had to be. */
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

/** Among so many of the newest entries one is looked for that is not in the tree yet. */
const LOOK_BACK = 500;

/** An entry with its proof; `proof` is null while it waits to be taken into the tree, about a second. */
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

/** Entries of the tree from a position on, in its order, at most `most`; only those the newest checkpoint covers. */
export async function entriesFrom(
  { office: { database } }: Room,
  from: number,
  most: number,
): Promise<{ size: number; entries: Positioned[] }> {
  const size = (await lastCheckpoint(database))?.size ?? 0;
  const place = from < size ? await placeOf(database, from - 1) : null;
  const rows = place ? await entriesAfter(database, place, Math.min(most, size - from)) : [];
  // The tree takes entries in the order in which they are read here.
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
 * How far a system is told: of holdings that serve one of its purposes, and of somebody who consented to one of them, of the holding that the consent
 * is for, as it reads from that. Everybody else is told of all.
 */
async function toldTo({ office }: Room, actor: Actor, { kept }: OnRecord): Promise<Told> {
  // What is passed over is never told again: by what stands now, and not by what stood five seconds ago.
  forgetStanding(office);
  const holdings = toldOf(actor, await standing(office));
  const consented = await consentedIn(office.database, [...kept.keys()], purposesTold(actor) ?? []);
  return {
    of: (holding, principal) =>
      holdings === null || holdings.includes(holding) || (consented.get(principal)?.includes(holding) ?? false),
    about: (purposes) => isTold(actor, purposes),
  };
}

/** A part of what became of persons. `last`: the entry up to which was looked; `newest`: the last that is signed. Null of an empty log. */
export interface Changes {
  changes: Change[];
  last: string | null;
  more: boolean;
  newest: string | null;
}

/** A log that was brought back without its end grew other entries in the same places: by its position nobody would notice. */
const lostPlace = conflict(
  'after',
  both(
    'この記録はありません。バックアップから戻したときに失われたと考えられます',
    'The log has no such entry; it may have been lost when a backup was brought back',
  ),
);

/**
 * What became of persons after an entry of the log, in its order, as far as `actor` is told: of at most `most` entries that say so. Nothing comes
 * ahead of `last` later, as the tree does not change.
 */
export async function changesAfter(
  room: Room,
  actor: Actor,
  { after, most }: { after: string | undefined; most: number },
): Promise<Outcome<Changes>> {
  if (after !== undefined && !isId(after))
    return invalid('after', both('記録のIDではありません', 'It is no id of an entry'));
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

/** Verifies everything from the first entry, records the result and who asked. */
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

/** Logs the export, then gives the log as a stream of text. The entry of the export itself is in the next one. */
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
    // The reader went away, be it before the last byte or after it, or the log is damaged: a file that is cut short does not verify.
    .catch((error: unknown) => writer.abort(error))
    .catch(() => undefined);
  return { ok: true, value: readable };
}

/** The entry of this id, or at this position as the log counts them; null while it is not in the tree. */
export async function entryCalled(
  room: Room,
  { id, typed }: { id: string | null; typed: string },
): Promise<Positioned | null> {
  if (id) return receiptOf(room.office.database, keyOf(room), id);
  const position = typed.replaceAll(',', '');
  return /^\d{1,15}$/.test(position) ? ((await entriesFrom(room, Number(position), 1)).entries[0] ?? null) : null;
}
