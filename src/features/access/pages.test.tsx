import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fieldsIn, formsShown, inTwoTabs } from '../../../tests/forms.ts';
import { atOnce, testDatabase, type TestDatabase } from '../../../tests/house.ts';
import type { Lang } from '../../base/bilingual.ts';
import { listEntries } from '../../log/index.ts';
import { equip } from '../../office.ts';
import { standingClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { mountRoutes } from '../../platform/http/index.ts';
import { loadAccessPolicies, openAccess, type Access } from './actions/access.ts';
import { createGate } from './actions/gate.ts';
import { createSetupLink } from './actions/links.ts';
import { addFictionalStaff, listStaff, readStaff } from './actions/staff.ts';
import { createSystem, createToken, endSystem, listSystems, revokeToken, systemOf } from './actions/systems.ts';
import { accessRoutes } from './routes.ts';

const T0 = Date.parse('2026-11-24T00:00:00Z');
const origin = 'http://127.0.0.1:8080';
const password = 'tsuki-no-hikari-7';

let house: TestDatabase;
let folder: string;
let access: Access;
let app: ReturnType<typeof mountRoutes>;
let secret = '';
const clock = standingClock(new Date(T0).toISOString());
const reports: string[] = [];

beforeAll(async () => {
  house = await testDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-access-'));
  const config = readConfig({ SEKISHO_URL: origin }, { dataFolder: folder });
  const policies = await loadAccessPolicies('policies/access.cedar');
  access = await openAccess(await equip(config, clock, house.app), policies);
  const purposes = [{ id: 'billing', name: { ja: '料金の請求', en: 'Billing' } }];
  app = mountRoutes(
    accessRoutes(
      access,
      async () => purposes,
      async () => [],
    ),
    {
      gate: await createGate(access),
      publicUrl: origin,
      frame: async (c) => ({
        lang: c.get('lang'),
        company: '例示情報通信株式会社',
        nav: { groups: [] },
        footer: [],
        csrf: c.get('csrf'),
      }),
      refusalPage: (c, status, says) => c.text(says[c.get('lang')], status as 403),
      report: (line) => reports.push(line),
    },
  );
});
afterAll(async () => {
  await house.drop();
  fs.rmSync(folder, { recursive: true });
});

const later = (ms: number): void => clock.moveTo(new Date(clock.now() + ms).toISOString());

/** A browser: keeps cookies and sends the forms it was shown. */
function browser(lang: Lang = 'ja') {
  const jar = new Map<string, string>();
  const forms = formsShown();
  let csrf = '';
  const send = async (
    method: 'GET' | 'HEAD' | 'POST',
    at: string,
    form?: URLSearchParams,
    headers: Record<string, string> = {},
  ) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await app.request(`${origin}${at}`, {
      method,
      redirect: 'manual',
      headers: { cookie, 'accept-language': lang, ...headers },
      ...(form ? { body: form } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (/Max-Age=0/.test(line)) jar.delete(name!);
      else jar.set(name!, value!);
    }
    const html = await response.text();
    if (form) forms.assertShown(response.status, at, [...form.keys()]);
    forms.look(html);
    csrf = /name="csrf" value="([^"]*)"/.exec(html)?.[1] ?? csrf;
    return { status: response.status, html, to: response.headers.get('location'), headers: response.headers };
  };
  return {
    jar,
    get: (at: string) => send('GET', at),
    head: (at: string) => send('HEAD', at),
    post: (at: string, fields: Record<string, string | string[]>, headers?: Record<string, string>) => {
      const form = new URLSearchParams({ csrf });
      for (const [name, value] of Object.entries(fields)) {
        for (const v of [value].flat()) form.append(name, v);
      }
      return send('POST', at, form, headers);
    },
  };
}

const secretOn = (html: string): string =>
  /id="authenticator-secret"[^>]*>([^<]+)</.exec(html)![1]!.replaceAll(' ', '');
const sealedOn = (html: string): string => /name="sealed" value="([^"]+)"/.exec(html)![1]!;
const code = (of = secret): string => generateSync({ secret: of, epoch: clock.now() / 1000 });
const idOn = (html: string, what: string): string => new RegExp(`/${what}/([0-9a-f-]{36})`).exec(html)![1]!;

async function signedIn(lang: Lang = 'ja', email = 'mari.sekiguchi@example.jp', with_ = secret) {
  const b = browser(lang);
  later(2 * 60_000);
  await b.post('/sign-in', { email, password });
  expect((await b.post('/sign-in/code', { code: code(with_) })).status).toBe(303);
  return b;
}

