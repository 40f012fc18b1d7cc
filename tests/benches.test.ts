// Benches are measured by hand, on a quiet machine. This test runs a small part of those that act as an office does, to see that they still finish
// when the actions they call have changed.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const names = ['access', 'desk', 'promises', 'provision'];

test('the benches of what an office does run to their end and print what they measure', async () => {
  const env = { ...process.env, SEKISHO_BENCH_PART: '0.005' };
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/bench.mjs', ...names], { env });
  const printed = stdout.split(/^# /m).slice(1);
  expect(printed.map((lines) => lines.split('\n')[0])).toEqual(names.map((name) => `${name}.ts`));
  for (const lines of printed) expect(lines).toMatch(/^\S+\n\w+.*: [\d.]+ /);
});
