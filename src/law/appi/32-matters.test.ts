// Scenario table of article 32(1): every matter, published or told on request, and what is lacking under which authority.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import { decidePublishedMatters, parameters, type PublishedMatter, type PublishedMattersFacts } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const all = parameters.publishedMatters.value;
const without = (...lacking: PublishedMatter[]): PublishedMatter[] => all.filter((m) => !lacking.includes(m));
const complete: PublishedMattersFacts = {
  published: all,
  onRequest: [],
  corporation: true,
  feeSet: true,
  handledAbroad: true,
  measuresConcrete: true,
  accreditedMember: true,
};
const known: Outline = { answer: 'yes', because: ['APPI 32(1)'], duties: [] };
const lacks = (items: PublishedMatter[], ...articles: string[]): Outline => ({
  answer: 'no',
  because: ['APPI 32(1)', ...articles],
  duties: [{ do: 'make-known', under: 'APPI 32(1)', when: 'at-once', items }],
});
const open = (...missing: string[]): Outline => ({ answer: 'unknown', because: ['APPI 32(1)'], missing });

const authority: [PublishedMatter, string][] = [
  ['name', 'APPI 32(1)(i)'],
  ['address', 'APPI 32(1)(i)'],
  ['representative', 'APPI 32(1)(i)'],
  ['purposes', 'APPI 32(1)(ii)'],
  ['how-to-ask-purpose', 'APPI 32(1)(iii)'],
  ['how-to-ask-disclosure', 'APPI 32(1)(iii)'],
  ['how-to-ask-records', 'APPI 32(1)(iii)'],
  ['how-to-ask-correction', 'APPI 32(1)(iii)'],
  ['how-to-ask-suspension', 'APPI 32(1)(iii)'],
  ['fee', 'APPI 32(1)(iii)'],
  ['safety-measures', 'APPI-Order 10(i)'],
  ['foreign-country', 'APPI-Order 10(i)'],
  ['complaints', 'APPI-Order 10(ii)'],
  ['accredited-body', 'APPI-Order 10(iii)'],
];

test.each(authority)('%s が足りない', (matter, article) => {
  expect(outline(decidePublishedMatters({ ...complete, published: without(matter) }, today))).toEqual(
    lacks([matter], article),
  );
  const told = { ...complete, published: without(matter), onRequest: [matter] };
  expect(outline(decidePublishedMatters(told, today))).toEqual(known);
});

test('表は、法の挙げる事項をすべて持つ', () => {
  expect(authority.map(([m]) => m)).toEqual(all);
});

const conditions = [
  ['corporation', 'representative'],
  ['feeSet', 'fee'],
  ['handledAbroad', 'foreign-country'],
  ['accreditedMember', 'accredited-body'],
] as const;

test.each(conditions)('%s でなければ、%s は要らない', (condition, matter) => {
  const facts = { ...complete, published: without(matter) };
  expect(outline(decidePublishedMatters({ ...facts, [condition]: false }, today))).toEqual(known);
  expect(outline(decidePublishedMatters({ ...facts, [condition]: undefined }, today))).toEqual(open(condition));
  expect(outline(decidePublishedMatters({ ...complete, [condition]: undefined }, today))).toEqual(known);
});

const cases: { name: string; facts: PublishedMattersFacts; expected: Outline }[] = [
  { name: 'すべてそろう', facts: complete, expected: known },
  {
    name: '代表者の氏名と利用目的の通知の求め方がない（方針の点検 G-4、G-5）',
    facts: { ...complete, published: without('representative', 'how-to-ask-purpose') },
    expected: lacks(['representative', 'how-to-ask-purpose'], 'APPI 32(1)(i)', 'APPI 32(1)(iii)'),
  },
  {
    name: '措置は「ガイドラインに沿う」とだけ書いている',
    facts: { ...complete, measuresConcrete: false },
    expected: lacks(['safety-measures'], 'APPI-Order 10(i)'),
  },
  {
    name: '措置を書いておらず、具体的でもない',
    facts: { ...complete, published: without('safety-measures'), measuresConcrete: false },
    expected: lacks(['safety-measures'], 'APPI-Order 10(i)', 'APPI-Order 10(i)'),
  },
  {
    name: '求めに応じて答えるか分からなければ、足りないと言い切らない',
    facts: { ...complete, published: without('name'), onRequest: undefined },
    expected: open('onRequest'),
  },
  {
    name: '公表している事項が分からない',
    facts: { ...complete, published: undefined },
    expected: open('published'),
  },
  {
    name: '措置が具体的か分からない',
    facts: { ...complete, measuresConcrete: undefined },
    expected: open('measuresConcrete'),
  },
  {
    name: '目的は21条4項2号に当たり、知らせなくてよい',
    facts: {
      ...complete,
      published: without('purposes'),
      noticeException: { item: '21(4)(ii)', confirmed: true },
    },
    expected: {
      answer: 'yes',
      because: ['APPI 32(1)', 'APPI 21(4)(ii)'],
      duties: [
        { do: 'record-exception', under: 'APPI 21(4)(ii)', when: 'at-once', items: ['item', 'facts', 'approver'] },
      ],
    },
  },
  {
    name: 'そのおそれを確かめたところ、なかった',
    facts: {
      ...complete,
      published: without('purposes'),
      noticeException: { item: '21(4)(ii)', confirmed: false },
    },
    expected: lacks(['purposes'], 'APPI 32(1)(ii)'),
  },
  {
    name: 'そのおそれを確かめたか分からない',
    facts: { ...complete, published: without('purposes'), noticeException: { item: '21(4)(i)' } },
    expected: open('noticeException.confirmed'),
  },
  {
    name: 'おそれが分からなくても、ほかに足りない事項は言う',
    facts: { ...complete, published: without('name', 'purposes'), noticeException: { item: '21(4)(i)' } },
    expected: lacks(['name'], 'APPI 32(1)(i)'),
  },
  {
    name: '目的を公表していれば、おそれは問わない',
    facts: { ...complete, noticeException: { item: '21(4)(i)' } },
    expected: known,
  },
  {
    name: '取得の状況から明らかという場合は、32条では使えない',
    facts: {
      ...complete,
      published: without('purposes'),
      noticeException: { item: '21(4)(iv)', clearPurposes: [] },
    },
    expected: lacks(['purposes'], 'APPI 32(1)(ii)'),
  },
  {
    name: '取得の状況から明らかという場合は、どの目的かも問わない',
    facts: { ...complete, published: without('purposes'), noticeException: { item: '21(4)(iv)' } },
    expected: lacks(['purposes'], 'APPI 32(1)(ii)'),
  },
  {
    name: '目的を知らせなくてよくても、ほかの事項は要る',
    facts: {
      ...complete,
      published: without('name', 'purposes'),
      noticeException: { item: '21(4)(ii)', confirmed: true },
    },
    expected: lacks(['name'], 'APPI 32(1)(i)'),
  },
  {
    name: '何も分からない',
    facts: {},
    expected: open(
      'published',
      'onRequest',
      'corporation',
      'feeSet',
      'handledAbroad',
      'accreditedMember',
      'measuresConcrete',
    ),
  },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decidePublishedMatters(facts, today))).toEqual(expected);
});
