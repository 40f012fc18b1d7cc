// The folder of keys: what is put there appears as a whole or not at all, and whatever goes wrong there is one sentence that says what to do.

import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { StartProblem } from './start-problem.ts';

const isFolder = (at: string): boolean => fs.statSync(at, { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * Creates a folder and its parents, one at a time: for a path that can never be created, Node's recursive option loops for ever and cannot be
 * interrupted. Returns true when the folder was not there.
 */
export function makeFolder(folder: string, mode: number): boolean {
  if (isFolder(folder)) return false;
  makeFolder(path.dirname(folder), mode);
  try {
    fs.mkdirSync(folder, { mode });
  } catch (error) {
    // Another start may have created it meanwhile.
    if (!isFolder(folder)) throw error;
  }
  return true;
}

/** Works in the folder of keys. Throws StartProblem when the system does not let it. */
export function inKeys<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new StartProblem(
      `鍵のフォルダーを読み書きできません（${folder}：${code}）。空きを作るか、関所のユーザーが読み書きできるようにして、もう一度実行してください。`,
      `The folder of keys cannot be read or written (${folder}: ${code}). Make room, or let the user of Sekisho read and write there, and run this again.`,
    );
  }
}

function putWhole(folder: string, name: string, content: string | Buffer): void {
  const aside = path.join(folder, `${name}.${randomUUID()}`);
  try {
    fs.chmodSync(folder, 0o700);
    fs.writeFileSync(aside, content, { mode: 0o600, flag: 'wx', flush: true });
    fs.linkSync(aside, path.join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

/**
 * Creates a file in the folder of keys, readable by its owner only; an existing one is left as it is. It appears as a whole: a process that starts
 * at the same moment reads all of it or none. Throws StartProblem, and leaves nothing behind then.
 */
export function createKey(folder: string, name: string, content: string | Buffer): void {
  inKeys(folder, () => {
    const made = makeFolder(folder, 0o700);
    try {
      putWhole(folder, name, content);
    } catch (error) {
      if (made) fs.rmdirSync(folder);
      throw error;
    }
  });
}
