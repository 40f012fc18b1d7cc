// The published document and the served routes are one: nothing served is undocumented, nothing documented is not served, and what is
// really answered fits the schemas that are published.

import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { day } from '../../src/base/day.ts';
import { startText, writeText } from '../../src/features/consent/actions/texts.ts';
import { questions } from '../../src/features/consultation/index.ts';
import { changeJointUse, publishNotice, registerJointUse } from '../../src/features/joint-use/actions.ts';
import {
  assureRecipient,
  checkRecipient,
  endAssuranceOf,
  registerRecipient,
  reportCountry,
} from '../../src/features/recipients/actions.ts';
import { registerCollection } from '../../src/features/related/index.ts';
import { addRecipient } from '../people.ts';
import { aWebSite, must, newcomer, openServer, type TestServer } from '../server.ts';

interface Media {
  schema: object;
}
interface Response_ {
  description: string;
  content?: Record<string, Media>;
}
interface Operation {
  summary?: string;
  tags: string[];
  security: object[];
  parameters?: { name: string; in: string; required?: boolean; schema: object }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Response_>;
  'x-sekisho-action'?: string;
}
interface Document {
  openapi: string;
  info: { title: string; version: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, { type: string; scheme: string }> };
}

let server: TestServer;
let document: Document;
let ajv: Ajv2020;
beforeAll(async () => {
  server = await openServer();
  document = (await (await server.fetch('/openapi.json')).json()) as Document;
  ajv = new Ajv2020({ strict: false, allErrors: true, formats: { uuid: true, date: true, 'date-time': true } });
  ajv.addSchema(document, 'document');
});
afterAll(() => server.close());

const operations = (): [string, string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, string, Operation] => [method, path, operation]),
  );

