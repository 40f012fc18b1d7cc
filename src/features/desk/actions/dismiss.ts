// Ends a request without a decision: the requester may not ask, or what was asked for never came. The law must answer no, and an officer must dismiss
// it. The letter is prepared and posted like an answer; what comes until then takes the dismissal back.

import { both } from '../../../base/bilingual.ts';
import { day, type Day } from '../../../base/day.ts';
import { done, forbidden, type Outcome } from '../../../base/outcome.ts';
import { decideRequest, LAW_VERSION } from '../../../law/index.ts';
import { decisionOf } from '../../../log/index.ts';
import type { By, Room } from '../../access/index.ts';
import { standing } from '../../checkpoint/index.ts';
import { decideJudged } from '../../consultation/index.ts';
import { dismissalFacts } from '../facts/dismissal.ts';
import type { DismissalGround } from '../facts/event.ts';
import type { Case } from './cases.ts';
import { happen, type Step } from './happen.ts';

export const says = {
  officer: both('却下は、個人情報保護管理者が行います', 'Only the privacy officer may dismiss a request'),
};

export interface DismissAsk {
  on: Day;
  ground: DismissalGround;
  /** Additional text for the letter; kept sealed. */
  reason: string;
}

/** Dismisses a request. When the requester may not ask, what was found out about who asks no longer counts. */
export async function dismiss(
  desk: Room,
  by: By,
  id: string,
  step: Step,
  { on, ground, reason }: DismissAsk,
): Promise<Outcome<Case>> {
  if (!desk.access.policies.decide(by.actor, 'requests:decide').allowed) return forbidden(says.officer);
  const { policy } = await standing(desk.office);
  return happen(desk, by, id, step, async ({ request }, tx) => {
    const facts = dismissalFacts(request, ground);
    const about = { holding: null, purpose: null, on };
    const { finding } = await decideJudged(tx, decideRequest, facts, about);
    return done({
      event: { event: 'dismissed', on, ground, facts, finding },
      papers: reason.trim() === '' ? [] : [{ kind: 'reason', about: 'decided', text: reason }],
      subjects: { ground, decision: decisionOf(finding, day(LAW_VERSION), policy) },
    });
  });
}
