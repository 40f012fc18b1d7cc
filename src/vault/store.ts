// The vault in PostgreSQL: every SQL statement of this room. Only ciphertext, digests, codes, ids and dates pass through here.

import {
  byteaArray,
  rowType,
  textArray,
  uuidArray,
  type Database,
  type Queryable,
  type Tx,
} from '../platform/database/index.ts';
import type { Part } from '../platform/statement.ts';

export interface SealedRecord {
  principal: string;
  holding: string;
  version: number;
  codes: readonly string[];
  sealed: Buffer;
  /** Digest of the e-mail address, 16 bytes, unique in the holding. Null without an address, and for persons who share the address of another. */
  email: Buffer | null;
  /** Digests of everything the person can be found by, including the e-mail address. */
  digests: readonly Buffer[];
  /** What the codes are held for; see `purposesOf`. */
  purposes: readonly string[];
  /** Milliseconds since the epoch. */
  at: number;
}

export interface NewPerson {
  record: SealedRecord;
  wrapped: Buffer;
  kekVersion: number;
}

const recordRows = rowType<SealedRecord>('vault_records', [
  ['uuid', (r) => r.principal],
  ['uuid', (r) => r.holding],
  ['int4', (r) => r.version],
  ['text[]', (r) => r.codes],
  ['bytea', (r) => r.sealed],
  ['bytea', (r) => r.email],
  ['bytea[]', (r) => r.digests],
  ['timestamptz', (r) => r.at],
  ['timestamptz', (r) => r.at],
  ['text[]', (r) => r.purposes],
]);

const principalRows = rowType<NewPerson>('vault_principals', [
  ['uuid', (p) => p.record.principal],
  ['int4', (p) => p.kekVersion],
  ['bytea', (p) => p.wrapped],
  ['timestamptz', (p) => p.record.at],
]);

/**
 * Inserts new persons with their first record, for the ids in the CTE `admitted(key uuid)` of an earlier part. Gives the CTE `effected(key uuid)`:
 * those inserted. A person whose e-mail digest another record of the holding has in its `email` column is skipped. Rows are inserted in order of
 * holding and digest, so that two batches never deadlock.
 */
export const insertPersons = (people: readonly NewPerson[]): Part => ({
  name: 'vault.persons',
  sql: `effected AS (
  INSERT INTO vault_records SELECT r.* FROM unnest($1::vault_records[]) AS r
  WHERE r.principal_id IN (SELECT key FROM admitted) ORDER BY r.holding_id, r.email
  ON CONFLICT DO NOTHING RETURNING principal_id AS key),
vault_keyed AS (
  INSERT INTO vault_principals SELECT p.* FROM unnest($2::vault_principals[]) AS p
  WHERE p.id IN (SELECT key FROM effected))`,
  values: [recordRows(people.map((p) => p.record)), principalRows(people)],
});

/** The CTE `admitted` with all these keys, for when nothing has to be checked first. */
export const admitAll = (keys: readonly string[]): Part => ({
  name: 'vault.admitted',
  sql: 'admitted AS (SELECT * FROM unnest($1::uuid[]) AS a(key))',
  values: [uuidArray(keys)],
});

export interface Asked {
  key: string;
  principal: string;
  holding: string;
  items: readonly string[];
  /** The record is found only while the items are held for one of these purposes (that of the use first); null for any purpose. */
  purposes: readonly string[] | null;
}

/**
 * SQL condition: the asked items of record `r` are held for one of the purposes. Most records hold every item for the same purposes; comparing
 * these directly avoids a function call that costs twenty times as much.
 */
const heldFor = (items: string, purposes: string): string =>
  `CASE WHEN cardinality(r.purposes) = 1 THEN string_to_array(r.purposes[1], ',') && ${purposes}
    ELSE is_held_for(r.items, r.purposes, ${items}, ${purposes}) END`;

/**
 * An exclusion contributed by another room: an SQL condition over the row `a (principal_id uuid, purposes text)`. Records for which it is true are
 * not found. `purposes` holds ids joined by commas, null for any purpose. The condition itself must never be null.
 */
export interface Barrier {
  name: string;
  sql: string;
}

/** A sealed record with its person's wrapped key. `items` are codes joined by commas. */
export interface FoundRow {
  key: string;
  kek_version: number;
  wrapped_key: Buffer;
  version: number;
  items: string;
  sealed: Buffer;
}

/**
 * Finds records. Gives the CTEs `found` and `effected(key uuid)`; a record that does not exist or is held for other purposes is in neither. `given`
 * names a CTE of an earlier part; when that has no row, nothing is found.
 */
