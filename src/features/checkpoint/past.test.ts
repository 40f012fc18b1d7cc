// A use is judged by the ledger and the policy of its own time: nothing that is written later makes it wrong, or right.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { addHolding, addPerson, byOfficer, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { newId } from '../../base/id.ts';
import { changeHolding, holding, type HoldingInput } from '../ledger/index.ts';
import { use } from './index.ts';
import { checkpointProvers } from './promises.ts';

let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-11-24T10:00:00+09:00' });
  closeCheckpoint = await openTestCheckpoint(house);
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});

/** A promise as the running office sees it, which has judged the log before, and as it is seen after a start, which judges all of it anew. */
async function seen(promise: string): Promise<string> {
  const { prove } = checkpointProvers.find((prover) => prover.promise === promise)!;
  const of = async (office: TestOffice['office']): Promise<string> => {
    const { state, evidence } = await prove(office);
    return `${state} ${evidence[0]!.value.en} ${evidence[1]!.value.en}`;
  };
  const [running, started] = [await of(house.office), await of({ ...house.office })];
  expect(started).toBe(running);
  return running;
}
const security = (): Promise<string> => seen('security-records-for-security');

let holdings = 0;
/** A holding that serves these purposes, with somebody in it. */
async function kept(purposes: string[]): Promise<{ id: string; principal: string }> {
  holdings += 1;
  const name = { ja: `来訪の記録 ${holdings}`, en: `Visits ${holdings}` };
  const id = await addHolding(house, { name, purposes, items: ['name'] });
  return { id, principal: (await addPerson(house, id, { name: '鈴木 一' })).principal };
}

async function serves(id: string, purposes: string[]): Promise<void> {
  const { version, items, ...before } = (await holding(house.office, id))!;
  const input = { ...before, items: items.map(({ code }) => code), purposes } as HoldingInput;
  valueOf(await changeHolding(house, byOfficer(house), { id, version, input }));
}

const used = async ({ id, principal }: { id: string; principal: string }, purpose: string): Promise<void> => {
  valueOf(await use(house.office, byOfficer(house), { principal, holding: id, items: ['name'], purpose }));
};

/** Writes a use into the log that the checkpoint had not allowed, as only the owner of the database could. */
async function slipped(
  { id, principal }: { id: string; principal: string },
  { purpose = 'P3', policy = undefined as number | undefined, items = ['name'], at = house.clock.now() } = {},
): Promise<void> {
  const decision = { answer: 'yes', because: ['APPI 18(1)'], policy };
  const entry = { action: 'people:use', holding: id, items, purpose, authority: ['officer-all-work'], decision };
  await house.db.owner.query(
    `INSERT INTO log_entries (id, at, action, actor, principal_id, entry) VALUES (gen_random_uuid(), $1, 'people:use', 'staff:a', $2, $3)`,
    [new Date(at).toISOString(), principal, JSON.stringify(entry)],
  );
}

const anHourLater = (): void => house.clock.moveTo(new Date(house.clock.now() + 3_600_000).toISOString());

test('a holding that comes to serve security alone makes no earlier use wrong', async () => {
  const readers = await kept(['P3']);
  await used(readers, 'P3');
  expect(await security()).toBe('unknown 0 0');
  anHourLater();
  await serves(readers.id, ['P4']);
  expect(await security()).toBe('unknown 0 0');
});

test('a holding that comes to serve more than security makes no earlier use right', async () => {
  const visits = await kept(['P4']);
  await used(visits, 'P4');
  expect(await security()).toBe('kept 1 0');
  await slipped(visits);
  expect(await security()).toBe('broken 2 1');
  anHourLater();
  await serves(visits.id, ['P4', 'P3']);
  expect(await security()).toBe('broken 2 1');
  // From now on the other purpose is one of its own.
  anHourLater();
  await slipped(visits);
  expect(await security()).toBe('broken 2 1');
  anHourLater();
  await serves(visits.id, ['P4']);
  anHourLater();
  await slipped(visits);
  expect(await security()).toBe('broken 3 2');
});

test('a version of the policy that numbers its clauses anew, or states more, changes no earlier use', async () => {
  const readers = await kept(['P3', 'P4']);
  // The item `visit` is for security alone by clause 14; `P99` is no purpose.
  await slipped(readers, { items: ['visit'], policy: 1 });
  await slipped(readers, { purpose: 'P99' });
  const before = await security();
  const stated = await seen('purpose-before-use');
  expect([before, stated]).toEqual(['broken 4 3', 'broken 7 1']);
  anHourLater();
  await house.db.owner.query(
    `INSERT INTO policy_versions SELECT 2, jsonb_set(
         replace(replace(content::text, '"no": 14,', '"no": 1400,'), '"clause": 14', '"clause": 1400')::jsonb,
         '{purposes}', content->'purposes' || '[{"id":"P99","clause":1401}]'),
       sha256, effective_on, proposed_by, proposed_at, proposal_entry, approved_by, $1::timestamptz, approval_entry
     FROM policy_versions WHERE version = 1`,
    [new Date(house.clock.now()).toISOString()],
  );
  await house.db.owner.query(
    `INSERT INTO purpose_wordings (version, purpose, meaning)
     SELECT 2, purpose, meaning FROM purpose_wordings WHERE version = 1 UNION ALL VALUES (2, 'P99', 2)`,
    [],
  );
  expect([await security(), await seen('purpose-before-use')]).toEqual([before, stated]);
  await slipped(readers, { items: ['visit'] });
  await slipped(readers, { purpose: 'P99' });
  expect([await security(), await seen('purpose-before-use')]).toEqual(['broken 5 4', 'broken 9 1']);
});

test('of a holding that the ledger does not know, it is unknown what it was for', async () => {
  const { prove } = checkpointProvers.find(({ promise }) => promise === 'security-records-for-security')!;
  const lone = await openTestOffice(() => [], { at: '2026-11-24T10:00:00+09:00' });
  try {
    const decision = { answer: 'yes', because: ['APPI 18(1)'], policy: 1 };
    const entry = { action: 'people:use', holding: newId(0), items: ['name'], purpose: 'P3', decision };
    await lone.db.owner.query(
      `INSERT INTO log_entries (id, at, action, actor, entry) VALUES (gen_random_uuid(), now(), 'people:use', 'staff:a', $1)`,
      [JSON.stringify(entry)],
    );
    expect(await prove(lone.office)).toMatchObject({
      state: 'unknown',
      says: { en: 'For 1 use or provision the ledger does not say what the holding was for, so this is unknown.' },
      evidence: [{}, {}, { value: { en: '1' }, state: 'unknown' }],
    });
  } finally {
    await lone.close();
  }
});
