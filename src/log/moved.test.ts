// A database moved from another server by a logical dump: its entries carry transaction ids that this server has not reached.

import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { signAll, testDatabase, type TestDatabase } from '../../tests/house.ts';
import { append, listEntries, logEntry, numberAnew, receiptOf, verify, vkeyOf, type LogEntry } from './index.ts';
import { leavesBetween } from './store.ts';

const signer = { name: 'sekisho.example.jp/log', privateKey: generateKeyPairSync('ed25519').privateKey };
const vkey = vkeyOf(signer);
const at = Date.parse('2026-11-24T01:02:03.004Z');

let house: TestDatabase;
const houses: TestDatabase[] = [];
beforeEach(async () => {
  house = await testDatabase();
  houses.push(house);
});
afterAll(async () => {
  for (const one of houses) await one.drop();
});

let made = 0;
async function write(n: number): Promise<LogEntry[]> {
  const entries = Array.from({ length: n }, () =>
    logEntry(at + ++made, { kind: 'sekisho' }, 'people:use', { number: made }),
  );
  for (const entry of entries) await house.app.transaction((tx) => append(tx, entry));
  return entries;
}

const unguarded = async (work: string): Promise<void> => {
  const tables = ['log_entries', 'log_leaves'];
  const guard = (how: string) => tables.map((table) => `ALTER TABLE ${table} ${how} TRIGGER no_rewrite`).join('; ');
  await house.owner.transaction(async (tx) => {
    await tx.query(`DO $$ BEGIN ${guard('DISABLE')}; ${work}; ${guard('ENABLE')}; END $$`, []);
  });
};

/** Makes the log look as if it came from a server with much higher transaction ids. */
const move = (): Promise<void> =>
  unguarded(
    ['log_entries', 'log_leaves']
      .map((table) => `UPDATE ${table} SET xid = (5000000 + xid::text::bigint)::text::xid8 WHERE xid <> '0'`)
      .join('; '),
  );

const ids = (entries: readonly LogEntry[]): string[] => entries.map((entry) => entry.id);

test('a log that came from an older server goes on, as often as it moves', async () => {
  const signed = await write(5);
  await signAll(house.app, signer);
  const receipt = await receiptOf(house.app, vkey, signed[2]!.id);
  let all = [...signed, ...(await write(2))];
  for (let moves = 0; moves < 2; moves++) {
    await move();
    expect(await numberAnew(house.owner)).toBe(true);
    all = [...all, ...(await write(3))];
    await signAll(house.app, signer);
    expect(await verify(house.app, vkey)).toEqual({ ok: true, size: all.length });
    expect((await leavesBetween(house.app, 0, all.length)).map((leaf) => leaf.id)).toEqual(ids(all));
    const listed = await listEntries(house.app, { most: 100 });
    expect(listed.map(({ entry }) => entry)).toEqual([...all].reverse());
  }
  const now = await receiptOf(house.app, vkey, signed[2]!.id);
  expect([now!.position, now!.entry]).toEqual([receipt!.position, receipt!.entry]);
});

test('a log of this server keeps its numbers', async () => {
  await write(3);
  const places = () => house.owner.query('SELECT xid, seq, id FROM log_entries ORDER BY xid, seq', []);
  const before = await places();
  expect(await numberAnew(house.owner)).toBe(false);
  expect(await places()).toEqual(before);
});

test('afterwards nobody rewrites it or chooses a number', async () => {
  await write(1);
  await move();
  await numberAnew(house.owner);
  for (const table of ['log_entries', 'log_leaves']) {
    await expect(house.owner.query(`DELETE FROM ${table}`, [])).rejects.toMatchObject({ code: '42501' });
  }
  const chosen = 'INSERT INTO log_entries (seq, id, at, action, actor, entry) SELECT 9, id, at, action, actor, entry';
  await expect(house.owner.query(`${chosen} FROM log_entries`, [])).rejects.toMatchObject({ code: '428C9' });
});

test.each([
  ['an entry was removed', `DELETE FROM log_entries WHERE id = (SELECT id FROM log_leaves WHERE position = 2)`],
  [
    'an entry was slipped in',
    `INSERT INTO log_entries (xid, seq, id, at, action, actor, entry) OVERRIDING SYSTEM VALUE
     SELECT xid, 0, gen_random_uuid(), at, action, actor, entry FROM log_entries ORDER BY xid OFFSET 2 LIMIT 1`,
  ],
  ['a text was altered', `UPDATE log_entries SET entry = replace(entry, '"number"', '"other"')`],
])('what did not agree before does not agree after: %s', async (_, tamper) => {
  await write(5);
  await signAll(house.app, signer);
  await unguarded(tamper);
  const before = await verify(house.app, vkey);
  expect(before).toMatchObject({ ok: false });
  await move();
  expect(await numberAnew(house.owner)).toBe(true);
  expect(await verify(house.app, vkey)).toEqual(before);
});
