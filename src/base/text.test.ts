// What is kept of a text that somebody typed, and what they are told of one that cannot be.

import { expect, test } from 'vitest';
import { folded, readText, type TextRule } from './text.ts';

test.each<[given: string | null | undefined, rule: TextRule, text: string, ja: string | null]>([
  ['　例示町 1-1\t ', { most: 20 }, '例示町 1-1', null],
  [undefined, { most: 20 }, '', null],
  [null, { most: 20, need: true }, '', '入力してください'],
  [' \r\n ', { most: 20, need: true, lines: true }, '', '入力してください'],
  ['𠮷'.repeat(10), { most: 20 }, '𠮷'.repeat(10), null],
  ['𠮷'.repeat(11), { most: 20 }, '𠮷'.repeat(11), '20字までで書いてください'],
  ['一\r\n二\n三', { most: 5, lines: true }, '一\n二\n三', null],
  ['一\r\n二', { most: 20 }, '一\n二', '改行などの見えない文字を除いてください'],
  ['一\t二', { most: 20, lines: true }, '一\t二', '見えない文字を除いてください'],
  ['一\u0000二', { most: 20, lines: true }, '一\u0000二', '見えない文字を除いてください'],
  ['一\r二', { most: 20, lines: true }, '一\r二', '見えない文字を除いてください'],
  ['一\ud800二', { most: 20 }, '一\ud800二', '改行などの見えない文字を除いてください'],
])('%j by %j', (given, rule, text, ja) => {
  const problems: string[] = [];
  expect(readText(given, rule, (says) => problems.push(says.ja))).toBe(text);
  expect(problems).toEqual(ja === null ? [] : [ja]);
});

test('what is looked for is the same in either width, case and kana', () => {
  for (const text of ['ミナトＡｂヴァヶヽ', 'みなとabゔぁゖゝ', 'ﾐﾅﾄABｳﾞｧゖヽ'])
    expect(folded(text)).toBe('みなとabゔぁゖゝ');
  expect(folded('データー・一')).toBe('でーたー・一');
});
