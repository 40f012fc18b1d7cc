// What the desk is told by mail: which deadlines of a request are near, reached or over on a day.

import { isOpenDay } from '../../../base/calendar.ts';
import { addDays, type Day } from '../../../base/day.ts';
import { dueOf, openDaysAfter, type Clocks } from './clocks.ts';

/** A deadline of a request and how it stands, the worst first: a letter about one request names the first that applies. */
export const pressures = [
  'lawsuit reached',
  'decision over',
  'lawsuit near',
  'decision reached',
  'extended near',
  'alarm reached',
  'forms over',
  'acknowledgement over',
  'identity over',
  'erase over',
  'identity reached',
  'forms near',
  'acknowledgement near',
] as const;
export type Pressure = (typeof pressures)[number];

/** A deadline that is near, reached or over; `by` is its day. */
export interface Pressing {
  what: Pressure;
  by: Day;
}

/**
 * Business days before its day on which each is told. 0 (not listed): on the day, or on the last business day before it if it lies among closed days.
 */
const ahead: Partial<Record<Pressure, number>> = {
  'forms near': 1,
  'acknowledgement near': 1,
  'extended near': 2,
  'lawsuit near': 2,
};

/** The pressing deadlines of a request on a business day, the worst first. */
export function pressingOf(clocks: Clocks, today: Day): Pressing[] {
  const { forms, acknowledgement, identity, alarm, decision, lawsuit, erase } = dueOf(clocks);
  const about: Record<Pressure, Day | null | undefined> = {
    'lawsuit reached': lawsuit && addDays(lawsuit, 1),
    'decision over': decision,
    'lawsuit near': lawsuit && lawsuit >= today ? addDays(lawsuit, 1) : null,
    'decision reached': decision,
    'extended near': clocks.extendedTo === null ? null : decision,
    'alarm reached': alarm,
    'forms over': forms,
    'acknowledgement over': acknowledgement,
    'identity over': identity,
    'erase over': erase,
    'identity reached': identity,
    'forms near': forms,
    'acknowledgement near': acknowledgement,
  };
  const is = (what: Pressure, by: Day): boolean => {
    if (what.endsWith('over')) return by < today;
    if (what === 'lawsuit reached') return by <= today;
    if (what === 'alarm reached' && by < today) return true;
    const until = openDaysAfter(today, (ahead[what] ?? 0) + 1);
    return by === today || (until !== undefined && by > today && by < until);
  };
  return pressures.flatMap((what) => {
    const by = about[what];
    return by && is(what, by) ? [{ what, by }] : [];
  });
}

/** Whether those who may decide refusals are told too: of everything once the alarm has come, and of what is decided too late or kept too long. */
export const toOfficers = (pressing: readonly Pressing[]): boolean =>
  pressing.some(({ what }) => !/^(forms|acknowledgement|identity) /.test(what));

/** The hour at which the desk opens; what falls due on a day is told then. */
export const deskOpens = 9;

/** Whether the desk is open on a day in Japan. Outside the years whose holidays are known, true: better one day too many than one missed. */
export const isDeskDay = (on: Day): boolean => isOpenDay(on) !== false;
