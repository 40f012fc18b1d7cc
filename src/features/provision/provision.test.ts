// Providing one person's information at once, on a real database: what the registers know decides, the record has exactly the items of the Rules,
// and nothing leaves without its record and its log entry.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../base/id.ts';
import type { Actor } from '../../base/actor.ts';
import { day } from '../../base/day.ts';
import { listEntries } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import { openDatabase } from '../../platform/database/index.ts';
import { atOnce, beside } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  entrusted,
  officerOf,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import { decideProvision, judgedNow, parameters, type ConsentGiver, type ProvisionFacts } from '../../law/index.ts';
import { correct } from '../checkpoint/index.ts';
import { withdrawConsent } from '../consent/actions/consents.ts';
import { consentsOf } from '../consent/index.ts';
import { judge } from '../consultation/index.ts';
import { publishNotice, registerJointUse } from '../joint-use/actions.ts';
import { assureRecipient, checkRecipient, endAssuranceOf } from '../recipients/actions/assurance.ts';
import { changeRecipient, stopRecipient } from '../recipients/actions/recipient.ts';
import { dossierOf } from '../recipients/actions/read.ts';
import { reportCountry } from '../recipients/actions/country.ts';
import { contentOf } from '../recipients/facts/read.ts';
import { provide, type ProvideAsk } from './actions/provide.ts';
import { exportRecords, provisionOf, provisions, records } from './actions/read.ts';
import { recordFor } from './facts.ts';
import { provisionProvers } from './promises.ts';
import { countProvisions } from './store/counts.ts';

const items = ['name', 'company', 'email'];

let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let holding: string;
let sato: string;
/** Has consented to nothing. */
let suzuki: string;
let kyodo: string;
let consent: string;
let printer: string;
let desk: Actor;

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-11-24T10:00:00+09:00' });
  closeCheckpoint = await openTestCheckpoint(house);
  holding = await addHolding(house);
  const add = (name: string, email: string) =>
    addPerson(house, holding, { name, email, company: '株式会社みなと印刷' }).then((one) => one.principal);
  sato = await add('佐藤 𠮷子', 'yoshiko.sato@example.jp');
  suzuki = await add('鈴木 一', 'hajime.suzuki@example.jp');
  kyodo = await addRecipient(house);
  consent = await addConsent(house, sato, await addConsentText(house, { holding, recipients: [kyodo], items }));
  printer = await addRecipient(house, { name: '株式会社みなと印刷', relations: ['entrustment'] }, entrusted);
  desk = officerOf(house);
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});

const asking = (more: Partial<ProvideAsk> = {}): ProvideAsk => ({
  principal: sato,
  holding,
  items,
  purpose: 'P3',
  recipient: kyodo,
  facts: { relation: 'third-party' },
  ...more,
});

const give = (ask: ProvideAsk) => provide(house.office, { actor: desk, authority: ['desk-answers'] }, ask);

test('is of what the person was told: by entrustment within the purpose, by consent beyond it', async () => {
  const both = await addHolding(house, { name: { ja: '両方の目的', en: 'Both purposes' }, purposes: ['P1', 'P3'] });
  const values = { name: '田中 告', email: 'told@example.jp', company: '例示工業株式会社' };
  const { principal } = await addPerson(house, both, values, undefined, ['P3']);
  const to = (purpose: string) =>
    give(asking({ principal, holding: both, purpose, recipient: printer, facts: { relation: 'entrustment' } }));
  expect(await to('P3')).toMatchObject({ ok: true, value: { values } });
  const refused = await to('P1');
  if (refused.ok || refused.problem.kind !== 'refused') return expect.fail('expected a refusal');
  expect(refused.problem.finding.because.map((g) => `${g.law} ${g.article}`)).toEqual([
    'APPI 27(5)(i)',
    'APPI 18(1)',
    'policy 13',
  ]);
  const share = () => give(asking({ principal, holding: both, purpose: 'P1' }));
  expect(await share()).toMatchObject({ ok: false, problem: { kind: 'refused' } });
  await addConsent(
    house,
    principal,
    await addConsentText(house, { holding: both, recipients: [kyodo], items, purpose: 'P1' }),
  );
  const shared = await share();
  if (!shared.ok) return expect.fail(shared.problem.kind);
  expect(shared.value.values).toEqual(values);
  expect(shared.value.decision.finding.because.map((g) => `${g.law} ${g.article}`)).toContain('APPI 27(1)');
});

test('goes to another department beyond the purpose by a consent to use it so, and by none to give it to somebody else', async () => {
  const { principal } = await addPerson(house, holding, { name: '田中 部署', email: 'department@example.jp' });
  const shared = { holding, items: ['name'], purpose: 'P1' };
  const inside = () => give(asking({ principal, ...shared, recipient: null, facts: { relation: 'same-entity' } }));
  expect(await inside()).toMatchObject({ ok: false, problem: { kind: 'refused' } });
  await addConsent(house, principal, await addConsentText(house, { ...shared, recipients: [kyodo] }));
  expect(await inside()).toMatchObject({ ok: false, problem: { kind: 'refused' } });
  await addConsent(house, principal, await addConsentText(house, { ...shared, recipients: [] }));
  const { values, record, decision } = valueOf(await inside());
  expect([values, record]).toEqual([{ name: '田中 部署' }, null]);
  expect(grounds(decision.finding)).toEqual(['Guideline 3-6-1', 'APPI 18(1)']);
});

const newest = async () => (await listEntries(house.office.database, { most: 1 }))[0]!.entry;

const proofOf = async (promise: string) =>
  provisionProvers.find((prover) => prover.promise === promise)!.prove(house.office);

