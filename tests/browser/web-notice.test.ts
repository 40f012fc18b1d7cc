// The web notice in a real browser, on the pages of a sample site with a strict content security policy: which requests its tags make to a second
// server before a choice, after a refusal, after a permission, and where the browser refuses by itself.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { serve } from '@hono/node-server';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildNotice } from '../../scripts/notice.mjs';
import type { By } from '../../src/features/access/index.ts';
import { putTag, registerOf } from '../../src/features/transmission/actions.ts';
import {
  registerSite,
  transmissionRoutes,
  type Register,
  type TagInput,
} from '../../src/features/transmission/index.ts';
import { assetRoutes } from '../../src/platform/http/index.ts';
import { openTestOffice, type TestOffice } from '../office.ts';
import { freePort, must } from '../server.ts';
import { brokenRules } from './axe.ts';
import { launchBrowser } from './chromium.ts';

type Lang = 'ja' | 'en';

let house: TestOffice;
let assets: string;
let browser: Browser;
const servers: Server[] = [];
/** Addresses without a trailing slash. Each tag has a host of its own on one server. */
let sekisho: string;
let shop: string;
let tagPort: number;
let register: Register;
/** The requests to the hosts of tags: `ads /declared.js`. */
let asked: string[];

const hostOf = (tag: string): string => `${tag}.localhost:${tagPort}`;
const by: By = { actor: { kind: 'sekisho' }, authority: [] };

