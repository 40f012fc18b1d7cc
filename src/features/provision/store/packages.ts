// Packages from draft to end, with their lists. Who is let into them is in screening.ts, their sealed parts in parts.ts.

import { sql } from 'kysely';
import { firstId } from '../../../base/id.ts';
import { uuidArray, type Queryable, type Tx } from '../../../platform/database/index.ts';
import { withdrawLetters } from '../../../platform/mail.ts';
import type { Awaited } from '../../checkpoint/index.ts';
import { withFallen, type Fallen, type PackageNews, type PackageState, type Screened } from '../facts.ts';
import type { PackageRow, Stuck } from '../tables.ts';
import { tables } from './provisions.ts';

/** False when this attempt of this actor has drafted a package already. */
export const insertPackage = async (tx: Tx, row: PackageRow): Promise<boolean> => {
  const [inserted] = await tables(tx)
    .insertInto('packages')
    .values({
      ...row,
      facts: json(row.facts),
      words: json(row.words),
      screening: json(row.screening),
      fallen: json(row.fallen),
    })
    .onConflict((on) => on.constraint('packages_attempt').doNothing())
    .returning('id')
    .execute();
  return inserted !== undefined;
};

export const packageOfAttempt = async (
  on: Queryable,
  { made_by, attempt }: Pick<PackageRow, 'made_by' | 'attempt'>,
): Promise<Pick<PackageRow, 'id' | 'attempt_digest'> | null> =>
  (await tables(on)
    .selectFrom('packages')
    .select(['id', 'attempt_digest'])
    .where('made_by', '=', made_by)
    .where('attempt', '=', attempt)
    .executeTakeFirst()) ?? null;

const json = (value: unknown): never => (value === null ? null : JSON.stringify(value)) as never;

export const findPackage = async (on: Queryable, id: string): Promise<PackageRow | null> =>
  (await tables(on).selectFrom('packages').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;

/** Finds the package and locks its row until the transaction ends. */
export const lockPackage = async (tx: Tx, id: string): Promise<PackageRow | null> =>
  (await tables(tx).selectFrom('packages').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) ?? null;

export interface PackageQuery {
  state?: PackageState | undefined;
  recipient?: string | undefined;
  /** The actor who made it, as the log writes actors. */
  by?: string | undefined;
  /** Only packages for one of these purposes; null for all. */
  purposes?: readonly string[] | null;
  /** Only packages made at or after `from` and before `to`: an id begins with the instant of its row. */
  from?: Date;
  to?: Date;
  /** Only packages older than this one; they are listed newest first. */
  before?: string | undefined;
  most: number;
}

export const listPackages = (
  on: Queryable,
  { state, recipient, by, purposes = null, from, to, before, most }: PackageQuery,
): Promise<PackageRow[]> =>
  tables(on)
    .selectFrom('packages')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state!))
    .$if(recipient !== undefined, (query) => query.where('recipient_id', '=', recipient!))
    .$if(by !== undefined, (query) => query.where('made_by', '=', by!))
    .$if(purposes !== null, (query) => query.where('purpose', 'in', purposes!))
    .$if(from !== undefined, (query) => query.where('id', '>=', firstId(from!.getTime())))
    .$if(to !== undefined, (query) => query.where('id', '<', firstId(to!.getTime())))
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(most)
    .execute();

/** The newest packages of each recipient, at most `most` of each. */
export const packagesTo = (
  on: Queryable,
  recipients: readonly string[],
  most: number,
): Promise<Pick<PackageRow, 'id' | 'recipient_id' | 'state' | 'made_at' | 'stuck' | 'waits_for' | 'public_key'>[]> =>
  on.query(
    `SELECT p.* FROM unnest($1::uuid[]) AS r (id) CROSS JOIN LATERAL
       (SELECT id, recipient_id, state, made_at, stuck, waits_for, public_key FROM packages WHERE recipient_id = r.id ORDER BY id DESC LIMIT $2) p
     ORDER BY p.id DESC`,
    [uuidArray(recipients), most],
  );

/** Everybody who has made a package. */
export const packageMakers = async (on: Queryable): Promise<string[]> =>
  (await tables(on).selectFrom('packages').select('made_by').distinct().execute()).map((row) => row.made_by);

/** Packages that an actor made and that are not over, newest first. */
export const openPackagesBy = (on: Queryable, actor: string): Promise<PackageRow[]> =>
  tables(on)
    .selectFrom('packages')
    .selectAll()
    .where('made_by', '=', actor)
    .where('state', 'in', ['draft', 'requested', 'preparing', 'ready'])
    .orderBy('id', 'desc')
    .execute();

/** Packages that are approved and not ready, except those that wait for something still `awaited`. */
const preparing = (on: Queryable, awaited: readonly Awaited[]) =>
  tables(on)
    .selectFrom('packages')
    .where('state', '=', 'preparing')
    .where(
      sql<boolean>`NOT EXISTS (SELECT 1 FROM jsonb_to_recordset(${JSON.stringify(awaited)}::jsonb) AS w (holding uuid, purpose text, "from" text[])
        WHERE w.holding = holding_id AND w.purpose = packages.purpose AND w."from" = waits_for)`,
    );

/** True when a package can be prepared. Asked every second and mostly false, so it only looks and locks nothing. */
export const isAnyPreparing = async (on: Queryable, awaited: readonly Awaited[]): Promise<boolean> =>
  (await preparing(on, awaited).select('id').limit(1).executeTakeFirst()) !== undefined;

