// The metrics by which an operator watches the office: figures of the process, of the database and of the log, and nothing about anybody.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { standingClock } from '../../src/platform/clock.ts';
import { lastCheck, lastCheckpoint } from '../../src/log/index.ts';
import { openServer, type TestServer } from '../server.ts';

const clock = standingClock('2026-12-07T09:00:00+09:00');
let server: TestServer;
beforeAll(async () => {
  server = await openServer({ clock });
});
afterAll(() => server.close());

/** The figures by name. Each must be preceded by a line that says what it counts. */
async function figures(): Promise<Record<string, number>> {
  const answer = await server.fetch('/metrics');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  const lines = (await answer.text()).trimEnd().split('\n');
  const read: Record<string, number> = {};
  for (const [i, line] of lines.entries()) {
    if (line.startsWith('#')) continue;
    const [name, value] = line.split(' ');
    expect(lines[i - 1]).toMatch(new RegExp(`^# TYPE ${name} (gauge|counter)$`));
    read[name!] = Number(value);
  }
  return read;
}

test('says that the log is whole and how far it has come, and that it is not once a check finds so', async () => {
  const { database } = server.office;
  await expect.poll(async () => (await lastCheck(database))?.check.ok).toBe(true);
  await expect.poll(async () => (await figures()).sekisho_log_waiting_seconds).toBe(0);
  const checkpoint = (await lastCheckpoint(database))!;
  const found = await figures();
  expect(found).toMatchObject({ sekisho_database_up: 1, sekisho_log_intact: 1, sekisho_log_checked_seconds: 0 });
  expect(found.sekisho_log_entries).toBe(checkpoint.size);
  expect(found.process_resident_memory_bytes).toBeGreaterThan(1e6);
  await server.db.owner.query(
    `INSERT INTO log_verifications (at, whole, size, ok, part, position) VALUES ($1, true, 1, false, 'leaf', 0)`,
    [new Date(clock.now() - 90_000)],
  );
  const damaged = await figures();
  expect(damaged).toMatchObject({ sekisho_log_intact: 0, sekisho_log_checked_seconds: 90 });
});

test('the foot of a page says on which day the log was checked, where that is not today', async () => {
  const foot = async (at: string, lang: string): Promise<string> => {
    clock.moveTo(at);
    const { cookie } = await server.session('auditor');
    const page = await (await server.fetch(`/account?lang=${lang}`, { headers: { cookie } })).text();
    return /(?:記録の検証|Log checked) [^<]*/.exec(page.slice(page.indexOf('<footer')))![0];
  };
  expect(await foot('2026-12-07T12:00:00+09:00', 'ja')).toBe('記録の検証 8:58 不一致');
  expect(await foot('2026-12-08T12:00:00+09:00', 'ja')).toBe('記録の検証 12月7日 8:58 不一致');
  expect(await foot('2027-01-05T12:00:00+09:00', 'ja')).toBe('記録の検証 2026年12月7日 8:58 不一致');
  expect(await foot('2027-01-05T13:00:00+09:00', 'en')).toBe('Log checked 7 December 2026 8:58: does not agree');
});

test('says how many days the law data still lasts', async () => {
  for (const [on, days] of [
    ['2028-07-15', 1],
    ['2028-07-16', 0],
    ['2028-07-18', -2],
  ] as const) {
    clock.moveTo(`${on}T09:00:00+09:00`);
    expect(await figures()).toMatchObject({ sekisho_law_data_days: days });
  }
});

test('a start says so to the operator from half a year before', async () => {
  const law = async (on: string): Promise<string[]> => {
    const started = await openServer({ clock: standingClock(`${on}T09:00:00+09:00`) });
    await started.close();
    return started.reported.filter((line) => line.startsWith('law data'));
  };
  const says = 'nothing is answered after that day. Put in a newer version of Sekisho';
  expect(await law('2028-01-15')).toEqual([]);
  expect(await law('2028-01-16')).toEqual([`law data ends on 2028-07-16: ${says}`]);
  expect(await law('2028-07-17')).toEqual([`law data ended on 2028-07-16: ${says}`]);
});

test('without its database it still answers, and says so', async () => {
  await server.office.database.close();
  const found = await figures();
  expect(Object.keys(found)).toEqual([
    'sekisho_up_seconds',
    'process_resident_memory_bytes',
    'process_cpu_seconds_total',
    'sekisho_law_data_days',
    'sekisho_database_up',
  ]);
  expect(found.sekisho_database_up).toBe(0);
});
