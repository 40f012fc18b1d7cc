// What the log proves of the checkpoint. Each promise is broken by one entry of its own, however old, and by no entry of its neighbours.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  byOfficer,
  entrusted,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import { day } from '../../base/day.ts';
import { newId } from '../../base/id.ts';
import type { Office } from '../../office.ts';
import { provide } from '../provision/actions/provide.ts';
import { use } from './index.ts';
import { checkpointProvers } from './promises.ts';

let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let readers: string;
/** Records of visits, kept for security alone: P4, which clause 14 of the example states. */
let visits: string;
beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-11-24T10:00:00+09:00' });
  closeCheckpoint = await openTestCheckpoint(house);
  readers = await addHolding(house);
  visits = await addHolding(house, { name: { ja: '来訪の記録', en: 'Visits' }, purposes: ['P4'], items: ['name'] });
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});

const proofOf = (promise: string) =>
  checkpointProvers.find((prover) => prover.promise === promise)!.prove(house.office);

const ofEntries = [
  'purpose-before-use',
  'use-within-purpose',
  'joint-use-purposes-kept',
  'security-records-for-security',
  'access-authorised',
  'every-access-logged',
] as const;
const proofs = async () =>
  Object.fromEntries(await Promise.all(ofEntries.map(async (one) => [one, await proofOf(one)] as const)));
const brokenOf = async (): Promise<string[]> =>
  Object.entries(await proofs()).flatMap(([promise, { state }]) => (state === 'broken' ? [promise] : []));

test('before anything was read nothing is shown of readings', async () => {
  expect(Object.entries(await proofs()).map(([promise, { state }]) => [promise, state])).toEqual([
    ['purpose-before-use', 'unknown'],
    ['use-within-purpose', 'unknown'],
    ['joint-use-purposes-kept', 'kept'],
    ['security-records-for-security', 'unknown'],
    ['access-authorised', 'unknown'],
    ['every-access-logged', 'kept'],
  ]);
});

