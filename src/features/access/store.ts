// Every query of this feature, and the key under which the staff directory is sealed. Names, e-mail addresses and authenticator
// secrets leave here only opened for those who may see them; tokens, links and codes are stored as digests only.

import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Action, Role } from '../../base/actor.ts';
import type { Lang } from '../../base/bilingual.ts';
import { dayOf, type Day } from '../../base/day.ts';
import type { LogEntry, Said } from '../../log/index.ts';
import { textArray, uuidArray, type Database, type Queryable, type Tx } from '../../platform/database/index.ts';
import { StartProblem } from '../../platform/start-problem.ts';
import { lettingIn, normalEmail, normalRecoveryCode, readActions, readRoles } from './facts.ts';
import type {
  ApiToken,
  Credentials,
  OpenLink,
  Person,
  PoliciesKept,
  StaffMember,
  StaffSession,
  System,
} from './tables.ts';

/** The staff directory's key at work. AAD binds a sealed value to its row and column. */
export interface Directory {
  seal(id: string, column: string, value: string | Uint8Array): Buffer;
  open(id: string, column: string, sealed: Buffer): Buffer;
  /** Keyed digest for look-up: `scope` keeps e-mail, attempts and codes apart. */
  index(scope: string, text: string): Buffer;
}

const FORMAT = 1;
const NONCE = 12;
const TAG = 16;

function directoryOf(key: Buffer): Directory {
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', `sekisho staff ${use}`, 32));
  // Key objects: bytes would be made into one for every use, which on newer runtimes costs several times the use.
  const columns = createSecretKey(derive('columns'));
  const indexes = createSecretKey(derive('indexes'));
  const aad = (id: string, column: string): Buffer => Buffer.from(`${id}:${column}`);
  return {
    seal: (id, column, value) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', columns, nonce).setAAD(aad(id, column));
      const sealed = [cipher.update(value), cipher.final()];
      return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), ...sealed]);
    },
    open: (id, column, sealed) => {
      const nonce = sealed.subarray(1, 1 + NONCE);
      const decipher = createDecipheriv('aes-256-gcm', columns, nonce, { authTagLength: TAG })
        .setAAD(aad(id, column))
        .setAuthTag(sealed.subarray(1 + NONCE, 1 + NONCE + TAG));
      return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE + TAG)), decipher.final()]);
    },
    index: (scope, text) => createHmac('sha256', indexes).update(`${scope}\0${text}`).digest(),
  };
}

async function readKeyFile(file: string): Promise<Buffer | null> {
  const text = await fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new StartProblem(
      `名簿の鍵を読めません（${file}）。読み取りの権限を確かめてください。`,
      `The key of the staff directory cannot be read (${file}). Check that Sekisho may read it.`,
    );
  });
  if (text === null) return null;
  if (/^[0-9a-f]{64}\s*$/.test(text)) return Buffer.from(text.trim(), 'hex');
  throw new StartProblem(
    `名簿の鍵が壊れています（${file}）。バックアップから戻してください。`,
    `The key of the staff directory is damaged (${file}). Restore it from your copy.`,
  );
}

/** Makes the key aside and links it into place, so that of two processes starting at once both use the same whole file. */
async function makeKeyFile(file: string): Promise<Buffer> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  await fs.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await fs.writeFile(aside, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  await fs.link(aside, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await fs.unlink(aside);
  return (await readKeyFile(file))!;
}

const fingerprintInUse = async (on: Queryable): Promise<Buffer | undefined> =>
  (await on.query<{ fingerprint: Buffer }>('SELECT fingerprint FROM staff_key', []))[0]?.fingerprint;

/** Opens the staff directory with `keys/staff.key` of the data folder; makes the key on the first start. Throws StartProblem when it is missing or another one. */
export async function openDirectory(database: Database, dataFolder: string): Promise<Directory> {
  const file = path.join(dataFolder, 'keys', 'staff.key');
  // Asked before the file is looked for: whoever writes a fingerprint has the file in place already.
  const known = await fingerprintInUse(database);
  let key = await readKeyFile(file);
  if (key === null) {
    if (known) {
      throw new StartProblem(
        `名簿の鍵がありません（${file}）。バックアップから戻してください。鍵がなければ、従業者の名前とメールアドレスは読めません。`,
        `The key of the staff directory is missing (${file}). Restore it from your copy; without it names and e-mail addresses of staff cannot be read.`,
      );
    }
    key = await makeKeyFile(file);
  }
  const directory = directoryOf(key);
  const fingerprint = directory.index('fingerprint', '');
  await database.query('INSERT INTO staff_key (fingerprint) VALUES ($1) ON CONFLICT DO NOTHING', [fingerprint]);
  if (!(await fingerprintInUse(database))?.equals(fingerprint)) {
    throw new StartProblem(
      `名簿の鍵が、このデータベースのものではありません（${file}）。このデータベースと同じときの鍵を戻してください。`,
      `The key of the staff directory is not the one of this database (${file}). Restore the key that belongs to it.`,
    );
  }
  return directory;
}

/** SHA-256 of a random token, as tokens and links are stored. */
const tokenHash = (token: string): Buffer => hash('sha256', token, 'buffer');

const DECIDING_WHO_ENTERS = 0x5e_4a_cc_01;

/** One at a time until the end of the transaction: two officers must not be able to end each other in the same moment. */
export async function lockStaff(tx: Tx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [DECIDING_WHO_ENTERS]);
}

