// Builds dist/ if something has changed since the last build. Only then loads the build tools, which take longer to load than the program.

import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

function newest(entry) {
  const stat = fs.statSync(entry);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return fs.readdirSync(entry).reduce((at, name) => Math.max(at, newest(path.join(entry, name))), stat.mtimeMs);
}

export async function ensureBuilt() {
  // A published package has its build but no sources.
  if (!fs.existsSync(path.join(root, 'src'))) return;
  const mark = path.join(root, 'dist', 'built');
  const sources = ['src', 'scripts', 'package.json'].map((name) => path.join(root, name));
  const builtAt = fs.existsSync(mark) ? fs.statSync(mark).mtimeMs : 0;
  if (sources.every((source) => newest(source) <= builtAt)) return;
  try {
    fs.accessSync(fs.existsSync(path.dirname(mark)) ? path.dirname(mark) : root, fs.constants.W_OK);
  } catch {
    console.error(
      `関所を組み立てられません（${root} に書き込めません）。書き込める利用者で npm run build を実行してから、始めてください。\nSekisho cannot be built: ${root} cannot be written. Run npm run build as a user who may write there, then start.`,
    );
    process.exit(1);
  }
  const { buildAll } = await import('./build.mjs');
  await buildAll();
}
