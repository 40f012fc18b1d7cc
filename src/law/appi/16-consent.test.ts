// Who consented (同意した人), in every article that requires a consent (guideline 2-16, Q1-62), and what takes precedence over it.

import { describe, expect, test } from 'vitest';
import { day, type Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import type { AcquisitionFacts, Consent, ProvisionFacts, ReceiptFacts } from '../facts.ts';
import {
  decideAcquisition,
  decideProvision,
  decidePurposeChange,
  decideReceipt,
  decideRelatedReceipt,
  decideUse,
  provisionContradictions,
  judgedNow,
} from '../index.ts';
import type { Judgements } from '../judgement.ts';
import { outline, type DutyOutline, type Outline } from '../../../tests/outline.ts';
import { inForce, uncertainConsentAges } from '../parameters.ts';

const today = day('2026-11-24');
const given = {
  on: today,
  coversPurpose: true,
  coversRecipient: true,
  coversItems: true,
  abroad: true,
} as const;

const judgement = (answer: boolean, on: Day = today, until: Day = today): Judgements => ({
  consentCapacity: { answer, by: 'u1', on, why: '申込みの画面で、内容を理解したかを確かめている', until },
});

interface Giving {
  givenBy: Consent['givenBy'];
  judgements?: Judgements;
}

const byPrincipal: Giving = { givenBy: 'principal' };

const host = {
  kind: 'corporation',
  name: '例示共催株式会社',
  address: '大阪府例示市中町1-1',
  representative: '例示 花子',
} as const;
const child = 'Guideline 2-16';
const officer = 'Guideline Q1-62';

const useOnly: DutyOutline = { do: 'use-only-for-purpose', under: 'APPI 18(1)', when: 'later' };
const keepUntil = day('2029-11-24');
const providerItems = ['provider-name', 'provider-address', 'provider-representative'];
const provisionRecord: DutyOutline = {
  do: 'record-provision',
  under: 'APPI 29(1)',
  when: 'at-once',
  items: ['consent-obtained', 'recipient-name', 'recipient-address', 'recipient-representative', 'principal', 'items'],
  keepUntil,
};
const recordGrounds = ['APPI 29(1)', 'APPI-Rules 19(2)', 'APPI-Rules 20(1)(ii)', 'APPI 29(2)', 'APPI-Rules 21(iii)'];
const provided: ProvisionFacts = {
  information: 'personal',
  relation: 'third-party',
  recipient: { ...host, country: 'JP' },
  items: ['氏名'],
};
const abroad: ProvisionFacts = {
  ...provided,
  recipient: { ...host, country: 'VN' },
  equivalentSystem: null,
  foreignInformation: { on: today, country: 'told', system: 'told', measures: 'told' },
};
const p3 = { id: 'P3', clause: '13' };
const care: AcquisitionFacts = {
  information: 'special-care',
  specialCare: 'disability',
  source: 'observed',
  purposes: [p3],
  purposePublished: true,
};
const handedOver: AcquisitionFacts = {
  ...care,
  source: 'principal',
  channel: 'web',
  purposeIndicated: { placement: 'before-submit' },
};
const history = { provider: host, basis: 'consent', links: true, substitute: null } as const;
const historyGrounds = [
  'APPI 30(1)',
  'APPI-Rules 22(1)',
  'APPI 30(3)',
  'APPI-Rules 23(2)',
  'APPI-Rules 24(1)(iii)',
  'APPI 30(4)',
  'APPI-Rules 25(iii)',
];
const historyDuties: readonly DutyOutline[] = [
  { do: 'declare-truthfully', under: 'APPI 31(3)', when: 'before' },
  {
    do: 'record-receipt',
    under: 'APPI 30(3)',
    when: 'at-once',
    items: ['consent-obtained', ...providerItems, 'principal', 'items'],
    keepUntil,
  },
];

interface Article {
  name: string;
  decide: (consent: Consent, judgements: Judgements | undefined) => Finding;
  /** The grounds of each answer. `who` marks the place of the ground that says who consented. */
  yes: string[];
  no: string[];
  unknown: string[];
  duties: readonly DutyOutline[];
  /** Path of the facts of the consent. */
  path?: string;
}

const articles: Article[] = [
  {
    name: '18条1項 目的の外の利用',
    decide: (consent, judgements) =>
      decideUse(
        {
          information: 'personal',
          purpose: 'P3',
          holdingPurposes: [{ id: 'P4', clause: '14' }],
          consent,
          judgements,
        },
        today,
      ),
    yes: ['APPI 18(1)', 'who'],
    no: ['APPI 18(1)', 'policy 14', 'who', 'APPI 18(3)'],
    unknown: ['APPI 18(1)', 'policy 14'],
    duties: [],
  },
  {
    name: '17条2項 目的の変更',
    decide: (consent, judgements) =>
      decidePurposeChange(
        {
          information: 'personal',
          from: { id: 'P1', clause: '11' },
          consent,
          judgements: {
            ...judgements,
            ...judgedNow('purposeRelated', false, { by: 'staff:o', on: today, why: '例' }),
          },
        },
        today,
      ),
    yes: ['APPI 18(1)', 'who', 'policy 11'],
    no: ['APPI 17(2)', 'who', 'policy 11'],
    unknown: ['APPI 17(2)', 'policy 11'],
    duties: [],
  },
  {
    name: '20条2項 要配慮個人情報の取得',
    decide: (consent, judgements) => decideAcquisition({ ...care, consent, judgements }, today),
    yes: ['APPI 20(2)', 'APPI-Order 2(i)', 'who', 'APPI 21(1)'],
    no: ['APPI 20(2)', 'APPI-Order 2(i)', 'who'],
    unknown: ['APPI 20(2)', 'APPI-Order 2(i)', 'APPI 21(1)'],
    duties: [useOnly],
  },
  {
    name: '20条2項 本人が自分で渡す',
    decide: (consent, judgements) => decideAcquisition({ ...handedOver, consent, judgements }, today),
    yes: ['APPI 20(2)', 'APPI-Order 2(i)', 'Guideline 3-3-2', 'who', 'APPI 21(2)'],
    no: ['APPI 20(2)', 'APPI-Order 2(i)', 'who'],
    unknown: ['APPI 20(2)', 'APPI-Order 2(i)', 'APPI 21(2)'],
    duties: [useOnly],
  },
  {
    name: '27条1項 第三者への提供',
    decide: (consent, judgements) => decideProvision({ ...provided, consent, judgements }, today),
    yes: ['APPI 27(1)', 'who', ...recordGrounds],
    no: ['who', 'APPI 27(5)'],
    unknown: ['APPI 27(1)', 'APPI 27(5)'],
    duties: [provisionRecord],
  },
  {
    name: '28条1項 外国にある第三者への提供',
    decide: (consent, judgements) => decideProvision({ ...abroad, consent, judgements }, today),
    yes: ['APPI 28(1)', 'who', 'APPI 28(2)', 'APPI-Rules 17(2)', ...recordGrounds],
    no: ['APPI 28(1)', 'who'],
    unknown: ['APPI 28(1)', 'APPI 28(2)', 'APPI-Rules 17(2)', ...recordGrounds],
    duties: [provisionRecord],
  },
  {
    name: '31条1項 個人関連情報を結び付ける',
    decide: (consent, judgements) => decideRelatedReceipt({ ...history, consent, judgements }, today),
    yes: ['APPI 31(1)', 'who', ...historyGrounds],
    no: ['APPI 31(1)(i)', 'who'],
    unknown: ['APPI 31(1)', ...historyGrounds],
    duties: historyDuties,
  },
  {
    name: '31条1項 受領として尋ねる',
    decide: (consent, judgements) =>
      decideReceipt({ information: 'personally-related', ...history, consent, judgements }, today),
    yes: ['APPI 31(1)', 'who', ...historyGrounds],
    no: ['APPI 31(1)(i)', 'who'],
    unknown: ['APPI 31(1)', ...historyGrounds],
    duties: historyDuties,
  },
  {
    name: '31条1項 取得の中の受領',
    decide: (consent, judgements) =>
      decideAcquisition(
        {
          information: 'personally-related',
          source: 'third-party',
          purposes: [p3],
          purposePublished: true,
          receipt: { ...history, consent },
          judgements,
        },
        today,
      ),
    yes: ['APPI 31(1)', 'who', ...historyGrounds, 'APPI 21(1)'],
    no: ['APPI 31(1)(i)', 'who'],
    unknown: ['APPI 31(1)', ...historyGrounds, 'APPI 21(1)'],
    duties: historyDuties,
    path: 'receipt.',
  },
];

interface Giver extends Giving {
  name: string;
  answer: Outline['answer'];
  /** The ground that says who consented; none when the person did. */
  who?: string;
  missing?: string;
}

const givers: Giver[] = [
  { name: '判断できる本人', ...byPrincipal, answer: 'yes' },
  { name: '法定代理人', givenBy: 'representative', answer: 'yes', who: child },
  { name: '判断できない本人', givenBy: 'without-capacity', answer: 'no', who: child },
  { name: '分からない', givenBy: 'uncertain-child', answer: 'unknown', missing: 'judgements.consentCapacity' },
  {
    name: '分からないので、管理者が判断できると判断した',
    givenBy: 'uncertain-child',
    judgements: judgement(true),
    answer: 'yes',
    who: officer,
  },
  {
    name: '分からないので、管理者が判断できないと判断した',
    givenBy: 'uncertain-child',
    judgements: judgement(false),
    answer: 'no',
    who: officer,
  },
  {
    name: '管理者の判断の期限が昨日',
    givenBy: 'uncertain-child',
    judgements: judgement(true, day('2026-11-01'), day('2026-11-23')),
    answer: 'unknown',
    missing: 'judgements.consentCapacity',
  },
  {
    name: '管理者の判断が明日から',
    givenBy: 'uncertain-child',
    judgements: judgement(true, day('2026-11-25'), day('2027-11-24')),
    answer: 'unknown',
    missing: 'judgements.consentCapacity',
  },
  {
    name: '管理者の判断は、判断できない本人の同意を生かさない',
    givenBy: 'without-capacity',
    judgements: judgement(true),
    answer: 'no',
    who: child,
  },
  {
    name: '管理者の判断は、判断できる本人の同意を消さない',
    ...byPrincipal,
    judgements: judgement(false),
    answer: 'yes',
  },
  {
    name: '以前の版が、子どもかおとなかを問わず「分からない」と記録した：管理者の判断があっても、記録し直すまで根拠にならない',
    givenBy: 'uncertain',
    judgements: judgement(true),
    answer: 'unknown',
    missing: 'consent.givenBy',
  },
  { name: 'だれが同意したか書いていない', givenBy: undefined, answer: 'unknown', missing: 'consent.givenBy' },
];

/** The finding that an article must give for a giver, put together by hand: the article's own grounds, with the one on who consented in its place. */
function expected(article: Article, { answer, who, missing }: Giver): Outline {
  const because = article[answer].flatMap((ground) => (ground === 'who' ? (who ?? []) : ground));
  if (answer === 'unknown') {
    return { answer, because, missing: [missing === 'consent.givenBy' ? (article.path ?? '') + missing : missing!] };
  }
  return answer === 'no' ? { answer, because } : { answer, because, duties: article.duties };
}

describe.each(articles)('$name', (article) => {
  test.each(givers)('$name', (giver) => {
    const finding = article.decide({ ...given, givenBy: giver.givenBy }, giver.judgements);
    expect(outline(finding)).toEqual(expected(article, giver));
    if (finding.answer === 'no') expect(finding.instead![0]!.ja).toBe('親権者や後見人などの法定代理人に、同意を求める');
  });

  test('断る理由のほかの同意に、法定代理人を勧めない', () => {
    const { answer, instead } = article.decide(
      { ...given, givenBy: 'principal', on: day('2026-11-25') },
      undefined,
    ) as {
      answer: string;
      instead?: { ja: string }[];
    };
    // Information that the person hands over does not rest on a consent with a day.
    if (article.yes.includes('Guideline 3-3-2')) expect(answer).toBe('yes');
    else expect([answer, instead!.some(({ ja }) => ja.includes('法定代理人'))]).toEqual(['no', false]);
  });
});

const rows: { name: string; consent: Consent | null; judgements?: Judgements; expected: Outline }[] = [
  {
    name: '判断できない本人の同意は、範囲が分からなくても断る',
    consent: { givenBy: 'without-capacity' },
    expected: { answer: 'no', because: [child, 'APPI 27(5)'] },
  },
  {
    name: '判断できない本人が取り下げた：同意がなかったことを先に言う',
    consent: { ...given, givenBy: 'without-capacity', withdrawnOn: today },
    expected: { answer: 'no', because: [child, 'APPI 27(5)'] },
  },
  {
    name: '法定代理人の同意も、後からでは足りない',
    consent: { ...given, givenBy: 'representative', on: day('2026-11-25') },
    expected: { answer: 'no', because: ['APPI 27(1)', 'APPI 27(5)'] },
  },
  {
    name: '法定代理人の同意も、取り下げられる',
    consent: { ...given, givenBy: 'representative', withdrawnOn: today },
    expected: { answer: 'no', because: ['APPI 27(1)', 'APPI 27(5)'] },
  },
  {
    name: '法定代理人の同意も、項目に及ぶ限り',
    consent: { ...given, givenBy: 'representative', coversItems: false },
    expected: { answer: 'no', because: ['APPI 27(1)', 'APPI 27(5)'] },
  },
  {
    name: '取り下げられていれば、だれが同意したか尋ねない',
    consent: { ...given, withdrawnOn: today },
    expected: { answer: 'no', because: ['APPI 27(1)', 'APPI 27(5)'] },
  },
  {
    name: '分からず、管理者の判断もなく、日も範囲も分からない：すべて尋ねる',
    consent: { givenBy: 'uncertain-child', coversRecipient: true },
    expected: {
      answer: 'unknown',
      because: ['APPI 27(1)', 'APPI 27(5)'],
      missing: ['judgements.consentCapacity', 'consent.on', 'consent.coversItems', 'consent.coversPurpose'],
    },
  },
  {
    name: '管理者が判断できると判断しても、日を尋ねる',
    consent: { ...given, givenBy: 'uncertain-child', on: undefined },
    judgements: judgement(true),
    expected: { answer: 'unknown', because: ['APPI 27(1)', 'APPI 27(5)'], missing: ['consent.on'] },
  },
  {
    name: '同意がなければ、だれの同意かを尋ねない',
    consent: null,
    judgements: judgement(true),
    expected: { answer: 'no', because: ['APPI 27(1)', 'APPI 27(5)'] },
  },
];

test.each(rows)('$name', ({ consent, judgements, expected: is }) => {
  expect(outline(decideProvision({ ...provided, consent, judgements }, today))).toEqual(is);
});

const beside: { name: string; finding: Finding; expected: Partial<Outline> }[] = [
  {
    name: '判断できない本人の同意でも、法令に基づく提供はできる',
    finding: decideProvision(
      {
        ...provided,
        consent: { ...given, givenBy: 'without-capacity' },
        exception: { item: '27(1)(i)', legalBasis: '刑事訴訟法197条2項 照会書7号' },
      },
      today,
    ),
    expected: { answer: 'yes', because: ['APPI 27(1)(i)', 'APPI 29(1)'] },
  },
  {
    name: '判断できない本人の同意でも、外国の相手に体制があれば、事業の承継として渡せる',
    finding: decideProvision(
      {
        ...abroad,
        relation: 'succession',
        succession: { ofBusiness: true, stage: 'agreed' },
        consent: { ...given, givenBy: 'without-capacity' },
        equivalentSystem: { by: 'contract', validUntil: null, checkedOn: today },
      },
      today,
    ),
    expected: { answer: 'yes' },
  },
  {
    name: '判断できない本人の同意では、外国の第三者に体制があっても渡せないので、体制を尋ねずに断る',
    finding: decideProvision(
      { ...abroad, consent: { ...given, givenBy: 'without-capacity' }, equivalentSystem: undefined },
      today,
    ),
    expected: { answer: 'no', because: ['APPI 28(1)', child] },
  },
  {
    name: '判断できない本人の同意でも、提供元が得た同意で結び付けられる',
    finding: decideRelatedReceipt(
      {
        ...history,
        consent: { ...given, givenBy: 'without-capacity' },
        substitute: { namesUs: true, namesItems: true, evidenceSeen: true },
      },
      today,
    ),
    expected: { answer: 'yes', because: ['APPI 31(1)', 'Guideline 3-7', ...historyGrounds] },
  },
  {
    name: '判断できない本人の同意と、足りない提供元の同意',
    finding: decideRelatedReceipt(
      {
        ...history,
        consent: { ...given, givenBy: 'without-capacity' },
        substitute: { namesUs: false },
      },
      today,
    ),
    expected: { answer: 'no', because: ['APPI 31(1)(i)', child, 'Guideline 3-7'] },
  },
  {
    name: '判断できない本人の同意でも、公開の情報なら取得できる',
    finding: decideAcquisition(
      {
        ...care,
        source: 'public',
        consent: { ...given, givenBy: 'without-capacity' },
        exception: { item: '20(2)(vii)', publishedByListed: true },
      },
      today,
    ),
    expected: { answer: 'yes', because: ['APPI 20(2)(vii)', 'APPI-Order 2(i)', 'APPI 21(1)'] },
  },
  {
    name: '判断できない本人の同意と、要素の分からない例外：例外を尋ねる',
    finding: decideAcquisition(
      {
        ...care,
        consent: { ...given, givenBy: 'without-capacity' },
        exception: { item: '20(2)(ii)', necessary: true },
      },
      today,
    ),
    expected: {
      answer: 'unknown',
      because: ['APPI 20(2)', 'APPI-Order 2(i)', 'APPI 21(1)'],
      missing: ['exception.consentDifficult'],
    },
  },
  {
    name: '目的の範囲内なら、だれの同意かを尋ねない',
    finding: decideUse({ information: 'personal', purpose: 'P3', holdingPurposes: [p3], consent: {} }, today),
    expected: { answer: 'yes', because: ['APPI 18(1)', 'policy 13'] },
  },
  {
    name: '要配慮でない情報を本人が渡すなら、だれの同意かを尋ねない',
    finding: decideAcquisition(
      { ...handedOver, information: 'personal', specialCare: undefined, consent: { givenBy: 'without-capacity' } },
      today,
    ),
    expected: { answer: 'yes', because: ['APPI 21(2)'] },
  },
];

test.each(beside)('$name', ({ finding, expected: is }) => {
  expect(outline(finding)).toMatchObject(is);
});

test.each(['principal', 'representative', 'without-capacity', 'uncertain-child'] as const)(
  '得る前に取り下げた同意は、だれのものでもありえない：%s',
  (givenBy) => {
    const consent: Consent = { ...given, givenBy, withdrawnOn: day('2026-11-23') };
    expect(provisionContradictions({ ...provided, consent }).map(({ field }) => field)).toEqual([
      'consent.withdrawnOn',
    ]);
    expect(provisionContradictions({ ...provided, consent: { ...consent, withdrawnOn: today } })).toEqual([]);
  },
);

test('提供元の同意については、だれのものかを尋ねない', () => {
  const facts: ReceiptFacts = {
    information: 'personal',
    provider: host,
    basis: 'consent',
    consentObtained: true,
    howAcquired: '申込書',
    documentSeen: true,
  };
  expect(decideReceipt(facts, today).answer).toBe('yes');
  const substitute = { namesUs: true, namesItems: true, evidenceSeen: true };
  expect(decideRelatedReceipt({ ...history, consent: null, substitute }, today).answer).toBe('yes');
});

test('目安の年齢は、ガイドラインの12歳から15歳。判断は、その年ごろの子どもについてだけ聞く', () => {
  expect(inForce(uncertainConsentAges, today)).toEqual({ from: 12, to: 15 });
  expect([uncertainConsentAges.citation.article, uncertainConsentAges.status]).toEqual(['2-16', 'to-confirm']);
  const finding = decideProvision({ ...provided, consent: { ...given, givenBy: 'uncertain-child' } }, today);
  const [asked] = finding.answer === 'unknown' ? finding.missing : [];
  expect(asked).toMatchObject({ law: 'Guideline', article: 'Q1-62' });
  expect(asked!.says.ja).toContain('12歳から15歳くらいまで');
  expect(asked!.says.en).toContain('of about 12 to 15');
  // One judgement answers for every child of a holding. Whether an adult can judge is seen in that adult alone.
  expect(asked!.says.ja).not.toMatch(/など|例えば/);
  expect(asked!.says.en).not.toContain('example');
});
