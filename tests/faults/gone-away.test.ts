// The client goes away in the middle of an answer: to many uses, a package, a receipt, or the whole log. What was read is on record and little was
// read in vain; nothing is held for the client, and the server goes on.

import { once } from 'node:events';
import http from 'node:http';
import type net from 'node:net';
import { Decrypter } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failuresIn } from '../house.ts';
import { openExport } from '../../src/features/audit/actions/log.ts';
import { must, newcomer, openServer, type Session, type TestServer } from '../server.ts';
import { readyPackage } from './ready-package.ts';

const PEOPLE = 60;
const LINES = 1_000;
/** Longer than the buffers between client and server. */
const LONG = 'あ'.repeat(2_000);

let server: TestServer;
let listening: http.Server;
let officer: Session;
const people: string[] = [];
/** An unhandled rejection would end the program. */
const unhandled: unknown[] = [];
const hear = (reason: unknown): void => void unhandled.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', hear);
  server = await openServer({ durable: true });
  listening = http.createServer(server.app.listener()).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  officer = await server.session('officer');
  for (let i = 0; i < PEOPLE; i++)
    people.push(must(await server.client.acquire(newcomer(server.holding, { note: LONG }))).principal);
});
afterAll(async () => {
  listening.closeAllConnections();
  listening.close();
  await server.close();
  process.off('unhandledRejection', hear);
});

interface Asked {
  path: string;
  headers: Record<string, string>;
  body: string;
}

const byForm = (path: string, fields: Record<string, string> = {}): Asked => ({
  path,
  headers: { cookie: officer.cookie, 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({ csrf: officer.csrf, ...fields }).toString(),
});

const byToken = (path: string, body: string, type = 'application/json'): Asked => ({
  path,
  headers: { authorization: `Bearer ${server.token}`, 'content-type': type },
  body,
});

/** Sends a request, takes up to `most` bytes of the answer, and goes away. Returns what was taken. */
async function take({ path, headers, body }: Asked, most = Infinity): Promise<Buffer> {
  const { port } = listening.address() as net.AddressInfo;
  const request = http.request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent: false });
  request.on('error', () => undefined).end(body);
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  expect(response.statusCode).toBe(200);
  const taken: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    taken.push(chunk);
    bytes += chunk.length;
    if (bytes >= most) break;
  }
  request.destroy();
  return Buffer.concat(taken);
}

/** Sends only the beginning of a request, with or without a stated length, and goes away. Returns once the server has noticed. */
async function leave({ path, headers, body }: Asked, stated: boolean): Promise<void> {
  const { port } = listening.address() as net.AddressInfo;
  const length: Record<string, string> = stated ? { 'content-length': String(body.length + 1) } : {};
  const request = http.request({ host: '127.0.0.1', port, path, method: 'POST', headers: { ...headers, ...length } });
  request.on('error', () => undefined).write(body);
  const [incoming] = (await once(listening, 'request')) as [http.IncomingMessage];
  const seen = new Promise((resolve) => incoming.socket.once('close', resolve));
  request.destroy();
  await seen;
}

const entriesOf = async (action: string): Promise<number> =>
  (
    await server.db.owner.query<{ n: number }>('SELECT count(*)::int AS n FROM log_entries WHERE action = $1', [action])
  )[0]!.n;

