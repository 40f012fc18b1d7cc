import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { registerAsStated } from '../../../tests/people.ts';
import { actorRef, type Actor } from '../../base/actor.ts';
import { both } from '../../base/bilingual.ts';
import { day } from '../../base/day.ts';
import { newId } from '../../base/id.ts';
import { done, type Outcome, type Problem } from '../../base/outcome.ts';
import type { RecordsNaming } from '../../law/index.ts';
import { listEntries, type LogEntry } from '../../log/index.ts';
import { equip, type Office } from '../../office.ts';
import { standingClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { showIdentities, type Identity } from '../../vault/index.ts';
import {
  acquire,
  acquisition,
  acquisitionProvers,
  acquisitionsOf,
  asStated,
  type AcquireRequest,
  type AcquisitionRecord,
} from '../acquisition/index.ts';
import { object, useRegister } from '../consent/index.ts';
import { judge } from '../consultation/index.ts';
import {
  correct,
  eraseAll,
  find,
  forgetStanding,
  held,
  heldAsTold,
  identityUntil,
  openCheckpoint,
  standing,
  use,
  useMany,
} from './index.ts';
import type { StandingFacts, Used } from './index.ts';

const clock = standingClock('2026-11-24T10:00:00+09:00');
const newsletter = newId(clock.now());
const clinic = newId(clock.now());
const closed = newId(clock.now());
const twice = newId(clock.now());
const labels = both('項目', 'Item');
const item = (code: string, special_care = false) => ({ code, label: labels, special_care });

const facts: StandingFacts = {
  policy: {
    version: 3,
    purposes: [
      { id: 'P1', clause: '11' },
      { id: 'P3', clause: '13' },
      { id: 'P4', clause: '14' },
    ],
    channels: [
      { id: 'web-form', written: true },
      { id: 'oral', written: false },
    ],
    indicationPromisedBy: '17',
  },
  suspensions: [],
  holdings: [
    {
      id: newsletter,
      name: both('メールマガジンの読者', 'Newsletter readers'),
      purposes: ['P3'],
      items: ['name', 'name_kana', 'email', 'phone', 'note'].map((code) => item(code)),
      channels: ['web-form', 'oral', 'indirect'],
      state: 'active',
    },
    {
      id: clinic,
      name: both('催しの配慮', 'Needs at events'),
      purposes: ['P1', 'P3'],
      items: [item('name'), item('email'), item('wheelchair', true)],
      channels: ['web-form', 'indirect'],
      state: 'active',
    },
    {
      id: closed,
      name: both('廃止', 'Retired'),
      purposes: ['P1'],
      items: [item('name')],
      channels: ['oral'],
      state: 'retired',
    },
    {
      id: twice,
      name: both('目的が二重', 'A purpose twice'),
      purposes: ['P3', 'P3'],
      items: [item('name')],
      channels: ['web-form'],
      state: 'active',
    },
  ],
};

const system: Actor = {
  kind: 'system',
  id: newId(clock.now()),
  name: '配信システム',
  token: newId(clock.now()),
  purposes: ['P3', 'P1'],
  actions: ['people:acquire', 'people:use'],
};
const handler: Actor = { kind: 'staff', id: newId(clock.now()), name: '例示 一郎', roles: ['handler'] };
const authority = ['system-within-token'];
const bySystem = { actor: system, authority };
const byHandler = { actor: handler, authority };

/** The records that name a person, by person. */
const naming = new Map<string, RecordsNaming>();

let house: TestDatabase;
let office: Office;
let folder: string;
let reads = 0;
beforeAll(async () => {
  house = await testDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-checkpoint-'));
  office = await equip(
    readConfig({ SEKISHO_URL: 'https://sekisho.example.jp' }, { dataFolder: folder }),
    clock,
    house.app,
  );
  await registerAsStated(house, facts.holdings);
  await openCheckpoint(
    office,
    () => {
      reads += 1;
      return Promise.resolve(facts);
    },
    useRegister,
    () => Promise.resolve(naming),
  );
});
afterAll(async () => {
  await house.drop();
  fs.rmSync(folder, { recursive: true });
});

let n = 0;
beforeEach(() => {
  n += 1;
});

const webForm = (more: Partial<AcquireRequest> = {}): AcquireRequest => ({
  holding: newsletter,
  channel: 'web-form',
  source: 'principal',
  purposes: ['P3'],
  purposeIndicated: { placement: 'before-submit' },
  items: { name: '𠮷田 花子', name_kana: 'ヨシダ ハナコ', email: `hanako-${n}@example.jp` },
  ...more,
});

async function person(more: Partial<AcquireRequest> = {}): Promise<string> {
  const acquired = await acquire(office, bySystem, webForm(more));
  if (!acquired.ok) throw new Error(JSON.stringify(acquired.problem));
  return acquired.value.record.principal;
}

const read = (
  principal: string,
  more: Partial<Parameters<typeof use>[2]> = {},
  actor: Actor = system,
): Promise<Outcome<Used>> =>
  use(
    office,
    { actor, authority },
    { principal, holding: newsletter, items: ['name', 'email'], purpose: 'P3', ...more },
  );

const entries = async (): Promise<LogEntry[]> =>
  (await listEntries(house.app, { most: 1000 })).map((listed) => listed.entry);
const entryOf = async (id: string): Promise<LogEntry | undefined> => (await entries()).find((entry) => entry.id === id);

const problem = <T>(outcome: Outcome<T>) => (outcome.ok ? expect.fail('expected a problem') : outcome.problem);
const fieldsOf = <T>(outcome: Outcome<T>): string[] => {
  const p = problem(outcome);
  return p.kind === 'invalid' ? p.fields.map((f) => f.field) : expect.fail(p.kind);
};

describe('what a person was told it is for', () => {
  const needs = { holding: clinic, items: { name: '𠮷田 花子', email: 'needs@example.jp' } };

  test('binds its use, whatever else the holding is used for; the refusal names what it is held for', async () => {
    const principal = await person({ ...needs, purposes: ['P3'] });
    expect(await read(principal, { holding: clinic })).toMatchObject({ ok: true });
    const refused = problem(await read(principal, { holding: clinic, purpose: 'P1' }));
    if (refused.kind !== 'refused') return expect.fail(refused.kind);
    expect(refused.finding).toMatchObject({
      answer: 'no',
      because: [{ article: '18(1)' }, { law: 'policy', article: '13' }, { article: '18(3)' }],
    });
    expect(await entryOf(refused.decision)).toMatchObject({
      action: 'refused',
      asked: 'use',
      principal,
      purpose: 'P1',
    });
  });

  test('binds each item by itself: what came later for another purpose is read for that one alone', async () => {
    const principal = await person({ ...needs, items: { name: '例示 分' }, purposes: ['P3'] });
    const items = { email: `later-${n}@example.jp` };
    await person({ ...needs, principal, items, purposes: ['P1'] });
    const answers = async (purpose: string, ...asked: string[]) => {
      const answer = await read(principal, { holding: clinic, purpose, items: asked });
      return answer.ok ? Object.keys(answer.value.values) : answer.problem.kind;
    };
    expect(await answers('P1', 'email')).toEqual(['email']);
    expect(await answers('P3', 'name')).toEqual(['name']);
    expect(await answers('P1', 'name', 'email')).toBe('refused');
    expect(await answers('P3', 'email')).toBe('refused');
    // That a person has no wheelchair on record is told only where all of the record may be read.
    expect(await answers('P1', 'wheelchair')).toBe('refused');
    // Once both purposes are stated for it, it serves both.
    await person({ ...needs, principal, seen: 2, items, purposes: ['P3'] });
    expect(await answers('P3', 'name', 'email')).toEqual(['name', 'email']);
    expect(await answers('P1', 'email')).toEqual(['email']);
    // A new value acquired for one of the purposes serves only that one.
    const moved = { email: `moved-to-${n}@example.jp` };
    await person({ ...needs, principal, seen: 3, items: moved, purposes: ['P3'] });
    expect(await answers('P3', 'name', 'email')).toEqual(['name', 'email']);
    expect(await answers('P1', 'email')).toBe('refused');
    // An item added by a correction is held for the purposes common to everything else.
    await correct(office, byHandler, {
      principal,
      holding: clinic,
      items: { name: '例示 直' },
      ground: 'request',
    });
    expect(await answers('P1', 'name')).toBe('refused');
  });

  test('is read from the records of acquisition for whoever came in before it was kept with the items', async () => {
    const alike = await person({ ...needs, items: { name: '例示 同' }, purposes: ['P3', 'P1'] });
    const apart = await person({ ...needs, items: { name: '例示 別' }, purposes: ['P1', 'P3'] });
    await person({ ...needs, principal: apart, items: { email: `apart-${n}@example.jp` }, purposes: ['P3'] });
    const items = { wheelchair: '利用' };
    await correct(office, byHandler, { principal: apart, holding: clinic, items, ground: 'request' });
    const kept = () =>
      house.owner.query<{ principal_id: string }>(
        'SELECT principal_id, items, purposes FROM vault_records WHERE principal_id = ANY($1::uuid[]) ORDER BY principal_id',
        [[alike, apart]],
      );
    const before = await kept();
    const migration = fs.readFileSync('migrations/2026-11-28-p-purposes.sql', 'utf8');
    await house.owner.query("UPDATE vault_records SET purposes = '{}'", []);
    await house.owner.query(migration.slice(migration.indexOf('WITH told AS')), []);
    expect(await kept()).toEqual(before);
    const of = (principal: string) => before.find((row) => row.principal_id === principal);
    expect(of(alike)).toMatchObject({ items: ['name'], purposes: ['P1,P3'] });
    expect(of(apart)).toMatchObject({ items: ['name', 'email', 'wheelchair'], purposes: ['P1,P3', 'P3', 'P3'] });
  });
});

test('what came in by a web form is read for its purpose, and both stand in the log', async () => {
  const acquired = await acquire(office, bySystem, webForm());
  if (!acquired.ok) throw new Error('not acquired');
  const { record } = acquired.value;
  expect(record.because).toContain('APPI 21(2)');
  const used = await read(record.principal);
  expect(used).toMatchObject({
    ok: true,
    value: { values: { name: '𠮷田 花子', email: `hanako-${n}@example.jp` }, absent: [] },
  });
  expect(await entryOf(record.id)).toMatchObject({
    action: 'people:acquire',
    actor: `system:${system.kind === 'system' ? system.id : ''}`,
    principal: record.principal,
    holding: newsletter,
    items: ['name', 'name_kana', 'email'],
    purposes: ['P3'],
    channel: 'web-form',
    source: 'principal',
    authority,
    decision: { answer: 'yes', law: '2026-11-24', policy: 3, because: record.because },
  });
  const decision = used.ok ? used.value.decision : '';
  expect(await entryOf(decision)).toMatchObject({
    action: 'people:use',
    principal: record.principal,
    items: ['name', 'email'],
    purpose: 'P3',
    authority,
    decision: { answer: 'yes', because: ['APPI 18(1)', 'policy 13'], policy: 3 },
  });
  const text = JSON.stringify(await entries());
  expect(text).not.toMatch(/花子|ハナコ|example\.jp/);
});

test('a purpose the holding was not collected for is refused with article and clause, and the refusal is logged', async () => {
  const principal = await person();
  const p = problem(await read(principal, { purpose: 'P1' }));
  if (p.kind !== 'refused') throw new Error(p.kind);
  expect(p.finding.answer).toBe('no');
  expect(p.finding.because.map((g) => `${g.law} ${g.article}`)).toEqual(
    expect.arrayContaining(['APPI 18(1)', 'policy 13']),
  );
  expect(await entryOf(p.decision)).toMatchObject({
    action: 'refused',
    asked: 'use',
    principal,
    purpose: 'P1',
    decision: { answer: 'no', because: expect.arrayContaining(['APPI 18(1)', 'policy 13']) as string[] },
  });
});

test('a form that did not show the purpose first is refused under 21(2), and nobody is created', async () => {
  const before = await house.app.query<{ n: number }>('SELECT count(*) AS n FROM vault_principals', []);
  const p = problem(await acquire(office, bySystem, webForm({ purposeIndicated: { placement: 'none' } })));
  if (p.kind !== 'refused') throw new Error(p.kind);
  expect(p.finding.because.map((g) => `${g.law} ${g.article}`)).toEqual(
    expect.arrayContaining(['APPI 21(2)', 'policy 17']),
  );
  const unstated = problem(await acquire(office, bySystem, webForm({ purposeIndicated: undefined })));
  expect(unstated).toMatchObject({ kind: 'refused', finding: { answer: 'unknown' } });
  expect(await house.app.query('SELECT count(*) AS n FROM vault_principals', [])).toEqual(before);
  expect(await entryOf(p.decision)).toMatchObject({ action: 'refused', asked: 'acquire', holding: newsletter });
  expect(await entryOf(p.decision)).not.toHaveProperty('principal');
});

/** An acquisition as it was stated, as far as it can still be read. */
async function statedIn(id: string): Promise<AcquisitionRecord> {
  const stored = await acquisition(office, id);
  if (!stored.ok) throw new Error(JSON.stringify(stored.problem));
  const [record] = await asStated(office, byHandler, [stored.value]);
  return record!;
}

test('from a third party: unknown until provider and route are known, then with the duty to record', async () => {
  const bare = webForm({ source: 'third-party', purposeIndicated: undefined, channel: 'oral' });
  const missingOf = async (more: Partial<AcquireRequest>): Promise<string[]> => {
    const p = problem(await acquire(office, byHandler, { ...bare, ...more }));
    return p.kind === 'refused' && p.finding.answer === 'unknown'
      ? p.finding.missing.map((m) => m.fact)
      : expect.fail(p.kind);
  };
  expect(await missingOf({})).toEqual(['receipt.basis']);
  expect(await missingOf({ receipt: { basis: 'consent' } })).toEqual(
    expect.arrayContaining(['receipt.provider.name', 'receipt.howAcquired']),
  );
  const receipt: AcquireRequest['receipt'] = {
    provider: {
      kind: 'corporation',
      name: '例示商事株式会社',
      address: '東京都例示区1-1',
      representative: '例示 次郎',
    },
    basis: 'consent',
    consentObtained: true,
    howAcquired: '申込書',
    documentSeen: true,
    record: { mode: 'each' },
  };
  const acquired = await acquire(office, byHandler, { ...bare, receipt });
  if (!acquired.ok) throw new Error(JSON.stringify(acquired.problem));
  expect(await statedIn(acquired.value.record.id)).toEqual(acquired.value.record);
  expect(acquired.value.record.duties.map((d) => d.do)).toContain('record-receipt');
  expect(acquired.value.record.receipt).toEqual(receipt);
});

test.each(['private-person', 'individual'] as const)(
  'what is recorded of a person who gave it (%s) can be read in its record alone, also once the information is erased',
  async (kind) => {
    const receipt = {
      provider: { kind, name: '紹介 花子', address: '東京都例示区2-2-2' },
      basis: kind === 'individual' ? 'consent' : 'private-person',
      consentObtained: true,
      howAcquired: '消去太郎さんの名刺を友人として受け取った',
      documentSeen: true,
      record: { mode: 'each' },
    } as const;
    const secrets = /紹介|花子|例示区2|消去太郎|友人/;
    const from = { source: 'third-party', purposeIndicated: undefined, channel: 'oral', receipt } as const;
    const created = await acquire(office, byHandler, webForm({ ...from, items: { name: '消去 太郎' } }));
    if (!created.ok) throw new Error(JSON.stringify(created.problem));
    const { principal } = created.value.record;
    const added = await acquire(office, byHandler, webForm({ ...from, principal, items: { phone: '090-0000-5555' } }));
    if (!added.ok) throw new Error(JSON.stringify(added.problem));
    const records = [added.value.record, created.value.record];
    const raw = async (): Promise<string> =>
      JSON.stringify(
        await house.owner.query(
          `SELECT a::text AS row, p::text AS provider FROM acquisitions a JOIN acquisition_providers p ON p.id = a.id
           WHERE a.principal_id = $1`,
          [principal],
        ),
      );
    const unreadable = async (): Promise<void> => {
      const rows = await raw();
      expect(rows).not.toMatch(secrets);
      // Bytes as a text column prints them.
      for (const said of ['紹介 花子', '例示区2-2-2', '消去太郎'])
        expect(rows).not.toContain(Buffer.from(said).toString('hex'));
    };
    await unreadable();
    expect(records.map((record) => record.receipt)).toEqual([receipt, receipt]);
    for (const record of records) expect(await statedIn(record.id)).toEqual(record);
    const stored = (await acquisitionsOf(office, principal)).map(({ id }) => id);
    expect(stored.toSorted()).toEqual(records.map(({ id }) => id).toSorted());
    const sources = await acquisitionProvers.find((one) => one.promise === 'source-recorded')!.prove(office);

    expect((await eraseAll(office, byHandler, { principal, ground: 'no-longer-needed' })).ok).toBe(true);
    for (const record of records) expect(await statedIn(record.id)).toEqual(record);
    await unreadable();
    expect(await acquisitionProvers.find((one) => one.promise === 'source-recorded')!.prove(office)).toEqual(sources);
  },
);

test('what is recorded of a company that gave it stays for the time laid down, though the information is erased', async () => {
  const receipt = {
    provider: {
      kind: 'corporation',
      name: '例示商事株式会社',
      address: '東京都例示区1-1',
      representative: '例示 次郎',
    },
    basis: 'consent',
    consentObtained: true,
    howAcquired: '申込書',
    documentSeen: true,
    record: { mode: 'each' },
  } as const;
  const from = { source: 'third-party', purposeIndicated: undefined, channel: 'oral', receipt } as const;
  const created = await acquire(office, byHandler, webForm(from));
  if (!created.ok) throw new Error(JSON.stringify(created.problem));
  const { principal, id } = created.value.record;
  expect((await eraseAll(office, byHandler, { principal, ground: 'no-longer-needed' })).ok).toBe(true);
  expect(await statedIn(id)).toMatchObject({ receipt, unread: null });
});

test('special care-required information is taken from the person, not from somebody else without consent', async () => {
  const items = { name: '例示 花子', wheelchair: 'はい' };
  expect(await acquire(office, byHandler, webForm({ holding: clinic, items }))).toMatchObject({ ok: true });
  const found = async (more: Partial<AcquireRequest>) => {
    const p = problem(await acquire(office, byHandler, webForm({ holding: clinic, items, source: 'public', ...more })));
    return p.kind === 'refused' ? p.finding : expect.fail(p.kind);
  };
  const article = { law: 'APPI', article: '20(2)' };
  const refused = await found({ consent: null });
  expect([refused.answer, refused.because[0]]).toMatchObject(['no', article]);
  // Whether the person consented is not said.
  const open = await found({});
  expect([open.answer, open.because[0]]).toMatchObject(['unknown', article]);
});

test('who consented to special care-required information counts, and what the officer judged of it', async () => {
  const items = { name: '例示 花子', wheelchair: 'はい' };
  const by = (givenBy: NonNullable<AcquireRequest['consent']>['givenBy'], source: AcquireRequest['source']) =>
    acquire(
      office,
      byHandler,
      webForm({
        holding: clinic,
        items,
        source,
        consent: { givenBy, on: day('2026-11-20'), coversItems: true, coversPurpose: true },
      }),
    );
  const answerOf = async (asked: ReturnType<typeof by>): Promise<string> => {
    const outcome = await asked;
    if (outcome.ok) return outcome.value.record.because.find((ground) => ground.startsWith('Guideline')) ?? 'yes';
    return outcome.problem.kind === 'refused' ? outcome.problem.finding.answer : outcome.problem.kind;
  };
  expect(await answerOf(by('principal', 'public'))).toBe('yes');
  expect(await answerOf(by('representative', 'public'))).toBe('Guideline 2-16');
  expect(await answerOf(by('without-capacity', 'public'))).toBe('no');
  expect(await answerOf(by('without-capacity', 'principal'))).toBe('no');
  expect(await answerOf(by(undefined, 'public'))).toBe('unknown');
  expect(await answerOf(by('uncertain-child', 'public'))).toBe('unknown');
  const content = {
    code: 'consentCapacity',
    holding_id: clinic,
    purpose: 'P3',
    answer: true,
    until_day: day('2026-12-31'),
    why: '親子で申し込む催しなので、親が説明している。',
  };
  await judge(office, byHandler, content);
  // The judgement is for one purpose only.
  expect(await answerOf(by('uncertain-child', 'public'))).toBe('unknown');
  await judge(office, byHandler, { ...content, purpose: null });
  expect(await answerOf(by('uncertain-child', 'public'))).toBe('Guideline Q1-62');
});

const late = { on: day('2026-11-20'), withdrawnOn: day('2026-11-19') };

test.each<[string, Partial<AcquireRequest>, string[]]>([
  ['an unknown holding', { holding: newId(clock.now()) }, ['holding']],
  ['a retired holding', { holding: closed, items: { name: 'x' }, purposes: ['P1'], channel: 'oral' }, ['holding']],
  ['an unknown channel', { channel: 'pigeon' }, ['channel']],
  ['an unknown purpose', { purposes: ['P3', 'P9'] }, ['purposes.1']],
  ['a purpose of another holding', { purposes: ['P1'] }, ['purposes.0']],
  ['no purpose', { purposes: [] }, ['purposes']],
  ['a purpose twice', { purposes: ['P3', 'P3'] }, ['purposes']],
  ['a consent withdrawn before it was given', { consent: late }, ['consent.withdrawnOn']],
  ['a receipt from the person', { receipt: {} }, ['receipt']],
  ['an item the holding does not keep', { items: { name: 'x', address: 'y' } }, ['items.address']],
  ['no items', { items: {} }, ['items']],
  ['an address that is none', { items: { email: 'x' } }, ['items.email']],
  ['a person whose id is none', { principal: '1' }, ['principal']],
])('acquiring with %s names the field', async (_, more, fields) => {
  expect(fieldsOf(await acquire(office, bySystem, webForm(more)))).toEqual(fields);
});

test.each<[string, Partial<Parameters<typeof use>[2]>, string[]]>([
  ['an unknown purpose', { purpose: 'P9' }, ['purpose']],
  ['an item the holding does not keep', { items: ['name', 'address'] }, ['items.address']],
  ['a value in the place of a code', { items: ['例示 花子'] }, ['items']],
  ['no items', { items: [] }, ['items']],
  ['an unknown holding', { holding: newId(clock.now()) }, ['holding']],
  ['a holding that names a purpose twice', { holding: twice, items: ['name'] }, ['holdingPurposes']],
  ['a person whose id is none', { principal: "' OR 1=1 --" }, ['principal']],
])('using with %s names the field', async (_, more, fields) => {
  expect(fieldsOf(await read(newId(clock.now()), more))).toEqual(fields);
});

test('a token is good for its purposes only', async () => {
  const narrow: Actor = { ...system, purposes: ['P1'] };
  const principal = await person();
  expect(problem(await read(principal, {}, narrow)).kind).toBe('forbidden');
  expect(problem(await acquire(office, { actor: narrow, authority }, webForm({ items: { name: 'x' } }))).kind).toBe(
    'forbidden',
  );
  expect((await read(principal, {}, handler)).ok).toBe(true);
});

test('a token’s purposes bind what it finds, is told, corrects and erases', async () => {
  const bound = (...purposes: string[]): Actor => ({ ...system, purposes });
  const principal = await person({ items: { name: `例示 範囲${n}`, email: `bound-${n}@example.jp` } });
  const added = webForm({ holding: clinic, purposes: ['P1'], principal, items: { name: `例示 範囲${n}` } });
  expect((await acquire(office, byHandler, added)).ok).toBe(true);
  const terms = [{ kind: 'name', term: `例示 範囲${n}` }] as const;
  const found = async (actor: Actor, holding: string | null = null): Promise<unknown> => {
    const outcome = await find(office, { actor, authority }, { terms, holding });
    return outcome.ok ? outcome.value.map((match) => [...match.holdings].sort()) : outcome.problem.kind;
  };
  const told = async (actor: Actor): Promise<unknown> => {
    const outcome = await heldAsTold(office, actor, principal);
    if (!outcome.ok) return outcome.problem.kind;
    return 'records' in outcome.value ? outcome.value.records.map(({ holding }) => holding).sort() : 'erased';
  };
  const both = [newsletter, clinic].sort();
  for (const all of [handler, bound('P3'), bound('P1', 'P3')]) {
    expect(await found(all)).toEqual([both]);
    expect(await told(all)).toEqual(both);
  }
  expect(await found(bound('P1'))).toEqual([[clinic]]);
  expect(await told(bound('P1'))).toEqual([clinic]);
  expect(await found(bound('P1'), newsletter)).toBe('forbidden');
  expect(await found(bound('P4'))).toEqual([]);
  expect(await told(bound('P4'))).toBe('not-found');

  const before = await entries();
  const change = (actor: Actor, holding: string) =>
    correct(office, { actor, authority }, { principal, holding, items: { name: '例示 訂正' }, ground: 'accuracy' });
  const gone = (actor: Actor) => eraseAll(office, { actor, authority }, { principal, ground: 'no-longer-needed' });
  // A holding serves all its purposes, so changing it requires them all.
  for (const [actor, holding] of [
    [bound('P1'), newsletter],
    [bound('P3'), clinic],
    [bound('P1'), clinic],
    [bound(), newsletter],
  ] as const)
    expect(problem(await change(actor, holding)).kind).toBe('forbidden');
  for (const actor of [bound('P1'), bound('P3'), bound()]) expect(problem(await gone(actor)).kind).toBe('forbidden');
  expect(await entries()).toEqual(before);
  expect(await told(handler)).toEqual(both);
  expect((await change(bound('P3'), newsletter)).ok).toBe(true);
  expect((await gone(bound('P1', 'P3'))).ok).toBe(true);
  expect(problem(await gone(bound('P3'))).kind).toBe('forbidden');
  expect(await told(bound('P3'))).toBe('not-found');
  expect(await told(bound('P1', 'P3'))).toBe('erased');
  expect(await told(handler)).toBe('erased');
});

test('a holding none of whose purposes the policy states is reached by no token', async () => {
  const principal = await person();
  const stated = facts.holdings;
  try {
    facts.holdings = [{ ...stated[0]!, purposes: ['P9'] }, ...stated.slice(1)];
    forgetStanding(office);
    const asked = { principal, holding: newsletter, items: { note: 'x' }, ground: 'accuracy' } as const;
    expect(problem(await correct(office, bySystem, asked)).kind).toBe('forbidden');
    const erasing = { principal, ground: 'no-longer-needed' } as const;
    expect(problem(await eraseAll(office, bySystem, erasing)).kind).toBe('forbidden');
    expect(problem(await heldAsTold(office, system, principal)).kind).toBe('not-found');
    // Nor can it end such a holding together with others, when everything is erased.
    const kept = webForm({ principal, holding: clinic, purposes: ['P1'], items: { name: '𠮷田 花子' } });
    expect((await acquire(office, bySystem, kept)).ok).toBe(true);
    expect(problem(await eraseAll(office, bySystem, erasing)).kind).toBe('forbidden');
    expect((await held(office, principal)).ok).toBe(true);
    expect((await eraseAll(office, byHandler, erasing)).ok).toBe(true);
  } finally {
    facts.holdings = stated;
    forgetStanding(office);
  }
});

test('twenty at once with one e-mail address: one person, nineteen conflicts that name the field and who it is', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      acquire(
        office,
        bySystem,
        webForm({ items: { name: `例示 ${i}`, email: i % 2 ? 'Raced@example.jp' : 'raced@example.jp' } }),
      ),
    ),
  );
  const winners = outcomes.flatMap((o) => (o.ok ? [o.value.record] : []));
  expect(winners).toHaveLength(1);
  for (const outcome of outcomes) {
    if (!outcome.ok)
      expect(outcome.problem).toMatchObject({
        kind: 'conflict',
        field: 'items.email',
        existing: winners[0]!.principal,
      });
  }
  const logged = (await entries()).filter((entry) => entry.principal === winners[0]!.principal);
  expect(logged.map((entry) => entry.action)).toEqual(['people:acquire']);
  expect(
    await house.app.query('SELECT id FROM acquisitions WHERE principal_id = $1', [winners[0]!.principal]),
  ).toHaveLength(1);
});

