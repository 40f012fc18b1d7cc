// Who takes a list along as a file. What leaves the office in somebody's hands is on record, whatever it is a list of.

import { append } from '../../../log/index.ts';
import type { Format } from '../../../platform/sheet.ts';
import { entryBy, type AccessOffice, type By } from './access.ts';

export interface Export {
  /** Code of the list. */
  list: string;
  /** Of a list that is had as JSON beside its files, that. */
  format: Format['code'] | 'json';
  /** Whose records alone are listed. */
  principal?: string | undefined;
}

/** Writes the log entry of an export. Where it cannot be written, this throws, and nothing leaves. */
export const recordExport = (
  { database, clock }: AccessOffice,
  by: By,
  { list, format, principal }: Export,
): Promise<void> =>
  database.transaction((tx) => append(tx, entryBy(by, clock.now(), 'list:export', { principal, list, format })));
