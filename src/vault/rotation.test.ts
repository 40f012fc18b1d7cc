// Switching to a new KEK while other processes work: every key opens at any time in any process, and in the end only by the new KEK.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/house.ts';
import { newId } from '../base/id.ts';
import { runParts } from '../platform/statement.ts';
import { StartProblem } from '../platform/start-problem.ts';
import { createKeyFile } from './key-files.ts';
import { KeyBehind, KeyMismatch } from './keys.ts';
import { mint, type Act, type Permit } from './permit.ts';
import { adoptKeys, keyVersions, rewrap } from './rotation.ts';
import { indexKeyRow, keyRows, putIndexKey } from './store.ts';
import {
  admitAll,
  creating,
  erase,
  heldAbout,
  open,
  opening,
  openVault,
  seal,
  search,
  type Found,
  type Vault,
} from './vault.ts';

const NOW = Date.parse('2026-11-30T01:00:00Z');
const holding = newId(NOW);

let house: TestDatabase;
let keys: string;
beforeAll(async () => {
  house = await testDatabase();
  keys = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-keys-'));
});
afterAll(async () => {
  await house.drop();
  fs.rmSync(keys, { recursive: true });
});

const permit = (act: Act, principal: string): Permit =>
  mint({
    decision: newId(NOW),
    act,
    principals: [principal],
    holding: 'all',
    items: 'all',
    purposes: ['P3'],
    until: NOW + 60_000,
  });

async function create(vault: Vault, name: string): Promise<string> {
  const principal = newId(NOW);
  const creation = { permit: permit('acquire', principal), principal, holding, items: { name }, now: NOW };
  const parts = [admitAll([principal]), creating([seal(vault, creation)])];
  expect(await runParts(house.app, 'test.create', parts, 'SELECT key FROM effected')).toHaveLength(1);
  return principal;
}

async function nameOf(vault: Vault, principal: string): Promise<string | undefined> {
  const asked = { principal, holding, items: ['name'] };
  const [row] = await runParts<Found>(
    house.app,
    'test.read',
    [opening([{ key: newId(NOW), ...asked, purposes: null }])],
    'SELECT * FROM found',
  );
  return open(vault, permit('use', principal), row!, { ...asked, now: NOW })['name'];
}

const adopted: number[] = [];
const adopt = (vault: Vault, folder = keys): Promise<void> =>
  adoptKeys(house.app, vault, folder, (_, version) => {
    adopted.push(version);
    return Promise.resolve();
  });

const retired: object[] = [];
/** `pages`: how many pages of work before it is cut short. */
const goOn = (vault: Vault, { pages = Infinity, settlesMs = 0 } = {}): Promise<boolean> => {
  let left = pages;
  return rewrap(house.app, vault, {
    now: NOW,
    settlesMs,
    rest: () => Promise.resolve(--left > 0),
    record: (_, what) => {
      retired.push(what);
      return Promise.resolve();
    },
  });
};

const wraps = async (): Promise<[number, number, boolean][]> =>
  (await keyVersions(house.app, keys)).versions.map((one) => [one.version, one.wraps, one.retired !== null]);

const PEOPLE = 1_203;

test('each person opens all the time, and at the end by the new key alone', async () => {
  const vault = await openVault(house.app, keys);
  const other = await openVault(house.app, keys);
  const people: string[] = [];
  for (let i = 0; i < PEOPLE; i++) people.push(await create(vault, `例示 ${i}`));
  await adopt(vault);
  expect(await goOn(vault)).toBe(true);
  expect([adopted, retired]).toEqual([[], []]);
  expect(await wraps()).toEqual([[1, PEOPLE + 1, false]]);

  createKeyFile(keys, 2);
  await adopt(vault);
  expect(adopted).toEqual([2]);
  const fresh = await create(vault, '新しい人');
  expect(await wraps()).toEqual([
    [2, 1, false],
    [1, PEOPLE + 1, false],
  ]);
  // A process that has not heard of the new KEK opens what the other wrapped, and wraps by the new KEK from then on.
  expect(other.keeper.version).toBe(1);
  expect(await nameOf(other, fresh)).toBe('新しい人');
  expect(other.keeper.version).toBe(2);

  expect(await goOn(vault, { pages: 2 })).toBe(false);
  expect(await wraps()).toEqual([
    [2, 1_001, false],
    [1, PEOPLE - 999, false],
  ]);
  for (const at of [0, 999, 1_000, PEOPLE - 1])
    for (const process of [vault, other]) expect(await nameOf(process, people[at]!)).toBe(`例示 ${at}`);
  await house.app.transaction((tx) => erase(tx, permit('erase', people[0]!), { principal: people[0]!, now: NOW }));

  // Another process may have wrapped by the older KEK a moment ago.
  expect(await goOn(vault, { settlesMs: 300_000 })).toBe(false);
  expect(await wraps()).toEqual([
    [2, PEOPLE + 1, false],
    [1, 0, false],
  ]);
  expect(retired).toEqual([]);
  expect(await goOn(vault)).toBe(true);
  expect(retired).toEqual([{ version: 2, former: [1] }]);
  expect(await goOn(vault)).toBe(true);
  expect(retired).toHaveLength(1);

  // The former key is no longer needed.
  fs.renameSync(path.join(keys, 'vault-1.key'), path.join(keys, 'apart'));
  const later = await openVault(house.app, keys);
  expect(later.keeper.version).toBe(2);
  expect(await nameOf(later, people[1]!)).toBe('例示 1');
  expect(await search(house.app, later, [{ kind: 'name', term: '例示 7' }], null, 50)).toMatchObject([
    { principal: people[7] },
  ]);
  expect(await heldAbout(house.app, people[0]!)).toMatchObject({ holdings: [holding] });
  fs.renameSync(path.join(keys, 'apart'), path.join(keys, 'vault-1.key'));
});

