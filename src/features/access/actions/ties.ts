// Coming in by the company's sign-in. It lets in only staff who were tied to their account there, by giving their password here or by their
// invitation. An e-mail address alone lets nobody in, and having an account there puts nobody on the staff.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import { done, forbidden, invalid, type Outcome } from '../../../base/outcome.ts';
import type { Tx } from '../../../platform/database/index.ts';
import * as credentialsFacts from '../facts/credentials.ts';
import * as sessionFacts from '../facts/session.ts';
import { dropPassword } from '../store/credentials.ts';
import { takeLink } from '../store/links.ts';
import { endSessions } from '../store/sessions.ts';
import { lockStaff, staffById } from '../store/staff.ts';
import * as store from '../store/ties.ts';
import type { Account, StaffMember, StaffSession } from '../tables.ts';
import { bySelf, changing, record, type Access, type By } from './access.ts';
import { provedAgain, wrongCurrent } from './account.ts';
import { newKnown, stillFits } from './attempts.ts';
import { readLink } from './links.ts';
import { trouble, went, type Known, type Went } from './oidc.ts';
import { tellOwner } from './owner.ts';
import { beginSession, recordSignIn, sessionOf } from './sign-in.ts';
import { needsPassword } from './staff.ts';

/** The session token of somebody who has come in, and the mark by which their browser is known from now on. */
interface Came {
  token: string;
  known: string;
}

/** Signs in the member of staff who is tied to the account. */
export async function signInTied(access: Access, account: Known): Promise<Went<Came>> {
  const { clock, database } = access.office;
  return database.transaction(async (tx): Promise<Went<Came>> => {
    const id = await store.lockTied(tx, access.directory, account);
    const member = id === null ? null : await staffById(tx, access.directory, id);
    if (member?.state !== 'active') return trouble('unknown');
    const session = await beginSession(tx, member.id, true, clock.now());
    await recordSignIn(access, tx, session, 'company');
    return went({ token: session.token, known: newKnown(access, member.email) });
  });
}

/** Comes in by a link whose invited e-mail the provider vouches for; sets no password. Of several callers at once exactly one succeeds. */
export async function enterTied(access: Access, link: string, account: Known): Promise<Went<Came>> {
  const open = await readLink(access, link);
  if (!open?.staff) return trouble('link');
  if (credentialsFacts.normalEmail(account.verifiedEmail) !== open.staff.email) return trouble('email');
  const { id } = open.staff;
  return changing(access, async (tx, now): Promise<Went<Came>> => {
    await lockStaff(tx);
    const member = (await staffById(tx, access.directory, id))!;
    if (await needsPassword(access, tx, member)) return trouble('password');
    if (!(await takeLink(tx, link, now, id))) return trouble('link');
    const tied = await store.tie(tx, access.directory, id, account);
    const session = await beginSession(tx, id, true, now);
    await record(tx, now, bySelf(member), 'staff:enter', {
      staff: id,
      roles: member.roles,
      credentials: null,
      tie: tied,
      session: session.id,
      sha256: session.sha256,
    });
    await tellOwner(access, tx, member, 'enterTied', now);
    return went({ token: session.token, known: newKnown(access, member.email) });
  }).catch((error: unknown) => {
    if (store.isTieTaken(error)) return trouble('taken');
    throw error;
  });
}

/** Where a shown account waits until the member of staff who is signed in confirms the tie. */
const waitingAt = (browser: string, { id }: StaffSession) => ({ browser, at: `tie ${id}` });

/** Keeps the account that was shown, to be tied later. Refused (`over`) when another member of staff is signed in than the one who left. */
export async function showAccount(
  access: Access,
  { token, browser, staff }: { token: string; browser: string; staff: string },
  { issuer, subject, shown }: Known,
): Promise<Went<null>> {
  const { clock, database } = access.office;
  const own = await sessionOf(access, token);
  if (own?.staff.id !== staff) return trouble('over');
  const account: Account = { issuer, subject, shown };
  await store.keepVisit(database, access.directory, waitingAt(browser, own.session), account, clock.now());
  return went(null);
}

