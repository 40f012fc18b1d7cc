// Articles 29(2) and 30(4) for a person who is erased. A record of them has as an item the name, or what else tells who it is (Rules 20(1), 24(1)).
// Until the record ends, that much of the person stays, for the record alone; everything else is erased.

import { addDays, later, type Day } from '../../base/day.ts';
import type { Duty, Finding, Ground } from '../../base/finding.ts';
import { appi, duty, rules } from '../answer.ts';
import { eraseFrom } from './22-accuracy.ts';

/** The last days of the records that name a person, by the article under which they are kept. Looked up, never stated. */
export interface RecordsNaming {
  /** 29: records of provision. */
  provisions?: Day;
  /** 30, and 30 as applied by 31(3): records of receipt. */
  receipts?: Day;
}

const provisionGrounds: Ground[] = [
  appi(
    '29(2)',
    '提供の記録を保存する期間が残っているので、記録は消しません。',
    'The record of a provision still has to be kept, so it is not erased.',
  ),
  rules(
    '20(1)',
    '提供の記録には、本人の氏名など、だれの記録かが分かる事項が要ります。',
    'Such a record contains the name of the person, or something else that shows whose record it is.',
  ),
];
const receiptGrounds: Ground[] = [
  appi(
    '30(4)',
    '受け取りの記録を保存する期間が残っているので、記録は消しません。',
    'The record of a receipt still has to be kept, so it is not erased.',
  ),
  rules(
    '24(1)',
    '受け取りの記録には、提供元と、本人の氏名など、だれの記録かが分かる事項が要ります。',
    'Such a record names who gave the information, and the person, or something else that shows whose record it is.',
  ),
];

const keep = (article: '29(2)' | '30(4)', until: Day): Duty =>
  duty(
    'keep-identity',
    ['APPI', article],
    'at-once',
    '氏名など、だれの記録かを示すものだけを、記録のために残す',
    'Keep only the name, or something else that shows whose record it is, and only for the record',
    { keepUntil: until },
  );

/** The last day on which a record that names the person must be kept; null when there is none. */
export function identityKeptUntil({ provisions, receipts }: RecordsNaming, on: Day): Day | null {
  const running = [provisions, receipts].filter((until): until is Day => until !== undefined && until >= on);
  return running.length === 0 ? null : running.reduce(later);
}

/** 29(2), 30(4). An erasure with what it leaves of the person while a record names them. Any other answer stays as it is. */
export function keepingIdentity(erasure: Finding, naming: RecordsNaming, on: Day): Finding {
  const until = identityKeptUntil(naming, on);
  if (erasure.answer !== 'yes' || !until) return erasure;
  const runs = (day: Day | undefined): day is Day => day !== undefined && day >= on;
  const { provisions, receipts } = naming;
  return {
    ...erasure,
    because: [
      ...erasure.because,
      ...(runs(provisions) ? provisionGrounds : []),
      ...(runs(receipts) ? receiptGrounds : []),
    ],
    duties: [
      ...erasure.duties,
      ...(runs(provisions) ? [keep('29(2)', provisions)] : []),
      ...(runs(receipts) ? [keep('30(4)', receipts)] : []),
      eraseFrom(addDays(until, 1)),
    ],
  };
}
