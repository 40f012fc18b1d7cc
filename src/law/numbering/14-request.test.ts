// Asking for a My Number (個人番号を求める): scenario O-24 variant 1 and the asking of variant 2, and every condition both ways.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import { numberRequestContradictions, decideNumberRequest, type NumberRequestFacts } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const lecturer: NumberRequestFacts = {
  affair: 'remuneration',
  payee: 'individual',
  askedOf: 'principal',
  expected: true,
  yearTotal: 80_000,
  certain: true,
  year: 2026,
  purposeIndicated: true,
};
const insurance: NumberRequestFacts = { ...lecturer, affair: 'other-by-law', legalBasis: '健康保険法' };
/** An employee who comes from another company, which is asked for the number. */
const mover: NumberRequestFacts = {
  affair: 'other-by-law',
  legalBasis: '健康保険法',
  payee: 'individual',
  askedOf: 'former-employer',
  employeeAgreed: true,
  expected: true,
  purposePublished: true,
};
const judged = (answer: boolean) => ({
  horseRacePrize: { answer, by: 'u1', on: today, why: '一回の最高額を確かめた', until: day('2027-12-31') },
});

const indicate = { do: 'indicate-purpose', under: 'APPI 21(2)', when: 'before' } as const;
const after = [
  {
    do: 'verify-identity',
    under: 'NumberingAct 16',
    when: 'at-once',
    items: ['number-check', 'identity-check', 'check-digit'],
  },
  { do: 'limit-handlers', under: 'NumberingAct 12', when: 'at-once' },
] as const;
const filing = {
  do: 'file-payment-record',
  under: 'ITA 225(1)(iii)',
  when: 'later',
  items: ['payee-name', 'payee-address', 'payee-number', 'amount', 'withheld-tax'],
  by: day('2027-02-01'),
} as const;
const end = [
  { do: 'note-refused-request', under: 'NumberingAct 14(1)', when: 'later' },
  { do: 'destroy-number', under: 'NumberingAct 20', when: 'later' },
] as const;

const allowed = (amount = 'ITA-Rules 84(2)'): Outline => ({
  answer: 'yes',
  because: ['NumberingAct 14(1)', 'ITA 225(1)(iii)', amount, 'NumberingAct 19(iii)', 'APPI 21(2)', 'NumberingAct 16'],
  duties: [indicate, ...after, filing, ...end],
});
const open = allowed('NumberingAct 14(1)');
const tooLittle: Outline = { answer: 'no', because: ['ITA-Rules 84(2)', 'NumberingAct 14(1)', 'NumberingAct 20'] };
const no = (...because: string[]): Outline => ({ answer: 'no', because });
const asks = (...missing: string[]): Outline => ({
  answer: 'unknown',
  because: ['NumberingAct 14(1)', 'NumberingAct 20'],
  missing,
});

