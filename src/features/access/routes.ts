// The addresses of access and who may use each. There is no JSON here: a system gets its authority from a person, on a page.

import { formTexts, page, plain, type Route } from '../../platform/http/index.ts';
import type { Access } from './actions/access.ts';
import * as account from './pages/account.tsx';
import * as authority from './pages/authority.tsx';
import * as company from './pages/company.tsx';
import * as enter from './pages/enter.tsx';
import * as signIn from './pages/sign-in.tsx';
import * as staff from './pages/staff.tsx';
import * as systems from './pages/systems.tsx';

/** `purposes`: those of the policy in force, to which tokens can be bound. `charges`: what other features have in the hands of a member of staff. */
export const accessRoutes = (access: Access, purposes: systems.Purposes, charges: staff.ChargesOf): Route[] => [
  page('get', '/setup/:token', 'public', enter.showLink(access)),
  page('post', '/setup/:token', 'public', enter.postLink(access)),
  page('get', '/invitation/:token', 'public', enter.showLink(access)),
  page('post', '/invitation/:token', 'public', enter.postLink(access)),
  plain('/invitation/:token/company', 'public', company.leaveByLink(access)),

  page('get', '/sign-in', 'public', signIn.showSignIn(access)),
  page('post', '/sign-in', 'public', signIn.postSignIn(access)),
  page('get', '/sign-in/code', 'public', signIn.showCode(access)),
  page('post', '/sign-in/code', 'public', signIn.postCode(access)),
  plain('/sign-in/company', 'public', company.leaveToSignIn(access)),
  plain('/sign-in/company/back', 'public', company.comeBack(access)),
  page('post', '/sign-out', 'public', signIn.postSignOut(access)),

  page('get', '/account', 'signed-in', account.showAccount(access)),
  page('post', '/account/person', 'signed-in', account.postPerson(access), {
    texts: formTexts(account.personLabels, { secret: /^person-proof$/ }),
  }),
  page('post', '/account/password', 'signed-in', account.postPassword(access)),
  page('post', '/account/sessions/:id/end', 'signed-in', account.postEndSession(access)),
  page('post', '/account/recovery-codes', 'signed-in', account.postRecoveryCodes(access)),
  plain('/account/company/leave', 'signed-in', company.leaveToTie(access)),
  page('get', '/account/company', 'signed-in', company.showTie(access)),
  page('post', '/account/company', 'signed-in', company.postTie(access)),
  page('post', '/account/company/end', 'signed-in', account.postUntie(access)),
  page('post', '/account/company/alone', 'signed-in', account.postRely(access)),

  page('get', '/staff', 'staff:read', staff.showStaff(access)),
  staff.staffFiles(access),
  page('get', '/staff/new', 'staff:write', staff.showInvite(access)),
  page('post', '/staff/new', 'staff:write', staff.postInvite(access), { texts: formTexts(staff.labels) }),
  page('get', '/staff/:id', 'staff:read', staff.showMember(access, charges)),
  page('post', '/staff/:id', 'staff:write', staff.postRoles(access, charges)),
  page('post', '/staff/:id/person', 'staff:write', staff.postPerson(access, charges), {
    texts: formTexts(staff.labels),
  }),
  page('get', '/staff/:id/end', 'staff:write', staff.askEnd(access, charges)),
  page('post', '/staff/:id/end', 'staff:write', staff.postEndStaff(access, charges)),
  page('get', '/staff/:id/reset', 'staff:write', staff.askReset(access)),
  page('post', '/staff/:id/reset', 'staff:write', staff.postResetStaff(access)),

  page('get', '/authority', 'staff:read', authority.showAuthority(access)),
  page('get', '/authority/versions/:version', 'staff:read', authority.showVersion(access)),
  authority.authorityFiles(access),

  page('get', '/systems', 'staff:read', systems.showSystems(access, purposes)),
  systems.systemFiles(access, purposes),
  page('get', '/systems/new', 'systems:write', systems.showNewSystem()),
  page('post', '/systems/new', 'systems:write', systems.postSystem(access), { texts: formTexts(systems.labels) }),
  page('get', '/systems/:id/token', 'systems:write', systems.showNewToken(access, purposes)),
  page('post', '/systems/:id/token', 'systems:write', systems.postToken(access, purposes)),
  page('get', '/systems/:id/end', 'systems:write', systems.showEndSystem(access)),
  page('post', '/systems/:id/end', 'systems:write', systems.postEndSystem(access)),
  page('get', '/systems/tokens/:id/revoke', 'systems:write', systems.showRevoke(access)),
  page('post', '/systems/tokens/:id/revoke', 'systems:write', systems.postRevoke(access)),
];
