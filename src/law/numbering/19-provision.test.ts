// Provision of specific personal information (特定個人情報の提供): between which parties each item applies and between which it does not, and what people
// wrongly take for a basis.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import {
  numberProvisionContradictions,
  decideNumberProvision,
  type NumberBasis,
  type NumberEntrustmentFacts,
  type NumberParty,
  type NumberProvisionFacts,
} from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const judged = (code: string, answer: boolean, until = '2027-03-31') => ({
  [code]: { answer, by: 'u1', on: today, why: '政令と規則を確かめた', until: day(until) },
});
const entrustment: NumberEntrustmentFacts = {
  level: 'entrustment',
  withinAffair: true,
  ownUse: false,
  assessed: true,
  contract: true,
  monitored: true,
  country: 'JP',
};

const authority: NumberProvisionFacts = {
  basis: '19(i)',
  from: 'other-authority',
  to: 'company',
  withinNeed: true,
};
const taxOffice: NumberProvisionFacts = {
  basis: '19(ii)',
  from: 'company',
  to: 'tax-office',
  affair: 'remuneration',
  withinNeed: true,
};
const payee: NumberProvisionFacts = { ...taxOffice, basis: '19(iii)', from: 'principal', to: 'company' };
const mover: NumberProvisionFacts = {
  basis: '19(iv)',
  from: 'company',
  to: 'new-employer',
  affair: 'other-by-law',
  employeeAgreed: true,
  withinNeed: true,
};
const contractor: NumberProvisionFacts = { basis: '19(vi)', from: 'company', to: 'entrusted', entrustment };
const successor: NumberProvisionFacts = {
  basis: '19(vi)',
  from: 'company',
  to: 'successor',
  affair: 'remuneration',
  withinNeed: true,
};
const commission: NumberProvisionFacts = {
  basis: '19(xiii)',
  from: 'company',
  to: 'commission',
  document: '報告の求め 12号',
  withinNeed: true,
};
const court: NumberProvisionFacts = { ...commission, basis: '19(xv)', to: 'court-or-investigator' };
/** An emergency as the officer has judged it. */
const rescue: NumberProvisionFacts = {
  judgements: judged('numberEmergency', true),
  basis: '19(xvi)',
  from: 'company',
  to: 'other',
  necessary: true,
  consentOrDifficult: true,
  withinNeed: true,
};
const body: NumberProvisionFacts = { basis: '19(xvii)', from: 'company', to: 'listed-body', withinNeed: true };
const disclosure: NumberProvisionFacts = {
  basis: 'disclosure',
  from: 'company',
  to: 'principal',
  requesterVerified: true,
  withinNeed: true,
};

const protect = { do: 'own-safety-measures', under: 'NumberingAct 12', when: 'before' } as const;
const log = {
  do: 'keep-decision-log',
  under: 'NumberingAct 12',
  when: 'at-once',
  items: ['item', 'recipient', 'data', 'date'],
} as const;
const handlers = { do: 'limit-handlers', under: 'NumberingAct 12', when: 'at-once' } as const;
const verify = {
  do: 'verify-identity',
  under: 'NumberingAct 16',
  when: 'at-once',
  items: ['number-check', 'identity-check', 'check-digit'],
} as const;
const supervise = {
  do: 'supervise-entrusted',
  under: 'NumberingAct 11',
  when: 'later',
  items: ['selection', 'contract', 'handling-status', 're-entrustment'],
} as const;

const by = (article: string): Outline => ({
  answer: 'yes',
  because: [article, 'NumberingAct 30(2)'],
  duties: [protect, log, handlers],
});
const no = (...because: string[]): Outline => ({ answer: 'no', because });
const mismatch = no('NumberingAct 19', 'NumberingAct 19');
const none = no('NumberingAct 19', 'NumberingAct 19', 'NumberingAct 30(2)');
const asks = (...missing: string[]): Outline => ({ answer: 'unknown', because: ['NumberingAct 19'], missing });

