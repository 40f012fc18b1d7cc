// Every query of the registers and the choices. Each write is one statement together with its log entry: both happen, or neither.

import type { Bilingual } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import type { LogEntry } from '../../log/index.ts';
import type { Queryable } from '../../platform/database/index.ts';
import { runParts, type Part } from '../../platform/statement.ts';
import type { ChoiceDay, Register, Tag, TagContent } from './facts.ts';
import type { ChoiceRow, RegisterRow, SiteRow } from './tables.ts';

const rowOf = (register: Register): RegisterRow => ({
  site_id: register.id,
  version: register.version,
  notice: register.notice,
  changed_on: register.changedOn,
  act: register.act,
  at: register.at,
  by_actor: register.actor,
  site: register.site,
  tags: register.tags,
  entry_id: register.entryId,
});

const registerOf = (row: RegisterRow & { code: string }): Register => ({
  id: row.site_id,
  code: row.code,
  version: row.version,
  notice: row.notice,
  changedOn: row.changed_on,
  act: row.act,
  at: row.at,
  actor: row.by_actor,
  site: row.site,
  tags: row.tags,
  entryId: row.entry_id,
});

const current = `SELECT DISTINCT ON (r.site_id) r.*, s.code FROM web_registers r JOIN web_sites s ON s.id = r.site_id`;
const newest = 'ORDER BY r.site_id, r.version DESC';

/** Returns the current register of every site, by code. */
export const allRegisters = async (on: Queryable): Promise<Register[]> =>
  (
    await on.query<RegisterRow & { code: string }>(
      `SELECT * FROM (${current} ${newest}) AS c ORDER BY code`,
      [],
      'transmission.all',
    )
  ).map(registerOf);

/** What a list shows of a site. */
export type SiteLine = Pick<Register, 'id' | 'code' | 'changedOn' | 'site'>;

/** SQL for every current site, by code, without its tags, which for all sites are megabytes. `more`: further columns taken from them. */
const siteLines = (more = '') => `SELECT id, code, changed_on AS "changedOn", site${more} FROM (
  SELECT DISTINCT ON (r.site_id) s.id, s.code, r.changed_on, r.site, r.tags FROM web_registers r JOIN web_sites s ON s.id = r.site_id ${newest}) AS c
ORDER BY code`;

export const allSites = (on: Queryable): Promise<SiteLine[]> =>
  on.query<SiteLine>(siteLines(), [], 'transmission.sites');

/** A site with the law's answers to its tags in use. */
export interface AnsweredSite extends SiteLine {
  answers: Finding['answer'][];
}

export const answeredSites = (on: Queryable): Promise<AnsweredSite[]> =>
  on.query<AnsweredSite>(
    siteLines(`, jsonb_path_query_array(tags, '$[*] ? (@.state == "active").decision.finding.answer') AS answers`),
    [],
    'transmission.answers',
  );

/** A site with the names of its tags. */
export interface NamedSite extends SiteLine {
  tags: { code: string; name: Bilingual; recipient: Bilingual }[];
}

export const namedSites = (on: Queryable): Promise<NamedSite[]> =>
  on.query<NamedSite>(
    siteLines(`, (SELECT coalesce(json_agg(json_build_object('code', t -> 'code', 'name', t -> 'name', 'recipient', t #> '{recipient,name}') ORDER BY n), '[]')
      FROM jsonb_array_elements(tags) WITH ORDINALITY AS of(t, n)) AS tags`),
    [],
    'transmission.names',
  );

/** A tag with the law's answer, without its grounds. */
export interface ListedTag {
  tag: TagContent & Pick<Tag, 'publishedOn'>;
  answer: Finding['answer'];
}

export const taggedSites = (on: Queryable): Promise<(SiteLine & { tags: ListedTag[] })[]> =>
  on.query(
    siteLines(`, (SELECT coalesce(json_agg(json_build_object('tag', t - 'decision', 'answer', t #> '{decision,finding,answer}') ORDER BY n), '[]')
      FROM jsonb_array_elements(tags) WITH ORDINALITY AS of(t, n)) AS tags`),
    [],
    'transmission.tags',
  );

