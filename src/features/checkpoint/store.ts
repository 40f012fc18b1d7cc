// The checkpoint's one statement: sealed records are found and their log entries are written together, or not at all.

import type { Day } from '../../base/day.ts';
import type { Loss } from '../../log/index.ts';
import { byteaArray, int4Array, textArray, uuidArray, type Queryable, type Tx } from '../../platform/database/index.ts';
import { runParts, type Part } from '../../platform/statement.ts';
import type { Found } from '../../vault/index.ts';

/**
 * Runs the vault's finding and the log's appending as one statement, after the part that gives the finding its conditions, if any. Returns the rows
 * that were found and logged.
 */
export const readRecords = (on: Queryable, ...parts: Part[]): Promise<Found[]> =>
  runParts<Found>(on, `checkpoint.use.${parts.length}`, parts, 'SELECT * FROM found');

/** The rights that the application's role has on the log. */
export async function logRights(on: Queryable): Promise<{ may_insert: boolean; may_change: boolean }> {
  const [row] = await on.query<{ may_insert: boolean; may_change: boolean }>(
    `SELECT has_any_column_privilege('log_entries', 'INSERT') AS may_insert,
            has_any_column_privilege('log_entries', 'UPDATE') OR has_table_privilege('log_entries', 'DELETE, TRUNCATE') AS may_change`,
    [],
  );
  return row!;
}

/** The purposes that each approved version of the policy states. */
export const purposesStated = (on: Queryable): Promise<{ version: number; purpose: string }[]> =>
  on.query('SELECT version, purpose FROM purpose_wordings', []);

/** What an approved version of the policy says of security: the first clause that promises it, and the purpose that this clause states. */
export interface StatedSecurity {
  version: number;
  clause: string;
  purpose: string | null;
}

export const securityStated = (on: Queryable): Promise<StatedSecurity[]> =>
  on.query(
    `SELECT v.version, c.no AS clause,
            (SELECT p->>'id' FROM jsonb_array_elements(v.content->'purposes') AS p WHERE p->>'clause' = c.no LIMIT 1) AS purpose
     FROM policy_versions v CROSS JOIN LATERAL (
       SELECT c->>'no' AS no FROM jsonb_array_elements(v.content->'clauses') WITH ORDINALITY AS c (c, place)
       WHERE c->'promises' ? 'security-records-for-security' ORDER BY place LIMIT 1) c
     WHERE v.approved_at IS NOT NULL`,
    [],
  );

/** The approved versions of the policy with a clause that makes a promise. */
export const versionsPromising = async (on: Queryable, promise: string): Promise<number[]> =>
  (
    await on.query<{ version: number }>(
      `SELECT version FROM policy_versions
       WHERE approved_at IS NOT NULL AND content->'clauses' @> jsonb_build_array(jsonb_build_object('promises', jsonb_build_array($1::text)))`,
      [promise],
    )
  ).map(({ version }) => version);

/** An item that a version of the policy keeps to some of its purposes. */
export interface StatedLimit {
  version: number;
  item: string;
  purposes: readonly string[];
  clause: string;
}

/** The item limits of every approved version of the policy. */
export const limitsStated = (on: Queryable): Promise<StatedLimit[]> =>
  on.query(
    `SELECT v.version, l->>'item' AS item, l->'purposes' AS purposes, l->>'clause' AS clause
     FROM policy_versions v, jsonb_array_elements(v.content #> '{operator,item_limits}') AS l
     WHERE v.approved_at IS NOT NULL`,
    [],
  );

