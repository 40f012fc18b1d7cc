// The keys of what is over besides persons: of a letter that was sent, of the papers of a request, and of a package. They leave the files of the
// database as those of erased persons do, table by table, and the log says so.

import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesWith, migrationsBefore, testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { openTestOffice, type TestOffice } from '../../../tests/office.ts';
import {
  addConsent,
  addConsentText,
  addHolding,
  addPerson,
  addRecipient,
  officerOf,
  openTestCheckpoint,
  valueOf,
} from '../../../tests/people.ts';
import { mailServer } from '../../../tests/smtp.ts';
import { both } from '../../base/bilingual.ts';
import { newId } from '../../base/id.ts';
import { listEntries } from '../../log/index.ts';
import { APPLICATION, migrate, openDatabase } from '../../platform/database/index.ts';
import { clearKeys, uncleared } from '../../vault/index.ts';
import type { By, Room } from '../access/index.ts';
import { withdraw } from '../desk/actions/receive.ts';
import { eraseNextPapers, registerRequest } from '../desk/index.ts';
import { approvePackage, cancelPackage, draftPackage, requestPackage } from '../provision/index.ts';
import { clearDropped, keepClearing } from './actions/clear.ts';

const server = mailServer();
let house: TestOffice;
let close: () => Promise<void>;
let officer: By;
let handler: By;
let desk: Room;
let holding: string;
let recipients = 0;

beforeAll(async () => {
  const env = {
    SEKISHO_SMTP: `smtp://localhost:${await server.serve()}`,
    SEKISHO_MAIL_FROM: '例示情報通信 窓口 <desk@example.jp>',
  };
  house = await openTestOffice(() => [], { at: '2026-11-26T10:00:00+09:00', env });
  close = await openTestCheckpoint(house);
  officer = { actor: officerOf(house), authority: ['officer-all-work'] };
  const actor = { kind: 'staff', id: house.staff.desk!, name: '佐伯 健', roles: ['handler'] } as const;
  handler = { actor, authority: ['handler-daily-work'] };
  desk = house;
  holding = await addHolding(house);
});
afterAll(async () => {
  await close();
  await house.close();
  await server.close();
});

async function post(): Promise<void> {
  const { mail, database } = house.office;
  const letter = { subject: both('件名', 'Subject'), says: both('文', 'Text'), number: 'R-2026-001', path: '/desk' };
  await database.transaction((tx) => mail.post(tx, { to: 'saeki@example.jp', lang: 'ja', ...letter }));
}

async function register(): Promise<{ id: string; last: number }> {
  const sender = { name: '例示 花子', address: '〒104-0000 東京都中央区例示町9-9', email: '' };
  const letter = { kind: 'disclosure', scope: 'customer', channel: 'letter', lang: 'ja', says: '' } as const;
  const arrivedOn = house.office.clock.today();
  const { row, request } = valueOf(
    await registerRequest(desk, officer, { ...letter, arrivedOn, sender, another: true }),
  ).case;
  return { id: row.id, last: request.last };
}

async function approve(): Promise<string> {
  const publicKey = await identityToRecipient(await generateX25519Identity());
  const recipient = await addRecipient(house, { publicKey, name: `例示${++recipients}株式会社` });
  const items = ['name'];
  const text = await addConsentText(house, { holding, recipients: [recipient], items });
  const { principal } = await addPerson(house, holding, { name: '例示 提供' });
  await addConsent(house, principal, text);
  const ask = {
    holding,
    items,
    purpose: 'P3',
    recipient,
    everybody: true,
    facts: { relation: 'third-party' },
  } as const;
  const { id } = valueOf(await draftPackage(house.office, handler, ask));
  valueOf(await requestPackage(house.office, handler, id));
  valueOf(await approvePackage(house.office, officer, id));
  return id;
}

const filesOf = (key: Buffer): Promise<string[]> => filesWith(house.db.owner, '%', [key]);

/** The key of a row, or of the only row that has one. Checks that it is in the file of its table. */
async function keyIn(table: string, id: string | null = null): Promise<Buffer> {
  const [row, ...others] = await house.db.owner.query<{ wrapped_key: Buffer }>(
    `SELECT wrapped_key FROM ${table} WHERE wrapped_key IS NOT NULL AND ($1::uuid IS NULL OR id = $1)`,
    [id],
  );
  expect([await filesOf(row!.wrapped_key), others]).toEqual([[table], []]);
  return row!.wrapped_key;
}

