// Counts for the promises about provision: compares every provision with its record, the log and the registers, in one pass.

import { uuidArray, type Queryable } from '../../../platform/database/index.ts';
import { objectedAt, type Unsaid, vagueDays, withdrawnAt } from '../../consent/index.ts';
import {
  byLaw,
  elsewhere as elsewhereThan,
  failedBefore,
  type LawOfRecipients,
  notInJapan,
  provedException,
  provedSystem,
} from '../../recipients/index.ts';

/** How many provisions have each property. */
interface Totals {
  provisions: number;
  records: number;
  /** With a consent on record, or to a third party, here or abroad, on no other basis that is proven. */
  byConsent: number;
  /** Not known to stay in Japan. */
  abroad: number;
  /** Abroad, allowed by nothing but the persons' consent (28(1)). */
  abroadByConsent: number;
  jointUses: number;
  /** Within the company, to an entrusted party or in a joint use: each is a use for its purpose as well. */
  alsoUses: number;
}

/** The ways in which a provision can break a promise. */
export type Wrong =
  /** Its finding asked for a record that is missing, the record was made later, or not all its persons are written down. */
  | 'unrecorded'
  /** The log lacks the reading of one of its persons. */
  | 'unlogged'
  | 'byOptOut'
  /** Not made by a package that was approved by somebody who had no hand in asking for it. */
  | 'unapproved'
  /**
   * By consent, but for one of its persons the consent is missing, has no day, or is later than the provision; or by the registers as they stand
   * today it did not reach the provision or had ended before it.
   */
  | 'consentLate'
  /**
   * Abroad to a country that is not equivalent, under no equivalent-action system, no cloud and no item of the law that is proven, and either the facts stated
   * then have no consent to a provision abroad, or the text in the register is for Japan only.
   */
  | 'abroadUngrounded'
  /** Abroad to a recipient that had been found unable to keep its measures, under no item of the law. */
  | 'abroadFailing'
  /** Abroad by consent alone, without a record that the persons were told anything that 28(2) requires. */
  | 'abroadUntold'
  /** Told on an unknown day, or after they consented. */
  | 'abroadToldLate'
  /** Told, but with one of the three matters left blank (Rules 17(2)): that the system is unknown may be told only where the country is (17(3)). */
  | 'abroadBlank'
  /** Shared in a joint use that is not in the register, that was registered only afterwards, or that had ended there. */
  | 'jointUseUnregistered'
  /**
   * Before the notice of the joint use, or without one, by the facts stated then or by the register. The checks below of what the notice names look
   * at both, too.
   */
  | 'jointUseEarly'
  /** The notice lacked a field of 27(5)(iii), by the facts stated then or by the register. */
  | 'jointUseIncomplete'
  /** Shared what is kept for the purposes of My Numbers. */
  | 'jointUseOfNumbers'
  /** The notice did not name every item; the recipient; or the purpose. */
  | 'jointUseOtherItems'
  | 'jointUseOtherUser'
  | 'jointUseOtherPurpose'
  /** A use as well, and one of its persons had asked that uses for its purpose stop, and had not consented to it anew. */
  | 'unwanted';

/** Where the hour at which a person objected or withdrew a consent can decide. */
export type Unsure = 'consentLate' | 'unwanted';

/** What the promises about provision look at. Each count is taken from the rows themselves, not from the answers given then. */
export interface ProvisionCounts extends Totals {
  wrong: Record<Wrong, number>;
  /** Those that break it or not, by when on that day a person objected or withdrew a consent: the hour was not written down. */
  unsure: Record<Unsure, number>;
  /** The oldest of the wrong provisions, at most `MOST_NAMED` of each kind, with the time each was made. */
  some: Record<Wrong, { id: string; at: Date }[]>;
}

/** SQL: the day in Japan, nine hours ahead of UTC on every day since 1951. A time zone by name would be looked up for each row. */
const onDay = "(at AT TIME ZONE INTERVAL '9 hours')::date";

