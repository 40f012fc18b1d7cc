// The sealed papers of requests, and the key that opens them, which is dropped on the day of their erasure.

import type { Day } from '../../../base/day.ts';
import { uuidArray, type Queryable, type Tx } from '../../../platform/database/index.ts';
import type { PaperKind, PaperRow, RequestRow } from '../tables.ts';

/** The papers of these requests that can still be read. */
export const standingPapers = (
  on: Queryable,
  ids: readonly string[],
): Promise<Pick<PaperRow, 'request_id' | 'kind' | 'about'>[]> =>
  on.query(
    'SELECT request_id, kind, about FROM request_papers WHERE request_id = ANY ($1::uuid[]) AND sealed IS NOT NULL',
    [ids],
  );

export async function insertPaper(tx: Tx, row: PaperRow): Promise<void> {
  await tx.query(
    'INSERT INTO request_papers (id, request_id, place, kind, about, on_day, sealed, gone_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [row.id, row.request_id, row.place, row.kind, row.about, row.on_day, row.sealed, row.gone_at],
  );
}

/** The papers of a request in the order they were kept. */
export const papersOf = (on: Queryable, id: string): Promise<PaperRow[]> =>
  on.query<PaperRow>('SELECT * FROM request_papers WHERE request_id = $1 ORDER BY place', [id], 'desk.papers');

/** Destroys the papers of a kind, or of every kind (null); with `about`, only those about that. */
export async function dropPapers(
  tx: Tx,
  id: string,
  kind: PaperKind | null,
  at: Date,
  about: string | null = null,
): Promise<void> {
  await tx.query(
    `UPDATE request_papers SET sealed = NULL, gone_at = $3
     WHERE request_id = $1 AND ($2::text IS NULL OR kind = $2) AND ($4::text IS NULL OR about = $4) AND sealed IS NOT NULL`,
    [id, kind, at, about],
  );
}

/** Drops the key of the papers, and the digest of the sender. */
export async function dropKey(tx: Tx, id: string): Promise<void> {
  await tx.query('UPDATE requests SET kek_version = NULL, wrapped_key = NULL, sender = NULL WHERE id = $1', [id]);
}

/** Locks a request closed `months` ago or earlier that still has its papers, passing over locked ones. Null when there is none. */
export const takeToErase = async (
  tx: Tx,
  today: Day,
  months: number,
  passed: readonly string[],
): Promise<RequestRow | null> =>
  (
    await tx.query<RequestRow>(
      `SELECT * FROM requests WHERE wrapped_key IS NOT NULL AND closed_on + make_interval(months => $2) <= $1::date AND id <> ALL ($3::uuid[])
       ORDER BY closed_on, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [today, months, uuidArray(passed)],
    )
  )[0] ?? null;
