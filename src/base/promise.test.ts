// The sentences of a promise about counted records, for every number in both languages.

import { expect, test } from 'vitest';
import { both } from './bilingual.ts';
import { asLogged, counted, worst, type Counted } from './promise.ts';

const provisions: Omit<Counted, 'all' | 'wrong'> = {
  label: both('提供', 'Provisions'),
  wrongLabel: both('記録のない提供', 'Provisions without a record'),
  what: both('提供', 'provisions'),
  href: '/provisions',
  none: { state: 'unknown', says: both('まだありません。', 'There is none yet.') },
  fix: both('調べる', 'Look into it'),
};

const of = (all: number, wrong: number) => counted({ ...provisions, all, wrong });

test.each([
  [0, 0, 'unknown', 'まだありません。', 'There is none yet.'],
  [1, 0, 'kept', '提供1件が、約束のとおりです。', 'The only one of the provisions keeps the promise.'],
  [12, 0, 'kept', '提供12件のすべてが、約束のとおりです。', 'All 12 provisions keep the promise.'],
  [
    1,
    1,
    'broken',
    '提供1件が、約束のとおりではありません。',
    'The only one of the provisions does not keep the promise.',
  ],
  [
    12,
    1,
    'broken',
    '提供12件のうち1件が、約束のとおりではありません。',
    '1 of 12 provisions does not keep the promise.',
  ],
  [12, 2, 'broken', '提供12件のうち2件が、約束のとおりではありません。', '2 of 12 provisions do not keep the promise.'],
  [
    12,
    12,
    'broken',
    '提供12件のすべてが、約束のとおりではありません。',
    'None of the 12 provisions keeps the promise.',
  ],
])('%i records of which %i do not keep it: %s', (all, wrong, state, ja, en) => {
  expect(of(all, wrong)).toMatchObject({ state, says: { ja, en } });
  expect(of(all, wrong).fix).toHaveLength(state === 'broken' ? 1 : 0);
});

test('the worst of several states stands for all, and none is unknown', () => {
  expect(worst(['kept', 'unknown', 'risk'])).toBe('risk');
  expect(worst(['kept', 'unknown'])).toBe('unknown');
  expect(worst([])).toBe('unknown');
});

test.each([
  [10, undefined],
  [11, both('1件', '1')],
  [20_000, both('19990件', '19990')],
])('of %i that are not as logged ten are named, and the rest is counted', (wrong, rest) => {
  const strange = Array.from({ length: wrong }, (_, n) => ({ label: both(`版${n}`, `Version ${n}`) }));
  const { evidence } = asLogged({ ...provisions, all: wrong, wrong }, strange);
  expect(evidence.slice(2, 12).map(({ label }) => label)).toEqual(strange.slice(0, 10).map(({ label }) => label));
  expect(evidence.slice(12)).toEqual(rest ? [{ label: both('ほかに', 'And more'), value: rest }] : []);
});
