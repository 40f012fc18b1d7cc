// The gate: identifies the sender of a request by cookie or token, and decides what they may do.

import { createHmac, hash } from 'node:crypto';
import type { Action, Actor } from '../../../base/actor.ts';
import type { Gate, Identity } from '../../../platform/http/index.ts';
import * as facts from '../facts/session.ts';
import type { Authority } from '../facts/policies.ts';
import { sessionByToken, touchSession } from '../store/sessions.ts';
import { markUsed, tokenByHash } from '../store/systems.ts';
import type { StaffSession } from '../tables.ts';
import { asActor, type Access } from './access.ts';
import { apiTokenOf } from './credentials.ts';
import { followPolicies } from './policies.ts';

const REMEMBER_MS = 5_000;

/** Most tokens and sessions that are remembered. */
const REMEMBER_MOST = 10_000;

const TOUCH_MS = 60_000;

const PUBLIC: Identity = { actor: { kind: 'public' }, csrf: '' };

/** A cookie with `__Host-` is bound to this host and to https by the browser. */
const cookieName = (publicUrl: string, name: string): string =>
  publicUrl.startsWith('https:') ? `__Host-${name}` : name;

const cookieOf = (access: Access, name: string, value: string, lastsS?: number): string => {
  const { publicUrl } = access.office.config;
  return [
    `${cookieName(publicUrl, name)}=${value}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(publicUrl.startsWith('https:') ? ['Secure'] : []),
    ...(lastsS === undefined ? [] : [`Max-Age=${lastsS}`]),
  ].join('; ');
};

/** The value of a cookie in a Cookie header; '' when it is missing or does not match `form`. */
function ofCookie(access: Access, cookie: string | undefined, name: string, form: RegExp): string {
  const start = `${cookieName(access.office.config.publicUrl, name)}=`;
  const value =
    cookie
      ?.split(/; */)
      .find((part) => part.startsWith(start))
      ?.slice(start.length) ?? '';
  return form.test(value) ? value : '';
}

const SESSION = 'sekisho';

/** The Set-Cookie value for a session; an empty token removes the cookie. */
export const sessionCookie = (access: Access, token: string): string =>
  cookieOf(access, SESSION, token, token === '' ? 0 : undefined);

/** The session token of a Cookie header; '' when there is none. */
export const tokenOfCookie = (access: Access, cookie: string | undefined): string =>
  ofCookie(access, cookie, SESSION, /^[A-Za-z0-9_-]{43}$/);

const KNOWN = 'sekisho-known';

/** 400 days, the longest that browsers keep a cookie. */
const KNOWN_S = 400 * 24 * 60 * 60;

/** The Set-Cookie value by which a browser is recognised later; it lets nobody in. */
export const knownCookie = (access: Access, known: string): string => cookieOf(access, KNOWN, known, KNOWN_S);

export const knownOfCookie = (access: Access, cookie: string | undefined): string =>
  ofCookie(access, cookie, KNOWN, /^[A-Za-z0-9_.-]+$/);

const VISIT = 'sekisho-visit';

/** The Set-Cookie value that ties a visit to this browser. The visit returns from another site, and the browser must send the cookie then. */
export const visitCookie = (access: Access, browser: string): string =>
  cookieOf(access, VISIT, browser, facts.VISIT_MS / 1000);

export const visitOfCookie = (access: Access, cookie: string | undefined): string =>
  ofCookie(access, cookie, VISIT, /^[A-Za-z0-9_-]{43}$/);

/**
 * Ties a form to the session without storing anything: only a holder of the session's token can make it. Its second part shows a person's other
 * session that the form is theirs.
 */
const formToken = (token: string, staff: string): string => {
  const writer = hash('sha256', `form ${staff}`, 'base64url').slice(0, 22);
  return `${createHmac('sha256', token).update('form').digest('base64url')}.${writer}`;
};

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
  const found = await tokenByHash(database, Buffer.from(digest, 'base64'));
  if (!found || !facts.isInTime(found.token, now)) return null;
  const { token, system } = found;
  if (token.lastUsedOn !== clock.today()) await markUsed(database, token.id, clock.today());
  const { purposes, actions } = token;
  const actor: Actor = { kind: 'system', id: token.systemId, name: system, token: token.id, purposes, actions };
  return { identity: { actor, csrf: '' }, at: now, expiresAt: token.expiresAt };
}

async function lookUpSession(access: Access, token: string, now: number): Promise<Remembered | null> {
  const found = await sessionByToken(access.office.database, access.directory, token);
  if (!found || facts.sessionStage(found.session, now) !== 'open') return null;
  return {
    identity: { actor: asActor(found.staff), csrf: formToken(token, found.staff.id) },
    at: now,
    session: found.session,
  };
}

/** Identities by digest of their credential, at most 5 s old, none of them looked up before the last change of an authority. */
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
    /** Keeps a session in use open; writes at most once a minute. */
    touch: async ({ session }: Remembered, now: number): Promise<void> => {
      if (!session || now - session.seenAt < TOUCH_MS) return;
      session.seenAt = now;
      await touchSession(access.office.database, session.id, now);
    },
  };
}

/** Follows the access policies in force. What is known of them is at most 5 s old, and from after the last change that was heard of. */
function following(access: Access) {
  let read: { at: number; done: Promise<void> } | undefined;
  return {
    forget: (): void => {
      read = undefined;
    },
    follow: (now: number): Promise<void> => {
      if (read && now >= read.at && now - read.at < REMEMBER_MS) return read.done;
      const begun = { at: now, done: followPolicies(access) };
      begun.done.catch(() => {
        if (read === begun) read = undefined;
      });
      read = begun;
      return begun.done;
    },
  };
}

export interface AccessGate extends Gate {
  /** For a system, `purpose` must be one that its token names. */
  authorise(actor: Actor, action: Action, purpose?: string): Authority;
}

/** Identifies the sender of each request and decides what they may do. */
export async function createGate(access: Access): Promise<AccessGate> {
  const { clock, database } = access.office;
  const memory = remembering(access);
  const policies = following(access);
  const forget = (): void => {
    memory.forget();
    policies.forget();
  };
  access.forget.add(forget);
  await database.listen('access', forget);
  return {
    identify: async ({ cookie, authorization }) => {
      const now = clock.now();
      if (authorization !== undefined) {
        const token = apiTokenOf(authorization);
        if (token === undefined) return PUBLIC;
        const digest = hash('sha256', token, 'base64');
        await policies.follow(now);
        return (await memory.find(digest, now, () => lookUpToken(access, digest, now)))?.identity ?? PUBLIC;
      }
      const token = tokenOfCookie(access, cookie);
      if (token === '') return PUBLIC;
      const found = await memory.find(hash('sha256', token, 'base64'), now, () => lookUpSession(access, token, now));
      if (!found) return PUBLIC;
      await policies.follow(now);
      await memory.touch(found, now);
      return found.identity;
    },
    authorise: access.policies.decide,
  };
}
