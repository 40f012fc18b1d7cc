// The consents for the company's systems, and the list of all their routes.

import { both } from '../../base/bilingual.ts';
import type { Actor } from '../../base/actor.ts';
import type { Day } from '../../base/day.ts';
import { isId } from '../../base/id.ts';
import { invalid, type FieldProblem, type Outcome } from '../../base/outcome.ts';
import { PAGE, pageOf } from '../../base/page.ts';
import { consentGivers, recordedGivers } from '../../law/index.ts';
import type { Office } from '../../office.ts';
import {
  answerProblem,
  api,
  bilingualSchema,
  createRoute,
  daySchema,
  guarded,
  jsonAnswer,
  jsonBody,
  numberParameter,
  problemAnswer,
  queryOfPeriod,
  longText,
  shortText,
  z,
  unreadableSchema,
  type Route,
} from '../../platform/http/index.ts';
import type { Unread } from '../../vault/index.ts';
import { byOf, type By, type Room } from '../access/index.ts';
import { asTold, purposesTold } from '../checkpoint/index.ts';
import {
  consentOf,
  consents,
  object,
  objectionOf,
  recordConsent,
  remarksIn,
  withdrawConsent,
  type Consented,
  type ObjectAsk,
  type RecordAsk,
} from './actions/consents.ts';
import { countingOf } from './actions/counting.ts';
import { consentRecords } from './actions/records.ts';
import { remarksOf } from './actions/remarks.ts';
import { startText, textOf, texts, writeText } from './actions/texts.ts';
import {
  consentKinds,
  methods,
  type Moment,
  objectionScopes,
  type Remarks,
  representativePapers,
  representativeRelations,
  type Text,
  textState,
} from './facts/consent.ts';
import { momentOf } from './facts/given.ts';
import { MOST_WORDING } from './facts/text.ts';
import { type Counting, remainsOf } from './facts/standing.ts';
import { recordSchema } from './letters/record.ts';
import { consentPages } from './pages/list.tsx';
import type { ConsentQuery } from './store/consents.ts';
import { historyOf } from './store/standing.ts';
import { findText, MOST_VERSIONS } from './store/texts.ts';
import type { ObjectionRow } from './tables.ts';

// ---- texts

const country = z.string().regex(/^[A-Z]{2}$/);
const shownWords = z.object({ ja: longText(MOST_WORDING), en: longText(MOST_WORDING) });
const shownSchema = z
  .strictObject({
    country: z.union([z.strictObject({ code: country }), z.strictObject({ unknown: shownWords })]).optional(),
    system: z
      .union([
        z.strictObject({ report: z.int() }),
        z.strictObject({ text: shownWords }),
        z.strictObject({ unknown: shownWords }),
      ])
      .optional(),
    measures: z.union([z.strictObject({ text: shownWords }), z.strictObject({ unknown: shownWords })]).optional(),
  })
  .openapi('ConsentForeignInformation', {
    description:
      'What is shown before a consent to a provision abroad (APPI 28(2), Rules 17): none of the three may be left blank.',
  });

const wordingSchema = z.strictObject({
  ja: longText(MOST_WORDING).optional(),
  en: longText(MOST_WORDING).optional(),
});

const scopeShape = {
  kind: z.enum(consentKinds),
  name: bilingualSchema,
  wording: wordingSchema,
  purposes: z.array(z.string()).max(20),
  holding: z.string().openapi({ format: 'uuid' }),
  items: z.array(z.string()).max(64),
  recipients: z.array(z.string()).max(50).openapi({ description: 'Ids of recipients of the register.' }),
  abroad: z.boolean(),
};

const textInput = z
  .strictObject({
    code: z.string().openapi({ example: 'partner-news' }),
    ...scopeShape,
    abroad: z
      .boolean()
      .optional()
      .openapi({ description: 'For linking: true when the party that links the information is abroad.' }),
    shown: shownSchema.optional(),
    version: z
      .int()
      .min(0)
      .optional()
      .openapi({ description: 'The newest version of this text that you have seen; 0 for the first.' }),
  })
  .openapi('ConsentTextInput');