/** SQL: every id known to be the person `w` at an instant. */
const idsAt = (instant: string): string => `same_person_at(w.principal_id, ${instant})`;

/** SQL: whether something with a day and an instant came before the provision `p`. A decision may be up to a minute older than its provision. */
const before = (day: string, at: string): string =>
  `(${day} < p.on_day OR ${day} = p.on_day AND ${at} < p.at - interval '1 minute')`;

/**
 * SQL: whether the objection `o` of the person `w` was in force when `p` was made. What was said before the provision counts from the day it was said,
 * whenever it was written down. What was said under another id counts if the two ids were known to be the same person then, and still when it was
 * written down. An objection that was taken back does not count, unless it stood when the provision was made.
 */
const objected = (
  unsaid: Unsaid,
): string => `o.principal_id = ANY (${idsAt('p.at')}) AND ${before('o.on_day', objectedAt('o', unsaid))}
          AND (o.principal_id = w.principal_id OR o.at <= p.at OR o.principal_id = ANY (${idsAt('o.at')}))
          AND NOT EXISTS (SELECT 1 FROM consent_retractions b WHERE b.objection_id = o.id AND (b.at <= p.at OR o.at > p.at))`;

/** SQL: whether the person `w` had given the consent `c` by the time of `p`, and `d` had not withdrawn it. */
const given = (unsaid: Unsaid): string => `c.principal_id = w.principal_id
      AND (c.given_on < p.on_day OR c.given_on = p.on_day AND coalesce(c.given_at, c.at) <= p.at + interval '1 minute')
      AND (d.consent_id IS NULL OR NOT ${before('d.on_day', withdrawnAt('d', unsaid))})`;

/** SQL: whether who gave the consent `c` could judge it (guideline 2-16). */
const capable = "c.given_by IN ('principal', 'representative')";

/** SQL: the same, or the consent is a child's of whom the officer has judged it for `p` (guideline Q1-62). */
const capableOrJudged = `(${capable} OR c.given_by = 'uncertain-child' AND EXISTS (
        SELECT 1 FROM provisions q WHERE q.id = p.id AND q.finding->'because' @> '[{"law": "Guideline", "article": "Q1-62"}]'))`;

/**
 * SQL: whether only a consent or an item of 27(1) lets it be given to its recipient. The label does not decide: an entrusted party that may use it for
 * itself is a third party, and so is who does not just take over a business (27(5)(i), (ii)). Joint uses have checks of their own.
 */
const toThirdParty = (
  p = '',
): string => `CASE ${p}relation WHEN 'entrustment' THEN NOT ${p}facts @> '{"entrustment":{"ownUse":false}}'
                WHEN 'succession' THEN (${p}facts @> '{"succession":{"ofBusiness":true}}' AND ${p}facts #>> '{succession,stage}' IN ('agreed', 'inquiry')) IS NOT TRUE
                ELSE ${p}relation = 'third-party' END`;

/** SQL: whether the text `t` is about the holding, the purpose and all the items of `p`. */
const reaches = 't.holding_id = p.holding_id AND p.purpose = ANY (t.purposes) AND t.items @> p.items';

/**
 * SQL: whether the consent `c` to the text `t`, withdrawn by `d` if at all, let `p` provide the person `w`, by the registers as they stand today. Few
 * people object; `h` has a row for those who did.
 */
const stood = (
  unsaid: Unsaid,
): string => `${given(unsaid)} AND ${capableOrJudged} AND t.kind IN ('provision', 'provision-abroad') AND ${reaches} AND p.recipient_id = ANY (t.recipients)
      AND (h.principal_id IS NULL OR NOT EXISTS (
        SELECT 1 FROM consent_objections o WHERE ${objected(unsaid)}
          AND (o.scope IN ('everything', 'provision') OR o.purpose = p.purpose OR o.recipient_id = p.recipient_id)
          AND (o.on_day > c.given_on OR o.on_day = c.given_on AND (o.said_at < c.given_at) IS NOT TRUE)))`;