test('a repeated request has its effect once; the same key with another body is a conflict', async () => {
  const keyed = (text: string): AcquireRequest => webForm({ idempotency: { key: `order-${n}`, text } });
  const at = await Promise.all([1, 2, 3].map(() => acquire(office, bySystem, keyed('body'))));
  const records = at.map((o) => (o.ok ? o.value : expect.fail('not acquired')));
  expect(new Set(records.map((r) => r.record.id)).size).toBe(1);
  expect(records.filter((r) => !r.repeated)).toHaveLength(1);
  expect(records[0]!.record).toEqual(records[1]!.record);
  expect(problem(await acquire(office, bySystem, keyed('another')))).toMatchObject({
    kind: 'conflict',
    field: 'Idempotency-Key',
  });
  // Another token of the same system without the purpose is not told the result.
  const narrow: Actor = { ...system, token: newId(clock.now()), purposes: ['P1'] };
  expect(problem(await acquire(office, { actor: narrow, authority }, keyed('body'))).kind).toBe('forbidden');
  const other = await acquire(office, byHandler, { ...keyed('body'), items: { name: 'another caller, same key' } });
  expect(other).toMatchObject({ ok: true, value: { repeated: false } });
  expect(fieldsOf(await acquire(office, bySystem, webForm({ idempotency: { key: 'キー', text: '' } })))).toEqual([
    'Idempotency-Key',
  ]);
});

