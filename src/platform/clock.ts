// The only place that reads the time. Everything else is given a clock, so that tests can run on any day.

import { addDays, dayOf, startOf, type Day } from '../base/day.ts';

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Today in JST. */
  today(): Day;
}

let current: { day: Day; from: number; until: number } | undefined;

/** Called several times per request, so the day is cached. */
function currentDay(now: number): Day {
  if (!current || now < current.from || now >= current.until) {
    const day = dayOf(now);
    current = { day, from: startOf(day), until: startOf(addDays(day, 1)) };
  }
  return current.day;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  today: () => currentDay(Date.now()),
};

/** A clock that stands still until moved; for tests and for the past of the demo. */
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