const textSchema = z
  .object({
    id: z.uuid(),
    code: z.string(),
    version: z.int(),
    ...scopeShape,
    shown: shownSchema.nullable(),
    state: z.enum(['draft', 'coming', 'in-force', 'superseded']),
    from_day: z.iso.date().nullable().openapi({ description: 'In use from this day; null for a draft.' }),
    until_day: z.iso.date().nullable().openapi({ description: 'The day the next version begins.' }),
  })
  .openapi('ConsentText');

const textList = z.object({ texts: z.array(textSchema) });
const startInput = z.strictObject({ from_day: daySchema }).openapi('ConsentTextStart');
const versionParams = z.object({ code: z.string(), version: numberParameter(1, MOST_VERSIONS) });
const idParams = z.object({ id: z.string() });

// ---- consents

const representativeSchema = z.strictObject({
  relation: z.enum(representativeRelations),
  checked: z.enum(representativePapers),
});

const instantSchema = z.iso.datetime({ offset: true });

const consentInput = z
  .strictObject({
    principal: z.string().openapi({ format: 'uuid' }),
    text: z.strictObject({ code: z.string(), version: z.int() }),
    language: z.enum(['ja', 'en']).openapi({ description: 'The language the text was shown in.' }),
    given_on: daySchema.optional(),
    given_at: instantSchema.optional().openapi({ description: 'Instead of `given_on`, if the instant is known.' }),
    given_by: z.enum(consentGivers).openapi({
      description:
        '`uncertain-child` is a child at an age that does not tell whether they can judge it (about 12 to 15). Where it is unclear of an adult, record nothing until the privacy officer has judged that person.',
    }),
    representative: representativeSchema.optional(),
    channel: z.string().openapi({ example: 'web-form', description: 'A way of acquisition that the policy states.' }),
    method: z.enum(methods),
    note: shortText(200)
      .optional()
      .openapi({ description: 'How it was heard; required for oral consent. No personal information.' }),
    evidence: shortText(200)
      .optional()
      .openapi({ description: 'Where the evidence is; required except for oral consent. No personal information.' }),
    shown_on: daySchema.optional(),
    shown_at: instantSchema.optional().openapi({ description: 'If abroad: when the information of 28(2) was shown.' }),
  })
  .openapi('ConsentInput');

const consentSchema = z
  .object({
    id: z.uuid().openapi({ description: 'Also the id of its log entry.' }),
    principal: z.uuid(),
    text: textSchema.pick({ id: true, code: true, version: true, kind: true }),
    language: z.enum(['ja', 'en']),
    given_on: z.iso.date(),
    given_at: z.iso.datetime().nullable(),
    given_by: z.enum(recordedGivers).openapi({
      description:
        '`uncertain` was recorded by earlier versions, of a child or of an adult in doubt. It is no basis until the consent is recorded anew.',
    }),
    representative: representativeSchema.nullable(),
    channel: z.string(),
    method: z.enum(methods),
    note: z.string().nullable(),
    evidence: z.string().nullable(),
    gone: z.boolean().openapi({
      description: 'Note and evidence were erased together with what was held about the person.',
    }),
    unreadable: unreadableSchema,
    shown_on: z.iso.date().nullable(),
    shown_at: z.iso.datetime().nullable(),
    import: z.uuid().nullable().openapi({ description: 'Id of the file it was imported from.' }),
    recorded_at: z.iso.datetime(),
    state: z
      .enum(['stands', 'partly', 'ended'])
      .openapi({ description: 'What remains of it. Whether it counts beside others, `counting` says.' }),
    ended_on: z.iso
      .date()
      .nullable()
      .openapi({ description: 'Day since which none of it, or not all of it, is in force.' }),
  })
  .openapi('Consent');

