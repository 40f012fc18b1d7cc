// After a failover, the new server may lack the last commits: only the last checkpoint, or signed entries as well.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/house.ts';
import { standingClock } from '../platform/clock.ts';
import {
  append,
  checkSigned,
  Disagreement,
  integrate,
  lastCheckpoint,
  logEntry,
  openSigner,
  saysOf,
  signedBeyond,
  startLog,
  verify,
  verifyAndRecord,
  vkeyOf,
  type LogCheck,
  type Signer,
} from './index.ts';

const at = Date.parse('2026-11-24T01:02:03.004Z');
const clock = standingClock('2026-11-24T02:00:00Z');

let house: TestDatabase;
let folder: string;
let signer: Signer;
beforeAll(async () => {
  house = await testDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-signed-'));
  signer = await openSigner(house.app, folder, 'sekisho.example.jp/log');
});
afterAll(async () => {
  fs.rmSync(folder, { recursive: true });
  await house.drop();
});

const sizeNow = async (db = house): Promise<number> => (await lastCheckpoint(db.app))?.size ?? 0;

const write = (n: number, db = house): Promise<void> =>
  db.app.transaction((tx) => append(tx, logEntry(at + n, { kind: 'sekisho' }, 'people:use', { number: n })));

/** Other tests share the server, and their open transactions delay this one. */
const signUpTo = (size: number, by = signer, db = house): Promise<void> =>
  expect
    .poll(
      async () => {
        await integrate(db.app, by);
        return sizeNow(db);
      },
      { interval: 20 },
    )
    .toBe(size);

/** Undoes the last checkpoint and everything its transaction wrote, as if they had never reached this server; with `entries`, the entries too. */
const cutBack = async (size: number, entries: boolean, db = house): Promise<void> =>
  db.owner.transaction(async (tx) => {
    await tx.query('SET LOCAL session_replication_role = replica', []);
    if (entries)
      await tx.query(
        'DELETE FROM log_entries e USING log_leaves l WHERE (e.xid, e.seq) = (l.xid, l.seq) AND l.position >= $1',
        [size],
      );
    await tx.query('DELETE FROM log_leaves WHERE position >= $1', [size]);
    await tx.query('DELETE FROM log_checkpoints WHERE size > $1', [size]);
    await tx.query('UPDATE log_tiles SET hashes = substr(hashes, 1, 32 * $1)', [size]);
  });

test('where a checkpoint alone is lost, what is there leads to it again and is signed anew', async () => {
  await write(1);
  await signUpTo(1);
  for (const n of [2, 3]) await write(n);
  await signUpTo(3);
  const { note } = (await lastCheckpoint(house.app))!;
  await cutBack(1, false);
  // The check at start finds the same.
  expect(await signedBeyond(house.app, await openSigner(house.app, folder, ''), folder)).toBeNull();
  expect((await lastCheckpoint(house.app))!.note).toBe(note);
  await cutBack(1, false);
  await write(4);
  await signUpTo(4);
  expect(await verify(house.app, vkeyOf(signer))).toEqual({ ok: true, size: 4 });
});

test('where entries are lost that were signed nothing is signed any more, and it is said as that', async () => {
  const found = { ok: false, size: 1, part: 'end', position: 1 } as const;
  await cutBack(1, true);
  // Until something new is written, nothing else would reveal the loss.
  expect(await verifyAndRecord(house.app, signer, clock)).toEqual(found);
  for (const n of [5, 6, 7]) await write(n);
  const problems: (LogCheck | Error)[] = [];
  const running = startLog({
    database: house.app,
    signer,
    clock,
    report: (problem) => problems.push(problem),
    integrateEveryMs: 10,
    verifyEveryMs: 60_000,
  });
  await expect.poll(() => problems.filter((one) => !(one instanceof Error)).length).toBe(1);
  await expect.poll(() => problems.filter((one) => one instanceof Error).length).toBe(1);
  await running.stop();
  expect(problems).toContainEqual(found);
  expect(problems).toContainEqual(new Disagreement('1 entries are here, and 4 were signed'));
  expect(saysOf(found).ja).toContain('以前に検証または署名した件数');
  expect(await sizeNow()).toBe(1);
  await expect(checkSigned(house.app, signer, folder)).rejects.toThrow(
    'its log has 1 entries, but this key has signed 4',
  );
});

test('where a log of another history was signed with the same key, it is not taken for what was signed, however long it is', async () => {
  const forgetful: Signer = { name: signer.name, privateKey: signer.privateKey };
  const goOnTo = (size: number): Promise<void> => signUpTo(size, forgetful);
  const beyond = async () => (await signedBeyond(house.app, await openSigner(house.app, folder, ''), folder))?.size;
  // With three of the waiting entries the log is as long as what was signed; one more makes it longer.
  await goOnTo(4);
  expect(await beyond()).toBe(4);
  await write(8);
  await goOnTo(5);
  expect(await beyond()).toBe(4);
  await expect(checkSigned(house.app, signer, folder)).rejects.toThrow('this key has signed 4');
});

