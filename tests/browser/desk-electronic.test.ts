// The electronic ways in the browser, in both languages: a clerk hands over an answer, the person fetches it with the code, and another person asks
// on the web page. Every page is checked, wide and narrow.

import fs from 'node:fs/promises';
import { getDocumentProxy } from 'unpdf';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { DeskJson } from '../../src/client.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { codeOf, linksIn, mailTo } from '../parcel.ts';
import { addHolding, addPerson } from '../people.ts';
import { must } from '../server.ts';
import { mailServer } from '../smtp.ts';
import { choose, fill, press } from './hands.ts';
import { faultsBothWays, foreignTexts, openTab, type Lang, type Tab } from './inspect.ts';
import { openBrowserOffice, type BrowserOffice } from './office.ts';

type Case = DeskJson['request'];
type Events = DeskJson['events'];

const TODAY = '2026-12-07';
const mails = mailServer();
let on: BrowserOffice;
let holding: string;
let clerk: Record<Lang, Tab>;
const outside: Tab[] = [];

beforeAll(async () => {
  on = await openBrowserOffice(standingClock('2026-12-07T10:00:00+09:00'), undefined, {
    env: mailTo(await mails.serve()),
    permit: '@id("requests-by-system") permit (principal is System, action == Action::"requests:decide", resource);',
    operator: (yaml) => yaml.replace('electronic: false', 'electronic: true'),
  });
  holding = await addHolding({ ...on, access: on.app.access }, { name: { ja: '契約台帳', en: 'Contracts' } });
  clerk = { ja: await on.enter('desk', 'ja'), en: await on.enter('desk', 'en') };
});
afterAll(async () => {
  await on?.close();
  await mails.close();
});
afterEach(async () => {
  for (const { context } of outside.splice(0)) await context.close();
});

/** A person outside the office with a browser of their own. */
async function person(lang: Lang, width = 1280): Promise<Tab> {
  const tab = await openTab(on.browser, { lang, width });
  outside.push(tab);
  return tab;
}

/** The faults of the page, wide and narrow, and of its language. */
const looked = async (page: Page, lang: Lang, data: string[] = []): Promise<string[]> => [
  ...(await faultsBothWays(page, lang)),
  ...(await foreignTexts(page, lang, data)),
];

let n = 0;

/** A disclosure that was requested electronically, decided and not yet sent. */
async function decided(lang: Lang): Promise<Case> {
  n += 1;
  const name = `電子 ${String.fromCodePoint(0x4e00 + n)}子`;
  await addPerson(on, holding, { name, email: `electronic-${n}@example.jp` });
  let one = must(
    await on.client.requests.register({
      kind: 'disclosure',
      scope: 'customer',
      arrived_on: '2026-12-01',
      channel: 'letter',
      lang,
      sender: { name, address: '104-0000 東京都中央区例示町2-2', email: `electronic-${n}@example.jp` },
    }),
  );
  const next = async <E extends keyof Events>(event: E, body: Omit<Events[E], 'seen' | 'attempt'>): Promise<void> => {
    one = must(await on.client.requests.happen(one.id, event, { ...body, seen: one.last } as Events[E]));
  };
  await next('papers-received', { on: TODAY, form: 'right', method: 'electronic', fee_yen: 1000 });
  const documents = ['passport'] as const;
  const checked = ['name', 'address', 'valid'] as const;
  await next('identified', {
    on: TODAY,
    requester: 'principal',
    documents: [...documents],
    checked: [...checked],
    numbers_covered: true,
  });
  const [who] = must(await on.client.search({ name })).principals;
  await next('specified', { terms: [{ kind: 'name', term: name }], principal: who!.id });
  await next('collected', {});
  for (const { items } of one.holdings) {
    for (const item of items) await next('reviewed', { holding, item, decision: 'disclose' });
  }
  await next('decided', { facts: { existenceHarms: false, otherLaw: false, methodDifficult: false } });
  return one;
}

const said = {
  ja: {
    ready: '答えの用意ができた',
    waiting: '受け取りを待っている',
    open: '開く',
    wrong: 'あと4回間違えると',
    files: 'お渡しするファイル',
    fetching: 'いま受け取っている',
    show: 'コードを表示する',
    again: 'もう一度送る',
    send: 'お申し出を送る',
    received: 'お申し出を受け付けました',
  },
  en: {
    ready: 'The answer is ready',
    waiting: 'Waiting for the person',
    open: 'Open',
    wrong: 'After 4 more wrong codes you can no longer fetch the answer',
    files: 'Your files',
    fetching: 'Being fetched',
    show: 'Show the code',
    again: 'Send it again',
    send: 'Send the request',
    received: 'We have received your request',
  },
};

