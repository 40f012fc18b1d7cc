// Look-ups in very large tables do not read all rows. This is checked by the plans of the statements, never by a clock.

import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../src/base/actor.ts';
import { day } from '../src/base/day.ts';
import { newId } from '../src/base/id.ts';
import { actorNames, addFictionalStaff, loadAccessPolicies, openAccess } from '../src/features/access/index.ts';
import type { AccessPolicies } from '../src/features/access/facts/policies.ts';
import { listRecords } from '../src/features/acquisition/store.ts';
import { oneReader, readers } from '../src/features/audit/actions/readers.ts';
import { openCases } from '../src/features/desk/actions/cases.ts';
import { deskProvers, requestsToDecide } from '../src/features/desk/index.ts';
import { eventsBetween } from '../src/features/desk/store/events.ts';
import { listRequests, type RequestQuery } from '../src/features/desk/store/lists.ts';
import { holdingsOf, peopleHeld } from '../src/features/ledger/actions.ts';
import { recipientNames } from '../src/features/recipients/index.ts';
import type { Office } from '../src/office.ts';
import { standingConsents } from '../src/features/consent/index.ts';
import { packagesTo } from '../src/features/provision/store/packages.ts';
import { listProvisions } from '../src/features/provision/store/provisions.ts';
import { listRecords as listProvisionRecords } from '../src/features/provision/store/records.ts';
import { admitPeople } from '../src/features/provision/store/screening.ts';
import { clerkNames } from '../src/features/desk/pages/sheet.tsx';
import { policyInForce, promiseBoard, promiseTrend } from '../src/features/policy/index.ts';
import {
  append,
  entriesWithin,
  lastCheckpoint,
  listEntries,
  logEntry,
  lossesOf,
  RESTORED,
  restoredAt,
  vkeyOf,
} from '../src/log/index.ts';
import { frontierAt } from '../src/log/integrate.ts';
import { restoredText } from '../src/log/lost.ts';
import { foldRoots } from '../src/log/merkle.ts';
import { signText } from '../src/log/sign.ts';
import { isAnyToPlace } from '../src/log/store.ts';
import { heldIn } from '../src/vault/index.ts';
import type { Database } from '../src/platform/database/index.ts';
import { pairsRefused, rowsVisited, signAll, testDatabase } from './house.ts';
import { openTestOffice, type TestOffice } from './office.ts';

const password = 'tsuki-no-hikari-7';
const MANY = 5_000;
/** The most rows that a page of fifty entries, or of five days with a change each hour, may read. */
const FEW = 600;

let house: TestOffice;
beforeAll(async () => {
  house = await openTestOffice(() => [], { at: '2026-11-24T10:00:00+09:00' });
});
afterAll(() => house.close());

test('an action that is rare in the log', async () => {
  const { owner } = house.db;
  await owner.query(
    `INSERT INTO log_entries (id, at, action, actor, entry)
     SELECT gen_random_uuid(), now(), CASE WHEN i < 3 THEN 'people:erase' ELSE 'people:use' END, 'sekisho', '{}' FROM generate_series(1, ${MANY}) i`,
    [],
  );
  await owner.query('ANALYZE log_entries', []);
  const rare = await rowsVisited(house.db, 'log_entries', async (on) => {
    expect(await listEntries(on, { actions: ['people:erase'], most: 51 })).toHaveLength(2);
  });
  expect(rare).toBeLessThan(FEW);
  const usual = await rowsVisited(house.db, 'log_entries', (on) =>
    listEntries(on, { actions: ['people:use'], most: 51 }),
  );
  expect(usual).toBeLessThan(FEW);
});

