// Articles 26(1) and (2), Rules 8 to 10: when a breach is reported, and what the report and the notice to principals contain. Whether it is
// reportable is decided elsewhere. A due day that the calendar does not know is never given.

import type { Bilingual } from '../../base/bilingual.ts';
import { nextOpenDay, nthDay } from '../../base/calendar.ts';
import type { Day } from '../../base/day.ts';
import type { Duty, Source } from '../../base/finding.ts';
import { duty, ground } from '../answer.ts';
import {
  allInForce,
  breachReportItems,
  closedDays,
  inForce,
  preliminaryReportDays,
  principalNoticeItems,
  type FullReportDays,
  type Parameter,
} from '../parameters.ts';

/** The first and the last day on which the preliminary report is due. The day of knowing is day 1. Undefined on a day without law data. */
export function preliminaryWindow(knownOn: Day, on: Day): { first: Day; last: Day } | undefined {
  const days = inForce(preliminaryReportDays, on);
  return days && { first: nthDay(knownOn, days.first), last: nthDay(knownOn, days.last) };
}

/** The last day of a period. `moved`: the period ended on a closed day, so it ends on the next open day. */
export interface Due {
  by: Day;
  moved: boolean;
}

/** The end of a period of `days` that begins on the day of knowing. Undefined beyond the law data or the calendar. */
export function dueDay(knownOn: Day, days: number, on: Day): Due | undefined {
  const closed = inForce(closedDays, on);
  const end = nthDay(knownOn, days);
  const by = closed && nextOpenDay(end, closed);
  return by && { by, moved: by !== end };
}

export const counted = ground(
  'Guideline',
  '3-5-3-4',
  '期限は、社内のどこかの部署が知った日を1日目と数えます。',
  'Time runs from the day any department knew, and that day is day 1.',
);
export const rolled = ground(
  'ClosedDaysAct',
  '2',
  '期限の日が閉庁日に当たるので、次の開庁日が期限です。',
  'The last day falls on a closed day, so the next open day is the last one.',
);

/** The articles and periods under which a statute requires the authority and the principals to be told. */
export interface ReportingStatute {
  law: Source;
  rules: Source;
  preliminary: string;
  full: string;
  days: Parameter<FullReportDays>;
  notice: string;
  /** The article of the statute itself under which other measures may replace a notice that is difficult. */
  alternative: string;
}

/**
 * The incident, as far as its reports need it. `longer`: an improper purpose is possible. While that or the day of knowing is unknown, the full
 * report has no day and is left out.
 */
export interface Reportable {
  knownOn: Day | undefined;
  longer: boolean | undefined;
  noticeDifficult: boolean;
  /** The authority that receives the reports. */
  to: Bilingual;
}

/** The duties of a report, and whether its last day has moved to the next open one. */
export interface Report {
  duties: Duty[];
  moved: boolean;
}

const preliminaryReport = (
  at: ReportingStatute,
  { to, knownOn }: Reportable,
  items: readonly string[],
  { first, last }: { first: number; last: number },
): Duty =>
  duty(
    'report-preliminary',
    [at.rules, at.preliminary],
    'at-once',
    `${to.ja}に、分かっていることを速報する（知ってから、おおむね${first}日から${last}日以内）`,
    `Report what is known to ${to.en} (within about ${first} to ${last} days of knowing)`,
    { items: [...items], ...(knownOn && { by: nthDay(knownOn, last) }) },
  );

const fullReport = (at: ReportingStatute, { to }: Reportable, items: readonly string[], by: Day): Duty =>
  duty(
    'report-full',
    [at.rules, at.full],
    'later',
    `${to.ja}に確報を出す。そのとき分からないことは、分かりしだい補う`,
    `Give ${to.en} the full report, and add later what is not known by then`,
    { items: [...items], by },
  );

const notice = (at: ReportingStatute, items: readonly string[]): Duty =>
  duty(
    'notify-principals',
    [at.rules, at.notice],
    'at-once',
    '状況に応じて速やかに、権利を守るのに必要な範囲で本人に通知する',
    'Notify the people concerned promptly, as circumstances require and as far as needed to protect their rights',
    { items: [...items] },
  );

const alternative = (at: ReportingStatute): Duty =>
  duty(
    'take-alternative-measures',
    [at.law, at.alternative],
    'at-once',
    '本人への通知が難しいので、公表や問い合わせ窓口など、代わりの措置をとる',
    'Notice being difficult, take other measures such as publication and a help desk',
  );

/** The reports and notices that a reportable breach requires under one statute. Undefined on a day without law data. */
export function reportUnder(at: ReportingStatute, it: Reportable, on: Day): Report | undefined {
  const law = allInForce(
    { items: breachReportItems, told: principalNoticeItems, preliminary: preliminaryReportDays, full: at.days },
    on,
  );
  if (!law) return undefined;
  const first = preliminaryReport(at, it, law.items, law.preliminary);
  const told = it.noticeDifficult ? alternative(at) : notice(at, law.told);
  if (it.knownOn === undefined || it.longer === undefined) return { duties: [first, told], moved: false };
  const due = dueDay(it.knownOn, it.longer ? law.full.improperPurpose : law.full.ordinary, on);
  return due && { duties: [first, fullReport(at, it, law.items, due.by), told], moved: due.moved };
}
