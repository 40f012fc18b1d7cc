import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../base/id.ts';
import type { Actor } from '../../base/actor.ts';
import { day } from '../../base/day.ts';
import { listEntries } from '../../log/index.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { addHolding, addPerson, officerOf, openTestCheckpoint, valueOf } from '../../../tests/people.ts';
import { judge } from '../consultation/index.ts';
import { provide, provisionOf, provisions, type ProvideAsk } from './actions.ts';
import { provisionProvers } from './promises.ts';
import { countProvisions } from './store.ts';

let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let holding: string;
let sato: string;
let desk: Actor;

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-11-24T10:00:00+09:00' });
  closeCheckpoint = await openTestCheckpoint(house);
  holding = await addHolding(house);
  sato = (
    await addPerson(house, holding, {
      name: '佐藤 𠮷子',
      email: 'yoshiko.sato@example.jp',
      company: '株式会社みなと印刷',
    })
  ).principal;
  desk = officerOf(house);
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});

const kyodo = {
  kind: 'corporation' as const,
  name: '株式会社共同企画',
  address: '大阪府例示市中町2-3-4',
  representative: '共同 太郎',
  country: 'JP',
};
const consent = {
  givenBy: 'principal' as const,
  on: day('2026-11-20'),
  coversPurpose: true,
  coversRecipient: true,
  coversItems: true,
};

const asking = (facts: ProvideAsk['facts'], more: Partial<ProvideAsk> = {}): ProvideAsk => ({
  principal: sato,
  holding,
  items: ['name', 'company', 'email'],
  purpose: 'P3',
  facts,
  ...more,
});

const give = (ask: ProvideAsk) => provide(house.office, desk, ['desk-answers'], ask);

const newest = async () => (await listEntries(house.office.database, { most: 1 }))[0]!.entry;

const proofOf = async (promise: string) =>
  provisionProvers.find((prover) => prover.promise === promise)!.prove(house.office);

test('同意による提供：記録は規則20条の項目だけを持ち、3年残る', async () => {
  const { id, values, record } = valueOf(await give(asking({ relation: 'third-party', recipient: kyodo, consent })));
  expect(values).toEqual({ name: '佐藤 𠮷子', company: '株式会社みなと印刷', email: 'yoshiko.sato@example.jp' });
  expect(record).toEqual({
    id,
    principal_id: sato,
    made_on: '2026-11-24',
    mode: 'each',
    consent_obtained: true,
    // Rules 20(1)(ii): by consent the day of provision is no item.
    provided_on: null,
    recipient_name: '株式会社共同企画',
    recipient_address: '大阪府例示市中町2-3-4',
    recipient_representative: '共同 太郎',
    items: ['name', 'company', 'email'],
    keep_until: '2029-11-24',
  });
  const stored = valueOf(await provisionOf(house.office, id));
  expect(stored.record).toEqual(record);
  const entry = await newest();
  expect(entry).toMatchObject({
    id,
    action: 'people:provide',
    principal: sato,
    record: id,
    keep_until: '2029-11-24',
    authority: ['desk-answers'],
    decision: { answer: 'yes', policy: 1 },
  });
  expect(entry.decision!.because).toContain('APPI 27(1)');
  expect(JSON.stringify(entry)).not.toMatch(/佐藤|共同|example\.jp/);
});

test('委託：第三者に当たらないので、記録は作らないが答えは残る', async () => {
  const entrustment = { ownUse: false, assessed: true, contract: true, monitored: true };
  const { id, record } = valueOf(await give(asking({ relation: 'entrustment', recipient: kyodo, entrustment })));
  expect(record).toBeNull();
  const stored = valueOf(await provisionOf(house.office, id));
  expect(stored.finding.because.map((g) => `${g.law} ${g.article}`)).toEqual(
    expect.arrayContaining(['APPI 27(5)(i)', 'APPI 25', 'APPI 29(1)']),
  );
});

const consentOf = (givenBy: 'representative' | 'without-capacity' | 'uncertain' | undefined) =>
  asking({ relation: 'third-party', recipient: kyodo, consent: { ...consent, givenBy } });

test('法定代理人の同意による提供：だれが同意したかも答えと事実に残る', async () => {
  const { id, record } = valueOf(await give(consentOf('representative')));
  expect(record).toMatchObject({ consent_obtained: true, recipient_name: '株式会社共同企画' });
  const { facts, finding } = valueOf(await provisionOf(house.office, id));
  expect(facts).toMatchObject({ consent: { givenBy: 'representative' } });
  expect(finding.because[1]).toMatchObject({ law: 'Guideline', article: '2-16' });
});

