// Verification (本人確認): scenario O-24 variants 2 and 3, every way of the number check and of the identity check, and what each channel rules out.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import {
  identityContradictions,
  decideIdentity,
  isMyNumber,
  type IdentityFacts,
  type IdentityProof,
} from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const both = 'NumberingAct 16';
const byPost: IdentityFacts = {
  giver: 'principal',
  channel: 'mail',
  checkDigit: isMyNumber('123456789018'),
  number: 'my-number-card',
  consistent: true,
};
const papers: IdentityFacts = {
  giver: 'principal',
  channel: 'in-person',
  checkDigit: true,
  number: 'residence-record',
  identity: ['driving-licence'],
  consistent: true,
};
const online: IdentityFacts = { ...papers, channel: 'online', number: 'my-number-card', identity: ['approved-method'] };
const phone: IdentityFacts = {
  giver: 'principal',
  channel: 'phone',
  checkDigit: true,
  number: 'verified-file',
  knowsOwnFacts: true,
  consistent: true,
};
const parent: IdentityFacts = { ...papers, giver: 'legal-agent', agency: 'family-register' };
const accountant: IdentityFacts = { ...papers, giver: 'mandated-agent', agency: 'power-of-attorney' };
const company: IdentityFacts = {
  ...accountant,
  giver: 'corporate-agent',
  identity: ['registry-certificate', 'proof-of-relation'],
};
const allowedByPhone = (answer: boolean) => ({
  agentByPhone: { answer, by: 'u1', on: today, why: '税務署に確かめた', until: day('2027-03-31') },
});

const duties: Outline['duties'] = [
  {
    do: 'record-verification',
    under: both,
    when: 'at-once',
    items: ['channel', 'method', 'number-document-kind', 'identity-document-kinds', 'checked-by', 'checked-at'],
  },
  { do: 'limit-handlers', under: 'NumberingAct 12', when: 'at-once' },
];
const done = (...because: string[]): Outline => ({ answer: 'yes', because: [both, ...because], duties });
const no = (first: string): Outline => ({ answer: 'no', because: [first, both] });
const asks = (...missing: string[]): Outline => ({ answer: 'unknown', because: [both], missing });
const order = (n: number): string => `NumberingAct-Order 12(${n})`;
const rule = (article: string): string => `NumberingAct-Rules ${article}`;

