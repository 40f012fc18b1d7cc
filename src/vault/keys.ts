// The key-encryption key (KEK), which wraps one data key per person. The KEK together with the database opens everything, so it never enters the
// database.

import { createSecretKey, type KeyObject } from 'node:crypto';
import { Damaged } from '../platform/damaged.ts';
import { decrypt, encrypt, freshBytes, KEY_BYTES } from './gcm.ts';

/** A new data key, and the wrapped form in which it is stored. */
export interface FreshKey {
  key: KeyObject;
  /** Encrypted under the newest KEK and bound to its owner's id. */
  wrapped: Buffer;
}

/** Wraps data keys. KEKs have versions: `version` is the newest and wraps new keys; older ones still open what they wrapped. */
export interface KeyKeeper {
  readonly version: number;
  /** Makes a new data key for the owner with this id (UUID). Throws KeyBehind. */
  fresh(owner: string): FreshKey;
  /** Throws KeyMismatch when the KEK, its version or the owner differs from those it was wrapped with. */
  unwrap(version: number, wrapped: Buffer, owner: string): KeyObject;
  /** Wraps the same key under the newest version. Throws KeyMismatch like `unwrap`, and KeyBehind. */
  rewrap(version: number, wrapped: Buffer, owner: string): Buffer;
  /** Adds a KEK. If it is the newest, it wraps everything from now on. */
  learn(version: number, kek: KeyObject): void;
  /** Wraps nothing until a newer KEK is learned: other processes use one that this one does not have. */
  fallBehind(): void;
}

export class KeyMismatch extends Damaged {
  constructor() {
    super('vault: a wrapped key does not open');
    this.name = 'KeyMismatch';
  }
}

/** Thrown instead of wrapping by a KEK that others no longer use: its file may be destroyed, and what it wraps with it. */
export class KeyBehind extends Error {
  constructor() {
    super('vault: a newer key is in use, and this process does not have it');
    this.name = 'KeyBehind';
  }
}

const PURPOSE = Buffer.from('sekisho data key ');

/** Writes the 16 bytes of a UUID. */
export const writeId = (into: Buffer, id: string, at: number): void => {
  into.write(id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24), at, 16, 'hex');
};

const binding = Buffer.concat([PURPOSE, Buffer.alloc(4 + 16)]);

/** Associated data of a wrapped key: purpose, KEK version, owner. */
function bindKey(version: number, owner: string): Buffer {
  binding.writeUInt32BE(version, PURPOSE.length);
  writeId(binding, owner, PURPOSE.length + 4);
  return binding;
}

/** Turns bytes into a KeyObject and wipes them. */
export function keyOf(bytes: Buffer): KeyObject {
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}

/**
 * A keeper of KEKs, by version. `find` supplies a version that is not known yet, such as one that another process has switched to. It is learned once
 * it has opened a key, because the file may be of another key.
 */
export function keeperOf(
  known: ReadonlyMap<number, KeyObject>,
  find: (version: number) => KeyObject | null = () => null,
): KeyKeeper {
  const keks = new Map(known);
  let version = Math.max(...keks.keys());
  let newest = keks.get(version)!;
  let behind = false;
  const learn = (of: number, kek: KeyObject): void => {
    keks.set(of, kek);
    if (of < version) return;
    version = of;
    newest = kek;
    behind = false;
  };
  const wrap = (owner: string, bytes: Buffer): Buffer => {
    if (behind) throw new KeyBehind();
    return encrypt(newest, bindKey(version, owner), bytes);
  };
  const unwrapped = (of: number, wrapped: Buffer, owner: string): Buffer => {
    const kek = keks.get(of) ?? find(of);
    try {
      if (kek) {
        const bytes = decrypt(kek, bindKey(of, owner), wrapped);
        if (!keks.has(of)) learn(of, kek);
        return bytes;
      }
    } catch {
      // Reported below in the same way as an unknown version.
    }
    throw new KeyMismatch();
  };
  return {
    get version() {
      return version;
    },
    fresh: (owner) => {
      const bytes = freshBytes(KEY_BYTES);
      const wrapped = wrap(owner, bytes);
      return { key: keyOf(bytes), wrapped };
    },
    unwrap: (of, wrapped, owner) => keyOf(unwrapped(of, wrapped, owner)),
    rewrap: (of, wrapped, owner) => {
      const bytes = unwrapped(of, wrapped, owner);
      const anew = wrap(owner, bytes);
      bytes.fill(0);
      return anew;
    },
    learn,
    fallBehind: () => {
      behind = true;
    },
  };
}