/** Log entries that are alike in everything a promise asks about, and their number. */
export interface EntryClass {
  action: string;
  purpose: string | null;
  holding: string | null;
  items: readonly string[];
  answer: string | null;
  /** `staff`, `system`, `public` or `sekisho`. */
  who: string;
  /** True when the access policies that gave the authority are named. */
  authorised: boolean;
  /** Grounds such as `APPI 18(1)`. */
  because: readonly string[];
  /** True for a reading with a purpose that its person had neither been told of nor consented to. */
  untold: boolean;
  /** True for a use that its person had asked to stop, or had been granted a stop of. */
  stopped: boolean;
  /** Ids of the changes of purpose these entries needed: each allowed some item that was not held for the purpose. */
  changes: readonly string[];
  /** Index of the restored backup that lacks something these entries may have rested on; null where there is none. */
  loss: number | null;
  /**
   * What the holding served when they were decided: its purposes, once for each version of it that was in force within the minute before. Null where
   * the ledger has no version of the holding.
   */
  served: readonly (readonly string[])[] | null;
  /** Version of the policy these entries were decided under, or that was in force where they do not name one; null before the first. */
  policy: number | null;
  /** Days of the first and last entry. */
  first: Day;
  last: Day;
  n: number;
}

/** The same as the log's texts state it. `settled`: written by transactions before the end, so that nothing is added any more. */
export interface ClassRow extends Pick<
  EntryClass,
  | 'action'
  | 'purpose'
  | 'holding'
  | 'who'
  | 'authorised'
  | 'untold'
  | 'stopped'
  | 'changes'
  | 'loss'
  | 'policy'
  | 'first'
  | 'last'
  | 'n'
> {
  items: string | null;
  decision: string | null;
  served: string | null;
  settled: boolean;
}

export const classOf = ({ items, decision, served, ...row }: ClassRow): EntryClass => {
  const { answer = null, because = [], policy = row.policy } = JSON.parse(decision ?? '{}') as Partial<EntryClass>;
  return {
    ...row,
    items: JSON.parse(items ?? '[]') as string[],
    served: served === null ? null : served.split(';').map((purposes) => purposes.split(',')),
    answer,
    because,
    policy,
  };
};

/** A transaction id before every transaction. */
export const BEGINNING = '0';

/** Returns the first transaction that is not over. The log already has everything that transactions before it wrote. */
export async function settledEnd(on: Queryable): Promise<string> {
  const [row] = await on.query<{ at: string }>('SELECT pg_snapshot_xmin(pg_current_snapshot()) AS at', []);
  return row!.at;
}

/** Condition: the person occurs in readings written by transactions from `$2` on. */
const ofReadings =
  'principal_id IN (SELECT principal_id FROM log_entries WHERE xid >= $2::xid8 AND action = ANY ($1::text[]))';

/**
 * The purposes each person was told of, per holding. Acquisitions of the same items for the same purposes form one way, dated by the first of them
 * (`since`). `alike` has the purposes if all ways share the same. So each acquisition is looked at once, even for a person read hundreds of times.
 */
const waysOf = (persons: string): string => `
  SELECT principal_id, holding_id::text AS holding, min(since) AS first,
         CASE WHEN min(purposes) = max(purposes) THEN string_to_array(min(purposes), ',') END AS alike,
         array_agg(since) AS since, array_agg(purposes) AS purposes, array_agg(items) AS items
  FROM (
    SELECT principal_id, holding_id, array_to_string(purposes, ',') AS purposes, array_to_string(items, ',') AS items, min(at) AS since
    FROM acquisitions
    WHERE ${persons}
    GROUP BY 1, 2, 3, 4) a
  GROUP BY 1, 2`;

/** The ways in `w` by which the person of entry `l` had been acquired into its holding by then. */
const acquiredThen = `(SELECT string_to_array(v.purposes, ',') AS purposes, string_to_array(v.items, ',') AS items
      FROM unnest(w.since, w.purposes, w.items) AS v(since, purposes, items) WHERE v.since <= l.at + interval '1 minute')`;

/**
 * The changes of purpose `c` that allowed the handling in entry `l` with the parts `e`: they were in force, and the policy then in force had not
 * outdated them. A reading may follow its decision by up to a minute.
 */
const changesThen = `purpose_changes c
      WHERE c.holding_id::text = e.holding AND c.to_purpose = e.purpose AND c.at <= l.at + interval '1 minute'
        AND (c.ended_at IS NULL OR c.ended_at > l.at - interval '1 minute')
        AND NOT (is_outdated(c, policy_in_force(l.at - interval '1 minute'))
          AND is_outdated(c, policy_in_force(l.at + interval '1 minute')))`;

