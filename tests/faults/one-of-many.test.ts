// Requests that arrive at the same moment are written as one statement. When the database refuses one of them, the others are served as if they had
// come alone: each with its one effect, its record and its log entry. When its connections are lost, nobody is created twice.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyOfCall } from '../../src/features/checkpoint/index.ts';
import { byteaArray } from '../../src/platform/database/index.ts';
import { ENTRIES, must, newcomer, openServer, type TestServer } from '../server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openServer({ durable: true });
});
afterAll(() => server.close());

const MANY = 40;
const all = Array.from({ length: MANY }, (_, i) => i);
const bad = [0, 7, 8, 39];
const statuses = all.map((i) => (bad.includes(i) ? 500 : 200));

const counted = async (): Promise<Record<'persons' | 'acquisitions' | 'keys' | 'entries', number>> => {
  const [row] = await server.db.owner.query<Record<'persons' | 'acquisitions' | 'keys' | 'entries', number>>(
    `SELECT (SELECT count(*) FROM vault_principals)::int AS persons, (SELECT count(*) FROM acquisitions)::int AS acquisitions,
       (SELECT count(*) FROM acquisition_keys)::int AS keys, (SELECT count(*) FROM ${ENTRIES} e)::int AS entries`,
    [],
  );
  return row!;
};

test('one acquisition that the database refuses fails alone', async () => {
  const { client, db, holding } = server;
  const unlucky = bad.map((i) => `'\\x${keyOfCall(server.office, `unlucky-${i}`).toString('hex')}'`);
  await db.owner.query(
    `ALTER TABLE acquisition_keys ADD CONSTRAINT unlucky CHECK (key NOT IN (${unlucky.join(', ')}))`,
    [],
  );
  const before = await counted();
  const answers = await Promise.all(
    all.map((i) => client.acquire(newcomer(holding), { key: `${bad.includes(i) ? 'unlucky' : 'lucky'}-${i}` })),
  );
  expect(answers.map((answer) => (answer.ok ? 200 : answer.problem.status))).toEqual(statuses);
  const good = MANY - bad.length;
  expect(await counted()).toEqual({
    persons: before.persons + good,
    acquisitions: before.acquisitions + good,
    keys: before.keys + good,
    entries: before.entries + good,
  });
  expect(server.reported.filter((line) => line.includes('23514'))).toHaveLength(bad.length);
});

test('one reading that the database refuses to log fails alone', async () => {
  const { client, db, holding } = server;
  const people: string[] = [];
  for (const i of all) people.push(must(await client.acquire(newcomer(holding, { name: `読者 ${i}` }))).principal);
  const unlucky = bad.map((i) => `'${people[i]}'`).join(', ');
  await db.owner.query(
    `ALTER TABLE log_entries ADD CONSTRAINT unlucky CHECK (principal_id NOT IN (${unlucky})) NOT VALID`,
    [],
  );
  const before = await counted();
  const answers = await Promise.all(
    people.map((principal) => client.use({ principal, holding, items: ['name'], purpose: 'P3' })),
  );
  expect(answers.map((answer) => (answer.ok ? answer.value.items.name : answer.problem.status))).toEqual(
    all.map((i) => (bad.includes(i) ? 500 : `読者 ${i}`)),
  );
  expect((await counted()).entries).toBe(before.entries + MANY - bad.length);
});

test('whoever the database was lost to asks again under the same key, and is there once', async () => {
  const { client, db, holding } = server;
  const before = await counted();
  const made = new Map<string, string>();
  let lost = 0;
  const ask = async (key: string): Promise<void> => {
    const person = newcomer(holding);
    for (;;) {
      const answer = await client.acquire(person, { key });
      if (answer.ok) return void made.set(key, answer.value.id);
      expect(answer.problem.status).toBe(500);
      lost += 1;
    }
  };
  const keys = Array.from({ length: 400 }, (_, i) => `lost-${i}`);
  const asked = keys.values();
  const worker = async (): Promise<void> => {
    for (const key of asked) await ask(key);
  };
  const workers = Promise.all(Array.from({ length: 12 }, worker));
  for (let kills = 1; kills <= 5; kills++) {
    await expect.poll(() => made.size, { interval: 5 }).toBeGreaterThan(kills * 50);
    await db.owner.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      [],
    );
  }
  await workers;
  expect(lost).toBeGreaterThan(0);
  const { length: n } = keys;
  expect(await counted()).toEqual({
    persons: before.persons + n,
    acquisitions: before.acquisitions + n,
    keys: before.keys + n,
    entries: before.entries + n,
  });
  const ids = await db.owner.query<{ id: string }>(
    `SELECT a.id FROM acquisitions a JOIN acquisition_keys k ON k.acquisition_id = a.id JOIN log_entries e ON e.id = a.id
     WHERE k.key = ANY ($1::bytea[]) ORDER BY 1`,
    [byteaArray(keys.map((key) => keyOfCall(server.office, key)))],
  );
  expect(ids.map(({ id }) => id)).toEqual([...made.values()].sort());
});