/** A connection that is just beginning, to any database, counts as an older reader for a moment; the next try then clears. */
const clears = (table: string): Promise<void> => expect.poll(() => clearDropped(house.office, table)).toBe(1);

const cleared = async (): Promise<object[]> =>
  (await listEntries(house.office.database, { actions: ['people:clear'], most: 9 })).map(({ entry }) => entry);

/** Checks that one key waits, and that it is in no file once its table is rewritten. Whether it still is before that depends on the server. */
async function leaves(table: string, key: Buffer): Promise<void> {
  // ANALYZE copies samples of a table into the planner's statistics.
  await house.db.owner.query('ANALYZE', []);
  expect(await uncleared(house.office.database)).toMatchObject([{ table }]);
  await clears(table);
  expect(await filesOf(key)).toEqual([]);
  expect((await cleared())[0]).toMatchObject({ actor: 'sekisho', table, keys: 1 });
  expect(await uncleared(house.office.database)).toEqual([]);
  expect(await clearDropped(house.office, table)).toBe(0);
}

test('the key of a letter leaves once it was sent', async () => {
  await post();
  const key = await keyIn('mail_outbox');
  expect(await house.office.mail.sendNext()).toBe(true);
  await leaves('mail_outbox', key);
});

test('a table that takes long is left by day, and written anew at night', async () => {
  const { database } = house.office;
  // One letter as long as the keys of many.
  const long = { subject: both('件名', 'Subject'), says: both('文'.repeat(7_000_000), 'Text'), number: 'R-2026-002' };
  await post();
  await database.transaction((tx) =>
    house.office.mail.post(tx, { to: 'saeki@example.jp', lang: 'ja', path: '/desk', ...long }),
  );
  expect(await house.office.mail.sendNext()).toBe(true);
  expect(await uncleared(database)).toMatchObject([{ table: 'mail_outbox' }]);
  const before = (await cleared()).length;
  /** One round as the office runs it. */
  const round = async (at: string): Promise<number> => {
    house.clock.moveTo(at);
    await keepClearing(house.office, (line) => expect.fail(line)).stop();
    return (await cleared()).length - before;
  };
  expect(await round('2026-11-26T12:00:00+09:00')).toBe(0);
  expect(await uncleared(database)).toHaveLength(1);
  await expect.poll(() => round('2026-11-27T01:30:00+09:00')).toBe(1);
  expect(await uncleared(database)).toEqual([]);
  await house.db.owner.query('TRUNCATE mail_outbox', []);
});

test('the key of a request leaves once its papers are erased, and that of another stays', async () => {
  const { id, last } = await register();
  const key = await keyIn('requests', id);
  const kept = await keyIn('requests', (await register()).id);
  valueOf(await withdraw(desk, officer, id, { seen: last }, { on: house.office.clock.today() }));
  house.clock.moveTo('2028-01-26T10:00:00+09:00');
  expect(await eraseNextPapers(house.office)).toBe(true);
  house.clock.moveTo('2026-11-26T10:00:00+09:00');
  await leaves('requests', key);
  expect(await filesOf(kept)).toEqual(['requests']);
});

test('the key of a package leaves once it is over', async () => {
  const id = await approve();
  const key = await keyIn('packages', id);
  valueOf(await cancelPackage(house.office, officer, id, '取りやめ'));
  await leaves('packages', key);
});

test('what somebody is at work on waits, and keeps no other table waiting', async () => {
  await post();
  const id = await approve();
  const [letter, file] = [await keyIn('mail_outbox'), await keyIn('packages', id)];
  expect(await house.office.mail.sendNext()).toBe(true);
  valueOf(await cancelPackage(house.office, officer, id, '取りやめ'));
  await house.db.owner.transaction(async (tx) => {
    await tx.query('LOCK TABLE packages IN ROW SHARE MODE', []);
    expect(await clearDropped(house.office, 'packages')).toBe(0);
    await clears('mail_outbox');
    expect(await filesOf(letter)).toEqual([]);
  });
  await clears('packages');
  expect(await filesOf(file)).toEqual([]);
});

