// The rows of requests: inserted, found and locked. A row is changed only while it is locked, together with the event that says why.

import type { Queryable, Tx } from '../../../platform/database/index.ts';
import { foldedColumns, registeredColumns, type Folded, type RequestRow } from '../tables.ts';

const NUMBERING = 0x64_65_73_6b;

/**
 * The next number of a year. Waits while another transaction numbers a request: they come by post, so one at a time is enough. The log counts the
 * requests that a restored backup lost, too: the people who made them have their numbers.
 */
export async function nextSerial(tx: Tx, year: number): Promise<number> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [NUMBERING]);
  const [row] = await tx.query<{ serial: number }>(
    `SELECT greatest((SELECT max(serial) FROM requests WHERE year = $1), count(*)::int) + 1 AS serial FROM log_entries
     WHERE action = 'desk:registered' AND extract(year FROM at AT TIME ZONE 'Asia/Tokyo') = $1`,
    [year],
  );
  return row!.serial;
}

export const findByAttempt = async (on: Queryable, actor: string, attempt: string): Promise<RequestRow | null> =>
  (await on.query<RequestRow>('SELECT * FROM requests WHERE by_actor = $1 AND attempt = $2', [actor, attempt]))[0] ??
  null;

/** Id of a request of the same sender, day and kind. */
export const findSame = async (
  tx: Tx,
  { sender, arrived_on, kind }: Pick<RequestRow, 'sender' | 'arrived_on' | 'kind'>,
): Promise<string | null> =>
  (
    await tx.query<{ id: string }>(
      'SELECT id FROM requests WHERE sender = $1 AND arrived_on = $2 AND kind = $3 ORDER BY id LIMIT 1',
      [sender, arrived_on, kind],
    )
  )[0]?.id ?? null;

const insertedColumns = [
  ...registeredColumns,
  'by_actor',
  'attempt',
  'asked',
  'sender',
  'kek_version',
  'wrapped_key',
  ...foldedColumns,
] as const;

export async function insertRequest(tx: Tx, row: RequestRow): Promise<void> {
  await tx.query(
    `INSERT INTO requests (${insertedColumns.join(', ')}) VALUES (${insertedColumns.map((_, i) => `$${i + 1}`).join(', ')})`,
    insertedColumns.map((column) => row[column]),
  );
}

export const findRequest = async (on: Queryable, id: string): Promise<RequestRow | null> =>
  (await on.query<RequestRow>('SELECT * FROM requests WHERE id = $1', [id], 'desk.find'))[0] ?? null;

export const findByNumber = async (
  on: Queryable,
  { year, serial }: { year: number; serial: number },
): Promise<RequestRow | null> =>
  (await on.query<RequestRow>('SELECT * FROM requests WHERE year = $1 AND serial = $2', [year, serial]))[0] ?? null;

/** Locks the request until the end of the transaction. */
export const lockRequest = async (tx: Tx, id: string): Promise<RequestRow | null> =>
  (await tx.query<RequestRow>('SELECT * FROM requests WHERE id = $1 FOR UPDATE', [id]))[0] ?? null;

export async function updateFolded(tx: Tx, id: string, row: Folded): Promise<void> {
  await tx.query(
    `UPDATE requests SET ${foldedColumns.map((column, i) => `${column} = $${i + 2}`).join(', ')} WHERE id = $1`,
    [id, ...foldedColumns.map((column) => row[column])],
  );
}

/** Corrects what was registered. */
export async function updateReception(
  tx: Tx,
  id: string,
  { kind, scope, arrived_on, sender }: Pick<RequestRow, 'kind' | 'scope' | 'arrived_on' | 'sender'>,
): Promise<void> {
  await tx.query('UPDATE requests SET kind = $2, scope = $3, arrived_on = $4, sender = $5 WHERE id = $1', [
    id,
    kind,
    scope,
    arrived_on,
    sender,
  ]);
}
