// How far a system’s token reaches: a token names its purposes, and beside them nothing is done for it, and nothing told.

import type { Actor } from '../../../base/actor.ts';
import { both, type Bilingual } from '../../../base/bilingual.ts';
import { forbidden, type Outcome } from '../../../base/outcome.ts';
import type { Standing } from '../facts.ts';

export const outsideToken: Bilingual = both(
  'このトークンには、その目的で扱う権限がありません',
  'This token is not allowed to handle information for that purpose',
);

/** A system's token names its purposes; outside of them it has no authority, whatever the law would say. */
export const tokenProblem = (actor: Actor, purposes: readonly string[]): Outcome<never> | null =>
  actor.kind === 'system' && !purposes.every((purpose) => actor.purposes.includes(purpose))
    ? forbidden(outsideToken)
    : null;

/** A token changes or ends what a holding keeps only with every purpose that it serves; one that serves none is reached by no token. */
export function holdingsProblem(actor: Actor, stands: Standing, holdings: readonly string[]): Outcome<never> | null {
  const reached = holdings.every((id) => (stands.holdings.get(id)?.purposes.length ?? 0) > 0);
  const purposes = holdings.flatMap((id) => stands.holdings.get(id)?.purposes.map((purpose) => purpose.id) ?? []);
  return actor.kind === 'system' && !reached ? forbidden(outsideToken) : tokenProblem(actor, purposes);
}

/** What is on record for these purposes is told to a token of one of them. */
export const isTold = (actor: Actor, purposes: readonly string[]): boolean =>
  actor.kind !== 'system' || purposes.some((purpose) => actor.purposes.includes(purpose));

/** What was found on record, for those who are told of it. */
export const asTold = <T>(actor: Actor, found: Outcome<T>, purposesOf: (value: T) => readonly string[]): Outcome<T> =>
  found.ok && !isTold(actor, purposesOf(found.value)) ? forbidden(outsideToken) : found;

/** The purposes of which a token is told what is on record. Null: everybody else is told of all. */
export const purposesTold = (actor: Actor): readonly string[] | null =>
  actor.kind === 'system' ? actor.purposes : null;

/** The holdings that a token is told of: those that serve one of its purposes. Null: everybody else is told of all. */
export const toldOf = (actor: Actor, stands: Standing): string[] | null =>
  actor.kind === 'system'
    ? [...stands.holdings.values()]
        .filter(({ purposes }) => purposes.some(({ id }) => actor.purposes.includes(id)))
        .map(({ id }) => id)
    : null;
