// Builds the program with which anybody checks a file of the log: one file that needs nothing but Node.js.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const source = fileURLToPath(new URL('../src/log/verifier.ts', import.meta.url));

/** Writes `verify.mjs` into `outDir`, which is served as `/assets`; not minified, so that whoever runs it can read it first. */
export const buildVerifier = (outDir) =>
  build({
    entryPoints: [source],
    outfile: join(outDir, 'verify.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    logLevel: 'warning',
  });
