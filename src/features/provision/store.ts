// Every query of the provisions. A provision is written in the statement that reads the vault and writes the log, so that nothing leaves
// without its record.

import { sql } from 'kysely';
import type { Day } from '../../base/day.ts';
import type { Parameter, Relation } from '../../law/index.ts';
import { byteaArray, uuidArray, type Queryable, type Tx } from '../../platform/database/index.ts';
import { runParts, type Part } from '../../platform/statement.ts';
import type { Found } from '../../vault/index.ts';
import type { Awaited, KeptOut } from '../checkpoint/index.ts';
import type { PackageState, PersonClass, Screened } from './facts.ts';
import type { PackageRow, PersonRow, ProvisionRow, ProvisionTables, RecordRow, WaitingRow } from './tables.ts';

const tables = (on: Queryable) => on.kysely.withTables<ProvisionTables>();

/** The provision with its person and, where the law asks for one, its record: written only if the vault found the person (`effected`). */
function recording(row: ProvisionRow, person: PersonRow, record: RecordRow | null): Part {
  return {
    name: 'provision',
    sql: `provided AS (
  INSERT INTO provisions
  SELECT r.* FROM jsonb_populate_record(NULL::provisions, $1::jsonb) AS r WHERE r.id IN (SELECT key FROM effected)
  RETURNING id),
provided_of AS (
  INSERT INTO provision_people
  SELECT r.* FROM jsonb_populate_record(NULL::provision_people, $2::jsonb) AS r WHERE r.provision_id IN (SELECT id FROM provided)),
recorded AS (
  INSERT INTO provision_records
  SELECT r.* FROM jsonb_populate_record(NULL::provision_records, $3::jsonb) AS r
  WHERE r.provision_id IN (SELECT id FROM provided))`,
    values: [JSON.stringify(forJson(row)), JSON.stringify(person), record === null ? '{}' : JSON.stringify(record)],
  };
}

/** A provision as a member of JSON, of which the database makes a row. */
const forJson = (row: ProvisionRow) => ({ ...row, sealed: row.sealed && `\\x${row.sealed.toString('hex')}` });

/** Names the lock under which what waits is sealed. */
const SEALING = 0x70_72_6f_01;

/** Some of what waits to be sealed, for one process alone until the end of the transaction. */
export async function takeWaiting(tx: Tx, most: number): Promise<WaitingRow[]> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [SEALING]);
  return tables(tx).selectFrom('provision_references_waiting').selectAll().orderBy('id').limit(most).execute();
}

/** Puts sealed words in their rows, and nothing of them stays where they waited; null drops one. */
export async function putReferences(tx: Tx, rows: readonly { id: string; sealed: Buffer | null }[]): Promise<void> {
  await tx.query('SELECT seal_provision_references($1::uuid[], $2::bytea[])', [
    uuidArray(rows.map(({ id }) => id)),
    byteaArray(rows.map(({ sealed }) => sealed)),
  ]);
}

/** Whether an error says that this attempt has provided already. */
export const isRepeated = (error: unknown): boolean =>
  (error as { code?: string; constraint?: string }).code === '23505' &&
  (error as { constraint?: string }).constraint === 'provisions_attempt';

export const provisionOfAttempt = async (
  on: Queryable,
  { by_actor, attempt }: Pick<ProvisionRow, 'by_actor' | 'attempt'>,
): Promise<Pick<ProvisionRow, 'id' | 'attempt_digest'> | null> =>
  (await tables(on)
    .selectFrom('provisions')
    .select(['id', 'attempt_digest'])
    .where('by_actor', '=', by_actor)
    .where('attempt', '=', attempt)
    .executeTakeFirst()) ?? null;

/** The CTE that has a row while everything that was read before the decision is still so. */
export const UNCHANGED = 'unchanged';

/** Each part gives one CTE, of the part's name. */
const unchanged = (asRead: readonly Part[]): Part => ({
  name: UNCHANGED,
  sql: `${UNCHANGED} AS (SELECT 1 WHERE ${asRead.map(({ name }) => `EXISTS (SELECT 1 FROM ${name})`).join(' AND ')})`,
  values: [],
});

/**
 * Finds the sealed record, writes provision, statutory record and log entry as one statement, as long as what was read before (`asRead`) is
 * still so; `finding` must find nothing otherwise.
 */
export async function provideOnce(
  on: Queryable,
  asRead: readonly Part[],
  finding: Part,
  row: ProvisionRow,
  person: PersonRow,
  record: RecordRow | null,
  logging: Part,
): Promise<Found | 'changed' | 'not-held'> {
  const [answer] = await runParts<Found & { unchanged: boolean; held: boolean }>(
    on,
    // One part within the company, two to a recipient, three in a joint use.
    `provision.provide.${asRead.length}`,
    [...asRead, unchanged(asRead), finding, recording(row, person, record), logging],
    `SELECT u.*, f.*, f.key IS NOT NULL AS held
     FROM (SELECT EXISTS (SELECT 1 FROM ${UNCHANGED}) AS unchanged) u LEFT JOIN found f ON true`,
  );
  const { unchanged: still, held, ...found } = answer!;
  if (held) return found;
  return still ? 'not-held' : 'changed';
}

/** Whether everything is still as it was read (`asRead`, not empty); what the parts hold stays so until the end of the transaction. */
export const isAsRead = async (tx: Tx, asRead: readonly Part[]): Promise<boolean> =>
  (
    await runParts(
      tx,
      `provision.asRead.${asRead.length}`,
      [...asRead, unchanged(asRead)],
      `SELECT 1 FROM ${UNCHANGED}`,
    )
  ).length > 0;

export interface ProvisionQuery {
  principal?: string | undefined;
  /** Id in the register of recipients. */
  recipient?: string | undefined;
  relation?: Relation | undefined;
  /** Only those that have a record of APPI 29. */
  recorded?: boolean;
  /** Those that a package made. */
  package?: string;
  /** Newest first, those before this provision. */
  before?: string;
  /** Those made after this instant. */
  since?: Date;
  /** Absent: all of them. */
  most?: number;
}

export interface Provided extends ProvisionRow {
  record: RecordRow | null;
  /** Whose information it was; null where it was of more than one. */
  principal: string | null;
}

