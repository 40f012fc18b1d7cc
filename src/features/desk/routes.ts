// The desk for the company's systems: register a request, let the next thing happen to it, read where it stands. Whoever writes names the last
// event they saw; papers and what is disclosed are read one by one, each reading logged.

import { readDay, type Day } from '../../base/day.ts';
import type { Outcome, Problem } from '../../base/outcome.ts';
import {
  answerProblem,
  api,
  createRoute,
  daySchema,
  exact,
  guarded,
  guardedByLaw,
  inLines,
  jsonAnswer,
  jsonBody,
  numberParameter,
  problemAnswer,
  longText,
  shortText,
  z,
  type ApiContext,
  type Route,
} from '../../platform/http/index.ts';
import { indexKinds } from '../../vault/index.ts';
import { byOf, type By, type Room } from '../access/index.ts';
import { basisOf, basisSchema, sharesEmailWithSchema } from '../checkpoint/index.ts';
import { close, deliver } from './actions/answer.ts';
import { carryOut } from './actions/carry-out.ts';
import { askedFor, caseOf, cases, readPaper, type Case, type Listed, type Step } from './actions/cases.ts';
import { collect, review, specify } from './actions/collect.ts';
import { decide } from './actions/decide.ts';
import { dismiss } from './actions/dismiss.ts';
import { sendAnswer } from './actions/parcel.ts';
import {
  amend,
  assign,
  ease,
  extend,
  identify,
  receivePapers,
  refund,
  registerRequest,
  sendForms,
  tellShort,
  withdraw,
} from './actions/receive.ts';
import { readCopy } from './actions/copies.ts';
import { contentOf, type Shown } from './actions/shown.ts';
import {
  currentTexts,
  MOST_NOTE,
  noVersion as noTexts,
  textsVersion,
  writeTexts,
  type TextsVersion,
} from './actions/texts.ts';
import { clocksOf, deskDays, dueOf, dueOn } from './facts/clocks.ts';
import {
  addressees,
  authorityDocuments,
  channels,
  checks,
  decisions,
  dismissalGrounds,
  distinctions,
  identityDocuments,
  lacks,
  methods,
  requesters,
  withholdingGrounds,
  type EventName,
} from './facts/event.ts';
import { kinds, scopes } from './facts/kind.ts';
import { nextEvents } from './facts/next.ts';
import { feeOver, feeShort, isByHand, numberOf, openingReasons } from './facts/request.ts';
import { answerDocuments, documentsFor, noticesFor, results } from './facts/result.ts';
import { stages, states } from './facts/stage.ts';

const PAGE = 100;
const MOST_TEXT = 4_000;
const MOST_LETTER = 400_000;

// ---- what is answered

const ways = ['post', 'electronic'] as const;
const dayOrNull = z.iso.date().nullable();

const headShape = {
  id: z.uuid(),
  number: z.string().openapi({ example: 'R-2026-031' }),
  kind: z.enum(kinds),
  scope: z.enum(scopes),
  arrived_on: z.iso.date(),
  registered_at: z.iso.datetime(),
  state: z.enum(states),
  stage: z.enum(stages),
  last: z.int().openapi({ description: 'Number of the last event: who writes says it as `seen`.' }),
  due_on: dayOrNull,
  assigned_to: z.uuid().nullable(),
  principals: z
    .array(z.uuid())
    .openapi({ description: 'Every id of the person it is about; none before they are found, or where nobody is.' }),
  principal: z.uuid().nullable().openapi({ description: 'The first of `principals`.' }),
};

const headSchema = z.object(headShape).openapi('RequestHead');

const reviewSchema = z.object({
  holding: z.string(),
  item: z.string(),
  decision: z.enum(decisions),
  ground: z.enum(withholdingGrounds).nullable(),
});

