// People's texts in a PDF: complete, with their lines, and in characters that our fonts have.

import { getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { fonts, isPrintable, linesOf, makePdf, printable } from './pdf.ts';

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
