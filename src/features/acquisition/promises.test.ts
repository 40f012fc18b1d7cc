// What the records of acquisition prove: each promise is broken by a fact of its own, and by none of its neighbours'.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { addHolding, byOfficer, officerOf, openTestCheckpoint, restingOn, valueOf } from '../../../tests/people.ts';
import { tampered } from '../../../tests/tamper.ts';
import type { ReceiptFacts } from '../../law/index.ts';
import { approve, policyInForce, policyYaml, propose } from '../policy/index.ts';
import { acquire, type AcquireRequest } from './actions.ts';
import { acquisitionProvers } from './promises.ts';

let house: TestOffice;
let closeCheckpoint: () => Promise<void>;
let holding: string;

beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-11-24T10:00:00+09:00' });
  closeCheckpoint = await openTestCheckpoint(house);
  holding = await addHolding(house);
});
afterAll(async () => {
  await closeCheckpoint();
  await house.close();
});

const proofs = async () =>
  Object.fromEntries(
    await Promise.all(acquisitionProvers.map(async (one) => [one.promise, await one.prove(house.office)] as const)),
  );
const statesOf = async () =>
  Object.fromEntries(Object.entries(await proofs()).map(([promise, { state }]) => [promise, state]));

const kept = {
  'acquisition-proper': 'kept',
  'source-recorded': 'kept',
  'purpose-indicated-first': 'kept',
  'every-access-logged': 'kept',
};

const take = async (more: Partial<AcquireRequest>) =>
  valueOf(
    await acquire(house.office, byOfficer(house), {
      holding,
      channel: 'oral',
      source: 'principal',
      purposes: ['P3'],
      items: { name: '例示 花子' },
      ...more,
    }),
  );

const company = {
  kind: 'corporation',
  name: '例示物産',
  address: '例示県例示市3-3',
  representative: '例示 三郎',
} as const;
const checked: ReceiptFacts = {
  provider: company,
  basis: 'consent',
  howAcquired: '申込書',
  documentSeen: true,
  consentObtained: true,
};

/** SQL that states more of what was received by consent. */
const stated = (more: object, and = '') =>
  `receipt = receipt || '${JSON.stringify(more)}'${and} WHERE receipt->>'basis' = 'consent'`;
const sealed = ", sealed = 'x'";

test('before anything was acquired nothing is shown', async () => {
  expect(new Set(Object.values(await statesOf()))).toEqual(new Set(['unknown']));
});

