// The days on which the authorities are closed, and the first open day after one. A deadline that ends on a closed day ends on the next open day.
// Outside the years whose holidays are known, every answer is undefined: a due day is never guessed.

import { holidays, holidaysFrom, holidaysTo } from './calendar-holidays.ts';
import { addDays, weekday, type Day } from './day.ts';

/** The closed days. `from` and `to` are the first and the last day for which they are known. */
export interface ClosedDays {
  /** 0 = Sunday … 6 = Saturday. */
  weekdays: readonly number[];
  holidays: ReadonlySet<Day>;
  /** `MM-DD`, every year. */
  yearEnd: readonly string[];
  from: Day;
  to: Day;
}

/**
 * Act on Closed Days of Administrative Organs (Act 91 of 1988) 1(1): Saturdays and Sundays, national holidays, 29 December to
 * 3 January. The days that move a tax deadline (National Tax General Act 10(2), its Order 2(2)) are the same ones.
 */
export const closedDays: ClosedDays = {
  weekdays: [0, 6],
  holidays,
  yearEnd: ['12-29', '12-30', '12-31', '01-01', '01-02', '01-03'],
  from: holidaysFrom,
  to: holidaysTo,
};

/** True on a business day. Undefined outside the years the calendar knows. */
export function isOpenDay(d: Day, closed: ClosedDays = closedDays): boolean | undefined {
  if (d < closed.from || d > closed.to) return undefined;
  return !closed.weekdays.includes(weekday(d)) && !closed.holidays.has(d) && !closed.yearEnd.includes(d.slice(5));
}

/** The day itself when it is open, otherwise the next open day. Undefined when that day lies outside the years the calendar knows. */
export function nextOpenDay(d: Day, closed: ClosedDays = closedDays): Day | undefined {
  let at = d;
  let open = isOpenDay(at, closed);
  while (open === false) {
    at = addDays(at, 1);
    open = isOpenDay(at, closed);
  }
  return open ? at : undefined;
}

/** The nth day of a period whose first day counts as day 1. */
export const nthDay = (first: Day, n: number): Day => addDays(first, n - 1);
