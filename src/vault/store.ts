// The vault in PostgreSQL: every statement of this room. Only ciphertext, digests, codes, ids and dates pass here.

import {
  byteaArray,
  textArray,
  timestampArray,
  uuidArray,
  type Queryable,
  type Tx,
} from '../platform/database/index.ts';
import type { Part } from '../platform/statement.ts';
import type { IndexKind } from './items.ts';

/** A row of the blind index: `digest` is 16 bytes. */
export interface Digest {
  kind: IndexKind;
  digest: Buffer;
}

export interface SealedRecord {
  principal: string;
  holding: string;
  codes: readonly string[];
  sealed: Buffer;
  digests: readonly Digest[];
  /** Milliseconds since the epoch. */
  at: number;
}

export interface NewPerson extends SealedRecord {
  /** What the row is called in the CTEs `admitted` and `effected`. */
  key: string;
  wrapped: Buffer;
}

const emailOf = (record: SealedRecord): Buffer | null => record.digests.find((d) => d.kind === 'email')?.digest ?? null;

const packed = (digests: readonly Digest[]): Buffer => Buffer.concat(digests.map((d) => d.digest));

/**
 * New persons with their first record, for those whose key is in the CTE `admitted(key uuid)` of an earlier part. Gives the CTE
 * `effected(key uuid, …)`: those whose e-mail address nobody else has in the holding. Rows are taken in the order of holding
 * and digest, so that two batches never wait for each other.
 */
export function insertPersons(people: readonly NewPerson[], kekVersion: number): Part {
  const others = people.flatMap((p) => p.digests.filter((d) => d.kind !== 'email').map((d) => ({ key: p.key, ...d })));
  return {
    name: 'vault.persons',
    sql: `vault_persons AS (
  SELECT p.* FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[], $5::text[], $6::bytea[], $7::bytea[], $8::bytea[], $9::timestamptz[])
    AS p(key, principal_id, holding_id, wrapped_key, items, sealed, digests, email, at)
  WHERE p.key IN (SELECT key FROM admitted)),
vault_claimed AS (
  INSERT INTO vault_index (kind, digest, principal_id, holding_id)
  SELECT 'email', email, principal_id, holding_id FROM vault_persons WHERE email IS NOT NULL ORDER BY holding_id, email
  ON CONFLICT DO NOTHING RETURNING principal_id),
effected AS (
  SELECT * FROM vault_persons WHERE email IS NULL OR principal_id IN (SELECT principal_id FROM vault_claimed)),
vault_keyed AS (
  INSERT INTO vault_principals (id, kek_version, wrapped_key, created_at)
  SELECT principal_id, $10::int4, wrapped_key, at FROM effected),
vault_kept AS (
  INSERT INTO vault_records (principal_id, holding_id, version, items, sealed, digests, created_at, updated_at)
  SELECT principal_id, holding_id, 1, string_to_array(items, ','), sealed, digests, at, at FROM effected),
vault_findable AS (
  INSERT INTO vault_index (kind, digest, principal_id, holding_id)
  SELECT d.kind, d.digest, e.principal_id, e.holding_id
  FROM unnest($11::uuid[], $12::text[], $13::bytea[]) AS d(key, kind, digest) JOIN effected e USING (key))`,
    values: [
      uuidArray(people.map((p) => p.key)),
      uuidArray(people.map((p) => p.principal)),
      uuidArray(people.map((p) => p.holding)),
      byteaArray(people.map((p) => p.wrapped)),
      textArray(people.map((p) => p.codes.join(','))),
      byteaArray(people.map((p) => p.sealed)),
      byteaArray(people.map((p) => packed(p.digests))),
      byteaArray(people.map(emailOf)),
      timestampArray(people.map((p) => p.at)),
      kekVersion,
      uuidArray(others.map((d) => d.key)),
      textArray(others.map((d) => d.kind)),
      byteaArray(others.map((d) => d.digest)),
    ],
  };
}

/** The rows of `admitted` when nothing stands in the way. */
export const admitAll = (keys: readonly string[]): Part => ({
  name: 'vault.admitted',
  sql: 'admitted AS (SELECT * FROM unnest($1::uuid[]) AS a(key))',
  values: [uuidArray(keys)],
});

