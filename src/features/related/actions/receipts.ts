// Receives personally related information from another company (APPI 20, 21, 30, 31). Kept apart from persons, it needs nothing. To be linked to a
// person it first needs their consent, either our own or one that the provider obtained in our place, and is recorded for that person.

import { actorRef, type Actor } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { isId } from '../../../base/id.ts';
import { done, fieldOutcome, notFound, type FieldProblem, type Failed, type Outcome } from '../../../base/outcome.ts';
import { acquisitionContradictions, decideAcquisition, LAW_VERSION, type StatedPurpose } from '../../../law/index.ts';
import { append, type LogEntry } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import { holdPersons, personKeys } from '../../../vault/index.ts';
import type { By } from '../../access/index.ts';
import {
  asTold,
  attemptTaken,
  decide,
  digestOfAttempt,
  entryOf,
  held,
  holdingsProblem,
  keyOfAttempt,
  refuse,
  standing,
  untilItRests,
  type Decision,
  type Scope,
  type Standing,
} from '../../checkpoint/index.ts';
import { consentStanding, standAsRead } from '../../consent/index.ts';
import {
  consentBehind,
  type LinkingConsent,
  partReceipt,
  receiptFacts,
  receiptRecord,
  type ReceiptStated,
} from '../facts/receiving.ts';
import { consentStands } from '../facts/linking.ts';
import { documentProblems, type Documents, namedIn, periodProblems } from '../facts/providing.ts';
import type { Collection } from '../facts/collection.ts';
import {
  findCollection,
  findReceipt,
  insertReceipt,
  isRepeated,
  listReceipts,
  receiptOfAttempt,
  type Received,
} from '../store.ts';
import type { ReceiptRecordRow, RelatedReceiptRow } from '../tables.ts';
import { changing, collectionInUse, isAsRead } from './collections.ts';
import { sealDocuments } from './documents.ts';
import { idProblem, itemProblems } from './provisions.ts';

export interface ReceiveAsk {
  collection: string;
  /** The person it is linked to; left out where it is kept apart from persons. */
  principal?: string | undefined;
  items: readonly string[];
  facts: ReceiptStated;
  documents: Documents;
  attempt?: string | undefined;
}

export interface RelatedReceipt {
  id: string;
  decision: Decision;
  record: ReceiptRecordRow | null;
}

const says = {
  principal: both('結び付ける本人の番号を書いてください', 'Enter the id of the person it is linked to'),
  nobody: both(
    '本人と結び付けないときは、本人の番号を書けません',
    'You cannot name a person for information that is kept apart from persons',
  ),
  own: both(
    '当社で集めたものです。ここには、ほかの会社から受け取ったものだけを書いてください',
    'We collect this ourselves. Enter only what is received',
  ),
  noPaper: both(
    '本人と結び付けない受け取りには、書面の番号を書かないでください',
    'A receipt that is kept apart from persons has no document reference',
  ),
  private: both(
    '事業者でない個人から受け取るものは、ここに書けません。「取得」として扱ってください',
    'What a private person hands over cannot be entered here. Treat it as an acquisition',
  ),
};

function askProblems(collection: Collection, ask: ReceiveAsk): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (collection.source !== 'third-party') problems.push({ field: 'collection', says: says.own });
  problems.push(...itemProblems(collection, ask.items));
  if (ask.principal !== undefined && !isId(ask.principal)) problems.push({ field: 'principal', says: says.principal });
  if (ask.facts.links === true && ask.principal === undefined) {
    problems.push({ field: 'principal', says: says.principal });
  }
  if (ask.facts.links === false && ask.principal !== undefined)
    problems.push({ field: 'principal', says: says.nobody });
  // Nothing rests on such papers, and there is no person's key to seal them with.
  if (ask.principal === undefined) {
    for (const name of namedIn(ask.documents)) problems.push({ field: `documents.${name}`, says: says.noPaper });
  }
  // The name of a private person would be personal information, which no table of this feature holds.
  if (ask.facts.provider?.kind === 'private-person')
    problems.push({ field: 'facts.provider.kind', says: says.private });
  return problems;
}

/** The purposes for which what is linked may be used: those of the holding that keeps it. */
export const purposesOf = ({ holdings }: Standing, { holding }: Collection): readonly StatedPurpose[] =>
  (holding === null ? undefined : holdings.get(holding)?.purposes) ?? [];

/**
 * The problem when a token may not reach the holding that keeps what a collection knows of persons: it must be bound to every purpose of that
 * holding. Without a holding no token may.
 */
