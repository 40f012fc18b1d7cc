// The whole log as one file, for independent verification: a header line, the canonical text of each entry on a line, and each checkpoint after the
// entries it covers. The lines are streamed and never held in memory as a whole; `exported.ts` checks the file.

import type { Queryable } from '../platform/database/index.ts';
import { canonical } from './canonical.ts';
import { BEGINNING, checkpointsBetween, entriesAfter, lastCheckpoint } from './store.ts';

const PAGE = 2_048;

/** Writes the log up to its newest checkpoint through `write`, in pieces. Returns the number of entries. Entries not yet in the tree wait for the next export. */
export async function exportLog(
  on: Queryable,
  vkey: string,
  write: (piece: string) => Promise<void> | void,
): Promise<number> {
  const size = (await lastCheckpoint(on))?.size ?? 0;
  await write(`${canonical({ kind: 'sekisho-log', size, v: 1, vkey })}\n`);
  let place = BEGINNING;
  for (let from = 0; from < size; from += PAGE) {
    const to = Math.min(from + PAGE, size);
    const entries = await entriesAfter(on, place, to - from);
    if (entries.length < to - from) throw new Error('log: entries are missing');
    place = entries.at(-1)!;
    const notes = new Map((await checkpointsBetween(on, from, to)).map((c) => [c.size, c.note]));
    let piece = '';
    entries.forEach(({ entry }, i) => {
      const note = notes.get(from + i + 1);
      piece += `${entry}\n${note === undefined ? '' : `${canonical({ checkpoint: note })}\n`}`;
    });
    await write(piece);
  }
  return size;
}
