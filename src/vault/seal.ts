// Sealing a record: AES-256-GCM over its values with a fresh nonce, bound to person, holding, version and the codes in their order, so
// that it opens nowhere but in its own place and no value can pass for another. No error here ever carries a value.

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { freshBytes, NONCE_BYTES, TAG_BYTES, writeId } from './keys.ts';

/** Where a sealed record belongs. `codes` are those of its values, in their order. */
export interface Place {
  principal: string;
  holding: string;
  version: number;
  codes: readonly string[];
}

/** A sealed record that does not open: damaged, moved from its place, or sealed under another key. */
export class SealBroken extends Error {
  constructor() {
    super('vault: a sealed record does not open');
    this.name = 'SealBroken';
  }
}

const PLACE_BYTES = 16 + 16 + 4;
const tagLength = { authTagLength: TAG_BYTES };

/** Associated data. Codes are ASCII without commas (items.ts). */
function binding({ principal, holding, version, codes }: Place): Buffer {
  const list = codes.join(',');
  const bytes = Buffer.allocUnsafe(PLACE_BYTES + list.length);
  writeId(bytes, principal, 0);
  writeId(bytes, holding, 16);
  bytes.writeUInt32BE(version, 32);
  bytes.write(list, PLACE_BYTES, 'latin1');
  return bytes;
}

/** Seals the values, given in the order of the codes: nonce, ciphertext, tag. */
export function sealRecord(dataKey: Buffer, place: Place, values: readonly string[]): Buffer {
  const nonce = freshBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', dataKey, nonce, tagLength);
  cipher.setAAD(binding(place));
  const text = cipher.update(JSON.stringify(values), 'utf8');
  cipher.final();
  return Buffer.concat([nonce, text, cipher.getAuthTag()]);
}

/** The values of a sealed record by code. Throws SealBroken when it does not open. */
export function openRecord(dataKey: Buffer, place: Place, sealed: Buffer): Record<string, string> {
  let values: string[];
  try {
    const end = sealed.length - TAG_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', dataKey, sealed.subarray(0, NONCE_BYTES), tagLength);
    decipher.setAAD(binding(place));
    decipher.setAuthTag(sealed.subarray(end));
    const text = decipher.update(sealed.subarray(NONCE_BYTES, end), undefined, 'utf8');
    decipher.final();
    values = JSON.parse(text) as string[];
  } catch {
    throw new SealBroken();
  }
  return Object.fromEntries(place.codes.map((code, i) => [code, values[i]!]));
}
