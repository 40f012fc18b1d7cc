import { expect, test } from 'vitest';
import { both } from '../../../base/bilingual.ts';
import { day } from '../../../base/day.ts';
import { decideProvision, decideUse, type UseFacts } from '../../../law/index.ts';
import { factNames, readFacts, type Given, type Question } from './fields.tsx';

const on = day('2026-11-24');
const held = {
  information: 'personal' as const,
  holdingPurposes: [{ id: 'P3', clause: '13', says: both('案内', 'Invitations') }],
};

/** Answers of a clerk, by the name of the fact. */
type Answers = Record<string, string | string[]>;

const given = (answers: Answers): Given =>
  new Map(Object.entries(answers).map(([fact, value]) => [fact, [value].flat()]));

/** Fills the form in as a clerk would: only what the law says it lacks, until it answers. */
function ask(knows: Answers, start: Answers): { answer: string; rounds: number; asked: string[] } {
  const said: Answers = { ...start };
  const asked: string[] = [];
  for (let rounds = 1; rounds <= 12; rounds++) {
    const { facts, problems } = readFacts('provide', given(said));
    expect(problems).toEqual([]);
    const finding = decideProvision(
      {
        ...facts,
        ...held,
        items: ['name', 'email'],
        purpose: 'P3',
        policy: { optOutClosedBy: '19' },
      },
      on,
    );
    if (finding.answer !== 'unknown') return { answer: finding.answer, rounds, asked };
    for (const { fact } of finding.missing) {
      expect(factNames, `the form has no field for ${fact}`).toContain(fact);
      expect(Object.keys(knows), `the clerk was asked for ${fact}`).toContain(fact);
      said[fact] = knows[fact]!;
      asked.push(fact);
    }
  }
  throw new Error('no answer after twelve rounds');
}

const recipient: Answers = {
  'recipient.kind': 'corporation',
  'recipient.name': '株式会社共同企画',
  'recipient.address': '大阪府例示市中町2-3-4',
  'recipient.representative': '共同 太郎',
  'recipient.country': 'JP',
};
const consent: Answers = {
  consent: 'yes',
  'consent.on': '令和8年11月20日',
  'consent.coversRecipient': 'yes',
  'consent.coversItems': 'yes',
  'consent.coversPurpose': 'yes',
};

const stories: [name: string, start: Answers, knows: Answers, answer: string][] = [
  ['O-01 国内の第三者、同意あり', { relation: 'third-party' }, { ...recipient, ...consent }, 'yes'],
  ['O-02 根拠なし', { relation: 'third-party' }, { ...recipient, consent: 'no' }, 'no'],
  [
    'O-04 国内の委託',
    { relation: 'entrustment' },
    {
      ...recipient,
      'entrustment.ownUse': 'no',
      'entrustment.assessed': 'yes',
      'entrustment.contract': 'yes',
      'entrustment.monitored': 'yes',
    },
    'yes',
  ],
  [
    'O-05 名ばかりの委託',
    { relation: 'entrustment' },
    {
      ...recipient,
      'entrustment.ownUse': 'yes',
      'entrustment.assessed': 'yes',
      'entrustment.contract': 'yes',
      'entrustment.monitored': 'yes',
    },
    'no',
  ],
  [
    'O-06 共同利用、代表者の氏名が通知にない',
    { relation: 'joint-use' },
    {
      ...recipient,
      'jointUse.noticeOn': '2026/10/1',
      'jointUse.listed': ['fact', 'items', 'users', 'purposes', 'responsible-name', 'responsible-address'],
      'jointUse.responsibleKind': 'corporation',
      'jointUse.items': ['name', 'email'],
      'jointUse.recipientInScope': 'yes',
      'jointUse.purposes': ['P3'],
    },
    'no',
  ],
  [
    'O-08 ベトナムの会社、情報を伝えて同意',
    { relation: 'third-party' },
    {
      ...recipient,
      ...consent,
      'recipient.country': 'VN',
      'consent.abroad': 'yes',
      equivalentSystem: 'no',
      foreignInformation: 'yes',
      'foreignInformation.on': 'R8.11.19',
      'foreignInformation.country': 'told',
      'foreignInformation.system': 'told',
      'foreignInformation.measures': 'told',
    },
    'yes',
  ],
  [
    'O-08 ベトナムの会社、情報を伝えていない',
    { relation: 'third-party' },
    {
      ...recipient,
      ...consent,
      'recipient.country': 'VN',
      'consent.abroad': 'yes',
      equivalentSystem: 'no',
      foreignInformation: 'no',
    },
    'no',
  ],
];

test.each(stories)('規則がたずねることだけに答えて、%s の答えに届く', (_, start, knows, answer) => {
  expect(ask(knows, start).answer).toBe(answer);
});

test('空欄は知らないままで、はいにもいいえにもならない', () => {
  const { facts } = readFacts('provide', given({ relation: 'third-party', 'consent.coversItems': '', consent: '' }));
  expect(facts).toEqual({ relation: 'third-party' });
});

test('「ない」と答えれば、その下に書いたことは使わない', () => {
  const { facts } = readFacts('provide', given({ consent: 'no', 'consent.on': '2026/11/1' }));
  expect(facts).toEqual({ consent: null });
});

test('読めない日は、その欄を名指しする', () => {
  const { problems } = readFacts('provide', given({ 'consent.on': '2026年2月30日' }));
  expect(problems.map((p) => p.field)).toEqual(['consent.on']);
});

test('知らない欄は読まない', () => {
  const strange = new Map([
    ['__proto__.polluted', ['yes']],
    ['constructor', ['x']],
    ['relation', ['third-party']],
  ]);
  expect(readFacts('provide', strange).facts).toEqual({ relation: 'third-party' });
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('社内での利用も、例外の根拠を加えて答えに届く', () => {
  const question: Question = 'use';
  const facts = (answers: Answers) =>
    ({
      consent: null,
      exception: null,
      ...readFacts(question, given(answers)).facts,
      ...held,
      purpose: 'P4',
    }) as UseFacts;
  expect(decideUse(facts({}), on).answer).toBe('no');
  const claimed = { 'exception.item': '18(3)(i)', 'exception.legalBasis': '文書 例示-1' };
  expect(decideUse(facts(claimed), on).answer).toBe('yes');
});
