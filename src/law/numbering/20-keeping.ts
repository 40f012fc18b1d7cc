// Article 20: may a My Number still be kept, and until when? As long as the affair lasts, or while a law or the guideline allows the document that
// holds it to be kept. After that it must be destroyed, with a log that does not hold the number. Consent prolongs nothing.

import type { Day } from '../../base/day.ts';
import { addDays, addYears, day, lastOfMonths } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import { duty, ground, lacksUnder, outside, unknown, yes } from '../answer.ts';
import { contradiction, uncountable, type Contradiction } from '../contradiction.ts';
import type { Consent } from '../facts.ts';
import {
  booksRetention,
  inForce,
  numberingText,
  numberLogItems,
  paymentCopyYears,
  wageDeclarationRetention,
} from '../parameters.ts';
import { act, destroyInTime, limitedCollection, limitHandlers } from './grounds.ts';

export interface NumberKeepingFacts {
  /** It was received for an affair set by law under an item of Article 19. */
  lawfullyHeld?: boolean;
  /** The affair goes on: a continuing contract, or this year’s record is still to be filed. */
  affairContinues?: boolean;
  /** The document that holds the number. `number-only`: nothing that has to be kept. */
  document?: 'number-only' | 'payment-record-copy' | 'books-and-vouchers' | 'wage-declaration';
  /** `payment-record-copy`: the day the last record was filed. */
  filedOn?: Day;
  /** `payment-record-copy`: the years for which our own rule keeps copies. */
  ownYears?: number;
  /** `books-and-vouchers`: the last day of the fiscal year. */
  fiscalYearEndsOn?: Day;
  /** `wage-declaration`: the day it was due. */
  dueOn?: Day;
  /** Never looked at: consent prolongs nothing. */
  consent?: Consent | null;
}

const ongoing = act('20', '事務が続いているので、保管できます。', 'The affair continues, so it may be kept.');
const unlawful = act(
  '20',
  '番号法の認める受け取り方ではないので、保管できません。',
  'It was not received as the Numbering Act permits, so it may not be kept.',
);
const over = act(
  '20',
  '事務が終わり、保管してよい期間も過ぎています。',
  'The affair has ended, and so has the time for which it may be kept.',
);
const nothingToKeep = act(
  '20',
  '事務が終わり、番号の載った書類を残すべき定めもありません。',
  'The affair has ended, and no rule requires the document with the number to be kept.',
);
const kept: Record<'payment-record-copy' | 'books-and-vouchers' | 'wage-declaration', Ground> = {
  'payment-record-copy': ground(
    'NumberingAct-Guideline',
    'Q6-4-2',
    '支払調書の控えは、確かめるために必要な期間、長くても7年ほどまで番号を付けて保管できます。',
    'Copies of payment records may be kept with the number as long as needed for checking, about seven years at most.',
  ),
  'books-and-vouchers': ground(
    'CTA-Rules',
    '59',
    '帳簿書類は、法令の定める期間保存します。',
    'Books and vouchers are kept for the time the law lays down.',
  ),
  'wage-declaration': ground(
    'ITA-Rules',
    '76-3',
    '給与の申告書は、法令の定める期間保存します。',
    'Wage earners’ declarations are kept for the time the law lays down.',
  ),
};

const lack = (fact: string, ja: string, en: string): Missing => lacksUnder('NumberingAct', fact, '20', ja, en);
const askLawful = lack(
  'lawfullyHeld',
  '番号法の認める場合に受け取ったか',
  'Whether it was received as the Numbering Act permits',
);
const askContinues = lack('affairContinues', '事務が続いているか', 'Whether the affair continues');
const askDocument = lack('document', '番号が何に載っているか', 'What the number is written on');
const askFiled = lacksUnder(
  'NumberingAct-Guideline',
  'filedOn',
  'Q6-4-2',
  '最後に提出した日',
  'The day of the last filing',
);
const askOwnYears = lacksUnder(
  'NumberingAct-Guideline',
  'ownYears',
  'Q6-4-2',
  '社内の定めで控えを残す年数',
  'The years our own rule keeps copies',
);
const askFiscal = lacksUnder(
  'CTA-Rules',
  'fiscalYearEndsOn',
  '59',
  '事業年度の終わりの日',
  'The last day of the fiscal year',
);
const askDue = lacksUnder('ITA-Rules', 'dueOn', '76-3', '申告書の提出期限', 'The day the declaration was due');

