// Background work of the log: the integrator every second, the verifier on its own schedule. Several server processes may run this on one database;
// each piece of work is done by one of them.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../platform/clock.ts';
import { awaySince, type Database, type Queryable } from '../platform/database/index.ts';
import { keepRounds } from '../platform/rounds.ts';
import { integrate } from './integrate.ts';
import { vkeyOf, type Signer } from './sign.ts';
import { clearVerifications, lastVerification, lockVerification, saveVerification } from './store.ts';
import { verify, type LogCheck, type LogPart, type Rest } from './verify.ts';

export interface LogOptions {
  database: Database;
  /** Ed25519 key and origin, such as `sekisho.example.jp/log`. */
  signer: Signer;
  clock: Clock;
  /** Called when the log does not agree and when work failed; failed work is retried. */
  report: (problem: LogCheck | Error) => void;
  integrateEveryMs?: number;
  verifyEveryMs?: number;
  wholeEveryMs?: number;
}

export interface RunningLog {
  /** The verification key, published so that anyone can check what the log signed. */
  vkey: string;
  /** Stops the timers, waits for work in progress, and signs what was written since the last round. */
  stop(): Promise<void>;
}

const DAY_MS = 86_400_000;

/**
 * Pauses a verification so that it takes at most a quarter of the process's time, because the process also answers requests. `stopping` ends it
 * between two pages.
 */
const resting =
  (stopping?: AbortSignal): Rest =>
  (tookMs) =>
    sleep(3 * tookMs, undefined, stopping ? { signal: stopping } : {});

/** Starts the timers. The first verification begins at once; it covers the whole log if the last one that did is over a day old. */
export function startLog(options: LogOptions): RunningLog {
  const { database, signer, clock, report } = options;
  const vkey = vkeyOf(signer);
  const wholeEveryMs = options.wholeEveryMs ?? DAY_MS;
  const failed = (error: unknown): void => report(error instanceof Error ? error : new Error('log: unknown failure'));
  const verifying = async (signal: AbortSignal): Promise<void> => {
    const found = await verifyAndRecord(database, signer, clock, wholeEveryMs, resting(signal));
    if (found && !found.ok) report(found);
  };
  const rounds = [
    keepRounds(() => integrate(database, signer), options.integrateEveryMs ?? 1_000, failed),
    keepRounds(verifying, options.verifyEveryMs ?? 60_000, failed),
  ];
  return {
    vkey,
    stop: async () => {
      await Promise.all(rounds.map((one) => one.stop()));
      // What nobody has signed could be changed unseen while nothing runs.
      await integrate(database, signer).catch((error: unknown) => {
        if (awaySince(error) === undefined) failed(error);
      });
    },
  };
}

/**
 * Verifies what was added since the last good verification, or everything when the last whole one is older than `wholeEveryMs` (0: always), and
 * records the result. Null when another process is verifying.
 */
export const verifyAndRecord = (
  database: Database,
  signer: Signer,
  clock: Clock,
  wholeEveryMs = 0,
  rest: Rest = resting(),
): Promise<LogCheck | null> =>
  database.transaction(async (tx) => {
    if (!(await lockVerification(tx))) return null;
    // Read before the entries are counted: a checkpoint is remembered only after its entries are stored.
    const signed = signer.signed?.()?.size ?? 0;
    const [last, lastWhole] = [await lastVerification(tx), await lastVerification(tx, true)];
    const since = lastWhole ? Math.abs(clock.now() - lastWhole.at.getTime()) : Infinity;
    // A verification dated in the future, by a wrong clock or by tampering, postpones nothing.
    const whole = !last?.ok || since >= wholeEveryMs;
    const check = await verify(tx, vkeyOf(signer), whole ? 0 : last.size, { signed, rest });
    const { part, position } = check.ok ? { part: null, position: null } : check;
    await saveVerification(tx, { at: new Date(clock.now()), whole, size: check.size, ok: check.ok, part, position });
    if (whole) await clearVerifications(tx);
    return check;
  });

/** Result and time of the newest verification; null before the first. For the promise that the log is whole. */
export async function lastCheck(on: Queryable): Promise<{ at: Date; check: LogCheck } | null> {
  const last = await lastVerification(on);
  if (!last) return null;
  const { size, part, position } = last;
  const check: LogCheck =
    part === null || position === null ? { ok: true, size } : { ok: false, size, part: part as LogPart, position };
  return { at: last.at, check };
}
