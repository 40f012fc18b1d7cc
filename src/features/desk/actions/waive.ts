// Waives what is missing of a fee: the company decides to go on without it. Whoever may dismiss a request for a missing fee may waive it, and nobody
// else: whoever takes money at the desk does not alone write off that it never came.

import { both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { done, forbidden, invalid, type Outcome } from '../../../base/outcome.ts';
import type { By, Room } from '../../access/index.ts';
import { foundBy } from '../facts/dismissal.ts';
import type { WaiverGround } from '../facts/event.ts';
import { feeWaivable } from '../facts/request.ts';
import type { Case } from './cases.ts';
import { takenBack } from './copies.ts';
import { happen, type Step } from './happen.ts';

export const says = {
  officer: both('手数料の免除は、個人情報保護管理者が行います', 'Only the privacy officer may waive a fee'),
  reason: both(
    'ほかの理由で免除するときは、その理由を書いてください',
    'If you waive it for another reason, write the reason',
  ),
};

export interface WaiveAsk {
  on: Day;
  ground: WaiverGround;
  /** Why, in words, for those who check it later; kept sealed and in no letter. */
  reason: string;
}

/** Waives all that is missing. What came of the fee is kept, and what comes later goes back. */
export async function waiveFee(
  desk: Room,
  by: By,
  id: string,
  step: Step,
  { on, ground, reason }: WaiveAsk,
): Promise<Outcome<Case>> {
  if (!desk.access.policies.decide(by.actor, 'requests:decide').allowed) return forbidden(says.officer);
  if (ground === 'other' && reason.trim() === '') return invalid('reason', says.reason);
  return happen(desk, by, id, step, (known) => {
    const yen = feeWaivable(foundBy(known.request, 'fee-waived'));
    const event = { event: 'fee-waived', on, ground, yen } as const;
    return done({
      event,
      papers: reason.trim() === '' ? [] : [{ kind: 'reason', about: 'fee-waived', text: reason }],
      drop: takenBack(known, event),
      subjects: { ground, yen },
    });
  });
}