const refusalOf = async (ask: ProvideAsk) => {
  const outcome = await give(ask);
  if (outcome.ok || outcome.problem.kind !== 'refused') throw new Error('expected a refusal');
  return outcome.problem.finding;
};

const fieldOf = async (ask: ProvideAsk): Promise<string> => {
  const outcome = await give(ask);
  if (outcome.ok || outcome.problem.kind !== 'invalid') throw new Error('expected the name of a field');
  return outcome.problem.fields[0].field;
};

const grounds = (finding: { because: readonly { law: string; article: string }[] }): string[] =>
  finding.because.map((g) => `${g.law} ${g.article}`);

test('同意による提供：記録は規則20条の項目だけを持ち、3年残る', async () => {
  const { id, values, record } = valueOf(await give(asking()));
  expect(values).toEqual({ name: '佐藤 𠮷子', company: '株式会社みなと印刷', email: 'yoshiko.sato@example.jp' });
  expect(record).toEqual({
    provision_id: id,
    made_on: '2026-11-24',
    mode: 'each',
    consent_obtained: true,
    // Rules 20(1)(ii): for a provision by consent, the day is not an item.
    provided_on: null,
    recipient_name: '株式会社共同企画',
    recipient_address: '大阪府例示市中町2-3-4',
    recipient_representative: '共同 太郎',
    items,
    keep_until: '2029-11-24',
  });
  const stored = valueOf(await provisionOf(house.office, id));
  expect(stored).toMatchObject({ record, principal: sato, people: 1, recipient_id: kyodo, package_id: null });
  expect(stored.facts.consent).toMatchObject({ on: '2026-11-20', givenBy: 'principal', coversRecipient: true });
  expect(valueOf(await records(house.office, { principal: sato, most: 1 }))).toEqual([
    { ...record, principal_id: sato, consent_id: consent },
  ]);
  const [whose] = await house.office.database.query('SELECT * FROM provision_people WHERE provision_id = $1', [id]);
  expect(whose).toEqual({ principal_id: sato, provision_id: id, entry_id: id, consent_id: consent });
  const entry = await newest();
  expect(entry).toMatchObject({
    id,
    action: 'people:provide',
    principal: sato,
    recipient: kyodo,
    consent,
    record: id,
    keep_until: '2029-11-24',
    authority: ['desk-answers'],
    decision: { answer: 'yes', policy: 1 },
  });
  expect(entry.decision!.because).toContain('APPI 27(1)');
  expect(JSON.stringify(entry)).not.toMatch(/佐藤|共同|example\.jp/);
});

test('方針が提供ごとの承認を約束していれば、1人でも提供ファイルで承認を求める', async () => {
  const { office } = house;
  await closeCheckpoint();
  closeCheckpoint = await openTestCheckpoint(house, { provisionApprovedBy: '21' });
  const finding = await refusalOf(asking());
  expect(grounds(finding)).toEqual(['policy 21']);
  expect(await newest()).toMatchObject({ action: 'refused', principal: sato });
  const before = await countProvisions(office.database, parameters);
  await closeCheckpoint();
  closeCheckpoint = await openTestCheckpoint(house);
  expect((await give(asking())).ok).toBe(true);
  // Nobody else approved it, so a promise of approval is broken.
  const after = await countProvisions(office.database, parameters);
  expect([after.provisions - before.provisions, after.wrong.unapproved - before.wrong.unapproved]).toEqual([1, 1]);
  expect(await proofOf('provision-approved')).toMatchObject({ state: 'broken' });
});

test('委託：第三者に当たらないので、記録は作らないが答えは残る', async () => {
  const { id, record } = valueOf(await give(asking({ recipient: printer, facts: { relation: 'entrustment' } })));
  expect(record).toBeNull();
  const stored = valueOf(await provisionOf(house.office, id));
  expect(grounds(stored.finding)).toEqual(expect.arrayContaining(['APPI 27(5)(i)', 'APPI 25', 'APPI 29(1)']));
});

const cloud = {
  kind: 'cloud',
  reference: '利用契約 3',
  from: '2026-04-01',
  contractExcludesHandling: true,
  accessControlled: true,
  serverCountry: 'JP',
};

test('クラウドの契約が効くのは、委託先として預けるときだけ：第三者として渡すには、外国への提供の同意が要る', async () => {
  const us = { name: 'Reiji Cloud Inc.', country: 'US', relations: ['third-party', 'entrustment'] };
  const recipient = await addRecipient(house, us, cloud);
  const finding = await refusalOf(asking({ recipient }));
  expect([finding.answer, grounds(finding)]).toEqual(['no', ['APPI 28(1)', 'APPI 28(1)']]);
  expect(valueOf(await provisions(house.office, { recipient, most: 1 }))).toEqual([]);
  const stored = valueOf(await give(asking({ recipient, facts: { relation: 'entrustment' } })));
  expect(grounds(stored.decision.finding)).toContain('Guideline Q7-53');
});

test('取扱いも委託しているクラウドの会社には、委託先として渡す：どちらの契約によるかは、記録からは分からない', async () => {
  const here = { name: '例示雲業務株式会社', relations: ['entrustment'] };
  const recipient = await addRecipient(house, here, entrusted, cloud);
  const { decision } = valueOf(await give(asking({ recipient, facts: { relation: 'entrustment' } })));
  expect(grounds(decision.finding)).toEqual(['APPI 27(5)(i)', 'APPI 18(1)', 'policy 13', 'APPI 25', 'APPI 29(1)']);
  const abroad = { ...here, name: 'Reiji Cloud Works Inc.', country: 'US' };
  const foreign = await addRecipient(house, abroad, entrusted, cloud);
  const finding = await refusalOf(asking({ recipient: foreign, facts: { relation: 'entrustment' } }));
  expect([finding.answer, grounds(finding)]).toEqual(['no', ['APPI 28(1)', 'APPI 28(1)']]);
});

