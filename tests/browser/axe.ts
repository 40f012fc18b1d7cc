// Runs axe on a page without frames. Its script is over half a megabyte and stays in a window until another document is loaded, which Turbo does
// not do; it is injected only where it is missing.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** The minified script: it is parsed anew in every document. */
const source = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Makes axe parse each colour once per window. A page has a dozen colours, and axe parses those of every element behind every text anew, which took
 * a fifth of its time. Text that is no colour to axe is refused each time, as before.
 */
const COLOURS_ONCE = `(({ prototype }) => {
  const known = new Map();
  const read = prototype.parseString;
  prototype.parseString = function (text) {
    if (!known.has(text)) {
      const { r, g, b, alpha } = read.call(this, text);
      known.set(text, { r, g, b, alpha });
    }
    return Object.assign(this, known.get(text));
  };
})(axe.commons.color.Color)`;

/**
 * Makes axe check contrast once for elements that look alike. Contrast follows from how an element and its ancestors are drawn, which pages repeat
 * a hundred times; it took half of axe's time. Remembered are looks found sound, and those where a picture behind the text keeps axe from deciding.
 * What is unsound or hidden under something else is checked each time.
 */
const CONTRAST_ONCE = `(() => {
  const DRAWN = ['color', 'backgroundColor', 'backgroundImage', 'opacity', 'mixBlendMode', 'filter', 'textShadow', 'webkitTextFillColor',
    'webkitTextStrokeWidth', 'fontSize', 'fontWeight', 'display', 'position', 'zIndex', 'float', 'transform', 'overflow'];
  const digest = (text) => {
    let [a, b] = [0xdeadbeef, 0x41c6ce57];
    for (let i = 0; i < text.length; i++) {
      a = Math.imul(a ^ text.charCodeAt(i), 2654435761);
      b = Math.imul(b ^ text.charCodeAt(i), 1597334677);
    }
    return (a >>> 0).toString(36) + (b >>> 0).toString(36);
  };
  let known, learned, looks;
  const lookOf = (one) => {
    if (!one) return '';
    if (!looks.has(one)) {
      const style = getComputedStyle(one);
      const drawn = [one.localName, one.getAttribute('class'), ...DRAWN.map((name) => style[name])];
      looks.set(one, digest([lookOf(one.parentElement ?? one.getRootNode().host), ...drawn].join()));
    }
    return looks.get(one);
  };
  const rule = axe._audit.rules.find(({ id }) => id === 'color-contrast');
  const check = axe._audit.checks['color-contrast'];
  const { matches } = rule;
  const { evaluate } = check;
  rule.matches = function (one, ...rest) {
    return !known.has(lookOf(one)) && matches.call(this, one, ...rest);
  };
  check.evaluate = function (one, ...rest) {
    const look = lookOf(one);
    if (known.has(look)) return true;
    const { data } = this;
    let why;
    this.data = (found) => {
      why = found?.messageKey;
      data.call(this, found);
    };
    const found = evaluate.call(this, one, ...rest);
    if (found || (found === undefined && ['bgGradient', 'bgImage'].includes(why))) {
      known.add(look);
      learned.push(look);
    }
    return found;
  };
  window.contrast = {
    knows: (looksSeen) => [known, learned, looks] = [new Set(looksSeen), [], new WeakMap()],
    learned: () => learned,
  };
})()`;

/** Digests of the known looks, for all windows of a worker. */
const knownLooks = new Set<string>();

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/**
 * The rules that a page breaks, each with its places as HTML. `include` and `exclude` are selectors; without `include`, the whole page is checked.
 */
export async function brokenRules(
  page: Page,
  { include, exclude = [] }: { include?: string; exclude?: readonly string[] } = {},
): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window")))
    await page.evaluate([source, COLOURS_ONCE, CONTRAST_ONCE].join(';'));
  const context = { ...(include ? { include: [include] } : {}), exclude };
  // Preloading of style sheets and media serves only one rule, about sound that plays by itself; no page has any.
  const options = { runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'], preload: false };
  const { found, learned } = await page.evaluate<{ found: [string, string[]][]; learned: string[] }>(
    `contrast.knows(${JSON.stringify([...knownLooks])});
    axe.run(${JSON.stringify(context)}, ${JSON.stringify(options)}).then(({ violations }) => ({
      found: violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))]),
      learned: contrast.learned(),
    }))`,
  );
  for (const look of learned) knownLooks.add(look);
  return found.map(([id, places]) => `${id}: ${places.join(' | ')}`);
}
