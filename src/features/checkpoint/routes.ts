// JSON routes of the checkpoint for the company's systems: use the items of one person or of many, find people, correct and erase. Search terms
// travel in the body: no personal information is ever part of a URL.

import type { Actor } from '../../base/actor.ts';
import { both, type Lang } from '../../base/bilingual.ts';
import { done, failed, invalid, notFound, type Outcome } from '../../base/outcome.ts';
import { erasureCertificate, receiptOf, vkeyOf } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import type { Tx } from '../../platform/database/index.ts';
import {
  answerProblem,
  apiResponse,
  api,
  createRoute,
  exact,
  guarded,
  guardedByLaw,
  inParts,
  JSON_TYPE,
  jsonAnswer,
  jsonBody,
  mediaType,
  problemAnswer,
  problemBody,
  readInput,
  z,
  type ApiContext,
  type ProblemBody,
  type Route,
} from '../../platform/http/index.ts';
import {
  indexKinds,
  MAX_ITEMS,
  type Erasure,
  type Held,
  type IndexKind,
  type SearchTerm,
  type Values,
} from '../../vault/index.ts';
import { byOf } from '../access/index.ts';
import { correct, eraseAll, identityUntil } from './actions/change.ts';
import { find, heldAsTold, MOST_MATCHES, othersFor } from './actions/find.ts';
import { use, useMany, type Asking, type Used } from './actions/use.ts';
import { basisOf, basisSchema, sharesEmailWithSchema, type UseAsk } from './facts/ask.ts';
import { type CorrectionGround, correctionGrounds, type ErasureGround, erasureGrounds } from './facts/grounds.ts';

const MOST_LINES = 1_000;
const NDJSON = 'application/x-ndjson';

const askSchema = z
  .strictObject({
    principal: z.string().openapi({ format: 'uuid' }),
    holding: z.string().openapi({ format: 'uuid' }),
    items: z
      .array(z.string())
      .max(MAX_ITEMS)
      .openapi({ example: ['name', 'email'] }),
    purpose: z.string().openapi({ example: 'P3' }),
  })
  .openapi('UseRequest');

const usedSchema = z
  .object({
    decision: z.uuid().openapi({ description: 'Id of the decision and of its log entry.' }),
    principal: z
      .uuid()
      .openapi({ description: 'Id of the person. Store anything you keep of the answer under this id.' }),
    items: z.record(z.string(), z.string()),
    absent: z.array(z.string()).openapi({ description: 'Asked for, but not held about this person.' }),
    version: z.int().openapi({
      description:
        'Version of the record that was read. State it as `seen` in a correction, or in an acquisition that replaces some of it.',
    }),
    basis: basisSchema,
  })
  .openapi('Used');

const useRoute = createRoute({
  method: 'post',
  path: '/api/v1/uses',
  operationId: 'use',
  summary: 'Read named items of a person for a purpose',
  description: `With content type ${NDJSON}, send one request per line, up to ${MOST_LINES}; blank lines are ignored. The answers come as lines in the same order, each with its own \`status\` and either what was read or the problem that a single call would answer with. Lines answered with 503 can be sent again unchanged.`,
  request: { body: { content: { 'application/json': { schema: askSchema }, [NDJSON]: { schema: z.string() } } } },
  responses: {
    200: {
      description: 'Read and logged',
      content: { 'application/json': { schema: usedSchema }, [NDJSON]: { schema: z.string() } },
    },
    404: problemAnswer('Nothing is held about this person in this holding'),
    ...guardedByLaw,
  },
});

const usedBody = ({ decision, finding, principal, values, absent, version }: Used): z.infer<typeof usedSchema> => ({
  decision,
  principal,
  items: { ...values },
  absent,
  version,
  basis: basisOf(finding),
});

/** Parses one line. A line that cannot be parsed is a problem of this line alone. */
function readLine(line: string): Outcome<UseAsk> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return invalid('body', both('JSONとして読めません', 'The line cannot be read as JSON'));
  }
  const read = readInput(askSchema, value, line);
  return read.ok ? done(read.value) : failed({ kind: 'invalid', fields: read.problems });
}

function* readLines(lines: readonly string[]): Generator<Outcome<UseAsk>> {
  for (const line of lines) yield readLine(line);
}

