// How the keys above all keys (KEK) are kept: a file for each version, in the folder of keys. A wrong or missing one stops the start. A new one lies
// apart until whoever keeps the backups has shown a copy of it: what it wraps is lost with it.

import { randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { StartProblem } from '../platform/start-problem.ts';
import { KEY_BYTES } from './gcm.ts';
import { keyOf } from './keys.ts';

/** Where the key of a version lies. */
const keyFile = (folder: string, version: number): string => path.join(folder, `vault-${version}.key`);

/**
 * Makes the KEK of a version in the folder, readable by its owner alone; an existing one is left as it is. The file appears whole: another
 * process that starts at the same moment reads all of it or none.
 */
export function createKeyFile(folder: string, version: number): void {
  const fresh = `${keyFile(folder, version)}.${process.pid}`;
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.chmodSync(folder, 0o700);
    const file = fs.openSync(fresh, 'wx', 0o600);
    fs.writeFileSync(file, randomBytes(KEY_BYTES));
    fs.fsyncSync(file);
    fs.closeSync(file);
    fs.linkSync(fresh, keyFile(folder, version));
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
  const file = keyFile(folder, version);
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

/** Whether a key of this version is there to be used. */
export const hasKeyFile = (folder: string, version: number): boolean => fs.existsSync(keyFile(folder, version));

/** Of a key that nobody has shown a copy of yet. */
const newFolder = (folder: string): string => path.join(folder, 'new');

/** The newest version of which there is a file; null where there is none. */
function newestIn(folder: string): number | null {
  const versions = (fs.existsSync(folder) ? fs.readdirSync(folder) : []).flatMap((name) => {
    const version = /^vault-([1-9]\d*)\.key$/.exec(name)?.[1];
    return version === undefined ? [] : [Number(version)];
  });
  return versions.length === 0 ? null : Math.max(...versions);
}

/** The version of the key that waits for its copy; null where none does. */
export const waitingKey = (folder: string): number | null => newestIn(newFolder(folder));

/** A key that nothing is wrapped by yet, and where it lies. */
export interface NewKey {
  version: number;
  file: string;
}

/** What root makes belongs to whoever the folder belongs to: the office reads it. */
function handOver(folder: string, ...made: string[]): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = fs.statSync(folder);
  for (const one of made) fs.chownSync(one, uid, gid);
}

/** Makes the key of the next version, unless one waits already. Nothing is wrapped by it yet. Throws StartProblem where there is none to follow. */
export function prepareKey(folder: string): NewKey {
  const last = newestIn(folder);
  if (last === null)
    throw new StartProblem(
      `鍵のフォルダーに、保管庫の鍵がありません（${folder}）。SEKISHO_DATA を確かめてください。まだ一度も始めていないときは、先に sekisho start で始めます。`,
      `There is no key of a vault in the folder of keys (${folder}). Check SEKISHO_DATA; where Sekisho was never started, start it first.`,
    );
  const version = last + 1;
  createKeyFile(newFolder(folder), version);
  const file = keyFile(newFolder(folder), version);
  handOver(folder, newFolder(folder), file);
  return { version, file };
}

interface Folders {
  dataFolder: string;
  keysFolder: string;
}

/** Whether a file lies in a folder, which may not be there; the path of the file leads over no links. */
const isWithin = (folder: string, file: string): boolean =>
  fs.existsSync(folder) && !path.relative(fs.realpathSync(folder), file).startsWith('..');

/**
 * Puts the new key to use once a copy of it is shown, in another place than the data folder and the folder of keys: the office goes over to it. Answers its version.
 * Throws StartProblem where no key waits, or what is shown is no copy of it.
 */
export function admitKey({ dataFolder, keysFolder: folder }: Folders, copy: string): number {
  const version = waitingKey(folder);
  if (version === null)
    throw new StartProblem(
      '写しを待っている新しい鍵がありません。先に、--copy を付けずに実行して新しい鍵を作ってください。',
      'No new key waits for its copy. Run the command without --copy first: it makes one.',
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
          `The copy lies in the folder of the data or of the keys (${copy}). Keep it in a place that is not lost together with that.`,
        )
      : new StartProblem(`写しを読めません（${copy}）。`, `The copy cannot be read (${copy}).`);
  }
  const key = fs.readFileSync(file);
  if (key.length !== KEY_BYTES || shown.length !== KEY_BYTES || !timingSafeEqual(key, shown))
    throw new StartProblem(
      `新しい鍵（${file}）の写しではありません（${copy}）。写しを取り直してください。`,
      `It is no copy (${copy}) of the new key (${file}). Copy it anew.`,
    );
  // There already where this was cut short after it.
  if (!hasKeyFile(folder, version)) fs.linkSync(file, keyFile(folder, version));
  fs.rmSync(newFolder(folder), { recursive: true });
  return version;
}
