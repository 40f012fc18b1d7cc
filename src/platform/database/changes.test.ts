// Tables note their changes, by any writer, in the same transaction, and without one connection waiting for another.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { changesOf } from './index.ts';

let house: TestDatabase;
beforeAll(async () => {
  house = await testDatabase();
});
afterAll(() => house.drop());

const noted = (...tables: string[]) => changesOf(house.app, tables);
const acquired = `INSERT INTO acquisitions (id, principal_id, holding_id, at, actor, channel, source, purposes, items, because, duties,
    law_version, policy_version)
  VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now(), 'sekisho', 'oral', 'principal', '{P3}', '{name}', '{}', '[]',
    '2026-11-24', 1)`;

/** Which of the two tables `work` changed. */
async function changing(work: () => Promise<unknown>): Promise<string[]> {
  const before = [await noted('acquisitions'), await noted('log_entries')];
  await work();
  const after = [await noted('acquisitions'), await noted('log_entries')];
  return ['acquisitions', 'log_entries'].filter((_, i) => before[i] !== after[i]);
}

test('the same content is the same text, of one table and of several', async () => {
  expect(await changing(() => house.app.query('SELECT * FROM acquisitions', []))).toEqual([]);
  expect(await noted('acquisitions', 'log_entries')).toBe(await noted('log_entries', 'acquisitions'));
});

test.each<[string, string]>([
  ['somebody adds', acquired],
  ['somebody changes', "UPDATE acquisitions SET channel = 'paper'"],
  ['somebody removes', 'DELETE FROM acquisitions WHERE id = (SELECT id FROM acquisitions LIMIT 1)'],
  ['somebody empties it', 'TRUNCATE acquisitions'],
])('it is noted when %s', async (_, change) => {
  await house.owner.query(acquired, []);
  expect(await changing(() => house.owner.query(change, []))).toEqual(['acquisitions']);
  expect(await changing(() => house.owner.query(change, []))).toEqual(['acquisitions']);
});

test('what the application adds is noted, but for acquisitions and records of the vault, which come with an entry of the log', async () => {
  const request = `INSERT INTO policy_versions SELECT * FROM policy_versions WHERE false`;
  const before = await noted('policy_versions');
  await house.app.query(request, []);
  expect(await noted('policy_versions')).not.toBe(before);
  expect(await changing(() => house.app.query(acquired, []))).toEqual([]);
});

test('the owner who holds triggers off is noted, and so is a rewriting of the log; what is added to the log is not', async () => {
  const entry =
    "INSERT INTO log_entries (id, at, action, actor, entry) VALUES (gen_random_uuid(), now(), 'system:create', 'sekisho', '{}')";
  const without = (change: string) => () =>
    house.owner.transaction(async (tx) => {
      await tx.query('SET LOCAL session_replication_role = replica', []);
      await tx.query(change, []);
    });
  expect(await changing(without(acquired))).toEqual(['acquisitions']);
  expect(await changing(without(entry))).toEqual([]);
  expect(await changing(without("UPDATE log_entries SET actor = 'public'"))).toEqual(['log_entries']);
  expect(await changing(without('DELETE FROM log_entries'))).toEqual(['log_entries']);
});

test('a record of the vault is noted when somebody adds one who is not the application, and when anybody changes or removes it', async () => {
  const added = `INSERT INTO vault_records (principal_id, holding_id, version, items, sealed, digests, created_at, updated_at)
    VALUES (gen_random_uuid(), gen_random_uuid(), 1, '{name}', '', '{}', now(), now())`;
  const noting = async (by: 'app' | 'owner', change: string): Promise<boolean> => {
    const before = await noted('vault_records');
    await house[by].query(change, []);
    return (await noted('vault_records')) !== before;
  };
  expect(await noting('app', added)).toBe(false);
  expect(await noting('owner', added)).toBe(true);
  for (const by of ['app', 'owner'] as const) {
    expect(await noting(by, 'UPDATE vault_records SET version = version + 1')).toBe(true);
    expect(
      await noting(
        by,
        'DELETE FROM vault_records WHERE principal_id = (SELECT principal_id FROM vault_records LIMIT 1)',
      ),
    ).toBe(true);
  }
});

test('a change is seen with its transaction, though others came after it, and not if it is undone', async () => {
  const stop = new Error('undone');
  const undone = () =>
    house.owner
      .transaction(async (tx) => {
        await tx.query(acquired, []);
        throw stop;
      })
      .catch((error: unknown) => expect(error).toBe(stop));
  expect(await changing(undone)).toEqual([]);
  let later = '';
  const slow = () =>
    house.owner.transaction(async (tx) => {
      await tx.query(acquired, []);
      // Another connection is not held up and is noted first.
      await house.owner.query(acquired, []);
      later = await noted('acquisitions');
    });
  await slow();
  expect(await noted('acquisitions')).not.toBe(later);
});

test('the application cannot write what is noted, and what ended connections left does not pile up', async () => {
  for (const change of [
    "INSERT INTO table_changes VALUES ('acquisitions', 1, '1')",
    "UPDATE table_changes SET xid = '1'",
    'DELETE FROM table_changes',
  ])
    await expect(house.app.query(change, [])).rejects.toMatchObject({ code: '42501' });
  await house.owner.query('TRUNCATE table_changes', []);
  // Process numbers that no backend has.
  await house.owner.query(
    "INSERT INTO table_changes SELECT t, -n, '3' FROM unnest('{acquisitions,provisions}'::text[]) t, generate_series(1, 500) n",
    [],
  );
  await house.owner.query(acquired, []);
  const left = await house.owner.query(
    'SELECT relation, count(*)::int AS n FROM table_changes GROUP BY 1 ORDER BY 1',
    [],
  );
  expect(left).toEqual([
    { relation: 'acquisitions', n: 1 },
    { relation: 'provisions', n: 500 },
  ]);
});
