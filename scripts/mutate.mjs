// The mutation check of the law: every comparison flipped and every condition removed, one at a time, must make a test fail. `npm run mutate`
// covers all of src/law, `npm run mutate -- src/law/appi/27-` the files whose paths begin so. Exits with 1 when a file is below the bar. No mutant
// is excused: code that no test can tell apart from its mutant is rewritten.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { instrument } from './mutants.mjs';

const BAR = 0.9;
/** A mutant that takes this many times longer than all tests together is hanging, which a test run would notice. */
const PATIENCE = 10;
const worker = new URL('./mutate-worker.mjs', import.meta.url);

const walk = (folder) =>
  fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name);
    return entry.isDirectory() ? walk(at) : [at];
  });

/** Bundles all tests into one module in which the chosen files contain their mutants. */
async function bundle(root, folder, chosen, outfile) {
  const all = walk(path.join(root, folder)).map((file) => path.relative(root, file));
  const tests = all.filter((file) => file.endsWith('.test.ts')).sort();
  const mutants = [];
  const carry = {
    name: 'mutants',
    setup(on) {
      on.onResolve({ filter: /^vitest$/ }, () => ({ path: 'vitest', namespace: 'suite' }));
      on.onLoad({ filter: /.*/, namespace: 'suite' }, () => ({
        contents: 'export const { expect, test, it, describe } = globalThis.$suite;',
      }));
      on.onLoad({ filter: /\.ts$/ }, ({ path: at }) => {
        const file = path.relative(root, at);
        if (file.endsWith('.test.ts') || !chosen(file)) return undefined;
        const made = instrument(file, fs.readFileSync(at, 'utf8'), mutants.length);
        mutants.push(...made.mutants);
        return { contents: made.code, loader: 'ts' };
      });
    },
  };
  const contents = tests
    .map((file) => `globalThis.$suite.file(${JSON.stringify(file)});\nawait import(${JSON.stringify(`./${file}`)});`)
    .join('\n');
  await build({
    absWorkingDir: root,
    stdin: { contents, resolveDir: root, sourcefile: 'tests-of-the-law.mjs' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    plugins: [carry],
    logLevel: 'silent',
  });
  return mutants;
}

/** Sends a request to a worker; null when it does not answer within `ms`. */
const ask = (thread, message, ms) =>
  new Promise((resolve) => {
    const answer = (value) => {
      clearTimeout(timer);
      thread.off('message', answer).off('error', died);
      resolve(value);
    };
    const died = (error) => answer({ unloadable: String(error) });
    const timer = setTimeout(answer, ms, null);
    thread.on('message', answer).on('error', died);
    thread.postMessage(message);
  });

const start = (url, data) => new Worker(worker, { workerData: { bundle: url, ...data } });

/**
 * Runs the tests without a mutant. Throws when a failing test reaches a mutated file, because every mutant there would count as caught. A failing
 * test that reaches none says nothing about these files and is left out.
 */
async function measure(url) {
  const thread = start(url, { baseline: true });
  const found = await ask(thread, {}, 600_000);
  await thread.terminate();
  if (found.unloadable) throw new Error(`the tests cannot be loaded without a mutant:\n${found.unloadable}`);
  const broken = found.tests.filter((one) => one.fails !== null && one.reached.length > 0);
  if (broken.length > 0) {
    const lines = broken.map((one) => `  ${one.name}: ${one.fails}`);
    throw new Error(`${broken.length} of ${found.tests.length} tests fail without a mutant:\n${lines.join('\n')}`);
  }
  return found;
}

/** The tests that reach each mutant, fastest first. A mutant reached while loading concerns every other test too. */
function orders(mutants, { tests, atLoad }) {
  const quickest = [...tests.keys()].filter((index) => tests[index].fails === null);
  quickest.sort((a, b) => tests[a].ms - tests[b].ms);
  const reaching = mutants.map(() => []);
  for (const index of quickest) for (const id of tests[index].reached) reaching[id].push(index);
  const loading = new Set(atLoad);
  return mutants.map(({ id }) => ({ order: reaching[id], all: loading.has(id) ? quickest : [] }));
}

/** One warm worker, replaced when a mutant hangs it or leaves state behind. */
function attacker(url, limit) {
  let thread = start(url, {});
  const anew = async () => {
    await thread.terminate();
    thread = start(url, {});
  };
  const warm = async (mutant, order) => {
    const result = await ask(thread, { mutant, order }, limit);
    if (result === null || result.polluted) await anew();
    return result;
  };
  const fresh = async (mutant, order) => {
    const other = start(url, { mutant });
    const result = await ask(other, { mutant, order }, limit);
    await other.terminate();
    return result;
  };
  const verdict = (result) =>
    result === null ? 'it hangs' : (result.caught ?? (result.unloadable ? 'it cannot be loaded' : null));
  return {
    /** The name of the test that fails, or null. */
    async attack(mutant, { order, all }) {
      let result = await warm(mutant, order);
      // An earlier mutant may have left state behind: only a clean worker can tell.
      if (result?.polluted) result = await warm(mutant, order);
      return verdict(result) ?? (all.length > 0 ? verdict(await fresh(mutant, all)) : null);
    },
    close: () => thread.terminate(),
  };
}

/**
 * Mutates the files under `folder` of `root` that `chosen` accepts, and runs every test under `folder` that reaches them. Returns the mutants in
 * order, each with `caught`: the name of the test that failed, or null. Throws when the tests fail without a mutant. `progress` is called with the
 * number of mutants begun and the total.
 */
export async function mutate({ root, folder, chosen = () => true, out, lanes = os.availableParallelism(), progress }) {
  fs.mkdirSync(out, { recursive: true });
  const outfile = path.join(out, `mutants-${process.pid}.mjs`);
  try {
    const within = (file) => file.startsWith(`${folder}/`) && chosen(file);
    const mutants = await bundle(root, folder, within, outfile);
    const url = pathToFileURL(outfile).href;
    const found = await measure(url);
    const limit = 10_000 + PATIENCE * found.tests.reduce((sum, one) => sum + one.ms, 0);
    const queue = orders(mutants, found);
    const results = [];
    const lane = async () => {
      const { attack, close } = attacker(url, limit);
      while (results.length < queue.length) {
        const id = results.push(mutants[results.length]) - 1;
        progress?.(results.length, queue.length);
        const reached = queue[id].order.length + queue[id].all.length > 0;
        results[id] = { ...mutants[id], reached, caught: reached ? await attack(id, queue[id]) : null };
      }
      await close();
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    return { tests: found.tests.length, mutants: results };
  } finally {
    fs.rmSync(outfile, { force: true });
  }
}

/** Prints the score of each file and the surviving mutants. Returns true when every file reaches the bar. */
export function report(mutants, print) {
  const files = [...new Set(mutants.map((one) => one.file))].sort();
  let met = true;
  for (const file of files) {
    const own = mutants.filter((one) => one.file === file);
    const alive = own.filter((one) => one.caught === null);
    const caught = own.length - alive.length;
    const ok = caught >= own.length * BAR;
    met &&= ok;
    const share = ((100 * caught) / own.length).toFixed(1);
    print(`${file}: ${own.length} mutants, ${caught} caught, ${share} % (bar ${BAR * 100} %) ${ok ? 'ok' : 'short'}`);
    for (const { line, was, becomes, reached } of alive) {
      print(`  ${file}:${line}: ${was}  →  ${becomes}${reached ? '' : '  (no test reaches it)'}`);
    }
  }
  return met;
}

async function main() {
  const root = path.resolve(import.meta.dirname, '..');
  const wanted = process.argv.slice(2).map((arg) => path.relative(root, path.resolve(arg.replace(/\*.*$/, ''))));
  const chosen = (file) => wanted.length === 0 || wanted.some((start) => file.startsWith(start));
  const started = performance.now();
  const out = path.join(root, 'dist', 'mutate');
  const progress = (n, of) => n % 200 === 0 && console.error(`${n} of ${of} mutants …`);
  const { tests, mutants } = await mutate({ root, folder: 'src/law', chosen, out, progress });
  const met = report(mutants, console.log);
  const caught = mutants.filter((one) => one.caught !== null).length;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`\n${caught} of ${mutants.length} mutants caught by ${tests} tests in ${seconds} s`);
  if (mutants.length === 0) console.log('no file begins with that path, or it has no condition');
  return met && mutants.length > 0;
}

if (import.meta.filename === process.argv[1]) {
  main().then(
    (ok) => (process.exitCode = ok ? 0 : 1),
    (error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}
