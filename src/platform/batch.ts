// Coalesces concurrent calls into batches: while one batch runs, the next gathers. The queue is bounded: beyond the bound a call is refused at once
// instead of using more memory.

import { wroteNothing } from './statement.ts';

export class QueueFull extends Error {}

/**
 * With a single batch at a time, the process idles while the database writes, and the database while the process reads requests. A third would only
 * make the batches smaller.
 */
const MOST_UNDER_WAY = 2;
/** A smaller batch beside another costs more than it gains. */
const FEWEST_BESIDE = 3;

export interface BatchOptions {
  /** Most calls in one batch. */
  most: number;
  /** Most calls that may wait; beyond it a call is rejected with `QueueFull`. */
  queue: number;
}

interface Waiting<In, Out> {
  input: In;
  resolve: (out: Out) => void;
  reject: (error: unknown) => void;
}

/**
 * Returns a function that queues a call. `work` runs one statement for the inputs of a batch and returns one output per input, in order. If the
 * database refuses the statement, `work` is retried on each half, down to the call at fault, so that one caller's input never fails another's call.
 * If it is unknown whether the statement was committed, every call of the batch is rejected with the same error, and nothing is retried.
 */
export function batch<In, Out>(
  work: (inputs: In[]) => Promise<Out[]>,
  options: BatchOptions,
): (input: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  let underWay = 0;
  let calling = 0;
  let planned = false;

  const settle = async (calls: Waiting<In, Out>[]): Promise<void> => {
    try {
      const outs = await work(calls.map((call) => call.input));
      calls.forEach((call, i) => call.resolve(outs[i]!));
    } catch (error) {
      if (calls.length === 1 || !wroteNothing(error)) return calls.forEach((call) => call.reject(error));
      const half = calls.length >> 1;
      await settle(calls.slice(0, half));
      await settle(calls.slice(half));
    }
  };

  const run = async (calls: Waiting<In, Out>[]): Promise<void> => {
    underWay += 1;
    calling += calls.length;
    await settle(calls);
    underWay -= 1;
    calling -= calls.length;
    begin();
  };

  /** A second batch starts only when as many calls wait as are under way, so that the two come to the same size, each with half of the callers. */
  const mayBegin = (): boolean =>
    underWay < MOST_UNDER_WAY && waiting.length >= (underWay === 0 ? 1 : Math.max(FEWEST_BESIDE, calling));

  const begin = (): void => {
    planned = false;
    while (mayBegin()) void run(waiting.splice(0, options.most));
  };

  return (input) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= options.queue) {
        reject(new QueueFull('the queue is full'));
        return;
      }
      waiting.push({ input, resolve, reject });
      if (planned || underWay === MOST_UNDER_WAY) return;
      planned = true;
      // setImmediate lets every request read in this turn of the event loop join the batch.
      setImmediate(begin);
    });
}
