// What the law leaves open, the privacy officer judges, and the judgement is on record: who, when, why, until when. A rule reads it
// as a fact like any other; without a valid one it answers unknown.

import type { Day } from '../base/day.ts';
import type { Missing, Source } from '../base/finding.ts';

export interface Judgement {
  answer: boolean;
  /** Who judged. */
  by: string;
  on: Day;
  why: string;
  /** The last day it may be relied on. */
  until: Day;
}

/** Recorded judgements by the code of what was judged. */
export type Judgements = Readonly<Record<string, Judgement | undefined>>;

/** The officer's answer as it stands on a day; undefined when there is none, not yet, or no longer. */
export function judged(judgements: Judgements | undefined, code: string, on: Day): boolean | undefined {
  const one = judgements?.[code];
  return one && one.on <= on && on <= one.until ? one.answer : undefined;
}

/** What an act judges itself and puts on record with what it does: a fact of that day alone. */
export const judgedNow = (
  code: string,
  answer: boolean,
  { by, on, why }: Pick<Judgement, 'by' | 'on' | 'why'>,
): Judgements => ({ [code]: { answer, by, on, why, until: on } });

/** A missing fact of facts that stand at `path`; the officer's judgements stand at the top of every question. */
export const under = (path: string, m: Missing): Missing =>
  m.fact.startsWith('judgements.') ? m : { ...m, fact: path + m.fact };

/** The missing fact "officer's judgement" on `code`. `ja` and `en` say what is to be judged. */
export const asksJudgement = (code: string, law: Source, article: string, ja: string, en: string): Missing =>
  Object.freeze({
    fact: `judgements.${code}`,
    law,
    article,
    says: Object.freeze({ ja: `個人情報保護管理者の判断：${ja}`, en: `The privacy officer’s judgement: ${en}` }),
  });