test('nothing goes to a recipient that is being stopped at that moment', async () => {
  const relations = ['entrustment'];
  const leaving = await addRecipient(house, { name: '株式会社例示撤収', relations }, entrusted);
  const by = { actor: desk, authority: ['officer-all-work'] };
  const [stopped, late] = await atOnce(
    house.db,
    'recipient_versions',
    () => stopRecipient(house.office, by, { id: leaving, version: 1, reason: '契約の終了' }),
    () => give(asking({ recipient: leaving, facts: { relation: 'entrustment' } })),
  );
  expect(stopped.ok).toBe(true);
  expect(late).toMatchObject({ ok: false, problem: { kind: 'invalid', fields: [{ field: 'recipient' }] } });
});

test('nothing goes out under a contract that is being ended, or replaced by a worse one, at that moment', async () => {
  const relations = ['entrustment'];
  const by = { actor: desk, authority: ['officer-all-work'] };
  const ends = await addRecipient(house, { name: '株式会社例示満了', relations }, entrusted);
  const [contract] = valueOf(await dossierOf(house.office, ends)).assurances;
  const [ended, late] = await atOnce(
    house.db,
    'recipient_assurances',
    () => endAssuranceOf(house.office, by, { recipient: ends, assurance: contract!.id, reason: '解約' }),
    () => give(asking({ recipient: ends, facts: { relation: 'entrustment' } })),
  );
  expect(ended.ok).toBe(true);
  expect(late).toMatchObject({ ok: false, problem: { kind: 'refused' } });
  const turns = await addRecipient(house, { name: '株式会社例示改定', relations }, entrusted);
  const other = { ...entrusted, reference: '業務委託契約 2026-100', from: '2026-11-24', ownUse: true };
  const [replaced, after] = await atOnce(
    house.db,
    'recipient_assurances',
    () => assureRecipient(house.office, by, turns, other),
    () => give(asking({ recipient: turns, facts: { relation: 'entrustment' } })),
  );
  expect(replaced.ok).toBe(true);
  expect(after).toMatchObject({ ok: false, problem: { kind: 'refused' } });
});

test('nothing goes to a recipient that is being found unable to keep its measures at that moment', async () => {
  const relations = ['entrustment'];
  const failing = await addRecipient(house, { name: '株式会社例示不能', relations }, entrusted);
  const by = { actor: desk, authority: ['officer-all-work'] };
  const check = { on: '2026-11-24', method: '監査', measures: 'impossible', trouble: '点検ができない', remedy: '返却' };
  const [checked, late] = await atOnce(
    house.db,
    'recipient_checks',
    () => checkRecipient(house.office, by, failing, check),
    () => give(asking({ recipient: failing, facts: { relation: 'entrustment' } })),
  );
  expect(checked.ok).toBe(true);
  expect(late).toMatchObject({ ok: false, problem: { kind: 'invalid', fields: [{ field: 'recipient' }] } });
});

test('nothing is shared in a joint use that is being ended at that moment', async () => {
  const group = await addRecipient(house, { name: '例示ホールディングス株式会社', relations: ['joint-use'] });
  const by = { actor: desk, authority: ['officer-all-work'] };
  const draft = valueOf(
    await registerJointUse(house.office, by, {
      name: { ja: 'グループの催しの案内', en: 'Events of the group' },
      information: 'personal',
      shares: [{ holding, items }],
      scope: { ja: '例示ホールディングス株式会社', en: 'Example Holdings' },
      members: [group],
      purposes: ['P3'],
      responsible: {
        kind: 'corporation',
        name: { ja: '例示情報通信株式会社', en: 'Example Communications' },
        address: { ja: '東京都例示区1-1', en: '1-1 Reiji, Tokyo' },
        representative: { ja: '例示 一郎', en: 'Ichiro Reiji' },
      },
    }),
  );
  valueOf(await publishNotice(house.office, by, draft, { notice: 1, on: day('2026-11-24') }));
  const ask = asking({ purpose: 'P3', recipient: group, jointUse: draft.id, facts: { relation: 'joint-use' } });
  expect(valueOf(await give(ask)).decision.finding.answer).toBe('yes');
  const { begun } = await house.db.owner.transaction(async (tx) => {
    await tx.query(
      "UPDATE joint_uses SET ended_on = '2026-11-24', ended_why = '解散', version = version + 1 WHERE id = $1",
      [draft.id],
    );
    return beside(house.db, tx, () => give(ask));
  });
  expect(await begun).toMatchObject({ ok: false });
});

/**
 * Provides while something happens on another connection just before a query; by default, before the query that provides, when everything has been
 * looked up.
 */
async function giveWhile(ask: ProvideAsk, happens: () => Promise<unknown>, before = 'provision.provide') {
  const { database } = house.office;
  const { query } = database;
  database.query = async (text, values, name) => {
    if (name?.startsWith(before)) {
      database.query = query;
      await happens();
    }
    return query(text, values, name);
  };
  return give(ask).finally(() => (database.query = query));
}

const withdrawing = async (): Promise<{ ask: ProvideAsk; happens: () => Promise<unknown> }> => {
  const { principal } = await addPerson(house, holding, { name: '撤回 中', email: 'meanwhile@example.jp' });
  const given = await addConsent(
    house,
    principal,
    await addConsentText(house, { holding, recipients: [kyodo], items }),
  );
  const by = { actor: desk, authority: [] };
  const happens = () => withdrawConsent(house.office, by, given, { on: house.office.clock.today(), evidence: null });
  return { ask: asking({ principal }), happens };
};

