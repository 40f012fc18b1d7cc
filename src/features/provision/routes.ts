// The API of provision: provide one person's items, prepare packages, and read provisions and their statutory records. Also lists the pages.

import { done, type Outcome } from '../../base/outcome.ts';
import { idOf, PAGE, pageOf } from '../../base/page.ts';
import type { Relation } from '../../law/index.ts';
import {
  answerProblem,
  api,
  attemptSchema,
  createRoute,
  guardedByLaw,
  jsonAnswer,
  jsonBody,
  longText,
  problemAnswer,
  queryOfPeriod,
  z,
  type FieldNames,
  type Route,
} from '../../platform/http/index.ts';
import { instantsOf } from '../../platform/ui/period.tsx';
import type { Office } from '../../office.ts';
import { byOf, type Room } from '../access/index.ts';
import { asTold, basisOf, basisSchema, purposesTold } from '../checkpoint/index.ts';
import {
  cancelPackage,
  closePackage,
  draftPackage,
  listPeople,
  packageOf,
  packages,
  requestPackage,
  screenPackage,
  type PackageSeen,
} from './actions/packages.ts';
import { packageWaits } from './actions/prepare.ts';
import { provide } from './actions/provide.ts';
import { provisionOf, provisions, records } from './actions/read.ts';
import {
  admitted,
  fallsOut,
  packageStates,
  partySchema,
  provisionFactsSchema,
  whyOut,
  type Screened,
} from './facts.ts';
import { draftPages } from './pages/draft.tsx';
import { endPages } from './pages/end.tsx';
import { exportPages } from './pages/export.tsx';
import { listPages } from './pages/list.tsx';
import { lostPages } from './pages/lost.tsx';
import { newPages } from './pages/new.tsx';
import { onePages } from './pages/one.tsx';
import { casePages } from './pages/package.tsx';
import { packageListPages } from './pages/packages.tsx';
import type { Provided } from './store/provisions.ts';
import type { PackageRow, RecordRow } from './tables.ts';
import { relationWords } from './words.ts';

const recordShape = {
  /** The provision it is about. */
  id: z.uuid(),
  made_on: z.iso.date(),
  mode: z.enum(['each', 'bulk', 'contract']),
  consent_obtained: z.boolean(),
  provided_on: z.iso.date().nullable(),
  recipient: z.object({ name: z.string(), address: z.string(), representative: z.string().nullable() }),
  items: z.array(z.string()),
  keep_until: z.iso.date(),
};

const recordSchema = z.object({ ...recordShape, principal: z.uuid() }).openapi('ProvisionRecord', {
  description: 'The record of APPI 29 about one person, with the items of Rules 20(1).',
});

const provisionSchema = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    principal: z.uuid().nullable().openapi({ description: 'Null where it was of more than one person.' }),
    people: z.int(),
    package: z.uuid().nullable(),
    holding: z.uuid(),
    purpose: z.string(),
    items: z.array(z.string()),
    relation: z.string(),
    recipient: z.object({ ...partySchema.shape, id: z.uuid().nullable() }).openapi('ProvisionRecipient'),
    joint_use: z.uuid().nullable(),
    basis: basisSchema,
    record: z
      .object(recordShape)
      .nullable()
      .openapi({ description: 'What the records of the persons have in common; null where the law asks for none.' }),
  })
  .openapi('Provision');

const giving = {
  holding: z.string(),
  items: z.array(z.string().max(60)).max(64),
  purpose: z.string().max(40),
  recipient: z
    .string()
    .optional()
    .openapi({ description: 'Id in the register of recipients; absent within the company.' }),
  joint_use: z.string().optional().openapi({ description: 'Id of the joint use it is shared in.' }),
  facts: provisionFactsSchema,
};

/** `spares`: what a repetition does not do again. */
const attempt = (spares: string) => attemptSchema(`by the same system under the same name, ${spares}`);

