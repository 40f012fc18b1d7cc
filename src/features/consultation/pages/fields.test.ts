import { expect, test } from 'vitest';
import { both } from '../../../base/bilingual.ts';
import { day } from '../../../base/day.ts';
import { leavesFor, readFacts, withStanding, type Question } from '../facts.ts';
import { questionOf, questions } from '../questions/index.ts';
import { factText, readGiven, type Given } from './fields.tsx';

const on = day('2026-11-24');
const purposes = [
  { id: 'P3', clause: '13', says: both('案内', 'Invitations') },
  { id: 'P4', clause: '14', says: both('安全', 'Security') },
];
const offered = { purposes: new Map(purposes.map((one) => [one.id, one])), items: null };
const known = { information: 'personal', holdingPurposes: [purposes[0]], optOutClosedBy: '19' };
const provide = questionOf('provide')!;

/** A clerk's answers, by the path of the fact. */
type Answers = Record<string, string | string[]>;

const given = (answers: Answers): Given =>
  new Map(Object.entries(answers).map(([fact, value]) => [fact, [value].flat()]));

const stated = (question: Question, answers: Answers) => readGiven(question, given(answers), offered);

function decide(question: Question, answers: Answers) {
  const { stated: said, problems } = stated(question, answers);
  expect(problems).toEqual([]);
  const filled = withStanding(question, said, known);
  if ('problems' in filled) throw new Error(JSON.stringify(filled.problems));
  const read = readFacts(question, question.schema, filled.facts, on);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return question.decide(read.facts, on);
}

