import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emailKey, kanaKey, kanaKeys, nameKey, phoneKey } from './normalise.ts';

const anyText = fc.string({ unit: 'grapheme', maxLength: 40 });

test.each([
  ['髙橋 太郎', '高橋太郎'],
  ['𠮷田', '吉田'],
  ['山﨑', '山崎'],
  ['渡邉', '渡辺'],
  ['渡邊', '渡辺'],
  ['濵田', '浜田'],
  ['濱田', '浜田'],
  ['\uFA19谷', '神谷'],
  ['辻\u{E0100}', '辻'],
  ['葛\uFE00城', '葛城'],
  ['ｽﾐｽ　ｼﾞｮﾝ', 'スミスジョン'],
  ['Ｊｏｈｎ　SMITH', 'johnsmith'],
])('%s and %s are found under one name', (written, sought) => {
  expect(nameKey(written)).toBe(nameKey(sought));
});

test('different names keep different keys', () => {
  expect(new Set(['佐藤', '斎藤', '斉藤', '高橋', '吉田', '辻'].map(nameKey)).size).toBe(6);
});

test.each([
  ['ヤマダ　タロウ', 'ヤマダタロウ'],
  ['ﾔﾏﾀﾞ ﾀﾛｳ', 'ヤマダタロウ'],
  ['やまだ たろう', 'ヤマダタロウ'],
  ['ヷゞ', 'ヷヾ'],
])('the reading %s', (written, key) => {
  expect(kanaKey(written)).toBe(key);
});

test('the family name alone is a second key of a reading', () => {
  expect(kanaKeys('やまだ　たろう')).toEqual(['ヤマダタロウ', 'ヤマダ']);
  expect(kanaKeys('ヤマダ')).toEqual(['ヤマダ']);
  expect(kanaKeys(' ﾔﾏﾀﾞ ﾀﾛｳ ')).toEqual(['ヤマダタロウ', 'ヤマダ']);
});

test.each([
  ['090-0000-1234', '09000001234'],
  ['０９０－００００－１２３４', '09000001234'],
  ['+81 90-0000-1234', '09000001234'],
  ['+81 (0)90 0000 1234', '09000001234'],
  ['010 81 3 0000 0000', '0300000000'],
  ['(03) 0000-0000', '0300000000'],
  ['+1 202 555 0100', '12025550100'],
])('the telephone number %s', (written, key) => {
  expect(phoneKey(written)).toBe(key);
});

test('e-mail addresses are compared without case, width and outer spaces', () => {
  expect(emailKey(' Taro.Reiji＠Example.JP ')).toBe('taro.reiji@example.jp');
});

test('a mark that stood apart composes with the letter before it', () => {
  expect(nameKey('ℯ˘')).toBe('ĕ');
  expect(kanaKey('か゛')).toBe('ガ');
});

test('a key of a key is the key: search finds what was stored, however often it is normalised', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const key of [nameKey, kanaKey, emailKey, phoneKey]) expect(key(key(text))).toBe(key(text));
    }),
    { numRuns: 2000 },
  );
});

test('spaces, width and variation selectors never decide whether a name is found', () => {
  const letters = fc.array(fc.constantFrom('佐', '藤', '髙', '𠮷', '神', '辻', 'ア', 'a', '々'), {
    minLength: 1,
    maxLength: 8,
  });
  const noise = fc.constantFrom('', ' ', '　', '\uFE00', '\u{E0100}', '\u{E01EF}');
  fc.assert(
    fc.property(letters, noise, (parts, between) => {
      expect(nameKey(parts.join(between))).toBe(nameKey(parts.join('')));
    }),
  );
});
