// What a backup that was brought back did not have. The log was brought forward over it from an export and names it by its ids; the rows of the
// registers are gone. Whoever holds a register against the log tells that apart from what is missing otherwise.

import type { Lost } from '../base/promise.ts';
import { dayOf, type Day } from '../base/day.ts';
import type { Queryable } from '../platform/database/index.ts';
import { base64, bytesOf, readHex } from './bytes.ts';
import { entryText, type LogEntry } from './entry.ts';
import { frontierAt } from './integrate.ts';
import { foldRoots, type Hash } from './merkle.ts';
import { readVkey, type Verifier } from './note.ts';
import { unlike, type Said } from './register.ts';
import { lastCheckpoint, listEntries, positionsOf } from './store.ts';

/** That a backup was brought back, and the log brought forward. */
export const RESTORED = 'log:restored';

/** That somebody went through what came after a backup that was brought back. */
export const REVIEWED = 'log:reviewed';

/** What the key of the log signs of an entry that a backup was brought back: all of it, and the log that it was brought forward to. */
export const restoredText = (name: string, entry: LogEntry, root: Hash): string =>
  `${name}\nrestored\n${base64(root)}\n${entryText({ ...entry, signature: undefined })}\n`;

/** The entries from a position to before another, whose rows are lost. */
export interface Loss {
  /** The entry that a backup was brought back. */
  id: string;
  /** When the backup was brought back. */
  on: Day;
  from: number;
  to: number;
  /** Whether somebody went through it, which is on record. */
  reviewed: boolean;
}

const MOST = 200;

/** Whether the key of this log signed an entry that a backup was brought back, over this very log. */
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

/** That backups were brought back, the latest first: what the key of this log signed over this very log, and nothing that only says so. */
async function restorations(on: Queryable, vkey: string): Promise<Restoration[]> {
  const verifier = readVkey(vkey)!;
  const found: Restoration[] = [];
  let reviewed = false;
  for (const { entry, position } of await listEntries(on, { actions: [RESTORED, REVIEWED], most: MOST })) {
    if (entry.action === REVIEWED) reviewed = true;
    else if (await isSigned(on, verifier, entry)) found.push({ entry, position, reviewed });
  }
  return found;
}

/** When a backup was brought back last; 0 where none was. What was looked at before came with the backup, and says nothing of what is here. */
export async function restoredAt(on: Queryable, vkey: string): Promise<number> {
  const [last] = await restorations(on, vkey);
  return last ? Date.parse(last.entry.at) : 0;
}

/** What was lost, the latest first. An entry excuses nothing that stands elsewhere than right behind what was brought back, as one of another house. */
export async function lossesOf(on: Queryable, vkey: string): Promise<Loss[]> {
  const losses: Loss[] = [];
  for (const { entry, position, reviewed } of await restorations(on, vkey)) {
    const [from, to] = [Number(entry.here), Number(entry.size)];
    if (from < to && (position ?? (await lastCheckpoint(on))?.size) === to)
      losses.push({ id: entry.id, on: dayOf(Date.parse(entry.at)), from, to, reviewed });
  }
  return losses;
}

/** Of what is missing, each named by the id of an entry, what was lost with a backup, and what is missing otherwise. */
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
 * The rows of a register and the entries of the log that do not say the same, but for what was lost with a backup. `stands`: whether something is here
 * contrary to an entry that is missing, as what it ended: no loss excuses that.
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
