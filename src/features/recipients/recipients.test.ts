// The register of recipients and countries on a real database: what is refused and under which field, what two clerks do to each other,
// what stops a recipient, what the law is then asked with, and what the history and the log keep.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/house.ts';
import type { Outcome } from '../../base/outcome.ts';
import { day, type Day } from '../../base/day.ts';
import { decideProvision, type ProvisionFacts } from '../../law/index.ts';
import { listEntries, type LogEntry } from '../../log/index.ts';
import { equip, type Office } from '../../office.ts';
import { standingClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import type { By } from '../access/index.ts';
import { loadFirstPolicy } from '../policy/index.ts';
import {
  assureRecipient,
  changeRecipient,
  checkCommissionPage,
  checkRecipient,
  commissionPage,
  countryReportOn,
  dossierOf,
  endAssuranceOf,
  history,
  listRecipients,
  recipientFacts,
  recipientOf,
  registerRecipient,
  reportCountry,
  resumeRecipient,
  stopRecipient,
} from './actions.ts';
import type { AssuranceInput, CheckInput, Recipient, RecipientInput, ReportInput } from './facts.ts';

const clock = standingClock('2026-11-26T09:00:00+09:00');
const today = day('2026-11-26');
let db: TestDatabase;
let folder: string;
let office: Office;
const by: By = {
  actor: { kind: 'staff', id: '01890000-0000-7000-8000-000000000001', name: '関口 真理', roles: ['officer'] },
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

const entries = async (): Promise<LogEntry[]> => (await listEntries(db.app, { most: 100 })).map((one) => one.entry);

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

test('the door answers what is registered', async () => {
  const made = await register(shipping);
  expect(value(await recipientOf(office, made.id))).toEqual(made);
  expect(await listRecipients(office)).toEqual([made]);
  expect(value(await recipientFacts(office, made.id, today))).toEqual({
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
  });
  expect(await countryReportOn(office, 'VN', today)).toBeNull();
});