test('whoever learns of somebody by an address that is taken has found them, and that is logged as a search', async () => {
  const email = `sought-${n}@example.jp`;
  const existing = await person({ items: { name: '例示 先', email } });
  const other = await person({ items: { name: '例示 他' } });
  const before = (await entries()).length;
  const came = webForm({ items: { name: '例示 後', email } });
  expect(problem(await acquire(office, bySystem, came))).toMatchObject({ kind: 'conflict', existing });
  const added = webForm({ principal: other, items: { email } });
  expect(problem(await acquire(office, bySystem, added))).toMatchObject({ kind: 'conflict', existing });
  const asked = { principal: other, holding: newsletter, items: { email }, ground: 'accuracy' } as const;
  expect(problem(await correct(office, byHandler, asked))).toMatchObject({ kind: 'conflict', existing });
  const all = await entries();
  const logged = all.slice(0, all.length - before);
  const search = { action: 'people:search', by: ['email'], found: 1, holding: newsletter };
  expect(logged).toEqual(
    [handler, system, system].map((who) => expect.objectContaining({ ...search, actor: actorRef(who), authority })),
  );
  expect(JSON.stringify(logged)).not.toContain('sought');
});

describe('two persons who share one e-mail address', () => {
  const sharing = (email: string, sharesEmailWith: readonly string[], more: Partial<AcquireRequest> = {}) =>
    acquire(office, bySystem, webForm({ items: { name: '例示 次', email }, sharesEmailWith, ...more }));
  const idOf = (outcome: Awaited<ReturnType<typeof sharing>>): string =>
    outcome.ok ? outcome.value.record.principal : expect.fail('not acquired');
  const found = async (email: string): Promise<string[]> => {
    const terms = [{ kind: 'email', term: email }] as const;
    const outcome = await find(office, byHandler, { terms, holding: newsletter });
    return outcome.ok ? outcome.value.map(({ principal }) => principal) : [];
  };
  const conflict = (field: string, ...principals: string[]) => ({
    kind: 'conflict',
    field,
    ...(principals.length > 0 ? { principals } : {}),
    ...(principals.length === 1 ? { existing: principals[0] } : {}),
    says: expect.any(Object) as object,
  });

  test('the second comes in where it is said, which is on record as a code; unsaid, everybody who has it is named', async () => {
    const email = `couple-${n}@example.jp`;
    const first = await person({ items: { name: '例示 夫', email } });
    const came = await sharing(email, [first]);
    const second = idOf(came);
    expect(await found(email)).toEqual([first, second].toSorted());
    expect(came).toMatchObject({ ok: true, value: { record: { emailShared: true } } });
    expect((await acquisitionsOf(office, second)).map(({ emailShared }) => emailShared)).toEqual([true]);
    expect((await acquisitionsOf(office, first)).map(({ emailShared }) => emailShared)).toEqual([false]);
    const entry = await entryOf(came.ok ? came.value.record.id : '');
    expect(entry).toMatchObject({ action: 'people:acquire', principal: second, email: 'shared' });
    expect(JSON.stringify(entry)).not.toContain(first);
    const unsaid = webForm({ items: { name: '例示 三', email } });
    expect(problem(await acquire(office, bySystem, unsaid))).toEqual(conflict('items.email', first, second));
    // The persons named are no longer everybody, which is also the case when a call without a key is sent twice.
    expect(problem(await sharing(email, [first]))).toEqual(conflict('sharesEmailWith', first, second));
    expect(await read(second)).toMatchObject({ ok: true, value: { values: { name: '例示 次', email } } });
    expect((await sharing(email, [second, first])).ok).toBe(true);
    expect(await found(email)).toHaveLength(3);
  });

  test('twenty at once who each say so: one comes in, nineteen hear of everybody who has it', async () => {
    const email = `raced-${n}@example.jp`;
    const first = await person({ items: { name: '例示 夫', email } });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => sharing(email, [first])));
    const made = outcomes.flatMap((one) => (one.ok ? [one.value.record.principal] : []));
    expect(made).toHaveLength(1);
    for (const one of outcomes) if (!one.ok) expect(one.problem).toEqual(conflict('sharesEmailWith', first, made[0]!));
    expect(await found(email)).toEqual([first, ...made].toSorted());
  });

  test('the same call sent again with its key makes no twins, at once or later', async () => {
    const email = `again-${n}@example.jp`;
    const first = await person({ items: { name: '例示 夫', email } });
    const keyed = { idempotency: { key: `again-${n}`, text: 'one' } };
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => sharing(email, [first], keyed)));
    outcomes.push(await sharing(email, [first], keyed));
    expect(new Set(outcomes.map(idOf)).size).toBe(1);
    expect(outcomes.filter((one) => one.ok && !one.value.repeated)).toHaveLength(1);
    expect(await found(email)).toHaveLength(2);
  });

  test('what is said of an address that nobody has, of none or of no person is refused, and nothing is kept', async () => {
    const email = `nobody-${n}@example.jp`;
    const first = await person();
    expect(problem(await sharing(email, [first]))).toEqual(conflict('sharesEmailWith'));
    expect(await found(email)).toEqual([]);
    expect(fieldsOf(await sharing(email, ['nobody']))).toEqual(['sharesEmailWith']);
    const without = webForm({ items: { name: '例示 次' }, sharesEmailWith: [first] });
    expect(fieldsOf(await acquire(office, bySystem, without))).toEqual(['sharesEmailWith']);
  });

  test('an address is corrected, and one added, to one that somebody else has where it is said; the rest of them stays correctable', async () => {
    const email = `joined-${n}@example.jp`;
    const first = await person({ items: { name: '例示 夫', email } });
    const second = await person({ items: { name: '例示 妻' } });
    const third = await person({ items: { name: '例示 子', email: `own-${n}@example.jp` } });
    const adding = webForm({ principal: second, items: { email }, sharesEmailWith: [first] });
    expect(await acquire(office, bySystem, adding)).toMatchObject({
      ok: true,
      value: { record: { emailShared: true } },
    });
    const asked = { principal: third, holding: newsletter, ground: 'accuracy' } as const;
    expect(problem(await correct(office, byHandler, { ...asked, items: { email } }))).toMatchObject({
      field: 'items.email',
      principals: [first, second],
    });
    const named = { ...asked, items: { email }, sharesEmailWith: [first] };
    expect(problem(await correct(office, byHandler, named))).toMatchObject({ field: 'sharesEmailWith' });
    const corrected = await correct(office, byHandler, { ...named, sharesEmailWith: [second, first] });
    if (!corrected.ok) throw new Error('not corrected');
    expect(await entryOf(corrected.value.decision)).toMatchObject({ action: 'people:correct', email: 'shared' });
    expect(await found(email)).toEqual([first, second, third].toSorted());
    for (const principal of [first, second, third])
      expect((await correct(office, byHandler, { ...asked, principal, items: { note: '改' } })).ok).toBe(true);
    const stray = { ...asked, items: { email: null }, sharesEmailWith: [first] };
    expect(fieldsOf(await correct(office, byHandler, stray))).toEqual(['sharesEmailWith']);
  });

  test('of two, one is erased: the other keeps the address, and whoever comes unsaid is told of the one who is left', async () => {
    const email = `left-${n}@example.jp`;
    const first = await person({ items: { name: '例示 夫', email } });
    const second = idOf(await sharing(email, [first]));
    expect((await eraseAll(office, byHandler, { principal: first, ground: 'no-longer-needed' })).ok).toBe(true);
    expect(await found(email)).toEqual([second]);
    expect(await read(second)).toMatchObject({ ok: true, value: { values: { email } } });
    const unsaid = webForm({ items: { name: '例示 三', email } });
    expect(problem(await acquire(office, bySystem, unsaid))).toEqual(conflict('items.email', second));
  });
});

