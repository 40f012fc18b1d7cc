// Expiry of the records of 30(3) and 31(3): what was received and provided is erased with its record once its time is over (Rules 25, 29), never
// before, and not while something linked to the person rests on it.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { clockLeapt } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { addHolding, addPerson, addRecipient, officerOf, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { listEntries, type LogEntry } from '../../log/index.ts';
import type { By } from '../access/index.ts';
import { eraseAll } from '../checkpoint/index.ts';
import { registerCollection } from './actions/collections.ts';
import { eraseExpired, keepExpiring } from './actions/expire.ts';
import { link, unlink } from './actions/links.ts';
import { provide } from './actions/provisions.ts';
import { receive } from './actions/receipts.ts';
import { relatedProvers } from './promises.ts';
import { relatedRoutes } from './routes.ts';

let house: TestOffice;
let close: () => Promise<void>;
let by: By;
let holding: string;
let collection: string;
let recipient: string;
let people = 0;

beforeAll(async () => {
  house = await openTestOffice((office) => relatedRoutes(office), { at: '2026-11-26T10:00:00+09:00' });
  close = await openTestCheckpoint(house);
  by = { actor: officerOf(house), authority: ['officer-all-work'] };
  const items = [{ code: 'ad_id', label: { ja: '広告識別子', en: 'Advertising id' } }];
  holding = await addHolding(house, { items: ['name', 'email', ...items] });
  collection = valueOf(
    await registerCollection(house.office, by, {
      name: { ja: '広告会社の関心データ', en: 'Interests from AdCo' },
      source: 'third-party',
      place: '例示広告株式会社',
      searchable: true,
      communications: false,
      holding,
      items: items.map((item) => ({ ...item, tells: 'nobody' })),
    }),
  ).id;
  recipient = await addRecipient(house, { name: '例示広告株式会社' });
});
afterAll(async () => {
  await close();
  await house.close();
});

type Mode = 'each' | 'bulk' | 'contract';

/** How it is recorded. One record for a whole period states its last day. */
const recorded = (mode: Mode) => ({ mode, ...(mode === 'bulk' ? { lastOn: house.office.clock.today() } : {}) });

const member = async (): Promise<string> =>
  (await addPerson(house, holding, { name: '例示 会員', email: `expiry-${++people}@example.jp` })).principal;

async function take(
  links = true,
  { mode = 'each', of = '' }: { mode?: Mode; of?: string } = {},
): Promise<{ id: string; principal: string }> {
  const principal = of || (await member());
  const provider = {
    kind: 'corporation',
    name: '例示広告株式会社',
    address: '東京都港区例示町3-3',
    country: 'JP',
  } as const;
  const substitute = { namesUs: true, namesItems: true, evidenceSeen: true };
  const { id } = valueOf(
    await receive(house.office, by, {
      collection,
      principal: links ? principal : undefined,
      items: ['ad_id'],
      facts: {
        provider: { ...provider, representative: '例示 花子' },
        basis: 'consent',
        links,
        substitute,
        record: recorded(mode),
      },
      documents: links ? { consent: '申告書 7号', ...(mode === 'contract' ? { contract: '契約書 3号' } : {}) } : {},
    }),
  );
  return { id, principal };
}

async function give(mode: Mode = 'each'): Promise<string> {
  const confirmation = { on: house.office.clock.today(), by: 'declaration', consented: true } as const;
  const { id } = valueOf(
    await provide(house.office, by, {
      collection,
      recipient,
      items: ['ad_id'],
      facts: { link: { expected: true, byTag: false, confirmation }, record: recorded(mode) },
      documents: { consent: '申告書 2026-11-25', ...(mode === 'contract' ? { contract: '契約書 4号' } : {}) },
    }),
  );
  return id;
}

const until = (table: string, id: string, day: string) =>
  house.db.owner.query(`UPDATE ${table} SET keep_until = $2 WHERE id = $1`, [id, day]);

