// Tells when the clock has leapt. Pure.

import type { Day } from '../../base/day.ts';

const DAY_MS = 86_400_000;

/** An office may be shut over a long weekend. This figure is our choice: a wrong clock destroys things too early by no more than this. */
export const LONGEST_STEP_DAYS = 5;
export const LONGEST_STEP_MS = LONGEST_STEP_DAYS * DAY_MS;

/** The clock went from one day to another at once, and no officer has confirmed it yet. */
export interface Leap {
  from: Day;
  to: Day;
}

/** True when the clock at `now` is further from where it last was than an office gets by being shut. `from` is null before the first reading. */
export const isLeap = (from: Date | null, now: number): from is Date =>
  from !== null && now - from.getTime() > LONGEST_STEP_MS;