test('a key is used up by what had its effect alone', async () => {
  const email = `free-${n}@example.jp`;
  const first = await person({ items: { name: '例示 先', email } });
  const keyed = webForm({ items: { name: '例示 後', email }, idempotency: { key: `free-${n}`, text: 'one' } });
  const taken = { kind: 'conflict', field: 'items.email', existing: first };
  expect(problem(await acquire(office, bySystem, keyed))).toEqual(expect.objectContaining(taken));
  expect(problem(await acquire(office, bySystem, keyed))).toEqual(expect.objectContaining(taken));
  const erased = await eraseAll(office, byHandler, { principal: first, ground: 'no-longer-needed' });
  expect(erased.ok).toBe(true);
  const acquired = await acquire(office, bySystem, keyed);
  expect(acquired).toMatchObject({ ok: true, value: { repeated: false } });
  expect(await acquire(office, bySystem, keyed)).toEqual({
    ok: true,
    value: { record: acquired.ok && acquired.value.record, repeated: true },
  });
});

test('a request that had its effect is answered so, whatever has changed since', async () => {
  const principal = await person();
  const email = `moved-${n}@example.jp`;
  const add = webForm({ principal, seen: 1, items: { email }, idempotency: { key: `moved-${n}`, text: 'one' } });
  const first = await acquire(office, bySystem, add);
  const items = { email: `other-${n}@example.jp` };
  const asked = { principal, holding: newsletter, items, ground: 'accuracy' } as const;
  expect((await correct(office, byHandler, asked)).ok).toBe(true);
  await person({ items: { name: '例示 次', email } });
  const again = { ok: true, value: { record: first.ok && first.value.record, repeated: true } };
  expect(await acquire(office, bySystem, add)).toEqual(again);
  expect(await acquire(office, bySystem, { ...add, holding: closed })).toEqual(again);
});

