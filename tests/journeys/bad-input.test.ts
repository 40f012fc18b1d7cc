// What a careless or hostile caller may send: each answer names the field in the reader's language, nothing is lost or duplicated, and neither the
// answer nor the operator's log repeats a value that was sent.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failuresIn, PASSWORD, PASSWORD_HASH } from '../house.ts';
import type { Role } from '../../src/base/actor.ts';
import type { Problem } from '../../src/client.ts';
import { addFictionalStaff, listStaff, revokeToken } from '../../src/features/access/index.ts';
import { changePassword } from '../../src/features/access/actions/account.ts';
import { sessionCookie, tokenOfCookie } from '../../src/features/access/actions/gate.ts';
import { signIn, signOut } from '../../src/features/access/actions/sign-in.ts';
import { changeRoles, endStaff } from '../../src/features/access/actions/staff.ts';
import { httpServer } from '../../src/platform/http/index.ts';
import {
  aWebSite,
  ENTRIES,
  freePort,
  must,
  newcomer,
  openServer,
  tokenOf,
  type Session,
  type TestServer,
} from '../server.ts';

let server: TestServer;
let listening: Server;
let port: number;
/** The same, which waits for a request no longer than a moment. */
let impatient: Server;
let person: string;
beforeAll(async () => {
  server = await openServer();
  port = await freePort();
  listening = httpServer(server.app.listener()).listen(port, '127.0.0.1');
  const limits = { headersTimeout: 300, requestTimeout: 300, connectionsCheckingInterval: 50 };
  impatient = httpServer(server.app.listener(), limits).listen(0, '127.0.0.1');
  await Promise.all([once(listening, 'listening'), once(impatient, 'listening')]);
  person = must(await server.client.acquire(newcomer(server.holding))).principal;
});
afterAll(async () => {
  listening.close();
  impatient.close();
  await server.close();
});

/** The beginning of a call whose body comes in chunks. */
const posting = (): string =>
  `POST ${A} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer TOKEN\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;

/** Stands for any value that must never be repeated. */
const SECRET = '秘密の値';
const nobody = '00000000-0000-7000-8000-000000000000';

interface Sent {
  method?: string;
  type?: string;
  lang?: string;
  headers?: Record<string, string>;
}

/** Through Node's own server, as the company's systems come. */
const byPort = (to: string, init: RequestInit): Promise<Response> => fetch(`http://127.0.0.1:${port}${to}`, init);

const send = (
  to: string,
  body: string | object,
  { method = 'POST', type, lang = 'en', headers }: Sent = {},
  door = byPort,
) =>
  door(to, {
    method,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: {
      authorization: `Bearer ${server.token}`,
      'content-type': type ?? 'application/json',
      'accept-language': lang,
      ...headers,
    },
  });

const problemOf = async (response: Response): Promise<Problem> => {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return (await response.json()) as Problem;
};

const counted = async (): Promise<object> => {
  const [row] = await server.db.owner.query<object>(
    `SELECT (SELECT count(*) FROM ${ENTRIES} e) AS entries, (SELECT count(*) FROM vault_principals) AS persons,
       (SELECT count(*) FROM acquisitions) AS acquisitions, (SELECT count(*) FROM provisions) AS provisions`,
    [],
  );
  return row!;
};

/** The number of members of staff with this e-mail address. */
const invitedAs = async (email: string): Promise<number> =>
  (await listStaff(server.app.access)).filter((one) => one.email === email).length;

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const acquiring = (items: object, more: object = {}) => ({ ...newcomer(server.holding), items, ...more });
/** An acquisition from a third party, with what is known of it. */
const given = (provider: object) =>
  acquiring(
    { name: SECRET },
    {
      source: 'third-party',
      receipt: {
        provider: { kind: 'corporation', name: SECRET, address: SECRET, representative: SECRET, ...provider },
        basis: 'consent',
        howAcquired: SECRET,
        documentSeen: true,
        consentObtained: true,
        record: { mode: 'each' },
      },
    },
  );
const using = (more: object = {}) => ({
  principal: person,
  holding: server.holding,
  items: ['name'],
  purpose: 'P3',
  ...more,
});
const A = '/api/v1/acquisitions';
const U = '/api/v1/uses';
const S = '/api/v1/principals/search';
const P = '/api/v1/provisions';

/** A call that has begun: its headers, and what has come of its body so far. */
function begun(token: string, framing: string, body = ''): { socket: net.Socket; answer(): string } {
  const socket = net.connect(port, '127.0.0.1').on('error', () => undefined);
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  const from = token === '' ? '' : `Authorization: Bearer ${token}\r\n`;
  const head = `POST ${A} HTTP/1.1\r\nHost: 127.0.0.1\r\n${from}Content-Type: application/json\r\n${framing}\r\n\r\n`;
  socket.write(head + body);
  return { socket, answer: () => answer };
}

