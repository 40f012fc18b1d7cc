// The references of a package. Once one person alone is on its list or in it, they are sealed under that person's key, are used as they were
// stated, and go with the person and with the end of the package; the provision keeps them as one without a package does. Those of several persons
// are stored in clear. References that an earlier version stored in clear are sealed when the office starts.

import fs from 'node:fs/promises';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
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
import { migrate } from '../../platform/database/index.ts';
import type { Vault } from '../../vault/index.ts';
import type { By } from '../access/index.ts';
import { eraseAll } from '../checkpoint/index.ts';
import { clearDropped } from '../people/actions/clear.ts';
import { packageFile } from './actions/file.ts';
import {
  approvePackage,
  cancelPackage,
  closePackage,
  draftPackage,
  listPeople,
  packageOf,
  requestPackage,
  screenPackage,
} from './actions/packages.ts';
import { prepareNext } from './actions/prepare.ts';
import { provisionOf } from './actions/read.ts';
import { packageReferences, referencesOf } from './actions/references.ts';
import { provisionRoutes } from './routes.ts';
import { listProvisions } from './store/provisions.ts';

const words = ['佐藤晴子', '照会書7号'];
const legalBasis = '国税通則法74条の2 照会書7号（佐藤晴子）';
const facts = { relation: 'third-party', exception: { item: '27(1)(i)', legalBasis } } as const;

let house: TestOffice;
let close: () => Promise<void>;
let holding: string;
let office: string;
let handler: By;
let officer: By;
let people = 0;

beforeAll(async () => {
  house = await openTestOffice((one, access) => provisionRoutes({ office: one, access }));
  holding = await addHolding(house);
  close = await openTestCheckpoint(house);
  const publicKey = await identityToRecipient(await generateX25519Identity());
  office = await addRecipient(house, {
    kind: 'state-organ',
    name: '例示税務署',
    relations: ['third-party'],
    publicKey,
  });
  officer = { actor: officerOf(house), authority: ['officer-all-work'] };
  const actor = { kind: 'staff', id: house.staff.desk!, name: '佐伯 健', roles: ['handler'] } as const;
  handler = { actor, authority: ['handler-daily-work'] };
});
afterAll(async () => {
  await close();
  await house.close();
});

const person = async (): Promise<string> =>
  (await addPerson(house, holding, { name: '例示 会員', email: `package-${++people}@example.jp` })).principal;

const list = async (id: string, ...ids: string[]) =>
  valueOf(await listPeople(house.office, handler, id, ids.join('\n')));

async function draft(...ids: string[]): Promise<string> {
  const ask = { holding, items: ['name'], purpose: 'P3', recipient: office, everybody: false, facts };
  const { id } = valueOf(await draftPackage(house.office, handler, ask));
  if (ids.length > 0) await list(id, ...ids);
  return id;
}

async function approve(id: string): Promise<void> {
  valueOf(await requestPackage(house.office, handler, id));
  valueOf(await approvePackage(house.office, officer, id));
  while (await prepareNext(house.office));
}

const fetched = async (id: string): Promise<void> => {
  const { body } = valueOf(await packageFile(house.office, officer, id));
  await new Response(body).arrayBuffer();
};

const rests = async (id: string) =>
  packageReferences(house.office, officer, valueOf(await packageOf(house.office, id)));
const erase = async (principal: string) =>
  valueOf(await eraseAll(house.office, byOfficer(house), { principal, ground: 'request-harm' }));
const inTables = (): Promise<string[]> => tablesWith(house.db.owner, words);

