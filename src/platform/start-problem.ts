// A reason why Sekisho does not start: one sentence per language that says what to do. Printed without a stack trace.

import type { Bilingual } from '../base/bilingual.ts';

export class StartProblem extends Error {
  readonly says: Bilingual;

  constructor(ja: string, en: string) {
    super(en);
    this.name = 'StartProblem';
    this.says = { ja, en };
  }
}