/** Yields one line per question, in order: the answer that a single call with this question would have had. */
async function* answerLines(
  asked: Iterable<Asking>,
  lang: Lang,
  failedWith: (error: Error, began: number) => ProblemBody,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const bodyOf = (outcome: Outcome<Used>): object =>
    outcome.ok ? { status: 200, ...usedBody(outcome.value) } : problemBody(outcome.problem, lang);
  for (const { began, answer } of asked) {
    const body = await answer.then(bodyOf, (error: Error) => failedWith(error, began));
    yield encoder.encode(`${JSON.stringify(body)}\n`);
  }
}

async function answerMany(office: Office, c: ApiContext): Promise<Response> {
  const lines = (await c.req.text()).split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0 || lines.length > MOST_LINES) {
    return answerProblem(
      c,
      invalid('body', both(`1行から${MOST_LINES}行までにしてください`, `Send 1 to ${MOST_LINES} lines`)).problem,
    );
  }
  const asked = useMany(office, byOf(c), readLines(lines));
  const stream = inParts(c, answerLines(asked, c.get('lang'), c.get('failed')));
  return apiResponse(stream, 200, { 'content-type': NDJSON });
}

const noJson = invalid(
  'Content-Type',
  both(`application/json か ${NDJSON} で送ってください`, `Send application/json or ${NDJSON}`),
).problem;

const searchSchema = z
  .strictObject({
    holding: z.string().optional().openapi({ description: 'Leave out to search every holding.' }),
    email: exact(z.string().min(1).max(254)).optional(),
    phone: exact(z.string().min(1).max(40)).optional(),
    name: exact(z.string().min(1).max(200)).optional(),
    kana: exact(z.string().min(1).max(200))
      .optional()
      .openapi({ description: 'The whole reading, or the family name alone.' }),
  })
  .openapi('PrincipalSearch');

const sameAsField = z.array(z.uuid()).openapi({
  description: 'Other ids of the same person about which something is held, whether they match or not.',
});

const foundSchema = z.object({
  principals: z.array(z.object({ id: z.uuid(), holdings: z.array(z.uuid()), same_as: sameAsField })),
  more: z.boolean().openapi({
    description:
      'True when the search answers as many people as it may, so that others may match too. That somebody is not among them does not show that they are not held; search by more.',
  }),
});

const searchRoute = createRoute({
  method: 'post',
  path: '/api/v1/principals/search',
  operationId: 'search',
  summary: 'Find people by e-mail address, telephone number, name or reading; every term given must match',
  request: jsonBody(searchSchema),
  responses: {
    200: jsonAnswer(foundSchema, `At most ${MOST_MATCHES} people, by id`),
    422: problemAnswer('Bad input'),
    ...guarded,
  },
});

const idParam = z.object({ id: z.string() });

const erasureSchema = z
  .object({
    principal: z.uuid(),
    erased_at: z.iso.datetime(),
    holdings: z.array(z.uuid()),
    items: z.int().openapi({ description: 'How many items were held.' }),
    same_as: z.array(z.uuid()).openapi({
      description: 'Other ids of the same person about which something is still held; an erasure covers one id only.',
    }),
    identity_until: z.iso.date().nullable().openapi({
      description:
        'Day until which a record of a provision or a receipt that names the person has to be kept (APPI 29(2), 30(4)). Until then their name, or whatever else tells who it is, is kept for that record alone. Null when nothing is kept.',
    }),
    entry: z.uuid().openapi({ description: 'The entry of the log that certifies it.' }),
    certificate: z.unknown().openapi({
      description:
        'Verifies offline with `sekisho verify`. Null until the log includes the entry, which takes about a second.',
    }),
  })
  .openapi('Erasure');

const heldSchema = z
  .object({
    id: z.uuid(),
    since: z.iso.datetime().nullable(),
    records: z.array(
      z.object({
        holding: z.uuid(),
        items: z.array(z.string()),
        purposes: z.record(z.string(), z.array(z.string())).openapi({
          description:
            'For each item, the purposes it is held for, which are those it was acquired for. It may be used for these, and for the purposes that the privacy officer has changed them to (APPI 17(2), 18(1)).',
          example: { name: ['P1', 'P3'], email: ['P3'] },
        }),
        version: z.int().openapi({
          description:
            'Version of the record. State it as `seen` in a correction, or in an acquisition that replaces some of it.',
        }),
        created_at: z.iso.datetime(),
        updated_at: z.iso.datetime(),
      }),
    ),
    erased_at: z.iso.datetime().nullable(),
  })
  .openapi('Principal');

