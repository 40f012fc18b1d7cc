// Items that the policy limits to some of its purposes: clause 9 of the example limits recordings of calls to the purposes they are made for,
// whatever else their holding serves.

import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { tampered } from '../../../tests/tamper.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  entrusted,
  byOfficer,
  officerOf,
  openTestCheckpoint,
  restingOn,
  valueOf,
} from '../../../tests/people.ts';
import type { Actor } from '../../base/actor.ts';
import type { Finding } from '../../base/finding.ts';
import type { Outcome } from '../../base/outcome.ts';
import { append, listEntries, logEntry } from '../../log/index.ts';
import { answer } from '../consultation/actions.ts';
import type { Facts } from '../consultation/facts.ts';
import { questionOf } from '../consultation/index.ts';
import { draftPackage, screenPackage } from '../provision/actions/packages.ts';
import { approve, policyInForce, policyYaml, propose } from '../policy/index.ts';
import { provide } from '../provision/index.ts';
import { decideProvision, judgedNow, parameters } from '../../law/index.ts';
import { isLetBeyond } from './facts/limits.ts';
import { standing, use } from './index.ts';
import { checkpointProvers } from './promises.ts';
import { type By } from '../access/index.ts';

let house: TestOffice;
let close: () => Promise<void>;
let officer: Actor;
let by: By;
let calls: string;
let caller: string;
const authority = ['officer-all-work'];
beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-11-24T10:00:00+09:00' });
  close = await openTestCheckpoint(house, { itemLimits: [{ item: 'recording', purposes: ['P1'], clause: '9' }] });
  officer = officerOf(house);
  by = byOfficer(house);
  const name = { ja: '通話', en: 'Calls' };
  calls = await addHolding(house, { name, purposes: ['P1', 'P3'], items: ['name', 'email', 'recording'] });
  const values = { name: '通話 太郎', email: 'caller@example.jp', recording: '録音 1' };
  caller = (await addPerson(house, calls, values, undefined, ['P1', 'P3'])).principal;
});
afterAll(async () => {
  await close();
  await house.close();
});

const opening = (items: string[], purpose: string) =>
  use(house.office, by, { principal: caller, holding: calls, items, purpose });

const grounds = (finding: Pick<Finding, 'because'>): string[] => finding.because.map((g) => `${g.law} ${g.article}`);
const refusal = (outcome: Outcome<unknown>): string[] =>
  !outcome.ok && outcome.problem.kind === 'refused'
    ? grounds(outcome.problem.finding)
    : expect.fail('expected a refusal');

/** A promise with its first two lines of evidence: how many readings it is about, and how many of them break it. */
async function proofOf(promise: string) {
  const { state, evidence } = await checkpointProvers.find((one) => one.promise === promise)!.prove(house.office);
  return { state, evidence: evidence.slice(0, 2) };
}
const proof = () => proofOf('call-recording-limited');

test('before any is read nothing is shown', async () => {
  valueOf(await opening(['name'], 'P3'));
  expect(await proof()).toMatchObject({ state: 'unknown', evidence: [{ value: { en: '0' } }, { value: { en: '0' } }] });
});

