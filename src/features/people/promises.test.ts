// Compares persons held and erased with the log: nobody leaves the vault without an erasure on record, and nobody comes back.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  byOfficer,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import { eraseAll } from '../checkpoint/index.ts';
import { provide } from '../provision/index.ts';
import { dropIdentitiesOver } from './actions/clear.ts';
import { peopleProvers } from './index.ts';

let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let holding: string;
let held: string;
let erased: string;

beforeAll(async () => {
  house = await openTestOffice(() => []);
  closeCheckpoint = await openTestCheckpoint(house);
  holding = await addHolding(house);
  held = (await addPerson(house, holding, { name: '例示 花子', email: 'hanako@example.jp' })).principal;
  erased = (await addPerson(house, holding, { name: '例示 太郎', email: 'taro@example.jp' })).principal;
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});

/** The state, the number, and what is named as a mismatch. */
async function proved(nth = 0): Promise<unknown[]> {
  const { state, evidence } = await peopleProvers[nth]!.prove(house.office);
  const [all, , ...strange] = evidence;
  return [state, all!.value.ja, ...strange.map(({ label, href }) => [label.ja.split('：')[1], href])];
}

const page = (id: string): string => `/people/${id}`;
const lost = '消去の記録なしに失われた';
const takenAway = (): string => `DELETE FROM vault_principals WHERE id = '${held}'`;

test('nobody was erased: kept; somebody who vanished is named, and no erasure that somebody wrote down excuses it', async () => {
  expect(await proved()).toEqual(['kept', '0件']);
  await tampered(house.db, ['vault_principals'], takenAway(), async () => {
    expect(await proved()).toEqual(['broken', '1件', [lost, page(held)]]);
    const forged = `INSERT INTO vault_erasures (principal_id, entry_id, erased_at, holdings, items)
      SELECT '${held}', id, now(), '{}', 1 FROM log_entries WHERE principal_id = '${held}'`;
    await tampered(house.db, ['vault_erasures'], forged, async () =>
      expect(await proved()).toEqual(['broken', '1件', ['消去の記録がない', page(held)]]),
    );
  });
  expect(await proved()).toEqual(['kept', '0件']);
});

test('an erasure is as the log has it: kept; a key that comes back afterwards is named', async () => {
  const key = `SELECT kek_version, wrapped_key, created_at FROM vault_principals WHERE id = '${erased}'`;
  await house.db.owner.query(`CREATE TABLE kept_key AS ${key}`, []);
  const asked = { principal: erased, ground: 'no-longer-needed' } as const;
  valueOf(await eraseAll(house.office, byOfficer(house), asked));
  expect(await proved()).toEqual(['kept', '1件']);
  const back = `INSERT INTO vault_principals (id, kek_version, wrapped_key, created_at) SELECT '${erased}', * FROM kept_key`;
  await tampered(house.db, ['vault_principals'], back, async () =>
    expect(await proved()).toEqual(['broken', '1件', ['消去の後に、再び保有している', page(erased)]]),
  );
  expect(await proved()).toEqual(['kept', '1件']);
});

test('who an erased person was is there as long as the log says: one that was taken away, put there or kept too long is named', async () => {
  const named = (await addPerson(house, holding, { name: '例示 記録', email: 'kiroku@example.jp' })).principal;
  const recipient = await addRecipient(house);
  await addConsent(house, named, await addConsentText(house, { holding, recipients: [recipient], items: ['email'] }));
  const by = byOfficer(house);
  const ask = { principal: named, holding, items: ['email'], purpose: 'P3', recipient } as const;
  valueOf(await provide(house.office, by, { ...ask, facts: { relation: 'third-party' } }));
  expect(await proved(1)).toEqual(['kept', '0件']);
  valueOf(await eraseAll(house.office, by, { principal: named, ground: 'no-longer-needed' }));
  expect(await proved(1)).toEqual(['kept', '1件']);
  const taken = `DELETE FROM kept_identities WHERE id = '${named}'`;
  const gone = ['消去の記録なしに失われた', page(named)];
  await tampered(house.db, ['kept_identities'], taken, async () =>
    expect(await proved(1)).toEqual(['broken', '1件', gone]),
  );
  const put = `INSERT INTO kept_identities SELECT '${erased}', kek_version, wrapped_key, sealed FROM kept_identities`;
  await tampered(house.db, ['kept_identities'], put, async () =>
    expect(await proved(1)).toEqual(['broken', '2件', ['残した記録がない', page(erased)]]),
  );
  // The record is over and erased by the round; the identity may stay for another day.
  const { clock, db } = house;
  clock.moveTo('2029-12-08T09:00:00+09:00');
  await db.owner.query('DELETE FROM provision_records', []);
  expect(await proved(1)).toEqual(['kept', '1件']);
  clock.moveTo('2029-12-09T09:00:00+09:00');
  expect(await proved(1)).toEqual(['broken', '1件', ['記録の保存が終わった後も残っている', page(named)]]);
  expect(await dropIdentitiesOver(house.office)).toBe(1);
  expect(await proved(1)).toEqual(['kept', '0件']);
});
