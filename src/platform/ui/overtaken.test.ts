// Which change wins when two people fill in the same form.

import { expect, test } from 'vitest';
import { differencesOf, rebased } from './overtaken.tsx';

const began = { name: '読者', items: ['name', 'email'], unit: 'years', count: '3', place: '東京' };

test('what the second left alone is as the first saved it, what both changed as the second typed it', () => {
  const typed = { ...began, items: ['email', 'name'], place: '札幌' };
  const newest = { ...began, name: '会員', items: ['name'], place: '大阪' };
  expect(rebased(typed, { began, newest })).toEqual({ ...newest, place: '札幌' });
});

test('of one statement the parts are not mixed', () => {
  const typed = { ...began, count: '6' };
  const newest = { ...began, unit: 'months', count: '18' };
  expect(rebased(typed, { began, newest, together: [['unit', 'count']] })).toEqual(typed);
});

test('only what differs is named; the order of choices is no difference', () => {
  const said = (key: string) => ({ field: key, text: (of: typeof began) => of.place });
  expect(differencesOf({ ...began, items: ['email', 'name'], place: '札幌' }, began, said)).toEqual([
    { field: 'place', theirs: '東京', yours: '札幌' },
  ]);
});
