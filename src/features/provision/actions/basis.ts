// What a provision rests on before the facts of any person: the holding, the recipient and the joint use, as the registers know them today. A
// caller cannot state what the registers know.

import { both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { done, fieldOutcome, invalid, type FieldProblem, type Outcome } from '../../../base/outcome.ts';
import { foreignStatus, provisionContradictions, type ProvisionFacts, type Relation } from '../../../law/index.ts';
import type { Office } from '../../../office.ts';
import type { Queryable } from '../../../platform/database/index.ts';
import type { Part } from '../../../platform/statement.ts';
import { standing, useProblems, type Standing, type UseAsk } from '../../checkpoint/index.ts';
import { jointUseAsRead, jointUseFacts } from '../../joint-use/index.ts';
import { recipientAsRead, recipientFacts } from '../../recipients/index.ts';
import { factsOf, type OfRecipient, type StatedFacts } from '../facts.ts';

/** What is provided, to which recipient, and the facts stated about it. */
export interface GivingAsk extends Omit<UseAsk, 'principal'> {
  /** Id in the register of recipients; null within the company. */
  recipient: string | null;
  /** Id of the joint use it is shared in. */
  jointUse?: string | undefined;
  facts: StatedFacts;
}

export interface Basis {
  stands: Standing;
  on: Day;
  /** The facts that are the same for every person. */
  facts: ProvisionFacts;
  /** True when only a consent to a provision abroad is enough (28(1)). */
  abroad: boolean;
  /** The recipient's key for packages. */
  publicKey: string | null;
  /** Each has a row, in the CTE of its name, only while what was read of a register is unchanged. */
  asRead: readonly Part[];
}

const says = {
  noRecipient: both('渡す相手を選んでください', 'Choose the recipient'),
  inside: both(
    '社内の別の部署に渡すときは、提供先を選ばないでください',
    'Within the company there is no recipient to choose',
  ),
  stopped: both('この相手への提供は止められています', 'Provision to this recipient is stopped'),
  relation: both('この相手は、その関係では登録されていません', 'The recipient is not registered for this relation'),
  noJointUse: both('どの共同利用かを選んでください', 'Choose the joint use'),
  pseudonymousUse: both(
    'この共同利用は仮名加工情報だけのものです',
    'This joint use is of pseudonymously processed information only',
  ),
  strayJointUse: both('共同利用のときだけ選んでください', 'Choose one only if it is a joint use'),
};

/** Turns a register's not-found into a problem of the field that the id was given in. */
const named = <T>(field: string, outcome: Outcome<T>): Outcome<T> =>
  !outcome.ok && outcome.problem.kind === 'not-found' ? invalid(field, outcome.problem.says) : outcome;

/** What the registers know of a recipient and a joint use, in the form the law is asked with. */
export interface Registered {
  of: OfRecipient;
  /** The relations for which the recipient is registered. */
  relations: readonly Relation[];
  publicKey: string | null;
  asRead: readonly Part[];
}

/** Looks the recipient and the joint use up. Problems name the fields they were given in. */
export async function registeredFor(
  on: Queryable,
  ask: Pick<GivingAsk, 'holding' | 'recipient' | 'jointUse' | 'facts'>,
  day: Day,
): Promise<Outcome<Registered>> {
  const { recipient, jointUse, facts } = ask;
  const { relation } = facts;
  if (recipient === null) {
    return relation === 'same-entity' || relation === undefined
      ? done({ of: {}, relations: ['same-entity'], publicKey: null, asRead: [] })
      : invalid('recipient', says.noRecipient);
  }
  if (relation === 'same-entity') return invalid('recipient', says.inside);
  const known = named('recipient', await recipientFacts(on, recipient, day));
  if (!known.ok) return known;
  const { recipient: party, relations, entrustment, equivalentSystem, cloud, publicKey, stopped } = known.value;
  if (stopped) return invalid('recipient', says.stopped);
  if (relation !== undefined && !relations.includes(relation)) return invalid('facts.relation', says.relation);
  // A cloud only stores: it is no third party that receives and no joint user. If the same party is entrusted with handling too, the register does
  // not say which of the two this is.
  const stored = relation === 'entrustment' && entrustment === undefined ? cloud : undefined;
  const of: OfRecipient = {
    recipient: party,
    ...(relation === 'entrustment' ? { entrustment: entrustment ?? {} } : {}),
    ...(equivalentSystem === undefined ? {} : { equivalentSystem }),
    ...(stored ? { cloud: stored } : {}),
  };
  const asRead = [recipientAsRead(recipient, known.value)];
  if (relation !== 'joint-use') {
    return jointUse === undefined
      ? done({ of, relations, publicKey, asRead })
      : invalid('jointUse', says.strayJointUse);
  }
  if (jointUse === undefined) return invalid('jointUse', says.noJointUse);
  const shared = named('jointUse', await jointUseFacts(on, { jointUse, holding: ask.holding, recipient }, day));
  if (!shared.ok) return shared;
  const { information, version, ...notice } = shared.value;
  // What a holding keeps is never pseudonymously processed.
  if (information !== 'personal') return invalid('jointUse', says.pseudonymousUse);
  asRead.push(jointUseAsRead(jointUse, version));
  return done({ of: { ...of, jointUse: notice }, relations, publicKey, asRead });
}

/** Facts that cannot all be true, as problems of the fields of the request: stated facts are under `facts`, beside items and purpose. */
export const contradictionProblems = (stated: StatedFacts, facts: ProvisionFacts): FieldProblem[] =>
  provisionContradictions(facts).map(({ field, says: why }) => ({
    field: (field.split('.')[0] ?? field) in stated ? `facts.${field}` : field,
    says: why,
  }));

/** Looks everything up. The id of `principal` is checked only if it is given. */
export async function basisFor(
  office: Office,
  on: Queryable,
  ask: GivingAsk,
  principal?: string,
): Promise<Outcome<Basis>> {
  const stands = await standing(office, on);
  const problems = useProblems(stands, { ...ask, principal: principal ?? ask.holding });
  const wrong = fieldOutcome(problems.filter((one) => principal !== undefined || one.field !== 'principal'));
  if (wrong) return wrong;
  const today = office.clock.today();
  const found = await registeredFor(on, ask, today);
  if (!found.ok) return found;
  const facts = factsOf(stands, ask, ask.facts, found.value.of);
  const impossible = fieldOutcome(contradictionProblems(ask.facts, facts));
  if (impossible) return impossible;
  const abroad = foreignStatus(facts, today)?.status === 'OTHER';
  const { publicKey, asRead } = found.value;
  return done({ stands, on: today, facts, abroad, publicKey, asRead });
}
