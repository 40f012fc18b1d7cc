// A finding without its sentences: what a scenario table states and compares. It decides nothing.

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

/** `because` lists law and article of every ground, in order. `missing` lists the fields that are asked for; with it, duties that exist already. */
export interface Outline {
  answer: 'yes' | 'no' | 'unknown';
  because: string[];
  duties?: readonly DutyOutline[];
  missing?: string[];
}

const outlineOf = ({ do: what, law, article, when, items, by, keepUntil }: Duty): DutyOutline => {
  const under = `${law} ${article}`;
  return { do: what, under, when, ...(items && { items }), ...(by && { by }), ...(keepUntil && { keepUntil }) };
};

export function outline(f: Finding): Outline {
  const because = f.because.map((g) => `${g.law} ${g.article}`);
  const duties = f.duties?.map(outlineOf) ?? [];
  const missing = f.answer === 'unknown' ? { missing: f.missing.map((m) => m.fact) } : {};
  // Only a yes must state that it has no duties.
  return { answer: f.answer, because, ...missing, ...((f.answer === 'yes' || duties.length > 0) && { duties }) };
}