test('the last entry of several actions that are rare, or that nobody ever did', async () => {
  const { owner } = house.db;
  const many = 4 * MANY;
  // So many kinds of actions that the planner knows of most only that they are rare.
  await owner.query(
    `INSERT INTO log_entries (id, at, action, actor, entry)
     SELECT gen_random_uuid(), now(), 'test:' || CASE WHEN i <= 6 THEN 'rare-' || i % 2 WHEN i % 4 = 0 THEN 'other-' || i % 1600 ELSE 'usual' END,
            'sekisho', format('{"n":%s}', i) FROM generate_series(1, ${many}) i`,
    [],
  );
  await owner.query('ANALYZE log_entries', []);
  for (const [actions, found] of [
    [['test:rare-0', 'test:rare-1'], [6]],
    [['test:never', 'test:nor-this'], []],
    [['test:rare-1', 'test:usual'], [many - 1]],
    [['test:rare-1', 'test:rare-0', 'test:other-0', 'test:rare-0'], [many - (many % 1600)]],
  ] as const) {
    const visited = await rowsVisited(house.db, 'log_entries', async (on) => {
      expect((await listEntries(on, { actions, most: 1 })).map(({ entry }) => entry.n)).toEqual(found);
    });
    expect(visited, actions.join()).toBeLessThan(FEW);
  }
  const page = await listEntries(owner, { actions: ['test:rare-0', 'test:rare-1', 'test:rare-0'], most: 4 });
  expect(page.map(({ entry }) => entry.n)).toEqual([6, 5, 4, 3]);
  const next = await listEntries(owner, { actions: ['test:rare-0', 'test:rare-1'], most: 4, before: page[1]!.cursor });
  expect(next.map(({ entry }) => entry.n)).toEqual([4, 3, 2, 1]);
});

test('an entry that is not in the tree, where all are', async () => {
  const { owner } = house.db;
  await signAll(owner, house.office.signer);
  await owner.query('ANALYZE log_entries', []);
  const visited = await rowsVisited(house.db, 'log_entries', async (on) => {
    expect(await isAnyToPlace(on)).toBe(false);
  });
  expect(visited).toBeLessThan(FEW);
});

test('when a backup was last restored, where many were', async () => {
  const { db, office, close } = await openTestOffice(() => []);
  const { signer } = office;
  await signAll(db.app, signer);
  const { size } = (await lastCheckpoint(db.app))!;
  const root = foldRoots((await frontierAt(db.app, size))!.roots);
  const times = [1, 2, 3, 4, 5, 6].map((day) => Date.parse(`2026-11-0${day}T10:00:00+09:00`));
  for (const at of times) {
    const entry = logEntry(at, { kind: 'sekisho' }, RESTORED, { here: 0, size });
    const signature = signText(restoredText(signer.name, entry, root), signer);
    await db.app.transaction((tx) => append(tx, { ...entry, signature }));
  }
  const tiles = (ask: (on: Database) => Promise<unknown>): Promise<number> => rowsVisited(db, 'log_tiles', ask);
  const ofOne = await tiles((on) => frontierAt(on, size));
  expect(ofOne).toBeGreaterThan(0);
  const ofLast = await tiles(async (on) => expect(await restoredAt(on, vkeyOf(signer))).toBe(times.at(-1)));
  const ofAll = await tiles(async (on) => expect(await lossesOf(on, vkeyOf(signer))).toHaveLength(times.length));
  expect([ofLast, ofAll]).toEqual([ofOne, ofOne * times.length]);
  await close();
});

test('what became of people, from anywhere in a log of other acts, a few of which are frequent and one was never done', async () => {
  const db = await testDatabase();
  const signer = { name: 'sekisho.example.jp/log', privateKey: generateKeyPairSync('ed25519').privateKey };
  const many = 4 * MANY;
  await db.owner.query(
    `INSERT INTO log_entries (id, at, action, actor, entry)
     SELECT gen_random_uuid(), now(), CASE WHEN i % 10 = 0 THEN 'people:acquire' WHEN i = 3 OR i = ${many} THEN 'people:erase' ELSE 'people:use' END,
            'sekisho', format('{"n":%s}', i) FROM generate_series(1, ${many}) i`,
    [],
  );
  await signAll(db.owner, signer);
  await db.owner.query('ANALYZE log_entries, log_leaves', []);
  const acts = ['people:acquire', 'people:erase', 'people:link'];
  for (const [from, most, found] of [
    [0, 4, [3, 10, 20, 30]],
    [1_234, 2, [1_240, 1_250]],
    [many - 11, 9, [many - 10, many]],
    [many, 9, []],
  ] as const) {
    for (const table of ['log_entries', 'log_leaves'])
      expect(
        await rowsVisited(db, table, async (on) => {
          const page = await entriesWithin(on, acts, { from, to: many, most });
          expect(page.map(({ entry }) => entry.n)).toEqual(found);
          expect(page.map(({ position }) => position)).toEqual(found.map((n) => n - 1));
        }),
        `${table} from ${from}`,
      ).toBeLessThan(FEW);
  }
  await db.drop();
});

