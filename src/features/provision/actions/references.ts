// The references of a provision: the law and the document it rests on, in free words. Those of one person are sealed under that person's key, so
// that nobody reads them once the person is erased. The record of 29 holds none of them. References of a package are stated before it is known who
// is in it. Those of several persons belong to nobody and are stored in clear, like the reason why a package was declined or cancelled, and the
// forms ask to name nobody. Once the package is of one person they are sealed under that person's key. A package that is over does not name the
// persons who were to be in it.

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

/**
 * A provision of one person as it is stored, with its references sealed. If the person is no longer held, nothing is sealed, and the provision will
 * not be written.
 */
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

/** The references of a provision, opened with `open`; null where none were stated. */
async function provisionWords(row: Provided, open: (closed: Closed) => Promise<Opened>): Promise<Opened | null> {
  if (row.referenced.length === 0) return partFacts(row.facts).references;
  const { principal, sealed: words, id: of } = row;
  return principal === null || words === null ? 'gone' : open({ principal, of, sealed: words });
}

/** The references of a package, opened with `open`; null where none were stated. They are gone with the person or with the end of the package. */
async function packageWords(row: PackageRow, open: (closed: Closed) => Promise<Opened>): Promise<Opened | null> {
  if (row.referenced.length === 0 || row.words) return row.words;
  const { sealed_of: principal, sealed: words, id: of } = row;
  return principal === null || words === null ? 'gone' : open({ principal, of, sealed: words });
}

/** Opens references to show them, which is logged. */
const showing =
  (office: Office, by: By) =>
  async (closed: Closed): Promise<Opened> =>
    (await showBeside(office, by, [closed])).get(closed.of)!;

/** Opens references to decide on or to seal anew, which is not logged. */
const carrying =
  ({ vault }: Office, on: Queryable) =>
  (closed: Closed): Promise<Opened> =>
    carryBeside(on, vault, closed);

/** The references of a provision, to be shown. */
export const referencesOf = (office: Office, by: By, row: Provided): Promise<Opened | null> =>
  provisionWords(row, showing(office, by));

/** The references of a package, to be shown. */
export const packageReferences = (office: Office, by: By, row: PackageRow): Promise<Opened | null> =>
  packageWords(row, showing(office, by));

/** The facts of a provision with its references, as far as these can still be read, to decide on another provision. */
export async function wholeFacts(office: Office, row: Provided): Promise<ProvisionRow['facts']> {
  const references = await provisionWords(row, carrying(office, office.database));
  return references === null || typeof references === 'string' ? row.facts : joinFacts(row.facts, references);
}

/** The stated facts of a package with its references, as far as these are still kept, to decide on it. */
export async function wholeStated(office: Office, on: Queryable, row: PackageRow): Promise<StatedFacts | 'unreadable'> {
  const references = await packageWords(row, carrying(office, on));
  if (references === 'unreadable') return references;
  return references === null || references === 'gone' ? row.facts : joinFacts(row.facts, references);
}

/** How to store the references of a package now: sealed under the key of the only person in it or on its list; otherwise in clear. */
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

/** Seals references that an earlier version stored in clear. */
export const sealWaitingReferences = (office: Office): Promise<void> =>
  sealWaiting(office.database, {
    take: takeWaiting,
    seal: ({ id, principal_id: principal, words }, key) => sealed(office, key, { principal, of: id }, words),
    put: putReferences,
  });
