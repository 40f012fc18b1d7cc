import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { both } from '../../base/bilingual.ts';
import { day, type Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import { contradiction } from '../../law/contradiction.ts';
import type { Judgements } from '../../law/index.ts';
import {
  aDay,
  choice,
  count,
  dayOrNone,
  exists,
  items,
  judgedState,
  judgementsFor,
  ofOneConsultation,
  passesOneCase,
  question,
  readFacts,
  required,
  several,
  yesNo,
  type Judged,
  type JudgedAbout,
} from './facts.ts';
import { questions } from './questions/index.ts';

interface Toy {
  kind?: 'big' | 'small';
  known?: boolean;
  people?: number;
  on?: Day;
  until?: Day | null;
  parts?: readonly ('a' | 'b')[];
  names?: readonly string[];
  claim?: { item: 'x' | 'y'; proved?: boolean } | null;
  judgements?: Judgements;
}

const kinds = { big: both('大', 'Big'), small: both('小', 'Small') };
const parts = { a: both('甲', 'A'), b: both('乙', 'B') };
const decide = (): Finding => ({
  answer: 'yes',
  because: [{ law: 'APPI', article: '1', says: both('例', 'Example') }],
  duties: [],
});
const about = {
  id: 'toy',
  group: 'use',
  title: both('例', 'Example'),
  when: both('例', 'Example'),
  answers: { yes: both('可', 'Yes'), no: both('不可', 'No') },
  decide,
  judgements: { enough: both('足りるか', 'Whether it is enough') },
} as const;

const fields = {
  kind: choice<'big' | 'small'>('種類', 'Kind', kinds),
  known: yesNo('分かる', 'Known'),
  people: count('人数', 'People'),
  on: aDay('日', 'Day'),
  until: dayOrNone('期限', 'Until'),
  parts: several<'a' | 'b'>('部分', 'Parts', parts),
  names: items('項目', 'Items'),
  claim: exists<NonNullable<Toy['claim']>>('主張', 'Claim', {
    item: required(choice('号', 'Item', { x: both('一', 'X'), y: both('二', 'Y') })),
    proved: yesNo('証明', 'Proved'),
  }),
};

const toy = question<Toy>({
  ...about,
  contradictions: ({ people }) => (people === 0 ? [contradiction('people', '1以上', 'From 1')] : []),
  fields,
});

test('a fact without a declaration, a wrong kind, a missing or an invented word do not compile', () => {
  const { known: _, ...without } = fields;
  // @ts-expect-error a fact has no declaration
  question<Toy>({ ...about, fields: without });
  const { kind, known, people, on, until, parts: some, names, claim } = fields;
  const all = { kind, known, people, on, until, parts: some, names, claim };
  expect(question<Toy>({ ...about, fields: all }).leaves.length).toBe(10);
  const strange = yesNo('？', '?');
  // @ts-expect-error a declaration has no fact
  question<Toy>({ ...about, fields: { kind, known, people, on, until, parts: some, names, claim, strange } });
  // @ts-expect-error a yes-no is asked as a count
  question<Toy>({ ...about, fields: { ...fields, known: count('数', 'Count') } });
  // @ts-expect-error one of the options has no word
  question<Toy>({ ...about, fields: { ...fields, kind: choice('種類', 'Kind', { big: both('大', 'Big') }) } });
  const invented = { ...kinds, huge: both('巨', 'Huge') };
  // @ts-expect-error an option does not exist in the law
  question<Toy>({ ...about, fields: { ...fields, kind: choice<keyof typeof invented>('種類', 'Kind', invented) } });
  const loose = exists<NonNullable<Toy['claim']>>('主張', 'Claim', {
    // @ts-expect-error the item is required in a claim
    item: choice('号', 'Item', { x: both('一', 'X'), y: both('二', 'Y') }),
    proved: yesNo('証明', 'Proved'),
  });
  expect(loose.control).toBe('exists');
});

const about1 = { holding: 'h1', purpose: 'P1', on: day('2026-11-24') };

const problems = (facts: unknown): string[] => {
  const read = readFacts(toy, toy.schema, facts, about1.on);
  return 'problems' in read ? read.problems.map((p) => p.field) : [];
};

test('every wrong fact is named by its path, and nothing is decided', () => {
  expect(problems({ kind: 'huge' })).toEqual(['kind']);
  expect(problems({ known: 'yes', people: '3' })).toEqual(['known', 'people']);
  expect(problems({ on: '2026-02-30', until: 'none' })).toEqual(['on', 'until']);
  expect(problems({ strange: true })).toEqual(['strange']);
  expect(problems({ claim: { proved: true } })).toEqual(['claim.item']);
  expect(problems({ claim: { item: 'x', other: 1 } })).toEqual(['claim.other']);
  expect(problems({ judgements: { other: {} } })).toEqual(['judgements.other']);
  expect(problems([])).toEqual(['body']);
});

test('facts that contradict each other are refused by name', () => {
  expect(problems({ people: 0 })).toEqual(['people']);
  expect(problems({ people: 1, claim: null, until: null })).toEqual([]);
});

test('a breach that was known, or happened, only after the day asked about is refused by name', () => {
  const breach = questions.find(({ id }) => id === 'breach')!;
  const wrong = (facts: object): string[] => {
    const read = readFacts(breach, breach.schema, facts, day('2026-10-05'));
    return 'problems' in read ? read.problems.map((p) => p.field) : [];
  };
  expect(wrong({ knownOn: '2026-10-05', happenedOn: '2026-10-05' })).toEqual([]);
  expect(wrong({ knownOn: '2026-10-06' })).toEqual(['knownOn']);
  expect(wrong({ happenedOn: '2026-10-06' })).toEqual(['happenedOn']);
});

test('judgements come from the office, never from whoever asks', () => {
  const recorded = { answer: true, by: 'o', on: '2026-11-24', why: 'w', until: '2027-11-24' };
  expect(problems({ judgements: { enough: recorded } })).toEqual([]);
  const read = readFacts(toy, toy.asked, { judgements: { enough: recorded } }, about1.on);
  expect('problems' in read && read.problems.map((p) => p.field)).toEqual(['judgements']);
});

const judgement = (more: Partial<Judged>): Judged => ({
  code: 'enough',
  consultation_id: null,
  holding_id: null,
  purpose: null,
  answer: true,
  by_actor: 'staff:o',
  on_day: day('2026-11-01'),
  until_day: day('2026-11-30'),
  why: '例',
  ...more,
});

test('what lets one case pass is judged of that one, but for readings of the law and of how the company supervises', () => {
  const codes = [...new Set(questions.flatMap(({ judgements }) => Object.keys(judgements)))];
  const ofOne = [...Object.keys(passesOneCase), ...ofOneConsultation];
  expect(codes.filter((code) => !ofOne.includes(code)).sort()).toEqual([
    'agentByPhone',
    'employee-supervision',
    'measuresAgent',
    'measuresProcedure',
    'pseudonymousMeasures',
  ]);
  expect(ofOne.filter((code) => !codes.includes(code))).toEqual([]);
});

test('a judgement holds from its day to its last, of its holding and purpose or of any', () => {
  const answer = (one: Judged, about: JudgedAbout = about1) => judgementsFor([one], about).enough?.answer;
  expect(answer(judgement({}))).toBe(true);
  expect(answer(judgement({ until_day: about1.on }))).toBe(true);
  expect(answer(judgement({ on_day: about1.on }))).toBe(true);
  expect(answer(judgement({ until_day: day('2026-11-23') }))).toBeUndefined();
  expect(answer(judgement({ on_day: day('2026-11-25') }))).toBeUndefined();
  expect(answer(judgement({ consultation_id: 'c1' }))).toBeUndefined();
  expect(answer(judgement({ consultation_id: 'c1' }), { ...about1, consultation: 'c2' })).toBeUndefined();
  expect(answer(judgement({ consultation_id: 'c1' }), { ...about1, consultation: 'c1' })).toBe(true);
  expect(answer(judgement({ holding_id: 'h1' }))).toBe(true);
  expect(answer(judgement({ holding_id: 'h2' }))).toBeUndefined();
  expect(answer(judgement({ purpose: 'P2' }))).toBeUndefined();
  // A judgement about one holding does not apply to a question about none.
  expect(answer(judgement({ holding_id: 'h1' }), { holding: null, purpose: null, on: about1.on })).toBeUndefined();
});

test('the narrower judgement goes before the wider, the newer before the older', () => {
  const answer = (...newestFirst: Judged[]) => judgementsFor(newestFirst, about1).enough?.answer;
  expect(answer(judgement({ answer: false }), judgement({}))).toBe(false);
  expect(answer(judgement({ answer: false }), judgement({ holding_id: 'h1' }))).toBe(true);
  expect(answer(judgement({ purpose: 'P1' }), judgement({ holding_id: 'h1', answer: false }))).toBe(false);
  expect(answer(judgement({ holding_id: 'h1' }), judgement({ holding_id: 'h1', purpose: 'P1', answer: false }))).toBe(
    false,
  );
});

test('of a judgement it is said that it is valid, replaced by a newer one for as long as that is valid, or expired', () => {
  const states = (...newestFirst: Judged[]) => newestFirst.map((one) => judgedState(one, newestFirst, about1.on));
  expect(states(judgement({}))).toEqual(['valid']);
  expect(states(judgement({ answer: false }), judgement({}))).toEqual(['valid', 'replaced']);
  const over = { until_day: day('2026-11-23') };
  expect(states(judgement({ ...over, answer: false }), judgement({}))).toEqual(['expired', 'valid']);
  expect(states(judgement({ until_day: about1.on }), judgement({ code: 'other' }))).toEqual(['valid', 'valid']);
  // A narrower one leaves the wider one in force elsewhere.
  expect(states(judgement({ holding_id: 'h1', answer: false }), judgement({}))).toEqual(['valid', 'valid']);
  expect(states(judgement({ consultation_id: 'c1' }), judgement({ consultation_id: 'c2' }))).toEqual([
    'valid',
    'valid',
  ]);
  expect(states(judgement({ consultation_id: 'c1' }), judgement({ consultation_id: 'c1' }))).toEqual([
    'valid',
    'replaced',
  ]);
  // The clock was ahead when it was recorded, and has gone back.
  expect(states(judgement({ on_day: day('2026-11-25') }), judgement({}))).toEqual(['coming', 'valid']);
});

test('whatever the law leaves to the officer can be recorded for some question', () => {
  const law = path.resolve(import.meta.dirname, '../../law');
  const codes = fs
    .readdirSync(law, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => [...fs.readFileSync(path.join(law, file), 'utf8').matchAll(/asksJudgement\(\s*'([\w-]+)'/g)])
    .map((match) => match[1]!);
  const declared = new Set(questions.flatMap(({ judgements }) => Object.keys(judgements)));
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.filter((code) => !declared.has(code))).toEqual([]);
  expect([...declared].filter((code) => !codes.includes(code))).toEqual([]);
});
