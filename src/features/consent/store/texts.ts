// The texts with which persons are asked, in versions, and the days on which each comes into force.

import { sql } from 'kysely';
import type { Day } from '../../../base/day.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import type { Part } from '../../../platform/statement.ts';
import type { Text } from '../facts/consent.ts';
import type { StartRow, TextRow } from '../tables.ts';
import { effected, inserting, tables } from './rows.ts';

/** Writes a version. Throws when somebody else wrote this version first (`isTaken`, `consent_texts_code_version_key`). */
export const insertText = (on: Queryable, row: TextRow, logging: Part): Promise<boolean> =>
  effected(on, 'consent.text', [inserting('consent_texts', row, 'id'), logging]);

const STARTING = 0x63_6f_6e_02;

/** Keeps versions of this text from starting until the end of the transaction, which records consents to the version in force on their day. */
export const holdStarts = async (tx: Tx, code: string): Promise<void> => {
  await tx.query('SELECT pg_advisory_xact_lock_shared($1, hashtext($2))', [STARTING, code]);
};

/** Makes the recording of consents to this text wait until the end of the transaction, in which a version of it starts. */
export const lockStarts = async (tx: Tx, code: string): Promise<void> => {
  await tx.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [STARTING, code]);
};

/**
 * Puts a version in force from a day on. Returns false when another version starts on that day or later, or when somebody consented to the version
 * before it on that day or later.
 */
export const insertStart = (on: Queryable, row: StartRow, logging: Part): Promise<boolean> =>
  effected(on, 'consent.start', [
    inserting(
      'consent_text_starts',
      row,
      'entry_id',
      `NOT EXISTS (SELECT 1 FROM consent_text_starts s WHERE s.code = r.code AND s.from_day >= r.from_day)
       AND NOT EXISTS (SELECT 1 FROM consents c JOIN consent_texts t ON t.id = c.text_id
         WHERE t.code = r.code AND c.given_on >= r.from_day)`,
    ),
    logging,
  ]);

const texts = (on: Queryable) =>
  tables(on)
    .selectFrom('consent_texts as t')
    .leftJoin('consent_text_starts as s', 's.text_id', 't.id')
    .selectAll('t')
    .select([
      's.from_day',
      sql<Day | null>`(SELECT min(n.from_day) FROM consent_text_starts n WHERE n.code = t.code AND n.from_day > s.from_day)`.as(
        'until_day',
      ),
    ]);

/** Every version of every text, ordered by code, the newest version first. */
export const listTexts = (on: Queryable): Promise<Text[]> =>
  texts(on).orderBy('t.code').orderBy('t.version', 'desc').execute();

/** More versions than any text has. Far greater numbers do not fit the database's type. */
export const MOST_VERSIONS = 1_000_000;

export const findText = async (on: Queryable, code: string, version: number): Promise<Text | null> => {
  if (!Number.isInteger(version) || version < 1 || version > MOST_VERSIONS) return null;
  return (await texts(on).where('t.code', '=', code).where('t.version', '=', version).executeTakeFirst()) ?? null;
};

/** Versions of a text, the newest first. */
export const versionsOf = (on: Queryable, code: string): Promise<Text[]> =>
  texts(on).where('t.code', '=', code).orderBy('t.version', 'desc').execute();

/** The version of a text that is in force on a day. */
export const findInForce = async (on: Queryable, code: string, day: Day): Promise<Text | null> =>
  (await texts(on)
    .where('t.code', '=', code)
    .where('s.from_day', '<=', day)
    .orderBy('s.from_day', 'desc')
    .executeTakeFirst()) ?? null;

export const textsById = async (on: Queryable, ids: readonly string[]): Promise<Map<string, Text>> => {
  if (ids.length === 0) return new Map();
  const rows = await texts(on)
    .where('t.id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
};
