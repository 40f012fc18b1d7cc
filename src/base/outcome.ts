// What an action returns. Expected outcomes are values; only bugs and broken machinery throw.

import { both, type Bilingual } from './bilingual.ts';
import type { Finding } from './finding.ts';

/** A problem with one field of the input. `field` is a path such as `recipient.representative`. Never repeats the value. */
export interface FieldProblem {
  field: string;
  says: Bilingual;
}

export type Problem =
  | { kind: 'invalid'; fields: [FieldProblem, ...FieldProblem[]] }
  | { kind: 'not-found'; says: Bilingual }
  /** `principals`: the persons it conflicts with, where there may be several; `existing` names a single one. */
  | { kind: 'conflict'; field: string; says: Bilingual; existing?: string; principals?: readonly string[] }
  | { kind: 'forbidden'; says: Bilingual }
  | { kind: 'refused'; finding: Finding; decision: string };

/** An action that was not carried out, and why. */
export type Failed = { ok: false; problem: Problem };

export type Outcome<T> = { ok: true; value: T } | Failed;

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const failed = (problem: Problem): Failed => ({ ok: false, problem });

/** Adds a problem to those found so far. */
export const put = (problems: FieldProblem[], field: string, ja: string, en: string): void => {
  problems.push({ field, says: both(ja, en) });
};

/** A failed outcome with one field. */
export const invalid = (field: string, says: Bilingual): Failed =>
  failed({ kind: 'invalid', fields: [{ field, says }] });

/** A failed outcome that names all these fields; null where there are none. */
export const fieldOutcome = ([first, ...rest]: readonly FieldProblem[]): Failed | null =>
  first ? failed({ kind: 'invalid', fields: [first, ...rest] }) : null;

export const conflict = (field: string, says: Bilingual, existing?: string): Failed =>
  failed({ kind: 'conflict', field, says, ...(existing === undefined ? {} : { existing }) });

export const notFound = (says: Bilingual): Failed => failed({ kind: 'not-found', says });

export const forbidden = (says: Bilingual): Failed => failed({ kind: 'forbidden', says });

/**
 * The field problems a form shows for a problem. One that belongs to no field gets the empty name and is shown above the form. A refusal gives none:
 * it is shown as its finding.
 */
export function fieldsOf(problem: Problem | undefined): FieldProblem[] {
  if (!problem || problem.kind === 'refused') return [];
  if (problem.kind === 'invalid') return problem.fields;
  return [{ field: problem.kind === 'conflict' ? problem.field : '', says: problem.says }];
}
