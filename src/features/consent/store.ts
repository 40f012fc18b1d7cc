// Every query of the consents. Every row is written once, in one statement or one transaction with its log entry.

import { sql } from 'kysely';
import type { Day } from '../../base/day.ts';
import { groupsOf } from '../../base/groups.ts';
import type { LogEntry } from '../../log/index.ts';
import { byteaArray, rowType, textArray, uuidArray, type Queryable, type Tx } from '../../platform/database/index.ts';
import { runParts, type Part } from '../../platform/statement.ts';
import type { Barrier } from '../../vault/index.ts';
import {
  kindsFor,
  type ConsentScope,
  type ConsentStanding,
  type Ends,
  type History,
  type ObjectionScope,
  type Text,
} from './facts.ts';
import type {
  ConsentRow,
  ConsentTables,
  ImportRow,
  ImportWaitingRow,
  KeyRow,
  ObjectionRow,
  RetractionRow,
  StartRow,
  TextRow,
  WaitingRow,
  WithdrawalRow,
} from './tables.ts';

const tables = (on: Queryable) => on.kysely.withTables<ConsentTables>();

const constraintOf = (error: unknown): string | undefined =>
  (error as { code?: string }).code === '23505' ? (error as { constraint?: string }).constraint : undefined;

/** Whether an error says that a row of this constraint is there already. */
export const isTaken = (error: unknown, constraint: string): boolean => constraintOf(error) === constraint;

/** A row as JSON that the database reads as its own type. */
const jsonRow = (row: object): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(row).map(([column, value]: [string, unknown]) => [
        column,
        Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value,
      ]),
    ),
  );

const inserting = (table: keyof ConsentTables, row: object, key: 'id' | 'entry_id', where = 'true'): Part => ({
  name: table,
  sql: `effected AS (
  INSERT INTO ${table} SELECT r.* FROM jsonb_populate_record(NULL::${table}, $1::jsonb) AS r WHERE ${where}
  RETURNING ${key} AS key)`,
  values: [jsonRow(row)],
});

const effected = async (on: Queryable, name: string, parts: Part[]): Promise<boolean> =>
  (await runParts(on, name, parts, 'SELECT key FROM effected')).length > 0;

// ---- texts

/** Writes a version; throws when somebody wrote this version first (`isTaken`, `consent_texts_code_version_key`). */
export const insertText = (on: Queryable, row: TextRow, logging: Part): Promise<boolean> =>
  effected(on, 'consent.text', [inserting('consent_texts', row, 'id'), logging]);

const STARTING = 0x63_6f_6e_02;

/** No version of this text begins until the end of the transaction, which records consents to one that was in force on their day. */
export const holdStarts = async (tx: Tx, code: string): Promise<void> => {
  await tx.query('SELECT pg_advisory_xact_lock_shared($1, hashtext($2))', [STARTING, code]);
};

/** Whoever records a consent to this text waits until the end of the transaction, in which a version of it begins. */
export const lockStarts = async (tx: Tx, code: string): Promise<void> => {
  await tx.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [STARTING, code]);
};

/**
 * Puts a version in force from a day on. False when another version begins that day or later, or somebody has consented to the version
 * before it on that day or later.
 */
export const insertStart = (on: Queryable, row: StartRow, logging: Part): Promise<boolean> =>
  effected(on, 'consent.start', [
    inserting(
      'consent_text_starts',
      row,
      'entry_id',
      `NOT EXISTS (SELECT 1 FROM consent_text_starts s WHERE s.code = r.code AND s.from_day >= r.from_day)
       AND NOT EXISTS (SELECT 1 FROM consents c JOIN consent_texts t ON t.id = c.text_id
         WHERE t.code = r.code AND c.given_on >= r.from_day)`,
    ),
    logging,
  ]);

