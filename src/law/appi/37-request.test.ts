// Scenario table of articles 37 and 38: who asks, how, and what the company may and may not require.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import { decideRequest, judgedNow, requestContradictions, type RequestFacts } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const policy = { writtenOnlyBy: '30', noVisitsBy: '42', feeBy: '34', feeYen: 1000, onlyForRequestBy: '40' };
const fee = { yen: 1000, published: true, reasonable: true };
const letter: RequestFacts = {
  kind: 'disclosure',
  requester: 'principal',
  identityChecked: true,
  manner: 'written',
  atDesk: true,
  specified: true,
};

type Duties = NonNullable<Outline['duties']>;
const arrival: Duties = [
  {
    do: 'record-arrival',
    under: 'APPI 39(1)',
    when: 'at-once',
    items: ['arrived-on', 'asked-for', 'requester', 'identity', 'data-asked-for'],
  },
];
const mask: Duties = [{ do: 'mask-numbers', under: 'NumberingAct 20', when: 'at-once' }];
const forms: Duties = [...arrival, { do: 'send-forms', under: 'APPI-Order 12(ii)', when: 'at-once' }];
const check: Duties = [...arrival, { do: 'check-requester', under: 'APPI-Order 12(iii)', when: 'before' }];
const refund: Duties = [{ do: 'refund-fee', under: 'APPI 38(1)', when: 'at-once' }];
const tellFee: Duties = [...arrival, { do: 'tell-fee', under: 'APPI-Order 12(iv)', when: 'at-once' }];
const only: Duties = [{ do: 'use-only-for-purpose', under: 'policy 40', when: 'later' }];
const taken = (because: string[] = [], duties: Duties = [...arrival, ...mask]): Outline => ({
  answer: 'yes',
  because: ['APPI 37(1)', ...because],
  duties,
});
const no = (because: string[], duties: Duties = []): Outline =>
  duties.length > 0 ? { answer: 'no', because, duties } : { answer: 'no', because };
const open = (...missing: string[]): Outline => ({ answer: 'unknown', because: ['APPI 37(1)'], missing });

