// Another company's policy: what its facts lay down holds, whatever promises its clauses are named with.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { standingFacts } from '../../src/app/standing.ts';
import type { Actor } from '../../src/base/actor.ts';
import { approve, policyInForce, policyYaml, propose, type Policy } from '../../src/features/policy/index.ts';
import { decideProvision, decideRequest } from '../../src/law/index.ts';
import { openTestOffice, type TestOffice } from '../office.ts';
import { officerOf, restingOn, valueOf } from '../people.ts';

let house: TestOffice;
beforeAll(async () => {
  house = await openTestOffice(() => []);
});
afterAll(() => house.close());

const inForce = async (): Promise<Policy> =>
  structuredClone((await policyInForce(house.office, house.office.clock.today()))!.policy);

/** Proposes and approves what a policy becomes, from today. */
async function change(by: (policy: Policy) => void): Promise<void> {
  const policy = await inForce();
  by(policy);
  const today = house.office.clock.today();
  const sekisho: Actor = { kind: 'sekisho' };
  const { version } = valueOf(
    await propose(house.office, sekisho, { texts: policyYaml(policy), effectiveOn: today, authority: [] }),
  );
  const asked = { version, effectiveOn: today, authority: [], officers: 1, judged: {}, resting: restingOn };
  valueOf(await approve(house.office, officerOf(house), asked));
}

/** Takes a promise out of a policy: none of its clauses is named with it any more. */
function without(policy: Policy, ...ids: string[]): void {
  policy.promises = policy.promises.filter(({ id }) => !ids.includes(id));
  for (const clause of policy.clauses) {
    clause.promises = clause.promises.filter((id) => !ids.includes(id));
    clause.marks = clause.marks?.filter(({ promise }) => !ids.includes(promise));
  }
}

const standing = async () => (await standingFacts(house.office, house.office.database)).policy!;

test('a desk that takes visits turns nobody away who comes', async () => {
  await change((policy) => {
    policy.operator.desk.visits = true;
  });
  const { requests } = await standing();
  const finding = decideRequest(
    {
      kind: 'correction',
      requester: 'principal',
      identityChecked: true,
      manner: 'visit',
      atDesk: true,
      specified: true,
      policy: requests!,
    },
    house.office.clock.today(),
  );
  expect(finding.answer).toBe('yes');
});

test('what a policy closes by its facts is closed by the clause that states them, where none is named with the promise', async () => {
  await change((policy) => {
    policy.operator.desk.visits = false;
    without(policy, 'no-opt-out', 'written-route-offered', 'request-arrival-recorded');
    without(policy, 'fee-only-for-disclosure', 'request-papers-limited');
    policy.operator.stated_in['opt-out'] = [20];
  });
  const { optOutClosedBy, requests } = await standing();
  expect(optOutClosedBy).toBe('20');
  expect(requests).toEqual({
    writtenOnlyBy: '39',
    noVisitsBy: '39',
    feeBy: '34',
    feeYen: 1000,
    onlyForRequestBy: '40',
  });
  const on = house.office.clock.today();
  const optOut = decideProvision(
    {
      relation: 'third-party',
      information: 'personal',
      consent: null,
      optOut: {},
      policy: { optOutClosedBy: optOutClosedBy! },
    },
    on,
  );
  expect(optOut.answer).toBe('no');
  expect(optOut.because).toContainEqual(expect.objectContaining({ law: 'policy', article: '20' }));
});

test('what speaks of consent alone closes the opt-out too, where the facts do not open it', async () => {
  await change((policy) => {
    policy.operator.stated_in['opt-out'] = [];
  });
  expect((await standing()).optOutClosedBy).toBe('19');
});