/**
 * The consents `c` to texts `t` by the person of entry `l` with the parts `e` that were in force then and reached all of it. A reading may follow its
 * decision by up to a minute.
 */
const consentsThen = `consents c JOIN consent_texts t ON t.id = c.text_id
      WHERE c.principal_id = l.principal_id AND c.given_by IN ('principal', 'representative')
        AND c.given_on <= (l.at AT TIME ZONE 'Asia/Tokyo')::date AND (c.given_at <= l.at + interval '1 minute') IS NOT FALSE
        AND (l.action <> 'people:use' OR t.kind = 'use') AND t.holding_id::text = e.holding AND e.purpose = ANY (t.purposes)
        AND t.items @> ARRAY(SELECT json_array_elements_text(e.items::json))
        AND NOT EXISTS (SELECT 1 FROM consent_withdrawals d WHERE d.consent_id = c.id
          AND d.at < l.at - interval '1 minute' AND d.on_day <= (l.at AT TIME ZONE 'Asia/Tokyo')::date)`;

/** The day of entry `l`. */
const onDay = "(l.at AT TIME ZONE 'Asia/Tokyo')::date";

/** Withdrawals, with the time of their day where it was stated, and the day on which they were written down. */
const withdrawals = `(SELECT w.consent_id, w.principal_id, w.on_day, w.at, h.said_at, (w.at AT TIME ZONE 'Asia/Tokyo')::date AS written_on
          FROM consent_withdrawals w LEFT JOIN consent_withdrawal_times h ON h.consent_id = w.consent_id)`;

/** True when the withdrawal `d` came before the use in entry `l`, whenever it was written down. */
const withdrawnBefore = (d: string): string =>
  `(${d}.on_day < ${onDay} OR ${d}.on_day = ${onDay} AND ${d}.said_at < l.at - interval '1 minute')`;

/** True when nobody knows whether the withdrawal or objection `d` came before or after the use in entry `l`, on the same day. */
const isVague = (d: string): string =>
  `(${d}.on_day = ${onDay} AND ${d}.on_day < ${d}.written_on AND ${d}.said_at IS NULL)`;

/** The same by what is known now: a consent that had been withdrawn before does not count, whenever that was written down. */
const consentsKnown = `${consentsThen}
        AND NOT EXISTS (SELECT 1 FROM ${withdrawals} d WHERE d.consent_id = c.id AND ${withdrawnBefore('d')})`;

/** Those of them that were surely not withdrawn before. */
const consentsSure = `${consentsThen}
        AND NOT EXISTS (SELECT 1 FROM ${withdrawals} d WHERE d.consent_id = c.id AND (${withdrawnBefore('d')} OR ${isVague('d')}))`;

/**
 * True when the person of entry `l`, with the parts `e`, had been told that every item may be used for its purpose, by an acquisition of the item
 * until then or by a change of purpose; or had consented to the use.
 */
const told = `(
  w.first <= l.at + interval '1 minute' AND e.purpose = ANY (w.alike)
  OR e.consent IS NOT NULL AND EXISTS (SELECT 1 FROM ${consentsThen} AND c.id::text = e.consent)
  OR w.first <= l.at + interval '1 minute' AND EXISTS (
    SELECT 1 FROM (SELECT e.purpose || ARRAY(SELECT c.from_purpose FROM ${changesThen}) AS serving) s
    CROSS JOIN LATERAL (
      SELECT bool_or(a.purposes && s.serving) AS once, bool_and(a.purposes && s.serving) AS always FROM ${acquiredThen} a) a
    WHERE a.once AND (a.always OR NOT EXISTS (
      SELECT 1 FROM ${acquiredThen} a, unnest(a.items) AS i(code)
      WHERE i.code IN (SELECT json_array_elements_text(e.items::json))
      GROUP BY i.code HAVING NOT bool_or(a.purposes && s.serving)))))`;

