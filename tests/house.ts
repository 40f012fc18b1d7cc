// The databases of the tests: an embedded PostgreSQL for the whole run (started by tests/setup.ts), and one database per test file, made from a
// template that has every migration.

import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hash } from '@node-rs/argon2';
import { expect, inject } from 'vitest';
import type { CompiledQuery } from 'kysely';
import pg from 'pg';
import { integrate, type Signer } from '../src/log/index.ts';
import {
  APPLICATION,
  migrate,
  openDatabase,
  withholdTemporary,
  type Database,
  type Queryable,
} from '../src/platform/database/index.ts';

/** The password of all staff of a test office. */
export const PASSWORD = 'tsuki-no-hikari-7';

/**
 * The hash of the password, with the cheapest parameters argon2id takes: tests open and sign in to hundreds of offices. That the product uses its
 * own parameters is asserted where a person sets their password (access/actions.test.ts).
 */
export const PASSWORD_HASH = await hash(PASSWORD, { algorithm: 2, memoryCost: 8, timeCost: 1, parallelism: 1 });

/** An open transaction of the caller, and the one around it. */
interface Held {
  database: Database;
  over: boolean;
  around: Held | undefined;
}

const held = new AsyncLocalStorage<Held>();

/**
 * Wraps a database so that a caller with an open transaction who asks for a second connection gets an error: as many such callers at once as there
 * are connections would wait for each other for ever. In tests only, because following the caller doubles the cost of every await on Node 20.
 */
function guarded(database: Database): Database {
  const check = (): void => {
    for (let one = held.getStore(); one; one = one.around)
      if (one.database === database && !one.over) throw new Error('a second connection is asked for in a transaction');
  };
  return {
    ...database,
    kysely: database.kysely.withPlugin({
      transformQuery: ({ node }) => {
        check();
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    }),
    query: async <Row>(text: string, values: readonly unknown[], name?: string) => {
      check();
      return database.query<Row>(text, values, name);
    },
    transaction: async (work) => {
      check();
      const one: Held = { database, over: false, around: held.getStore() };
      try {
        return await database.transaction((tx) => held.run(one, () => work(tx)));
      } finally {
        one.over = true;
      }
    },
    alone: async (lock, work) => {
      check();
      return database.alone(lock, work);
    },
    maintain: async (statement) => {
      check();
      return database.maintain(statement);
    },
  };
}

export interface TestDatabase {
  /** A connection as the application: user sekisho_app. */
  app: Database;
  /** A connection as the owner: for tampering and for revoking rights. */
  owner: Database;
  /** The connection settings of the owner, for servers started by a test. */
  connection: pg.PoolConfig;
  url: string;
  drop(): Promise<void>;
  /** Closes the database and keeps it under this name as a template for others. */
  keepAs(template: string): Promise<void>;
}

/**
 * Integrates until every entry is in the tree. A transaction that another test has open on the same server may hold entries back for a moment; if
 * an entry never comes in, the test fails by its time limit.
 */
export async function signAll(on: Database, signer: Signer): Promise<void> {
  for (;;) {
    await integrate(on, signer);
    const [row] = await on.query<{ waiting: boolean }>(
      'SELECT (SELECT count(*) FROM log_entries) > (SELECT count(*) FROM log_leaves) AS waiting',
      [],
    );
    if (!row!.waiting) return;
    await sleep(10);
  }
}

/**
 * A fresh database with every migration applied, or those of a folder, or copied from a template. `durable`: commits are durable as in production.
 * `through`: the way by which the application connects.
 */
export async function testDatabase({
  migrations,
  template = migrations === undefined ? 'sekisho_template' : 'template1',
  durable = false,
  through = (to) => Promise.resolve(to),
}: {
  migrations?: string;
  template?: string;
  durable?: boolean;
  through?: (to: pg.PoolConfig) => Promise<pg.PoolConfig>;
} = {}): Promise<TestDatabase> {
  const server = inject(durable ? 'durableServer' : 'server');
  const name = `t_${randomBytes(8).toString('hex')}`;
  const root = openDatabase({ ...server, database: 'postgres' }, { most: 1 });
  await root.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`, []);
  const connection = { ...server, database: name };
  const owner = openDatabase(connection, { most: 3 });
  if (migrations !== undefined) await migrate(owner, migrations);
  await withholdTemporary(owner);
  const app = guarded(openDatabase({ ...(await through(connection)), user: APPLICATION }));
  const leave = async (statement: string): Promise<void> => {
    await app.close();
    await owner.close();
    await root.query(statement, []);
    await root.close();
  };
  return {
    app,
    owner,
    connection,
    url: `postgres:///${name}?host=${encodeURIComponent(server.host)}&user=${server.user}`,
    drop: () => leave(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
    keepAs: (kept) => leave(`ALTER DATABASE ${name} RENAME TO ${kept}`),
  };
}

/**
 * Begins something while a transaction is open, and returns once it has ended or waits for the transaction. `rests` resolves once the same is true
 * of another transaction.
 */
export async function beside<T>(
  { owner }: Pick<TestDatabase, 'owner'>,
  tx: Queryable,
  begin: () => Promise<T>,
): Promise<{ begun: Promise<T>; rests(tx: Queryable): Promise<void> }> {
  let over = false;
  const begun = begin().finally(() => (over = true));
  const rests = async (on: Queryable): Promise<void> => {
    const [row] = await on.query<{ pid: number }>('SELECT pg_backend_pid() AS pid', []);
    const waits = 'SELECT 1 FROM pg_stat_activity WHERE $1::int = ANY (pg_blocking_pids(pid))';
    const resting = async (): Promise<boolean> => over || (await owner.query(waits, [row!.pid])).length > 0;
    await expect.poll(resting, { interval: 5 }).toBe(true);
  };
  await rests(tx);
  return { begun, rests };
}

/**
 * Begins two things while a table is locked against writing, the second once the first waits for the lock. Returns their results after the table is
 * released: each began before the other ended, unless the second needs neither the table nor anything the first holds.
 */
export async function atOnce<A, B>(
  { owner }: Pick<TestDatabase, 'owner'>,
  table: string,
  first: () => Promise<A>,
  second: () => Promise<B>,
): Promise<[A, B]> {
  const waiting = async (): Promise<number> => {
    const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    return (await owner.query(waits, [])).length;
  };
  const begun = await owner.transaction(async (tx) => {
    await tx.query(`LOCK TABLE ${table} IN SHARE MODE`, []);
    const one = first();
    await expect.poll(waiting, { interval: 5 }).toBe(1);
    let over = false;
    const other = second().finally(() => (over = true));
    await expect.poll(async () => over || (await waiting()) === 2, { interval: 5 }).toBe(true);
    return [one, other] as const;
  });
  return Promise.all(begun);
}

/** Makes the clock of the office look as if it leapt from `since` to now; null: nobody has looked at it yet. */
export async function clockLeapt({ owner }: Pick<TestDatabase, 'owner'>, since: string | null): Promise<void> {
  await owner.query('DELETE FROM time_reached', []);
  if (since) await owner.query('INSERT INTO time_reached (at) VALUES ($1)', [since]);
}

/** A copy of the migrations as they were before one of them. The caller removes it. */
export async function migrationsBefore(name: string): Promise<string> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-migrations-'));
  for (const one of await fs.readdir('migrations'))
    if (one < name) await fs.copyFile(path.join('migrations', one), path.join(folder, one));
  return folder;
}

