// The systems that call the office, and their tokens, which are kept as digests only.

import type { Action } from '../../../base/actor.ts';
import type { Day } from '../../../base/day.ts';
import { uuidArray, type Queryable, type Tx } from '../../../platform/database/index.ts';
import { readActions } from '../facts/granting.ts';
import type { ApiToken, System } from '../tables.ts';
import { tokenHash } from './credentials.ts';

interface SystemRow {
  id: string;
  name: string;
  created_at: Date;
  ended_at: Date | null;
}

const toSystem = (r: SystemRow): System => ({
  id: r.id,
  name: r.name,
  createdAt: r.created_at.getTime(),
  endedAt: r.ended_at?.getTime() ?? null,
});

/** The names of these systems; with `null`, of all. */
export const namesOf = (on: Queryable, ids: readonly string[] | null): Promise<{ id: string; name: string }[]> =>
  on.query('SELECT id, name FROM systems WHERE $1::uuid[] IS NULL OR id = ANY($1) ORDER BY ended_at IS NOT NULL, id', [
    ids && uuidArray(ids),
  ]);

/** False when a system in use already has this name. */
export async function insertSystem(tx: Tx, s: { id: string; name: string; now: number }): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO systems (id, name, created_at) VALUES ($1, $2, $3)
     ON CONFLICT (name) WHERE ended_at IS NULL DO NOTHING RETURNING id`,
    [s.id, s.name, new Date(s.now)],
  );
  return rows.length === 1;
}

export async function listSystems(on: Queryable): Promise<System[]> {
  const rows = await on.query<SystemRow>(
    'SELECT id, name, created_at, ended_at FROM systems ORDER BY ended_at IS NOT NULL, id',
    [],
  );
  return rows.map(toSystem);
}

async function systemWhere(on: Queryable, id: string, held: '' | 'FOR NO KEY UPDATE' = ''): Promise<System | null> {
  const rows = await on.query<SystemRow>(`SELECT id, name, created_at, ended_at FROM systems WHERE id = $1 ${held}`, [
    id,
  ]);
  return rows[0] ? toSystem(rows[0]) : null;
}

export const systemById = (on: Queryable, id: string): Promise<System | null> => systemWhere(on, id);

/**
 * The system, locked until the end of the transaction: a concurrent end waits, and then revokes the token made here too; another token waits, and
 * then knows of this one.
 */
export const holdSystem = (tx: Tx, id: string): Promise<System | null> => systemWhere(tx, id, 'FOR NO KEY UPDATE');

/** Ends a system and revokes its tokens. False when it had already ended. */
export async function endSystem(tx: Tx, id: string, now: number): Promise<boolean> {
  const rows = await tx.query('UPDATE systems SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL RETURNING id', [
    id,
    new Date(now),
  ]);
  await tx.query('UPDATE api_tokens SET revoked_at = $2 WHERE system_id = $1 AND revoked_at IS NULL', [
    id,
    new Date(now),
  ]);
  return rows.length === 1;
}

interface TokenRow {
  id: string;
  system_id: string;
  purposes: string[];
  actions: string[];
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  last_used_on: Day | null;
}

const tokenColumns =
  't.id, t.system_id, t.purposes, t.actions, t.created_at, t.expires_at, t.revoked_at, t.last_used_on';

const toToken = (r: TokenRow): ApiToken => ({
  id: r.id,
  systemId: r.system_id,
  purposes: r.purposes,
  actions: readActions(r.actions),
  createdAt: r.created_at.getTime(),
  expiresAt: r.expires_at.getTime(),
  revokedAt: r.revoked_at?.getTime() ?? null,
  lastUsedOn: r.last_used_on,
});

/** Returns the digest by which the log names the token. */
export async function insertToken(
  tx: Tx,
  t: Pick<ApiToken, 'id' | 'systemId' | 'purposes' | 'actions' | 'createdAt' | 'expiresAt'> & { token: string },
): Promise<string> {
  const digest = tokenHash(t.token);
  await tx.query(
    `INSERT INTO api_tokens (id, system_id, token_hash, purposes, actions, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [t.id, t.systemId, digest, t.purposes, t.actions, new Date(t.createdAt), new Date(t.expiresAt)],
  );
  return digest.toString('hex');
}

/** Every token, or those of these systems. */
export async function listTokens(on: Queryable, systems?: readonly string[]): Promise<ApiToken[]> {
  const rows = await on.query<TokenRow>(
    `SELECT ${tokenColumns} FROM api_tokens t WHERE $1::uuid[] IS NULL OR t.system_id = ANY($1::uuid[]) ORDER BY t.id`,
    [systems ? uuidArray(systems) : null],
  );
  return rows.map(toToken);
}

export async function tokenById(on: Queryable, id: string): Promise<ApiToken | null> {
  const rows = await on.query<TokenRow>(`SELECT ${tokenColumns} FROM api_tokens t WHERE t.id = $1`, [id]);
  return rows[0] ? toToken(rows[0]) : null;
}

/** An unrevoked token of a system in use. */
export async function tokenByHash(on: Queryable, digest: Buffer): Promise<{ token: ApiToken; system: string } | null> {
  const rows = await on.query<TokenRow & { system: string }>(
    `SELECT ${tokenColumns}, s.name AS system FROM api_tokens t JOIN systems s ON s.id = t.system_id
     WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND s.ended_at IS NULL`,
    [digest],
    'access.tokenByHash',
  );
  return rows[0] ? { token: toToken(rows[0]), system: rows[0].system } : null;
}

export async function markUsed(on: Queryable, tokenId: string, today: Day): Promise<void> {
  await on.query('UPDATE api_tokens SET last_used_on = $2 WHERE id = $1 AND last_used_on IS DISTINCT FROM $2', [
    tokenId,
    today,
  ]);
}

/** Notes that it was told that these tokens end. Returns the ends, in milliseconds since the epoch, of those of which that was not told before. */
export async function noteEndTold(tx: Tx, ids: readonly string[], now: number): Promise<number[]> {
  const rows = await tx.query<{ expires_at: Date }>(
    `UPDATE api_tokens SET end_told_at = $2 WHERE id = ANY($1::uuid[]) AND end_told_at IS NULL AND revoked_at IS NULL
     RETURNING expires_at`,
    [uuidArray(ids), new Date(now)],
  );
  return rows.map((row) => row.expires_at.getTime());
}

/** Removes actions from a token. Returns those that remain; null when it had none of the removed ones. */
export async function narrowToken(tx: Tx, id: string, taken: readonly Action[]): Promise<Action[] | null> {
  const rows = await tx.query<{ actions: string[] }>(
    'SELECT n AS actions FROM narrow_api_token($1::uuid, $2::text[]) AS n',
    [id, taken],
  );
  return rows[0] ? readActions(rows[0].actions) : null;
}

/** Revokes a token. Returns its system; null when there was nothing to revoke. */
export async function revokeToken(tx: Tx, id: string, now: number): Promise<string | null> {
  const rows = await tx.query<{ system_id: string }>(
    'UPDATE api_tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING system_id',
    [id, new Date(now)],
  );
  return rows[0]?.system_id ?? null;
}