/** A form of the page for a new member of staff, of which all has come but the end. */
function begunForm(cookie: string, chunked: boolean, body: string): { end(): void; answer(): string } {
  const socket = net.connect(port, '127.0.0.1').on('error', () => undefined);
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  const piece = (text: string): string => (chunked ? `${text.length.toString(16)}\r\n${text}\r\n` : text);
  const [first, last] = [body.slice(0, -5), body.slice(-5)];
  const framing = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`;
  socket.write(
    `POST /staff/new HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n${framing}\r\n\r\n${piece(first)}`,
  );
  return { end: () => socket.write(piece(last) + (chunked ? '0\r\n\r\n' : '')), answer: () => answer };
}

/** Signs somebody in who has no authenticator. */
async function sessionOf(email: string): Promise<Session> {
  const { access } = server.app;
  const signed = must(await signIn(access, { email, password: PASSWORD }, '127.0.0.1'));
  const cookie = sessionCookie(access, signed.token).split(';')[0]!;
  const account = await (await server.fetch('/account', { headers: { cookie } })).text();
  return { cookie, csrf: /name="csrf" value="([^"]+)"/.exec(account)![1]! };
}

/** Ids and instants differ from one call to the next. */
const alike = async (response: Response): Promise<object> => ({
  status: response.status,
  headers: Object.fromEntries(
    [...response.headers].filter(
      ([name]) => !['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding'].includes(name),
    ),
  ),
  body: await response.text(),
});
const masked = (text: string): string =>
  text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<instant>');

test.each<[what: string, status: number, to: string, body: () => string | object, sent?: Sent]>([
  ['a person acquired', 201, A, () => ({ ...newcomer(server.holding), items: { name: '一致 一' } })],
  ['items read', 200, U, () => using()],
  ['a refusal by the law', 403, U, () => using({ purpose: 'P4' }), { lang: 'ja' }],
  ['unknown fields', 422, U, () => using({ more: 1 })],
  ['nobody', 404, U, () => using({ principal: nobody })],
  ['no JSON', 400, U, () => '{'],
  ['an empty body', 400, U, () => ''],
  ['a byte order mark', 200, U, () => `\uFEFF${JSON.stringify(using())}`],
  ['lines', 200, U, () => JSON.stringify(using()), { type: 'application/x-ndjson' }],
  ['another media type', 415, U, () => 'name=1', { type: 'application/x-www-form-urlencoded' }],
  ['JSON with a charset', 200, U, () => using(), { type: 'Application/JSON; charset=utf-8' }],
  ['no token', 401, U, () => using(), { headers: { authorization: '' } }],
  ['a token that never was', 401, U, () => using(), { headers: { authorization: `Bearer ${'x'.repeat(43)}` } }],
  ['too large', 413, U, () => `"${'x'.repeat(1024 * 1024)}"`],
  ['no such route', 404, '/api/v1/use', () => using()],
  ['a query that nobody reads', 422, `${U}?x=1`, () => using()],
  ['an encoded path', 200, '/api/v1/us%65s', () => using()],
  ['another method', 404, U, () => using(), { method: 'PUT' }],
  ['a public route', 422, '/api/v1/web-choices', () => ({}), { headers: { origin: 'https://elsewhere.example.jp' } }],
])('by either door the answer is the same: %s', async (_, status, to, body, sent) => {
  const text = body();
  const [port, app] = [await alike(await send(to, text, sent)), await alike(await send(to, text, sent, server.fetch))];
  expect({ ...port, status }).toEqual(port);
  expect(masked(JSON.stringify(port))).toEqual(masked(JSON.stringify(app)));
});

const cases: [string, string, () => string | object, number, string[]][] = [
  ['JSON that ends early', A, () => `{"items":{"name":"${SECRET}"`, 400, ['body']],
  ['no JSON at all', A, () => `name=${SECRET}`, 400, ['body']],
  ['no body', U, () => '', 400, ['body']],
  ['a list for an object', A, () => [SECRET], 422, ['body']],
  ['null', U, () => 'null', 422, ['body']],
  ['a text for an object', U, () => JSON.stringify(SECRET), 422, ['body']],
  ['a number as a name', A, () => acquiring({ name: 7 }), 422, ['items.name']],
  ['a list as items', A, () => acquiring([SECRET]), 422, ['items']],
  ['an empty name', A, () => acquiring({ name: '' }), 422, ['items.name']],
  ['no items', A, () => acquiring({}), 422, ['items']],
  ['an item the holding has not', A, () => acquiring({ name: SECRET, birth_date: SECRET }), 422, ['items.birth_date']],
  ['a value where a code should be', A, () => acquiring({ [SECRET]: 'x' }), 422, ['items']],
  ['an e-mail that is none', A, () => acquiring({ email: SECRET }), 422, ['items.email']],
  ['NUL', A, () => acquiring({ name: `${SECRET}\0` }), 422, ['items.name']],
  [
    'half of 𠮷, first',
    A,
    () =>
      `{"holding":"${server.holding}","channel":"web-form","source":"principal","purposes":["P3"],"items":{"name":"\\ud842"}}`,
    422,
    ['items.name'],
  ],
  ['half of 𠮷, second', A, () => acquiring({ name: `${SECRET}\udfb7` }), 422, ['items.name']],
  ['NUL beside the items', A, () => given({ name: `${SECRET}\0` }), 422, ['receipt.provider.name']],
  ['half of 𠮷 beside the items', A, () => given({ address: `${SECRET}\ud842` }), 422, ['receipt.provider.address']],
  ['NUL in a purpose', U, () => using({ purpose: `${SECRET}\0` }), 422, ['purpose']],
  ['NUL in a code', A, () => acquiring({ [`${SECRET}\0`]: 'x' }), 422, ['items.?']],
  ['a name of 201 characters', A, () => acquiring({ name: '秘'.repeat(201) }), 422, ['items.name']],
  [
    '__proto__ as an item',
    A,
    () =>
      `{"holding":"${server.holding}","channel":"web-form","source":"principal","purposes":["P3"],"items":{"__proto__":"${SECRET}"}}`,
    422,
    ['items.__proto__'],
  ],
  [
    '__proto__ beside an item',
    A,
    () => JSON.stringify(acquiring({ name: SECRET })).replace('"items":{', `"items":{"__proto__":"${SECRET}",`),
    422,
    ['items.__proto__'],
  ],
  [
    '__proto__ beside an item, escaped',
    A,
    () => JSON.stringify(acquiring({ name: SECRET })).replace('"items":{', `"items":{"\\u005f_proto__":"${SECRET}",`),
    422,
    ['items.__proto__'],
  ],
  [
    '__proto__ as a field',
    A,
    () => JSON.stringify(acquiring({ name: SECRET })).replace('{', '{"__proto__":{"urgent":true},'),
    422,
    ['__proto__'],
  ],
  ['constructor as an item', A, () => acquiring({ name: SECRET, constructor: SECRET }), 422, ['items.constructor']],
  ['toString as an item', A, () => acquiring({ name: SECRET, toString: SECRET }), 422, ['items']],
  ['an unknown purpose', A, () => acquiring({ name: SECRET }, { purposes: ['P3', SECRET] }), 422, ['purposes.1']],
  ['__proto__ as a purpose', U, () => using({ purpose: '__proto__' }), 422, ['purpose']],
  ['an unknown channel', A, () => acquiring({ name: SECRET }, { channel: SECRET }), 422, ['channel']],
  ['an unknown source', A, () => acquiring({ name: SECRET }, { source: SECRET }), 422, ['source']],
  [
    'public information from nobody',
    A,
    () => acquiring({ name: SECRET }, { source: 'public' }),
    422,
    ['receipt.provider.name'],
  ],
  [
    'information of a provider without a name',
    A,
    () =>
      acquiring(
        { name: SECRET },
        {
          source: 'third-party',
          receipt: { provider: { kind: 'private-person', address: SECRET }, basis: 'not-third-party', ownUse: false },
        },
      ),
    422,
    ['receipt.provider.name'],
  ],
  [
    'information of a public body that came in no way',
    A,
    () =>
      acquiring(
        { name: SECRET },
        { source: 'third-party', receipt: { provider: { kind: 'local-government', name: SECRET } } },
      ),
    422,
    ['receipt.howAcquired'],
  ],
  ['a field nobody knows', A, () => acquiring({ name: SECRET }, { nickname: SECRET }), 422, ['nickname']],
  ['a value as a field', A, () => acquiring({ name: SECRET }, { [SECRET]: SECRET }), 422, ['?']],
  [
    'a day that does not exist',
    A,
    () => acquiring({ name: SECRET }, { consent: { on: '2026-02-30' } }),
    422,
    ['consent.on'],
  ],
  [
    'one field twice',
    U,
    () => JSON.stringify(using()).replace('"purpose"', `"purpose":"${SECRET}","purp\\u006fse"`),
    422,
    ['purpose'],
  ],
  [
    'one item twice',
    A,
    () => JSON.stringify(acquiring({ name: 'x' })).replace('"name"', `"name":"${SECRET}","name"`),
    422,
    ['items.name'],
  ],
  ['nested a thousand deep', A, () => nested(1_000), 422, []],
  ['an id that is none', U, () => using({ principal: SECRET }), 422, ['principal']],
  ['an id in capitals', U, () => using({ principal: person.toUpperCase() }), 422, ['principal']],
  ['SQL for an id', U, () => using({ principal: `${person}' OR '1'='1` }), 422, ['principal']],
  ['nobody’s id', U, () => using({ principal: nobody }), 404, []],
  ['a holding’s id for a person', U, () => using({ principal: server.holding }), 404, []],
  ['a person’s id for a holding', U, () => using({ holding: person }), 422, ['holding']],
  ['an id as items', U, () => using({ items: [SECRET] }), 422, ['items']],
  ['no items at all', U, () => using({ items: [] }), 422, ['items']],
  ['too many items', U, () => using({ items: Array.from({ length: 65 }, () => 'name') }), 422, ['items']],
  ['nobody to add to', A, () => acquiring({ name: SECRET }, { principal: nobody }), 404, []],
  ['a search for nothing', S, () => ({}), 422, ['body']],
  ['a search for an empty name', S, () => ({ name: '' }), 422, ['name']],
  ['a search by a list', S, () => ({ email: [SECRET] }), 422, ['email']],
  ['a search in no holding', S, () => ({ name: SECRET, holding: SECRET }), 422, ['holding']],
  [
    'a correction of nothing',
    `/api/v1/principals/${nobody}/corrections`,
    () => ({ holding: server.holding, items: { note: SECRET }, ground: 'request', seen: 1 }),
    404,
    [],
  ],
  [
    'a correction without ground',
    `/api/v1/principals/${nobody}/corrections`,
    () => ({ holding: server.holding, items: { note: SECRET }, seen: 1 }),
    422,
    ['ground'],
  ],
  [
    'a correction that does not say what it saw',
    `/api/v1/principals/${nobody}/corrections`,
    () => ({ holding: server.holding, items: { note: SECRET }, ground: 'accuracy' }),
    422,
    ['seen'],
  ],
  [
    'a correction of what was seen as a text',
    `/api/v1/principals/${nobody}/corrections`,
    () => ({ holding: server.holding, items: { note: SECRET }, ground: 'accuracy', seen: '1' }),
    422,
    ['seen'],
  ],
  [
    'an erasure on a ground of one’s own',
    `/api/v1/principals/${nobody}/erasure`,
    () => ({ ground: SECRET }),
    422,
    ['ground'],
  ],
  ['an erasure of nobody', `/api/v1/principals/${nobody}/erasure`, () => ({ ground: 'request-breach' }), 404, []],
  [
    'an erasure of no id',
    `/api/v1/principals/${encodeURIComponent(SECRET)}/erasure`,
    () => ({ ground: 'request-breach' }),
    422,
    ['principal'],
  ],
  [
    'a provision whose recipient is described instead of named',
    P,
    () => ({ ...using(), facts: { recipient: { name: SECRET } } }),
    422,
    ['facts.recipient'],
  ],
  [
    'a provision to a recipient that is none',
    P,
    () => ({ ...using(), recipient: SECRET, facts: { relation: 'third-party' } }),
    422,
    ['recipient'],
  ],
  [
    'a provision by a relation that is none',
    P,
    () => ({ ...using(), facts: { relation: SECRET } }),
    422,
    ['facts.relation'],
  ],
  [
    'a provision of nobody',
    P,
    () => ({
      ...using({ principal: nobody }),
      recipient: server.recipient,
      facts: { relation: 'third-party' },
    }),
    404,
    [],
  ],
];

test.each(cases)('%s', async (_, to, body, status, fields) => {
  const before = await counted();
  const title = { ja: '', en: '' };
  for (const lang of ['ja', 'en'] as const) {
    const response = await send(to, body(), { lang });
    const problem = await problemOf(response);
    expect([response.status, problem.status]).toEqual([status, status]);
    expect(problem.fields?.map((one) => one.field) ?? []).toEqual(expect.arrayContaining(fields));
    for (const { says } of problem.fields ?? []) expect(/[ぁ-ん]/.test(says)).toBe(lang === 'ja');
    title[lang] = problem.title;
    expect(JSON.stringify(problem)).not.toContain(SECRET);
    expect(JSON.stringify(problem)).not.toMatch(/OR '1'|秘秘/);
  }
  expect(title.ja).not.toBe(title.en);
  expect(await counted()).toEqual(before);
});

test('what looks like a field inside a text is none', async () => {
  const note = '{"name":"x","name":"y"} \\" : \\\\":';
  const { principal } = must(await server.client.acquire(newcomer(server.holding, { note })));
  const ask = { principal, holding: server.holding, items: ['note'], purpose: 'P3' };
  expect(must(await server.client.use(ask)).items).toEqual({ note });
});

test('other types of body are told which are taken; nothing of them is read', async () => {
  const before = await counted();
  const text = JSON.stringify(acquiring({ name: SECRET }));
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/html',
  ]) {
    for (const to of [A, U, S]) {
      const response = await send(to, text, { type });
      const problem = await problemOf(response);
      expect([to, type, response.status >= 400 && response.status < 500]).toEqual([to, type, true]);
      expect(problem.fields?.length, `${to} ${type}`).toBeGreaterThan(0);
      expect(JSON.stringify(problem)).not.toContain(SECRET);
    }
  }
  expect(await counted()).toEqual(before);
});

test.each([
  [A, 'application/json'],
  [A, 'application/json; charset=shift_jis'],
  [U, 'application/json'],
  [U, 'application/x-ndjson'],
  ['/api/v1/web-choices', 'text/plain'],
])('what is not UTF-8 is refused, and not kept as other characters: %s as %s', async (to, type) => {
  const before = await counted();
  const json = JSON.stringify(to === U ? { ...using(), purpose: '?' } : acquiring({ name: '?' }));
  // 例 in Shift_JIS.
  const shiftJis = Buffer.concat(
    json.split('"?"').flatMap((part, i) => [Buffer.from(i ? '"\x97\xe1"' : '', 'latin1'), Buffer.from(part)]),
  );
  for (const door of [byPort, server.fetch]) {
    const headers = { authorization: `Bearer ${server.token}`, 'content-type': type, 'accept-language': 'en' };
    const response = await door(to, { method: 'POST', body: shiftJis, headers });
    const says = 'The body is not in UTF-8';
    expect([response.status, (await problemOf(response)).fields]).toEqual([400, [{ field: 'body', says }]]);
  }
  expect(await counted()).toEqual(before);
});

test.each([
  [A, 'application/json'],
  [U, 'application/x-ndjson'],
])('what is compressed is refused by the name of what says so: %s as %s', async (to, type) => {
  const before = await counted();
  const body = gzipSync(JSON.stringify(to === U ? using() : acquiring({ name: SECRET })));
  for (const door of [byPort, server.fetch]) {
    const headers = { authorization: `Bearer ${server.token}`, 'content-type': type, 'content-encoding': 'gzip' };
    const response = await door(to, { method: 'POST', body, headers });
    expect([response.status, (await problemOf(response)).fields?.[0]?.field]).toEqual([415, 'Content-Encoding']);
  }
  expect(await counted()).toEqual(before);
});

test('a body over 1 MiB is refused, also when it does not say how long it is', async () => {
  const before = await counted();
  const big = JSON.stringify(acquiring({ note: 'あ'.repeat(400_000) }));
  const said = await send(A, big);
  expect([said.status, (await problemOf(said)).fields?.[0]?.field]).toEqual([413, 'body']);
  // Refused before any of it is read.
  const announced = begun(server.token, 'Content-Length: 1048577');
  await expect.poll(announced.answer, { timeout: 20_000 }).toMatch(/^HTTP\/1\.1 413 /);
  announced.socket.destroy();

  const socket = net.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  socket.on('error', () => undefined);
  socket.write(
    `POST ${A} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${server.token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
  );
  const chunk = 'x'.repeat(65_536);
  for (let i = 0; i < 20 && !socket.destroyed; i++) {
    socket.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  socket.write('0\r\n\r\n');
  await expect.poll(() => answer).toMatch(/^HTTP\/1\.1 413 /);
  socket.destroy();

  const form = new URLSearchParams({ email: 'x'.repeat(1_100_000) });
  const headers = { 'accept-language': 'en', 'content-length': '1100006' };
  const page = await server.fetch('/sign-in', { method: 'POST', body: form, headers });
  expect([page.status, await page.text()]).toEqual([
    413,
    expect.stringContaining('Go back, reduce it to 1 MB in all, and send it again.'),
  ]);

  // It comes in many pieces.
  const under = await send(A, ' '.repeat(900_000) + JSON.stringify(acquiring({ note: 'あ'.repeat(10_000) })));
  expect(under.status).toBe(201);
  expect(await counted()).not.toEqual(before);
});

test('a form of very many fields is refused before anything is made of it, from whoever it comes', async () => {
  const visitor = await server.session('desk');
  const many = 'a&'.repeat(10_000);
  const parts = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'.repeat(10_001);
  const kinds: [string, string][] = [
    ['application/x-www-form-urlencoded', `${many}b`],
    ['multipart/form-data; boundary=x', `${parts}--x--\r\n`],
  ];
  for (const [type, body] of kinds) {
    for (const cookie of ['', visitor.cookie]) {
      const headers = { 'content-type': type, cookie, 'sec-fetch-site': 'same-origin', 'accept-language': 'en' };
      const answer = await server.fetch('/desk/new', { method: 'POST', body, headers });
      const text = await answer.text();
      expect([answer.status, text], type).toEqual([413, expect.stringContaining('at most 10,000 fields')]);
      expect(text.length).toBeLessThan(20_000);
    }
  }
});

test('a caller is told of many problems, but not of more than anybody would read', async () => {
  const origin = 'https://elsewhere.example.jp';
  const keys = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, 1]));
  for (const [to, body] of [
    ['/api/v1/web-choices', keys],
    [U, keys],
    [A, acquiring(keys)],
  ] as const) {
    const response = await send(to, body, { headers: { origin } });
    const { fields = [] } = await problemOf(response);
    expect(response.status).toBe(422);
    expect(fields.length).toBeLessThanOrEqual(100);
    expect(fields.length).toBeGreaterThan(0);
  }
});

test('who may not make a call is answered before any of its body has come', async () => {
  const { token } = await tokenOf(server.app.access, ['people:search']);
  const before = await counted();
  for (const framing of ['Content-Length: 1048576', 'Content-Length: 1048577', 'Transfer-Encoding: chunked'])
    for (const [from, status] of [
      ['', 401],
      [`${server.token}x`, 401],
      [token, 403],
    ] as const) {
      const call = begun(from, framing);
      await expect.poll(call.answer, { timeout: 20_000 }).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      call.socket.destroy();
    }
  expect(await counted()).toEqual(before);
});

test('a token that is revoked while the body of its call comes does nothing', async () => {
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const body = JSON.stringify(acquiring({ name: SECRET }));
  const length = Buffer.byteLength(body);
  const isUsed = (id: string) =>
    server.db.owner.query('SELECT 1 FROM api_tokens WHERE id = $1 AND last_used_on IS NOT NULL', [id]);
  for (const [framing, first, last] of [
    [`Content-Length: ${length}`, '', body],
    ['Transfer-Encoding: chunked', `${length.toString(16)}\r\n`, `${body}\r\n0\r\n\r\n`],
  ] as const) {
    const { id, token } = await tokenOf(server.app.access);
    const call = begun(token, framing, first);
    await expect.poll(() => isUsed(id)).toHaveLength(1);
    must(await revokeToken(server.app.access, by, id));
    const before = await counted();
    call.socket.write(last);
    await expect.poll(call.answer).toMatch(/^HTTP\/1\.1 401 /);
    call.socket.destroy();
    expect(await counted()).toEqual(before);
  }
});

/** What ends a sign-in, or takes a right away, between the beginning of a form and its end. */
const endings: readonly {
  name: string;
  status: string;
  says: string;
  end(person: { id: string; cookie: string; other: string }): Promise<unknown>;
}[] = [
  {
    name: 'who signs out',
    status: '401',
    says: 'サインインの期限が切れました',
    end: ({ cookie }) => signOut(server.app.access, tokenOfCookie(server.app.access, cookie)),
  },
  {
    name: 'who changes the password in another browser',
    status: '401',
    says: 'サインインの期限が切れました',
    end: async ({ id, other }) => {
      const { access } = server.app;
      const by = { actor: { kind: 'staff', id, name: '送信 中子', roles: ['administrator'] }, authority: [] } as const;
      const form = { current: PASSWORD, password: 'yoru-no-minato-4', passwordAgain: 'yoru-no-minato-4' };
      must(await changePassword(access, by, tokenOfCookie(access, other), form));
    },
  },
  {
    name: 'whose hours are over',
    status: '401',
    says: 'サインインの期限が切れました',
    end: async ({ id }) => {
      await server.db.owner.query(
        "UPDATE staff_sessions SET created_at = created_at - interval '12 hours' WHERE staff_id = $1",
        [id],
      );
      for (const forget of server.app.access.forget) forget();
    },
  },
  {
    name: 'whose account is ended',
    status: '401',
    says: 'サインインの期限が切れました',
    end: async ({ id }) => must(await endStaff(server.app.access, byOfficer(), id)),
  },
  {
    name: 'whose role is taken away',
    status: '403',
    says: 'この操作の権限がありません',
    end: async ({ id }) => must(await changeRoles(server.app.access, byOfficer(), id, ['employee'])),
  },
];

const byOfficer = () =>
  ({
    actor: { kind: 'staff', id: server.staff.officer, name: '職員 一人', roles: ['officer'] },
    authority: [],
  }) as const;

test.each(endings)(
  '$name while the body of a form comes has sent nothing, and what was typed comes back',
  async (one) => {
    for (const chunked of [false, true]) {
      const email = `sender-${randomUUID()}@example.jp`;
      const sender = { name: '送信 中子', email, roles: ['administrator'] as Role[], passwordHash: PASSWORD_HASH };
      const id = await addFictionalStaff(server.app.access, sender);
      const [{ cookie, csrf }, other] = [await sessionOf(email), await sessionOf(email)];
      const typed = { name: '書きかけ 三子', email: `half-sent-${randomUUID()}@example.jp`, roles: 'employee' };
      const body = new URLSearchParams({ csrf, ...typed }).toString();
      const form = begunForm(cookie, chunked, body);
      // What is asked at the beginning of a request is asked by the time that a page which is asked for later is answered.
      await once(listening, 'request');
      await (await byPort('/account', { headers: { cookie: other.cookie } })).text();
      await one.end({ id, cookie, other: other.cookie });
      const before = await counted();
      form.end();
      await expect.poll(form.answer, { timeout: 20_000 }).toMatch(/<\/html>/);
      const answer = form.answer();
      const says = [answer.split(' ')[1], answer.includes(one.says), answer.includes(`value="${typed.email}"`)];
      expect(says).toEqual([one.status, true, true]);
      expect(await invitedAs(typed.email)).toBe(0);
      expect(await counted()).toEqual(before);
    }
  },
);

test('a lie about the length of the body is not believed', async () => {
  const before = await counted();
  const socket = net.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  socket.on('error', () => undefined);
  socket.write(
    `POST ${A} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${server.token}\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n${'x'.repeat(2_000)}`,
  );
  await expect.poll(() => answer).toMatch(/^HTTP\/1\.1 400 /);
  socket.destroy();
  expect(await counted()).toEqual(before);
});

test.each([
  ['no request', 400, `${SECRET}\r\n\r\n`],
  ['a header without a name', 400, `GET /${SECRET} HTTP/1.1\r\nHost: x\r\n: \r\n\r\n`],
  [
    'an expectation',
    417,
    `POST ${A} HTTP/1.1\r\nHost: x\r\nExpect: ${encodeURIComponent(SECRET)}\r\nContent-Length: 0\r\n\r\n`,
  ],
  [
    'too long an address',
    431,
    `GET /?q=${encodeURIComponent(SECRET)}${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  ],
  ['too long a header', 431, `GET /healthz HTTP/1.1\r\nHost: x\r\nCookie: a=${'x'.repeat(20_000)}\r\n\r\n`],
  ['too long an extension of a chunk', 413, `${posting()}1;${encodeURIComponent(SECRET)}=${'x'.repeat(20_000)}\r\n`],
  ['no chunk', 400, `${posting()}${SECRET}\r\n`],
  ['a request that names no host', 400, `GET /${encodeURIComponent(SECRET)} HTTP/1.1\r\n\r\n`],
  ['a page of two hosts', 400, 'GET /policy HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n'],
  ['a call of two hosts', 400, posting().replace('Host: x', 'Host: x\r\nHost: x')],
  [
    'a call of two hosts that says its length',
    400,
    `POST ${A} HTTP/1.1\r\nHost: x\r\nHost: y\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`,
  ],
  ['a host that is none', 400, `GET /policy HTTP/1.1\r\nHost: x/${encodeURIComponent(SECRET)}\r\n\r\n`],
  ['no address', 400, 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['an address with a backslash', 400, `GET /\\${encodeURIComponent(SECRET)} HTTP/1.1\r\nHost: x\r\n\r\n`],
  ['an address of another kind', 400, `GET ftp://x/${encodeURIComponent(SECRET)} HTTP/1.1\r\nHost: x\r\n\r\n`],
  ['a request whose headers never end', 408, `GET /${encodeURIComponent(SECRET)} HTTP/1.1\r\nHost: x\r\n`],
  ['a request whose body never ends', 408, `${posting()}3\r\n"${encodeURIComponent('秘').slice(0, 2)}\r\n`],
])('%s is answered %i with a problem, and repeated nowhere', async (_, status, text) => {
  const said = server.reported.length;
  const before = await counted();
  const socket = net.connect((impatient.address() as net.AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  const closed = once(socket, 'close');
  socket.write(text.replace('TOKEN', server.token));
  await closed;
  const [head, body] = answer.split('\r\n\r\n') as [string, string];
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  const headers = head.toLowerCase();
  for (const line of ['content-type: application/problem+json', 'cache-control: no-store', 'connection: close'])
    expect(headers).toContain(line);
  expect(headers).toContain('x-content-type-options: nosniff');
  const problem = JSON.parse(body) as Problem;
  expect(problem).toEqual({ type: `/problems/${status}`, title: expect.stringMatching(/。.* \/ .*\./), status });
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  expect(answer).not.toContain(SECRET);
  expect(server.reported.slice(said)).toEqual([]);
  expect(await counted()).toEqual(before);
});

test.each([
  ['one that has begun is cut off', '/begun', ''],
  [
    'one that has begun is cut off, though another request came after it',
    '/begun',
    'GET /waits HTTP/1.1\r\nHost: x\r\n\r\n',
  ],
  ['one that is whole is followed by the problem', '/whole', ''],
])('no problem is written into an answer: %s', async (_, to, more) => {
  const handed = httpServer(({ url }, answer) => {
    if (url === '/waits') return;
    answer.writeHead(200, { 'content-length': '10' }).write('half-');
    if (url === '/whole') answer.end('whole');
  }).listen(0, '127.0.0.1');
  await once(handed, 'listening');
  const socket = net.connect((handed.address() as net.AddressInfo).port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  const closed = once(socket, 'close');
  socket.write(`GET ${to} HTTP/1.1\r\nHost: x\r\n\r\n`);
  await expect.poll(() => answer).toContain('half-');
  socket.write(`${more}no request\r\n\r\n`);
  await closed;
  handed.close();
  const [, ...bodies] = answer.split(/HTTP\/1\.1 \d+ .*\r\n(?:.+\r\n)*\r\n/);
  expect(bodies).toEqual(to === '/begun' ? ['half-'] : ['half-whole', expect.stringContaining('/problems/400')]);
});

test('who goes away in the middle of a body has done nothing, and the next is answered', async () => {
  const before = await counted();
  const socket = net.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const body = JSON.stringify(acquiring({ name: '途中 退出' }));
  socket.write(
    `POST ${A} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${server.token}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body.slice(0, -20)}`,
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  socket.destroy();
  expect((await send(U, using({ items: [] }))).status).toBe(422);
  expect(await counted()).toEqual(before);
});

test.each([
  ['SQL', "'); DROP TABLE vault_principals; --"],
  ['HTML', '<script>alert("花子")</script> & <b>&amp;</b>'],
  ['𠮷, outside the first plane', '𠮷野 𠮷子'],
  ['髙, a variant', '髙橋 髙子'],
  ['神, which NFKC would change', '神\u{FA19}谷 神'],
  ['a variation selector', '辻󠄀 葛󠄀子'],
  ['a standardised variation', '神︀谷 花'],
  ['characters that combine', 'が き ガ'],
  ['right to left, and joiners', 'محمد \u200d علی'],
  ['a spreadsheet formula', '=HYPERLINK("http://example.jp","x")'],
  ['a template', '{{7*7}} ${7*7} <%= 7 %>'],
  ['line breaks and tabs', '花子\t\r\n太郎'],
])('a name that holds %s is kept exactly and found', async (_, name) => {
  const { client, holding } = server;
  const { principal } = must(await client.acquire(newcomer(holding, { name })));
  const used = must(await client.use({ principal, holding, items: ['name'], purpose: 'P3' }));
  expect([...used.items.name!].map((c) => c.codePointAt(0))).toEqual([...name].map((c) => c.codePointAt(0)));
  expect(must(await client.search({ name })).principals.map(({ id }) => id)).toContain(principal);
});

test('variants of a name find each other', async () => {
  const { client, holding } = server;
  const pairs = [
    ['𠮷原 澪', '吉原澪'],
    ['髙木 澪', '高木　澪'],
    ['\u{FA19}田 澪', '神田 澪'],
    ['辻󠄀本 澪', '辻本 澪'],
  ];
  for (const [kept, sought] of pairs) {
    const { principal } = must(await client.acquire(newcomer(holding, { name: kept! })));
    expect(
      must(await client.search({ name: sought! })).principals.map(({ id }) => id),
      sought,
    ).toEqual([principal]);
  }
});

test('one e-mail address raced twenty ways makes one person, and who is told of them is on record', async () => {
  const before = await counted();
  const answers = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      const email = i % 2 === 0 ? 'raced@example.jp' : 'RACED@example.jp';
      const response = await send(A, newcomer(server.holding, { email, name: SECRET }));
      return { status: response.status, body: (await response.json()) as Problem & { principal?: string } };
    }),
  );
  const made = answers.filter(({ status }) => status === 201);
  const taken = answers.filter(({ status }) => status === 409);
  expect([made.length, taken.length]).toEqual([1, 19]);
  for (const { body } of taken) {
    expect(body.fields?.map(({ field }) => field)).toEqual(['items.email']);
    expect(body.existing).toBe(made[0]!.body.principal);
    expect(JSON.stringify(body)).not.toMatch(/raced@|秘密/i);
  }
  const after = await counted();
  const one = before as Record<string, number>;
  expect(after).toEqual({
    ...one,
    entries: one.entries! + 20,
    persons: one.persons! + 1,
    acquisitions: one.acquisitions! + 1,
  });
});

test('one key raced twenty ways has one effect and one answer', async () => {
  const before = (await counted()) as Record<string, number>;
  const ask = newcomer(server.holding);
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const response = await send(A, ask, { headers: { 'idempotency-key': 'raced-key' } });
      return { status: response.status, body: await response.json() };
    }),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 19 }, () => 200), 201]);
  for (const { body } of answers) expect(body).toEqual(answers[0]!.body);
  const other = await send(A, { ...ask, urgent: true }, { headers: { 'idempotency-key': 'raced-key' } });
  expect([other.status, (await problemOf(other)).fields?.[0]?.field]).toEqual([409, 'Idempotency-Key']);
  expect(await counted()).toEqual({
    ...before,
    entries: before.entries! + 1,
    persons: before.persons! + 1,
    acquisitions: before.acquisitions! + 1,
  });
});

