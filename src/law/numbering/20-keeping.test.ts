// Keeping a My Number (個人番号を持ち続ける): the affair, the last day of each kind of document and the day after it, and what destruction requires.

import { expect, test } from 'vitest';
import { day, type Day } from '../../base/day.ts';
import { numberKeepingContradictions, decideNumberKeeping, type NumberKeepingFacts } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const ended: NumberKeepingFacts = { lawfullyHeld: true, affairContinues: false };
const copy: NumberKeepingFacts = {
  ...ended,
  document: 'payment-record-copy',
  filedOn: day('2023-01-31'),
  ownYears: 3,
};
const books: NumberKeepingFacts = { ...ended, document: 'books-and-vouchers', fiscalYearEndsOn: day('2020-03-31') };
const wages: NumberKeepingFacts = { ...ended, document: 'wage-declaration', dueOn: day('2019-01-31') };

const handlers = { do: 'limit-handlers', under: 'NumberingAct 12', when: 'at-once' } as const;
const kept = (article: string, keepUntil?: string): Outline => ({
  answer: 'yes',
  because: [article],
  duties: [
    handlers,
    {
      do: 'destroy-number',
      under: 'NumberingAct 20',
      when: 'later',
      ...(keepUntil !== undefined && { keepUntil: day(keepUntil) }),
    },
  ],
});
const destroyed: Outline = {
  answer: 'no',
  because: ['NumberingAct 20', 'NumberingAct 20'],
  duties: [
    { do: 'destroy-number', under: 'NumberingAct 20', when: 'at-once' },
    {
      do: 'record-disposal',
      under: 'NumberingAct 12',
      when: 'at-once',
      items: ['what', 'how', 'disposed-by', 'date', 'certificate'],
    },
  ],
};
const asks = (...missing: string[]): Outline => ({ answer: 'unknown', because: ['NumberingAct 20'], missing });

const cases: { name: string; facts: NumberKeepingFacts; on?: Day; expected: Outline }[] = [
  {
    name: '契約が続いている',
    facts: { lawfullyHeld: true, affairContinues: true },
    expected: kept('NumberingAct 20'),
  },
  {
    name: '認められない受け取り方だった：同意があっても消す',
    facts: { lawfullyHeld: false, affairContinues: true, consent: { on: today, coversPurpose: true } },
    expected: destroyed,
  },
  { name: '番号だけが残っている', facts: { ...ended, document: 'number-only' }, expected: destroyed },
  {
    name: '番号だけでも、事務が続いていれば持てる',
    facts: { lawfullyHeld: true, affairContinues: true, document: 'number-only' },
    expected: kept('NumberingAct 20'),
  },
  {
    name: '支払調書の控え：提出した年の終わりから社内の年数',
    facts: copy,
    expected: kept('NumberingAct-Guideline Q6-4-2', '2026-12-31'),
  },
  {
    name: '控え：最後の日',
    facts: copy,
    on: day('2026-12-31'),
    expected: kept('NumberingAct-Guideline Q6-4-2', '2026-12-31'),
  },
  { name: '控え：その次の日', facts: copy, on: day('2027-01-01'), expected: destroyed },
  {
    name: '控え：社内の年数が長くても7年まで',
    facts: { ...copy, ownYears: 10 },
    expected: kept('NumberingAct-Guideline Q6-4-2', '2030-12-31'),
  },
  {
    name: '控え：ちょうど7年',
    facts: { ...copy, ownYears: 7 },
    expected: kept('NumberingAct-Guideline Q6-4-2', '2030-12-31'),
  },
  { name: '控え：提出した日が分からない', facts: { ...copy, filedOn: undefined }, expected: asks('filedOn') },
  { name: '控え：社内の年数が分からない', facts: { ...copy, ownYears: undefined }, expected: asks('ownYears') },
  {
    name: '控え：どちらも分からない',
    facts: { ...ended, document: 'payment-record-copy' },
    expected: asks('filedOn', 'ownYears'),
  },
  {
    name: '帳簿書類：事業年度の終わりから2か月の後、7年',
    facts: books,
    expected: kept('CTA-Rules 59', '2027-05-31'),
  },
  { name: '帳簿書類：最後の日', facts: books, on: day('2027-05-31'), expected: kept('CTA-Rules 59', '2027-05-31') },
  { name: '帳簿書類：その次の日', facts: books, on: day('2027-06-01'), expected: destroyed },
  {
    name: '帳簿書類：12月31日に終わる年度',
    facts: { ...books, fiscalYearEndsOn: day('2020-12-31') },
    expected: kept('CTA-Rules 59', '2028-02-29'),
  },
  {
    name: '帳簿書類：年度の終わりが分からない',
    facts: { ...books, fiscalYearEndsOn: undefined },
    expected: asks('fiscalYearEndsOn'),
  },
  {
    name: '給与の申告書：期限の翌年1月11日から7年',
    facts: wages,
    expected: kept('ITA-Rules 76-3', '2027-01-10'),
  },
  {
    name: '給与の申告書：最後の日',
    facts: wages,
    on: day('2027-01-10'),
    expected: kept('ITA-Rules 76-3', '2027-01-10'),
  },
  { name: '給与の申告書：その次の日', facts: wages, on: day('2027-01-11'), expected: destroyed },
  { name: '給与の申告書：期限が分からない', facts: { ...wages, dueOn: undefined }, expected: asks('dueOn') },
  { name: '何に載っているか分からない', facts: ended, expected: asks('document') },
  {
    name: '受け取り方が分からない',
    facts: { affairContinues: true },
    expected: asks('lawfullyHeld'),
  },
  {
    name: '控えの期間は内だが、受け取り方が分からない',
    facts: { ...copy, lawfullyHeld: undefined },
    expected: asks('lawfullyHeld'),
  },
  {
    name: '控えの期間を過ぎていれば、受け取り方が分からなくても消す',
    facts: { ...copy, lawfullyHeld: undefined, filedOn: day('2020-01-31') },
    expected: destroyed,
  },
  {
    name: '受け取り方も提出した日も分からない',
    facts: { ...copy, lawfullyHeld: undefined, filedOn: undefined },
    expected: asks('lawfullyHeld', 'filedOn'),
  },
  {
    name: '事務が続くか分からない',
    facts: { lawfullyHeld: true, document: 'number-only' },
    expected: asks('affairContinues'),
  },
  {
    name: '控えがあるが、事務が続くか分からない',
    facts: { lawfullyHeld: true, document: 'payment-record-copy' },
    expected: asks('affairContinues'),
  },
  { name: '何も分からない', facts: {}, expected: asks('lawfullyHeld', 'affairContinues') },
];

test.each(cases)('$name', ({ facts, on = today, expected }) => {
  expect(outline(decideNumberKeeping(facts, on))).toEqual(expected);
});

test.each([
  [{ ownYears: 0 }, ['ownYears']],
  [{ ownYears: 2.5 }, ['ownYears']],
  [{ ownYears: 7 }, []],
  [{ document: 'number-only', filedOn: day('2026-01-31') }, ['filedOn']],
  [{ document: 'payment-record-copy', filedOn: day('2026-01-31') }, []],
  [{ document: 'number-only' }, []],
] as [NumberKeepingFacts, string[]][])('%o の矛盾は %o', (facts, fields) => {
  expect(numberKeepingContradictions(facts).map((c) => c.field)).toEqual(fields);
});