export const keepingProblem = (actor: Actor, stands: Standing, { id, holding }: Collection): Outcome<never> | null =>
  holdingsProblem(actor, stands, [holding ?? id]);

/**
 * A person's consent to having these items of a collection linked: for the first of the purposes for which a consent stands, otherwise for the
 * first purpose of all.
 */
export async function linkingConsent(
  on: Queryable,
  today: Day,
  { holding }: Collection,
  { principal, items, purposes }: { principal: string; items: readonly string[]; purposes: readonly string[] },
): Promise<LinkingConsent> {
  if (holding === null) return { consent: null, consentId: null, objectedOn: null, ends: null };
  const ask = { for: 'linking', principal, holding, items, recipient: null, abroad: false } as const;
  const standings: LinkingConsent[] = [];
  for (const purpose of purposes.length > 0 ? purposes : ['']) {
    standings.push(await consentStanding(on, { ...ask, purpose }, today));
  }
  return standings.find((one) => consentStands(one) && one.consent?.coversPurpose) ?? standings[0]!;
}

/** Thrown to undo a transaction because what it was decided on has changed. */
export class Changed extends Error {}

/** Throws Changed when the person has withdrawn or objected since their consent was read. */
export async function mustStand(tx: Tx, principal: string, { ends }: LinkingConsent): Promise<void> {
  if (ends !== null && !(await standAsRead(tx, principal, { ends }))) throw new Changed();
}

/** `receipt.provider.name` is stated as `facts.provider.name`. */
const stated = (field: string): string => field.replace(/^receipt\./, 'facts.');

const repeated = async (office: Office, row: RelatedReceiptRow): Promise<Failed> =>
  attemptTaken(await receiptOfAttempt(office.database, row), row.attempt_digest, {
    same: both('この受け取りは、すでに記録されています', 'This receipt is recorded already'),
    other: both(
      '1つ前の送信で、別の内容の受け取りがすでに記録されています。記録を確かめてください',
      'The previous attempt already recorded something else. Look at the records',
    ),
  });

const erased = notFound(both('この本人の情報は消去されています', 'What was held about this person has been erased'));

async function write(
  office: Office,
  { collection, person }: { collection: Collection; person: LinkingConsent | null },
  {
    row,
    record,
    documents,
    entry,
  }: { row: RelatedReceiptRow; record: ReceiptRecordRow | null; documents: Documents; entry: LogEntry },
): Promise<Outcome<null> | 'changed'> {
  const { id, principal_id: principal } = row;
  try {
    return await office.database.transaction(async (tx) => {
      if (!(await isAsRead(tx, collection))) return 'changed';
      if (principal === null) await insertReceipt(tx, row, record);
      else {
        // Locks the person: an erasure waits, and then keeps their identity for this record.
        await holdPersons(tx, [principal]);
        const key = (await personKeys(tx, [principal])).get(principal);
        if (!key) return erased;
        const { facts, legalBasis } = partReceipt(row.facts);
        const papers = namedIn(documents);
        const documented: (keyof Documents)[] = legalBasis === undefined ? papers : [...papers, 'legalBasis'];
        const named = Object.fromEntries(documented.map((name) => [name, { ...documents, legalBasis }[name]]));
        const sealed = documented.length > 0 ? sealDocuments(office, key, { principal, of: id }, named) : null;
        await insertReceipt(tx, { ...row, facts, documented, sealed }, record);
        if (person) await mustStand(tx, principal, person);
      }
      await append(tx, entry);
      return done(null);
    });
  } catch (error) {
    if (error instanceof Changed) return 'changed';
    if (isRepeated(error)) return repeated(office, row);
    throw error;
  }
}

/** The problem when the vault holds nothing about a person; null when it does, or when no person is given. */
export async function personProblem(office: Office, principal: string | undefined): Promise<Outcome<never> | null> {
  if (principal === undefined) return null;
  const found = await held(office, principal);
  if (!found.ok) return found;
  return 'since' in found.value ? null : erased;
}

/** Problems of an ask that are found before the law is asked. */
async function obstacle(
  office: Office,
  actor: Actor,
  collection: Collection,
  stands: Standing,
  ask: ReceiveAsk,
): Promise<Outcome<never> | null> {
  const { facts, principal } = ask;
  const impossible = acquisitionContradictions(receiptFacts(purposesOf(stands, collection), facts, null));
  const wrong = fieldOutcome([
    ...askProblems(collection, ask),
    ...periodProblems(facts.record, office.clock.today()),
    ...impossible.map(({ field, says: what }) => ({ field: stated(field), says: what })),
  ]);
  if (wrong || principal === undefined) return wrong;
  return keepingProblem(actor, stands, collection) ?? personProblem(office, principal);
}

