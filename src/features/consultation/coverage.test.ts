import path from 'node:path';
import { format } from 'oxfmt';
import { expect, test } from 'vitest';
import * as law from '../../law/index.ts';
import { coverageByLaw, questionsBy } from './facts.ts';
import { coverageDocument } from './letters/coverage.ts';
import { questions } from './questions/index.ts';

const file = path.resolve(import.meta.dirname, '../../../docs/law-coverage.md');

test('docs/law-coverage.md says what the coverage says; `npx vitest run src/features/consultation/coverage -u` writes it anew', async () => {
  const { code } = await format(file, coverageDocument());
  await expect(code).toMatchFileSnapshot(file);
});

test('no article is without a sentence in both languages', () => {
  for (const [, lines] of coverageByLaw()) {
    for (const { article, title, says } of lines) {
      expect([article, title.ja, title.en, says.ja, says.en].every((text) => text.trim() !== '')).toBe(true);
    }
  }
});

test('no cell of the document is blank', () => {
  const rows = coverageDocument()
    .split('\n')
    .filter((text) => text.startsWith('| ') && !text.startsWith('| ---'));
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.filter((row) => /\|\s*\|/.test(row))).toEqual([]);
});

test('every rule that can be asked has a question, and every question is of a rule', () => {
  const rules = Object.entries(law).filter(([name]) => name.startsWith('decide'));
  const asked = rules.filter(([name]) => questionsBy(questions, [name]).length > 0);
  expect(rules.map(([name]) => name).filter((name) => !asked.some(([other]) => other === name))).toEqual([]);
  expect(asked.length).toBe(new Set(questions.map(({ rule }) => rule)).size);
});