const decidedSchema = z.object({
  on: z.iso.date(),
  result: z.enum(results),
  ground: z.enum(dismissalGrounds).nullable().openapi({ description: 'Of a dismissal.' }),
  /** Empty of a consultation, about which no article decides. */
  basis: basisSchema,
  notices: z.array(z.string()).openapi({ description: 'What the person has to be told, as duties.' }),
  documents: z.array(z.enum(answerDocuments)).openapi({ description: 'What goes to the person.' }),
});

const requestSchema = z
  .object({
    ...headShape,
    channel: z.enum(channels),
    eased: z.boolean().openapi({ description: 'Taken in another way than by ordinary letter (37(4)).' }),
    lang: z.enum(['ja', 'en']),
    by_hand: z.boolean().openapi({
      description: 'The fonts of the letters lack characters of the name or the address they go to: write it by hand.',
    }),
    form: z.boolean(),
    due: z.object({
      forms: dayOrNull,
      identity: dayOrNull,
      alarm: dayOrNull,
      decision: dayOrNull,
      lawsuit: dayOrNull,
      erase: dayOrNull,
    }),
    fee: z.object({ due: z.int(), received: z.int(), returned: z.int(), over: z.int(), short: z.int() }),
    method: z.enum(methods).nullable(),
    lacks: z.array(z.enum(lacks)),
    waits_until: dayOrNull.openapi({
      description: 'Until when that is waited for, as the person was told; from the day after it may be dismissed.',
    }),
    requester: z.enum(requesters).nullable(),
    holdings: z.array(
      z.object({
        holding: z.string().openapi({
          description:
            'The holding; where two entries of the person stand in one holding, `holding@principal` for each. What is decided and changed names it so.',
        }),
        items: z.array(z.string()),
      }),
    ),
    provisions: z.int(),
    receipts: z.int(),
    reviews: z.array(reviewSchema),
    decided: decidedSchema.nullable(),
    carried_out: z
      .object({
        on: z.iso.date(),
        entries: z.array(z.uuid()),
        ahead: z.array(z.uuid()).openapi({
          description: 'Other requests of the person that were not answered yet and lost something by it.',
        }),
      })
      .nullable(),
    notified: z.object({ on: z.iso.date(), by: z.enum(ways), documents: z.array(z.enum(answerDocuments)) }).nullable(),
    delivered: z.array(z.object({ on: z.iso.date(), by: z.enum(ways) })),
    closed_on: dayOrNull,
    next: z.array(z.string()).openapi({ description: 'Events that may happen now, what comes next first.' }),
    events: z.array(
      z.object({
        no: z.int(),
        event: z.string(),
        on: z.iso.date(),
        at: z.iso.datetime(),
        by: z.string(),
        entry: z.uuid(),
      }),
    ),
    papers: z.array(
      z.object({
        id: z.uuid(),
        kind: z.string(),
        about: z.string().nullable(),
        on: z.iso.date(),
        gone: z.boolean(),
      }),
    ),
  })
  .openapi('Request');

const requestsSchema = z.object({ requests: z.array(headSchema), next: z.uuid().nullable() });
const openingSchema = z.strictObject({
  for: z.enum(openingReasons).optional().openapi({
    description: 'Of a closed request, what it is opened for: a question of the person, a dispute, the audit.',
  }),
});
const paperSchema = z.object({ text: z.string() });
const shownSchema = z
  .object({
    data: z.array(z.object({ holding: z.string(), values: z.record(z.string(), z.string()) })),
    provisions: z.array(
      z.object({
        id: z.uuid(),
        made_on: z.iso.date(),
        recipient: z.string(),
        address: z.string(),
        representative: z.string().nullable(),
        items: z.array(z.string()),
      }),
    ),
    receipts: z.array(
      z.object({
        id: z.uuid(),
        on: z.iso.date(),
        provider: z.string(),
        address: z.string(),
        representative: z.string().nullable(),
        how_acquired: z.string(),
        items: z.array(z.string()),
        consent: z.boolean(),
      }),
    ),
    purposes: z.array(z.object({ holding: z.string(), purposes: z.array(z.string()) })),
    abroad: z.array(z.object({ provision: z.uuid(), recipient: z.uuid().nullable(), country: z.string().nullable() })),
  })
  .openapi('RequestContent');

