// The answer of a check made without the database, and its words. It says what was found and where; it never repeats what an entry holds.

import type { Bilingual } from '../base/bilingual.ts';
import type { LogEntry } from './entry.ts';

export type FileKind = 'export' | 'receipt' | 'erasure-certificate' | 'pdf-receipt' | 'unrecognised';

/** `vkey` is the key that the proof was checked against: without one of your own it is the file's, to be compared with the published key. */
export interface Verification {
  ok: boolean;
  kind: FileKind;
  says: Bilingual;
  origin?: string;
  vkey?: string;
  /** Entries covered by the checkpoint. */
  size?: number;
  /** Where the entry stands, or where the first disagreement is. */
  position?: number;
  /** The entry of a receipt or a certificate that was proved. */
  entry?: LogEntry;
}

export const refused = (kind: FileKind, ja: string, en: string, position?: number): Verification => ({
  ok: false,
  kind,
  says: { ja, en },
  ...(position === undefined ? {} : { position }),
});