const cases: { name: string; facts: IdentityFacts; expected: Outline }[] = [
  { name: 'O-24 郵送の個人番号カードの写し：両方を確かめられる', facts: byPost, expected: done(both, rule('11')) },
  {
    name: 'O-24 検査用数字が合わない：残さずにもう一度求める',
    facts: { ...byPost, checkDigit: isMyNumber('123456789012') },
    expected: { answer: 'no', because: ['NumberingAct-Order 6'] },
  },
  { name: '検査用数字を確かめていない', facts: { ...byPost, checkDigit: undefined }, expected: asks('checkDigit') },
  { name: '食い違いがある', facts: { ...byPost, consistent: false }, expected: no(both) },
  { name: '食い違いがあるか分からない', facts: { ...byPost, consistent: undefined }, expected: asks('consistent') },
  { name: '対面で個人番号カード', facts: { ...byPost, channel: 'in-person' }, expected: done(both) },
  {
    name: '対面でスマートフォンの記録',
    facts: { ...byPost, channel: 'in-person', number: 'card-record' },
    expected: done('NumberingAct 16(ii)'),
  },
  {
    name: 'オンラインで電子署名の付いた記録',
    facts: { ...byPost, channel: 'online', number: 'official-record' },
    expected: done('NumberingAct 16(ii)'),
  },
  { name: 'スマートフォンの記録を郵送', facts: { ...byPost, number: 'card-record' }, expected: no(rule('11')) },
  { name: '番号の書類がない', facts: { ...papers, number: 'none' }, expected: no(order(1)) },
  { name: '番号を何で示すか分からない', facts: { ...papers, number: undefined }, expected: asks('number') },
  {
    name: '身元の書類は足りないが、番号は個人番号カードで示すかもしれない',
    facts: { ...papers, number: undefined, identity: ['health-insurance'] },
    expected: asks('number'),
  },
  {
    name: 'オンラインで身元の書類は足りないが、番号はスマートフォンの記録で示すかもしれない',
    facts: { ...online, number: undefined, identity: ['driving-licence'] },
    expected: asks('number'),
  },
  {
    name: '代理人の身元は、番号が何で示されても足りない',
    facts: { ...accountant, number: undefined, identity: [] },
    expected: no(order(1)),
  },
  { name: '住民票の写しと運転免許証', facts: papers, expected: done(order(1), rule('1')) },
  {
    name: '住民票の写しと運転免許証を郵送',
    facts: { ...papers, channel: 'mail' },
    expected: done(order(1), rule('1'), rule('11')),
  },
  {
    name: '通知カードの記載が今も同じ',
    facts: { ...papers, number: 'notification-card', notificationCardCurrent: true },
    expected: done(order(1), rule('1')),
  },
  {
    name: '通知カードの記載が変わっている',
    facts: { ...papers, number: 'notification-card', notificationCardCurrent: false },
    expected: no(order(1)),
  },
  {
    name: '通知カードの記載が分からない',
    facts: { ...papers, number: 'notification-card' },
    expected: asks('notificationCardCurrent'),
  },
  {
    name: '番号の書類を示せず、確認済みのファイルで確かめる',
    facts: { ...papers, number: 'verified-file', numberDocumentUnavailable: true },
    expected: done(rule('2(1)'), rule('1')),
  },
  {
    name: '番号の書類を示せるのに、ファイルで済ませる',
    facts: { ...papers, number: 'verified-file', numberDocumentUnavailable: false },
    expected: no(rule('2(1)')),
  },
  {
    name: '番号の書類を示せるか分からない',
    facts: { ...papers, number: 'verified-file' },
    expected: asks('numberDocumentUnavailable'),
  },
  {
    name: '税務署の認める書類',
    facts: { ...papers, number: 'accepted-document', numberDocumentUnavailable: true, documentAccepted: true },
    expected: done(rule('2(1)'), rule('1')),
  },
  {
    name: '税務署の認めない書類',
    facts: { ...papers, number: 'accepted-document', numberDocumentUnavailable: true, documentAccepted: false },
    expected: no(rule('2(1)')),
  },
  {
    name: '認められた書類か分からない',
    facts: { ...papers, number: 'accepted-document' },
    expected: asks('numberDocumentUnavailable', 'documentAccepted'),
  },
  {
    name: '身元の書類を何も示さない',
    facts: { ...papers, identity: [] },
    expected: no(order(1)),
  },
  { name: '身元を何で示すか分からない', facts: { ...papers, identity: undefined }, expected: asks('identity') },
  {
    name: '写真のない書類を2つ、写真のある書類は示せない',
    facts: { ...papers, identity: ['health-insurance', 'pension-number'], photoUnavailable: true },
    expected: done(order(1), rule('2(3)')),
  },
  {
    name: '写真のない書類を3つ',
    facts: { ...papers, identity: ['health-insurance', 'pension-number', 'long-term-care'], photoUnavailable: true },
    expected: done(order(1), rule('2(3)')),
  },
  {
    name: '写真のない書類が1つだけ',
    facts: { ...papers, identity: ['health-insurance'], photoUnavailable: true },
    expected: no(order(1)),
  },
  {
    name: '同じ書類を2回数えない',
    facts: { ...papers, identity: ['health-insurance', 'health-insurance'], photoUnavailable: true },
    expected: no(order(1)),
  },
  {
    name: '写真のある書類を示せるのに、ない書類で済ませる',
    facts: { ...papers, identity: ['health-insurance', 'pension-number'], photoUnavailable: false },
    expected: no(rule('2(3)')),
  },
  {
    name: '写真のある書類を示せるか分からない',
    facts: { ...papers, identity: ['health-insurance', 'pension-number'] },
    expected: asks('photoUnavailable'),
  },
  {
    name: '運転経歴証明書：平成24年4月1日の交付',
    facts: { ...papers, identity: ['driving-history'], drivingHistoryOn: day('2012-04-01') },
    expected: done(order(1), rule('1')),
  },
  {
    name: '運転経歴証明書：平成24年3月31日の交付',
    facts: { ...papers, identity: ['driving-history'], drivingHistoryOn: day('2012-03-31') },
    expected: no(rule('1')),
  },
  {
    name: '運転経歴証明書：交付の日が分からない',
    facts: { ...papers, identity: ['driving-history'] },
    expected: asks('drivingHistoryOn'),
  },
  {
    name: '運転経歴証明書の日が分からなくても、旅券があればよい',
    facts: { ...papers, identity: ['driving-history', 'passport'] },
    expected: done(order(1), rule('1')),
  },
  {
    name: '古い運転経歴証明書でも、旅券があればよい',
    facts: { ...papers, identity: ['driving-history', 'passport'], drivingHistoryOn: day('2012-03-31') },
    expected: done(order(1), rule('1')),
  },
  {
    name: '古い運転経歴証明書のほかに写真のない書類が2つ',
    facts: {
      ...papers,
      identity: ['driving-history', 'pension-number', 'long-term-care'],
      drivingHistoryOn: day('2012-03-31'),
      photoUnavailable: true,
    },
    expected: done(order(1), rule('2(3)')),
  },
  {
    name: '対面でスマートフォンの記録で身元を示す',
    facts: { ...papers, identity: ['card-record'] },
    expected: done(order(1), 'NumberingAct 16(ii)'),
  },
  {
    name: 'スマートフォンの記録は郵送では身元にならない',
    facts: { ...papers, channel: 'mail', identity: ['card-record'] },
    expected: no(order(1)),
  },
  {
    name: '従業者で、対面で明らか',
    facts: { ...papers, identity: undefined, evident: true },
    expected: done(order(1), rule('2(6)')),
  },
  { name: '明らかとは言えない', facts: { ...papers, identity: [], evident: false }, expected: no(order(1)) },
  {
    name: '代理人は、明らかでも書類が要る',
    facts: { ...parent, identity: undefined, evident: true },
    expected: asks('identity'),
  },
  { name: 'オンラインで認められた方法', facts: online, expected: done(both, rule('3')) },
  {
    name: 'オンラインで電子署名の証明書',
    facts: { ...online, identity: ['signature-certificate'] },
    expected: done(both, rule('3')),
  },
  {
    name: 'オンラインでスマートフォンの記録で身元を示す',
    facts: { ...online, number: 'residence-record', identity: ['card-record'] },
    expected: done(order(1), rule('3')),
  },
  {
    name: 'オンラインで書類の画像だけ',
    facts: { ...online, identity: ['driving-licence'] },
    expected: no(rule('3')),
  },
  {
    name: '対面では、オンラインの方法は身元にならない',
    facts: { ...papers, identity: ['approved-method'] },
    expected: no(order(1)),
  },
  {
    name: '電話で、確認済みの番号を確かめる',
    facts: phone,
    expected: done(rule('2(5)'), rule('2(5)')),
  },
  { name: '電話で新しい番号を受け取る', facts: { ...phone, number: 'my-number-card' }, expected: no(rule('2(5)')) },
  { name: '電話で答えられない', facts: { ...phone, knowsOwnFacts: false }, expected: no(rule('2(5)')) },
  { name: '電話で尋ねたか分からない', facts: { ...phone, knowsOwnFacts: undefined }, expected: asks('knowsOwnFacts') },
  {
    name: '法定代理人：戸籍謄本と免許証と本人の住民票の写し',
    facts: parent,
    expected: done(order(2), rule('8'), rule('7'), rule('1')),
  },
  {
    name: '任意代理人：委任状',
    facts: accountant,
    expected: done(order(2), rule('8'), rule('7'), rule('1')),
  },
  {
    name: '代理人が本人の個人番号カードの写しを示す：代理人の身元は別に確かめる',
    facts: { ...accountant, number: 'my-number-card' },
    expected: done(order(2), rule('8'), rule('7'), rule('1')),
  },
  {
    name: '代理人が本人のカードだけを示す',
    facts: { ...accountant, number: 'my-number-card', identity: [] },
    expected: no(order(1)),
  },
  {
    name: '代理人がスマートフォンの記録を示す',
    facts: { ...accountant, number: 'card-record' },
    expected: done(order(2), rule('8'), rule('7'), rule('1')),
  },
  { name: '法定代理人が委任状を示す', facts: { ...parent, agency: 'power-of-attorney' }, expected: no(order(2)) },
  { name: '任意代理人が戸籍を示す', facts: { ...accountant, agency: 'family-register' }, expected: no(order(2)) },
  { name: '代理権を示さない', facts: { ...accountant, agency: 'none' }, expected: no(order(2)) },
  { name: '代理権を何で示すか分からない', facts: { ...accountant, agency: undefined }, expected: asks('agency') },
  {
    name: '代理人が写真のない書類を2つ示す',
    facts: { ...accountant, identity: ['health-insurance', 'pension-number'] },
    expected: asks('photoUnavailable'),
  },
  { name: '法人の代理人', facts: company, expected: done(order(2), rule('8'), rule('7')) },
  {
    name: '法人の代理人：関係を示す書類がない',
    facts: { ...company, identity: ['registry-certificate'] },
    expected: no(rule('7')),
  },
  {
    name: '法人の代理人：登記事項証明書がない',
    facts: { ...company, identity: ['proof-of-relation'] },
    expected: no(rule('7')),
  },
  {
    name: '代理人から電話：管理者の判断がない',
    facts: { ...phone, giver: 'mandated-agent', agency: 'power-of-attorney' },
    expected: asks('judgements.agentByPhone'),
  },
  {
    name: '代理人から電話：受け取れると判断された',
    facts: { ...phone, giver: 'mandated-agent', agency: 'power-of-attorney', judgements: allowedByPhone(true) },
    expected: done(order(2), rule('2(5)'), rule('2(5)')),
  },
  {
    name: '代理人から電話：受け取れないと判断された',
    facts: { ...phone, giver: 'mandated-agent', agency: 'power-of-attorney', judgements: allowedByPhone(false) },
    expected: no(rule('9')),
  },
  {
    name: '郵送では、明らかとは言えない',
    facts: { ...papers, channel: 'mail', identity: [], evident: true },
    expected: no(order(1)),
  },
  {
    name: '登記事項証明書などは、本人の身元にならない',
    facts: { ...papers, identity: ['registry-certificate', 'proof-of-relation'], photoUnavailable: true },
    expected: no(order(1)),
  },
  {
    name: '受け取り方が分からないうちは、断りもしない',
    facts: { ...papers, channel: undefined, number: 'verified-file', numberDocumentUnavailable: false },
    expected: asks('channel'),
  },
  {
    name: '誰が出すか分からないうちは、断りもしない',
    facts: { ...papers, giver: undefined, identity: [], agency: 'none' },
    expected: asks('giver'),
  },
  { name: '本人か代理人か分からない', facts: { ...papers, giver: undefined }, expected: asks('giver') },
  { name: '受け取り方が分からない', facts: { ...papers, channel: undefined }, expected: asks('channel') },
  {
    name: '何も分からない',
    facts: {},
    expected: asks('checkDigit', 'consistent', 'giver', 'channel', 'number'),
  },
  {
    name: '対面の本人とだけ分かる',
    facts: { giver: 'principal', channel: 'in-person' },
    expected: asks('checkDigit', 'consistent', 'number', 'identity'),
  },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decideIdentity(facts, today))).toEqual(expected);
});