interface StaffRow {
  id: string;
  name_sealed: Buffer;
  email_sealed: Buffer;
  roles: string[];
  entered: boolean;
  lang: Lang;
  created_at: Date;
  ended_at: Date | null;
}

const staffColumns =
  's.id, s.name_sealed, s.email_sealed, s.roles, s.password_hash IS NOT NULL AS entered, s.lang, s.created_at, s.ended_at';

type Sealed = Pick<StaffRow, 'id' | 'name_sealed' | 'email_sealed'>;

/** Name and e-mail; null where the key does not open them, as of a row that somebody wrote into the database. */
function openPerson(d: Directory, r: Sealed): Person | null {
  try {
    const open = (column: 'name' | 'email'): string => d.open(r.id, column, r[`${column}_sealed`]).toString();
    return { name: open('name'), email: open('email') };
  } catch {
    return null;
  }
}

/** How people and records are told apart where they have no name. */
const endOfId = (id: string): string => `#${id.slice(-8)}`;

function toMember(d: Directory, r: StaffRow): StaffMember {
  const person = openPerson(d, r);
  return {
    id: r.id,
    name: person?.name ?? endOfId(r.id),
    email: person?.email ?? '',
    roles: readRoles(r.roles),
    state: r.ended_at ? 'ended' : !person ? 'unreadable' : r.entered ? 'active' : 'invited',
    lang: r.lang,
    createdAt: r.created_at.getTime(),
    endedAt: r.ended_at?.getTime() ?? null,
  };
}

/** What is kept of name and e-mail: both sealed, and the digest by which the e-mail is found. */
function sealedPerson(d: Directory, id: string, { name, email }: Person): [name: Buffer, email: Buffer, index: Buffer] {
  const normal = normalEmail(email);
  return [d.seal(id, 'name', name), d.seal(id, 'email', normal), d.index('email', normal)];
}

/** What the log keeps of name and e-mail: both are sealed, the same text otherwise each time, and nothing of them can be found out by it. */
const personDigest = "encode(sha256(name_sealed || email_sealed || email_index), 'hex') AS sealed";

/** Answers the digest of name and e-mail; null when somebody who has not been ended already has this e-mail. */
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

/** Whether an error says that somebody who has not been ended has this e-mail. */
export const isEmailTaken = (error: unknown): boolean =>
  (error as { code?: string }).code === '23505' && (error as { constraint?: string }).constraint === 'staff_email';

/** Writes name and e-mail anew, and answers the digest of both; throws what `isEmailTaken` knows. */
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

/** Everybody, those who may enter first, in the order of their coming. */
export async function listStaff(on: Queryable, d: Directory): Promise<StaffMember[]> {
  const rows = await on.query<StaffRow>(
    `SELECT ${staffColumns} FROM staff s ORDER BY s.ended_at IS NOT NULL, s.id`,
    [],
  );
  return rows.map((r) => toMember(d, r));
}

/** How many people who can enter have the role. */
export async function countActive(on: Queryable, role: Role): Promise<number> {
  const rows = await on.query<{ n: number }>(
    `SELECT count(*) AS n FROM staff WHERE $1 = ANY(roles) AND ended_at IS NULL AND password_hash IS NOT NULL`,
    [role],
  );
  return rows[0]!.n;
}

/** Who has the role and still has to come in. */
export const waitingWith = async (on: Queryable, role: Role): Promise<string[]> =>
  (
    await on.query<{ id: string }>(
      'SELECT id FROM staff WHERE $1 = ANY(roles) AND ended_at IS NULL AND password_hash IS NULL',
      [role],
    )
  ).map(({ id }) => id);

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
    totpSecret: r.totp_sealed && d.open(r.id, 'totp', r.totp_sealed),
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

