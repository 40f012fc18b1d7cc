// A session that ends while a form is being filled or is renewed in another tab, a failure, and an office that does not answer: what was typed is
// neither submitted without a session nor lost. Also a reload of a form's answer, and a double click.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { standingClock } from '../../src/platform/clock.ts';
import { listStaff, listSystems } from '../../src/features/access/index.ts';
import { answered, choose, fill, press } from './hands.ts';
import { faultsBothWays, type Lang } from './inspect.ts';
import { openBrowserOffice, type BrowserOffice } from './office.ts';

const clock = standingClock('2026-12-07T10:00:00+09:00');
let on: BrowserOffice;
beforeAll(async () => {
  on = await openBrowserOffice(clock);
});
afterAll(() => on.close());

const says = {
  ja: {
    failed: '処理を完了できませんでした',
    invite: '招待リンクを作る',
    ended: 'サインインの期限が切れました',
    stale: 'まだ送っていません',
    again: 'もう一度送る',
    add: '登録する',
    unanswered: '関所から返事がありません',
    unsent: '関所につながりません',
  },
  en: {
    failed: 'This could not be completed',
    invite: 'Make the invitation link',
    ended: 'Your sign-in has expired',
    stale: 'This has not been sent yet',
    again: 'Send again',
    add: 'Register',
    unanswered: 'Sekisho has not answered',
    unsent: 'Sekisho cannot be reached',
  },
} satisfies Record<Lang, object>;

test.each<[Lang, string]>([
  ['ja', '𠮷野 髙子'],
  ['en', 'O’Brien <b> "Ken"'],
])('who signs in again sends what was typed before (%s)', async (lang, name) => {
  const words = says[lang];
  const tab = await on.enter('administrator', lang);
  const { page } = tab;
  const email = `late-${lang}@example.jp`;
  const invited = async (): Promise<object[]> =>
    (await listStaff(on.app.access)).filter((one) => one.email === email).map(({ name, roles }) => ({ name, roles }));
  await page.goto(on.url('/staff/new'));
  await fill(page, { name, email });
  await choose(page, 'roles', 'employee', 'reception');
  clock.moveTo(new Date(clock.now() + 31 * 60_000).toISOString());

  await press(page, words.invite);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(words.ended);
  expect(await faultsBothWays(page, lang)).toEqual([]);

  const [beside] = await Promise.all([tab.context.waitForEvent('page'), page.click('main a[target=_blank]')]);
  await on.signIn({ ...tab, page: beside }, 'administrator', lang);
  expect(await invited()).toEqual([]);

  await press(page, words.again);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(words.stale);
  expect(await faultsBothWays(page, lang)).toEqual([]);
  expect(await invited()).toEqual([]);

  await press(page, words.again);
  expect(await invited()).toEqual([{ name, roles: ['reception', 'employee'] }]);
  expect(tab.complaints).toEqual([]);
  await tab.context.close();
});

test.each<Lang>(['ja', 'en'])('what was typed outlives a failure (%s)', async (lang) => {
  const words = says[lang];
  const { page, context, complaints } = await on.enter('administrator', lang);
  const email = `failed-${lang}@example.jp`;
  const invited = async (): Promise<number> =>
    (await listStaff(on.app.access)).filter((one) => one.email === email).length;
  await page.goto(on.url('/staff/new'));
  await fill(page, { name: '𠮷野 髙子', email });
  await choose(page, 'roles', 'employee');
  await on.db.owner.query('ALTER TABLE staff_links RENAME TO links_away', []);
  await press(page, words.invite);
  await on.db.owner.query('ALTER TABLE links_away RENAME TO staff_links', []);

  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(words.failed);
  expect(await faultsBothWays(page, lang)).toEqual([]);
  expect(await invited()).toBe(0);
  await press(page, words.again);
  expect([await invited(), complaints]).toEqual([1, []]);
  await context.close();
});

test('a password that was typed is not kept in the page', async () => {
  const { page, context } = await on.enter('employee', 'ja');
  await page.goto(on.url('/account'));
  await page.fill('#password [name=current]', 'tsuki-no-hikari-7');
  await page.fill('[name=password]', 'hoshi-no-hikari-8');
  clock.moveTo(new Date(clock.now() + 31 * 60_000).toISOString());
  await answered(page, () => page.locator('form[action="/account/password"] button').click());
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('サインインが必要です');
  expect(await page.content()).not.toMatch(/no-hikari/);

  await page.goto(on.url('/sign-in'));
  await page.fill('[name=email]', 'employee@example.jp');
  await page.fill('[name=password]', 'hoshi-no-hikari-8');
  await on.db.owner.query('ALTER TABLE sign_in_attempts RENAME TO attempts_away', []);
  await answered(page, () => page.locator('main form button').click());
  await on.db.owner.query('ALTER TABLE attempts_away RENAME TO sign_in_attempts', []);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('処理を完了できませんでした');
  expect(await page.content()).not.toMatch(/no-hikari/);
  await context.close();
});

