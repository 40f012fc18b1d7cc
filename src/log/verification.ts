// The answer of a check made without the database, and its words, as the command line and the page say them. It says what was found and where; it never repeats what an entry holds.

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

/** `vkey` is the key that the proof was checked against: without one of your own it is the file's, to be compared with the published key. */
export interface Verification {
  ok: boolean;
  /** Not good and not bad: the file is none of the log’s, or it lacks something to be held against. */
  unchecked?: true;
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

/** How far a check has come in a file of many entries: in the one that is checked, or first in the one that is held. `of`: as that file states. */
export interface Step {
  in: 'file' | 'since';
  checked: number;
  of: number;
}

/** A check in steps. Whoever runs it may tell how far it is, and may stop. */
export type Check = Generator<Step, Verification>;

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

/** Nothing can be said of it, with what it would take. */
export const uncheckable = (kind: FileKind, ja: string, en: string): Verification => ({
  ...refused(kind, ja, en),
  unchecked: true,
});

/** It is of another log than the one that was asked for, or than the one that somebody holds. */
export const ofAnotherLog = (kind: FileKind): Verification =>
  refused(kind, 'この検証鍵の記録のものではありません。', 'It is not of the log with this key.');

export type Answer = 'good' | 'bad' | 'unchecked';

export const answerOf = ({ ok, unchecked }: Verification): Answer => (ok ? 'good' : unchecked ? 'unchecked' : 'bad');

export const answerWords: Readonly<Record<Answer, Bilingual>> = {
  good: both('一致', 'good'),
  bad: both('不一致', 'not good'),
  unchecked: both('確かめられません', 'could not be checked'),
};

/** What a file was recognised as. */
export const kindWords: Readonly<Partial<Record<FileKind, Bilingual>>> = {
  export: both('すべての記録の書き出し', 'An export of the whole log'),
  receipt: both('記録の証明', 'The proof of an entry'),
  'erasure-certificate': both('消去の証明書', 'A certificate of erasure'),
  'pdf-receipt': both('封印のあるPDF', 'A sealed PDF'),
  checkpoint: both('チェックポイント', 'A checkpoint'),
  consistency: both('続きの証明', 'A proof that the log continues'),
};

/** What a program that checked ends with. */
export const exitCodes: Readonly<Record<Answer, number>> = { good: 0, bad: 1, unchecked: 2 };

/** What the command line says of a check. `vkey`: the key that was asked for. */
export function verificationLines(found: Verification, vkey?: string): string[] {
  const word = answerWords[answerOf(found)];
  const lines = [`${word.ja}: ${found.says.ja}`, `${word.en}: ${found.says.en}`];
  if (!found.ok || vkey !== undefined || found.vkey === undefined) return lines;
  // Anyone can make a log and a key of the same name: without the published key, only the reader can tell whose it is.
  return [
    ...lines,
    `検証鍵 / key: ${found.vkey}`,
    'この鍵が、会社の公表する /log/key と同じことを確かめてください。 / Compare it with the key the company publishes at /log/key.',
  ];
}