describe('once something came in every way', () => {
  beforeAll(async () => {
    await take({});
    // A promise about acquisitions that do not exist is kept.
    expect(await statesOf()).toEqual(kept);
    await take({ channel: 'web-form', purposeIndicated: { placement: 'before-submit' } });
    await take({ source: 'observed' });
    await take({ source: 'third-party', receipt: checked });
    await take({ source: 'third-party', receipt: { provider: company, basis: 'not-third-party', ownUse: false } });
    await take({ source: 'public', receipt: { provider: { kind: 'corporation', name: '例示新聞' } } });
  });

  test('every promise is kept, and each has looked at all it speaks of', async () => {
    expect(await statesOf()).toEqual(kept);
    const counts = Object.entries(await proofs()).map(([promise, { evidence }]) => [promise, evidence[0]!.value.en]);
    expect(Object.fromEntries(counts)).toEqual({
      'acquisition-proper': '6',
      'source-recorded': '3',
      'purpose-indicated-first': '1',
      'every-access-logged': '6',
    });
  });

  test.each<[keyof typeof kept, string, string]>([
    ['acquisition-proper', 'a way the policy does not state', "channel = 'door-to-door' WHERE source = 'observed'"],
    ['every-access-logged', 'an entry that is not in the log', "id = gen_random_uuid() WHERE source = 'observed'"],
    [
      'every-access-logged',
      'an entry that is about somebody else',
      "principal_id = gen_random_uuid() WHERE source = 'observed'",
    ],
    [
      'source-recorded',
      'a third party that was checked and has no name',
      "receipt = receipt #- '{provider,name}' WHERE receipt->>'basis' = 'consent'",
    ],
    [
      'source-recorded',
      'a third party of which nothing is on record',
      "receipt = NULL WHERE receipt->>'basis' = 'not-third-party'",
    ],
    [
      'acquisition-proper',
      'what was known to be given unlawfully',
      `receipt = receipt || '{"looksUnlawful": true}' WHERE receipt->>'basis' = 'consent'`,
    ],
    ['source-recorded', 'public information from nowhere', "receipt = NULL WHERE source = 'public'"],
    [
      'source-recorded',
      'public information of a blank source',
      `receipt = jsonb_set(receipt, '{provider,name}', '" "') WHERE source = 'public'`,
    ],
    [
      'source-recorded',
      'a company without a name, whatever else is sealed',
      "receipt = receipt #- '{provider,name}', sealed = 'x' WHERE receipt->>'basis' = 'consent'",
    ],
    ...(
      [
        ['consent', 'howAcquired', 'nothing says how the provider came to have it'],
        ['consent', 'documentSeen', 'nobody says whether a document of that was seen'],
        ['consent', 'consentObtained', 'nobody says whether the provider had consent'],
        ['not-third-party', 'ownUse', 'nobody says whether it was only entrusted'],
      ] as const
    ).map(([basis, fact, of]): [keyof typeof kept, string, string] => [
      'source-recorded',
      `a third party of whom ${of}`,
      `receipt = receipt - '${fact}' WHERE receipt->>'basis' = '${basis}'`,
    ]),
    ...(
      [
        ['a document that was not seen', { documentSeen: false }],
        ['a blank account of how it came', { howAcquired: ' ' }],
        ['an opt-out of which nobody knows the filing', { basis: 'opt-out' }],
        ['an exemption that nobody approved', { howAcquired: '', exemption: { kind: 'viewing' } }],
        [
          'an item of the law without its need',
          { basis: 'exception', exception: { item: '27(1)(ii)', consentDifficult: true } },
        ],
        ['an item of a law that may be a foreign one', { basis: 'exception', exception: { item: '27(1)(i)' } }],
      ] as const
    ).map(([of, more]): [keyof typeof kept, string, string] => ['source-recorded', of, stated(more)]),
    ...(
      [
        ['what the provider had no consent to give', { consentObtained: false }],
        ['an opt-out that was not filed', { basis: 'opt-out', filingPublished: false }],
        ['what was used for more than was entrusted', { basis: 'not-third-party', ownUse: true }],
      ] as const
    ).map(([of, more]): [keyof typeof kept, string, string] => ['acquisition-proper', of, stated(more)]),
    [
      'purpose-indicated-first',
      'a form with the purpose in a place that nobody knows',
      "placement = 'later' WHERE channel = 'web-form'",
    ],
    [
      'source-recorded',
      'a third party of which nobody says on what basis it gave it',
      "receipt = receipt - 'basis' WHERE receipt->>'basis' = 'consent'",
    ],
    [
      'source-recorded',
      'a third party of which nothing says how it came from them',
      "receipt = receipt - 'basis' WHERE receipt->>'basis' = 'not-third-party'",
    ],
    [
      'purpose-indicated-first',
      'a form of which nothing says how the purpose was shown',
      "placement = NULL WHERE channel = 'web-form'",
    ],
    ['purpose-indicated-first', 'a form without the purpose', "placement = 'none' WHERE channel = 'web-form'"],
  ])('%s alone is broken by %s', async (promise, _, change) => {
    const found = await tampered(house.db, ['acquisitions'], `UPDATE acquisitions SET ${change}`, proofs);
    for (const neighbour of Object.keys(kept)) {
      const { state, evidence, fix } = found[neighbour]!;
      const broken = neighbour === promise;
      expect([neighbour, state]).toEqual([neighbour, broken ? 'broken' : 'kept']);
      expect(evidence[1]!.value.en).toBe(broken ? '1' : '0');
      expect(fix).toHaveLength(broken ? 1 : 0);
    }
    expect(await statesOf()).toEqual(kept);
  });

  test.each<[string, string]>([
    ['an opt-out that was filed', stated({ basis: 'opt-out', filingPublished: true, consentObtained: false })],
    [
      'an item of the law that is proven, with its reference sealed',
      stated(
        {
          howAcquired: '',
          basis: 'exception',
          exception: { item: '27(1)(ii)', necessary: true, consentDifficult: true },
        },
        sealed,
      ),
    ],
    ['an item that an earlier version did not ask for', stated({ basis: 'exception', howAcquired: '' })],
    [
      'a public body, which nobody has to check',
      stated({ provider: { kind: 'state-organ', name: '例示省' }, howAcquired: '', consentObtained: false }),
    ],
    [
      'an exemption that somebody approved',
      stated({ howAcquired: '', exemption: { kind: 'viewing', approvedBy: 'a' } }),
    ],
    ['a person, whose particulars are sealed', stated({ provider: { kind: 'individual' }, howAcquired: '' }, sealed)],
    [
      'a person who gives it on behalf of whom it is about, and whose account is sealed',
      stated(
        {
          basis: null,
          provider: { kind: 'individual' },
          howAcquired: '',
          exemption: { kind: 'for-principal', approvedBy: 'a' },
        },
        sealed,
      ),
    ],
  ])('%s breaks nothing', async (_, change) => {
    expect(await tampered(house.db, ['acquisitions'], `UPDATE acquisitions SET ${change}`, statesOf)).toEqual(kept);
  });

  test('a form of a way that the policy did not state then is not known to be none', async () => {
    const change = "UPDATE acquisitions SET channel = 'fax', placement = NULL WHERE channel = 'web-form'";
    expect(await tampered(house.db, ['acquisitions'], change, statesOf)).toEqual({
      ...kept,
      'acquisition-proper': 'broken',
      'purpose-indicated-first': 'broken',
    });
  });

  test('an entry that the log has lost breaks it too, and what comes in with its entry is not looked at again', async () => {
    const lost = `DELETE FROM log_entries WHERE id = (SELECT id FROM acquisitions WHERE source = 'observed')`;
    expect(await tampered(house.db, ['log_entries'], lost, statesOf)).toEqual({
      ...kept,
      'every-access-logged': 'broken',
    });
    let looks = 0;
    const { database } = house.office;
    const query: typeof database.query = (sql, ...more) => {
      if (sql.includes('NOT EXISTS (SELECT 1 FROM log_entries')) looks += 1;
      return database.query(sql, ...more);
    };
    const office = { ...house.office, database: { ...database, query } };
    const close = await openTestCheckpoint({ office });
    const look = async () => {
      const prover = acquisitionProvers.find(({ promise }) => promise === 'every-access-logged')!;
      const { state, evidence } = await prover.prove(office);
      return [state, evidence[0]!.value.en, looks];
    };
    expect(await look()).toEqual(['kept', '6', 1]);
    await take({});
    expect(await look()).toEqual(['kept', '7', 1]);
    await close();
  });

  /** SQL: a form without the purpose, let in on a ground for which this was kept. */
  const unshown = (ground: string, relied: object | null) =>
    `UPDATE acquisitions SET placement = 'none', because = ARRAY['APPI ${ground}'],
       relied_on = ${relied ? `'${JSON.stringify(relied)}'` : 'NULL'} WHERE channel = 'web-form'`;
  const harm = { item: '21(4)(i)', confirmed: true };
  const clear = { item: '21(4)(iv)', clearPurposes: ['P1', 'P3'] };

  test.each<[string, object]>([
    ['21(4)(i)', { urgent: false, notice: harm }],
    ['21(4)(iv)', { urgent: false, notice: clear }],
    ['21(2) proviso', { urgent: true, notice: null }],
  ])('what the law lets come in without showing the purpose keeps the promise: %s', async (ground, relied) => {
    expect(await tampered(house.db, ['acquisitions'], unshown(ground, relied), statesOf)).toEqual(kept);
  });

  test.each<[string, string, object | null]>([
    ['of an item whose harm nobody confirmed', '21(4)(i)', { urgent: false, notice: { item: '21(4)(i)' } }],
    ['of another item', '21(4)(ii)', { urgent: false, notice: harm }],
    [
      'of purposes that are not the clear ones',
      '21(4)(iv)',
      { urgent: false, notice: { ...clear, clearPurposes: ['P1'] } },
    ],
    [
      'of an item without the clear purposes',
      '21(4)(iv)',
      { urgent: false, notice: { item: '21(4)(iv)', confirmed: true } },
    ],
    ['of what was not urgent', '21(2) proviso', { urgent: false, notice: null }],
    ['of what was urgent, where that was no ground', '21(2)', { urgent: true, notice: null }],
  ])('a ground breaks it %s', async (_, ground, relied) => {
    expect(await tampered(house.db, ['acquisitions'], unshown(ground, relied), statesOf)).toEqual({
      ...kept,
      'purpose-indicated-first': 'broken',
    });
  });

  test('a ground of which an earlier version kept nothing leaves it unknown', async () => {
    expect(await tampered(house.db, ['acquisitions'], unshown('21(4)(i)', null), statesOf)).toEqual({
      ...kept,
      'purpose-indicated-first': 'unknown',
    });
  });

  test('what lets it in without showing the purpose is kept with it', async () => {
    const form = { channel: 'web-form', purposeIndicated: { placement: 'none' } } as const;
    const urgent = await take({ ...form, urgent: true });
    const notice = { item: '21(4)(iv)', clearPurposes: ['P3'] } as const;
    const evident = await take({ ...form, noticeException: notice });
    const rows = await house.db.owner.query<{ id: string; relied_on: unknown }>(
      'SELECT id, relied_on FROM acquisitions WHERE relied_on IS NOT NULL',
      [],
    );
    expect(new Map(rows.map(({ id, relied_on }) => [id, relied_on]))).toEqual(
      new Map<string, unknown>([
        [urgent.record.id, { urgent: true, notice: null }],
        [evident.record.id, { urgent: false, notice }],
      ]),
    );
    expect(await statesOf()).toEqual(kept);
  });

  test('what came in by a way that the policy stated then stays proper, though a later version no longer states it', async () => {
    const { office } = house;
    const { policy, version } = (await policyInForce(office, office.clock.today()))!;
    const channels = policy.operator.acquisition_channels.filter(({ id }) => id !== 'oral');
    const texts = policyYaml({ ...policy, operator: { ...policy.operator, acquisition_channels: channels } });
    const on = { effectiveOn: office.clock.today() };
    const officer = officerOf(house);
    valueOf(await propose(office, { actor: officer, authority: [] }, { ...on, texts }));
    const approval = { ...on, version: version + 1, officers: 1, judged: {}, resting: restingOn };
    valueOf(await approve(office, { actor: officer, authority: [] }, approval));
    expect(await statesOf()).toEqual(kept);
    expect(
      await acquire(
        office,
        { actor: officer, authority: [] },
        {
          holding,
          channel: 'oral',
          source: 'observed',
          purposes: ['P3'],
          items: { name: '例示 後子' },
        },
      ),
    ).toMatchObject({ ok: false });
    const now = `policy_version = ${version + 1} WHERE source = 'observed'`;
    expect(await tampered(house.db, ['acquisitions'], `UPDATE acquisitions SET ${now}`, statesOf)).toEqual({
      ...kept,
      'acquisition-proper': 'broken',
    });
  });
});
