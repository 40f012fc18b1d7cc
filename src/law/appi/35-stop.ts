// What a stop granted under Article 35 reaches. A stop of provision reaches only provision to third parties. An entrusted party, a successor and a
// joint user are no third parties (27(5)), except where only a consent under 28(1) allows the provision. A stop of use reaches these too.

import type { Day } from '../../base/day.ts';
import type { Finding, Ground } from '../../base/finding.ts';
import { appi, no } from '../answer.ts';
import type { ProvisionFacts } from '../facts.ts';
import { testConsent, thirdPartyScope } from './16-consent.ts';
import { testException } from './18-exceptions.ts';
import { foreignStatus } from './28-foreign.ts';

/** The paragraph under which a stop was carried out. */
export type StopArticle = '35(2)' | '35(4)' | '35(6)';

/** A measure taken for a person, and the day since when. */
export interface Stop {
  stops: 'use' | 'provision';
  article: StopArticle;
  from: Day;
}

const stopped: Record<Stop['stops'], [string, string]> = {
  use: ['本人の請求により、この人の情報の利用を止めています。', 'The person had the use of this information stopped.'],
  provision: [
    '本人の請求により、この人の情報の第三者への提供を止めています。',
    'The person had the provision of this information to third parties stopped.',
  ],
};

/** Why a stop of use also reaches what is not a provision to a third party. */
const isUse: Partial<Record<NonNullable<ProvisionFacts['relation']>, Ground>> = {
  entrustment: appi(
    '27(5)(i)',
    '委託先は第三者ではありませんが、取扱いを任せることも利用に当たります。',
    'An entrusted party is no third party, but entrusting the handling is a use.',
  ),
  succession: appi(
    '27(5)(ii)',
    '事業を承継する者は第三者ではありませんが、渡すことも利用に当たります。',
    'A successor to the business is no third party, but handing over is a use.',
  ),
  'joint-use': appi(
    '27(5)(iii)',
    '共同利用の相手は第三者ではありませんが、共同で使うことも利用に当たります。',
    'A joint user is no third party, but joint use is a use.',
  ),
};

const thirdAbroad = appi(
  '28(1)',
  '外国にある相手には27条5項が働かず、第三者への提供として扱います。',
  'For this recipient abroad 27(5) does not apply, so it is a provision to a third party.',
);

const leaveOut = { ja: 'この本人を除いて行う', en: 'Do it without this person' };

const founded = ({ stops, article }: Stop): Ground => appi(article, ...stopped[stops]);

/** The refusal of a use within the company, which only a stop of use reaches; null otherwise. */
export const useStopped = (stop: Stop): Finding | null => (stop.stops === 'use' ? no([founded(stop)], leaveOut) : null);

/**
 * Does the provision rest on a consent given after the stop that covers it? Where there is an opt-out, the consent must be fully valid, because
 * otherwise the opt-out would carry the provision.
 */
function consentedAfter({ from }: Stop, facts: ProvisionFacts, on: Day): boolean {
  const { consent } = facts;
  if (consent?.on === undefined || consent.on <= from) return false;
  const isOther = foreignStatus(facts, on)?.status === 'OTHER';
  const scope = isOther ? [...thirdPartyScope, 'abroad' as const] : thirdPartyScope;
  if (scope.some((fact) => consent[fact] === false)) return false;
  return !facts.optOut || testConsent(facts, thirdPartyScope, '27(1)', on).met === true;
}

/**
 * 35(2), (4), (6). The refusal of a provision that a stop reaches; null where it reaches none. No stop reaches what an item of 27(1) allows without
 * consent. A stop of provision does not reach what the person consented to after it, nor a My Number, whose provision only the Numbering Act allows.
 */
export function provisionStopped(stop: Stop, facts: ProvisionFacts, on: Day): Finding | null {
  if (facts.exception && testException(facts.exception).met !== false) return null;
  const { relation } = facts;
  if (stop.stops === 'use') {
    const why = relation && isUse[relation];
    return no(why ? [founded(stop), why] : [founded(stop)], leaveOut);
  }
  if (facts.information === 'my-number' || relation === undefined || relation === 'same-entity') return null;
  if (consentedAfter(stop, facts, on)) return null;
  const status = foreignStatus(facts, on)?.status;
  if (status === 'CLOUD_NO_HANDLING') return null;
  if (relation === 'third-party') return no([founded(stop)], leaveOut);
  return status === 'OTHER' ? no([founded(stop), thirdAbroad], leaveOut) : null;
}