const withRecord = (on: Queryable) =>
  tables(on)
    .selectFrom('provisions as p')
    .leftJoin('provision_records as r', 'r.provision_id', 'p.id')
    .selectAll('p')
    .select(sql<RecordRow | null>`to_jsonb(r)`.as('record'))
    .select(
      sql<
        string | null
      >`CASE WHEN p.people = 1 THEN (SELECT w.principal_id FROM provision_people w WHERE w.provision_id = p.id LIMIT 1) END`.as(
        'principal',
      ),
    );

export const listProvisions = (
  on: Queryable,
  { principal, recipient, relation, recorded, package: file, before, since, most }: ProvisionQuery,
): Promise<Provided[]> =>
  withRecord(on)
    .$if(principal !== undefined, (query) =>
      query.where('p.id', 'in', (of) =>
        of.selectFrom('provision_people as w').select('w.provision_id').where('w.principal_id', '=', principal!),
      ),
    )
    .$if(recipient !== undefined, (query) => query.where('p.recipient_id', '=', recipient!))
    .$if(relation !== undefined, (query) => query.where('p.relation', '=', relation!))
    .$if(file !== undefined, (query) => query.where('p.package_id', '=', file!))
    .$if(recorded === true, (query) => query.where('r.provision_id', 'is not', null))
    .$if(before !== undefined, (query) => query.where('p.id', '<', before!))
    .$if(since !== undefined, (query) => query.where('p.at', '>', since!))
    .orderBy('p.id', 'desc')
    .$if(most !== undefined, (query) => query.limit(most!))
    .execute();

export const findProvision = async (on: Queryable, id: string): Promise<Provided | null> =>
  (await withRecord(on).where('p.id', '=', id).executeTakeFirst()) ?? null;

/** The provision that a log entry of a person speaks of: its own entry, or the reading for a package. */
export const provisionOfEntry = async (on: Queryable, principal: string, entry: string): Promise<Provided | null> =>
  (await withRecord(on)
    .where('p.id', 'in', (of) =>
      of
        .selectFrom('provision_people as w')
        .select('w.provision_id')
        .where('w.principal_id', '=', principal)
        .where('w.entry_id', '=', entry),
    )
    .executeTakeFirst()) ?? null;

/** Records of APPI 29 person by person, newest first. */
export interface PersonRecord extends RecordRow {
  principal_id: string;
}

interface RecordQuery {
  principal?: string;
  /** Null: of whatever purpose. */
  purposes?: readonly string[] | null;
  before?: { id: string; principal: string };
  most: number;
}

const recordsAt = (
  on: Queryable,
  { principal, purposes = null, most }: RecordQuery,
  place: { of?: string; beforePerson?: string; beforeProvision?: string },
): Promise<PersonRecord[]> =>
  tables(on)
    .selectFrom('provision_people as w')
    .innerJoin('provision_records as r', 'r.provision_id', 'w.provision_id')
    .selectAll('r')
    .select('w.principal_id')
    .$if(principal !== undefined, (query) => query.where('w.principal_id', '=', principal!))
    .$if(purposes !== null, (query) =>
      query.where('w.provision_id', 'in', (of) =>
        of.selectFrom('provisions').select('id').where('purpose', 'in', purposes!),
      ),
    )
    .$if(place.of !== undefined, (query) => query.where('w.provision_id', '=', place.of!))
    .$if(place.beforePerson !== undefined, (query) => query.where('w.principal_id', '<', place.beforePerson!))
    .$if(place.beforeProvision !== undefined, (query) => query.where('w.provision_id', '<', place.beforeProvision!))
    .orderBy('w.provision_id', 'desc')
    .orderBy('w.principal_id', 'desc')
    .limit(most)
    .execute();

/**
 * What is left of the provision of the last record seen, and then of those before it: of the two as one condition the planner expects next to nothing
 * where one provision is about very many, and sorts all of them for each page.
 */
export async function listRecords(on: Queryable, query: RecordQuery): Promise<PersonRecord[]> {
  const { before, most } = query;
  if (before === undefined) return recordsAt(on, query, {});
  const left = await recordsAt(on, query, { of: before.id, beforePerson: before.principal });
  if (left.length === most) return left;
  return [...left, ...(await recordsAt(on, { ...query, most: most - left.length }, { beforeProvision: before.id }))];
}

/** What the promises about provision look at. Each count is taken from the rows themselves, not from the answers given then. */
export interface ProvisionCounts {
  provisions: number;
  records: number;
  /** Provisions whose finding asked for a record that is not there, or whose persons are not all written down. */
  unrecorded: number;
  /** Of a person of whom the log does not have the reading. */
  unlogged: number;
  byOptOut: number;
  /** By a consent on record, or to a third party by nothing else. */
  byConsent: number;
  /** Not of a package that somebody approved who had no hand in asking for it. */
  unapproved: number;
  /**
   * By consent, but of a person there is none, or it is of no day or later than the provision, or as the registers have it today it did not reach
   * the provision, or had ended before.
   */
  consentLate: number;
  abroad: number;
  /** Abroad where no country is equivalent, and on no consent to it, as was said then and as the register has the text, no system and no item of the law. */
  abroadUngrounded: number;
  /** Abroad to whom could no longer keep its measures, and under no item of the law. */
  abroadFailing: number;
  /** Abroad where nothing but the persons’ consent lets it (28(1)). */
  abroadByConsent: number;
  /** Of those, without a record that the persons were told anything of 28(2). */
  abroadUntold: number;
  /** Told on no day, or later than they consented. */
  abroadToldLate: number;
  /** Told, but with one of the three matters left blank (Rules 17(2)). */
  abroadBlank: number;
  jointUses: number;
  /** Shared in a joint use that is not in the register, or that had ended there. */
  jointUseUnregistered: number;
  /** Before the notice, or without one; as was said then, and as the register has it. So with what the notice names. */
  jointUseEarly: number;
  /** The notice lacked a field of 27(5)(iii), as was said then or as the register has it. */
  jointUseIncomplete: number;
  /** Of what is kept for the purposes of My Numbers. */
  jointUseOfNumbers: number;
  /** The notice did not name every item, the recipient, the purpose. */
  jointUseOtherItems: number;
  jointUseOtherUser: number;
  jointUseOtherPurpose: number;
}

/** Of the person `w`, by every id (see `vault/same.ts`). */
const everyId =
  'ARRAY(SELECT w.principal_id UNION ALL SELECT s.other_id FROM same_person s WHERE s.principal_id = w.principal_id)';