describe('a use', () => {
  test('for what it is kept to is read; for anything else it is refused on the clause, and the refusal is logged', async () => {
    expect(valueOf(await opening(['name', 'recording'], 'P1')).values).toMatchObject({ recording: '録音 1' });
    expect(refusal(await opening(['name', 'recording'], 'P3'))).toEqual(['policy 9']);
    const [refused] = await listEntries(house.office.database, { most: 1 });
    expect(refused!.entry).toMatchObject({
      action: 'refused',
      asked: 'use',
      purpose: 'P3',
      decision: { because: ['policy 9'] },
    });
    expect(valueOf(await opening(['name'], 'P3')).values).toEqual({ name: '通話 太郎' });
  });

  test('is not opened by a consent, and the checkpoint says so when it is asked', async () => {
    const text = await addConsentText(house, { holding: calls, recipients: [], items: ['recording'], purpose: 'P3' });
    await addConsent(house, caller, text);
    expect(refusal(await opening(['recording'], 'P3'))).toEqual(['policy 9']);
    const asked = (items: string[]) => answering('use', { purpose: 'P3' }, items);
    expect(grounds(await asked(['recording']))).toEqual(['policy 9']);
    expect((await asked(['name'])).answer).toBe('yes');
  });

  test('under an item of 18(3) goes beyond, and the checkpoint says so when it is asked', async () => {
    const asked = async (purpose: string, exception: object) =>
      answering('use', { purpose, exception: { item: '18(3)(ii)', ...exception } }, ['recording']);
    expect(grounds(await asked('P2', { necessary: true, consentDifficult: true }))).toEqual(['APPI 18(3)(ii)']);
    const open = await asked('P2', { necessary: true });
    expect(open.answer).toBe('unknown');
    expect('missing' in open && open.missing.map(({ fact }) => fact)).toEqual([
      'consent',
      'exception.consentDifficult',
    ]);
    expect(grounds(await asked('P2', { necessary: false }))).toEqual(['policy 9']);
    // A use that needs no exception is decided like any other, so the limit refuses it.
    expect(grounds(await asked('P3', { necessary: true, consentDifficult: true }))).toEqual(['policy 9']);
  });
});

/** The checkpoint's answer to a question about items of the holding. */
async function answering(question: string, stated: object, items: string[]): Promise<Finding<string>> {
  const stands = await standing(house.office);
  const said = await answer(house.office, stands, {
    question: questionOf(question)!,
    stated: stated as Facts,
    holding: stands.holdings.get(calls)!,
    items,
    on: house.office.clock.today(),
  });
  return 'problems' in said ? expect.fail(JSON.stringify(said.problems)) : said.finding;
}

describe('a provision', () => {
  let printer: string;
  let kyodo: string;
  beforeAll(async () => {
    const publicKey = await identityToRecipient(await generateX25519Identity());
    printer = await addRecipient(
      house,
      { name: '株式会社みなと印刷', relations: ['entrustment'], publicKey },
      entrusted,
    );
    kyodo = await addRecipient(house);
  });
  const giving = (items: string[], purpose: string, recipient: string, relation: 'entrustment' | 'third-party') =>
    provide(house.office, by, {
      principal: caller,
      holding: calls,
      items,
      purpose,
      recipient,
      facts: { relation },
    });

  test('by entrustment goes no further than a use, of one person or of many', async () => {
    expect(refusal(await giving(['recording'], 'P3', printer, 'entrustment'))).toEqual(['policy 9']);
    valueOf(await giving(['recording'], 'P1', printer, 'entrustment'));
    valueOf(await giving(['name'], 'P3', printer, 'entrustment'));
    const asked = { holding: calls, recipient: printer, everybody: true, facts: { relation: 'entrustment' } } as const;
    const screened = async (items: string[], purpose: string) => {
      const { id } = valueOf(await draftPackage(house.office, by, { ...asked, items, purpose }));
      const { screening } = valueOf(await screenPackage(house.office, by, id));
      return screening!.map(({ people, finding }) => [people, finding?.answer, finding ? grounds(finding) : []]);
    };
    expect(await screened(['recording'], 'P3')).toEqual([[1, 'no', ['policy 9']]]);
    expect(await screened(['recording'], 'P1')).toMatchObject([[1, 'yes', expect.arrayContaining(['APPI 27(5)(i)'])]]);
  });

  test('that the person consented to goes beyond', async () => {
    const text = { holding: calls, recipients: [kyodo], items: ['recording'], purpose: 'P3' };
    await addConsent(house, caller, await addConsentText(house, text));
    const { values } = valueOf(await giving(['recording'], 'P3', kyodo, 'third-party'));
    expect(values).toEqual({ recording: '録音 1' });
  });

  test('is asked about with the same answer', async () => {
    const recipient = {
      kind: 'corporation',
      name: '株式会社みなと印刷',
      address: '東京',
      representative: '港 一',
      country: 'JP',
    };
    const entrusting = { ownUse: false, assessed: true, contract: true, monitored: true };
    const asked = (purpose: string, more: object = {}) =>
      answering('provide', { purpose, recipient, relation: 'entrustment', entrustment: entrusting, ...more }, [
        'recording',
      ]);
    expect(grounds(await asked('P3'))).toEqual(['policy 9']);
    expect(grounds(await asked('P1'))).toContain('APPI 27(5)(i)');
    const byLaw = {
      relation: 'third-party',
      exception: { item: '27(1)(i)', legalBasis: '刑事訴訟法197条2項 照会書3号' },
    };
    expect(grounds(await asked('P3', byLaw))).toContain('APPI 27(1)(i)');
  });

  test('by an opt-out rests on neither a consent nor a law, wherever the recipient is', () => {
    const today = house.office.clock.today();
    const optOut = {
      announcedOn: today,
      listed: parameters.optOutFields.value,
      filedOn: today,
      stopsOnRequest: true,
      acquiredUnlawfully: false,
      receivedByOptOut: false,
      coversItems: true,
      objected: false,
    };
    const recipient = {
      kind: 'corporation',
      name: 'Reiji GmbH',
      address: 'Berlin',
      representative: 'E. Reiji',
      country: 'DE',
    } as const;
    const finding = decideProvision(
      {
        information: 'personal',
        relation: 'third-party',
        recipient,
        items: ['recording'],
        purpose: 'P3',
        holdingPurposes: [{ id: 'P3', clause: '13' }],
        consent: null,
        optOut,
        judgements: judgedNow('timeToObject', true, { by: 'staff:1', on: today, why: '例' }),
      },
      today,
    );
    expect([finding.answer, isLetBeyond(grounds(finding))]).toEqual(['yes', false]);
  });
});

