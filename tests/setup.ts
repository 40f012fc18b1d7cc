// Starts the one PostgreSQL that all tests of a run share, and stops it at the end.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { admitApplication, migrate, openDatabase, startEmbedded } from '../src/platform/database/index.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    server: { host: string; port: number; user: string };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-test-'));
  fs.chmodSync(folder, 0o711);
  const server = await startEmbedded(folder);
  const root = openDatabase(server.connection, { most: 1 });
  await root.query('CREATE DATABASE sekisho_template', []);
  const template = openDatabase({ ...server.connection, database: 'sekisho_template' }, { most: 2 });
  await migrate(template, path.resolve('migrations'));
  await admitApplication(template);
  await template.close();
  await root.close();
  const { host, port, user } = server.connection;
  project.provide('server', { host: host as string, port: port as number, user: user as string });
  return async () => {
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  };
}