/** Fills in the form as a clerk would: only what the law says is missing, until it answers. */
function ask(knows: Answers, start: Answers): { answer: string; rounds: number } {
  const said: Answers = { items: '氏名、メール', purpose: 'P3', ...start };
  for (let rounds = 1; rounds <= 12; rounds++) {
    const finding = decide(provide, said);
    if (!('missing' in finding)) return { answer: finding.answer, rounds };
    for (const missing of finding.missing) {
      const leaves = leavesFor(provide, missing);
      expect(leaves.length, `the form has no field for ${missing.fact}`).toBeGreaterThan(0);
      for (const { path } of leaves) {
        expect(Object.keys(knows), `the clerk was asked for ${path}`).toContain(path);
        said[path] = knows[path]!;
      }
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
  'consent.givenBy': 'principal',
  'consent.on': '令和8年11月20日',
  'consent.coversRecipient': 'yes',
  'consent.coversItems': 'yes',
  'consent.coversPurpose': 'yes',
};
const entrusted: Answers = {
  'entrustment.ownUse': 'no',
  'entrustment.assessed': 'yes',
  'entrustment.contract': 'yes',
  'entrustment.monitored': 'yes',
};
const abroad: Answers = { 'recipient.country': 'VN', 'consent.abroad': 'yes', equivalentSystem: 'no' };

const stories: [name: string, start: Answers, knows: Answers, answer: string][] = [
  ['O-01 国内の第三者、同意あり', { relation: 'third-party' }, { ...recipient, ...consent }, 'yes'],
  [
    '子どもがひとりで同意した',
    { relation: 'third-party' },
    { ...recipient, ...consent, 'consent.givenBy': 'without-capacity' },
    'no',
  ],
  ['O-02 根拠なし', { relation: 'third-party' }, { ...recipient, consent: 'no' }, 'no'],
  ['O-04 国内の委託', { relation: 'entrustment' }, { ...recipient, ...entrusted }, 'yes'],
  [
    'O-05 名ばかりの委託',
    { relation: 'entrustment' },
    { ...recipient, ...entrusted, 'entrustment.ownUse': 'yes' },
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
      'jointUse.items': '氏名、メール',
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
      ...abroad,
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
    { ...recipient, ...consent, ...abroad, foreignInformation: 'no' },
    'no',
  ],
];

test.each(stories)('規則がたずねることだけに答えて、%s の答えに届く', (_, start, knows, answer) => {
  expect(ask(knows, start).answer).toBe(answer);
});

test('セミナーの共催者に渡してよいかは、最初の画面のあと2回で答えが出る', () => {
  const first = { relation: 'third-party', ...recipient };
  expect(ask(consent, first)).toEqual({ answer: 'yes', rounds: 3 });
});

test('空欄は知らないままで、はいにもいいえにもならない', () => {
  const { stated: facts } = stated(provide, { relation: 'third-party', 'consent.coversItems': '', consent: '' });
  expect(facts).toEqual({ relation: 'third-party' });
});

test('「ない」と答えれば、その下に書いたことは使わない', () => {
  expect(stated(provide, { consent: 'no', 'consent.on': '2026/11/1' }).stated).toEqual({ consent: null });
});

test('「どれもない」は空の答えで、ほかと一緒には選べない', () => {
  expect(stated(provide, { 'jointUse.listed': '-' }).stated).toEqual({ jointUse: { listed: [] } });
  const both = stated(provide, { 'jointUse.listed': ['-', 'fact'] });
  expect(both.problems.map((p) => p.field)).toEqual(['jointUse.listed']);
});

test('読めない日と、方針にない目的は、その欄を名指しする', () => {
  const { problems } = stated(provide, { 'consent.on': '2026年2月30日', holdingPurposes: ['P3', 'P99'] });
  expect(problems.map((p) => p.field)).toEqual(['holdingPurposes', 'consent.on']);
});

test('知らない欄は読まない', () => {
  const strange = { '__proto__.polluted': 'yes', constructor: 'x', relation: 'third-party' };
  expect(stated(provide, strange).stated).toEqual({ relation: 'third-party' });
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('社内での利用も、例外の根拠を加えて答えに届く', () => {
  const use = questionOf('use')!;
  expect(decide(use, { purpose: 'P4', consent: 'no' }).answer).toBe('no');
  const claimed = { 'exception.item': '18(3)(i)', 'exception.legalBasis': '文書 例示-1' };
  expect(decide(use, { purpose: 'P4', consent: 'no', ...claimed }).answer).toBe('yes');
});

test('台帳が知っていることを、別に書くことはできない', () => {
  const filled = withStanding(provide, { information: 'special-care', holdingPurposes: [] }, known);
  expect('problems' in filled && filled.problems.map((p) => p.field)).toEqual(['information', 'holdingPurposes']);
});

test.each(questions.map((question) => [question.id, question] as const))(
  '%s：どの事実の言葉も、日本語と英語がそろい、二度と同じ名で出ない',
  (_, question) => {
    const paths = question.leaves.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    for (const { path, field } of question.leaves) {
      const words = [field.label, ...('options' in field ? Object.values(field.options) : [])];
      for (const { ja, en } of words) {
        expect([path, /[ぁ-んァ-ヶ一-龠]/.test(ja), /[a-z]/i.test(en)]).toEqual([path, true, true]);
        expect([path, /[ぁ-んァ-ヶ一-龠]/.test(en)]).toEqual([path, false]);
      }
    }
  },
);

test.each(questions.map((question) => [question.id, question] as const))(
  '%s：何も知らないときに足りない事実は、どれも画面でたずねるか、管理者の判断に回る',
  (_, question) => {
    const finding = question.decide({}, on);
    for (const missing of 'missing' in finding ? finding.missing : []) {
      const judged = missing.fact.startsWith('judgements.');
      const code = missing.fact.slice('judgements.'.length);
      expect([missing.fact, judged ? code in question.judgements : leavesFor(question, missing).length > 0]).toEqual([
        missing.fact,
        true,
      ]);
    }
  },
);

test('額は3桁ずつ区切り、年は区切らない', () => {
  const record = questionOf('payment-record')!;
  const said = (path: string, value: string): string =>
    factText(
      record.leaves.find((leaf) => leaf.path === path)!,
      [value],
      offered,
      'ja',
    );
  expect([said('yearTotal', '60000'), said('year', '2026')]).toEqual(['60,000', '2026']);
});
