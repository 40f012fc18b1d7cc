// A furnished office: fictional people and eight weeks of work, for tests that go through every page.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, inject } from 'vitest';
import { openApp, type App } from '../src/app.ts';
import { furnish } from '../src/demo.ts';
import { equip, type Office } from '../src/office.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { openDatabase } from '../src/platform/database/index.ts';
import { testDatabase, type TestDatabase } from './house.ts';
import { root } from './server.ts';

export interface Furnished {
  db: TestDatabase;
  office: Office;
  app: App;
  close(): Promise<void>;
}

const TEMPLATE = 'sekisho_furnished';

/** Furnishes an office for the whole run, unless there is one. Returns the folder of its keys. */
async function furnishedOnce(): Promise<string> {
  const server = inject('server');
  const folder = path.join(server.folder, 'furnished');
  const shared = openDatabase({ ...server, database: 'postgres' }, { most: 1 });
  // The second worker waits for the first.
  await shared.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(1)', []);
    if ((await tx.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE])).length > 0) return;
    const db = await testDatabase();
    const office = await equip(readConfig({}, { dataFolder: folder }), systemClock, db.app);
    await furnish(office, { root, report: (line) => expect.unreachable(line) });
    await db.keepAs(TEMPLATE);
  });
  await shared.close();
  return folder;
}

/**
 * Opens a copy of the furnished office. `report` gets the operator's lines. `port`: where it is served; such an office is furnished anew, because
 * the log is named after its address.
 */
export async function furnishedOffice(report: (line: string) => void, port?: number): Promise<Furnished> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-furnished-'));
  if (!port) await fs.cp(await furnishedOnce(), folder, { recursive: true });
  const db = await testDatabase(port ? {} : { template: TEMPLATE });
  const config = readConfig(port ? { PORT: String(port) } : {}, { dataFolder: folder });
  const office = await equip(config, systemClock, db.app);
  const options = { root, report };
  if (port) await furnish(office, options);
  const app = await openApp(office, options);
  return {
    db,
    office,
    app,
    close: async () => {
      await app.close();
      await db.drop();
      await fs.rm(folder, { recursive: true, force: true });
    },
  };
}
