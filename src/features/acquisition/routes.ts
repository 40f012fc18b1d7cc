// The API of acquisition: bring in one person's information, and read how it came in.

import { acquisitionItems, consentGivers, partyKinds, provisionItems } from '../../law/index.ts';
import type { Office } from '../../office.ts';
import {
  answerProblem,
  api,
  createRoute,
  daySchema,
  exact,
  guarded,
  guardedByLaw,
  jsonAnswer,
  jsonBody,
  problemAnswer,
  shortText,
  z,
  unreadableSchema,
  type Route,
} from '../../platform/http/index.ts';
import { MAX_CHARACTERS, MAX_ITEMS } from '../../vault/index.ts';
import { byOf } from '../access/index.ts';
import { asTold, basisSchema, sharesEmailWithSchema } from '../checkpoint/index.ts';
import { acquire, acquisition, asStated } from './actions.ts';
import { MOST_GIVEN, placements, sources, type AcquireAsk } from './facts.ts';
import type { AcquisitionRecord } from './tables.ts';

const elementSchemas = {
  legalBasis: shortText(500).optional(),
  publicAffairs: z.boolean().optional(),
  necessary: z.boolean().optional(),
  consentDifficult: z.boolean().optional(),
  consentImpedes: z.boolean().optional(),
  academicInstitution: z.boolean().optional(),
  jointResearch: z.boolean().optional(),
  undueInfringement: z.boolean().optional(),
};

const exceptionSchema = z.strictObject({
  item: z.enum(acquisitionItems),
  ...elementSchemas,
  publishedByListed: z.boolean().optional(),
  outwardlyEvident: z.boolean().optional(),
});

const receiptSchema = z
  .strictObject({
    provider: z
      .strictObject({
        kind: z.enum(partyKinds).optional(),
        name: shortText(MOST_GIVEN.name).optional(),
        address: shortText(MOST_GIVEN.address).optional(),
        representative: shortText(MOST_GIVEN.representative).optional(),
      })
      .optional(),
    basis: z.enum(['consent', 'opt-out', 'exception', 'not-third-party', 'private-person']).optional(),
    exception: z
      .strictObject({ item: z.enum(provisionItems), ...elementSchemas, lawOfJapan: z.boolean().optional() })
      .optional()
      .openapi({
        description:
          'Basis `exception`: the item of 27(1) under which the provider provides, with what it requires, as for a provision.',
      }),
    howAcquired: shortText(MOST_GIVEN.howAcquired).optional(),
    documentSeen: z.boolean().optional(),
    consentObtained: z.boolean().optional(),
    filingPublished: z.boolean().optional(),
    ownUse: z.boolean().optional().openapi({
      description:
        'Basis `not-third-party`: whether the company, to which it is entrusted, also uses it for itself. False for joint use and succession.',
    }),
    looksUnlawful: z.boolean().optional(),
    record: z.strictObject({ mode: z.enum(['each', 'bulk', 'contract']), lastOn: daySchema.optional() }).optional(),
  })
  .openapi('Receipt', { description: 'What was checked of a third party that provided it (APPI 30).' });

const noticeExceptionSchema = z.strictObject({
  item: z.enum(['21(4)(i)', '21(4)(ii)', '21(4)(iii)', '21(4)(iv)']),
  confirmed: z.boolean().optional(),
  clearPurposes: z.array(z.string()).max(20).optional(),
});

const askSchema = z
  .strictObject({
    holding: z.string().openapi({ format: 'uuid' }),
    channel: z.string().openapi({ example: 'web-form', description: 'A way of acquisition that the policy states.' }),
    source: z.enum(sources),
    purposes: z
      .array(z.string())
      .max(20)
      .openapi({ example: ['P3'] }),
    purposeIndicated: z.strictObject({ placement: z.enum(placements) }).optional(),
    items: z.record(z.string(), exact(z.string())).openapi({
      description: `Item codes of the holding and their values, kept exactly as given. At most ${MAX_ITEMS} items of ${MAX_CHARACTERS} characters.`,
      example: { name: '例示 花子', email: 'hanako@example.jp' },
    }),
    principal: z.string().optional().openapi({
      description:
        'Adds to a person who is known already; left out, creates one. Another value of an item that is kept is held for these purposes alone.',
    }),
    seen: z.int().min(1).optional().openapi({
      description:
        'The version you saw of what the holding keeps of `principal`, as `POST /api/v1/uses` and `GET /api/v1/principals/{id}` answer it. Needed where one of the items is kept there already, which is then replaced (409 without it); where it is given, nothing is written when there is a later one (409).',
    }),
    sharesEmailWith: sharesEmailWithSchema,
    receipt: receiptSchema.optional(),
    consent: z
      .strictObject({
        givenBy: z.enum(consentGivers).optional(),
        on: daySchema.optional(),
        withdrawnOn: daySchema.optional(),
        coversItems: z.boolean().optional(),
        coversPurpose: z.boolean().optional(),
      })
      .nullable()
      .optional()
      .openapi({
        description:
          'The consent to special care-required information (20(2)); null where there is none. Left out, it is not known, and then the consent that a provider says it has lets nothing in. It must cover these items and purposes: of a consent on record for that day, the giver and the scope on record count, and whoever states otherwise, or null of somebody whose consent is on record, is told so (422); of any other, what is stated here.',
      }),
    exception: exceptionSchema.optional(),
    noticeException: noticeExceptionSchema.optional(),
    urgent: z.boolean().optional(),
  })
  .openapi('AcquisitionRequest');

