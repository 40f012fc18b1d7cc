// The API of personally related information: collections, provisions, receipts, and identifiers linked to persons. An identifier is sent in the
// body, never in an address. Also the list of all routes.

import type { Outcome } from '../../base/outcome.ts';
import { idOf, PAGE, pageOf } from '../../base/page.ts';
import {
  answerProblem,
  api,
  attemptSchema,
  bilingualSchema,
  createRoute,
  guarded,
  guardedByLaw,
  jsonAnswer,
  jsonBody,
  problemAnswer,
  queryOfPeriod,
  shortText,
  unreadableSchema,
  z,
  type Route,
} from '../../platform/http/index.ts';
import { instantsOf } from '../../platform/ui/period.tsx';
import type { Office } from '../../office.ts';
import { byOf } from '../access/index.ts';
import { basisOf, basisSchema, standing, toldOf } from '../checkpoint/index.ts';
import { collectionOf, collections, registerCollection } from './actions/collections.ts';
import { link, links, principalOf, unlink } from './actions/links.ts';
import { provide, provisionOf, provisions } from './actions/provisions.ts';
import { receiptOf, receipts, receiptTold, receive } from './actions/receipts.ts';
import { provideStatedSchema, receiptStatedSchema } from './facts/asking.ts';
import { type Collection, sources, tellings } from './facts/collection.ts';
import { unlinkReasons } from './facts/linking.ts';
import { collectionPages } from './pages/collection.tsx';
import { formPages } from './pages/form.tsx';
import { linkPages } from './pages/link.tsx';
import { listPages } from './pages/list.tsx';
import { lostPages } from './pages/lost.tsx';
import { provisionPages } from './pages/provision.tsx';
import { receiptPages } from './pages/receipt.tsx';
import { asStated, type ReadReceipt } from './actions/documents.ts';
import type { Provided } from './store.ts';
import type { LinkRow, ReceiptRecordRow, RelatedRecordRow } from './tables.ts';

const itemSchema = z.object({
  code: z.string().openapi({ example: 'cookie_id' }),
  label: bilingualSchema,
  tells: z.enum(tellings),
  class: z.string().openapi({ description: 'Its class under the law while it is linked to nobody.' }),
});

const collectionSchema = z
  .object({
    id: z.uuid(),
    name: bilingualSchema,
    source: z.enum(sources),
    place: z.string(),
    searchable: z.boolean(),
    communications: z.boolean(),
    holding: z.uuid().nullable(),
    items: z.array(itemSchema),
    state: z.enum(['active', 'retired']),
    version: z.int(),
    links: z.int().openapi({ description: 'How many identifiers of it are linked to somebody.' }),
    registered_at: z.iso.datetime(),
  })
  .openapi('RelatedCollection');

const inputSchema = z
  .strictObject({
    name: z.strictObject({ ja: z.string(), en: z.string().optional() }),
    source: z.enum(sources),
    place: z.string(),
    searchable: z.boolean().openapi({ description: 'Arranged so that it can be searched (APPI 16(7)).' }),
    communications: z.boolean().openapi({ description: 'It is about communications that the company carries.' }),
    holding: z
      .string()
      .optional()
      .openapi({ description: 'The holding that keeps what is linked to persons; left out, nothing is ever linked.' }),
    items: z.array(
      z.strictObject({
        code: z.string(),
        label: z.strictObject({ ja: z.string(), en: z.string().optional() }),
        tells: z.enum(tellings).openapi({ description: 'Whether the item shows who it is about.' }),
      }),
    ),
  })
  .openapi('RelatedCollectionInput');

const documentsSchema = z
  .strictObject({
    consent: shortText(200).optional(),
    foreignInformation: shortText(200).optional(),
    contract: shortText(200).optional(),
  })
  .openapi('RelatedDocuments', {
    description:
      'References of the papers that were seen. Of a receipt about a person they are erased with what is held about the person; of a provision, whose persons are not known, they stay: do not name anybody in them.',
  });

const receivedDocumentsSchema = documentsSchema
  .extend({ legalBasis: shortText(500).optional() })
  .openapi('RelatedReceiptDocuments', {
    description: 'The same for a receipt, with the law and the document of 27(1)(i), which are stated among its facts.',
  });

const attempt = attemptSchema('by the same system under the same name, nothing is done again');

const itemCodes = z.array(z.string().max(40)).max(64);

const provideSchema = z
  .strictObject({
    collection: z.string(),
    recipient: z.string().openapi({ description: 'Id in the register of recipients.' }),
    items: itemCodes,
    facts: provideStatedSchema,
    documents: documentsSchema.optional(),
    attempt,
  })
  .openapi('RelatedProvisionRequest');

