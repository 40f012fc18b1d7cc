// The answer of a check made without the database, and its words. It says what was found and where; it never repeats what an entry holds.

import type { Bilingual } from '../base/bilingual.ts';
import type { LogEntry } from './entry.ts';
import type { Hash } from './merkle.ts';

export type FileKind =
  | 'export'
  | 'receipt'
  | 'erasure-certificate'
  | 'pdf-receipt'
  | 'checkpoint'
  | 'consistency'
  | 'unrecognised';

/** `vkey` is the key that the proof was checked against: without one of your own it is the file's, to be compared with the published key. */
export interface Verification {
  ok: boolean;
  kind: FileKind;
  says: Bilingual;
  origin?: string;
  vkey?: string;
  /** Entries covered by the checkpoint. */
  size?: number;
  /** The root that it states. */
  root?: Hash;
  /** Where the entry stands, or where the first disagreement is. */
  position?: number;
  /** The entry of a receipt or a certificate that was proved. */
  entry?: LogEntry;
}

/** The log as somebody holds it: how many entries, and their root. */
export interface Held {
  size: number;
  root: Hash;
}

export const refused = (kind: FileKind, ja: string, en: string, position?: number): Verification => ({
  ok: false,
  kind,
  says: { ja, en },
  ...(position === undefined ? {} : { position }),
});

/** It is of another log than the one that was asked for, or than the one that somebody holds. */
export const ofAnotherLog = (kind: FileKind): Verification =>
  refused(kind, 'この検証鍵の記録のものではありません。', 'It is not of the log with this key.');

/** What the command line says of a check. `vkey`: the key that was asked for. */
export const verificationLines = (found: Verification, vkey?: string): string[] => [
  `${found.ok ? '一致' : '不一致'}: ${found.says.ja}`,
  `${found.ok ? 'good' : 'NOT GOOD'}: ${found.says.en}`,
  ...(found.ok && vkey === undefined && found.vkey !== undefined
    ? [
        `検証鍵 / key: ${found.vkey}`,
        'この鍵が、会社の公表する /log/key と同じことを確かめてください。 / Compare it with the key the company publishes at /log/key.',
      ]
    : []),
];
