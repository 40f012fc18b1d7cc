// Needs: the first that is not met refuses, and all that nobody stated are asked for together.

import { expect, test } from 'vitest';
import { appi } from './answer.ts';
import { need, refuse, weigh } from './need.ts';

const one = need(['NumberingAct', '11'], 'contract', ['契約', 'A contract'], ['契約がない', 'No contract'], {
  ja: '契約する',
  en: 'Conclude one',
});
const two = need(['NumberingAct', '11'], 'assessed', ['評価', 'An assessment'], ['評価がない', 'Not assessed']);
const rule = appi('25', '監督します。', 'Supervise.');

test('満たさないもののうち最初のものが断る理由になり、分からないものはまとめて尋ねる', () => {
  expect(
    weigh([
      [true, one],
      [true, two],
    ]),
  ).toEqual({ refused: undefined, missing: [] });
  expect(
    weigh([
      [false, one],
      [false, two],
    ]).refused,
  ).toBe(one);
  expect(
    weigh([
      [true, one],
      [false, two],
    ]).refused,
  ).toBe(two);
  expect(
    weigh([
      [undefined, one],
      [undefined, two],
    ]).missing,
  ).toEqual([one.asks, two.asks]);
  expect(
    weigh([
      [undefined, one],
      [undefined, two],
    ]).refused,
  ).toBeUndefined();
});

test('断るときは理由と、できることを言う', () => {
  expect(refuse(one, rule)).toEqual({
    answer: 'no',
    because: [one.unmet, rule],
    duties: [],
    instead: [{ ja: '契約する', en: 'Conclude one' }],
  });
  expect(refuse(two)).toEqual({ answer: 'no', because: [two.unmet], duties: [] });
});
