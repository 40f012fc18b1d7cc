// Keys of calls and names of attempts, in which a caller may name a person. They are stored as keyed digests, which recognise a repetition and
// nothing else. Those that earlier versions stored in clear are keyed when the office starts.

import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesWith, migrationsBefore, tablesWith, testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { filesHolding } from '../../../tests/catalogue.ts';
import { openTestOffice } from '../../../tests/office.ts';
import { officerOf } from '../../../tests/people.ts';
import { assemble } from '../../app.ts';
import { actorRef } from '../../base/actor.ts';
import { migrate } from '../../platform/database/index.ts';
import { fingerprint } from '../../vault/index.ts';
import { acquire } from '../acquisition/index.ts';
import { keyOfAttempt, keyOfCall } from './index.ts';

const MIGRATION = '2026-12-14-t-keyed-calls.sql';
const KEY = 'hanako@example.jp';

test('keys of calls that an earlier version kept in clear are keyed at the start, leave every file, and are known again', async () => {
  const house = await openTestOffice(() => []);
  const earlier = await migrationsBefore(MIGRATION);
  const old = await testDatabase({ migrations: earlier });
  try {
    const office = { ...house.office, database: old.app };
    const actor = officerOf(house);
    const digest = fingerprint(office.vault, 'what was asked');
    for (const table of ['acquisition_keys', 'consent_keys']) {
      const row = [actorRef(actor), KEY, digest];
      await old.owner.query(`INSERT INTO ${table} VALUES ($1, $2, $3, gen_random_uuid(), now())`, row);
      await old.owner.query(
        `INSERT INTO ${table} SELECT 'system', 'k-' || i, $1, gen_random_uuid(), now() FROM generate_series(1, 12000) i`,
        [digest],
      );
    }
    await old.owner.query('ANALYZE', []);
    expect(await filesWith(old.owner, '%_keys%', [KEY])).toEqual(['acquisition_keys', 'consent_keys']);
    await migrate(old.owner, path.resolve('migrations'));
    expect(await tablesWith(old.owner, [KEY])).toEqual(['call_keys_waiting']);
    const opened = [1, 2].map(() => assemble(office, { root: path.resolve('.'), report: expect.fail }));
    for (const app of await Promise.all(opened)) await app.close();
    expect(await tablesWith(old.owner, [KEY])).toEqual([]);
    expect(await filesWith(old.owner, '%_keys%', [KEY])).toEqual([]);
    for (const table of ['acquisition_keys', 'consent_keys']) {
      const kept = `SELECT count(*)::int AS n, count(*) FILTER (WHERE key = $1)::int AS ours, min(octet_length(key)) AS bytes FROM ${table}`;
      expect(await old.owner.query(kept, [keyOfCall(office, KEY)])).toEqual([{ n: 12_001, ours: 1, bytes: 32 }]);
    }
    const asked = {
      holding: '',
      channel: '',
      source: 'principal',
      purposes: [],
      items: {},
      idempotency: { key: KEY, text: 'something else' },
    } as const;
    expect(await acquire(office, { actor, authority: [] }, asked)).toMatchObject({
      problem: { kind: 'conflict', field: 'Idempotency-Key' },
    });
  } finally {
    await old.drop();
    await house.close();
    await fs.rm(earlier, { recursive: true });
  }
});

/** A value for columns that must not be null, by type. */
const something: Readonly<Record<string, unknown>> = {
  bigint: 1,
  boolean: false,
  bytea: '\\x00',
  date: '2026-11-01',
  integer: 1,
  jsonb: {},
  text: 'x',
  'timestamp with time zone': '2026-11-01T00:00:00Z',
};

