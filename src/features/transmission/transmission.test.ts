// The registers on a real database and behind the real gate: each act with its version and its log entry, two clerks at once, choices that are
// limited and recorded once, and what the public and the pages of a site may read.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import { must } from '../../../tests/server.ts';
import { day } from '../../base/day.ts';
import { LAW_VERSION } from '../../law/index.ts';
import type { LogEntry } from '../../log/index.ts';
import { createSystem, createToken, type By } from '../access/index.ts';
import { changeSite, choicesByDay, putTag, registerOf, registers, registerSite, versionsOf } from './actions.ts';
import { mostInARow, type PublicRegister, type Register, type SiteInput, type TagInput } from './facts.ts';
import { transmissionRoutes } from './routes.ts';
import { choicesOf } from './store.ts';

let house: TestOffice;
let by: By;
let token: string;
let shop: Register;

const ORIGIN = 'https://shop.example.jp';

const site = (code: string, more: Partial<SiteInput> = {}): SiteInput => ({
  code,
  name: { ja: `例示サイト ${code}`, en: `Reiji site ${code}` },
  origins: [ORIGIN],
  service: 'information',
  linkedOn: day('2026-12-01'),
  ...more,
});

const tag = (code: string, more: Partial<TagInput> = {}): TagInput => ({
  code,
  name: { ja: 'アクセス解析', en: 'Web analytics' },
  information: { ja: '見たページのアドレス', en: 'Addresses of the pages seen' },
  recipient: { name: { ja: '例示解析株式会社', en: 'Reiji Analytics' }, country: 'JP' },
  purpose: { ja: 'サイトの改善', en: 'Improving the site' },
  sends: true,
  thirdPartyId: true,
  plain: true,
  choice: 'opt-in',
  patterns: [`${code}.example`],
  ...more,
});

beforeAll(async () => {
  house = await openTestOffice((office, access) => transmissionRoutes({ office, access }));
  by = { actor: { kind: 'staff', id: house.staff.officer!, name: '', roles: ['officer'] }, authority: ['p'] };
  const { id } = must(await createSystem(house.access, by, { name: 'ウェブの管理' }));
  const actions = ['ledger:read', 'records:read', 'transmissions:write'] as const;
  token = must(
    await createToken(house.access, by, { systemId: id, purposes: ['P1'], actions, days: 30 }, ['P1']),
  ).token;
  shop = must(await registerSite(house.office, by, site('shop')));
});
afterAll(() => house.close());

const entries = async (): Promise<LogEntry[]> => {
  const rows = await house.db.owner.query<{ entry: string }>('SELECT entry FROM log_entries ORDER BY seq', []);
  return rows.map(({ entry }) => JSON.parse(entry) as LogEntry);
};

const current = async (id: string): Promise<Register> => must(await registerOf(house.office, id));

/** A site with one tag that may go live and one that may not. */
async function furnished(code: string, more: Partial<SiteInput> = {}): Promise<Register> {
  const made = must(await registerSite(house.office, by, site(code, more)));
  const first = must(await putTag(house.office, by, { id: made.id, version: 1, input: tag('analytics') }));
  const second = { id: made.id, version: first.register.version, input: tag('ads', { plain: false }) };
  return must(await putTag(house.office, by, second)).register;
}

test('a site and its log entry are written together; the code is taken once', async () => {
  expect(shop).toMatchObject({ version: 1, notice: 1, act: 'register', tags: [], changedOn: '2026-12-07' });
  const entry = (await entries()).find(({ id }) => id === shop.entryId);
  expect(entry).toMatchObject({
    action: 'transmission:register',
    actor: `staff:${house.staff.officer}`,
    site: shop.id,
    code: 'shop',
    version: 1,
    authority: ['p'],
  });
  const before = (await entries()).length;
  expect(await registerSite(house.office, by, site('shop'))).toMatchObject({
    ok: false,
    problem: { kind: 'conflict', field: 'code', existing: shop.id },
  });
  expect((await entries()).length).toBe(before);
  expect((await registers(house.office)).filter(({ code }) => code === 'shop')).toHaveLength(1);
});

