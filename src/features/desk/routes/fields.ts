// What calls of the desk have in common.

import type { Problem } from '../../../base/outcome.ts';
import { answerProblem, longText, z, type ApiContext } from '../../../platform/http/index.ts';
import { deskDays } from '../facts/clocks.ts';

export const MOST_TEXT = 4_000;

export const text = longText(MOST_TEXT).default('');

export const longAgo = z
  .boolean()
  .default(false)
  .openapi({ description: `It did arrive more than ${deskDays.longAgo} days before it was registered.` });

export const oneId = { params: z.object({ id: z.string() }) };

const named: Readonly<Record<string, string>> = {
  arrivedOn: 'arrived_on',
  longAgo: 'long_ago',
  feeYen: 'fee_yen',
  toldApart: 'told_apart',
  numbersCovered: 'numbers_covered',
  addressChecked: 'address_checked',
};

/** Answers a problem with its fields as the API names them. */
export function answerNamed(c: ApiContext, problem: Problem): never {
  if (problem.kind !== 'invalid') return answerProblem(c, problem);
  const [first, ...rest] = problem.fields.map(({ field, says }) => ({ field: named[field] ?? field, says }));
  return answerProblem(c, { kind: 'invalid', fields: [first!, ...rest] });
}