export const findRecords = (
  asked: readonly Asked[],
  { given, barrier }: { given?: string; barrier?: Barrier } = {},
): Part => ({
  name: ['vault.find', ...(given ? [given] : []), ...(barrier ? [barrier.name] : [])].join('.'),
  // LATERAL with LIMIT keeps the plan at one index lookup per row, whatever the statistics said when it was made.
  // The sub-SELECTs hide the number of rows from the planner: if it sees only a few, it plans each statement anew, at twice the cost.
  sql: `found AS (
  SELECT a.key, p.kek_version, p.wrapped_key, r.version, array_to_string(r.items, ',') AS items, r.sealed
  FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::uuid[]), (SELECT $4::text[]), (SELECT $5::text[]))
    AS a(key, principal_id, holding_id, items, purposes)
  CROSS JOIN LATERAL (SELECT kek_version, wrapped_key FROM vault_principals WHERE id = a.principal_id LIMIT 1) p
  CROSS JOIN LATERAL (SELECT version, items, sealed, purposes FROM vault_records
    WHERE principal_id = a.principal_id AND holding_id = a.holding_id LIMIT 1) r
  WHERE (a.purposes IS NULL OR ${heldFor("string_to_array(a.items, ',')", "string_to_array(a.purposes, ',')")})
    ${given === undefined ? '' : `AND EXISTS (SELECT 1 FROM ${given})`}
    ${barrier === undefined ? '' : `AND NOT ${barrier.sql}`}),
effected AS (SELECT key FROM found)`,
  values: [
    uuidArray(asked.map((a) => a.key)),
    uuidArray(asked.map((a) => a.principal)),
    uuidArray(asked.map((a) => a.holding)),
    textArray(asked.map((a) => a.items.join(','))),
    textArray(asked.map((a) => a.purposes?.join(',') ?? null)),
  ],
});

/** Everyone in a holding with an e-mail address, by its digest: first the person whose `email` column has it, then by id. */
export const findByEmail = async (on: Queryable, holding: string, digest: Buffer): Promise<string[]> =>
  (
    await on.query<{ principal_id: string }>(
      `SELECT principal_id FROM vault_records WHERE holding_id = $1 AND digests @> ARRAY[$2::bytea]
       ORDER BY email IS NULL, principal_id`,
      [holding, digest],
    )
  ).map((row) => row.principal_id);

/**
 * Until the transaction ends, nobody can newly share an e-mail address, and the person whose `email` column has it keeps it. False when nobody has
 * it.
 */
export const lockEmail = async (tx: Tx, holding: string, digest: Buffer): Promise<boolean> =>
  (await tx.query('SELECT 1 FROM vault_records WHERE holding_id = $1 AND email = $2 FOR UPDATE', [holding, digest]))
    .length > 0;

/** Passes an e-mail digest that its person no longer has to the oldest of the records that shared it, if there is one. */
async function passOnEmail(tx: Tx, holding: string, digest: Buffer): Promise<void> {
  await tx.query(
    `UPDATE vault_records SET email = $2 WHERE holding_id = $1 AND principal_id = (
       SELECT principal_id FROM vault_records WHERE holding_id = $1 AND digests @> ARRAY[$2::bytea] AND email IS NULL
       ORDER BY created_at, principal_id LIMIT 1 FOR UPDATE)`,
    [holding, digest],
  );
}

/** Gives the CTE `items_as_read`: it has a row while exactly the items `held` of those asked for are held about the person in the holding. */
export const itemsAsRead = (
  { principal, holding, items }: Pick<Asked, 'principal' | 'holding' | 'items'>,
  held: readonly string[],
): Part => ({
  name: 'items_as_read',
  sql: `items_as_read AS (
  SELECT 1 FROM vault_records r WHERE r.principal_id = $1::uuid AND r.holding_id = $2::uuid
    AND r.items @> $3::text[] AND NOT r.items && $4::text[])`,
  values: [principal, holding, textArray(held), textArray(items.filter((code) => !held.includes(code)))],
});

/** Gives the CTE `person_held`: it has a row when the person is held. Nobody can erase them until the transaction ends. */
export const personHeld = (principal: string): Part => ({
  name: 'person_held',
  sql: 'person_held AS (SELECT 1 FROM vault_principals WHERE id = $1::uuid FOR KEY SHARE)',
  values: [principal],
});

