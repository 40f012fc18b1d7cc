// A clock that leaps: nothing is destroyed by its date until an officer confirms the date, and the officers and the operator are told once a day.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clockLeapt, migrationsBefore, testDatabase } from '../../../tests/house.ts';
import { onlyMay, openTestOffice, type TestOffice, type Visitor } from '../../../tests/office.ts';
import { officerOf } from '../../../tests/people.ts';
import { mailServer } from '../../../tests/smtp.ts';
import { day, startOf } from '../../base/day.ts';
import { listEntries, type LogEntry } from '../../log/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { migrate } from '../../platform/database/index.ts';
import type { By } from '../access/index.ts';
import { confirmDate, goOnInTime, keepTime, leapOf, timeReached } from './actions.ts';
import { datePages } from './index.ts';

const BEGAN = '2026-11-27T18:00:00+09:00';

const mail = mailServer();
let house: TestOffice;
let by: By;

beforeAll(async () => {
  house = await openTestOffice((office, access) => datePages({ office, access }), {
    at: BEGAN,
    env: { SEKISHO_SMTP: `smtp://localhost:${await mail.serve()}`, SEKISHO_MAIL_FROM: 'sekisho@example.jp' },
  });
  by = { actor: officerOf(house), authority: ['officer-all-work'] };
});
afterAll(async () => {
  await house.close();
  await mail.close();
});

const goOn = (clock: Clock = house.clock) => goOnInTime({ ...house, office: { ...house.office, clock } });
const newest = async (): Promise<LogEntry> => (await listEntries(house.office.database, { most: 1 }))[0]!.entry;
const letters = async (): Promise<string[]> =>
  (await house.db.owner.query<{ about: string }>('SELECT about FROM mail_outbox ORDER BY id', [])).map(
    ({ about }) => about,
  );

beforeEach(async () => {
  await clockLeapt(house.db, null);
  await house.db.owner.query('DELETE FROM mail_outbox', []);
  house.clock.moveTo(BEGAN);
  await goOn();
});

/** Sets the clock to each of these days and returns the day of `timeReached` then. */
async function reachedOn(days: readonly string[]): Promise<string[]> {
  const times: string[] = [];
  for (const one of days) {
    house.clock.moveTo(`${one}T09:00:00+09:00`);
    await goOn();
    times.push(new Date((await timeReached(house.office)) + 9 * 3_600_000).toISOString().slice(0, 10));
  }
  return times;
}

describe('what is over', () => {
  test('is so by the clock while it goes on, over a weekend and five days at once', async () => {
    const days = ['2026-11-28', '2026-11-30', '2026-12-05', '2026-12-06'];
    expect(await reachedOn(days)).toEqual(days);
    expect(await leapOf(house.office)).toBeNull();
    expect(await letters()).toEqual([]);
  });

  test('stays at the day before a leap, however long the clock goes on from there, and is right again with the clock', async () => {
    const ahead = ['2027-11-28', '2027-11-29', '2027-12-30'];
    expect(await reachedOn(ahead)).toEqual(['2026-11-27', '2026-11-27', '2026-11-27']);
    expect(await leapOf(house.office)).toEqual({ from: '2026-11-27', to: '2027-12-30' });
    expect(await reachedOn(['2026-11-29', '2026-12-03'])).toEqual(['2026-11-29', '2026-12-03']);
    expect(await leapOf(house.office)).toBeNull();
  });

  test('is a leap from the first moment after five days', async () => {
    house.clock.moveTo('2026-12-02T18:00:00.000+09:00');
    expect(await leapOf(house.office)).toBeNull();
    house.clock.moveTo('2026-12-02T18:00:00.001+09:00');
    expect(await leapOf(house.office)).toEqual({ from: '2026-11-27', to: '2026-12-02' });
  });

  test('is not put off by a clock that starts in the past, as without its battery', async () => {
    expect(await reachedOn(['2020-01-01', '2026-11-28'])).toEqual(['2020-01-01', '2026-11-28']);
    expect(await leapOf(house.office)).toBeNull();
  });

  test('goes by one process whose clock is right beside one whose clock is not', async () => {
    const ahead = { now: () => startOf(day('2027-11-28')), today: () => day('2027-11-28') };
    await goOn(ahead);
    expect(await timeReached({ ...house.office, clock: ahead })).toBe(Date.parse(BEGAN));
    expect(await reachedOn(['2026-11-28'])).toEqual(['2026-11-28']);
    expect(await timeReached({ ...house.office, clock: ahead })).toBe(Date.parse('2026-11-28T09:00:00+09:00'));
  });
});

