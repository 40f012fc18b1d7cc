import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freshBytes, KeyMismatch, keeperOf, NONCE_BYTES, TAG_BYTES } from './keys.ts';
import { openItems, SealBroken, sealItems, type Place } from './seal.ts';

const hanako = '01930000-0000-7000-8000-000000000001';
const taro = '01930000-0000-7000-8000-000000000002';
const newsletter = '01930000-0000-7000-8000-0000000000a1';
const visitors = '01930000-0000-7000-8000-0000000000a2';
const at: Place = { principal: hanako, holding: newsletter, version: 1 };
const all = (): boolean => true;

test('what was sealed opens exactly as it was, whatever the characters', () => {
  const key = randomBytes(32);
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,10}$/), text, { minKeys: 1, maxKeys: 12 }), (values) => {
      const sealed = sealItems(key, at, Object.entries(values));
      expect(openItems(key, at, Object.keys(values), sealed, all)).toEqual({ ...values });
    }),
  );
  const odd = { name: '𠮷野 髙志', name_kana: 'ﾖｼﾉ ﾀｶｼ', note: '\uFA19 辻\u{E0100}', address: '\uFEFF東京' };
  expect(openItems(key, at, Object.keys(odd), sealItems(key, at, Object.entries(odd)), all)).toEqual(odd);
});

test('only the wanted items are opened', () => {
  const key = randomBytes(32);
  const sealed = sealItems(key, at, [
    ['name', '例示 花子'],
    ['email', 'hanako@example.jp'],
  ]);
  sealed[sealed.length - 1]! ^= 1;
  expect(openItems(key, at, ['name', 'email'], sealed, (code) => code === 'name')).toEqual({ name: '例示 花子' });
  expect(() => openItems(key, at, ['name', 'email'], sealed, all)).toThrow(SealBroken);
});

test.each<[string, Place]>([
  ['another person', { ...at, principal: taro }],
  ['another holding', { ...at, holding: visitors }],
  ['another version', { ...at, version: 2 }],
])('a sealed item does not open for %s', (_, place) => {
  const key = randomBytes(32);
  const sealed = sealItems(key, at, [['name', '例示 花子']]);
  expect(() => openItems(key, place, ['name'], sealed, all)).toThrow(SealBroken);
});

test('items cannot change places, and one code cannot pass for another', () => {
  const key = randomBytes(32);
  const sealed = sealItems(key, at, [
    ['company', 'A'],
    ['note', 'B'],
  ]);
  const half = sealed.length / 2;
  const swapped = Buffer.concat([sealed.subarray(half), sealed.subarray(0, half)]);
  expect(() => openItems(key, at, ['company', 'note'], swapped, all)).toThrow(SealBroken);
  expect(() => openItems(key, at, ['note', 'company'], sealed, all)).toThrow(SealBroken);
  expect(() => openItems(randomBytes(32), at, ['company', 'note'], sealed, all)).toThrow(SealBroken);
});

test('every flipped bit and every cut is noticed, and no error carries a value', () => {
  const key = randomBytes(32);
  const sealed = sealItems(key, at, [
    ['name', '例示 花子'],
    ['email', 'hanako@example.jp'],
  ]);
  const attempt = (bytes: Buffer): unknown => {
    try {
      return openItems(key, at, ['name', 'email'], bytes, all);
    } catch (error) {
      return error;
    }
  };
  for (let i = 0; i < sealed.length * 8; i++) {
    const flipped = Buffer.from(sealed);
    flipped[i >> 3]! ^= 1 << (i & 7);
    const error = attempt(flipped);
    expect(error).toBeInstanceOf(SealBroken);
    expect(String((error as Error).stack)).not.toMatch(/花子|hanako/);
    expect((error as Error).cause).toBeUndefined();
  }
  for (let n = 0; n < sealed.length; n++) expect(attempt(sealed.subarray(0, n))).toBeInstanceOf(SealBroken);
  expect(attempt(Buffer.concat([sealed, Buffer.from([0])]))).toBeInstanceOf(SealBroken);
});

test('no nonce is used twice', () => {
  const key = randomBytes(32);
  const seen = new Set<string>();
  for (let i = 0; i < 5_000; i++) {
    const sealed = sealItems(key, at, [
      ['name', 'x'],
      ['note', 'x'],
    ]);
    const size = 4 + NONCE_BYTES + 1 + TAG_BYTES;
    for (const start of [4, size + 4]) seen.add(sealed.toString('hex', start, start + NONCE_BYTES));
  }
  const keeper = keeperOf(new Map([[1, randomBytes(32)]]));
  for (let i = 0; i < 5_000; i++) seen.add(keeper.wrap(key, hanako).toString('hex', 0, NONCE_BYTES));
  expect(seen.size).toBe(15_000);
});

test('fresh bytes are given out once, across the edge of the pool too', () => {
  const seen = new Set(Array.from({ length: 20_000 }, (_, i) => freshBytes(i % 2 ? 12 : 32).toString('hex')));
  expect(seen.size).toBe(20_000);
  expect(freshBytes(100_000)).toHaveLength(100_000);
});

test('a data key opens under the version that wrapped it, for its person alone', () => {
  const [first, second] = [randomBytes(32), randomBytes(32)];
  const old = keeperOf(new Map([[1, first]]));
  const both = keeperOf(
    new Map([
      [1, first],
      [2, second],
    ]),
  );
  const key = freshBytes(32);
  const wrapped = old.wrap(key, hanako);
  expect(both.version).toBe(2);
  expect(both.unwrap(1, wrapped, hanako)).toEqual(key);
  expect(both.unwrap(2, both.wrap(key, hanako), hanako)).toEqual(key);
  expect(() => both.unwrap(2, wrapped, hanako)).toThrow(KeyMismatch);
  expect(() => both.unwrap(1, wrapped, taro)).toThrow(KeyMismatch);
  expect(() => old.unwrap(2, both.wrap(key, hanako), hanako)).toThrow(KeyMismatch);
  expect(() => both.unwrap(1, wrapped.subarray(1), hanako)).toThrow(KeyMismatch);
});
