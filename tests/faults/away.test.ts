// While the database is away nothing is done: every page, call and readiness probe answers 503 and says that nothing was changed, and the operator
// is told once. When it is back everything works again without a restart.

import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Problem } from '../../src/client.ts';
import { everything, freePort, must, newcomer, openServer, type Session, type TestServer } from '../server.ts';
import { openWay, type Way } from '../way.ts';

let way: Way;
let server: TestServer;
let listening: Server;
let port: number;
let officer: Session;
let person: string;
/** The version of the person's record to correct. */
let seen = 1;
beforeAll(async () => {
  server = await openServer({ durable: true, through: async (to) => (way = await openWay(to)).at });
  port = await freePort();
  listening = createServer(server.app.listener()).listen(port, '127.0.0.1');
  await once(listening, 'listening');
  officer = await server.session('officer');
  person = must(await server.client.acquire(newcomer(server.holding))).principal;
});
afterAll(async () => {
  listening.close();
  await server.close();
  way.close();
});

/** Limits the number of connections of the application. */
const limit = (most: number): Promise<unknown> =>
  server.db.owner.query(`ALTER DATABASE ${String(server.db.connection.database)} CONNECTION LIMIT ${most}`, []);
const endLinks = (): Promise<unknown> =>
  server.db.owner.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'sekisho_app'",
    [],
  );

interface Ask {
  to: string;
  page: boolean;
  init: RequestInit;
  status: number;
}

const SAYS = {
  ja: 'データベースにつながらないため、いまは処理できません',
  en: 'The database cannot be reached, so nothing can be done at the moment',
};

