// Who may give whom which role or action, so that nobody reaches people by an account or a token of their own making. Pure.

import { type Action, actions, type Actor, isOfficer, type Role, roles } from '../../../base/actor.ts';
import { type Bilingual, both } from '../../../base/bilingual.ts';
import type { AccessPolicies } from './policies.ts';

/** The roles named in the texts of a form or a row; unknown ones are dropped. */
export const readRoles = (texts: readonly string[]): Role[] => roles.filter((role) => texts.includes(role));

export const readActions = (texts: readonly string[]): Action[] => actions.filter((action) => texts.includes(action));

/**
 * True when the action reaches people's information, so that only an officer lets in those who may do it. Records and packages are included, as
 * remarks about people are opened in them.
 */
export const isAboutPeople = (action: Action): boolean => /^(?:people|requests|records|packages):/.test(action);

/** True when the action writes a register that the checkpoint, or a letter to a person, relies on. */
const writesRegister = (action: Action): boolean =>
  /^(?:ledger|consents|recipients|joint-uses|transmissions|letters):write$/.test(action);

/** True when a token with this action reaches only what is for one of its purposes, and so nothing when it has none. */
export const isForPurposes = (action: Action): boolean =>
  /^(?:people|records|packages):/.test(action) || action === 'consents:write';

/** True when only an officer may give the action to a token. */
export const isOfficersToGive = (action: Action): boolean => isAboutPeople(action) || writesRegister(action);

/** True when `by` may let others, people or systems, reach people's information. */
export const mayLetReach = (by: Actor): boolean => by.kind === 'sekisho' || isOfficer(by);

/** The member of staff whose authority is decided; `id` is null for somebody yet to be invited. */
interface Target {
  id: string | null;
  roles: readonly Role[];
}

/** The actions on people's information that the policies allow to somebody with these roles. */
function reachOf(policies: AccessPolicies, { id, roles: having }: Target): Action[] {
  const holder: Actor = { kind: 'staff', id: id ?? '', name: '', roles: having };
  return actions.filter((action) => isAboutPeople(action) && policies.decide(holder, action).allowed);
}

/** True when these roles give the target a role that reaches people's information, or more reach than before. */
export function givesReach(policies: AccessPolicies, target: Target, wanted: readonly Role[]): boolean {
  const given = wanted.filter((role) => !target.roles.includes(role));
  if (given.some((role) => reachOf(policies, { id: target.id, roles: [role] }).length > 0)) return true;
  const before = reachOf(policies, target);
  return reachOf(policies, { id: target.id, roles: wanted }).some((action) => !before.includes(action));
}

/**
 * Why `by` may not give `target` exactly these roles; null when they may. Nobody decides about themselves. Only an officer decides about officers
 * and gives what reaches people's information: otherwise an administrator could reach it through somebody else.
 */
export function grantProblem(
  policies: AccessPolicies,
  by: Actor,
  target: Target,
  wanted: readonly Role[],
): Bilingual | null {
  if (by.kind !== 'staff' && by.kind !== 'sekisho') {
    return both('役割を決められるのは従業者だけです', 'Only staff decide about roles');
  }
  if (by.kind === 'staff' && by.id === target.id) {
    return both(
      '自分の役割と登録は、ほかの人に変えてもらってください',
      'Ask somebody else to change your own roles and entry',
    );
  }
  if (mayLetReach(by)) return null;
  if (target.roles.includes('officer') || wanted.includes('officer')) {
    return both(
      '個人情報保護管理者のことは、個人情報保護管理者だけが決められます',
      'Only a privacy officer can decide about privacy officers',
    );
  }
  return givesReach(policies, target, wanted)
    ? both(
        '個人の情報に届く役割を与え、その役割の人を入れるのは、個人情報保護管理者だけです',
        'Only a privacy officer can give roles that reach people’s information, and let in people who have them',
      )
    : null;
}

/** Why `by` may not let somebody in, for the first time or again, which gives all their roles anew; null when they may. */
export const letInProblem = (policies: AccessPolicies, by: Actor, { id, roles: having }: Target): Bilingual | null =>
  grantProblem(policies, by, { id, roles: [] }, having);
