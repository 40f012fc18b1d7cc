// What the record of a receipt says of a private individual who gave the information (30(3), Rules 24(1)): it can be read as long as the record has to
// be kept, also once the person the information is about is erased, and goes with the record.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesWith } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { addHolding, byOfficer, openTestCheckpoint, storeAsFormerly, valueOf } from '../../../tests/people.ts';
import { flipped, tampered } from '../../../tests/tamper.ts';
import { listEntries } from '../../log/index.ts';
import { uncleared } from '../../vault/index.ts';
import type { By } from '../access/index.ts';
import { eraseAll } from '../checkpoint/index.ts';
import { clearDropped } from '../people/actions/clear.ts';
import { acquire, acquisition, asStated, eraseExpired, sealWaitingProviders } from './actions.ts';
import { acquisitionProvers } from './promises.ts';
import type { AcquisitionRecord } from './tables.ts';

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

const provider = { kind: 'private-person', name: '紹介 花子', address: '例示町2-2-2' } as const;
const given = {
  provider,
  basis: 'private-person',
  howAcquired: '友人として名刺を受け取った',
  documentSeen: true,
  record: { mode: 'each' },
} as const;

let n = 0;

/** What a private individual gave of somebody, which is put on record, or what they had published, which is not (30). */
async function taken(source: 'third-party' | 'public' = 'third-party', known?: string): Promise<AcquisitionRecord> {
  const receipt = source === 'public' ? { provider } : given;
  const items = known ? { note: 'x' } : { email: `given-${++n}@example.jp` };
  const of = known ? { principal: known } : {};
  const ask = { holding, channel: 'oral', source, purposes: ['P3'], items, receipt, ...of };
  return valueOf(await acquire(house.office, by, ask)).record;
}

const erase = async (principal: string) =>
  valueOf(await eraseAll(house.office, by, { principal, ground: 'no-longer-needed' }));
const statedIn = async (id: string): Promise<AcquisitionRecord> =>
  (await asStated(house.office, by, [valueOf(await acquisition(house.office, id))]))[0]!;
const looksAt = async (principal: string) =>
  (await listEntries(house.office.database, { principal, actions: ['people:words'], most: 9 })).map(
    ({ entry }) => entry,
  );

const sourced = async () => {
  const { state, evidence } = await acquisitionProvers
    .find(({ promise }) => promise === 'source-recorded')!
    .prove(house.office);
  return [state, evidence[1]?.value.ja];
};

const keysOf = (id: string) =>
  house.db.owner.query<{ wrapped_key: Buffer }>('SELECT wrapped_key FROM acquisition_providers WHERE id = $1', [id]);
const left = { receipt: { basis: given.basis, provider: { kind: provider.kind } } };

test('a record that has to be kept says who gave the information after the person is erased, and each look is in the log', async () => {
  const { id, principal } = await taken();
  expect(await statedIn(id)).toMatchObject({ receipt: given, unread: null });
  await erase(principal);
  expect(await statedIn(id)).toMatchObject({ receipt: given, unread: null });
  const actor = `staff:${house.staff['officer']!}`;
  expect(await looksAt(principal)).toMatchObject([{ records: [id] }, { records: [id], actor }]);
  expect(await sourced()).toEqual(['kept', '0件']);
});

test('what was added to a known person says it too', async () => {
  const { principal } = await taken();
  const added = await taken('third-party', principal);
  await erase(principal);
  expect(await statedIn(added.id)).toMatchObject({ receipt: given, unread: null });
});

test('of what has to be on no record, who published it goes with the person', async () => {
  const { id, principal } = await taken('public');
  expect(await statedIn(id)).toMatchObject({ receipt: { provider }, unread: null });
  expect(await keysOf(id)).toEqual([]);
  await erase(principal);
  expect(await statedIn(id)).toMatchObject({ receipt: { provider: { kind: provider.kind } }, unread: 'gone' });
  expect(await sourced()).toEqual(['kept', '0件']);
});

