// The end of the records of 30(3) and 31(3): what was received and provided is erased with its record once its time is over (Rules 25, 29). What
// something linked to a person rests on is still needed, and stays until that is unlinked.

import { dayOf } from '../../../base/day.ts';
import { append, logEntry } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { keepRounds, reporting, type Rounds } from '../../../platform/rounds.ts';
import { timeReached } from '../../date/index.ts';
import { expireRecords } from '../store.ts';

/** Erases some of it, as much as stands in one entry; answers how many there were. */
async function eraseSome(office: Office): Promise<number> {
  const over = dayOf(await timeReached(office));
  return office.database.transaction(async (tx) => {
    const { provisions, receipts } = await expireRecords(tx, over);
    if (provisions.length + receipts.length > 0) {
      const gone = {
        ...(provisions.length > 0 ? { related_provisions: provisions } : {}),
        ...(receipts.length > 0 ? { receipts } : {}),
      };
      await append(tx, logEntry(office.clock.now(), { kind: 'sekisho' }, 'records:expire', gone));
    }
    return provisions.length + receipts.length;
  });
}

/** Erases all whose time is over; answers how many there were. */
export async function eraseExpired(office: Office, signal = new AbortController().signal): Promise<number> {
  let erased = 0;
  for (let some = 1; some > 0 && !signal.aborted; erased += some) some = await eraseSome(office);
  return erased;
}

const PAUSE_MS = 60 * 60 * 1_000;

/** Keeps erasing what is over. */
export const keepExpiring = (office: Office, report: (line: string) => void): Rounds =>
  keepRounds((signal) => eraseExpired(office, signal), PAUSE_MS, reporting(report, 'related'));