const mode = z.enum(['each', 'bulk', 'contract']);

const provisionRecordSchema = z
  .object({
    id: z.uuid(),
    made_on: z.iso.date(),
    mode,
    consent_confirmed: z.boolean(),
    foreign_information_confirmed: z.boolean(),
    provided_on: z.iso.date().nullable(),
    first_on: z.iso.date().nullable(),
    last_on: z.iso.date().nullable(),
    recipient: z.object({ name: z.string(), address: z.string(), representative: z.string().nullable() }),
    items: z.array(z.string()),
    keep_until: z.iso.date(),
  })
  .openapi('RelatedProvisionRecord', { description: 'The record of APPI 31(3) with the items of Rules 28(1).' });

const provisionSchema = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    collection: z.uuid(),
    recipient: z.uuid(),
    items: z.array(z.string()),
    documents: documentsSchema,
    basis: basisSchema,
    record: provisionRecordSchema.nullable(),
  })
  .openapi('RelatedProvision');

const receiveSchema = z
  .strictObject({
    collection: z.string(),
    principal: z.string().optional().openapi({ description: 'Left out where it is kept apart from persons.' }),
    items: itemCodes,
    facts: receiptStatedSchema,
    documents: documentsSchema.optional(),
    attempt,
  })
  .openapi('RelatedReceiptRequest');

const receiptRecordSchema = z
  .object({
    id: z.uuid(),
    principal: z.uuid(),
    made_on: z.iso.date(),
    mode,
    consent_obtained: z.boolean(),
    provider: z.object({ name: z.string(), address: z.string(), representative: z.string().nullable() }),
    items: z.array(z.string()),
    keep_until: z.iso.date(),
  })
  .openapi('RelatedReceiptRecord', { description: 'The record of APPI 30(3) with the items of Rules 24(1)(iii).' });

const receiptSchema = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    collection: z.uuid(),
    principal: z.uuid().nullable(),
    items: z.array(z.string()),
    consent_by: z.enum(['own', 'substitute']).nullable(),
    consent: z.uuid().nullable(),
    documents: receivedDocumentsSchema,
    gone: z.boolean().openapi({
      description: 'The content of the documents was erased together with what was held about the person.',
    }),
    unreadable: unreadableSchema,
    basis: basisSchema,
    record: receiptRecordSchema.nullable(),
  })
  .openapi('RelatedReceipt');

const identifier = {
  collection: z.string(),
  identifier: z.string().openapi({ description: 'Code of the item that the identifier is.', example: 'cookie_id' }),
  value: z.string().max(1000),
};

const linkSchema = z
  .strictObject({
    ...identifier,
    principal: z.string(),
    receipt: z.string().optional().openapi({ description: 'The receipt it rests on, where it was received.' }),
  })
  .openapi('IdentifierLinkRequest');

const linkedSchema = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    collection: z.uuid(),
    identifier: z.string(),
    principal: z.uuid(),
    receipt: z.uuid().nullable(),
    consent: z.uuid().nullable(),
    class: z.string().openapi({ description: 'The class of the information from now on.' }),
  })
  .openapi('IdentifierLink', { description: 'The value itself is not kept.' });

const searchSchema = z
  .strictObject({ ...identifier, purpose: z.string().openapi({ example: 'P3' }) })
  .openapi('IdentifierSearch');

const foundSchema = z
  .object({ principal: z.uuid(), link: z.uuid(), decision: z.uuid(), basis: basisSchema })
  .openapi('IdentifierFound');

const provisionsSchema = z.object({ provisions: z.array(provisionSchema), next: z.uuid().nullable() });
const receiptsSchema = z.object({ receipts: z.array(receiptSchema), next: z.uuid().nullable() });
const linksSchema = z.object({ links: z.array(linkedSchema) });
const collectionsSchema = z.object({ collections: z.array(collectionSchema) });
const listShape = { collection: z.string().optional(), before: z.string().optional() };
const provisionsQuery = queryOfPeriod(listShape, 'provided');
const receiptsQuery = queryOfPeriod({ ...listShape, principal: z.string().optional() }, 'received');
const linksQuery = z.object({ principal: z.string().optional(), receipt: z.string().optional() });
const unlinkSchema = z.strictObject({ reason: z.enum(unlinkReasons) }).openapi('IdentifierUnlink');
const idParam = { params: z.object({ id: z.string() }) };