const cases: { name: string; facts: RequestFacts; expected: Outline }[] = [
  { name: '本人が書面で請求した', facts: letter, expected: taken() },
  {
    name: '方針の定めるとおりの請求と手数料',
    facts: { ...letter, policy, fee },
    expected: taken(['APPI 38(1)'], [...arrival, ...mask, ...only]),
  },
  {
    name: '第三者提供記録の開示にも手数料を取れる',
    facts: { ...letter, kind: 'record-disclosure', fee },
    expected: taken(['APPI 38(1)']),
  },
  {
    name: '利用目的の通知にも、公表していれば手数料を取れる',
    facts: { ...letter, kind: 'purpose-notice', fee },
    expected: taken(['APPI 38(1)']),
  },
  ...(['correction', 'stop-use', 'erasure', 'stop-provision'] as const).map((kind) => ({
    name: `O-23 手数料は取れない：${kind}`,
    facts: { ...letter, kind, fee },
    expected: no(['APPI 38(1)'], refund),
  })),
  {
    name: '手数料を求めなければ、訂正の請求を受け付ける',
    facts: { ...letter, kind: 'correction', fee: null },
    expected: taken(),
  },
  {
    name: '公表していない手数料',
    facts: { ...letter, fee: { ...fee, published: false } },
    expected: no(['APPI 32(1)(iii)'], refund),
  },
  {
    name: '実費を超える手数料',
    facts: { ...letter, fee: { ...fee, reasonable: false } },
    expected: no(['APPI 38(2)'], refund),
  },
  {
    name: '方針の手数料を1円でも超えない',
    facts: { ...letter, policy, fee: { ...fee, yen: 1001 } },
    expected: no(['policy 34'], refund),
  },
  {
    name: '方針の手数料より安い',
    facts: { ...letter, policy, fee: { ...fee, yen: 500 } },
    expected: taken(['APPI 38(1)'], [...arrival, ...mask, ...only]),
  },
  {
    name: '方針に額がなければ、額を比べない',
    facts: { ...letter, policy: { feeBy: '34' }, fee: { ...fee, yen: 9999 } },
    expected: taken(['APPI 38(1)']),
  },
  {
    name: '条項がなければ、額を比べない',
    facts: { ...letter, policy: { feeYen: 1000 }, fee: { ...fee, yen: 9999 } },
    expected: taken(['APPI 38(1)']),
  },
  {
    name: '手数料の額が分からない：方針があるときだけ尋ねる',
    facts: { ...letter, policy, fee: { published: true, reasonable: true } },
    expected: open('fee.yen'),
  },
  {
    name: '手数料の額が分からない：方針がなければ尋ねない',
    facts: { ...letter, fee: { published: true, reasonable: true } },
    expected: taken(['APPI 38(1)']),
  },
  {
    name: '方針が額を示さなければ、額を尋ねない',
    facts: { ...letter, policy: { feeBy: '34' }, fee: { published: true, reasonable: true } },
    expected: taken(['APPI 38(1)']),
  },
  {
    name: '手数料が定めた方法で届いていない',
    facts: { ...letter, fee, feePaid: false },
    expected: no(['APPI-Order 12(iv)', 'APPI 38(1)'], tellFee),
  },
  {
    name: '手数料だけが届かず、本人かどうかはまだ確かめていない：確かめていないことは理由にしない',
    facts: { kind: 'disclosure', fee, feePaid: false },
    expected: no(['APPI-Order 12(iv)', 'APPI 38(1)'], tellFee),
  },
  { name: '手数料が届いた', facts: { ...letter, fee, feePaid: true }, expected: taken(['APPI 38(1)']) },
  {
    name: '取れるか分からない手数料が届かないだけでは、断れない',
    facts: { ...letter, fee: { yen: 1000, published: true }, feePaid: false },
    expected: open('fee.reasonable'),
  },
  {
    name: '額の分からない手数料が届かないだけでは、断れない',
    facts: { ...letter, policy, fee: { published: true, reasonable: true }, feePaid: false },
    expected: open('fee.yen'),
  },
  {
    name: '取れない手数料が届かなくても、断る理由にならない',
    facts: { ...letter, kind: 'correction', fee, feePaid: false },
    expected: no(['APPI 38(1)'], refund),
  },
  {
    name: '公表した額を超える手数料が届かなくても、断る理由にならない',
    facts: { ...letter, policy, fee: { ...fee, yen: 1001 }, feePaid: false },
    expected: no(['policy 34'], refund),
  },
  { name: '手数料を求めないなら、届かなくてよい', facts: { ...letter, fee: null, feePaid: false }, expected: taken() },
  {
    name: '手数料の何も分からない',
    facts: { ...letter, policy, fee: {} },
    expected: open('fee.published', 'fee.reasonable', 'fee.yen'),
  },
  {
    name: '未成年者の法定代理人',
    facts: { ...letter, requester: 'legal-representative', represents: 'minor', authorityShown: true },
    expected: taken(['APPI-Order 13(i)']),
  },
  {
    name: '成年被後見人の法定代理人',
    facts: { ...letter, requester: 'legal-representative', represents: 'adult-ward', authorityShown: true },
    expected: taken(['APPI-Order 13(i)']),
  },
  {
    name: '委任を受けた代理人（方針に書いていなくても受け付ける）',
    facts: { ...letter, requester: 'mandated-agent', authorityShown: true },
    expected: taken(['APPI-Order 13(ii)']),
  },
  {
    name: '委任状がない',
    facts: { ...letter, requester: 'mandated-agent', authorityShown: false },
    expected: no(['APPI-Order 13'], check),
  },
  {
    name: '法定代理人である証明がない',
    facts: { ...letter, requester: 'legal-representative', represents: 'minor', authorityShown: false },
    expected: no(['APPI-Order 13'], check),
  },
  {
    name: '委任状も本人確認もない',
    facts: { ...letter, requester: 'mandated-agent', authorityShown: false, identityChecked: false },
    expected: no(['APPI-Order 13', 'APPI-Order 12(iii)'], check),
  },
  {
    name: '成年の子の親は、法定代理人ではない',
    facts: { ...letter, requester: 'legal-representative', represents: 'neither', authorityShown: true },
    expected: no(['APPI-Order 13(i)']),
  },
  {
    name: '誰を代理するかは、委任の代理人には問わない',
    facts: { ...letter, requester: 'mandated-agent', represents: 'neither', authorityShown: true },
    expected: taken(['APPI-Order 13(ii)']),
  },
  { name: '委任のない家族', facts: { ...letter, requester: 'other' }, expected: no(['APPI 37(3)']) },
  {
    name: '本人確認がまだ',
    facts: { ...letter, identityChecked: false },
    expected: no(['APPI-Order 12(iii)'], check),
  },
  {
    name: '電話での請求：様式を送り、届いた日を残す',
    facts: { ...letter, manner: 'oral', policy },
    expected: no(['APPI-Order 12(ii)', 'policy 30'], forms),
  },
  {
    name: 'メールでの請求：まず書面',
    facts: { ...letter, manner: 'electronic', policy },
    expected: no(['APPI-Order 12(ii)', 'policy 30'], forms),
  },
  {
    name: '書面が難しい人の電話は受け付ける',
    facts: { ...letter, manner: 'oral', writingDifficult: true, policy: { writtenOnlyBy: '30' } },
    expected: taken(['APPI 37(4)']),
  },
  {
    name: '書面が難しい人の来訪：様式は送らず、来訪でも書面でもない方法で受け付ける',
    facts: { ...letter, manner: 'visit', writingDifficult: true, policy },
    expected: no(['APPI-Order 12(ii)', 'policy 42', 'APPI 37(4)'], arrival),
  },
  {
    name: '書面が難しくない人',
    facts: { ...letter, manner: 'oral', writingDifficult: false, policy: { writtenOnlyBy: '30' } },
    expected: no(['APPI-Order 12(ii)', 'policy 30'], forms),
  },
  {
    name: '来訪：断るのは来訪だけで、書面で受け付ける',
    facts: { ...letter, manner: 'visit', policy },
    expected: no(['APPI-Order 12(ii)', 'policy 42', 'policy 30'], forms),
  },
  {
    name: '来訪だけを閉じた方針',
    facts: { ...letter, manner: 'visit', policy: { noVisitsBy: '42' } },
    expected: no(['APPI-Order 12(ii)', 'policy 42'], forms),
  },
  {
    name: '来訪だけを閉じた方針では、電話を受け付ける',
    facts: { ...letter, manner: 'oral', policy: { noVisitsBy: '42' } },
    expected: taken(),
  },
  { name: '方法の定めがなければ、来訪も受け付ける', facts: { ...letter, manner: 'visit' }, expected: taken() },
  {
    name: '定めがなければ、届いた方法を問わない',
    facts: { ...letter, manner: undefined },
    expected: taken(),
  },
  {
    name: '書面だけの方針では、届いた方法を尋ねる',
    facts: { ...letter, manner: undefined, policy: { writtenOnlyBy: '30' } },
    expected: open('manner'),
  },
  {
    name: '来訪を閉じた方針では、届いた方法を尋ねる',
    facts: { ...letter, manner: undefined, policy: { noVisitsBy: '42' } },
    expected: open('manner'),
  },
  {
    name: '営業所に届いた請求は窓口に回す',
    facts: { ...letter, atDesk: false },
    expected: taken(
      ['APPI-Order 12(i)'],
      [...arrival, { do: 'forward-to-desk', under: 'APPI-Order 12(i)', when: 'at-once' }, ...mask],
    ),
  },
  {
    name: '対象を特定できない：特定を助ける',
    facts: { ...letter, specified: false },
    expected: no(['APPI 37(2)'], [...arrival, { do: 'help-specify', under: 'APPI 37(2)', when: 'at-once' }]),
  },
  { name: '公表した以上の書類を求めた', facts: { ...letter, excessive: true }, expected: no(['APPI 37(4)']) },
  {
    name: '確認書類の個人番号を残す',
    facts: { ...letter, keepsNumber: true },
    expected: no(['NumberingAct 20'], mask),
  },
  {
    name: '直すことがいくつもある：同じことは一度だけ言う',
    facts: { ...letter, excessive: true, identityChecked: false, specified: false, manner: 'oral', policy },
    expected: no(
      ['APPI 37(4)', 'APPI-Order 12(iii)', 'APPI-Order 12(ii)', 'policy 30', 'APPI 37(2)'],
      [...check, ...forms.slice(1), { do: 'help-specify', under: 'APPI 37(2)', when: 'at-once' }],
    ),
  },
  {
    name: '何も分からない',
    facts: {},
    expected: open('kind', 'requester', 'identityChecked', 'atDesk', 'specified'),
  },
  {
    name: '何の請求か分からなければ、手数料はまだ問わない',
    facts: { ...letter, kind: undefined, fee: { yen: 5000, published: false }, policy },
    expected: open('kind'),
  },
  {
    name: '法定代理人の何も分からない',
    facts: { ...letter, requester: 'legal-representative' },
    expected: open('represents', 'authorityShown'),
  },
  {
    name: '委任の代理人の権限が分からない',
    facts: { ...letter, requester: 'mandated-agent' },
    expected: open('authorityShown'),
  },
];

