// The mutation check itself: it must tell a rule that is tested at its boundary from one that is not, and must not praise tests that
// fail anyway.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mutate, report } from '../scripts/mutate.mjs';

let root: string;

const write = (file: string, text: string): void => {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
};
const run = (folder: string): ReturnType<typeof mutate> =>
  mutate({ root, folder, out: path.join(root, 'out'), lanes: 1 });
const changes = (found: Awaited<ReturnType<typeof mutate>>, caught: boolean): string[] =>
  found.mutants.filter((m) => (m.caught !== null) === caught).map((m) => `${m.line}: ${m.was} → ${m.becomes}`);

beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-mutate-'));
  write(
    'rules/age.ts',
    [
      'export const limit = 18 * Number(["Civil Code"].includes("Civil Code"));',
      'export const adult = (who: { age?: number } | null): boolean | undefined =>',
      '  who?.age === undefined ? undefined : who.age >= limit;',
    ].join('\n'),
  );
  const table = (rows: string): string =>
    [
      "import { describe, expect, test } from 'vitest';",
      "import { adult } from './age.ts';",
      "describe('age', () => {",
      `  test.each([${rows}])('$age', ({ age, is }) => { expect(adult({ age })).toBe(is); });`,
      "  test('nobody', async () => { expect(adult(null)).toBeUndefined(); });",
      '});',
    ].join('\n');
  write('rules/age.test.ts', table('{ age: 17, is: false }, { age: 18, is: true }'));
  fs.cpSync(path.join(root, 'rules'), path.join(root, 'loose'), { recursive: true });
  write('loose/age.test.ts', table('{ age: 5, is: false }, { age: 50, is: true }'));
  write('broken/age.test.ts', table('{ age: 5, is: true }').replace('./age.ts', '../rules/age.ts'));
  write('broken/other.ts', 'export const other = (n: number): boolean => n > 1;');
  write(
    'broken/other.test.ts',
    "import { expect, test } from 'vitest';\nimport { other } from './other.ts';\ntest('two', () => expect(other(2)).toBe(false));",
  );
});

afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

test('a table with both sides of the boundary leaves no mutant, not even of what is computed while loading', async () => {
  const found = await run('rules');
  expect(changes(found, false)).toEqual([]);
  expect(changes(found, true)).toEqual([
    '1: ["Civil Code"].includes("Civil Code") → !(["Civil Code"].includes("Civil Code"))',
    '3: who?.age === undefined → false',
    '3: who?.age === undefined → true',
    '3: who?.age === undefined → who?.age !== undefined',
    '3: who?.age → who.age',
    '3: who.age >= limit → who.age > limit',
    '3: who.age >= limit → who.age < limit',
  ]);
});

test('a table without the boundary is told so, with the line and the change', async () => {
  const found = await run('loose');
  expect(changes(found, false)).toEqual(['3: who.age >= limit → who.age > limit']);
  const lines: string[] = [];
  expect(report(found.mutants, (line) => lines.push(line))).toBe(false);
  expect(lines[0]).toBe('loose/age.ts: 7 mutants, 6 caught, 85.7 % (bar 90 %) short');
  expect(lines.at(-1)).toBe('  loose/age.ts:3: who.age >= limit  →  who.age > limit');
});

test('tests that fail without a mutant are reported, not counted', async () => {
  await expect(run('broken')).rejects.toThrow(
    /^1 of 3 tests fail without a mutant:\n {2}broken\/other.test.ts > two: /,
  );
});