/** Gives the CTE `known(principal_id uuid)`: those of these persons about whom something is held. */
export const knowing = (principals: readonly string[]): Part => ({
  name: 'vault.known',
  sql: 'known AS (SELECT id AS principal_id FROM vault_principals WHERE id = ANY($1::uuid[]))',
  values: [uuidArray(principals)],
});

/**
 * Gives the CTE `held(principal_id, held_for boolean, would boolean)`: one row per person of whom the holding keeps something. `held_for`: the
 * items are held for one of `purposes`. `would`: they are held for one of `wider`, which is `purposes` and more, or empty (false).
 */
export const heldIn = ({
  holding,
  items,
  purposes,
  wider,
}: Pick<Asked, 'holding' | 'items'> & { purposes: readonly string[]; wider: readonly string[] }): Part => ({
  name: 'vault.held',
  // Most of a million records are held for a single purpose, so that one is compared before any list is built.
  sql: `held AS NOT MATERIALIZED (
  SELECT principal_id, (cardinality(r.purposes) = 1 AND r.purposes[1] = ANY ($3::text[]) OR ${heldFor('$2::text[]', '$3::text[]')}) IS TRUE AS held_for,
    CASE WHEN cardinality($4::text[]) = 0 THEN false ELSE ${heldFor('$2::text[]', '$4::text[]')} IS TRUE END AS would
  FROM vault_records r WHERE holding_id = $1::uuid)`,
  values: [holding, textArray(items), textArray(purposes), textArray(wider)],
});

/** Persons who have a record in a holding, in order of id, starting after `after`; at most `most`. */
export const listHeld = (
  on: Queryable,
  { holding, after, most }: { holding: string; after: string | null; most: number },
): Promise<{ principal_id: string; created_at: Date }[]> =>
  on.query(
    `SELECT principal_id, created_at FROM vault_records
     WHERE holding_id = $1 AND ($2::uuid IS NULL OR principal_id > $2) ORDER BY principal_id LIMIT $3`,
    [holding, after, most],
  );

/** The holdings in which each of these persons is kept, or was until they were erased. */
export const holdingsOf = (
  on: Queryable,
  principals: readonly string[],
): Promise<{ principal_id: string; holdings: string[] }[]> =>
  on.query(
    `SELECT principal_id, array_agg(holding_id) AS holdings FROM vault_records WHERE principal_id = ANY($1::uuid[]) GROUP BY 1
     UNION ALL SELECT principal_id, holdings FROM vault_erasures WHERE principal_id = ANY($1::uuid[])`,
    [uuidArray(principals)],
    'vault.holdingsOf',
  );

export interface PersonRow {
  kek_version: number;
  wrapped_key: Buffer;
  created_at: Date;
}

/** A person's wrapped key. With `lock`, nobody else can change the person's records until the transaction ends. */
export async function findPerson(on: Queryable, principal: string, lock = false): Promise<PersonRow | null> {
  const rows = await on.query<PersonRow>(
    `SELECT kek_version, wrapped_key, created_at FROM vault_principals WHERE id = $1 ${lock ? 'FOR UPDATE' : ''}`,
    [principal],
  );
  return rows[0] ?? null;
}

/**
 * Until the transaction ends, nobody can change the records of these persons or erase them; others may take the same lock. Locks in order of id, so
 * that no two callers deadlock.
 */
export async function holdPersons(tx: Tx, principals: readonly string[]): Promise<void> {
  await tx.query('SELECT 1 FROM vault_principals WHERE id = ANY($1::uuid[]) ORDER BY id FOR SHARE', [
    uuidArray(principals),
  ]);
}

/** The wrapped keys of these persons, as far as they are held. */
export const findKeys = (
  on: Queryable,
  principals: readonly string[],
): Promise<{ id: string; kek_version: number; wrapped_key: Buffer }[]> =>
  on.query('SELECT id, kek_version, wrapped_key FROM vault_principals WHERE id = ANY($1::uuid[])', [
    uuidArray(principals),
  ]);

/** The same, plus a row with null keys for each person whose erasure is on record. */
export const findKeysAndErased = (
  on: Queryable,
  principals: readonly string[],
): Promise<{ id: string; kek_version: number | null; wrapped_key: Buffer | null }[]> =>
  on.query(
    `SELECT id, kek_version, wrapped_key FROM vault_principals WHERE id = ANY($1::uuid[])
     UNION ALL SELECT principal_id, NULL, NULL FROM vault_erasures WHERE principal_id = ANY($1::uuid[])`,
    [uuidArray(principals)],
  );

