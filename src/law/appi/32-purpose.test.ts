// Scenario table of article 32(2) and (3): the notice of the purpose, and the notice that there will be none.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import { decidePurposeNotice, purposeNoticeContradictions, type PurposeNoticeFacts } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const asked: PurposeNoticeFacts = { information: 'personal', retained: true, clear: false };
const told: Outline['duties'] = [{ do: 'notify-purpose', under: 'APPI 32(2)', when: 'at-once', items: ['purpose'] }];
const untold: NonNullable<Outline['duties']> = [
  { do: 'notify-decision', under: 'APPI 32(3)', when: 'at-once', items: ['decision'] },
  { do: 'explain-reasons', under: 'APPI 36', when: 'at-once' },
];
const open = (...missing: string[]): Outline => ({ answer: 'unknown', because: ['APPI 32(2)'], missing });

const cases: { name: string; facts: PurposeNoticeFacts; expected: Outline }[] = [
  {
    name: '求められた目的を知らせる',
    facts: asked,
    expected: { answer: 'yes', because: ['APPI 32(2)'], duties: told },
  },
  {
    name: '公表した手数料を取れる',
    facts: { ...asked, fee: { yen: 1000, published: true, reasonable: true } },
    expected: { answer: 'yes', because: ['APPI 32(2)', 'APPI 38(1)'], duties: told },
  },
  {
    name: '公表していない手数料は取れない。目的は知らせる',
    facts: { ...asked, fee: { yen: 1000, published: false } },
    expected: {
      answer: 'yes',
      because: ['APPI 32(2)', 'APPI 32(1)(iii)'],
      duties: [...told, { do: 'refund-fee', under: 'APPI 38(1)', when: 'at-once' }],
    },
  },
  {
    name: '公表した事項から明らか',
    facts: { ...asked, clear: true },
    expected: { answer: 'no', because: ['APPI 32(2)(i)'], duties: untold },
  },
  {
    name: 'この人のデータがない',
    facts: { ...asked, retained: false },
    expected: { answer: 'no', because: ['APPI 32(2)'], duties: untold },
  },
  {
    name: '知らせると害が生じる',
    facts: { ...asked, noticeException: { item: '21(4)(i)', confirmed: true } },
    expected: {
      answer: 'no',
      because: ['APPI 32(2)(ii)', 'APPI 21(4)(i)'],
      duties: [
        { do: 'record-exception', under: 'APPI 21(4)(i)', when: 'at-once', items: ['item', 'facts', 'approver'] },
        ...untold,
      ],
    },
  },
  {
    name: '害を確かめたところ、なかった',
    facts: { ...asked, noticeException: { item: '21(4)(iii)', confirmed: false } },
    expected: { answer: 'yes', because: ['APPI 32(2)'], duties: told },
  },
  {
    name: '害を確かめたか分からない',
    facts: { ...asked, noticeException: { item: '21(4)(i)' } },
    expected: open('noticeException.confirmed'),
  },
  {
    name: '取得の状況から明らかという場合は、ここでは使えない',
    facts: { ...asked, noticeException: { item: '21(4)(iv)' } },
    expected: { answer: 'yes', because: ['APPI 32(2)'], duties: told },
  },
  {
    name: '手数料の公表と額が分からない',
    facts: { ...asked, fee: {} },
    expected: open('fee.published', 'fee.reasonable'),
  },
  {
    name: '断るときは、手数料が分からなくても決める',
    facts: { ...asked, clear: true, fee: {} },
    expected: { answer: 'no', because: ['APPI 32(2)(i)'], duties: untold },
  },
  {
    name: '仮名加工情報には働かない',
    facts: { ...asked, information: 'pseudonymous' },
    expected: { answer: 'no', because: ['APPI 41(9)'] },
  },
  {
    name: '匿名加工情報は個人情報ではない',
    facts: { ...asked, information: 'anonymous' },
    expected: { answer: 'no', because: ['APPI 2(6)'] },
  },
  {
    name: '個人関連情報は個人情報ではない',
    facts: { information: 'personally-related' },
    expected: { answer: 'no', because: ['APPI 2(7)'] },
  },
  {
    name: '個人番号でも目的は知らせる',
    facts: { ...asked, information: 'my-number' },
    expected: { answer: 'yes', because: ['APPI 32(2)'], duties: told },
  },
  { name: '何も分からない', facts: {}, expected: open('information', 'retained', 'clear') },
  { name: '明らかか分からない', facts: { ...asked, clear: undefined }, expected: open('clear') },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decidePurposeNotice(facts, today))).toEqual(expected);
});

test('手数料は1円以上の整数', () => {
  const fields = (yen: number): string[] => purposeNoticeContradictions({ fee: { yen } }).map((c) => c.field);
  expect(fields(1000)).toEqual([]);
  expect(fields(0)).toEqual(['fee.yen']);
  expect(purposeNoticeContradictions({})).toEqual([]);
});
