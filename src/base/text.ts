// A text that somebody typed or sent, as it is kept, and what is wrong with it in words for them.

import { both, type Bilingual } from './bilingual.ts';

export interface TextRule {
  /** Characters. */
  most: number;
  /** It may not be empty. */
  need?: boolean;
  /** It may have line breaks. In a name or an address they are a sign of a slip. */
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

/** Whether a text has more than so many characters, as people and JSON Schema count them: 𠮷 is one of them, and two units of UTF-16. */
export const isLonger = (text: string, most: number): boolean =>
  text.length > most && (text.length > 2 * most || [...text].length > most);

/** A text as it is looked for: full width and half width, capitals and small letters, and the two kana are the same. */
export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[ァ-ヶヽヾ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));

/** What is wrong with a text that holds what nobody sees; `lines`: it may have line breaks, of one character or of two. */
export function unseenProblem(text: string, lines: boolean): Bilingual | null {
  if (lines) return unseenButBreaks.test(text.replaceAll('\r\n', '\n')) ? says.unseenButBreaks : null;
  return unseen.test(text) ? says.unseen : null;
}

function problemIn(text: string, { most, need = false, lines = false }: TextRule): Bilingual | null {
  if (text === '') return need ? says.needed : null;
  return isLonger(text, most) ? says.long(most) : unseenProblem(text, lines);
}

/** The text trimmed and with each line end as one character, '' when there is none. `put` hears what is wrong with it. */
export function readText(given: string | null | undefined, rule: TextRule, put: (says: Bilingual) => void): string {
  const text = (given ?? '').replaceAll('\r\n', '\n').trim();
  const wrong = problemIn(text, rule);
  if (wrong) put(wrong);
  return text;
}
