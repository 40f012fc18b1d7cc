// Connections to PostgreSQL through `pg`, with kysely on top for ordinary queries.

import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely';
import { openPool, type ReachHeard } from './reach.ts';
import { ELEMENT_OID_AT, Rows } from './rows.ts';

const INT8 = 20;
const DATE = 1082;

// Set once for the process: int8 as a number (all our counters are far below 2^53), date as its text.
pg.types.setTypeParser(INT8, (text) => {
  const n = Number(text);
  if (!Number.isSafeInteger(n)) throw new RangeError('an int8 value is beyond 2^53');
  return n;
});
pg.types.setTypeParser(DATE, (text) => text);

/** Something that can run SQL: the database itself (each call its own transaction) or an open transaction. */
export interface Queryable {
  /** For typed queries of a store: `on.kysely.withTables<MyTables>()`. */
  kysely: Kysely<unknown>;
  /** Runs one statement. With `name` it is prepared once per connection under that name. */
  query<Row>(text: string, values: readonly unknown[], name?: string): Promise<Row[]>;
}

/** An open transaction. */
export interface Tx extends Queryable {
  readonly inTransaction: true;
}

export interface Database extends Queryable {
  /** Runs `work` in one transaction; commits when it resolves, rolls back when it throws. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Calls back on every NOTIFY of the channel and once after each reconnection, when notices may have been missed. A link that went silent is
   * noticed within some seconds.
   */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
  /** Calls back with a code when no connection is to be had any more, and with null when one is again. */
  watch(heard: ReachHeard): void;
  close(): Promise<void>;
}

/** Puts the OIDs into rows on their way. They differ from database to database and are read when first needed. */
function rowTypes(pool: pg.Pool): (values: readonly unknown[]) => Promise<unknown[]> | unknown[] {
  let known: Map<string, number> | undefined;
  const read = async (): Promise<Map<string, number>> => {
    const { rows } = await pool.query<{ typname: string; oid: number }>(
      "SELECT typname, oid FROM pg_type WHERE typtype = 'c' AND typnamespace = current_schema::regnamespace",
    );
    return new Map(rows.map((row) => [row.typname, row.oid]));
  };
  const put = (types: Map<string, number>, values: readonly unknown[]): unknown[] =>
    values.map((value) => {
      if (!(value instanceof Rows)) return value;
      const oid = types.get(value.type);
      if (oid === undefined) throw new Error(`the database has no type ${value.type}`);
      value.bytes.writeUInt32BE(oid, ELEMENT_OID_AT);
      return value.bytes;
    });
  return (values) => {
    if (known) return put(known, values);
    if (!values.some((value) => value instanceof Rows)) return [...values];
    return read().then((types) => put((known = types), values));
  };
}

const asTx = (trx: Transaction<unknown>, typed: ReturnType<typeof rowTypes>): Tx => ({
  inTransaction: true,
  kysely: trx,
  query: async <Row>(text: string, values: readonly unknown[]) =>
    (await trx.executeQuery<Row>(CompiledQuery.raw(text, await typed(values)))).rows,
});

const ASK_EVERY_MS = 2_000;
const ANSWER_WITHIN_MS = 5_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** Opens a connection that listens, until `over`. `lost` resolves when it has ended, or when its link went silent, of which nobody tells us. */
async function openListener(
  config: pg.ClientConfig,
  channel: string,
  heard: (payload: string) => void,
  over: AbortSignal,
): Promise<{ lost: Promise<void> }> {
  over.throwIfAborted();
  const socket = new net.Socket();
  // An orderly farewell waits for the other side, which may be gone.
  const end = (): void => void socket.destroy();
  const limits = { connectionTimeoutMillis: ANSWER_WITHIN_MS, query_timeout: ANSWER_WITHIN_MS };
  const client = new pg.Client({ ...config, ...limits, stream: () => socket });
  client.on('notification', (message) => heard(message.payload ?? ''));
  client.on('error', () => undefined);
  const lost = new Promise<void>((resolve) => client.once('end', resolve));
  over.addEventListener('abort', end);
  void lost.then(() => over.removeEventListener('abort', end));
  // Repeated, it changes nothing, and its answer shows that the connection still carries notices.
  const listen = (): Promise<unknown> => client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
  try {
    await client.connect();
    await listen();
  } catch (error) {
    end();
    throw error;
  }
  const ask = async (): Promise<never> => {
    for (;;) {
      await sleep(ASK_EVERY_MS, undefined, { ref: false });
      await listen();
    }
  };
  ask().catch(end);
  return { lost };
}

/** One connection that listens at a time, opened anew when it is lost. Returns what ends it. */
async function keepListening(
  config: pg.ClientConfig,
  channel: string,
  heard: (payload: string) => void,
): Promise<() => Promise<void>> {
  const ending = new AbortController();
  const { signal } = ending;
  const open = () => openListener(config, channel, heard, signal);
  const reopen = async (): Promise<{ lost: Promise<void> }> => {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      await sleep(pause, undefined, { signal, ref: false });
      const opened = await open().catch(() => null);
      if (opened) return opened;
    }
  };
  const keep = async (listener: { lost: Promise<void> }): Promise<void> => {
    for (let { lost } = listener; ; heard('')) {
      await lost;
      ({ lost } = await reopen());
    }
  };
  // Nothing but its end leaves the loop.
  const kept = keep(await open()).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return async () => {
    ending.abort();
    await kept;
  };
}

/** Opens a pool. `role` is set on every connection; without it the connecting user's own rights apply. */
export function openDatabase(
  connection: string | pg.PoolConfig,
  options: { role?: string; most?: number } = {},
): Database {
  const base: pg.PoolConfig = typeof connection === 'string' ? { connectionString: connection } : { ...connection };
  const config: pg.PoolConfig = {
    ...base,
    max: options.most ?? 12,
    // So that a link that died without a word is found by the system.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...(options.role ? { options: `-c role=${options.role}` } : {}),
  };
  const watching = new Set<ReachHeard>();
  const pool = openPool(config, (why) => watching.forEach((heard) => heard(why)));
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const typed = rowTypes(pool);
  const listeners: (() => Promise<void>)[] = [];
  return {
    kysely,
    query: async <Row>(text: string, values: readonly unknown[], name?: string) => {
      const ready = typed(values);
      const result = await pool.query({
        text,
        values: ready instanceof Promise ? await ready : ready,
        ...(name ? { name } : {}),
      });
      return result.rows as Row[];
    },
    transaction: (work) => kysely.transaction().execute((trx) => work(asTx(trx, typed))),
    listen: async (channel, heard) => {
      const stop = await keepListening(config, channel, heard);
      listeners.push(stop);
      return stop;
    },
    watch: (heard) => void watching.add(heard),
    close: async () => {
      await Promise.all(listeners.map((stop) => stop()));
      await kysely.destroy();
      // Kysely ends only what it has used itself; a pool left open would hold the process for ten seconds.
      if (!pool.ended) await pool.end();
    },
  };
}