/** Whether what has a day and an instant came before the provision `p`. What is decided is done within a minute. */
const before = (day: string, at: string): string =>
  `(${day} < p.on_day OR ${day} = p.on_day AND ${at} < p.at - interval '1 minute')`;

/**
 * Whether the consent `c` to the text `t`, which `d` withdrew, let `p` provide the person `w`, as the registers have it today: what was said before
 * the provision counts from its own day, whenever somebody wrote it down. What was said under another id counts once it was known to be the same
 * person; an objection that was taken back was never made, unless it stood when it was passed over. Few object: `h` has a row of them.
 */
const stood = `c.principal_id = w.principal_id AND c.given_by IN ('principal', 'representative')
      AND t.kind IN ('provision', 'provision-abroad') AND t.holding_id = p.holding_id AND p.purpose = ANY (t.purposes) AND t.items @> p.items
      AND p.recipient_id = ANY (t.recipients)
      AND (c.given_on < p.on_day OR c.given_on = p.on_day AND coalesce(c.given_at, c.at) <= p.at + interval '1 minute')
      AND (d.consent_id IS NULL OR NOT ${before('d.on_day', 'd.at')})
      AND (h.principal_id IS NULL OR NOT EXISTS (
        SELECT 1 FROM consent_objections o WHERE o.principal_id = ANY (${everyId})
          AND (o.scope IN ('everything', 'provision') OR o.purpose = p.purpose OR o.recipient_id = p.recipient_id)
          AND (o.on_day > c.given_on OR o.on_day = c.given_on AND (o.said_at < c.given_at) IS NOT TRUE)
          AND ${before('o.on_day', 'coalesce(o.said_at, o.at)')}
          AND (o.principal_id = w.principal_id OR NOT EXISTS (
            SELECT 1 FROM person_links l WHERE l.ended_at IS NULL AND l.at >= p.at AND l.principal_id = ANY (${everyId})))
          AND NOT EXISTS (SELECT 1 FROM consent_retractions b WHERE b.objection_id = o.id AND (b.at <= p.at OR o.at > p.at))))`;

/**
 * The persons `persons` of each provision: how many there are, and whether the consent that is named let all be provided. To a third party to whom
 * no record is due none is named, and any that was on record will do. `domestic`: one that is named says nothing of a provision abroad. `unlogged`:
 * of how many the log does not have the reading.
 */
const persons = `heard AS (
       SELECT principal_id FROM consent_objections
       UNION SELECT s.other_id FROM consent_objections o JOIN same_person s ON s.principal_id = o.principal_id),
     persons AS (
       SELECT w.provision_id, count(*) AS people, count(*) FILTER (WHERE w.consent_id IS NULL) AS consentless,
              bool_or(NOT CASE WHEN w.consent_id IS NOT NULL THEN coalesce(${stood}, false)
                ELSE p.relation <> 'third-party' OR EXISTS (
                  SELECT 1 FROM consents c JOIN consent_texts t ON t.id = c.text_id LEFT JOIN consent_withdrawals d ON d.consent_id = c.id
                  WHERE c.at <= p.at + interval '1 minute' AND ${stood}) END) AS unconsented,
              coalesce(bool_or(NOT t.abroad), false) AS domestic,
              count(*) FILTER (WHERE NOT EXISTS (
                SELECT 1 FROM log_entries l WHERE l.id = w.entry_id AND l.principal_id = w.principal_id
                  AND l.action IN ('people:provide', 'people:package'))) AS unlogged
       FROM provision_people w
       JOIN (SELECT id, at, (at AT TIME ZONE 'Asia/Tokyo')::date AS on_day, relation, holding_id, purpose, items, recipient_id
         FROM provisions OFFSET 0) p ON p.id = w.provision_id
       LEFT JOIN consents c ON c.id = w.consent_id LEFT JOIN consent_texts t ON t.id = c.text_id
       LEFT JOIN consent_withdrawals d ON d.consent_id = c.id LEFT JOIN heard h ON h.principal_id = w.principal_id
       GROUP BY 1)`;

/** The notices of the joint use of the provision `f` that everybody could read of, and that were in effect, on its day. */
const noticesThen = `joint_use_notices n JOIN joint_use_publications p USING (joint_use_id, notice)
                WHERE n.joint_use_id = f.joint_use_id AND greatest(p.public_on, n.effective_on) <= f.on_day`;

/** Its purposes then: these and who answers for it alone change. */
const purposesThen = `(SELECT n.states->'purposes' FROM ${noticesThen} AND n.states ? 'purposes'
                ORDER BY n.effective_on DESC, n.notice DESC LIMIT 1)`;

/** Who answered for it then: of what the notices say of them the last that was said of each part. */
const responsibleThen = `(coalesce(j.states->'responsible', '{}') || coalesce((
                SELECT jsonb_object_agg(r.part, r.said ORDER BY n.effective_on, n.notice)
                FROM (SELECT n.* FROM ${noticesThen}) n, jsonb_each(n.states->'responsible') AS r (part, said)), '{}'))`;

/** Whether its notice said then who may share in it, and who answers for it (27(5)(iii)); what it names of the rest is asked by itself. */
const statedThen = `coalesce((SELECT j.states #>> '{scope,ja}' <> '' AND r #>> '{name,ja}' <> '' AND r #>> '{address,ja}' <> ''
                  AND (r->>'kind' <> 'corporation' OR r #>> '{representative,ja}' <> '')
                FROM (SELECT ${responsibleThen} AS r OFFSET 0) r), false)`;

/** Whether the recipient abroad of the provision `f`, which no item of the law let, had last been found before its day to be unable to keep its measures. */
const failing = `f.country <> 'JP' AND f.exception IS NULL AND coalesce((
                SELECT k.measures = 'impossible' FROM recipient_checks k
                WHERE k.recipient_id = f.recipient_id AND k.on_day < f.on_day ORDER BY k.on_day DESC LIMIT 1), false)`;

/** The purposes of My Numbers, of every policy that was approved: no id comes to mean something else. */
const numbers = `numbers AS MATERIALIZED (
       SELECT DISTINCT u->>'id' AS id FROM policy_versions, jsonb_array_elements(content->'purposes') AS u
       WHERE approved_at IS NOT NULL AND u->>'scope' = 'my-number')`;

