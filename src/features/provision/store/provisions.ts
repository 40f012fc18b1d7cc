// Writes a provision in the same statement that reads the vault and writes the log, so that nothing leaves without its record. Also reads
// provisions.

import { sql } from 'kysely';
import type { Relation } from '../../../law/index.ts';
import { firstId } from '../../../base/id.ts';
import { uuidArray, type Queryable, type Tx } from '../../../platform/database/index.ts';
import { runParts, type Part } from '../../../platform/statement.ts';
import type { Found } from '../../../vault/index.ts';
import type { PersonRow, ProvisionRow, ProvisionTables, RecordRow } from '../tables.ts';

export const tables = (on: Queryable) => on.kysely.withTables<ProvisionTables>();

/** A provision of one person as it is written: its row, whom it is about, and the record of APPI 29 where the law asks for one. */
export interface Written {
  row: ProvisionRow;
  person: PersonRow;
  record: RecordRow | null;
}

/** Writes all of it, but only if the vault found the person (`effected`). */
function recording({ row, person, record }: Written): Part {
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

/** A provision in the JSON form from which the database makes a row. */
export const forJson = (row: ProvisionRow) => ({ ...row, sealed: row.sealed && `\\x${row.sealed.toString('hex')}` });

/** True when an error says that this attempt has provided already. */
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

/** The name of the CTE that has a row only while everything read before the decision is unchanged. */
export const UNCHANGED = 'unchanged';

/** Each of the parts must give one CTE with the part's name. */
const unchanged = (asRead: readonly Part[]): Part => ({
  name: UNCHANGED,
  sql: `${UNCHANGED} AS (SELECT 1 WHERE ${asRead.map(({ name }) => `EXISTS (SELECT 1 FROM ${name})`).join(' AND ')})`,
  values: [],
});

/**
 * Finds the sealed record and writes provision, statutory record and log entry in one statement, if what was read before (`asRead`) is unchanged;
 * `finding` must find nothing otherwise. Returns `changed` if it is not, `not-held` if there is no record.
 */
export async function provideOnce(
  on: Queryable,
  { asRead, finding, written, logging }: { asRead: readonly Part[]; finding: Part; written: Written; logging: Part },
): Promise<Found | 'changed' | 'not-held'> {
  const [answer] = await runParts<Found & { unchanged: boolean; held: boolean }>(
    on,
    // The number of parts depends on the kind of provision, so the statement is named by it.
    `provision.provide.${asRead.length}`,
    [...asRead, unchanged(asRead), finding, recording(written), logging],
    `SELECT u.*, f.*, f.key IS NOT NULL AS held
     FROM (SELECT EXISTS (SELECT 1 FROM ${UNCHANGED}) AS unchanged) u LEFT JOIN found f ON true`,
  );
  const { unchanged: still, held, ...found } = answer!;
  if (held) return found;
  return still ? 'not-held' : 'changed';
}

/** True when everything is still as it was read (`asRead`, not empty). What the parts read then stays unchanged until the transaction ends. */
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
  /** Only provisions for one of these purposes; null for all. */
  purposes?: readonly string[] | null;
  /** Only those that have a record of APPI 29. */
  recorded?: boolean;
  /** Only those that this package made. */
  package?: string;
  /** Only those made at or after `from` and before `to`: an id begins with the instant of its row. */
  from?: Date;
  to?: Date;
  /** Only provisions older than this one; they are listed newest first. */
  before?: string | undefined;
  /** Only those made after this instant. */
  since?: Date;
  /** Absent: all of them. */
  most?: number;
}

export interface Provided extends ProvisionRow {
  record: RecordRow | null;
  /** The person it was about, and the consent it rested on; null where it was about several. */
  principal: string | null;
  consent: string | null;
}

const withRecord = (on: Queryable) =>
  tables(on)
    .selectFrom('provisions as p')
    .leftJoin('provision_records as r', 'r.provision_id', 'p.id')
    .selectAll('p')
    .select(sql<RecordRow | null>`to_jsonb(r)`.as('record'))
    .select([
      sql<
        string | null
      >`CASE WHEN p.people = 1 THEN (SELECT w.principal_id FROM provision_people w WHERE w.provision_id = p.id LIMIT 1) END`.as(
        'principal',
      ),
      sql<
        string | null
      >`CASE WHEN p.people = 1 THEN (SELECT w.consent_id FROM provision_people w WHERE w.provision_id = p.id LIMIT 1) END`.as(
        'consent',
      ),
    ]);

export const listProvisions = (
  on: Queryable,
  {
    principal,
    recipient,
    relation,
    purposes = null,
    recorded,
    package: file,
    from,
    to,
    before,
    since,
    most,
  }: ProvisionQuery,
): Promise<Provided[]> =>
  withRecord(on)
    .$if(principal !== undefined, (query) =>
      query.where('p.id', 'in', (of) =>
        of.selectFrom('provision_people as w').select('w.provision_id').where('w.principal_id', '=', principal!),
      ),
    )
    .$if(recipient !== undefined, (query) => query.where('p.recipient_id', '=', recipient!))
    .$if(relation !== undefined, (query) => query.where('p.relation', '=', relation!))
    .$if(purposes !== null, (query) => query.where('p.purpose', 'in', purposes!))
    .$if(file !== undefined, (query) => query.where('p.package_id', '=', file!))
    .$if(recorded === true, (query) => query.where('r.provision_id', 'is not', null))
    .$if(from !== undefined, (query) => query.where('p.id', '>=', firstId(from!.getTime())))
    .$if(to !== undefined, (query) => query.where('p.id', '<', firstId(to!.getTime())))
    .$if(before !== undefined, (query) => query.where('p.id', '<', before!))
    .$if(since !== undefined, (query) => query.where('p.at', '>', since!))
    .orderBy('p.id', 'desc')
    .$if(most !== undefined, (query) => query.limit(most!))
    .execute();

/** Which of these ids are those of provisions that are here. */
export const provisionsAmong = async (on: Queryable, ids: readonly string[]): Promise<Set<string>> =>
  new Set(
    (await on.query<{ id: string }>('SELECT id FROM provisions WHERE id = ANY ($1::uuid[])', [uuidArray(ids)])).map(
      ({ id }) => id,
    ),
  );

export const findProvision = async (on: Queryable, id: string): Promise<Provided | null> =>
  (await withRecord(on).where('p.id', '=', id).executeTakeFirst()) ?? null;

/** The provision that a log entry of a person belongs to: an entry of its own, or of the reading for a package. */
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
