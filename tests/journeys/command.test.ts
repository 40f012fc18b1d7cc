// The command line as a person or a script calls it wrongly: nothing is started or checked that was not asked for, and the exit code says so.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../server.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-command-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const program = path.join(root, 'bin', 'sekisho.mjs');

const run = (...args: string[]): { code: number | null; out: string; err: string } => node(program, ...args);

function node(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, PORT: '0' },
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { code: status, out: stdout, err: stderr };
}

const facts = path.join(root, 'examples/facts/provide/o-01-seminar-partner-with-consent.json');
const nothing = path.join(folder, 'nothing.ndjson');
fs.writeFileSync(nothing, 'nothing');

test.each<[what: string, args: string[], names: string]>([
  ['a command that is none', ['begin'], 'begin'],
  ['an option of no command', ['start', '--port', '9000'], '--port'],
  ['an option of another command', ['start', '--json'], '--json'],
  ['a word too many', ['demo', 'again'], 'again'],
  ['a key by another name', ['verify', nothing, '--kee', 'k'], '--kee'],
  ['a key without its value', ['verify', nothing, '--key'], '--key'],
  ['an empty key', ['verify', nothing, '--key', ''], '--key'],
  ['nothing to verify', ['verify'], 'file'],
  ['a file that is not there', ['verify', '/nowhere'], '/nowhere'],
  ['nothing to check', ['policy', 'check'], 'folder'],
  ['a folder that is not there', ['policy', 'check', '/nowhere'], '/nowhere'],
  ['half a command', ['policy'], 'policy'],
  ['a day without its value', ['ask', 'provide', '--facts', facts, '--on'], '--on'],
  ['a language that is none', ['ask', 'provide', '--facts', facts, '--lang', 'fr'], '--lang'],
])('%s ends with 2, is named, and nothing is done', (_, args, names) => {
  const { code, out, err } = run(...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(names);
  expect(fs.readdirSync(folder)).toEqual(['nothing.ndjson']);
});

test.each([[[]], [['help']], [['--help']], [['-h']], [['ask', '--help']]])('%j says how it is used', (args) => {
  const { code, out, err } = run(...args);
  expect([code, err]).toEqual([0, '']);
  for (const command of ['start', 'demo', 'verify', 'policy check', 'ask']) expect(out).toContain(`sekisho ${command}`);
});

test('what was checked and is not good ends with 1', () => {
  const { code, out } = run('verify', nothing);
  expect([code, out.split('\n')[1]?.startsWith('NOT GOOD: ')]).toEqual([1, true]);
});

test('V8 is set so that it outlives a call of WebAssembly from which it does not come back as it was compiled', () => {
  const inlined = path.join(root, 'tests', 'faults', 'inlined.mjs');
  const { code, out, err } = node('--allow-natives-syntax', '--import', inlined, program, 'help');
  expect([code, err, out.trimEnd().split('\n').at(-1)]).toEqual([0, '', 'outlived']);
});
