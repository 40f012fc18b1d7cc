// Where a request stands: its events folded in their order, and the steps of its path.

import { later, type Day } from '../../../base/day.ts';
import type { AddressCheck } from './address.ts';
import { foundBy, isDismissed } from './dismissal.ts';
import type { EventBody, EventName, EventOf } from './event.ts';
import { hasEffect, looksAtPerson } from './kind.ts';
import { isFeeAwaited, isGivenUp, type Request } from './request.ts';
import { isCollected, sameItem } from './review.ts';

const first = (event: EventOf<'registered'>): Request => ({
  kind: event.kind,
  scope: event.scope,
  channel: event.channel,
  anonymous: event.anonymous === true,
  unreachable: event.unreachable === true,
  addressedOn: null,
  eased: event.eased === true,
  lang: event.lang,
  byHand: { sender: event.byHand === true, agent: null },
  arrivedOn: event.arrivedOn,
  registeredOn: event.on,
  form: event.form,
  last: 1,
  acknowledgedOn: null,
  formsSentOn: null,
  papersOn: null,
  papersLastOn: null,
  papers: null,
  method: null,
  lacks: [],
  shortOn: null,
  waitsUntil: null,
  fee: { due: event.feeYen, received: 0, returned: 0, waived: 0 },
  resumedOn: null,
  feeAfter: event.feeAfter === true,
  identified: null,
  specified: null,
  collected: null,
  reviews: [],
  decided: null,
  carriedOut: null,
  notified: null,
  delivered: [],
  undelivered: [],
  toSendAgain: false,
  sought: [],
  closedOn: null,
  withdrawn: false,
  extendedTo: null,
  assignedTo: null,
  erasedOn: null,
});

/** An event without its name. */
function told<E extends { event: string }>(event: E): Omit<E, 'event'> {
  const { event: _, ...rest } = event;
  return rest;
}

/** An event without its name and its day. */
function saidOnly<E extends { event: string; on: Day }>(event: E): Omit<E, 'event' | 'on'> {
  const { event: _, on: __, ...rest } = event;
  return rest;
}

/**
 * The form that is here once more has come: what comes separately, such as the fee, comes without it. A form that was asked for is not here until it
 * comes.
 */
function formAfter({ papers, lacks }: Request, came: EventOf<'papers-received'>['form']): typeof came {
  return papers === null || came !== 'none' || lacks.includes('form') ? came : papers.form;
}

/** `specified` with the outcome of comparing another address with the one kept; null = not compared. */
function livingAt(found: Request['specified'], address: AddressCheck | null): Request['specified'] {
  if (found === null) return null;
  const { address: _, ...rest } = found;
  return address === null ? rest : { ...rest, address };
}

/** What the person was to be told is decided and sent anew: whether there is an address to send it to has changed. */
const redirected = { decided: null, notified: null, delivered: [], toSendAgain: false } as const;

/** Neither who asks nor whose information it is has been established. */
const unknown = { identified: null, specified: null, collected: null, reviews: [] } as const;

