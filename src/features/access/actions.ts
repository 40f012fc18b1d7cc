// The verbs of entering: who a request comes from, signing in and out, letting staff and systems in, changing and ending their
// authority. Every change of an authority writes its log entry in the same transaction. No password, code or token is ever kept.

import { createHmac, hash, randomBytes, randomInt } from 'node:crypto';
import fs from 'node:fs/promises';
import { hash as hashPassword, verify as verifyPassword } from '@node-rs/argon2';
import type { Action, Actor, Role } from '../../base/actor.ts';
import { both, type Bilingual } from '../../base/bilingual.ts';
import { dayOf } from '../../base/day.ts';
import { newId } from '../../base/id.ts';
import { done, failed, invalid, notFound, type FieldProblem, type Outcome } from '../../base/outcome.ts';
import { append, logEntry } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Gate, Identity } from '../../platform/http/index.ts';
import { StartProblem } from '../../platform/start-problem.ts';
import * as facts from './facts.ts';
import type { AccessPolicies, Authority } from './facts.ts';
import * as store from './store.ts';
import type { ApiToken, Credentials, OpenLink, StaffMember, StaffSession, System } from './tables.ts';

/** The equipment entering needs: neither vault nor signing key. */
export type AccessOffice = Pick<Office, 'config' | 'clock' | 'database'>;

/** What this feature works with. Opened once at the start. */
export interface Access {
  office: AccessOffice;
  policies: AccessPolicies;
  directory: store.Directory;
  /** Checked against when there is no such account, so that the answer takes as long. */
  nobodysPassword: string;
  /** What forgets its tokens and sessions when an authority changes in this process; other processes hear it from the database. */
  forget: Set<() => void>;
}

/** Who does it, and the access policies that let them; both go into the log. */
export interface By {
  actor: Actor;
  authority: readonly string[];
}

/** argon2id with the first of OWASP's recommended parameters (19 MiB, 2 passes, 1 lane). */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const newPassword = (password: string): Promise<string> => hashPassword(facts.normalPassword(password), ARGON2ID);

const newToken = (): string => randomBytes(32).toString('base64url');

/** Reads and checks the access policies. Throws StartProblem with the line and the reason when they cannot be relied on. */
export async function loadAccessPolicies(file: string): Promise<AccessPolicies> {
  const text = await fs.readFile(file, 'utf8').catch(() => {
    throw new StartProblem(
      `アクセスの方針を読めません（${file}）。ファイルを置いてください。`,
      `The access policies cannot be read (${file}). Put the file there.`,
    );
  });
  return facts.readAccessPolicies(text, file);
}

/** Opens the staff directory with its key. Throws StartProblem when the key is missing or wrong. */
export async function openAccess(office: AccessOffice, policies: AccessPolicies): Promise<Access> {
  const directory = await store.openDirectory(office.database, office.config.dataFolder);
  return { office, policies, directory, nobodysPassword: await newPassword(newToken()), forget: new Set() };
}

/** A transaction that changes an authority; what was remembered of it is forgotten before the caller hears of it. */
async function changing<T>(access: Access, work: (tx: Tx, now: number) => Promise<T>): Promise<T> {
  const value = await access.office.database.transaction((tx) => work(tx, access.office.clock.now()));
  for (const forget of access.forget) forget();
  return value;
}

type Subjects = Parameters<typeof logEntry>[3];

const record = (tx: Tx, now: number, by: By, action: string, subjects: Subjects): Promise<void> =>
  append(
    tx,
    logEntry(now, by.actor, action, {
      ...subjects,
      ...(by.authority.length > 0 ? { authority: [...by.authority] } : {}),
    }),
  );

const asActor = (s: Pick<StaffMember, 'id' | 'name' | 'roles'>): Actor => ({
  kind: 'staff',
  id: s.id,
  name: s.name,
  roles: s.roles,
});

const bySelf = (s: StaffMember): By => ({ actor: asActor(s), authority: [] });

const refusal = (says: Bilingual): ReturnType<typeof failed> => failed({ kind: 'forbidden', says });

// ---- the gate

const REMEMBER_MS = 5_000;
const REMEMBER_MOST = 10_000;
const TOUCH_MS = 60_000;
const PUBLIC: Identity = { actor: { kind: 'public' }, csrf: '' };

/** API tokens are recognisable, so that scanners find one that was published by mistake. */
const TOKEN_PREFIX = 'sks_';
const bearer = /^Bearer +(sks_[A-Za-z0-9_-]{43})$/i;

/** A cookie with `__Host-` is bound to this host and to https by the browser. */
const cookieName = (publicUrl: string): string => (publicUrl.startsWith('https:') ? '__Host-sekisho' : 'sekisho');