const askSchema = z
  .strictObject({
    ...giving,
    principal: z.string(),
    attempt: attempt('nothing is provided again'),
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

const recordsSchema = z.object({ records: z.array(recordSchema), next: z.string().nullable() });
const recordsQuery = queryOfPeriod({ principal: z.string().optional(), before: z.string().optional() }, 'provided');

const provisionsSchema = z.object({ provisions: z.array(provisionSchema), next: z.uuid().nullable() });
const provisionsQuery = queryOfPeriod(
  {
    principal: z.string().optional(),
    recipient: z.string().optional().openapi({ description: 'Id in the register of recipients.' }),
    relation: z.enum(Object.keys(relationWords) as Relation[]).optional(),
    before: z.string().optional(),
  },
  'provided',
);

const IDS_A_CALL = 20_000;

const packageAskSchema = z
  .strictObject({
    ...giving,
    recipient: z.string(),
    everybody: z.boolean().openapi({ description: 'Everybody in the holding; otherwise those put on its list.' }),
    attempt: attempt('no second package is drafted'),
  })
  .openapi('PackageRequest');

/** Persons who fall out, for each reason. */
const outShape = {
  why: z.enum(Object.keys(fallsOut) as (keyof typeof fallsOut)[]),
  people: z.int(),
  because: z.array(z.string()),
};

const packageSchema = z
  .object({
    id: z.uuid(),
    made_at: z.iso.datetime(),
    holding: z.uuid(),
    purpose: z.string(),
    items: z.array(z.string()),
    recipient: z.uuid(),
    joint_use: z.uuid().nullable(),
    everybody: z.boolean(),
    state: z.enum(packageStates),
    reason: z.string().nullable(),
    listed: z.int().nullable().openapi({ description: 'How many are on its list; null where it is of everybody.' }),
    duplicates: z.int(),
    screening: z.object({
      screened_at: z.iso.datetime().nullable(),
      admitted: z.int(),
      falling_out: z.array(z.object(outShape)),
    }),
    fell_out: z
      .array(
        z.object({
          ...outShape,
          provided: z.boolean().openapi({ description: 'They had been provided in an earlier fetch.' }),
        }),
      )
      .openapi({
        description:
          'Who fell out after the approval. `unapproved`: the law lets them in, but on terms that nobody has approved.',
      }),
    progress: z.object({ people: z.int(), sealed: z.int() }),
    waits: z
      .object({ because: z.array(z.string()) })
      .nullable()
      .openapi({
        description:
          'The finding while it waits: everybody in it waits for a change of purpose to be judged anew, and it goes on once that is done.',
      }),
    stuck: z
      .object({ since: z.iso.datetime(), why: z.enum(['record', 'key', 'other']), person: z.uuid().nullable() })
      .nullable()
      .openapi({
        description:
          'Since when and why it cannot be prepared: the record of a person in it, or its key, does not open, or another failure. Sekisho keeps trying.',
      }),
    fetched: z.int(),
  })
  .openapi('Package');

const packagesSchema = z.object({
  packages: z.array(packageSchema.omit({ listed: true, progress: true, waits: true })),
  next: z.uuid().nullable(),
});
const packagesQuery = queryOfPeriod({ before: z.string().optional() }, 'drafted');
const listSchema = z.strictObject({ principals: z.array(z.uuid()).min(1).max(IDS_A_CALL) }).openapi('PackageList');
const listedSchema = z.object({ added: z.int(), duplicates: z.int() });
const packageId = { params: z.object({ id: z.string() }) };

/** The JSON of these routes, for the typed client. */
export interface ProvisionJson {
  packageAsk: z.input<typeof packageAskSchema>;
  package: z.infer<typeof packageSchema>;
  packages: z.infer<typeof packagesSchema>;
  listed: z.infer<typeof listedSchema>;
  ask: z.input<typeof askSchema>;
  provided: z.infer<typeof providedSchema>;
  provision: z.infer<typeof provisionSchema>;
  records: z.infer<typeof recordsSchema>;
  provisions: z.infer<typeof provisionsSchema>;
  provisionsQuery: z.input<typeof provisionsQuery>;
  recordsQuery: z.input<typeof recordsQuery>;
  packagesQuery: z.input<typeof packagesQuery>;
}

const provideRoute = createRoute({
  method: 'post',
  path: '/api/v1/provisions',
  operationId: 'provide',
  summary: 'Provide items of one person to somebody else',
  request: jsonBody(askSchema),
  responses: {
    201: jsonAnswer(providedSchema, 'Provided and recorded'),
    404: problemAnswer('Nothing is held about this person in this holding'),
    409: problemAnswer(
      'This attempt has provided already: the same, and `existing` is the provision, or something else',
    ),
    ...guardedByLaw,
  },
});

const oneRoute = createRoute({
  method: 'get',
  path: '/api/v1/provisions/{id}',
  operationId: 'provision',
  summary: 'One provision',
  request: { params: z.object({ id: z.string() }) },
  responses: {
    200: jsonAnswer(provisionSchema, 'The provision'),
    404: problemAnswer('No such provision'),
    ...guardedByLaw,
  },
});

const provisionsRoute = createRoute({
  method: 'get',
  path: '/api/v1/provisions',
  operationId: 'provisions',
  summary: 'Provisions, newest first, with the statutory record of each',
  request: { query: provisionsQuery },
  responses: {
    200: jsonAnswer(provisionsSchema, `At most ${PAGE}; \`next\` is the value of \`before\` for the page after`),
    ...guardedByLaw,
  },
});

const recordsRoute = createRoute({
  method: 'get',
  path: '/api/v1/records',
  operationId: 'records',
  summary: 'Statutory records of provisions, newest first',
  request: { query: recordsQuery },
  responses: {
    200: jsonAnswer(recordsSchema, `At most ${PAGE}; \`next\` is the value of \`before\` for the page after`),
    ...guardedByLaw,
  },
});

const recordBody = (row: RecordRow) => ({
  id: row.provision_id,
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

const personRecord = (row: RecordRow, principal: string): z.infer<typeof recordSchema> => ({
  ...recordBody(row),
  principal,
});

const provisionBody = (row: Provided): z.infer<typeof provisionSchema> => ({
  id: row.id,
  at: row.at.toISOString(),
  principal: row.principal,
  people: row.people,
  package: row.package_id,
  holding: row.holding_id,
  purpose: row.purpose,
  items: row.items,
  relation: row.relation,
  recipient: { ...row.recipient, id: row.recipient_id },
  joint_use: row.joint_use_id,
  basis: basisOf(row.finding),
  record: row.record && recordBody(row.record),
});

const outBody = (one: Screened) => ({
  why: whyOut(one),
  people: one.people,
  because: one.finding ? basisOf(one.finding).because : [],
});

const packageBody = (row: PackageRow) => {
  const screening = row.screening ?? [];
  const out = screening.filter(({ finding }) => finding?.answer !== 'yes');
  return {
    id: row.id,
    made_at: row.made_at.toISOString(),
    holding: row.holding_id,
    purpose: row.purpose,
    items: row.items,
    recipient: row.recipient_id,
    joint_use: row.joint_use_id,
    everybody: row.everybody,
    state: row.state,
    reason: row.reason,
    duplicates: row.duplicates,
    screening: {
      screened_at: row.screened_at?.toISOString() ?? null,
      admitted: admitted(screening),
      falling_out: out.map(outBody),
    },
    fell_out: row.fallen.map((one) => ({ ...outBody(one), provided: one.provided ?? false })),
    stuck: row.stuck,
    fetched: row.fetched,
  };
};

async function seenBody(
  office: Office,
  { listed, progress, ...row }: PackageSeen,
): Promise<z.infer<typeof packageSchema>> {
  const waits = await packageWaits(office, row);
  return { ...packageBody(row), listed, progress, waits: waits && { because: basisOf(waits).because } };
}

const stepAnswers = {
  200: jsonAnswer(packageSchema, 'The package after the step'),
  404: problemAnswer('No such package'),
  409: problemAnswer(
    'The package has moved on already, or cannot take the step: only what was downloaded is closed, only what was not is cancelled',
  ),
  ...guardedByLaw,
};

const stepRoute = <P extends string>(step: P, method: string, summary: string) =>
  createRoute({
    method: 'post',
    path: `/api/v1/packages/{id}/${step}`,
    operationId: `packages.${method}`,
    summary,
    request: { ...packageId, ...jsonBody(z.strictObject({})) },
    responses: stepAnswers,
  });

const draftRoute = createRoute({
  method: 'post',
  path: '/api/v1/packages',
  operationId: 'packages.draft',
  summary: 'Draft a package: many persons, or one, to a recipient as an encrypted file',
  request: jsonBody(packageAskSchema),
  responses: {
    201: jsonAnswer(packageSchema, 'Drafted; nobody has approved it and nothing was read'),
    409: problemAnswer('This attempt has drafted already: the same, and `existing` is the package, or something else'),
    ...guardedByLaw,
  },
});

const listRoute = createRoute({
  method: 'post',
  path: '/api/v1/packages/{id}/people',
  operationId: 'packages.list',
  summary: 'Put persons on the list of a draft; call it again for a long list',
  request: { ...packageId, ...jsonBody(listSchema) },
  responses: {
    200: jsonAnswer(listedSchema, 'How many were new to the list'),
    404: problemAnswer('No such package'),
    409: problemAnswer('The package has moved on already'),
    ...guardedByLaw,
  },
});

const cancelRoute = createRoute({
  method: 'post',
  path: '/api/v1/packages/{id}/cancellation',
  operationId: 'packages.cancel',
  summary: 'Stop a package before anything has left; what was prepared is destroyed',
  request: {
    ...packageId,
    ...jsonBody(
      z.strictObject({
        reason: longText(500, 1).openapi({
          description: 'It stays with the package. Do not name the people the information is about.',
        }),
      }),
    ),
  },
  responses: stepAnswers,
});

const packageRoute = createRoute({
  method: 'get',
  path: '/api/v1/packages/{id}',
  operationId: 'packages.one',
  summary: 'One package',
  request: packageId,
  responses: { 200: jsonAnswer(packageSchema, 'The package'), 404: problemAnswer('No such package'), ...guardedByLaw },
});

const packagesRoute = createRoute({
  method: 'get',
  path: '/api/v1/packages',
  operationId: 'packages.all',
  summary: 'Packages, newest first',
  request: { query: packagesQuery },
  responses: {
    200: jsonAnswer(packagesSchema, `At most ${PAGE}; \`next\` is the value of \`before\` for the page after`),
    ...guardedByLaw,
  },
});

/** A package after a step, with its present state. */
async function after(office: Office, outcome: Outcome<PackageRow>): Promise<Outcome<z.infer<typeof packageSchema>>> {
  if (!outcome.ok) return outcome;
  const seen = await packageOf(office, outcome.value.id);
  return seen.ok ? done(await seenBody(office, seen.value)) : seen;
}

/** The API's names of fields. */
const named: FieldNames = { jointUse: 'joint_use', list: 'principals' };

/** The routes of packages for systems. There is none for approving: only people approve. */
const packageRoutes = (office: Office): Route[] => [
  api('people:provide', draftRoute, async (c) => {
    const { joint_use: jointUse, ...ask } = c.req.valid('json');
    const made = await after(office, await draftPackage(office, byOf(c), { ...ask, jointUse }));
    if (!made.ok) return answerProblem(c, made.problem, named);
    return c.json(made.value, 201, { location: `/api/v1/packages/${made.value.id}` });
  }),
  api('people:provide', listRoute, async (c) => {
    const { principals } = c.req.valid('json');
    const listed = await listPeople(office, byOf(c), c.req.valid('param').id, principals.join('\n'));
    return listed.ok ? c.json(listed.value, 200) : answerProblem(c, listed.problem, named);
  }),
  ...(
    [
      ['screening', 'screen', 'Screen a package again, as the registers stand now', screenPackage],
      ['request', 'request', 'Ask for the approval of a draft', requestPackage],
      ['close', 'close', 'Close a package whose file the recipient has; what was prepared is destroyed', closePackage],
    ] as const
  ).map(([step, method, summary, take]) =>
    api('people:provide', stepRoute(step, method, summary), async (c) => {
      const taken = await after(office, await take(office, byOf(c), c.req.valid('param').id));
      return taken.ok ? c.json(taken.value, 200) : answerProblem(c, taken.problem, named);
    }),
  ),
  api('people:provide', cancelRoute, async (c) => {
    const { reason } = c.req.valid('json');
    const taken = await after(office, await cancelPackage(office, byOf(c), c.req.valid('param').id, reason));
    return taken.ok ? c.json(taken.value, 200) : answerProblem(c, taken.problem);
  }),
  api('packages:read', packageRoute, async (c) => {
    const found = await packageOf(office, c.req.valid('param').id);
    const seen = asTold(c.get('actor'), found, ({ purpose }) => [purpose]);
    return seen.ok ? c.json(await seenBody(office, seen.value), 200) : answerProblem(c, seen.problem);
  }),
  api('packages:read', packagesRoute, async (c) => {
    const { before, ...days } = c.req.valid('query');
    const purposes = purposesTold(c.get('actor'));
    const found = await packages(office, { before, ...instantsOf(days), purposes, most: PAGE + 1 });
    if (!found.ok) return answerProblem(c, found.problem);
    const { rows, next } = pageOf(found.value, PAGE, idOf);
    return c.json({ packages: rows.map(packageBody), next }, 200);
  }),
];

/** Every route of the provisions: JSON and pages. */
export const provisionRoutes = (room: Room): Route[] => {
  const { office } = room;
  return [
    api('people:provide', provideRoute, async (c) => {
      const { recipient = null, joint_use: jointUse, ...ask } = c.req.valid('json');
      const outcome = await provide(office, byOf(c), { ...ask, recipient, jointUse });
      if (!outcome.ok) return answerProblem(c, outcome.problem, named);
      const { id, values, absent, decision, record } = outcome.value;
      const body = {
        id,
        items: { ...values },
        absent,
        basis: basisOf(decision.finding),
        record: record && personRecord(record, ask.principal),
      };
      return c.json(body, 201, { location: `/api/v1/provisions/${id}` });
    }),
    api('records:read', oneRoute, async (c) => {
      const found = await provisionOf(office, c.req.valid('param').id);
      const outcome = asTold(c.get('actor'), found, ({ purpose }) => [purpose]);
      return outcome.ok ? c.json(provisionBody(outcome.value), 200) : answerProblem(c, outcome.problem);
    }),
    api('records:read', provisionsRoute, async (c) => {
      const { from, to, ...asked } = c.req.valid('query');
      const purposes = purposesTold(c.get('actor'));
      const found = await provisions(office, { ...asked, ...instantsOf({ from, to }), purposes, most: PAGE + 1 });
      if (!found.ok) return answerProblem(c, found.problem);
      const { rows, next } = pageOf(found.value, PAGE, idOf);
      return c.json({ provisions: rows.map(provisionBody), next }, 200);
    }),
    api('records:read', recordsRoute, async (c) => {
      const { from, to, ...asked } = c.req.valid('query');
      const purposes = purposesTold(c.get('actor'));
      const found = await records(office, { ...asked, ...instantsOf({ from, to }), purposes, most: PAGE + 1 });
      if (!found.ok) return answerProblem(c, found.problem);
      const { rows, next } = pageOf(found.value, PAGE, (row) => `${row.provision_id}.${row.principal_id}`);
      return c.json({ records: rows.map((row) => personRecord(row, row.principal_id)), next }, 200);
    }),
    ...packageRoutes(office),
    ...listPages(office),
    ...lostPages(office),
    ...exportPages(office),
    ...newPages(office),
    ...onePages(office),
    ...packageListPages(room),
    ...draftPages(office),
    ...casePages(room),
    ...endPages(room),
  ];
};
