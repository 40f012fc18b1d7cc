// The registers of recipients and countries compared with the log: every change, addition or removal made directly in the database is detected, and
// nothing that the office itself did is reported.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { addRecipient, entrusted, officerOf, valueOf } from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import { actorRef } from '../../base/actor.ts';
import { append } from '../../log/index.ts';
import { entryBy, type By } from '../access/index.ts';
import { assuranceSaid } from './actions/record.ts';
import { assureRecipient, checkRecipient, confirmRecord, endAssuranceOf } from './actions/assurance.ts';
import { changeRecipient, resumeRecipient, stopRecipient } from './actions/recipient.ts';
import { checkCommissionPage, reportCountry } from './actions/country.ts';
import { dossierOf } from './actions/read.ts';
import { contentOf, readAssurance } from './facts/read.ts';
import type { AssuranceInput, CheckInput, ReportInput } from './facts/register.ts';
import { recipientProvers } from './promises.ts';
import { insertAssurance } from './store.ts';

let house: TestOffice;
let by: By;
/** A recipient abroad, with an ended contract and a checked system. */
let hanoi: string;
/** A recipient stopped by a check that found that it cannot keep its measures. */
let failing: string;
/** A recipient that was stopped for a while. */
let printer: string;

const tables = [
  'recipients',
  'recipient_versions',
  'recipient_assurances',
  'recipient_checks',
  'country_reports',
  'commission_pages',
] as const;

const sql = (text: string, values: unknown[] = []) => house.db.owner.query(text, values);

const system: AssuranceInput = {
  kind: 'equivalent-system',
  reference: '個人データの取扱いに関する覚書',
  from: '2026-04-01',
  until: '2027-03-31',
  by: 'contract',
  measures: '法第4章第2節に沿う措置を覚書で定めている',
  checkMethod: '年に1回、書面の報告と現地の監査',
};
const trouble = { trouble: '担当者の退職で点検ができない', remedy: '返却を求めた' };
const kept: CheckInput = { on: '2026-11-20', method: '書面の報告', measures: 'kept' };
const report: ReportInput = {
  systemExists: true,
  indicators: [],
  missingPrinciples: ['individual-participation'],
  graveSystems: 'データの国内保存の義務',
  source: 'https://www.example.jp/reports/vn',
  checkedOn: '2026-11-20',
};

/** Records an equivalent-action system as a system could in an earlier version, and returns its id. */
async function assuredBySystem(): Promise<string> {
  const { office, clock } = house;
  const actor = { kind: 'system', id: hanoi, name: '契約管理', token: hanoi, purposes: [], actions: [] } as const;
  const { recipient } = valueOf(await dossierOf(office, hanoi));
  const { content } = readAssurance(recipient, { ...system, reference: '覚書 2' }, clock.today());
  const entry = entryBy(
    { actor, authority: [] },
    clock.now(),
    'recipient:assure',
    assuranceSaid({ ...content, recipient: hanoi }),
  );
  const { id } = entry;
  const wrote = { at: new Date(entry.at), actor: actorRef(actor), entryId: id };
  await office.database.transaction(async (tx) => {
    await insertAssurance(tx, { ...content, ...wrote, id, recipient: hanoi, confirmed: null, ended: null });
    await append(tx, entry);
  });
  return id;
}

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-11-26T09:00:00+09:00' });
  const { office, clock } = house;
  by = { actor: officerOf(house), authority: ['officer-all-work'] };
  hanoi = await addRecipient(
    house,
    { name: 'Reiji Hanoi Co., Ltd.', country: 'VN', relations: ['entrustment', 'third-party'] },
    entrusted,
    system,
  );
  valueOf(await checkRecipient(office, by, hanoi, { ...kept, measures: 'hindered', ...trouble }));
  const before = valueOf(await dossierOf(office, hanoi));
  const contract = before.assurances.find(({ terms }) => terms.kind === 'entrustment')!;
  clock.moveTo('2026-12-01T09:00:00+09:00');
  const input = { ...contentOf(before.recipient), contact: '総務部' };
  valueOf(await changeRecipient(office, by, { id: hanoi, version: 1, input }));
  valueOf(await endAssuranceOf(office, by, { recipient: hanoi, assurance: contract.id, reason: '契約の終了' }));
  const record = await assuredBySystem();
  valueOf(await confirmRecord(office, by, { recipient: hanoi, record }));
  failing = await addRecipient(
    house,
    { name: '株式会社例示不能', relations: ['entrustment'] },
    { ...entrusted, reference: '業務委託契約 2026-015' },
  );
  valueOf(await checkRecipient(office, by, failing, { ...kept, on: '2026-12-01', measures: 'impossible', ...trouble }));
  printer = await addRecipient(house, { name: '株式会社例示印刷', relations: ['entrustment'] });
  valueOf(await stopRecipient(office, by, { id: printer, version: 1, reason: '回答がない' }));
  valueOf(await resumeRecipient(office, by, { id: printer, version: 2, reason: '回答を確かめた' }));
  for (const version of [0, 1]) valueOf(await reportCountry(office, by, { country: 'VN', version, input: report }));
  valueOf(await checkCommissionPage(office, by, { url: 'https://www.example.jp/laws', checkedOn: '2026-11-30' }));
  for (const table of tables) await sql(`CREATE TABLE kept_${table} AS TABLE ${table}`);
});
afterAll(() => house.close());
beforeEach(async () => {
  for (const table of tables.toReversed()) await sql(`DELETE FROM ${table}`);
  for (const table of tables) await sql(`INSERT INTO ${table} SELECT * FROM kept_${table}`);
});

