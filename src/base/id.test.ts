import { expect, test } from 'vitest';
import { firstId, isId, newId } from './id.ts';

test('the first id of an instant parts those made before it from those made at it', () => {
  for (const at of [0, 1, 0xffff, 0x1_0000, Date.UTC(2026, 11, 1), Date.UTC(9999, 11, 31)]) {
    const first = firstId(at);
    expect(isId(first)).toBe(true);
    expect(newId(at) >= first && newId(at + 1) >= first).toBe(true);
    if (at > 0) expect(newId(at - 1) < first).toBe(true);
  }
  expect(firstId(-1)).toBe(firstId(0));
});
