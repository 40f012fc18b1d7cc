// What was lost with a restored backup. The log was brought forward from an export, so it names these entries by their ids, but the rows of the
// registers are gone. Checks of a register against the log use this to tell such losses from anything else that is missing.

import type { Lost } from '../base/promise.ts';
import { dayOf, type Day } from '../base/day.ts';
import type { Queryable } from '../platform/database/index.ts';
import { base64, bytesOf, hexOf, readHex } from './bytes.ts';
import { entryText, type LogEntry } from './entry.ts';
import { frontierAt } from './integrate.ts';
import { foldRoots, type Hash } from './merkle.ts';
import { readVkey, type Checkpoint, type Verifier } from './note.ts';
import { unlike, type Said } from './register.ts';
import { entriesWithin, lastCheckpoint, listEntries, positionsOf, RESTORED, type ListedEntry } from './store.ts';

/** Action: somebody has reviewed what was lost with a restored backup. */
export const REVIEWED = 'log:reviewed';

/** The text that the log's key signs for an entry RESTORED: the entry without its signature, and the root of the log it was brought forward to. */
export const restoredText = (name: string, entry: LogEntry, root: Hash): string =>
  `${name}\nrestored\n${base64(root)}\n${entryText({ ...entry, signature: undefined })}\n`;

/** Entries from position `from` to before `to`, whose rows are lost. */
export interface Loss {
  /** Id of the entry RESTORED. */
  id: string;
  /** When the backup was restored. */
  on: Day;
  from: number;
  to: number;
  /** True when a later entry records that somebody has reviewed the loss. */
  reviewed: boolean;
}

const MOST = 200;

/** True when the log's key signed this entry RESTORED over this very log. */
export async function isSigned(on: Queryable, verifier: Verifier, entry: LogEntry): Promise<boolean> {
  const { size, signature } = entry;
  if (typeof size !== 'number' || typeof signature !== 'string') return false;
  const edge = await frontierAt(on, size);
  return (
    edge !== null &&
    verifier.verifies(bytesOf(restoredText(verifier.name, entry, foldRoots(edge.roots))), readHex(signature))
  );
}

interface Restoration {
  entry: LogEntry;
  position: number | null;
  reviewed: boolean;
}

/**
 * The entries RESTORED that the log's key signed over this very log, newest first. Unsigned claims are left out. Each is checked when it is asked
 * for, so that whoever needs the last restore pays for no other.
 */
async function* restorations(on: Queryable, vkey: string): AsyncGenerator<Restoration> {
  let reviewed = false;
  for (const { entry, position } of await listEntries(on, { actions: [RESTORED, REVIEWED], most: MOST })) {
    if (entry.action === REVIEWED) reviewed = true;
    else if (await isSigned(on, readVkey(vkey)!, entry)) yield { entry, position, reviewed };
  }
}

/**
 * When a backup was last restored, in milliseconds since the epoch; 0 if never. Anything checked before that moment came with the backup and says
 * nothing about what is here.
 */
export async function restoredAt(on: Queryable, vkey: string): Promise<number> {
  for await (const { entry } of restorations(on, vkey)) return Date.parse(entry.at);
  return 0;
}

/** True when an entry RESTORED says that this checkpoint had been signed and that this log goes on without it. */
export async function isGivenUp(on: Queryable, vkey: string, { root }: Pick<Checkpoint, 'root'>): Promise<boolean> {
  const signed = hexOf(root);
  for await (const { entry } of restorations(on, vkey)) if (entry.signed === signed) return true;
  return false;
}

/**
 * What was lost, newest first. An entry counts only directly behind the entries brought forward; at any other position, as in the log of another
 * installation, it excuses nothing.
 */
export async function lossesOf(on: Queryable, vkey: string): Promise<Loss[]> {
  const losses: Loss[] = [];
  for await (const { entry, position, reviewed } of restorations(on, vkey)) {
    const [from, to] = [Number(entry.here), Number(entry.size)];
    if (from < to && (position ?? (await lastCheckpoint(on))?.size) === to)
      losses.push({ id: entry.id, on: dayOf(Date.parse(entry.at)), from, to, reviewed });
  }
  return losses;
}

