// Brings the log back from its export into an empty house: all of it and verified, or nothing. What was written after the export was made
// is not in it; the first entries after the restore continue the same tree.

import type { Database } from '../platform/database/index.ts';
import { readHeader, readNote } from './exported.ts';
import { extend } from './integrate.ts';
import type { Frontier } from './merkle.ts';
import { openCheckpoint, readVkey } from './note.ts';
import { lastCheckpoint, restoreEntries, saveCheckpoint, writeTiles } from './store.ts';
import { verify } from './verify.ts';

const PAGE = 4_096;

/**
 * Restores an export, line by line, with the owner's rights. Returns the number of entries. Throws, and leaves nothing behind, when the log
 * here is not empty, or when the export is not whole, unaltered and signed with `vkey`.
 */
export const restoreLog = (
  owner: Database,
  vkey: string,
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<number> =>
  owner.transaction(async (tx) => {
    if (await lastCheckpoint(tx)) throw new Error('log: only an empty log is restored');
    const verifier = readVkey(vkey);
    const edge: Frontier = { size: 0, roots: [] };
    let header: ReturnType<typeof readHeader> = null;
    let waiting: string[] = [];
    const flush = async (): Promise<void> => {
      if (waiting.length > 0) {
        await writeTiles(tx, await extend(tx, edge, await restoreEntries(tx, edge.size, waiting)));
      }
      waiting = [];
    };
    for await (const line of lines) {
      if (!header) {
        header = readHeader(line);
        if (!verifier || header?.vkey !== vkey) throw new Error('log: not an export of this log');
        continue;
      }
      const note = line.startsWith('{"checkpoint":') ? readNote(line) : null;
      if (note === null) waiting.push(line);
      if (note !== null || waiting.length === PAGE) await flush();
      const head = note === null ? null : openCheckpoint(note, verifier!);
      if (head) await saveCheckpoint(tx, head.size, head.root, note!);
    }
    await flush();
    const check = await verify(tx, vkey);
    if (!check.ok || check.size !== header?.size) throw new Error('log: the export is altered or cut short');
    return check.size;
  });