test('what one of the staff did, and what was refused or left open, among what systems did and may do', async () => {
  const { owner } = house.db;
  const somebody = `staff:${newId(0)}`;
  const decided = (answer: string): string => `{"action":"refused","decision":{"answer":"${answer}","because":[]}}`;
  await owner.query(
    `INSERT INTO log_entries (id, at, action, actor, entry)
     SELECT gen_random_uuid(), now(), 'people:use', CASE WHEN i < 3 THEN $1 ELSE $2 END,
            CASE WHEN i < 4 THEN $3 WHEN i < 6 THEN $4 ELSE $5 END FROM generate_series(1, ${MANY}) i`,
    [somebody, `system:${newId(0)}`, decided('no'), decided('unknown'), decided('yes')],
  );
  await owner.query('ANALYZE log_entries', []);
  for (const [query, found] of [
    [{ actor: somebody }, 2],
    [{ answer: 'no' }, 3],
    [{ answer: 'unknown' }, 2],
    [{ actor: somebody, answer: 'no' }, 2],
  ] as const) {
    const visited = await rowsVisited(house.db, 'log_entries', async (on) => {
      expect(await listEntries(on, { ...query, most: 51 })).toHaveLength(found);
    });
    expect(visited, JSON.stringify(query)).toBeLessThan(FEW);
  }
});

test('a day that is long over', async () => {
  const { owner } = house.db;
  await owner.query(
    `INSERT INTO log_entries (id, at, action, actor, entry)
     SELECT gen_random_uuid(), timestamptz '2026-01-01' + make_interval(mins => 5 * i), 'people:use', 'sekisho', format('{"pad":"%s"}', repeat('-', 1500)) FROM generate_series(1, ${2 * MANY}) i`,
    [],
  );
  // BRIN summarises which pages hold which days when the table is vacuumed, a hundred pages at a time.
  await owner.query('VACUUM ANALYZE log_entries', []);
  const day = { from: new Date('2026-01-02'), to: new Date('2026-01-03') };
  for (const more of [{}, { actions: ['people:use'] }]) {
    const visited = await rowsVisited(house.db, 'log_entries', async (on) => {
      expect(await listEntries(on, { ...day, ...more, most: 51 })).toHaveLength(51);
    });
    expect(visited).toBeLessThan(FEW);
  }
});

test('a page of a long period, whether it is of all acts, of a rare one or of one person, and the page after it', async () => {
  const { owner } = house.db;
  const principal = newId(1);
  await owner.query(
    `INSERT INTO log_entries (id, at, action, actor, principal_id, entry)
     SELECT gen_random_uuid(), timestamptz '2027-01-01' + make_interval(mins => 5 * i),
            CASE i % 2500 WHEN 0 THEN 'people:provide' ELSE 'people:use' END, 'sekisho',
            CASE i % 500 WHEN 0 THEN $1::uuid END, format('{"items":["phone"],"pad":"%s"}', repeat('-', 1500))
     FROM generate_series(1, ${2 * MANY}) i`,
    [principal],
  );
  await owner.query('VACUUM ANALYZE log_entries', []);
  const weeks = { from: new Date('2027-01-02'), to: new Date('2027-01-30') };
  for (const [query, found] of [
    [{}, 51],
    [{ actions: ['people:use'] }, 51],
    [{ actions: ['people:provide'] }, 3],
    [{ principal }, 16],
    [{ principal, item: 'phone' }, 16],
    [{ principal, item: 'email' }, 0],
  ] as const) {
    let before: string | undefined;
    const visited = await rowsVisited(house.db, 'log_entries', async (on) => {
      const page = await listEntries(on, { ...weeks, ...query, most: 51 });
      expect(page).toHaveLength(found);
      before = page.at(-1)?.cursor;
    });
    expect(visited, JSON.stringify(query)).toBeLessThan(FEW);
    const next = await rowsVisited(house.db, 'log_entries', (on) =>
      listEntries(on, { ...weeks, ...query, most: 51, ...(before ? { before } : {}) }),
    );
    expect(next, JSON.stringify(query)).toBeLessThan(FEW);
  }
});

