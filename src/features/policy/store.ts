// Every query of the policy. Versions are added and approved, never rewritten; states are added when they change.

import type { Day } from '../../base/day.ts';
import type { LogEntry } from '../../log/index.ts';
import { textArray, type Queryable, type Tx } from '../../platform/database/index.ts';
import type { CheckRow, StateRow, VersionContentRow, VersionRow, WordingRow } from './tables.ts';

const VERSIONS = 0x70_6f_6c_01;
/** Lock number held while the promises are computed. */
export const EVALUATION = 0x70_6f_6c_02;

const columns = `version, sha256, effective_on, proposed_by, proposed_at, proposal_entry, approved_by, approved_at, approval_entry`;

/** One writer of versions at a time, until the end of the transaction. */
export async function lockVersions(tx: Tx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [VERSIONS]);
}

/** All versions without their content, newest first. */
export const listVersions = (on: Queryable): Promise<VersionRow[]> =>
  on.query(`SELECT ${columns} FROM policy_versions ORDER BY version DESC`, [], 'policy.listVersions');

/** The number of the version in force on a day; null before the first. */
export async function numberInForce(on: Queryable, day: Day): Promise<number | null> {
  const rows = await on.query<{ version: number }>(
    `SELECT version FROM policy_versions WHERE approved_at IS NOT NULL AND effective_on <= $1
     ORDER BY version DESC LIMIT 1`,
    [day],
    'policy.numberInForce',
  );
  return rows[0]?.version ?? null;
}

export async function loadVersion(on: Queryable, version: number): Promise<VersionContentRow | null> {
  const rows = await on.query<VersionContentRow>(
    `SELECT ${columns}, content FROM policy_versions WHERE version = $1`,
    [version],
    'policy.loadVersion',
  );
  return rows[0] ?? null;
}

export async function addVersion(tx: Tx, row: VersionContentRow): Promise<void> {
  await tx.query(
    `INSERT INTO policy_versions (${columns}, content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb)`,
    [
      row.version,
      row.sha256,
      row.effective_on,
      row.proposed_by,
      row.proposed_at,
      row.proposal_entry,
      row.approved_by,
      row.approved_at,
      row.approval_entry,
      JSON.stringify(row.content),
    ],
  );
}

export async function markApproved(
  tx: Tx,
  version: number,
  approval: { effectiveOn: Day; by: string; at: Date; entry: string },
): Promise<void> {
  await tx.query(
    `UPDATE policy_versions SET effective_on = $2, approved_by = $3, approved_at = $4, approval_entry = $5 WHERE version = $1`,
    [version, approval.effectiveOn, approval.by, approval.at, approval.entry],
  );
}

/** Every approved version, newest first. */
export const listApproved = (on: Queryable): Promise<VersionContentRow[]> =>
  on.query(`SELECT ${columns}, content FROM policy_versions WHERE approved_at IS NOT NULL ORDER BY version DESC`, []);

export async function addWordings(tx: Tx, rows: readonly WordingRow[]): Promise<void> {
  await tx.query(
    'INSERT INTO purpose_wordings SELECT r.* FROM jsonb_populate_recordset(NULL::purpose_wordings, $1::jsonb) AS r',
    [JSON.stringify(rows)],
  );
}

/** The wordings of every approved version, newest first. */
export const listWordings = (on: Queryable): Promise<WordingRow[]> =>
  on.query('SELECT * FROM purpose_wordings ORDER BY version DESC, purpose', []);

/** Every version, newest first, with the wordings of their purposes and the log entries about them. */
export interface Traces {
  versions: VersionContentRow[];
  wordings: WordingRow[];
  entries: LogEntry[];
}

/** Reads them all at one moment. */
export async function tracesOf(on: Queryable): Promise<Traces> {
  const [row] = await on.query<
    Omit<Traces, 'versions'> & { versions: (Omit<VersionContentRow, 'sha256'> & { sha256: string })[] }
  >(
    `SELECT (SELECT coalesce(json_agg(v ORDER BY version DESC), '[]') FROM policy_versions v) AS versions,
       (SELECT coalesce(json_agg(w), '[]') FROM purpose_wordings w) AS wordings,
       (SELECT coalesce(json_agg(entry::json), '[]') FROM log_entries
        WHERE action IN ('policy:propose', 'policy:approve')) AS entries`,
    [],
    'policy.traces',
  );
  const { versions, wordings, entries } = row!;
  return {
    versions: versions.map((one) => ({
      ...one,
      sha256: Buffer.from(one.sha256.slice(2), 'hex'),
      proposed_at: new Date(one.proposed_at),
      approved_at: one.approved_at && new Date(one.approved_at),
    })),
    wordings,
    entries,
  };
}

