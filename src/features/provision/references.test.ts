// The references of a provision of one person: they are stored sealed under that person's key, can be read and stated again while the person is
// held, and go with the person; the records of 29 stay. References that an earlier version stored in clear are sealed when the office starts.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesWith, migrationsBefore, tablesWith, testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { doesNotOpen, flipped, tampered } from '../../../tests/tamper.ts';
import {
  addHolding,
  addPerson,
  addRecipient,
  byOfficer,
  officerOf,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { assemble } from '../../app.ts';
import { newId } from '../../base/id.ts';
import type { ProvisionFacts } from '../../law/index.ts';
import { migrate } from '../../platform/database/index.ts';
import type { Vault } from '../../vault/index.ts';
import { eraseAll } from '../checkpoint/index.ts';
import { provide } from './actions/provide.ts';
import { askAgain, provisionOf } from './actions/read.ts';
import { referencesOf } from './actions/references.ts';
import { joinFacts, partFacts } from './facts.ts';
import { provisionRoutes } from './routes.ts';

let house: TestOffice;
let close: () => Promise<void>;
let holding: string;
let office: string;
let people = 0;

beforeAll(async () => {
  house = await openTestOffice((one, access) => provisionRoutes({ office: one, access }));
  holding = await addHolding(house);
  close = await openTestCheckpoint(house);
  office = await addRecipient(house, { kind: 'state-organ', name: '例示税務署', relations: ['third-party'] });
});
afterAll(async () => {
  await close();
  await house.close();
});

const person = async (): Promise<string> =>
  (await addPerson(house, holding, { name: '例示 会員', email: `references-${++people}@example.jp` })).principal;

const words = ['佐藤晴子', '照会書7号'];
const legalBasis = '国税通則法74条の2 照会書7号（佐藤晴子）';
const exception = { item: '27(1)(i)', legalBasis } as const;

const give = async (principal: string) =>
  valueOf(
    await provide(house.office, byOfficer(house), {
      principal,
      holding,
      items: ['name'],
      purpose: 'P3',
      recipient: office,
      facts: { relation: 'third-party', exception },
    }),
  ).id;
const read = async (id: string) => valueOf(await provisionOf(house.office, id));

test('what is written in free words is told apart from the facts, and joined again', () => {
  const facts: ProvisionFacts = {
    relation: 'third-party',
    exception,
    secrecy: { basis: 'warrant', warrant: '令状 3号', withinWarrant: true },
  };
  const parted = partFacts(facts);
  expect(parted).toEqual({
    facts: {
      relation: 'third-party',
      exception: { item: '27(1)(i)' },
      secrecy: { basis: 'warrant', withinWarrant: true },
    },
    references: { legalBasis, warrant: '令状 3号' },
  });
  expect(joinFacts(parted.facts, parted.references!)).toEqual(facts);
  for (const none of [{ exception: null, secrecy: null }, {}, { exception: { item: '27(1)(ii)' } as const }])
    expect(partFacts(none)).toEqual({ facts: none, references: null });
});

const by = () => ({ actor: officerOf(house), authority: ['officer-all-work'] });

describe('the law and the document a provision rests on', () => {
  test('are in no table, are read as long as the person is held, and go with them; the provision stays', async () => {
    const principal = await person();
    const id = await give(principal);
    const other = await give(await person());
    expect(await tablesWith(house.db.owner, words)).toEqual([]);
    const officer = await house.visitor('officer');
    const page = async () => (await officer.get(`/provisions/${id}`)).text();
    expect(await page()).toMatch(/根拠の法令と文書の番号[\s\S]*国税通則法74条の2 照会書7号（佐藤晴子）/);
    expect(await referencesOf(house.office, by(), await read(id))).toEqual({ legalBasis });
    // A repetition states the same grounds.
    expect((await askAgain(house.office, await read(id))).facts).toMatchObject({ exception });
    const erasing = { principal, ground: 'request-harm' } as const;
    valueOf(await eraseAll(house.office, byOfficer(house), erasing));
    expect(await referencesOf(house.office, by(), await read(id))).toBe('gone');
    expect(await page()).toMatch(/根拠の法令と文書の番号[\s\S]*本人の情報とともに消去しました/);
    expect((await read(id)).facts).toMatchObject({ exception: { item: '27(1)(i)' } });
    expect(await referencesOf(house.office, by(), await read(other))).toEqual({ legalBasis });
  });

  test('that do not open are named on the page, and are not said to be gone', async () => {
    const id = await give(await person());
    const officer = await house.visitor('officer');
    await tampered(house.db, ['provisions'], `UPDATE provisions SET ${flipped()} WHERE id = '${id}'`, async () => {
      for (const [lang, says] of Object.entries(doesNotOpen)) {
        const answer = await officer.get(`/provisions/${id}?lang=${lang}`);
        expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining(says)]);
      }
      // A repetition does not state grounds that are gone.
      expect((await askAgain(house.office, await read(id))).facts).toMatchObject({
        exception: { item: '27(1)(i)' },
      });
      expect((await askAgain(house.office, await read(id))).facts?.exception?.legalBasis).toBeUndefined();
    });
  });

  test('open in no other row, and are never kept in clear of one person', async () => {
    const [one, other] = [await read(await give(await person())), await read(await give(await person()))];
    for (const row of [
      { ...one, sealed: other.sealed },
      { ...one, id: other.id },
    ])
      expect(await referencesOf(house.office, by(), row)).toBe('unreadable');
    const copy = (change: string) =>
      house.db.owner.query(
        `INSERT INTO provisions SELECT (jsonb_populate_record(p, $1::jsonb || jsonb_build_object('id', gen_random_uuid()))).*
         FROM provisions p WHERE id = $2`,
        [change, one.id],
      );
    await expect(copy(`{"facts": {"exception": {"legalBasis": "x"}}}`)).rejects.toThrow(/provisions_sealed/);
    await expect(copy(`{"facts": {"secrecy": {"warrant": "x"}}}`)).rejects.toThrow(/provisions_sealed/);
    await copy('{}');
  });
});

