// Builds the script that covers numbers on a picture before it is sent. Only the page that takes such pictures loads it.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { oldest } from './browsers.mjs';

const source = fileURLToPath(new URL('../src/platform/ui/cover/element.ts', import.meta.url));

/** Writes `cover.js` (minified) into `outDir`, which is served as `/assets`. */
export const buildCover = (outDir) =>
  build({
    entryPoints: [source],
    outfile: join(outDir, 'cover.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: oldest,
    logLevel: 'warning',
  });
