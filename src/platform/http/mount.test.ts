// What the operator is told of a failure, and what the caller of a temporary one is told.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import type { Context } from 'hono';
import { expect, test, vi } from 'vitest';
import { testDatabase } from '../../../tests/house.ts';
import { openWay, type Way } from '../../../tests/way.ts';
import { QueueFull } from '../batch.ts';
import { Damaged } from '../damaged.ts';
import { awaySince } from '../database/index.ts';
import {
  api,
  apiResponse,
  createRoute,
  httpServer,
  inParts,
  jsonAnswer,
  jsonBody,
  listener,
  mountRoutes,
  plain,
  z,
  type Env,
  type Frame,
  type Gate,
  type MountOptions,
  type Route,
} from './index.ts';

const frame = (): Promise<Frame> => Promise.reject(new Error('no page is asked for'));

const anybody: Gate['identify'] = () => Promise.resolve({ actor: { kind: 'public' }, csrf: '' });

const optionsWith = (lines: string[], identify = anybody): MountOptions => ({
  gate: {
    identify,
    authorise: () => ({ allowed: false, policies: [] }),
  },
  publicUrl: 'https://sekisho.example.jp',
  frame,
  refusalPage: (c, status, says) => c.text(says.en, status as 500),
  report: (line) => lines.push(line),
});

const mounted = (route: Route, lines: string[], identify = anybody) =>
  mountRoutes([route], optionsWith(lines, identify));

test('a full queue is no failure: page and call say when to ask again, and the operator hears nothing', async () => {
  const full = (): never => {
    throw new QueueFull('the queue is full');
  };
  const declared = createRoute({
    method: 'get',
    path: '/api/v1/full',
    operationId: 'full',
    responses: { 200: { description: 'Never' } },
  });
  const lines: string[] = [];
  for (const route of [plain('/full', 'public', full), api('public', declared, full)]) {
    const { status, headers } = await mounted(route, lines).request(route.path);
    expect([route.path, status, headers.get('retry-after')]).toEqual([route.path, 503, '1']);
  }
  expect(lines).toEqual([]);
});

test('the operator hears where it failed, and no line of what the failure says', async () => {
  const lines: string[] = [];
  const failing = plain('/failing', 'public', () => {
    throw new TypeError('not JSON: "\n    at 秘密の値\n    at 東京都"');
  });
  const app = mounted(failing, lines);
  expect((await app.request('/failing')).status).toBe(500);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/ GET \/failing TypeError at .*mount\.test\.ts/);
  expect(lines[0]).not.toMatch(/秘密|東京都/);
});

