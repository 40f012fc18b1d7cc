// References of provisions: those that an earlier version stored in clear and that wait to be sealed; and the only person of a package, to whom its
// references belong.

import { byteaArray, uuidArray, type Queryable, type Tx } from '../../../platform/database/index.ts';
import type { WaitingRow } from '../tables.ts';
import { tables } from './provisions.ts';

/** Advisory lock held while waiting references are sealed. */
const SEALING = 0x70_72_6f_01;

/** Some of the references that wait to be sealed. No other process takes any until the transaction ends. */
export async function takeWaiting(tx: Tx, most: number): Promise<WaitingRow[]> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [SEALING]);
  return tables(tx).selectFrom('provision_references_waiting').selectAll().orderBy('id').limit(most).execute();
}

/** Stores sealed references in their rows and removes them from where they waited; null only removes them. */
export async function putReferences(tx: Tx, rows: readonly { id: string; sealed: Buffer | null }[]): Promise<void> {
  await tx.query('SELECT seal_provision_references($1::uuid[], $2::bytea[])', [
    uuidArray(rows.map(({ id }) => id)),
    byteaArray(rows.map(({ sealed }) => sealed)),
  ]);
}

/** The only person in a package, or on its list while nobody has been let in; null where there is none or are several. */
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
