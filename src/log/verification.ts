// The result of an offline check, with its words for the command line and the page. It says what was found and where, and never repeats the content
// of an entry.

import { both, type Bilingual } from '../base/bilingual.ts';
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

/** `vkey` is the key the proof was checked with. If the reader gave none, it is the file's own and must be compared with the published key. */
export interface Verification {
  ok: boolean;
  /** Neither good nor bad: the file is not a file of the log, or what it must be compared with is missing. */
  unchecked?: true;
  kind: FileKind;
  says: Bilingual;
  origin?: string;
  vkey?: string;
  /** Entries covered by the checkpoint. */
  size?: number;
  /** The root stated by the checkpoint. */
  root?: Hash;
  /** Position of the entry, or of the first disagreement. */
  position?: number;
  /** The proved entry of a receipt or certificate. */
  entry?: LogEntry;
}

/**
 * Progress of a check in a file of many entries: the file itself, or before that the file given as `since`. `of`: the number of entries that file
 * states.
 */
export interface Step {
  in: 'file' | 'since';
  checked: number;
  of: number;
}

/** A check in steps. The caller may report progress, and may stop. */
export type Check = Generator<Step, Verification>;

/** The log that somebody holds: its number of entries and their root. */
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

/** A result that is neither good nor bad, saying what is missing. */
export const uncheckable = (kind: FileKind, ja: string, en: string): Verification => ({
  ...refused(kind, ja, en),
  unchecked: true,
});

/** The result for a file of a log with another key than the one expected. */
export const ofAnotherLog = (kind: FileKind): Verification =>
  refused(kind, 'この検証鍵の記録のものではありません。', 'This does not belong to the log with this key.');

export type Answer = 'good' | 'bad' | 'unchecked';

export const answerOf = ({ ok, unchecked }: Verification): Answer => (ok ? 'good' : unchecked ? 'unchecked' : 'bad');

export const answerWords: Readonly<Record<Answer, Bilingual>> = {
  good: both('一致', 'good'),
  bad: both('不一致', 'not good'),
  unchecked: both('確かめられません', 'could not be checked'),
};

/** Names of the recognised kinds of file. */
export const kindWords: Readonly<Partial<Record<FileKind, Bilingual>>> = {
  export: both('すべての記録の書き出し', 'An export of the whole log'),
  receipt: both('記録の証明', 'The proof of an entry'),
  'erasure-certificate': both('消去の証明書', 'A certificate of erasure'),
  'pdf-receipt': both('封印のあるPDF', 'A sealed PDF'),
  checkpoint: both('チェックポイント', 'A checkpoint'),
  consistency: both('続きの証明', 'A proof that the log continues'),
};

/** Exit codes of the programs that check. */
export const exitCodes: Readonly<Record<Answer, number>> = { good: 0, bad: 1, unchecked: 2 };

/** What the command line prints for a check. `vkey` is the key the user gave. */
export function verificationLines(found: Verification, vkey?: string): string[] {
  const word = answerWords[answerOf(found)];
  const lines = [`${word.ja}: ${found.says.ja}`, `${word.en}: ${found.says.en}`];
  if (!found.ok || vkey !== undefined || found.vkey === undefined) return lines;
  // Anyone can make a log and a key with the same name: without the published key, only the reader can tell whose it is.
  return [
    ...lines,
    `検証鍵 / key: ${found.vkey}`,
    'この鍵が、会社の公表する /log/key と同じであることを確かめてください。 / Compare it with the key the company publishes at /log/key.',
  ];
}
