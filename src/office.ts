// What every feature is handed: the equipment of the office. Features receive it, they do not build it.

import type { Config } from './platform/config.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/database/index.ts';

export interface Office {
  config: Config;
  clock: Clock;
  database: Database;
}