test('the promise has looked at every reading of it, and one for anything else breaks it', async () => {
  expect(await proof()).toMatchObject({ state: 'kept', evidence: [{ value: { en: '3' } }, { value: { en: '0' } }] });
  const decision = { answer: 'yes', because: ['APPI 18(1)', 'policy 13'], law: '2026-11-24', policy: 1 } as const;
  await house.office.database.transaction((tx) =>
    append(
      tx,
      logEntry(house.office.clock.now(), officer, 'people:use', {
        principal: caller,
        holding: calls,
        items: ['name', 'recording'],
        purpose: 'P3',
        decision: { ...decision, because: [...decision.because] } as never,
        authority,
      }),
    ),
  );
  expect(await proof()).toMatchObject({ state: 'broken', evidence: [{ value: { en: '4' } }, { value: { en: '1' } }] });
});

test('records of visits and connections serve security alone, be it in a holding of other purposes, as the example keeps them to it', async () => {
  await close();
  const { operator } = (await policyInForce(house.office, house.office.clock.today()))!.policy;
  const itemLimits = operator.item_limits!.map((one) => ({ ...one, clause: String(one.clause) }));
  close = await openTestCheckpoint(house, { itemLimits, securityPurposeBy: '14' });
  const guests = await addHolding(house, {
    name: { ja: '催しの来訪者', en: 'Guests of events' },
    purposes: ['P3', 'P4'],
    items: ['name', 'visit', 'access_record'],
  });
  const values = { name: '来訪 花子', visit: '12月の催し', access_record: '無線LAN' };
  const { principal } = await addPerson(house, guests, values, undefined, ['P3', 'P4']);
  const read = (items: string[], purpose: string) =>
    use(house.office, by, { principal, holding: guests, items, purpose });
  const security = () => proofOf('security-records-for-security');
  for (const item of ['visit', 'access_record']) expect(refusal(await read([item], 'P3'))).toEqual(['policy 14']);
  valueOf(await read(['name'], 'P3'));
  expect(await security()).toMatchObject({ state: 'unknown', evidence: [{ value: { en: '0' } }, {}] });
  valueOf(await read(['name', 'visit'], 'P4'));
  expect(await security()).toMatchObject({ state: 'kept', evidence: [{ value: { en: '1' } }, { value: { en: '0' } }] });
  const decision = { answer: 'yes', because: ['APPI 18(1)', 'policy 13'], law: '2026-11-24', policy: 1 } as const;
  const said = { principal, holding: guests, items: ['access_record'], purpose: 'P3', authority };
  await house.office.database.transaction((tx) =>
    append(
      tx,
      logEntry(house.office.clock.now(), officer, 'people:use', {
        ...said,
        decision: { ...decision, because: [...decision.because] } as never,
      }),
    ),
  );
  expect(await security()).toMatchObject({
    state: 'broken',
    evidence: [{ value: { en: '2' } }, { value: { en: '1' } }],
  });
});

