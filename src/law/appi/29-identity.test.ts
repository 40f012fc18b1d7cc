// Scenario table of 29(2) and 30(4) for a person who is erased: what tells whose record it is stays until the last record ends.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import { decideErasure, decideSuspension, keepingIdentity, type RecordsNaming } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const erasing = decideErasure({ information: 'personal', needed: false, keeping: null }, today);
const erased = outline(erasing);

const provision = ['APPI 29(2)', 'APPI-Rules 20(1)'];
const receipt = ['APPI 30(4)', 'APPI-Rules 24(1)'];
const keep = (under: string, until: string) => ({
  do: 'keep-identity',
  under,
  when: 'at-once',
  keepUntil: day(until),
});
const kept = (because: string[], duties: object[], eraseBy: string): Outline => ({
  ...erased,
  because: [...erased.because, ...because],
  duties: [
    ...(erased.duties ?? []),
    ...(duties as NonNullable<Outline['duties']>),
    { do: 'erase', under: 'APPI 22', when: 'later', by: day(eraseBy) },
  ],
});

const cases: { name: string; naming: RecordsNaming; expected: Outline }[] = [
  { name: '記録のない本人：何も残さない', naming: {}, expected: erased },
  {
    name: '提供の記録が残る',
    naming: { provisions: day('2029-11-20') },
    expected: kept(provision, [keep('APPI 29(2)', '2029-11-20')], '2029-11-21'),
  },
  {
    name: '受け取りの記録が残る',
    naming: { receipts: day('2027-03-31') },
    expected: kept(receipt, [keep('APPI 30(4)', '2027-03-31')], '2027-04-01'),
  },
  {
    name: '両方が残る：終わりの遅いほうの翌日に消す',
    naming: { provisions: day('2027-11-20'), receipts: day('2029-11-20') },
    expected: kept(
      [...provision, ...receipt],
      [keep('APPI 29(2)', '2027-11-20'), keep('APPI 30(4)', '2029-11-20')],
      '2029-11-21',
    ),
  },
  {
    name: '保存の最後の日は、まだ残す',
    naming: { provisions: today },
    expected: kept(provision, [keep('APPI 29(2)', '2026-11-24')], '2026-11-25'),
  },
  { name: '保存の期間が前の日に終わった：残さない', naming: { provisions: day('2026-11-23') }, expected: erased },
  {
    name: '終わった記録は、ほかの記録の根拠にならない',
    naming: { provisions: day('2026-11-23'), receipts: today },
    expected: kept(receipt, [keep('APPI 30(4)', '2026-11-24')], '2026-11-25'),
  },
];

test.each(cases)('$name', ({ naming, expected }) => {
  expect(outline(keepingIdentity(erasing, naming, today))).toEqual(expected);
});

test('本人の請求による消去でも、同じものを残す', () => {
  const asked = decideSuspension(
    { information: 'personal', asks: 'erasure', reason: 'may-harm', found: 'all', keeping: null },
    today,
  );
  expect(outline(keepingIdentity(asked, { provisions: today }, today)).because).toEqual(['APPI 35(6)', ...provision]);
});

test('消去しない答えは、そのままにする', () => {
  const facts = { information: 'personal', needed: true, keeping: null } as const;
  for (const finding of [decideErasure(facts, today), decideErasure({}, today)])
    expect(keepingIdentity(finding, { provisions: today }, today)).toBe(finding);
});
