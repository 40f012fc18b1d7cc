// Builds the program with which anybody can check a file of the log: a single file that needs only Node.js.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const source = fileURLToPath(new URL('../src/log/verifier.ts', import.meta.url));

/** Writes `verify.mjs` into `outDir`, which is served as `/assets`. Not minified, so that people can read it before they run it. */
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
