// Which processes have the database open. Each holds a lock that they share, from before it migrates until it has closed; a restore takes the same
// lock for itself alone.

import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { StartProblem } from '../start-problem.ts';
import type { Database, Tx } from './database.ts';

const OPEN = 0x5e_41_5e_44;

/** The session of a process that was killed a moment ago takes a while to end. */
const TRIES = 20;
const PAUSE_MS = 50;

/** A process that is frozen asks nothing of its session any more, and does not count for longer than this. */
const FROZEN = '1min';

const restoring = (): StartProblem =>
  new StartProblem(
    'このデータベースで、記録の復元（sekisho restore）が動いています。終わるのを待って、もう一度実行してください。',
    '“sekisho restore” is running on this database. Wait until it has ended, then run this again.',
  );

/** `machines`: their network addresses, without those that the server sees as itself. */
function opened(machines: readonly string[]): StartProblem {
  const [ja, en] = machines.length === 0 ? ['', ''] : [`（${machines.join('、')}）`, ` (${machines.join(', ')})`];
  return new StartProblem(
    `このデータベースで、関所が動いています${ja}。すべてのコンピューターで関所を止めてから、もう一度実行してください。なくなったコンピューターや固まった関所は、1分ほどで数えなくなります。`,
    `Sekisho is running on this database${en}. Stop it on every machine, then run this again. A machine that is gone, or a process that is frozen, no longer counts after about a minute.`,
  );
}

async function whoHolds(owner: Database): Promise<StartProblem> {
  const held = await owner.query<{ mode: string; machine: string | null }>(
    `SELECT DISTINCT mode, host(client_addr) AS machine FROM pg_locks LEFT JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND classid = 0 AND objid = $1 AND granted
       AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
     ORDER BY machine`,
    [OPEN],
  );
  if (held.some(({ mode }) => mode === 'ExclusiveLock')) return restoring();
  return opened(held.flatMap(({ machine }) => machine ?? []));
}

/** Runs `work` in a transaction while no process has the database open. Throws StartProblem when one has. */
export async function whileClosed<T>(owner: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let i = 0; i < TRIES; i++) {
    const done = await owner.alone(OPEN, async (tx) => ({ value: await work(tx) }));
    if (done) return done.value;
    await sleep(PAUSE_MS);
  }
  throw await whoHolds(owner);
}

async function join(client: pg.Client): Promise<boolean> {
  await client.query(`SET idle_session_timeout = '${FROZEN}'`);
  for (let i = 0; i < TRIES; i++) {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock_shared($1) AS held', [OPEN]);
    if (rows[0]!.held) return true;
    await sleep(PAUSE_MS);
  }
  return false;
}

/**
 * Counts this process among those that have the database open, until the database is closed. Throws StartProblem while a restore is running. The
 * answer resolves when the connection was lost and a restore has begun before another one could be made: then this process must not go on.
 */
export async function keepPresence(database: Database): Promise<{ ousted: Promise<StartProblem> }> {
  let oust: (problem: StartProblem) => void;
  const ousted = new Promise<StartProblem>((resolve) => {
    oust = resolve;
  });
  const enter = async (client: pg.Client): Promise<void> => {
    if (await join(client)) return;
    const problem = restoring();
    oust(problem);
    throw problem;
  };
  await database.listen('open', () => undefined, enter);
  return { ousted };
}
