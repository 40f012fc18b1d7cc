// Compares the number of people a reader opened with their usual week, decides whether it is far more, and which of that waits for a review. Pure:
// figures and days in, figures out.

import { addDays, dayOf, daysBetween, later, type Day } from '../../../base/day.ts';

/** Number of earlier weeks that the last seven days are compared with. */
const WEEKS_BEFORE = 8;

/**
 * Limits for "far more than usual". They are our choice: neither the Act nor the Guideline names a figure. Fewer than 20 people in seven days can be
 * anybody’s work, and three times a small number is still small. Three times the usual week exceeds what catching up after a holiday or the end of a
 * quarter explains, which may double it. Without earlier weeks to compare, the number alone counts, from 100: some twenty people a working day, while
 * newcomers learn on fewer. A reader who was there all the time and opened nothing has a usual week of 0.
 */
export const FEWEST = 20;
export const TIMES = 3;
export const ALONE = 100;

/** The first day of each seven-day period up to `today`, oldest first: the weeks before, then the last seven days. */
export const weekStarts = (today: Day): Day[] =>
  Array.from({ length: WEEKS_BEFORE + 1 }, (_, i) => addDays(today, -7 * (WEEKS_BEFORE - i) - 6));

function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * The usual week of a reader: the median of the earlier weeks that began on or after their first record; null where there are none. `people`: number
 * of different people in each week, the last seven days first. `since`: the day of their first record.
 */
export function usualWeek({ people, since }: { people: readonly number[]; since: Day }, today: Day): number | null {
  const counting = weekStarts(today)
    .toReversed()
    .flatMap((start, i) => (i > 0 && since <= start ? [people[i]!] : []));
  return counting.length === 0 ? null : medianOf(counting);
}

/** How many times the usual week; null where there is none, or it is 0. */
export const timesUsual = (people: number, usual: number | null): number | null =>
  usual === null || usual === 0 ? null : people / usual;

/** True when this number of people in seven days is far more than the usual week. */
export const isFarMore = (people: number, usual: number | null): boolean =>
  usual === null ? people >= ALONE : people >= FEWEST && people >= TIMES * usual;

/** Seven days in which a reader opened far more than usual: the last of them, and the number of different people. */
export interface Mark {
  on: Day;
  people: number;
}

const DAYS = 7;

const overlap = (a: Mark, b: Mark): boolean => Math.abs(daysBetween(a.on, b.on)) < DAYS;

/** True when a mark says something that those which wait do not: none of the same days has as many people. */
export const isNewMark = (mark: Mark, waiting: readonly Mark[]): boolean =>
  !waiting.some((one) => overlap(one, mark) && one.people >= mark.people);

/** Of marks that share days, the one with the most people, or the latest of equals. Those with the most people come first. */
export function worstOf(marks: readonly Mark[]): Mark[] {
  const worst: Mark[] = [];
  const sorted = marks.toSorted((a, b) => b.people - a.people || daysBetween(a.on, b.on));
  for (const mark of sorted) if (!worst.some((one) => overlap(one, mark))) worst.push(mark);
  return worst;
}

/**
 * The next day to count in full; null when every day before today was. `counted`: the day counted last. Without one, counting begins with the weeks
 * that a page shows, or with `first`, the first day of the log.
 */
export function nextToCount({ counted, first }: { counted: Day | null; first: Day }, today: Day): Day | null {
  const next = counted === null ? later(first, weekStarts(today)[0]!) : addDays(counted, 1);
  if (next < today) return next;
  // A clock that was put back leaves days counted ahead, which must not suppress those that come.
  return next > today ? addDays(today, -1) : null;
}

/** What a review of a reader found. */
export const readerResults = ['their-work', 'permitted-exception', 'dealt-with'] as const;
export type ReaderResult = (typeof readerResults)[number];

/** True when `reviewer` may review `reader`. One may review oneself only where nobody else may. `reviewers`: all who may review, by id. */
export const mayReview = (reviewer: string, reader: string, reviewers: readonly string[]): boolean =>
  reviewer !== reader || reviewers.every((one) => one === reader);

/** A letter to the officers: its time in milliseconds, and the readers it was about. */
export interface ToldReaders {
  at: number;
  readers: readonly string[];
}

/** A reader who waits for a review: the time of the last one, in milliseconds, and the last day of the newest mark. */
export interface WaitingReader {
  reader: string;
  reviewed: number | null;
  marked: Day;
}

/** A letter covers what is marked within this many days from its own, so that officers are told of it once. */
export const TOLD_DAYS = 7;

/**
 * The readers whom officers are told of now. Leaves out those whom a letter covers, unless reviewed since. Empty on a day that already has its
 * letter.
 */
export function toTell(waiting: readonly WaitingReader[], letters: readonly ToldReaders[], today: Day): string[] {
  // A letter dated far ahead by a clock that was put back must not suppress new ones.
  const sent = letters.filter(({ at }) => daysBetween(today, dayOf(at)) < TOLD_DAYS);
  if (sent.some(({ at }) => dayOf(at) === today)) return [];
  const covers = ({ at, readers }: ToldReaders, { reader, reviewed, marked }: WaitingReader): boolean =>
    readers.includes(reader) && (reviewed ?? 0) < at && daysBetween(dayOf(at), marked) < TOLD_DAYS;
  return waiting.filter((one) => !sent.some((letter) => covers(letter, one))).map(({ reader }) => reader);
}
