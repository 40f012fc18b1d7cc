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

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** Each rule that a page breaks with the places, as HTML. `include` and `exclude` are selectors; without the first, the whole page. */
export async function brokenRules(
  page: Page,
  { include, exclude = [] }: { include?: string; exclude?: readonly string[] } = {},
): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(`${source};${COLOURS_ONCE}`);
  const context = { ...(include ? { include: [include] } : {}), exclude };
  // Style sheets and media are read beforehand for one rule alone, about sound that plays by itself; no page has any.
  const options = { runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'], preload: false };
  const found = await page.evaluate<[string, string[]][]>(
    `axe.run(${JSON.stringify(context)}, ${JSON.stringify(options)})
      .then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))]))`,
  );
  return found.map(([id, places]) => `${id}: ${places.join(' | ')}`);
}