describe('pages', () => {
  test('the first officer is set up in the browser, with errors put right on the way', async () => {
    const link = new URL((await createSetupLink(access))!).pathname;
    const b = browser();
    const shown = await b.get(link);
    expect(shown.status).toBe(200);
    expect(shown.html).toContain('最初の個人情報保護管理者を登録する');
    expect(shown.html).toContain('ここに入力する情報の利用目的');
    expect(shown.html).toMatch(/<svg[^>]*viewBox/);
    secret = secretOn(shown.html);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    // A person who saw the link earlier was shown another authenticator.
    const before = await browser().get(link);
    expect(secretOn(before.html)).not.toBe(secret);

    // What looks at links before people do uses none up.
    for (let i = 0; i < 3; i++) expect((await browser().head(link)).status).toBe(200);

    const sealed = sealedOn(shown.html);
    expect(sealedOn(before.html)).not.toBe(sealed);
    const form = { name: '関口 真理', email: 'mari.sekiguchi', password, 'password-again': 'x', sealed, code: code() };
    const wrong = await b.post(link, form);
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('<title>エラー：');
    expect(wrong.html).toContain('2か所を直してください');
    expect(wrong.html).toContain('href="#f-email"');
    expect(wrong.html).toContain('value="関口 真理"');
    expect(wrong.html).not.toContain(password);
    expect([secretOn(wrong.html), sealedOn(wrong.html).length]).toEqual([secret, sealed.length]);

    const right = { ...form, email: 'mari.sekiguchi@example.jp', 'password-again': password };
    const done = await b.post(link, right);
    expect(done.status).toBe(200);
    expect(done.html.match(/<li>[a-z2-9]{5}-[a-z2-9]{5}<\/li>/g)).toHaveLength(10);
    expect(done.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^sekisho=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(/^sekisho-known=[A-Za-z0-9_.-]{66}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=34560000$/),
    ]);
    expect(done.headers.get('cache-control')).toBe('no-store');
    expect((await b.get('/account')).status).toBe(200);
    expect((await browser().post(link, right)).status).toBe(404);
    expect((await browser('en').get(link)).html).toContain('This link cannot be used');
  });

  test('who signs in is remembered with the language of the page', async () => {
    const langOf = async () => (await listStaff(access))[0]!.lang;
    expect(await langOf()).toBe('ja');
    await signedIn('en');
    expect(await langOf()).toBe('en');
    await signedIn('ja');
    expect(await langOf()).toBe('ja');
  });

  test('signing in makes a new session each time and goes only to our own pages', async () => {
    const b = browser();
    const planted = 'p'.repeat(43);
    b.jar.set('sekisho', planted);
    later(5 * 60_000);
    expect((await b.get('/staff')).to).toBe('/sign-in?next=%2Fstaff');
    const half = await b.post('/sign-in', { email: 'mari.sekiguchi@example.jp', password, next: '/staff' });
    expect(half.to).toBe('/sign-in/code?next=%2Fstaff');
    const pending = b.jar.get('sekisho')!;
    expect(pending).not.toBe(planted);
    expect((await b.get('/staff')).status).toBe(303);
    const whole = await b.post('/sign-in/code', { code: code(), next: '/staff' });
    expect(whole.to).toBe('/staff');
    expect(b.jar.get('sekisho')).not.toBe(pending);
    for (const token of [planted, pending]) {
      const thief = browser();
      thief.jar.set('sekisho', token);
      expect((await thief.get('/account')).to).toMatch(/^\/sign-in/);
    }
    for (const next of [
      '//evil.example.com',
      '/\\evil.example.com',
      'https://evil.example.com',
      '/sign-in',
      'javascript:x',
    ]) {
      expect((await b.get(`/sign-in?next=${encodeURIComponent(next)}`)).to).toBe('/');
    }
  });

  test('who mistook their password may read on in the other language, on the way to where they were going', async () => {
    const wrong = { email: 'mari.sekiguchi@example.jp', password: 'mizu-no-oto-42', next: '/ledger?tab=2' };
    const { status, html } = await browser().post('/sign-in', wrong);
    expect(status).toBe(422);
    expect(html).toContain('href="/sign-in?next=%2Fledger%3Ftab%3D2&amp;lang=en"');
  });

  test('a stranger who guesses does not shut out the browser that somebody signed in from', async () => {
    const email = 'mari.sekiguchi@example.jp';
    const b = await signedIn();
    await b.get('/account');
    expect((await b.post('/sign-out', {})).status).toBe(303);
    later(20 * 60_000);
    for (let i = 0; i < 5; i++) await browser().post('/sign-in', { email, password: 'mizu-no-oto-42' });
    expect((await browser().post('/sign-in', { email, password })).status).toBe(422);
    expect((await b.post('/sign-in', { email, password })).to).toMatch(/^\/sign-in\/code/);
    expect((await b.post('/sign-in/code', { code: code() })).to).toBe('/');
    later(20 * 60_000);
  });

  test('a wrong password says the same as an unknown account, in both languages', async () => {
    for (const lang of ['ja', 'en'] as const) {
      const page = async (email: string) => {
        const { status, html } = await browser(lang).post('/sign-in', { email, password: 'mizu-no-oto-42' });
        return { status, html: html.replaceAll(email, '') };
      };
      const known = await page('mari.sekiguchi@example.jp');
      expect(known.status).toBe(422);
      expect(await page('nobody.at.all@example.jp')).toEqual(known);
      later(20 * 60_000);
    }
  });

  test('a form from elsewhere, or without its token, changes nothing', async () => {
    const b = await signedIn();
    await b.get('/staff/new');
    const person = { name: '例示 花子', email: 'hanako.reiji@example.jp', roles: 'desk' };
    expect((await b.post('/staff/new', person, { origin: 'https://evil.example.com' })).status).toBe(403);
    expect((await b.post('/staff/new', person, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const noToken = await app.request(`${origin}/staff/new`, {
      method: 'POST',
      headers: { cookie: `sekisho=${b.jar.get('sekisho')}` },
      body: new URLSearchParams(person),
    });
    expect(noToken.status).toBe(403);
    expect((await listStaff(access)).map((m) => m.name)).toEqual(['関口 真理']);
  });

  test('staff are invited, changed, set up anew and ended', async () => {
    const b = await signedIn();
    await b.get('/staff/new');
    const bad = await b.post('/staff/new', { name: '<b>佐伯</b>', email: 'x' });
    expect(bad.status).toBe(422);
    expect(bad.html).toContain('&lt;b&gt;佐伯&lt;/b&gt;');
    expect(bad.html).toContain('役割を1つ以上選んでください');
    const invited = await b.post('/staff/new', {
      name: '佐伯 直人',
      email: 'naoto.saeki@example.jp',
      roles: ['desk', 'handler'],
    });
    const link = /id="link"[^>]*>([^<]+)</.exec(invited.html)![1]!;
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:8080\/invitation\/[A-Za-z0-9_-]{43}$/);
    expect(invited.html).toContain('関所が動いているコンピューターでしか開けません');
    const id = idOn(invited.html, 'staff');

    const desk = browser('en');
    const at = new URL(link).pathname;
    const welcome = await desk.get(at);
    expect(welcome.html).toContain('naoto.saeki@example.jp');
    expect(welcome.html).not.toContain('name="email"');
    const theirs = secretOn(welcome.html);
    // A telephone that shows the page cannot scan it with its own authenticator app, so there is a link as well.
    expect(welcome.html).toMatch(new RegExp(`href="otpauth://totp/[^"]*naoto[^"]*secret=${theirs}`));
    const entering = { password, 'password-again': password, sealed: sealedOn(welcome.html), code: code(theirs) };
    expect((await desk.post(at, entering)).status).toBe(200);
    expect((await desk.get('/account')).status).toBe(200);
    expect((await desk.get('/staff')).status).toBe(403);
    expect((await desk.get('/systems')).status).toBe(403);

    const member = await b.get(`/staff/${id}`);
    expect(member.html).toMatch(/value="desk" checked/);
    const roles = await b.post(`/staff/${id}`, { seen: 'desk handler', roles: ['auditor'] });
    expect(roles.to).toBe(`/staff/${id}?done=roles`);
    // Of two tabs, the second does not take away a role that the first gave.
    const tab = { get: async (to: string) => (await b.get(to)).html, post: b.post };
    const late = await inTwoTabs(tab, `/staff/${id}`, {
      first: { roles: ['auditor', 'reception'] },
      second: { roles: ['auditor', 'employee'] },
    });
    expect(late.status).toBe(409);
    expect(late.html).toContain('ほかの人が先に変えました');
    expect(late.fields['roles']!.toSorted()).toEqual(['auditor', 'employee', 'reception']);
    expect((await readStaff(access, id))!.roles.toSorted()).toEqual(['auditor', 'reception']);
    expect((await b.post(`/staff/${id}`, { ...late.fields, roles: ['auditor'] })).status).toBe(303);
    const list = await desk.get('/staff');
    expect(list.status).toBe(200);
    expect(list.html).not.toContain('/staff/new');
    // Nobody can be searched by name, which would become part of the address.
    expect(list.html).not.toContain('name="q"');
    const rowsOf = async (query: string): Promise<string[]> =>
      (await desk.get(`/staff/export/staff-utf8.csv${query}`)).html.trim().split('\r\n').slice(1);
    expect(await rowsOf('?role=auditor')).toEqual(['佐伯 直人,In use,Auditor,naoto.saeki@example.jp,2026/11/24 10:35']);
    expect(await rowsOf('?q=naoto')).toHaveLength(2);
    expect(await rowsOf('?state=ended')).toEqual([]);
    expect((await b.get('/staff?state=ended')).html).toContain('この条件に合う従業者はいません');
    expect((await desk.get(`/staff/${id}`)).html).not.toContain(`action="/staff/${id}"`);
    expect((await desk.post(`/staff/${id}`, { roles: ['officer'] })).status).toBe(403);
    expect((await desk.get('/systems')).status).toBe(200);
    expect((await desk.get('/systems/new')).status).toBe(403);

    const own = await b.get('/staff');
    const officer = [...own.html.matchAll(/\/staff\/([0-9a-f-]{36})/g)].map((m) => m[1]!).find((x) => x !== id)!;
    expect((await b.get(`/staff/${officer}`)).html).toContain('自分の役割と登録は、ほかの人に変えてもらってください。');
    const self = await b.post(`/staff/${officer}`, { roles: ['officer', 'administrator', 'desk'] });
    expect(self.status).toBe(403);
    expect((await b.post(`/staff/${officer}/end`, {})).status).toBe(403);
    expect((await b.get('/account')).status).toBe(200);

    const asked = (await b.get(`/staff/${id}/reset`)).html;
    expect(asked).toContain('サインインを設定し直してもらいますか');
    expect((await b.post(`/staff/${id}/reset`, fieldsIn(asked))).html).toContain('/invitation/');
    expect((await desk.get('/account')).to).toMatch(/^\/sign-in/);
    expect((await b.get(`/staff/${id}/end`)).html).toContain('元には戻せません');
    expect((await b.post(`/staff/${id}/end`, {})).to).toBe(`/staff/${id}`);
    expect((await b.get(`/staff/${id}`)).html).not.toContain(`/staff/${id}/end`);
    for (const nobody of ['x', '00000000-0000-7000-8000-000000000000', "1'--"]) {
      expect((await b.get(`/staff/${encodeURIComponent(nobody)}`)).status).toBe(404);
    }
  });

  test('a system gets a token, shown once, and loses it', async () => {
    const b = await signedIn('en');
    expect((await b.get('/systems')).html).toContain('There are no systems yet');
    await b.get('/systems/new');
    expect((await b.post('/systems/new', { name: '' })).status).toBe(422);
    const made = await b.post('/systems/new', { name: '請求システム' });
    const id = idOn((await b.get('/systems')).html, 'systems');
    const alone = `/systems?of=${id}`;
    expect(made.to).toBe(alone);
    expect((await b.post('/systems/new', { name: '請求システム' })).status).toBe(409);
    const form = await b.get(`/systems/${id}/token`);
    expect(form.html).toContain('value="people:use"');
    expect(form.html).not.toContain('value="staff:write"');
    // The actions have the names that the API description uses for what each call needs.
    expect(form.html).toMatch(/people:use – Use \(open items\)/);
    const bad = await b.post(`/systems/${id}/token`, { actions: 'people:use', days: '90' });
    expect(bad.status).toBe(422);
    expect(bad.html).toMatch(/value="people:use" checked/);
    expect(bad.html).toContain('href="#f-purposes"');
    const given = await b.post(`/systems/${id}/token`, { actions: ['people:use'], purposes: ['billing'], days: '90' });
    const token = /sks_[A-Za-z0-9_-]{43}/.exec(given.html)![0];
    const list = await b.get('/systems');
    for (const { html } of [list, given]) expect(html).toContain('<a href="/openapi.json" data-turbo="false">');
    expect(list.html).not.toContain(token);
    expect(list.html).toContain('Billing');
    const tokenId = idOn(list.html, 'systems/tokens');
    expect((await b.get(`/systems/tokens/${tokenId}/revoke`)).html).toContain('Revoke this token?');
    expect((await b.post(`/systems/tokens/${tokenId}/revoke`, {})).to).toBe(alone);
    expect((await b.get(`/systems/tokens/${tokenId}/revoke`)).status).toBe(404);
    expect((await b.post(`/systems/${id}/end`, {})).to).toBe(alone);
    expect((await b.get(`/systems/${id}/token`)).status).toBe(404);
  });

  test('of the tokens of a system that have ended the newest stand on the page, and all where it is looked at alone', async () => {
    const b = await signedIn('en');
    const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
    const made = await createSystem(access, by, { name: '配信システム' });
    if (!made.ok) throw new Error('no system');
    const ids: string[] = [];
    for (let n = 0; n < 6; n++) {
      const bounds = { systemId: made.value.id, actions: ['people:use'], purposes: ['billing'], days: 90 } as const;
      const token = await createToken(access, by, bounds, ['billing']);
      if (!token.ok) throw new Error('no token');
      ids.push(token.value.id);
      if (n > 0) await revokeToken(access, by, token.value.id);
      later(1);
    }
    const standing = (html: string): boolean[] => ids.map((id) => html.includes(id.slice(-8)));
    const list = (await b.get('/systems')).html;
    expect(standing(list)).toEqual([true, false, false, true, true, true]);
    expect(list).toMatch(new RegExp(`<a href="/systems\\?of=${made.value.id}">2 more tokens have ended</a>`));
    const alone = (await b.get(`/systems?of=${made.value.id}`)).html;
    expect(standing(alone)).toEqual(ids.map(() => true));
    expect(alone).not.toContain('請求システム');
    expect((await b.get('/systems?of=nobody')).html).toContain('請求システム');
    // The file has every token.
    const file = (await b.get('/systems/export/systems-utf8.csv?state=active')).html;
    expect(standing(file)).toEqual(ids.map(() => true));
    expect(file.match(/\r\n配信システム,/g)).toHaveLength(6);
  });

  test('of many systems a page shows some, counts them all, and a search and the state find each', async () => {
    const b = await signedIn('ja');
    const by = { actor: { kind: 'sekisho' }, authority: [] } as const;
    const names = Array.from({ length: 64 }, (_, i) => `基幹システム 第${i + 1}号`);
    for (const [i, name] of names.entries()) {
      const made = await createSystem(access, by, { name });
      if (!made.ok) throw new Error('no system');
      if (i % 2 === 0) await endSystem(access, by, made.value.id);
      later(1);
    }
    const shown = async (query: string): Promise<string[]> => {
      const found: string[] = [];
      for (let page = 1; ; page++) {
        const { html } = await b.get(`/systems?q=${encodeURIComponent('基幹')}${query}&page=${page}`);
        const here = [...html.matchAll(/基幹システム 第\d+号(?=<\/h2>)/g)].map(([name]) => name);
        expect(here.length).toBeLessThanOrEqual(30);
        found.push(...here);
        if (!html.includes('rel="next"')) return found;
      }
    };
    expect((await shown('')).toSorted()).toEqual(names.toSorted());
    expect(await shown('&state=active')).toEqual(names.filter((_, i) => i % 2 === 1));
    expect(await shown('&state=ended')).toEqual(names.filter((_, i) => i % 2 === 0));
    const first = (await b.get(`/systems?q=${encodeURIComponent('基幹')}`)).html;
    expect(first).toContain('64件のうち 1〜30件');
    // The search accepts text as typed, with full-width characters and capitals.
    const one = (await b.get(`/systems?q=${encodeURIComponent('第６４')}`)).html;
    expect(one).toContain('基幹システム 第64号');
    expect(one).toContain('1件のうち 1〜1件');
    expect((await b.get('/systems?q=%27%3B--')).html).toContain('この条件に合うシステムはありません');
    // Many actions of a token are counted, and unfold when opened.
    const { systemActions } = access.policies;
    const last = (await listSystems(access)).find(({ name }) => name === names[63])!;
    const all = { systemId: last.id, actions: systemActions, purposes: ['billing'], days: 30 };
    if (!(await createToken(access, by, all, ['billing'])).ok) throw new Error('no token');
    const given = (await b.get(`/systems?of=${last.id}`)).html;
    expect(given).toMatch(new RegExp(`<details><summary>${systemActions.length}種類の操作</summary>.*記録を書き出す`));
    // The page that follows shows the new one, wherever it comes in the list.
    await b.get('/systems/new');
    const { to } = await b.post('/systems/new', { name: 'いちばん新しいシステム' });
    expect((await b.get(to!)).html).toContain('いちばん新しいシステム');
  });

  /** Somebody who came in by an invitation from the person at `b`. */
  async function comeIn(
    b: ReturnType<typeof browser>,
    name: string,
    email: string,
    roles: string[],
    lang: Lang = 'ja',
  ) {
    await b.get('/staff/new');
    const invited = await b.post('/staff/new', { name, email, roles });
    const at = new URL(/id="link"[^>]*>([^<]+)</.exec(invited.html)![1]!).pathname;
    const them = browser(lang);
    const welcome = await them.get(at);
    const entering = { password, 'password-again': password, sealed: sealedOn(welcome.html) };
    expect((await them.post(at, { ...entering, code: code(secretOn(welcome.html)) })).status).toBe(200);
    await them.get('/account');
    return { id: idOn(invited.html, 'staff'), them };
  }

  const offered = (html: string): string[] =>
    [...html.matchAll(/name="roles" value="([^"]+)"/g)].map(([, one]) => one!);

  test('an administrator is offered what reaches nobody’s information, and is told who gives the rest', async () => {
    const b = await signedIn();
    const { them: admin, id: self } = await comeIn(b, '管理 次郎', 'jiro.kanri@example.jp', ['administrator'], 'en');
    const desk = await comeIn(b, '窓口 花', 'hana.madoguchi@example.jp', ['desk']);
    const harmless = ['my-number', 'administrator', 'reception', 'employee'];
    const form = await admin.get('/staff/new');
    expect(offered(form.html)).toEqual(harmless);
    expect(/only a privacy officer can give them: ([^<]+)</.exec(form.html)?.[1]).toBe(
      'Privacy officer, Desk, Handler, Auditor',
    );
    const refused = await admin.post('/staff/new', { name: '例示 太郎', email: 'taro@example.jp', roles: 'handler' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('Only a privacy officer can give roles that reach people’s information');

    const member = await admin.get(`/staff/${desk.id}`);
    expect(offered(member.html)).toEqual(['desk', ...harmless]);
    expect(member.html).toContain('make the link to set up sign-in again.');
    expect(member.html).not.toContain(`/staff/${desk.id}/reset`);
    expect((await admin.post(`/staff/${desk.id}/reset`, {})).status).toBe(403);
    expect((await desk.them.get('/account')).status).toBe(200);
    const officer = (await listStaff(access)).find((one) => one.roles.includes('officer'))!.id;
    const theirs = await admin.get(`/staff/${officer}`);
    expect(theirs.html).toContain('Only a privacy officer can decide about privacy officers.');
    expect([offered(theirs.html), offered((await admin.get(`/staff/${self}`)).html)]).toEqual([[], []]);

    await admin.get('/systems/new');
    const { to } = await admin.post('/systems/new', { name: '管理の仕組み' });
    const at = `/systems/${idOn((await admin.get(to!)).html, 'systems')}/token`;
    const token = await admin.get(at);
    expect(token.html).toContain(
      'Only a privacy officer can allow actions that reach people’s information or write registers.',
    );
    const given = [...token.html.matchAll(/value="([a-z-]+:[a-z-]+)"/g)].map((match) => match[1]);
    expect(given).toEqual(['policy:read', 'ledger:read', 'checkpoint:ask', 'letters:read', 'log:read', 'log:export']);
    const wanted = { actions: 'people:search', purposes: 'billing', days: '90' };
    expect((await admin.post(at, wanted)).status).toBe(422);

    const { them: officerAlone } = await comeIn(b, '管理 三郎', 'saburo.kanri@example.jp', ['officer']);
    expect(offered((await officerAlone.get('/staff/new')).html)).toHaveLength(8);
    await officerAlone.get(at);
    expect((await officerAlone.post(at, wanted)).html).toMatch(/sks_/);
    const anew = (await officerAlone.get(at)).html;
    expect(anew).toContain('value="ledger:write"');
    const writing = { ...fieldsIn(anew, at), actions: 'ledger:write', days: '90' };
    expect((await officerAlone.post(at, writing)).html).toMatch(/sks_/);
    // All who see the tokens read what each may do.
    expect((await admin.get(to!)).html).toContain('Write the ledger and the texts of consents');
    expect((await officerAlone.post(at.replace('/token', '/end'), {})).to).toBe(to);
    for (const { id, state } of await listStaff(access))
      if (state === 'active' && id !== officer) await b.post(`/staff/${id}/end`, {});
  });

  test('who comes in by a link in a browser that somebody else is signed in from ends that sign-in, as whoever signs in there does', async () => {
    const b = await signedIn();
    await b.get('/staff/new');
    const person = { name: '例示 二郎', email: 'jiro.reiji@example.jp', roles: ['employee'] };
    const link = /id="link"[^>]*>([^<]+)</.exec((await b.post('/staff/new', person)).html)![1]!;
    const before = b.jar.get('sekisho')!;
    const at = new URL(link).pathname;
    const { html } = await b.get(at);
    const theirs = { sealed: sealedOn(html), code: code(secretOn(html)) };
    expect((await b.post(at, { password, 'password-again': password, ...theirs })).status).toBe(200);
    expect((await b.get('/account')).html).toContain(person.email);
    const thief = browser();
    thief.jar.set('sekisho', before);
    expect((await thief.get('/account')).to).toMatch(/^\/sign-in/);
  });

  test('who is given a role that reaches people before they came in gets a new link', async () => {
    const b = await signedIn();
    await b.get('/staff/new');
    const person = { name: '招待 一子', email: 'ichiko.shotai@example.jp', roles: 'reception' };
    const invited = await b.post('/staff/new', person);
    const linkOn = (html: string): string => new URL(/id="link"[^>]*>([^<]+)</.exec(html)![1]!).pathname;
    const id = idOn(invited.html, 'staff');
    await b.get(`/staff/${id}`);
    const shown = await b.post(`/staff/${id}`, { seen: 'reception', roles: ['reception', 'desk'] });
    expect(shown.status).toBe(200);
    expect(shown.html).toContain('前のリンクは使えません。');
    expect((await browser().get(linkOn(invited.html))).status).toBe(404);
    expect((await browser().get(linkOn(shown.html))).status).toBe(200);
    expect((await b.post(`/staff/${id}/end`, {})).status).toBe(303);
  });

  const tabOf = (b: ReturnType<typeof browser>) => ({
    get: async (to: string) => (await b.get(to)).html,
    post: b.post,
  });

  test('name and e-mail are changed on the page of a member, with what is wrong at its field and nothing lost', async () => {
    const person = { name: '旧姓 優子', email: 'yuko.kyusei@example.jp' };
    const ja = await signedIn();
    const { id, them } = await comeIn(ja, person.name, person.email, ['desk']);
    const [at, to] = [`/staff/${id}`, `/staff/${id}/person`];
    const seen = { 'seen-name': person.name, 'seen-email': person.email };
    const says = {
      ja: ['名前は100文字までの1行にしてください', 'メールアドレスを name@example.jp の形で入れてください'],
      en: ['Use one line of at most 100 characters', 'Enter an e-mail address such as name@example.jp'],
    };
    const taken = {
      ja: 'このメールアドレスはすでに登録されています',
      en: 'This e-mail address is registered already',
    };
    for (const lang of ['ja', 'en'] as const) {
      const b = lang === 'ja' ? ja : await signedIn('en');
      const fields = fieldsIn((await b.get(at)).html, to);
      expect(fields).toEqual(Object.fromEntries(Object.entries({ ...seen, ...person }).map(([k, v]) => [k, [v]])));
      const typed = { name: `<b>${'𠮷'.repeat(100)}`, email: 'yuko@' };
      const wrong = await b.post(to, { ...fields, ...typed });
      expect(wrong.status).toBe(422);
      for (const one of says[lang]) expect(wrong.html).toContain(`＊${one}`);
      for (const field of ['name', 'email']) expect(wrong.html).toContain(`href="#f-${field}"`);
      const kept = { ...fields, name: [typed.name], email: [typed.email] };
      expect(fieldsIn(wrong.html, to)).toEqual(kept);
      const others = await b.post(to, { ...fields, name: '旧姓 優', email: 'mari.sekiguchi@example.jp' });
      expect([others.status, others.html.includes(`＊${taken[lang]}`)]).toEqual([409, true]);
      expect(fieldsIn(others.html, to)).toMatchObject({ name: ['旧姓 優'], email: ['mari.sekiguchi@example.jp'] });
    }
    const name = '辻󠄀 𠮷子';
    const changed = await ja.post(to, { ...seen, name, email: 'yoshiko.tsuji@example.jp' });
    expect(changed.to).toBe(`${at}?done=name-email`);
    const done = await ja.get(changed.to!);
    expect(done.html).toContain('名前とメールアドレスを変えました');
    expect(done.html).toContain(name);
    expect((await them.get('/account')).to).toMatch(/^\/sign-in/);
    expect((await ja.get('/staff')).html).toContain(name);
    // An unchanged form does not say that anything was changed.
    expect((await ja.post(to, fieldsIn(done.html, to))).to).toBe(at);
    // Of two clerks at once, the second undoes nothing that the first did.
    const late = await inTwoTabs(tabOf(ja), at, {
      first: { name: '辻 吉子' },
      second: { email: 'tsuji@example.jp' },
      to,
    });
    expect(late.status).toBe(409);
    expect(late.html).toContain('ほかの人が先に変えました');
    expect(late.fields).toMatchObject({ name: ['辻 吉子'], email: ['tsuji@example.jp'] });
    expect((await ja.post(to, late.fields)).to).toBe(`${at}?done=email`);
    expect(await readStaff(access, id)).toMatchObject({ name: '辻 吉子', email: 'tsuji@example.jp' });
    // The page says nothing for a word that is not in its list.
    expect((await ja.get(`${at}?done=toString`)).status).toBe(200);
    await ja.post(`/staff/${id}/end`, {});
    expect((await ja.get(at)).html).not.toContain(to);
    expect((await ja.post(to, late.fields)).status).toBe(404);
  });

  test('name and e-mail are offered to whoever may let the member in, and of oneself on the account', async () => {
    const b = await signedIn();
    const { them: admin, id: self } = await comeIn(b, '管理 四郎', 'shiro.kanri@example.jp', ['administrator'], 'en');
    const desk = await comeIn(b, '窓口 月', 'tsuki.madoguchi@example.jp', ['desk']);
    const clerk = await comeIn(b, '受付 星', 'hoshi.uketsuke@example.jp', ['reception']);
    const form = (id: string) => `action="/staff/${id}/person"`;
    expect((await admin.get(`/staff/${clerk.id}`)).html).toContain(form(clerk.id));
    const { html } = await admin.get(`/staff/${desk.id}`);
    expect(html).not.toContain(form(desk.id));
    expect(html).toContain('Only a privacy officer can change their name or e-mail');
    const typed = {
      name: '別名',
      email: 'other@example.jp',
      'seen-name': '窓口 月',
      'seen-email': 'tsuki.madoguchi@example.jp',
    };
    expect((await admin.post(`/staff/${desk.id}/person`, typed)).status).toBe(403);
    const own = await admin.get(`/staff/${self}`);
    expect(own.html).not.toContain(form(self));
    expect(own.html).toMatch(/<a href="\/account">Change your own name and e-mail/);
    for (const { id } of [{ id: self }, desk, clerk]) await b.post(`/staff/${id}/end`, {});
  });

  test('a new e-mail of somebody who was invited shows a new link, once', async () => {
    const b = await signedIn('en');
    await b.get('/staff/new');
    const slip = { name: '招待 二子', email: 'nikko.shotai@example.jp' };
    const invited = await b.post('/staff/new', { ...slip, roles: 'reception' });
    const linkOn = (html: string): string => new URL(/id="link"[^>]*>([^<]+)</.exec(html)![1]!).pathname;
    const id = idOn(invited.html, 'staff');
    const page = await b.get(`/staff/${id}`);
    expect(page.html).toContain('the earlier link stops working');
    const fields = fieldsIn(page.html, `/staff/${id}/person`);
    const shown = await b.post(`/staff/${id}/person`, { ...fields, email: 'niko.shotai@example.jp' });
    expect(shown.status).toBe(200);
    expect((await browser().get(linkOn(invited.html))).status).toBe(404);
    expect((await browser().get(linkOn(shown.html))).html).toContain('niko.shotai@example.jp');
    expect((await b.post(`/staff/${id}/end`, {})).status).toBe(303);
  });

  test('everybody changes their own name and e-mail on their account, with the password', async () => {
    const b = await signedIn();
    const mine = { name: '従業 員子', email: 'kazuko.jugyo@example.jp' };
    const { them, id } = await comeIn(b, mine.name, mine.email, ['employee'], 'en');
    const to = '/account/person';
    const fields = fieldsIn((await them.get('/account')).html, to);
    expect(fields).toMatchObject({ name: [mine.name], email: [mine.email], 'person-proof': [''] });
    const typed = { ...fields, name: '従業 和子', email: 'kazuko@example.jp' };
    for (const proof of ['', 'mizu-no-oto-42']) {
      const wrong = await them.post(to, { ...typed, 'person-proof': proof });
      expect([wrong.status, wrong.html.includes('href="#f-person-proof"')]).toEqual([422, true]);
      expect(fieldsIn(wrong.html, to)).toMatchObject({ name: ['従業 和子'], email: ['kazuko@example.jp'] });
      expect(wrong.html).not.toContain('mizu-no-oto-42');
    }
    const bad = await them.post(to, { ...typed, email: 'x', 'person-proof': password });
    expect([bad.status, bad.html.includes('＊Enter an e-mail address')]).toEqual([422, true]);
    const taken = await them.post(to, { ...typed, email: 'mari.sekiguchi@example.jp', 'person-proof': password });
    expect([taken.status, taken.html.includes('＊This e-mail address is registered already')]).toEqual([409, true]);
    expect(await readStaff(access, id)).toMatchObject(mine);
    // An invisible character is reported, and the answer does not contain the password.
    const unseen = await them.post(to, { ...typed, name: '従業\u0007', 'person-proof': password });
    expect(unseen.status).toBe(422);
    expect(unseen.html).not.toContain(password);

    const [before, known] = [them.jar.get('sekisho'), them.jar.get('sekisho-known')];
    const changed = await them.post(to, { ...typed, 'person-proof': password });
    expect(changed.to).toBe('/account?done=name-email');
    expect([them.jar.get('sekisho') === before, them.jar.get('sekisho-known') === known]).toEqual([true, false]);
    expect((await them.get(changed.to!)).html).toContain('From now on, sign in with the new e-mail address.');
    const late = await inTwoTabs(tabOf(them), '/account', {
      first: { name: '従業 一子', 'person-proof': password },
      second: { email: 'ichiko@example.jp', 'person-proof': password },
      to,
    });
    expect(late.status).toBe(409);
    expect(late.fields).toMatchObject({ name: ['従業 一子'], email: ['ichiko@example.jp'] });
    expect((await them.post(to, { ...late.fields, 'person-proof': password })).to).toBe('/account?done=email');
    expect(await readStaff(access, id)).toMatchObject({ name: '従業 一子', email: 'ichiko@example.jp' });
    expect((await b.post(`/staff/${id}/end`, {})).status).toBe(303);
  });

  test('an entry that does not open is said to be so, and offers its end alone', async () => {
    const b = await signedIn('en');
    const roles = ['employee'] as const;
    const id = await addFictionalStaff(access, { name: '例示 九', email: 'nine@example.jp', roles, passwordHash: 'x' });
    await house.owner.query("UPDATE staff SET email_sealed = '\\x01' WHERE id = $1", [id]);
    expect((await b.get('/staff')).html).toContain(`<a href="/staff/${id}">#${id.slice(-8)}</a>`);
    const { html } = await b.get(`/staff/${id}`);
    expect(html).toContain('This entry cannot be opened');
    expect(html).not.toMatch(new RegExp(`action="/staff/${id}(?:/person)?"`));
    await b.get(`/staff/${id}/end`);
    expect((await b.post(`/staff/${id}/end`, {})).to).toBe(`/staff/${id}`);
    expect((await b.get(`/staff/${id}`)).html).not.toContain('This entry cannot be opened');
  });

  describe('a form that is sent twice', () => {
    type Browser = Awaited<ReturnType<typeof signedIn>>;

    /** What the form to `to` on a page sends, with these fields filled in. */
    const filled = async (b: Browser, page: string, to: string, fields: Record<string, string | string[]>) => ({
      ...fieldsIn((await b.get(page)).html, to),
      ...fields,
    });

    /** The statuses of a form that is sent twice at the same instant; `table` is written by it. */
    const atOneInstant = async (b: Browser, table: string, to: string, form: Record<string, string | string[]>) => {
      const send = () => b.post(to, form);
      return (await atOnce(house, table, send, send)).map(({ status }) => status).toSorted();
    };

    const loggedOf = async (action: string): Promise<number> =>
      (await listEntries(house.app, { actions: [action], most: 500 })).length;

    test('makes one token, and the second time names it', async () => {
      const b = await signedIn('en');
      await b.get('/systems/new');
      const { to } = await b.post('/systems/new', { name: '会計システム' });
      const id = to!.split('=')[1]!;
      const at = `/systems/${id}/token`;
      const tokens = async () => (await systemOf(access, id))!.tokens;
      const bounds = { actions: ['people:use'], purposes: ['billing'], days: '90' };
      const made = await loggedOf('token:create');
      const form = await filled(b, at, at, bounds);
      expect((await b.post(at, form)).html).toMatch(/id="token"[^>]*>sks_/);
      const again = await b.post(at, form);
      expect([again.status, /sks_/.test(again.html)]).toEqual([409, false]);
      const [first, ...others] = await tokens();
      expect(others).toEqual([]);
      expect(again.html).toContain(
        `Since this page was opened, token ${first!.id.slice(-8)} was made for this system.`,
      );
      expect(await loggedOf('token:create')).toBe(made + 1);
      // Whoever has read that may make another, with what was chosen.
      expect((await b.post(at, fieldsIn(again.html, at))).html).toMatch(/id="token"[^>]*>sks_/);
      expect(await tokens()).toMatchObject([bounds, bounds].map(({ actions, purposes }) => ({ actions, purposes })));
      expect(await atOneInstant(b, 'api_tokens', at, await filled(b, at, at, bounds))).toEqual([200, 409]);
      expect(await tokens()).toHaveLength(3);
      expect(await loggedOf('token:create')).toBe(made + 3);
    });

    test('makes one link to set up sign-in again, which stays good', async () => {
      const b = await signedIn();
      await b.get('/staff/new');
      const person = { name: '小川 渡', email: 'wataru.ogawa@example.jp', roles: ['desk'] };
      const id = idOn((await b.post('/staff/new', person)).html, 'staff');
      const at = `/staff/${id}/reset`;
      const linkOn = (html: string): string => new URL(/id="link"[^>]*>([^<]+)</.exec(html)![1]!).pathname;
      const opens = async (link: string): Promise<number> => (await browser().get(link)).status;
      const reset = await loggedOf('staff:reset');
      const form = await filled(b, at, at, {});
      const link = linkOn((await b.post(at, form)).html);
      const again = await b.post(at, form);
      expect([again.status, again.html.includes('/invitation/')]).toEqual([409, false]);
      expect(again.html).toContain('この画面を開いた後に、この人の新しいリンクが作られました。');
      expect([await opens(link), await loggedOf('staff:reset')]).toEqual([200, reset + 1]);
      const other = linkOn((await b.post(at, fieldsIn(again.html, at))).html);
      expect([await opens(link), await opens(other)]).toEqual([404, 200]);
      expect(await atOneInstant(b, 'staff_links', at, await filled(b, at, at, {}))).toEqual([200, 409]);
      expect([await opens(other), await loggedOf('staff:reset')]).toEqual([404, reset + 3]);
    });

    test('makes recovery codes once, and those that were shown stay good', async () => {
      const b = await signedIn();
      const at = '/account/recovery-codes';
      const codesOn = (html: string): string[] =>
        [...html.matchAll(/<li>([a-z2-9]{5}-[a-z2-9]{5})/g)].map(([, one]) => one!);
      const lets = async (one: string): Promise<boolean> => {
        later(2 * 60_000);
        const other = browser();
        await other.post('/sign-in', { email: 'mari.sekiguchi@example.jp', password });
        return (await other.post('/sign-in/code', { code: one })).status === 303;
      };
      const renewed = await loggedOf('staff:recovery-codes');
      const form = await filled(b, '/account', at, { proof: password });
      const codes = codesOn((await b.post(at, form)).html);
      const again = await b.post(at, form);
      expect([again.status, codesOn(again.html)]).toEqual([409, []]);
      expect(again.html).toContain('この画面を開いた後に、新しい復旧コードが作られました。');
      expect([await lets(codes[0]!), await loggedOf('staff:recovery-codes')]).toEqual([true, renewed + 1]);
      // A code that was used leaves the set as it is.
      const others = codesOn((await b.post(at, { ...fieldsIn(again.html, at), proof: password })).html);
      expect([others.length, await lets(codes[1]!), await lets(others[0]!)]).toEqual([10, false, true]);
      const next = await filled(b, '/account', at, { proof: password });
      expect(await atOneInstant(b, 'staff_recovery_codes', at, next)).toEqual([200, 409]);
      expect(await loggedOf('staff:recovery-codes')).toBe(renewed + 3);
    });
  });

  test('one’s account: password, sign-ins, recovery codes', async () => {
    const b = await signedIn();
    const other = await signedIn();
    const page = await b.get('/account');
    expect(page.html).toContain('使える復旧コードは10個です。');
    const wrong = await b.post('/account/recovery-codes', { proof: 'mizu-no-oto-42' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('href="#f-proof"');
    const renewal = { ...fieldsIn(page.html, '/account/recovery-codes'), proof: password };
    expect((await b.post('/account/recovery-codes', renewal)).html.match(/<li>[a-z2-9]{5}-/g)).toHaveLength(10);
    const next = 'kaze-ga-fuku-oka';
    const changed = await b.post('/account/password', { current: password, password: next, 'password-again': next });
    expect(changed.to).toBe('/account?done=password');
    expect((await b.get('/account?done=password')).html).toContain('パスワードを変えました');
    expect((await other.get('/account')).to).toMatch(/^\/sign-in/);
    const own = /\/account\/sessions\/([0-9a-f-]{36})\/end/.exec((await b.get('/account')).html)![1]!;
    expect((await b.post(`/account/sessions/${own}/end`, {})).status).toBe(303);
    expect((await b.get('/account')).to).toMatch(/^\/sign-in/);
  });

  test('signing out takes the cookie away', async () => {
    later(5 * 60_000);
    const b = browser();
    await b.post('/sign-in', { email: 'mari.sekiguchi@example.jp', password: 'kaze-ga-fuku-oka' });
    await b.post('/sign-in/code', { code: code() });
    await b.get('/account');
    const token = b.jar.get('sekisho')!;
    expect((await b.post('/sign-out', {})).to).toBe('/sign-in');
    expect(b.jar.has('sekisho')).toBe(false);
    b.jar.set('sekisho', token);
    expect((await b.get('/account')).to).toMatch(/^\/sign-in/);
  });

  test('nothing unexpected was reported', () => {
    // The report of the form that came from another address.
    expect(reports).toEqual(['forms are refused: their pages were opened under another address than SEKISHO_URL']);
  });
});

test('every route says who may use it, and only entering is public', () => {
  const routes = accessRoutes(
    access,
    async () => [],
    async () => [],
  );
  const open = routes.filter((r) => r.may === 'public').map((r) => `${r.method} ${r.path}`);
  expect(open).toEqual([
    'get /setup/:token',
    'post /setup/:token',
    'get /invitation/:token',
    'post /invitation/:token',
    'get /invitation/:token/company',
    'get /sign-in',
    'post /sign-in',
    'get /sign-in/code',
    'post /sign-in/code',
    'get /sign-in/company',
    'get /sign-in/company/back',
    'post /sign-out',
  ]);
  const changing = routes.filter((r) => r.method === 'post' && r.may !== 'public' && r.may !== 'signed-in');
  expect([...new Set(changing.map((r) => r.may))].toSorted()).toEqual(['staff:write', 'systems:write']);
});
