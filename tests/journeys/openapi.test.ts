// The published document and the served routes agree: nothing served is undocumented, nothing documented is missing, and real answers fit the
// published schemas.

import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failuresIn } from '../house.ts';
import { addDays, day, readDay } from '../../src/base/day.ts';
import type { Problem } from '../../src/client.ts';
import { readInput } from '../../src/platform/http/fields.ts';
import { startText, writeText } from '../../src/features/consent/actions/texts.ts';
import { questions } from '../../src/features/consultation/index.ts';
import { changeJointUse, publishNotice, registerJointUse } from '../../src/features/joint-use/actions.ts';
import { approvePackage } from '../../src/features/provision/actions/packages.ts';
import { assureRecipient, checkRecipient, endAssuranceOf } from '../../src/features/recipients/actions/assurance.ts';
import { registerRecipient } from '../../src/features/recipients/actions/recipient.ts';
import { reportCountry } from '../../src/features/recipients/actions/country.ts';
import { registerCollection } from '../../src/features/related/index.ts';
import { writtenSince } from '../catalogue.ts';
import { addConsent, addConsentText, addRecipient, officerOf, readersSite } from '../people.ts';
import { aWebSite, must, newcomer, openServer, readers, type TestServer } from '../server.ts';

interface Media {
  schema: object;
}
interface Response_ {
  description: string;
  headers?: Record<string, object>;
  content?: Record<string, Media>;
}
interface Operation {
  operationId?: string;
  summary?: string;
  tags: string[];
  security: object[];
  parameters?: { name: string; in: string; required?: boolean; schema: object }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Response_>;
  'x-sekisho-action'?: string;
}
/** The schema of a request body. */
interface Sendable {
  $ref?: string;
  anyOf?: Sendable[];
  oneOf?: Sendable[];
  properties?: Record<string, Sendable>;
  items?: Sendable;
}
interface Document {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, { type: string; scheme: string }> };
}

let server: TestServer;
let document: Document;
/** Every schema is asked a few times only, so what it names is compiled once, and for no speed. */
const COMPILED = { strict: false, inlineRefs: false, code: { optimize: false } } as const;

let ajv: Ajv2020;
beforeAll(async () => {
  // A policy that also lets this system dismiss requests.
  server = await openServer({
    permit: '@id("requests-by-system") permit (principal is System, action == Action::"requests:decide", resource);',
  });
  document = (await (await server.fetch('/openapi.json')).json()) as Document;
  ajv = new Ajv2020({
    ...COMPILED,
    allErrors: true,
    formats: { uuid: true, date: true, 'date-time': true, binary: true },
  });
  ajv.addSchema(document, 'document');
});
afterAll(() => server.close());

const operations = (): [string, string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, string, Operation] => [method, path, operation]),
  );

const successesOf = ({ responses }: Operation): string[] =>
  Object.keys(responses).filter((status) => status.startsWith('2'));

test('anybody may read it; it says where, and how to show a token', async () => {
  const response = await server.fetch('/openapi.json');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  expect(document.openapi).toBe('3.1.0');
  expect(document.info).toMatchObject({
    title: 'Sekisho',
    version: '1',
    // A widely used validator rejects a licence with only a name.
    license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  });
  expect(document.servers).toEqual([{ url: server.url }]);
  expect(document.components.securitySchemes).toMatchObject({ token: { type: 'http', scheme: 'bearer' } });
});

test('every JSON route is in the document, and the document has no other', () => {
  const served = server.app.routes
    .filter((route) => route.kind === 'api')
    .map((route) => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')} ${route.may}`);
  const documented = operations().map(([method, path, o]) => `${method} ${path} ${o['x-sekisho-action'] ?? 'public'}`);
  expect(documented.sort()).toEqual(served.sort());
  expect(documented.length).toBeGreaterThanOrEqual(19);
});

test('every operation has a name of its own, that of the method of the client that makes the call', () => {
  const named = operations().map(([, , { operationId }]) => operationId ?? '');
  expect(new Set(named).size).toBe(named.length);
  const isMethod = (name: string): boolean => {
    let of: unknown = server.client;
    for (const part of name.split('.')) {
      if (typeof of === 'function') return true;
      of = (of as Record<string, unknown> | undefined)?.[part];
    }
    return typeof of === 'function';
  };
  // This one is called by the browsers of visitors.
  expect(named.filter((name) => !isMethod(name))).toEqual(['chooseOnWebSite']);
});

test.each(['get', 'post'])('every %s says what it needs, what it answers and how it fails', (wanted) => {
  const lacking: string[] = [];
  for (const [method, path, operation] of operations().filter(([method]) => method === wanted)) {
    const here = `${method} ${path}`;
    const parts = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const named = (operation.parameters ?? []).filter((p) => p.in === 'path' && p.required).map((p) => p.name);
    if (parts.join() !== named.join()) lacking.push(`${here}: parameters ${named.join()}`);
    if (!operation.summary) lacking.push(`${here}: no summary`);
    // A public operation needs no token, and says so.
    const open = operation['x-sekisho-action'] === undefined;
    if (operation.security.length !== (open ? 0 : 1)) lacking.push(`${here}: its security is not what it needs`);
    const successes = successesOf(operation);
    if (successes.length === 0) lacking.push(`${here}: no success`);
    const needs = [...(open ? [] : ['401', '403']), '422', '500', '503', ...(method === 'post' ? ['400', '413'] : [])];
    for (const status of needs) if (!operation.responses[status]) lacking.push(`${here}: no ${status}`);
    if (method === 'post' && !operation.requestBody?.content['application/json']) lacking.push(`${here}: no body`);
    for (const [status, { description, content }] of Object.entries(operation.responses)) {
      const said = successes.includes(status)
        ? Object.keys(content ?? {}).length > 0
        : content?.['application/problem+json'];
      if (!description || !said) lacking.push(`${here}: ${status} does not say what comes`);
    }
  }
  expect(lacking).toEqual([]);
});

test('no call passes over a parameter that it does not know, and none is repeated that could be a value', async () => {
  const nobody = '00000000-0000-7000-8000-000000000000';
  const passedOver: string[] = [];
  for (const [method, path] of operations()) {
    const to = `${path.replaceAll(/\{\w+\}/g, nobody)}?princpal=${nobody}&__proto__=1&constructor=1&例示 花子=1`;
    const response = await server.fetch(to, {
      method,
      headers: { authorization: `Bearer ${server.token}`, 'accept-language': 'en', 'content-type': 'application/json' },
      ...(method === 'get' ? {} : { body: '{}' }),
    });
    const { fields = [] } = (await response.json()) as Problem;
    const named = fields.filter(({ says }) => says === 'There is no such parameter').map(({ field }) => field);
    if (response.status !== 422 || named.join(' ') !== 'princpal __proto__ constructor ?')
      passedOver.push(`${method} ${path}: ${response.status} ${JSON.stringify(fields)}`);
  }
  expect(passedOver).toEqual([]);
});

const BLANK = ['', ' ', '\t', '\u3000'];
const NO_NUMBER = ['+1', '1e3', '0x10', '1.0', ' 1', '1 ', '１', '1,000', 'NaN', 'Infinity', '-1', '-0'];
const FAR = ['9'.repeat(20), '9'.repeat(400)];
const NO_TEXT = ['\0', '\uFFFD', "' OR '1'='1", 'x'.repeat(5_000)];

test('a parameter that is blank or malformed is refused by its name, and read as nothing else', async () => {
  const nobody = '00000000-0000-7000-8000-000000000000';
  const wrong: string[] = [];
  let asked = 0;
  for (const [method, path, { parameters = [] }] of operations()) {
    for (const { name, in: where, schema } of parameters.filter((one) => one.in !== 'header')) {
      for (const value of [...BLANK, ...NO_NUMBER, ...FAR, ...NO_TEXT]) {
        const sent = encodeURIComponent(value);
        const at = path.replaceAll(/\{(\w+)\}/g, (_, of) => (where === 'path' && of === name ? sent : nobody));
        const response = await server.fetch(where === 'path' ? at : `${at}?${name}=${sent}`, {
          method,
          headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
          ...(method === 'get' ? {} : { body: '{}' }),
        });
        const { fields = [] } = (await response.json()) as Problem;
        // A version of a text is named by two parameters.
        const named = fields.some(({ field }) => field === name || (name === 'code' && field === 'version'));
        // The object of an address need not exist.
        const isNumber = (schema as { type?: string }).type === 'integer';
        const refused =
          where === 'query' || (isNumber && value !== '')
            ? response.status === 422 && named
            : [404, 422].includes(response.status);
        if (!refused) wrong.push(`${method} ${path} ${name}=${sent.slice(0, 20)}: ${response.status}`);
        asked += 1;
      }
    }
  }
  expect(asked).toBeGreaterThan(1_000);
  expect(wrong).toEqual([]);
  expect(failuresIn(server.reported)).toEqual([]);
});

test('every reference inside leads somewhere, and every schema is one', () => {
  const text = JSON.stringify(document);
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map((match) => match[1]!);
  expect(references.length).toBeGreaterThan(20);
  expect(references.filter((name) => !(name in document.components.schemas))).toEqual([]);
  for (const name of Object.keys(document.components.schemas)) {
    expect(() => ajv.compile({ $ref: `document#/components/schemas/${name}` }), name).not.toThrow();
  }
});

test('the published schema of a question takes and refuses a fact as the server does', () => {
  const texts = ['JP', 'UK', 'ZZ', '', ' ', '2026-02-28', 'a\nb', '\ta', 'a\u0085'];
  const tried = [null, true, ...texts, -1, 0, 1, 1.5, 2026, [], ['a'], [' '], ['a\nb'], {}];
  const strict = new Ajv2020({ ...COMPILED, formats: { date: (text) => readDay(text) !== null } });
  strict.addSchema(document, 'document');
  const apart: string[] = [];
  for (const { id, leaves, asked, contradictions } of questions) {
    const name = `${id.replace(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase())}Facts`;
    const fits = strict.compile({ $ref: `document#/components/schemas/${name}` });
    // Which counts are possible is a rule of the law.
    const isCounted = (facts: Record<string, unknown>, path: string): boolean =>
      contradictions(facts, day('2026-11-24')).every(({ field }) => field !== path);
    for (const { path } of leaves.filter(({ field }) => field.control !== 'clause')) {
      for (const value of tried) {
        const facts = path.split('.').reduceRight<unknown>((inner, fact) => ({ [fact]: inner }), value);
        const read = readInput(asked, facts);
        const takes = read.ok && (typeof value !== 'number' || isCounted(read.value, path));
        if (fits(facts) !== takes) apart.push(`${name} ${path} ${JSON.stringify(value)}`);
      }
    }
  }
  expect(apart).toEqual([]);
});

test('a day that may be missing may be null in what is sent, too', () => {
  const sent = ['JointUseChange/properties/notice_on', 'WebSiteInput/properties/linkedOn'];
  const takes = (path: string) => ajv.compile({ $ref: `document#/components/schemas/${path}` })(null);
  expect(sent.filter((path) => !takes(path))).toEqual([]);
});

/** A value for a schema with the same leaf everywhere and, of its alternatives, the one with this number. */
function filled(schema: Sendable, leaf: unknown, choice: number): unknown {
  if (schema.$ref) return filled(document.components.schemas[schema.$ref.split('/').at(-1)!]!, leaf, choice);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return filled(choices[choice % choices.length]!, leaf, choice);
  const { properties, items } = schema;
  if (properties)
    return Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, filled(of, leaf, choice)]));
  return items ? [filled(items, leaf, choice)] : leaf;
}

