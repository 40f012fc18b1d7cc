// When a clock has leapt. Pure.

import type { Day } from '../../base/day.ts';

const DAY_MS = 86_400_000;

/** An office may be shut over a long weekend. Ours to choose: what is destroyed too early by a wrong clock is so by no more than this. */
export const LONGEST_STEP_DAYS = 5;
export const LONGEST_STEP_MS = LONGEST_STEP_DAYS * DAY_MS;

/** The clock went from one day to another at once, and nobody has said yet that this is right. */
export interface Leap {
  from: Day;
  to: Day;
}

/** Whether the clock at `now` is further than an office comes by itself from where it was last; null: it was nowhere yet. */
export const isLeap = (from: Date | null, now: number): from is Date =>
  from !== null && now - from.getTime() > LONGEST_STEP_MS;