/** 19(xvi), once the officer has judged the case. */
const rescued: Outline = {
  ...by('NumberingAct 19(xvi)'),
  duties: [
    { do: 'record-exception', under: 'NumberingAct 19(xvi)', when: 'at-once', items: ['item', 'facts', 'approver'] },
    protect,
    log,
    handlers,
  ],
};
/** 19(xvi) waits for the officer, who is to be called now. */
const waits = (...missing: string[]): Outline => ({
  answer: 'unknown',
  because: ['NumberingAct 19', 'NumberingAct 19(xvi)'],
  missing,
  duties: [{ do: 'call-officer', under: 'NumberingAct 19(xvi)', when: 'at-once' }],
});

const cases: { name: string; facts: NumberProvisionFacts; expected: Outline }[] = [
  { name: '1号 役所が、事務を行う当社に出す', facts: authority, expected: by('NumberingAct 19(i)') },
  {
    name: '1号 税務署が本人に出す',
    facts: { ...authority, from: 'tax-office', to: 'principal' },
    expected: by('NumberingAct 19(i)'),
  },
  { name: '1号 当社からは出せない', facts: { ...authority, from: 'company', to: 'principal' }, expected: mismatch },
  { name: '1号 要る分より多い', facts: { ...authority, withinNeed: false }, expected: mismatch },
  {
    name: '1号 何も分からない',
    facts: { basis: '19(i)' },
    expected: asks('from', 'withinNeed', 'to'),
  },
  { name: '2号 支払調書を税務署に出す', facts: taxOffice, expected: by('NumberingAct 19(ii)') },
  {
    name: '2号 法令の定める届出をほかの役所に出す',
    facts: { ...taxOffice, affair: 'other-by-law', to: 'other-authority' },
    expected: by('NumberingAct 19(ii)'),
  },
  {
    name: '2号 支払調書は税務署のほかに出さない',
    facts: { ...taxOffice, to: 'other-authority' },
    expected: no('ITA 225(1)', 'NumberingAct 19'),
  },
  {
    name: '2号 支払調書をほかの役所に出す：誰が出すか分からなくても同じ',
    facts: { ...taxOffice, affair: 'real-estate-use', from: undefined, to: 'other-authority' },
    expected: no('ITA 225(1)', 'NumberingAct 19'),
  },
  { name: '2号 委託先が税務署に出す', facts: { ...taxOffice, from: 'entrusted' }, expected: by('NumberingAct 19(ii)') },
  {
    name: '2号 番号を使う事務ではない',
    facts: { ...taxOffice, affair: 'none' },
    expected: no('NumberingAct 9(4)', 'NumberingAct 19'),
  },
  { name: '2号 何の事務か分からない', facts: { ...taxOffice, affair: undefined }, expected: asks('affair') },
  { name: '2号 要る分より多く渡す', facts: { ...taxOffice, withinNeed: false }, expected: mismatch },
  { name: '2号 要る分だけか分からない', facts: { ...taxOffice, withinNeed: undefined }, expected: asks('withinNeed') },
  {
    name: '3号 支払先の本人から受け取る',
    facts: payee,
    expected: {
      answer: 'yes',
      because: ['NumberingAct 19(iii)', 'NumberingAct 30(2)'],
      duties: [protect, log, handlers, verify],
    },
  },
  { name: '3号 事務がない', facts: { ...payee, affair: 'none' }, expected: no('NumberingAct 9(4)', 'NumberingAct 19') },
  {
    name: '2号 ほかの役所に出すが、何の事務か分からない',
    facts: { ...taxOffice, to: 'other-authority', affair: undefined },
    expected: asks('affair'),
  },
  {
    name: '2号 ほかの役所に出すが、事務がない',
    facts: { ...taxOffice, to: 'other-authority', affair: 'none' },
    expected: no('NumberingAct 9(4)', 'NumberingAct 19'),
  },
  {
    name: '16号 人の命を守るためなら、支払調書の番号もほかの役所に渡せる',
    facts: { ...rescue, to: 'other-authority', affair: 'remuneration' },
    expected: rescued,
  },
  { name: '4号 従業者が移り、本人が同意した', facts: mover, expected: by('NumberingAct 19(iv)') },
  {
    name: '4号 当社が移る先として、移る前の会社から受け取る：本人確認は要らない',
    facts: { ...mover, from: 'former-employer', to: 'company' },
    expected: by('NumberingAct 19(iv)'),
  },
  {
    name: '4号 移る先の事務に要らない番号は渡せない',
    facts: { ...mover, affair: 'none' },
    expected: no('NumberingAct 9(4)', 'NumberingAct 19'),
  },
  { name: '4号 移る先の何の事務か分からない', facts: { ...mover, affair: undefined }, expected: asks('affair') },
  {
    name: '4号 取引先の番号なので当たらない',
    facts: { ...mover, employeeAgreed: false },
    expected: no('NumberingAct 19(iv)', 'NumberingAct 19'),
  },
  { name: '4号 従業者か分からない', facts: { ...mover, employeeAgreed: undefined }, expected: asks('employeeAgreed') },
  { name: '4号 要る分だけか分からない', facts: { ...mover, withinNeed: undefined }, expected: asks('withinNeed') },
  {
    name: '6号 委託先に渡す',
    facts: contractor,
    expected: {
      answer: 'yes',
      because: ['NumberingAct 19(vi)', 'NumberingAct 19(vi)', 'NumberingAct 11', 'NumberingAct 30(2)'],
      duties: [supervise, handlers, protect, log],
    },
  },
  {
    name: '6号 許諾のない再委託',
    facts: { ...contractor, entrustment: { ...entrustment, level: 're-entrustment', permission: null } },
    expected: no('NumberingAct 10(1)', 'NumberingAct 19'),
  },
  {
    name: '6号 委託のことが分からない',
    facts: { ...contractor, entrustment: { ...entrustment, assessed: undefined, country: undefined } },
    expected: asks('entrustment.assessed', 'entrustment.country'),
  },
  {
    name: '6号 委託のことが何も分からない',
    facts: { ...contractor, from: undefined, entrustment: undefined },
    expected: asks(
      'from',
      ...['withinAffair', 'ownUse', 'assessed', 'contract', 'monitored', 'level', 'country'].map(
        (f) => `entrustment.${f}`,
      ),
    ),
  },
  { name: '6号 誰から誰へか分からない', facts: { basis: '19(vi)' }, expected: asks('from', 'to') },
  { name: '6号 誰へか分からない', facts: { basis: '19(vi)', from: 'company' }, expected: asks('to') },
  {
    name: '6号 事業の承継',
    facts: successor,
    expected: {
      answer: 'yes',
      because: ['NumberingAct 19(vi)', 'NumberingAct 30(2)'],
      duties: [{ do: 'carry-over-purpose', under: 'NumberingAct 9(4)', when: 'before' }, protect, log],
    },
  },
  {
    name: '6号 承継：番号を使う事務がない',
    facts: { ...successor, affair: 'none' },
    expected: no('NumberingAct 9(4)', 'NumberingAct 19'),
  },
  { name: '6号 承継：要る分より多い', facts: { ...successor, withinNeed: false }, expected: mismatch },
  {
    name: '6号 承継：何も分からない',
    facts: { basis: '19(vi)', to: 'successor' },
    expected: asks('from', 'affair', 'withinNeed'),
  },
  { name: '13号 個人情報保護委員会の求め', facts: commission, expected: by('NumberingAct 19(xiii)') },
  { name: '13号 文書が分からない', facts: { ...commission, document: undefined }, expected: asks('document') },
  { name: '13号 文書の番号が空', facts: { ...commission, document: '' }, expected: asks('document') },
  { name: '15号 裁判所の求め', facts: court, expected: by('NumberingAct 19(xv)') },
  { name: '15号 文書が分からない', facts: { ...court, document: undefined }, expected: asks('document') },
  { name: '15号 求められた範囲を超える', facts: { ...court, withinNeed: false }, expected: mismatch },
  {
    name: '15号 ほかの公益：管理者の判断がない',
    facts: { ...court, to: 'listed-body' },
    expected: asks('judgements.listedPublicInterest'),
  },
  {
    name: '15号 ほかの公益：政令が挙げると判断された',
    facts: { ...court, to: 'listed-body', judgements: judged('listedPublicInterest', true) },
    expected: by('NumberingAct 19(xv)'),
  },
  {
    name: '15号 ほかの公益：当たらないと判断された',
    facts: { ...court, to: 'listed-body', judgements: judged('listedPublicInterest', false) },
    expected: mismatch,
  },
  {
    name: '15号 裁判所には判断が要らない',
    facts: { ...court, judgements: judged('listedPublicInterest', false) },
    expected: by('NumberingAct 19(xv)'),
  },
  {
    name: '16号 人の生命を守るため：管理者がこの件について判断した',
    facts: rescue,
    expected: rescued,
  },
  {
    name: '16号 渡す人が言うだけでは渡せない',
    facts: { ...rescue, judgements: undefined },
    expected: waits('judgements.numberEmergency'),
  },
  {
    name: '16号 判断の期限が切れた',
    facts: { ...rescue, judgements: judged('numberEmergency', true, '2026-11-23') },
    expected: waits('judgements.numberEmergency'),
  },
  {
    name: '16号 当たらないと判断された',
    facts: { ...rescue, judgements: judged('numberEmergency', false) },
    expected: no('NumberingAct 19(xvi)', 'NumberingAct 19'),
  },
  {
    name: '16号 判断があっても、要る分だけか分からない',
    facts: { ...rescue, withinNeed: undefined },
    expected: asks('withinNeed'),
  },
  {
    name: '16号 必要がない',
    facts: { ...rescue, necessary: false },
    expected: no('NumberingAct 19(xvi)', 'NumberingAct 19'),
  },
  {
    name: '16号 同意を得られるのに得ていない',
    facts: { ...rescue, consentOrDifficult: false },
    expected: no('NumberingAct 19(xvi)', 'NumberingAct 19'),
  },
  {
    name: '16号 分からない',
    facts: { basis: '19(xvi)' },
    expected: waits('from', 'necessary', 'consentOrDifficult', 'withinNeed', 'to', 'judgements.numberEmergency'),
  },
  { name: '17号 管理者の判断がない', facts: body, expected: asks('judgements.commissionRule') },
  {
    name: '17号 判断の期限が切れた',
    facts: { ...body, judgements: judged('commissionRule', true, '2026-11-23') },
    expected: asks('judgements.commissionRule'),
  },
  {
    name: '17号 規則が認めると判断された',
    facts: { ...body, judgements: judged('commissionRule', true) },
    expected: by('NumberingAct 19(xvii)'),
  },
  {
    name: '17号 規則が認めないと判断された',
    facts: { ...body, judgements: judged('commissionRule', false) },
    expected: mismatch,
  },
  {
    name: '17号 要る分だけか分からない',
    facts: { ...body, withinNeed: undefined, judgements: judged('commissionRule', true) },
    expected: asks('withinNeed'),
  },
  { name: '本人の開示の求めに答える', facts: disclosure, expected: by('APPI 33(1)') },
  {
    name: '開示に、ほかの人の番号も載っている',
    facts: { ...disclosure, withinNeed: false },
    expected: mismatch,
  },
  {
    name: '開示に、求められたものだけが載っているか分からない',
    facts: { ...disclosure, withinNeed: undefined },
    expected: asks('withinNeed'),
  },
  {
    name: '開示：本人だと確かめられない',
    facts: { ...disclosure, requesterVerified: false },
    expected: no('APPI 33(1)', 'NumberingAct 19'),
  },
  {
    name: '開示：確かめたか分からない',
    facts: { ...disclosure, requesterVerified: undefined },
    expected: asks('requesterVerified'),
  },
  {
    name: '本人の同意だけで取引先に渡す',
    facts: { from: 'company', to: 'other', basis: 'consent', consent: { on: today, coversRecipient: true } },
    expected: none,
  },
  {
    name: 'グループ会社と共同利用する',
    facts: { from: 'company', to: 'group-company', basis: 'joint-use' },
    expected: none,
  },
  { name: 'オプトアウトで渡す', facts: { from: 'company', to: 'other', basis: 'opt-out' }, expected: none },
  {
    name: '支払調書の写しを番号付きで本人に渡す',
    facts: { from: 'company', to: 'principal', basis: 'none' },
    expected: mismatch,
  },
  { name: 'どの場合にも当たらない', facts: { from: 'company', to: 'other', basis: 'none' }, expected: mismatch },
  { name: '根拠が分からない', facts: { from: 'company', to: 'tax-office' }, expected: asks('basis') },
  { name: '何も分からない', facts: {}, expected: asks('from', 'to', 'basis') },
  {
    name: '2号 誰から誰へか分からない',
    facts: { ...taxOffice, from: undefined, to: undefined },
    expected: asks('from', 'to'),
  },
];

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decideNumberProvision(facts, today))).toEqual(expected);
});

