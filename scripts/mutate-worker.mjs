// A worker of the mutation check: loads the tests once and runs them repeatedly, each time with another mutant active. Vitest's own `expect`
// judges; its runner is replaced, because it would load everything again for each mutant.

import { format } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { expect } from 'vitest';

// The score must be the same on every run, and a counterexample need not be minimal.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_124, endOnFailure: true });

const suite = [];
let group = '';
let active = workerData.mutant ?? -1;
let reached = new Set();
const switching = (id) => id === active;
const collecting = (id) => {
  reached.add(id);
  return false;
};
globalThis.$mutant = workerData.baseline ? collecting : switching;

const title = (name, row) =>
  name.includes('$')
    ? name.replace(/\$([a-zA-Z]+)/g, (_, key) => String(row?.[key]))
    : format(name, ...(Array.isArray(row) ? row : [row]));
const each = (declare) => (rows) => (name, run, limit) => {
  for (const row of rows) declare(title(name, row), () => (Array.isArray(row) ? run(...row) : run(row)), limit);
};
const test = (name, run) => suite.push({ name: `${group} > ${name}`, run });
const describe = (name, run) => {
  const outer = group;
  group = `${outer} > ${name}`;
  run();
  group = outer;
};
test.each = each(test);
describe.each = each(describe);
globalThis.$suite = { expect, test, it: test, describe, file: (name) => (group = name) };

/** The message of a failure, or null. */
async function failure({ run }) {
  try {
    await run();
    return null;
  } catch (error) {
    return String(error?.message ?? error);
  }
}

/** Runs every test without a mutant: whether it passes, how long it takes, and which mutants it reaches. */
async function baseline() {
  const atLoad = [...reached];
  const tests = [];
  for (const one of suite) {
    reached = new Set();
    const started = performance.now();
    const fails = await failure(one);
    tests.push({ name: one.name, fails, ms: performance.now() - started, reached: [...reached] });
  }
  return { tests, atLoad };
}

/** The first of these tests that fails with the mutant, or null; `polluted` when it still fails without it. */
async function attack(mutant, order) {
  for (const index of order) {
    active = mutant;
    const fails = await failure(suite[index]);
    active = -1;
    if (fails !== null) {
      const polluted = workerData.mutant === undefined && (await failure(suite[index])) !== null;
      return { caught: suite[index].name, polluted };
    }
  }
  return { caught: null, polluted: false };
}

/** Loads the tests. A mutant that is active from the start may already fail here. */
async function load() {
  try {
    await import(workerData.bundle);
    return null;
  } catch (error) {
    return String(error?.stack ?? error);
  }
}

const unloadable = await load();
parentPort.on('message', async ({ mutant, order }) => {
  if (unloadable !== null) parentPort.postMessage({ unloadable });
  else if (mutant === undefined) parentPort.postMessage(await baseline());
  else parentPort.postMessage(await attack(mutant, order));
});