/** The credentials, held until the end of the transaction: whoever changes them waits, and then ends what began with them. */
export const lockCredentials = (tx: Tx, d: Directory, id: string): Promise<Credentials | null> =>
  credentialsWhere(tx, d, 'id = $1', id, 'FOR UPDATE');

/** What the log keeps of password and authenticator: both are salted or sealed, and nothing of them can be found out by it. */
const credentialsDigest =
  "encode(sha256(convert_to(password_hash, 'UTF8') || coalesce(totp_sealed, '')), 'hex') AS credentials";

/** Answers the digest of the credentials. */
export async function setPassword(tx: Tx, id: string, passwordHash: string): Promise<string> {
  const [row] = await tx.query<{ credentials: string }>(
    `UPDATE staff SET password_hash = $2 WHERE id = $1 RETURNING ${credentialsDigest}`,
    [id, passwordHash],
  );
  return row!.credentials;
}

/** Password and authenticator together, as somebody enters by a link. Answers their digest. */
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

/** Takes password, authenticator and recovery codes away; only a new link lets the person in again. */
export async function clearCredentials(tx: Tx, id: string): Promise<void> {
  await tx.query('UPDATE staff SET password_hash = NULL, totp_sealed = NULL WHERE id = $1', [id]);
  await tx.query('DELETE FROM staff_recovery_codes WHERE staff_id = $1', [id]);
}

/** False when a code of this step or a later one was taken already. */
export async function takeTotpStep(tx: Tx, id: string, step: number): Promise<boolean> {
  const rows = await tx.query(
    'UPDATE staff SET totp_last_step = $2 WHERE id = $1 AND totp_last_step < $2 RETURNING id',
    [id, step],
  );
  return rows.length === 1;
}

export async function setRoles(tx: Tx, id: string, wanted: readonly Role[]): Promise<void> {
  await tx.query('UPDATE staff SET roles = $2 WHERE id = $1', [id, wanted]);
}

export async function endStaff(tx: Tx, id: string, now: number): Promise<void> {
  await tx.query('UPDATE staff SET ended_at = $2 WHERE id = $1', [id, new Date(now)]);
  await tx.query('UPDATE staff_links SET used_at = $2 WHERE staff_id = $1 AND used_at IS NULL', [id, new Date(now)]);
}

const codeHash = (d: Directory, staffId: string, code: string): Buffer =>
  d.index('recovery', `${staffId}\0${normalRecoveryCode(code)}`);

/** Replaces all recovery codes of the person. */
export async function setRecoveryCodes(tx: Tx, d: Directory, staffId: string, codes: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM staff_recovery_codes WHERE staff_id = $1', [staffId]);
  await tx.query('INSERT INTO staff_recovery_codes (staff_id, code_hash) SELECT $1, unnest($2::bytea[])', [
    staffId,
    codes.map((code) => codeHash(d, staffId, code)),
  ]);
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

/** A new one-time link; earlier ones of the same person stop working. */
export async function insertLink(
  tx: Tx,
  token: string,
  staffId: string | null,
  now: number,
  lastsMs: number,
): Promise<void> {
  if (staffId !== null) {
    await tx.query('UPDATE staff_links SET used_at = $2 WHERE staff_id = $1 AND used_at IS NULL', [
      staffId,
      new Date(now),
    ]);
  }
  await tx.query('INSERT INTO staff_links (token_hash, staff_id, created_at, expires_at) VALUES ($1, $2, $3, $4)', [
    tokenHash(token),
    staffId,
    new Date(now),
    new Date(now + lastsMs),
  ]);
}

/** Of a link at $2: neither used nor over. One that a clock dated ahead lasts no longer for it. */
const USABLE = 'used_at IS NULL AND expires_at > $2 AND created_at - (expires_at - created_at) < $2';

export async function openLink(on: Queryable, d: Directory, token: string, now: number): Promise<OpenLink | null> {
  const rows = await on.query<{ staff_id: string | null; expires_at: Date }>(
    `SELECT staff_id, expires_at FROM staff_links WHERE token_hash = $1 AND ${USABLE}`,
    [tokenHash(token), new Date(now)],
  );
  const link = rows[0];
  if (!link) return null;
  const staff = link.staff_id === null ? null : await staffById(on, d, link.staff_id);
  return { staff, expiresAt: link.expires_at.getTime() };
}

/** True for exactly one caller; the others wait and get false. */
export async function takeLink(tx: Tx, token: string, now: number): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE staff_links SET used_at = $2 WHERE token_hash = $1 AND ${USABLE} RETURNING token_hash`,
    [tokenHash(token), new Date(now)],
  );
  return rows.length === 1;
}

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

/** Answers the digest by which the session is known. */
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

/** A session nobody ended of a person nobody ended; whether it is over by its age is for facts.ts. */
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
     WHERE x.token_hash = $1 AND x.ended_at IS NULL AND s.ended_at IS NULL AND s.password_hash IS NOT NULL`,
    [tokenHash(token)],
    'access.sessionByToken',
  );
  const r = rows[0];
  const staff = r && toMember(d, r);
  if (!staff || staff.state === 'unreadable') return null;
  return { session: toSession({ ...r, id: r.session_id, created_at: r.begun_at }), staff };
}

