// Whether PostgreSQL itself refused a statement, so that the caller may be told that nothing was done.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/house.ts';
import { runParts, wasRefused, type Part } from './statement.ts';

let house: TestDatabase;
beforeAll(async () => {
  house = await testDatabase();
});
afterAll(() => house.drop());

test.each<[code: string, is: string]>([
  ['22P05', 'a text that it does not take'],
  ['23505', 'a key that is there already'],
  ['25006', 'a database that is only read'],
  ['40001', 'a transaction that lost'],
  ['40P01', 'a deadlock'],
  ['42501', 'a right that is missing'],
  ['53100', 'a full disk'],
  ['54000', 'a limit'],
  ['55P03', 'a lock that was not to be had'],
  ['57014', 'a statement that was cancelled'],
  ['58030', 'a file that it cannot write'],
  ['P0001', 'what a trigger raises'],
  ['XX001', 'a damaged page'],
  ['F0000', 'its settings'],
])('%s is a no: %s', (code) => {
  expect(wasRefused(Object.assign(new Error('no'), { code }))).toBe(true);
});

test.each<[code: unknown, is: string]>([
  ['08006', 'a connection that is lost'],
  ['08P01', 'a word that was not understood'],
  ['40003', 'that nobody knows'],
  ['57P01', 'a server that stops'],
  ['57P02', 'a server that fell over'],
  ['EPIPE', 'a code of the system'],
  ['ECONNRESET', 'another'],
  ['ENOSPC', 'another of five letters and more'],
  ['2350', 'a text that is none'],
  ['235055', 'a longer one'],
  [23_505, 'a number'],
  [undefined, 'a failure of our own'],
])('%s is none: %s', (code) => {
  expect(wasRefused(Object.assign(new Error('gone'), { code }))).toBe(false);
});

test('what is no failure at all is none', () => {
  for (const thrown of [null, undefined, 'no', 0, {}]) expect(wasRefused(thrown)).toBe(false);
});

test('the parameters of each part are its own, however many the parts before it have', async () => {
  const part = (name: string, ...values: string[]): Part => ({
    name,
    sql: `${name} AS (SELECT ${values.map((_, i) => `$${i + 1}::text`).join(" || '-' || ")} AS said)`,
    values,
  });
  const many = Array.from({ length: 11 }, (_, i) => `b${i}`);
  for (let again = 0; again < 2; again++)
    expect(
      await runParts(
        house.app,
        'of several',
        [part('a', 'a0', 'a1'), part('b', ...many), part('c', 'c0')],
        'SELECT a.said AS a, b.said AS b, c.said AS c FROM a, b, c',
      ),
    ).toEqual([{ a: 'a0-a1', b: many.join('-'), c: 'c0' }]);
  expect(await runParts(house.app, 'of one', [part('a', 'x')], 'SELECT said FROM a')).toEqual([{ said: 'x' }]);
});
