// Checks files of the log away from the page that shows the answer, so that a large one stops nothing. What is run here and by the page is under
// a content security policy by which nothing can be fetched or sent.

import { verifyFile } from '../file.ts';
import type { Verification } from '../verification.ts';

/** What is to be checked, as `verifyFile` takes it. `turn` numbers the questions of a page. */
export interface Question {
  turn: number;
  file: Blob;
  key: string | undefined;
  since: Blob | undefined;
}

/** What was found; null where a file could not be read. */
export interface Reply {
  turn: number;
  found: Verification | null;
}

const bytesIn = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

async function check({ file, key, since }: Question): Promise<Verification | null> {
  try {
    return verifyFile(await bytesIn(file), key, since && (await bytesIn(since)));
  } catch {
    // It went meanwhile, or it is larger than this browser can hold.
    return null;
  }
}

// The types of a page do not know that of a worker: its messages go to whoever started it.
const page = self as unknown as Pick<Worker, 'addEventListener' | 'postMessage'>;
page.addEventListener('message', ({ data }: MessageEvent<Question>) => {
  void check(data).then((found) => page.postMessage({ turn: data.turn, found } satisfies Reply));
});
