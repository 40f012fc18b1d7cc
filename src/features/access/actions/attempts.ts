// Guessing made slow: attempts are counted by address and by account before they are made, and a password is checked in the same time
// whether or not there is such an account.

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { verify as verifyPassword } from '@node-rs/argon2';
import { both } from '../../../base/bilingual.ts';
import { invalid, type Failed } from '../../../base/outcome.ts';
import type { Tx } from '../../../platform/database/index.ts';
import * as facts from '../facts.ts';
import { changeAttempts, forgetAttempts, type Attempts } from '../store/attempts.ts';
import { lockCredentials } from '../store/credentials.ts';
import type { Credentials } from '../tables.ts';
import type { Access } from './access.ts';

/** Counts one attempt before it is made, so that attempts at the same time count too. Answers how long to wait; 0 = go on. */
export async function countAttempt(
  access: Access,
  keys: readonly { key: Buffer; limit: number }[],
): Promise<{ wait: number; locked: boolean }> {
  const now = access.office.clock.now();
  let locked = false;
  await forgetAttempts(access.office.database, now - 2 * facts.LOCK_MS);
  const wait = await access.office.database.transaction(async (tx) => {
    for (const { key, limit } of keys) {
      const { before, after } = await changeAttempts(tx, key, (was) => {
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
const waitOf = (a: Attempts, now: number): number => {
  const wait = a.blockedUntil - now;
  return wait > 0 && wait <= facts.LOCK_MS ? wait : 0;
};

/** Takes an attempt that succeeded back; with `all`, everything counted for the account. */
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
  access.directory.index('known-mark', `${facts.normalEmail(email)}\0${nonce}`);

/** What a browser keeps that somebody has signed in from, whole: a number of its own and a mark that only we can make of it for this account. */
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
 * The address first, so that a closed address cannot close accounts; the account last. A browser that signed in to this account before is
 * counted by itself, so that strangers who guess cannot shut it out (OWASP, device cookies).
 */
export const attemptKeys = (access: Access, email: string, address: string, known: string) =>
  isKnown(access, email, known)
    ? [{ key: access.directory.index('known', known), limit: facts.FAILURES.account }]
    : [
        ...(address === '' ? [] : [{ key: access.directory.index('address', address), limit: facts.FAILURES.address }]),
        { key: access.directory.index('account', facts.normalEmail(email)), limit: facts.FAILURES.account },
      ];

/** Whoever is in already is counted by their session, of which nobody can make another without the password. */
export const sessionKeys = (access: Access, session: string) => [
  { key: access.directory.index('session', session), limit: facts.FAILURES.account },
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

/** Whether it is the account’s password. Without an account the answer is no, after the same work. */
export async function fits(access: Access, found: Credentials | null, password: string): Promise<boolean> {
  const typed = facts.normalPassword(password.slice(0, 4 * facts.MAX_PASSWORD));
  const right = await verifyPassword(found?.passwordHash ?? (await access.nobodysPassword), typed);
  return right && found !== null;
}

/**
 * Whether they are still the credentials that were proved, held until the end of the transaction: nothing begins, and nothing changes, with a
 * password or an e-mail that was changed while it was checked. An authenticator never changes without the password.
 */
export async function stillFits(access: Access, tx: Tx, proved: Credentials): Promise<boolean> {
  const held = await lockCredentials(tx, access.directory, proved.id);
  return held?.passwordHash === proved.passwordHash && held.email === proved.email;
}