/** The package that has waited longest, except those in `passed` and those another process has taken; locked until the transaction ends. */
export const takePreparing = async (
  tx: Tx,
  awaited: readonly Awaited[],
  passed: readonly string[],
): Promise<PackageRow | null> =>
  (await preparing(tx, awaited)
    .selectAll()
    .where(sql<boolean>`id <> ALL (${uuidArray(passed)}::uuid[])`)
    .orderBy('approved_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()) ?? null;

/** Packages that were ready before an instant and are still open; locked until the transaction ends. */
export const takeStale = (tx: Tx, readyBefore: Date): Promise<PackageRow[]> =>
  tables(tx)
    .selectFrom('packages')
    .selectAll()
    .where('state', '=', 'ready')
    .where('state_at', '<', readyBefore)
    .forUpdate()
    .skipLocked()
    .execute();

/** Locks the packages that wait for an approval or to be fetched, and the drafts among `drafts`. */
export const lockWaiting = (tx: Tx, drafts: readonly string[]): Promise<PackageRow[]> =>
  tables(tx)
    .selectFrom('packages')
    .selectAll()
    .where((is) =>
      is.or([
        is('state', 'in', ['requested', 'preparing', 'ready']),
        is.and([is('state', '=', 'draft'), sql<boolean>`id = ANY (${uuidArray(drafts)}::uuid[])`]),
      ]),
    )
    .orderBy('id')
    .forUpdate()
    .execute();

/** SQL: whether a package that nobody has fetched may not be fetched now; `fetchBar` is the same of one. */
const barred = `state = 'ready' AND fetched = 0 AND EXISTS (
  SELECT FROM recipients r WHERE r.id = recipient_id AND (r.state = 'stopped' OR r.public_key IS DISTINCT FROM packages.public_key))`;

const news = `CASE WHEN stuck IS NOT NULL THEN 'stuck' WHEN ${barred} THEN 'barred' ELSE state END`;

/** Packages whose news has not been mailed, oldest first, without those that another process holds. Locks them until the transaction ends. */
export const takeUntold = (tx: Tx, most: number): Promise<(PackageRow & { news: PackageNews })[]> =>
  tx.query(
    `SELECT *, ${news} AS news FROM packages WHERE told IS DISTINCT FROM ${news} AND ${news} NOT IN ('draft', 'preparing')
     ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED`,
    [most],
  );

/** Notes why a package cannot be prepared. Changes nothing if that reason is noted already, so that `since` stays. */
export const noteStuck = async (on: Queryable, id: string, stuck: Stuck): Promise<void> => {
  await on.query(
    `UPDATE packages SET stuck = $2 WHERE id = $1 AND state = 'preparing' AND (stuck - 'since') IS DISTINCT FROM ($2::jsonb - 'since')`,
    [id, JSON.stringify(stuck)],
  );
};

/** Updates a package. A new state clears what it waited for and why it was stuck, and withdraws the mail that still waits about the one before. */
export const movePackage = async (
  tx: Tx,
  id: string,
  to: Partial<Omit<PackageRow, 'id' | 'screening' | 'fallen'>> & { screening?: Screened[] },
): Promise<void> => {
  const { screening, words, ...rest } = to;
  if (rest.state_at) await withdrawLetters(tx, id, rest.state_at);
  await tables(tx)
    .updateTable('packages')
    .set({
      ...(rest.state === undefined ? {} : { waits_for: null, stuck: null }),
      ...rest,
      ...(screening ? { screening: json(screening) } : {}),
      ...(words === undefined ? {} : { words: json(words) }),
    })
    .where('id', '=', id)
    .execute();
};

/** Writes down who fell out of a package that the transaction holds. */
export async function addFallen(tx: Tx, id: string, more: readonly Fallen[]): Promise<void> {
  const { fallen } = (await findPackage(tx, id))!;
  await tables(tx)
    .updateTable('packages')
    .set({ fallen: json(withFallen(fallen, more)) })
    .where('id', '=', id)
    .execute();
}

/** Puts ids on the list of a package; returns how many were new to it. */
export async function addToList(tx: Tx, id: string, principals: readonly string[]): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `WITH added AS (INSERT INTO package_list SELECT $1::uuid, u FROM unnest($2::uuid[]) AS u ON CONFLICT DO NOTHING RETURNING 1)
     SELECT count(*)::int AS n FROM added`,
    [id, uuidArray(principals)],
  );
  return row!.n;
}

export const countList = async (on: Queryable, id: string): Promise<number> =>
  (await on.query<{ n: number }>('SELECT count(*)::int AS n FROM package_list WHERE package_id = $1', [id]))[0]!.n;

/** How many persons are in the package, and of how many the lines are sealed. */
export async function progressOf(on: Queryable, id: string): Promise<{ people: number; sealed: number }> {
  const [row] = await on.query<{ people: number; sealed: number }>(
    `SELECT (SELECT count(*)::int FROM package_people WHERE package_id = $1) AS people,
            (SELECT coalesce(sum(cardinality(principals)), 0)::int FROM package_parts WHERE package_id = $1) AS sealed`,
    [id],
  );
  return row!;
}

/** Deletes what was prepared: the list, the persons, the sealed parts and the sealed references. Provisions and records stay. */
export async function emptyPackage(tx: Tx, id: string): Promise<void> {
  for (const table of ['package_parts', 'package_people', 'package_list']) {
    await tx.query(`DELETE FROM ${table} WHERE package_id = $1`, [id]);
  }
  await tx.query('UPDATE packages SET sealed = NULL, sealed_of = NULL WHERE id = $1 AND sealed_of IS NOT NULL', [id]);
}
