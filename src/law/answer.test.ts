// The grounds that an unknown finding shows, word for word: what the articles ask, and no fact that nobody stated.

import { expect, test } from 'vitest';
import { day } from '../base/day.ts';
import type { Finding } from '../base/finding.ts';
import { appi, asserts, lacks, no, unknown } from './answer.ts';
import { decideAcquisition, decideProvision, decidePurposeChange, decideReceipt } from './index.ts';

const today = day('2026-11-24');
const p1 = { id: 'P1', clause: '11' };
const japan = { kind: 'corporation', country: 'JP' } as const;

const noRecord = 'この根拠で渡すとき、提供の記録は要りません。';
const record = [
  '第三者への提供は記録します。',
  'やり取りのたびに、速やかに記録を作ります。',
  '同意に基づいて渡すときの記録事項です。',
  '記録を決められた期間保存します。',
  '保存の期間は作った日から数えます。',
];
const check = 'だれから、どう取得された情報かを確かめます。';

const holds: { name: string; finding: () => Finding; says: string[] }[] = [
  {
    name: 'シンガポールの会社に渡す：ほかに何も分からない',
    finding: () => decideProvision({ relation: 'third-party', recipient: { country: 'SG' } }, today),
    says: [
      '外国にある第三者に渡すには、そのことへの本人の同意が前もって要ります。',
      '同意を得る前に、必要な情報を本人に伝える必要があります。',
      '国の名前、その国の制度、相手の措置を伝えます。',
      ...record,
    ],
  },
  {
    name: 'シンガポールの会社に渡す：同意はあるが、何を伝えたか分からない',
    finding: () =>
      decideProvision(
        {
          relation: 'third-party',
          recipient: { country: 'SG' },
          consent: {
            givenBy: 'principal',
            on: today,
            abroad: true,
            coversRecipient: true,
            coversItems: true,
            coversPurpose: true,
          },
        },
        today,
      ),
    says: [
      '外国にある第三者への提供に、本人が前もって同意しています。',
      '同意を得る前に、必要な情報を本人に伝える必要があります。',
      '国の名前、その国の制度、相手の措置を伝えます。',
      ...record,
    ],
  },
  {
    name: 'シンガポールの会社に渡す：情報は伝えたが、同意があるか分からない',
    finding: () =>
      decideProvision(
        {
          relation: 'third-party',
          recipient: { country: 'SG' },
          foreignInformation: { on: today, country: 'told', system: 'told', measures: 'told' },
        },
        today,
      ),
    says: [
      '外国にある第三者に渡すには、そのことへの本人の同意が前もって要ります。',
      '同意を得る前に、必要な情報を本人に伝える必要があります。',
      '国の名前、その国の制度、相手の措置を伝えます。',
      ...record,
    ],
  },
  {
    name: 'シンガポールの会社に渡す：同意はなく、体制があるか分からない',
    finding: () => decideProvision({ relation: 'third-party', recipient: { country: 'SG' }, consent: null }, today),
    says: [
      '外国にある第三者に渡すには、そのことへの本人の同意か、相手に日本の定めに沿う体制が要ります。',
      '本人の同意がありません。',
    ],
  },
  {
    name: '委託：何も分からない',
    finding: () => decideProvision({ relation: 'entrustment', recipient: japan }, today),
    says: [
      '委託と言えるのは、目的の達成に必要な範囲で、相手が自社のために使わないときだけです。',
      '委託するには、相手を適切に選び、契約で安全管理を定め、取扱いの状況を把握する必要があります。',
      noRecord,
    ],
  },
  {
    name: '同等の国への委託：監督のことだけ分からない',
    finding: () =>
      decideProvision(
        {
          information: 'personal',
          relation: 'entrustment',
          recipient: { country: 'DE' },
          purpose: 'P1',
          holdingPurposes: [p1],
          entrustment: { ownUse: false },
        },
        today,
      ),
    says: [
      '相手は、日本と同等の水準と認められた国にあります。国内の相手と同じに扱います。',
      '個人情報保護委員会が定める国です。',
      '目的の達成に必要な範囲の委託です。委託先は第三者に当たりません。',
      '決めた目的の範囲内の利用です。',
      'この目的を方針で公表しています。',
      '委託するには、相手を適切に選び、契約で安全管理を定め、取扱いの状況を把握する必要があります。',
      noRecord,
    ],
  },
  {
    name: '共同利用：何も分からない',
    finding: () => decideProvision({ relation: 'joint-use', recipient: japan }, today),
    says: ['共同利用として渡すには、必要な事項を前もって知らせ、その範囲で渡す必要があります。', noRecord],
  },
  {
    name: 'オプトアウト：何も分からない',
    finding: () =>
      decideProvision(
        { relation: 'third-party', recipient: { kind: 'state-organ', country: 'JP' }, optOut: {} },
        today,
      ),
    says: [
      'オプトアウトで渡すには、求めに応じて止めること、必要な事項を知らせること、届出が必要です。',
      '本人が提供の停止を求めるのに必要な期間をおいて知らせます。',
      '相手は個人情報取扱事業者ではありません。',
      noRecord,
    ],
  },
  {
    name: '書面で受け取る：目的を示したか分からない',
    finding: () =>
      decideAcquisition({ information: 'personal', source: 'principal', channel: 'written', purposes: [p1] }, today),
    says: ['書面や画面で本人から直接受け取るときは、前もって目的をはっきり示します。'],
  },
  {
    name: '第三者から受け取る：何も分からない',
    finding: () => decideReceipt({}, today),
    says: [check],
  },
  {
    name: '第三者から取得する：相手の同意による、ほかに何も分からない',
    finding: () =>
      decideAcquisition(
        {
          information: 'personal',
          source: 'third-party',
          purposes: [p1],
          purposePublished: true,
          receipt: { basis: 'consent' },
        },
        today,
      ),
    says: [
      check,
      '相手の申告などで相手を確かめます。',
      '取得の経緯を、契約書などを見せてもらって確かめます。',
      '確かめたことを記録します。',
      'やり取りのたびに、速やかに記録を作ります。',
      '同意に基づいて受け取るときの記録事項です。',
      '記録を決められた期間保存します。',
      '保存の期間は作った日から数えます。',
      '目的をすでに公表しています。',
    ],
  },
  {
    name: '第三者から取得する：確認を省くことを、まだ誰も承認していない',
    finding: () => decideAcquisition({ source: 'third-party', receipt: { exemption: { kind: 'viewing' } } }, today),
    says: ['確認と記録を省けるのは、ガイドラインの挙げる場合に当たると、担当者が承認したときだけです。'],
  },
  {
    name: '目的の変更：関連するか分からない',
    finding: () => decidePurposeChange({ from: p1 }, today),
    says: [
      '目的を変えられるのは、元の目的と関連すると合理的に認められる範囲だけです。',
      'この目的を方針で公表しています。',
    ],
  },
];

