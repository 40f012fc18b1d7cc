// How long a session, a link and a token last, and how failures to sign in slow down the next. Pure.

import { isIPv6 } from 'node:net';

const MINUTE = 60_000;

const HOUR = 60 * MINUTE;

const DAY = 24 * HOUR;

/** A session ends after this long without use, and in any case after `SESSION_MS`. */
export const IDLE_MS = 30 * MINUTE;

export const SESSION_MS = 12 * HOUR;

/** Time allowed between the right password and the code. */
export const PENDING_MS = 10 * MINUTE;

/** Time allowed between leaving for the company's sign-in and coming back, and again until the account is tied. */
export const VISIT_MS = 10 * MINUTE;

export const LINK_MS = { setUp: 24 * HOUR, invitation: 72 * HOUR };

export interface SessionTimes {
  createdAt: number;
  /** Null while the code is missing. */
  confirmedAt: number | null;
  seenAt: number;
}

/** The stage at `now` of a session that nobody ended. A clock that jumped back does not lengthen a session. */
export function sessionStage(s: SessionTimes, now: number): 'open' | 'awaits-code' | 'over' {
  const age = Math.abs(now - s.createdAt);
  if (s.confirmedAt === null) return age < PENDING_MS ? 'awaits-code' : 'over';
  return age < SESSION_MS && Math.abs(now - s.seenAt) < IDLE_MS ? 'open' : 'over';
}

/** True while a token or a link is valid at `now`. One that a wrong clock dated ahead does not last longer for it. */
export const isInTime = ({ createdAt, expiresAt }: { createdAt: number; expiresAt: number }, now: number): boolean =>
  Math.abs(now - createdAt) < expiresAt - createdAt;

/** Days before its end from which a token ends soon. */
const ENDING_DAYS = 30;

/** True in the last 30 days of a token, or in the last third of a shorter life: its maker has only just read its end. */
export const endsSoon = (token: { createdAt: number; expiresAt: number }, now: number): boolean =>
  isInTime(token, now) && token.expiresAt - now <= Math.min(ENDING_DAYS * DAY, (token.expiresAt - token.createdAt) / 3);

/** Failures after which an account (or a known browser) or an address is locked, and for how long. An office may share one address. */
export const FAILURES = { account: 10, address: 50 };

export const LOCK_MS = 15 * MINUTE;

const FREE_BEFORE_LOCK = 7;

/** Number of groups of an IPv6 address that name a network. */
const NETWORK_GROUPS = 4;

/**
 * The key under which guesses from an address are counted: an IPv4 address, or the /64 network of an IPv6 address, since a caller who has one
 * address of a network has them all. Drops the port that some proxies add. Returns anything that is not an address unchanged.
 */
export function networkOf(address: string): string {
  const bare = address
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1')
    .replace(/^::ffff:(?=[\d.]+$)/i, '')
    .replace(/%.*$/, '');
  if (!isIPv6(bare)) return bare;
  const [head = '', tail] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail ? tail.split(':') : [];
  const between = 8 - first.length - last.length;
  return [...first, ...Array<string>(between).fill('0'), ...last].slice(0, NETWORK_GROUPS).join(':');
}

/** Milliseconds to wait after the n-th failure in a row: 2, 4, 8 … seconds for the last six, then the lock. */
export function delayAfter(failures: number, limit: number): number {
  if (failures >= limit) return LOCK_MS;
  const counted = failures - (limit - FREE_BEFORE_LOCK);
  return counted <= 0 ? 0 : 1000 * 2 ** counted;
}