/** A link that states that two ids are one person. */
export interface LinkRow {
  /** Id of the decision, which is also that of its log entry. */
  id: string;
  principal_id: string;
  other_id: string;
  /** Code for how it was established. */
  shown_by: string;
  at: Date;
  actor: string;
}

/** Links two ids. Writes nothing when nothing is held about one of them (`unknown`) or they are linked already (`already`). */
export async function insertLink(tx: Tx, row: LinkRow): Promise<'linked' | 'unknown' | 'already'> {
  const [answer] = await tx.query<{ known: number; linked: number }>(
    `WITH known AS (SELECT id FROM vault_principals WHERE id IN ($2, $3)),
     linked AS (
       INSERT INTO person_links (id, principal_id, other_id, shown_by, at, actor)
       SELECT $1::uuid, $2::uuid, $3::uuid, $4::text, $5::timestamptz, $6::text WHERE (SELECT count(*) FROM known) = 2
       ON CONFLICT (least(principal_id, other_id), greatest(principal_id, other_id)) WHERE ended_at IS NULL DO NOTHING RETURNING 1)
     SELECT (SELECT count(*) FROM known)::int AS known, (SELECT count(*) FROM linked)::int AS linked`,
    [row.id, row.principal_id, row.other_id, row.shown_by, row.at, row.actor],
  );
  return answer!.linked > 0 ? 'linked' : answer!.known < 2 ? 'unknown' : 'already';
}

/** Ends the link between two ids and returns its id; null when there is none. */
export async function endLink(
  tx: Tx,
  [one, other]: readonly [string, string],
  { entry, at, actor }: { entry: string; at: Date; actor: string },
): Promise<string | null> {
  const [ended] = await tx.query<{ id: string }>(
    `UPDATE person_links SET ended_at = $3, ended_by = $4, ended_entry = $5
     WHERE ended_at IS NULL AND least(principal_id, other_id) = least($1::uuid, $2::uuid)
       AND greatest(principal_id, other_id) = greatest($1::uuid, $2::uuid) RETURNING id`,
    [one, other, at, actor, entry],
  );
  return ended?.id ?? null;
}

/** The links in force between these ids and any other, oldest first. */
export const linksOf = (on: Queryable, principals: readonly string[]): Promise<LinkRow[]> =>
  on.query<LinkRow>(
    `SELECT id, principal_id, other_id, shown_by, at, actor FROM person_links
     WHERE ended_at IS NULL AND (principal_id = ANY ($1::uuid[]) OR other_id = ANY ($1::uuid[])) ORDER BY at, id`,
    [uuidArray(principals)],
  );

/** Every other id of the same person, for each id given. */
export const othersOf = (
  on: Queryable,
  principals: readonly string[],
): Promise<{ principal_id: string; other_id: string }[]> =>
  on.query('SELECT principal_id, other_id FROM same_person WHERE principal_id = ANY ($1::uuid[]) ORDER BY 1, 2', [
    uuidArray(principals),
  ]);

export interface RecordRow {
  holding_id: string;
  version: number;
  items: string[];
  sealed: Buffer;
  purposes: string[];
  created_at: Date;
  updated_at: Date;
}

/** A person's record in a holding, locked against changes by others until the transaction ends. */
export async function lockRecord(
  tx: Tx,
  principal: string,
  holding: string,
): Promise<(RecordRow & Pick<SealedRecord, 'email'>) | null> {
  const [row] = await tx.query<RecordRow & Pick<SealedRecord, 'email'>>(
    `SELECT holding_id, version, items, sealed, purposes, created_at, updated_at, email FROM vault_records
     WHERE principal_id = $1 AND holding_id = $2 FOR UPDATE`,
    [principal, holding],
  );
  return row ?? null;
}

/** A person's records, oldest first; with `holding`, only the record there. */
export const recordsOf = (on: Queryable, principal: string, holding: string | null = null): Promise<RecordRow[]> =>
  on.query<RecordRow>(
    `SELECT holding_id, version, items, sealed, purposes, created_at, updated_at FROM vault_records
     WHERE principal_id = $1 AND ($2::uuid IS NULL OR holding_id = $2) ORDER BY created_at, holding_id`,
    [principal, holding],
  );

/** Thrown when the e-mail address belongs to another person of the holding. */
export class EmailTaken extends Error {
  constructor() {
    super('vault: the e-mail address is taken');
    this.name = 'EmailTaken';
  }
}

/**
 * Inserts a record or replaces the former one. `left` is a digest that the former record had in its `email` column and this one has not; it passes
 * to a sharer. Throws EmailTaken, which leaves the transaction aborted.
 */
