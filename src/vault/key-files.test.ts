import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StartProblem } from '../platform/start-problem.ts';
import { admitKey, createKeyFile, prepareKey, waitingKey } from './key-files.ts';

let data: string;
let keys: string;
beforeEach(() => {
  data = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-keys-'));
  keys = path.join(data, 'keys');
});
afterEach(() => fs.rmSync(data, { recursive: true }));

/** A copy of the waiting key, outside the data folder. */
function copied(): string {
  const copy = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-copy-')), 'vault.key');
  fs.copyFileSync(prepareKey(keys).file, copy);
  return copy;
}

const refused = (copy: string): string => {
  try {
    admitKey({ dataFolder: data, keysFolder: keys }, copy);
  } catch (error) {
    if (error instanceof StartProblem) return error.says.en;
    throw error;
  }
  return '';
};

test('a new key waits apart until a copy of it is shown, and is then the next version', () => {
  createKeyFile(keys, 1);
  const first = fs.readFileSync(path.join(keys, 'vault-1.key'));
  const made = prepareKey(keys);
  expect(made).toEqual({ version: 2, file: path.join(keys, 'new', 'vault-2.key') });
  expect(fs.statSync(made.file).mode & 0o777).toBe(0o600);
  expect(fs.statSync(path.dirname(made.file)).mode & 0o777).toBe(0o700);
  const key = fs.readFileSync(made.file);
  expect(key).toHaveLength(32);
  expect(key).not.toEqual(first);
  // A second call returns the same key: somebody may already have copied it.
  expect(prepareKey(keys)).toEqual(made);
  expect(fs.readFileSync(made.file)).toEqual(key);
  expect(waitingKey(keys)).toBe(2);
  expect(fs.readdirSync(keys).toSorted()).toEqual(['new', 'vault-1.key']);

  expect(admitKey({ dataFolder: data, keysFolder: keys }, copied())).toBe(2);
  expect(fs.readdirSync(keys).toSorted()).toEqual(['vault-1.key', 'vault-2.key']);
  expect(fs.readFileSync(path.join(keys, 'vault-2.key'))).toEqual(key);
  expect(waitingKey(keys)).toBeNull();
  expect(prepareKey(keys).version).toBe(3);
});

test('what is shown must be a copy, of this key, in a place of its own', () => {
  createKeyFile(keys, 1);
  expect(refused('/nowhere')).toMatch(/^No new key is waiting/);
  const copy = copied();
  expect(refused(path.join(data, 'nothing'))).toMatch(/cannot be read/);
  expect(refused(prepareKey(keys).file)).toMatch(/is in the folder of the data/);
  const beside = path.join(path.dirname(copy), 'link.key');
  fs.symlinkSync(prepareKey(keys).file, beside);
  expect(refused(beside)).toMatch(/is in the folder of the data/);
  const changed = Buffer.from(fs.readFileSync(copy));
  changed[31]! ^= 1;
  for (const other of [
    changed,
    changed.subarray(0, 31),
    Buffer.alloc(0),
    fs.readFileSync(path.join(keys, 'vault-1.key')),
  ]) {
    fs.writeFileSync(beside + '2', other);
    expect(refused(beside + '2')).toMatch(/is not a copy of the new key/);
  }
  expect(waitingKey(keys)).toBe(2);
  expect(refused(copy)).toBe('');
});

test('a copy in the folder of the data or in that of the keys is none, also when the keys lie elsewhere', () => {
  const elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-elsewhere-'));
  createKeyFile(elsewhere, 1);
  const { file } = prepareKey(elsewhere);
  fs.mkdirSync(data, { recursive: true });
  for (const folder of [data, elsewhere]) {
    const copy = path.join(folder, 'copy.key');
    fs.copyFileSync(file, copy);
    expect(() => admitKey({ dataFolder: data, keysFolder: elsewhere }, copy)).toThrow(/is in the folder of the data/);
  }
  expect(waitingKey(elsewhere)).toBe(2);
  fs.rmSync(elsewhere, { recursive: true });
});

test('cut short after the key was put in its place, the same command ends it', () => {
  createKeyFile(keys, 1);
  const copy = copied();
  fs.linkSync(path.join(keys, 'new', 'vault-2.key'), path.join(keys, 'vault-2.key'));
  expect(admitKey({ dataFolder: data, keysFolder: keys }, copy)).toBe(2);
  expect(fs.readdirSync(keys).toSorted()).toEqual(['vault-1.key', 'vault-2.key']);
});

test('where there is no key of a vault, none is made', () => {
  expect(() => prepareKey(keys)).toThrow(/has no key of the vault/);
  expect(fs.existsSync(keys)).toBe(false);
});

test('a folder that was there before is closed to everybody else, before there is a key in it', () => {
  fs.mkdirSync(keys, { mode: 0o755 });
  createKeyFile(keys, 1);
  expect(fs.statSync(keys).mode & 0o777).toBe(0o700);
});

test('a folder that can never be made is refused, and not tried for ever', () => {
  fs.writeFileSync(path.join(data, 'file'), '');
  for (const never of ['/proc/nowhere/keys', path.join(data, 'file', 'keys')])
    expect(() => createKeyFile(never, 1)).toThrow(/^The folder of keys cannot be read or written/);
});
