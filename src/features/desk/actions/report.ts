// What the desk did in a month and how it stood at the end of it: figures from the events of its requests, with nothing about any person.

import { addDays, addMonths, daysBetween, type Day } from '../../../base/day.ts';
import type { Ground } from '../../../base/finding.ts';
import { clocksOf, dueOn, owedFrom, sentOn } from '../facts/clocks.ts';
import { isDismissed } from '../facts/dismissal.ts';
import type { EventBody, EventName, WithholdingGround } from '../facts/event.ts';
import { kinds, kindsOf, scopes, type Kind, type Scope } from '../facts/kind.ts';
import type { Request } from '../facts/request.ts';
import { isRefusal, type Result } from '../facts/result.ts';
import { requestFrom, stateOf } from '../facts/stage.ts';
import { bodyOf, eventsBetween } from '../store/events.ts';
import type { Room } from '../../access/index.ts';

/** The days a report covers; `to` is the last day of the month, or today in a month that is not over. */
export interface Month {
  from: Day;
  to: Day;
}

/** The month of a day as it can be reported on `today`, which is not before that day. */
export function monthOf(of: Day, today: Day): Month {
  const from = `${of.slice(0, 7)}-01` as Day;
  const last = addDays(addMonths(from, 1), -1);
  return { from, to: last < today ? last : today };
}

/** A ground without what it says of one request. */
export type Article = Pick<Ground, 'law' | 'article'>;

export interface Report {
  /**
   * What came and what ended in the month, dismissals included; every kind of every scope. `undelivered`: closed without an answer that arrived, for
   * want of an address to answer to or because the person could not be reached.
   */
  flow: {
    kind: Kind;
    scope: Scope;
    arrived: number;
    closed: number;
    undelivered: number;
    withdrawn: number;
    dismissed: number;
  }[];
  /** Open at the end, by days since the arrival: up to 7, 8 to 14, more. Kinds that have any. */
  open: { kind: Kind; week: number; fortnight: number; older: number }[];
  /** Open at the end, by what is due next as on the board: within a week, or past. Kinds that have any. */
  due: { kind: Kind; soon: number; overdue: number }[];
  /** Decided in the month as anything but a full grant, dismissals excluded; counted by kind, result and grounds. */
  refused: { kind: Kind; result: Result; grounds: Article[]; requests: number }[];
  /** Answers of the month, and the days from the arrival to them. Kinds that have any. */
  answered: { kind: Kind; answers: number; median: number; longest: number }[];
  /** The same of all kinds; null when nobody was answered. */
  answeredAll: { answers: number; median: number; longest: number } | null;
  /** Yen received, returned and waived in the month. Kinds that have any. */
  fees: { kind: Kind; received: number; returned: number; waived: number }[];
}

/** Days before its due day from which something counts as due soon. */
export const SOON_DAYS = 7;

/** The median of one or more numbers of days. */
function medianOf(days: readonly number[]): number {
  const sorted = days.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}

const articles: Record<WithholdingGround, string> = { harms: '33(2)(i)', impedes: '33(2)(ii)', violates: '33(2)(iii)' };

const sameArticle = (a: Article, b: Article): boolean => a.law === b.law && a.article === b.article;

/** The grounds of a result: those of the items held back, or those of the law's finding. */
function groundsOf({ reviews, decided }: Request): Article[] {
  const held = [...new Set(reviews.flatMap(({ ground }) => ground ?? []))].sort();
  if (held.length > 0) return held.map((ground) => ({ law: 'APPI', article: articles[ground] }));
  const because = (decided?.finding?.because ?? []).map(({ law, article }) => ({ law, article }));
  return because.filter((one, i) => because.findIndex((other) => sameArticle(one, other)) === i);
}

/** A request as it stood at the end of a day, with its events until then. */
interface Stood {
  request: Request;
  events: readonly EventBody[];
}

/** Events that show that something recorded earlier was never so: a mistake that was corrected, an answer that had not reached the person. */
const correcting: readonly EventName[] = ['amended', 'undelivered'];

/**
 * A request as it stood at the end of a day; null if it had not arrived. An event written down later counts from its day, and a correction from the
 * first: an answer that came back is none, and its request had not ended.
 */
function stoodOn(events: readonly EventBody[], on: Day): Stood | null {
  const until = events.filter(
    ({ event, on: day }) => event === 'registered' || correcting.includes(event) || day <= on,
  );
  const request = requestFrom(until);
  return request.arrivedOn <= on ? { request, events: until } : null;
}

const within = (on: Day | null | undefined, { from, to }: Month): boolean =>
  on !== null && on !== undefined && from <= on && on <= to;

const count = <T>(all: readonly T[], is: (one: T) => boolean): number => all.filter(is).length;

/** A line for each kind that has any. */
const byKind = <T>(stood: readonly Stood[], line: (kind: Kind, of: readonly Stood[]) => T | null): T[] =>
  kinds.flatMap((kind) => {
    const of = stood.filter(({ request }) => request.kind === kind);
    return (of.length > 0 ? line(kind, of) : null) ?? [];
  });