test('調べた後、渡す前に同意が撤回されたら、改めて判断して断る', async () => {
  const { ask, happens } = await withdrawing();
  const outcome = await giveWhile(ask, happens);
  expect(outcome).toMatchObject({ ok: false, problem: { kind: 'refused', finding: { answer: 'no' } } });
  expect(valueOf(await provisions(house.office, { principal: ask.principal, most: 1 }))).toEqual([]);
  expect(await newest()).toMatchObject({ action: 'refused', principal: ask.principal });
});

test('調べた後、渡す前に相手が止められたら、渡さない', async () => {
  const recipient = await addRecipient(house, { name: '株式会社止まる', relations: ['entrustment'] }, entrusted);
  const stop = () =>
    stopRecipient(house.office, { actor: desk, authority: [] }, { id: recipient, version: 1, reason: '契約の終了' });
  const ask = asking({ recipient, facts: { relation: 'entrustment' } });
  const outcome = await giveWhile(ask, stop);
  expect(outcome).toMatchObject({ ok: false, problem: { kind: 'invalid', fields: [{ field: 'recipient' }] } });
  expect(valueOf(await provisions(house.office, { recipient, most: 1 }))).toEqual([]);
});

/** The office of another process, with connections of its own. */
async function elsewhere<T>(work: (office: Office) => Promise<T>): Promise<T> {
  const database = openDatabase(house.db.connection, { role: 'sekisho_app', most: 2 });
  return work({ ...house.office, database }).finally(() => database.close());
}

test('相手を調べている間に別の所で止められたら、渡さない', async () => {
  const recipient = await addRecipient(house, { name: '株式会社調べる', relations: ['entrustment'] }, entrusted);
  const by = { actor: desk, authority: [] };
  const stop = () =>
    elsewhere(async (office) =>
      valueOf(await stopRecipient(office, by, { id: recipient, version: 1, reason: '漏えいの疑い' })),
    );
  const ask = asking({ recipient, facts: { relation: 'entrustment' } });
  // By then it has been read whether the recipient is stopped; its name and basis have not.
  const outcome = await giveWhile(ask, stop, 'recipients.versions');
  expect(outcome).toMatchObject({ ok: false, problem: { kind: 'invalid', fields: [{ field: 'recipient' }] } });
  expect(valueOf(await provisions(house.office, { recipient, most: 1 }))).toEqual([]);
});

test('調べた後、渡す前に委託契約が別のものに替えられたら、改めて判断して断る', async () => {
  const recipient = await addRecipient(house, { name: '株式会社替わる', relations: ['entrustment'] }, entrusted);
  const by = { actor: desk, authority: [] };
  const replace = () =>
    elsewhere(async (office) => {
      const [assurance] = valueOf(await dossierOf(office, recipient)).assurances;
      const ending = { recipient, assurance: assurance!.id, reason: '自社のために使っていた' };
      valueOf(await endAssuranceOf(office, by, ending));
      const other = { ...entrusted, reference: '業務委託契約 2026-099', from: '2026-11-24', ownUse: true };
      valueOf(await assureRecipient(office, by, recipient, other));
    });
  const ask = asking({ recipient, facts: { relation: 'entrustment' } });
  const outcome = await giveWhile(ask, replace);
  if (outcome.ok || outcome.problem.kind !== 'refused') throw new Error('expected a refusal');
  expect(grounds(outcome.problem.finding)).toContain('APPI 27(5)(i)');
  expect(valueOf(await provisions(house.office, { recipient, most: 1 }))).toEqual([]);
});

/** A person whose consent was given by `givenBy`, in an ask. */
async function consentedBy(givenBy: ConsentGiver, email = `${givenBy}@example.jp`): Promise<ProvideAsk> {
  const { principal } = await addPerson(house, holding, { name: '若葉 一', email });
  const more =
    givenBy === 'representative'
      ? { representative: { relation: 'parent' as const, checked: 'family-register' as const } }
      : {};
  const text = await addConsentText(house, { holding, recipients: [kyodo], items });
  await addConsent(house, principal, text, day('2026-11-20'), { givenBy, ...more });
  return asking({ principal });
}

test('法定代理人の同意による提供：だれが同意したかも答えと事実に残る', async () => {
  const { id, record } = valueOf(await give(await consentedBy('representative')));
  expect(record).toMatchObject({ consent_obtained: true, recipient_name: '株式会社共同企画' });
  const { facts, finding } = valueOf(await provisionOf(house.office, id));
  expect(facts).toMatchObject({ consent: { givenBy: 'representative' } });
  expect(finding.because[1]).toMatchObject({ law: 'Guideline', article: '2-16' });
});

test('判断できない本人の同意：何も渡らず、提供も残らない', async () => {
  const before = await countProvisions(house.office.database, parameters);
  const finding = await refusalOf(await consentedBy('without-capacity'));
  expect(finding.answer).toBe('no');
  expect(await newest()).toMatchObject({ action: 'refused', asked: 'provide', decision: { answer: 'no' } });
  expect(await countProvisions(house.office.database, parameters)).toEqual(before);
});

