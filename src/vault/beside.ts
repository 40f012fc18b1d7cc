// What is written down about a person beside their records, such as who gave the information: sealed under the person's own key, so that
// nobody reads it once the person is erased. It holds nothing that a purpose is needed for; what is used of a person is a record.

import { decrypt, encrypt } from './gcm.ts';
import { writeId } from './keys.ts';
import { SealBroken } from './seal.ts';
import type { Vault } from './vault.ts';

/** The key of a person as it is stored, wrapped by a KEK. */
export interface PersonKey {
  kekVersion: number;
  wrapped: Buffer;
}

/** Where a text belongs: the person, and the id of what it was written for. */
export interface Beside {
  principal: string;
  of: string;
}

/** Associated data, shorter than that of any record. */
function binding({ principal, of }: Beside): Buffer {
  const bytes = Buffer.alloc(16 + 16);
  writeId(bytes, principal, 0);
  writeId(bytes, of, 16);
  return bytes;
}

/** Seals a text. Throws KeyMismatch when the key is not the person's. */
export const sealBeside = ({ keeper }: Vault, key: PersonKey, place: Beside, text: string): Buffer =>
  encrypt(keeper.unwrap(key.kekVersion, key.wrapped, place.principal), binding(place), text);

/** The text. Throws KeyMismatch, or SealBroken when it is damaged or not in its place. */
export function openBeside({ keeper }: Vault, key: PersonKey, place: Beside, sealed: Buffer): string {
  const dataKey = keeper.unwrap(key.kekVersion, key.wrapped, place.principal);
  try {
    return decrypt(dataKey, binding(place), sealed).toString();
  } catch {
    throw new SealBroken();
  }
}
