// Specifying and changing the purpose of use (利用目的の特定と変更): scenario O-16 and 17(1).

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import type { PurposeChangeFacts, PurposeFacts } from '../facts.ts';
import { decidePurpose, decidePurposeChange, decideUse, judgedNow, type Judgements } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const judging = (code: string, answer: boolean): { judgements: Judgements } => ({
  judgements: judgedNow(code, answer, { by: 'staff:o', on: today, why: '例' }),
});
const related = judging('purposeRelated', true);
const unrelated = judging('purposeRelated', false);
const calls = { id: 'P-call', clause: '9' };
const training: PurposeChangeFacts = {
  information: 'personal',
  from: calls,
  ...related,
  consent: null,
  published: false,
};
const publishChanged = { do: 'publish-changed-purpose', under: 'APPI 21(3)', when: 'at-once' } as const;

const changes: { name: string; facts: PurposeChangeFacts; expected: Outline }[] = [
  {
    name: 'O-16 V1 通話録音を応対の教育に使う：関連する変更なので公表する',
    facts: training,
    expected: { answer: 'yes', because: ['APPI 17(2)', 'APPI 21(3)', 'policy 9'], duties: [publishChanged] },
  },
  {
    name: '仮名加工情報などの目的は関連しなくても変えられるので、どんな情報か分からないうちは断らない',
    facts: { ...training, ...unrelated, information: undefined },
    expected: { answer: 'unknown', because: ['APPI 17(2)', 'policy 9'], missing: ['information'] },
  },
  {
    name: 'O-16 V1 関連するかを責任者がまだ判断していない',
    facts: { ...training, judgements: undefined, newPurpose: '応対の教育' },
    expected: { answer: 'unknown', because: ['APPI 17(2)', 'policy 9'], missing: ['judgements.purposeRelated'] },
  },
  {
    name: 'O-16 V1 何を判断するのかが分からない',
    facts: { ...training, judgements: undefined },
    expected: {
      answer: 'unknown',
      because: ['APPI 17(2)', 'policy 9'],
      missing: ['judgements.purposeRelated', 'newPurpose'],
    },
  },
  {
    name: 'O-16 V1 前の判断は期限を過ぎている',
    facts: {
      ...training,
      newPurpose: '応対の教育',
      judgements: judgedNow('purposeRelated', true, { by: 'staff:o', on: day('2026-11-23'), why: '例' }),
    },
    expected: { answer: 'unknown', because: ['APPI 17(2)', 'policy 9'], missing: ['judgements.purposeRelated'] },
  },
  {
    name: 'O-16 V1 変えた目的をもう公表している',
    facts: { ...training, published: true },
    expected: { answer: 'yes', because: ['APPI 17(2)', 'APPI 21(3)', 'policy 9'], duties: [] },
  },
  {
    name: 'O-16 V1 公表すると正当な利益を害すると確かめた',
    facts: { ...training, noticeException: { item: '21(4)(ii)', confirmed: true } },
    expected: {
      answer: 'yes',
      because: ['APPI 17(2)', 'APPI 21(4)(ii)', 'policy 9'],
      duties: [
        { do: 'record-exception', under: 'APPI 21(4)(ii)', when: 'at-once', items: ['item', 'facts', 'approver'] },
      ],
    },
  },
  {
    name: 'O-16 V1 21条4項の事情を確かめていない',
    facts: { ...training, noticeException: { item: '21(4)(ii)' } },
    expected: {
      answer: 'unknown',
      because: ['APPI 17(2)', 'APPI 21(3)', 'policy 9'],
      missing: ['noticeException.confirmed'],
    },
  },
  {
    name: 'O-16 V2 通話録音で信用力を点数にする：同意なしには使えない',
    facts: { ...training, ...unrelated },
    expected: { answer: 'no', because: ['APPI 17(2)', 'APPI 18(1)', 'policy 9'] },
  },
  {
    name: 'O-16 V2 前もって本人の同意を得ている',
    facts: {
      ...training,
      ...unrelated,
      consent: { givenBy: 'principal', on: day('2026-11-01'), coversPurpose: true },
    },
    expected: { answer: 'yes', because: ['APPI 18(1)', 'policy 9'], duties: [] },
  },
  {
    name: 'O-16 V2 同意があるか分からない',
    facts: { ...training, ...unrelated, consent: undefined },
    expected: { answer: 'unknown', because: ['APPI 17(2)', 'policy 9'], missing: ['consent'] },
  },
  {
    name: 'いまの目的が分からない',
    facts: { ...training, from: undefined },
    expected: { answer: 'unknown', because: ['APPI 17(2)', 'APPI 21(3)'], missing: ['from'] },
  },
  {
    name: '個人番号の目的の変更は、同意があっても番号法の問いで決める',
    facts: {
      ...training,
      information: 'my-number',
      consent: { givenBy: 'principal', on: day('2026-11-01'), coversPurpose: true },
    },
    expected: { answer: 'unknown', because: ['NumberingAct 9(4)', 'NumberingAct 30(2)'], missing: ['numberAffair'] },
  },
  {
    name: '状況から明らかな目的への変更とは言えないので、変更を知らせる',
    facts: { ...training, noticeException: { item: '21(4)(iv)', clearPurposes: ['P1'] } },
    expected: {
      answer: 'yes',
      because: ['APPI 17(2)', 'APPI 21(3)', 'policy 9'],
      duties: [{ do: 'publish-changed-purpose', under: 'APPI 21(3)', when: 'at-once' }],
    },
  },
  ...([related, unrelated] as const).map((judged) => ({
    name: `仮名加工情報の目的は、関連しなくても変えられるが、公表しなければ使えない：関連${judged === related ? 'あり' : 'なし'}`,
    facts: { ...training, information: 'pseudonymous' as const, ...judged },
    expected: {
      answer: 'yes' as const,
      because: ['APPI 41(9)', 'policy 9'],
      duties: [{ do: 'publish-pseudonymous-purpose' as const, under: 'APPI 41(4)', when: 'before' as const }],
    },
  })),
  {
    name: '仮名加工情報では、本人の同意も通知も公表に代わらない',
    facts: {
      ...training,
      information: 'pseudonymous',
      ...unrelated,
      published: true,
      consent: { givenBy: 'principal', on: day('2026-11-01'), coversPurpose: true },
    },
    expected: {
      answer: 'yes',
      because: ['APPI 41(9)', 'policy 9'],
      duties: [{ do: 'publish-pseudonymous-purpose', under: 'APPI 41(4)', when: 'before' }],
    },
  },
  {
    name: '仮名加工情報の変えた目的も、公表すると本人などを害するおそれがあれば公表しない',
    facts: {
      ...training,
      information: 'pseudonymous',
      noticeException: { item: '21(4)(i)', confirmed: true },
    },
    expected: {
      answer: 'yes',
      because: ['APPI 41(9)', 'APPI 21(4)(i)', 'policy 9'],
      duties: [
        { do: 'record-exception', under: 'APPI 21(4)(i)', when: 'at-once', items: ['item', 'facts', 'approver'] },
      ],
    },
  },
  {
    name: '仮名加工情報で、いまの目的が分からない',
    facts: { ...training, information: 'pseudonymous', from: undefined },
    expected: { answer: 'unknown', because: ['APPI 41(9)'], missing: ['from'] },
  },
  {
    name: '匿名加工情報に、変えてよい目的の範囲はない',
    facts: { ...training, information: 'anonymous', ...unrelated },
    expected: { answer: 'yes', because: ['APPI 2(6)', 'policy 9'], duties: [] },
  },
  ...([undefined, false, true] as const).map((identifies) => ({
    name: `個人関連情報の目的は、個人と結び付けない限り変えられる：${identifies}`,
    facts: { ...training, information: 'personally-related' as const, ...unrelated, identifies },
    expected:
      identifies === undefined
        ? { answer: 'unknown' as const, because: ['APPI 2(7)'], missing: ['identifies'] }
        : identifies
          ? { answer: 'no' as const, because: ['APPI 17(2)', 'APPI 18(1)', 'policy 9'] }
          : { answer: 'yes' as const, because: ['APPI 2(7)'], duties: [] },
  })),
];