test('判断できるか分からない本人の同意：管理者の判断があるまで渡さず、頼った判断は事実に残る', async () => {
  const ask = await consentedBy('uncertain-child');
  const finding = await refusalOf(ask);
  expect('missing' in finding && finding.missing.map(({ fact }) => fact)).toEqual(['judgements.consentCapacity']);
  const content = {
    code: 'consentCapacity',
    holding_id: holding,
    purpose: null,
    answer: true,
    until_day: day('2026-12-31'),
    why: '申込みの説明を、中学生にも読めるように書いた。',
  };
  await judge(house.office, { actor: desk, authority: ['officer'] }, content);
  const { id } = valueOf(await give(ask));
  const given = valueOf(await provisionOf(house.office, id));
  expect(given.facts).toMatchObject({ judgements: { consentCapacity: { answer: true, until: '2026-12-31' } } });
  expect(given.finding.because[1]).toMatchObject({ law: 'Guideline', article: 'Q1-62' });
  const late = async () => (await countProvisions(house.office.database, parameters)).wrong.consentLate;
  expect(await late()).toBe(0);
  // Without the judgement among its grounds, the child's consent lets nothing be provided.
  const { because } = given.finding;
  const grounds = (all: unknown): Promise<unknown> =>
    house.db.owner.query("UPDATE provisions SET finding = jsonb_set(finding, '{because}', $2::jsonb) WHERE id = $1", [
      id,
      JSON.stringify(all),
    ]);
  await grounds(because.filter(({ article }) => article !== 'Q1-62'));
  expect(await late()).toBe(1);
  await grounds(because);
  // A judgement on another purpose of the holding does not count.
  await judge(house.office, { actor: desk, authority: ['officer'] }, { ...content, purpose: 'P3', answer: false });
  expect((await refusalOf(ask)).answer).toBe('no');
});

test('以前の版が、子どもかおとなかを問わず「分からない」と記録した同意：子どもについての判断では渡さず、記録し直せば渡せる', async () => {
  const ask = await consentedBy('uncertain-child', 'earlier@example.jp');
  const { principal } = ask;
  const judged = {
    code: 'consentCapacity',
    holding_id: holding,
    purpose: null,
    answer: true,
    until_day: day('2026-12-31'),
  };
  await judge(
    house.office,
    { actor: desk, authority: ['officer'] },
    { ...judged, why: '中学生にも読める説明にした。' },
  );
  const change = `UPDATE consents SET given_by = 'uncertain' WHERE principal_id = '${principal}'`;
  await tampered(house.db, ['consents'], change, async () => {
    const finding = await refusalOf(ask);
    expect('missing' in finding && finding.missing.map(({ fact, says }) => [fact, says.ja])).toEqual([
      ['consent.givenBy', expect.stringContaining('記録し直してください')],
    ]);
    const [stands] = (await consentsOf(house.office, principal)).consents;
    expect(stands).toMatchObject({ given_by: 'uncertain' });
  });
});

test('契約の登録がない委託先には渡さず、足りない事実を名指しする', async () => {
  const bare = await addRecipient(house, { name: '契約のない会社', relations: ['entrustment'] });
  const finding = await refusalOf(asking({ recipient: bare, facts: { relation: 'entrustment' } }));
  expect(finding.answer === 'unknown' && finding.missing.map((m) => m.fact)).toEqual([
    'entrustment.ownUse',
    'entrustment.assessed',
    'entrustment.contract',
    'entrustment.monitored',
  ]);
});

test('同意がない：何も渡らず、断ったことが根拠とともに残る', async () => {
  const before = await countProvisions(house.office.database, parameters);
  const finding = await refusalOf(asking({ principal: suzuki }));
  expect(finding.answer).toBe('no');
  expect(grounds(finding)).toContain('APPI 27(1)');
  expect(await countProvisions(house.office.database, parameters)).toEqual(before);
  expect(await newest()).toMatchObject({
    action: 'refused',
    asked: 'provide',
    principal: suzuki,
    recipient: kyodo,
    decision: { answer: 'no' },
  });
});

test.each([
  ['ほかの目的', { purpose: 'P1' }],
  ['同意にない項目', { items: ['name', 'phone'] }],
])('同意が及ばない%sでは渡さない', async (_, more) => {
  expect(['no', 'unknown']).toContain((await refusalOf(asking(more))).answer);
});

test('取り下げは、その時から効く', async () => {
  const { principal } = await addPerson(house, holding, { name: '田中 花', email: 'hana.tanaka@example.jp' });
  const text = await addConsentText(house, { holding, recipients: [kyodo], items: ['name'] });
  const given = await addConsent(house, principal, text);
  const ask = asking({ principal, items: ['name'] });
  valueOf(await give(ask));
  const by = { actor: desk, authority: [] };
  valueOf(await withdrawConsent(house.office, by, given, { on: day('2026-11-24'), evidence: null }));
  expect((await refusalOf(ask)).answer).toBe('no');
});

test('オプトアウト：法は開いていても、方針の条項19が閉じている', async () => {
  const optOut = { announcedOn: day('2026-10-01'), filedOn: day('2026-10-01'), stopsOnRequest: true };
  const finding = await refusalOf(asking({ principal: suzuki, facts: { relation: 'third-party', optOut } }));
  expect(grounds(finding)).toContain('policy 19');
  expect(grounds(finding)).toContain('APPI 27(2)');
});

test('提供先が止められていれば、項目を名指しして断る', async () => {
  const stopped = await addRecipient(house, { name: '止めた会社' });
  const by = { actor: desk, authority: [] };
  valueOf(await stopRecipient(house.office, by, { id: stopped, version: 1, reason: '体制を続けられない' }));
  expect(await fieldOf(asking({ recipient: stopped }))).toBe('recipient');
});

test.each<[string, Partial<ProvideAsk>, string]>([
  ['登録のない提供先', { recipient: newId(0) }, 'recipient'],
  ['提供先がない', { recipient: null }, 'recipient'],
  ['社内なのに提供先がある', { facts: { relation: 'same-entity' } }, 'recipient'],
  ['登録のない関係', { facts: { relation: 'succession' } }, 'facts.relation'],
  ['登録のない共同利用', { jointUse: newId(0) }, 'jointUse'],
])('%sは名指しで断る', async (_, more, field) => {
  expect(await fieldOf(asking(more))).toBe(field);
});

