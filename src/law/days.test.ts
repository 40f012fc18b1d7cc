// Every deadline for every day from 2022 to 2032, compared with a slow calendar that walks one day at a time. That calendar knows the Act on National
// Holidays and the course of the sun; it uses none of our own functions and no list.

import { expect, test } from 'vitest';
import { holidays, holidaysFrom, holidaysTo } from '../base/calendar-holidays.ts';
import { isOpenDay, nextOpenDay, nthDay } from '../base/calendar.ts';
import { addDays, addMonths, addYears, day, daysBetween, weekday, type Day } from '../base/day.ts';
import { keepUntil } from './appi/29-retention.ts';
import { dueDay } from './appi/26-report.ts';
import { decideBreach, decideLawsuit, decideNumberKeeping, preliminaryWindow, type BreachFacts } from './index.ts';
import { paymentRecordDueDay } from './numbering/225-payment-record.ts';
import { provisionRetention } from './parameters.ts';

interface Walked {
  text: Day;
  year: number;
  month: number;
  date: number;
  /** 0 = Sunday … 6 = Saturday. */
  weekday: number;
}

const two = (n: number): string => String(n).padStart(2, '0');
const leap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

function monthLength(year: number, month: number): number {
  if (month === 2) return leap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Every day from 1 January 2021, a Friday, each counted on from the one before. */
function walk(): Walked[] {
  const days: Walked[] = [];
  let at = { year: 2021, month: 1, date: 1, weekday: 5 };
  while (at.year < 2042) {
    days.push({ ...at, text: `${at.year}-${two(at.month)}-${two(at.date)}` as Day });
    at = { ...at, date: at.date + 1, weekday: (at.weekday + 1) % 7 };
    if (at.date > monthLength(at.year, at.month)) at = { ...at, month: at.month + 1, date: 1 };
    if (at.month > 12) at = { ...at, year: at.year + 1, month: 1 };
  }
  return days;
}

const days = walk();

/** Calls `expect` only on a difference: there are a hundred thousand days, and `expect` costs ten times as much as the computation. */
function same(is: unknown, should: unknown, of: string): void {
  if (!Object.is(is, should)) expect(is, of).toBe(should);
}

/** The apparent longitude of the sun in degrees at the beginning of a day in Japan (Meeus, Astronomical Algorithms, chapter 25). */
function sun(index: number): number {
  const t = (2459215.125 + index - 2451545) / 36525; // 2021-01-01 00:00 JST is Julian day 2459215.125.
  const sine = (degrees: number): number => Math.sin((degrees * Math.PI) / 180);
  const m = 357.52911 + 35999.05029 * t - 0.0001537 * t * t;
  const centre = (1.914602 - 0.004817 * t) * sine(m) + (0.019993 - 0.000101 * t) * sine(2 * m) + 0.000289 * sine(3 * m);
  const longitude = 280.46646 + 36000.76983 * t + 0.0003032 * t * t + centre;
  return (((longitude - 0.00569 - 0.00478 * sine(125.04 - 1934.136 * t)) % 360) + 360) % 360;
}

const crosses = (index: number, degrees: 0 | 180): boolean => {
  const [from, to] = [sun(index), sun(index + 1)];
  return degrees === 0 ? from > 180 && to < 180 : from < 180 && to >= 180;
};

const fixed = ['1-1', '2-11', '2-23', '4-29', '5-3', '5-4', '5-5', '8-11', '11-3', '11-23'];
/** The holidays that fall on a Monday, as month and number of the Monday: 成人の日, 海の日, 敬老の日, スポーツの日. */
const mondays = ['1-2', '7-3', '9-3', '10-2'];

/** Article 2: the days that have a name. */
const named = days.map(
  (d, i) =>
    fixed.includes(`${d.month}-${d.date}`) ||
    (d.weekday === 1 && mondays.includes(`${d.month}-${Math.ceil(d.date / 7)}`)) ||
    (d.month === 3 && crosses(i, 0)) ||
    (d.month === 9 && crosses(i, 180)),
);

/** Article 3(2): when a named day is a Sunday, the next day without a name. Article 3(3): a day between two named days. */
function walkedHolidays(): boolean[] {
  const found = [...named];
  for (let i = 1; i < days.length - 1; i += 1) {
    if (named[i - 1] && named[i + 1]) found[i] = true;
    if (!named[i] || days[i]?.weekday !== 0) continue;
    let next = i + 1;
    while (named[next]) next += 1;
    found[next] = true;
  }
  return found;
}

const holiday = walkedHolidays();

const closed = days.map((d, i) => {
  const yearEnd = (d.month === 12 && d.date >= 29) || (d.month === 1 && d.date <= 3);
  return d.weekday === 0 || d.weekday === 6 || holiday[i] === true || yearEnd;
});

const at = (index: number): Walked => {
  const d = days[index];
  if (!d) throw new RangeError('the walk is too short');
  return d;
};

/** The nth day, where the first is day 1, moved on to the next open day. */
function walkTo(index: number, nth: number): Day {
  let i = index;
  for (let n = 1; n < nth; n += 1) i += 1;
  while (closed[i]) i += 1;
  return at(i).text;
}

/** The same date n months later, or the last day of that month. Walks one day at a time and counts the first days of months. */
function walkMonths(index: number, months: number): Day {
  const { date } = at(index);
  let i = index;
  for (let passed = 0; passed < months;) {
    i += 1;
    if (at(i).date === 1) passed += 1;
  }
  while (at(i).date < date && at(i + 1).date !== 1) i += 1;
  return at(i).text;
}

/**
 * The last day of n months that begin with this day (Civil Code 140, 143(2)): the eve of the day on which the date they began on returns, or the last
 * day of that month where the date does not exist.
 */
function walkPeriod(index: number, months: number): number {
  const { date } = at(index);
  let i = index;
  for (let passed = 0; passed < months;) {
    i += 1;
    if (at(i).date === 1) passed += 1;
  }
  while (at(i).date < date && at(i + 1).date !== 1) i += 1;
  return at(i).date === date ? i - 1 : i;
}

/** The last day of a period of years that begins on the following day. */
const walkYears = (index: number, years: number): Day => at(walkPeriod(index + 1, 12 * years)).text;

const first = days.findIndex((d) => d.text === '2022-01-01');
const last = days.findIndex((d) => d.text === '2032-12-31');
const every = days.slice(first, last + 1).map((d, n) => ({ ...d, index: first + n }));

const today = day('2026-11-24');
const misSent: BreachFacts = {
  events: ['leak'],
  data: 'personal-data',
  recoveredUnviewed: false,
  encryption: null,
  specialCare: false,
  propertyDamage: false,
  principals: 1001,
  numbers: { inFile: true, publicSystem: false, viewableByMany: false, principals: 101 },
  telecom: { secrecy: true },
  entrusted: null,
};

const dueDays = (facts: BreachFacts): (Day | undefined)[] => {
  const finding = decideBreach(facts, today);
  return finding.answer === 'yes' ? finding.duties.flatMap((d) => (d.by ? [d.by] : [])) : [];
};

test('4,018日を歩く', () => {
  expect(every.length).toBe(4018);
  expect(every.filter((d) => d.date === 29 && d.month === 2).map((d) => d.year)).toEqual([2024, 2028, 2032]);
});

test('祝日は、国民の祝日に関する法律と太陽の運行から求めた日と同じ', () => {
  const computed = days.flatMap((d, i) =>
    holiday[i] && d.text >= holidaysFrom && d.text <= holidaysTo ? [d.text] : [],
  );
  expect([...holidays].sort()).toEqual(computed);
});

test('曜日、開庁日、次の開庁日', () => {
  for (const d of every) {
    same(weekday(d.text), d.weekday, d.text);
    same(isOpenDay(d.text), !closed[d.index], d.text);
    same(nextOpenDay(d.text), walkTo(d.index, 1), d.text);
  }
});

test('速報の3日目から5日目は、休日でも動かない', () => {
  for (const d of every) {
    const window = { first: at(d.index + 2).text, last: at(d.index + 4).text };
    expect(preliminaryWindow(d.text, today), d.text).toEqual(window);
  }
});

test('確報の30日目と60日目は、次の開庁日に動く', () => {
  for (const d of every) {
    same(dueDay(d.text, 30, today)?.by, walkTo(d.index, 30), d.text);
    same(dueDay(d.text, 60, today)?.by, walkTo(d.index, 60), d.text);
  }
});

test('漏えい等の答えの期限：三つの法律、30日と60日', () => {
  for (const d of every) {
    const preliminary = at(d.index + 4).text;
    const [thirty, sixty] = [walkTo(d.index, 30), walkTo(d.index, 60)];
    const facts = { ...misSent, knownOn: d.text };
    const ordinary = dueDays({ ...facts, improperPurpose: false });
    expect(ordinary, d.text).toEqual([preliminary, thirty, preliminary, thirty, thirty]);
    const improper = dueDays({ ...facts, improperPurpose: true });
    expect(improper, d.text).toEqual([preliminary, sixty, preliminary, sixty, thirty]);
  }
});

test('日、月、年を足す', () => {
  for (const d of every) {
    for (const n of [0, 1, 14, 30, 59, 366]) {
      same(addDays(d.text, n), at(d.index + n).text, d.text);
      same(addDays(at(d.index + n).text, -n), d.text, d.text);
      same(daysBetween(d.text, at(d.index + n).text), n, d.text);
      same(nthDay(d.text, n + 1), at(d.index + n).text, d.text);
    }
    for (const n of [1, 2, 6, 11, 13]) same(addMonths(d.text, n), walkMonths(d.index, n), d.text);
    for (const n of [1, 3, 5, 7]) same(addYears(d.text, n), walkMonths(d.index, 12 * n), d.text);
  }
});

test('記録の保存：作った日から3年、最後のやり取りから3年、契約書は1年。2月29日は2月28日まで、月末の28日からは29日まで', () => {
  const years = provisionRetention.value;
  for (const d of every) {
    const lastOn = at(d.index + 20).text;
    same(keepUntil({ mode: 'each' }, years, d.text), walkYears(d.index, 3), d.text);
    same(keepUntil({ mode: 'bulk', lastOn }, years, d.text), walkYears(d.index + 20, 3), d.text);
    same(keepUntil({ mode: 'contract', lastOn }, years, d.text), walkYears(d.index + 20, 1), d.text);
  }
  expect(keepUntil({ mode: 'each' }, years, day('2025-02-28'))).toBe('2028-02-29');
  expect(keepUntil({ mode: 'each' }, years, day('2028-02-28'))).toBe('2031-02-28');
  expect(keepUntil({ mode: 'each' }, years, day('2024-02-29'))).toBe('2027-02-28');
  expect(keepUntil({ mode: 'contract', lastOn: day('2028-02-29') }, years, day('2028-01-31'))).toBe('2029-02-28');
});

test('帳簿書類の保存：事業年度の終わりの翌日から2か月を経過した日から7年。応当日のない月は、月の終わりまで数える', () => {
  const until = (fiscalYearEndsOn: Day): Day | undefined => {
    const facts = {
      lawfullyHeld: true,
      affairContinues: false,
      document: 'books-and-vouchers',
      fiscalYearEndsOn,
    } as const;
    const finding = decideNumberKeeping(facts, today);
    return finding.answer === 'yes' ? finding.duties.at(-1)?.keepUntil : undefined;
  };
  for (const d of every) same(until(d.text), walkYears(walkPeriod(d.index + 1, 2), 7), d.text);
  expect(until(day('2026-03-31'))).toBe('2033-05-31');
  expect(until(day('2026-12-28'))).toBe('2034-02-28');
  expect(until(day('2026-12-29'))).toBe('2034-02-28');
  expect(until(day('2026-12-30'))).toBe('2034-02-28');
  expect(until(day('2027-12-28'))).toBe('2035-02-28');
  expect(until(day('2026-07-30'))).toBe('2033-09-30');
});

test('支払調書の期限は、翌年の1月31日か、その次の開庁日', () => {
  for (let year = 2022; year <= 2031; year += 1) {
    const due = days.findIndex((d) => d.text === `${year + 1}-01-31`);
    expect(paymentRecordDueDay(year, today), String(year)).toBe(walkTo(due, 1));
  }
});

test('訴えの前の請求から二週間：届いた日は数えない', () => {
  for (const d of every.filter((e) => e.text >= '2022-04-01' && e.text <= '2028-07-01')) {
    const finding = decideLawsuit({ arrivedOn: d.text, refusedOn: null }, d.text);
    expect(finding.answer === 'no' && finding.duties.map((duty) => duty.by), d.text).toEqual([at(d.index + 14).text]);
  }
});
