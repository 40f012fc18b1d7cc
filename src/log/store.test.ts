import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/house.ts';
import { newId } from '../base/id.ts';
import { runParts } from '../platform/statement.ts';
import {
  append,
  appending,
  integrate,
  listEntries,
  logEntry,
  verify,
  vkeyOf,
  type EntryQuery,
  type ListedEntry,
  type LogEntry,
} from './index.ts';
import { entriesNoted, lastCheckpoint, leavesBetween } from './store.ts';
import type { Queryable, Tx } from '../platform/database/index.ts';

const signer = { name: 'sekisho.example.jp/log', privateKey: generateKeyPairSync('ed25519').privateKey };
const vkey = vkeyOf(signer);
const at = Date.parse('2026-11-24T01:02:03.004Z');
const sekisho = { kind: 'sekisho' } as const;
const entryOf = (n: number): LogEntry => logEntry(at + n, sekisho, 'people:use', { number: n });

let house: TestDatabase;
beforeAll(async () => {
  house = await testDatabase();
});
afterAll(() => house.drop());

/** Waits until the tree has this many entries: other tests share the server, and their open transactions delay this one. */
const integrateUpTo = (size: number): Promise<void> =>
  expect
    .poll(
      async () => {
        await integrate(house.app, signer);
        return (await lastCheckpoint(house.app))?.size ?? 0;
      },
      { interval: 20 },
    )
    .toBe(size);

const write = (...entries: LogEntry[]): Promise<void> => house.app.transaction((tx) => append(tx, ...entries));

const positionsOf = async (on: Queryable, from: number, to: number): Promise<string[]> =>
  (await leavesBetween(on, from, to)).map((leaf) => leaf.id);

test('entries appear in the tree in the order of their transactions, and the tree verifies', async () => {
  const entries = Array.from({ length: 5 }, (_, i) => entryOf(i));
  for (const entry of entries) await write(entry);
  await integrateUpTo(5);
  expect(await positionsOf(house.app, 0, 5)).toEqual(entries.map((e) => e.id));
  expect(await verify(house.app, vkey)).toEqual({ ok: true, size: 5 });
});

test('an entry is written if and only if its effect happened in the same statement', async () => {
  const [happened, refused] = [entryOf(10), entryOf(11)];
  const effect = {
    name: 'effect',
    sql: `effected AS (SELECT key FROM unnest($1::text[]) AS t(key_text), LATERAL (SELECT key_text::uuid AS key) k)`,
    values: [[happened.id]],
  };
  await runParts(
    house.app,
    'test.effect',
    [
      effect,
      appending([
        { key: happened.id, entry: happened },
        { key: refused.id, entry: refused },
      ]),
    ],
    'SELECT key FROM effected',
  );
  const written = await house.app.query('SELECT id FROM log_entries WHERE id = ANY ($1::uuid[])', [
    [happened.id, refused.id],
  ]);
  expect(written).toEqual([{ id: happened.id }]);
  await integrateUpTo(6);
  expect(await positionsOf(house.app, 5, 7)).toEqual([happened.id]);
});

test('a transaction that began first and commits last is waited for, and nothing is lost or doubled', async () => {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const [slow, quick] = [entryOf(20), entryOf(21)];
  let began = (): void => undefined;
  const hasBegun = new Promise<void>((resolve) => {
    began = resolve;
  });
  const slowWrite = house.app.transaction(async (tx: Tx) => {
    await append(tx, slow);
    began();
    await released;
  });
  await hasBegun;
  await write(quick);
  await integrate(house.app, signer);
  expect((await lastCheckpoint(house.app))?.size).toBe(6);
  release();
  await slowWrite;
  await integrateUpTo(8);
  expect(await positionsOf(house.app, 6, 8)).toEqual([slow.id, quick.id]);
});

test('many integrators at once give each entry one position', async () => {
  await Promise.all(
    Array.from({ length: 40 }, (_, i) => write(...Array.from({ length: 20 }, (_, j) => entryOf(100 + i * 20 + j)))),
  );
  await Promise.all(Array.from({ length: 6 }, () => integrate(house.app, signer)));
  await integrateUpTo(808);
  expect(new Set(await positionsOf(house.app, 0, 808)).size).toBe(808);
  expect(await verify(house.app, vkey)).toEqual({ ok: true, size: 808 });
});

