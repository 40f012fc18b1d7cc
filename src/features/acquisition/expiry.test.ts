// Expiry of an acquisition that is the record of a receipt, having come from somebody else (30(4), Rules 25): it is kept until its time is over
// whatever becomes of the person, and erased after that once the person is erased; while they are held it says where their information came from.

import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clockLeapt, migrationsBefore, testDatabase } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { addHolding, addPerson, byOfficer, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import { listEntries } from '../../log/index.ts';
import { migrate } from '../../platform/database/index.ts';
import type { By } from '../access/index.ts';
import { eraseAll } from '../checkpoint/index.ts';
import { acquire, eraseExpired, keepExpiring } from './actions.ts';
import { acquisitionProvers } from './promises.ts';

let house: TestOffice;
let close: () => Promise<void>;
let by: By;
let holding: string;
beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-11-26T10:00:00+09:00' });
  close = await openTestCheckpoint(house);
  by = byOfficer(house);
  holding = await addHolding(house);
});
afterAll(async () => {
  await close();
  await house.close();
});

let n = 0;
const provider = {
  kind: 'corporation',
  name: '例示商事株式会社',
  address: '例示町1-1',
  representative: '例示 次郎',
} as const;

type Mode = 'each' | 'contract';

const company = { provider, basis: 'consent', consentObtained: true } as const;
const friend = (name: string) =>
  ({ provider: { kind: 'private-person', name, address: '例示町2-2-2' }, basis: 'private-person' }) as const;

/** An acquisition of a person's information from a company or from a private individual. */
async function taken(
  mode: Mode = 'each',
  of?: string,
  seen?: number,
  from: typeof company | ReturnType<typeof friend> = company,
): Promise<{ id: string; principal: string }> {
  const items = of ? { note: `備考 ${++n}` } : { email: `came-${++n}@example.jp`, note: 'x' };
  const { record } = valueOf(
    await acquire(house.office, by, {
      holding,
      channel: 'oral',
      source: 'third-party',
      purposes: ['P3'],
      items,
      ...(of ? { principal: of, seen } : {}),
      receipt: {
        ...from,
        howAcquired: '申込書',
        documentSeen: true,
        record: { mode },
      },
      idempotency: { key: `taken-${n}`, text: `taken ${n}` },
    }),
  );
  return record;
}

const erase = async (principal: string) =>
  valueOf(await eraseAll(house.office, by, { principal, ground: 'no-longer-needed' }));
const until = (id: string, day: string) =>
  house.db.owner.query('UPDATE acquisitions SET keep_until = $2 WHERE id = $1', [id, day]);
const ends = async (id: string) =>
  (await house.db.owner.query<{ on: string }>('SELECT keep_until::text AS on FROM acquisitions WHERE id = $1', [id]))[0]
    ?.on;
const proved = async () => {
  const { state, evidence } = await acquisitionProvers
    .find(({ promise }) => promise === 'every-access-logged')!
    .prove(house.office);
  return [state, evidence[0]!.value.ja, evidence[1]!.value.ja];
};

test('has its end in its row and in the log; what came from the person has none', async () => {
  const { id, principal } = await taken();
  const [last] = await listEntries(house.office.database, { principal, actions: ['people:acquire'], most: 1 });
  expect([await ends(id), last!.entry.keep_until]).toEqual(['2029-11-26', '2029-11-26']);
  const own = (await addPerson(house, holding, { name: '例示 本人', email: `own-${++n}@example.jp` })).principal;
  const row = 'SELECT keep_until FROM acquisitions WHERE principal_id = $1';
  expect(await house.db.owner.query(row, [own])).toEqual([{ keep_until: null }]);
});

test('goes with the key of its request once it is over and the person is erased, and the log names it', async () => {
  const [over, today, held] = [await taken(), await taken(), await taken()];
  for (const { principal } of [over, today]) await erase(principal);
  await until(over.id, '2026-11-25');
  await until(today.id, '2026-11-26');
  await until(held.id, '2026-11-25');
  const round = keepExpiring(house.office, (line) => expect.fail(line));
  await expect.poll(() => ends(over.id)).toBeUndefined();
  await round.stop();
  const [last] = await listEntries(house.office.database, { actions: ['records:expire'], most: 1 });
  expect(last!.entry).toMatchObject({ actor: 'sekisho', acquisitions: [over.id] });
  expect([await ends(today.id), await ends(held.id)]).toEqual(['2026-11-26', '2026-11-25']);
  const keys = 'SELECT 1 FROM acquisition_keys WHERE acquisition_id = $1';
  expect(await house.db.owner.query(keys, [over.id])).toEqual([]);
  expect(await house.db.owner.query(keys, [today.id])).toHaveLength(1);
  await erase(held.principal);
  expect(await eraseExpired(house.office)).toBe(1);
  await until(today.id, '2029-11-26');
});

