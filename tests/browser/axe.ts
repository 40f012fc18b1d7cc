// What axe finds on a page without frames. Its script is more than half a megabyte and stays in a window until another document is loaded, which
// Turbo does not do: it is given only to a window that has not got it.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** The short form: the long one is read into every document anew. */
const source = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Has axe read each colour once a window: a page has a dozen, and axe reads that of every element behind every text anew, which took it a fifth of
 * its time. What is no colour to it is refused each time, as before.
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
 * Has axe ask for contrast once of what looks alike. It follows from how an element and all that it lies in are drawn, which the pages repeat a
 * hundred times, and took axe half of its time. Known is what was found sound, and where a picture behind the text keeps axe from saying; what is
 * not sound, or hidden under something else, is asked of each time.
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

/** By their digests: of all windows of a worker. */
const knownLooks = new Set<string>();

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** Each rule that a page breaks with the places, as HTML. `include` and `exclude` are selectors; without the first, the whole page. */
export async function brokenRules(
  page: Page,
  { include, exclude = [] }: { include?: string; exclude?: readonly string[] } = {},
): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window")))
    await page.evaluate([source, COLOURS_ONCE, CONTRAST_ONCE].join(';'));
  const context = { ...(include ? { include: [include] } : {}), exclude };
  // Style sheets and media are read beforehand for one rule alone, about sound that plays by itself; no page has any.
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
