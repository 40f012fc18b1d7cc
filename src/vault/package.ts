// Parts of a package that waits to be handed over as a file. They are sealed under a key of the package's own, so the database shows nothing of
// them and dropping the key destroys whatever was never fetched.

import { decrypt, encrypt } from './gcm.ts';
import { writeId } from './keys.ts';
import { SealBroken } from './seal.ts';
import type { Vault } from './vault.ts';

/** A package's key as stored, wrapped by a KEK. */
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
export const packageKey = ({ keeper }: Vault, of: string): PackageKey => ({
  kekVersion: keeper.version,
  wrapped: keeper.fresh(of).wrapped,
});

/** Associated data, so that a part opens only in its own place. */
function binding(place: PartPlace): Buffer {
  const bytes = Buffer.alloc(16 + 4);
  writeId(bytes, place.package, 0);
  bytes.writeUInt32BE(place.part, 16);
  return bytes;
}

/** Seals a part. Throws KeyMismatch when the key is not the package's. */
export const sealPart = ({ keeper }: Vault, key: PackageKey, place: PartPlace, text: string): Buffer =>
  encrypt(keeper.unwrap(key.kekVersion, key.wrapped, place.package), binding(place), text);

/** Opens a part. Throws KeyMismatch, or SealBroken when it is damaged or not in its place. */
export function openPart({ keeper }: Vault, key: PackageKey, place: PartPlace, sealed: Buffer): Buffer {
  const dataKey = keeper.unwrap(key.kekVersion, key.wrapped, place.package);
  try {
    return decrypt(dataKey, binding(place), sealed);
  } catch {
    throw new SealBroken();
  }
}