/** The tables that contain the id. */
async function left(id: string): Promise<string[]> {
  const tables = ['related_provisions', 'related_provision_records', 'related_receipts', 'related_receipt_records'];
  const found: string[] = [];
  for (const table of tables)
    if ((await house.db.owner.query(`SELECT 1 FROM ${table} WHERE id = $1`, [id])).length > 0) found.push(table);
  return found;
}

const newest = async (): Promise<LogEntry> => (await listEntries(house.office.database, { most: 1 }))[0]!.entry;

test('a receipt and a provision go with their records once their time is over, and the log names them', async () => {
  const [{ id: over }, { id: last }, gone, kept] = [await take(), await take(), await give(), await give()];
  const { id: apart } = await take(false);
  await until('related_receipt_records', over, '2026-11-25');
  await until('related_receipt_records', last, '2026-11-26');
  await until('related_provision_records', gone, '2026-11-25');
  expect(await eraseExpired(house.office)).toBe(2);
  expect(await newest()).toMatchObject({
    action: 'records:expire',
    actor: 'sekisho',
    receipts: [over],
    related_provisions: [gone],
  });
  expect([await left(over), await left(gone)]).toEqual([[], []]);
  expect(await left(last)).toEqual(['related_receipts', 'related_receipt_records']);
  expect(await left(kept)).toEqual(['related_provisions', 'related_provision_records']);
  // A receipt kept apart from persons has no record, and so never expires.
  expect(await left(apart)).toEqual(['related_receipts']);
  expect(await eraseExpired(house.office)).toBe(0);
});

test('what stands in for records, and one record of many receipts of a person, is kept from the last of them (Rules 25, 29)', async () => {
  const [principal, other] = [await member(), await member()];
  const received = async (of: string, mode: Mode) => (await take(true, { of, mode })).id;
  const end = async (table: string, id: string) =>
    (await house.db.owner.query<{ on: string }>(`SELECT keep_until::text AS on FROM ${table} WHERE id = $1`, [id]))[0]!
      .on;
  const ends = async () => [
    ...(await Promise.all(receipts.map((id) => end('related_receipt_records', id)))),
    ...(await Promise.all(provisions.map((id) => end('related_provision_records', id)))),
  ];
  const receipts = [
    await received(principal, 'contract'),
    await received(principal, 'bulk'),
    await received(principal, 'each'),
    await received(other, 'contract'),
  ];
  const provisions = [await give('contract'), await give('bulk')];
  const before = ['2027-11-26', '2029-11-26', '2029-11-26', '2027-11-26', '2027-11-26', '2029-11-26'];
  expect(await ends()).toEqual(before);
  house.clock.moveTo('2027-06-01T10:00:00+09:00');
  for (const mode of ['contract', 'bulk', 'each'] as const) await received(principal, mode);
  for (const mode of ['contract', 'bulk', 'each'] as const) await give(mode);
  house.clock.moveTo('2026-11-26T10:00:00+09:00');
  expect(await ends()).toEqual(['2028-06-01', '2030-06-01', '2029-11-26', '2027-11-26', '2028-06-01', '2029-11-26']);
});

test('none goes before, whatever the clock of the application says', async () => {
  const { id } = await take();
  await house.db.owner.query(
    "UPDATE related_receipt_records SET keep_until = (now() AT TIME ZONE 'Asia/Tokyo')::date WHERE id = $1",
    [id],
  );
  await house.office.database.query("SELECT expire_related_records('2099-01-01')", []);
  expect(await left(id)).toEqual(['related_receipts', 'related_receipt_records']);
});

test('none goes by the date of a clock that leapt', async () => {
  const { id } = await take();
  await until('related_receipt_records', id, '2026-11-25');
  await clockLeapt(house.db, '2026-11-20T00:00:00Z');
  expect(await eraseExpired(house.office)).toBe(0);
  await clockLeapt(house.db, null);
  expect(await eraseExpired(house.office)).toBe(1);
  expect(await left(id)).toEqual([]);
});

