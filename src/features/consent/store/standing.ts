// How persons stand: what is on record of one person, which consents of everybody are in force, and what bars a use.

import { sql } from 'kysely';
import type { Day } from '../../../base/day.ts';
import { groupsOf } from '../../../base/groups.ts';
import { textArray, uuidArray, type Queryable } from '../../../platform/database/index.ts';
import { runParts, type Part } from '../../../platform/statement.ts';
import { sameAs, type Barrier } from '../../../vault/index.ts';
import { type ConsentScope, type ConsentStanding, type History, kindsFor } from '../facts/standing.ts';
import type { TextRow } from '../tables.ts';
import { endsOf, heardFor } from './ends.ts';
import { tables } from './rows.ts';
import { textsById } from './texts.ts';

/** Everything on record of these persons, by id: newest first, including objections under their other ids. */
export async function historiesOf(
  on: Queryable,
  principals: readonly string[],
): Promise<(principal: string) => History> {
  const consents = await tables(on)
    .selectFrom('consents')
    .selectAll()
    .where(sql<boolean>`principal_id = ANY (${uuidArray([...new Set(principals)])}::uuid[])`)
    .orderBy('id', 'desc')
    .execute();
  const known = await textsById(
    on,
    consents.map((c) => c.text_id),
  );
  const given = groupsOf(
    consents.map((c) => ({ ...c, text: known.get(c.text_id)! })),
    (c) => c.principal_id,
  );
  const ends = await endsOf(on, principals);
  return (principal) => ({ consents: given(principal), ...ends(principal) });
}

/** The same of one person. */
export const historyOf = async (on: Queryable, principal: string): Promise<History> =>
  (await historiesOf(on, [principal]))(principal);

/** Everything on record of a person: under this id, and under each of their other ids. */
export async function historiesOfPerson(
  on: Queryable,
  principal: string,
): Promise<{ history: History; elsewhere: History[] }> {
  const [, ...others] = await sameAs(on, [principal]);
  const histories = await historiesOf(on, [principal, ...others]);
  return { history: histories(principal), elsewhere: others.map(histories) };
}

/** Returns those among these ids whose person has withdrawn a consent, under whatever id. */
export async function withdrewAmong(on: Queryable, principals: readonly string[]): Promise<string[]> {
  const rows = await on.query<{ principal_id: string }>(
    `SELECT principal_id FROM (
       SELECT principal_id FROM consent_withdrawals
       UNION SELECT s.other_id FROM consent_withdrawals w JOIN same_person s ON s.principal_id = w.principal_id) w
     WHERE principal_id = ANY ($1::uuid[])`,
    [uuidArray([...new Set(principals)])],
  );
  return rows.map((row) => row.principal_id);
}

/**
 * The same as `standingOn`, for everybody at once. Gives two CTEs. `standing_consents (principal_id, consent_id, text_id, given_on, given_by,
 * withdrawn_on)` has each person's best consent that covers the whole scope; it is in force where `withdrawn_on` is null. `objected_principals
 * (principal_id, objected_on)` has the persons whose last objection in the scope no later consent takes back. `prefix`: begins the names of all
 * CTEs, where a statement asks about two scopes.
 */
export const standingConsents = (scope: ConsentScope, on: Day, prefix: '' | 'use_' = ''): Part => ({
  name: `consent.${prefix}standing`,
  sql: `${prefix}consent_covering AS MATERIALIZED (
  SELECT id FROM consent_texts
  WHERE kind = ANY($1::text[]) AND holding_id = $2::uuid AND purposes @> ARRAY[$3::text] AND items @> $4::text[]
    AND CASE WHEN $5::uuid IS NULL THEN cardinality(recipients) = 0 ELSE recipients @> ARRAY[$5::uuid] END
    AND (abroad OR NOT $6::boolean)),
${prefix}consent_said AS NOT MATERIALIZED (
  SELECT principal_id, on_day, said_at FROM consent_objections o
  WHERE on_day <= $7::date
    AND NOT EXISTS (SELECT 1 FROM consent_retractions b WHERE b.objection_id = o.id AND b.on_day <= $7::date)
    AND (scope = 'everything' OR (scope = 'provision' AND $5::uuid IS NOT NULL)
    OR (scope = 'purpose' AND purpose = $3::text) OR (scope = 'recipient' AND recipient_id = $5::uuid))),
${prefix}consent_objecting AS NOT MATERIALIZED (
  SELECT * FROM ${prefix}consent_said
  UNION ALL
  SELECT s.other_id, o.on_day, o.said_at FROM ${prefix}consent_said o JOIN same_person s ON s.principal_id = o.principal_id),
${prefix}standing_consents AS NOT MATERIALIZED (
  SELECT DISTINCT ON (c.principal_id) c.principal_id, c.id AS consent_id, c.text_id, c.given_on, c.given_by,
         least(w.on_day, o.on_day) AS withdrawn_on
  FROM consents c
  LEFT JOIN consent_withdrawals w ON w.consent_id = c.id AND w.on_day <= $7::date
  LEFT JOIN ${prefix}consent_objecting o ON o.principal_id = c.principal_id
    AND (o.on_day > c.given_on OR (o.on_day = c.given_on AND (o.said_at < c.given_at) IS NOT TRUE))
  WHERE c.text_id = ANY (ARRAY(SELECT id FROM ${prefix}consent_covering)) AND c.given_on <= $7::date
  ORDER BY c.principal_id, least(w.on_day, o.on_day) IS NOT NULL,
           CASE c.given_by WHEN 'uncertain' THEN 2 WHEN 'without-capacity' THEN 1 WHEN 'uncertain-child' THEN 1 ELSE 0 END,
           c.given_on DESC, c.given_at DESC NULLS LAST, c.id DESC, o.on_day),
${prefix}objected_principals AS (
  SELECT o.principal_id, max(o.on_day) AS objected_on FROM ${prefix}consent_objecting o
  WHERE NOT EXISTS (SELECT 1 FROM ${prefix}standing_consents s WHERE s.principal_id = o.principal_id AND s.withdrawn_on IS NULL
    AND s.given_by IN ('principal', 'representative'))
  GROUP BY o.principal_id)`,
  values: [
    textArray(kindsFor[scope.for]),
    scope.holding,
    scope.purpose,
    textArray(scope.items),
    scope.recipient,
    scope.abroad,
    on,
  ],
});

