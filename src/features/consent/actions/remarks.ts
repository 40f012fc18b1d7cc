// What is written of a consent, and of what ends it, in free words: sealed under the key of the person it is about, so that nobody reads it once
// the person is erased. The register itself holds codes, days and ids.

import type { Office } from '../../../office.ts';
import { personKeys, sealBeside, sealWaiting, showBeside, type PersonKey, type Unread } from '../../../vault/index.ts';
import type { By } from '../../access/index.ts';
import type { Remarks } from '../facts.ts';
import { putRemarks, takeWaiting } from '../store/waiting.ts';
import type { ConsentRow, ObjectionRow, RetractionRow, WithdrawalRow } from '../tables.ts';

/** Where a remark belongs: the person, and the id of the log entry of its row. */
export interface RemarkPlace {
  principal: string;
  of: string;
}

export const sealRemarks = ({ vault }: Office, key: PersonKey, place: RemarkPlace, remarks: Remarks): Buffer =>
  sealBeside(vault, key, place, remarks);

/** The same about one person; null where nothing is held of the person, so that nothing can be kept of what is said about them either. */
export async function sealRemarksOf(office: Office, place: RemarkPlace, remarks: Remarks): Promise<Buffer | null> {
  const key = (await personKeys(office.database, [place.principal])).get(place.principal);
  return key ? sealRemarks(office, key, place, remarks) : null;
}

type Remarked = ConsentRow | WithdrawalRow | ObjectionRow | RetractionRow;

/** The id of the log entry of a row, by which its remarks are found. */
export const entryOf = (row: Remarked): string => ('entry_id' in row ? row.entry_id : row.id);

/** What is written of these rows, by the ids of their log entries, or why it is not read; that `by` sees it is logged. */
export async function remarksOf(
  office: Office,
  by: By,
  rows: readonly Remarked[],
): Promise<Map<string, Remarks | Unread>> {
  const closed = rows.flatMap((row) =>
    row.sealed ? [{ principal: row.principal_id, of: entryOf(row), sealed: row.sealed }] : [],
  );
  return showBeside(office, by, closed);
}

/** Seals what an earlier version kept in clear. */
export const sealWaitingRemarks = (office: Office): Promise<void> =>
  sealWaiting(office.database, {
    take: takeWaiting,
    seal: ({ id, principal_id: principal, remarks }, key) => sealRemarks(office, key, { principal, of: id }, remarks),
    put: putRemarks,
  });