test('an answer that fails while it is sent is cut off; the operator hears where, and nothing of what the failure says', async () => {
  const printed = vi.spyOn(console, 'error').mockReturnValue();
  const lines: string[] = [];
  async function* parts(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode('one');
    await new Promise(setImmediate);
    throw Object.assign(new TypeError('秘密の値'), { detail: '秘密の値' });
  }
  const declared = createRoute({ method: 'get', path: '/api/v1/parts', operationId: 'parts', responses: {} });
  const routes = [
    plain('/parts', 'public', (c) => c.body(inParts(c, parts()), 200)),
    api('public', declared, (c) => apiResponse(inParts(c, parts()), 200) as never),
  ];
  const options = optionsWith(lines);
  const server = httpServer(listener(mountRoutes(routes, options), routes, options)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  for (const { path } of routes) {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow('terminated');
  }
  server.close();
  expect(lines).toEqual([
    expect.stringMatching(/ GET \/parts TypeError at parts /),
    expect.stringMatching(/ GET \/api\/v1\/parts TypeError at parts /),
  ]);
  expect(inspect([lines, printed.mock.calls])).not.toContain('秘密');
  printed.mockRestore();
});

test('the policies that let somebody in come with whatever they ask for, for its log entry', async () => {
  const held = (c: Pick<Context<Env>, 'get'>): never => new Response(c.get('authority').join()) as never;
  const at = { path: '/held', operationId: 'held', responses: {} };
  const routes: Route[] = [
    plain('/held', 'log:read', held),
    { kind: 'plain', method: 'post', path: '/held', may: 'log:read', handle: held },
    api('log:read', createRoute({ ...at, method: 'put' }), held),
  ];
  const options = optionsWith([]);
  const authorise = () => ({ allowed: true, policies: ['one', 'two'] });
  const app = mountRoutes(routes, { ...options, gate: { ...options.gate, authorise } });
  for (const method of ['GET', 'POST', 'PUT'])
    expect([method, await (await app.request('/held', { method })).text()]).toEqual([method, 'one,two']);
});

test('a call that Node’s server answers itself fails like any other, and its answer is kept by nobody', async () => {
  const lines: string[] = [];
  const called = (operationId: string, handle: (c: Pick<Context<Env>, 'json'>) => Response): Route => {
    const responses = { 200: jsonAnswer(z.object({}), 'Said') };
    const config = {
      method: 'post',
      path: `/api/v1/${operationId}`,
      operationId,
      request: jsonBody(z.object({})),
    } as const;
    return api('public', createRoute({ ...config, responses }), handle as never);
  };
  const routes = [
    called('said', (c) => c.json({}, 200)),
    called('failing', () => {
      throw new TypeError('秘密の値');
    }),
  ];
  const options = optionsWith(lines);
  const server = httpServer(listener(mountRoutes(routes, options), routes, options)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const ask = (name: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/${name}`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    });
  const [said, failed] = [await ask('said'), await ask('failing')];
  server.close();
  for (const { headers } of [said, failed])
    expect(['cache-control', 'x-content-type-options', 'referrer-policy'].map((name) => headers.get(name))).toEqual([
      'no-store',
      'nosniff',
      'same-origin',
    ]);
  expect([said.status, said.headers.get('content-type')]).toEqual([200, 'application/json']);
  expect([failed.status, failed.headers.get('content-type')]).toEqual([500, 'application/problem+json']);
  expect(await failed.text()).toContain('It is not known whether');
  expect(lines).toEqual([expect.stringMatching(/^[\w-]{36} POST \/api\/v1\/failing TypeError at /)]);
  expect(lines[0]!.split(' ')[0]).toBe(failed.headers.get('x-request-id'));
  expect(lines[0]).not.toContain('秘密');
});

test('that something does not open is said to whoever asks, and told the operator', async () => {
  const lines: string[] = [];
  const damaged = plain('/damaged', 'public', () => {
    throw new Damaged('sealed');
  });
  const answer = await mounted(damaged, lines).request('/damaged', { headers: { cookie: 'lang=en' } });
  expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining('does not open with its key')]);
  expect(lines).toHaveLength(1);
});

test('who asks for no page at all is answered when it fails, and what was asked for is in no line', async () => {
  const lines: string[] = [];
  const app = mounted(
    plain('/there', 'public', (c) => c.text('')),
    lines,
    () => Promise.reject(new TypeError('broken')),
  );
  const answer = await app.request('/例示');
  expect(answer.status).toBe(500);
  expect(lines).toEqual([expect.stringMatching(/^[\w-]{36} GET \(no route\) TypeError at /)]);
});

test('that nothing was changed is said when the database goes away, and not of who may have written before', async () => {
  let way!: Way;
  const { app: database, drop } = await testDatabase({ through: async (to) => (way = await openWay(to)).at });
  const ask = (): Promise<unknown[]> => database.query('SELECT 1', []);
  /** Fails once no connection can be made. */
  const whileAway = async (): Promise<never> => {
    for (;;)
      await ask().catch((error: unknown) => {
        if (awaySince(error) !== undefined) throw error;
      });
  };
  const posted = (operationId: string, handle: () => Promise<never>): Route =>
    api('public', createRoute({ method: 'post', path: `/api/v1/${operationId}`, operationId, responses: {} }), handle);
  const writing = posted('writing', async () => {
    await ask();
    way.shut();
    return whileAway();
  });
  const lines: string[] = [];
  for (const [route, status, says] of [
    [writing, 500, 'It is not known whether'],
    [posted('beginning', whileAway), 503, 'Nothing was changed'],
  ] as const) {
    const headers = { 'accept-language': 'en' };
    const answer = await mounted(route, lines).request(route.path, { method: 'POST', headers });
    expect([route.path, answer.status]).toEqual([route.path, status]);
    expect(((await answer.json()) as { title: string }).title).toContain(says);
  }
  expect(lines).toEqual([expect.stringContaining('POST /api/v1/writing')]);
  await database.close();
  way.close();
  await drop();
});

test('a form is taken from our pages alone; under which address they are is said to whoever opened them under another, and to the operator once', async () => {
  const lines: string[] = [];
  const form: Route = { kind: 'plain', method: 'post', path: '/form', may: 'public', handle: (c) => c.text('taken') };
  const app = mounted(form, lines);
  const sent = async (headers: Record<string, string>, host = 'sekisho.example.jp'): Promise<string> =>
    (await app.request(`http://${host}/form`, { method: 'POST', body: new URLSearchParams(), headers })).text();
  const [origin, other] = ['https://sekisho.example.jp', 'https://intra.example.jp'];
  expect(await sent({ origin })).toBe('taken');
  // A proxy may send the internal name under which it knows us.
  expect(await sent({ origin }, '127.0.0.1:8080')).toBe('taken');
  expect(await sent({ origin: other, 'sec-fetch-site': 'same-origin' }, 'intra.example.jp')).toBe('taken');
  expect(await sent({})).toBe('taken');
  expect(lines).toEqual([]);
  for (const from of ['cross-site', 'same-site'])
    expect(await sent({ origin: other, 'sec-fetch-site': from })).toContain('cannot be opened from another site');
  expect(lines).toEqual([]);
  expect(await sent({ origin: other })).toContain(`Open it at ${origin}`);
  expect(await sent({ origin: other }, 'intra.example.jp')).toContain(`Open it at ${origin}`);
  expect(await sent({ origin: 'null' })).toContain(`Open it at ${origin}`);
  // Without TLS the browser would not keep our session.
  expect(await sent({ origin: 'http://sekisho.example.jp' })).toContain(`Open it at ${origin}`);
  expect(lines).toEqual(['forms are refused: their pages were opened under another address than SEKISHO_URL']);
});
