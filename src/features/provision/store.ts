// Every query of the provisions. A provision is written in the statement that reads the vault and writes the log, so that nothing leaves
// without its record.

import { sql } from 'kysely';
import type { Queryable } from '../../platform/database/index.ts';
import { runParts, type Part } from '../../platform/statement.ts';
import type { Found } from '../../vault/index.ts';
import type { ProvisionRow, ProvisionTables, RecordRow } from './tables.ts';

const tables = (on: Queryable) => on.kysely.withTables<ProvisionTables>();

/** The provision and, where the law asks for one, its record: written only if the vault's part found the person (`effected`). */
function recording(row: ProvisionRow, record: RecordRow | null): Part {
  return {
    name: 'provision',
    sql: `provided AS (
  INSERT INTO provisions (id, principal_id, holding_id, at, by_actor, purpose, items, relation, recipient, facts, finding, law_version, policy_version, attempt)
  SELECT r.id, r.principal_id, r.holding_id, r.at, r.by_actor, r.purpose, r.items, r.relation, r.recipient, r.facts, r.finding, r.law_version, r.policy_version, r.attempt
  FROM jsonb_populate_record(NULL::provisions, $1::jsonb) AS r
  WHERE r.id IN (SELECT key FROM effected)
  RETURNING id),
recorded AS (
  INSERT INTO provision_records
  SELECT r.* FROM jsonb_populate_record(NULL::provision_records, $2::jsonb) AS r
  WHERE r.id IN (SELECT id FROM provided)
  RETURNING id)`,
    values: [JSON.stringify(row), record === null ? '{}' : JSON.stringify(record)],
  };
}

/** Whether an error says that this attempt has provided already. */
export const isRepeated = (error: unknown): boolean =>
  (error as { code?: string; constraint?: string }).code === '23505' &&
  (error as { constraint?: string }).constraint === 'provisions_attempt_key';

export const provisionOfAttempt = async (on: Queryable, attempt: string): Promise<string | null> =>
  (await tables(on).selectFrom('provisions').select('id').where('attempt', '=', attempt).executeTakeFirst())?.id ??
  null;

/** Finds the sealed record, writes provision, statutory record and log entry as one statement. Null when nothing is held. */
export async function provideOnce(
  on: Queryable,
  finding: Part,
  row: ProvisionRow,
  record: RecordRow | null,
  logging: Part,
): Promise<Found | null> {
  const parts = [finding, recording(row, record), logging];
  const [found] = await runParts<Found>(on, 'provision.provide', parts, 'SELECT * FROM found');
  return found ?? null;
}

export interface ProvisionQuery {
  principal?: string;
  /** Only those that have a record of APPI 29. */
  recorded?: boolean;
  /** Newest first, those before this provision. */
  before?: string;
  most: number;
}

export interface Provided extends ProvisionRow {
  record: RecordRow | null;
}

const withRecord = (on: Queryable) =>
  tables(on)
    .selectFrom('provisions as p')
    .leftJoin('provision_records as r', 'r.id', 'p.id')
    .selectAll('p')
    .select(sql<RecordRow | null>`to_jsonb(r)`.as('record'));

export const listProvisions = (
  on: Queryable,
  { principal, recorded, before, most }: ProvisionQuery,
): Promise<Provided[]> =>
  withRecord(on)
    .$if(principal !== undefined, (query) => query.where('p.principal_id', '=', principal!))
    .$if(recorded === true, (query) => query.where('r.id', 'is not', null))
    .$if(before !== undefined, (query) => query.where('p.id', '<', before!))
    .orderBy('p.id', 'desc')
    .limit(most)
    .execute();

export const findProvision = async (on: Queryable, id: string): Promise<Provided | null> =>
  (await withRecord(on).where('p.id', '=', id).executeTakeFirst()) ?? null;

/** What the promises about provision look at. Each count is taken from the rows themselves, not from the answers given then. */
export interface ProvisionCounts {
  provisions: number;
  records: number;
  /** Provisions whose finding asked for a record that is not there. */
  unrecorded: number;
  byOptOut: number;
  byConsent: number;
  /** By consent, but none is stated or it is later than the provision. */
  consentLate: number;
  abroad: number;
  /** Abroad by consent. */
  abroadByConsent: number;
  /** The information of 28(2) was not told before that consent, or one of its three matters was left blank. */
  abroadUninformed: number;
  jointUses: number;
  /** Shared jointly without a complete notice before it, or outside of what it names. */
  jointUseOutside: number;
}

export async function countProvisions(on: Queryable): Promise<ProvisionCounts> {
  const [row] = await on.query<ProvisionCounts>(
    `SELECT count(*)::int AS provisions,
            count(r.id)::int AS records,
            count(*) FILTER (WHERE r.id IS NULL AND p.finding->'duties' @> '[{"do":"record-provision"}]')::int AS unrecorded,
            count(*) FILTER (WHERE r.provided_on IS NOT NULL)::int AS "byOptOut",
            count(*) FILTER (WHERE r.consent_obtained)::int AS "byConsent",
            count(*) FILTER (WHERE r.consent_obtained
              AND coalesce((p.facts#>>'{consent,on}')::date > r.made_on, true))::int AS "consentLate",
            count(*) FILTER (WHERE p.recipient->>'country' <> 'JP')::int AS abroad,
            count(*) FILTER (WHERE r.consent_obtained AND p.facts->'foreignInformation' IS NOT NULL)::int AS "abroadByConsent",
            count(*) FILTER (WHERE r.consent_obtained AND p.facts->'foreignInformation' IS NOT NULL
              AND (coalesce(p.facts#>>'{foreignInformation,on}' > p.facts#>>'{consent,on}', true)
                OR coalesce(p.facts#>>'{foreignInformation,country}', 'not-told') = 'not-told'
                OR coalesce(p.facts#>>'{foreignInformation,system}', 'not-told') = 'not-told'
                OR coalesce(p.facts#>>'{foreignInformation,measures}', 'not-told') = 'not-told'))::int AS "abroadUninformed",
            count(*) FILTER (WHERE p.relation = 'joint-use')::int AS "jointUses",
            count(*) FILTER (WHERE p.relation = 'joint-use'
              AND (coalesce((p.facts#>>'{jointUse,noticeOn}')::date > (p.at AT TIME ZONE 'Asia/Tokyo')::date, true)
                OR NOT coalesce((p.facts#>'{jointUse,recipientInScope}')::boolean, false)
                OR NOT coalesce(p.facts#>'{jointUse,items}' @> to_jsonb(p.items), false)
                OR NOT coalesce(p.facts#>'{jointUse,purposes}' @> to_jsonb(p.purpose), false)
                OR NOT coalesce(p.facts#>'{jointUse,listed}' @>
                  '["fact","items","users","purposes","responsible-name","responsible-address"]', false)))::int AS "jointUseOutside"
     FROM provisions p LEFT JOIN provision_records r ON r.id = p.id`,
    [],
  );
  return row!;
}

/** Days on which a check of a foreign recipient's measures falls due (Rules 18(1)), soonest first: one per recipient. */
export const foreignChecks = (on: Queryable): Promise<{ recipient: string; country: string; due: string }[]> =>
  on.query(
    `SELECT p.recipient->>'name' AS recipient, p.recipient->>'country' AS country, max(d->>'by') AS due
     FROM provisions p, jsonb_array_elements(p.finding->'duties') d
     WHERE d->>'do' = 'check-foreign-measures' AND d->>'by' IS NOT NULL
     GROUP BY 1, 2 ORDER BY 3`,
    [],
  );
