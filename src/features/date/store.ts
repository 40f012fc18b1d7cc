// Every query of the date: one row, which holds how far the clock has come.

import type { Queryable, Tx } from '../../platform/database/index.ts';

/** How far the clock has come; null before its first reading. `hold` locks the row until the transaction ends. */
export async function reached(on: Queryable, { hold }: { hold?: boolean } = {}): Promise<Date | null> {
  const [row] = await on.query<{ at: Date }>(`SELECT at FROM time_reached${hold ? ' FOR UPDATE' : ''}`, []);
  return row?.at ?? null;
}

/** Moves to `at`, unless that is earlier, or more than `most` milliseconds later. */
export async function goOn(on: Queryable, at: Date, most: number): Promise<void> {
  await on.query(
    `INSERT INTO time_reached AS t (at) VALUES ($1)
     ON CONFLICT (one) DO UPDATE SET at = excluded.at WHERE excluded.at > t.at AND excluded.at <= t.at + make_interval(secs => $2)`,
    [at, most / 1_000],
  );
}

/** Moves to `at`, however far that is. */
export async function land(tx: Tx, at: Date): Promise<void> {
  await tx.query('UPDATE time_reached SET at = $1', [at]);
}

/** Notes that the officers are told of a leap at `at`. False when they were told less than `apart` milliseconds before or after. */
export async function noteTold(tx: Tx, at: Date, apart: number): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE time_reached SET told_at = $1
     WHERE told_at IS NULL OR NOT told_at BETWEEN $1::timestamptz - make_interval(secs => $2) AND $1::timestamptz + make_interval(secs => $2) RETURNING one`,
    [at, apart / 1_000],
  );
  return rows.length > 0;
}
