// AES-256-GCM (NIST SP 800-38D) as everything sealed in this house is laid out: a fresh nonce of 12 bytes, the ciphertext, a tag of 16.

import { createCipheriv, createDecipheriv, randomFillSync, type KeyObject } from 'node:crypto';

export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const tagLength = { authTagLength: TAG_BYTES };

let pool: Buffer = Buffer.alloc(0);
let used = 0;

/** Fresh bytes from the system's generator, fetched in larger pieces. Each byte is given out once and then forgotten here. */
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
 * Encrypts a text, taken as UTF-8, or bytes, and binds it to `place`. Keys are key objects: bytes would be made into one for every use, which
 * on newer runtimes costs several times the encryption.
 */
export function encrypt(key: KeyObject, place: Uint8Array, plain: string | Uint8Array): Buffer {
  const nonce = freshBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, tagLength);
  cipher.setAAD(place);
  const sealed = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  cipher.final();
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()], NONCE_BYTES + sealed.length + TAG_BYTES);
}

/** The bytes that were encrypted. Throws Error when the key or the place is another, or anything was changed. */
export function decrypt(key: KeyObject, place: Uint8Array, sealed: Buffer): Buffer {
  const end = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), tagLength);
  decipher.setAAD(place);
  decipher.setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(NONCE_BYTES, end));
  decipher.final();
  return plain;
}
