// Entrustment and re-entrustment (委託と再委託): the permission at every step up to the first entruster, advance permissions, supervision, abroad, and a
// cloud that does not handle the numbers.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import { numberEntrustmentContradictions, decideNumberEntrustment, type NumberEntrustmentFacts } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const tax: NumberEntrustmentFacts = {
  level: 'entrustment',
  withinAffair: true,
  ownUse: false,
  assessed: true,
  contract: true,
  monitored: true,
  country: 'JP',
};
const again: NumberEntrustmentFacts = {
  ...tax,
  level: 're-entrustment',
  permission: { by: 'first-entruster', on: today, advance: false },
  indirectlySupervised: true,
};
const further: NumberEntrustmentFacts = { ...again, level: 'further', earlierPermitted: true };
const advance: NumberEntrustmentFacts = {
  ...again,
  permission: {
    by: 'first-entruster',
    on: day('2026-04-01'),
    advance: true,
    partyNamed: true,
    abilityProved: true,
    reportingAgreed: true,
  },
};
const cloud: NumberEntrustmentFacts = {
  withinAffair: true,
  country: 'JP',
  cloud: { contractExcludesHandling: true, accessControlled: true },
};

const record = {
  do: 'record-permission',
  under: 'NumberingAct 10(1)',
  when: 'before',
  items: ['permitted-by', 'permitted-on', 'party', 'chain'],
} as const;
const supervise = {
  do: 'supervise-entrusted',
  under: 'NumberingAct 11',
  when: 'later',
  items: ['selection', 'contract', 'handling-status', 're-entrustment'],
} as const;
const handlers = { do: 'limit-handlers', under: 'NumberingAct 12', when: 'at-once' } as const;
const safety = { do: 'own-safety-measures', under: 'NumberingAct 12', when: 'before' } as const;
const abroad = [
  { do: 'own-safety-measures', under: 'APPI 23', when: 'before' },
  { do: 'publish-foreign-handling', under: 'APPI-Order 10(i)', when: 'before', items: ['country', 'measures'] },
] as const;

const direct: Outline = {
  answer: 'yes',
  because: ['NumberingAct 19(vi)', 'NumberingAct 11'],
  duties: [supervise, handlers],
};
const permitted = (article: string): Outline => ({
  answer: 'yes',
  because: ['NumberingAct 19(vi)', `NumberingAct ${article}`, 'NumberingAct 11'],
  duties: [record, supervise, handlers],
});
const no = (...because: string[]): Outline => ({ answer: 'no', because });
const asks = (...missing: string[]): Outline => ({
  answer: 'unknown',
  because: ['NumberingAct 10(1)', 'NumberingAct 11'],
  missing,
});
const unpermitted = no('NumberingAct 10(1)', 'NumberingAct 19');
const notNamed = no('NumberingAct-Guideline Q3-9', 'NumberingAct 19');

