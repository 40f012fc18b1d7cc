// The register of recipients and countries on a real database: what is refused at which field, how two clerks' changes interact, what stops a
// recipient, the facts the law is then asked with, and what the history and the log keep.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { beside, testDatabase, type TestDatabase } from '../../../tests/house.ts';
import type { Outcome } from '../../base/outcome.ts';
import { day, type Day } from '../../base/day.ts';
import { decideProvision, parameters, type ProvisionFacts } from '../../law/index.ts';
import { listEntries, type LogEntry } from '../../log/index.ts';
import { equip, type Office, type Prover } from '../../office.ts';
import { standingClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import type { By } from '../access/index.ts';
import { loadFirstPolicy, policyInForce } from '../policy/index.ts';
import { assureRecipient, checkRecipient, confirmRecord, endAssuranceOf } from './actions/assurance.ts';
import { changeRecipient, registerRecipient, resumeRecipient, stopRecipient } from './actions/recipient.ts';
import { checkCommissionPage, reportCountry } from './actions/country.ts';
import {
  commissionPage,
  countryReportOn,
  dossierOf,
  history,
  listRecipients,
  recipientFacts,
  recipientOf,
  readRegister,
  registerDues,
  unconfirmedRecords,
} from './actions/read.ts';
import { measuresAnswer } from './letters/measures.ts';
import { contractorsSupervised, recipientProvers } from './promises.ts';
import { itemWords } from './words.ts';
import type { AssuranceInput, CheckInput, Recipient, RecipientInput, ReportInput } from './facts/register.ts';

const clock = standingClock('2026-11-26T09:00:00+09:00');
const today = day('2026-11-26');
let db: TestDatabase;
let folder: string;
let office: Office;
const officer = '01890000-0000-7000-8000-000000000001';
const by: By = {
  actor: { kind: 'staff', id: officer, name: '関口 真理', roles: ['officer'] },
  authority: ['officer-all-work'],
};

beforeAll(async () => {
  db = await testDatabase();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-recipients-'));
  office = await equip(readConfig({}, { dataFolder: folder }), clock, db.app);
  await loadFirstPolicy(office, 'policies/example');
});
afterAll(async () => {
  await db.drop();
  await fs.rm(folder, { recursive: true });
});
beforeEach(async () => {
  clock.moveTo('2026-11-26T09:00:00+09:00');
  await db.owner.query(
    'TRUNCATE recipients, recipient_versions, recipient_assurances, recipient_checks, country_reports, commission_pages',
    [],
  );
  before = (await logged()).length;
});

const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
};

const problemFields = (outcome: Outcome<unknown>): string[] => {
  if (outcome.ok || outcome.problem.kind !== 'invalid') throw new Error(JSON.stringify(outcome));
  for (const { says } of outcome.problem.fields) expect(says.ja && says.en).toBeTruthy();
  return outcome.problem.fields.map((problem) => problem.field);
};

const conflictOf = (outcome: Outcome<unknown>): { field: string; existing: string | undefined } => {
  if (outcome.ok || outcome.problem.kind !== 'conflict') throw new Error(JSON.stringify(outcome));
  return { field: outcome.problem.field, existing: outcome.problem.existing };
};

const logged = async (): Promise<LogEntry[]> => (await listEntries(db.app, { most: 500 })).map((one) => one.entry);

/** Number of entries before the test. */
let before = 0;

/** The entries of this test, newest first. */
const entries = async (): Promise<LogEntry[]> => {
  const all = await logged();
  return all.slice(0, all.length - before);
};

const shipping: RecipientInput = {
  kind: 'corporation',
  name: '株式会社例示配送',
  address: '東京都中央区例示町2-2',
  representative: '配送 太郎',
  country: 'JP',
  relations: ['entrustment'],
};
/** In Viet Nam, which is not recognised as equivalent. */
const hanoi: RecipientInput = {
  ...shipping,
  name: 'Reiji Hanoi Co., Ltd.',
  address: '1 Reiji Street, Ha Noi',
  representative: 'Reiji Van A',
  country: 'VN',
  relations: ['entrustment', 'third-party'],
};
const entrusted: AssuranceInput = {
  kind: 'entrustment',
  reference: '業務委託契約 2026-014',
  from: '2026-04-01',
  ownUse: false,
  assessed: true,
  contract: true,
  monitored: true,
};
const system: AssuranceInput = {
  kind: 'equivalent-system',
  reference: '個人データの取扱いに関する覚書',
  from: '2026-04-01',
  until: '2027-03-31',
  by: 'contract',
  measures: '法第4章第2節に沿う措置を覚書で定めている',
  checkMethod: '年に1回、書面の報告と現地の監査',
};
const kept: CheckInput = { on: '2026-11-20', method: '書面の報告', measures: 'kept' };

const register = async (input: RecipientInput): Promise<Recipient> => value(await registerRecipient(office, by, input));

const trouble = { trouble: '担当者の退職で点検ができない', remedy: '返却を求めた' };
const failing: CheckInput = { on: '2026-11-26', method: '現地の監査', measures: 'impossible', ...trouble };

const actionsOf = async (): Promise<string[]> => (await entries()).map(({ action }) => action).reverse();