const countingSchema = z
  .array(
    z.object({
      purpose: z.string(),
      recipient: z.uuid().nullable(),
      consent: z.uuid().nullable().openapi({ description: 'The consent that counts; null where none is in force.' }),
      given_on: z.iso.date().nullable(),
      given_by: z.enum(recordedGivers).nullable().openapi({
        description: 'Who gave it. Only the consent of `principal` or `representative` allows anything by itself.',
      }),
      why: z.enum(['only', 'giver', 'later']).nullable().openapi({
        description:
          'Beside the consent that was asked about, or the next: `giver`, who gave it matters before the day does; `later`, it is the later one; `only`, no other is in force.',
      }),
      withdrawn_on: z.iso.date().nullable().openapi({
        description:
          'Day on which another consent to the same was withdrawn, if that is the day of the one that counts or later: make sure that the person still consents.',
      }),
    }),
  )
  .openapi('ConsentCounting', {
    description: 'Which consent of the person counts today for all that the text covers, by purpose and recipient.',
  });

const consentAloneSchema = consentSchema.extend({ counting: countingSchema }).openapi('ConsentWithCounting');

const consentList = z.object({ consents: z.array(consentSchema), next: z.uuid().nullable() });

const listShape = {
  principal: z.string().optional(),
  code: z.string().optional().openapi({ description: 'Code of a text; needs `version`.' }),
  version: numberParameter(1, MOST_VERSIONS)
    .optional()
    .openapi({ description: 'Version of the text that `code` names.' }),
  before: z.string().optional().openapi({ description: '`next` of the previous page.' }),
  limit: numberParameter(1, 500).default(PAGE),
};
const listQuery = queryOfPeriod(listShape, 'given');

const withdrawalInput = z
  .strictObject({
    on: daySchema.optional().openapi({ description: 'Today if left out.' }),
    at: instantSchema.optional().openapi({ description: 'The instant, if it is known.' }),
    evidence: shortText(200).optional(),
  })
  .openapi('ConsentWithdrawalInput');
const withdrawalSchema = z
  .object({ consent: z.uuid(), principal: z.uuid(), on: z.iso.date(), entry: z.uuid(), counting: countingSchema })
  .openapi('ConsentWithdrawal');

const objectionInput = z
  .strictObject({
    principal: z.string().openapi({ format: 'uuid' }),
    scope: z.enum(objectionScopes),
    purpose: z.string().optional(),
    recipient: z.string().optional(),
    on: daySchema.optional(),
    at: instantSchema.optional().openapi({ description: 'The instant, if it is known; now if both are left out.' }),
    evidence: shortText(200).optional(),
  })
  .openapi('ObjectionInput');

const objectionSchema = z
  .object({
    id: z.uuid().openapi({ description: 'Also the id of its log entry.' }),
    principal: z.uuid(),
    scope: z.enum(objectionScopes),
    purpose: z.string().nullable(),
    recipient: z.uuid().nullable(),
    on: z.iso.date(),
    at: z.iso.datetime().nullable(),
    taken_back_on: z.iso.date().nullable().openapi({
      description: 'Day since which it has no effect, because it had been recorded by mistake.',
    }),
  })
  .openapi('Objection');

const objectionList = z.object({ objections: z.array(objectionSchema) });
const recordList = z.object({ records: z.array(recordSchema), next: z.uuid().nullable() });

/** Types of the requests and answers, for the typed client. */
export interface ConsentJson {
  textInput: z.input<typeof textInput>;
  text: z.infer<typeof textSchema>;
  texts: z.infer<typeof textList>;
  start: z.input<typeof startInput>;
  input: z.input<typeof consentInput>;
  consent: z.infer<typeof consentAloneSchema>;
  consents: z.infer<typeof consentList>;
  query: Omit<z.input<typeof listQuery>, 'version' | 'limit'> & { version?: number; limit?: number };
  withdrawalInput: z.input<typeof withdrawalInput>;
  withdrawal: z.infer<typeof withdrawalSchema>;
  objectionInput: z.input<typeof objectionInput>;
  objection: z.infer<typeof objectionSchema>;
  objections: z.infer<typeof objectionList>;
  records: z.infer<typeof recordList>;
}

// ---- declarations

const bad = problemAnswer('Bad input: each field is named');
const noText = problemAnswer('No such version of a text');
const noConsent = problemAnswer('No such consent');
const keyHeader = {
  in: 'header',
  name: 'Idempotency-Key',
  required: false,
  schema: { type: 'string', pattern: '^[!-~]{1,200}$' },
  description: 'Repeating a request with the same key and body has no second effect and the same answer.',
} as const;

