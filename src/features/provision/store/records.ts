// Reads the records of APPI 29 person by person, and erases expired ones.

import type { Day } from '../../../base/day.ts';
import { firstId } from '../../../base/id.ts';
import { statedUntil } from '../../../log/index.ts';
import { uuidArray, type Queryable, type Tx } from '../../../platform/database/index.ts';
import type { PersonRow, RecordRow } from '../tables.ts';
import { tables, type ProvisionQuery } from './provisions.ts';

/** A record of APPI 29 for one person. */
export type PersonRecord = RecordRow & Pick<PersonRow, 'principal_id' | 'consent_id'>;

/** The provisions whose records are asked for: by the filters of their list, or one of them. */
export interface RecordsOf extends Pick<ProvisionQuery, 'principal' | 'recipient' | 'relation' | 'from' | 'to'> {
  provision?: string | undefined;
}

interface RecordQuery extends RecordsOf {
  /** Only records of provisions for one of these; null for all. */
  purposes?: readonly string[] | null;
  before?: { id: string; principal: string };
  most: number;
}

const recordsAt = (
  on: Queryable,
  { principal, provision, recipient, relation, from, to, purposes = null, most }: RecordQuery,
  place: { of?: string; beforePerson?: string; beforeProvision?: string },
): Promise<PersonRecord[]> =>
  tables(on)
    .selectFrom('provision_people as w')
    .innerJoin('provision_records as r', 'r.provision_id', 'w.provision_id')
    .selectAll('r')
    .select(['w.principal_id', 'w.consent_id'])
    .$if(provision !== undefined, (query) => query.where('w.provision_id', '=', provision!))
    .$if(from !== undefined, (query) => query.where('w.provision_id', '>=', firstId(from!.getTime())))
    .$if(to !== undefined, (query) => query.where('w.provision_id', '<', firstId(to!.getTime())))
    .$if(recipient !== undefined || relation !== undefined, (query) =>
      query.where('w.provision_id', 'in', (of) =>
        of
          .selectFrom('provisions')
          .select('id')
          .$if(recipient !== undefined, (some) => some.where('recipient_id', '=', recipient!))
          .$if(relation !== undefined, (some) => some.where('relation', '=', relation!)),
      ),
    )
    .$if(principal !== undefined, (query) => query.where('w.principal_id', '=', principal!))
    .$if(purposes !== null, (query) =>
      query.where('w.provision_id', 'in', (of) =>
        of.selectFrom('provisions').select('id').where('purpose', 'in', purposes!),
      ),
    )
    .$if(place.of !== undefined, (query) => query.where('w.provision_id', '=', place.of!))
    .$if(place.beforePerson !== undefined, (query) => query.where('w.principal_id', '<', place.beforePerson!))
    .$if(place.beforeProvision !== undefined, (query) => query.where('w.provision_id', '<', place.beforeProvision!))
    .orderBy('w.provision_id', 'desc')
    .orderBy('w.principal_id', 'desc')
    .limit(most)
    .execute();

/**
 * Records person by person, newest first: what is left of the provision of the last record seen, then the provisions before it. With both in one
 * condition, the planner expects almost no rows where one provision is about very many persons, and sorts all of them for each page.
 */
export async function listRecords(on: Queryable, query: RecordQuery): Promise<PersonRecord[]> {
  const { before, most } = query;
  if (before === undefined) return recordsAt(on, query, {});
  const left = await recordsAt(on, query, { of: before.id, beforePerson: before.principal });
  if (left.length === most) return left;
  return [...left, ...(await recordsAt(on, { ...query, most: most - left.length }, { beforeProvision: before.id }))];
}

/** The persons of a provision, each with the consent it rested on, newest first; `before`: those before this person. */
export const listPersons = (
  on: Queryable,
  provision: string,
  { before, most }: { before?: string | undefined; most: number },
): Promise<Pick<PersonRow, 'principal_id' | 'consent_id'>[]> =>
  tables(on)
    .selectFrom('provision_people')
    .select(['principal_id', 'consent_id'])
    .where('provision_id', '=', provision)
    .$if(before !== undefined, (query) => query.where('principal_id', '<', before!))
    .orderBy('principal_id', 'desc')
    .limit(most)
    .execute();

/** The holding each of these provisions was from. It gives the items their names. */
export async function holdingsOf(on: Queryable, provisions: readonly string[]): Promise<Map<string, string>> {
  const rows = await on.query<{ id: string; holding_id: string }>(
    'SELECT id, holding_id FROM provisions WHERE id = ANY ($1::uuid[])',
    [uuidArray([...new Set(provisions)])],
  );
  return new Map(rows.map(({ id, holding_id }) => [id, holding_id]));
}

/** SQL that adds the entry of the provision to that of a reading: in a package were those who were read for it. */
const OF_PACKAGE = `JOIN log_entries s ON s.action ^@ 'package:' AND s.action = 'package:provide'
    AND s.entry::jsonb->>'package' = l.entry::jsonb->>'package'`;

/** The day until which the last record naming each of these persons is kept. Persons without a record are left out. */
export async function namedUntil(on: Queryable, principals: readonly string[], today: Day): Promise<Map<string, Day>> {
  const rows = await on.query<{ id: string; until: Day }>(
    `SELECT id, max(until) AS until FROM (
       SELECT w.principal_id, r.keep_until::text FROM provision_people w JOIN provision_records r ON r.provision_id = w.provision_id
       WHERE w.principal_id = ANY ($1::uuid[])
       UNION ALL ${statedUntil('people:provide')} UNION ALL ${statedUntil('people:package', OF_PACKAGE)}) AS named (id, until)
     GROUP BY id`,
    [uuidArray(principals), today],
  );
  return new Map(rows.map(({ id, until }) => [id, until]));
}

/** Erases records whose time was over before a day, at most 200 of them; returns the ids of their provisions. */
export const expireRecords = async (tx: Tx, today: Day): Promise<string[]> =>
  (await tx.query<{ id: string }>('SELECT expire_provision_records($1) AS id', [today])).map(({ id }) => id);
