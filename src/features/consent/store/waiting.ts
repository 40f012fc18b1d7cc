// What an earlier version kept otherwise: remarks in clear that wait to be sealed, and digests of files that wait to be keyed.

import { byteaArray, uuidArray, type Tx } from '../../../platform/database/index.ts';
import type { ImportWaitingRow, WaitingRow } from '../tables.ts';
import { tables } from './rows.ts';

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