export async function putRecord(tx: Tx, record: SealedRecord, left: Buffer | null): Promise<void> {
  try {
    await tx.query(
      `INSERT INTO vault_records SELECT r.* FROM unnest($1::vault_records[]) AS r
       ON CONFLICT (principal_id, holding_id) DO UPDATE
         SET version = excluded.version, items = excluded.items, sealed = excluded.sealed, email = excluded.email,
             digests = excluded.digests, purposes = excluded.purposes, updated_at = excluded.updated_at`,
      [recordRows([record])],
    );
  } catch (error) {
    if ((error as { constraint?: unknown }).constraint === 'vault_records_email') throw new EmailTaken();
    throw error;
  }
  if (left) await passOnEmail(tx, record.holding, left);
}

export interface ErasureRow {
  principal_id: string;
  entry_id: string;
  erased_at: Date;
  holdings: string[];
  items: number;
  /** The codes that each holding had; null for persons erased before these were kept. */
  held: { holding: string; items: string[] }[] | null;
}

export async function findErasure(on: Queryable, principal: string): Promise<ErasureRow | null> {
  const rows = await on.query<ErasureRow>(
    'SELECT principal_id, entry_id, erased_at, holdings, items, held FROM vault_erasures WHERE principal_id = $1',
    [principal],
  );
  return rows[0] ?? null;
}

/** Deletes a person's record in one holding. */
export async function dropRecord(tx: Tx, principal: string, holding: string): Promise<void> {
  const [gone] = await tx.query<{ email: Buffer | null }>(
    'DELETE FROM vault_records WHERE principal_id = $1 AND holding_id = $2 RETURNING email',
    [principal, holding],
  );
  if (gone?.email) await passOnEmail(tx, holding, gone.email);
}

/** Deletes a person's wrapped key, sealed records and search digests, and inserts the record of the erasure. */
export async function destroyPerson(tx: Tx, principal: string, entryId: string, at: Date): Promise<ErasureRow> {
  const gone = await tx.query<{ holding: string; items: string[]; email: Buffer | null }>(
    'DELETE FROM vault_records WHERE principal_id = $1 RETURNING holding_id AS holding, items, email',
    [principal],
  );
  for (const { holding, email } of gone) if (email) await passOnEmail(tx, holding, email);
  const held = gone.map(({ holding, items }) => ({ holding, items }));
  await tx.query('DELETE FROM vault_principals WHERE id = $1', [principal]);
  const rows = await tx.query<ErasureRow>(
    `INSERT INTO vault_erasures (principal_id, entry_id, erased_at, holdings, items, held) VALUES ($1, $2, $3, $4, $5, $6)
     RETURNING principal_id, entry_id, erased_at, holdings, items, held`,
    [
      principal,
      entryId,
      at,
      held.map(({ holding }) => holding),
      held.reduce((sum, { items }) => sum + items.length, 0),
      JSON.stringify(held),
    ],
  );
  return rows[0]!;
}

/** A person's sealed records, most recently changed first. */
export const sealedRecords = (
  on: Queryable,
  principal: string,
): Promise<{ holding_id: string; version: number; items: string[]; sealed: Buffer }[]> =>
  on.query(
    `SELECT holding_id, version, items, sealed FROM vault_records WHERE principal_id = $1
     ORDER BY updated_at DESC, holding_id`,
    [principal],
  );

/** The sealed identity of an erased person, with a key of its own. `id` is the person's. */
export interface IdentityRow extends WrappedRow {
  sealed: Buffer;
}

/** An identity with the digests it is found by. */
export interface FoundIdentity extends IdentityRow {
  digests: Buffer[];
}

export async function keepIdentity(tx: Tx, row: FoundIdentity): Promise<void> {
  await tx.query(
    'INSERT INTO kept_identities (id, kek_version, wrapped_key, sealed, digests) VALUES ($1, $2, $3, $4, $5::bytea[])',
    [row.id, row.kek_version, row.wrapped_key, row.sealed, byteaArray(row.digests)],
  );
}

export const findIdentities = (on: Queryable, principals: readonly string[]): Promise<IdentityRow[]> =>
  on.query('SELECT id, kek_version, wrapped_key, sealed FROM kept_identities WHERE id = ANY ($1::uuid[]) ORDER BY id', [
    uuidArray(principals),
  ]);