test.each(['', ' ', 'a b', '鍵', 'k'.repeat(201)])('the key "%s" is refused by name', async (key) => {
  const response = await send(A, newcomer(server.holding), { headers: { 'idempotency-key': encodeKey(key) } });
  expect([response.status, (await problemOf(response)).fields?.[0]?.field]).toEqual([422, 'Idempotency-Key']);
});

test.each(['provisions', 'packages', 'requests', 'related-provisions', 'related-receipts'])(
  '%s has its effect once by `attempt` and refuses a key: passed over, it would keep no second call from its effect',
  async (made) => {
    const before = await counted();
    const says = {
      ja: 'この呼び出しでは、代わりに本文の attempt を使ってください',
      en: 'For this call, use `attempt` in the body instead',
    };
    for (const lang of ['ja', 'en'] as const) {
      const response = await send(`/api/v1/${made}`, {}, { lang, headers: { 'idempotency-key': 'once' } });
      const { fields } = await problemOf(response);
      expect([response.status, fields]).toEqual([422, [{ field: 'Idempotency-Key', says: says[lang] }]]);
    }
    expect(await counted()).toEqual(before);
  },
);

test('a key that a program sends with everything spoils no other call', async () => {
  const headers = { 'idempotency-key': 'once' };
  const asked = { principal: person, holding: server.holding, items: ['name'], purpose: 'P3' };
  expect((await send('/api/v1/uses', asked, { headers })).status).toBe(200);
  expect((await send(`/api/v1/consents/${nobody}/withdrawal`, {}, { headers })).status).toBe(404);
});

