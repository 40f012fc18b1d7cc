// What every page must be, asked of a page that a browser shows: nothing for axe to find, no sideways scroll, the right language and no
// other, and nothing that the browser refused. Used by the browser tests; it never changes the page it looks at, except opening details.

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { brokenRules } from './axe.ts';

/** Of a table. */
const ROWS_SEEN = 6;

export type Lang = 'ja' | 'en';

export interface Tab {
  page: Page;
  context: BrowserContext;
  /** What the browser refused, could not load, or was told to show by a page that should not: since it was last emptied. */
  complaints: string[];
}

/** Opens a browser window with a profile of its own. */
export async function openTab(
  browser: Browser,
  { lang, width = 1280, script = true }: { lang: Lang; width?: number; script?: boolean },
): Promise<Tab> {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    javaScriptEnabled: script,
    locale: lang,
    acceptDownloads: true,
    // What is on its way from one colour to another has neither.
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  // The browser itself notes every answer that is not 2xx on the console; those are asserted where they are expected.
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog opened: ${dialog.message()}`);
    void dialog.dismiss();
  });
  // A form that Turbo sends is answered with 403 or 422 on purpose; whatever else a page asks for must be there.
  page.on('response', (response) => {
    if (response.status() >= 400 && !['document', 'fetch'].includes(response.request().resourceType())) {
      complaints.push(`${response.status()} ${new URL(response.url()).pathname}`);
    }
  });
  return { page, context, complaints };
}

/** Every piece of text that is shown or read out, but for code and what is marked as belonging to no language or to another one. */
const TEXTS = `(() => {
  const apart = '[translate=no], [lang]:not(html), svg.tegata, code, pre, textarea, script, style';
  const found = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest(apart)) found.push(walker.currentNode.data);
  }
  for (const name of ['aria-label', 'title', 'alt', 'placeholder']) {
    for (const one of document.querySelectorAll('[' + name + ']')) if (!one.closest(apart)) found.push(one.getAttribute(name));
  }
  return found;
})()`;

/** How people and records are told apart, the end of an id: one in some thousand has letters alone. */
const endOfId = /\b[0-9a-f]{8}\b/g;

/** The texts of a page that are written in the other language. `data`: what people wrote and no page translates. */
export async function foreignTexts(page: Page, lang: Lang, data: readonly string[]): Promise<string[]> {
  const texts = await page.evaluate<string[]>(TEXTS);
  const longestFirst = [...data].sort((a, b) => b.length - a.length);
  return texts.filter((text) => {
    const rest = longestFirst.reduce((left, known) => left.replaceAll(known, ' '), text).replace(endOfId, ' ');
    return lang === 'en'
      ? /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(rest)
      : /(?<![\w@./-])[A-Za-z][a-z]{2,}(?![\w@/-]|\.\w)/.test(rest);
  });
}

async function at(page: Page, lang: Lang, width: number, look: () => Promise<string[]>): Promise<string[]> {
  await page.setViewportSize({ width, height: 800 });
  await page.evaluate("document.querySelectorAll('main details').forEach((one) => one.setAttribute('open', ''))");
  // A page is looked at in its own letters: others are of another width.
  await page.evaluate('document.fonts.ready.then(() => {})');
  return (await look()).map((fault) => `${new URL(page.url()).pathname} (${lang}, ${width} px) ${fault}`);
}

/** Narrower than this there is no side path, and a finger instead of a mouse. */
const NARROW = 1024;

/** What is pressed and is less than 24 px high and wide (WCAG 2.2, 2.5.8), but for links inside a sentence and what a label enlarges. */
const SMALL_TARGETS = `(() => {
  const inSentence = (one) => {
    if (getComputedStyle(one).display !== 'inline') return false;
    let block = one.parentElement;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    const rest = block.cloneNode(true);
    for (const link of rest.querySelectorAll('a')) link.remove();
    return /\\p{L}/u.test(rest.textContent);
  };
  return [...document.querySelectorAll('a[href], button, summary, select, :not(label) > input:not([type=hidden])')]
    .filter((one) => one.checkVisibility() && !inSentence(one))
    .map((one) => [one, [...one.getClientRects()]])
    .filter(([, boxes]) => Math.max(...boxes.map(({ height }) => height)) < 24 || Math.max(...boxes.map(({ width }) => width)) < 24)
    .map(([one]) => one.outerHTML.slice(0, 160));
})()`;

async function shape(page: Page, lang: Lang, width: number): Promise<string[]> {
  const shown = await page.evaluate<[string, number]>(
    '[document.documentElement.lang, document.documentElement.scrollWidth]',
  );
  const small = width < NARROW ? await page.evaluate<string[]>(SMALL_TARGETS) : [];
  return [
    ...small.slice(0, 3).map((target) => `less than 24 px: ${target}`),
    ...(shown[0] === lang ? [] : [`the language is ${shown[0]}`]),
    ...(shown[1] > width ? [`it is ${shown[1]} px wide`] : []),
  ];
}

/** What is wrong with the language and the width of the page at this width: what a look costs without axe. */
export const shapeFaultsOf = (page: Page, lang: Lang, width: number): Promise<string[]> =>
  at(page, lang, width, () => shape(page, lang, width));

/** What is wrong with the page at this width. Empty when nothing is. */
export const faultsOf = (page: Page, lang: Lang, width: number): Promise<string[]> =>
  at(page, lang, width, async () => [
    // A long table is one row again and again, and so is the list of the parts of the office.
    ...(await brokenRules(page, {
      exclude: [`main tbody tr:nth-child(n + ${ROWS_SEEN + 1})`, `#menu li:nth-child(n + 3)`],
    })),
    ...(await shape(page, lang, width)),
  ]);

/**
 * What is wrong with the page wide and narrow, of which axe looks at one: narrow in Japanese, wide in English, as it is the other way round in
 * pages.test.ts. `withAxe`: false where pages.test.ts has the page in this state. Leaves the page wide.
 */
export async function faultsBothWays(page: Page, lang: Lang, withAxe = true): Promise<string[]> {
  const axeAt = lang === 'ja' ? 390 : 1280;
  const faults: string[] = [];
  for (const width of [390, 1280])
    faults.push(...(await (withAxe && width === axeAt ? faultsOf : shapeFaultsOf)(page, lang, width)));
  return faults;
}
