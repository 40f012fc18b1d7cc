// Ends what is over by the clock: the papers of requests that were closed long enough ago, and electronic deliveries that nobody fetches any more.

import type { Actor } from '../../../base/actor.ts';
import type { Office } from '../../../office.ts';
import { keepRounds, reporting, throughAll, type Passing, type Rounds } from '../../../platform/rounds.ts';
import { dayReached } from '../../date/index.ts';
import { deskDays } from '../facts/clocks.ts';
import { dropKey, dropPapers, takeToErase } from '../store/papers.ts';
import { caseFrom } from './cases.ts';
import { write } from './happen.ts';
import { endNextParcel } from './fetch.ts';

const sekisho: Actor = { kind: 'sekisho' };

/** Erases the papers of one closed request whose time is over, by dropping their key. Returns whether there was one. */
export async function eraseNextPapers(office: Office, passing: Passing = { over: [] }): Promise<boolean> {
  const over = await dayReached(office);
  return office.database.transaction(async (tx) => {
    const on = office.clock.today();
    const row = await takeToErase(tx, over, deskDays.papersMonths, passing.over);
    if (!row) return false;
    passing.at = row.id;
    const known = await caseFrom(tx, row);
    await write(
      office,
      tx,
      { actor: sekisho, authority: [] },
      known,
      {},
      {
        event: { event: 'papers-erased', on },
        effect: async () => {
          await dropPapers(tx, row.id, null, new Date(office.clock.now()));
          await dropKey(tx, row.id);
        },
        subjects: { papers: known.papers.length },
      },
    );
    return true;
  });
}

const PAUSE_MS = 600_000;

/** Runs the rounds that end and erase what is over. */
export const keepErasingPapers = (office: Office, report: (line: string) => void): Rounds =>
  keepRounds(
    async (signal) => {
      // Papers are erased even when a delivery cannot be ended.
      await throughAll(signal, (passing) => endNextParcel(office, passing)).finally(() =>
        throughAll(signal, (passing) => eraseNextPapers(office, passing)),
      );
    },
    PAUSE_MS,
    reporting(report, 'desk'),
  );
