// A browser must give the same answer as Node for every file. These tests compare their primitives where the standards leave room and where a
// malicious signer would look for differences.

import { generateKeyPairSync, sign } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import { ed25519 as curve, ED25519_TORSION_SUBGROUP } from '@noble/curves/ed25519.js';
import { bytesToNumberLE, concatBytes, numberToBytesLE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { expect, test } from 'vitest';
import * as browser from './browser/crypto.ts';
import * as node from './crypto.ts';
import { base64, hexOf } from './bytes.ts';
import { isOfSmallOrder, keyHashOf, readVkey } from './note.ts';

const { Point } = curve;
const ORDER = Point.Fn.ORDER;
const message = Buffer.from('sekisho.example.jp/log\n5\n');

const answers = (key: Uint8Array, signature: Uint8Array, bytes: Uint8Array = message): boolean[] =>
  [node, browser].map(({ ed25519 }) => ed25519(key)(bytes, signature));

test('a good signature is good, and with any bit of it, of the key or of the text turned it is not', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32));
  const signature = new Uint8Array(sign(null, message, privateKey));
  expect(answers(key, signature)).toEqual([true, true]);
  const turned = (bytes: Uint8Array, i: number): Uint8Array =>
    bytes.map((byte, at) => (at === i ? byte ^ (1 << (i % 8)) : byte));
  for (let i = 0; i < 64; i++) expect([i, answers(key, turned(signature, i))]).toEqual([i, [false, false]]);
  for (let i = 0; i < 32; i++) expect([i, answers(turned(key, i), signature)]).toEqual([i, [false, false]]);
  for (let i = 0; i < message.length; i++) expect(answers(key, signature, turned(message, i))).toEqual([false, false]);
  expect(answers(key, signature.subarray(0, 63))).toEqual([false, false]);
  expect(answers(key, new Uint8Array(64))).toEqual([false, false]);
});

/** Signatures that only a key holder can make, from points with a component of small order: valid by some readings of RFC 8032 and not by others. */
function crafted(): [what: string, key: Uint8Array, signature: Uint8Array][] {
  const secret = 7n ** 40n;
  const nonce = 11n ** 40n;
  const torsion = ED25519_TORSION_SUBGROUP.map((hex) => Buffer.from(hex, 'hex'));
  const made: [string, Uint8Array, Uint8Array][] = [];
  torsion.forEach((inKey, i) => {
    torsion.forEach((inNonce, j) => {
      const key = Point.BASE.multiply(secret).add(Point.fromBytes(inKey, true)).toBytes();
      const r = Point.BASE.multiply(nonce).add(Point.fromBytes(inNonce, true)).toBytes();
      const k = bytesToNumberLE(sha512(concatBytes(r, key, message))) % ORDER;
      const s = (nonce + k * secret) % ORDER;
      made.push([`torsion ${i} in the key and ${j} in the signature`, key, concatBytes(r, numberToBytesLE(s, 32))]);
      if (i + j === 0) made.push(['s not reduced', key, concatBytes(r, numberToBytesLE(s + ORDER, 32))]);
      // A key that is itself of small order, under which one signature is valid for many texts.
      made.push([`key ${i}, point ${j}`, inKey, concatBytes(inNonce, new Uint8Array(32))]);
    });
  });
  // The same points in non-canonical encodings: y and y + p, and a sign bit where x is 0.
  const p = 2n ** 255n - 19n;
  for (const y of [0n, 1n, p - 1n, p, p + 1n, 2n ** 255n - 1n]) {
    for (const sign of [0n, 1n << 255n]) {
      const point = numberToBytesLE(y + sign, 32);
      made.push([`key ${y + sign}`, point, concatBytes(torsion[0]!, new Uint8Array(32))]);
      made.push([`point ${y + sign}`, torsion[0]!, concatBytes(point, new Uint8Array(32))]);
      made.push([`both ${y + sign}`, point, concatBytes(point, new Uint8Array(32))]);
    }
  }
  return made;
}

test('no key of small order is taken for a key, however it is written', () => {
  const keys = crafted().map(([, key]) => key);
  const vkey = (key: Uint8Array): string =>
    `log+${hexOf(keyHashOf('log', key))}+${base64(Uint8Array.from([1, ...key]))}`;
  const isSmall = (key: Uint8Array): boolean => Point.fromBytes(key, true).clearCofactor().is0();
  expect(keys.map((key) => readVkey(vkey(key)) === null)).toEqual(keys.map(isSmall));
});

test('where readings of the standard part, both read it alike', () => {
  // Keys of small order are never accepted: with one of them OpenSSL 3.5 accepts no signature, and 3.0 accepts many.
  const read = crafted()
    .filter(([, key]) => !isOfSmallOrder(key))
    .map(([what, key, signature]) => [what, ...answers(key, signature)] as const);
  expect(read.filter(([, one, other]) => one !== other)).toEqual([]);
  expect(read.some(([, good]) => good) && read.some(([, good]) => !good)).toBe(true);
});

const text = JSON.stringify({ kind: 'sekisho-receipt', proof: Array.from({ length: 40 }, (_, i) => `${i ** 5}`) });
const zipped = deflateSync(text);
test.each<[what: string, data: Uint8Array]>([
  ['whole', zipped],
  ['with more behind it', Buffer.concat([zipped, Buffer.from('\nendstream')])],
  ['with another behind it', Buffer.concat([zipped, zipped])],
  ['cut', zipped.subarray(0, -1)],
  ['cut in the middle', zipped.subarray(0, zipped.length >> 1)],
  ['nothing', new Uint8Array()],
  ['for gzip', gzipSync(text)],
  ['of another dictionary', deflateSync(text, { dictionary: Buffer.from('sekisho') })],
  ['as large as may be', deflateSync(Buffer.alloc(2_000))],
  ['a byte larger', deflateSync(Buffer.alloc(2_001))],
  ...Array.from(zipped, (_, i): [string, Uint8Array] => [
    `with byte ${i} turned`,
    zipped.map((byte, at) => (at === i ? byte ^ (1 << (i % 8)) : byte)),
  ]),
])('what zlib compressed unfolds alike: %s', (_, data) => {
  const [one, other] = [node, browser].map(({ inflate }) => {
    try {
      return Buffer.from(inflate(data, 2_000)).toString();
    } catch {
      return null;
    }
  });
  expect(other).toBe(one);
});

test('the hash of a text is that of its UTF-8', () => {
  for (const of of ['', 'a', '関所', '𠮷', '\ud800', '\ufeffx', new Uint8Array([0, 255])])
    expect(browser.sha256(of)).toEqual(Uint8Array.from(node.sha256(of)));
});