/** A header holds bytes; other characters arrive as UTF-8. */
const encodeKey = (key: string): string => Buffer.from(key, 'utf8').toString('latin1');

test('broken lines are answered in their place, and the others are read; a blank one is none', async () => {
  const line = JSON.stringify(using());
  const lines = [
    line,
    `{"principal":"${SECRET}`,
    '[]',
    '',
    ' ',
    line,
    JSON.stringify(using({ purpose: SECRET })),
    'null',
    line,
  ];
  const response = await send(U, lines.join('\r\n'), { type: 'application/x-ndjson', lang: 'ja' });
  const text = await response.text();
  const answers = text
    .trimEnd()
    .split('\n')
    .map((one) => JSON.parse(one) as Problem);
  expect(answers.map(({ status }) => status)).toEqual([200, 422, 422, 200, 422, 422, 200]);
  expect(answers.map(({ fields }) => fields?.[0]?.field)).toEqual([
    undefined,
    'body',
    'body',
    undefined,
    'purpose',
    'body',
    undefined,
  ]);
  expect(text).not.toContain(SECRET);
  const twice = JSON.stringify(using()).replace('"purpose"', '"purpose":"P1","purpose"');
  const doubled = (await (await send(U, twice, { type: 'application/x-ndjson' })).json()) as Problem;
  expect([doubled.status, doubled.fields?.map(({ field }) => field)]).toEqual([422, ['purpose']]);
  for (const bad of ['', '\n\n', Array.from({ length: 1_001 }, () => line).join('\n')]) {
    const refused = await send(U, bad, { type: 'application/x-ndjson' });
    expect([refused.status, (await problemOf(refused)).fields?.[0]?.field]).toEqual([422, 'body']);
  }
});

