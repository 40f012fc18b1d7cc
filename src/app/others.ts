// What a process cannot follow of the others on its database: a newer version has changed the database, a backup was restored, another started with
// other access policies, or this machine's clock differs from the clock that all of them share.

import { followPolicies, type Access, type Room } from '../features/access/index.ts';
import { restoredAt, vkeyOf } from '../log/index.ts';
import { systemClock, type Clock } from '../platform/clock.ts';
import { migrationsApplied, type Queryable } from '../platform/database/index.ts';
import { keepRounds, reporting, type Rounds } from '../platform/rounds.ts';
import { StartProblem } from '../platform/start-problem.ts';

/** As old as standing facts may be. */
const PAUSE_MS = 5_000;
/** The codes of an authenticator app last this long. */
const CLOCKS_DIFFER_S = 30;

const outdatedBy = (name: string): StartProblem =>
  new StartProblem(
    `新しい版の関所がデータベースを移したため、この版は止まりました（${name}）。新しい版で始めてください。`,
    `A newer version of Sekisho has changed the database, so this one has stopped (${name}). Start it with the newer version.`,
  );

/** What the log says was ended is ended again at the start alone. */
const restored = (): StartProblem =>
  new StartProblem(
    'この関所が動いている間に、バックアップの記録が復元されたため、止まりました。もう一度始めてください。',
    'A backup was restored while this process was running, so it has stopped. Start it again.',
  );

/** How many seconds this machine's clock is ahead of the database's, in steps that are worth a line; 0 when they agree. */
async function secondsAhead(on: Queryable, clock: Clock): Promise<number> {
  const before = clock.now();
  const [row] = await on.query<{ at: Date }>('SELECT clock_timestamp() AS at', []);
  const ahead = Math.round(((before + clock.now()) / 2 - row!.at.getTime()) / 1_000);
  return Math.abs(ahead) < CLOCKS_DIFFER_S ? 0 : ahead;
}

function besideLine({ beside: { inForce } }: Access): string | null {
  if (inForce === null) return null;
  const allowed =
    inForce.policies === null ? 'cannot be read here: nothing is allowed' : 'only what both allow is allowed';
  return `access policies: version ${inForce.version} is in force, and the file here is another: ${allowed}. Put that version here, or a new one, and start again`;
}

/** Reports a state once, until it has been left. */
function once(report: (line: string) => void): (line: string | null) => void {
  let told = false;
  return (line) => {
    if (line !== null && !told) report(line);
    told = line !== null;
  };
}

/**
 * `outdated` resolves once a newer version has changed the database, because this one does not know what it must record from then on, or once a
 * backup was restored, as while this process was frozen or cut off. Follows
 * the access policies that another process has started with, and reports that, and a wrong clock.
 */
export async function keepLookingAtOthers(
  { office, access }: Room,
  report: (line: string) => void,
  clock = systemClock,
): Promise<Rounds & { outdated: Promise<StartProblem> }> {
  const { database } = office;
  const lastRestored = (): Promise<number> => restoredAt(database, vkeyOf(office.signer));
  const begun = await lastRestored();
  const own = new Set(await migrationsApplied(database));
  const [policies, time] = [once(report), once(report)];
  let resolve: (problem: StartProblem) => void;
  const outdated = new Promise<StartProblem>((settle) => {
    resolve = settle;
  });
  const round = async (): Promise<void> => {
    const newer = (await migrationsApplied(database)).find((name) => !own.has(name));
    if (newer !== undefined) resolve(outdatedBy(newer));
    if ((await lastRestored()) !== begun) resolve(restored());
    await followPolicies(access);
    policies(besideLine(access));
    const ahead = await secondsAhead(database, clock);
    time(
      ahead === 0 ? null : `clock: ${Math.abs(ahead)} s ${ahead > 0 ? 'ahead of' : 'behind'} the clock of the database`,
    );
  };
  return { ...keepRounds(round, PAUSE_MS, reporting(report, 'others')), outdated };
}
