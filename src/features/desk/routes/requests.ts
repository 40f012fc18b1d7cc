// Requests for the company’s systems: registered with the day they arrived, and read; papers and what is disclosed one by one, each reading logged.

import { readDay } from '../../../base/day.ts';
import { idOf, PAGE, pageOf } from '../../../base/page.ts';
import {
  answerProblem,
  api,
  attemptSchema,
  createRoute,
  daySchema,
  guarded,
  guardedByLaw,
  jsonAnswer,
  jsonBody,
  longText,
  problemAnswer,
  queryOfPeriod,
  z,
  type Route,
} from '../../../platform/http/index.ts';
import { byOf, type Room } from '../../access/index.ts';
import { caseOf, cases } from '../actions/cases.ts';
import { readPaper } from '../actions/papers.ts';
import { registerRequest } from '../actions/register.ts';
import { readCopy } from '../actions/copies.ts';
import { contentOf } from '../actions/shown.ts';
import { channels } from '../facts/event.ts';
import { kinds, scopes } from '../facts/kind.ts';
import { openingReasons } from '../facts/request.ts';
import { stages, states } from '../facts/stage.ts';
import {
  headBody,
  paperSchema,
  requestBody,
  requestSchema,
  requestsSchema,
  shownBody,
  shownSchema,
} from './answers.ts';
import { longAgo, named, oneId, text } from './fields.ts';

export const openingSchema = z.strictObject({
  for: z.enum(openingReasons).optional().openapi({
    description: 'For a closed request, the purpose of opening it: a question from the person, a dispute, the audit.',
  }),
});

export const registerSchema = z
  .strictObject({
    kind: z.enum(kinds),
    scope: z.enum(scopes),
    arrived_on: daySchema,
    channel: z.enum(channels),
    eased: z.boolean().default(false).openapi({
      description:
        'An ordinary letter is difficult for the requester, so an alternative is used (37(4)): no form is asked for.',
    }),
    lang: z.enum(['ja', 'en']).default('ja'),
    anonymous: z.boolean().default(false).openapi({
      description:
        'The letter gives no name. Only for a consultation: other requests need a requester who can be identified.',
    }),
    unreachable: z.boolean().default(false).openapi({
      description:
        'The letter gives neither an address nor an e-mail address, so it is handled without an acknowledgement or an answer (40). Only for a consultation.',
    }),
    sender: z.strictObject({
      name: z.string().max(200),
      address: longText(400).default(''),
      email: z.string().max(254).default(''),
    }),
    says: text.openapi({ description: 'What the letter says, as far as it was written down.' }),
    another: z.boolean().default(false).openapi({
      description: 'Confirms that this is another request of the same sender, day and kind, not the same letter again.',
    }),
    long_ago: longAgo,
    attempt: attemptSchema('with the same content, nothing is registered again; with another it is a conflict'),
  })
  .openapi('RequestRegistration');

export const querySchema = queryOfPeriod(
  {
    state: z.enum(states).optional(),
    stage: z.enum(stages).optional(),
    kind: z.enum(kinds).optional(),
    assigned: z.uuid().optional(),
    principal: z.uuid().optional(),
    before: z.uuid().optional(),
  },
  'that arrived',
);

