// Every question, walked through as the form leads: each fact asked for gets a random answer, until there is a finding. What the law lacks must
// always have a field, or be for the officer or another question, and nobody is led in circles.

import { expect, test } from 'vitest';
import { addDays, day } from '../../base/day.ts';
import { leavesFor, put, readFacts, type Leaf, type Question, type Tree } from './facts.ts';
import { questions } from './questions/index.ts';

const on = day('2026-11-24');
const purposes = ['P1', 'P3'].map((id) => ({ id, clause: '11' }));

/** Reproducible random numbers: mulberry32. Each is at least 0 and below 1. */
function chance(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Draw = () => number;

const oneOf = <T>(draw: Draw, all: readonly T[]): T => all[Math.floor(draw() * all.length)]!;
const someOf = <T>(draw: Draw, all: readonly T[], least = 0): T[] => {
  const some = all.filter(() => draw() < 0.6);
  return some.length >= least ? some : [...all];
};
const someDay = (draw: Draw) => addDays(on, Math.floor(draw() * 460) - 400);
const someCount = (draw: Draw) => 1 + Math.floor(draw() * oneOf(draw, [10, 2_000, 200_000]));

/** An answer that a person may give to a field. */
function answerTo({ field }: Leaf, draw: Draw): unknown {
  switch (field.control) {
    case 'yes-no':
      return draw() < 0.5;
    case 'choice':
      return oneOf(draw, Object.keys(field.options));
    case 'several':
      return someOf(draw, Object.keys(field.options));
    case 'country':
      return oneOf(draw, ['JP', 'DE', 'VN']);
    case 'purpose-id':
      return oneOf(draw, ['P1', 'P3']);
    case 'purpose-ids':
      return someOf(draw, ['P1', 'P3']);
    case 'purpose':
      return oneOf(draw, purposes);
    case 'purposes':
      return someOf(draw, purposes, 1);
    case 'items':
    case 'texts':
      return someOf(draw, ['name', 'email'], 1);
    case 'day':
      return someDay(draw);
    case 'day-or-none':
      return draw() < 0.2 ? null : someDay(draw);
    case 'count':
      return someCount(draw);
    case 'count-or-none':
      return draw() < 0.2 ? null : someCount(draw);
    case 'exists':
      return draw() < 0.7 ? {} : null;
    default:
      return '例示';
  }
}

/** Facts that no form asks for: another question supplies them, or a judgement, or the day. */
const ELSEWHERE = /^(judgements\..+|numberAffair|specialCareCase|on)$/;
const MOST_ROUNDS = 20;

/** Answers a field, and with a thing that exists the facts it requires. Tries again while the answer contradicts an earlier one. */
function say(question: Question, facts: Tree, leaf: Leaf, draw: Draw): Tree {
  for (let tries = 0; tries < 400; tries++) {
    const said = structuredClone(facts);
    put(said, leaf.path.split('.'), answerTo(leaf, draw));
    for (const other of question.leaves) {
      const parent = other.path.split('.').slice(0, -1);
      const within = parent.reduce<unknown>((at, name) => (at as Tree | null | undefined)?.[name], said);
      const needed = other.field.required && within && (within as Tree)[other.path.split('.').at(-1)!] === undefined;
      if (needed) put(said, other.path.split('.'), answerTo(other, draw));
    }
    const read = readFacts(question, question.schema, said, on);
    if (!('problems' in read)) return said;
  }
  return facts;
}

function walk(question: Question, draw: Draw): void {
  let facts: Tree = {};
  for (const leaf of question.leaves.filter(({ field }) => field.ask === 'first' && draw() < 0.5)) {
    facts = say(question, facts, leaf, draw);
  }
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const finding = question.decide(facts, on);
    if (!('missing' in finding)) {
      expect(Object.keys(question.answers)).toContain(finding.answer);
      return;
    }
    const asked = finding.missing.filter(({ fact }) => !ELSEWHERE.test(fact));
    for (const { fact } of finding.missing.filter((m) => m.fact.startsWith('judgements.'))) {
      expect(Object.keys(question.judgements)).toContain(fact.slice('judgements.'.length));
    }
    if (asked.length === 0) return;
    const before = JSON.stringify(facts);
    for (const missing of asked) {
      const leaves = leavesFor(question, missing);
      expect([question.id, missing.fact, leaves.length > 0]).toEqual([question.id, missing.fact, true]);
      for (const leaf of leaves) facts = say(question, facts, leaf, draw);
    }
    expect([question.id, asked.map(({ fact }) => fact), JSON.stringify(facts) === before]).toEqual([
      question.id,
      asked.map(({ fact }) => fact),
      false,
    ]);
  }
  throw new Error(`${question.id}: no answer after ${MOST_ROUNDS} rounds: ${JSON.stringify(facts)}`);
}

test.each(questions.map((question) => [question.id, question] as const))('%s leads to an answer', (_, question) => {
  for (let seed = 1; seed <= 150; seed++) walk(question, chance(seed));
});