const photos: IdentityProof[] = [
  'my-number-card',
  'driving-licence',
  'passport',
  'disability-booklet',
  'mental-health-booklet',
  'rehabilitation-booklet',
  'residence-card',
  'special-permanent-resident',
  'accepted-photo-document',
];

test.each(photos)('写真のある %s は1つで足りる', (one) => {
  expect(decideIdentity({ ...papers, identity: [one] }, today).answer).toBe('yes');
});

const lesser: IdentityProof[] = [
  'health-insurance',
  'long-term-care',
  'pension-number',
  'allowance-certificate',
  'other-official-document',
  'second-official-document',
];

test.each(lesser)('写真のない %s は、もう1つあれば足りる', (one) => {
  const other = one === 'health-insurance' ? 'long-term-care' : 'health-insurance';
  const facts: IdentityFacts = { ...papers, photoUnavailable: true };
  expect(decideIdentity({ ...facts, identity: [one] }, today).answer).toBe('no');
  expect(decideIdentity({ ...facts, identity: [one, other] }, today).answer).toBe('yes');
});

test('代理権を示さないことと、示し方が違うことを言い分ける', () => {
  const says = (agency: IdentityFacts['agency']): string | undefined =>
    decideIdentity({ ...accountant, agency }, today).because[0]?.says.ja;
  expect(says('none')).toContain('書類がありません');
  expect(says('family-register')).toContain('委任状');
});

test('断るときは、次に何を求めるかを示す', () => {
  const finding = decideIdentity({ ...papers, number: 'none' }, today);
  expect(finding.answer === 'no' && finding.instead?.[0]?.en).toContain('card');
});

test.each([
  [{ giver: 'principal', agency: 'power-of-attorney' }, ['agency']],
  [{ giver: 'principal', agency: 'none' }, []],
  [{ giver: 'principal' }, []],
  [{ giver: 'legal-agent', agency: 'family-register' }, []],
  [{ evident: true, channel: 'mail' }, ['evident']],
  [{ evident: true, channel: 'in-person' }, []],
  [{ evident: true }, []],
  [{ evident: false, channel: 'mail' }, []],
] as [IdentityFacts, string[]][])('%o の矛盾は %o', (facts, fields) => {
  expect(identityContradictions(facts).map((c) => c.field)).toEqual(fields);
});
