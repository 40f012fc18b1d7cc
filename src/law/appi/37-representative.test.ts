// The documents that show who acts by law for a minor or an adult ward, each alone and among others.

import { expect, test } from 'vitest';
import { showsRepresentative, type Represented } from '../index.ts';

const papers = ['family-register', 'resident-record', 'guardianship-record', 'power-of-attorney', 'other'];

test.each<[Represented, string[]]>([
  ['minor', ['family-register', 'resident-record', 'other']],
  ['adult-ward', ['guardianship-record', 'other']],
])('%s：法定代理人だと分かる書類', (represented, lawful) => {
  expect(papers.filter((paper) => showsRepresentative(represented, [paper]))).toEqual(lawful);
  expect(showsRepresentative(represented, [])).toBe(false);
  expect(showsRepresentative(represented, ['power-of-attorney', lawful[0]!])).toBe(true);
});
