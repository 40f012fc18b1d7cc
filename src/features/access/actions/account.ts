// What staff do with their own account: their sessions, their password, their recovery codes. What matters asks for the password again.

import { both } from '../../../base/bilingual.ts';
import { conflict, done, fieldOutcome, forbidden, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import * as sessionFacts from '../facts/session.ts';
import * as credentialsFacts from '../facts/credentials.ts';
import * as store from '../store/credentials.ts';
import { endSessions, openSessions } from '../store/sessions.ts';
import type { Credentials, StaffMember, StaffSession } from '../tables.ts';
import { changing, record, type Access, type By } from './access.ts';
import { sessionKeys, stillFits, takeBack, tryPassword, waitProblem } from './attempts.ts';
import { accountWords } from '../words.ts';
import { newPassword, newRecoveryCodes } from './credentials.ts';
import { tellOwner } from './owner.ts';
import { sessionOf } from './sign-in.ts';

export async function listOwnSessions(access: Access, staffId: string): Promise<StaffSession[]> {
  const now = access.office.clock.now();
  const open = await openSessions(access.office.database, staffId);
  return open.filter((s) => sessionFacts.sessionStage(s, now) === 'open');
}

export const countRecoveryCodes = (access: Access, staffId: string): Promise<number> =>
  store.countRecoveryCodes(access.office.database, staffId);

export const recoveryCodesDigest = (access: Access, staffId: string): Promise<string> =>
  store.recoveryCodesDigest(access.office.database, staffId);

/** Ends one of the person's own sessions. */
export async function endOwnSession(access: Access, by: By, sessionId: string): Promise<Outcome<null>> {
  if (by.actor.kind !== 'staff') return forbidden(both('従業者だけが使えます', 'For staff only'));
  const staffId = by.actor.id;
  return changing(access, async (tx, now) => {
    const [ended] = await endSessions(tx, staffId, { only: sessionId }, now);
    if (!ended) return notFound(both('このサインインはすでに終わっています', 'This session has ended already'));
    await record(tx, now, by, 'staff:session-end', { session: ended });
    return done(null);
  });
}

export const wrongCurrent = invalid('current', both('いまのパスワードを入れてください', 'Enter your current password'));

/** The person at the screen, once the current password was given again. A stolen session must not become a stolen account. */
export async function provedAgain(
  access: Access,
  token: string,
  current: string,
): Promise<Outcome<{ session: StaffSession; staff: StaffMember; credentials: Credentials }>> {
  const found = await sessionOf(access, token);
  if (!found) return forbidden(both('サインインが必要です', 'Please sign in'));
  const keys = sessionKeys(access, found.session.id);
  const { wait, proved } = await tryPassword(access, keys, { id: found.staff.id }, current);
  if (wait > 0) return waitProblem(wait);
  if (!proved) return wrongCurrent;
  await access.office.database.transaction((tx) => takeBack(tx, keys, false));
  return done({ ...found, credentials: proved });
}

/** Changes the password and ends every other session of the person. */
export async function changePassword(
  access: Access,
  by: By,
  token: string,
  form: { current: string; password: string; passwordAgain: string },
): Promise<Outcome<{ ended: number }>> {
  const proved = await provedAgain(access, token, form.current);
  if (!proved.ok) return proved;
  const { session, staff, credentials } = proved.value;
  const problems = credentialsFacts.newPasswordProblems(form.password, form.passwordAgain, [staff.name, staff.email]);
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  const passwordHash = await newPassword(form.password);
  return changing(access, async (tx, now) => {
    if (!(await stillFits(access, tx, credentials))) return wrongCurrent;
    const digest = await store.setPassword(tx, staff.id, passwordHash);
    const ended = await endSessions(tx, staff.id, { except: session.id }, now);
    await record(tx, now, by, 'staff:password', { staff: staff.id, credentials: digest, ended: ended.length });
    await tellOwner(access, tx, staff, 'password', now);
    return done({ ended: ended.length });
  });
}

/**
 * Ten new recovery codes; the old ones stop working. `seen`: digest of the codes there were when the form was shown. `conflict` on `made` where there
 * are others: a form that is sent twice does not end the codes that were just written down.
 */
export async function renewRecoveryCodes(
  access: Access,
  by: By,
  token: string,
  current: string,
  seen?: string,
): Promise<Outcome<string[]>> {
  const proved = await provedAgain(access, token, current);
  if (!proved.ok) return proved;
  const { staff, credentials } = proved.value;
  return changing(access, async (tx, now) => {
    if (!(await stillFits(access, tx, credentials))) return wrongCurrent;
    if (seen !== undefined && (await store.recoveryCodesDigest(tx, staff.id)) !== seen)
      return conflict('made', accountWords.renewedSince);
    const codes = newRecoveryCodes();
    await store.setRecoveryCodes(tx, access.directory, staff.id, codes);
    await record(tx, now, by, 'staff:recovery-codes', { staff: staff.id });
    await tellOwner(access, tx, staff, 'recoveryCodes', now);
    return done(codes);
  });
}
