// `sekisho ask` as a person at a terminal runs it: the real program, without database or server.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../server.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-ask-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

function ask(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, 'bin', 'sekisho.mjs'), 'ask', ...args],
    {
      cwd: root,
      // It has neither a database nor a data folder.
      env: {
        PATH: process.env.PATH,
        SEKISHO_DATA: '/nowhere/at/all',
        DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      },
      encoding: 'utf8',
    },
  );
  return { code: status, out: stdout, err: stderr };
}

function file(content: unknown): string {
  const at = path.join(folder, `${fs.readdirSync(folder).length}.json`);
  fs.writeFileSync(at, typeof content === 'string' ? content : JSON.stringify(content));
  return at;
}

const partner = 'examples/facts/provide/o-01-seminar-partner-with-consent.json';

test('an answer in plain words, with its grounds, its duties and its day', () => {
  const ja = ask('provide', '--facts', partner);
  expect([ja.code, ja.err]).toEqual([0, '']);
  for (const text of ['可　渡してよい', '法27条1項', '提供の記録を速やかに作り', '2029年11月24日', '提供先の住所']) {
    expect(ja.out).toContain(text);
  }
  const en = ask('provide', '--facts', partner, '--lang', 'en');
  for (const text of ['Yes: it may be handed over', 'APPI Art. 27(1)', 'Keep until 24 November 2029']) {
    expect(en.out).toContain(text);
  }
  expect(en.out).not.toMatch(/[ぁ-んァ-ヶ一-龠]/);
  // No name in the facts is repeated.
  expect(ja.out + en.out).not.toContain('共同');
});

test('as JSON it is the finding of the example', () => {
  const { code, out } = ask('provide', '--facts', partner, '--json');
  const { answer, because } = JSON.parse(out) as { answer: string; because: { law: string; article: string }[] };
  const { expected } = JSON.parse(fs.readFileSync(path.join(root, partner), 'utf8')) as {
    expected: { because: string[] };
  };
  expect([code, answer]).toEqual([0, 'yes']);
  expect(because.map((g) => `${g.law} ${g.article}`)).toEqual(expected.because);
});

test('a day on the command line goes before the day of the file', () => {
  const { code, out } = ask('provide', '--facts', partner, '--on', '2030-01-01', '--json');
  expect([code, (JSON.parse(out) as { answer: string }).answer]).toEqual([0, 'unknown']);
});

test('of a fact as late as the calendar goes the answer is one', () => {
  const filed = 'examples/facts/keep-my-number/copy-of-a-payment-record.json';
  const { facts } = JSON.parse(fs.readFileSync(path.join(root, filed), 'utf8')) as { facts: object };
  const { code, out, err } = ask(
    'keep-my-number',
    '--facts',
    file({ facts: { ...facts, filedOn: '9999-12-31' } }),
    '--json',
  );
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('"9999-12-31"');
});

test.each([
  ['no question', ['nothing', '--facts', partner], /^question: /],
  ['no file', ['provide'], /^--facts: /],
  ['a file that is not there', ['provide', '--facts', '/nowhere.json'], /^--facts: /],
  ['no JSON', ['provide', '--facts', file('{')], /^file: /],
  ['no facts', ['provide', '--facts', file({ on: '2026-11-24' })], /^facts: /],
  [
    'a strange fact',
    ['provide', '--facts', file({ facts: { recipient: { planet: 'Mars' } } })],
    /^facts\.recipient\.planet: /,
  ],
  [
    'a fact twice',
    ['provide', '--facts', file('{"facts":{"consent":{"on":"2026-11-24"},"consent":{"on":"2026-11-25"}}}')],
    /^facts\.consent: Two fields have this name/,
  ],
  [
    'a fact twice, once in other letters',
    ['provide', '--facts', file('{"facts":{"items":["name"],"consent":{"on":"2026-11-24","\\u006fn":"2026-11-25"}}}')],
    /^facts\.consent\.on: Two fields have this name/,
  ],
  ['a wrong type', ['provide', '--facts', file({ facts: { consent: { on: 'yesterday' } } })], /^facts\.consent\.on: /],
  ['a day that never was', ['provide', '--facts', partner, '--on', '2026-02-30'], /^--on: /],
])('bad input ends with 2 and names the field: %s', (_, args, says) => {
  const { code, out, err } = ask(...args, '--lang', 'en');
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(says);
  expect(err).not.toMatch(/Mars|yesterday|[ぁ-ん]{4}/);
});