const recordSchema = z
  .object({
    id: z.uuid().openapi({ description: 'Also the id of the decision and of its log entry.' }),
    principal: z.uuid(),
    holding: z.uuid(),
    at: z.iso.datetime(),
    channel: z.string(),
    source: z.enum(sources),
    purposes: z.array(z.string()),
    items: z.array(z.string()),
    placement: z.enum(placements).nullable(),
    receipt: z.unknown().openapi({
      description:
        'As it was stated; null when nobody but the person gave it. Once the information is erased, without the particulars of a provider who is a person.',
    }),
    unreadable: unreadableSchema,
    basis: basisSchema,
    law_version: z.iso.date(),
    policy_version: z.int(),
    email_shared: z.boolean().openapi({
      description: 'Others had the e-mail address, and it was stated (`sharesEmailWith`) that this is another person.',
    }),
  })
  .openapi('Acquisition');

const acquireRoute = createRoute({
  method: 'post',
  path: '/api/v1/acquisitions',
  operationId: 'acquire',
  summary: 'Bring in personal information of one person',
  // Only described here, and read by hand. A schema for headers would copy and check every header of every request.
  parameters: [
    {
      in: 'header',
      name: 'Idempotency-Key',
      required: false,
      schema: { type: 'string', pattern: '^[!-~]{1,200}$' },
      description: 'Repeating a request with the same key and body has no second effect and the same answer.',
    },
  ],
  request: jsonBody(askSchema),
  responses: {
    200: jsonAnswer(recordSchema, 'Acquired by an earlier request with the same key'),
    201: jsonAnswer(recordSchema, 'Acquired, recorded and logged'),
    404: problemAnswer('There is no such person'),
    409: problemAnswer(
      'The holding keeps one of the items already and `seen` is not given, or what it keeps has changed since `seen`; others in it have this e-mail address (`principals`) and `sharesEmailWith` does not name exactly them; or the key was used for another request',
    ),
    ...guardedByLaw,
  },
});

const oneRoute = createRoute({
  method: 'get',
  path: '/api/v1/acquisitions/{id}',
  operationId: 'acquisition',
  summary: 'How information about a person came in',
  request: { params: z.object({ id: z.string() }) },
  responses: { 200: jsonAnswer(recordSchema, 'The record'), 404: problemAnswer('No such record'), ...guarded },
});

/** The JSON of these routes, for the typed client. */
export interface AcquisitionJson {
  ask: z.input<typeof askSchema>;
  record: z.infer<typeof recordSchema>;
}

const recordBody = (record: AcquisitionRecord): z.infer<typeof recordSchema> => ({
  id: record.id,
  principal: record.principal,
  holding: record.holding,
  at: new Date(record.at).toISOString(),
  channel: record.channel,
  source: record.source,
  purposes: [...record.purposes],
  items: [...record.items],
  placement: record.placement,
  receipt: record.receipt,
  unreadable: record.unread === 'unreadable',
  basis: { because: record.because, duties: record.duties },
  law_version: record.lawVersion,
  policy_version: record.policyVersion,
  email_shared: record.emailShared,
});

/** Every JSON route of acquisition. */
export const acquisitionApi = (office: Office): Route[] => [
  api('people:acquire', acquireRoute, async (c) => {
    const ask = c.req.valid('json') as AcquireAsk;
    const key = c.req.header('idempotency-key');
    const idempotency = key === undefined ? undefined : { key, text: JSON.stringify(ask) };
    const outcome = await acquire(office, byOf(c), { ...ask, idempotency });
    if (!outcome.ok) return answerProblem(c, outcome.problem);
    const { record, repeated } = outcome.value;
    return repeated
      ? c.json(recordBody(record), 200)
      : c.json(recordBody(record), 201, { location: `/api/v1/acquisitions/${record.id}` });
  }),
  api('records:read', oneRoute, async (c) => {
    const found = await acquisition(office, c.req.valid('param').id);
    const outcome = asTold(c.get('actor'), found, ({ purposes }) => purposes);
    if (!outcome.ok) return answerProblem(c, outcome.problem);
    const [record] = await asStated(office, byOf(c), [outcome.value]);
    return c.json(recordBody(record!), 200);
  }),
];
