// Every sentence says something in both languages.

import { expect, test } from 'vitest';
import { both } from '../../../base/bilingual.ts';
import { says } from './says.ts';

test('言葉はどれも日本語と英語で書いてある', () => {
  for (const words of Object.values(says)) expect(words).toEqual(both(words.ja, words.en));
  expect(Object.values(says).every(({ ja, en }) => ja !== '' && en !== '')).toBe(true);
});
