// How a JSON route describes its answers, and how it answers a problem: the same words in every feature.

import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Problem } from '../../base/outcome.ts';
import { problemBody, problemSchema, problemStatus } from './problem.ts';
import type { Env } from './route.ts';

export const jsonAnswer = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

export const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

/** The answers of every route that needs a token. */
export const guarded = { 401: problemAnswer('No valid token'), 403: problemAnswer('The token does not allow it') };

/** The same, where the law or the policy may refuse: the 403 then carries the finding. */
export const guardedByLaw = {
  401: problemAnswer('No valid token'),
  403: problemAnswer('The token does not allow it, or the law or the policy refuses: the finding is inside'),
  422: problemAnswer('Bad input: each field is named'),
};

export const jsonBody = <T extends z.ZodType>(schema: T) => ({
  body: { required: true, content: { 'application/json': { schema } } },
});

/**
 * Answers a problem from a route. Typed as never, because the schema library types answers by status and a problem's status is only known
 * when it happens.
 */
export const answerProblem = (c: Context<Env>, problem: Problem): never =>
  c.body(JSON.stringify(problemBody(problem, c.get('lang'))), problemStatus(problem), {
    'content-type': 'application/problem+json',
  }) as never;
