// What waits in the house to be handed over as a file: parts of a package, sealed under a key of the package alone, so that nothing of it can
// be read in the database, and dropping the key destroys what was never fetched.

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { freshBytes, KEY_BYTES, NONCE_BYTES, TAG_BYTES, writeId } from './keys.ts';
import { SealBroken } from './seal.ts';
import type { Vault } from './vault.ts';

/** The key of a package as it is stored, wrapped by a KEK. */
export interface PackageKey {
  kekVersion: number;
  wrapped: Buffer;
}

/** Where a sealed part belongs: the package's id and its number in it. */
export interface PartPlace {
  package: string;
  part: number;
}

/** A fresh key for a package, wrapped and bound to the package's id. */
export function packageKey(vault: Vault, of: string): PackageKey {
  const key = freshBytes(KEY_BYTES);
  const wrapped = vault.keeper.wrap(key, of);
  key.fill(0);
  return { kekVersion: vault.keeper.version, wrapped };
}

const tagLength = { authTagLength: TAG_BYTES };

/** Associated data: a part opens only in its own place. */
function binding(place: PartPlace): Buffer {
  const bytes = Buffer.alloc(16 + 4);
  writeId(bytes, place.package, 0);
  bytes.writeUInt32BE(place.part, 16);
  return bytes;
}

/** Seals a part with AES-256-GCM: nonce, ciphertext, tag. Throws KeyMismatch when the key is not the package's. */
export function sealPart(vault: Vault, key: PackageKey, place: PartPlace, text: string): Buffer {
  const nonce = freshBytes(NONCE_BYTES);
  const cipher = createCipheriv(
    'aes-256-gcm',
    vault.keeper.unwrap(key.kekVersion, key.wrapped, place.package),
    nonce,
    tagLength,
  );
  cipher.setAAD(binding(place));
  const sealed = cipher.update(text, 'utf8');
  cipher.final();
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
}

/** The bytes of a part. Throws KeyMismatch, or SealBroken when it is damaged or not in its place. */
export function openPart(vault: Vault, key: PackageKey, place: PartPlace, sealed: Buffer): Buffer {
  const dataKey = vault.keeper.unwrap(key.kekVersion, key.wrapped, place.package);
  const end = sealed.length - TAG_BYTES;
  try {
    const decipher = createDecipheriv('aes-256-gcm', dataKey, sealed.subarray(0, NONCE_BYTES), tagLength);
    decipher.setAAD(binding(place));
    decipher.setAuthTag(sealed.subarray(end));
    const text = decipher.update(sealed.subarray(NONCE_BYTES, end));
    decipher.final();
    return text;
  } catch {
    throw new SealBroken();
  }
}