const cases: { name: string; facts: NumberEntrustmentFacts; expected: Outline }[] = [
  { name: '支払調書の作成を委託する', facts: tax, expected: direct },
  { name: '直接の委託に許諾は要らない', facts: { ...tax, permission: null }, expected: direct },
  { name: '再委託：最初の委託者の許諾がある', facts: again, expected: permitted('10(1)') },
  {
    name: '再委託：許諾がない。本人の同意があっても変わらない',
    facts: { ...again, permission: null, consent: { on: today, coversRecipient: true } },
    expected: unpermitted,
  },
  {
    name: '再委託：委託先だけが許諾した',
    facts: { ...again, permission: { by: 'other', on: today, advance: false } },
    expected: unpermitted,
  },
  {
    name: '再委託：許諾が明日',
    facts: { ...again, permission: { by: 'first-entruster', on: day('2026-11-25'), advance: false } },
    expected: unpermitted,
  },
  { name: '再委託：許諾があるか分からない', facts: { ...again, permission: undefined }, expected: asks('permission') },
  {
    name: '再委託：許諾の中身が分からない',
    facts: { ...again, permission: {} },
    expected: asks('permission.by', 'permission.on', 'permission.advance'),
  },
  { name: '再々委託：どの段階にも許諾がある', facts: further, expected: permitted('10(2)') },
  {
    name: '再々委託：前の段階に許諾がない',
    facts: { ...further, earlierPermitted: false },
    expected: no('NumberingAct 10(2)', 'NumberingAct 19'),
  },
  {
    name: '再々委託：前の段階が分からない',
    facts: { ...further, earlierPermitted: undefined },
    expected: asks('earlierPermitted'),
  },
  {
    name: '再委託では、前の段階を尋ねない',
    facts: { ...again, earlierPermitted: undefined },
    expected: permitted('10(1)'),
  },
  { name: '前もっての許諾：相手、能力、報告がそろう', facts: advance, expected: permitted('10(1)') },
  {
    name: '前もっての許諾：相手が決まっていない',
    facts: { ...advance, permission: { ...advance.permission, partyNamed: false } },
    expected: notNamed,
  },
  {
    name: '前もっての許諾：能力を確かめていない',
    facts: { ...advance, permission: { ...advance.permission, abilityProved: false } },
    expected: notNamed,
  },
  {
    name: '前もっての許諾：報告を決めていない',
    facts: { ...advance, permission: { ...advance.permission, reportingAgreed: false } },
    expected: notNamed,
  },
  {
    name: '前もっての許諾：三つとも分からない',
    facts: { ...advance, permission: { by: 'first-entruster', on: today, advance: true } },
    expected: asks('permission.partyNamed', 'permission.abilityProved', 'permission.reportingAgreed'),
  },
  {
    name: '前もっての許諾でなければ、三つを尋ねない',
    facts: { ...again, permission: { ...again.permission, partyNamed: false } },
    expected: permitted('10(1)'),
  },
  {
    name: '番号を使う事務の委託ではない',
    facts: { ...tax, withinAffair: false },
    expected: no('NumberingAct 9(4)'),
  },
  {
    name: '番号を使う事務の委託ではない：方針の条項も示す',
    facts: { ...tax, withinAffair: false, policy: { affairsClosedBy: '95' } },
    expected: no('NumberingAct 9(4)', 'policy 95'),
  },
  { name: '事務の範囲か分からない', facts: { ...tax, withinAffair: undefined }, expected: asks('withinAffair') },
  { name: '相手が自社のためにも使う', facts: { ...tax, ownUse: true }, expected: no('NumberingAct 19(vi)') },
  { name: '自社のために使うか分からない', facts: { ...tax, ownUse: undefined }, expected: asks('ownUse') },
  { name: '評価していない', facts: { ...tax, assessed: false }, expected: no('NumberingAct 11') },
  { name: '契約がない', facts: { ...tax, contract: false }, expected: no('NumberingAct 11') },
  { name: '把握の方法がない', facts: { ...tax, monitored: false }, expected: no('NumberingAct 11') },
  {
    name: '監督のことが分からない',
    facts: { ...tax, assessed: undefined, contract: undefined, monitored: undefined },
    expected: asks('assessed', 'contract', 'monitored'),
  },
  {
    name: '再委託先の監督を把握していない',
    facts: { ...again, indirectlySupervised: false },
    expected: no('NumberingAct 11'),
  },
  {
    name: '再委託先の監督が分からない',
    facts: { ...again, indirectlySupervised: undefined },
    expected: asks('indirectlySupervised'),
  },
  {
    name: '外国の委託先',
    facts: { ...tax, country: 'US' },
    expected: {
      answer: 'yes',
      because: ['NumberingAct 19(vi)', 'NumberingAct 11', 'APPI 23'],
      duties: [supervise, handlers, ...abroad],
    },
  },
  { name: '国が分からない', facts: { ...tax, country: undefined }, expected: asks('country') },
  {
    name: '番号を取り扱わないクラウド',
    facts: cloud,
    expected: { answer: 'yes', because: ['NumberingAct-Guideline Q3-12', 'NumberingAct 12'], duties: [safety] },
  },
  {
    name: '番号を取り扱わない外国のクラウド',
    facts: { ...cloud, country: 'US' },
    expected: {
      answer: 'yes',
      because: ['NumberingAct-Guideline Q3-12', 'NumberingAct 12', 'APPI 23'],
      duties: [safety, ...abroad],
    },
  },
  { name: 'クラウドの国が分からない', facts: { ...cloud, country: undefined }, expected: asks('country') },
  {
    name: 'クラウドに預けるのが事務の範囲か分からない',
    facts: { ...cloud, withinAffair: undefined },
    expected: asks('withinAffair'),
  },
  {
    name: 'クラウドが取り扱うか分からない',
    facts: { ...cloud, cloud: {} },
    expected: asks('cloud.contractExcludesHandling', 'cloud.accessControlled'),
  },
  {
    name: '契約だけが分からない',
    facts: { ...cloud, cloud: { accessControlled: true } },
    expected: asks('cloud.contractExcludesHandling'),
  },
  {
    name: '契約では取り扱えるクラウド：委託として確かめる',
    facts: { ...tax, cloud: { contractExcludesHandling: false } },
    expected: direct,
  },
  {
    name: 'アクセスできるクラウド：委託として確かめる',
    facts: { ...tax, cloud: { contractExcludesHandling: true, accessControlled: false } },
    expected: direct,
  },
  {
    name: 'アクセスできることだけが分かるクラウド：委託として確かめる',
    facts: { ...tax, cloud: { accessControlled: false } },
    expected: direct,
  },
  {
    name: '何も分からない',
    facts: {},
    expected: asks('withinAffair', 'ownUse', 'assessed', 'contract', 'monitored', 'level', 'country'),
  },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decideNumberEntrustment(facts, today))).toEqual(expected);
});

test('許諾がないときは、始める前に得るように示す', () => {
  const finding = decideNumberEntrustment({ ...again, permission: null }, today);
  expect(finding.answer === 'no' && finding.instead?.[0]?.ja).toContain('許諾');
});

test.each([
  [{ level: 'entrustment', permission: {} }, ['permission']],
  [{ level: 'entrustment', permission: null }, []],
  [{ level: 're-entrustment', permission: {} }, []],
  [{ permission: {} }, []],
] as [NumberEntrustmentFacts, string[]][])('%o の矛盾は %o', (facts, fields) => {
  expect(numberEntrustmentContradictions(facts).map((c) => c.field)).toEqual(fields);
});