const declared = {
  texts: createRoute({
    method: 'get',
    path: '/api/v1/consent-texts',
    operationId: 'consentTexts',
    summary: 'Every version of every text with which people are asked for consent',
    responses: { 200: jsonAnswer(textList, 'By code, the newest version first'), ...guarded },
  }),
  text: createRoute({
    method: 'get',
    path: '/api/v1/consent-texts/{code}/{version}',
    operationId: 'consentText',
    summary: 'One version of a text',
    request: { params: versionParams },
    responses: { 200: jsonAnswer(textSchema, 'The version'), 404: noText, ...guarded },
  }),
  write: createRoute({
    method: 'post',
    path: '/api/v1/consent-texts',
    operationId: 'writeConsentText',
    summary: 'Write the next version of a text; it is a draft until it is put in force',
    request: jsonBody(textInput),
    responses: {
      201: jsonAnswer(textSchema, 'Written'),
      409: problemAnswer('There is a newer version than the one you have seen'),
      422: bad,
      ...guarded,
    },
  }),
  start: createRoute({
    method: 'post',
    path: '/api/v1/consent-texts/{code}/{version}/start',
    operationId: 'startConsentText',
    summary: 'Put a version in force from a day on, replacing the one before',
    request: { params: versionParams, ...jsonBody(startInput) },
    responses: {
      200: jsonAnswer(textSchema, 'In force from that day'),
      404: noText,
      409: problemAnswer('It has already been put in force'),
      422: bad,
      ...guarded,
    },
  }),
  record: createRoute({
    method: 'post',
    path: '/api/v1/consents',
    operationId: 'consent',
    summary: 'Record a consent of a person to a version of a text',
    parameters: [keyHeader],
    request: jsonBody(consentInput),
    responses: {
      200: jsonAnswer(consentAloneSchema, 'Recorded by an earlier request with the same key'),
      201: jsonAnswer(consentAloneSchema, 'Recorded and logged'),
      409: problemAnswer('The version is superseded (`existing` is the one in force), or the key was used before'),
      422: bad,
      ...guarded,
    },
  }),
  list: createRoute({
    method: 'get',
    path: '/api/v1/consents',
    operationId: 'consents',
    summary: 'Consents, newest first: everybody’s, of one person, or to one version of a text',
    request: { query: listQuery },
    responses: { 200: jsonAnswer(consentList, 'Consents'), 422: bad, ...guarded },
  }),
  one: createRoute({
    method: 'get',
    path: '/api/v1/consents/{id}',
    operationId: 'consentOf',
    summary: 'One consent, what remains of it, and which one counts for what it covers',
    request: { params: idParams },
    responses: { 200: jsonAnswer(consentAloneSchema, 'The consent'), 404: noConsent, ...guarded },
  }),
  withdraw: createRoute({
    method: 'post',
    path: '/api/v1/consents/{id}/withdrawal',
    operationId: 'withdrawConsent',
    summary: 'Withdraw a consent, effective at once',
    request: { params: idParams, ...jsonBody(withdrawalInput) },
    responses: {
      201: jsonAnswer(withdrawalSchema, 'Withdrawn and logged'),
      404: noConsent,
      409: problemAnswer('It has already been withdrawn'),
      422: bad,
      ...guarded,
    },
  }),
  object: createRoute({
    method: 'post',
    path: '/api/v1/objections',
    operationId: 'object',
    summary: 'Record that a person asks to stop; every earlier consent ends as far as it reaches',
    parameters: [keyHeader],
    request: jsonBody(objectionInput),
    responses: {
      200: jsonAnswer(objectionSchema, 'Recorded by an earlier request with the same key'),
      201: jsonAnswer(objectionSchema, 'Recorded and logged'),
      409: problemAnswer('The key was used for another request'),
      422: bad,
      ...guarded,
    },
  }),
  objections: createRoute({
    method: 'get',
    path: '/api/v1/objections',
    operationId: 'objections',
    summary: 'What a person has asked to stop, under any of their ids, newest first',
    request: { query: z.object({ principal: z.string() }) },
    responses: { 200: jsonAnswer(objectionList, 'Objections'), 422: bad, ...guarded },
  }),
  records: createRoute({
    method: 'get',
    path: '/api/v1/consent-records',
    operationId: 'consentRecords',
    summary: 'Consents of a person or to a version of a text as consent records of ISO/IEC TS 27560:2023',
    request: { query: listQuery },
    responses: { 200: jsonAnswer(recordList, 'Records'), 422: bad, ...guarded },
  }),
};

