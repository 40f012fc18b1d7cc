import fs from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { readConfig } from '../config.ts';
import { StartProblem } from '../start-problem.ts';
import {
  APPLICATION,
  checkOutside,
  enterOutside,
  migrate,
  openDatabase,
  outsideAddress,
  startEmbedded,
  withholdTemporary,
} from './index.ts';

let house: TestDatabase;
let name: string;
beforeAll(async () => {
  house = await testDatabase({ durable: true });
  name = house.connection.database!;
});
afterAll(() => house.drop());

const set = async (settings: Record<string, string>): Promise<void> => {
  for (const [of, to] of Object.entries(settings))
    await house.owner.query(`ALTER DATABASE ${name} SET ${of} = '${to}'`, []);
};

/** The message it is refused with. */
const refusal = async (url: string): Promise<string> => {
  const said = await checkOutside(url).catch((error: unknown) => error);
  expect(said).toBeInstanceOf(StartProblem);
  return (said as StartProblem).says.en;
};

test('whatever sessions are set to there, ours are as the program needs them', async () => {
  const needed = {
    search_path: 'public',
    DateStyle: 'ISO, MDY',
    IntervalStyle: 'postgres',
    TimeZone: 'UTC',
    bytea_output: 'hex',
    extra_float_digits: '1',
    standard_conforming_strings: 'on',
    array_nulls: 'on',
    transform_null_equals: 'off',
    quote_all_identifiers: 'off',
    default_transaction_isolation: 'read committed',
    synchronous_commit: 'on',
    statement_timeout: '0',
    transaction_timeout: '0',
    lock_timeout: '0',
    idle_in_transaction_session_timeout: '1min',
    idle_session_timeout: '0',
    log_parameter_max_length_on_error: '0',
  };
  await set({
    search_path: 'elsewhere',
    DateStyle: 'SQL, DMY',
    IntervalStyle: 'iso_8601',
    TimeZone: 'America/New_York',
    bytea_output: 'escape',
    extra_float_digits: '0',
    standard_conforming_strings: 'off',
    array_nulls: 'off',
    transform_null_equals: 'on',
    quote_all_identifiers: 'on',
    default_transaction_isolation: 'serializable',
    synchronous_commit: 'off',
    statement_timeout: '1s',
    transaction_timeout: '1s',
    lock_timeout: '1s',
    idle_in_transaction_session_timeout: '1s',
    idle_session_timeout: '1s',
    log_parameter_max_length_on_error: '-1',
  });
  await checkOutside(house.url);
  const app = await enterOutside(house.url);
  for (const [setting, value] of Object.entries(needed))
    expect(await app.query('SELECT current_setting($1) AS is', [setting])).toEqual([{ is: value }]);
  // Of a socket in the file system, as here, `current_setting` says nothing.
  const asked = `SELECT string_agg(reset_val, ' ' ORDER BY name) AS is FROM pg_settings WHERE name ^@ 'tcp_keepalives'`;
  expect(await app.query(asked, [])).toEqual([{ is: '4 20 10' }]);
  await app.close();
});

test('no option of the address lets the application keep the rights of the owner', async () => {
  const asked = `${house.url}&options=${encodeURIComponent('-c role=none -c geqo=off')}`;
  const app = await enterOutside(asked);
  expect(await app.query("SELECT current_user::text AS role, current_setting('geqo') AS geqo", [])).toEqual([
    { role: APPLICATION, geqo: 'off' },
  ]);
  await app.close();
  const owner = openDatabase(outsideAddress(asked), { most: 1 });
  expect(await owner.query('SELECT current_user::text AS role', [])).toEqual([{ role: house.connection.user }]);
  await owner.close();
});

test('a database in which nothing can be written is said', async () => {
  await set({ default_transaction_read_only: 'on' });
  expect(await refusal(house.url)).toMatch(/can only be read/);
  await set({ default_transaction_read_only: 'off' });
});

test('a server that loses in a power cut what it has answered is said', async () => {
  const quick = await testDatabase();
  expect(await refusal(quick.url)).toMatch(/fsync off.*Set fsync to on/);
  await quick.drop();
});