const texts = (on: Queryable) =>
  tables(on)
    .selectFrom('consent_texts as t')
    .leftJoin('consent_text_starts as s', 's.text_id', 't.id')
    .selectAll('t')
    .select([
      's.from_day',
      sql<Day | null>`(SELECT min(n.from_day) FROM consent_text_starts n WHERE n.code = t.code AND n.from_day > s.from_day)`.as(
        'until_day',
      ),
    ]);

/** Every version of every text, by code, the newest first. */
export const listTexts = (on: Queryable): Promise<Text[]> =>
  texts(on).orderBy('t.code').orderBy('t.version', 'desc').execute();

/** More versions than any text has; the database has no number for what is far beyond. */
export const MOST_VERSIONS = 1_000_000;

export const findText = async (on: Queryable, code: string, version: number): Promise<Text | null> => {
  if (!Number.isInteger(version) || version < 1 || version > MOST_VERSIONS) return null;
  return (await texts(on).where('t.code', '=', code).where('t.version', '=', version).executeTakeFirst()) ?? null;
};

/** Versions of a text, the newest first. */
export const versionsOf = (on: Queryable, code: string): Promise<Text[]> =>
  texts(on).where('t.code', '=', code).orderBy('t.version', 'desc').execute();

/** The version of a text that is in force on a day. */
export const findInForce = async (on: Queryable, code: string, day: Day): Promise<Text | null> =>
  (await texts(on)
    .where('t.code', '=', code)
    .where('s.from_day', '<=', day)
    .orderBy('s.from_day', 'desc')
    .executeTakeFirst()) ?? null;