/** Erased persons whose kept identity matches every term. There are few, so this scans them all. */
export const findIdentitiesBy = async (on: Queryable, sought: readonly Sought[], most: number): Promise<string[]> =>
  (
    await on.query<{ id: string }>(
      `SELECT id FROM kept_identities, unnest($1::bytea[], $2::int[]) AS wanted (digest, term)
       WHERE wanted.digest = ANY (digests)
       GROUP BY id HAVING count(DISTINCT wanted.term) = (SELECT count(DISTINCT one) FROM unnest($2::int[]) AS one)
       ORDER BY id LIMIT $3`,
      [byteaArray(sought.map(({ digest }) => digest)), sought.map(({ term }) => term), most],
    )
  ).map(({ id }) => id);

/** The next identities that an earlier version stored without digests. */
export const unindexedIdentities = (tx: Tx, after: string | null, most: number): Promise<IdentityRow[]> =>
  tx.query(
    `SELECT id, kek_version, wrapped_key, sealed FROM kept_identities
     WHERE digests IS NULL AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2 FOR UPDATE`,
    [after, most],
  );

export async function indexIdentity(tx: Tx, id: string, digests: readonly Buffer[]): Promise<void> {
  await tx.query('UPDATE kept_identities SET digests = $2::bytea[] WHERE id = $1', [id, byteaArray(digests)]);
}

/** The next persons whose identity is kept, in order of id after `after`; null starts at the first. */
export const listIdentities = async (on: Queryable, after: string | null, most: number): Promise<string[]> =>
  (
    await on.query<{ id: string }>(
      'SELECT id FROM kept_identities WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2',
      [after, most],
    )
  ).map(({ id }) => id);

/** Deletes identities with their keys. Returns the persons who had one. */
export const dropIdentities = async (tx: Tx, principals: readonly string[]): Promise<string[]> =>
  (
    await tx.query<{ id: string }>('DELETE FROM kept_identities WHERE id = ANY ($1::uuid[]) RETURNING id', [
      uuidArray(principals),
    ])
  ).map(({ id }) => id);

/** A table from which keys were dropped that may still be in its files. */
export interface UnclearedRow {
  relation: string;
  /** When the first of these keys was dropped. */
  first: Date;
  /** Size of the table in bytes, as pg_table_size counts it. */
  size: number;
}

export const unclearedTables = (on: Queryable): Promise<UnclearedRow[]> =>
  on.query<UnclearedRow>(
    `SELECT relation::text, min(dropped_at) AS first, pg_table_size(relation::text::regclass)::float8 AS size
     FROM dropped_keys WHERE cleared_at IS NULL GROUP BY relation ORDER BY relation`,
    [],
  );

/** Owners of the keys that were dropped from a table and are not known to have left its files, and the database's time of this reading. */
export async function unclearedIn(on: Queryable, relation: string): Promise<{ owners: string[]; at: string }> {
  const [row] = await on.query<{ owners: string[]; at: string }>(
    `SELECT coalesce(array_agg(owner), '{}')::uuid[] AS owners, clock_timestamp()::text AS at
     FROM dropped_keys WHERE relation = $1 AND cleared_at IS NULL`,
    [relation],
  );
  return row!;
}

/** Vacuums a table of keys with its indexes and, for the keys of persons, the records they seal. */
export async function vacuum(database: Database, relation: string): Promise<void> {
  if (relation === 'vault_principals') await database.maintain('VACUUM (INDEX_CLEANUP ON) vault_records');
  await database.maintain(`VACUUM (INDEX_CLEANUP ON) "${relation}"`);
}

/**
 * True when the table has been vacuumed since `since` and no dead row is left, neither for an older transaction that still sees it nor in a page
 * that was in use.
 */
export async function isVacuumed(on: Queryable, relation: string, since: string): Promise<boolean> {
  const rows = await on.query(
    `SELECT 1 FROM pg_stat_user_tables
     WHERE relid = $1::text::regclass AND last_vacuum >= $2::timestamptz AND n_dead_tup = 0`,
    [relation, since],
  );
  return rows.length === 1;
}

/** Lock timeout of a rewrite: while it waits for its lock, everything else on the table queues behind it. */
const LONGEST_WAIT = '1s';

/**
 * Rewrites a table of keys with only its live rows: after a VACUUM alone, the bytes of a dropped key may stay in a page. The table is locked from
 * here to the end of the transaction, about a second for a million keys. Throws an error that `isHeldUp` recognises when other work holds the
 * table. Must be the last statement of its transaction: anything after it would run with the rights of the connecting role (see
 * `Database.maintain`).
 */
