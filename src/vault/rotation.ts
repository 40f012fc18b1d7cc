// Rotation of the key-encryption key (KEK) while the server works. New keys are wrapped by the new version at once and existing ones are rewrapped;
// after that, older versions are needed only for old backups. The work can be interrupted anywhere and continues where it stopped.

import type { Database, Tx } from '../platform/database/index.ts';
import { KeyMismatch, keeperOf } from './keys.ts';
import { hasKeyFile, readKeyFile, waitingKey } from './key-files.ts';
import * as store from './store.ts';
import { INDEX_KEY_OWNER, NOBODY, prove, type Vault } from './vault.ts';

/** Writes a record in the transaction that makes it true. */
type Record<T> = (tx: Tx, what: T) => Promise<void>;

/**
 * Adopts the key of the next version if its file is there, and the versions that other processes have adopted. `record` is called for a newly
 * adopted version. Throws StartProblem when a key file is missing or is a different key; until it is right, nothing is wrapped.
 */
export async function adoptKeys(
  database: Database,
  vault: Vault,
  folder: string,
  record: Record<number>,
): Promise<void> {
  const rows = await store.keyRows(database);
  const next = rows.at(-1)!.version + 1;
  if (hasKeyFile(folder, next)) {
    const { wrapped } = keeperOf(new Map([[next, readKeyFile(folder, next)]])).fresh(NOBODY);
    await database.transaction(async (tx) => {
      if (await store.insertKey(tx, next, wrapped)) await record(tx, next);
    });
  }
  for (const { version, check } of await store.keyRows(database)) {
    if (version <= vault.keeper.version) continue;
    try {
      const kek = readKeyFile(folder, version);
      prove(keeperOf(new Map([[version, kek]])), version, check);
      vault.keeper.learn(version, kek);
    } catch (error) {
      vault.keeper.fallBehind();
      throw error;
    }
  }
}

const PAGE = 500;

/**
 * Rewraps the keys of a table that older versions wrapped. `rest` gives way to other work and says whether to go on. A key that does not open is
 * left as it is. Returns false when `rest` ended the work.
 */
async function rewrapIn(database: Database, { keeper }: Vault, table: string, rest: Rest): Promise<boolean> {
  const { version } = keeper;
  for (let after = NOBODY; ;) {
    const began = performance.now();
    const rows = await store.wrappedBefore(database, table, { version, after, most: PAGE });
    if (rows.length === 0) return true;
    after = rows.at(-1)!.id;
    const anew = rows.flatMap((row) => {
      try {
        return [{ ...row, anew: keeper.rewrap(row.kek_version, row.wrapped_key, row.id) }];
      } catch (error) {
        if (error instanceof KeyMismatch) return [];
        throw error;
      }
    });
    await store.putRewrapped(database, table, version, anew);
    if (!(await rest(performance.now() - began))) return false;
  }
}

/** Waits after a piece of work that took `tookMs` milliseconds; false ends the work. */
export type Rest = (tookMs: number) => Promise<boolean>;

/** How long a process that learns late of a new version may still wrap by the older one, in milliseconds. */
const SETTLES_MS = 300_000;

export interface Rotation {
  /** Milliseconds since the epoch. */
  now: number;
  rest: Rest;
  record: Record<{ version: number; former: number[] }>;
  settlesMs?: number;
}

/**
 * Rewraps what older versions wrapped, and retires those versions once nothing is left. Returns true when none is left to retire, also if there was
 * nothing to do.
 */
export async function rewrap(
  database: Database,
  vault: Vault,
  { now, rest, record, settlesMs = SETTLES_MS }: Rotation,
): Promise<boolean> {
  const { version } = vault.keeper;
  const former = (await store.keyRows(database)).filter((row) => row.version < version && row.retired_at === null);
  if (former.length === 0) return true;
  const tables = await store.keyTables(database);
  for (const table of tables) if (!(await rewrapIn(database, vault, table, rest))) return false;
  const index = (await store.indexKeyRow(database))!;
  if (index.kek_version < version) {
    const anew = vault.keeper.rewrap(index.kek_version, index.wrapped_key, INDEX_KEY_OWNER);
    await store.putIndexKey(database, version, index.wrapped_key, anew);
  }
  if (!(await store.isSettled(database, version, settlesMs))) return false;
  return database.transaction(async (tx) => {
    if ([...(await store.wrappedBy(tx)).keys()].some((by) => by < version)) return false;
    const retired = await store.retireBefore(tx, version, new Date(now));
    if (retired.length === 0) return true;
    for (const table of tables) await store.noteRewrapped(tx, table);
    await record(tx, { version, former: retired });
    return true;
  });
}

/** A version of the KEK, and how many keys it wraps. */
export interface KeyVersion {
  version: number;
  since: Date;
  /** When the version was retired, as it wrapped nothing any more. */
  retired: Date | null;
  wraps: number;
}

/** All versions, newest first, and the version that waits for its copy. */
export async function keyVersions(
  database: Database,
  folder: string,
): Promise<{ versions: KeyVersion[]; waiting: number | null }> {
  const [rows, wraps] = [await store.keyRows(database), await store.wrappedBy(database)];
  const versions = rows.map(({ version, created_at: since, retired_at: retired }) => ({
    version,
    since,
    retired,
    wraps: wraps.get(version) ?? 0,
  }));
  return { versions: versions.toReversed(), waiting: waitingKey(folder) };
}