/** What each event changes. */
const folds: { [E in EventName]: (event: EventOf<E>, request: Request) => Partial<Request> } = {
  registered: () => ({}),
  // `fold` sets `acknowledgedOn`, for this event and every other that tells the requester (`tells`).
  acknowledged: () => ({}),
  // A request that was closed without an answer is open again. What was to be heard or extended counts from the address.
  addressed: ({ on, anonymous = false, byHand = false }, r) => ({
    addressedOn: on,
    extendedTo: null,
    closedOn: null,
    sought: [],
    // What was decided and did not arrive goes out as it was.
    ...(r.unreachable
      ? {
          ...redirected,
          anonymous,
          unreachable: false,
          acknowledgedOn: null,
          byHand: { ...r.byHand, sender: byHand },
        }
      : {}),
  }),
  'forms-sent': ({ on }) => ({ formsSentOn: on }),
  'papers-received': (event, r) => ({
    papersOn: r.papersOn ?? event.on,
    papersLastOn: event.on,
    papers: { ...saidOnly(event), form: formAfter(r, event.form) },
    method: event.method ?? r.method,
    lacks: [],
    waitsUntil: null,
    fee: { ...r.fee, received: r.fee.received + event.feeYen },
  }),
  'papers-short': ({ on, lacks, until = null, anew, addressee }, r) => ({
    lacks,
    shortOn: on,
    waitsUntil: until,
    ...(anew ? { ...unknown, decided: null, notified: null, toSendAgain: false } : {}),
    ...(addressee === 'sender' ? { byHand: { ...r.byHand, agent: null } } : {}),
  }),
  identified: ({ byHand = false, ...event }, r) => ({
    identified: told(event),
    byHand: { ...r.byHand, agent: event.requester === 'principal' ? null : byHand },
  }),
  // The letter that asked for the fee still holds for what else it asked for.
  'fee-waived': ({ on, yen }, r) => {
    const left = r.lacks.filter((lack) => lack !== 'fee');
    return {
      lacks: left,
      waitsUntil: left.length > 0 ? r.waitsUntil : null,
      fee: { ...r.fee, due: r.fee.due - yen, waived: r.fee.waived + yen },
      resumedOn: later(r.resumedOn ?? on, on),
    };
  },
  refunded: ({ yen }, r) => ({ fee: { ...r.fee, returned: r.fee.returned + yen } }),
  specified: (event) => ({ specified: told(event), collected: null, reviews: [], decided: null }),
  collected: ({ anew, ...event }, r) => ({
    collected: told(event),
    reviews: r.reviews.filter((review) => isCollected(event, review)),
    ...(anew ? { decided: null } : {}),
  }),
  reviewed: ({ anew, ...event }, r) => ({
    reviews: [...r.reviews.filter((one) => !sameItem(one, event)), saidOnly(event)],
    ...(anew ? { decided: null } : {}),
  }),
  decided: (event) => ({ decided: told(event) }),
  'carried-out': (event) => ({ carriedOut: told(event) }),
  notified: ({ on, by, documents }) => ({ notified: { on, by, documents }, toSendAgain: false }),
  delivered: ({ on, by, handed }, r) => ({
    delivered: [...r.delivered, { on, by, ...(handed ? { handed } : {}) }],
    toSendAgain: false,
  }),
  // An answer may come back after the request was closed; the person then waits again.
  undelivered: (event, r) => {
    const delivered = r.delivered.filter(({ by }) => by !== event.by);
    return {
      undelivered: [...r.undelivered, told(event)],
      sought: [],
      delivered,
      toSendAgain: delivered.length === 0,
      closedOn: null,
    };
  },
  sought: ({ on, how }, r) => ({ sought: [...r.sought, { on, how }] }),
  closed: ({ on }) => ({ closedOn: on }),
  extended: ({ until }) => ({ extendedTo: until }),
  withdrawn: ({ on }) => ({ closedOn: on, withdrawn: true }),
  dismissed: (event) => ({
    decided: { ...told(event), result: 'dismissed' },
    ...(event.ground === 'lacking' ? {} : unknown),
  }),
  assigned: ({ to }) => ({ assignedTo: to }),
  // The letter that asked for the form no longer holds, so what else is missing must be asked for anew: no day is waited for unless a new letter set
  // one.
  eased: ({ on, eased, form, until = null }, r) => ({
    eased,
    form,
    ...(eased && r.lacks.includes('form')
      ? {
          lacks: r.lacks.filter((lack) => lack !== 'form'),
          waitsUntil: until,
          resumedOn: later(r.resumedOn ?? on, on),
        }
      : {}),
  }),
  amended: ({ kind, scope, arrivedOn, form, feeYen, feeAfter = false, byHand, address, ...sender }, r) => ({
    ...(sender.unreachable === undefined ? {} : { ...redirected, unreachable: sender.unreachable }),
    anonymous: sender.anonymous ?? r.anonymous,
    byHand: byHand ?? r.byHand,
    specified: address === undefined ? r.specified : livingAt(r.specified, address),
    kind,
    scope,
    arrivedOn,
    form,
    fee: { ...r.fee, due: feeYen },
    feeAfter,
  }),
  'papers-erased': ({ on }) => ({ erasedOn: on }),
};