interface Plan {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Join Filter'?: number;
  Plans?: Plan[];
}

/** The number of pairs of rows that the joins of a statement compare in vain. The statement is run and rolled back. */
export async function pairsRefused(tx: Queryable, text: string, values: readonly unknown[]): Promise<number> {
  const refused = (plan: Plan): number =>
    (plan['Rows Removed by Join Filter'] ?? 0) * plan['Actual Loops'] +
    (plan.Plans ?? []).reduce((sum, one) => sum + refused(one), 0);
  await tx.query('SAVEPOINT before', []);
  const [found] = await tx.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`EXPLAIN (ANALYZE, FORMAT json) ${text}`, values);
  await tx.query('ROLLBACK TO SAVEPOINT before', []);
  return refused(found!['QUERY PLAN'][0].Plan);
}

/** The number of rows of a table read by the statements of `ask`, by their plans. */
export async function rowsVisited(
  { owner }: Pick<TestDatabase, 'owner'>,
  table: string,
  ask: (on: Database) => Promise<unknown>,
): Promise<number> {
  const visited = (plan: Plan): number =>
    (plan['Relation Name'] === table
      ? (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops']
      : 0) + (plan.Plans ?? []).reduce((sum, one) => sum + visited(one), 0);
  let rows = 0;
  const explain = async (text: string, values: readonly unknown[]): Promise<void> => {
    const [found] = await owner.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `EXPLAIN (ANALYZE, FORMAT json) ${text}`,
      values,
    );
    rows += visited(found!['QUERY PLAN'][0].Plan);
  };
  const typed: CompiledQuery[] = [];
  await ask({
    ...owner,
    query: async <Row>(text: string, values: readonly unknown[]): Promise<Row[]> => {
      await explain(text, values);
      return owner.query<Row>(text, values);
    },
    kysely: owner.kysely.withPlugin({
      transformQuery: ({ node, queryId }) => {
        typed.push(owner.kysely.getExecutor().compileQuery(node, queryId));
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    }),
  });
  for (const { sql, parameters } of typed) await explain(sql, parameters);
  return Math.round(rows);
}

/** The tables that contain any of these words, as text or as bytes. */
export async function tablesWith(owner: Database, words: readonly string[]): Promise<string[]> {
  const tables = await owner.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
    [],
  );
  const marks = words.flatMap((word) => [word, Buffer.from(word).toString('hex')]);
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await owner.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" AS t`, []);
    if (rows.some(({ row }) => marks.some((mark) => row.includes(mark)))) found.push(name);
  }
  return found.sort();
}

/** The tables with a name like `like` whose files contain any of these bytes. */
export async function filesWith(owner: Database, like: string, marks: readonly (string | Buffer)[]): Promise<string[]> {
  await owner.query('CHECKPOINT', []);
  const files = await owner.query<{ name: string; bytes: Buffer }>(
    `SELECT relname::text AS name, pg_read_binary_file(pg_relation_filepath(oid)) AS bytes FROM pg_class
     WHERE relname LIKE $1 AND relkind = 'r' ORDER BY relname`,
    [like],
  );
  return files.filter(({ bytes }) => marks.some((mark) => bytes.includes(mark))).map(({ name }) => name);
}

/** The operator's lines, without those that only a busy machine causes: that no connection came within ten seconds, and that one came again. */
export const failuresIn = (lines: readonly string[]): string[] =>
  lines.filter((line) => !/^database (?:away: Error|back)$/.test(line));
