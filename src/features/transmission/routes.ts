// JSON routes of the registers for the company's systems, the routes that browsers use, and the list of all routes.

import type { Context } from 'hono';
import { both, type Bilingual } from '../../base/bilingual.ts';
import { addDays, startOf } from '../../base/day.ts';
import { forbidden, invalid, notFound } from '../../base/outcome.ts';
import type { Office } from '../../office.ts';
import {
  answerProblem,
  api,
  apiResponse,
  bilingualSchema,
  createRoute,
  dayOrNullSchema,
  daySchema,
  guarded,
  jsonAnswer,
  jsonBody,
  mediaType,
  plain,
  published,
  problemAnswer,
  readInput,
  z,
  type ApiContext,
  type Env,
  type InputRead,
  type Route,
} from '../../platform/http/index.ts';
import { byOf, callerAddress, countAttempt, type Access, type Room } from '../access/index.ts';
import {
  changeSite,
  choicesByDay,
  publicRegister,
  putTag,
  recordChoice,
  registerOf,
  registers,
  registerSite,
} from './actions.ts';
import { choices, exemptions, mostInARow, services, type Register, type Tag } from './facts.ts';
import { formPages } from './pages/form.tsx';
import { listPages } from './pages/list.tsx';
import { publicPages } from './pages/public.tsx';
import { sitePages } from './pages/site.tsx';
import { tagPages } from './pages/tag.tsx';
import { tagListPages } from './pages/tags.tsx';
import { words } from './words.ts';

const texts = z.strictObject({ ja: z.string(), en: z.string().optional() });
const fact = z.boolean().nullish().openapi({ description: 'null or left out: not known.' });

const siteFields = {
  name: texts,
  origins: z.array(z.string()).openapi({ example: ['https://shop.example.jp'] }),
  service: z.enum(services).openapi({ description: 'What the service is (TBR 22-2-27).' }),
  linkedOn: dayOrNullSchema
    .optional()
    .openapi({ description: 'Day since which its pages lead to the public page in one step.' }),
  choicesADay: z.int().optional(),
  state: z.enum(['active', 'retired']).optional(),
};
const siteInput = z
  .strictObject({ code: z.string().openapi({ example: 'shop' }), ...siteFields })
  .openapi('WebSiteInput');
const siteChange = z.strictObject({ version: z.int(), site: z.strictObject(siteFields) }).openapi('WebSiteChange');

const tagInput = z
  .strictObject({
    code: z.string().openapi({ example: 'web-analytics' }),
    name: texts,
    information: texts.nullish().openapi({ description: 'What is sent.' }),
    recipient: z.strictObject({ name: texts, country: z.string().openapi({ example: 'US' }) }),
    purpose: texts.nullish(),
    theirPurpose: texts.nullish().openapi({ description: 'The recipient’s own purposes.' }),
    sends: fact,
    thirdPartyId: fact,
    exemption: z.enum(exemptions).optional(),
    withinNeed: fact,
    ownIdentifier: fact,
    stops: fact,
    plain: fact,
    choice: z.enum(choices),
    limits: texts.nullish(),
    patterns: z.array(z.string()).openapi({ example: ['*.ads.example.com', 'cdn.example.com/tag.js'] }),
    state: z.enum(['active', 'off']).optional(),
  })
  .openapi('WebTagInput');
const tagChange = z.strictObject({ version: z.int(), tag: tagInput }).openapi('WebTagChange');

const text = bilingualSchema.nullable();
const known = z.boolean().nullable();

const tagSchema = z
  .object({
    code: z.string(),
    name: bilingualSchema,
    information: text,
    recipient: z.object({ name: bilingualSchema, country: z.string() }),
    purpose: text,
    theirPurpose: text,
    sends: known,
    thirdPartyId: known,
    exemption: z.enum(exemptions),
    withinNeed: known,
    ownIdentifier: known,
    stops: known,
    plain: known,
    choice: z.enum(choices),
    limits: text,
    patterns: z.array(z.string()),
    state: z.enum(['active', 'off']),
    published_on: z.iso.date(),
    decision: z.object({
      answer: z.enum(['yes', 'no', 'unknown']),
      finding: z.unknown().openapi({ description: 'The finding of the law.' }),
      on: z.iso.date(),
      law: z.iso.date(),
      policy: z.int(),
    }),
  })
  .openapi('WebTag');