function flowOf(stood: readonly Stood[], month: Month): Report['flow'] {
  return scopes.flatMap((scope) =>
    kindsOf(scope).map((kind) => {
      const of = stood.map(({ request }) => request).filter((r) => r.kind === kind && r.scope === scope);
      const ended = of.filter(({ closedOn }) => within(closedOn, month));
      return {
        kind,
        scope,
        arrived: count(of, ({ arrivedOn }) => within(arrivedOn, month)),
        closed: count(ended, (r) => stateOf(r) === 'closed' && !r.unreachable),
        undelivered: count(ended, (r) => stateOf(r) === 'undelivered' || (stateOf(r) === 'closed' && r.unreachable)),
        withdrawn: count(ended, (r) => stateOf(r) === 'withdrawn'),
        dismissed: count(ended, (r) => stateOf(r) === 'dismissed'),
      };
    }),
  );
}

const openOf = (stood: readonly Stood[], { to }: Month): Report['open'] =>
  byKind(stood, (kind, of) => {
    const days = of
      .filter(({ request }) => request.closedOn === null)
      .map(({ request }) => daysBetween(request.arrivedOn, to));
    if (days.length === 0) return null;
    return {
      kind,
      week: count(days, (n) => n <= 7),
      fortnight: count(days, (n) => n > 7 && n <= 14),
      older: count(days, (n) => n > 14),
    };
  });

const dueIn = (stood: readonly Stood[], { to }: Month): Report['due'] =>
  byKind(stood, (kind, of) => {
    const due = of.flatMap(({ request }) => (request.closedOn === null ? (dueOn(clocksOf(request)) ?? []) : []));
    const soon = count(due, (by) => by >= to && by <= addDays(to, SOON_DAYS));
    const overdue = count(due, (by) => by < to);
    return soon + overdue > 0 ? { kind, soon, overdue } : null;
  });

function refusedIn(stood: readonly Stood[], month: Month): Report['refused'] {
  const refused: Report['refused'] = [];
  for (const { request } of stood) {
    const { kind, decided } = request;
    // A request withdrawn before the person was told refused nobody anything.
    if (!decided || isDismissed(request) || request.withdrawn) continue;
    if (!within(decided.on, month) || !isRefusal(decided.result)) continue;
    const { result } = decided;
    const grounds = groundsOf(request);
    const same = refused.find(
      (one) =>
        one.kind === kind &&
        one.result === result &&
        one.grounds.length === grounds.length &&
        one.grounds.every((ground, i) => sameArticle(ground, grounds[i]!)),
    );
    if (same) same.requests += 1;
    else refused.push({ kind, result, grounds, requests: 1 });
  }
  return refused.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || b.requests - a.requests);
}

/** Days from when it was owed, mostly the arrival, to each answer of the month. A dismissal is no answer. */
const daysToAnswers = (stood: readonly Stood[], month: Month): number[] =>
  stood.flatMap(({ request }) => {
    const on = sentOn(request);
    return on && within(on, month) && !isDismissed(request) ? daysBetween(owedFrom(request), on) : [];
  });

const timesOf = (days: readonly number[]): Report['answeredAll'] =>
  days.length === 0 ? null : { answers: days.length, median: medianOf(days), longest: Math.max(...days) };

const feesIn = (stood: readonly Stood[], month: Month): Report['fees'] =>
  byKind(stood, (kind, of) => {
    const events = of.flatMap((one) => one.events).filter(({ on }) => within(on, month));
    const received = events.reduce((yen, event) => yen + (event.event === 'papers-received' ? event.feeYen : 0), 0);
    const returned = events.reduce((yen, event) => yen + (event.event === 'refunded' ? event.yen : 0), 0);
    const waived = events.reduce((yen, event) => yen + (event.event === 'fee-waived' ? event.yen : 0), 0);
    return received + returned + waived > 0 ? { kind, received, returned, waived } : null;
  });

/** The figures of a month. Each request is given as its events in their order; those that ended before the month change nothing. */
export function reportOf(requests: readonly (readonly EventBody[])[], month: Month): Report {
  const stood = requests.flatMap((events) => stoodOn(events, month.to) ?? []);
  return {
    flow: flowOf(stood, month),
    open: openOf(stood, month),
    due: dueIn(stood, month),
    refused: refusedIn(stood, month),
    answered: byKind(stood, (kind, of) => {
      const times = timesOf(daysToAnswers(of, month));
      return times && { kind, ...times };
    }),
    answeredAll: timesOf(daysToAnswers(stood, month)),
    fees: feesIn(stood, month),
  };
}

/** The figures of a month, from the requests that were open on a day of it. */
export async function readReport({ office }: Room, month: Month): Promise<Report> {
  const requests = new Map<string, EventBody[]>();
  for (const row of await eventsBetween(office.database, month)) {
    const events = requests.get(row.request_id) ?? [];
    events.push(bodyOf(row));
    requests.set(row.request_id, events);
  }
  return reportOf([...requests.values()], month);
}
