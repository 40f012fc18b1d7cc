// What provisions rest on in words: what an earlier version kept in clear and waits to be sealed, and who is alone in a package, whose words they are.

import { byteaArray, uuidArray, type Queryable, type Tx } from '../../../platform/database/index.ts';
import type { WaitingRow } from '../tables.ts';
import { tables } from './provisions.ts';

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