const listen = async (server: Server): Promise<number> => {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** The server of the tags: records its requests, and answers with scripts that leave a trace on the page. */
const tagServer = (): Server =>
  createServer((request, response) => {
    const [name] = request.headers.host!.split('.');
    const at = request.url!;
    asked.push(`${name} ${at}`);
    response.setHeader('cache-control', 'no-store');
    response.setHeader('access-control-allow-origin', '*');
    if (at.endsWith('.css')) response.setHeader('content-type', 'text/css').end();
    else if (at.endsWith('.js')) {
      response.setHeader('content-type', 'text/javascript');
      response.end(
        `document.documentElement.dataset.ran = (document.documentElement.dataset.ran ?? '') + ' ${name}${at}';`,
      );
    } else if (at.endsWith('.html')) {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end('<!doctype html><html lang="ja"><title>枠</title><p>枠</p></html>');
    } else {
      response.setHeader('content-type', 'image/gif');
      response.end(GIF);
    }
  });

/** A script of the site that creates tags in every possible way. */
const making = (): string => `
  const url = (host, path) => 'http://' + host + path;
  const add = (name, set) => { const one = document.createElement(name); set(one); document.head.append(one); };
  add('script', (one) => { one.src = url('${hostOf('ads')}', '/made.js'); });
  add('script', (one) => { one.setAttribute('src', url('${hostOf('lost')}', '/lost.js')); });
  add('script', (one) => { one.src = url('${hostOf('stats')}', '/stats.js'); });
  add('script', (one) => { one.src = url('${hostOf('need')}', '/need.js'); });
  add('script', (one) => { one.src = url('${hostOf('cdn')}', '/cdn.js'); });
  new Image().src = url('${hostOf('ads')}', '/made.gif');
  addEventListener('DOMContentLoaded', () => {
    const frame = document.createElement('iframe');
    frame.title = '広告';
    frame.src = url('${hostOf('ads')}', '/made.html');
    document.querySelector('main').append(frame);
  });`;

/** What else elements load and scripts send. Each leaves `fetch:failed` and the like when it is refused. */
const loadingAndSending = (): string => `{
  const ads = 'http://${hostOf('ads')}';
  const note = (what) => { document.documentElement.dataset.calls = (document.documentElement.dataset.calls ?? '') + ' ' + what; };
  const add = (name, set) => { const one = document.createElement(name); set(one); document.body.append(one); };
  addEventListener('DOMContentLoaded', () => {
    add('link', (one) => { one.rel = 'stylesheet'; one.href = ads + '/link.css'; });
    add('img', (one) => { one.alt = ''; one.srcset = ads + '/srcset.gif 1x, /own.gif 9x'; });
    add('video', (one) => { one.poster = ads + '/poster.gif'; });
    add('video', (one) => { one.preload = 'auto'; one.src = ads + '/video.gif'; });
    add('audio', (one) => {
      one.preload = 'auto';
      const source = document.createElement('source');
      source.setAttribute('src', ads + '/source.gif');
      one.append(source);
    });
    add('embed', (one) => { one.type = 'image/gif'; one.src = ads + '/embed.gif'; });
    add('object', (one) => { one.type = 'image/gif'; one.data = ads + '/object.gif'; });
    add('input', (one) => { one.type = 'image'; one.alt = 'x'; one.src = ads + '/input.gif'; });
  });
  for (const host of [ads, 'http://${hostOf('cdn')}']) {
    fetch(host + '/fetch.gif').then(() => note('fetch:ok'), () => note('fetch:failed'));
    const call = new XMLHttpRequest();
    call.open('GET', host + '/xhr.gif');
    call.onload = () => note('xhr:ok');
    call.onerror = () => note('xhr:failed');
    call.send();
    navigator.sendBeacon(host + '/beacon.gif');
  }
}`;

const pageOf = (lang: Lang, at: string): string => {
  const module = at === '/module';
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${lang === 'ja' ? '例示ショップ' : 'Reiji Shop'}</title>
${module ? '<script type="module" src="/module.js"></script>' : `<script src="${sekisho}/assets/notice.js" data-site="shop"></script><script src="/site.js"></script>${at === '/more' ? '<script src="/more.js"></script>' : ''}`}
</head><body>
<script type="text/plain" data-sekisho="ads" src="http://${hostOf('ads')}/declared.js"></script>
<main><h1>${lang === 'ja' ? '例示ショップ' : 'Reiji Shop'}</h1>
<p><button id="buy" type="button">${lang === 'ja' ? '購入する' : 'Buy'}</button></p>
<p><button id="again" type="button" data-sekisho-open>${lang === 'ja' ? '外部送信の設定' : 'Settings'}</button></p>
<iframe title="${lang === 'ja' ? '動画' : 'Film'}" data-sekisho="ads" data-src="http://${hostOf('ads')}/declared.html"></iframe>
<img alt="" data-sekisho="ads" data-src="http://${hostOf('ads')}/declared.gif">
${module ? '' : `<script src="http://${hostOf('ads')}/written.js"></script>`}
${'<p>…</p>'.repeat(30)}
<p><button id="last" type="button">${lang === 'ja' ? '送る' : 'Send'}</button></p>
</main></body></html>`;
};

/** The content security policy of the site: nothing inline, no styles, and only the hosts that the site knows. */
const policy = (at: string): string => {
  const tags = `http://*.localhost:${tagPort}`;
  const style = at === '/styled' ? "'unsafe-inline'" : at === '/more' ? tags : "'none'";
  const more = at === '/more' ? `${tags}; media-src ${tags}; object-src ${tags}` : '';
  return `default-src 'none'; style-src ${style}; script-src 'self' ${sekisho} ${tags}; img-src ${tags}; frame-src ${tags}; connect-src ${sekisho} ${more}`;
};

const siteServer = (): Server =>
  createServer((request, response) => {
    const url = new URL(request.url!, 'http://shop.localhost');
    response.setHeader('content-security-policy', policy(url.pathname));
    if (url.pathname.endsWith('.js')) {
      response.setHeader('content-type', 'text/javascript');
      response.end(
        url.pathname === '/site.js'
          ? making()
          : url.pathname === '/more.js'
            ? loadingAndSending()
            : `import { start } from '${sekisho}/assets/notice.mjs'; start({ site: 'shop' });`,
      );
    } else if (url.pathname === '/favicon.ico') {
      response.statusCode = 204;
      response.end();
    } else {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(pageOf(url.searchParams.get('lang') === 'en' ? 'en' : 'ja', url.pathname));
    }
  });

const tag = (code: string, more: Partial<TagInput> = {}): TagInput => ({
  code,
  name: { ja: `例示タグ ${code}`, en: `Reiji tag ${code}` },
  information: { ja: '見たページのアドレス', en: 'Addresses of the pages seen' },
  recipient: { name: { ja: '例示広告株式会社', en: 'Reiji Advertising' }, country: 'JP' },
  purpose: { ja: '広告を出す', en: 'Showing advertisements' },
  sends: true,
  thirdPartyId: true,
  plain: true,
  choice: 'opt-in',
  patterns: [hostOf(code)],
  ...more,
});

/** Adds or changes a tag in the current register. */
async function put(input: TagInput): Promise<void> {
  const known = register.tags.some(({ code }) => code === input.code) ? { tag: input.code } : {};
  const change = { id: register.id, version: register.version, ...known, input };
  register = must(await putTag(house.office, by, change)).register;
}

beforeAll(async () => {
  assets = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-notice-'));
  await buildNotice(assets);
  const port = await freePort();
  house = await openTestOffice(
    (office, access) => [
      ...assetRoutes(assets, ['notice.js', 'notice.mjs']),
      ...transmissionRoutes({ office, access }),
    ],
    { env: { PORT: String(port) } },
  );
  servers.push(serve({ fetch: house.fetch, hostname: '127.0.0.1', port }) as Server);
  sekisho = house.office.config.publicUrl;
  tagPort = await listen(tagServer());
  shop = `http://shop.localhost:${await listen(siteServer())}`;
  register = must(
    await registerSite(house.office, by, {
      code: 'shop',
      name: { ja: '例示ショップ', en: 'Reiji Shop' },
      origins: [shop],
      service: 'information',
      linkedOn: house.office.clock.today(),
    }),
  );
  await put(tag('ads'));
  await put(
    tag('stats', {
      choice: 'opt-out',
      recipient: { name: { ja: '例示解析株式会社', en: 'Reiji Analytics' }, country: 'JP' },
    }),
  );
  await put(tag('need', { choice: 'notice', exemption: 'necessary', withinNeed: true }));
  await put(tag('lost', { plain: null }));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await house?.close();
  await fs.rm(assets, { recursive: true, force: true });
});

interface Window {
  page: Page;
  context: BrowserContext;
  notice: Locator;
  /** What the browser refused or could not run. */
  complaints: string[];
}

const windows: BrowserContext[] = [];

/** A browser that has never been here. */
async function visitor({ gpc = false, width = 1280 } = {}): Promise<Window> {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    ...(gpc ? { extraHTTPHeaders: { 'sec-gpc': '1' } } : {}),
  });
  windows.push(context);
  if (gpc) await context.addInitScript("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })");
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, context, notice: page.locator('sekisho-notice section'), complaints };
}

