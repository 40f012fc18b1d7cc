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
// WebAssembly's optimising compiler would take half the work of a start, for access policies whose answers are cached.
v8.setFlagsFromString('--liftoff-only');
// Node 20 aborts the process ("unreachable code") when an inlined call of WebAssembly returns to a function that has been deoptimised meanwhile.
// Nothing here calls WebAssembly often enough to need inlining.
v8.setFlagsFromString('--no-turbo-inline-js-wasm-calls');
await ensureBuilt();
const dist = path.resolve(import.meta.dirname, '../dist');
// Keeps compiled code beside the program. Node 20 has no such cache; without write access, everything is compiled again.
module.enableCompileCache?.(path.join(dist, 'compiled'));
await import(pathToFileURL(path.join(dist, 'main.js')).href);
