import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { leafHash } from './merkle.ts';
import { base64, hexOf } from './bytes.ts';
import { keyHashOf, openCheckpoint, openNote, readVkey } from './note.ts';
import { signCheckpoint, signNote, vkeyOf } from './sign.ts';

// The published example of golang.org/x/mod/sumdb/note, on which C2SP signed-note is based.
const seed = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1);
const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
const signer = {
  name: 'PeterNeumann',
  privateKey: createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }),
};
const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const note =
  `${text}\n— PeterNeumann ` +
  'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

const stranger = { name: 'EnochRoot', privateKey: generateKeyPairSync('ed25519').privateKey };

test('keys, notes and signatures are the published ones, byte for byte', () => {
  expect(vkeyOf(signer)).toBe(vkey);
  expect(signNote(text, signer)).toBe(note);
  expect(openNote(note, readVkey(vkey)!)).toBe(text);
});

test('a line that somebody added breaks it, whoever signed that', () => {
  const verifier = readVkey(vkey)!;
  const [ours, theirs] = [signer, stranger].map((by) => signNote(text, by).split('\n').at(-2)!);
  for (const line of [theirs, ours, '— anybody AAAAAAA='])
    expect([openNote(`${note}${line}\n`, verifier), openNote(`${text}\n${line}\n${ours}\n`, verifier)]).toEqual([
      null,
      null,
    ]);
  expect(openNote(signNote(text, stranger), verifier)).toBeNull();
});

test('every single changed bit of a note is refused', () => {
  const verifier = readVkey(vkey)!;
  const bytes = Buffer.from(note);
  for (let i = 0; i < bytes.length; i++) {
    for (let bit = 0; bit < 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[i] = changed[i]! ^ (1 << bit);
      expect(openNote(changed.toString(), verifier)).toBeNull();
    }
  }
});

test.each([
  ['', 'empty'],
  ['PeterNeumann', 'no hash'],
  ['PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'another hash'],
  ['PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'another name'],
  ['PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T', 'a short key'],
  ['PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'another algorithm'],
  ['Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'a space'],
])('refuses the key %s (%s)', (bad) => {
  expect(readVkey(bad)).toBeNull();
});

/** A published form of these key bytes under this name, with the correct key hash. */
function published(name: string, bytes: Uint8Array): string {
  const raw = bytes.subarray(1);
  return `${name}+${hexOf(keyHashOf(name, raw))}+${base64(bytes)}`;
}

test('a key whose hash agrees is refused all the same when its name, its kind or its length is none', () => {
  const bytes = Buffer.from(vkey.split('+').slice(2).join('+'), 'base64');
  expect(published('PeterNeumann', bytes)).toBe(vkey);
  for (const name of ['Peter Neumann', 'Peter\nNeumann', 'Peter\u200bNeumann', '\u3000'])
    expect([name, readVkey(published(name, bytes))]).toEqual([name, null]);
  for (const kind of [0, 2, 4, 255])
    expect(readVkey(published('PeterNeumann', Uint8Array.from([kind, ...bytes.subarray(1)])))).toBeNull();
  for (const odd of [bytes.subarray(0, 32), Buffer.concat([bytes, Buffer.alloc(1)]), bytes.subarray(0, 1)])
    expect(readVkey(published('PeterNeumann', odd))).toBeNull();
});

test('a signer with an unusable name or another kind of key is refused', () => {
  expect(() => vkeyOf({ ...signer, name: 'a b' })).toThrow(RangeError);
  expect(() => vkeyOf({ ...signer, name: 'a+b' })).toThrow(RangeError);
  expect(() => vkeyOf({ name: 'a', privateKey: generateKeyPairSync('x25519').privateKey })).toThrow(RangeError);
});

test('what would not end its last line is not signed', () => {
  expect(() => signNote('5', signer)).toThrow(RangeError);
});

test('a checkpoint says origin, size and root, a line each', () => {
  const root = leafHash('one');
  const signed = signCheckpoint(1_000_000, root, signer);
  expect(signed.split('\n').slice(0, 4)).toEqual(['PeterNeumann', '1000000', Buffer.from(root).toString('base64'), '']);
  const verifier = readVkey(vkey)!;
  expect(openCheckpoint(signed, verifier)).toEqual({
    origin: 'PeterNeumann',
    size: 1_000_000,
    root: Uint8Array.from(root),
  });
});

test.each([
  ['another origin', 'EnochRoot\n5\nLBHA1yY0E0G8J/RX4yUzcYY5pvMFDXDNyTb2dAYXTAE=\n'],
  ['a size with a leading zero', 'PeterNeumann\n05\nLBHA1yY0E0G8J/RX4yUzcYY5pvMFDXDNyTb2dAYXTAE=\n'],
  ['a negative size', 'PeterNeumann\n-5\nLBHA1yY0E0G8J/RX4yUzcYY5pvMFDXDNyTb2dAYXTAE=\n'],
  ['a short root', 'PeterNeumann\n5\nLBHA1yY0\n'],
  ['a root that is no base64', 'PeterNeumann\n5\nLBHA1yY0E0G8J/RX4yUzcYY5pvMFDXDNyTb2dAYXTAF=\n'],
  [
    'a size that cannot be counted to',
    'PeterNeumann\n9007199254740993\nLBHA1yY0E0G8J/RX4yUzcYY5pvMFDXDNyTb2dAYXTAE=\n',
  ],
  ['an extension line', 'PeterNeumann\n5\nLBHA1yY0E0G8J/RX4yUzcYY5pvMFDXDNyTb2dAYXTAE=\nmore\n'],
])('a well-signed checkpoint with %s is refused', (_, body) => {
  expect(openCheckpoint(signNote(body, signer), readVkey(vkey)!)).toBeNull();
});