describe('once something was read in every way', () => {
  let principal: string;
  let visitor: string;
  /** A person of whom nothing was read, so that their objections affect no entry of other tests that may still be judged again. */
  let stranger: string;
  beforeAll(async () => {
    const by = byOfficer(house);
    ({ principal } = await addPerson(house, readers, { name: '佐藤 𠮷子', email: 'yoshiko@example.jp' }));
    const asking = { principal, holding: readers, items: ['name'], purpose: 'P3' };
    valueOf(await use(house.office, by, asking));
    expect((await use(house.office, by, { ...asking, purpose: 'P1' })).ok).toBe(false);
    visitor = (await addPerson(house, visits, { name: '鈴木 一' })).principal;
    valueOf(await use(house.office, by, { ...asking, principal: visitor, holding: visits, purpose: 'P4' }));
    stranger = (await addPerson(house, visits, { name: '高橋 二' })).principal;
    const kyodo = await addRecipient(house);
    await addConsent(
      house,
      principal,
      await addConsentText(house, { holding: readers, recipients: [kyodo], items: ['name'] }),
    );
    valueOf(await provide(house.office, by, { ...asking, recipient: kyodo, facts: { relation: 'third-party' } }));
    const printer = await addRecipient(house, { name: '株式会社みなと印刷', relations: ['entrustment'] }, entrusted);
    valueOf(await provide(house.office, by, { ...asking, recipient: printer, facts: { relation: 'entrustment' } }));
  });

  test('every promise is kept, and each has looked at all it speaks of', async () => {
    const found = Object.entries(await proofs()).map(([promise, { state, evidence }]) => {
      expect([promise, state]).toEqual([promise, 'kept']);
      return [promise, evidence[promise === 'every-access-logged' ? 3 : 0]!.value.en];
    });
    expect(Object.fromEntries(found)).toEqual({
      'purpose-before-use': '4',
      'use-within-purpose': '4',
      'joint-use-purposes-kept': '0',
      'security-records-for-security': '1',
      'access-authorised': '4',
      'every-access-logged': '4',
    });
    expect((await proofOf('purpose-before-use')).evidence.at(-1)!.value.en).toBe('1');
  });

  test('what is counted is linked action by action, as the log lists it', async () => {
    const { evidence } = await proofOf('use-within-purpose');
    const linked = evidence.filter(({ href }) => href?.startsWith('/log?action='));
    expect(linked.map(({ href, value }) => [href, value.en])).toEqual([
      ['/log?action=people%3Ause', '2'],
      ['/log?action=people%3Aprovide', '2'],
    ]);
    expect(evidence[0]).toMatchObject({ value: { en: '4' } });
  });

  interface Entry {
    action: string;
    /** Id of the entry's person. */
    of?: () => string;
    items?: string[];
    consent?: () => string;
    holding?: () => string;
    purpose?: string;
    answer?: string;
    because?: string[];
    actor?: string;
    authority?: string[];
    policy?: number;
  }
  const good: Required<Omit<Entry, 'consent' | 'policy'>> = {
    action: 'people:use',
    of: () => principal,
    items: ['name'],
    holding: () => readers,
    purpose: 'P3',
    answer: 'yes',
    because: ['APPI 18(1)', 'policy 13'],
    actor: 'staff:a',
    authority: ['officer-all-work'],
  };

  /** Inserts `n` such entries into the log, as only the owner of the database could. */
  const entries = (of: Entry, n = 1): string => {
    const { action, items, consent, holding, purpose, answer, because, actor, authority, policy } = of;
    const decision = answer === undefined ? {} : { decision: { answer, because, policy } };
    const text = JSON.stringify({
      action,
      items,
      authority,
      ...(holding ? { holding: holding() } : {}),
      ...(consent ? { consent: consent() } : {}),
      purpose,
      ...decision,
    });
    const at = new Date(house.clock.now()).toISOString();
    const whose = of.of ? `'${of.of()}'` : 'NULL';
    return `INSERT INTO log_entries (id, at, action, actor, principal_id, entry)
      SELECT gen_random_uuid(), '${at}', '${action}', '${actor}', ${whose}, '${text}' FROM generate_series(1, ${n})`;
  };

  const law = (...because: string[]): Partial<Entry> => ({ because });

  test.each<[string[], string, Partial<Entry>]>([
    [['purpose-before-use', 'every-access-logged'], 'a use for nothing', { purpose: undefined }],
    [
      ['purpose-before-use', 'every-access-logged'],
      'a provision for nothing',
      { action: 'people:provide', purpose: undefined },
    ],
    [
      ['purpose-before-use', 'every-access-logged'],
      'a package for nothing',
      { action: 'people:package', purpose: undefined },
    ],
    [
      ['purpose-before-use'],
      'a provision for a purpose that no policy states',
      { action: 'people:provide', purpose: 'P99', ...law('APPI 27(1)') },
    ],
    [
      ['purpose-before-use'],
      'a provision for a purpose of another policy than that it was decided under',
      { action: 'people:provide', purpose: 'P1', policy: 99, ...law('APPI 27(1)') },
    ],
    [[], 'a use under the policy that states its purpose', { policy: 1 }],
    [['purpose-before-use'], 'a use after a no', { answer: 'no' }],
    [['purpose-before-use'], 'a use that nobody decided', { answer: undefined }],
    [['use-within-purpose'], 'a use for another purpose', { purpose: 'P1' }],
    [['use-within-purpose'], 'a use of nobody', { of: undefined }],
    [['use-within-purpose'], 'a use of somebody who is not in the holding', { of: () => visitor }],
    [['use-within-purpose'], 'a use of no holding', { holding: undefined }],
    [['use-within-purpose'], 'a use of an unknown holding', { holding: () => newId(0) }],
    [
      ['use-within-purpose'],
      'an entrustment for another purpose',
      { action: 'people:provide', purpose: 'P1', ...law('APPI 27(1)', 'APPI 27(5)(i)') },
    ],
    [
      ['use-within-purpose', 'joint-use-purposes-kept'],
      'a package to share for another purpose',
      { action: 'people:package', purpose: 'P1', ...law('APPI 27(5)(iii)') },
    ],
    [
      ['security-records-for-security'],
      'visits that were provided for something else',
      { action: 'people:provide', of: () => visitor, holding: () => visits, ...law('APPI 27(1)') },
    ],
    [
      // A holding kept for security alone has no other purpose, so any other use is also outside its purposes.
      ['use-within-purpose', 'security-records-for-security'],
      'visits that were used for something else',
      { of: () => visitor, holding: () => visits },
    ],
    [
      ['purpose-before-use', 'every-access-logged'],
      'a use beyond the purpose for nothing',
      { action: 'people:use-beyond', purpose: undefined, ...law('APPI 18(3)(i)') },
    ],
    [
      // Nor is `other` a purpose that the policy states.
      ['purpose-before-use', 'use-within-purpose'],
      'a use beyond the purpose under no item of the law',
      { action: 'people:use-beyond', purpose: 'other', ...law('APPI 18(1)') },
    ],
    [
      ['use-within-purpose'],
      'a use like any other that claims an item of the law',
      { purpose: 'P1', ...law('APPI 18(3)(i)') },
    ],
    [
      [],
      'a use beyond the purpose under an item of the law',
      { action: 'people:use-beyond', purpose: 'other', ...law('APPI 18(3)(ii)') },
    ],
    [
      [],
      'visits that an item of the law lets be used for something else',
      {
        action: 'people:use-beyond',
        purpose: 'other',
        of: () => visitor,
        holding: () => visits,
        ...law('APPI 18(3)(i)'),
      },
    ],
    [['access-authorised'], 'a use without an authority', { authority: [] }],
    [['access-authorised'], 'a use of which nobody says by what authority', { authority: undefined }],
    [['access-authorised'], 'a provision by the public', { action: 'people:provide', actor: 'public' }],
    [['access-authorised'], 'a use by the house itself', { actor: 'sekisho' }],
    [[], 'a use by a system', { actor: 'system:a' }],
    [[], 'a package that the house prepares', { action: 'people:package', actor: 'sekisho', authority: [] }],
    [[], 'another use of the kind', {}],
    [
      [],
      'a provision by consent for another purpose',
      { action: 'people:provide', purpose: 'P1', ...law('APPI 27(1)') },
    ],
    [
      [],
      'a package abroad by consent for another purpose',
      { action: 'people:package', purpose: 'P1', ...law('APPI 28(1)') },
    ],
    [
      [],
      'a provision that an item of the law lets',
      { action: 'people:provide', purpose: 'P1', ...law('APPI 27(1)(i)') },
    ],
    [
      ['use-within-purpose', 'joint-use-purposes-kept'],
      'what was shared of somebody who is not in the holding',
      { action: 'people:provide', of: () => visitor, ...law('APPI 27(5)(iii)') },
    ],
    [[], 'what was shared for what the person was told', { action: 'people:provide', ...law('APPI 27(5)(iii)') }],
    [[], 'what is no reading', { action: 'people:search', purpose: undefined }],
  ])('%j alone is broken by %s', async (promises, what, change) => {
    const found = await tampered(house.db, ['log_entries'], entries({ ...good, ...change }), proofs);
    // What a holding is for that the ledger does not know, nobody knows.
    const unsaid = / no holding| unknown holding/.test(what) ? 'security-records-for-security' : null;
    for (const [promise, { state, evidence, fix }] of Object.entries(found)) {
      const broken = promises.includes(promise);
      expect([promise, state]).toEqual([promise, broken ? 'broken' : promise === unsaid ? 'unknown' : 'kept']);
      expect(fix).toHaveLength(broken || promise === unsaid ? 1 : 0);
      if (promise !== 'every-access-logged') expect(evidence[1]!.value.en).toBe(broken ? '1' : '0');
    }
    expect(await brokenOf()).toEqual([]);
  });

  const within = (change: Partial<Entry>) =>
    tampered(
      house.db,
      ['log_entries'],
      entries({ ...good, ...change }),
      async () => (await proofOf('use-within-purpose')).state,
    );

  test.each<[string, 'kept' | 'broken', string, Partial<Entry>, () => string]>([
    [
      'was told an hour later',
      'broken',
      'acquisitions',
      {},
      () => `UPDATE acquisitions SET at = '2026-11-24T11:00+09' WHERE principal_id = '${principal}'`,
    ],
    [
      'was told half a minute later, as another machine has it',
      'kept',
      'acquisitions',
      {},
      () => `UPDATE acquisitions SET at = '2026-11-24T10:00:30+09' WHERE principal_id = '${principal}'`,
    ],
    ['had the change come an hour later', 'broken', 'purpose_changes', { purpose: 'P1' }, () => changed('11:00', null)],
    ['had the change come at once', 'kept', 'purpose_changes', { purpose: 'P1' }, () => changed('10:00:30', null)],
    ['had it end an hour before', 'broken', 'purpose_changes', { purpose: 'P1' }, () => changed('08:00', '09:00')],
    ['had it end just before', 'kept', 'purpose_changes', { purpose: 'P1' }, () => changed('08:00', '09:59:30')],
  ])('to the minute: the person %s', async (_, state, table, change, tamper) => {
    const found = await tampered(house.db, [table], tamper(), () => within(change));
    expect(found).toBe(state);
  });

  /** A change of purpose from P3 to P1 at a time of the day of the use. */
  const changed = (at: string, ended: string | null): string =>
    `INSERT INTO purpose_changes (id, holding_id, from_purpose, to_purpose, at, actor, announced_on, announced_where, reason, because, duties,
       law_version, policy_version, ended_at, ended_by, ended_entry)
     SELECT gen_random_uuid(), '${readers}', 'P3', 'P1', '2026-11-24T${at}+09', 'sekisho', '2026-11-20', '例示', '例示', '{}', '[]', '2026-01-01', 1, w,
       CASE WHEN w IS NOT NULL THEN 'sekisho' END, CASE WHEN w IS NOT NULL THEN gen_random_uuid() END
     FROM (SELECT ${ended === null ? 'NULL' : `'2026-11-24T${ended}+09'`}::timestamptz AS w) x`;

  test('a change of purpose that stood then, and a consent of this person, are as good as what the person was told', async () => {
    const { owner } = house.db;
    const change = async (from: string, ended: string | null): Promise<void> => {
      await owner.query('DELETE FROM purpose_changes', []);
      await owner.query(
        `INSERT INTO purpose_changes (id, holding_id, from_purpose, to_purpose, at, actor, announced_on, announced_where, reason, because, duties,
           law_version, policy_version, ended_at, ended_by, ended_entry)
         SELECT gen_random_uuid(), $1, $2, 'P1', '2026-11-20', 'sekisho', '2026-11-20', '例示', '例示', '{}', '[]', '2026-01-01', 1, w,
           CASE WHEN w IS NOT NULL THEN 'sekisho' END, CASE WHEN w IS NOT NULL THEN gen_random_uuid() END
         FROM (SELECT $3::timestamptz AS w) x`,
        [readers, from, ended],
      );
    };
    await change('P3', null);
    expect(await within({ purpose: 'P1' })).toBe('kept');
    await change('P3', '2026-11-22');
    expect(await within({ purpose: 'P1' })).toBe('broken');
    await change('P2', null);
    expect(await within({ purpose: 'P1' })).toBe('broken');
    await owner.query('DELETE FROM purpose_changes', []);

    // A policy version that changes the meaning of the purpose outdates the change, from that instant until it is judged anew.
    const means = async (version: number, meaning: number, at: string): Promise<void> => {
      await owner.query(
        `INSERT INTO policy_versions SELECT $1, content, sha256, '2026-11-24', proposed_by, proposed_at, proposal_entry, approved_by, $2::timestamptz,
           approval_entry FROM policy_versions WHERE version = 1`,
        [version, at],
      );
      await owner.query(
        `INSERT INTO purpose_wordings (version, purpose, meaning)
         SELECT $1, purpose, CASE WHEN purpose = 'P1' THEN $2 ELSE meaning END FROM purpose_wordings WHERE version = 1`,
        [version, meaning],
      );
    };
    await change('P3', null);
    await means(2, 1, '2026-11-24T09:10:00+09:00');
    expect(await within({ purpose: 'P1' })).toBe('kept');
    await means(3, 3, '2026-11-24T10:05:00+09:00');
    expect(await within({ purpose: 'P1' })).toBe('kept');
    await means(4, 3, '2026-11-24T09:30:00+09:00');
    expect(await within({ purpose: 'P1' })).toBe('broken');
    await owner.query('UPDATE purpose_changes SET policy_version = 3', []);
    expect(await within({ purpose: 'P1' })).toBe('kept');
    await owner.transaction(async (tx) => {
      await tx.query("SET LOCAL session_replication_role = 'replica'", []);
      await tx.query('DELETE FROM purpose_wordings WHERE version > 1', []);
      await tx.query('DELETE FROM policy_versions WHERE version > 1', []);
    });
    await owner.query('DELETE FROM purpose_changes', []);

    const text = await addConsentText(house, { holding: readers, recipients: [], items: ['name'], purpose: 'P1' });
    const asking = { principal, holding: readers, items: ['name'], purpose: 'P1' };
    const consent = await addConsent(house, principal, text);
    expect(await within({ purpose: 'P1', consent: () => consent })).toBe('kept');
    expect(await within({ purpose: 'P1', consent: () => consent, of: () => visitor })).toBe('broken');
    // The consent must reach the use and be in force, according to the register.
    expect(await within({ purpose: 'P2', consent: () => consent })).toBe('broken');
    expect(await within({ purpose: 'P1', consent: () => consent, items: ['name', 'email'] })).toBe('broken');
    expect(await within({ purpose: 'P1', consent: () => consent, holding: () => visits })).toBe('broken');
    const state = async (tables: string[], change: string): Promise<string> =>
      tampered(house.db, tables, change, () => within({ purpose: 'P1', consent: () => consent }));
    const set = (what: string) => state(['consents'], `UPDATE consents SET ${what} WHERE id = '${consent}'`);
    expect(await set("given_on = '2026-11-25'")).toBe('broken');
    expect(await set("given_on = '2026-11-24'")).toBe('kept');
    expect(await set("given_at = '2026-11-24T11:00+09'")).toBe('broken');
    expect(await set("given_at = '2026-11-24T10:00:30+09'")).toBe('kept');
    expect(await set("given_by = 'uncertain-child'")).toBe('broken');
    const kind = `UPDATE consent_texts SET kind = 'special-care' WHERE code = '${text.code}'`;
    expect(await state(['consent_texts'], kind)).toBe('broken');
    const withdrawn = (on: string, at: string, said: string | null = null): Promise<string> =>
      state(
        ['consent_withdrawals', 'consent_withdrawal_times'],
        `WITH h AS (INSERT INTO consent_withdrawal_times (consent_id, entry_id, principal_id, said_at, at, by_actor)
           SELECT '${consent}', '${consent}', '${principal}', said, '${at}', 'staff:a'
           FROM (SELECT ${said === null ? 'NULL' : `'${said}'`}::timestamptz AS said) s WHERE said IS NOT NULL)
         INSERT INTO consent_withdrawals (consent_id, entry_id, principal_id, on_day, at, by_actor, evidenced)
         VALUES ('${consent}', '${consent}', '${principal}', '${on}', '${at}', 'staff:a', false)`,
      );
    expect(await withdrawn('2026-11-23', '2026-11-23T10:00+09')).toBe('broken');
    expect(await withdrawn('2026-11-24', '2026-11-24T09:00+09')).toBe('broken');
    expect(await withdrawn('2026-11-24', '2026-11-24T09:59:30+09')).toBe('kept');
    expect(await withdrawn('2026-11-23', '2026-11-25T10:00+09')).toBe('broken');
    expect(await withdrawn('2026-11-24', '2026-11-24T11:00+09')).toBe('kept');
    expect(await withdrawn('2026-11-25', '2026-11-25T09:00+09')).toBe('kept');
    // On that day, as was written down the next day: nobody knows which came first, until the hour is stated.
    expect(await withdrawn('2026-11-24', '2026-11-25T09:00+09')).toBe('unknown');
    expect(await withdrawn('2026-11-24', '2026-11-25T09:00+09', '2026-11-24T09:00+09')).toBe('broken');
    expect(await withdrawn('2026-11-24', '2026-11-25T09:00+09', '2026-11-24T09:59:30+09')).toBe('kept');
    expect(await withdrawn('2026-11-24', '2026-11-25T09:00+09', '2026-11-24T11:00+09')).toBe('kept');
    expect(await withdrawn('2026-11-24', '2026-11-24T11:00+09', '2026-11-24T09:00+09')).toBe('broken');
    valueOf(await use(house.office, byOfficer(house), asking));
    expect(await proofOf('use-within-purpose')).toMatchObject({ state: 'kept' });
  });

  /** SQL that records an objection: made on a day, or at an instant of it, and recorded at an instant. */
  const objected = (
    what: string,
    { on = '2026-11-23', at = '2026-11-23T10:00+09', said = 'NULL', of = principal, id = newId(1) } = {},
  ) => `INSERT INTO consent_objections (id, principal_id, scope, purpose, on_day, said_at, at, by_actor, evidenced)
      SELECT '${id}'::uuid, '${of}', ${what}, '${on}', ${said}::timestamptz, '${at}', 'staff:a', false`;
  const granted = (
    purposes: string,
    { from = '2026-11-23', at = '2026-11-23T10:00+09', stops = 'use', of = principal } = {},
  ) =>
    `INSERT INTO suspensions (request_id, principal_id, stops, purposes, article, from_day, entry_id, at)
      SELECT gen_random_uuid(), '${of}', '${stops}', ${purposes}, '35(2)', '${from}', gen_random_uuid(), '${at}'`;
  /** SQL that links two ids as one person, and perhaps ends that. */
  const linked = (at: string, ended: string | null = null, [one, other] = [principal, stranger]) =>
    `INSERT INTO person_links (id, principal_id, other_id, shown_by, at, actor, ended_at, ended_by, ended_entry)
      SELECT gen_random_uuid(), '${one}', '${other}', 'asked', '${at}', 'staff:a', w,
        CASE WHEN w IS NOT NULL THEN 'staff:a' END, CASE WHEN w IS NOT NULL THEN gen_random_uuid() END
      FROM (SELECT ${ended === null ? 'NULL' : `'${ended}'`}::timestamptz AS w) x`;
  const everything = "'everything', NULL";
  const registers = [
    'consent_objections',
    'consent_retractions',
    'suspensions',
    'same_person',
    'person_links',
    'consents',
    'consent_texts',
    'consent_withdrawals',
  ];

  test.each<[string, string, () => string]>([
    ['objected to everything', 'broken', () => objected(everything)],
    ['objected to its purpose', 'broken', () => objected("'purpose', 'P3'")],
    ['objected to another purpose', 'kept', () => objected("'purpose', 'P2'")],
    ['objected to every provision', 'kept', () => objected("'provision', NULL")],
    ['objected an hour before', 'broken', () => objected(everything, { on: '2026-11-24', at: '2026-11-24T09:00+09' })],
    ['objected an hour after', 'kept', () => objected(everything, { on: '2026-11-24', at: '2026-11-24T11:00+09' })],
    ['objected the day after', 'kept', () => objected(everything, { on: '2026-11-25', at: '2026-11-25T09:00+09' })],
    [
      'objected the day before, as was written down later',
      'broken',
      () => objected(everything, { at: '2026-11-25T09:00+09' }),
    ],
    [
      'objected an hour before, as was written down later',
      'broken',
      () => objected(everything, { on: '2026-11-24', said: "'2026-11-24T09:00+09'", at: '2026-11-25T09:00+09' }),
    ],
    [
      'objected an hour after, as was written down the next day',
      'kept',
      () => objected(everything, { on: '2026-11-24', said: "'2026-11-24T11:00+09'", at: '2026-11-25T09:00+09' }),
    ],
    [
      'objected half a minute before, as another machine has it, as was written down the next day',
      'kept',
      () => objected(everything, { on: '2026-11-24', said: "'2026-11-24T09:59:30+09'", at: '2026-11-25T09:00+09' }),
    ],
    [
      'objected that day, as was written down the next day without the hour',
      'unknown',
      () => objected(everything, { on: '2026-11-24', at: '2026-11-25T09:00+09' }),
    ],
    [
      'objected to another purpose that day, as was written down the next day without the hour',
      'kept',
      () => objected("'purpose', 'P2'", { on: '2026-11-24', at: '2026-11-25T09:00+09' }),
    ],
    ['is somebody else', 'kept', () => objected(everything, { of: stranger })],
    [
      'took back what was written down by mistake',
      'kept',
      () => {
        const id = newId(2);
        return `WITH o AS (${objected(everything, { id })})
          INSERT INTO consent_retractions (objection_id, entry_id, principal_id, on_day, at, by_actor, sealed)
          SELECT '${id}', '${id}', '${principal}', '2026-11-24', '2026-11-24T09:00+09', 'staff:a', ''`;
      },
    ],
    [
      'took back later what they had said',
      'broken',
      () => {
        const id = newId(2);
        return `WITH o AS (${objected(everything, { id })})
          INSERT INTO consent_retractions (objection_id, entry_id, principal_id, on_day, at, by_actor, sealed)
          SELECT '${id}', '${id}', '${principal}', '2026-11-25', '2026-11-25T09:00+09', 'staff:a', ''`;
      },
    ],
    [
      'took back what was written down by mistake, after the use',
      'kept',
      () => {
        const id = newId(2);
        return `WITH o AS (${objected(everything, { id, at: '2026-11-25T09:00+09' })})
          INSERT INTO consent_retractions (objection_id, entry_id, principal_id, on_day, at, by_actor, sealed)
          SELECT '${id}', '${id}', '${principal}', '2026-11-26', '2026-11-26T09:00+09', 'staff:a', ''`;
      },
    ],
    [
      'was known to be whoever objected',
      'broken',
      () => `WITH o AS (${objected(everything, { of: stranger })}) ${linked('2026-11-22T10:00+09')}`,
    ],
    [
      'was found an hour before to be whoever had objected',
      'broken',
      () => `WITH o AS (${objected(everything, { of: stranger })}) ${linked('2026-11-24T09:00+09')}`,
    ],
    [
      'was found later to be whoever objected',
      'kept',
      () => `WITH o AS (${objected(everything, { of: stranger })}) ${linked('2026-11-25T10:00+09')}`,
    ],
    [
      'was known to be whoever objected, until they were found to be two',
      'broken',
      () =>
        `WITH o AS (${objected(everything, { of: stranger })}) ${linked('2026-11-22T10:00+09', '2026-11-25T10:00+09')}`,
    ],
    [
      'was no longer taken for whoever objected',
      'kept',
      () =>
        `WITH o AS (${objected(everything, { of: stranger })}) ${linked('2026-11-22T10:00+09', '2026-11-24T09:00+09')}`,
    ],
    [
      'was known to be whoever had objected before, as was written down later, until they were found to be two',
      'broken',
      () =>
        `WITH o AS (${objected(everything, { of: stranger, at: '2026-11-25T09:00+09' })})
         ${linked('2026-11-22T10:00+09', '2026-11-25T10:00+09')}`,
    ],
    [
      'was taken for another, whose objection was written down after they were found to be two',
      'kept',
      () =>
        `WITH o AS (${objected(everything, { of: stranger, at: '2026-11-25T11:00+09' })})
         ${linked('2026-11-22T10:00+09', '2026-11-25T10:00+09')}`,
    ],
    [
      'was known to be whoever objected, and was linked with a third id later',
      'broken',
      () =>
        `WITH o AS (${objected(everything, { of: stranger })}), k AS (${linked('2026-11-22T10:00+09')})
         ${linked('2026-11-25T10:00+09', null, [stranger, visitor])}`,
    ],
    ['had every use stopped', 'broken', () => granted('NULL')],
    [
      'was known to be whoever had every use stopped',
      'broken',
      () => `WITH s AS (${granted('NULL', { of: stranger })}) ${linked('2026-11-22T10:00+09')}`,
    ],
    [
      'was found later to be whoever had every use stopped',
      'kept',
      () => `WITH s AS (${granted('NULL', { of: stranger })}) ${linked('2026-11-25T10:00+09')}`,
    ],
    ['had the use for its purpose stopped', 'broken', () => granted("'{P3}'")],
    ['had the use for another purpose stopped', 'kept', () => granted("'{P2}'")],
    ['had a provision stopped', 'kept', () => granted('NULL', { stops: 'provision' })],
    [
      'had a provision stopped, and objected to another purpose',
      'kept',
      () => `WITH o AS (${objected("'purpose', 'P2'")}) ${granted('NULL', { stops: 'provision' })}`,
    ],
    [
      'had every use stopped an hour before',
      'broken',
      () => granted('NULL', { from: '2026-11-24', at: '2026-11-24T09:00+09' }),
    ],
    [
      'had every use stopped half a minute before, as another machine has it',
      'kept',
      () => granted('NULL', { from: '2026-11-24', at: '2026-11-24T09:59:30+09' }),
    ],
    [
      'had every use stopped an hour after',
      'kept',
      () => granted('NULL', { from: '2026-11-24', at: '2026-11-24T11:00+09' }),
    ],
  ])('of a person who %s, use-within-purpose is %s', async (_, state, change) => {
    expect(await tampered(house.db, registers, change(), () => within({}))).toBe(state);
    expect((await proofOf('use-within-purpose')).state).toBe('kept');
  });

  test('what an item of the law lets is reached by no objection and no stop', async () => {
    const { principal: one } = await addPerson(house, readers, { name: '田中 例' });
    const beyond = { action: 'people:use-beyond', of: () => one, ...law('APPI 18(3)(i)') };
    for (const change of [objected(everything, { of: one }), granted('NULL', { of: one })])
      expect(await tampered(house.db, registers, change, () => within(beyond))).toBe('kept');
  });

  test('a use that a consent let after an objection keeps the promise', async () => {
    const text = await addConsentText(house, { holding: readers, recipients: [], items: ['name'], purpose: 'P3' });
    const consent = await addConsent(house, principal, text, day('2026-11-22'));
    const said = (on: string) =>
      tampered(house.db, registers, objected("'purpose', 'P3'", { on, at: `${on}T10:00+09` }), () => within({}));
    expect(await said('2026-11-21')).toBe('kept');
    expect(await said('2026-11-22')).toBe('broken');
    expect(await said('2026-11-23')).toBe('broken');
    // Of one day, the hours tell which of the two was the later, where both are known.
    const saidAt = (hour: string, consented: string | null) =>
      tampered(
        house.db,
        registers,
        `WITH c AS (UPDATE consents SET given_at = ${consented === null ? 'NULL' : `'2026-11-22T${consented}+09'`} WHERE id = '${consent}')
          ${objected("'purpose', 'P3'", { on: '2026-11-22', said: `'2026-11-22T${hour}+09'` })}`,
        () => within({}),
      );
    expect(await saidAt('09:00', '10:00')).toBe('kept');
    expect(await saidAt('11:00', '10:00')).toBe('broken');
    expect(await saidAt('09:00', null)).toBe('broken');
    await house.db.owner.query("UPDATE consents SET at = '2026-11-24T10:00:30+09' WHERE id = $1", [consent]);
    expect(await said('2026-11-21')).toBe('kept');
    // One that is written down only after the use and the objection makes nothing right.
    await house.db.owner.query("UPDATE consents SET at = '2026-11-25T10:00+09' WHERE id = $1", [consent]);
    expect(await said('2026-11-21')).toBe('broken');
    await house.db.owner.query('DELETE FROM consents WHERE id = $1', [consent]);
  });

  test('each item by itself was told of', async () => {
    const { principal: one } = await addPerson(house, readers, { name: '高橋 項' });
    const both = await addHolding(house, { name: { ja: '両方', en: 'Both' }, purposes: ['P1', 'P3'] });
    await addPerson(house, both, { name: '高橋 項' }, one, ['P3']);
    await addPerson(house, both, { email: 'item@example.jp' }, one, ['P1']);
    const of = { of: () => one, holding: () => both };
    expect(await within({ ...of, items: ['name'], purpose: 'P3' })).toBe('kept');
    expect(await within({ ...of, items: ['email'], purpose: 'P1' })).toBe('kept');
    expect(await within({ ...of, items: ['name', 'email'], purpose: 'P3' })).toBe('broken');
    expect(await within({ ...of, items: ['email'], purpose: 'P3' })).toBe('broken');
  });

  test('one that breaks a promise is found behind however many that keep it', async () => {
    const first = entries({ ...good, purpose: 'P1' });
    const found = await tampered(house.db, ['log_entries'], first, async () => {
      await house.db.owner.query(entries(good, 1_500), []);
      return [await brokenOf(), (await proofOf('use-within-purpose')).evidence] as const;
    });
    const [broken, evidence] = found;
    expect([broken, evidence.slice(0, 2).map(({ value }) => value.en)]).toEqual([
      ['use-within-purpose'],
      ['1506', '1'],
    ]);
    expect(evidence.at(-1)).toMatchObject({
      value: { en: '1' },
      href: expect.stringMatching(/^\/log\?action=people%3Ause&from=(\d{4}-\d\d-\d\d)&to=\1$/),
      state: 'broken',
    });
  });
});

