// How an answer is handed over electronically, and the state of that delivery: it ends by the clock, by wrong codes, or once it was fetched.

import { addDays, dayOf, type Day } from '../../../base/day.ts';

/**
 * Terms of an electronic delivery. `days` until the link ends: the letter with the code needs up to three in the post, a weekend may lie between, and
 * a link that waits for longer is forgotten and only a risk. `minutes` in which the files may be fetched after the right code, in one sitting.
 * `wrongCodes` until the delivery closes: more than a person mistypes, and no chance against 2^50 codes.
 */
export const parcelTerms = { days: 7, minutes: 30, wrongCodes: 5 } as const;

/** The last day of a link sent at an instant. The mail and the letter with the code name this day, so the link works until it is over in Japan. */
export const lastDayOf = (madeAt: number): Day => addDays(dayOf(madeAt), parcelTerms.days);
export const endOf = (last: Day): Date => new Date(`${last}T23:59:59.999+09:00`);

/** An opening with more time left than this was made before the clock was set back; it counts as over. */
export const LONGEST_SITTING_MS = 2 * parcelTerms.minutes * 60_000;

/**
 * Why no more can be fetched: it was fetched, it was not in time, the code was guessed at, a newer one replaced it, or the desk closed it or its
 * request.
 */
const parcelEnds = ['fetched', 'expired', 'wrong-codes', 'replaced', 'closed'] as const;
export type ParcelEnd = (typeof parcelEnds)[number];

/** `waiting`: for the code. `opened`: with the code. `fetching`: a file has gone out whole, and the others still may. Otherwise ended, and why. */
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

/**
 * The state of a parcel at `now`. It ends by the clock even before its end is written down. One made while the clock was ahead does not last longer.
 */
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

/** Whether the code still opens it; no longer after the sitting in which something was fetched. */
export const isOpenable = (state: ParcelState): boolean => state === 'waiting' || state === 'opened';

/** Whether files can be fetched at this moment. */
export const isOpen = (state: ParcelState): boolean => state === 'opened' || state === 'fetching';

/** Whether the desk can still close it: something may be fetched, now or with the code. */
export const isStoppable = (state: ParcelState): boolean => isOpenable(state) || isOpen(state);
