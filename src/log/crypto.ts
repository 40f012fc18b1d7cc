// What checking a file of the log asks of cryptography and compression, from Node. In a browser `browser/crypto.ts` answers alike
// (`#crypto` in package.json).

import { createPublicKey, hash, verify } from 'node:crypto';
import { inflateSync } from 'node:zlib';

/** SubjectPublicKeyInfo of an Ed25519 key (RFC 8410) up to the key itself. */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** A text is taken as UTF-8. */
export const sha256 = (data: string | Uint8Array): Uint8Array => hash('sha256', data, 'buffer');

/** Whether a signature over bytes is good, by the Ed25519 key of these 32 bytes. */
export function ed25519(publicKey: Uint8Array): (bytes: Uint8Array, signature: Uint8Array) => boolean {
  const key = createPublicKey({ key: Buffer.concat([spkiPrefix, publicKey]), format: 'der', type: 'spki' });
  return (bytes, signature) => verify(null, bytes, key, signature);
}

/** What zlib compressed. Throws for anything else, and for what unfolds to more than `most` bytes. */
export const inflate = (data: Uint8Array, most: number): Uint8Array => inflateSync(data, { maxOutputLength: most });
