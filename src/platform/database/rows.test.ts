import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { rowType } from './rows.ts';

interface Row {
  yes: boolean | null;
  id: string | null;
  n: number | null;
  label: string | null;
  labels: readonly string[] | null;
  bytes: Uint8Array | null;
  blobs: readonly Uint8Array[] | null;
  on: string | null;
  at: number | null;
  said: unknown;
}

const rows = rowType<Row>('rows_on_their_way', [
  ['bool', (r) => r.yes],
  ['uuid', (r) => r.id],
  ['int4', (r) => r.n],
  ['text', (r) => r.label],
  ['text[]', (r) => r.labels],
  ['bytea', (r) => r.bytes],
  ['bytea[]', (r) => r.blobs],
  ['date', (r) => r.on],
  ['timestamptz', (r) => r.at],
  ['jsonb', (r) => r.said],
]);

const full: Row = {
  yes: true,
  id: '01930000-0000-7000-8000-00000000abcd',
  n: -2_147_483_648,
  label: '𠮷野 髙志 "引用" \\ {x}',
  labels: ['', 'a,b', '{"c"}', 'NULL', '改\n行'],
  bytes: Buffer.from([0, 255, 92]),
  blobs: [Buffer.from([1]), Buffer.alloc(0)],
  on: '2024-02-29',
  at: Date.UTC(2026, 10, 24, 1, 2, 3, 4),
  said: { ja: '可', n: [1, null, '\u{1F600}'] },
};
const none: Row = {
  yes: null,
  id: null,
  n: null,
  label: null,
  labels: null,
  bytes: null,
  blobs: null,
  on: null,
  at: null,
  said: null,
};
const early: Row = { ...full, yes: false, n: 7, labels: [], blobs: [], on: '1868-01-01', at: Date.UTC(1955, 0, 1) };

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await db.owner.query(
    `CREATE TYPE rows_on_their_way AS (yes bool, id uuid, n int, label text, labels text[], bytes bytea, blobs bytea[], "on" date,
       at timestamptz, said jsonb)`,
    [],
  );
});
afterAll(() => db.drop());

const sent = (all: readonly Row[]) =>
  db.app.query<Row>('SELECT * FROM unnest($1::rows_on_their_way[])', [rows(all)], 'test.rows');

const answered = (row: Row): unknown => ({ ...row, at: row.at === null ? null : new Date(row.at) });

test('rows arrive as they were given: nulls, empty arrays, days before 1970, odd characters', async () => {
  expect(await sent([full, none, early])).toEqual([full, none, early].map(answered));
  expect(await sent([])).toEqual([]);
});

test('rows larger than the first buffer arrive whole', async () => {
  const large = Array.from({ length: 50 }, (_, n) => ({ ...full, n, label: '長い'.repeat(2_000) }));
  expect(await sent(large)).toEqual(large.map(answered));
});

test('they travel inside a transaction too', async () => {
  const counted = await db.app.transaction((tx) =>
    tx.query<{ n: number }>('SELECT count(*) AS n FROM unnest($1::rows_on_their_way[])', [rows([full, none])]),
  );
  expect(counted).toEqual([{ n: 2 }]);
});

test('a type the database does not have is an error that names it', async () => {
  await expect(
    db.app.query('SELECT 1', [rowType<Row>('no_such_type', [['uuid', (r) => r.id]])([full])]),
  ).rejects.toThrow('the database has no type no_such_type');
});
