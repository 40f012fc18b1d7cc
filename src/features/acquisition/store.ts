// Every query of acquisition. A record is only ever inserted, in the statement that creates the person and writes the log.

import type { Day } from '../../base/day.ts';
import { firstId } from '../../base/id.ts';
import { acquisitionItems, provingClaims } from '../../law/index.ts';
import { statedUntil } from '../../log/index.ts';
import { rowType, uuidArray, type Queryable, type Tx } from '../../platform/database/index.ts';
import { runParts, type Part } from '../../platform/statement.ts';
import { objectedAt, type Unsaid, withdrawnAt } from '../consent/index.ts';
import { admitting } from '../ledger/index.ts';
import { provedException, publicBody } from '../recipients/index.ts';
import { placements } from './facts.ts';
import type { KeyedRequest, StoredRecord } from './tables.ts';

const keyRows = rowType<KeyedRequest>('acquisition_keys', [
  ['text', (k) => k.actor],
  ['bytea', (k) => k.key],
  ['bytea', (k) => k.digest],
  ['uuid', (k) => k.acquisition],
  ['timestamptz', (k) => k.at],
]);

/** SQL: inserts the keys of requests, in order. Fails with an error that `isKeyTaken` recognises when one was used before. */
const claimKeys = (keys: string, having = ''): string => `
  INSERT INTO acquisition_keys SELECT k.* FROM unnest(${keys}::acquisition_keys[]) AS k ${having} ORDER BY k.actor, k.key`;

/** Another request used the key first; nothing of the statement or the transaction stands. */
export const isKeyTaken = (error: unknown): boolean =>
  (error as { constraint?: unknown }).constraint === 'acquisition_keys_pkey';

/** Until when an acquisition has to be kept as the record of a receipt (30(4)); null where none had to be made. */
export const keptUntil = (duties: StoredRecord['duties']): Day | null =>
  duties.find((duty) => duty.do === 'record-receipt')?.keepUntil ?? null;

const recordRows = rowType<StoredRecord>('acquisitions', [
  ['uuid', (r) => r.id],
  ['uuid', (r) => r.principal],
  ['uuid', (r) => r.holding],
  ['timestamptz', (r) => r.at],
  ['text', (r) => r.actor],
  ['text', (r) => r.channel],
  ['text', (r) => r.source],
  ['text[]', (r) => r.purposes],
  ['text[]', (r) => r.items],
  ['text', (r) => r.placement],
  ['jsonb', (r) => r.receipt],
  ['text[]', (r) => r.because],
  ['jsonb', (r) => r.duties],
  ['date', (r) => r.lawVersion],
  ['int4', (r) => r.policyVersion],
  ['bytea', (r) => (r.recordKey ? null : r.sealed)],
  ['bool', (r) => r.emailShared],
  ['date', (r) => keptUntil(r.duties)],
  ['bytea', (r) => r.giver],
  ['jsonb', (r) => r.reliedOn],
]);

const insertRecords = 'INSERT INTO acquisitions SELECT a.* FROM unnest($1::acquisitions[]) AS a';

/** The particulars of a private individual who gave the information, under the key of the record. */
const providerRows = rowType<Pick<StoredRecord, 'id' | 'sealed' | 'recordKey'>>('acquisition_providers', [
  ['uuid', (r) => r.id],
  ['int4', (r) => r.recordKey!.kekVersion],
  ['bytea', (r) => r.recordKey!.wrapped],
  ['bytea', (r) => r.sealed],
]);

const insertProviders = 'INSERT INTO acquisition_providers SELECT p.* FROM unnest($1::acquisition_providers[]) AS p';

const withProvider = (records: readonly StoredRecord[]): StoredRecord[] =>
  records.filter(({ recordKey }) => recordKey !== null);