test('keys raced in one batch and across batches: each has its effect once, and harms nobody beside it', async () => {
  const rounds = Array.from({ length: 120 }, (_, i) =>
    webForm({
      items: { name: `例示 ${i}`, email: `keys-${n}-${i % 40}@example.jp` },
      ...(i % 4 === 3 ? {} : { idempotency: { key: `keys-${n}-${i % 40}`, text: String(i % 40) } }),
    }),
  );
  const outcomes = await Promise.all(rounds.map((ask) => acquire(office, bySystem, ask)));
  for (const of of Array.from({ length: 40 }, (_, i) => i)) {
    const three = [outcomes[of]!, outcomes[of + 40]!, outcomes[of + 80]!];
    const made = three.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
    expect(made).toHaveLength(of % 4 === 3 ? 1 : 3);
    expect(new Set(made.map(({ record }) => record.principal)).size).toBe(1);
    expect(made.filter(({ repeated }) => !repeated)).toHaveLength(1);
    const { principal } = made[0]!.record;
    for (const outcome of three)
      if (!outcome.ok) expect(outcome.problem).toMatchObject({ kind: 'conflict', existing: principal });
    expect(await acquisitionsOf(office, principal)).toHaveLength(1);
  }
});

test('one key raced of somebody without an e-mail address, by which nobody is told apart, makes one person and harms nobody beside it', async () => {
  const asks = Array.from({ length: 60 }, (_, i) =>
    webForm({
      items: { name: `例示 番号${i % 10}` },
      ...(i % 10 === 9 ? {} : { idempotency: { key: `bare-${n}-${i % 10}`, text: String(i % 10) } }),
    }),
  );
  const outcomes = await Promise.all(asks.map((ask) => acquire(office, bySystem, ask)));
  const made = outcomes.map((outcome) => (outcome.ok ? outcome.value : expect.fail('not acquired')));
  for (const of of Array.from({ length: 10 }, (_, i) => i)) {
    const six = made.filter((_, i) => i % 10 === of);
    const persons = new Set(six.map(({ record }) => record.principal));
    expect([of, persons.size, six.filter(({ repeated }) => repeated).length]).toEqual(
      of === 9 ? [9, 6, 0] : [of, 1, 5],
    );
    for (const principal of persons) expect(await acquisitionsOf(office, principal)).toHaveLength(1);
  }
});

