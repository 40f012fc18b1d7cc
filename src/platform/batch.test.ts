// Batches: enough to keep both the process and the database at work and no more, and each call with its own answer or its own error.

import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { batch, QueueFull } from './batch.ts';

/** A lane whose batches end when the test says so. */
function stage(limits = { most: 64, queue: 100 }) {
  const begun: number[][] = [];
  const ends: (() => void)[] = [];
  const call = batch<number, string>(async (inputs) => {
    begun.push(inputs);
    await new Promise<void>((resolve) => ends.push(resolve));
    if (inputs.includes(13)) throw new Error('unlucky');
    return inputs.map(String);
  }, limits);
  const end = async (): Promise<void> => {
    ends.shift()!();
    await turn();
  };
  return { call, begun, end };
}

const numbers = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

test('同じ回に届いた呼び出しは一つにまとまり、それぞれの答えを受け取る', async () => {
  const { call, begun, end } = stage();
  const answers = Promise.all(numbers(5).map(call));
  await turn();
  await end();
  expect(await answers).toEqual(['0', '1', '2', '3', '4']);
  expect(begun).toEqual([[0, 1, 2, 3, 4]]);
});

test.each([
  { first: 1, beside: 3 },
  { first: 5, beside: 5 },
])('$first人の回には、$beside人が待てば二回目を並べて始める', async ({ first, beside }) => {
  const { call, begun } = stage();
  for (const n of numbers(first)) void call(n);
  await turn();
  for (const n of numbers(beside - 1)) void call(first + n);
  await turn();
  expect(begun).toHaveLength(1);
  void call(first + beside - 1);
  await turn();
  expect(begun).toEqual([numbers(first), numbers(beside).map((n) => first + n)]);
});

test('二回が並んでいる間に来た人は、一回が済むと皆で次になる', async () => {
  const { call, begun, end } = stage();
  void call(0);
  await turn();
  for (const n of numbers(3)) void call(n + 1);
  await turn();
  for (const n of numbers(5)) void call(n + 4);
  await turn();
  expect(begun).toHaveLength(2);
  await end();
  expect(begun[2]).toEqual([4, 5, 6, 7, 8]);
});

test('いくら待っていても、並ぶのは二回まで', async () => {
  const { call, begun, end } = stage({ most: 3, queue: 100 });
  for (const n of numbers(30)) void call(n);
  await turn();
  expect(begun).toHaveLength(2);
  await end();
  expect(begun).toHaveLength(3);
});

test('三人に満たない人も、二回とも済めば待たされない', async () => {
  const { call, begun, end } = stage();
  void call(0);
  await turn();
  void call(1);
  await turn();
  await end();
  expect(begun).toEqual([[0], [1]]);
});

test('一回の上限を超えない', async () => {
  const { call, begun, end } = stage({ most: 3, queue: 100 });
  for (const n of numbers(7)) void call(n);
  await turn();
  await end();
  await end();
  expect(begun.map((inputs) => inputs.length)).toEqual([3, 3, 1]);
});

test('失敗はその回の呼び出しだけのもので、次の回は進む', async () => {
  const { call, end } = stage();
  const lost = call(13);
  await turn();
  const kept = call(1);
  const refused = expect(lost).rejects.toThrow('unlucky');
  await end();
  await refused;
  await end();
  expect(await kept).toBe('1');
});

/** An error as PostgreSQL refuses a statement with, or as the driver reports a lost connection. */
const failing = (code: string) => Object.assign(new Error('unlucky'), { code });

/** A lane that records what each input did, and refuses a statement that contains a bad input. */
function kept(bad: readonly number[], error: Error) {
  const done: number[] = [];
  const tried: number[][] = [];
  const call = batch<number, string>(
    async (inputs) => {
      tried.push(inputs);
      if (inputs.some((n) => bad.includes(n))) throw error;
      done.push(...inputs);
      return inputs.map(String);
    },
    { most: 64, queue: 100 },
  );
  return { call, done, tried };
}

test.each([
  ['22P05', [13]],
  ['22021', [0]],
  ['23514', [0, 1, 62, 63]],
  ['40P01', [5]],
  ['P0001', [31, 32]],
])('データベースが文を断った失敗（%s）は、そのもとになった呼び出しだけのもの', async (code, bad) => {
  const { call, done, tried } = kept(bad, failing(code));
  const answers = await Promise.allSettled(numbers(64).map(call));
  for (const [n, answer] of answers.entries()) {
    expect(answer).toMatchObject(
      bad.includes(n) ? { status: 'rejected', reason: { code } } : { status: 'fulfilled', value: String(n) },
    );
  }
  // Each good input was processed, in order, and once.
  expect(done).toEqual(numbers(64).filter((n) => !bad.includes(n)));
  expect(tried[0]).toHaveLength(64);
});

test.each(['ECONNRESET', '57P01', '08006', '40003', '42501', 'XX000', undefined])(
  '済んだかどうか分からない失敗や、だれにも同じ失敗（%s）では、二度やらない',
  async (code) => {
    const { call, done, tried } = kept([5], code === undefined ? new Error('terminated') : failing(code));
    const answers = await Promise.allSettled(numbers(8).map(call));
    expect(answers.map(({ status }) => status)).toEqual(numbers(8).map(() => 'rejected'));
    expect([done, tried]).toEqual([[], [numbers(8)]]);
  },
);

test('待ちが上限に達すると、すぐに断る', async () => {
  const { call } = stage({ most: 1, queue: 2 });
  void call(0);
  await turn();
  void call(1);
  void call(2);
  await expect(call(3)).rejects.toBeInstanceOf(QueueFull);
});
