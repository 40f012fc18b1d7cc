// Check and record on receipt (受領時の確認と記録): each basis with its items, its exemptions, and how long the record is kept.

import { expect, test } from 'vitest';
import { day } from '../../base/day.ts';
import type { ReceiptFacts } from '../facts.ts';
import { decideReceipt } from '../index.ts';
import { outline, type Outline } from '../../../tests/outline.ts';

const today = day('2026-11-24');
const list: ReceiptFacts = {
  information: 'personal',
  basis: 'opt-out',
  provider: {
    kind: 'corporation',
    name: '例示名簿株式会社',
    address: '東京都千代田区例示町4',
    representative: '例示 三郎',
  },
  howAcquired: '申込みはがき',
  documentSeen: true,
  filingPublished: true,
};
const grounds = (item: string, making = '23(2)', keeping = '25(iii)'): string[] => [
  'APPI 30(1)',
  'APPI-Rules 22(1)',
  'APPI-Rules 22(2)',
  'APPI 30(3)',
  `APPI-Rules ${making}`,
  `APPI-Rules 24(1)(${item})`,
  'APPI 30(4)',
  `APPI-Rules ${keeping}`,
];
const party = ['provider-name', 'provider-address', 'provider-representative', 'how-acquired', 'principal', 'items'];
const record = (items: string[], keepUntil: string): Outline['duties'] => [
  { do: 'record-receipt', under: 'APPI 30(3)', when: 'at-once', items, keepUntil: day(keepUntil) },
];
const provider = list.provider!;
const byConsent: ReceiptFacts = { ...list, basis: 'consent', consentObtained: true };

const saving: ReceiptFacts['exception'] = { item: '27(1)(ii)', necessary: true, consentDifficult: true };
const inquiry: ReceiptFacts['exception'] = { item: '27(1)(i)', legalBasis: '照会 9号', lawOfJapan: true };

