import fs from 'node:fs';
import { expect, test } from 'vitest';
import { valueOf } from '../../../../tests/people.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { filled, lettersFile, readTexts } from './texts.ts';

const example = fs.readFileSync(`policies/example/${lettersFile}`, 'utf8');

const problemsOf = (yaml: string): FieldProblem[] => {
  const read = readTexts(yaml);
  return read.ok || read.problem.kind !== 'invalid' ? [] : read.problem.fields;
};

/** The example with one passage changed; the passage must be there. */
const changed = (from: string, to: string): string => {
  expect(example).toContain(from);
  return example.replace(from, to);
};

test('the sentences of the example company are read', () => {
  expect(problemsOf(example)).toEqual([]);
});

test.each(['ja', 'en'] as const)(
  'the notice of a disclosure in %s is not called as what is disclosed, beside which it is handed over',
  (lang) => {
    const { disclosure, notices } = valueOf(readTexts(example));
    const called = (title: { ja: string; en: string }): string => title[lang].toLowerCase().replace('third-party ', '');
    expect(called(notices.disclosure.title)).not.toBe(called(disclosure.title));
    expect(called(notices['record-disclosure'].title)).not.toBe(called(disclosure.records.title));
  },
);

test.each([
  [
    'a value that is not known',
    changed("ja: '{name} 様'", "ja: '{namae} 様'"),
    'letters.yaml: frame.person.ja',
    ['{namae} は使えません。使えるのは {name} です', '{name} を入れてください'],
  ],
  [
    'a value in a sentence that takes none',
    changed('ja: 敬具', "ja: '{name}　敬具'"),
    'letters.yaml: frame.closing.ja',
    ['{name} は使えません。この文に差し込む値はありません'],
  ],
  [
    'a value that is lacking',
    changed("en: '{yen} (tax included)'", 'en: Tax included'),
    'letters.yaml: frame.taxed.en',
    ['{yen} を入れてください'],
  ],
  [
    'a bracket without its counterpart',
    changed('ja: 敬具', "ja: '敬具 {'"),
    'letters.yaml: frame.closing.ja',
    ['{ と } の組が合いません'],
  ],
  [
    'a sentence in one language only',
    changed('    ja: 敬具\n', ''),
    'letters.yaml: frame.closing.ja',
    ['書かれていません'],
  ],
  ['an empty sentence', changed('ja: 敬具', "ja: ' '"), 'letters.yaml: frame.closing.ja', ['空でない文にしてください']],
  [
    'an empty list',
    changed(/ {4}items:\n( {6}- ja: 「\{form\}」.*\n {8}en: .*\n)/.exec(example)![0], '    items: []\n'),
    'letters.yaml: cover.enclosed.items',
    ['1つ以上の文の一覧にしてください'],
  ],
  [
    'a field nobody knows',
    changed('frame:\n', 'frame:\n  greeting: こんにちは\n'),
    'letters.yaml: frame',
    ['知らない項目があります：greeting'],
  ],
  [
    'an outcome of the law without a sentence',
    example.replace(/ {6}absent:\n {8}ja: .*第三者提供記録.*\n {8}en: .*\n/, ''),
    'letters.yaml: notices.record-disclosure.results.absent',
    ['書かれていません'],
  ],
])('%s is named with its place', (_, yaml, field, says) => {
  expect(problemsOf(yaml).map((one) => [one.field, one.says.ja])).toEqual(says.map((text) => [field, text]));
});

test('what cannot be read as YAML names its line', () => {
  expect(problemsOf('frame:\n  person: [\n')).toEqual([
    {
      field: 'letters.yaml',
      says: { ja: '2行目がYAMLとして読めません', en: 'Line 2 cannot be read as YAML' },
    },
  ]);
  expect(problemsOf('').map(({ field }) => field)).toEqual(['letters.yaml']);
});

test('a value is put in as it is, even one that looks like a place for another', () => {
  const text = { ja: '{name}から{name}へ、{on}', en: '' };
  expect(filled(text, 'ja', { name: '{on}$&', on: '今日' })).toBe('{on}$&から{on}$&へ、今日');
});