test('a repeated addition to a known person has its effect once', async () => {
  const principal = await person();
  const add = (text: string): AcquireRequest =>
    webForm({ principal, items: { phone: '090-0000-1111' }, idempotency: { key: `add-${n}`, text } });
  clock.moveTo('2026-11-24T10:00:01+09:00');
  const first = await acquire(office, bySystem, add('a'));
  const second = await acquire(office, bySystem, add('a'));
  expect(second).toEqual({ ok: true, value: { record: first.ok && first.value.record, repeated: true } });
  expect(await read(principal, { items: ['phone', 'name'] })).toMatchObject({
    ok: true,
    value: { values: { phone: '090-0000-1111' } },
  });
  expect((await acquisitionsOf(office, principal)).map((r) => r.items)).toEqual([
    ['phone'],
    ['name', 'name_kana', 'email'],
  ]);
  const h = await held(office, principal);
  expect(h).toMatchObject({
    ok: true,
    value: { records: [{ holding: newsletter, version: 2, items: ['name', 'name_kana', 'email', 'phone'] }] },
  });
});

test('an addition to a known person that is sent many times at once has its effect once, seen or not', async () => {
  for (const seen of [undefined, 1]) {
    const principal = await person({ items: { name: '例示 加子' } });
    const add = webForm({
      principal,
      ...(seen === undefined ? {} : { seen }),
      items: { phone: '090-0000-1111' },
      idempotency: { key: `raced-${n}-${seen}`, text: 'a' },
    });
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => acquire(office, bySystem, add)));
    const made = outcomes.map((outcome) => (outcome.ok ? outcome.value : expect.fail(JSON.stringify(outcome.problem))));
    expect(new Set(made.map(({ record }) => record.id)).size).toBe(1);
    expect(made.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await held(office, principal)).toMatchObject({ ok: true, value: { records: [{ version: 2 }] } });
    expect(await acquisitionsOf(office, principal)).toHaveLength(2);
  }
});

test('one key used at once for two known persons adds to one, and the other is told that it was used', async () => {
  const persons = [await person({ items: { name: '例示 加子' } }), await person({ items: { name: '例示 加夫' } })];
  const add = (principal: string): AcquireRequest =>
    webForm({ principal, items: { phone: '090-0000-1111' }, idempotency: { key: `both-${n}`, text: principal } });
  const outcomes = await Promise.all(persons.map((principal) => acquire(office, bySystem, add(principal))));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  for (const [i, outcome] of outcomes.entries()) {
    if (!outcome.ok) expect(outcome.problem).toMatchObject({ kind: 'conflict', field: 'Idempotency-Key' });
    const version = outcome.ok ? 2 : 1;
    expect(await held(office, persons[i]!)).toMatchObject({ ok: true, value: { records: [{ version }] } });
  }
});

test('adding to somebody nobody knows is not found', async () => {
  expect(problem(await acquire(office, bySystem, webForm({ principal: newId(clock.now()) }))).kind).toBe('not-found');
  expect(problem(await read(newId(clock.now()))).kind).toBe('not-found');
});

test('a search answers ids, and the log keeps by what was searched, not for what', async () => {
  const principal = await person({ items: { name: '髙橋 検索', phone: '090-0000-7777' } });
  const terms = [
    { kind: 'name', term: '高橋　検索' },
    { kind: 'phone', term: '+81 90 0000 7777' },
  ] as const;
  expect(await find(office, byHandler, { terms, holding: null })).toEqual(
    done([{ principal, holdings: [newsletter] }]),
  );
  const entry = (await entries()).find((e) => e.action === 'people:search');
  expect(entry).toMatchObject({ by: ['name', 'phone'], found: 1, authority });
  // An id may hold any digits.
  const said = JSON.stringify(entry).replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id');
  expect(said).not.toMatch(/髙橋|高橋|7777/);
});

