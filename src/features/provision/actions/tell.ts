// Mails the news of packages: to those who may approve a package that it waits, and to those who asked for it how it went on.

import type { Tx } from '../../../platform/database/index.ts';
import { withdrawLetters } from '../../../platform/mail.ts';
import { keepRounds, reporting, type Rounds } from '../../../platform/rounds.ts';
import { stamp } from '../../../platform/ui/format.ts';
import { asActor, mailStaff, staffWhoMay, type Room, type StaffMember } from '../../access/index.ts';
import { movePackage, takeUntold } from '../store/packages.ts';
import { packageLetters } from '../words.ts';
import { handIn } from './packages.ts';

type Untold = Awaited<ReturnType<typeof takeUntold>>[number];

/**
 * The actors who hear how a package went on: those who asked for it, except the one who brought it to this state. A stuck package is reported to its
 * approver as well. That a person closed it because the recipient has the file is no news.
 */
function askers({ news, made_by, requested_by, approved_by, state_by }: Untold): (string | null)[] {
  if (news === 'stuck') return [made_by, requested_by, approved_by];
  if (news === 'closed' && state_by !== 'sekisho') return [];
  return [made_by, requested_by].filter((actor) => actor !== state_by);
}

/** Of those who may open packages and of those who may approve them: who hears this news. Nobody approves what they had a hand in. */
async function readersOf(
  tx: Tx,
  row: Untold,
  reading: StaffMember[],
  approving: StaffMember[],
): Promise<StaffMember[]> {
  if (row.news !== 'requested') {
    const actors = askers(row);
    return reading.filter((one) => actors.includes(`staff:${one.id}`));
  }
  const own = await Promise.all(approving.map((one) => handIn(tx, row, asActor(one))));
  return approving.filter((_, i) => !own[i]);
}

/** The most packages in one round. */
const MOST = 100;

/**
 * Mails the news of each package once; returns for how many packages there was some. A state that is over before a round sees it is not mailed, and
 * what is mailed of a state is withdrawn where that is over before it goes out. While mail is off, news counts as mailed: home shows what waits.
 */
export const tellOfPackages = (room: Room): Promise<number> =>
  room.office.database.transaction(async (tx) => {
    const untold = await takeUntold(tx, MOST);
    if (untold.length === 0) return 0;
    const reading = await staffWhoMay(room.access, 'packages:read', tx);
    const approving = await staffWhoMay(room.access, 'provisions:approve', tx);
    for (const row of untold) {
      const letter = row.news in packageLetters ? packageLetters[row.news as keyof typeof packageLetters] : null;
      // A bar or a failure may be over before the mail about it went out; nothing else says so then.
      if (row.told !== null) await withdrawLetters(tx, row.id, new Date(room.office.clock.now()));
      const about = { number: stamp(row.made_at.getTime()), path: `/packages/${row.id}` };
      if (letter)
        await mailStaff(room, tx, await readersOf(tx, row, reading, approving), () => ({ ...letter, ...about }), [
          row.id,
        ]);
      await movePackage(tx, row.id, { told: row.news });
    }
    return untold.length;
  });

const PAUSE_MS = 10_000;

/** Mails the news every ten seconds. */
export const keepTellingOfPackages = (room: Room, report: (line: string) => void): Rounds =>
  keepRounds(() => tellOfPackages(room), PAUSE_MS, reporting(report, 'packages, telling'));
