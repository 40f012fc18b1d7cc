import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signAll, testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { registerAsStated } from '../../../tests/people.ts';
import { actions, type Actor } from '../../base/actor.ts';
import { both } from '../../base/bilingual.ts';
import { day } from '../../base/day.ts';
import { newId } from '../../base/id.ts';
import { done } from '../../base/outcome.ts';
import type { RecordsNaming } from '../../law/index.ts';
import { proofFile, verifyFile, vkeyOf, type ErasureCertificate } from '../../log/index.ts';
import { equip, type Office } from '../../office.ts';
import { standingClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { mountRoutes, openApiDocument } from '../../platform/http/index.ts';
import { acquisitionApi } from '../acquisition/index.ts';
import { useRegister } from '../consent/index.ts';
import { checkpointApi, MOST_MATCHES, openCheckpoint, type StandingFacts } from './index.ts';

const clock = standingClock('2026-11-24T10:00:00+09:00');
const holding = newId(clock.now());
const item = (code: string) => ({ code, label: both('項目', 'Item'), special_care: false });
const facts: StandingFacts = {
  policy: {
    version: 1,
    purposes: [
      { id: 'P1', clause: '11' },
      { id: 'P3', clause: '13' },
    ],
    channels: [{ id: 'web-form', written: true }],
    indicationPromisedBy: '17',
  },
  suspensions: [],
  holdings: [
    {
      id: holding,
      name: both('読者', 'Readers'),
      purposes: ['P3'],
      items: ['name', 'name_kana', 'email', 'note'].map(item),
      channels: ['web-form'],
      state: 'active',
    },
  ],
};

/** The records that name a person, by person. */
const naming = new Map<string, RecordsNaming>();

let house: TestDatabase;
let folder: string;
let office: Office;
/** A desk without requests. The tests of the desk cover changes made for an open request. */
const noRequests = () => Promise.resolve(done(() => Promise.resolve()));
const routes = () => [...checkpointApi(office, noRequests), ...acquisitionApi(office)];
let app: ReturnType<typeof mountRoutes>;
const reported: string[] = [];
beforeAll(async () => {
  house = await testDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-routes-'));
  office = await equip(
    readConfig({ SEKISHO_URL: 'https://sekisho.example.jp' }, { dataFolder: folder }),
    clock,
    house.app,
  );
  await registerAsStated(house, facts.holdings);
  await openCheckpoint(
    office,
    () => Promise.resolve(facts),
    useRegister,
    () => Promise.resolve(naming),
  );
  const actor: Actor = { kind: 'system', id: newId(0), name: '配信', token: newId(0), purposes: ['P1', 'P3'], actions };
  app = mountRoutes(routes(), {
    gate: {
      identify: ({ authorization }) =>
        Promise.resolve({ actor: authorization === 'Bearer good' ? actor : { kind: 'public' }, csrf: '' }),
      authorise: ({ kind }) => ({ allowed: kind === 'system', policies: ['system-within-token'] }),
    },
    publicUrl: 'http://127.0.0.1:8080',
    frame: () => expect.fail('no page here'),
    refusalPage: () => expect.fail('no page here'),
    report: (line) => reported.push(line),
  });
});
afterAll(async () => {
  await house.drop();
  fs.rmSync(folder, { recursive: true });
});

const send = (url: string, body: string | object, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(
    app.request(url, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: {
        authorization: 'Bearer good',
        'content-type': 'application/json',
        'accept-language': 'en',
        ...headers,
      },
    }),
  );

const get = (url: string): Promise<Response> =>
  Promise.resolve(app.request(url, { headers: { authorization: 'Bearer good' } }));

interface Body {
  id: string;
  principal: string;
  status: number;
  fields: { field: string; says: string }[];
  [member: string]: unknown;
}
const bodyOf = async (response: Response): Promise<Body> => (await response.json()) as Body;

let n = 0;
const newcomer = (items: Record<string, unknown> = {}) => ({
  holding,
  channel: 'web-form',
  source: 'principal',
  purposes: ['P3'],
  purposeIndicated: { placement: 'before-submit' },
  items: { name: '𠮷田 花子', name_kana: 'ヨシダ ハナコ', email: `route-${++n}@example.jp`, ...items },
});

const create = async (items: Record<string, unknown> = {}): Promise<Body> => {
  const response = await send('/api/v1/acquisitions', newcomer(items));
  expect(response.status).toBe(201);
  return bodyOf(response);
};

test('a person is acquired, used and looked up', async () => {
  const response = await send('/api/v1/acquisitions', newcomer());
  expect(response.status).toBe(201);
  const acquired = await bodyOf(response);
  expect(response.headers.get('location')).toBe(`/api/v1/acquisitions/${acquired.id}`);
  expect(acquired).toMatchObject({
    holding,
    channel: 'web-form',
    source: 'principal',
    purposes: ['P3'],
    items: ['name', 'name_kana', 'email'],
    placement: 'before-submit',
    receipt: null,
    basis: { because: expect.arrayContaining(['APPI 21(2)']) as string[], duties: [] },
    law_version: '2026-11-24',
    policy_version: 1,
  });
  expect(await bodyOf(await get(`/api/v1/acquisitions/${acquired.id}`))).toEqual(acquired);
  const used = await send('/api/v1/uses', {
    principal: acquired.principal,
    holding,
    items: ['name', 'note'],
    purpose: 'P3',
  });
  expect(used.status).toBe(200);
  expect(await bodyOf(used)).toEqual({
    decision: expect.any(String) as string,
    principal: acquired.principal,
    items: { name: '𠮷田 花子' },
    absent: ['note'],
    version: 1,
    basis: { because: ['APPI 18(1)', 'policy 13'], duties: [] },
  });
  const at = expect.any(String) as string;
  expect(await bodyOf(await get(`/api/v1/principals/${acquired.principal}`))).toEqual({
    id: acquired.principal,
    since: at,
    records: [
      {
        holding,
        items: ['name', 'name_kana', 'email'],
        purposes: { name: ['P3'], name_kana: ['P3'], email: ['P3'] },
        version: 1,
        created_at: at,
        updated_at: at,
      },
    ],
    erased_at: null,
  });
  const found = await send('/api/v1/principals/search', { kana: 'よしだ', email: `ROUTE-${n}@example.jp` });
  expect(await bodyOf(found)).toEqual({
    principals: [{ id: acquired.principal, holdings: [holding], same_as: [] }],
    more: false,
  });
});

test('a refusal by the law is 403 with the finding inside', async () => {
  const { principal } = await create();
  const refused = await send('/api/v1/uses', { principal, holding, items: ['name'], purpose: 'P1' });
  expect(refused.status).toBe(403);
  expect(await bodyOf(refused)).toMatchObject({
    type: '/problems/refused',
    finding: {
      answer: 'no',
      because: expect.arrayContaining([expect.objectContaining({ law: 'APPI', article: '18(1)' })]) as object[],
    },
    decision: expect.any(String) as string,
  });
});

test.each<[string, string, string | object, number, string[]]>([
  ['bad JSON', '/api/v1/acquisitions', '{"items":{"name":"秘密 花子"', 400, ['body']],
  ['no body', '/api/v1/uses', '', 400, ['body']],
  ['a wrong type', '/api/v1/acquisitions', newcomer({ name: 7 }), 422, ['items.name']],
  ['an unknown item', '/api/v1/acquisitions', newcomer({ address: '秘密' }), 422, ['items.address']],
  ['an invented field', '/api/v1/acquisitions', { ...newcomer(), secret: '秘密' }, 422, ['secret']],
  ['an unknown purpose', '/api/v1/acquisitions', { ...newcomer(), purposes: ['P9'] }, 422, ['purposes.0']],
  ['NUL in a name', '/api/v1/acquisitions', newcomer({ name: '秘\0密' }), 422, ['items.name']],
  [
    'half a pair',
    '/api/v1/acquisitions',
    '{"items":{"name":"\\ud842"},"holding":"' +
      holding +
      '","channel":"web-form","source":"principal","purposes":["P3"]}',
    422,
    ['items.name'],
  ],
  [
    'items that are none',
    '/api/v1/uses',
    { principal: newId(0), holding, items: 'name', purpose: 'P3' },
    422,
    ['items'],
  ],
  [
    'an id of nothing',
    '/api/v1/uses',
    { principal: '秘密', holding: 'x', items: ['name'], purpose: 'P3' },
    422,
    ['principal', 'holding'],
  ],
  ['nothing to search by', '/api/v1/principals/search', {}, 422, ['body']],
  ['an unknown ground', `/api/v1/principals/${newId(0)}/erasure`, { ground: '秘密' }, 422, ['ground']],
  ['more than 1 MiB', '/api/v1/acquisitions', newcomer({ note: '秘'.repeat(400_000) }), 413, ['body']],
])('%s is a problem that names the field and repeats nothing', async (_, url, body, status, fields) => {
  const response = await send(url, body);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const text = await response.text();
  expect((JSON.parse(text) as Body).fields.map((f) => f.field)).toEqual(fields);
  expect(text).not.toMatch(/秘|密|花子/);
});

test('nobody enters without a token', async () => {
  for (const url of ['/api/v1/acquisitions', '/api/v1/uses', '/api/v1/principals/search']) {
    expect((await send(url, {}, { authorization: 'Bearer bad' })).status).toBe(401);
  }
});

test('an e-mail address that is taken is 409 with the id of who has it; the same key and body give the same answer', async () => {
  const key = { 'idempotency-key': 'order-0001' };
  const body = newcomer();
  const first = await send('/api/v1/acquisitions', body, key);
  expect(first.status).toBe(201);
  const again = await send('/api/v1/acquisitions', body, key);
  expect(again.status).toBe(200);
  const acquired = await bodyOf(first);
  expect(await bodyOf(again)).toEqual(acquired);
  const taken = await send('/api/v1/acquisitions', body);
  expect(taken.status).toBe(409);
  expect(await bodyOf(taken)).toMatchObject({ existing: acquired.principal, fields: [{ field: 'items.email' }] });
  const other = await send('/api/v1/acquisitions', newcomer(), key);
  expect(other.status).toBe(409);
  expect(await bodyOf(other)).toMatchObject({ fields: [{ field: 'Idempotency-Key' }] });
});

test('a search that answers as many people as it may says that there may be more', async () => {
  const found = async () => {
    const { principals, more } = await bodyOf(await send('/api/v1/principals/search', { name: '例示 百' }));
    return [(principals as unknown[]).length, more];
  };
  await Promise.all(Array.from({ length: MOST_MATCHES - 1 }, () => create({ name: '例示 百' })));
  expect(await found()).toEqual([MOST_MATCHES - 1, false]);
  await create({ name: '例示 百' });
  expect(await found()).toEqual([MOST_MATCHES, true]);
});

test('many uses come back as lines in the same order, each with its own answer', async () => {
  const people = [await create({ name: '例示 一' }), await create({ name: '例示 二' })];
  const line = (principal: string, more: object = {}) =>
    JSON.stringify({ principal, holding, items: ['name'], purpose: 'P3', ...more });
  const lines = [
    line(people[0]!.principal),
    '{"principal":',
    line(people[1]!.principal, { purpose: 'P1' }),
    '',
    line(newId(0)),
    line(people[0]!.principal, { items: 'name' }),
    line(people[1]!.principal),
  ];
  const response = await send('/api/v1/uses', lines.join('\n'), { 'content-type': 'application/x-ndjson' });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  const answers = (await response.text())
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Body);
  expect(answers.map((a) => a.status)).toEqual([200, 422, 403, 404, 422, 200]);
  expect([answers[0]!.items, answers[5]!.items]).toEqual([{ name: '例示 一' }, { name: '例示 二' }]);
  expect(answers[2]).toMatchObject({ finding: { answer: 'no' } });
  expect([answers[1]!.fields[0]!.field, answers[4]!.fields[0]!.field]).toEqual(['body', 'items']);
  // Blank lines alone ask nothing, and 1,000 lines are not too many.
  const lined = { 'content-type': 'application/x-ndjson' };
  expect((await send('/api/v1/uses', '\n \n', lined)).status).toBe(422);
  const most = await (await send('/api/v1/uses', '{\n'.repeat(1000), lined)).text();
  expect(most.trimEnd().split('\n')).toHaveLength(1000);
  const tooMany = await send('/api/v1/uses', `${line(newId(0))}\n`.repeat(1001), {
    'content-type': 'application/x-ndjson',
  });
  expect(tooMany.status).toBe(422);
  const wrongType = await send('/api/v1/uses', line(newId(0)), { 'content-type': 'text/plain' });
  expect(wrongType.status).toBe(415);
  const nothing = await app.request('/api/v1/uses', { method: 'POST', headers: { authorization: 'Bearer good' } });
  expect([nothing.status, (await bodyOf(nothing)).fields[0]!.field]).toEqual([422, 'Content-Type']);
});