test('what is to be decided among the open requests of a desk', async () => {
  const { owner } = house.db;
  await owner.query(
    `WITH made AS (
       INSERT INTO requests (id, year, serial, kind, scope, arrived_on, registered_at, by_actor, papers, last, state, stage, principal_ids)
       SELECT gen_random_uuid(), 2026, i, 'disclosure', 'customer', '2026-11-20', now(), 'sekisho', 0, 1, 'open', 'registered', '{}'
       FROM generate_series(1, ${MANY}) i RETURNING id)
     INSERT INTO request_events (request_id, no, event, on_day, at, by_actor, data, entry_id)
     SELECT id, 1, 'registered', '2026-11-20', now(), 'sekisho', $1, gen_random_uuid() FROM made`,
    [
      JSON.stringify({
        form: true,
        kind: 'disclosure',
        lang: 'ja',
        scope: 'customer',
        feeYen: 1000,
        channel: 'letter',
        arrivedOn: '2026-11-20',
      }),
    ],
  );
  await owner.query("UPDATE requests SET decidable = true, stage = 'collected' WHERE serial < 4", []);
  await owner.query('ANALYZE requests', []);
  const decidable = (on: Database) => requestsToDecide({ office: { ...house.office, database: on } });
  expect(await rowsVisited(house.db, 'requests', async (on) => expect(await decidable(on)).toHaveLength(3))).toBe(3);
  for (const list of [decidable, (on: Database) => openCases({ office: { ...house.office, database: on } })])
    expect(await rowsVisited(house.db, 'request_events', list)).toBe(0);
});

test('a page of all requests of a desk, by whatever is rare in it', async () => {
  const { owner } = house.db;
  await owner.query(
    "UPDATE requests SET result = 'absent', state = 'withdrawn', kind = 'erasure' WHERE serial < 4",
    [],
  );
  await owner.query("UPDATE requests SET arrived_on = '2026-10-01' WHERE serial BETWEEN 10 AND 12", []);
  await owner.query('ANALYZE requests', []);
  const page = async (query: Partial<RequestQuery>, most: number): Promise<number> =>
    rowsVisited(house.db, 'requests', async (on) =>
      expect(await listRequests(on, { ...query, most: 31 })).toHaveLength(most),
    );
  expect(await page({}, 31)).toBeLessThan(FEW);
  expect(await page({ kind: 'disclosure', state: 'open' }, 31)).toBeLessThan(FEW);
  for (const query of [
    { result: 'absent' },
    { state: 'withdrawn' },
    { kind: 'erasure' },
    { kind: 'erasure', result: 'absent' },
    { from: day('2026-10-01'), to: day('2026-10-31') },
  ] as const)
    expect(await page(query, 3), JSON.stringify(query)).toBeLessThan(FEW);
  expect(await page({ number: { year: 2026, serial: 7 } }, 1)).toBeLessThan(FEW);
});

test('what changed of one request among those the promises of the desk are about', async () => {
  const { owner } = house.db;
  const office = { ...house.office };
  const [prover] = deskProvers;
  await owner.query("UPDATE requests SET kek_version = 1, wrapped_key = ''", []);
  await owner.query('VACUUM ANALYZE requests, request_events', []);
  // While another test has a transaction open on the same server, later changes are looked at once more.
  const settled = 'SELECT pg_snapshot_xmin(pg_current_snapshot()) > max(changed) AS yes FROM requests';
  while (!(await owner.query<{ yes: boolean }>(settled, []))[0]!.yes) await sleep(10);
  await prover!.prove(office);
  /** The number of rows of a table read after a change. */
  const looked = async (table: string, change: string): Promise<number> => {
    await owner.query(change, []);
    return rowsVisited(house.db, table, async (database) => {
      office.database = database;
      await prover!.prove(office);
    });
  };
  const one = 'WHERE request_id = (SELECT id FROM requests WHERE serial = 7)';
  const change = `UPDATE request_events SET on_day = '2026-11-21' ${one}`;
  expect(await looked('request_events', change)).toBe(1);
  // Found by its own condition, and then read.
  expect(await looked('requests', change)).toBe(2);
});

test('the requests of a month among those of years', async () => {
  const { owner } = house.db;
  await owner.query(
    "UPDATE requests SET state = 'closed', arrived_on = '2026-05-01', closed_on = '2026-05-09' WHERE serial > 5",
    [],
  );
  await owner.query('VACUUM ANALYZE requests, request_events', []);
  const visited = await rowsVisited(house.db, 'request_events', async (on) => {
    expect(await eventsBetween(on, { from: day('2026-11-01'), to: day('2026-11-30') })).toHaveLength(5);
  });
  expect(visited).toBe(5);
});

