// How a request came out and what the person is told: the finding of the law → the result → the documents that tell it.

import type { Finding } from '../../../base/finding.ts';
import { noticesOf, outcomes, type RightsRequest } from '../../../law/index.ts';
import { hasEffect, looksAtPerson, type Kind } from './kind.ts';

type LawResult = { [K in RightsRequest]: keyof (typeof outcomes)[K]['notices'] }[RightsRequest];

/**
 * How a request came out, as the table of outcomes has it. A consultation is answered or, without an address to answer to, handled. A dismissed
 * request was not decided on.
 */
export const results = [
  'granted',
  'partly',
  'otherwise',
  'partly-otherwise',
  'refused',
  'absent',
  'answered',
  'handled',
  'dismissed',
] as const satisfies readonly (LawResult | 'answered' | 'handled' | 'dismissed')[];
export type Result = (typeof results)[number];

/** What goes to the person: the notice of the decision with its reasons, and what was asked for itself. */
export const answerDocuments = ['decision', 'data', 'records', 'purposes', 'measures', 'answer'] as const;
export type AnswerDocument = (typeof answerDocuments)[number];

/** Whether only a part of what was asked for was granted. */
export const isPart = (result: Result | undefined): boolean => result === 'partly';

/** True when the person gets less than was asked for, or another measure. Only an officer decides that. */
export const isRefusal = (result: Result): boolean => !['granted', 'answered', 'handled'].includes(result);

/** The results a kind can have; `unreachable`: of a consultation without an address to answer to. */
export const resultsOf = (kind: Kind, unreachable = false): readonly Result[] =>
  looksAtPerson(kind)
    ? results.filter((result) => Object.hasOwn(outcomes[kind].notices, result))
    : [unreachable ? 'handled' : 'answered'];

/** The duties to notify that an outcome brings (36-outcome). A dismissal, which is not decided on, brings none and is told all the same. */
export const noticesFor = (kind: Kind, result: Result) =>
  looksAtPerson(kind) && result !== 'dismissed' ? noticesOf(kind, result as never) : [];

/** Whether the reasons are explained with it (36). */
export const explains = (kind: Kind, result: Result): boolean =>
  noticesFor(kind, result).some((duty) => duty.do === 'explain-reasons');

const content: Partial<Record<Kind, AnswerDocument>> = {
  disclosure: 'data',
  'record-disclosure': 'records',
  'purpose-notice': 'purposes',
  'foreign-information': 'measures',
  consultation: 'answer',
};

/**
 * What goes to the person after a result: what was asked for, and the notice of the decision where the law or the policy requires one. Nothing where
 * there is no address to send it to.
 */
export function documentsFor(kind: Kind, result: Result): AnswerDocument[] {
  if (result === 'handled') return [];
  const shown = content[kind];
  const nothing = result === 'refused' || result === 'absent' || result === 'dismissed';
  const given = nothing || shown === undefined ? [] : [shown];
  const notice = noticesFor(kind, result).some((duty) => duty.do === 'notify-decision');
  return notice || given.length === 0 ? [...given, 'decision'] : given;
}

/** The items of a finding's duties of one kind. */
const itemsOf = (finding: Finding, code: string): readonly string[] =>
  finding.answer === 'unknown'
    ? []
    : finding.duties.filter((duty) => duty.do === code).flatMap((duty) => duty.items ?? ['']);

/** The result that a finding of the law leads to; null while the law cannot say. */
export function resultOf(kind: RightsRequest, finding: Finding): Result | null {
  if (finding.answer === 'unknown') return null;
  const items = itemsOf(finding, 'notify-decision');
  if (finding.answer === 'no') {
    if (items.includes('absence')) return 'absent';
    const instead = finding.duties.some(
      ({ do: what }) => what === 'take-alternative-measures' || what === 'restrict-use',
    );
    return instead && hasEffect(kind) ? 'otherwise' : 'refused';
  }
  if (items.includes('withheld-part')) return items.includes('method') ? 'partly-otherwise' : 'partly';
  if (items.includes('method')) return 'otherwise';
  return itemsOf(finding, 'explain-reasons').length > 0 ? 'partly' : 'granted';
}
