import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, by the start of its path. */
const LONGEST = ['tests/browser/pages', 'tests/faults/', 'tests/browser/', 'tests/journeys/'];

/** Begins with what takes longest, so that no core is idle at the end while the other works on a file of minutes. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const turnOf = ({ moduleId }: TestSpecification): number => {
      const turn = LONGEST.findIndex((start) => moduleId.startsWith(`${this.ctx.config.root}/${start}`));
      return turn < 0 ? LONGEST.length : turn;
    };
    return (await super.sort(files)).toSorted((a, b) => turnOf(a) - turnOf(b));
  }
}

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
    globalSetup: ['tests/setup.ts'],
    pool: 'forks',
    // Four more than there are cores at least: a worker that waits for a frame of the browser, a database, or a process that is frozen for a minute
    // leaves its core to another. With two more, a core in eight was idle.
    maxWorkers: 6,
    // The program is loaded once a worker, not once a file: no module keeps anything of one office that another could meet.
    isolate: false,
    // A worker lives for minutes; Node 20 ended one in its deoptimizer ("unreachable code"), where V8 comes back from an inlined call of WebAssembly.
    // WebAssembly is compiled once, as in the program itself. And with room for what is young: collecting it took a twentieth of a worker's time.
    execArgv: [
      '--no-turbo-inline-js-wasm-calls',
      '--liftoff-only',
      '--min-semi-space-size=64',
      '--max-semi-space-size=64',
    ],
    sequence: { sequencer: LongestFirst },
    // A limit ends what hangs; no test asks how long anything takes. On a machine that other work holds all of it takes five times as long.
    testTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    hookTimeout: 600_000,
  },
});
