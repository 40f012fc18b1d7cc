// The staff directory. Names and e-mail addresses are kept sealed, and are opened only for those who may see them.

import type { Role } from '../../../base/actor.ts';
import type { Lang } from '../../../base/bilingual.ts';
import { uuidArray, type Queryable, type Tx } from '../../../platform/database/index.ts';
import { normalEmail } from '../facts/credentials.ts';
import { readRoles } from '../facts/granting.ts';
import type { Person, StaffMember } from '../tables.ts';
import type { Directory } from './directory.ts';

const DECIDING_WHO_ENTERS = 0x5e_4a_cc_01;

/** Admits one transaction at a time, until its end: two officers must not be able to end each other at the same moment. */
export async function lockStaff(tx: Tx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [DECIDING_WHO_ENTERS]);
}

export interface StaffRow {
  id: string;
  name_sealed: Buffer;
  email_sealed: Buffer;
  roles: string[];
  password: boolean;
  tied: boolean;
  lang: Lang;
  created_at: Date;
  ended_at: Date | null;
}

/** True of staff who have a way in. */
export const ENTERED = '(password_hash IS NOT NULL OR tie_index IS NOT NULL)';

export const staffColumns =
  's.id, s.name_sealed, s.email_sealed, s.roles, s.password_hash IS NOT NULL AS password, s.tie_index IS NOT NULL AS tied, s.lang, s.created_at, s.ended_at';

export type Sealed = Pick<StaffRow, 'id' | 'name_sealed' | 'email_sealed'>;

/** Name and e-mail; null where the key does not open them, as in a row that was written into the database from outside. */
export function openPerson(d: Directory, r: Sealed): Person | null {
  try {
    const open = (column: 'name' | 'email'): string => d.open(r.id, column, r[`${column}_sealed`]).toString();
    return { name: open('name'), email: open('email') };
  } catch {
    return null;
  }
}

/** The end of the id, by which people and records without a name are told apart. */
const endOfId = (id: string): string => `#${id.slice(-8)}`;

const nameOf = (id: string, person: Person | null): string => person?.name ?? endOfId(id);

export function toMember(d: Directory, r: StaffRow): StaffMember {
  const person = openPerson(d, r);
  return {
    id: r.id,
    name: nameOf(r.id, person),
    email: person?.email ?? '',
    roles: readRoles(r.roles),
    state: r.ended_at ? 'ended' : !person ? 'unreadable' : r.password || r.tied ? 'active' : 'invited',
    password: r.password,
    tied: r.tied,
    lang: r.lang,
    createdAt: r.created_at.getTime(),
    endedAt: r.ended_at?.getTime() ?? null,
  };
}

/** Name and e-mail as they are kept: both sealed, and the digest by which the e-mail is found. */
function sealedPerson(d: Directory, id: string, { name, email }: Person): [name: Buffer, email: Buffer, index: Buffer] {
  const normal = normalEmail(email);
  return [d.seal(id, 'name', name), d.seal(id, 'email', normal), d.index('email', normal)];
}

/** The digest of name and e-mail that the log keeps. Sealing the same text twice gives different bytes, so it reveals nothing of them. */
export const personDigest = "encode(sha256(name_sealed || email_sealed || email_index), 'hex') AS sealed";

/** Returns the digest of name and e-mail; null when another member of staff, not ended, has this e-mail. */
export async function insertStaff(
  tx: Tx,
  d: Directory,
  s: { id: string; name: string; email: string; roles: readonly Role[]; fictional?: boolean; now: number },
): Promise<string | null> {
  const rows = await tx.query<{ sealed: string }>(
    `INSERT INTO staff (id, name_sealed, email_sealed, email_index, roles, fictional, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (email_index) WHERE ended_at IS NULL DO NOTHING RETURNING ${personDigest}`,
    [s.id, ...sealedPerson(d, s.id, s), s.roles, s.fictional ?? false, new Date(s.now)],
  );
  return rows[0]?.sealed ?? null;
}

/** True for the error that another member of staff, not ended, has this e-mail. */
export const isEmailTaken = (error: unknown): boolean =>
  (error as { code?: string }).code === '23505' && (error as { constraint?: string }).constraint === 'staff_email';

