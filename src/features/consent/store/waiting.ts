// What an earlier version stored unprotected: remarks in clear that are to be sealed, and digests of files that are to be keyed.

import { byteaArray, uuidArray, type Tx } from '../../../platform/database/index.ts';
import type { ImportWaitingRow, WaitingRow } from '../tables.ts';
import { tables } from './rows.ts';

const SEALING = 0x63_6f_6e_01;

/** Returns some remarks that are to be sealed, and locks the work for one process until the end of the transaction. */
export async function takeWaiting(tx: Tx, most: number): Promise<WaitingRow[]> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [SEALING]);
  return tables(tx).selectFrom('consent_remarks_waiting').selectAll().orderBy('id').limit(most).execute();
}

/** Stores the sealed remarks in their rows and removes them from the waiting list; null drops a remark. */
export async function putRemarks(tx: Tx, rows: readonly { id: string; sealed: Buffer | null }[]): Promise<void> {
  await tx.query('SELECT seal_consent_remarks($1::uuid[], $2::bytea[])', [
    uuidArray(rows.map(({ id }) => id)),
    byteaArray(rows.map(({ sealed }) => sealed)),
  ]);
}

/** Returns the digests that are to be keyed, and locks the work for one process until the end of the transaction. */
export async function importsWaiting(tx: Tx): Promise<ImportWaitingRow[]> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [SEALING]);
  return tables(tx).selectFrom('consent_imports_waiting').selectAll().execute();
}

/** Stores the keyed digests in their rows and removes the old ones from the waiting list. */
export async function keyImports(tx: Tx, rows: readonly { id: string; digest: Buffer }[]): Promise<void> {
  await tx.query('SELECT key_consent_imports($1::uuid[], $2::bytea[])', [
    uuidArray(rows.map(({ id }) => id)),
    byteaArray(rows.map(({ digest }) => digest)),
  ]);
}
