import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { openWay } from '../../../tests/way.ts';
import {
  APPLICATION,
  awaySince,
  byteaArray,
  int4Array,
  openDatabase,
  textArray,
  timestampArray,
  uuidArray,
} from './index.ts';

let house: TestDatabase;
beforeAll(async () => {
  house = await testDatabase();
});
afterAll(() => house.drop());

test('the application works as sekisho_app and owns nothing', async () => {
  const rows = await house.app.query<{ role: string }>('SELECT current_user AS role', []);
  expect(rows).toEqual([{ role: 'sekisho_app' }]);
  await expect(house.app.query('CREATE TABLE mine (a int)', [])).rejects.toMatchObject({ code: '42501' });
});

test('the application cannot step back into the rights of the owner', async () => {
  const rewriting = house.app.transaction(async (tx) => {
    await tx.query('SET LOCAL ROLE NONE', []);
    expect(await tx.query('SELECT current_user AS role', [])).toEqual([{ role: 'sekisho_app' }]);
    await tx.query('ALTER TABLE log_entries DISABLE TRIGGER no_rewrite', []);
  });
  await expect(rewriting).rejects.toMatchObject({ code: '42501' });
});

test('a transaction of which a statement failed is never taken as done, whoever caught the failure', async () => {
  await house.owner.query('CREATE TABLE kept (a int PRIMARY KEY)', []);
  const caught = house.owner.transaction(async (tx) => {
    await tx.query('INSERT INTO kept VALUES (1)', []);
    await tx.query('INSERT INTO kept VALUES (1)', []).catch(() => undefined);
    return 'done';
  });
  await expect(caught).rejects.toThrow('rolled back');
  expect(await house.owner.query('SELECT a FROM kept', [])).toEqual([]);
});

test('what maintains a table is done by the owner where the owner connected, and by nobody on that connection afterwards', async () => {
  const app = openDatabase(house.connection, { role: APPLICATION, most: 1 });
  const role = async () => (await app.query<{ role: string }>('SELECT current_user::text AS role', []))[0]!.role;
  await house.owner.query('CREATE TABLE owned (a int)', []);
  await expect(app.query('ALTER TABLE owned ADD b int', [])).rejects.toMatchObject({ code: '42501' });
  await app.maintain('ALTER TABLE owned ADD b int');
  expect(await role()).toBe(APPLICATION);
  await expect(app.maintain('VACUUM nothing')).rejects.toMatchObject({ code: '42P01' });
  expect(await role()).toBe(APPLICATION);
  await app.close();
});

test('the application makes no temporary tables', async () => {
  await expect(house.app.query('CREATE TEMPORARY TABLE mine (a int)', [])).rejects.toMatchObject({ code: '42501' });
});

test('a function with its owner’s rights looks for names where only the owner puts any', async () => {
  const functions = await house.owner.query<{ name: string; settings: string[] | null }>(
    `SELECT oid::regprocedure::text AS name, proconfig AS settings FROM pg_proc
     WHERE prosecdef AND pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`,
    [],
  );
  expect(functions.length).toBeGreaterThan(0);
  const fixed = 'search_path=pg_catalog, public, pg_temp';
  expect(functions.filter(({ settings }) => !settings?.includes(fixed)).map(({ name }) => name)).toEqual([]);
});

test('binary arrays arrive as they were sent, nulls and 𠮷 included', async () => {
  const rows = await house.app.query<Record<string, unknown>>(
    'SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::int4[], $5::timestamptz[]) AS t(a, b, c, d, e)',
    [
      uuidArray(['0190f8a0-1234-7abc-8def-0123456789ab', null]),
      textArray(['𠮷野家 辻󠄀', '']),
      byteaArray([Buffer.from([0, 255, 1]), null]),
      int4Array([-5, 2_000_000_000]),
      timestampArray([Date.parse('2026-11-24T00:00:00.123Z'), Date.parse('1999-12-31T15:00:00Z')]),
    ],
  );
  expect(rows[0]).toEqual({
    a: '0190f8a0-1234-7abc-8def-0123456789ab',
    b: '𠮷野家 辻󠄀',
    c: Buffer.from([0, 255, 1]),
    d: -5,
    e: new Date('2026-11-24T00:00:00.123Z'),
  });
  expect(rows[1]).toMatchObject({ a: null, b: '', c: null, d: 2_000_000_000, e: new Date('1999-12-31T15:00:00Z') });
});

