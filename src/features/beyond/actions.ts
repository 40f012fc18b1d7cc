// A use beyond the purpose: asked for by a member of staff, decided by the law, and recorded and logged in the same statement that reads the vault.
// Nothing is handed over before that is committed, and only codes are written in clear.

import { actorRef } from '../../base/actor.ts';
import { both } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import { isId } from '../../base/id.ts';
import { done, fieldOutcome, forbidden, notFound, type FieldProblem, type Outcome } from '../../base/outcome.ts';
import { isLonger } from '../../base/text.ts';
import {
  decideUse,
  LAW_VERSION,
  useContradictions,
  type CommunicationsFacts,
  type Consent,
  type ExceptionClaim,
  type UseFacts,
  type UseItem,
} from '../../law/index.ts';
import { appending } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import type { Part } from '../../platform/statement.ts';
import {
  open,
  opening,
  personKeys,
  itemsHeld,
  sealBeside,
  showBeside,
  type PersonKey,
  type Values,
  type Unread,
} from '../../vault/index.ts';
import type { By } from '../access/index.ts';
import {
  decide,
  entryOf,
  notHeld,
  personChanging,
  personUse,
  refuse,
  standing,
  untilItRests,
  useProblems,
  type Decision,
  type Scope,
  type Standing,
  type UseAsk,
} from '../checkpoint/index.ts';
import { useRegister } from '../consent/index.ts';
import { decideJudged, MOST_PROSE } from '../consultation/index.ts';
import { policyInForce, type Purpose } from '../policy/index.ts';
import { factsOf, isWithin, OTHER_PURPOSE, partWords, wordNames, type Words } from './facts.ts';
import { findUse, listUses, useOnce } from './store.ts';
import type { UseBeyondRow } from './tables.ts';

/** What a use beyond the purpose is asked with. `purpose`: the id of a purpose of the policy, or `OTHER_PURPOSE`. */
export interface BeyondAsk extends UseAsk {
  exception: ExceptionClaim<UseItem>;
  /** What has happened and what the information is needed for; 1 to `MOST_PROSE` characters. */
  situation: string;
  improper?: boolean | undefined;
  secrecy?: CommunicationsFacts | null | undefined;
}

export interface UsedBeyond {
  /** Id of the record and of its log entry. */
  id: string;
  finding: Finding;
  values: Values;
  /** Items that were asked for and are not held about this person. */
  absent: string[];
}

const says = {
  purpose: both('この目的は選べません', 'This purpose cannot be chosen'),
  situation: both(
    'どのような事情で、何のために要るかを書いてください',
    'Write what has happened and what it is needed for',
  ),
  long: both(`${MOST_PROSE}字までで書いてください`, `At most ${MOST_PROSE} characters`),
  within: both(
    '集めたときの目的か本人の同意の範囲内です。本人の画面で、この目的を選んで開いてください',
    'This is within the purpose it was collected for or the person’s consent. On the person’s page, choose this purpose and open it there',
  ),
  barred: both(
    'この目的での利用は、本人の求めか方針により止まっています。例外に当たる事情のために使うときは「方針に書いていない目的」を選んでください',
    'Use for this purpose is stopped, at the person’s request or by the policy. If you need it for circumstances that the exception covers, choose “a purpose that the policy does not state”',
  ),
  system: both(
    '目的の範囲を超える利用は、社内の人が判断して求めます。システムから求めることはできません',
    'A use beyond the purpose is judged and requested by a member of staff. A system cannot request one',
  ),
};

/**
 * The problem of a use that needs no exception, because the items are held for this purpose or the person consented; null where it needs one. The
 * problem says to open it in the ordinary way or, where the person stopped that use or the policy keeps the item from it, to name a purpose other
 * than this one.
 */
export function withinProblem(stands: Standing, ask: UseAsk, known: Known, on: Day): FieldProblem | null {
  if (!isWithin(factsOf(stands, ask, known, {}), on)) return null;
  return { field: 'purpose', says: personUse(stands, ask, known, on).answer === 'yes' ? says.within : says.barred };
}

/**
 * The purposes of the policy that information may be used for beyond what it was collected for. Purposes of My Number affairs are left out: such an
 * affair has its own information, and no other information is turned to it (Numbering Act 9, 30(2)).
 */
export const purposesBeyond = async (office: Office): Promise<Purpose[]> =>
  ((await policyInForce(office, office.clock.today()))?.policy.purposes ?? []).filter(
    ({ scope }) => scope !== 'my-number',
  );

/** Problems of what was asked, found before the law is asked. `purposes`: those that may be named beside `OTHER_PURPOSE`. */
export function beyondProblems(
  stands: Standing,
  purposes: readonly Pick<Purpose, 'id'>[],
  ask: UseAsk & Pick<BeyondAsk, 'situation'>,
): FieldProblem[] {
  const named = ask.purpose === OTHER_PURPOSE || purposes.some(({ id }) => id === ask.purpose);
  return [
    ...useProblems(stands, ask).filter(({ field }) => field !== 'purpose'),
    ...(named ? [] : [{ field: 'purpose', says: says.purpose }]),
    ...(ask.situation.trim() === '' ? [{ field: 'situation', says: says.situation }] : []),
    ...(isLonger(ask.situation, MOST_PROSE) ? [{ field: 'situation', says: says.long }] : []),
  ];
}