test('every table in which keys lie notes that one was dropped, and the server takes none of them to plan with', async () => {
  const tables = await house.db.owner.query<{ name: string; noted: boolean; kept: boolean }>(
    `SELECT c.relname::text AS name, a.attstattarget <> 0 OR a.attstattarget IS NULL AS kept,
            EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'note_dropped_key') AS noted
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE a.attname = 'wrapped_key' AND c.relkind = 'r' ORDER BY 1`,
    [],
  );
  // The key of the search index is never dropped.
  expect(tables.filter(({ noted }) => !noted).map(({ name }) => name)).toEqual(['vault_index_keys']);
  expect(tables.filter(({ kept }) => kept)).toEqual([]);
  await expect(house.office.database.query('DELETE FROM dropped_keys', [])).rejects.toThrow(/permission denied/);
  await expect(
    house.office.database.query("INSERT INTO dropped_keys VALUES ('x', gen_random_uuid(), now())", []),
  ).rejects.toThrow(/permission denied/);
});

describe('what was dropped before', () => {
  let old: TestDatabase;
  let earlier: string;
  beforeAll(async () => {
    earlier = await migrationsBefore('2026-11-30-i-dropped-keys.sql');
    old = await testDatabase({ migrations: earlier });
  });
  afterAll(async () => {
    await old.drop();
    await fs.rm(earlier, { recursive: true });
  });

  test('is still to be cleared, of persons as before', async () => {
    const { owner } = old;
    const [cleared, waiting, letter] = [newId(1), newId(2), newId(3)];
    for (const [id, at] of [
      [cleared, '2026-11-21T00:00:00Z'],
      [waiting, null],
    ])
      await owner.query(`INSERT INTO vault_erasures VALUES ($1, $1, '2026-11-20T00:00:00Z', '{}', 1, $2)`, [id, at]);
    const key = randomBytes(60);
    await owner.query(
      `INSERT INTO mail_outbox (id, about, queued_at, next_at, kek_version, wrapped_key, sealed)
       VALUES ($1, 'R-2026-001', now(), now(), 1, $2, 'x')`,
      [letter, key],
    );
    expect(await filesWith(owner, '%', [key])).toEqual(['mail_outbox']);
    await owner.query("UPDATE mail_outbox SET state = 'sent', ended_at = now(), wrapped_key = NULL, sealed = NULL", []);
    await migrate(owner, path.resolve('migrations'));
    expect(await owner.query('SELECT owner, cleared_at FROM dropped_keys ORDER BY owner', [])).toEqual([
      { owner: cleared, cleared_at: new Date('2026-11-21T00:00:00Z') },
      { owner: waiting, cleared_at: null },
      { owner: letter, cleared_at: null },
    ]);
    expect(await uncleared(old.app)).toMatchObject([
      { table: 'mail_outbox' },
      { table: 'vault_principals', since: Date.parse('2026-11-20T00:00:00Z') },
    ]);
    await expect.poll(() => clearKeys(old.app, 'mail_outbox', 0, () => Promise.resolve())).toBe(1);
    expect(await filesWith(owner, '%', [key])).toEqual([]);
  });
});

test('where the application was not granted to maintain its tables, as no PostgreSQL before 17 grants it, their owner does', async () => {
  const { owner, connection, drop } = await testDatabase();
  await owner.query('REVOKE MAINTAIN ON ALL TABLES IN SCHEMA public FROM sekisho_app', []);
  // Connected as to a database of DATABASE_URL.
  const app = openDatabase(connection, { role: APPLICATION });
  const [person, principal, letter] = [randomBytes(60), newId(1), newId(2)];
  await owner.query(
    `INSERT INTO mail_outbox (id, about, queued_at, next_at, kek_version, wrapped_key, sealed)
     VALUES ($1, 'R-2026-001', now(), now(), 1, $2, 'x')`,
    [letter, randomBytes(60)],
  );
  await owner.query(
    'INSERT INTO vault_principals (id, kek_version, wrapped_key, created_at) VALUES ($1, 1, $2, now())',
    [principal, person],
  );
  await app.query('DELETE FROM vault_principals', []);
  await app.query("UPDATE mail_outbox SET state = 'sent', ended_at = now(), wrapped_key = NULL, sealed = NULL", []);
  for (const { table } of await uncleared(app)) {
    await expect.poll(() => clearKeys(app, table, 0, () => Promise.resolve())).toBe(1);
  }
  expect(await uncleared(app)).toEqual([]);
  expect(await filesWith(owner, '%', [person])).toEqual([]);
  const role = 'SELECT current_user::text AS role';
  const roles = await Promise.all(Array.from({ length: 12 }, () => app.query<{ role: string }>(role, [])));
  expect(new Set(roles.map(([row]) => row!.role))).toEqual(new Set([APPLICATION]));
  await app.close();
  await drop();
});