test('a transaction that throws leaves nothing behind', async () => {
  await house.owner.query('CREATE TABLE probe (n int)', []);
  await expect(
    house.owner.transaction(async (tx) => {
      await tx.query('INSERT INTO probe VALUES (1)', []);
      throw new Error('stop');
    }),
  ).rejects.toThrow('stop');
  expect(await house.owner.query('SELECT n FROM probe', [])).toEqual([]);
});

test('who has a transaction open asks for no second connection, which every test of the house watches for', async () => {
  const refused = 'a second connection is asked for in a transaction';
  const { app } = house;
  const asks: (() => Promise<unknown>)[] = [
    () => app.query('SELECT 1', []),
    () => app.kysely.selectNoFrom((one) => one.lit(1).as('n')).execute(),
    () => app.transaction(() => Promise.resolve()),
    () => app.alone(1, () => Promise.resolve(1)),
  ];
  for (const ask of asks) await expect(app.transaction(ask)).rejects.toThrow(refused);
  expect(await app.query('SELECT 1 AS n', [])).toEqual([{ n: 1 }]);
});

test('of those who ask for the same work alone one gets it, and may ask for other connections meanwhile', async () => {
  const { app } = house;
  let begun = 0;
  const work = async (): Promise<number> => {
    begun += 1;
    expect(await app.alone(2, () => Promise.resolve('never'))).toBeNull();
    const [row] = await app.transaction((tx) => tx.query<{ n: number }>('SELECT 7 AS n', []));
    return row!.n;
  };
  expect(await app.alone(2, work)).toBe(7);
  expect(await app.alone(2, work)).toBe(7);
  expect(begun).toBe(2);
});

test('what one who lost the lock writes through its transaction is undone, as another may have done it meanwhile', async () => {
  const { app, owner } = house;
  await owner.query('CREATE TABLE alone (n int)', []);
  const write = (on: Pick<typeof app, 'query'>, n: number) => on.query('INSERT INTO alone VALUES ($1)', [n]);
  await owner.query('GRANT INSERT, SELECT ON alone TO sekisho_app', []);
  const lost = app.alone(3, async (tx) => {
    const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid', []);
    await write(tx, 1);
    await owner.query('SELECT pg_terminate_backend($1)', [row!.pid]);
    await expect.poll(() => app.alone(3, (other) => write(other, 2))).not.toBeNull();
    await write(tx, 3);
  });
  await expect(lost).rejects.toThrow();
  expect(await app.query('SELECT n FROM alone', [])).toEqual([{ n: 2 }]);
});

