// A connection that listens for notices and finds out when the database stops answering. TCP alone would take a quarter of an hour to report that.

import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Links } from './reach.ts';

const ASK_EVERY_MS = 2_000;
/** A database that does not answer within this time counts as silent. */
const ANSWER_WITHIN_MS = 5_000;
/** A silent database counts as gone after this time without a new connection. */
const GONE_AFTER_MS = 15_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** Waits for an answer; calls `silent` when it failed only after ANSWER_WITHIN_MS. */
async function answered(answer: Promise<unknown>, silent: () => void): Promise<void> {
  const from = performance.now();
  try {
    await answer;
  } catch (error) {
    if (performance.now() - from >= ANSWER_WITHIN_MS) silent();
    throw error;
  }
}

/** Prepares a new connection. */
export type Enter = (client: pg.Client) => Promise<void>;

interface Listening {
  channel: string;
  heard: (payload: string) => void;
  enter: Enter | undefined;
}

/** Opens a listening connection, until `over`. `lost` resolves when the connection has ended or no longer answers, which TCP does not report. */
async function openListener(
  config: pg.ClientConfig,
  { channel, heard, enter }: Listening,
  silent: () => void,
  over: AbortSignal,
): Promise<{ lost: Promise<void> }> {
  over.throwIfAborted();
  const socket = new net.Socket();
  // An orderly close would wait for the other side, which may be gone.
  const end = (): void => void socket.destroy();
  const limits = { connectionTimeoutMillis: ANSWER_WITHIN_MS, query_timeout: ANSWER_WITHIN_MS };
  const client = new pg.Client({ ...config, ...limits, stream: () => socket });
  client.on('notification', (message) => heard(message.payload ?? ''));
  client.on('error', () => undefined);
  const lost = new Promise<void>((resolve) => client.once('end', resolve));
  over.addEventListener('abort', end);
  void lost.then(() => over.removeEventListener('abort', end));
  // Repeating LISTEN changes nothing, and its answer shows that the connection still carries notices.
  const listen = (): Promise<unknown> => client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
  try {
    await answered(
      client
        .connect()
        .then(() => enter?.(client))
        .then(listen),
      silent,
    );
  } catch (error) {
    end();
    throw error;
  }
  const ask = async (): Promise<never> => {
    for (;;) {
      await sleep(ASK_EVERY_MS, undefined, { ref: false });
      await answered(listen(), silent);
    }
  };
  ask().catch(end);
  return { lost };
}

/**
 * Keeps one listening connection open, replacing it when it is lost. Returns the function that ends it. `forsake` drops other connections to the
 * same database: the idle ones when this connection went silent, and all when no new one can be made without an error that says why.
 */
export async function keepListening(
  config: pg.ClientConfig,
  listening: Listening,
  forsake: (links: Links) => void,
): Promise<() => Promise<void>> {
  const ending = new AbortController();
  const { signal } = ending;
  let silentSince: number | undefined;
  const silent = (): void => {
    silentSince ??= performance.now();
    forsake(performance.now() - silentSince < GONE_AFTER_MS ? 'idle' : 'all');
  };
  const open = async (): Promise<{ lost: Promise<void> }> => {
    const opened = await openListener(config, listening, silent, signal);
    silentSince = undefined;
    return opened;
  };
  const reopen = async (): Promise<{ lost: Promise<void> }> => {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      await sleep(pause, undefined, { signal, ref: false });
      const opened = await open().catch(() => null);
      if (opened) return opened;
    }
  };
  const keep = async (listener: { lost: Promise<void> }): Promise<void> => {
    for (let { lost } = listener; ; listening.heard('')) {
      await lost;
      ({ lost } = await reopen());
    }
  };
  // The loop ends only by the abort.
  const kept = keep(await open()).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return async () => {
    ending.abort();
    await kept;
  };
}
