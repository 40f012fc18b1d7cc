// HMAC-SHA-256 (RFC 2104) by two one-shot hashes. An Hmac object per digest costs a native handle that must be garbage-collected and, on newer
// runtimes, several times the hashing itself; a new person needs five digests.

import { hash } from 'node:crypto';

const BLOCK_BYTES = 64;
const HASH_BYTES = 32;
const IPAD = 0x36;
const OPAD = 0x5c;

/** Returns a function that computes the 32-byte keyed digest of a text in UTF-8. The key must not exceed one block, 64 bytes (RangeError). */
export function hmacOf(key: Buffer): (text: string) => Buffer {
  if (key.length > BLOCK_BYTES) throw new RangeError('hmac: the key is longer than a block');
  const padded = Buffer.alloc(BLOCK_BYTES);
  key.copy(padded);
  const outer = Buffer.alloc(BLOCK_BYTES + HASH_BYTES);
  for (let i = 0; i < BLOCK_BYTES; i++) outer[i] = padded[i]! ^ OPAD;
  let inner = Buffer.alloc(1024);
  for (let i = 0; i < BLOCK_BYTES; i++) inner[i] = padded[i]! ^ IPAD;
  return (text) => {
    const most = BLOCK_BYTES + text.length * 3;
    if (most > inner.length) {
      const larger = Buffer.alloc(most);
      inner.copy(larger, 0, 0, BLOCK_BYTES);
      inner.fill(0);
      inner = larger;
    }
    const end = BLOCK_BYTES + inner.write(text, BLOCK_BYTES);
    // The inner hash is passed on as a string, one character per byte: a buffer for it would cost as much again as the hashing.
    outer.write(hash('sha256', inner.subarray(0, end), 'binary'), BLOCK_BYTES, 'binary');
    // Do not leave the hashed text in memory.
    inner.fill(0, BLOCK_BYTES, end);
    return Buffer.from(hash('sha256', outer, 'binary'), 'binary');
  };
}