/**
 * True when a consent to the use was in force then: the one that the entry names, or another that reached all of it. An objection cannot have ended
 * it, or the request would have been refused.
 */
const consented = `EXISTS (
    SELECT 1 FROM ${consentsThen} AND c.at <= l.at + interval '1 minute'
      AND (c.id::text = e.consent OR l.action = 'people:use'))`;

/**
 * Persons who asked that something stop, or were granted a stop of use, under every id that was ever known to be theirs. They are few among those
 * who are read.
 */
const heard = `heard AS MATERIALIZED (
       SELECT ever_same_person(principal_id) AS principal_id FROM (
         SELECT principal_id FROM consent_objections UNION SELECT principal_id FROM suspensions WHERE stops = 'use') h)`;

/** Every id known to be the person of entry `l` at an instant. */
const idsAt = (instant: string): string => `same_person_at(l.principal_id, ${instant})`;

/**
 * True when objection `o` is about the use in entry `l`, with the parts `e`. An objection under another id counts if both ids were known to be the
 * same person when the use was made, and still when the objection was written down. A retracted objection does not count, unless it was in force when
 * the use passed it over.
 */
const isAbout = `o.principal_id = ANY (${idsAt('l.at')}) AND (o.scope = 'everything' OR o.purpose = e.purpose)
      AND (o.principal_id = l.principal_id OR o.at <= l.at OR o.principal_id = ANY (${idsAt('o.at')}))
      AND NOT EXISTS (SELECT 1 FROM consent_retractions b WHERE b.objection_id = o.id AND (b.at <= l.at OR o.at > l.at))`;

/**
 * True when objection `o` came before the use that it is about, and was in force. A later consent that reaches the use takes the objection back,
 * unless it was written down only after both: it then makes nothing right. `consents`: those that count.
 */
const reached = (
  consents: string,
): string => `${isAbout} AND (o.on_day < ${onDay} OR o.on_day = ${onDay} AND coalesce(o.said_at, o.at) < l.at - interval '1 minute')
      AND NOT EXISTS (SELECT 1 FROM ${consents} AND c.at <= greatest(l.at, o.at) + interval '1 minute'
        AND (c.given_on > o.on_day OR c.given_on = o.on_day AND o.said_at < c.given_at))`;

/** True when the use in entry `l`, with the parts `e`, passed over an objection on record. */
const passedOver = `EXISTS (SELECT 1 FROM consent_objections o WHERE ${reached(consentsThen)} AND o.at < l.at - interval '1 minute')`;

/**
 * True when the use in entry `l`, with the parts `e`, came after its person's objection (`reached`) or granted suspension (35) was on record. Uses
 * under an item of the law are not counted: the item overrides both.
 */
const stopped = `(l.action = 'people:use' AND l.principal_id IN (SELECT principal_id FROM heard) AND (
  ${passedOver}
  OR EXISTS (
    SELECT 1 FROM suspensions s WHERE s.principal_id = ANY (${idsAt('l.at')}) AND s.stops = 'use' AND s.at < l.at - interval '1 minute'
      AND s.from_day <= ${onDay} AND (s.purposes IS NULL OR e.purpose = ANY (s.purposes)))))`;

const midnight = (day: string): string => `((${day})::timestamp AT TIME ZONE 'Asia/Tokyo')`;

/**
 * Every instant at which the answer to `reached` or to `consentsKnown` may change for a use of the persons in `late`. Between two of them, uses of the same
 * items for the same purpose are alike. An instant counts with its minute of grace, and each with the microsecond after it, since a condition may or
 * may not include it.
 */