test.each([
  ['判断できない本人', 'without-capacity', 'no', undefined],
  ['だれか書いていない', undefined, 'unknown', ['consent.givenBy']],
  ['判断できるか分からない', 'uncertain', 'unknown', ['judgements.consentCapacity']],
] as const)('%sの同意：何も渡らず、提供も残らない', async (_, givenBy, answer, missing) => {
  const [before] = await house.db.owner.query<{ n: number }>('SELECT count(*)::int AS n FROM provisions', []);
  const outcome = await give(consentOf(givenBy));
  expect(outcome).toMatchObject({ ok: false, problem: { kind: 'refused', finding: { answer } } });
  const finding = !outcome.ok && outcome.problem.kind === 'refused' ? outcome.problem.finding : null;
  expect(finding && 'missing' in finding ? finding.missing.map(({ fact }) => fact) : undefined).toEqual(missing);
  expect(await newest()).toMatchObject({ action: 'refused', asked: 'provide', decision: { answer } });
  const [after] = await house.db.owner.query<{ n: number }>('SELECT count(*)::int AS n FROM provisions', []);
  expect(after).toEqual(before);
});

test('管理者の判断は、その台帳の提供に効き、頼った判断が事実に残る', async () => {
  const content = {
    code: 'consentCapacity',
    holding_id: holding,
    purpose: null,
    answer: true,
    until_day: day('2026-12-31'),
    why: '申込みの説明を、中学生にも読めるように書いた。',
  };
  await judge(house.office, desk, ['officer'], content);
  const { id } = valueOf(await give(consentOf('uncertain')));
  const { facts, finding } = valueOf(await provisionOf(house.office, id));
  expect(facts).toMatchObject({ judgements: { consentCapacity: { answer: true, until: '2026-12-31' } } });
  expect(finding.because[1]).toMatchObject({ law: 'Guideline', article: 'Q1-62' });
  // Another purpose of the holding is judged by itself.
  await judge(house.office, desk, ['officer'], { ...content, purpose: 'P3', answer: false });
  expect(await give(consentOf('uncertain'))).toMatchObject({
    ok: false,
    problem: { kind: 'refused', finding: { answer: 'no' } },
  });
});

test('根拠がない：何も渡らず、断ったことが根拠とともに残る', async () => {
  const before = await countProvisions(house.office.database);
  const outcome = await give(asking({ relation: 'third-party', recipient: kyodo, consent: null }));
  expect(outcome).toMatchObject({ ok: false, problem: { kind: 'refused', finding: { answer: 'no' } } });
  expect(await countProvisions(house.office.database)).toEqual(before);
  expect(await newest()).toMatchObject({
    action: 'refused',
    asked: 'provide',
    principal: sato,
    decision: { answer: 'no' },
  });
});

test('オプトアウト：法は開いていても、方針の条項19が閉じている', async () => {
  const optOut = { announcedOn: day('2026-10-01'), filedOn: day('2026-10-01'), stopsOnRequest: true };
  const outcome = await give(asking({ relation: 'third-party', recipient: kyodo, consent: null, optOut }));
  expect(outcome.ok).toBe(false);
  if (outcome.ok || outcome.problem.kind !== 'refused') throw new Error('expected a refusal');
  const grounds = outcome.problem.finding.because.map((g) => `${g.law} ${g.article}`);
  expect(grounds).toContain('policy 19');
  expect(grounds).toContain('APPI 27(2)');
});

test('代表者が分からない：足りない事実を名指しし、渡さない', async () => {
  const { representative: _, ...unnamed } = kyodo;
  const outcome = await give(asking({ relation: 'third-party', recipient: unnamed, consent }));
  if (outcome.ok || outcome.problem.kind !== 'refused') throw new Error('expected a refusal');
  const { finding } = outcome.problem;
  expect(finding.answer === 'unknown' && finding.missing.map((m) => m.fact)).toEqual(['recipient.representative']);
});

test('同意が渡す日より後：前もっての同意ではない', async () => {
  const late = { ...consent, on: day('2026-11-25') };
  const outcome = await give(asking({ relation: 'third-party', recipient: kyodo, consent: late }));
  expect(outcome).toMatchObject({ ok: false, problem: { kind: 'refused', finding: { answer: 'no' } } });
});

test('同じ押下を20回くり返しても、渡るのは1回', async () => {
  const before = await countProvisions(house.office.database);
  const attempt = newId(house.clock.now());
  const ask = asking({ relation: 'third-party', recipient: kyodo, consent }, { attempt });
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => give(ask)));
  const done = outcomes.filter((outcome) => outcome.ok);
  expect(done).toHaveLength(1);
  const id = done[0]!.ok && done[0]!.value.id;
  for (const outcome of outcomes) {
    if (!outcome.ok) expect(outcome.problem).toMatchObject({ kind: 'conflict', field: 'attempt', existing: id });
  }
  const after = await countProvisions(house.office.database);
  expect(after.provisions - before.provisions).toBe(1);
  expect(after.records - before.records).toBe(1);
});

test('ほかの人の番号や、ない項目は、名指しで断る', async () => {
  const nobody = await give(asking({ relation: 'third-party', recipient: kyodo, consent }, { principal: newId(0) }));
  expect(nobody).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
  const strange = await give(asking({ relation: 'third-party', recipient: kyodo, consent }, { items: ['shoe_size'] }));
  expect(strange).toMatchObject({ ok: false, problem: { kind: 'invalid', fields: [{ field: 'items.shoe_size' }] } });
  const purpose = await give(asking({ relation: 'third-party', recipient: kyodo, consent }, { purpose: 'P9' }));
  expect(purpose).toMatchObject({ ok: false, problem: { kind: 'invalid', fields: [{ field: 'purpose' }] } });
});