test('a correction is a new version with its ground in the log', async () => {
  const principal = await person({ items: { name: '例示 旧', email: `old-${n}@example.jp` } });
  const corrected = await correct(office, byHandler, {
    principal,
    holding: newsletter,
    items: { name: '例示 新', email: null },
    ground: 'request',
  });
  if (!corrected.ok) throw new Error('not corrected');
  expect(corrected.value.version).toBe(2);
  expect(await read(principal)).toMatchObject({ ok: true, value: { values: { name: '例示 新' }, absent: ['email'] } });
  expect(await entryOf(corrected.value.decision)).toMatchObject({
    action: 'people:correct',
    principal,
    items: ['name', 'email'],
    ground: 'request',
    decision: { answer: 'yes', because: ['APPI 34(2)'] },
  });
  const wrong = { principal, holding: newsletter, ground: 'accuracy' } as const;
  expect(fieldsOf(await correct(office, byHandler, { ...wrong, items: { address: null } }))).toEqual(['items.address']);
  expect(fieldsOf(await correct(office, byHandler, { ...wrong, items: { email: 'x' } }))).toEqual(['items.email']);
  expect(fieldsOf(await correct(office, byHandler, { ...wrong, items: {} }))).toEqual(['items']);
  const taken = await person({ items: { email: `taken-${n}@example.jp` } });
  expect(
    problem(await correct(office, byHandler, { ...wrong, items: { email: `taken-${n}@example.jp` } })),
  ).toMatchObject({
    kind: 'conflict',
    field: 'items.email',
    existing: taken,
  });
});

test('special care-required information that is not held comes in as an acquisition, never as the company’s own correction', async () => {
  const principal = await person({ holding: clinic, items: { name: '例示 配慮' }, purposes: ['P1'] });
  const asked = { principal, holding: clinic, items: { wheelchair: '利用' } } as const;
  expect(fieldsOf(await correct(office, byHandler, { ...asked, ground: 'accuracy' }))).toEqual(['items.wheelchair']);
  expect(await held(office, principal)).toMatchObject({ value: { records: [{ items: ['name'] }] } });
  // A person consents to what they state in a request (guideline 3-3-2), and held information must be kept accurate.
  expect((await correct(office, byHandler, { ...asked, ground: 'request' })).ok).toBe(true);
  const mended = { ...asked, items: { wheelchair: '電動の車いす' } };
  expect((await correct(office, byHandler, { ...mended, ground: 'accuracy' })).ok).toBe(true);
});

test('what is held can be taken out, though the ledger no longer lists it', async () => {
  const principal = await person({ items: { name: '例示 旧項目', phone: '090-0000-2222', note: 'x' } });
  const listed = facts.holdings[0]!;
  const asked = { principal, holding: newsletter, ground: 'accuracy' } as const;
  const stated = facts.holdings;
  try {
    facts.holdings = [{ ...listed, items: listed.items.filter((one) => one.code !== 'phone') }, ...stated.slice(1)];
    forgetStanding(office);
    expect(fieldsOf(await correct(office, byHandler, { ...asked, items: { phone: '090-0000-3333' } }))).toEqual([
      'items.phone',
    ]);
    const corrected = await correct(office, byHandler, { ...asked, items: { phone: null } });
    expect(corrected).toMatchObject({ ok: true, value: { version: 2 } });
    expect(await held(office, principal)).toMatchObject({ value: { records: [{ items: ['name', 'note'] }] } });
    expect(fieldsOf(await correct(office, byHandler, { ...asked, items: { phone: null } }))).toEqual(['items.phone']);
  } finally {
    facts.holdings = stated;
    forgetStanding(office);
  }
});

test('erased is erased: certified once, not readable, not found, not added to', async () => {
  const principal = await person({ items: { name: '例示 消去', email: `gone-${n}@example.jp` } });
  const erased = await eraseAll(office, byHandler, { principal, ground: 'request-unlawful' });
  if (!erased.ok) throw new Error('not erased');
  expect(await entryOf(erased.value.entry)).toMatchObject({
    action: 'people:erase',
    principal,
    holdings: [newsletter],
    items: 2,
    decision: { because: ['APPI 35(2)'] },
  });
  expect(await eraseAll(office, byHandler, { principal, ground: 'no-longer-needed' })).toEqual(erased);
  expect((await entries()).filter((e) => e.action === 'people:erase' && e.principal === principal)).toHaveLength(1);
  expect(problem(await read(principal)).kind).toBe('not-found');
  expect(problem(await acquire(office, bySystem, webForm({ principal }))).kind).toBe('not-found');
  expect(await held(office, principal)).toEqual(erased);
  const terms = [{ kind: 'email', term: `gone-${n}@example.jp` }] as const;
  expect(await find(office, byHandler, { terms, holding: null })).toEqual(done([]));
});

test('of somebody of whom a holding has nothing, no answer says that they had a use stopped or asked for it', async () => {
  const [gone, elsewhere, here] = [
    await person({ items: { name: '例示 消去', email: `gone-${n}@example.jp` } }),
    await person({ holding: clinic, items: { name: '例示 別所', email: `else-${n}@example.jp` }, purposes: ['P3'] }),
    await person(),
  ];
  const stop = { stops: 'use', article: '35(6)', from: day('2026-01-01'), purposes: null, recipients: null } as const;
  const asked = await person({ items: { name: '例示 申出', email: `asked-${n}@example.jp` } });
  const said = { on: day('2026-01-01'), at: null };
  const scope = { scope: 'everything', purpose: null, recipient: null } as const;
  expect((await object(office, byHandler, { ...scope, principal: asked, said, evidence: null })).ok).toBe(true);
  facts.suspensions = [gone, elsewhere, here].map((principal) => ({ ...stop, principal }));
  forgetStanding(office);
  try {
    expect(problem(await read(asked)).kind).toBe('refused');
    for (const principal of [gone, asked])
      expect((await eraseAll(office, byHandler, { principal, ground: 'request-harm' })).ok).toBe(true);
    const before = (await entries()).length;
    const nobody = await read(newId(clock.now()));
    expect(problem(nobody).kind).toBe('not-found');
    for (const principal of [gone, asked, elsewhere]) expect(await read(principal)).toEqual(nobody);
    // It is no refusal, so it is on record as little as that of an id that never was.
    expect(await entries()).toHaveLength(before);
    // Nor does it say of a use that no ledger states that this one of those who are not held is known.
    const beyond = problem(await read(newId(clock.now()), { purpose: 'P1' }));
    expect(beyond.kind).toBe('refused');
    for (const principal of [gone, asked]) {
      const { finding } = problem(await read(principal, { purpose: 'P1' })) as Extract<Problem, { kind: 'refused' }>;
      expect(beyond).toMatchObject({ finding });
    }
    const later = (await entries()).length;
    expect(problem(await read(here))).toMatchObject({
      kind: 'refused',
      finding: { because: [{ law: 'APPI', article: '35(6)' }] },
    });
    expect(problem(await read(elsewhere, { holding: clinic })).kind).toBe('refused');
    expect(await entries()).toHaveLength(later + 2);
  } finally {
    facts.suspensions = [];
    forgetStanding(office);
  }
});

const identityOf = async (principal: string): Promise<Identity | 'unreadable' | undefined> =>
  (await showIdentities(office, byHandler, [principal])).get(principal);

