// The cryptography and compression needed to check a file of the log, in a browser. Must give exactly the answers of `../crypto.ts`. WebCrypto is
// not an option: it is asynchronous, and a page loaded over plain http does not have it.

import { ed25519 as curve } from '@noble/curves/ed25519.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import { sha256 as digest, sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { Inflate } from 'pako';

const { Point } = curve;
const HALF = 32;

export const sha256 = (data: string | Uint8Array): Uint8Array =>
  digest(typeof data === 'string' ? utf8ToBytes(data) : data);

function readPoint(bytes: Uint8Array): InstanceType<typeof Point> | null {
  try {
    return Point.fromBytes(bytes, true);
  } catch {
    return null;
  }
}

/**
 * Ed25519 by the cofactorless equation of RFC 8032, comparing the encoded point byte for byte, as OpenSSL does for Node. A signer can craft
 * signatures that are valid by one reading of the standard and not by another; both runtimes must give the same answer.
 */
export function ed25519(publicKey: Uint8Array): (bytes: Uint8Array, signature: Uint8Array) => boolean {
  const key = readPoint(publicKey)?.negate();
  return (bytes, signature) => {
    const r = signature.subarray(0, HALF);
    const s = bytesToNumberLE(signature.subarray(HALF));
    if (!key || signature.length !== 2 * HALF || s >= Point.Fn.ORDER) return false;
    const k = Point.Fn.create(bytesToNumberLE(sha512(concatBytes(r, publicKey, bytes))));
    const found = Point.BASE.multiplyUnsafe(s).add(key.multiplyUnsafe(k)).toBytes();
    return found.every((byte, i) => byte === r[i]);
  };
}

export function inflate(data: Uint8Array, most: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let size = 0;
  // With an explicit window, gzip is not accepted.
  const stream = new Inflate({ windowBits: 15 });
  stream.onData = (piece) => {
    size += piece.length;
    if (size > most) throw new RangeError('inflate: too large');
    pieces.push(piece);
  };
  if (!stream.push(data, true)) throw new RangeError('inflate: not what zlib compressed');
  return concatBytes(...pieces);
}
