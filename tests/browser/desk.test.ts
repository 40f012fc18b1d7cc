// The desk as a clerk meets it in the browser: a disclosure in Japanese from the envelope on the table to the answer in the post, and a
// correction in English. Two persons of one name are told apart, an error keeps what was typed, and the person follows it with a receipt.

import type { Server } from 'node:http';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, type App } from '../../src/app.tsx';
import { equip, type Office } from '../../src/office.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { testDatabase, type TestDatabase } from '../house.ts';
import { addHolding, addPerson } from '../people.ts';
import { freePort, root, settle } from '../server.ts';
import { launchBrowser } from './chromium.ts';
import { choose, fill, press } from './hands.ts';
import { faultsOf, openTab, type Lang, type Tab } from './inspect.ts';

const clock = standingClock('2026-12-01T11:05:00+09:00');

let db: TestDatabase;
let folder: string;
let office: Office;
let app: App;
let server: Server;
let browser: Browser;
let holding: string;
let right: string;

beforeAll(async () => {
  db = await testDatabase();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-desk-'));
  office = await equip(readConfig({ PORT: String(await freePort()) }, { dataFolder: folder }), clock, db.app);
  app = await openApp(office, { root, report: (line) => expect.unreachable(line) });
  const { staff } = await settle(app);
  const house = { office, staff, access: app.access };
  holding = await addHolding(house, { name: { ja: '契約台帳', en: 'Contracts' } });
  const person = {
    name: '例示 はるか',
    phone: '03-0000-0001',
    address: '東京都中央区例示町3-4-5',
    note: '窓口で強い口調',
  };
  right = (await addPerson(house, holding, person)).principal;
  await addPerson(house, holding, { ...person, phone: '06-0000-0002', address: '大阪府例示市西町1-1' });
  await addPerson(house, holding, {
    name: 'Jane Example',
    address: '1-1 Reiji-cho, Chuo-ku',
    email: 'jane@example.jp',
  });
  server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: office.config.port }) as Server;
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  await app?.close();
  await db?.drop();
  await fs.rm(folder, { recursive: true, force: true });
});

const url = (to: string): string => `${office.config.publicUrl}${to}`;

async function signIn({ page }: Tab, lang: Lang): Promise<void> {
  await page.goto(url(`/sign-in?lang=${lang}`));
  await page.fill('[name=email]', 'officer@example.jp');
  await page.fill('[name=password]', 'tsuki-no-hikari-7');
  await page.click('main form button');
  await page.waitForURL(url('/'));
}

/** The page in front has nothing that axe finds, wide and narrow, and the browser refused nothing of it. */
async function sound({ page, complaints }: Tab, lang: Lang): Promise<void> {
  expect([...(await faultsOf(page, lang, 390)), ...(await faultsOf(page, lang, 1280))]).toEqual([]);
  expect(complaints).toEqual([]);
}

/** What stands at the step that is due. */
const stepNow = (page: Page): Promise<string | null> => page.locator('.steps [aria-current=step] b').textContent();

/** The events of a request as they were kept. */
const eventsOf = async (number: string): Promise<string[]> => {
  const rows = await db.owner.query<{ event: string }>(
    `SELECT e.event FROM request_events e JOIN requests r ON r.id = e.request_id
     WHERE 'R-' || r.year || '-' || lpad(r.serial::text, 3, '0') = $1 ORDER BY e.no`,
    [number],
  );
  return rows.map(({ event }) => event);
};

/** Fetches a letter that the page offers and answers how it begins. */
async function letter(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('main').getByRole('link', { name, exact: true }).click(),
  ]);
  const bytes = await fs.readFile(await download.path());
  return bytes.subarray(0, 5).toString('latin1');
}