export const textsById = async (on: Queryable, ids: readonly string[]): Promise<Map<string, Text>> => {
  if (ids.length === 0) return new Map();
  const rows = await texts(on)
    .where('t.id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
};

// ---- consents

const consentRows = rowType<ConsentRow>('consents', [
  ['uuid', (c) => c.id],
  ['uuid', (c) => c.principal_id],
  ['uuid', (c) => c.text_id],
  ['text', (c) => c.language],
  ['date', (c) => c.given_on],
  ['timestamptz', (c) => c.given_at?.getTime() ?? null],
  ['text', (c) => c.given_by],
  ['jsonb', (c) => c.representative],
  ['text', (c) => c.channel],
  ['text', (c) => c.method],
  ['date', (c) => c.shown_on],
  ['timestamptz', (c) => c.shown_at?.getTime() ?? null],
  ['uuid', (c) => c.import_id],
  ['timestamptz', (c) => c.at.getTime()],
  ['text', (c) => c.by_actor],
  ['bool', (c) => c.noted],
  ['bool', (c) => c.evidenced],
  ['bytea', (c) => c.sealed],
]);

const keyRows = rowType<KeyRow>('consent_keys', [
  ['text', (k) => k.actor],
  ['text', (k) => k.key],
  ['bytea', (k) => k.digest],
  ['uuid', (k) => k.effect_id],
  ['timestamptz', (k) => k.at.getTime()],
]);

/** Gives the CTE `admitted(id uuid)`: the request, if the person is known and its key is new. */
const admitting = (id: string, keyed: KeyRow | null): Part => ({
  name: 'consent.admitting',
  sql: `claimed AS (
  INSERT INTO consent_keys SELECT k.* FROM unnest($2::consent_keys[]) AS k WHERE EXISTS (SELECT 1 FROM known)
  ON CONFLICT DO NOTHING RETURNING effect_id),
admitted AS (
  SELECT $1::uuid AS id WHERE EXISTS (SELECT 1 FROM known)
  AND (cardinality($2::consent_keys[]) = 0 OR EXISTS (SELECT 1 FROM claimed)))`,
  values: [id, keyRows(keyed ? [keyed] : [])],
});

export type Written = 'written' | 'unknown' | 'repeated';

/** Runs a write about one person: `unknown` when nothing is held of the person, `repeated` when the key was used before. */
async function writeOnce(on: Queryable, name: string, parts: Part[]): Promise<Written> {
  const [row] = await runParts<{ known: number; effected: number }>(
    on,
    name,
    parts,
    'SELECT (SELECT count(*) FROM known)::int AS known, (SELECT count(*) FROM effected)::int AS effected',
  );
  return row!.effected > 0 ? 'written' : row!.known > 0 ? 'repeated' : 'unknown';
}

/** `knowing`: the vault's part that says whether the person is known. */
export const insertConsent = (
  on: Queryable,
  knowing: Part,
  row: ConsentRow,
  keyed: KeyRow | null,
  logging: Part,
): Promise<Written> =>
  writeOnce(on, 'consent.record', [
    knowing,
    admitting(row.id, keyed),
    {
      name: 'consents',
      sql: `effected AS (
  INSERT INTO consents SELECT c.* FROM unnest($1::consents[]) AS c WHERE c.id IN (SELECT id FROM admitted) RETURNING id AS key)`,
      values: [consentRows([row])],
    },
    logging,
  ]);

export const insertObjection = (
  on: Queryable,
  knowing: Part,
  row: ObjectionRow,
  keyed: KeyRow | null,
  logging: Part,
): Promise<Written> =>
  writeOnce(on, 'consent.object', [
    knowing,
    admitting(row.id, keyed),
    inserting('consent_objections', row, 'id', 'r.id IN (SELECT id FROM admitted)'),
    logging,
  ]);

/** Ends a consent. Throws when it was withdrawn before (`isTaken`, `consent_withdrawals_pkey`). */
export const insertWithdrawal = (on: Queryable, row: WithdrawalRow, logging: Part): Promise<boolean> =>
  effected(on, 'consent.withdraw', [inserting('consent_withdrawals', row, 'entry_id'), logging]);

/**
 * Writes anew the withdrawals and objections of the log that a backup lacks, of consents and persons that it has; what was written of them in
 * free words is lost. Answers how many.
 */
export async function endAgain(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ ended: number }>(
    `WITH entries AS (
       SELECT l.id, l.at, l.actor, l.action, l.principal_id, e.* FROM log_entries l
       CROSS JOIN LATERAL json_to_record(l.entry::json) AS e (consent uuid, "on" date, scope text, purpose text, recipient uuid)
       WHERE l.action IN ('consent:withdraw', 'consent:object')),
     withdrawn AS (
       INSERT INTO consent_withdrawals (consent_id, entry_id, principal_id, on_day, at, by_actor, evidenced)
       SELECT consent, id, principal_id, "on", at, actor, false FROM entries
       WHERE action = 'consent:withdraw' AND EXISTS (SELECT FROM consents c WHERE c.id = consent)
       ON CONFLICT DO NOTHING RETURNING 1),
     objected AS (
       INSERT INTO consent_objections (id, principal_id, scope, purpose, recipient_id, on_day, at, by_actor, evidenced)
       SELECT id, principal_id, scope, purpose, recipient, "on", at, actor, false FROM entries
       WHERE action = 'consent:object' AND EXISTS (SELECT FROM vault_principals p WHERE p.id = principal_id)
       ON CONFLICT DO NOTHING RETURNING 1)
     SELECT ((SELECT count(*) FROM withdrawn) + (SELECT count(*) FROM objected))::int AS ended`,
    [],
  );
  return row!.ended;
}

/** Takes an objection back. Throws when it was taken back before (`isTaken`, `consent_retractions_pkey`). */
export const insertRetraction = (on: Queryable, row: RetractionRow, logging: Part): Promise<boolean> =>
  effected(on, 'consent.retract', [inserting('consent_retractions', row, 'entry_id'), logging]);

export async function findKey(
  on: Queryable,
  actor: string,
  key: string,
): Promise<{ digest: Buffer; effect_id: string } | null> {
  const rows = await on.query<{ digest: Buffer; effect_id: string }>(
    'SELECT digest, effect_id FROM consent_keys WHERE actor = $1 AND key = $2',
    [actor, key],
  );
  return rows[0] ?? null;
}

