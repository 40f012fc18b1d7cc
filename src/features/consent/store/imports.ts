// The files of consents on paper: each is taken in once, and of persons about whom something is held.

import type { Queryable, Tx } from '../../../platform/database/index.ts';
import { runParts, type Part } from '../../../platform/statement.ts';
import type { ImportRow } from '../tables.ts';
import { jsonRow, tables } from './rows.ts';

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

export const importOf = async (on: Queryable, text: string, digest: Buffer): Promise<string | null> =>
  (
    await tables(on)
      .selectFrom('consent_imports')
      .select('id')
      .where('text_id', '=', text)
      .where('digest', '=', digest)
      .executeTakeFirst()
  )?.id ?? null;