const judging = (code: string, answer: boolean): RequestFacts['judgements'] =>
  judgedNow(code, answer, { by: 'staff:o', on: today, why: '例' });
const abroad: RequestFacts = { ...letter, kind: 'foreign-information', atDesk: undefined };
const told: Outline = { answer: 'yes', because: ['APPI 28(3)'], duties: mask };
const untold = (duties: Duties = []): Outline => no(['APPI 28(3)'], duties);
const checkAsker: Duties = [{ do: 'check-requester', under: 'APPI 28(3)', when: 'before' }];
const left = (...missing: string[]): Outline => ({ answer: 'unknown', because: ['APPI 28(3)'], missing });
const procedure = 'judgements.measuresProcedure';
const parent: RequestFacts = {
  ...abroad,
  requester: 'legal-representative',
  represents: 'minor',
  authorityShown: true,
};

// 37 is not about what 28(3) lets a person ask for, so none of its grounds appears.
test.each<[string, RequestFacts, Outline]>([
  ['本人の求め', abroad, told],
  ['本人でもその代わりの人でもない', { ...abroad, requester: 'other' }, untold()],
  ['成年の子の親', { ...parent, represents: 'neither' }, untold()],
  ['本人かどうかを確かめていない', { ...abroad, identityChecked: false }, untold(checkAsker)],
  ['権限を示さない代理人', { ...parent, authorityShown: false }, untold(checkAsker)],
  [
    '確かめていないことだけで足りる',
    { kind: 'foreign-information', identityChecked: false, specified: false },
    untold(checkAsker),
  ],
  ['法定代理人', parent, left('judgements.measuresAgent')],
  ['委任の代理人', { ...abroad, requester: 'mandated-agent', authorityShown: true }, left('judgements.measuresAgent')],
  ['代理人に応じると判断した', { ...parent, judgements: judging('measuresAgent', true) }, told],
  ['代理人に応じないと判断した', { ...parent, judgements: judging('measuresAgent', false) }, untold()],
  ['特定していない', { ...abroad, specified: false }, left(procedure)],
  [
    'ほかが分からなくても、特定していないことは判断による',
    { kind: 'foreign-information', specified: false, judgements: judging('measuresProcedure', true) },
    untold(),
  ],
  [
    '特定していないが、手続を当てはめないと判断した',
    { ...abroad, specified: false, judgements: judging('measuresProcedure', false) },
    told,
  ],
  ['方針と違う方法', { ...abroad, manner: 'oral', policy }, left(procedure)],
  [
    '方針と違う方法で、手続を当てはめると判断した',
    { ...abroad, manner: 'oral', policy, judgements: judging('measuresProcedure', true) },
    untold(),
  ],
  ['方針どおりの方法', { ...abroad, policy }, told],
  ['窓口でないところ、公表した以上の書類', { ...abroad, atDesk: false, excessive: true }, told],
  ['手数料', { ...abroad, fee }, no(['APPI 38(1)'], refund)],
  ['個人番号を残す', { ...abroad, keepsNumber: true }, no(['NumberingAct 20'], mask)],
  ['何も分からない', { kind: 'foreign-information' }, left('requester', 'identityChecked', 'specified')],
])('外国の提供先の措置：%s', (_, facts, expected) => {
  expect(outline(decideRequest(facts, today))).toEqual(expected);
});