test('of a field that is wrong one thing is said', async () => {
  const leaves = ['', ' ', 'x'.repeat(5_000), '2026-02-30', -1, 1.5, null, [], {}];
  const twice: string[] = [];
  for (const [method, path, { requestBody }] of operations()) {
    const schema = requestBody?.content['application/json']?.schema;
    const bodies = schema ? leaves.flatMap((leaf) => [0, 1].map((choice) => filled(schema, leaf, choice))) : [];
    for (const body of bodies) {
      const response = await server.fetch(path.replaceAll(/\{\w+\}/g, '1'), {
        method,
        headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (response.status !== 422) continue;
      const { fields = [] } = (await response.json()) as Problem;
      const names = fields.map(({ field }) => field);
      twice.push(...names.filter((name, i) => names.indexOf(name) < i).map((name) => `${path} ${name}`));
    }
  }
  expect(twice).toEqual([]);
});

interface Said {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  items?: Said;
  anyOf?: Said[];
  properties?: Record<string, Said>;
}

/** Whether a field says that it is one of several words, and that it is a day. */
const saysOf = (of: Said): { words: boolean; day: boolean } => {
  const all = [of, ...(of.anyOf ?? []), ...(of.items ? [of.items] : [])];
  return { words: all.some((one) => one.enum), day: all.some(({ format }) => format === 'date') };
};

test('of the days and words of a field, what is sent says as much as what is answered', () => {
  const schemas = document.components.schemas as Record<string, Said>;
  const pairs = Object.entries(schemas).flatMap(([name, sent]) => {
    const answered = schemas[name.replace(/Input$/, '')];
    return name.endsWith('Input') && answered ? [[name, sent, answered] as const] : [];
  });
  expect(pairs.length).toBeGreaterThan(8);
  const silent = pairs.flatMap(([name, sent, answered]) =>
    Object.entries(answered.properties ?? {})
      .filter(([field]) => sent.properties?.[field])
      .filter(([field, of]) => JSON.stringify(saysOf(sent.properties![field]!)) !== JSON.stringify(saysOf(of)))
      .map(([field]) => `${name}.${field}`),
  );
  expect(silent).toEqual([]);
});

test('it says what holds of every call: ids, instants, days, the kinds of problems, and how to ask again', () => {
  for (const word of ['UUID', 'UTC', 'Japan', 'UTF-8', '1 MiB', '`Idempotency-Key`', '`attempt`', '`Location`'])
    expect(document.info.description).toContain(word);
  const { type } = (document.components.schemas.Problem as { properties: { type: { description: string } } })
    .properties;
  for (const kind of ['invalid', 'not-found', 'conflict', 'refused', 'forbidden', '403'])
    expect(type.description).toContain(`/problems/${kind}`);
});

type Step = [method: string, at: string, path: string, body?: object | string, headers?: Record<string, string>];

/** The answers received so far: `post /api/v1/uses 200`. */
const seen = new Set<string>();

/** The parts of a value that do not fit the schema at a place among the paths. */
function misfits(place: readonly string[], value: unknown): string[] {
  const pointer = place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  const fits = ajv.compile({ $ref: `document#/paths/${pointer}` });
  return fits(value) ? [] : (fits.errors ?? []).map((e) => `${place[2]} ${e.instancePath} ${e.message}`);
}

const asSent = (body: object): unknown => JSON.parse(JSON.stringify(body)) as unknown;

/** For each call that was answered: whether one of its kind left a log entry by the calling system. */
const onRecord = new Map<string, boolean>();
/** The number of such entries after the last call. */
let entries = Infinity;

const entriesOfSystems = async (): Promise<number> =>
  (
    await server.db.owner.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM log_entries WHERE actor LIKE 'system:%'",
      [],
    )
  )[0]!.n;

const send = ([method, at, , body, headers]: Step): Promise<Response> =>
  server.fetch(at, {
    method,
    headers: {
      authorization: `Bearer ${server.token}`,
      'accept-language': 'en',
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });

/** True when a call can be named by its caller to have its effect once. */
function takesName(path: string): boolean {
  const { parameters = [], requestBody } = document.paths[path]!.post!;
  const sent = (requestBody?.content['application/json']?.schema ?? {}) as Sendable;
  const { properties } = (document.components.schemas[sent.$ref?.split('/').at(-1) ?? ''] ?? sent) as Sendable;
  return parameters.some(({ name }) => name === 'Idempotency-Key') || properties?.attempt !== undefined;
}

/** A body without its certificate, which appears once the log has taken the entry in. */
const withoutCertificate = (body: string): string =>
  JSON.stringify(JSON.parse(body), (key, value: unknown) => (key === 'certificate' ? null : value));

/** For calls that cannot be named: the answer to the same call sent again at once, and the tables it wrote to. */
const again = new Map<string, string>();

/** Sends an accepted call once more. */
async function sendAgain(step: Step, first: string, made: { id?: string }): Promise<void> {
  const { owner } = server.db;
  const [now] = await owner.query<{ at: string }>('SELECT pg_current_xact_id()::text AS at', []);
  const response = await send(step);
  const wrote = await writtenSince(owner, now!.at);
  const second = await response.text();
  const { existing } = (response.ok ? {} : JSON.parse(second)) as Partial<Problem>;
  const how: (string | number)[] = [response.status, ...wrote];
  if (existing !== undefined) how.push(existing === made.id ? 'with its id' : 'with another id');
  if (response.ok && wrote.length === 0 && withoutCertificate(second) !== withoutCertificate(first))
    how.push('another answer');
  again.set(`${step[0]} ${step[2]}`, how.join(' '));
  entries = await entriesOfSystems();
}

/** The parts of an accepted request and of its answer that do not fit the published schemas. */
async function unfit(step: Step): Promise<string[]> {
  const [method, , path, body] = step;
  const response = await send(step);
  const { status } = response;
  const call = `${method} ${path}`;
  const now = await entriesOfSystems();
  if (response.ok && !onRecord.get(call)) onRecord.set(call, now > entries);
  entries = now;
  const type = response.headers.get('content-type')!.split(';')[0]!;
  const said = document.paths[path]?.[method.toLowerCase()]?.responses[status];
  if (!said?.content?.[type]) return [`${method} ${path} ${status} ${type}: not documented`];
  const unsaid = ['www-authenticate', 'retry-after', 'location'].filter(
    (name) => response.headers.has(name) && !Object.keys(said.headers ?? {}).some((one) => one.toLowerCase() === name),
  );
  if (unsaid.length > 0) return [`${method} ${path} ${status}: ${unsaid.join(', ')} is not documented`];
  if ('Location' in (said.headers ?? {}) && !response.headers.has('location'))
    return [`${method} ${path} ${status}: no Location`];
  seen.add(`${method.toLowerCase()} ${path} ${status}`);
  const here = [path, method.toLowerCase()];
  const text = await response.text();
  const value: unknown = type.endsWith('json') && !type.endsWith('ndjson') ? JSON.parse(text) : text;
  if (text === '') return [`${method} ${path} ${status}: empty`];
  if (method === 'POST' && response.ok && !again.has(call) && !takesName(path))
    await sendAgain(step, text, Object(value));
  const wrong = misfits([...here, 'responses', String(status), 'content', type, 'schema'], value);
  // An accepted request must fit too, for callers who check before sending.
  const taken = response.ok && typeof body === 'object';
  if (taken) wrong.push(...misfits([...here, 'requestBody', 'content', 'application/json', 'schema'], asSent(body)));
  return wrong.map((one) => `${method} ${path} ${status} ${one}`);
}

/** A joint use that is published, changed and not yet announced; then one that a system registers, publishes, changes and ends. */
async function jointUseJourneys(holding: string, nobody: string): Promise<Step[]> {
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const { office } = server;
  const member = await addRecipient(server, { name: '例示物流', relations: ['joint-use'] });
  const responsible = {
    kind: 'corporation',
    name: { ja: '例示情報通信株式会社' },
    address: { ja: '東京都千代田区例示町1-1' },
    representative: { ja: '例示 太郎' },
  };
  const drawn = must(
    await registerJointUse(office, by, {
      name: { ja: '催しの共同案内' },
      information: 'personal',
      shares: [{ holding, items: ['name'] }],
      scope: { ja: '当社と例示物流' },
      members: [member],
      purposes: ['P1'],
      responsible,
    }),
  );
  const today = office.clock.today();
  const open = must(await publishNotice(office, by, drawn, { notice: 1, on: today }));
  const address = { address: { ja: '東京都港区例示町3-3' } };
  const moved = { change: 'responsible-address', effectiveOn: today, noticeOn: null, responsible: address } as const;
  const { id } = must(await changeJointUse(office, by, open, moved));
  const path = '/api/v1/joint-uses';
  return [
    ['GET', path, path],
    ['GET', `${path}/${id}`, `${path}/{id}`],
    ['GET', `${path}/${nobody}`, `${path}/{id}`],
    ...(await jointUseWriting(holding, member, nobody)),
  ];
}

async function jointUseWriting(holding: string, member: string, nobody: string): Promise<Step[]> {
  const today = server.office.clock.today();
  const path = '/api/v1/joint-uses';
  const input = {
    name: { ja: '発送の共同利用' },
    information: 'personal' as const,
    shares: [{ holding, items: ['name', 'address'] }],
    scope: { ja: '当社と例示物流' },
    members: [member],
    purposes: ['P1'],
    responsible: {
      kind: 'corporation',
      name: { ja: '例示情報通信株式会社' },
      address: { ja: '東京都千代田区例示町1-1' },
      representative: { ja: '例示 太郎' },
    },
  };
  const { id } = must(await server.client.registerJointUse(input));
  const moved = { address: { ja: '東京都港区例示町4-4' } };
  const change = { change: 'responsible-address', effective_on: today, notice_on: today, responsible: moved };
  const acts: [string, object][] = [
    ['draft', { ...input, version: 1, scope: { ja: '当社と例示物流株式会社' } }],
    ['publications', { version: 2, notice: 1, on: today }],
    ['changes', { version: 3, ...change }],
    ['end', { version: 4, on: today, why: '催しの終わり' }],
  ];
  return [
    ['POST', path, path, {}],
    ['POST', path, path, { ...input, name: { ja: '来場の共同利用' } }],
    ['POST', path, path, { ...input, name: { ja: '来場の共同利用' } }],
    ['POST', path, path, { ...input, name: { ja: '番号の共同利用' }, information: 'my-number' }],
    ...acts.flatMap(([act, body]): Step[] => [
      ['POST', `${path}/${id}/${act}`, `${path}/{id}/${act}`, {}],
      ['POST', `${path}/${nobody}/${act}`, `${path}/{id}/${act}`, body],
      ['POST', `${path}/${id}/${act}`, `${path}/{id}/${act}`, body],
      // These come late and have not seen the present version.
      ['POST', `${path}/${id}/${act}`, `${path}/{id}/${act}`, body],
    ]),
  ];
}

/** A recipient abroad with everything on record about it, and its country; then what a system writes about one. */
async function recipientJourneys(nobody: string): Promise<Step[]> {
  const { office } = server;
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const party = {
    kind: 'corporation',
    name: '株式会社例示物産',
    representative: '物産 太郎',
    address: '例示町9-9',
    country: 'VN',
    relations: ['entrustment'],
  };
  const { id } = must(await registerRecipient(office, by, party));
  const [on, from] = [office.clock.today(), '2026-04-01'];
  const system = { kind: 'equivalent-system', reference: '認証', from, until: '2099-03-31', by: 'certificate' };
  const assured = must(await assureRecipient(office, by, id, { ...system, scheme: 'global-cbpr' }));
  const contract = { ownUse: false, assessed: true, contract: true, monitored: true };
  must(await assureRecipient(office, by, id, { kind: 'entrustment', reference: '契約', from, ...contract }));
  const cloud = { contractExcludesHandling: true, accessControlled: true, serverCountry: 'SG' };
  const ended = must(await assureRecipient(office, by, id, { kind: 'cloud', reference: '規約', from, ...cloud }));
  must(await endAssuranceOf(office, by, { recipient: id, assurance: ended.id, reason: '解約' }));
  const told = { trouble: '支障', remedy: '対応', foreignSystem: '制度' };
  must(await checkRecipient(office, by, id, { on, method: '書面', measures: 'impossible', ...told }));
  must(await checkRecipient(office, by, id, { on, method: '書面', measures: 'returned', proof: '消去証明書' }));
  const report = { systemExists: true, indicators: [], missingPrinciples: ['openness'], graveSystems: null };
  const input = { ...report, source: 'https://www.example.jp', checkedOn: on };
  must(await reportCountry(office, by, { country: 'VN', version: 0, input }));
  const path = '/api/v1/recipients';
  const countries = '/api/v1/countries';
  return [
    ['GET', path, path],
    ['GET', `${path}?state=lost`, path],
    ['GET', `${path}/${id}`, `${path}/{id}`],
    ['GET', `${path}/${nobody}`, `${path}/{id}`],
    ['GET', `${path}/${id}/versions`, `${path}/{id}/versions`],
    ['GET', `${path}/${id}/measures`, `${path}/{id}/measures`],
    ['GET', `${path}/${nobody}/measures`, `${path}/{id}/measures`],
    ['GET', countries, countries],
    ['GET', `${countries}/VN`, `${countries}/{country}`],
    ['GET', `${countries}/US`, `${countries}/{country}`],
    ['GET', `${countries}/JP`, `${countries}/{country}`],
    ...(await recipientWriting(id, assured.id, nobody)),
  ];
}

/** A system registers, changes, stops and reopens a recipient, and records the basis of provisions to it. */
async function recipientWriting(assuredOne: string, assurance: string, nobody: string): Promise<Step[]> {
  const today = server.office.clock.today();
  const path = '/api/v1/recipients';
  const party = {
    kind: 'corporation',
    name: '例示便株式会社',
    address: '例示町8-8',
    representative: '配達 次郎',
    country: 'JP',
    relations: ['entrustment'],
  };
  const { id } = must(await server.client.registerRecipient({ ...party, name: '例示印刷株式会社' }));
  const contract = { own_use: false, assessed: true, contract: true, monitored: true };
  const acts: [string, object][] = [
    ['versions', { ...party, name: '例示印刷株式会社', version: 1, contact: '管理課' }],
    ['stop', { version: 2, reason: '契約の見直し' }],
    ['resume', { version: 3, reason: '契約を結び直した' }],
    ['assurances', { kind: 'entrustment', reference: '契約 1', from: '2026-04-01', ...contract }],
    ['checks', { on: today, method: '書面', measures: 'kept' }],
  ];
  const end = `${path}/{id}/assurances/{assurance}/end`;
  const reports = '/api/v1/countries/{country}/reports';
  const page = '/api/v1/commission-page';
  const report = {
    version: 0,
    system_exists: true,
    indicators: [],
    missing_principles: [],
    grave_systems: null,
    source: 'https://www.example.jp',
    checked_on: today,
  };
  return [
    ['POST', path, path, {}],
    ['POST', path, path, party],
    ['POST', path, path, party],
    ...acts.flatMap(([act, body]): Step[] => [
      ['POST', `${path}/${id}/${act}`, `${path}/{id}/${act}`, {}],
      ['POST', `${path}/${nobody}/${act}`, `${path}/{id}/${act}`, body],
      ['POST', `${path}/${id}/${act}`, `${path}/{id}/${act}`, body],
    ]),
    ['POST', `${path}/${id}/stop`, `${path}/{id}/stop`, { version: 1, reason: '古い画面から' }],
    ['POST', `${path}/${assuredOne}/assurances/${assurance}/end`, end, {}],
    ['POST', `${path}/${assuredOne}/assurances/${assurance}/end`, end, { reason: '認証の終わり' }],
    ['POST', `${path}/${assuredOne}/assurances/${nobody}/end`, end, { reason: '認証の終わり' }],
    ['POST', '/api/v1/countries/TH/reports', reports, {}],
    ['POST', '/api/v1/countries/JP/reports', reports, report],
    ['POST', '/api/v1/countries/TH/reports', reports, report],
    ['POST', '/api/v1/countries/TH/reports', reports, report],
    ['POST', page, page, {}],
    ['POST', page, page, { url: 'https://www.example.jp/laws', checked_on: today }],
  ];
}

/** A package that is drafted, listed, screened and cancelled, and steps for which it is in the wrong state. */
async function packageJourneys(holding: string, principal: string, nobody: string): Promise<Step[]> {
  const key = await identityToRecipient(await generateX25519Identity());
  const recipient = await addRecipient(server, { name: '例示運送株式会社', publicKey: key });
  const facts = { relation: 'third-party' as const };
  const ask = { holding, items: ['name'], purpose: 'P3', recipient, everybody: false, facts };
  const named = { ...ask, attempt: 'package-of-the-journey' };
  const { id } = must(await server.client.packages.draft(named));
  const path = '/api/v1/packages';
  const { requested, fetched } = await packagesUnderWay(holding, key);
  return [
    ['POST', `${path}/${requested}/request`, `${path}/{id}/request`, {}],
    ['POST', `${path}/${fetched}/close`, `${path}/{id}/close`, {}],
    ['POST', `${path}/${nobody}/close`, `${path}/{id}/close`, {}],
    ['POST', path, path, named],
    ['POST', path, path, ask],
    ['POST', path, path, { ...ask, recipient: nobody }],
    ['GET', path, path],
    ['GET', `${path}/${id}`, `${path}/{id}`],
    ['GET', `${path}/${nobody}`, `${path}/{id}`],
    ['POST', `${path}/${id}/people`, `${path}/{id}/people`, { principals: [principal, nobody] }],
    ['POST', `${path}/${id}/people`, `${path}/{id}/people`, { principals: ['例示 花子'] }],
    ['POST', `${path}/${id}/screening`, `${path}/{id}/screening`, {}],
    ['POST', `${path}/${id}/request`, `${path}/{id}/request`, {}],
    ['POST', `${path}/${id}/close`, `${path}/{id}/close`, {}],
    ['POST', `${path}/${id}/cancellation`, `${path}/{id}/cancellation`, { reason: '' }],
    ['POST', `${path}/${id}/cancellation`, `${path}/{id}/cancellation`, { reason: '取りやめ' }],
  ];
}

/** A package for which approval can be requested, and one that was approved, prepared and fetched. */
async function packagesUnderWay(holding: string, key: string): Promise<{ requested: string; fetched: string }> {
  const { packages } = server.client;
  const { principal } = must(await server.client.acquire(newcomer(holding)));
  const recipient = await addRecipient(server, { name: '例示封入株式会社', publicKey: key });
  const text = await addConsentText(server, { holding, recipients: [recipient], items: ['name'] });
  await addConsent(server, principal, text, day('2026-10-01'));
  const facts = { relation: 'third-party' as const };
  const drafted = async (): Promise<string> => {
    const ask = { holding, items: ['name'], purpose: 'P3', recipient, everybody: false, facts };
    const { id } = must(await packages.draft(ask));
    must(await packages.list(id, [principal]));
    return id;
  };
  const [requested, fetched] = [await drafted(), await drafted()];
  must(await packages.request(fetched));
  must(await approvePackage(server.office, { actor: officerOf(server), authority: ['officer-all-work'] }, fetched));
  await expect.poll(async () => must(await packages.one(fetched)).state).toBe('ready');
  const { cookie, csrf } = await server.session('officer');
  const pressed = { method: 'POST', headers: { cookie }, body: new URLSearchParams({ csrf }) };
  await (await server.fetch(`/packages/${fetched}/file`, pressed)).arrayBuffer();
  return { requested, fetched };
}

/** Personally related information that is provided, received and kept apart, refused; and an identifier that is linked and found. */
async function relatedJourneys(holding: string, principal: string, nobody: string): Promise<Step[]> {
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const input = {
    name: { ja: '会員サイトの閲覧履歴' },
    source: 'third-party',
    place: '例示広告株式会社',
    searchable: true,
    communications: false,
    items: [{ code: 'cookie_id', label: { ja: 'クッキーの番号' }, tells: 'nobody' }],
  };
  const { recipient } = server;
  const { id: collection } = must(await registerCollection(server.office, by, input));
  const confirmation = { on: '2026-10-01', by: 'declaration', consented: true } as const;
  const link = { expected: true, byTag: false, confirmation };
  const ask = { collection, recipient, items: ['cookie_id'], facts: { link }, documents: { consent: '申告書 1' } };
  const taken = { collection, items: ['cookie_id'], facts: { links: false } };
  const provision = must(await server.client.provideRelated(ask)).id;
  const receipt = must(await server.client.receiveRelated(taken)).id;
  const cookie = { collection, identifier: 'cookie_id', value: 'GA1.2.3.4' };
  const own = await linkable(holding);
  const at = '/api/v1/related-';
  const links = '/api/v1/identifier-links';
  return [
    ['GET', `${at}collections`, `${at}collections`],
    ['GET', `${at}collections/${collection}`, `${at}collections/{id}`],
    ['GET', `${at}collections/${nobody}`, `${at}collections/{id}`],
    ['POST', `${at}collections`, `${at}collections`, {}],
    ['POST', `${at}collections`, `${at}collections`, { ...input, name: { ja: '店舗サイトの閲覧履歴' } }],
    ['POST', `${at}provisions`, `${at}provisions`, ask],
    ['POST', `${at}provisions`, `${at}provisions`, { ...ask, facts: {} }],
    ['POST', `${at}provisions`, `${at}provisions`, { ...ask, recipient: nobody }],
    ['POST', `${at}provisions`, `${at}provisions`, { ...ask, collection: nobody }],
    ['GET', `${at}provisions`, `${at}provisions`],
    ['GET', `${at}provisions?before=x`, `${at}provisions`],
    ['GET', `${at}provisions/${provision}`, `${at}provisions/{id}`],
    ['GET', `${at}provisions/${nobody}`, `${at}provisions/{id}`],
    ['POST', `${at}receipts`, `${at}receipts`, taken],
    ['POST', `${at}receipts`, `${at}receipts`, { ...taken, principal, facts: { links: true } }],
    ['POST', `${at}receipts`, `${at}receipts`, { ...taken, items: [] }],
    ['GET', `${at}receipts`, `${at}receipts`],
    ['GET', `${at}receipts/${receipt}`, `${at}receipts/{id}`],
    ['GET', `${at}receipts/${nobody}`, `${at}receipts/{id}`],
    ['POST', links, links, { ...cookie, principal }],
    ['GET', `${links}?principal=${principal}`, links],
    ['GET', links, links],
    ['POST', `${links}/search`, `${links}/search`, { ...cookie, purpose: 'P3' }],
    ['POST', `${links}/search`, `${links}/search`, { ...cookie, purpose: 'P0' }],
    ['POST', `${links}/${nobody}/removal`, `${links}/{id}/removal`, { reason: 'mistake' }],
    ['POST', links, links, { ...own.cookie, value: 'GA1.5.6.7', principal: own.principal }],
    ['POST', `${links}/search`, `${links}/search`, { ...own.cookie, purpose: 'P3' }],
    ['POST', `${links}/${own.link}/removal`, `${links}/{id}/removal`, { reason: 'mistake' }],
  ];
}

/** A person who consented to linking, with one link. */
async function linkable(
  holding: string,
): Promise<{ principal: string; link: string; cookie: { collection: string; identifier: string; value: string } }> {
  const { id: collection } = must(await server.client.registerRelatedCollection(readersSite(holding)));
  const { principal } = must(await server.client.acquire(newcomer(holding)));
  const asked = {
    code: 'linking',
    kind: 'linking' as const,
    name: { ja: '閲覧履歴の結び付け', en: 'Linking browsing' },
    wording: { ja: '閲覧履歴を結び付けることに同意します' },
    purposes: ['P3'],
    holding,
    items: ['note'],
    recipients: [],
  };
  const { code, version } = must(await server.client.writeConsentText(asked));
  must(await server.client.startConsentText(code, version, { from_day: '2026-04-01' }));
  await addConsent(server, principal, { code, version }, day('2026-10-01'));
  const cookie = { collection, identifier: 'note', value: 'GA1.9.8.7' };
  const { id: link } = must(await server.client.linkIdentifier({ ...cookie, principal }));
  return { principal, link, cookie };
}

/** A request from its letter to its end, with each step tried where it is not allowed. */
async function deskJourneys(nobody: string): Promise<Step[]> {
  const today = server.office.clock.today();
  const letter = {
    kind: 'consultation' as const,
    scope: 'customer' as const,
    arrived_on: today,
    channel: 'letter' as const,
    sender: { name: '例示 花子', address: '東京都例示区1-2-3' },
    says: '教えてください',
  };
  const one = must(await server.client.requests.register(letter));
  const path = '/api/v1/requests';
  const at = `${path}/${one.id}`;
  const on = { seen: 1, on: today };
  const events: Record<string, object> = {
    'forms-sent': on,
    'papers-received': { ...on, form: 'none', fee_yen: 0 },
    'papers-short': { ...on, lacks: [] },
    identified: { ...on, requester: 'principal', documents: [], checked: [], numbers_covered: true },
    'fee-waived': { ...on, ground: 'hardship' },
    refunded: { ...on, yen: 0 },
    specified: { seen: 1, terms: [{ kind: 'name', term: '例示' }] },
    collected: { seen: 1 },
    reviewed: { seen: 1, holding: 'x', item: 'name', decision: 'disclose' },
    decided: { seen: 2, answer: 'お答えします' },
    'carried-out': { seen: 3 },
    notified: { ...on, seen: 3, by: 'post' },
    delivered: { ...on, seen: 4, by: 'post' },
    sought: { ...on, seen: 5, how: 'phone' },
    extended: { ...on, seen: 5, until: today, reason: 'x' },
    withdrawn: { ...on, seen: 5 },
    dismissed: { ...on, seen: 5, ground: 'stranger' },
    acknowledged: { ...on, how: 'otherwise' },
    addressed: { ...on, seen: 1, sender: { address: '東京都例示区1-2-3' } },
    assigned: { seen: 5, to: nobody },
    eased: { seen: 5, eased: true },
    amended: { seen: 5, sender: { email: 'x' } },
    closed: { ...on, seen: 5 },
  };
  return [
    ['POST', path, path, letter],
    ['POST', path, path, { ...letter, another: true }],
    ['POST', path, path, {}],
    ['GET', path, path],
    ['GET', `${path}?state=lost`, path],
    ['GET', at, `${path}/{id}`],
    ['GET', `${path}/${nobody}`, `${path}/{id}`],
    ['POST', `${at}/content`, `${path}/{id}/content`, {}],
    ['POST', `${at}/papers/${one.papers[0]!.id}`, `${path}/{id}/papers/{paper}`, {}],
    ['POST', `${at}/papers/${nobody}`, `${path}/{id}/papers/{paper}`, {}],
    ...Object.entries(events).flatMap(([event, body]): [string, string, string, object][] => [
      ['POST', `${at}/events/${event}`, `${path}/{id}/events/${event}`, {}],
      ['POST', `${at}/events/${event}`, `${path}/{id}/events/${event}`, body],
      ['POST', `${path}/${nobody}/events/${event}`, `${path}/{id}/events/${event}`, body],
    ]),
    ['POST', `${at}/content`, `${path}/{id}/content`, {}],
    ['POST', `${at}/content`, `${path}/{id}/content`, { for: 'question' }],
    ['GET', at, `${path}/{id}`],
    ...(await walkedJourneys()),
    ...(await letterTextJourneys()),
  ];
}

/** Requests that together take every step: one is disclosed, one corrected and refunded, one dismissed, one has no address to answer to. */
async function walkedJourneys(): Promise<Step[]> {
  const on = server.office.clock.today();
  const { client, holding } = server;
  const name = '歩行 一歩';
  const { principal } = must(await client.acquire(newcomer(holding, { name })));
  const path = '/api/v1/requests';
  const sender = { name: '例示 歩', address: '東京都例示区1-2-3' };
  const letter = { scope: 'customer' as const, arrived_on: on, channel: 'letter' as const, sender };
  const disclosure = { ...letter, kind: 'disclosure' as const, attempt: 'openapi-1' };
  const nobody = { name: '', address: '', email: '' };
  const complaint = { ...letter, kind: 'consultation' as const, anonymous: true, unreachable: true, sender: nobody };
  const [disclosed, corrected, dismissed, unanswered] = [
    must(await client.requests.register(disclosure)).id,
    must(await client.requests.register({ ...letter, kind: 'correction' })).id,
    must(await client.requests.register({ ...letter, kind: 'erasure' })).id,
    must(await client.requests.register(complaint)).id,
  ];
  const right = { on, form: 'right', method: 'paper' };
  const identified = {
    on,
    requester: 'principal',
    documents: ['driving-licence'],
    checked: ['name', 'address', 'valid'],
    numbers_covered: true,
  };
  const specified = { terms: [{ kind: 'name', term: name }], principal };
  const wrong = { content: 'fact', inquiry: 'untrue', purposeNeeds: true, otherProcedure: false };
  const walk = (id: string, ...events: [string, object][]): Step[] =>
    events.map(([event, body], i) => [
      'POST',
      `${path}/${id}/events/${event}`,
      `${path}/{id}/events/${event}`,
      { ...body, seen: i + 1 },
    ]);
  return [
    ['POST', path, path, disclosure],
    ...walk(
      disclosed,
      ['amended', { sender: { email: 'walk@example.jp' } }],
      ['forms-sent', { on }],
      ['papers-received', { ...right, fee_yen: 400 }],
      ['papers-short', { on, lacks: ['fee'] }],
      ['papers-received', { ...right, fee_yen: 590 }],
      ['fee-waived', { on, ground: 'small-shortfall', reason: '10円だけの不足。' }],
      ['identified', identified],
      ['specified', specified],
      ['collected', {}],
      ['reviewed', { holding, item: 'name', decision: 'disclose' }],
      ['extended', { on, until: addDays(on, 20), reason: '確認に時間がかかるため' }],
      ['assigned', { to: server.staff.desk }],
      ['eased', { eased: true }],
      ['refunded', { on, yen: 990 }],
      ['withdrawn', { on }],
    ),
    ...walk(
      corrected,
      ['eased', { eased: true }],
      ['acknowledged', { on, how: 'letter' }],
      ['papers-received', { ...right, fee_yen: 1000 }],
      ['identified', identified],
      ['specified', specified],
      ['collected', {}],
      ['decided', { facts: wrong, changes: [{ holding, items: { note: '訂正済み' } }] }],
      ['carried-out', {}],
      ['notified', { on, by: 'post' }],
      ['delivered', { on, by: 'post' }],
      ['undelivered', { on, by: 'post', why: 'lost', envelope: 'away', kept: '郵便局で調査中' }],
      ['sought', { on, how: 'phone', reason: '留守番電話。' }],
      ['delivered', { on, by: 'post', address_checked: true }],
      ['refunded', { on, yen: 1000 }],
      ['closed', { on }],
    ),
    ...walk(
      unanswered,
      ['decided', { reason: '指導した。' }],
      ['closed', { on }],
      ['addressed', { on, sender: { address: '東京都例示区1-2-3' } }],
    ),
    ['POST', path, path, { ...complaint, kind: 'disclosure' as const }],
    ...walk(dismissed, ['dismissed', { on, ground: 'lacking' }]),
    ...walk(dismissed, ['dismissed', { on, ground: 'stranger', reason: '代理の権限は示されていません。' }]),
  ];
}

/** The sentences of the letters: read, rewritten, and rewritten by a caller who has not seen that. */
async function letterTextJourneys(): Promise<Step[]> {
  const { texts, version: seen } = must(await server.client.letterTexts());
  const { consultation, ...others } = texts as Record<string, object>;
  const next = { ...others, consultation: { ...consultation, title: { ja: 'お答え', en: 'Our answer' } } };
  const path = '/api/v1/letter-texts';
  return [
    ['GET', path, path],
    ['GET', `${path}/1`, `${path}/{version}`],
    ['GET', `${path}/99`, `${path}/{version}`],
    ['POST', path, path, {}],
    ['POST', path, path, { seen, texts: others }],
    ['POST', path, path, { seen, texts: next, note: '題名を短く' }],
    ['POST', path, path, { seen, texts, note: '' }],
  ];
}

/** Texts, consents, their withdrawals and objections, and the consent records. */
async function consentJourneys(principal: string, nobody: string): Promise<Step[]> {
  const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
  const text = {
    code: 'news',
    kind: 'use',
    name: { ja: '案内', en: 'News' },
    wording: { ja: '案内に同意します' },
    purposes: ['P1'],
    holding: server.holding,
    items: ['email'],
    recipients: [],
    abroad: false,
    shown: {},
  } as const;
  for (const [seen, from] of ['2026-10-01', '2026-11-01'].map(day).entries()) {
    const { code, version } = must(await writeText(server.office, by, text, seen));
    must(await startText(server.office, by, { code, version, from }));
  }
  const given = {
    principal,
    text: { code: 'news', version: 2 },
    language: 'ja',
    given_on: '2026-11-01',
    given_by: 'principal',
    channel: 'web-form',
    method: 'paper',
    evidence: '箱1',
  } as const;
  const { id } = must(await server.client.consent(given, { key: 'consent-of-the-journey' }));
  const again = { 'idempotency-key': 'consent-of-the-journey' };
  const objection = { principal, scope: 'recipient', recipient: server.recipient };
  const keyed = { 'idempotency-key': 'objection-of-the-journey' };
  const consents = '/api/v1/consents';
  const one = `${consents}/{id}`;
  const texts = '/api/v1/consent-texts';
  const objections = '/api/v1/objections';
  const records = '/api/v1/consent-records';
  return [
    ['GET', texts, texts],
    ['GET', `${texts}/news/1`, `${texts}/{code}/{version}`],
    ['GET', `${texts}/news/x`, `${texts}/{code}/{version}`],
    ['POST', texts, texts, { ...text, version: 2 }],
    ['POST', texts, texts, text],
    ['POST', `${texts}/news/1/start`, `${texts}/{code}/{version}/start`, { from_day: '2026-12-01' }],
    ['POST', `${texts}/news/3/start`, `${texts}/{code}/{version}/start`, { from_day: '2099-12-01' }],
    ['POST', `${texts}/news/9/start`, `${texts}/{code}/{version}/start`, { from_day: '2099-12-01' }],
    ['POST', consents, consents, given, again],
    ['POST', consents, consents, { ...given, evidence: '箱2' }, again],
    ['POST', objections, objections, objection, keyed],
    ['POST', objections, objections, objection, keyed],
    ['POST', consents, consents, given],
    ['POST', consents, consents, { ...given, text: { code: 'news', version: 1 } }],
    ['POST', consents, consents, { ...given, evidence: 'hanako@example.jp' }],
    ['POST', consents, consents, { ...given, given_by: 'nobody' }],
    ['POST', consents, consents, { ...given, given_by: 'uncertain' }],
    ['GET', `${consents}?principal=${principal}&limit=1`, consents],
    ['GET', `${consents}?principal=x`, consents],
    ['GET', `${consents}/${id}`, one],
    ['GET', `${consents}/${nobody}`, one],
    ['GET', `${records}?code=news&version=2`, records],
    ['GET', `${records}?code=none`, records],
    ['POST', `${consents}/${id}/withdrawal`, `${one}/withdrawal`, {}],
    ['POST', `${consents}/${id}/withdrawal`, `${one}/withdrawal`, {}],
    ['POST', `${consents}/${nobody}/withdrawal`, `${one}/withdrawal`, {}],
    ['GET', `${consents}/${id}`, one],
    ['GET', `${records}?principal=${principal}`, records],
    ['POST', objections, objections, { principal, scope: 'everything' }],
    ['POST', objections, objections, { principal, scope: 'recipient', recipient: nobody }],
    ['GET', `${objections}?principal=${principal}`, objections],
    ['GET', objections, objections],
  ];
}

/** A web site with a tag, what a system changes on both, and a visitor's choice. */
async function webSiteJourneys(nobody: string): Promise<Step[]> {
  const { id, code, notice } = await aWebSite(server);
  const origin = { origin: 'https://shop.example.jp' };
  const choice = {
    site: code,
    id: nobody,
    n: 1,
    notice,
    allowed: ['analytics'],
    refused: [],
    language: 'ja',
    gpc: false,
  };
  const site = {
    name: { ja: '例示ブログ', en: 'Reiji Blog' },
    origins: ['https://blog.example.jp'],
    service: 'information' as const,
    linkedOn: server.office.clock.today(),
  };
  const tag = {
    code: 'chat',
    name: { ja: '問い合わせの窓', en: 'Chat' },
    information: { ja: '書き込んだ内容', en: 'What is written' },
    recipient: { name: { ja: '例示会話株式会社', en: 'Reiji Chat' }, country: 'JP' },
    purpose: { ja: '問い合わせへの回答', en: 'Answering' },
    sends: true,
    thirdPartyId: true,
    plain: true,
    choice: 'opt-in',
    patterns: ['cdn.chat.example'],
  };
  const forum = { ...site, code: 'forum', origins: ['https://forum.example.jp'], choicesADay: 1 };
  const { id: blog } = must(await server.client.registerWebSite({ code: 'blog', ...site }));
  const [sites, tags, choices] = ['/api/v1/web-sites', '/api/v1/web-sites/{id}/tags', '/api/v1/web-choices'];
  return [
    ['GET', sites, sites],
    ['GET', `${sites}/${id}`, `${sites}/{id}`],
    ['GET', `${sites}/${nobody}`, `${sites}/{id}`],
    ['POST', sites, sites, {}],
    ['POST', sites, sites, forum],
    ['POST', sites, sites, forum],
    ['POST', `${sites}/${blog}`, `${sites}/{id}`, {}],
    ['POST', `${sites}/${blog}`, `${sites}/{id}`, { version: 1, site: { ...site, name: { ja: '例示日誌' } } }],
    ['POST', `${sites}/${blog}`, `${sites}/{id}`, { version: 1, site }],
    ['POST', `${sites}/${nobody}`, `${sites}/{id}`, { version: 1, site }],
    ['POST', `${sites}/${blog}/tags`, tags, {}],
    ['POST', `${sites}/${blog}/tags`, tags, { version: 2, tag }],
    ['POST', `${sites}/${nobody}/tags`, tags, { version: 2, tag }],
    ['POST', `${sites}/${blog}/tags/chat`, `${tags}/{tag}`, {}],
    ['POST', `${sites}/${blog}/tags/chat`, `${tags}/{tag}`, { version: 3, tag: { ...tag, choice: 'opt-out' } }],
    ['POST', `${sites}/${blog}/tags/other`, `${tags}/{tag}`, { version: 4, tag: { ...tag, code: 'other' } }],
    ['GET', `${sites}/${id}/choices`, `${sites}/{id}/choices`],
    ['GET', `${sites}/${nobody}/choices`, `${sites}/{id}/choices`],
    ['POST', choices, choices, {}],
    ['POST', choices, choices, choice],
    ['POST', choices, choices, choice, origin],
    ['POST', choices, choices, { ...choice, notice: notice + 1, n: 2 }, origin],
    ['POST', choices, choices, { ...choice, site: 'none' }, origin],
    // The forum, which has no tags, accepts one choice a day.
    ...[1, 2].map((n): Step => [
      'POST',
      choices,
      choices,
      { ...choice, id: id.replace(/^./, 'f'), site: 'forum', allowed: [], n, notice: 1 },
      { origin: forum.origins[0]! },
    ]),
  ];
}

/** What no route accepts: no JSON, no token, too much, another type. */
function unwelcome(ask: object): Step[] {
  const at = '/api/v1/uses';
  return [
    ['POST', at, at, '{'],
    ['POST', at, at, ask, { authorization: 'Bearer sks_none' }],
    ['POST', at, at, { ...ask, purpose: 'x'.repeat(1024 * 1024) }],
    ['POST', at, at, ask, { 'content-type': 'text/csv' }],
  ];
}

test('what is really answered fits what is published', async () => {
  const { client, holding } = server;
  const person = must(await client.acquire(newcomer(holding)));
  const leaving = must(await client.acquire(newcomer(holding)));
  const ask = { principal: person.principal, holding, items: ['name', 'note'], purpose: 'P3' };
  const giving = { ...ask, ...(await server.consented(person.principal)) };
  const given = must(await client.provide(giving));
  await expect.poll(async () => (await client.log.entry(person.id)).ok).toBe(true);
  const nobody = '00000000-0000-7000-8000-000000000000';
  const { principal } = leaving;
  const kept = { ...readers, name: { ja: '来訪者台帳' }, manager: server.staff.officer };
  const [once, key] = [newcomer(holding), { 'idempotency-key': 'acquisition-of-the-journey' }];
  const people = '/api/v1/principals/{id}';
  const same = { same_as: person.principal, shown_by: 'document' };
  const receipts = `${people}/receipts/{entry}`;
  const journeys: Step[] = [
    ['POST', '/api/v1/acquisitions', '/api/v1/acquisitions', newcomer(holding)],
    ['POST', '/api/v1/acquisitions', '/api/v1/acquisitions', once, key],
    ['POST', '/api/v1/acquisitions', '/api/v1/acquisitions', once, key],
    ['POST', '/api/v1/acquisitions', '/api/v1/acquisitions', { ...newcomer(holding), purposeIndicated: undefined }],
    ['POST', '/api/v1/acquisitions', '/api/v1/acquisitions', newcomer(holding, { address: '' })],
    ['POST', '/api/v1/acquisitions', '/api/v1/acquisitions', newcomer(holding, { email: 'same@example.jp' })],
    ['POST', '/api/v1/acquisitions', '/api/v1/acquisitions', newcomer(holding, { email: 'same@example.jp' })],
    ['GET', `/api/v1/acquisitions/${person.id}`, '/api/v1/acquisitions/{id}'],
    ['GET', `/api/v1/acquisitions/${nobody}`, '/api/v1/acquisitions/{id}'],
    ['POST', '/api/v1/uses', '/api/v1/uses', ask],
    ['POST', '/api/v1/uses', '/api/v1/uses', { ...ask, purpose: 'P2' }],
    ['POST', '/api/v1/uses', '/api/v1/uses', { ...ask, principal: nobody }],
    ['POST', '/api/v1/uses', '/api/v1/uses', { ...ask, items: 1 }],
    ['POST', '/api/v1/principals/search', '/api/v1/principals/search', { kana: 'れいじ' }],
    ['POST', '/api/v1/principals/search', '/api/v1/principals/search', {}],
    ['GET', `/api/v1/principals/${principal}`, people],
    ['POST', `/api/v1/principals/${principal}/corrections`, `${people}/corrections`, corrected(holding)],
    ['POST', `/api/v1/principals/${principal}/corrections`, `${people}/corrections`, corrected(holding)],
    ['GET', `/api/v1/principals/${principal}/links`, `${people}/links`],
    ['POST', `/api/v1/principals/${principal}/links`, `${people}/links`, same],
    ['POST', `/api/v1/principals/${principal}/links`, `${people}/links`, same],
    ['POST', `/api/v1/principals/${principal}/links`, `${people}/links`, { ...same, shown_by: 'name' }],
    ['POST', `/api/v1/principals/${nobody}/links`, `${people}/links`, same],
    ['GET', `/api/v1/principals/${principal}/links`, `${people}/links`],
    ['POST', '/api/v1/principals/search', '/api/v1/principals/search', { kana: 'れいじ' }],
    ['POST', `/api/v1/principals/${principal}/links/end`, `${people}/links/end`, { same_as: person.principal }],
    ['POST', `/api/v1/principals/${principal}/links/end`, `${people}/links/end`, { same_as: person.principal }],
    ['GET', `/api/v1/principals/${principal}/erasure`, `${people}/erasure`],
    ['POST', `/api/v1/principals/${principal}/erasure`, `${people}/erasure`, { ground: 'no-longer-needed' }],
    ['GET', `/api/v1/principals/${principal}/erasure`, `${people}/erasure`],
    ['GET', `/api/v1/principals/${principal}`, people],
    ['POST', '/api/v1/provisions', '/api/v1/provisions', giving],
    ['POST', '/api/v1/provisions', '/api/v1/provisions', { ...giving, purpose: 'P1' }],
    ['POST', '/api/v1/provisions', '/api/v1/provisions', { ...giving, recipient: nobody }],
    ['GET', `/api/v1/provisions/${given.id}`, '/api/v1/provisions/{id}'],
    ['GET', '/api/v1/provisions', '/api/v1/provisions'],
    ['GET', '/api/v1/provisions?to=2026-12-32', '/api/v1/provisions'],
    ['GET', '/api/v1/records', '/api/v1/records'],
    ['GET', '/api/v1/records?principal=x', '/api/v1/records'],
    ['GET', '/api/v1/holdings', '/api/v1/holdings'],
    ['GET', '/api/v1/holdings?state=lost', '/api/v1/holdings'],
    ['GET', `/api/v1/holdings/${holding}`, '/api/v1/holdings/{id}'],
    ['POST', '/api/v1/holdings', '/api/v1/holdings', {}],
    ['POST', '/api/v1/holdings', '/api/v1/holdings', kept],
    ['POST', '/api/v1/holdings', '/api/v1/holdings', kept],
    ['GET', `/api/v1/holdings/${nobody}`, '/api/v1/holdings/{id}'],
    ...(await recipientJourneys(nobody)),
    ...(await packageJourneys(holding, person.principal, nobody)),
    ...(await relatedJourneys(holding, person.principal, nobody)),
    ...(await consentJourneys(person.principal, nobody)),
    ...(await deskJourneys(nobody)),
    ...(await webSiteJourneys(nobody)),
    ...(await jointUseJourneys(holding, nobody)),
    ...unwelcome(ask),
    ['GET', '/api/v1/policy', '/api/v1/policy'],
    ['GET', '/api/v1/policy/versions/1', '/api/v1/policy/versions/{n}'],
    ['GET', '/api/v1/policy/versions/99', '/api/v1/policy/versions/{n}'],
    ['GET', '/api/v1/policy/versions/none', '/api/v1/policy/versions/{n}'],
    ['POST', `${people.replace('{id}', person.principal)}/receipts/${given.id}`, receipts, { language: 'en' }],
    ['POST', `${people.replace('{id}', person.principal)}/receipts/${nobody}`, receipts, {}],
    ['POST', '/api/v1/log/export', '/api/v1/log/export', {}],
    ['GET', '/api/v1/changes', '/api/v1/changes'],
    ['GET', '/api/v1/changes?limit=1', '/api/v1/changes'],
    ['GET', '/api/v1/changes?after=0', '/api/v1/changes'],
    ['GET', `/api/v1/changes?after=${nobody}`, '/api/v1/changes'],
    ['GET', '/api/v1/log', '/api/v1/log'],
    ['GET', `/api/v1/log/${person.id}`, '/api/v1/log/{id}'],
    ['GET', `/api/v1/log/${nobody}`, '/api/v1/log/{id}'],
  ];
  for (const { id: question } of questions) {
    const path = `/api/v1/ask/${question}`;
    for (const facts of [{}, { strange: true }]) journeys.push(['POST', path, path, { facts }]);
  }
  entries = await entriesOfSystems();
  const wrong: string[] = [];
  for (const journey of journeys) wrong.push(...(await unfit(journey)));
  expect(wrong).toEqual([]);
  const unseen = operations().flatMap(([method, path, operation]) =>
    successesOf(operation).map((status) => `${method} ${path} ${status}`),
  );
  expect(unseen.filter((answer) => !seen.has(answer))).toEqual([]);
  // Every call that reads out, changes or opens something leaves an entry. Exceptions are questions, which are about nobody and not kept, and
  // visitors' choices under a random number.
  const silent = [...onRecord].flatMap(([call, is]) => (is || call.startsWith('GET ') ? [] : [call]));
  expect(silent.filter((call) => !call.startsWith('POST /api/v1/ask/'))).toEqual(['POST /api/v1/web-choices']);
  // A call without a key or an attempt has its effect only once all the same, so it may be sent again after no answer.
  const sentAgain: Record<string, string[]> = {};
  for (const [call, how] of again)
    if (!call.includes('/ask/')) (sentAgain[how] ??= []).push(call.slice('POST /api/v1/'.length));
  expect(sentAgain).toEqual({
    '409 with its id': [
      'holdings',
      'recipients',
      'recipients/{id}/versions',
      'recipients/{id}/stop',
      'recipients/{id}/resume',
      'recipients/{id}/assurances',
      'recipients/{id}/checks',
      'recipients/{id}/assurances/{assurance}/end',
      'related-collections',
      'web-sites',
      'web-sites/{id}',
      'web-sites/{id}/tags',
      'web-sites/{id}/tags/{tag}',
      'joint-uses',
      'joint-uses/{id}/draft',
      'joint-uses/{id}/publications',
      'joint-uses/{id}/changes',
      'joint-uses/{id}/end',
    ],
    // The caller already has the id of the object.
    '409': [
      'principals/{id}/corrections',
      'principals/{id}/links',
      'countries/{country}/reports',
      'commission-page',
      'packages/{id}/request',
      'packages/{id}/close',
      'packages/{id}/cancellation',
      'consent-texts',
      'consent-texts/{code}/{version}/start',
      'letter-texts',
    ],
    // The id is that of the consent: a withdrawal has none.
    '409 with another id': ['consents/{id}/withdrawal'],
    '404': ['principals/{id}/links/end', 'identifier-links/{id}/removal'],
    '200': ['principals/{id}/erasure'],
    '201': ['identifier-links', 'web-choices'],
    // A second reading is an entry of its own.
    '200 log_entries': [
      'uses',
      'principals/search',
      'identifier-links/search',
      'requests/{id}/papers/{paper}',
      'requests/{id}/content',
      'principals/{id}/receipts/{entry}',
      'log/export',
    ],
    // Nobody is listed twice, and repeated ids are counted; a screening is that of its moment.
    '200 log_entries packages': ['packages/{id}/people', 'packages/{id}/screening'],
  });
  // Every kind of refusal was tried; those for failures of the server are left to the tests of faults.
  const refusals = new Set(operations().flatMap(([, , { responses }]) => Object.keys(responses)));
  const tried = new Set([...seen].map((answer) => answer.slice(-3)));
  expect([...refusals].filter((status) => !['500', '503'].includes(status) && !tried.has(status))).toEqual([]);
});

const corrected = (holding: string) => ({ holding, items: { note: '訂正済み' }, ground: 'accuracy', seen: 1 });
