// A furnished office: fictional people and eight weeks of work, for tests that go through every page.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openApp, type App } from '../src/app.ts';
import { furnish } from '../src/demo.ts';
import { equip, type Office } from '../src/office.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { testDatabase, type TestDatabase } from './house.ts';
import { root } from './server.ts';

export interface Furnished {
  db: TestDatabase;
  office: Office;
  app: App;
  close(): Promise<void>;
}

/** `report` hears what the operator would; `settings` are of its environment. */
export async function furnishedOffice(
  report: (line: string) => void,
  settings: NodeJS.ProcessEnv = {},
): Promise<Furnished> {
  const db = await testDatabase();
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-furnished-'));
  const office = await equip(readConfig(settings, { dataFolder: folder }), systemClock, db.app);
  const options = { root, report };
  await furnish(office, options);
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