test('what something linked rests on stays until that is unlinked, and the page says so', async () => {
  const { id, principal } = await take();
  const ask = { collection, identifier: 'ad_id', value: 'AD.1.example', principal, receipt: id };
  const tied = valueOf(await link(house.office, by, ask));
  await until('related_receipt_records', id, '2026-11-25');
  expect(await eraseExpired(house.office)).toBe(0);
  expect(await left(id)).toEqual(['related_receipts', 'related_receipt_records']);
  const page = async (lang: 'ja' | 'en') =>
    (await (await house.visitor('officer', lang)).get(`/related/receipts/${id}`)).text();
  expect(await page('ja')).toContain(
    '保存の期限は過ぎました。この受け取りに基づく結び付きを解くと、この受け取りと記録を消去します。',
  );
  expect(await page('en')).toContain(
    'Its retention period is over. The receipt and its record are erased once the links that rest on it are removed.',
  );
  valueOf(await unlink(house.office, by, tied.id, 'not-needed'));
  expect(await eraseExpired(house.office)).toBe(1);
  expect(await left(id)).toEqual([]);
  expect(await newest()).toMatchObject({ action: 'records:expire', receipts: [id] });
});

test('hundreds that end on one day go in pieces with an entry each, and the application erases none in any other way', async () => {
  const { id } = await take();
  await house.db.owner.query(
    `WITH copied AS (
       INSERT INTO related_receipts SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'attempt', NULL))).*
       FROM related_receipts p, generate_series(1, 250) WHERE p.id = $1 RETURNING id)
     INSERT INTO related_receipt_records
     SELECT (jsonb_populate_record(r, jsonb_build_object('id', c.id, 'keep_until', '2026-11-01'))).*
     FROM related_receipt_records r, copied c WHERE r.id = $1`,
    [id],
  );
  expect(await eraseExpired(house.office)).toBe(250);
  const entries = (await listEntries(house.office.database, { most: 2 })).map(({ entry }) => entry);
  expect(entries.map(({ receipts }) => (receipts as string[]).length)).toEqual([50, 200]);
  for (const table of ['related_receipts', 'related_receipt_records'])
    await expect(house.office.database.query(`DELETE FROM ${table}`, [])).rejects.toMatchObject({ code: '42501' });
  expect(await left(id)).not.toEqual([]);
});

test('it happens by itself', async () => {
  const { id } = await take();
  await until('related_receipt_records', id, '2026-11-25');
  const stop = keepExpiring(house.office, expect.fail);
  await expect.poll(() => left(id)).toEqual([]);
  await stop.stop();
});

test('what ended, was taken away or went with a person is as the log has it', async () => {
  const logged = relatedProvers.find(({ promise }) => promise === 'every-access-logged')!;
  const wrong = async () => (await logged.prove(house.office)).evidence[1]!.value.en;
  // An earlier test erased an expired record without a log entry.
  expect(await wrong()).toBe('1');
  const { principal } = await take();
  const { id, principal: erased } = await take();
  const tie = (receipt: string | undefined, of: string, value: string) =>
    link(house.office, by, { collection, identifier: 'ad_id', value, principal: of, receipt });
  valueOf(await tie(id, erased, 'goes-with-the-person'));
  valueOf(await eraseAll(house.office, by, { principal: erased, ground: 'request-harm' }));
  const { id: receipt } = await take(true, { of: principal });
  const { id: tied } = valueOf(await tie(receipt, principal, 'taken-away'));
  valueOf(await unlink(house.office, by, tied, 'mistake'));
  expect(await wrong()).toBe('1');
  await until('related_receipt_records', receipt, '2026-11-25');
  expect(await eraseExpired(house.office)).toBe(1);
  expect(await wrong()).toBe('1');
});
