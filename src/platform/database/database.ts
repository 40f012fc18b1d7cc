// Connections to PostgreSQL through `pg`, with kysely on top for ordinary queries.

import pg from 'pg';
import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely';
import { keepListening } from './listen.ts';
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
  /**
   * Runs `work` in one transaction; commits when it resolves, rolls back when it throws. `work` asks on `tx` alone: as many as there are connections,
   * each of which held one and asked for a second, would wait for each other for ever.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Runs `work` while nobody else has the lock, in this process or another; null where somebody has. The lock takes a connection, and here `work` asks
   * for others: only one at a time holds the lock, and who does not get it does not wait for it.
   */
  alone<T>(lock: number, work: () => Promise<T>): Promise<T | null>;
  /**
   * Runs one statement that no transaction can hold, such as VACUUM, with the rights of the user that connected: the owner of the tables in a database
   * of `DATABASE_URL`, where before PostgreSQL 17 nobody else may; otherwise the application, which is granted to maintain them.
   */
  maintain(statement: string): Promise<void>;
  /**
   * Calls back on every NOTIFY of the channel and once after each reconnection, when notices may have been missed. A link that went silent is
   * noticed within some seconds; the links that nobody uses are given up with it, and those at work once no other is to be had.
   */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
  /** Calls back with a code when no connection is to be had any more, and with null when one is again. */
  watch(heard: ReachHeard): void;
  close(): Promise<void>;
}

interface RowType {
  typname: string;
  oid: number;
}

type ReadTypes = (text: string) => Promise<{ rows: RowType[] }>;

/** Puts the OIDs into rows on their way. They differ from database to database and are read when first needed, on the connection of whoever needs them. */
function rowTypes(): (values: readonly unknown[], ask: ReadTypes) => Promise<unknown[]> | unknown[] {
  let known: Map<string, number> | undefined;
  const read = async (ask: ReadTypes): Promise<Map<string, number>> => {
    const { rows } = await ask(
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
  return (values, ask) => {
    if (known) return put(known, values);
    if (!values.some((value) => value instanceof Rows)) return [...values];
    return read(ask).then((types) => put((known = types), values));
  };
}

function asTx(trx: Transaction<unknown>, typed: ReturnType<typeof rowTypes>): Tx {
  const run = <Row>(text: string, values: unknown[] = []) => trx.executeQuery<Row>(CompiledQuery.raw(text, values));
  return {
    inTransaction: true,
    kysely: trx,
    query: async <Row>(text: string, values: readonly unknown[]) =>
      (await run<Row>(text, await typed(values, run))).rows,
  };
}

/** The address with more options for its sessions, after those that it has itself: the driver heeds none that are given beside an address. */
export function withOptions(url: string, more: string): string {
  const [address = '', asked = ''] = url.split('#')[0]!.split('?');
  const query = new URLSearchParams(asked);
  query.set('options', `${query.get('options') ?? ''} ${more}`.trim());
  return `${address}?${query}`;
}

/** How many connections are at work at most, beside those that listen. */
export const MOST_CONNECTIONS = 12;

/** Opens a pool. `role` is set on every connection; without it the connecting user's own rights apply. */
export function openDatabase(
  connection: string | pg.PoolConfig,
  { role, most = MOST_CONNECTIONS }: { role?: string; most?: number } = {},
): Database {
  const asRole = role === undefined ? '' : `-c role=${role}`;
  const base: pg.PoolConfig =
    typeof connection === 'string'
      ? { connectionString: withOptions(connection, asRole) }
      : { ...connection, ...(role === undefined ? {} : { options: asRole }) };
  const config: pg.PoolConfig = {
    ...base,
    max: most,
    // So that a link that died without a word is found by the system.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
  const watching = new Set<ReachHeard>();
  const { pool, forsake } = openPool(config, (why) => watching.forEach((heard) => heard(why)));
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const typed = rowTypes();
  const readTypes: ReadTypes = (text) => pool.query<RowType>(text);
  const listeners: (() => Promise<void>)[] = [];
  return {
    kysely,
    query: async <Row>(text: string, values: readonly unknown[], name?: string) => {
      const ready = typed(values, readTypes);
      const result = await pool.query({
        text,
        values: ready instanceof Promise ? await ready : ready,
        ...(name ? { name } : {}),
      });
      return result.rows as Row[];
    },
    transaction: (work) => kysely.transaction().execute((trx) => work(asTx(trx, typed))),
    alone: (lock, work) =>
      kysely.transaction().execute(async (trx) => {
        const asked = CompiledQuery.raw('SELECT pg_try_advisory_xact_lock($1) AS locked', [lock]);
        const { rows } = await trx.executeQuery<{ locked: boolean }>(asked);
        return rows[0]!.locked ? work() : null;
      }),
    maintain: async (statement) => {
      const client = await pool.connect();
      try {
        await client.query('SET ROLE NONE');
        await client.query(statement);
        await client.query('RESET ROLE');
        client.release();
      } catch (error) {
        // Whose rights it has now is not known.
        client.release(true);
        throw error;
      }
    },
    listen: async (channel, heard) => {
      const stop = await keepListening(config, channel, heard, forsake);
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
