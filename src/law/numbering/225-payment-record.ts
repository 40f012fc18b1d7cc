// Article 225 of the Income Tax Act and its Rules 84 and 90: for which payments a record is filed, up to which yearly amount none is, and by when. It
// is the affair on which a request for a payee's My Number rests; below the threshold there is no such affair.

import { day, type Day } from '../../base/day.ts';
import { nextOpenDay } from '../../base/calendar.ts';
import type { Duty, Finding, Ground, Missing, Source } from '../../base/finding.ts';
import { duty, ground, lacksUnder, no, outside, unknown, yes } from '../answer.ts';
import { contradiction, type Contradiction } from '../contradiction.ts';
import type { PaymentKind, Payee, RealEstateKind } from '../facts.ts';
import { asksJudgement, judged, type Judgements } from '../judgement.ts';
import {
  inForce,
  numberingText,
  paymentRecordDue,
  paymentRecordItems,
  realEstateThresholds,
  remunerationThresholds,
} from '../parameters.ts';
import { noteRefusal } from './grounds.ts';

/** 225(1): must a payment record be filed for what was paid to this payee in this year? */
export interface PaymentRecordFacts {
  payment?: PaymentKind;
  payee?: Payee;
  /** Yen that became payable to the payee in the calendar year; includes consumption tax unless it is shown apart. */
  yearTotal?: number;
  /** The calendar year in which the payments became fixed. */
  year?: number;
  /** For real estate: the payment is for setting up a right to the land, such as key money or a renewal fee. */
  forSettingRight?: boolean;
  judgements?: Judgements;
}

const realEstate: Readonly<Record<RealEstateKind, true>> = {
  'real-estate-use': true,
  'real-estate-purchase': true,
  'real-estate-brokerage': true,
};
const isRealEstate = (kind: PaymentKind): kind is RealEstateKind => kind in realEstate;

const ita = (article: string, ja: string, en: string): Ground => ground('ITA', article, ja, en);
const itaRules = (article: string, ja: string, en: string): Ground => ground('ITA-Rules', article, ja, en);

const remunerationRecord = ita(
  '225(1)(iii)',
  '報酬、料金、契約金や賞金の支払調書を出す支払いです。',
  'It is a payment of remuneration, a fee, contract money or a prize, for which a payment record is filed.',
);
const realEstateRecord = ita(
  '225(1)(ix)',
  '不動産の使用料、譲受けの対価、あっせん手数料の支払調書を出す支払いです。',
  'It is a payment for the use, purchase or brokerage of real estate, for which a payment record is filed.',
);
const general = ita(
  '225(1)',
  '法律の挙げる支払いは、1年の額が基準を超えると支払調書を出します。',
  'For the payments the law lists, a payment record is filed once the amount for the year exceeds the threshold.',
);
const over: [string, string] = [
  '1年の額が、調書の要らない限度を超えます。',
  'The amount for the year exceeds the limit up to which no record is filed.',
];
const upTo: [string, string] = [
  '1年の額が、調書の要らない限度までにとどまります。',
  'The amount for the year is within the limit up to which no record is filed.',
];
const horseOver = itaRules(
  '84(2)',
  '1回の賞金が基準の額を超えると判断されています。',
  'It was judged that a single prize exceeds the threshold.',
);
const horseUpTo = itaRules(
  '84(2)',
  'どの1回の賞金も基準の額を超えないと判断されています。',
  'It was judged that no single prize exceeds the threshold.',
);
const corporateRent = itaRules(
  '90(1)',
  '国内の法人に払う賃料は、権利の設定の対価を除いて、調書に書きません。',
  'Rent paid to a domestic corporation is not reported, except for what is paid to set up a right.',
);
const dueDay = ground(
  'NTL',
  '10(2)',
  '期限の日が閉庁日に当たるときは、次の開庁日が期限です。',
  'Where the last day is a closed day, the next open day is the due day.',
);
const horseQuestion = asksJudgement(
  'horseRacePrize',
  'ITA-Rules',
  '84(2)',
  '競馬の賞金は、どの1回も基準の額を超えないか',
  'whether no single horse-race prize exceeds the threshold',
);
const lack = (fact: string, article: string, ja: string, en: string, law: Source = 'ITA'): Missing =>
  lacksUnder(law, fact, article, ja, en);
const askPayment = lack('payment', '225(1)', '何の支払いか', 'What the payment is for');
const askPayee = lack(
  'payee',
  '225(1)',
  '支払う相手は個人か法人か',
  'Whether the payee is an individual or a corporation',
);
export const askYear = lack('year', '225(1)', 'どの年の支払いか', 'The year of the payment');
const askTotal = lack('yearTotal', '84(2)', '1年の支払いの合計額', 'The total of the year', 'ITA-Rules');
const askSetting = lack(
  'forSettingRight',
  '90(1)',
  '権利金や更新料など、権利を設定する対価か',
  'Whether it is paid for setting up a right, such as key money',
  'ITA-Rules',
);

