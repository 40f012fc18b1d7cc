// Runs every bench, or those named (`npm run bench -- vault`). Each prints `name: value unit (bar …) ok|short`. With only a part of them
// (`SEKISHO_BENCH_PART=0.01`) no bar is applied: it only shows that they run.

import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ensureBuilt } from './built.mjs';

const root = path.resolve(import.meta.dirname, '..');
const wanted = process.argv.slice(2);
const names = fs
  .readdirSync(path.join(root, 'bench'))
  .filter((name) => name.endsWith('.ts') && (wanted.length === 0 || wanted.includes(name.slice(0, -3))))
  .sort();

await ensureBuilt();
let short = 0;
for (const name of names) {
  const outfile = path.join(root, 'dist', 'bench', name.replace(/\.ts$/, '.js'));
  await build({
    absWorkingDir: root,
    entryPoints: [`bench/${name}`],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'warning',
  });
  console.log(`# ${name}`);
  const { bench } = await import(pathToFileURL(outfile).href);
  await bench((line) => {
    if (line.endsWith(' short')) short += 1;
    console.log(line);
  });
}
if (process.env.SEKISHO_BENCH_PART) console.log('\nonly a part was run, which measures nothing');
else {
  console.log(short === 0 ? '\nevery bar is met' : `\n${short} short of the bar`);
  process.exitCode = short === 0 ? 0 : 1;
}
