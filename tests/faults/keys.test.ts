// Replaces the vault key of the real program with its own command; the program is stopped and killed on the way.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../house.ts';
import { endPrograms, runSekisho, startProgram, type Program, type Said } from '../server.ts';
import { smallDisk } from './small-disk.ts';

let folder: string;
let data: string;
const databases: TestDatabase[] = [];
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-keys-'));
  data = path.join(folder, 'data');
});
const disk = await smallDisk(1, 40);
afterAll(async () => {
  disk?.end();
  endPrograms(folder);
  for (const one of databases) await one.drop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const freshDatabase = async (): Promise<TestDatabase> => {
  const made = await testDatabase({ durable: true });
  databases.push(made);
  return made;
};

const end = async (program: Program): Promise<void> => {
  program.kill('SIGTERM');
  expect((await program.ended).code).toBe(0);
  expect(program.err()).toBe('');
};

const rotate = (...more: string[]): Promise<Said> => runSekisho(['rotate-keys', ...more], { SEKISHO_DATA: data });

const versions = ({ owner }: TestDatabase): Promise<unknown[]> =>
  owner.query(
    `SELECT k.version, i.kek_version AS index, (SELECT count(*)::int FROM log_entries WHERE action = 'keys:replace') AS logged
     FROM vault_keys k, vault_index_keys i ORDER BY 1`,
    [],
  );

test('kept in a folder of their own, no copy of the data folder has them', async () => {
  const [apart, elsewhere] = [path.join(folder, 'apart-data'), path.join(folder, 'apart-keys')];
  const { url: DATABASE_URL } = await freshDatabase();
  const first = await startProgram(apart, { DATABASE_URL, SEKISHO_KEYS: elsewhere });
  await first.ready();
  const all = ['log-signed.txt', 'log-signer.json', 'staff.key', 'vault-1.key'];
  // An open transaction of another test on this server delays the first signature.
  await expect.poll(() => fs.existsSync(path.join(elsewhere, all[0]!))).toBe(true);
  await end(first);
  expect(fs.readdirSync(elsewhere).toSorted()).toEqual(all);
  expect(fs.statSync(elsewhere).mode & 0o777).toBe(0o700);
  expect(fs.readdirSync(apart)).toEqual([]);
  const without = await startProgram(apart, { DATABASE_URL });
  expect((await without.ended).code).toBe(1);
  expect(without.err()).toContain(`The key of the vault is missing (${path.join(apart, 'keys', 'vault-1.key')})`);
});

test('made, copied and gone over to, with the office open, killed and started again', async () => {
  const nothing = await rotate();
  expect(nothing).toMatchObject({ code: 1, out: '' });
  expect(nothing.err).toMatch(/保管庫の鍵がありません[^\n]*\n[^\n]*run sekisho start first\.\n$/);

  const database = await freshDatabase();
  const start = () => startProgram(data, { DATABASE_URL: database.url });
  const first = await start();
  await first.ready();
  expect(await versions(database)).toEqual([{ version: 1, index: 1, logged: 0 }]);
  const made = await rotate();
  expect(made).toMatchObject({ code: 0, err: '' });
  const file = path.join(data, 'keys', 'new', 'vault-2.key');
  expect(made.out.split('\n').filter((line) => line.endsWith(`: ${file}`))).toHaveLength(2);
  const copy = path.join(folder, 'copy.key');
  fs.copyFileSync(file, copy);
  expect((await rotate('--copy', file)).code).toBe(1);
  expect((await rotate('--copy', copy)).out).toContain('/keys');
  first.kill('SIGKILL');
  await first.ended;

  const second = await start();
  await second.ready();
  const gone = [1, 2].map((version) => ({ version, index: 2, logged: 1 }));
  await expect.poll(() => versions(database)).toEqual(gone);
  await end(second);

  // It is not known yet that the former key wraps nothing any more, so without it the office does not open.
  const former = path.join(data, 'keys', 'vault-1.key');
  fs.renameSync(former, path.join(folder, 'apart'));
  const third = await start();
  expect((await third.ended).code).toBe(1);
  expect(third.err()).toContain(`The key of the vault is missing (${former})`);
  fs.renameSync(path.join(folder, 'apart'), former);
  const fourth = await start();
  await fourth.ready();
  expect(await versions(database)).toEqual(gone);
  await end(fourth);
});

test.runIf(disk)(
  'where the folder of keys has no room, one sentence says what to do, and nothing is half done',
  async () => {
    const settings = {
      SEKISHO_DATA: path.join(folder, 'beside'),
      SEKISHO_KEYS: path.join(disk!.folder, 'keys'),
      DATABASE_URL: (await freshDatabase()).url,
    };
    const command = (...more: string[]): Promise<Said> => runSekisho(['rotate-keys', ...more], settings);
    const filler = path.join(disk!.folder, 'filler');
    const fill = (): void => {
      fs.mkdirSync(filler);
      expect(() => {
        for (let n = 0; ; n++) fs.writeFileSync(path.join(filler, String(n)), '');
      }).toThrow('ENOSPC');
    };
    const makeRoom = (): void => fs.rmSync(filler, { recursive: true });
    const says =
      /^鍵のフォルダーを読み書きできません[^\n]*\nThe folder of keys cannot be read or written \([^\n]*keys(?:\/new)?: ENOSPC\)\. Make room[^\n]*\n$/;
    const kept = (): string[] =>
      fs.readdirSync(settings.SEKISHO_KEYS, { recursive: true, encoding: 'utf8' }).toSorted();

    fill();
    const first = await startProgram(settings.SEKISHO_DATA, settings);
    expect((await first.ended).code).toBe(1);
    expect(first.err()).toMatch(says);
    expect(fs.readdirSync(disk!.folder)).toEqual(['filler']);
    makeRoom();
    const second = await startProgram(settings.SEKISHO_DATA, settings);
    await second.ready();
    await end(second);
    const begun = kept();

    fill();
    const full = await command();
    expect(full).toMatchObject({ code: 1, out: '' });
    expect(full.err).toMatch(says);
    expect(kept()).toEqual(begun);
    makeRoom();
    expect((await command()).code).toBe(0);
    const copy = path.join(folder, 'small.key');
    fs.copyFileSync(path.join(settings.SEKISHO_KEYS, 'new', 'vault-2.key'), copy);
    const waiting = kept();
    fill();
    const unused = await command('--copy', copy);
    expect(unused).toMatchObject({ code: 1, out: '' });
    expect(unused.err).toMatch(says);
    expect(kept()).toEqual(waiting);
    makeRoom();
    expect((await command('--copy', copy)).code).toBe(0);
    expect(kept()).toEqual([...begun, 'vault-2.key'].toSorted());
  },
);
