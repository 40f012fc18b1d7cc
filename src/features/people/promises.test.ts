// Who is held and who was erased, held against the log: nobody vanishes from the vault without an erasure on record, and nobody comes back.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { addHolding, addPerson, byOfficer, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import { eraseAll } from '../checkpoint/index.ts';
import { peopleProvers } from './index.ts';

let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let held: string;
let erased: string;

beforeAll(async () => {
  house = await openTestOffice(() => []);
  closeCheckpoint = await openTestCheckpoint(house);
  const holding = await addHolding(house);
  held = (await addPerson(house, holding, { name: '例示 花子', email: 'hanako@example.jp' })).principal;
  erased = (await addPerson(house, holding, { name: '例示 太郎', email: 'taro@example.jp' })).principal;
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});

/** The state, how many there are, and what is named as strange. */
async function proved(): Promise<unknown[]> {
  const { state, evidence } = await peopleProvers[0]!.prove(house.office);
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
    expect(await proved()).toEqual(['broken', '1件', ['消去の後にまたある', page(erased)]]),
  );
  expect(await proved()).toEqual(['kept', '1件']);
});