/** Whether the provision `f` shared something for one of them, or out of a holding that served one then. */
const ofNumbers = `(f.purpose IN (SELECT id FROM numbers) OR EXISTS (
                SELECT 1 FROM numbers WHERE (SELECT v.content->'purposes' FROM holding_versions v
                  WHERE v.holding_id = f.holding_id AND v.at <= f.at ORDER BY v.version DESC LIMIT 1) ? numbers.id))`;

/** The joint uses with their first notice. */
const joint = `joint AS (SELECT u.id, u.ended_on, n.states, p.public_on FROM joint_uses u
               LEFT JOIN joint_use_notices n ON n.joint_use_id = u.id AND n.notice = 1
               LEFT JOIN joint_use_publications p ON p.joint_use_id = u.id AND p.notice = 1)`;

/** Whether the recipient of a provision was in a country that was neither Japan nor equivalent ($1, from $2 to $3) on its day. */
const elsewhere = `NOT (recipient->>'country' = 'JP' OR recipient->>'country' = ANY ($1::text[])
                      AND (at AT TIME ZONE 'Asia/Tokyo')::date BETWEEN $2::date AND $3::date)`;

/** `equivalent`: the countries recognised as equivalent (Rules 15), on the days on which they are known to be. */
export async function countProvisions(
  on: Queryable,
  equivalent: Parameter<ReadonlySet<string>>,
): Promise<ProvisionCounts> {
  // Each row is taken apart once (OFFSET 0), of its facts only what its kind asks for, and counted in one pass.
  const [row] = await on.query<ProvisionCounts>(
    `WITH ${persons}, ${numbers}, ${joint}
     SELECT count(*)::int AS provisions,
            count(r.provision_id)::int AS records,
            count(*) FILTER (WHERE w.unlogged > 0)::int AS unlogged,
            count(*) FILTER (WHERE w.people IS DISTINCT FROM f.people
              OR (r.provision_id IS NULL AND f.finding->'duties' @> '[{"do":"record-provision"}]'))::int AS unrecorded,
            count(*) FILTER (WHERE k.approved_by IS NULL OR k.approved_by = k.made_by OR k.approved_by = ANY (k.listed_by)
              OR k.approved_by = k.requested_by)::int AS unapproved,
            count(*) FILTER (WHERE r.provided_on IS NOT NULL OR (r.provision_id IS NULL AND f.opted))::int AS "byOptOut",
            count(*) FILTER (WHERE r.consent_obtained OR f.unexcused)::int AS "byConsent",
            count(*) FILTER (WHERE (r.consent_obtained OR f.unexcused) AND (w.unconsented OR (r.consent_obtained AND w.consentless > 0)
              OR coalesce(f.consent_on::date > coalesce(r.made_on, f.on_day), true)))::int AS "consentLate",
            count(*) FILTER (WHERE f.country <> 'JP')::int AS abroad,
            count(*) FILTER (WHERE f.needs_consent AND (NOT f.consented_abroad OR w.domestic))::int AS "abroadUngrounded",
            count(*) FILTER (WHERE ${failing})::int AS "abroadFailing",
            count(*) FILTER (WHERE f.needs_consent AND f.consented)::int AS "abroadByConsent",
            count(*) FILTER (WHERE f.needs_consent AND f.consented AND NOT f.is_told)::int AS "abroadUntold",
            count(*) FILTER (WHERE f.needs_consent AND f.consented AND f.is_told AND coalesce(f.told->>'on' > f.consent_on, true))::int
              AS "abroadToldLate",
            count(*) FILTER (WHERE f.needs_consent AND f.consented AND f.is_told AND 'not-told' IN (
              coalesce(f.told->>'country', 'not-told'), coalesce(f.told->>'system', 'not-told'), coalesce(f.told->>'measures', 'not-told')
            ))::int AS "abroadBlank",
            count(*) FILTER (WHERE f.shared)::int AS "jointUses",
            count(*) FILTER (WHERE f.shared AND (j.id IS NULL OR j.ended_on < f.on_day))::int AS "jointUseUnregistered",
            count(*) FILTER (WHERE f.shared AND (coalesce((f.notice->>'noticeOn')::date > f.on_day, true)
              OR (j.id IS NOT NULL AND coalesce(j.public_on > f.on_day, true))))::int AS "jointUseEarly",
            count(*) FILTER (WHERE f.shared AND (NOT coalesce(
                f.notice->'listed' @> '["fact","items","users","purposes","responsible-name","responsible-address"]'
                AND (f.notice->>'responsibleKind' <> 'corporation' OR f.notice->'listed' @> '"responsible-representative"'), false)
              OR (j.id IS NOT NULL AND NOT ${statedThen})))::int AS "jointUseIncomplete",
            count(*) FILTER (WHERE f.shared AND ${ofNumbers})::int AS "jointUseOfNumbers",
            count(*) FILTER (WHERE f.shared AND NOT (coalesce(f.notice->'items' @> to_jsonb(f.items), false)
              AND (j.id IS NULL OR f.items <@ ARRAY(SELECT i->>'code' FROM jsonb_array_elements(j.states->'items') AS i
                WHERE i->>'holding' = f.holding_id::text))))::int AS "jointUseOtherItems",
            count(*) FILTER (WHERE f.shared AND NOT (coalesce((f.notice->>'recipientInScope')::boolean, false)
              AND (j.id IS NULL OR coalesce(j.states->'members' ? f.recipient_id::text, false))))::int AS "jointUseOtherUser",
            count(*) FILTER (WHERE f.shared AND NOT (coalesce(f.notice->'purposes' @> to_jsonb(f.purpose), false)
              AND (j.id IS NULL OR coalesce(${purposesThen}, j.states->'purposes') @> jsonb_build_array(jsonb_build_object('id', f.purpose)))))::int
              AS "jointUseOtherPurpose"
     FROM (
       SELECT id, at, people, holding_id, recipient_id, items, purpose, joint_use_id, package_id, shared, country, finding,
              (at AT TIME ZONE 'Asia/Tokyo')::date AS on_day, facts #>> '{consent,on}' AS consent_on,
              nullif(facts->'exception', 'null') AS exception,
              relation = 'third-party' AND num_nonnulls(nullif(facts->'exception', 'null'), nullif(facts->'optOut', 'null'),
                nullif(facts->'cloud', 'null')) = 0 AS unexcused,
              relation = 'third-party' AND nullif(facts->'optOut', 'null') IS NOT NULL AND nullif(facts->'exception', 'null') IS NULL
                AND NOT facts @> '{"consent":{"coversRecipient":true,"coversItems":true,"coversPurpose":true}}' AS opted,
              CASE WHEN shared THEN facts->'jointUse' END AS notice,
              CASE WHEN elsewhere THEN facts->'foreignInformation' END AS told,
              elsewhere AND coalesce(jsonb_typeof(facts->'foreignInformation') = 'object', false) AS is_told,
              elsewhere AND num_nonnulls(nullif(facts->'equivalentSystem', 'null'), nullif(facts->'exception', 'null'),
                nullif(facts->'cloud', 'null')) = 0 AS needs_consent,
              elsewhere AND facts @> '{"consent":{"coversRecipient":true,"coversItems":true,"coversPurpose":true}}' AS consented,
              elsewhere AND facts @> '{"consent":{"coversRecipient":true,"coversItems":true,"coversPurpose":true,"abroad":true}}'
                AS consented_abroad
       FROM (SELECT *, relation = 'joint-use' AS shared, recipient->>'country' AS country,
                    ${elsewhere} AS elsewhere FROM provisions OFFSET 0) AS p OFFSET 0) AS f
     LEFT JOIN provision_records r ON r.provision_id = f.id LEFT JOIN persons w ON w.provision_id = f.id
     LEFT JOIN packages k ON k.id = f.package_id
     LEFT JOIN joint j ON j.id = f.joint_use_id`,
    [[...equivalent.value], equivalent.from ?? 'infinity', equivalent.to ?? 'infinity'],
  );
  return row!;
}