/** SQL: whether `p` is a use for its purpose as well, because the company keeps deciding what for (see `isUseToo`). */
const alsoUse = "relation IN ('entrustment', 'joint-use', 'same-entity')";

/** SQL: whether the law let `p` be made by a consent to it or by an item of the law alone: no objection to the use reaches that (see `isLetBeyond`). */
const letBeyond = `(SELECT bool_or(b->>'article' ~ '^2[78][(]1[)]') AND NOT bool_or(b->>'article' ~ '^27[(][25][)]')
          FROM provisions q, jsonb_array_elements(q.finding->'because') AS b WHERE q.id = w.provision_id AND b->>'law' = 'APPI')`;

/**
 * SQL: whether `p` passed over an objection of the person `w` to the use that it is too. A later consent to the use takes the objection back, unless
 * it was written down only after both.
 */
const unwanted = (unsaid: Unsaid): string => `h.principal_id IS NOT NULL AND p.${alsoUse} AND EXISTS (
                  SELECT 1 FROM consent_objections o WHERE ${objected(unsaid)} AND (o.scope = 'everything' OR o.purpose = p.purpose)
                    AND NOT EXISTS (
                      SELECT 1 FROM consents c JOIN consent_texts t ON t.id = c.text_id LEFT JOIN consent_withdrawals d ON d.consent_id = c.id
                      WHERE ${given(unsaid)} AND ${capable} AND t.kind = 'use' AND ${reaches} AND c.at <= greatest(p.at, o.at) + interval '1 minute'
                        AND (c.given_on > o.on_day OR c.given_on = o.on_day AND o.said_at < c.given_at)))
                AND ${letBeyond} IS NOT TRUE`;

/** SQL: whether no consent of the person `w` let `p` be made: the one that is named, or, to a third party, any that was on record then. */
const unconsented = (
  unsaid: Unsaid,
): string => `NOT CASE WHEN w.consent_id IS NOT NULL THEN coalesce(${stood(unsaid)}, false)
                  ELSE NOT p.to_third_party OR EXISTS (
                    SELECT 1 FROM consents c JOIN consent_texts t ON t.id = c.text_id LEFT JOIN consent_withdrawals d ON d.consent_id = c.id
                    WHERE c.at <= p.at + interval '1 minute' AND ${stood(unsaid)}) END`;

/** SQL: the provisions whose package was fetched again, as the last time they left. */
const again = `again AS MATERIALIZED (
       SELECT p.id, p.package_id, p.at AS first_at, k.fetched_at AS at, (k.fetched_at AT TIME ZONE INTERVAL '9 hours')::date AS on_day, p.relation,
              ${toThirdParty('p.')} AS to_third_party, p.holding_id, p.purpose, p.items, p.recipient_id
       FROM packages k JOIN provisions p ON p.package_id = k.id WHERE k.fetched_at > p.at + interval '1 minute')`;

/** SQL: whether no consent of the person `w`, who was provided by one, let them leave again: another than the first will do. */
const unconsentedAgain = (unsaid: Unsaid): string => `(w.consent_id IS NOT NULL OR p.to_third_party) AND NOT EXISTS (
                    SELECT 1 FROM consents c JOIN consent_texts t ON t.id = c.text_id LEFT JOIN consent_withdrawals d ON d.consent_id = c.id
                    WHERE (c.id = w.consent_id OR c.at <= p.at + interval '1 minute') AND ${stood(unsaid)})`;

/**
 * SQL: the CTE `anew`, one row per package that was fetched again: how many of its persons were not to leave the last time, and how many had fallen out
 * by then. Who was in that file is written down nowhere; it is wrong if more were not to leave than the log says fell out. `^@` is what the index
 * log_entries_of_package is made for: that `=` implies it, the planner cannot know.
 */
