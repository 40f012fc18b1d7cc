// Makes the one script of the pages from Turbo. Turbo writes a style element of its own for its progress bar, which the content
// security policy forbids; that statement is taken out and look.css holds the bar's style instead. Nothing else is changed.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';

const source = new URL('../node_modules/@hotwired/turbo/dist/turbo.es2017-esm.js', import.meta.url);
const writesStyle = 'document.head.insertBefore(this.stylesheetElement, document.head.firstChild);';

/** Writes `turbo.js` (minified) into `outDir`, which is served as `/assets`. Throws when Turbo no longer is what was taken apart. */
export async function buildTurbo(outDir) {
  const turbo = await readFile(source, 'utf8');
  if (turbo.split(writesStyle).length !== 2)
    throw new Error('Turbo writes its style elsewhere now: see scripts/turbo.mjs');
  const { code } = await transform(turbo.replace(writesStyle, ''), { minify: true, target: 'es2020', format: 'esm' });
  await writeFile(join(outDir, 'turbo.js'), code);
}