test('a rolled-back transaction leaves no entry', async () => {
  const entry = entryOf(30);
  await expect(
    house.app.transaction(async (tx) => {
      await append(tx, entry);
      throw new Error('stop');
    }),
  ).rejects.toThrow('stop');
  expect(await house.app.query('SELECT 1 FROM log_entries WHERE id = $1', [entry.id])).toEqual([]);
});

test.each([
  ['UPDATE log_entries SET action = action'],
  ['DELETE FROM log_entries'],
  ['TRUNCATE log_entries'],
  [
    'INSERT INTO log_entries (xid, id, at, action, actor, entry) SELECT xid, id, at, action, actor, entry FROM log_entries LIMIT 1',
  ],
  ['UPDATE log_leaves SET hash = hash'],
  ['DELETE FROM log_leaves'],
  ['UPDATE log_checkpoints SET note = note'],
  ['DELETE FROM log_checkpoints'],
  ['DELETE FROM log_tiles'],
  ['UPDATE log_tiles SET n = n + 1'],
  ['UPDATE log_verifications SET ok = true'],
  ['TRUNCATE log_verifications'],
])('the application may not: %s', async (statement) => {
  await expect(house.app.query(statement, [])).rejects.toMatchObject({ code: '42501' });
});

test.each([
  ['UPDATE log_entries SET action = action'],
  ['DELETE FROM log_leaves'],
  ['TRUNCATE log_checkpoints'],
  [
    "UPDATE log_tiles SET hashes = overlay(hashes PLACING '\\x00'::bytea FROM 1) || hashes WHERE octet_length(hashes) < 4096",
  ],
  ['UPDATE log_tiles SET hashes = substring(hashes FOR 32) WHERE octet_length(hashes) > 32'],
])('not even the owner may, short of taking the triggers away: %s', async (statement) => {
  await expect(house.owner.query(statement, [])).rejects.toMatchObject({ code: '42501' });
});

test('entries are listed newest first, by person, action and time, page by page', async () => {
  const principal = '0190f8a0-1234-7abc-8def-0123456789ab';
  const mine = [1, 2, 3].map((n) =>
    logEntry(at + 86_400_000 * n, sekisho, n === 2 ? 'people:correct' : 'people:use', { principal, number: n }),
  );
  for (const entry of mine) await write(entry);
  const all = await listEntries(house.app, { principal, most: 10 });
  expect(all.map((e) => e.entry)).toEqual([...mine].reverse());
  const first = await listEntries(house.app, { principal, most: 2 });
  const second = await listEntries(house.app, { principal, most: 2, before: first[1]!.cursor });
  expect(second.map((e) => e.entry.id)).toEqual([mine[0]!.id]);
  const corrected = await listEntries(house.app, {
    actions: ['people:correct'],
    from: new Date(at + 86_400_000),
    to: new Date(at + 86_400_000 * 3),
    most: 10,
  });
  expect(corrected.map((e) => e.entry.id)).toEqual([mine[1]!.id]);
  await integrateUpTo(811);
  expect((await listEntries(house.app, { principal, most: 1 }))[0]!.position).toBe(810);
});