test('そろって本当ではありえない事実は、答える前に項目を名指しし、何も記録しない', async () => {
  const before = [await countProvisions(house.office.database), await newest()];
  const equivalentSystem = { by: 'contract' as const };
  const withdrawn = { ...consent, withdrawnOn: day('2026-11-19') };
  const outcome = await give(
    asking({ relation: 'third-party', recipient: kyodo, consent: withdrawn, equivalentSystem }),
  );
  if (outcome.ok || outcome.problem.kind !== 'invalid') throw new Error('expected the names of fields');
  expect(outcome.problem.fields.map(({ field }) => field)).toEqual([
    'facts.equivalentSystem',
    'facts.consent.withdrawnOn',
  ]);
  expect([await countProvisions(house.office.database), await newest()]).toEqual(before);
});

test('システムのトークンは、目的の外では渡せない', async () => {
  const id = newId(house.clock.now());
  const system: Actor = { kind: 'system', id, name: '配信', token: id, purposes: ['P1'], actions: ['people:provide'] };
  const outcome = await provide(
    house.office,
    system,
    [],
    asking({ relation: 'third-party', recipient: kyodo, consent }),
  );
  expect(outcome).toMatchObject({ ok: false, problem: { kind: 'forbidden' } });
});

test('記録が書けなければ、何も渡らない', async () => {
  const before = await countProvisions(house.office.database);
  await house.db.owner.query(
    'REVOKE INSERT (id, at, action, actor, principal_id, entry) ON log_entries FROM sekisho_app',
    [],
  );
  try {
    await expect(give(asking({ relation: 'third-party', recipient: kyodo, consent }))).rejects.toMatchObject({
      code: '42501',
    });
    await expect(give(asking({ relation: 'third-party', recipient: kyodo, consent: null }))).rejects.toMatchObject({
      code: '42501',
    });
  } finally {
    await house.db.owner.query(
      'GRANT INSERT (id, at, action, actor, principal_id, entry) ON log_entries TO sekisho_app',
      [],
    );
  }
  expect(await countProvisions(house.office.database)).toEqual(before);
});

test('提供と記録は、後から変えることも消すこともできない', async () => {
  const { database } = house.office;
  await expect(database.query("UPDATE provision_records SET recipient_name = 'x'", [])).rejects.toMatchObject({
    code: '42501',
  });
  await expect(database.query('DELETE FROM provisions', [])).rejects.toMatchObject({ code: '42501' });
});

test('一覧は新しい順で、本人と記録の有無で絞れる', async () => {
  const all = valueOf(await provisions(house.office, { principal: sato, most: 100 }));
  const recorded = valueOf(await provisions(house.office, { principal: sato, recorded: true, most: 100 }));
  expect(all.map((row) => row.id)).toEqual(
    all
      .map((row) => row.id)
      .sort()
      .reverse(),
  );
  expect(recorded.every((row) => row.record !== null)).toBe(true);
  expect(recorded.length).toBeLessThan(all.length);
  expect(await provisions(house.office, { principal: "'; DROP TABLE provisions; --", most: 1 })).toMatchObject({
    ok: false,
    problem: { kind: 'invalid', fields: [{ field: 'principal' }] },
  });
});

test('約束：記録の失われた提供があれば、守れていないと示す', async () => {
  expect(await proofOf('provision-recorded')).toMatchObject({ state: 'kept' });
  expect(await proofOf('no-opt-out')).toMatchObject({ state: 'kept' });
  await house.db.owner.query(
    'DELETE FROM provision_records WHERE id = (SELECT min(id::text)::uuid FROM provision_records)',
    [],
  );
  const proof = await proofOf('provision-recorded');
  expect(proof.state).toBe('broken');
  expect(proof.evidence.map((e) => e.value.ja)).toContain('1件');
  expect(proof.fix).not.toEqual([]);
});

test('約束：体制による提供先の確認が近づけば要注意、過ぎれば守れていない', async () => {
  const singapore = { ...kyodo, name: 'Example Events Pte. Ltd.', country: 'SG' };
  const entrustment = { ownUse: false, assessed: true, contract: true, monitored: true };
  const equivalentSystem = { by: 'contract' as const, validUntil: day('2028-01-01'), checkedOn: day('2025-12-10') };
  valueOf(await give(asking({ relation: 'entrustment', recipient: singapore, entrustment, equivalentSystem })));
  expect(await proofOf('equivalent-measures-checked-yearly')).toMatchObject({ state: 'risk' });
  house.clock.moveTo('2026-12-11T10:00:00+09:00');
  expect(await proofOf('equivalent-measures-checked-yearly')).toMatchObject({ state: 'broken' });
});