/** One request of each kind: pages and calls, with and without a session, reading and writing, by both doors. */
function asks(lang: 'ja' | 'en'): Ask[] {
  const token = { authorization: `Bearer ${server.token}`, 'accept-language': lang };
  const call = (to: string, status: number, body?: object): Ask => ({
    to,
    page: false,
    status,
    init: {
      headers: { ...token, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    },
  });
  const look = (to: string, cookie = `${officer.cookie}; lang=${lang}`): Ask => ({
    to,
    page: true,
    status: 200,
    init: { headers: { cookie } },
  });
  const { holding } = server;
  return [
    look('/policy', `lang=${lang}`),
    look('/ledger'),
    look(`/people/${person}`),
    { ...look('/no/such/place'), status: 404 },
    {
      ...look('/ledger/new'),
      init: {
        method: 'POST',
        headers: { cookie: `${officer.cookie}; lang=${lang}` },
        body: new URLSearchParams({ csrf: officer.csrf }),
      },
      status: 422,
    },
    call('/api/v1/records', 200),
    call(`/api/v1/principals/${person}`, 200),
    call('/api/v1/acquisitions', 201, newcomer(holding)),
    call('/api/v1/uses', 200, { principal: person, holding, items: ['name'], purpose: 'P3' }),
    call('/api/v1/principals/search', 200, { name: '例示 花子' }),
    call(`/api/v1/principals/${person}/corrections`, 200, {
      holding,
      items: { note: '訂正' },
      ground: 'accuracy',
      seen,
    }),
  ];
}

/** While the database can only be read, nothing is given out either: it could not be logged. */
const READ_ONLY = {
  ja: 'データベースに書き込めないため、いまは処理できません',
  en: 'The database cannot be written to, so nothing can be done at the moment',
};

/** Makes sessions of the database read-only, as they are on a standby, or where a company protects a full disk. */
const readOnly = (is: 'on' | 'off'): Promise<unknown> =>
  server.db.owner.query(
    `ALTER ROLE sekisho_app IN DATABASE ${String(server.db.connection.database)} SET default_transaction_read_only = ${is}`,
    [],
  );

const ways: [how: string, leave: () => Promise<unknown>, comeBack: () => Promise<unknown>, says?: typeof SAYS][] = [
  ['nobody answers at its address', async () => way.shut('gone'), () => way.reopen()],
  ['it ends every connection that begins', async () => way.shut(), () => way.reopen()],
  ['it has too many connections', () => limit(0).then(endLinks), () => limit(-1)],
  ['it can only be read', () => readOnly('on').then(endLinks), () => readOnly('off'), READ_ONLY],
];

/** What the operator was told of the database. Work of the program that was cut short may be reported too. */
const heard = (): string[] => server.reported.filter((line) => line.startsWith('database '));
const ofRequests = (): string[] => server.reported.filter((line) => / (?:GET|POST) /.test(line));

test.each(ways)(
  '%s: nothing is done, everybody is told, and later all is as before',
  async (_, leave, comeBack, says = SAYS) => {
    const before = await everything(server.db);
    server.reported.length = 0;
    await leave();
    // Background work finds out within a second.
    await expect.poll(heard).not.toEqual([]);
    for (const lang of ['ja', 'en'] as const) {
      for (const { to, page, init } of asks(lang)) {
        for (const door of [server.fetch, (at: string) => fetch(`http://127.0.0.1:${port}${at}`, init)]) {
          const response = await door(to, init);
          const text = await response.text();
          expect([to, response.status, response.headers.get('retry-after')]).toEqual([to, 503, '5']);
          const title = page ? /<h1[^>]*>(.*?)<\/h1>/s.exec(text)![1]! : (JSON.parse(text) as Problem).title;
          expect([to, title]).toEqual([to, expect.stringContaining(says[lang]) as string]);
          expect(text).toContain(lang === 'ja' ? '何も変わっていません' : 'Nothing was changed');
          // An opened page links to itself for another try.
          if (page && !init.method) expect(text).toContain(`href="${to}" class="inline-block`);
        }
      }
    }
    const probe = await server.fetch('/readyz');
    expect([probe.status, await probe.text()]).toEqual([503, 'not ready']);
    expect((await server.fetch('/healthz')).status).toBe(200);
    // The operator is told once, by a code and without naming anybody.
    expect(heard()).toEqual([expect.stringMatching(/^database away: \w+$/)]);
    expect(await everything(server.db)).toEqual(before);

    await comeBack();
    await expect.poll(async () => (await server.fetch('/readyz')).status).toBe(200);
    for (const { to, init, status } of asks('ja'))
      expect([to, (await server.fetch(to, init)).status]).toEqual([to, status]);
    seen += 1;
    expect(heard().slice(1)).toEqual(['database back']);
    expect(ofRequests()).toEqual([]);
  },
);

test('whose connection is lost at work is told that nothing was changed where that is certain', async () => {
  const { owner } = server.db;
  const { id } = must(await server.client.acquire(newcomer(server.holding)));
  server.reported.length = 0;
  const answers = await owner.transaction(async (tx) => {
    await tx.query('LOCK TABLE acquisitions', []);
    const asked = Promise.all([server.client.acquisition(id), server.client.acquire(newcomer(server.holding))]);
    const waiting = () =>
      owner.query(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND usename = 'sekisho_app' AND wait_event_type = 'Lock'",
        [],
      );
    await expect.poll(async () => (await waiting()).length).toBe(2);
    await endLinks();
    return asked;
  });
  expect(answers.map((answer) => !answer.ok && [answer.problem.status, answer.problem.title])).toEqual([
    [503, `${SAYS.en}. Nothing was changed. Please try again shortly.`],
    [500, 'It is not known whether this was completed. Before you send it again, check the records.'],
  ]);
  const lines = server.reported.filter((line) => line.includes('/api/'));
  expect(lines.map((line) => / (GET|POST) \S+ error (\w+)/.exec(line)?.slice(1)).sort()).toEqual([
    ['GET', '57P01'],
    ['POST', '57P01'],
  ]);
});

test('a database that goes away without a word is found out: who waits is told, who comes is told, and later all is as before', async () => {
  const { id } = must(await server.client.acquire(newcomer(server.holding)));
  const before = await everything(server.db);
  server.reported.length = 0;
  // A connection unused for ten seconds is closed; these calls make sure that the next ones use an open one.
  await Promise.all([server.client.acquisition(id), server.client.acquisition(id)]);
  way.silence('all');
  const [read, write] = await Promise.all([
    server.client.acquisition(id),
    server.client.acquire(newcomer(server.holding)),
  ]);
  expect([read, write].map((answer) => !answer.ok && [answer.problem.status, answer.problem.title])).toEqual([
    [503, `${SAYS.en}. Nothing was changed. Please try again shortly.`],
    [500, 'It is not known whether this was completed. Before you send it again, check the records.'],
  ]);
  const come = await Promise.all(asks('ja').map(({ to, init }) => server.fetch(to, init)));
  expect(come.map(({ status }) => status)).toEqual(come.map(() => 503));
  expect(heard()).toEqual([expect.stringMatching(/^database away: \w+$/)]);
  expect(await everything(server.db)).toEqual(before);
  await way.reopen();
  await expect.poll(async () => (await server.fetch('/readyz')).status).toBe(200);
  for (const { to, init, status } of asks('ja'))
    expect([to, (await server.fetch(to, init)).status]).toEqual([to, status]);
  expect(heard().slice(1)).toEqual(['database back']);
});

test('of many uses at once each line says what a call would: of those under way that nobody knows, of later ones that nothing was done', async () => {
  const { owner } = server.db;
  // More than the program takes up before it knows that every connection is gone.
  const people = await Promise.all(
    Array.from({ length: 800 }, async () => must(await server.client.acquire(newcomer(server.holding))).principal),
  );
  const lineOf = (principal: string) =>
    JSON.stringify({ principal, holding: server.holding, items: ['name'], purpose: 'P3' });
  const ask = (body: string, type: string): Promise<Response> => {
    const headers = { authorization: `Bearer ${server.token}`, 'accept-language': 'en', 'content-type': type };
    return server.fetch('/api/v1/uses', { method: 'POST', headers, body });
  };
  server.reported.length = 0;
  const [text, call] = await owner.transaction(async (tx) => {
    await tx.query('LOCK TABLE log_entries IN SHARE MODE', []);
    const many = ask(people.map(lineOf).join('\n'), 'application/x-ndjson').then((response) => response.text());
    const waiting = () =>
      owner.query("SELECT FROM pg_locks WHERE relation = 'log_entries'::regclass AND NOT granted", []);
    await expect.poll(async () => (await waiting()).length).toBeGreaterThan(0);
    way.shut();
    return [await many, await (await ask(lineOf(people[0]!), 'application/json')).json()] as const;
  });
  const answers = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Problem);
  expect(answers).toHaveLength(people.length);
  const [unsure, nothing] = [500, 503].map((status) => people.filter((_, i) => answers[i]!.status === status));
  expect([unsure!.length > 0, nothing!.length > 0, unsure!.length + nothing!.length]).toEqual([
    true,
    true,
    people.length,
  ]);
  expect(call).toMatchObject({ status: 503, title: `${SAYS.en}. Nothing was changed. Please try again shortly.` });
  const said = 'It is not known whether this was completed. Before you send it again, check the records.';
  for (const answer of answers)
    expect(answer).toEqual(answer.status === 503 ? call : { type: '/problems/500', title: said, status: 500 });
  // The server may have carried out those under way, but none of the others.
  const working = "SELECT FROM pg_stat_activity WHERE usename = 'sekisho_app' AND state = 'active' AND datname = $1";
  const { database } = server.db.connection;
  await expect.poll(() => owner.query(working, [database])).toEqual([]);
  const logged = await owner.query<{ of: string }>(
    "SELECT principal_id AS of FROM log_entries WHERE action = 'people:use' AND principal_id = ANY($1)",
    [people],
  );
  expect(logged.filter(({ of }) => !unsure!.includes(of))).toEqual([]);
  // A lost statement is reported once, however many lines it was to answer.
  const told = ofRequests();
  expect(told.length).toBeGreaterThan(0);
  expect(new Set(told.map((line) => line.split(' ')[0])).size).toBeLessThan(20);
  await way.reopen();
  await expect.poll(async () => (await server.fetch('/readyz')).status).toBe(200);
});

test('a probe is answered also while the database says nothing', async () => {
  way.silence('all');
  const [one, other] = await Promise.all([server.fetch('/readyz'), server.fetch('/readyz')]);
  expect([one.status, other.status]).toEqual([503, 503]);
  await way.reopen();
  await expect.poll(async () => (await server.fetch('/readyz')).status).toBe(200);
});