describe('what an earlier version kept in clear', () => {
  const MIGRATION = '2026-11-29-e-provision-references.sql';
  let old: TestDatabase;
  let earlier: string;
  const [held, gone] = [newId(2), newId(3)];
  const [ofHeld, ofGone, ofMany] = [newId(4), newId(5), newId(6)];

  async function fill(vault: Vault): Promise<void> {
    const { owner } = old;
    const wrapped = vault.keeper.fresh(held).wrapped;
    await owner.query('INSERT INTO vault_principals VALUES ($1, 1, $2, now())', [held, wrapped]);
    const rows: [string, string[], object][] = [
      [ofHeld, [held], { exception, secrecy: { basis: 'warrant', warrant: '佐藤晴子の令状' } }],
      [ofGone, [gone], { exception: { item: '27(1)(i)', legalBasis: '故人の照会書7号' } }],
      [ofMany, [held, gone], { exception: { item: '27(1)(i)', legalBasis: '統計法 文書番号1' } }],
    ];
    for (const [id, principals, facts] of rows) {
      await owner.query(
        `INSERT INTO provisions (id, at, by_actor, holding_id, purpose, items, relation, recipient, facts, finding, law_version,
           policy_version, people)
         VALUES ($1, now(), 'sekisho', $1, 'P3', '{name}', 'third-party', '{}', $2, '{"because": [], "duties": []}', '2026-11-01', 1, $3)`,
        [id, JSON.stringify(facts), principals.length],
      );
      for (const principal of principals)
        await owner.query('INSERT INTO provision_people VALUES ($1, $2, $2, NULL)', [principal, id]);
    }
  }

  const inFiles = (): Promise<string[]> => filesWith(old.owner, 'provision%', words);

  beforeAll(async () => {
    earlier = await migrationsBefore(MIGRATION);
    old = await testDatabase({ migrations: earlier });
    await fill(house.office.vault);
  });
  afterAll(async () => {
    await old.drop();
    await fs.rm(earlier, { recursive: true });
  });

  test('waits for the start of the office, is sealed then, and nothing is left of it', async () => {
    expect(await inFiles()).toEqual(['provisions']);
    await migrate(old.owner, path.resolve('migrations'));
    expect(await tablesWith(old.owner, words)).toEqual(['provision_references_waiting']);
    expect(await tablesWith(old.owner, ['故人'])).toEqual([]);
    expect(await inFiles()).toEqual(['provision_references_waiting']);

    const one = { ...house.office, database: old.app };
    const root = path.resolve('.');
    // Two processes start at once.
    const apps = await Promise.all([1, 2].map(() => assemble(one, { root, report: expect.fail })));
    await Promise.all(apps.map((app) => app.close()));
    expect(await tablesWith(old.owner, words)).toEqual([]);
    expect(await inFiles()).toEqual([]);
    const now = async (id: string) => valueOf(await provisionOf(one, id));
    expect(await referencesOf(one, by(), await now(ofHeld))).toEqual({ legalBasis, warrant: '佐藤晴子の令状' });
    // Of a person erased before, nothing is left; references about several persons belong to nobody in particular.
    expect(await referencesOf(one, by(), await now(ofGone))).toBe('gone');
    expect(await referencesOf(one, by(), await now(ofMany))).toEqual({ legalBasis: '統計法 文書番号1' });
    expect((await now(ofHeld)).facts).toEqual({ exception: { item: '27(1)(i)' }, secrecy: { basis: 'warrant' } });
  });

  test('and the application seals nothing but what waits', async () => {
    const rows = () => old.owner.query('SELECT id, sealed FROM provisions ORDER BY id', []);
    const before = await rows();
    await old.app.query("SELECT seal_provision_references(ARRAY[$1::uuid], ARRAY['x'::bytea])", [ofHeld]);
    expect(await rows()).toEqual(before);
    await expect(old.app.query('DELETE FROM provision_references_waiting', [])).rejects.toThrow(/permission denied/);
  });
});
