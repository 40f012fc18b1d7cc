// The log for machines: JSON for the company's systems, and public files from which anybody can follow the log (C2SP tlog-tiles).
// Hashes and signatures are public; entries are only for those who may read the log.

import type { Context } from 'hono';
import { both } from '../../base/bilingual.ts';
import { isId } from '../../base/id.ts';
import { notFound } from '../../base/outcome.ts';
import { checkpointText, consistencyOf, proofFile, readEntries, readTile, readTilePath } from '../../log/index.ts';
import {
  answerProblem,
  api,
  apiResponse,
  createRoute,
  guarded,
  inParts,
  jsonAnswer,
  jsonBody,
  numberParameter,
  plain,
  problemAnswer,
  z,
  type Env,
  type Route,
} from '../../platform/http/index.ts';
import { byOf, type Room } from '../access/index.ts';
import { objectionScopes } from '../consent/index.ts';
import { changesAfter, entriesFrom, findEntry, keyOf, openExport } from './actions/log.ts';
import { happenings } from './facts/changes.ts';
import { entryPages } from './pages/entry.tsx';
import { logPages } from './pages/log.tsx';
import { readerPages } from './pages/readers.tsx';
import { verifyPages } from './pages/verify.tsx';

const MOST = 1_000;

const entrySchema = z
  .looseObject({
    v: z.literal(1),
    id: z.uuid(),
    at: z.iso.datetime(),
    action: z.string(),
    actor: z.string(),
  })
  .openapi('LogEntry');

const receiptSchema = z
  .object({
    kind: z.literal('sekisho-receipt'),
    v: z.literal(1),
    entry: entrySchema,
    position: z.int(),
    size: z.int(),
    proof: z.array(z.string()).openapi({ description: 'Hashes in base64, nearest sibling first (RFC 9162).' }),
    checkpoint: z.string().openapi({ description: 'A signed note (C2SP tlog-checkpoint).' }),
    vkey: z.string(),
  })
  .openapi('LogReceipt');

const entriesSchema = z.object({
  size: z.int().openapi({ description: 'Entries covered by the newest checkpoint.' }),
  entries: z.array(z.object({ position: z.int(), entry: entrySchema })),
  next: z.int().nullable().openapi({ description: '`from` of the next page; null at the end.' }),
});

const changeSchema = z
  .object({
    entry: z.uuid().openapi({ description: 'The log entry of the change; one entry may give changes of several ids.' }),
    at: z.iso.datetime(),
    what: z.enum(happenings).openapi({
      description:
        '`acquired`: also when the person was known already and more or other items came. `corrected`: items were changed, added or removed. `linked`, `unlinked`: with or from another id of the same person. `objected`: the person asked to stop. `stopped`: the desk granted such a request (APPI 35). `objection-taken-back`: the objection had been recorded by mistake.',
    }),
    principal: z.uuid(),
    holdings: z.array(z.uuid()).openapi({
      description:
        'The holdings in which it happened, or else those that keep the person, or kept them until they were erased.',
    }),
    purposes: z.array(z.string()).nullable().openapi({
      description:
        'The purposes of the acquisition, of the consent’s text or of the objection; null where the change is not limited to purposes.',
    }),
    consent: z.uuid().nullable().openapi({ description: 'The consent that was given or withdrawn.' }),
    text: z
      .object({ code: z.string(), version: z.int() })
      .nullable()
      .openapi({ description: 'The text of the consent.' }),
    scope: z.enum(objectionScopes).nullable().openapi({ description: 'What the person asked to stop.' }),
    recipient: z.uuid().nullable().openapi({ description: 'The recipient to whom provision must stop.' }),
    same_as: z.uuid().nullable().openapi({
      description: 'The other id of the same person; null where that id is kept for none of the token’s purposes.',
    }),
  })
  .openapi('Change');

const changesSchema = z.object({
  changes: z.array(changeSchema),
  last: z
    .uuid()
    .nullable()
    .openapi({ description: 'The last entry looked at: pass it as `after` in the next call. Null for an empty log.' }),
  more: z
    .boolean()
    .openapi({ description: 'True when there are more entries to look at now, even if this page is empty.' }),
  newest: z.uuid().nullable().openapi({
    description: 'The newest signed entry: the `after` of a system that begins now. Null for an empty log.',
  }),
});

/** The JSON bodies, for the typed client. */
export interface AuditJson {
  changes: z.infer<typeof changesSchema>;
  entries: z.infer<typeof entriesSchema>;
  receipt: z.infer<typeof receiptSchema>;
}

const list = createRoute({
  method: 'get',
  path: '/api/v1/log',
  operationId: 'log.entries',
  summary: 'Entries of the log in its order',
  request: {
    query: z.object({
      from: numberParameter(0, Number.MAX_SAFE_INTEGER)
        .default(0)
        .openapi({ description: 'Position of the first entry wanted, counted from 0.' }),
      limit: numberParameter(1, MOST).default(100),
    }),
  },
  responses: {
    200: jsonAnswer(entriesSchema, 'Entries'),
    422: problemAnswer('Bad input'),
    ...guarded,
  },
});

