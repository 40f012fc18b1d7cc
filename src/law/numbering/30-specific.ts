// My Numbers in the questions of the APPI. None of those questions can allow a use of one. What the Numbering Act allows is decided by the questions
// of this folder; here the answer is no, or unknown with the affair as the missing fact. Consent is never looked at.

import type { Finding, Missing } from '../../base/finding.ts';
import { lacksUnder, no, unknown } from '../answer.ts';
import type { ProvisionFacts } from '../facts.ts';
import { closed, limitedCollection, limitedProvision, limitedUse } from './grounds.ts';

const affair = (article: string): Missing =>
  lacksUnder(
    'NumberingAct',
    'numberAffair',
    article,
    '個人番号を扱うどの事務に当たるか（マイナンバーの問いで確かめてください）',
    'Which affair that handles My Numbers this is (check with the My Number questions)',
  );

export const specificUse = (): Finding => unknown([limitedUse, closed], [affair('9(4)')]);

export const specificAcquisition = (): Finding => unknown([limitedCollection, closed], [affair('20')]);

export const specificJointUse = (): Finding => no([limitedProvision, closed]);

export const specificOptOut = (): Finding => no([limitedProvision, closed]);

/** Joint use, opt-out and consent never allow a My Number to be provided. For anything else the Numbering Act decides. */
export function specificProvision(facts: ProvisionFacts): Finding {
  const onlyConsent = facts.relation === 'third-party' && !facts.exception;
  if (facts.relation === 'joint-use' || facts.optOut || onlyConsent) return no([limitedProvision, closed]);
  return unknown([limitedProvision, closed], [affair('19')]);
}
