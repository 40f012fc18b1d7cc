// `sekisho policy check` as a person at a terminal runs it: the real program on a folder, without database or server.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../server.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-policy-check-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

function check(of: string): { code: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, 'bin', 'sekisho.mjs'), 'policy', 'check', of],
    { cwd: root, env: { PATH: process.env.PATH }, encoding: 'utf8' },
  );
  return { code: status, out: stdout + stderr };
}

/** A copy of the example policy with one file changed; null: removed. */
function changed(name: string, change: (text: string) => string | null): string {
  const copy = path.join(folder, String(fs.readdirSync(folder).length));
  fs.cpSync(path.join(root, 'policies/example'), copy, { recursive: true });
  const file = path.join(copy, name);
  const text = change(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');
  if (text === null) fs.rmSync(file);
  else fs.writeFileSync(file, text);
  return copy;
}

test('the shipped example can be loaded, and its fifteen gaps are named', () => {
  const { code, out } = check('policies/example');
  expect(out.match(/^G-\d+/gm)).toEqual(Array.from({ length: 15 }, (_, i) => `G-${i + 1}`));
  expect(out).toMatch(/^G-1 +条項101：番号法[^]*^ +Clause 101: Article 30/m);
  expect(code).toBe(0);
});

test('a policy is whole without the sentences of letters, which the office keeps', () => {
  expect(check(changed('letters.yaml', () => null))).toEqual(check('policies/example'));
});

test.each<[string, string, (text: string) => string | null, string]>([
  [
    'the policy is wrong',
    'operator.yaml',
    (text) => text.replace('amount_yen: 1000', 'amount_yen: none'),
    'operator.yaml: fee.amount_yen: ',
  ],
  ['a file of the policy is missing', 'measures.yaml', () => null, 'measures.yaml: ファイルがありません / '],
  [
    'the sentences of the letters are wrong',
    'letters.yaml',
    (text) => text.replace('ja: 敬具', "ja: ' '"),
    'letters.yaml: frame.closing.ja: ',
  ],
  [
    'a file belongs to no policy',
    'purpose.yaml',
    () => 'purposes: []',
    'purpose.yaml: 方針のファイルではありません / ',
  ],
])('where %s, its place is named and nothing else is said', (_, name, change, expected) => {
  const { code, out } = check(changed(name, change));
  expect(out.startsWith(expected)).toBe(true);
  expect(out.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(1);
});
