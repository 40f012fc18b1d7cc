// The sentences of the letters and forms, in versions that the company writes.

import type { Queryable } from '../../../platform/database/index.ts';
import { runParts, type Part } from '../../../platform/statement.ts';
import type { TextsRow } from '../tables.ts';

/** The newest version, which letters are written with; 0 before the first. */
export const newestTexts = async (on: Queryable): Promise<number> =>
  (
    await on.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM letter_texts',
      [],
      'desk.newestTexts',
    )
  )[0]!.version;

export const findTexts = async (on: Queryable, version: number): Promise<TextsRow | null> =>
  (await on.query<TextsRow>('SELECT * FROM letter_texts WHERE version = $1', [version], 'desk.texts'))[0] ?? null;

/** All versions without their sentences, newest first. */
export const listTexts = (on: Queryable): Promise<Omit<TextsRow, 'content'>[]> =>
  on.query('SELECT version, note, at, by_actor, entry_id FROM letter_texts ORDER BY version DESC', []);

/** Writes the next version with its log entry; false when one of this number exists already. */
export async function insertTexts(on: Queryable, row: TextsRow, logging: Part): Promise<boolean> {
  const writing: Part = {
    name: 'desk.texts',
    sql: `effected AS (
  INSERT INTO letter_texts SELECT t.* FROM jsonb_populate_record(NULL::letter_texts, $1::jsonb) AS t
  ON CONFLICT (version) DO NOTHING RETURNING entry_id AS key)`,
    values: [JSON.stringify(row)],
  };
  return (await runParts(on, 'desk.writeTexts', [writing, logging], 'SELECT key FROM effected')).length === 1;
}
