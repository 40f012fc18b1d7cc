// Scenario table of article 22: data that is no longer needed is erased, unless a law requires the company to keep it on the day asked about.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import { decideErasure, type ErasureFacts } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const done: ErasureFacts = { information: 'personal', needed: false, keeping: null };
const vouchers = { legalBasis: '法人税法施行規則59条 帳簿書類', until: day('2030-05-31') };

const erasure: Outline['duties'] = [
  { do: 'erase', under: 'APPI 22', when: 'at-once' },
  {
    do: 'record-disposal',
    under: 'Guideline 10-5',
    when: 'at-once',
    items: ['what', 'method', 'erased-on', 'by-whom'],
  },
];
const erased: Outline = { answer: 'yes', because: ['APPI 22', 'Guideline 10-5'], duties: erasure };
const kept = (from: string): Outline => ({
  answer: 'no',
  because: ['APPI 22', 'APPI 22'],
  duties: [
    { do: 'restrict-use', under: 'APPI 22', when: 'at-once' },
    { do: 'erase', under: 'APPI 22', when: 'later', by: day(from) },
  ],
});
const asks = (...missing: string[]): Outline => ({ answer: 'unknown', because: ['APPI 22'], missing });

const cases: { name: string; facts: ErasureFacts; expected: Outline }[] = [
  { name: '終わったセミナーの名簿：消去する', facts: done, expected: erased },
  { name: '配慮を要する情報でも同じ', facts: { ...done, information: 'special-care' }, expected: erased },
  {
    name: '仮名加工情報は41条5項による',
    facts: { ...done, information: 'pseudonymous' },
    expected: { ...erased, because: ['APPI 41(5)', 'Guideline 10-5'] },
  },
  {
    name: 'まだ使っている名簿',
    facts: { ...done, needed: true },
    expected: {
      answer: 'no',
      because: ['APPI 22'],
      duties: [{ do: 'keep-accurate', under: 'APPI 22', when: 'later' }],
    },
  },
  {
    name: '請求書の控え：法令の保存期間が残る',
    facts: { ...done, keeping: vouchers },
    expected: kept('2030-06-01'),
  },
  {
    name: '保存期間の最後の日は、まだ消去できない',
    facts: { ...done, keeping: { ...vouchers, until: today } },
    expected: kept('2026-11-25'),
  },
  {
    name: '保存期間が終わった翌日に消去する',
    facts: { ...done, keeping: { ...vouchers, until: day('2026-11-23') } },
    expected: erased,
  },
  {
    name: '終わった保存期間は、根拠を問わない',
    facts: { ...done, keeping: { until: day('2026-11-23') } },
    expected: erased,
  },
  {
    name: '保存の根拠がない',
    facts: { ...done, keeping: { legalBasis: '', until: day('2030-05-31') } },
    expected: asks('keeping.legalBasis'),
  },
  {
    name: '保存の期間が分からない',
    facts: { ...done, keeping: { legalBasis: vouchers.legalBasis } },
    expected: asks('keeping.until'),
  },
  {
    name: '保存の何も分からない',
    facts: { ...done, keeping: {} },
    expected: asks('keeping.legalBasis', 'keeping.until'),
  },
  { name: '保存を求める法令があるか分からない', facts: { ...done, keeping: undefined }, expected: asks('keeping') },
  { name: '必要か分からない', facts: { ...done, needed: undefined }, expected: asks('needed') },
  {
    name: '保存期間が残っても、必要か分からなければ決めない',
    facts: { ...done, needed: undefined, keeping: vouchers },
    expected: asks('needed'),
  },
  { name: '情報の種類が分からない', facts: { ...done, information: undefined }, expected: asks('information') },
  { name: '何も分からない', facts: {}, expected: asks('information', 'needed', 'keeping') },
  {
    name: '個人番号の廃棄は番号法の問いで決める',
    facts: { ...done, information: 'my-number' },
    expected: {
      answer: 'unknown',
      because: ['NumberingAct 20', 'NumberingAct 30(2)'],
      missing: ['numberAffair'],
    },
  },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decideErasure(facts, today))).toEqual(expected);
});

test('保存のあとの消去は、今すぐの消去と違う言葉で言う', () => {
  const says = (facts: ErasureFacts): (string | undefined)[] => {
    const finding = decideErasure(facts, today);
    return finding.answer === 'unknown' ? [] : finding.duties.map((d) => d.says.ja);
  };
  expect(says(done)[0]).toBe('遅滞なく消去する');
  expect(says({ ...done, keeping: vouchers })[1]).toBe('保存の期間が終わったら、遅滞なく消去する');
});