const recording = (records: readonly StoredRecord[]): Part => ({
  name: 'acquisition.recording',
  sql: `acquired AS (${insertRecords} WHERE a.principal_id IN (SELECT key FROM effected) RETURNING id)`,
  values: [recordRows(records)],
});

const providing = (records: readonly StoredRecord[]): Part => ({
  name: 'acquisition.providing',
  sql: `acquisition_provided AS (${insertProviders} WHERE p.id IN (SELECT id FROM acquired))`,
  values: [providerRows(records)],
});

/** Claims the keys of requests that were recorded; a request without an effect leaves its key free. */
const claiming = (keyed: readonly KeyedRequest[]): Part => ({
  name: 'acquisition.claiming',
  sql: `acquisition_claimed AS (${claimKeys('$1', 'WHERE k.acquisition_id IN (SELECT id FROM acquired)')})`,
  values: [keyRows(keyed)],
});

/**
 * One statement: creates the persons whose holding is in use, records the acquisitions with the keys of their requests and writes the log.
 * Answers the ids of the persons who were created. Fails as a whole when a key was used before (`isKeyTaken`).
 */
export async function createPersons(
  on: Queryable,
  records: readonly StoredRecord[],
  keyed: readonly KeyedRequest[],
  creating: Part,
  logging: Part,
): Promise<Set<string>> {
  // Most requests carry no key and name no private individual; the statement then has fewer parts to run for every batch.
  const claimed = keyed.length > 0 ? [claiming(keyed)] : [];
  const given = withProvider(records);
  const provided = given.length > 0 ? [providing(given)] : [];
  const name = ['acquisition.create', ...[...claimed, ...provided].map((part) => part.name)].join('.');
  const coming = records.map(({ principal, holding }) => ({ key: principal, holding }));
  const parts = [admitting(coming), creating, recording(records), ...claimed, ...provided, logging];
  const rows = await runParts<{ key: string }>(on, name, parts, 'SELECT key FROM effected');
  return new Set(rows.map((row) => row.key));
}

/** Whether what a part looks at, in the CTE of its name, is still as it was read. */
export const isAsRead = async (tx: Tx, asRead: Part): Promise<boolean> =>
  (await runParts(tx, 'acquisition.asRead', [asRead], `SELECT 1 FROM ${asRead.name}`)).length > 0;

/** Records an acquisition in the open transaction that adds to a known person. */
export async function addRecord(tx: Tx, record: StoredRecord): Promise<void> {
  await tx.query(insertRecords, [recordRows([record])]);
  if (record.recordKey) await tx.query(insertProviders, [providerRows([record])]);
}

/**
 * The next particulars of givers that an earlier version sealed under the key of the person the information is about, by the id of the acquisition. Those
 * of erased persons no longer open and are left out.
 */
export const providersWaiting = (
  on: Queryable,
  after: string | null,
  most: number,
): Promise<{ of: string; principal: string; sealed: Buffer }[]> =>
  on.query(
    `SELECT a.id AS of, a.principal_id AS principal, a.sealed FROM acquisitions a
     WHERE a.sealed IS NOT NULL AND a.keep_until IS NOT NULL AND ($1::uuid IS NULL OR a.id > $1)
       AND EXISTS (SELECT FROM vault_principals v WHERE v.id = a.principal_id)
       AND NOT EXISTS (SELECT FROM acquisition_providers p WHERE p.id = a.id)
     ORDER BY a.id LIMIT $2`,
    [after, most],
  );

/** Stores particulars under the keys of their records. Rows that another process has stored already stay. */
export async function putProviders(
  tx: Tx,
  providers: readonly Pick<StoredRecord, 'id' | 'sealed' | 'recordKey'>[],
): Promise<void> {
  await tx.query(`${insertProviders} ON CONFLICT (id) DO NOTHING`, [providerRows(providers)]);
}

/** Claims the key of a request in the open transaction, which is over when it was used before (`isKeyTaken`). */
export async function claimKey(tx: Tx, keyed: KeyedRequest): Promise<void> {
  await tx.query(claimKeys('$1'), [keyRows([keyed])]);
}