const siteSchema = z
  .object({
    id: z.uuid(),
    code: z.string(),
    name: bilingualSchema,
    origins: z.array(z.string()),
    service: z.enum(services),
    linkedOn: z.iso.date().nullable(),
    choicesADay: z.int(),
    state: z.enum(['active', 'retired']),
    version: z.int(),
    notice: z.int().openapi({ description: 'Version of what visitors are told.' }),
    changed_on: z.iso.date().openapi({ description: 'When that last changed.' }),
    tags: z.array(tagSchema),
    log_entry: z.uuid(),
  })
  .openapi('WebSite');
const listSchema = z.object({ sites: z.array(siteSchema) });

const daysSchema = z
  .object({
    days: z.array(z.object({ day: z.iso.date(), allowed: z.int(), some: z.int(), refused: z.int(), gpc: z.int() })),
  })
  .openapi('WebChoiceDays');
const daysQuery = z.object({ from: daySchema.optional(), to: daySchema.optional() });

const MOST_NAMED = 60;
const tagCodes = z.array(z.string().max(40)).max(MOST_NAMED);
const choiceInput = z
  .strictObject({
    site: z.string().max(40),
    id: z.uuid().transform((id) => id.toLowerCase()),
    n: z.int().min(1).max(1000).openapi({ description: 'How often this browser has chosen, this one included.' }),
    notice: z.int().min(1).max(1_000_000),
    allowed: tagCodes,
    refused: tagCodes,
    language: z.enum(['ja', 'en']),
    gpc: z.boolean(),
  })
  .openapi('WebChoice');
const choiceSchema = z
  .object({ id: z.uuid(), n: z.int(), notice: z.int(), at: z.iso.datetime() })
  .openapi('WebChoiceRecord');

/** Types of the requests and answers, for the typed client. */
export interface TransmissionJson {
  site: z.infer<typeof siteSchema>;
  sites: z.infer<typeof listSchema>;
  siteInput: z.input<typeof siteInput>;
  siteChange: z.input<typeof siteChange>;
  tagChange: z.input<typeof tagChange>;
  choices: z.infer<typeof daysSchema>;
  choicesQuery: z.input<typeof daysQuery>;
}

const SITES = '/api/v1/web-sites';
const one = { params: z.object({ id: z.string() }) };
const oneTag = { params: z.object({ id: z.string(), tag: z.string() }) };
const noSite = { 404: problemAnswer('No such site or tag') };
const bad = { 422: problemAnswer('Bad input') };
const overtaken = { 409: problemAnswer('The code is taken, or somebody else changed the register first') };

const list = createRoute({
  method: 'get',
  path: SITES,
  operationId: 'webSites',
  summary: 'The registers of external transmissions of all web sites, by code',
  responses: { 200: jsonAnswer(listSchema, 'Sites with their tags'), ...guarded },
});
const show = createRoute({
  method: 'get',
  path: `${SITES}/{id}`,
  operationId: 'webSite',
  summary: 'The register of one web site',
  request: one,
  responses: { 200: jsonAnswer(siteSchema, 'The site with its tags'), ...noSite, ...guarded },
});
const register = createRoute({
  method: 'post',
  path: SITES,
  operationId: 'registerWebSite',
  summary: 'Register a web site',
  request: jsonBody(siteInput),
  responses: { 201: jsonAnswer(siteSchema, 'Registered'), ...overtaken, ...bad, ...guarded },
});
const change = createRoute({
  method: 'post',
  path: `${SITES}/{id}`,
  operationId: 'changeWebSite',
  summary: 'Change a web site; each of its tags is put to the law again',
  request: { ...one, ...jsonBody(siteChange) },
  responses: {
    200: jsonAnswer(siteSchema, 'The register after the change'),
    ...noSite,
    ...overtaken,
    ...bad,
    ...guarded,
  },
});
const addTag = createRoute({
  method: 'post',
  path: `${SITES}/{id}/tags`,
  operationId: 'addWebTag',
  summary: 'Register a tag and put it to the law; without a yes, the site may not run it',
  request: { ...one, ...jsonBody(tagChange) },
  responses: {
    201: jsonAnswer(siteSchema, 'The register after the change'),
    ...noSite,
    ...overtaken,
    ...bad,
    ...guarded,
  },
});
const changeTag = createRoute({
  method: 'post',
  path: `${SITES}/{id}/tags/{tag}`,
  operationId: 'changeWebTag',
  summary: 'Change a tag and put it to the law again',
  request: { ...oneTag, ...jsonBody(tagChange) },
  responses: {
    200: jsonAnswer(siteSchema, 'The register after the change'),
    ...noSite,
    ...overtaken,
    ...bad,
    ...guarded,
  },
});
const choiceDays = createRoute({
  method: 'get',
  path: `${SITES}/{id}/choices`,
  operationId: 'webChoices',
  summary:
    'How many visitors allowed, refused, or refused by Global Privacy Control, by day; the last 30 days unless asked otherwise',
  request: { ...one, query: daysQuery },
  responses: { 200: jsonAnswer(daysSchema, 'Days with choices, newest first'), ...noSite, ...bad, ...guarded },
});
const choose = createRoute({
  method: 'post',
  path: '/api/v1/web-choices',
  operationId: 'chooseOnWebSite',
  summary: 'Record what a visitor of a web site chose; sent by the web notice from the origins of the site',
  request: {
    body: {
      required: true,
      content: {
        'application/json': { schema: choiceInput },
        // A content type that a browser sends to another origin without a preflight request.
        'text/plain': { schema: z.string() },
      },
    },
  },
  responses: {
    201: jsonAnswer(choiceSchema, 'Recorded; the same choice sent again is recorded once'),
    403: problemAnswer('Not sent from a page of the site'),
    404: problemAnswer('No such site'),
    409: problemAnswer('The notice has changed since it was shown, or the number was used for another choice'),
    422: problemAnswer('Bad input'),
    429: problemAnswer(
      'The site has taken as many choices today as it may, or too many in a row came from one network',
      { 'Retry-After': 'Seconds to wait' },
    ),
  },
});