/** The JSON of these routes, for the typed client. */
export interface RelatedJson {
  collectionInput: z.input<typeof inputSchema>;
  collection: z.infer<typeof collectionSchema>;
  collections: z.infer<typeof collectionsSchema>;
  provide: z.input<typeof provideSchema>;
  provision: z.infer<typeof provisionSchema>;
  provisions: z.infer<typeof provisionsSchema>;
  provisionsQuery: z.input<typeof provisionsQuery>;
  receive: z.input<typeof receiveSchema>;
  receipt: z.infer<typeof receiptSchema>;
  receipts: z.infer<typeof receiptsSchema>;
  receiptsQuery: z.input<typeof receiptsQuery>;
  link: z.input<typeof linkSchema>;
  linked: z.infer<typeof linkedSchema>;
  links: z.infer<typeof linksSchema>;
  linksQuery: z.input<typeof linksQuery>;
  unlink: z.input<typeof unlinkSchema>;
  search: z.input<typeof searchSchema>;
  found: z.infer<typeof foundSchema>;
}

const COLLECTIONS = '/api/v1/related-collections';
const PROVISIONS = '/api/v1/related-provisions';
const RECEIPTS = '/api/v1/related-receipts';
const LINKS = '/api/v1/identifier-links';
const noCollection = { 404: problemAnswer('No such collection, or nothing is held about this person') };

const declared = {
  collections: createRoute({
    method: 'get',
    path: COLLECTIONS,
    operationId: 'relatedCollections',
    summary: 'Collections of personally related information',
    responses: { 200: jsonAnswer(collectionsSchema, 'Collections'), ...guarded },
  }),
  collection: createRoute({
    method: 'get',
    path: `${COLLECTIONS}/{id}`,
    operationId: 'relatedCollection',
    summary: 'One collection',
    request: idParam,
    responses: { 200: jsonAnswer(collectionSchema, 'The collection'), 404: problemAnswer('No such'), ...guarded },
  }),
  register: createRoute({
    method: 'post',
    path: COLLECTIONS,
    operationId: 'registerRelatedCollection',
    summary: 'Register a collection; the law classes its items',
    request: jsonBody(inputSchema),
    responses: {
      201: jsonAnswer(collectionSchema, 'Registered'),
      409: problemAnswer('A collection of this name is in use'),
      422: problemAnswer('Bad input: each field is named'),
      ...guarded,
    },
  }),
  provide: createRoute({
    method: 'post',
    path: PROVISIONS,
    operationId: 'provideRelated',
    summary: 'Provide items of a collection to a registered recipient (APPI 31)',
    request: jsonBody(provideSchema),
    responses: {
      201: jsonAnswer(provisionSchema, 'Provided and recorded'),
      404: problemAnswer('No such collection'),
      409: problemAnswer(
        'Done already (`existing`), something else was done under this attempt, the recipient is stopped, or the collection retired',
      ),
      ...guardedByLaw,
    },
  }),
  provision: createRoute({
    method: 'get',
    path: `${PROVISIONS}/{id}`,
    operationId: 'relatedProvision',
    summary: 'One provision of personally related information',
    request: idParam,
    responses: { 200: jsonAnswer(provisionSchema, 'The provision'), 404: problemAnswer('No such'), ...guardedByLaw },
  }),
  provisions: createRoute({
    method: 'get',
    path: PROVISIONS,
    operationId: 'relatedProvisions',
    summary: 'Provisions of personally related information, newest first',
    request: { query: provisionsQuery },
    responses: { 200: jsonAnswer(provisionsSchema, `At most ${PAGE}`), ...guardedByLaw },
  }),
  receive: createRoute({
    method: 'post',
    path: RECEIPTS,
    operationId: 'receiveRelated',
    summary: 'Receive items of a collection, to be linked to a person or kept apart (APPI 30, 31)',
    request: jsonBody(receiveSchema),
    responses: {
      201: jsonAnswer(receiptSchema, 'Received and recorded'),
      ...noCollection,
      409: problemAnswer(
        'Done already (`existing`), something else was done under this attempt, or the collection is retired',
      ),
      ...guardedByLaw,
    },
  }),
  receipt: createRoute({
    method: 'get',
    path: `${RECEIPTS}/{id}`,
    operationId: 'relatedReceipt',
    summary: 'One receipt of personally related information',
    request: idParam,
    responses: { 200: jsonAnswer(receiptSchema, 'The receipt'), 404: problemAnswer('No such'), ...guardedByLaw },
  }),
  receipts: createRoute({
    method: 'get',
    path: RECEIPTS,
    operationId: 'relatedReceipts',
    summary: 'Receipts of personally related information, newest first',
    request: { query: receiptsQuery },
    responses: { 200: jsonAnswer(receiptsSchema, `At most ${PAGE}`), ...guardedByLaw },
  }),
  link: createRoute({
    method: 'post',
    path: LINKS,
    operationId: 'linkIdentifier',
    summary: 'Link an identifier, such as a cookie number, to a person',
    request: jsonBody(linkSchema),
    responses: {
      201: jsonAnswer(linkedSchema, 'Linked'),
      ...noCollection,
      409: problemAnswer('It is linked to somebody else, or the collection is retired'),
      ...guardedByLaw,
    },
  }),
  links: createRoute({
    method: 'get',
    path: LINKS,
    operationId: 'identifierLinks',
    summary: 'Links of a person or of a receipt',
    request: { query: linksQuery },
    responses: { 200: jsonAnswer(linksSchema, 'Links, oldest first'), ...guardedByLaw },
  }),
  search: createRoute({
    method: 'post',
    path: `${LINKS}/search`,
    operationId: 'principalOf',
    summary: 'Who an identifier belongs to, for a purpose',
    request: jsonBody(searchSchema),
    responses: {
      200: jsonAnswer(foundSchema, 'Found and logged'),
      404: problemAnswer('Linked to nobody, or the consent does not stand for this purpose'),
      ...guardedByLaw,
    },
  }),
  unlink: createRoute({
    method: 'post',
    path: `${LINKS}/{id}/removal`,
    operationId: 'unlinkIdentifier',
    summary: 'Remove a link',
    request: { ...idParam, ...jsonBody(unlinkSchema) },
    responses: {
      200: jsonAnswer(linkedSchema, 'The removed link'),
      404: problemAnswer('No such link'),
      ...guardedByLaw,
    },
  }),
};

