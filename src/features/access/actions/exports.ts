// Records who takes a list along as a file: whatever leaves the office this way is on record.

import { append } from '../../../log/index.ts';
import type { Format } from '../../../platform/sheet.ts';
import { entryBy, type AccessOffice, type By } from './access.ts';

export interface Export {
  /** Code of the list. */
  list: string;
  /** `json` where the list is also offered as JSON. */
  format: Format['code'] | 'json';
  /** Set when the list shows the records of this person only. */
  principal?: string | undefined;
  /** Set when the list is about this package only. */
  package?: string | undefined;
}

/** Writes the log entry of an export. Throws where it cannot, so that nothing leaves unrecorded. */
export const recordExport = (
  { database, clock }: AccessOffice,
  by: By,
  { list, format, principal, package: file }: Export,
): Promise<void> =>
  database.transaction((tx) =>
    append(tx, entryBy(by, clock.now(), 'list:export', { principal, package: file, list, format })),
  );