test('the officers and the operator hear of a leap once a day', async () => {
  house.clock.moveTo('2027-11-28T09:00:00+09:00');
  expect(await goOn()).toEqual({ from: '2026-11-27', to: '2027-11-28' });
  house.clock.moveTo('2027-11-29T08:59:59+09:00');
  expect(await goOn()).toBeNull();
  expect(await letters()).toEqual(['2026年11月27日から2027年11月28日へ']);
  expect(await newest()).toMatchObject({
    action: 'date:leap',
    actor: 'sekisho',
    day_before: '2026-11-27',
    day: '2027-11-28',
  });
  // The clock is set right, and goes wrong in another way within the day.
  house.clock.moveTo('2026-11-28T09:00:00+09:00');
  await goOn();
  house.clock.moveTo('2028-01-01T09:00:00+09:00');
  const lines: string[] = [];
  const rounds = keepTime(house, (line) => lines.push(line));
  await expect
    .poll(() => lines)
    .toEqual([
      'clock went from 2026-11-28 to 2028-01-01 at once: nothing is erased by date until an officer confirms it at /date',
    ]);
  await rounds.stop();
  expect(await letters()).toHaveLength(2);
  house.clock.moveTo('2028-01-02T09:00:01+09:00');
  expect(await goOn()).toEqual({ from: '2026-11-28', to: '2028-01-02' });
});

test('those who may confirm the date hear of a leap, whatever their role', async () => {
  house.clock.moveTo('2027-11-28T09:00:00+09:00');
  await goOnInTime(onlyMay(house, 'auditor', 'date:confirm'));
  while (await house.office.mail.sendNext());
  expect(mail.received.map(({ to }) => to.join())).toEqual(['auditor@example.jp']);
});

describe('an officer says that the date is right', () => {
  const AT = '2027-01-12T23:59:00+09:00';
  let visitor: Visitor;
  beforeEach(async () => {
    house.clock.moveTo(AT);
    visitor = await house.visitor('officer', 'en');
  });

  test('and what is over is so by the clock again, with an entry', async () => {
    const asked = await (await visitor.get('/date')).text();
    for (const says of ['27 November 2026', 'Today is 12 January 2027', 'cannot be brought back'])
      expect(asked).toContain(says);
    const answer = await visitor.post('/date', { date: '2027-01-12' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/date?done=confirmed']);
    expect(await newest()).toMatchObject({
      action: 'date:confirm',
      actor: `staff:${house.staff.officer}`,
      authority: ['officer-all-work'],
      day_before: '2026-11-27',
      day: '2027-01-12',
    });
    expect(await timeReached(house.office)).toBe(Date.parse(AT));
    expect(await (await visitor.get('/date?done=confirmed')).text()).toContain('The date is confirmed');
    // The next leap is told like the first.
    house.clock.moveTo('2028-01-12T09:00:00+09:00');
    expect(await goOn()).toEqual({ from: '2027-01-12', to: '2028-01-12' });
  });

  test('of the day they read, and of no other', async () => {
    await visitor.get('/date');
    house.clock.moveTo('2027-01-13T00:00:00+09:00');
    const answer = await visitor.post('/date', { date: '2027-01-12' });
    expect(answer.status).toBe(409);
    const text = await answer.text();
    for (const says of ['has changed since you opened the page', 'Today is 13 January 2027'])
      expect(text).toContain(says);
    expect(await timeReached(house.office)).toBe(Date.parse(BEGAN));
  });

  test('once: of two at the same moment the second is told', async () => {
    const both = await Promise.all([1, 2].map(() => confirmDate(house.office, by, '2027-01-12')));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ problem: { kind: 'conflict', field: 'date' } });
  });

  test.each(['desk', 'auditor', 'reception'] as const)('and nobody else does: %s', async (role) => {
    expect((await (await house.visitor(role)).get('/date')).status).toBe(403);
  });
});

test('an office that is older begins where it last checked its log', async () => {
  const before = await migrationsBefore('2026-12-05-m-date.sql');
  const old = await testDatabase({ migrations: before });
  await old.owner.query(
    "INSERT INTO log_verifications (at, whole, size, ok) VALUES ('2026-11-20T00:00:00Z', true, 0, true), ('2026-11-21T00:00:00Z', false, 0, true)",
    [],
  );
  await migrate(old.owner, 'migrations');
  expect(
    await old.app.query("SELECT at::timestamptz(0) = '2026-11-21T00:00:00Z' AS there, told_at FROM time_reached", []),
  ).toEqual([{ there: true, told_at: null }]);
  await old.drop();
});
