// Writes consents, one by one or from a file, and reads them.

import { sql } from 'kysely';
import type { Day } from '../../../base/day.ts';
import { rowType, textArray, uuidArray, type Queryable, type Tx } from '../../../platform/database/index.ts';
import { runParts, type Part } from '../../../platform/statement.ts';
import type { ConsentRow, KeyRow } from '../tables.ts';
import { admitting, tables, writeOnce, type Written } from './rows.ts';

const consentRows = rowType<ConsentRow>('consents', [
  ['uuid', (c) => c.id],
  ['uuid', (c) => c.principal_id],
  ['uuid', (c) => c.text_id],
  ['text', (c) => c.language],
  ['date', (c) => c.given_on],
  ['timestamptz', (c) => c.given_at?.getTime() ?? null],
  ['text', (c) => c.given_by],
  ['jsonb', (c) => c.representative],
  ['text', (c) => c.channel],
  ['text', (c) => c.method],
  ['date', (c) => c.shown_on],
  ['timestamptz', (c) => c.shown_at?.getTime() ?? null],
  ['uuid', (c) => c.import_id],
  ['timestamptz', (c) => c.at.getTime()],
  ['text', (c) => c.by_actor],
  ['bool', (c) => c.noted],
  ['bool', (c) => c.evidenced],
  ['bytea', (c) => c.sealed],
]);

/** Writes a consent. `knowing`: the vault's part that says whether the person is known. */
export const insertConsent = (
  on: Queryable,
  knowing: Part,
  row: ConsentRow,
  keyed: KeyRow | null,
  logging: Part,
): Promise<Written> =>
  writeOnce(on, 'consent.record', [
    knowing,
    admitting(row.id, keyed),
    {
      name: 'consents',
      sql: `effected AS (
  INSERT INTO consents SELECT c.* FROM unnest($1::consents[]) AS c WHERE c.id IN (SELECT id FROM admitted) RETURNING id AS key)`,
      values: [consentRows([row])],
    },
    logging,
  ]);

/** Writes the consents of a file in the open transaction, for known persons only. Returns how many were written. */
export async function insertConsents(tx: Tx, knowing: Part, rows: readonly ConsentRow[]): Promise<number> {
  const written = await runParts<{ n: number }>(
    tx,
    'consent.file',
    [
      knowing,
      {
        name: 'consents',
        sql: `recorded AS (
  INSERT INTO consents SELECT c.* FROM unnest($1::consents[]) AS c
  WHERE c.principal_id IN (SELECT principal_id FROM known) RETURNING id)`,
        values: [consentRows(rows)],
      },
    ],
    'SELECT count(*)::int AS n FROM recorded',
  );
  return written[0]!.n;
}

export const findConsent = async (on: Queryable, id: string): Promise<ConsentRow | null> =>
  (await tables(on).selectFrom('consents').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;

/** Returns, by person, the holdings for which they ever consented to one of these purposes. */
export async function consentedIn(
  on: Queryable,
  principals: readonly string[],
  purposes: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await on.query<{ principal_id: string; holdings: string[] }>(
    `SELECT c.principal_id, array_agg(t.holding_id) AS holdings FROM consents c JOIN consent_texts t ON t.id = c.text_id
     WHERE c.principal_id = ANY ($1::uuid[]) AND t.purposes && $2::text[] GROUP BY 1`,
    [uuidArray(principals), textArray(purposes)],
    'consent.consentedIn',
  );
  return new Map(rows.map((row) => [row.principal_id, row.holdings]));
}

export interface ConsentQuery {
  principal?: string | undefined;
  /** Id of a version of a text. */
  text?: string | undefined;
  /** Only consents to texts of one of these purposes; null for any purpose. */
  purposes?: readonly string[] | null;
  /** Only consents that the person withdrew. */
  withdrawn?: boolean;
  /** Only consents given from the day `from` until the day `to`, both included. */
  from?: Day;
  to?: Day;
  /** Only consents recorded before this one; for the next page. */
  before?: string | undefined;
  most: number;
}

/** Returns consents, the newest recorded first. */
export const listConsents = (
  on: Queryable,
  { principal, text, purposes = null, withdrawn = false, from, to, before, most }: ConsentQuery,
): Promise<ConsentRow[]> =>
  tables(on)
    .selectFrom('consents')
    .selectAll()
    .$if(principal !== undefined, (query) => query.where('principal_id', '=', principal!))
    .$if(text !== undefined, (query) => query.where('text_id', '=', text!))
    .$if(purposes !== null, (query) =>
      query.where('text_id', 'in', (of) =>
        of
          .selectFrom('consent_texts')
          .select('id')
          .where(sql<boolean>`purposes && ${textArray(purposes!)}::text[]`),
      ),
    )
    .$if(withdrawn, (query) =>
      query.where('id', 'in', (of) => of.selectFrom('consent_withdrawals').select('consent_id')),
    )
    .$if(from !== undefined, (query) => query.where('given_on', '>=', from!))
    .$if(to !== undefined, (query) => query.where('given_on', '<=', to!))
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