test('同じ押下を20回くり返しても、渡るのは1回', async () => {
  const before = await countProvisions(house.office.database, parameters);
  const attempt = newId(house.clock.now());
  const ask = asking({ attempt });
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => give(ask)));
  const done = outcomes.filter((outcome) => outcome.ok);
  expect(done).toHaveLength(1);
  const id = done[0]!.ok && done[0]!.value.id;
  for (const outcome of outcomes) {
    if (!outcome.ok) expect(outcome.problem).toMatchObject({ kind: 'conflict', field: 'attempt', existing: id });
  }
  const after = await countProvisions(house.office.database, parameters);
  expect(after.provisions - before.provisions).toBe(1);
  expect(after.records - before.records).toBe(1);
});

test('同じ名前の依頼は、人ごとに1回。内容の違うものは、行わずにそれと分かるように断る', async () => {
  const attempt = newId(house.clock.now());
  const other = { ...desk, id: house.staff.desk! } as Actor;
  const first = valueOf(await give(asking({ attempt })));
  const theirs = valueOf(
    await provide(house.office, { actor: other, authority: ['desk-answers'] }, asking({ attempt })),
  );
  expect(theirs.id).not.toBe(first.id);
  expect(await give(asking({ attempt }))).toMatchObject({ problem: { field: 'attempt', existing: first.id } });
  const before = await countProvisions(house.office.database, parameters);
  for (const more of [{ items: ['name'] }, { facts: { relation: 'third-party', record: { mode: 'each' } } as const }]) {
    const outcome = await give(asking({ attempt, ...more }));
    if (outcome.ok || outcome.problem.kind !== 'conflict') throw new Error('expected a conflict');
    expect(outcome.problem).toMatchObject({
      field: 'attempt',
      says: { en: expect.stringContaining('something else') },
    });
    expect(outcome.problem.existing).toBeUndefined();
  }
  expect(await countProvisions(house.office.database, parameters)).toEqual(before);
});

describe('項目の一部がない人', () => {
  const partly = async (email: string) => {
    const { principal } = await addPerson(house, holding, { name: '例示 一部', email });
    await addConsent(house, principal, await addConsentText(house, { holding, recipients: [kyodo], items }));
    return asking({ principal });
  };

  test('記録、提供、ログのどれも、実際に渡した項目だけを持つ', async () => {
    const ask = await partly('partly@example.jp');
    const { id, values, absent, record } = valueOf(await give(ask));
    expect([values, absent]).toEqual([{ name: '例示 一部', email: 'partly@example.jp' }, ['company']]);
    expect(record!.items).toEqual(['name', 'email']);
    expect(valueOf(await provisionOf(house.office, id))).toMatchObject({ items: ['name', 'email'], record });
    expect(await newest()).toMatchObject({ id, items: ['name', 'email'] });
  });

  test('選んだ項目が何もなければ、渡さず、記録も作らない', async () => {
    const ask = { ...(await partly('lacking@example.jp')), items: ['company'] };
    const before = await countProvisions(house.office.database, parameters);
    const entry = await newest();
    const says = { en: 'None of these items is held about this person' };
    expect(await give(ask)).toMatchObject({ ok: false, problem: { kind: 'not-found', says } });
    expect(await countProvisions(house.office.database, parameters)).toEqual(before);
    expect(await newest()).toEqual(entry);
  });

  test.each<[string, Record<string, string | null>, string[]]>([
    ['訂正で加わった項目も、記録に載せて渡す', { company: '例示工業株式会社' }, items],
    ['訂正でなくなった項目は、記録に載らない', { email: null }, ['name']],
  ])('調べた後、渡す前に、%s', async (name, changes, going) => {
    const ask = await partly(`while-${Object.keys(changes).join()}@example.jp`);
    const changing = async () =>
      valueOf(
        await correct(
          house.office,
          { actor: desk, authority: [] },
          {
            principal: ask.principal,
            holding,
            items: changes,
            ground: 'accuracy',
          },
        ),
      );
    const { values, record } = valueOf(await giveWhile(ask, changing));
    expect([name, Object.keys(values).toSorted(), record!.items]).toEqual([name, going.toSorted(), going]);
  });
});

test('ほかの人の番号や、ない項目は、名指しで断る', async () => {
  const nobody = await give(asking({ principal: newId(0), recipient: printer, facts: { relation: 'entrustment' } }));
  expect(nobody).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
  expect(await fieldOf(asking({ principal: "'; DROP TABLE provisions; --" }))).toBe('principal');
  expect(await fieldOf(asking({ items: ['shoe_size'] }))).toBe('items.shoe_size');
  expect(await fieldOf(asking({ purpose: 'P9' }))).toBe('purpose');
});

test('そろって本当ではありえない事実は、答える前に項目を名指しし、何も記録しない', async () => {
  const before = [await countProvisions(house.office.database, parameters), await newest()];
  const exception = { item: '27(1)(i)' as const, legalBasis: '刑事訴訟法197条2項', consentDifficult: true };
  const optOut = { announcedOn: day('2026-10-01'), listed: ['items', 'items'] as const };
  expect(await fieldOf(asking({ facts: { relation: 'third-party', exception, optOut } }))).toMatch(/^facts\./);
  expect([await countProvisions(house.office.database, parameters), await newest()]).toEqual(before);
});

