// The state of a promise of the policy, and the evidence for it. Nothing is "kept" without evidence and the time it was computed;
// what nobody can prove is unknown.

import type { Bilingual } from './bilingual.ts';

export const promiseStates = ['broken', 'risk', 'unknown', 'kept'] as const;

/** Worst first, so that the state of a clause is the first state that any of its promises has. */
export type PromiseState = (typeof promiseStates)[number];

/** One line of evidence: what was looked at and what was found. `href` leads to the records themselves. */
export interface Evidence {
  label: Bilingual;
  value: Bilingual;
  href?: string;
  state?: PromiseState;
}

export interface Proof {
  state: PromiseState;
  /** One sentence: why it is so, with the counts. */
  says: Bilingual;
  evidence: Evidence[];
  /** How to put it right; empty when kept. */
  fix: Bilingual[];
}

/** The worst of several states; unknown when there is none, because nothing was shown. */
export function worst(states: readonly PromiseState[]): PromiseState {
  return promiseStates.find((state) => states.includes(state)) ?? 'unknown';
}
