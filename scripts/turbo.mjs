// Makes the one script of the pages: Turbo, with the changes below and no other, what Escape does, what becomes of a form that reaches nobody,
// printing, which page has come, and what a browser kept of one.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';

const own = ['escape', 'unsent', 'print', 'arrival', 'kept'].map(
  (name) => new URL(`../src/platform/ui/escape/${name}.ts`, import.meta.url),
);
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
  // An answer to a form that is no page of ours, such as of a proxy whose server is being started anew, it shows in the place of what was typed.
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

/** Writes `turbo.js` (minified) into `outDir`, which is served as `/assets`. Throws when Turbo no longer is what was changed. */
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
