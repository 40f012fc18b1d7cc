// Provision for the company's systems: provide one person's items, and read provisions and their statutory records.

import {
  answerProblem,
  api,
  createRoute,
  guardedByLaw,
  jsonAnswer,
  jsonBody,
  problemAnswer,
  z,
  type Route,
} from '../../platform/http/index.ts';
import type { Office } from '../../office.ts';
import { basisOf, basisSchema } from '../checkpoint/index.ts';
import { provide, provisionOf, provisions } from './actions.ts';
import { partySchema, provisionFactsSchema } from './facts.ts';
import { provisionPages } from './pages.tsx';
import type { Provided } from './store.ts';
import type { RecordRow } from './tables.ts';

const PAGE = 100;

const recordSchema = z
  .object({
    id: z.uuid(),
    principal: z.uuid(),
    made_on: z.iso.date(),
    mode: z.enum(['each', 'bulk', 'contract']),
    consent_obtained: z.boolean(),
    provided_on: z.iso.date().nullable(),
    recipient: z.object({ name: z.string(), address: z.string(), representative: z.string().nullable() }),
    items: z.array(z.string()),
    keep_until: z.iso.date(),
  })
  .openapi('ProvisionRecord', { description: 'The record of APPI 29 with the items of Rules 20(1).' });

const provisionSchema = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    principal: z.uuid(),
    holding: z.uuid(),
    purpose: z.string(),
    items: z.array(z.string()),
    relation: z.string(),
    recipient: partySchema,
    basis: basisSchema,
    record: recordSchema.nullable(),
  })
  .openapi('Provision');

const askSchema = z
  .strictObject({
    principal: z.string(),
    holding: z.string(),
    items: z.array(z.string().max(60)).max(64),
    purpose: z.string().max(40),
    attempt: z
      .string()
      .regex(/^[\w-]{8,64}$/)
      .optional()
      .openapi({ description: 'Names this call: repeated with the same name, nothing is provided again (409).' }),
    facts: provisionFactsSchema,
  })
  .openapi('ProvisionRequest');

const providedSchema = z
  .object({
    id: z.uuid(),
    items: z.record(z.string(), z.string()),
    absent: z.array(z.string()),
    basis: basisSchema,
    record: recordSchema.nullable(),
  })
  .openapi('Provided');

const recordsSchema = z.object({ records: z.array(recordSchema), next: z.uuid().nullable() });
const recordsQuery = z.object({ principal: z.string().optional(), before: z.string().optional() });

/** What travels here, for the typed client. */
export interface ProvisionJson {
  ask: z.input<typeof askSchema>;
  provided: z.infer<typeof providedSchema>;
  provision: z.infer<typeof provisionSchema>;
  records: z.infer<typeof recordsSchema>;
  recordsQuery: z.input<typeof recordsQuery>;
}

const provideRoute = createRoute({
  method: 'post',
  path: '/api/v1/provisions',
  summary: 'Provide items of one person to somebody else',
  request: jsonBody(askSchema),
  responses: {
    201: jsonAnswer(providedSchema, 'Provided and recorded'),
    404: problemAnswer('Nothing is held about this person in this holding'),
    409: problemAnswer('This attempt has provided already; `existing` is the provision'),
    ...guardedByLaw,
  },
});

const oneRoute = createRoute({
  method: 'get',
  path: '/api/v1/provisions/{id}',
  summary: 'One provision',
  request: { params: z.object({ id: z.string() }) },
  responses: {
    200: jsonAnswer(provisionSchema, 'The provision'),
    404: problemAnswer('No such provision'),
    ...guardedByLaw,
  },
});

const recordsRoute = createRoute({
  method: 'get',
  path: '/api/v1/records',
  summary: 'Statutory records of provisions, newest first',
  request: { query: recordsQuery },
  responses: {
    200: jsonAnswer(recordsSchema, `At most ${PAGE}; \`next\` is the value of \`before\` for the page after`),
    ...guardedByLaw,
  },
});

const recordBody = (row: RecordRow): z.infer<typeof recordSchema> => ({
  id: row.id,
  principal: row.principal_id,
  made_on: row.made_on,
  mode: row.mode,
  consent_obtained: row.consent_obtained,
  provided_on: row.provided_on,
  recipient: {
    name: row.recipient_name,
    address: row.recipient_address,
    representative: row.recipient_representative,
  },
  items: row.items,
  keep_until: row.keep_until,
});

const provisionBody = (row: Provided): z.infer<typeof provisionSchema> => ({
  id: row.id,
  at: row.at.toISOString(),
  principal: row.principal_id,
  holding: row.holding_id,
  purpose: row.purpose,
  items: row.items,
  relation: row.relation,
  recipient: row.recipient,
  basis: basisOf(row.finding),
  record: row.record && recordBody(row.record),
});

/** Every route of the provisions: JSON and pages. */
export const provisionRoutes = (office: Office): Route[] => [
  api('people:provide', provideRoute, async (c) => {
    const outcome = await provide(office, c.get('actor'), c.get('authority'), c.req.valid('json'));
    if (!outcome.ok) return answerProblem(c, outcome.problem);
    const { id, values, absent, decision, record } = outcome.value;
    const body = {
      id,
      items: { ...values },
      absent,
      basis: basisOf(decision.finding),
      record: record && recordBody(record),
    };
    return c.json(body, 201, { location: `/api/v1/provisions/${id}` });
  }),
  api('records:read', oneRoute, async (c) => {
    const outcome = await provisionOf(office, c.req.valid('param').id);
    return outcome.ok ? c.json(provisionBody(outcome.value), 200) : answerProblem(c, outcome.problem);
  }),
  api('records:read', recordsRoute, async (c) => {
    const outcome = await provisions(office, { ...c.req.valid('query'), recorded: true, most: PAGE });
    if (!outcome.ok) return answerProblem(c, outcome.problem);
    const records = outcome.value.flatMap(({ record }) => (record ? [recordBody(record)] : []));
    return c.json({ records, next: outcome.value.length === PAGE ? outcome.value.at(-1)!.id : null }, 200);
  }),
  ...provisionPages(office),
];