const prove = () => recipientProvers.find(({ promise }) => promise === 'every-access-logged')!.prove(house.office);

describe('提供先と外国の登録', () => {
  test('は、書いたとおりなら記録と合う', async () => {
    const { state, evidence, fix } = await prove();
    // Three recipients, a country, a page.
    expect([state, evidence.map(({ value }) => value.en), fix]).toEqual(['kept', ['5', '0'], []]);
  });

  const of = (text: string, id: () => string | null) => () =>
    sql(
      text,
      [id()].filter((one) => one !== null),
    );
  const nobody = () => null;
  const breaches: [string, () => Promise<unknown>][] = [
    [
      '延ばされた次の確認',
      of("UPDATE recipient_checks SET next_due = '2029-01-01' WHERE recipient_id = $1", () => hanoi),
    ],
    [
      'ずらされた確認の日',
      of("UPDATE recipient_checks SET on_day = '2026-11-25' WHERE recipient_id = $1", () => hanoi),
    ],
    ['書き換えられた支障', of("UPDATE recipient_checks SET trouble = 'なし' WHERE recipient_id = $1", () => hanoi)],
    ['消された確認', of('DELETE FROM recipient_checks WHERE recipient_id = $1', () => failing)],
    [
      '書き足された確認',
      of(
        `INSERT INTO recipient_checks SELECT gen_random_uuid(), recipient_id, on_day + 1, method, 'kept', foreign_system, NULL, NULL, '2029-01-01', at, actor, gen_random_uuid()
         FROM recipient_checks WHERE recipient_id = $1`,
        () => failing,
      ),
    ],
    [
      '解かれた停止',
      of("UPDATE recipients SET state = 'active', stopped_on = NULL, stop_reason = NULL WHERE id = $1", () => failing),
    ],
    [
      '版からも消された停止',
      async () => {
        await sql("DELETE FROM recipient_versions WHERE recipient_id = $1 AND act = 'stop'", [failing]);
        await sql(
          "UPDATE recipients SET state = 'active', stopped_on = NULL, stop_reason = NULL, version = 1 WHERE id = $1",
          [failing],
        );
      },
    ],
    [
      '止まっていないことにされた版',
      async () => {
        await sql("UPDATE recipient_versions SET state = 'active' WHERE recipient_id = $1", [failing]);
        await sql("UPDATE recipients SET state = 'active', stopped_on = NULL, stop_reason = NULL WHERE id = $1", [
          failing,
        ]);
      },
    ],
    ['遅らされた停止の日', of("UPDATE recipients SET stopped_on = '2026-12-24' WHERE id = $1", () => failing)],
    [
      '延ばされた根拠',
      of(
        "UPDATE recipient_assurances SET until_day = '2030-03-31' WHERE recipient_id = $1 AND until_day IS NOT NULL",
        () => hanoi,
      ),
    ],
    [
      '終わりのなくなった根拠',
      of('UPDATE recipient_assurances SET until_day = NULL WHERE recipient_id = $1', () => hanoi),
    ],
    [
      '早められた根拠',
      of("UPDATE recipient_assurances SET from_day = '2025-04-01' WHERE recipient_id = $1", () => hanoi),
    ],
    [
      '書き換えられた契約',
      of(
        `UPDATE recipient_assurances SET terms = terms || '{"ownUse": true}' WHERE recipient_id = $1 AND kind = 'entrustment'`,
        () => hanoi,
      ),
    ],
    [
      '取り消された契約の終わり',
      of(
        'UPDATE recipient_assurances SET ended_on = NULL, end_reason = NULL, end_entry_id = NULL WHERE recipient_id = $1',
        () => hanoi,
      ),
    ],
    [
      '延ばされた契約の終わり',
      of(
        "UPDATE recipient_assurances SET ended_on = '2027-12-01' WHERE recipient_id = $1 AND ended_on IS NOT NULL",
        () => hanoi,
      ),
    ],
    [
      '消された社内での確認',
      of(
        'UPDATE recipient_assurances SET confirmed_at = NULL, confirmed_by = NULL, confirm_entry_id = NULL WHERE recipient_id = $1',
        () => hanoi,
      ),
    ],
    [
      '書き足された社内での確認',
      of(
        'UPDATE recipient_checks SET confirmed_at = at, confirmed_by = actor, confirm_entry_id = gen_random_uuid() WHERE recipient_id = $1',
        () => hanoi,
      ),
    ],
    [
      'ほかの人がしたことにされた社内での確認',
      of("UPDATE recipient_assurances SET confirmed_by = 'staff:other' WHERE confirmed_by IS NOT NULL", nobody),
    ],
    ['消された根拠', of('DELETE FROM recipient_assurances WHERE recipient_id = $1', () => failing)],
    [
      '書き足された根拠',
      of(
        `INSERT INTO recipient_assurances (id, recipient_id, kind, reference, from_day, terms, at, actor, entry_id)
         SELECT gen_random_uuid(), $1, kind, reference, from_day, terms, at, actor, gen_random_uuid()
         FROM recipient_assurances WHERE kind = 'entrustment' LIMIT 1`,
        () => printer,
      ),
    ],
    ['移された国', of("UPDATE recipients SET country = 'JP' WHERE id = $1", () => hanoi)],
    [
      '版でも移された国',
      async () => {
        await sql("UPDATE recipients SET country = 'JP' WHERE id = $1", [hanoi]);
        await sql(`UPDATE recipient_versions SET content = content || '{"country": "JP"}' WHERE recipient_id = $1`, [
          hanoi,
        ]);
      },
    ],
    [
      'ずらされた変更の日時',
      of("UPDATE recipient_versions SET at = at - interval '1 day' WHERE recipient_id = $1", () => printer),
    ],
    [
      'ほかの人がしたことにされた再開',
      of(
        "UPDATE recipient_versions SET actor = 'staff:other' WHERE recipient_id = $1 AND act = 'resume'",
        () => printer,
      ),
    ],
    [
      '書き換えられた停止の理由',
      async () => {
        await sql("UPDATE recipient_versions SET reason = 'なし' WHERE recipient_id = $1 AND act = 'stop'", [failing]);
        await sql("UPDATE recipients SET stop_reason = 'なし' WHERE id = $1", [failing]);
      },
    ],
    [
      '書き換えられた再開の理由',
      of("UPDATE recipient_versions SET reason = 'なし' WHERE recipient_id = $1 AND act = 'resume'", () => printer),
    ],
    [
      '書き換えられた終わりの理由',
      of(
        "UPDATE recipient_assurances SET end_reason = 'なし' WHERE recipient_id = $1 AND ended_on IS NOT NULL",
        () => hanoi,
      ),
    ],
    [
      '消された提供先',
      async () => {
        for (const table of ['recipient_versions', 'recipient_assurances', 'recipient_checks'])
          await sql(`DELETE FROM ${table} WHERE recipient_id = $1`, [failing]);
        await sql('DELETE FROM recipients WHERE id = $1', [failing]);
      },
    ],
    [
      '新しくされた調査',
      of(`UPDATE country_reports SET content = content || '{"checkedOn": "2026-12-01"}' WHERE version = 2`, nobody),
    ],
    ['消された調査', of('DELETE FROM country_reports WHERE version = 1', nobody)],
    ['新しくされたページの確認', of("UPDATE commission_pages SET checked_on = '2026-12-01'", nobody)],
    ['消されたページの確認', of('DELETE FROM commission_pages', nobody)],
  ];

  test.each(breaches)('は、%sで記録と合わなくなる', async (_, wreck) => {
    await wreck();
    const { state, evidence, fix } = await prove();
    expect([state, evidence[1]!.value.en]).toEqual(['broken', '1']);
    expect(fix).not.toEqual([]);
  });

  test('は、前の版のプログラムが記録に書かなかったことを求めない', async () => {
    const earlier = `UPDATE log_entries SET entry = (entry::jsonb - 'reasons')::text WHERE action LIKE 'recipient:%'`;
    const { state, evidence } = await tampered(house.db, ['log_entries'], earlier, prove);
    expect([state, evidence[1]!.value.en]).toEqual(['kept', '0']);
  });

  test('は、前の版のプログラムが別々にとった、版と記録の時刻の差を問わない', async () => {
    await sql("UPDATE recipient_versions SET at = at - interval '54 ms' WHERE version > 1");
    expect((await prove()).state).toBe('kept');
  });

  test('は、版を残して提供先が消されても、記録と合わなくなる', async () => {
    const { state, evidence } = await tampered(
      house.db,
      ['recipients'],
      `DELETE FROM recipients WHERE id = '${failing}'`,
      prove,
    );
    expect([state, evidence[1]!.value.en, evidence[2]!.href]).toEqual(['broken', '1', '/recipients']);
  });

  test('は、合わないものを名前で言う', async () => {
    await sql("UPDATE recipient_checks SET next_due = '2029-01-01' WHERE recipient_id = $1", [hanoi]);
    await sql('DELETE FROM country_reports WHERE version = 1');
    const { evidence } = await prove();
    expect(evidence.slice(1)).toMatchObject([
      { value: { en: '2' }, state: 'broken' },
      { label: { en: 'Reiji Hanoi Co., Ltd. (Vietnam)' }, href: `/recipients/${hanoi}`, state: 'broken' },
      { label: { en: 'Vietnam' }, href: '/countries/VN', state: 'broken' },
    ]);
  });

  test('は、だれかが変えたときだけ読み直し、変えたものはすぐに合う', async () => {
    const { database } = house.office;
    const { query } = database;
    let read = 0;
    database.query = (text, values, name) => {
      if (name === 'recipients.traces') read += 1;
      return query(text, values, name);
    };
    await prove();
    await prove();
    valueOf(await assureRecipient(house.office, by, printer, { ...entrusted, reference: '業務委託契約 2026-016' }));
    const { state } = await prove();
    database.query = query;
    expect([read, state]).toEqual([2, 'kept']);
  });

  test('の新しい版は、記録と同じ時刻を持つ', async () => {
    let ms = house.clock.now();
    const ticking = { ...house.office, clock: { ...house.clock, now: () => (ms += 7) } };
    const id = await addRecipient(
      { ...house, office: ticking },
      { name: '株式会社例示時計', relations: ['entrustment'] },
    );
    valueOf(await stopRecipient(ticking, by, { id, version: 1, reason: '契約の終了' }));
    const found = await sql(
      'SELECT count(*)::int AS n FROM recipient_versions v JOIN log_entries l ON l.id = v.entry_id AND l.at = v.at WHERE v.recipient_id = $1',
      [id],
    );
    expect(found).toEqual([{ n: 2 }]);
  });
});