test.each(holds)('保留：$name', ({ finding, says }) => {
  const { answer, because } = finding();
  expect(answer).toBe('unknown');
  expect(because.map((g) => g.says.ja)).toEqual(says);
});

test('英語でも、述べられていない同意を述べない', () => {
  const finding = decideProvision({ relation: 'third-party', recipient: { country: 'SG' } }, today);
  expect(finding.because.slice(0, 3).map((g) => g.says.en)).toEqual([
    'A provision to a third party abroad needs the person’s prior consent to just that.',
    'The person has to be told the required information before consenting.',
    'The required information is the country, its system and the recipient’s measures.',
  ]);
});

test('根拠の条は変わらず、よりどころの事実が足りるかどうかで文だけが変わる', () => {
  const said = asserts(
    ['consent.on', 'items'],
    appi('27(1)', '同意があります。', 'There is consent.'),
    '要ります。',
    'Due.',
  );
  const sentence = (fact: string): string[] =>
    unknown([said], [lacks(fact, '27(1)', '事実', 'A fact')]).because.map((g) => `${g.law} ${g.article} ${g.says.en}`);
  for (const fact of ['consent', 'consent.on', 'items', 'receipt.items']) {
    expect(sentence(fact), fact).toEqual(['APPI 27(1) Due.']);
  }
  for (const fact of ['consent.once', 'recipient.items', 'information']) {
    expect(sentence(fact), fact).toEqual(['APPI 27(1) There is consent.']);
  }
});

test('断るときの代わりの道は、あるときだけ示す', () => {
  const because = appi('27(1)', '渡せません。', 'Not possible.');
  const other = { ja: '同意を得る', en: 'Obtain consent' };
  expect(no([because])).toStrictEqual({ answer: 'no', because: [because], duties: [] });
  expect(no([because], other)).toStrictEqual({ answer: 'no', because: [because], duties: [], instead: [other] });
});

test('足りない事実がないのに保留にはできない', () => {
  const rule = appi('25', '監督します。', 'Supervise.');
  const lack = lacks('contract', '25', '契約', 'A contract');
  expect(unknown([rule], [lack])).toEqual({ answer: 'unknown', because: [rule], missing: [lack] });
  expect(() => unknown([rule], [])).toThrow(RangeError);
});
