import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { keepRounds, reporting, throughAll, untilNothingIsLeft, type Passing } from './rounds.ts';

test('one round follows the other, also after one that failed, and never two at a time', async () => {
  const lines: string[] = [];
  let under = 0;
  let most = 0;
  let begun = 0;
  const rounds = keepRounds(
    async () => {
      begun += 1;
      under += 1;
      most = Math.max(most, under);
      await setTimeout(2);
      under -= 1;
      if (begun === 2) throw new RangeError('例示 花子');
    },
    1,
    reporting((line) => lines.push(line), 'letters'),
  );
  await expect.poll(() => begun).toBeGreaterThan(4);
  await rounds.stop();
  // The line contains nothing private.
  expect([most, under, lines]).toEqual([1, 0, ['letters: RangeError']]);
});

test('a stop ends the pause at once, waits for the round that is under way and tells it, and calls it no failure', async () => {
  const failures: unknown[] = [];
  let begun = 0;
  let ended = 0;
  const work = async (signal: AbortSignal): Promise<void> => {
    begun += 1;
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    await setTimeout(5);
    ended += 1;
    throw new Error('cut short');
  };
  await keepRounds(work, 60_000, (error) => failures.push(error)).stop();
  expect([begun, ended, failures]).toEqual([1, 1, []]);
  const pausing = keepRounds(
    () => Promise.resolve((begun += 1)),
    60_000,
    (error) => failures.push(error),
  );
  await setTimeout(5);
  await pausing.stop();
  expect([begun, failures]).toEqual([2, []]);
});

test('of rounds that fail one after the other the first alone is told, and again once one went well in between', async () => {
  const failures: string[] = [];
  let begun = 0;
  const rounds = keepRounds(
    async () => {
      begun += 1;
      if (begun !== 4) throw new Error(`round ${begun}`);
    },
    1,
    (error) => failures.push((error as Error).message),
  );
  await expect.poll(() => begun).toBeGreaterThan(8);
  await rounds.stop();
  expect(failures).toEqual(['round 1', 'round 5']);
});

describe('a step that is repeated until nothing is left', () => {
  test('ends after one that has done nothing, and counts what all of them did', async () => {
    const steps = [200, 200, 7, 0, 1];
    expect(await untilNothingIsLeft(new AbortController().signal, () => Promise.resolve(steps.shift()!))).toBe(407);
    expect(steps).toEqual([1]);
  });

  test('ends after the one that is under way where it is told to, and does not begin where it was told before', async () => {
    const ending = new AbortController();
    let steps = 0;
    const step = (): Promise<number> => {
      if ((steps += 1) === 2) ending.abort();
      return Promise.resolve(5);
    };
    expect(await untilNothingIsLeft(ending.signal, step)).toBe(10);
    expect(await untilNothingIsLeft(ending.signal, step)).toBe(0);
    expect(steps).toBe(2);
  });

  test('fails with a step that fails', async () => {
    const away = (): Promise<number> => Promise.reject(new Error('away'));
    await expect(untilNothingIsLeft(new AbortController().signal, away)).rejects.toThrow('away');
  });
});

describe('a round through all that waits', () => {
  const going = new AbortController().signal;

  test('passes over what fails, does the rest, and fails in the end; the next one tries again', async () => {
    let waiting = ['a', 'b', 'c', 'd'];
    const tried: string[] = [];
    const step = async (passing: Passing): Promise<boolean> => {
      const next = waiting.find((one) => !passing.over.includes(one));
      if (next === undefined) return false;
      passing.at = next;
      tried.push(next);
      if (next === 'a' || next === 'c') throw new Error(next);
      waiting = waiting.filter((one) => one !== next);
      return true;
    };
    for (const _ of [1, 2]) await expect(throughAll(going, step)).rejects.toThrow('a');
    expect([tried, waiting]).toEqual([
      ['a', 'b', 'c', 'd', 'a', 'c'],
      ['a', 'c'],
    ]);
  });

  test('ends at once where a step fails before it has taken anything, and where it is told to', async () => {
    let steps = 0;
    const away = (): Promise<boolean> => Promise.reject(new Error(`step ${(steps += 1)}`));
    await expect(throughAll(going, away)).rejects.toThrow('step 1');
    await throughAll(AbortSignal.abort(), away);
    expect(steps).toBe(1);
  });
});