test('a connection that dies between two statements of a transaction fails that transaction and nothing else', async () => {
  const alive = async (pid: number) =>
    (await house.owner.query('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [pid])).length > 0;
  await expect(
    house.app.transaction(async (tx) => {
      const [{ pid } = { pid: 0 }] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid', []);
      await house.owner.query('SELECT pg_terminate_backend($1)', [pid]);
      await expect.poll(() => alive(pid)).toBe(false);
      await tx.query('SELECT 1', []);
    }),
  ).rejects.toThrow();
  expect(await house.app.query('SELECT 1 AS n', [])).toEqual([{ n: 1 }]);
});

test('a listener hears notices', async () => {
  const heard: string[] = [];
  const stop = await house.app.listen('probe', (payload) => heard.push(payload));
  await house.app.query("SELECT pg_notify('probe', 'ledger')", []);
  await expect.poll(() => heard).toEqual(['ledger']);
  await stop();
});

test('a listener whose connection broke is told once it listens again, because notices may have been missed', async () => {
  const heard: string[] = [];
  const stop = await house.app.listen('broken', (payload) => heard.push(payload));
  await house.owner.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = \'LISTEN "broken"\'',
    [],
  );
  await expect.poll(() => heard).toEqual(['']);
  await house.app.query("SELECT pg_notify('broken', 'again')", []);
  await expect.poll(() => heard).toEqual(['', 'again']);
  await stop();
});

const listeners = async (channel: string): Promise<number> =>
  (
    await house.owner.query(
      'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1',
      [channel],
    )
  ).length;

test('a database that was away has one listener again, who hears each notice once, and none after the end', async () => {
  const way = await openWay(house.connection);
  const database = openDatabase({ ...way.at, application_name: 'away' });
  const heard: string[] = [];
  await database.listen('away', (payload) => heard.push(payload));
  way.shut();
  const before = way.knocks();
  await expect.poll(() => way.knocks() - before).toBeGreaterThanOrEqual(4);
  await way.reopen();
  await expect.poll(() => heard).toContain('');
  await house.owner.query("SELECT pg_notify('away', 'back')", []);
  await expect.poll(() => heard).toContain('back');
  await house.owner.query("SELECT pg_notify('away', 'last')", []);
  await expect.poll(() => heard).toContain('last');
  expect(heard).toEqual(['', 'back', 'last']);
  expect(await listeners('away')).toBe(1);
  await database.close();
  await expect.poll(() => listeners('away')).toBe(0);
  way.close();
});

test('who closes while the database is away does not wait for it, and nothing is tried afterwards', async () => {
  const way = await openWay(house.connection);
  const database = openDatabase(way.at);
  await database.listen('gone', () => undefined);
  way.shut();
  const before = way.knocks();
  await expect.poll(() => way.knocks() - before).toBeGreaterThanOrEqual(2);
  await database.close();
  const after = way.knocks();
  const other = openDatabase(way.at);
  await expect(other.listen('gone', () => undefined)).rejects.toThrow();
  expect(way.knocks()).toBe(after + 1);
  await other.close();
  way.close();
});

test('a listener whose link went silent listens on another, and is told', async () => {
  const way = await openWay(house.connection);
  const database = openDatabase({ ...way.at, application_name: 'silent' });
  const heard: string[] = [];
  await database.listen('silent', (payload) => heard.push(payload));
  way.silence();
  await house.owner.query("SELECT pg_notify('silent', 'missed')", []);
  await expect.poll(() => heard).toEqual(['']);
  await house.owner.query("SELECT pg_notify('silent', 'heard')", []);
  await expect.poll(() => heard).toEqual(['', 'heard']);
  await database.close();
  way.close();
  await expect.poll(() => listeners('silent')).toBe(0);
});

test('a connection that is lost while it is prepared takes nothing with it', async () => {
  const message = (type: string, content: Buffer): Buffer => {
    const head = Buffer.alloc(5, type);
    head.writeInt32BE(content.length + 4, 1);
    return Buffer.concat([head, content]);
  };
  const admitted = Buffer.concat([
    message('R', Buffer.alloc(4)),
    message('S', Buffer.from('server_version\x0018.4\x00')),
    message('Z', Buffer.from('I')),
  ]);
  let asked = 0;
  const dying = net.createServer((socket) => {
    socket.once('data', () => {
      socket.write(admitted);
      socket.once('data', () => {
        asked += 1;
        socket.resetAndDestroy();
      });
    });
  });
  await new Promise<void>((resolve) => dying.listen(0, '127.0.0.1', resolve));
  const database = openDatabase({ host: '127.0.0.1', port: (dying.address() as AddressInfo).port, user: 'nobody' });
  for (let n = 1; n <= 3; n++) {
    const error: unknown = await database.query('SELECT 1', []).catch((why: unknown) => why);
    // Nothing has been sent on the connection yet, so nothing can have been done.
    expect([asked, typeof awaySince(error)]).toEqual([n, 'number']);
  }
  await database.close();
  await new Promise((resolve) => dying.close(resolve));
});