const collectionBody = (one: Collection, n: number): z.infer<typeof collectionSchema> => {
  const { registeredAt, ...rest } = one;
  return { ...rest, links: n, registered_at: registeredAt.toISOString() };
};

const provisionRecordBody = (row: RelatedRecordRow): z.infer<typeof provisionRecordSchema> => {
  const { recipient_name: name, recipient_address: address, recipient_representative: representative, ...rest } = row;
  return { ...rest, recipient: { name, address, representative } };
};

const provisionBody = (row: Provided): z.infer<typeof provisionSchema> => ({
  id: row.id,
  at: row.at.toISOString(),
  collection: row.collection_id,
  recipient: row.recipient_id,
  items: row.items,
  documents: row.documents,
  basis: basisOf(row.finding),
  record: row.record && provisionRecordBody(row.record),
});

const receiptRecordBody = (row: ReceiptRecordRow): z.infer<typeof receiptRecordSchema> => {
  const { principal_id: principal, provider_name: name, provider_address: address, ...others } = row;
  const { provider_representative: representative, ...rest } = others;
  return { ...rest, principal, provider: { name, address, representative } };
};

const receiptBody = (row: ReadReceipt): z.infer<typeof receiptSchema> => ({
  id: row.id,
  at: row.at.toISOString(),
  collection: row.collection_id,
  principal: row.principal_id,
  items: row.items,
  consent_by: row.consent_by,
  consent: row.consent_id,
  documents: row.documents,
  gone: row.unread === 'gone',
  unreadable: row.unread === 'unreadable',
  basis: basisOf(row.finding),
  record: row.record && receiptRecordBody(row.record),
});

const linkBody = (row: LinkRow): z.infer<typeof linkedSchema> => ({
  id: row.id,
  at: row.at.toISOString(),
  collection: row.collection_id,
  identifier: row.identifier,
  principal: row.principal_id,
  receipt: row.receipt_id,
  consent: row.consent_id,
  class: row.class,
});

/** The row that an act has just written, read back. */
async function written<T>(
  done: Outcome<{ id: string }>,
  read: (id: string) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  return done.ok ? read(done.value.id) : done;
}

const collectionApi = (office: Office): Route[] => [
  api('ledger:read', declared.collections, async (c) => {
    const lines = await collections(office);
    return c.json({ collections: lines.map(({ collection, links: n }) => collectionBody(collection, n)) }, 200);
  }),
  api('ledger:read', declared.collection, async (c) => {
    const found = await collectionOf(office, c.req.valid('param').id);
    if (!found.ok) return answerProblem(c, found.problem);
    const line = (await collections(office)).find(({ collection }) => collection.id === found.value.id);
    return c.json(collectionBody(found.value, line?.links ?? 0), 200);
  }),
  api('ledger:write', declared.register, async (c) => {
    const outcome = await registerCollection(office, byOf(c), c.req.valid('json'));
    return outcome.ok
      ? c.json(collectionBody(outcome.value, 0), 201, { location: `${COLLECTIONS}/${outcome.value.id}` })
      : answerProblem(c, outcome.problem);
  }),
];

