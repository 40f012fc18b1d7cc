// Providing a person's information to somebody else: the law is asked first; reading, provision, statutory record and log entry are one
// statement; values are handed over only after it is committed.

import type { Actor } from '../../base/actor.ts';
import { actorRef } from '../../base/actor.ts';
import { day } from '../../base/day.ts';
import { isId } from '../../base/id.ts';
import { done, failed, invalid, notFound, type FieldProblem, type Outcome } from '../../base/outcome.ts';
import { decideProvision, LAW_VERSION, provisionContradictions, type ProvisionFacts } from '../../law/index.ts';
import { appending } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import { open, opening, type Values } from '../../vault/index.ts';
import {
  decide,
  entryOf,
  fieldOutcome,
  informationOf,
  refuse,
  standing,
  tokenProblem,
  useProblems,
  type Decision,
  type Scope,
  type Standing,
  type UseAsk,
} from '../checkpoint/index.ts';
import { decideJudged } from '../consultation/index.ts';
import { recordFor, type StatedFacts } from './facts.ts';
import {
  findProvision,
  isRepeated,
  listProvisions,
  provideOnce,
  provisionOfAttempt,
  type Provided,
  type ProvisionQuery,
} from './store.ts';
import type { ProvisionRow, RecordRow } from './tables.ts';

/** Who, what, for what, and the facts about the recipient and the basis. */
export interface ProvideAsk extends UseAsk {
  facts: StatedFacts;
  /** Names one press of a button or one call; the same name provides at most once. */
  attempt?: string | undefined;
}

/** The facts the law is asked with: what was stated, and what stands in the office. */
function provisionFacts(stands: Standing, ask: ProvideAsk): ProvisionFacts {
  const holding = stands.holdings.get(ask.holding);
  return {
    ...ask.facts,
    items: ask.items,
    purpose: ask.purpose,
    ...(holding
      ? { information: informationOf(holding, ask.items), holdingPurposes: holding.purposes }
      : { holdingPurposes: [] }),
    policy: stands.optOutClosedBy === undefined ? {} : { optOutClosedBy: stands.optOutClosedBy },
  };
}

/** Facts that cannot all be true, where the request has them: what was stated travels under `facts`, beside items and purposes. */
const contradictionProblems = (asked: StatedFacts, facts: ProvisionFacts): FieldProblem[] =>
  provisionContradictions(facts).map(({ field, says }) => ({
    field: (field.split('.')[0] ?? field) in asked ? `facts.${field}` : field,
    says,
  }));

export interface Provision {
  id: string;
  decision: Decision;
  record: RecordRow | null;
  /** What was provided. */
  values: Values;
  /** Asked for, but not held about this person. */
  absent: string[];
}

const notHeld = notFound('この台帳に、この本人の情報はありません', 'Nothing is held about this person in this holding');

async function repeated(office: Office, attempt: string): Promise<Outcome<never>> {
  const existing = await provisionOfAttempt(office.database, attempt);
  return failed({
    kind: 'conflict',
    field: 'attempt',
    says: { ja: 'この提供は、すでに行われています', en: 'This has been provided already' },
    ...(existing ? { existing } : {}),
  });
}

/** Provides named items of one person. A no, or a cannot-say, is logged and nothing leaves. */
export async function provide(
  office: Office,
  actor: Actor,
  authority: readonly string[],
  asked: ProvideAsk,
): Promise<Outcome<Provision>> {
  const ask = { ...asked, items: [...new Set(asked.items)] };
  const stands = await standing(office);
  const wrong = fieldOutcome(useProblems(stands, ask)) ?? tokenProblem(actor, [ask.purpose]);
  if (wrong) return wrong;
  const stated = provisionFacts(stands, ask);
  const impossible = fieldOutcome(contradictionProblems(ask.facts, stated));
  if (impossible) return impossible;
  const on = office.clock.today();
  const { principal, holding, items, purpose } = ask;
  const { facts, finding } = await decideJudged(office, decideProvision, stated, { holding, purpose, on });
  const scope: Scope = { act: 'provide', principals: [principal], holding, items, purpose };
  const decision = decide(office, stands.policy, finding, scope);
  const subjects = { principal, holding, items, purpose, relation: ask.facts.relation };
  if (!decision.permit) return refuse(office, actor, authority, decision, 'provide', subjects);
  const record = recordFor(decision.finding, facts, { id: decision.id, principal, items, on });
  const row: ProvisionRow = {
    id: decision.id,
    principal_id: principal,
    holding_id: holding,
    at: new Date(decision.at),
    by_actor: actorRef(actor),
    purpose,
    items,
    relation: facts.relation!,
    recipient: facts.recipient ?? {},
    facts,
    finding: decision.finding,
    law_version: day(LAW_VERSION),
    policy_version: stands.policy,
    attempt: ask.attempt ?? null,
  };
  const entry = entryOf(actor, authority, decision, 'people:provide', {
    ...subjects,
    ...(record ? { record: record.id, keep_until: record.keep_until } : {}),
  });
  const reading = opening([{ key: decision.id, principal, holding }]);
  const logging = appending([{ key: decision.id, entry }]);
  const found = await provideOnce(office.database, reading, row, record, logging).catch((error: unknown) => {
    if (isRepeated(error)) return 'repeated' as const;
    throw error;
  });
  if (found === 'repeated') return repeated(office, ask.attempt!);
  if (!found) return notHeld;
  const values = open(office.vault, decision.permit, found, { principal, holding, items, now: decision.at });
  return done({
    id: decision.id,
    decision,
    record,
    values,
    absent: items.filter((code) => values[code] === undefined),
  });
}

export async function provisionOf(office: Office, id: string): Promise<Outcome<Provided>> {
  const found = isId(id) ? await findProvision(office.database, id) : null;
  return found ? done(found) : notFound('この提供はありません', 'There is no such provision');
}

/** Provisions, newest first. `principal` and `before` must be ids. */
export async function provisions(office: Office, query: ProvisionQuery): Promise<Outcome<Provided[]>> {
  if (query.principal !== undefined && !isId(query.principal)) {
    return invalid('principal', '本人の番号の形が正しくありません', 'This is not the id of a person');
  }
  if (query.before !== undefined && !isId(query.before)) {
    return invalid('before', '提供の番号の形が正しくありません', 'This is not the id of a provision');
  }
  return done(await listProvisions(office.database, query));
}