const marks = `
  SELECT s.principal_id, array_agg(DISTINCT m.at + d.apart ORDER BY m.at + d.apart) AS marks
  FROM (
    SELECT principal_id, ever_same_person(principal_id) AS id FROM (SELECT DISTINCT principal_id FROM late) l) s
  CROSS JOIN LATERAL (
    SELECT unnest(ARRAY[given_at, at, ${midnight('given_on')}]) AS at FROM consents WHERE principal_id = s.id
    UNION ALL
    SELECT unnest(ARRAY[at, ${midnight('on_day')}, ${midnight('on_day + 1')}]) FROM consent_withdrawals WHERE principal_id = s.id
    UNION ALL
    SELECT unnest(ARRAY[said_at, at, ${midnight('on_day')}, ${midnight('on_day + 1')}]) FROM consent_objections WHERE principal_id = s.id
    UNION ALL SELECT said_at FROM consent_withdrawal_times WHERE principal_id = s.id
    UNION ALL SELECT at FROM consent_retractions WHERE principal_id = s.id
    UNION ALL SELECT unnest(ARRAY[at, ended_at]) FROM person_links WHERE principal_id = s.id) m
  CROSS JOIN (
    SELECT a + b AS apart FROM unnest('{-1 minute,0,1 minute}'::interval[]) AS a, unnest('{0,1 microsecond}'::interval[]) AS b) d
  WHERE m.at IS NOT NULL
  GROUP BY 1`;

/** The day on which a row was written down. */
const writtenOn = "(at AT TIME ZONE 'Asia/Tokyo')::date";

/**
 * True when the withdrawal in `late` took away the consent that the use in entry `l` names, with the parts `e`, or one that had taken back an
 * objection. `consents`: those that count all the same.
 */
const withdrew = (consents: string): string => `(
               late.consent = e.consent AND NOT EXISTS (SELECT 1 FROM ${consents} AND c.at <= greatest(l.at, late.at) + interval '1 minute')
               OR EXISTS (SELECT 1 FROM consent_objections o WHERE ${reached(consents)}))`;

/** True when something in `late` was written down only after the use in entry `l`. */
const writtenLate = `late.principal_id = l.principal_id AND ${onDay} >= late.on_day AND l.at <= late.at + interval '1 minute'`;

/** True when something in `late` was written down only after the use in entry `l`, with the parts `e`, and counts against it all the same. */
const reachedLate = `EXISTS (
       SELECT FROM late WHERE ${writtenLate}
         AND CASE WHEN late.objection IS NOT NULL
           THEN EXISTS (SELECT 1 FROM consent_objections o WHERE o.id = late.objection AND ${reached(consentsKnown)})
           ELSE ${withdrawnBefore('late')} AND ${withdrew(consentsKnown)} END)`;

/** True when something in `late` is about the use in entry `l`, with the parts `e`, and nobody knows which of the two came first that day. */
const reachedPerhaps = `EXISTS (
       SELECT FROM late WHERE ${writtenLate} AND ${isVague('late')}
         AND CASE WHEN late.objection IS NOT NULL
           THEN EXISTS (SELECT 1 FROM consent_objections o WHERE o.id = late.objection AND ${isAbout})
           ELSE ${withdrew(consentsSure)} END)`;

/** Uses that something written down later speaks against: surely, or perhaps. */
export interface SpokenAgainst {
  late: number;
  unsure: number;
}

/**
 * Counts the uses made after their person had asked that they stop, or had withdrawn every consent that reached them, where that was recorded only
 * later. It applies from its own day on all the same. The withdrawn consent may be the one that a use names, or one that had taken back an objection.
 * Counted apart are the uses of the day of an objection or a withdrawal whose hour nobody wrote down. The search starts from these late records and
 * skips those recorded at once; what passed over an objection on record is counted elsewhere. Uses that are alike are judged once, however many
 * there are.
 */
