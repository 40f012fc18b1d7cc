// A fact a rule cannot do without, answered yes or no: what it is called, how it is asked, and the ground when it is not met.
// The first that is not met refuses; those nobody has stated are asked for together. It never reads a missing one as met.

import type { Bilingual } from '../base/bilingual.ts';
import type { Finding, Ground, Missing, Source } from '../base/finding.ts';
import { ground, lacksUnder, no } from './answer.ts';

export interface Need {
  asks: Missing;
  unmet: Ground;
  instead: readonly Bilingual[];
}

/** `asks` is a noun clause, `unmet` a sentence, `instead` what can be done about it; each Japanese first. */
export const need = (
  [law, article]: readonly [Source, string],
  fact: string,
  asks: readonly [string, string],
  unmet: readonly [string, string],
  ...instead: Bilingual[]
): Need => ({ asks: lacksUnder(law, fact, article, ...asks), unmet: ground(law, article, ...unmet), instead });

/** A stated fact beside the need it answers. */
export type Held = readonly [state: boolean | undefined, need: Need];

/** The first need that is not met, and every one that nobody has stated. */
export function weigh(held: readonly Held[]): { refused: Need | undefined; missing: Missing[] } {
  const missing: Missing[] = [];
  let refused: Need | undefined;
  for (const [state, one] of held) {
    if (state === false) refused ??= one;
    if (state === undefined) missing.push(one.asks);
  }
  return { refused, missing };
}

/** The refusal of a need, with what else speaks against it. */
export const refuse = (unmet: Need, ...more: Ground[]): Finding => no([unmet.unmet, ...more], ...unmet.instead);