test('is kept from the last receipt where a contract stands in for the records', async () => {
  const first = await taken('contract');
  expect(await ends(first.id)).toBe('2027-11-26');
  house.clock.moveTo('2027-06-01T10:00:00+09:00');
  const second = await taken('contract', first.principal, 1);
  const other = await taken('each', first.principal, 2);
  house.clock.moveTo('2026-11-26T10:00:00+09:00');
  expect([await ends(first.id), await ends(second.id), await ends(other.id)]).toEqual([
    '2028-06-01',
    '2028-06-01',
    '2030-06-01',
  ]);
});

test('of a private individual is kept from the last receipt from that individual, and no longer for another’s', async () => {
  const first = await taken('contract', undefined, undefined, friend('紹介 花子'));
  house.clock.moveTo('2027-03-01T10:00:00+09:00');
  const other = await taken('contract', first.principal, 1, friend('紹介 太郎'));
  expect([await ends(first.id), await ends(other.id)]).toEqual(['2027-11-26', '2028-03-01']);
  house.clock.moveTo('2027-06-01T10:00:00+09:00');
  const again = await taken('contract', first.principal, 2, friend('紹介　花子'));
  expect([await ends(first.id), await ends(other.id), await ends(again.id)]).toEqual([
    '2028-06-01',
    '2028-03-01',
    '2028-06-01',
  ]);
  // Of what an earlier version stored nobody can tell whose it is. It is kept rather than lost.
  await house.db.owner.query('UPDATE acquisitions SET giver = NULL WHERE id = $1', [other.id]);
  house.clock.moveTo('2027-07-01T10:00:00+09:00');
  await taken('contract', first.principal, 3, friend('紹介 三郎'));
  house.clock.moveTo('2026-11-26T10:00:00+09:00');
  expect([await ends(first.id), await ends(other.id)]).toEqual(['2028-06-01', '2028-07-01']);
});

test('goes neither before, whatever the clock of the application says, nor by the date of a clock that leapt', async () => {
  const one = await taken();
  await erase(one.principal);
  await house.office.database.query("SELECT expire_acquisitions('2099-01-01')", []);
  expect(await ends(one.id)).toBe('2029-11-26');
  await until(one.id, '2026-11-25');
  await clockLeapt(house.db, '2026-11-20T00:00:00Z');
  expect(await eraseExpired(house.office)).toBe(0);
  await clockLeapt(house.db, null);
  expect(await eraseExpired(house.office)).toBe(1);
});

test('one that is gone before its end, or there long after it, breaks the promise; one that was erased in time does not', async () => {
  const [state, all] = await proved();
  expect(state).toBe('kept');
  const one = await taken();
  await erase(one.principal);
  const count = (n: number): string => `${Number.parseInt(String(all), 10) + n}件`;
  await tampered(house.db, ['acquisitions'], `DELETE FROM acquisitions WHERE id = '${one.id}'`, async () =>
    expect(await proved()).toEqual(['broken', count(1), '1件']),
  );
  expect(await proved()).toEqual(['kept', count(1), '0件']);
  await until(one.id, '2026-11-24');
  expect(await proved()).toEqual(['broken', count(1), '1件']);
  expect(await eraseExpired(house.office)).toBe(1);
  expect(await proved()).toEqual(['kept', count(0), '0件']);
});

test('what an earlier version took in ends as its duty says, from the last under one contract, and where it did not say, last of all', async () => {
  const earlier = await migrationsBefore('2026-12-19-d-acquisitions-end.sql');
  const old = await testDatabase({ migrations: earlier });
  try {
    const person = '01890000-0000-7000-8000-000000000001';
    const came = (place: number, receipt: object | null, duty: object): Promise<unknown> =>
      old.owner.query(
        `INSERT INTO acquisitions (id, principal_id, holding_id, at, actor, channel, source, purposes, items, receipt, because, duties, law_version, policy_version)
         VALUES (gen_random_uuid(), $1, $1, make_timestamptz(2026, 11, $2, 10, 0, 0, 'Asia/Tokyo'), 'sekisho', 'oral', $3, '{P1}', '{name}', $4, '{}', $5, '2026-11-24', 1)`,
        [
          person,
          place,
          receipt ? 'third-party' : 'principal',
          receipt && JSON.stringify(receipt),
          JSON.stringify([duty]),
        ],
      );
    const under = (mode: Mode) => ({ provider, record: { mode } });
    await came(1, under('each'), { do: 'record-receipt', keepUntil: '2029-11-01' });
    await came(2, under('contract'), { do: 'record-receipt', keepUntil: '2027-11-02' });
    await came(3, under('contract'), { do: 'record-receipt', keepUntil: '2027-11-03' });
    await came(4, under('each'), { do: 'record-receipt' });
    await came(5, { provider }, { do: 'tell-purpose' });
    await came(6, null, { do: 'tell-purpose' });
    await migrate(old.owner, path.resolve('migrations'));
    const rows = await old.owner.query<{ on: string | null }>(
      'SELECT keep_until::text AS on FROM acquisitions ORDER BY at',
      [],
    );
    expect(rows.map(({ on }) => on)).toEqual(['2029-11-01', '2027-11-03', '2027-11-03', '2029-11-04', null, null]);
  } finally {
    await old.drop();
    fs.rmSync(earlier, { recursive: true });
  }
});
