import { generateKeyPairSync } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/house.ts';
import type { Tx } from '../platform/database/index.ts';
import { standingClock, systemClock } from '../platform/clock.ts';
import { append, integrate, lastCheck, logEntry, saysOf, startLog, verify, verifyAndRecord, vkeyOf } from './index.ts';
import { lastCheckpoint } from './store.ts';

const signer = { name: 'sekisho.example.jp/log', privateKey: generateKeyPairSync('ed25519').privateKey };
const vkey = vkeyOf(signer);
const at = Date.parse('2026-11-24T01:02:03.004Z');
const principal = '0190f8a0-1234-7abc-8def-0123456789ab';

/** Checkpoints at these sizes: five full tiles and a short one on the lowest level. */
const heads = [1, 300, 301, 1_024, 1_400];
const SIZE = 1_400;

let house: TestDatabase;

async function growTo(size: number): Promise<void> {
  const from = (await lastCheckpoint(house.app))?.size ?? 0;
  const entries = Array.from({ length: size - from }, (_, i) =>
    logEntry(at + from + i, { kind: 'sekisho' }, 'people:use', { principal, number: from + i }),
  );
  await house.app.transaction((tx) => append(tx, ...entries));
  // Other tests share the server, and their open transactions delay this one.
  for (;;) {
    await integrate(house.app, signer);
    if ((await lastCheckpoint(house.app))?.size === size) return;
    await setTimeout(20);
  }
}

beforeAll(async () => {
  house = await testDatabase();
  for (const size of heads) await growTo(size);
});
afterAll(() => house.drop());

class Undo extends Error {}

