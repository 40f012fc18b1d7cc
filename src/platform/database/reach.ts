// Whether the database can be reached: what an error says about it, and who is told when it goes away and comes back.

import net from 'node:net';
import pg from 'pg';

/** Errors of connections that could not be made, each with the time at which a connection was last lent. */
const notHad = new WeakMap<object, number>();
/** Errors that ended a connection. */
const endings = new WeakSet<object>();

/** SQLSTATEs of a server that ends a connection or reports it lost. */
const ENDED = /^(?:08|57P)/;

const codeOf = (error: unknown): string | undefined => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
};

/**
 * For an error that says that no connection could be made: the time since which nothing has been sent to the database, on the process clock
 * (`performance.now()`). Undefined for any other error.
 */
export const awaySince = (error: unknown): number | undefined => notHad.get(error as object);

/** True when a connection was lost at work: the last statement may have been executed. */
export const wasLost = (error: unknown): boolean => endings.has(error as object) || ENDED.test(codeOf(error) ?? '');

/** SQLSTATE of a write where only reading is possible. */
const READ_ONLY = '25006';

/** True when the database can only be read: nothing can be recorded, so nothing is done. */
export const canOnlyBeRead = (error: unknown): boolean => codeOf(error) === READ_ONLY;

/** Called with a code when the database goes away, and with null when it is back. */
export type ReachHeard = (why: string | null) => void;

type Connected = Parameters<pg.Client['connect']>[0];

interface ParameterStatus {
  parameterName: string;
  parameterValue: string;
}

/** Which connections to drop: the idle ones, or all. */
export type Links = 'idle' | 'all';

/** Parameters that PostgreSQL reports when a session begins and when they change. A standby is read only; others can be made so while they run. */
interface Told {
  server_version?: string;
  in_hot_standby?: string;
  default_transaction_read_only?: string;
}

const isReadOnly = (told: Told): boolean => told.in_hot_standby === 'on' || told.default_transaction_read_only === 'on';

/** The first version with `transaction_timeout`, which a session can switch off. Older versions refuse a session that sets it. */
const TIMES_TRANSACTIONS = 17;

/** Accepts a session if it can write, and lifts the time limit of its transactions. */
function prepare(client: pg.Client, told: Told, answer: (error: Error | null) => void): void {
  if (isReadOnly(told)) {
    void client.end();
    answer(Object.assign(new Error('the database can only be read'), { code: READ_ONLY }));
  } else if (Number.parseInt(told.server_version ?? '', 10) >= TIMES_TRANSACTIONS)
    client.query('SET transaction_timeout = 0', answer);
  else answer(null);
}

/** A database that does not complete a connection within this time counts as absent. */
const COME_IN_WITHIN_MS = 10_000;

/**
 * Opens a pool that records what each error says about the database, and reports once when it goes away and once when it is back. `forsake` drops
 * connections, because nothing reports one whose other end vanished silently.
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
      // Set on the client, because in the pool's options the limit would also apply to callers who wait for a free connection, and these wait as
      // long as it takes.
      super({ ...given, connectionTimeoutMillis: COME_IN_WITHIN_MS, stream: () => socket });
      sockets.set(this, socket);
      this.once('end', () => sockets.delete(this));
      // A connection that dies must not end the process, whether it is being prepared, idle, or lent to a transaction between two statements. Its
      // next statement fails, and the next query opens a new connection.
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
    // A new connection may lead to a server that can write.
    if (isReadOnly((client as pg.Client as Client).told)) void client.end();
  });
  const forsake = (links: Links): void =>
    sockets.forEach((socket, client) => {
      if (links === 'all' || !(lent as Set<pg.Client>).has(client)) socket.destroy();
    });
  return { pool, forsake };
}