// ---- the end of records

/** Erases records whose time was over before a day, at most 200 of them; answers the ids of their provisions. */
export const expireRecords = async (tx: Tx, today: Day): Promise<string[]> =>
  (await tx.query<{ id: string }>('SELECT expire_provision_records($1) AS id', [today])).map(({ id }) => id);

// ---- packages

/** False when a package of this id is there already. */
export const insertPackage = async (tx: Tx, row: PackageRow): Promise<boolean> => {
  const [inserted] = await tables(tx)
    .insertInto('packages')
    .values({ ...row, facts: json(row.facts), words: json(row.words), screening: json(row.screening) })
    .onConflict((on) => on.constraint('packages_attempt').doNothing())
    .returning('id')
    .execute();
  return inserted !== undefined;
};

export const packageOfAttempt = async (
  on: Queryable,
  { made_by, attempt }: Pick<PackageRow, 'made_by' | 'attempt'>,
): Promise<Pick<PackageRow, 'id' | 'attempt_digest'> | null> =>
  (await tables(on)
    .selectFrom('packages')
    .select(['id', 'attempt_digest'])
    .where('made_by', '=', made_by)
    .where('attempt', '=', attempt)
    .executeTakeFirst()) ?? null;

const json = (value: unknown): never => (value === null ? null : JSON.stringify(value)) as never;

export const findPackage = async (on: Queryable, id: string): Promise<PackageRow | null> =>
  (await tables(on).selectFrom('packages').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;

/** The package, which nobody else moves until the transaction ends. */
export const lockPackage = async (tx: Tx, id: string): Promise<PackageRow | null> =>
  (await tables(tx).selectFrom('packages').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) ?? null;

export interface PackageQuery {
  state?: PackageState | undefined;
  recipient?: string | undefined;
  /** Who made it, as the log writes them. */
  by?: string | undefined;
  /** For one of these; null for all. */
  purposes?: readonly string[] | null;
  /** Newest first, those before this package. */
  before?: string;
  most: number;
}

export const listPackages = (
  on: Queryable,
  { state, recipient, by, purposes = null, before, most }: PackageQuery,
): Promise<PackageRow[]> =>
  tables(on)
    .selectFrom('packages')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state!))
    .$if(recipient !== undefined, (query) => query.where('recipient_id', '=', recipient!))
    .$if(by !== undefined, (query) => query.where('made_by', '=', by!))
    .$if(purposes !== null, (query) => query.where('purpose', 'in', purposes!))
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(most)
    .execute();

/** Whoever made a package. */
export const packageMakers = async (on: Queryable): Promise<string[]> =>
  (await tables(on).selectFrom('packages').select('made_by').distinct().execute()).map((row) => row.made_by);

/** Packages that somebody made and that are not over, newest first. */
export const openPackagesBy = (on: Queryable, actor: string): Promise<PackageRow[]> =>
  tables(on)
    .selectFrom('packages')
    .selectAll()
    .where('made_by', '=', actor)
    .where('state', 'in', ['draft', 'requested', 'preparing', 'ready'])
    .orderBy('id', 'desc')
    .execute();

/** Packages that are approved and not ready, and that wait for nothing which is still `awaited`. */
const preparing = (on: Queryable, awaited: readonly Awaited[]) =>
  tables(on)
    .selectFrom('packages')
    .where('state', '=', 'preparing')
    .where(
      sql<boolean>`NOT EXISTS (SELECT 1 FROM jsonb_to_recordset(${JSON.stringify(awaited)}::jsonb) AS w (holding uuid, purpose text, "from" text[])
        WHERE w.holding = holding_id AND w.purpose = packages.purpose AND w."from" = waits_for)`,
    );

/** Whether any is to be prepared. Asked every second and mostly answered with no, so it only looks. */
export const isAnyPreparing = async (on: Queryable, awaited: readonly Awaited[]): Promise<boolean> =>
  (await preparing(on, awaited).select('id').limit(1).executeTakeFirst()) !== undefined;

/** The one that waited longest, of those that no other process is at; locked until the transaction ends. */
export const takePreparing = async (tx: Tx, awaited: readonly Awaited[]): Promise<PackageRow | null> =>
  (await preparing(tx, awaited)
    .selectAll()
    .orderBy('approved_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()) ?? null;

/** Packages that were ready before an instant and are still open; locked until the transaction ends. */
export const takeStale = (tx: Tx, readyBefore: Date): Promise<PackageRow[]> =>
  tables(tx)
    .selectFrom('packages')
    .selectAll()
    .where('state', '=', 'ready')
    .where('state_at', '<', readyBefore)
    .forUpdate()
    .skipLocked()
    .execute();

/** What a package waited for is over once it moves on. */
export const movePackage = (
  tx: Tx,
  id: string,
  to: Partial<Omit<PackageRow, 'id' | 'screening'>> & { screening?: Screened[] },
): Promise<unknown> => {
  const { screening, words, ...rest } = to;
  return tables(tx)
    .updateTable('packages')
    .set({
      ...(rest.state === undefined ? {} : { waits_for: null }),
      ...rest,
      ...(screening ? { screening: json(screening) } : {}),
      ...(words === undefined ? {} : { words: json(words) }),
    })
    .where('id', '=', id)
    .execute();
};

/** Puts ids on the list of a package; answers how many were new to it. */
export async function addToList(tx: Tx, id: string, principals: readonly string[]): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `WITH added AS (INSERT INTO package_list SELECT $1::uuid, u FROM unnest($2::uuid[]) AS u ON CONFLICT DO NOTHING RETURNING 1)
     SELECT count(*)::int AS n FROM added`,
    [id, uuidArray(principals)],
  );
  return row!.n;
}