export async function rewrite(tx: Tx, relation: string): Promise<void> {
  await tx.query(`SET LOCAL lock_timeout = '${LONGEST_WAIT}'`, []);
  await tx.query('SET LOCAL ROLE NONE', []);
  await tx.query(`CLUSTER "${relation}" USING "${relation}_pkey"`, []);
}

/** True when an error says that a lock could not be had in time. */
export const isHeldUp = (error: unknown): boolean => (error as { code?: unknown }).code === '55P03';

/** Records that these keys have left the files. Returns the owners for whom this was not recorded before. */
export const markCleared = async (tx: Tx, relation: string, owners: readonly string[], at: Date): Promise<string[]> =>
  (
    await tx.query<{ owner: string }>(
      `UPDATE dropped_keys SET cleared_at = $3 WHERE relation = $1 AND owner = ANY ($2::uuid[]) AND cleared_at IS NULL RETURNING owner`,
      [relation, uuidArray(owners), at],
    )
  ).map(({ owner }) => owner);

export interface MatchRow {
  principal_id: string;
  holdings: string[];
}

/** One search digest, and the position of its term. */
export interface Sought {
  digest: Buffer;
  term: number;
}

/** Persons who have a digest of every term, in order of id, at most `most`; in these holdings, or with null in any. */
export const findByDigests = (
  on: Queryable,
  sought: readonly Sought[],
  holdings: readonly string[] | null,
  most: number,
): Promise<MatchRow[]> =>
  on.query<MatchRow>(
    `SELECT principal_id, array_agg(DISTINCT holding_id)::uuid[] AS holdings
     FROM vault_records, unnest($1::bytea[], $2::int[]) AS wanted (digest, term)
     WHERE digests && $1::bytea[] AND wanted.digest = ANY (digests) AND ($3::uuid[] IS NULL OR holding_id = ANY ($3))
     GROUP BY principal_id HAVING count(DISTINCT wanted.term) = (SELECT count(DISTINCT one) FROM unnest($2::int[]) AS one)
     ORDER BY principal_id LIMIT $4`,
    [
      byteaArray(sought.map(({ digest }) => digest)),
      sought.map(({ term }) => term),
      holdings && uuidArray(holdings),
      most,
    ],
  );

/** How many persons have a record in each holding. */
export const countByHolding = (on: Queryable): Promise<{ holding_id: string; people: number }[]> =>
  on.query('SELECT holding_id, count(*) AS people FROM vault_records GROUP BY holding_id', []);

/** How many persons have a record in a holding that nothing was added to or changed in since a moment. */
export async function countUntouched(on: Queryable, holding: string, since: Date): Promise<number> {
  const [row] = await on.query<{ people: number }>(
    'SELECT count(*)::int AS people FROM vault_records WHERE holding_id = $1 AND updated_at < $2',
    [holding, since],
  );
  return row!.people;
}

/** How many persons have each item in a holding. */
export const countByItem = (on: Queryable, holding: string): Promise<{ item: string; people: number }[]> =>
  on.query(
    'SELECT item, count(*) AS people FROM vault_records, unnest(items) AS item WHERE holding_id = $1 GROUP BY item',
    [holding],
  );

/** Groups the records of these holdings by items and purposes, with the number of people in each group. */
export const recordClasses = (
  on: Queryable,
  holdings: readonly string[],
): Promise<{ holding_id: string; items: string[]; purposes: string[]; people: number }[]> =>
  on.query(
    `SELECT holding_id, items, purposes, count(*) AS people FROM vault_records WHERE holding_id = ANY ($1::uuid[])
     GROUP BY holding_id, items, purposes`,
    [holdings],
  );

/** A version of the KEK. */
export interface KeyRow {
  version: number;
  check: Buffer;
  created_at: Date;
  /** When it was retired, as it wrapped nothing any more. */
  retired_at: Date | null;
}

export const keyRows = (on: Queryable): Promise<KeyRow[]> =>
  on.query('SELECT version, "check", created_at, retired_at FROM vault_keys ORDER BY version', []);

/** Inserts a new version with its key-check value; false when another process was first. */
export const insertKey = async (tx: Tx, version: number, check: Buffer): Promise<boolean> =>
  (
    await tx.query(
      'INSERT INTO vault_keys (version, "check") VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING version',
      [version, check],
    )
  ).length > 0;

