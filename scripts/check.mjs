// Builds what checks a file of the log in a browser: the page's script, and the worker, which runs the same code as the verifier.

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { oldest } from './browsers.mjs';

const source = (name) => fileURLToPath(new URL(`../src/log/browser/${name}`, import.meta.url));

/** Writes `check.js` and `check-worker.js` (minified) into `outDir`, which is served as `/assets`. */
export const buildCheck = (outDir) =>
  build({
    entryPoints: { check: source('element.ts'), 'check-worker': source('worker.ts') },
    outdir: outDir,
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: oldest,
    charset: 'utf8',
    logLevel: 'warning',
  });