const cases: { name: string; facts: ReceiptFacts; expected: Outline }[] = [
  {
    name: 'オプトアウトで受け取る：日付と届出の公表も記録する',
    facts: list,
    expected: {
      answer: 'yes',
      because: grounds('i'),
      duties: record(['received-on', ...party, 'filing-published'], '2029-11-24'),
    },
  },
  {
    name: '届出が公表されていない',
    facts: { ...list, filingPublished: false },
    expected: { answer: 'no', because: ['APPI 20(1)', 'APPI 27(2)'] },
  },
  {
    name: '要配慮個人情報はオプトアウトでは渡せないので、届出が公表されていても受け取れない',
    facts: { ...list, information: 'special-care' },
    expected: { answer: 'no', because: ['APPI 20(1)', 'APPI 27(2)'] },
  },
  {
    name: '要配慮個人情報を含むか分からない間は、オプトアウトで受け取れない',
    facts: { ...list, information: undefined },
    expected: { answer: 'unknown', because: grounds('i'), missing: ['information'] },
  },
  {
    name: '要配慮個人情報も、相手が同意を得ていれば受け取れる',
    facts: { ...byConsent, information: 'special-care' },
    expected: {
      answer: 'yes',
      because: [...grounds('ii'), 'Guideline 3-3-2'],
      duties: record(['consent-obtained', ...party], '2029-11-24'),
    },
  },
  {
    name: '同意に基づいて受け取る',
    facts: byConsent,
    expected: {
      answer: 'yes',
      because: grounds('ii'),
      duties: record(['consent-obtained', ...party], '2029-11-24'),
    },
  },
  {
    name: '毎月受け取る：最後の受け取りから3年',
    facts: { ...byConsent, record: { mode: 'bulk', lastOn: day('2027-03-31') } },
    expected: {
      answer: 'yes',
      because: grounds('ii', '23(2)', '25(ii)'),
      duties: record(['consent-obtained', ...party], '2030-03-31'),
    },
  },
  {
    name: '契約書で代える：最後の受け取りから1年',
    facts: { ...byConsent, record: { mode: 'contract', lastOn: day('2028-02-29') } },
    expected: {
      answer: 'yes',
      because: grounds('ii', '23(3)', '25(i)'),
      duties: record(['consent-obtained', ...party], '2029-02-28'),
    },
  },
  {
    name: '知り合いの個人から受け取る',
    facts: {
      ...list,
      basis: 'private-person',
      provider: { kind: 'private-person', name: '例示 四郎', address: '例示町5' },
    },
    expected: {
      answer: 'yes',
      because: grounds('iv'),
      duties: record(['provider-name', 'provider-address', 'how-acquired', 'principal', 'items'], '2029-11-24'),
    },
  },
  {
    name: '自治体から受け取る：確認も記録も要らない',
    facts: { ...byConsent, provider: { kind: 'local-government' } },
    expected: { answer: 'yes', because: ['APPI 16(2)(ii)', 'APPI 30(1)'], duties: [] },
  },
  {
    name: '共同利用で受け取る',
    facts: { information: 'personal', basis: 'not-third-party', ownUse: false },
    expected: { answer: 'yes', because: ['APPI 30(1)'], duties: [] },
  },
  {
    name: '委託で受け取る名簿を、任された業務だけに使うかが分からない',
    facts: { information: 'personal', basis: 'not-third-party' },
    expected: { answer: 'unknown', because: ['APPI 30(1)'], missing: ['ownUse'] },
  },
  {
    name: '委託で受け取る名簿を、当社の営業にも使う：委託ではなく第三者提供になる',
    facts: { information: 'personal', provider, basis: 'not-third-party', ownUse: true },
    expected: { answer: 'no', because: ['APPI 27(5)(i)', 'APPI 27(1)'] },
  },
  {
    name: '相手が国の機関なら27条は働かないので、どんな相手か分からないうちは断らない',
    facts: { information: 'personal', basis: 'not-third-party', ownUse: true },
    expected: { answer: 'unknown', because: ['APPI 30(1)'], missing: ['provider.kind'] },
  },
  {
    name: '同意を得ていなくても、どんな相手か分からないうちは同じ',
    facts: { ...byConsent, consentObtained: false, provider: undefined },
    expected: { answer: 'unknown', because: ['APPI 30(1)'], missing: ['provider.kind'] },
  },
  {
    name: '文書を見ていなくても同じ',
    facts: { ...byConsent, documentSeen: false, provider: undefined },
    expected: { answer: 'unknown', because: ['APPI 30(1)'], missing: ['provider.kind'] },
  },
  {
    name: '国の機関からなら、同意も文書も要らない',
    facts: { ...byConsent, consentObtained: false, documentSeen: false, provider: { kind: 'state-organ' } },
    expected: { answer: 'yes', because: ['APPI 16(2)(i)', 'APPI 30(1)'], duties: [] },
  },
  {
    name: 'どんな情報か分からないうちは断らない：匿名加工情報なら受け取れる',
    facts: { ...byConsent, information: undefined, consentObtained: false },
    expected: { answer: 'unknown', because: ['APPI 30(1)'], missing: ['information'] },
  },
  {
    name: '個人関連情報を結び付けるか分からないうちは、号に当たらなくても断らない',
    facts: { information: 'personally-related', basis: 'exception', exception: { ...saving, necessary: false } },
    expected: { answer: 'unknown', because: ['APPI 31(1)'], missing: ['links'] },
  },
  {
    name: '経緯を示す文書を見ていない',
    facts: { ...byConsent, documentSeen: false },
    expected: { answer: 'no', because: ['APPI 30(1)', 'APPI-Rules 22(2)'] },
  },
  {
    name: '不正に集められた名簿に見える',
    facts: { ...list, looksUnlawful: true },
    expected: { answer: 'no', because: ['APPI 20(1)'] },
  },
  {
    name: '相手の住所と代表者が分からない',
    facts: { ...byConsent, provider: { kind: 'corporation', name: '例示名簿株式会社' } },
    expected: { answer: 'unknown', because: grounds('ii'), missing: ['provider.address', 'provider.representative'] },
  },
  {
    name: 'データベースに入れない一枚の紙',
    facts: { ...byConsent, exemption: { kind: 'not-data-for-recipient', approvedBy: 'officer-1' } },
    expected: {
      answer: 'yes',
      because: ['APPI 30(1)'],
      duties: [{ do: 'record-exception', under: 'APPI 30(1)', when: 'at-once', items: ['kind', 'reason', 'approver'] }],
    },
  },
  {
    name: '一枚の紙でも、本人の同意を得ていない相手からは受け取れない',
    facts: {
      ...byConsent,
      consentObtained: false,
      exemption: { kind: 'not-data-for-recipient', approvedBy: 'officer-1' },
    },
    expected: { answer: 'no', because: ['APPI 20(1)', 'APPI 27(1)'] },
  },
  {
    name: '要配慮個人情報をオプトアウトで見せてもらうのも、相手の違反になる',
    facts: { ...list, information: 'special-care', exemption: { kind: 'viewing', approvedBy: 'officer-1' } },
    expected: { answer: 'no', because: ['APPI 20(1)', 'APPI 27(2)'] },
  },
  {
    name: '本人が自分で渡しているなら、相手の同意は問わない',
    facts: { ...byConsent, consentObtained: false, exemption: { kind: 'by-principal', approvedBy: 'officer-1' } },
    expected: {
      answer: 'yes',
      because: ['APPI 30(1)'],
      duties: [{ do: 'record-exception', under: 'APPI 30(1)', when: 'at-once', items: ['kind', 'reason', 'approver'] }],
    },
  },
  {
    name: '知り合いの個人が渡す病歴は、当社が取得してよいかを別に確かめる',
    facts: {
      ...list,
      information: 'special-care',
      basis: 'private-person',
      provider: { kind: 'private-person', name: '例示 四郎', address: '例示町5' },
    },
    expected: {
      answer: 'unknown',
      because: [...grounds('iv'), 'APPI 20(2)'],
      missing: ['specialCareCase'],
    },
  },
  {
    name: '法律の挙げる場合に渡すというだけでは、どの号か分からない',
    facts: { information: 'personal', basis: 'exception' },
    expected: { answer: 'unknown', because: ['APPI 30(1)'], missing: ['exception.item'] },
  },
  {
    name: '号を言えば、その号に要ることをすべて聞く',
    facts: { information: 'personal', basis: 'exception', exception: { item: '27(1)(ii)' } },
    expected: {
      answer: 'unknown',
      because: ['APPI 30(1)'],
      missing: ['exception.necessary', 'exception.consentDifficult'],
    },
  },
  {
    name: '急病の人を助けるために受け取る',
    facts: { information: 'personal', basis: 'exception', exception: saving },
    expected: { answer: 'yes', because: ['APPI 27(1)(ii)', 'APPI 30(1)'], duties: [] },
  },
  {
    name: '同意を得るのが難しくなければ、その号に当たらず、相手は渡せない',
    facts: { information: 'personal', provider, basis: 'exception', exception: { ...saving, consentDifficult: false } },
    expected: { answer: 'no', because: ['APPI 20(1)', 'APPI 27(1)(ii)'] },
  },
  {
    name: '外国にあるかもしれない相手の法令は、日本のものかを聞く',
    facts: { information: 'personal', basis: 'exception', exception: { item: '27(1)(i)', legalBasis: '照会 9号' } },
    expected: { answer: 'unknown', because: ['APPI 30(1)'], missing: ['exception.lawOfJapan'] },
  },
  {
    name: '外国の法令では受け取れない',
    facts: { information: 'personal', provider, basis: 'exception', exception: { ...inquiry, lawOfJapan: false } },
    expected: { answer: 'no', because: ['APPI 20(1)', 'APPI 27(1)(i)'] },
  },
  {
    name: '見せてもらうだけでも、号に当たらない相手からは受け取れない',
    facts: {
      information: 'personal',
      provider,
      basis: 'exception',
      exception: { ...saving, necessary: false },
      exemption: { kind: 'viewing', approvedBy: 'officer-1' },
    },
    expected: { answer: 'no', because: ['APPI 20(1)', 'APPI 27(1)(ii)'] },
  },
  {
    name: '見せてもらうだけでも、どの号かは聞く',
    facts: {
      information: 'personal',
      basis: 'exception',
      exemption: { kind: 'viewing', approvedBy: 'officer-1' },
    },
    expected: { answer: 'unknown', because: ['APPI 30(1)'], missing: ['exception.item'] },
  },
  {
    name: '見せてもらうだけでも、委託された名簿を当社のために使えば第三者提供になる',
    facts: {
      information: 'personal',
      provider,
      basis: 'not-third-party',
      ownUse: true,
      exemption: { kind: 'viewing', approvedBy: 'officer-1' },
    },
    expected: { answer: 'no', because: ['APPI 27(5)(i)', 'APPI 27(1)'] },
  },
  {
    name: '相手が法律の挙げる場合に渡す病歴も同じ',
    facts: { information: 'special-care', basis: 'exception', exception: saving },
    expected: {
      answer: 'unknown',
      because: ['APPI 27(1)(ii)', 'APPI 30(1)', 'APPI 20(2)'],
      missing: ['specialCareCase'],
    },
  },
  {
    name: '自治体が渡す病歴は、何を根拠に渡すかを聞く',
    facts: { information: 'special-care', provider: { kind: 'local-government' } },
    expected: { answer: 'unknown', because: ['APPI 16(2)(ii)', 'APPI 30(1)', 'APPI 20(2)'], missing: ['basis'] },
  },
  {
    name: '自治体が法律の挙げる場合に渡す病歴も同じ',
    facts: { information: 'special-care', provider: { kind: 'local-government' }, basis: 'exception' },
    expected: {
      answer: 'unknown',
      because: ['APPI 16(2)(ii)', 'APPI 30(1)', 'APPI 20(2)'],
      missing: ['specialCareCase'],
    },
  },
  {
    name: '自治体が本人の同意を得て渡すというだけでは、得ているか分からない',
    facts: { information: 'special-care', provider: { kind: 'local-government' }, basis: 'consent' },
    expected: {
      answer: 'unknown',
      because: ['APPI 16(2)(ii)', 'APPI 30(1)', 'APPI 20(2)'],
      missing: ['consentObtained'],
    },
  },
  {
    name: '自治体が本人の同意を得ていなければ、当社が取得してよい場合かを聞く',
    facts: {
      information: 'special-care',
      provider: { kind: 'local-government' },
      basis: 'consent',
      consentObtained: false,
    },
    expected: {
      answer: 'unknown',
      because: ['APPI 16(2)(ii)', 'APPI 30(1)', 'APPI 20(2)'],
      missing: ['specialCareCase'],
    },
  },
  {
    name: '公開の情報から拾った病歴も同じ',
    facts: {
      information: 'special-care',
      basis: 'private-person',
      exemption: { kind: 'public-source', approvedBy: 'officer-1' },
    },
    expected: { answer: 'unknown', because: ['APPI 30(1)', 'APPI 20(2)'], missing: ['specialCareCase'] },
  },
  {
    name: '委託で受け取る病歴に、別の根拠は要らない',
    facts: { information: 'special-care', basis: 'not-third-party', ownUse: false },
    expected: { answer: 'yes', because: ['APPI 30(1)', 'APPI 20(2)(viii)', 'APPI-Order 9(ii)'], duties: [] },
  },
  {
    name: '本人が自分で伝えた病歴に、別の根拠は要らない',
    facts: { information: 'special-care', exemption: { kind: 'by-principal', approvedBy: 'officer-1' } },
    expected: {
      answer: 'yes',
      because: ['APPI 30(1)', 'Guideline 3-3-2'],
      duties: [{ do: 'record-exception', under: 'APPI 30(1)', when: 'at-once', items: ['kind', 'reason', 'approver'] }],
    },
  },
  {
    name: '本人の代わりに渡される病歴も同じ',
    facts: { information: 'special-care', exemption: { kind: 'for-principal', approvedBy: 'officer-1' } },
    expected: {
      answer: 'yes',
      because: ['APPI 30(1)', 'Guideline 3-3-2'],
      duties: [{ do: 'record-exception', under: 'APPI 30(1)', when: 'at-once', items: ['kind', 'reason', 'approver'] }],
    },
  },
  {
    name: '病歴を何を根拠に渡されるのか分からない間は、それを先に聞く',
    facts: { information: 'special-care' },
    expected: { answer: 'unknown', because: ['APPI 30(1)'], missing: ['basis'] },
  },
  {
    name: '何も分からない',
    facts: {},
    expected: { answer: 'unknown', because: ['APPI 30(1)'], missing: ['basis', 'information'] },
  },
  {
    name: '個人番号',
    facts: { ...byConsent, information: 'my-number' },
    expected: { answer: 'unknown', because: ['NumberingAct 20', 'NumberingAct 30(2)'], missing: ['numberAffair'] },
  },
  {
    name: '取得の経緯が空欄',
    facts: { ...byConsent, howAcquired: '' },
    expected: { answer: 'unknown', because: grounds('ii'), missing: ['howAcquired'] },
  },
  {
    name: 'オプトアウトの届出が公表されているか分からない',
    facts: { ...list, filingPublished: undefined },
    expected: { answer: 'unknown', because: grounds('i'), missing: ['filingPublished'] },
  },
  {
    name: 'オプトアウトで受け取るとき、同意は問わない。記録は毎回で、続けて受け取っても作った日から数える',
    facts: { ...list, consentObtained: false, record: { mode: 'bulk', lastOn: day('2027-03-31') } },
    expected: {
      answer: 'yes',
      because: grounds('i'),
      duties: record(['received-on', ...party, 'filing-published'], '2029-11-24'),
    },
  },
  {
    name: '個人の事業者から受け取るとき、代表者は記録しない',
    facts: { ...byConsent, provider: { ...byConsent.provider, kind: 'individual' } },
    expected: {
      answer: 'yes',
      because: grounds('ii'),
      duties: record(['consent-obtained', ...party.filter((i) => i !== 'provider-representative')], '2029-11-24'),
    },
  },
  {
    name: 'そのつどの記録は、次の受け取りの予定があっても作った日から数える',
    facts: { ...byConsent, record: { mode: 'each', lastOn: day('2027-03-31') } },
    expected: { answer: 'yes', because: grounds('ii'), duties: record(['consent-obtained', ...party], '2029-11-24') },
  },
  {
    name: '最後の受け取りの予定が過ぎていれば、いまの受け取りから数える',
    facts: { ...byConsent, record: { mode: 'bulk', lastOn: day('2026-03-31') } },
    expected: {
      answer: 'yes',
      because: grounds('ii', '23(2)', '25(ii)'),
      duties: record(['consent-obtained', ...party], '2029-11-24'),
    },
  },
];

