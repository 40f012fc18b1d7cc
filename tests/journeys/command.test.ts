// The command line called wrongly by a person or a script: nothing is started or checked that was not asked for, and the exit code says so.

import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { canonical, vkeyOf } from '../../src/log/index.ts';
import { foldRoots, grow, leafHash, type Frontier } from '../../src/log/merkle.ts';
import { signCheckpoint } from '../../src/log/sign.ts';
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
  });
  return { code: status, out: stdout, err: stderr };
}

const facts = path.join(root, 'examples/facts/provide/o-01-seminar-partner-with-consent.json');
const nothing = path.join(folder, 'nothing.ndjson');
fs.writeFileSync(nothing, 'nothing');

// A folder, which no user can read as a file.
const beside = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-command-policy-'));
fs.mkdirSync(path.join(beside, 'operator.yaml'));
afterAll(() => fs.rmSync(beside, { recursive: true }));

test.each<[what: string, args: string[], names: string]>([
  ['a command that is none', ['begin'], 'begin'],
  ['an option of no command', ['start', '--port', '9000'], '--port'],
  ['an option of another command', ['start', '--json'], '--json'],
  ['a word too many', ['demo', 'again'], 'again'],
  ['a key by another name', ['verify', nothing, '--kee', 'k'], '--kee'],
  ['a key without its value', ['verify', nothing, '--key'], '--key'],
  ['an empty key', ['verify', nothing, '--key', ''], '--key'],
  ['nothing to verify', ['verify'], 'file'],
  ['what is held without its value', ['verify', nothing, '--since'], '--since'],
  ['what is held, without a name', ['verify', nothing, '--since', ''], '--since'],
  ['what is held, which is not there', ['verify', nothing, '--since', '/nowhere'], '/nowhere'],
  ['a file that is not there', ['verify', '/nowhere'], '/nowhere'],
  ['nothing to check', ['policy', 'check'], 'folder'],
  ['a folder that is not there', ['policy', 'check', '/nowhere'], '/nowhere'],
  ['a policy of which a file cannot be read', ['policy', 'check', beside], 'operator.yaml'],
  ['an export that is not there', ['restore', '/nowhere'], '/nowhere'],
  ['an export that is a folder', ['restore', beside], beside],
  ['facts that are not named', ['ask', 'provide'], '--facts: 事実のファイルを指定してください'],
  ['half a command', ['policy'], 'policy'],
  ['a day without its value', ['ask', 'provide', '--facts', facts, '--on'], '--on'],
  ['a language that is none', ['ask', 'provide', '--facts', facts, '--lang', 'fr'], '--lang'],
])('%s ends with 2, is named, and nothing is done', (_, args, names) => {
  const { code, out, err } = run(...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(names);
  expect(err).not.toMatch(/^ +at /m);
  expect(fs.readdirSync(folder)).toEqual(['nothing.ndjson']);
});

test.each([[[]], [['help']], [['--help']], [['-h']], [['ask', '--help']]])('%j says how it is used', (args) => {
  const { code, out, err } = run(...args);
  expect([code, err]).toEqual([0, '']);
  for (const command of ['start', 'demo', 'verify', 'policy check', 'ask']) expect(out).toContain(`sekisho ${command}`);
});

test('what cannot be checked ends with 2, and is not said to be changed', () => {
  const { code, out } = run('verify', nothing);
  expect([code, out.split('\n').slice(0, 2)]).toEqual([
    2,
    [
      '確かめられません: 関所の記録、控え、証明書のどれでもありません。',
      'could not be checked: This is not a log export, a receipt or a certificate of Sekisho.',
    ],
  ]);
});

test('an export continues the checkpoint that somebody holds, or the log was written anew', () => {
  const signer = { name: 'sekisho.example.jp/log', privateKey: generateKeyPairSync('ed25519').privateKey };
  const key = vkeyOf(signer);
  const checkpointOf = (...entries: string[]): string => {
    const edge: Frontier = { size: 0, roots: [] };
    for (const entry of entries) grow(edge, leafHash(entry));
    return signCheckpoint(edge.size, foldRoots(edge.roots), signer);
  };
  const write = (name: string, text: string): string => {
    fs.writeFileSync(path.join(folder, name), text);
    return name;
  };
  const exportOf = (...entries: string[]): string => {
    const head = canonical({ kind: 'sekisho-log', size: entries.length, v: 1, vkey: key });
    return [head, ...entries, canonical({ checkpoint: checkpointOf(...entries) }), ''].join('\n');
  };
  const held = write('held.txt', checkpointOf('{"a":1}', '{"a":2}'));
  const grown = write('grown.ndjson', exportOf('{"a":1}', '{"a":2}', '{"a":3}'));
  const anew = write('anew.ndjson', exportOf('{"a":1}', '{"a":0}', '{"a":3}'));
  const good = run('verify', grown, '--key', key, '--since', held);
  expect([good.code, good.err]).toEqual([0, '']);
  expect(good.out).toContain('It continues the log of 2 entries that you hold.');
  expect(run('verify', anew, '--key', key).code).toBe(0);
  const bad = run('verify', anew, '--key', key, '--since', held);
  expect(bad.code).toBe(1);
  // The program that the office hands out says the same, alone in its folder.
  fs.copyFileSync(path.join(root, 'dist', 'assets', 'verify.mjs'), path.join(folder, 'verify.mjs'));
  for (const args of [
    [grown],
    [grown, '--key', key, '--since', held],
    [anew, '--key', key, '--since', held],
    [nothing],
  ])
    expect(node('verify.mjs', ...args)).toEqual(run('verify', ...args));
  for (const args of [[], ['/nowhere'], [grown, held], [grown, '--kee', 'k'], [grown, '--key', '']]) {
    const { code, out, err } = node('verify.mjs', ...args);
    expect([code, out, err === '']).toEqual([2, '', false]);
  }
  expect(bad.out).toMatch(/^不一致: /);
  expect(bad.out).toContain('not good: This does not continue the log of 2 entries that you hold');
});

test('V8 is set so that it outlives a call of WebAssembly from which it does not come back as it was compiled', () => {
  const inlined = path.join(root, 'tests', 'faults', 'inlined.mjs');
  const { code, out, err } = node('--allow-natives-syntax', '--import', inlined, program, 'help');
  expect([code, err, out.trimEnd().split('\n').at(-1)]).toEqual([0, '', 'outlived']);
});
