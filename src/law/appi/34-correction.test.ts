// Scenario table of article 34: O-23, the results of an inquiry, and what the company itself found to be wrong (22).

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import { correctionContradictions, decideCorrection, type CorrectionFacts } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const moved: CorrectionFacts = {
  information: 'personal',
  raisedBy: 'principal',
  retained: true,
  content: 'fact',
  inquiry: 'untrue',
  purposeNeeds: true,
  otherProcedure: false,
};
const noticed: CorrectionFacts = {
  information: 'personal',
  raisedBy: 'company',
  content: 'fact',
  inquiry: 'untrue',
  purposeNeeds: true,
};

type Duties = NonNullable<Outline['duties']>;
const tell = (...items: string[]): Duties => [{ do: 'notify-decision', under: 'APPI 34(3)', when: 'at-once', items }];
const explain: Duties = [{ do: 'explain-reasons', under: 'APPI 36', when: 'at-once' }];
const refund: Duties = [{ do: 'refund-fee', under: 'APPI 38(1)', when: 'at-once' }];
const correct: Duties = [{ do: 'correct', under: 'APPI 34(2)', when: 'at-once' }];
const update: Duties = [{ do: 'correct', under: 'APPI 22', when: 'at-once' }];
const verify: Duties = [{ do: 'verify-identity', under: 'NumberingAct 16', when: 'before' }];
const refused = (...because: string[]): Outline => ({
  answer: 'no',
  because,
  duties: [...tell('decision'), ...explain],
});
const open = (article: string, ...missing: string[]): Outline => ({ answer: 'unknown', because: [article], missing });

const cases: { name: string; facts: CorrectionFacts; expected: Outline }[] = [
  {
    name: 'O-23 「お怒りだった」というメモの訂正に手数料を請求した：訂正せず、手数料も取れない',
    facts: {
      ...moved,
      content: 'evaluation',
      inquiry: undefined,
      fee: { yen: 1000, published: true, reasonable: true },
    },
    expected: {
      answer: 'no',
      because: ['APPI 34(1)', 'APPI 38(1)'],
      duties: [...tell('decision'), ...explain, ...refund],
    },
  },
  {
    name: '古い住所を直し、内容を知らせる',
    facts: moved,
    expected: { answer: 'yes', because: ['APPI 34(2)'], duties: [...correct, ...tell('decision', 'content')] },
  },
  {
    name: '事実でない部分だけを直し、理由を説明する',
    facts: { ...moved, inquiry: 'partly-untrue' },
    expected: {
      answer: 'yes',
      because: ['APPI 34(2)'],
      duties: [...correct, ...tell('decision', 'content'), ...explain],
    },
  },
  {
    name: '訂正の手数料は返す',
    facts: { ...moved, fee: { yen: 1000, published: true, reasonable: true } },
    expected: {
      answer: 'yes',
      because: ['APPI 34(2)', 'APPI 38(1)'],
      duties: [...correct, ...tell('decision', 'content'), ...refund],
    },
  },
  { name: '調べたら事実だった', facts: { ...moved, inquiry: 'true' }, expected: refused('APPI 34(2)') },
  { name: '目的には必要のない訂正', facts: { ...moved, purposeNeeds: false }, expected: refused('APPI 34(2)') },
  { name: 'ほかの法令に手続がある', facts: { ...moved, otherProcedure: true }, expected: refused('APPI 34(2)') },
  { name: 'この人のデータがない', facts: { ...moved, retained: false }, expected: refused('APPI 34(1)') },
  {
    name: '個人番号の訂正は、新しい番号の本人確認の後',
    facts: { ...moved, information: 'my-number' },
    expected: {
      answer: 'yes',
      because: ['APPI 34(2)', 'NumberingAct 16'],
      duties: [...verify, ...correct, ...tell('decision', 'content')],
    },
  },
  {
    name: '仮名加工情報には働かない',
    facts: { ...moved, information: 'pseudonymous' },
    expected: { answer: 'no', because: ['APPI 41(9)'] },
  },
  {
    name: '当社が気づいた誤りを直す',
    facts: noticed,
    expected: { answer: 'yes', because: ['APPI 22'], duties: update },
  },
  {
    name: '当社が気づいた個人番号の誤り',
    facts: { ...noticed, information: 'my-number' },
    expected: { answer: 'yes', because: ['APPI 22', 'NumberingAct 16'], duties: [...verify, ...update] },
  },
  {
    name: '当社の気づき：評価',
    facts: { ...noticed, content: 'evaluation' },
    expected: { answer: 'no', because: ['APPI 22'] },
  },
  {
    name: '当社の気づき：調べたら事実だった',
    facts: { ...noticed, inquiry: 'true' },
    expected: { answer: 'no', because: ['APPI 22'] },
  },
  {
    name: '当社の気づき：目的には必要がない',
    facts: { ...noticed, purposeNeeds: false },
    expected: { answer: 'no', because: ['APPI 22'] },
  },
  {
    name: '当社の気づき：調べていない',
    facts: { ...noticed, inquiry: undefined },
    expected: open('APPI 22', 'inquiry'),
  },
  {
    name: '本人の請求か分からなければ、断る言葉も決めない',
    facts: { ...moved, raisedBy: undefined, inquiry: 'true' },
    expected: open('APPI 34(2)', 'raisedBy'),
  },
  {
    name: '何も分からない',
    facts: {},
    expected: open(
      'APPI 34(2)',
      'information',
      'raisedBy',
      'content',
      'inquiry',
      'purposeNeeds',
      'retained',
      'otherProcedure',
    ),
  },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decideCorrection(facts, today))).toEqual(expected);
});

test.each(['information', 'content', 'inquiry', 'purposeNeeds', 'retained', 'otherProcedure'] as const)(
  '%s だけが足りない',
  (fact) => {
    expect(outline(decideCorrection({ ...moved, [fact]: undefined }, today))).toEqual(open('APPI 34(2)', fact));
  },
);

test('一部だけのときは、そう言う', () => {
  const says = (inquiry: 'untrue' | 'partly-untrue'): string =>
    decideCorrection({ ...moved, inquiry }, today).because[0].says.en;
  expect(says('untrue')).not.toContain('only that part');
  expect(says('partly-untrue')).toContain('only that part');
  const number = decideCorrection({ ...moved, information: 'my-number', inquiry: 'partly-untrue' }, today);
  expect(number.because[0].says.en).toContain('only that part');
});

test.each<{ facts: CorrectionFacts; fields: string[] }>([
  { facts: moved, fields: [] },
  { facts: { content: 'evaluation', inquiry: 'untrue' }, fields: ['inquiry'] },
  { facts: { content: 'evaluation', inquiry: 'true' }, fields: [] },
  { facts: { content: 'evaluation' }, fields: [] },
  { facts: { raisedBy: 'company', fee: { yen: 1000 } }, fields: ['fee'] },
  { facts: { raisedBy: 'company', fee: null }, fields: [] },
  { facts: { raisedBy: 'principal', fee: { yen: -1 } }, fields: ['fee.yen'] },
])('矛盾した事実は、項目の名前で断る：$fields', ({ facts, fields }) => {
  expect(correctionContradictions(facts).map((c) => c.field)).toEqual(fields);
});
