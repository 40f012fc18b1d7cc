// The cryptography and compression needed to check a file of the log, in Node. `browser/crypto.ts` gives the same answers in a browser (`#crypto`
// in package.json).

import { createPublicKey, hash, verify } from 'node:crypto';
import { inflateSync } from 'node:zlib';

/** DER prefix of the SubjectPublicKeyInfo of an Ed25519 key (RFC 8410), up to the key bytes. */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Hashes bytes, or a text as UTF-8. */
export const sha256 = (data: string | Uint8Array): Uint8Array => hash('sha256', data, 'buffer');

/** Returns a function that is true when a signature over bytes is valid under this 32-byte Ed25519 key. */
export function ed25519(publicKey: Uint8Array): (bytes: Uint8Array, signature: Uint8Array) => boolean {
  const key = createPublicKey({ key: Buffer.concat([spkiPrefix, publicKey]), format: 'der', type: 'spki' });
  return (bytes, signature) => verify(null, bytes, key, signature);
}

/** Decompresses zlib data. Throws for any other format, and when the result exceeds `most` bytes. */
export const inflate = (data: Uint8Array, most: number): Uint8Array => inflateSync(data, { maxOutputLength: most });
