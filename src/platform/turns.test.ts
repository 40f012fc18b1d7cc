import { setImmediate as soon } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { QueueFull } from './batch.ts';
import { turns } from './turns.ts';

/** Work that goes on until it is told to end. */
function works() {
  const begun: string[] = [];
  const ends = new Map<string, { resolve: (value: string) => void; reject: (error: Error) => void }>();
  return {
    begun,
    work: (name: string) => () =>
      new Promise<string>((resolve, reject) => {
        begun.push(name);
        ends.set(name, { resolve, reject });
      }),
    end: (name: string): void => ends.get(name)!.resolve(name),
    fail: (name: string): void => ends.get(name)!.reject(new Error(name)),
  };
}

test('a few work, the others wait in their order, and whoever finds no place is refused before anything is done', async () => {
  const { begun, work, end, fail } = works();
  const visit = turns({ atOnce: 2, places: 4 });
  const visits = ['a', 'b', 'c', 'd'].map((name) => visit((turn) => turn(work(name))));
  let visited = false;
  const late = visit(async () => {
    visited = true;
  });
  await expect(late).rejects.toThrow(QueueFull);
  expect(visited).toBe(false);
  await soon();
  expect(begun).toEqual(['a', 'b']);

  end('b');
  expect(await visits[1]).toBe('b');
  // The place that is free again is taken, and its turn comes last.
  const next = visit((turn) => turn(work('e')));
  await soon();
  expect(begun).toEqual(['a', 'b', 'c']);

  const failed = expect(visits[0]).rejects.toThrow('a');
  fail('a');
  await failed;
  end('c');
  await soon();
  expect(begun).toEqual(['a', 'b', 'c', 'd', 'e']);
  end('d');
  end('e');
  expect(await Promise.all([visits[2], visits[3], next])).toEqual(['c', 'd', 'e']);
});

test('who leaves without a turn keeps neither place nor turn', async () => {
  const { begun, work, end } = works();
  const visit = turns({ atOnce: 1, places: 2 });
  await expect(visit(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  expect(await visit(async () => 'no turn')).toBe('no turn');
  const both = ['a', 'b'].map((name) => visit((turn) => turn(work(name))));
  await soon();
  expect(begun).toEqual(['a']);
  end('a');
  await soon();
  end('b');
  expect(await Promise.all(both)).toEqual(['a', 'b']);
});