test.each(changes)('$name', ({ facts, expected }) => {
  expect(outline(decidePurposeChange(facts, today))).toEqual(expected);
});

test('O-16 V2 変更を経ずに使うと断られ、持っている目的の条項が示される', () => {
  const finding = decideUse(
    { information: 'personal', purpose: 'P-credit', holdingPurposes: [calls], consent: null },
    today,
  );
  expect(outline(finding)).toEqual({ answer: 'no', because: ['APPI 18(1)', 'policy 9', 'APPI 18(3)'] });
});

const clear: PurposeFacts = {
  ...judging('purposeConcrete', true),
  providesToThirdParties: true,
  provisionStated: true,
  analysesBehaviour: true,
  analysisStated: true,
};

const purposes: { name: string; facts: PurposeFacts; expected: Outline }[] = [
  { name: '具体的な目的', facts: clear, expected: { answer: 'yes', because: ['APPI 17(1)'], duties: [] } },
  {
    name: '「事業活動のため」だけの目的',
    facts: { ...clear, ...judging('purposeConcrete', false) },
    expected: { answer: 'no', because: ['APPI 17(1)'] },
  },
  {
    name: '第三者に渡すのに書いていない',
    facts: { ...clear, provisionStated: false },
    expected: { answer: 'no', because: ['APPI 17(1)'] },
  },
  {
    name: '行動を分析するのに書いていない',
    facts: { ...clear, analysisStated: false },
    expected: { answer: 'no', because: ['APPI 17(1)'] },
  },
  {
    name: '何も判断していない',
    facts: {},
    expected: {
      answer: 'unknown',
      because: ['APPI 17(1)'],
      missing: ['judgements.purposeConcrete', 'text', 'providesToThirdParties', 'analysesBehaviour'],
    },
  },
  {
    name: '具体的かどうかを、まだだれも判断していない',
    facts: { ...clear, judgements: undefined, text: '事業活動のため' },
    expected: { answer: 'unknown', because: ['APPI 17(1)'], missing: ['judgements.purposeConcrete'] },
  },
  {
    name: '渡すことが書かれているか分からない',
    facts: { ...judging('purposeConcrete', true), providesToThirdParties: true, analysesBehaviour: false },
    expected: { answer: 'unknown', because: ['APPI 17(1)'], missing: ['provisionStated'] },
  },
];

test.each(purposes)('目的の特定：$name', ({ facts, expected }) => {
  expect(outline(decidePurpose(facts, today))).toEqual(expected);
});
