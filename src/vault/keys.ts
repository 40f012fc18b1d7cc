// The key above all keys (KEK) and how it is kept. One data key per person is wrapped by it; who holds the KEK holds everything, so it
// never enters the database. A wrong or missing key stops the start.

import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Damaged } from '../platform/damaged.ts';
import { StartProblem } from '../platform/start-problem.ts';
import { decrypt, encrypt, freshBytes, KEY_BYTES } from './gcm.ts';

/** A key of its own for somebody or something, and the form in which it is stored. */
export interface FreshKey {
  key: KeyObject;
  /** Encrypted under the newest KEK and bound to its owner's id. */
  wrapped: Buffer;
}

/** Wraps data keys. Keys have versions: `version` is the newest, older ones still open what they wrapped. */
export interface KeyKeeper {
  readonly version: number;
  /** A new key for the owner of this id (UUID). */
  fresh(owner: string): FreshKey;
  /** Throws KeyMismatch when the KEK, its version or the owner is not the one it was wrapped for. */
  unwrap(version: number, wrapped: Buffer, owner: string): KeyObject;
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

/** Associated data of a wrapped key: what it is, KEK version, owner. */
function bindKey(version: number, owner: string): Buffer {
  binding.writeUInt32BE(version, PURPOSE.length);
  writeId(binding, owner, PURPOSE.length + 4);
  return binding;
}

/** A key object of these bytes, which are forgotten. */
function keyOf(bytes: Buffer): KeyObject {
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}

/** A keeper over KEKs, by version. */
export function keeperOf(keks: ReadonlyMap<number, KeyObject>): KeyKeeper {
  const version = Math.max(...keks.keys());
  const newest = keks.get(version)!;
  return {
    version,
    fresh: (owner) => {
      const bytes = freshBytes(KEY_BYTES);
      const wrapped = encrypt(newest, bindKey(version, owner), bytes);
      return { key: keyOf(bytes), wrapped };
    },
    unwrap: (of, wrapped, owner) => {
      const kek = keks.get(of);
      try {
        if (kek) return keyOf(decrypt(kek, bindKey(of, owner), wrapped));
      } catch {
        // Answered below, as a version that nobody has.
      }
      throw new KeyMismatch();
    },
  };
}

const fileOf = (folder: string, version: number): string => path.join(folder, `vault-${version}.key`);

/**
 * Makes the KEK of a version in the folder, readable by its owner alone; an existing one is left as it is. The file appears whole: another
 * process that starts at the same moment reads all of it or none.
 */
export function createKeyFile(folder: string, version: number): void {
  const fresh = `${fileOf(folder, version)}.${process.pid}`;
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.chmodSync(folder, 0o700);
    const file = fs.openSync(fresh, 'wx', 0o600);
    fs.writeFileSync(file, randomBytes(KEY_BYTES));
    fs.fsyncSync(file);
    fs.closeSync(file);
    fs.linkSync(fresh, fileOf(folder, version));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw new StartProblem(
      `鍵を作れませんでした（${folder}）。書き込みの権限を確かめてください。`,
      `The key could not be created (${folder}). Check write permission.`,
    );
  } finally {
    fs.rmSync(fresh, { force: true });
  }
}

/** Reads the KEK of a version. Throws StartProblem when it is missing or is not a key. */
export function readKeyFile(folder: string, version: number): KeyObject {
  const file = fileOf(folder, version);
  let key: Buffer;
  try {
    key = fs.readFileSync(file);
  } catch {
    throw new StartProblem(
      `保管庫の鍵がありません（${file}）。鍵がなければ、預かった個人情報は読めません。バックアップから戻してください。`,
      `The key of the vault is missing (${file}). Without it no personal information can be read. Restore it from your backup.`,
    );
  }
  if (key.length === KEY_BYTES) return keyOf(key);
  throw new StartProblem(
    `保管庫の鍵の大きさが正しくありません（${file}）。バックアップから戻してください。`,
    `The key of the vault has the wrong size (${file}). Restore it from your backup.`,
  );
}
