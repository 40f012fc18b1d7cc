// My Numbers in the questions of the APPI: none of them allows the use of a number. Those that never could answer no; the others ask for the affair.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import type { ProvisionFacts } from '../facts.ts';
import { decideAcquisition, decideJointUseChange, decideOptOutChange, decideProvision, decideUse } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const consent = { on: today, coversPurpose: true, coversRecipient: true, coversItems: true } as const;
const never: Outline = { answer: 'no', because: ['NumberingAct 19', 'NumberingAct 30(2)'] };
const asks = (article: string): Outline => ({
  answer: 'unknown',
  because: [`NumberingAct ${article}`, 'NumberingAct 30(2)'],
  missing: ['numberAffair'],
});

const provisions: { name: string; facts: ProvisionFacts; expected: Outline }[] = [
  { name: '本人の同意だけで第三者に渡す', facts: { relation: 'third-party', consent }, expected: never },
  { name: '根拠なしに第三者に渡す', facts: { relation: 'third-party', consent: null }, expected: never },
  {
    name: '法令に基づいて渡すと言う',
    facts: { relation: 'third-party', exception: { item: '27(1)(i)', legalBasis: '所得税法225条' } },
    expected: asks('19'),
  },
  { name: '共同利用', facts: { relation: 'joint-use', consent }, expected: never },
  {
    name: 'オプトアウトで渡す：法令に基づくと言っても変わらない',
    facts: { relation: 'third-party', optOut: {}, exception: { item: '27(1)(i)', legalBasis: '所得税法225条' } },
    expected: never,
  },
  { name: '委託にオプトアウトを重ねる', facts: { relation: 'entrustment', optOut: {} }, expected: never },
  { name: '委託', facts: { relation: 'entrustment', consent }, expected: asks('19') },
  { name: '承継', facts: { relation: 'succession' }, expected: asks('19') },
  { name: '相手との関係が分からない', facts: { consent }, expected: asks('19') },
];

test.each(provisions)('渡す：$name', ({ facts, expected }) => {
  expect(outline(decideProvision({ information: 'my-number', ...facts }, today))).toEqual(expected);
});

test('使う、受け取る、共同利用やオプトアウトを変える', () => {
  expect(outline(decideUse({ information: 'my-number', consent }, today))).toEqual(asks('9(4)'));
  expect(outline(decideAcquisition({ information: 'my-number', consent }, today))).toEqual(asks('20'));
  expect(outline(decideJointUseChange({ information: 'my-number' }, today))).toEqual(never);
  expect(outline(decideOptOutChange({ information: 'my-number', change: 'end' }, today))).toEqual(never);
});