test('a database in which triggers and references rest is said', async () => {
  await set({ session_replication_role: 'replica' });
  expect(await refusal(house.url)).toMatch(/session_replication_role is replica.*origin/);
  await set({ session_replication_role: 'origin' });
  await checkOutside(house.url);
});

test('a database that cannot hold every character is said', async () => {
  const latin = `${name}_latin`;
  await house.owner.query(`CREATE DATABASE ${latin} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'`, []);
  expect(await refusal(house.url.replace(name, latin))).toMatch(/UTF8/);
  await house.owner.query(`DROP DATABASE ${latin}`, []);
});

test('a user who is let have too few connections, or none as the application, is told so', async () => {
  const user = `${name}_user`;
  const url = house.url.replace(house.connection.user!, user);
  await house.owner.query(`CREATE ROLE ${user} LOGIN CONNECTION LIMIT 14`, []);
  expect(await refusal(url)).toMatch(/at least 15 connections/);
  await house.owner.query(`ALTER ROLE ${user} CONNECTION LIMIT 15`, []);
  await checkOutside(url);
  await expect(enterOutside(url)).rejects.toThrow(/GRANT sekisho_app TO/);
  await house.owner.query(`DROP ROLE ${user}`, []);
});

test('connections that the server keeps for others do not count', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-reserved-'));
  fs.chmodSync(folder, 0o711);
  const server = await startEmbedded(folder, { connections: 17 });
  const url = (user: string): string =>
    `postgres:///postgres?host=${encodeURIComponent(server.connection.host!)}&user=${user}`;
  const owner = openDatabase(server.connection, { most: 1 });
  await owner.query('CREATE ROLE company LOGIN', []);
  await owner.close();
  // Three of the 17 are for superusers.
  expect(await refusal(url('company'))).toMatch(/at most 14 connections.*at least 15 connections/);
  await checkOutside(url(server.connection.user!));
  await server.stop();
  fs.rmSync(folder, { recursive: true });
});

test('a user who may not make what the database needs, or withhold it from the application, is told so', async () => {
  const user = `${name}_guest`;
  const empty = `${name}_empty`;
  const url = house.url.replace(house.connection.user!, user).replace(name, empty);
  await house.owner.query(`CREATE ROLE ${user} LOGIN`, []);
  await house.owner.query(`CREATE DATABASE ${empty} TEMPLATE template0`, []);
  const guest = openDatabase(outsideAddress(url), { most: 1 });
  await expect(migrate(guest, 'migrations')).rejects.toThrow(
    /\(42501\).*the owner of the database and let it create roles \(CREATEROLE/,
  );
  await expect(withholdTemporary(guest)).rejects.toThrow(/the owner of the database/);
  await house.owner.query(`ALTER DATABASE ${empty} OWNER TO ${user}`, []);
  await withholdTemporary(guest);
  await expect(migrate(guest, 'migrations')).rejects.toThrow(
    /roles\.sql, 42501\).*the owner of the database and let it create roles/,
  );
  await guest.close();
  await house.owner.query(`DROP DATABASE ${empty}`, []);
  await house.owner.query(`DROP ROLE ${user}`, []);
});

test('a server that is asked for TLS and knows none, and a file of certificates that is not there, are said', async () => {
  expect(await refusal(`${house.url}&sslmode=require`)).toMatch(/does not support TLS/);
  expect(await refusal(`${house.url}&sslmode=verify-full&sslrootcert=/nowhere/ca.pem`)).toMatch(/certificate file/);
});

test.each([
  ['as PgBouncer does', '08P01'],
  ['as RDS Proxy does', '0A000'],
])('a pooler that refuses the settings of a session, %s, is named as one', async (_, code) => {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0Msettings are not supported\0\0`);
  const head = Buffer.alloc(5, 'E');
  head.writeInt32BE(fields.length + 4, 1);
  const pooler = net.createServer((socket) => {
    socket.on('error', () => undefined).once('data', () => socket.end(Buffer.concat([head, fields])));
  });
  await new Promise<void>((resolve) => pooler.listen(0, '127.0.0.1', resolve));
  const { port } = pooler.address() as AddressInfo;
  expect(await refusal(`postgres://nobody@127.0.0.1:${port}/sekisho`)).toMatch(
    /a connection pooler.*PostgreSQL itself/,
  );
  await new Promise((resolve) => pooler.close(resolve));
});

