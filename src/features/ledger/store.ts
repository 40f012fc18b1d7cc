// Every query of the ledger. Holdings are inserted and updated, never deleted; versions are only inserted.

import type { Bilingual } from '../../base/bilingual.ts';
import type { LogEntry } from '../../log/index.ts';
import { textArray, uuidArray, type Queryable, type Tx } from '../../platform/database/index.ts';
import type { Part } from '../../platform/statement.ts';
import type { Basis } from '../checkpoint/index.ts';
import type {
  ChangeOnRecord,
  Holding,
  HoldingContent,
  HoldingVersion,
  NamedChange,
  RecordedChange,
  StandingChange,
} from './facts.ts';
import type { HoldingRow, HoldingVersionRow, PurposeChangeRow } from './tables.ts';

const REGISTERING = 0x5e_4b_1e_d6;

const holdingOf = (row: HoldingRow): Holding => ({
  id: row.id,
  code: row.code,
  name: { ja: row.name_ja, en: row.name_en },
  department: row.department,
  manager: row.manager,
  purposes: row.purposes,
  items: row.items,
  place: row.place,
  retention: row.retention,
  channels: row.channels,
  principals: row.principals,
  access: row.access,
  state: row.state,
  version: row.version,
  registeredAt: row.registered_at,
  confirmedAt: row.confirmed_at,
  changes: row.changes.map((change) => ({ ...change, at: new Date(change.at) })),
});

/** Selects holdings with their standing changes of purpose; $1 is the version of the policy in force. */
const FROM_HOLDINGS = `SELECT h.*, (
  SELECT coalesce(json_agg(json_build_object('id', c.id, 'from', c.from_purpose, 'to', c.to_purpose, 'announcedOn', c.announced_on,
    'announcedWhere', c.announced_where, 'reason', c.reason, 'at', c.at, 'actor', c.actor, 'outdated', is_outdated(c, $1),
    'words', json_build_object('from', s.texts->c.from_purpose, 'to', s.texts->c.to_purpose)) ORDER BY c.at, c.id), '[]')
  FROM purpose_changes c LEFT JOIN LATERAL (
    SELECT jsonb_object_agg(p->>'id', p->'text') AS texts FROM policy_versions v, jsonb_array_elements(v.content->'purposes') AS p
    WHERE v.version = c.policy_version) s ON true
  WHERE c.holding_id = h.id AND c.ended_at IS NULL) AS changes
FROM holdings h`;

/** Every holding, by code. `policy`: the version in force, null before the first. */
export const allHoldings = async (on: Queryable, policy: number | null): Promise<Holding[]> =>
  (await on.query<HoldingRow>(`${FROM_HOLDINGS} ORDER BY length(code), code`, [policy], 'ledger.all')).map(holdingOf);

export async function hasHoldings(on: Queryable): Promise<boolean> {
  const [row] = await on.query<{ any: boolean }>('SELECT EXISTS (SELECT FROM holdings) AS any', [], 'ledger.any');
  return row!.any;
}

/** The holdings with these ids. */
export const holdingsBy = async (on: Queryable, policy: number | null, ids: readonly string[]): Promise<Holding[]> =>
  (
    await on.query<HoldingRow>(`${FROM_HOLDINGS} WHERE h.id = ANY($2::uuid[])`, [policy, uuidArray(ids)], 'ledger.by')
  ).map(holdingOf);

/** With `lock`, no person is added to the holding and nobody changes it until the transaction ends. */
export async function findHolding(
  on: Queryable,
  id: string,
  policy: number | null,
  lock = false,
): Promise<Holding | null> {
  const rows = await on.query<HoldingRow>(`${FROM_HOLDINGS} WHERE h.id = $2 ${lock ? 'FOR UPDATE OF h' : ''}`, [
    policy,
    id,
  ]);
  return rows[0] ? holdingOf(rows[0]) : null;
}

const NAMED_CHANGES = `SELECT c.id, h.id AS holding, json_build_object('ja', h.name_ja, 'en', h.name_en) AS name,
  h.manager, c.from_purpose AS "from", c.to_purpose AS "to"
FROM purpose_changes c JOIN holdings h ON h.id = c.holding_id AND h.state = 'active' WHERE c.ended_at IS NULL`;

/** The changes of purpose of holdings in use that must be judged anew once this version of the policy is in force. */
export const changesOutdated = (on: Queryable, policy: number): Promise<NamedChange[]> =>
  on.query(`${NAMED_CHANGES} AND is_outdated(c, $1) ORDER BY length(h.code), h.code, c.from_purpose, c.to_purpose`, [
    policy,
  ]);