export const findConsent = async (on: Queryable, id: string): Promise<ConsentRow | null> =>
  (await tables(on).selectFrom('consents').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;

export const findObjection = async (on: Queryable, id: string): Promise<ObjectionRow | null> =>
  (await tables(on).selectFrom('consent_objections').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;

export interface ConsentQuery {
  principal?: string | undefined;
  /** Id of a version of a text. */
  text?: string | undefined;
  /** To texts of one of these purposes; null: of whatever purpose. */
  purposes?: readonly string[] | null;
  /** Newest first, those before this consent. */
  before?: string | undefined;
  most: number;
}

/** Consents as they were recorded, newest first. */
export const listConsents = (
  on: Queryable,
  { principal, text, purposes = null, before, most }: ConsentQuery,
): Promise<ConsentRow[]> =>
  tables(on)
    .selectFrom('consents')
    .selectAll()
    .$if(principal !== undefined, (query) => query.where('principal_id', '=', principal!))
    .$if(text !== undefined, (query) => query.where('text_id', '=', text!))
    .$if(purposes !== null, (query) =>
      query.where('text_id', 'in', (of) =>
        of
          .selectFrom('consent_texts')
          .select('id')
          .where(sql<boolean>`purposes && ${textArray(purposes!)}::text[]`),
      ),
    )
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(most)
    .execute();

export interface ObjectionQuery {
  principal?: string | undefined;
  scope?: ObjectionScope | undefined;
  /** Newest first, those before this objection. */
  before?: string | undefined;
  most: number;
}

/** Objections as they were recorded, newest first. */
export const listObjections = (
  on: Queryable,
  { principal, scope, before, most }: ObjectionQuery,
): Promise<ObjectionRow[]> =>
  tables(on)
    .selectFrom('consent_objections')
    .selectAll()
    .$if(principal !== undefined, (query) => query.where('principal_id', '=', principal!))
    .$if(scope !== undefined, (query) => query.where('scope', '=', scope!))
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(most)
    .execute();

/** The id `id` and every other one of the same person: what one of them asked to stop, is asked for all (see `vault/same.ts`). */
const heardFor = (id: string): string =>
  `ARRAY(SELECT ${id} UNION ALL SELECT s.other_id FROM same_person s WHERE s.principal_id = ${id})`;

/**
 * What ended or may have ended consents of these persons, by their ids: their own withdrawals, and what they objected to under whatever id.
 * Withdrawn is a consent, and that has one id.
 */
export async function endsOf(on: Queryable, principals: readonly string[]): Promise<(principal: string) => Ends> {
  const ids = [uuidArray([...new Set(principals)])];
  const withdrawn = groupsOf(
    await on.query<WithdrawalRow>('SELECT * FROM consent_withdrawals WHERE principal_id = ANY($1::uuid[])', ids),
    (row) => row.principal_id,
  );
  const heard = async <T extends object>(table: string, order = ''): Promise<(principal: string) => T[]> =>
    groupsOf(
      await on.query<T & { asked: string }>(
        `SELECT r.*, a.asked FROM unnest($1::uuid[]) AS a (asked) JOIN ${table} r ON r.principal_id = ANY (${heardFor('a.asked')}) ${order}`,
        ids,
      ),
      (row) => row.asked,
    );
  const objections = await heard<ObjectionRow>('consent_objections', 'ORDER BY r.id DESC');
  const retractions = await heard<RetractionRow>('consent_retractions');
  return (principal) => ({
    withdrawals: withdrawn(principal),
    objections: objections(principal),
    retractions: retractions(principal),
  });
}

/** Everything on record of one person, newest first; what they objected to under another id too. */
export async function historyOf(on: Queryable, principal: string): Promise<History> {
  const consents = await tables(on)
    .selectFrom('consents')
    .selectAll()
    .where('principal_id', '=', principal)
    .orderBy('id', 'desc')
    .execute();
  const known = await textsById(
    on,
    consents.map((c) => c.text_id),
  );
  const ends = await endsOf(on, [principal]);
  return { consents: consents.map((c) => ({ ...c, text: known.get(c.text_id)! })), ...ends(principal) };
}

/**
 * The same reading as `standingOn`, for everybody at once. Gives the CTEs `standing_consents (principal_id, consent_id, text_id, given_on,
 * given_by, withdrawn_on)`, the best consent of each person that reaches the whole scope, which stands where `withdrawn_on` is null; and
 * `objected_principals (principal_id, objected_on)`, those whose last objection in the scope no later consent has taken back.
 */
export const standingConsents = (scope: ConsentScope, on: Day): Part => ({
  name: 'consent.standing',
  sql: `consent_covering AS MATERIALIZED (
  SELECT id FROM consent_texts
  WHERE kind = ANY($1::text[]) AND holding_id = $2::uuid AND purposes @> ARRAY[$3::text] AND items @> $4::text[]
    AND CASE WHEN $5::uuid IS NULL THEN cardinality(recipients) = 0 ELSE recipients @> ARRAY[$5::uuid] END
    AND (abroad OR NOT $6::boolean)),
consent_said AS NOT MATERIALIZED (
  SELECT principal_id, on_day, said_at FROM consent_objections o
  WHERE on_day <= $7::date
    AND NOT EXISTS (SELECT 1 FROM consent_retractions b WHERE b.objection_id = o.id AND b.on_day <= $7::date)
    AND (scope = 'everything' OR (scope = 'provision' AND $5::uuid IS NOT NULL)
    OR (scope = 'purpose' AND purpose = $3::text) OR (scope = 'recipient' AND recipient_id = $5::uuid))),
consent_objecting AS NOT MATERIALIZED (
  SELECT * FROM consent_said
  UNION ALL
  SELECT s.other_id, o.on_day, o.said_at FROM consent_said o JOIN same_person s ON s.principal_id = o.principal_id),
standing_consents AS NOT MATERIALIZED (
  SELECT DISTINCT ON (c.principal_id) c.principal_id, c.id AS consent_id, c.text_id, c.given_on, c.given_by,
         least(w.on_day, o.on_day) AS withdrawn_on
  FROM consents c
  LEFT JOIN consent_withdrawals w ON w.consent_id = c.id AND w.on_day <= $7::date
  LEFT JOIN consent_objecting o ON o.principal_id = c.principal_id
    AND (o.on_day > c.given_on OR (o.on_day = c.given_on AND (o.said_at < c.given_at) IS NOT TRUE))
  WHERE c.text_id = ANY (ARRAY(SELECT id FROM consent_covering)) AND c.given_on <= $7::date
  ORDER BY c.principal_id, least(w.on_day, o.on_day) IS NOT NULL,
           CASE c.given_by WHEN 'without-capacity' THEN 2 WHEN 'uncertain' THEN 1 ELSE 0 END,
           c.given_on DESC, c.given_at DESC NULLS LAST, c.id DESC, o.on_day),
objected_principals AS (
  SELECT o.principal_id, max(o.on_day) AS objected_on FROM consent_objecting o
  WHERE NOT EXISTS (SELECT 1 FROM standing_consents s WHERE s.principal_id = o.principal_id AND s.withdrawn_on IS NULL
    AND s.given_by IN ('principal', 'representative'))
  GROUP BY o.principal_id)`,
  values: [
    textArray(kindsFor[scope.for]),
    scope.holding,
    scope.purpose,
    textArray(scope.items),
    scope.recipient,
    scope.abroad,
    on,
  ],
});

/** Texts that name one of these purposes, with how many consents to them no withdrawal and no objection to the purposes has ended. */
export const consentsNaming = (
  on: Queryable,
  purposes: readonly string[],
): Promise<(Pick<TextRow, 'code' | 'version' | 'name' | 'purposes'> & { people: number })[]> =>
  on.query(
    `WITH said AS (
       SELECT principal_id, purpose, on_day, said_at FROM consent_objections o
       WHERE (scope = 'everything' OR (scope = 'purpose' AND purpose = ANY ($1::text[])))
         AND NOT EXISTS (SELECT 1 FROM consent_retractions b WHERE b.objection_id = o.id)),
     objecting AS (
       SELECT * FROM said UNION ALL
       SELECT s.other_id, o.purpose, o.on_day, o.said_at FROM said o JOIN same_person s ON s.principal_id = o.principal_id)
     SELECT t.code, t.version, t.name, t.purposes, count(*)::int AS people
     FROM consents c JOIN consent_texts t ON t.id = c.text_id AND t.purposes && $1::text[]
     WHERE NOT EXISTS (SELECT 1 FROM consent_withdrawals w WHERE w.consent_id = c.id)
       AND NOT EXISTS (SELECT 1 FROM objecting o WHERE o.principal_id = c.principal_id AND (o.purpose IS NULL OR t.purposes <@ ARRAY[o.purpose])
         AND (o.on_day > c.given_on OR (o.on_day = c.given_on AND (o.said_at < c.given_at) IS NOT TRUE)))
     GROUP BY 1, 2, 3, 4 ORDER BY 1, 2`,
    [textArray(purposes)],
  );

/** How many objections to the use for each of these purposes nobody has taken back. */
export const objectionsTo = (
  on: Queryable,
  purposes: readonly string[],
): Promise<{ purpose: string; people: number }[]> =>
  on.query(
    `SELECT purpose, count(DISTINCT principal_id)::int AS people FROM consent_objections o
     WHERE scope = 'purpose' AND purpose = ANY ($1::text[])
       AND NOT EXISTS (SELECT 1 FROM consent_retractions b WHERE b.objection_id = o.id)
     GROUP BY 1 ORDER BY 1`,
    [textArray(purposes)],
  );

/** Gives the CTE `consents_as_read`: a row as long as the person has withdrawn nothing and objected to nothing since the standing was read. */
export const consentsAsRead = (principal: string, { ends }: Pick<ConsentStanding, 'ends'>): Part => ({
  name: 'consents_as_read',
  sql: `consents_as_read AS (
  SELECT 1 WHERE (SELECT count(*) FROM consent_withdrawals WHERE principal_id = $1::uuid)
    + (SELECT count(*) FROM consent_objections WHERE principal_id = ANY (${heardFor('$1::uuid')})) = $2::int)`,
  values: [principal, ends],
});

/** Whether the person has withdrawn nothing and objected to nothing since the standing was read. */
export const standAsRead = async (
  on: Queryable,
  principal: string,
  read: Pick<ConsentStanding, 'ends'>,
): Promise<boolean> => {
  const parts = [consentsAsRead(principal, read)];
  return (await runParts(on, 'consent.asRead', parts, 'SELECT 1 FROM consents_as_read')).length > 0;
};

/** Bars the uses that their persons asked to stop, under whatever id: for that purpose or altogether, and it was not a mistake of the record. */
export const objected: Barrier = {
  name: 'objected',
  // A look into the index of persons for each row, whatever the statistics were when the plan was made.
  sql: `coalesce((
      SELECT true FROM consent_objections o
      WHERE o.principal_id = ANY (${heardFor('a.principal_id')}) AND a.purposes IS NOT NULL
        AND (o.scope = 'everything' OR (o.scope = 'purpose' AND o.purpose = split_part(a.purposes, ',', 1)))
        AND NOT EXISTS (SELECT 1 FROM consent_retractions r WHERE r.objection_id = o.id) LIMIT 1), false)`,
};

// ---- held against the log

export async function countConsents(on: Queryable): Promise<number> {
  const [row] = await on.query<{ n: number }>('SELECT count(*)::int AS n FROM consents', [], 'consent.count');
  return row!.n;
}

interface Logged {
  table: string;
  /** The columns of the id of its entry and of the person. */
  id: string;
  person?: string;
  /** What the entry says of the row: its members, with the columns that they are of. */
  says: Readonly<Record<string, string>>;
  /** The same of what an earlier version did not say in its entries. The first of them is said of every row. */
  since?: Readonly<Record<string, string>>;
  /** Where a backup that was brought back lacks it, whether it is written anew (`endAgain`), so that no loss is the reason that it is not there. */
  again?: string;
}

/** An instant as entries have it. */
const instant = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** What each action writes. */
const logged = {
  'consent:record': {
    table: 'consents',
    id: 'id',
    person: 'principal_id',
    says: { text: 'text_id', given_on: 'given_on', given_by: 'given_by', method: 'method', import: 'import_id' },
    since: {
      language: 'language',
      channel: 'channel',
      given_at: instant('given_at'),
      representative: "representative->>'relation'",
      documents_of_authority: "representative->>'checked'",
      shown_on: 'shown_on',
      shown_at: instant('shown_at'),
    },
  },
  'consent:withdraw': {
    table: 'consent_withdrawals',
    id: 'entry_id',
    person: 'principal_id',
    says: { consent: 'consent_id', on: 'on_day' },
    again: 'EXISTS (SELECT FROM consents c WHERE c.id::text = l.says[1])',
  },
  'consent:object': {
    table: 'consent_objections',
    id: 'id',
    person: 'principal_id',
    says: { scope: 'scope', purpose: 'purpose', recipient: 'recipient_id', on: 'on_day' },
    again: 'EXISTS (SELECT FROM vault_principals p WHERE p.id = l.principal_id)',
  },
  'consent:retract-objection': {
    table: 'consent_retractions',
    id: 'entry_id',
    person: 'principal_id',
    says: { objection: 'objection_id' },
  },
  'consent:start': {
    table: 'consent_text_starts',
    id: 'entry_id',
    says: { text: 'text_id', code: 'code', from: 'from_day' },
  },
} satisfies Record<string, Logged>;

export type LoggedAct = keyof typeof logged;

/** How many rows and entries of an action there are, and how many of them are without the other, or say something else. */
function heldOf(act: LoggedAct): string {
  const { table, id, person = 'NULL::uuid', says, since = {}, again }: Logged = logged[act];
  const missing = `(r.id IS NULL${again ? ` AND NOT ${again}` : ''})`;
  const columns = (of: object): string => `ARRAY[${Object.values(of).map((column) => `(${column})::text`)}]::text[]`;
  const members = (of: object): string => `ARRAY[${Object.keys(of).map((member) => `e."${member}"`)}]::text[]`;
  // An entry is taken apart once, into the texts that its members are.
  const taken = Object.keys({ ...says, ...since }).map((member) => `"${member}" text`);
  return `SELECT count(*) AS all, count(*) FILTER (WHERE ${missing} IS NOT TRUE AND NOT coalesce(l.at = r.at AND l.actor = r.by_actor
       AND l.principal_id IS NOT DISTINCT FROM r.person AND l.says = r.says AND (l.since[1] IS NULL OR l.since = r.since), false)) AS wrong,
       array_agg(l.id) FILTER (WHERE ${missing}) AS missing
     FROM (SELECT ${id} AS id, at, by_actor, ${person} AS person, ${columns(says)} AS says, ${columns(since)} AS since FROM ${table}) r
     FULL JOIN (SELECT id, at, actor, principal_id, ${members(says)} AS says, ${members(since)} AS since
       FROM log_entries CROSS JOIN LATERAL json_to_record(entry::json) AS e (${taken})
       WHERE action = '${act}') l ON l.id = r.id`;
}

/** What these actions wrote: how much of it is there without an entry that says the same, and the entries of what is `missing`. */
export async function countUnlogged(
  on: Queryable,
  acts: readonly LoggedAct[],
): Promise<{ all: number; wrong: number; missing: string[] }> {
  const [row] = await on.query<{ all: number; wrong: number; missing: string[] }>(
    `WITH n AS (${acts.map(heldOf).join(' UNION ALL ')})
     SELECT sum(n.all)::int AS all, sum(n.wrong)::int AS wrong, ARRAY(SELECT id FROM n, unnest(n.missing) AS id) AS missing FROM n`,
    [],
    `consent.unlogged.${acts.length}`,
  );
  return row!;
}

/** All versions of all texts, with the entries of their writing. */
export async function textTraces(on: Queryable): Promise<{ texts: TextRow[]; entries: LogEntry[] }> {
  const [row] = await on.query<{ texts: (TextRow & { at: string })[]; entries: LogEntry[] }>(
    `SELECT (SELECT coalesce(json_agg(t), '[]') FROM consent_texts t) AS texts,
       (SELECT coalesce(json_agg(entry::json), '[]') FROM log_entries WHERE action = 'consent:text') AS entries`,
    [],
    'consent.unlogged.texts',
  );
  return { texts: row!.texts.map((one) => ({ ...one, at: new Date(one.at) })), entries: row!.entries };
}

// ---- remarks that an earlier version kept in clear

const SEALING = 0x63_6f_6e_01;

/** Some of what waits to be sealed, for one process alone until the end of the transaction. */
export async function takeWaiting(tx: Tx, most: number): Promise<WaitingRow[]> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [SEALING]);
  return tables(tx).selectFrom('consent_remarks_waiting').selectAll().orderBy('id').limit(most).execute();
}