test('学術研究機関は、公表と共同研究の号では相手、研究に使う号では当社', () => {
  const asks = (item: NonNullable<ReceiptFacts['exception']>['item']): string | undefined => {
    const finding = decideReceipt({ information: 'personal', basis: 'exception', exception: { item } }, today);
    return finding.answer === 'unknown' ? finding.missing[0].says.ja : undefined;
  };
  expect(asks('27(1)(v)')).toBe('相手が学術研究機関等に当たるか');
  expect(asks('27(1)(vi)')).toBe('相手が学術研究機関等に当たるか');
  expect(asks('27(1)(vii)')).toBe('当社が学術研究機関等に当たるか');
  const joint = {
    item: '27(1)(vi)',
    academicInstitution: true,
    necessary: true,
    undueInfringement: false,
    jointResearch: true,
  } as const;
  const finding = decideReceipt({ information: 'personal', basis: 'exception', exception: joint }, today);
  expect(finding.because[0].says.ja).toBe(
    '相手が学術研究機関等で、当社と共同で行う研究のために渡す必要がある場合です。個人の権利利益を不当に害しません。',
  );
});

test.each([{ ownUse: true }, { exception: { ...saving, consentDifficult: false } }] as const)(
  '同意に基づく受領では、ほかの根拠についての答え %o を見ない',
  (beside) => {
    expect(decideReceipt({ ...byConsent, ...beside }, today)).toEqual(decideReceipt(byConsent, today));
  },
);

test('委託で受け取るなら、相手が法律の挙げる場合に当たるかを見ない', () => {
  const entrusted: ReceiptFacts = { information: 'personal', basis: 'not-third-party', ownUse: false };
  expect(decideReceipt({ ...entrusted, exception: saving }, today)).toEqual(decideReceipt(entrusted, today));
});

test.each(cases)('$name', ({ facts, expected }) => {
  expect(outline(decideReceipt(facts, today))).toEqual(expected);
});