export interface Asked {
  key: string;
  principal: string;
  holding: string;
}

/** A sealed record with the wrapped key of its person. `items` are codes joined by commas. */
export interface FoundRow {
  key: string;
  kek_version: number;
  wrapped_key: Buffer;
  version: number;
  items: string;
  sealed: Buffer;
}

/** Finds records. Gives the CTEs `found` and `effected(key uuid)`; what does not exist is in neither. */
export const findRecords = (asked: readonly Asked[]): Part => ({
  name: 'vault.find',
  // LATERAL with LIMIT keeps the plan at one index lookup per row, whatever the statistics were when it was made.
  sql: `found AS (
  SELECT a.key, p.kek_version, p.wrapped_key, r.version, array_to_string(r.items, ',') AS items, r.sealed
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS a(key, principal_id, holding_id)
  CROSS JOIN LATERAL (SELECT kek_version, wrapped_key FROM vault_principals WHERE id = a.principal_id LIMIT 1) p
  CROSS JOIN LATERAL (SELECT version, items, sealed FROM vault_records
    WHERE principal_id = a.principal_id AND holding_id = a.holding_id LIMIT 1) r),
effected AS (SELECT key FROM found)`,
  values: [
    uuidArray(asked.map((a) => a.key)),
    uuidArray(asked.map((a) => a.principal)),
    uuidArray(asked.map((a) => a.holding)),
  ],
});

/** Who has these e-mail digests in these holdings, one answer per pair, null where nobody. */
export async function emailHolders(
  on: Queryable,
  pairs: readonly { holding: string; digest: Buffer }[],
): Promise<(string | null)[]> {
  const rows = await on.query<{ n: number; principal_id: string | null }>(
    `SELECT w.n::int4 AS n, (SELECT i.principal_id FROM vault_index i
       WHERE i.holding_id = w.holding_id AND i.digest = w.digest AND i.kind = 'email') AS principal_id
     FROM unnest($1::uuid[], $2::bytea[]) WITH ORDINALITY AS w(holding_id, digest, n) ORDER BY w.n`,
    [uuidArray(pairs.map((p) => p.holding)), byteaArray(pairs.map((p) => p.digest))],
    'vault.emailHolders',
  );
  return rows.map((row) => row.principal_id);
}

export interface PersonRow {
  kek_version: number;
  wrapped_key: Buffer;
  created_at: Date;
}

/** A person's wrapped key; with `lock`, nobody else changes the person's records until the transaction ends. */
export async function findPerson(on: Queryable, principal: string, lock = false): Promise<PersonRow | null> {
  const rows = await on.query<PersonRow>(
    `SELECT kek_version, wrapped_key, created_at FROM vault_principals WHERE id = $1 ${lock ? 'FOR UPDATE' : ''}`,
    [principal],
  );
  return rows[0] ?? null;
}

export interface RecordRow {
  holding_id: string;
  version: number;
  items: string[];
  sealed: Buffer;
  created_at: Date;
  updated_at: Date;
}

/** A person's records, by holding; with `holding`, that one alone. */
export const recordsOf = (on: Queryable, principal: string, holding: string | null = null): Promise<RecordRow[]> =>
  on.query<RecordRow>(
    `SELECT holding_id, version, items, sealed, created_at, updated_at FROM vault_records
     WHERE principal_id = $1 AND ($2::uuid IS NULL OR holding_id = $2) ORDER BY created_at, holding_id`,
    [principal, holding],
  );

/**
 * Puts a record with its index rows in the place of the old one, if there was one. Answers false, having done nothing that a
 * rollback would not undo, when another person of the holding has the e-mail address.
 */
