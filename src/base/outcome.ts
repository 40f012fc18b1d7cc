// What an action answers. Expected outcomes are values; only bugs and broken machinery throw.

import type { Bilingual } from './bilingual.ts';
import type { Finding } from './finding.ts';

/** A problem with one field of the input. `field` is a path such as `recipient.representative`. Never repeats the value. */
export interface FieldProblem {
  field: string;
  says: Bilingual;
}

export type Problem =
  | { kind: 'invalid'; fields: [FieldProblem, ...FieldProblem[]] }
  | { kind: 'not-found'; says: Bilingual }
  /** `principals`: the persons it conflicts with, where there may be several; `existing` names one alone. */
  | { kind: 'conflict'; field: string; says: Bilingual; existing?: string; principals?: readonly string[] }
  | { kind: 'forbidden'; says: Bilingual }
  | { kind: 'refused'; finding: Finding; decision: string };

export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const failed = (problem: Problem): { ok: false; problem: Problem } => ({ ok: false, problem });

export const invalid = (field: string, ja: string, en: string): { ok: false; problem: Problem } =>
  failed({ kind: 'invalid', fields: [{ field, says: { ja, en } }] });

export const notFound = (ja: string, en: string): { ok: false; problem: Problem } =>
  failed({ kind: 'not-found', says: { ja, en } });

/** A problem at the fields of a form; what is at none of them stands above it, under no name. A refusal is shown as its finding. */
export function fieldsOf(problem: Problem | undefined): FieldProblem[] {
  if (!problem || problem.kind === 'refused') return [];
  if (problem.kind === 'invalid') return problem.fields;
  return [{ field: problem.kind === 'conflict' ? problem.field : '', says: problem.says }];
}