test('システムのトークンは、目的の外では渡せない', async () => {
  const id = newId(house.clock.now());
  const system: Actor = { kind: 'system', id, name: '配信', token: id, purposes: ['P1'], actions: ['people:provide'] };
  const outcome = await provide(house.office, { actor: system, authority: [] }, asking());
  expect(outcome).toMatchObject({ ok: false, problem: { kind: 'forbidden' } });
});

test('記録が書けなければ、何も渡らない', async () => {
  const before = await countProvisions(house.office.database, parameters);
  await house.db.owner.query(
    'REVOKE INSERT (id, at, action, actor, principal_id, entry) ON log_entries FROM sekisho_app',
    [],
  );
  try {
    await expect(give(asking())).rejects.toMatchObject({ code: '42501' });
    await expect(give(asking({ principal: suzuki }))).rejects.toMatchObject({ code: '42501' });
  } finally {
    await house.db.owner.query(
      'GRANT INSERT (id, at, action, actor, principal_id, entry) ON log_entries TO sekisho_app',
      [],
    );
  }
  expect(await countProvisions(house.office.database, parameters)).toEqual(before);
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
    'DELETE FROM provision_records WHERE provision_id = (SELECT min(provision_id::text)::uuid FROM provision_records)',
    [],
  );
  const proof = await proofOf('provision-recorded');
  expect(proof.state).toBe('broken');
  expect(proof.evidence.map((e) => e.value.ja)).toContain('1件');
  expect(proof.fix).not.toEqual([]);
});

test('外国への同意による提供は、本人に個別に知らせた記録があって約束が守られる', async () => {
  const vietnam = await addRecipient(house, { name: 'Reiji Hanoi Co., Ltd.', country: 'VN' });
  const by = { actor: desk, authority: [] };
  const input = {
    systemExists: true,
    indicators: [],
    missingPrinciples: [],
    graveSystems: null,
    source: 'https://www.example.jp/reports/vn',
    measures: null,
    checkedOn: '2026-11-01',
  };
  const { version } = valueOf(await reportCountry(house.office, by, { country: 'VN', version: 0, input }));
  const why = { unknown: { ja: '確かめられないため', en: 'It cannot be found out' } };
  const shown = { country: { code: 'VN' }, system: { report: version }, measures: why };
  const text = await addConsentText(house, { holding, recipients: [vietnam], items, shown });
  const told = day('2026-11-20');
  await addConsent(house, sato, text, told, { shown: { on: told, at: null } });
  valueOf(await give(asking({ recipient: vietnam })));
  const promises = [
    'foreign-information-individually-given',
    'foreign-information-before-consent',
    'foreign-information-complete',
  ];
  for (const promise of promises) {
    const proof = await proofOf(promise);
    expect([promise, proof.state, proof.evidence[0]!.value.en]).toEqual([promise, 'kept', '1']);
  }
});

async function movesTo(recipient: string, country: string): Promise<void> {
  const input = { ...contentOf(valueOf(await dossierOf(house.office, recipient)).recipient), country };
  const by = { actor: desk, authority: [] };
  valueOf(await changeRecipient(house.office, by, { id: recipient, version: 1, input }));
}

test('体制のある相手がほかの国へ移ったら、その国の制度を確かめ直すまで渡さない（規則18条1項）', async () => {
  const system = { kind: 'equivalent-system', reference: '覚書 9', from: '2026-04-01', by: 'contract' };
  const of = { name: 'Reiji Marina Pte. Ltd.', country: 'SG', relations: ['entrustment'] };
  const recipient = await addRecipient(house, of, entrusted, system);
  const by = { actor: desk, authority: [] };
  const check = { on: '2026-11-20', method: '書面', measures: 'kept' };
  valueOf(await checkRecipient(house.office, by, recipient, check));
  const ask = asking({ recipient, facts: { relation: 'entrustment' } });
  expect(grounds(valueOf(await give(ask)).decision.finding)).toContain('APPI-Rules 16');
  await movesTo(recipient, 'MY');
  const finding = await refusalOf(ask);
  expect([finding.answer, grounds(finding)]).toEqual(['no', ['APPI 28(1)', 'APPI 28(1)', 'APPI-Rules 18(1)']]);
  valueOf(await checkRecipient(house.office, by, recipient, { ...check, on: house.office.clock.today() }));
  const again = valueOf(await give(ask)).decision.finding;
  expect(grounds(again)).toContain('APPI-Rules 16');
});

test('同意の後に相手がほかの国へ移ったら、その国について知らせた同意ではなくなる（28条2項）', async () => {
  const of = { name: 'Reiji Moving Co., Ltd.', country: 'TH' };
  const moving = await addRecipient(house, of);
  const words = { ja: '確かめたとおり', en: 'As found' };
  const shown = { country: { code: 'TH' }, system: { text: words }, measures: { text: words } };
  const text = await addConsentText(house, { holding, recipients: [moving], items, shown });
  const told = day('2026-11-20');
  await addConsent(house, sato, text, told, { shown: { on: told, at: null } });
  const ask = asking({ recipient: moving });
  expect(grounds(valueOf(await give(ask)).decision.finding).slice(0, 3)).toEqual([
    'APPI 28(1)',
    'APPI 28(2)',
    'APPI-Rules 17(2)',
  ]);
  await movesTo(moving, 'US');
  const finding = await refusalOf(ask);
  expect([finding.answer, grounds(finding)]).toEqual(['no', ['APPI 28(1)', 'APPI 28(2)', 'APPI-Rules 17(2)']]);
});

