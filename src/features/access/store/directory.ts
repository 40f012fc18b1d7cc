// The key under which the staff directory is sealed: made at the first start, checked against the database at every later one.

import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Database, Queryable } from '../../../platform/database/index.ts';
import { createKey } from '../../../platform/key-file.ts';
import { StartProblem } from '../../../platform/start-problem.ts';

/** The staff directory's key at work. AAD binds a sealed value to its row and column. */
export interface Directory {
  seal(id: string, column: string, value: string | Uint8Array): Buffer;
  open(id: string, column: string, sealed: Buffer): Buffer;
  /** Keyed digest for look-up. `scope` separates e-mail addresses, attempts and codes. */
  index(scope: string, text: string): Buffer;
}

const FORMAT = 1;
const NONCE = 12;
const TAG = 16;

function directoryOf(key: Buffer): Directory {
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', `sekisho staff ${use}`, 32));
  // Key objects, not bytes: bytes would be converted on every use, which on newer runtimes costs several times as much as the use.
  const columns = createSecretKey(derive('columns'));
  const indexes = createSecretKey(derive('indexes'));
  const aad = (id: string, column: string): Buffer => Buffer.from(`${id}:${column}`);
  return {
    seal: (id, column, value) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', columns, nonce).setAAD(aad(id, column));
      const sealed = [cipher.update(value), cipher.final()];
      return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), ...sealed]);
    },
    open: (id, column, sealed) => {
      const nonce = sealed.subarray(1, 1 + NONCE);
      const decipher = createDecipheriv('aes-256-gcm', columns, nonce, { authTagLength: TAG })
        .setAAD(aad(id, column))
        .setAuthTag(sealed.subarray(1 + NONCE, 1 + NONCE + TAG));
      return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE + TAG)), decipher.final()]);
    },
    index: (scope, text) => createHmac('sha256', indexes).update(`${scope}\0${text}`).digest(),
  };
}

const FILE = 'staff.key';

async function readKeyFile(file: string): Promise<Buffer | null> {
  const text = await fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new StartProblem(
      `名簿の鍵を読めません（${file}）。読み取りの権限を確かめてください。`,
      `The key of the staff directory cannot be read (${file}). Check that Sekisho may read it.`,
    );
  });
  if (text === null) return null;
  if (/^[0-9a-f]{64}\s*$/.test(text)) return Buffer.from(text.trim(), 'hex');
  throw new StartProblem(
    `名簿の鍵が壊れています（${file}）。バックアップから戻してください。`,
    `The key of the staff directory is damaged (${file}). Restore it from your backup.`,
  );
}

const fingerprintInUse = async (on: Queryable): Promise<Buffer | undefined> =>
  (await on.query<{ fingerprint: Buffer }>('SELECT fingerprint FROM staff_key', []))[0]?.fingerprint;

/** Opens the staff directory with `staff.key`, which the first start makes. Throws StartProblem when the key is missing or wrong. */
export async function openDirectory(database: Database, keysFolder: string): Promise<Directory> {
  const file = path.join(keysFolder, FILE);
  // Read before the key file: a process that writes a fingerprint already has the file in place.
  const known = await fingerprintInUse(database);
  let key = await readKeyFile(file);
  if (key === null) {
    if (known) {
      throw new StartProblem(
        `名簿の鍵がありません（${file}）。バックアップから戻してください。鍵がなければ、従業者の名前とメールアドレスは読めません。`,
        `The key of the staff directory is missing (${file}). Restore it from your backup; without it the names and e-mail addresses of staff cannot be read.`,
      );
    }
    createKey(keysFolder, FILE, `${randomBytes(32).toString('hex')}\n`);
    key = (await readKeyFile(file))!;
  }
  const directory = directoryOf(key);
  const fingerprint = directory.index('fingerprint', '');
  await database.query('INSERT INTO staff_key (fingerprint) VALUES ($1) ON CONFLICT DO NOTHING', [fingerprint]);
  if (!(await fingerprintInUse(database))?.equals(fingerprint)) {
    throw new StartProblem(
      `名簿の鍵が、このデータベースのものではありません（${file}）。このデータベースと同じ時点の鍵を戻してください。`,
      `The key of the staff directory does not belong to this database (${file}). Restore the key from the same time as the database.`,
    );
  }
  return directory;
}