describe('what a package of one person rests on', () => {
  test('is in no table once its person is known, is read until the end, and stays with the provision until the person is erased', async () => {
    const principal = await person();
    const id = await draft(principal);
    expect(await inTables()).toEqual([]);
    expect(await rests(id)).toEqual({ legalBasis });
    // What was written before is gone from the files with the dropped keys. A connection that is just beginning counts as an older reader for a
    // moment, hence the poll.
    await expect.poll(() => clearDropped(house.office, 'packages')).toBe(1);
    expect(await filesWith(house.db.owner, 'package%', words)).toEqual([]);
    await approve(id);
    const visitor = await house.visitor('officer');
    const page = async () => (await visitor.get(`/packages/${id}`)).text();
    expect(await page()).toContain(legalBasis);
    await fetched(id);
    expect(await inTables()).toEqual([]);
    const [given] = await listProvisions(house.office.database, { package: id, most: 2 });
    expect(given).toMatchObject({ people: 1, referenced: ['legalBasis'], facts: { exception: { item: '27(1)(i)' } } });
    const provided = async () =>
      referencesOf(house.office, officer, valueOf(await provisionOf(house.office, given!.id)));
    expect(await provided()).toEqual({ legalBasis });
    valueOf(await closePackage(house.office, officer, id));
    expect(await rests(id)).toBe('gone');
    expect(await page()).toMatch(/根拠の法令と文書の番号[\s\S]*この提供ファイルには残していません/);
    expect(await provided()).toEqual({ legalBasis });
    await erase(principal);
    expect(await provided()).toBe('gone');
  });

  test('that does not open is named on the page; nobody decides on it, and it stays as it is', async () => {
    const id = await draft(await person());
    const visitor = await house.visitor('officer');
    const kept = () => house.db.owner.query('SELECT words, sealed, sealed_of FROM packages WHERE id = $1', [id]);
    await tampered(house.db, ['packages'], `UPDATE packages SET ${flipped()} WHERE id = '${id}'`, async () => {
      const page = await visitor.get(`/packages/${id}`);
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(doesNotOpen.ja)]);
      const before = await kept();
      const problem = { kind: 'conflict', field: 'facts', says: doesNotOpen };
      for (const outcome of [
        await requestPackage(house.office, handler, id),
        await screenPackage(house.office, handler, id),
        await listPeople(house.office, handler, id, await person()),
      ])
        expect(outcome).toEqual({ ok: false, problem });
      expect(await kept()).toEqual(before);
    });
    await approve(id);
    await tampered(house.db, ['packages'], `UPDATE packages SET ${flipped()} WHERE id = '${id}'`, async () => {
      const outcome = await packageFile(house.office, officer, id);
      expect(outcome.ok).toBe(false);
      expect(valueOf(await packageOf(house.office, id)).state).toBe('ready');
    });
    await fetched(id);
  });

  test('goes with the person, and with a package that never leaves', async () => {
    const principal = await person();
    const [one, other] = [await draft(principal), await draft(await person())];
    await erase(principal);
    expect(await rests(one)).toBe('gone');
    // The references are gone, and nobody is in the package.
    expect(valueOf(await screenPackage(house.office, handler, one)).screening).toMatchObject([
      { held: false, people: 1 },
    ]);
    valueOf(await cancelPackage(house.office, officer, other, '取りやめ'));
    expect(await rests(other)).toBe('gone');
    expect(await inTables()).toEqual([]);
  });

  test('is in clear of nobody yet and of several, and sealed again where one alone is let in', async () => {
    const [first, second] = [await person(), await person()];
    const id = await draft();
    expect(await inTables()).toEqual(['packages']);
    await list(id, first);
    expect(await inTables()).toEqual([]);
    await list(id, second);
    expect(await inTables()).toEqual(['packages']);
    expect(await rests(id)).toEqual({ legalBasis });
    await erase(second);
    await approve(id);
    expect(await inTables()).toEqual([]);
    expect(await rests(id)).toEqual({ legalBasis });
    await fetched(id);
    expect(await inTables()).toEqual([]);
  });

  test('of a package of several is the same in clear with its provision', async () => {
    const id = await draft(await person(), await person());
    await approve(id);
    await fetched(id);
    valueOf(await closePackage(house.office, officer, id));
    expect(await rests(id)).toEqual({ legalBasis });
    const [given] = await listProvisions(house.office.database, { package: id, most: 2 });
    expect(given).toMatchObject({ people: 2, referenced: [], facts: { exception: { legalBasis } } });
    expect(await inTables()).toEqual(['packages', 'provisions']);
  });

  test('is never in the facts, and sealed for nobody never', async () => {
    const id = await draft();
    for (const change of [
      `facts = '{"exception": {"legalBasis": "x"}}'`,
      `facts = '{"secrecy": {"warrant": "x"}}'`,
      "words = NULL, sealed = 'x'",
      "sealed = 'x', sealed_of = id",
    ])
      await expect(house.db.owner.query(`UPDATE packages SET ${change} WHERE id = $1`, [id])).rejects.toThrow(
        /packages_words/,
      );
  });
});

