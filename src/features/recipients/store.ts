// Every query of the recipients and the countries. A recipient is inserted and updated, never deleted; its versions, its checks and the reports on
// countries are only inserted; an assurance is ended and an assurance or a check confirmed, never changed.

import { parameters, provingClaims, provisionItems, type Parameter } from '../../law/index.ts';
import type { LogEntry } from '../../log/index.ts';
import { textArray, uuidArray, type Queryable, type Tx } from '../../platform/database/index.ts';
import { runParts, type Part } from '../../platform/statement.ts';
import type { Day } from '../../base/day.ts';
import type {
  Assurance,
  Check,
  CommissionPage,
  Confirmation,
  CountryReport,
  Recipient,
  RecipientFacts,
  RecipientVersion,
  ReportContent,
} from './facts/register.ts';
import type {
  AssuranceRow,
  CheckRow,
  CommissionPageRow,
  RecipientRow,
  RecipientVersionRow,
  ReportRow,
} from './tables.ts';

const recipientFrom = (row: RecipientRow): Recipient => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  address: row.address,
  representative: row.representative,
  country: row.country,
  relations: row.relations,
  contact: row.contact,
  publicKey: row.public_key,
  state: row.state,
  stoppedOn: row.stopped_on,
  stopReason: row.stop_reason,
  version: row.version,
  assured: row.assured,
  registeredAt: row.registered_at,
  changedAt: row.changed_at,
});

const versionFrom = ({
  recipient_id,
  entry_id,
  ...row
}: RecipientVersionRow): RecipientVersion & { recipient: string } => ({
  ...row,
  recipient: recipient_id,
  entryId: entry_id,
});

const confirmationOf = (row: AssuranceRow | CheckRow): Confirmation | null =>
  row.confirmed_at === null
    ? null
    : { at: new Date(row.confirmed_at), actor: row.confirmed_by!, entryId: row.confirm_entry_id! };

const assuranceFrom = (row: AssuranceRow): Assurance => ({
  id: row.id,
  recipient: row.recipient_id,
  reference: row.reference,
  from: row.from_day,
  until: row.until_day,
  terms: row.terms,
  at: row.at,
  actor: row.actor,
  entryId: row.entry_id,
  confirmed: confirmationOf(row),
  ended: row.ended_on === null ? null : { on: row.ended_on, reason: row.end_reason!, entryId: row.end_entry_id! },
});

const checkFrom = (row: CheckRow): Check & { recipient: string } => ({
  id: row.id,
  recipient: row.recipient_id,
  on: row.on_day,
  method: row.method,
  measures: row.measures,
  foreignSystem: row.foreign_system,
  trouble: row.trouble,
  remedy: row.remedy,
  proof: row.proof,
  nextDue: row.next_due,
  at: row.at,
  actor: row.actor,
  entryId: row.entry_id,
  confirmed: confirmationOf(row),
});

const reportFrom = ({ content, country, version, at, actor, entry_id }: ReportRow): CountryReport => ({
  ...content,
  country,
  version,
  at,
  actor,
  entryId: entry_id,
});

/** Returns every recipient, by name. */
export const allRecipients = async (on: Queryable): Promise<Recipient[]> =>
  (await on.query<RecipientRow>('SELECT * FROM recipients ORDER BY name, id', [], 'recipients.all')).map(recipientFrom);

/** Returns recipients by id. */
export const recipientsBy = async (on: Queryable, ids: readonly string[]): Promise<Recipient[]> =>
  (
    await on.query<RecipientRow>(
      'SELECT * FROM recipients WHERE id = ANY($1::uuid[])',
      [uuidArray(ids)],
      'recipients.by',
    )
  ).map(recipientFrom);

export async function findRecipient(on: Queryable, id: string): Promise<Recipient | null> {
  const rows = await on.query<RecipientRow>('SELECT * FROM recipients WHERE id = $1', [id], 'recipients.find');
  return rows[0] ? recipientFrom(rows[0]) : null;
}

/** Locks the recipient until the end of the transaction, so that other writers about it wait, and returns it. */
export async function lockRecipient(tx: Tx, id: string): Promise<Recipient | null> {
  const rows = await tx.query<RecipientRow>('SELECT * FROM recipients WHERE id = $1 FOR UPDATE', [id]);
  return rows[0] ? recipientFrom(rows[0]) : null;
}

