// Backups of an office: copies of its database, and an office opened in each, all with the same folder of keys.

import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inject } from 'vitest';
import { assemble, type Assembly } from '../src/app.ts';
import { exportLog, vkeyOf } from '../src/log/index.ts';
import { openOffice, restoreOffice, type Office } from '../src/office.ts';
import type { Clock } from '../src/platform/clock.ts';
import { readConfig, type Config } from '../src/platform/config.ts';
import { openDatabase, type Database } from '../src/platform/database/index.ts';
import { signAll } from './house.ts';
import { root } from './server.ts';

export interface Backups {
  /** The folder of the keys. */
  folder: string;
  /** Copies a database to which nobody is connected. */
  copyOf(template: string): Promise<{ name: string; config: Config }>;
  /** Forgets what the key has signed, as when that file was restored with the backup. */
  forget(): Promise<void>;
  /** Works as the owner of a database, who can do what nobody else could. */
  owning<T>(name: string, work: (owner: Database) => Promise<T>): Promise<T>;
  /** Works in the office of a database while it is open. */
  within<T>(config: Config, work: (house: Assembly) => Promise<T>): Promise<T>;
  /** Brings the log forward from an export; null: there is none. */
  restore(config: Config, text: string | null): ReturnType<typeof restoreOffice>;
  close(): Promise<void>;
}

async function* linesOf(text: string): AsyncGenerator<string> {
  yield* text.split('\n').slice(0, -1);
}

export async function exportOf({ database, signer }: Office): Promise<string> {
  let text = '';
  await exportLog(database, vkeyOf(signer), (piece) => void (text += piece));
  return text;
}

export async function openBackups(clock: Clock): Promise<Backups> {
  // An office opens no database that would lose in a power cut what it was told.
  const server = inject('durableServer');
  const admin = openDatabase({ ...server, database: 'postgres' }, { most: 1 });
  const made: string[] = [];
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sekisho-restore-'));
  return {
    folder,
    copyOf: async (template) => {
      const name = `t_${randomBytes(8).toString('hex')}`;
      await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`, []);
      made.push(name);
      const url = `postgres:///${name}?host=${encodeURIComponent(server.host)}&user=${server.user}`;
      return { name, config: readConfig({ DATABASE_URL: url }, { dataFolder: folder }) };
    },
    forget: () => fs.rm(path.join(folder, 'keys', 'log-signed.txt'), { force: true }),
    owning: async (name, work) => {
      const owner = openDatabase({ ...server, database: name }, { most: 1 });
      try {
        return await work(owner);
      } finally {
        await owner.close();
      }
    },
    within: async (config, work) => {
      const { office, close } = await openOffice(config, clock, root);
      try {
        const house = await assemble(office, { root, report: () => undefined });
        const value = await work(house);
        await signAll(office.database, office.signer);
        await house.close();
        return value;
      } finally {
        await close();
      }
    },
    restore: (config, text) => restoreOffice(config, clock, root, text === null ? null : linesOf(text)),
    close: async () => {
      for (const name of made) await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, []);
      await admin.close();
      await fs.rm(folder, { recursive: true });
    },
  };
}
