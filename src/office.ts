// The `Office` that every feature is given: the equipment, opened in order and closed in reverse. Features receive it and never build it.

import fs from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import type { Proof } from './base/promise.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import {
  admitApplication,
  APPLICATION,
  changesOf,
  checkOutside,
  enterOutside,
  keepPresence,
  migrate,
  openDatabase,
  outsideAddress,
  passably,
  rightsProblem,
  startEmbedded,
  visitEmbedded,
  whileClosed,
  withholdTemporary,
  type Database,
  type EmbeddedServer,
} from './platform/database/index.ts';
import { makeFolder } from './platform/key-file.ts';
import { openMail, type Mail, type Sealing } from './platform/mail.ts';
import { StartProblem } from './platform/start-problem.ts';
import {
  checkSigned,
  entriesNoted,
  forgetSigned,
  isAnySigned,
  goOnWithout,
  lossesOf,
  numberAnew,
  openSigner,
  restoreLog,
  signedBeyond,
  vkeyOf,
  type Loss,
  type NotedAction,
  type Restored,
  type Signer,
} from './log/index.ts';
import { openPart, openVault, packageKey, sealPart, type Vault } from './vault/index.ts';

export interface Office {
  config: Config;
  clock: Clock;
  database: Database;
  vault: Vault;
  /** Signs the log's checkpoints and seals files that are handed out. */
  signer: Signer;
  mail: Mail;
  /** When it was opened, on the clock of `performance.now()`, which cannot be set. */
  opened: number;
}

/** Computes whether one promise of the policy is kept now. A feature lists its provers in `promises.ts`. */
export interface Prover {
  /** Id of the promise in the policy's data. */
  promise: string;
  prove(office: Office): Promise<Proof>;
}

/** Shares a reading that several provers need: all promises are computed at once, so callers that ask while it is in progress get the same result. */
export function sharedReading<T>(read: (office: Office) => Promise<T>): (office: Office) => Promise<T> {
  const underWay = new WeakMap<Office, Promise<T>>();
  return (office) => {
    const reading = underWay.get(office) ?? read(office).finally(() => underWay.delete(office));
    underWay.set(office, reading);
    return reading;
  };
}

/** Makes something once for each office, when it is first asked for. */
export function onceFor<T extends object>(make: (office: Office) => T): (office: Office) => T {
  const made = new WeakMap<Office, T>();
  return (office) => {
    let one = made.get(office);
    if (!one) made.set(office, (one = make(office)));
    return one;
  };
}

/** What was lost with restored backups. */
export const lossesIn = sharedReading(({ database, signer }) => lossesOf(database, vkeyOf(signer)));

interface Kept<G, T> {
  /** The tables it reads; each notes its changes. */
  tables: readonly string[];
  /** For tables that do not note inserts: the log action whose entries tell of rows that the application inserts. */
  logged?: NotedAction;
  /** Everything else it depends on. */
  given: (office: Office) => G | Promise<G>;
  read: (office: Office, given: G, losses: readonly Loss[]) => Promise<T>;
}

/**
 * A shared reading whose result is kept until one of its tables changes: a promise about a hundred thousand rows costs nothing in a minute that
 * adds none.
 */
export function keptReading<G, T>({ tables, logged, given, read }: Kept<G, T>): (office: Office) => Promise<T> {
  const last = new WeakMap<Office, { of: string; value: T }>();
  return sharedReading(async (office) => {
    const { database } = office;
    const [facts, losses] = [await given(office), await lossesIn(office)];
    const of = JSON.stringify([
      await changesOf(database, tables),
      logged && (await entriesNoted(database, logged)),
      facts,
      losses,
    ]);
    const kept = last.get(office);
    if (kept?.of === of) return kept.value;
    const value = await read(office, facts, losses);
    last.set(office, { of, value });
    return value;
  });
}

const DATABASE = 'sekisho';

function prepareFolder(folder: string): void {
  try {
    passably(() => makeFolder(folder, 0o711));
    fs.accessSync(folder, fs.constants.W_OK);
  } catch {
    throw new StartProblem(
      `データフォルダーに書き込めません（${folder}）。権限を直すか、SEKISHO_DATA に書き込めるフォルダーを指定してください。`,
      `The data folder cannot be written to (${folder}). Correct its permissions, or set SEKISHO_DATA to a folder that can be written to.`,
    );
  }
}

interface Connected {
  /** The owner's connection, for migrations. */
  connection: string | pg.PoolConfig;
  /** Connects as the application, once the database is migrated. */
  admit(owner: Database): Promise<Database>;
  stop(): Promise<void>;
}

async function connect(config: Config, embedded: (dataFolder: string) => Promise<EmbeddedServer>): Promise<Connected> {
  if (config.databaseUrl !== undefined) {
    const { databaseUrl } = config;
    await checkOutside(databaseUrl);
    return {
      connection: outsideAddress(databaseUrl),
      admit: () => enterOutside(databaseUrl),
      stop: () => Promise.resolve(),
    };
  }
  const server = await embedded(config.dataFolder);
  const root = openDatabase(server.connection, { most: 1 });
  const have = await root.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
  if (have.length === 0) await root.query(`CREATE DATABASE ${DATABASE}`, []);
  await root.close();
  const connection = { ...server.connection, database: DATABASE };
  return {
    connection,
    admit: async (owner) => {
      await admitApplication(owner);
      return openDatabase({ ...connection, user: APPLICATION });
    },
    stop: server.stop,
  };
}

