// Links identifiers to persons. A cookie whose owner is known is personal information from then on. A link rests on a receipt or on the person's
// consent, and the law is asked again for each one. It is found only through the checkpoint, for a purpose, and only while the consent stands. The
// value itself is stored nowhere: the vault makes a keyed digest of it.

import { actorRef, type Actor } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { isId } from '../../../base/id.ts';
import { conflict, done, fieldOutcome, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import type { Finding } from '../../../base/finding.ts';
import { isLonger } from '../../../base/text.ts';
import { decideAcquisition, decideUse } from '../../../law/index.ts';
import { append, type LogEntry } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import { fingerprint } from '../../../vault/index.ts';
import { entryBy, type By } from '../../access/index.ts';
import {
  decide,
  entryOf,
  refuse,
  standing,
  stoppedUse,
  tokenProblem,
  untilItRests,
  type Decision,
  type Scope,
  type Standing,
} from '../../checkpoint/index.ts';
import { standingConsents } from '../../consent/index.ts';
import { isInUse } from '../../ledger/index.ts';
import { policyInForce } from '../../policy/index.ts';
import { classOf, type Collection, layerOf } from '../facts/collection.ts';
import { consentStands, identifierKey, MAX_IDENTIFIER, ownLinkFinding, type UnlinkReason } from '../facts/linking.ts';
import { consentBehind, type LinkingConsent, receiptFacts } from '../facts/receiving.ts';
import {
  allCollections,
  deleteLink,
  fallenLinks,
  findCollection,
  findLink,
  findReceipt,
  insertLink,
  isLinked,
  isNobody,
  linkByDigest,
  listLinks,
  type LinkQuery,
} from '../store.ts';
import type { LinkRow, RelatedReceiptRow } from '../tables.ts';
import { changing, collectionInUse, collectionOf, isAsRead } from './collections.ts';
import { idProblem } from './provisions.ts';
import { Changed, keepingProblem, linkingConsent, mustStand, personProblem, purposesOf } from './receipts.ts';

/** An identifier of a collection: which of its items it is, and its value. */
export interface Identifier {
  collection: string;
  /** Code of the item. */
  identifier: string;
  value: string;
}

export interface LinkAsk extends Identifier {
  principal: string;
  /** The receipt it rests on; left out for what we collect ourselves. */
  receipt?: string | undefined;
}

const says = {
  identifier: both('このまとまりにない項目です', 'The collection has no such item'),
  value: both(`1字から${MAX_IDENTIFIER}字までで書いてください`, `Use 1 to ${MAX_IDENTIFIER} characters`),
  holding: both('結び付けたものを置く台帳が決まっていません', 'No holding has been chosen to keep what is linked'),
  retired: both('結び付けたものを置く台帳は、廃止されています', 'The holding that keeps what is linked is retired'),
  needsReceipt: both('受け取りの記録の番号を書いてください', 'Enter the id of the receipt it rests on'),
  noReceipt: both(
    '当社で集めたものに、受け取りの記録はありません。番号は空けておいてください',
    'We collect this ourselves: there is no receipt',
  ),
  otherReceipt: both(
    'このまとまりの、この本人の、この項目の受け取りではありません',
    'It is not a receipt of this item of this collection for this person',
  ),
};

const digestOf = (office: Office, { collection, identifier, value }: Identifier): Buffer =>
  fingerprint(office.vault, identifierKey(collection, identifier, value.trim()));

function identifierProblems(collection: Collection, { identifier, value }: Identifier) {
  return [
    ...(collection.items.some((item) => item.code === identifier)
      ? []
      : [{ field: 'identifier', says: says.identifier }]),
    ...(value.trim() === '' || isLonger(value.trim(), MAX_IDENTIFIER) ? [{ field: 'value', says: says.value }] : []),
  ];
}

/** The receipt that a link rests on; null for what we collect ourselves. */
async function basisOf(
  office: Office,
  collection: Collection,
  ask: LinkAsk,
): Promise<Outcome<RelatedReceiptRow | null>> {
  const wrong = (what: (typeof says)[keyof typeof says]) => invalid('receipt', what);
  if (collection.source !== 'third-party') return ask.receipt === undefined ? done(null) : wrong(says.noReceipt);
  if (ask.receipt === undefined || !isId(ask.receipt)) return wrong(says.needsReceipt);
  const receipt = await findReceipt(office.database, ask.receipt);
  const fits =
    receipt?.collection_id === collection.id &&
    receipt.principal_id === ask.principal &&
    receipt.items.includes(ask.identifier);
  return fits ? done(receipt) : wrong(says.otherReceipt);
}

/** The policy clause that promises consent before anything is linked. */
async function clauseOf(office: Office): Promise<string | undefined> {
  const inForce = await policyInForce(office, office.clock.today());
  const clause = inForce?.policy.clauses.find(({ promises }) => promises.includes('related-consent-before-linking'));
  return clause && String(clause.no);
}

/** The law's answer to linking today, from the receipt as it was stated and the consent as it stands now. */
async function linkFinding(
  office: Office,
  stands: Standing,
  collection: Collection,
  receipt: RelatedReceiptRow | null,
  person: LinkingConsent,
): Promise<Finding> {
  const on = office.clock.today();
  const purposes = purposesOf(stands, collection);
  if (!receipt) return ownLinkFinding(purposes, person, await clauseOf(office), on);
  return decideAcquisition(receiptFacts(purposes, receipt.facts, person), on);
}

/** The refusal when the person had every purpose stopped that the link would serve; otherwise null. */
function stoppedFor(office: Office, stands: Standing, principal: string, purposes: readonly string[]): Finding | null {
  const on = office.clock.today();
  const stops = purposes.map((purpose) => stoppedUse(stands, principal, purpose, on));
  return stops.every((stop) => stop !== null) ? (stops[0] ?? null) : null;
}

const linkedElsewhere = (existing: string) =>
  conflict(
    'value',
    both('この識別子は、すでに別の本人と結び付いています', 'This identifier is linked to another person already'),
    existing,
  );

async function write(
  office: Office,
  { collection, person }: { collection: Collection; person: LinkingConsent },
  row: LinkRow,
  entry: LogEntry,
): Promise<Outcome<LinkRow> | 'changed'> {
  try {
    return await office.database.transaction(async (tx) => {
      // Locks the collection, so that it is not retired while something is linked in it.
      if (!(await isAsRead(tx, collection))) return 'changed';
      // Locks its holding too, which is not retired then either.
      if (!(await isInUse(tx, collection.holding!))) return invalid('collection', says.retired);
      await insertLink(tx, row);
      await mustStand(tx, row.principal_id, person);
      await append(tx, entry);
      return done(row);
    });
  } catch (error) {
    if (error instanceof Changed) return 'changed';
    if (isNobody(error)) return notFound(both('この本人の情報はありません', 'Nothing is held about this person'));
    if (!isLinked(error)) throw error;
    const first = await linkByDigest(office.database, row.digest);
    return first?.principal_id === row.principal_id ? done(first) : linkedElsewhere(first?.id ?? '');
  }
}

/**
 * Links an identifier to a person. A repetition returns the existing link. A no or a cannot-say is logged. What was looked up is checked again when
 * the link is written: if the person withdraws or objects, or the collection is changed or retired, in between, the law is asked anew.
 */
export const link = (office: Office, by: By, ask: LinkAsk): Promise<Outcome<LinkRow>> =>
  untilItRests(() => tryToLink(office, by, ask), changing);

async function tryToLink(office: Office, by: By, ask: LinkAsk): Promise<Outcome<LinkRow> | 'changed'> {
  const inUse = await collectionInUse(office, ask.collection);
  if (!inUse.ok) return inUse;
  const collection = inUse.value;
  const stands = await standing(office);
  const ids = purposesOf(stands, collection).map(({ id }) => id);
  const { principal, identifier } = ask;
  const wrong =
    fieldOutcome([
      ...identifierProblems(collection, ask),
      ...(collection.holding === null ? [{ field: 'collection', says: says.holding }] : []),
    ]) ??
    keepingProblem(by.actor, stands, collection) ??
    (await personProblem(office, principal));
  if (wrong) return wrong;
  const basis = await basisOf(office, collection, ask);
  if (!basis.ok) return basis;
  const receipt = basis.value;
  const items = receipt ? receipt.items : [identifier];
  const { database, clock } = office;
  const person = await linkingConsent(database, clock.today(), collection, { principal, items, purposes: ids });
  const finding =
    stoppedFor(office, stands, principal, ids) ?? (await linkFinding(office, stands, collection, receipt, person));
  const scope: Scope = { act: 'acquire', principals: [principal], holding: collection.id, items, purposes: [] };
  const decision = decide(office, stands.policy, finding, scope);
  const subjects = {
    principal,
    collection: collection.id,
    identifier,
    ...(receipt ? { receipt: receipt.id } : {}),
  };
  if (finding.answer !== 'yes') return refuse(office, by, decision, 'acquire', subjects);
  const row = linkRow(office, by.actor, collection, ask, decision, {
    receipt_id: receipt?.id ?? null,
    // A link on a receipt names the consent of ours only where it lets it be linked.
    consent_id: receipt && consentBehind(finding, receipt.facts) !== 'own' ? null : person.consentId,
  });
  const entry = entryOf(by, decision, 'related:link', { ...subjects, class: row.class });
  return write(office, { collection, person }, row, entry);
}

/** The row of a link with its new class: what is linked to a person is no longer personally related information (2(1), 2(7)). */
function linkRow(
  office: Office,
  actor: Actor,
  collection: Collection,
  ask: LinkAsk,
  { id, at }: Decision,
  basis: Pick<LinkRow, 'receipt_id' | 'consent_id'>,
): LinkRow {
  const item = collection.items.find(({ code }) => code === ask.identifier)!;
  const layer = layerOf(classOf(item, collection, true, office.clock.today()));
  if (layer === undefined) throw new Error('related: the law has no class for what is linked');
  return {
    id,
    collection_id: collection.id,
    identifier: ask.identifier,
    digest: digestOf(office, ask),
    principal_id: ask.principal,
    ...basis,
    class: layer,
    at: new Date(at),
    by_actor: actorRef(actor),
  };
}

const nobody = notFound(both('この識別子は、だれとも結び付いていません', 'This identifier is linked to nobody'));

async function unlinkIn(tx: Tx, office: Office, by: By, id: string, reason: UnlinkReason): Promise<LinkRow | null> {
  const gone = await deleteLink(tx, id);
  if (!gone) return null;
  await append(
    tx,
    entryBy(by, office.clock.now(), 'related:unlink', {
      principal: gone.principal_id,
      link: gone.id,
      collection: gone.collection_id,
      identifier: gone.identifier,
      reason,
    }),
  );
  return gone;
}

const noLink = notFound(both('この結び付きはありません', 'There is no such link'));

/** Deletes a link; only its log entries remain. A token needs the same purposes as to make one. */
export async function unlink(office: Office, by: By, id: string, reason: UnlinkReason): Promise<Outcome<LinkRow>> {
  const row = isId(id) ? await findLink(office.database, id) : null;
  if (!row) return noLink;
  const collection = (await findCollection(office.database, row.collection_id))!;
  const outside = keepingProblem(by.actor, await standing(office), collection);
  if (outside) return outside;
  const gone = await office.database.transaction((tx) => unlinkIn(tx, office, by, id, reason));
  return gone ? done(gone) : noLink;
}

/**
 * True when what a link rests on stands for a purpose: the person's consent, or for a consent obtained by the provider, that the person has not
 * objected.
 */
async function stillStands(
  on: Queryable,
  today: Day,
  collection: Collection,
  { row, purpose }: { row: LinkRow; purpose: string },
): Promise<boolean> {
  const asked = { principal: row.principal_id, items: [row.identifier], purposes: [purpose] };
  const person = await linkingConsent(on, today, collection, asked);
  if (row.consent_id === null) return person.objectedOn === null;
  return consentStands(person) && person.consent!.coversPurpose === true;
}

/** Ids of the links of a collection that stand for no purpose of the holding that keeps them. */
async function fallen(office: Office, stands: Standing, collection: Collection): Promise<string[]> {
  const { id, holding, items } = collection;
  if (holding === null) return [];
  const purposes = purposesOf(stands, collection).map((purpose) => purpose.id);
  const found: string[] = [];
  for (const { code } of items) {
    let among: string[] | null = null;
    // A link that stands for one purpose is not checked for the next.
    for (const purpose of purposes.length > 0 ? purposes : ['']) {
      const scope = { for: 'linking', holding, items: [code], purpose, recipient: null, abroad: false } as const;
      const standing = standingConsents(scope, office.clock.today());
      among = await fallenLinks(office.database, standing, { collection: id, identifier: code, among });
    }
    found.push(...(among ?? []));
  }
  return found;
}

/** Deletes the links of a collection that stand for none of its purposes any more; returns how many. */
export async function unlinkWithdrawn(office: Office, by: By, id: string): Promise<Outcome<number>> {
  const found = await collectionOf(office, id);
  if (!found.ok) return found;
  let gone = 0;
  for (const one of await fallen(office, await standing(office), found.value)) {
    if ((await unlink(office, by, one, 'withdrawal')).ok) gone += 1;
  }
  return done(gone);
}

/** The number of links in each collection that stand for none of its purposes any more. Collections without any are left out. */
export async function withdrawnLinks(office: Office): Promise<Map<string, number>> {
  const stands = await standing(office);
  const counts = new Map<string, number>();
  for (const collection of await allCollections(office.database)) {
    const { length } = await fallen(office, stands, collection);
    if (length > 0) counts.set(collection.id, length);
  }
  return counts;
}

export interface FoundPrincipal {
  principal: string;
  link: string;
  /** Id of the decision and of its log entry. */
  decision: string;
  finding: Finding;
}

/**
 * Finds the person an identifier belongs to, for a purpose of the holding that keeps the link. The law is asked before the look-up. A link that
 * does not stand for the purpose is treated as if it did not exist.
 */
export async function principalOf(
  office: Office,
  by: By,
  ask: Identifier & { purpose: string },
): Promise<Outcome<FoundPrincipal>> {
  const found = await collectionOf(office, ask.collection);
  if (!found.ok) return found;
  const collection = found.value;
  const stands = await standing(office);
  const { purpose, identifier } = ask;
  if (!stands.purposes.has(purpose)) {
    return invalid('purpose', both('施行中の方針にない目的です', 'The policy in force does not state this purpose'));
  }
  const wrong = fieldOutcome(identifierProblems(collection, ask)) ?? tokenProblem(by.actor, [purpose]);
  if (wrong) return wrong;
  const finding = decideUse(
    {
      information: 'personal',
      purpose,
      holdingPurposes: purposesOf(stands, collection),
      consent: null,
      exception: null,
    },
    office.clock.today(),
  );
  const scope: Scope = { act: 'use', principals: [], holding: collection.id, items: [identifier], purposes: [purpose] };
  const decision = decide(office, stands.policy, finding, scope);
  const subjects = { collection: collection.id, identifier, purpose };
  if (finding.answer !== 'yes') return refuse(office, by, decision, 'use', subjects);
  const row = await linkByDigest(office.database, digestOf(office, ask));
  const today = office.clock.today();
  if (!row || !(await stillStands(office.database, today, collection, { row, purpose }))) return nobody;
  const principal = row.principal_id;
  const stopped = stoppedUse(stands, principal, purpose, today);
  if (stopped) {
    const refused = decide(office, stands.policy, stopped, scope);
    return refuse(office, by, refused, 'use', { ...subjects, principal });
  }
  return office.database.transaction(async (tx) => {
    // Checked again: the link may have been erased or the consent withdrawn in between.
    const there = await linkByDigest(tx, row.digest);
    if (there?.id !== row.id || !(await stillStands(tx, today, collection, { row, purpose }))) return nobody;
    await append(tx, entryOf(by, decision, 'related:find', { ...subjects, principal, link: row.id }));
    return done({ principal, link: row.id, decision: decision.id, finding });
  });
}

const whose = invalid(
  'principal',
  both('本人か受け取りの番号を書いてください', 'Enter the id of a person or of a receipt'),
);

/** Links of a person or of a receipt, oldest first. They have no values: none are stored. */
export async function links(
  office: Office,
  { principal, receipt, holdings = null }: Omit<LinkQuery, 'collection'>,
): Promise<Outcome<LinkRow[]>> {
  if (principal === undefined && receipt === undefined) return whose;
  return idProblem({ principal, receipt }) ?? done(await listLinks(office.database, { principal, receipt, holdings }));
}
