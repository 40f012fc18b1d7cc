// Free words about a consent and what ends it, sealed under the key of the person they are about, so that nobody can read them once the person is
// erased. The register itself holds codes, days and ids.

import type { Office } from '../../../office.ts';
import { personKeys, sealBeside, sealWaiting, showBeside, type PersonKey, type Unread } from '../../../vault/index.ts';
import type { By } from '../../access/index.ts';
import type { Remarks } from '../facts/consent.ts';
import { putRemarks, takeWaiting } from '../store/waiting.ts';
import type { ConsentRow, ObjectionRow, RetractionRow, WithdrawalRow } from '../tables.ts';

/** Where a remark belongs: its person, and the id of the log entry of its row. */
export interface RemarkPlace {
  principal: string;
  of: string;
}

export const sealRemarks = ({ vault }: Office, key: PersonKey, place: RemarkPlace, remarks: Remarks): Buffer =>
  sealBeside(vault, key, place, remarks);

/** The same for one person; null where nothing is held about the person, so that no remark about them can be kept either. */
export async function sealRemarksOf(office: Office, place: RemarkPlace, remarks: Remarks): Promise<Buffer | null> {
  const key = (await personKeys(office.database, [place.principal])).get(place.principal);
  return key ? sealRemarks(office, key, place, remarks) : null;
}

type Remarked = ConsentRow | WithdrawalRow | ObjectionRow | RetractionRow;

/** The id of a row's log entry, under which its remarks are sealed. */
export const entryOf = (row: Remarked): string => ('entry_id' in row ? row.entry_id : row.id);

/** Returns the remarks of these rows by the ids of their log entries, or why they cannot be read. The log records that `by` saw them. */
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

/** Seals the remarks that an earlier version stored in clear. */
export const sealWaitingRemarks = (office: Office): Promise<void> =>
  sealWaiting(office.database, {
    take: takeWaiting,
    seal: ({ id, principal_id: principal, remarks }, key) => sealRemarks(office, key, { principal, of: id }, remarks),
    put: putRemarks,
  });
