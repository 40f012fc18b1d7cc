// Slows guessing down: attempts are counted by address and by account before they are made, and checking a password takes the same time whether
// or not the account exists.

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { verify as verifyPassword } from '@node-rs/argon2';
import { both } from '../../../base/bilingual.ts';
import { invalid, type Failed } from '../../../base/outcome.ts';
import type { Tx } from '../../../platform/database/index.ts';
import * as sessionFacts from '../facts/session.ts';
import * as credentialsFacts from '../facts/credentials.ts';
import { changeAttempts, forgetAttempts, type Attempts } from '../store/attempts.ts';
import { credentialsOf, lockCredentials } from '../store/credentials.ts';
import type { Credentials } from '../tables.ts';
import type { Access } from './access.ts';
import { hashing } from './credentials.ts';

/** Counts one attempt before it is made, so that simultaneous attempts count too. Returns how long to wait in milliseconds; 0 = go on. */
export async function countAttempt(
  access: Access,
  keys: readonly { key: Buffer; limit: number }[],
): Promise<{ wait: number; locked: boolean }> {
  const now = access.office.clock.now();
  let locked = false;
  await forgetAttempts(access.office.database, now - 2 * sessionFacts.LOCK_MS);
  const wait = await access.office.database.transaction(async (tx) => {
    for (const { key, limit } of keys) {
      const { before, after } = await changeAttempts(tx, key, (was) => {
        if (waitOf(was, now) > 0) return was;
        const recent = Math.abs(now - was.lastAt) < sessionFacts.LOCK_MS;
        const failures = (recent ? was.failures : 0) + 1;
        return { failures, lastAt: now, blockedUntil: now + sessionFacts.delayAfter(failures, limit) };
      });
      if (waitOf(before, now) > 0) return waitOf(before, now);
      locked ||= after.failures >= limit;
    }
    return 0;
  });
  return { wait, locked };
}

/** A clock that jumped back must not lock an account for longer than a lock lasts. */
const waitOf = (a: Attempts, now: number): number => {
  const wait = a.blockedUntil - now;
  return wait > 0 && wait <= sessionFacts.LOCK_MS ? wait : 0;
};

/** Uncounts an attempt that succeeded; with `all`, also everything else counted for the account. */
export async function takeBack(tx: Tx, keys: readonly { key: Buffer }[], all: boolean): Promise<void> {
  for (const [i, { key }] of keys.entries()) {
    const isAccount = i === keys.length - 1;
    await changeAttempts(tx, key, (was) => ({
      failures: all && isAccount ? 0 : Math.max(0, was.failures - 1),
      lastAt: was.lastAt,
      blockedUntil: 0,
    }));
  }
}

const markOf = (access: Access, email: string, nonce: string): Buffer =>
  access.directory.index('known-mark', `${credentialsFacts.normalEmail(email)}\0${nonce}`);

/** What a browser keeps after a sign-in: a random number, and a mark for this account that only the directory's key can make. */
export function newKnown(access: Access, email: string): string {
  const nonce = randomBytes(16).toString('base64url');
  return `${nonce}.${markOf(access, email, nonce).toString('base64url')}`;
}

function isKnown(access: Access, email: string, known: string): boolean {
  const [, nonce, mark] = /^([\w-]{22})\.([\w-]{43})$/.exec(known) ?? [];
  if (nonce === undefined || mark === undefined) return false;
  return timingSafeEqual(markOf(access, email, nonce), Buffer.from(mark, 'base64url'));
}

/**
 * The keys that an attempt is counted under: the address first, so that a locked address cannot lock accounts, and the account last. A browser that
 * has signed in to this account before is counted separately, so that strangers who guess cannot shut it out (OWASP, device cookies).
 */
export const attemptKeys = (access: Access, email: string, address: string, known: string) =>
  isKnown(access, email, known)
    ? [{ key: access.directory.index('known', known), limit: sessionFacts.FAILURES.account }]
    : [
        ...(address === ''
          ? []
          : [{ key: access.directory.index('address', address), limit: sessionFacts.FAILURES.address }]),
        {
          key: access.directory.index('account', credentialsFacts.normalEmail(email)),
          limit: sessionFacts.FAILURES.account,
        },
      ];

/** Somebody already signed in is counted by their session; nobody can begin another session without the password. */
export const sessionKeys = (access: Access, session: string) => [
  { key: access.directory.index('session', session), limit: sessionFacts.FAILURES.account },
];

export function waitProblem(ms: number): Failed {
  const [n, ja, en] = ms > 90_000 ? [Math.ceil(ms / 60_000), '分', 'minutes'] : [Math.ceil(ms / 1000), '秒', 'seconds'];
  return invalid(
    'attempts',
    both(
      `続けて間違えたため、いまは受け付けません。${n}${ja}後にもう一度入れてください。`,
      `Too many attempts in a row. Try again in ${n} ${en}.`,
    ),
  );
}

/** True when it is the account’s password. Without an account the answer is false, after the same work. */
async function fits(access: Access, found: Credentials | null, password: string): Promise<boolean> {
  const typed = credentialsFacts.normalPassword(password.slice(0, 4 * credentialsFacts.MAX_PASSWORD));
  const right = await verifyPassword(found?.passwordHash ?? (await access.nobodysPassword), typed);
  return right && found !== null;
}

interface Tried {
  /** How long to wait in milliseconds; the password was not checked then. 0 = it was. */
  wait: number;
  /** True when this attempt reached a limit. */
  locked: boolean;
  /** Whose account it is; undefined when there is none. */
  account: string | undefined;
  /** The credentials that the password fits. */
  proved: Credentials | null;
}

/** Counts an attempt under `keys`, then checks the password. Who finds no place to hash in is refused before anything is counted. */
export const tryPassword = (
  access: Access,
  keys: readonly { key: Buffer; limit: number }[],
  of: { email: string } | { id: string },
  password: string,
): Promise<Tried> =>
  hashing(async (turn) => {
    const { wait, locked } = await countAttempt(access, keys);
    if (wait > 0) return { wait, locked, account: undefined, proved: null };
    const found = await credentialsOf(access.office.database, access.directory, of);
    const right = await turn(() => fits(access, found, password));
    return { wait, locked, account: found?.id, proved: right ? found : null };
  });

/**
 * True when the credentials that were proved are still the current ones; they are then locked until the end of the transaction. So no act goes by a
 * password or an e-mail that was changed while it was being checked. An authenticator never changes without the password.
 */
export async function stillFits(access: Access, tx: Tx, proved: Credentials): Promise<boolean> {
  const held = await lockCredentials(tx, access.directory, proved.id);
  return held?.passwordHash === proved.passwordHash && held.email === proved.email;
}
