// Files of consents on paper. Each file is imported once, and so is each consent, only for persons about whom something is held.

import type { Day } from '../../../base/day.ts';
import { uuidArray, type Queryable, type Tx } from '../../../platform/database/index.ts';
import { runParts, type Part } from '../../../platform/statement.ts';
import type { ImportRow } from '../tables.ts';
import { jsonRow, tables } from './rows.ts';

/** Returns the persons among these about whom something is held. */
export const knownAmong = async (on: Queryable, knowing: Part): Promise<Set<string>> =>
  new Set(
    (await runParts<{ principal_id: string }>(on, 'consent.known', [knowing], 'SELECT principal_id FROM known')).map(
      (row) => row.principal_id,
    ),
  );

/** Records a file in the open transaction. Throws when it was imported before (`isTaken`, `consent_imports_taken`). */
export async function insertImport(tx: Tx, row: ImportRow): Promise<void> {
  await tx.query(
    'INSERT INTO consent_imports SELECT r.* FROM jsonb_populate_record(NULL::consent_imports, $1::jsonb) AS r',
    [jsonRow(row)],
  );
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

const TAKING = 0x63_6f_6e_03;

/** Locks out imports of other files to this version of a text until the end of the transaction. */
export const lockPapers = async (tx: Tx, text: string): Promise<void> => {
  await tx.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [TAKING, text]);
};

/** Returns the consents on paper of these persons to a version of a text. */
export const papersOf = (
  on: Queryable,
  text: string,
  principals: readonly string[],
): Promise<{ principal_id: string; given_on: Day }[]> =>
  on.query(
    `SELECT principal_id, given_on FROM consents WHERE text_id = $1 AND principal_id = ANY ($2::uuid[]) AND method = 'paper'`,
    [text, uuidArray([...new Set(principals)])],
  );