describe.each(['ja', 'en'] as const)('an electronic answer (%s)', (lang) => {
  test('goes out by a link and a code, and is fetched as files that open with the code', async () => {
    const words = said[lang];
    const { page } = clerk[lang];
    const one = await decided(lang);
    await page.goto(on.url(`/desk/${one.id}?lang=${lang}`));
    await choose(page, 'by', 'electronic');
    await press(page, words.ready);
    await page.getByText(words.waiting).waitFor();
    expect(await faultsBothWays(page, lang, false)).toEqual([]);
    const [link] = await linksIn(on.office, mails, one.number);
    const code = await codeOf(on, one.id);
    // The code is told by telephone. The check before has opened folded parts.
    await fill(page, { reason: '手紙が戻ったため' });
    await press(page, words.show);
    await page.getByText(code).waitFor();
    expect(await looked(page, lang, ['職員 一人', one.number])).toEqual([]);

    const visitor = await person(lang);
    await visitor.page.goto(on.url(link!));
    expect(new URL(visitor.page.url()).pathname).toBe('/requests/parcel');
    expect(await looked(visitor.page, lang)).toEqual([]);
    const wrong = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;
    await fill(visitor.page, { code: wrong });
    await press(visitor.page, words.open);
    await visitor.page.getByText(words.wrong).first().waitFor();
    expect(await looked(visitor.page, lang)).toEqual([]);
    await fill(visitor.page, { code: code.toLowerCase() });
    await press(visitor.page, words.open);
    await visitor.page.getByRole('heading', { name: words.files }).waitFor();
    expect(await looked(visitor.page, lang, [one.number])).toEqual([]);
    const [download] = await Promise.all([
      visitor.page.waitForEvent('download'),
      visitor.page.locator('form[action$="/files/disclosed"] button').click(),
    ]);
    expect(download.suggestedFilename()).toBe(`${one.number}-disclosed.pdf`);
    const bytes = await fs.readFile(await download.path());
    await expect(getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })).rejects.toThrow('No password given');
    const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0, password: code });
    expect((await pdf.getMarkInfo())?.Marked).toBe(true);
    // The page still offers the other files; the desk sees that they are being fetched.
    await visitor.page.reload();
    await visitor.page.getByRole('heading', { name: words.files }).waitFor();
    await page.goto(on.url(`/desk/${one.id}`));
    await page.getByText(words.fetching).waitFor();
    expect(await page.locator('#moves').textContent()).toContain(lang === 'ja' ? 'ご本人' : 'The person');
    expect([...visitor.complaints, ...clerk[lang].complaints]).toEqual([]);
  });

  test('a link that is over says why, and how to get another', async () => {
    const { page } = clerk[lang];
    const one = await decided(lang);
    await page.goto(on.url(`/desk/${one.id}?lang=${lang}`));
    await choose(page, 'by', 'electronic');
    await press(page, said[lang].ready);
    const [link] = await linksIn(on.office, mails, one.number);
    await page.locator('summary', { hasText: said[lang].again }).click();
    await press(page, lang === 'ja' ? '新しいリンクを送る' : 'Send a new link');
    await linksIn(on.office, mails, one.number, 2);
    const visitor = await person(lang, 390);
    const answer = await visitor.page.goto(on.url(link!));
    expect(answer?.status()).toBe(410);
    expect(await looked(visitor.page, lang)).toEqual([]);
  });
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe.each(['ja', 'en'] as const)('a request on the web page (%s)', (lang) => {
  test('is led to from the page on requests, says what is missing, and ends with a reference and a code', async () => {
    const { page, complaints } = await person(lang);
    await page.goto(on.url(`/requests?lang=${lang}`));
    await page.locator('main a[href="/requests/new"]').click();
    await page.waitForURL('**/requests/new');
    const keys = ['Shift', 'Delete'];
    expect(await looked(page, lang, keys)).toEqual([]);
    await choose(page, 'kind', 'disclosure');
    await choose(page, 'scope', 'customer');
    await fill(page, { says: '会員の記録', name: '電子 花', address: '例示市1-1', email: `web-${lang}@example.jp` });
    await choose(page, 'method', 'electronic');
    await page.locator('#f-scan').setInputFiles({ name: 'paper.png', mimeType: 'image/png', buffer: PNG });
    await page.locator('cover-picture canvas').first().waitFor();
    await choose(page, 'none-seen', 'yes');
    await press(page, said[lang].send);
    await page.getByText(said[lang].received).first().waitFor();
    expect(await page.locator('main dl').textContent()).toMatch(/R-2026-\d{3}.*[0-9A-Z]{5}-[0-9A-Z]{5}/s);
    const shown = await page.locator('main dl').textContent();
    expect(await looked(page, lang, [shown!])).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('works without script, and keeps what was written when something is missing', async () => {
    const tab = await openTab(on.browser, { lang, script: false });
    outside.push(tab);
    const { page } = tab;
    await page.goto(on.url(`/requests/new?lang=${lang}`));
    await choose(page, 'kind', 'consultation');
    await choose(page, 'scope', 'customer');
    await fill(page, { says: '共同利用とは何ですか', name: '電子 葉', address: '例示市2-2' });
    await page.getByRole('button', { name: said[lang].send }).click();
    await page.locator('.errsum').waitFor();
    expect(await page.locator('[name=says]').inputValue()).toBe('共同利用とは何ですか');
    await fill(page, { email: `plain-${lang}@example.jp` });
    await page.getByRole('button', { name: said[lang].send }).click();
    await page.getByText(said[lang].received).first().waitFor();
  });
});