test('what was read under a version of the policy that kept it to nothing breaks no promise that a version before or after makes', async () => {
  const on = house.office.clock.today();
  const { policy, version } = (await policyInForce(house.office, on))!;
  const { item_limits: _, ...operator } = policy.operator;
  const texts = policyYaml({ ...policy, operator });
  valueOf(await propose(house.office, by, { texts, effectiveOn: on }));
  const approval = { version: version + 1, effectiveOn: on, officers: 1, judged: {}, resting: restingOn };
  valueOf(await approve(house.office, by, approval));
  const reading = (item: string, under: number) =>
    house.office.database.transaction((tx) =>
      append(
        tx,
        logEntry(house.office.clock.now(), officer, 'people:use', {
          principal: caller,
          holding: calls,
          items: [item],
          purpose: 'P3',
          decision: { answer: 'yes', because: ['APPI 18(1)'], law: '2026-11-24', policy: under } as never,
          authority,
        }),
      ),
    );
  const security = () => proofOf('security-records-for-security');
  const counts = async () => (await Promise.all([proof(), security()])).map(({ evidence }) => evidence[1]!.value.en);
  const before = await counts();
  for (const item of ['recording', 'visit']) await reading(item, version + 1);
  expect(await counts()).toEqual(before);
  for (const item of ['recording', 'visit']) await reading(item, version);
  expect(await counts()).toEqual(before.map((n) => String(Number(n) + 1)));
  // Entries that name no version are judged by the one that was in force then.
  const unnamed = `UPDATE log_entries SET entry = (entry::jsonb #- '{decision,policy}')::text WHERE action = 'people:use'`;
  const judged = () => tampered(house.db, ['log_entries'], unnamed, counts);
  expect(await judged()).toEqual(['0', '0']);
  const later = `UPDATE policy_versions SET approved_at = approved_at + interval '1 hour' WHERE version = ${version + 1}`;
  const all = await tampered(house.db, ['policy_versions'], later, judged);
  expect(all).toEqual(before.map((n) => String(Number(n) + 2)));

  // Where it makes the promise all the same, nobody can tell what recordings were to be used for.
  const recording = `action = 'people:use' AND entry::jsonb->'items' ? 'recording' AND entry::jsonb->>'purpose' = 'P3'`;
  const rightly = `DELETE FROM log_entries WHERE ${recording} AND entry::jsonb #>> '{decision,policy}' = '${version}'`;
  const recordings = () =>
    checkpointProvers.find((one) => one.promise === 'call-recording-limited')!.prove(house.office);
  const open = await tampered(house.db, ['log_entries'], rightly, recordings);
  expect(open).toMatchObject({
    state: 'unknown',
    says: {
      en: 'For 1 use or provision of recordings the policy of that time does not say which purposes they are kept to, so this is unknown.',
    },
    fix: [{}],
  });
  expect([open.evidence[1]!.value.en, open.evidence.at(-1)!.state]).toEqual(['0', 'unknown']);
  const unpromised = `WITH gone AS (${rightly}) UPDATE policy_versions
    SET content = replace(content::text, '"call-recording-limited"', '"something-else"')::jsonb WHERE version = ${version + 1}`;
  const other = await tampered(house.db, ['log_entries', 'policy_versions'], unpromised, recordings);
  expect([other.state, other.evidence[1]!.value.en]).toEqual(['kept', '0']);
});
