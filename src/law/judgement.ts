// The privacy officer judges what the law leaves open, and the judgement is on record: who, when, why, until when. A rule reads it as a fact like any
// other; without a valid judgement it answers unknown.

import type { Day } from '../base/day.ts';
import type { Missing, Source } from '../base/finding.ts';

export interface Judgement {
  answer: boolean;
  /** Who judged. */
  by: string;
  on: Day;
  why: string;
  /** The last day the judgement may be relied on. */
  until: Day;
}

/** Recorded judgements, by the code of what was judged. */
export type Judgements = Readonly<Record<string, Judgement | undefined>>;

/** The officer's answer that is valid on a day. Undefined when there is no judgement, or when it is not yet or no longer valid. */
export function judged(judgements: Judgements | undefined, code: string, on: Day): boolean | undefined {
  const one = judgements?.[code];
  return one && one.on <= on && on <= one.until ? one.answer : undefined;
}

/** A judgement that an act makes itself and records with what it does: valid on that day alone. */
export const judgedNow = (
  code: string,
  answer: boolean,
  { by, on, why }: Pick<Judgement, 'by' | 'on' | 'why'>,
): Judgements => ({ [code]: { answer, by, on, why, until: on } });

/** A missing fact moved to `path`. The officer's judgements are always at the top of a question, so their paths stay as they are. */
export const under = (path: string, m: Missing): Missing =>
  m.fact.startsWith('judgements.') ? m : { ...m, fact: path + m.fact };

/** The missing fact "officer's judgement" on `code`. `ja` and `en` say what must be judged. */
export const asksJudgement = (code: string, law: Source, article: string, ja: string, en: string): Missing =>
  Object.freeze({
    fact: `judgements.${code}`,
    law,
    article,
    says: Object.freeze({ ja: `個人情報保護管理者の判断：${ja}`, en: `The privacy officer’s judgement: ${en}` }),
  });