export async function findKey(
  on: Queryable,
  actor: string,
  key: Buffer,
): Promise<{ digest: Buffer; acquisition_id: string } | null> {
  const rows = await on.query<{ digest: Buffer; acquisition_id: string }>(
    'SELECT digest, acquisition_id FROM acquisition_keys WHERE actor = $1 AND key = $2',
    [actor, key],
  );
  return rows[0] ?? null;
}

interface AcquisitionRow {
  id: string;
  principal_id: string;
  holding_id: string;
  at: Date;
  actor: string;
  channel: string;
  source: StoredRecord['source'];
  purposes: string[];
  items: string[];
  placement: StoredRecord['placement'];
  receipt: StoredRecord['receipt'];
  because: string[];
  duties: StoredRecord['duties'];
  law_version: string;
  policy_version: number;
  sealed: Buffer | null;
  email_shared: boolean;
  giver: Buffer | null;
  relied_on: StoredRecord['reliedOn'];
  provider_kek: number | null;
  provider_key: Buffer | null;
  provider_sealed: Buffer | null;
}

const selectRecords = `
  SELECT a.*, p.kek_version AS provider_kek, p.wrapped_key AS provider_key, p.sealed AS provider_sealed
  FROM acquisitions a LEFT JOIN acquisition_providers p ON p.id = a.id`;

const recordOf = (row: AcquisitionRow): StoredRecord => ({
  id: row.id,
  principal: row.principal_id,
  holding: row.holding_id,
  at: row.at.getTime(),
  actor: row.actor,
  channel: row.channel,
  source: row.source,
  purposes: row.purposes,
  items: row.items,
  placement: row.placement,
  receipt: row.receipt,
  because: row.because,
  duties: row.duties,
  lawVersion: row.law_version,
  policyVersion: row.policy_version,
  sealed: row.provider_sealed ?? row.sealed,
  recordKey: row.provider_key && { kekVersion: row.provider_kek!, wrapped: row.provider_key },
  emailShared: row.email_shared,
  giver: row.giver,
  reliedOn: row.relied_on,
});

export async function findRecord(on: Queryable, id: string): Promise<StoredRecord | null> {
  const rows = await on.query<AcquisitionRow>(`${selectRecords} WHERE a.id = $1`, [id]);
  return rows[0] ? recordOf(rows[0]) : null;
}

/** A person's acquisitions, newest first. */
export const recordsOf = async (on: Queryable, principal: string): Promise<StoredRecord[]> =>
  (
    await on.query<AcquisitionRow>(`${selectRecords} WHERE a.principal_id = $1 ORDER BY a.at DESC, a.id DESC`, [
      principal,
    ])
  ).map(recordOf);

/** Which acquisitions to list; all conditions hold together. */
export interface RecordQuery {
  holding?: string;
  channel?: string;
  source?: string;
  /** Only those made at or after `from` and before `to`: an id begins with the instant of its row. */
  from?: Date;
  to?: Date;
  /** Newest first, those before this acquisition. */
  before?: string;
  most: number;
}

/** Acquisitions of everybody, newest first. */
export const listRecords = async (on: Queryable, query: RecordQuery): Promise<StoredRecord[]> =>
  (
    await on.query<AcquisitionRow>(
      `${selectRecords}
       WHERE ($1::uuid IS NULL OR a.holding_id = $1) AND ($2::text IS NULL OR a.channel = $2)
         AND ($3::text IS NULL OR a.source = $3) AND ($4::uuid IS NULL OR a.id < $4)
         AND ($5::uuid IS NULL OR a.id >= $5) AND ($6::uuid IS NULL OR a.id < $6)
       ORDER BY a.id DESC LIMIT $7`,
      [
        query.holding ?? null,
        query.channel ?? null,
        query.source ?? null,
        query.before ?? null,
        query.from ? firstId(query.from.getTime()) : null,
        query.to ? firstId(query.to.getTime()) : null,
        query.most,
      ],
    )
  ).map(recordOf);

