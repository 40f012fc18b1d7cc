// Starts the two PostgreSQL servers that all tests of a run share, and stops them at the end. One need not survive a power cut; the other commits
// as durably as production, for the tests of faults and of starts.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { admitApplication, migrate, openDatabase, startEmbedded } from '../src/platform/database/index.ts';

export interface SharedServer {
  host: string;
  port: number;
  user: string;
  /** Removed when the server stops. */
  folder: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    server: SharedServer;
    durableServer: SharedServer;
  }
}

/** The settings that make a commit survive a crash of the machine. They take a third of the time of a new database, and much of each small commit. */
const DURABILITY = ['fsync', 'full_page_writes', 'synchronous_commit'];

/** A folder kept in memory, and the space it must have free: a run keeps up to 2 GB there, and its workers and browsers take 5 GB. */
const MEMORY = { folder: '/dev/shm', bytes: 8e9 };

/**
 * The folder for the data of a server: in memory if there is room. A test opens a database of a thousand files, and on a disk creating, filling and
 * removing them costs the server a fifth more work. A durable server is kept on disk.
 */
function placeOf(durable: boolean): string {
  if (durable || !fs.existsSync(MEMORY.folder)) return os.tmpdir();
  const { bavail, bsize } = fs.statfsSync(MEMORY.folder);
  return bavail * bsize < MEMORY.bytes ? os.tmpdir() : MEMORY.folder;
}

/** Each worker may have several offices open at once, each with its pool and its owner's. */
const CONNECTIONS = 300;

/** Starts a server with a template that has every migration. */
async function start({ durable }: { durable: boolean }): Promise<{ server: SharedServer; stop(): Promise<void> }> {
  const folder = fs.mkdtempSync(path.join(placeOf(durable), 'sekisho-test-'));
  fs.chmodSync(folder, 0o711);
  const { connection, stop } = await startEmbedded(folder, { connections: CONNECTIONS });
  const root = openDatabase(connection, { most: 1 });
  if (!durable) {
    for (const setting of DURABILITY) await root.query(`ALTER SYSTEM SET ${setting} = off`, []);
    await root.query('SELECT pg_reload_conf()', []);
  }
  await root.query('CREATE DATABASE sekisho_template', []);
  const template = openDatabase({ ...connection, database: 'sekisho_template' }, { most: 2 });
  await migrate(template, path.resolve('migrations'));
  await admitApplication(template);
  await template.close();
  await root.close();
  const { host, port, user } = connection;
  return {
    server: { host: host as string, port: port as number, user: user as string, folder },
    stop: async () => {
      await stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [quick, durable] = await Promise.all([start({ durable: false }), start({ durable: true })]);
  project.provide('server', quick.server);
  project.provide('durableServer', durable.server);
  return async () => {
    await Promise.all([quick.stop(), durable.stop()]);
  };
}
