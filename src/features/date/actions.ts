// Records, the papers of requests and files that nobody fetched are destroyed for good once the clock says that their time has ended. A clock that is
// a year ahead would destroy within an hour what must be kept. So time goes on by itself only in steps as in an office that is open most days. When
// the clock leaps further, erasing goes on by the date before the leap until an officer confirms the new date.

import type { Actor } from '../../base/actor.ts';
import { dayOf, type Day } from '../../base/day.ts';
import { conflict, done, type Outcome } from '../../base/outcome.ts';
import { append, logEntry } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Queryable } from '../../platform/database/index.ts';
import { keepRounds, reporting, type Rounds } from '../../platform/rounds.ts';
import { entryBy, mailStaff, staffWhoMay, type By, type Room } from '../access/index.ts';
import { isLeap, LONGEST_STEP_MS, type Leap } from './facts.ts';
import { goOn, land, noteTold, reached } from './store.ts';
import { leapLetter, leapNumber, problems } from './words.ts';

const DAY_MS = 86_400_000;

/** Whose time it is. A caller with an open transaction gives that as the database. */
interface Whose {
  database: Queryable;
  clock: Clock;
}

/**
 * The moment, in milliseconds since the epoch, by which it is judged whether something is over and may be destroyed or forgotten: now, or the last
 * moment before a leap.
 */
export async function timeReached({ database, clock }: Whose): Promise<number> {
  const now = clock.now();
  const at = await reached(database);
  return isLeap(at, now) ? at.getTime() : now;
}

/** The day of that moment: what must be kept through a day may go once that day is before it. */
export const dayReached = async (whose: Whose): Promise<Day> => dayOf(await timeReached(whose));

/** The leap that waits for an officer's confirmation; null when there is none. */
export async function leapOf({ database, clock }: Office): Promise<Leap | null> {
  const now = clock.now();
  const from = await reached(database);
  return isLeap(from, now) ? { from: dayOf(from.getTime()), to: dayOf(now) } : null;
}

/**
 * Confirms that today is `shown`, the day the officer saw. From then on, what is over by that day is destroyed. Conflict when there is no leap, or
 * when the day has changed since.
 */
export const confirmDate = ({ database, clock }: Office, by: By, shown: string): Promise<Outcome<Leap>> =>
  database.transaction(async (tx) => {
    const from = await reached(tx, { hold: true });
    const now = clock.now();
    if (!isLeap(from, now)) return conflict('date', problems.noLeap);
    const leap: Leap = { from: dayOf(from.getTime()), to: dayOf(now) };
    if (shown !== leap.to) return conflict('date', problems.moved);
    await land(tx, new Date(now));
    await append(tx, entryBy(by, now, 'date:confirm', { day_before: leap.from, day: leap.to }));
    return done(leap);
  });

const sekisho: Actor = { kind: 'sekisho' };

/**
 * Records how far the clock has come or, when it has leapt, tells those who may confirm the date, once a day until the leap is settled. Returns the
 * leap they were told of by this call, otherwise null.
 */
export async function goOnInTime(room: Room): Promise<Leap | null> {
  const { office, access } = room;
  const { database, clock } = office;
  await goOn(database, new Date(clock.now()), LONGEST_STEP_MS);
  const leap = await leapOf(office);
  if (!leap) return null;
  return database.transaction(async (tx) => {
    if (!(await noteTold(tx, new Date(clock.now()), DAY_MS))) return null;
    const readers = await staffWhoMay(access, 'date:confirm', tx);
    await mailStaff(room, tx, readers, ({ lang }) => ({
      ...leapLetter,
      number: leapNumber(leap, lang),
      path: '/date',
    }));
    await append(tx, logEntry(clock.now(), sekisho, 'date:leap', { day_before: leap.from, day: leap.to }));
    return leap;
  });
}

const PAUSE_MS = 600_000;

/** Calls `goOnInTime` every ten minutes. A leap is also reported to the operator, who sets the clock. */
export const keepTime = (room: Room, report: (line: string) => void): Rounds =>
  keepRounds(
    async () => {
      const leap = await goOnInTime(room);
      if (leap)
        report(
          `clock went from ${leap.from} to ${leap.to} at once: nothing is erased by date until an officer confirms it at /date`,
        );
    },
    PAUSE_MS,
    reporting(report, 'date'),
  );
