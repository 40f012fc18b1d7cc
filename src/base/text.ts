// A text that was typed or sent in, in the form in which it is kept, and its problems in words for the person who wrote it.

import { both, type Bilingual } from './bilingual.ts';

export interface TextRule {
  /** The greatest length, in characters. */
  most: number;
  /** The text may not be empty. */
  need?: boolean;
  /** The text may have line breaks. In a name or an address they are a sign of a slip. */
  lines?: boolean;
}

const unseen = /[\p{Cc}\p{Surrogate}]/u;
const unseenButBreaks = /[^\P{Cc}\n]|\p{Surrogate}/u;

const says = {
  needed: both('入力してください', 'Please enter this'),
  long: (most: number): Bilingual => both(`${most}字までで書いてください`, `Use at most ${most} characters`),
  unseen: both('改行などの見えない文字を除いてください', 'Remove line breaks and other invisible characters'),
  unseenButBreaks: both('見えない文字を除いてください', 'Remove invisible characters'),
};

/** True when a text has more than `most` characters, counted as people and JSON Schema count them: 𠮷 is one character, and two units of UTF-16. */
export const isLonger = (text: string, most: number): boolean =>
  text.length > most && (text.length > 2 * most || [...text].length > most);

/** A text folded for searching: full width and half width, upper and lower case, and hiragana and katakana compare equal. */
export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[ァ-ヶヽヾ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));

/** The problem of a text with invisible characters, or null. `lines` permits line breaks, whether of one character or two. */
export function unseenProblem(text: string, lines: boolean): Bilingual | null {
  if (lines) return unseenButBreaks.test(text.replaceAll('\r\n', '\n')) ? says.unseenButBreaks : null;
  return unseen.test(text) ? says.unseen : null;
}

function problemIn(text: string, { most, need = false, lines = false }: TextRule): Bilingual | null {
  if (text === '') return need ? says.needed : null;
  return isLonger(text, most) ? says.long(most) : unseenProblem(text, lines);
}

/** Returns the text trimmed, with each line end as one character; '' when there is none. Calls `put` with the problem, if it has one. */
export function readText(given: string | null | undefined, rule: TextRule, put: (says: Bilingual) => void): string {
  const text = (given ?? '').replaceAll('\r\n', '\n').trim();
  const wrong = problemIn(text, rule);
  if (wrong) put(wrong);
  return text;
}
