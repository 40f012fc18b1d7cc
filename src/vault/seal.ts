// Sealing of records: AES-256-GCM over the values with a fresh nonce, bound to person, holding, version and the codes in their order, so that a
// record opens only in its own place and no value can pass for another. No error here carries a value.

import type { KeyObject } from 'node:crypto';
import { Damaged } from '../platform/damaged.ts';
import { decrypt, encrypt } from './gcm.ts';
import { writeId } from './keys.ts';

/** Where a sealed record belongs. `codes` are the codes of its values, in their order. */
export interface Place {
  principal: string;
  holding: string;
  version: number;
  codes: readonly string[];
}

/** A sealed record that does not open: damaged, moved from its place, or sealed under another key. */
export class SealBroken extends Damaged {
  constructor() {
    super('vault: a sealed record does not open');
    this.name = 'SealBroken';
  }
}

const PLACE_BYTES = 16 + 16 + 4;

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

/** Seals values given in the order of the codes. */
export const sealRecord = (dataKey: KeyObject, place: Place, values: readonly string[]): Buffer =>
  encrypt(dataKey, binding(place), JSON.stringify(values));

/** The values of a sealed record by code. Throws SealBroken when it does not open. */
export function openRecord(dataKey: KeyObject, place: Place, sealed: Buffer): Record<string, string> {
  let values: string[];
  try {
    values = JSON.parse(decrypt(dataKey, binding(place), sealed).toString()) as string[];
  } catch {
    throw new SealBroken();
  }
  return Object.fromEntries(place.codes.map((code, i) => [code, values[i]!]));
}