test('外国の体制による提供：確認の期限が過ぎれば渡さず、根拠の失われた提供は守れていないと示す', async () => {
  const system = {
    kind: 'equivalent-system',
    reference: '覚書 2025-8',
    from: '2025-12-01',
    until: '2028-01-01',
    by: 'contract',
    measures: '日本の定めに沿う措置',
    checkMethod: '書面と訪問',
    checkMonths: 12,
  };
  const singapore = await addRecipient(
    house,
    { name: 'Example Events Pte. Ltd.', country: 'SG', relations: ['entrustment'] },
    { ...entrusted, from: '2025-12-01' },
    system,
  );
  const by = { actor: desk, authority: [] };
  const check = { on: '2025-12-10', method: '書面', measures: 'kept' };
  valueOf(await checkRecipient(house.office, by, singapore, check));
  const ask = asking({ recipient: singapore, facts: { relation: 'entrustment' } });
  const { record } = valueOf(await give(ask));
  expect(record).toBeNull();
  expect(await proofOf('foreign-provision-checked')).toMatchObject({ state: 'kept' });
  house.clock.moveTo('2026-12-11T10:00:00+09:00');
  expect((await refusalOf(ask)).answer).toBe('no');
  await house.db.owner.query(
    "UPDATE provisions SET facts = facts - 'equivalentSystem' WHERE recipient->>'country' = 'SG'",
    [],
  );
  expect(await proofOf('foreign-provision-checked')).toMatchObject({ state: 'broken' });
});

test('契約書に代える記録とまとめて作る記録は、その人についての最後の提供から数えて残る（規則21条）', async () => {
  const { principal } = await addPerson(house, holding, { name: '続く 提供', email: 'last@example.jp' });
  const { principal: other } = await addPerson(house, holding, { name: '別の 人', email: 'other-last@example.jp' });
  const partner = await addRecipient(house, { name: '例示企画株式会社' });
  const text = await addConsentText(house, { holding, recipients: [kyodo, partner], items });
  for (const who of [principal, other]) await addConsent(house, who, text);
  const made = async (mode: 'each' | 'bulk' | 'contract', more: Partial<ProvideAsk> = {}): Promise<string> =>
    valueOf(await give(asking({ principal, ...more, facts: { relation: 'third-party', record: { mode } } }))).id;
  const kept = async (...ids: string[]): Promise<string[]> =>
    Promise.all(ids.map(async (id) => valueOf(await provisionOf(house.office, id)).record!.keep_until));
  house.clock.moveTo('2026-12-11T10:00:00+09:00');
  const contract = await made('contract');
  const bulk = await made('bulk');
  const apart = [
    await made('each'),
    await made('contract', { recipient: partner }),
    await made('contract', { principal: other }),
  ];
  expect(await kept(contract, bulk, ...apart)).toEqual([
    '2027-12-11',
    '2029-12-11',
    '2029-12-11',
    '2027-12-11',
    '2027-12-11',
  ]);
  house.clock.moveTo('2027-06-01T10:00:00+09:00');
  const [last, lastBulk] = [await made('contract'), await made('bulk')];
  expect(await kept(last, contract, lastBulk, bulk)).toEqual(['2028-06-01', '2028-06-01', '2030-06-01', '2030-06-01']);
  expect(await kept(...apart)).toEqual(['2029-12-11', '2027-12-11', '2027-12-11']);
  house.clock.moveTo('2026-12-11T10:00:00+09:00');
});

test('オプトアウトの記録は、提供のたびに作る：まとめて作ると述べても、そうは書かない（規則19条2項）', () => {
  const on = day('2026-11-24');
  const optOut = {
    announcedOn: on,
    listed: parameters.optOutFields.value,
    filedOn: on,
    stopsOnRequest: true,
    acquiredUnlawfully: false,
    receivedByOptOut: false,
    coversItems: true,
    objected: false,
  };
  const recipient = { kind: 'individual', name: '例示デザイン', address: '東京', country: 'JP' } as const;
  const facts: ProvisionFacts = {
    information: 'personal',
    relation: 'third-party',
    recipient,
    items,
    purpose: 'P3',
    holdingPurposes: [{ id: 'P3', clause: '13' }],
    consent: null,
    optOut,
    record: { mode: 'bulk', lastOn: day('2027-11-24') },
    judgements: judgedNow('timeToObject', true, { by: 'staff:1', on, why: '例' }),
  };
  const record = recordFor(decideProvision(facts, on), facts, { provision: sato, items, on });
  expect(record).toMatchObject({ mode: 'each', consent_obtained: false, provided_on: on, keep_until: '2029-11-24' });
});

test('記録の書き出し：どの記録も一度ずつ、その人だけにも絞れ、書き出したことが記録に残る', async () => {
  const by = { actor: desk, authority: ['officer-all-work'] };
  const all = async (principal?: string) => {
    const rows = [];
    for await (const batch of await exportRecords(house.office, by, { principal })) rows.push(...batch);
    return rows;
  };
  const key = (one: { provision_id: string; principal_id: string }) => `${one.provision_id} ${one.principal_id}`;
  const stored = await house.office.database.query<{ provision_id: string; principal_id: string }>(
    'SELECT provision_id, principal_id FROM provision_people JOIN provision_records USING (provision_id)',
    [],
  );
  const exported = await all();
  expect(exported.length).toBeGreaterThan(3);
  expect(exported.map(key).sort()).toEqual(stored.map(key).sort());
  expect(await newest()).toMatchObject({ action: 'records:export', authority: ['officer-all-work'] });
  const his = await all(sato);
  expect(his.length).toBeGreaterThan(1);
  expect(new Set(his.map((one) => one.principal_id))).toEqual(new Set([sato]));
  expect(await newest()).toMatchObject({ action: 'records:export', principal: sato });
});
