// What items are held for: how it is stored, how it grows, and that the database reads it the same way.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/house.ts';
import { acquired, corrected, heldForOf, purposesOf, purposesOfAsked, type HeldFor } from './purposes.ts';

const codes = ['name', 'email', 'phone', 'note'];
const purposes = ['P1', 'P3', 'P-RIGHTS'];
const someCodes = fc.subarray(codes, { minLength: 1 });
const heldFor = someCodes.chain((held) =>
  fc
    .array(fc.subarray(purposes), { minLength: held.length, maxLength: held.length })
    .map((each): HeldFor => new Map(held.map((code, i) => [code, each[i]!]))),
);
const storedOf = (held: HeldFor): string[] => purposesOf([...held.keys()], held);
const sorted = (held: HeldFor) => [...held].map(([code, of]) => [code, of.toSorted()]);

test('what is stored is what is read again, in one text where all is held alike', () => {
  fc.assert(
    fc.property(heldFor, (held) => {
      const stored = storedOf(held);
      expect(sorted(heldForOf([...held.keys()], stored))).toEqual(sorted(held));
      const alike = new Set([...held.values()].map((of) => of.toSorted().join()));
      expect(stored).toHaveLength(alike.size === 1 ? 1 : held.size);
    }),
  );
});

test('an acquisition adds its purposes to what came again, and to nothing else; what is new is held for these alone', () => {
  const before = new Map([
    ['name', ['P3']],
    ['email', ['P3']],
  ]);
  const came = (...again: string[]) => [...acquired(before, { codes: ['email', 'phone'], again, purposes: ['P1'] })];
  expect(came('email')).toEqual([
    ['name', ['P3']],
    ['email', ['P3', 'P1']],
    ['phone', ['P1']],
  ]);
  expect(came()).toEqual([
    ['name', ['P3']],
    ['email', ['P1']],
    ['phone', ['P1']],
  ]);
});

test('a correction widens nothing: what is new is held for what all the rest is', () => {
  const before = new Map([
    ['name', ['P1', 'P3']],
    ['email', ['P3']],
  ]);
  expect([...corrected(before, ['name', 'phone'])]).toEqual([
    ['name', ['P1', 'P3']],
    ['email', ['P3']],
    ['phone', ['P3']],
  ]);
  expect([...corrected(new Map([...before, ['note', ['P1']]]), ['phone'])].at(-1)).toEqual(['phone', []]);
});

describe('the database', () => {
  let house: TestDatabase;
  beforeAll(async () => {
    house = await testDatabase();
  });
  afterAll(() => house.drop());

  test('finds a record for a purpose exactly when each asked item is held for it, or all where none is held', async () => {
    await fc.assert(
      fc.asyncProperty(heldFor, someCodes, fc.subarray(purposes, { minLength: 1 }), async (held, asked, allowed) => {
        const [row] = await house.app.query<{ found: boolean }>(
          'SELECT is_held_for($1::text[], $2::text[], $3::text[], $4::text[]) IS TRUE AS found',
          [[...held.keys()], storedOf(held), asked, allowed],
        );
        const expected = purposesOfAsked(held, asked).every((of) => of.some((one) => allowed.includes(one)));
        expect(row!.found).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('finds nothing of a record of which nobody said what it is held for', async () => {
    const rows = await house.app.query(
      `SELECT 1 WHERE is_held_for('{name}', '{}', '{name}', '{P1}') IS TRUE OR is_held_for('{name}', '{""}', '{name}', '{P1}') IS TRUE`,
      [],
    );
    expect(rows).toEqual([]);
  });
});
