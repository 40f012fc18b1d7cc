// Time of one decision of the law in process: every question over its own example files, plain calls, median of several rounds. Nothing is read,
// written or cached between calls; a question is as slow as its slowest example.

import fs from 'node:fs';
import path from 'node:path';
import { day } from '../src/base/day.ts';
import { readFacts } from '../src/features/consultation/facts.ts';
import { questions } from '../src/features/consultation/questions/index.ts';
import { partOf } from './sizes/part.ts';

const ROUNDS = partOf(9);
const ROUND_MS = 4;
const BAR_US = 20;
const SLOWEST = 5;
const EXAMPLES = 'examples/facts';

/** One decision; returns the number of its grounds. */
type Call = () => number;

const examplesOf = (id: string): string[] =>
  fs.readdirSync(path.join(EXAMPLES, id)).map((file) => path.join(EXAMPLES, id, file));

/** The decision that an example file asks for, with its facts read in advance. */
function callOf(question: (typeof questions)[number], file: string): Call {
  const { on, facts } = JSON.parse(fs.readFileSync(file, 'utf8')) as { on: string; facts: unknown };
  const asked = day(on);
  const read = readFacts(question, question.schema, facts, asked);
  if ('problems' in read) throw new Error(`${file}: ${read.problems[0].field}`);
  return () => question.decide(read.facts, asked).because.length;
}

/** Milliseconds for `calls` calls. The results are counted so that none is optimised away. */
function time(call: Call, calls: number): number {
  let grounds = 0;
  const start = performance.now();
  for (let i = 0; i < calls; i++) grounds += call();
  const ms = performance.now() - start;
  if (grounds < calls) throw new Error('a decision came without grounds');
  return ms;
}

/** Microseconds per call: the median round, each of as many calls as fill it. */
function microseconds(call: Call): number {
  let calls = 64;
  while (time(call, calls) < ROUND_MS) calls *= 2;
  const rounds = Array.from({ length: ROUNDS }, () => (time(call, calls) * 1000) / calls);
  return rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Infinity;
}

/** Prints the slowest questions by name, and all of them against the bar. */
export async function bench(print: (line: string) => void): Promise<void> {
  const calls = questions.flatMap((question) =>
    examplesOf(question.id).map((file) => ({ id: question.id, call: callOf(question, file) })),
  );
  // Every question runs before the first is timed, as in a server that answers all of them.
  for (const { call } of calls) time(call, 1_000);
  const slowest = new Map<string, number>();
  for (const { id, call } of calls) slowest.set(id, Math.max(slowest.get(id) ?? 0, microseconds(call)));
  const bySpeed = [...slowest].sort((a, b) => b[1] - a[1]);
  for (const [n, [id, us]] of bySpeed.entries()) {
    if (n < SLOWEST || us >= BAR_US)
      print(`law decide ${id}: ${us.toFixed(2)} µs (bar < ${BAR_US}) ${us < BAR_US ? 'ok' : 'short'}`);
  }
  const middle = bySpeed[Math.floor(bySpeed.length / 2)]?.[1] ?? Infinity;
  print(`law decide, the median of ${bySpeed.length} questions over ${calls.length} examples: ${middle.toFixed(2)} µs`);
}
