// When the log cannot be written, nothing is read, written or handed over: every verb fails closed, and all of them work again once it can.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../src/client.ts';
import { everything, must, newcomer, openServer, type Session, type TestServer } from '../server.ts';

let server: TestServer;
let person: string;
let other: string;
/** A person without a consent on record. */
let unasked: string;
let giving: Awaited<ReturnType<TestServer['consented']>>;
let officer: Session;
beforeAll(async () => {
  server = await openServer({ durable: true });
  person = must(await server.client.acquire(newcomer(server.holding, { name: '秘密 花子' }))).principal;
  other = must(await server.client.acquire(newcomer(server.holding))).principal;
  unasked = must(await server.client.acquire(newcomer(server.holding))).principal;
  giving = await server.consented(person);
  officer = await server.session('officer');
});
afterAll(() => server.close());

const versionSeen = async (): Promise<number> =>
  must(await server.client.principal(person)).records.find((one) => one.holding === server.holding)!.version;

const verbs = (): [string, () => Promise<Answer<unknown>>][] => {
  const { client, holding } = server;
  const ask = { principal: person, holding, items: ['name'], purpose: 'P3' };
  const { purposeIndicated: _, ...unsaid } = newcomer(holding);
  return [
    ['acquire', () => client.acquire(newcomer(holding))],
    ['acquire under a key', () => client.acquire(newcomer(holding), { key: 'failing-key' })],
    [
      'add to a person',
      async () => client.acquire({ ...newcomer(holding), principal: person, seen: await versionSeen() }),
    ],
    ['refuse an acquisition', () => client.acquire(unsaid)],
    ['use', () => client.use(ask)],
    ['refuse a use', () => client.use({ ...ask, purpose: 'P2' })],
    ['provide', () => client.provide({ ...ask, ...giving })],
    ['refuse a provision', () => client.provide({ ...ask, ...giving, principal: unasked })],
    ['search', () => client.search({ name: '秘密 花子' })],
    [
      'correct',
      async () =>
        client.correct(person, { holding, items: { note: '訂正' }, ground: 'accuracy', seen: await versionSeen() }),
    ],
    ['erase', () => client.erase(person, { ground: 'no-longer-needed' })],
  ];
};

const stopLog = () => server.db.owner.query('REVOKE INSERT ON log_entries FROM sekisho_app', []);
const mendLog = () =>
  server.db.owner.query('GRANT INSERT (id, at, action, actor, principal_id, entry) ON log_entries TO sekisho_app', []);

test('without the log every verb fails closed and leaves no trace', async () => {
  const before = await everything(server.db);
  await stopLog();
  server.reported.length = 0;
  for (const [name, verb] of verbs()) {
    const answer = await verb();
    expect(answer.ok, name).toBe(false);
    expect(!answer.ok && answer.problem, name).toEqual({
      type: '/problems/500',
      title: 'This could not be completed. Nothing is done without its record, and nothing was changed.',
      status: 500,
      requestId: expect.any(String) as string,
    });
  }
  const { client, holding } = server;
  const ask = { principal: person, holding, items: ['name'], purpose: 'P3' };
  const many: Answer<unknown>[] = [];
  for await (const answer of client.useMany([ask, ask, ask])) many.push(answer);
  expect(many.map((answer) => !answer.ok && answer.problem.status)).toEqual([500, 500, 500]);
  expect(JSON.stringify(many)).not.toContain('秘密');
  expect(await everything(server.db)).toEqual(before);
  // The operator is told of each failure, by id, route and code, without naming anybody.
  expect(
    server.reported.filter((line) => line.includes('POST /api/v1/uses') && line.includes('42501')).length,
  ).toBeGreaterThanOrEqual(2);
  expect(server.reported.filter((line) => line.includes('42501')).length).toBeGreaterThanOrEqual(verbs().length);
  expect(server.reported.join('\n')).not.toMatch(/秘密|花子|reader-\d|failing-key|訂正/);
  await mendLog();
});

test('pages fail closed too: searching, opening, erasing, letting a system in', async () => {
  const administrator = await server.session('administrator');
  const posts: [Session, string, Record<string, string>, number][] = [
    [officer, '/people/search', { name: '秘密 花子' }, 200],
    [officer, `/people/${person}/open`, { holding: server.holding, n: '0', 'purpose-0': 'P3', 'items-0': 'name' }, 200],
    [officer, `/people/${other}/erase`, { ground: 'no-longer-needed' }, 303],
    [administrator, '/systems/new', { name: '発送システム' }, 303],
  ];
  const post = async ({ cookie, csrf }: Session, to: string, fields: Record<string, string>): Promise<Response> =>
    server.fetch(to, { method: 'POST', body: new URLSearchParams({ ...fields, csrf }), headers: { cookie } });

  const before = await everything(server.db);
  await stopLog();
  for (const [who, to, fields] of posts) {
    const response = await post(who, to, fields);
    expect(response.status, to).toBe(500);
    expect(await response.text(), to).not.toMatch(/秘密|花子/);
  }
  expect(await everything(server.db)).toEqual(before);
  await mendLog();
  for (const [who, to, fields, status] of posts) {
    const response = await post(who, to, fields);
    expect(response.status, to).toBe(status);
  }
  expect(await everything(server.db)).not.toEqual(before);
});

test('with the log back, the same verbs work', async () => {
  const outcomes: [string, number][] = [];
  for (const [name, verb] of verbs()) {
    const answer = await verb();
    outcomes.push([name, answer.ok ? 200 : answer.problem.status]);
  }
  expect(outcomes).toEqual(verbs().map(([name]) => [name, name.startsWith('refuse') ? 403 : 200]));
});

test('where nobody can know whether it was committed, nobody is told that nothing was changed', async () => {
  const { client, db, holding } = server;
  await db.owner.query(
    `CREATE FUNCTION lose_connection() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
       'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'`,
    [],
  );
  await db.owner.query(
    'CREATE CONSTRAINT TRIGGER lost AFTER INSERT ON acquisitions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION lose_connection()',
    [],
  );
  const ask = newcomer(holding);
  const lost = await client.acquire(ask, { key: 'lost-key' });
  expect(!lost.ok && lost.problem).toEqual({
    type: '/problems/500',
    title: 'It is not known whether this was completed. Before you send it again, check the records.',
    status: 500,
    requestId: expect.any(String) as string,
  });
  await db.owner.query('DROP TRIGGER lost ON acquisitions', []);
  const { id } = must(await client.acquire(ask, { key: 'lost-key' }));
  expect(must(await client.acquire(ask, { key: 'lost-key' })).id).toBe(id);
});