describe('a look after another', () => {
  /** The office, with a record of where in the log its statements start to read. */
  const watched = () => {
    const starts: unknown[] = [];
    const office: Office = {
      ...house.office,
      database: {
        ...house.office.database,
        query: (sql, values, ...more) => {
          if (sql.includes('json_to_record')) starts.push(values[1]);
          return house.office.database.query(sql, values, ...more);
        },
      },
    };
    const look = async () => {
      const proof = await checkpointProvers.find(({ promise }) => promise === 'purpose-before-use')!.prove(office);
      return [proof.state, Number(proof.evidence[0]!.value.en)] as const;
    };
    return { starts, look };
  };
  const reading = (purpose: string) =>
    `INSERT INTO log_entries (id, at, action, actor, entry) VALUES (gen_random_uuid(), now(), 'people:use', 'sekisho',
       '{"action":"people:use",${purpose}"decision":{"answer":"yes","because":[]}}')`;

  test('reads what is new alone, counts what is old with it, and reads all anew once the log is rewritten', async () => {
    const { starts, look } = watched();
    const [, before] = await look();
    await house.db.owner.query(reading('"purpose":"P3",'), []);
    expect(await look()).toEqual(['kept', before + 1]);
    expect(await look()).toEqual(['kept', before + 1]);
    expect(starts[0]).toBe('0');
    expect(starts.slice(1)).not.toContain('0');
    const found = await tampered(house.db, ['log_entries'], reading(''), look);
    expect(found).toEqual(['broken', before + 2]);
    expect(starts.at(-1)).not.toBe('0');
    expect(await look()).toEqual(['kept', before + 1]);
    expect(starts.at(-1)).toBe('0');
  });

  test('misses nothing of a transaction that ends after later ones', async () => {
    const { look } = watched();
    const [, before] = await look();
    await house.db.owner.transaction(async (tx) => {
      await tx.query(reading('"purpose":"P3",'), []);
      await house.db.app.query(reading('"purpose":"P3",'), []);
      expect(await look()).toEqual(['kept', before + 1]);
    });
    expect(await look()).toEqual(['kept', before + 2]);
    expect(await look()).toEqual(['kept', before + 2]);
  });
});

