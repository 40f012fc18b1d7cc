// The sessions of the staff, from the first step of a sign-in to their end.

import type { Lang } from '../../../base/bilingual.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import type { StaffMember, StaffSession } from '../tables.ts';
import { tokenHash } from './credentials.ts';
import type { Directory } from './directory.ts';
import { ENTERED, staffColumns, toMember, type StaffRow } from './staff.ts';

interface SessionRow {
  id: string;
  staff_id: string;
  created_at: Date;
  confirmed_at: Date | null;
  seen_at: Date;
}

const toSession = (r: SessionRow): StaffSession => ({
  id: r.id,
  staffId: r.staff_id,
  createdAt: r.created_at.getTime(),
  confirmedAt: r.confirmed_at?.getTime() ?? null,
  seenAt: r.seen_at.getTime(),
});

/** Returns the digest by which the log names the session. */
export async function insertSession(
  tx: Tx,
  s: { id: string; staffId: string; token: string; confirmed: boolean; now: number },
): Promise<string> {
  const now = new Date(s.now);
  const digest = tokenHash(s.token);
  await tx.query(
    'INSERT INTO staff_sessions (id, staff_id, token_hash, created_at, confirmed_at, seen_at) VALUES ($1, $2, $3, $4, $5, $4)',
    [s.id, s.staffId, digest, now, s.confirmed ? now : null],
  );
  return digest.toString('hex');
}

/** An unended session of an active member of staff; facts.ts decides whether it is over by its age. */
export async function sessionByToken(
  on: Queryable,
  d: Directory,
  token: string,
): Promise<{ session: StaffSession; staff: StaffMember } | null> {
  const rows = await on.query<
    StaffRow & Omit<SessionRow, 'id' | 'created_at'> & { session_id: string; begun_at: Date }
  >(
    `SELECT x.id AS session_id, x.staff_id, x.created_at AS begun_at, x.confirmed_at, x.seen_at, ${staffColumns}
     FROM staff_sessions x JOIN staff s ON s.id = x.staff_id
     WHERE x.token_hash = $1 AND x.ended_at IS NULL AND s.ended_at IS NULL AND ${ENTERED}`,
    [tokenHash(token)],
    'access.sessionByToken',
  );
  const r = rows[0];
  const staff = r && toMember(d, r);
  if (!staff || staff.state === 'unreadable') return null;
  return { session: toSession({ ...r, id: r.session_id, created_at: r.begun_at }), staff };
}

/** Sets the language of the owner of this session. */
export async function setLang(on: Queryable, token: string, lang: Lang): Promise<void> {
  await on.query(
    'UPDATE staff s SET lang = $2 FROM staff_sessions x WHERE x.token_hash = $1 AND s.id = x.staff_id AND s.lang <> $2',
    [tokenHash(token), lang],
  );
}

export async function touchSession(on: Queryable, id: string, now: number): Promise<void> {
  await on.query('UPDATE staff_sessions SET seen_at = $2 WHERE id = $1', [id, new Date(now)], 'access.touchSession');
}

export async function openSessions(on: Queryable, staffId: string): Promise<StaffSession[]> {
  const rows = await on.query<SessionRow>(
    `SELECT id, staff_id, created_at, confirmed_at, seen_at FROM staff_sessions
     WHERE staff_id = $1 AND ended_at IS NULL ORDER BY seen_at DESC`,
    [staffId],
  );
  return rows.map(toSession);
}

/** Ends the person's sessions: one, or all but one, or all. Returns the ids of those ended now. */
export async function endSessions(
  tx: Tx,
  staffId: string,
  which: { only?: string; except?: string },
  now: number,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `UPDATE staff_sessions SET ended_at = $2
     WHERE staff_id = $1 AND ended_at IS NULL AND ($3::uuid IS NULL OR id = $3) AND ($4::uuid IS NULL OR id <> $4) RETURNING id`,
    [staffId, new Date(now), which.only ?? null, which.except ?? null],
  );
  return rows.map((r) => r.id);
}

/** Deletes the sessions that are over by their age, and those dated ahead by a wrong clock. */
export async function forgetSessions(tx: Tx, now: number, lastsMs: number): Promise<void> {
  await tx.query(
    `DELETE FROM staff_sessions
     WHERE id IN (SELECT id FROM staff_sessions WHERE created_at <= $1 OR created_at >= $2 FOR UPDATE SKIP LOCKED)`,
    [new Date(now - lastsMs), new Date(now + lastsMs)],
  );
}

/** Ends every session, and every link and visit to the company's sign-in by which somebody could still come in. */
export async function shutOut(tx: Tx, now: number): Promise<void> {
  await tx.query('UPDATE staff_sessions SET ended_at = $1 WHERE ended_at IS NULL', [new Date(now)]);
  await tx.query('UPDATE staff_links SET used_at = $1 WHERE used_at IS NULL', [new Date(now)]);
  await tx.query('DELETE FROM sign_in_visits', []);
}
