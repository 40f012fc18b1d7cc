// Payment records (支払調書): every threshold at its last yen and one above, the payees, and the due day over closed days.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import {
  paymentRecordContradictions,
  decidePaymentRecord,
  paymentRecordDueDay,
  type PaymentRecordFacts,
} from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';
import type { PaymentKind } from '../facts.ts';

const today = day('2026-11-24');
const judged = (answer: boolean, until = '2027-12-31') => ({
  horseRacePrize: { answer, by: 'u1', on: day('2026-11-01'), why: '一回の最高額を確かめた', until: day(until) },
});

const lecture: PaymentRecordFacts = { payment: 'remuneration', payee: 'individual', yearTotal: 80_000, year: 2026 };
const record = (article: string, individual = true): Outline['duties'] => [
  {
    do: 'file-payment-record',
    under: `ITA ${article}`,
    when: 'later',
    items: ['payee-name', 'payee-address', 'payee-number', 'amount', 'withheld-tax'],
    by: day('2027-02-01'),
  },
  ...(individual
    ? ([
        { do: 'omit-number-from-copy', under: 'NumberingAct 19', when: 'later' },
        { do: 'note-refused-request', under: 'NumberingAct 14(1)', when: 'later' },
      ] as const)
    : []),
];
const due = (kind: 'iii' | 'ix', limit: string, individual = true): Outline => ({
  answer: 'yes',
  because: [`ITA 225(1)(${kind})`, `ITA-Rules ${limit}`, 'NTL 10(2)'],
  duties: record(`225(1)(${kind})`, individual),
});
const none = (limit: string): Outline => ({ answer: 'no', because: [`ITA-Rules ${limit}`] });
const asks = (...missing: string[]): Outline => ({ answer: 'unknown', because: ['ITA 225(1)'], missing });

const limits: [PaymentKind, number, 'iii' | 'ix', string][] = [
  ['remuneration', 50_000, 'iii', '84(2)'],
  ['medical-fee', 500_000, 'iii', '84(2)'],
  ['boxer', 500_000, 'iii', '84(2)'],
  ['commissioned-sales', 500_000, 'iii', '84(2)'],
  ['bill-collector', 500_000, 'iii', '84(2)'],
  ['meter-reader', 500_000, 'iii', '84(2)'],
  ['hosting', 500_000, 'iii', '84(2)'],
  ['advertising-prize', 500_000, 'iii', '84(2)'],
  ['real-estate-use', 150_000, 'ix', '90(3)(ii)'],
  ['real-estate-purchase', 1_000_000, 'ix', '90(3)(i)'],
  ['real-estate-brokerage', 150_000, 'ix', '90(3)(ii)'],
];

test.each(limits)('%s は %d 円までなら出さず、1円超えれば出す', (payment, limit, kind, article) => {
  const at = (yearTotal: number): Outline => outline(decidePaymentRecord({ ...lecture, payment, yearTotal }, today));
  expect(at(limit)).toEqual(none(article));
  expect(at(0)).toEqual(none(article));
  expect(at(limit + 1)).toEqual(due(kind, article));
});

