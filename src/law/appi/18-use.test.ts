// Limit by the purpose of use (利用目的による制限): O-15 (the use of a business card), the six exceptions of 18(3), consent, 19.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import type { UseFacts } from '../facts.ts';
import { decideUse } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const p1 = { id: 'P1', clause: '11' };
const p2 = { id: 'P2', clause: '12' };
const p4 = {
  id: 'P4',
  clause: '14',
  says: { ja: '来訪者の情報は安全の確保のために使う。', en: 'Visitor data is used for security.' },
};

const visitors: UseFacts = { information: 'personal', purpose: 'P3', holdingPurposes: [p4], consent: null };
const beyond = ['APPI 18(1)', 'policy 14', 'APPI 18(3)'];
const recordOf = (article: string): Outline['duties'] => [
  { do: 'record-exception', under: `APPI ${article}`, when: 'at-once', items: ['item', 'facts', 'approver'] },
];

const cases: { name: string; facts: UseFacts; expected: Outline }[] = [
  {
    name: 'O-15 名刺を通常の業務連絡に使う',
    facts: { information: 'personal', purpose: 'P2', holdingPurposes: [p2], consent: null },
    expected: { answer: 'yes', because: ['APPI 18(1)', 'policy 12'], duties: [] },
  },
  {
    name: 'O-15 名刺を関係のないメールマガジンに使う',
    facts: { information: 'personal', purpose: 'P3', holdingPurposes: [p2], consent: null },
    expected: { answer: 'no', because: ['APPI 18(1)', 'policy 12', 'APPI 18(3)'] },
  },
  {
    name: '目的が二つある情報を外の目的に使う：両方の条項を示す',
    facts: { ...visitors, holdingPurposes: [p1, p2] },
    expected: { answer: 'no', because: ['APPI 18(1)', 'policy 11', 'policy 12', 'APPI 18(3)'] },
  },
  { name: '来訪者名簿から案内を送る', facts: visitors, expected: { answer: 'no', because: beyond } },
  {
    name: '目的をひとつも決めていない情報',
    facts: { ...visitors, holdingPurposes: [] },
    expected: { answer: 'no', because: ['APPI 18(1)', 'APPI 18(3)'] },
  },
  {
    name: '前もって本人の同意を得た',
    facts: { ...visitors, consent: { givenBy: 'principal', on: day('2026-11-24'), coversPurpose: true } },
    expected: { answer: 'yes', because: ['APPI 18(1)'], duties: [] },
  },
  {
    name: '同意は別の目的のもの',
    facts: { ...visitors, consent: { givenBy: 'principal', on: day('2026-11-01'), coversPurpose: false } },
    expected: { answer: 'no', because: ['APPI 18(1)', 'policy 14', 'APPI 18(1)', 'APPI 18(3)'] },
  },
  {
    name: '同意があるか分からない',
    facts: { ...visitors, consent: undefined },
    expected: { answer: 'unknown', because: ['APPI 18(1)', 'policy 14'], missing: ['consent'] },
  },
  {
    name: '同意の日と範囲が分からない',
    facts: { ...visitors, consent: {} },
    expected: {
      answer: 'unknown',
      because: ['APPI 18(1)', 'policy 14'],
      missing: ['consent.givenBy', 'consent.on', 'consent.coversPurpose'],
    },
  },
  {
    name: '18条3項1号 法令に基づく',
    facts: { ...visitors, exception: { item: '18(3)(i)', legalBasis: '刑事訴訟法197条2項 照会書5号' } },
    expected: { answer: 'yes', because: ['APPI 18(3)(i)'], duties: recordOf('18(3)(i)') },
  },
  {
    name: '18条3項2号 災害の安否確認で、同意を得るのが難しい',
    facts: { ...visitors, exception: { item: '18(3)(ii)', necessary: true, consentDifficult: true } },
    expected: { answer: 'yes', because: ['APPI 18(3)(ii)'], duties: recordOf('18(3)(ii)') },
  },
  {
    name: '18条3項2号 同意を得るのが面倒なだけ',
    facts: { ...visitors, exception: { item: '18(3)(ii)', necessary: true, consentDifficult: false } },
    expected: { answer: 'no', because: ['APPI 18(1)', 'policy 14', 'APPI 18(3)(ii)'] },
  },
  {
    name: '18条3項3号 公衆衛生',
    facts: { ...visitors, exception: { item: '18(3)(iii)', necessary: true, consentDifficult: true } },
    expected: { answer: 'yes', because: ['APPI 18(3)(iii)'], duties: recordOf('18(3)(iii)') },
  },
  {
    name: '18条3項4号 同意を求めると事務に支障が出る',
    facts: {
      ...visitors,
      exception: { item: '18(3)(iv)', publicAffairs: true, necessary: true, consentImpedes: true },
    },
    expected: { answer: 'yes', because: ['APPI 18(3)(iv)'], duties: recordOf('18(3)(iv)') },
  },
  {
    name: '18条3項4号 だれの、何で決まった事務かが分からない',
    facts: { ...visitors, exception: { item: '18(3)(iv)', necessary: true, consentImpedes: true } },
    expected: { answer: 'unknown', because: ['APPI 18(1)', 'policy 14'], missing: ['exception.publicAffairs'] },
  },
  {
    name: '18条3項4号 委託を受けていない町内会の見守りへの協力',
    facts: {
      ...visitors,
      exception: { item: '18(3)(iv)', publicAffairs: false, necessary: true, consentImpedes: true },
    },
    expected: { answer: 'no', because: ['APPI 18(1)', 'policy 14', 'APPI 18(3)(iv)'] },
  },
  {
    name: '18条3項4号 支障が出るか分からない',
    facts: { ...visitors, exception: { item: '18(3)(iv)', publicAffairs: true, necessary: true } },
    expected: { answer: 'unknown', because: ['APPI 18(1)', 'policy 14'], missing: ['exception.consentImpedes'] },
  },
  {
    name: '18条3項5号 当社は学術研究機関等ではない',
    facts: {
      ...visitors,
      exception: { item: '18(3)(v)', academicInstitution: false, necessary: true, undueInfringement: false },
    },
    expected: { answer: 'no', because: ['APPI 18(1)', 'policy 14', 'APPI 18(3)(v)'] },
  },
  {
    name: '18条3項6号 大学の研究に渡す',
    facts: {
      ...visitors,
      exception: { item: '18(3)(vi)', academicInstitution: true, necessary: true, undueInfringement: false },
    },
    expected: { answer: 'yes', because: ['APPI 18(3)(vi)'], duties: recordOf('18(3)(vi)') },
  },
  {
    name: '18条3項6号 個人の権利利益を不当に害する',
    facts: {
      ...visitors,
      exception: { item: '18(3)(vi)', academicInstitution: true, necessary: true, undueInfringement: true },
    },
    expected: { answer: 'no', because: ['APPI 18(1)', 'policy 14', 'APPI 18(3)(vi)'] },
  },
  {
    name: '19条 不当な行為を助ける利用は、目的の範囲内でも断る',
    facts: { ...visitors, purpose: 'P4', improper: true },
    expected: { answer: 'no', because: ['APPI 19'] },
  },
  {
    name: '個人番号は同意があっても開かない',
    facts: {
      ...visitors,
      information: 'my-number',
      consent: { givenBy: 'principal', on: day('2026-11-01'), coversPurpose: true },
    },
    expected: { answer: 'unknown', because: ['NumberingAct 9(4)', 'NumberingAct 30(2)'], missing: ['numberAffair'] },
  },
  {
    name: '何も分からない',
    facts: {},
    expected: {
      answer: 'unknown',
      because: ['APPI 18(1)'],
      missing: ['information', 'purpose', 'holdingPurposes'],
    },
  },
  {
    name: '同意を取り下げる日が決まっていても、その日までは同意がある',
    facts: {
      ...visitors,
      consent: { givenBy: 'principal', on: day('2026-11-01'), withdrawnOn: day('2026-11-25'), coversPurpose: true },
    },
    expected: { answer: 'yes', because: ['APPI 18(1)'], duties: [] },
  },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decideUse(facts, today))).toEqual(expected);
});

test('断るときは、条項の言葉とできることを示す', () => {
  const finding = decideUse(visitors, today);
  expect(finding.because[1]?.says.ja).toBe('来訪者の情報は安全の確保のために使う。');
  expect(finding.answer === 'no' && finding.instead?.map(({ ja }) => ja)).toEqual([
    'この目的について本人の同意を得る',
    'この目的で集めた情報を使う',
    '目的を変えられるか、個人情報保護管理者に確かめる',
    '同意の要らない場合（法令に基づく照会、人の命や財産の保護など、18条3項各号）に当たるなら、それを加えて聞き直す',
  ]);
  const none = decideUse({ ...visitors, exception: null }, today);
  expect(none.answer === 'no' && none.instead?.length).toBe(3);
});
