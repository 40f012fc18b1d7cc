// The 2026 amendment (2026年の改正): promulgated, and not in force. No answer may rest on a part of it before its day, on any day from 2026 to 2032.

import { expect, test } from 'vitest';
import { addDays, day, type Day } from '../base/day.ts';
import * as law from './index.ts';
import { inForce, LAW_VERSION, type Parameter } from './parameters.ts';

const parameters = Object.entries<unknown>(law.parameters).filter((e): e is [string, Parameter<unknown>] =>
  Object.hasOwn(Object(e[1]) as object, 'citation'),
);
const pending = parameters.filter(([, p]) => p.from === null);
const everyDay: Day[] = [];
for (let d = day('2026-01-01'); d <= '2032-12-31'; d = addDays(d, 1)) everyDay.push(d);

test('2026年から2032年までの毎日を数える', () => {
  expect(everyDay).toHaveLength(2557);
  expect(everyDay.at(-1)).toBe('2032-12-31');
});

test.each(pending)('%s：施行日がないので、どの日にも値がない', (_name, parameter) => {
  expect(everyDay.filter((d) => inForce(parameter, d) !== undefined)).toEqual([]);
});

test('罰則などは2027年1月17日から。それより前の日には値がない', () => {
  const { amendedPenalties: penalties } = law.parameters;
  expect(inForce(penalties, day('2027-01-16'))).toBeUndefined();
  expect(inForce(penalties, day('2027-01-17'))).toBe(true);
  expect(everyDay.filter((d) => inForce(penalties, d)).at(0)).toBe('2027-01-17');
});

test('読んだ法令の本文は、改正の主な部分が施行されうる日までで終わる', () => {
  const facts: law.ProvisionFacts = {
    information: 'special-care',
    relation: 'third-party',
    recipient: { kind: 'corporation', country: 'JP' },
    items: ['病歴'],
    consent: null,
  };
  const answers = new Map<string, Day[]>();
  for (const d of everyDay) {
    const finding = law.decideProvision(facts, d);
    const key = finding.answer === 'unknown' ? finding.missing.map((m) => m.fact).join(' ') : finding.answer;
    answers.set(key, [...(answers.get(key) ?? []), d]);
  }
  // The amendment would allow statistics to be made of it. No day answers yes on that ground, and after the last day of the text no day answers at
  // all.
  expect([...answers.keys()]).toEqual(['no', 'on']);
  expect(answers.get('no')?.at(-1)).toBe('2028-07-16');
  expect(answers.get('on')?.at(0)).toBe('2028-07-17');
  expect(answers.get('on')?.at(-1)).toBe('2032-12-31');
  expect(LAW_VERSION < '2028-07-16').toBe(true);
});

test('事実に改正の例外を書き足しても、答えは変わらない', () => {
  const use: law.UseFacts = {
    information: 'personal',
    purpose: 'P9',
    holdingPurposes: [{ id: 'P1', clause: '11' }],
    consent: null,
  };
  const claimed = { ...use, statistics: true, notAgainstWill: true, childAge: 16, exception: null } as law.UseFacts;
  for (const d of everyDay.filter((_, n) => n % 7 === 0)) {
    expect(law.decideUse(claimed, d)).toEqual(law.decideUse({ ...use, exception: null }, d));
  }
});
