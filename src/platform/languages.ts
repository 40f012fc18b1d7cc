// What the runtime knows of Japanese. Node.js can be built with the data of few languages or without old character sets, to be smaller: names of
// countries and the order of lists would then be those of English, and files in Shift_JIS could not be read.

import { StartProblem } from './start-problem.ts';

function knowsShiftJis(): boolean {
  try {
    return new TextDecoder('shift_jis').encoding === 'shift_jis';
  } catch {
    return false;
  }
}

/** Throws StartProblem where something is missing. */
export function checkLanguages(): void {
  if (Intl.Collator.supportedLocalesOf('ja').length > 0 && knowsShiftJis()) return;
  throw new StartProblem(
    'この Node.js には日本語のデータが足りません。すべての言語のデータ（full ICU）がある Node.js を使ってください（Alpine Linux では、パッケージ icu-data-full を加えてください）。',
    'This Node.js lacks data for Japanese. Use one with the data of all languages (full ICU); on Alpine Linux, add the package icu-data-full.',
  );
}