export async function findRegister(on: Queryable, id: string): Promise<Register | null> {
  const rows = await on.query<RegisterRow & { code: string }>(`${current} WHERE s.id = $1 ${newest}`, [id]);
  return rows[0] ? registerOf(rows[0]) : null;
}

export async function findRegisterByCode(on: Queryable, code: string): Promise<Register | null> {
  const sql = `${current} WHERE s.code = $1 ${newest}`;
  const rows = await on.query<RegisterRow & { code: string }>(sql, [code], 'transmission.code');
  return rows[0] ? registerOf(rows[0]) : null;
}

/** Returns every version of a register, newest first. */
export const registerVersions = async (on: Queryable, id: string): Promise<Register[]> =>
  (
    await on.query<RegisterRow & { code: string }>(
      `SELECT r.*, s.code FROM web_registers r JOIN web_sites s ON s.id = r.site_id WHERE s.id = $1 ORDER BY version DESC`,
      [id],
    )
  ).map(registerOf);

/** Writes a site with the first version of its register. Returns false when the code is taken. */
export async function insertSite(on: Queryable, register: Register, logging: Part): Promise<boolean> {
  const site: SiteRow = { id: register.id, code: register.code, registered_at: register.at };
  const writing: Part = {
    name: 'transmission.site',
    sql: `site AS (
  INSERT INTO web_sites SELECT s.* FROM jsonb_populate_record(NULL::web_sites, $1::jsonb) AS s
  ON CONFLICT (code) DO NOTHING RETURNING id),
effected AS (
  INSERT INTO web_registers SELECT r.* FROM jsonb_populate_record(NULL::web_registers, $2::jsonb) AS r
  WHERE r.site_id IN (SELECT id FROM site) RETURNING entry_id AS key)`,
    values: [JSON.stringify(site), JSON.stringify(rowOf(register))],
  };
  return (await runParts(on, 'transmission.register', [writing, logging], 'SELECT key FROM effected')).length === 1;
}

/** Writes the next version of a register. Returns false when somebody else wrote it first. */
export async function insertRegister(on: Queryable, register: Register, logging: Part): Promise<boolean> {
  const writing: Part = {
    name: 'transmission.version',
    sql: `effected AS (
  INSERT INTO web_registers SELECT r.* FROM jsonb_populate_record(NULL::web_registers, $1::jsonb) AS r
  ON CONFLICT (site_id, version) DO NOTHING RETURNING entry_id AS key)`,
    values: [JSON.stringify(rowOf(register))],
  };
  return (await runParts(on, 'transmission.change', [writing, logging], 'SELECT key FROM effected')).length === 1;
}

/** Actions that write a version of a register. */
const WRITTEN = "('transmission:register', 'transmission:change', 'transmission:confirm', 'transmission:tag')";

/** More notices than a site has between a backup and its loss. */
const UNTOLD = 100_000;

/**
 * The first number that no notice of the site with this code ever had. The registers alone do not tell: those written after a restored backup are in
 * the log, and of entries that are lost there too, each may have been one. A number that is given again would make what a visitor once allowed, and
 * their browser keeps, a permission for something else.
 */
export async function freeNotice(on: Queryable, code: string): Promise<number> {
  const [row] = await on.query<{ free: number }>(
    `WITH told AS (SELECT xid, seq, (entry::jsonb->>'notice')::int AS notice FROM log_entries
       WHERE action IN ${WRITTEN} AND entry::jsonb->>'code' = $1),
     lost AS (SELECT (entry::jsonb->>'lost')::int AS n, entry::jsonb->>'here' = entry::jsonb->>'size' AS alone FROM log_entries l
       WHERE action = 'log:restored' AND NOT EXISTS (SELECT FROM told WHERE (told.xid, told.seq) > (l.xid, l.seq)))
     SELECT coalesce((SELECT max(notice) FROM told), 0) + 1
       + coalesce((SELECT sum(CASE WHEN n = 0 AND alone THEN ${UNTOLD} ELSE n END) FROM lost), 0)::int AS free`,
    [code],
    'transmission.freeNotice',
  );
  return row!.free;
}

