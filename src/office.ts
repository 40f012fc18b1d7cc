// What every feature is handed: the equipment of the office. Features receive it, they do not build it.

import type { Proof } from './base/promise.ts';
import type { Config } from './platform/config.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/database/index.ts';

export interface Office {
  config: Config;
  clock: Clock;
  database: Database;
}

/** Shows whether one promise of the policy is kept now. A feature lists its provers in `promises.ts`. */
export interface Prover {
  /** Id of the promise in the policy's data. */
  promise: string;
  prove(office: Office): Promise<Proof>;
}
