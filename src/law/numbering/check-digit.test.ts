// Check digits (検査用数字): the vectors, every wrong digit at every place against a slow reading of the formula, and inputs that are no number at all.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { corporateNumberCheckDigit, isCorporateNumber, isMyNumber, myNumberCheckDigit } from '../index.ts';

const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((d) => d.join(''));

/** NumCmd 5 word for word: Pn from the right, Qn = n + 1 up to the sixth, then n − 5. */
function slowMyNumber(base: string): number {
  let sum = 0;
  for (let n = 1; n <= 11; n++) {
    const p = Number(base.split('').reverse()[n - 1]);
    sum += p * (n >= 7 ? n - 5 : n + 1);
  }
  const rest = sum - Math.floor(sum / 11) * 11;
  return rest === 0 || rest === 1 ? 0 : 11 - rest;
}

/** CorpNo 2: Qn = 1 where n is odd, 2 where it is even. */
function slowCorporate(base: string): number {
  let sum = 0;
  for (let n = 1; n <= 12; n++) sum += Number(base.split('').reverse()[n - 1]) * (n % 2 === 1 ? 1 : 2);
  return 9 - (sum % 9);
}

describe('個人番号', () => {
  const vectors = [
    '123456789018',
    '987654321093',
    '111111111118',
    '202020202027',
    // A remainder of 0 and a remainder of 1 both give 0.
    '123456789050',
    '123456789000',
  ];

  test.each(vectors)('%s は正しい', (number) => {
    expect(isMyNumber(number)).toBe(true);
    expect(myNumberCheckDigit(number.slice(0, 11))).toBe(Number(number[11]));
  });

  test.each(vectors)('%s の検査用数字を1つでも違えると、正しくない', (number) => {
    for (let d = 0; d <= 9; d++) expect(isMyNumber(number.slice(0, 11) + d)).toBe(d === Number(number[11]));
  });

  test.each(vectors)('%s のどの桁をどう違えても、式のとおりに判定する', (number) => {
    for (let at = 0; at < 11; at++) {
      for (let d = 0; d <= 9; d++) {
        const wrong = number.slice(0, at) + d + number.slice(at + 1);
        expect(isMyNumber(wrong), `${at} ${d}`).toBe(slowMyNumber(wrong.slice(0, 11)) === Number(wrong[11]));
      }
    }
  });

  test('桁ごとの重み', () => {
    const one = (n: number): string => '0'.repeat(11 - n) + '1' + '0'.repeat(n - 1);
    const weights = Array.from({ length: 11 }, (_, i) => 11 - myNumberCheckDigit(one(i + 1)));
    expect(weights).toEqual([2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6]);
  });

  test('どの11桁でも、式のとおり', () => {
    fc.assert(
      fc.property(digits(11), (base) => {
        expect(myNumberCheckDigit(base)).toBe(slowMyNumber(base));
        expect(isMyNumber(base + slowMyNumber(base))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['123456789012', '123456789019', '000000000001'])('%s は正しくない', (number) => {
    expect(isMyNumber(number)).toBe(false);
  });

  test.each([
    '',
    '12345678901',
    '1234567890180',
    '１２３４５６７８９０１８',
    '12345678901a',
    ' 123456789018',
    '1234-5678-9018',
  ])('「%s」は個人番号の形でない', (text) => {
    expect(isMyNumber(text)).toBe(false);
  });

  test.each(['1234567890', '123456789012', '1234567890a'])('「%s」の検査用数字は求めない', (base) => {
    expect(() => myNumberCheckDigit(base)).toThrow('11 digits expected');
  });
});

describe('法人番号', () => {
  const vectors = ['7000012050002', '7123456789012', '9999999999999'];

  test.each(vectors)('%s は正しい', (number) => {
    expect(isCorporateNumber(number)).toBe(true);
    expect(corporateNumberCheckDigit(number.slice(1))).toBe(Number(number[0]));
  });

  test.each(vectors)('%s のどの桁をどう違えても、式のとおりに判定する', (number) => {
    for (let at = 0; at < 13; at++) {
      for (let d = 0; d <= 9; d++) {
        const wrong = number.slice(0, at) + d + number.slice(at + 1);
        expect(isCorporateNumber(wrong), `${at} ${d}`).toBe(slowCorporate(wrong.slice(1)) === Number(wrong[0]));
      }
    }
  });

  test('桁ごとの重み', () => {
    const one = (n: number): string => '0'.repeat(12 - n) + '1' + '0'.repeat(n - 1);
    const weights = Array.from({ length: 12 }, (_, i) => 9 - corporateNumberCheckDigit(one(i + 1)));
    expect(weights).toEqual([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2]);
  });

  test('どの12桁でも1から9で、式のとおり', () => {
    fc.assert(
      fc.property(digits(12), (base) => {
        const check = corporateNumberCheckDigit(base);
        expect(check).toBe(slowCorporate(base));
        expect(check >= 1 && check <= 9).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['8000012050002', '1234567890123', '700001205000', '70000120500021', '7000012-50002'])(
    '%s は正しくない',
    (number) => {
      expect(isCorporateNumber(number)).toBe(false);
    },
  );

  test('12桁でなければ求めない', () => {
    expect(() => corporateNumberCheckDigit('00001205000')).toThrow('12 digits expected');
  });
});
