// Keeps the desk from being a way around. A step that reaches what another room keeps needs what that room demands: the action of the access policies
// and, for a system, every purpose for which the holdings keep the person.

import type { Action } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import { done, forbidden, type Outcome } from '../../../base/outcome.ts';
import { actionWords, type By, type Room } from '../../access/index.ts';
import { holdingsProblem, recordsHeld, standing } from '../../checkpoint/index.ts';

/** The actions that a step may need; the log entry names the policies that allow them, too. */
export type ReachingAction = Extract<
  Action,
  'people:search' | 'people:use' | 'people:correct' | 'people:erase' | 'people:provide' | 'consents:write'
>;

/** The caller with the policies that let them reach the person, by every id (none: nobody yet). Forbidden when they may not. */
export async function reaching(
  { office, access }: Room,
  { actor, authority }: By,
  action: ReachingAction,
  principals: readonly string[],
): Promise<Outcome<By>> {
  const { allowed, policies } = access.policies.decide(actor, action);
  if (!allowed) {
    const { ja, en } = actionWords[action];
    return forbidden(both(`「${ja}」の権限がありません`, `You may not do this: ${en}`));
  }
  const reached = await Promise.all(principals.map((principal) => recordsHeld(office.database, principal)));
  const holdings = reached.flat().map(({ holding }) => holding);
  const outside = reached.length === 0 ? null : holdingsProblem(actor, await standing(office), holdings);
  return outside ?? done({ actor, authority: [...new Set([...authority, ...policies])] });
}