/** Returns texts that name one of these purposes, with the number of people who have a consent to such a purpose that nothing has ended. */
export const consentsNaming = (
  on: Queryable,
  purposes: readonly string[],
): Promise<(Pick<TextRow, 'code' | 'version' | 'name' | 'purposes'> & { people: number })[]> =>
  on.query(
    `WITH said AS (
       SELECT principal_id, purpose, on_day, said_at FROM consent_objections o
       WHERE (scope = 'everything' OR (scope = 'purpose' AND purpose = ANY ($1::text[])))
         AND NOT EXISTS (SELECT 1 FROM consent_retractions b WHERE b.objection_id = o.id)),
     objecting AS (
       SELECT * FROM said UNION ALL
       SELECT s.other_id, o.purpose, o.on_day, o.said_at FROM said o JOIN same_person s ON s.principal_id = o.principal_id)
     SELECT t.code, t.version, t.name, t.purposes, count(DISTINCT c.principal_id)::int AS people
     FROM consents c JOIN consent_texts t ON t.id = c.text_id CROSS JOIN unnest(t.purposes) AS named
     WHERE named = ANY ($1::text[]) AND NOT EXISTS (SELECT 1 FROM consent_withdrawals w WHERE w.consent_id = c.id)
       AND NOT EXISTS (SELECT 1 FROM objecting o WHERE o.principal_id = c.principal_id AND (o.purpose IS NULL OR o.purpose = named)
         AND (o.on_day > c.given_on OR (o.on_day = c.given_on AND (o.said_at < c.given_at) IS NOT TRUE)))
     GROUP BY t.id ORDER BY 1, 2`,
    [textArray(purposes)],
  );

/** Returns how many people object to the use for each of these purposes without a retraction. */
export const objectionsTo = (
  on: Queryable,
  purposes: readonly string[],
): Promise<{ purpose: string; people: number }[]> =>
  on.query(
    `SELECT purpose, count(DISTINCT principal_id)::int AS people FROM consent_objections o
     WHERE scope = 'purpose' AND purpose = ANY ($1::text[])
       AND NOT EXISTS (SELECT 1 FROM consent_retractions b WHERE b.objection_id = o.id)
     GROUP BY 1 ORDER BY 1`,
    [textArray(purposes)],
  );

/** Gives the CTE `consents_as_read`: it has a row as long as the person has added no withdrawal and no objection since the standing was read. */
export const consentsAsRead = (principal: string, { ends }: Pick<ConsentStanding, 'ends'>): Part => ({
  name: 'consents_as_read',
  sql: `consents_as_read AS (
  SELECT 1 WHERE (SELECT count(*) FROM consent_withdrawals WHERE principal_id = $1::uuid)
    + (SELECT count(*) FROM consent_objections WHERE principal_id = ANY (${heardFor('$1::uuid')})) = $2::int)`,
  values: [principal, ends],
});

/** True when the person has added no withdrawal and no objection since the standing was read. */
export const standAsRead = async (
  on: Queryable,
  principal: string,
  read: Pick<ConsentStanding, 'ends'>,
): Promise<boolean> => {
  const parts = [consentsAsRead(principal, read)];
  return (await runParts(on, 'consent.asRead', parts, 'SELECT 1 FROM consents_as_read')).length > 0;
};

/** Bars uses that their persons asked to stop, under any id, for that purpose or altogether; retracted objections do not count. */
export const objected: Barrier = {
  name: 'objected',
  // This form makes the planner look up each row's person in the index, whatever the statistics were when the plan was made.
  sql: `coalesce((
      SELECT true FROM consent_objections o
      WHERE o.principal_id = ANY (${heardFor('a.principal_id')}) AND a.purposes IS NOT NULL
        AND (o.scope = 'everything' OR (o.scope = 'purpose' AND o.purpose = split_part(a.purposes, ',', 1)))
        AND NOT EXISTS (SELECT 1 FROM consent_retractions r WHERE r.objection_id = o.id) LIMIT 1), false)`,
};
