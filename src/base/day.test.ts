// Calendar days: which days exist, and the corresponding day of another month, or its last day where it has none (Civil Code 143(2)).

import { expect, test } from 'vitest';
import { addDays, addMonths, addYears, day, lastOfMonths, readDay } from './day.ts';

test.each([
  ['2026-01-15', 2, '2026-03-15'],
  ['2026-01-31', 1, '2026-02-28'],
  ['2028-01-31', 1, '2028-02-29'],
  ['2026-12-31', 2, '2027-02-28'],
  ['2026-11-30', 1, '2026-12-30'],
  ['2026-03-31', -1, '2026-02-28'],
  ['2026-01-01', -1, '2025-12-01'],
  ['2026-02-28', 0, '2026-02-28'],
])('%s and %i months is %s', (from, months, to) => {
  expect(addMonths(day(from), months)).toBe(to);
});

test.each([
  ['2026-01-15', 2, '2026-03-14'],
  ['2026-03-01', 12, '2027-02-28'],
  ['2027-03-01', 12, '2028-02-29'],
  ['2026-12-30', 2, '2027-02-28'],
  ['2027-12-29', 2, '2028-02-28'],
  ['2028-02-29', 12, '2029-02-28'],
  ['2026-07-31', 2, '2026-09-30'],
  ['9999-12-31', 12, '9999-12-31'],
])('from %s, %i months end on %s', (from, months, to) => {
  expect(lastOfMonths(day(from), months)).toBe(to);
});

test('twelve months are a year, whatever the day', () => {
  for (let d = day('2024-01-01'); d < day('2028-12-31'); d = addDays(d, 1)) {
    expect(addMonths(d, 12)).toBe(addYears(d, 1));
    expect(addMonths(d, -24)).toBe(addYears(d, -2));
  }
});

test('every day there is can be read, and no other', () => {
  const existing = new Set<string>();
  for (let d = day('1999-12-01'); d < '2032-02-01'; d = addDays(d, 1)) existing.add(d);
  for (let year = 2000; year < 2032; year++) {
    for (let month = 0; month <= 13; month++) {
      for (let d = 0; d <= 32; d++) {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
        expect(readDay(text)).toBe(existing.has(text) ? text : null);
      }
    }
  }
});

test.each(['1867-12-31', '0099-01-01', '2026-1-1', '2026-01-01T00:00', '２０２６-01-01', '2100-02-29', ''])(
  '%s is not a day',
  (text) => expect(readDay(text)).toBeNull(),
);

test('what would be later than the last day there is, is that day', () => {
  const last = day('9999-12-31');
  for (const from of ['9999-12-31', '9999-11-30', '9998-12-31'].map(day)) {
    expect([addDays(from, 366), addMonths(from, 13), addYears(from, 2)]).toEqual([last, last, last]);
    expect(addYears(from, 10_000)).toBe(last);
  }
  expect([addDays(last, 1), addMonths(day('9999-12-05'), 1), addYears(day('9999-01-01'), 1)]).toEqual([
    last,
    last,
    last,
  ]);
  expect([addDays(last, -1), addMonths(last, -1), addYears(last, -1), addYears(day('9998-01-01'), 1)]).toEqual([
    '9999-12-30',
    '9999-11-30',
    '9998-12-31',
    '9999-01-01',
  ]);
});
