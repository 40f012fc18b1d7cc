// What is written of a provision of one person in free words, the law and the document that it rests on: sealed under the key of that person, so
// that nobody reads it once the person is erased. The record of 29 holds none of it. What goes out with a package is stated of everybody alike,
// before it is known of whom, and so is why one was declined or stopped: it belongs to no person, lies in clear, and the forms ask to name nobody.
// Nothing leads from a package that is over to those who were to be in it.

import type { Office } from '../../../office.ts';
import { openBeside, personKeys, sealBeside, sealWaiting, type PersonKey } from '../../../vault/index.ts';
import { joinFacts, partFacts, referenceNames, type References } from '../facts.ts';
import { putReferences, takeWaiting, type Provided } from '../store.ts';
import type { ProvisionRow } from '../tables.ts';

const sealed = ({ vault }: Office, key: PersonKey, place: { principal: string; of: string }, references: References) =>
  sealBeside(vault, key, place, JSON.stringify(references));

/** A provision of one person as it is stored. Of a person who is held no more nothing will be written. */
export async function withReferences(office: Office, row: ProvisionRow, principal: string): Promise<ProvisionRow> {
  const { facts, references } = partFacts(row.facts);
  if (!references) return row;
  const key = (await personKeys(office.database, [principal])).get(principal);
  if (!key) return { ...row, facts };
  const referenced = referenceNames.filter((name) => references[name] !== undefined);
  return { ...row, facts, referenced, sealed: sealed(office, key, { principal, of: row.id }, references) };
}

/** What a provision rests on in words; `gone` where it was erased with the person, null where nothing was stated. */
export async function referencesOf(office: Office, row: Provided): Promise<References | 'gone' | null> {
  if (row.referenced.length === 0) return partFacts(row.facts).references;
  const { principal, sealed: words } = row;
  if (principal === null || words === null) return 'gone';
  const key = (await personKeys(office.database, [principal])).get(principal);
  if (!key) return 'gone';
  return JSON.parse(openBeside(office.vault, key, { principal, of: row.id }, words)) as References;
}

/** The facts of a provision as they were stated, as far as that can still be read. */
export async function wholeFacts(office: Office, row: Provided): Promise<ProvisionRow['facts']> {
  const references = await referencesOf(office, row);
  return references === null || references === 'gone' ? row.facts : joinFacts(row.facts, references);
}

/** Seals what an earlier version kept in clear. */
export const sealWaitingReferences = (office: Office): Promise<void> =>
  sealWaiting(office.database, {
    take: takeWaiting,
    seal: ({ id, principal_id: principal, words }, key) => sealed(office, key, { principal, of: id }, words),
    put: putReferences,
  });
