// The officer's judgement: it counts from the day it was made to the last day it may be relied on, and only for the code it was made for.

import { expect, test } from 'vitest';
import { day } from '../base/day.ts';
import { judged, judgedNow } from './judgement.ts';

const one = {
  answer: false,
  by: 'staff:1',
  on: day('2026-11-24'),
  why: '対応表がないため',
  until: day('2027-11-23'),
};

test.each([
  { on: '2026-11-23', is: undefined },
  { on: '2026-11-24', is: false },
  { on: '2027-11-23', is: false },
  { on: '2027-11-24', is: undefined },
])('$on', ({ on, is }) => {
  expect(judged({ protection: one }, 'protection', day(on))).toBe(is);
});

test('ほかの判断は読まない。判断がなければ、分からない', () => {
  expect(judged({ protection: { ...one, answer: true } }, 'protection', one.on)).toBe(true);
  expect(judged({ protection: one }, 'risk', one.on)).toBeUndefined();
  expect(judged({ protection: undefined }, 'protection', one.on)).toBeUndefined();
  expect(judged(undefined, 'protection', one.on)).toBeUndefined();
});

test('手続がみずから判断して記録したことは、その日だけの事実になる', () => {
  const { by, on, why } = one;
  expect(judgedNow('protection', false, { by, on, why })).toEqual({ protection: { ...one, until: on } });
});