test.each([
  ['ja', 'このアドレスとメソッドのAPIはありません'],
  ['en', 'There is no API call with this address and method'],
])('a system that asks for what is not there is not told of pages, in %s', async (lang, title) => {
  for (const door of [byPort, server.fetch])
    for (const to of ['/api/v1/use', '/api/v1/uses/', '/api/v1//uses', '//api/v1/uses']) {
      const response = await send(to, using(), { lang }, door);
      expect([to, await problemOf(response)]).toEqual([to, { type: '/problems/404', title, status: 404 }]);
    }
});

test('other methods change nothing and say nothing', async () => {
  const before = await counted();
  for (const to of [A, U, `/api/v1/principals/${person}`, '/api/v1/holdings', '/people', '/policy']) {
    for (const method of ['OPTIONS', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
      const response = await server.fetch(to, { method, headers: { authorization: `Bearer ${server.token}` } });
      expect([to, method, response.status]).toEqual([to, method, 404]);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  }
  for (const method of ['PUT', 'PATCH', 'DELETE'])
    for (const door of [byPort, server.fetch]) {
      const response = await send(A, newcomer(server.holding), { method }, door);
      expect([method, response.status]).toEqual([method, 404]);
    }
  const head = await server.fetch('/policy', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  const closed = await server.fetch(`/api/v1/principals/${person}`, { method: 'HEAD' });
  expect(closed.status).toBe(401);
  expect(await counted()).toEqual(before);
});

test('no path leads out of the served folders', async () => {
  const raw = (to: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1');
      let answer = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
      socket.on('close', () => resolve(answer));
      socket.write(`GET ${to} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
    });
  const paths = ['/assets/', '/log/tile/'].flatMap((under) =>
    [
      '../package.json',
      '..%2f..%2fpackage.json',
      '%2e%2e/main.js',
      '..\\main.js',
      './look.css/../../main.js',
      '%00',
      'x%00.css',
      '/etc/passwd',
      '__proto__',
      'constructor',
    ].map((rest) => under + rest),
  );
  for (const to of paths) {
    const answer = await raw(to);
    expect([to, answer.split(' ')[1]]).toEqual([to, to.includes('\\') ? '400' : '404']);
    expect(answer).not.toMatch(/"name": "sekisho"|root:x|import /);
  }
  for (const to of [
    '/%',
    '/assets/%E0%A4%A',
    '/people/%',
    `/api/v1/log/${'9'.repeat(5_000)}`,
    '//example.com/policy',
  ]) {
    const status = Number((await raw(to)).split(' ')[1]);
    expect([to, status >= 300 && status < 500]).toEqual([to, true]);
  }
});

/** Every address with a parameter or a query, each with a NUL in it. */
const withNul = (kind: (kind: string) => boolean): string[] =>
  server.app.routes
    .filter((route) => route.method === 'get' && kind(route.kind))
    .flatMap(({ path: of }) => [
      ...(of.includes(':') ? [of.replaceAll(/:\w+(?:\{.*?\}(?=\/|$))?/g, '%00')] : []),
      `${of.replaceAll(/:\w+(?:\{.*?\}(?=\/|$))?/g, nobody)}?actor=%00&q=%00&id=%00&from=%00`,
    ]);

test('a NUL in an address finds nothing, and breaks nothing', async () => {
  const session = await server.session('officer');
  const before = await counted();
  const pages = withNul((kind) => kind !== 'api');
  expect(pages).toContain('/log?actor=%00&q=%00&id=%00&from=%00');
  expect(pages).toContain('/external-transmission/%00/register.json');
  for (const to of [...pages, '/no/such/place%00']) {
    for (const cookie of ['', session.cookie])
      expect([to, (await server.fetch(to, { headers: { cookie } })).status]).toEqual([to, 404]);
  }
  for (const to of withNul((kind) => kind === 'api')) {
    const response = await server.fetch(to, { headers: { authorization: `Bearer ${server.token}` } });
    expect([to, [403, 404, 422, 200].includes(response.status)]).toEqual([to, true]);
  }
  const filtered = await server.fetch('/api/v1/consents?code=%00&version=1', {
    headers: { authorization: `Bearer ${server.token}`, 'accept-language': 'en' },
  });
  expect([filtered.status, (await problemOf(filtered)).fields]).toEqual([
    422,
    [{ field: 'code', says: 'Remove line breaks and other invisible characters' }],
  ]);
  expect(await counted()).toEqual(before);
});

test.each<[what: string, query: string, field: string, ja: string, en: string]>([
  [
    'a name that is misspelt',
    'consents?princpal=x',
    'princpal',
    'このパラメーターはありません',
    'There is no such parameter',
  ],
  ['two values of one name', `consents?principal=${nobody}&principal=x`, 'principal', '1回だけ指定', 'only once'],
  ['a version of no text', 'consents?version=1', 'code', '必須です', 'Required'],
  ['a version of no text', 'consent-records?version=1', 'code', '必須です', 'Required'],
  ['a text of no version', 'consents?code=news', 'version', '必須です', 'Required'],
  ['a country of no name', 'recipients?country=', 'country', '決められた形', 'the expected form'],
  [
    'days that end before they begin',
    `web-sites/${nobody}/choices?from=2026-11-02&to=2026-11-01`,
    'from',
    '後の日にはできません',
    'later than the last',
  ],
])('%s shows nothing, and least of all more than was asked for: %s', async (_, query, field, ja, en) => {
  for (const [lang, says] of Object.entries({ ja, en })) {
    const headers = { authorization: `Bearer ${server.token}`, 'accept-language': lang };
    const response = await server.fetch(`/api/v1/${query}`, { headers });
    const { fields } = await problemOf(response);
    expect([response.status, fields]).toEqual([422, [{ field, says: expect.stringContaining(says) as string }]]);
  }
});

interface Sendable {
  $ref?: string;
  anyOf?: Sendable[];
  oneOf?: Sendable[];
  allOf?: Sendable[];
  type?: string | string[];
  properties?: Record<string, Sendable>;
  additionalProperties?: Sendable | boolean;
  items?: Sendable;
}
interface Published {
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Sendable }> } }>>;
  components: { schemas: Record<string, Sendable> };
}

/** The places of texts in the body of a call, such as `sender.name` or `changes.0.items.*`. */
function textsIn(schema: Sendable, { schemas }: Published['components'], at: string[] = []): string[] {
  const inner = (of: Sendable, ...name: string[]): string[] => textsIn(of, { schemas }, [...at, ...name]);
  if (schema.$ref) return inner(schemas[schema.$ref.split('/').at(-1)!]!);
  const types = [schema.type ?? []].flat();
  const several = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((one) => one ?? []);
  const anything = types.length === 0 && several.length === 0;
  const more = schema.additionalProperties;
  return [
    ...(types.includes('string') || anything ? [at.join('.')] : []),
    ...several.flatMap((one) => inner(one)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, of]) => inner(of, name)),
    ...(typeof more === 'object' ? inner(more, '*') : []),
    ...(schema.items ? inner(schema.items, '0') : []),
  ];
}

/** A body with a text at one place and nothing else. */
const bodyWith = (place: string, text: string): unknown =>
  place
    .split('.')
    .reduceRight<unknown>((inner, name) => (name === '0' ? [inner] : { [name === '*' ? 'note' : name]: inner }), text);

/** Texts that are kept, or searched for, exactly as given: those about a person. */
const exactly = [
  'acquisitions items.*',
  'principals/{id}/corrections items.*',
  'principals/search email',
  'principals/search phone',
  'principals/search name',
  'principals/search kana',
  'requests/{id}/events/specified terms.0.term',
  'requests/{id}/events/decided changes.0.items.*',
];

/** Texts of several lines. Questions declare which of their facts are prose. */
const inSeveralLines = [
  'consent-texts wording.ja',
  'consent-texts wording.en',
  ...['country', 'system', 'measures'].flatMap((matter) =>
    ['unknown', ...(matter === 'country' ? [] : ['text'])].flatMap((how) =>
      ['ja', 'en'].map((lang) => `consent-texts shown.${matter}.${how}.${lang}`),
    ),
  ),
  'recipients/{id}/stop reason',
  'recipients/{id}/resume reason',
  'recipients/{id}/assurances measures',
  'recipients/{id}/assurances check_method',
  'recipients/{id}/assurances/{assurance}/end reason',
  ...['method', 'foreign_system', 'trouble', 'remedy'].map((name) => `recipients/{id}/checks ${name}`),
  'countries/{country}/reports grave_systems',
  'countries/{country}/reports measures',
  'packages/{id}/cancellation reason',
  'requests sender.address',
  'requests says',
  'requests/{id}/events/addressed sender.address',
  'requests/{id}/events/identified agent.address',
  'requests/{id}/events/reviewed reason',
  'requests/{id}/events/reviewed redacted',
  ...['reason', 'measures', 'answer'].map((name) => `requests/{id}/events/decided ${name}`),
  'requests/{id}/events/carried-out ahead',
  'requests/{id}/events/fee-waived reason',
  'requests/{id}/events/undelivered kept',
  'requests/{id}/events/sought send_to',
  'requests/{id}/events/sought reason',
  'requests/{id}/events/dismissed reason',
  'requests/{id}/events/notified sent.0.text',
  'requests/{id}/events/extended reason',
  ...['sender', 'agent'].map((who) => `requests/{id}/events/amended ${who}.address`),
  'letter-texts texts.*',
];

test('no text of any call takes what nobody sees, but what is kept exactly as it was given; line breaks stay where there may be lines', async () => {
  const document = (await (await server.fetch('/openapi.json')).json()) as Published;
  const found = { line: 0, prose: [] as string[], exact: [] as string[] };
  const said = async (to: string, method: string, place: string, text: string, lang = 'en') => {
    const answer = await send(
      to.replace('{version}', '1').replaceAll(/\{\w+\}/g, nobody),
      bodyWith(place, text) as object,
      { method, lang },
      server.fetch,
    );
    expect([to, place, answer.status < 500]).toEqual([to, place, true]);
    const { fields = [] } = (await answer.json()) as Problem;
    return fields.find(({ field }) => field === place.replace('*', 'note'))?.says ?? '';
  };
  const english = /^Remove (line breaks and other )?invisible characters$/;
  for (const [to, methods] of Object.entries(document.paths))
    for (const [method, { requestBody }] of Object.entries(methods)) {
      const schema = requestBody?.content['application/json']?.schema;
      for (const place of schema ? new Set(textsIn(schema, document.components)) : []) {
        const name = `${to.replace('/api/v1/', '')} ${place}`;
        const wrong = await said(to, method.toUpperCase(), place, 'あ\u0001い');
        const broken = await said(to, method.toUpperCase(), place, 'あ\nい');
        if (!english.test(wrong)) {
          found.exact.push(name);
          continue;
        }
        for (const text of ['\u007f', 'あ\0', '\ud842い', 'あ\u0085い', 'あ\tい', 'あ\rい'])
          expect([name, await said(to, method.toUpperCase(), place, text)]).toEqual([name, wrong]);
        const japanese = await said(to, method.toUpperCase(), place, 'あ\u0001い', 'ja');
        expect([name, japanese]).toEqual([name, expect.stringMatching(/^(改行などの)?見えない文字を除いてください$/)]);
        if (english.test(broken)) found.line += 1;
        else if (!name.startsWith('ask/')) found.prose.push(name);
      }
    }
  expect(found.exact.sort()).toEqual(exactly.toSorted());
  expect(found.prose.sort()).toEqual(inSeveralLines.toSorted());
  expect(found.line).toBeGreaterThan(400);
});

test('a purpose that a question states is described in so many characters', async () => {
  const says = { ja: '長'.repeat(501), en: 'x' };
  const facts = { holdingPurposes: [{ id: 'P3', clause: '13', says }] };
  const answer = await send('/api/v1/ask/use', { facts });
  expect([answer.status, (await problemOf(answer)).fields]).toEqual([
    422,
    [{ field: 'facts.holdingPurposes.0.says.ja', says: 'Must have at most 500 characters' }],
  ]);
});

test('a choice of a visitor that holds a NUL is refused by its field', async () => {
  const choice = {
    site: 'shop\0',
    id: nobody,
    n: 1,
    notice: 1,
    allowed: [],
    refused: ['\ud842'],
    language: 'ja',
    gpc: false,
  };
  for (const type of ['application/json', 'text/plain']) {
    const response = await send('/api/v1/web-choices', choice, { type });
    expect([response.status, (await problemOf(response)).fields?.map(({ field }) => field)]).toEqual([
      422,
      ['site', 'refused.0'],
    ]);
  }
});

test('a choice of a visitor is counted by its address, by whichever door it comes', async () => {
  const { notice, site } = await aWebSite(server);
  const choice = { site: 'shop', n: 1, notice, allowed: [], refused: ['analytics'], language: 'ja', gpc: false };
  const counts = (): Promise<{ failures: number }[]> =>
    server.db.owner.query('SELECT failures FROM sign_in_attempts ORDER BY last_at', []);
  const before = await counts();
  for (const type of ['application/json', 'text/plain']) {
    const sent = { ...choice, id: randomUUID() };
    // No proxy is set up, so anybody could write this header.
    const headers = { origin: site.origins[0]!, 'x-forwarded-for': `192.0.2.${type.length}` };
    const answer = await send('/api/v1/web-choices', sent, { type, headers });
    expect([type, answer.status]).toEqual([type, 201]);
  }
  expect(await counts()).toEqual([...before, { failures: 2 }]);
});

test.each([
  ['ja', '文字として読めない符号'],
  ['en', 'contains a code that is not a character'],
])(
  'a form that may hold a password is refused by the field of a text that could not be kept, in %s',
  async (lang, says) => {
    const { cookie, csrf } = await server.session('officer');
    const before = await counted();
    const forms: [to: string, field: string, shown: string][] = [
      ['/sign-in', 'email', 'email'],
      ['/account/password', SECRET, '?'],
    ];
    for (const [to, field, shown] of forms) {
      const body = new URLSearchParams({ csrf, [field]: `${SECRET}\0` });
      const headers = { cookie: `${cookie}; lang=${lang}` };
      const response = await server.fetch(to, { method: 'POST', body, headers });
      const html = await response.text();
      expect([to, response.status]).toEqual([to, 422]);
      expect(html).toContain(says);
      expect(html).toContain(lang === 'ja' ? `「${shown}」` : `“${shown}”`);
      expect(html).not.toContain(SECRET);
    }
    expect(await counted()).toEqual(before);
  },
);

test('of a form with texts and a password the texts come back, and the password on no page', async () => {
  const { cookie, csrf } = await server.session('officer');
  const before = await counted();
  const typed = { name: '関口 真理', email: 'mari@example.jp', 'person-proof': SECRET };
  const sent = async (fields: Record<string, string>, as: string): Promise<[number, string]> => {
    const headers = { cookie: as, 'sec-fetch-site': 'same-origin' };
    const body = new URLSearchParams(fields);
    const answer = await server.fetch('/account/person', { method: 'POST', body, headers });
    return [answer.status, await answer.text()];
  };
  for (const [status, fields, as] of [
    // Invisible characters, an ended session, and a renewed session.
    [422, { ...typed, csrf, name: '関口\u0007 真理' }, cookie],
    [401, { ...typed, csrf }, ''],
    [403, { ...typed, csrf: 'x' }, cookie],
  ] as const) {
    const [answered, html] = await sent(fields, as);
    expect(answered).toBe(status);
    for (const text of [typed.name, typed.email]) expect([status, html.includes(text)]).toEqual([status, true]);
    expect([status, html.includes(SECRET)]).toEqual([status, false]);
  }
  // Where the browser does not say where the form comes from, another site may have written it.
  const body = new URLSearchParams({ ...typed, csrf: 'x' });
  const unsaid = await server.fetch('/account/person', { method: 'POST', body, headers: { cookie } });
  expect([unsaid.status, (await unsaid.text()).includes(typed.name)]).toEqual([403, false]);
  expect(await counted()).toEqual(before);
});

test('a password typed into a form for everybody, or of an account, is on no page, also where somebody has signed in beside it', async () => {
  const { cookie } = await server.session('officer');
  const headers = { cookie, 'sec-fetch-site': 'same-origin' };
  const before = await counted();
  for (const to of ['/sign-in', '/sign-in/code', '/setup/none', '/invitation/none', '/requests/parcel']) {
    const body = new URLSearchParams({ csrf: '', password: SECRET, 'password-again': SECRET, code: SECRET });
    const answer = await server.fetch(to, { method: 'POST', body, headers });
    const html = await answer.text();
    expect([to, answer.status, html.includes(SECRET)]).toEqual([to, 403, false]);
    expect([to, html.includes('画面の有効期限が切れました')]).toEqual([to, true]);
  }
  // The same for a form of an account whose session ended or was renewed.
  for (const [as, status] of [
    ['', 401],
    [cookie, 403],
  ] as const) {
    const body = new URLSearchParams({ csrf: 'x', current: SECRET, password: SECRET, 'password-again': SECRET });
    const answer = await server.fetch('/account/password', {
      method: 'POST',
      body,
      headers: { ...headers, cookie: as },
    });
    expect([answer.status, (await answer.text()).includes(SECRET)]).toEqual([status, false]);
  }
  expect(await counted()).toEqual(before);
});

test('what somebody wrote is sent by nobody else who signs in meanwhile, and waits for who wrote it', async () => {
  const { csrf } = await server.session('administrator');
  const typed = { name: '書きかけ 一子', email: 'half-written@example.jp', roles: 'employee' };
  const before = await counted();
  /** Presses the button of a page that was left open. */
  const press = async (as: string, token: string): Promise<{ status: number; html: string; token: string }> => {
    const answer = await server.fetch('/staff/new', {
      method: 'POST',
      body: new URLSearchParams({ csrf: token, ...typed }),
      headers: { cookie: as, 'sec-fetch-site': 'same-origin' },
    });
    const html = await answer.text();
    const [, form = ''] = /<form method="post" action="\/staff\/new"(.*?)<\/form>/s.exec(html) ?? [];
    for (const value of Object.values(typed))
      expect([answer.status, form.includes(value)]).toEqual([answer.status, true]);
    return { status: answer.status, html, token: /name="csrf" value="([^"]*)"/.exec(form)![1]! };
  };

  const others = '別の人がサインインしていたときのもの';
  const ended = await press('', csrf);
  expect([ended.status, ended.html.includes('サインインの期限が切れました')]).toEqual([401, true]);
  // One role may invite, the other may not.
  for (const role of ['officer', 'reception'] as const) {
    const beside = await press((await server.session(role)).cookie, ended.token);
    expect([role, beside.status, beside.html.includes(others)]).toEqual([role, 403, true]);
    expect([role, beside.token]).toEqual([role, csrf]);
  }
  expect(await counted()).toEqual({ ...before, entries: expect.anything() });
  expect(await invitedAs(typed.email)).toBe(0);

  const again = await server.session('administrator');
  const shown = await press(again.cookie, ended.token);
  expect([shown.status, shown.token, shown.html.includes('まだ送っていません')]).toEqual([403, again.csrf, true]);
  expect(await invitedAs(typed.email)).toBe(0);
  const body = new URLSearchParams({ csrf: shown.token, ...typed });
  expect((await server.fetch('/staff/new', { method: 'POST', body, headers: { cookie: again.cookie } })).status).toBe(
    200,
  );
  expect(await invitedAs(typed.email)).toBe(1);
});

test('what was typed outlives the loss of the role that it needs', async () => {
  const { cookie, csrf } = await server.session('reception');
  const answer = await server.fetch('/staff/new', {
    method: 'POST',
    body: new URLSearchParams({ csrf, name: '書きかけ 二子', email: 'no-role@example.jp' }),
    headers: { cookie: `${cookie}; lang=en`, 'sec-fetch-site': 'same-origin' },
  });
  const html = await answer.text();
  expect(answer.status).toBe(403);
  expect(html).toContain('You do not have permission to do this');
  expect(html).toContain('value="書きかけ 二子"');
  expect(await invitedAs('no-role@example.jp')).toBe(0);
});

test('what nobody sees in a form comes back without it, to be looked at; around a text it is none, and who is searched is exactly that', async () => {
  const { cookie, csrf } = await server.session('officer');
  const sent = async (to: string, fields: Record<string, string>, as = `${cookie}; `): Promise<string> => {
    const body = new URLSearchParams({ csrf, ...fields });
    const answer = await server.fetch(to, { method: 'POST', body, headers: { cookie: `${as}lang=en` } });
    return `${answer.status} ${await answer.text()}`;
  };
  const refused = await sent('/desk/new', {
    'sender.name': '例示\t花子\u0007',
    'sender.address': '東京都\r\n例示町\u0085\t2-2',
    says: '開示\r\nの求め',
    kind: 'disclosure',
  });
  expect(refused).toMatch(/^422 .*<title>Error: This has not been sent yet/s);
  expect(refused).toMatch(/Name of the sender: Remove line breaks and other invisible characters/);
  expect(refused).toMatch(/Address of the sender: Remove invisible characters/);
  expect(refused).toMatch(/<textarea[^>]*name="sender.name"[^>]*>例示 花子<\/textarea>/);
  expect(refused).toMatch(/<textarea[^>]*name="sender.address"[^>]*>東京都\n例示町 2-2<\/textarea>/);
  expect(refused).toMatch(/<input type="hidden" name="says" value="開示\r\nの求め"/);
  expect(refused).toMatch(/<input type="hidden" name="kind" value="disclosure"/);
  expect(await sent('/desk/new', { 'sender.name': '\t例示 花子\t' })).not.toContain('invisible');
  expect(await sent('/people/search', { name: '例示\t花子' })).not.toContain('invisible');
  const outside = await sent('/requests/status', { number: 'R-1\u0007', code: 'ABCD' }, '');
  expect(outside).toMatch(/^422 .*invisible characters.*name="code" value="ABCD"/s);
});

test.each([
  ['a page that is not there', '/nope', 'GET', 404, 'このページはありません', 'アドレスを確かめる'],
  ['what only others may do', '/living-policy/new', 'GET', 403, 'この操作の権限がありません', '役割を加えて'],
  ['a form from elsewhere', '/people/search', 'POST', 403, 'ほかのサイトからは開けません', '関所の画面から開いて'],
  ['a form that is too large', '/people/search', 'BIG', 413, '送った内容が大きすぎます', '1 MB'],
])(
  'the page that refuses %s says what in its title, and below it what to do',
  async (_, to, how, status, title, todo) => {
    const { cookie } = await server.session('desk');
    const response = await server.fetch(to, {
      headers: { cookie: `${cookie}; lang=ja`, ...(how === 'GET' ? {} : { 'sec-fetch-site': 'cross-site' }) },
      ...(how === 'GET'
        ? {}
        : { method: 'POST', body: new URLSearchParams({ name: 'x'.repeat(how === 'BIG' ? 2e6 : 1) }) }),
    });
    const html = await response.text();
    expect(response.status).toBe(status);
    expect(/<h1[^>]*>(.*?)<\/h1>/s.exec(html)![1]!.replaceAll(/<[^>]*>/g, '')).toBe(title);
    expect(html.slice(html.indexOf('</h1>'))).toContain(todo);
    // A signed-in reader keeps the links of the office.
    expect([html.includes('href="/desk"'), html.includes('href="/sign-in"')]).toEqual([true, false]);
  },
);

test('who is refused for want of a right is led to who has it, where they may see that', async () => {
  const led = async (role: Role, init: RequestInit = {}): Promise<[number, boolean]> => {
    const { cookie } = await server.session(role);
    const answer = await server.fetch('/people/search', { ...init, headers: { cookie, ...init.headers } });
    const html = await answer.text();
    return [answer.status, html.slice(html.indexOf('</h1>')).includes('href="/authority"')];
  };
  const post = { method: 'POST', body: new URLSearchParams({ name: 'x' }) };
  expect(await led('administrator', post)).toEqual([403, true]);
  expect(await led('reception', post)).toEqual([403, false]);
  // A refusal for another reason has nothing to do with rights.
  expect(await led('auditor', { ...post, headers: { 'sec-fetch-site': 'cross-site' } })).toEqual([403, false]);
});

test('a form that is refused leads back to the page that it was sent from, on this host alone', async () => {
  const { cookie } = await server.session('desk');
  const back = async (referer: string): Promise<string[]> => {
    const headers = { cookie: `${cookie}; lang=ja`, referer };
    const body = new URLSearchParams({ name: 'x'.repeat(2e6) });
    const html = await (await server.fetch('/people/search', { method: 'POST', body, headers })).text();
    return [...html.slice(html.indexOf('</h1>')).matchAll(/<a href="([^"]*)"[^>]*>前の画面に戻る/g)].map(
      ([, to]) => to!,
    );
  };
  expect(await back(`${server.url}/people?kana=1`)).toEqual(['/people?kana=1']);
  expect(await back(`${server.url}//evil.example/x`)).toEqual(['/evil.example/x']);
  for (const elsewhere of ['https://evil.example/people', 'about:client', ''])
    expect(await back(elsewhere)).toEqual([]);
});

test.each([
  ['a page that is not there', '/request', 'GET', 404],
  ['a form that is too large', '/requests/status', 'BIG', 413],
])('the page that refuses somebody from outside %s leads on to the public pages', async (_, to, how, status) => {
  for (const [lang, requests, policy, own] of [
    ['ja', '開示などの請求', '個人情報保護方針', '従業者のサインイン'],
    ['en', 'Requests about your information', 'Personal Information Protection Policy', 'Sign-in for staff'],
  ] as const) {
    const body = new URLSearchParams({ reference: 'x'.repeat(2e6) });
    const headers = { cookie: `lang=${lang}` };
    const response = await server.fetch(to, how === 'GET' ? { headers } : { method: 'POST', body, headers });
    const html = await response.text();
    expect(response.status).toBe(status);
    const links = [...html.slice(html.indexOf('</h1>')).matchAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g)];
    expect(links.map(([, href, label]) => [href, label])).toEqual([
      ['/requests', requests],
      ['/policy', policy],
      ['/sign-in', own],
    ]);
  }
});

test('whoever has to sign in is led to that alone', async () => {
  const body = new URLSearchParams({ current: 'x' });
  const response = await server.fetch('/account/password', { method: 'POST', body, headers: { cookie: 'lang=ja' } });
  const html = await response.text();
  expect(response.status).toBe(401);
  expect([...html.slice(html.indexOf('</h1>')).matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
    '/sign-in',
  ]);
});

test.each(['//evil.example/x', '///evil.example/x', '/%5Cevil.example/x', '/%09/evil.example/x', '/\\evil.example/x'])(
  'no link of the page that says there is no %s leads to another host',
  async (to) => {
    const session = await server.session('officer');
    for (const cookie of ['', session.cookie]) {
      const response = await server.fetch(to, { headers: { cookie } });
      const html = await response.text();
      const links = [...html.matchAll(/ (?:href|src|action)="([^"]*)"/g)].map(([, link]) =>
        link!.replaceAll('&amp;', '&'),
      );
      expect([response.status, links.some((link) => link.includes('lang='))]).toEqual([404, true]);
      for (const link of links) expect([link, new URL(link, server.url).origin]).toEqual([link, server.url]);
    }
  },
);

test('where one goes after signing in is a place of ours', async () => {
  const body = (next: string) =>
    new URLSearchParams({ email: 'reception@example.jp', password: 'tsuki-no-hikari-7', next });
  const places: [string, string][] = [
    ['/ask', '/ask'],
    ['https://example.com/', '/'],
    ['//example.com', '/'],
    ['/\\example.com', '/'],
    ['/\t/example.com', '/'],
    ['javascript:alert(1)', '/'],
    ['/x\r\nSet-Cookie: sekisho=x', '/'],
    ['/sign-out', '/'],
    ['/鍵', '/'],
  ];
  for (const [next, goes] of places) {
    const response = await server.fetch('/sign-in', { method: 'POST', body: body(next) });
    expect([next, response.status, response.headers.get('location')]).toEqual([next, 303, goes]);
    expect(
      response.headers
        .getSetCookie()
        .every((cookie) => /^sekisho=[\w-]{43};|^sekisho-known=[\w.-]+;|^lang=/.test(cookie)),
    ).toBe(true);
  }
  const asked = await server.fetch('/people/x%0d%0aSet-Cookie:%20a=b?next=//example.com');
  expect(asked.headers.get('location')).toMatch(/^\/sign-in\?next=%2Fpeople%2F/);
  expect(asked.headers.getSetCookie()).toEqual([]);
});

test('a token is good for its purposes only', async () => {
  const { token } = await tokenOf(server.app.access, ['people:use', 'people:acquire', 'people:provide'], ['P1']);
  const bound = server.clientWith(token);
  const before = await counted();
  for (const answer of [
    await bound.use({ principal: person, holding: server.holding, items: ['name'], purpose: 'P3' }),
    await bound.acquire(newcomer(server.holding)),
    await bound.provide({ principal: person, holding: server.holding, items: ['name'], purpose: 'P3', facts: {} }),
  ]) {
    expect(answer).toMatchObject({ ok: false, problem: { status: 403, type: '/problems/forbidden' } });
  }
  expect(await counted()).toEqual(before);
});

test('who lacks the action for a call is told which, in the words of the form that gives it', async () => {
  const { token } = await tokenOf(server.app.access, ['people:search'], ['P3']);
  for (const [lang, detail] of [
    ['ja', 'このトークンには操作 people:use が許されていません'],
    ['en', 'This token does not allow the action people:use'],
  ] as const)
    expect(await server.clientWith(token, lang).use(using())).toMatchObject({
      problem: { status: 403, type: '/problems/403', detail },
    });
});

test('the operator heard of no failure in all this, and of nobody', () => {
  expect(failuresIn(server.reported)).toEqual([]);
});
