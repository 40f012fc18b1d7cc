// The rounds of the desk, one a day: which requests they look at, and what each reader was told by mail.

import type { Day } from '../../../base/day.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import type { ListedRow, ToldRow } from '../tables.ts';
import { LISTED } from './lists.ts';

/** Every open request, and those closed more than `months` ago whose papers are still there. */
export const requestsToMind = (on: Queryable, today: Day, months: number): Promise<ListedRow[]> =>
  on.query<ListedRow>(
    `SELECT ${LISTED} FROM requests WHERE state = 'open'
       OR (wrapped_key IS NOT NULL AND closed_on + make_interval(months => $2) < $1::date) ORDER BY id`,
    [today, months],
    'desk.mind',
  );

/** Begins the round of a day; false when it was made already or another process is making it. */
export const beginRound = async (tx: Tx, on: Day, at: Date): Promise<boolean> =>
  (
    await tx.query('INSERT INTO desk_rounds (on_day, at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING on_day', [
      on,
      at,
    ])
  ).length === 1;

/** Records what a reader is told; returns what they had not been told before. What a clock that was ahead told early does not count as told. */
export const tellOnce = (
  tx: Tx,
  staff: string,
  on: Day,
  told: readonly ToldRow[],
): Promise<Pick<ToldRow, 'request_id' | 'what'>[]> =>
  tx.query(
    `INSERT INTO desk_told AS d (staff_id, request_id, what, by_day, on_day)
     SELECT $1::uuid, t.request_id, t.what, t.by_day, $2::date
     FROM jsonb_to_recordset($3::jsonb) AS t (request_id uuid, what text, by_day date)
     ON CONFLICT (staff_id, request_id, what, by_day) DO UPDATE SET on_day = excluded.on_day WHERE d.on_day > excluded.on_day
     RETURNING request_id, what`,
    [staff, on, JSON.stringify(told)],
  );
