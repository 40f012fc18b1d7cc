// Days as people type and read them: era boundaries, impossible days, full-width digits; and figures as Sekisho writes them.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, day } from '../../base/day.ts';
import {
  clockTime,
  eraDay,
  eraYear,
  longDay,
  monthDay,
  number,
  dayProblem,
  readJapaneseDate,
  slashDay,
  stamp,
  dayFrom,
  untilDue,
  writtenDay,
  yen,
} from './format.ts';

describe('readJapaneseDate', () => {
  test.each([
    ['2026/12/7', '2026-12-07'],
    ['2026-12-07', '2026-12-07'],
    ['2026.12.7', '2026-12-07'],
    ['2026年12月7日', '2026-12-07'],
    [' 2026 年 12 月 7 日 ', '2026-12-07'],
    ['令和8年12月7日', '2026-12-07'],
    ['R8.12.7', '2026-12-07'],
    ['r8/12/7', '2026-12-07'],
    ['２０２６／１２／７', '2026-12-07'],
    ['２０２６－１２－０７', '2026-12-07'],
    ['2026ー12ー7', '2026-12-07'],
    ['Ｒ８．１２．７', '2026-12-07'],
    ['㋿8年12月7日', '2026-12-07'],
    ['平成31年4月30日', '2019-04-30'],
    ['令和元年5月1日', '2019-05-01'],
    ['令和1年5月1日', '2019-05-01'],
    ['R1.5.1', '2019-05-01'],
    ['昭和64年1月7日', '1989-01-07'],
    ['平成元年1月8日', '1989-01-08'],
    ['大正15年12月24日', '1926-12-24'],
    ['昭和元年12月25日', '1926-12-25'],
    ['明治45年7月29日', '1912-07-29'],
    ['T1.7.30', '1912-07-30'],
    ['S64.1.7', '1989-01-07'],
    ['2026/12/31', '2026-12-31'],
    ['令和8年12月31日', '2026-12-31'],
    ['2024/2/29', '2024-02-29'],
    ['令和6年2月29日', '2024-02-29'],
  ])('reads %s as %s', (text, expected) => {
    expect(readJapaneseDate(text)).toBe(expected);
  });

  test.each([
    '平成31年5月1日',
    '令和元年4月30日',
    '昭和64年1月8日',
    '平成元年1月7日',
    '大正15年12月25日',
    '令和0年5月1日',
    '2026/2/29',
    '令和8年2月29日',
    '2026/13/1',
    '2026/0/1',
    '2026/4/31',
    '2026/12/32',
    '12/7',
    '26/12/7',
    '2026/12',
    '慶応3年1月1日',
    '20261207',
    '2026/12/7の午後',
    '',
    '<script>',
  ])('does not read %s', (text) => {
    expect(readJapaneseDate(text)).toBeNull();
  });

  test.each([
    ['2026/2/31', '2026年2月に31日はありません', 'February 2026 has no day 31'],
    ['令和8年4月31日', '2026年4月に31日はありません', 'April 2026 has no day 31'],
    ['2024/2/30', '2024年2月に30日はありません', 'February 2024 has no day 30'],
    ['2026/13/1', '2026/12/7 か 令和8年12月7日 のように書いてください', 'Write it like 2026/12/7 or R8.12.7'],
    ['2026/12/0', '2026/12/7 か 令和8年12月7日 のように書いてください', 'Write it like 2026/12/7 or R8.12.7'],
    [
      '平成31年5月1日',
      '平成は1989年1月8日から2019年4月30日までです',
      'Heisei was from 8 January 1989 to 30 April 2019',
    ],
    [
      'Ｈ４０．１．１',
      '平成は1989年1月8日から2019年4月30日までです',
      'Heisei was from 8 January 1989 to 30 April 2019',
    ],
    [
      '平成元年1月7日',
      '平成は1989年1月8日から2019年4月30日までです',
      'Heisei was from 8 January 1989 to 30 April 2019',
    ],
    [
      '昭和６５年２月３日',
      '昭和は1926年12月25日から1989年1月7日までです',
      'Showa was from 25 December 1926 to 7 January 1989',
    ],
    ['令和元年4月30日', '令和は2019年5月1日からです', 'Reiwa is from 1 May 2019'],
    ['平成40年2月30日', '2028年2月に30日はありません', 'February 2028 has no day 30'],
    ['令和0年5月1日', '2026/12/7 か 令和8年12月7日 のように書いてください', 'Write it like 2026/12/7 or R8.12.7'],
    ['きのう', '2026/12/7 か 令和8年12月7日 のように書いてください', 'Write it like 2026/12/7 or R8.12.7'],
  ])('says why %s is no day', (text, ja, en) => {
    expect(dayProblem(text)).toEqual({ ja, en });
  });

  test('reads back every way a day is written, for any day since 1868', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70_000 }), (n) => {
        const d = addDays(day('1868-01-01'), n);
        for (const written of [d, slashDay(d), writtenDay(d, 'ja'), eraDay(d)])
          expect(readJapaneseDate(written)).toBe(d);
      }),
    );
  });
});

test('days are written for tables, sentences and forms', () => {
  const d = day('2026-12-07');
  expect(slashDay(d)).toBe('2026/12/07');
  expect(writtenDay(d, 'ja')).toBe('2026年12月7日');
  expect(writtenDay(d, 'en')).toBe('7 December 2026');
  expect(monthDay(d, 'ja')).toBe('12月7日');
  expect(eraDay(d)).toBe('令和8年12月7日');
  expect(longDay(d, 'ja')).toBe('2026年12月7日（月） 令和8年');
  expect(longDay(d, 'en')).toBe('Monday 7 December 2026');
  expect(eraYear(day('2019-04-30'))).toBe('平成31年');
  expect(eraYear(day('2019-05-01'))).toBe('令和元年');
});

test('times are Japanese whatever the machine says', () => {
  const newYear = Date.UTC(2026, 11, 31, 15, 5);
  expect(clockTime(newYear)).toBe('0:05');
  expect(stamp(newYear)).toBe('2027/01/01 00:05');
  expect(stamp(newYear - 600_000)).toBe('2026/12/31 23:55');
});

test('numbers and yen carry commas', () => {
  expect(number(18400)).toBe('18,400');
  expect(number(9_007_199_254_740_993n)).toBe('9,007,199,254,740,993');
  expect(yen(1000, 'ja')).toBe('1,000円');
  expect(yen(1000, 'en')).toBe('¥1,000');
});

test('a deadline is said as days left, today, or days overdue', () => {
  const today = day('2026-12-07');
  expect(untilDue(today, day('2026-12-15'), 'ja')).toBe('あと8日');
  expect(untilDue(today, today, 'ja')).toBe('今日');
  expect(untilDue(today, day('2026-12-01'), 'ja')).toBe('6日超過');
  expect(untilDue(today, day('2026-12-08'), 'en')).toBe('in 1 day');
  expect(untilDue(today, day('2026-12-06'), 'en')).toBe('1 day overdue');
});

test('a day of another year is said with its year', () => {
  const now = day('2026-12-31');
  expect([dayFrom(now, day('2026-01-29'), 'ja'), dayFrom(now, now, 'en')]).toEqual(['1月29日', '31 December']);
  expect([dayFrom(now, day('2025-12-31'), 'ja'), dayFrom(now, day('2027-01-01'), 'en')]).toEqual([
    '2025年12月31日',
    '1 January 2027',
  ]);
});
