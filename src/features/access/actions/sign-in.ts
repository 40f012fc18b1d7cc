// Signing in, in two steps, and signing out. Sessions begin only here.

import { both, type Lang } from '../../../base/bilingual.ts';
import { newId } from '../../../base/id.ts';
import { done, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import * as sessionFacts from '../facts/session.ts';
import * as credentialsFacts from '../facts/credentials.ts';
import { lockCredentials, setTotpStep, takeRecoveryCode } from '../store/credentials.ts';
import { endSessions, forgetSessions, insertSession, sessionByToken, setLang } from '../store/sessions.ts';
import { staffById } from '../store/staff.ts';
import type { Credentials, StaffMember, StaffSession } from '../tables.ts';
import { bySelf, changing, record, type Access } from './access.ts';
import { attemptKeys, countAttempt, newKnown, stillFits, takeBack, tryPassword, waitProblem } from './attempts.ts';
import { newToken } from './credentials.ts';

export const wrongCode = both(
  'アプリにいま表示されている6桁の数字を入れてください',
  'Enter the six digits your app shows now',
);

const appUnreadable = both(
  '認証アプリの登録が鍵で開けず、アプリの数字では入れません。復旧コードを入れるか、個人情報保護管理者か運用管理者に新しいリンクを頼んでください',
  'Your authenticator app’s entry cannot be opened with the key, so the app’s digits do not work. Enter a recovery code, or ask a privacy officer or the administrator for a new link',
);

export async function beginSession(tx: Tx, staffId: string, confirmed: boolean, now: number) {
  await forgetSessions(tx, now, sessionFacts.SESSION_MS);
  const session = { id: newId(now), staffId, token: newToken(), confirmed, now };
  return { ...session, sha256: await insertSession(tx, session) };
}

const fromTheBeginning = notFound(
  both('もう一度、最初からサインインしてください', 'Please sign in again from the beginning'),
);

const wrongSignIn = invalid(
  'password',
  both(
    'メールアドレスかパスワードが違います。確かめて、もう一度入れてください',
    'E-mail or password is wrong. Check both and try again',
  ),
);

/** Records that an account or address was locked after too many failures, whether or not the account exists. */
async function recordLock(access: Access, staffId: string | undefined): Promise<void> {
  const now = access.office.clock.now();
  await access.office.database.transaction((tx) =>
    record(tx, now, { actor: { kind: 'public' }, authority: [] }, 'staff:lock', { staff: staffId }),
  );
}

export interface SignedIn {
  token: string;
  /** The password was right; the code is still missing. */
  awaitsCode: boolean;
  /** The mark by which the browser is known from now on; '' while the code is missing. */
  known: string;
}

/**
 * First step of signing in. An unknown account and a wrong password get the same answer after the same work. `known` is the browser's mark from an
 * earlier sign-in.
 */
export async function signIn(
  access: Access,
  form: { email: string; password: string },
  address: string,
  known = '',
): Promise<Outcome<SignedIn>> {
  const keys = attemptKeys(access, form.email, address, known);
  const { wait, locked, account, proved } = await tryPassword(access, keys, { email: form.email }, form.password);
  if (wait > 0) return waitProblem(wait);
  if (!proved) {
    if (locked) await recordLock(access, account);
    return wrongSignIn;
  }
  const awaitsCode = proved.totpSecret !== null;
  const now = access.office.clock.now();
  return access.office.database.transaction(async (tx) => {
    if (!(await stillFits(access, tx, proved))) return wrongSignIn;
    await takeBack(tx, keys, !awaitsCode);
    const session = await beginSession(tx, proved.id, !awaitsCode, now);
    if (!awaitsCode) await recordSignIn(access, tx, session, 'none');
    return done({ token: session.token, awaitsCode, known: awaitsCode ? '' : newKnown(access, form.email) });
  });
}

type Begun = Awaited<ReturnType<typeof beginSession>>;

export async function recordSignIn(
  access: Access,
  tx: Tx,
  { id: session, staffId, sha256, now }: Begun,
  factor: string,
) {
  const member = await staffById(tx, access.directory, staffId);
  if (member) await record(tx, now, bySelf(member), 'staff:sign-in', { session, sha256, factor });
}

/** The person whose code is awaited under this token; null when there is none. */
export async function awaitedCode(
  access: Access,
  token: string,
  on: Queryable = access.office.database,
): Promise<{ session: StaffSession; staff: StaffMember } | null> {
  const found = token === '' ? null : await sessionByToken(on, access.directory, token);
  return found && sessionFacts.sessionStage(found.session, access.office.clock.now()) === 'awaits-code' ? found : null;
}

/** Takes a code of the authenticator or a recovery code; each is good once. `found`: the locked credentials. Returns which it was. */
async function takeCode(
  access: Access,
  tx: Tx,
  found: Credentials,
  code: string,
  now: number,
): Promise<'totp' | 'recovery-code' | null> {
  const { totpSecret: secret, totpLastStep } = found;
  const step = secret && secret !== 'unreadable' ? credentialsFacts.stepOfCode(secret, code, now, totpLastStep) : null;
  if (step !== null) {
    await setTotpStep(tx, found.id, step);
    return 'totp';
  }
  return (await takeRecoveryCode(tx, access.directory, found.id, code, now)) ? 'recovery-code' : null;
}

/** Second step of signing in. Begins a new session; the token of the first step stops working. */
export async function confirmSignIn(
  access: Access,
  token: string,
  code: string,
  address: string,
  known = '',
): Promise<Outcome<SignedIn>> {
  const awaited = await awaitedCode(access, token);
  if (!awaited) return fromTheBeginning;
  const { session, staff } = awaited;
  const keys = attemptKeys(access, staff.email, address, known);
  const { wait, locked } = await countAttempt(access, keys);
  if (wait > 0) return waitProblem(wait);
  const outcome = await access.office.database.transaction(async (tx): Promise<Outcome<SignedIn>> => {
    const now = access.office.clock.now();
    const found = await lockCredentials(tx, access.directory, staff.id);
    // Another code may have been taken for it meanwhile, or the password changed: then this one is not used up.
    if (!(await awaitedCode(access, token, tx))) return fromTheBeginning;
    const factor = found && (await takeCode(access, tx, found, code, now));
    if (!factor) return invalid('code', found?.totpSecret === 'unreadable' ? appUnreadable : wrongCode);
    await endSessions(tx, staff.id, { only: session.id }, now);
    await takeBack(tx, keys, true);
    const next = await beginSession(tx, staff.id, true, now);
    await recordSignIn(access, tx, next, factor);
    return done({ token: next.token, awaitsCode: false, known: newKnown(access, staff.email) });
  });
  if (!outcome.ok && locked) await recordLock(access, staff.id);
  return outcome;
}

/** The open session of a token and its person; null when there is none. */
export async function sessionOf(
  access: Access,
  token: string,
): Promise<{ session: StaffSession; staff: StaffMember } | null> {
  const found = token === '' ? null : await sessionByToken(access.office.database, access.directory, token);
  return found && sessionFacts.sessionStage(found.session, access.office.clock.now()) === 'open' ? found : null;
}

/** Remembers the language in which the person has just signed in, for their mail. */
export const readsIn = (access: Access, token: string, lang: Lang): Promise<void> =>
  setLang(access.office.database, token, lang);

/** Ends the session of this token, at either step. Does nothing when there is none. */
export async function signOut(access: Access, token: string): Promise<void> {
  const found = token === '' ? null : await sessionByToken(access.office.database, access.directory, token);
  if (!found) return;
  await changing(access, async (tx, now) => {
    const [ended] = await endSessions(tx, found.staff.id, { only: found.session.id }, now);
    if (ended) await record(tx, now, bySelf(found.staff), 'staff:sign-out', { session: ended });
  });
}