// ---- what is asked

const text = longText(MOST_TEXT).default('');

const longAgo = z
  .boolean()
  .default(false)
  .openapi({ description: `It did arrive more than ${deskDays.longAgo} days before it was registered.` });

const registerSchema = z
  .strictObject({
    kind: z.enum(kinds),
    scope: z.enum(scopes),
    arrived_on: daySchema,
    channel: z.enum(channels),
    eased: z.boolean().default(false).openapi({
      description:
        'An ordinary letter is difficult for who asks, and it is taken in another way (37(4)): no form is asked of them.',
    }),
    lang: z.enum(['ja', 'en']).default('ja'),
    sender: z.strictObject({
      name: z.string().max(200),
      address: longText(400).default(''),
      email: z.string().max(254).default(''),
    }),
    says: text.openapi({ description: 'What the letter says, as far as somebody wrote it down.' }),
    another: z
      .boolean()
      .default(false)
      .openapi({ description: 'It is another request of the same sender, day and kind, not the same letter again.' }),
    long_ago: longAgo,
    attempt: z
      .string()
      .regex(/^[\w-]{8,64}$/)
      .optional()
      .openapi({
        description:
          'Names this call, and is kept as a keyed digest: repeated with the same content, nothing is registered again; with another it is a conflict (409).',
      }),
  })
  .openapi('RequestRegistration');

/** The holding of a record or, of one of several entries in it, `holding@principal`. */
const place = z.string().max(80);

const seen = {
  seen: z.int().min(1).openapi({ description: 'Number of the last event you saw (409 when there is a later one).' }),
  attempt: z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .optional()
    .openapi({
      description:
        'Names this call, and is kept as a keyed digest: repeated with the same content, nothing happens again; with another, or by another, it is a conflict (409).',
    }),
};
const on = { on: daySchema };

const extent = z.enum(['none', 'part', 'all']);
const factsSchema = z
  .strictObject({
    existenceHarms: z.boolean(),
    otherLaw: z.boolean(),
    method: z.enum(['electronic', 'paper', 'set-by-company']),
    methodDifficult: z.boolean(),
    impedes: extent,
    clear: z.boolean(),
    noticeException: z.strictObject({
      item: z.enum(['21(4)(i)', '21(4)(ii)', '21(4)(iii)']),
      confirmed: z.boolean().optional(),
    }),
    content: z.enum(['fact', 'evaluation']),
    inquiry: z.enum(['untrue', 'partly-untrue', 'true']),
    purposeNeeds: z.boolean(),
    otherProcedure: z.boolean(),
    reason: z.enum(['unlawful-handling', 'unlawful-provision', 'no-longer-needed', 'breach', 'may-harm']),
    found: extent,
    substitute: z.strictObject({ difficult: z.boolean().optional(), protects: z.boolean().optional() }),
    keeping: z.strictObject({ legalBasis: shortText(200).optional(), until: daySchema.optional() }).nullable(),
  })
  .partial()
  .openapi('RequestFactsEstablished', {
    description: 'What somebody established about a request. Which of them are asked depends on its kind.',
  });

const written = z.strictObject({
  name: z.string().max(200).optional(),
  address: longText(400).optional(),
  email: z.string().max(254).optional(),
});