/**
 * Gives the CTE `recipient_as_read`: it has a row if nobody has changed or stopped the recipient, or added, ended or confirmed an assurance, since these facts
 * were read. It waits for a concurrent change of the recipient, and makes later ones wait.
 */
export const recipientAsRead = (id: string, read: Pick<RecipientFacts, 'version' | 'assured'>): Part => ({
  name: 'recipient_as_read',
  // Every condition is on the row itself, because after the wait only that row is checked again.
  sql: `recipient_as_read AS (
  SELECT 1 FROM recipients WHERE id = $1::uuid AND version = $2::int AND assured = $3::int FOR SHARE)`,
  values: [id, read.version, read.assured],
});

/** True when a recipient is still as these facts were read; it then stays so until the end of the transaction. */
export async function holdAsRead(tx: Tx, id: string, read: Parameters<typeof recipientAsRead>[1]): Promise<boolean> {
  await lockRecipient(tx, id);
  const parts = [recipientAsRead(id, read)];
  return (await runParts(tx, 'recipients.asRead', parts, 'SELECT 1 FROM recipient_as_read')).length > 0;
}

/** Returns the id of another recipient with this name and address. */
export async function findNamesake(on: Queryable, one: Pick<Recipient, 'id' | 'name' | 'address'>) {
  const rows = await on.query<{ id: string }>(
    'SELECT id FROM recipients WHERE name = $1 AND address = $2 AND id <> $3',
    [one.name, one.address, one.id],
  );
  return rows[0]?.id ?? null;
}

const columns =
  'kind, name, address, representative, country, relations, contact, public_key, state, stopped_on, stop_reason, version, changed_at';

const values = (one: Recipient): unknown[] => [
  one.kind,
  one.name,
  one.address,
  one.representative,
  one.country,
  one.relations,
  one.contact,
  one.publicKey,
  one.state,
  one.stoppedOn,
  one.stopReason,
  one.version,
  one.changedAt,
];

const placeholders = Array.from({ length: 13 }, (_, i) => `$${i + 2}`).join(', ');

/** Returns false when another recipient with this name and address exists. */
export async function insertRecipient(tx: Tx, one: Recipient): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO recipients (id, ${columns}, registered_at) VALUES ($1, ${placeholders}, $15)
     ON CONFLICT (name, address) DO NOTHING RETURNING id`,
    [one.id, ...values(one), one.registeredAt],
  );
  return rows.length === 1;
}

/** True when an error says that another recipient with this name and address exists. */
export const isNameTaken = (error: unknown): boolean =>
  (error as { code?: string }).code === '23505' &&
  (error as { constraint?: string }).constraint === 'recipients_name_address_key';

/** Writes the next version. Throws an error that `isNameTaken` recognises. The caller has locked the row. */
export async function updateRecipient(tx: Tx, one: Recipient): Promise<void> {
  await tx.query(`UPDATE recipients SET (${columns}) = (${placeholders}) WHERE id = $1`, [one.id, ...values(one)]);
}

export async function insertVersion(tx: Tx, recipient: string, v: RecipientVersion): Promise<void> {
  await tx.query(
    `INSERT INTO recipient_versions (recipient_id, version, act, at, actor, content, state, reason, entry_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [recipient, v.version, v.act, v.at, v.actor, JSON.stringify(v.content), v.state, v.reason, v.entryId],
  );
}

/** Returns the versions of these recipients, or of all, newest first. */
export async function versionsOf(
  on: Queryable,
  recipients?: readonly string[],
): Promise<(RecipientVersion & { recipient: string })[]> {
  const rows = await on.query<RecipientVersionRow>(
    `SELECT recipient_id, version, act, at, actor, content, state, reason, entry_id FROM recipient_versions
     WHERE $1::uuid[] IS NULL OR recipient_id = ANY($1::uuid[]) ORDER BY version DESC`,
    [recipients ? uuidArray(recipients) : null],
    'recipients.versions',
  );
  return rows.map(versionFrom);
}

