// Scenario table of article 35: each claim with each ground, other measures, and a legal duty to keep.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import { decideSuspension, suspensionContradictions, type SuspensionFacts, type SuspensionReason } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const mailing: SuspensionFacts = {
  information: 'personal',
  asks: 'stop-use',
  reason: 'unlawful-handling',
  found: 'all',
};
const erasure: SuspensionFacts = { ...mailing, asks: 'erasure', keeping: null };
const provision: SuspensionFacts = { ...mailing, asks: 'stop-provision', reason: 'unlawful-provision' };

type Duties = NonNullable<Outline['duties']>;
const tell: Duties = [{ do: 'notify-decision', under: 'APPI 35(7)', when: 'at-once', items: ['decision'] }];
const explain: Duties = [{ do: 'explain-reasons', under: 'APPI 36', when: 'at-once' }];
const done = (what: Duties[number]['do'], article: string, ...more: string[]): Outline => ({
  answer: 'yes',
  because: [`APPI ${article}`, ...more],
  duties: [{ do: what, under: `APPI ${article}`, when: 'at-once' }, ...tell],
});
const refused = (...because: string[]): Outline => ({ answer: 'no', because, duties: [...tell, ...explain] });
const open = (...missing: string[]): Outline => ({ answer: 'unknown', because: ['APPI 35'], missing });
const kept: Outline = {
  answer: 'no',
  because: ['APPI 35(2)', 'APPI 22'],
  duties: [
    { do: 'restrict-use', under: 'APPI 22', when: 'at-once' },
    { do: 'erase', under: 'APPI 22', when: 'later', by: day('2027-06-01') },
    ...tell,
    ...explain,
  ],
};
const vouchers = { legalBasis: '法人税法施行規則59条', until: day('2027-05-31'), part: false };

