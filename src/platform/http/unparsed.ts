// Answers with a problem what never becomes a request, which Node would answer with a bare status line. Nothing of it is read or logged: it may hold
// anything. Its language is unknown, so the answer is in both.

import {
  createServer,
  STATUS_CODES,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import type { Bilingual } from '../../base/bilingual.ts';
import { answerHeaders, plainProblem, PROBLEM } from './answers.ts';

const unreadable: Bilingual = {
  ja: 'HTTPの要求として読めません。',
  en: 'This cannot be read as an HTTP request.',
};
const unexpected: Bilingual = {
  ja: 'Expect ヘッダーの求めには応じられません。',
  en: 'What the Expect header asks for is not supported.',
};
/** By the code of Node's error; any other is a 400. */
const problems: Readonly<Record<string, readonly [status: number, says: Bilingual]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [
    408,
    { ja: '要求が時間内に届きませんでした。', en: 'The request did not arrive in time.' },
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [
    413,
    { ja: '要求の本体の付加情報が大きすぎます。', en: 'The extensions of the request’s body are too large.' },
  ],
  HPE_HEADER_OVERFLOW: [
    431,
    {
      ja: '要求のアドレスとヘッダーが大きすぎます。',
      en: 'The address and the headers of the request are too large.',
    },
  ],
};

function answerOf(status: number, { ja, en }: Bilingual): { headers: Record<string, string>; body: string } {
  const body = JSON.stringify(plainProblem('ja', status, { ja: `${ja} / ${en}`, en }));
  const headers = answerHeaders({ ...PROBLEM, 'content-length': String(Buffer.byteLength(body)), connection: 'close' });
  return { headers: { ...headers }, body };
}

/** The answer to a request that says for no host, for two, or for none that there can be, or asks for something that is no address of ours. */
export const unreadableAnswer = { status: 400, ...answerOf(400, unreadable) };

/** Node's server, which answers with a problem what it cannot read. A request without a host goes to the listener, like one with two. */
export function httpServer(listener: RequestListener, options: ServerOptions = {}): Server {
  /** By connection: a caller may send a request before the one before it was answered. */
  const answers = new WeakMap<Duplex, ServerResponse[]>();
  const unfinished = (socket: Duplex): ServerResponse[] =>
    (answers.get(socket) ?? []).filter((answer) => !answer.writableFinished);
  return createServer({ ...options, requireHostHeader: false }, listener)
    .on('request', ({ socket }, response) => void answers.set(socket, [...unfinished(socket), response]))
    .on('clientError', (error: NodeJS.ErrnoException, socket) => {
      const begun = unfinished(socket).some((answer) => answer.headersSent);
      // As in Node: nothing is written to a caller who is gone, or into an answer that has begun.
      if (error.code === 'ECONNRESET' || !socket.writable || begun) return void socket.destroy();
      const [status, says] = problems[error.code ?? ''] ?? [400, unreadable];
      const { headers, body } = answerOf(status, says);
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`, () => socket.destroy());
    })
    .on('checkExpectation', (_, response) => {
      const { headers, body } = answerOf(417, unexpected);
      response.writeHead(417, headers).end(body);
    });
}
