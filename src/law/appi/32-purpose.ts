// Article 32(2) and (3): a person who asks is told what their data is used for, unless that is clear already or telling it would do harm.

import type { Day } from '../../base/day.ts';
import type { Finding, Missing } from '../../base/finding.ts';
import { appi, askInformation, lacks, outsideText, settle, step } from '../answer.ts';
import type { Contradiction } from '../contradiction.ts';
import type { InformationKind, NoticeException } from '../facts.ts';
import { notRetained } from './16-retained.ts';
import { testNoticeException } from './21-notice.ts';
import { noticesOf, settled } from './36-outcome.ts';
import { feeContradictions, feeStep, type FeeFacts } from './38-fee.ts';

/** 32(2): must this person be told the purpose? */
export interface PurposeNoticeFacts {
  information?: InformationKind;
  /** The company retains data that identifies the person. */
  retained?: boolean;
  /** What is made known already makes clear what this person's data is used for. */
  clear?: boolean;
  /** A case of 21(4)(i) to (iii). */
  noticeException?: NoticeException;
  fee?: FeeFacts | null;
}

const rule = appi(
  '32(2)',
  '本人から求められたら、利用目的を遅滞なく通知します。',
  'When a person asks, the purpose is told without delay.',
);
const due = appi(
  '32(2)',
  '本人のデータを持っていて、目的がまだ明らかではないので、通知します。',
  'The company retains the person’s data and its purpose is not yet clear, so the purpose is told.',
);
const none = appi(
  '32(2)',
  'この人が識別される保有個人データがありません。',
  'The company retains no data that identifies this person.',
);
const clear = appi(
  '32(2)(i)',
  '公表している事項から、この人のデータの利用目的が明らかです。',
  'What is made known already shows the purpose of this person’s data.',
);
const harmful = appi(
  '32(2)(ii)',
  '目的を伝えると害が生じる場合に当たるので、通知しなくてかまいません。',
  'Telling the purpose would do harm, so it need not be told.',
);

/** 32(2), (3). Must this person be told the purpose? A no is told too, with its reasons. */
export function decidePurposeNotice(facts: PurposeNoticeFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  const outside = notRetained(facts);
  if (outside) return outside;
  const fee = feeStep('purpose-notice', facts.fee);
  const refused = noticesOf('purpose-notice', 'refused');
  if (facts.retained === false) return settled('no', [none], [], refused, fee);
  if (facts.clear) return settled('no', [clear], [], refused, fee);
  const claim = facts.noticeException?.item === '21(4)(iv)' ? undefined : facts.noticeException;
  const exception = testNoticeException(claim, undefined);
  if (exception.met) {
    return settled('no', [harmful, ...exception.step.because], exception.step.duties, refused, fee);
  }
  const missing: Missing[] = askInformation(facts, '32(2)');
  if (facts.retained === undefined) {
    missing.push(lacks('retained', '32(2)', 'この人のデータを持っているか', 'Whether the person’s data is retained'));
  }
  if (facts.clear === undefined) {
    missing.push(lacks('clear', '32(2)(i)', '公表した事項から目的が明らかか', 'Whether the purpose is clear already'));
  }
  missing.push(...exception.step.missing, ...fee.missing);
  if (missing.length > 0) return settle(rule, step([], [], missing));
  return settled('yes', [due], [], noticesOf('purpose-notice', 'granted'), fee);
}

/** Facts of a notice of the purpose that cannot be true. */
export const purposeNoticeContradictions = (facts: PurposeNoticeFacts): Contradiction[] => feeContradictions(facts.fee);