const bodies = {
  'forms-sent': z.strictObject({ ...seen, ...on }),
  'papers-received': z.strictObject({
    ...seen,
    ...on,
    form: z.enum(['right', 'wrong', 'none']),
    registered_mail: z
      .string()
      .regex(/^[\d-]{6,20}$/)
      .nullable()
      .default(null),
    method: z.enum(methods).nullable().default(null),
    fee_yen: z.int().min(0).max(1_000_000),
    unreadable: z.boolean().default(false),
  }),
  'papers-short': z.strictObject({
    ...seen,
    ...on,
    lacks: z.array(z.enum(lacks)).max(lacks.length),
    addressee: z.enum(addressees).optional().openapi({
      description: 'Where an agent asks and it is in doubt whether they still are one: to whom the letters go.',
    }),
  }),
  identified: z.strictObject({
    ...seen,
    ...on,
    requester: z.enum(requesters),
    represents: z.enum(['minor', 'adult-ward']).nullable().default(null),
    documents: z.array(z.enum(identityDocuments)).max(identityDocuments.length),
    authority: z.array(z.enum(authorityDocuments)).max(authorityDocuments.length).default([]),
    checked: z.array(z.enum(checks)).max(checks.length),
    numbers_covered: z.boolean(),
    agent: z
      .strictObject({
        name: z.string().max(200),
        address: longText(400),
        email: z.string().max(254).default(''),
        principal: z
          .string()
          .max(200)
          .default('')
          .openapi({ description: 'The person they act for, where the agent is who wrote; else the sender.' }),
      })
      .optional()
      .openapi({
        description: 'Who acts for the person, to whom the answer goes. Needed unless the person asks themself.',
      }),
  }),
  refunded: z.strictObject({ ...seen, ...on, yen: z.int() }),
  specified: z.strictObject({
    ...seen,
    terms: z
      .array(z.strictObject({ kind: z.enum(indexKinds), term: exact(shortText(254)) }))
      .min(1)
      .max(8),
    principals: z.array(z.uuid()).max(20).default([]).openapi({
      description:
        'Those of who match that are the person, the only one too: where they stand in several ledgers under several ids, all of these. Every id that is linked with one of them is taken too; no two others may stand in one ledger.',
    }),
    principal: z.uuid().optional().openapi({ description: 'The same of one alone, beside `principals` or instead.' }),
    told_apart: z.enum(distinctions).optional(),
  }),
  collected: z.strictObject(seen),
  reviewed: z.strictObject({
    ...seen,
    holding: place,
    item: z.string().max(60),
    decision: z.enum(decisions),
    ground: z.enum(withholdingGrounds).nullable().default(null),
    reason: text,
    redacted: text,
    version: z.number().int().positive().optional().describe('Of the record as it was looked at'),
  }),
  decided: z.strictObject({
    ...seen,
    facts: factsSchema.default({}),
    reason: text,
    changes: z
      .array(
        z.strictObject({
          holding: place,
          items: z.record(z.string().max(60), exact(z.string().max(MOST_TEXT)).nullable()),
          sharesEmailWith: sharesEmailWithSchema,
        }),
      )
      .max(64)
      .optional(),
    purposes: z.array(z.string().max(40)).max(64).optional(),
    recipients: z.array(z.uuid()).max(64).optional(),
    tell: z.array(z.uuid()).max(64).optional(),
    measures: longText(MOST_TEXT).optional(),
    answer: text,
  }),
  'carried-out': z.strictObject({
    ...seen,
    ahead: longText(MOST_TEXT).optional().openapi({
      description:
        'Why it is done before another open request of the person is answered that loses something by it; for whoever may refuse, and kept sealed.',
    }),
  }),
  notified: z.strictObject({
    ...seen,
    ...on,
    by: z.enum(ways),
    email: z
      .string()
      .max(254)
      .optional()
      .openapi({ description: 'Where the link of an electronic answer goes; the address on record when left out.' }),
    documents: z.array(z.enum(answerDocuments)).max(answerDocuments.length).optional(),
    sent: z
      .array(z.strictObject({ document: z.enum(answerDocuments), text: inLines(z.string().max(MOST_LETTER)) }))
      .max(answerDocuments.length)
      .optional(),
  }),
  delivered: z.strictObject({ ...seen, ...on, by: z.enum(ways) }),
  closed: z.strictObject({ ...seen, ...on }),
  extended: z.strictObject({ ...seen, ...on, until: daySchema, reason: longText(MOST_TEXT, 1) }),
  withdrawn: z.strictObject({ ...seen, ...on }),
  dismissed: z.strictObject({
    ...seen,
    ...on,
    ground: z.enum(dismissalGrounds),
    reason: text.openapi({ description: 'What goes into the letter besides the ground.' }),
  }),
  assigned: z.strictObject({ ...seen, to: z.uuid() }),
  eased: z.strictObject({
    ...seen,
    eased: z
      .boolean()
      .openapi({ description: 'Whether it is taken in another way from now on; false takes a slip back.' }),
  }),
  amended: z.strictObject({
    ...seen,
    arrived_on: daySchema.optional(),
    kind: z.enum(kinds).optional(),
    scope: z.enum(scopes).optional(),
    sender: written.default({}),
    agent: written.optional().describe('Of the agent to whom the letters go'),
    long_ago: longAgo,
  }),
};

