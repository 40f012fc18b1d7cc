// Coalesces concurrent calls into batches, one batch in flight at a time: while one commits, the next gathers. The queue is
// bounded: past it a call is refused at once instead of growing the memory.

export class QueueFull extends Error {}

export interface BatchOptions {
  /** Most calls in one batch. */
  most: number;
  /** Most calls that may wait; past it `QueueFull` is thrown. */
  queue: number;
  /** Batches in flight at once. */
  lanes: number;
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
  let waiting: Waiting<In, Out>[] = [];
  let running = 0;
  let scheduled = false;

  const run = async (calls: Waiting<In, Out>[]): Promise<void> => {
    running += 1;
    try {
      const outs = await work(calls.map((call) => call.input));
      calls.forEach((call, i) => call.resolve(outs[i]!));
    } catch (error) {
      calls.forEach((call) => call.reject(error));
    } finally {
      running -= 1;
      pump();
    }
  };

  const pump = (): void => {
    scheduled = false;
    while (running < options.lanes && waiting.length > 0) {
      const calls = waiting.splice(0, options.most);
      void run(calls);
    }
  };

  return (input) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= options.queue) {
        reject(new QueueFull('the queue is full'));
        return;
      }
      waiting.push({ input, resolve, reject });
      if (!scheduled && running < options.lanes) {
        scheduled = true;
        // setImmediate lets every request read in this turn of the event loop join the batch.
        setImmediate(pump);
      }
    });
}