const nothingLost = (): StartProblem =>
  new StartProblem(
    'データベースの記録は、この鍵が署名した記録の続きです。失われたものはなく、そのまま始められます。ただし、鍵のフォルダーも同じバックアップから戻したのなら、それでは分かりません。そこの log-signed.txt を除き、もう一度実行してください。',
    'The log in the database holds what this key has signed. Nothing is lost, and Sekisho can be started as it is. But if the folder of keys came out of the same backup, that says nothing: remove log-signed.txt there, and run this again.',
  );

const signerOf = (config: Config, on: Database): Promise<Signer> =>
  openSigner(on, config.keysFolder, `${new URL(config.publicUrl).host}/log`);

/** Letters in the outbox are sealed like parts of packages. */
const sealingIn = (vault: Vault): Sealing => ({
  seal: (id, text) => {
    const key = packageKey(vault, id);
    return {
      keyVersion: key.kekVersion,
      key: key.wrapped,
      sealed: sealPart(vault, key, { package: id, part: 0 }, text),
    };
  },
  open: (id, { keyVersion, key, sealed }) =>
    openPart(vault, { kekVersion: keyVersion, wrapped: key }, { package: id, part: 0 }, sealed).toString('utf8'),
});

/** Equips an office on a migrated database: opens the vault and the log with their keys. Throws StartProblem when a key is wrong or missing. */
export async function equip(config: Config, clock: Clock, database: Database): Promise<Office> {
  const vault = await openVault(database, config.keysFolder);
  const signer = await signerOf(config, database);
  await checkSigned(database, signer, config.keysFolder);
  const mail = openMail({ database, clock, config, sealing: sealingIn(vault) });
  return { config, clock, database, vault, signer, mail, opened: performance.now() };
}

/** Migrates, and renumbers a log that another server wrote. */
async function prepare(owner: Database, root: string, stopping?: AbortSignal): Promise<void> {
  await migrate(owner, path.join(root, 'migrations'), stopping);
  await withholdTemporary(owner);
  await numberAnew(owner);
}

async function asOwner<T>({ connection }: Connected, work: (owner: Database) => Promise<T>): Promise<T> {
  const owner = openDatabase(connection, { most: 2 });
  try {
    return await work(owner);
  } catch (error) {
    throw rightsProblem(error) ?? error;
  } finally {
    await owner.close();
  }
}

/**
 * Brings the log of a stopped office forward from an export that is newer than the database. `lines` null: no export exists, and what was signed is
 * recorded as lost. Throws StartProblem when an office is open, when there is nothing to do, or when the export is not valid.
 */
export async function restoreOffice(
  config: Config,
  clock: Clock,
  root: string,
  lines: AsyncIterable<string> | null,
): Promise<Restored> {
  prepareFolder(config.dataFolder);
  const connected = await connect(config, startEmbedded);
  try {
    const restored = await asOwner(connected, (owner) =>
      whileClosed(owner, async (tx) => {
        await prepare(owner, root);
        const [signer, now] = [await signerOf(config, owner), clock.now()];
        const signed = await signedBeyond(owner, signer, config.keysFolder);
        if (lines) return restoreLog(tx, signer, lines, { signed, now });
        if (!signed && isAnySigned(signer, config.keysFolder)) throw nothingLost();
        return goOnWithout(tx, signer, signed, now);
      }),
    );
    forgetSigned(config.keysFolder);
    return restored;
  } finally {
    await connected.stop();
  }
}

interface Opened {
  office: Office;
  /** Resolves when this process must not go on, because a restore has begun. */
  ousted: Promise<StartProblem>;
  close(): Promise<void>;
}

async function open(
  connected: Connected,
  config: Config,
  clock: Clock,
  root: string,
  stopping?: AbortSignal,
): Promise<Opened> {
  const opened: (() => Promise<void>)[] = [connected.stop];
  const close = async (): Promise<void> => {
    for (const one of opened.toReversed()) await one();
  };
  try {
    const entered = await asOwner(connected, async (owner) => {
      await keepPresence(owner);
      await prepare(owner, root, stopping);
      const database = await connected.admit(owner);
      opened.push(database.close);
      // Before the owner's connection closes, so that no restore can begin between the two.
      return { database, ...(await keepPresence(database)) };
    });
    const office = await equip(config, clock, entered.database).catch((error: unknown) => {
      throw rightsProblem(error) ?? error;
    });
    return { office, ousted: entered.ousted, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Opens the office: data folder, database, migrations, keys. Throws StartProblem with one sentence when it cannot. `report` is told when the
 * embedded database ends and when it is back. Throws the reason of `stopping` when told to stop before it is open.
 */
export async function openOffice(
  config: Config,
  clock: Clock,
  root: string,
  report: (line: string) => void = () => undefined,
  stopping?: AbortSignal,
): Promise<Opened> {
  prepareFolder(config.dataFolder);
  const connected = await connect(config, (folder) => startEmbedded(folder, { report, stopping }));
  return open(connected, config, clock, root, stopping);
}

/** Opens an office for a short task, beside the process that has it open. Throws StartProblem when it cannot. */
export const visitOffice = async (config: Config, clock: Clock, root: string): Promise<Opened> =>
  open(await connect(config, visitEmbedded), config, clock, root);