const declared = {
  register: createRoute({
    method: 'post',
    path: '/api/v1/requests',
    operationId: 'requests.register',
    summary: 'Register a request with the day it arrived',
    request: jsonBody(registerSchema),
    responses: {
      200: jsonAnswer(requestSchema, 'Registered by an earlier call of the same attempt'),
      201: jsonAnswer(requestSchema, 'Registered; the clock runs from the day it arrived'),
      409: problemAnswer(
        'The same sender made the same request on the same day (`existing` is that request), or the attempt was another request',
      ),
      ...guardedByLaw,
    },
  }),
  list: createRoute({
    method: 'get',
    path: '/api/v1/requests',
    operationId: 'requests.all',
    summary: 'Requests, newest first',
    request: { query: querySchema },
    responses: {
      200: jsonAnswer(requestsSchema, `At most ${PAGE}; \`next\` is the value of \`before\` for the page after`),
      ...guardedByLaw,
    },
  }),
  one: createRoute({
    method: 'get',
    path: '/api/v1/requests/{id}',
    operationId: 'requests.one',
    summary: 'One request with its events',
    request: oneId,
    responses: { 200: jsonAnswer(requestSchema, 'The request'), 404: problemAnswer('No such request'), ...guarded },
  }),
  paper: createRoute({
    method: 'post',
    path: '/api/v1/requests/{id}/papers/{paper}',
    operationId: 'requests.paper',
    summary: 'Open a paper of a request; the opening is logged',
    request: {
      params: z.object({ id: z.string(), paper: z.string() }),
      ...jsonBody(openingSchema),
    },
    responses: {
      200: jsonAnswer(paperSchema, 'What it says; of a letter that was sent (`copy`) its file in Base64'),
      404: problemAnswer('No such request or paper, or it has been erased'),
      ...guardedByLaw,
    },
  }),
  content: createRoute({
    method: 'post',
    path: '/api/v1/requests/{id}/content',
    operationId: 'requests.content',
    summary: 'What the person is shown after the decision; the reading is logged',
    request: { ...oneId, ...jsonBody(openingSchema) },
    responses: {
      200: jsonAnswer(shownSchema, 'What was granted, without what is held back'),
      404: problemAnswer('No such request'),
      409: problemAnswer('It has not been decided'),
      ...guardedByLaw,
    },
  }),
};

export const requestRoutes = (desk: Room): Route[] => [
  api('requests:write', declared.register, async (c) => {
    const { arrived_on: arrivedOn, long_ago: longAgo, ...body } = c.req.valid('json');
    const made = await registerRequest(desk, byOf(c), { ...body, arrivedOn: readDay(arrivedOn)!, longAgo });
    if (!made.ok) return answerProblem(c, made.problem, named);
    const { case: one, repeated } = made.value;
    return repeated
      ? c.json(requestBody(desk.office, one), 200)
      : c.json(requestBody(desk.office, one), 201, { location: `/api/v1/requests/${one.row.id}` });
  }),
  api('requests:read', declared.list, async (c) => {
    const found = await cases(desk, { ...defined(c.req.valid('query')), most: PAGE + 1 });
    const { rows, next } = pageOf(found, PAGE, idOf);
    return c.json({ requests: rows.map(headBody), next }, 200);
  }),
  api('requests:read', declared.one, async (c) => {
    const found = await caseOf(desk, c.req.valid('param').id);
    return found.ok ? c.json(requestBody(desk.office, found.value), 200) : answerProblem(c, found.problem);
  }),
  api('requests:write', declared.paper, async (c) => {
    const { id, paper } = c.req.valid('param');
    const { for: why } = c.req.valid('json');
    const known = await caseOf(desk, id);
    const copy = known.ok && known.value.papers.find((one) => one.id === paper && one.kind === 'copy');
    if (copy) {
      const file = await readCopy(desk, byOf(c), known.value, copy, why);
      if (!file.ok) return answerProblem(c, file.problem);
      return c.json({ text: Buffer.from(file.value.bytes).toString('base64') }, 200);
    }
    const read = await readPaper(desk, byOf(c), id, paper, why);
    return read.ok ? c.json({ text: read.value }, 200) : answerProblem(c, read.problem);
  }),
  api('requests:write', declared.content, async (c) => {
    const shown = await contentOf(desk, byOf(c), c.req.valid('param').id, c.req.valid('json').for);
    return shown.ok ? c.json(shownBody(shown.value), 200) : answerProblem(c, shown.problem);
  }),
];

/** The query without its undefined fields. */
const defined = <T extends object>(of: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as never;