/** The article that requires the record of a payment, and the one that sets its threshold. */
export function recordOf(payment: PaymentKind): { record: Ground; articles: readonly ['ITA', string]; limit: string } {
  return isRealEstate(payment)
    ? {
        record: realEstateRecord,
        articles: ['ITA', '225(1)(ix)'],
        limit: payment === 'real-estate-purchase' ? '90(3)(i)' : '90(3)(ii)',
      }
    : { record: remunerationRecord, articles: ['ITA', '225(1)(iii)'], limit: '84(2)' };
}

/** Yen up to which no record is filed. Undefined for horse races, where the single prize counts, and on days without law data. */
function thresholdOf(payment: PaymentKind, on: Day): number | undefined {
  if (isRealEstate(payment)) return inForce(realEstateThresholds, on)?.[payment];
  return payment === 'horse-race-prize' ? undefined : inForce(remunerationThresholds, on)?.[payment];
}

/** Is the amount over its threshold? `over` is yes or no with the ground, or undefined with what is missing. `total` null = nobody can tell yet. */
export function passes(
  payment: PaymentKind,
  total: number | null | undefined,
  judgements: Judgements | undefined,
  on: Day,
): { over: true; because: Ground } | { over: false; because: Ground } | { over: undefined; missing: Missing } {
  if (payment === 'horse-race-prize') {
    const within = judged(judgements, 'horseRacePrize', on);
    if (within === undefined) return { over: undefined, missing: horseQuestion };
    return within ? { over: false, because: horseUpTo } : { over: true, because: horseOver };
  }
  const limit = thresholdOf(payment, on);
  if (total === undefined || total === null || limit === undefined) return { over: undefined, missing: askTotal };
  const at = recordOf(payment).limit;
  return total > limit
    ? { over: true, because: itaRules(at, ...over) }
    : { over: false, because: itaRules(at, ...upTo) };
}

/** The last day for filing a record of a year's payments. Undefined where the calendar does not reach. */
export function paymentRecordDueDay(year: number, on: Day): Day | undefined {
  const last = inForce(paymentRecordDue, on);
  return last === undefined ? undefined : nextOpenDay(day(`${year + 1}-${last}`));
}

/** The duty to file, with its due day where the calendar knows it. */
export function filing(payment: PaymentKind, year: number, on: Day): Duty {
  const by = paymentRecordDueDay(year, on);
  return duty(
    'file-payment-record',
    recordOf(payment).articles,
    'later',
    '支払調書を税務署に出す',
    'File the payment record with the tax office',
    { items: [...(inForce(paymentRecordItems, on) ?? [])], ...(by && { by }) },
  );
}

const plainCopy = duty(
  'omit-number-from-copy',
  ['NumberingAct', '19'],
  'later',
  '本人に写しを渡すときは、個人番号を載せない',
  'Leave the My Number out of a copy given to the payee',
);

/** Contradictions of a payment: an amount that is negative or not a whole number of yen, and a year out of range. */
export const paymentContradictions = (facts: { yearTotal?: number | null; year?: number }): Contradiction[] => {
  const { yearTotal: total, year } = facts;
  const found: Contradiction[] = [];
  if (total !== undefined && total !== null && !(Number.isSafeInteger(total) && total >= 0)) {
    found.push(
      contradiction('yearTotal', '0以上の整数（円）で書いてください', 'Write a whole number of yen, 0 or more'),
    );
  }
  if (year !== undefined && !(Number.isInteger(year) && year >= 1868 && year <= 9998)) {
    found.push(contradiction('year', '西暦の4桁で書いてください', 'Write the year in four digits'));
  }
  return found;
};

/** Contradictions of any payment, and one more: a right to land is set up only for a real-estate payment. */
export const paymentRecordContradictions = (facts: PaymentRecordFacts): Contradiction[] => [
  ...paymentContradictions(facts),
  ...(facts.forSettingRight && facts.payment !== undefined && facts.payment !== 'real-estate-use'
    ? [contradiction('forSettingRight', '不動産の使用料のときだけ選べます', 'Only for the use of real estate')]
    : []),
];

/** ITA 225(1), ITR 84, 90. Must a payment record be filed, and by when? */
export function decidePaymentRecord(facts: PaymentRecordFacts, on: Day): Finding {
  const silent = outside(numberingText, on);
  if (silent) return silent;
  const { payment, payee, yearTotal, year, forSettingRight } = facts;
  const rent = payment === 'real-estate-use' && payee === 'domestic-corporation';
  if (rent && forSettingRight === false) return no([corporateRent]);
  const amount = payment && passes(payment, yearTotal, facts.judgements, on);
  if (amount?.over === false) return no([amount.because]);
  const missing: Missing[] = [];
  if (!payment) missing.push(askPayment);
  if (!payee) missing.push(askPayee);
  if (rent && forSettingRight === undefined) missing.push(askSetting);
  if (amount) missing.push(...(amount.over === undefined ? [amount.missing] : []));
  else if (yearTotal === undefined) missing.push(askTotal);
  if (year === undefined) missing.push(askYear);
  if (missing.length > 0 || !payment || year === undefined || !amount?.over) return unknown([general], missing);
  const duties = [filing(payment, year, on)];
  if (payee === 'individual') duties.push(plainCopy, noteRefusal);
  return yes([recordOf(payment).record, amount.because, dueDay], duties);
}
