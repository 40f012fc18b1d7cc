// Costly work in turns: some callers have a place, of whom a few work and the others wait. Beyond these a caller is refused at once.

import { QueueFull } from './batch.ts';

/** Waits until fewer than `atOnce` others work, then works. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Returns a function that gives its caller a place while `visit` runs, and a turn to ask for in it. It throws `QueueFull` before `visit` is called
 * when all places are taken.
 */
export function turns({ atOnce, places }: { atOnce: number; places: number }) {
  const waiting: (() => void)[] = [];
  let taken = 0;
  let working = 0;

  const turn: Turn = async (work) => {
    // Whoever ends hands its turn on, so that nobody who comes later goes first.
    if (working === atOnce) await new Promise<void>((begin) => waiting.push(begin));
    else working += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else working -= 1;
    }
  };

  return async <T>(visit: (turn: Turn) => Promise<T>): Promise<T> => {
    if (taken === places) throw new QueueFull('every place is taken');
    taken += 1;
    try {
      return await visit(turn);
    } finally {
      taken -= 1;
    }
  };
}
