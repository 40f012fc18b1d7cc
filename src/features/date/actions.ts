// What is over by the clock is destroyed for good: records, the papers of requests, files that nobody fetched. A clock that is a year ahead would
// have what must be kept destroyed in an hour. So time goes on by itself only as it does in an office that is open most days; where the clock
// leaps, what is destroyed stays at the day before the leap until an officer says that the date is right.

import type { Actor } from '../../base/actor.ts';
import type { Lang } from '../../base/bilingual.ts';
import { dayOf } from '../../base/day.ts';
import { conflict, done, type Outcome } from '../../base/outcome.ts';
import { append, logEntry } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import { keepRounds, reporting, type Rounds } from '../../platform/rounds.ts';
import { entryBy, type By } from '../access/index.ts';
import { isLeap, LONGEST_STEP_MS, type Leap } from './facts.ts';
import { goOn, land, noteTold, reached } from './store.ts';
import { leapLetter, leapNumber, problems } from './words.ts';

const DAY_MS = 86_400_000;

/** The moment by which it is judged whether something is over and may be destroyed: now, or the one before a leap. Milliseconds since the epoch. */
export async function timeReached({ database, clock }: Office): Promise<number> {
  const now = clock.now();
  const at = await reached(database);
  return isLeap(at, now) ? at.getTime() : now;
}

/** The leap that waits for an officer; null when there is none. */
export async function leapOf({ database, clock }: Office): Promise<Leap | null> {
  const now = clock.now();
  const from = await reached(database);
  return isLeap(from, now) ? { from: dayOf(from.getTime()), to: dayOf(now) } : null;
}

/** Somebody says that today is the day they were shown. What is over by it is destroyed from now on. */
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

/** Those who can say that the date is right: where their mail goes, and in which language they read it. */
type Officers = () => Promise<readonly { email: string; lang: Lang }[]>;

/** Goes on with the clock, or tells the officers of a leap, once a day until it is over. Answers the leap of which was told now. */
export async function goOnInTime(office: Office, officers: Officers): Promise<Leap | null> {
  const { database, clock, mail } = office;
  await goOn(database, new Date(clock.now()), LONGEST_STEP_MS);
  const leap = await leapOf(office);
  if (!leap) return null;
  const told = await officers();
  return database.transaction(async (tx) => {
    if (!(await noteTold(tx, new Date(clock.now()), DAY_MS))) return null;
    for (const { email: to, lang } of told)
      await mail.post(tx, { ...leapLetter, to, lang, number: leapNumber(leap, lang), path: '/date' });
    await append(tx, logEntry(clock.now(), sekisho, 'date:leap', { day_before: leap.from, day: leap.to }));
    return leap;
  });
}

const PAUSE_MS = 600_000;

/** Keeps going on with the clock. The operator hears of a leap as well: the clock is theirs to set. */
export const keepTime = (office: Office, report: (line: string) => void, officers: Officers): Rounds =>
  keepRounds(
    async () => {
      const leap = await goOnInTime(office, officers);
      if (leap)
        report(
          `clock went from ${leap.from} to ${leap.to} at once: nothing is erased by date until an officer confirms it at /date`,
        );
    },
    PAUSE_MS,
    reporting(report, 'date'),
  );
