// Every UI part in a real browser, under the real content security policy: axe finds nothing, nothing is blocked, the page never scrolls sideways,
// Japanese letters come from our own font, and the menu opens without script.

import { createServer, type Server } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCss } from '../../scripts/css.mjs';
import { buildTurbo } from '../../scripts/turbo.mjs';
import { both } from '../../src/base/bilingual.ts';
import type { Day } from '../../src/base/day.ts';
import { raw } from 'hono/html';
import { LinkButton, PrintButton } from '../../src/platform/ui/button.tsx';
import { Chip } from '../../src/platform/ui/chip.tsx';
import { PartsPage, PublicPartsPage, SignInPartsPage } from '../parts.tsx';
import { Deadlines } from '../../src/platform/ui/deadlines.tsx';
import { Earlier, Table, TableTools } from '../../src/platform/ui/table.tsx';
import { brokenRules } from './axe.ts';
import { launchBrowser } from './chromium.ts';
import { shapeFaultsOf, type Lang } from './inspect.ts';

const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'";
const pages = { parts: PartsPage, public: PublicPartsPage, 'sign-in': SignInPartsPage };
const types: Record<string, string> = {
  css: 'text/css',
  svg: 'image/svg+xml',
  js: 'text/javascript',
  woff2: 'font/woff2',
};

let assets: string;
let server: Server;
let base: string;
let browser: Browser;
/** Draws every Japanese letter with our own font. Loading it doubles the time of a page, so it is used only where the font is what is tested. */
let withOurFont: Browser;

/** The page or asset at a path; undefined when there is none. */
async function answer(url: URL): Promise<{ type: string; body: string | Buffer } | undefined> {
  if (url.pathname.startsWith('/assets/')) {
    const name = url.pathname.slice('/assets/'.length);
    const body = await readFile(join(assets, name.startsWith('fonts/') ? 'fonts' : '', basename(name))).catch(
      () => null,
    );
    return body === null ? undefined : { type: types[name.split('.').at(-1)!]!, body };
  }
  const page = pages[url.pathname.slice(1) as keyof typeof pages];
  if (!page) return undefined;
  const lang = url.searchParams.get('lang') === 'en' ? 'en' : 'ja';
  return { type: 'text/html; charset=utf-8', body: String(await page({ lang })) };
}

