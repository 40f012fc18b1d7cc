// What every feature is handed: the equipment of the office, opened in order and closed in reverse. Features receive it, they do not
// build it.

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
  migrate,
  openDatabase,
  outsideAddress,
  passably,
  rightsProblem,
  startEmbedded,
  visitEmbedded,
  withholdTemporary,
  type Database,
  type EmbeddedServer,
} from './platform/database/index.ts';
import { openMail, type Mail, type Sealing } from './platform/mail.ts';
import { StartProblem } from './platform/start-problem.ts';
import {
  checkSigned,
  entriesNoted,
  forgetSigned,
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
  /** Signs the log's checkpoints and seals what leaves as a file. */
  signer: Signer;
  mail: Mail;
  /** When it was opened, by the clock of `performance.now()`, which nobody sets. */
  opened: number;
}

/** Shows whether one promise of the policy is kept now. A feature lists its provers in `promises.ts`. */
export interface Prover {
  /** Id of the promise in the policy's data. */
  promise: string;
  prove(office: Office): Promise<Proof>;
}

/** What several provers look at. All promises are computed at once, so those that ask while a reading is under way share it. */
export function sharedReading<T>(read: (office: Office) => Promise<T>): (office: Office) => Promise<T> {
  const underWay = new WeakMap<Office, Promise<T>>();
  return (office) => {
    const reading = underWay.get(office) ?? read(office).finally(() => underWay.delete(office));
    underWay.set(office, reading);
    return reading;
  };
}

/** What was lost with backups that were brought back. */
export const lossesIn = sharedReading(({ database, signer }) => lossesOf(database, vkeyOf(signer)));

interface Kept<G, T> {
  /** The tables it looks at; each notes its changes. */
  tables: readonly string[];
  /** The action of the log whose entries tell of rows that the application adds to these tables, where the tables do not note it. */
  logged?: NotedAction;
  /** What it depends on beside them. */
  given: (office: Office) => G | Promise<G>;
  read: (office: Office, given: G, losses: readonly Loss[]) => Promise<T>;
}

/** The same, kept while none of its tables changed: a promise about a hundred thousand rows costs nothing in a minute that adds none. */
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

const isFolder = (at: string): boolean => fs.statSync(at, { throwIfNoEntry: false })?.isDirectory() === true;

/** With what is above it. One by one: of a place that can never be made Node's own way asks without end, and hears no signal meanwhile. */
function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    fs.mkdirSync(folder, { mode: 0o711 });
  } catch (error) {
    // Another start may have made it meanwhile.
    if (!isFolder(folder)) throw error;
  }
}

function prepareFolder(folder: string): void {
  try {
    passably(() => makeFolder(folder));
    fs.accessSync(folder, fs.constants.W_OK);
  } catch {
    throw new StartProblem(
      `データフォルダーに書き込めません（${folder}）。権限を直すか、SEKISHO_DATA に書き込めるフォルダーを指定してください。`,
      `The data folder cannot be written (${folder}). Mend its permissions, or set SEKISHO_DATA to a folder that can be written.`,
    );
  }
}

interface Connected {
  /** As the owner, who migrates. */
  connection: string | pg.PoolConfig;
  /** As the application, once the database is migrated. */
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
    'データベースの記録は、この鍵が署名した記録の続きです。失われたものはなく、そのまま始められます。',
    'The log of the database holds what this key has signed. Nothing is lost: start as always.',
  );

const signerOf = (config: Config, on: Database): Promise<Signer> =>
  openSigner(on, config.keysFolder, `${new URL(config.publicUrl).host}/log`);

/** What waits in the outbox is sealed as parts of packages are. */
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

/** Equips an office on a migrated database: opens the vault and the log with their keys. Throws StartProblem for a wrong or missing key. */
export async function equip(config: Config, clock: Clock, database: Database): Promise<Office> {
  const vault = await openVault(database, config.keysFolder);
  const signer = await signerOf(config, database);
  await checkSigned(database, signer, config.keysFolder);
  const mail = openMail({ database, clock, config, sealing: sealingIn(vault) });
  return { config, clock, database, vault, signer, mail, opened: performance.now() };
}

/** Migrates, and puts the log in order where another server wrote it; `work` goes on with the rights of the owner. */
async function asOwner<T>(
  connected: Connected,
  root: string,
  work: (owner: Database) => Promise<T>,
  stopping?: AbortSignal,
): Promise<T> {
  const owner = openDatabase(connected.connection, { most: 2 });
  try {
    await migrate(owner, path.join(root, 'migrations'), stopping);
    await withholdTemporary(owner);
    await numberAnew(owner);
    return await work(owner);
  } catch (error) {
    throw rightsProblem(error) ?? error;
  } finally {
    await owner.close();
  }
}

/**
 * Brings the log of a closed office forward from an export of it that is newer than the database; `lines` null: nobody has one, and what was signed
 * is put on record as lost. Throws StartProblem where there is nothing to do, or the lines are not what they should be.
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
    return await asOwner(connected, root, async (owner) => {
      const [signer, folder, now] = [await signerOf(config, owner), config.keysFolder, clock.now()];
      const signed = await signedBeyond(owner, signer, folder);
      if (!lines && !signed) throw nothingLost();
      const restored = lines
        ? await restoreLog(owner, signer, lines, { signed: signed?.size ?? 0, now })
        : await goOnWithout(owner, signer, signed!.size, now);
      forgetSigned(folder);
      return restored;
    });
  } finally {
    await connected.stop();
  }
}

interface Opened {
  office: Office;
  close(): Promise<void>;
}

async function open(
  connected: Connected,
  config: Config,
  clock: Clock,
  root: string,
  stopping?: AbortSignal,
): Promise<Opened> {
  try {
    const database = await asOwner(connected, root, (owner) => connected.admit(owner), stopping);
    const office = await equip(config, clock, database).catch(async (error: unknown) => {
      await database.close();
      throw rightsProblem(error) ?? error;
    });
    return {
      office,
      close: async () => {
        await database.close();
        await connected.stop();
      },
    };
  } catch (error) {
    await connected.stop();
    throw error;
  }
}

/**
 * Opens the office: data folder, database, migrations, keys. Throws StartProblem with one sentence when it cannot. `report` hears when the embedded
 * database ended meanwhile and when it is there again. Throws the reason of `stopping` where it is told to stop before it is open.
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

/** Opens an office that is there for a moment's work, beside whoever has it open. Throws StartProblem when it cannot. */
export const visitOffice = async (config: Config, clock: Clock, root: string): Promise<Opened> =>
  open(await connect(config, visitEmbedded), config, clock, root);
