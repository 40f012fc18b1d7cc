import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { checkpointProvers } from './promises.ts';

let house: TestOffice;
beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-11-24T10:00:00+09:00' });
});
afterAll(() => house.close());

const proofOf = (promise: string) =>
  checkpointProvers.find((prover) => prover.promise === promise)!.prove(house.office);

test('that every access is logged is broken as soon as the log could be changed, or not written', async () => {
  const { owner } = house.db;
  expect(await proofOf('every-access-logged')).toMatchObject({ state: 'kept', fix: [] });
  await owner.query('GRANT DELETE ON log_entries TO sekisho_app', []);
  expect(await proofOf('every-access-logged')).toMatchObject({ state: 'broken' });
  await owner.query('REVOKE DELETE ON log_entries FROM sekisho_app', []);
  await owner.query('REVOKE INSERT (id, at, action, actor, principal_id, entry) ON log_entries FROM sekisho_app', []);
  expect(await proofOf('every-access-logged')).toMatchObject({ state: 'broken' });
});

test('the list of equivalent countries is at risk until a person compared it, and broken after a year', async () => {
  expect(await proofOf('equivalent-countries-dated')).toMatchObject({ state: 'risk' });
  house.clock.moveTo('2027-11-25T10:00:00+09:00');
  expect(await proofOf('equivalent-countries-dated')).toMatchObject({ state: 'broken' });
});