/** Events that somebody makes happen; the registration has its own route, and papers are erased by the clock. */
type Made = keyof typeof bodies & EventName;

const summaries: Record<Made, string> = {
  'forms-sent': 'The form is in the post',
  'papers-received': 'Papers came, with or without the fee',
  'papers-short':
    'The person was told what is missing; of what shows who asks, that is checked anew and all begins again from there',
  identified: 'It is known who asks; copies of identity documents are destroyed',
  refunded: 'Money that is not due was returned',
  specified: 'Find whose information it is; who matches has to be chosen, the only one too',
  collected: 'Collect what is held about the person, and the records of provision and receipt',
  reviewed: 'Decide about one item; anew where it has changed since, and then the request is decided anew',
  decided: 'Decide: the law answers with the facts that were established; anew until it is carried out or told',
  'carried-out': 'Carry out what was decided; goes on where it stopped',
  notified: 'The person is told; electronically, a link goes out by mail',
  delivered: 'It was posted; that it was fetched is recorded when it is',
  closed: 'Nothing is left to do',
  extended: 'More time is needed',
  withdrawn: 'The person took it back',
  dismissed:
    'It ends without being decided on: who asks may not, or what was asked for did not come in time; until its letter is posted, what comes takes it back',
  assigned: 'Somebody on the staff takes care of it',
  eased:
    'An ordinary letter is difficult for who asks (37(4)): no form is asked of them; until the answer has gone out',
  amended: 'A slip of registering is put right; what is left out stays',
};

const querySchema = z.object({
  state: z.enum(states).optional(),
  stage: z.enum(stages).optional(),
  kind: z.enum(kinds).optional(),
  assigned: z.uuid().optional(),
  principal: z.uuid().optional(),
  before: z.uuid().optional(),
});

// ---- the sentences of the letters

const TEXTS = '/api/v1/letter-texts';

const sentencesSchema = z.record(z.string(), z.unknown()).openapi({
  description: 'All sentences, as letters.yaml has them. A problem names its place, such as `lacks.fee.short.en`.',
});

const textsSchema = z
  .object({
    version: z.int(),
    at: z.iso.datetime(),
    note: z.string(),
    texts: sentencesSchema,
    log_entry: z.uuid(),
  })
  .openapi('LetterTexts');

const textsInput = z
  .strictObject({
    seen: z.int().min(1).openapi({ description: 'The version you saw (409 when there is a later one).' }),
    texts: sentencesSchema,
    note: z
      .string()
      .default('')
      .openapi({ description: `Why; one line of at most ${MOST_NOTE} characters.` }),
  })
  .openapi('LetterTextsChange');

/** What travels here, for the typed client. */
export interface DeskJson {
  texts: z.infer<typeof textsSchema>;
  textsChange: z.input<typeof textsInput>;
  registration: z.input<typeof registerSchema>;
  request: z.infer<typeof requestSchema>;
  requests: z.infer<typeof requestsSchema>;
  query: z.input<typeof querySchema>;
  opening: z.input<typeof openingSchema>;
  paper: z.infer<typeof paperSchema>;
  content: z.infer<typeof shownSchema>;
  events: { [E in Made]: z.input<(typeof bodies)[E]> };
}

const oneId = { params: z.object({ id: z.string() }) };

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
        'The same sender has asked the same on the same day, `existing` is that request; or the attempt was another request',
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

