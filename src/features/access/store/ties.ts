// The accounts of the staff at the company's sign-in, as keyed digests; and the visits to it, sealed and kept for minutes.

import type { Queryable, Tx } from '../../../platform/database/index.ts';
import type { Account } from '../tables.ts';
import { tokenHash } from './credentials.ts';
import type { Directory } from './directory.ts';

/** The digest of a tie that the log keeps: of an index that only the directory's key can make. */
export const tieDigest = "encode(sha256(tie_index), 'hex') AS tie";

const indexOf = (d: Directory, { issuer, subject }: Account): Buffer => d.index('tie', `${issuer}\0${subject}`);

/** The member of staff tied to the account, unless ended, locked until the end of the transaction; null when there is none. */
export async function lockTied(tx: Tx, d: Directory, account: Account): Promise<string | null> {
  const rows = await tx.query<{ id: string }>(
    'SELECT id FROM staff WHERE tie_index = $1 AND ended_at IS NULL FOR UPDATE',
    [indexOf(d, account)],
  );
  return rows[0]?.id ?? null;
}

/** Ties a member of staff to the account. Returns the digest of the tie. Throws an error that `isTieTaken` recognises. */
export async function tie(tx: Tx, d: Directory, id: string, account: Account): Promise<string> {
  const [row] = await tx.query<{ tie: string }>(
    `UPDATE staff SET tie_index = $2 WHERE id = $1 RETURNING ${tieDigest}`,
    [id, indexOf(d, account)],
  );
  return row!.tie;
}

/** True for the error that another member of staff, not ended, is tied to the account. */
export const isTieTaken = (error: unknown): boolean =>
  (error as { code?: string }).code === '23505' && (error as { constraint?: string }).constraint === 'staff_tie';

export async function untie(tx: Tx, id: string): Promise<void> {
  await tx.query('UPDATE staff SET tie_index = NULL WHERE id = $1', [id]);
}

/** The key of a visit. `browser` is a secret that only the browser holds; `at` is what the request must show besides. */
export interface VisitKey {
  browser: string;
  at: string;
}

const keyOf = ({ browser, at }: VisitKey): Buffer => tokenHash(`${browser}\0${at}`);

export async function keepVisit(on: Queryable, d: Directory, at: VisitKey, visit: object, now: number): Promise<void> {
  const key = keyOf(at);
  const sealed = d.seal(key.toString('hex'), 'visit', JSON.stringify(visit));
  await on.query(
    `INSERT INTO sign_in_visits (key, sealed, created_at) VALUES ($1, $2, $3)
     ON CONFLICT (key) DO UPDATE SET sealed = excluded.sealed, created_at = excluded.created_at`,
    [key, sealed, new Date(now)],
  );
}

/** Finds a visit at $2. A visit that a wrong clock dated ahead does not last longer for it. */
const FOUND = `FROM sign_in_visits WHERE key = $1
  AND created_at > $2::timestamptz - $3 * interval '1 ms' AND created_at < $2::timestamptz + $3 * interval '1 ms'`;

/** The visit while it is valid; null otherwise. With `take` exactly one caller gets it: the others wait and get null. */
export async function visitOf<T>(
  on: Queryable,
  d: Directory,
  at: VisitKey,
  { now, lastsMs, take = false }: { now: number; lastsMs: number; take?: boolean },
): Promise<T | null> {
  const key = keyOf(at);
  const rows = await on.query<{ sealed: Buffer }>(
    take ? `DELETE ${FOUND} RETURNING sealed` : `SELECT sealed ${FOUND}`,
    [key, new Date(now), lastsMs],
  );
  return rows[0] ? (JSON.parse(d.open(key.toString('hex'), 'visit', rows[0].sealed).toString()) as T) : null;
}

/** Deletes the visits that are over by their age, and those dated ahead by a wrong clock. */
export async function forgetVisits(on: Queryable, now: number, lastsMs: number): Promise<void> {
  await on.query(
    `DELETE FROM sign_in_visits
     WHERE key IN (SELECT key FROM sign_in_visits WHERE created_at <= $1 OR created_at >= $2 FOR UPDATE SKIP LOCKED)`,
    [new Date(now - lastsMs), new Date(now + lastsMs)],
  );
}