/** The account that waits to be tied; null when there is none. */
export async function accountShown(access: Access, token: string, browser: string): Promise<Account | null> {
  const { clock, database } = access.office;
  const own = await sessionOf(access, token);
  const at = own && browser !== '' && waitingAt(browser, own.session);
  return at
    ? store.visitOf<Account>(database, access.directory, at, { now: clock.now(), lastsMs: sessionFacts.VISIT_MS })
    : null;
}

const notShown = invalid(
  '',
  both(
    '時間がたったため、会社のサインインからやり直してください',
    'Too much time has passed. Begin again at the company’s sign-in',
  ),
);

const tieTaken = invalid(
  '',
  both(
    'この会社のアカウントは、すでに関所の従業者に結び付いています',
    'This company account is already tied to somebody on the staff',
  ),
);

const tiedAlready: Bilingual = both(
  'すでに会社のアカウントに結び付いています。先に結び付きを外してください',
  'You are already tied to a company account. Remove that tie first',
);

interface Proved {
  session: StaffSession;
  member: StaffMember;
}

/** Changes one's own ways in. The current password must be given again, and must still be the current one when the transaction begins. */
async function changingOwn<T>(
  access: Access,
  token: string,
  current: string,
  work: (tx: Tx, proved: Proved, now: number) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const proved = await provedAgain(access, token, current);
  if (!proved.ok) return proved;
  const { session, staff, credentials } = proved.value;
  return changing(access, async (tx, now) => {
    await lockStaff(tx);
    if (!(await stillFits(access, tx, credentials))) return wrongCurrent;
    const member = (await staffById(tx, access.directory, staff.id))!;
    return work(tx, { session, member }, now);
  });
}

/** Ties the member of staff to the account they have shown, once they have given their password again. */
export async function tieOneself(
  access: Access,
  by: By,
  token: string,
  { current, browser }: { current: string; browser: string },
): Promise<Outcome<null>> {
  return changingOwn(access, token, current, async (tx, { session, member }, now) => {
    if (member.tied) return forbidden(tiedAlready);
    const at = waitingAt(browser, session);
    const account = await store.visitOf<Account>(tx, access.directory, at, {
      now,
      lastsMs: sessionFacts.VISIT_MS,
      take: true,
    });
    if (!account) return notShown;
    const tied = await store.tie(tx, access.directory, member.id, account);
    await record(tx, now, by, 'staff:tie', { staff: member.id, tie: tied });
    await tellOwner(access, tx, member, 'tie', now);
    return done(null);
  }).catch((error: unknown) => {
    if (store.isTieTaken(error)) return tieTaken;
    throw error;
  });
}

const notTied: Bilingual = both('会社のサインインに結び付いていません', 'You are not tied to the company’s sign-in');

/** Removes one's own tie; the password lets in as before. Ends the sessions elsewhere, however they began. */
export async function untieOneself(access: Access, by: By, token: string, current: string): Promise<Outcome<null>> {
  return changingOwn(access, token, current, async (tx, { session, member }, now) => {
    if (!member.tied) return forbidden(notTied);
    await store.untie(tx, member.id);
    const ended = await endSessions(tx, member.id, { except: session.id }, now);
    await record(tx, now, by, 'staff:untie', { staff: member.id, ended: ended.length });
    await tellOwner(access, tx, member, 'untie', now);
    return done(null);
  });
}

/**
 * Removes one's own password, authenticator and recovery codes, so that only the company's sign-in lets in and a person shut out there is shut out
 * here. Refused to the last person with a needed role who could come in without it.
 */
export async function relyOnTie(access: Access, by: By, token: string, current: string): Promise<Outcome<null>> {
  return changingOwn(access, token, current, async (tx, { session, member }, now) => {
    if (!member.tied || !access.office.config.companySignIn) return forbidden(notTied);
    const needed = await needsPassword(access, tx, member);
    if (needed) return forbidden(needed);
    await dropPassword(tx, member.id);
    const ended = await endSessions(tx, member.id, { except: session.id }, now);
    await record(tx, now, by, 'staff:tie-alone', { staff: member.id, ended: ended.length });
    await tellOwner(access, tx, member, 'tieAlone', now);
    return done(null);
  });
}
