// How far a system’s token reaches: nothing is done for it, and nothing told to it, outside the purposes that the token names.

import type { Actor } from '../../../base/actor.ts';
import { both, type Bilingual } from '../../../base/bilingual.ts';
import { forbidden, type Outcome } from '../../../base/outcome.ts';
import type { Standing } from '../facts/standing.ts';

export const outsideToken: Bilingual = both(
  'このトークンには、その目的で扱う権限がありません',
  'This token is not allowed to handle information for that purpose',
);

/** Refuses a system whose token does not name all these purposes, whatever the law would say; null otherwise. */
export const tokenProblem = (actor: Actor, purposes: readonly string[]): Outcome<never> | null =>
  actor.kind === 'system' && !purposes.every((purpose) => actor.purposes.includes(purpose))
    ? forbidden(outsideToken)
    : null;

/** Refuses a token that lacks a purpose of the holdings whose contents it changes or ends. No token reaches a holding that serves no purpose. */
export function holdingsProblem(actor: Actor, stands: Standing, holdings: readonly string[]): Outcome<never> | null {
  const reached = holdings.every((id) => (stands.holdings.get(id)?.purposes.length ?? 0) > 0);
  const purposes = holdings.flatMap((id) => stands.holdings.get(id)?.purposes.map((purpose) => purpose.id) ?? []);
  return actor.kind === 'system' && !reached ? forbidden(outsideToken) : tokenProblem(actor, purposes);
}

/** True when what is on record for these purposes may be told to the actor: to a token, one of them is enough. */
export const isTold = (actor: Actor, purposes: readonly string[]): boolean =>
  actor.kind !== 'system' || purposes.some((purpose) => actor.purposes.includes(purpose));

/** Returns what was found on record if the actor may be told of it; refuses otherwise. */
export const asTold = <T>(actor: Actor, found: Outcome<T>, purposesOf: (value: T) => readonly string[]): Outcome<T> =>
  found.ok && !isTold(actor, purposesOf(found.value)) ? forbidden(outsideToken) : found;

/** The purposes whose records a token may be told of. Null: every other actor is told of all. */
export const purposesTold = (actor: Actor): readonly string[] | null =>
  actor.kind === 'system' ? actor.purposes : null;

/** The holdings a token may be told of: those that serve one of its purposes. Null: every other actor is told of all. */
export const toldOf = (actor: Actor, stands: Standing): string[] | null =>
  actor.kind === 'system'
    ? [...stands.holdings.values()]
        .filter(({ purposes }) => purposes.some(({ id }) => actor.purposes.includes(id)))
        .map(({ id }) => id)
    : null;
