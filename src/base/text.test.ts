// Reading a text that was typed in: what is kept of it, and the problem reported when it cannot be kept.

import { expect, test } from 'vitest';
import { folded, isLonger, readText, type TextRule } from './text.ts';

test.each<[given: string | null | undefined, rule: TextRule, text: string, ja: string | null]>([
  ['　例示町 1-1\t ', { most: 20 }, '例示町 1-1', null],
  [undefined, { most: 20 }, '', null],
  [null, { most: 20, need: true }, '', '入力してください'],
  [' \r\n ', { most: 20, need: true, lines: true }, '', '入力してください'],
  ['𠮷'.repeat(20), { most: 20 }, '𠮷'.repeat(20), null],
  ['𠮷'.repeat(21), { most: 20 }, '𠮷'.repeat(21), '20字までで書いてください'],
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

test('what is counted is characters, as people and JSON Schema count them: 𠮷 is one', () => {
  for (const [text, most, longer] of [
    ['', 0, false],
    ['吉𠮷', 2, false],
    ['𠮷'.repeat(200), 200, false],
    ['𠮷'.repeat(201), 200, true],
    [`${'𠮷'.repeat(199)}吉吉`, 200, true],
    ['吉'.repeat(201), 200, true],
    ['𠮷'.repeat(1_000), 200, true],
  ] as const)
    expect([text.length, isLonger(text, most)]).toEqual([text.length, longer]);
  const wrong: string[] = [];
  const read = (text: string) => readText(text, { most: 3 }, ({ ja }) => wrong.push(ja));
  expect([read('𠮷野家'), read('𠮷𠮷𠮷'), read('𠮷𠮷𠮷𠮷')]).toEqual(['𠮷野家', '𠮷𠮷𠮷', '𠮷𠮷𠮷𠮷']);
  expect(wrong).toEqual(['3字までで書いてください']);
});