export async function usesTooLate(on: Queryable): Promise<SpokenAgainst> {
  // OFFSET 0 keeps `late` from being worked out once for each of the two counts.
  const [row] = await on.query<SpokenAgainst>(
    `WITH late AS MATERIALIZED (
       SELECT * FROM (
         SELECT ever_same_person(principal_id) AS principal_id, id AS objection, NULL AS consent, on_day, said_at, at, ${writtenOn} AS written_on
         FROM consent_objections WHERE scope IN ('everything', 'purpose')
         UNION ALL
         SELECT principal_id, NULL, consent_id::text, on_day, said_at, at, written_on FROM ${withdrawals} d) s
       WHERE on_day < written_on OR said_at < at - interval '1 minute'),
     marks AS MATERIALIZED (${marks}),
     uses AS MATERIALIZED (
       SELECT principal_id, action, purpose, holding, items, consent, min(at) AS at, count(*) AS n
       FROM (
         SELECT l.principal_id, l.action, l.at, e.*, width_bucket(l.at, m.marks) AS stretch
         FROM (SELECT principal_id, min(on_day) AS since, max(at) AS until FROM late GROUP BY 1) p JOIN marks m USING (principal_id)
         JOIN log_entries l ON l.principal_id = p.principal_id AND l.action = 'people:use'
           AND l.at >= ${midnight('p.since')} AND l.at <= p.until + interval '1 minute'
         CROSS JOIN LATERAL json_to_record(l.entry::json) AS e (purpose text, holding text, items text, consent text)) u
       GROUP BY 1, 2, 3, 4, 5, 6, stretch)
     SELECT coalesce(sum(l.n) FILTER (WHERE j.late), 0)::int AS late,
       coalesce(sum(l.n) FILTER (WHERE NOT j.late AND ${reachedPerhaps}), 0)::int AS unsure
     FROM uses l CROSS JOIN LATERAL (SELECT l.purpose, l.holding, l.items, l.consent) e
     CROSS JOIN LATERAL (SELECT ${reachedLate} AS late OFFSET 0) j
     WHERE NOT ${passedOver}`,
    [],
  );
  return row!;
}

/** The purposes for which everything acquired until then was held. */
const common = `ARRAY(
      SELECT p FROM ${acquiredThen} o, unnest(o.items) AS code, unnest(o.purposes) AS p
      GROUP BY p HAVING count(DISTINCT code) = (
        SELECT count(DISTINCT code) FROM ${acquiredThen} y, unnest(y.items) AS code))`;

/**
 * Ids of the changes of purpose that the handling in entry `l`, with the parts `e`, needed: for each item not held for its purpose, the change
 * announced first of those that allowed it. An item is held for the purposes that its acquisitions until then stated. An item that no acquisition
 * names came with a correction: its record says what it is held for, or that there is no such item. Once the record is erased, the item is assumed
 * to be held for the purposes common to all others, as corrections are. Where nothing is known, it is assumed to need every change.
 */
const relied = `CASE WHEN e.purpose = ANY (ARRAY(SELECT to_purpose FROM purpose_changes)) AND EXISTS (SELECT 1 FROM ${changesThen})
    AND NOT ${consented} THEN ARRAY(
  SELECT DISTINCT opened.id::text FROM json_array_elements_text(e.items::json) AS i(code)
  CROSS JOIN LATERAL (SELECT coalesce(
    (SELECT array_agg(p) FROM ${acquiredThen} o, unnest(o.purposes) AS p WHERE i.code = ANY (o.items)),
    (SELECT string_to_array(CASE WHEN i.code = ANY (r.items)
        THEN r.purposes[CASE cardinality(r.purposes) WHEN 1 THEN 1 ELSE array_position(r.items, i.code) END] ELSE '' END, ',')
      FROM vault_records r WHERE r.principal_id = l.principal_id AND r.holding_id::text = e.holding),
    (SELECT ${common} WHERE EXISTS (SELECT 1 FROM ${acquiredThen} o))) AS purposes) held
  CROSS JOIN LATERAL (
    SELECT c.id FROM ${changesThen} AND (held.purposes IS NULL OR c.from_purpose = ANY (held.purposes))
    ORDER BY c.announced_on, c.id LIMIT CASE WHEN held.purposes IS NULL THEN NULL ELSE 1 END) opened
  WHERE NOT coalesce(e.purpose = ANY (held.purposes), false) ORDER BY 1) ELSE '{}' END`;

/**
 * The purposes of each holding, once for each time they changed. A row for each holding, so that nearly every reading finds its only purposes without
 * a search.
 */