const anew = `anew AS (
       SELECT q.*, (SELECT coalesce(sum((l.entry::jsonb->>'people')::int), 0) FROM log_entries l
           WHERE l.action ^@ 'package:' AND l.entry::jsonb->>'package' = q.package_id::text AND l.action = 'package:fall-out'
             AND l.at > q.first_at AND l.at <= q.at) AS fallen
       FROM (
         SELECT package_id, min(first_at) AS first_at, max(at) AS at, count(*) FILTER (WHERE unconsented) AS unconsented,
                count(*) FILTER (WHERE unwanted) AS unwanted, count(*) FILTER (WHERE coalesce(perhaps_unconsented, unconsented)) AS perhaps_unconsented,
                count(*) FILTER (WHERE coalesce(perhaps_unwanted, unwanted)) AS perhaps_unwanted
         FROM (
           SELECT p.package_id, p.first_at, p.at, ${unconsentedAgain('after')} AS unconsented, ${unwanted('after')} AS unwanted,
                  CASE WHEN v.on_day IS NOT NULL THEN ${unconsentedAgain('before')} END AS perhaps_unconsented,
                  CASE WHEN v.on_day IS NOT NULL THEN ${unwanted('before')} END AS perhaps_unwanted
           FROM again p JOIN provision_people w ON w.provision_id = p.id LEFT JOIN heard h ON h.principal_id = w.principal_id
           LEFT JOIN vague v ON v.principal_id = w.principal_id AND v.on_day = p.on_day) one
         GROUP BY 1) q)`;

/**
 * SQL: the CTE `persons`, one row per provision. `people`: the number of persons. `unconsented`: whether the named consent of one of them did not
 * let the provision be made; to a third party that needs no record none is named, and any that was on record then will do. `domestic`: whether a
 * named consent says nothing of a provision abroad. `unlogged`: the number of persons whose reading the log lacks. `unwanted`: whether one of them had
 * objected to the use that it is too. `perhaps_unconsented`, `perhaps_unwanted`: whether that is so if what was said on its day, at an hour that nobody
 * wrote down, came before it.
 */
const persons = `heard AS (
       SELECT DISTINCT ever_same_person(principal_id) AS principal_id FROM consent_objections),
     vague AS MATERIALIZED (${vagueDays}),
     persons AS (
       SELECT provision_id, count(*) AS people, count(*) FILTER (WHERE consentless) AS consentless, bool_or(unconsented) AS unconsented,
              coalesce(bool_or(domestic), false) AS domestic, count(*) FILTER (WHERE unlogged) AS unlogged, bool_or(unwanted) AS unwanted,
              bool_or(perhaps_unconsented) AS perhaps_unconsented, bool_or(perhaps_unwanted) AS perhaps_unwanted
       FROM (
         SELECT w.provision_id, w.consent_id IS NULL AS consentless,
                ${unconsented('after')} AS unconsented, NOT t.abroad AS domestic, ${unwanted('after')} AS unwanted,
                CASE WHEN v.on_day IS NOT NULL THEN ${unconsented('before')} END AS perhaps_unconsented,
                CASE WHEN v.on_day IS NOT NULL THEN ${unwanted('before')} END AS perhaps_unwanted,
                NOT EXISTS (
                  SELECT 1 FROM log_entries l WHERE l.id = w.entry_id AND l.principal_id = w.principal_id
                    AND l.action IN ('people:provide', 'people:package')) AS unlogged
         FROM provision_people w
         JOIN (SELECT id, at, ${onDay} AS on_day, relation, ${toThirdParty()} AS to_third_party, holding_id, purpose, items, recipient_id
           FROM provisions OFFSET 0) p ON p.id = w.provision_id
         LEFT JOIN consents c ON c.id = w.consent_id LEFT JOIN consent_texts t ON t.id = c.text_id
         LEFT JOIN consent_withdrawals d ON d.consent_id = c.id LEFT JOIN heard h ON h.principal_id = w.principal_id
         LEFT JOIN vague v ON v.principal_id = w.principal_id AND v.on_day = p.on_day
         OFFSET 0) one
       GROUP BY 1)`;

