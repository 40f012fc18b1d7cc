// What the registers and the law say now of providing one person's items. Opens no record and provides nothing; provide.ts does.

import type { Actor } from '../../../base/actor.ts';
import type { Day } from '../../../base/day.ts';
import type { Finding } from '../../../base/finding.ts';
import { done, fieldOutcome, type Outcome } from '../../../base/outcome.ts';
import { decideProvision, type ProvisionFacts, type StatedPurpose } from '../../../law/index.ts';
import type { Json } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Part } from '../../../platform/statement.ts';
import { itemsAsRead, itemsHeld } from '../../../vault/index.ts';
import type { By } from '../../access/index.ts';
import {
  asJudged,
  decide,
  isUseToo,
  notHeld,
  purposesFor,
  recordIn,
  refuse,
  stoppedProvision,
  tokenProblem,
  unjudged,
  withinLimits,
  type Decision,
  type Scope,
} from '../../checkpoint/index.ts';
import { consentsAsRead, consentStanding } from '../../consent/index.ts';
import { decideJudged } from '../../consultation/index.ts';
import { aboutPerson, limitsOf, unapproved, type OfPerson } from '../facts.ts';
import { basisFor, contradictionProblems, type Basis, type GivingAsk } from './basis.ts';

/** The person, the items, the purpose and the recipient, with the facts stated about them. */
export interface PersonAsk extends GivingAsk {
  principal: string;
}

/** A change of purpose that nobody has judged anew. */
export interface Awaiting {
  /** The purposes the items would be held for once it is judged. */
  purposes: StatedPurpose[];
  /** The answer to give instead of a no. `would`: what the law would say once it is judged, never a no. */
  finding(would: Finding): Finding;
}

/** What the vault and the register of consents say of a person about a provision. */
export interface PersonStanding {
  facts: OfPerson;
  /** The consent it would rest on. */
  consentId: string | null;
  /** The person asked that it stop: the provision, or the use that it is too. */
  objected: boolean;
  /** The requested items that are held; null where the holding has nothing about the person. */
  held: string[] | null;
  /** The change of purpose that could let more be provided once judged anew; null where none waits for that. */
  awaiting: Awaiting | null;
  /** Each has a row only while this is unchanged. */
  asRead: Part[];
}

export async function personOf(
  office: Office,
  { stands: standing, facts, abroad, on }: Basis,
  ask: Pick<PersonAsk, 'holding' | 'items' | 'purpose' | 'recipient' | 'principal'>,
): Promise<PersonStanding> {
  const { holding, items, purpose, recipient, principal } = ask;
  const { country } = facts.recipient ?? {};
  // Within the company it is a use, not a provision, and needs a consent to the use.
  const kind = recipient === null ? 'use' : 'provision';
  const asked = { for: kind, principal, holding, items, purpose, recipient, abroad, country } as const;
  const stands = await consentStanding(office.database, asked, on);
  const { objectedOn } = isUseToo(facts.relation)
    ? await consentStanding(office.database, { ...asked, for: 'use', recipient: null, abroad: false }, on)
    : stands;
  const foreign = country !== undefined && country !== 'JP';
  const held = await itemsHeld(office.database, { principal, holding, items });
  const known = standing.holdings.get(holding)!;
  const holdingPurposes = held && purposesFor(known, held.purposes);
  const judged = held && asJudged(known, purpose);
  return {
    facts: {
      ...(holdingPurposes ? { holdingPurposes } : {}),
      consent: stands.consent,
      ...(foreign ? { foreignInformation: stands.foreignInformation } : {}),
    },
    consentId: stands.consentId,
    objected: objectedOn !== null,
    held: held && held.items,
    awaiting: judged && {
      purposes: purposesFor(judged, held.purposes),
      finding: (would) => unjudged(standing, { holding: known, items, purpose }, held.purposes, would, on),
    },
    asRead: [
      consentsAsRead(principal, stands),
      ...(held ? [itemsAsRead({ principal, holding, items }, held.items)] : []),
    ],
  };
}

/** The law's answer to a provision, with all that it was asked with. */
export interface Decided {
  basis: Basis;
  person: PersonStanding;
  facts: ProvisionFacts;
  decision: Decision;
  /** The subjects of its log entry. */
  subjects: Record<string, Json>;
}

/**
 * What the law says of a provision. Where a change of purpose that nobody has judged anew would let it be made, the answer is cannot say instead of
 * no.
 */
async function answerTo(
  office: Office,
  whole: ProvisionFacts,
  { awaiting }: PersonStanding,
  about: { holding: string; purpose: string; on: Day },
): Promise<{ facts: ProvisionFacts; finding: Finding }> {
  const answer = await decideJudged(office.database, decideProvision, whole, about);
  if (answer.finding.answer !== 'no' || !awaiting) return answer;
  const asked = { ...whole, holdingPurposes: awaiting.purposes };
  const { finding: would } = await decideJudged(office.database, decideProvision, asked, about);
  return would.answer === 'no' ? answer : { ...answer, finding: awaiting.finding(would) };
}

/** What the registers and the law say of a provision now. */
export async function decideOn(office: Office, actor: Actor, ask: PersonAsk): Promise<Outcome<Decided>> {
  const { principal, holding, items, purpose } = ask;
  const basis = await basisFor(office, office.database, ask, principal);
  if (!basis.ok) return basis;
  const outside = tokenProblem(actor, [purpose]);
  if (outside) return outside;
  const { stands, on } = basis.value;
  const person = await personOf(office, basis.value, ask);
  const whole = aboutPerson(basis.value.facts, person);
  const impossible = fieldOutcome(contradictionProblems(ask.facts, whole));
  if (impossible) return impossible;
  const { facts, finding: answer } = await answerTo(office, whole, person, { holding, purpose, on });
  const stopped = stoppedProvision(stands, principal, { purpose, recipient: ask.recipient, facts }, on);
  const limited = withinLimits(answer, limitsOf(stands, ask, { relation: facts.relation, objected: person.objected }));
  const finding = stopped ?? unapproved(limited, stands.provisionApprovedBy);
  const scope: Scope = { act: 'provide', principals: [principal], holding, items, purposes: [purpose] };
  const subjects = {
    principal,
    holding,
    items: [...items],
    purpose,
    ...(ask.facts.relation ? { relation: ask.facts.relation } : {}),
    ...(ask.recipient ? { recipient: ask.recipient } : {}),
    ...(ask.jointUse ? { jointUse: ask.jointUse } : {}),
  };
  return done({ basis: basis.value, person, facts, decision: decide(office, stands.policy, finding, scope), subjects });
}

/**
 * Checks whether a provision might be made, without making it. A no or a cannot-say is logged like that of a provision. The items need not be held
 * any more: a recipient that got them may be told so.
 */
export async function mayProvide(office: Office, by: By, ask: PersonAsk): Promise<Outcome<null>> {
  const decided = await decideOn(office, by.actor, ask);
  if (!decided.ok) return decided;
  const { decision, subjects } = decided.value;
  return decision.permit ? done(null) : turnDown(office, by, ask, decision, subjects);
}

/** Logs and returns a no or a cannot-say. Returns not-found without logging when nothing is held about the person anyway. */
export async function turnDown(office: Office, by: By, ask: PersonAsk, decision: Decision, subjects: object) {
  const here = await recordIn(office.database, ask.principal, ask.holding);
  return here ? refuse(office, by, decision, 'provide', { ...subjects }) : notHeld;
}