/** A register: the actions whose entries state its records, and those of some ids that are in it. */
interface Register {
  actions: readonly string[];
  among: (on: Queryable, ids: string[]) => Promise<Set<string>>;
}

/**
 * The entries of lost rows of a register, newest first, as far as `lists` takes them: as many as `most`, and only those before the cursor `before`.
 */
export async function entriesLost(
  on: Queryable,
  losses: readonly Loss[],
  { actions, among }: Register,
  { lists, before, most }: { lists: (entry: LogEntry) => boolean; before?: string | undefined; most: number },
): Promise<ListedEntry[]> {
  const found: ListedEntry[] = [];
  for (const { from, to } of losses)
    for (let after = before, more = true; more && found.length < most;) {
      const query = { actions, within: { from, to }, most: most + 1, ...(after ? { before: after } : {}) };
      const listed = await listEntries(on, query);
      const here = await among(
        on,
        listed.map(({ entry }) => entry.id),
      );
      found.push(...listed.filter(({ entry }) => !here.has(entry.id) && lists(entry)));
      after = listed.at(-1)?.cursor;
      more = listed.length > most;
    }
  return found.slice(0, most);
}

/** How many records that entries of a register state were lost with a backup, and had to be kept until the day `reached` or longer. */
export async function recordsLost(
  on: Queryable,
  losses: readonly Loss[],
  reached: Day,
  { actions, among }: Register,
): Promise<Lost[]> {
  const lost = await Promise.all(
    losses.map(async (loss) => {
      const entries = (await entriesWithin(on, actions, loss)).map(({ entry }) => entry);
      const stated = entries.filter(({ keep_until: until }) => String(until ?? '') >= reached).map(({ id }) => id);
      const here = await among(on, stated);
      return { on: loss.on, reviewed: loss.reviewed, n: stated.filter((id) => !here.has(id)).length };
    }),
  );
  return lost.filter(({ n }) => n > 0);
}

/** Divides missing things, each with the id of an entry, into those lost with a restored backup and those missing for other reasons. */
export async function apart<T>(
  on: Queryable,
  losses: readonly Loss[],
  missing: readonly T[],
  idOf: (one: T) => string,
): Promise<{ wrong: T[]; lost: Lost[] }> {
  if (losses.length === 0 || missing.length === 0) return { wrong: [...missing], lost: [] };
  const positions = await positionsOf(on, missing.map(idOf));
  const lossOf = (one: T): Loss | undefined => {
    const position = positions.get(idOf(one)) ?? -1;
    return losses.find(({ from, to }) => from <= position && position < to);
  };
  const counts = new Map<Loss, number>();
  const wrong = missing.filter((one) => {
    const loss = lossOf(one);
    if (loss) counts.set(loss, (counts.get(loss) ?? 0) + 1);
    return !loss;
  });
  return { wrong, lost: [...counts].map(([{ on: day, reviewed }, n]) => ({ on: day, reviewed, n })) };
}

/**
 * Rows of a register and entries of the log that do not agree, apart from what was lost with a restored backup. `stands` is true when something is
 * still present that contradicts the missing entry, such as a thing that it ended; no loss excuses that.
 */
export async function heldAgainst<Entry extends Said>(
  on: Queryable,
  losses: readonly Loss[],
  rows: readonly Said[],
  entries: readonly Entry[],
  stands: (entry: Said) => boolean = () => false,
): Promise<{ wrong: (Said | Entry)[]; lost: Lost[] }> {
  const here = new Set(rows.map(({ id }) => id));
  const strange = unlike(rows, entries);
  const contrary = strange.filter((one) => here.has(one.id) || stands(one));
  const missing = strange.filter((one) => !contrary.includes(one));
  const { wrong, lost } = await apart(on, losses, missing, ({ id }) => id);
  return { wrong: [...contrary, ...wrong], lost };
}