export const countList = async (on: Queryable, id: string): Promise<number> =>
  (await on.query<{ n: number }>('SELECT count(*)::int AS n FROM package_list WHERE package_id = $1', [id]))[0]!.n;

/** What the vault and the consents say of everybody: the parts with the CTEs `held` and `standing_consents`; and who had the use stopped. */
export interface Known {
  held: Part;
  consents: Part;
  stopped: readonly KeptOut[];
  /** It would rest on an opt-out, which lets out nobody who asked that it stop (27(2)). */
  byOptOut: boolean;
}

type StopKind = NonNullable<PersonClass['stopped']>;

/** The kinds of stop there are, each once: persons are put into classes by the place of theirs, which is quicker than by all it says. */
function kindsOf(stopped: readonly KeptOut[]): { kinds: StopKind[]; of: number[] } {
  const kinds: StopKind[] = [];
  const places = new Map<string, number>();
  const of = stopped.map(({ stop }) => {
    const { from: _, ...kind } = stop;
    const key = JSON.stringify(kind);
    if (!places.has(key)) places.set(key, kinds.push(kind) - 1);
    return places.get(key)!;
  });
  return { kinds, of };
}

const OBJECTED = 'coalesce(h.principal_id IN (SELECT principal_id FROM objected_principals), false)';

const stops = `stops AS (SELECT * FROM unnest($2::uuid[], $3::int[], $4::date[]) AS k (principal_id, stop, until_consent))`;

/**
 * Who is asked about, whether the holding keeps something of them, and what they had stopped: gives the CTE
 * `listed (principal_id, held, held_for, would, stopped, until_consent, objected)`; comes after `held` and `objected_principals`. `stopped` is the place
 * of the kind; a stop of provision holds until a consent after its day. `objected` is looked at for an opt-out alone.
 */
const listing = ({ id, everybody }: Pick<PackageRow, 'id' | 'everybody'>, { stopped, byOptOut }: Known): Part => ({
  name: `package.${everybody ? 'everybody' : 'listed'}${byOptOut ? '.opt-out' : ''}`,
  sql: everybody
    ? `${stops},
listed AS NOT MATERIALIZED (
  SELECT h.principal_id, true AS held, h.held_for, h.would, x.stop AS stopped, x.until_consent,
    ${byOptOut ? OBJECTED : 'false'} AS objected
  FROM held h LEFT JOIN stops x ON x.principal_id = h.principal_id WHERE $1::uuid IS NOT NULL)`
    : `${stops},
listed AS NOT MATERIALIZED (
  SELECT p.principal_id, h.principal_id IS NOT NULL AS held, h.held_for IS TRUE AS held_for, h.would IS TRUE AS would, x.stop AS stopped, x.until_consent,
    ${byOptOut ? OBJECTED : 'false'} AS objected
  FROM package_list p LEFT JOIN held h ON h.principal_id = p.principal_id LEFT JOIN stops x ON x.principal_id = p.principal_id
  WHERE p.package_id = $1::uuid)`,
  values: [
    id,
    uuidArray(stopped.map(({ principal }) => principal)),
    kindsOf(stopped).of,
    stopped.map(({ stop }) => (stop.stops === 'provision' ? stop.from : null)),
  ],
});

const named = (name: string, { everybody }: Pick<PackageRow, 'everybody'>, { byOptOut }: Known): string =>
  `package.${name}.${everybody ? 'everybody' : 'listed'}${byOptOut ? '.opt-out' : ''}`;

/** Whether the consent `s` of `l` takes a stop of provision back. An opt-out, which would go on without it, does not get by on one that fails. */
const consentedAnew = ({ byOptOut }: Known): string =>
  byOptOut
    ? "(s.given_on > l.until_consent AND s.withdrawn_on IS NULL AND s.given_by IN ('principal', 'representative'))"
    : '(s.given_on > l.until_consent)';

/** A million persons are joined and sorted in memory; by default PostgreSQL would write them to disk again and again. */
const roomy = (tx: Tx): Promise<unknown> =>
  // What few classes of persons hand on to each other costs next to nothing; taken for what it costs elsewhere, everything is read by one process.
  tx.query(
    `SELECT set_config('work_mem', '256MB', true), set_config('parallel_setup_cost', '0', true),
            set_config('parallel_tuple_cost', '0.001', true)`,
    [],
  );

/** A class with how many are in it, and of how many of them the items would be held for the purpose were its changes judged anew. */
export interface CountedClass extends PersonClass {
  people: number;
  awaiting: number;
}

/** Everybody the package is about, in classes of those of whom the registers say the same. Reads nothing of anybody. */
export async function classesOf(
  tx: Tx,
  row: Pick<PackageRow, 'id' | 'everybody'>,
  known: Known,
): Promise<CountedClass[]> {
  await roomy(tx);
  const { kinds } = kindsOf(known.stopped);
  const rows = await runParts<Omit<CountedClass, 'stopped'> & { stopped: number | null }>(
    tx,
    named('classes', row, known),
    [known.held, known.consents, listing(row, known)],
    `SELECT l.held, l.held_for AS "heldFor", CASE WHEN ${consentedAnew(known)} IS NOT TRUE THEN l.stopped END AS stopped, l.objected, s.text_id AS text, s.given_by AS "givenBy", s.withdrawn_on IS NOT NULL AS withdrawn,
            max(s.given_on)::text AS "givenOn", count(*)::int AS people,
            count(*) FILTER (WHERE l.would AND NOT l.held_for)::int AS awaiting
     FROM listed l LEFT JOIN standing_consents s ON s.principal_id = l.principal_id AND l.held
     GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY people DESC`,
  );
  return rows.map(({ stopped, ...rest }) => ({ ...rest, stopped: stopped === null ? null : kinds[stopped]! }));
}

