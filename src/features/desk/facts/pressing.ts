// What the desk is told of by mail: what of a request is due soon, due or overdue on a day.

import { isOpenDay } from '../../../base/calendar.ts';
import { addDays, type Day } from '../../../base/day.ts';
import { dueOf, openDaysAfter, type Clocks } from './clocks.ts';

/** A clock of a request and how it stands, the worst first: a letter about one request says the first of them. */
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

/** Something of a request that is due soon, due, or overdue on a day; `by` is the day it is about. */
export interface Pressing {
  what: Pressure;
  by: Day;
}

/** How many business days before its day each is told of; 0: on the day, or before the closed days it lies among. */
const ahead: Partial<Record<Pressure, number>> = {
  'forms near': 1,
  'acknowledgement near': 1,
  'extended near': 2,
  'lawsuit near': 2,
};

/** What of a request is pressing on a business day, the worst first. */
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

/** Whether the officers hear of it too: of everything once the alarm has come, and of what is decided or kept too long. */
export const toOfficers = (pressing: readonly Pressing[]): boolean =>
  pressing.some(({ what }) => !/^(forms|acknowledgement|identity) /.test(what));

/** The desk opens at nine; what falls due on a day is told then. */
export const deskOpens = 9;

/** Whether the desk is open on a day of Japan: outside the years whose holidays are known rather on a day too many. */
export const isDeskDay = (on: Day): boolean => isOpenDay(on) !== false;
