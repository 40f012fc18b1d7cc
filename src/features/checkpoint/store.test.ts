// What persons were told, for people acquired and read many times: every reading is judged as if it were the only one, and a person's acquisitions
// are not scanned again for each of their readings.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowsVisited, testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { newId } from '../../base/id.ts';
import type { Queryable } from '../../platform/database/index.ts';
import { BEGINNING, classesOfEntries } from './store.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const person = newId(0);
const holding = newId(1);
const DAY_MS = 86_400_000;
const atDay = (day: number): Date => new Date(Date.UTC(2026, 0, 1) + day * DAY_MS);

interface Acquired {
  day: number;
  purposes: string[];
  items: string[];
}

const acquired: Acquired[] = [
  { day: 1, purposes: ['P1', 'P3'], items: ['name', 'email'] },
  { day: 2, purposes: ['P1'], items: ['phone'] },
  { day: 3, purposes: ['P1', 'P3'], items: ['name', 'email'] },
  { day: 4, purposes: ['P2'], items: ['name'] },
  { day: 5, purposes: ['P3', 'P1'], items: ['phone', 'address'] },
  { day: 6, purposes: ['P2', 'P3'], items: ['email', 'address', 'phone'] },
];

const acquire = (all: readonly Acquired[], of = person): Promise<unknown> =>
  db.owner.query(
    `INSERT INTO acquisitions (id, principal_id, holding_id, at, actor, channel, source, purposes, items, because, duties, law_version, policy_version)
     SELECT gen_random_uuid(), $1, $2, r.at, 'sekisho', 'oral', 'principal', r.purposes, r.items, '{}', '[]', '2026-11-24', 1
     FROM jsonb_to_recordset($3::jsonb) AS r(at timestamptz, purposes text[], items text[])`,
    [of, holding, JSON.stringify(all.map(({ day, purposes, items }) => ({ at: atDay(day), purposes, items })))],
  );

const read = (all: readonly { day: number; purpose: string; items: string[] }[], of = person): Promise<unknown> =>
  db.owner.query(
    `INSERT INTO log_entries (id, at, action, actor, principal_id, entry)
     SELECT gen_random_uuid(), r.at, 'people:use', 'staff:a', $1, r.entry
     FROM jsonb_to_recordset($2::jsonb) AS r(at timestamptz, entry text)`,
    [
      of,
      JSON.stringify(
        all.map(({ day, purpose, items }) => ({
          at: atDay(day),
          entry: JSON.stringify({ authority: ['all'], holding, items, purpose }),
        })),
      ),
    ],
  );

const actions = { readings: ['people:use'], others: [] };
const everything = { start: BEGINNING, end: BEGINNING };

/** The rule for one reading, in plain code. */
function isTold(reading: { day: number; purpose: string; items: string[] }): boolean {
  const until = acquired.filter(({ day }) => day <= reading.day);
  const serving = until.filter(({ purposes }) => purposes.includes(reading.purpose));
  const isServed = (item: string): boolean =>
    serving.some(({ items }) => items.includes(item)) || !until.some(({ items }) => items.includes(item));
  return serving.length > 0 && reading.items.every(isServed);
}

test('each reading is judged by what the person had been told until then, of each item', async () => {
  await acquire(acquired);
  const chosen = [['name'], ['email'], ['phone'], ['address'], ['name', 'phone'], ['email', 'address'], ['note']];
  const days = [0, 1, 2, 3, 4, 5, 6, 7];
  const readings = chosen.flatMap((items) =>
    ['P1', 'P2', 'P3', 'P4'].flatMap((purpose) => days.map((day) => ({ day, purpose, items }))),
  );
  await read(readings);
  const found = (await classesOfEntries(db.app, actions, everything)).map(({ items, purpose, untold, n }) => [
    `${items} ${purpose} ${untold ? 'untold' : 'told'}`,
    n,
  ]);
  const expected: Record<string, number> = {};
  for (const one of readings) {
    const alike = `${JSON.stringify(one.items)} ${one.purpose} ${isTold(one) ? 'told' : 'untold'}`;
    expected[alike] = (expected[alike] ?? 0) + 1;
  }
  expect(Object.fromEntries(found)).toEqual(expected);
  expect(Object.keys(expected).length).toBeGreaterThan(40);
});

test('whoever was acquired forty times and read three hundred has each acquisition looked at once', async () => {
  const often = newId(2);
  const many = { purposes: ['P1'], items: ['name'] };
  await acquire(
    Array.from({ length: 40 }, (_, day) => ({ ...many, day })),
    often,
  );
  await read(
    Array.from({ length: 300 }, () => ({ day: 50, purpose: 'P1', items: ['name'] })),
    often,
  );
  const acquisitions = 40 + acquired.length;
  const looks = (on: Queryable) => classesOfEntries(on, actions, everything);
  expect(await rowsVisited(db, 'acquisitions', looks)).toBeLessThanOrEqual(acquisitions);
});
