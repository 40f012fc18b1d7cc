// The bones of a finding, without its sentences: what a scenario table states and compares. It decides nothing.

import type { Day } from '../src/base/day.ts';
import type { Duty, Finding } from '../src/base/finding.ts';

/** A duty without its sentence; `under` is law and article, such as `APPI 29(1)`. */
export interface DutyOutline {
  do: Duty['do'];
  under: string;
  when: Duty['when'];
  items?: readonly string[];
  by?: Day;
  keepUntil?: Day;
}

/** `because` lists law and article of every ground, in order; `missing` the fields that are asked for. */
export interface Outline {
  answer: 'yes' | 'no' | 'unknown';
  because: string[];
  duties?: readonly DutyOutline[];
  missing?: string[];
}

export function outline(f: Finding): Outline {
  const because = f.because.map((g) => `${g.law} ${g.article}`);
  if (f.answer === 'unknown') return { answer: f.answer, because, missing: f.missing.map((m) => m.fact) };
  const duties = f.duties.map(({ do: what, law, article, when, items, by, keepUntil }) => ({
    do: what,
    under: `${law} ${article}`,
    when,
    items,
    by,
    keepUntil,
  }));
  // A refusal mostly obliges to nothing, and a table need not say so.
  return f.answer === 'no' && duties.length === 0
    ? { answer: f.answer, because }
    : { answer: f.answer, because, duties };
}