const unknownPerson = problemAnswer('Nothing is held about this person');

const heldRoute = createRoute({
  method: 'get',
  path: '/api/v1/principals/{id}',
  operationId: 'principal',
  summary: 'What is held about a person: holdings, items, what each is held for, and dates, without values',
  request: { params: idParam },
  responses: { 200: jsonAnswer(heldSchema, 'What is held'), 404: unknownPerson, ...guarded },
});

const requestField = z.string().max(40).default('').openapi({
  description: 'The number of the request at the desk, if the ground is a request of the person.',
  example: 'R-2026-031',
});

const correctionSchema = z
  .strictObject({
    holding: z.string(),
    items: z
      .record(z.string(), exact(z.string()).nullable())
      .openapi({ description: 'New values; null removes an item.' }),
    ground: z.enum(correctionGrounds),
    seen: z.int().min(1).openapi({ description: 'The version of the record you saw (409 when there is a later one).' }),
    sharesEmailWith: sharesEmailWithSchema,
    request: requestField,
  })
  .openapi('Correction');

const correctedSchema = z.object({ decision: z.uuid(), version: z.int() });

const correctRoute = createRoute({
  method: 'post',
  path: '/api/v1/principals/{id}/corrections',
  operationId: 'correct',
  summary: 'Correct, add or remove items of a person (APPI 22, 34)',
  request: {
    params: idParam,
    ...jsonBody(correctionSchema),
  },
  responses: {
    200: jsonAnswer(correctedSchema, 'Corrected'),
    404: unknownPerson,
    409: problemAnswer(
      'The record has changed since `seen`; or others in the holding have this e-mail address (`principals`), and `sharesEmailWith` does not name exactly them',
    ),
    422: problemAnswer('Bad input'),
    ...guarded,
  },
});

const eraseSchema = z.strictObject({ ground: z.enum(erasureGrounds), request: requestField }).openapi('ErasureRequest');

const eraseRoute = createRoute({
  method: 'post',
  path: '/api/v1/principals/{id}/erasure',
  operationId: 'erase',
  summary: 'Erase everything held about a person (APPI 22, 35); a repeated call gets the same answer',
  request: {
    params: idParam,
    ...jsonBody(eraseSchema),
  },
  responses: {
    200: jsonAnswer(erasureSchema, 'Erased'),
    404: unknownPerson,
    409: problemAnswer('An open request at the desk is about this person'),
    422: problemAnswer('Bad input'),
    ...guarded,
  },
});

const certificateRoute = createRoute({
  method: 'get',
  path: '/api/v1/principals/{id}/erasure',
  operationId: 'erasure',
  summary: 'The erasure of a person with its certificate',
  request: { params: idParam },
  responses: { 200: jsonAnswer(erasureSchema, 'Erased'), 404: problemAnswer('This person was not erased'), ...guarded },
});

/** Types of the requests and answers, for the typed client. */
export interface CheckpointJson {
  ask: z.input<typeof askSchema>;
  used: z.infer<typeof usedSchema>;
  search: z.input<typeof searchSchema>;
  found: z.infer<typeof foundSchema>;
  principal: z.infer<typeof heldSchema>;
  correction: z.input<typeof correctionSchema>;
  corrected: z.infer<typeof correctedSchema>;
  erase: z.input<typeof eraseSchema>;
  erasure: z.infer<typeof erasureSchema>;
}

async function erasureBody(
  office: Office,
  actor: Actor,
  principal: string,
  erasure: Erasure,
): Promise<z.infer<typeof erasureSchema>> {
  const receipt = await receiptOf(office.database, vkeyOf(office.signer), erasure.entry);
  return {
    principal,
    erased_at: erasure.at.toISOString(),
    holdings: erasure.holdings,
    items: erasure.items,
    same_as: (await othersFor(office, actor, [principal])).get(principal) ?? [],
    identity_until: await identityUntil(office, principal),
    entry: erasure.entry,
    certificate: receipt && erasureCertificate(receipt),
  };
}

function heldBody(id: string, about: Held | Erasure): z.infer<typeof heldSchema> {
  if ('entry' in about) return { id, since: null, records: [], erased_at: about.at.toISOString() };
  const records = about.records.map(({ createdAt, updatedAt, heldFor: purposes, ...record }) => ({
    ...record,
    purposes: Object.fromEntries([...purposes].map(([code, held]) => [code, [...held]])),
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
  }));
  return { id, since: about.since.toISOString(), records, erased_at: null };
}

