import { expect, test } from 'vitest';
import { groupsOf } from './groups.ts';

test('rows of each in their order, and each row is looked at once however many are asked of', () => {
  let looked = 0;
  const rows = [3, 1, 4, 1, 5, 9, 2, 6].map((n) => ({
    n,
    get parity() {
      looked += 1;
      return n % 2 === 0 ? 'even' : 'odd';
    },
  }));
  const of = groupsOf(rows, ({ parity }) => parity);
  expect(looked).toBe(rows.length);
  expect(of('odd').map(({ n }) => n)).toEqual([3, 1, 1, 5, 9]);
  expect(of('even').map(({ n }) => n)).toEqual([4, 2, 6]);
  expect(of('neither')).toEqual([]);
  expect(looked).toBe(rows.length);
});
