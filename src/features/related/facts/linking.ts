// Linking our own identifiers to a person. Pure.

import { both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { Finding, Ground } from '../../../base/finding.ts';
import { decideAcquisition, type StatedPurpose } from '../../../law/index.ts';
import type { LinkingConsent } from './receiving.ts';

/** The most characters an identifier may have. */
export const MAX_IDENTIFIER = 500;

export const unlinkReasons = ['withdrawal', 'mistake', 'not-needed'] as const;

export type UnlinkReason = (typeof unlinkReasons)[number];

/** The text by which an identifier is looked up; the vault makes a keyed digest of it. */
export const identifierKey = (collection: string, identifier: string, value: string): string =>
  `identifier\n${collection}\n${identifier}\n${value}`;

/** True when a consent to linking stands and was given by somebody who could give it. */
export const consentStands = ({ consent, objectedOn }: LinkingConsent): boolean =>
  consent !== null &&
  consent.withdrawnOn === undefined &&
  objectedOn === null &&
  (consent.givenBy === 'principal' || consent.givenBy === 'representative') &&
  consent.coversItems === true &&
  consent.coversRecipient === true;

/**
 * The answer to linking what we collect ourselves. This is an acquisition by observation (20, 21), for which the law requires no consent.
 * `promisedBy` is the policy clause that promises to ask for one all the same.
 */
export function ownLinkFinding(
  purposes: readonly StatedPurpose[],
  person: LinkingConsent,
  promisedBy: string | undefined,
  on: Day,
): Finding {
  const acquired = decideAcquisition(
    { information: 'personal', source: 'observed', purposes, purposePublished: true },
    on,
  );
  if (acquired.answer !== 'yes' || promisedBy === undefined) return acquired;
  const clause = (ja: string, en: string): Ground => ({ law: 'policy', article: promisedBy, says: both(ja, en) });
  return consentStands(person)
    ? {
        ...acquired,
        because: [
          ...acquired.because,
          clause('結び付けることに、本人の同意があります。', 'The person has consented to the linking.'),
        ],
      }
    : {
        answer: 'no',
        because: [
          clause(
            '本人と結び付ける前に、本人の同意を得ると約束していますが、その同意がありません。',
            'The company promises to obtain the person’s consent before linking. There is none.',
          ),
        ],
        duties: [],
        instead: [both('本人の同意を得てから結び付ける', 'Obtain the person’s consent, then link it')],
      };
}