export const listChecks = (on: Queryable): Promise<CheckRow[]> =>
  on.query('SELECT promise, at, state, says, evidence, fix FROM promise_checks', [], 'policy.listChecks');

export async function saveChecks(tx: Tx, rows: readonly CheckRow[]): Promise<void> {
  await tx.query(
    `INSERT INTO promise_checks (promise, at, state, says, evidence, fix)
     SELECT promise, at, state, says, evidence, fix FROM jsonb_to_recordset($1::jsonb)
       AS r(promise text, at timestamptz, state text, says jsonb, evidence jsonb, fix jsonb)
     ON CONFLICT (promise) DO UPDATE SET at = excluded.at, state = excluded.state, says = excluded.says,
       evidence = excluded.evidence, fix = excluded.fix`,
    [JSON.stringify(rows)],
  );
}

/** The newest state of each promise set before an instant. Queries promise by promise, as a promise may have many states. */
export const statesBefore = (on: Queryable, before: Date): Promise<StateRow[]> =>
  on.query(
    `WITH RECURSIVE known AS (
       (SELECT promise FROM promise_states ORDER BY promise LIMIT 1)
       UNION ALL
       SELECT (SELECT s.promise FROM promise_states s WHERE s.promise > k.promise ORDER BY s.promise LIMIT 1)
       FROM known k WHERE k.promise IS NOT NULL)
     SELECT s.* FROM known k CROSS JOIN LATERAL (
       SELECT promise, at, state, says, evidence, policy, entry FROM promise_states
       WHERE promise = k.promise AND at < $1 ORDER BY id DESC LIMIT 1) s WHERE k.promise IS NOT NULL ORDER BY promise`,
    [before],
    'policy.statesBefore',
  );

/** The last state of each of these promises other than unknown. Promises that were always unknown are left out. */
export const lastShown = async (
  on: Queryable,
  promises: readonly string[],
): Promise<Map<string, StateRow['state']>> => {
  const rows = await on.query<Pick<StateRow, 'promise' | 'state'>>(
    `SELECT p.promise, last.state FROM unnest($1::text[]) AS p (promise) CROSS JOIN LATERAL (
       SELECT state FROM promise_states WHERE promise = p.promise AND state <> 'unknown' ORDER BY id DESC LIMIT 1) last`,
    [textArray(promises)],
  );
  return new Map(rows.map(({ promise, state }) => [promise, state]));
};

/** Those of these promises that once had a known state and have been unknown since before an instant. */
export const unknownSince = async (on: Queryable, promises: readonly string[], before: Date): Promise<string[]> =>
  (
    await on.query<{ promise: string }>(
      `SELECT p.promise FROM unnest($1::text[]) AS p (promise) CROSS JOIN LATERAL (
         SELECT state, at FROM promise_states WHERE promise = p.promise ORDER BY id DESC LIMIT 1) last
       WHERE last.state = 'unknown' AND last.at < $2
         AND EXISTS (SELECT 1 FROM promise_states s WHERE s.promise = p.promise AND s.state <> 'unknown')`,
      [textArray(promises), before],
      'policy.unknownSince',
    )
  ).map(({ promise }) => promise);

export type Change = Pick<StateRow, 'promise' | 'at' | 'state'>;

/** Every change from an instant on, oldest first: promise, time and new state. */
export const changesSince = (on: Queryable, from: Date): Promise<Change[]> =>
  on.query('SELECT promise, at, state FROM promise_states WHERE at >= $1 ORDER BY id', [from], 'policy.changesSince');

/** Every change of one promise, oldest first. */
export const changesOfPromise = (on: Queryable, promise: string): Promise<Change[]> =>
  on.query('SELECT promise, at, state FROM promise_states WHERE promise = $1 ORDER BY id', [promise]);

export async function addStates(tx: Tx, rows: readonly StateRow[]): Promise<void> {
  await tx.query(
    `INSERT INTO promise_states (promise, at, state, says, evidence, policy, entry)
     SELECT promise, at, state, says, evidence, policy, entry FROM jsonb_to_recordset($1::jsonb)
       AS r(promise text, at timestamptz, state text, says jsonb, evidence jsonb, policy int, entry uuid)`,
    [JSON.stringify(rows)],
  );
}
