import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/house.ts';
import { byteaArray, int4Array, textArray, timestampArray, uuidArray } from './index.ts';

let house: TestDatabase;
beforeAll(async () => {
  house = await testDatabase();
});
afterAll(() => house.drop());

test('the application works as sekisho_app and owns nothing', async () => {
  const rows = await house.app.query<{ role: string }>('SELECT current_user AS role', []);
  expect(rows).toEqual([{ role: 'sekisho_app' }]);
  await expect(house.app.query('CREATE TABLE mine (a int)', [])).rejects.toMatchObject({ code: '42501' });
});

test('binary arrays arrive as they were sent, nulls and 𠮷 included', async () => {
  const rows = await house.app.query<Record<string, unknown>>(
    'SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::int4[], $5::timestamptz[]) AS t(a, b, c, d, e)',
    [
      uuidArray(['0190f8a0-1234-7abc-8def-0123456789ab', null]),
      textArray(['𠮷野家 辻󠄀', '']),
      byteaArray([Buffer.from([0, 255, 1]), null]),
      int4Array([-5, 2_000_000_000]),
      timestampArray([Date.parse('2026-11-24T00:00:00.123Z'), Date.parse('1999-12-31T15:00:00Z')]),
    ],
  );
  expect(rows[0]).toEqual({
    a: '0190f8a0-1234-7abc-8def-0123456789ab',
    b: '𠮷野家 辻󠄀',
    c: Buffer.from([0, 255, 1]),
    d: -5,
    e: new Date('2026-11-24T00:00:00.123Z'),
  });
  expect(rows[1]).toMatchObject({ a: null, b: '', c: null, d: 2_000_000_000, e: new Date('1999-12-31T15:00:00Z') });
});

test('a transaction that throws leaves nothing behind', async () => {
  await house.owner.query('CREATE TABLE probe (n int)', []);
  await expect(
    house.owner.transaction(async (tx) => {
      await tx.query('INSERT INTO probe VALUES (1)', []);
      throw new Error('stop');
    }),
  ).rejects.toThrow('stop');
  expect(await house.owner.query('SELECT n FROM probe', [])).toEqual([]);
});

test('a listener hears notices', async () => {
  const heard: string[] = [];
  const stop = await house.app.listen('probe', (payload) => heard.push(payload));
  await house.app.query("SELECT pg_notify('probe', 'ledger')", []);
  await expect.poll(() => heard).toEqual(['ledger']);
  await stop();
});

test('a listener whose connection broke is told once it listens again, because notices may have been missed', async () => {
  const heard: string[] = [];
  const stop = await house.app.listen('broken', (payload) => heard.push(payload));
  await house.owner.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = \'LISTEN "broken"\'',
    [],
  );
  await expect.poll(() => heard).toEqual(['']);
  await house.app.query("SELECT pg_notify('broken', 'again')", []);
  await expect.poll(() => heard).toEqual(['', 'again']);
  await stop();
});