/** The changes that allow something under this version of the policy, from or to one of these purposes. */
export const changesSpeakingOf = (
  on: Queryable,
  { policy, purposes }: { policy: number; purposes: readonly string[] },
): Promise<NamedChange[]> =>
  on.query(
    `${NAMED_CHANGES} AND NOT is_outdated(c, $1) AND ARRAY[c.from_purpose, c.to_purpose] && $2::text[]
     ORDER BY length(h.code), h.code, c.from_purpose, c.to_purpose`,
    [policy, textArray(purposes)],
  );

/** Every change of purpose ever recorded, of all holdings, in order of making. */
export const everyChange = (on: Queryable): Promise<RecordedChange[]> =>
  on.query(
    `SELECT c.id, c.holding_id AS holding, h.code, c.from_purpose AS "from", c.to_purpose AS "to", c.announced_on AS "announcedOn",
       (c.ended_at AT TIME ZONE 'Asia/Tokyo')::date AS until
     FROM purpose_changes c JOIN holdings h ON h.id = c.holding_id ORDER BY c.at, c.id`,
    [],
    'ledger.everyChange',
  );

/**
 * Gives the CTE `admitted(key uuid)`: the people who enter a holding in use. The row is locked until they are in. Whoever retires the holding waits
 * and counts them; a later statement sees it retired, whatever its snapshot says.
 */
export const admitting = (asked: readonly { key: string; holding: string }[]): Part => ({
  name: 'ledger.admitting',
  sql: `in_use AS (SELECT id FROM holdings WHERE id = ANY($2::uuid[]) AND state = 'active' FOR SHARE),
admitted AS (
  SELECT key FROM unnest($1::uuid[], $2::uuid[]) AS a(key, holding_id) WHERE holding_id IN (SELECT id FROM in_use))`,
  values: [uuidArray(asked.map((a) => a.key)), uuidArray(asked.map((a) => a.holding))],
});

/** A collection of personally related information and how many of its identifiers are linked to persons. */
export interface LinkedCollection {
  id: string;
  name: Bilingual;
  links: number;
}

/** The collections whose linked identifiers a holding keeps, the one with the most first. */
export const linksKeptIn = (on: Queryable, holding: string): Promise<LinkedCollection[]> =>
  on.query(
    `SELECT c.id, jsonb_build_object('ja', c.name_ja, 'en', c.name_en) AS name, count(*)::int AS links
     FROM identifier_links l JOIN related_collections c ON c.id = l.collection_id WHERE c.holding_id = $1 GROUP BY c.id ORDER BY links DESC, c.id`,
    [holding],
  );

/** True when the holding is in use; it then stays so until the transaction ends. */
export const isInUse = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.query("SELECT id FROM holdings WHERE id = $1 AND state = 'active' FOR SHARE", [id])).length === 1;

/** Waits until nobody else is registering or changing a holding. The ledger is written by hand, so one writer at a time is enough. */
export async function lockLedger(tx: Tx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [REGISTERING]);
}

/** The next free code after the highest. */
export async function nextCode(tx: Tx): Promise<string> {
  const rows = await tx.query<{ highest: number }>(
    'SELECT coalesce(max(substring(code FROM 3)::int), 0) AS highest FROM holdings',
    [],
  );
  return `L-${String(rows[0]!.highest + 1).padStart(3, '0')}`;
}

/** Another holding that has this code, or another in use that has this name; null when there is none. */
export async function findClash(
  tx: Tx,
  wanted: { id: string; code: string; name: string },
): Promise<{ id: string; on: 'code' | 'name' } | null> {
  const rows = await tx.query<{ id: string; on: 'code' | 'name' }>(
    `SELECT id, CASE WHEN code = $2 THEN 'code' ELSE 'name' END AS on FROM holdings
     WHERE id <> $1 AND (code = $2 OR (name_ja = $3 AND state = 'active')) LIMIT 1`,
    [wanted.id, wanted.code, wanted.name],
  );
  return rows[0] ?? null;
}

/** The columns of a description, in one order for insert and update. */
const columns =
  'name_ja, name_en, department, manager, purposes, items, place, retention, channels, principals, access';

const values = (c: HoldingContent): unknown[] => [
  c.name.ja,
  c.name.en,
  c.department,
  c.manager,
  c.purposes,
  JSON.stringify(c.items),
  c.place,
  JSON.stringify(c.retention),
  c.channels,
  c.principals,
  c.access,
];

const placeholders = Array.from({ length: 11 }, (_, i) => `$${i + 4}`).join(', ');

export async function insertHolding(tx: Tx, holding: Holding): Promise<void> {
  await tx.query(
    `INSERT INTO holdings (id, code, registered_at, confirmed_at, ${columns}) VALUES ($1, $2, $3, $3, ${placeholders})`,
    [holding.id, holding.code, holding.registeredAt, ...values(holding)],
  );
}

