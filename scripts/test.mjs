// Runs everything that must hold: format, lint, types, import rules, then all tests. Ends with `N passed, N failed`. `npm test -- src/law` runs
// only the tests under those paths, without the checks of the whole project.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildAll } from './build.mjs';

const root = path.resolve(import.meta.dirname, '..');
const only = process.argv.slice(2);
const bin = (name) => path.join(root, 'node_modules', '.bin', name);
/**
 * TypeScript 7 checks the project in a sixth of the time of TypeScript 6. The latter stays, because only it gives the import rules and the tests a
 * syntax tree.
 */
const tsc = path.join(root, 'node_modules', 'typescript-7', 'bin', 'tsc');

const run = (command, args, stdio) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio, env: { ...process.env, FORCE_COLOR: '0' } });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ ok: false, output: String(error) }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });

async function check(name, command, args) {
  const started = Date.now();
  const { ok, output } = await run(command, args, ['ignore', 'pipe', 'pipe']);
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (!ok) console.log(output);
  return ok;
}

const checks = only.length
  ? []
  : [
      ['types', tsc, ['-p', '.']],
      ['types of the notice', tsc, ['-p', 'src/features/transmission/notice']],
      ['types of the cover', tsc, ['-p', 'src/platform/ui/cover']],
      ['types of the check', tsc, ['-p', 'src/log/browser']],
      ['types of Escape', tsc, ['-p', 'src/platform/ui/escape']],
      ['format', bin('oxfmt'), ['--check']],
      ['lint', bin('oxlint'), ['--type-aware', '--deny-warnings']],
      ['walls', bin('depcruise'), ['--config', '.dependency-cruiser.mjs', 'src', 'tests', 'bench']],
    ];

/** Two at a time, for two cores. */
const results = [];
const lane = async () => {
  for (let next = checks.shift(); next; next = checks.shift()) results.push(await check(...next));
};
await Promise.all([lane(), lane()]);

await buildAll();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-report-'));
const report = path.join(folder, 'report.json');
const vitest = await run(
  bin('vitest'),
  ['run', ...only, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  'inherit',
);
const counts = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : {};
fs.rmSync(folder, { recursive: true, force: true });

const passed = results.filter(Boolean).length + (counts.numPassedTests ?? 0);
// A file that fails to load has no failing tests of its own, but must still count.
const unloaded = (counts.testResults ?? []).filter(
  (file) => file.status === 'failed' && file.assertionResults.length === 0,
);
let failed = results.filter((ok) => !ok).length + (counts.numFailedTests ?? 0) + unloaded.length;
if (!vitest.ok && failed === 0) failed = 1;
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
