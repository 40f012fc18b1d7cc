// Answers the company's systems directly on Node's server. A web Request and Response around each call cost as much as the access policies, the law
// and the log entry together, so JSON posted to a JSON route skips them; everything else goes to the Hono app. Both paths run `apiHandler`, so a
// route behaves the same on either.

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import { answerHeaders, type AnswerHeaders } from './answers.ts';
import { apiHandler, asText, BODY_LIMIT, JSON_TYPE, mediaType } from './api.ts';
import { apiOptions, failure, type MountOptions } from './mount.ts';
import type { Env, Route } from './route.ts';
import { unreadableAnswer } from './unparsed.ts';

/** The complete body; never if the caller disconnects first. */
const whole = (incoming: IncomingMessage): Promise<Uint8Array> =>
  new Promise((read) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => read(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
  });

/** The part of Hono's request that JSON routes and their guard use. */
class Asked {
  readonly method = 'POST';
  readonly path: string;
  readonly routePath: string;
  readonly #incoming: IncomingMessage;
  #input: object = {};

  constructor(path: string, incoming: IncomingMessage) {
    this.path = path;
    this.routePath = path;
    this.#incoming = incoming;
  }

  header(name: string): string | undefined {
    return this.#incoming.headers[name] as string | undefined;
  }

  /** Read only when it is asked for: whoever may not do this is answered before. */
  async text(): Promise<string> {
    return asText(await whole(this.#incoming));
  }

  /** Requests on this path have only a path and a body. */
  queries(): Record<string, string[]> {
    return {};
  }

  addValidatedData(_target: 'json' | 'query', input: object): void {
    this.#input = input;
  }

  valid(): object {
    return this.#input;
  }
}

interface Answer {
  status: number;
  headers: AnswerHeaders;
  body: string;
}

/** The part of Hono's context that JSON routes and their guard use. */
class Call {
  readonly req: Asked;
  /** The same as in the app: with the socket, which knows the caller's address. */
  readonly env: { incoming: IncomingMessage };
  readonly #variables: Partial<Env['Variables']> = {};

  constructor(req: Asked, incoming: IncomingMessage) {
    this.req = req;
    this.env = { incoming };
  }

  get<Name extends keyof Env['Variables']>(name: Name): Partial<Env['Variables']>[Name] {
    return this.#variables[name];
  }

  set<Name extends keyof Env['Variables']>(name: Name, value: Env['Variables'][Name]): void {
    this.#variables[name] = value;
  }

  json(body: unknown, status: number, more?: AnswerHeaders): Answer {
    return { status, headers: answerHeaders(more), body: JSON.stringify(body) };
  }
}

/** Problems come as web Responses and are converted. */
const answerOf = async (made: Response | Answer): Promise<Answer> =>
  made instanceof Response
    ? { status: made.status, headers: Object.fromEntries(made.headers), body: await made.text() }
    : made;

/** True for JSON with a stated length within the limit. */
function isPlainJson({ headers }: IncomingMessage): boolean {
  return (
    headers['transfer-encoding'] === undefined &&
    Number(headers['content-length']) <= BODY_LIMIT &&
    mediaType(headers['content-type']) === JSON_TYPE
  );
}

function send(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  outgoing.end(body);
}

/** True when a route answers with JSON. A file comes in pieces and need not be text. */
const answersJson = ({ config }: Extract<Route, { kind: 'api' }>): boolean =>
  Object.entries(config.responses)
    .filter(([status]) => status.startsWith('2'))
    .every(([, said]) => 'content' in said && said.content?.[JSON_TYPE] !== undefined);

/** Whether a request says exactly once for which host it is (RFC 9112, 3.2): of two, a server in between may go by the other. */
const namesHost = ({ headersDistinct }: IncomingMessage): boolean => headersDistinct.host?.length === 1;

/** The answer where a request cannot be made of what came, or the app itself failed. */
const notHandled = (error: unknown): Response =>
  error instanceof RequestError
    ? new Response(unreadableAnswer.body, unreadableAnswer)
    : new Response(null, { status: 500 });

/** The request listener for Node's server: calls JSON routes directly, and sends everything else to the app. */
export function listener(app: Hono<Env>, routes: readonly Route[], options: MountOptions): RequestListener {
  const handlers = new Map(
    routes.flatMap((route) =>
      route.kind === 'api' && route.method === 'post' && !route.path.includes(':') && answersJson(route)
        ? [[route.path, apiHandler(route, apiOptions(options))] as const]
        : [],
    ),
  );
  const elsewhere = getRequestListener(app.fetch, { errorHandler: notHandled });
  return (incoming, outgoing) => {
    if (!namesHost(incoming)) return send(outgoing, unreadableAnswer);
    const path = incoming.url!;
    const handle = incoming.method === 'POST' ? handlers.get(path) : undefined;
    if (!handle || !isPlainJson(incoming)) return void elsewhere(incoming, outgoing);
    const c = new Call(new Asked(path, incoming), incoming) as unknown as Context<Env>;
    void handle(c)
      .catch((error: unknown) => failure(c, error as Error, options))
      .then(answerOf)
      .then((answer) => send(outgoing, answer))
      // If the answer cannot be sent, the connection is closed: the caller must not mistake silence for an answer.
      .catch(() => outgoing.destroy());
  };
}