test('the records of provisions of very many persons, page by page', async () => {
  const { owner } = house.db;
  const ids = Array.from({ length: 300 }, () => newId(0)).toSorted();
  const large = [ids[0]!, ids[150]!, ids.at(-1)!];
  await owner.query(
    `WITH made AS (
       INSERT INTO provisions (id, at, by_actor, holding_id, purpose, items, relation, recipient, facts, finding, law_version, policy_version, people)
       SELECT id, now(), 'sekisho', id, 'P3', '{name}', 'third-party', '{}', '{}', '{}', '2026-11-24', 1, 1 FROM unnest($1::uuid[]) AS id RETURNING id),
     recorded AS (
       INSERT INTO provision_records (provision_id, made_on, mode, consent_obtained, recipient_name, recipient_address, items, keep_until)
       SELECT id, '2026-11-24', 'each', true, '株式会社例示', '例示町1-1', '{name}', '2029-11-24' FROM made)
     INSERT INTO provision_people (principal_id, provision_id, entry_id)
     SELECT gen_random_uuid(), id, id FROM made, generate_series(1, CASE WHEN id = ANY ($2) THEN ${MANY} ELSE 1 END)`,
    [ids, large],
  );
  await owner.query('VACUUM ANALYZE provision_people, provision_records, provisions', []);
  const every = await owner.query<{ provision_id: string; principal_id: string }>(
    'SELECT provision_id, principal_id FROM provision_people ORDER BY provision_id DESC, principal_id DESC',
    [],
  );
  for (const id of large) {
    // In the middle of its persons, and where its last persons meet those of other provisions.
    for (const principal of ['80000000-0000-4000-8000-000000000000', '00800000-0000-4000-8000-000000000000']) {
      const visited = await rowsVisited(house.db, 'provision_people', async (on) => {
        const page = await listProvisionRecords(on, { before: { id, principal }, most: 51 });
        const from = every.findIndex(
          (one) => one.provision_id < id || (one.provision_id === id && one.principal_id < principal),
        );
        const right = every.slice(from, from + 51);
        expect(page.map((one) => [one.provision_id, one.principal_id])).toEqual(right.map((one) => Object.values(one)));
      });
      expect(visited, `${large.indexOf(id)} ${principal}`).toBeLessThan(FEW);
    }
  }
});

test('the newest packages of the recipients that a search by name meets', async () => {
  const { owner } = house.db;
  const few = newId(0);
  await owner.query(
    `INSERT INTO packages (id, made_at, made_by, holding_id, purpose, items, recipient_id, facts, everybody, state, state_at, state_by)
     SELECT gen_random_uuid(), now(), 'sekisho', gen_random_uuid(), 'P3', '{name}', CASE WHEN i <= 3 THEN $1::uuid ELSE gen_random_uuid() END, '{}',
            true, 'draft', now(), 'sekisho' FROM generate_series(1, ${MANY}) i`,
    [few],
  );
  await owner.query('VACUUM ANALYZE packages', []);
  for (const most of [2, 6]) {
    const visited = await rowsVisited(house.db, 'packages', async (on) => {
      const found = await packagesTo(on, [newId(1), few], most);
      expect(found.map(({ recipient_id }) => recipient_id)).toEqual(
        Array.from({ length: Math.min(most, 3) }, () => few),
      );
    });
    expect(visited).toBeLessThan(FEW);
  }
});

test('how many people each holding has, as long as nobody comes or goes', async () => {
  const { owner } = house.db;
  const holding = newId(0);
  const come = (): Promise<unknown> =>
    owner.query(
      `INSERT INTO vault_records (principal_id, holding_id, version, items, sealed, digests, created_at, updated_at)
       SELECT gen_random_uuid(), $1, 1, '{name}', '', '{}', now(), now() FROM generate_series(1, 3)`,
      [holding],
    );
  await come();
  const office = { ...house.office };
  const counted = async (): Promise<{ people: number | undefined; visited: number }> => {
    let people: number | undefined;
    const visited = await rowsVisited(house.db, 'vault_records', async (database) => {
      office.database = database;
      people = (await peopleHeld(office)).get(holding);
    });
    return { people, visited };
  };
  expect(await counted()).toEqual({ people: 3, visited: 3 });
  expect(await counted()).toEqual({ people: 3, visited: 0 });
  await come();
  expect(await counted()).toEqual({ people: 6, visited: 6 });
});

