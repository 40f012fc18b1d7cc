import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freshBytes, KEY_BYTES, NONCE_BYTES } from './gcm.ts';
import { KeyMismatch, keeperOf, keyOf } from './keys.ts';
import { openRecord, SealBroken, sealRecord, type Place } from './seal.ts';

const hanako = '01930000-0000-7000-8000-000000000001';
const taro = '01930000-0000-7000-8000-000000000002';
const newsletter = '01930000-0000-7000-8000-0000000000a1';
const visitors = '01930000-0000-7000-8000-0000000000a2';
const at: Place = { principal: hanako, holding: newsletter, version: 1, codes: ['name', 'email'] };
const values = ['例示 花子', 'hanako@example.jp'];
const newKey = (): KeyObject => createSecretKey(randomBytes(KEY_BYTES));

test('what was sealed opens exactly as it was, whatever the characters', () => {
  const key = newKey();
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });
  const roundTrip = (record: Record<string, string>): void => {
    const place = { ...at, codes: Object.keys(record) };
    expect(openRecord(key, place, sealRecord(key, place, Object.values(record)))).toEqual({ ...record });
  };
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,10}$/), text, { minKeys: 1, maxKeys: 12 }), roundTrip),
  );
  roundTrip({ name: '𠮷野 髙志', name_kana: 'ﾖｼﾉ ﾀｶｼ', note: '\uFA19 辻\u{E0100}', address: '\uFEFF東京' });
});

test.each<[string, Place]>([
  ['another person', { ...at, principal: taro }],
  ['another holding', { ...at, holding: visitors }],
  ['another version', { ...at, version: 2 }],
  ['its items in another order', { ...at, codes: ['email', 'name'] }],
  ['other items', { ...at, codes: ['name', 'phone'] }],
  ['fewer items', { ...at, codes: ['name'] }],
])('a sealed record does not open for %s', (_, place) => {
  const key = newKey();
  const sealed = sealRecord(key, at, values);
  expect(() => openRecord(key, place, sealed)).toThrow(SealBroken);
  expect(() => openRecord(newKey(), at, sealed)).toThrow(SealBroken);
  expect(openRecord(key, at, sealed)).toEqual({ name: values[0], email: values[1] });
});

test('every flipped bit and every cut is noticed, and no error carries a value', () => {
  const key = newKey();
  const sealed = sealRecord(key, at, values);
  const attempt = (bytes: Buffer): unknown => {
    try {
      return openRecord(key, at, bytes);
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

test('the length of a single value does not show', () => {
  const key = newKey();
  const [one, other] = [sealRecord(key, at, ['xxx', 'y']), sealRecord(key, at, ['x', 'yyy'])];
  expect(one.length).toBe(other.length);
});

test('no nonce is used twice', () => {
  const key = newKey();
  const seen = new Set<string>();
  for (let i = 0; i < 5_000; i++) seen.add(sealRecord(key, at, values).toString('hex', 0, NONCE_BYTES));
  const keeper = keeperOf(new Map([[1, newKey()]]));
  for (let i = 0; i < 5_000; i++) seen.add(keeper.fresh(hanako).wrapped.toString('hex', 0, NONCE_BYTES));
  expect(seen.size).toBe(10_000);
});

test('fresh bytes are given out once, across the edge of the pool too', () => {
  const seen = new Set(Array.from({ length: 20_000 }, (_, i) => freshBytes(i % 2 ? 12 : 32).toString('hex')));
  expect(seen.size).toBe(20_000);
  expect(freshBytes(100_000)).toHaveLength(100_000);
});

test('a data key opens under the version that wrapped it, for its person alone', () => {
  const [first, second] = [newKey(), newKey()];
  const old = keeperOf(new Map([[1, first]]));
  const both = keeperOf(
    new Map([
      [1, first],
      [2, second],
    ]),
  );
  const { key, wrapped } = old.fresh(hanako);
  const newer = both.fresh(hanako);
  expect(both.version).toBe(2);
  expect(key.symmetricKeySize).toBe(KEY_BYTES);
  expect(newer.key.equals(key)).toBe(false);
  expect(both.unwrap(1, wrapped, hanako).equals(key)).toBe(true);
  expect(both.unwrap(2, newer.wrapped, hanako).equals(newer.key)).toBe(true);
  expect(() => both.unwrap(2, wrapped, hanako)).toThrow(KeyMismatch);
  expect(() => both.unwrap(1, wrapped, taro)).toThrow(KeyMismatch);
  expect(() => old.unwrap(2, newer.wrapped, hanako)).toThrow(KeyMismatch);
  for (let n = 0; n < wrapped.length; n++) {
    expect(() => both.unwrap(1, wrapped.subarray(0, n), hanako)).toThrow(KeyMismatch);
    expect(() => both.unwrap(1, wrapped.subarray(n + 1), hanako)).toThrow(KeyMismatch);
  }
});

test('an older key that is learnt later opens what it wrapped, and wraps nothing', () => {
  const keks = [newKey(), newKey(), newKey()] as const;
  const wrapped = keeperOf(new Map([[1, keks[0]]])).fresh(hanako);
  const keeper = keeperOf(new Map([[2, keks[1]]]));
  keeper.learn(1, keks[0]);
  expect(keeper.version).toBe(2);
  expect(keeper.unwrap(1, wrapped.wrapped, hanako).equals(wrapped.key)).toBe(true);
  const fresh = keeper.fresh(hanako);
  expect(keeper.unwrap(2, fresh.wrapped, hanako).equals(fresh.key)).toBe(true);
  keeper.learn(3, keks[2]);
  expect(keeper.version).toBe(3);
  const newest = keeper.fresh(hanako);
  expect(keeper.unwrap(3, newest.wrapped, hanako).equals(newest.key)).toBe(true);
});

test('the bytes that a key is made of are not left lying in memory', () => {
  const bytes = freshBytes(KEY_BYTES);
  expect(keyOf(bytes).symmetricKeySize).toBe(KEY_BYTES);
  expect(bytes.equals(Buffer.alloc(KEY_BYTES))).toBe(true);
});
