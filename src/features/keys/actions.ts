// Replaces the key of the vault while the office works: adopts a new key as soon as its file is there, and each round rewraps a part of what older
// keys wrapped.

import { setTimeout as sleep } from 'node:timers/promises';
import { append, logEntry } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import { keepRounds, reporting, type Rounds } from '../../platform/rounds.ts';
import { StartProblem } from '../../platform/start-problem.ts';
import { adoptKeys, keyVersions, rewrap, type Rest } from '../../vault/index.ts';

/** Adopts a new key where there is one. The first key begins the vault and is not logged as a replacement. */
const adopt = ({ config, clock, database, vault }: Office): Promise<void> =>
  adoptKeys(database, vault, config.keysFolder, (tx, version) =>
    append(tx, logEntry(clock.now(), { kind: 'sekisho' }, 'keys:replace', { version })),
  );

/**
 * Adopts a new key where there is one, rewraps what older ones wrapped, and retires those once nothing is left. True when nothing of that remains to
 * be done. `settlesMs`: see `rewrap`.
 */
export async function goOver(office: Office, rest: Rest, settlesMs?: number): Promise<boolean> {
  await adopt(office);
  const { clock, database, vault } = office;
  const now = clock.now();
  return rewrap(database, vault, {
    now,
    rest,
    ...(settlesMs === undefined ? {} : { settlesMs }),
    record: (tx, { version, former }) =>
      append(tx, logEntry(now, { kind: 'sekisho' }, 'keys:retire', { version, former })),
  });
}

/** The versions of the key, with how much each wraps. */
export const keysOf = ({ config, database }: Office) => keyVersions(database, config.keysFolder);

/** The longest time until a new key file is noticed. */
const PAUSE_MS = 60_000;

/** Rests as long as the last step took, so that half of the time is left to others. */
const restingUntil =
  (stopping: AbortSignal): Rest =>
  async (tookMs) => {
    await sleep(tookMs, undefined, { signal: stopping }).catch(() => undefined);
    return !stopping.aborted;
  };

/** Keeps replacing keys. Reports to the operator what is wrong with a key file. */
export const keepKeys = (office: Office, report: (line: string) => void): Rounds => {
  const failed = reporting(report, 'keys');
  return keepRounds(
    (signal) => goOver(office, restingUntil(signal)),
    PAUSE_MS,
    (error) => (error instanceof StartProblem ? report(`keys: ${error.says.en}`) : failed(error)),
  );
};