/** The traces that scripts of tags have left on the page. */
const ran = async ({ page }: Window): Promise<string[]> =>
  (await page.evaluate<string>("document.documentElement.dataset.ran ?? ''")).split(' ').filter(Boolean).sort();

let marks = 0;

/**
 * Waits until everything the page has requested by now has reached the server of the tags: the last request arrives last. Frames take another way
 * than the rest.
 */
async function quiet({ page }: Window): Promise<void> {
  const mark = `http://${hostOf('need')}/mark-${++marks}`;
  await page.evaluate(`{
    const frame = document.createElement('iframe');
    frame.title = 'mark';
    frame.src = '${mark}.html';
    document.body.append(frame);
    new Image().src = '${mark}.gif';
  }`);
  for (const end of ['gif', 'html']) await expect.poll(() => asked.includes(`need /mark-${marks}.${end}`)).toBe(true);
}

/**
 * Opens a page of the site and waits until the register has arrived, when elements outside its tags are released. Requests of the previous page are
 * awaited first, so that they do not count for this one.
 */
async function come(one: Window, at = '/'): Promise<void> {
  if (one.page.url().startsWith(shop)) await quiet(one);
  asked = [];
  await one.page.goto(shop + at);
  await expect.poll(() => ran(one)).toContain('cdn/cdn.js');
  await quiet(one);
}

const press = (where: Window, name: string): Promise<void> =>
  where.notice.getByRole('button', { name, exact: true }).click();

/** The requests to the hosts of one tag, except those the browser may make by itself when it preloads from the HTML. */
const askedOf = (name: string): string[] =>
  asked.filter((one) => one.startsWith(`${name} `) && !one.endsWith('/written.js')).sort();

const everything = ['/declared.gif', '/declared.html', '/declared.js', '/made.gif', '/made.html', '/made.js'].map(
  (one) => `ads ${one}`,
);