/** Inserts rows into a table, filling the required columns that are not given. */
async function put({ owner }: TestDatabase, table: string, rows: readonly object[]): Promise<void> {
  const columns = await owner.query<{ name: string; type: string }>(
    `SELECT column_name::text AS name, data_type::text AS type FROM information_schema.columns
     WHERE table_name = $1 AND is_nullable = 'NO' AND column_default IS NULL`,
    [table],
  );
  const given = rows.map((row) => ({
    ...Object.fromEntries(
      columns.map(({ name, type }) => [name, type === 'uuid' ? randomUUID() : (something[type] ?? [])]),
    ),
    ...row,
  }));
  const names = [...new Set(given.flatMap((row) => Object.keys(row)))].join(', ');
  await owner.query(
    `INSERT INTO ${table} (${names}) SELECT ${names} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
    [JSON.stringify(given)],
  );
}

const ATTEMPTS = '2026-12-16-b-keyed-attempts.sql';
const NAME = 'hanako-example-jp';
const MANY = 2_000;

test('names of attempts that an earlier version kept in clear are keyed at the start, leave every file, and are known again', async () => {
  const house = await openTestOffice(() => []);
  const earlier = await migrationsBefore(ATTEMPTS);
  const old = await testDatabase({ migrations: earlier });
  try {
    const office = { ...house.office, database: old.app };
    const actor = officerOf(house);
    const by = actorRef(actor);
    /** Inserts one row with the name, many with generated names, and one without. */
    const fill = (table: string, rowOf: (attempt: string | null, i: number) => object): Promise<void> => {
      const made = Array.from({ length: MANY }, (_, i) => `${table}-press-${i}`);
      return put(
        old,
        table,
        [NAME, ...made, null].map((attempt, i) => ({ attempt, ...rowOf(attempt, i) })),
      );
    };
    const collection = randomUUID();
    await put(old, 'related_collections', [{ id: collection, source: 'third-party', state: 'active', items: [{}] }]);
    await fill('provisions', () => ({ by_actor: by }));
    await fill('packages', () => ({ made_by: by, state: 'draft' }));
    await fill('related_provisions', () => ({ by_actor: by, collection_id: collection }));
    await fill('related_receipts', () => ({ by_actor: by, collection_id: collection }));
    const kind = { kind: 'disclosure', scope: 'customer', state: 'open', stage: 'received', year: 2026 };
    await fill('requests', (_, i) => ({ ...kind, by_actor: by, serial: i + 1 }));
    const [named] = await old.owner.query<{ id: string }>('SELECT id FROM requests WHERE attempt = $1', [NAME]);
    await fill('request_events', (_, i) => ({ request_id: named!.id, no: i + 1, event: 'noted' }));
    const ended = { ended_at: '2026-11-02T00:00:00Z', ended_by: 'replaced' };
    await fill('request_parcels', (_, i) => ({
      request_id: named!.id,
      link: `\\x${i.toString(16).padStart(8, '0')}`,
      ...ended,
    }));
    const tables = (
      await old.owner.query<{ name: string }>(
        "SELECT table_name::text AS name FROM information_schema.columns WHERE column_name = 'attempt' ORDER BY 1",
        [],
      )
    ).map(({ name }) => name);
    expect(tables).toHaveLength(7);
    await old.owner.query('ANALYZE', []);
    expect(await filesHolding(old.owner, [NAME])).toEqual(expect.arrayContaining(tables));
    await migrate(old.owner, path.resolve('migrations'));
    expect(await tablesWith(old.owner, [NAME])).toEqual(['attempts_waiting']);
    const opened = [1, 2].map(() => assemble(office, { root: path.resolve('.'), report: expect.fail }));
    for (const app of await Promise.all(opened)) await app.close();
    expect(await tablesWith(old.owner, [NAME, 'press-7'])).toEqual([]);
    expect(await filesHolding(old.owner, [NAME])).toEqual([]);
    for (const table of tables) {
      const kept = `SELECT count(*)::int AS n, count(attempt)::int AS keyed, count(*) FILTER (WHERE attempt = $1)::int AS ours FROM ${table}`;
      const counted = await old.owner.query(kept, [keyOfAttempt(office, NAME)]);
      expect([table, counted]).toEqual([table, [{ n: MANY + 2, keyed: MANY + 1, ours: 1 }]]);
    }
  } finally {
    await old.drop();
    await house.close();
    await fs.rm(earlier, { recursive: true });
  }
});
