// Builds the pages' script: Turbo with only the changes below, and our own handling of Escape, unsent forms, printing, page announcements and the
// back-forward cache.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';

const own = ['escape', 'unsent', 'print', 'arrival', 'kept'].map(
  (name) => new URL(`../src/platform/ui/escape/${name}.ts`, import.meta.url),
);
const source = new URL('../node_modules/@hotwired/turbo/dist/turbo.es2017-esm.js', import.meta.url);

const changes = [
  // Turbo adds a style element for its progress bar, which the content security policy forbids; look.css has the bar's style.
  ['document.head.insertBefore(this.stylesheetElement, document.head.firstChild);', ''],
  // For an answer other than 2xx, Turbo replaces the head, so that the page is without its stylesheet until that is read again, and keeps the
  // previous page's language and scroll position. Our error pages must be treated like any other page.
  [
    'await this.view.renderError(PageSnapshot.fromHTMLString(responseHTML), this);',
    'await this.renderPageSnapshot(PageSnapshot.fromHTMLString(responseHTML), false);',
  ],
  [
    'await this.view.renderError(snapshot, this.currentVisit);',
    'await this.view.renderPage(snapshot, false, true, this.currentVisit);',
  ],
  // Turbo would replace what was typed with a form's answer that is not a page of ours, such as that of a proxy whose server is restarting.
  [
    `async formSubmissionFailedWithResponse(formSubmission, fetchResponse) {
    const responseHTML = await fetchResponse.responseHTML;
`,
    `async formSubmissionFailedWithResponse(formSubmission, fetchResponse) {
    const responseHTML = await fetchResponse.responseHTML;
    if (!responseHTML?.includes('"/assets/look.css"')) {
      dispatch("turbo:fetch-request-error", { target: formSubmission.formElement });
      return;
    }
`,
  ],
];

/** Writes `turbo.js` (minified) into `outDir`, which is served as `/assets`. Throws when Turbo no longer contains the text to be changed. */
export async function buildTurbo(outDir) {
  const turbo = changes.reduce(
    (text, [from, to]) => {
      if (text.split(from).length !== 2) throw new Error(`Turbo no longer says "${from}" once: see scripts/turbo.mjs`);
      return text.replace(from, to);
    },
    await readFile(source, 'utf8'),
  );
  const made = { minify: true, target: 'es2020', charset: 'utf8' };
  const { code } = await transform(turbo, { ...made, format: 'esm' });
  const ours = await Promise.all(
    own.map(async (at) => transform(await readFile(at, 'utf8'), { ...made, format: 'iife', loader: 'ts' })),
  );
  await writeFile(join(outDir, 'turbo.js'), [code, ...ours.map((one) => one.code)].join(''));
}
