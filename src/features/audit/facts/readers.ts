// How many persons one reader opened, held against their usual week, and whether that is far more. Pure: figures and days in, figures out.

import { addDays, dayOf, daysBetween, type Day } from '../../../base/day.ts';

/** Weeks that the last seven days are held against. */
const WEEKS_BEFORE = 8;

/**
 * When it is far more than usual. Ours to choose, not the law’s: neither the Act nor the Guideline names a figure. Fewer than 20 persons in seven days
 * are what anybody’s work may come to in a week, and three times a small number is still a small number. Three times the usual week is more than a
 * holiday caught up on or the end of a quarter, which may double it. Whoever has no week to compare with is measured by the number alone, at 100: some
 * twenty persons a working day, while newcomers learn on fewer. Somebody who was there all the time and opened nothing has a usual week of 0.
 */
export const FEWEST = 20;
export const TIMES = 3;
export const ALONE = 100;

/** The first day of each seven days up to `today`, the oldest first: the weeks before, and the last seven days. */
export const weekStarts = (today: Day): Day[] =>
  Array.from({ length: WEEKS_BEFORE + 1 }, (_, i) => addDays(today, -7 * (WEEKS_BEFORE - i) - 6));

function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * The usual week of a reader: the median of the weeks before that they were there for from the first day; null where there is none. `people`: different
 * persons of each week, the last seven days first. `since`: when they were first on record.
 */
export function usualWeek({ people, since }: { people: readonly number[]; since: Day }, today: Day): number | null {
  const counting = weekStarts(today)
    .toReversed()
    .flatMap((start, i) => (i > 0 && since <= start ? [people[i]!] : []));
  return counting.length === 0 ? null : medianOf(counting);
}

/** How many times the usual week; null where there is none, or nothing in it. */
export const timesUsual = (people: number, usual: number | null): number | null =>
  usual === null || usual === 0 ? null : people / usual;

/** Whether so many persons in seven days are far more than a usual week. */
export const isFarMore = (people: number, usual: number | null): boolean =>
  usual === null ? people >= ALONE : people >= FEWEST && people >= TIMES * usual;

/** What somebody found who looked into it. */
export const readerResults = ['their-work', 'permitted-exception', 'dealt-with'] as const;
export type ReaderResult = (typeof readerResults)[number];

/** Whether `reviewer` may say of `reader` that they looked into it: of themselves only where nobody else may. `reviewers`: all who may, by their ids. */
export const mayReview = (reviewer: string, reader: string, reviewers: readonly string[]): boolean =>
  reviewer !== reader || reviewers.every((one) => one === reader);

/** A letter to the officers: when, and of whom. */
export interface ToldReaders {
  at: number;
  readers: readonly string[];
}

/** Of nobody they are told a second time within so many days. */
export const TOLD_DAYS = 7;

/**
 * Of whom officers are told now: not of whom they were told in the last days, unless somebody has looked into it since; and of nobody on a day that has
 * its letter. `reviewed`: when somebody did, in milliseconds.
 */
export function toTell(
  waiting: readonly { reader: string; reviewed: number | null }[],
  letters: readonly ToldReaders[],
  today: Day,
): string[] {
  // What a clock that went back dated far ahead keeps nobody from being told.
  const late = letters.filter(({ at }) => Math.abs(daysBetween(dayOf(at), today)) < TOLD_DAYS);
  if (late.some(({ at }) => dayOf(at) === today)) return [];
  return waiting
    .filter(({ reader, reviewed }) => !late.some(({ at, readers }) => readers.includes(reader) && (reviewed ?? 0) < at))
    .map(({ reader }) => reader);
}