const parties: NumberParty[] = [
  'company',
  'principal',
  'agent',
  'tax-office',
  'other-authority',
  'former-employer',
  'new-employer',
  'entrusted',
  'successor',
  'commission',
  'court-or-investigator',
  'listed-body',
  'group-company',
  'other',
];
const between: [NumberProvisionFacts, from: string, to: string][] = [
  [authority, 'tax-office other-authority', 'principal agent company entrusted'],
  [taxOffice, 'company entrusted', 'tax-office'],
  [{ ...taxOffice, affair: 'other-by-law' }, 'company entrusted', 'tax-office other-authority'],
  [payee, 'principal agent', 'company entrusted'],
  [mover, 'company', 'new-employer'],
  [{ ...mover, from: 'former-employer', to: 'company' }, 'former-employer', 'company'],
  [{ ...contractor, ...successor }, 'company entrusted', 'entrusted successor'],
  [commission, 'company entrusted', 'commission'],
  [
    { ...court, judgements: judged('listedPublicInterest', true) },
    'company entrusted',
    'court-or-investigator listed-body',
  ],
  [rescue, 'company entrusted', parties.join(' ')],
  [{ ...body, judgements: judged('commissionRule', true) }, 'company entrusted', 'listed-body'],
  [disclosure, 'company', 'principal agent'],
];

