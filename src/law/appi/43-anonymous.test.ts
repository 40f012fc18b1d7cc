// Anonymously processed information (匿名加工情報): making (Rules 34, 35), publication (36), provision with its marking (37, 38) and use (43(5), 45, 46):
// O-19.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import type { InformationKind, ProvisionFacts, UseFacts } from '../facts.ts';
import {
  anonymousProvisionContradictions,
  anonymousPublicationContradictions,
  decideAcquisition,
  decideAnonymisation,
  decideAnonymousProvision,
  decideAnonymousPublication,
  decideAnonymousUse,
  decideProvision,
  decideReceipt,
  decideUse,
  type AnonymisationFacts,
  type AnonymousProvisionFacts,
  type AnonymousPublicationFacts,
  type AnonymousUseFacts,
} from '../index.ts';
import { outline, type DutyOutline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');

const identify: DutyOutline = { do: 'never-identify', under: 'APPI 43(5)', when: 'later' };
const safety: DutyOutline = { do: 'publish-anonymous-safety', under: 'APPI 43(6)', when: 'later' };
const items: DutyOutline = { do: 'publish-anonymous-items', under: 'APPI 43(3)', when: 'at-once' };
const secure: DutyOutline = {
  do: 'secure-method-information',
  under: 'APPI 43(2)',
  when: 'at-once',
  items: ['authority', 'rules', 'blocked'],
};
const judgement = (answer: boolean, until = day('2027-03-31')) => ({
  anonymousEnough: { answer, by: 'officer-1', on: day('2026-11-20'), why: '最小の組は12人', until },
});

/** Usage data, generalised and with rare combinations removed. */
const usage: AnonymisationFacts = {
  information: 'personal',
  descriptions: true,
  codes: true,
  linkingCodes: true,
  peculiar: true,
  replacements: ['deleted', 'random'],
  differences: true,
  method: { authority: true, rules: true, blocked: true },
  entrusted: false,
  judgements: judgement(true),
};
const five = [
  'APPI 43(1)',
  'APPI-Rules 34(i)',
  'APPI-Rules 34(ii)',
  'APPI-Rules 34(iii)',
  'APPI-Rules 34(iv)',
  'APPI-Rules 34(v)',
];
const judged = [...five, 'APPI-Rules 34(v)', 'APPI 43(2)'];
const made: Outline = { answer: 'yes', because: judged, duties: [secure, items, identify, safety] };

const makings: { name: string; facts: AnonymisationFacts; expected: Outline; instead?: string }[] = [
  { name: '5つの基準に従い、管理者が足りると判断した', facts: usage, expected: made },
  {
    name: '加工の方法についての情報を残していない',
    facts: { ...usage, method: null },
    expected: { answer: 'yes', because: judged.slice(0, -1), duties: [items, identify, safety] },
  },
  {
    name: '氏名が残る',
    facts: { ...usage, descriptions: false },
    expected: { answer: 'no', because: ['APPI-Rules 34(i)'] },
    instead: '氏名など、個人を特定できる記述を削除するか置き換える',
  },
  {
    name: '保険証の番号が残る',
    facts: { ...usage, codes: false },
    expected: { answer: 'no', because: ['APPI-Rules 34(ii)'] },
    instead: '個人識別符号をすべて削除するか置き換える',
  },
  {
    name: '社内の顧客番号が残る',
    facts: { ...usage, linkingCodes: false },
    expected: { answer: 'no', because: ['APPI-Rules 34(iii)'] },
    instead: '社内の管理番号などを削除する',
  },
  {
    name: '116歳という年齢が残る',
    facts: { ...usage, peculiar: false },
    expected: { answer: 'no', because: ['APPI-Rules 34(iv)'] },
    instead: 'きわめて珍しい年齢や事実を削除するか、幅でまとめる',
  },
  {
    name: '最初の4つだけでは足りない',
    facts: { ...usage, differences: false },
    expected: { answer: 'no', because: ['APPI-Rules 34(v)'] },
    instead: '値をまとめる、上限や下限で切る、珍しい組み合わせの行を除くなどして、危険を測り直す',
  },
  {
    name: '鍵も乱数も加えないハッシュ値は元に戻せる',
    facts: { ...usage, replacements: ['plain-hash'] },
    expected: { answer: 'no', because: ['APPI 2(6)'] },
    instead: '削除するか、元に戻せない乱数などに置き換える',
  },
  {
    name: '措置が足りるかを、まだ誰も判断していない',
    facts: { ...usage, judgements: undefined },
    expected: { answer: 'unknown', because: [...five, 'APPI 43(2)'], missing: ['judgements.anonymousEnough'] },
  },
  {
    name: '判断の期限が過ぎた',
    facts: { ...usage, judgements: judgement(true, day('2026-11-23')) },
    expected: { answer: 'unknown', because: [...five, 'APPI 43(2)'], missing: ['judgements.anonymousEnough'] },
  },
  {
    name: '管理者が足りないと判断した',
    facts: { ...usage, judgements: judgement(false) },
    expected: { answer: 'no', because: ['APPI-Rules 34(v)', 'APPI-Rules 34(v)'] },
  },
  {
    name: '方法を扱う人が決まっていない',
    facts: { ...usage, method: { authority: false } },
    expected: { answer: 'no', because: ['APPI-Rules 35(i)', 'APPI 43(2)'] },
  },
  {
    name: '方法についての規程がない',
    facts: { ...usage, method: { rules: false } },
    expected: { answer: 'no', because: ['APPI-Rules 35(ii)', 'APPI 43(2)'] },
  },
  {
    name: '使う人が方法を読める',
    facts: { ...usage, method: { blocked: false } },
    expected: { answer: 'no', because: ['APPI-Rules 35(iii)', 'APPI 43(2)'] },
  },
  {
    name: '措置のことが分からない',
    facts: { ...usage, method: {} },
    expected: { answer: 'unknown', because: judged, missing: ['method.authority', 'method.rules', 'method.blocked'] },
  },
  {
    name: '個人番号を元にはできるとは言わない',
    facts: { ...usage, information: 'my-number' },
    expected: { answer: 'unknown', because: ['NumberingAct 9(4)', 'NumberingAct 30(2)'], missing: ['numberAffair'] },
  },
  {
    name: '何も分からない',
    facts: { replacements: [] },
    expected: {
      answer: 'unknown',
      because: five,
      missing: [
        'information',
        'descriptions',
        'codes',
        'linkingCodes',
        'peculiar',
        'replacements',
        'differences',
        'method',
        'entrusted',
        'judgements.anonymousEnough',
      ],
    },
  },
];

test.each(makings)('作成：$name', ({ facts, expected, instead }) => {
  const finding = decideAnonymisation(facts, today);
  expect(outline(finding)).toEqual(expected);
  if (instead !== undefined) expect(finding.answer === 'no' && finding.instead?.map((i) => i.ja)).toEqual([instead]);
});

test('委託されて作ったときは、委託元が公表する', () => {
  const says = (entrusted: boolean): string | undefined => {
    const finding = decideAnonymisation({ ...usage, entrusted }, today);
    return finding.answer === 'yes'
      ? finding.duties.find((d) => d.do === 'publish-anonymous-items')?.says.ja
      : undefined;
  };
  expect(says(true)).toContain('委託元に');
  expect(says(false)).toContain('インターネットなどで公表する');
});

const published: AnonymousPublicationFacts = {
  madeOn: day('2026-11-20'),
  publishedOn: day('2026-11-24'),
  means: 'internet',
  items: ['年代', '利用の時間帯'],
  publishedItems: ['年代', '利用の時間帯', '都道府県'],
  entrusted: false,
};
const due = ['APPI 43(3)', 'APPI-Rules 36(1)'];

const publications: { name: string; facts: AnonymousPublicationFacts; expected: Outline }[] = [
  {
    name: 'O-19 作った後にウェブサイトで項目を公表した',
    facts: published,
    expected: { answer: 'yes', because: due, duties: [] },
  },
  {
    name: 'そのほかの方法で公表した',
    facts: { ...published, means: 'other-public' },
    expected: { answer: 'yes', because: due, duties: [] },
  },
  { name: 'まだ公表していない', facts: { ...published, publishedOn: null }, expected: { answer: 'no', because: due } },
  {
    name: '公表は明日の予定',
    facts: { ...published, publishedOn: day('2026-11-25') },
    expected: { answer: 'no', because: due },
  },
  {
    name: '個別に知らせただけ',
    facts: { ...published, means: 'told-individually' },
    expected: { answer: 'no', because: ['APPI-Rules 36(1)'] },
  },
  {
    name: '公表にない項目がある',
    facts: { ...published, publishedItems: ['年代'] },
    expected: { answer: 'no', because: ['APPI 43(3)'] },
  },
  {
    name: '委託されて作り、当社だけが公表した',
    facts: { ...published, entrusted: true, publishedBy: 'company' },
    expected: { answer: 'no', because: ['APPI-Rules 36(2)'] },
  },
  {
    name: '委託されて作り、委託元が公表した',
    facts: { ...published, entrusted: true, publishedBy: 'entrusting-company' },
    expected: { answer: 'yes', because: [...due, 'APPI-Rules 36(2)'], duties: [] },
  },
  {
    name: '委託されて作り、誰が公表したか分からない',
    facts: { ...published, entrusted: true },
    expected: { answer: 'unknown', because: [...due, 'APPI-Rules 36(2)'], missing: ['publishedBy'] },
  },
  {
    name: '当社のために作り、当社が公表した',
    facts: { ...published, publishedBy: 'company' },
    expected: { answer: 'yes', because: due, duties: [] },
  },
  {
    name: '何も分からない',
    facts: { items: [], publishedItems: [] },
    expected: {
      answer: 'unknown',
      because: due,
      missing: ['madeOn', 'publishedOn', 'means', 'items', 'publishedItems', 'entrusted'],
    },
  },
  {
    name: '項目が分からない',
    facts: { ...published, items: undefined, publishedItems: undefined },
    expected: { answer: 'unknown', because: due, missing: ['items', 'publishedItems'] },
  },
];

test.each(publications)('公表：$name', ({ facts, expected }) => {
  const finding = decideAnonymousPublication(facts, today);
  expect(outline(finding)).toEqual(expected);
  if (finding.answer === 'no') expect(finding.instead?.length).toBe(1);
});

test('作る前に公表することはできない', () => {
  const fields = (publishedOn: '2026-11-19' | '2026-11-20'): string[] =>
    anonymousPublicationContradictions({ ...published, publishedOn: day(publishedOn) }).map((c) => c.field);
  expect(fields('2026-11-19')).toEqual(['publishedOn']);
  expect(fields('2026-11-20')).toEqual([]);
});

test('委託されて作ったのでなければ、公表する委託元はいない', () => {
  const fields = (facts: AnonymousPublicationFacts): string[] =>
    anonymousPublicationContradictions({ ...published, ...facts }).map((c) => c.field);
  expect(fields({ entrusted: false, publishedBy: 'entrusting-company' })).toEqual(['publishedBy']);
  expect(fields({ entrusted: false, publishedBy: 'company' })).toEqual([]);
  expect(fields({ entrusted: true, publishedBy: 'entrusting-company' })).toEqual([]);
  expect(fields({ entrusted: undefined, publishedBy: 'entrusting-company' })).toEqual([]);
});

const university: AnonymousProvisionFacts = {
  madeHere: true,
  relation: 'third-party',
  items: ['年代', '利用の時間帯'],
  anonymous: {
    madeItemsOn: day('2026-11-20'),
    providedItemsOn: day('2026-11-24'),
    methodOn: day('2026-11-24'),
    marking: 'e-mail',
  },
};
const anonymousOf = (change: object, facts = university): AnonymousProvisionFacts => ({
  ...facts,
  anonymous: { ...facts.anonymous, ...change },
});
const passedOn: AnonymousProvisionFacts = {
  ...university,
  madeHere: false,
  anonymous: { ...university.anonymous, madeItemsOn: undefined },
};
const mark: DutyOutline = { do: 'mark-anonymous', under: 'APPI 43(4)', when: 'before' };
const given: Outline = {
  answer: 'yes',
  because: ['APPI 2(6)', ...due, 'APPI 43(4)', 'APPI-Rules 37(1)', 'APPI-Rules 37(2)'],
  duties: [mark, identify, safety],
};
const passed: Outline = {
  answer: 'yes',
  because: ['APPI 2(6)', 'APPI 44', 'APPI-Rules 38(1)', 'APPI-Rules 38(2)'],
  duties: [
    { ...mark, under: 'APPI 44' },
    { ...identify, under: 'APPI 45' },
    { ...safety, under: 'APPI 46' },
  ],
};

const provisions: { name: string; facts: AnonymousProvisionFacts; expected: Outline; instead?: string }[] = [
  {
    name: 'O-19 大学に送るメールに、匿名加工情報だと書いていない',
    facts: anonymousOf({ marking: 'none' }),
    expected: { answer: 'no', because: ['APPI 43(4)', 'APPI-Rules 37(2)'] },
    instead: '匿名加工情報であると、送るメールや書面に書く',
  },
  { name: 'O-19 メールに書いた：同意も記録も要らない', facts: university, expected: given },
  { name: '書面に書いた', facts: anonymousOf({ marking: 'document' }), expected: given },
  { name: 'そのほかのはっきりした方法で伝えた', facts: anonymousOf({ marking: 'other' }), expected: given },
  {
    name: '作った後の公表がまだ',
    facts: anonymousOf({ madeItemsOn: null }),
    expected: { answer: 'no', because: due },
    instead: '公表してから渡す',
  },
  {
    name: '作った後の公表が渡す日の後',
    facts: anonymousOf({ madeItemsOn: day('2026-11-25') }),
    expected: { answer: 'no', because: due },
  },
  {
    name: '渡す項目の公表がまだ',
    facts: anonymousOf({ providedItemsOn: null }),
    expected: { answer: 'no', because: ['APPI 43(4)', 'APPI-Rules 37(1)'] },
    instead: '公表してから渡す',
  },
  {
    name: '渡す項目の公表が渡す日の後',
    facts: anonymousOf({ providedItemsOn: day('2026-11-25') }),
    expected: { answer: 'no', because: ['APPI 43(4)', 'APPI-Rules 37(1)'] },
  },
  {
    name: '渡し方の公表がまだ',
    facts: anonymousOf({ methodOn: null }),
    expected: { answer: 'no', because: ['APPI 43(4)', 'APPI-Rules 37(1)'] },
    instead: '公表してから渡す',
  },
  { name: '受け取ったものをさらに渡す：44条', facts: passedOn, expected: passed },
  {
    name: '受け取ったものに、作った後の公表はない',
    facts: anonymousOf({ madeItemsOn: null }, passedOn),
    expected: passed,
  },
  {
    name: '受け取ったものをさらに渡す：伝えていない',
    facts: anonymousOf({ marking: 'none' }, passedOn),
    expected: { answer: 'no', because: ['APPI 44', 'APPI-Rules 38(2)'] },
  },
  {
    name: '受け取ったものをさらに渡す：項目の公表がまだ',
    facts: anonymousOf({ providedItemsOn: null }, passedOn),
    expected: { answer: 'no', because: ['APPI 44', 'APPI-Rules 38(1)'] },
  },
  {
    name: '受け取ったものをさらに渡す：渡し方の公表がまだ',
    facts: anonymousOf({ methodOn: null }, passedOn),
    expected: { answer: 'no', because: ['APPI 44', 'APPI-Rules 38(1)'] },
  },
  {
    name: '当社が作ったか分からなくても、伝えずには渡せない',
    facts: anonymousOf({ marking: 'none' }, { ...university, madeHere: undefined }),
    expected: { answer: 'no', because: ['APPI 43(4)', 'APPI-Rules 37(2)'] },
  },
  {
    name: '当社が作ったか分からない',
    facts: { ...university, madeHere: undefined },
    expected: {
      answer: 'unknown',
      because: ['APPI 2(6)', 'APPI 43(4)', 'APPI-Rules 37(1)', 'APPI-Rules 37(2)'],
      missing: ['madeHere'],
    },
  },
  {
    name: '社内の別の部署：提供ではない',
    facts: { relation: 'same-entity' },
    expected: { answer: 'yes', because: ['Guideline 3-6-1', 'APPI 2(6)'], duties: [] },
  },
  {
    name: '相手が照らし合わせて本人を調べる',
    facts: { ...university, identifies: true },
    expected: { answer: 'no', because: ['APPI 45'] },
    instead: '本人を割り出さずに、全体の傾向だけを分析する',
  },
  {
    name: '受け取ったものを、照らし合わせて本人を調べる相手に渡す',
    facts: { ...passedOn, relation: 'entrustment', identifies: true },
    expected: { answer: 'no', because: ['APPI 45'] },
  },
  {
    name: '相手が、削除された情報を手に入れる',
    facts: { ...university, relation: 'joint-use', obtainsDeleted: true },
    expected: { answer: 'no', because: ['APPI 45'] },
  },
  {
    name: '相手が社外だと言われなくても、削除された情報を手に入れる相手には渡さない',
    facts: { ...university, relation: undefined, obtainsDeleted: true },
    expected: { answer: 'no', because: ['APPI 45'] },
  },
  {
    name: '社内の別の部署で、照らし合わせて本人を調べる',
    facts: { madeHere: true, relation: 'same-entity', identifies: true },
    expected: { answer: 'no', because: ['APPI 43(5)'] },
  },
  {
    name: '社内の別の部署で、削除された情報を手に入れる：受け取ったものかもしれない',
    facts: { relation: 'same-entity', obtainsDeleted: true },
    expected: { answer: 'unknown', because: ['Guideline 3-6-1', 'APPI 2(6)'], missing: ['madeHere'] },
  },
  {
    name: '作った社内では、削除した情報を持っている',
    facts: { madeHere: true, relation: 'same-entity', obtainsDeleted: true },
    expected: { answer: 'yes', because: ['Guideline 3-6-1', 'APPI 2(6)'], duties: [] },
  },
  {
    name: '作ったものについて、公表と伝え方が何も分からない',
    facts: { madeHere: true, items: [] },
    expected: {
      answer: 'unknown',
      because: given.because,
      missing: [
        'anonymous.madeItemsOn',
        'anonymous.providedItemsOn',
        'anonymous.methodOn',
        'anonymous.marking',
        'items',
      ],
    },
  },
  {
    name: '受け取ったものについて、公表と伝え方が何も分からない',
    facts: { madeHere: false },
    expected: {
      answer: 'unknown',
      because: passed.because,
      missing: ['anonymous.providedItemsOn', 'anonymous.methodOn', 'anonymous.marking', 'items'],
    },
  },
  {
    name: '何も分からない',
    facts: {},
    expected: {
      answer: 'unknown',
      because: ['APPI 2(6)', 'APPI 43(4)', 'APPI-Rules 37(1)', 'APPI-Rules 37(2)'],
      missing: ['madeHere', 'anonymous.providedItemsOn', 'anonymous.methodOn', 'anonymous.marking', 'items'],
    },
  },
];

test.each(provisions)('提供：$name', ({ facts, expected, instead }) => {
  const finding = decideAnonymousProvision(facts, today);
  expect(outline(finding)).toEqual(expected);
  if (instead !== undefined) expect(finding.answer === 'no' && finding.instead?.map((i) => i.ja)).toEqual([instead]);
  const whole: ProvisionFacts = { ...facts, information: 'anonymous' };
  expect(decideProvision(whole, today)).toEqual(finding);
  expect(decideProvision({ ...whole, consent: null, recipient: { country: 'VN' } }, today)).toEqual(finding);
});

test('項目と渡し方のどちらが足りないかを言う', () => {
  const says = (change: object): string => decideAnonymousProvision(anonymousOf(change), today).because[0].says.ja;
  expect(says({ madeItemsOn: null })).toBe('作った情報の項目をまだ公表していません。');
  expect(says({ providedItemsOn: null })).toBe('渡す項目をまだ公表していません。');
  expect(says({ methodOn: null })).toBe('渡し方をまだ公表していません。');
});

test('足りない事実は、作った者なら43条4項、受け取った者なら44条の名前で尋ねる', () => {
  const asked = (madeHere: boolean | undefined): string[] => {
    const finding = decideAnonymousProvision({ madeHere }, today);
    return finding.answer === 'unknown' ? finding.missing.map((m) => `${m.fact} ${m.article}`) : [];
  };
  expect(asked(false)).toContain('anonymous.methodOn 44');
  expect(asked(true)).toContain('anonymous.methodOn 43(4)');
  expect(asked(undefined)).toContain('anonymous.methodOn 43(4)');
});

test('作った情報の項目より先に、渡す項目は公表できない', () => {
  const fields = (facts: AnonymousProvisionFacts): string[] =>
    anonymousProvisionContradictions(facts).map((c) => c.field);
  expect(fields(university)).toEqual([]);
  expect(fields(anonymousOf({ providedItemsOn: day('2026-11-19') }))).toEqual(['anonymous.providedItemsOn']);
  expect(fields(anonymousOf({ providedItemsOn: day('2026-11-20') }))).toEqual([]);
  expect(fields({})).toEqual([]);
});

const own: AnonymousUseFacts = { madeHere: true, identifies: false };
const foreign: AnonymousUseFacts = { madeHere: false, identifies: false, obtainsDeleted: false };
const free: Outline = { answer: 'yes', because: ['APPI 2(6)', 'APPI 43(5)'], duties: [identify, safety] };

const uses: { name: string; facts: AnonymousUseFacts; expected: Outline }[] = [
  { name: '作ったものを分析する：目的の制限はない', facts: own, expected: free },
  {
    name: '作った者は、削除した情報を持っている',
    facts: { ...own, obtainsDeleted: true },
    expected: free,
  },
  {
    name: '作ったものを照らし合わせて本人を調べる',
    facts: { ...own, identifies: true },
    expected: { answer: 'no', because: ['APPI 43(5)'] },
  },
  {
    name: '受け取ったものを分析する',
    facts: foreign,
    expected: {
      answer: 'yes',
      because: ['APPI 2(6)', 'APPI 45', 'APPI 45'],
      duties: [
        { ...identify, under: 'APPI 45' },
        { ...safety, under: 'APPI 46' },
      ],
    },
  },
  {
    name: '受け取ったものを照らし合わせる',
    facts: { ...foreign, identifies: true },
    expected: { answer: 'no', because: ['APPI 45'] },
  },
  {
    name: '受け取ったものの加工の方法を手に入れる',
    facts: { ...foreign, obtainsDeleted: true },
    expected: { answer: 'no', because: ['APPI 45'] },
  },
  {
    name: '誰が作ったものでも、本人を調べてはならない',
    facts: { identifies: true },
    expected: { answer: 'no', because: ['APPI 43(5)', 'APPI 45'] },
  },
  {
    name: '加工の方法を手に入れるが、誰が作ったか分からない',
    facts: { identifies: false, obtainsDeleted: true },
    expected: { answer: 'unknown', because: ['APPI 2(6)', 'APPI 43(5)', 'APPI 45'], missing: ['madeHere'] },
  },
  {
    name: '作ったものについて、本人を調べるか分からない',
    facts: { madeHere: true },
    expected: { answer: 'unknown', because: ['APPI 2(6)', 'APPI 43(5)'], missing: ['identifies'] },
  },
  {
    name: '何も分からない',
    facts: {},
    expected: {
      answer: 'unknown',
      because: ['APPI 2(6)', 'APPI 43(5)', 'APPI 45'],
      missing: ['madeHere', 'identifies', 'obtainsDeleted'],
    },
  },
];

test.each(uses)('利用：$name', ({ facts, expected }) => {
  const finding = decideAnonymousUse(facts, today);
  expect(outline(finding)).toEqual(expected);
  if (finding.answer === 'no') expect(finding.instead?.length).toBe(1);
  const whole: UseFacts = { ...facts, information: 'anonymous' };
  expect(decideUse(whole, today)).toEqual(finding);
});

test('調べることと、手に入れることとは、違う言葉で断る', () => {
  const says = (facts: AnonymousUseFacts): string =>
    decideAnonymousUse({ ...foreign, ...facts }, today).because[0].says.ja;
  expect(says({ identifies: true })).toContain('本人を割り出すことはできません');
  expect(says({ obtainsDeleted: true })).toContain('手に入れることはできません');
});

test('受領：確認も記録も要らないが、受け取った者の義務がかかる', () => {
  const kind: InformationKind = 'anonymous';
  const expected: Outline = {
    answer: 'yes',
    because: ['APPI 2(6)', 'APPI 45'],
    duties: [
      { ...identify, under: 'APPI 45' },
      { ...safety, under: 'APPI 46' },
    ],
  };
  expect(outline(decideReceipt({ information: kind }, today))).toEqual(expected);
  expect(outline(decideAcquisition({ information: kind, source: 'third-party' }, today))).toEqual(expected);
  const unlawful = { looksUnlawful: true };
  expect(outline(decideReceipt({ information: kind, ...unlawful }, today))).toEqual({
    answer: 'no',
    because: ['APPI 20(1)'],
  });
});

const members: UseFacts = {
  information: 'personally-related',
  purpose: 'P9',
  holdingPurposes: [{ id: 'P1', clause: '11' }],
  consent: null,
};
test('個人関連情報の利用：結び付けなければ目的の制限はなく、結び付ければ個人情報として決める', () => {
  expect(outline(decideUse({ ...members, identifies: false }, today))).toEqual({
    answer: 'yes',
    because: ['APPI 2(7)'],
    duties: [],
  });
  expect(outline(decideUse(members, today))).toEqual({
    answer: 'unknown',
    because: ['APPI 2(7)'],
    missing: ['identifies'],
  });
  expect(outline(decideUse({ ...members, identifies: true }, today))).toEqual({
    answer: 'no',
    because: ['APPI 18(1)', 'policy 11', 'APPI 18(3)'],
  });
  expect(decideUse({ ...members, identifies: true, purpose: 'P1' }, today).answer).toBe('yes');
  expect(outline(decideUse({ ...members, identifies: false, improper: true }, today)).because).toEqual(['APPI 19']);
});
