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
        415: problemAnswer('The body is of a type that is not accepted, or is compressed'),
      }
    : {}),
  422: problemAnswer('Bad input: each field is named, including one that the call does not have'),
  500: problemAnswer(
    'The call could not be completed and nothing was changed; or, if the title says so, it is not known whether it was completed. Nothing is done without its log entry',
    {
      'X-Request-Id': 'Id under which the operator finds the failure',
    },
  ),
  503: problemAnswer('Too busy at the moment, or the database cannot be reached; nothing was done', {
    'Retry-After': 'Seconds to wait',
  }),
});

/** `/api/v1/log/{id}` → `log` */
const tagOf = (path: string): string => path.split('/')[3] ?? 'api';

const LOCATION = { Location: { description: 'The address of what was created', schema: { type: 'string' as const } } };

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
  'Personal information through one checkpoint. A refusal by the law or the policy is a 403 with the finding inside; a problem (RFC 9457) names the field and never repeats what was sent. A field or parameter that a call does not have is refused (422), not ignored, and so is one that is sent twice. `Accept-Language: ja` or `en` chooses the language of problems.',
  'A token reaches what its purposes reach. It may find and read what is kept for one of its purposes; lists leave out the rest. It may change or end what is kept, a consent or a link only if it has every purpose that this serves. It may record that a person asks to stop for its own purposes, or for all purposes only if it has every purpose for which the person is kept. Bound by the token’s actions alone are: requests of persons, which concern everything that is held about them; personally related information of nobody known; the registers; and the log, which proves nothing unless it is complete.',
  'Bodies are JSON in UTF-8, at most 1 MiB, not compressed. Ids are UUIDs in lower case; instants are in UTC, such as `2026-11-24T01:23:45.678Z`; days are calendar days in Japan, such as `2026-11-24`. When something that has an address of its own is created, `Location` gives that address.',
  'After a call that got no answer, or 500 or 503: repeat it with the same `Idempotency-Key` or `attempt` if the call takes one; it then takes effect only once. A call that takes `attempt` refuses a key. If you sent neither, first check whether the call was carried out. A call that takes neither may be repeated unchanged: it names the version that was seen, or answers 409 if the thing exists already (`existing` is its id, if it has one) and 404 if it is gone, or finds the work done and answers as before. A repeated read is a new read, with a log entry of its own.',
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