test('of somebody whom a record names until a day, who it was outlasts the erasure, and nothing else', async () => {
  const email = `kept-${n}@example.jp`;
  const principal = await person({ items: { name: '例示 記録', name_kana: 'レイジ キロク', email, note: 'x' } });
  naming.set(principal, { provisions: day('2029-11-24'), receipts: day('2027-01-31') });
  const erased = await eraseAll(office, byHandler, { principal, ground: 'no-longer-needed' });
  if (!erased.ok) throw new Error('not erased');
  expect(await entryOf(erased.value.entry)).toMatchObject({
    items: 4,
    identity_until: '2029-11-24',
    decision: {
      because: ['APPI 22', 'Guideline 10-5', 'APPI 29(2)', 'APPI-Rules 20(1)', 'APPI 30(4)', 'APPI-Rules 24(1)'],
    },
  });
  expect(await identityUntil(office, principal)).toBe('2029-11-24');
  expect(await identityOf(principal)).toEqual([
    ['name', '例示 記録'],
    ['name_kana', 'レイジ キロク'],
  ]);
  expect((await entries()).filter((e) => e.action === 'people:identity')).toMatchObject([
    { actor: actorRef(handler), principal, items: ['name', 'name_kana'], authority },
  ]);
  // The erased person can neither be read nor found, not even by name.
  expect(problem(await read(principal)).kind).toBe('not-found');
  expect(await find(office, byHandler, { terms: [{ kind: 'name', term: '例示 記録' }], holding: null })).toEqual(
    done([]),
  );
  // When asked again, no second identity is created.
  expect(await eraseAll(office, byHandler, { principal, ground: 'no-longer-needed' })).toEqual(erased);
  expect(await identityOf(principal)).toHaveLength(2);
});

test.each([
  ['no record', undefined],
  ['a record whose time is over', { provisions: day('2026-11-23') }],
])('of somebody whom %s names nothing outlasts the erasure', async (_, over) => {
  const principal = await person({ items: { name: '例示 記録' } });
  if (over) naming.set(principal, over);
  const erased = await eraseAll(office, byHandler, { principal, ground: 'no-longer-needed' });
  if (!erased.ok) throw new Error('not erased');
  const entry = (await entryOf(erased.value.entry))!;
  expect([entry.identity, entry.identity_until]).toEqual([undefined, undefined]);
  expect(await identityUntil(office, principal)).toBeNull();
  expect(await identityOf(principal)).toBeUndefined();
});

test('an erasure that is not put on record keeps no identity either', async () => {
  const principal = await person({ items: { name: '例示 記録' } });
  naming.set(principal, { receipts: day('2029-11-24') });
  const record = () => Promise.reject(new Error('stopped'));
  await expect(eraseAll(office, byHandler, { principal, ground: 'no-longer-needed', record })).rejects.toThrow(
    'stopped',
  );
  expect(await identityOf(principal)).toBeUndefined();
  expect((await read(principal)).ok).toBe(true);
});

test.each([
  ['request-unlawful', 'APPI 35(2)'],
  ['request-unneeded', 'APPI 35(6)'],
  ['request-breach', 'APPI 35(6)'],
  ['request-harm', 'APPI 35(6)'],
  ['no-longer-needed', 'APPI 22'],
] as const)('an erasure on the ground %s is recorded under its own article', async (ground, article) => {
  const principal = await person({ items: { name: '例示 根拠' } });
  const erased = await eraseAll(office, byHandler, { principal, ground });
  if (!erased.ok) throw new Error('not erased');
  expect(await entryOf(erased.value.entry)).toMatchObject({
    ground,
    decision: { answer: 'yes', because: expect.arrayContaining([article]) as string[] },
  });
});

test('many questions are answered in order, each on its own', async () => {
  const people = await Promise.all(
    [0, 1, 2].map((i) => person({ items: { name: `例示 ${i}`, email: `many-${n}-${i}@example.jp` } })),
  );
  const ask = (principal: string, purpose = 'P3') => done({ principal, holding: newsletter, items: ['name'], purpose });
  const asks = [
    ask(people[0]!),
    ask(people[1]!, 'P1'),
    ask(newId(clock.now())),
    ask(people[2]!, 'P9'),
    ask(people[2]!),
  ];
  const answers: Outcome<Used>[] = [];
  for (const { answer } of useMany(office, bySystem, asks)) answers.push(await answer);
  expect(answers.map((a) => (a.ok ? a.value.values.name : a.problem.kind))).toEqual([
    '例示 0',
    'refused',
    'not-found',
    'invalid',
    '例示 2',
  ]);
  const three = Array.from({ length: 500 }, (_, i) => ask(people[i % 3]!));
  const names: unknown[] = [];
  for (const { answer } of useMany(office, bySystem, three)) {
    const outcome = await answer;
    names.push(outcome.ok && outcome.value.values.name);
  }
  expect(names).toEqual(three.map((_, i) => `例示 ${i % 3}`));
});

test('without its log entry nothing is read, created, added, corrected, erased, searched or refused', async () => {
  const principal = await person();
  const count = () =>
    house.owner.query(
      `SELECT (SELECT count(*) FROM vault_principals) AS people, (SELECT sum(version) FROM vault_records) AS versions,
              (SELECT sum(cardinality(digests)) FROM vault_records) AS keys, (SELECT count(*) FROM acquisitions) AS acquisitions,
              (SELECT count(*) FROM acquisition_keys) AS requests, (SELECT count(*) FROM vault_erasures) AS erasures,
              (SELECT count(*) FROM log_entries) AS entries`,
      [],
    );
  const before = await count();
  await house.owner.query(
    'REVOKE INSERT (id, at, action, actor, principal_id, entry) ON log_entries FROM sekisho_app',
    [],
  );
  try {
    const denied = { code: '42501' };
    await expect(read(principal)).rejects.toMatchObject(denied);
    await expect(read(principal, { purpose: 'P1' })).rejects.toMatchObject(denied);
    await expect(
      acquire(office, bySystem, webForm({ idempotency: { key: `closed-${n}`, text: '' }, items: { name: 'x' } })),
    ).rejects.toMatchObject(denied);
    await expect(acquire(office, bySystem, webForm({ purposeIndicated: { placement: 'none' } }))).rejects.toMatchObject(
      denied,
    );
    await expect(acquire(office, bySystem, webForm({ principal, items: { note: 'x' } }))).rejects.toMatchObject(denied);
    const asked = { principal, holding: newsletter, items: { note: 'x' }, ground: 'accuracy' } as const;
    await expect(correct(office, byHandler, asked)).rejects.toMatchObject(denied);
    await expect(eraseAll(office, byHandler, { principal, ground: 'request-unlawful' })).rejects.toMatchObject(denied);
    const terms = [{ kind: 'name', term: '吉田花子' }] as const;
    await expect(find(office, byHandler, { terms, holding: null })).rejects.toMatchObject(denied);
  } finally {
    await house.owner.query(
      'GRANT INSERT (id, at, action, actor, principal_id, entry) ON log_entries TO sekisho_app',
      [],
    );
  }
  expect(await count()).toEqual(before);
  expect((await read(principal)).ok).toBe(true);
});

test('the standing facts are read again when they change, each day, and when no notice came for five seconds', async () => {
  await standing(office);
  const before = reads;
  await standing(office);
  expect(reads).toBe(before);
  await house.app.query("SELECT pg_notify('standing', '')", []);
  await expect.poll(async () => (await standing(office), reads)).toBe(before + 1);
  forgetStanding(office);
  await standing(office);
  expect(reads).toBe(before + 2);
  clock.moveTo('2026-11-24T23:59:59+09:00');
  await standing(office);
  expect(reads).toBe(before + 3);
  // A policy may come into force at midnight, so a new day reads again however recent the facts are.
  clock.moveTo('2026-11-25T00:00:00+09:00');
  await standing(office);
  expect(reads).toBe(before + 4);
  clock.moveTo('2026-11-25T00:00:04.999+09:00');
  await standing(office);
  expect(reads).toBe(before + 4);
  clock.moveTo('2026-11-25T00:00:05+09:00');
  await Promise.all(Array.from({ length: 20 }, () => standing(office)));
  expect(reads).toBe(before + 5);
  // After the clock is set back, the age of the facts cannot be known.
  clock.moveTo('2026-11-25T00:00:03+09:00');
  await standing(office);
  expect(reads).toBe(before + 6);
});