interface Row {
  n: number;
  allowed: string[];
  refused: string[];
  gpc: boolean;
  language: string;
  notice: number;
}

/** The choices on record of this browser, in order. */
async function recorded({ page }: Window): Promise<Row[]> {
  const id = await page.evaluate<string>("JSON.parse(localStorage.getItem('sekisho-shop')).id");
  return house.db.owner.query<Row>(
    'SELECT n, allowed, refused, gpc, language, notice FROM web_choices WHERE id = $1 ORDER BY n',
    [id],
  );
}

beforeEach(async () => {
  for (const context of windows.splice(0)) await context.close();
});

test('both files are below 8 kB when they travel, and ask nobody but Sekisho', async () => {
  for (const name of ['notice.js', 'notice.mjs']) {
    const text = await fs.readFile(path.join(assets, name), 'utf8');
    expect([name, gzipSync(text).length < 8_000]).toEqual([name, true]);
    expect(text).not.toMatch(/https?:\/\//);
  }
});

describe('before a choice', () => {
  test('nothing is asked of the host of a tag that waits, however it was put into the page', async () => {
    const one = await visitor();
    await come(one);
    await one.notice.waitFor();
    expect(askedOf('ads')).toEqual([]);
    // A tag that may not go live waits for good. Tags that are only announced, those that can be refused, and what is in no register need not wait.
    expect(askedOf('lost')).toEqual([]);
    expect(await ran(one)).toEqual(['cdn/cdn.js', 'need/need.js', 'stats/stats.js']);
    expect(one.complaints).toEqual([]);
  });

  test('in a browser of December 2022 it is asked for in its place, and the answer is kept', async () => {
    const one = await visitor();
    // Safari before 16.4 cannot construct style sheets; where the policy of the site allows it, a style element is used.
    await one.context.addInitScript(`delete Document.prototype.adoptedStyleSheets;
      delete ShadowRoot.prototype.adoptedStyleSheets;
      window.CSSStyleSheet = class { constructor() { throw new TypeError('Illegal constructor'); } };`);
    await come(one, '/styled');
    await one.notice.waitFor();
    const { y, height } = (await one.notice.boundingBox())!;
    expect([Math.round(y + height), height < 400]).toEqual([800, true]);
    await press(one, 'すべて許可する');
    await expect.poll(() => recorded(one)).toMatchObject([{ n: 1, allowed: ['ads', 'stats'], refused: [] }]);
    expect(one.complaints).toEqual([]);
  });

  test('the notice moves nothing that is in sight and hides nothing for good', async () => {
    const one = await visitor();
    asked = [];
    await one.page.route('**/register.json', async (route) => {
      await one.page.locator('#buy').waitFor();
      await route.continue();
    });
    await one.page.goto(shop);
    const before = await one.page.locator('#buy').boundingBox();
    await one.notice.waitFor();
    expect(await one.page.locator('#buy').boundingBox()).toEqual(before);
    await one.page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
    const last = (await one.page.locator('#last').boundingBox())!;
    const covered = (await one.notice.boundingBox())!;
    expect(last.y + last.height).toBeLessThanOrEqual(covered.y);
  });

  test.each<[Lang, string, string, string]>([
    ['ja', '外部への情報の送信について', 'すべて断る', 'すべて許可する'],
    ['en', 'Information sent to others', 'Refuse all', 'Allow all'],
  ])(
    'it speaks the language of the document, names the recipients, and makes refusing as easy as allowing (%s)',
    async (lang, title, refuse, allow) => {
      const one = await visitor();
      await come(one, `/?lang=${lang}`);
      const dialog = one.page.getByRole('dialog', { name: title });
      await dialog.waitFor();
      expect(await dialog.textContent()).toContain(
        lang === 'ja' ? '例示広告株式会社、例示解析株式会社' : 'Reiji Advertising, Reiji Analytics',
      );
      const [no, yes] = await Promise.all(
        [refuse, allow].map(async (name) => {
          const button = dialog.getByRole('button', { name, exact: true });
          // Given as text, because it runs in the page.
          return button.evaluate(
            "(one) => ['color', 'backgroundColor', 'fontSize', 'fontWeight', 'border', 'padding', 'minHeight'].map((name) => getComputedStyle(one)[name])",
          );
        }),
      );
      expect(no).toEqual(yes);
      expect(await dialog.getByRole('link').getAttribute('href')).toBe(`${sekisho}/external-transmission/shop`);
    },
  );

  test.each<[Lang, number]>([
    ['ja', 1280],
    ['ja', 390],
    ['en', 1280],
    ['en', 390],
  ])('it is sound for those who cannot see or use a mouse (%s, %i px)', async (lang, width) => {
    const one = await visitor({ width });
    await come(one, `/?lang=${lang}`);
    await one.notice.locator('summary').click();
    expect(await brokenRules(one.page, { include: 'sekisho-notice' })).toEqual([]);
    expect(await one.page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });
});

test('a refusal is recorded, remembered, and kept to', async () => {
  const one = await visitor();
  await come(one);
  await press(one, 'すべて断る');
  // What ran before the refusal ends with the page.
  await one.notice.waitFor({ state: 'detached' });
  await expect.poll(() => ran(one)).toEqual(['cdn/cdn.js', 'need/need.js']);
  await quiet(one);
  expect(await recorded(one)).toEqual([
    { n: 1, allowed: [], refused: ['ads', 'stats'], gpc: false, language: 'ja', notice: register.notice },
  ]);
  await come(one);
  expect([askedOf('ads'), askedOf('stats'), await one.notice.count()]).toEqual([[], [], 0]);
  expect(await ran(one)).toEqual(['cdn/cdn.js', 'need/need.js']);
  expect(await recorded(one)).toHaveLength(1);
});

test('a permission is recorded before anything runs; then everything does, on this page and the next', async () => {
  const one = await visitor();
  await come(one);
  const atFirst: number[] = [];
  one.page.on('request', (request) => {
    if (request.url().includes(hostOf('ads')) && !request.url().endsWith('/written.js')) atFirst.push(answered);
  });
  let answered = 0;
  one.page.on('response', (response) => {
    if (response.url().endsWith('/web-choices')) answered = response.status();
  });
  await press(one, 'すべて許可する');
  await one.notice.waitFor({ state: 'detached' });
  await expect.poll(() => askedOf('ads')).toEqual(everything);
  expect([...new Set(atFirst)]).toEqual([201]);
  // What was requested runs once it has arrived.
  await expect
    .poll(() => ran(one))
    .toEqual(['ads/declared.js', 'ads/made.js', 'ads/written.js', 'cdn/cdn.js', 'need/need.js', 'stats/stats.js']);
  expect(await recorded(one)).toMatchObject([{ n: 1, allowed: ['ads', 'stats'], refused: [] }]);
  // Frames too, however often the page is loaded: a browser restores them as they were.
  for (let times = 0; times < 4; times++) {
    await come(one);
    await expect.poll(() => askedOf('ads')).toEqual(everything);
  }
  expect([askedOf('lost'), await one.notice.count()]).toEqual([[], 0]);
  expect(one.complaints).toEqual([]);
});

test('one may be allowed and another refused, and either changed at any time', async () => {
  const one = await visitor();
  await come(one, '/?lang=en');
  await one.notice.getByText('Choose one by one').click();
  const box = (name: string): Locator => one.notice.getByRole('checkbox', { name });
  // A tag that waits is not ticked in advance.
  expect([await box('Reiji tag ads').isChecked(), await box('Reiji tag stats').isChecked()]).toEqual([false, true]);
  await box('Reiji tag ads').check();
  await box('Reiji tag stats').uncheck();
  await press(one, 'Save this choice');
  await one.notice.waitFor({ state: 'detached' });
  await expect
    .poll(() => ran(one))
    .toEqual(['ads/declared.js', 'ads/made.js', 'ads/written.js', 'cdn/cdn.js', 'need/need.js']);
  await expect.poll(() => new Set(askedOf('ads'))).toEqual(new Set(everything));
  await come(one, '/?lang=en');
  await expect.poll(() => askedOf('ads')).toEqual(everything);
  expect(askedOf('stats')).toEqual([]);
  await one.page.click('#again');
  await press(one, 'Refuse all');
  await expect.poll(() => ran(one)).toEqual(['cdn/cdn.js', 'need/need.js']);
  await quiet(one);
  expect(await recorded(one)).toMatchObject([
    { n: 1, allowed: ['ads'], refused: ['stats'], language: 'en' },
    { n: 2, allowed: [], refused: ['ads', 'stats'] },
  ]);
});

test('with the keyboard alone: reached first, answered, opened again, closed, and the focus back where it was', async () => {
  const one = await visitor();
  await come(one);
  await one.notice.waitFor();
  const focused = (): Promise<string> =>
    one.page.evaluate<string>(
      '(document.activeElement.shadowRoot?.activeElement ?? document.activeElement).textContent',
    );
  // The notice does not take the focus by itself.
  expect(await one.page.evaluate('document.activeElement === document.body')).toBe(true);
  await one.page.keyboard.press('Tab');
  expect(await focused()).toBe('すべて断る');
  await one.page.keyboard.press('Tab');
  expect(await focused()).toBe('すべて許可する');
  await one.page.keyboard.press('Enter');
  await one.notice.waitFor({ state: 'detached' });
  await one.page.focus('#again');
  await one.page.keyboard.press('Enter');
  await one.notice.waitFor();
  expect(await one.page.evaluate('document.activeElement.localName')).toBe('sekisho-notice');
  await one.page.keyboard.press('Escape');
  await one.notice.waitFor({ state: 'detached' });
  expect(await one.page.evaluate('document.activeElement.id')).toBe('again');
  expect(await recorded(one)).toHaveLength(1);
});

test('Global Privacy Control is a refusal: no notice, a record, and nothing that could be refused', async () => {
  const one = await visitor({ gpc: true });
  await come(one);
  expect([askedOf('ads'), askedOf('stats'), await one.notice.count()]).toEqual([[], [], 0]);
  expect(await ran(one)).toEqual(['cdn/cdn.js', 'need/need.js']);
  await expect.poll(() => recorded(one)).toMatchObject([{ n: 1, allowed: [], refused: ['ads', 'stats'], gpc: true }]);
  await come(one);
  expect(await recorded(one)).toHaveLength(1);
  await one.page.click('#again');
  expect(await one.notice.textContent()).toContain('GPC');
  expect(await one.notice.getByRole('button').allTextContents()).toEqual(['閉じる']);
  await press(one, '閉じる');
  expect(await one.notice.count()).toBe(0);
});

test('what is told anew is asked anew: a permission ends, a refusal does not', async () => {
  const [allowing, refusing] = [await visitor(), await visitor()];
  await come(allowing);
  await press(allowing, 'すべて許可する');
  await allowing.notice.waitFor({ state: 'detached' });
  await come(refusing);
  await press(refusing, 'すべて断る');
  await expect.poll(() => ran(refusing)).toEqual(['cdn/cdn.js', 'need/need.js']);
  await quiet(refusing);
  await put(tag('ads', { purpose: { ja: '広告の効果を測る', en: 'Measuring advertisements' } }));
  // A browser may cache the register for five minutes; an empty cache stands for their end.
  const fresh = async ({ context, page }: Window): Promise<void> => {
    const session = await context.newCDPSession(page);
    await session.send('Network.clearBrowserCache');
  };
  await fresh(allowing);
  await come(allowing);
  await allowing.notice.waitFor();
  expect([askedOf('ads'), askedOf('stats')]).toEqual([[], ['stats /stats.js']]);
  await fresh(refusing);
  await come(refusing);
  await refusing.notice.waitFor();
  expect([askedOf('ads'), askedOf('stats')]).toEqual([[], []]);
  await press(refusing, 'すべて許可する');
  await refusing.notice.waitFor({ state: 'detached' });
  await quiet(refusing);
  expect(await recorded(refusing)).toMatchObject([
    { n: 1, notice: register.notice - 1 },
    { n: 2, notice: register.notice, allowed: ['ads', 'stats'] },
  ]);
  expect(must(await registerOf(house.office, register.id)).notice).toBe(register.notice);
});

test('who answers what was shown a moment ago is asked again with what stands now', async () => {
  const one = await visitor();
  await come(one);
  await put(tag('ads', { purpose: { ja: '広告を選ぶ', en: 'Choosing advertisements' } }));
  await press(one, 'すべて許可する');
  await expect
    .poll(() => one.page.evaluate<string>("localStorage.getItem('sekisho-shop-register')"))
    .toContain('広告を選ぶ');
  await quiet(one);
  expect([askedOf('ads'), await one.notice.count()]).toEqual([[], 1]);
  await press(one, 'すべて許可する');
  await one.notice.waitFor({ state: 'detached' });
  await expect.poll(() => askedOf('ads')).toEqual(everything);
});

test('a permission that cannot be recorded lets nothing run; a refusal holds and is recorded later', async () => {
  const one = await visitor();
  await come(one);
  await one.page.route('**/web-choices', (route) => route.abort());
  await press(one, 'すべて許可する');
  await one.notice.getByText('選択を記録できませんでした').waitFor();
  expect([askedOf('ads'), await ran(one)]).toEqual([[], ['cdn/cdn.js', 'need/need.js', 'stats/stats.js']]);
  await press(one, 'すべて断る');
  await expect.poll(() => ran(one)).toEqual(['cdn/cdn.js', 'need/need.js']);
  await quiet(one);
  expect(await recorded(one)).toEqual([]);
  await one.page.unroute('**/web-choices');
  await come(one);
  await expect.poll(() => recorded(one)).toMatchObject([{ n: 1, allowed: [], refused: ['ads', 'stats'] }]);
  expect(askedOf('ads')).toEqual([]);
});

test('with Sekisho out of reach, what is not known waits', async () => {
  const one = await visitor();
  await one.page.route('**/register.json', (route) => route.abort());
  asked = [];
  const failed = one.page.waitForEvent('requestfailed', (request) => request.url().endsWith('/register.json'));
  await one.page.goto(shop);
  await failed;
  await one.page.click('#again');
  expect(await one.notice.textContent()).toContain('いまは確かめられません');
  expect(await ran(one)).toEqual([]);
  expect(asked.filter((at) => !at.endsWith('/written.js'))).toEqual([]);
});

test('what other elements load and what scripts send waits as well, and goes once it is allowed', async () => {
  const calls = ['beacon', 'fetch', 'xhr'];
  const loads = ['embed', 'input', 'object', 'poster', 'source', 'srcset', 'video'].map((one) => `ads /${one}.gif`);
  const more = ['ads /link.css', ...loads].toSorted();
  const answers = ({ page }: Window) =>
    page
      .evaluate<string>("document.documentElement.dataset.calls ?? ''")
      .then((text) => text.split(' ').filter(Boolean).toSorted());
  const one = await visitor();
  await come(one, '/more');
  await expect.poll(() => answers(one)).toEqual(['fetch:failed', 'fetch:ok', 'xhr:failed', 'xhr:ok']);
  await one.notice.waitFor();
  expect(askedOf('ads')).toEqual([]);
  // Outside the register it went out once the register was there.
  await expect.poll(() => askedOf('cdn')).toEqual(expect.arrayContaining(calls.map((call) => `cdn /${call}.gif`)));
  await press(one, 'すべて許可する');
  await one.notice.waitFor({ state: 'detached' });
  await expect.poll(() => [...new Set(askedOf('ads'))]).toEqual([...everything, ...more].toSorted());
  await come(one, '/more');
  const sent = calls.map((call) => `ads /${call}.gif`);
  await expect.poll(() => [...new Set(askedOf('ads'))]).toEqual([...everything, ...more, ...sent].toSorted());
  expect(await answers(one)).toEqual(['fetch:ok', 'fetch:ok', 'xhr:ok', 'xhr:ok']);
  await one.page.click('#again');
  await press(one, 'すべて断る');
  await expect.poll(() => answers(one)).toEqual(['fetch:failed', 'fetch:ok', 'xhr:failed', 'xhr:ok']);
});

test('the ES module does the same', async () => {
  const one = await visitor();
  asked = [];
  await one.page.goto(`${shop}/module`);
  await one.notice.waitFor();
  await quiet(one);
  expect(askedOf('ads')).toEqual([]);
  await press(one, 'すべて許可する');
  await one.notice.waitFor({ state: 'detached' });
  const declared = ['ads /declared.gif', 'ads /declared.html', 'ads /declared.js'];
  await expect.poll(() => askedOf('ads')).toEqual(declared);
  expect(one.complaints).toEqual([]);
});