test('who opened how much: weeks that are over are read once, and of a member of staff their entries alone', async () => {
  const { db, office, close } = await openTestOffice(() => [], { at: '2026-11-24T10:00:00+09:00' });
  const { owner } = db;
  const [few, many] = [`staff:${newId(0)}`, `system:${newId(0)}`];
  const open = (n: number, at: string): Promise<unknown> =>
    owner.query(
      `INSERT INTO log_entries (id, at, action, actor, principal_id, entry)
       SELECT gen_random_uuid(), $1, 'people:use', CASE WHEN i <= 3 THEN $2 ELSE $3 END, gen_random_uuid(), format('{"pad":"%s"}', repeat('-', 1500)) FROM generate_series(1, ${n}) i`,
      [at, few, many],
    );
  await open(MANY, '2026-11-04T10:00:00+09:00');
  await open(5, '2026-11-24T09:00:00+09:00');
  await owner.query('VACUUM ANALYZE log_entries', []);
  // While another test has a transaction open on the same server, what came since it began is looked at again.
  const settled = 'SELECT pg_snapshot_xmin(pg_current_snapshot()) > max(xid) AS yes FROM log_entries';
  while (!(await owner.query<{ yes: boolean }>(settled, []))[0]!.yes) await sleep(10);
  const looked = async (ask: () => Promise<void>): Promise<number> =>
    rowsVisited(db, 'log_entries', (database) => {
      office.database = database;
      return ask();
    });
  const all = async (): Promise<[string, number[]][]> =>
    (await readers(office)).map(({ reader, people }) => [reader, people]);
  const [ofFew, ofMany] = [
    [3, 0, 3, 0, 0, 0, 0, 0, 0],
    [2, 0, MANY - 3, 0, 0, 0, 0, 0, 0],
  ];
  const counted = async (): Promise<void> =>
    expect(await all()).toEqual([
      [few, ofFew],
      [many, ofMany],
    ]);
  expect(await looked(counted)).toBeGreaterThan(MANY);
  expect(await looked(counted)).toBeLessThan(FEW);
  const one = async (): Promise<void> => expect((await oneReader(office, few))!.people).toEqual(ofFew);
  expect(await looked(one)).toBeLessThan(FEW);
  // Dated in a week that was counted, and of a reader whom the count did not know.
  const late = `staff:${newId(1)}`;
  await owner.query(
    `INSERT INTO log_entries (id, at, action, actor, principal_id, entry)
     SELECT gen_random_uuid(), '2026-11-17T23:59:59+09:00', 'people:use', a, gen_random_uuid(), '{}' FROM unnest($1::text[]) AS a`,
    [[few, late]],
  );
  ofFew[1] = 1;
  expect(await all()).toEqual([
    [few, ofFew],
    [many, ofMany],
    [late, [0, 1, 0, 0, 0, 0, 0, 0, 0]],
  ]);
  await close();
});

test('what was acquired from others than the persons', async () => {
  const { owner } = house.db;
  await owner.query(
    `INSERT INTO acquisitions (id, principal_id, holding_id, at, actor, channel, source, purposes, items, because, duties, law_version, policy_version)
     SELECT gen_random_uuid(), gen_random_uuid(), '${newId(0)}', now(), 'sekisho', 'oral', CASE WHEN i < 3 THEN 'public' ELSE 'principal' END, '{P1}', '{name}',
            '{}', '[]', '2026-11-24', 1 FROM generate_series(1, ${MANY}) i`,
    [],
  );
  await owner.query('ANALYZE acquisitions', []);
  const visited = await rowsVisited(house.db, 'acquisitions', async (on) => {
    expect(await listRecords(on, { source: 'public', most: 51 })).toHaveLength(2);
  });
  expect(visited).toBeLessThan(FEW);
});

