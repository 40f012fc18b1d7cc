// Scenario table of article 33: O-22, every reason to withhold, every method, records of provision, and the measures abroad.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import { decideDisclosure, disclosureContradictions, judgedNow, type DisclosureFacts } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const all: DisclosureFacts = {
  what: 'data',
  information: 'personal',
  exists: true,
  otherLaw: false,
  harms: 'none',
  impedes: 'none',
  violates: 'none',
  method: 'electronic',
  methodDifficult: false,
};
const records: DisclosureFacts = { ...all, what: 'records', recordUnder: '29(1)' };
const abroad: DisclosureFacts = { what: 'foreign-measures', information: 'personal', exists: true, impedes: 'none' };

const judges = (answer: boolean): DisclosureFacts['judgements'] =>
  judgedNow('pseudonymousMeasures', answer, { by: 'staff:o', on: today, why: '例' });

type Duties = NonNullable<Outline['duties']>;
const disclose = (method: string): Duties => [
  { do: 'disclose', under: 'APPI 33(2)', when: 'at-once', items: [method] },
];
const tell = (article: string, ...items: string[]): Duties => [
  { do: 'notify-decision', under: `APPI ${article}`, when: 'at-once', items },
  { do: 'explain-reasons', under: 'APPI 36', when: 'at-once' },
];
const shown = (because: string[], ...duties: Duties): Outline => ({ answer: 'yes', because, duties });
const held = (because: string[], ...duties: Duties): Outline =>
  duties.length > 0 ? { answer: 'no', because, duties } : { answer: 'no', because };
const open = (article: string, ...missing: string[]): Outline => ({ answer: 'unknown', because: [article], missing });
const measures: Duties = [
  {
    do: 'answer-on-request',
    under: 'APPI-Rules 18(3)',
    when: 'at-once',
    items: ['how-set-up', 'measures', 'check-frequency-and-method', 'country', 'foreign-systems', 'trouble', 'remedy'],
  },
];
const untold: Duties = [
  { do: 'notify-decision', under: 'APPI-Rules 18(4)', when: 'at-once', items: ['decision'] },
  { do: 'explain-reasons', under: 'APPI-Rules 18(5)', when: 'at-once' },
];

