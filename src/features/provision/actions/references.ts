// What is written of a provision in free words, the law and the document that it rests on: of one person it is sealed under the key of that
// person, so that nobody reads it once the person is erased. The record of 29 holds none of it. What goes out with a package is stated before it is
// known of whom: of several it belongs to no person and lies in clear, as does why one was declined or stopped, and the forms ask to name nobody;
// once the package is of one person it is that person's. Nothing leads from a package that is over to those who were to be in it.

import type { Office } from '../../../office.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import {
  carryBeside,
  personKeys,
  sealBeside,
  sealWaiting,
  showBeside,
  type Closed,
  type PersonKey,
  type Unread,
} from '../../../vault/index.ts';
import type { By } from '../../access/index.ts';
import { joinFacts, namesOf, partFacts, type References, type StatedFacts } from '../facts.ts';
import type { Provided } from '../store/provisions.ts';
import { onlyPerson, putReferences, takeWaiting } from '../store/references.ts';
import type { PackageRow, ProvisionRow } from '../tables.ts';

const sealed = ({ vault }: Office, key: PersonKey, place: { principal: string; of: string }, references: References) =>
  sealBeside(vault, key, place, references);

/** A provision of one person as it is stored. Of a person who is held no more nothing will be written. */
export async function withReferences(
  office: Office,
  on: Queryable,
  row: ProvisionRow,
  principal: string,
): Promise<ProvisionRow> {
  const { facts, references } = partFacts(row.facts);
  if (!references) return row;
  const key = (await personKeys(on, [principal])).get(principal);
  if (!key) return { ...row, facts };
  const words = sealed(office, key, { principal, of: row.id }, references);
  return { ...row, facts, referenced: namesOf(references), sealed: words };
}

type Opened = References | Unread;

/** What a provision rests on in words, by one way of opening them; null where nothing was stated. */
async function provisionWords(row: Provided, open: (closed: Closed) => Promise<Opened>): Promise<Opened | null> {
  if (row.referenced.length === 0) return partFacts(row.facts).references;
  const { principal, sealed: words, id: of } = row;
  return principal === null || words === null ? 'gone' : open({ principal, of, sealed: words });
}

/** What a package rests on in words, which go with the person or with the end of the package; null where nothing was stated. */
async function packageWords(row: PackageRow, open: (closed: Closed) => Promise<Opened>): Promise<Opened | null> {
  if (row.referenced.length === 0 || row.words) return row.words;
  const { sealed_of: principal, sealed: words, id: of } = row;
  return principal === null || words === null ? 'gone' : open({ principal, of, sealed: words });
}

/** Opens words that somebody sees, which is logged. */
const showing =
  (office: Office, by: By) =>
  async (closed: Closed): Promise<Opened> =>
    (await showBeside(office, by, [closed])).get(closed.of)!;

/** Opens words to go on with. */
const carrying =
  ({ vault }: Office, on: Queryable) =>
  (closed: Closed): Promise<Opened> =>
    carryBeside(on, vault, closed);

/** What a provision rests on, for somebody to see. */
export const referencesOf = (office: Office, by: By, row: Provided): Promise<Opened | null> =>
  provisionWords(row, showing(office, by));

/** What a package rests on, for somebody to see. */
export const packageReferences = (office: Office, by: By, row: PackageRow): Promise<Opened | null> =>
  packageWords(row, showing(office, by));

/** The facts of a provision as they were stated, as far as that can still be read, to decide on another by. */
export async function wholeFacts(office: Office, row: Provided): Promise<ProvisionRow['facts']> {
  const references = await provisionWords(row, carrying(office, office.database));
  return references === null || typeof references === 'string' ? row.facts : joinFacts(row.facts, references);
}

/** What was stated of a package, as far as it is still kept, to decide on it by. */
export async function wholeStated(office: Office, on: Queryable, row: PackageRow): Promise<StatedFacts | 'unreadable'> {
  const references = await packageWords(row, carrying(office, on));
  if (references === 'unreadable') return references;
  return references === null || references === 'gone' ? row.facts : joinFacts(row.facts, references);
}

/**
 * How the words of a package are to be kept, by whom it is of now: under the key of the one person who is in it, or on its list; otherwise in clear.
 */
export async function keptWords(
  office: Office,
  tx: Tx,
  row: PackageRow,
): Promise<Pick<PackageRow, 'words' | 'sealed' | 'sealed_of'>> {
  const { words, sealed: closed, sealed_of } = row;
  const references = await packageWords(row, carrying(office, tx));
  if (references === null || typeof references === 'string') return { words, sealed: closed, sealed_of };
  const principal = await onlyPerson(tx, row.id);
  const key = principal && (await personKeys(tx, [principal])).get(principal);
  return key
    ? { words: null, sealed: sealed(office, key, { principal, of: row.id }, references), sealed_of: principal }
    : { words: references, sealed: null, sealed_of: null };
}

/** Seals what an earlier version kept in clear. */
export const sealWaitingReferences = (office: Office): Promise<void> =>
  sealWaiting(office.database, {
    take: takeWaiting,
    seal: ({ id, principal_id: principal, words }, key) => sealed(office, key, { principal, of: id }, words),
    put: putReferences,
  });
