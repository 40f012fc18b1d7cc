import { expect, test } from 'vitest';
import { noticesOf, outcomes, type RightsRequest } from '../../../law/index.ts';
import { noticeParts, type NoticeParts } from './notice.ts';

type Results = Record<string, readonly (keyof NoticeParts)[]>;

const all = (Object.keys(outcomes) as RightsRequest[]).flatMap((kind) =>
  Object.keys(outcomes[kind].notices).map((result) => [kind, result] as const),
);

/** The parts of a notice for the items of an outcome's duties. A decision and a method are told by the sentence itself. */
const partOfItem: Readonly<Record<string, keyof NoticeParts>> = {
  purpose: 'purposes',
  'withheld-part': 'withheld',
  content: 'changes',
};

test('the table has every outcome of the law and no other', () => {
  expect(
    Object.fromEntries(Object.entries(noticeParts).map(([kind, results]) => [kind, Object.keys(results)])),
  ).toEqual(Object.fromEntries(Object.entries(outcomes).map(([kind, { notices }]) => [kind, Object.keys(notices)])));
  expect(all).toHaveLength(32);
});

test.each(all)('%s, %s: reasons and particulars go with it exactly when the law asks for them', (kind, result) => {
  const duties = noticesOf(kind, result as never);
  const parts = (noticeParts[kind] as Results)[result]!;
  expect(parts.includes('reasons')).toBe(duties.some((duty) => duty.do === 'explain-reasons'));
  const owed = duties.flatMap(({ items }) => items ?? []).flatMap((item) => partOfItem[item] ?? []);
  expect(parts.filter((part) => Object.values(partOfItem).includes(part) && !owed.includes(part))).toEqual(
    kind.endsWith('disclosure') && result === 'refused' ? ['withheld'] : [],
  );
  expect(owed.filter((part) => !parts.includes(part))).toEqual([]);
});

test('what was done is told of each measure, and another measure is explained', () => {
  for (const kind of ['stop-use', 'erasure', 'stop-provision'] as const) {
    expect(noticeParts[kind]).toMatchObject({
      granted: ['done'],
      partly: kind === 'erasure' ? ['done', 'measure', 'reasons'] : ['done', 'reasons'],
      otherwise: ['measure', 'reasons'],
    });
  }
});