const eventRoute = <E extends Made>(event: E) =>
  createRoute({
    method: 'post',
    path: `/api/v1/requests/{id}/events/${event}`,
    operationId: `requests.happen.${event}`,
    summary: summaries[event],
    request: { ...oneId, ...jsonBody(bodies[event]) },
    responses: {
      200: jsonAnswer(requestSchema, 'The request after it'),
      404: problemAnswer('No such request'),
      409: problemAnswer('Something else has happened since `seen`, or under this attempt'),
      ...guardedByLaw,
    },
  });

// ---- bodies of answers

const headBody = (row: Omit<Listed, 'erased'>): z.infer<typeof headSchema> => ({
  id: row.id,
  number: numberOf(row),
  kind: row.kind,
  scope: row.scope,
  arrived_on: row.arrived_on,
  registered_at: row.registered_at.toISOString(),
  state: row.state,
  stage: row.stage,
  last: row.last,
  due_on: row.due_on,
  assigned_to: row.assigned_to,
  principals: row.principal_ids,
  principal: row.principal_ids[0] ?? null,
});

const decidedBody = ({ request: { kind, decided } }: Case): z.infer<typeof decidedSchema> | null =>
  decided && {
    on: decided.on,
    result: decided.result,
    ground: decided.ground ?? null,
    basis: decided.finding ? basisOf(decided.finding) : { because: [], duties: [] },
    notices: noticesFor(kind, decided.result).map((duty) => duty.do),
    documents: documentsFor(kind, decided.result),
  };

const dueBody = ({ request }: Case): z.infer<typeof requestSchema>['due'] => {
  const due = dueOf(clocksOf(request));
  return { ...due, forms: due.forms ?? null, identity: due.identity ?? null };
};

const requestBody = (one: Case): z.infer<typeof requestSchema> => {
  const { row, request } = one;
  const { fee, carriedOut, notified } = request;
  return {
    ...headBody({ ...row, due_on: dueOn(clocksOf(request)) }),
    channel: request.channel,
    eased: request.eased,
    lang: request.lang,
    by_hand: isByHand(request),
    form: request.form,
    due: dueBody(one),
    fee: { ...fee, over: feeOver(request), short: feeShort(request) },
    method: request.method,
    lacks: [...request.lacks],
    waits_until: request.waitsUntil,
    requester: request.identified?.requester ?? null,
    holdings: (request.collected?.holdings ?? []).map(({ holding, items }) => ({ holding, items: [...items] })),
    provisions: request.collected?.provisions ?? 0,
    receipts: request.collected?.receipts ?? 0,
    reviews: [...request.reviews],
    decided: decidedBody(one),
    carried_out: carriedOut && {
      on: carriedOut.on,
      entries: [...carriedOut.entries],
      ahead: [...(carriedOut.ahead ?? [])],
    },
    notified: notified && { ...notified, documents: [...notified.documents] },
    delivered: [...request.delivered],
    closed_on: request.closedOn,
    next: nextEvents(request, one.since),
    events: one.events.map((event) => ({
      no: event.no,
      event: event.event,
      on: event.on_day,
      at: event.at.toISOString(),
      by: event.by_actor,
      entry: event.entry_id,
    })),
    papers: one.papers.map(({ id, kind, about, on_day, gone_at }) => ({
      id,
      kind,
      about,
      on: on_day,
      gone: gone_at !== null,
    })),
  };
};

const shownBody = (shown: Shown): z.infer<typeof shownSchema> => ({
  data: shown.data.map(({ holding, values }) => ({ holding, values: { ...values } })),
  provisions: shown.provisions.flatMap(({ id, record }) =>
    record
      ? [
          {
            id,
            made_on: record.made_on,
            recipient: record.recipient_name,
            address: record.recipient_address,
            representative: record.recipient_representative,
            items: record.items,
          },
        ]
      : [],
  ),
  receipts: shown.receipts.map(({ id, on, provider, how, items, consent }) => ({
    id,
    on,
    provider: provider.name,
    address: provider.address,
    representative: provider.representative,
    how_acquired: how,
    items: [...items],
    consent,
  })),
  purposes: shown.purposes.map(({ holding, purposes }) => ({ holding, purposes: [...purposes] })),
  abroad: shown.abroad.map(({ id, recipient_id, recipient }) => ({
    provision: id,
    recipient: recipient_id,
    country: recipient.country ?? null,
  })),
});