/** Returns the assurances of these recipients, or of all, newest first. */
export const assurancesOf = async (on: Queryable, recipients?: readonly string[]): Promise<Assurance[]> =>
  (
    await on.query<AssuranceRow>(
      `SELECT * FROM recipient_assurances WHERE $1::uuid[] IS NULL OR recipient_id = ANY($1::uuid[]) ORDER BY from_day DESC, id DESC`,
      [recipients ? uuidArray(recipients) : null],
      'recipients.assurances',
    )
  ).map(assuranceFrom);

/** Counts a change of assurances, or of what counts as one, in the recipient's row, which provisions lock; followed by the CTE that has the recipients. */
const COUNTED = 'UPDATE recipients SET assured = assured + 1 WHERE id IN (SELECT recipient_id FROM';

/** Returns false when the same assurance is already on record. */
export async function insertAssurance(tx: Tx, one: Assurance): Promise<boolean> {
  const rows = await tx.query(
    `WITH made AS (
       INSERT INTO recipient_assurances (id, recipient_id, kind, reference, from_day, until_day, terms, at, actor, entry_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (recipient_id, kind, reference, from_day) DO NOTHING RETURNING recipient_id)
     ${COUNTED} made) RETURNING id`,
    [
      one.id,
      one.recipient,
      one.terms.kind,
      one.reference,
      one.from,
      one.until,
      JSON.stringify(one.terms),
      one.at,
      one.actor,
      one.entryId,
    ],
  );
  return rows.length === 1;
}

/** Returns false when it was already ended, or belongs to another recipient. */
export async function endAssurance(
  tx: Tx,
  of: { id: string; recipient: string },
  ended: NonNullable<Assurance['ended']>,
): Promise<boolean> {
  const rows = await tx.query(
    `WITH ended AS (
       UPDATE recipient_assurances SET ended_on = $3, end_reason = $4, end_entry_id = $5
       WHERE id = $1 AND recipient_id = $2 AND ended_on IS NULL RETURNING recipient_id)
     ${COUNTED} ended) RETURNING id`,
    [of.id, of.recipient, ended.on, ended.reason, ended.entryId],
  );
  return rows.length === 1;
}

/** Writes who confirmed a record. The caller has locked the recipient and found the record unconfirmed. */
export async function confirmRow(
  tx: Tx,
  table: 'recipient_assurances' | 'recipient_checks',
  of: { id: string; recipient: string },
  made: Confirmation,
): Promise<void> {
  await tx.query(
    `WITH confirmed AS (
       UPDATE ${table} SET confirmed_at = $3, confirmed_by = $4, confirm_entry_id = $5
       WHERE id = $1 AND recipient_id = $2 RETURNING recipient_id)
     ${COUNTED} confirmed)`,
    [of.id, of.recipient, made.at, made.actor, made.entryId],
  );
}

/** Returns the checks of these recipients, or of all, newest first. */
export const checksOf = async (
  on: Queryable,
  recipients?: readonly string[],
): Promise<(Check & { recipient: string })[]> =>
  (
    await on.query<CheckRow>(
      `SELECT * FROM recipient_checks WHERE $1::uuid[] IS NULL OR recipient_id = ANY($1::uuid[]) ORDER BY on_day DESC`,
      [recipients ? uuidArray(recipients) : null],
      'recipients.checks',
    )
  ).map(checkFrom);

/** Inserts a check. Returns null, or the id of the existing check when there is already one of this day and kind. */
export async function insertCheck(tx: Tx, recipient: string, check: Check): Promise<string | null> {
  const rows = await tx.query(
    `INSERT INTO recipient_checks (id, recipient_id, on_day, method, measures, foreign_system, trouble, remedy, proof, next_due, at, actor, entry_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     ON CONFLICT (recipient_id, on_day, (measures = 'returned')) DO NOTHING RETURNING id`,
    [
      check.id,
      recipient,
      check.on,
      check.method,
      check.measures,
      check.foreignSystem,
      check.trouble,
      check.remedy,
      check.proof,
      check.nextDue,
      check.at,
      check.actor,
      check.entryId,
    ],
  );
  if (rows.length === 1) return null;
  const there = await tx.query<{ id: string }>(
    "SELECT id FROM recipient_checks WHERE recipient_id = $1 AND on_day = $2 AND (measures = 'returned') = $3",
    [recipient, check.on, check.measures === 'returned'],
  );
  return there[0]!.id;
}

