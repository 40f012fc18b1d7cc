// Background work while the server runs: a round, a pause, the next round, never two at a time. A failed round is reported and the next one tries
// again; repeated failures are not reported again.

import { setTimeout } from 'node:timers/promises';
import { awaySince } from './database/reach.ts';

export interface Rounds {
  /** Ends the pause and waits for the round in progress. */
  stop(): Promise<void>;
}

/**
 * Starts the first round at once and pauses `pauseMs` after each. The signal tells `round` to end; work cut short by the stop is not a failure. An
 * absent database is reported once, by its watcher, and not by every round.
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

/** State of a round: the things to pass over, and the thing that a step has taken, which is passed over if the step fails. */
export interface Passing {
  readonly over: string[];
  at?: string;
}

/**
 * Repeats a step until nothing is left to do. A thing that fails does not hold up those behind it: this round passes over it and fails at its end,
 * and the next round tries again. If a step fails before taking anything, the round ends, because every further step would fail too.
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

/** Reports a failure by its kind only; its message may contain something private. */
export const reporting =
  (report: (line: string) => void, what: string) =>
  (error: unknown): void =>
    report(`${what}: ${error instanceof Error ? error.name : 'unknown'}`);
