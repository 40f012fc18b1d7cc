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
  /** Makes a new data key for the owner with this id (UUID). */
  fresh(owner: string): FreshKey;
  /** Throws KeyMismatch when the KEK, its version or the owner differs from those it was wrapped with. */
  unwrap(version: number, wrapped: Buffer, owner: string): KeyObject;
  /** Wraps the same key under the newest version. Throws KeyMismatch like `unwrap`. */
  rewrap(version: number, wrapped: Buffer, owner: string): Buffer;
  /** Adds a KEK. If it is the newest, it wraps everything from now on. */
  learn(version: number, kek: KeyObject): void;
}

export class KeyMismatch extends Damaged {
  constructor() {
    super('vault: a wrapped key does not open');
    this.name = 'KeyMismatch';
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

/** A keeper of KEKs, by version. `find` supplies a version that is not known yet, such as one that another process has switched to. */
export function keeperOf(
  known: ReadonlyMap<number, KeyObject>,
  find: (version: number) => KeyObject | null = () => null,
): KeyKeeper {
  const keks = new Map(known);
  let version = Math.max(...keks.keys());
  let newest = keks.get(version)!;
  const learn = (of: number, kek: KeyObject): void => {
    keks.set(of, kek);
    if (of < version) return;
    version = of;
    newest = kek;
  };
  const kekOf = (of: number): KeyObject | undefined => {
    if (!keks.has(of)) {
      const found = find(of);
      if (found) learn(of, found);
    }
    return keks.get(of);
  };
  const wrap = (owner: string, bytes: Buffer): Buffer => encrypt(newest, bindKey(version, owner), bytes);
  const unwrapped = (of: number, wrapped: Buffer, owner: string): Buffer => {
    const kek = kekOf(of);
    try {
      if (kek) return decrypt(kek, bindKey(of, owner), wrapped);
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
  };
}
