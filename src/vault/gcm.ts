// AES-256-GCM (NIST SP 800-38D) in the layout used everywhere in Sekisho: a fresh 12-byte nonce, the ciphertext, a 16-byte tag.

import { createCipheriv, createDecipheriv, randomFillSync, type KeyObject } from 'node:crypto';

export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const tagLength = { authTagLength: TAG_BYTES };

let pool: Buffer = Buffer.alloc(0);
let used = 0;

/** Random bytes from the system's generator, fetched in larger pieces. Each byte is returned once and then wiped from the pool. */
export function freshBytes(size: number): Buffer {
  if (used + size > pool.length) {
    pool = randomFillSync(Buffer.allocUnsafeSlow(Math.max(16_384, size)));
    used = 0;
  }
  const bytes = Buffer.allocUnsafe(size);
  pool.copy(bytes, 0, used, used + size);
  pool.fill(0, used, used + size);
  used += size;
  return bytes;
}

/**
 * Encrypts bytes, or a text as UTF-8, with `place` as associated data. The key is a KeyObject because raw bytes would be turned into one on every
 * call, which on newer runtimes costs several times the encryption itself.
 */
export function encrypt(key: KeyObject, place: Uint8Array, plain: string | Uint8Array): Buffer {
  const nonce = freshBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, tagLength);
  cipher.setAAD(place);
  const sealed = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  cipher.final();
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()], NONCE_BYTES + sealed.length + TAG_BYTES);
}

/** Decrypts. Throws Error when the key or the place differs or anything was changed. */
export function decrypt(key: KeyObject, place: Uint8Array, sealed: Buffer): Buffer {
  const end = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), tagLength);
  decipher.setAAD(place);
  decipher.setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(NONCE_BYTES, end));
  decipher.final();
  return plain;
}
