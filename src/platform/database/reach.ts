// Whether the database can be reached: what an error says of it, and who hears that it went away and that it is back.

import net from 'node:net';
import pg from 'pg';

/** Errors of connections that were not to be had, each with the moment at which the last one was lent before. */
const notHad = new WeakMap<object, number>();
/** Errors with which connections ended. */
const endings = new WeakSet<object>();

/** SQLSTATEs of a server that ends a connection, or that says that it was lost. */
const ENDED = /^(?:08|57P)/;

const codeOf = (error: unknown): string | undefined => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
};

/**
 * Since when the database was sent nothing, of an error that says that no connection to it was to be had. The time is that of the process
 * (`performance.now()`). Undefined of any other error.
 */
export const awaySince = (error: unknown): number | undefined => notHad.get(error as object);

/** Whether the connection was lost at work: what was sent last may have been done. */
export const wasLost = (error: unknown): boolean => endings.has(error as object) || ENDED.test(codeOf(error) ?? '');

/** That a statement wanted to write where nothing can be written. */
const READ_ONLY = '25006';

/** Whether the database can be read and not written: then nothing can be put on record, and so nothing is done. */
export const canOnlyBeRead = (error: unknown): boolean => codeOf(error) === READ_ONLY;

/** Hears a code when the database goes away, and null when it is back. */
export type ReachHeard = (why: string | null) => void;

type Connected = Parameters<pg.Client['connect']>[0];

interface ParameterStatus {
  parameterName: string;
  parameterValue: string;
}

/** Which links to give up: those that nobody uses at the moment, or all of them. */
export type Links = 'idle' | 'all';

/** What PostgreSQL tells of a session when it begins, and when it changes. A standby is read only; others can be set so while they run. */
interface Told {
  server_version?: string;
  in_hot_standby?: string;
  default_transaction_read_only?: string;
}

const isReadOnly = (told: Told): boolean => told.in_hot_standby === 'on' || told.default_transaction_read_only === 'on';

/** The first version that ends a transaction for its length, and where a session says that it is not to. Others refuse to begin one that does. */
const TIMES_TRANSACTIONS = 17;

/** Goes on with a session in which can be written, and in which a transaction may take as long as it takes. */
function prepare(client: pg.Client, told: Told, answer: (error: Error | null) => void): void {
  if (isReadOnly(told)) {
    void client.end();
    answer(Object.assign(new Error('the database can only be read'), { code: READ_ONLY }));
  } else if (Number.parseInt(told.server_version ?? '', 10) >= TIMES_TRANSACTIONS)
    client.query('SET transaction_timeout = 0', answer);
  else answer(null);
}

/** A database that does not answer one who comes is not there. */
const COME_IN_WITHIN_MS = 10_000;

/**
 * Opens a pool that notes of each error what it says of the database, and tells once that it went away and once that it is back. `forsake` gives links
 * up: of a link whose other end went away without a word, nobody tells us.
 */
export function openPool(config: pg.PoolConfig, heard: ReachHeard): { pool: pg.Pool; forsake(links: Links): void } {
  let lentAt = 0;
  let away = false;
  const tell = (why: string | null): void => {
    if (away === (why !== null)) return;
    away = why !== null;
    heard(why);
  };
  const sockets = new Map<pg.Client, net.Socket>();
  const lent = new Set<pg.PoolClient>();

  class Client extends pg.Client {
    readonly told: Told = {};

    constructor(given?: pg.ClientConfig) {
      const socket = new net.Socket();
      // Of the pool the same limit would hold for who waits until another is done, and they wait as long as it takes.
      super({ ...given, connectionTimeoutMillis: COME_IN_WITHIN_MS, stream: () => socket });
      sockets.set(this, socket);
      this.once('end', () => sockets.delete(this));
      // A connection that dies must not take the process with it, while it is prepared, at rest, or lent to a transaction between two statements: its
      // next statement fails, and the next query opens another.
      this.on('error', (error) => endings.add(error));
      this.connection.on('parameterStatus', ({ parameterName, parameterValue }: ParameterStatus) =>
        Object.assign(this.told, { [parameterName]: parameterValue }),
      );
    }

    override connect(): Promise<pg.Client>;
    override connect(callback: Connected): void;
    override connect(callback?: Connected): unknown {
      if (!callback) return super.connect();
      const answer = (error: Error | null): void => {
        if (error) {
          notHad.set(error, lentAt);
          tell(codeOf(error) ?? error.name);
        }
        (callback as (error: Error | null) => void)(error);
      };
      return super.connect((error: Error | null) => {
        if (error) answer(error);
        else prepare(this, this.told, answer);
      });
    }
  }

  const pool = new pg.Pool({ ...config, Client });
  pool.on('error', () => undefined);
  pool.on('connect', () => tell(null));
  pool.on('acquire', (client) => {
    lentAt = performance.now();
    lent.add(client);
  });
  pool.on('release', (_, client) => {
    lent.delete(client);
    // Another may lead to where can be written.
    if (isReadOnly((client as pg.Client as Client).told)) void client.end();
  });
  const forsake = (links: Links): void =>
    sockets.forEach((socket, client) => {
      if (links === 'all' || !(lent as Set<pg.Client>).has(client)) socket.destroy();
    });
  return { pool, forsake };
}
