// Provision and receipt of personally related information (個人関連情報の提供と受領): O-12, the record of Rules 27 to 29, recipients abroad, and the party that
// links.

import { expect, test } from 'vitest';
import { addYears, day, type Day } from '../../base/day.ts';
import type { ProvisionFacts, ReceiptFacts } from '../facts.ts';
import {
  decideAcquisition,
  decideProvision,
  decideReceipt,
  decideRelatedProvision,
  decideRelatedReceipt,
  relatedProvisionContradictions,
  type RelatedProvisionFacts,
  type RelatedReceiptFacts,
} from '../index.ts';
import { outline, type DutyOutline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-12-01');

const adco = {
  kind: 'corporation',
  name: '例示広告株式会社',
  address: '東京都港区例示町3-3',
  representative: '例示 花子',
  country: 'JP',
} as const;
const declared = { on: day('2026-11-30'), by: 'declaration', consented: true } as const;
const members: RelatedProvisionFacts = {
  recipient: adco,
  items: ['閲覧の履歴', 'クッキーの番号'],
  link: { fromDatabase: true, expected: true, byTag: false, confirmation: declared },
  exception: null,
  record: { mode: 'bulk', lastOn: day('2026-12-31') },
};
const linkOf = (change: object): RelatedProvisionFacts => ({ ...members, link: { ...members.link, ...change } });
const confirmationOf = (change: object): RelatedProvisionFacts => linkOf({ confirmation: { ...declared, ...change } });

const recorded = (when: string, keepUntil: Day, change: { abroad?: true; person?: true } = {}): DutyOutline => ({
  do: 'record-provision',
  under: 'APPI 31(3)',
  when: 'at-once',
  items: [
    'consent-confirmed',
    ...(change.abroad ? ['foreign-information-confirmed'] : []),
    when,
    'recipient-name',
    'recipient-address',
    ...(change.person ? [] : ['recipient-representative']),
    'items',
  ],
  keepUntil,
});
const confirm = ['APPI 31(1)(i)', 'APPI-Rules 26(1)'];
const inform = ['APPI 31(1)(ii)', 'APPI-Rules 26(2)'];
const bulk = ['APPI 31(3)', 'APPI-Rules 27(2)', 'APPI-Rules 28(1)', 'APPI-Rules 29(ii)'];
const tag: DutyOutline = { do: 'publish-transmission', under: 'TBA 27-12', when: 'before' };
const byLaw = { item: '27(1)(i)', legalBasis: '刑事訴訟法197条2項 照会書7号' } as const;

const provisions: { name: string; facts: RelatedProvisionFacts; expected: Outline; instead?: number }[] = [
  {
    name: 'O-12 会員と結び付ける広告会社：申告で確かめ、期間の初日と最終日を記録し、本人は記録しない',
    facts: members,
    expected: {
      answer: 'yes',
      because: [...confirm, ...bulk],
      duties: [recorded('first-and-last-day', day('2029-12-31'))],
    },
  },
  {
    name: 'O-12 申告がない',
    facts: linkOf({ confirmation: null }),
    expected: { answer: 'no', because: confirm },
    instead: 2,
  },
  {
    name: 'O-12 同意があるはずだと思うだけ',
    facts: confirmationOf({ by: 'assumed' }),
    expected: { answer: 'no', because: confirm },
    instead: 2,
  },
  {
    name: 'O-12 同意していない会員がいる',
    facts: confirmationOf({ consented: false }),
    expected: { answer: 'no', because: ['APPI 31(1)(i)'] },
  },
  {
    name: 'O-12 確かめる日が渡す日の後',
    facts: confirmationOf({ on: day('2026-12-02') }),
    expected: { answer: 'no', because: ['APPI 31(1)'] },
  },
  {
    name: 'O-12 確かめた日が渡す日と同じ、申告のほかの適切な方法',
    facts: confirmationOf({ on: today, by: 'other' }),
    expected: {
      answer: 'yes',
      because: [...confirm, ...bulk],
      duties: [recorded('first-and-last-day', day('2029-12-31'))],
    },
  },
  {
    name: 'O-12 一度だけ渡す：提供した日を記録し、作った日から3年',
    facts: { ...members, record: undefined },
    expected: {
      answer: 'yes',
      because: [...confirm, ...bulk.slice(0, 3), 'APPI-Rules 29(iii)'],
      duties: [recorded('provided-on', day('2029-12-01'))],
    },
  },
  {
    name: 'O-12 契約書で代える：最後の提供から1年',
    facts: { ...members, record: { mode: 'contract', lastOn: day('2026-12-31') } },
    expected: {
      answer: 'yes',
      because: [...confirm, 'APPI 31(3)', 'APPI-Rules 27(3)', 'APPI-Rules 28(1)', 'APPI-Rules 29(i)'],
      duties: [recorded('provided-on', day('2027-12-31'))],
    },
  },
  {
    name: 'O-12 個人事業主に渡す：代表者は記録しない',
    facts: { ...members, recipient: { ...adco, kind: 'individual', representative: undefined } },
    expected: {
      answer: 'yes',
      because: [...confirm, ...bulk],
      duties: [recorded('first-and-last-day', day('2029-12-31'), { person: true })],
    },
  },
  {
    name: '国の機関に渡す：同意は確かめるが、記録は要らない',
    facts: { ...members, recipient: { kind: 'state-organ', country: 'JP' } },
    expected: { answer: 'yes', because: [...confirm, 'APPI 16(2)(i)', 'APPI 31(3)'], duties: [] },
  },
  {
    name: '結び付けない分析会社：31条の義務はない',
    facts: linkOf({ expected: false, confirmation: undefined }),
    expected: { answer: 'yes', because: ['APPI 31(1)'], duties: [] },
  },
  {
    name: 'O-13 結び付けない分析会社のタグ：公表の義務が別にある',
    facts: linkOf({ expected: false, confirmation: undefined, byTag: true }),
    expected: { answer: 'yes', because: ['APPI 31(1)'], duties: [tag] },
  },
  {
    name: 'O-13 タグが送るのか分からない',
    facts: linkOf({ expected: false, confirmation: undefined, byTag: undefined }),
    expected: { answer: 'unknown', because: ['APPI 31(1)'], missing: ['link.byTag'] },
  },
  {
    name: '結び付ける相手のタグ：両方の義務がある',
    facts: linkOf({ byTag: true }),
    expected: {
      answer: 'yes',
      because: [...confirm, ...bulk],
      duties: [recorded('first-and-last-day', day('2029-12-31')), tag],
    },
  },
  {
    name: '検索できるように集めたものではない',
    facts: linkOf({ fromDatabase: false, expected: undefined, confirmation: null }),
    expected: { answer: 'yes', because: ['APPI 31(1)'], duties: [] },
  },
  {
    name: '結び付けるのか、集めたものか分からないうちは、同意がないことで断らない',
    facts: linkOf({ fromDatabase: undefined, expected: undefined, confirmation: null }),
    expected: {
      answer: 'unknown',
      because: ['APPI 31(1)(i)'],
      missing: ['link.fromDatabase', 'link.expected'],
    },
  },
  {
    name: '法令に基づく：同意を確かめず、記録もしない',
    facts: { ...linkOf({ confirmation: null }), exception: byLaw },
    expected: {
      answer: 'yes',
      because: ['APPI 27(1)(i)', 'APPI 31(1)'],
      duties: [
        {
          do: 'record-exception',
          under: 'APPI 27(1)(i)',
          when: 'at-once',
          items: ['item', 'facts', 'approver'],
        },
      ],
    },
  },
  {
    name: '法令に基づくというが、根拠が分からない',
    facts: { ...linkOf({ confirmation: null }), exception: { item: '27(1)(i)' } },
    expected: { answer: 'unknown', because: ['APPI 31(1)(i)'], missing: ['exception.legalBasis'] },
  },
  {
    name: '外国の相手に法令に基づくと言われたら、日本の法令かを尋ねる',
    facts: { ...linkOf({ confirmation: null }), recipient: { country: 'US' }, exception: byLaw },
    expected: { answer: 'unknown', because: ['APPI 31(1)(i)'], missing: ['exception.lawOfJapan'] },
  },
  {
    name: '例外に当たらない',
    facts: { ...linkOf({ confirmation: null }), exception: { item: '27(1)(ii)', necessary: false } },
    expected: { answer: 'no', because: [...confirm, 'APPI 27(1)(ii)'] },
  },
  {
    name: '例外に当たらないが、同意は確かめた',
    facts: { ...members, exception: { item: '27(1)(ii)', necessary: false } },
    expected: {
      answer: 'yes',
      because: [...confirm, ...bulk],
      duties: [recorded('first-and-last-day', day('2029-12-31'))],
    },
  },
  {
    name: '外国の相手：国のことを伝えたと示す書面も見た',
    facts: { ...confirmationOf({ foreignInformationShown: true }), recipient: { ...adco, country: 'VN' } },
    expected: {
      answer: 'yes',
      because: [...confirm, ...inform, ...bulk],
      duties: [recorded('first-and-last-day', day('2029-12-31'), { abroad: true })],
    },
  },
  {
    name: '外国の相手：その書面がなく、体制もない',
    facts: {
      ...confirmationOf({ foreignInformationShown: false }),
      recipient: { ...adco, country: 'VN' },
      equivalentSystem: null,
    },
    expected: { answer: 'no', because: inform },
    instead: 1,
  },
  {
    name: '外国の相手：その書面がなく、体制があるか分からない',
    facts: { ...confirmationOf({ foreignInformationShown: false }), recipient: { ...adco, country: 'VN' } },
    expected: { answer: 'unknown', because: ['APPI 31(1)(ii)'], missing: ['equivalentSystem'] },
  },
  {
    name: '外国の相手：その書面を見たか分からない',
    facts: { ...members, recipient: { ...adco, country: 'VN' }, equivalentSystem: null },
    expected: {
      answer: 'unknown',
      because: [...confirm, ...inform, ...bulk],
      missing: ['link.confirmation.foreignInformationShown'],
    },
  },
  {
    name: '外国の相手：書面がないうえ、集めたものか分からない',
    facts: {
      ...linkOf({ fromDatabase: undefined, confirmation: { ...declared, foreignInformationShown: false } }),
      recipient: { ...adco, country: 'VN' },
      equivalentSystem: null,
    },
    expected: {
      answer: 'unknown',
      because: [...confirm, ...inform, ...bulk],
      missing: ['link.fromDatabase'],
    },
  },
  {
    name: '外国の相手：同意そのものを確かめていない',
    facts: { ...linkOf({ confirmation: null }), recipient: { ...adco, country: 'VN' } },
    expected: { answer: 'no', because: confirm },
  },
  {
    name: '国内の相手に、外国について伝えたと示す書面は要らない',
    facts: confirmationOf({ foreignInformationShown: false }),
    expected: {
      answer: 'yes',
      because: [...confirm, ...bulk],
      duties: [recorded('first-and-last-day', day('2029-12-31'))],
    },
  },
  {
    name: '同等の国の相手：国内と同じ',
    facts: { ...members, recipient: { ...adco, country: 'DE' } },
    expected: {
      answer: 'yes',
      because: [...confirm, 'APPI 28(1)', 'APPI-Rules 15', ...bulk],
      duties: [recorded('first-and-last-day', day('2029-12-31'))],
    },
  },
  {
    name: '体制のある外国の相手：書面は要らず、定期の確認と停止。本人への情報提供はない',
    facts: {
      ...members,
      recipient: { ...adco, country: 'US' },
      equivalentSystem: { by: 'contract', validUntil: null, checkedOn: day('2026-10-01') },
    },
    expected: {
      answer: 'yes',
      because: [...confirm, 'APPI 28(1)', 'APPI-Rules 16', ...bulk, 'APPI 31(2)'],
      duties: [
        recorded('first-and-last-day', day('2029-12-31')),
        { do: 'check-foreign-measures', under: 'APPI-Rules 18(1)(i)', when: 'later', by: day('2027-10-01') },
        { do: 'stop-on-failure', under: 'APPI-Rules 18(1)(ii)', when: 'later' },
      ],
    },
  },
  {
    name: '体制の確認が期限を過ぎた外国の相手：書面が要る',
    facts: {
      ...confirmationOf({ foreignInformationShown: false }),
      recipient: { ...adco, country: 'US' },
      equivalentSystem: { by: 'contract', validUntil: null, checkedOn: day('2025-10-01') },
    },
    expected: { answer: 'no', because: [...inform, 'APPI-Rules 18(1)'] },
  },
  {
    name: '相手の国、代表者、項目、確かめた日と方法が分からない',
    facts: {
      ...members,
      recipient: { kind: 'corporation', name: '例示広告株式会社', address: '例示町3-3' },
      items: [],
      link: { fromDatabase: true, expected: true, byTag: false, confirmation: {} },
    },
    expected: {
      answer: 'unknown',
      because: [...confirm, ...bulk],
      missing: [
        'link.confirmation.on',
        'link.confirmation.by',
        'link.confirmation.consented',
        'recipient.country',
        'recipient.representative',
        'items',
      ],
    },
  },
  {
    name: '何も分からない',
    facts: {},
    expected: {
      answer: 'unknown',
      because: [...confirm, ...bulk.slice(0, 3), 'APPI-Rules 29(iii)'],
      missing: [
        'link.confirmation',
        'recipient.country',
        'recipient.kind',
        'recipient.name',
        'recipient.address',
        'items',
        'link.fromDatabase',
        'link.expected',
        'link.byTag',
      ],
    },
  },
];

test.each(provisions)('提供：$name', ({ facts, expected, instead }) => {
  const finding = decideRelatedProvision(facts, today);
  expect(outline(finding)).toEqual(expected);
  if (instead !== undefined) expect(finding.answer === 'no' && finding.instead?.length).toBe(instead);
  const whole: ProvisionFacts = { ...facts, information: 'personally-related', relation: 'third-party' };
  expect(decideProvision(whole, today)).toEqual(finding);
});

test('義務がない理由は、集め方と相手の扱いで違う言葉で言う', () => {
  const says = (change: object): string => decideRelatedProvision(linkOf(change), today).because[0].says.ja;
  expect(says({ fromDatabase: false })).toContain('検索できるように集めたものから渡すのではない');
  expect(says({ expected: false })).toContain('個人データとして受け取ることは想定されない');
  expect(says({ confirmation: null })).toBe('本人の同意があることを確かめていません。');
});

test('外国にあるときの確認は、31条の同意の確認に加わり、置き換えない', () => {
  const abroad = {
    ...confirmationOf({ consented: undefined, foreignInformationShown: true }),
    recipient: { ...adco, country: 'VN' },
  };
  const finding = decideRelatedProvision(abroad, today);
  expect(finding.answer === 'unknown' && finding.missing.map((m) => m.fact)).toEqual(['link.confirmation.consented']);
});

test('ありえない事実は、欄の名前で断る', () => {
  const fields = (facts: RelatedProvisionFacts): string[] => relatedProvisionContradictions(facts).map((c) => c.field);
  expect(fields(members)).toEqual([]);
  expect(fields({ ...members, equivalentSystem: null })).toEqual([]);
  expect(fields({ ...members, record: { mode: 'bulk', lastOn: day('2026-11-29') } })).toEqual(['record.lastOn']);
  expect(fields({ ...members, record: { mode: 'bulk', lastOn: day('2026-11-30') } })).toEqual([]);
  expect(fields({ ...members, equivalentSystem: {} })).toEqual(['equivalentSystem']);
  expect(fields({ ...members, recipient: { country: 'VN' }, equivalentSystem: {} })).toEqual([]);
  expect(fields({})).toEqual([]);
  expect(fields({ ...linkOf({ confirmation: null }), record: { mode: 'bulk', lastOn: today } })).toEqual([]);
});

const consent = { givenBy: 'principal', on: day('2026-11-01'), coversRecipient: true, coversItems: true } as const;
const ours: RelatedReceiptFacts = {
  provider: adco,
  basis: 'consent',
  links: true,
  consent,
  record: { mode: 'bulk', lastOn: day('2027-03-31') },
};
const declare: DutyOutline = { do: 'declare-truthfully', under: 'APPI 31(3)', when: 'before' };
const receiptRecord = (keepUntil: Day, person = false): DutyOutline => ({
  do: 'record-receipt',
  under: 'APPI 30(3)',
  when: 'at-once',
  items: [
    'consent-obtained',
    'provider-name',
    'provider-address',
    ...(person ? [] : ['provider-representative']),
    'principal',
    'items',
  ],
  keepUntil,
});
const checked = [
  'APPI 30(1)',
  'APPI-Rules 22(1)',
  'APPI 30(3)',
  'APPI-Rules 23(2)',
  'APPI-Rules 24(1)(iii)',
  'APPI 30(4)',
];
const substitute = { namesUs: true, namesItems: true, evidenceSeen: true } as const;
const linkedOk: Outline = {
  answer: 'yes',
  because: ['APPI 31(1)', ...checked, 'APPI-Rules 25(ii)'],
  duties: [declare, receiptRecord(day('2030-03-31'))],
};
const substituted: Outline = { ...linkedOk, because: ['APPI 31(1)', 'Guideline 3-7', ...checked, 'APPI-Rules 25(ii)'] };

const inquiry = { item: '27(1)(i)', legalBasis: '照会 9号', lawOfJapan: true } as const;

const receipts: { name: string; facts: RelatedReceiptFacts; expected: Outline; instead?: number }[] = [
  { name: '当社が同意を得て結び付ける：取得の経緯は記録しない', facts: ours, expected: linkedOk },
  {
    name: '一度だけ受け取る',
    facts: { ...ours, record: undefined },
    expected: {
      ...linkedOk,
      because: ['APPI 31(1)', ...checked, 'APPI-Rules 25(iii)'],
      duties: [declare, receiptRecord(addYears(today, 3))],
    },
  },
  {
    name: '個人事業主から受け取る',
    facts: { ...ours, provider: { ...adco, kind: 'individual', representative: undefined } },
    expected: { ...linkedOk, duties: [declare, receiptRecord(day('2030-03-31'), true)] },
  },
  {
    name: '同意の前に結び付ける',
    facts: { ...ours, consent: { ...consent, on: day('2026-12-02') }, substitute: null },
    expected: { answer: 'no', because: ['APPI 31(1)(i)', 'APPI 31(1)(i)'] },
    instead: 2,
  },
  {
    name: '同意が当社を名指ししていない',
    facts: { ...ours, consent: { ...consent, coversRecipient: false }, substitute: null },
    expected: { answer: 'no', because: ['APPI 31(1)(i)', 'APPI 31(1)(i)'] },
  },
  {
    name: '同意が項目に及ぶか分からない',
    facts: { ...ours, consent: { ...consent, coversItems: undefined }, substitute: null },
    expected: {
      answer: 'unknown',
      because: linkedOk.because,
      missing: ['consent.coversItems'],
    },
  },
  { name: '提供元が当社のために同意を得た', facts: { ...ours, consent: null, substitute }, expected: substituted },
  {
    name: '当社の同意は知らないが、提供元が得た',
    facts: { ...ours, consent: undefined, substitute },
    expected: substituted,
  },
  {
    name: '提供元の同意は当社を名指ししていない',
    facts: { ...ours, consent: null, substitute: { ...substitute, namesUs: false } },
    expected: { answer: 'no', because: ['APPI 31(1)(i)', 'APPI 31(1)(i)', 'Guideline 3-7'] },
    instead: 2,
  },
  {
    name: '提供元の同意は項目を示していない',
    facts: { ...ours, consent: null, substitute: { ...substitute, namesItems: false } },
    expected: { answer: 'no', because: ['APPI 31(1)(i)', 'APPI 31(1)(i)', 'Guideline 3-7'] },
  },
  {
    name: '提供元の同意を示すものを見ていない',
    facts: { ...ours, consent: null, substitute: { ...substitute, evidenceSeen: false } },
    expected: { answer: 'no', because: ['APPI 31(1)(i)', 'APPI 31(1)(i)', 'Guideline 3-7'] },
  },
  {
    name: '提供元の同意は足りず、当社の同意は分からない',
    facts: { ...ours, consent: undefined, substitute: { ...substitute, namesUs: false } },
    expected: { answer: 'unknown', because: linkedOk.because, missing: ['consent'] },
  },
  {
    name: '提供元の同意のことが何も分からない',
    facts: { ...ours, consent: null, substitute: {} },
    expected: {
      answer: 'unknown',
      because: substituted.because,
      missing: ['substitute.namesUs', 'substitute.namesItems', 'substitute.evidenceSeen'],
    },
  },
  {
    name: '当社は同意を得ていない：提供元が得ているかを尋ねる',
    facts: { ...ours, consent: null },
    expected: { answer: 'unknown', because: linkedOk.because, missing: ['substitute'] },
  },
  {
    name: '誰も同意を得ていない',
    facts: { ...ours, consent: null, substitute: null },
    expected: { answer: 'no', because: ['APPI 31(1)(i)', 'APPI 31(1)(i)'] },
    instead: 2,
  },
  {
    name: '結び付けるか分からないうちは、同意がないことで断らない',
    facts: { ...ours, links: undefined, consent: null, substitute: null },
    expected: { answer: 'unknown', because: ['APPI 31(1)'], missing: ['links'] },
  },
  {
    name: '結び付けるか分からないが、同意はある',
    facts: { ...ours, links: undefined },
    expected: { answer: 'unknown', because: linkedOk.because, missing: ['links'] },
  },
  {
    name: '結び付けずに持つ',
    facts: { ...ours, links: false, consent: null },
    expected: { answer: 'yes', because: ['APPI 31(1)'], duties: [] },
  },
  {
    name: '法律の挙げる場合に当たる',
    facts: { ...ours, basis: 'exception', exception: inquiry, consent: null },
    expected: { answer: 'yes', because: ['APPI 27(1)(i)', 'APPI 31(1)'], duties: [] },
  },
  {
    name: '法律の挙げる場合というだけでは、どの号か分からない',
    facts: { ...ours, basis: 'exception', consent: null },
    expected: { answer: 'unknown', because: ['APPI 31(1)'], missing: ['exception.item'] },
  },
  {
    name: '号に当たらなければ、本人の同意が要る',
    facts: { ...ours, basis: 'exception', exception: { ...inquiry, lawOfJapan: false } },
    expected: { answer: 'no', because: ['APPI 31(1)', 'APPI 27(1)(i)'] },
    instead: 2,
  },
  {
    name: '自治体から受け取る：同意は要るが、確認と記録は要らない',
    facts: { ...ours, provider: { kind: 'local-government' } },
    expected: { answer: 'yes', because: ['APPI 31(1)', 'APPI 16(2)(ii)', 'APPI 30(1)'], duties: [declare] },
  },
  {
    name: '自治体から、提供元の同意で受け取る：結び付けるか分からない',
    facts: { provider: { kind: 'local-government' }, consent: null, substitute: { namesUs: true, namesItems: true } },
    expected: {
      answer: 'unknown',
      because: ['APPI 31(1)', 'Guideline 3-7', 'APPI 16(2)(ii)', 'APPI 30(1)'],
      missing: ['links', 'substitute.evidenceSeen'],
    },
  },
  {
    name: '不正に集められたと分かる：結び付けなくても受け取らない',
    facts: { ...ours, links: false, looksUnlawful: true },
    expected: { answer: 'no', because: ['APPI 20(1)'] },
  },
  {
    name: '何も分からない',
    facts: {},
    expected: {
      answer: 'unknown',
      because: ['APPI 31(1)', ...checked, 'APPI-Rules 25(iii)'],
      missing: ['links', 'consent', 'provider.kind', 'provider.name', 'provider.address'],
    },
  },
];

test.each(receipts)('受領：$name', ({ facts, expected, instead }) => {
  const finding = decideRelatedReceipt(facts, today);
  expect(outline(finding)).toEqual(expected);
  if (instead !== undefined) expect(finding.answer === 'no' && finding.instead?.length).toBe(instead);
  const whole: ReceiptFacts = { ...facts, information: 'personally-related' };
  expect(decideReceipt(whole, today)).toEqual(finding);
});

test('結び付けないことと、法律の挙げる場合とは、違う言葉で言う', () => {
  const says = (facts: RelatedReceiptFacts): string => decideRelatedReceipt(facts, today).because[0].says.ja;
  expect(says({ links: false })).toContain('結び付けずに持つ');
  expect(says({ links: true, basis: 'exception', exception: inquiry })).toContain('法令に基づく場合');
});

const p1 = { id: 'P1', clause: '11' };

test('取得：結び付けるなら、目的も知らせる', () => {
  const from = { information: 'personally-related', source: 'third-party', receipt: ours } as const;
  const told = decideAcquisition({ ...from, purposes: [p1], purposePublished: true }, today);
  expect(outline(told)).toEqual({ ...linkedOk, because: [...linkedOk.because, 'APPI 21(1)'] });
  const unpublished = decideAcquisition({ ...from, purposes: [p1], purposePublished: false }, today);
  expect(unpublished.answer === 'yes' && unpublished.duties.at(-1)?.do).toBe('notify-or-publish-purpose');
  const purposeless = decideAcquisition(from, today);
  expect(purposeless.answer === 'unknown' && purposeless.missing.map((m) => m.fact)).toEqual(['purposes']);
  expect(outline(decideAcquisition({ ...from, purposes: [] }, today))).toEqual({
    answer: 'no',
    because: ['APPI 17(1)'],
  });
});

test('取得：結び付けずに持つなら、目的は要らない', () => {
  const apart = { information: 'personally-related', source: 'third-party', receipt: { links: false } } as const;
  expect(outline(decideAcquisition(apart, today))).toEqual({ answer: 'yes', because: ['APPI 31(1)'], duties: [] });
  expect(outline(decideAcquisition({ ...apart, purposes: [] }, today)).answer).toBe('yes');
});

test('取得：足りない事実は、受け取りの欄の名前で尋ねる', () => {
  const from = { information: 'personally-related', source: 'third-party' } as const;
  expect(outline(decideAcquisition(from, today)).missing).toEqual([
    'receipt.links',
    'receipt.consent',
    'receipt.provider.kind',
    'receipt.provider.name',
    'receipt.provider.address',
  ]);
  const named = decideAcquisition({ ...from, receipt: { ...ours, consent: null, substitute: {} } }, today);
  expect(outline(named).missing).toContain('receipt.substitute.namesUs');
});

test('取得：自社のサイトで集める閲覧履歴は、個人と結び付けない限り制限されない', () => {
  const own = { information: 'personally-related', source: 'observed' } as const;
  expect(outline(decideAcquisition(own, today))).toEqual({ answer: 'yes', because: ['APPI 2(7)'], duties: [] });
  expect(outline(decideAcquisition({ information: 'personally-related' }, today))).toEqual({
    answer: 'unknown',
    because: ['APPI 2(7)'],
    missing: ['source'],
  });
  const unlawful = { ...own, wrongfulMeans: true };
  expect(outline(decideAcquisition(unlawful, today))).toEqual({ answer: 'no', because: ['APPI 20(1)'] });
  const stolen = { ...own, source: 'third-party', receipt: { looksUnlawful: true } } as const;
  expect(outline(decideAcquisition(stolen, today))).toEqual({ answer: 'no', because: ['APPI 20(1)'] });
});

test('法律の挙げる場合でも、結び付けるか分からないうちは、目的を知らせる要否を決めない', () => {
  const from = { information: 'personally-related', source: 'third-party', purposes: [p1] } as const;
  const taken = (links: boolean | undefined, purposePublished: boolean) =>
    outline(
      decideAcquisition(
        { ...from, purposePublished, receipt: { basis: 'exception', exception: inquiry, links } },
        today,
      ),
    );
  expect(taken(undefined, false)).toEqual({
    answer: 'unknown',
    because: ['APPI 27(1)(i)', 'APPI 31(1)'],
    missing: ['receipt.links'],
  });
  expect(taken(false, false)).toEqual({ answer: 'yes', because: ['APPI 31(1)'], duties: [] });
  expect(taken(true, false).duties?.map((due) => due.do)).toEqual(['notify-or-publish-purpose']);
});