/** The language of whoever has this session's token. */
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

/** Forgets the sessions that are over by their age, also those that a clock dated ahead. */
export async function forgetSessions(tx: Tx, now: number, lastsMs: number): Promise<void> {
  await tx.query(
    `DELETE FROM staff_sessions
     WHERE id IN (SELECT id FROM staff_sessions WHERE created_at <= $1 OR created_at >= $2 FOR UPDATE SKIP LOCKED)`,
    [new Date(now - lastsMs), new Date(now + lastsMs)],
  );
}

/** Ends every session, and every link by which somebody could still come in. */
export async function shutOut(tx: Tx, now: number): Promise<void> {
  await tx.query('UPDATE staff_sessions SET ended_at = $1 WHERE ended_at IS NULL', [new Date(now)]);
  await tx.query('UPDATE staff_links SET used_at = $1 WHERE used_at IS NULL', [new Date(now)]);
}

export interface Attempts {
  failures: number;
  lastAt: number;
  blockedUntil: number;
}

/** Reads and replaces the attempts of a key, one caller at a time; those that are forgotten meanwhile are none. */
export async function changeAttempts(
  tx: Tx,
  key: Buffer,
  now: number,
  change: (before: Attempts) => Attempts,
): Promise<{ before: Attempts; after: Attempts }> {
  // One statement takes the row and holds it: between two, the row could be forgotten, and what is counted then with it.
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
    new Date(after.lastAt || now),
    new Date(after.blockedUntil),
  ]);
  return { before, after };
}

/** Forgets attempts that no longer count. */
export async function forgetAttempts(on: Queryable, before: number): Promise<void> {
  await on.query(
    `DELETE FROM sign_in_attempts
     WHERE key IN (SELECT key FROM sign_in_attempts WHERE last_at < $1 FOR UPDATE SKIP LOCKED)`,
    [new Date(before)],
  );
}

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

async function systemWhere(on: Queryable, id: string, held: '' | 'FOR SHARE' = ''): Promise<System | null> {
  const rows = await on.query<SystemRow>(`SELECT id, name, created_at, ended_at FROM systems WHERE id = $1 ${held}`, [
    id,
  ]);
  return rows[0] ? toSystem(rows[0]) : null;
}

export const systemById = (on: Queryable, id: string): Promise<System | null> => systemWhere(on, id);

/** The system, held until the end of the transaction: whoever ends it waits, and then ends the token that was made too. */
export const holdSystem = (tx: Tx, id: string): Promise<System | null> => systemWhere(tx, id, 'FOR SHARE');

/** Ends a system and every token of it. False when it was ended already. */
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

/** Answers the digest by which the token is known. */
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

/** A token nobody revoked, of a system in use. */
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

/** Takes actions away from a token; answers those it is left with, null where it had none of them. */
export async function narrowToken(tx: Tx, id: string, taken: readonly Action[]): Promise<Action[] | null> {
  const rows = await tx.query<{ actions: string[] }>(
    'SELECT n AS actions FROM narrow_api_token($1::uuid, $2::text[]) AS n',
    [id, taken],
  );
  return rows[0] ? readActions(rows[0].actions) : null;
}

/** The system of a token revoked now; null when there was none to revoke. */
export async function revokeToken(tx: Tx, id: string, now: number): Promise<string | null> {
  const rows = await tx.query<{ system_id: string }>(
    'UPDATE api_tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING system_id',
    [id, new Date(now)],
  );
  return rows[0]?.system_id ?? null;
}