describe('the register', () => {
  test('answers through its door what was registered', async () => {
    const made = await register(shipping);
    expect(value(await recipientOf(office, made.id))).toEqual(made);
    expect(await listRecipients(office)).toEqual([made]);
    expect(value(await recipientFacts(office.database, made.id, today))).toEqual({
      recipient: {
        kind: 'corporation',
        name: '株式会社例示配送',
        address: '東京都中央区例示町2-2',
        representative: '配送 太郎',
        country: 'JP',
      },
      relations: ['entrustment'],
      publicKey: null,
      stopped: false,
      version: 1,
      assured: 0,
    });
  });

  test('knows no other id', async () => {
    for (const id of ['', 'x', '01890000-0000-7000-8000-000000000009']) {
      expect(await recipientOf(office, id)).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
      expect(await recipientFacts(office.database, id, today)).toMatchObject({
        ok: false,
        problem: { kind: 'not-found' },
      });
      expect(await checkRecipient(office, by, id, kept)).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
      expect(await assureRecipient(office, by, id, entrusted)).toMatchObject({ problem: { kind: 'not-found' } });
      expect(await stopRecipient(office, by, { id, version: 1, reason: 'x' })).toMatchObject({
        problem: { kind: 'not-found' },
      });
    }
  });

  test('refuses a corporation without a representative by that name, and writes nothing', async () => {
    expect(problemFields(await registerRecipient(office, by, { ...shipping, representative: '' }))).toEqual([
      'representative',
    ]);
    expect(problemFields(await registerRecipient(office, by, { ...shipping, publicKey: 'age1nokey' }))).toEqual([
      'publicKey',
    ]);
    expect(problemFields(await registerRecipient(office, by, { ...shipping, kind: 'private-person' }))).toEqual([
      'kind',
    ]);
    expect(await listRecipients(office)).toEqual([]);
    expect(await entries()).toEqual([]);
  });

  test('the same name and address come in once, however often it is pressed', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => registerRecipient(office, by, shipping)));
    const made = all.filter((one) => one.ok);
    expect(made).toHaveLength(1);
    const { id } = value(made[0]!);
    for (const one of all.filter(({ ok }) => !ok)) expect(conflictOf(one)).toEqual({ field: 'name', existing: id });
    expect(await actionsOf()).toEqual(['recipient:register']);
  });

  test('a change is a new version, and what was true then stays readable', async () => {
    const made = await register(shipping);
    clock.moveTo('2026-12-10T09:00:00+09:00');
    const changed = value(
      await changeRecipient(office, by, {
        id: made.id,
        version: 1,
        input: { ...shipping, representative: '配送 次郎', address: '東京都港区例示町3-3' },
      }),
    );
    expect(changed).toMatchObject({ version: 2, representative: '配送 次郎' });
    expect((await history(office, made.id)).map(({ act, content }) => [act, content.representative])).toEqual([
      ['change', '配送 次郎'],
      ['register', '配送 太郎'],
    ]);
    const on = async (text: string) =>
      value(await recipientFacts(office.database, made.id, day(text))).recipient.representative;
    expect([await on('2026-11-26'), await on('2026-12-09'), await on('2026-12-10')]).toEqual([
      '配送 太郎',
      '配送 太郎',
      '配送 次郎',
    ]);
    expect(await recipientFacts(office.database, made.id, day('2026-11-25'))).toMatchObject({
      problem: { kind: 'not-found' },
    });
    // A change that differs in nothing makes no version.
    const again = { id: made.id, version: 2, input: { ...changed } };
    expect(value(await changeRecipient(office, by, again)).version).toBe(2);
    expect(await actionsOf()).toEqual(['recipient:register', 'recipient:change']);
  });

  test('of two clerks who change the same version, the second is told', async () => {
    const made = await register(shipping);
    await register(hanoi);
    const change = (contact: string) =>
      changeRecipient(office, by, { id: made.id, version: 1, input: { ...shipping, contact } });
    const both = await Promise.all([change('総務部'), change('営業部')]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(conflictOf(both.find(({ ok }) => !ok)!)).toEqual({ field: 'version', existing: made.id });
    const taken = { id: made.id, version: 2, input: { ...hanoi, country: 'JP', relations: ['entrustment'] } };
    expect(conflictOf(await changeRecipient(office, by, taken)).field).toBe('name');
  });

  test('of two that are given one name at once, the second is told of the first', async () => {
    const [first, second] = [await register(shipping), await register({ ...shipping, name: '株式会社例示倉庫' })];
    const { begun } = await db.owner.transaction(async (tx) => {
      await tx.query("UPDATE recipients SET name = '例示物流株式会社' WHERE id = $1", [first.id]);
      const input = { ...shipping, name: '例示物流株式会社' };
      return beside(db, tx, () => changeRecipient(office, by, { id: second.id, version: 1, input }));
    });
    expect(conflictOf(await begun)).toEqual({ field: 'name', existing: first.id });
    expect(value(await recipientOf(office, second.id))).toEqual(second);
    expect(await actionsOf()).toEqual(['recipient:register', 'recipient:register']);
  });

  test('the log holds ids, days and a hash, and none of the names', async () => {
    const made = await register(hanoi);
    value(await assureRecipient(office, by, made.id, entrusted));
    value(await checkRecipient(office, by, made.id, { ...failing, foreignSystem: '政府による収集' }));
    const mine = await entries();
    expect(mine.map(({ action }) => action).sort()).toEqual([
      'recipient:assure',
      'recipient:check',
      'recipient:register',
      'recipient:stop',
    ]);
    for (const entry of mine) {
      expect(entry).toMatchObject({ recipient: made.id, authority: ['officer-all-work'], actor: `staff:${officer}` });
      expect(entry.sha256).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(JSON.stringify(mine)).not.toMatch(/Reiji|Hanoi|委託|担当者|政府/);
  });

  test('a version, a check and a report cannot be rewritten by the application', async () => {
    const made = await register(hanoi);
    value(await checkRecipient(office, by, made.id, kept));
    for (const text of [
      "UPDATE recipient_versions SET reason = 'x'",
      'DELETE FROM recipient_versions',
      "UPDATE recipient_checks SET measures = 'kept'",
      'DELETE FROM recipient_checks',
      "UPDATE recipient_assurances SET until_day = '2030-01-01'",
      'DELETE FROM recipient_assurances',
      'DELETE FROM recipients',
      "UPDATE country_reports SET checked_on = '2026-11-26'",
      "UPDATE commission_pages SET checked_on = '2026-11-26'",
    ]) {
      await expect(db.app.query(text, [])).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('stopping', () => {
  test('by hand: with a reason, once, and lifted with a reason', async () => {
    const { id } = await register(shipping);
    expect(problemFields(await stopRecipient(office, by, { id, version: 1, reason: ' ' }))).toEqual(['reason']);
    const reason = '監査の指摘に答えがない';
    expect(value(await stopRecipient(office, by, { id, version: 1, reason }))).toMatchObject({
      state: 'stopped',
      stoppedOn: today,
      stopReason: reason,
      version: 2,
    });
    expect(value(await recipientFacts(office.database, id, today)).stopped).toBe(true);
    expect(conflictOf(await stopRecipient(office, by, { id, version: 1, reason })).field).toBe('version');
    expect(conflictOf(await stopRecipient(office, by, { id, version: 2, reason })).field).toBe('state');
    expect(problemFields(await resumeRecipient(office, by, { id, version: 2, reason: '' }))).toEqual(['reason']);
    expect(value(await resumeRecipient(office, by, { id, version: 2, reason: '回答を確かめた' }))).toMatchObject({
      state: 'active',
      stoppedOn: null,
      stopReason: null,
    });
    expect(conflictOf(await resumeRecipient(office, by, { id, version: 3, reason })).field).toBe('state');
    expect((await history(office, id)).map(({ act, reason: why, state }) => [act, why, state])).toEqual([
      ['resume', '回答を確かめた', 'active'],
      ['stop', reason, 'stopped'],
      ['register', null, 'active'],
    ]);
    expect(await actionsOf()).toEqual(['recipient:register', 'recipient:stop', 'recipient:resume']);
  });

  test('by a check that the measures cannot be kept, in the same transaction; the law refuses from then on', async () => {
    const { id } = await register(hanoi);
    value(await assureRecipient(office, by, id, entrusted));
    value(await assureRecipient(office, by, id, system));
    value(await checkRecipient(office, by, id, kept));
    expect(await answer(id)).toEqual(['yes', true]);
    const { check, recipient } = value(await checkRecipient(office, by, id, failing));
    expect(recipient).toMatchObject({ state: 'stopped', stoppedOn: today, stopReason: trouble.trouble, version: 2 });
    expect(value(await recipientFacts(office.database, id, today))).toMatchObject({
      stopped: true,
      equivalentSystem: { failing: true, checkedOn: '2026-11-26' },
    });
    expect(await answer(id)).toEqual(['no', false]);
    const stop = (await entries()).find(({ action }) => action === 'recipient:stop')!;
    expect(stop).toMatchObject({ recipient: id, version: 2, check: check.id });

    // The stop cannot be lifted while the last check says so. A later good check allows lifting it, but does not lift it.
    const resuming = { id, version: 2, reason: '措置が戻った' };
    expect(conflictOf(await resumeRecipient(office, by, resuming))).toEqual({ field: 'state', existing: check.id });
    clock.moveTo('2026-12-01T09:00:00+09:00');
    value(await checkRecipient(office, by, id, { ...kept, on: '2026-12-01' }));
    expect(value(await recipientOf(office, id)).state).toBe('stopped');
    expect(value(await resumeRecipient(office, by, resuming)).state).toBe('active');
    expect(await answer(id, day('2026-12-01'))).toEqual(['yes', true]);
  });

  test('nothing is checked without its stop, and nothing stopped without its log entry', async () => {
    const { id } = await register(hanoi);
    await db.owner.query('REVOKE INSERT ON log_entries FROM sekisho_app', []);
    await expect(checkRecipient(office, by, id, failing)).rejects.toMatchObject({ code: '42501' });
    await expect(registerRecipient(office, by, shipping)).rejects.toMatchObject({ code: '42501' });
    await db.owner.query('GRANT INSERT ON log_entries TO sekisho_app', []);
    await db.owner.query('REVOKE INSERT ON recipient_versions FROM sekisho_app', []);
    await expect(checkRecipient(office, by, id, failing)).rejects.toMatchObject({ code: '42501' });
    await db.owner.query('GRANT INSERT ON recipient_versions TO sekisho_app', []);
    const { recipient, checks, versions } = value(await dossierOf(office, id));
    expect([recipient.state, checks.length, versions.length]).toEqual(['active', 0, 1]);
    expect(await listRecipients(office)).toHaveLength(1);
    expect(await actionsOf()).toEqual(['recipient:register']);
  });

  test('of a failing check and a change at once, neither is lost', async () => {
    const { id } = await register(hanoi);
    const [checked, changed] = await Promise.all([
      checkRecipient(office, by, id, failing),
      changeRecipient(office, by, { id, version: 1, input: { ...hanoi, contact: '総務部' } }),
    ]);
    expect(checked.ok).toBe(true);
    expect(value(await recipientOf(office, id)).state).toBe('stopped');
    expect((await history(office, id)).length).toBe(changed.ok ? 3 : 2);
  });
});

/** The law's answer to an entrustment, and whether the recipient is stopped. */
async function answer(id: string, on: Day = today): Promise<[string, boolean]> {
  const { recipient, entrustment, equivalentSystem, stopped } = value(await recipientFacts(office.database, id, on));
  const facts: ProvisionFacts = {
    information: 'personal',
    relation: 'entrustment',
    recipient,
    items: ['name'],
    purpose: 'P1',
    holdingPurposes: [{ id: 'P1', clause: '13' }],
    consent: null,
    entrustment: entrustment!,
    equivalentSystem: equivalentSystem!,
  };
  return [decideProvision(facts, on).answer, !stopped];
}

describe('what a provision rests on', () => {
  test('for a recipient abroad a person vouches: a system neither records its equivalent system nor finds it kept', async () => {
    const { id } = await register(hanoi);
    const bySystem: By = {
      actor: { kind: 'system', id: officer, name: '契約管理', token: officer, purposes: [], actions: [] },
      authority: ['system-keeps-registers'],
    };
    const forbidden = { ok: false, problem: { kind: 'forbidden' } };
    expect(await assureRecipient(office, bySystem, id, system)).toMatchObject(forbidden);
    expect(value(await recipientFacts(office.database, id, today)).equivalentSystem).toBeNull();
    // What it can read off a contract it records, and what it can end.
    value(await assureRecipient(office, bySystem, id, entrusted));
    const { id: assurance } = value(await assureRecipient(office, by, id, system));
    expect(await checkRecipient(office, bySystem, id, kept)).toMatchObject(forbidden);
    const shaken: CheckInput = { ...kept, measures: 'hindered', ...trouble };
    expect(await checkRecipient(office, bySystem, id, shaken)).toMatchObject(forbidden);
    expect(value(await recipientFacts(office.database, id, today)).equivalentSystem).toMatchObject({ checkedOn: null });
    value(await checkRecipient(office, by, id, kept));
    expect(value(await recipientFacts(office.database, id, today)).equivalentSystem).toMatchObject({
      checkedOn: '2026-11-20',
    });
    const stopped = value(await checkRecipient(office, bySystem, id, { ...failing, on: today }));
    expect(stopped.recipient.state).toBe('stopped');
    value(await endAssuranceOf(office, bySystem, { recipient: id, assurance, reason: '覚書の解約' }));
    // At home there is nothing to vouch for.
    const home = await register(shipping);
    value(await checkRecipient(office, bySystem, home.id, kept));
  });

  /** A recipient abroad whose system and check came from a system, as an earlier version let it. */
  async function recordedBySystem(): Promise<{ id: string; assurance: string; check: string }> {
    const { id } = await register(hanoi);
    value(await assureRecipient(office, by, id, entrusted));
    const { id: assurance } = value(await assureRecipient(office, by, id, system));
    const { check } = value(await checkRecipient(office, by, id, kept));
    for (const [table, row] of [
      ['recipient_assurances', assurance],
      ['recipient_checks', check.id],
    ])
      await db.owner.query(`UPDATE ${table} SET actor = $2 WHERE id = $1`, [row, `system:${officer}`]);
    return { id, assurance, check: check.id };
  }
  const yearly = async () => {
    const { state, evidence } = await recipientProvers
      .find(({ promise }) => promise === 'equivalent-measures-checked-yearly')!
      .prove(office);
    return [state, evidence[0]?.value.en];
  };
  const waiting = async () =>
    unconfirmedRecords(await readRegister(office), office.clock.today()).map(({ records }) => records.length);

  test('for a recipient abroad: what a system recorded in an earlier version is unknown until staff confirm it', async () => {
    const { id, assurance, check } = await recordedBySystem();
    expect(value(await recipientFacts(office.database, id, today))).not.toHaveProperty('equivalentSystem');
    expect(await answer(id)).toEqual(['unknown', true]);
    expect([await yearly(), await waiting()]).toEqual([['risk', 'waits for staff to confirm it'], [2]]);
    const { assured } = value(await recipientOf(office, id));
    const before = (await actionsOf()).length;
    value(await confirmRecord(office, by, { recipient: id, record: assurance }));
    expect([await answer(id), await yearly(), await waiting()]).toEqual([
      ['unknown', true],
      ['risk', 'waits for staff to confirm it'],
      [1],
    ]);
    value(await confirmRecord(office, by, { recipient: id, record: check }));
    expect([await answer(id), await yearly(), await waiting()]).toEqual([['yes', true], ['kept', 'by 2027/11/20'], []]);
    // Whoever read the recipient before the confirmations reads it again.
    expect(value(await recipientOf(office, id)).assured).toBe(assured + 2);
    expect((await actionsOf()).slice(before)).toEqual(['recipient:confirm', 'recipient:confirm']);
    expect((await entries())[0]).toMatchObject({ recipient: id, confirmed: check, actor: `staff:${officer}` });
    expect(value(await dossierOf(office, id)).checks[0]!.confirmed).toMatchObject({ actor: `staff:${officer}` });
  });

  test('is confirmed by staff alone, once, and only where that is needed', async () => {
    const { id, assurance } = await recordedBySystem();
    const bySystem: By = {
      actor: { kind: 'system', id: officer, name: '契約管理', token: officer, purposes: [], actions: [] },
      authority: ['system-keeps-registers'],
    };
    const of = { recipient: id, record: assurance };
    expect(await confirmRecord(office, bySystem, of)).toMatchObject({ ok: false, problem: { kind: 'forbidden' } });
    const pressed = await Promise.all([1, 2].map(() => confirmRecord(office, by, of)));
    expect(pressed.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    const contract = value(await dossierOf(office, id)).assurances.find(({ terms }) => terms.kind === 'entrustment')!;
    expect(conflictOf(await confirmRecord(office, by, { recipient: id, record: contract.id })).field).toBe('state');
    const { id: other } = await register(shipping);
    for (const wrong of [
      { ...of, recipient: other },
      { ...of, record: other },
      { ...of, recipient: 'x' },
    ])
      expect(await confirmRecord(office, by, wrong)).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
  });

  test('for a recipient abroad: a check of a system neither lifts a stop nor hides what staff recorded', async () => {
    const { id } = await recordedBySystem();
    const { recipient } = value(await checkRecipient(office, by, id, { ...failing, on: '2026-11-19' }));
    // The newest check says “kept”, but a system recorded it.
    const resumed = await resumeRecipient(office, by, { id, version: recipient.version, reason: '改善した' });
    expect(conflictOf(resumed).field).toBe('state');
    value(await assureRecipient(office, by, id, { ...system, reference: '覚書 2' }));
    expect(value(await recipientFacts(office.database, id, today)).equivalentSystem).toMatchObject({ failing: true });
    expect(await answer(id)).toEqual(['no', false]);
  });

  const back: CheckInput = { on: '2026-11-26', method: '書面', measures: 'returned', proof: 'データ消去証明書 12' };

  test('what was given is on record as returned only where nothing is given on a standing basis, with the document that shows it', async () => {
    const { id } = await register(shipping);
    value(await assureRecipient(office, by, id, entrusted));
    expect(problemFields(await checkRecipient(office, by, id, back))).toEqual(['measures']);
    const { version } = value(await recipientOf(office, id));
    value(await stopRecipient(office, by, { id, version, reason: '契約の終了' }));
    const { proof: _, ...bare } = back;
    const wrong: [CheckInput, string[]][] = [
      [bare, ['proof']],
      [{ ...back, nextDue: '2027-11-01' }, ['nextDue']],
      [{ ...back, ...trouble }, ['trouble', 'remedy']],
      [{ ...kept, proof: '証明書' }, ['proof']],
    ];
    for (const [input, fields] of wrong)
      expect(problemFields(await checkRecipient(office, by, id, input))).toEqual(fields);
    const bySystem: By = {
      actor: { kind: 'system', id: officer, name: '契約管理', token: officer, purposes: [], actions: [] },
      authority: ['system-keeps-registers'],
    };
    expect(await checkRecipient(office, bySystem, id, back)).toMatchObject({
      ok: false,
      problem: { kind: 'forbidden' },
    });
    const { check } = value(await checkRecipient(office, by, id, back));
    expect(check).toMatchObject({ proof: 'データ消去証明書 12', nextDue: null });
    expect((await entries())[0]).toMatchObject({ action: 'recipient:check', measures: 'returned' });
    expect(JSON.stringify(await entries())).not.toContain('証明書');
    expect(conflictOf(await checkRecipient(office, by, id, back)).existing).toBe(check.id);
  });

  test('that what was given was returned says nothing of the measures: it lifts no stop, and no check is due after it', async () => {
    const { id } = await register(hanoi);
    const { recipient } = value(await checkRecipient(office, by, id, failing));
    // On the day of the failure too.
    value(await checkRecipient(office, by, id, back));
    const resumed = await resumeRecipient(office, by, { id, version: recipient.version, reason: '改善した' });
    expect(conflictOf(resumed).field).toBe('state');
    value(await assureRecipient(office, by, id, system));
    expect(value(await recipientFacts(office.database, id, today)).equivalentSystem).toMatchObject({ failing: true });
    const home = await register({ ...shipping, relations: ['third-party'] });
    value(await checkRecipient(office, by, home.id, kept));
    const due = async () =>
      registerDues(await readRegister(office), office.clock.today())
        .filter((one) => one.recipient.id === home.id)
        .map(({ on }) => on);
    expect(await due()).toEqual(['2027-11-20']);
    value(await checkRecipient(office, by, home.id, back));
    expect(await due()).toEqual([]);
  });

  test('is on record once, and ended once', async () => {
    const { id } = await register(shipping);
    const pressed = await Promise.all([1, 2, 3].map(() => assureRecipient(office, by, id, entrusted)));
    const [made] = pressed.filter((one) => one.ok).map(value);
    expect(pressed.filter(({ ok }) => ok)).toHaveLength(1);
    expect(conflictOf(pressed.find(({ ok }) => !ok)!)).toEqual({ field: 'reference', existing: made!.id });
    expect(value(await recipientFacts(office.database, id, today)).entrustment).toEqual({
      ownUse: false,
      assessed: true,
      contract: true,
      monitored: true,
    });
    const end = (reason: string) => endAssuranceOf(office, by, { recipient: id, assurance: made!.id, reason });
    expect(problemFields(await end(''))).toEqual(['reason']);
    expect(value(await end('契約の終了')).ended).toMatchObject({ on: today, reason: '契約の終了' });
    expect(conflictOf(await end('契約の終了')).field).toBe('state');
    expect(value(await recipientFacts(office.database, id, today))).not.toHaveProperty('entrustment');
    expect(value(await recipientFacts(office.database, id, day('2026-11-26')))).not.toHaveProperty('entrustment');
    const other = await register(hanoi);
    const wrong = { recipient: other.id, assurance: made!.id, reason: 'x' };
    expect(await endAssuranceOf(office, by, wrong)).toMatchObject({ problem: { kind: 'not-found' } });
    expect(await actionsOf()).toEqual([
      'recipient:register',
      'recipient:assure',
      'recipient:end-assurance',
      'recipient:register',
    ]);
  });

  test('a check of a day is on record once', async () => {
    const { id } = await register(hanoi);
    const [first, second] = await Promise.all([
      checkRecipient(office, by, id, kept),
      checkRecipient(office, by, id, kept),
    ]);
    const [made, refused] = first.ok ? [first, second] : [second, first];
    expect(conflictOf(refused)).toEqual({ field: 'on', existing: value(made).check.id });
    expect(value(await dossierOf(office, id)).checks).toHaveLength(1);
  });
});

const report: ReportInput = {
  systemExists: true,
  indicators: [],
  missingPrinciples: ['individual-participation'],
  graveSystems: 'データの国内保存の義務',
  source: 'https://www.example.jp/reports/vn',
  checkedOn: '2026-11-20',
};

describe('countries', () => {
  test('reports are kept in versions; of two writers the second is told', async () => {
    expect(await countryReportOn(office, 'VN', today)).toBeNull();
    const write = (version: number, input = report) => reportCountry(office, by, { country: 'VN', version, input });
    const both = await Promise.all([write(0), write(0)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(conflictOf(both.find(({ ok }) => !ok)!).field).toBe('version');
    clock.moveTo('2026-12-10T09:00:00+09:00');
    value(await write(1, { ...report, missingPrinciples: [], checkedOn: '2026-12-09' }));
    expect(await countryReportOn(office, 'VN', day('2026-12-08'))).toMatchObject({ version: 1, country: 'VN' });
    expect(await countryReportOn(office, 'VN', day('2027-12-09'))).toMatchObject({ version: 2, missingPrinciples: [] });
    expect(await countryReportOn(office, 'VN', day('2027-12-10'))).toBeNull();
    expect(await countryReportOn(office, 'TH', day('2026-12-10'))).toBeNull();
    expect(await actionsOf()).toEqual(['country:report', 'country:report']);
  });

  test('there is none on Japan, nor on what is no country', async () => {
    for (const country of ['JP', 'XX', 'vn', '']) {
      expect(await reportCountry(office, by, { country, version: 0, input: report })).toMatchObject({
        problem: { kind: 'not-found' },
      });
    }
  });

  test('the Commission’s page is where the policy says, until somebody looked', async () => {
    expect(await commissionPage(office)).toEqual({
      url: 'https://www.ppc.go.jp/enforcement/infoprovision/laws/',
      checkedOn: '2026-11-01',
      recorded: false,
    });
    const found = { url: 'https://www.ppc.go.jp/enforcement/infoprovision/laws/2/', checkedOn: '2026-11-26' };
    value(await checkCommissionPage(office, by, found));
    expect(conflictOf(await checkCommissionPage(office, by, found)).field).toBe('url');
    expect(await commissionPage(office)).toEqual({ ...found, recorded: true });
    expect(await actionsOf()).toEqual(['country:page']);
  });
});

describe('what a person is told on request', () => {
  const told = async (id: string) => {
    const answer = measuresAnswer(value(await dossierOf(office, id)), office.clock.today());
    // Each item is told or named as lacking, never blank.
    for (const { says, lacks } of answer.items) expect([says !== null, lacks !== null].sort()).toEqual([false, true]);
    return answer;
  };

  test('has the items of the Rules, in their order, and says what is lacking', async () => {
    const { id } = await register(hanoi);
    const bare = await told(id);
    expect(bare.owed).toBe(false);
    expect(bare.items.map(({ item }) => item)).toEqual([...parameters.onRequestItems.value]);
    expect(bare.items.filter(({ says }) => says).map(({ item }) => item)).toEqual(['country']);
    for (const { item } of bare.items) expect(itemWords[item]?.ja && itemWords[item].en).toBeTruthy();

    value(await assureRecipient(office, by, id, { ...system, measures: '', checkMethod: '' }));
    const begun = await told(id);
    expect(begun.owed).toBe(true);
    expect(begun.items.filter(({ lacks }) => lacks).map(({ item }) => item)).toEqual([
      'measures',
      'check-frequency-and-method',
      'foreign-systems',
      'trouble',
      'remedy',
    ]);
  });

  test('is put together from the contract, the checks and the report on the country', async () => {
    const { id } = await register(hanoi);
    value(await assureRecipient(office, by, id, { ...system, checkMonths: 6 }));
    value(
      await checkRecipient(office, by, id, {
        ...kept,
        measures: 'hindered',
        ...trouble,
        foreignSystem: '捜査機関の照会',
      }),
    );
    value(await reportCountry(office, by, { country: 'VN', version: 0, input: report }));
    const says = Object.fromEntries((await told(id)).items.map((one) => [one.item, one.says!.ja]));
    expect(says).toEqual({
      'how-set-up': '契約・覚書など（個人データの取扱いに関する覚書）による。2026年4月1日から2027年3月31日まで。',
      measures: system.measures,
      'check-frequency-and-method': '6か月に1回以上。方法：年に1回、書面の報告と現地の監査　最後の確認：2026年11月20日',
      country: 'ベトナム',
      'foreign-systems': 'データの国内保存の義務\n捜査機関の照会',
      trouble: trouble.trouble,
      remedy: trouble.remedy,
    });
  });

  test('after the contract has run out it is still owed, and lacks what the contract said', async () => {
    const { id } = await register(hanoi);
    value(await assureRecipient(office, by, id, system));
    clock.moveTo('2027-04-01T09:00:00+09:00');
    const answer = await told(id);
    expect(answer.owed).toBe(true);
    expect(answer.items.find(({ item }) => item === 'how-set-up')?.says).toBeNull();
  });
});

describe('promises', () => {
  /** Nothing has been provided to anybody here. */
  const supervised: Prover = {
    promise: 'contractors-supervised',
    prove: (of) => contractorsSupervised(of, new Map()),
  };
  const provers = [...recipientProvers, supervised];
  const proofOf = async (promise: string) => {
    const proof = await provers.find((one) => one.promise === promise)!.prove(office);
    expect(proof.says.ja && proof.says.en).toBeTruthy();
    for (const { href } of proof.evidence) expect(href).toMatch(/^\/(recipients|countries)/);
    expect(proof.fix.length > 0).toBe(proof.state !== 'kept');
    return proof;
  };
  const stateOf = async (promise: string) => (await proofOf(promise)).state;

  test('each is one of the policy’s', async () => {
    const { policy } = (await policyInForce(office, today))!;
    const known = new Set(policy.promises.map(({ id }) => id));
    expect(recipientProvers.filter(({ promise }) => !known.has(promise))).toEqual([]);
  });

  test('before anything is registered, nothing is shown', async () => {
    expect(await stateOf('foreign-provision-stopped-on-failure')).toBe('unknown');
    expect(await stateOf('contractors-supervised')).toBe('unknown');
    expect(await stateOf('foreign-system-understood')).toBe('unknown');
    expect(await stateOf('foreign-measures-taken')).toBe('unknown');
    expect(await stateOf('equivalent-measures-checked-yearly')).toBe('kept');
  });

  test('who fails is stopped; a row that says otherwise breaks the promise', async () => {
    const { id } = await register(hanoi);
    expect(await proofOf('foreign-provision-stopped-on-failure')).toMatchObject({
      state: 'kept',
      says: { en: 'None of the registered recipients (1) fails to keep its measures.' },
    });
    value(await checkRecipient(office, by, id, failing));
    expect(await proofOf('foreign-provision-stopped-on-failure')).toMatchObject({
      state: 'kept',
      says: { en: 'All recipients that cannot keep their measures are stopped (1).' },
      evidence: [{ value: { ja: '1件' } }, { value: { ja: '2026/11/26 停止' }, href: `/recipients/${id}` }],
    });
    await db.owner.query("UPDATE recipients SET state = 'active', stopped_on = NULL, stop_reason = NULL", []);
    expect(await proofOf('foreign-provision-stopped-on-failure')).toMatchObject({
      state: 'broken',
      says: { en: 'Of the recipients that cannot keep their measures (1), 1 is not stopped.' },
    });
  });

  test('checked as often as the system it rests on says, and as persons are told: sooner than a year', async () => {
    const { id } = await register(hanoi);
    value(await assureRecipient(office, by, id, { ...system, checkMonths: 3 }));
    const late = await checkRecipient(office, by, id, { ...kept, nextDue: '2027-02-21' });
    expect(late).toMatchObject({ ok: false, problem: { kind: 'invalid', fields: [{ field: 'nextDue' }] } });
    expect(value(await checkRecipient(office, by, id, kept)).check.nextDue).toBe('2027-02-20');
    const at = async (text: string) => {
      clock.moveTo(`${text}T09:00:00+09:00`);
      return stateOf('equivalent-measures-checked-yearly');
    };
    expect([await at('2027-02-20'), await at('2027-02-21')]).toEqual(['risk', 'broken']);

    // A system that states a shorter interval later applies it to the check made before.
    clock.moveTo('2027-01-05T09:00:00+09:00');
    value(await checkRecipient(office, by, id, { ...kept, on: '2027-01-05' }));
    value(
      await assureRecipient(office, by, id, { ...system, from: '2027-01-05', reference: '改めた覚書', checkMonths: 1 }),
    );
    expect(registerDues(await readRegister(office), office.clock.today())).toContainEqual(
      expect.objectContaining({ what: 'check', on: '2027-02-05' }),
    );
    expect([await at('2027-02-05'), await at('2027-02-06')]).toEqual(['risk', 'broken']);
  });

  test('checked yearly: never, in time, within 30 days, overdue; the memorandum that runs out warns', async () => {
    const { id } = await register(hanoi);
    value(await assureRecipient(office, by, id, { ...system, until: '2028-03-31' }));
    expect(await stateOf('equivalent-measures-checked-yearly')).toBe('broken');
    value(await checkRecipient(office, by, id, { ...kept, nextDue: '2027-05-20' }));
    const at = async (text: string) => {
      clock.moveTo(`${text}T09:00:00+09:00`);
      return stateOf('equivalent-measures-checked-yearly');
    };
    expect([await at('2027-04-19'), await at('2027-04-20'), await at('2027-05-20'), await at('2027-05-21')]).toEqual([
      'kept',
      'risk',
      'risk',
      'broken',
    ]);
    clock.moveTo('2028-03-01T09:00:00+09:00');
    value(await checkRecipient(office, by, id, { ...kept, on: '2028-03-01' }));
    const soon = await proofOf('equivalent-measures-checked-yearly');
    expect([soon.state, soon.evidence.map(({ state }) => state)]).toEqual(['risk', ['kept', 'risk']]);
    expect(await at('2028-04-01')).toBe('kept');
  });

  test('checked yearly: what was checked before it moved to another country is no check of it, and its persons are not told of it', async () => {
    const { id } = await register(hanoi);
    value(await assureRecipient(office, by, id, { ...system, until: '2028-03-31' }));
    value(await assureRecipient(office, by, id, entrusted));
    value(await checkRecipient(office, by, id, { ...kept, foreignSystem: '捜査機関の照会' }));
    expect(await stateOf('equivalent-measures-checked-yearly')).toBe('kept');
    clock.moveTo('2026-12-10T09:00:00+09:00');
    value(await changeRecipient(office, by, { id, version: 1, input: { ...hanoi, country: 'SG' } }));
    expect(await proofOf('equivalent-measures-checked-yearly')).toMatchObject({
      state: 'broken',
      evidence: [{ value: { ja: '国が変わった後の確認の記録なし' } }],
    });
    // Whether an entrusted party is supervised (25) does not depend on its country.
    expect(await stateOf('contractors-supervised')).toBe('kept');
    const told = async () =>
      measuresAnswer(value(await dossierOf(office, id)), office.clock.today())
        .items.filter(({ says }) => says === null)
        .map(({ item }) => item);
    expect(await told()).toEqual(['foreign-systems', 'trouble', 'remedy']);
    value(await checkRecipient(office, by, id, { ...kept, on: '2026-12-10' }));
    expect(await stateOf('equivalent-measures-checked-yearly')).toBe('kept');
    expect(await told()).toEqual([]);
  });

  test('contractors: a contract with all its parts, and a check in time; a cloud that handles nothing is none', async () => {
    const { id } = await register(shipping);
    expect(await stateOf('contractors-supervised')).toBe('broken');
    value(await assureRecipient(office, by, id, { ...entrusted, monitored: false }));
    expect(await stateOf('contractors-supervised')).toBe('broken');
    value(await assureRecipient(office, by, id, { ...entrusted, reference: '改定', from: '2026-11-01' }));
    expect(await stateOf('contractors-supervised')).toBe('broken');
    value(await checkRecipient(office, by, id, kept));
    expect(await stateOf('contractors-supervised')).toBe('kept');
    // A check made in time does not make up for a lacking assessment, contract or oversight.
    for (const [part, from] of [
      ['assessed', '2026-11-02'],
      ['contract', '2026-11-03'],
      ['monitored', '2026-11-04'],
    ] as const) {
      value(await assureRecipient(office, by, id, { ...entrusted, reference: `改定 ${part}`, from, [part]: false }));
      expect(await proofOf('contractors-supervised')).toMatchObject({
        state: 'broken',
        evidence: [{ value: { en: 'assessment, contract or oversight lacking' } }],
      });
    }
    value(await assureRecipient(office, by, id, { ...entrusted, reference: '再改定', from: '2026-11-05' }));
    expect(await stateOf('contractors-supervised')).toBe('kept');
    clock.moveTo('2027-11-01T09:00:00+09:00');
    expect(await stateOf('contractors-supervised')).toBe('risk');
    const vendor = await register({ ...shipping, name: '例示クラウド株式会社' });
    expect(await stateOf('contractors-supervised')).toBe('broken');
    value(
      await assureRecipient(office, by, vendor.id, {
        kind: 'cloud',
        reference: '利用規約',
        from: '2027-01-01',
        contractExcludesHandling: true,
        accessControlled: true,
        serverCountry: 'SG',
      }),
    );
    expect(await stateOf('contractors-supervised')).toBe('risk');
    // Once it is entrusted with handling too, it is supervised like any other.
    value(await assureRecipient(office, by, vendor.id, { ...entrusted, from: '2027-01-01' }));
    expect(await stateOf('contractors-supervised')).toBe('broken');
    value(await checkRecipient(office, by, vendor.id, { ...kept, on: '2027-10-01' }));
    expect(await stateOf('contractors-supervised')).toBe('risk');
  });

  test('a foreign country counts with its recipients and its servers, until they are stopped', async () => {
    const inJapan = await register(shipping);
    expect(await stateOf('foreign-system-understood')).toBe('kept');
    value(
      await assureRecipient(office, by, inJapan.id, {
        kind: 'cloud',
        reference: '利用規約',
        from: '2026-01-01',
        contractExcludesHandling: true,
        accessControlled: true,
        serverCountry: 'VN',
      }),
    );
    expect(await stateOf('foreign-system-understood')).toBe('broken');
    const write = (version: number, more: Partial<ReportInput> = {}) =>
      reportCountry(office, by, { country: 'VN', version, input: { ...report, ...more } });
    value(await write(0));
    expect([await stateOf('foreign-system-understood'), await stateOf('foreign-measures-taken')]).toEqual([
      'kept',
      'broken',
    ]);
    value(await write(1, { measures: '保存前に暗号化し、鍵は国内に置く' }));
    expect(await stateOf('foreign-measures-taken')).toBe('kept');
    clock.moveTo('2027-11-01T09:00:00+09:00');
    expect(await stateOf('foreign-system-understood')).toBe('risk');
    clock.moveTo('2027-11-21T09:00:00+09:00');
    expect(await proofOf('foreign-system-understood')).toMatchObject({
      state: 'broken',
      evidence: [{ label: { ja: 'ベトナム' }, href: '/countries/VN' }],
    });
    expect(await stateOf('foreign-measures-taken')).toBe('broken');
    value(await stopRecipient(office, by, { id: inJapan.id, version: 1, reason: '解約' }));
    expect(await stateOf('foreign-system-understood')).toBe('kept');
  });

  test('the Commission’s page: as the policy says, then as it was looked up', async () => {
    expect(await stateOf('ppc-page-checked')).toBe('kept');
    clock.moveTo('2027-11-02T09:00:00+09:00');
    expect(await stateOf('ppc-page-checked')).toBe('broken');
    value(await checkCommissionPage(office, by, { url: 'https://www.example.jp/laws', checkedOn: '2027-11-02' }));
    expect(await stateOf('ppc-page-checked')).toBe('kept');
  });
});