/** What the promises about acquisition look at, over every record. */
export interface AcquisitionCounts {
  all: number;
  /** From somebody other than the person, or from public information. */
  indirect: number;
  /**
   * Of those, without the name of who gave or published it, or how it came from them. The policy promises these for all; the law requires them for
   * those it has checked (30). A basis says how it came only with what the law asks of it.
   */
  unsourced: number;
  /** Handed over by the person in writing, for all that is known of the channel. */
  written: number;
  /** Of those, without a record that the purpose was shown first and without a proven ground of 21(2) or (4) for leaving it out. */
  unindicated: number;
  /** Of those, with such a ground, of which an earlier version did not keep the facts. */
  groundUnkept: number;
  /** In a channel that the policy did not state, on record as unlawfully given, or on a basis that is known not to stand (20(1)). */
  strange: number;
}

/** How many acquisitions the log does not have as that of their person. */
export async function countUnlogged(on: Queryable): Promise<number> {
  const [row] = await on.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM acquisitions a
     WHERE NOT EXISTS (SELECT 1 FROM log_entries l
       WHERE l.id = a.id AND l.principal_id = a.principal_id AND l.action = 'people:acquire')`,
    [],
  );
  return row!.n;
}

/** SQL: whether the particulars of who gave it are sealed: those of a body are not, and what is sealed beside them is the law it relied on. */
const sealedApart = `((sealed IS NOT NULL OR EXISTS (SELECT FROM acquisition_providers p WHERE p.id = a.id))
              AND (receipt #>> '{provider,kind}' NOT IN ('individual', 'private-person')) IS NOT TRUE)`;

const said = (path: string): string => `coalesce(btrim(receipt #>> '{${path}}') <> '', false)`;

/** SQL: whether the person handed it over in writing, unless the channel is known to be by word of mouth. */
const inWriting = "source = 'principal' AND (channel = ANY (by_word)) IS NOT TRUE";

/** SQL: whether, of what was, it is not on record that the purpose was shown first. `$1`: the placements that show it. */
const unshown = `${inWriting} AND (placement = ANY ($1::text[])) IS NOT TRUE`;

/** SQL: whether it is on record that a document showed how the provider came to have it (Rules 22(2)). */
const checked = `(${sealedApart} OR ${said('howAcquired')}) AND receipt @> '{"documentSeen":true}'`;

/** SQL: whether nothing has to be checked: a public body gives it, or somebody confirmed that the guideline exempts the receipt. */
const unbound = `(${publicBody("receipt->'provider'")} OR ${said('exemption,approvedBy')})`;

/** SQL: whether the urgency or the item of 21(4) that let it in without showing the purpose is kept with its facts, and was a ground for it. */
const letUnshown = `relied_on @> '{"urgent":true}' AND 'APPI 21(2) proviso' = ANY (because)
              OR 'APPI ' || (relied_on #>> '{notice,item}') = ANY (because) AND CASE relied_on #>> '{notice,item}'
                WHEN '21(4)(iv)' THEN relied_on #> '{notice,clearPurposes}' @> to_jsonb(purposes) ELSE relied_on @> '{"notice":{"confirmed":true}}' END`;

/** SQL: whether such a ground was given when it was not kept yet with its facts. */
const unkept = `(relied_on IS NULL AND EXISTS (SELECT FROM unnest(because) AS g WHERE g LIKE 'APPI 21(4)%' OR g = 'APPI 21(2) proviso'))`;

/**
 * SQL: whether it is on record how it came from a third party, with what the law asks of its basis. Whether that stands is looked at apart
 * (`baseless`). Which item of 27(1) it was, earlier versions did not ask.
 */
const came = `CASE receipt->>'basis'
                WHEN 'not-third-party' THEN ${unbound} OR receipt ? 'ownUse'
                WHEN 'exception' THEN ${unbound} OR receipt #> '{exception,item}' IS NULL
                  OR ${provedException("receipt->'exception'", "receipt->'provider'")}
                WHEN 'consent' THEN ${unbound} OR ${checked} AND receipt ? 'consentObtained'
                WHEN 'opt-out' THEN ${unbound} OR ${checked} AND receipt ? 'filingPublished'
                WHEN 'private-person' THEN ${unbound} OR ${checked}
                ELSE ${unbound} AND (${sealedApart} OR ${said('howAcquired')}) END`;

/** SQL: whether the provider needed a basis: 27 binds no public body, and nobody for what the guideline reads as no provision. */
const needsBasis = `source = 'third-party' AND NOT ${publicBody("receipt->'provider'")}
              AND (${said('exemption,approvedBy')} AND receipt #>> '{exemption,kind}' NOT IN ('not-data-for-recipient', 'viewing')) IS NOT TRUE`;

/** SQL: whether the basis is known not to stand, where one was needed. */
const baseless = `(${needsBasis}
              AND (receipt @> '{"basis":"consent","consentObtained":false}' OR receipt @> '{"basis":"opt-out","filingPublished":false}'
                OR receipt @> '{"basis":"not-third-party","ownUse":true}'))`;

/**
 * Counts all acquisitions. The channels of each are those of the policy it was decided under: a later version makes nothing improper that was
 * proper. Versions are joined, with their channels as arrays: with a row for each channel, the planner expects thousands and sorts every acquisition.
 */
export async function countAcquisitions(on: Queryable): Promise<AcquisitionCounts> {
  const [row] = await on.query<AcquisitionCounts>(
    `WITH stated AS MATERIALIZED (
       SELECT v.version, array_agg(w->>'id') AS channels, array_agg(w->>'id') FILTER (WHERE w->'written' = 'false') AS by_word
       FROM policy_versions v, jsonb_array_elements(v.content #> '{operator,acquisition_channels}') AS w
       WHERE v.approved_at IS NOT NULL GROUP BY v.version)
     SELECT count(*)::int AS "all",
            count(*) FILTER (WHERE source IN ('third-party', 'public'))::int AS indirect,
            count(*) FILTER (WHERE source IN ('third-party', 'public') AND NOT ((${sealedApart} OR ${said('provider,name')})
              AND (source = 'public' OR coalesce(${came}, false))))::int AS unsourced,
            count(*) FILTER (WHERE ${inWriting})::int AS written,
            count(*) FILTER (WHERE ${unshown} AND (${letUnshown}) IS NOT TRUE AND NOT ${unkept})::int AS unindicated,
            count(*) FILTER (WHERE ${unshown} AND ${unkept})::int AS "groundUnkept",
            count(*) FILTER (WHERE (channel = ANY (channels)) IS NOT TRUE OR receipt @> '{"looksUnlawful": true}' OR ${baseless})::int AS strange
     FROM acquisitions a LEFT JOIN stated s ON s.version = a.policy_version`,
    [placements.filter((placement) => placement !== 'none')],
  );
  return row!;
}

/** SQL: the claims that prove an item of 20(2), without the law relied on and its document. */
const provenItems = `ARRAY[${provingClaims(acquisitionItems)
  .map((claim) => `'${JSON.stringify(claim)}'`)
  .join(', ')}]::jsonb[]`;

/** SQL: whether it was acquired under an item of 20(2) that the facts kept with it prove, and that was a ground for it. */
const byItem = `('{"lawOfJapan":true}'::jsonb || (relied_on->'exception') @> ANY (${provenItems})
              AND 'APPI ' || (relied_on #>> '{exception,item}') = ANY (because)
              AND CASE relied_on #>> '{exception,item}' WHEN '20(2)(vi)' THEN source = 'third-party' WHEN '20(2)(viii)' THEN source = 'observed' ELSE true END)`;

/** SQL: whether something with a day and an instant came before the acquisition `a`. A decision may be up to a minute older than its record. */
const before = (day: string, at: string): string =>
  `(${day} < a.on_day OR ${day} = a.on_day AND ${at} < a.at - interval '1 minute')`;

/**
 * SQL: whether the row `o` is of the person of `a`. What was said under another id counts if the two ids were known to be the same person then, and still
 * when it was written down.
 */
const ofPerson = (o: string): string =>
  `(${o}.principal_id = ANY (a.ids) AND (${o}.principal_id = a.principal_id OR ${o}.at <= a.at OR ${o}.principal_id = ANY (same_person_at(a.principal_id, ${o}.at))))`;

/** SQL: the consents on record to the acquisition of such items for the purpose `p`, withdrawn by `d` if at all. */
const onRecord = `consents c JOIN consent_texts t ON t.id = c.text_id AND t.kind = 'special-care' AND t.holding_id = a.holding_id
                    AND p.purpose = ANY (t.purposes)
                  LEFT JOIN consent_withdrawals d ON d.consent_id = c.id`;

/** SQL: those of them by which the person of `a` let it be acquired. */
const standing = (
  unsaid: Unsaid,
): string => `${onRecord} WHERE ${ofPerson('c')} AND c.given_by IN ('principal', 'representative') AND t.items @> a.care
                    AND (c.given_on < a.on_day OR c.given_on = a.on_day AND coalesce(c.given_at, c.at) <= a.at + interval '1 minute')
                    AND (d.consent_id IS NULL OR NOT ${before('d.on_day', withdrawnAt('d', unsaid))})`;

/** SQL: whether the consent `c` was written down before `a` or before what it makes up for. */
const inTime = (w: string): string => `c.at <= greatest(a.at, ${w}.at) + interval '1 minute'`;

/**
 * SQL: whether the person of `a` objected to one of its purposes, or withdrew a consent to it, before `a`, and not before the day of the consent that was
 * relied on, if there was one. What was taken back in time does not count; nor does what a consent on record makes up for, unless that was written
 * down only after both.
 */
const spokenAgainst = (unsaid: Unsaid): string => `EXISTS (
                SELECT FROM unnest(a.purposes) AS p (purpose) WHERE EXISTS (
                  SELECT FROM consent_objections o WHERE ${ofPerson('o')} AND (o.scope = 'everything' OR o.purpose = p.purpose)
                    AND o.on_day >= a.since AND ${before('o.on_day', objectedAt('o', unsaid))}
                    AND NOT EXISTS (SELECT FROM consent_retractions b WHERE b.objection_id = o.id AND (b.at <= a.at OR o.at > a.at))
                    AND NOT EXISTS (SELECT FROM ${standing(unsaid)} AND ${inTime('o')}
                      AND (c.given_on > o.on_day OR c.given_on = o.on_day AND o.said_at < c.given_at)))
                OR EXISTS (
                  SELECT FROM (SELECT d.at FROM ${onRecord} WHERE ${ofPerson('d')} AND t.items && a.care
                    AND d.on_day >= a.since AND ${before('d.on_day', withdrawnAt('d', unsaid))}) w
                  WHERE NOT EXISTS (SELECT FROM ${standing(unsaid)} AND ${inTime('w')})))`;

/** SQL: whether the way of receiving lets it in: entrustment and the like, or the person’s own act. */
const letIn = `(source = 'third-party' AND (
              receipt @> '{"basis":"not-third-party"}' AND (NOT (${needsBasis}) OR receipt @> '{"ownUse":false}')
              OR receipt #>> '{exemption,kind}' IN ('by-principal', 'for-principal') AND ${said('exemption,approvedBy')}))`;

/** SQL: whether the consent that the provider has lets it in. */
const byProvider = `(source = 'third-party' AND receipt @> '{"basis":"consent","consentObtained":true}' AND coalesce(relied_on->'consent', 'null') = 'null')`;

/** SQL: whether the consent that was relied on covered it and stood. `Q1-62`: the privacy officer judged that the child could consent. */
const byStated = `(a.consent @> '{"coversItems":true,"coversPurpose":true}'
              AND (a.consent->>'givenBy' IN ('principal', 'representative')
                OR a.consent->>'givenBy' = 'uncertain-child' AND 'Guideline Q1-62' = ANY (because))
              AND (a.consent->>'on')::date <= a.on_day AND ((a.consent->>'withdrawnOn')::date <= a.on_day) IS NOT TRUE)`;

/** SQL: whether, of what was acquired before it was kept what it relied on, the register had a consent that stood for each purpose. */
const byRegister = (unsaid: Unsaid): string => `(relied_on IS NULL AND NOT EXISTS (
                SELECT FROM unnest(a.purposes) AS p (purpose) WHERE NOT EXISTS (
                  SELECT FROM ${standing(unsaid)} AND c.at <= a.at + interval '1 minute')))`;

const isGrounded = (unsaid: Unsaid): string => `(${byItem} IS TRUE OR ${letIn} IS TRUE
                OR (${byProvider} IS TRUE OR ${byStated} IS TRUE OR ${byRegister(unsaid)} IS TRUE) AND NOT ${spokenAgainst(unsaid)})`;

/** Special care-required information from others (20(2)). */
export interface Ungrounded {
  /** Without a consent that stood, a proven item of 20(2) or a way of receiving that needs neither; or by opt-out (27(2) proviso). */
  ungrounded: number;
  /** On nothing that is on record, where it was not kept yet what an acquisition relied on. */
  basisUnkept: number;
  /** On a consent that stood or not, by when on that day the person objected or withdrew it: the hour was not written down. */
  unsure: number;
}

/**
 * Counts what was acquired from others than the person and was special care-required then. Left out is what `countAcquisitions` counts as strange
 * already. The items are those of the holding at that time; where that is not known, those that are special care-required in any of its versions.
 */
export async function countUngrounded(on: Queryable): Promise<Ungrounded> {
  const [row] = await on.query<Ungrounded>(
    `WITH ever AS MATERIALIZED (
       SELECT holding_id, array_agg(DISTINCT i->>'code') AS care FROM holding_versions, jsonb_array_elements(content->'items') AS i
       WHERE i->'special_care' = 'true' GROUP BY 1)
     SELECT count(*) FILTER (WHERE opted_out OR relied_on IS NOT NULL AND NOT grounded)::int AS ungrounded,
            count(*) FILTER (WHERE NOT opted_out AND relied_on IS NULL AND NOT grounded)::int AS "basisUnkept",
            count(*) FILTER (WHERE NOT opted_out AND grounded)::int AS unsure
     FROM (
       SELECT relied_on, coalesce(${needsBasis} AND receipt @> '{"basis":"opt-out"}', false) AS opted_out, ${isGrounded('after')} AS grounded,
              ${isGrounded('before')} AS surely
       FROM (SELECT a.*, (a.at AT TIME ZONE INTERVAL '9 hours')::date AS on_day, same_person_at(a.principal_id, a.at) AS ids, a.relied_on->'consent' AS consent,
               coalesce((a.relied_on #>> '{consent,on}')::date, '-infinity') AS since,
               ARRAY(SELECT i FROM unnest(a.items) AS i WHERE i = ANY (coalesce((
                 SELECT ARRAY(SELECT w->>'code' FROM jsonb_array_elements(v.content->'items') AS w WHERE w->'special_care' = 'true')
                 FROM holding_versions v WHERE v.holding_id = a.holding_id AND v.at <= a.at ORDER BY v.version DESC LIMIT 1), e.care))) AS care
             FROM acquisitions a JOIN ever e ON e.holding_id = a.holding_id AND a.items && e.care WHERE a.source <> 'principal' OFFSET 0) a
       WHERE care <> '{}' AND NOT (receipt @> '{"looksUnlawful": true}' OR ${baseless}) IS TRUE
         AND channel IN (SELECT w->>'id' FROM policy_versions v, jsonb_array_elements(v.content #> '{operator,acquisition_channels}') AS w
           WHERE v.version = a.policy_version AND v.approved_at IS NOT NULL)
       OFFSET 0) a
     WHERE opted_out OR NOT surely`,
    [],
  );
  return row!;
}

/** Until when the last record of a receipt (30) that names each of these persons is kept; of whom there is none, nothing. */
export async function namedUntil(on: Queryable, principals: readonly string[], today: Day): Promise<Map<string, Day>> {
  const rows = await on.query<{ id: string; until: Day }>(
    `SELECT id, max(until) AS until FROM (
       SELECT principal_id, keep_until::text FROM acquisitions WHERE principal_id = ANY ($1::uuid[]) AND keep_until IS NOT NULL
       UNION ALL ${statedUntil('people:acquire')}) AS named (id, until)
     GROUP BY id`,
    [uuidArray(principals), today],
  );
  return new Map(rows.map(({ id, until }) => [id, until]));
}

/** Erases the records of receipts about erased persons whose time was over before a day, at most 200 of them; answers their ids. */
export const expireRecords = async (tx: Tx, today: Day): Promise<string[]> =>
  (await tx.query<{ id: string }>('SELECT expire_acquisitions($1) AS id', [today])).map(({ id }) => id);

/** The action that states an acquisition, and which of some ids are those of acquisitions that are here. */
export const STATED = {
  actions: ['people:acquire'],
  among: async (on: Queryable, ids: readonly string[]): Promise<Set<string>> =>
    new Set(
      (await on.query<{ id: string }>('SELECT id FROM acquisitions WHERE id = ANY ($1::uuid[])', [uuidArray(ids)])).map(
        ({ id }) => id,
      ),
    ),
};

/** Acquisitions that are records of receipts according to the log, but neither exist nor were erased at their end. */
export async function recordsMissing(on: Queryable): Promise<string[]> {
  const rows = await on.query<{ id: string }>(
    `WITH gone AS (
       SELECT i.id::uuid FROM log_entries e, jsonb_array_elements_text(e.entry::jsonb -> 'acquisitions') AS i (id)
       WHERE e.action = 'records:expire' AND strpos(e.entry, '"acquisitions":') > 0)
     SELECT l.id FROM log_entries l
     WHERE l.action = 'people:acquire' AND strpos(l.entry, '"keep_until":') > 0
       AND NOT EXISTS (SELECT FROM acquisitions a WHERE a.id = l.id) AND NOT EXISTS (SELECT FROM gone g WHERE g.id = l.id)
     ORDER BY l.id`,
    [],
  );
  return rows.map(({ id }) => id);
}

/** Counts the records of receipts that must still be kept on a day and whose giver an earlier version erased with the person. */
export async function countIncomplete(on: Queryable, today: Day): Promise<number> {
  const [row] = await on.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM acquisitions a
     WHERE a.sealed IS NOT NULL AND a.keep_until >= $1
       AND NOT EXISTS (SELECT FROM acquisition_providers p WHERE p.id = a.id)
       AND NOT EXISTS (SELECT FROM vault_principals v WHERE v.id = a.principal_id)`,
    [today],
  );
  return row!.n;
}

/** How many records of receipts about erased persons are there whose time was over before a day. */
export async function countKeptTooLong(on: Queryable, before: Day): Promise<number> {
  const [row] = await on.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM acquisitions a
     WHERE a.keep_until < $1 AND NOT EXISTS (SELECT FROM vault_principals p WHERE p.id = a.principal_id)`,
    [before],
  );
  return row!.n;
}
