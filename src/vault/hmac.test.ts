import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hmacOf } from './hmac.ts';

// RFC 4231, test cases 1 and 2.
test.each([
  ['0b'.repeat(20), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  [
    Buffer.from('Jefe').toString('hex'),
    'what do ya want for nothing?',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
])('the vectors of RFC 4231 (%#)', (key, text, expected) => {
  expect(hmacOf(Buffer.from(key, 'hex'))(text).toString('hex')).toBe(expected);
});

test('the same as the library, whatever the key and the text, one after the other', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 64 }),
      fc.array(fc.string({ unit: 'grapheme', maxLength: 600 }), { maxLength: 6 }),
      (bytes, texts) => {
        const key = Buffer.from(bytes);
        const hmac = hmacOf(key);
        for (const text of texts) expect(hmac(text)).toEqual(createHmac('sha256', key).update(text, 'utf8').digest());
      },
    ),
  );
  const long = 'あ'.repeat(10_000);
  const key = randomBytes(32);
  expect(hmacOf(key)(long)).toEqual(createHmac('sha256', key).update(long, 'utf8').digest());
});

test('a key longer than a block is refused', () => {
  expect(() => hmacOf(randomBytes(65))).toThrow(RangeError);
});
