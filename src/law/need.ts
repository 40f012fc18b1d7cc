// A fact that a rule cannot do without, answered yes or no: its name, its question, and the ground when it is not met. The first need that is not met
// refuses; those that nobody stated are asked for together. A missing fact is never read as met.

import type { Bilingual } from '../base/bilingual.ts';
import type { Finding, Ground, Missing, Source } from '../base/finding.ts';
import { ground, lacksUnder, no } from './answer.ts';

export interface Need {
  asks: Missing;
  unmet: Ground;
  instead: readonly Bilingual[];
}

/** `asks` is a noun clause, `unmet` a sentence, `instead` what can be done about it. In each, the Japanese comes first. */
export const need = (
  [law, article]: readonly [Source, string],
  fact: string,
  asks: readonly [string, string],
  unmet: readonly [string, string],
  ...instead: Bilingual[]
): Need => ({ asks: lacksUnder(law, fact, article, ...asks), unmet: ground(law, article, ...unmet), instead });

/** A stated fact with the need it answers. */
export type Held = readonly [state: boolean | undefined, need: Need];

/** Returns the first need that is not met, and the missing facts of all needs that nobody stated. */
export function weigh(held: readonly Held[]): { refused: Need | undefined; missing: Missing[] } {
  const missing: Missing[] = [];
  let refused: Need | undefined;
  for (const [state, one] of held) {
    if (state === false) refused ??= one;
    if (state === undefined) missing.push(one.asks);
  }
  return { refused, missing };
}

/** The refusal for an unmet need, with further grounds against it. */
export const refuse = (unmet: Need, ...more: Ground[]): Finding => no([unmet.unmet, ...more], ...unmet.instead);