/** What the vault and the register of consents hold about the person and this use. */
export interface Known {
  /** For each item that is held, the purposes it is held for. */
  held: readonly (readonly string[])[];
  consent: Consent | null;
  objectedOn: Day | null;
  /** Part of the statement that has a row only while this is still so. */
  asRead: Part;
}

/** Reads what is known; null where the holding has nothing of the person. */
export async function knownOf(office: Office, ask: UseAsk): Promise<Known | null> {
  const { database, clock } = office;
  const held = await itemsHeld(database, ask);
  if (!held) return null;
  const { consent, objectedOn, asRead } = await useRegister.standing(database, ask, clock.today());
  return { held: held.purposes, consent, objectedOn, asRead };
}

const sealed = (
  { vault }: Office,
  key: PersonKey,
  { principal, words, of }: { principal: string; words: Words; of: string },
) => sealBeside(vault, key, { principal, of }, words);

/** The record of a use that the law allows, before it is known which items are read. */
function written(
  office: Office,
  { actor }: By,
  ask: BeyondAsk,
  { decision, facts }: { decision: Decision; facts: UseFacts },
  key: PersonKey,
): Omit<UseBeyondRow, 'read'> {
  const { principal, holding, items, purpose, exception } = ask;
  const { facts: bare, words } = partWords(facts, ask.situation.trim());
  return {
    id: decision.id,
    at: new Date(decision.at),
    by_actor: actorRef(actor),
    principal_id: principal,
    holding_id: holding,
    purpose,
    items: [...items],
    exception: exception.item,
    facts: bare,
    worded: wordNames.filter((name) => words[name] !== undefined),
    sealed: sealed(office, key, { principal, words, of: decision.id }),
    finding: decision.finding,
    law_version: LAW_VERSION,
    policy_version: decision.policy,
  };
}

interface Decided {
  known: Known;
  facts: UseFacts;
  decision: Decision;
}

/** Decides on what the registers hold now, with the law. */
async function decideOn(office: Office, ask: BeyondAsk): Promise<Outcome<Decided>> {
  const stands = await standing(office);
  const wrong = fieldOutcome(beyondProblems(stands, await purposesBeyond(office), ask));
  if (wrong) return wrong;
  const { principal, holding, items, purpose, exception, improper, secrecy } = ask;
  const known = await knownOf(office, ask);
  if (!known) return notHeld;
  const stated = {
    exception,
    ...(improper === undefined ? {} : { improper }),
    ...(secrecy === undefined ? {} : { secrecy }),
  };
  const on = office.clock.today();
  const within = withinProblem(stands, ask, known, on);
  if (within) return fieldOutcome([within])!;
  const asked = factsOf(stands, ask, known, stated);
  const impossible = fieldOutcome(useContradictions(asked));
  if (impossible) return impossible;
  const { facts, finding } = await decideJudged(office.database, decideUse, asked, { holding, purpose, on });
  const scope: Scope = { act: 'use', principals: [principal], holding, items, purposes: [purpose] };
  return done({ known, facts, decision: decide(office, stands.policy, finding, scope) });
}

async function tryToUse(office: Office, by: By, ask: BeyondAsk): Promise<Outcome<UsedBeyond> | 'changed'> {
  const decided = await decideOn(office, ask);
  if (!decided.ok) return decided;
  const { known, decision } = decided.value;
  const { principal, holding, items, purpose } = ask;
  const exception = `APPI ${ask.exception.item}`;
  const subjects = { principal, holding, items: [...items], purpose, exception };
  const { permit } = decision;
  if (!permit) return refuse(office, by, decision, 'use', subjects);
  const key = (await personKeys(office.database, [principal])).get(principal);
  if (!key) return notHeld;
  const found = await useOnce(
    office.database,
    known.asRead,
    opening([{ key: decision.id, principal, holding, items, purposes: null }], { given: known.asRead.name }),
    written(office, by, ask, decided.value, key),
    appending([{ key: decision.id, entry: entryOf(by, decision, 'people:use-beyond', subjects) }]),
  );
  if (!found) return 'changed';
  const values = open(office.vault, permit, found, { principal, holding, items, now: decision.at });
  const absent = items.filter((code) => values[code] === undefined);
  return done({ id: decision.id, finding: decision.finding, values, absent });
}

/**
 * Reads named items of a person beyond what they are held for, under an item of 18(3). The member of staff who asks approves the use and answers for
 * it, so a system is refused. When the finding is no or cannot say, it is logged and nothing is read.
 */
export async function useBeyond(office: Office, by: By, asked: BeyondAsk): Promise<Outcome<UsedBeyond>> {
  if (by.actor.kind !== 'staff') return forbidden(says.system);
  const ask = { ...asked, items: [...new Set(asked.items)] };
  return untilItRests(() => tryToUse(office, by, ask), personChanging);
}

export async function useBeyondOf(office: Office, id: string): Promise<Outcome<UseBeyondRow>> {
  const found = isId(id) ? await findUse(office.database, id) : null;
  return found ? done(found) : notFound(both('この利用の記録はありません', 'There is no record of such a use'));
}

/** The uses of a person's information, newest first; also after an erasure. */
export const usesBeyondOf = ({ database }: Office, principal: string): Promise<UseBeyondRow[]> =>
  listUses(database, principal);

/** What was written of a use in free words. That `by` sees it is logged. */
export async function wordsOf(office: Office, by: By, row: UseBeyondRow): Promise<Words | Unread> {
  const { principal_id: principal, sealed: closed, id: of } = row;
  return (await showBeside(office, by, [{ principal, of, sealed: closed }])).get(of) as Words | Unread;
}
