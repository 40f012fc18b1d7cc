// Credentials as they are kept: passwords hashed, authenticator secrets sealed, recovery codes and tokens as digests only.

import { hash } from 'node:crypto';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import { normalEmail, normalRecoveryCode } from '../facts/credentials.ts';
import type { Credentials } from '../tables.ts';
import type { Directory } from './directory.ts';
import { openPerson, type Sealed } from './staff.ts';

/** SHA-256 of a random token, as tokens and links are stored. */
export const tokenHash = (token: string): Buffer => hash('sha256', token, 'buffer');

function openSecret(d: Directory, id: string, sealed: Buffer): Credentials['totpSecret'] {
  try {
    return d.open(id, 'totp', sealed);
  } catch {
    return 'unreadable';
  }
}

async function credentialsWhere(
  on: Queryable,
  d: Directory,
  condition: 'email_index = $1' | 'id = $1',
  value: Buffer | string,
  held: '' | 'FOR UPDATE' = '',
): Promise<Credentials | null> {
  const rows = await on.query<Sealed & { password_hash: string; totp_sealed: Buffer | null; totp_last_step: number }>(
    `SELECT id, name_sealed, email_sealed, password_hash, totp_sealed, totp_last_step FROM staff
     WHERE ${condition} AND ended_at IS NULL AND password_hash IS NOT NULL ${held}`,
    [value],
  );
  const r = rows[0];
  const person = r && openPerson(d, r);
  if (!person) return null;
  return {
    id: r.id,
    email: person.email,
    passwordHash: r.password_hash,
    totpSecret: r.totp_sealed && openSecret(d, r.id, r.totp_sealed),
    totpLastStep: r.totp_last_step,
  };
}

export const credentialsOf = (
  on: Queryable,
  d: Directory,
  by: { email: string } | { id: string },
): Promise<Credentials | null> =>
  'id' in by
    ? credentialsWhere(on, d, 'id = $1', by.id)
    : credentialsWhere(on, d, 'email_index = $1', d.index('email', normalEmail(by.email)));

/** The credentials, locked until the end of the transaction: a concurrent change waits, and then ends what began with them. */
export const lockCredentials = (tx: Tx, d: Directory, id: string): Promise<Credentials | null> =>
  credentialsWhere(tx, d, 'id = $1', id, 'FOR UPDATE');

/** The digest of password and authenticator that the log keeps. One is salted and the other sealed, so it reveals nothing of them. */
export const credentialsDigest =
  "encode(sha256(convert_to(password_hash, 'UTF8') || coalesce(totp_sealed, '')), 'hex') AS credentials";

/** Returns the digest of the credentials. */
export async function setPassword(tx: Tx, id: string, passwordHash: string): Promise<string> {
  const [row] = await tx.query<{ credentials: string }>(
    `UPDATE staff SET password_hash = $2 WHERE id = $1 RETURNING ${credentialsDigest}`,
    [id, passwordHash],
  );
  return row!.credentials;
}

/** Sets password and authenticator together, for entering by a link. Returns their digest. */
export async function setCredentials(
  tx: Tx,
  d: Directory,
  id: string,
  c: { passwordHash: string; totpSecret: Uint8Array | null; totpStep: number },
): Promise<string> {
  const sealed = c.totpSecret && d.seal(id, 'totp', c.totpSecret);
  const [row] = await tx.query<{ credentials: string }>(
    `UPDATE staff SET password_hash = $2, totp_sealed = $3, totp_last_step = $4 WHERE id = $1 RETURNING ${credentialsDigest}`,
    [id, c.passwordHash, sealed, c.totpStep],
  );
  return row!.credentials;
}

export const dropRecoveryCodes = async (tx: Tx, staffId: string): Promise<void> => {
  await tx.query('DELETE FROM staff_recovery_codes WHERE staff_id = $1', [staffId]);
};

/** Removes password, authenticator and recovery codes. */
export async function dropPassword(tx: Tx, id: string): Promise<void> {
  await tx.query('UPDATE staff SET password_hash = NULL, totp_sealed = NULL WHERE id = $1', [id]);
  await dropRecoveryCodes(tx, id);
}

/** Removes every way in; only a new link lets the person in again. */
export async function clearCredentials(tx: Tx, id: string): Promise<void> {
  await tx.query('UPDATE staff SET password_hash = NULL, totp_sealed = NULL, tie_index = NULL WHERE id = $1', [id]);
  await dropRecoveryCodes(tx, id);
}

/** Notes the step of a code that was taken. The caller has locked the credentials and knows that it is later than the last one. */
export async function setTotpStep(tx: Tx, id: string, step: number): Promise<void> {
  await tx.query('UPDATE staff SET totp_last_step = $2 WHERE id = $1', [id, step]);
}

const codeHash = (d: Directory, staffId: string, code: string): Buffer =>
  d.index('recovery', `${staffId}\0${normalRecoveryCode(code)}`);

/** Replaces all recovery codes of the person. */
export async function setRecoveryCodes(tx: Tx, d: Directory, staffId: string, codes: readonly string[]): Promise<void> {
  await dropRecoveryCodes(tx, staffId);
  await tx.query('INSERT INTO staff_recovery_codes (staff_id, code_hash) SELECT $1, unnest($2::bytea[])', [
    staffId,
    codes.map((code) => codeHash(d, staffId, code)),
  ]);
}

/** Names the person's set of recovery codes, used ones included; '' where there is none. A digest of keyed digests reveals nothing of them. */
export async function recoveryCodesDigest(on: Queryable, staffId: string): Promise<string> {
  const rows = await on.query<{ digest: string | null }>(
    "SELECT encode(sha256(string_agg(code_hash, '' ORDER BY code_hash)), 'hex') AS digest FROM staff_recovery_codes WHERE staff_id = $1",
    [staffId],
  );
  return rows[0]!.digest ?? '';
}

/** True once for each code. */
export async function takeRecoveryCode(
  tx: Tx,
  d: Directory,
  staffId: string,
  code: string,
  now: number,
): Promise<boolean> {
  const rows = await tx.query(
    'UPDATE staff_recovery_codes SET used_at = $3 WHERE staff_id = $1 AND code_hash = $2 AND used_at IS NULL RETURNING staff_id',
    [staffId, codeHash(d, staffId, code), new Date(now)],
  );
  return rows.length === 1;
}

export async function countRecoveryCodes(on: Queryable, staffId: string): Promise<number> {
  const rows = await on.query<{ n: number }>(
    'SELECT count(*) AS n FROM staff_recovery_codes WHERE staff_id = $1 AND used_at IS NULL',
    [staffId],
  );
  return rows[0]!.n;
}