test('each tag is kept with its finding and the versions it was made under, whatever the answer', async () => {
  const made = await furnished('findings');
  const [good, bad] = made.tags;
  expect(good!.decision).toMatchObject({ on: '2026-12-07', law: LAW_VERSION, policy: 1, finding: { answer: 'yes' } });
  expect(bad!.decision.finding).toMatchObject({
    answer: 'no',
    because: [
      { law: 'TBA-Rules', article: '22-2-28' },
      { law: 'TBA', article: '27-12' },
    ],
  });
  expect(await current(made.id)).toEqual(made);
  const entry = (await entries()).find(({ id }) => id === made.entryId);
  expect(entry).toMatchObject({
    action: 'transmission:tag',
    tag: 'ads',
    version: 3,
    answers: ['analytics:yes', 'ads:no'],
    decision: { answer: 'no', because: ['TBA-Rules 22-2-28', 'TBA 27-12'], law: LAW_VERSION, policy: 1 },
  });
  expect((await versionsOf(house.office, made.id)).map(({ version, notice, act }) => [version, notice, act])).toEqual([
    // Visitors are not told of a tag that may not go live, but the notice stops its hosts from then on.
    [3, 3, 'change'],
    [2, 2, 'change'],
    [1, 1, 'register'],
  ]);
});

test('of two clerks the second is told, and nothing is written for them', async () => {
  const made = await furnished('clerks');
  const change = { id: made.id, version: made.version, tag: 'analytics', input: tag('analytics', { plain: null }) };
  const both = await Promise.all([putTag(house.office, by, change), putTag(house.office, by, change)]);
  expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(both.find(({ ok }) => !ok)).toMatchObject({ problem: { kind: 'conflict', field: 'version' } });
  expect((await current(made.id)).version).toBe(made.version + 1);
  const { code: _, ...described } = site('clerks');
  expect(await changeSite(house.office, by, { id: made.id, version: 1, input: described })).toMatchObject({
    problem: { kind: 'conflict', field: 'version' },
  });
});

test('a tag has one code, and another that is not there is not described anew', async () => {
  const made = await furnished('codes');
  const { id, version } = made;
  expect(await putTag(house.office, by, { id, version, input: tag('analytics') })).toMatchObject({
    problem: { kind: 'conflict', field: 'code' },
  });
  expect(await putTag(house.office, by, { id, version, tag: 'nothing', input: tag('nothing') })).toMatchObject({
    problem: { kind: 'not-found' },
  });
  expect(await putTag(house.office, by, { id: randomUUID(), version, input: tag('x') })).toMatchObject({
    problem: { kind: 'not-found' },
  });
});

test('a site described anew has its tags put to the law again; without its link none may go live', async () => {
  const made = await furnished('again');
  const { code: _, ...described } = site('again', { linkedOn: null });
  const gone = must(await changeSite(house.office, by, { id: made.id, version: made.version, input: described }));
  expect(gone.tags.map(({ decision }) => decision.finding.answer)).toEqual(['no', 'no']);
  expect(gone.notice).toBe(made.notice + 1);
  const { code: __, ...back } = site('again');
  const here = must(await changeSite(house.office, by, { id: made.id, version: gone.version, input: back }));
  expect(here.tags.map(({ decision }) => decision.finding.answer)).toEqual(['yes', 'no']);
  const same = must(await changeSite(house.office, by, { id: made.id, version: here.version, input: back }));
  expect([same.act, same.notice, same.changedOn]).toEqual(['confirm', here.notice, here.changedOn]);
});