const purposesOfHoldings = `
  SELECT holding_id::text AS holding, array_agg(at ORDER BY version) AS since, array_agg(purposes ORDER BY version) AS purposes
  FROM (
    SELECT holding_id, version, at, purposes, lag(purposes) OVER (PARTITION BY holding_id ORDER BY version) AS before
    FROM (
      SELECT v.*, (SELECT string_agg(p, ',') FROM jsonb_array_elements_text(v.content->'purposes') AS p) AS purposes
      FROM holding_versions v) v) v
  WHERE before IS DISTINCT FROM purposes
  GROUP BY 1`;

/**
 * The purposes in `h` that the holding of entry `l` had when it was decided on, which may be up to a minute before. Nobody can be in a holding before
 * its first version, whatever the clock says.
 */
const served = `CASE WHEN cardinality(h.purposes) = 1 THEN h.purposes[1] ELSE (
      SELECT string_agg(DISTINCT v.purposes, ';')
      FROM unnest('-infinity'::timestamptz || h.since[2:], h.since[2:] || 'infinity'::timestamptz, h.purposes) AS v(since, until, purposes)
      WHERE v.since <= l.at AND v.until > l.at - interval '1 minute') END`;

/** Actions whose rows a reading may rest on. A restored backup may lack these rows while the log still names them. */
const RESTED_ON = [
  'people:acquire',
  'consent:record',
  'consent:retract-objection',
  'people:unlink',
  'ledger:purpose',
  'policy:approve',
];

/** CTEs of the losses, and of the lost entries that readings of the same time may have rested on. */
const gone = `losses AS (
       SELECT no - 1 AS no, "from", "to" FROM unnest($5::int4[], $6::int4[]) WITH ORDINALITY AS n ("from", "to", no)),
     gone AS MATERIALIZED (
       SELECT n.no, l.action, l.principal_id, e.holding, e.version FROM losses n
       JOIN log_leaves f ON f.position >= n."from" AND f.position < n."to" JOIN log_entries l ON l.xid = f.xid AND l.seq = f.seq
       CROSS JOIN LATERAL json_to_record(l.entry::json) AS e (holding text, version text)
       WHERE l.action IN (${RESTED_ON.map((action) => `'${action}'`).join(', ')}))`;

/** The latest loss that took something entry `l` with the parts `e` may have rested on; `l` itself was restored from the log alone. */
const lossOf = `(SELECT min(g.no) FROM log_leaves f JOIN losses n ON f.position >= n."from" AND f.position < n."to" JOIN gone g ON g.no = n.no
        AND CASE g.action WHEN 'ledger:purpose' THEN g.holding = e.holding WHEN 'policy:approve' THEN g.version = e.decision::json->>'policy'
          ELSE g.principal_id = l.principal_id END
      WHERE f.id = l.id AND l.xid = '0')`;

/**
 * Returns the entries of these actions that transactions from `start` on wrote, in classes: a million readings make only as many classes as there
 * are different kinds of reading. Each text is parsed once, and its parts are compared as text. Entries are judged (`judged`) before they are
 * counted, because the planner's cost estimate for the judging would hide the costs of its join and grouping methods. They are grouped by all parts
 * as one array (`alike`), because for a dozen columns the planner expects tens of thousands of classes and would sort every entry.
 */
