// 通信の秘密: warrant, the user's own consent, the officer's judgement, and what is not enough.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import { secrecyContradictions, decideSecrecy, type SecrecyFacts, type UserConsentGiver } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const warrant: SecrecyFacts = { communications: true, basis: 'warrant', warrant: '令状 5号', withinWarrant: true };
const consent: SecrecyFacts = {
  communications: true,
  basis: 'consent',
  consent: { givenBy: 'principal', individual: true, clear: true, withdrawn: false },
};
const given = (givenBy: UserConsentGiver): SecrecyFacts => ({ ...consent, consent: { ...consent.consent, givenBy } });
const rescue: SecrecyFacts = { communications: true, basis: 'justification' };
const judged = (answer: boolean, until = '2026-12-31') => ({
  legalJustification: { answer, by: 'u1', on: today, why: '人命に関わり、ほかに手段がない', until: day(until) },
});

const capable = (answer: boolean) => ({
  consentCapacity: { answer, by: 'u1', on: today, why: '説明を理解している', until: day('2026-12-31') },
});

const opened: Outline = {
  answer: 'yes',
  because: ['TBA 4(1)', 'TBA 4(2)'],
  duties: [
    { do: 'limit-scope', under: 'TBA 4(1)', when: 'before' },
    { do: 'keep-decision-log', under: 'TBA 4(1)', when: 'at-once', items: ['basis', 'document', 'approver'] },
    { do: 'keep-secret', under: 'TBA 4(2)', when: 'later' },
  ],
};
const refused: Outline = { answer: 'no', because: ['TBA 4(1)', 'TBA 4(1)'] };
const asks = (...missing: string[]): Outline => ({ answer: 'unknown', because: ['TBA 4(1)'], missing });

const cases: { name: string; facts: SecrecyFacts; expected: Outline; says?: string }[] = [
  { name: '令状がある', facts: warrant, expected: opened, says: '令状' },
  {
    name: '令状の範囲を超える',
    facts: { ...warrant, withinWarrant: false },
    expected: refused,
    says: '令状の範囲を超え',
  },
  {
    name: '令状の番号も範囲も分からない',
    facts: { ...warrant, warrant: undefined, withinWarrant: undefined },
    expected: asks('warrant', 'withinWarrant'),
  },
  { name: '令状の番号が空', facts: { ...warrant, warrant: '' }, expected: asks('warrant') },
  { name: '本人が個別に、はっきり同意した', facts: consent, expected: opened, says: '個別に' },
  {
    name: '規約でまとめて同意した',
    facts: { ...consent, consent: { ...consent.consent, individual: false } },
    expected: refused,
    says: '規約',
  },
  {
    name: '何に同意したかはっきりしない',
    facts: { ...consent, consent: { ...consent.consent, clear: false } },
    expected: refused,
    says: 'はっきりしません',
  },
  {
    name: '同意を取り下げた',
    facts: { ...consent, consent: { ...consent.consent, withdrawn: true } },
    expected: refused,
    says: '取り下げ',
  },
  {
    name: '契約者である親など、利用者でない人が同意した',
    facts: given('other'),
    expected: refused,
    says: '利用者本人でも',
  },
  {
    name: '判断できない利用者に代わって法定代理人が同意した',
    facts: given('representative'),
    expected: { ...opened, because: ['TBA 4(1)', 'Guideline 2-16', 'TBA 4(2)'] },
  },
  {
    name: '判断できない利用者だけが同意した',
    facts: given('without-capacity'),
    expected: { answer: 'no', because: ['Guideline 2-16', 'TBA 4(1)'] },
  },
  {
    name: '判断できるか分からない利用者',
    facts: given('uncertain-child'),
    expected: asks('judgements.consentCapacity'),
  },
  {
    name: '判断できると管理者が判断した利用者',
    facts: { ...given('uncertain-child'), judgements: capable(true) },
    expected: { ...opened, because: ['TBA 4(1)', 'Guideline Q1-62', 'TBA 4(2)'] },
  },
  {
    name: '判断できないと管理者が判断した利用者',
    facts: { ...given('uncertain-child'), judgements: capable(false) },
    expected: { answer: 'no', because: ['Guideline Q1-62', 'TBA 4(1)'] },
  },
  {
    name: '利用者でない人の同意は、ほかが分からなくても断る',
    facts: { ...consent, consent: { givenBy: 'other' } },
    expected: refused,
  },
  { name: '同意がない', facts: { ...consent, consent: null }, expected: refused, says: '同意がありません' },
  { name: '同意があるか分からない', facts: { ...consent, consent: undefined }, expected: asks('consent') },
  {
    name: '同意の中身が分からない',
    facts: { ...consent, consent: {} },
    expected: asks('consent.givenBy', 'consent.individual', 'consent.clear', 'consent.withdrawn'),
  },
  {
    name: '捜査関係事項照会書だけ：同意があると書いてあっても、これに基づいては渡せない',
    facts: { ...consent, basis: 'inquiry' },
    expected: refused,
    says: '照会',
  },
  { name: '根拠がない', facts: { communications: true, basis: 'none' }, expected: refused, says: '令状も' },
  { name: '緊急避難：管理者の判断がない', facts: rescue, expected: asks('judgements.legalJustification') },
  {
    name: '緊急避難：判断の期限が切れた',
    facts: { ...rescue, judgements: judged(true, '2026-11-23') },
    expected: asks('judgements.legalJustification'),
  },
  {
    name: '緊急避難：理由があると判断された',
    facts: { ...rescue, judgements: judged(true) },
    expected: opened,
    says: '判断されて',
  },
  {
    name: '緊急避難：理由がないと判断された',
    facts: { ...rescue, judgements: judged(false) },
    expected: refused,
    says: '理由がない',
  },
  {
    name: '当社が取り扱う通信の情報ではない',
    facts: { communications: false, basis: 'inquiry' },
    expected: { answer: 'yes', because: ['TBA 4(1)'], duties: [] },
    says: '通信の秘密には当たりません',
  },
  {
    name: '通信の情報か分からないうちは、断りもしない',
    facts: { basis: 'inquiry' },
    expected: asks('communications'),
  },
  {
    name: '令状があっても、通信の情報か分からない',
    facts: { ...warrant, communications: undefined },
    expected: asks('communications'),
  },
  { name: '根拠が分からない', facts: { communications: true }, expected: asks('basis') },
  { name: '何も分からない', facts: {}, expected: asks('communications', 'basis') },
];

test.each(cases)('$name', ({ facts, expected, says }) => {
  const finding = decideSecrecy(facts, today);
  expect(outline(finding)).toEqual(expected);
  if (says !== undefined) expect(finding.because[0]?.says.ja).toContain(says);
});

test('断るときは、令状か管理者の判断を示す', () => {
  const finding = decideSecrecy({ communications: true, basis: 'none' }, today);
  expect(finding.answer === 'no' && finding.instead?.length).toBe(2);
});

test.each([
  [{ basis: 'consent', warrant: '令状 5号' }, ['warrant']],
  [{ basis: 'none', warrant: '令状 5号' }, ['warrant']],
  [{ basis: 'warrant', warrant: '令状 5号' }, []],
  [{ warrant: '令状 5号' }, []],
  [{ basis: 'consent', warrant: '' }, []],
] as [SecrecyFacts, string[]][])('%o の矛盾は %o', (facts, fields) => {
  expect(secrecyContradictions(facts).map((c) => c.field)).toEqual(fields);
});
