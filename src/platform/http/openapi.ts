// The OpenAPI 3.1 document, made from the declared routes, so that it cannot say more or less than what is served. What every route has in
// common (token, limits, failures) is added here, once.

import { OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import { problemAnswer } from './answers.ts';
import type { Route } from './route.ts';

type ApiRoute = Extract<Route, { kind: 'api' }>;

const SCHEME = 'token';

const takesBody = ({ config }: ApiRoute): boolean => config.request?.body !== undefined;

const takesInput = ({ config: { request } }: ApiRoute): boolean =>
  [request?.body, request?.params, request?.query, request?.headers].some((part) => part !== undefined);

/** Answers that the house gives for a route, whatever its feature declares. */
const commonAnswers = (route: ApiRoute): RouteConfig['responses'] => ({
  ...(takesBody(route) ? { 400: problemAnswer('The body is not in UTF-8, or cannot be read as JSON') } : {}),
  ...(route.may === 'public'
    ? {}
    : { 401: problemAnswer('No valid token'), 403: problemAnswer('The token does not allow it') }),
  ...(takesBody(route)
    ? {
        413: problemAnswer('The body is larger than 1 MiB'),
        415: problemAnswer('The body is of another type, or compressed'),
      }
    : {}),
  ...(takesInput(route) ? { 422: problemAnswer('Bad input: each field is named') } : {}),
  500: problemAnswer('It could not be completed. Nothing is done without its log entry, and nothing was changed'),
  503: problemAnswer('Too busy at the moment; nothing was done'),
});

/** `/api/v1/log/{id}` → `log` */
const tagOf = (path: string): string => path.split('/')[3] ?? 'api';

const described = (route: ApiRoute): RouteConfig => ({
  ...route.config,
  tags: [tagOf(route.path)],
  security: route.may === 'public' ? [] : [{ [SCHEME]: [] }],
  responses: { ...commonAnswers(route), ...route.config.responses },
  ...(route.may === 'public' ? {} : { 'x-sekisho-action': route.may }),
});

/** The document of every JSON route. `x-sekisho-action` is the action that a token must name. */
export function openApiDocument(routes: readonly Route[], publicUrl: string): object {
  const { openAPIRegistry, getOpenAPI31Document } = new OpenAPIHono();
  openAPIRegistry.registerComponent('securitySchemes', SCHEME, {
    type: 'http',
    scheme: 'bearer',
    description: 'A token of one of the company’s systems, bound to its actions and purposes of use.',
  });
  for (const route of routes) if (route.kind === 'api') openAPIRegistry.registerPath(described(route));
  return getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Sekisho',
      version: '1',
      description:
        'Personal information through one checkpoint. A refusal by the law or the policy is 403 with the finding inside; a problem (RFC 9457) names the field and never repeats what was sent. `Accept-Language: ja` or `en` chooses the language of problems.',
      license: { name: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
  });
}