/** The access policies that this office has worked by, oldest first. */
export async function accessPoliciesKept(on: Queryable): Promise<PoliciesKept[]> {
  const rows = await on.query<Omit<PoliciesKept, 'since'> & { since: Date }>(
    'SELECT id, version, text, since FROM access_policies ORDER BY version',
    [],
    'access.policiesKept',
  );
  return rows.map((row) => ({ ...row, since: row.since.getTime() }));
}

export async function keepAccessPolicies(tx: Tx, { id, version, text, since }: PoliciesKept): Promise<void> {
  await tx.query('INSERT INTO access_policies (id, version, text, since) VALUES ($1, $2, $3, $4)', [
    id,
    version,
    text,
    new Date(since),
  ]);
}

/** A row of who or what is let in or was; `name` of systems and their tokens alone, those of the staff are sealed. */
export type RowLetIn = Said & { name?: string; since: string; until: string | null };

interface Traces {
  rows: RowLetIn[];
  /** In the order of the log. `restored`: it stands before every transaction of this server. */
  entries: { entry: LogEntry; restored: boolean }[];
}

const instant = (text: string): string => new Date(text).toISOString();

/** Everybody and everything that is let in or was, the access policies of then and now, and what the log has of it. */
export async function tracesOf(on: Queryable): Promise<Traces> {
  const [row] = await on.query<{
    staff: RowLetIn[];
    systems: RowLetIn[];
    tokens: (RowLetIn & { expires: string })[];
    policies: RowLetIn[];
    entries: Traces['entries'];
  }>(
    `SELECT (SELECT coalesce(json_agg(r), '[]') FROM (
         SELECT id, 'staff' AS action, roles, fictional, password_hash IS NOT NULL AS entered, ${credentialsDigest},
           ${personDigest},
           created_at AS since, ended_at AS until FROM staff) r) AS staff,
       (SELECT coalesce(json_agg(r), '[]') FROM (
         SELECT id, 'system' AS action, name, encode(sha256(convert_to(name, 'UTF8')), 'hex') AS sha256,
           created_at AS since, ended_at AS until FROM systems) r) AS systems,
       (SELECT coalesce(json_agg(r), '[]') FROM (
         SELECT t.id, 'token' AS action, s.name, t.system_id AS system, encode(t.token_hash, 'hex') AS sha256, t.purposes, t.actions,
           t.created_at AS since, t.expires_at AS expires, t.revoked_at AS until
         FROM api_tokens t LEFT JOIN systems s ON s.id = t.system_id) r) AS tokens,
       (SELECT coalesce(json_agg(r), '[]') FROM (
         SELECT id, 'access' AS action, version, encode(sha256(convert_to(text, 'UTF8')), 'hex') AS sha256, since, NULL AS until
         FROM access_policies) r) AS policies,
       (SELECT coalesce(json_agg(json_build_object('entry', entry::json, 'restored', xid = '0') ORDER BY xid, seq), '[]')
         FROM log_entries WHERE action = ANY ($1::text[])) AS entries`,
    [textArray(lettingIn)],
    'access.traces',
  );
  const { staff, systems, tokens, policies, entries } = row!;
  const lastDays = tokens.map(({ expires, ...one }) => ({ ...one, lastDay: dayOf(Date.parse(expires)) }));
  const rows = [...staff, ...systems, ...lastDays, ...policies].map((one) => ({
    ...one,
    since: instant(one.since),
    until: one.until && instant(one.until),
  }));
  return { rows, entries };
}

/** The sessions begun since an instant that nobody ended, and whether the log says of each that it began so, then and by its person. */
export async function sessionsLogged(
  on: Queryable,
  since: number,
): Promise<{ staff: string; begun: Date; logged: boolean }[]> {
  return on.query(
    `SELECT s.staff_id AS staff, s.created_at AS begun, EXISTS (
       SELECT FROM log_entries l CROSS JOIN LATERAL json_to_record(l.entry::json) AS e (session text, sha256 text)
       WHERE l.at = s.created_at AND l.action IN ('staff:sign-in', 'staff:enter', 'staff:set-up') AND l.actor = 'staff:' || s.staff_id
         AND e.session = s.id::text AND coalesce(e.sha256 = encode(s.token_hash, 'hex'), true)) AS logged
     FROM staff_sessions s WHERE s.confirmed_at IS NOT NULL AND s.ended_at IS NULL AND s.created_at > $1 ORDER BY s.id`,
    [new Date(since)],
    'access.sessionsLogged',
  );
}