test('that every access is logged is broken as soon as the log could be changed, or not written', async () => {
  const { owner } = house.db;
  const said = async () => {
    const { state, says, evidence, fix } = await proofOf('every-access-logged');
    return [state, says.en, evidence.slice(0, 3).map(({ value, state: of }) => `${value.en} ${of}`), fix.length];
  };
  const sound = 'Reading and recording are one statement, and the log can only be added to.';
  const unsound = 'The log could be changed, or cannot be written.';
  expect(await said()).toEqual(['kept', sound, ['yes kept', 'no kept', '0 kept'], 0]);
  await owner.query('GRANT DELETE ON log_entries TO sekisho_app', []);
  expect(await said()).toEqual(['broken', unsound, ['yes kept', 'yes broken', '0 kept'], 1]);
  await owner.query('REVOKE DELETE ON log_entries FROM sekisho_app', []);
  await owner.query('REVOKE INSERT (id, at, action, actor, principal_id, entry) ON log_entries FROM sekisho_app', []);
  expect(await said()).toEqual(['broken', unsound, ['no broken', 'no kept', '0 kept'], 1]);
});

test('the list of equivalent countries is at risk until a person compared it, and broken after a year', async () => {
  const waiting = await proofOf('equivalent-countries-dated');
  expect(waiting).toMatchObject({ state: 'risk' });
  // The fix also says where in the data the comparison is recorded.
  expect(waiting.fix.at(-1)!.en).toContain('next version of that data');
  house.clock.moveTo('2027-11-25T10:00:00+09:00');
  expect(await proofOf('equivalent-countries-dated')).toMatchObject({ state: 'broken' });
});