// ---- the routes

const named: Readonly<Record<string, string>> = {
  arrivedOn: 'arrived_on',
  longAgo: 'long_ago',
  feeYen: 'fee_yen',
  toldApart: 'told_apart',
  numbersCovered: 'numbers_covered',
};

/** Answers a problem with its fields as the API names them. */
function answerNamed(c: ApiContext, problem: Problem): never {
  if (problem.kind !== 'invalid') return answerProblem(c, problem);
  const [first, ...rest] = problem.fields.map(({ field, says }) => ({ field: named[field] ?? field, says }));
  return answerProblem(c, { kind: 'invalid', fields: [first!, ...rest] });
}

type Take<E extends Made> = (
  of: { by: By; id: string; step: Step },
  body: Omit<z.output<(typeof bodies)[E]>, 'seen' | 'attempt'>,
) => Promise<Outcome<Case>>;

/** What makes each event happen. */
const takes = (desk: Room): { [E in Made]: Take<E> } => {
  const { office, access } = desk;
  const today = (): Day => office.clock.today();
  return {
    'forms-sent': ({ by, id, step }, body) => sendForms(desk, by, id, step, body),
    'papers-received': ({ by, id, step }, { registered_mail: registeredMail, fee_yen: feeYen, ...body }) =>
      receivePapers(desk, by, id, step, { ...body, registeredMail, feeYen }),
    'papers-short': ({ by, id, step }, body) => tellShort(desk, by, id, step, body),
    identified: ({ by, id, step }, { numbers_covered: numbersCovered, agent = null, ...body }) =>
      identify(desk, by, id, step, { ...body, numbersCovered, agent }),
    refunded: ({ by, id, step }, body) => refund(desk, by, id, step, body),
    specified: ({ by, id, step }, { told_apart: toldApart, principal, principals, ...body }) =>
      specify(desk, by, id, step, {
        ...body,
        principals: principal === undefined ? principals : [principal, ...principals],
        toldApart,
      }),
    collected: ({ by, id, step }) => collect(desk, by, id, step),
    reviewed: ({ by, id, step }, body) => review(desk, by, id, step, body),
    decided: ({ by, id, step }, { facts, reason, answer, ...plan }) =>
      decide(desk, by, id, step, {
        facts,
        reason,
        answer,
        plan,
        mayRefuse: access.policies.decide(by.actor, 'requests:decide').allowed,
      }),
    'carried-out': ({ by, id, step }, body) => carryOut(desk, by, id, step, body),
    notified: ({ by, id, step }, body) => sendAnswer(desk, by, id, step, body),
    delivered: ({ by, id, step }, body) => deliver(desk, by, id, step, body),
    closed: ({ by, id, step }, body) => close(desk, by, id, step, body),
    extended: ({ by, id, step }, body) => extend(desk, by, id, step, body),
    withdrawn: ({ by, id, step }, body) => withdraw(desk, by, id, step, body),
    dismissed: ({ by, id, step }, body) => dismiss(desk, by, id, step, body),
    amended: ({ by, id, step }, { arrived_on: arrivedOn, long_ago: longAgo, ...body }) =>
      amend(desk, by, id, step, { ...body, arrivedOn, longAgo }),
    eased: ({ by, id, step }, body) => ease(desk, by, id, step, body),
    assigned: ({ by, id, step }, { to }) => assign(desk, by, id, step, { on: today(), to }),
  };
};