/** A class the law said yes to, with its number in the package's screening. */
export interface Admitted extends Pick<PersonClass, 'heldFor' | 'objected' | 'text' | 'givenBy' | 'withdrawn'> {
  no: number;
}

/** Whether the registers say of somebody `l` with the consent `s` what makes the class `y`, and whether no stop keeps them out. */
const alike = `y.objected = l.objected AND y.text_id IS NOT DISTINCT FROM s.text_id AND y.given_by IS NOT DISTINCT FROM s.given_by
    AND y.withdrawn = (s.withdrawn_on IS NOT NULL)`;
const free = (known: Known): string => `l.held AND (l.stopped IS NULL OR ${consentedAnew(known)})`;

/** Gives the CTE `admitted (principal_id, consent_id, class)`: who is in one of these classes now. */
const admitting = (classes: readonly Admitted[], known: Known): Part => ({
  name: `package.admitted${known.byOptOut ? '.opt-out' : ''}`,
  sql: `yes AS (
  SELECT c->>'no' AS no, (c->>'heldFor')::boolean AS held_for,
    coalesce((c->>'objected')::boolean, false) AS objected, (c->>'text')::uuid AS text_id, c->>'givenBy' AS given_by, (c->>'withdrawn')::boolean AS withdrawn
  FROM jsonb_array_elements($1::jsonb) AS c),
admitted AS NOT MATERIALIZED (
  SELECT l.principal_id, s.consent_id, y.no::smallint AS class
  FROM listed l LEFT JOIN standing_consents s ON s.principal_id = l.principal_id
  JOIN yes y ON ${alike} AND y.held_for = l.held_for
  WHERE ${free(known)})`,
  values: [JSON.stringify(classes)],
});

/** Of how many of a package its class is true now, and of how many it would be once the changes of purpose that wait were judged anew. */
export interface PlacedClass {
  class: number;
  going: number;
  waiting: number;
}

/** The persons of a package, or of one part of it, by their classes; those of whom nothing of it is true any more do not count. */
export async function placedNow(
  tx: Tx,
  row: Pick<PackageRow, 'id' | 'everybody'>,
  known: Known,
  classes: readonly Admitted[],
  part: number | null,
): Promise<PlacedClass[]> {
  await roomy(tx);
  return runParts<PlacedClass>(
    tx,
    named('placed', row, known),
    [
      known.held,
      known.consents,
      listing(row, known),
      admitting(classes, known),
      {
        name: 'package.placed',
        sql: `placed AS (
  SELECT p.class, count(*) FILTER (WHERE y.held_for = l.held_for)::int AS going,
    count(*) FILTER (WHERE y.held_for AND l.would AND NOT l.held_for)::int AS waiting
  FROM package_people p JOIN listed l ON l.principal_id = p.principal_id LEFT JOIN standing_consents s ON s.principal_id = l.principal_id
  JOIN yes y ON y.no::smallint = p.class AND ${alike}
  WHERE p.package_id = $1::uuid AND ($2::int IS NULL OR p.part = $2) AND ${free(known)} GROUP BY 1)`,
        values: [row.id, part],
      },
    ],
    'SELECT * FROM placed ORDER BY class',
  );
}

/** How many persons are sealed together. */
export const PART_PEOPLE = 1_000;

/** Writes down who is in the package, a thousand to a part; answers how many. */
export async function admitPeople(
  tx: Tx,
  row: Pick<PackageRow, 'id' | 'everybody'>,
  known: Known,
  classes: readonly Admitted[],
): Promise<number> {
  await roomy(tx);
  const [counted] = await runParts<{ n: number }>(
    tx,
    named('admit', row, known),
    [
      known.held,
      known.consents,
      listing(row, known),
      admitting(classes, known),
      {
        name: 'package.people',
        sql: `people AS (
  INSERT INTO package_people (package_id, part, class, principal_id, consent_id)
  SELECT $1::uuid, (row_number() OVER (ORDER BY a.principal_id) - 1) / ${PART_PEOPLE}, a.class, a.principal_id, a.consent_id
  FROM admitted a RETURNING 1)`,
        values: [row.id],
      },
    ],
    'SELECT count(*)::int AS n FROM people',
  );
  return counted!.n;
}

/**
 * Takes those out who are in none of these classes any more; who is in another of them or rests on another consent now stays by that. Unseals the
 * parts they were in.
 */
export async function settlePeople(
  tx: Tx,
  row: Pick<PackageRow, 'id' | 'everybody'>,
  known: Known,
  classes: readonly Admitted[],
): Promise<void> {
  await roomy(tx);
  await runParts(
    tx,
    named('settle', row, known),
    [
      known.held,
      known.consents,
      listing(row, known),
      admitting(classes, known),
      {
        name: 'package.settled',
        // EXCEPT looks at each side once, whatever the planner believes about a package that was filled a moment ago; only where it leaves somebody is
        // it looked again who is let in.
        sql: `moved AS (
  SELECT principal_id, class, consent_id FROM package_people WHERE package_id = $1::uuid
  EXCEPT SELECT principal_id, class, consent_id FROM admitted),
stays AS (
  UPDATE package_people p SET class = a.class, consent_id = a.consent_id
  FROM moved m JOIN admitted a ON a.principal_id = m.principal_id
  WHERE p.package_id = $1::uuid AND p.principal_id = m.principal_id
  RETURNING p.part, p.principal_id),
gone AS (
  DELETE FROM package_people p USING moved m WHERE p.package_id = $1::uuid AND p.principal_id = m.principal_id
    AND NOT EXISTS (SELECT 1 FROM stays s WHERE s.principal_id = p.principal_id)
  RETURNING p.part),
unsealed AS (
  DELETE FROM package_parts q WHERE q.package_id = $1::uuid
    AND q.part IN (SELECT part FROM gone UNION ALL SELECT part FROM stays))`,
        values: [row.id],
      },
    ],
    'SELECT 1',
  );
}

export interface PlacedPerson {
  principal_id: string;
  class: number;
  consent_id: string | null;
}

