// Who the staff are at the company's sign-in, as a keyed digest; and who is on the way there and back, sealed and for minutes.

import type { Queryable, Tx } from '../../../platform/database/index.ts';
import type { Account } from '../tables.ts';
import { tokenHash } from './credentials.ts';
import type { Directory } from './directory.ts';

/** What the log keeps of a tie: of a digest that only the key of the directory makes. */
export const tieDigest = "encode(sha256(tie_index), 'hex') AS tie";

const indexOf = (d: Directory, { issuer, subject }: Account): Buffer => d.index('tie', `${issuer}\0${subject}`);

/** Who is tied to the account and not ended, held until the end of the transaction; null when nobody is. */
export async function lockTied(tx: Tx, d: Directory, account: Account): Promise<string | null> {
  const rows = await tx.query<{ id: string }>(
    'SELECT id FROM staff WHERE tie_index = $1 AND ended_at IS NULL FOR UPDATE',
    [indexOf(d, account)],
  );
  return rows[0]?.id ?? null;
}

/** Ties a member of staff to the account. Answers the digest of the tie; throws what `isTieTaken` knows. */
export async function tie(tx: Tx, d: Directory, id: string, account: Account): Promise<string> {
  const [row] = await tx.query<{ tie: string }>(
    `UPDATE staff SET tie_index = $2 WHERE id = $1 RETURNING ${tieDigest}`,
    [id, indexOf(d, account)],
  );
  return row!.tie;
}

/** Whether an error says that somebody who has not been ended is tied to the account. */
export const isTieTaken = (error: unknown): boolean =>
  (error as { code?: string }).code === '23505' && (error as { constraint?: string }).constraint === 'staff_tie';

export async function untie(tx: Tx, id: string): Promise<void> {
  await tx.query('UPDATE staff SET tie_index = NULL WHERE id = $1', [id]);
}

/** By what a visit is found: `browser` is a secret that the browser alone holds, `at` what else whoever comes back has to show. */
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

/** Of a visit at $2: one that a clock dated ahead lasts no longer for it. */
const FOUND = `FROM sign_in_visits WHERE key = $1
  AND created_at > $2::timestamptz - $3 * interval '1 ms' AND created_at < $2::timestamptz + $3 * interval '1 ms'`;

/** The visit, while it counts; null otherwise. With `take` it is there for exactly one caller: the others wait and get null. */
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

/** Forgets the visits that are over by their age, also those that a clock dated ahead. */
export async function forgetVisits(on: Queryable, now: number, lastsMs: number): Promise<void> {
  await on.query(
    `DELETE FROM sign_in_visits
     WHERE key IN (SELECT key FROM sign_in_visits WHERE created_at <= $1 OR created_at >= $2 FOR UPDATE SKIP LOCKED)`,
    [new Date(now - lastsMs), new Date(now + lastsMs)],
  );
}
