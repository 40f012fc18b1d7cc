// Attempts to authenticate, each counted under a keyed digest of the account, the address, the browser or the session.

import type { Queryable, Tx } from '../../../platform/database/index.ts';

export interface Attempts {
  failures: number;
  lastAt: number;
  blockedUntil: number;
}

/** Reads and replaces the attempts of a key, one caller at a time. A key deleted meanwhile counts from zero. */
export async function changeAttempts(
  tx: Tx,
  key: Buffer,
  change: (before: Attempts) => Attempts,
): Promise<{ before: Attempts; after: Attempts }> {
  // One statement creates or locks the row: between two statements the row could be deleted, and the count with it.
  const rows = await tx.query<{ failures: number; last_at: Date; blocked_until: Date }>(
    `INSERT INTO sign_in_attempts AS a (key, failures, last_at, blocked_until) VALUES ($1, 0, $2, $2)
     ON CONFLICT (key) DO UPDATE SET failures = a.failures RETURNING failures, last_at, blocked_until`,
    [key, new Date(0)],
  );
  const { failures, last_at, blocked_until } = rows[0]!;
  const before = { failures, lastAt: last_at.getTime(), blockedUntil: blocked_until.getTime() };
  const after = change(before);
  await tx.query('UPDATE sign_in_attempts SET failures = $2, last_at = $3, blocked_until = $4 WHERE key = $1', [
    key,
    after.failures,
    new Date(after.lastAt),
    new Date(after.blockedUntil),
  ]);
  return { before, after };
}

/** Deletes attempts that no longer count. */
export async function forgetAttempts(on: Queryable, before: number): Promise<void> {
  await on.query(
    `DELETE FROM sign_in_attempts
     WHERE key IN (SELECT key FROM sign_in_attempts WHERE last_at < $1 FOR UPDATE SKIP LOCKED)`,
    [new Date(before)],
  );
}