test('the item of the law it was given under is on record, and the document beside the person goes with them', async () => {
  const exception = { item: '27(1)(i)', legalBasis: '例示法5条 山田花子の件', lawOfJapan: true } as const;
  const company = { kind: 'corporation', name: '例示商事', address: '例示町1', representative: '例示 次郎' } as const;
  const receipt = { provider: company, basis: 'exception', exception } as const;
  const asked = { holding, channel: 'oral', source: 'third-party', purposes: ['P3'], items: { note: 'x' } } as const;
  const { exception: _, ...unnamed } = receipt;
  const refused = await acquire(house.office, by, { ...asked, receipt: unnamed });
  expect(refused).toMatchObject({ problem: { finding: { missing: [{ fact: 'receipt.exception.item' }] } } });
  const { id, principal } = valueOf(await acquire(house.office, by, { ...asked, receipt })).record;
  expect(await statedIn(id)).toMatchObject({ receipt, unread: null });
  const [row] = await house.db.owner.query<{ receipt: object }>('SELECT receipt FROM acquisitions WHERE id = $1', [id]);
  expect(row!.receipt).toEqual({
    provider: company,
    basis: 'exception',
    exception: { item: '27(1)(i)', lawOfJapan: true },
  });
  await erase(principal);
  expect(await statedIn(id)).toMatchObject({ receipt: row!.receipt, unread: 'gone' });
});

test('it stays until the record is over, and then goes with its key, which leaves the files', async () => {
  const { id, principal } = await taken();
  await erase(principal);
  const [key] = await keysOf(id);
  const until = (on: string) => house.db.owner.query('UPDATE acquisitions SET keep_until = $2 WHERE id = $1', [id, on]);
  await until('2026-11-26');
  expect(await eraseExpired(house.office)).toBe(0);
  expect(await statedIn(id)).toMatchObject({ receipt: given });
  await until('2026-11-25');
  expect(await eraseExpired(house.office)).toBe(1);
  expect(await keysOf(id)).toEqual([]);
  expect((await uncleared(house.office.database)).map(({ table }) => table)).toContain('acquisition_providers');
  const table = 'acquisition_providers';
  await expect.poll(() => clearDropped(house.office, table)).toBeGreaterThan(0);
  expect(await filesWith(house.db.owner, table, [key!.wrapped_key])).toEqual([]);
});

test('what was written into another’s place, or over it, says that it does not open, and is no look; a lost one breaks the promise', async () => {
  const [one, other] = [await taken(), await taken()];
  for (const { principal } of [one, other]) await erase(principal);
  const copy = `UPDATE acquisition_providers SET sealed = o.sealed, wrapped_key = o.wrapped_key
    FROM acquisition_providers o WHERE acquisition_providers.id = '${one.id}' AND o.id = '${other.id}'`;
  const damage = `UPDATE acquisition_providers SET ${flipped()} WHERE id = '${one.id}'`;
  for (const change of [copy, damage])
    await tampered(house.db, ['acquisition_providers'], change, async () => {
      expect(await statedIn(one.id)).toMatchObject({ ...left, unread: 'unreadable' });
      expect(await looksAt(one.principal)).toEqual([]);
    });
  const lose = `DELETE FROM acquisition_providers WHERE id = '${one.id}'`;
  await tampered(house.db, ['acquisition_providers'], lose, async () =>
    expect(await sourced()).toEqual(['broken', '1件']),
  );
  expect(await sourced()).toEqual(['kept', '0件']);
});

test('what an earlier version sealed under the key of the person is sealed under one of its own before the person is erased', async () => {
  const [held, damaged, gone] = [await taken(), await taken(), await taken()];
  for (const one of [held, damaged, gone]) await storeAsFormerly(house.db.owner, house.office, one);
  await house.db.owner.query(`UPDATE acquisitions SET ${flipped()} WHERE id = $1`, [damaged.id]);
  expect(await statedIn(held.id)).toMatchObject({ receipt: given, unread: null });
  await erase(gone.principal);
  expect(await sourced()).toEqual(['broken', '1件']);
  for (const _ of [1, 2]) await sealWaitingProviders(house.office);
  expect((await Promise.all([held, damaged, gone].map(({ id }) => keysOf(id)))).map((keys) => keys.length)).toEqual([
    1, 0, 0,
  ]);
  for (const { principal } of [held, damaged]) await erase(principal);
  expect(await statedIn(held.id)).toMatchObject({ receipt: given, unread: null });
  for (const { id } of [damaged, gone]) expect(await statedIn(id)).toMatchObject({ ...left, unread: 'gone' });
  expect(await sourced()).toEqual(['broken', '2件']);
  // Once their period is over nothing has to be on record of them.
  house.clock.moveTo('2029-11-27T10:00:00+09:00');
  expect(await sourced()).toEqual(['kept', '0件']);
});