const provisionApi = (office: Office): Route[] => [
  api('people:provide', declared.provide, async (c) => {
    const { documents = {}, ...ask } = c.req.valid('json');
    const provided = await provide(office, byOf(c), { ...ask, documents });
    const outcome = await written(provided, (id) => provisionOf(office, id));
    return outcome.ok
      ? c.json(provisionBody(outcome.value), 201, { location: `${PROVISIONS}/${outcome.value.id}` })
      : answerProblem(c, outcome.problem);
  }),
  api('records:read', declared.provision, async (c) => {
    const outcome = await provisionOf(office, c.req.valid('param').id);
    return outcome.ok ? c.json(provisionBody(outcome.value), 200) : answerProblem(c, outcome.problem);
  }),
  api('records:read', declared.provisions, async (c) => {
    const { from, to, ...asked } = c.req.valid('query');
    const found = await provisions(office, { ...asked, ...instantsOf({ from, to }), most: PAGE + 1 });
    if (!found.ok) return answerProblem(c, found.problem);
    const { rows, next } = pageOf(found.value, PAGE, idOf);
    return c.json({ provisions: rows.map(provisionBody), next }, 200);
  }),
];

const receiptApi = (office: Office): Route[] => [
  api('people:acquire', declared.receive, async (c) => {
    const { documents = {}, ...ask } = c.req.valid('json');
    const received = await receive(office, byOf(c), { ...ask, documents });
    const outcome = await written(received, (id) => receiptOf(office, id));
    if (!outcome.ok) return answerProblem(c, outcome.problem);
    // The documents were stated in this request, so nothing is opened to show them.
    const stated = { ...documents, legalBasis: ask.facts.exception?.legalBasis };
    const kept = Object.fromEntries(outcome.value.documented.map((name) => [name, stated[name]]));
    const row = { ...outcome.value, documents: kept, unread: null };
    return c.json(receiptBody(row), 201, { location: `${RECEIPTS}/${row.id}` });
  }),
  api('records:read', declared.receipt, async (c) => {
    const outcome = await receiptTold(office, c.get('actor'), c.req.valid('param').id);
    if (!outcome.ok) return answerProblem(c, outcome.problem);
    const [row] = await asStated(office, byOf(c), [outcome.value]);
    return c.json(receiptBody(row!), 200);
  }),
  api('records:read', declared.receipts, async (c) => {
    const { from, to, ...asked } = c.req.valid('query');
    const holdings = toldOf(c.get('actor'), await standing(office));
    const found = await receipts(office, { ...asked, ...instantsOf({ from, to }), holdings, most: PAGE + 1 });
    if (!found.ok) return answerProblem(c, found.problem);
    const { rows, next } = pageOf(found.value, PAGE, idOf);
    return c.json({ receipts: (await asStated(office, byOf(c), rows)).map(receiptBody), next }, 200);
  }),
];

const linkApi = (office: Office): Route[] => [
  api('people:acquire', declared.link, async (c) => {
    const outcome = await link(office, byOf(c), c.req.valid('json'));
    return outcome.ok ? c.json(linkBody(outcome.value), 201) : answerProblem(c, outcome.problem);
  }),
  api('records:read', declared.links, async (c) => {
    const holdings = toldOf(c.get('actor'), await standing(office));
    const outcome = await links(office, { ...c.req.valid('query'), holdings });
    return outcome.ok ? c.json({ links: outcome.value.map(linkBody) }, 200) : answerProblem(c, outcome.problem);
  }),
  api('people:use', declared.search, async (c) => {
    const outcome = await principalOf(office, byOf(c), c.req.valid('json'));
    if (!outcome.ok) return answerProblem(c, outcome.problem);
    const { principal, link: of, decision, finding } = outcome.value;
    return c.json({ principal, link: of, decision, basis: basisOf(finding) }, 200);
  }),
  api('consents:write', declared.unlink, async (c) => {
    const outcome = await unlink(office, byOf(c), c.req.valid('param').id, c.req.valid('json').reason);
    return outcome.ok ? c.json(linkBody(outcome.value), 200) : answerProblem(c, outcome.problem);
  }),
];

/** Every route of the personally related information: JSON and pages. */
export const relatedRoutes = (office: Office): Route[] => [
  ...collectionApi(office),
  ...provisionApi(office),
  ...receiptApi(office),
  ...linkApi(office),
  ...listPages(office),
  ...lostPages(office),
  ...formPages(office),
  ...collectionPages(office),
  ...provisionPages(office),
  ...receiptPages(office),
  ...linkPages(office),
];