// ---- bodies

const textBody = (
  { id, code, version, kind, name, wording, purposes, items, recipients, abroad, ...text }: Text,
  today: Day,
): z.infer<typeof textSchema> => ({
  id,
  code,
  version,
  kind,
  name,
  wording,
  purposes,
  holding: text.holding_id,
  items,
  recipients,
  abroad,
  shown: text.shown,
  state: textState(text, today),
  from_day: text.from_day,
  until_day: text.until_day,
});

function consentBody({ row, text, ...ends }: Consented, remarks: Remarks | Unread): z.infer<typeof consentSchema> {
  const remains = remainsOf({ ...row, text }, ends);
  const said = typeof remarks === 'string' ? {} : remarks;
  return {
    id: row.id,
    principal: row.principal_id,
    text: { id: text.id, code: text.code, version: text.version, kind: text.kind },
    language: row.language,
    given_on: row.given_on,
    given_at: row.given_at?.toISOString() ?? null,
    given_by: row.given_by,
    representative: row.representative,
    channel: row.channel,
    method: row.method,
    note: said.note ?? null,
    evidence: said.evidence ?? null,
    gone: remarks === 'gone',
    unreadable: remarks === 'unreadable',
    shown_on: row.shown_on,
    shown_at: row.shown_at?.toISOString() ?? null,
    import: row.import_id,
    recorded_at: row.at.toISOString(),
    state: remains.state,
    ended_on: remains.state === 'stands' ? null : remains.on,
  };
}

const countingBody = (counting: readonly Counting[]): z.infer<typeof countingSchema> =>
  counting.map(({ purpose, recipient, counts }) => ({
    purpose,
    recipient,
    consent: counts?.row.id ?? null,
    given_on: counts?.row.given_on ?? null,
    given_by: counts?.row.given_by ?? null,
    why: counts?.why ?? null,
    withdrawn_on: counts?.withdrawn?.on ?? null,
  }));

async function consentBodies(
  office: Office,
  by: By,
  found: readonly Consented[],
): Promise<z.infer<typeof consentSchema>[]> {
  const remarks = await remarksOf(
    office,
    by,
    found.map(({ row }) => row),
  );
  return found.map((one) => consentBody(one, remarks.get(one.row.id) ?? 'gone'));
}

const objectionBody = (row: ObjectionRow, takenBackOn: Day | null): z.infer<typeof objectionSchema> => ({
  id: row.id,
  principal: row.principal_id,
  scope: row.scope,
  purpose: row.purpose,
  recipient: row.recipient_id,
  on: row.on_day,
  at: row.said_at?.toISOString() ?? null,
  taken_back_on: takenBackOn,
});

/** Reads a moment from a body, or returns the problem of its field. */
function stated(field: string, on: string | undefined, at: string | undefined): Moment | FieldProblem | null {
  if (on === undefined && at === undefined) return null;
  const moment = momentOf((on as Day | undefined) ?? null, at === undefined ? null : Date.parse(at));
  return moment ?? { field, says: { ja: '日と時刻が食い違っています', en: 'The day and the instant differ' } };
}

const isProblem = (value: object | null): value is FieldProblem => value !== null && 'field' in value;

const required = { ja: '必須です', en: 'Required' };