/** The registers, and the log entries about them. */
export interface Traces {
  recipients: Recipient[];
  versions: (RecipientVersion & { recipient: string })[];
  assurances: Assurance[];
  checks: (Check & { recipient: string })[];
  reports: ReportRow[];
  pages: CommissionPageRow[];
  entries: LogEntry[];
}

/** Restores the date of a row that was read as JSON. */
const dated = <R extends { at: Date }>(row: R): R => ({ ...row, at: new Date(row.at) });

/** Reads everything at one moment. */
export async function tracesOf(on: Queryable): Promise<Traces> {
  const rows = (table: string, name: string): string =>
    `(SELECT coalesce(json_agg(r), '[]') FROM ${table} r) AS ${name}`;
  const [row] = await on.query<{
    recipients: RecipientRow[];
    versions: RecipientVersionRow[];
    assurances: AssuranceRow[];
    checks: CheckRow[];
    reports: ReportRow[];
    pages: CommissionPageRow[];
    entries: LogEntry[];
  }>(
    `SELECT ${rows('recipients', 'recipients')}, ${rows('recipient_versions', 'versions')}, ${rows('recipient_assurances', 'assurances')},
       ${rows('recipient_checks', 'checks')}, ${rows('country_reports', 'reports')}, ${rows('commission_pages', 'pages')},
       (SELECT coalesce(json_agg(entry::json), '[]') FROM log_entries WHERE action = ANY ($1::text[])) AS entries`,
    [textArray(LOGGED)],
    'recipients.traces',
  );
  const { recipients, versions, assurances, checks, reports, pages, entries } = row!;
  return {
    recipients: recipients.map(recipientFrom),
    versions: versions.map((one) => versionFrom(dated(one))),
    assurances: assurances.map((one) => assuranceFrom(dated(one))),
    checks: checks.map((one) => checkFrom(dated(one))),
    reports: reports.map(dated),
    pages: pages.map(dated),
    entries,
  };
}

const LOGGED = [
  ...['register', 'change', 'stop', 'resume', 'assure', 'end-assurance', 'confirm', 'check'].map(
    (act) => `recipient:${act}`,
  ),
  'country:report',
  'country:page',
];

/** Returns reports on one country, or on all, newest first. */
export const reportsOn = async (on: Queryable, country?: string): Promise<CountryReport[]> =>
  (
    await on.query<ReportRow>(
      `SELECT country, version, content, at, actor, entry_id FROM country_reports
       WHERE $1::text IS NULL OR country = $1 ORDER BY country, version DESC`,
      [country ?? null],
      'recipients.reports',
    )
  ).map(reportFrom);

/** Returns false when somebody else wrote this version first. */
export async function insertReport(
  tx: Tx,
  { country, version, at, actor, entryId }: CountryReport,
  content: ReportContent,
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO country_reports (country, version, content, checked_on, at, actor, entry_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (country, version) DO NOTHING RETURNING version`,
    [country, version, JSON.stringify(content), content.checkedOn, at, actor, entryId],
  );
  return rows.length === 1;
}

/** Returns where the Commission's page was found, newest first. */
export const commissionPages = (on: Queryable): Promise<CommissionPageRow[]> =>
  on.query('SELECT * FROM commission_pages ORDER BY checked_on DESC, id DESC', [], 'recipients.pages');

/** Returns false when exactly this is already on record. */
export async function insertPage(
  tx: Tx,
  page: Pick<CommissionPage, 'url'> & { id: string; checkedOn: Day; at: Date; actor: string },
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO commission_pages (id, url, checked_on, at, actor) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (url, checked_on) DO NOTHING RETURNING id`,
    [page.id, page.url, page.checkedOn, page.at, page.actor],
  );
  return rows.length === 1;
}

/**
 * SQL: whether a check before the provision `of` (with `recipient_id`, `on_day` and `at`) had found the recipient unable to keep its measures, and no
 * later one that it keeps them again. A failure counts from its own day, whenever it was written down; that the measures are kept again makes nothing
 * right where it was written down only after the provision and the failure. On the day of the provision a check has no hour but that at which it was
 * written down.
 */
