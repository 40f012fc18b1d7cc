// The key above all keys (KEK) and how it is kept. One data key per person is wrapped by it; who holds the KEK holds everything, so it
// never enters the database. A wrong or missing key stops the start.

import { createCipheriv, createDecipheriv, randomBytes, randomFillSync } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { StartProblem } from '../platform/start-problem.ts';

/** Wraps data keys. Keys have versions: `version` is the newest, older ones still open what they wrapped. */
export interface KeyKeeper {
  readonly version: number;
  /** The data key of a person, encrypted under the newest KEK and bound to the person's id. */
  wrap(dataKey: Buffer, principal: string): Buffer;
  /** Throws KeyMismatch when the key, its version or the person is not the one it was wrapped for. */
  unwrap(version: number, wrapped: Buffer, principal: string): Buffer;
}

export class KeyMismatch extends Error {
  constructor() {
    super('vault: a wrapped key does not open');
    this.name = 'KeyMismatch';
  }
}

export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
const PURPOSE = Buffer.from('sekisho data key ');
const tagLength = { authTagLength: TAG_BYTES };

let pool: Buffer = Buffer.alloc(0);
let used = 0;

/** Fresh bytes from the system's generator, fetched in larger pieces. Each byte is given out once and then forgotten here. */
export function freshBytes(size: number): Buffer {
  if (used + size > pool.length) {
    pool = randomFillSync(Buffer.allocUnsafeSlow(Math.max(16_384, size)));
    used = 0;
  }
  const bytes = Buffer.allocUnsafe(size);
  pool.copy(bytes, 0, used, used + size);
  pool.fill(0, used, used + size);
  used += size;
  return bytes;
}

/** Writes the 16 bytes of a UUID. */
export const writeId = (into: Buffer, id: string, at: number): void => {
  into.write(id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24), at, 16, 'hex');
};

const binding = Buffer.concat([PURPOSE, Buffer.alloc(4 + 16)]);

/** Associated data of a wrapped key: what it is, KEK version, person. */
function bindKey(version: number, principal: string): Buffer {
  binding.writeUInt32BE(version, PURPOSE.length);
  writeId(binding, principal, PURPOSE.length + 4);
  return binding;
}

/** A keeper over KEKs held in memory, by version. */
export function keeperOf(keks: ReadonlyMap<number, Buffer>): KeyKeeper {
  const version = Math.max(...keks.keys());
  const newest = keks.get(version)!;
  return {
    version,
    wrap: (dataKey, principal) => {
      const nonce = freshBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', newest, nonce, tagLength);
      cipher.setAAD(bindKey(version, principal));
      const sealed = cipher.update(dataKey);
      cipher.final();
      return Buffer.concat([nonce, sealed, cipher.getAuthTag()], NONCE_BYTES + KEY_BYTES + TAG_BYTES);
    },
    unwrap: (of, wrapped, principal) => {
      const kek = keks.get(of);
      if (!kek || wrapped.length !== NONCE_BYTES + KEY_BYTES + TAG_BYTES) throw new KeyMismatch();
      const decipher = createDecipheriv('aes-256-gcm', kek, wrapped.subarray(0, NONCE_BYTES), tagLength);
      decipher.setAAD(bindKey(of, principal));
      decipher.setAuthTag(wrapped.subarray(NONCE_BYTES + KEY_BYTES));
      const dataKey = decipher.update(wrapped.subarray(NONCE_BYTES, NONCE_BYTES + KEY_BYTES));
      try {
        decipher.final();
      } catch {
        throw new KeyMismatch();
      }
      return dataKey;
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
export function readKeyFile(folder: string, version: number): Buffer {
  const file = fileOf(folder, version);
  let key: Buffer;
  try {
    key = fs.readFileSync(file);
  } catch {
    throw new StartProblem(
      `保管庫の鍵がありません（${file}）。鍵がなければ、預かった個人情報は読めません。控えから戻してください。`,
      `The key of the vault is missing (${file}). Without it no personal information can be read. Restore it from your backup.`,
    );
  }
  if (key.length === KEY_BYTES) return key;
  throw new StartProblem(
    `保管庫の鍵の大きさが正しくありません（${file}）。控えから戻してください。`,
    `The key of the vault has the wrong size (${file}). Restore it from your backup.`,
  );
}
