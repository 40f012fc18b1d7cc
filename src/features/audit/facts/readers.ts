// Compares the number of people a reader opened with their usual week, and decides whether it is far more. Pure: figures and days in, figures out.

import { addDays, dayOf, daysBetween, type Day } from '../../../base/day.ts';

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

/** Days within which officers are not told of the same reader again. */
export const TOLD_DAYS = 7;

/**
 * The readers whom officers are told of now. Leaves out those named in a letter of the last days, unless reviewed since. Empty on a day that already
 * has its letter. `reviewed`: time of the last review, in milliseconds.
 */
export function toTell(
  waiting: readonly { reader: string; reviewed: number | null }[],
  letters: readonly ToldReaders[],
  today: Day,
): string[] {
  // A letter dated far ahead by a clock that was put back must not suppress new ones.
  const late = letters.filter(({ at }) => Math.abs(daysBetween(dayOf(at), today)) < TOLD_DAYS);
  if (late.some(({ at }) => dayOf(at) === today)) return [];
  return waiting
    .filter(({ reader, reviewed }) => !late.some(({ at, readers }) => readers.includes(reader) && (reviewed ?? 0) < at))
    .map(({ reader }) => reader);
}