const cases: { name: string; facts: NumberRequestFacts; expected: Outline }[] = [
  {
    name: 'O-24 講演1回3万円、この年はこれだけ：求められない',
    facts: { ...lecturer, yearTotal: 30_000 },
    expected: tooLittle,
  },
  { name: 'O-24 講演料8万円：目的を示して求められる', facts: lecturer, expected: allowed() },
  { name: 'ちょうど5万円、この年はこれだけ', facts: { ...lecturer, yearTotal: 50_000 }, expected: tooLittle },
  { name: '5万1円', facts: { ...lecturer, yearTotal: 50_001, certain: undefined }, expected: allowed() },
  { name: '3万円だが、まだ増えうる', facts: { ...lecturer, yearTotal: 30_000, certain: false }, expected: open },
  {
    name: '3万円で、増えるか分からない',
    facts: { ...lecturer, yearTotal: 30_000, certain: undefined },
    expected: asks('certain'),
  },
  { name: '額がまだ決まっていない', facts: { ...lecturer, yearTotal: null, certain: undefined }, expected: open },
  { name: '額が分からない', facts: { ...lecturer, yearTotal: undefined }, expected: asks('yearTotal') },
  {
    name: '相手が法人：法人番号を使う',
    facts: { ...lecturer, payee: 'domestic-corporation' },
    expected: no('NumberingAct 14(1)'),
  },
  { name: '相手が外国の法人', facts: { payee: 'foreign-corporation' }, expected: no('NumberingAct 14(1)') },
  {
    name: '番号を使う事務がない：念のために集めない',
    facts: { ...lecturer, affair: 'none' },
    expected: no('NumberingAct 9(4)', 'NumberingAct 15', 'NumberingAct 20'),
  },
  {
    name: '本人の同意があっても、事務がなければ求められない',
    facts: { affair: 'none', consent: { on: today, coversPurpose: true } },
    expected: no('NumberingAct 9(4)', 'NumberingAct 15', 'NumberingAct 20'),
  },
  { name: '第三者に求める', facts: { ...lecturer, askedOf: 'other' }, expected: no('NumberingAct 15') },
  { name: '代理人に求める', facts: { ...lecturer, askedOf: 'agent' }, expected: allowed() },
  { name: '支払いの予定がない', facts: { ...lecturer, expected: false }, expected: no('NumberingAct 14(1)') },
  { name: '支払いの予定が分からない', facts: { ...lecturer, expected: undefined }, expected: asks('expected') },
  { name: '目的を示さない', facts: { ...lecturer, purposeIndicated: false }, expected: no('APPI 21(2)') },
  {
    name: '目的を示さない：方針は毎回示すと約束している',
    facts: { ...lecturer, purposeIndicated: false, policy: { indicationPromisedBy: '100' } },
    expected: no('APPI 21(2)', 'policy 100'),
  },
  {
    name: '目的を示すか分からない',
    facts: { ...lecturer, purposeIndicated: undefined },
    expected: asks('purposeIndicated'),
  },
  {
    name: '目的を示すと人の生命を害するおそれを確かめた',
    facts: { ...lecturer, purposeIndicated: false, noticeException: { item: '21(4)(i)', confirmed: true } },
    expected: {
      answer: 'yes',
      because: [
        'NumberingAct 14(1)',
        'ITA 225(1)(iii)',
        'ITA-Rules 84(2)',
        'NumberingAct 19(iii)',
        'APPI 21(4)(i)',
        'NumberingAct 16',
      ],
      duties: [
        { do: 'record-exception', under: 'APPI 21(4)(i)', when: 'at-once', items: ['item', 'facts', 'approver'] },
        ...after,
        filing,
        ...end,
      ],
    },
  },
  {
    name: '目的を示すと害があるか、まだ確かめていない',
    facts: { ...lecturer, purposeIndicated: false, noticeException: { item: '21(4)(i)' } },
    expected: asks('noticeException.confirmed'),
  },
  {
    name: '害のおそれはなかった',
    facts: { ...lecturer, purposeIndicated: false, noticeException: { item: '21(4)(i)', confirmed: false } },
    expected: no('APPI 21(2)'),
  },
  {
    name: 'ほかの法令の事務：基準の額はない',
    facts: { ...insurance, yearTotal: undefined, year: undefined },
    expected: {
      answer: 'yes',
      because: ['NumberingAct 14(1)', 'NumberingAct 9(4)', 'NumberingAct 19(iii)', 'APPI 21(2)', 'NumberingAct 16'],
      duties: [indicate, ...after, ...end],
    },
  },
  {
    name: 'ほかの法令の事務：年を書いても支払調書の義務は出ない',
    facts: insurance,
    expected: {
      answer: 'yes',
      because: ['NumberingAct 14(1)', 'NumberingAct 9(4)', 'NumberingAct 19(iii)', 'APPI 21(2)', 'NumberingAct 16'],
      duties: [indicate, ...after, ...end],
    },
  },
  { name: 'どの法令か分からない', facts: { ...insurance, legalBasis: undefined }, expected: asks('legalBasis') },
  {
    name: '方針が事務を支払調書に限っている',
    facts: { ...insurance, policy: { affairsClosedBy: '95' } },
    expected: no('policy 95'),
  },
  {
    name: '方針が事務を限っていても、支払調書のためなら求められる',
    facts: { ...lecturer, policy: { affairsClosedBy: '95' } },
    expected: allowed(),
  },
  {
    name: '移ってくる社員の番号を、同意を得て前の会社に求める：本人確認は要らない',
    facts: mover,
    expected: {
      answer: 'yes',
      because: ['NumberingAct 14(1)', 'NumberingAct 9(4)', 'NumberingAct 19(iv)', 'APPI 21(1)'],
      duties: [after[1], ...end],
    },
  },
  {
    name: '前の会社に求める：目的を公表していなければ、速やかに知らせる',
    facts: { ...mover, purposePublished: false },
    expected: {
      answer: 'yes',
      because: ['NumberingAct 14(1)', 'NumberingAct 9(4)', 'NumberingAct 19(iv)', 'APPI 21(1)'],
      duties: [{ do: 'notify-or-publish-purpose', under: 'APPI 21(1)', when: 'at-once' }, after[1], ...end],
    },
  },
  {
    name: '前の会社に求める：社員が同意していない',
    facts: { ...mover, employeeAgreed: false },
    expected: no('NumberingAct 19(iv)', 'NumberingAct 20'),
  },
  {
    name: '前の会社に求める：分からないことは聞く',
    facts: { affair: 'other-by-law', askedOf: 'former-employer' },
    expected: asks('legalBasis', 'payee', 'expected', 'employeeAgreed', 'purposePublished'),
  },
  {
    name: '前の会社に求める：何の事務のためかが分からないうちは断らない',
    facts: { ...mover, affair: undefined },
    expected: asks('affair'),
  },
  {
    name: '前の会社に求める：当社に移ることが決まっていない',
    facts: { ...mover, expected: false },
    expected: no('NumberingAct 14(1)'),
  },
  {
    name: '支払う相手の番号は、ほかの会社に求められない',
    facts: { ...lecturer, askedOf: 'former-employer', employeeAgreed: true },
    expected: no('NumberingAct 15'),
  },
  {
    name: '前の会社に求める：方針が事務を支払調書に限っている',
    facts: { ...mover, policy: { affairsClosedBy: '95' } },
    expected: no('policy 95'),
  },
  { name: '年が分からない', facts: { ...lecturer, year: undefined }, expected: asks('year') },
  { name: '相手が分からない', facts: { ...lecturer, payee: undefined }, expected: asks('payee') },
  { name: '誰に求めるか分からない', facts: { ...lecturer, askedOf: undefined }, expected: asks('askedOf') },
  { name: '何のためか分からない', facts: { ...lecturer, affair: undefined }, expected: asks('affair') },
  {
    name: '何も分からない',
    facts: {},
    expected: asks('affair', 'payee', 'askedOf', 'expected', 'purposeIndicated'),
  },
  {
    name: '競馬の賞金：額が決まっていなくても、一回の額の判断が要る',
    facts: { ...lecturer, affair: 'horse-race-prize', yearTotal: null },
    expected: asks('judgements.horseRacePrize'),
  },
  {
    name: '競馬の賞金：どの一回も基準まで。ほかにもありうると言っても求められない',
    facts: { ...lecturer, affair: 'horse-race-prize', certain: false, judgements: judged(true) },
    expected: tooLittle,
  },
  {
    name: '競馬の賞金：基準を超える',
    facts: { ...lecturer, affair: 'horse-race-prize', yearTotal: undefined, judgements: judged(false) },
    expected: allowed(),
  },
  {
    name: '年15万円までの賃料、この年はこれだけ',
    facts: { ...lecturer, affair: 'real-estate-use', yearTotal: 150_000 },
    expected: no('ITA-Rules 90(3)(ii)', 'NumberingAct 14(1)', 'NumberingAct 20'),
  },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decideNumberRequest(facts, today))).toEqual(expected);
});

