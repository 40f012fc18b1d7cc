// Facts that cannot all be true, question by question. Each contradiction names its field, and facts that are merely odd pass.

import { expect, test } from 'vitest';
import { day } from '../base/day.ts';
import { repeated, reversed, uncountable, type Contradiction } from './contradiction.ts';
import {
  acquisitionContradictions,
  anonymousProvisionContradictions,
  jointUseChangeContradictions,
  provisionContradictions,
  pseudonymousProvisionContradictions,
  purposeChangeContradictions,
  receiptContradictions,
  relatedProvisionContradictions,
  useContradictions,
  type AcquisitionFacts,
  type JointUseChangeFacts,
  type ProvisionFacts,
  type PurposeChangeFacts,
  type ReceiptFacts,
  type UseFacts,
} from './index.ts';

const early = day('2026-11-01');
const late = day('2026-11-02');
const p1 = { id: 'P1', clause: '11' };
const p2 = { id: 'P2', clause: '12' };
const withdrawnFirst = { on: late, withdrawnOn: early };
const fields = (found: Contradiction[]): string[] => found.map((one) => one.field);

const japan: ProvisionFacts = { relation: 'entrustment', recipient: { kind: 'corporation', country: 'JP' } };
const within: ProvisionFacts = { relation: 'same-entity', recipient: { kind: 'corporation', country: 'JP' } };

const unpublished: ProvisionFacts = { jointUse: { published: true, noticeOn: null } };
const recordedFirst: ProvisionFacts = {
  link: { confirmation: { on: late } },
  record: { mode: 'bulk', lastOn: early },
};
const publishedFirst: ProvisionFacts = { anonymous: { madeItemsOn: late, providedItemsOn: early } };

const provisions: { name: string; facts: ProvisionFacts; expected: string[] }[] = [
  { name: '何も分からない', facts: {}, expected: [] },
  {
    name: '国内の事業者のクラウドで、サーバーが外国にある',
    facts: { ...japan, cloud: { serverCountry: 'US' }, items: ['氏名', '住所'], consent: { on: early, abroad: true } },
    expected: [],
  },
  {
    name: '外国の相手に体制がある',
    facts: { recipient: { country: 'US' }, equivalentSystem: { by: 'contract' } },
    expected: [],
  },
  { name: '当社の部署', facts: { ...within, equivalentSystem: null, consent: { abroad: false } }, expected: [] },
  { name: '当社の支店が外国にある', facts: { ...within, recipient: { country: 'US' } }, expected: [] },
  {
    name: '当社の部署に、外国への同意がある',
    facts: { ...within, consent: { abroad: true } },
    expected: ['consent.abroad'],
  },
  {
    name: '国が分からない当社の部署に、体制がある',
    facts: { relation: 'same-entity', equivalentSystem: { by: 'contract' } },
    expected: ['equivalentSystem'],
  },
  {
    name: '国内の相手に、外国の相手の体制がある',
    facts: { ...japan, equivalentSystem: { by: 'contract' } },
    expected: ['equivalentSystem'],
  },
  { name: '外国にある会社', facts: { recipient: { kind: 'corporation', country: 'US' } }, expected: [] },
  { name: '種類の分からない外国の相手', facts: { recipient: { country: 'US' } }, expected: [] },
  { name: '日本の公的機関', facts: { recipient: { kind: 'state-organ', country: 'JP' } }, expected: [] },
  {
    name: '日本の公的機関が外国にある',
    facts: { recipient: { kind: 'local-government', country: 'US' } },
    expected: ['recipient.country'],
  },
  { name: '同意を取り下げたのが、得る前', facts: { consent: withdrawnFirst }, expected: ['consent.withdrawnOn'] },
  { name: '同意を取り下げたのが、得た日', facts: { consent: { on: late, withdrawnOn: late } }, expected: [] },
  { name: '同意を取り下げた日だけが分かる', facts: { consent: { withdrawnOn: early } }, expected: [] },
  { name: '同意がない', facts: { consent: null }, expected: [] },
  { name: '渡す項目がひとつもない', facts: { items: [] }, expected: ['items'] },
  { name: '渡す項目が二重', facts: { items: ['氏名', '住所', '氏名'] }, expected: ['items'] },
  { name: '目的が二重', facts: { holdingPurposes: [p1, p2, p1] }, expected: ['holdingPurposes'] },
  { name: '目的が二つ', facts: { holdingPurposes: [p1, p2] }, expected: [] },
  {
    name: '通知の項目が二重',
    facts: { jointUse: { items: ['氏名', '氏名'], listed: ['fact', 'fact'] }, optOut: { listed: ['items', 'items'] } },
    expected: ['jointUse.items', 'jointUse.listed', 'optOut.listed'],
  },
  { name: '共同利用を公表した日がない', facts: unpublished, expected: ['jointUse.noticeOn'] },
  { name: '共同利用を公表していない', facts: { jointUse: { published: false, noticeOn: null } }, expected: [] },
  { name: '共同利用を公表した日が分からない', facts: { jointUse: { published: true } }, expected: [] },
  { name: '確かめる前の日までの記録', facts: recordedFirst, expected: ['record.lastOn'] },
  { name: '作る前の公表', facts: publishedFirst, expected: ['anonymous.providedItemsOn'] },
  {
    name: '令状でないのに令状の番号がある',
    facts: { secrecy: { basis: 'consent', warrant: '令和8年（る）第12号' } },
    expected: ['secrecy.warrant'],
  },
  { name: '通信の秘密に当たらない', facts: { secrecy: null }, expected: [] },
];

