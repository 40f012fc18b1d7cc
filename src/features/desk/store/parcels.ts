// The parcels that answers go out in electronically, from their link to their end.

import { uuidArray, type Queryable, type Tx } from '../../../platform/database/index.ts';
import { withdrawLetters } from '../../../platform/mail.ts';
import { LONGEST_SITTING_MS, type ParcelEnd } from '../facts/parcel.ts';
import type { ParcelRow, RequestRow } from '../tables.ts';

/** Throws when the request has a parcel that has not ended. */
export async function insertParcel(
  tx: Tx,
  row: Pick<ParcelRow, 'id' | 'request_id' | 'attempt' | 'asked' | 'link' | 'made_at' | 'valid_until'>,
): Promise<void> {
  await tx.query(
    'INSERT INTO request_parcels (id, request_id, attempt, asked, link, made_at, valid_until) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [row.id, row.request_id, row.attempt, row.asked, row.link, row.made_at, row.valid_until],
  );
}

/** The parcels of a request, the newest last. One that has not ended is always last, whatever a wrong clock dated the others. */
export const parcelsOf = (on: Queryable, id: string): Promise<ParcelRow[]> =>
  on.query<ParcelRow>(
    'SELECT * FROM request_parcels WHERE request_id = $1 ORDER BY ended_at NULLS LAST, made_at, id',
    [id],
    'desk.parcels',
  );

export const findByLink = async (on: Queryable, link: Buffer): Promise<ParcelRow | null> =>
  (await on.query<ParcelRow>('SELECT * FROM request_parcels WHERE link = $1', [link], 'desk.link'))[0] ?? null;

export const findByOpening = async (on: Queryable, opening: Buffer): Promise<ParcelRow | null> =>
  (await on.query<ParcelRow>('SELECT * FROM request_parcels WHERE opening = $1', [opening], 'desk.opening'))[0] ?? null;

/** The caller must hold the row of the request. */
export async function updateParcel(
  tx: Tx,
  id: string,
  now: Partial<Pick<ParcelRow, 'wrong' | 'told_at' | 'opened_at' | 'opening' | 'opening_until' | 'fetched_at'>>,
): Promise<void> {
  const set = Object.keys(now).map((column, i) => `${column} = $${i + 2}`);
  await tx.query(`UPDATE request_parcels SET ${set.join(', ')} WHERE id = $1`, [id, ...Object.values(now)]);
}

/** Ends the parcels of a request that have not ended, and withdraws the mail with the link where it still waits. */
export async function endParcels(tx: Tx, request: string, by: ParcelEnd, at: Date): Promise<void> {
  const ended = await tx.query<{ id: string }>(
    'UPDATE request_parcels SET ended_at = $3, ended_by = $2 WHERE request_id = $1 AND ended_at IS NULL RETURNING id',
    [request, by, at],
  );
  for (const { id } of ended) await withdrawLetters(tx, id, at);
}

/** Locks every request with a parcel that has not ended. */
export const lockUnended = (tx: Tx): Promise<RequestRow[]> =>
  tx.query<RequestRow>(
    `SELECT r.* FROM requests r JOIN request_parcels p ON p.request_id = r.id
     WHERE p.ended_at IS NULL ORDER BY r.id FOR UPDATE OF r`,
    [],
  );

/** Locks a request with a parcel to be ended: it was fetched, or its link ended by `over`, and nobody has it open now. Passes over locked rows. */
export const takeToEnd = async (
  tx: Tx,
  now: number,
  over: number,
  passed: readonly string[],
): Promise<RequestRow | null> =>
  (
    await tx.query<RequestRow>(
      `SELECT r.* FROM requests r JOIN request_parcels p ON p.request_id = r.id
       WHERE p.ended_at IS NULL AND (p.opening_until IS NULL OR p.opening_until <= $1 OR p.opening_until > $2)
         AND (p.fetched_at IS NOT NULL OR p.valid_until <= $3) AND r.id <> ALL ($4::uuid[])
       ORDER BY p.made_at, p.id LIMIT 1 FOR UPDATE OF r SKIP LOCKED`,
      [new Date(now), new Date(now + LONGEST_SITTING_MS), new Date(over), uuidArray(passed)],
    )
  )[0] ?? null;
