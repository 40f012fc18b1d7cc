// Scenario table of article 39: two weeks from the arrival of the request, or at once after a refusal.

import { expect, test } from 'vitest';
import { addDays, day, type Day } from '../../base/day.ts';
import { decideLawsuit, lawsuitContradictions, type LawsuitFacts } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const yes = (article: string): Outline => ({ answer: 'yes', because: [`APPI ${article}`], duties: [] });
const waits = (by: string): Outline => ({
  answer: 'no',
  because: ['APPI 39(1)'],
  duties: [{ do: 'decide-request', under: 'APPI 39(1)', when: 'later', by: day(by) }],
});
const open = (...missing: string[]): Outline => ({ answer: 'unknown', because: ['APPI 39(1)'], missing });
const arrived = (on: string, refusedOn: Day | null = null): LawsuitFacts => ({ arrivedOn: day(on), refusedOn });

const cases: { name: string; facts: LawsuitFacts; expected: Outline }[] = [
  { name: '15日前に届いた：二週間が過ぎた', facts: arrived('2026-11-09'), expected: yes('39(1)') },
  { name: '14日前に届いた：今日まで待つ', facts: arrived('2026-11-10'), expected: waits('2026-11-24') },
  { name: '今日届いた', facts: arrived('2026-11-24'), expected: waits('2026-12-08') },
  { name: '今日拒んだ', facts: arrived('2026-11-20', today), expected: yes('39(1) proviso') },
  { name: '昨日拒んだ', facts: arrived('2026-11-20', day('2026-11-23')), expected: yes('39(1) proviso') },
  { name: '明日拒む予定', facts: arrived('2026-11-20', day('2026-11-25')), expected: waits('2026-12-04') },
  {
    name: '前もっての請求がない',
    facts: { arrivedOn: null, refusedOn: null },
    expected: { answer: 'no', because: ['APPI 39(1)'] },
  },
  {
    name: '二週間が過ぎていれば、拒んだかを問わない',
    facts: { arrivedOn: day('2026-11-01') },
    expected: yes('39(1)'),
  },
  { name: '拒んだか分からない', facts: { arrivedOn: day('2026-11-20') }, expected: open('refusedOn') },
  { name: '届いた日が分からない', facts: { refusedOn: null }, expected: open('arrivedOn') },
  { name: '拒んだが、届いた日が分からない', facts: { refusedOn: today }, expected: open('arrivedOn') },
  { name: '何も分からない', facts: {}, expected: open('arrivedOn', 'refusedOn') },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decideLawsuit(facts, today))).toEqual(expected);
});

test('年末年始をまたいでも、暦を歩いて数えた日と同じ', () => {
  for (let d = day('2026-12-10'); d < '2027-01-20'; d = addDays(d, 1)) {
    let open = d;
    for (let n = 0; n < 14; n += 1) open = addDays(open, 1);
    expect(decideLawsuit({ arrivedOn: d, refusedOn: null }, open).answer).toBe('no');
    expect(decideLawsuit({ arrivedOn: d, refusedOn: null }, addDays(open, 1)).answer).toBe('yes');
  }
});

test.each<{ facts: LawsuitFacts; fields: string[] }>([
  { facts: arrived('2026-11-20', today), fields: [] },
  { facts: arrived('2026-11-24', today), fields: [] },
  { facts: arrived('2026-11-25', today), fields: ['refusedOn'] },
  { facts: { arrivedOn: null, refusedOn: today }, fields: ['refusedOn'] },
  { facts: { arrivedOn: null, refusedOn: null }, fields: [] },
  { facts: { refusedOn: today }, fields: [] },
])('矛盾した日は、項目の名前で断る：$fields', ({ facts, fields }) => {
  expect(lawsuitContradictions(facts).map((c) => c.field)).toEqual(fields);
});
