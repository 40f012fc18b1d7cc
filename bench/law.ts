// How long one decision of the law takes in process: plain calls with complete facts, median of several rounds.
// Nothing is read, written or cached between calls.

import { day } from '../src/base/day.ts';
import {
  decideAcquisition,
  decideProvision,
  decideUse,
  type AcquisitionFacts,
  type ProvisionFacts,
  type UseFacts,
} from '../src/law/index.ts';

const ROUNDS = 9;
const CALLS = 20_000;
const BAR_US = 20;

const on = day('2026-11-24');
const stated = { id: 'P3', clause: '13' };

const use: UseFacts = { information: 'personal', purpose: 'P3', holdingPurposes: [stated], consent: null };

const acquisition: AcquisitionFacts = {
  information: 'special-care',
  specialCare: 'disability',
  source: 'third-party',
  purposes: [stated],
  purposePublished: true,
  consent: { on },
  receipt: {
    basis: 'consent',
    consentObtained: true,
    provider: { kind: 'corporation', name: '例示商事株式会社', address: '例示町3', representative: '例示 次郎' },
    howAcquired: '申込書',
    documentSeen: true,
  },
};

const provision: ProvisionFacts = {
  information: 'personal',
  relation: 'third-party',
  recipient: {
    kind: 'corporation',
    name: 'Reiji Partner Co., Ltd.',
    address: '1 Reiji Street',
    representative: 'Rei Ji',
    country: 'VN',
  },
  items: ['name', 'email'],
  consent: { on, abroad: true, coversPurpose: true, coversRecipient: true, coversItems: true },
  equivalentSystem: null,
  foreignInformation: { on, country: 'told', system: 'told', measures: 'told' },
};

/** Microseconds of one call: the median round of a loop whose results are all counted. */
function microseconds(call: () => { because: unknown[] }): number {
  const rounds: number[] = [];
  for (let r = 0; r < ROUNDS; r++) {
    let grounds = 0;
    const start = performance.now();
    for (let i = 0; i < CALLS; i++) grounds += call().because.length;
    rounds.push(((performance.now() - start) * 1000) / CALLS);
    if (grounds < CALLS) throw new Error('a decision came without grounds');
  }
  return rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Infinity;
}

/** Prints one line for each question: its time in microseconds against the bar. */
export async function bench(print: (line: string) => void): Promise<void> {
  const questions = {
    use: () => decideUse(use, on),
    acquisition: () => decideAcquisition(acquisition, on),
    provision: () => decideProvision(provision, on),
  };
  for (const [name, call] of Object.entries(questions)) {
    const us = microseconds(call);
    print(`law decide ${name}: ${us.toFixed(2)} µs (bar < ${BAR_US}) ${us < BAR_US ? 'ok' : 'short'}`);
  }
}