test('anybody may read it; it says where, and how to show a token', async () => {
  const response = await server.fetch('/openapi.json');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  expect(document.openapi).toBe('3.1.0');
  expect(document.info).toMatchObject({ title: 'Sekisho', version: '1' });
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

test.each(['get', 'post'])('every %s says what it needs, what it answers and how it fails', (wanted) => {
  const lacking: string[] = [];
  for (const [method, path, operation] of operations().filter(([method]) => method === wanted)) {
    const here = `${method} ${path}`;
    const parts = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const named = (operation.parameters ?? []).filter((p) => p.in === 'path' && p.required).map((p) => p.name);
    if (parts.join() !== named.join()) lacking.push(`${here}: parameters ${named.join()}`);
    if (!operation.summary) lacking.push(`${here}: no summary`);
    // What anybody may ask needs no token, and says so.
    const open = operation['x-sekisho-action'] === undefined;
    if (operation.security.length !== (open ? 0 : 1)) lacking.push(`${here}: its security is not what it needs`);
    const successes = Object.keys(operation.responses).filter((status) => status.startsWith('2'));
    if (successes.length === 0) lacking.push(`${here}: no success`);
    const needs = [...(open ? [] : ['401', '403']), '500', '503', ...(method === 'post' ? ['400', '413', '422'] : [])];
    for (const status of needs) if (!operation.responses[status]) lacking.push(`${here}: no ${status}`);
    if (method === 'post' && !operation.requestBody?.content['application/json']) lacking.push(`${here}: no body`);
    for (const [status, { description, content }] of Object.entries(operation.responses)) {
      const type = status.startsWith('2') ? 'application/json' : 'application/problem+json';
      if (!description || !content?.[type]) lacking.push(`${here}: ${status} has no ${type}`);
    }
  }
  expect(lacking).toEqual([]);
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

/** What does not fit in the answer of a request, by the schema published for that route and status. */
async function unfit(method: string, at: string, path: string, body?: object): Promise<string[]> {
  const response = await server.fetch(at, {
    method,
    headers: {
      authorization: `Bearer ${server.token}`,
      'accept-language': 'en',
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const { status } = response;
  const type = response.headers.get('content-type')!.split(';')[0]!;
  const answered = document.paths[path]?.[method.toLowerCase()]?.responses[status]?.content?.[type];
  if (!answered) return [`${method} ${path} ${status} ${type}: not documented`];
  const pointer = [path, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const fits = ajv.compile({ $ref: `document#/paths/${pointer}` });
  const value: unknown = await response.json();
  return fits(value)
    ? []
    : (fits.errors ?? []).map((e) => `${method} ${path} ${status} ${e.instancePath} ${e.message}`);
}

/** A joint use that is published, changed and not yet told of, and what a system without the authority is answered. */
async function jointUseJourneys(holding: string, nobody: string): Promise<[string, string, string, object?][]> {
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
    ['POST', path, path, {}],
    ...['draft', 'publications', 'changes', 'end'].map((act): [string, string, string, object] => [
      'POST',
      `${path}/${id}/${act}`,
      `${path}/{id}/${act}`,
      {},
    ]),
  ];
}

/** A recipient abroad with everything on record about it, and its country; writing is for people, and refused. */
async function recipientJourneys(nobody: string): Promise<[string, string, string, object?][]> {
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
    ['POST', path, path, {}],
    ...['versions', 'stop', 'resume', 'assurances', 'checks'].map((act): [string, string, string, object] => [
      'POST',
      `${path}/${id}/${act}`,
      `${path}/{id}/${act}`,
      {},
    ]),
    ['POST', `${path}/${id}/assurances/${assured.id}/end`, `${path}/{id}/assurances/{assurance}/end`, {}],
    ['GET', countries, countries],
    ['GET', `${countries}/VN`, `${countries}/{country}`],
    ['GET', `${countries}/JP`, `${countries}/{country}`],
    ['POST', `${countries}/VN/reports`, `${countries}/{country}/reports`, {}],
    ['POST', '/api/v1/commission-page', '/api/v1/commission-page', {}],
  ];
}

/** A package drafted, listed, screened and cancelled, and the steps it is not in the state for. */
async function packageJourneys(
  holding: string,
  principal: string,
  nobody: string,
): Promise<[string, string, string, object?][]> {
  const key = await identityToRecipient(await generateX25519Identity());
  const recipient = await addRecipient(server, { name: '例示運送株式会社', publicKey: key });
  const facts = { relation: 'third-party' as const };
  const ask = { holding, items: ['name'], purpose: 'P3', recipient, everybody: false, facts };
  const { id } = must(await server.client.packages.draft(ask));
  const path = '/api/v1/packages';
  return [
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

/** Personally related information provided, received and kept apart, refused, and identifiers that are linked to nobody. */
async function relatedJourneys(principal: string, nobody: string): Promise<[string, string, string, object?][]> {
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
  const at = '/api/v1/related-';
  const links = '/api/v1/identifier-links';
  return [
    ['GET', `${at}collections`, `${at}collections`],
    ['GET', `${at}collections/${collection}`, `${at}collections/{id}`],
    ['GET', `${at}collections/${nobody}`, `${at}collections/{id}`],
    ['POST', `${at}collections`, `${at}collections`, {}],
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
  ];
}

/** A request from its letter to its end, and each step tried where it may not be taken. */
async function deskJourneys(nobody: string): Promise<[string, string, string, object?][]> {
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
    refunded: { ...on, yen: 0 },
    specified: { seen: 1, terms: [{ kind: 'name', term: '例示' }] },
    collected: { seen: 1 },
    reviewed: { seen: 1, holding: 'x', item: 'name', decision: 'disclose' },
    decided: { seen: 2, answer: 'お答えします' },
    'carried-out': { seen: 3 },
    notified: { ...on, seen: 3, by: 'post' },
    delivered: { ...on, seen: 4, by: 'post' },
    extended: { ...on, seen: 5, until: today, reason: 'x' },
    withdrawn: { ...on, seen: 5 },
    assigned: { seen: 5, to: nobody },
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
    ['GET', at, `${path}/{id}`],
    ...(await letterTextJourneys()),
  ];
}

/** The sentences of the letters: read, written anew, and written by somebody who has not seen that. */
async function letterTextJourneys(): Promise<[string, string, string, object?][]> {
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

/** Texts, consents, what ends them, and the consent records. */
async function consentJourneys(principal: string, nobody: string): Promise<[string, string, string, object?][]> {
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
  for (const from of ['2026-10-01', '2026-11-01'].map(day)) {
    const { code, version } = must(await writeText(server.office, by, text));
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
  const { id } = must(await server.client.consent(given));
  const consents = '/api/v1/consents';
  const one = `${consents}/{id}`;
  const texts = '/api/v1/consent-texts';
  const objections = '/api/v1/objections';
  const records = '/api/v1/consent-records';
  return [
    ['GET', texts, texts],
    ['GET', `${texts}/news/1`, `${texts}/{code}/{version}`],
    ['GET', `${texts}/news/x`, `${texts}/{code}/{version}`],
    ['POST', texts, texts, text],
    ['POST', `${texts}/news/1/start`, `${texts}/{code}/{version}/start`, { from_day: '2026-12-01' }],
    ['POST', consents, consents, given],
    ['POST', consents, consents, { ...given, text: { code: 'news', version: 1 } }],
    ['POST', consents, consents, { ...given, evidence: 'hanako@example.jp' }],
    ['POST', consents, consents, { ...given, given_by: 'nobody' }],
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

test('what is really answered fits what is published', async () => {
  const { client, holding } = server;
  const person = must(await client.acquire(newcomer(holding)));
  const leaving = must(await client.acquire(newcomer(holding)));
  const ask = { principal: person.principal, holding, items: ['name', 'note'], purpose: 'P3' };
  const giving = { ...ask, ...(await server.consented(person.principal)) };
  const given = must(await client.provide(giving));
  await expect.poll(async () => (await client.log.entry(person.id)).ok, { timeout: 10_000 }).toBe(true);
  const { size } = must(await client.log.entries());
  const nobody = '00000000-0000-7000-8000-000000000000';
  const site = await aWebSite(server);
  const webChoice = { site: 'shop', id: nobody, n: 1, notice: 1, allowed: [], refused: [], language: 'ja', gpc: false };
  const { principal } = leaving;
  const people = '/api/v1/principals/{id}';
  const journeys: [string, string, string, object?][] = [
    ['POST', '/api/v1/acquisitions', '/api/v1/acquisitions', newcomer(holding)],
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
    ['GET', `/api/v1/principals/${principal}/erasure`, `${people}/erasure`],
    ['POST', `/api/v1/principals/${principal}/erasure`, `${people}/erasure`, { ground: 'request-harm' }],
    ['GET', `/api/v1/principals/${principal}/erasure`, `${people}/erasure`],
    ['GET', `/api/v1/principals/${principal}`, people],
    ['POST', '/api/v1/provisions', '/api/v1/provisions', giving],
    ['POST', '/api/v1/provisions', '/api/v1/provisions', { ...giving, purpose: 'P1' }],
    ['POST', '/api/v1/provisions', '/api/v1/provisions', { ...giving, recipient: nobody }],
    ['GET', `/api/v1/provisions/${given.id}`, '/api/v1/provisions/{id}'],
    ['GET', '/api/v1/records', '/api/v1/records'],
    ['GET', '/api/v1/records?principal=x', '/api/v1/records'],
    ['GET', '/api/v1/holdings', '/api/v1/holdings'],
    ['GET', '/api/v1/holdings?state=lost', '/api/v1/holdings'],
    ['GET', `/api/v1/holdings/${holding}`, '/api/v1/holdings/{id}'],
    ['POST', '/api/v1/holdings', '/api/v1/holdings', {}],
    ...(await recipientJourneys(nobody)),
    ...(await packageJourneys(holding, person.principal, nobody)),
    ...(await relatedJourneys(person.principal, nobody)),
    ...(await consentJourneys(person.principal, nobody)),
    ...(await deskJourneys(nobody)),
    ['GET', '/api/v1/web-sites', '/api/v1/web-sites'],
    ['GET', `/api/v1/web-sites/${site.id}`, '/api/v1/web-sites/{id}'],
    ['GET', `/api/v1/web-sites/${nobody}`, '/api/v1/web-sites/{id}'],
    ['POST', '/api/v1/web-sites', '/api/v1/web-sites', {}],
    ['POST', `/api/v1/web-sites/${site.id}`, '/api/v1/web-sites/{id}', {}],
    ['POST', `/api/v1/web-sites/${site.id}/tags`, '/api/v1/web-sites/{id}/tags', {}],
    ['POST', `/api/v1/web-sites/${site.id}/tags/x`, '/api/v1/web-sites/{id}/tags/{tag}', {}],
    ['GET', `/api/v1/web-sites/${site.id}/choices`, '/api/v1/web-sites/{id}/choices'],
    ['GET', `/api/v1/web-sites/${nobody}/choices`, '/api/v1/web-sites/{id}/choices'],
    ['POST', '/api/v1/web-choices', '/api/v1/web-choices', {}],
    ['POST', '/api/v1/web-choices', '/api/v1/web-choices', webChoice],
    ...(await jointUseJourneys(holding, nobody)),
    ['GET', '/api/v1/policy', '/api/v1/policy'],
    ['GET', '/api/v1/policy/versions/1', '/api/v1/policy/versions/{n}'],
    ['GET', '/api/v1/policy/versions/99', '/api/v1/policy/versions/{n}'],
    ['GET', '/api/v1/policy/versions/none', '/api/v1/policy/versions/{n}'],
    ['GET', '/api/v1/log', '/api/v1/log'],
    ['GET', `/api/v1/log/${person.id}`, '/api/v1/log/{id}'],
    ['GET', `/api/v1/log/${nobody}`, '/api/v1/log/{id}'],
    ['GET', `/api/v1/log/consistency?from=1&to=${size}`, '/api/v1/log/consistency'],
    ['GET', '/api/v1/log/consistency?from=2&to=1', '/api/v1/log/consistency'],
  ];
  for (const { id: question } of questions) {
    const path = `/api/v1/ask/${question}`;
    for (const facts of [{}, { strange: true }]) journeys.push(['POST', path, path, { facts }]);
  }
  const untouched = new Set(Object.keys(document.paths));
  const wrong: string[] = [];
  for (const [method, at, path, body] of journeys) {
    untouched.delete(path);
    wrong.push(...(await unfit(method, at, path, body)));
  }
  expect(wrong).toEqual([]);
  expect([...untouched]).toEqual([]);
});

const corrected = (holding: string) => ({ holding, items: { note: '訂正済み' }, ground: 'accuracy' });
