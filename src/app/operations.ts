// Endpoints for monitoring the server.

import { setTimeout as sleep } from 'node:timers/promises';
import { daysBetween } from '../base/day.ts';
import { lawLastDay } from '../law/index.ts';
import { lastCheck, lastCheckpoint, waitingSince } from '../log/index.ts';
import { sharedReading, type Office } from '../office.ts';
import { plain, type Route } from '../platform/http/index.ts';

/** True when the database answers. Concurrent probes share one query, so that they never use up its connections. */
const databaseAnswers = sharedReading(({ database }) =>
  database.query('SELECT 1', []).then(
    () => true,
    () => false,
  ),
);

const READY_WITHIN_MS = 2_000;

/** A metric for Prometheus. Public, because none says more than the public log does. */
type Figure = readonly [name: string, type: 'gauge' | 'counter', value: number];

function processFigures(office: Office): Figure[] {
  const cpu = process.cpuUsage();
  return [
    ['sekisho_up_seconds', 'gauge', Math.round((performance.now() - office.opened) / 1000)],
    ['process_resident_memory_bytes', 'gauge', process.memoryUsage.rss()],
    ['process_cpu_seconds_total', 'counter', (cpu.user + cpu.system) / 1e6],
    ['sekisho_law_data_days', 'gauge', daysBetween(office.clock.today(), lawLastDay)],
  ];
}

/** The size of the log, how long the oldest entry has waited to be integrated, and the result and age of the last verification. */
const logFigures = sharedReading(async ({ database, clock }): Promise<Figure[]> => {
  const [head, waiting, last] = [
    await lastCheckpoint(database),
    await waitingSince(database),
    await lastCheck(database),
  ];
  const since = (at: Date): number => Math.max(0, Math.round((clock.now() - at.getTime()) / 1000));
  return [
    ['sekisho_log_entries', 'gauge', head?.size ?? 0],
    ['sekisho_log_waiting_seconds', 'gauge', waiting ? since(waiting) : 0],
    ...(last
      ? ([
          ['sekisho_log_intact', 'gauge', last.check.ok ? 1 : 0],
          ['sekisho_log_checked_seconds', 'gauge', since(last.at)],
        ] as const)
      : []),
  ];
});

export const operations = (office: Office): Route[] => [
  plain('/healthz', 'public', (c) => c.text('ok')),
  plain('/readyz', 'public', async (c) => {
    const late = sleep(READY_WITHIN_MS, false, { ref: false });
    return (await Promise.race([databaseAnswers(office), late])) ? c.text('ready') : c.text('not ready', 503);
  }),
  plain('/metrics', 'public', async (c) => {
    const late = sleep(READY_WITHIN_MS, null, { ref: false });
    const log = await Promise.race([logFigures(office).catch(() => null), late]);
    const figures = [...processFigures(office), ['sekisho_database_up', 'gauge', log ? 1 : 0] as const, ...(log ?? [])];
    const text = figures.map(([name, type, value]) => `# TYPE ${name} ${type}\n${name} ${value}\n`).join('');
    return c.body(text, 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  }),
];
