// What is written of a receipt in free words, the references of what was seen: sealed under the key of the person it was received about, so that
// nobody reads it once the person is erased. The record of 30(3) holds none of it. Of a provision (31) nobody is in the record: its references
// name what the recipient showed us, belong to no person and stand in clear as long as the record does. So does who provided it, which the record has
// to say for its time (Rules 24(1)(iii)): a business operator, never a private person.

import type { Office } from '../../../office.ts';
import { sealBeside, sealWaiting, showBeside, type PersonKey, type Unread } from '../../../vault/index.ts';
import type { By } from '../../access/index.ts';
import type { Documents } from '../facts.ts';
import { putDocuments, takeWaiting, type Received } from '../store.ts';

/** A receipt with what was written of it, or why that is not read. */
export type ReadReceipt = Received & { documents: Documents; unread: Unread | null };

/** Where the references belong: the person, and the id of the receipt. */
interface DocumentsPlace {
  principal: string;
  of: string;
}

export const sealDocuments = ({ vault }: Office, key: PersonKey, place: DocumentsPlace, documents: Documents): Buffer =>
  sealBeside(vault, key, place, documents);

/** Receipts as they were stated, as far as that can still be read; that `by` sees what the papers were is logged. */
export async function asStated(office: Office, by: By, rows: readonly Received[]): Promise<ReadReceipt[]> {
  const closed = rows.flatMap(({ id: of, principal_id: principal, sealed }) =>
    sealed ? [{ of, principal: principal!, sealed }] : [],
  );
  const shown = await showBeside(office, by, closed);
  return rows.map((row) => {
    if (!row.sealed) return { ...row, documents: {}, unread: row.documented.length > 0 ? 'gone' : null };
    const documents = shown.get(row.id) as Documents | Unread;
    return typeof documents === 'string'
      ? { ...row, documents: {}, unread: documents }
      : { ...row, documents, unread: null };
  });
}

/** Seals what an earlier version kept in clear. */
export const sealWaitingDocuments = (office: Office): Promise<void> =>
  sealWaiting(office.database, {
    take: takeWaiting,
    seal: ({ id, principal_id: principal, documents }, key) =>
      sealDocuments(office, key, { principal, of: id }, documents),
    put: putDocuments,
  });
