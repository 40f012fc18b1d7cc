// Brings the log forward to an export that continues it, completely and verified or not at all: from the end of a restored backup, or from the
// beginning in an empty database. The result is the same log, so receipts given out after the backup can still be proved. Anything written after
// the export is not in it.

import type { Tx } from '../platform/database/index.ts';
import { StartProblem } from '../platform/start-problem.ts';
import { hexOf } from './bytes.ts';
import { entryText, logEntry, readEntry } from './entry.ts';
import { readHeader, readNote } from './exported.ts';
import { extend, frontierAt } from './integrate.ts';
import { isSigned, restoredText } from './lost.ts';
import { foldRoots, grow, leafHash, sameHash, type Frontier } from './merkle.ts';
import { openCheckpoint, readVkey, type Checkpoint, type Verifier } from './note.ts';
import { signText, vkeyOf, type Signer } from './sign.ts';
import {
  append,
  awaitIntegration,
  findEntry,
  lastCheckpoint,
  listEntries,
  renumber,
  restoreEntries,
  saveCheckpoint,
  takeWaiting,
  writeTiles,
  type EntryLine,
  type StoredCheckpoint,
  RESTORED,
} from './store.ts';
import { verify } from './verify.ts';

const PAGE = 4_096;

type Lines = Iterable<string> | AsyncIterable<string>;

const foreign = (): StartProblem =>
  new StartProblem(
    'このデータベースの記録の書き出しではありません。',
    'This is not an export of the log of this database.',
  );

const altered = (): StartProblem =>
  new StartProblem('書き出しが途中で切れているか、内容が変わっています。', 'The export is altered or cut short.');

const another = (): StartProblem =>
  new StartProblem(
    'データベースの記録が、書き出しの記録の初めの部分と一致しません。バックアップから戻した後に関所を始めたのなら、もう一度バックアップから戻し、関所を始める前に、この書き出しから復元してください。',
    'The log in the database is not the beginning of the log in the export. If Sekisho was started after a backup was restored, restore the backup once more, and then restore the log from this export before you start Sekisho.',
  );

const nothingNew = (): StartProblem =>
  new StartProblem(
    'データベースの記録には、この書き出しの記録がすでにすべてあります。より新しい書き出しを指定してください。',
    'The log in the database already goes as far as this export or further. Give a newer export.',
  );

/**
 * `here`: entries the log had in the database; `size`: entries it has now; `lost`: further entries that were signed and that nobody brought back;
 * `signed`: the root of the last checkpoint that the folder of keys has and this log has not, in hexadecimal.
 */
export type Restored = { here: number; size: number; lost: number; signed?: string };

/** A checkpoint that the folder of keys has and the log has not. */
type Signed = Pick<Checkpoint, 'size' | 'root'>;

const named = (signed: Signed | null): Pick<Restored, 'signed'> => (signed ? { signed: hexOf(signed.root) } : {});

/**
 * Restores an export, line by line, with the owner's rights. Throws StartProblem, and changes nothing, when the export is not complete, unaltered
 * and signed with this key, or does not continue the log in the database. Entries that wait here to be placed follow behind the restored ones and the entry RESTORED, unless the export has them.
 */
export async function restoreLog(
  tx: Tx,
  signer: Signer,
  lines: Lines,
  { signed = null, now }: { signed?: Signed | null; now: number },
): Promise<Restored> {
  await awaitIntegration(tx);
  const head = await lastCheckpoint(tx);
  const vkey = vkeyOf(signer);
  const verifier = readVkey(vkey);
  if (!verifier) throw foreign();
  // So that the restored entries come behind those already here.
  await renumber(tx);
  const waiting = await takeWaiting(tx, head?.size ?? 0);
  const size = await follow(tx, verifier, vkey, head, lines);
  const check = await verify(tx, vkey);
  if (!check.ok || check.size !== size) throw altered();
  let here = head?.size ?? 0;
  let known = signed?.size ?? 0;
  // The log was brought forward before, and no entry was placed since: what was lost then is still lost, unless it is in this export.
  for (const entry of waiting) {
    if (entry.action !== RESTORED || !(await isSigned(tx, verifier, entry))) continue;
    here = Math.min(here, Number(entry.here));
    known = Math.max(known, Number(entry.size) + Number(entry.lost));
  }
  const restored = await note(tx, signer, { here, size, lost: Math.max(0, known - size), ...named(signed) }, now);
  for (const entry of waiting) {
    const found = await findEntry(tx, entry.id);
    if (found && found.entry !== entryText(entry)) throw another();
    if (!found) await append(tx, entry);
  }
  return restored;
}

