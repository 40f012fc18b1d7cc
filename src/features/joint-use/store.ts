// Every query of the joint uses. A joint use is updated only over the version that the caller has seen; notices and publications are only inserted.

import type { Day } from '../../base/day.ts';
import type { LogEntry } from '../../log/index.ts';
import type { Queryable, Tx } from '../../platform/database/index.ts';
import type { Part } from '../../platform/statement.ts';
import type { JointUse, SharedInformation, StatedNotice, Terms } from './facts/joint-use.ts';
import type { JointUseRow, NoticeRow } from './tables.ts';

const NAMING = 0x6a_75_6e_01;

const noticeOfRow = (row: NoticeRow): StatedNotice => ({
  notice: row.notice,
  change: row.change,
  states: row.states,
  effectiveOn: row.effective_on,
  publicOn: row.public_on,
  why: row.why,
  entry: row.entry_id,
  publicationEntry: row.publication_entry,
});

const jointUseOf = (row: JointUseRow, notices: readonly NoticeRow[]): JointUse => ({
  id: row.id,
  name: { ja: row.name_ja, en: row.name_en },
  information: row.information,
  replaces: row.replaces,
  draft: row.draft,
  notices: notices.filter((one) => one.joint_use_id === row.id).map(noticeOfRow),
  version: row.version,
  registeredAt: row.registered_at,
  endedOn: row.ended_on,
  endedWhy: row.ended_why,
});

const noticesOf = (on: Queryable, ids: readonly string[]): Promise<NoticeRow[]> =>
  on.query(
    `SELECT n.*, p.public_on, p.entry_id AS publication_entry
     FROM joint_use_notices n LEFT JOIN joint_use_publications p USING (joint_use_id, notice)
     WHERE n.joint_use_id = ANY ($1::uuid[]) ORDER BY n.notice`,
    [ids],
    'jointUse.notices',
  );

/**
 * Gives the CTE `joint_use_as_read`: it has a row if nothing was done to the joint use since this version was read. It waits for a concurrent change
 * or end of the joint use, and makes later ones wait.
 */
export const jointUseAsRead = (id: string, version: number): Part => ({
  name: 'joint_use_as_read',
  sql: 'joint_use_as_read AS (SELECT 1 FROM joint_uses WHERE id = $1::uuid AND version = $2::int FOR SHARE)',
  values: [id, version],
});

/** Returns every joint use in the order of registration. */
export async function allJointUses(on: Queryable): Promise<JointUse[]> {
  const rows = await on.query<JointUseRow>('SELECT * FROM joint_uses ORDER BY id', [], 'jointUse.all');
  const notices = await noticesOf(
    on,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => jointUseOf(row, notices));
}

export async function findJointUse(on: Queryable, id: string): Promise<JointUse | null> {
  const [row] = await on.query<JointUseRow>('SELECT * FROM joint_uses WHERE id = $1', [id], 'jointUse.find');
  return row ? jointUseOf(row, await noticesOf(on, [id])) : null;
}

export interface Drawn {
  id: string;
  name: JointUse['name'];
  information: SharedInformation;
  draft: Terms;
}

/** Locks the naming of joint uses until the end of the transaction; they are entered by hand, so one at a time is enough. */
export async function lockNames(tx: Tx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [NAMING]);
}

/** Returns the id of another joint use, not ended, with this name and the same `replaces`; null when there is none. */
export async function findNamed(
  tx: Tx,
  { id, name, replaces }: { id: string; name: string; replaces: string | null },
): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    `SELECT id FROM joint_uses
     WHERE id <> $1 AND name_ja = $2 AND replaces IS NOT DISTINCT FROM $3::uuid AND ended_on IS NULL`,
    [id, name, replaces],
  );
  return row?.id ?? null;
}

