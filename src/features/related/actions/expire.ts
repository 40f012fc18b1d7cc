// Erases expired records of 30(3) and 31(3), together with what was received or provided (Rules 25, 29). A receipt on which a link rests is still
// needed and stays until it is unlinked.

import { append, logEntry } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { keepRounds, reporting, untilNothingIsLeft, type Rounds } from '../../../platform/rounds.ts';
import { dayReached } from '../../date/index.ts';
import { expireRecords } from '../store.ts';

/** Erases as many expired records as one log entry names; returns how many. */
async function eraseSome(office: Office): Promise<number> {
  const over = await dayReached(office);
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

/** Erases all expired records; returns how many. */
export const eraseExpired = (office: Office, signal = new AbortController().signal): Promise<number> =>
  untilNothingIsLeft(signal, () => eraseSome(office));

const PAUSE_MS = 60 * 60 * 1_000;

/** Keeps erasing expired records. */
export const keepExpiring = (office: Office, report: (line: string) => void): Rounds =>
  keepRounds((signal) => eraseExpired(office, signal), PAUSE_MS, reporting(report, 'related'));
