// Article 38: a fee is taken only for the notice of the purpose and for disclosure, within the actual cost, and only when its amount has been made
// known. Every other request is free of charge.

import type { Duty, Ground, Missing } from '../../base/finding.ts';
import { appi, duty, lacks, step, type Step, type Test, tested } from '../answer.ts';
import { uncountable, type Contradiction } from '../contradiction.ts';
import { outcomes, type RightsRequest } from './36-outcome.ts';

/** A fee asked of the principal. */
export interface FeeFacts {
  /** Yen, tax included. */
  yen?: number;
  /** The amount is among the matters made known for this kind of request (32(1)(iii)). */
  published?: boolean;
  /** The amount is reasonable in view of the actual cost. */
  reasonable?: boolean;
}

const free = appi(
  '38(1)',
  '手数料を取れるのは、利用目的の通知と開示の請求だけです。この請求では取れません。',
  'A fee is possible only for the notice of the purpose and for disclosure. This request is free of charge.',
);
const allowed = appi(
  '38(1)',
  '利用目的の通知と開示の請求では、手数料を取れます。',
  'A fee may be taken for the notice of the purpose and for disclosure.',
);
const unpublished = appi(
  '32(1)(iii)',
  '手数料の額を本人が知り得るようにしていないので、取れません。',
  'The amount of the fee has not been made known, so it may not be taken.',
);
const excessive = appi(
  '38(2)',
  '手数料は、実費を考えて合理的な額までです。この額は超えています。',
  'A fee may not exceed what is reasonable in view of the actual cost. This one does.',
);
export const refundFee: Duty = duty(
  'refund-fee',
  ['APPI', '38(1)'],
  'at-once',
  '手数料を取らない。受け取った分は返す',
  'Take no fee, and return what was received',
);

/** 38, 32(1)(iii). May this fee be taken for this kind of request? */
function testFee(request: RightsRequest, fee: FeeFacts): Test {
  const unmet = (because: Ground): Test => ({ met: false, because });
  if (!outcomes[request].fee) return unmet(free);
  if (fee.published === false) return unmet(unpublished);
  if (fee.reasonable === false) return unmet(excessive);
  const missing: Missing[] = [];
  if (fee.published === undefined) {
    missing.push(lacks('fee.published', '32(1)(iii)', '手数料の額を公表しているか', 'Whether the fee is made known'));
  }
  if (fee.reasonable === undefined) {
    missing.push(
      lacks(
        'fee.reasonable',
        '38(2)',
        '実費を考えて合理的な額か',
        'Whether the amount is reasonable in view of the actual cost',
      ),
    );
  }
  return tested(missing);
}

/** What a fee adds to the answer. A fee that may not be taken never changes what the principal is owed. */
export function feeStep(request: RightsRequest, fee: FeeFacts | null | undefined): Step {
  if (!fee) return step();
  const test = testFee(request, fee);
  if (test.met) return step([allowed]);
  return test.met === false ? step([test.because], [refundFee]) : step([], [], test.missing);
}

/** Facts of a fee that cannot be true. */
export const feeContradictions = (fee: FeeFacts | null | undefined): Contradiction[] =>
  uncountable('fee.yen', fee?.yen);
