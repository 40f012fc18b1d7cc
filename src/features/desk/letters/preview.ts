// Every paper of the desk with example data, so that a writer sees the effect of changing a sentence. The people are fictional, with names and
// addresses that are hard to set: rare characters, a variant of a character, great length.

import type { Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { addDays, day, type Day } from '../../../base/day.ts';
import { outcomes, type RightsRequest } from '../../../law/index.ts';
import type { Document } from '../../../platform/pdf.ts';
import { feeKinds, feeOf, isFeeAskedAfter, type Operator } from '../../policy/index.ts';
import { dismissalGrounds, lacks } from '../facts/event.ts';
import { consultationLetter, extensionLetter } from './answer.ts';
import { acknowledgementLetter } from './acknowledgement.ts';
import { codeLetter } from './code.ts';
import { correctedLetter } from './corrected.ts';
import { coverLetter, type Costs } from './cover.ts';
import { dismissalLetter } from './dismissal.ts';
import { disclosureDocument, type DisclosureFacts } from './disclosure.ts';
import { feeReceipt } from './fee-receipt.ts';
import { handForm } from './form.ts';
import { handoverSlip } from './handover.ts';
import { labelSheet } from './labels.ts';
import { lacksLetter } from './lacks.ts';
import { noticeLetter, type Done, type Notice, type NoticeParts } from './notice.ts';
import type { About, Addressee, Writing } from './paper.ts';
import { refundLetter } from './refund.ts';
import { soughtLetter } from './sought.ts';

const person: Addressee = {
  postal: '104-0000',
  address: '東京都中央区例示町二丁目10番地3号\n例示ロイヤルガーデンレジデンス中央タワー東棟2307号室',
  organisation: null,
  name: '髙橋 辻󠄀之介',
};

const company = {
  postal: '104-0000',
  address:
    '東京都中央区例示町二丁目10番地3号　例示ロイヤルガーデンレジデンス中央タワー東棟2307号室　𠮷野家例示流通ロジスティクス内',
  organisation: '株式会社𠮷野家例示流通ロジスティクスソリューションズ東日本統括事業本部',
  name: '髙橋 辻󠄀之介',
};

const office: Addressee = { ...company, name: null };

const about: About = {
  number: 'R-2026-031',
  status: { code: '7K3QW-X02MB', place: 'https://example.jp/requests/status' },
  arrivedOn: day('2026-12-01'),
  principal: null,
  kind: 'disclosure',
  scope: 'customer',
};
const forAnother: About = { ...about, principal: '𠮷野家 髙子' };

const reasons = both(
  '録音には、ほかの方の声と氏名が含まれています。その方の権利や利益を害するおそれがあるため、その部分を除きました。',
  'The recording holds the voice and name of somebody else, whose rights it might harm, so that part was left out.',
);

const takesLonger = both(
  '通話の録音が多く、ほかの方の声と氏名が含まれる部分を確かめるのに時間がかかっているためです。',
  'There are many recordings of calls, and it takes time to find the parts that hold the voice and name of somebody else.',
);
const noMandate = both('委任状の期限が過ぎています。', 'The mandate has expired.');

const parts = (lang: Lang): NoticeParts => ({
  reasons: [reasons[lang]],
  purposes: [
    both('契約の管理と料金の請求', 'To keep contracts and send bills')[lang],
    both('お問い合わせへの対応', 'To answer inquiries')[lang],
  ],
  handed: { document: both('個人情報の開示書', 'Disclosure of personal information')[lang], by: 'paper' },
  withheld: [
    { item: both('担当者の所見メモ', 'Notes of the person in charge')[lang], part: false, ground: 'impedes' },
    { item: both('通話の記録', 'Record of the call')[lang], part: true, ground: 'harms' },
    { item: null, part: false, ground: 'violates' },
  ],
  told: [
    {
      title: both('措置の概要', 'Outline of the measures')[lang],
      says: both('契約で当社と同じ安全管理を定めています。', 'The contract asks for the same safety measures as ours.')[
        lang
      ],
    },
  ],
  changes: [
    { item: both('氏名', 'Name')[lang], before: '高橋 辻之介', after: '髙橋 辻󠄀之介' },
    { item: both('電子メール', 'E-mail')[lang], before: null, after: 'tsujinosuke@example.jp' },
    { item: both('電話', 'Telephone')[lang], before: '03-0000-0000', after: null },
  ],
  recipients: [
    { name: '株式会社𠮷野家例示流通ロジスティクスソリューションズ東日本統括事業本部', told: 'told' },
    { name: '例示配送株式会社', told: 'partly' },
    { name: '例示印刷株式会社', told: 'untold' },
  ],
  done: [{ what: 'already', of: [reasons[lang]] }],
  measure: [
    both(
      '案内の送付をやめ、料金の請求を担当する者だけが読めるようにしました。',
      'We stopped sending offers and let only the staff who send bills read it.',
    )[lang],
  ],
});

const on = day('2026-12-08');

/** What was done, for each kind that has an effect. */
const done = (lang: Lang): Partial<Record<RightsRequest, readonly Done[]>> => {
  const items = [both('氏名', 'name'), both('住所', 'address'), both('電話', 'telephone')].map((one) => one[lang]);
  const contracts = both('契約台帳', 'Contracts')[lang];
  return {
    erasure: [{ what: 'erased', of: [{ holding: contracts, items, on }], identityUntil: day('2029-11-24') }],
    'stop-use': [{ what: 'stopped', of: [contracts, both('お問い合わせの記録', 'Inquiries')[lang]], on }],
    'stop-provision': [{ what: 'recipients', of: ['例示配送株式会社', '例示印刷株式会社'], on }],
  };
};

const recipient = {
  name: '株式会社𠮷野家例示流通ロジスティクスソリューションズ東日本統括事業本部',
  address: '東京都中央区例示町二丁目10番地3号　例示ロイヤルガーデンレジデンス中央タワー東棟2307号室',
  representative: '髙橋 辻󠄀之介',
};

/** `rows`: the number of calls in the example. */
const disclosed = (lang: Lang, rows: number): DisclosureFacts => ({
  to: person,
  about,
  asOf: day('2026-12-08'),
  holdings: [
    {
      title: both('契約台帳', 'Contracts')[lang],
      items: [
        { label: both('氏名', 'Name')[lang], says: { shown: [['髙橋 辻󠄀之介']] } },
        { label: both('住所', 'Address')[lang], says: { shown: [[person.address.replace('\n', '　')]] } },
        {
          label: both('登録の控え', 'Registration')[lang],
          says: { shown: [[`https://example.jp/registrations/${'a1b2c3d4e5'.repeat(16)}`]] },
        },
        { label: both('閲覧の履歴', 'Browsing history')[lang], says: 'absent' },
        { label: both('担当者の所見メモ', 'Notes of the person in charge')[lang], says: { withheld: 'impedes' } },
      ],
    },
    {
      title: both('お問い合わせの記録', 'Inquiries')[lang],
      items: Array.from({ length: rows }, (_, i) => ({
        label: both(`通話 ${i + 1}`, `Call ${i + 1}`)[lang],
        says: {
          shown: [[both('担当の', 'With ')[lang], null, both('と話した。', ' on the telephone.')[lang]]],
          covered: 'harms' as const,
        },
      })),
    },
  ],
  provisions: [
    {
      on: day('2026-11-04'),
      time: '10:32',
      recipient,
      items: [both('氏名', 'Name')[lang], both('住所', 'Address')[lang]],
      consent: true,
    },
    { on: day('2026-10-05'), time: null, recipient, items: [both('氏名', 'Name')[lang]], consent: false },
  ],
  receipts: [
    {
      on: day('2026-09-01'),
      provider: recipient,
      how: both('本人から書面で取得', 'From the person in writing')[lang],
      items: [both('電話', 'Telephone')[lang]],
      consent: true,
      published: false,
    },
  ],
  purposes: parts(lang).purposes,
});

type Preview = (writing: Writing) => Document;

/** The highest fee of the policy. */
const feeIn = ({ operator }: Writing): number => Math.max(0, ...feeKinds.map((kind) => feeOf(operator, kind)));

/** The fee of a kind by the policy, and when it is asked for. */
const costsOf = (operator: Operator, kind: string): Costs => ({
  feeYen: feeOf(operator, kind),
  feeAfter: isFeeAskedAfter(operator),
});

/** `answerBy`: null when the answer is late. */
const cover =
  (answerBy: Day | null): Preview =>
  (writing) => {
    const form = writing.operator.forms[0]!;
    const costs = costsOf(writing.operator, form.kind);
    return coverLetter({ to: company, about, form, ...costs, checkDays: 5, answerBy }, writing);
  };

const acknowledgement =
  (answerBy: Day | null): Preview =>
  (writing) =>
    acknowledgementLetter(
      { to: person, about: { ...about, status: about.status! }, answerBy, identity: true, feeYen: 0, feeAfter: false },
      writing,
    );

const letters: Record<string, Preview> = {
  cover: cover(day('2026-12-15')),
  'cover/late': cover(null),
  acknowledgement: acknowledgement(day('2026-12-15')),
  'acknowledgement/late': acknowledgement(null),
  refund: (writing) =>
    refundLetter(
      { to: office, about, yen: 500, heldYen: 1500, dueYen: 1000, waivedYen: 0, undone: false, receivedYen: 1500 },
      writing,
    ),
  corrected: (writing) =>
    correctedLetter(
      {
        to: office,
        number: about.number,
        givenOn: day('2026-10-05'),
        whose: [{ item: both('氏名', 'Name')[writing.lang], value: '髙橋 辻󠄀之介' }],
        changes: parts(writing.lang).changes.slice(1),
      },
      writing,
    ),
  lacks: (writing) =>
    lacksLetter(
      {
        to: person,
        about: forAnother,
        form: writing.operator.forms[0]!,
        lacks,
        got: 'wrong',
        dueYen: feeIn(writing),
        receivedYen: 500,
        feeAfter: false,
        by: day('2026-12-18'),
        until: day('2027-01-01'),
      },
      writing,
    ),
  'lacks/fee': (writing) =>
    lacksLetter(
      {
        to: person,
        about,
        form: null,
        lacks: ['fee'],
        got: 'none',
        dueYen: feeIn(writing),
        receivedYen: 0,
        feeAfter: true,
        by: day('2026-12-18'),
        until: day('2027-01-01'),
      },
      writing,
    ),
  disclosure: (writing) => disclosureDocument(disclosed(writing.lang, 12), writing),
  records: (writing) =>
    disclosureDocument({ ...disclosed(writing.lang, 0), about: forAnother, holdings: [], purposes: [] }, writing),
  'fee-receipt': (writing) =>
    feeReceipt(
      {
        to: office,
        about,
        kind: 'disclosure',
        amountYen: feeIn(writing),
        receivedOn: day('2026-12-04'),
        receiptNumber: `${about.number}-1`,
      },
      writing,
    ),
  sought: (writing) => soughtLetter({ to: person, reference: '2026-031' }, writing),
  handover: (writing) =>
    handoverSlip(
      {
        number: about.number,
        documents: [
          both('個人情報の開示についてのお知らせ', 'Notice on the disclosure of personal information')[writing.lang],
          both('個人情報の開示書', 'Disclosure of personal information')[writing.lang],
        ],
        receipt: `${about.number}-1`,
      },
      writing,
    ),
  consultation: (writing) => consultationLetter({ to: office, about, answer: [reasons[writing.lang]] }, writing),
  extension: (writing) =>
    extensionLetter(
      {
        to: person,
        about,
        before: day('2026-12-15'),
        until: addDays(day('2026-12-15'), 14),
        reason: [takesLonger[writing.lang]],
      },
      writing,
    ),
  code: (writing) =>
    codeLetter({ to: person, about, parcelCode: '7K3QW-X02MB', validUntil: day('2026-12-16') }, writing),
  labels: (writing) =>
    labelSheet(
      Array.from({ length: 13 }, (_, i) => [person, company, office][i % 3]!),
      writing,
    ),
};

/** The document that shows the records of Articles 29 and 30, enclosed. */
const recordsIn = ({ texts, lang }: Writing): NoticeParts['handed'] => ({
  document: texts.disclosure.records.title[lang],
  by: 'paper',
});

const noticePreviews: Record<string, Preview> = Object.fromEntries(
  (Object.keys(outcomes) as RightsRequest[]).flatMap((kind) =>
    Object.keys(outcomes[kind].notices).map((result): [string, Preview] => [
      `notice/${kind}/${result}`,
      (writing) =>
        noticeLetter(
          {
            to: person,
            about,
            notice: {
              kind,
              result,
              parts: {
                ...parts(writing.lang),
                ...(kind === 'record-disclosure' ? { handed: recordsIn(writing) } : {}),
                ...(done(writing.lang)[kind] ? { done: done(writing.lang)[kind] } : {}),
              },
            } as Notice,
            waivedYen: kind === 'disclosure' ? feeIn(writing) : 0,
          },
          writing,
        ),
    ]),
  ),
);

const dismissalPreviews: Record<string, Preview> = Object.fromEntries(
  dismissalGrounds.map((ground): [string, Preview] => [
    `dismissal/${ground}`,
    (writing) =>
      dismissalLetter(
        {
          to: person,
          about: ground === 'no-power' ? forAnother : about,
          why: ground === 'lacking' ? { ground, lacks, until: day('2027-01-01') } : { ground },
          reason: ground === 'no-power' ? [noMandate[writing.lang]] : [],
          yen: ground === 'stranger' ? 1000 : 0,
        },
        writing,
      ),
  ]),
);

const formPreviews = ({ forms }: Operator): Record<string, Preview> =>
  Object.fromEntries(
    forms.map((form): [string, Preview] => [
      `form/${form.scope}/${form.kind}`,
      (writing) => handForm(form, { number: about.number, ...costsOf(writing.operator, form.kind) }, writing),
    ]),
  );

/** The day of a paper, which agrees with the days it names: the first letters, the answers, and what came too late. */
const dayOf = (name: string): Day => {
  if (/^(cover|acknowledgement)$|^form/.test(name)) return day('2026-12-02');
  if (name.startsWith('lacks')) return day('2026-12-04');
  if (name.endsWith('/late')) return day('2026-12-16');
  return name === 'dismissal/lacking' ? day('2027-01-02') : on;
};

/** Every paper there is, by a name such as `cover`, `notice/erasure/refused`, `form/customer/disclosure`; each is of its day, whatever today is. */
export const previews = (operator: Operator): Readonly<Record<string, (writing: Omit<Writing, 'on'>) => Document>> =>
  Object.fromEntries(
    Object.entries({
      ...letters,
      ...formPreviews(operator),
      ...dismissalPreviews,
      ...noticePreviews,
    }).map(([name, made]) => [name, (writing) => made({ ...writing, on: dayOf(name) })]),
  );

/** The papers that use the sentences of a group, by the beginning of their names; those of other groups are in every letter. */
const papersOfGroup: Readonly<Record<string, readonly string[]>> = {
  cover: ['cover'],
  forms: ['form/'],
  lacks: ['lacks', 'lacks/fee', 'dismissal/lacking'],
  dismissal: ['dismissal/'],
  notice: ['notice/', 'dismissal/'],
  disclosure: ['disclosure', 'records'],
  receipt: ['fee-receipt'],
  acknowledgement: ['acknowledgement'],
  refund: ['refund'],
  corrected: ['corrected'],
  sought: ['sought'],
  handover: ['handover'],
  parcel: ['code'],
  consultation: ['consultation'],
  extension: ['extension'],
};

/** The names of the papers that use sentences of a group. */
export function previewNames(group: string, operator: Operator): string[] {
  const kind = /^notices\.(.+)$/.exec(group)?.[1];
  const begin = kind ? [`notice/${kind}/`] : (papersOfGroup[group] ?? ['']);
  return Object.keys(previews(operator)).filter((name) => begin.some((one) => name.startsWith(one)));
}
