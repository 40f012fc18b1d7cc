// What this browser keeps of a visitor's choice, in the storage of the site itself: localStorage, or a cookie of the site where that is
// not available. It holds a random id and codes, and nothing else.

import type { PublicRegister } from '../facts.ts';

/** A visitor's choice. */
export interface Kept {
  /** Random, generated in this browser. */
  id: string;
  /** Number of the choice in this browser. */
  n: number;
  /** Version of what the visitor was told. */
  notice: number;
  allowed: string[];
  refused: string[];
  gpc: boolean;
  /** Time of the choice, in milliseconds since the epoch. */
  at: number;
  /** True when the choice is on record. */
  sent: boolean;
}

/** Seconds after which a choice is asked for again: a year. */
const YEAR_S = 31_536_000;

const keyOf = (site: string): string => `sekisho-${site}`;

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    const found = document.cookie.split('; ').find((one) => one.startsWith(`${key}=`));
    return found ? decodeURIComponent(found.slice(key.length + 1)) : null;
  }
}

function store(key: string, value: string, small: boolean): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    if (small)
      document.cookie = `${key}=${encodeURIComponent(value)}; Max-Age=${YEAR_S}; Path=/; SameSite=Lax${secure}`;
  }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

export function recall(site: string): Kept | undefined {
  const kept = parsed(stored(keyOf(site))) as Kept | undefined;
  return kept && Date.now() - kept.at < YEAR_S * 1000 ? kept : undefined;
}

export const keep = (site: string, kept: Kept): void => store(keyOf(site), JSON.stringify(kept), true);

/** The last register received, for when it cannot be fetched. */
export const lastRegister = (site: string): PublicRegister | undefined =>
  parsed(stored(`${keyOf(site)}-register`)) as PublicRegister | undefined;

export const keepRegister = (site: string, register: PublicRegister): void =>
  store(`${keyOf(site)}-register`, JSON.stringify(register), false);
