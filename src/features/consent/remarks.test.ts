// Free words about a consent and what ends it: they are sealed under the key of the person they are about, readable while the person is held, and
// erased with the person. Those that an earlier version stored in clear are sealed when the office starts.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesWith, migrationsBefore, tablesWith, testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { doesNotOpen, flipped, tampered } from '../../../tests/tamper.ts';
import {
  addConsentText,
  addHolding,
  addPerson,
  byOfficer,
  officerOf,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { assemble } from '../../app.ts';
import { unreadWords } from '../../vault/index.ts';
import { newId } from '../../base/id.ts';
import { migrate } from '../../platform/database/index.ts';
import type { Vault } from '../../vault/index.ts';
import { eraseAll } from '../checkpoint/index.ts';
import { object, recordConsent, retractObjection, withdrawConsent, type RecordAsk } from './actions/consents.ts';
import { entryOf, remarksOf } from './actions/remarks.ts';
import { consentRoutes, consentsOf } from './index.ts';

let house: TestOffice;
let close: () => Promise<void>;
let holding: string;
let text: { code: string; version: number };
let people = 0;
const by = () => ({ actor: officerOf(house), authority: ['officer-all-work'] });

beforeAll(async () => {
  house = await openTestOffice((office, access) => consentRoutes({ office, access }));
  holding = await addHolding(house);
  close = await openTestCheckpoint(house);
  text = await addConsentText(house, { holding, recipients: [], items: ['name'] });
});
afterAll(async () => {
  await close();
  await house.close();
});

const person = async (): Promise<string> =>
  (await addPerson(house, holding, { name: '例示 花子', email: `remarks-${++people}@example.jp` })).principal;

const today = () => house.office.clock.today();

const ask = (principal: string, more: Partial<RecordAsk> = {}): RecordAsk => ({
  principal,
  text,
  language: 'ja',
  given: { on: today(), at: null },
  givenBy: 'representative',
  representative: { relation: 'parent', checked: 'family-register' },
  channel: 'oral',
  method: 'oral',
  note: '母の佐藤晴子が電話で',
  evidence: '佐藤晴子の署名 箱7',
  shown: null,
  ...more,
});

const words = ['佐藤晴子', '署名 箱7', '退会届の綴り', '苦情の手紙', '弟の申出'];

const objecting = (principal: string, evidence: string | null) =>
  object(house.office, by(), {
    principal,
    scope: 'everything',
    purpose: null,
    recipient: null,
    said: { on: today(), at: null },
    evidence,
  });

/** A consent, its withdrawal, an objection and its retraction by one person, each with a remark. */
async function everything(principal: string) {
  const key = { key: newId(1), text: JSON.stringify(ask(principal)) };
  const { row } = valueOf(await recordConsent(house.office, by(), ask(principal), key));
  const withdrawal = valueOf(
    await withdrawConsent(house.office, by(), row.id, { on: today(), evidence: '佐藤晴子の退会届の綴り' }),
  );
  const objection = valueOf(await objecting(principal, '佐藤晴子の苦情の手紙')).row;
  const retraction = valueOf(await retractObjection(house.office, by(), objection.id, '佐藤晴子の弟の申出でした'));
  return [row, withdrawal, objection, retraction] as const;
}

const erase = async (principal: string) =>
  valueOf(await eraseAll(house.office, byOfficer(house), { principal, ground: 'request-harm' }));

const said = async (rows: Awaited<ReturnType<typeof everything>>) => {
  const remarks = await remarksOf(house.office, by(), rows);
  return rows.map((row) => remarks.get(entryOf(row)));
};

const all = [
  { note: '母の佐藤晴子が電話で', evidence: '佐藤晴子の署名 箱7' },
  { evidence: '佐藤晴子の退会届の綴り' },
  { evidence: '佐藤晴子の苦情の手紙' },
  { reason: '佐藤晴子の弟の申出でした' },
];

describe('what is written in free words', () => {
  test('is in no table, and is read as long as the person is held', async () => {
    const principal = await person();
    const rows = await everything(principal);
    expect(await tablesWith(house.db.owner, words)).toEqual([]);
    expect(await said(rows)).toEqual(all);
    const other = await everything(await person());
    await erase(principal);
    expect(await said(rows)).toEqual(['gone', 'gone', 'gone', 'gone']);
    expect(await said(other)).toEqual(all);
    expect((await consentsOf(house.office, principal)).consents[0]).toMatchObject({
      noted: true,
      evidenced: true,
      representative: { relation: 'parent', checked: 'family-register' },
    });
  });

  test('opens in no other row', async () => {
    const [first] = await everything(await person());
    const [second] = await everything(await person());
    for (const row of [
      { ...first, sealed: second.sealed },
      { ...first, id: second.id },
    ])
      expect([...(await remarksOf(house.office, by(), [row])).values()]).toEqual(['unreadable']);
  });

  test('that does not open takes nothing else of a page with it, and is not said to be gone', async () => {
    const [consent, , objection] = await everything(await person());
    await everything(await person());
    const officer = await house.visitor('officer');
    const read = async (path: string, lang = 'ja') => {
      const answer = await officer.get(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      expect([path, answer.status]).toEqual([path, 200]);
      return answer.text();
    };
    const at = `/consents/objections/${objection.id}`;
    const damage = `UPDATE consent_objections SET ${flipped()} WHERE id = '${objection.id}'`;
    await tampered(house.db, ['consent_objections'], damage, async () => {
      const found = await read(at);
      expect(found.split(doesNotOpen.ja)).toHaveLength(2);
      expect(found).toContain('佐藤晴子の弟の申出でした');
      expect(found).not.toContain('消去しました');
      expect((await read(at, 'en')).split(doesNotOpen.en)).toHaveLength(2);
      expect(await read(`/consents/${consent.id}`)).toMatch(new RegExp(`佐藤晴子の署名 箱7[^]*${doesNotOpen.ja}`));
    });
    await tampered(house.db, ['consents'], `UPDATE consents SET ${flipped()} WHERE id = '${consent.id}'`, async () => {
      const page = await read(`/consents/${consent.id}`);
      // The note and where the evidence is.
      expect(page.split(doesNotOpen.ja)).toHaveLength(3);
      expect(page).toContain('佐藤晴子の苦情の手紙');
    });
  });

  test('is not said to be erased where the key of its person is gone and no erasure is on record', async () => {
    const principal = await person();
    const consent = valueOf(await recordConsent(house.office, by(), ask(principal))).row;
    const officer = await house.visitor('officer');
    const shown = async () => (await officer.get(`/consents/${consent.id}?lang=ja`)).text();
    const taken = `DELETE FROM vault_principals WHERE id = '${principal}'`;
    await tampered(house.db, ['vault_principals'], taken, async () => {
      const page = await shown();
      expect(page).toContain(doesNotOpen.ja);
      expect(page).not.toContain(unreadWords.gone.ja);
    });
    await erase(principal);
    expect(await shown()).toContain(unreadWords.gone.ja);
  });

  test('is not taken about somebody who was erased, but what needs no word is', async () => {
    const principal = await person();
    const { row } = valueOf(await recordConsent(house.office, by(), ask(principal)));
    const objection = valueOf(await objecting(principal, null)).row;
    await erase(principal);
    const withdrawing = (evidence: string | null) =>
      withdrawConsent(house.office, by(), row.id, { on: today(), evidence });
    expect(await withdrawing('綴り3')).toMatchObject({
      problem: { fields: [{ field: 'evidence', says: { ja: expect.stringContaining('空欄にしてください') } }] },
    });
    expect(await retractObjection(house.office, by(), objection.id, '書き間違い')).toMatchObject({
      problem: { fields: [{ field: 'reason', says: { ja: expect.stringContaining('申出はこのままにしてください') } }] },
    });
    expect(valueOf(await withdrawing(null))).toMatchObject({ evidenced: false, sealed: null });
  });

  test('is never kept in clear, unsealed or in the place of a code', async () => {
    const principal = await person();
    valueOf(await recordConsent(house.office, by(), ask(principal)));
    const copy = (change: string) =>
      house.db.owner.query(
        `INSERT INTO consents SELECT (jsonb_populate_record(c, $1::jsonb || jsonb_build_object('id', gen_random_uuid()))).*
         FROM consents c WHERE principal_id = $2`,
        [change, principal],
      );
    await expect(copy('{"sealed": null}')).rejects.toThrow(/consents_sealed/);
    await expect(copy('{"noted": false, "evidenced": false}')).rejects.toThrow(/check constraint/);
    for (const representative of [
      { relation: '母の佐藤晴子', checked: 'other' },
      { relation: 'parent', checked: '佐藤晴子の戸籍' },
      { relation: 'parent', checked: 'other', name: '佐藤晴子' },
    ])
      await expect(copy(JSON.stringify({ representative }))).rejects.toThrow(/check constraint/);
    await copy('{}');
  });
});

describe('what an earlier version kept in clear', () => {
  const folder = path.resolve('migrations');
  const MIGRATION = '2026-11-28-zz-h-consent-remarks.sql';
  let old: TestDatabase;
  let earlier: string;
  const ids = Array.from({ length: 5 }, () => newId(1));
  const [held, gone] = [newId(2), newId(3)];

  /** The same rows for two persons, one of them erased. */
  async function fill(vault: Vault): Promise<void> {
    const textId = newId(4);
    const { owner } = old;
    await owner.query('INSERT INTO vault_principals VALUES ($1, 1, $2, now())', [
      held,
      vault.keeper.fresh(held).wrapped,
    ]);
    await owner.query(
      `INSERT INTO consent_texts VALUES ($1, 'old', 1, 'use', '{}', '{}', '{P1}', $1, '{name}', '{}', false, NULL, now(), 'sekisho')`,
      [textId],
    );
    for (const [principal, more] of [
      [held, ''],
      [gone, '故人の'],
    ] as const) {
      const [consent, entry, objection, retraction, paper] = principal === held ? ids : ids.map(() => newId(5));
      await owner.query(
        `INSERT INTO consents SELECT c.id, $1, $2, 'ja', '2026-11-01', NULL, 'uncertain', NULL, 'oral', c.method, c.note, c.evidence, NULL, NULL,
           NULL, now(), 'sekisho' FROM (VALUES ($3::uuid, 'oral', $5 || '佐藤晴子に電話で聞いた', NULL), ($4::uuid, 'paper', NULL, $5 || '署名 箱7'))
           AS c(id, method, note, evidence)`,
        [principal, textId, consent, paper, more],
      );
      await owner.query(
        "INSERT INTO consent_withdrawals VALUES ($1, $2, $3, '2026-11-02', $4 || '退会届の綴り', now(), 'sekisho')",
        [consent, entry, principal, more],
      );
      await owner.query(
        "INSERT INTO consent_objections VALUES ($1, $2, 'everything', NULL, NULL, '2026-11-03', NULL, $3 || '苦情の手紙', now(), 'sekisho')",
        [objection, principal, more],
      );
      await owner.query(
        "INSERT INTO consent_retractions VALUES ($1, $2, $3, '2026-11-04', $4 || '弟の申出', now(), 'sekisho')",
        [objection, retraction, principal, more],
      );
    }
  }

  const inFiles = (): Promise<string[]> => filesWith(old.owner, 'consent%', words);

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
    const tables = ['consent_objections', 'consent_retractions', 'consent_withdrawals', 'consents'];
    expect(await tablesWith(old.owner, words)).toEqual(tables);
    expect(await inFiles()).toEqual(tables);
    await migrate(old.owner, folder);
    expect(await tablesWith(old.owner, words)).toEqual(['consent_remarks_waiting']);
    expect(await tablesWith(old.owner, ['故人の'])).toEqual([]);
    expect(await inFiles()).toEqual(['consent_remarks_waiting']);

    const office = { ...house.office, database: old.app };
    const root = path.resolve('.');
    // Two processes start at once.
    const apps = await Promise.all([1, 2].map(() => assemble(office, { root, report: expect.fail })));
    await Promise.all(apps.map((app) => app.close()));
    expect(await tablesWith(old.owner, words)).toEqual([]);
    expect(await inFiles()).toEqual([]);
    const read = async (principal: string) => {
      const { consents, withdrawals, objections, retractions } = await consentsOf(office, principal);
      const rows = [
        ...consents.toSorted((a, b) => Number(b.noted) - Number(a.noted)),
        ...withdrawals,
        ...objections,
        ...retractions,
      ];
      const remarks = await remarksOf(office, by(), rows);
      return rows.map((row) => remarks.get(entryOf(row)));
    };
    expect(await read(held)).toEqual([
      { note: '佐藤晴子に電話で聞いた' },
      { evidence: '署名 箱7' },
      { evidence: '退会届の綴り' },
      { evidence: '苦情の手紙' },
      { reason: '弟の申出' },
    ]);
    // For a person erased before, only the fact remains that there was a remark.
    expect(await read(gone)).toEqual(ids.map(() => undefined));
    expect((await consentsOf(office, gone)).objections).toMatchObject([{ evidenced: true, sealed: null }]);
  });

  test('and the application seals nothing but what waits', async () => {
    const before = await old.owner.query('SELECT id, sealed FROM consents ORDER BY id', []);
    await old.app.query("SELECT seal_consent_remarks(ARRAY[$1::uuid], ARRAY['x'::bytea])", [ids[0]]);
    expect(await old.owner.query('SELECT id, sealed FROM consents ORDER BY id', [])).toEqual(before);
    for (const change of [
      'DELETE FROM consent_remarks_waiting',
      `INSERT INTO consent_remarks_waiting VALUES ('${ids[0]}', '${held}', '{}')`,
    ])
      await expect(old.app.query(change, [])).rejects.toThrow(/permission denied/);
  });
});
