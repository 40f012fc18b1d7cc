// Every file of examples/facts/ is a case with the answer it must get. Grounds, duties and missing facts are compared exactly.

import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import { outline } from '../../../tests/outline.ts';
import { readFacts } from './facts.ts';
import { questionOf, questions } from './questions/index.ts';

const root = path.resolve(import.meta.dirname, '../../../examples/facts');
const files = fs
  .readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .sort();

interface Example {
  on: string;
  facts: unknown;
  expected: unknown;
}

test.each(files)('%s', (file) => {
  const { on, facts, expected, ...rest } = JSON.parse(fs.readFileSync(path.join(root, file), 'utf8')) as Example;
  expect(Object.keys(rest)).toEqual([]);
  const question = questionOf(path.dirname(file));
  if (!question) throw new Error('the folder is named after no question');
  const read = readFacts(question, question.schema, facts, day(on));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  expect(outline(question.decide(read.facts, day(on)) as Finding)).toEqual(expected);
});

test.each(questions.map(({ id }) => id))('%s has at least two examples', (id) => {
  expect(files.filter((file) => path.dirname(file) === id).length).toBeGreaterThanOrEqual(2);
});
