// Checks files of the log in a worker, so that a large file does not block the page. Page and worker run under a content security policy that lets
// nothing be fetched or sent.

import { checkFile } from '../file.ts';
import type { Step, Verification } from '../verification.ts';

/**
 * A request for a check, with the arguments of `checkFile`. `turn` numbers the requests of a page; a newer request ends the check of an older one.
 */
export interface Question {
  turn: number;
  file: Blob;
  key: string | undefined;
  since: Blob | undefined;
}

/** Ends the current check without starting another. */
export type Stop = Pick<Question, 'turn'>;

/** Progress of a check, from time to time; at its end the result, or null when a file could not be read. */
export type Reply = { turn: number } & ({ step: Step } | { found: Verification | null });

/** How long the worker checks before it reports progress and looks for a stop, in milliseconds. */
const STRETCH_MS = 250;

let newest = 0;

// The page's type library does not know workers, whose messages go to the page that started them.
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
    // The file was removed meanwhile, or is too large for this browser.
    tell({ turn, found: null });
  }
}

page.addEventListener('message', ({ data }: MessageEvent<Question | Stop>) => {
  newest = data.turn;
  if ('file' in data) void check(data);
});