const cases: { name: string; facts: SuspensionFacts; expected: Outline }[] = [
  { name: '目的外の利用を止める', facts: mailing, expected: done('stop-use', '35(2)') },
  { name: '不正に取得した情報を消去する', facts: erasure, expected: done('erase', '35(2)') },
  { name: '同意のない提供を止める', facts: provision, expected: done('stop-provision', '35(4)') },
  {
    name: '番号法に反した提供を止める',
    facts: { ...provision, information: 'my-number' },
    expected: done('stop-provision', '35(4)', 'NumberingAct 19'),
  },
  {
    name: '番号法19条は、提供の停止のほかでは挙げない',
    facts: { ...mailing, information: 'my-number' },
    expected: done('stop-use', '35(2)'),
  },
  {
    name: '要らなくなった情報を消去する',
    facts: { ...erasure, reason: 'no-longer-needed' },
    expected: done('erase', '35(6)'),
  },
  { name: '漏えいの後に利用を止める', facts: { ...mailing, reason: 'breach' }, expected: done('stop-use', '35(6)') },
  {
    name: '害されるおそれがあるので提供を止める',
    facts: { ...provision, reason: 'may-harm' },
    expected: done('stop-provision', '35(6)'),
  },
  {
    name: '一部にだけ理由がある：理由を説明する',
    facts: { ...mailing, found: 'part' },
    expected: {
      answer: 'yes',
      because: ['APPI 35(2)'],
      duties: [{ do: 'stop-use', under: 'APPI 35(2)', when: 'at-once' }, ...tell, ...explain],
    },
  },
  {
    name: '手数料は取れない',
    facts: { ...mailing, fee: { yen: 1000, published: true, reasonable: true } },
    expected: {
      answer: 'yes',
      because: ['APPI 35(2)', 'APPI 38(1)'],
      duties: [
        { do: 'stop-use', under: 'APPI 35(2)', when: 'at-once' },
        ...tell,
        { do: 'refund-fee', under: 'APPI 38(1)', when: 'at-once' },
      ],
    },
  },
  {
    name: '違反した取扱いを理由に、提供の停止は求められない',
    facts: { ...provision, reason: 'unlawful-handling' },
    expected: refused('APPI 35(1)'),
  },
  {
    name: '違法な提供を理由に、消去は求められない',
    facts: { ...erasure, reason: 'unlawful-provision' },
    expected: refused('APPI 35(3)'),
  },
  {
    name: '違法な提供を理由に、利用の停止は求められない',
    facts: { ...mailing, reason: 'unlawful-provision' },
    expected: refused('APPI 35(3)'),
  },
  {
    name: '何を求められたか分からず、提供の違反だけを聞いた',
    facts: { ...mailing, asks: undefined, reason: 'unlawful-provision' },
    expected: open('asks'),
  },
  {
    name: '法令の保存義務がある：消去の代わりに利用を止める',
    facts: { ...erasure, keeping: vouchers },
    expected: kept,
  },
  {
    name: '法令の保存義務が一部だけにある：残りは消去し、保存するものはほかに使わない',
    facts: { ...erasure, keeping: { ...vouchers, part: true } },
    expected: {
      answer: 'yes',
      because: ['APPI 35(2)', 'APPI 22'],
      duties: [
        { do: 'erase', under: 'APPI 35(2)', when: 'at-once' },
        { do: 'restrict-use', under: 'APPI 22', when: 'at-once' },
        { do: 'erase', under: 'APPI 22', when: 'later', by: day('2027-06-01') },
        ...tell,
        ...explain,
      ],
    },
  },
  {
    name: '法令が保存を求めるのが一部だけか分からなければ、消去を断らない',
    facts: { ...erasure, keeping: { ...vouchers, part: undefined } },
    expected: open('keeping.part'),
  },
  {
    name: '一部だけの保存義務も終わっている',
    facts: { ...erasure, keeping: { ...vouchers, until: day('2026-11-23'), part: true } },
    expected: done('erase', '35(2)'),
  },
  {
    name: '保存義務は、別の措置の主張より先に見る',
    facts: { ...erasure, keeping: vouchers, substitute: {} },
    expected: kept,
  },
  {
    name: '保存義務は終わっている：一部だけだったかは尋ねない',
    facts: { ...erasure, keeping: { ...vouchers, until: day('2026-11-23'), part: undefined } },
    expected: done('erase', '35(2)'),
  },
  {
    name: '保存義務は、利用の停止では問わない',
    facts: { ...mailing, keeping: vouchers },
    expected: done('stop-use', '35(2)'),
  },
  { name: '保存義務があるか分からない', facts: { ...erasure, keeping: undefined }, expected: open('keeping') },
  {
    name: '保存義務の期間と、別の措置が分からない',
    facts: { ...erasure, keeping: { legalBasis: 'x' }, substitute: { difficult: true } },
    expected: open('keeping.until', 'substitute.protects'),
  },
  {
    name: '多額の費用がかかるので、別の措置で本人を守る',
    facts: { ...mailing, substitute: { difficult: true, protects: true } },
    expected: {
      answer: 'no',
      because: ['APPI 35(2)', 'APPI 35(2) proviso'],
      duties: [{ do: 'take-alternative-measures', under: 'APPI 35(2) proviso', when: 'at-once' }, ...tell, ...explain],
    },
  },
  {
    name: '難しいだけで、本人を守る措置がない：求めのとおりにする',
    facts: { ...mailing, substitute: { difficult: true, protects: false } },
    expected: done('stop-use', '35(2)', 'APPI 35(2) proviso'),
  },
  {
    name: '措置はあるが、難しくない：求めのとおりにする',
    facts: { ...provision, substitute: { difficult: false, protects: true } },
    expected: done('stop-provision', '35(4)', 'APPI 35(4) proviso'),
  },
  {
    name: '難しくなければ、措置を問わない',
    facts: { ...mailing, reason: 'may-harm', substitute: { difficult: false } },
    expected: done('stop-use', '35(6)', 'APPI 35(6) proviso'),
  },
  {
    name: '別の措置の要素が分からない',
    facts: { ...mailing, substitute: {} },
    expected: open('substitute.difficult', 'substitute.protects'),
  },
  {
    name: '仮名加工情報には働かない',
    facts: { ...mailing, information: 'pseudonymous' },
    expected: { answer: 'no', because: ['APPI 41(9)'] },
  },
  { name: '何も分からない', facts: {}, expected: open('information', 'asks', 'reason', 'found') },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decideSuspension(facts, today))).toEqual(expected);
});

test.each(['information', 'asks', 'reason', 'found'] as const)('%s だけが足りない', (fact) => {
  expect(outline(decideSuspension({ ...mailing, [fact]: undefined }, today))).toEqual(open(fact));
});

const claims: [SuspensionReason, string][] = [
  ['unlawful-handling', 'APPI 35(1)'],
  ['no-longer-needed', 'APPI 35(5)'],
  ['breach', 'APPI 35(5)'],
  ['may-harm', 'APPI 35(5)'],
];

test.each(claims)('%s を調べたが、理由がなかった', (reason, article) => {
  expect(outline(decideSuspension({ ...mailing, reason, found: 'none' }, today))).toEqual(refused(article));
});

test('違法な提供はなかった', () => {
  expect(outline(decideSuspension({ ...provision, found: 'none' }, today))).toEqual(refused('APPI 35(3)'));
});

test('手数料は1円以上の整数', () => {
  expect(suspensionContradictions({ fee: { yen: 0 } }).map((c) => c.field)).toEqual(['fee.yen']);
  expect(suspensionContradictions(mailing)).toEqual([]);
});
