// The documents of a receipt: references, in free words, of the papers that were seen. They are sealed under the key of the person the receipt is
// about, so that nobody reads them once the person is erased. The record of 30(3) holds none of them. The record of a provision (31) names nobody:
// its references say what the recipient showed us, belong to no person and are stored in clear as long as the record is. So is the provider of a
// receipt, which the record must name for its time (Rules 24(1)(iii)): a business operator, never a private person.

import type { Office } from '../../../office.ts';
import { sealBeside, sealWaiting, showBeside, type PersonKey, type Unread } from '../../../vault/index.ts';
import type { By } from '../../access/index.ts';
import type { Documents } from '../facts/providing.ts';
import { putDocuments, takeWaiting, type Received } from '../store.ts';

/** A receipt with its documents, or with the reason why they cannot be read. */
export type ReadReceipt = Received & { documents: Documents; unread: Unread | null };

/** The person and the receipt that references are sealed for. */
interface DocumentsPlace {
  principal: string;
  of: string;
}

export const sealDocuments = ({ vault }: Office, key: PersonKey, place: DocumentsPlace, documents: Documents): Buffer =>
  sealBeside(vault, key, place, documents);

/** Receipts with their documents, as far as these can still be read. That `by` sees them is logged. */
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

/** Seals references that an earlier version stored in clear. */
export const sealWaitingDocuments = (office: Office): Promise<void> =>
  sealWaiting(office.database, {
    take: takeWaiting,
    seal: ({ id, principal_id: principal, documents }, key) =>
      sealDocuments(office, key, { principal, of: id }, documents),
    put: putDocuments,
  });
