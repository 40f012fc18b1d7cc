// Builds what checks a file of the log in a browser: the script of the page, and the worker in which the same code runs as in the verifier.

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