/** Whether an event tells the requester that the request has come: it says so itself, or a letter goes out with it. */
const tells = (event: EventBody): boolean =>
  ['acknowledged', 'forms-sent', 'papers-short', 'refunded', 'extended', 'delivered'].includes(event.event) ||
  (event.event === 'notified' && event.by === 'electronic') ||
  (event.event === 'eased' && event.until !== undefined);

function fold(before: Request, event: EventBody): Request {
  const request = foundBy(before, event.event);
  const changes = folds[event.event] as (e: EventBody, r: Request) => Partial<Request>;
  const acknowledgedOn = request.acknowledgedOn ?? (tells(event) && !request.unreachable ? event.on : null);
  return { ...request, acknowledgedOn, ...changes(event, request), last: request.last + 1 };
}

/** The request after each of its events, in their order. Throws RangeError unless the first is `registered`. */
export function requestsFrom(events: readonly EventBody[]): [Request, ...Request[]] {
  const [head, ...rest] = events;
  if (head?.event !== 'registered') throw new RangeError('a request begins with its registration');
  const states: [Request, ...Request[]] = [first(head)];
  for (const event of rest) states.push(fold(states.at(-1)!, event));
  return states;
}

/** The request after all of its events. */
export const requestFrom = (events: readonly EventBody[]): Request => requestsFrom(events).at(-1)!;

/** The stages of a request. `waiting`: for missing papers; `fee-asked`: for the fee, asked for in a letter of its own. */
export const stages = [
  'registered',
  'forms-sent',
  'papers',
  'waiting',
  'fee-asked',
  'identified',
  'specified',
  'collected',
  'decided',
  'carried-out',
  'notified',
  'delivered',
  'closed',
] as const;
export type Stage = (typeof stages)[number];

/** The furthest stage reached. Until the decision, waiting for something missing comes before any other stage. */
export function stageOf(r: Request): Stage {
  const reached: [boolean, Stage][] = [
    [r.closedOn !== null, 'closed'],
    [r.delivered.length > 0, 'delivered'],
    [r.notified !== null, 'notified'],
    [r.carriedOut !== null, 'carried-out'],
    [r.decided !== null, 'decided'],
    [isFeeAwaited(r), 'fee-asked'],
    [r.lacks.length > 0, 'waiting'],
    [r.collected !== null, 'collected'],
    [r.specified !== null, 'specified'],
    [r.identified !== null, 'identified'],
    [r.papers !== null, 'papers'],
    [r.form && r.formsSentOn !== null, 'forms-sent'],
  ];
  return reached.find(([is]) => is)?.[1] ?? 'registered';
}

/** `undelivered`: closed, and its answer never arrived. */
export const states = ['open', 'closed', 'withdrawn', 'dismissed', 'undelivered'] as const;
export type State = (typeof states)[number];

export function stateOf(r: Pick<Request, 'closedOn' | 'withdrawn' | 'decided' | 'toSendAgain'>): State {
  if (r.closedOn === null) return 'open';
  if (r.withdrawn) return 'withdrawn';
  if (isDismissed(r)) return 'dismissed';
  return isGivenUp(r) ? 'undelivered' : 'closed';
}

/** The steps of a kind in their order when all goes well; a refusal has no `carried-out`. */
export function pathOf({ kind, form, unreachable }: Pick<Request, 'kind' | 'form' | 'unreachable'>): EventName[] {
  if (unreachable) return ['registered', 'decided', 'closed'];
  if (!looksAtPerson(kind)) return ['registered', 'decided', 'notified', 'delivered', 'closed'];
  return [
    'registered',
    ...(form ? (['forms-sent'] as const) : []),
    'papers-received',
    'identified',
    'specified',
    'collected',
    ...(kind === 'disclosure' ? (['reviewed'] as const) : []),
    'decided',
    ...(hasEffect(kind) ? (['carried-out'] as const) : []),
    'notified',
    'delivered',
    'closed',
  ];
}
