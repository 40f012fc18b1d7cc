// Scenario table of article 24: the measures exist, and the officer has judged that they are enough.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import { decideEmployeeSupervision, type EmployeeSupervisionFacts } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const judgement = {
  answer: true,
  by: 'officer-1',
  on: day('2026-04-01'),
  why: '年一回の教育と四半期ごとの点検で足りる',
  until: day('2027-03-31'),
};
const code = 'employee-supervision';
const staff: EmployeeSupervisionFacts = {
  underCommand: true,
  trained: true,
  confidentiality: true,
  checked: true,
  judgements: { [code]: judgement },
};
const open = (...missing: string[]): Outline => ({
  answer: 'unknown',
  because: ['APPI 24', 'Guideline 3-4-3'],
  missing,
});
const duties: Outline['duties'] = [
  {
    do: 'supervise-employees',
    under: 'APPI 24',
    when: 'later',
    items: ['education', 'confidentiality', 'checks'],
  },
];

const cases: { name: string; facts: EmployeeSupervisionFacts; expected: Outline }[] = [
  {
    name: '教育、秘密保持、点検がそろい、足りると判断した',
    facts: staff,
    expected: { answer: 'yes', because: ['APPI 24', 'Guideline 3-4-3'], duties },
  },
  {
    name: '方針の約束も根拠に挙げる',
    facts: { ...staff, policy: { measuresPromisedBy: '50' } },
    expected: { answer: 'yes', because: ['APPI 24', 'Guideline 3-4-3', 'policy 50'], duties },
  },
  {
    name: '教育が済んでいない',
    facts: { ...staff, trained: false },
    expected: { answer: 'no', because: ['APPI 24', 'Guideline 10-4'] },
  },
  {
    name: '秘密を守る約束がない',
    facts: { ...staff, confidentiality: false, policy: { measuresPromisedBy: '50' } },
    expected: { answer: 'no', because: ['APPI 24', 'Guideline 10-4', 'policy 50'] },
  },
  {
    name: '状況を確かめていない',
    facts: { ...staff, checked: false },
    expected: { answer: 'no', because: ['APPI 24', 'APPI 24'] },
  },
  {
    name: '三つともない：すべて挙げる',
    facts: { trained: false, confidentiality: false, checked: false },
    expected: { answer: 'no', because: ['APPI 24', 'Guideline 10-4', 'Guideline 10-4', 'APPI 24'] },
  },
  {
    name: '取引先の社員は従業者ではない',
    facts: { ...staff, underCommand: false },
    expected: { answer: 'no', because: ['Guideline 3-4-3'] },
  },
  {
    name: '足りないと判断した',
    facts: { ...staff, judgements: { [code]: { ...judgement, answer: false } } },
    expected: { answer: 'no', because: ['APPI 24', 'Guideline 3-4-3'] },
  },
  { name: '判断がまだない', facts: { ...staff, judgements: undefined }, expected: open(`judgements.${code}`) },
  {
    name: '判断の期限が切れた',
    facts: { ...staff, judgements: { [code]: { ...judgement, until: day('2026-11-23') } } },
    expected: open(`judgements.${code}`),
  },
  {
    name: '何も分からない',
    facts: {},
    expected: open('underCommand', 'trained', 'confidentiality', 'checked', `judgements.${code}`),
  },
  { name: '指揮命令の下か分からない', facts: { ...staff, underCommand: undefined }, expected: open('underCommand') },
  { name: '教育が済んだか分からない', facts: { ...staff, trained: undefined }, expected: open('trained') },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decideEmployeeSupervision(facts, today))).toEqual(expected);
});

test('欠けた措置ごとに、できることを示す', () => {
  const finding = decideEmployeeSupervision({ ...staff, trained: false, checked: false }, today);
  expect(finding.answer === 'no' && finding.instead?.map((i) => i.en)).toEqual([
    'Have them complete the training',
    'Decide how and when their handling is checked',
  ]);
  const outsider = decideEmployeeSupervision({ underCommand: false }, today);
  expect(outsider.answer === 'no' && outsider.instead).toHaveLength(1);
});
