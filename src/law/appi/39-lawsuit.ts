// Article 39: a lawsuit about disclosure, correction or suspension requires an earlier request. It may be brought two weeks after the request
// arrived, or at once when it was refused. For the company, that is the day by which it should have decided.

import { addDays, type Day } from '../../base/day.ts';
import type { Duty, Finding } from '../../base/finding.ts';
import { appi, duty, lacks, noLawOn, outsideText, settle, step, yes } from '../answer.ts';
import { contradiction, reversed, type Contradiction } from '../contradiction.ts';
import { inForce, lawsuitWaitingDays } from '../parameters.ts';

/** 39: may the person go to court over this request now? */
export interface LawsuitFacts {
  /** The day the request arrived, or should normally have arrived (39(2)); null = no request has been made. */
  arrivedOn?: Day | null;
  /** The day the company refused it; null = it has not. */
  refusedOn?: Day | null;
}

const rule = appi(
  '39(1)',
  '本人が訴えを起こせるのは、前もって請求し、届いた日から2週間が過ぎた後です。',
  'A person may sue only after a request, once two weeks have passed since it arrived.',
);
const passed = appi(
  '39(1)',
  '請求が届いた日から2週間が過ぎています。',
  'Two weeks have passed since the request arrived.',
);
const waiting = appi(
  '39(1)',
  '請求が届いた日から、まだ2週間が過ぎていません。',
  'Two weeks have not yet passed since the request arrived.',
);
const refused = appi(
  '39(1) proviso',
  '当社が請求を拒んだので、待たずに訴えを起こせます。',
  'The company has refused the request, so there is no need to wait.',
);
const unrequested = appi('39(1)', '前もっての請求がありません。', 'No request has been made beforehand.');
const decide = (by: Day): Duty =>
  duty(
    'decide-request',
    ['APPI', '39(1)'],
    'later',
    '遅滞なく決めて本人に知らせる。この日を過ぎると訴えを起こされることがある',
    'Decide without delay and tell the person; after this day a lawsuit is possible',
    { by },
  );

/** 39. May the person go to court over this request on this day? The day of arrival is not counted (Civil Code 140). */
export function decideLawsuit(facts: LawsuitFacts, on: Day): Finding {
  const silent = outsideText(on);
  if (silent) return silent;
  const days = inForce(lawsuitWaitingDays, on);
  if (days === undefined) return noLawOn();
  const { arrivedOn, refusedOn } = facts;
  if (arrivedOn === null) return { answer: 'no', because: [unrequested], duties: [] };
  const refusal =
    refusedOn === undefined ? [lacks('refusedOn', '39(1)', '請求を拒んだ日', 'The day it was refused')] : [];
  if (arrivedOn === undefined) {
    const arrival = lacks('arrivedOn', '39(1)', '請求が届いた日', 'The day the request arrived');
    return settle(rule, step([], [], [arrival, ...refusal]));
  }
  if (refusedOn && refusedOn <= on) return yes([refused]);
  const last = addDays(arrivedOn, days);
  if (last < on) return yes([passed]);
  if (refusal.length > 0) return settle(rule, step([], [], refusal));
  return { answer: 'no', because: [waiting], duties: [decide(last)] };
}

/** Days of a request that cannot all be true. */
export const lawsuitContradictions = ({ arrivedOn, refusedOn }: LawsuitFacts): Contradiction[] =>
  arrivedOn === null && refusedOn
    ? [
        contradiction(
          'refusedOn',
          '請求がないのに、拒んだ日があります',
          'Nothing was requested, so nothing was refused',
        ),
      ]
    : reversed(
        arrivedOn,
        'refusedOn',
        refusedOn,
        '届いた日より前には拒めません',
        'It cannot be refused before it arrived',
      );