test('a disclosure goes from the envelope to the post in Japanese', { timeout: 240_000 }, async () => {
  const tab = await openTab(browser, { lang: 'ja' });
  const { page } = tab;
  await signIn(tab, 'ja');
  await page.goto(url('/desk'));
  await sound(tab, 'ja');
  await page.getByRole('main').getByRole('link', { name: '手紙を受け付ける' }).click();
  await page.waitForURL(url('/desk/new'));

  // An error keeps what was typed and says what to do.
  await fill(page, { 'sender.name': '例示 はるか', arrivedOn: '令和8年12月32日' });
  await press(page, '受け付ける');
  await page.locator('.errsum').waitFor();
  expect(await page.locator('[name="sender.name"]').inputValue()).toBe('例示 はるか');
  await sound(tab, 'ja');
  await choose(page, 'kind', 'disclosure');
  await fill(page, { arrivedOn: '令和8年12月1日', 'sender.address': '〒104-0000 東京都中央区例示町3-4-5' });
  await press(page, '受け付ける');
  expect(await page.locator('h1').textContent()).toBe('開示 R-2026-001');
  const home = page.url();
  await sound(tab, 'ja');
  expect(await stepNow(page)).toBe('用紙を送る');
  for (const name of ['送り状（PDF）', '用紙（PDF）', '宛名（PDF）']) {
    expect([name, await letter(page, name)]).toEqual([name, '%PDF-']);
  }

  // The same letter again is asked about, not registered.
  await page.goto(url('/desk/new'));
  await choose(page, 'kind', 'disclosure');
  await fill(page, { 'sender.name': '例示はるか', 'sender.address': '〒104-0000 東京都中央区例示町3-4-5' });
  await press(page, '受け付ける');
  await page.getByText('同じ手紙が、すでに受け付けられています').waitFor();
  await sound(tab, 'ja');
  await page.goto(home);
  await press(page, '送ったと記録する');

  // Three days later; the session is over, too.
  clock.moveTo('2026-12-04T10:12:00+09:00');
  await signIn(tab, 'ja');
  await page.goto(home);
  expect(await stepNow(page)).toBe('書類が届く');
  await choose(page, 'form', 'right');
  await choose(page, 'method', 'paper');
  await fill(page, { feeYen: '１，５００' });
  await sound(tab, 'ja');
  await press(page, '到着を記録する');

  expect(await stepNow(page)).toBe('本人と手数料');
  await press(page, '確認を終えて次へ');
  await page.locator('.errsum').waitFor();
  await sound(tab, 'ja');
  await choose(page, 'documents', 'driving-licence');
  await choose(page, 'checked', 'name', 'address', 'valid');
  await choose(page, 'numbersCovered', 'yes');
  await press(page, '確認を終えて次へ');

  // Two persons of one name: nobody is guessed.
  expect(await stepNow(page)).toBe('集める');
  await fill(page, { name: '例示 はるか' });
  await press(page, '探して特定する');
  await page.getByText('同じ条件の人が複数います').waitFor();
  await sound(tab, 'ja');
  await choose(page, 'principal', right);
  await page.locator('[name=toldApart]').selectOption('address');
  await press(page, '探して特定する');
  await press(page, '集める');

  // One item is held back, the rest is disclosed.
  expect(await stepNow(page)).toBe('項目ごとに決める');
  await sound(tab, 'ja');
  await page
    .locator('tr', { hasText: 'メモ' })
    .or(page.locator('tr', { hasText: '備考' }))
    .first()
    .locator('a', { hasText: '決める' })
    .click();
  await page.locator('#item').waitFor();
  await choose(page, 'decision', 'withhold');
  await press(page, 'この判断にする');
  await page.locator('.errsum').waitFor();
  await sound(tab, 'ja');
  await choose(page, 'ground', 'impedes');
  await fill(page, { reason: '社内の評価で、見せると仕事の適正な実施に著しい支障があります。' });
  await press(page, 'この判断にする');
  await press(page, '残りをすべて開示する');

  // The law is asked with what somebody has to establish, and answers with its finding.
  await choose(page, 'otherLaw', 'no');
  await choose(page, 'methodDifficult', 'no');
  await sound(tab, 'ja');
  await press(page, 'この事実で答えを出す');
  await page.locator('.finding').waitFor();
  expect((await page.locator('.finding .tegata').textContent())!.replace(/\s/g, '')).toBe('可');
  await sound(tab, 'ja');
  await fill(page, { reason: '社内の評価だけは、お見せできません。' });
  await press(page, 'この内容で決める');

  expect(await stepNow(page)).toBe('答えを送る');
  for (const name of ['決定の通知（PDF）', '開示する情報（PDF）']) {
    expect([name, await letter(page, name)]).toEqual([name, '%PDF-']);
  }
  await sound(tab, 'ja');
  await press(page, '答えの用意ができた');
  await press(page, '届けたと記録する');
  // 500 yen too much came: it goes back before the request is closed.
  expect(await page.locator('[name=yen]').inputValue()).toBe('500');
  await press(page, '返したと記録する');
  await press(page, '終える');
  await page.getByText('この請求は終わりました').waitFor();
  await sound(tab, 'ja');
  expect(await eventsOf('R-2026-001')).toEqual([
    'registered',
    'forms-sent',
    'papers-received',
    'identified',
    'specified',
    'collected',
    ...Array.from({ length: 4 }, () => 'reviewed'),
    'decided',
    'notified',
    'delivered',
    'refunded',
    'closed',
  ]);

  // The sender is read for this request only; the person sees the stage with the code, and nothing else.
  const code = (await page.locator('#request dd').last().textContent())!.trim();
  await page
    .getByRole('main')
    .getByRole('button', { name: /差出人/ })
    .click();
  await page.getByText('〒104-0000 東京都中央区例示町3-4-5').waitFor();
  await sound(tab, 'ja');
  const outside = await openTab(browser, { lang: 'ja' });
  await outside.page.goto(url('/requests/status?lang=ja'));
  await fill(outside.page, { number: 'R-2026-001', code: '00000-00000' });
  await press(outside.page, '見る');
  await outside.page.locator('.errsum').waitFor();
  await sound(outside, 'ja');
  await fill(outside.page, { code: code.toLowerCase() });
  await press(outside.page, '見る');
  await outside.page.getByText('対応を終えました').waitFor();
  expect(await outside.page.locator('main').textContent()).not.toContain('はるか');
  await sound(outside, 'ja');
});

