// The one-time links by which people come in: the first officer, invited staff, staff whose credentials were reset.

import type { Queryable, Tx } from '../../../platform/database/index.ts';
import type { LinkGround, OfficerLink, OpenLink } from '../tables.ts';
import { tokenHash } from './credentials.ts';
import type { Directory } from './directory.ts';
import { endLinks, staffById } from './staff.ts';

/** Inserts a one-time link; earlier links of the same person stop working. */
export async function insertLink(
  tx: Tx,
  token: string,
  staffId: string | null,
  now: number,
  lastsMs: number,
): Promise<void> {
  if (staffId !== null) await endLinks(tx, staffId, now);
  await tx.query('INSERT INTO staff_links (token_hash, staff_id, created_at, expires_at) VALUES ($1, $2, $3, $4)', [
    tokenHash(token),
    staffId,
    new Date(now),
    new Date(now + lastsMs),
  ]);
}

/** How many links the person was ever given. */
export async function countLinks(on: Queryable, staffId: string): Promise<number> {
  const rows = await on.query<{ n: number }>('SELECT count(*) AS n FROM staff_links WHERE staff_id = $1', [staffId]);
  return rows[0]!.n;
}

/** Inserts a one-time link for an officer in addition to the existing ones; an earlier such link stops working. Returns its digest. */
export async function insertOfficerLink(
  tx: Tx,
  token: string,
  ground: LinkGround,
  now: number,
  lastsMs: number,
): Promise<string> {
  await tx.query('UPDATE staff_links SET used_at = $1 WHERE ground IS NOT NULL AND used_at IS NULL', [new Date(now)]);
  await tx.query('INSERT INTO staff_links (token_hash, created_at, expires_at, ground) VALUES ($1, $2, $3, $4)', [
    tokenHash(token),
    new Date(now),
    new Date(now + lastsMs),
    ground,
  ]);
  return linkDigest(token);
}

/** The digest by which the log names a link. */
export const linkDigest = (token: string): string => tokenHash(token).toString('hex');

/** The links made since an instant for officers in addition to the existing ones, newest first. */
export async function officerLinksSince(on: Queryable, since: number): Promise<OfficerLink[]> {
  const rows = await on.query<{ created_at: Date; ground: LinkGround; staff_id: string | null }>(
    `SELECT created_at, ground, staff_id FROM staff_links WHERE ground IS NOT NULL AND created_at > $1 ORDER BY created_at DESC`,
    [new Date(since)],
  );
  return rows.map(({ created_at, ground, staff_id: staff }) => ({ at: created_at.getTime(), ground, staff }));
}

/** True of a link that at $2 is neither used nor expired. A link that a wrong clock dated ahead does not last longer for it. */
const USABLE = 'used_at IS NULL AND expires_at > $2 AND created_at - (expires_at - created_at) < $2';

export async function openLink(on: Queryable, d: Directory, token: string, now: number): Promise<OpenLink | null> {
  const rows = await on.query<{ staff_id: string | null; ground: LinkGround | null; expires_at: Date }>(
    `SELECT staff_id, ground, expires_at FROM staff_links WHERE token_hash = $1 AND ${USABLE}`,
    [tokenHash(token), new Date(now)],
  );
  const link = rows[0];
  if (!link) return null;
  const staff = link.staff_id === null ? null : await staffById(on, d, link.staff_id);
  return { staff, ground: link.ground, expiresAt: link.expires_at.getTime() };
}

/** True for exactly one caller; the others wait and get false. `staff`: the person coming in, where the link does not name one. */
export async function takeLink(tx: Tx, token: string, now: number, staff: string): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE staff_links SET used_at = $2, staff_id = coalesce(staff_id, $3) WHERE token_hash = $1 AND ${USABLE} RETURNING token_hash`,
    [tokenHash(token), new Date(now), staff],
  );
  return rows.length === 1;
}