describe('what an earlier version kept in clear', () => {
  const MIGRATION = '2026-11-30-i-package-references.sql';
  let old: TestDatabase;
  let earlier: string;
  const [held, gone] = [newId(2), newId(3)];
  const draftOf = { one: newId(11), gone: newId(12), two: newId(13), nobody: newId(14) };
  const over = { provided: newId(21), several: newId(22), declined: newId(23) };
  const [provision, ofSeveral] = [newId(31), newId(32)];

  async function fill(vault: Vault): Promise<void> {
    const { owner } = old;
    await owner.query('INSERT INTO vault_principals VALUES ($1, 1, $2, now())', [
      held,
      vault.keeper.fresh(held).wrapped,
    ]);
    const put = async (id: string, state: string, people: number, ...ids: string[]) => {
      await owner.query(
        `INSERT INTO packages (id, made_at, made_by, holding_id, purpose, items, recipient_id, facts, everybody, state, state_at, state_by,
           screening)
         VALUES ($1, now(), 'sekisho', $1, 'P3', '{name}', $1, $2, false, $3, now(), 'sekisho', $4)`,
        [id, JSON.stringify(facts), state, JSON.stringify([{ people }])],
      );
      for (const one of ids) await owner.query('INSERT INTO package_list VALUES ($1, $2)', [id, one]);
    };
    await put(draftOf.one, 'draft', 0, held);
    await put(draftOf.gone, 'requested', 1, gone);
    await put(draftOf.two, 'draft', 2, held, gone);
    await put(draftOf.nobody, 'draft', 0);
    await put(over.provided, 'closed', 1);
    await put(over.several, 'closed', 2);
    await put(over.declined, 'declined', 1);
    const rows: [string, string, string[]][] = [
      [provision, over.provided, [held]],
      [ofSeveral, over.several, [held, gone]],
    ];
    for (const [id, of, principals] of rows) {
      await owner.query(
        `INSERT INTO provisions (id, at, by_actor, holding_id, purpose, items, relation, recipient, facts, finding, law_version,
           policy_version, people, package_id)
         VALUES ($1, now(), 'sekisho', $1, 'P3', '{name}', 'third-party', '{}', $2, '{"because": [], "duties": []}', '2026-11-01', 1, $3, $4)`,
        [id, JSON.stringify(facts), principals.length, of],
      );
      for (const one of principals)
        await owner.query('INSERT INTO provision_people VALUES ($1, $2, $2, NULL)', [one, id]);
    }
  }

  beforeAll(async () => {
    earlier = await migrationsBefore(MIGRATION);
    old = await testDatabase({ migrations: earlier });
    await fill(house.office.vault);
  });
  afterAll(async () => {
    await old.drop();
    await fs.rm(earlier, { recursive: true });
  });

  test('waits for the start of the office, is sealed then, and nothing of one person is left in clear', async () => {
    await migrate(old.owner, path.resolve('migrations'));
    const clear = async (): Promise<string[]> =>
      (
        await old.owner.query<{ id: string }>(
          `SELECT id FROM packages k WHERE k::text LIKE $1 UNION ALL SELECT id FROM provisions p WHERE p::text LIKE $1 ORDER BY 1`,
          [`%${words[0]}%`],
        )
      ).map(({ id }) => id);
    expect(await clear()).toEqual([draftOf.two, draftOf.nobody, over.several, ofSeveral]);
    expect(await old.owner.query('SELECT id FROM provision_references_waiting ORDER BY id', [])).toEqual(
      [draftOf.one, provision].map((id) => ({ id })),
    );
    const one = { ...house.office, database: old.app };
    const app = await assemble(one, { root: path.resolve('.'), report: expect.fail });
    await app.close();
    expect(await tablesWith(old.owner, words)).toEqual(['packages', 'provisions']);
    expect(await clear()).toEqual([draftOf.two, draftOf.nobody, over.several, ofSeveral]);
    const now = async (id: string) => packageReferences(one, officer, valueOf(await packageOf(one, id)));
    expect(await now(draftOf.one)).toEqual({ legalBasis });
    for (const id of [draftOf.two, draftOf.nobody, over.several]) expect(await now(id)).toEqual({ legalBasis });
    for (const id of [draftOf.gone, over.provided, over.declined]) expect(await now(id)).toBe('gone');
    expect(await referencesOf(one, officer, valueOf(await provisionOf(one, provision)))).toEqual({ legalBasis });
    expect(await referencesOf(one, officer, valueOf(await provisionOf(one, ofSeveral)))).toEqual({ legalBasis });
  });
});
