import { expect, test } from 'vitest';
import { newId } from '../base/id.ts';
import { logEntry } from './entry.ts';
import { unlike, type Said } from './register.ts';

const entry = (version: number, more: object = {}) =>
  logEntry(0, { kind: 'sekisho' }, 'recipient:change', {
    version,
    items: ['name', 'email'],
    until: '2027-03-31',
    ...more,
  });
const rowOf = ({ id, action, version, items, until }: ReturnType<typeof entry>): Said => ({
  id,
  action,
  version,
  items,
  until,
});

test('a row and an entry that says the same agree, whatever else the entry says and however often it is there', () => {
  const [first, second] = [entry(1), entry(2, { authority: ['officer-all-work'] })];
  expect(unlike([rowOf(second), rowOf(first)], [first, second, first])).toEqual([]);
  expect(unlike([], [])).toEqual([]);
});

test('a row that says something else, a row without its entry and an entry without its row do not', () => {
  const [first, second] = [entry(1), entry(2)];
  for (const changed of [
    { ...rowOf(first), version: 3 },
    { ...rowOf(first), items: ['email', 'name'] },
    { ...rowOf(first), action: 'recipient:stop' },
    { ...rowOf(first), until: undefined },
  ])
    expect(unlike([changed, rowOf(second)], [first, second])).toEqual([changed, first]);
  const added = { ...rowOf(first), id: newId(0) };
  expect(unlike([rowOf(first), added], [first])).toEqual([added]);
  expect(unlike([rowOf(first)], [first, second])).toEqual([second]);
});

test('what an entry of an earlier version does not say is not missed', () => {
  const { until: _, ...earlier } = entry(1);
  expect(unlike([{ ...rowOf(entry(1)), id: earlier.id }], [earlier])).toEqual([]);
});