const cases: { name: string; facts: DisclosureFacts; expected: Outline }[] = [
  {
    name: 'O-22 近隣の人の苦情の部分だけを除き、電子データで開示する',
    facts: { ...all, harms: 'part', fee: { yen: 1000, published: true, reasonable: true } },
    expected: shown(
      ['APPI 33(2)', 'APPI 33(2)(i)', 'APPI 38(1)'],
      ...disclose('electronic'),
      ...tell('33(3)', 'withheld-part'),
    ),
  },
  { name: 'すべて開示する', facts: all, expected: shown(['APPI 33(2)'], ...disclose('electronic')) },
  {
    name: '会社の定めた別の方法で開示する',
    facts: { ...all, method: 'set-by-company' },
    expected: shown(['APPI 33(2)'], ...disclose('set-by-company')),
  },
  {
    name: '書面を選んだときは、難しいかを問わない',
    facts: { ...all, method: 'paper', methodDifficult: undefined },
    expected: shown(['APPI 33(2)'], ...disclose('paper')),
  },
  {
    name: '電子データでは多額の費用がかかる：書面で開示し、知らせる',
    facts: { ...all, methodDifficult: true },
    expected: shown(['APPI 33(2)'], ...disclose('paper'), ...tell('33(3)', 'method')),
  },
  {
    name: '一部を除き、方法も替える',
    facts: { ...all, violates: 'part', methodDifficult: true },
    expected: shown(
      ['APPI 33(2)', 'APPI 33(2)(iii)', 'APPI 33(2)'],
      ...disclose('paper'),
      ...tell('33(3)', 'withheld-part', 'method'),
    ),
  },
  {
    name: '一部を除く理由が三つある',
    facts: { ...all, harms: 'part', impedes: 'part', violates: 'part' },
    expected: shown(
      ['APPI 33(2)', 'APPI 33(2)(i)', 'APPI 33(2)(ii)', 'APPI 33(2)(iii)'],
      ...disclose('electronic'),
      ...tell('33(3)', 'withheld-part'),
    ),
  },
  {
    name: '全部が誰かを害する',
    facts: { ...all, harms: 'all' },
    expected: held(['APPI 33(2)(i)'], ...tell('33(3)', 'decision')),
  },
  {
    name: '全部が業務に著しい支障を及ぼす',
    facts: { ...all, impedes: 'all' },
    expected: held(['APPI 33(2)(ii)'], ...tell('33(3)', 'decision')),
  },
  {
    name: '全部がほかの法令に違反する',
    facts: { ...all, violates: 'all', fee: { yen: 1000, published: true, reasonable: true } },
    expected: held(['APPI 33(2)(iii)', 'APPI 38(1)'], ...tell('33(3)', 'decision')),
  },
  {
    name: '全部を開示しない理由が三つある',
    facts: { ...all, harms: 'all', impedes: 'all', violates: 'all' },
    expected: held(['APPI 33(2)(i)', 'APPI 33(2)(ii)', 'APPI 33(2)(iii)'], ...tell('33(3)', 'decision')),
  },
  {
    name: 'データがない',
    facts: { ...all, exists: false },
    expected: held(['APPI 33(3)'], ...tell('33(3)', 'absence')),
  },
  {
    name: 'あると分かるだけで害が生じるデータ',
    facts: { ...all, existenceHarms: true },
    expected: held(['APPI-Order 5', 'APPI 33(3)'], ...tell('33(3)', 'absence')),
  },
  {
    name: 'ほかの法令に同じ方法での開示がある',
    facts: { ...all, otherLaw: true },
    expected: held(['APPI 33(4)']),
  },
  {
    name: '公表していない手数料は返す。開示はする',
    facts: { ...all, fee: { yen: 1000, published: false } },
    expected: shown(['APPI 33(2)', 'APPI 32(1)(iii)'], ...disclose('electronic'), {
      do: 'refund-fee',
      under: 'APPI 38(1)',
      when: 'at-once',
    }),
  },
  {
    name: '実費を超える手数料は返す',
    facts: { ...all, fee: { yen: 50000, published: true, reasonable: false } },
    expected: shown(['APPI 33(2)', 'APPI 38(2)'], ...disclose('electronic'), {
      do: 'refund-fee',
      under: 'APPI 38(1)',
      when: 'at-once',
    }),
  },
  {
    name: '手数料を公表しているか分からない',
    facts: { ...all, fee: { yen: 1000, reasonable: true } },
    expected: open('APPI 33(2)', 'fee.published'),
  },
  {
    name: '手数料の額が合理的か分からない',
    facts: { ...all, fee: { yen: 1000, published: true } },
    expected: open('APPI 33(2)', 'fee.reasonable'),
  },
  {
    name: '個人番号も本人には開示する',
    facts: { ...all, information: 'my-number' },
    expected: shown(['APPI 33(2)'], ...disclose('electronic')),
  },
  {
    name: '仮名加工情報には働かない',
    facts: { ...all, information: 'pseudonymous' },
    expected: held(['APPI 41(9)']),
  },
  {
    name: '第三者に渡した記録を開示する',
    facts: records,
    expected: shown(['APPI 33(5)', 'APPI 33(2)'], ...disclose('electronic')),
  },
  {
    name: '第三者から受け取った記録の一部を除く',
    facts: { ...records, recordUnder: '30(3)', impedes: 'part' },
    expected: shown(
      ['APPI 33(5)', 'APPI 33(2)', 'APPI 33(2)(ii)'],
      ...disclose('electronic'),
      ...tell('33(5)', 'withheld-part'),
    ),
  },
  {
    name: '記録の手数料も取れる',
    facts: { ...records, fee: { yen: 1000, published: true, reasonable: true } },
    expected: shown(['APPI 33(5)', 'APPI 33(2)', 'APPI 38(1)'], ...disclose('electronic')),
  },
  {
    name: '個人関連情報の提供の記録は、請求の対象でない',
    facts: { ...records, recordUnder: '31(3)' },
    expected: held(['APPI 33(5)'], ...tell('33(5)', 'decision')),
  },
  {
    name: '義務なく作った記録は、請求の対象でない',
    facts: { ...records, recordUnder: 'none' },
    expected: held(['APPI 33(5)'], ...tell('33(5)', 'decision')),
  },
  {
    name: 'データの開示では、記録の種類を問わない',
    facts: { ...all, recordUnder: '31(3)' },
    expected: shown(['APPI 33(2)'], ...disclose('electronic')),
  },
  {
    name: 'あると分かるだけで犯罪の捜査に支障が出る記録',
    facts: { ...records, existenceHarms: true },
    expected: held(['APPI-Order 11', 'APPI 33(3)'], ...tell('33(5)', 'absence')),
  },
  {
    name: '特定個人情報には第三者提供の記録がない',
    facts: { ...records, information: 'my-number' },
    expected: held(['NumberingAct 30(2)'], ...tell('33(5)', 'absence')),
  },
  {
    name: '記録がない',
    facts: { ...records, exists: false },
    expected: held(['APPI 33(3)'], ...tell('33(5)', 'absence')),
  },
  { name: '外国の提供先の措置を伝える', facts: abroad, expected: shown(['APPI-Rules 18(3)'], ...measures) },
  {
    name: '外国の提供先の措置の一部は伝えない',
    facts: { ...abroad, impedes: 'part' },
    expected: shown(['APPI-Rules 18(3)', 'APPI-Rules 18(3)'], ...measures, ...untold),
  },
  {
    name: '外国の提供先の措置をすべて伝えない',
    facts: { ...abroad, impedes: 'all' },
    expected: held(['APPI-Rules 18(3)'], ...untold),
  },
  {
    name: '体制を根拠にした外国への提供がない',
    facts: { ...abroad, exists: false },
    expected: held(['APPI 28(3)']),
  },
  {
    name: '外国の提供先の措置に手数料は取れない',
    facts: { ...abroad, fee: { yen: 1000, published: true, reasonable: true } },
    expected: shown(['APPI-Rules 18(3)', 'APPI 38(1)'], ...measures, {
      do: 'refund-fee',
      under: 'APPI 38(1)',
      when: 'at-once',
    }),
  },
  {
    name: '外国の提供先：何も分からない',
    facts: { what: 'foreign-measures' },
    expected: open('APPI-Rules 18(3)', 'information', 'exists', 'impedes'),
  },
  {
    name: '外国の提供先：どんな情報か分からない',
    facts: { ...abroad, information: undefined },
    expected: open('APPI-Rules 18(3)', 'information'),
  },
  {
    name: '外国の提供先：特定個人情報には、措置を伝える定めが働かない',
    facts: { ...abroad, information: 'my-number' },
    expected: held(['NumberingAct 30(2)']),
  },
  {
    name: '外国の提供先：個人関連情報では、措置を確かめるが、求めに応じて伝える義務はない',
    facts: { ...abroad, information: 'personally-related' },
    expected: held(['APPI 31(2)']),
  },
  {
    name: '外国の提供先：匿名加工情報は個人情報ではない',
    facts: { ...abroad, information: 'anonymous' },
    expected: held(['APPI 2(6)']),
  },
  {
    name: '外国の提供先：仮名加工情報では法律から分からず、管理者が判断する',
    facts: { ...abroad, information: 'pseudonymous' },
    expected: open('APPI 41(6)', 'judgements.pseudonymousMeasures'),
  },
  {
    name: '外国の提供先：仮名加工情報でも伝えると、管理者が判断した',
    facts: { ...abroad, information: 'pseudonymous', judgements: judges(true) },
    expected: shown(['APPI 41(6)', 'APPI-Rules 18(3)'], ...measures),
  },
  {
    name: '外国の提供先：仮名加工情報では伝えないと、管理者が判断した',
    facts: { ...abroad, information: 'pseudonymous', judgements: judges(false) },
    expected: held(['APPI 41(6)']),
  },
  {
    name: '外国の提供先：仮名加工情報で、提供があるか分からない',
    facts: { ...abroad, information: 'pseudonymous', exists: undefined, judgements: judges(true) },
    expected: open('APPI 41(6)', 'exists'),
  },
  { name: '何の開示か分からない', facts: { ...all, what: undefined }, expected: open('APPI 33(2)', 'what') },
  {
    name: 'データ：何も分からない',
    facts: { what: 'data' },
    expected: open(
      'APPI 33(2)',
      'information',
      'exists',
      'otherLaw',
      'harms',
      'impedes',
      'violates',
      'method',
      'methodDifficult',
    ),
  },
  {
    name: '記録：何も分からない',
    facts: { what: 'records', method: 'paper' },
    expected: open('APPI 33(5)', 'information', 'recordUnder', 'exists', 'otherLaw', 'harms', 'impedes', 'violates'),
  },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decideDisclosure(facts, today))).toEqual(expected);
});