test('what was provided on a ground that is rare', async () => {
  const { owner } = house.db;
  await owner.query(
    `INSERT INTO provisions (id, at, by_actor, holding_id, purpose, items, relation, recipient, facts, finding, law_version, policy_version, people)
     SELECT gen_random_uuid(), now(), 'sekisho', gen_random_uuid(), 'P3', '{name}', CASE WHEN i < 3 THEN 'joint-use' ELSE 'third-party' END,
            '{}', '{}', '{}', '2026-11-24', 1, 2 FROM generate_series(1, ${MANY}) i`,
    [],
  );
  await owner.query('VACUUM ANALYZE provisions', []);
  for (const [relation, found] of [
    ['joint-use', 2],
    ['succession', 0],
    ['third-party', 51],
  ] as const) {
    const visited = await rowsVisited(house.db, 'provisions', (on) => listProvisions(on, { relation, most: 51 }));
    expect(visited, relation).toBeLessThan(FEW);
    expect(await listProvisions(owner, { relation, most: 51 })).toHaveLength(found);
  }
});

test('the last days of promises whose states have changed for years', async () => {
  const { owner } = house.db;
  await owner.query(
    `INSERT INTO promise_states (promise, at, state, says, evidence, policy, entry)
     SELECT p, timestamptz '2026-11-23' - make_interval(hours => ${MANY} - i), CASE WHEN i % 2 = 0 THEN 'kept' ELSE 'risk' END, '{"ja": "", "en": ""}', '[]', 1,
            gen_random_uuid() FROM generate_series(1, ${MANY}) i, unnest('{provision-recorded,purpose-before-use}'::text[]) AS p ORDER BY i`,
    [],
  );
  await owner.query('ANALYZE promise_states', []);
  const { policy } = (await policyInForce(house.office, house.clock.today()))!;
  const trend = await rowsVisited(house.db, 'promise_states', async (database) => {
    expect(await promiseTrend({ ...house.office, database }, policy, 5)).toHaveLength(5);
  });
  expect(trend).toBeLessThan(FEW);
  const board = await rowsVisited(house.db, 'promise_states', async (database) => {
    const found = await promiseBoard({ ...house.office, database });
    expect(found!.promises.find(({ id }) => id === 'provision-recorded')).toMatchObject({ state: 'kept' });
  });
  expect(board).toBeLessThan(FEW);
});

test('who of many may work on requests: the access policies are asked once for each of them, however often it is read', async () => {
  const policies = await loadAccessPolicies('policies/access.cedar');
  const asked: Actor[] = [];
  const decide: AccessPolicies['decide'] = (actor, ...about) => {
    asked.push(actor);
    return policies.decide(actor, ...about);
  };
  const access = await openAccess(house.office, { ...policies, decide });
  for (const n of [1, 2, 3])
    await addFictionalStaff(access, { name: `窓口 ${n}`, email: `desk-${n}@example.jp`, roles: ['desk'], password });
  const names = await clerkNames({ ...house, access }, 'ja');
  expect(names.size).toBeGreaterThan(4);
  expect(asked.length).toBeGreaterThan(names.size);
  const once = asked.length;
  expect(await clerkNames({ ...house, access }, 'ja')).toEqual(names);
  expect(asked).toHaveLength(once);
});

test('of very many staff, holdings and recipients those are read that a page names', async () => {
  const { owner } = house.db;
  const [officer, holding, recipient] = [house.staff.officer!, newId(10), newId(11)];
  await owner.query(
    `INSERT INTO staff (id, name_sealed, email_sealed, email_index, roles, fictional, created_at)
     SELECT gen_random_uuid(), '', '', sha256(i::text::bytea), '{employee}', true, now() FROM generate_series(1, ${MANY}) i`,
    [],
  );
  await owner.query(
    `INSERT INTO holdings (id, code, name_ja, name_en, department, manager, purposes, items, place, retention, channels, principals, access, registered_at, confirmed_at)
     SELECT CASE WHEN i = 1 THEN $1::uuid ELSE gen_random_uuid() END, 'L-' || (5000 + i), '多い台帳' || i, 'Many ' || i, '部', $2, '{P1}', '[{"code":"name","label":{"ja":"氏名","en":"Name"},"special_care":false}]',
       '棚', '{"years": 1, "from": ""}', '{paper}', '{customer}', '部', now(), now()
     FROM generate_series(1, ${MANY}) i`,
    [holding, officer],
  );
  await owner.query(
    `INSERT INTO recipients (id, kind, name, address, representative, country, relations, state, registered_at, changed_at)
     SELECT CASE WHEN i = 1 THEN $1::uuid ELSE gen_random_uuid() END, 'corporation', '多い商店' || i, '例示市', '例示 花子', 'JP', '{joint-use}', 'active', now(), now()
     FROM generate_series(1, ${MANY}) i`,
    [recipient],
  );
  await owner.query('ANALYZE staff, holdings, recipients', []);
  const visited = (table: string, ask: (office: Office) => Promise<unknown>): Promise<number> =>
    rowsVisited(house.db, table, (on) => ask({ ...house.office, database: on }));
  const of = [`staff:${officer}`, 'system:00000000-0000-0000-0000-000000000000', 'public', null];
  const staff = await visited('staff', async (office) => {
    expect([...(await actorNames({ ...house.access, office }, of)).keys()]).toEqual([officer]);
  });
  const holdings = await visited('holdings', async (office) => {
    expect([...(await holdingsOf(office, [holding])).keys()]).toEqual([holding]);
  });
  const recipients = await visited('recipients', async (office) => {
    expect([...(await recipientNames(office, [recipient, 'inside']))]).toEqual([[recipient, '多い商店1']]);
  });
  expect([staff, holdings, recipients]).toEqual([1, 1, 1]);
});

