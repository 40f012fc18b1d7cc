// Use of a My Number (個人番号を使う): the affair, the purpose told, the emergency of 30(2), and that consent alone never allows it.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import { numberUseContradictions, decideNumberUse, judgedNow, type NumberUseFacts } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const filing: NumberUseFacts = {
  affair: 'remuneration',
  purposeTold: true,
  withinNeed: true,
  designatedHandler: true,
};
const judging = (answer: boolean) => ({
  judgements: judgedNow('numberEmergency', answer, { by: 'staff:o', on: today, why: '例' }),
});
/** The emergency as the officer has judged it. `waiting` is the same before any judgement. */
const disaster: NumberUseFacts = {
  ...judging(true),
  designatedHandler: true,
  affair: 'none',
  emergency: { item: '18(3)(ii)', necessary: true, consentOrDifficult: true },
};

const record = {
  do: 'record-number-use',
  under: 'NumberingAct 12',
  when: 'at-once',
  items: ['who', 'when', 'affair'],
} as const;
const handlers = { do: 'limit-handlers', under: 'NumberingAct 12', when: 'at-once' } as const;
const used: Outline = {
  answer: 'yes',
  because: ['NumberingAct 9(4)'],
  duties: [record, handlers, { do: 'destroy-number', under: 'NumberingAct 20', when: 'later' }],
};
const urgent: Outline = {
  answer: 'yes',
  because: ['NumberingAct 30(2)'],
  duties: [
    { do: 'record-exception', under: 'NumberingAct 30(2)', when: 'at-once', items: ['item', 'facts', 'approver'] },
    record,
    handlers,
  ],
};
const call = { do: 'call-officer', under: 'NumberingAct 30(2)', when: 'at-once' } as const;
/** The finding that waits for the officer's judgement on this case. */
const waits = (...missing: string[]): Outline => ({
  answer: 'unknown',
  because: ['NumberingAct 9(4)', 'NumberingAct 30(2)', 'NumberingAct 30(2)'],
  missing,
  duties: [call],
});
const no = (...because: string[]): Outline => ({ answer: 'no', because });
const asks = (...missing: string[]): Outline => ({ answer: 'unknown', because: ['NumberingAct 9(4)'], missing });
const noAffair = ['NumberingAct 9(4)', 'NumberingAct 9(4)'];