/** Writes a choice. Returns false when this browser already has one of this number, or the site has taken `most` choices today. */
export async function insertChoice(on: Queryable, row: ChoiceRow, most: number, logging: Part): Promise<boolean> {
  const writing: Part = {
    name: 'transmission.choice',
    sql: `effected AS (
  INSERT INTO web_choices SELECT c.* FROM jsonb_populate_record(NULL::web_choices, $1::jsonb) AS c
  WHERE (SELECT count(*) FROM web_choices AS t WHERE t.site_id = c.site_id AND t.on_day = c.on_day) < $2::int
  ON CONFLICT (id, n) DO NOTHING RETURNING entry_id AS key)`,
    values: [JSON.stringify(row), most],
  };
  return (await runParts(on, 'transmission.choose', [writing, logging], 'SELECT key FROM effected')).length === 1;
}

/** Returns the choices of a browser, newest first. */
export const choicesOf = (on: Queryable, id: string): Promise<ChoiceRow[]> =>
  on.query<ChoiceRow>('SELECT * FROM web_choices WHERE id = $1 ORDER BY n DESC', [id]);

/** Returns the number of recorded choices of each kind by day, newest first, without days that have none. */
export const countChoices = (on: Queryable, site: string, from: Day, to: Day): Promise<ChoiceDay[]> =>
  on.query<ChoiceDay>(
    `SELECT on_day AS day,
            count(*) FILTER (WHERE gpc)::int AS gpc,
            count(*) FILTER (WHERE NOT gpc AND allowed = '{}')::int AS refused,
            count(*) FILTER (WHERE NOT gpc AND allowed <> '{}' AND refused <> '{}')::int AS some,
            count(*) FILTER (WHERE NOT gpc AND allowed <> '{}' AND refused = '{}')::int AS allowed
     FROM web_choices WHERE site_id = $1 AND on_day BETWEEN $2 AND $3 GROUP BY on_day ORDER BY on_day DESC`,
    [site, from, to],
  );

/** Returns how many choices each site has recorded since a day, by site id. */
export async function choicesSince(on: Queryable, from: Day): Promise<Map<string, number>> {
  const rows = await on.query<{ site_id: string; n: number }>(
    'SELECT site_id, count(*)::int AS n FROM web_choices WHERE on_day >= $1 GROUP BY site_id',
    [from],
  );
  return new Map(rows.map((row) => [row.site_id, row.n]));
}

/** Every site with every version of its register, the oldest first, and the log entries about them. */
export interface Traces {
  sites: SiteRow[];
  registers: Register[];
  entries: LogEntry[];
}

/** Reads everything at one moment. */
export async function tracesOf(on: Queryable): Promise<Traces> {
  const [row] = await on.query<Omit<Traces, 'registers'> & { registers: (RegisterRow & { code: string })[] }>(
    `SELECT (SELECT coalesce(json_agg(s), '[]') FROM web_sites s) AS sites,
       (SELECT coalesce(json_agg(r ORDER BY r.version), '[]') FROM (
          SELECT r.*, s.code FROM web_registers r LEFT JOIN web_sites s ON s.id = r.site_id) r) AS registers,
       (SELECT coalesce(json_agg(entry::json), '[]') FROM log_entries
        WHERE action IN ${WRITTEN}) AS entries`,
    [],
    'transmission.traces',
  );
  const { sites, registers, entries } = row!;
  return {
    sites: sites.map((one) => ({ ...one, registered_at: new Date(one.registered_at) })),
    registers: registers.map((one) => registerOf({ ...one, at: new Date(one.at) })),
    entries,
  };
}