const tagBody = ({ publishedOn, decision, ...tag }: Tag): z.infer<typeof tagSchema> => ({
  ...tag,
  published_on: publishedOn,
  decision: { answer: decision.finding.answer, ...decision },
});

const bodyOf = (of: Register): z.infer<typeof siteSchema> => ({
  id: of.id,
  code: of.code,
  ...of.site,
  version: of.version,
  notice: of.notice,
  changed_on: of.changedOn,
  tags: of.tags.map(tagBody),
  log_entry: of.entryId,
});

const siteRoutes = (office: Office): Route[] => [
  api('ledger:read', list, async (c) => c.json({ sites: (await registers(office)).map(bodyOf) }, 200)),
  api('ledger:read', show, async (c) => {
    const found = await registerOf(office, c.req.valid('param').id);
    return found.ok ? c.json(bodyOf(found.value), 200) : answerProblem(c, found.problem);
  }),
  api('transmissions:write', register, async (c) => {
    const made = await registerSite(office, byOf(c), c.req.valid('json'));
    return made.ok
      ? c.json(bodyOf(made.value), 201, { location: `${SITES}/${made.value.id}` })
      : answerProblem(c, made.problem);
  }),
  api('transmissions:write', change, async (c) => {
    const { version, site } = c.req.valid('json');
    const made = await changeSite(office, byOf(c), { id: c.req.valid('param').id, version, input: site });
    return made.ok ? c.json(bodyOf(made.value), 200) : answerProblem(c, made.problem);
  }),
  api('transmissions:write', addTag, async (c) => {
    const { version, tag } = c.req.valid('json');
    const made = await putTag(office, byOf(c), { id: c.req.valid('param').id, version, input: tag });
    return made.ok ? c.json(bodyOf(made.value.register), 201) : answerProblem(c, made.problem);
  }),
  api('transmissions:write', changeTag, async (c) => {
    const { version, tag } = c.req.valid('json');
    const made = await putTag(office, byOf(c), { ...c.req.valid('param'), version, input: tag });
    return made.ok ? c.json(bodyOf(made.value.register), 200) : answerProblem(c, made.problem);
  }),
  api('records:read', choiceDays, async (c) => {
    const { to = office.clock.today(), from = addDays(to, -29) } = c.req.valid('query');
    if (from > to)
      return answerProblem(
        c,
        invalid('from', both('最後の日より後の日にはできません', 'Must not be later than the last day')).problem,
      );
    const found = await registerOf(office, c.req.valid('param').id);
    if (!found.ok) return answerProblem(c, found.problem);
    return c.json({ days: await choicesByDay(office, found.value.id, from, to) }, 200);
  }),
];

const MOST_CHOICE = 8_192;

