// The states of the promises, now and on past days, as they were computed and stored. Nothing here computes a promise.

import type { Bilingual } from '../../../base/bilingual.ts';
import { addDays, dayOf, daysBetween, later, startOf, type Day } from '../../../base/day.ts';
import { worst, type Evidence, type PromiseState } from '../../../base/promise.ts';
import type { Office } from '../../../office.ts';
import type { Clause, Policy, PolicyPromise } from '../facts/shape.ts';
import { restoredAt, vkeyOf } from '../../../log/index.ts';
import { changesOfPromise, changesSince, listChecks, statesBefore } from '../store.ts';
import type { CheckRow } from '../tables.ts';
import { promiseSays } from '../words.ts';
import { policyInForce, policyVersion, type PolicyVersion } from './versions.ts';

/** The state of a promise. Instants are milliseconds since the epoch; null where it was never computed. */
export interface PromiseStanding extends PolicyPromise {
  state: PromiseState;
  /** Since when it is in this state. */
  since: number | null;
  /** When it was last computed; for a past day, when it came into this state. */
  computed: number | null;
  why: Bilingual;
  evidence: Evidence[];
  fix: Bilingual[];
  /** The log entry of its last change of state. */
  entry: string | null;
}

/** A clause with its promises. `state` is the worst of them; null for a clause without promises. */
export interface ClauseStanding {
  clause: Clause;
  promises: PromiseStanding[];
  state: PromiseState | null;
}

export interface PromiseBoard {
  version: PolicyVersion;
  on: Day;
  /** When the promises were last computed; null before the first time, and for a past day. */
  computed: number | null;
  promises: PromiseStanding[];
  clauses: ClauseStanding[];
  /** Clauses by state. */
  tally: Record<PromiseState, number>;
}

/** Each clause with the worst state of its promises. A promise that `standings` does not know is left out of the clause. */
export function clauseStates(policy: Policy, standings: readonly PromiseStanding[]): ClauseStanding[] {
  const byId = new Map(standings.map((s) => [s.id, s]));
  return policy.clauses.map((clause) => {
    const promises = clause.promises.flatMap((id) => byId.get(id) ?? []);
    return { clause, promises, state: promises.length > 0 ? worst(promises.map((p) => p.state)) : null };
  });
}

const count = (clauses: readonly ClauseStanding[]): Record<PromiseState, number> => ({
  kept: clauses.filter((c) => c.state === 'kept').length,
  risk: clauses.filter((c) => c.state === 'risk').length,
  broken: clauses.filter((c) => c.state === 'broken').length,
  unknown: clauses.filter((c) => c.state === 'unknown').length,
});

/** The end of a day in JST. */
const endOf = (day: Day): Date => new Date(startOf(addDays(day, 1)));

async function standingsOn(office: Office, policy: Policy, on: Day): Promise<PromiseStanding[]> {
  const today = office.clock.today();
  const changes = new Map((await statesBefore(office.database, endOf(on))).map((row) => [row.promise, row]));
  const checks = new Map<string, CheckRow>();
  if (on >= today) for (const check of await listChecks(office.database)) checks.set(check.promise, check);
  const restored = on >= today ? await restoredAt(office.database, vkeyOf(office.signer)) : 0;
  return policy.promises.map((promise) => {
    const change = changes.get(promise.id);
    const known = checks.get(promise.id) ?? change;
    const anew = known !== undefined && known.at.getTime() < restored;
    const found = anew ? undefined : known;
    return {
      ...promise,
      state: found?.state ?? 'unknown',
      since: change?.at.getTime() ?? null,
      computed: found?.at.getTime() ?? null,
      why: found?.says ?? promiseSays[anew ? 'anew' : on >= today ? 'notComputed' : 'noRecord'],
      evidence: found?.evidence ?? [],
      fix: anew ? [] : (checks.get(promise.id)?.fix ?? []),
      entry: change?.entry ?? null,
    };
  });
}

/**
 * The board of a version (default: the one in force) with the states of a day (default: now). Null when there is no such version, or none was in
 * force on that day.
 */
export async function promiseBoard(
  office: Office,
  asked: { on?: Day; version?: number } = {},
): Promise<PromiseBoard | null> {
  const on = asked.on ?? office.clock.today();
  const version =
    asked.version === undefined ? await policyInForce(office, on) : await policyVersion(office, asked.version);
  if (!version) return null;
  const promises = await standingsOn(office, version.policy, on);
  const clauses = clauseStates(version.policy, promises);
  const computed = on >= office.clock.today() ? Math.max(0, ...promises.map((p) => p.computed ?? 0)) : 0;
  return {
    version,
    on,
    computed: computed || null,
    promises,
    clauses,
    tally: count(clauses),
  };
}

/** How many clauses of a policy were in each state at the end of a day (for today: now), counted as on the board. */
export interface TrendDay {
  on: Day;
  counts: Record<PromiseState, number>;
}

/** The states of the last recorded days, oldest first, at most `most`. There are no days before the first record. */
export async function promiseTrend(
  { clock, database }: Office,
  { clauses, promises }: Policy,
  most: number,
): Promise<TrendDay[]> {
  const today = clock.today();
  const known = new Set(promises.map((p) => p.id));
  const made = clauses.map((clause) => clause.promises.filter((id) => known.has(id))).filter((ids) => ids.length > 0);
  const begin = endOf(addDays(today, -most));
  const states = new Map((await statesBefore(database, begin)).map(({ promise, state }) => [promise, state]));
  const changes = await changesSince(database, begin);
  const recorded = changes[0] ? daysBetween(dayOf(changes[0].at.getTime()), today) + 1 : 0;
  const days = states.size > 0 ? most : recorded;
  const trend: TrendDay[] = [];
  let next = 0;
  for (let back = days - 1; back >= 0; back--) {
    const on = addDays(today, -back);
    for (; next < changes.length && changes[next]!.at < endOf(on); next++) {
      const change = changes[next]!;
      states.set(change.promise, change.state);
    }
    const counts = { broken: 0, risk: 0, unknown: 0, kept: 0 };
    for (const ids of made) counts[worst(ids.map((id) => states.get(id) ?? 'unknown'))] += 1;
    trend.push({ on, counts });
  }
  return trend;
}

/** The state of one promise at the end of each recorded day from `from` to `to`, oldest first, with the first such day. */
export async function promiseDays(
  office: Office,
  promise: string,
  from: Day,
  to: Day,
): Promise<{ first: Day; states: PromiseState[] } | null> {
  const changes = await changesOfPromise(office.database, promise);
  const started = changes[0] && dayOf(changes[0].at.getTime());
  if (!started || started > to) return null;
  const first = later(started, from);
  const states = Array.from({ length: daysBetween(first, to) + 1 }, (_, i) => {
    const end = endOf(addDays(first, i));
    return changes.findLast((c) => c.at < end)!.state;
  });
  return { first, states };
}
