// Compares the records of consents, texts, withdrawals and objections with the log.

import type { LogEntry } from '../../../log/index.ts';
import type { Queryable } from '../../../platform/database/index.ts';
import type { TextRow } from '../tables.ts';

export async function countConsents(on: Queryable): Promise<number> {
  const [row] = await on.query<{ n: number }>('SELECT count(*)::int AS n FROM consents', [], 'consent.count');
  return row!.n;
}

/** Consents to a provision abroad, and those for which the information on the country was not shown, or only after they were given (28(2)). */
export async function countShown(on: Queryable): Promise<{ all: number; late: number }> {
  const [row] = await on.query<{ all: number; late: number }>(
    `SELECT count(*)::int AS all, (count(*) FILTER (WHERE (c.shown_on < c.given_on OR c.shown_on = c.given_on
       AND (c.shown_at > c.given_at) IS NOT TRUE) IS NOT TRUE))::int AS late
     FROM consent_texts t JOIN consents c ON c.text_id = t.id WHERE t.abroad`,
    [],
    'consent.shown',
  );
  return row!;
}

/** What the texts that persons were ever asked with show of the countries they speak of. */
export const textsShown = (on: Queryable): Promise<Pick<TextRow, 'shown'>[]> =>
  on.query(
    'SELECT shown FROM consent_texts t WHERE abroad AND EXISTS (SELECT FROM consent_text_starts s WHERE s.text_id = t.id)',
    [],
    'consent.textsShown',
  );

interface Logged {
  table: string;
  /** The columns with the id of its log entry and the id of the person. */
  id: string;
  person?: string;
  /** Members of the log entry that state the row, with their columns. */
  says: Readonly<Record<string, string>>;
  /** The same for members that entries of an earlier version lack. They are compared where the entry has the first of them. */
  since?: Readonly<Record<string, string>>;
  /** SQL: true where `endAgain` restores the row if a restored backup lacks it, so that no loss explains its absence. */
  again?: string;
}

/** SQL for an instant in the form of the log entries. */
const instant = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The table that each action writes. */
const logged = {
  'consent:record': {
    table: 'consents',
    id: 'id',
    person: 'principal_id',
    says: { text: 'text_id', given_on: 'given_on', given_by: 'given_by', method: 'method', import: 'import_id' },
    since: {
      language: 'language',
      channel: 'channel',
      given_at: instant('given_at'),
      representative: "representative->>'relation'",
      documents_of_authority: "representative->>'checked'",
      shown_on: 'shown_on',
      shown_at: instant('shown_at'),
    },
  },
  'consent:withdraw': {
    table: 'consent_withdrawals',
    id: 'entry_id',
    person: 'principal_id',
    says: { consent: 'consent_id', on: 'on_day' },
    again: 'EXISTS (SELECT FROM consents c WHERE c.id::text = l.says[1])',
  },
  'consent:withdrawal-time': {
    table: 'consent_withdrawal_times',
    id: 'entry_id',
    person: 'principal_id',
    says: { consent: 'consent_id', said_at: instant('said_at') },
    again: 'EXISTS (SELECT FROM consents c WHERE c.id::text = l.says[1])',
  },
  'consent:object': {
    table: 'consent_objections',
    id: 'id',
    person: 'principal_id',
    says: { scope: 'scope', purpose: 'purpose', recipient: 'recipient_id', on: 'on_day' },
    since: { said_at: instant('said_at') },
    again: 'EXISTS (SELECT FROM vault_principals p WHERE p.id = l.principal_id)',
  },
  'consent:retract-objection': {
    table: 'consent_retractions',
    id: 'entry_id',
    person: 'principal_id',
    says: { objection: 'objection_id' },
  },
  'consent:start': {
    table: 'consent_text_starts',
    id: 'entry_id',
    says: { text: 'text_id', code: 'code', from: 'from_day' },
  },
} satisfies Record<string, Logged>;

export type LoggedAct = keyof typeof logged;

/** SQL that counts the rows and entries of an action, and those that lack their counterpart or differ from it. */
function heldOf(act: LoggedAct): string {
  const { table, id, person = 'NULL::uuid', says, since = {}, again }: Logged = logged[act];
  const missing = `(r.id IS NULL${again ? ` AND NOT ${again}` : ''})`;
  const columns = (of: object): string => `ARRAY[${Object.values(of).map((column) => `(${column})::text`)}]::text[]`;
  const members = (of: object): string => `ARRAY[${Object.keys(of).map((member) => `e."${member}"`)}]::text[]`;
  // Each entry is parsed once, into the texts of its members.
  const taken = Object.keys({ ...says, ...since }).map((member) => `"${member}" text`);
  return `SELECT count(*) AS all, count(*) FILTER (WHERE ${missing} IS NOT TRUE AND NOT coalesce(l.at = r.at AND l.actor = r.by_actor
       AND l.principal_id IS NOT DISTINCT FROM r.person AND l.says = r.says AND (l.since[1] IS NULL OR l.since = r.since), false)) AS wrong,
       array_agg(l.id) FILTER (WHERE ${missing}) AS missing
     FROM (SELECT ${id} AS id, at, by_actor, ${person} AS person, ${columns(says)} AS says, ${columns(since)} AS since FROM ${table}) r
     FULL JOIN (SELECT id, at, actor, principal_id, ${members(says)} AS says, ${members(since)} AS since
       FROM log_entries CROSS JOIN LATERAL json_to_record(entry::json) AS e (${taken})
       WHERE action = '${act}') l ON l.id = r.id`;
}

/** Counts what these actions wrote: `all`, `wrong` where no entry states the same, and the ids of entries whose row is `missing`. */
export async function countUnlogged(
  on: Queryable,
  acts: readonly LoggedAct[],
): Promise<{ all: number; wrong: number; missing: string[] }> {
  const [row] = await on.query<{ all: number; wrong: number; missing: string[] }>(
    `WITH n AS (${acts.map(heldOf).join(' UNION ALL ')})
     SELECT sum(n.all)::int AS all, sum(n.wrong)::int AS wrong, ARRAY(SELECT id FROM n, unnest(n.missing) AS id) AS missing FROM n`,
    [],
    `consent.unlogged.${acts.length}`,
  );
  return row!;
}

/** Returns all versions of all texts, and the log entries of their writing. */
export async function textTraces(on: Queryable): Promise<{ texts: TextRow[]; entries: LogEntry[] }> {
  const [row] = await on.query<{ texts: (TextRow & { at: string })[]; entries: LogEntry[] }>(
    `SELECT (SELECT coalesce(json_agg(t), '[]') FROM consent_texts t) AS texts,
       (SELECT coalesce(json_agg(entry::json), '[]') FROM log_entries WHERE action = 'consent:text') AS entries`,
    [],
    'consent.unlogged.texts',
  );
  return { texts: row!.texts.map((one) => ({ ...one, at: new Date(one.at) })), entries: row!.entries };
}
