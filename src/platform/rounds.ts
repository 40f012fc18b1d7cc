// Work that goes on by itself as long as the office is open: a round, a pause, the next round, never two at a time. A round that fails is
// reported, and the next one tries again; where it fails too, that says nothing new.

import { setTimeout } from 'node:timers/promises';
import { awaySince } from './database/reach.ts';

export interface Rounds {
  /** Ends the pause, and waits for the round that is under way. */
  stop(): Promise<void>;
}

/**
 * Begins the first round at once and pauses `pauseMs` after each. `round` gets the signal that tells it to end. What the stop cuts short has not
 * failed. That the database is away is told once, by who watches it, and not by every round again.
 */
export function keepRounds(
  round: (signal: AbortSignal) => Promise<unknown>,
  pauseMs: number,
  failed: (error: unknown) => void,
): Rounds {
  const ending = new AbortController();
  const { signal } = ending;
  const running = (async () => {
    let told = false;
    while (!signal.aborted) {
      await round(signal).then(
        () => {
          told = false;
        },
        (error: unknown) => {
          if (told || signal.aborted || awaySince(error) !== undefined) return;
          told = true;
          failed(error);
        },
      );
      await setTimeout(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}

/** Repeats a step until it has done nothing or the signal ends the work. Returns how many things the steps have done. */
export async function untilNothingIsLeft(signal: AbortSignal, step: () => Promise<number>): Promise<number> {
  let all = 0;
  for (let some = 1; some > 0 && !signal.aborted; all += some) some = await step();
  return all;
}

/** What a round comes to: the things it passes over, and the one that a step has taken, which is passed over once the step fails. */
export interface Passing {
  readonly over: string[];
  at?: string;
}

/**
 * Takes a step again and again until nothing waits for it any more. A thing that fails keeps nothing waiting behind it: this round passes over it and
 * fails in the end, and the next one tries again. Where a step fails that has taken nothing, every other would fail too.
 */
export async function throughAll(signal: AbortSignal, step: (passing: Passing) => Promise<boolean>): Promise<void> {
  const failures: unknown[] = [];
  const over: string[] = [];
  for (let more = true; more && !signal.aborted;) {
    const passing: Passing = { over };
    try {
      more = await step(passing);
    } catch (error) {
      if (passing.at === undefined) throw error;
      over.push(passing.at);
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** Reports a failure by its kind: its message may hold what is nobody’s business. */
export const reporting =
  (report: (line: string) => void, what: string) =>
  (error: unknown): void =>
    report(`${what}: ${error instanceof Error ? error.name : 'unknown'}`);