/** Writes the next version over `holding.version - 1`; false when somebody else did so first. */
export async function updateHolding(tx: Tx, holding: Holding): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE holdings SET (${columns}) = (${placeholders}), state = $15, version = $2, confirmed_at = $3
     WHERE id = $1 AND version = $2 - 1 RETURNING id`,
    [holding.id, holding.version, holding.confirmedAt, ...values(holding), holding.state],
  );
  return rows.length === 1;
}

export async function insertVersion(tx: Tx, holding: string, v: HoldingVersion): Promise<void> {
  await tx.query(
    `INSERT INTO holding_versions (holding_id, version, act, at, actor, content, reason, entry_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [holding, v.version, v.act, v.at, v.actor, JSON.stringify(v.content), v.reason, v.entryId],
  );
}

/** Versions of a holding, newest first: those before a version, or with null the newest; at most `most`. */
export async function versionsOf(
  on: Queryable,
  holding: string,
  { before, most }: { before: number | null; most: number },
): Promise<HoldingVersion[]> {
  const rows = await on.query<HoldingVersionRow>(
    `SELECT holding_id, version, act, at, actor, content, reason, entry_id FROM holding_versions
     WHERE holding_id = $1 AND ($2::bigint IS NULL OR version < $2) ORDER BY version DESC LIMIT $3`,
    [holding, before, most],
  );
  return rows.map(versionOf);
}

const versionOf = ({ holding_id, entry_id, ...row }: HoldingVersionRow): HoldingVersion & { holding: string } => ({
  ...row,
  holding: holding_id,
  at: new Date(row.at),
  entryId: entry_id,
});

const changeOf = (row: PurposeChangeRow): ChangeOnRecord => ({
  id: row.id,
  holding: row.holding_id,
  from: row.from_purpose,
  to: row.to_purpose,
  at: new Date(row.at),
  actor: row.actor,
  announcedOn: row.announced_on,
  announcedWhere: row.announced_where,
  reason: row.reason,
  policyVersion: row.policy_version,
  ended:
    row.ended_entry === null ? null : { at: new Date(row.ended_at!), actor: row.ended_by!, entryId: row.ended_entry },
});

/** The ledger, and the log entries about it. */
export interface Traces {
  /** Without their changes of purpose. */
  holdings: Holding[];
  /** Oldest first. */
  versions: (HoldingVersion & { holding: string })[];
  changes: ChangeOnRecord[];
  entries: LogEntry[];
}

/** Reads them all at one moment. */
export async function tracesOf(on: Queryable): Promise<Traces> {
  const [row] = await on.query<{
    holdings: Omit<HoldingRow, 'changes'>[];
    versions: HoldingVersionRow[];
    changes: PurposeChangeRow[];
    entries: LogEntry[];
  }>(
    `SELECT (SELECT coalesce(json_agg(h), '[]') FROM holdings h) AS holdings,
       (SELECT coalesce(json_agg(v ORDER BY v.version), '[]') FROM holding_versions v) AS versions,
       (SELECT coalesce(json_agg(c), '[]') FROM purpose_changes c) AS changes,
       (SELECT coalesce(json_agg(entry::json), '[]') FROM log_entries WHERE action = ANY ($1::text[])) AS entries`,
    [textArray(LOGGED)],
    'ledger.traces',
  );
  const { holdings, versions, changes, entries } = row!;
  return {
    holdings: holdings.map((one) => holdingOf({ ...one, confirmed_at: new Date(one.confirmed_at), changes: [] })),
    versions: versions.map(versionOf),
    changes: changes.map(changeOf),
    entries,
  };
}

const LOGGED = ['register', 'change', 'confirm', 'retire', 'purpose', 'purpose-end'].map((act) => `ledger:${act}`);

/** A change of purpose as it is stored, with what the law said, and under which law and policy. */
export interface ChangeRecord extends Omit<StandingChange, 'words' | 'outdated'>, Basis {
  holding: string;
  /** YYYY-MM-DD. */
  lawVersion: string;
  policyVersion: number;
}

export async function insertChange(tx: Tx, c: ChangeRecord): Promise<void> {
  await tx.query(
    `INSERT INTO purpose_changes (id, holding_id, from_purpose, to_purpose, at, actor, announced_on, announced_where, reason,
       because, duties, law_version, policy_version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      c.id,
      c.holding,
      c.from,
      c.to,
      c.at,
      c.actor,
      c.announcedOn,
      c.announcedWhere,
      c.reason,
      c.because,
      JSON.stringify(c.duties),
      c.lawVersion,
      c.policyVersion,
    ],
  );
}

/** Ends a standing change. */
export async function endChange(
  tx: Tx,
  id: string,
  { at, actor, entry }: { at: Date; actor: string; entry: string },
): Promise<void> {
  await tx.query(
    'UPDATE purpose_changes SET ended_at = $2, ended_by = $3, ended_entry = $4 WHERE id = $1 AND ended_at IS NULL',
    [id, at, actor, entry],
  );
}
