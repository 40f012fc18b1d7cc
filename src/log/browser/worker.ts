// Checks files of the log away from the page that shows the answer, so that a large one stops nothing. What is run here and by the page is under
// a content security policy by which nothing can be fetched or sent.

import { checkFile } from '../file.ts';
import type { Step, Verification } from '../verification.ts';

/** What is to be checked, as `checkFile` takes it. `turn` numbers the questions of a page: a newer one ends the check of an older. */
export interface Question {
  turn: number;
  file: Blob;
  key: string | undefined;
  since: Blob | undefined;
}

/** That nothing is to be checked any more. */
export type Stop = Pick<Question, 'turn'>;

/** How far a check has come, now and then; at its end what was found, or null where a file could not be read. */
export type Reply = { turn: number } & ({ step: Step } | { found: Verification | null });

/** It tells how far it is, and hears whether to go on, after so long at work. */
const STRETCH_MS = 250;

let newest = 0;

// The types of a page do not know that of a worker: its messages go to whoever started it.
const page = self as unknown as Pick<Worker, 'addEventListener' | 'postMessage'>;
const tell = (reply: Reply): void => page.postMessage(reply);

const messages = (): Promise<unknown> => new Promise((come) => setTimeout(come));

const bytesIn = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

async function check({ turn, file, key, since }: Question): Promise<void> {
  try {
    const steps = checkFile(await bytesIn(file), key, since && (await bytesIn(since)));
    for (let began = performance.now(); ;) {
      const { done, value } = steps.next();
      if (done) return tell({ turn, found: value });
      if (performance.now() - began < STRETCH_MS) continue;
      tell({ turn, step: value });
      await messages();
      if (turn !== newest) return;
      began = performance.now();
    }
  } catch {
    // It went meanwhile, or it is larger than this browser can hold.
    tell({ turn, found: null });
  }
}

page.addEventListener('message', ({ data }: MessageEvent<Question | Stop>) => {
  newest = data.turn;
  if ('file' in data) void check(data);
});