/** Reads a consent from a body, or returns what is wrong with its moments. */
function readConsent(body: z.output<typeof consentInput>): RecordAsk | FieldProblem {
  const given = stated('given_at', body.given_on, body.given_at);
  const shown = stated('shown_at', body.shown_on, body.shown_at);
  if (!given) return { field: 'given_on', says: required };
  if (isProblem(given)) return given;
  if (isProblem(shown)) return shown;
  return {
    principal: body.principal,
    text: body.text,
    language: body.language,
    given,
    givenBy: body.given_by,
    representative: body.representative ?? null,
    channel: body.channel,
    method: body.method,
    note: body.note ?? null,
    evidence: body.evidence ?? null,
    shown,
  };
}

function readObjection(office: Office, body: z.output<typeof objectionInput>): ObjectAsk | FieldProblem {
  const said = stated('at', body.on, body.at);
  if (isProblem(said)) return said;
  return {
    principal: body.principal,
    scope: body.scope,
    purpose: body.purpose ?? null,
    recipient: body.recipient ?? null,
    said: said ?? { on: office.clock.today(), at: office.clock.now() },
    evidence: body.evidence ?? null,
  };
}

const keyOf = (header: string | undefined, body: object) =>
  header === undefined ? undefined : { key: header, text: JSON.stringify(body) };

/** Returns the query for the consents that the actor may be told of; a text that does not exist is invalid. */
async function queryOf(
  office: Office,
  actor: Actor,
  query: z.output<typeof listQuery>,
): Promise<Outcome<ConsentQuery>> {
  for (const field of ['principal', 'before'] as const) {
    const given = query[field];
    if (given !== undefined && !isId(given))
      return invalid(field, both('番号の形が正しくありません', 'This is not a valid id'));
  }
  const { principal, from, to, before, code, version, limit } = query;
  const asked = {
    principal,
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    before,
    most: limit,
    purposes: purposesTold(actor),
  };
  if (code === undefined && version === undefined) return { ok: true, value: asked };
  // A code without a version, or the reverse, names no text.
  if (code === undefined) return invalid('code', required);
  if (version === undefined) return invalid('version', required);
  const text = await findText(office.database, code, version);
  return text
    ? { ok: true, value: { ...asked, text: text.id } }
    : invalid('code', both('この文面はありません', 'There is no such text'));
}

// ---- routes

const textApi = (office: Office): Route[] => [
  api('ledger:read', declared.texts, async (c) => {
    const today = office.clock.today();
    return c.json({ texts: (await texts(office)).map((one) => textBody(one, today)) }, 200);
  }),
  api('ledger:read', declared.text, async (c) => {
    const { code, version } = c.req.valid('param');
    const outcome = await textOf(office, code, version);
    return outcome.ok ? c.json(textBody(outcome.value, office.clock.today()), 200) : answerProblem(c, outcome.problem);
  }),
  api('ledger:write', declared.write, async (c) => {
    const { abroad = false, shown = {}, version: seen = 0, ...input } = c.req.valid('json');
    const by = byOf(c);
    const outcome = await writeText(office, by, { ...input, abroad, shown }, seen);
    if (!outcome.ok) return answerProblem(c, outcome.problem);
    const { code, version } = outcome.value;
    return c.json(textBody(outcome.value, office.clock.today()), 201, {
      location: `/api/v1/consent-texts/${code}/${version}`,
    });
  }),
  api('ledger:write', declared.start, async (c) => {
    const { code, version } = c.req.valid('param');
    const { from_day: from } = c.req.valid('json');
    const by = byOf(c);
    const outcome = await startText(office, by, { code, version, from });
    return outcome.ok ? c.json(textBody(outcome.value, office.clock.today()), 200) : answerProblem(c, outcome.problem);
  }),
];

