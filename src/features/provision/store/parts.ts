// The sealed parts of a package: up to a thousand persons each, read and logged together. They are kept until the package ends.

import { uuidArray, type Queryable, type Tx } from '../../../platform/database/index.ts';
import { runParts, type Part } from '../../../platform/statement.ts';
import type { Found } from '../../../vault/index.ts';
import type { ProvisionRow, RecordRow } from '../tables.ts';
import { forJson } from './provisions.ts';

export interface PlacedPerson {
  principal_id: string;
  class: number;
  consent_id: string | null;
}

/** The first part that is not sealed yet, with its persons; null when all are sealed. */
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

/** A person whose line is in a sealed part. */
export interface SealedPerson extends PlacedPerson {
  entry: string;
}

/** Finds the sealed records of these persons and logs the readings, in one statement. */
export const readPart = (on: Queryable, finding: Part, logging: Part): Promise<Found[]> =>
  runParts<Found>(on, 'package.read', [finding, logging], 'SELECT * FROM found');

/** Stores a sealed part. Removes from the package those of its persons about whom there was nothing to hand over. */
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

/** How many persons are sealed, by class. */
export const sealedByClass = (on: Queryable, id: string): Promise<{ class: number; people: number }[]> =>
  on.query(
    `SELECT u.class, count(*)::int AS people FROM package_parts q, unnest(q.classes) AS u(class)
     WHERE q.package_id = $1 GROUP BY 1 ORDER BY 1`,
    [id],
  );

/** Writes the provisions of a package with the persons of its sealed parts and the records; returns the number of persons. */
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

/** The sealed content of a part; null when the part is gone or has another number of persons by now. */
export const findPart = async (on: Queryable, id: string, { part, people }: SealedPart): Promise<Buffer | null> =>
  (
    await on.query<{ sealed: Buffer }>(
      'SELECT sealed FROM package_parts WHERE package_id = $1 AND part = $2 AND cardinality(principals) = $3',
      [id, part, people],
    )
  )[0]?.sealed ?? null;

export const destroyPart = (on: Queryable, id: string, { part }: SealedPart): Promise<unknown> =>
  on.query('DELETE FROM package_parts WHERE package_id = $1 AND part = $2', [id, part]);
