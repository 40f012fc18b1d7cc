// Answers that are made while they are sent. When one fails, its status is out already: the operator is told, and the connection is cut, so that
// nobody takes the answer for whole.

import type { Context } from 'hono';
import type { Env } from './route.ts';

/** The server library prints the error that ended an answer, with its message and all it holds. This one holds nothing. */
class BrokenOff extends Error {
  override readonly stack = 'an answer was broken off';
}

async function* told(c: Pick<Context<Env>, 'get'>, parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* parts;
  } catch (error) {
    c.get('failed')(error as Error, c.get('began'));
    throw new BrokenOff();
  }
}

/** The body of an answer that is sent part by part. */
export const inParts = (c: Pick<Context<Env>, 'get'>, parts: AsyncIterable<Uint8Array>): ReadableStream =>
  ReadableStream.from(told(c, parts)) as ReadableStream;