const changes = createRoute({
  method: 'get',
  path: '/api/v1/changes',
  operationId: 'changes',
  summary: 'What became of people, in log order, for a system that keeps a copy of what it read',
  description:
    'Covers people in holdings that serve one of the token’s purposes, and people who consented to one of them; of consents and objections, only those about its purposes. Contains ids and codes, no values. An objection under one id is listed for every id of the person.',
  request: {
    query: z.object({
      after: z.string().optional().openapi({
        format: 'uuid',
        description: 'The last entry looked at. If left out, starts at the beginning of the log.',
      }),
      limit: numberParameter(1, MOST)
        .default(MOST)
        .openapi({ description: 'The most entries about changes to look at, whoever they are about.' }),
    }),
  },
  responses: {
    200: jsonAnswer(changesSchema, 'Changes'),
    409: problemAnswer('The log no longer has the entry, as a backup was brought back'),
    422: problemAnswer('Bad input'),
    ...guarded,
  },
});

const one = createRoute({
  method: 'get',
  path: '/api/v1/log/{id}',
  operationId: 'log.entry',
  summary: 'One entry with its inclusion proof',
  request: { params: z.object({ id: z.string() }) },
  responses: {
    200: jsonAnswer(receiptSchema, 'The entry and its proof'),
    404: problemAnswer('No such entry, or not signed yet'),
    ...guarded,
  },
});

const NDJSON = 'application/x-ndjson';

const whole = createRoute({
  method: 'post',
  path: '/api/v1/log/export',
  operationId: 'log.export',
  summary: 'The whole log, as `sekisho verify` reads it; handing it over is logged',
  request: jsonBody(z.strictObject({})),
  responses: {
    200: {
      description: 'A line of JSON for the head, each entry, and each checkpoint after the entries it covers',
      content: { [NDJSON]: { schema: z.string() } },
    },
    404: problemAnswer('Nothing is signed yet'),
    ...guarded,
  },
});

const missing = notFound(
  both('この記録はないか、まだ署名されていません', 'There is no such entry, or it is not signed yet'),
).problem;

function jsonRoutes(room: Room): Route[] {
  return [
    api('log:read', list, async (c) => {
      const { from, limit } = c.req.valid('query');
      const { size, entries } = await entriesFrom(room, from, limit);
      const next = from + limit < size ? from + limit : null;
      // The types of an entry allow undefined members, which JSON leaves out.
      return c.json({ size, entries, next }, 200) as never;
    }),
    // Like every list of ids for a system, this opens nothing and is not logged: at one poll a second, polls would fill most of the log.
    api('people:follow', changes, async (c) => {
      const { after, limit: most } = c.req.valid('query');
      const found = await changesAfter(room, c.get('actor'), { after, most });
      return found.ok ? c.json(found.value, 200) : answerProblem(c, found.problem);
    }),
    api('log:read', one, async (c) => {
      const { id } = c.req.valid('param');
      const found = isId(id) ? await findEntry(room, id) : null;
      return found?.proof ? (c.json(found.proof, 200) as never) : answerProblem(c, missing);
    }),
    api('log:export', whole, async (c) => {
      const outcome = await openExport(room, byOf(c));
      return outcome.ok
        ? (apiResponse(inParts(c, outcome.value), 200, { 'content-type': NDJSON }) as never)
        : answerProblem(c, outcome.problem);
    }),
  ];
}

/** A full tile never changes; a partial one is replaced by a longer one. */
async function tile(c: Context<Env>, read: typeof readTile | typeof readEntries, room: Room): Promise<Response> {
  const ref = readTilePath(c.req.path.slice('/log/'.length));
  const bytes = ref && (await read(room.office.database, ref));
  if (!bytes) return c.text('not found\n', 404);
  return c.body(Uint8Array.from(bytes), 200, {
    'content-type': 'application/octet-stream',
    'cache-control': read === readTile ? 'public, max-age=31536000, immutable' : 'private, no-store',
  });
}

function publicFiles(room: Room): Route[] {
  const text = { 'content-type': 'text/plain; charset=utf-8' };
  return [
    plain('/log/checkpoint', 'public', async (c) => {
      const note = await checkpointText(room.office.database);
      return note === null ? c.text('not found\n', 404) : c.body(note, 200, text);
    }),
    // The tiles contain the same hashes. With this file, the holder of a receipt can check that the log continues without any other entry of it.
    plain('/log/consistency/:from{[0-9]+}', 'public', async (c) => {
      const file = await consistencyOf(room.office.database, keyOf(room), Number(c.req.param('from')));
      return file === null ? c.text('not found\n', 404) : c.body(proofFile(file), 200, text);
    }),
    plain('/log/key', 'public', (c) => c.body(`${keyOf(room)}\n`, 200, text)),
    plain('/log/tile/entries/:rest{.+}', 'log:read', (c) => tile(c, readEntries, room)),
    plain('/log/tile/:rest{.+}', 'public', (c) => tile(c, readTile, room)),
  ];
}

/** Every route of the log: JSON, public files, pages. */
export const auditRoutes = (room: Room): Route[] => [
  ...jsonRoutes(room),
  ...publicFiles(room),
  ...logPages(room),
  ...readerPages(room),
  ...entryPages(room),
  ...verifyPages(room),
];