test('a register cannot be rewritten by the application, and nothing is written without its log entry', async () => {
  await expect(house.db.app.query('UPDATE web_registers SET notice = 9', [])).rejects.toThrow('permission denied');
  await expect(house.db.app.query('DELETE FROM web_choices', [])).rejects.toThrow('permission denied');
  const before = (await registers(house.office)).length;
  await house.db.owner.query('REVOKE INSERT ON log_entries FROM sekisho_app', []);
  await expect(registerSite(house.office, by, site('silent'))).rejects.toThrow('permission denied');
  await house.db.owner.query('GRANT INSERT ON log_entries TO sekisho_app', []);
  expect(await registers(house.office)).toHaveLength(before);
});

const send = (body: object | string, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(
    house.fetch(
      new Request(`${house.office.config.publicUrl}/api/v1/web-choices`, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'text/plain;charset=UTF-8', origin: ORIGIN, ...headers },
      }),
    ),
  );

const problemFields = async (response: Response): Promise<[number, string[]]> => {
  const body = (await response.json()) as { fields?: { field: string }[] };
  return [response.status, (body.fields ?? []).map(({ field }) => field)];
};

describe('choices of visitors', () => {
  let made: Register;
  const choice = (more: object = {}) => ({
    site: 'choices',
    id: randomUUID(),
    n: 1,
    notice: made.notice,
    allowed: ['analytics'],
    refused: [],
    language: 'ja',
    gpc: false,
    ...more,
  });
  beforeAll(async () => {
    made = await furnished('choices');
  });

  test('are recorded with their log entry, the same one once, and found by the browser’s random id', async () => {
    const first = choice();
    const response = await send(first, { 'user-agent': 'Reiji/1.0', 'x-forwarded-for': '192.0.2.7' });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([201, ORIGIN]);
    expect(await response.json()).toEqual({ id: first.id, n: 1, notice: made.notice, at: '2026-12-06T23:42:00.000Z' });
    expect((await send(first)).status).toBe(201);
    expect((await send({ ...first, n: 2, allowed: [], refused: ['analytics'] })).status).toBe(201);
    const [latest, ...before] = await choicesOf(house.office.database, first.id);
    expect(latest).toMatchObject({ n: 2, site_id: made.id, allowed: [], refused: ['analytics'], gpc: false });
    expect(before).toMatchObject([{ n: 1, allowed: ['analytics'], language: 'ja', notice: made.notice }]);
    const logged = (await entries()).filter((entry) => entry.choice === first.id);
    expect(logged).toMatchObject([
      { action: 'transmission:choose', actor: 'public', site: made.id, n: 1, allowed: ['analytics'] },
      { action: 'transmission:choose', n: 2, refused: ['analytics'] },
    ]);
    // Neither the address nor the device is stored anywhere.
    const rows = await house.db.owner.query<{ text: string }>('SELECT t::text AS text FROM web_choices t', []);
    expect(JSON.stringify([rows, await entries()])).not.toMatch(/Reiji\/|192\.0\.2/);
  });

  test('another choice under the same number is told apart', async () => {
    const first = choice({ allowed: [], refused: ['analytics'] });
    expect((await send(first)).status).toBe(201);
    const other = await send({ ...first, allowed: ['analytics'], refused: [] });
    expect(other.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(await problemFields(other)).toEqual([409, ['n']]);
  });

  test('a browser that says Global Privacy Control has refused, whatever is sent', async () => {
    const asked = choice({ allowed: [], refused: ['analytics'] });
    expect((await send(asked, { 'sec-gpc': '1' })).status).toBe(201);
    expect(await choicesOf(house.office.database, asked.id)).toMatchObject([{ gpc: true }]);
    expect(await problemFields(await send(choice(), { 'sec-gpc': '1' }))).toEqual([422, ['allowed']]);
    expect(await problemFields(await send(choice({ gpc: true })))).toEqual([422, ['allowed']]);
  });

  test.each<[string, () => object | string, [number, string[]]]>([
    ['what was shown no longer stands', () => choice({ notice: made.notice - 1 }), [409, ['notice']]],
    ['a tag that may not go live', () => choice({ allowed: ['analytics', 'ads'] }), [422, ['refused']]],
    ['nothing chosen', () => choice({ allowed: [] }), [422, ['refused']]],
    ['an id that is none', () => choice({ id: 'x' }), [422, ['id']]],
    ['the 1001st choice', () => choice({ n: 1001 }), [422, ['n']]],
    ['another language', () => choice({ language: 'fr' }), [422, ['language']]],
    ['more than is asked', () => choice({ name: '例示 花子' }), [422, ['name']]],
    ['no JSON', () => '例示', [422, ['body']]],
    ['too much', () => JSON.stringify(choice()) + ' '.repeat(8_192), [422, ['body']]],
    ['no such site', () => choice({ site: 'nowhere' }), [404, []]],
  ])('are refused: %s', async (_, body, expected) => {
    const before = await house.db.owner.query('SELECT id FROM web_choices', []);
    expect(await problemFields(await send(body()))).toEqual(expected);
    expect(await house.db.owner.query('SELECT id FROM web_choices', [])).toHaveLength(before.length);
  });

  test('come from the pages of the site and nowhere else', async () => {
    const kept = async () => (await house.db.owner.query('SELECT id FROM web_choices', [])).length;
    const before = await kept();
    expect((await send(choice(), { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await send(choice(), { origin: 'null' })).status).toBe(403);
    expect(await kept()).toBe(before);
    expect((await send(choice(), { 'content-type': 'application/json' })).status).toBe(201);
    expect(await kept()).toBe(before + 1);
  });

  test('are counted by day and kind, and no more are taken than the site may', async () => {
    const small = await furnished('small', { choicesADay: 4 });
    const of = (more: object) => send(choice({ site: 'small', notice: small.notice, ...more }));
    const refused = { allowed: [], refused: ['analytics'] };
    const answers = [];
    for (const more of [{}, refused, { ...refused, gpc: true }, refused, refused, {}]) answers.push(await of(more));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 429, 429]);
    // It is 8:42; the limit starts again at midnight.
    expect(answers.at(-1)!.headers.get('retry-after')).toBe(String((15 * 60 + 18) * 60));
    const logged = (await entries()).filter(
      (entry) => entry.action === 'transmission:choose' && entry.site === small.id,
    );
    expect(logged).toHaveLength(4);
    house.clock.moveTo('2026-12-08T09:00:00+09:00');
    expect((await of({})).status).toBe(201);
    expect(await choicesByDay(house.office, small.id, day('2026-12-01'), day('2026-12-08'))).toEqual([
      { day: '2026-12-08', allowed: 1, some: 0, refused: 0, gpc: 0 },
      { day: '2026-12-07', allowed: 1, some: 0, refused: 2, gpc: 1 },
    ]);
    house.clock.moveTo('2026-12-07T08:42:00+09:00');
  });
});

describe('choices from one address', () => {
  let far: TestOffice;
  beforeAll(async () => {
    far = await openTestOffice((office, access) => transmissionRoutes({ office, access }), {
      env: { SEKISHO_URL: 'https://privacy.example.jp' },
    });
  });
  afterAll(() => far.close());

  test('in a row are taken up to a bound, then the address waits; others are not shut out', async () => {
    const { id } = must(await registerSite(far.office, by, site('far', { choicesADay: 3_000 })));
    const made = must(await putTag(far.office, by, { id, version: 1, input: tag('analytics') })).register;
    const choose = async (address: string, forged = ''): Promise<Response> => {
      const choice = { site: 'far', id: randomUUID(), n: 1, notice: made.notice, allowed: ['analytics'], refused: [] };
      return far.fetch(
        new Request('https://privacy.example.jp/api/v1/web-choices', {
          method: 'POST',
          body: JSON.stringify({ ...choice, language: 'en', gpc: false }),
          // Only the address that our proxy appends at the end is trusted.
          headers: {
            origin: ORIGIN,
            'x-forwarded-for': `${forged}${address}`,
            'content-type': 'text/plain',
            'accept-language': 'en',
          },
        }),
      );
    };
    const statuses: number[] = [];
    for (let i = 0; i < 16; i++) statuses.push((await choose('192.0.2.7', `198.51.100.${i}, `)).status);
    expect(statuses).toEqual([...Array.from({ length: 14 }, () => 201), 429, 429]);
    const refused = await choose('192.0.2.7');
    expect(refused.headers.get('retry-after')).toBe('2');
    expect(refused.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(await refused.json()).toMatchObject({
      title: 'Too many choices in a row come from this network. Please choose again later',
    });
    expect((await choose('192.0.2.8')).status).toBe(201);
    // Each further choice in a row waits longer, the twentieth a quarter of an hour; after a rest the address starts again.
    let at = Date.parse('2026-12-07T08:42:00+09:00');
    const later = (seconds: number): void => far.clock.moveTo(new Date((at += seconds * 1_000)).toISOString());
    for (const seconds of [2, 4, 8, 16, 32, 64]) {
      later(seconds);
      expect([seconds, (await choose('192.0.2.7')).status]).toEqual([seconds, 201]);
    }
    later(64);
    const closed = await choose('192.0.2.7');
    expect([closed.status, closed.headers.get('retry-after')]).toEqual([429, String(15 * 60 - 64)]);
    later(15 * 60);
    expect((await choose('192.0.2.7')).status).toBe(201);
    const kept = await far.db.owner.query('SELECT t::text AS text FROM sign_in_attempts t', []);
    expect(JSON.stringify(kept)).not.toMatch(/192\.0\.2|198\.51/);
  });

  test.each([
    [1, 20],
    [4_000, 20],
    [20_000, 100],
    [100_000, 500],
  ])('of a site that takes %i a day, %i in a row', (choicesADay, most) => {
    expect(mostInARow({ choicesADay })).toBe(most);
    // The most that one address can send in a day, with a quarter of an hour after each row.
    if (choicesADay >= 4_000) expect(most * 96).toBeLessThan(choicesADay / 2);
  });
});

describe('what is read from outside', () => {
  const get = (to: string, headers: Record<string, string> = {}): Promise<Response> =>
    Promise.resolve(house.fetch(new Request(`${house.office.config.publicUrl}${to}`, { headers })));

  test('the JSON twin may be kept, and read by the pages of the site alone', async () => {
    const made = await furnished('twin');
    const at = '/external-transmission/twin/register.json';
    const own = await get(at, { origin: ORIGIN });
    expect(own.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(own.headers.get('vary')).toBe('Origin');
    expect(own.headers.get('cache-control')).toBe('public, max-age=300');
    expect(
      (await get(at, { origin: 'https://elsewhere.example' })).headers.get('access-control-allow-origin'),
    ).toBeNull();
    const seen = (await own.json()) as PublicRegister;
    expect(seen).toMatchObject({
      site: 'twin',
      notice: made.notice,
      changed_on: '2026-12-07',
      tags: [
        {
          code: 'analytics',
          recipient: { name: { ja: '例示解析株式会社' }, country: 'JP' },
          purpose: { ja: 'サイトの改善' },
          choice: 'opt-in',
          published_on: '2026-12-07',
        },
      ],
      blocked: [{ code: 'ads', patterns: ['ads.example'] }],
    });
    const { code: _, ...described } = site('twin', { state: 'retired' });
    must(await changeSite(house.office, by, { id: made.id, version: made.version, input: described }));
    expect((await get(at)).status).toBe(404);
    const none = await get('/external-transmission/nothing/register.json');
    expect([none.status, none.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    expect(await none.json()).toMatchObject({ type: '/problems/not-found', status: 404 });
  });

  test.each(['ja', 'en'] as const)(
    'the public page says what, to whom, why, since when and how to refuse (%s)',
    async (lang) => {
      const made = must(await registerSite(house.office, by, site(`told-${lang}`)));
      const told = tag('analytics', {
        exemption: 'opt-out',
        choice: 'opt-out',
        stops: true,
        theirPurpose: { ja: '広告の効果の測定', en: 'Measuring advertisements' },
        limits: { ja: '限られません', en: 'It is not limited' },
      });
      const one = must(await putTag(house.office, by, { id: made.id, version: 1, input: told })).register;
      must(
        await putTag(house.office, by, {
          id: made.id,
          version: one.version,
          input: tag('ads', { name: { ja: '公表前', en: 'Unpublished' }, plain: null }),
        }),
      );
      const visitor = await house.visitor('nobody', lang);
      const html = await (await visitor.get(`/external-transmission/told-${lang}`)).text();
      const expected = {
        ja: [
          '見たページのアドレス',
          '例示解析株式会社（日本）',
          'サイトの改善',
          '広告の効果の測定',
          '限られません',
          '2026年12月7日',
          'オプトアウト',
          '断る方法',
          '識別',
        ],
        en: [
          'Addresses of the pages seen',
          'Reiji Analytics (Japan)',
          'Improving the site',
          'Measuring advertisements',
          'It is not limited',
          '7 December 2026',
          'opt-out',
          'How to refuse',
        ],
      };
      for (const text of expected[lang]) expect(html).toContain(text);
      expect(html).not.toMatch(/公表前|Unpublished/);
      expect(await (await visitor.get('/external-transmission')).text()).toContain(
        `/external-transmission/told-${lang}`,
      );
      expect((await visitor.get('/external-transmission/nothing')).status).toBe(404);
    },
  );

  test('a system registers and reads; every mistake names its field', async () => {
    const call = async (path: string, body?: object) => {
      const response = await house.fetch(
        new Request(`${house.office.config.publicUrl}/api/v1/web-sites${path}`, {
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
        }),
      );
      return {
        status: response.status,
        json: (await response.json()) as { id: string; version: number; tags: object[] },
      };
    };
    const made = await call('', site('by-system'));
    expect(made).toMatchObject({
      status: 201,
      json: { code: 'by-system', linkedOn: '2026-12-01', version: 1, tags: [] },
    });
    const { id } = made.json;
    const tagged = await call(`/${id}/tags`, { version: 1, tag: tag('analytics') });
    expect(tagged).toMatchObject({
      status: 201,
      json: {
        version: 2,
        tags: [{ code: 'analytics', published_on: '2026-12-07', decision: { answer: 'yes', policy: 1 } }],
      },
    });
    const changed = await call(`/${id}/tags/analytics`, { version: 2, tag: tag('analytics', { plain: null }) });
    expect(changed).toMatchObject({ status: 200, json: { tags: [{ decision: { answer: 'unknown' } }] } });
    const { code: _, ...described } = site('by-system');
    expect(await call(`/${id}`, { version: 3, site: described })).toMatchObject({ status: 200, json: { version: 4 } });
    expect(await call(`/${id}`, { version: 3, site: described })).toMatchObject({ status: 409 });
    expect((await call(`/${id}`)).json).toMatchObject({ id, version: 4 });
    expect((await call('')).json).toMatchObject({ sites: expect.arrayContaining([expect.objectContaining({ id })]) });
    expect((await call(`/${id}/choices?from=2026-12-01`)).json).toEqual({ days: [] });
    expect(await call(`/${id}/choices?from=2026-02-30`)).toMatchObject({
      status: 422,
      json: { fields: [{ field: 'from' }] },
    });
    expect(await call(`/${id}/tags`, { version: 4, tag: { ...tag('x'), patterns: [] } })).toMatchObject({
      status: 422,
      json: { fields: [{ field: 'patterns' }] },
    });
    expect((await call(`/${randomUUID()}`)).status).toBe(404);
    expect((await call('/x/choices')).status).toBe(404);
  });
});
