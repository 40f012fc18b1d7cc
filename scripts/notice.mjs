// Builds the web notice that other sites include, as a classic script and as an ES module, each a single file.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const source = (name) => fileURLToPath(new URL(`../src/features/transmission/notice/${name}`, import.meta.url));

/** Writes `notice.js` and `notice.mjs` (minified) into `outDir`, which is served as `/assets`. */
export async function buildNotice(outDir) {
  const common = { bundle: true, minify: true, platform: 'browser', target: 'es2020', logLevel: 'warning' };
  await Promise.all([
    build({ ...common, entryPoints: [source('script.ts')], format: 'iife', outfile: join(outDir, 'notice.js') }),
    build({ ...common, entryPoints: [source('module.ts')], format: 'esm', outfile: join(outDir, 'notice.mjs') }),
  ]);
}