/** The verifier's result after a superuser has run the statement with triggers disabled. The statement is then rolled back. */
async function afterTampering(statement: string, from = 0): Promise<Awaited<ReturnType<typeof verify>>> {
  let said: Awaited<ReturnType<typeof verify>> | undefined;
  await house.owner
    .transaction(async (tx: Tx) => {
      await tx.query('SET LOCAL session_replication_role = replica', []);
      await tx.query(statement, []);
      said = await verify(tx, vkey, from);
      throw new Undo();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
  return said!;
}

const flip = (column: string, byte: number): string => `set_byte(${column}, ${byte}, get_byte(${column}, ${byte}) # 1)`;
const entryAt = (position: number): string =>
  `(xid, seq) = (SELECT l.xid, l.seq FROM log_leaves l WHERE l.position = ${position})`;

test('an untouched log agrees, whole and from every checkpoint', async () => {
  expect(await verify(house.app, vkey)).toEqual({ ok: true, size: SIZE });
  for (const from of heads) expect(await verify(house.app, vkey, from)).toEqual({ ok: true, size: SIZE });
});

test('a log signed by another key does not agree', async () => {
  const other = vkeyOf({ ...signer, privateKey: generateKeyPairSync('ed25519').privateKey });
  expect(await verify(house.app, other)).toEqual({ ok: false, size: SIZE, part: 'checkpoint', position: 0 });
});

describe('what a superuser changes is found, and its position named', () => {
  const cases: [string, string, string, number][] = [
    ...[0, 255, 256, 777, SIZE - 1].flatMap((p): [string, string, string, number][] => [
      [
        `the text of entry ${p}`,
        `UPDATE log_entries SET entry = replace(entry, ':use', ':usd') WHERE ${entryAt(p)}`,
        'entry',
        p,
      ],
      [`an entry gone at ${p}`, `DELETE FROM log_entries WHERE ${entryAt(p)}`, 'entry', p],
      [`the leaf ${p}`, `UPDATE log_leaves SET hash = ${flip('hash', 31)} WHERE position = ${p}`, 'leaf', p],
      [
        `the tile at ${p}`,
        `UPDATE log_tiles SET hashes = ${flip('hashes', (p % 256) * 32 + 7)} WHERE level = 0 AND n = ${Math.floor(p / 256)}`,
        'tile',
        p,
      ],
    ]),
    ['a leaf gone', 'DELETE FROM log_leaves WHERE position = 500', 'leaf', 500],
    ['the last leaf gone', `DELETE FROM log_leaves WHERE position = ${SIZE - 1}`, 'leaf', SIZE - 1],
    ['the person of an entry', `UPDATE log_entries SET principal_id = NULL WHERE ${entryAt(600)}`, 'columns', 600],
    ['the time of an entry', `UPDATE log_entries SET at = at + interval '1 ms' WHERE ${entryAt(601)}`, 'columns', 601],
    ['the action of an entry', `UPDATE log_entries SET action = 'people:erase' WHERE ${entryAt(602)}`, 'columns', 602],
    ['the actor of an entry', `UPDATE log_entries SET actor = 'public' WHERE ${entryAt(603)}`, 'columns', 603],
    ['the id of a leaf', `UPDATE log_leaves SET id = '${principal}' WHERE position = 604`, 'columns', 604],
    ['the upper tile', `UPDATE log_tiles SET hashes = ${flip('hashes', 3 * 32)} WHERE level = 1`, 'tile', 3 * 256],
    ['the upper tile gone', 'DELETE FROM log_tiles WHERE level = 1', 'tile', 0],
    ['a lower tile gone', 'DELETE FROM log_tiles WHERE level = 0 AND n = 2', 'tile', 512],
    ['a root', `UPDATE log_checkpoints SET root = ${flip('root', 0)} WHERE size = 301`, 'checkpoint', 300],
    [
      'a note',
      "UPDATE log_checkpoints SET note = replace(note, E'\\n300\\n', E'\\n299\\n') WHERE size = 300",
      'checkpoint',
      299,
    ],
    ['the last checkpoint gone', `DELETE FROM log_checkpoints WHERE size = ${SIZE}`, 'checkpoint', 1_024],
    [
      'an entry slipped in among older ones',
      `INSERT INTO log_entries (xid, seq, id, at, action, actor, entry) OVERRIDING SYSTEM VALUE
       SELECT xid, 0, '${principal}', at, action, actor, replace(entry, id::text, '${principal}') FROM log_entries WHERE ${entryAt(301)}`,
      'stray',
      301,
    ],
    [
      'two entries changed about',
      `UPDATE log_leaves a SET xid = b.xid, seq = b.seq, id = b.id, hash = b.hash
       FROM log_leaves b WHERE (a.position, b.position) IN ((200, 201), (201, 200))`,
      'leaf',
      200,
    ],
  ];
  test.each(cases)('%s', async (_, statement, part, position) => {
    expect(await afterTampering(statement)).toEqual({ ok: false, size: expect.any(Number) as number, part, position });
  });
});

test('who changes an entry, its leaf and its tile alike is found at the next level', async () => {
  const said = await afterTampering(`
    DO $$
    DECLARE h bytea;
    BEGIN
      UPDATE log_entries SET entry = replace(entry, 'people:use', 'people:usd'), action = 'people:usd' WHERE ${entryAt(700)};
      UPDATE log_leaves SET hash = sha256('\\x00'::bytea || convert_to(e.entry, 'UTF8'))
        FROM log_entries e WHERE log_leaves.position = 700 AND (e.xid, e.seq) = (log_leaves.xid, log_leaves.seq);
      SELECT hash INTO h FROM log_leaves WHERE position = 700;
      UPDATE log_tiles SET hashes = overlay(hashes PLACING h FROM ${(700 % 256) * 32 + 1}) WHERE level = 0 AND n = 2;
    END $$`);
  // The checkpoint at 1,024 no longer has the signed root; 301 was the last that agreed.
  expect(said).toEqual({ ok: false, size: SIZE, part: 'history', position: 301 });
});

test('a log cut back to an older checkpoint is found by what was seen before', async () => {
  await verifyAndRecord(house.app, signer, standingClock('2026-11-24T02:00:00Z'));
  const said = await afterTampering(`
    DO $$ BEGIN
      DELETE FROM log_entries e USING log_leaves l WHERE (e.xid, e.seq) = (l.xid, l.seq) AND l.position >= 1024;
      DELETE FROM log_leaves WHERE position >= 1024;
      DELETE FROM log_checkpoints WHERE size > 1024;
      DELETE FROM log_tiles WHERE level = 0 AND n >= 4;
    END $$`);
  expect(said).toEqual({ ok: false, size: 1_024, part: 'end', position: 1_024 });
});

test('a check from a checkpoint finds what came after, and first that the stored tree still has the signed root', async () => {
  const late = `UPDATE log_entries SET entry = replace(entry, ':use', ':usd') WHERE ${entryAt(1_300)}`;
  expect(await afterTampering(late, 1_024)).toMatchObject({ ok: false, part: 'entry', position: 1_300 });
  const tile = `UPDATE log_tiles SET hashes = ${flip('hashes', 5)} WHERE level = 1`;
  expect(await afterTampering(tile, 1_024)).toMatchObject({ ok: false, part: 'tile', position: 1_023 });
});

describe('what a check from a checkpoint would begin at is itself found to be gone or changed', () => {
  const cases: [string, string, string][] = [
    ['the checkpoint gone', 'DELETE FROM log_checkpoints WHERE size = 300', 'checkpoint'],
    [
      'its note',
      "UPDATE log_checkpoints SET note = replace(note, E'\\n300\\n', E'\\n299\\n') WHERE size = 300",
      'checkpoint',
    ],
    [
      'the note of another in its place',
      `UPDATE log_checkpoints a SET note = b.note, root = b.root FROM log_checkpoints b WHERE a.size = 300 AND b.size = 301`,
      'checkpoint',
    ],
    ['a tile before it gone', 'DELETE FROM log_tiles WHERE level = 1 AND n = 0', 'tile'],
    [
      'a tile before it cut short',
      'UPDATE log_tiles SET hashes = substr(hashes, 1, 32 * 40) WHERE level = 0 AND n = 1',
      'tile',
    ],
    ['the last leaf before it gone', 'DELETE FROM log_leaves WHERE position = 299', 'leaf'],
  ];
  test.each(cases)('%s', async (_, statement, part) => {
    expect(await afterTampering(statement, 300)).toEqual({ ok: false, size: SIZE, part, position: 299 });
  });
});

test('the integrator signs nothing over a damaged tree', async () => {
  await house.app.transaction((tx) => append(tx, logEntry(at, { kind: 'sekisho' }, 'people:use')));
  await house.owner.transaction(async (tx) => {
    await tx.query('SET LOCAL session_replication_role = replica', []);
    await tx.query(`UPDATE log_tiles SET hashes = ${flip('hashes', 5)} WHERE level = 1`, []);
  });
  await expect
    .poll(() => integrate(house.app, signer).then(String, String), { interval: 20 })
    .toMatch(/does not agree/);
  expect((await lastCheckpoint(house.app))?.size).toBe(SIZE);
  await house.owner.transaction(async (tx) => {
    await tx.query('SET LOCAL session_replication_role = replica', []);
    await tx.query(`UPDATE log_tiles SET hashes = ${flip('hashes', 5)} WHERE level = 1`, []);
  });
  for (; (await integrate(house.app, signer)) === 0;) await setTimeout(20);
  expect(await verify(house.app, vkey)).toEqual({ ok: true, size: SIZE + 1 });
});

test('a tree whose last leaf is missing is not continued, and is not taken for one to which nothing is to be added', async () => {
  const inSecret = (statement: string): Promise<void> =>
    house.owner.transaction(async (tx) => {
      await tx.query('SET LOCAL session_replication_role = replica', []);
      await tx.query(statement, []);
    });
  await house.owner.query('CREATE TABLE kept AS SELECT * FROM log_leaves ORDER BY position DESC LIMIT 1', []);
  expect(await integrate(house.app, signer)).toBe(0);
  await inSecret('DELETE FROM log_leaves WHERE position = (SELECT position FROM kept)');
  await expect(integrate(house.app, signer)).rejects.toThrow('the last leaf is missing');
  await inSecret('INSERT INTO log_leaves SELECT * FROM kept');
  expect(await integrate(house.app, signer)).toBe(0);
});

test('it rests between two pages, and ends where the rest does', async () => {
  const rests: number[] = [];
  const size = SIZE + 1;
  const check = await verify(house.app, vkey, 0, { rest: (tookMs) => Promise.resolve(rests.push(tookMs)) });
  expect(check).toEqual({ ok: true, size });
  expect(rests).toHaveLength(Math.ceil(size / 512) - 1);
  expect(Math.min(...rests)).toBeGreaterThan(0);
  await expect(verify(house.app, vkey, 0, { rest: () => Promise.reject(new Error('enough')) })).rejects.toThrow(
    'enough',
  );
});

test('a stop does not wait for a verification to reach its end, and calls it neither good nor failed', async () => {
  const heard: unknown[] = [];
  const clock = standingClock('2026-11-24T12:00:00Z');
  const runs = (): Promise<object[]> => house.app.query('SELECT id FROM log_verifications ORDER BY id', []);
  const before = await runs();
  const lane = { database: house.app, signer, clock, report: (problem: unknown) => heard.push(problem) };
  // Every verification is whole here: the first page is checked, and the stop arrives in the pause after it.
  const running = startLog({ ...lane, wholeEveryMs: 0 });
  await running.stop();
  expect(heard).toEqual([]);
  expect(await runs()).toEqual(before);
});

test('it verifies by itself, whole once a day and in between what is new, and reports what does not agree', async () => {
  const clock = standingClock('2026-11-25T00:00:00Z');
  const problems: unknown[] = [];
  const running = startLog({
    database: house.app,
    signer,
    clock,
    report: (problem) => problems.push(problem),
    integrateEveryMs: 10,
    verifyEveryMs: 10,
  });
  const runs = (): Promise<{ whole: boolean; at: Date }[]> =>
    house.app.query('SELECT whole, at FROM log_verifications WHERE at >= $1 ORDER BY id', [
      new Date('2026-11-25T00:00:00Z'),
    ]);
  await expect.poll(async () => (await runs()).length).toBeGreaterThan(2);
  clock.moveTo('2026-11-26T00:00:01Z');
  await expect.poll(async () => (await runs()).filter((run) => run.whole).length).toBe(1);
  expect(problems).toEqual([]);
  await house.owner.transaction(async (tx) => {
    await tx.query('SET LOCAL session_replication_role = replica', []);
    await tx.query(`UPDATE log_entries SET entry = replace(entry, ':use', ':usd') WHERE ${entryAt(900)}`, []);
  });
  clock.moveTo('2026-11-27T00:00:02Z');
  await expect.poll(() => problems.length).toBeGreaterThan(0);
  await running.stop();
  expect(problems[0]).toMatchObject({ ok: false, part: 'entry', position: 900 });
  const last = await lastCheck(house.app);
  expect(last?.check).toMatchObject({ ok: false, part: 'entry', position: 900 });
  expect(saysOf(last!.check)).toEqual({
    ja: '901件目で不一致があります：記録の内容。',
    en: 'Entry number 901 does not agree: the text of an entry.',
  });
});

test('of the checks between, those that were good are cleared after a month, and nobody clears what a check has found', async () => {
  await house.owner.query(
    `INSERT INTO log_verifications (at, whole, size, ok, part, position)
     SELECT now() - days * interval '1 day', whole, 1, ok, CASE WHEN NOT ok THEN 'entry' END, CASE WHEN NOT ok THEN 0 END
     FROM (VALUES (29, false, true), (32, false, true), (33, true, true), (34, false, false)) AS v (days, whole, ok)`,
    [],
  );
  const days = async (): Promise<number[]> =>
    (
      await house.owner.query<{ days: number }>(
        "SELECT (now()::date - at::date) AS days FROM log_verifications WHERE at < now() - interval '28 days' AND at > now() - interval '36 days' ORDER BY 1",
        [],
      )
    ).map((row) => row.days);
  expect(await days()).toEqual([29, 32, 33, 34]);
  for (const which of ['NOT ok', 'whole', "at > now() - interval '30 days'"])
    await expect(house.app.query(`DELETE FROM log_verifications WHERE ${which}`, [])).rejects.toMatchObject({
      code: '42501',
    });
  await verifyAndRecord(house.app, signer, systemClock);
  expect(await days()).toEqual([29, 33, 34]);
});

test('a whole check that is on record for a day to come puts none off', async () => {
  const tampered = (bytes: string): Promise<void> =>
    house.owner.transaction(async (tx) => {
      await tx.query('SET LOCAL session_replication_role = replica', []);
      await tx.query(`UPDATE log_tiles SET hashes = ${bytes} WHERE level = 0 AND n = 0`, []);
    });
  const size = (await lastCheckpoint(house.app))!.size;
  // The application may insert this row, and so may anyone with its rights in the database.
  await house.app.query('INSERT INTO log_verifications (at, whole, size, ok) VALUES ($1, true, $2, true)', [
    new Date('2126-11-24T00:00:00Z'),
    size,
  ]);
  await tampered(flip('hashes', 70));
  const found = await verifyAndRecord(house.app, signer, standingClock('2026-11-24T02:30:00Z'), 86_400_000);
  await tampered(flip('hashes', 70));
  expect(found).toEqual({ ok: false, size, part: 'tile', position: 2 });
});
