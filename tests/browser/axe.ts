// What axe finds on a page without frames. Its script is more than half a megabyte and stays in a window until another document is loaded, which
// Turbo does not do: it is given only to a window that has not got it.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** The short form: the long one is read into every document anew. */
const source = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** Each rule that a page breaks with the places, as HTML. `include` and `exclude` are selectors; without the first, the whole page. */
export async function brokenRules(
  page: Page,
  { include, exclude = [] }: { include?: string; exclude?: readonly string[] } = {},
): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(source);
  const context = { ...(include ? { include: [include] } : {}), exclude };
  const options = { runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'] };
  const found = await page.evaluate<[string, string[]][]>(
    `axe.run(${JSON.stringify(context)}, ${JSON.stringify(options)})
      .then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))]))`,
  );
  return found.map(([id, places]) => `${id}: ${places.join(' | ')}`);
}
