// Work that the program does while it is killed, and how to tell afterwards that each thing was done once or not at all.

import type { App } from '../../src/app.ts';
import type { Role } from '../../src/base/actor.ts';
import type { Sekisho } from '../../src/client.ts';
import type { Office } from '../../src/office.ts';

/** The office in this process, before the first kill and after the last. */
export interface House {
  office: Office;
  app: App;
  staff: Record<Role, string>;
  /** A client of a system that may do everything a system may. */
  client: Sekisho;
}

/** The program between its start and its kill, as seen from outside. */
export interface Life {
  client: Sekisho;
  /** Sends a form as an officer who signed in before the first kill. Throws when there is no answer. */
  officer(to: string): Promise<Response>;
}

export interface Work {
  /** The number of steps of this work after which the program is killed, when it is this work's turn. */
  killAfter(): number;
  /** Makes the program work until it is gone or there is enough for this life. Calls `step` after each step. */
  during(life: Life, step: () => void): Promise<void>;
  /** Expects that the kills hit work that was under way. */
  met(office: Office): Promise<void>;
  /** Completes the rest, and expects that everything was done once. */
  check(house: House): Promise<void>;
}

/** Works through a list, `atOnce` items at a time. */
export async function each<T>(list: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  const left = list.values();
  const worker = async (): Promise<void> => {
    for (const one of left) await work(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** A whole number from `least` to `most`. */
export const between = (least: number, most: number): number => least + Math.floor(Math.random() * (most - least + 1));
