// Provides one person's information at once. The law is asked first. Reading, provision, statutory record and log entry are one statement; the
// values are handed over only after it is committed.

import { actorRef, type Actor } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import { dayOf, type Day } from '../../../base/day.ts';
import type { Finding } from '../../../base/finding.ts';
import { isId } from '../../../base/id.ts';
import { conflict, done, fieldOutcome, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import { decideProvision, LAW_VERSION, type ProvisionFacts, type StatedPurpose } from '../../../law/index.ts';
import { append, appending, type Json } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import type { Part } from '../../../platform/statement.ts';
import { itemsAsRead, itemsHeld, open, opening, personHeld, type Values } from '../../../vault/index.ts';
import { entryBy, type By } from '../../access/index.ts';
import {
  asJudged,
  attemptTaken,
  decide,
  digestOfAttempt,
  entryOf,
  isUseToo,
  keyOfAttempt,
  notHeld,
  purposesFor,
  recordIn,
  refuse,
  servedBy,
  stoppedProvision,
  tokenProblem,
  unjudged,
  untilItRests,
  withinLimits,
  type Decision,
  type Scope,
} from '../../checkpoint/index.ts';
import { consentsAsRead, consentStanding } from '../../consent/index.ts';
import { decideJudged } from '../../consultation/index.ts';
import { aboutPerson, limitsOf, recordFor, statedOf, unapproved, type OfPerson } from '../facts.ts';
import {
  findProvision,
  isRepeated,
  listProvisions,
  provideOnce,
  provisionOfAttempt,
  provisionOfEntry,
  UNCHANGED,
  type Provided,
  type ProvisionQuery,
} from '../store/provisions.ts';
import { holdingsOf, listPersons, listRecords, type PersonRecord, type RecordsOf } from '../store/records.ts';
import type { PersonRow, ProvisionRow, RecordRow } from '../tables.ts';
import { basisFor, contradictionProblems, type Basis, type GivingAsk } from './basis.ts';
import { wholeFacts, withReferences } from './references.ts';

/** The person, the items, the purpose and the recipient, with the facts stated about them. */
export interface ProvideAsk extends GivingAsk {
  principal: string;
  /** Identifies one button press or call; the same attempt of the same actor provides at most once. */
  attempt?: string | undefined;
  /** Writes what else belongs to the provision, in its transaction. Gets the id of the log entry and the values provided. */
  record?: ((tx: Tx, entry: string, values: Values) => Promise<void>) | undefined;
}

export interface Provision {
  id: string;
  decision: Decision;
  record: RecordRow | null;
  /** What was provided. */
  values: Values;
  /** Asked for, but not held about this person. */
  absent: string[];
}

const says = {
  provided: both('この提供は、すでに行われています', 'This has been provided already'),
  otherAttempt: both(
    '1つ前の送信で、別の内容の提供がすでに行われています。提供の一覧で確かめてください',
    'The previous attempt already provided something else. Look at the list of provisions',
  ),
};

const noneHeld = notFound(
  both('選んだ項目のどれも、この本人について保有していません', 'None of these items is held about this person'),
);

function digestOf(office: Office, ask: ProvideAsk): string | null {
  const { record: _, ...asked } = ask;
  return digestOfAttempt(office, asked);
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
  ask: Pick<ProvideAsk, 'holding' | 'items' | 'purpose' | 'recipient' | 'principal'>,
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

/**
 * The rows to write for a provision of one person: the provision, the person, and the record the law requires. `items` are those that go out: a
 * record names no item that was not held.
 */
function written(
  office: Office,
  actor: Actor,
  ask: ProvideAsk,
  { basis: { stands, on }, person: { consentId }, facts, decision }: Decided,
  items: string[],
): { row: ProvisionRow; whose: PersonRow; record: RecordRow | null } {
  const record = recordFor(decision.finding, facts, { provision: decision.id, items, on });
  const row: ProvisionRow = {
    id: decision.id,
    at: new Date(decision.at),
    by_actor: actorRef(actor),
    holding_id: ask.holding,
    purpose: ask.purpose,
    items,
    relation: facts.relation!,
    recipient_id: ask.recipient,
    recipient: facts.recipient ?? {},
    joint_use_id: ask.jointUse ?? null,
    facts,
    finding: decision.finding,
    law_version: LAW_VERSION,
    policy_version: stands.policy,
    people: 1,
    attempt: keyOfAttempt(office, ask.attempt),
    attempt_digest: digestOf(office, ask),
    package_id: null,
    referenced: [],
    sealed: null,
  };
  const whose: PersonRow = {
    principal_id: ask.principal,
    provision_id: decision.id,
    entry_id: decision.id,
    consent_id: record?.consent_obtained ? consentId : null,
  };
  return { row, whose, record };
}

/** Logs and returns a no or a cannot-say. Returns not-found without logging when nothing is held about the person anyway. */
async function turnDown(office: Office, by: By, ask: ProvideAsk, decision: Decision, subjects: object) {
  const here = await recordIn(office.database, ask.principal, ask.holding);
  return here ? refuse(office, by, decision, 'provide', { ...subjects }) : notHeld;
}

/** What was stated about an earlier provision, for another one to the same recipient. */
export async function askAgain(office: Office, earlier: Provided): Promise<Omit<GivingAsk, 'items'>> {
  const { holding_id: holding, purpose, recipient_id: recipient, joint_use_id: jointUse } = earlier;
  return {
    holding,
    purpose,
    recipient,
    ...(jointUse === null ? {} : { jointUse }),
    facts: statedOf(await wholeFacts(office, earlier)),
  };
}

const changing = conflict('recipient', {
  ja: '提供先か同意の記録が変わり続けています。少し待ってから、もう一度お試しください',
  en: 'The records of the recipient or of the consents keep changing. Wait a moment and try again',
});

/**
 * Provides named items of one person. A no or a cannot-say is logged and nothing leaves. The statement that provides checks again what was looked
 * up: if the recipient is stopped, or the person withdraws or objects in between, the law is asked anew.
 */
export const provide = (office: Office, by: By, asked: ProvideAsk): Promise<Outcome<Provision>> =>
  untilItRests(() => tryToProvide(office, by, asked), changing);

interface Decided {
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
async function decideOn(office: Office, actor: Actor, ask: ProvideAsk): Promise<Outcome<Decided>> {
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
export async function mayProvide(office: Office, by: By, ask: ProvideAsk): Promise<Outcome<null>> {
  const decided = await decideOn(office, by.actor, ask);
  if (!decided.ok) return decided;
  const { decision, subjects } = decided.value;
  return decision.permit ? done(null) : turnDown(office, by, ask, decision, subjects);
}

/** Why there is nothing to provide; undefined where there is something. */
const lackOf = ({ held }: PersonStanding): typeof noneHeld | undefined =>
  held === null ? notHeld : held.length === 0 ? noneHeld : undefined;

async function tryToProvide(office: Office, by: By, asked: ProvideAsk): Promise<Outcome<Provision> | 'changed'> {
  const ask = { ...asked, items: [...new Set(asked.items)] };
  const { principal, holding, items } = ask;
  const decided = await decideOn(office, by.actor, ask);
  if (!decided.ok) return decided;
  const { basis, person, facts, decision, subjects } = decided.value;
  // Midnight came while it was asked: what was allowed on one day is not handed over on the next.
  if (dayOf(decision.at) !== basis.on) return 'changed';
  const { permit } = decision;
  if (!permit) return turnDown(office, by, ask, decision, subjects);
  const lacking = lackOf(person);
  if (lacking) return lacking;
  const going = person.held!;
  const { row: whole, whose, record } = written(office, by.actor, ask, decided.value, going);
  const row = await withReferences(office, office.database, whole, principal);
  const entry = entryOf(by, decision, 'people:provide', {
    ...subjects,
    items: going,
    ...(whose.consent_id ? { consent: whose.consent_id } : {}),
    ...(record ? { record: decision.id, keep_until: record.keep_until } : {}),
  });
  // A provision that rests on a consent or an item of the law does not depend on the purposes the items are held for.
  const within = facts.holdingPurposes!.some(({ id }) => id === ask.purpose);
  const purposes = within ? servedBy(basis.stands.holdings.get(holding)!, ask.purpose) : null;
  const asking = { key: decision.id, principal, holding, items: going, purposes };
  const reading = opening([asking], { given: UNCHANGED });
  const logging = appending([{ key: decision.id, entry }]);
  const asRead = [...basis.asRead, ...person.asRead, personHeld(principal)];
  const giving = async (on: Queryable): Promise<Values | 'changed' | 'not-held'> => {
    const found = await provideOnce(on, asRead, reading, row, whose, record, logging);
    return typeof found === 'string'
      ? found
      : open(office.vault, permit, found, { principal, holding, items: going, now: decision.at });
  };
  const withMore = async (tx: Tx): Promise<Values | 'changed' | 'not-held'> => {
    const given = await giving(tx);
    if (typeof given !== 'string') await ask.record!(tx, decision.id, given);
    return given;
  };
  const values = await (ask.record ? office.database.transaction(withMore) : giving(office.database)).catch(
    (error: unknown) => {
      if (isRepeated(error)) return 'repeated' as const;
      throw error;
    },
  );
  if (values === 'repeated')
    return attemptTaken(await provisionOfAttempt(office.database, row), row.attempt_digest, {
      same: says.provided,
      other: says.otherAttempt,
    });
  if (values === 'changed') return values;
  if (values === 'not-held') return (await itemsHeld(office.database, asking)) ? 'changed' : notHeld;
  const absent = items.filter((code) => values[code] === undefined);
  return done({ id: decision.id, decision, record, values, absent });
}

export async function provisionOf(office: Office, id: string): Promise<Outcome<Provided>> {
  const found = isId(id) ? await findProvision(office.database, id) : null;
  return found ? done(found) : notFound(both('この提供はありません', 'There is no such provision'));
}

/** The persons of a provision, each with the consent it rested on; `before` is the id of a person. */
export const personsOf = (
  { database }: Office,
  provision: string,
  page: { before: string | undefined; most: number },
) => listPersons(database, provision, page);

/** The provision that a log entry of a person belongs to: an entry of its own, or of the reading for a package. Null when it belongs to none. */
export const provisionTold = (office: Office, principal: string, entry: string): Promise<Provided | null> =>
  provisionOfEntry(office.database, principal, entry);

const noPerson = invalid('principal', both('本人の番号の形が正しくありません', 'This is not the id of a person'));

/** Provisions, newest first. `principal`, `recipient` and `before` must be ids. */
export async function provisions(office: Office, query: ProvisionQuery): Promise<Outcome<Provided[]>> {
  if (query.principal !== undefined && !isId(query.principal)) return noPerson;
  if (query.recipient !== undefined && !isId(query.recipient)) {
    return invalid('recipient', both('提供先の番号の形が正しくありません', 'This is not the id of a recipient'));
  }
  if (query.before !== undefined && !isId(query.before)) {
    return invalid('before', both('提供の番号の形が正しくありません', 'This is not the id of a provision'));
  }
  return done(await listProvisions(office.database, query));
}

const EXPORTED_AT_ONCE = 5_000;

/** A record with its holding, which gives the items their names. */
export type ExportedRecord = PersonRecord & { holding: string };

async function* everyRecord(office: Office, of: RecordsOf): AsyncGenerator<ExportedRecord[]> {
  let before: { id: string; principal: string } | undefined;
  for (;;) {
    const batch = await listRecords(office.database, {
      ...of,
      ...(before === undefined ? {} : { before }),
      most: EXPORTED_AT_ONCE,
    });
    const holdings = await holdingsOf(
      office.database,
      batch.map((record) => record.provision_id),
    );
    if (batch.length > 0) yield batch.map((record) => ({ ...record, holding: holdings.get(record.provision_id)! }));
    const last = batch.at(-1);
    if (!last || batch.length < EXPORTED_AT_ONCE) return;
    before = { id: last.provision_id, principal: last.principal_id };
  }
}

/** Every record, or those asked for, newest first, in batches. The export is logged before the first record is read. */
export async function exportRecords(office: Office, by: By, of: RecordsOf): Promise<AsyncIterable<ExportedRecord[]>> {
  const { principal, provision } = of;
  await office.database.transaction((tx) =>
    append(tx, entryBy(by, office.clock.now(), 'records:export', { principal, record: provision })),
  );
  return everyRecord(office, of);
}

export interface RecordsQuery {
  principal?: string | undefined;
  /** Only records of provisions made at or after `from` and before `to`. */
  from?: Date;
  to?: Date;
  /** Only records of provisions for one of these; null for all. */
  purposes?: readonly string[] | null;
  before?: string | undefined;
  most: number;
}

/** Records person by person, newest first. `before` is `<provision>.<principal>` of the last one seen. */
export async function records(
  office: Office,
  { principal, from, to, purposes = null, before, most }: RecordsQuery,
): Promise<Outcome<PersonRecord[]>> {
  if (principal !== undefined && !isId(principal)) return noPerson;
  const [provision = '', person = ''] = before?.split('.') ?? [];
  if (before !== undefined && (!isId(provision) || !isId(person))) {
    return invalid('before', both('続きの位置の形が正しくありません', 'This is not a valid position to continue from'));
  }
  return done(
    await listRecords(office.database, {
      ...(principal === undefined ? {} : { principal }),
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
      purposes,
      ...(before === undefined ? {} : { before: { id: provision, principal: person } }),
      most,
    }),
  );
}