export async function insertJointUse(tx: Tx, use: Drawn & Pick<JointUse, 'replaces' | 'registeredAt'>): Promise<void> {
  await tx.query(
    `INSERT INTO joint_uses (id, name_ja, name_en, information, replaces, draft, registered_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [use.id, use.name.ja, use.name.en, use.information, use.replaces, JSON.stringify(use.draft), use.registeredAt],
  );
}

/** Takes the next version of a joint use and locks its row until the end of the transaction. Returns false when somebody else took it first. */
export async function takeVersion(tx: Tx, id: string, seen: number): Promise<boolean> {
  const rows = await tx.query(
    'UPDATE joint_uses SET version = version + 1 WHERE id = $1 AND version = $2 RETURNING id',
    [id, seen],
  );
  return rows.length === 1;
}

export async function updateDraft(tx: Tx, { id, name, information, draft }: Drawn): Promise<void> {
  await tx.query('UPDATE joint_uses SET name_ja = $2, name_en = $3, information = $4, draft = $5 WHERE id = $1', [
    id,
    name.ja,
    name.en,
    information,
    JSON.stringify(draft),
  ]);
}

/** Clears the draft: the agreed terms are in the first notice from now on. */
export async function closeDraft(tx: Tx, id: string): Promise<void> {
  await tx.query('UPDATE joint_uses SET draft = NULL WHERE id = $1', [id]);
}

export async function endOn(tx: Tx, id: string, day: Day, why: string): Promise<void> {
  await tx.query('UPDATE joint_uses SET ended_on = $2, ended_why = $3 WHERE id = $1', [id, day, why]);
}

/** A notice as it was written, whether or not it is public. */
export type StatedRow = Omit<NoticeRow, 'public_on' | 'publication_entry'>;

export async function insertNotice(tx: Tx, row: StatedRow): Promise<void> {
  await tx.query(
    `INSERT INTO joint_use_notices (joint_use_id, notice, change, states, effective_on, why, finding, law_version, policy_version,
       at, actor, entry_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      row.joint_use_id,
      row.notice,
      row.change,
      JSON.stringify(row.states),
      row.effective_on,
      row.why,
      row.finding === null ? null : JSON.stringify(row.finding),
      row.law_version,
      row.policy_version,
      row.at,
      row.actor,
      row.entry_id,
    ],
  );
}

export interface Publication {
  jointUse: string;
  notice: number;
  publicOn: Day;
  at: Date;
  actor: string;
  entry: string;
}

export async function insertPublication(tx: Tx, p: Publication): Promise<void> {
  await tx.query(
    'INSERT INTO joint_use_publications (joint_use_id, notice, public_on, at, actor, entry_id) VALUES ($1, $2, $3, $4, $5, $6)',
    [p.jointUse, p.notice, p.publicOn, p.at, p.actor, p.entry],
  );
}

/** The joint uses with their notices and publications, and the log entries about them, in the order of the log. */
export interface Traces {
  uses: JointUse[];
  notices: StatedRow[];
  publications: Publication[];
  entries: LogEntry[];
}

/** Restores the date of a row that was read as JSON. */
const dated = <R extends { at: Date }>(row: R): R => ({ ...row, at: new Date(row.at) });

/** Reads everything at one moment. */
export async function tracesOf(on: Queryable): Promise<Traces> {
  const [row] = await on.query<Omit<Traces, 'uses'> & { uses: JointUseRow[] }>(
    `SELECT (SELECT coalesce(json_agg(u), '[]') FROM joint_uses u) AS uses,
       (SELECT coalesce(json_agg(n), '[]') FROM joint_use_notices n) AS notices,
       (SELECT coalesce(json_agg(p), '[]') FROM (
          SELECT joint_use_id AS "jointUse", notice, public_on AS "publicOn", at, actor, entry_id AS entry FROM joint_use_publications) p) AS publications,
       (SELECT coalesce(json_agg(entry::json ORDER BY xid, seq), '[]') FROM log_entries
        WHERE action IN ('joint-use:register', 'joint-use:draft', 'joint-use:change', 'joint-use:publish', 'joint-use:end')) AS entries`,
    [],
    'jointUse.traces',
  );
  const { uses, notices, publications, entries } = row!;
  return {
    uses: uses.map((one) => jointUseOf({ ...one, registered_at: new Date(one.registered_at) }, [])),
    notices: notices.map(dated),
    publications: publications.map(dated),
    entries,
  };
}
