// The documents of a receipt, the references of what was seen: they are stored sealed under the key of the person, can be read while the person is
// held, and go with the person; the record of 30(3) stays. References that an earlier version stored in clear are sealed when the office starts.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesWith, migrationsBefore, tablesWith, testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { doesNotOpen, flipped, tampered } from '../../../tests/tamper.ts';
import { addHolding, addPerson, byOfficer, officerOf, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { assemble } from '../../app.ts';
import { newId } from '../../base/id.ts';
import { migrate } from '../../platform/database/index.ts';
import type { Vault } from '../../vault/index.ts';
import { eraseAll } from '../checkpoint/index.ts';
import { registerCollection } from './actions/collections.ts';
import { asStated } from './actions/documents.ts';
import { receiptOf, receipts, receive, type ReceiveAsk } from './actions/receipts.ts';
import type { Documents } from './facts/providing.ts';
import { relatedProvers } from './promises.ts';
import { relatedRoutes } from './routes.ts';
import { findReceipt, type Received } from './store.ts';

let house: TestOffice;
let close: () => Promise<void>;
let holding: string;
let collection: string;
let people = 0;

beforeAll(async () => {
  house = await openTestOffice((office) => relatedRoutes(office), { at: '2026-12-01T10:00:00+09:00' });
  const interest = { code: 'interest', label: { ja: '関心の分野', en: 'Interests' } };
  holding = await addHolding(house, { items: ['name', 'email', interest] });
  close = await openTestCheckpoint(house);
  const by = { actor: officerOf(house), authority: ['officer-all-work'] };
  collection = valueOf(
    await registerCollection(house.office, by, {
      name: { ja: '広告会社の関心データ', en: 'Interests from AdCo' },
      source: 'third-party',
      place: '例示広告株式会社',
      searchable: true,
      communications: false,
      holding,
      items: [{ ...interest, tells: 'nobody' }],
    }),
  ).id;
});
afterAll(async () => {
  await close();
  await house.close();
});

const person = async (): Promise<string> =>
  (await addPerson(house, holding, { name: '例示 会員', email: `documents-${++people}@example.jp` })).principal;

const words = ['佐藤晴子', '同意画面の写し', '覚書の別紙'];
const documents: Documents = { consent: '佐藤晴子さんの同意画面の写し', contract: '覚書の別紙 佐藤様分' };

const taking = (principal: string | undefined, more: Partial<ReceiveAsk> = {}): ReceiveAsk => ({
  collection,
  principal,
  items: ['interest'],
  facts: {
    provider: {
      kind: 'corporation',
      name: '例示広告株式会社',
      address: '東京都港区例示町3-3',
      representative: '例示 花子',
      country: 'JP',
    },
    basis: 'consent',
    links: principal !== undefined,
    substitute: { namesUs: true, namesItems: true, evidenceSeen: true },
    record: { mode: 'contract' },
  },
  documents,
  ...more,
});
const take = (ask: ReceiveAsk) => receive(house.office, byOfficer(house), ask);
const erase = async (principal: string) =>
  valueOf(await eraseAll(house.office, byOfficer(house), { principal, ground: 'request-harm' }));
const by = () => ({ actor: officerOf(house), authority: ['officer-all-work'] });
const stated = (rows: Received[]) => asStated(house.office, by(), rows);
const read = async (id: string) => (await stated([valueOf(await receiptOf(house.office, id))]))[0]!;

describe('the references of what was seen', () => {
  test('are in no table, are read as long as the person is held, and go with them; the record stays', async () => {
    const principal = await person();
    const { id } = valueOf(await take(taking(principal)));
    const other = valueOf(await take(taking(await person())));
    expect(await tablesWith(house.db.owner, words)).toEqual([]);
    expect(await read(id)).toMatchObject({ documented: ['consent', 'contract'], documents, unread: null });
    expect(await stated(valueOf(await receipts(house.office, { principal, most: 10 })))).toMatchObject([{ documents }]);
    const officer = await house.visitor('officer');
    const page = async () => (await officer.get(`/related/receipts/${id}`)).text();
    expect(await page()).toMatch(/同意を確かめた書面などの番号[\s\S]*佐藤晴子さんの同意画面の写し/);
    await erase(principal);
    expect(await page()).toMatch(/同意を確かめた書面などの番号[\s\S]*本人の情報とともに消去しました/);
    expect(await read(id)).toMatchObject({
      documented: ['consent', 'contract'],
      documents: {},
      unread: 'gone',
      record: { provider_name: '例示広告株式会社', consent_obtained: true, keep_until: '2027-12-01' },
    });
    expect((await read(other.id)).documents).toEqual(documents);
    const proof = relatedProvers.find(({ promise }) => promise === 'substitute-consent-evidenced')!;
    expect((await proof.prove(house.office)).state).toBe('kept');
  });

  test('that do not open are named on the page and in the list, and take nothing else with them', async () => {
    const one = valueOf(await take(taking(await person())));
    const other = valueOf(await take(taking(await person())));
    const damage = `UPDATE related_receipts SET ${flipped()} WHERE id = '${one.id}'`;
    const officer = await house.visitor('officer');
    await tampered(house.db, ['related_receipts'], damage, async () => {
      const page = await officer.get(`/related/receipts/${one.id}`);
      expect([page.status, (await page.text()).split(doesNotOpen.ja).length]).toEqual([200, 3]);
      expect((await officer.get('/related/receipts')).status).toBe(200);
      const listed = new Map(
        (await stated(valueOf(await receipts(house.office, { most: 100 })))).map((row) => [row.id, row]),
      );
      expect(listed.get(one.id)).toMatchObject({ documents: {}, unread: 'unreadable' });
      expect(listed.get(other.id)).toMatchObject({ documents, unread: null });
    });
  });

  test('open in no other row', async () => {
    const [first, second] = [await take(taking(await person())), await take(taking(await person()))].map(valueOf);
    const [one, other] = await Promise.all([first!, second!].map(({ id }) => findReceipt(house.office.database, id)));
    for (const row of [
      { ...one!, sealed: other!.sealed },
      { ...one!, id: other!.id },
    ])
      expect(await stated([row])).toMatchObject([{ documents: {}, unread: 'unreadable' }]);
  });

  test('are named by a receipt about a person alone, and what is blank is none', async () => {
    expect(await take(taking(undefined))).toMatchObject({
      problem: { fields: [{ field: 'documents.consent' }, { field: 'documents.contract' }] },
    });
    const apart = valueOf(await take(taking(undefined, { documents: { consent: ' ' } })));
    expect(await read(apart.id)).toMatchObject({ documented: [], documents: {}, unread: null });
  });

  test('are never kept unsealed or in the place of a code', async () => {
    const principal = await person();
    valueOf(await take(taking(principal)));
    const copy = (change: string) =>
      house.db.owner.query(
        `INSERT INTO related_receipts SELECT (jsonb_populate_record(r, $1::jsonb || jsonb_build_object('id', gen_random_uuid()))).*
         FROM related_receipts r WHERE principal_id = $2`,
        [change, principal],
      );
    await expect(copy('{"sealed": null}')).rejects.toThrow(/related_receipts_sealed/);
    await expect(copy('{"documented": []}')).rejects.toThrow(/related_receipts_sealed/);
    await expect(copy('{"principal_id": null}')).rejects.toThrow(/related_receipts_sealed/);
    await expect(copy('{"documented": ["佐藤晴子の写し"]}')).rejects.toThrow(/check constraint/);
    await copy('{}');
  });
});

describe('what an earlier version kept in clear', () => {
  const MIGRATION = '2026-11-29-e-related-documents.sql';
  let old: TestDatabase;
  let earlier: string;
  const [held, gone] = [newId(2), newId(3)];
  const [ofHeld, ofGone, apart] = [newId(4), newId(5), newId(6)];

  async function fill(vault: Vault): Promise<void> {
    const { owner } = old;
    const wrapped = vault.keeper.fresh(held).wrapped;
    await owner.query('INSERT INTO vault_principals VALUES ($1, 1, $2, now())', [held, wrapped]);
    await owner.query(
      `INSERT INTO related_collections VALUES ($1, '例示', 'Example', 'third-party', '例示', true, false, NULL, '[{}]', 'active', 1, now())`,
      [collection],
    );
    const rows: [string, string | null, Record<string, string>][] = [
      [ofHeld, held, { consent: '佐藤晴子さんの同意画面の写し', contract: ' ' }],
      [ofGone, gone, { consent: '故人の同意画面の写し' }],
      [apart, null, { contract: '覚書の別紙' }],
    ];
    for (const [id, principal, given] of rows)
      await owner.query(
        `INSERT INTO related_receipts (id, collection_id, principal_id, at, by_actor, items, facts, documents, finding, law_version, policy_version)
         VALUES ($1, $2, $3, now(), 'sekisho', '{interest}', '{}', $4, '{"because": [], "duties": []}', '2026-11-01', 1)`,
        [id, collection, principal, JSON.stringify(given)],
      );
  }

  const inFiles = (): Promise<string[]> => filesWith(old.owner, 'related%', words);

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
    expect(await tablesWith(old.owner, words)).toEqual(['related_receipts']);
    expect(await inFiles()).toEqual(['related_receipts']);
    await migrate(old.owner, path.resolve('migrations'));
    expect(await tablesWith(old.owner, words)).toEqual(['related_documents_waiting']);
    expect(await tablesWith(old.owner, ['故人', '覚書'])).toEqual([]);
    expect(await inFiles()).toEqual(['related_documents_waiting']);

    const office = { ...house.office, database: old.app };
    const root = path.resolve('.');
    // Two processes start at once.
    const apps = await Promise.all([1, 2].map(() => assemble(office, { root, report: expect.fail })));
    await Promise.all(apps.map((app) => app.close()));
    expect(await tablesWith(old.owner, words)).toEqual([]);
    expect(await inFiles()).toEqual([]);
    const now = async (id: string) => (await asStated(office, by(), [valueOf(await receiptOf(office, id))]))[0]!;
    expect(await now(ofHeld)).toMatchObject({
      documented: ['consent'],
      documents: { consent: '佐藤晴子さんの同意画面の写し' },
      unread: null,
    });
    // Of a person erased before, all that is left is that there was something.
    expect(await now(ofGone)).toMatchObject({ documented: ['consent'], documents: {}, sealed: null, unread: 'gone' });
    expect(await now(apart)).toMatchObject({ documented: [], documents: {}, sealed: null, unread: null });
  });

  test('and the application seals nothing but what waits', async () => {
    const rows = () => old.owner.query('SELECT id, sealed FROM related_receipts ORDER BY id', []);
    const before = await rows();
    await old.app.query("SELECT seal_related_documents(ARRAY[$1::uuid], ARRAY['x'::bytea])", [ofHeld]);
    expect(await rows()).toEqual(before);
    for (const change of [
      'DELETE FROM related_documents_waiting',
      `INSERT INTO related_documents_waiting VALUES ('${ofHeld}', '${held}', '{}')`,
    ])
      await expect(old.app.query(change, [])).rejects.toThrow(/permission denied/);
  });
});
