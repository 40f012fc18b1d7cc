#!/usr/bin/env node
// The command `sekisho`: builds what is missing, then runs the program.

import module from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import v8 from 'node:v8';
import { ensureBuilt } from '../scripts/built.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error('関所には Node.js 20.19 以上が必要です。 / Sekisho needs Node.js 20.19 or newer.');
  process.exit(1);
}
// The second compiler of WebAssembly takes a start half its work, for access policies whose answers are remembered.
v8.setFlagsFromString('--liftoff-only');
// Node 20 ends the whole process ("unreachable code") where it comes back from an inlined call of WebAssembly to a function that is no longer
// as it was compiled. Nothing here calls WebAssembly often enough to need its calls inlined.
v8.setFlagsFromString('--no-turbo-inline-js-wasm-calls');
await ensureBuilt();
const dist = path.resolve(import.meta.dirname, '../dist');
// What was compiled once is kept beside the program; Node 20 cannot, and where nothing can be written it is compiled again.
module.enableCompileCache?.(path.join(dist, 'compiled'));
await import(pathToFileURL(path.join(dist, 'main.js')).href);