test('断るときは、できることを示す', () => {
  const finding = decideNumberRequest({ payee: 'domestic-corporation' }, today);
  expect(finding.answer === 'no' && finding.instead?.[0]?.ja).toContain('法人番号');
});

test('法令データのない日には答えない', () => {
  expect(outline(decideNumberRequest(lecturer, day('2025-06-23')))).toEqual({
    answer: 'unknown',
    because: ['NumberingAct 9(4)'],
    missing: ['on'],
  });
  expect(decideNumberRequest(lecturer, day('2025-06-24')).answer).toBe('yes');
});

test('負の額は矛盾として断る', () => {
  expect(numberRequestContradictions({ yearTotal: -1 }).map((c) => c.field)).toEqual(['yearTotal']);
  expect(numberRequestContradictions({ yearTotal: null, year: 2026 })).toEqual([]);
});

test('社員の同意は、前の会社に求めるときだけ問う', () => {
  const agreed = (askedOf: NumberRequestFacts['askedOf']): string[] =>
    numberRequestContradictions({ askedOf, employeeAgreed: true }).map((c) => c.field);
  expect([agreed('former-employer'), agreed(undefined), agreed('principal')]).toEqual([[], [], ['employeeAgreed']]);
  expect(numberRequestContradictions({ askedOf: 'principal' })).toEqual([]);
});