test('a period is listed from its last instant on, page by page without gap or repetition, whatever order its entries came in', async () => {
  const days = 40;
  const day = (n: number): number => Date.parse('2027-03-01T00:00:00Z') + n * 86_400_000;
  // Every instant twice, on a clock that goes back and forth; busy days first, then quiet ones.
  const at = Array.from({ length: 120 }, (_, i) => day(i < 80 ? ((i * 7) % 10) / 2 : (i * 11) % days) + (i % 2));
  await house.app.transaction((tx) => append(tx, ...at.map((one) => logEntry(one, { kind: 'public' }, 'people:use'))));
  const expected = (from: number, to: number): string[] =>
    at
      .filter((one) => one >= from && one < to)
      .toSorted((a, b) => b - a)
      .map((one) => new Date(one).toISOString());
  const whole = { from: new Date(day(2)), to: new Date(day(35)) };
  const listed: ListedEntry[] = [];
  for (let before: string | undefined; ;) {
    const page = await listEntries(house.app, { ...whole, most: 7, ...(before ? { before } : {}) });
    listed.push(...page);
    if (page.length < 7) break;
    before = page.at(-1)!.cursor;
  }
  expect(listed.map(({ entry }) => entry.at)).toEqual(expected(day(2), day(35)));
  expect(new Set(listed.map(({ entry }) => entry.id)).size).toBe(listed.length);
  const ats = async (query: Partial<EntryQuery>): Promise<string[]> =>
    (await listEntries(house.app, { actions: ['people:use'], most: 500, ...query })).map(({ entry }) => entry.at);
  expect(await ats({ from: whole.from })).toEqual(expected(day(2), Infinity));
  expect((await ats({ to: whole.from })).slice(0, 9)).toEqual(expected(0, day(2)).slice(0, 9));
  expect(await ats({ from: new Date(day(50)), to: new Date(day(60)) })).toEqual([]);
});

test('entries about a person are found by the item they name, under each of its names', async () => {
  const principal = newId(0);
  const subjects = [{ items: ['name', 'phone'] }, { item: 'phone' }, { identifier: 'phone' }, { items: ['name'] }, {}];
  const entries = subjects.map((one, i) => logEntry(i, { kind: 'public' }, 'people:use', { principal, ...one }));
  await house.app.transaction((tx) => append(tx, ...entries));
  const found = await listEntries(house.app, { principal, item: 'phone', most: 9 });
  expect(found.map(({ entry }) => entry.id)).toEqual([2, 1, 0].map((i) => entries[i]!.id));
  expect(await listEntries(house.app, { principal, item: 'phone', from: new Date(2), most: 9 })).toHaveLength(1);
});

test('what stands for the entries of an action changes with each that is added, also by a transaction that began before, and with nothing else', async () => {
  const acquired = (): LogEntry => logEntry(at, sekisho, 'people:acquire', {});
  const noted = (): Promise<string> => entriesNoted(house.app, 'people:acquire');
  const seen = new Set([await noted()]);
  const anew = async (): Promise<void> => {
    const now = await noted();
    expect([...seen]).not.toContain(now);
    seen.add(now);
  };
  await write(acquired());
  await anew();
  await house.owner.transaction(async (early) => {
    await append(early, acquired());
    // Begun later but committed before it.
    await write(acquired());
    await anew();
    await write(acquired());
    await anew();
  });
  await anew();
  // Once no open transaction could still add an earlier entry, the text is stable; other log entries do not change it.
  await expect.poll(async () => (await noted()).includes(' '), { interval: 20 }).toBe(false);
  const settled = await noted();
  await write(entryOf(1));
  expect(await noted()).toBe(settled);
  await write(acquired());
  expect(await noted()).not.toBe(settled);
  const undone = house.app.transaction(async (tx) => {
    await append(tx, acquired());
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
});

test('without the right to write the log, the effect does not happen either', async () => {
  await house.owner.query('CREATE TABLE effects (key uuid PRIMARY KEY)', []);
  await house.owner.query('GRANT SELECT, INSERT ON effects TO sekisho_app', []);
  await house.owner.query(
    'REVOKE INSERT (id, at, action, actor, principal_id, entry) ON log_entries FROM sekisho_app',
    [],
  );
  const entry = entryOf(40);
  const effect = {
    name: 'effect',
    sql: 'effected AS (INSERT INTO effects (key) VALUES ($1::uuid) RETURNING key)',
    values: [entry.id],
  };
  await expect(
    runParts(house.app, 'test.closed', [effect, appending([{ key: entry.id, entry }])], 'SELECT key FROM effected'),
  ).rejects.toMatchObject({ code: '42501' });
  expect(await house.app.query('SELECT key FROM effects', [])).toEqual([]);
});
