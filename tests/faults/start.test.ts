// Starts and stops the real program: what works, and what stops it with one sentence that says what to do.

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildProgram } from '../../scripts/build.mjs';
import { append, logEntry, verify } from '../../src/log/index.ts';
import { openDatabase } from '../../src/platform/database/index.ts';
import { migrationsBefore, testDatabase, type TestDatabase } from '../house.ts';
import { endPrograms, freePort, root, startProgram, type Program } from '../server.ts';

let folder: string;
const databases: TestDatabase[] = [];
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-start-'));
  fs.chmodSync(folder, 0o711);
});
afterAll(async () => {
  endPrograms(folder);
  for (const one of databases) await one.drop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const freshDatabase = async (): Promise<TestDatabase> => {
  const made = await testDatabase({ durable: true });
  databases.push(made);
  return made;
};

const postmaster = (data: string): number =>
  Number(fs.readFileSync(path.join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const linkOf = async (program: Program): Promise<string> => {
  await expect.poll(() => program.out()).toMatch(/\/setup\/[\w-]{43}\n/);
  return /http:\S+\/setup\/[\w-]+/.exec(program.out())![0];
};

/** Expects the program to end by itself with code 1 and to say why in one line with both languages, and nothing else. */
async function refused(program: Program, ja: RegExp, en: RegExp): Promise<void> {
  const { code } = await program.ended;
  const lines = program.err().trimEnd().split('\n');
  expect(lines, program.err()).toHaveLength(2);
  expect(lines[0]).toMatch(ja);
  expect(lines[0]).toMatch(/。$/);
  expect(lines[1]).toMatch(en);
  expect(lines[1]).toMatch(/\.$/);
  expect(program.out()).toBe('');
  expect(code).toBe(1);
}

test('a folder begins, is held by one, outlives a kill, and is given back whole', async () => {
  const data = path.join(folder, 'data');
  // A careful administrator lets nobody else read new files, and reaches other databases by TLS only.
  const mask = process.umask(0o077);
  const first = await startProgram(data, { PGSSLMODE: 'require' });
  process.umask(mask);
  await first.ready();
  const link = await linkOf(first);
  expect((await fetch(link)).status).toBe(200);
  const server = postmaster(data);

  // The program never queries its database with the owner's rights, or in a way that leads back to them.
  const socket = { host: path.join(data, 'run'), port: 5432, database: 'sekisho' };
  const owner = openDatabase({ ...socket, user: 'sekisho_owner' }, { most: 1 });
  const users = await owner.query(
    `SELECT DISTINCT usename, has_database_privilege(usename, datname, 'TEMPORARY') AS temporary FROM pg_stat_activity
     WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    [],
  );
  expect(users).toEqual([{ usename: 'sekisho_app', temporary: false }]);

  // The log of the database stays in the data folder and is never cut, so nothing that recurs every five minutes may be in it.
  const logged = (): number => fs.statSync(path.join(data, 'postgres.log')).size;
  const before = logged();
  await owner.query('CHECKPOINT', []);
  expect(logged()).toBe(before);
  await owner.close();

  await refused(await startProgram(data), /別の関所が使っています/, /^Another running Sekisho uses this data folder/);
  const ready = await fetch(`${first.url}/readyz`);
  expect(ready.status).toBe(200);
  // Longer than a proxy keeps an idle connection on which it may send at any moment.
  expect(ready.headers.get('keep-alive')).toBe('timeout=75');

  first.kill('SIGKILL');
  expect(await first.ended).toEqual({ code: null, signal: 'SIGKILL' });
  expect(alive(server)).toBe(true);

  const second = await startProgram(data);
  // It goes on working when nobody reads its output.
  second.close();
  await second.ready();
  expect(postmaster(data)).toBe(server);
  // What the first program stored is there: its link still opens.
  expect((await fetch(link.replace(first.url, second.url))).status).toBe(200);

  // An idle connection of a browser does not hold up the stop.
  const idle = net.connect(Number(new URL(second.url).port), '127.0.0.1');
  idle.on('error', () => undefined);
  await once(idle, 'connect');
  // A closing terminal, npm and a service manager may each send a signal.
  for (const signal of ['SIGHUP', 'SIGTERM', 'SIGTERM'] as const) second.kill(signal);
  expect(await second.ended).toEqual({ code: 0, signal: null });
  idle.destroy();
  expect(alive(server)).toBe(false);
  await expect(fetch(second.url)).rejects.toThrow();
  expect(second.err()).toBe('');

  // A restored backup may belong to another user, be closed to the server's user, or be open to all.
  const back = path.join(folder, 'back');
  fs.cpSync(data, back, { recursive: true });
  fs.chmodSync(back, 0o700);
  fs.chmodSync(path.join(back, 'postgres'), 0o755);
  const third = await startProgram(back);
  await third.ready();
  expect((await fetch(link.replace(first.url, third.url))).status).toBe(200);
  third.kill('SIGTERM');
  expect(await third.ended).toEqual({ code: 0, signal: null });
});

test('below a folder that lets nobody through the database lies elsewhere, and its data folder leads to it', async () => {
  const closed = path.join(folder, 'closed');
  fs.mkdirSync(closed, { mode: 0o700 });
  const asRoot = process.getuid!() === 0;
  const data = path.join(closed, 'data');
  const first = await startProgram(data);
  await first.ready();
  const link = await linkOf(first);
  first.kill('SIGTERM');
  expect(await first.ended).toEqual({ code: 0, signal: null });
  const database = fs.realpathSync(path.join(data, 'postgres'));
  expect(fs.existsSync(path.join(database, 'PG_VERSION'))).toBe(true);
  expect(first.err()).toBe(
    asRoot ? `データベースは ${database} にあります / the database lies in ${database}: back it up too\n` : '',
  );
  try {
    // A backup made as the message says, with the targets of links.
    const back = path.join(closed, 'back');
    expect(spawnSync('cp', ['-aL', data, back]).status).toBe(0);
    if (asRoot)
      await refused(
        await startProgram(back),
        /入れません.*SEKISHO_DATA/,
        /^The user nobody, who runs the database, cannot reach it .*\/back/,
      );
    const open = path.join(folder, 'opened');
    fs.renameSync(back, open);
    const moved = path.join(closed, 'moved');
    fs.renameSync(data, moved);
    for (const at of [open, moved]) {
      const program = await startProgram(at);
      await program.ready();
      expect((await fetch(link.replace(first.url, program.url))).status).toBe(200);
      program.kill('SIGTERM');
      expect(await program.ended).toEqual({ code: 0, signal: null });
    }
    if (!asRoot) return;
    fs.renameSync(database, `${database}-gone`);
    await refused(await startProgram(moved), /そこにありません/, /is not there/);
    expect(fs.existsSync(database)).toBe(false);
  } finally {
    if (database !== path.join(data, 'postgres')) fs.rmSync(path.dirname(database), { recursive: true, force: true });
  }
});

test('who stops a first start does not wait until it is over, and the next one goes on', async () => {
  const data = path.join(folder, 'stopped');
  const first = await startProgram(data);
  await expect.poll(() => fs.existsSync(path.join(data, 'postgres', 'postmaster.pid'))).toBe(true);
  first.kill('SIGTERM');
  expect(await first.ended).toEqual({ code: 0, signal: null });
  expect([first.out(), first.err()]).toEqual(['', '']);
  expect(fs.existsSync(path.join(data, 'postgres', 'postmaster.pid'))).toBe(false);
  const second = await startProgram(data);
  await second.ready();
  second.kill('SIGTERM');
  expect(await second.ended).toEqual({ code: 0, signal: null });
});

/** The folder in which the database is being created, once it exists. */
async function beingMade(data: string): Promise<string> {
  const begun = (): string | undefined =>
    fs.existsSync(data) ? fs.readdirSync(data).find((name) => name.startsWith('postgres.new-')) : undefined;
  await expect.poll(begun, { interval: 5 }).toBeDefined();
  return path.join(data, begun()!);
}

/** A process with all its descendants. */
function family(of: string): string[] {
  const { stdout } = spawnSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const all = stdout.split('\n').map((line) => line.trim().split(/ +/));
  const from = (pid: string): string[] => [pid, ...all.flatMap(([one, parent]) => (parent === pid ? from(one!) : []))];
  return from(of);
}

/** Signals all of them, as a service manager or a terminal does; some may have ended already. */
const signalAll = (program: Program, signal: 'TERM' | 'KILL'): void =>
  void spawnSync('kill', [`-${signal}`, ...family(String(program.pid))]);

test('a start killed while it makes the database leaves nothing behind once the next one has begun', async () => {
  const data = path.join(folder, 'killed-early');
  const first = await startProgram(data);
  const left = await beingMade(data);
  signalAll(first, 'KILL');
  await first.ended;
  expect(fs.existsSync(left)).toBe(true);
  // The folder of a process that is still running is left alone.
  const theirs = path.join(data, `postgres.new-${process.pid}`);
  fs.mkdirSync(theirs);
  const second = await startProgram(data);
  await second.ready();
  expect(fs.readdirSync(data).filter((name) => name.startsWith('postgres.new-'))).toEqual([path.basename(theirs)]);
  second.kill('SIGTERM');
  expect((await second.ended).code).toBe(0);
});

test.each([
  ['with all its processes', (program: Program) => signalAll(program, 'TERM')],
  ['alone', (program: Program) => program.kill('SIGTERM')],
])('a start that is stopped %s while it makes the database ends quietly, and leaves nothing', async (how, stop) => {
  const data = path.join(folder, `stopped ${how}`);
  const first = await startProgram(data);
  await beingMade(data);
  stop(first);
  expect(await first.ended).toEqual({ code: 0, signal: null });
  expect([first.out(), first.err()]).toEqual(['', '']);
  expect(fs.readdirSync(data).filter((name) => name.startsWith('postgres'))).toEqual([]);
});

test('a PostgreSQL of the company’s own works by DATABASE_URL, and is left running', async () => {
  const database = await freshDatabase();
  const data = path.join(folder, 'outside');
  const { database: name } = database.connection;
  await database.owner.query(`GRANT TEMPORARY ON DATABASE ${name} TO PUBLIC`, []);
  const program = await startProgram(data, { DATABASE_URL: database.url });
  await program.ready();
  expect((await fetch(await linkOf(program))).status).toBe(200);
  expect(fs.existsSync(path.join(data, 'postgres'))).toBe(false);
  const [policies] = await database.owner.query<{ n: number }>('SELECT count(*) AS n FROM policy_versions', []);
  expect(policies).toEqual({ n: 1 });
  const temporary = "SELECT has_database_privilege('sekisho_app', current_database(), 'TEMPORARY') AS may";
  expect(await database.owner.query(temporary, [])).toEqual([{ may: false }]);
  // From the first signed checkpoint on, the log belongs to this key.
  const signed = () => database.owner.query('SELECT size FROM log_checkpoints', []);
  await expect.poll(async () => (await signed()).length).toBeGreaterThan(0);
  program.kill('SIGINT');
  expect((await program.ended).code).toBe(0);

  const other = path.join(folder, 'other');
  const elsewhere = await freshDatabase();
  const stranger = await startProgram(other, { DATABASE_URL: elsewhere.url });
  await stranger.ready();
  stranger.kill('SIGTERM');
  await stranger.ended;
  const theirs = (name: string): Buffer => fs.readFileSync(path.join(other, 'keys', name));

  /** Starts on the same database with one key of the folder replaced or missing. */
  const without = async (name: string, content: Buffer | null, ja: RegExp, en: RegExp): Promise<void> => {
    const copy = fs.mkdtempSync(path.join(folder, 'copy-'));
    fs.cpSync(data, copy, { recursive: true });
    const file = path.join(copy, 'keys', name);
    if (content) fs.writeFileSync(file, content);
    else fs.rmSync(file);
    await refused(await startProgram(copy, { DATABASE_URL: database.url }), ja, en);
  };
  const signer = 'log-signer.json';
  await Promise.all([
    without('vault-1.key', theirs('vault-1.key'), /保管庫の鍵/, /key of the vault/),
    without('vault-1.key', null, /保管庫の鍵がありません/, /^The key of the vault is missing/),
    without('vault-1.key', Buffer.from('short'), /保管庫の鍵の大きさ/, /^The key of the vault has the wrong size/),
    without(
      'staff.key',
      theirs('staff.key'),
      /名簿の鍵が、このデータベースのもの/,
      /^The key of the staff directory does not belong/,
    ),
    without('staff.key', null, /名簿の鍵がありません/, /^The key of the staff directory is missing/),
    without(signer, theirs(signer), /記録に署名した鍵/, /^The key that signed the log/),
    without(signer, null, /記録に署名した鍵/, /^The key that signed the log/),
    without(signer, Buffer.from('{}'), /署名する鍵を読めません/, /^The key that signs the log cannot be read/),
  ]);
  const whole = await startProgram(data, { DATABASE_URL: database.url });
  await whole.ready();
  whole.kill('SIGTERM');
  expect((await whole.ended).code).toBe(0);
});

test('a database of a newer version is left alone', async () => {
  const database = await freshDatabase();
  await database.owner.query("INSERT INTO migrations (name) VALUES ('2099-01-01-later.sql')", []);
  await refused(
    await startProgram(path.join(folder, 'newer'), { DATABASE_URL: database.url }),
    /新しいため、始められません（2099-01-01-later\.sql）/,
    /^The database is newer than this version of Sekisho/,
  );
});

test('a migration that cannot be applied is named, changes nothing, and is applied once it can be', async () => {
  const before = await migrationsBefore('2026-12-01-p-uses-beyond.sql');
  const database = await testDatabase({ durable: true, migrations: before });
  databases.push(database);
  fs.rmSync(before, { recursive: true });
  const data = path.join(folder, 'migrating');
  const applied = () => database.owner.query('SELECT name FROM migrations ORDER BY name', []);
  const had = await applied();
  const start = () => startProgram(data, { DATABASE_URL: database.url });

  await database.owner.query('CREATE TABLE uses_beyond ()', []);
  await refused(
    await start(),
    /この版に移せませんでした（2026-12-01-p-uses-beyond\.sql、42P07）。.*原因を除いて/,
    /^The database could not be migrated to this version \(2026-12-01-p-uses-beyond\.sql, 42P07\)\..* remove it/,
  );
  expect(await applied()).toEqual(had);
  await database.owner.query('DROP TABLE uses_beyond', []);

  await database.owner.query(
    `CREATE FUNCTION full_disk() RETURNS event_trigger LANGUAGE plpgsql AS $$
     BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$`,
    [],
  );
  await database.owner.query(
    "CREATE EVENT TRIGGER full_disk ON ddl_command_end WHEN TAG IN ('CREATE INDEX') EXECUTE FUNCTION full_disk()",
    [],
  );
  await refused(await start(), /53100）。.*空き容量を増やして/, /53100\)\..* Free some space/);
  expect(await applied()).toEqual(had);
  await database.owner.query('DROP EVENT TRIGGER full_disk', []);
  await database.owner.query('DROP FUNCTION full_disk', []);

  const program = await start();
  await program.ready();
  expect(await applied()).toHaveLength(fs.readdirSync(path.join(root, 'migrations')).length);
  program.kill('SIGTERM');
  expect((await program.ended).code).toBe(0);
});

test('a database that ends while it starts is said at once', async () => {
  const data = path.join(folder, 'broken');
  fs.mkdirSync(path.join(data, 'postgres'), { recursive: true, mode: 0o711 });
  fs.writeFileSync(path.join(data, 'postgres', 'PG_VERSION'), '18\n');
  await refused(
    await startProgram(data),
    /データベースが、起動を終える前に停止しました。空き容量を確かめ、.*postgres\.log/,
    /^The database ended before it was ready\. Check free space, .*postgres\.log/,
  );
});

test('a database of another PostgreSQL is said with its version and what to do', async () => {
  const data = path.join(folder, 'other-version');
  fs.mkdirSync(path.join(data, 'postgres'), { recursive: true, mode: 0o711 });
  fs.writeFileSync(path.join(data, 'postgres', 'PG_VERSION'), '15\n');
  await refused(
    await startProgram(data),
    /^データフォルダーのデータベースは PostgreSQL 15 のもので、この関所の PostgreSQL 18 では開けません（.*other-version\/postgres）。.*pg_dump/,
    /^The database in the data folder is of PostgreSQL 15, and the PostgreSQL 18 of this Sekisho cannot open it \(.*other-version\/postgres\)\. .*pg_dump/,
  );
});

test('a database that was killed and is not gone yet is waited for', async () => {
  const data = path.join(folder, 'ending');
  const before = await startProgram(data, { PORT: String(await freePort()) });
  await before.ready();
  const place = path.join(data, 'postgres');
  const held = fs.readFileSync(path.join(place, 'postmaster.pid'), 'utf8');
  before.kill('SIGTERM');
  await before.ended;
  const { uid, gid } = fs.statSync(place);
  const ending = spawn('sleep', ['3'], process.getuid?.() === 0 ? { uid, gid } : {});
  fs.writeFileSync(path.join(place, 'postmaster.pid'), held.replace(/^\d+/, String(ending.pid)));
  const after = await startProgram(data, { PORT: String(await freePort()) });
  await after.ready();
  expect(after.err()).toBe('');
  after.kill('SIGTERM');
  expect((await after.ended).code).toBe(0);
});

test('a database that ends under the running office is started again, and is still held by this office alone', async () => {
  const data = path.join(folder, 'data');
  const program = await startProgram(data);
  await program.ready();
  const link = await linkOf(program);
  const server = postmaster(data);
  process.kill(server, 'SIGKILL');
  const lines = () =>
    program
      .err()
      .split('\n')
      .filter((line) => line.startsWith('database: '));
  await expect.poll(lines).toEqual(['database: ended', 'database: started again']);
  expect(postmaster(data)).not.toBe(server);
  await expect.poll(async () => (await fetch(`${program.url}/readyz`)).status).toBe(200);
  expect((await fetch(link)).status).toBe(200);
  await refused(await startProgram(data), /別の関所が使っています/, /^Another running Sekisho uses this data folder/);
  program.kill('SIGTERM');
  expect((await program.ended).code).toBe(0);
  expect(fs.existsSync(path.join(data, 'postgres', 'postmaster.pid'))).toBe(false);
});

test('a database that rests in its recovery and takes nobody is ended, and started anew', async () => {
  const data = path.join(folder, 'resting');
  const program = await startProgram(data, { PORT: String(await freePort()) });
  await program.ready();
  await linkOf(program);
  // As a standby without a primary, the database never finishes starting.
  const place = path.join(data, 'postgres');
  fs.writeFileSync(path.join(place, 'standby.signal'), '');
  fs.appendFileSync(path.join(place, 'postgresql.auto.conf'), "hot_standby = off\nrestore_command = 'false'\n");
  process.kill(postmaster(data), 'SIGQUIT');
  const log = (): string => fs.readFileSync(path.join(data, 'postgres.log'), 'utf8');
  await expect.poll(log).toContain('entering standby mode');
  const resting = postmaster(data);
  fs.rmSync(path.join(place, 'standby.signal'));
  await expect.poll(async () => (await fetch(`${program.url}/readyz`)).status, { interval: 500 }).toBe(200);
  expect(alive(resting)).toBe(false);
  program.kill('SIGTERM');
  expect((await program.ended).code).toBe(0);
});

test('a database that a dump brought from an older server goes on with its log', async () => {
  const database = await freshDatabase();
  const data = path.join(folder, 'moved');
  const waiting = async (): Promise<number> => {
    const [row] = await database.owner.query<{ n: number }>(
      'SELECT (SELECT count(*) FROM log_entries) - (SELECT count(*) FROM log_leaves) AS n',
      [],
    );
    return row!.n;
  };
  const before = await startProgram(data, { DATABASE_URL: database.url });
  await before.ready();
  await expect.poll(waiting).toBe(0);
  before.kill('SIGTERM');
  await before.ended;
  // Transaction numbers are copied along, but mean nothing on the new server.
  await database.owner.transaction(async (tx) => {
    for (const table of ['log_entries', 'log_leaves']) {
      await tx.query(`ALTER TABLE ${table} DISABLE TRIGGER no_rewrite`, []);
      await tx.query(`UPDATE ${table} SET xid = (5000000 + xid::text::bigint)::text::xid8`, []);
      await tx.query(`ALTER TABLE ${table} ENABLE TRIGGER no_rewrite`, []);
    }
  });
  const after = await startProgram(data, { DATABASE_URL: database.url });
  await after.ready();
  const entry = logEntry(Date.now(), { kind: 'sekisho' }, 'policy:read', {});
  await database.app.transaction((tx) => append(tx, entry));
  await expect.poll(waiting).toBe(0);
  const vkey = (await (await fetch(`${after.url}/log/key`)).text()).trim();
  expect(await verify(database.app, vkey)).toMatchObject({ ok: true });
  after.kill('SIGTERM');
  expect((await after.ended).code).toBe(0);
});

test('a taken port is said before anything is promised', async () => {
  const database = await freshDatabase();
  const port = await freePort();
  const taker = net.createServer().listen(port, '127.0.0.1');
  await once(taker, 'listening');
  const program = await startProgram(path.join(folder, 'port'), { DATABASE_URL: database.url, PORT: String(port) });
  await refused(program, /ポート \d+ は使われています/, /^Port \d+ is taken/);
  taker.close();
});

test('what is loaded only when it is first needed is in the built program', async () => {
  const built = async (name: string): Promise<string> => {
    const file = path.join(root, 'dist', `late-${process.pid}-${name}.mjs`);
    await buildProgram(`src/platform/${name}.ts`, file);
    return file;
  };
  const [encrypt, sheet, pdf] = await Promise.all(['encrypt', 'sheet', 'pdf'].map(built));
  const says = `
    import { encryptPdf, encryptZip } from '${encrypt}';
    import { xlsx } from '${sheet}';
    import { makePdf } from '${pdf}';
    const page = makePdf({ template: '#set document(title: "x")\\n= x', data: {}, lang: 'ja' });
    const files = [
      page,
      await encryptPdf(page, 'code'),
      await encryptZip({ name: 'x.json', bytes: page, at: new Date() }, 'code'),
      await xlsx({ name: 'x', head: ['x'], rows: [[1]] }),
    ];
    console.log(files.map((file) => Buffer.from(file).toString('latin1', 0, 4)).join(' '));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', says], { encoding: 'utf8' });
  for (const file of [encrypt!, sheet!, pdf!]) for (const one of [file, `${file}.map`]) fs.rmSync(one);
  expect(stderr).toBe('');
  expect(stdout.trim()).toBe('%PDF %PDF PK\x03\x04 PK\x03\x04');
});

const socket = () => new URL(databases[0]!.url.replace('postgres:///', 'http://x/')).searchParams.get('host')!;

test.concurrent.each<[string, () => Record<string, string>, RegExp, RegExp]>([
  [
    'a file where the folder should be',
    () => ({ SEKISHO_DATA: file() }),
    /データフォルダーに書き込めません/,
    /^The data/,
  ],
  ['a file above the folder', () => ({ SEKISHO_DATA: `${file()}/data` }), /書き込めません/, /^The data folder cannot/],
  [
    'a file where the socket goes',
    () => ({ SEKISHO_DATA: holding('run') }),
    /使えません（.*\/run、EEXIST）/,
    /^Sekisho cannot use .*\/run \(EEXIST\)/,
  ],
  // Not even root can create a folder there, and Linux reports that it does not exist, as for a share that is not mounted.
  [
    'a place where none can be made',
    () => ({ SEKISHO_DATA: '/proc/a/data' }),
    /書き込めません/,
    /^The data folder cannot/,
  ],
  ['DATABASE_URL in another form', () => ({ DATABASE_URL: 'mysql://x/y' }), /DATABASE_URL は/, /must look like/],
  ['DATABASE_URL that is no URL', () => ({ DATABASE_URL: 'postgres://[' }), /DATABASE_URL は/, /must look like/],
  [
    'a server that does not answer',
    () => ({ DATABASE_URL: 'postgres://secret-user:secret-word@127.0.0.1:1/db' }),
    /サーバーが応答しません/,
    /cannot be reached: its server does not answer/,
  ],
  [
    'a server whose name nobody knows',
    () => ({ DATABASE_URL: 'postgres://u@nowhere.invalid/db' }),
    /サーバーの名前が見つかりません/,
    /its server name cannot be found/,
  ],
  [
    'a socket that does not exist',
    () => ({ DATABASE_URL: `postgres:///db?host=${encodeURIComponent(folder)}` }),
    /ソケットがありません/,
    /its socket does not exist/,
  ],
  [
    'a database that does not exist',
    () => ({ DATABASE_URL: `postgres:///absent?host=${encodeURIComponent(socket())}&user=sekisho_owner` }),
    /データベースがありません/,
    /the database does not exist/,
  ],
  [
    'a user who is not admitted',
    () => ({ DATABASE_URL: `postgres:///postgres?host=${encodeURIComponent(socket())}&user=nobody_known` }),
    /DATABASE_URL のデータベースにつながりません/,
    /^The database of DATABASE_URL cannot be reached/,
  ],
  ['a port that is none', () => ({ PORT: 'eighty' }), /PORT には/, /^PORT must be/],
  ['a port beyond all ports', () => ({ PORT: '65536' }), /PORT には/, /^PORT must be/],
  ['an address that is none', () => ({ SEKISHO_URL: 'sekisho' }), /SEKISHO_URL は/, /^SEKISHO_URL must/],
  ['an address with a path', () => ({ SEKISHO_URL: 'https://example.jp/sekisho' }), /パスなし/, /without a path/],
  [
    'every address of the machine, and none to reach it by',
    () => ({ HOST: '0.0.0.0', SEKISHO_URL: '' }),
    /HOST を 0\.0\.0\.0 にするときは/,
    /^With HOST at 0\.0\.0\.0, set SEKISHO_URL/,
  ],
])('%s', async (_, env, ja, en) => {
  const program = await startProgram(path.join(folder, 'wrong'), env());
  await refused(program, ja, en);
  expect(program.err()).not.toMatch(/secret|\n\s+at /);
});

/**
 * A Node.js without some of the data that comes with it, as distributions build it to be smaller: this one, in which that data has another name, of
 * the same length and place in the order of names.
 */
function smallerNode(name: string, data: RegExp, other: string): string {
  const at = path.join(folder, name);
  const whole = fs.readFileSync(process.execPath, 'latin1');
  const less = whole.replaceAll(data, other);
  expect([less === whole, less.length]).toEqual([false, whole.length]);
  fs.writeFileSync(at, less, { encoding: 'latin1', mode: 0o755 });
  return at;
}

test.each([
  [
    'the Japanese language',
    /(icudt\d+l\/(?:[a-z]+\/)?)ja((?:_[A-Z]+)*\.res\0)/g,
    '$1jz$2',
    "Intl.Collator.supportedLocalesOf('ja').length",
    '0',
  ],
  [
    'Shift_JIS',
    /(icudt\d+l\/ibm-943[^\0]*\.cn)v\0/g,
    '$1x\0',
    "(() => { try { return new TextDecoder('shift_jis').encoding } catch { return 'none' } })()",
    'none',
  ],
])('a Node.js without %s', (what, data, other, shows, lacks) => {
  const node = smallerNode(`node-${what.length}`, data, other);
  expect(spawnSync(node, ['-p', shows], { encoding: 'utf8' }).stdout.trim()).toBe(lacks);
  const at = path.join(folder, `without-${what.length}`);
  const { status, stdout, stderr } = spawnSync(node, [path.join(root, 'bin', 'sekisho.mjs'), 'start'], {
    env: { SEKISHO_DATA: at, PORT: '0' },
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(stderr).toMatch(
    /^この Node\.js には日本語のデータが足りません。.*を使ってください.*。\nThis Node\.js lacks .*\.\n$/,
  );
  expect([status, stdout, fs.existsSync(at)]).toEqual([1, '', false]);
});

/** A data folder in which something else has a name that Sekisho uses there. */
function holding(name: string): string {
  const at = path.join(folder, `with-${name}`);
  fs.mkdirSync(at, { recursive: true });
  fs.writeFileSync(path.join(at, name), '');
  return at;
}

function file(): string {
  const at = path.join(folder, 'a-file');
  fs.writeFileSync(at, '');
  return at;
}
