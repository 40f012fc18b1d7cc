// The number of a request, as people write it.

import { expect, test } from 'vitest';
import { numberFrom, numberOf } from './request.ts';

test.each([
  ['R-2026-031', { year: 2026, serial: 31 }],
  ['ｒ−2026-031', { year: 2026, serial: 31 }],
  ['R2026031', { year: 2026, serial: 31 }],
  [' r-2026-1200 ', { year: 2026, serial: 1200 }],
  ['Ｒ-２０２６-０３１', { year: 2026, serial: 31 }],
  ['2026-031', { year: 2026, serial: 31 }],
  ['R-2026-31', null],
  ['2026', null],
  ['', null],
])('受付番号 %j を読む', (text, number) => {
  expect(numberFrom(text)).toEqual(number);
  if (number) expect(numberFrom(numberOf(number))).toEqual(number);
});
