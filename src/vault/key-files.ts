// Files of the key-encryption keys (KEK): one per version, in the folder of keys. If one is wrong or missing, the program does not start. A new key
// stays apart until the operator has shown a copy of it, because losing the key loses everything it wraps.

import { randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { createKey, inKeys } from '../platform/key-file.ts';
import { StartProblem } from '../platform/start-problem.ts';
import { KEY_BYTES } from './gcm.ts';
import { keyOf } from './keys.ts';

const keyName = (version: number): string => `vault-${version}.key`;

/** Path of a version's key file. */
const keyFile = (folder: string, version: number): string => path.join(folder, keyName(version));

/** Creates the KEK of a version in the folder; an existing file is left as it is. Throws StartProblem. */
export const createKeyFile = (folder: string, version: number): void =>
  createKey(folder, keyName(version), randomBytes(KEY_BYTES));

/** Reads the KEK of a version. Throws StartProblem when it is missing or is not a key. */
export function readKeyFile(folder: string, version: number): KeyObject {
  const file = keyFile(folder, version);
  if (!fs.existsSync(file))
    throw new StartProblem(
      `保管庫の鍵がありません（${file}）。鍵がなければ、預かった個人情報は読めません。バックアップから戻してください。`,
      `The key of the vault is missing (${file}). Without it no personal information can be read. Restore it from your backup.`,
    );
  const key = inKeys(folder, () => fs.readFileSync(file));
  if (key.length === KEY_BYTES) return keyOf(key);
  throw new StartProblem(
    `保管庫の鍵の大きさが正しくありません（${file}）。バックアップから戻してください。`,
    `The key of the vault has the wrong size (${file}). Restore it from your backup.`,
  );
}

/** True when the KEK of this version is in use (not waiting for its copy). */
export const hasKeyFile = (folder: string, version: number): boolean => fs.existsSync(keyFile(folder, version));

/** Folder of a new key that nobody has shown a copy of yet. */
const newFolder = (folder: string): string => path.join(folder, 'new');

/** The newest version that has a file in the folder; null when there is none. */
function newestIn(folder: string): number | null {
  const names = inKeys(folder, () => (fs.existsSync(folder) ? fs.readdirSync(folder) : []));
  const versions = names.flatMap((name) => {
    const version = /^vault-([1-9]\d*)\.key$/.exec(name)?.[1];
    return version === undefined ? [] : [Number(version)];
  });
  return versions.length === 0 ? null : Math.max(...versions);
}

/** The version of the key that waits for its copy; null when none does. */
export const waitingKey = (folder: string): number | null => newestIn(newFolder(folder));

/** A key that wraps nothing yet, and the path of its file. */
export interface NewKey {
  version: number;
  file: string;
}

/** When root runs the command, gives what it made to the owner of the folder, because the server must read it. */
function handOver(folder: string, ...made: string[]): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = fs.statSync(folder);
  for (const one of made) fs.chownSync(one, uid, gid);
}

/** Creates the key of the next version, unless one waits already; it wraps nothing yet. Throws StartProblem when the folder has no key to succeed. */
export function prepareKey(folder: string): NewKey {
  const last = newestIn(folder);
  if (last === null)
    throw new StartProblem(
      `鍵のフォルダーに、保管庫の鍵がありません（${folder}）。SEKISHO_DATA を確かめてください。まだ一度も始めていないときは、先に sekisho start で始めます。`,
      `The folder of keys has no key of the vault (${folder}). Check SEKISHO_DATA. If Sekisho has never been started, run sekisho start first.`,
    );
  const version = last + 1;
  createKeyFile(newFolder(folder), version);
  const file = keyFile(newFolder(folder), version);
  inKeys(folder, () => handOver(folder, newFolder(folder), file));
  return { version, file };
}

interface Folders {
  dataFolder: string;
  keysFolder: string;
}

/**
 * True when a file lies in a folder, which need not exist. `file` must be a real path, without symbolic links. Compares the folders themselves: a disk
 * that does not tell large letters from small, or a mount, gives one folder several names.
 */
function isWithin(folder: string, file: string): boolean {
  const at = fs.statSync(folder, { bigint: true, throwIfNoEntry: false });
  if (!at) return false;
  for (let one = path.dirname(file); ; one = path.dirname(one)) {
    const { dev, ino } = fs.statSync(one, { bigint: true });
    if (dev === at.dev && ino === at.ino) return true;
    if (one === path.dirname(one)) return false;
  }
}

/**
 * Puts the new key into use once a copy of it is shown that lies outside the data folder and the folder of keys; the server then switches to it.
 * Returns its version. Throws StartProblem when no key waits or the file shown is not a copy of it.
 */
export function admitKey({ dataFolder, keysFolder: folder }: Folders, copy: string): number {
  const version = waitingKey(folder);
  if (version === null)
    throw new StartProblem(
      '写しを確かめる新しい鍵がありません。先に、--copy を付けずに実行して新しい鍵を作ってください。',
      'No new key is waiting for its copy. First run the command without --copy to make one.',
    );
  const file = keyFile(newFolder(folder), version);
  let shown: Buffer;
  try {
    shown = fs.readFileSync(copy);
    const lies = fs.realpathSync(copy);
    if ([dataFolder, folder].some((one) => isWithin(one, lies))) throw new Error('within');
  } catch (error) {
    throw (error as Error).message === 'within'
      ? new StartProblem(
          `写しが、データや鍵のフォルダーの中にあります（${copy}）。このフォルダーと一緒に失われない場所に取ってください。`,
          `The copy is in the folder of the data or of the keys (${copy}). Keep it in a place that cannot be lost together with that folder.`,
        )
      : new StartProblem(`写しを読めません（${copy}）。`, `The copy cannot be read (${copy}).`);
  }
  const key = inKeys(folder, () => fs.readFileSync(file));
  if (key.length !== KEY_BYTES || shown.length !== KEY_BYTES || !timingSafeEqual(key, shown))
    throw new StartProblem(
      `新しい鍵（${file}）の写しではありません（${copy}）。写しを取り直してください。`,
      `The file shown (${copy}) is not a copy of the new key (${file}). Copy it again.`,
    );
  // If an earlier run was cut short after this step, the file is already there.
  inKeys(folder, () => {
    if (!hasKeyFile(folder, version)) fs.linkSync(file, keyFile(folder, version));
    fs.rmSync(newFolder(folder), { recursive: true });
  });
  return version;
}