const termsOf = (asked: Partial<Record<IndexKind, string | undefined>>): SearchTerm[] =>
  indexKinds.flatMap((kind) => {
    const term = asked[kind];
    return term === undefined ? [] : [{ kind, term }];
  });

const noTerm = invalid(
  'body',
  both('探す手がかりを1つ以上送ってください', 'Send at least one of email, phone, name, kana'),
).problem;
const notErased = notFound(both('この本人の消去の記録はありません', 'This person was not erased')).problem;

/** A change to a person, about which the desk is asked first: whether an open request of theirs allows it. */
interface Change {
  principal: string;
  change: { what: 'correct'; ground: CorrectionGround; holding: string } | { what: 'erase'; ground: ErasureGround };
  request: string;
}

/** Asks the desk about a change. Returns the function that writes what belongs to it, in the transaction of the change. */
export type AskDesk = (
  by: { actor: Actor; authority: readonly string[] },
  ask: Change,
) => Promise<Outcome<(tx: Tx, entry: string, before?: Values) => Promise<void>>>;

/** Every JSON route of the checkpoint. */
export const checkpointApi = (office: Office, askDesk: AskDesk): Route[] => [
  api('people:use', useRoute, async (c) => {
    const type = mediaType(c.req.header('content-type'));
    if (type === NDJSON) return (await answerMany(office, c)) as never;
    if (type !== JSON_TYPE) return answerProblem(c, noJson);
    const outcome = await use(office, byOf(c), c.req.valid('json') as UseAsk);
    return outcome.ok ? c.json(usedBody(outcome.value), 200) : answerProblem(c, outcome.problem);
  }),
  api('people:search', searchRoute, async (c) => {
    const { holding = null, ...asked } = c.req.valid('json');
    const terms = termsOf(asked);
    if (terms.length === 0) return answerProblem(c, noTerm);
    const outcome = await find(office, byOf(c), { terms, holding });
    if (!outcome.ok) return answerProblem(c, outcome.problem);
    const others = await othersFor(
      office,
      c.get('actor'),
      outcome.value.map(({ principal }) => principal),
    );
    const principals = outcome.value.map(({ principal, holdings }) => ({
      id: principal,
      holdings,
      same_as: others.get(principal) ?? [],
    }));
    return c.json({ principals, more: principals.length >= MOST_MATCHES }, 200);
  }),
  api('people:search', heldRoute, async (c) => {
    const { id } = c.req.valid('param');
    const outcome = await heldAsTold(office, c.get('actor'), id);
    return outcome.ok ? c.json(heldBody(id, outcome.value), 200) : answerProblem(c, outcome.problem);
  }),
  api('people:correct', correctRoute, async (c) => {
    const { request, ...said } = c.req.valid('json');
    const { id: principal } = c.req.valid('param');
    const by = byOf(c);
    const { ground, holding } = said;
    const desk = await askDesk(by, { principal, change: { what: 'correct', ground, holding }, request });
    if (!desk.ok) return answerProblem(c, desk.problem);
    const ask = { ...said, principal, record: desk.value };
    const outcome = await correct(office, by, ask);
    return outcome.ok ? c.json(outcome.value, 200) : answerProblem(c, outcome.problem);
  }),
  api('people:erase', eraseRoute, async (c) => {
    const { id: principal } = c.req.valid('param');
    const { ground, request } = c.req.valid('json');
    const by = byOf(c);
    const desk = await askDesk(by, { principal, change: { what: 'erase', ground }, request });
    if (!desk.ok) return answerProblem(c, desk.problem);
    const ask = { principal, ground, record: desk.value };
    const outcome = await eraseAll(office, by, ask);
    return outcome.ok
      ? c.json(await erasureBody(office, by.actor, principal, outcome.value), 200)
      : answerProblem(c, outcome.problem);
  }),
  api('people:erase', certificateRoute, async (c) => {
    const { id } = c.req.valid('param');
    const outcome = await heldAsTold(office, c.get('actor'), id);
    return outcome.ok && 'entry' in outcome.value
      ? c.json(await erasureBody(office, c.get('actor'), id, outcome.value), 200)
      : answerProblem(c, notErased);
  }),
];