test('a user who is let in by password alone is told what is wrong with theirs, and no connection is left waiting for it', async () => {
  const user = `${name}_known`;
  const of = (who: string): string => house.url.replace(house.connection.user!, who);
  const [hba] = await house.owner.query<{ file: string; text: string }>(
    "SELECT current_setting('hba_file') AS file, pg_read_file(current_setting('hba_file')) AS text",
    [],
  );
  const admit = async (text: string): Promise<void> => {
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    const values = lines.map((line) => `('${line}')`).join(', ');
    await house.owner.query(`COPY (VALUES ${values}) TO '${hba!.file}'`, []);
    await house.owner.query('SELECT pg_reload_conf()', []);
  };
  await house.owner.query(`CREATE ROLE ${user} LOGIN PASSWORD 'right'`, []);
  try {
    await admit(`local ${name} ${user} scram-sha-256\nlocal ${name} ${user}_unknown scram-sha-256\n${hba!.text}`);
    await expect.poll(() => checkOutside(of(user)).catch((error: Error) => error.message)).toMatch(/has no password/);
    const waiting = "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND usename IS NULL";
    await expect.poll(() => house.owner.query(waiting, []), { timeout: 10_000 }).toEqual([]);
    for (const wrong of [of(user), of(`${user}_unknown`)])
      expect(await refusal(`${wrong}&password=wrong`)).toMatch(
        /the user or the password is wrong, or the password has expired/,
      );
    await checkOutside(`${of(user)}&password=right`);
  } finally {
    await admit(hba!.text);
    await house.owner.query(`DROP ROLE ${user}`, []);
  }
});

test('a database that admits nobody, a user who may not connect, and a server that is too old for our settings are said', async () => {
  const [user, closed] = [`${name}_outsider`, `${name}_closed`];
  const url = house.url.replace(name, closed);
  await house.owner.query(`CREATE ROLE ${user} LOGIN`, []);
  await house.owner.query(`CREATE DATABASE ${closed} TEMPLATE template0`, []);
  await house.owner.query(`REVOKE CONNECT ON DATABASE ${closed} FROM PUBLIC`, []);
  expect(await refusal(url.replace(house.connection.user!, user))).toMatch(/the user may not connect/);
  await house.owner.query(`ALTER DATABASE ${closed} ALLOW_CONNECTIONS false`, []);
  expect(await refusal(url)).toMatch(/accepts no connections/);
  await house.owner.query(`DROP DATABASE ${closed}`, []);
  await house.owner.query(`DROP ROLE ${user}`, []);
  // PostgreSQL 13 answers like this to idle_session_timeout.
  expect(await refusal(`${house.url}&options=-c%20unheard_of=1`)).toMatch(/PostgreSQL 15 or newer/);
});

test('a database in which another program keeps its tables is left as it is', async () => {
  const other = `${name}_other`;
  await house.owner.query(`CREATE DATABASE ${other} TEMPLATE template0`, []);
  const owner = openDatabase(house.url.replace(name, other), { most: 1 });
  const tables = () =>
    owner.query("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace", []);
  for (const theirs of [
    'customers (id int)',
    'migrations (id int, version text)',
    "migrations (name) AS SELECT '001_init.sql'",
  ]) {
    await owner.query(`CREATE TABLE ${theirs}`, []);
    const before = await tables();
    await expect(migrate(owner, 'migrations')).rejects.toThrow(/tables of another program/);
    expect(await tables()).toEqual(before);
    await owner.query(`DROP TABLE ${theirs.split(' ')[0]}`, []);
  }
  await owner.close();
  await house.owner.query(`DROP DATABASE ${other}`, []);
});

test('a socket is named as libpq names one, with the user before it', async () => {
  const { host, user } = house.connection;
  const url = `postgres://${user}@/${name}?host=${encodeURIComponent(host as string)}`;
  expect(readConfig({ DATABASE_URL: url }, { dataFolder: 'data' }).databaseUrl).toBe(url);
  await checkOutside(url);
  const database = openDatabase(outsideAddress(url), { most: 1 });
  expect(await database.query('SELECT current_user AS user, current_database() AS database', [])).toEqual([
    { user, database: name },
  ]);
  await database.close();
});
