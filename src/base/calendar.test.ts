// The list of national holidays, against the package it was taken from, and the open days around holidays.

import holidayJp from '@holiday-jp/holiday_jp';
import { expect, test } from 'vitest';
import { holidays } from './calendar-holidays.ts';
import { closedDays, isOpenDay, nextOpenDay, nthDay } from './calendar.ts';
import { day } from './day.ts';

test('祝日の一覧は、パッケージの一覧と同じ', () => {
  const listed = Object.keys(holidayJp.holidays).filter((d) => d >= closedDays.from && d <= closedDays.to);
  expect([...holidays].sort()).toEqual(listed.sort());
});

test.each([
  ['2026-11-02', '2026-11-02', '平日'],
  ['2026-10-31', '2026-11-02', '土曜日'],
  ['2026-11-01', '2026-11-02', '日曜日'],
  ['2026-11-03', '2026-11-04', '祝日'],
  ['2026-05-06', '2026-05-07', '振替休日（日曜日の憲法記念日の分）'],
  ['2026-05-02', '2026-05-07', '大型連休'],
  ['2026-09-22', '2026-09-24', '祝日に挟まれた日'],
  ['2026-12-28', '2026-12-28', '年末の最後の開庁日'],
  ['2026-12-29', '2027-01-04', '年末年始'],
  ['2027-01-03', '2027-01-04', '年始の終わり'],
  ['2027-01-31', '2027-02-01', '支払調書の期限の日曜日'],
  ['2033-12-28', '2033-12-28', '暦の最後の開庁日'],
])('%s の次の開庁日は %s（%s）', (from, open) => {
  expect(nextOpenDay(day(from))).toBe(open);
});

test('祝日の分からない年については答えない', () => {
  expect(isOpenDay(day('2022-01-01'))).toBe(false);
  expect(isOpenDay(day('2021-12-31'))).toBeUndefined();
  expect(nextOpenDay(day('2021-12-31'))).toBeUndefined();
  expect(isOpenDay(day('2033-12-31'))).toBe(false);
  expect(nextOpenDay(day('2033-12-29'))).toBeUndefined();
  expect(isOpenDay(day('2034-01-04'))).toBeUndefined();
});

test('期間の初日を1日目と数える', () => {
  expect(nthDay(day('2026-10-05'), 1)).toBe('2026-10-05');
  expect(nthDay(day('2026-10-05'), 30)).toBe('2026-11-03');
});
