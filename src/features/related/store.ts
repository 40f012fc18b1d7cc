// Every query of personally related information. Provisions and receipts are only ever inserted, with their records, in the transaction of the log
// entry.

import { sql } from 'kysely';
import type { Day } from '../../base/day.ts';
import { firstId } from '../../base/id.ts';
import { statedUntil } from '../../log/index.ts';
import { byteaArray, uuidArray, type Queryable, type Tx } from '../../platform/database/index.ts';
import { runParts, type Part } from '../../platform/statement.ts';
import { objectedAt, type Unsaid, withdrawnAt } from '../consent/index.ts';
import {
  byLaw,
  elsewhere,
  failedBefore,
  type LawOfRecipients,
  notInJapan,
  provedException,
  provedSystem,
  publicBody,
} from '../recipients/index.ts';
import { type Collection, type CollectionAct, type CollectionContent, contentOf } from './facts/collection.ts';
import type {
  CollectionRow,
  CollectionVersionRow,
  LinkRow,
  ReceiptRecordRow,
  RelatedProvisionRow,
  RelatedReceiptRow,
  RelatedRecordRow,
  RelatedTables,
  WaitingRow,
} from './tables.ts';

const tables = (on: Queryable) => on.kysely.withTables<RelatedTables>();

const isDuplicate = (error: unknown, constraint: string): boolean =>
  (error as { code?: string }).code === '23505' && (error as { constraint?: string }).constraint === constraint;

/** True when an error says that this attempt was made already. */
export const isRepeated = (error: unknown): boolean =>
  isDuplicate(error, 'related_provisions_attempt') || isDuplicate(error, 'related_receipts_attempt');

/** True when an error says that a collection of this name is in use. */
export const isNameTaken = (error: unknown): boolean => isDuplicate(error, 'related_collections_name');

/** True when an error says that the identifier is linked already. */
export const isLinked = (error: unknown): boolean => isDuplicate(error, 'identifier_links_digest_key');

/** True when an error says that the vault has no such person. */
export const isNobody = (error: unknown): boolean =>
  (error as { code?: string }).code === '23503' &&
  (error as { constraint?: string }).constraint === 'identifier_links_principal_id_fkey';

// ---- collections

const collectionOf = ({ name_ja, name_en, holding_id, registered_at, ...row }: CollectionRow): Collection => ({
  ...row,
  holding: holding_id,
  name: { ja: name_ja, en: name_en },
  registeredAt: registered_at,
});

/** Id of the collection in use that has the name; null when there is none. */
export const findNamesake = async (on: Queryable, { name }: Pick<Collection, 'name'>): Promise<string | null> =>
  (
    await tables(on)
      .selectFrom('related_collections')
      .select('id')
      .where('name_ja', '=', name.ja)
      .where('state', '=', 'active')
      .executeTakeFirst()
  )?.id ?? null;

/** Every collection, in the order of registration; retired ones included. */
export const allCollections = async (on: Queryable): Promise<Collection[]> =>
  (await tables(on).selectFrom('related_collections').selectAll().orderBy('id').execute()).map(collectionOf);

/** Finds a collection. With a lock nobody else changes it until the transaction ends; others may hold a `share` lock at the same time. */
export async function findCollection(on: Queryable, id: string, lock?: 'share' | 'update'): Promise<Collection | null> {
  const query = tables(on).selectFrom('related_collections').selectAll().where('id', '=', id);
  const locked = lock === 'update' ? query.forUpdate() : lock === 'share' ? query.forShare() : query;
  const row = await locked.executeTakeFirst();
  return row ? collectionOf(row) : null;
}

const columnsOf = ({ name, source, place, searchable, communications, holding, items }: CollectionContent) => ({
  name_ja: name.ja,
  name_en: name.en,
  source,
  place,
  searchable,
  communications,
  holding_id: holding,
  items: sql<CollectionRow['items']>`${JSON.stringify(items)}::jsonb`,
});

/** Inserts a collection. Throws an `isNameTaken` error when another collection in use has the name. */
export async function insertCollection(tx: Tx, one: Collection): Promise<void> {
  const { id, state, version, registeredAt } = one;
  await tables(tx)
    .insertInto('related_collections')
    .values({ id, ...columnsOf(one), state, version, registered_at: registeredAt })
    .execute();
}