/** What a proxy answers while its server restarts. */
const BAD_GATEWAY = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

test.each<Lang>(['ja', 'en'])('what was typed outlives an office that does not answer (%s)', async (lang) => {
  const words = says[lang];
  const { page, context, complaints } = await on.enter('administrator', lang);
  const notice = page.locator('main [role=alert] h2');
  const name = `業務 ${lang}`;
  const made = async (): Promise<number> =>
    (await listSystems(on.app.access)).filter((one) => one.name === name).length;
  for (const answer of ['none', 'of the proxy'] as const) {
    await page.goto(on.url('/systems/new'));
    await fill(page, { name });
    await page.route(on.url('/systems/new'), (route) =>
      answer === 'none' ? route.abort() : route.fulfill({ status: 502, contentType: 'text/html', body: BAD_GATEWAY }),
    );
    await press(page, words.add);
    expect([answer, await notice.allTextContents()]).toEqual([answer, [words.unanswered]]);
    expect([answer, await page.inputValue('main [name=name]'), await made()]).toEqual([answer, name, 0]);
    await page.unroute(on.url('/systems/new'));
  }
  expect(await faultsBothWays(page, lang)).toEqual([]);
  await press(page, words.add);
  expect([await made(), await notice.count()]).toEqual([1, 0]);

  // After a form that is answered with a page of its own, there is no page to go back to.
  const email = `away-${lang}@example.jp`;
  await page.goto(on.url('/staff/new'));
  await fill(page, { name: '𠮷野 髙子', email });
  await choose(page, 'roles', 'employee');
  await page.route('**/assets/**', (route) => route.abort());
  await press(page, words.invite);
  expect(await notice.allTextContents()).toEqual([words.unsent]);
  expect(await faultsBothWays(page, lang)).toEqual([]);
  await page.unroute('**/assets/**');
  // Many people double-click every button.
  await answered(page, () => page.getByRole('main').getByRole('button', { name: words.invite }).dblclick());
  expect(await page.getByText(/\/invitation\//).count()).toBe(1);
  expect(complaints.filter((one) => !one.includes('Failed to fetch'))).toEqual([]);
  await context.close();
});

test('a form that the browser sends is sent once, also where Enter is pressed twice', async () => {
  const { page, context, complaints } = await on.enter('officer', 'ja');
  await page.goto(on.url('/people'));
  await fill(page, { kana: 'ダレモイナイ' });
  let sent = 0;
  page.on('request', (request) => (sent += Number(request.method() === 'POST')));
  await page.evaluate(`{
    const form = document.querySelector('form[action="/people/search"]');
    form.requestSubmit();
    form.requestSubmit();
  }`);
  await page.waitForURL(/\/people\/search/);
  await page.waitForLoadState('networkidle');
  expect(sent).toBe(1);
  expect(complaints).toEqual([]);
  await context.close();
});

test('whoever reloads what a form was answered with is at the page of the form, not nowhere', async () => {
  const { page, context, complaints } = await on.enter('officer', 'ja');
  await page.goto(on.url('/people'));
  await fill(page, { kana: 'ダレモイナイ' });
  await press(page, '探す');
  expect(new URL(page.url()).pathname).toBe('/people/search');
  await page.reload();
  expect(new URL(page.url()).pathname).toBe('/people');
  expect(await page.locator('form[action="/people/search"]').count()).toBe(1);
  expect(complaints).toEqual([]);
  await context.close();
});

test('what a browser kept of a page is not shown to who goes back to it after a sign-out', async () => {
  const { page, context, complaints } = await on.enter('officer', 'ja');
  await page.goto(on.url('/people'));
  await fill(page, { kana: 'ダレモイナイ' });
  await press(page, '探す');
  await context.clearCookies();
  // Safari keeps whole pages that came by plain http. The browser of the tests keeps none, and is made to believe that it did.
  await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
  await page.waitForURL(/\/sign-in/);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('サインイン');
  expect(complaints).toEqual([]);
  await context.close();
});