test.each(provisions)('提供：$name', ({ facts, expected }) => {
  expect(fields(provisionContradictions(facts))).toEqual(expected);
});

test('種類ごとの問いも、提供の問いと同じ矛盾を断る', () => {
  const wrong: ProvisionFacts = {
    ...unpublished,
    ...recordedFirst,
    ...publishedFirst,
    recipient: { country: 'JP' },
    equivalentSystem: { by: 'contract' },
    items: ['氏名', '氏名'],
    holdingPurposes: [p1, p1],
  };
  const all = ['equivalentSystem', 'items', 'holdingPurposes', 'jointUse.noticeOn', 'record.lastOn'];
  expect(fields(provisionContradictions(wrong))).toEqual([...all, 'anonymous.providedItemsOn']);
  expect(fields(relatedProvisionContradictions(wrong))).toEqual(['equivalentSystem', 'items', 'record.lastOn']);
  expect(fields(pseudonymousProvisionContradictions(wrong))).toEqual(all.slice(0, 4));
  expect(fields(anonymousProvisionContradictions(wrong))).toEqual(['anonymous.providedItemsOn']);
});

const acquisitions: { name: string; facts: AcquisitionFacts; expected: string[] }[] = [
  { name: '何も分からない', facts: {}, expected: [] },
  { name: '要配慮個人情報の種類', facts: { information: 'special-care', specialCare: 'race' }, expected: [] },
  {
    name: '要配慮個人情報でないのに種類がある',
    facts: { information: 'personal', specialCare: 'race' },
    expected: ['specialCare'],
  },
  { name: '種類のない個人情報', facts: { information: 'personal', purposes: [p1, p2] }, expected: [] },
  { name: '本人から受け取る', facts: { source: 'principal' }, expected: [] },
  {
    name: '本人から受け取った仮名加工情報',
    facts: { source: 'principal', information: 'pseudonymous' },
    expected: ['source'],
  },
  {
    name: '本人から受け取った匿名加工情報',
    facts: { source: 'principal', information: 'anonymous' },
    expected: ['source'],
  },
  { name: '本人から受け取った個人情報', facts: { source: 'principal', information: 'personal' }, expected: [] },
  {
    name: '他社から受け取った仮名加工情報',
    facts: { source: 'third-party', information: 'pseudonymous' },
    expected: [],
  },
  {
    name: '本人から受け取るのに、第三者からの受け取りがある',
    facts: { source: 'principal', receipt: {} },
    expected: ['receipt'],
  },
  { name: '第三者から受け取る', facts: { source: 'third-party', receipt: { basis: 'consent' } }, expected: [] },
  {
    name: '受け取りの事実は、その道筋で示す',
    facts: { source: 'third-party', receipt: { basis: 'consent', provider: { kind: 'private-person' } } },
    expected: ['receipt.basis'],
  },
  {
    name: '目的が二重',
    facts: { purposes: [p1, p1], consent: withdrawnFirst },
    expected: ['purposes', 'consent.withdrawnOn'],
  },
  {
    name: '受け取りの同意を、得る前に取り下げた',
    facts: { source: 'third-party', receipt: { consent: withdrawnFirst } },
    expected: ['receipt.consent.withdrawnOn'],
  },
];

test.each(acquisitions)('取得：$name', ({ facts, expected }) => {
  expect(fields(acquisitionContradictions(facts))).toEqual(expected);
});

const receipts: {
  basis?: ReceiptFacts['basis'];
  kind?: NonNullable<ReceiptFacts['provider']>['kind'];
  wrong: boolean;
}[] = [
  { wrong: false },
  { basis: 'private-person', wrong: false },
  { basis: 'private-person', kind: 'private-person', wrong: false },
  { basis: 'private-person', kind: 'state-organ', wrong: false },
  { basis: 'private-person', kind: 'corporation', wrong: true },
  { basis: 'private-person', kind: 'individual', wrong: true },
  { basis: 'consent', kind: 'corporation', wrong: false },
  { basis: 'opt-out', kind: 'individual', wrong: false },
  { basis: 'consent', kind: 'private-person', wrong: true },
  { basis: 'opt-out', kind: 'private-person', wrong: true },
  { basis: 'not-third-party', kind: 'private-person', wrong: false },
];

test.each(receipts)('受け取り：$basis で $kind から', ({ basis, kind, wrong }) => {
  expect(fields(receiptContradictions({ basis, provider: kind && { kind } }))).toEqual(wrong ? ['basis'] : []);
});

test('受け取り：同意を得る前に取り下げた', () => {
  expect(fields(receiptContradictions({ consent: withdrawnFirst }))).toEqual(['consent.withdrawnOn']);
});

