// Every query of the date: one row, which says how far the office has come.

import type { Queryable, Tx } from '../../platform/database/index.ts';

/** How far the office has come; null before it was ever looked at. `hold`: nobody else moves it until the transaction ends. */
export async function reached(on: Queryable, { hold }: { hold?: boolean } = {}): Promise<Date | null> {
  const [row] = await on.query<{ at: Date }>(`SELECT at FROM time_reached${hold ? ' FOR UPDATE' : ''}`, []);
  return row?.at ?? null;
}

/** Goes on to `at`, unless that is back, or further than `most` milliseconds at once. */
export async function goOn(on: Queryable, at: Date, most: number): Promise<void> {
  await on.query(
    `INSERT INTO time_reached AS t (at) VALUES ($1)
     ON CONFLICT (one) DO UPDATE SET at = excluded.at WHERE excluded.at > t.at AND excluded.at <= t.at + make_interval(secs => $2)`,
    [at, most / 1_000],
  );
}

/** Goes on to `at` however far that is. */
export async function land(tx: Tx, at: Date): Promise<void> {
  await tx.query('UPDATE time_reached SET at = $1', [at]);
}

/** Notes that a leap is told at `at`; false when one was told less than `apart` milliseconds before or after. */
export async function noteTold(tx: Tx, at: Date, apart: number): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE time_reached SET told_at = $1
     WHERE told_at IS NULL OR NOT told_at BETWEEN $1::timestamptz - make_interval(secs => $2) AND $1::timestamptz + make_interval(secs => $2) RETURNING one`,
    [at, apart / 1_000],
  );
  return rows.length > 0;
}