/** SQL: the notices of the joint use of the provision `f` that were public and in effect on its day. */
const noticesThen = `joint_use_notices n JOIN joint_use_publications p USING (joint_use_id, notice)
                WHERE n.joint_use_id = f.joint_use_id AND greatest(p.public_on, n.effective_on) <= f.on_day`;

/** SQL: its purposes then. Only the purposes and the responsible person can change. */
const purposesThen = `(SELECT n.states->'purposes' FROM ${noticesThen} AND n.states ? 'purposes'
                ORDER BY n.effective_on DESC, n.notice DESC LIMIT 1)`;

/** SQL: its responsible person then: for each part, what the last notice that mentions it says. */
const responsibleThen = `(coalesce(j.states->'responsible', '{}') || coalesce((
                SELECT jsonb_object_agg(r.part, r.said ORDER BY n.effective_on, n.notice)
                FROM (SELECT n.* FROM ${noticesThen}) n, jsonb_each(n.states->'responsible') AS r (part, said)), '{}'))`;

/**
 * SQL: whether its notice then said who may share in it and who the responsible person is (27(5)(iii)). The rest of the notice has checks of its
 * own.
 */
const statedThen = `coalesce((SELECT j.states #>> '{scope,ja}' <> '' AND r #>> '{name,ja}' <> '' AND r #>> '{address,ja}' <> ''
                  AND (r->>'kind' <> 'corporation' OR r #>> '{representative,ja}' <> '')
                FROM (SELECT ${responsibleThen} AS r OFFSET 0) r), false)`;

/** SQL: the purposes of My Numbers in every approved policy. An id never comes to mean something else. */
const numbers = `numbers AS MATERIALIZED (
       SELECT DISTINCT u->>'id' AS id FROM policy_versions, jsonb_array_elements(content->'purposes') AS u
       WHERE approved_at IS NOT NULL AND u->>'scope' = 'my-number')`;

/** SQL: whether the provision `f` was for one of them, or out of a holding that served one then, for all that is known. */
const ofNumbers = `(f.purpose IN (SELECT id FROM numbers) OR EXISTS (
                SELECT 1 FROM numbers WHERE coalesce((SELECT v.content->'purposes' FROM holding_versions v
                  WHERE v.holding_id = f.holding_id AND v.at <= f.at ORDER BY v.version DESC LIMIT 1) ? numbers.id, true)))`;

/** SQL: the joint uses with their first notice. */
const joint = `joint AS (SELECT u.id, u.registered_at, u.ended_on, n.states, p.public_on FROM joint_uses u
               LEFT JOIN joint_use_notices n ON n.joint_use_id = u.id AND n.notice = 1
               LEFT JOIN joint_use_publications p ON p.joint_use_id = u.id AND p.notice = 1)`;

/**
 * SQL: whether its joint use was over when a provision left. On the first day on which nothing was to be shared any more, that is from when it had been
 * said: before a joint use is ended on the very day, it may be shared in.
 */
const ended = (of: string): string => `(j.ended_on < ${of}.on_day OR CASE WHEN j.ended_on = ${of}.on_day THEN EXISTS (
      SELECT 1 FROM log_entries l WHERE l.action = 'joint-use:end' AND l.at < ${of}.at - interval '1 minute'
        AND l.entry::jsonb->>'jointUse' = j.id::text) ELSE false END)`;

/** SQL: whether a provision left Japan, for all that is known: within the company there is no recipient, and any other has a country. */
const abroad = `relation <> 'same-entity' AND ${notInJapan('recipient')}`;

/** SQL: whether its recipient was not known to be in Japan or in a country that was equivalent on its day. */
const elsewhere = `relation <> 'same-entity' AND ${elsewhereThan('recipient', onDay)}`;

