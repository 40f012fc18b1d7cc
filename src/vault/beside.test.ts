// What is kept beside a person's records, and what waits in a package: each text opens only in its own place, and every reader is logged.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/house.ts';
import { newId } from '../base/id.ts';
import { listEntries } from '../log/index.ts';
import { standingClock } from '../platform/clock.ts';
import { runParts } from '../platform/statement.ts';
import { carryBeside, sealBeside, showBeside, type Closed } from './beside.ts';
import { KeyMismatch } from './keys.ts';
import { openPart, packageKey, sealPart } from './package.ts';
import { mint } from './permit.ts';
import { SealBroken } from './seal.ts';
import { admitAll, creating, erase, openVault, personKeys, seal, type PersonKey, type Vault } from './vault.ts';

const clock = standingClock('2026-11-24T10:00:00+09:00');
const now = clock.now();
const holding = newId(now);
const reader = {
  actor: { kind: 'staff', id: newId(now), name: '例示 一郎', roles: ['desk'] },
  authority: ['desk'],
} as const;

let house: TestDatabase;
let vault: Vault;
let folder: string;
beforeAll(async () => {
  house = await testDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-beside-'));
  vault = await openVault(house.app, path.join(folder, 'keys'));
});
afterAll(async () => {
  await house.drop();
  fs.rmSync(folder, { recursive: true });
});

const permit = (act: 'acquire' | 'erase', principal: string) =>
  mint({
    decision: newId(now),
    act,
    principals: [principal],
    holding: 'all',
    items: 'all',
    purposes: ['P3'],
    until: now,
  });

async function someone(): Promise<{ principal: string; key: PersonKey }> {
  const principal = newId(now);
  const person = seal(vault, { permit: permit('acquire', principal), principal, holding, items: { note: 'x' }, now });
  await runParts(house.app, 'test.create', [admitAll([principal]), creating([person])], 'SELECT key FROM effected');
  return { principal, key: (await personKeys(house.app, [principal])).get(principal)! };
}

const shown = (closed: readonly Closed[]) => showBeside({ database: house.app, vault, clock }, reader, closed);

const entriesAbout = async (principal: string) =>
  (await listEntries(house.app, { principal, most: 9 })).map(({ entry }) => entry);

test('what was written of one thing opens for that alone, and for its person', async () => {
  const [one, other] = [await someone(), await someone()];
  const [of, another] = [newId(now), newId(now)];
  const sealed = sealBeside(vault, one.key, { principal: one.principal, of }, { said: '電話で聞いた' });
  const carried = (place: { principal: string; of: string }) => carryBeside(house.app, vault, { ...place, sealed });
  expect(await carried({ principal: one.principal, of })).toEqual({ said: '電話で聞いた' });
  expect(await carried({ principal: one.principal, of: another })).toBe('unreadable');
  expect(await carried({ principal: other.principal, of })).toBe('unreadable');
  expect(await carried({ principal: newId(now), of })).toBe('unreadable');
  await house.app.transaction((tx) => erase(tx, permit('erase', one.principal), { principal: one.principal, now }));
  expect(await carried({ principal: one.principal, of })).toBe('gone');
});

test('everything that somebody saw is named on record, once, however much it is; what says nothing or does not open was not seen', async () => {
  const { principal, key } = await someone();
  const closed = Array.from({ length: 301 }, () => {
    const of = newId(now);
    return { principal, of, sealed: sealBeside(vault, key, { principal, of }, { said: '窓口' }) };
  });
  const bare = newId(now);
  const empty = { principal, of: bare, sealed: sealBeside(vault, key, { principal, of: bare }, {}) };
  const moved = { ...closed[0]!, of: newId(now) };
  const found = await shown([...closed, empty, moved]);
  expect([found.get(closed[300]!.of), found.get(bare), found.get(moved.of)]).toEqual([
    { said: '窓口' },
    {},
    'unreadable',
  ]);
  const entries = await entriesAbout(principal);
  expect(entries).toMatchObject(
    entries.map(() => ({ action: 'people:words', actor: `staff:${reader.actor.id}`, authority: ['desk'] })),
  );
  expect(entries.map(({ records }) => (records as string[]).length).toSorted()).toEqual([1, 300]);
  expect(new Set(entries.flatMap(({ records }) => records as string[]))).toEqual(new Set(closed.map(({ of }) => of)));
  await shown([empty, moved]);
  expect(await entriesAbout(principal)).toHaveLength(2);
});

test('what cannot be put on record is not shown', async () => {
  const { principal, key } = await someone();
  const of = newId(now);
  const closed = { principal, of, sealed: sealBeside(vault, key, { principal, of }, { said: '窓口' }) };
  await house.owner.query('REVOKE INSERT ON log_entries FROM sekisho_app', []);
  await expect(shown([closed])).rejects.toThrow('permission denied');
  await house.owner.query(
    'GRANT INSERT (id, at, action, actor, principal_id, entry) ON log_entries TO sekisho_app',
    [],
  );
  expect((await shown([closed])).get(of)).toEqual({ said: '窓口' });
});

test('a part of a package opens as that part of that package alone', () => {
  const [one, other] = [newId(now), newId(now)];
  const key = packageKey(vault, one);
  const sealed = sealPart(vault, key, { package: one, part: 1 }, '例示,花子\n');
  const opened =
    (place: { package: string; part: number }, bytes = sealed) =>
    () =>
      openPart(vault, key, place, bytes).toString();
  expect(opened({ package: one, part: 1 })()).toBe('例示,花子\n');
  expect(opened({ package: one, part: 2 })).toThrow(SealBroken);
  expect(opened({ package: one, part: 0 })).toThrow(SealBroken);
  expect(opened({ package: one, part: 1 }, sealed.subarray(1))).toThrow(SealBroken);
  expect(opened({ package: other, part: 1 })).toThrow(KeyMismatch);
});
