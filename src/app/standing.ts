// The standing facts for the checkpoint: the policy in force, with the clauses that make its promises, the ledger, and the stops that people's
// requests brought.

import { holdings } from '../features/ledger/index.ts';
import type { StandingFacts, StandingPolicy } from '../features/checkpoint/index.ts';
import { standingStops } from '../features/desk/index.ts';
import { feeKinds, feeOf, policyInForce, type Policy } from '../features/policy/index.ts';
import type { Office } from '../office.ts';
import type { Queryable } from '../platform/database/index.ts';

/** The number of the clause that makes a promise, as the law's facts name it. */
const clauseOfPromise = (policy: Policy, promise: string): string | undefined => {
  const clause = policy.clauses.find((one) => one.promises.includes(promise));
  return clause && String(clause.no);
};

/**
 * What the policy lays down for requests, and its promises of supervision and of My Numbers, with the clauses that state them. The policy's facts
 * hold even if no clause has the promise; the clause named in the facts then states it.
 */
function promisesOf(policy: Policy): Pick<StandingPolicy, 'requests' | 'supervision' | 'numbers'> {
  const { operator } = policy;
  const { desk, fee } = operator;
  const by = (fact: string, promise: string, stated?: number): Record<string, string> => {
    const clause = clauseOfPromise(policy, promise) ?? stated?.toString();
    return clause ? { [fact]: clause } : {};
  };
  const [address] = desk.clauses;
  const papers = policy.purposes.find(({ scope }) => scope === 'rights')?.clause;
  return {
    requests: {
      // A person who may come in person or ask on the web page cannot be required to write a letter.
      ...(desk.electronic || desk.visits ? {} : by('writtenOnlyBy', 'request-arrival-recorded', address)),
      ...(desk.visits ? {} : by('noVisitsBy', 'written-route-offered', address)),
      ...by('feeBy', 'fee-only-for-disclosure', fee.clauses[0] ?? address),
      feeYen: Object.fromEntries(feeKinds.map((kind) => [kind, feeOf(operator, kind)])),
      ...by('onlyForRequestBy', 'request-papers-limited', papers),
    },
    supervision: {
      ...by('measuresPromisedBy', 'confidentiality-signed'),
      ...by('improvementPromisedBy', 'improvement-requested'),
      ...by('changePromisedBy', 'contractor-escalated'),
    },
    numbers: {
      ...by('affairsClosedBy', 'my-number-purposes-closed'),
      ...by('numberIndicationPromisedBy', 'my-number-purpose-indicated'),
    },
  };
}

/** Policy and ledger as standing facts for the checkpoint. */
export async function standingFacts(office: Office, on: Queryable): Promise<StandingFacts> {
  const inForce = await policyInForce(office, office.clock.today(), on);
  const suspensions = await standingStops(on);
  if (!inForce) return { policy: null, holdings: await holdings(office, on), suspensions };
  const { policy, version } = inForce;
  const indicationPromisedBy = clauseOfPromise(policy, 'purpose-indicated-first');
  const sourcePromisedBy = clauseOfPromise(policy, 'source-recorded');
  const securityPurposeBy = clauseOfPromise(policy, 'security-records-for-security');
  const provisionApprovedBy = clauseOfPromise(policy, 'provision-approved');
  const optOutClosedBy = policy.operator.provision_bases.includes('27(2)')
    ? undefined
    : (clauseOfPromise(policy, 'no-opt-out') ??
      policy.operator.stated_in['opt-out'][0]?.toString() ??
      clauseOfPromise(policy, 'consent-before-provision'));
  return {
    policy: {
      version,
      purposes: policy.purposes.map(({ id, clause, label }) => ({ id, clause: String(clause), says: label })),
      channels: policy.operator.acquisition_channels.map(({ id, written }) => ({ id, written })),
      ...(indicationPromisedBy ? { indicationPromisedBy } : {}),
      ...(sourcePromisedBy ? { sourcePromisedBy } : {}),
      ...(optOutClosedBy ? { optOutClosedBy } : {}),
      ...(securityPurposeBy ? { securityPurposeBy } : {}),
      ...(provisionApprovedBy ? { provisionApprovedBy } : {}),
      itemLimits: (policy.operator.item_limits ?? []).map((one) => ({ ...one, clause: String(one.clause) })),
      ...promisesOf(policy),
    },
    holdings: await holdings(office, on),
    suspensions,
  };
}
