// The one place that knows what time it is. Everything else is handed a clock, so that tests can stand on any day.

import { dayOf, type Day } from '../base/day.ts';

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Today in JST. */
  today(): Day;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  today: () => dayOf(Date.now()),
};

/** A clock that stands still until moved. For tests and for the demo's past. */
export function standingClock(at: string): Clock & { moveTo(at: string): void } {
  let ms = Date.parse(at);
  return {
    now: () => ms,
    today: () => dayOf(ms),
    moveTo: (to) => {
      ms = Date.parse(to);
    },
  };
}