/** The first part that is not sealed yet, with those in it; null when all are. */
export async function nextPart(on: Queryable, id: string): Promise<{ part: number; people: PlacedPerson[] } | null> {
  const [next] = await on.query<{ part: number }>(
    `SELECT n AS part FROM generate_series(0, (SELECT max(part) FROM package_people WHERE package_id = $1)) AS n
     WHERE NOT EXISTS (SELECT 1 FROM package_parts q WHERE q.package_id = $1 AND q.part = n) ORDER BY n LIMIT 1`,
    [id],
  );
  if (!next) return null;
  const people = await on.query<PlacedPerson>(
    'SELECT principal_id, class, consent_id FROM package_people WHERE package_id = $1 AND part = $2 ORDER BY principal_id',
    [id, next.part],
  );
  return { part: next.part, people };
}

/** Somebody whose line is in a sealed part. */
export interface SealedPerson extends PlacedPerson {
  entry: string;
}

/** The sealed records of these persons, found and logged in one statement. */
export const readPart = (on: Queryable, finding: Part, logging: Part): Promise<Found[]> =>
  runParts<Found>(on, 'package.read', [finding, logging], 'SELECT * FROM found');

/** Keeps a sealed part. Those of it of whom nothing was there to hand over are taken out of the package. */
export async function savePart(
  tx: Tx,
  { id, part, people, sealed }: { id: string; part: number; people: readonly SealedPerson[]; sealed: Buffer },
): Promise<void> {
  await tx.query(
    'DELETE FROM package_people WHERE package_id = $1 AND part = $2 AND NOT principal_id = ANY($3::uuid[])',
    [id, part, uuidArray(people.map((one) => one.principal_id))],
  );
  await tx.query(
    `INSERT INTO package_parts (package_id, part, principals, entries, classes, consents, sealed)
     VALUES ($1, $2, $3::uuid[], $4::uuid[], $5::smallint[], $6::uuid[], $7)`,
    [
      id,
      part,
      uuidArray(people.map((one) => one.principal_id)),
      uuidArray(people.map((one) => one.entry)),
      people.map((one) => one.class),
      uuidArray(people.map((one) => one.consent_id)),
      sealed,
    ],
  );
}

/** How many are sealed, by class. */
export const sealedByClass = (on: Queryable, id: string): Promise<{ class: number; people: number }[]> =>
  on.query(
    `SELECT u.class, count(*)::int AS people FROM package_parts q, unnest(q.classes) AS u(class)
     WHERE q.package_id = $1 GROUP BY 1 ORDER BY 1`,
    [id],
  );

/** Writes the provisions of a package with the persons of its sealed parts and the records; answers how many persons that are. */
export async function release(
  tx: Tx,
  id: string,
  made: readonly { class: number; row: ProvisionRow; record: RecordRow | null }[],
): Promise<number> {
  await tx.query('INSERT INTO provisions SELECT r.* FROM jsonb_populate_recordset(NULL::provisions, $1::jsonb) AS r', [
    JSON.stringify(made.map(({ row }) => forJson(row))),
  ]);
  await tx.query(
    'INSERT INTO provision_records SELECT r.* FROM jsonb_populate_recordset(NULL::provision_records, $1::jsonb) AS r',
    [JSON.stringify(made.flatMap(({ record }) => record ?? []))],
  );
  const [counted] = await tx.query<{ n: number }>(
    `WITH written AS (
       INSERT INTO provision_people (principal_id, provision_id, entry_id, consent_id)
       SELECT u.principal, (m->>'provision')::uuid, u.entry, CASE WHEN (m->>'consent')::boolean THEN u.consent END
       FROM package_parts q, unnest(q.principals, q.entries, q.classes, q.consents) AS u(principal, entry, class, consent)
       JOIN jsonb_array_elements($2::jsonb) AS m ON (m->>'class')::smallint = u.class
       WHERE q.package_id = $1 RETURNING 1)
     SELECT count(*)::int AS n FROM written`,
    [
      id,
      JSON.stringify(
        made.map((one) => ({
          class: one.class,
          provision: one.row.id,
          consent: one.record?.consent_obtained ?? false,
        })),
      ),
    ],
  );
  return counted!.n;
}

/** A sealed part, and how many persons are in it. */
export interface SealedPart {
  part: number;
  people: number;
}

/** The sealed parts of a package, in order. */
export const sealedParts = (on: Queryable, id: string): Promise<SealedPart[]> =>
  on.query('SELECT part, cardinality(principals) AS people FROM package_parts WHERE package_id = $1 ORDER BY part', [
    id,
  ]);

/** What is sealed in a part, as long as it is there with as many persons. */
export const findPart = async (on: Queryable, id: string, { part, people }: SealedPart): Promise<Buffer | null> =>
  (
    await on.query<{ sealed: Buffer }>(
      'SELECT sealed FROM package_parts WHERE package_id = $1 AND part = $2 AND cardinality(principals) = $3',
      [id, part, people],
    )
  )[0]?.sealed ?? null;

/** How many parts there are, and how many of them are sealed. */
export async function progressOf(on: Queryable, id: string): Promise<{ people: number; sealed: number }> {
  const [row] = await on.query<{ people: number; sealed: number }>(
    `SELECT (SELECT count(*)::int FROM package_people WHERE package_id = $1) AS people,
            (SELECT coalesce(sum(cardinality(principals)), 0)::int FROM package_parts WHERE package_id = $1) AS sealed`,
    [id],
  );
  return row!;
}

/** The person who is alone in a package, or on the list of one into which nobody was let yet; null where there is nobody or are several. */
export async function onlyPerson(on: Queryable, id: string): Promise<string | null> {
  const [first, ...others] = await on.query<{ principal_id: string }>(
    `SELECT principal_id FROM package_people WHERE package_id = $1
     UNION ALL SELECT principal_id FROM package_list
       WHERE package_id = $1 AND NOT EXISTS (SELECT FROM package_people WHERE package_id = $1)
     LIMIT 2`,
    [id],
  );
  return first && others.length === 0 ? first.principal_id : null;
}

/** Drops what was prepared: lists, persons, sealed parts and what is sealed of the one person in it. Its provisions and records stay. */
export async function emptyPackage(tx: Tx, id: string): Promise<void> {
  for (const table of ['package_parts', 'package_people', 'package_list']) {
    await tx.query(`DELETE FROM ${table} WHERE package_id = $1`, [id]);
  }
  await tx.query('UPDATE packages SET sealed = NULL, sealed_of = NULL WHERE id = $1 AND sealed_of IS NOT NULL', [id]);
}