export const failedBefore = (of: string): string => `EXISTS (
                SELECT FROM recipient_checks k
                WHERE k.recipient_id = ${of}.recipient_id AND k.measures = 'impossible'
                  AND (k.on_day < ${of}.on_day OR k.on_day = ${of}.on_day AND k.at < ${of}.at - interval '1 minute') AND NOT EXISTS (
                  SELECT FROM recipient_checks g WHERE g.recipient_id = ${of}.recipient_id AND g.on_day <= ${of}.on_day AND g.on_day > k.on_day
                    AND g.measures NOT IN ('impossible', 'returned')
                    AND g.at <= CASE g.on_day WHEN ${of}.on_day THEN ${of}.at ELSE greatest(${of}.at, k.at) END + interval '1 minute'))`;

// ---- what lets something go to a recipient, by the facts stated then: a claim alone lets nothing, and what is not known is not so

/** What `byLaw` needs of the law, with the days between which it is known to be so: Rules 15 and 18(1). */
export type LawOfRecipients = Pick<typeof parameters, 'equivalentCountries' | 'equivalentSystemCheckYears'>;

const daysOf = ({ from, to }: Parameter<unknown>) => [from ?? 'infinity', to ?? 'infinity'];

/** The values $1 to $6 of the SQL of `elsewhere` ($1 to $3) and `provedSystem`. */
export const byLaw = ({
  equivalentCountries: countries,
  equivalentSystemCheckYears: years,
}: LawOfRecipients): unknown[] => [[...countries.value], ...daysOf(countries), years.value, ...daysOf(years)];

/** SQL: an array of texts that this program wrote itself. */
const listed = (texts: readonly string[]): string => `ARRAY[${texts.map((text) => `'${text}'`).join(', ')}]`;

const bodies = listed(Object.keys(parameters.publicBodies.value));

/** SQL: the claims that prove an item of 27(1), without the law relied on and its document, which not all facts hold. */
const provenItems = `${listed(provingClaims(provisionItems).map((claim) => JSON.stringify(claim)))}::jsonb[]`;

/** SQL: whether a party is not known to be in Japan. */
export const notInJapan = (party: string): string => `${party}->>'country' IS DISTINCT FROM 'JP'`;

/** SQL: whether a party is a public body, which is always one of Japan (`mayBeAbroad`). */
export const publicBody = (party: string): string => `(${party}->>'kind' = ANY (${bodies})) IS TRUE`;

/** SQL: whether a party is not known to be in Japan or in a country that was equivalent on the day. */
export const elsewhere = (party: string, onDay: string): string => `(${notInJapan(party)}
                AND (${party}->>'country' = ANY ($1::text[]) AND ${onDay} BETWEEN $2::date AND $3::date) IS NOT TRUE)`;

/**
 * SQL: whether the facts prove that the recipient had an equivalent-action system on the day, as `foreignStatus` judges it: in force, not failing, and
 * checked within the years that the law allows.
 */
export const provedSystem = (system: string, onDay: string): string => `(${system}->>'by' IS NOT NULL
                AND ${system}->'failing' IS DISTINCT FROM 'true'
                AND CASE WHEN ${system}->'validUntil' = 'null' THEN ${system}->>'by' <> 'certificate' ELSE (${system}->>'validUntil')::date >= ${onDay} END
                AND ${onDay} BETWEEN (${system}->>'checkedOn')::date AND (${system}->>'checkedOn')::date + make_interval(years => $4::int)
                AND ${onDay} BETWEEN $5::date AND $6::date) IS TRUE`;

/**
 * SQL: whether a claim proves an item of 27(1) with all it needs. Who must be told which law it is are only those who give to, or receive from, a party
 * that may be abroad: within Japan it is taken for one of Japan unless it is known to be another.
 */
export const provedException = (claim: string, party: string): string => `(jsonb_typeof(${claim}) = 'object' AND
                CASE WHEN ${notInJapan(party)} AND NOT ${publicBody(party)} THEN '{}' ELSE '{"lawOfJapan":true}'::jsonb END
                  || (${claim}) @> ANY (${provenItems})) IS TRUE`;
