// The desk is no way around. A step that reaches what another room keeps asks of whoever takes it what that room asks: the action of the access
// policies and, of a system, every purpose for which the holdings keep the person.

import type { Action } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import { done, forbidden, type Outcome } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { actionWords, type By, type Room } from '../../access/index.ts';
import { held, holdingsProblem, standing } from '../../checkpoint/index.ts';

/** What may be reached; the log entry names these policies too. */
export type ReachingAction = Extract<
  Action,
  'people:search' | 'people:use' | 'people:correct' | 'people:erase' | 'people:provide' | 'consents:write'
>;

async function holdingsOf(office: Office, principal: string): Promise<string[]> {
  const about = await held(office, principal);
  return about.ok && 'records' in about.value ? about.value.records.map(({ holding }) => holding) : [];
}

/** By whom it is done, with what lets them reach the person, by every id they have (none: nobody yet); forbidden to whoever may not. */
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
  const reached = await Promise.all(principals.map((principal) => holdingsOf(office, principal)));
  const outside = reached.length === 0 ? null : holdingsProblem(actor, await standing(office), reached.flat());
  return outside ?? done({ actor, authority: [...new Set([...authority, ...policies])] });
}