/** The Set-Cookie value that carries a session; an empty token takes it away. */
export const sessionCookie = (access: Access, token: string): string => {
  const { publicUrl } = access.office.config;
  return [
    `${cookieName(publicUrl)}=${token}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(publicUrl.startsWith('https:') ? ['Secure'] : []),
    ...(token === '' ? ['Max-Age=0'] : []),
  ].join('; ');
};

/** The session token of a Cookie header; '' when there is none. */
export function tokenOfCookie(access: Access, cookie: string | undefined): string {
  const name = `${cookieName(access.office.config.publicUrl)}=`;
  const found = cookie?.split(/; */).find((part) => part.startsWith(name));
  const token = found?.slice(name.length) ?? '';
  return /^[A-Za-z0-9_-]{43}$/.test(token) ? token : '';
}

/** Ties forms to the session without being stored: only who holds the session's token can make it. */
const formToken = (token: string): string => createHmac('sha256', token).update('form').digest('base64url');

interface Remembered {
  identity: Identity;
  at: number;
  session?: StaffSession;
  expiresAt?: number;
}

const within = (r: Remembered, now: number): boolean =>
  r.session ? facts.sessionStage(r.session, now) === 'open' : now < (r.expiresAt ?? 0);

async function lookUpToken(access: Access, digest: string, now: number): Promise<Remembered | null> {
  const { database, clock } = access.office;
  const found = await store.tokenByHash(database, Buffer.from(digest, 'base64'));
  if (!found || found.token.expiresAt <= now) return null;
  const { token, system } = found;
  if (token.lastUsedOn !== clock.today()) await store.markUsed(database, token.id, clock.today());
  const { purposes, actions } = token;
  const actor: Actor = { kind: 'system', id: token.systemId, name: system, token: token.id, purposes, actions };
  return { identity: { actor, csrf: '' }, at: now, expiresAt: token.expiresAt };
}

async function lookUpSession(access: Access, token: string, now: number): Promise<Remembered | null> {
  const found = await store.sessionByToken(access.office.database, access.directory, token);
  if (!found || facts.sessionStage(found.session, now) !== 'open') return null;
  return { identity: { actor: asActor(found.staff), csrf: formToken(token) }, at: now, session: found.session };
}

/** Identities by digest of their credential, at most 5 s old, and none looked up before the last change of an authority. */
function remembering(access: Access) {
  const known = new Map<string, Remembered>();
  let generation = 0;
  return {
    forget: (): void => {
      generation += 1;
      known.clear();
    },
    find: async (digest: string, now: number, lookUp: () => Promise<Remembered | null>): Promise<Remembered | null> => {
      const before = known.get(digest);
      if (before && now >= before.at && now - before.at < REMEMBER_MS) return within(before, now) ? before : null;
      const asked = generation;
      const found = await lookUp();
      if (found && asked === generation) {
        if (known.size >= REMEMBER_MOST) known.clear();
        known.set(digest, found);
      }
      return found;
    },
    /** A session in use stays open; written at most once a minute. */
    touch: async ({ session }: Remembered, now: number): Promise<void> => {
      if (!session || now - session.seenAt < TOUCH_MS) return;
      session.seenAt = now;
      await store.touchSession(access.office.database, session.id, now);
    },
  };
}

/** Cedar takes about 0.1 ms; what was decided for the same roles, or the same token's bounds, is not asked again. */
function memoised(policies: AccessPolicies): (actor: Actor, action: Action, purpose?: string) => Authority {
  const shapes = new WeakMap<Actor, string>();
  const decided = new Map<string, Authority>();
  const shapeOf = (actor: Actor): string => {
    if (actor.kind === 'staff') return `staff ${actor.roles.join(' ')}`;
    return actor.kind === 'system' ? JSON.stringify([actor.actions, actor.purposes]) : actor.kind;
  };
  return (actor, action, purpose) => {
    let shape = shapes.get(actor);
    if (shape === undefined) shapes.set(actor, (shape = shapeOf(actor)));
    // Staff are not bound to purposes here: the checkpoint asks the law and the policy about those.
    const key =
      actor.kind === 'system' && purpose !== undefined ? `${shape}|${action}|${purpose}` : `${shape}|${action}`;
    let authority = decided.get(key);
    if (!authority) {
      authority = policies.decide(actor, action, purpose);
      if (decided.size >= REMEMBER_MOST) decided.clear();
      decided.set(key, authority);
    }
    return authority;
  };
}

export interface AccessGate extends Gate {
  /** For a system, `purpose` must be one its token names. */
  authorise(actor: Actor, action: Action, purpose?: string): Authority;
}

/** Decides who a request comes from and what they may do. */
export async function createGate(access: Access): Promise<AccessGate> {
  const { clock, database } = access.office;
  const memory = remembering(access);
  access.forget.add(memory.forget);
  await database.listen('access', memory.forget);
  return {
    identify: async ({ cookie, authorization }) => {
      const now = clock.now();
      if (authorization !== undefined) {
        const token = bearer.exec(authorization)?.[1];
        if (token === undefined) return PUBLIC;
        const digest = hash('sha256', token, 'base64');
        return (await memory.find(digest, now, () => lookUpToken(access, digest, now)))?.identity ?? PUBLIC;
      }
      const token = tokenOfCookie(access, cookie);
      if (token === '') return PUBLIC;
      const found = await memory.find(hash('sha256', token, 'base64'), now, () => lookUpSession(access, token, now));
      if (!found) return PUBLIC;
      await memory.touch(found, now);
      return found.identity;
    },
    authorise: memoised(access.policies),
  };
}

// ---- entering by a link: the first officer, invited staff, staff whose credentials were reset

/** A one-time address that makes the first officer, good for 24 hours; null when there is one. */
export async function createSetupLink(access: Access): Promise<string | null> {
  return access.office.database.transaction(async (tx) => {
    await store.lockStaff(tx);
    if ((await store.countActive(tx, 'officer')) > 0) return null;
    const token = newToken();
    await store.insertLink(tx, token, null, access.office.clock.now(), facts.LINK_MS.setUp);
    return `${access.office.config.publicUrl}/setup/${token}`;
  });
}

/** The link, while it can be used, and the secret for the authenticator that goes with it. */
export async function readLink(access: Access, token: string): Promise<(OpenLink & { secret: Buffer }) | null> {
  const { database, clock } = access.office;
  const link = await store.openLink(database, access.directory, token, clock.now());
  if (!link || (link.staff && link.staff.state !== 'invited')) return null;
  if (!link.staff && (await store.countActive(database, 'officer')) > 0) return null;
  return { ...link, secret: access.directory.secretFor(token) };
}

export interface LinkForm {
  /** Name and e-mail count for the first officer only; an invited person's are those of the invitation. */
  name: string;
  email: string;
  password: string;
  passwordAgain: string;
  code: string;
}

/** Somebody who has just come in. The recovery codes are shown once. */
export interface Entered {
  token: string;
  recoveryCodes: string[];
}

const gone = notFound(
  'このリンクは使えません。期限が切れたか、すでに使われています。',
  'This link cannot be used. It has expired or was used already.',
);

const field = (name: string, says: Bilingual): FieldProblem => ({ field: name, says });

function personProblems(p: { name: string; email: string }): FieldProblem[] {
  const name = p.name.trim();
  const problems: FieldProblem[] = [];
  if (name === '') problems.push(field('name', both('名前を入れてください', 'Enter the name')));
  else if ([...name].length > 100 || /\p{Cc}/u.test(name)) {
    problems.push(
      field('name', both('名前は100文字までの1行にしてください', 'Use one line of at most 100 characters')),
    );
  }
  if (!facts.isEmail(facts.normalEmail(p.email))) {
    problems.push(
      field(
        'email',
        both(
          'メールアドレスを name@example.jp の形で入れてください',
          'Enter an e-mail address such as name@example.jp',
        ),
      ),
    );
  }
  return problems;
}

function newPasswordProblems(password: string, again: string, about: readonly string[]): FieldProblem[] {
  const weak = facts.passwordProblem(password, about);
  if (weak) return [field('password', weak)];
  return password === again
    ? []
    : [field('password-again', both('上と同じパスワードを入れてください', 'Enter the same password as above'))];
}

const asInvalid = (problems: FieldProblem[]) =>
  failed({ kind: 'invalid', fields: problems as [FieldProblem, ...FieldProblem[]] });

const wrongCode = both('アプリに今表示されている6桁の数字を入れてください', 'Enter the six digits your app shows now');

const CODE_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Ten codes of ten letters, 49 bits each, without letters that look alike. */
const newRecoveryCodes = (): string[] =>
  Array.from({ length: 10 }, () => {
    const code = Array.from({ length: 10 }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');
    return `${code.slice(0, 5)}-${code.slice(5)}`;
  });

async function beginSession(tx: Tx, staffId: string, confirmed: boolean, now: number) {
  const session = { id: newId(now), staffId, token: newToken(), confirmed, now };
  await store.insertSession(tx, session);
  return session;
}

const firstOfficer: readonly Role[] = ['officer', 'administrator'];

/** The member of staff the link is for: the invited person, or a first officer made now. Null when the link was used meanwhile. */
async function memberOfLink(access: Access, tx: Tx, link: OpenLink, token: string, form: LinkForm, now: number) {
  await store.lockStaff(tx);
  if (!(await store.takeLink(tx, token, now))) return null;
  if (link.staff) return store.staffById(tx, access.directory, link.staff.id);
  if ((await store.countActive(tx, 'officer')) > 0) return null;
  const id = newId(now);
  const person = { id, name: form.name.trim(), email: form.email.trim(), roles: firstOfficer, now };
  const made = await store.insertStaff(tx, access.directory, person);
  return made ? store.staffById(tx, access.directory, id) : null;
}

/** Sets password and authenticator, and comes in. The link is used up; of several at once exactly one comes in. */
export async function enterByLink(access: Access, token: string, form: LinkForm): Promise<Outcome<Entered>> {
  const link = await readLink(access, token);
  if (!link) return gone;
  const who = link.staff ?? form;
  const step = facts.stepOfCode(link.secret, form.code, access.office.clock.now(), 0);
  const problems = [
    ...(link.staff ? [] : personProblems(form)),
    ...newPasswordProblems(form.password, form.passwordAgain, [who.name, who.email]),
    ...(step === null ? [field('code', wrongCode)] : []),
  ];
  if (problems.length > 0 || step === null) return asInvalid(problems);
  const passwordHash = await newPassword(form.password);
  return changing(access, async (tx, now) => {
    const member = await memberOfLink(access, tx, link, token, form, now);
    if (!member) return gone;
    await store.setCredentials(tx, access.directory, member.id, {
      passwordHash,
      totpSecret: link.secret,
      totpStep: step,
    });
    const recoveryCodes = newRecoveryCodes();
    await store.setRecoveryCodes(tx, access.directory, member.id, recoveryCodes);
    const session = await beginSession(tx, member.id, true, now);
    const action = link.staff ? 'staff:enter' : 'staff:set-up';
    await record(tx, now, bySelf(member), action, { staff: member.id, roles: member.roles, session: session.id });
    return done({ token: session.token, recoveryCodes });
  });
}

// ---- signing in and out

/** Counts one attempt before it is made, so that attempts at the same time count too. Answers how long to wait; 0 = go on. */
async function countAttempt(
  access: Access,
  keys: readonly { key: Buffer; limit: number }[],
): Promise<{ wait: number; locked: boolean }> {
  const now = access.office.clock.now();
  let locked = false;
  await store.forgetAttempts(access.office.database, now - 2 * facts.LOCK_MS);
  const wait = await access.office.database.transaction(async (tx) => {
    for (const { key, limit } of keys) {
      const { before, after } = await store.changeAttempts(tx, key, now, (was) => {
        if (waitOf(was, now) > 0) return was;
        const recent = Math.abs(now - was.lastAt) < facts.LOCK_MS;
        const failures = (recent ? was.failures : 0) + 1;
        return { failures, lastAt: now, blockedUntil: now + facts.delayAfter(failures, limit) };
      });
      if (waitOf(before, now) > 0) return waitOf(before, now);
      locked ||= after.failures >= limit;
    }
    return 0;
  });
  return { wait, locked };
}

/** A clock that jumped back must not close an account for longer than a lock lasts. */
const waitOf = (a: store.Attempts, now: number): number => {
  const wait = a.blockedUntil - now;
  return wait > 0 && wait <= facts.LOCK_MS ? wait : 0;
};

/** Takes an attempt that succeeded back; with `all`, everything counted for the account. */
async function takeBack(tx: Tx, now: number, keys: readonly { key: Buffer }[], all: boolean): Promise<void> {
  for (const [i, { key }] of keys.entries()) {
    const isAccount = i === keys.length - 1;
    await store.changeAttempts(tx, key, now, (was) => ({
      failures: all && isAccount ? 0 : Math.max(0, was.failures - 1),
      lastAt: was.lastAt,
      blockedUntil: 0,
    }));
  }
}

/** The address first, so that a closed address cannot close accounts; the account last. */
const attemptKeys = (access: Access, email: string, address: string) => [
  ...(address === '' ? [] : [{ key: access.directory.index('address', address), limit: facts.FAILURES.address }]),
  { key: access.directory.index('account', facts.normalEmail(email)), limit: facts.FAILURES.account },
];

function waitProblem(ms: number): ReturnType<typeof failed> {
  const [n, ja, en] = ms > 90_000 ? [Math.ceil(ms / 60_000), '分', 'minutes'] : [Math.ceil(ms / 1000), '秒', 'seconds'];
  return invalid(
    'attempts',
    `続けて間違えたため、いまは受け付けません。${n}${ja}後にもう一度入れてください。`,
    `Too many attempts in a row. Try again in ${n} ${en}.`,
  );
}

const wrongSignIn = invalid(
  'password',
  'メールアドレスかパスワードが違います。確かめて、もう一度入れてください',
  'E-mail or password is wrong. Check both and try again',
);

async function fits(access: Access, found: Credentials | null, password: string): Promise<boolean> {
  const typed = facts.normalPassword(password.slice(0, 4 * facts.MAX_PASSWORD));
  const right = await verifyPassword(found?.passwordHash ?? access.nobodysPassword, typed);
  return right && found !== null;
}

/** An account or address that was closed after too many failures is written down, known account or not. */
async function recordLock(access: Access, staffId: string | undefined): Promise<void> {
  const now = access.office.clock.now();
  await access.office.database.transaction((tx) =>
    record(tx, now, { actor: { kind: 'public' }, authority: [] }, 'staff:lock', { staff: staffId }),
  );
}

export interface SignedIn {
  token: string;
  /** The password was right; the code is still to come. */
  awaitsCode: boolean;
}

/** First half of signing in. Unknown accounts and wrong passwords get the same answer after the same work. */
export async function signIn(
  access: Access,
  form: { email: string; password: string },
  address: string,
): Promise<Outcome<SignedIn>> {
  const keys = attemptKeys(access, form.email, address);
  const { wait, locked } = await countAttempt(access, keys);
  if (wait > 0) return waitProblem(wait);
  const found = await store.credentialsOf(access.office.database, access.directory, { email: form.email });
  if (!(await fits(access, found, form.password)) || !found) {
    if (locked) await recordLock(access, found?.id);
    return wrongSignIn;
  }
  const awaitsCode = found.totpSecret !== null;
  const now = access.office.clock.now();
  return access.office.database.transaction(async (tx) => {
    await takeBack(tx, now, keys, !awaitsCode);
    const session = await beginSession(tx, found.id, !awaitsCode, now);
    if (!awaitsCode) await recordSignIn(access, tx, found.id, session.id, 'none', now);
    return done({ token: session.token, awaitsCode });
  });
}

async function recordSignIn(access: Access, tx: Tx, staffId: string, session: string, factor: string, now: number) {
  const member = await store.staffById(tx, access.directory, staffId);
  if (member) await record(tx, now, bySelf(member), 'staff:sign-in', { session, factor });
}

/** The person whose code is awaited under this token; null when there is none. */
export async function awaitedCode(
  access: Access,
  token: string,
): Promise<{ session: StaffSession; staff: StaffMember } | null> {
  const found = token === '' ? null : await store.sessionByToken(access.office.database, access.directory, token);
  return found && facts.sessionStage(found.session, access.office.clock.now()) === 'awaits-code' ? found : null;
}

/** Takes a code of the authenticator, or a recovery code; each is good once. Answers which it was. */
async function takeCode(
  access: Access,
  tx: Tx,
  found: Credentials,
  code: string,
  now: number,
): Promise<'totp' | 'recovery-code' | null> {
  const step = found.totpSecret && facts.stepOfCode(found.totpSecret, code, now, found.totpLastStep);
  if (step !== null) return (await store.takeTotpStep(tx, found.id, step)) ? 'totp' : null;
  return (await store.takeRecoveryCode(tx, access.directory, found.id, code, now)) ? 'recovery-code' : null;
}

/** Second half of signing in. A new session begins; the token of the first half is good for nothing any more. */
export async function confirmSignIn(
  access: Access,
  token: string,
  code: string,
  address: string,
): Promise<Outcome<SignedIn>> {
  const awaited = await awaitedCode(access, token);
  if (!awaited) return notFound('もう一度、最初からサインインしてください', 'Please sign in again from the beginning');
  const { session, staff } = awaited;
  const keys = attemptKeys(access, staff.email, address);
  const { wait, locked } = await countAttempt(access, keys);
  if (wait > 0) return waitProblem(wait);
  const outcome = await access.office.database.transaction(async (tx): Promise<Outcome<SignedIn>> => {
    const now = access.office.clock.now();
    const found = await store.credentialsOf(tx, access.directory, { id: staff.id });
    const factor = found && (await takeCode(access, tx, found, code, now));
    if (!factor || (await store.endSessions(tx, staff.id, { only: session.id }, now)).length === 0) {
      return asInvalid([field('code', wrongCode)]);
    }
    await takeBack(tx, now, keys, true);
    const next = await beginSession(tx, staff.id, true, now);
    await recordSignIn(access, tx, staff.id, next.id, factor, now);
    return done({ token: next.token, awaitsCode: false });
  });
  if (!outcome.ok && locked) await recordLock(access, staff.id);
  return outcome;
}

/** The open session of a token and its person; null when there is none. */
export async function sessionOf(
  access: Access,
  token: string,
): Promise<{ session: StaffSession; staff: StaffMember } | null> {
  const found = token === '' ? null : await store.sessionByToken(access.office.database, access.directory, token);
  return found && facts.sessionStage(found.session, access.office.clock.now()) === 'open' ? found : null;
}

/** Ends the session of this token, finished or not. Ending nothing is fine. */
export async function signOut(access: Access, token: string): Promise<void> {
  const found = token === '' ? null : await store.sessionByToken(access.office.database, access.directory, token);
  if (!found) return;
  await changing(access, async (tx, now) => {
    const [ended] = await store.endSessions(tx, found.staff.id, { only: found.session.id }, now);
    if (ended) await record(tx, now, bySelf(found.staff), 'staff:sign-out', { session: ended });
  });
}

// ---- one's own account

export async function listOwnSessions(access: Access, staffId: string): Promise<StaffSession[]> {
  const now = access.office.clock.now();
  const open = await store.openSessions(access.office.database, staffId);
  return open.filter((s) => facts.sessionStage(s, now) === 'open');
}

export const countRecoveryCodes = (access: Access, staffId: string): Promise<number> =>
  store.countRecoveryCodes(access.office.database, staffId);

/** Ends one of the person's own sessions. */
export async function endOwnSession(access: Access, by: By, sessionId: string): Promise<Outcome<null>> {
  if (by.actor.kind !== 'staff') return refusal(both('従業者だけが使えます', 'For staff only'));
  const staffId = by.actor.id;
  return changing(access, async (tx, now) => {
    const [ended] = await store.endSessions(tx, staffId, { only: sessionId }, now);
    if (!ended) return notFound('このサインインはすでに終わっています', 'This session has ended already');
    await record(tx, now, by, 'staff:session-end', { session: ended });
    return done(null);
  });
}

/** The person at the screen, once the current password was given again. A stolen session must not become a stolen account. */
async function provedAgain(
  access: Access,
  token: string,
  current: string,
): Promise<Outcome<{ session: StaffSession; staff: StaffMember }>> {
  const found = await sessionOf(access, token);
  if (!found) return refusal(both('サインインが必要です', 'Please sign in'));
  const keys = attemptKeys(access, found.staff.email, '');
  const { wait } = await countAttempt(access, keys);
  if (wait > 0) return waitProblem(wait);
  const credentials = await store.credentialsOf(access.office.database, access.directory, { id: found.staff.id });
  if (!(await fits(access, credentials, current))) {
    return invalid('current', '今のパスワードを入れてください', 'Enter your current password');
  }
  await access.office.database.transaction((tx) => takeBack(tx, access.office.clock.now(), keys, false));
  return done(found);
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
  const { session, staff } = proved.value;
  const problems = newPasswordProblems(form.password, form.passwordAgain, [staff.name, staff.email]);
  if (problems.length > 0) return asInvalid(problems);
  const passwordHash = await newPassword(form.password);
  return changing(access, async (tx, now) => {
    await store.setPassword(tx, staff.id, passwordHash);
    const ended = await store.endSessions(tx, staff.id, { except: session.id }, now);
    await record(tx, now, by, 'staff:password', { staff: staff.id, ended: ended.length });
    return done({ ended: ended.length });
  });
}

/** Ten new recovery codes; the old ones stop working. */
export async function renewRecoveryCodes(
  access: Access,
  by: By,
  token: string,
  current: string,
): Promise<Outcome<string[]>> {
  const proved = await provedAgain(access, token, current);
  if (!proved.ok) return proved;
  const { staff } = proved.value;
  return changing(access, async (tx, now) => {
    const codes = newRecoveryCodes();
    await store.setRecoveryCodes(tx, access.directory, staff.id, codes);
    await record(tx, now, by, 'staff:recovery-codes', { staff: staff.id });
    return done(codes);
  });
}

// ---- staff

export const listStaff = (access: Access): Promise<StaffMember[]> =>
  store.listStaff(access.office.database, access.directory);

export const readStaff = (access: Access, id: string): Promise<StaffMember | null> =>
  store.staffById(access.office.database, access.directory, id);

const noSuchStaff = notFound('この従業者は登録されていません', 'There is no such member of staff');

const noRole = invalid('roles', '役割を1つ以上選んでください', 'Choose at least one role');

async function newInvitation(access: Access, tx: Tx, staffId: string, now: number): Promise<string> {
  const token = newToken();
  await store.insertLink(tx, token, staffId, now, facts.LINK_MS.invitation);
  return `${access.office.config.publicUrl}/invitation/${token}`;
}

/** Adds a person who comes in by a one-time link, good for 72 hours. The link is shown once, to be handed over in person. */
export async function inviteStaff(
  access: Access,
  by: By,
  form: { name: string; email: string; roles: readonly Role[] },
): Promise<Outcome<{ id: string; link: string }>> {
  const problems = personProblems(form);
  if (form.roles.length === 0)
    problems.push(field('roles', both('役割を1つ以上選んでください', 'Choose at least one role')));
  if (problems.length > 0) return asInvalid(problems);
  const not = facts.grantProblem(by.actor, { id: null, roles: [] }, form.roles);
  if (not) return asInvalid([field('roles', not)]);
  return changing(access, async (tx, now) => {
    const id = newId(now);
    const person = { id, name: form.name.trim(), email: form.email.trim(), roles: form.roles, now };
    if (!(await store.insertStaff(tx, access.directory, person))) {
      const says = both('このメールアドレスはすでに登録されています', 'This e-mail address is registered already');
      return failed({ kind: 'conflict', field: 'email', says });
    }
    const link = await newInvitation(access, tx, id, now);
    await record(tx, now, by, 'staff:invite', { staff: id, roles: [...form.roles] });
    return done({ id, link });
  });
}

/** Runs a change to one member of staff, alone, once it is clear that `by` may decide about them. */
async function changingStaff<T>(
  access: Access,
  by: By,
  id: string,
  wanted: (member: StaffMember) => readonly Role[],
  work: (tx: Tx, member: StaffMember, now: number) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  return changing(access, async (tx, now) => {
    await store.lockStaff(tx);
    const member = await store.staffById(tx, access.directory, id);
    if (!member || member.state === 'ended') return noSuchStaff;
    const not = facts.grantProblem(by.actor, member, wanted(member));
    if (not) return refusal(not);
    return work(tx, member, now);
  });
}

const lastOne: Partial<Record<Role, Bilingual>> = {
  officer: both(
    '個人情報保護管理者がいなくなります。先に、ほかの人をこの役割にしてください。',
    'Nobody would be privacy officer. Give somebody else this role first.',
  ),
  administrator: both(
    '運用管理者がいなくなります。先に、ほかの人をこの役割にしてください。',
    'Nobody would be administrator. Give somebody else this role first.',
  ),
};

/** Why the member cannot lose roles down to `left`: some roles may never be empty. */
async function emptied(tx: Tx, member: StaffMember, left: readonly Role[]): Promise<Bilingual | null> {
  if (member.state !== 'active') return null;
  for (const role of Object.keys(lastOne) as Role[]) {
    const loses = member.roles.includes(role) && !left.includes(role);
    if (loses && (await store.countActive(tx, role)) <= 1) return lastOne[role]!;
  }
  return null;
}

/** Gives the member exactly these roles. */
export async function changeRoles(access: Access, by: By, id: string, wanted: readonly Role[]): Promise<Outcome<null>> {
  if (wanted.length === 0) return noRole;
  return changingStaff(
    access,
    by,
    id,
    () => wanted,
    async (tx, member, now) => {
      const empty = await emptied(tx, member, wanted);
      if (empty) return asInvalid([field('roles', empty)]);
      await store.setRoles(tx, id, wanted);
      await record(tx, now, by, 'staff:roles', { staff: id, before: member.roles, roles: [...wanted] });
      return done(null);
    },
  );
}

/** Ends the member's authority: no session, no link, no way back but a new invitation. */
export async function endStaff(access: Access, by: By, id: string): Promise<Outcome<null>> {
  return changingStaff(
    access,
    by,
    id,
    (m) => m.roles,
    async (tx, member, now) => {
      const empty = await emptied(tx, member, []);
      if (empty) return refusal(empty);
      await store.endStaff(tx, id, now);
      const ended = await store.endSessions(tx, id, {}, now);
      await record(tx, now, by, 'staff:end', { staff: id, roles: member.roles, ended: ended.length });
      return done(null);
    },
  );
}

/** Takes password, authenticator and sessions away and makes a new one-time link. Roles stay as they are. */
export async function resetStaff(access: Access, by: By, id: string): Promise<Outcome<{ link: string }>> {
  return changingStaff(
    access,
    by,
    id,
    (m) => m.roles,
    async (tx, member, now) => {
      const empty = await emptied(tx, member, []);
      if (empty) return refusal(empty);
      await store.clearCredentials(tx, id);
      const ended = await store.endSessions(tx, id, {}, now);
      const link = await newInvitation(access, tx, id, now);
      await record(tx, now, by, 'staff:reset', { staff: id, ended: ended.length });
      return done({ link });
    },
  );
}

/** For the demo: a fictional person with a password and no authenticator. There is no other way to be without one. */
export async function addFictionalStaff(
  access: Access,
  person: { name: string; email: string; roles: readonly Role[]; password: string },
): Promise<string> {
  const passwordHash = await newPassword(person.password);
  const by: By = { actor: { kind: 'sekisho' }, authority: [] };
  return changing(access, async (tx, now) => {
    const id = newId(now);
    const made = await store.insertStaff(tx, access.directory, { ...person, id, fictional: true, now });
    if (!made) throw new Error('the fictional person exists already');
    await store.setCredentials(tx, access.directory, id, { passwordHash, totpSecret: null, totpStep: 0 });
    await record(tx, now, by, 'staff:fictional', { staff: id, roles: [...person.roles] });
    return id;
  });
}

// ---- systems and their tokens

/** Systems, each with its tokens. */
export async function listSystems(access: Access): Promise<(System & { tokens: ApiToken[] })[]> {
  const { database } = access.office;
  const [systems, tokens] = await Promise.all([store.listSystems(database), store.listTokens(database)]);
  return systems.map((s) => ({ ...s, tokens: tokens.filter((t) => t.systemId === s.id) }));
}

export async function createSystem(access: Access, by: By, form: { name: string }): Promise<Outcome<{ id: string }>> {
  const name = form.name.trim();
  if (name === '' || [...name].length > 100 || /\p{Cc}/u.test(name)) {
    return invalid(
      'name',
      'システムの名前を100文字までで入れてください',
      'Enter the system’s name in at most 100 characters',
    );
  }
  return changing(access, async (tx, now) => {
    const id = newId(now);
    if (!(await store.insertSystem(tx, { id, name, now }))) {
      const says = both('この名前のシステムはすでにあります', 'A system of this name exists already');
      return failed({ kind: 'conflict', field: 'name', says });
    }
    await record(tx, now, by, 'system:create', { system: id });
    return done({ id });
  });
}

const noSuchSystem = notFound('このシステムは登録されていません', 'There is no such system');

/** Ends a system and revokes its tokens. */
export async function endSystem(access: Access, by: By, id: string): Promise<Outcome<null>> {
  return changing(access, async (tx, now) => {
    if (!(await store.endSystem(tx, id, now))) return noSuchSystem;
    await record(tx, now, by, 'system:end', { system: id });
    return done(null);
  });
}

const DAY_MS = 86_400_000;

/** How long a token may live, in days. */
export const tokenDays = [30, 90, 365] as const;

export interface TokenForm {
  systemId: string;
  purposes: readonly string[];
  actions: readonly Action[];
  days: number;
}

/**
 * A token bound to a system, to actions and to purposes of the policy (`known`). The token itself is in the answer and nowhere else.
 */
export async function createToken(
  access: Access,
  by: By,
  form: TokenForm,
  known: readonly string[],
): Promise<Outcome<{ id: string; token: string }>> {
  const purposes = known.filter((id) => form.purposes.includes(id));
  const actions = access.policies.systemActions.filter((a) => form.actions.includes(a));
  const problems: FieldProblem[] = [];
  if (actions.length === 0 || actions.length < form.actions.length) {
    problems.push(
      field(
        'actions',
        both('システムに許せる操作から1つ以上選んでください', 'Choose at least one of the actions a system may have'),
      ),
    );
  }
  if (purposes.length < form.purposes.length) {
    problems.push(
      field('purposes', both('方針にある利用目的から選んでください', 'Choose from the purposes of the policy')),
    );
  } else if (purposes.length === 0 && actions.some((a) => a.startsWith('people:'))) {
    problems.push(
      field(
        'purposes',
        both(
          '個人の情報を扱うには、利用目的を1つ以上選んでください',
          'Choose at least one purpose: the token handles people’s information',
        ),
      ),
    );
  }
  if (!tokenDays.some((days) => days === form.days))
    problems.push(field('days', both('期間を選んでください', 'Choose how long it lasts')));
  if (problems.length > 0) return asInvalid(problems);
  return changing(access, async (tx, now) => {
    const system = await store.systemById(tx, form.systemId);
    if (!system || system.endedAt !== null) return noSuchSystem;
    const token = TOKEN_PREFIX + newToken();
    const row = {
      id: newId(now),
      systemId: system.id,
      purposes,
      actions,
      createdAt: now,
      expiresAt: now + form.days * DAY_MS,
    };
    await store.insertToken(tx, { ...row, token });
    await record(tx, now, by, 'token:create', {
      token: row.id,
      system: system.id,
      purposes,
      actions,
      until: dayOf(row.expiresAt),
    });
    return done({ id: row.id, token });
  });
}

/** Refused from this moment on, in every process. */
export async function revokeToken(access: Access, by: By, id: string): Promise<Outcome<null>> {
  return changing(access, async (tx, now) => {
    const system = await store.revokeToken(tx, id, now);
    if (system === null) return notFound('このトークンはすでに使えません', 'This token is not in use any more');
    await record(tx, now, by, 'token:revoke', { token: id, system });
    return done(null);
  });
}
