// The words of events, kept as papers of their request; and where words from an earlier version wait to be sealed.

import type { Queryable, Tx } from '../../../platform/database/index.ts';
import type { PaperRow } from '../tables.ts';

const SEALING = 0x64_65_73_6c;

/** The papers of these requests that hold the words of an event; `about` is the number of the event. */
export const eventPapers = (
  on: Queryable,
  ids: readonly string[],
): Promise<(Pick<PaperRow, 'request_id' | 'place' | 'about' | 'sealed'> & { kind: 'mail' | 'keeping' })[]> =>
  on.query(
    `SELECT request_id, place, kind, about, sealed FROM request_papers
     WHERE request_id = ANY ($1::uuid[]) AND kind IN ('mail', 'keeping') AND about ~ '^[0-9]+$' AND sealed IS NOT NULL`,
    [ids],
  );

/** The waiting words of one request; empty when none wait. Only one transaction at a time takes any. */
export async function takeWaiting(
  tx: Tx,
): Promise<{ request_id: string; no: number; kind: 'mail' | 'keeping'; words: string }[]> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [SEALING]);
  return tx.query(
    `SELECT request_id, no, kind, words FROM request_words_waiting
     WHERE request_id = (SELECT min(request_id::text)::uuid FROM request_words_waiting) ORDER BY no, kind`,
    [],
  );
}

/** Drops the waiting words of a request. */
export async function dropWaiting(tx: Tx, request: string): Promise<void> {
  await tx.query('SELECT drop_request_words($1::uuid)', [request]);
}