/** Checks that nobody waits for a connection, no transaction is open, and nothing was reported to the operator. */
async function expectNothingHeld(): Promise<void> {
  const busy = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND state LIKE 'idle in transaction%'`;
  await expect.poll(() => server.db.owner.query(busy, [])).toEqual([]);
  expect((await server.fetch('/readyz')).status).toBe(200);
  expect([unhandled, failuresIn(server.reported)]).toEqual([[], []]);
}

test('of the answers to many questions: what is read has its entry, and nothing more is read than lies on the way', async () => {
  const asks = Array.from({ length: LINES }, (_, i) => ({
    principal: people[i % PEOPLE],
    holding: server.holding,
    items: ['name', 'note'],
    purpose: 'P3',
  }));
  const lines = asks.map((ask) => JSON.stringify(ask)).join('\n');
  for (const most of [1, 200_000]) {
    const before = await entriesOf('people:use');
    const taken = await take(byToken('/api/v1/uses', lines, 'application/x-ndjson'), most);
    const whole = taken.toString().split('\n').slice(0, -1).length;
    // It is at rest when two looks in a row see the same.
    let read = -1;
    await expect
      .poll(async () => read === (read = (await entriesOf('people:use')) - before), { interval: 500 })
      .toBe(true);
    expect(read).toBeGreaterThanOrEqual(whole);
    expect(read).toBeLessThan(LINES);
  }
  await expectNothingHeld();
});

test('of a package: who was in it is on record from the first byte on, once, and it can be fetched again', async () => {
  const { holding } = server;
  const { id, identity } = await readyPackage(server, { holding, items: ['email', 'note'], people });
  const file = byForm(`/packages/${id}/file`);
  const cut = await take(file, 1);
  const provided = (): Promise<unknown[]> =>
    server.db.owner.query(
      `SELECT count(*)::int AS people, count(DISTINCT w.principal_id)::int AS persons FROM provisions p
       JOIN provision_people w ON w.provision_id = p.id WHERE p.package_id = $1`,
      [id],
    );
  expect(await provided()).toEqual([{ people: PEOPLE, persons: PEOPLE }]);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const whole = await take(file);
  expect(cut.length).toBeLessThan(whole.length);
  expect((await decrypter.decrypt(whole, 'text')).trimEnd().split('\r\n')).toHaveLength(1 + PEOPLE);
  // A part of the file does not pass for the whole.
  await expect(decrypter.decrypt(cut)).rejects.toThrow();
  expect(await provided()).toEqual([{ people: PEOPLE, persons: PEOPLE }]);
  expect([await entriesOf('package:fetch'), await entriesOf('package:provide')]).toEqual([2, 1]);
  await expectNothingHeld();
});

test('of a receipt and of the log', async () => {
  const [person] = people;
  const { decision: id } = must(
    await server.client.use({ principal: person!, holding: server.holding, items: ['name'], purpose: 'P3' }),
  );
  await expect.poll(async () => (await server.client.log.entry(id)).ok).toBe(true);
  const receipt = byToken(`/api/v1/principals/${person}/receipts/${id}`, '{}');
  const files = [receipt, byForm('/log/export'), byToken('/api/v1/log/export', '{}')];
  for (const one of files) for (const most of [1, 50_000]) expect((await take(one, most)).length).toBeGreaterThan(0);
  expect([await entriesOf('people:receipt'), await entriesOf('log:export')]).toEqual([2, 4]);
  await expectNothingHeld();
});

test('of the log at any piece of it, the last one too', async () => {
  const audit = { office: server.office, access: server.app.access };
  const open = async () => must(await openExport(audit, { actor: { kind: 'sekisho' }, authority: [] })).getReader();
  let pieces = 0;
  for (const all = await open(); !(await all.read()).done;) pieces += 1;
  expect(pieces).toBeGreaterThan(1);
  for (let taken = 0; taken <= pieces; taken++) {
    const reader = await open();
    for (let n = 0; n < taken; n++) await reader.read();
    await reader.cancel();
  }
  await expectNothingHeld();
});

test('before all of it was sent: nothing failed of which the operator would have to hear, whoever it was', async () => {
  const visitor: Asked = { ...byForm('/sign-in'), body: 'email=somebody' };
  const lines = byToken('/api/v1/uses', '{"principal":', 'application/x-ndjson');
  for (const one of [visitor, byForm('/people/search'), byToken('/api/v1/acquisitions', '{'), lines])
    for (const stated of [true, false]) await leave(one, stated);
  await expectNothingHeld();
});