export const classesOfEntries = (
  on: Queryable,
  { readings, others }: { readings: readonly string[]; others: readonly string[] },
  { start, end }: { start: string; end: string },
  losses: readonly Pick<Loss, 'from' | 'to'>[] = [],
): Promise<ClassRow[]> =>
  on.query<ClassRow>(
    `WITH ${heard}, ${gone},
     w AS MATERIALIZED (${waysOf(start === BEGINNING ? 'true' : ofReadings)}),
     h AS MATERIALIZED (${purposesOfHoldings}),
     judged AS MATERIALIZED (
       SELECT l.at, ARRAY[
           l.action, e.purpose, e.holding, e.items, e.decision, split_part(l.actor, ':', 1),
           (coalesce(e.authority, '[]') <> '[]')::text, (l.xid < $3::xid8)::text,
           (l.action = ANY ($1::text[]) AND e.purpose IS NOT NULL AND NOT coalesce(${told}, false))::text, ${stopped}::text,
           CASE WHEN l.action = ANY ($1::text[]) THEN array_to_string(${relied}, ',') ELSE '' END,
           ${losses.length > 0 ? lossOf : 'NULL'}::text, ${served},
           CASE WHEN strpos(e.decision, '"policy":') > 0 THEN NULL ELSE policy_in_force(l.at)::text END] AS alike
       FROM log_entries l CROSS JOIN LATERAL json_to_record(l.entry::json)
         AS e (purpose text, holding text, items text, decision text, consent text, authority text)
       LEFT JOIN w ON w.principal_id = l.principal_id AND w.holding = e.holding
       LEFT JOIN h ON h.holding = e.holding
       WHERE l.xid >= $2::xid8 AND l.action = ANY ($1::text[] || $4::text[]))
     SELECT alike[1] AS action, alike[2] AS purpose, alike[3] AS holding, alike[4] AS items, alike[5] AS decision, alike[6] AS who,
            alike[7]::boolean AS authorised, alike[8]::boolean AS settled, alike[9]::boolean AS untold,
            alike[10]::boolean AS stopped, string_to_array(alike[11], ',') AS changes, alike[12]::int AS loss,
            alike[13] AS served, alike[14]::int AS policy,
            (min(at) AT TIME ZONE 'Asia/Tokyo')::date AS first, (max(at) AT TIME ZONE 'Asia/Tokyo')::date AS last, count(*)::int AS n
     FROM judged GROUP BY alike`,
    [readings, start, end, others, int4Array(losses.map(({ from }) => from)), int4Array(losses.map(({ to }) => to))],
  );

/** The key of a call as an earlier version stored it, and the row it belongs to. */
export interface CallWaiting {
  relation: string;
  actor: string;
  key: string;
}

const KEYING = 0x63_68_6b_01;

/** Returns some of the calls whose key is still to be keyed, and locks the work for one process until the end of the transaction. */
export async function callsWaiting(tx: Tx, most: number): Promise<CallWaiting[]> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [KEYING]);
  const some = 'SELECT relation, actor, key FROM call_keys_waiting ORDER BY relation, actor, key LIMIT $1';
  return tx.query<CallWaiting>(some, [most]);
}

/** Stores the keyed digests in their rows and removes the keys from the waiting list. */
export async function keyCalls(tx: Tx, calls: readonly (CallWaiting & { keyed: Buffer })[]): Promise<void> {
  await tx.query('SELECT key_calls($1::text[], $2::text[], $3::text[], $4::bytea[])', [
    textArray(calls.map(({ relation }) => relation)),
    textArray(calls.map(({ actor }) => actor)),
    textArray(calls.map(({ key }) => key)),
    byteaArray(calls.map(({ keyed }) => keyed)),
  ]);
}

/** The name of an attempt as an earlier version stored it, and the row it belongs to. */
export interface AttemptWaiting {
  relation: string;
  id: string;
  /** Number of the event of a request; 0 elsewhere. */
  no: number;
  attempt: string;
}

/** Returns some of the attempts whose name is still to be keyed. The caller must hold the lock of `callsWaiting`. */
export const attemptsWaiting = (tx: Tx, most: number): Promise<AttemptWaiting[]> =>
  tx.query('SELECT relation, id, no, attempt FROM attempts_waiting ORDER BY relation, id, no LIMIT $1', [most]);

/** Stores the keyed digests in their rows and removes the names from the waiting list. */
export async function keyAttempts(tx: Tx, attempts: readonly (AttemptWaiting & { keyed: Buffer })[]): Promise<void> {
  await tx.query('SELECT key_attempts($1::text[], $2::uuid[], $3::int[], $4::bytea[])', [
    textArray(attempts.map(({ relation }) => relation)),
    uuidArray(attempts.map(({ id }) => id)),
    int4Array(attempts.map(({ no }) => no)),
    byteaArray(attempts.map(({ keyed }) => keyed)),
  ]);
}