test('who of very many is in which class of a package, where they consented to many versions of a text', async () => {
  const { owner } = house.db;
  const [holding, recipient, id] = [newId(0), newId(1), newId(2)];
  await owner.query(
    `WITH texts AS (
       INSERT INTO consent_texts (id, code, version, kind, name, wording, purposes, holding_id, items, recipients, abroad, at, by_actor)
       SELECT gen_random_uuid(), 'often-anew', i, 'provision', '{}', '{}', '{P3}', $1::uuid, '{name}', ARRAY[$2::uuid], false, now(), 'sekisho'
       FROM generate_series(1, 100) i RETURNING id, version),
     people AS (
       INSERT INTO vault_records (principal_id, holding_id, version, items, sealed, digests, purposes, created_at, updated_at)
       SELECT gen_random_uuid(), $1, 1, '{name}', '', '{}', '{P3}', now(), now() FROM generate_series(1, ${MANY}) RETURNING principal_id),
     numbered AS (SELECT principal_id, row_number() OVER () % 100 + 1 AS version FROM people)
     INSERT INTO consents (id, principal_id, text_id, language, given_on, given_by, channel, method, at, by_actor, noted, evidenced, sealed)
     SELECT gen_random_uuid(), principal_id, id, 'ja', '2026-11-01', 'principal', 'web-form', 'paper', now(), 'sekisho', false, true, ''
     FROM numbered JOIN texts USING (version)`,
    [holding, recipient],
  );
  await owner.query(
    `INSERT INTO packages (id, made_at, made_by, holding_id, purpose, items, recipient_id, facts, everybody, state, state_at, state_by)
     VALUES ($1, now(), 'sekisho', $2, 'P3', '{name}', $3, '{}', true, 'preparing', now(), 'sekisho')`,
    [id, holding, recipient],
  );
  await owner.query('VACUUM ANALYZE consents, consent_texts, vault_records', []);
  const texts = await owner.query<{ id: string }>("SELECT id FROM consent_texts WHERE code = 'often-anew'", []);
  const yes = { heldFor: true, objected: false, givenBy: 'principal', withdrawn: false } as const;
  const scope = { for: 'provision', holding, items: ['name'], purpose: 'P3', recipient, abroad: false } as const;
  const known = {
    held: heldIn({ holding, items: ['name'], purposes: ['P3'], wider: [] }),
    consents: standingConsents(scope, day('2026-11-24')),
    stopped: [],
    byOptOut: false,
    uses: null,
  };
  const classes = texts.map((text, no) => ({ ...yes, text: text.id, no }));
  let refused = 0;
  await owner.transaction(async (tx) => {
    const watched = {
      ...tx,
      query: async <Row>(text: string, values: readonly unknown[]): Promise<Row[]> => {
        if (text.startsWith('WITH')) refused += await pairsRefused(tx, text, values);
        return tx.query<Row>(text, values);
      },
    };
    expect(await admitPeople(watched, { id, everybody: true }, known, classes)).toBe(MANY);
  });
  expect(refused).toBeLessThan(MANY);
  const counted = 'SELECT count(DISTINCT class)::int AS classes FROM package_people WHERE package_id = $1';
  expect(await owner.query(counted, [id])).toEqual([{ classes: 100 }]);
});
