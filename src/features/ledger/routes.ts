// The ledger for the company's systems, and the list of all its routes.

import {
  answerProblem,
  api,
  bilingualSchema,
  createRoute,
  guarded,
  jsonAnswer,
  jsonBody,
  problemAnswer,
  z,
  type Route,
} from '../../platform/http/index.ts';
import { byOf, type Room } from '../access/index.ts';
import { noHolding, read, readOne, registerHolding, type Line } from './actions.ts';
import { principalKinds } from './facts.ts';
import { formPages } from './pages/form.tsx';
import { holdingPages } from './pages/holding.tsx';
import { purposePages } from './pages/purpose.tsx';
import { tablePages } from './pages/table.tsx';

const retention = z
  .union([
    z.strictObject({ years: z.int().min(1).max(100), from: z.string() }),
    z.strictObject({ months: z.int().min(1).max(1200), from: z.string() }),
    z.strictObject({ until: z.string() }),
  ])
  .openapi({
    description: 'Kept for this long after `from` (after acquisition when empty), or until a condition is met.',
  });

const holdingSchema = z
  .object({
    id: z.uuid(),
    code: z.string().openapi({ example: 'L-003' }),
    name: bilingualSchema,
    department: z.string(),
    manager: z.uuid().openapi({ description: 'Id of a member of staff.' }),
    purposes: z.array(z.string()).openapi({ example: ['P1'] }),
    items: z.array(z.object({ code: z.string(), label: bilingualSchema, special_care: z.boolean() })),
    place: z.string(),
    retention,
    channels: z.array(z.string()),
    principals: z.array(z.enum(principalKinds)),
    access: z.string(),
    state: z.enum(['active', 'retired']),
    version: z.int(),
    people: z.int().openapi({ description: 'Number of people with a record in it.' }),
    registered_at: z.iso.datetime(),
    confirmed_at: z.iso.datetime(),
  })
  .openapi('Holding');

const inputSchema = z
  .strictObject({
    code: z.string().optional().openapi({ description: 'If left out, the next free code.' }),
    name: z.strictObject({ ja: z.string(), en: z.string().optional() }),
    department: z.string(),
    manager: z.string(),
    purposes: z.array(z.string()),
    items: z
      .array(
        z.union([
          z.string(),
          z.strictObject({
            code: z.string(),
            label: z.strictObject({ ja: z.string(), en: z.string().optional() }),
            special_care: z.boolean().optional(),
          }),
        ]),
      )
      .openapi({ description: 'Codes of standard items, or the holding’s own items with a label.' }),
    place: z.string(),
    retention: z.strictObject({
      years: z.int().optional(),
      months: z.int().optional(),
      from: z.string().optional(),
      until: z.string().optional(),
    }),
    channels: z.array(z.string()),
    principals: z.array(z.string().openapi({ enum: [...principalKinds] })),
    access: z.string(),
  })
  .openapi('HoldingInput');

const listSchema = z.object({ holdings: z.array(holdingSchema) });
const listQuery = z.object({ state: z.enum(['active', 'retired']).optional() });

/** The JSON bodies, for the typed client. */
export interface LedgerJson {
  input: z.input<typeof inputSchema>;
  holding: z.infer<typeof holdingSchema>;
  holdings: z.infer<typeof listSchema>;
  query: z.input<typeof listQuery>;
}

const list = createRoute({
  method: 'get',
  path: '/api/v1/holdings',
  operationId: 'holdings',
  summary: 'All holdings, by code',
  request: { query: listQuery },
  responses: {
    200: jsonAnswer(listSchema, 'Holdings'),
    422: problemAnswer('Bad input'),
    ...guarded,
  },
});

const one = createRoute({
  method: 'get',
  path: '/api/v1/holdings/{id}',
  operationId: 'holding',
  summary: 'One holding',
  request: { params: z.object({ id: z.string() }) },
  responses: { 200: jsonAnswer(holdingSchema, 'The holding'), 404: problemAnswer('No such holding'), ...guarded },
});

const register = createRoute({
  method: 'post',
  path: '/api/v1/holdings',
  operationId: 'registerHolding',
  summary: 'Register a holding',
  request: jsonBody(inputSchema),
  responses: {
    201: jsonAnswer(holdingSchema, 'Registered'),
    409: problemAnswer('The code or the name is taken'),
    422: problemAnswer('Bad input'),
    ...guarded,
  },
});

function bodyOf({ holding, people }: Pick<Line, 'holding' | 'people'>): z.infer<typeof holdingSchema> {
  const { registeredAt, confirmedAt, ...rest } = holding;
  return { ...rest, people, registered_at: registeredAt.toISOString(), confirmed_at: confirmedAt.toISOString() };
}

/** Every route of the ledger: JSON and pages. */
export function ledgerRoutes(room: Room): Route[] {
  return [
    api('ledger:read', list, async (c) => {
      const { state } = c.req.valid('query');
      const { lines } = await read(room);
      return c.json({ holdings: lines.filter(({ holding }) => !state || holding.state === state).map(bodyOf) }, 200);
    }),
    api('ledger:read', one, async (c) => {
      const found = await readOne(room, c.req.valid('param').id);
      return found ? c.json(bodyOf(found.line), 200) : answerProblem(c, noHolding.problem);
    }),
    api('ledger:write', register, async (c) => {
      const by = byOf(c);
      const outcome = await registerHolding(room, by, c.req.valid('json'));
      return outcome.ok
        ? c.json(bodyOf({ holding: outcome.value, people: 0 }), 201, {
            location: `/api/v1/holdings/${outcome.value.id}`,
          })
        : answerProblem(c, outcome.problem);
    }),
    ...tablePages(room),
    ...formPages(room),
    ...holdingPages(room),
    ...purposePages(room),
  ];
}