/** SQL: whether the facts prove a cloud that does not handle the data: by its contract and by access control (Q7-53). A claim alone excuses nothing. */
const provedCloud = `facts @> '{"cloud":{"contractExcludesHandling":true,"accessControlled":true}}'`;

/** SQL: whether the facts have a consent to just that, wherever the recipient is. */
const consentStated = `facts @> '{"consent":{"coversRecipient":true,"coversItems":true,"coversPurpose":true}}'`;

/** SQL: each provision with its JSON taken apart once (OFFSET 0), only as far as its kind needs. Findings are wide and are not read here. */
const apart = `(
       SELECT id, at, people, holding_id, recipient_id, items, purpose, joint_use_id, package_id, shared, abroad,
              ${onDay} AS on_day, facts #>> '{consent,on}' AS consent_on, ${alsoUse} AS also_use,
              excepted, opted, NOT excepted AND NOT opted AND ${toThirdParty()} AND NOT ${provedCloud} AS unexcused,
              CASE WHEN shared THEN facts->'jointUse' END AS notice,
              CASE WHEN elsewhere THEN facts->'foreignInformation' END AS told,
              elsewhere AND coalesce(jsonb_typeof(facts->'foreignInformation') = 'object', false) AS is_told,
              elsewhere AND NOT excepted AND NOT ${provedCloud} AND NOT ${provedSystem('system', onDay)} AS needs_consent,
              elsewhere AND ${consentStated} AS consented,
              elsewhere AND facts @> '{"consent":{"coversRecipient":true,"coversItems":true,"coversPurpose":true,"abroad":true}}'
                AS consented_abroad
       FROM (SELECT *, relation = 'third-party' AND nullif(facts->'optOut', 'null') IS NOT NULL AND NOT excepted AND NOT ${consentStated} AS opted
             FROM (SELECT *, relation = 'joint-use' AS shared, ${abroad} AS abroad, ${provedException("facts->'exception'", 'recipient')} AS excepted,
                          facts->'equivalentSystem' AS system, ${elsewhere} AS elsewhere FROM provisions OFFSET 0) AS p OFFSET 0) AS p OFFSET 0)`;

/**
 * SQL conditions on the provision `f` with its record `r`, its persons `w`, its package `k` and its joint use `j`; `z` is how it left the last time, where
 * it was fetched again, and `x` the persons of its package then.
 */
const totals: Record<keyof Totals, string> = {
  provisions: 'true',
  records: 'r.provision_id IS NOT NULL',
  byConsent: '(r.consent_obtained OR f.unexcused OR f.needs_consent AND f.consented)',
  abroad: 'f.abroad',
  abroadByConsent: 'f.needs_consent AND f.consented',
  jointUses: 'f.shared',
  alsoUses: 'f.also_use',
};

