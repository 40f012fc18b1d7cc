// Scenario table of article 25 as a question of its own: may an entrusted party go on?

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import {
  decideEntrustedSupervision,
  entrustedSupervisionContradictions,
  type EntrustedSupervisionFacts,
} from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const printer: EntrustedSupervisionFacts = {
  information: 'personal',
  ownUse: false,
  assessed: true,
  contract: true,
  monitored: true,
  reEntrusted: false,
  problem: null,
};
const sub: EntrustedSupervisionFacts = {
  ...printer,
  reEntrusted: true,
  reEntrustmentApproved: true,
  reEntrustedChecked: true,
};
const requested = day('2026-11-10');
const duties: Outline['duties'] = [
  {
    do: 'supervise-entrusted',
    under: 'APPI 25',
    when: 'later',
    items: ['selection', 'contract', 'handling-status', 're-entrustment'],
  },
];
const inOrder: Outline = { answer: 'yes', because: ['APPI 25'], duties };
const no = (...because: string[]): Outline => ({ answer: 'no', because });
const open = (...missing: string[]): Outline => ({ answer: 'unknown', because: ['APPI 25'], missing });
const act = (what: 'request-improvement' | 'stop-entrustment', ...because: string[]): Outline => ({
  answer: 'no',
  because,
  duties: [{ do: what, under: 'APPI 25', when: 'at-once' }],
});
const clauses = { improvementPromisedBy: '52', changePromisedBy: '53' };

const cases: { name: string; facts: EntrustedSupervisionFacts; expected: Outline }[] = [
  { name: '選定、契約、把握がそろう', facts: printer, expected: inOrder },
  { name: '承認した再委託先の状況も確かめている', facts: sub, expected: inOrder },
  { name: '仮名加工情報でも25条は働く', facts: { ...printer, information: 'pseudonymous' }, expected: inOrder },
  { name: '自社のために使える', facts: { ...printer, ownUse: true }, expected: no('APPI 27(5)(i)') },
  { name: '評価していない', facts: { ...printer, assessed: false }, expected: no('APPI 25') },
  { name: '契約に安全管理の定めがない', facts: { ...printer, contract: false }, expected: no('APPI 25') },
  { name: '把握する方法がない', facts: { ...printer, monitored: false }, expected: no('APPI 25') },
  {
    name: '三つともない：すべて挙げる',
    facts: { assessed: false, contract: false, monitored: false },
    expected: no('APPI 25', 'APPI 25', 'APPI 25'),
  },
  {
    name: '再委託を承認していない',
    facts: { ...sub, reEntrustmentApproved: false },
    expected: no('Guideline 3-4-4'),
  },
  {
    name: '再委託先の状況を確かめていない',
    facts: { ...sub, reEntrustedChecked: false },
    expected: no('Guideline 3-4-4'),
  },
  {
    name: '問題を見つけたが、改善を求めていない',
    facts: { ...printer, problem: { improvementRequestedOn: null } },
    expected: act('request-improvement', 'APPI 25'),
  },
  {
    name: '改善を求めるのは方針の約束でもある',
    facts: { ...printer, problem: { improvementRequestedOn: null, improved: false }, policy: clauses },
    expected: act('request-improvement', 'APPI 25', 'policy 52'),
  },
  {
    name: '求めても改善しない：委託先を替える',
    facts: { ...printer, problem: { improvementRequestedOn: requested, improved: false }, policy: clauses },
    expected: act('stop-entrustment', 'APPI 25', 'policy 53'),
  },
  {
    name: '求めても改善しない：約束がなくても止める',
    facts: { ...printer, problem: { improvementRequestedOn: requested, improved: false } },
    expected: act('stop-entrustment', 'APPI 25'),
  },
  {
    name: '問題は改善した',
    facts: { ...printer, problem: { improvementRequestedOn: requested, improved: true } },
    expected: { ...inOrder, because: ['APPI 25', 'APPI 25'] },
  },
  {
    name: '改善したか分からない',
    facts: { ...printer, problem: { improvementRequestedOn: requested } },
    expected: open('problem.improved'),
  },
  {
    name: '改善していないが、求めたか分からない',
    facts: { ...printer, problem: { improved: false } },
    expected: open('problem.improvementRequestedOn'),
  },
  {
    name: '問題の何も分からない',
    facts: { ...printer, problem: {} },
    expected: open('problem.improvementRequestedOn', 'problem.improved'),
  },
  {
    name: '再委託しているか分からなければ、承認がなくても言い切らない',
    facts: { ...printer, reEntrusted: undefined, reEntrustmentApproved: false, reEntrustedChecked: false },
    expected: open('reEntrusted'),
  },
  {
    name: '再委託の承認と状況が分からない',
    facts: { ...printer, reEntrusted: true },
    expected: open('reEntrustmentApproved', 'reEntrustedChecked'),
  },
  {
    name: '何も分からない',
    facts: {},
    expected: open('information', 'ownUse', 'assessed', 'contract', 'monitored', 'reEntrusted', 'problem'),
  },
  {
    name: '個人番号を含む委託は番号法の問いで決める',
    facts: { ...printer, information: 'my-number' },
    expected: { answer: 'unknown', because: ['NumberingAct 19', 'NumberingAct 30(2)'], missing: ['numberAffair'] },
  },
  {
    name: '個人番号を含んでも、欠けた監督は先に断る',
    facts: { ...printer, information: 'my-number', assessed: false },
    expected: no('APPI 25'),
  },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decideEntrustedSupervision(facts, today))).toEqual(expected);
});

test('断るときは、できることを示す', () => {
  const insteadOf = (facts: EntrustedSupervisionFacts): number => {
    const finding = decideEntrustedSupervision(facts, today);
    return finding.answer === 'no' ? (finding.instead?.length ?? 0) : 0;
  };
  expect(insteadOf({ ...printer, assessed: false, contract: false })).toBe(2);
  expect(insteadOf({ ...printer, ownUse: true })).toBe(1);
  expect(insteadOf({ ...sub, reEntrustmentApproved: false })).toBe(1);
  expect(insteadOf({ ...sub, reEntrustedChecked: false })).toBe(1);
});

test.each<{ facts: EntrustedSupervisionFacts; fields: string[] }>([
  { facts: printer, fields: [] },
  { facts: sub, fields: [] },
  { facts: { ...sub, reEntrusted: false }, fields: ['reEntrustmentApproved', 'reEntrustedChecked'] },
  { facts: { reEntrusted: false, reEntrustedChecked: true }, fields: ['reEntrustedChecked'] },
  { facts: { problem: { improvementRequestedOn: null, improved: true } }, fields: ['problem.improvementRequestedOn'] },
  { facts: { problem: { improvementRequestedOn: null, improved: false } }, fields: [] },
  { facts: { problem: { improvementRequestedOn: requested, improved: true } }, fields: [] },
])('矛盾した事実は、項目の名前で断る：$fields', ({ facts, fields }) => {
  expect(entrustedSupervisionContradictions(facts).map((c) => c.field)).toEqual(fields);
});
