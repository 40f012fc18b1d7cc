// Connections to PostgreSQL through `pg`, with kysely on top for ordinary queries.

import pg from 'pg';
import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely';
import { keepListening, type Enter } from './listen.ts';
import { openPool, type ReachHeard } from './reach.ts';
import { ELEMENT_OID_AT, Rows } from './rows.ts';

const INT8 = 20;
const DATE = 1082;

// Set once for the process: int8 as a number (all our counters are far below 2^53), date as text.
pg.types.setTypeParser(INT8, (text) => {
  const n = Number(text);
  if (!Number.isSafeInteger(n)) throw new RangeError('an int8 value is beyond 2^53');
  return n;
});
pg.types.setTypeParser(DATE, (text) => text);

/** Anything that can run SQL: the database (each call is its own transaction) or an open transaction. */
export interface Queryable {
  /** For typed queries of a store: `on.kysely.withTables<MyTables>()`. */
  kysely: Kysely<unknown>;
  /** Runs one statement. With `name`, it is prepared once per connection under that name. */
  query<Row>(text: string, values: readonly unknown[], name?: string): Promise<Row[]>;
}

/** An open transaction. */
export interface Tx extends Queryable {
  readonly inTransaction: true;
}

export interface Database extends Queryable {
  /**
   * Runs `work` in a transaction: commits when it resolves, rolls back when it throws. `work` must query only `tx`. If every connection were held
   * by a transaction that waits for a second connection, all would wait for ever.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Runs `work` while no other process or call holds the lock; returns null without running it if one does. The lock belongs to the transaction
   * `tx`, and here `work` may query the database through other connections too: only one caller holds the lock at a time, and the rest do not wait
   * for it. What may be done only once is written through `tx`: if the lock is lost, because the server ended the connection or nothing was
   * written through it for ten minutes, that is undone.
   */
  alone<T>(lock: number, work: (tx: Tx) => Promise<T>): Promise<T | null>;
  /**
   * Runs one statement that cannot run in a transaction, such as VACUUM, with the rights of the connecting user. With `DATABASE_URL` that is the
   * owner of the tables, as PostgreSQL before 17 requires; otherwise the application, which has been granted MAINTAIN.
   */
  maintain(statement: string): Promise<void>;
  /**
   * Calls back on every NOTIFY of the channel, and once after each reconnection, when notices may have been missed. A silent connection is noticed
   * within seconds; idle connections are then dropped too, and busy ones once no new connection can be made. `enter` prepares each new connection.
   */
  listen(channel: string, heard: (payload: string) => void, enter?: Enter): Promise<() => Promise<void>>;
  /** Calls back with a code when no connection can be made any more, and with null when one can again. */
  watch(heard: ReachHeard): void;
  close(): Promise<void>;
}

interface RowType {
  typname: string;
  oid: number;
}

type ReadTypes = (text: string) => Promise<{ rows: RowType[] }>;

/** Fills in the type OIDs of Rows. They differ between databases and are read at first use, on the caller's connection. */
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

/** A URL with more session options behind its own; the driver ignores options given beside a URL. */
export function withOptions(url: string, more: string): string {
  const [address = '', asked = ''] = url.split('#')[0]!.split('?');
  const query = new URLSearchParams(asked);
  query.set('options', `${query.get('options') ?? ''} ${more}`.trim());
  return `${address}?${query}`;
}

/** Most connections in the pool; those that listen come on top. */
export const MOST_CONNECTIONS = 12;

/** Work done alone may take this long, such as the first computation of the promises; then another process may begin it. */
const LONGEST_ALONE = '10min';

/** Opens a pool. `role` is set on every connection; without it, the connecting user's own rights apply. */
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
    // Lets the system detect a connection that died silently.
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
        if (!rows[0]!.locked) return null;
        await trx.executeQuery(CompiledQuery.raw(`SET LOCAL idle_in_transaction_session_timeout = '${LONGEST_ALONE}'`));
        return work(asTx(trx, typed));
      }),
    maintain: async (statement) => {
      const client = await pool.connect();
      try {
        await client.query('SET ROLE NONE');
        await client.query(statement);
        await client.query('RESET ROLE');
        client.release();
      } catch (error) {
        // It is unknown which role the connection has now.
        client.release(true);
        throw error;
      }
    },
    listen: async (channel, heard, enter) => {
      const stop = await keepListening(config, { channel, heard, enter }, forsake);
      listeners.push(stop);
      return stop;
    },
    watch: (heard) => void watching.add(heard),
    close: async () => {
      await Promise.all(listeners.map((stop) => stop()));
      await kysely.destroy();
      // Kysely ends the pool only if it has used it; a pool left open would keep the process alive for ten seconds.
      if (!pool.ended) await pool.end();
    },
  };
}
