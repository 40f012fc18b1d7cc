// Makes the one script of the pages: Turbo, with the changes below and no other, and what Escape does.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';

const escape = new URL('../src/platform/ui/escape/escape.ts', import.meta.url);
const source = new URL('../node_modules/@hotwired/turbo/dist/turbo.es2017-esm.js', import.meta.url);

const changes = [
  // It writes a style element of its own for its progress bar, which the content security policy forbids: look.css holds the bar's style.
  ['document.head.insertBefore(this.stylesheetElement, document.head.firstChild);', ''],
  // For an answer that is not 2xx it replaces the head, so that the page stands there without its look until that is read again, and keeps
  // the language of the page before and how far down that was. Our pages that refuse are pages like any other.
  [
    'await this.view.renderError(PageSnapshot.fromHTMLString(responseHTML), this);',
    'await this.renderPageSnapshot(PageSnapshot.fromHTMLString(responseHTML), false);',
  ],
  [
    'await this.view.renderError(snapshot, this.currentVisit);',
    'await this.view.renderPage(snapshot, false, true, this.currentVisit);',
  ],
];

/** Writes `turbo.js` (minified) into `outDir`, which is served as `/assets`. Throws when Turbo no longer is what was changed. */
export async function buildTurbo(outDir) {
  const turbo = changes.reduce(
    (text, [from, to]) => {
      if (text.split(from).length !== 2) throw new Error(`Turbo no longer says "${from}" once: see scripts/turbo.mjs`);
      return text.replace(from, to);
    },
    await readFile(source, 'utf8'),
  );
  const made = { minify: true, target: 'es2020', format: 'esm' };
  const { code } = await transform(turbo, made);
  const own = await transform(await readFile(escape, 'utf8'), { ...made, loader: 'ts' });
  await writeFile(join(outDir, 'turbo.js'), code + own.code);
}