test.each(['information', 'exists', 'otherLaw', 'harms', 'impedes', 'violates', 'method', 'methodDifficult'] as const)(
  '%s だけが足りない',
  (fact) => {
    expect(outline(decideDisclosure({ ...all, [fact]: undefined }, today))).toEqual(open('APPI 33(2)', fact));
  },
);

test('足りない事実は、データと記録のそれぞれの条で尋ねる', () => {
  const articleOf = (facts: DisclosureFacts): string | undefined => {
    const finding = decideDisclosure({ ...facts, exists: undefined }, today);
    return finding.answer === 'unknown' ? finding.missing[0].article : undefined;
  };
  expect(articleOf(all)).toBe('33(1)');
  expect(articleOf(records)).toBe('33(5)');
});

test.each<{ facts: DisclosureFacts; fields: string[] }>([
  { facts: all, fields: [] },
  { facts: { exists: false, harms: 'none' }, fields: [] },
  { facts: { exists: false, harms: 'part', impedes: 'all' }, fields: ['harms', 'impedes'] },
  { facts: { exists: true, harms: 'part' }, fields: [] },
  { facts: { method: 'paper', methodDifficult: true }, fields: ['methodDifficult'] },
  { facts: { method: 'paper', methodDifficult: false }, fields: [] },
  { facts: { method: 'electronic', methodDifficult: true }, fields: [] },
  { facts: { fee: { yen: 0.5 } }, fields: ['fee.yen'] },
])('矛盾した事実は、項目の名前で断る：$fields', ({ facts, fields }) => {
  expect(disclosureContradictions(facts).map((c) => c.field)).toEqual(fields);
});