/** Writes the next version over `version - 1`; false when somebody else did so first. Throws like `insertCollection`. */
export async function updateCollection(tx: Tx, one: Collection): Promise<boolean> {
  const { numUpdatedRows } = await tables(tx)
    .updateTable('related_collections')
    .set({ ...columnsOf(one), state: one.state, version: one.version })
    .where('id', '=', one.id)
    .where('version', '=', one.version - 1)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function insertVersion(
  tx: Tx,
  one: Collection,
  { act, at, actor, entry }: { act: CollectionAct; at: Date; actor: string; entry: string },
): Promise<void> {
  await tables(tx)
    .insertInto('related_collection_versions')
    .values({
      collection_id: one.id,
      version: one.version,
      act,
      at,
      actor,
      content: sql<CollectionContent>`${JSON.stringify(contentOf(one))}::jsonb`,
      entry_id: entry,
    })
    .execute();
}

/** Versions of a collection, newest first: those before a version, or with null the newest; at most `most`. */
export const versionsOf = (
  on: Queryable,
  collection: string,
  { before, most }: { before: number | null; most: number },
): Promise<CollectionVersionRow[]> =>
  tables(on)
    .selectFrom('related_collection_versions')
    .selectAll()
    .where('collection_id', '=', collection)
    .where(sql<boolean>`(${before}::bigint IS NULL OR version < ${before}::bigint)`)
    .orderBy('version', 'desc')
    .limit(most)
    .execute();

// ---- provisions

/** Inserts the provision and, where the law requires one, its record. Throws an `isRepeated` error when this attempt has provided already. */
export async function insertProvision(
  tx: Tx,
  row: RelatedProvisionRow,
  record: RelatedRecordRow | null,
): Promise<void> {
  await tx.query(
    'INSERT INTO related_provisions SELECT r.* FROM jsonb_populate_record(NULL::related_provisions, $1::jsonb) AS r',
    [JSON.stringify(row)],
  );
  if (record) await tables(tx).insertInto('related_provision_records').values(record).execute();
}

export type Provided = RelatedProvisionRow & { record: RelatedRecordRow | null };

/** A page of a list, newest first; `before` is the id of the last one seen. */
export interface PageQuery {
  collection?: string | undefined;
  /** Only those made at or after `from` and before `to`: an id begins with the instant of its row. */
  from?: Date;
  to?: Date;
  before?: string | undefined;
  /** Absent: all of them. */
  most?: number | undefined;
}

/** Rows about persons only from these holdings; null: from any. */
interface Told {
  holdings?: readonly string[] | null;
}

const keptIn = (holdings: readonly string[]) =>
  sql<boolean>`collection_id IN (SELECT id FROM related_collections WHERE holding_id = ANY (${uuidArray(holdings)}::uuid[]))`;

const provisionsWithRecord = (on: Queryable) =>
  tables(on)
    .selectFrom('related_provisions as p')
    .leftJoin('related_provision_records as r', 'r.id', 'p.id')
    .selectAll('p')
    .select(sql<RelatedRecordRow | null>`to_jsonb(r)`.as('record'));

export const listProvisions = (
  on: Queryable,
  { collection, recipient, from, to, before, most }: PageQuery & { recipient?: string | undefined },
): Promise<Provided[]> =>
  provisionsWithRecord(on)
    .$if(collection !== undefined, (query) => query.where('p.collection_id', '=', collection!))
    .$if(recipient !== undefined, (query) => query.where('p.recipient_id', '=', recipient!))
    .$if(from !== undefined, (query) => query.where('p.id', '>=', firstId(from!.getTime())))
    .$if(to !== undefined, (query) => query.where('p.id', '<', firstId(to!.getTime())))
    .$if(before !== undefined, (query) => query.where('p.id', '<', before!))
    .orderBy('p.id', 'desc')
    .$if(most !== undefined, (query) => query.limit(most!))
    .execute();

export const findProvision = async (on: Queryable, id: string): Promise<Provided | null> =>
  (await provisionsWithRecord(on).where('p.id', '=', id).executeTakeFirst()) ?? null;

type Attempted = Pick<RelatedProvisionRow, 'id' | 'attempt_digest'>;

const ofAttempt =
  (table: 'related_provisions' | 'related_receipts') =>
  async (
    on: Queryable,
    { by_actor, attempt }: Pick<RelatedProvisionRow, 'by_actor' | 'attempt'>,
  ): Promise<Attempted | null> =>
    (await tables(on)
      .selectFrom(table)
      .select(['id', 'attempt_digest'])
      .where('by_actor', '=', by_actor)
      .where('attempt', '=', attempt)
      .executeTakeFirst()) ?? null;

export const provisionOfAttempt = ofAttempt('related_provisions');

// ---- receipts

/** Inserts the receipt and, where the law requires one, its record. Throws an `isRepeated` error when this attempt was made already. */
export async function insertReceipt(tx: Tx, row: RelatedReceiptRow, record: ReceiptRecordRow | null): Promise<void> {
  await tx.query(
    'INSERT INTO related_receipts SELECT r.* FROM jsonb_populate_record(NULL::related_receipts, $1::jsonb) AS r',
    [JSON.stringify({ ...row, sealed: row.sealed && `\\x${row.sealed.toString('hex')}` })],
  );
  if (record) await tables(tx).insertInto('related_receipt_records').values(record).execute();
}

export type Received = RelatedReceiptRow & { record: ReceiptRecordRow | null };

const receiptsWithRecord = (on: Queryable) =>
  tables(on)
    .selectFrom('related_receipts as p')
    .leftJoin('related_receipt_records as r', 'r.id', 'p.id')
    .selectAll('p')
    .select(sql<ReceiptRecordRow | null>`to_jsonb(r)`.as('record'));

export const listReceipts = (
  on: Queryable,
  {
    collection,
    principal,
    holdings = null,
    from,
    to,
    before,
    most,
  }: PageQuery & Told & { principal?: string | undefined },
): Promise<Received[]> =>
  receiptsWithRecord(on)
    .$if(collection !== undefined, (query) => query.where('p.collection_id', '=', collection!))
    .$if(principal !== undefined, (query) => query.where('p.principal_id', '=', principal!))
    .$if(holdings !== null, (query) => query.where(sql<boolean>`(p.principal_id IS NULL OR ${keptIn(holdings!)})`))
    .$if(from !== undefined, (query) => query.where('p.id', '>=', firstId(from!.getTime())))
    .$if(to !== undefined, (query) => query.where('p.id', '<', firstId(to!.getTime())))
    .$if(before !== undefined, (query) => query.where('p.id', '<', before!))
    .orderBy('p.id', 'desc')
    .$if(most !== undefined, (query) => query.limit(most!))
    .execute();

export const findReceipt = async (on: Queryable, id: string): Promise<Received | null> =>
  (await receiptsWithRecord(on).where('p.id', '=', id).executeTakeFirst()) ?? null;

export const receiptOfAttempt = ofAttempt('related_receipts');

/** Advisory lock held while waiting references are sealed. */
const SEALING = 0x72_65_6c_01;

/** Some of the references that wait to be sealed. No other process takes any until the transaction ends. */
export async function takeWaiting(tx: Tx, most: number): Promise<WaitingRow[]> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [SEALING]);
  return tables(tx).selectFrom('related_documents_waiting').selectAll().orderBy('id').limit(most).execute();
}

