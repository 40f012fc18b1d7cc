// A house to test in: one embedded PostgreSQL for the whole run (started by tests/setup.ts), one database per test file, made
// from a template that has every migration.

import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import pg from 'pg';
import { integrate, type Signer } from '../src/log/index.ts';
import {
  APPLICATION,
  migrate,
  openDatabase,
  withholdTemporary,
  type Database,
} from '../src/platform/database/index.ts';

export interface TestDatabase {
  /** As the application: user sekisho_app. */
  app: Database;
  /** As the owner: for tampering and for revoking rights. */
  owner: Database;
  /** Connection of the owner, for servers started by a test. */
  connection: pg.PoolConfig;
  url: string;
  drop(): Promise<void>;
}

/**
 * Integrates until every entry is in the tree. A transaction that another test has open on the same server may hold entries back for a
 * moment; an entry that never comes in fails the test by its time limit.
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

/** A fresh database with every migration applied, or with those of a folder. */
export async function testDatabase({ migrations }: { migrations?: string } = {}): Promise<TestDatabase> {
  const server = inject('server');
  const name = `t_${randomBytes(8).toString('hex')}`;
  const root = openDatabase({ ...server, database: 'postgres' }, { most: 1 });
  const template = migrations === undefined ? 'sekisho_template' : 'template1';
  await root.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`, []);
  const connection = { ...server, database: name };
  const owner = openDatabase(connection, { most: 3 });
  if (migrations !== undefined) await migrate(owner, migrations);
  await withholdTemporary(owner);
  const app = openDatabase({ ...connection, user: APPLICATION });
  return {
    app,
    owner,
    connection,
    url: `postgres:///${name}?host=${encodeURIComponent(server.host)}&user=${server.user}`,
    drop: async () => {
      await app.close();
      await owner.close();
      await root.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, []);
      await root.close();
    },
  };
}
