// Reads signed notes (C2SP signed-note) and checkpoints (C2SP tlog-checkpoint) with Ed25519. The signature covers exactly the text that is shown;
// base64 is read strictly, so that a note has only one spelling.

import { ed25519, sha256 } from '#crypto';
import { bytesOf, hexOf, readBase64, sameBytes } from './bytes.ts';
import { HASH_BYTES, type Hash } from './merkle.ts';

/** A parsed verification key (C2SP: `name+hash+base64`). */
export interface Verifier {
  name: string;
  keyHash: Uint8Array;
  /** True when a signature over bytes is valid. */
  verifies: (bytes: Uint8Array, signature: Uint8Array) => boolean;
}

/** The head of the log at one moment: the number of entries, and their root. */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Hash;
}

/** Algorithm byte of an Ed25519 key. */
export const ED25519 = 1;
export const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const KEY_HASH_BYTES = 4;

export const isName = (name: string): boolean => /^[^\s+\p{C}]+$/u.test(name);

export const keyHashOf = (name: string, raw: Uint8Array): Uint8Array =>
  sha256(Uint8Array.from([...bytesOf(`${name}\n`), ED25519, ...raw])).subarray(0, KEY_HASH_BYTES);

/** Encoded y of the points of small order, in canonical and other encodings (y and y + p). The sign of x, the highest bit, is masked. */
const SMALL_ORDER = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

/**
 * True when a public key is a point of small order: under such a key, one signature is valid for many texts. RFC 8032 allows these keys; some
 * libraries accept them and others do not (Chalkias, Garillot, Nikolaenko: Taming the many EdDSAs, 2020).
 */
export function isOfSmallOrder(publicKey: Uint8Array): boolean {
  const y = Uint8Array.from(publicKey);
  y[PUBLIC_KEY_BYTES - 1]! &= 0x7f;
  return SMALL_ORDER.has(hexOf(y));
}

/**
 * Reads a verification key. Returns null when it is not a well-formed Ed25519 key with a matching hash, or is of small order and so proves nothing.
 */
export function readVkey(vkey: string): Verifier | null {
  const [, name, hex, key] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  const bytes = key === undefined ? null : readBase64(key);
  if (!name || !isName(name) || !hex || !bytes) return null;
  if (bytes.length !== 1 + PUBLIC_KEY_BYTES || bytes[0] !== ED25519) return null;
  const raw = bytes.subarray(1);
  if (isOfSmallOrder(raw)) return null;
  const keyHash = keyHashOf(name, raw);
  return hexOf(keyHash) === hex ? { name, keyHash, verifies: ed25519(raw) } : null;
}

/**
 * The text of a note with exactly one signature, by this verifier; null otherwise. C2SP would ignore signatures of other keys, but people take a
 * whole file as checked, so nobody may add a line to a file of the log.
 */
export function openNote(note: string, verifier: Verifier): string | null {
  const [, text, name, encoded] = /^([^]*\n)\n— (\S+) (\S+)\n$/.exec(note) ?? [];
  const bytes = encoded === undefined ? null : readBase64(encoded);
  if (text === undefined || name !== verifier.name || !bytes) return null;
  const [keyHash, signature] = [bytes.subarray(0, KEY_HASH_BYTES), bytes.subarray(KEY_HASH_BYTES)];
  if (!sameBytes(keyHash, verifier.keyHash) || signature.length !== SIGNATURE_BYTES) return null;
  return verifier.verifies(bytesOf(text), signature) ? text : null;
}

/** A checkpoint with a valid signature and the key's name as origin; null otherwise. Extension lines are unknown here and refused. */
export function openCheckpoint(note: string, verifier: Verifier): Checkpoint | null {
  const [, origin, size, root] = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([^\n]+)\n$/.exec(openNote(note, verifier) ?? '') ?? [];
  const hashed = root === undefined ? null : readBase64(root);
  if (origin !== verifier.name || !hashed || hashed.length !== HASH_BYTES) return null;
  return Number.isSafeInteger(Number(size)) ? { origin, size: Number(size), root: hashed } : null;
}