const cases: { name: string; facts: NumberUseFacts; expected: Outline }[] = [
  { name: '支払調書を作るために使う', facts: filing, expected: used },
  {
    name: '事務のために使う：急を要するかを確かめるまでもない',
    facts: { ...filing, emergency: { item: '18(3)(ii)' } },
    expected: used,
  },
  {
    name: '何の事務か分からず、急を要するかも分からない',
    facts: { ...filing, affair: undefined, emergency: { item: '18(3)(ii)', necessary: true } },
    expected: waits('emergency.consentOrDifficult', 'judgements.numberEmergency'),
  },
  { name: '賃料の支払調書のために使う', facts: { ...filing, affair: 'real-estate-use' }, expected: used },
  {
    name: '社員番号の代わりに使う',
    facts: { ...filing, affair: 'none', consent: { on: today, coversPurpose: true } },
    expected: no(...noAffair),
  },
  { name: '顧客名簿の鍵にする', facts: { ...filing, beyondAffairFile: true }, expected: no('NumberingAct 29') },
  { name: '顧客名簿の鍵にはしない', facts: { ...filing, beyondAffairFile: false }, expected: used },
  {
    name: '事務取扱担当者でない',
    facts: { ...filing, designatedHandler: false },
    expected: no('NumberingAct 12'),
  },
  {
    name: '急を要しても、担当者でない人は扱えない',
    facts: { ...disaster, designatedHandler: false },
    expected: no('NumberingAct 12'),
  },
  {
    name: '担当者か分からない',
    facts: { ...filing, designatedHandler: undefined },
    expected: asks('designatedHandler'),
  },
  { name: '示した目的に入っていない', facts: { ...filing, purposeTold: false }, expected: no('APPI 18(1)') },
  { name: '目的を示したか分からない', facts: { ...filing, purposeTold: undefined }, expected: asks('purposeTold') },
  { name: '要る分より多く使う', facts: { ...filing, withinNeed: false }, expected: no('NumberingAct 9(4)') },
  { name: '要る分だけか分からない', facts: { ...filing, withinNeed: undefined }, expected: asks('withinNeed') },
  {
    name: 'ほかの法令の事務',
    facts: { ...filing, affair: 'other-by-law', legalBasis: '健康保険法' },
    expected: used,
  },
  { name: 'どの法令か分からない', facts: { ...filing, affair: 'other-by-law' }, expected: asks('legalBasis') },
  {
    name: '方針が事務を支払調書に限っている',
    facts: { ...filing, affair: 'other-by-law', legalBasis: '健康保険法', policy: { affairsClosedBy: '95' } },
    expected: no('policy 95'),
  },
  {
    name: '方針が限っていても、支払調書のためなら使える',
    facts: { ...filing, policy: { affairsClosedBy: '95' } },
    expected: used,
  },
  {
    name: '人の生命を守るため、本人に尋ねられない：この件について、管理者がまだ判断していない',
    facts: { ...disaster, judgements: undefined },
    expected: waits('judgements.numberEmergency'),
  },
  {
    name: '本人が同意していても、管理者が判断するまで使えない',
    facts: { ...disaster, judgements: undefined, consent: { givenBy: 'principal', on: today, coversPurpose: true } },
    expected: waits('judgements.numberEmergency'),
  },
  {
    name: '人の生命を守るため、本人に尋ねられないと、管理者が判断した',
    facts: disaster,
    expected: urgent,
  },
  {
    name: '急を要する場合に当たらないと、管理者が判断した',
    facts: { ...disaster, ...judging(false) },
    expected: no(...noAffair, 'NumberingAct 30(2)'),
  },
  {
    name: '急を要する場合に当たらなくても、事務のためなら使える',
    facts: { ...filing, emergency: disaster.emergency, ...judging(false) },
    expected: used,
  },
  {
    name: '事務のためなら、急を要するかを管理者が判断するまでもない',
    facts: { ...filing, emergency: disaster.emergency },
    expected: used,
  },
  {
    name: '管理者の判断があっても、要素が分からなければ使えない',
    facts: { ...disaster, designatedHandler: undefined },
    expected: asks('designatedHandler'),
  },
  {
    name: '事務の内でも、急を要する事情があればそれによる',
    facts: { ...filing, ...disaster, affair: filing.affair },
    expected: urgent,
  },
  {
    name: '生命や財産のためではない',
    facts: { ...disaster, emergency: { item: '18(3)(ii)', necessary: false, consentOrDifficult: true } },
    expected: no(...noAffair, 'NumberingAct 30(2)'),
  },
  {
    name: '同意を得られるのに得ていない',
    facts: { ...disaster, emergency: { item: '18(3)(ii)', necessary: true, consentOrDifficult: false } },
    expected: no(...noAffair, 'NumberingAct 30(2)'),
  },
  {
    name: '金融機関のための例外は当社に当たらない',
    facts: { ...disaster, emergency: { item: '18(3)(i)', necessary: true, consentOrDifficult: true } },
    expected: no(...noAffair, 'NumberingAct 30(2)'),
  },
  {
    name: '例外に当たらなくても、事務のためなら使える',
    facts: { ...filing, emergency: { item: '18(3)(i)' } },
    expected: used,
  },
  {
    name: '例外に当たらず、示した目的にも入っていない',
    facts: { ...filing, purposeTold: false, emergency: { item: '18(3)(i)' } },
    expected: no('APPI 18(1)', 'NumberingAct 30(2)'),
  },
  {
    name: '急を要するか分からない',
    facts: { ...disaster, judgements: undefined, designatedHandler: undefined, emergency: { item: '18(3)(ii)' } },
    expected: waits(
      'emergency.necessary',
      'emergency.consentOrDifficult',
      'designatedHandler',
      'judgements.numberEmergency',
    ),
  },
  { name: '急を要する事情はない', facts: { ...filing, emergency: null }, expected: used },
  {
    name: '何も分からない',
    facts: {},
    expected: asks('affair', 'purposeTold', 'withinNeed', 'designatedHandler'),
  },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decideNumberUse(facts, today))).toEqual(expected);
});

test('目的に入っていないときは、目的を変える道を示す', () => {
  const finding = decideNumberUse({ ...filing, purposeTold: false }, today);
  expect(finding.answer === 'no' && finding.instead?.[0]?.ja).toContain('関連する範囲');
});

test.each([
  [{ affair: 'none', legalBasis: '健康保険法' }, ['legalBasis']],
  [{ affair: 'none', legalBasis: '' }, []],
  [{ affair: 'other-by-law', legalBasis: '健康保険法' }, []],
  [{ legalBasis: '健康保険法' }, []],
] as [NumberUseFacts, string[]][])('%o の矛盾は %o', (facts, fields) => {
  expect(numberUseContradictions(facts).map((c) => c.field)).toEqual(fields);
});

test('急を要するときの保留は、だれにどう知らせるかと、同意だけでは使えないことを言う', () => {
  const finding = decideNumberUse({ ...disaster, judgements: undefined }, today);
  if (finding.answer !== 'unknown') throw new Error('answered');
  expect(finding.because.map(({ says }) => says.en).join(' ')).toContain(
    'consent alone never allows the use of a My Number',
  );
  const [duty] = finding.duties!;
  expect(duty.says.ja).toContain('個人情報保護管理者に、いますぐ電話');
  expect(duty.says.en).toContain('Call the privacy officer now');
});
