// Mails the news of packages: to those who may approve a package that it waits, and to those who asked for it how it went on.

import { actorRef } from '../../../base/actor.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { keepRounds, reporting, type Rounds } from '../../../platform/rounds.ts';
import { stamp } from '../../../platform/ui/format.ts';
import { asActor, listStaff, type Room } from '../../access/index.ts';
import { movePackage, takeUntold } from '../store/packages.ts';
import { packageLetters } from '../words.ts';
import { handIn } from './packages.ts';

type Reader = Awaited<ReturnType<typeof listStaff>>[number];
type Untold = Awaited<ReturnType<typeof takeUntold>>[number];

/** The staff who may approve a package and had no hand in it. */
async function approvers({ access }: Room, tx: Tx, row: Untold, staff: readonly Reader[]): Promise<Reader[]> {
  const may = staff.filter((one) => access.policies.decide(asActor(one), 'provisions:approve').allowed);
  const own = await Promise.all(may.map((one) => handIn(tx, row, asActor(one))));
  return may.filter((_, i) => !own[i]);
}

/**
 * The staff who asked for a package, except the one who brought it to this state. A stuck package is reported to its approver as well. That a person
 * closed it because the recipient has the file is no news.
 */
function askers({ news, made_by, requested_by, approved_by, state_by }: Untold, staff: readonly Reader[]): Reader[] {
  const about = (actors: readonly (string | null)[]): Reader[] =>
    staff.filter((one) => actors.includes(actorRef(asActor(one))));
  if (news === 'stuck') return about([made_by, requested_by, approved_by]);
  if (news === 'closed' && state_by !== 'sekisho') return [];
  return about([made_by, requested_by].filter((actor) => actor !== state_by));
}

const readersOf = async (room: Room, tx: Tx, row: Untold, staff: readonly Reader[]): Promise<Reader[]> =>
  row.news === 'requested' ? approvers(room, tx, row, staff) : askers(row, staff);

/** The most packages in one round. */
const MOST = 100;

/**
 * Mails the news of each package once; returns for how many packages there was some. A state that is over before a round sees it is not mailed. While
 * mail is off, news counts as mailed: home shows what waits.
 */
export function tellOfPackages(room: Room): Promise<number> {
  const { office, access } = room;
  return office.database.transaction(async (tx) => {
    const untold = await takeUntold(tx, MOST);
    const staff = untold.length > 0 ? (await listStaff(access, tx)).filter(({ state }) => state === 'active') : [];
    for (const row of untold) {
      const letter = row.news in packageLetters ? packageLetters[row.news as keyof typeof packageLetters] : null;
      const about = { number: stamp(row.made_at.getTime()), path: `/packages/${row.id}` };
      for (const { email: to, lang } of letter ? await readersOf(room, tx, row, staff) : [])
        await office.mail.post(tx, { ...letter!, ...about, to, lang });
      await movePackage(tx, row.id, { told: row.news });
    }
    return untold.length;
  });
}

const PAUSE_MS = 10_000;

/** Mails the news every ten seconds. */
export const keepTellingOfPackages = (room: Room, report: (line: string) => void): Rounds =>
  keepRounds(() => tellOfPackages(room), PAUSE_MS, reporting(report, 'packages, telling'));
