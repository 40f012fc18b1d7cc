// Coalesces concurrent calls into batches, one batch in flight at a time: while one commits, the next gathers. The queue is
// bounded: past it a call is refused at once instead of growing the memory.

export class QueueFull extends Error {}

export interface BatchOptions {
  /** Most calls in one batch. */
  most: number;
  /** Most calls that may wait; past it `QueueFull` is thrown. */
  queue: number;
}

interface Waiting<In, Out> {
  input: In;
  resolve: (out: Out) => void;
  reject: (error: unknown) => void;
}

/**
 * `work` takes the inputs of a batch and answers one output per input, in order. If it throws, every call of that batch
 * is rejected with the same error.
 */
export function batch<In, Out>(
  work: (inputs: In[]) => Promise<Out[]>,
  options: BatchOptions,
): (input: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  let busy = false;

  const run = async (calls: Waiting<In, Out>[]): Promise<void> => {
    try {
      const outs = await work(calls.map((call) => call.input));
      calls.forEach((call, i) => call.resolve(outs[i]!));
    } catch (error) {
      calls.forEach((call) => call.reject(error));
    }
    next(calls.length);
  };

  const next = (ended: number): void => {
    // Who was answered asks again. A batch of nearly everybody leaves the process without work while it is written, and then the database
    // while everybody is read; half of them at a time keeps both at work.
    const calls = waiting.splice(0, Math.min(options.most, Math.ceil((ended + waiting.length) / 2)));
    busy = calls.length > 0;
    if (busy) void run(calls);
  };

  return (input) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= options.queue) {
        reject(new QueueFull('the queue is full'));
        return;
      }
      waiting.push({ input, resolve, reject });
      if (busy) return;
      busy = true;
      // setImmediate lets every request read in this turn of the event loop join the batch.
      setImmediate(() => next(waiting.length));
    });
}