/**
 * Appends the entry RESTORED, which states the log that is continued after a backup was restored; a receipt for a lost entry is of a log that this
 * one does not continue. The entry is signed because it excuses gaps in the registers: write access to the database alone must not suffice to make
 * one.
 */
async function note(tx: Tx, signer: Signer, restored: Restored, now: number): Promise<Restored> {
  const entry = logEntry(now, { kind: 'sekisho' }, RESTORED, restored);
  const edge = await frontierAt(tx, restored.size);
  if (!edge) throw altered();
  const signature = signText(restoredText(signer.name, entry, foldRoots(edge.roots)), signer);
  await append(tx, { ...entry, signature });
  return restored;
}

const onRecord = (): StartProblem =>
  new StartProblem(
    '失われたことは、すでに記録してあります。そのまま始められます。',
    'Nothing is lost that is not on record already, and Sekisho can be started as it is.',
  );

/**
 * Continues without the entries that are in nobody's export. `signed` null: nothing tells how many there were. Throws StartProblem when the same was
 * recorded and nothing has happened since.
 */
export async function goOnWithout(tx: Tx, signer: Signer, signed: Signed | null, now: number): Promise<Restored> {
  await awaitIntegration(tx);
  const [newest] = await listEntries(tx, { most: 1 });
  if (newest?.entry.action === RESTORED) throw onRecord();
  const here = (await lastCheckpoint(tx))?.size ?? 0;
  const lost = Math.max(0, (signed?.size ?? here) - here);
  return note(tx, signer, { here, size: here, lost, ...named(signed) }, now);
}

const restoreOnce = (...restored: Parameters<typeof restoreEntries>): ReturnType<typeof restoreEntries> =>
  restoreEntries(...restored).catch((error: unknown) => {
    // An id that is there already.
    throw (error as { code?: unknown }).code === '23505' ? altered() : error;
  });

/** Writes the lines of an export that come after the head, and returns the size that the export states. */
async function follow(
  tx: Tx,
  verifier: Verifier,
  vkey: string,
  head: StoredCheckpoint | null,
  lines: Lines,
): Promise<number> {
  const edge: Frontier = { size: 0, roots: [] };
  const from = head?.size ?? 0;
  let header: ReturnType<typeof readHeader> = null;
  let waiting: EntryLine[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length > 0) await writeTiles(tx, await extend(tx, edge, await restoreOnce(tx, edge.size, waiting)));
    waiting = [];
  };
  for await (const line of lines) {
    if (!header) {
      header = readHeader(line);
      if (header?.vkey !== vkey) throw foreign();
      if (header.size <= from) throw nothingNew();
      continue;
    }
    const checkpoint = line.startsWith('{"checkpoint":') ? readNote(line) : null;
    if (edge.size < from) {
      if (checkpoint === null) grow(edge, leafHash(line));
      if (edge.size === from && !sameHash(foldRoots(edge.roots), head!.root)) throw another();
      continue;
    }
    if (checkpoint === null) {
      const entry = readEntry(line);
      if (!entry) throw altered();
      waiting.push({ entry, text: line });
    }
    if (checkpoint !== null || waiting.length === PAGE) await flush();
    const stated = checkpoint === null ? null : openCheckpoint(checkpoint, verifier);
    if (stated && stated.size > from) await saveCheckpoint(tx, stated.size, stated.root, checkpoint!);
  }
  await flush();
  if (!header) throw foreign();
  return header.size;
}
