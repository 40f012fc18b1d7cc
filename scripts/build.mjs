// Builds dist/: the program, the client and the assets. `ensureBuilt` does so only when something changed.

import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { buildCss } from './css.mjs';
import { buildNotice } from './notice.mjs';
import { buildTurbo } from './turbo.mjs';

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

export async function buildAll() {
  fs.mkdirSync(path.join(dist, 'assets'), { recursive: true });
  await Promise.all([
    build({ ...common, entryPoints: ['src/main.ts'], outfile: 'dist/main.js' }),
    build({ ...common, entryPoints: ['src/client.ts'], outfile: 'dist/client.js', platform: 'neutral' }),
    buildCss(path.join(dist, 'assets')),
    buildTurbo(path.join(dist, 'assets')),
    buildNotice(path.join(dist, 'assets')),
  ]);
  fs.writeFileSync(path.join(dist, 'built'), '');
}

function newest(entry) {
  const stat = fs.statSync(entry);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return fs.readdirSync(entry).reduce((at, name) => Math.max(at, newest(path.join(entry, name))), stat.mtimeMs);
}

export async function ensureBuilt() {
  const mark = path.join(dist, 'built');
  const sources = ['src', 'scripts', 'package.json'].map((name) => path.join(root, name)).filter(fs.existsSync);
  const builtAt = fs.existsSync(mark) ? fs.statSync(mark).mtimeMs : 0;
  if (sources.some((source) => newest(source) > builtAt)) await buildAll();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildAll();
