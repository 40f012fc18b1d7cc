// The OpenAPI 3.1 document, generated from the declared routes, so that it says exactly what is served. What all routes share (token, limits,
// failures) is added here, once.

import { OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import { noToken, problemAnswer } from './answers.ts';
import type { Route } from './route.ts';

type ApiRoute = Extract<Route, { kind: 'api' }>;

const SCHEME = 'token';

const takesBody = ({ config }: ApiRoute): boolean => config.request?.body !== undefined;

/** Answers that every route can give, whatever its feature declares. */
const commonAnswers = (route: ApiRoute): RouteConfig['responses'] => ({
  ...(takesBody(route) ? { 400: problemAnswer('The body is not in UTF-8, or cannot be read as JSON') } : {}),
  ...(route.may === 'public' ? {} : { 401: noToken, 403: problemAnswer('The token does not allow it') }),
  ...(takesBody(route)
    ? {
        413: problemAnswer('The body is larger than 1 MiB'),
        415: problemAnswer('The body is of another type, or compressed'),
      }
    : {}),
  422: problemAnswer('Bad input: each field is named, also one that the call does not have'),
  500: problemAnswer(
    'It could not be completed, and nothing was changed; or it is not known whether it was, where the title says so. Nothing is done without its log entry',
    {
      'X-Request-Id': 'Under which the operator finds the failure',
    },
  ),
  503: problemAnswer('Too busy at the moment, or the database is away; nothing was done', {
    'Retry-After': 'Seconds to wait',
  }),
});

/** `/api/v1/log/{id}` → `log` */
const tagOf = (path: string): string => path.split('/')[3] ?? 'api';

const LOCATION = { Location: { description: 'The address of what was made', schema: { type: 'string' as const } } };

/** The answers declared by the feature. A 201 gets a Location header if there is a call that reads one such object. */
function declaredAnswers({ method, path, config }: ApiRoute, routes: readonly ApiRoute[]): RouteConfig['responses'] {
  const made = config.responses[201];
  const isRead = routes.some((one) => one.method === 'get' && one.path.startsWith(`${path}/:`));
  return method === 'post' && made && isRead
    ? { ...config.responses, 201: { ...made, headers: LOCATION } }
    : config.responses;
}

const described = (route: ApiRoute, routes: readonly ApiRoute[]): RouteConfig => ({
  ...route.config,
  tags: [tagOf(route.path)],
  security: route.may === 'public' ? [] : [{ [SCHEME]: [] }],
  responses: { ...commonAnswers(route), ...declaredAnswers(route, routes) },
  ...(route.may === 'public' ? {} : { 'x-sekisho-action': route.may }),
});

/** Description of the API as a whole. */
const DESCRIPTION = [
  'Personal information through one checkpoint. A refusal by the law or the policy is 403 with the finding inside; a problem (RFC 9457) names the field and never repeats what was sent. A field or a parameter that a call does not have is refused (422), not passed over, and so is one that is there twice. `Accept-Language: ja` or `en` chooses the language of problems.',
  'A token reaches what its purposes reach. What is for one of them it may find and read of; lists leave out the rest. It changes or ends what is kept, a consent or a link only with every purpose that this serves, and asks that something stop for its own purposes, or for all only with every purpose for which the person is kept. Bound by its actions alone are requests of persons, which are about all that is held, personally related information of nobody known, the registers, and the log, which is whole or proves nothing.',
  'Bodies are JSON in UTF-8 of at most 1 MiB, not compressed. Ids are UUIDs in lower case; instants are in UTC, such as `2026-11-24T01:23:45.678Z`; days are those of the calendar in Japan, such as `2026-11-24`. What has an address of its own names it in `Location` when it is made.',
  'After a call that got no answer, or 500 or 503: ask again with the same `Idempotency-Key` or `attempt` where the call takes one, which then has its effect once; a call that takes `attempt` refuses a key. Without one, look first whether it was carried out. A call that takes neither may be sent again as it was: it names the version that was seen, or answers 409 to what is there already (`existing` is its id, where it has one) and 404 to what is gone, or finds it done and answers as before. What is read is read again, which is an entry of its own.',
].join('\n\n');

/** The document of all JSON routes. `x-sekisho-action` is the action a token must include. */
export function openApiDocument(routes: readonly Route[], publicUrl: string): object {
  const { openAPIRegistry, getOpenAPI31Document } = new OpenAPIHono();
  openAPIRegistry.registerComponent('securitySchemes', SCHEME, {
    type: 'http',
    scheme: 'bearer',
    description: 'A token of one of the company’s systems, bound to its actions and purposes of use.',
  });
  const calls = routes.filter((route) => route.kind === 'api');
  for (const call of calls) openAPIRegistry.registerPath(described(call, calls));
  return getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Sekisho',
      version: '1',
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: publicUrl }],
  });
}