const wrongs: Record<Wrong, string> = {
  unrecorded: `w.people IS DISTINCT FROM f.people OR coalesce(r.made_on > f.on_day, false) OR (r.provision_id IS NULL AND EXISTS (
      SELECT 1 FROM provisions q WHERE q.id = f.id AND q.finding->'duties' @> '[{"do":"record-provision"}]'))`,
  unlogged: 'w.unlogged > 0',
  byOptOut: 'r.provided_on IS NOT NULL OR (r.provision_id IS NULL AND f.opted)',
  unapproved: `k.approved_by IS NULL OR k.approved_by = k.made_by OR k.approved_by = ANY (k.listed_by) OR k.approved_by = k.requested_by`,
  consentLate: `${totals.byConsent} AND (w.unconsented OR x.unconsented > x.fallen OR ((r.consent_obtained OR f.needs_consent) AND w.consentless > 0)
      OR coalesce(f.consent_on::date > f.on_day, true))`,
  abroadUngrounded: 'f.needs_consent AND (NOT f.consented_abroad OR w.domestic)',
  abroadFailing: `f.abroad AND NOT f.excepted AND (${failedBefore('f')} OR ${failedBefore('z')})`,
  abroadUntold: `${totals.abroadByConsent} AND NOT f.is_told`,
  abroadToldLate: `${totals.abroadByConsent} AND f.is_told AND coalesce(f.told->>'on' > f.consent_on, true)`,
  abroadBlank: `${totals.abroadByConsent} AND f.is_told AND NOT coalesce(
      f.told->>'country' IN ('told', 'unknown-told') AND f.told->>'measures' IN ('told', 'unknown-told')
      AND (f.told->>'system' = 'told' OR f.told->>'system' = 'unknown-told' AND f.told->>'country' = 'unknown-told'), false)`,
  jointUseUnregistered: `f.shared AND (j.id IS NULL OR j.registered_at > f.at + interval '1 minute' OR ${ended('f')} OR ${ended('z')})`,
  jointUseEarly: `f.shared AND (coalesce((f.notice->>'noticeOn')::date > f.on_day, true)
      OR (j.id IS NOT NULL AND coalesce(j.public_on > f.on_day, true)))`,
  jointUseIncomplete: `f.shared AND (NOT coalesce(
      f.notice->'listed' @> '["fact","items","users","purposes","responsible-name","responsible-address"]'
      AND (f.notice->>'responsibleKind' <> 'corporation' OR f.notice->'listed' @> '"responsible-representative"'), false)
      OR (j.id IS NOT NULL AND NOT ${statedThen}))`,
  jointUseOfNumbers: `f.shared AND ${ofNumbers}`,
  jointUseOtherItems: `f.shared AND NOT (coalesce(f.notice->'items' @> to_jsonb(f.items), false)
      AND (j.id IS NULL OR f.items <@ ARRAY(SELECT i->>'code' FROM jsonb_array_elements(j.states->'items') AS i
        WHERE i->>'holding' = f.holding_id::text)))`,
  jointUseOtherUser: `f.shared AND NOT (coalesce((f.notice->>'recipientInScope')::boolean, false)
      AND (j.id IS NULL OR coalesce(j.states->'members' ? f.recipient_id::text, false)))`,
  jointUseOtherPurpose: `f.shared AND NOT (coalesce(f.notice->'purposes' @> to_jsonb(f.purpose), false)
      AND (j.id IS NULL OR coalesce(
        coalesce(${purposesThen}, j.states->'purposes') @> jsonb_build_array(jsonb_build_object('id', f.purpose)), false)))`,
  unwanted: 'f.also_use AND (w.unwanted OR x.unwanted > x.fallen)',
};

const unsures: Record<Unsure, string> = {
  consentLate: `${totals.byConsent} AND (w.perhaps_unconsented OR x.perhaps_unconsented > x.fallen)`,
  unwanted: 'f.also_use AND (w.perhaps_unwanted OR x.perhaps_unwanted > x.fallen)',
};

/** The most provisions named for each kind of wrong. Only the ids of wrong ones are sorted: an ordered aggregate would sort every provision. */
const MOST_NAMED = 10;

const each = (all: Record<string, string>, as: (name: string, condition: string) => string): string =>
  Object.entries(all)
    .map(([name, condition]) => as(name, condition))
    .join(', ');

