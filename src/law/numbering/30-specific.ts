// My Numbers at the questions of the APPI: none of them can open one. What the Numbering Act allows is asked by the questions of
// this folder; here the answer is no, or unknown naming the affair those questions ask for. Consent is never looked at.

import type { Finding, Missing } from '../../base/finding.ts';
import { lacksUnder, no, unknown } from '../answer.ts';
import type { ProvisionFacts } from '../facts.ts';
import { closed, limitedCollection, limitedProvision, limitedUse } from './grounds.ts';

const affair = (article: string): Missing =>
  lacksUnder(
    'NumberingAct',
    'numberAffair',
    article,
    '個人番号を扱うどの事務か（マイナンバーの問いで確かめてください）',
    'Which affair that handles My Numbers this is; one of the My Number questions tells',
  );

export const specificUse = (): Finding => unknown([limitedUse, closed], [affair('9(4)')]);

export const specificAcquisition = (): Finding => unknown([limitedCollection, closed], [affair('20')]);

export const specificJointUse = (): Finding => no([limitedProvision, closed]);

export const specificOptOut = (): Finding => no([limitedProvision, closed]);

/** Joint use, opt-out and consent never carry a My Number; the rest is for the Numbering Act to say. */
export function specificProvision(facts: ProvisionFacts): Finding {
  const onlyConsent = facts.relation === 'third-party' && !facts.exception;
  if (facts.relation === 'joint-use' || facts.optOut || onlyConsent) return no([limitedProvision, closed]);
  return unknown([limitedProvision, closed], [affair('19')]);
}