const destroyNow: Duty = duty(
  'destroy-number',
  ['NumberingAct', '20'],
  'at-once',
  '番号と、それに代わる暗号文やハッシュ値を、元に戻せない形で消す。番号だけを塗りつぶして書類を残してもよい',
  'Destroy the number and its substitutes, such as ciphertexts and hashes, beyond recovery; masking the number alone will do',
);
const disposal = (on: Day): Duty =>
  duty(
    'record-disposal',
    ['NumberingAct', '12'],
    'at-once',
    '消したことを、番号を書かずに記録する。外に任せたら証明書を受け取る',
    'Log the disposal without the number; where it was outsourced, obtain a certificate',
    { items: [...(inForce(numberLogItems, on)?.disposal ?? [])] },
  );

const destroy = (because: Ground, on: Day): Finding => ({
  answer: 'no',
  because: [because, limitedCollection],
  duties: [destroyNow, disposal(on)],
});

/** The last day of a copy: the end of the year in which it was filed, plus our own years, seven at most. */
function copyUntil({ filedOn, ownYears }: NumberKeepingFacts, on: Day): Day | Missing[] {
  const most = inForce(paymentCopyYears, on);
  if (filedOn === undefined || ownYears === undefined || most === undefined) {
    return [...(filedOn === undefined ? [askFiled] : []), ...(ownYears === undefined ? [askOwnYears] : [])];
  }
  return addYears(day(`${filedOn.slice(0, 4)}-12-31`), Math.min(ownYears, most));
}

/** The last day the document with the number may be kept, or the facts missing to tell. */
function keptUntil(document: keyof typeof kept, facts: NumberKeepingFacts, on: Day): Day | Missing[] {
  if (document === 'payment-record-copy') return copyUntil(facts, on);
  if (document === 'books-and-vouchers') {
    const rule = inForce(booksRetention, on);
    if (facts.fiscalYearEndsOn === undefined || !rule) return [askFiscal];
    // The years begin on the day after the months end.
    const months = lastOfMonths(addDays(facts.fiscalYearEndsOn, 1), rule.monthsAfter);
    return lastOfMonths(addDays(months, 1), 12 * rule.years);
  }
  const rule = inForce(wageDeclarationRetention, on);
  if (facts.dueOn === undefined || !rule) return [askDue];
  const start = day(`${Number(facts.dueOn.slice(0, 4)) + 1}-${rule.from}`);
  return lastOfMonths(start, 12 * rule.years);
}

/** 20. May the number be kept on this day, until when, and what must be done with it after that? */
export function decideNumberKeeping(facts: NumberKeepingFacts, on: Day): Finding {
  const silent = outside(numberingText, on);
  if (silent) return silent;
  const { lawfullyHeld, affairContinues, document } = facts;
  if (lawfullyHeld === false) return destroy(unlawful, on);
  if (affairContinues === false && document === 'number-only') return destroy(nothingToKeep, on);
  const missing: Missing[] = [];
  if (lawfullyHeld === undefined) missing.push(askLawful);
  if (affairContinues === undefined) missing.push(askContinues);
  if (affairContinues) {
    return missing.length > 0 ? unknown([limitedCollection], missing) : yes([ongoing], [limitHandlers, destroyInTime]);
  }
  if (affairContinues === undefined || document === undefined || document === 'number-only') {
    if (affairContinues === false) missing.push(askDocument);
    return unknown([limitedCollection], missing);
  }
  const until = keptUntil(document, facts, on);
  if (typeof until !== 'string') return unknown([limitedCollection], [...missing, ...until]);
  if (until < on) return destroy(over, on);
  if (missing.length > 0) return unknown([limitedCollection], missing);
  return yes([kept[document]], [limitHandlers, { ...destroyInTime, keepUntil: until }]);
}

/** Contradictions: years that are not a count, and a filing day for a number that stands on no document. */
export const numberKeepingContradictions = (facts: NumberKeepingFacts): Contradiction[] => [
  ...uncountable('ownYears', facts.ownYears),
  ...(facts.document === 'number-only' && facts.filedOn
    ? [contradiction('filedOn', '控えがあるときだけ書いてください', 'Only where a copy holds the number')]
    : []),
];