const uses: { name: string; facts: UseFacts; expected: string[] }[] = [
  { name: '何も分からない', facts: {}, expected: [] },
  { name: '目的が二つ', facts: { holdingPurposes: [p1, p2] }, expected: [] },
  {
    name: '目的が二重で、同意の前に取り下げた',
    facts: { holdingPurposes: [p1, p1], consent: withdrawnFirst },
    expected: ['holdingPurposes', 'consent.withdrawnOn'],
  },
  {
    name: '照会なのに令状の番号がある',
    facts: { secrecy: { basis: 'inquiry', warrant: '令和8年（る）第12号' } },
    expected: ['secrecy.warrant'],
  },
];

test.each(uses)('利用：$name', ({ facts, expected }) => {
  expect(fields(useContradictions(facts))).toEqual(expected);
});

const harm = { item: '21(4)(i)', confirmed: true } as const;
const purposeChanges: { name: string; facts: PurposeChangeFacts; expected: string[] }[] = [
  { name: '何も分からない', facts: {}, expected: [] },
  { name: '公表した', facts: { published: true, noticeException: { item: '21(4)(i)' } }, expected: [] },
  { name: '知らせると害がある', facts: { published: false, noticeException: harm }, expected: [] },
  {
    name: '公表したのに、知らせると害がある',
    facts: { published: true, noticeException: harm },
    expected: ['noticeException'],
  },
  { name: '公表しただけ', facts: { published: true }, expected: [] },
  { name: '同意の前に取り下げた', facts: { consent: withdrawnFirst }, expected: ['consent.withdrawnOn'] },
];

test.each(purposeChanges)('目的の変更：$name', ({ facts, expected }) => {
  expect(fields(purposeChangeContradictions(facts))).toEqual(expected);
});

const jointUseChanges: { name: string; facts: JointUseChangeFacts; expected: string[] }[] = [
  { name: '何を変えるか分からない', facts: { newPurpose: '調査' }, expected: [] },
  { name: '目的を変える', facts: { change: 'purposes', newPurpose: '調査' }, expected: [] },
  { name: '住所を変える', facts: { change: 'responsible-address' }, expected: [] },
  { name: '公表するのに、その日がない', facts: { published: true, noticeOn: null }, expected: ['noticeOn'] },
  { name: '公表する日が分からない', facts: { published: true }, expected: [] },
  { name: '知らせる予定も公表もない', facts: { published: false, noticeOn: null }, expected: [] },
  {
    name: '住所の変更に、新しい目的がある',
    facts: { change: 'responsible-address', newPurpose: '調査' },
    expected: ['newPurpose'],
  },
  {
    name: '利用者の名称が変わり、項目は変わらない',
    facts: { change: 'users', userChange: 'renamed', itemsStay: true },
    expected: [],
  },
  { name: 'どう変わるか分からないが、項目は変わらない', facts: { change: 'users', itemsStay: true }, expected: [] },
  { name: '何を変えるか分からないが、利用者の名称だけ', facts: { userChange: 'renamed' }, expected: [] },
  {
    name: '住所の変更が、利用者の名称の変更',
    facts: { change: 'responsible-address', userChange: 'renamed' },
    expected: ['userChange'],
  },
  { name: '項目を変えるのに、項目は変わらない', facts: { change: 'items', itemsStay: true }, expected: ['itemsStay'] },
  {
    name: '利用者が増えるときに、項目は変わらないか',
    facts: { change: 'users', userChange: 'other', itemsStay: false },
    expected: ['itemsStay'],
  },
  {
    name: '同意を得る前に取り下げられている',
    facts: { change: 'items', consent: { on: late, withdrawnOn: early } },
    expected: ['consent.withdrawnOn'],
  },
];

test.each(jointUseChanges)('共同利用の変更：$name', ({ facts, expected }) => {
  expect(fields(jointUseChangeContradictions(facts))).toEqual(expected);
});

test('数、日の順、一覧', () => {
  expect(fields(uncountable('n', undefined))).toEqual([]);
  expect(fields(uncountable('n', 1))).toEqual([]);
  expect(fields(uncountable('n', 0, 0))).toEqual([]);
  expect(uncountable('n', -1, 0)[0]?.says.en).toBe('Write a whole number from 0');
  for (const n of [0, -1, 1.5, Number.NaN, Infinity]) expect(fields(uncountable('n', n)), String(n)).toEqual(['n']);
  expect(fields(reversed(late, 'd', early, '逆', 'reversed'))).toEqual(['d']);
  for (const [first, second] of [
    [early, late],
    [early, early],
    [early, null],
    [undefined, early],
    [null, undefined],
  ] as const) {
    expect(fields(reversed(first, 'd', second, '逆', 'reversed'))).toEqual([]);
  }
  expect(fields(repeated('list', undefined))).toEqual([]);
  expect(fields(repeated('list', ['a', 'b']))).toEqual([]);
  expect(fields(repeated('list', ['a', 'a']))).toEqual(['list']);
});
