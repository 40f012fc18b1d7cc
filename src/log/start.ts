// The log while the server runs: the integrator every second, the verifier by itself. Several server processes may run this on one
// database; each piece of work is done by one of them.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../platform/clock.ts';
import type { Database, Queryable } from '../platform/database/index.ts';
import { keepRounds } from '../platform/rounds.ts';
import { integrate } from './integrate.ts';
import { vkeyOf, type Signer } from './sign.ts';
import { clearVerifications, lastVerification, lockVerification, saveVerification } from './store.ts';
import { verify, type LogCheck, type LogPart, type Rest } from './verify.ts';

export interface LogOptions {
  database: Database;
  /** The Ed25519 key and the origin, such as `sekisho.example.jp/log`. */
  signer: Signer;
  clock: Clock;
  /** Hears of a log that does not agree, and of work that failed; the work is tried again. */
  report: (problem: LogCheck | Error) => void;
  integrateEveryMs?: number;
  verifyEveryMs?: number;
  wholeEveryMs?: number;
}

export interface RunningLog {
  /** Published; whoever has it can check what the log signed. */
  vkey: string;
  /** Stops the timers and waits for work under way. */
  stop(): Promise<void>;
}

const DAY_MS = 86_400_000;

/** A verification takes at most a quarter of the time of a process that has others to answer. `stopping` ends it between two pages. */
const resting =
  (stopping?: AbortSignal): Rest =>
  (tookMs) =>
    sleep(3 * tookMs, undefined, stopping ? { signal: stopping } : {});

/** Starts the timers. The first verification begins at once and is whole if none was in the last day. */
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
    },
  };
}

/**
 * Verifies what came since the last good verification, or everything when the last whole one is older than `wholeEveryMs` (0: always), and
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
    // Asked before what is there is counted: it is remembered only once it is there.
    const signed = signer.signed?.()?.size ?? 0;
    const [last, lastWhole] = [await lastVerification(tx), await lastVerification(tx, true)];
    const since = lastWhole ? Math.abs(clock.now() - lastWhole.at.getTime()) : Infinity;
    // One that is dated ahead, by a clock or by somebody, puts nothing off.
    const whole = !last?.ok || since >= wholeEveryMs;
    const check = await verify(tx, vkeyOf(signer), whole ? 0 : last.size, { signed, rest });
    const { part, position } = check.ok ? { part: null, position: null } : check;
    await saveVerification(tx, { at: new Date(clock.now()), whole, size: check.size, ok: check.ok, part, position });
    if (whole) await clearVerifications(tx);
    return check;
  });

/** The result of the newest verification and when it was; null before the first. For the promise that the log is whole. */
export async function lastCheck(on: Queryable): Promise<{ at: Date; check: LogCheck } | null> {
  const last = await lastVerification(on);
  if (!last) return null;
  const { size, part, position } = last;
  const check: LogCheck =
    part === null || position === null ? { ok: true, size } : { ok: false, size, part: part as LogPart, position };
  return { at: last.at, check };
}
