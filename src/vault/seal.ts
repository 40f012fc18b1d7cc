// Sealing single items: AES-256-GCM with a fresh nonce each, bound to person, holding, item and version, so that a sealed item opens
// nowhere but in its own place. No error here ever carries a value.

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { freshBytes, NONCE_BYTES, TAG_BYTES, writeId } from './keys.ts';

/** Where a sealed item belongs. */
export interface Place {
  principal: string;
  holding: string;
  version: number;
}

/** A sealed item that does not open: damaged, moved from its place, or sealed under another key. */
export class SealBroken extends Error {
  readonly item: string;
  constructor(item: string) {
    super('vault: a sealed item does not open');
    this.name = 'SealBroken';
    this.item = item;
  }
}

const LENGTH_BYTES = 4;
const PLACE_BYTES = 16 + 16 + 4;
const MOST_CODE_BYTES = 64;
const tagLength = { authTagLength: TAG_BYTES };
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Associated data: person, holding, version, item code. One buffer is enough: the cipher takes it in at once. */
const binding = Buffer.alloc(PLACE_BYTES + MOST_CODE_BYTES);

function bindPlace(place: Place): void {
  writeId(binding, place.principal, 0);
  writeId(binding, place.holding, 16);
  binding.writeUInt32BE(place.version, 32);
}

const bindItem = (code: string): Buffer =>
  binding.subarray(0, PLACE_BYTES + binding.write(code, PLACE_BYTES, 'latin1'));

/**
 * Seals the values in the given order into one sequence: per item its length (4 bytes), nonce, ciphertext, tag.
 * Codes are ASCII (items.ts).
 */
export function sealItems(
  dataKey: Buffer,
  place: Place,
  items: readonly (readonly [code: string, value: string])[],
): Buffer {
  bindPlace(place);
  const nonces = freshBytes(items.length * NONCE_BYTES);
  const pieces: Buffer[] = [];
  let size = 0;
  for (let i = 0; i < items.length; i++) {
    const [code, value] = items[i]!;
    const nonce = nonces.subarray(i * NONCE_BYTES, (i + 1) * NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', dataKey, nonce, tagLength);
    cipher.setAAD(bindItem(code));
    const text = cipher.update(value, 'utf8');
    cipher.final();
    pieces.push(nonce, text, cipher.getAuthTag());
    size += LENGTH_BYTES + NONCE_BYTES + text.length + TAG_BYTES;
  }
  const out = Buffer.allocUnsafe(size);
  let at = 0;
  for (let i = 0; i < pieces.length; i += 3) {
    const text = pieces[i + 1]!;
    out.writeUInt32BE(NONCE_BYTES + text.length + TAG_BYTES, at);
    out.set(pieces[i]!, at + LENGTH_BYTES);
    out.set(text, at + LENGTH_BYTES + NONCE_BYTES);
    out.set(pieces[i + 2]!, at + LENGTH_BYTES + NONCE_BYTES + text.length);
    at += LENGTH_BYTES + NONCE_BYTES + text.length + TAG_BYTES;
  }
  return out;
}

function openOne(dataKey: Buffer, code: string, sealed: Buffer): string {
  const end = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', dataKey, sealed.subarray(0, NONCE_BYTES), tagLength);
  decipher.setAAD(bindItem(code));
  decipher.setAuthTag(sealed.subarray(end));
  const text = decipher.update(sealed.subarray(NONCE_BYTES, end));
  decipher.final();
  return utf8.decode(text);
}

/**
 * Opens the wanted items of a sequence; `codes` are all its items in order. Items that are not there are left out.
 * Throws SealBroken, naming the item, when one does not open.
 */
export function openItems(
  dataKey: Buffer,
  place: Place,
  codes: readonly string[],
  sealed: Buffer,
  wanted: (code: string) => boolean,
): Record<string, string> {
  bindPlace(place);
  const values: Record<string, string> = {};
  let at = 0;
  for (const code of codes) {
    const start = at + LENGTH_BYTES;
    at = start <= sealed.length ? start + sealed.readUInt32BE(start - LENGTH_BYTES) : Infinity;
    if (at > sealed.length || at - start < NONCE_BYTES + TAG_BYTES) throw new SealBroken(code);
    if (!wanted(code)) continue;
    try {
      values[code] = openOne(dataKey, code, sealed.subarray(start, at));
    } catch {
      throw new SealBroken(code);
    }
  }
  if (at !== sealed.length) throw new SealBroken(codes.at(-1) ?? '');
  return values;
}