test('a correction goes from the envelope to the post in English', { timeout: 240_000 }, async () => {
  clock.moveTo('2026-12-07T09:00:00+09:00');
  const tab = await openTab(browser, { lang: 'en' });
  const { page } = tab;
  await signIn(tab, 'en');
  await page.goto(url('/desk/new'));
  await choose(page, 'kind', 'correction');
  await choose(page, 'channel', 'electronic');
  await choose(page, 'lang', 'en');
  await fill(page, {
    'sender.name': 'Jane Example',
    'sender.email': 'jane@example.jp',
    says: 'My address has changed.',
  });
  await sound(tab, 'en');
  await press(page, 'Register');
  expect(await page.locator('h1').textContent()).toBe('Correction R-2026-002');
  const home = page.url();
  await press(page, 'Record it as sent');
  await choose(page, 'form', 'none');
  await press(page, 'Record what came');

  // The form is missing: a letter says so, and the request waits.
  expect(await stepNow(page)).toBe('Identity and fee');
  await sound(tab, 'en');
  await press(page, 'Record it as told');
  expect(await letter(page, 'Letter about what is missing (PDF)')).toBe('%PDF-');
  await sound(tab, 'en');

  // Somebody else records the papers while this form is open.
  const other = await openTab(browser, { lang: 'en' });
  await signIn(other, 'en');
  await other.page.goto(home);
  await page.goto(home);
  await choose(other.page, 'form', 'right');
  await press(other.page, 'Record what came');
  await choose(page, 'form', 'right');
  await fill(page, { registeredMail: '000-00-12345-6' });
  await press(page, 'Record what came');
  await page.getByText(/has taken it further: Papers received/).waitFor();
  await sound(tab, 'en');
  await page.goto(home);

  await choose(page, 'documents', 'residence-card');
  await choose(page, 'checked', 'name', 'address', 'valid');
  await choose(page, 'numbersCovered', 'yes');
  await press(page, 'Checked: go on');
  await fill(page, { email: 'jane@example.jp' });
  await press(page, 'Search');
  await press(page, 'Collect');
  expect(await stepNow(page)).toBe('Decide and do');
  await page.locator('[name=content]').selectOption('fact');
  await page.locator('[name=inquiry]').selectOption('untrue');
  await choose(page, 'purposeNeeds', 'yes');
  await choose(page, 'otherProcedure', 'no');
  await sound(tab, 'en');
  await press(page, 'Answer on these facts');
  await page.locator('.finding').waitFor();
  await page.locator(`[name="set/${holding}/address"]`).fill('2-2 Reiji-cho, Chuo-ku');
  await sound(tab, 'en');
  await press(page, 'Decide so');
  await press(page, 'Carry it out');
  expect(await letter(page, 'Notice of the decision (PDF)')).toBe('%PDF-');
  await press(page, 'The answer is ready');
  await press(page, 'Record it as delivered');
  await press(page, 'Close');
  await page.getByText('This request is closed').waitFor();
  const events = ['collected', 'decided', 'carried-out', 'notified', 'delivered', 'closed'];
  expect((await eventsOf('R-2026-002')).slice(-6)).toEqual(events);
  await page.goto(url('/requests?lang=en'));
  await sound(tab, 'en');
  await page.goto(url('/desk?state=closed'));
  expect(await page.locator('main tbody tr').count()).toBe(2);
  await page.goto(url('/desk?view=calendar'));
  await sound(tab, 'en');
});