/** Puts sealed remarks in their rows, and nothing of them stays where they waited; null drops one. */
export async function putRemarks(tx: Tx, rows: readonly { id: string; sealed: Buffer | null }[]): Promise<void> {
  await tx.query('SELECT seal_consent_remarks($1::uuid[], $2::bytea[])', [
    uuidArray(rows.map(({ id }) => id)),
    byteaArray(rows.map(({ sealed }) => sealed)),
  ]);
}

// ---- files

/** Those of these persons about whom something is held. */
export const knownAmong = async (on: Queryable, knowing: Part): Promise<Set<string>> =>
  new Set(
    (await runParts<{ principal_id: string }>(on, 'consent.known', [knowing], 'SELECT principal_id FROM known')).map(
      (row) => row.principal_id,
    ),
  );

/** Notes a file in the open transaction; throws when it was taken in before (`isTaken`, `consent_imports_taken`). */
export async function insertImport(tx: Tx, row: ImportRow): Promise<void> {
  await tx.query(
    'INSERT INTO consent_imports SELECT r.* FROM jsonb_populate_record(NULL::consent_imports, $1::jsonb) AS r',
    [jsonRow(row)],
  );
}

/** Writes consents of a file in the open transaction, of known persons only; answers how many. */
export async function insertConsents(tx: Tx, knowing: Part, rows: readonly ConsentRow[]): Promise<number> {
  const written = await runParts<{ n: number }>(
    tx,
    'consent.file',
    [
      knowing,
      {
        name: 'consents',
        sql: `recorded AS (
  INSERT INTO consents SELECT c.* FROM unnest($1::consents[]) AS c
  WHERE c.principal_id IN (SELECT principal_id FROM known) RETURNING id)`,
        values: [consentRows(rows)],
      },
    ],
    'SELECT count(*)::int AS n FROM recorded',
  );
  return written[0]!.n;
}

export const importOf = async (on: Queryable, text: string, digest: Buffer): Promise<string | null> =>
  (
    await tables(on)
      .selectFrom('consent_imports')
      .select('id')
      .where('text_id', '=', text)
      .where('digest', '=', digest)
      .executeTakeFirst()
  )?.id ?? null;

/** What waits to be keyed, for one process alone until the end of the transaction. */
export async function importsWaiting(tx: Tx): Promise<ImportWaitingRow[]> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [SEALING]);
  return tables(tx).selectFrom('consent_imports_waiting').selectAll().execute();
}

/** Puts keyed digests in their rows, and nothing stays where they waited. */
export async function keyImports(tx: Tx, rows: readonly { id: string; digest: Buffer }[]): Promise<void> {
  await tx.query('SELECT key_consent_imports($1::uuid[], $2::bytea[])', [
    uuidArray(rows.map(({ id }) => id)),
    byteaArray(rows.map(({ digest }) => digest)),
  ]);
}
