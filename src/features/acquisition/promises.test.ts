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

  test.each(['APPI 21(4)(i)', 'APPI 21(4)(iv)', 'APPI 21(2) proviso'])(
    'what the law lets come in without showing the purpose keeps the promise: %s',
    async (ground) => {
      const change = `UPDATE acquisitions SET placement = 'none', because = ARRAY['${ground}'] WHERE channel = 'web-form'`;
      expect(await tampered(house.db, ['acquisitions'], change, statesOf)).toEqual(kept);
    },
  );

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