test('a person is corrected, then erased with a certificate that verifies offline', async () => {
  const { principal } = await create();
  const corrected = await send(`/api/v1/principals/${principal}/corrections`, {
    holding,
    items: { note: '訂正', email: null },
    ground: 'request',
    seen: 1,
  });
  expect(await bodyOf(corrected)).toMatchObject({ version: 2 });
  naming.set(principal, { provisions: day('2029-11-24') });
  const erased = await send(`/api/v1/principals/${principal}/erasure`, { ground: 'request-harm' });
  expect(erased.status).toBe(200);
  const identity = { identity_until: '2029-11-24' };
  expect(await bodyOf(erased)).toMatchObject({
    principal,
    holdings: [holding],
    items: 3,
    ...identity,
    certificate: null,
  });
  await signAll(office.database, office.signer);
  const certified = await bodyOf(await get(`/api/v1/principals/${principal}/erasure`));
  expect(certified).toMatchObject(identity);
  const { certificate } = certified as unknown as { certificate: ErasureCertificate };
  expect(certificate).toMatchObject({
    kind: 'sekisho-erasure-certificate',
    principal,
    receipt: { entry: { id: certified.entry } },
  });
  const check = (file: ErasureCertificate) => verifyFile(Buffer.from(proofFile(file)), vkeyOf(office.signer)).ok;
  expect(check(certificate)).toBe(true);
  expect(check({ ...certificate, principal: newId(0) })).toBe(false);
  expect(await bodyOf(await get(`/api/v1/principals/${principal}`))).toMatchObject({
    records: [],
    erased_at: certified.erased_at,
  });
  expect((await get(`/api/v1/principals/${newId(0)}`)).status).toBe(404);
  expect((await get(`/api/v1/principals/${newId(0)}/erasure`)).status).toBe(404);
});