export async function putRecord(tx: Tx, record: SealedRecord & { version: number }): Promise<boolean> {
  await tx.query(deleteDigests, [record.principal, record.holding]);
  const rows = await tx.query<{ kind: string }>(
    `INSERT INTO vault_index (kind, digest, principal_id, holding_id)
     SELECT d.kind, d.digest, $1, $2 FROM unnest($3::text[], $4::bytea[]) AS d(kind, digest)
     ON CONFLICT DO NOTHING RETURNING kind`,
    [
      record.principal,
      record.holding,
      textArray(record.digests.map((d) => d.kind)),
      byteaArray(record.digests.map((d) => d.digest)),
    ],
  );
  if (emailOf(record) && !rows.some((row) => row.kind === 'email')) return false;
  await tx.query(
    `INSERT INTO vault_records (principal_id, holding_id, version, items, sealed, digests, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
     ON CONFLICT (principal_id, holding_id) DO UPDATE
       SET version = excluded.version, items = excluded.items, sealed = excluded.sealed, digests = excluded.digests,
           updated_at = excluded.updated_at`,
    [
      record.principal,
      record.holding,
      record.version,
      record.codes,
      record.sealed,
      packed(record.digests),
      new Date(record.at),
    ],
  );
  return true;
}

const deleteDigests = `
  DELETE FROM vault_index i USING vault_records r, LATERAL generate_series(0, octet_length(r.digests) / 16 - 1) AS n
  WHERE r.principal_id = $1 AND ($2::uuid IS NULL OR r.holding_id = $2)
    AND i.digest = substring(r.digests FROM n * 16 + 1 FOR 16)
    AND i.principal_id = r.principal_id AND i.holding_id = r.holding_id`;

export interface ErasureRow {
  principal_id: string;
  entry_id: string;
  erased_at: Date;
  holdings: string[];
  items: number;
}

export async function findErasure(on: Queryable, principal: string): Promise<ErasureRow | null> {
  const rows = await on.query<ErasureRow>(
    'SELECT principal_id, entry_id, erased_at, holdings, items FROM vault_erasures WHERE principal_id = $1',
    [principal],
  );
  return rows[0] ?? null;
}

/** Destroys the wrapped key, the index rows and the sealed rows of a person, and writes down that it was done. */
export async function destroyPerson(tx: Tx, principal: string, entryId: string, at: Date): Promise<ErasureRow> {
  await tx.query(deleteDigests, [principal, null]);
  const gone = await tx.query<{ holding_id: string; items: number }>(
    'DELETE FROM vault_records WHERE principal_id = $1 RETURNING holding_id, cardinality(items) AS items',
    [principal],
  );
  await tx.query('DELETE FROM vault_principals WHERE id = $1', [principal]);
  const rows = await tx.query<ErasureRow>(
    `INSERT INTO vault_erasures (principal_id, entry_id, erased_at, holdings, items) VALUES ($1, $2, $3, $4, $5)
     RETURNING principal_id, entry_id, erased_at, holdings, items`,
    [principal, entryId, at, gone.map((g) => g.holding_id), gone.reduce((sum, g) => sum + g.items, 0)],
  );
  return rows[0]!;
}

export interface MatchRow {
  principal_id: string;
  holdings: string[];
}

/** Persons who have all of these digests, by id, at most `most`; in one holding or anywhere. */
export const findByDigests = (
  on: Queryable,
  digests: readonly Buffer[],
  holding: string | null,
  most: number,
): Promise<MatchRow[]> =>
  on.query<MatchRow>(
    `SELECT principal_id, array_agg(DISTINCT holding_id)::uuid[] AS holdings FROM vault_index
     WHERE digest = ANY ($1::bytea[]) AND ($2::uuid IS NULL OR holding_id = $2)
     GROUP BY principal_id HAVING count(DISTINCT digest) = $3 ORDER BY principal_id LIMIT $4`,
    [byteaArray(digests), holding, digests.length, most],
  );

/** How many persons have a record in each of these holdings. */
export const countByHolding = (on: Queryable): Promise<{ holding_id: string; people: number }[]> =>
  on.query('SELECT holding_id, count(*) AS people FROM vault_records GROUP BY holding_id', []);

export const keyRows = (on: Queryable): Promise<{ version: number; check: Buffer }[]> =>
  on.query('SELECT version, "check" FROM vault_keys ORDER BY version', []);

/** Writes the first key's proof and the index key, unless another process was first. */
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
