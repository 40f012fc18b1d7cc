// Who and what is or was let in, according to the rows and according to the log: staff, systems, tokens, access policies and sessions.

import { dayOf } from '../../../base/day.ts';
import type { LogEntry, Said } from '../../../log/index.ts';
import { textArray, type Queryable } from '../../../platform/database/index.ts';
import { lettingIn } from '../facts/let-in.ts';
import { credentialsDigest } from './credentials.ts';
import { ENTERED, personDigest } from './staff.ts';
import { tieDigest } from './ties.ts';

/** A row of what is or was let in. Only systems and tokens have a `name`; those of the staff are sealed. */
export type RowLetIn = Said & { name?: string; since: string; until: string | null };

interface Traces {
  rows: RowLetIn[];
  /** In log order. `restored`: written before this server's first transaction. */
  entries: { entry: LogEntry; restored: boolean }[];
}

const instant = (text: string): string => new Date(text).toISOString();

/** All rows that are or were let in, all versions of the access policies, and the log entries about them. */
export async function tracesOf(on: Queryable): Promise<Traces> {
  const [row] = await on.query<{
    staff: RowLetIn[];
    systems: RowLetIn[];
    tokens: (RowLetIn & { expires: string })[];
    policies: RowLetIn[];
    entries: Traces['entries'];
  }>(
    `SELECT (SELECT coalesce(json_agg(r), '[]') FROM (
         SELECT id, 'staff' AS action, roles, fictional, ${ENTERED} AS entered, ${credentialsDigest},
           ${tieDigest}, ${personDigest},
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

/** The unended sessions begun since an instant, and whether the log has the beginning of each, at that time and by that person. */
export async function sessionsLogged(
  on: Queryable,
  since: number,
): Promise<{ staff: string; begun: Date; logged: boolean }[]> {
  return on.query(
    `SELECT s.staff_id AS staff, s.created_at AS begun, EXISTS (
       SELECT FROM log_entries l CROSS JOIN LATERAL json_to_record(l.entry::json) AS e (session text, sha256 text)
       WHERE l.at = s.created_at AND l.action IN ('staff:sign-in', 'staff:enter', 'staff:set-up', 'staff:let-in') AND l.actor = 'staff:' || s.staff_id
         AND e.session = s.id::text AND coalesce(e.sha256 = encode(s.token_hash, 'hex'), true)) AS logged
     FROM staff_sessions s WHERE s.confirmed_at IS NOT NULL AND s.ended_at IS NULL AND s.created_at > $1 ORDER BY s.id`,
    [new Date(since)],
    'access.sessionsLogged',
  );
}