/** Replaces name and e-mail, and returns the digest of both. Throws an error that `isEmailTaken` recognises. */
export async function setPerson(tx: Tx, d: Directory, id: string, person: Person): Promise<string> {
  const rows = await tx.query<{ sealed: string }>(
    `UPDATE staff SET name_sealed = $2, email_sealed = $3, email_index = $4 WHERE id = $1 RETURNING ${personDigest}`,
    [id, ...sealedPerson(d, id, person)],
  );
  return rows[0]!.sealed;
}

export async function staffById(on: Queryable, d: Directory, id: string): Promise<StaffMember | null> {
  const rows = await on.query<StaffRow>(`SELECT ${staffColumns} FROM staff s WHERE s.id = $1`, [id]);
  return rows[0] ? toMember(d, rows[0]) : null;
}

/** The same; until the transaction ends, nobody can change or end this entry. */
export async function holdStaff(tx: Tx, d: Directory, id: string): Promise<StaffMember | null> {
  const rows = await tx.query<StaffRow>(`SELECT ${staffColumns} FROM staff s WHERE s.id = $1 FOR SHARE`, [id]);
  return rows[0] ? toMember(d, rows[0]) : null;
}

/** All staff, those who may enter first, oldest first. */
export async function listStaff(on: Queryable, d: Directory): Promise<StaffMember[]> {
  const rows = await on.query<StaffRow>(
    `SELECT ${staffColumns} FROM staff s ORDER BY s.ended_at IS NOT NULL, s.id`,
    [],
  );
  return rows.map((r) => toMember(d, r));
}

/** True when more than one person may work here, including invited people. */
export async function isSeveral(on: Queryable): Promise<boolean> {
  const rows = await on.query('SELECT FROM staff WHERE ended_at IS NULL LIMIT 2', []);
  return rows.length > 1;
}

/** The names of these staff, and whether they have left; with `null`, of everybody. */
export async function namesOf(
  on: Queryable,
  d: Directory,
  ids: readonly string[] | null,
): Promise<{ id: string; name: string; left: boolean }[]> {
  const rows = await on.query<Sealed & Pick<StaffRow, 'ended_at'>>(
    `SELECT id, name_sealed, email_sealed, ended_at FROM staff WHERE $1::uuid[] IS NULL OR id = ANY($1)
     ORDER BY ended_at IS NOT NULL, id`,
    [ids && uuidArray(ids)],
  );
  return rows.map((row) => ({ id: row.id, name: nameOf(row.id, openPerson(d, row)), left: row.ended_at !== null }));
}

/** How many with this role have come in, including entries that do not open: a damaged entry must not lead to a new first officer. */
export async function countActive(on: Queryable, role: Role): Promise<number> {
  const rows = await on.query<{ n: number }>(
    `SELECT count(*) AS n FROM staff WHERE $1 = ANY(roles) AND ended_at IS NULL AND ${ENTERED}`,
    [role],
  );
  return rows[0]!.n;
}

/** Ids of those with the role who have not come in yet. */
export const waitingWith = async (on: Queryable, role: Role): Promise<string[]> =>
  (
    await on.query<{ id: string }>(
      `SELECT id FROM staff WHERE $1 = ANY(roles) AND ended_at IS NULL AND NOT ${ENTERED}`,
      [role],
    )
  ).map(({ id }) => id);

export async function setRoles(tx: Tx, id: string, wanted: readonly Role[]): Promise<void> {
  await tx.query('UPDATE staff SET roles = $2 WHERE id = $1', [id, wanted]);
}

/** Ends every link that the person was given. */
export async function endLinks(tx: Tx, id: string, now: number): Promise<void> {
  await tx.query('UPDATE staff_links SET used_at = $2 WHERE staff_id = $1 AND used_at IS NULL', [id, new Date(now)]);
}

export async function endStaff(tx: Tx, id: string, now: number): Promise<void> {
  await tx.query('UPDATE staff SET ended_at = $2 WHERE id = $1', [id, new Date(now)]);
  await endLinks(tx, id, now);
}