/** Stores sealed references in their rows and removes them from where they waited; null only removes them. */
export async function putDocuments(tx: Tx, rows: readonly { id: string; sealed: Buffer | null }[]): Promise<void> {
  await tx.query('SELECT seal_related_documents($1::uuid[], $2::bytea[])', [
    uuidArray(rows.map(({ id }) => id)),
    byteaArray(rows.map(({ sealed }) => sealed)),
  ]);
}

// ---- identifier links

/** Inserts a link. Throws `isLinked` or `isNobody` errors, after which the transaction cannot go on. */
export async function insertLink(tx: Tx, row: LinkRow): Promise<void> {
  await tables(tx).insertInto('identifier_links').values(row).execute();
}

export const linkByDigest = async (on: Queryable, digest: Buffer): Promise<LinkRow | null> =>
  (await tables(on).selectFrom('identifier_links').selectAll().where('digest', '=', digest).executeTakeFirst()) ?? null;

export const findLink = async (on: Queryable, id: string): Promise<LinkRow | null> =>
  (await tables(on).selectFrom('identifier_links').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;

export interface LinkQuery extends Told {
  principal?: string | undefined;
  receipt?: string | undefined;
  collection?: string | undefined;
}

export const listLinks = (
  on: Queryable,
  { principal, receipt, collection, holdings = null }: LinkQuery,
): Promise<LinkRow[]> =>
  tables(on)
    .selectFrom('identifier_links')
    .selectAll()
    .$if(principal !== undefined, (query) => query.where('principal_id', '=', principal!))
    .$if(receipt !== undefined, (query) => query.where('receipt_id', '=', receipt!))
    .$if(collection !== undefined, (query) => query.where('collection_id', '=', collection!))
    .$if(holdings !== null, (query) => query.where(keptIn(holdings!)))
    .orderBy('id')
    .execute();

/** Deletes a link and returns it; null when it is gone already. */
export const deleteLink = async (tx: Tx, id: string): Promise<LinkRow | null> =>
  (await tables(tx).deleteFrom('identifier_links').where('id', '=', id).returningAll().executeTakeFirst()) ?? null;

const falling = ({
  collection,
  identifier,
  among,
}: {
  collection: string;
  identifier: string;
  among: string[] | null;
}): Part => ({
  name: 'related.falling',
  sql: `fallen AS (
  SELECT l.id FROM identifier_links l
  WHERE l.collection_id = $1::uuid AND l.identifier = $2::text AND ($3::uuid[] IS NULL OR l.id = ANY($3::uuid[]))
    AND CASE WHEN l.consent_id IS NULL
      THEN l.principal_id IN (SELECT principal_id FROM objected_principals)
      ELSE l.principal_id NOT IN (SELECT principal_id FROM standing_consents
        WHERE withdrawn_on IS NULL AND given_by IN ('principal', 'representative')) END)`,
  values: [collection, identifier, among && uuidArray(among)],
});

/**
 * Ids of the links of an identifier whose consent does not stand, by the CTEs of the part `standing` (see `standingConsents`). If `among` is not
 * null, only links in it.
 */
export const fallenLinks = async (
  on: Queryable,
  standing: Part,
  of: { collection: string; identifier: string; among: string[] | null },
): Promise<string[]> =>
  (
    await runParts<{ id: string }>(on, 'related.fallen', [standing, falling(of)], 'SELECT id FROM fallen ORDER BY id')
  ).map(({ id }) => id);

// ---- the end of records

/** The ids of what was erased. */
export interface Expired {
  provisions: string[];
  receipts: string[];
}

/** The day until which the last receipt record naming each of these persons is kept. Persons without a record are left out. */
export async function namedUntil(on: Queryable, principals: readonly string[], today: Day): Promise<Map<string, Day>> {
  const rows = await on.query<{ id: string; until: Day }>(
    `SELECT id, max(until) AS until FROM (
       SELECT principal_id, keep_until::text FROM related_receipt_records WHERE principal_id = ANY ($1::uuid[])
       UNION ALL ${statedUntil('related:receive')}) AS named (id, until)
     GROUP BY id`,
    [uuidArray(principals), today],
  );
  return new Map(rows.map(({ id, until }) => [id, until]));
}

/** Erases provisions and receipts with their records, once the time of the record was over before a day; at most 200 of each. */
export async function expireRecords(tx: Tx, today: Day): Promise<Expired> {
  const gone = await tx.query<{ act: 'provided' | 'received'; id: string }>(
    'SELECT act, id FROM expire_related_records($1)',
    [today],
  );
  const idsOf = (act: 'provided' | 'received'): string[] => gone.flatMap((one) => (one.act === act ? [one.id] : []));
  return { provisions: idsOf('provided'), receipts: idsOf('received') };
}

/** The number of identifiers linked to persons, by collection. */
export async function linksByCollection(on: Queryable): Promise<Map<string, number>> {
  const rows = await on.query<{ collection_id: string; links: number }>(
    'SELECT collection_id, count(*)::int AS links FROM identifier_links GROUP BY collection_id',
    [],
  );
  return new Map(rows.map((row) => [row.collection_id, row.links]));
}

// ---- promises

/** What the promises look at. Each count is taken from the rows themselves, not from the answers given then. */
export interface RelatedCounts {
  /**
   * Provided to a recipient that is expected to link it, without a case of 27(1) that is proven. What nobody said of the recipient or of the collection
   * lets nothing go.
   */
  linkable: number;
  /**
   * Of `linkable`: the consent was not confirmed by that day, or by nobody, or not for everybody; or the record or the reference of what was seen
   * is missing, or the record was made later, unless the recipient is a public body (31(3)).
   */
  unconfirmed: number;
  /**
   * Of `linkable`: to a recipient not known to be in Japan or in an equivalent country, without a system that is proven, so that the foreign
   * information must be confirmed. `uninformed` of them lack that confirmation.
   */
  abroad: number;
  uninformed: number;
  /** Of `linkable`: to such a recipient, on an equivalent-action system that is proven. `skipped` of them lack the confirmed consent. */
  bySystem: number;
  skipped: number;
  /** To a recipient not known to be in Japan, under no item of 27(1) that is proven. `failing` of them after the recipient was found unable to keep its measures. */
  foreign: number;
  failing: number;
  /** Received to be linked, or for a person, under no item of 27(1) that is proven. What earlier versions recorded without the item is open instead. */
  linked: number;
  /**
   * Of `linked`: neither a consent of ours that stood then, both as stated then and by the register of consents today, nor one that the provider
   * obtained and the person had not objected to.
   */
  early: number;
  /** Of `linked`: on a consent that the provider obtained. */
  substituted: number;
  /** Of `substituted`: without proof that the consent named us and the items. */
  unevidenced: number;
  links: number;
  /** The newest rows that are unconfirmed, uninformed, skipped, unevidenced or failing, with the time each was provided or received. */
  some: Record<'unconfirmed' | 'uninformed' | 'skipped' | 'unevidenced' | 'failing', { id: string; at: string }[]>;
  /**
   * Links that are older than the receipt they rest on, whose receipt is gone, is another person's, or is not one of that item to be linked; that
   * rest on a consent of ours that did not stand then, or on one that the provider obtained and the person had objected to; or that rest on nothing.
   */
  adrift: number;
  /**
   * Receipts and links on a consent of ours that stood then or not, by when on that day the person objected or withdrew it: the hour was not written
   * down.
   */
  unsure: number;
}

/**
 * SQL: whether the facts of the row `of` prove an item of 27(1) between the company and a party. `named`: SQL, whether it is on record which law a case of
 * (i) rests on.
 */
const excepted = (of: string, party: 'recipient' | 'provider', named: string): string =>
  `(${provedException(`${of}.facts->'exception'`, `${of}.facts->'${party}'`)}
      AND (${of}.facts #>> '{exception,item}' <> '27(1)(i)' OR ${named})) IS TRUE`;

const confirmed = `coalesce(
      (p.facts#>>'{link,confirmation,on}')::date <= p.on_day
      AND p.facts#>>'{link,confirmation,by}' IN ('declaration', 'other')
      AND (p.facts#>>'{link,confirmation,consented}')::boolean
      AND (r.consent_confirmed AND r.made_on <= p.on_day AND btrim(p.documents->>'consent') <> ''
        OR ${publicBody("p.facts->'recipient'")}), false)`;

/** SQL: whether the receipt `of` was to be linked, for all that is known. Kept apart from persons it is of nobody. */
const toBeLinked = (of: string): string =>
  `(${of}.facts->'links' IS DISTINCT FROM 'false' OR ${of}.principal_id IS NOT NULL)`;

/** SQL: whether the receipt `of` was given under an item of 27(1) that nobody named, as earlier versions recorded it. */
const withoutItem = (of: string): string =>
  `(${of}.facts @> '{"basis":"exception"}' AND ${of}.facts #> '{exception,item}' IS NULL)`;

/** SQL: whether the receipt `of` was given under an item of 27(1) that is proven. */
const byItem = (of: string): string =>
  `(${of}.facts @> '{"basis":"exception"}' AND ${excepted(of, 'provider', `'legalBasis' = ANY (${of}.documented)`)})`;

/** SQL: the day in Japan of an instant. */
const dayOf = (at: string): string => `(${at} AT TIME ZONE 'Asia/Tokyo')::date`;

/** SQL: whether something with a day and an instant came before an instant. A decision may be up to a minute older than its row. */
const before = (day: string, instant: string, at: string): string =>
  `(${day} < ${dayOf(at)} OR ${day} = ${dayOf(at)} AND ${instant} < ${at} - interval '1 minute')`;

/**
 * SQL: whether the objection `b` of the person `of` to everything was in force at an instant, by the register as it stands today. What was said before
 * counts from the day it was said, whenever it was written down, unless it was taken back. What was said under another id counts if the two ids were
 * known to be the same person then, and still when it was written down.
 */
const objected = (of: string, at: string, unsaid: Unsaid): string =>
  `b.principal_id = ANY (same_person_at(${of}, ${at})) AND b.scope = 'everything'
        AND ${before('b.on_day', objectedAt('b', unsaid), at)}
        AND (b.principal_id = ${of} OR b.at <= ${at} OR b.principal_id = ANY (same_person_at(${of}, b.at)))
        AND NOT EXISTS (SELECT 1 FROM consent_retractions r WHERE r.objection_id = b.id AND (r.at <= ${at} OR b.at > ${at}))`;

/**
 * SQL: whether the person `of` had consented by an instant to having these items linked, by the consent `c` to the text `t`, withdrawn by `d` if at
 * all, by the register as it stands today. What was said before counts from the day it was said, whenever it was written down.
 */
const consented = (of: string, at: string, items: string, unsaid: Unsaid): string =>
  `coalesce(c.principal_id = ${of} AND c.given_by IN ('principal', 'representative') AND t.kind = 'linking' AND t.items @> ${items}
    AND (c.given_on < ${dayOf(at)} OR c.given_on = ${dayOf(at)} AND coalesce(c.given_at, c.at) <= ${at} + interval '1 minute')
    AND (d.consent_id IS NULL OR NOT ${before('d.on_day', withdrawnAt('d', unsaid), at)})
    AND NOT EXISTS (
      SELECT 1 FROM consent_objections b WHERE ${objected(of, at, unsaid)}
        AND (b.on_day > c.given_on OR b.on_day = c.given_on AND (b.said_at < c.given_at) IS NOT TRUE)), false)`;

/**
 * SQL: whether the person `of` had objected by an instant, so that the consent that a provider obtained did not stand. A later consent to us takes the
 * objection back, unless it was written down only after both.
 */
const spokenAgainst = (of: string, at: string, items: string, unsaid: Unsaid): string => `EXISTS (
      SELECT 1 FROM consent_objections b WHERE ${objected(of, at, unsaid)} AND NOT EXISTS (
        SELECT 1 FROM consents c JOIN consent_texts t ON t.id = c.text_id LEFT JOIN consent_withdrawals d ON d.consent_id = c.id
        WHERE ${consented(of, at, items, unsaid)} AND c.at <= greatest(${at}, b.at) + interval '1 minute'))`;

/** SQL: joins the consent `c` that a row names, its text `t`, and its withdrawal `d`. */
const itsConsent = (id: string): string =>
  `LEFT JOIN consents c ON c.id = ${id} LEFT JOIN consent_texts t ON t.id = c.text_id LEFT JOIN consent_withdrawals d ON d.consent_id = c.id`;

/** SQL: whether the link `l` rests on the receipt `o` by what the provider's consent carried. */
const carried = "coalesce(o.consent_by = 'substitute', false) AND l.consent_id IS NULL";

/** SQL: a provision abroad for which it was not confirmed that the persons were informed, or the paper seen is not named. */
const uninformed = `abroad AND NOT coalesce(foreign_information_confirmed
               AND (facts#>>'{link,confirmation,foreignInformationShown}')::boolean
               AND btrim(documents->>'foreignInformation') <> '', false)`;

/** SQL: the newest ten rows for which `so` holds. */
const some = (of: 'p' | 'g' | 'f', so: string): string =>
  `(SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'at', at)), '[]')
    FROM (SELECT id, at FROM ${of} WHERE ${so} ORDER BY id DESC LIMIT 10) AS w)`;

/** Counts for the promises. */
export async function countRelated(on: Queryable, law: LawOfRecipients): Promise<RelatedCounts> {
  const recipient = "p.facts->'recipient'";
  const proved = provedSystem("(p.facts->'equivalentSystem')", 'p.on_day');
  const [row] = await on.query<RelatedCounts>(
    `WITH a AS (
       SELECT *, ${excepted('o', 'recipient', "btrim(o.facts #>> '{exception,legalBasis}') <> ''")} AS excepted
       FROM (SELECT *, (at AT TIME ZONE 'Asia/Tokyo')::date AS on_day FROM related_provisions) o),
     p AS (
       SELECT p.*, ${confirmed} AS confirmed, r.foreign_information_confirmed,
              p.finding->'duties' @> '[{"do":"record-provision","items":["foreign-information-confirmed"]}]'
                OR (${elsewhere(recipient, 'p.on_day')} AND NOT ${proved}) AS abroad,
              ${elsewhere(recipient, 'p.on_day')} AND ${proved} AS by_system
       FROM a p LEFT JOIN related_provision_records r ON r.id = p.id
       WHERE p.facts #> '{link,expected}' IS DISTINCT FROM 'false' AND p.facts #> '{link,fromDatabase}' IS DISTINCT FROM 'false'
         AND NOT p.excepted),
     g AS (
       SELECT g.*, CASE g.consent_by WHEN 'own' THEN NOT ${consented('g.principal_id', 'g.at', 'g.items', 'before')}
           WHEN 'substitute' THEN ${spokenAgainst('g.principal_id', 'g.at', 'g.items', 'before')} END AS perhaps_early,
           coalesce(CASE g.consent_by
           WHEN 'own' THEN ${consented('g.principal_id', 'g.at', 'g.items', 'after')}
             AND (g.facts#>>'{consent,on}')::date <= ${dayOf('g.at')}
           WHEN 'substitute' THEN g.evidenced AND NOT ${spokenAgainst('g.principal_id', 'g.at', 'g.items', 'after')} END, false) AS stands
       FROM (SELECT *, coalesce((facts#>>'{substitute,namesUs}')::boolean AND (facts#>>'{substitute,namesItems}')::boolean
           AND (facts#>>'{substitute,evidenceSeen}')::boolean AND 'consent' = ANY (documented), false) AS evidenced FROM related_receipts) g
         ${itsConsent('g.consent_id')}
       WHERE ${toBeLinked('g')} AND NOT ${withoutItem('g')} AND NOT ${byItem('g')}),
     l AS (
       SELECT l.consent_id IS NOT NULL AND NOT ${consented('l.principal_id', 'l.at', 'ARRAY[l.identifier]', 'before')}
                OR ${carried} AND ${spokenAgainst('l.principal_id', 'l.at', 'ARRAY[l.identifier]', 'before')} AS perhaps_adrift,
              (l.receipt_id IS NOT NULL AND NOT coalesce(o.principal_id = l.principal_id AND o.collection_id = l.collection_id
                  AND o.items @> ARRAY[l.identifier] AND o.facts @> '{"links":true}' AND o.at <= l.at, false))
                OR (l.consent_id IS NOT NULL AND NOT ${consented('l.principal_id', 'l.at', 'ARRAY[l.identifier]', 'after')})
                OR ${carried} AND ${spokenAgainst('l.principal_id', 'l.at', 'ARRAY[l.identifier]', 'after')}
                OR num_nonnulls(l.receipt_id, l.consent_id) = 0 AS adrift
       FROM identifier_links l LEFT JOIN related_receipts o ON o.id = l.receipt_id ${itsConsent('l.consent_id')}),
     f AS (
       SELECT f.id, f.at, ${failedBefore('f')} AS failing FROM a f
       WHERE ${notInJapan("f.facts->'recipient'")} AND NOT f.excepted)
     SELECT (SELECT count(*) FROM p)::int AS linkable,
            (SELECT count(*) FROM p WHERE NOT confirmed)::int AS unconfirmed,
            (SELECT count(*) FROM p WHERE abroad)::int AS abroad,
            (SELECT count(*) FROM p WHERE ${uninformed})::int AS uninformed,
            (SELECT count(*) FROM p WHERE by_system)::int AS "bySystem",
            (SELECT count(*) FROM p WHERE by_system AND NOT confirmed)::int AS skipped,
            (SELECT count(*) FROM f)::int AS "foreign",
            (SELECT count(*) FROM f WHERE failing)::int AS failing,
            (SELECT count(*) FROM g)::int AS linked,
            (SELECT count(*) FROM g WHERE NOT stands)::int AS early,
            (SELECT count(*) FROM l)::int AS links,
            (SELECT count(*) FROM l WHERE adrift)::int AS adrift,
            ((SELECT count(*) FROM g WHERE stands AND perhaps_early)
              + (SELECT count(*) FROM l WHERE perhaps_adrift AND NOT adrift))::int AS unsure,
            (SELECT count(*) FROM g WHERE consent_by = 'substitute')::int AS substituted,
            (SELECT count(*) FROM g WHERE consent_by = 'substitute' AND NOT evidenced)::int AS unevidenced,
            jsonb_build_object('unconfirmed', ${some('p', 'NOT confirmed')}, 'uninformed', ${some('p', uninformed)},
              'skipped', ${some('p', 'by_system AND NOT confirmed')}, 'failing', ${some('f', 'failing')},
              'unevidenced', ${some('g', "consent_by = 'substitute' AND NOT evidenced")}) AS some`,
    byLaw(law),
  );
  return row!;
}

/**
 * Receipts as personal data under an item of 27(1) that do not say which, as earlier versions recorded them: how many, and the newest ten. One is
 * settled once staff have recorded the receipt of these items for the person anew. Those of erased persons are left out.
 */
export async function receiptsWithoutItem(
  on: Queryable,
): Promise<{ n: number; some: RelatedCounts['some']['skipped'] }> {
  const [row] = await on.query<{ n: number; some: RelatedCounts['some']['skipped'] }>(
    `WITH g AS (
       SELECT g.id, g.at FROM related_receipts g
       WHERE ${toBeLinked('g')} AND ${withoutItem('g')}
         AND EXISTS (SELECT FROM vault_principals v WHERE v.id = g.principal_id)
         AND NOT EXISTS (SELECT FROM related_receipts o
           WHERE o.principal_id = g.principal_id AND o.collection_id = g.collection_id AND o.items @> g.items AND o.at >= g.at
             AND (o.facts->>'links')::boolean AND NOT ${withoutItem('o')} AND o.by_actor LIKE 'staff:%'))
     SELECT (SELECT count(*) FROM g)::int AS n, ${some('g', 'true')} AS some`,
    [],
  );
  return row!;
}

/** Deletes links that a backup brought back although the log says that they were deleted. Returns how many. */
export const unlinkAgain = async (tx: Tx): Promise<number> =>
  (
    await tx.query(
      `DELETE FROM identifier_links WHERE id IN (
         SELECT (entry::jsonb->>'link')::uuid FROM log_entries WHERE action = 'related:unlink') RETURNING id`,
      [],
    )
  ).length;

/** Provisions, receipts and links, compared with the log. */
export interface RelatedLogged {
  all: number;
  /** Rows without a log entry that says the same, or present although the log says that they were deleted. */
  wrong: number;
  /** Ids of log entries whose row is missing although the log does not say that it was erased or deleted. */
  missing: string[];
}

/** Which of these ids are those of provisions or receipts that are here. */
export const relatedAmong = async (on: Queryable, ids: readonly string[]): Promise<Set<string>> => {
  const rows = await on.query<{ id: string }>(
    `SELECT id FROM related_provisions WHERE id = ANY ($1::uuid[])
     UNION ALL SELECT id FROM related_receipts WHERE id = ANY ($1::uuid[])`,
    [uuidArray(ids)],
  );
  return new Set(rows.map(({ id }) => id));
};

export async function countUnlogged(on: Queryable): Promise<RelatedLogged> {
  const [row] = await on.query<RelatedLogged>(
    `WITH r AS (
       SELECT 'related:provide' AS act, id, at, by_actor, collection_id, NULL::uuid AS principal_id, recipient_id AS other_id, items, NULL AS class
       FROM related_provisions
       UNION ALL
       SELECT 'related:receive', id, at, by_actor, collection_id, principal_id, consent_id, items, NULL FROM related_receipts
       UNION ALL
       SELECT 'related:link', id, at, by_actor, collection_id, principal_id, receipt_id, ARRAY[identifier], class FROM identifier_links),
     gone AS (
       SELECT i.id::uuid FROM log_entries l, jsonb_array_elements_text(
           coalesce(l.entry::jsonb->'related_provisions', '[]') || coalesce(l.entry::jsonb->'receipts', '[]')) AS i (id)
       WHERE l.action = 'records:expire'
       UNION SELECT (entry::jsonb->>'link')::uuid FROM log_entries WHERE action = 'related:unlink'),
     l AS (
       SELECT action, id, at, actor, principal_id, entry::jsonb AS e FROM log_entries
       WHERE action IN ('related:provide', 'related:receive', 'related:link'))
     SELECT count(*)::int AS all, coalesce(array_agg(l.id) FILTER (WHERE r.id IS NULL), '{}') AS missing,
         count(*) FILTER (WHERE r.id IS NOT NULL AND NOT coalesce(l.at = r.at AND l.actor = r.by_actor
         AND l.principal_id IS NOT DISTINCT FROM r.principal_id AND (l.e->>'collection')::uuid = r.collection_id
         AND (coalesce(l.e->>'recipient', l.e->>'consent', l.e->>'receipt'))::uuid IS NOT DISTINCT FROM r.other_id
         AND coalesce(l.e->'items', jsonb_build_array(l.e->'identifier')) = to_jsonb(r.items)
         AND coalesce(l.e->>'class' = r.class, true)
         -- A link that a backup brought back after it was taken away.
         AND NOT (l.action = 'related:link' AND l.id IN (SELECT id FROM gone)), false))::int AS wrong
     FROM r FULL JOIN l ON l.action = r.act AND l.id = r.id
     WHERE r.id IS NOT NULL OR NOT (EXISTS (SELECT 1 FROM gone g WHERE g.id = l.id)
       -- With a person who is erased their links go.
       OR l.action = 'related:link' AND NOT EXISTS (SELECT 1 FROM vault_principals v WHERE v.id = l.principal_id))`,
    [],
  );
  return row!;
}

/** The number of links whose noted class is not one of personal information, and of those that are in one of these collections too. */
export async function countUnclassedLinks(on: Queryable, collections: readonly string[] = []): Promise<number> {
  const [row] = await on.query<{ wrong: number }>(
    `SELECT count(*)::int AS wrong FROM identifier_links
     WHERE class NOT IN ('personal', 'personal-data', 'retained-personal-data') OR collection_id = ANY ($1::uuid[])`,
    [uuidArray(collections)],
  );
  return row!.wrong;
}