test('外国の提供先の措置で足りない事実は、28条3項の事実として尋ねる', () => {
  const { missing } = decideRequest({ kind: 'foreign-information' }, today) as { missing: { article: string }[] };
  expect(new Set(missing.map(({ article }) => article))).toEqual(new Set(['28(3)']));
});

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decideRequest(facts, today))).toEqual(expected);
});

test.each(['kind', 'requester', 'identityChecked', 'atDesk', 'specified'] as const)('%s だけが足りない', (fact) => {
  expect(outline(decideRequest({ ...letter, [fact]: undefined }, today))).toEqual(open(fact));
});

test.each<{ facts: RequestFacts; fields: string[] }>([
  { facts: letter, fields: [] },
  { facts: { requester: 'principal', represents: 'minor' }, fields: ['represents'] },
  { facts: { requester: 'principal', authorityShown: true }, fields: ['authorityShown'] },
  { facts: { requester: 'mandated-agent', represents: 'minor', authorityShown: true }, fields: [] },
  { facts: { fee: { yen: 0 } }, fields: ['fee.yen'] },
  { facts: { policy: { feeYen: 0 } }, fields: [] },
  { facts: { policy: { feeYen: 0.5 } }, fields: ['policy.feeYen'] },
])('矛盾した事実は、項目の名前で断る：$fields', ({ facts, fields }) => {
  expect(requestContradictions(facts).map((c) => c.field)).toEqual(fields);
});
