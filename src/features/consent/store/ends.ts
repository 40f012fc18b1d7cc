// What ends consents: withdrawals and objections; and the retractions of objections.

import type { Day } from '../../../base/day.ts';
import { groupsOf } from '../../../base/groups.ts';
import { uuidArray, type Queryable, type Tx } from '../../../platform/database/index.ts';
import type { Part } from '../../../platform/statement.ts';
import type { Ends } from '../facts/standing.ts';
import type { ObjectionScope } from '../facts/consent.ts';
import type { KeyRow, ObjectionRow, RetractionRow, WithdrawalRow, WithdrawalTimeRow } from '../tables.ts';
import { admitting, effected, inserting, tables, writeOnce, type Written } from './rows.ts';

/** Ends a consent. Throws when it was already withdrawn (`isTaken`, `consent_withdrawals_pkey`). */
export const insertWithdrawal = (on: Queryable, row: WithdrawalRow, logging: Part): Promise<boolean> =>
  effected(on, 'consent.withdraw', [inserting('consent_withdrawals', row, 'entry_id'), logging]);

/** States the time of a withdrawal. Throws when it was already stated (`isTaken`, `consent_withdrawal_times_pkey`). */
export const insertWithdrawalTime = (on: Queryable, row: WithdrawalTimeRow, logging: Part): Promise<boolean> =>
  effected(on, 'consent.withdrawalTime', [inserting('consent_withdrawal_times', row, 'entry_id'), logging]);

export const findWithdrawalTime = async (on: Queryable, consent: string): Promise<WithdrawalTimeRow | null> =>
  (await tables(on)
    .selectFrom('consent_withdrawal_times')
    .selectAll()
    .where('consent_id', '=', consent)
    .executeTakeFirst()) ?? null;

export const insertObjection = (
  on: Queryable,
  knowing: Part,
  row: ObjectionRow,
  keyed: KeyRow | null,
  logging: Part,
): Promise<Written> =>
  writeOnce(on, 'consent.object', [
    knowing,
    admitting(row.id, keyed),
    inserting('consent_objections', row, 'id', 'r.id IN (SELECT id FROM admitted)'),
    logging,
  ]);

/** Retracts an objection. Throws when it was already retracted (`isTaken`, `consent_retractions_pkey`). */
export const insertRetraction = (on: Queryable, row: RetractionRow, logging: Part): Promise<boolean> =>
  effected(on, 'consent.retract', [inserting('consent_retractions', row, 'entry_id'), logging]);

/**
 * Restores from the log the withdrawals, with their times, and the objections that a restored backup lacks, for consents and persons that it has.
 * Their free words are lost. Returns how many withdrawals and objections.
 */
export async function endAgain(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ ended: number }>(
    `WITH entries AS (
       SELECT l.id, l.at, l.actor, l.action, l.principal_id, e.* FROM log_entries l
       CROSS JOIN LATERAL json_to_record(l.entry::json) AS e (consent uuid, "on" date, scope text, purpose text, recipient uuid, request uuid, said_at timestamptz)
       WHERE l.action IN ('consent:withdraw', 'consent:withdrawal-time', 'consent:object')),
     withdrawn AS (
       INSERT INTO consent_withdrawals (consent_id, entry_id, principal_id, on_day, at, by_actor, evidenced)
       SELECT consent, id, principal_id, "on", at, actor, false FROM entries
       WHERE action = 'consent:withdraw' AND EXISTS (SELECT FROM consents c WHERE c.id = consent)
       ON CONFLICT DO NOTHING RETURNING 1),
     timed AS (
       INSERT INTO consent_withdrawal_times (consent_id, entry_id, principal_id, said_at, at, by_actor)
       SELECT consent, id, principal_id, said_at, at, actor FROM entries
       WHERE action = 'consent:withdrawal-time' AND EXISTS (SELECT FROM consents c WHERE c.id = consent)
       ON CONFLICT DO NOTHING),
     objected AS (
       INSERT INTO consent_objections (id, principal_id, scope, purpose, recipient_id, request_id, on_day, said_at, at, by_actor, evidenced)
       SELECT id, principal_id, scope, purpose, recipient, request, "on", said_at, at, actor, false FROM entries
       WHERE action = 'consent:object' AND EXISTS (SELECT FROM vault_principals p WHERE p.id = principal_id)
       ON CONFLICT DO NOTHING RETURNING 1)
     SELECT ((SELECT count(*) FROM withdrawn) + (SELECT count(*) FROM objected))::int AS ended`,
    [],
  );
  return row!.ended;
}

export const findObjection = async (on: Queryable, id: string): Promise<ObjectionRow | null> =>
  (await tables(on).selectFrom('consent_objections').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;

/** Returns objections by id; ids that do not exist are absent. */
export async function objectionsById(on: Queryable, ids: readonly string[]): Promise<Map<string, ObjectionRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tables(on)
    .selectFrom('consent_objections')
    .selectAll()
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export interface ObjectionQuery {
  principal?: string | undefined;
  scope?: ObjectionScope | undefined;
  /** Only objections from the day `from` until the day `to`, both included. */
  from?: Day;
  to?: Day;
  /** Only objections recorded before this one; for the next page. */
  before?: string | undefined;
  most: number;
}

/** Returns objections, the newest recorded first. */
export const listObjections = (
  on: Queryable,
  { principal, scope, from, to, before, most }: ObjectionQuery,
): Promise<ObjectionRow[]> =>
  tables(on)
    .selectFrom('consent_objections')
    .selectAll()
    .$if(principal !== undefined, (query) => query.where('principal_id', '=', principal!))
    .$if(scope !== undefined, (query) => query.where('scope', '=', scope!))
    .$if(from !== undefined, (query) => query.where('on_day', '>=', from!))
    .$if(to !== undefined, (query) => query.where('on_day', '<=', to!))
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(most)
    .execute();

/** SQL for `id` and every other id of the same person: an objection under one of them counts for all (see `vault/same.ts`). */
export const heardFor = (id: string): string =>
  `ARRAY(SELECT ${id} UNION ALL SELECT s.other_id FROM same_person s WHERE s.principal_id = ${id})`;

/**
 * Returns what has ended, or may have ended, consents of these persons, by id: their own withdrawals, and their objections under any id. A
 * withdrawal ends one consent, which belongs to one id only.
 */
export async function endsOf(on: Queryable, principals: readonly string[]): Promise<(principal: string) => Ends> {
  const ids = [uuidArray([...new Set(principals)])];
  const withdrawn = groupsOf(
    await on.query<WithdrawalRow>('SELECT * FROM consent_withdrawals WHERE principal_id = ANY($1::uuid[])', ids),
    (row) => row.principal_id,
  );
  const heard = async <T extends object>(table: string, order = ''): Promise<(principal: string) => T[]> =>
    groupsOf(
      await on.query<T & { asked: string }>(
        `SELECT r.*, a.asked FROM unnest($1::uuid[]) AS a (asked) JOIN ${table} r ON r.principal_id = ANY (${heardFor('a.asked')}) ${order}`,
        ids,
      ),
      (row) => row.asked,
    );
  const objections = await heard<ObjectionRow>('consent_objections', 'ORDER BY r.id DESC');
  const retractions = await heard<RetractionRow>('consent_retractions');
  return (principal) => ({
    withdrawals: withdrawn(principal),
    objections: objections(principal),
    retractions: retractions(principal),
  });
}
