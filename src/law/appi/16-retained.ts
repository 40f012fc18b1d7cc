// Article 16(4): the rights of principals apply to retained personal data. Processed information, and information that is not personal, is outside
// them.

import type { Finding, Ground } from '../../base/finding.ts';
import { appi, no } from '../answer.ts';
import type { InformationKind } from '../facts.ts';

const outside: ReadonlyMap<InformationKind | undefined, Ground> = new Map<InformationKind, Ground>([
  [
    'pseudonymous',
    appi(
      '41(9)',
      '仮名加工情報には、本人からの請求の定めが働きません。',
      'The rules on requests do not apply to pseudonymously processed information.',
    ),
  ],
  [
    'anonymous',
    appi(
      '2(6)',
      '匿名加工情報は個人情報ではないので、本人からの請求の対象になりません。',
      'Anonymously processed information is not personal information and cannot be asked for.',
    ),
  ],
  [
    'personally-related',
    appi(
      '2(7)',
      '個人関連情報は個人情報ではないので、本人からの請求の対象になりません。',
      'Personally related information is not personal information and cannot be asked for.',
    ),
  ],
]);

/** The refusal of a request for information that is never retained personal data, whatever else is true. Undefined when it may be. */
export function notRetained({ information }: { information?: InformationKind }): Finding | undefined {
  const ground = outside.get(information);
  return ground && no([ground]);
}
