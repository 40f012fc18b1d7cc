// People's texts in a PDF: complete, with their lines, and in characters that our fonts have.

import { getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { linesOn } from '../../tests/lines.ts';
import { endings, fonts, isPrintable, linesOf, makePdf, printable, whole } from './pdf.ts';

test.each([
  ['ends of lines of every kind', 'あ\r\nい\rう\u2028え\nお', 'あ\nい\nう\nえ\nお'],
  ['an end of a line at the end', '例示町1-1\r\n', '例示町1-1\n'],
  ['a tab', '例示ビル\t3階', '例示ビル 3階'],
  ['marks of which nothing is seen', '\ufeff髙\u200b橋\u202e花子\u00ad', '髙橋花子'],
  ['a variant of a character', '辻󠄀 葛󠄁', '辻󠄀 葛󠄁'],
  ['rare characters', '𠮷 髙 﨑 神 ㈱', '𠮷 髙 﨑 神 ㈱'],
  ['half-width kana', 'ｻｶﾞｲ ﾊﾟﾘ', 'サガイ パリ'],
  ['characters of no font', '例示🙂社\u0001', '例示〓社〓'],
])('%s', (_, text, printed) => {
  expect(printable(text)).toBe(printed);
  expect(printable({ told: [{ text, on: 3, none: null }] })).toEqual({ told: [{ text: printed, on: 3, none: null }] });
  // A text that was prepared once does not change again.
  expect(printable(printed)).toBe(printed);
});

test.each([
  ['一文です。', true],
  ['辻󠄀之介', true],
  ['一行\n二行', false],
  ['例示🙂社', false],
  ['a\u200bb', false],
])('whether our fonts have every character of %j: %s', (text, is) => {
  expect(isPrintable(text)).toBe(is);
});

test('lines, however they end', () => {
  expect(linesOf('1\r\n2\r\r3\n4')).toEqual(['1', '2', '', '3', '4']);
});

test('an apostrophe parts no English word', async () => {
  const template = `${fonts}
#set document(title: "Words")
#set text(font: fonts, lang: sys.inputs.lang, size: 10pt)
#let data = json(bytes(sys.inputs.data))
#data`;
  const widthOf = async (text: string): Promise<number> => {
    const pdf = await getDocumentProxy(new Uint8Array(makePdf({ template, data: text, lang: 'en' })), { verbosity: 0 });
    const { items } = (await (await pdf.getPage(1)).getTextContent()) as { items: { width?: number }[] };
    return items.reduce((sum, { width = 0 }) => sum + width, 0);
  };
  expect((await widthOf('database’s')) - (await widthOf('databases'))).toBeLessThan(4);
});

/** The lines of a paragraph that begins with more and more filling, in a column of the papers that is narrow. */
async function linesAfter(filling: string, text: string, lang: 'ja' | 'en'): Promise<string[]> {
  const template = `${fonts}
${whole}
${endings}
#set document(title: "Lines")
#set page(width: 56mm, height: auto, margin: 10mm)
#set text(font: fonts, lang: sys.inputs.lang, size: 10pt, cjk-latin-spacing: none)
#let data = json(bytes(sys.inputs.data))
#for line in data { par(line) }`;
  const data = Array.from({ length: 24 }, (_, n) => filling.repeat(n) + text);
  const lines = await linesOn(makePdf({ template, data, lang }));
  // Nothing runs over the right edge of the column but the empty half of a 、 or ）.
  expect(Math.max(...lines.map(({ right }) => right))).toBeLessThan((46 / 25.4) * 72 + 5);
  return lines.map(({ text: line }) => line);
}

test.each([
  ['あ', '〒104-0000', 'ja'],
  ['あ', '33条2項3号', 'ja'],
  ['あ', '23条の2 1項', 'ja'],
  ['あ', '第27条第5項第3号', 'ja'],
  ['an ', '33(2)(iii)', 'en'],
  ['an ', 'APPI 33(2)(iii)', 'en'],
  ['an ', 'Art. 23-2(1)', 'en'],
] as const)('after any number of %j, %s stands on one line', async (filling, cited, lang) => {
  const lines = await linesAfter(filling, lang === 'ja' ? `（${cited}）、` : `(${cited}), `, lang);
  expect(lines.filter((line) => line.includes(cited))).toHaveLength(24);
  // What is written after it or around it stays with it.
  expect(lines.filter((line) => /^[）)、,]|[（(]$/.test(line))).toEqual([]);
});

test.each([
  ['〒104-0000'.repeat(8), 'ja'],
  ['第27条第5項第3号'.repeat(8), 'ja'],
  [`第27条${'第5項'.repeat(20)}`, 'ja'],
  ['33(2)(iii)'.repeat(8), 'en'],
  [`33${'(2)'.repeat(30)}`, 'en'],
] as const)('%s is longer than a line, and wraps', async (cited, lang) => {
  expect((await linesAfter('', cited, lang)).length).toBeGreaterThan(24);
});

test.each([
  ['あ', 'あいう。'],
  ['あ', '（あいう）。'],
  ['第1条を', '「あいう」。'],
])(
  'after any number of %j, %j ends in a line of more than one character, and no line begins with a stop',
  async (...of) => {
    const lines = await linesAfter(...of, 'ja');
    expect(lines.filter((line) => line.endsWith('。'))).toHaveLength(24);
    expect(lines.filter((line) => /^.?[）」。]*$/.test(line))).toEqual([]);
  },
);
