// Provisions that were made, and the records of APPI 29 about them: one, its persons, lists, and the export.

import { both } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import { done, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import { append } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { entryBy, type By } from '../../access/index.ts';
import { statedOf } from '../facts.ts';
import {
  findProvision,
  listProvisions,
  provisionOfEntry,
  type Provided,
  type ProvisionQuery,
} from '../store/provisions.ts';
import { holdingsOf, listPersons, listRecords, type PersonRecord, type RecordsOf } from '../store/records.ts';
import type { GivingAsk } from './basis.ts';
import { wholeFacts } from './references.ts';

export async function provisionOf(office: Office, id: string): Promise<Outcome<Provided>> {
  const found = isId(id) ? await findProvision(office.database, id) : null;
  return found ? done(found) : notFound(both('この提供はありません', 'There is no such provision'));
}

/** The persons of a provision, each with the consent it rested on; `before` is the id of a person. */
export const personsOf = (
  { database }: Office,
  provision: string,
  page: { before: string | undefined; most: number },
) => listPersons(database, provision, page);

/** The provision that a log entry of a person belongs to: an entry of its own, or of the reading for a package. Null when it belongs to none. */
export const provisionTold = (office: Office, principal: string, entry: string): Promise<Provided | null> =>
  provisionOfEntry(office.database, principal, entry);

/** What was stated about an earlier provision, for another one to the same recipient. */
export async function askAgain(office: Office, earlier: Provided): Promise<Omit<GivingAsk, 'items'>> {
  const { holding_id: holding, purpose, recipient_id: recipient, joint_use_id: jointUse } = earlier;
  return {
    holding,
    purpose,
    recipient,
    ...(jointUse === null ? {} : { jointUse }),
    facts: statedOf(await wholeFacts(office, earlier)),
  };
}

const noPerson = invalid('principal', both('本人の番号の形が正しくありません', 'This is not the id of a person'));

/** Provisions, newest first. `principal`, `recipient` and `before` must be ids. */
export async function provisions(office: Office, query: ProvisionQuery): Promise<Outcome<Provided[]>> {
  if (query.principal !== undefined && !isId(query.principal)) return noPerson;
  if (query.recipient !== undefined && !isId(query.recipient)) {
    return invalid('recipient', both('提供先の番号の形が正しくありません', 'This is not the id of a recipient'));
  }
  if (query.before !== undefined && !isId(query.before)) {
    return invalid('before', both('提供の番号の形が正しくありません', 'This is not the id of a provision'));
  }
  return done(await listProvisions(office.database, query));
}

const EXPORTED_AT_ONCE = 5_000;

/** A record with its holding, which gives the items their names. */
export type ExportedRecord = PersonRecord & { holding: string };

async function* everyRecord(office: Office, of: RecordsOf): AsyncGenerator<ExportedRecord[]> {
  let before: { id: string; principal: string } | undefined;
  for (;;) {
    const batch = await listRecords(office.database, {
      ...of,
      ...(before === undefined ? {} : { before }),
      most: EXPORTED_AT_ONCE,
    });
    const holdings = await holdingsOf(
      office.database,
      batch.map((record) => record.provision_id),
    );
    if (batch.length > 0) yield batch.map((record) => ({ ...record, holding: holdings.get(record.provision_id)! }));
    const last = batch.at(-1);
    if (!last || batch.length < EXPORTED_AT_ONCE) return;
    before = { id: last.provision_id, principal: last.principal_id };
  }
}

/** Every record, or those asked for, newest first, in batches. The export is logged before the first record is read. */
export async function exportRecords(office: Office, by: By, of: RecordsOf): Promise<AsyncIterable<ExportedRecord[]>> {
  const { principal, provision } = of;
  await office.database.transaction((tx) =>
    append(tx, entryBy(by, office.clock.now(), 'records:export', { principal, record: provision })),
  );
  return everyRecord(office, of);
}

export interface RecordsQuery {
  principal?: string | undefined;
  /** Only records of provisions made at or after `from` and before `to`. */
  from?: Date;
  to?: Date;
  /** Only records of provisions for one of these; null for all. */
  purposes?: readonly string[] | null;
  before?: string | undefined;
  most: number;
}

/** Records person by person, newest first. `before` is `<provision>.<principal>` of the last one seen. */
export async function records(
  office: Office,
  { principal, from, to, purposes = null, before, most }: RecordsQuery,
): Promise<Outcome<PersonRecord[]>> {
  if (principal !== undefined && !isId(principal)) return noPerson;
  const [provision = '', person = ''] = before?.split('.') ?? [];
  if (before !== undefined && (!isId(provision) || !isId(person))) {
    return invalid('before', both('続きの位置の形が正しくありません', 'This is not a valid position to continue from'));
  }
  return done(
    await listRecords(office.database, {
      ...(principal === undefined ? {} : { principal }),
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
      purposes,
      ...(before === undefined ? {} : { before: { id: provision, principal: person } }),
      most,
    }),
  );
}