/** Counts all provisions. */
export async function countProvisions(on: Queryable, law: LawOfRecipients): Promise<ProvisionCounts> {
  // One pass, each condition evaluated once (OFFSET 0). A finding is read only where a record is missing, and records are joined all at once, not
  // looked up one by one.
  const [row] = await on.query<Omit<ProvisionCounts, 'some'> & { some: Record<Wrong, string[]> }>(
    `WITH ${persons}, ${again}, ${anew}, ${numbers}, ${joint}
     SELECT ${each(totals, (name) => `count(*) FILTER (WHERE "${name}")::int AS "${name}"`)},
            jsonb_build_object(${each(wrongs, (name) => `'${name}', count(*) FILTER (WHERE "${name}")`)}) AS wrong,
            jsonb_build_object(${each(unsures, (name) => `'${name}', count(*) FILTER (WHERE "perhaps ${name}" AND "${name}" IS NOT TRUE)`)}) AS unsure,
            jsonb_build_object(${each(wrongs, (name) => `'${name}', ARRAY(SELECT i FROM unnest(array_agg(id) FILTER (WHERE "${name}")) AS i ORDER BY i LIMIT ${MOST_NAMED})`)}) AS some
     FROM (SELECT f.id, ${each(totals, (name, condition) => `${condition} AS "${name}"`)},
             ${each(wrongs, (name, condition) => `(${condition}) AS "${name}"`)},
             ${each(unsures, (name, condition) => `(${condition}) AS "perhaps ${name}"`)}
           FROM ${apart} AS f
           LEFT JOIN (SELECT provision_id, consent_obtained, made_on, provided_on FROM provision_records OFFSET 0) r ON r.provision_id = f.id
           LEFT JOIN persons w ON w.provision_id = f.id
           LEFT JOIN packages k ON k.id = f.package_id
           LEFT JOIN joint j ON j.id = f.joint_use_id
           LEFT JOIN again z ON z.id = f.id
           LEFT JOIN anew x ON x.package_id = z.package_id
           OFFSET 0) AS seen`,
    byLaw(law),
  );
  const { some, ...counts } = row!;
  const ids = [...new Set(Object.values(some).flat())];
  const made =
    ids.length === 0
      ? []
      : await on.query<{ id: string; at: Date }>(
          'SELECT id, at FROM provisions WHERE id = ANY ($1::uuid[]) ORDER BY id',
          [uuidArray(ids)],
        );
  const named = (wrong: string[]) => made.filter(({ id }) => wrong.includes(id));
  return {
    ...counts,
    some: Object.fromEntries(
      Object.entries(some).map(([name, wrong]) => [name, named(wrong)]),
    ) as ProvisionCounts['some'],
  };
}

/** SQL: the provisions of some kind, with the last time each left: a package leaves as often as it is fetched. */
const left = (which: string): string => `SELECT p.recipient_id, greatest(p.at, k.fetched_at) AS at
    FROM (SELECT * FROM provisions WHERE ${which}) p LEFT JOIN packages k ON k.id = p.package_id`;

/**
 * SQL: whether a provision abroad rests on an equivalent-action system that its facts prove (28(3)): one under an item of 27(1) does not, nor does one for
 * which the system was no longer good enough.
 */
const onSystem = (recipient: string): string => `${elsewhereThan(recipient, onDay)}
      AND NOT ${provedException("facts->'exception'", recipient)} AND ${provedSystem("(facts->'equivalentSystem')", onDay)}`;

/** SQL: what was provided on a basis; personally related information too (31(2)), where the recipient may link what is searchable. */
const givenOn = {
  'equivalent-system': `${left(`relation <> 'same-entity' AND ${onSystem('recipient')} AND NOT ${provedCloud}`)}
    UNION ALL SELECT recipient_id, at FROM related_provisions
    WHERE facts #> '{link,expected}' IS DISTINCT FROM 'false' AND facts #> '{link,fromDatabase}' IS DISTINCT FROM 'false'
      AND ${onSystem("(facts->'recipient')")}`,
  entrustment: left("relation = 'entrustment'"),
};

/** The recipients to whom something was provided on a basis, by id, each with the last time of that. */
export const recipientsGiven = async (
  on: Queryable,
  basis: keyof typeof givenOn,
  law: LawOfRecipients,
): Promise<ReadonlyMap<string, Date>> => {
  const rows = await on.query<{ id: string; last: Date }>(
    `SELECT recipient_id AS id, max(at) AS last FROM (${givenOn[basis]}) p WHERE recipient_id IS NOT NULL GROUP BY 1`,
    basis === 'equivalent-system' ? byLaw(law) : [],
  );
  return new Map(rows.map(({ id, last }) => [id, last]));
};