test('where the folder takes nothing, what was signed is not remembered there, and that is told once', async () => {
  const [db, own] = [await testDatabase(), path.join(folder, 'full')];
  const by = await openSigner(db.app, own, signer.name);
  const told: (string | null)[] = [];
  by.watch!((why) => told.push(why));
  const file = path.join(own, 'log-signed.txt');
  fs.mkdirSync(file);
  for (const n of [1, 2]) {
    await write(n, db);
    await signUpTo(n, by, db);
  }
  expect(told).toEqual([expect.stringMatching(/^E[A-Z]+$/)]);
  fs.rmdirSync(file);
  await write(3, db);
  await signUpTo(3, by, db);
  expect(told.slice(1)).toEqual([null]);
  expect(fs.readFileSync(file, 'utf8').split('\n')[1]).toBe('3');
  await db.drop();
});

test('a stop signs what was written since the last round, so that nothing can be changed unseen while nothing runs', async () => {
  const db = await testDatabase();
  const by = await openSigner(db.app, path.join(folder, 'stopped'), signer.name);
  const unsigned = async (n: number): Promise<number> => {
    await write(n, db);
    const running = startLog({ database: db.app, signer: by, clock, report: () => undefined });
    // The next round is a second away.
    await expect.poll(() => sizeNow(db), { interval: 10 }).toBe(n);
    await write(n + 1, db);
    await running.stop();
    return n + 1 - (await sizeNow(db));
  };
  // An open transaction of another test keeps the entry waiting, but not five times.
  const left: number[] = [];
  while (left.length < 5 && left.at(-1) !== 0) left.push(await unsigned(1 + 2 * left.length));
  expect(left.at(-1), String(left)).toBe(0);
  await db.drop();
});

test('a key that did not sign the log is not gone on with, nor is none made in its place', async () => {
  const other = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-other-'));
  const told = 'The key that signed the log of this database is not in';
  await expect(openSigner(house.app, other, signer.name)).rejects.toThrow(told);
  expect(fs.readdirSync(other)).toEqual([]);
  const empty = await testDatabase();
  await openSigner(empty.app, other, signer.name);
  await empty.drop();
  await expect(openSigner(house.app, other, signer.name)).rejects.toThrow(told);
  fs.rmSync(other, { recursive: true });
});

test('where several processes sign one log, each goes on only from what all of them signed', async () => {
  const db = await testDatabase();
  const folders = ['one', 'other'].map((name) => path.join(folder, name));
  const one = await openSigner(db.app, folders[0]!, signer.name);
  fs.cpSync(folders[0]!, folders[1]!, { recursive: true });
  const other = await openSigner(db.app, folders[1]!, signer.name);
  await write(1, db);
  await signUpTo(1, one, db);
  for (const n of [2, 3]) await write(n, db);
  await signUpTo(3, one, db);
  expect(await integrate(db.app, other)).toBe(0);
  // A standby takes over that lacks two entries. The other process has signed none of them.
  await cutBack(1, true, db);
  await write(4, db);
  await expect.poll(() => integrate(db.app, other).then(String, String), { interval: 20 }).toContain('3 were signed');
  expect(await sizeNow(db)).toBe(1);
  await expect(checkSigned(db.app, await openSigner(db.app, folders[1]!, ''), folders[1]!)).rejects.toThrow(
    'this key has signed 3',
  );

  // A process that had not yet heard of them signs something else in their place. The first one takes no part in that, however long it gets.
  fs.rmSync(path.join(folders[1]!, 'log-signed.txt'));
  const unaware = await openSigner(db.app, folders[1]!, signer.name);
  await signUpTo(2, unaware, db);
  for (const n of [5, 6]) await write(n, db);
  await signUpTo(4, unaware, db);
  await write(7, db);
  const ended = 'the 3 entries that were signed are not in the log';
  await expect.poll(() => integrate(db.app, one).then(String, String), { interval: 20 }).toContain(ended);
  expect(await sizeNow(db)).toBe(4);
  await db.drop();
});

test('where two machines each made a key at their first start, only one of them signs', async () => {
  const db = await testDatabase();
  const [one, other] = [
    await openSigner(db.app, path.join(folder, 'first'), signer.name),
    await openSigner(db.app, path.join(folder, 'second'), signer.name),
  ];
  await write(1, db);
  await signUpTo(1, one, db);
  await write(2, db);
  const refused = 'the last checkpoint was not signed with this key';
  await expect.poll(() => integrate(db.app, other).then(String, String), { interval: 20 }).toContain(refused);
  await signUpTo(2, one, db);
  expect(await verify(db.app, vkeyOf(one))).toEqual({ ok: true, size: 2 });
  await db.drop();
});
