// Problem details (RFC 9457). A refusal by law is a 403 with the finding inside; bad input names the field. Nothing personal is included: submitted
// values are never repeated.

import { z } from '@hono/zod-openapi';
import type { Bilingual, Lang } from '../../base/bilingual.ts';
import type { Problem } from '../../base/outcome.ts';

export const problemSchema = z
  .object({
    type: z.string().openapi({
      description:
        'The kind of problem: `/problems/invalid` (422), `/problems/not-found` (404, for what was asked about), `/problems/conflict` (409), `/problems/refused` (403, by the law or the policy), `/problems/forbidden` (403, not within the purposes of the token, or not now), `/problems/403` (the token does not name the action); otherwise `/problems/` and the status.',
      example: '/problems/refused',
    }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    fields: z.array(z.object({ field: z.string(), says: z.string() })).optional(),
    finding: z
      .unknown()
      .optional()
      .openapi({ description: 'The finding of the law, when the law or the policy refuses.' }),
    decision: z.string().optional().openapi({ description: 'Id of the recorded decision.' }),
    existing: z.string().optional().openapi({ description: 'Id of what exists already, if it has one.' }),
    principals: z.array(z.string()).optional().openapi({
      description:
        'Everybody in the holding who has the e-mail address: the ids to give in `sharesEmailWith` if each of them is another person.',
    }),
  })
  .openapi('Problem');

export type ProblemBody = z.infer<typeof problemSchema>;

const titles: Record<Problem['kind'], { status: 403 | 404 | 409 | 422; says: Bilingual }> = {
  invalid: { status: 422, says: { ja: '入力を直してください', en: 'Some of the input must be corrected' } },
  'not-found': { status: 404, says: { ja: '見つかりません', en: 'Not found' } },
  conflict: {
    status: 409,
    says: { ja: '記録されている内容と合いません', en: 'This conflicts with what is on record' },
  },
  forbidden: { status: 403, says: { ja: '権限がありません', en: 'You do not have permission to do this' } },
  refused: { status: 403, says: { ja: '関所の答えは不可または保留です', en: 'The checkpoint does not allow this' } },
};

export const problemStatus = (problem: Problem): 403 | 404 | 409 | 422 => titles[problem.kind].status;

/** Status of a form that is shown again because something was added to it: Turbo does not show a 200 in answer to a form. */
export const AGAIN = 422;

/** The JSON body of a problem, in the reader's language. */
export function problemBody(problem: Problem, lang: Lang): ProblemBody {
  const { status, says } = titles[problem.kind];
  const body: ProblemBody = { type: `/problems/${problem.kind}`, title: says[lang], status };
  switch (problem.kind) {
    case 'invalid':
      return { ...body, fields: problem.fields.map((f) => ({ field: f.field, says: f.says[lang] })) };
    case 'conflict':
      return {
        ...body,
        fields: [{ field: problem.field, says: problem.says[lang] }],
        ...(problem.existing ? { existing: problem.existing } : {}),
        ...(problem.principals ? { principals: [...problem.principals] } : {}),
      };
    case 'refused':
      return { ...body, finding: problem.finding, decision: problem.decision };
    default:
      return { ...body, detail: problem.says[lang] };
  }
}
