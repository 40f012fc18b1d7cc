// What every page must fulfil, checked on a page that a browser shows: axe finds nothing, there is no sideways scroll, the language is right and
// the only one, and the browser refused nothing. Used by the browser tests; it never changes the page, except that it opens details.

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { brokenRules } from './axe.ts';

/** The rows of a table that axe checks. */
const ROWS_SEEN = 6;

export type Lang = 'ja' | 'en';

export interface Tab {
  page: Page;
  context: BrowserContext;
  /** What the browser refused, could not load, or was told to show by a page that should not, since the list was last emptied. */
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
    // During a transition an element has neither of its colours.
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  // The browser itself logs every answer that is not 2xx; these are asserted where they are expected.
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
  // A form sent by Turbo may get 403 or 422 on purpose; anything else a page requests must exist.
  page.on('response', (response) => {
    if (response.status() >= 400 && !['document', 'fetch'].includes(response.request().resourceType())) {
      complaints.push(`${response.status()} ${new URL(response.url()).pathname}`);
    }
  });
  return { page, context, complaints };
}

/** Every text that is shown or read out, except code and what is marked as of no or another language. */
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

/** The end of an id, by which people and records are told apart: one in some thousand has only letters. */
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
  // Pages are checked in their own font: others have another width.
  await page.evaluate('document.fonts.ready.then(() => {})');
  return (await look()).map((fault) => `${new URL(page.url()).pathname} (${lang}, ${width} px) ${fault}`);
}

/** Below this width there is no side path, and a finger is used instead of a mouse. */
const NARROW = 1024;

/** Targets smaller than 24 px in height and width (WCAG 2.2, 2.5.8), except links in a sentence and controls enlarged by a label. */
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

/** Cells of rows that have become blocks in which a part of the value stands under its label, where it reads as another label. */
const UNDER_LABELS = `(() => {
  const range = document.createRange();
  return [...document.querySelectorAll('.stack td[data-label]')]
    .filter((cell) => getComputedStyle(cell).display === 'grid')
    .filter((cell) => {
      const values = cell.getBoundingClientRect().left + parseFloat(getComputedStyle(cell).gridTemplateColumns);
      return [...cell.childNodes].some((part) => {
        range.selectNode(part);
        const { left, width } = range.getBoundingClientRect();
        return width > 1 && left < values;
      });
    })
    .map((cell) => cell.dataset.label + ': ' + cell.textContent.slice(0, 60));
})()`;

async function shape(page: Page, lang: Lang, width: number): Promise<string[]> {
  const shown = await page.evaluate<[string, number]>(
    '[document.documentElement.lang, document.documentElement.scrollWidth]',
  );
  const small = width < NARROW ? await page.evaluate<string[]>(SMALL_TARGETS) : [];
  const under = width < NARROW ? await page.evaluate<string[]>(UNDER_LABELS) : [];
  return [
    ...under.slice(0, 3).map((cell) => `under its label: ${cell}`),
    ...small.slice(0, 3).map((target) => `less than 24 px: ${target}`),
    ...(shown[0] === lang ? [] : [`the language is ${shown[0]}`]),
    ...(shown[1] > width ? [`it is ${shown[1]} px wide`] : []),
  ];
}

/** The faults in language and width of the page at this width: the check without axe. */
export const shapeFaultsOf = (page: Page, lang: Lang, width: number): Promise<string[]> =>
  at(page, lang, width, () => shape(page, lang, width));

/** The faults of the page at this width. Empty when there are none. */
export const faultsOf = (page: Page, lang: Lang, width: number): Promise<string[]> =>
  at(page, lang, width, async () => [
    // The rows of a long table are all alike, and so are the parts of the office in the menu.
    ...(await brokenRules(page, {
      exclude: [`main tbody tr:nth-child(n + ${ROWS_SEEN + 1})`, `#menu li:nth-child(n + 3)`],
    })),
    ...(await shape(page, lang, width)),
  ]);

/**
 * The faults of the page, wide and narrow. Axe runs at one width only: narrow in Japanese and wide in English, the other way round than in
 * pages.test.ts. `withAxe`: false where pages.test.ts covers this state. Leaves the page wide.
 */
export async function faultsBothWays(page: Page, lang: Lang, withAxe = true): Promise<string[]> {
  const axeAt = lang === 'ja' ? 390 : 1280;
  const faults: string[] = [];
  for (const width of [390, 1280])
    faults.push(...(await (withAxe && width === axeAt ? faultsOf : shapeFaultsOf)(page, lang, width)));
  return faults;
}