/**
 * Receives items of a collection, for one person or for nobody. A no or a cannot-say is logged and nothing is received. If the collection is
 * changed or retired, or the person withdraws or objects, in between, the law is asked anew.
 */
export const receive = (office: Office, by: By, asked: ReceiveAsk): Promise<Outcome<RelatedReceipt>> =>
  untilItRests(() => tryToReceive(office, by, asked), changing);

async function tryToReceive(office: Office, by: By, asked: ReceiveAsk): Promise<Outcome<RelatedReceipt> | 'changed'> {
  const inUse = await collectionInUse(office, asked.collection);
  if (!inUse.ok) return inUse;
  const collection = inUse.value;
  const ask = { ...asked, items: [...new Set(asked.items)] };
  const { principal, items, documents } = ask;
  const stands = await standing(office);
  const purposes = purposesOf(stands, collection);
  const wrong = await obstacle(office, by.actor, collection, stands, ask);
  if (wrong) return wrong;
  const ids = purposes.map(({ id }) => id);
  const person =
    principal === undefined
      ? null
      : await linkingConsent(office.database, office.clock.today(), collection, { principal, items, purposes: ids });
  const facts = receiptFacts(purposes, ask.facts, person);
  const on = office.clock.today();
  const principals = principal === undefined ? [] : [principal];
  const scope: Scope = { act: 'acquire', principals, holding: collection.id, items, purposes: [] };
  const decision = decide(office, stands.policy, decideAcquisition(facts, on), scope);
  const subjects = { collection: collection.id, items, ...(principal ? { principal } : {}) };
  const { id, finding } = decision;
  if (finding.answer !== 'yes') return refuse(office, by, decision, 'acquire', subjects);
  const consentBy = consentBehind(finding, ask.facts);
  const record = receiptRecord(finding, ask.facts, { id, principal: principal ?? null, items, on });
  const unseen = fieldOutcome(documentProblems(finding, ask.facts.record, documents));
  if (unseen) return unseen;
  const row: RelatedReceiptRow = {
    id,
    collection_id: collection.id,
    principal_id: principal ?? null,
    at: new Date(decision.at),
    by_actor: actorRef(by.actor),
    items,
    facts: facts.receipt!,
    consent_by: consentBy,
    consent_id: consentBy === 'own' ? person!.consentId : null,
    documented: [],
    sealed: null,
    finding,
    law_version: LAW_VERSION,
    policy_version: stands.policy,
    attempt: keyOfAttempt(office, ask.attempt),
    attempt_digest: digestOfAttempt(office, ask),
  };
  const entry = entryOf(by, decision, 'related:receive', {
    ...subjects,
    ...(consentBy ? { consent_by: consentBy } : {}),
    ...(row.consent_id ? { consent: row.consent_id } : {}),
    ...(record ? { record: id, mode: record.mode, keep_until: record.keep_until } : {}),
  });
  const written = await write(office, { collection, person }, { row, record, documents, entry });
  return written === 'changed' || !written.ok ? written : done({ id, decision, record });
}

export async function receiptOf(office: Office, id: string): Promise<Outcome<Received>> {
  const row = isId(id) ? await findReceipt(office.database, id) : null;
  return row ? done(row) : notFound(both('この受け取りはありません', 'There is no such receipt'));
}

/** A receipt to be shown to an actor. One about a person needs, of a token, the purposes of the holding that keeps it. */
export async function receiptTold(office: Office, actor: Actor, id: string): Promise<Outcome<Received>> {
  const found = await receiptOf(office, id);
  if (!found.ok || found.value.principal_id === null) return found;
  const collection = (await findCollection(office.database, found.value.collection_id))!;
  const purposes = purposesOf(await standing(office), collection).map((one) => one.id);
  return asTold(actor, found, () => purposes);
}

/** Receipts, newest first. */
export async function receipts(
  { database }: { database: Queryable },
  query: Parameters<typeof listReceipts>[1],
): Promise<Outcome<Received[]>> {
  const { collection, before, principal } = query;
  return idProblem({ collection, before, principal }) ?? done(await listReceipts(database, query));
}