/** All tables of wrapped keys, in any room. A trigger on each of them notes the owner of every dropped key. */
export const keyTables = async (on: Queryable): Promise<string[]> =>
  (
    await on.query<{ name: string }>(
      "SELECT tgrelid::regclass::text AS name FROM pg_trigger WHERE tgname = 'note_dropped_key' ORDER BY name",
      [],
    )
  ).map(({ name }) => name);

/** A wrapped key, bound to the id of its row. */
export interface WrappedRow {
  id: string;
  kek_version: number;
  wrapped_key: Buffer;
}

/** The next keys of a table that an older version wrapped, in order of id. */
export const wrappedBefore = (
  on: Queryable,
  table: string,
  { version, after, most }: { version: number; after: string; most: number },
): Promise<WrappedRow[]> =>
  on.query(
    `SELECT id, kek_version, wrapped_key FROM "${table}"
     WHERE wrapped_key IS NOT NULL AND kek_version < $1 AND id > $2 ORDER BY id LIMIT $3`,
    [version, after, most],
  );

/** Stores rewrapped keys, except where the key has changed since it was read. */
export async function putRewrapped(
  on: Queryable,
  table: string,
  version: number,
  rows: readonly (WrappedRow & { anew: Buffer })[],
): Promise<void> {
  await on.query(
    `UPDATE "${table}" t SET kek_version = $1, wrapped_key = n.anew
     FROM unnest($2::uuid[], $3::bytea[], $4::bytea[]) AS n (id, was, anew) WHERE t.id = n.id AND t.wrapped_key = n.was`,
    [
      version,
      uuidArray(rows.map(({ id }) => id)),
      byteaArray(rows.map(({ wrapped_key: was }) => was)),
      byteaArray(rows.map(({ anew }) => anew)),
    ],
  );
}

export async function putIndexKey(on: Queryable, version: number, was: Buffer, anew: Buffer): Promise<void> {
  await on.query('UPDATE vault_index_keys SET kek_version = $1, wrapped_key = $3 WHERE wrapped_key = $2', [
    version,
    was,
    anew,
  ]);
}

/** How many keys each version wraps, including the key of the search index. */
export async function wrappedBy(on: Queryable): Promise<Map<number, number>> {
  const each = ['vault_index_keys', ...(await keyTables(on))].map(
    (table) => `SELECT kek_version FROM "${table}" WHERE wrapped_key IS NOT NULL`,
  );
  const rows = await on.query<{ kek_version: number; n: number }>(
    `SELECT kek_version, count(*)::float8 AS n FROM (${each.join(' UNION ALL ')}) AS k GROUP BY kek_version`,
    [],
  );
  return new Map(rows.map(({ kek_version: version, n }) => [version, n]));
}

/** True when every process has had time to switch to this version. */
export async function isSettled(on: Queryable, version: number, settlesMs: number): Promise<boolean> {
  const rows = await on.query(
    'SELECT 1 FROM vault_keys WHERE version = $1 AND created_at <= clock_timestamp() - make_interval(secs => $2)',
    [version, settlesMs / 1_000],
  );
  return rows.length > 0;
}

/** Retires all versions older than this one. Returns those that were not retired before. */
export const retireBefore = async (tx: Tx, version: number, at: Date): Promise<number[]> =>
  (
    await tx.query<{ version: number }>(
      'UPDATE vault_keys SET retired_at = $2 WHERE version < $1 AND retired_at IS NULL RETURNING version',
      [version, at],
    )
  )
    .map((row) => row.version)
    .toSorted((a, b) => a - b);

/**
 * Marks a table as still holding keys wrapped by older versions in its files, so that they are cleared like dropped keys. The note has NOBODY as
 * its owner.
 */
export async function noteRewrapped(tx: Tx, table: string): Promise<void> {
  await tx.query('SELECT note_rewrapped_keys($1)', [table]);
}

/** Inserts the first KEK version with its check value and the index key, unless another process was first. */
export async function insertFirstKeys(on: Queryable, version: number, check: Buffer, indexKey: Buffer): Promise<void> {
  await on.query(
    `WITH first AS (INSERT INTO vault_keys (version, "check") VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING version)
     INSERT INTO vault_index_keys (version, kek_version, wrapped_key) SELECT 1, version, $3 FROM first`,
    [version, check, indexKey],
  );
}

export async function indexKeyRow(on: Queryable): Promise<{ kek_version: number; wrapped_key: Buffer } | null> {
  const rows = await on.query<{ kek_version: number; wrapped_key: Buffer }>(
    'SELECT kek_version, wrapped_key FROM vault_index_keys ORDER BY version DESC LIMIT 1',
    [],
  );
  return rows[0] ?? null;
}