test.each(between)('$basis：号の挙げる二者の間だけで使える', (facts, from, to) => {
  const yes = (patch: NumberProvisionFacts): boolean =>
    decideNumberProvision({ entrustment, ...facts, ...patch }, today).answer === 'yes';
  expect(parties.filter((one) => yes({ from: one }))).toEqual(
    from.split(' ').sort((a, b) => parties.indexOf(a as NumberParty) - parties.indexOf(b as NumberParty)),
  );
  expect(parties.filter((one) => yes({ to: one })).join(' ')).toBe(
    parties.filter((one) => to.split(' ').includes(one)).join(' '),
  );
});

test('写しを渡すときは、開示の手続きを案内する', () => {
  const instead = (to: NumberParty): string | undefined => {
    const finding = decideNumberProvision({ from: 'company', to, basis: 'none' }, today);
    return finding.answer === 'no' ? finding.instead?.[0]?.ja : undefined;
  };
  expect(instead('principal')).toContain('開示');
  expect(instead('other')).toBe('番号を外して渡す');
});

test('根拠にならないものは、それぞれの言葉で断る', () => {
  const says = (basis: NumberBasis): string | undefined => decideNumberProvision({ basis }, today).because[0]?.says.ja;
  expect(says('consent')).toContain('同意');
  expect(says('joint-use')).toContain('共同利用');
  expect(says('opt-out')).toContain('オプトアウト');
});

test.each([
  [{ from: 'company', to: 'company' }, ['to']],
  [{ from: 'entrusted', to: 'entrusted' }, []],
  [{ from: 'company', to: 'tax-office' }, []],
  [{}, []],
  [{ entrustment: { level: 'entrustment', permission: {} } }, ['entrustment.permission']],
] as [NumberProvisionFacts, string[]][])('%o の矛盾は %o', (facts, fields) => {
  expect(numberProvisionContradictions(facts).map((c) => c.field)).toEqual(fields);
});
