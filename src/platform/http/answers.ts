// How JSON routes describe their answers and answer problems, in the same words for every feature.

import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Bilingual, Lang } from '../../base/bilingual.ts';
import type { FieldProblem, Problem } from '../../base/outcome.ts';
import { problemBody, problemSchema, problemStatus, type ProblemBody } from './problem.ts';
import type { Env } from './route.ts';

export const jsonAnswer = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

/** `headers`: names with their descriptions. */
export const problemAnswer = (description: string, headers: AnswerHeaders = {}) => ({
  description,
  headers: Object.fromEntries(
    Object.entries(headers).map(([name, says]) => [name, { description: says, schema: { type: 'string' as const } }]),
  ),
  content: { 'application/problem+json': { schema: problemSchema } },
});

export const noToken = problemAnswer('No valid token', { 'WWW-Authenticate': 'Bearer' });

/** The answers of every route that needs a token. */
export const guarded = { 401: noToken, 403: problemAnswer('The token does not allow it') };

/** The same for a route that the law or the policy may refuse: its 403 carries the finding. */
export const guardedByLaw = {
  401: noToken,
  403: problemAnswer('The token does not allow it, or the law or the policy refuses: the finding is inside'),
  422: problemAnswer('Bad input: each field is named'),
};

export const jsonBody = <T extends z.ZodType>(schema: T) => ({
  body: { required: true, content: { 'application/json': { schema } } },
});

const headers = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
} as const;

export type AnswerHeaders = Readonly<Record<string, string>>;

/** The headers of every answer, plus those given. */
export const answerHeaders = (more?: AnswerHeaders): AnswerHeaders => (more ? { ...headers, ...more } : headers);

const isBytes = (body: unknown): body is ReadableStream | Uint8Array<ArrayBuffer> =>
  body instanceof ReadableStream || body instanceof Uint8Array;

/** An answer in JSON, or in another form if `more` has a content type. `body` is a JSON value, or bytes that are sent unchanged. */
export const apiResponse = (body: unknown, status: number, more?: AnswerHeaders): Response =>
  new Response(isBytes(body) ? body : JSON.stringify(body), { status, headers: answerHeaders(more) });

export const PROBLEM = { 'content-type': 'application/problem+json' };

/** A problem that belongs to no feature: no token, no such route, too large. */
export const plainProblem = (lang: Lang, status: number, says: Bilingual): ProblemBody => ({
  type: `/problems/${status}`,
  title: says[lang],
  status,
});

/** The response for such a problem. */
export const problemResponse = (
  lang: Lang,
  status: number,
  says: Bilingual,
  more: Partial<ProblemBody> = {},
  headers: AnswerHeaders = {},
): Response => apiResponse({ ...plainProblem(lang, status, says), ...more }, status, { ...PROBLEM, ...headers });

const answer = (lang: Lang, problem: Problem): Response =>
  apiResponse(problemBody(problem, lang), problemStatus(problem), PROBLEM);

/** 422: these fields must be corrected. */
export const answerFields = (lang: Lang, fields: readonly FieldProblem[]): Response =>
  answer(lang, { kind: 'invalid', fields: fields as [FieldProblem, ...FieldProblem[]] });

/** API names of fields, by the names that actions use, where the two differ. */
export type FieldNames = Readonly<Record<string, string>>;

/** A problem with its fields under their API names. */
function renamed(problem: Problem, names: FieldNames): Problem {
  const inJson = (field: string): string => names[field] ?? field;
  if (problem.kind === 'conflict') return { ...problem, field: inJson(problem.field) };
  if (problem.kind !== 'invalid') return problem;
  const [first, ...rest] = problem.fields.map(({ field, says }) => ({ field: inJson(field), says }));
  return { kind: 'invalid', fields: [first!, ...rest] };
}

/**
 * Answers a problem from a route. Typed as never, because the schema library types answers by status, and a problem's status is known only at run
 * time.
 */
export const answerProblem = (c: Pick<Context<Env>, 'get'>, problem: Problem, names: FieldNames = {}): never =>
  answer(c.get('lang'), renamed(problem, names)) as never;
