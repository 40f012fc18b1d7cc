// Which records count as lost with a restored backup: those that the log has and the registers have not, and only once a backup was restored.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { clockLeapt, signAll } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  officerOf,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { day } from '../../base/day.ts';
import { append, logEntry, RESTORED } from '../../log/index.ts';
import { frontierAt } from '../../log/integrate.ts';
import { restoredText } from '../../log/lost.ts';
import { foldRoots } from '../../log/merkle.ts';
import { signText } from '../../log/sign.ts';
import { lastCheckpoint } from '../../log/store.ts';
import { lossesIn } from '../../office.ts';
import type { By } from '../access/index.ts';
import { lostProvisions, provisionsLost } from './actions/lost.ts';
import { provide } from './actions/provide.ts';
import { provisionProvers } from './promises.ts';
import { namedUntil } from './store/records.ts';

let house: TestOffice;
let close: () => Promise<void>;
/** Provisions of two persons, of which the second is lost. */
let given: { id: string; principal: string }[];

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-12-10T10:00:00+09:00' });
  close = await openTestCheckpoint(house);
  const by: By = { actor: officerOf(house), authority: [] };
  const holding = await addHolding(house);
  const recipient = await addRecipient(house);
  const text = await addConsentText(house, { holding, recipients: [recipient], items: ['email'] });
  const give = async (n: number): Promise<{ id: string; principal: string }> => {
    const { principal } = await addPerson(house, holding, { name: '例示 一人', email: `lost-${n}@example.jp` });
    await addConsent(house, principal, text);
    const facts = { relation: 'third-party' } as const;
    const ask = { principal, holding, items: ['email'], purpose: 'P3', recipient, facts };
    const { id } = valueOf(await provide(house.office, by, ask));
    return { id, principal };
  };
  given = [await give(1), await give(2)];
  await house.db.owner.transaction(async (tx) => {
    await tx.query('SET LOCAL session_replication_role = replica', []);
    for (const [table, column] of [
      ['provisions', 'id'],
      ['provision_records', 'provision_id'],
      ['provision_people', 'provision_id'],
    ])
      await tx.query(`DELETE FROM ${table} WHERE ${column} = $1`, [given[1]!.id]);
  });
  await signAll(house.office.database, house.office.signer);
});
afterAll(async () => {
  await close();
  await house.close();
});

/** What counts as lost: the list, the number of the promise, and whose the records are. */
async function lost() {
  const { office } = house;
  const listed = (await lostProvisions(office, { most: 9 })).map(({ id }) => id);
  const counts = await provisionsLost(office, office.clock.today(), await lossesIn(office));
  const principals = given.map(({ principal }) => principal);
  return {
    listed,
    counts: counts.map(({ n }) => n),
    until: Object.fromEntries(await namedUntil(office.database, principals, office.clock.today())),
  };
}

test('what is here is not lost, and what is missing is lost only after a restore', async () => {
  const { database, signer, clock } = house.office;
  const [here, gone] = given as [(typeof given)[0], (typeof given)[0]];
  expect(await lost()).toEqual({ listed: [], counts: [], until: { [here.principal]: '2029-12-10' } });
  const { size } = (await lastCheckpoint(database))!;
  const root = foldRoots((await frontierAt(database, size))!.roots);
  const entry = logEntry(clock.now(), { kind: 'sekisho' }, RESTORED, { here: 0, size, lost: 0 });
  const signature = signText(restoredText(signer.name, entry, root), signer);
  // As after a backup that has the rows of entries which were not yet in the tree.
  await database.transaction((tx) => append(tx, { ...entry, signature }));
  expect(await lost()).toEqual({
    listed: [gone.id],
    counts: [1],
    until: { [here.principal]: day('2029-12-10'), [gone.principal]: day('2029-12-10') },
  });
});

test('a lost record is forgotten when its time is over, and not by a clock that leapt and may be wrong', async () => {
  const { office, clock, db } = house;
  const recorded = provisionProvers.find(({ promise }) => promise === 'provision-recorded')!;
  const known = async () => [(await lostProvisions(office, { most: 9 })).length, (await recorded.prove(office)).state];
  const then = new Date(clock.now()).toISOString();
  clock.moveTo('2029-12-11T10:00:00+09:00');
  await clockLeapt(db, then);
  expect(await known()).toEqual([1, 'risk']);
  await clockLeapt(db, null);
  expect(await known()).toEqual([0, 'kept']);
  clock.moveTo(then);
});
