// The pages of the registers behind the real gate: a form loses nothing, names what is wrong, and shows the law's answer.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTwoTabs } from '../../../tests/forms.ts';
import { openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import { registers } from './actions.ts';
import type { Register } from './facts.ts';
import { transmissionCatalogue } from './pages/list.tsx';
import { transmissionRoutes } from './routes.ts';

let house: TestOffice;
let officer: Visitor;
let english: Visitor;

beforeAll(async () => {
  house = await openTestOffice((office, access) => transmissionRoutes({ office, access }));
  officer = await house.visitor('officer');
  english = await house.visitor('officer', 'en');
});
afterAll(() => house.close());

const text = async (visitor: Visitor, path: string, status = 200): Promise<string> => {
  const response = await visitor.get(path);
  expect(response.status).toBe(status);
  return response.text();
};

const current = async (): Promise<Register> => (await registers(house.office))[0]!;

const site = {
  code: 'shop',
  'name.ja': '例示ショップ',
  'name.en': 'Reiji Shop',
  origins: 'https://shop.example.jp\nhttps://www.example.jp',
  service: 'information',
  linkedOn: '令和8年12月1日',
  choicesADay: '２０，０００',
  state: 'active',
};

const tag = {
  code: 'web-analytics',
  'name.ja': 'アクセス解析',
  'name.en': 'Web analytics',
  'information.ja': '見たページのアドレス',
  'recipient.name.ja': '例示解析株式会社',
  'recipient.country': 'US',
  'purpose.ja': 'サイトの改善',
  sends: 'yes',
  plain: 'yes',
  thirdPartyId: '',
  choice: 'opt-in',
  exemption: 'none',
  patterns: 'cdn.analytics.example',
  state: 'active',
};

test('without a site, the page says what to do next', async () => {
  const html = await text(officer, '/transmissions');
  expect(html).toContain('まだサイトがありません');
  expect(html).toContain('href="/transmissions/new"');
  const auditor = await house.visitor('auditor');
  expect(await text(auditor, '/transmissions')).not.toContain('href="/transmissions/new"');
  expect((await auditor.get('/transmissions/new')).status).toBe(403);
});

test('a site: what is wrong is named by link, and everything typed is still there', async () => {
  const response = await officer.post('/transmissions/new', { ...site, code: 'My Shop', origins: 'shop.example.jp' });
  expect(response.status).toBe(422);
  const html = await response.text();
  for (const shown of [
    '2か所を直してください',
    'href="#f-code"',
    'href="#f-origins"',
    'value="My Shop"',
    '例示ショップ',
  ])
    expect(html).toContain(shown);
  // A missing choice and an unreadable value are reported together with the other problems.
  const all = await officer.post('/transmissions/new', {
    ...site,
    code: 'My Shop',
    origins: 'shop.example.jp',
    service: '',
    linkedOn: '2026/2/30',
  });
  const named = [...(await all.text()).matchAll(/href="#f-([^"]+)"/g)].map(([, field]) => field);
  expect(named.toSorted()).toEqual(['code', 'linkedOn', 'origins', 'service']);
  const day = await english.post('/transmissions/new', { ...site, linkedOn: '2026/2/30' });
  expect(await day.text()).toContain('February 2026 has no day 30');
  expect((await officer.post('/transmissions/new', { ...site, service: '' })).status).toBe(422);
  expect(await registers(house.office)).toEqual([]);
});

test('a site is registered as it was typed, and once', async () => {
  const response = await officer.post('/transmissions/new', site);
  expect(response.status).toBe(303);
  expect((await current()).site).toMatchObject({
    origins: ['https://shop.example.jp', 'https://www.example.jp'],
    linkedOn: '2026-12-01',
    choicesADay: 20_000,
  });
  const html = await text(officer, response.headers.get('location')!);
  for (const shown of ['保存しました', 'まだタグがありません', 'data-site=&quot;shop&quot;', '/assets/notice.js'])
    expect(html).toContain(shown);
  const again = await officer.post('/transmissions/new', site);
  expect(again.status).toBe(409);
  expect(await again.text()).toContain('この符号のサイトがあります');
});

test('a tag is kept with what the law answers, and shown with its grounds', async () => {
  const { id } = await current();
  const form = await (await officer.get(`/transmissions/${id}/tags/new`)).text();
  for (const [code, name] of [
    ['IL', 'イスラエル'],
    ['BR', 'ブラジル'],
  ] as const)
    expect(form).toContain(`<option value="${code}">${name}</option>`);
  const bad = await officer.post(`/transmissions/${id}/tags/new`, { ...tag, patterns: '*', version: '1' });
  expect(bad.status).toBe(422);
  expect(await bad.text()).toContain('href="#f-patterns"');
  const made = await officer.post(`/transmissions/${id}/tags/new`, { ...tag, version: '1' });
  expect(made.status).toBe(303);
  const html = await text(officer, made.headers.get('location')!);
  for (const shown of [
    '公開してよい',
    '電気通信事業法27条の12',
    '見たページのアドレス',
    '例示解析株式会社（アメリカ合衆国）',
  ])
    expect(html).toContain(shown);
  expect((await current()).tags[0]).toMatchObject({ thirdPartyId: null, sends: true, recipient: { country: 'US' } });
  const path = `/transmissions/${id}/tags/web-analytics`;
  expect(await text(english, `${path}/edit`)).toContain('value="見たページのアドレス"');
  const unsure = await officer.post(`${path}/edit`, { ...tag, plain: '', version: '2' });
  expect(await text(officer, unsure.headers.get('location')!)).toContain('まだ答えられません');
  expect(await text(english, path)).toContain('Facts are missing');
});

test('the second of two clerks keeps what they typed, and may then save knowingly', async () => {
  const { id, version } = await current();
  const path = `/transmissions/${id}/tags/web-analytics/edit`;
  expect((await officer.post(path, { ...tag, version: String(version) })).status).toBe(303);
  const second = await english.post(path, { ...tag, 'purpose.ja': '売れ筋の分析', version: String(version) });
  expect(second.status).toBe(409);
  const html = await second.text();
  for (const shown of ['Somebody else changed it first', '売れ筋の分析', `name="version" value="${version + 1}"`])
    expect(html).toContain(shown);
  expect(
    (await english.post(path, { ...tag, 'purpose.ja': '売れ筋の分析', version: String(version + 1) })).status,
  ).toBe(303);
  const site = await text(officer, `/transmissions/${id}`);
  for (const shown of ['第5版', 'アクセス解析', '許可されるまで送らない']) expect(site).toContain(shown);
});

test('of two tabs the second takes nothing back that the first changed, of a site or of a tag', async () => {
  const { id, version } = await current();
  const send = async (to: string, fields: Record<string, string | string[]>) => {
    const response = await officer.post(to, fields);
    return { status: response.status, html: await response.text() };
  };
  const tab = { get: (at: string) => text(officer, at), post: send };
  const site = `/transmissions/${id}/edit`;
  const late = await inTwoTabs(tab, site, { first: { choicesADay: '500' }, second: { 'name.ja': '例示の店' } });
  expect(late.status).toBe(409);
  expect(late.html).toContain('先に保存された内容との違い');
  expect(late.fields).toMatchObject({ version: [`${version + 1}`], choicesADay: ['500'], 'name.ja': ['例示の店'] });
  expect((await send(site, late.fields)).status).toBe(303);
  expect((await current()).site).toMatchObject({ choicesADay: 500, name: { ja: '例示の店' } });
  expect(
    (await send(site, { ...late.fields, version: `${version + 2}`, 'name.ja': '例示ショップ', choicesADay: '20000' }))
      .status,
  ).toBe(303);
  const tagged = `/transmissions/${id}/tags/web-analytics/edit`;
  const behind = await inTwoTabs(tab, tagged, {
    first: { 'information.ja': '見たページと時刻', sends: 'yes' },
    second: { 'theirPurpose.ja': '統計を作る' },
  });
  expect(behind.status).toBe(409);
  const both = { 'information.ja': ['見たページと時刻'], 'theirPurpose.ja': ['統計を作る'] };
  expect(behind.fields).toMatchObject({ version: [`${version + 4}`], ...both });
  expect((await send(tagged, behind.fields)).status).toBe(303);
  expect((await current()).tags[0]).toMatchObject({
    information: { ja: '見たページと時刻' },
    theirPurpose: { ja: '統計を作る' },
  });
});

test('a yes that the law no longer gives is said, and the tag is off the public page', async () => {
  const { id } = await current();
  house.clock.moveTo('2028-07-17T09:00:00+09:00');
  expect(await text(await house.visitor('officer'), `/transmissions/${id}/tags/web-analytics`)).toContain(
    '答えが変わりました',
  );
  expect(await text(await house.visitor('nobody'), '/external-transmission/shop')).not.toContain('アクセス解析');
  house.clock.moveTo('2026-12-07T08:42:00+09:00');
  // The sign-in in 2028 removed the officer's session, which was over by then, so the officer signs in again.
  officer = await house.visitor('officer');
  expect(await text(await house.visitor('nobody'), '/external-transmission/shop')).toContain('アクセス解析');
});

test('sites are filtered by the answers of their tags, and the file holds what is shown', async () => {
  const file = (query: string) => text(officer, `/transmissions/export/transmissions-utf8.csv${query}`);
  expect((await file('?answer=yes')).trimEnd().split('\r\n')).toEqual([
    'サイト,アドレス,タグ,答え,30日間の選択,変わった日,状態',
    '例示ショップ,https://shop.example.jp https://www.example.jp,1,可 1,0,2026/12/07,使用中',
  ]);
  expect((await file('?answer=no')).trimEnd().split('\r\n')).toHaveLength(1);
  expect(await text(officer, '/transmissions?answer=no')).toContain('この条件に合うサイトはありません');
});

test('the tags of all sites stand in one list, with what is told of each, and the file holds what is shown', async () => {
  const { id } = await current();
  const file = async (query: string): Promise<string[]> =>
    (await text(officer, `/transmissions/tags/export/transmissions-tags-utf8.csv${query}`)).trimEnd().split('\r\n');
  expect(await file(`?site=${id}&answer=yes`)).toEqual([
    'タグ,サイト,送り先,送る情報,当社の目的,送り先の目的,選び方,状態,答え',
    'アクセス解析,例示ショップ,例示解析株式会社（アメリカ合衆国）,見たページと時刻,売れ筋の分析,統計を作る,許可されるまで送らない,使用中,可',
  ]);
  for (const query of ['?answer=no', '?choice=notice', '?state=off']) expect(await file(query)).toHaveLength(1);
  const html = await text(officer, '/transmissions/tags');
  expect(html).toContain(`<a href="/transmissions/${id}/tags/web-analytics">アクセス解析</a>`);
  for (const from of ['/transmissions', `/transmissions/${id}`])
    expect(await text(officer, from)).toMatch(/href="\/transmissions\/tags(\?site=[0-9a-f-]{36})?"/);
});

test('what is not there is not found', async () => {
  const { id } = await current();
  for (const path of [
    '/transmissions/x',
    `/transmissions/${id}/tags/nothing`,
    `/transmissions/${id}/tags/nothing/edit`,
    '/transmissions/x/edit',
    '/transmissions/x/tags/new',
  ])
    expect([path, (await officer.get(path)).status]).toEqual([path, 404]);
});

test('of all sites no list reads what the law found of their tags', async () => {
  const { database } = house.office;
  const read: object[] = [];
  house.office.database = {
    ...database,
    query: async <Row>(sql: string, values: readonly unknown[], name?: string): Promise<Row[]> => {
      const rows = await database.query<Row>(sql, values, name);
      read.push(...(rows as object[]));
      return rows;
    },
  };
  const everybody = await text(await house.visitor('nobody'), '/external-transmission');
  const clerk = await text(officer, '/transmissions');
  const file = await text(officer, '/transmissions/export/transmissions-utf8.csv');
  const asked = { typed: '', id: null, actor: { kind: 'sekisho' }, may: () => true } as const;
  const tags = await text(officer, '/transmissions/tags');
  const found = await transmissionCatalogue(house.office).things(asked);
  house.office.database = database;
  expect(everybody).toContain('href="/external-transmission/shop"');
  expect(clerk).toContain('例示ショップ');
  expect(file).toContain('可 1');
  expect(tags).toContain('例示解析株式会社');
  expect(found.map(({ href }) => href.replace(/[0-9a-f-]{36}/, '…'))).toEqual([
    '/transmissions/…',
    '/transmissions/…/tags/web-analytics',
  ]);
  expect(read.length).toBeGreaterThan(0);
  expect(read.filter((row) => JSON.stringify(row).includes('"finding"'))).toEqual([]);
});