const cases: { name: string; facts: PaymentRecordFacts; expected: Outline }[] = [
  { name: '講演の謝礼8万円', facts: lecture, expected: due('iii', '84(2)') },
  {
    name: '法人への報酬：番号のことは尋ねない',
    facts: { ...lecture, payee: 'domestic-corporation' },
    expected: due('iii', '84(2)', false),
  },
  { name: '金額が分からない', facts: { ...lecture, yearTotal: undefined }, expected: asks('yearTotal') },
  { name: '相手が分からない', facts: { ...lecture, payee: undefined }, expected: asks('payee') },
  { name: '年が分からない', facts: { ...lecture, year: undefined }, expected: asks('year') },
  { name: '何の支払いか分からない', facts: { ...lecture, payment: undefined }, expected: asks('payment') },
  { name: '何も分からない', facts: {}, expected: asks('payment', 'payee', 'yearTotal', 'year') },
  {
    name: '国内の法人に払う賃料：調書は要らない',
    facts: { payment: 'real-estate-use', payee: 'domestic-corporation', forSettingRight: false, yearTotal: 9_000_000 },
    expected: none('90(1)'),
  },
  {
    name: '国内の法人に払う権利金：要る',
    facts: {
      payment: 'real-estate-use',
      payee: 'domestic-corporation',
      forSettingRight: true,
      yearTotal: 9_000_000,
      year: 2026,
    },
    expected: due('ix', '90(3)(ii)', false),
  },
  {
    name: '国内の法人に払うものが賃料か権利金か分からない',
    facts: { payment: 'real-estate-use', payee: 'domestic-corporation', yearTotal: 9_000_000, year: 2026 },
    expected: asks('forSettingRight'),
  },
  {
    name: '外国の法人に払う賃料：権利の設定でなくても要る',
    facts: {
      payment: 'real-estate-use',
      payee: 'foreign-corporation',
      forSettingRight: false,
      yearTotal: 9_000_000,
      year: 2026,
    },
    expected: due('ix', '90(3)(ii)', false),
  },
  {
    name: '個人の大家に払う賃料：権利の設定でなくても要る',
    facts: { payment: 'real-estate-use', payee: 'individual', forSettingRight: false, yearTotal: 150_001, year: 2026 },
    expected: due('ix', '90(3)(ii)'),
  },
  {
    name: '国内の法人に払う仲介手数料：要る',
    facts: { payment: 'real-estate-brokerage', payee: 'domestic-corporation', yearTotal: 200_000, year: 2026 },
    expected: due('ix', '90(3)(ii)', false),
  },
  {
    name: '競馬の賞金：一回の額の判断がない',
    facts: { ...lecture, payment: 'horse-race-prize' },
    expected: asks('judgements.horseRacePrize'),
  },
  {
    name: '競馬の賞金：判断の期限が切れた',
    facts: { ...lecture, payment: 'horse-race-prize', judgements: judged(true, '2026-11-23') },
    expected: asks('judgements.horseRacePrize'),
  },
  {
    name: '競馬の賞金：どの一回も基準までと判断された',
    facts: { ...lecture, payment: 'horse-race-prize', judgements: judged(true) },
    expected: none('84(2)'),
  },
  {
    name: '競馬の賞金：基準を超えると判断された。合計額は要らない',
    facts: { ...lecture, payment: 'horse-race-prize', yearTotal: undefined, judgements: judged(false) },
    expected: due('iii', '84(2)'),
  },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decidePaymentRecord(facts, today))).toEqual(expected);
});

// 31 January is in turn a Wednesday, Thursday, Friday, Saturday, Sunday, Monday and Tuesday.
test.each([
  [2023, '2024-01-31'],
  [2024, '2025-01-31'],
  [2025, '2026-02-02'],
  [2026, '2027-02-01'],
  [2027, '2028-01-31'],
  [2028, '2029-01-31'],
  [2029, '2030-01-31'],
])('%d年の支払いの期限は %s', (year, expected) => {
  expect(paymentRecordDueDay(year, today)).toBe(expected);
});

test('暦の分からない年の期限は言わない', () => {
  expect(paymentRecordDueDay(2400, today)).toBeUndefined();
  const finding = decidePaymentRecord({ ...lecture, year: 2400 }, today);
  expect(finding.answer === 'yes' && finding.duties[0]).not.toHaveProperty('by');
});

test('どの金額の根拠も、額が限度を超えるかどうかを言う', () => {
  const says = (yearTotal: number): string | undefined =>
    decidePaymentRecord({ ...lecture, yearTotal }, today).because.find((g) => g.law === 'ITA-Rules')?.says.ja;
  expect(says(50_000)).toContain('限度までにとどまります');
  expect(says(50_001)).toContain('限度を超えます');
});

test.each([
  [{ yearTotal: -1 }, ['yearTotal']],
  [{ yearTotal: 0.5 }, ['yearTotal']],
  [{ yearTotal: 0 }, []],
  [{ year: 1867 }, ['year']],
  [{ year: 1868 }, []],
  [{ year: 9998 }, []],
  [{ year: 9999 }, ['year']],
  [{ year: 2026.5 }, ['year']],
  [{ forSettingRight: true, payment: 'remuneration' }, ['forSettingRight']],
  [{ forSettingRight: true, payment: 'real-estate-use' }, []],
  [{ forSettingRight: true }, []],
  [{ forSettingRight: false, payment: 'remuneration' }, []],
  [{}, []],
] as [PaymentRecordFacts, string[]][])('%o の矛盾は %o', (facts, fields) => {
  expect(paymentRecordContradictions(facts).map((c) => c.field)).toEqual(fields);
});