test('a key that does not open stays as it is, and the former key with it', async () => {
  const vault = await openVault(house.app, keys);
  const [damaged, sound] = [await create(vault, '壊れる人'), await create(vault, '無事な人')];
  const [row] = await house.owner.query<{ wrapped_key: Buffer }>(
    'SELECT wrapped_key FROM vault_principals WHERE id = $1',
    [damaged],
  );
  const turned = Buffer.from(row!.wrapped_key);
  turned[20]! ^= 1;
  const put = (key: Buffer) =>
    house.owner.query('UPDATE vault_principals SET wrapped_key = $2 WHERE id = $1', [damaged, key]);
  await put(turned);
  createKeyFile(keys, 3);
  await adopt(vault);
  expect(await goOn(vault)).toBe(false);
  expect(await wraps()).toEqual([
    [3, PEOPLE + 2, false],
    [2, 1, false],
    [1, 0, true],
  ]);
  expect(await nameOf(vault, sound)).toBe('無事な人');
  // Once restored from a backup, the key is rewrapped.
  await put(row!.wrapped_key);
  expect(await goOn(vault)).toBe(true);
  expect(await nameOf(vault, damaged)).toBe('壊れる人');
  expect(retired.at(-1)).toEqual({ version: 3, former: [2] });
});

test('a start needs the keys that wrap something, each the right one', async () => {
  const vault = await openVault(house.app, keys);
  const elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-keys-'));
  fs.copyFileSync(path.join(keys, 'vault-3.key'), path.join(elsewhere, 'vault-3.key'));
  const other = await openVault(house.app, elsewhere);
  createKeyFile(keys, 4);
  await adopt(vault);
  await create(vault, '次の人');
  await expect(openVault(house.app, elsewhere)).rejects.toThrow(/vault-4\.key\)\. Without it/);
  await expect(adopt(other, elsewhere)).rejects.toThrow(/vault-4\.key\)\. Without it/);
  createKeyFile(elsewhere, 4);
  await expect(openVault(house.app, elsewhere)).rejects.toThrow('version 4) does not belong to this database');
  await expect(adopt(other, elsewhere)).rejects.toThrow('version 4) does not belong to this database');
  expect(other.keeper.version).toBe(3);
  fs.copyFileSync(path.join(keys, 'vault-4.key'), path.join(elsewhere, 'vault-4.key'));
  await adopt(other, elsewhere);
  expect(other.keeper.version).toBe(4);
  expect(adopted).toEqual([2, 3, 4]);
  fs.rmSync(elsewhere, { recursive: true });
});

test('two processes at once record it once, and wrap each key once', async () => {
  const [one, two] = [await openVault(house.app, keys), await openVault(house.app, keys)];
  createKeyFile(keys, 5);
  await Promise.all([adopt(one), adopt(two)]);
  expect(adopted).toEqual([2, 3, 4, 5]);
  await Promise.all([goOn(one), goOn(two)]);
  expect(await goOn(one)).toBe(true);
  expect(retired.at(-1)).toEqual({ version: 5, former: [3, 4] });
  expect(retired.filter((what) => JSON.stringify(what).includes('"version":5'))).toHaveLength(1);
  expect((await wraps())[0]).toEqual([5, PEOPLE + 4, false]);
});

test('a process with another key of the next version wraps nothing by it, and nothing at all while others use the right one', async () => {
  const vault = await openVault(house.app, keys);
  const elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-keys-'));
  fs.copyFileSync(path.join(keys, 'vault-5.key'), path.join(elsewhere, 'vault-5.key'));
  const other = await openVault(house.app, elsewhere);
  createKeyFile(keys, 6);
  createKeyFile(elsewhere, 6);
  await adopt(vault);
  const fresh = await create(vault, '六番目の人');
  await expect(nameOf(other, fresh)).rejects.toThrow(KeyMismatch);
  expect(other.keeper.version).toBe(5);
  const before = await create(other, '五番目の人');
  expect(await nameOf(vault, before)).toBe('五番目の人');

  for (const wrong of [() => undefined, () => fs.rmSync(path.join(elsewhere, 'vault-6.key'))]) {
    wrong();
    await expect(adopt(other, elsewhere)).rejects.toThrow(StartProblem);
    await expect(create(other, '入れない人')).rejects.toThrow(KeyBehind);
    expect(await nameOf(other, before)).toBe('五番目の人');
  }
  fs.copyFileSync(path.join(keys, 'vault-6.key'), path.join(elsewhere, 'vault-6.key'));
  await adopt(other, elsewhere);
  expect(await nameOf(vault, await create(other, '最後の人'))).toBe('最後の人');
  expect(await nameOf(other, fresh)).toBe('六番目の人');
  fs.rmSync(elsewhere, { recursive: true });
});

test('a version that was long in use says nothing of how long the new one has been there', async () => {
  const vault = await openVault(house.app, keys);
  const next = vault.keeper.version + 1;
  await house.owner.query("UPDATE vault_keys SET created_at = created_at - interval '1 day'", []);
  createKeyFile(keys, next);
  await adopt(vault);
  expect(await goOn(vault, { settlesMs: 3_600_000 })).toBe(false);
  expect((await keyRows(house.app)).at(-2)!.retired_at).toBeNull();
  expect(await goOn(vault)).toBe(true);
  expect((await keyRows(house.app)).at(-2)!.retired_at).not.toBeNull();
});

test('the key of the search index that another process has rewrapped is not put back', async () => {
  const before = (await indexKeyRow(house.app))!;
  await putIndexKey(house.app, before.kek_version, Buffer.from('former'), Buffer.from('late'));
  expect(await indexKeyRow(house.app)).toEqual(before);
});