beforeAll(async () => {
  assets = await mkdtemp(join(tmpdir(), 'sekisho-assets-'));
  await Promise.all([buildCss(assets), buildTurbo(assets)]);
  server = createServer((request, response) => {
    void answer(new URL(request.url!, 'http://localhost')).then((found) => {
      response.statusCode = found ? 200 : 404;
      response.setHeader('content-security-policy', csp);
      if (found) response.setHeader('content-type', found.type);
      response.end(found?.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  [browser, withOurFont] = await Promise.all([launchBrowser({ japanese: true }), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await withOurFont?.close();
  server?.closeAllConnections();
  server?.close();
  await rm(assets, { recursive: true, force: true });
});

interface Opened {
  page: Page;
  /** What the browser refused or could not load. */
  complaints: string[];
}

async function open(path: string, width: number, { script = true, by = browser } = {}): Promise<Opened> {
  const context = await by.newContext({ viewport: { width, height: 800 }, javaScriptEnabled: script });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(base + path);
  return { page, complaints };
}

test('a list of selectors that Firefox before 121 skips, since one asks for :has, holds no other', async () => {
  const css = await readFile(join(assets, 'look.css'), 'utf8');
  const asking = css.match(/[^{}]*:has\([^{}]*(?=\{)/g)!;
  const others = asking.filter((list) => list.split(/,(?![^(]*\))/).some((one) => !one.includes(':has(')));
  expect([asking.length > 0, others]).toEqual([true, []]);
});

describe.each(Object.keys(pages))('%s', (name) => {
  test.each([
    ['ja', 1280],
    ['ja', 390],
    ['en', 1280],
    ['en', 390],
  ])('in %s at %i px', async (lang, width) => {
    // A narrow page is checked with our font, because its width matters there.
    const by = width === 390 ? withOurFont : browser;
    const { page, complaints } = await open(`/${name}?lang=${lang}`, width, { by });
    await page.evaluate("document.querySelectorAll('details').forEach((d) => d.setAttribute('open', ''))");
    expect(await brokenRules(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

test('what is too pale is found among what is drawn alike and was found sound', async () => {
  for (const pale of [false, true]) {
    const { page } = await open('/sign-in?lang=en', 1280);
    const text = page.locator('main h1');
    if (pale) await text.evaluate((one) => (one.style.color = '#bbb'));
    const broken = [await brokenRules(page), await brokenRules(page)].flat();
    expect(broken).toEqual(pale ? [1, 2].map(() => expect.stringMatching(/^color-contrast: <h1/)) : []);
    await page.context().close();
  }
});

test('what people write runs in its own direction, and turns nothing that stands after it', async () => {
  const { page } = await open('/sign-in?lang=en', 1280);
  // The order of the parts of a line from left to right. The control character reverses what follows it, and the name does not close it.
  const order = await page.locator('main h1').evaluate((h1) => {
    h1.innerHTML = '<i>1</i> <span translate="no">\u202eabc <i>2</i> \u05d0</span> <i>3</i>';
    const other = h1.ownerDocument.createElement('p');
    other.innerHTML = '<span translate="no">\u05d0\u05d1 <i>4</i><i>!</i></span>';
    h1.append(other);
    const left = (one: { getBoundingClientRect(): { left: number } }) => one.getBoundingClientRect().left;
    return [...h1.querySelectorAll('i')].toSorted((a, b) => left(a) - left(b)).map((one) => one.textContent);
  });
  expect([order.filter((n) => '123'.includes(n)), order.filter((n) => '4!'.includes(n))]).toEqual([
    ['1', '2', '3'],
    ['!', '4'],
  ]);
  await page.context().close();
});

test('Japanese letters, rare ones too, are drawn with our own font', async () => {
  const words = '関所で髙橋𠮷神の記録を確かめる';
  const { page } = await open('/parts', 1280, { by: withOurFont });
  await page.locator('h1').evaluate((h1, words) => (h1.textContent = words), words);
  await page.evaluate(`document.fonts.load('700 28px "Noto Sans JP Variable"', '${words}')`);
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'h1' });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  expect(fonts.map((f) => f.isCustomFont && f.familyName.startsWith('Noto Sans JP'))).toEqual(fonts.map(() => true));
  expect(fonts.reduce((sum, f) => sum + f.glyphCount, 0)).toBe([...words].length);
  await page.context().close();
});

// Our font may load late or never, and others have lower letters.
test.each<[string, Lang]>(
  Object.keys(pages).flatMap((name) => [
    [name, 'ja'],
    [name, 'en'],
  ]),
)('%s without our font is wide and large enough for a finger (%s)', async (name, lang) => {
  const page = await withOurFont.newPage();
  await page.route('**/*.woff2', (route) => route.abort());
  await page.goto(`${base}/${name}?lang=${lang}`);
  expect(await shapeFaultsOf(page, lang, 390)).toEqual([]);
  await page.close();
});

test('at 390 px the menu opens and closes without script, and holds the way to sign out', async () => {
  const { page } = await open('/parts', 390, { script: false });
  const menu = page.locator('#menu');
  expect(await menu.isVisible()).toBe(false);
  await page.click('.menu-link');
  expect(await menu.isVisible()).toBe(true);
  expect(await menu.getByRole('button', { name: 'サインアウト' }).isVisible()).toBe(true);
  await page.click('.side .close');
  expect(await menu.isVisible()).toBe(false);
  await page.context().close();
});

test('a wide table with a long pinned name leaves room for its other columns, and all of them are on paper', async () => {
  const { page } = await open('/parts', 390);
  const name =
    '令和八年度全国セミナー参加者および資料請求者ならびに導入事例掲載企業担当者名簿（東日本営業統括本部管理分）';
  const table = page.locator('.tbl:has(.pin)').first();
  await table
    .locator('tbody th a')
    .first()
    .evaluate((link, text) => (link.textContent = text), name);
  const widths = (): Promise<{ pin: number; frame: number; table: number }> =>
    table.evaluate((one) => ({
      pin: one.querySelector('tbody .pin')!.getBoundingClientRect().width,
      frame: one.parentElement!.getBoundingClientRect().width,
      table: one.getBoundingClientRect().width,
    }));
  const screen = await widths();
  expect(screen.pin).toBeLessThan(screen.frame / 2);
  expect(screen.table).toBeGreaterThan(screen.frame);
  // A4 landscape, less its margins.
  await page.setViewportSize({ width: 1030, height: 700 });
  await page.emulateMedia({ media: 'print' });
  const paper = await widths();
  expect(paper.table).toBeLessThanOrEqual(paper.frame);
  await page.context().close();
});

test('in forced colours the current place and the chosen view are told from the others', async () => {
  const { page } = await open('/parts?lang=ja', 1280);
  await page.emulateMedia({ forcedColors: 'active' });
  for (const [of, look] of [
    ['.side a', 'borderLeftColor'],
    ['.seg a', 'backgroundColor'],
  ] as const) {
    const looks = (which: string): Promise<string[]> =>
      page.evaluate(`[...document.querySelectorAll('${of}${which}')].map((one) => getComputedStyle(one).${look})`);
    const others = await looks(':not([aria-current])');
    expect(others.length).toBeGreaterThan(0);
    for (const now of await looks('[aria-current]')) expect(others).not.toContain(now);
  }
  await page.context().close();
});

/** The value of a style property for each element that a selector finds. */
const looksOf = (page: Page, selector: string, property: string, before = false): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].map(
    (one) => getComputedStyle(one, ${before ? "'::before'" : 'null'})[${JSON.stringify(property)}])`);

test.each(['light', 'dark'] as const)(
  'in forced colours what a ground alone said is still told apart (%s)',
  async (colorScheme) => {
    const { page } = await open('/parts?lang=ja', 1280);
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    const days = (which: string): Promise<string[]> => looksOf(page, `.clk-day${which} i`, 'backgroundColor');
    const [past, due, ahead] = [
      await days('.past:not(.due)'),
      await days('.due'),
      await days(':not(.past, .due, .today, .warn)'),
    ].map((all) => new Set(all));
    expect([past!.size, due!.size, ahead!.size]).toEqual([1, 1, 1]);
    expect(new Set([...past!, ...due!, ...ahead!]).size).toBe(3);
    const step = (which: string): Promise<string[]> => looksOf(page, `.steps li${which}`, 'backgroundColor', true);
    const done = await step('.done');
    expect(done.length).toBeGreaterThan(0);
    for (const later of await step(':not(.done, .now)')) expect(done).not.toContain(later);
    // The arrow of a select is a picture in our colours, so the browser's own appearance is used.
    expect(new Set(await looksOf(page, '.select', 'appearance'))).toEqual(new Set(['auto']));
    const marks = await looksOf(page, '.days i', 'backgroundColor');
    expect(new Set(marks).size).toBeGreaterThan(1);
    await page.context().close();
  },
);

test('for who asks for more contrast quiet words are as dark as the others, and lines are seen', async () => {
  const { page } = await open('/parts?lang=ja', 1280);
  const words = (): Promise<string[]> => looksOf(page, '.muted, body', 'color');
  expect(new Set(await words()).size).toBeGreaterThan(1);
  await page.emulateMedia({ contrast: 'more' });
  expect(new Set(await words()).size).toBe(1);
  const [line] = await looksOf(page, '.panel', 'borderTopColor');
  expect(line).toBe('rgb(102, 102, 102)');
  await page.context().close();
});

test('a wide table scrolls in its frame wherever it stands, and widens neither a grid nor a group of fields', async () => {
  const { page } = await open('/parts?lang=ja', 390);
  const table = `<div class="tbl-wrap"><table class="tbl tbl-wide"><tr><td>${'長い言葉'.repeat(40)}</td></tr></table></div>`;
  const html = `<div class="grid gap-5"><section class="panel">${table}</section></div><fieldset class="field">${table}</fieldset>`;
  await page.locator('main').evaluate((main, within) => (main.innerHTML = within), html);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  await page.context().close();
});

/** The number of sheets that a page takes when printed. */
const sheetsOf = async (page: Page): Promise<number> =>
  (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g)!.length;

test.each(['/parts', '/public', '/sign-in'])(
  'what is short lies on one sheet, and no way leads on from paper (%s)',
  async (path) => {
    const { page } = await open(path, 1280);
    await page.locator('main').evaluate((main) => (main.innerHTML = '<h1>一枚</h1><p>短い。</p>'));
    expect(await sheetsOf(page)).toBe(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.head-right, .side, .crumbs, .foot a, .skip').filter({ visible: true }).count()).toBe(0);
    await page.context().close();
  },
);

test('on paper the sum of a wide table stands below its last row, and figures are not broken', async () => {
  const { page } = await open('/parts?lang=ja', 1280);
  const table = await Table({
    lang: 'ja',
    caption: both('人数の表', 'Table of people'),
    nowrap: true,
    columns: [
      { key: 'name', head: both('台帳', 'Ledger'), rowHead: true },
      ...Array.from({ length: 8 }, (_, i) => ({ key: `text${i}`, head: both('入手', 'From') })),
      { key: 'people', head: both('人数', 'People'), align: 'right' as const },
    ],
    rows: Array.from({ length: 6 }, () => ({
      cells: {
        name: 'お客様台帳',
        people: '12,345',
        ...Object.fromEntries(
          Array.from({ length: 8 }, (_, i) => [`text${i}`, '書面、ウェブページへの入力、電子メール']),
        ),
      },
    })),
    foot: { name: '計', people: '74,070' },
  });
  await page.locator('main').evaluate((main, html) => (main.innerHTML = html), String(table));
  expect(await sheetsOf(page)).toBe(1);
  await page.setViewportSize({ width: 1030, height: 700 });
  await page.emulateMedia({ media: 'print' });
  const breaks = await page.evaluate<string[]>(
    "[...document.querySelectorAll('.tbl .r')].map((one) => getComputedStyle(one).whiteSpace)",
  );
  expect(new Set(breaks)).toEqual(new Set(['nowrap']));
  await page.context().close();
});

test('at 390 px a row of a block with a link stands with the others, and is large enough for a finger', async () => {
  const { page } = await open('/parts?lang=ja', 390);
  const link = await LinkButton({ href: '#', children: '控え' });
  const table = await Table({
    lang: 'ja',
    caption: both('記録の表', 'Table of records'),
    stack: true,
    columns: ['text', 'link'].map((key) => ({ key, head: both('控え', 'Receipt') })),
    rows: [{ cells: { text: '控え', link: raw(String(link).replace(/ class="[^"]*"/, '')) } }],
  });
  await page.locator('main').evaluate((main, html) => (main.innerHTML = html), String(table));
  const [text, linked] = await page.evaluate<[number, number]>(
    "[...document.querySelectorAll('main td')].map((one) => one.getBoundingClientRect().height)",
  );
  expect(linked - text).toBeLessThanOrEqual(4);
  // The words of the link are on the same baseline as those of the label.
  expect(await page.evaluate("getComputedStyle(document.querySelector('main td')).alignItems")).toBe('baseline');
  expect(await shapeFaultsOf(page, 'ja', 390)).toEqual([]);
  await page.context().close();
});

test.each(['ja', 'en'] as const)('on paper no column of a list with states is cut (%s)', async (lang) => {
  const { page } = await open(`/parts?lang=${lang}`, 1280);
  const heads = {
    ja: ['番号', '残り', '次の期限', '種類', '段階', '届いた日', '担当'],
    en: ['Number', 'Left', 'Next due', 'Kind', 'Stage', 'Arrived', 'Assigned to'],
  }[lang];
  const stage = { ja: '情報を集めた', en: 'Information collected' }[lang];
  const table = await Table({
    lang,
    caption: both('請求の一覧', 'List of requests'),
    stack: 'inline',
    columns: heads.map((head, i) => ({ key: String(i), head, rowHead: i === 0, nowrap: [0, 1, 2, 4, 5].includes(i) })),
    rows: Array.from({ length: 3 }, () => ({
      cells: {
        0: 'R-2026-008',
        1: Chip({ kind: 'bad', children: { ja: '12日超過', en: '12 days overdue' }[lang] }),
        2: '2026/12/01',
        3: { ja: '第三者提供記録の開示（特定個人情報）', en: 'Disclosure (Specific personal information)' }[lang],
        4: Chip({ kind: 'now', children: stage }),
        5: '2026/11/17',
        6: '佐伯 直子',
      },
    })),
  });
  await page.locator('main').evaluate((main, html) => (main.innerHTML = html), String(table));
  // A4 portrait, less its margins.
  await page.setViewportSize({ width: 673, height: 930 });
  await page.emulateMedia({ media: 'print' });
  await page.evaluate('document.fonts.ready.then(() => {})');
  expect(await page.evaluate('[document.documentElement.scrollWidth, document.documentElement.clientWidth]')).toEqual([
    673, 673,
  ]);
  // A chip is not broken either: its words are on one line.
  const lines = await page.evaluate<number[]>(
    "[...document.querySelectorAll('main .chip')].map((one) => one.clientHeight / parseFloat(getComputedStyle(one).lineHeight))",
  );
  expect(Math.max(...lines)).toBeLessThan(2);
  await page.context().close();
});

test('on paper without grounds the days of a clock and the steps keep what fills them', async () => {
  const { page } = await open('/parts?lang=ja', 1280);
  await page.emulateMedia({ media: 'print' });
  expect(new Set(await looksOf(page, '.clk-day i', 'printColorAdjust'))).toEqual(new Set(['exact']));
  expect(new Set(await looksOf(page, '.steps li', 'printColorAdjust', true))).toEqual(new Set(['exact']));
  await page.context().close();
});

test('on paper a list says how many of how many rows are on it, and of more than a sheet that it is a part', async () => {
  const { page } = await open('/parts?lang=ja', 1280);
  const tools = await TableTools({
    lang: 'ja',
    count: { shown: 8, total: 12 },
    exports: [{ label: 'CSV', href: '#' }],
  });
  const says = { newest: both('最新に戻る', 'Back'), older: both('これより前', 'Earlier ones') };
  const earlier = await Earlier({ lang: 'ja', label: both('記録', 'Log'), says, newest: undefined, older: '#' });
  await page.locator('main').evaluate((main, html) => (main.innerHTML = html), `${String(tools)}${String(earlier)}`);
  await page.emulateMedia({ media: 'print' });
  expect((await page.locator('main').innerText()).split('\n').filter((line) => line.trim() !== '')).toEqual([
    '8件 ／ 全12件',
    '一覧の一部です。ほかにも記録があります',
  ]);
  await page.context().close();
});

test('on paper what a field proposes is not read as what is on record, and a form that is the page stays', async () => {
  const { page } = await open('/parts?lang=ja', 1280);
  const form = '<form method="post"><label>送った日<input value="2026/11/30"></label></form>';
  await page
    .locator('main')
    .evaluate((main, within) => (main.innerHTML = `<section class="panel">${within}</section>${within}`), form);
  const fields = page.locator('main input').filter({ visible: true });
  expect(await fields.count()).toBe(2);
  await page.emulateMedia({ media: 'print' });
  expect(await fields.count()).toBe(1);
  await page.context().close();
});

/** Shows the deadlines on a sheet of A4 portrait, less its margins. */
async function deadlinesOnPaper(page: Page): Promise<void> {
  const drawn = await Deadlines({
    lang: 'ja',
    today: '2026-12-07' as Day,
    days: 28,
    isClosed: () => false,
    items: [{ on: '2026-12-08' as Day, name: 'R-2026-001', title: '開示の請求', href: '#' }],
    label: '期限は1件です',
    caption: both('期限の一覧', 'List of deadlines'),
  });
  await page.locator('main').evaluate((main, html) => (main.innerHTML = html), String(drawn));
  await page.setViewportSize({ width: 673, height: 930 });
  await page.emulateMedia({ media: 'print' });
}

test('on paper what a wide window alone has as a picture is read from its table', async () => {
  const { page } = await open('/parts?lang=ja', 1280);
  await deadlinesOnPaper(page);
  expect(await page.getByRole('row', { name: '開示の請求' }).isVisible()).toBe(true);
  expect(await page.locator('main :is(summary, svg.chart)').filter({ visible: true }).count()).toBe(0);
  await page.context().close();
});

test('on paper a browser of 2022, which prints nothing of closed details, has the picture', async () => {
  const { page } = await open('/parts?lang=ja', 1280);
  const css = await readFile(join(assets, 'look.css'), 'utf8');
  const body = css.replaceAll('::details-content', '::of-no-browser');
  await page.route('**/look.css', (route) => route.fulfill({ contentType: 'text/css', body }));
  await page.reload();
  await deadlinesOnPaper(page);
  expect(await page.getByRole('row', { name: '開示の請求' }).isVisible()).toBe(false);
  expect(await page.locator('main svg.chart').isVisible()).toBe(true);
  await page.context().close();
});

test('what is pressed to print prints, and is not there without script', async () => {
  const says = String(await PrintButton({ lang: 'ja' }));
  for (const script of [true, false]) {
    const { page } = await open('/parts?lang=ja', 1280, { script });
    if (script) await page.evaluate('window.print = () => { document.title = "printed"; }');
    await page.locator('main').evaluate((main, html) => (main.innerHTML = html), says);
    const button = page.getByRole('button', { name: '印刷' });
    expect([script, await button.isVisible()]).toEqual([script, script]);
    if (script) await button.click();
    if (script) expect(await page.title()).toBe('printed');
    await page.context().close();
  }
});

test('on paper a panel whose figures are only drawn is not parted, nor is one with a table kept whole', async () => {
  const { page } = await open('/parts?lang=ja', 1280);
  await page.emulateMedia({ media: 'print' });
  const panel = (within: string): string => `<div class="panel"><h2>図</h2>${within}</div>`;
  const twin = (open: string): string => `<details class="twin"${open}><table class="tbl"></table></details>`;
  const html = panel(twin('')) + panel('<table class="tbl"></table>') + panel(twin(' open'));
  await page.locator('main').evaluate((main, within) => (main.innerHTML = within), html);
  const breaks = await page.evaluate(
    "[...document.querySelectorAll('main .panel')].map((one) => getComputedStyle(one).breakInside)",
  );
  expect(breaks).toEqual(['avoid', 'auto', 'auto']);
  await page.context().close();
});

test('at 390 px the totals of a table in blocks say what they are of, and what has none is not there', async () => {
  const { page } = await open('/parts?lang=ja', 390);
  const table = await Table({
    lang: 'ja',
    caption: both('件数の表', 'Table of figures'),
    stack: 'inline',
    columns: [
      { key: 'kind', head: both('種類', 'Kind'), rowHead: true },
      { key: 'about', head: both('対象', 'About') },
      { key: 'arrived', head: both('届いた', 'Arrived'), align: 'right' },
      { key: 'closed', head: both('終わった', 'Closed'), align: 'right' },
    ],
    rows: [{ cells: { kind: '開示', about: '個人情報', arrived: '14', closed: '2' } }],
    foot: { kind: '合計', arrived: '14', closed: '2' },
  });
  await page.locator('main').evaluate((main, html) => (main.innerHTML = html), String(table));
  const cells = await page.evaluate(`[...document.querySelectorAll('tfoot td')].map((one) => [
    one.checkVisibility(), getComputedStyle(one, '::before').content, getComputedStyle(one).borderTopWidth,
  ])`);
  expect(cells).toEqual([
    [false, 'none', '0px'],
    [true, '"届いた"', '0px'],
    [true, '"終わった"', '0px'],
  ]);
  const tops = await page
    .locator('tfoot td:visible')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  expect(tops[0]).toBe(tops[1]);
  await page.context().close();
});

test('with Turbo the menu, the error summary and the skip link still move within the page', async () => {
  const { page, complaints } = await open('/parts', 390);
  await page.click('.menu-link');
  expect(await page.locator('#menu').isVisible()).toBe(true);
  await page.click('.errsum a');
  expect(await page.evaluate('location.hash')).toBe('#f-day');
  expect(await page.evaluate("document.querySelector('#f-day').getBoundingClientRect().top < innerHeight")).toBe(true);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('the error summary has the focus when the page arrives', async () => {
  const { page } = await open('/parts', 1280);
  // A browser moves the focus with the first frame, which on a busy machine comes after the page is loaded.
  await expect.poll(() => page.evaluate('document.activeElement.className')).toBe('errsum');
  await page.context().close();
});