/** One route for each event. */
const eventRoutes = (desk: Room): Route[] => {
  const all = takes(desk);
  return (Object.keys(bodies) as Made[]).map((event) =>
    api('requests:write', eventRoute(event), async (c) => {
      const { seen: last, attempt, ...body } = c.req.valid('json' as never) as Step & object;
      const of = {
        by: byOf(c),
        id: c.req.valid('param').id,
        step: { seen: last, attempt, asked: askedFor(event, body) },
      };
      const taken = await (all[event] as (of: object, body: object) => Promise<Outcome<Case>>)(of, body);
      return taken.ok ? c.json(requestBody(taken.value), 200) : answerNamed(c, taken.problem);
    }),
  );
};

const requestRoutes = (desk: Room): Route[] => [
  api('requests:write', declared.register, async (c) => {
    const { arrived_on: arrivedOn, long_ago: longAgo, ...body } = c.req.valid('json');
    const made = await registerRequest(desk, byOf(c), { ...body, arrivedOn: readDay(arrivedOn)!, longAgo });
    if (!made.ok) return answerNamed(c, made.problem);
    const { case: one, repeated } = made.value;
    return repeated
      ? c.json(requestBody(one), 200)
      : c.json(requestBody(one), 201, { location: `/api/v1/requests/${one.row.id}` });
  }),
  api('requests:read', declared.list, async (c) => {
    const found = await cases(desk, { ...defined(c.req.valid('query')), most: PAGE });
    const next = found.length === PAGE ? found.at(-1)!.id : null;
    return c.json({ requests: found.map(headBody), next }, 200);
  }),
  api('requests:read', declared.one, async (c) => {
    const found = await caseOf(desk, c.req.valid('param').id);
    return found.ok ? c.json(requestBody(found.value), 200) : answerProblem(c, found.problem);
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

const declaredTexts = {
  newest: createRoute({
    method: 'get',
    path: TEXTS,
    operationId: 'letterTexts',
    summary: 'The sentences that letters are made of',
    responses: { 200: jsonAnswer(textsSchema, 'The newest version'), ...guarded },
  }),
  one: createRoute({
    method: 'get',
    path: `${TEXTS}/{version}`,
    operationId: 'letterTextsVersion',
    summary: 'One version of the sentences',
    request: { params: z.object({ version: numberParameter(1, 1_000_000) }) },
    responses: { 200: jsonAnswer(textsSchema, 'The version'), 404: problemAnswer('No such version'), ...guarded },
  }),
  write: createRoute({
    method: 'post',
    path: TEXTS,
    operationId: 'writeLetterTexts',
    summary: 'Write the next version; the next letter is made of it',
    request: jsonBody(textsInput),
    responses: {
      201: jsonAnswer(textsSchema, 'The version that was written'),
      409: problemAnswer('Somebody else has written a version since `seen`'),
      422: problemAnswer('A sentence is missing or uses a value wrongly, or nothing has changed'),
      ...guarded,
    },
  }),
};

const textsBody = ({ version, at, note, texts, entry }: TextsVersion): z.infer<typeof textsSchema> => ({
  version,
  at: at.toISOString(),
  note,
  texts: { ...texts },
  log_entry: entry,
});

const textRoutes = ({ office }: Room): Route[] => [
  api('letters:read', declaredTexts.newest, async (c) => c.json(textsBody(await currentTexts(office)), 200)),
  api('letters:read', declaredTexts.one, async (c) => {
    const found = await textsVersion(office, c.req.valid('param').version);
    return found ? c.json(textsBody(found), 200) : answerProblem(c, noTexts.problem);
  }),
  api('letters:write', declaredTexts.write, async (c) => {
    const made = await writeTexts(office, byOf(c), c.req.valid('json'));
    return made.ok
      ? c.json(textsBody(made.value), 201, { location: `${TEXTS}/${made.value.version}` })
      : answerProblem(c, made.problem);
  }),
];

/** What is there of a query. */
const defined = <T extends object>(of: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as never;

/** Every route of the desk. */
export const deskRoutes = (desk: Room): Route[] => [...requestRoutes(desk), ...eventRoutes(desk), ...textRoutes(desk)];