type Choice = z.infer<typeof choiceInput>;

const unreadable: InputRead<Choice> = { ok: false, problems: [{ field: 'body', says: words.unreadable }] };

/** Reads a choice as a browser sends it: JSON with a text content type. */
async function readChoice(c: ApiContext): Promise<InputRead<Choice>> {
  const sent = await c.req.text();
  if (sent.length > MOST_CHOICE) return unreadable;
  try {
    return readInput(choiceInput, JSON.parse(sent), sent);
  } catch {
    return unreadable;
  }
}

/** Lets the pages of one origin read an answer. */
function readableBy(origin: string, answer: Response): Response {
  answer.headers.set('access-control-allow-origin', origin);
  answer.headers.set('vary', 'Origin');
  return answer;
}

/** Answers 429 with the reason and the time to wait, given in ms; the pages of the site may read it. */
function tooMany(c: ApiContext, origin: string, says: Bilingual, wait: number): Response {
  const body = { type: '/problems/429', title: says[c.get('lang')], status: 429 };
  const headers = { 'content-type': 'application/problem+json', 'retry-after': String(Math.ceil(wait / 1000)) };
  return readableBy(origin, apiResponse(body, 429, headers));
}

/** Returns how long the caller's address has to wait, in ms; 0 = go on. It counts by a keyed digest that soon expires and is stored nowhere else. */
async function waitOf(access: Access, c: ApiContext, { id, site }: Register): Promise<number> {
  const address = callerAddress(access, c);
  if (address === '') return 0;
  const key = access.directory.index('web-choice', `${id}\n${address}`);
  return (await countAttempt(access, [{ key, limit: mostInARow(site) }])).wait;
}

async function choiceTaken({ office, access }: Room, c: ApiContext, value: string | Choice): Promise<Response> {
  const asText = mediaType(c.req.header('content-type')) === 'text/plain';
  const read: InputRead<Choice> = asText ? await readChoice(c) : { ok: true, value: value as Choice };
  if (!read.ok) return answerProblem(c, { kind: 'invalid', fields: read.problems });
  const ask = read.value;
  const found = await publicRegister(office, ask.site);
  if (!found) return answerProblem(c, { kind: 'not-found', says: words.noSite });
  const origin = c.req.header('origin') ?? '';
  if (!found.register.site.origins.includes(origin)) return answerProblem(c, forbidden(words.elsewhere).problem);
  const wait = await waitOf(access, c, found.register);
  if (wait > 0) return tooMany(c, origin, words.often, wait);
  const gpc = ask.gpc || c.req.header('sec-gpc') === '1';
  const chosen = await recordChoice(office, found, { ...ask, gpc });
  // The count starts again on a new day.
  const tomorrow = startOf(addDays(office.clock.today(), 1));
  if (chosen === 'full') return tooMany(c, origin, words.full, tomorrow - office.clock.now());
  if (!chosen.ok) return readableBy(origin, answerProblem(c, chosen.problem));
  const { id, n, notice, at } = chosen.value;
  return readableBy(origin, apiResponse({ id, n, notice, at: at.toISOString() }, 201));
}

/** Seconds for which a browser may keep a register before it asks again. */
const FRESH = 300;

/** The JSON version of the public page; the pages of the site may read it from their own origins. */
async function registerJson(office: Office, c: Context<Env>): Promise<Response> {
  const found = await publicRegister(office, c.req.param('site') ?? '');
  if (!found)
    return answerProblem(c, notFound(both('このサイトの登録はありません', 'This site is not registered')).problem);
  const origin = c.req.header('origin');
  if (origin !== undefined && found.register.site.origins.includes(origin))
    c.header('Access-Control-Allow-Origin', origin);
  c.header('Vary', 'Origin');
  return published(c, JSON.stringify(found.seen), { cache: `public, max-age=${FRESH}` });
}

/** Every route of the external transmissions: JSON and pages. */
export const transmissionRoutes = (room: Room): Route[] => [
  ...siteRoutes(room.office),
  api('public', choose, (c) => choiceTaken(room, c, c.req.valid('json')) as never),
  plain('/external-transmission/:site/register.json', 'public', (c) => registerJson(room.office, c)),
  ...listPages(room.office),
  ...formPages(room.office),
  ...tagListPages(room.office),
  ...tagPages(room.office),
  ...sitePages(room.office),
  ...publicPages(room.office),
];