const consentApi = (office: Office): Route[] => [
  api('consents:write', declared.record, async (c) => {
    const body = c.req.valid('json');
    const asked = readConsent(body);
    if ('says' in asked) return answerProblem(c, invalid(asked.field, asked.says).problem);
    const by = byOf(c);
    const outcome = await recordConsent(office, by, asked, keyOf(c.req.header('idempotency-key'), body));
    if (!outcome.ok) return answerProblem(c, outcome.problem);
    const { row, repeated } = outcome.value;
    const found = await consentOf(office, row.id);
    if (!found.ok) return answerProblem(c, found.problem);
    // The answer repeats the remarks just stated, so no sealed remark has to be opened.
    const answer = {
      ...consentBody(found.value, remarksIn(asked)),
      counting: countingBody(await countingOf(office, found.value)),
    };
    return repeated ? c.json(answer, 200) : c.json(answer, 201, { location: `/api/v1/consents/${row.id}` });
  }),
  api('records:read', declared.list, async (c) => {
    const query = await queryOf(office, c.get('actor'), c.req.valid('query'));
    if (!query.ok) return answerProblem(c, query.problem);
    const { most } = query.value;
    const found = await consents(office, { ...query.value, most: most + 1 });
    const { rows, next } = pageOf(found, most, ({ row }) => row.id);
    return c.json({ consents: await consentBodies(office, byOf(c), rows), next }, 200);
  }),
  api('records:read', declared.one, async (c) => {
    const found = await consentOf(office, c.req.valid('param').id);
    const outcome = asTold(c.get('actor'), found, ({ text }) => text.purposes);
    if (!outcome.ok) return answerProblem(c, outcome.problem);
    const [answer] = await consentBodies(office, byOf(c), [outcome.value]);
    return c.json({ ...answer!, counting: countingBody(await countingOf(office, outcome.value)) }, 200);
  }),
  api('records:read', declared.records, async (c) => {
    const query = await queryOf(office, c.get('actor'), c.req.valid('query'));
    return query.ok ? c.json(await consentRecords(office, query.value), 200) : answerProblem(c, query.problem);
  }),
];

const endApi = (office: Office): Route[] => [
  api('consents:write', declared.withdraw, async (c) => {
    const { on, at, evidence = null } = c.req.valid('json');
    const said = stated('at', on, at);
    if (isProblem(said)) return answerProblem(c, invalid(said.field, said.says).problem);
    const by = byOf(c);
    const moment = said ?? { on: office.clock.today(), at: null };
    const outcome = await withdrawConsent(office, by, c.req.valid('param').id, { ...moment, evidence });
    if (!outcome.ok) return answerProblem(c, outcome.problem);
    const row = outcome.value;
    const found = await consentOf(office, row.consent_id);
    if (!found.ok) return answerProblem(c, found.problem);
    const counting = countingBody(await countingOf(office, found.value));
    const { consent_id: consent, principal_id: principal, on_day, entry_id: entry } = row;
    return c.json({ consent, principal, on: on_day, entry, counting }, 201);
  }),
  api('consents:write', declared.object, async (c) => {
    const body = c.req.valid('json');
    const asked = readObjection(office, body);
    if ('says' in asked) return answerProblem(c, invalid(asked.field, asked.says).problem);
    const by = byOf(c);
    const outcome = await object(office, by, asked, keyOf(c.req.header('idempotency-key'), body));
    if (!outcome.ok) return answerProblem(c, outcome.problem);
    const { row, repeated } = outcome.value;
    // When the request is repeated later, the objection may have been retracted meanwhile.
    const found = await objectionOf(office, row.id);
    const back = found.ok ? (found.value.retraction?.on_day ?? null) : null;
    return c.json(objectionBody(row, back), repeated ? 200 : 201);
  }),
  api('records:read', declared.objections, async (c) => {
    const query = await queryOf(office, c.get('actor'), { ...c.req.valid('query'), limit: 1 });
    if (!query.ok) return answerProblem(c, query.problem);
    const { principal, purposes } = query.value;
    const { objections, retractions } = await historyOf(office.database, principal!);
    const back = new Map(retractions.map((one) => [one.objection_id, one.on_day]));
    // An objection to every purpose is told for each purpose.
    const told = objections.filter(({ purpose }) => purpose === null || !purposes || purposes.includes(purpose));
    return c.json({ objections: told.map((one) => objectionBody(one, back.get(one.id) ?? null)) }, 200);
  }),
];

/** Every route of the consents: JSON and pages. */
export const consentRoutes = (room: Room): Route[] => [
  ...textApi(room.office),
  ...consentApi(room.office),
  ...endApi(room.office),
  ...consentPages(room),
];
