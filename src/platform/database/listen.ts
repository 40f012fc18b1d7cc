// A connection that listens for notices, and that finds out when the database says nothing any more: as long as nobody answers, TCP would let
// whoever waits wait for a quarter of an hour.

import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Links } from './reach.ts';

const ASK_EVERY_MS = 2_000;
/** A database that says nothing for as long is not there. */
const ANSWER_WITHIN_MS = 5_000;
/** For as long no new connection was to be had either, of a database that says nothing. */
const GONE_AFTER_MS = 15_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** Waits for an answer; `silent` hears where none came in time. */
async function answered(answer: Promise<unknown>, silent: () => void): Promise<void> {
  const from = performance.now();
  try {
    await answer;
  } catch (error) {
    if (performance.now() - from >= ANSWER_WITHIN_MS) silent();
    throw error;
  }
}

/** Opens a connection that listens, until `over`. `lost` resolves when it has ended, or when its link went silent, of which nobody tells us. */
async function openListener(
  config: pg.ClientConfig,
  channel: string,
  heard: (payload: string) => void,
  silent: () => void,
  over: AbortSignal,
): Promise<{ lost: Promise<void> }> {
  over.throwIfAborted();
  const socket = new net.Socket();
  // An orderly farewell waits for the other side, which may be gone.
  const end = (): void => void socket.destroy();
  const limits = { connectionTimeoutMillis: ANSWER_WITHIN_MS, query_timeout: ANSWER_WITHIN_MS };
  const client = new pg.Client({ ...config, ...limits, stream: () => socket });
  client.on('notification', (message) => heard(message.payload ?? ''));
  client.on('error', () => undefined);
  const lost = new Promise<void>((resolve) => client.once('end', resolve));
  over.addEventListener('abort', end);
  void lost.then(() => over.removeEventListener('abort', end));
  // Repeated, it changes nothing, and its answer shows that the connection still carries notices.
  const listen = (): Promise<unknown> => client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
  try {
    await answered(client.connect().then(listen), silent);
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
 * One connection that listens at a time, opened anew when it is lost. Returns what ends it. `forsake` gives up the other links to the same database:
 * those that nobody uses, when this one went silent; all, when no other is to be had and nobody says why.
 */
export async function keepListening(
  config: pg.ClientConfig,
  channel: string,
  heard: (payload: string) => void,
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
    const opened = await openListener(config, channel, heard, silent, signal);
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
    for (let { lost } = listener; ; heard('')) {
      await lost;
      ({ lost } = await reopen());
    }
  };
  // Nothing but its end leaves the loop.
  const kept = keep(await open()).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return async () => {
    ending.abort();
    await kept;
  };
}