test('when the log cannot be written, a request and each of many lines say so, with nothing read', async () => {
  const { principal } = await create({ name: '例示 秘密' });
  await house.owner.query(
    'REVOKE INSERT (id, at, action, actor, principal_id, entry) ON log_entries FROM sekisho_app',
    [],
  );
  try {
    const ask = { principal, holding, items: ['name'], purpose: 'P3' };
    const one = await send('/api/v1/uses', ask);
    expect(one.status).toBe(500);
    const many = await send('/api/v1/uses', `${JSON.stringify(ask)}\n`.repeat(3), {
      'content-type': 'application/x-ndjson',
    });
    const text = `${await one.text()}\n${await many.text()}`;
    const problem = {
      type: '/problems/500',
      title: 'This could not be completed. Nothing is done without its record, and nothing was changed.',
      status: 500,
    };
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Body),
    ).toEqual([problem, problem, problem, problem]);
    expect(text).not.toContain('秘密');
    expect(reported.join('\n')).toMatch(/42501/);
    expect(reported.join('\n')).not.toContain('秘密');
  } finally {
    await house.owner.query(
      'GRANT INSERT (id, at, action, actor, principal_id, entry) ON log_entries TO sekisho_app',
      [],
    );
  }
});

test('the routes describe themselves', () => {
  const document = openApiDocument(routes(), 'https://sekisho.example.jp') as {
    paths: object;
    components: { schemas: object };
  };
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining([
      '/api/v1/acquisitions',
      '/api/v1/uses',
      '/api/v1/principals/search',
      '/api/v1/principals/{id}',
    ]),
  );
  expect(document.components.schemas).toHaveProperty('UseRequest');
});
