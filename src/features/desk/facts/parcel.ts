// How an answer is handed over electronically, and where that stands: it ends by the clock, by wrong codes, or once it was fetched.

import { addDays, dayOf, type Day } from '../../../base/day.ts';

/**
 * How an answer is handed over electronically. Days until the link ends: the letter with the code needs up to three in the post, a weekend
 * may lie between, and what waits for longer is forgotten and only a risk. Minutes the files may be fetched after the right code, in one
 * sitting. Wrong codes until it closes: more than a person mistypes, and of 2^50 codes no chance.
 */
export const parcelTerms = { days: 7, minutes: 30, wrongCodes: 5 } as const;

/** The last day of a link that goes out at an instant; the mail and the letter with the code name it, so it opens until that day is over in Japan. */
export const lastDayOf = (madeAt: number): Day => addDays(dayOf(madeAt), parcelTerms.days);
export const endOf = (last: Day): Date => new Date(`${last}T23:59:59.999+09:00`);

/** One that would be open for longer was opened by a clock that has been set back since. */
export const LONGEST_SITTING_MS = 2 * parcelTerms.minutes * 60_000;

/** Why no more can be fetched: it was, it was not in time, the code was guessed at, there is a newer one, the desk closed it or its request. */
const parcelEnds = ['fetched', 'expired', 'wrong-codes', 'replaced', 'closed'] as const;
export type ParcelEnd = (typeof parcelEnds)[number];

/** Waiting for the code; opened with it; being fetched, a file has gone out whole and the others still may; or ended. */
const parcelStates = ['waiting', 'opened', 'fetching', ...parcelEnds] as const;
export type ParcelState = (typeof parcelStates)[number];

/** What happened to a parcel; instants in milliseconds. */
export interface Parcel {
  madeAt: number;
  validUntil: number;
  openingUntil: number | null;
  fetchedAt: number | null;
  endedBy: ParcelEnd | null;
}

/** Where a parcel stands. It ends by the clock even before anybody has written that down, and one that a clock dated ahead lasts no longer for it. */
export function parcelState(
  { madeAt, validUntil, openingUntil, fetchedAt, endedBy }: Parcel,
  now: number,
): ParcelState {
  if (endedBy !== null) return endedBy;
  const open = openingUntil !== null && now < openingUntil && openingUntil - now <= LONGEST_SITTING_MS;
  if (fetchedAt !== null) return open ? 'fetching' : 'fetched';
  if (open) return 'opened';
  return Math.abs(now - madeAt) < validUntil - madeAt ? 'waiting' : 'expired';
}

/** Whether the code still opens it: after the sitting in which something was fetched, it does not. */
export const isOpenable = (state: ParcelState): boolean => state === 'waiting' || state === 'opened';

/** Whether files can be fetched at this moment. */
export const isOpen = (state: ParcelState): boolean => state === 'opened' || state === 'fetching';

/** Whether the desk can still close it: something may be fetched, now or with the code. */
export const isStoppable = (state: ParcelState): boolean => isOpenable(state) || isOpen(state);
