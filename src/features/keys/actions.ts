// Going over to a new key of the vault while the office works: as soon as its file is there, and in each round a part of what older keys wrapped.

import { setTimeout as sleep } from 'node:timers/promises';
import { append, logEntry } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import { keepRounds, reporting, type Rounds } from '../../platform/rounds.ts';
import { StartProblem } from '../../platform/start-problem.ts';
import { adoptKeys, keyVersions, rewrap, type Rest } from '../../vault/index.ts';

/** Goes over to a new key where there is one. The first key is the beginning of the vault, not a change of it. */
const adopt = ({ config, clock, database, vault }: Office): Promise<void> =>
  adoptKeys(database, vault, config.keysFolder, (tx, version) =>
    append(tx, logEntry(clock.now(), { kind: 'sekisho' }, 'keys:replace', { version })),
  );

/**
 * Goes over to a new key where there is one, wraps anew what older ones wrapped, and retires those once nothing is left. Answers whether nothing of that
 * remains to be done. `settlesMs`: see `rewrap`.
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

/** Where the keys stand. */
export const keysOf = ({ config, database }: Office) => keyVersions(database, config.keysFolder);

/** Within which a new key is found. */
const PAUSE_MS = 60_000;

/** Half of the time is left to others. */
const restingUntil =
  (stopping: AbortSignal): Rest =>
  async (tookMs) => {
    await sleep(tookMs, undefined, { signal: stopping }).catch(() => undefined);
    return !stopping.aborted;
  };

/** Keeps going over to new keys. The operator hears what is wrong with a file of theirs. */
export const keepKeys = (office: Office, report: (line: string) => void): Rounds => {
  const failed = reporting(report, 'keys');
  return keepRounds(
    (signal) => goOver(office, restingUntil(signal)),
    PAUSE_MS,
    (error) => (error instanceof StartProblem ? report(`keys: ${error.says.en}`) : failed(error)),
  );
};
