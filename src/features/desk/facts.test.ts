// The state machine of a request: which event may follow which, whatever is tried in whatever order; the path of every kind; the fee; and the days.
// Kinds, results, reviews, numbers and sentences are tested in facts/, beside their files.

import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { migrationsBefore, testDatabase } from '../../../tests/house.ts';
import { addDays, day, type Day } from '../../base/day.ts';
import { newId } from '../../base/id.ts';
import { decideRequest } from '../../law/index.ts';
import { migrate } from '../../platform/database/index.ts';
import { admit } from './facts/admit.ts';
import {
  clocksOf,
  decideBy,
  deskDays,
  dueOf,
  dueOn,
  eraseOn,
  extendableTo,
  lawsuitAfter,
  openDaysAfter,
  sentOn,
  urgencyOf,
} from './facts/clocks.ts';
import { dismissalFacts } from './facts/dismissal.ts';
import { erasesAll, toCarryOut } from './facts/effect.ts';
import {
  channels,
  decisions,
  dismissalGrounds,
  distinctions,
  envelopes,
  hearings,
  identityDocuments,
  lacks,
  lacksOfAsker,
  methods,
  requesters,
  undeliveredReasons,
  waiverGrounds,
  ways,
  withholdingGrounds,
  type DismissalGround,
  type Envelope,
  type EventBody,
  type EventName,
  type EventOf,
  type HoldingItems,
  type UndeliveredReason,
  type Way,
} from './facts/event.ts';
import { kinds, kindsOf, looksAtPerson, scopes, type Kind, type Scope } from './facts/kind.ts';
import { isDecidable, nextEvents } from './facts/next.ts';
import { inHolding, ownerIn, placed, placeIn, sharedIn, stepFor } from './facts/place.ts';
import { feeOver, feeReturnable, feeShort, isFeeOpen, type Request } from './facts/request.ts';
import { documentsFor, results, resultsOf, type Result } from './facts/result.ts';
import { unreviewed } from './facts/review.ts';
import { says } from './facts/says.ts';
import { nothingSince, type Since } from './facts/since.ts';
import { pathOf, requestFrom, stageOf, stateOf } from './facts/stage.ts';
import { breachFactsOf, isLeak, wentOut } from './facts/undelivered.ts';

const arrived = day('2026-12-01');
const today = day('2026-12-20');
const person = '01890000-0000-7000-8000-000000000001';
const namesake = '01890000-0000-7000-8000-000000000002';
const clerk = '01890000-0000-7000-8000-000000000002';
const entry = '01890000-0000-7000-8000-000000000003';

const FEE = 1000;
const hasForm = (kind: Kind): boolean => !['purpose-notice', 'foreign-information', 'consultation'].includes(kind);
const feeOf = (kind: Kind): number => (kind === 'disclosure' || kind === 'record-disclosure' ? FEE : 0);

const registered = (kind: Kind, scope: Scope = 'customer', on: Day = arrived): EventOf<'registered'> => ({
  event: 'registered',
  on,
  kind,
  scope,
  arrivedOn: arrived,
  channel: 'letter',
  lang: 'ja',
  feeYen: feeOf(kind),
  form: hasForm(kind),
});
/** A question or complaint that gives neither a name nor an address to answer to. */
const unreachable: EventOf<'registered'> = { ...registered('consultation'), anonymous: true, unreachable: true };
const addressed = (on: Day = arrived): EventOf<'addressed'> => ({ event: 'addressed', on, anonymous: true });
const acknowledged = (on: Day = arrived): EventOf<'acknowledged'> => ({ event: 'acknowledged', on, how: 'letter' });
/** The same registration with a fee that is asked for after the requester is identified. */
const unpaid = (event: EventOf<'registered'>): EventOf<'registered'> =>
  event.feeYen > 0 ? { ...event, feeAfter: true } : event;
const papers = (kind: Kind, on: Day = arrived): EventOf<'papers-received'> => ({
  event: 'papers-received',
  on,
  form: hasForm(kind) ? 'right' : 'none',
  method: 'electronic',
  feeYen: feeOf(kind),
  unreadable: false,
});
const identified = (on: Day = arrived): EventOf<'identified'> => ({
  event: 'identified',
  on,
  requester: 'principal',
  represents: null,
  documents: ['driving-licence'],
  authority: [],
  checked: ['name', 'address', 'valid'],
  numbersCovered: true,
});
const items = [{ holding: 'L-003', items: ['name', 'email'] }];

/** A search that this many persons match; the first of them is chosen, told apart if there are more. */
const found = (matches: number, on: Day = arrived): EventOf<'specified'> => ({
  event: 'specified',
  on,
  principals: matches === 0 ? [] : [person],
  holdings: matches === 0 ? [] : ['L-003'],
  searched: ['name'],
  matches,
  toldApart: matches > 1 ? 'birth-date' : null,
});

/** A correction of what was registered. */
const amended = (
  { kind, scope, arrivedOn }: Pick<Request, 'kind' | 'scope' | 'arrivedOn'>,
  more: Partial<EventOf<'amended'>>,
  on: Day = arrived,
): EventOf<'amended'> => ({
  event: 'amended',
  on,
  kind,
  scope,
  arrivedOn,
  feeYen: feeOf(more.kind ?? kind),
  form: hasForm(more.kind ?? kind),
  sender: [],
  ...more,
});

/** A dismissal. */
const dismissed = (ground: DismissalGround, on: Day = arrived): EventOf<'dismissed'> => {
  const facts = ground === 'lacking' ? { identityChecked: false } : { requester: 'other' as const };
  return { event: 'dismissed', on, ground, facts, finding: decideRequest(facts, on) };
};

/** The request is taken in another way than by ordinary letter from now on, or no longer. */
const eased = ({ kind }: Pick<Request, 'kind'>, now: boolean, on: Day = arrived): EventOf<'eased'> => ({
  event: 'eased',
  on,
  eased: now,
  form: !now && hasForm(kind),
});

/** An answer that did not reach the person: an envelope that came back unopened, or a link that nobody or somebody else fetched. */
const undelivered = (
  by: Way,
  on: Day = arrived,
  why: UndeliveredReason = 'moved',
  envelope: Envelope = 'unopened',
): EventOf<'undelivered'> =>
  by === 'electronic' && why !== 'unfetched'
    ? { event: 'undelivered', on, by, why: 'astray', envelope: 'away' }
    : { event: 'undelivered', on, by, why, envelope };

/** The event of a step when everything goes well. */
function well(event: EventName, r: Request, on: Day): EventBody {
  const bodies: { [E in EventName]: EventBody } = {
    registered: registered(r.kind),
    acknowledged: acknowledged(on),
    addressed: addressed(on),
    'forms-sent': { event: 'forms-sent', on },
    'papers-received': papers(r.kind, on),
    'papers-short': { event: 'papers-short', on, lacks: [isFeeOpen(r) ? 'fee' : 'identity'] },
    identified: identified(on),
    'fee-waived': { event: 'fee-waived', on, ground: 'hardship', yen: feeShort(r) },
    refunded: { event: 'refunded', on, yen: feeReturnable(r) },
    specified: found(1, on),
    collected: { event: 'collected', on, holdings: items, provisions: 1, receipts: 0 },
    reviewed: {
      event: 'reviewed',
      on,
      ...(unreviewed(r)[0] ?? { holding: 'L-003', item: 'name' }),
      decision: 'disclose',
      ground: null,
    },
    decided: {
      event: 'decided',
      on,
      result: looksAtPerson(r.kind)
        ? r.specified?.principals.length === 0
          ? 'refused'
          : 'granted'
        : r.unreachable
          ? 'handled'
          : 'answered',
      facts: {},
      finding: null,
    },
    'carried-out': { event: 'carried-out', on, entries: [entry] },
    notified: {
      event: 'notified',
      on,
      by: r.toSendAgain ? 'electronic' : 'post',
      documents: r.decided ? documentsFor(r.kind, r.decided.result) : [],
      ...(r.toSendAgain ? { addressChecked: true } : {}),
    },
    delivered: { event: 'delivered', on, by: 'post', ...(r.toSendAgain ? { addressChecked: true } : {}) },
    undelivered: undelivered(wentOut(r) ?? 'post', on, r.delivered.length > 0 ? 'moved' : 'unfetched'),
    sought: { event: 'sought', on, how: 'phone' },
    closed: {
      event: 'closed',
      // A person whose answer did not arrive is waited for before that.
      on: r.toSendAgain ? addDays(r.sought.at(-1)?.on ?? on, deskDays.waits + 1) : on,
      ...(r.unreachable ? { unreachable: true } : {}),
      ...(r.toSendAgain ? { undelivered: true } : {}),
    },
    extended: { event: 'extended', on, until: addDays(decideBy(r), 1) },
    withdrawn: { event: 'withdrawn', on },
    dismissed: dismissed('stranger', on),
    assigned: { event: 'assigned', on, to: clerk },
    eased: eased(r, !r.eased, on),
    amended: amended(r, { sender: ['email'] }, on),
    'papers-erased': { event: 'papers-erased', on },
  };
  return bodies[event];
}

/** Keeps the events that are admitted, in order. */
function play(events: readonly EventBody[], on: Day = today): EventBody[] {
  const kept: EventBody[] = [];
  for (const event of events) {
    if (!admit(kept.length === 0 ? null : requestFrom(kept), event, on)) kept.push(event);
  }
  return kept;
}

/** The events of a path up to a step; every one must be admitted. */
function upTo(kind: Kind, last: EventName, scope: Scope = 'customer', result?: Result): EventBody[] {
  const events: EventBody[] = [registered(kind, scope)];
  if (last === 'registered') return events;
  for (const step of pathOf(requestFrom(events)).slice(1)) {
    if (step === 'carried-out' && !toCarryOut(requestFrom(events))) continue;
    const times = step === 'reviewed' ? unreviewed(requestFrom(events)).length : 1;
    for (let n = 0; n < times; n++) {
      const event = well(step, requestFrom(events), arrived);
      const said = event.event === 'decided' && result ? { ...event, result } : event;
      expect(admit(requestFrom(events), said, today), step).toBeNull();
      events.push(said);
    }
    if (step === last) break;
  }
  return events;
}

const after = (kind: Kind, last: EventName, ...more: readonly EventBody[]): Request =>
  requestFrom([...upTo(kind, last), ...more]);

// ---- whatever is tried

const someDay = fc.integer({ min: -2, max: 21 }).map((n) => addDays(arrived, n));
const yen = fc.constantFrom(0, 500, FEE, 1500, -1, 0.5);
const anyEvent: fc.Arbitrary<EventBody> = fc.oneof(
  fc.record({
    event: fc.constant('registered' as const),
    on: someDay,
    kind: fc.constantFrom(...kinds),
    scope: fc.constantFrom(...scopes),
    arrivedOn: someDay,
    channel: fc.constantFrom(...channels),
    anonymous: fc.constantFrom(undefined, true as const),
    unreachable: fc.constantFrom(undefined, true as const),
    lang: fc.constantFrom('ja' as const, 'en' as const),
    feeYen: fc.constantFrom(0, FEE),
    form: fc.boolean(),
  }),
  fc.record({ event: fc.constantFrom('forms-sent' as const, 'closed' as const, 'withdrawn' as const), on: someDay }),
  fc.record({ event: fc.constant('closed' as const), on: someDay, unreachable: fc.constant(true as const) }),
  fc.record({
    event: fc.constant('addressed' as const),
    on: someDay,
    anonymous: fc.constantFrom(undefined, true as const),
  }),
  fc.record({ event: fc.constant('acknowledged' as const), on: someDay, how: fc.constantFrom(...hearings) }),
  fc.record({ event: fc.constant('papers-erased' as const), on: someDay }),
  fc.record({
    event: fc.constant('papers-received' as const),
    on: someDay,
    form: fc.constantFrom('right' as const, 'wrong' as const, 'none' as const),
    method: fc.option(fc.constantFrom(...methods)),
    feeYen: yen,
    unreadable: fc.boolean(),
  }),
  fc.record({
    event: fc.constant('papers-short' as const),
    on: someDay,
    lacks: fc.subarray([...lacks]),
    until: someDay,
  }),
  fc.record({
    event: fc.constant('papers-short' as const),
    on: someDay,
    lacks: fc.constant([...lacksOfAsker]),
    until: someDay,
    anew: fc.constant(true as const),
  }),
  fc.record({
    event: fc.constant('identified' as const),
    on: someDay,
    requester: fc.constantFrom(...requesters),
    represents: fc.constantFrom('minor' as const, 'adult-ward' as const, null),
    documents: fc.subarray([...identityDocuments]),
    authority: fc.subarray(['power-of-attorney' as const, 'family-register' as const]),
    checked: fc.subarray(['name' as const, 'address' as const, 'valid' as const], { minLength: 2 }),
    numbersCovered: fc.boolean(),
  }),
  fc.record({ event: fc.constant('refunded' as const), on: someDay, yen }),
  fc.record({
    event: fc.constant('fee-waived' as const),
    on: someDay,
    ground: fc.constantFrom(...waiverGrounds),
    yen: fc.constantFrom(500, FEE),
  }),
  fc
    .tuple(fc.nat(2), someDay, fc.option(fc.constantFrom(...distinctions)), fc.array(fc.constantFrom(person, namesake)))
    .map(([matches, on, toldApart, principals]) => ({ ...found(matches, on), toldApart, principals })),
  fc.record({
    event: fc.constant('collected' as const),
    on: someDay,
    holdings: fc.constantFrom([], items),
    provisions: fc.constant(0),
    receipts: fc.constant(0),
  }),
  fc.record({
    event: fc.constant('reviewed' as const),
    on: someDay,
    holding: fc.constant('L-003'),
    item: fc.constantFrom('name', 'email', 'phone'),
    decision: fc.constantFrom(...decisions),
    ground: fc.option(fc.constantFrom(...withholdingGrounds)),
  }),
  fc.record({
    event: fc.constant('decided' as const),
    on: someDay,
    result: fc.constantFrom(...results),
    facts: fc.constant({}),
    finding: fc.constant(null),
  }),
  fc.record({ event: fc.constant('carried-out' as const), on: someDay, entries: fc.constant([entry]) }),
  fc.record({
    event: fc.constant('notified' as const),
    on: someDay,
    by: fc.constantFrom('post' as const, 'electronic' as const),
    documents: fc.subarray(['decision', 'data', 'records', 'purposes', 'measures', 'answer'] as const),
  }),
  fc.record({
    event: fc.constant('delivered' as const),
    on: someDay,
    by: fc.constantFrom('post' as const, 'electronic' as const),
  }),
  fc.record({
    event: fc.constant('delivered' as const),
    on: someDay,
    by: fc.constant('post' as const),
    addressChecked: fc.constant(true as const),
  }),
  fc.record({
    event: fc.constant('undelivered' as const),
    on: someDay,
    by: fc.constantFrom(...ways),
    why: fc.constantFrom(...undeliveredReasons),
    envelope: fc.constantFrom(...envelopes),
  }),
  fc.record({ event: fc.constant('extended' as const), on: someDay, until: someDay }),
  fc.tuple(fc.constantFrom(...dismissalGrounds), someDay).map(([ground, on]) => dismissed(ground, on)),
  fc.record({ event: fc.constant('assigned' as const), on: someDay, to: fc.constant(clerk) }),
  fc.tuple(fc.constantFrom(...kinds), fc.boolean(), someDay).map(([kind, now, on]) => eased({ kind }, now, on)),
  fc
    .record({ kind: fc.constantFrom(...kinds), scope: fc.constantFrom(...scopes), arrivedOn: someDay, on: someDay })
    .map(({ on, ...what }) => amended(what, {}, on)),
  fc
    .record({
      on: someDay,
      more: fc.constantFrom({ unreachable: true }, { unreachable: false }, { anonymous: true }, { anonymous: false }),
    })
    .map(({ on, more }) => amended({ kind: 'consultation', scope: 'customer', arrivedOn: arrived }, more, on)),
);

/** A request taken some steps along its path, followed by random events, some of them repeated and some of them the one that comes next. */
const story = fc
  .record({
    kind: fc.constantFrom(...kinds),
    feeAfter: fc.boolean(),
    reachable: fc.boolean(),
    pays: fc.boolean(),
    steps: fc.nat(12),
    then: fc.array(fc.oneof(anyEvent, fc.constantFrom('again' as const, 'next' as const)), { maxLength: 30 }),
  })
  .map(({ kind, feeAfter, reachable, pays, steps, then }) => {
    const first = kind === 'consultation' && !reachable ? unreachable : registered(kind);
    const kept: EventBody[] = [feeAfter ? unpaid(first) : first];
    for (let i = 0; i < steps; i++) {
      const [next] = nextEvents(requestFrom(kept));
      if (!next) break;
      const best = well(next, requestFrom(kept), kept.at(-1)!.on);
      const event = best.event === 'papers-received' && !pays ? { ...best, feeYen: 0 } : best;
      if (!admit(requestFrom(kept), event, today)) kept.push(event);
    }
    for (const one of then) {
      const r = requestFrom(kept);
      const [next] = nextEvents(r);
      const event = one === 'again' ? kept.at(-1)! : one === 'next' ? next && well(next, r, today) : one;
      if (event && !admit(r, event, today)) kept.push(event);
    }
    return kept;
  });

/** Every event except the one that waits for half a year. */
const anyTime: EventName[] = [
  ...pathOf({ kind: 'disclosure', form: true, unreachable: false }),
  'acknowledged',
  'addressed',
  'carried-out',
  'papers-short',
  'fee-waived',
  'refunded',
  'undelivered',
  'extended',
  'withdrawn',
  'dismissed',
  'assigned',
  'eased',
  'amended',
];

const isAnew = (event: EventBody): boolean => event.event === 'papers-short' && event.anew === true;

const count = (events: readonly EventBody[], name: EventName): number =>
  events.filter(({ event }) => event === name).length;

test('何をどの順で試しても、確認を飛ばさず、二度答えず、届いた日を変えない', () => {
  const reached = new Set<EventName>();
  const turned = new Set<boolean>();
  fc.assert(
    fc.property(story, (events) => {
      const names = events.map(({ event }) => event);
      for (const name of names) reached.add(name);
      for (const event of events)
        if (event.event === 'amended' && event.unreachable !== undefined) turned.add(event.unreachable);
      const r = requestFrom(events);
      const who = names.indexOf('identified');
      const looked = names.findIndex((name) => ['specified', 'collected', 'reviewed'].includes(name));
      if (looked >= 0) expect(who).toBeGreaterThanOrEqual(0);
      if (looked >= 0) expect(who).toBeLessThan(looked);
      // A fee that is asked for after the requester is identified is not asked for before, and has come before anybody is looked at.
      for (const [n, event] of events.entries()) {
        const before =
          n > 0 && ['specified', 'papers-short'].includes(event.event) ? requestFrom(events.slice(0, n)) : null;
        if (!before?.feeAfter) continue;
        if (event.event === 'specified' && before.specified === null) expect(feeShort(before)).toBe(0);
        if (event.event === 'papers-short' && event.lacks.includes('fee')) expect(before.identified).not.toBeNull();
      }
      if (looksAtPerson(r.kind) && names.includes('decided')) expect(who).toBeGreaterThanOrEqual(0);
      for (const once of ['registered', 'carried-out'] as const) expect(count(events, once)).toBeLessThanOrEqual(1);
      // Only what has not gone out is taken back: a dismissal, or an answer to a requester who is in doubt.
      const takenBack = count(events, 'dismissed') + events.filter(isAnew).length;
      // An undelivered answer goes out once more, and the request is closed once more.
      const returned = count(events, 'undelivered');
      // An answer is prepared anew when there turns out to be an address to send it to, or none.
      const moved = events.filter((one) => one.event === 'amended' && one.unreachable !== undefined).length;
      const found = count(events, 'addressed');
      expect(count(events, 'closed')).toBeLessThanOrEqual(1 + returned + found);
      expect(count(events, 'identified')).toBeLessThanOrEqual(1 + takenBack);
      expect(count(events, 'notified')).toBeLessThanOrEqual(1 + takenBack + returned + moved + found);
      expect(events.filter((one) => one.event === 'delivered' && one.by === 'post').length).toBeLessThanOrEqual(
        1 + takenBack + returned,
      );
      if (r.toSendAgain) expect([r.delivered, r.closedOn === null || r.withdrawn]).toEqual([[], true]);
      // What was done or told is what was decided last.
      for (const [n, { event }] of events.entries()) {
        const before = n > 0 && ['decided', 'dismissed'].includes(event) ? requestFrom(events.slice(0, n)) : null;
        if (before) expect([before.carriedOut, before.notified, before.delivered]).toEqual([null, null, []]);
      }
      expect(count(events, 'decided') + count(events, 'dismissed')).toBeGreaterThanOrEqual(count(events, 'notified'));
      // The day of arrival is the one registered, or the one a mistake in it was corrected to.
      let came = arrived;
      for (const [n, event] of events.entries()) {
        if (event.event === 'amended') came = event.arrivedOn;
        expect(requestFrom(events.slice(0, n + 1)).arrivedOn).toBe(came);
      }
      expect(r.last).toBe(events.length);
      // The requester has heard that the request has come, must hear it by a day, or gets the form by a day; they are told once, and not of what they
      // know.
      expect(count(events, 'acknowledged')).toBeLessThanOrEqual(1 + found);
      const { forms, acknowledgement } = dueOf(clocksOf(r));
      const ways = [r.acknowledgedOn, forms, acknowledgement].filter((on) => on !== null);
      if (r.closedOn === null && !r.unreachable) expect(ways.length).toBe(forms && r.acknowledgedOn ? 2 : 1);
      if (r.closedOn === null) expect(nextEvents(r).includes('acknowledged')).toBe(acknowledgement !== null);
      if (sentOn(r) !== null) expect(r.acknowledgedOn).not.toBeNull();
      // Without an address to answer to nothing is sent, told or owed but the decision; and nobody without a name or an address has a right looked into.
      if (r.unreachable) {
        const due = dueOf(clocksOf(r));
        expect([r.notified, r.delivered, r.toSendAgain, due.acknowledgement, due.forms]).toEqual([
          null,
          [],
          false,
          null,
          null,
        ]);
        expect([due.decision !== null, r.decided?.result ?? 'handled']).toEqual([
          r.closedOn === null && r.decided === null,
          'handled',
        ]);
      } else expect(r.decided?.result).not.toBe('handled');
      if (r.anonymous || r.unreachable) expect(r.kind).toBe('consultation');
      for (const [n, event] of events.entries())
        if (event.event === 'closed')
          expect(event.unreachable === true).toBe(requestFrom(events.slice(0, n)).unreachable);
      // No form is asked of a requester for whom an ordinary letter is difficult.
      if (r.eased)
        expect([r.form, r.lacks.includes('form'), nextEvents(r).includes('forms-sent')]).toEqual([false, false, false]);
      if (r.closedOn !== null) expect(feeOver(r)).toBe(0);
    }),
    { numRuns: 1200, seed: 20_261_219 },
  );
  // The stories reach every event, so that the checks mean something.
  expect([...reached].toSorted()).toEqual(anyTime.toSorted());
  expect(turned.size).toBe(2);
});

test('開いている請求には、いつも次にできることがある', () => {
  fc.assert(
    fc.property(story, (events) => {
      const r = requestFrom(events);
      if (r.closedOn !== null) return;
      const next = nextEvents(r);
      expect(next.length).toBeGreaterThan(0);
      const admitted = next.filter((name) => admit(r, well(name, r, today), today) === null);
      expect(admitted.filter((name) => !['assigned', 'extended', 'eased', 'amended'].includes(name))).not.toEqual([]);
      // The first of the next events is one that can be done.
      expect(admitted[0]).toBe(next[0]);
    }),
    { numRuns: 500, seed: 20_261_202 },
  );
});

test('同じ出来事からは、いつも同じ請求になる。拒まれたことは何も変えない', () => {
  fc.assert(
    fc.property(story, (events) => {
      expect(requestFrom(play(events))).toEqual(requestFrom(events));
    }),
    { numRuns: 100, seed: 20_261_203 },
  );
});

test('一覧のために列に持つものは、列を足した版が前からの請求の動きから読んでも、動きから数えたものと同じ', async () => {
  const earlier = await migrationsBefore('2026-12-04-m-requests-at-size.sql');
  const old = await testDatabase({ migrations: earlier });
  try {
    const collected = (...codes: readonly string[]): EventBody => ({
      event: 'collected',
      on: arrived,
      holdings: [{ holding: 'L-003', items: codes }],
      provisions: 0,
      receipts: 0,
    });
    // The decision on an item that is missing from a new collection does not count when the item is collected again.
    const reviewed = upTo('disclosure', 'reviewed');
    const [lost, stays, back] = [
      [collected('name')],
      [collected('name', 'email')],
      [collected('name'), collected('name', 'email')],
    ].map((again) => [...reviewed, ...again]) as [EventBody[], EventBody[], EventBody[]];
    expect([lost, stays, back].map((events) => isDecidable(requestFrom(events)))).toEqual([true, true, false]);
    // The version before had no dismissals, no checks anew, no undelivered answers and no letters without an address.
    const told = fc.sample(story, { numRuns: 1200, seed: 20_261_204 });
    const stories = [
      ...told.filter((events) => {
        const { kind, form } = requestFrom(events);
        const later = count(events, 'dismissed') + count(events, 'undelivered') + count(events, 'addressed');
        const missing = events.some((one) => 'unreachable' in one && one.unreachable !== undefined);
        // Nor does a consultation ever have a form.
        return later === 0 && !missing && !events.some(isAnew) && !(kind === 'consultation' && form);
      }),
      lost,
      stays,
      back,
    ];
    const requests = stories.map((events) => ({ id: newId(0), events }));
    const kept = requests.map(({ id, events }, i) => {
      const r = requestFrom(events);
      return {
        id,
        serial: i + 1,
        kind: r.kind,
        scope: r.scope,
        arrived: r.arrivedOn,
        state: stateOf(r),
        stage: stageOf(r),
        closed: r.closedOn,
      };
    });
    await old.owner.query(
      `INSERT INTO requests (id, year, serial, kind, scope, arrived_on, registered_at, by_actor, last, state, stage, closed_on)
       SELECT id, 2026, serial, kind, scope, arrived, now(), 'sekisho', 1, state, stage, closed
       FROM jsonb_to_recordset($1) AS r (id uuid, serial int, kind text, scope text, arrived date, state text, stage text, closed date)`,
      [JSON.stringify(kept)],
    );
    // As `specified` was written while a request could name one id only.
    const formerly = ({ principals, ...found }: EventOf<'specified'>) => ({
      ...found,
      principal: principals[0] ?? null,
    });
    const happened = requests.flatMap(({ id, events }, i) =>
      events.map((one, n) => {
        const { event, on, ...data } = one.event === 'specified' && i % 2 === 0 ? formerly(one) : one;
        return { id, no: n + 1, event, on, data };
      }),
    );
    await old.owner.query(
      `INSERT INTO request_events (request_id, no, event, on_day, at, by_actor, data, entry_id)
       SELECT id, no, event, "on", now(), 'sekisho', data, gen_random_uuid()
       FROM jsonb_to_recordset($1) AS e (id uuid, no int, event text, "on" date, data jsonb)`,
      [JSON.stringify(happened)],
    );
    await migrate(old.owner, path.resolve('migrations'));
    const rows = await old.owner.query<object>(
      'SELECT form_due, unacknowledged, check_from, untold, extended_to, decidable FROM requests ORDER BY serial',
      [],
    );
    const folded = requests.map(({ events }) => {
      const r = requestFrom(events);
      const { formDue, unacknowledged, checkFrom, untold, extendedTo } = clocksOf(r);
      return {
        form_due: formDue,
        unacknowledged,
        check_from: checkFrom,
        untold,
        extended_to: extendedTo,
        decidable: isDecidable(r),
      };
    });
    expect(rows).toEqual(folded);
    // There are some of each, so that the comparison means something.
    for (const column of ['form_due', 'unacknowledged', 'check_from', 'untold', 'extended_to', 'decidable'] as const)
      expect(folded.filter((one) => one[column] !== null && one[column] !== false).length, column).toBeGreaterThan(4);
  } finally {
    await old.drop();
    fs.rmSync(earlier, { recursive: true });
  }
});

test('結果の列は、足した版が前からのどの請求の動きから読んでも、動きから数えた結果と同じ', async () => {
  const earlier = await migrationsBefore('2026-12-24-c-requests-result.sql');
  const old = await testDatabase({ migrations: earlier });
  try {
    const told = fc.sample(story, { numRuns: 1200, seed: 20_261_224 });
    // A dismissal is rare in these, so each that there is goes on in both ways.
    const dismissed = told.filter((events) => requestFrom(events).decided?.result === 'dismissed');
    const onward = dismissed.flatMap((events): EventBody[][] => [
      [...events, { event: 'forms-sent', on: today }],
      [...events, { event: 'eased', on: today, eased: true, form: false }],
    ]);
    const requests = [...told, ...onward].map((events, i) => ({
      id: newId(0),
      serial: i + 1,
      events,
      r: requestFrom(events),
    }));
    await old.owner.query(
      `INSERT INTO requests (id, year, serial, kind, scope, arrived_on, registered_at, by_actor, last, state, stage, closed_on)
       SELECT id, 2026, serial, kind, scope, arrived, now(), 'sekisho', 1, state, stage, closed
       FROM jsonb_to_recordset($1) AS r (id uuid, serial int, kind text, scope text, arrived date, state text, stage text, closed date)`,
      [
        JSON.stringify(
          requests.map(({ id, serial, r }) => ({
            id,
            serial,
            kind: r.kind,
            scope: r.scope,
            arrived: r.arrivedOn,
            state: stateOf(r),
            stage: stageOf(r),
            closed: r.closedOn,
          })),
        ),
      ],
    );
    await old.owner.query(
      `INSERT INTO request_events (request_id, no, event, on_day, at, by_actor, data, entry_id)
       SELECT id, no, event, "on", now(), 'sekisho', data, gen_random_uuid()
       FROM jsonb_to_recordset($1) AS e (id uuid, no int, event text, "on" date, data jsonb)`,
      [
        JSON.stringify(
          requests.flatMap(({ id, events }) =>
            events.map(({ event, on, ...data }, n) => ({ id, no: n + 1, event, on, data })),
          ),
        ),
      ],
    );
    await migrate(old.owner, path.resolve('migrations'));
    const rows = await old.owner.query<{ result: string | null }>('SELECT result FROM requests ORDER BY serial', []);
    expect(rows.map(({ result }) => result)).toEqual(requests.map(({ r }) => r.decided?.result ?? null));
    // Among them are decisions and dismissals that fell away again.
    const fell = (name: EventName) =>
      requests.filter(({ events, r }) => count(events, name) > 0 && r.decided === null).length;
    expect([fell('decided') > 0, fell('dismissed') > 4]).toEqual([true, true]);
    expect(onward.filter((events) => requestFrom(events).decided !== null).length).toBeGreaterThan(4);
  } finally {
    await old.drop();
    fs.rmSync(earlier, { recursive: true });
  }
});

// ---- the path of each kind

const disclosurePath = [
  'registered',
  'forms-sent',
  'papers-received',
  'identified',
  'specified',
  'collected',
  'reviewed',
  'decided',
  'notified',
  'delivered',
  'closed',
];
const without = (path: readonly string[], ...left: readonly string[]) => path.filter((step) => !left.includes(step));
const effectPath = disclosurePath
  .filter((step) => step !== 'reviewed')
  .flatMap((step) => (step === 'decided' ? ['decided', 'carried-out'] : [step]));

test.each<[Kind, readonly string[]]>([
  ['disclosure', disclosurePath],
  ['record-disclosure', without(disclosurePath, 'reviewed')],
  ['correction', effectPath],
  ['stop-use', effectPath],
  ['erasure', effectPath],
  ['stop-provision', effectPath],
  ['purpose-notice', without(disclosurePath, 'reviewed', 'forms-sent')],
  ['foreign-information', without(disclosurePath, 'reviewed', 'forms-sent')],
  ['consultation', ['registered', 'decided', 'notified', 'delivered', 'closed']],
])('%s の道のり', (kind, path) => {
  const events = upTo(kind, 'closed');
  expect([...new Set(events.map(({ event }) => event))]).toEqual(path);
  const r = requestFrom(events);
  expect(stageOf(r)).toBe('closed');
  expect(stateOf(r)).toBe('closed');
  // The answer may still come back.
  expect(nextEvents(r)).toEqual(['papers-erased', 'undelivered']);
});

test.each(kinds.filter((kind) => hasForm(kind) && kind !== 'record-disclosure'))(
  '断った %s は、実施を飛ばして知らせる',
  (kind) => {
    const events = upTo(kind, 'closed', 'my-number', 'refused');
    expect(events.map(({ event }) => event)).not.toContain('carried-out');
    expect(requestFrom(events).notified?.documents).toEqual(['decision']);
  },
);

test.each<[Scope, readonly Kind[]]>([
  ['customer', [...kinds]],
  [
    'my-number',
    ['disclosure', 'correction', 'stop-use', 'erasure', 'stop-provision', 'purpose-notice', 'consultation'],
  ],
])('%s の請求の種類', (scope, expected) => {
  expect(kindsOf(scope).toSorted()).toEqual([...expected].toSorted());
  for (const kind of kinds) {
    const problem = admit(null, registered(kind, scope), today);
    expect(problem).toEqual(expected.includes(kind) ? null : { field: 'kind', says: says.kind });
  }
});

test('最初の手紙に書類がそろっていれば、用紙を送らずに進む', () => {
  const r = after('correction', 'registered', papers('correction'), identified());
  expect(stageOf(r)).toBe('identified');
  expect(r.formsSentOn).toBeNull();
});

// ---- what may not happen

const someone = found(1);
const short: EventBody = { event: 'papers-short', on: arrived, lacks: ['identity'] };
const doubt: EventBody = { ...short, anew: true };
const decide = (result: Result): EventBody => ({ event: 'decided', on: arrived, result, facts: {}, finding: null });

test.each<[string, () => Request, EventBody, string, keyof typeof says]>([
  ['二度目の受付', () => after('disclosure', 'registered'), registered('disclosure'), 'event', 'begun'],
  ['書類の前の確認', () => after('disclosure', 'forms-sent'), identified(), 'papers', 'noPapers'],
  ['確認の前の特定', () => after('disclosure', 'papers-received'), someone, 'identified', 'unidentified'],
  ['確認の前の決定', () => after('disclosure', 'papers-received'), decide('refused'), 'identified', 'unidentified'],
  ['二度目の確認', () => after('disclosure', 'identified'), identified(), 'event', 'identified'],
  ['確かめ直さずに本人確認書類を求めること', () => after('disclosure', 'identified'), short, 'event', 'identified'],
  ['送った後の確かめ直し', () => after('disclosure', 'delivered'), doubt, 'event', 'answerSent'],
  ['用意の後、確かめ直さずに求めること', () => after('disclosure', 'notified'), short, 'event', 'answered'],
  ['実施した後の確かめ直し', () => after('correction', 'carried-out'), doubt, 'event', 'carriedOut'],
  ['疑いの残る間の特定', () => after('correction', 'decided', doubt), someone, 'identified', 'unidentified'],
  ['疑いの残る間の決定', () => after('correction', 'decided', doubt), decide('granted'), 'identified', 'unidentified'],
  ['足りない間の確認', () => after('disclosure', 'papers-received', short), identified(), 'papers', 'waiting'],
  ['足りない間の特定', () => after('disclosure', 'identified', short), someone, 'papers', 'waiting'],
  [
    '違う用紙での確認',
    () => after('disclosure', 'registered', { ...papers('disclosure'), form: 'wrong' }),
    identified(),
    'papers',
    'wrongForm',
  ],
  [
    '読めない書類での確認',
    () => after('disclosure', 'registered', { ...papers('disclosure'), unreadable: true }),
    identified(),
    'papers',
    'unreadable',
  ],
  [
    '手数料の不足での確認',
    () => after('disclosure', 'registered', { ...papers('disclosure'), feeYen: 500 }),
    identified(),
    'fee',
    'feeShort',
  ],
  ['用紙のない請求への用紙', () => after('purpose-notice', 'registered'), well0('forms-sent'), 'event', 'noForm'],
  ['二度目の用紙', () => after('disclosure', 'forms-sent'), well0('forms-sent'), 'event', 'sent'],
  ['相談での特定', () => after('consultation', 'registered'), someone, 'event', 'consultation'],
  ['項目を決める前の決定', () => after('disclosure', 'collected'), decide('granted'), 'reviews', 'unreviewed'],
  ['集める前の決定', () => after('correction', 'specified'), decide('granted'), 'collected', 'uncollected'],
  ['特定の前の決定', () => after('correction', 'identified'), decide('granted'), 'specified', 'unspecified'],
  ['その種類にない結果', () => after('correction', 'collected'), decide('absent'), 'result', 'result'],
  ['実施した後の決定', () => after('correction', 'carried-out'), decide('refused'), 'event', 'carriedOut'],
  ['知らせた後の決定', () => after('disclosure', 'notified'), decide('absent'), 'event', 'notified'],
  ['決定の後の特定', () => after('correction', 'decided'), someone, 'event', 'answered'],
  ['決定の後の収集', () => after('correction', 'decided'), well0('collected'), 'event', 'answered'],
  ['決定の後の項目の判断', () => after('disclosure', 'decided'), well0('reviewed'), 'event', 'answered'],
  ['実施した後の取下げ', () => after('correction', 'carried-out'), well0('withdrawn'), 'event', 'carriedOut'],
  ['送った後の取下げ', () => after('disclosure', 'delivered'), well0('withdrawn'), 'event', 'answerSent'],
  ['決定の後の延長', () => after('correction', 'decided'), extend('2027-01-10'), 'event', 'answered'],
  ['期限を早める延長', () => after('correction', 'collected'), extend('2026-12-15'), 'until', 'until'],
  ['実施の前の通知', () => after('correction', 'decided'), tell('decision'), 'event', 'uncarried'],
  ['開示に実施', () => after('disclosure', 'decided'), well0('carried-out'), 'event', 'noEffect'],
  ['二度目の実施', () => after('correction', 'carried-out'), well0('carried-out'), 'event', 'carriedOut'],
  ['書類の足りない通知', () => after('disclosure', 'decided'), tell('decision'), 'documents', 'letters'],
  ['二度目の通知', () => after('disclosure', 'notified'), tell('data'), 'event', 'notified'],
  ['通知の前の送付', () => after('disclosure', 'decided'), well0('delivered'), 'event', 'unnotified'],
  ['二度目の送付', () => after('disclosure', 'delivered'), well0('delivered'), 'event', 'posted'],
  ['送付の前の終了', () => after('disclosure', 'notified'), well0('closed'), 'event', 'undelivered'],
  ['閉じた後の書類', () => after('disclosure', 'closed'), papers('disclosure'), 'event', 'closed'],
  ['閉じた後の取下げ', () => after('disclosure', 'closed'), well0('withdrawn'), 'event', 'closed'],
])('%s は受け付けない', (_, request, event, field, what) => {
  expect(admit(request(), event, today)).toEqual({ field, says: says[what] });
});

function well0(event: EventName): EventBody {
  return well(event, requestFrom([registered('disclosure')]), arrived);
}
function extend(until: string): EventBody {
  return { event: 'extended', on: arrived, until: day(until) };
}
function tell(...documents: EventOf<'notified'>['documents']): EventBody {
  return { event: 'notified', on: arrived, by: 'post', documents };
}

test('届く前の日と、今日より後の日は書けない', () => {
  const r = after('disclosure', 'registered');
  expect(admit(r, papers('disclosure', addDays(arrived, -1)), today)).toEqual({ field: 'on', says: says.early });
  expect(admit(r, papers('disclosure', addDays(today, 1)), today)).toEqual({ field: 'on', says: says.future });
  expect(admit(null, { ...registered('disclosure'), arrivedOn: addDays(arrived, 1) }, today)).toEqual({
    field: 'arrivedOn',
    says: says.future,
  });
  expect(admit(null, papers('disclosure'), today)).toEqual({ field: 'event', says: says.unbegun });
});

test.each<Kind>(['record-disclosure', 'correction'])('%s のどの段階も、前の段階の日より前には書けない', (kind) => {
  // The papers that came first cannot be read, so that nobody was identified by them.
  const unread: EventBody = { ...papers(kind, arrived), feeYen: 0, unreadable: true };
  const events: EventBody[] = [registered(kind), unread];
  let on = addDays(arrived, 1);
  for (const step of pathOf(requestFrom(events)).filter((one) => one !== 'registered' && one !== 'forms-sent')) {
    const r = requestFrom(events);
    expect([step, admit(r, well(step, r, addDays(on, -2)), today)]).toEqual([step, { field: 'on', says: says.early }]);
    events.push(well(step, r, on));
    on = addDays(on, 1);
  }
  expect(play(events)).toEqual(events);
});

test('足りないものを待つ間は、本人の特定も収集も勧めない。届けば、また勧める', () => {
  const asks: EventBody = { event: 'papers-short', on: arrived, lacks: ['specify'], until: addDays(arrived, 28) };
  const waiting = [...upTo('correction', 'collected'), asks];
  const r = requestFrom(waiting);
  expect(admit(r, found(1), today)).toEqual({ field: 'papers', says: says.waiting });
  expect(nextEvents(r).filter((event) => event === 'specified' || event === 'collected')).toEqual([]);
  const came = requestFrom([...waiting, { ...papers('correction', arrived), feeYen: 0 }]);
  expect(nextEvents(came)).toEqual(expect.arrayContaining(['specified', 'collected']));
});

test('手数料や書類が後から別に届けば、足りないと手紙で知らせる前でも記録できる。確かめた後は勧めない', () => {
  const unpaid: EventBody = { ...papers('disclosure'), feeYen: 0 };
  const r = after('disclosure', 'registered', unpaid);
  const comes: EventBody = { ...papers('disclosure', addDays(arrived, 1)), feeYen: r.fee.due };
  expect(r.fee.due).toBeGreaterThan(0);
  expect(admit(r, comes, today)).toBeNull();
  expect(nextEvents(r).filter((event) => event.startsWith('papers-'))).toEqual(['papers-short', 'papers-received']);
  const paid = after('disclosure', 'registered', unpaid, comes);
  expect([nextEvents(paid)[0], nextEvents(paid).includes('papers-received')]).toEqual(['identified', true]);
  const turnedAway = after('disclosure', 'registered', unpaid, dismissed('stranger'));
  expect(admit(turnedAway, comes, today)).toBeNull();
  expect(nextEvents(turnedAway)).toContain('papers-received');
  expect(nextEvents(after('disclosure', 'identified'))).not.toContain('papers-received');
});

test('手数料だけが後から届いても、先に届いた用紙はそのまま。足りないと知らせた用紙は、届くまで足りない', () => {
  const unpaid: EventBody = { ...papers('disclosure'), feeYen: 0 };
  const fee: EventBody = { ...papers('disclosure'), form: 'none', method: null, feeYen: 1000 };
  const r = after('disclosure', 'registered', unpaid, fee);
  expect([r.papers?.form, r.method, nextEvents(r)[0]]).toEqual(['right', 'electronic', 'identified']);
  expect(admit(r, identified(today), today)).toBeNull();
  const asked: EventBody = { event: 'papers-short', on: arrived, lacks: ['form'] };
  expect(after('disclosure', 'registered', unpaid, asked, fee).papers?.form).toBe('none');
  const other: EventBody = { ...asked, lacks: ['fee'] };
  expect(after('disclosure', 'registered', unpaid, other, fee).papers?.form).toBe('right');
});

test('足りない書類を待ち、届いたら元の段階に戻る', () => {
  const events = [...upTo('disclosure', 'papers-received'), short];
  expect(stageOf(requestFrom(events))).toBe('waiting');
  expect(requestFrom(events).lacks).toEqual(['identity']);
  expect(nextEvents(requestFrom(events))[0]).toBe('papers-received');
  const again: EventBody[] = [...events, { ...papers('disclosure', addDays(arrived, 3)), feeYen: 0 }];
  expect(stageOf(requestFrom(again))).toBe('papers');
  expect(requestFrom(again).papersOn).toBe(arrived);
  expect(requestFrom(again).papersLastOn).toBe('2026-12-04');
  const later: EventBody[] = [
    ...again,
    identified(addDays(arrived, 3)),
    { event: 'papers-short', on: addDays(arrived, 3), lacks: ['specify'] },
    { ...papers('disclosure', addDays(arrived, 5)), feeYen: 0 },
  ];
  expect(play(later)).toEqual(later);
  expect(stageOf(requestFrom(later))).toBe('identified');
});

test('後から求める手数料は、請求した人を確かめてから求め、届くまでだれの情報も見ない', () => {
  const bare = { ...papers('disclosure'), feeYen: 0 };
  const checked = [unpaid(registered('disclosure')), { event: 'forms-sent', on: arrived } as const, bare, identified()];
  expect(play(checked)).toEqual(checked);
  const before = requestFrom(checked.slice(0, 3));
  const askFee: EventBody = { event: 'papers-short', on: arrived, lacks: ['fee'], until: addDays(arrived, 5) };
  expect(admit(before, askFee, today)).toEqual({ field: 'lacks', says: says.feeEarly });
  expect(nextEvents(before)[0]).toBe('identified');
  expect(nextEvents(requestFrom(checked))[0]).toBe('papers-short');
  expect(admit(requestFrom(checked), found(1), today)).toEqual({ field: 'fee', says: says.feeOpen });
  const asked = [...checked, askFee];
  const waiting = requestFrom(asked);
  expect([stageOf(waiting), waiting.shortOn, nextEvents(waiting)[0]]).toEqual([
    'fee-asked',
    arrived,
    'papers-received',
  ]);
  // When too little came, the fee is asked for again; when all of it came, the desk goes on.
  const little = [...asked, { ...papers('disclosure', addDays(arrived, 2)), feeYen: 500 }];
  expect(nextEvents(requestFrom(little))[0]).toBe('papers-short');
  const paid = [...asked, papers('disclosure', addDays(arrived, 2))];
  expect(play(paid)).toEqual(paid);
  expect([stageOf(requestFrom(paid)), nextEvents(requestFrom(paid))[0]]).toEqual(['identified', 'specified']);
  // If it never comes, the request ends as the letter says, on the law's ground; what comes before that letter is posted takes the dismissal back.
  const ended: EventBody = { ...dismissed('lacking', addDays(arrived, 6)), facts: {} };
  expect(admit(waiting, { ...ended, on: addDays(arrived, 5) }, today)).toEqual({
    field: 'on',
    says: says.stillWaiting,
  });
  expect(admit(waiting, ended, today)).toBeNull();
  expect(decideRequest(dismissalFacts(waiting, 'lacking'), today).answer).toBe('no');
  expect(requestFrom([...asked, ended, papers('disclosure', addDays(arrived, 6))]).decided).toBeNull();
});

test('用意した答えは、送るまでは、だれが請求しているかの確認に戻せる', () => {
  const r = after('disclosure', 'notified');
  expect(nextEvents(r)).toEqual(['delivered', 'papers-short', 'withdrawn', 'assigned', 'eased', 'amended']);
  expect(admit(r, doubt, today)).toBeNull();
  const back = after('disclosure', 'notified', doubt);
  expect([stageOf(back), back.notified, back.decided, back.identified]).toEqual(['waiting', null, null, null]);
  expect(nextEvents(back)[0]).toBe('papers-received');
  // What went out or was done is not taken back.
  const gone = requestFrom(electronically(upTo('disclosure', 'notified')));
  expect(admit(gone, doubt, today)).toEqual({ field: 'event', says: says.answerSent });
  expect(admit(after('correction', 'notified'), doubt, today)).toEqual({ field: 'event', says: says.carriedOut });
  for (const one of [
    gone,
    after('correction', 'notified'),
    after('consultation', 'notified'),
    after('disclosure', 'delivered'),
  ])
    expect(nextEvents(one)).not.toContain('papers-short');
});

test('別の人と分かって特定し直すと、集めたものと判断は残らない', () => {
  const events = upTo('disclosure', 'reviewed');
  expect(unreviewed(requestFrom(events))).toEqual([]);
  const again = requestFrom([...events, found(0)]);
  expect(again.collected).toBeNull();
  expect(again.reviews).toEqual([]);
  expect(stageOf(again)).toBe('specified');
});

test('集め直すと、まだある項目の判断だけが残り、判断は決定まで変えられる', () => {
  const events = upTo('disclosure', 'reviewed');
  const fewer: EventBody = {
    event: 'collected',
    on: arrived,
    holdings: [{ holding: 'L-003', items: ['name', 'phone'] }],
    provisions: 0,
    receipts: 0,
  };
  const r = requestFrom([...events, fewer]);
  expect(r.reviews.map(({ item }) => item)).toEqual(['name']);
  expect(unreviewed(r)).toEqual([{ holding: 'L-003', item: 'phone' }]);
  const change: EventBody = {
    event: 'reviewed',
    on: arrived,
    holding: 'L-003',
    item: 'name',
    decision: 'redact',
    ground: 'harms',
  };
  expect(admit(r, change, today)).toBeNull();
  expect(requestFrom([...events, fewer, change]).reviews).toEqual([
    { holding: 'L-003', item: 'name', decision: 'redact', ground: 'harms' },
  ]);
  expect(admit(r, { ...change, item: 'email' }, today)).toEqual({ field: 'item', says: says.notCollected });
  expect(admit(r, { ...change, ground: null }, today)).toEqual({ field: 'ground', says: says.ground });
  expect(admit(r, { ...change, decision: 'disclose' }, today)).toEqual({ field: 'ground', says: says.noGround });
});

test('何も持っていないと分かったら、集めずに決められ、応じる結果にはできない', () => {
  const r = after('disclosure', 'identified', found(0));
  expect(nextEvents(r)[0]).toBe('decided');
  expect(admit(r, decide('granted'), today)).toEqual({ field: 'result', says: says.nothingHeld });
  expect(admit(r, decide('absent'), today)).toBeNull();
});

test('実施するまで、知らせるまでは、決め直せる。後の決定が先の決定に代わる', () => {
  for (const kind of kinds) {
    const r = after(kind, 'decided');
    expect(nextEvents(r)).toContain('decided');
    const [result] = resultsOf(kind).toReversed();
    expect(admit(r, decide(result!), today)).toBeNull();
    expect(requestFrom([...upTo(kind, 'decided'), decide(result!)]).decided?.result).toBe(result);
  }
  expect(nextEvents(after('correction', 'carried-out'))).not.toContain('decided');
  expect(nextEvents(after('disclosure', 'notified'))).not.toContain('decided');
});

test('集めた後に増えたものがあれば、決めるまでは集め直せる', () => {
  const r = after('record-disclosure', 'collected');
  expect(nextEvents(r)).toContain('collected');
  expect(admit(r, well0('collected'), today)).toBeNull();
});

test('同じ名前の人が複数いるとき、見分けずには特定できない', () => {
  const r = after('disclosure', 'identified');
  const toldApart = { field: 'toldApart' };
  expect(admit(r, found(2), today)).toBeNull();
  expect(admit(r, { ...found(2), toldApart: null }, today)).toEqual({ ...toldApart, says: says.toldApart });
  expect(admit(r, { ...found(1), toldApart: 'email' }, today)).toEqual({ ...toldApart, says: says.alone });
  const unlike = { field: 'principal', says: says.matches };
  expect(admit(r, { ...found(1), principals: [] }, today)).toEqual(unlike);
  expect(admit(r, { ...found(0), principals: [person] }, today)).toEqual(unlike);
});

test('見つかった記録のいくつもを、一度ずつ、見つかった数まで選べる', () => {
  const r = after('disclosure', 'identified');
  const all = [person, namesake];
  const unlike = { field: 'principal', says: says.matches };
  expect(admit(r, { ...found(2), principals: all }, today)).toBeNull();
  expect(admit(r, { ...found(1), principals: all }, today)).toEqual(unlike);
  expect(admit(r, { ...found(2), principals: [person, person] }, today)).toEqual(unlike);
  expect(admit(r, { ...found(2), principals: all, toldApart: null }, today)).toMatchObject({ field: 'toldApart' });
});

test('集めた台帳の記録がだれのものかは、集めたときに決まり、一つだけのときはその一つ', () => {
  const r = after('disclosure', 'collected');
  expect([ownerIn(r, 'L-003'), ownerIn(r, 'L-009')]).toEqual([person, person]);
  const specified = { ...r.specified!, principals: [person, namesake] };
  const holdings = [
    { holding: 'L-003', principal: namesake, items: ['name'] },
    { holding: 'recordings', items: ['recording-1'] },
  ];
  const several = { specified, collected: { ...r.collected!, holdings } };
  expect(['L-003', 'recordings', 'L-009'].map((id) => ownerIn(several, id))).toEqual([namesake, null, null]);
  expect(sharedIn([...holdings, { holding: 'L-003', principal: person, items: [] }])).toEqual(
    new Map([['L-003', [namesake, person]]]),
  );
  expect(sharedIn([...holdings, ...holdings.slice(1)])).toEqual(new Map());
  expect([stepFor([person], 'erase', person), stepFor([person, namesake], 'erase', namesake)]).toEqual([
    'erase',
    `erase@${namesake}`,
  ]);
});

test('一つの台帳に二つある記録は、だれのものかで呼び分け、一度集めた場所は変わらない', () => {
  const [one, other] = [
    { holding: 'L-003', principal: person, items: ['name'] },
    { holding: 'L-003', principal: namesake, items: ['name'] },
  ];
  const alone = { holding: 'L-009', principal: person, items: ['name'] };
  const placesOf = (kept: readonly HoldingItems[], collected: readonly HoldingItems[] | null) =>
    placed(kept, collected && { holdings: collected }).map(({ holding }) => holding);
  expect(placesOf([one, other, alone], null)).toEqual([`L-003@${person}`, `L-003@${namesake}`, 'L-009']);
  expect(placesOf([one, alone], null)).toEqual(['L-003', 'L-009']);
  expect(placesOf([other], placed([one, other], null))).toEqual([`L-003@${namesake}`]);
  expect(placesOf([one, other], [one])).toEqual(['L-003', `L-003@${namesake}`]);
  expect([inHolding('L-003'), inHolding(`L-003@${person}`)]).toEqual([
    { holding: 'L-003' },
    { holding: 'L-003', owner: person },
  ]);
  const collected = { holdings: placed([one, other, alone], null), provisions: 0, receipts: 0, on: day('2026-12-01') };
  const r = { ...after('disclosure', 'collected'), collected };
  expect(placeIn(r, 'L-003', namesake)).toBe(`L-003@${namesake}`);
  expect(placeIn(r, 'L-009', namesake)).toBeNull();
});

test('同じ本人でないと分かった請求は、まず特定し直す。決めた後も、実施や通知の前なら、そのときだけできる', () => {
  const parted = { ...nothingSince, parted: true };
  expect(nextEvents(after('disclosure', 'collected'), parted)[0]).toBe('specified');
  const decided = after('disclosure', 'decided');
  expect(nextEvents(decided, parted)).toEqual(['specified', 'withdrawn', 'assigned', 'eased', 'amended']);
  expect(nextEvents(after('disclosure', 'notified'), parted)).toEqual(nextEvents(after('disclosure', 'notified')));
  const anew = { ...someone, anew: true } as const;
  expect(admit(decided, anew, anew.on)).toBeNull();
  expect(admit(after('disclosure', 'notified'), anew, anew.on)).toEqual({ field: 'event', says: says.notified });
  expect(admit(after('correction', 'carried-out'), anew, anew.on)).toEqual({ field: 'event', says: says.carriedOut });
});

/** What may have changed in what a request is about: each thing by itself, where it can have. */
const sinces = (r: Request): Since[] => {
  const open = r.closedOn === null && r.carriedOut === null;
  const isFound = r.specified !== null && r.specified.principals.length > 0;
  return [
    ...(isFound ? [{ ...nothingSince, parted: true }] : []),
    ...(isFound && open ? [{ ...nothingSince, joined: [namesake] }] : []),
    ...(r.reviews.length > 0 ? [{ ...nothingSince, changed: r.reviews.slice(0, 1) }] : []),
    ...(open && r.collected && (!r.decided || erasesAll(r)) ? [{ ...nothingSince, grown: true }] : []),
  ];
};

/** The event of a step when everything goes well, which takes back what was decided before. */
const wellAnew = (event: EventName, r: Request): EventBody => {
  const one = well(event, r, today);
  const takesBack = one.event === 'specified' || one.event === 'collected' || one.event === 'reviewed';
  return r.decided && takesBack ? { ...one, anew: true } : one;
};

test('請求の対象がどう変わっても、まず勧めることは、そのときできる。足りないものを待つ間は、それが届くのを待つ', () => {
  const asks: EventBody = { event: 'papers-short', on: arrived, lacks: ['specify'], until: addDays(arrived, 28) };
  const first = new Map<EventName, Set<EventName>>();
  for (const kind of kinds.filter(looksAtPerson))
    for (const last of pathOf(requestFrom([registered(kind)]))) {
      if (last === 'closed' || last === 'papers-erased') continue;
      const events = upTo(kind, last);
      const r = requestFrom(events);
      const waits = admit(r, asks, today) === null;
      for (const one of [r, ...(waits ? [requestFrom([...events, asks])] : [])])
        for (const since of sinces(one)) {
          const [next] = nextEvents(one, since);
          expect(admit(one, wellAnew(next!, one), today), `${kind} after ${last}: ${next}`).toBeNull();
          if (one !== r) expect(next).toBe('papers-received');
          else first.set(last, (first.get(last) ?? new Set()).add(next!));
        }
    }
  expect(first.get('collected')).toEqual(new Set(['specified', 'collected']));
  expect(first.get('decided')).toEqual(new Set(['specified', 'reviewed', 'collected']));
});

// ---- who asks

const asks = (change: Partial<EventOf<'identified'>>): EventOf<'identified'> => ({ ...identified(), ...change });

test.each<[string, EventOf<'identified'>, { field: string; what: keyof typeof says } | null]>([
  ['本人', asks({}), null],
  ['本人に代理の書類', asks({ authority: ['power-of-attorney'] }), { field: 'authority', what: 'noAuthority' }],
  ['本人に法定代理', asks({ represents: 'minor' }), { field: 'represents', what: 'noRepresents' }],
  ['親', asks({ requester: 'legal-representative', represents: 'minor', authority: ['family-register'] }), null],
  [
    '後見人',
    asks({ requester: 'legal-representative', represents: 'adult-ward', authority: ['guardianship-record'] }),
    null,
  ],
  [
    'だれの法定代理人か分からない',
    asks({ requester: 'legal-representative', authority: ['family-register'] }),
    { field: 'represents', what: 'represents' },
  ],
  [
    '書類のない法定代理人',
    asks({ requester: 'legal-representative', represents: 'minor' }),
    { field: 'authority', what: 'authority' },
  ],
  [
    '委任状だけの親',
    asks({ requester: 'legal-representative', represents: 'minor', authority: ['power-of-attorney'] }),
    { field: 'authority', what: 'lawful' },
  ],
  [
    '戸籍だけの成年後見人',
    asks({ requester: 'legal-representative', represents: 'adult-ward', authority: ['family-register'] }),
    { field: 'authority', what: 'lawful' },
  ],
  ['委任状のある代理人', asks({ requester: 'mandated-agent', authority: ['power-of-attorney'] }), null],
  [
    '委任状のない代理人',
    asks({ requester: 'mandated-agent', authority: ['family-register'] }),
    { field: 'authority', what: 'mandate' },
  ],
  [
    '任意の代理人に未成年',
    asks({ requester: 'mandated-agent', represents: 'minor', authority: ['power-of-attorney'] }),
    { field: 'represents', what: 'noRepresents' },
  ],
  ['書類なし', asks({ documents: [] }), { field: 'documents', what: 'documents' }],
  ['住所を見ていない', asks({ checked: ['name', 'valid'] }), { field: 'checked', what: 'checked' }],
  ['番号を隠していない', asks({ numbersCovered: false }), { field: 'numbersCovered', what: 'covered' }],
])('請求する人：%s', (_, event, problem) => {
  const r = after('correction', 'papers-received');
  expect(admit(r, event, today)).toEqual(problem && { field: problem.field, says: says[problem.what] });
});

// ---- a slip of registering

describe('受付の誤り', () => {
  const form = [registered('disclosure'), { event: 'forms-sent', on: day('2026-12-02') }] as const;
  test.each<[string, readonly EventBody[], Partial<EventOf<'amended'>>, string | null, keyof typeof says | null]>([
    ['届いた日を前に', [registered('disclosure')], { arrivedOn: day('2026-11-20') }, null, null],
    [
      '届いた日を受付より後に',
      [registered('disclosure')],
      { arrivedOn: day('2026-12-02') },
      'arrivedOn',
      'lateArrival',
    ],
    ['種類を、用紙を送る前に', [registered('disclosure')], { kind: 'correction' }, null, null],
    ['種類を、用紙を送った後に', form, { kind: 'correction' }, 'kind', 'kindFixed'],
    ['対象を、書類の後に', upTo('correction', 'papers-received'), { scope: 'my-number' }, 'kind', 'kindFixed'],
    ['ない種類に', [registered('record-disclosure')], { scope: 'my-number' }, 'kind', 'kind'],
    ['差出人を、知らせた後に', upTo('disclosure', 'notified'), { sender: ['address'] }, null, null],
    ['差出人を、閉じた後に', upTo('disclosure', 'closed'), { sender: ['address'] }, 'event', 'closed'],
    ['何も変えずに', [registered('disclosure')], {}, 'event', 'unamended'],
  ])('%s直す', (_, events, more, field, what) => {
    const r = requestFrom(events);
    expect(admit(r, amended(r, more), today)).toEqual(field && { field, says: says[what!] });
  });

  test('届いた日より前に送ったことにはならない', () => {
    const late = registered('disclosure', 'customer', day('2026-12-10'));
    const r = requestFrom([late, { event: 'forms-sent', on: day('2026-12-02') }]);
    expect(admit(r, amended(r, { arrivedOn: day('2026-12-03') }), today)?.says).toBe(says.afterNext);
  });

  test('直した日と種類から、期限と手数料と用紙が決まる', () => {
    const r = requestFrom([
      registered('disclosure'),
      amended(registered('disclosure'), { kind: 'purpose-notice', arrivedOn: day('2026-11-26') }),
    ]);
    expect([r.kind, r.form, r.fee.due, decideBy(r), nextEvents(r)[0]]).toEqual([
      'purpose-notice',
      false,
      0,
      '2026-12-10',
      'papers-received',
    ]);
  });
});

// ---- another way than an ordinary letter

describe('書面に代わる方法を後から', () => {
  const wrong = { ...papers('disclosure'), form: 'wrong' } as const;
  const came: EventBody[] = [registered('disclosure'), wrong];
  const short = (...missing: Request['lacks']): EventBody[] => [
    ...came,
    { event: 'papers-short', on: arrived, lacks: missing },
  ];
  /** The events as if it had been registered so: no form goes out or is missed. */
  const fromTheFirst = (events: readonly EventBody[]): EventBody[] =>
    events.flatMap((event): EventBody[] => {
      if (event.event === 'registered') return [{ ...event, eased: true, form: false }];
      // A requester who got the form, or was asked for it, has heard that the request has come.
      if (event.event === 'forms-sent') return [acknowledged()];
      if (event.event !== 'papers-short') return [event];
      const missing = event.lacks.filter((lack) => lack !== 'form');
      return missing.length === 0 ? [acknowledged()] : [{ ...event, lacks: missing }];
    });
  const follows = (r: Request) => ({
    stage: stageOf(r),
    next: nextEvents(r),
    due: dueOf(clocksOf(r)),
    urgency: urgencyOf(clocksOf(r), today),
    path: pathOf(r),
    asked: { eased: r.eased, form: r.form, lacks: r.lacks, fee: r.fee },
  });

  test.each<[string, EventBody[]]>([
    ['受け付けたとき', [registered('disclosure')]],
    ['用紙を送ったとき', upTo('disclosure', 'forms-sent')],
    ['違う用紙が届いたとき', came],
    ['用紙と手数料を求めて待つとき', short('form', 'fee')],
    ['手数料を求めて待つとき', short('fee')],
    ['本人を確かめたとき', upTo('disclosure', 'identified')],
    ['本人を特定したとき', upTo('disclosure', 'specified')],
    ['情報を集めたとき', upTo('disclosure', 'collected')],
    ['決めたとき', upTo('disclosure', 'decided')],
    ['直したとき', upTo('correction', 'carried-out')],
    ['郵送する答えを用意したとき', upTo('disclosure', 'notified')],
    ['用紙のない請求を受け付けたとき', [registered('purpose-notice')]],
    ['相談を受け付けたとき', [registered('consultation')]],
  ])('%s選ぶと、受け付けたときに選んだのと同じになる', (_, events) => {
    const r = requestFrom(events);
    const now = eased(r, true, today);
    expect([nextEvents(r).includes('eased'), admit(r, now, today)]).toEqual([true, null]);
    expect(follows(requestFrom([...events, now]))).toEqual(follows(requestFrom(fromTheFirst(events))));
  });

  test('用紙だけを待っていたときは、その日から続く。待つあいだ、本人の確認はできなかった', () => {
    const waiting = short('form');
    expect(dueOf(clocksOf(requestFrom(waiting))).identity).toBeNull();
    const now = eased(requestFrom(waiting), true, today);
    expect(admit(requestFrom(waiting), now, today)).toBeNull();
    const r = requestFrom([...waiting, now]);
    const first = follows(requestFrom(fromTheFirst(waiting)));
    // The person still hears within the days from arrival (39).
    expect(follows(r)).toEqual({ ...first, due: { ...first.due, identity: openDaysAfter(today, 5) } });
    expect(openDaysAfter(today, 5)).not.toBe(first.due.identity);
    const before: EventBody = { ...identified(), on: arrived };
    expect(admit(r, before, today)).toMatchObject({ field: 'on' });
    // Nothing was waited for: the papers are checked within the days from their arrival.
    const unasked = requestFrom([...came, eased(requestFrom(came), true, today)]);
    expect(dueOf(clocksOf(unasked)).identity).toBe(first.due.identity);
  });

  test('誤りだったと取り消すと、用紙が要る。求めたものは、もう要らないと伝えたので、あらためて求める', () => {
    const events: EventBody[] = [...short('form', 'fee'), eased({ kind: 'disclosure' }, true)];
    const back = eased({ kind: 'disclosure' }, false, today);
    expect(admit(requestFrom(events), back, today)).toBeNull();
    const r = requestFrom([...events, back]);
    expect([r.eased, r.form, r.lacks]).toEqual([false, true, ['fee']]);
    const first = requestFrom([registered('disclosure'), eased({ kind: 'disclosure' }, true), back]);
    expect([nextEvents(first)[0], dueOf(clocksOf(first))]).toEqual([
      'forms-sent',
      dueOf(clocksOf(requestFrom([registered('disclosure')]))),
    ]);
  });

  test.each<[string, EventBody[], boolean, keyof typeof says]>([
    ['そうなっているのに選ぶ', fromTheFirst([registered('disclosure')]), true, 'easedAlready'],
    ['そうなっていないのに取り消す', [registered('disclosure')], false, 'notEased'],
    ['答えを郵送した後に', upTo('disclosure', 'delivered'), true, 'answerSent'],
    [
      '答えのリンクを送った後に',
      [
        ...upTo('disclosure', 'decided'),
        { ...(well('notified', after('disclosure', 'decided'), arrived) as EventOf<'notified'>), by: 'electronic' },
      ],
      true,
      'answerSent',
    ],
    ['閉じた後に', upTo('disclosure', 'closed'), true, 'closed'],
  ])('%s ことはできず、わけを言う', (_, events, now, what) => {
    const r = requestFrom(events);
    expect(admit(r, eased(r, now, today), today)).toEqual({ field: 'event', says: says[what] });
    if (what === 'answerSent') expect(nextEvents(r)).not.toContain('eased');
  });
});

// ---- what ends without being decided on

describe('却下', () => {
  const until = addDays(arrived, 10);
  const waiting = (...before: readonly EventBody[]): EventBody[] => [
    ...before,
    { event: 'papers-short', on: arrived, lacks: ['form', 'fee', 'identity'], until },
  ];
  const asked = waiting(...upTo('disclosure', 'forms-sent'));
  const lacking = (n: number) => dismissed('lacking', addDays(until, n));

  test('求めた書類や手数料が何も届かないときも、足りないものとして知らせられる', () => {
    expect(play(asked)).toEqual(asked);
    expect([stageOf(requestFrom(asked)), nextEvents(requestFrom(asked))[0]]).toEqual(['waiting', 'papers-received']);
    const unsent = waiting(registered('disclosure')).at(-1)!;
    expect(admit(requestFrom([registered('disclosure')]), unsent, today)).toEqual({
      field: 'papers',
      says: says.noPapers,
    });
  });

  test('足りないものを知らせ、待つと知らせた日が過ぎるまでは、却下できない', () => {
    const r = requestFrom(asked);
    expect(admit(r, lacking(0), today)).toEqual({ field: 'on', says: says.stillWaiting });
    expect(admit(r, lacking(1), today)).toBeNull();
    const sent = requestFrom(upTo('disclosure', 'forms-sent'));
    expect(admit(sent, lacking(1), today)).toEqual({ field: 'ground', says: says.notLacking });
    const came = requestFrom([...asked, papers('disclosure', addDays(arrived, 2))]);
    expect(admit(came, lacking(1), today)).toEqual({ field: 'ground', says: says.notLacking });
  });

  test('いつまで待つかを知らせていない前の版の請求は、改めて知らせてから', () => {
    const { until: _, ...short } = asked.at(-1) as EventOf<'papers-short'>;
    const r = requestFrom([...asked.slice(0, -1), short]);
    expect(admit(r, lacking(1), today)).toEqual({ field: 'ground', says: says.untoldEnd });
    expect(nextEvents(r)).toContain('papers-short');
    expect(admit(r, asked.at(-1)!, today)).toBeNull();
    expect(nextEvents(requestFrom(asked))).not.toContain('papers-short');
    expect(admit(requestFrom(asked), asked.at(-1)!, today)).toEqual({ field: 'event', says: says.waiting });
  });

  test.each(dismissalGrounds.filter((ground) => ground !== 'lacking'))(
    '請求できない人（%s）と分かれば、どの段階でもすぐに却下でき、だれの情報かは残らない',
    (ground) => {
      for (const step of ['registered', 'papers-received', 'identified', 'collected', 'reviewed'] as const) {
        const r = after('disclosure', step);
        expect(nextEvents(r)).toContain('dismissed');
        expect(admit(r, dismissed(ground), today)).toBeNull();
        const over = after('disclosure', step, dismissed(ground));
        expect([over.identified, over.specified, over.collected, over.reviews]).toEqual([null, null, null, []]);
        expect([stageOf(over), nextEvents(over)[0], isDecidable(over)]).toEqual(['decided', 'notified', false]);
        expect(clocksOf(over)).toMatchObject({ formDue: false, checkFrom: null, untold: true });
      }
    },
  );

  test.each<[string, () => Request, string, keyof typeof says]>([
    ['決定の後の', () => after('disclosure', 'decided'), 'event', 'answered'],
    ['相談の', () => after('consultation', 'registered'), 'event', 'undismissable'],
  ])('%s却下は受け付けない', (_, request, field, what) => {
    expect(admit(request(), dismissed('stranger'), today)).toEqual({ field, says: says[what] });
    expect(nextEvents(request())).not.toContain('dismissed');
  });

  test('法律の答えが否でなければ、却下できない', () => {
    const facts = { identityChecked: true };
    const unknown: EventBody = { ...dismissed('stranger'), facts, finding: decideRequest(facts, arrived) };
    expect(admit(after('disclosure', 'registered'), unknown, today)).toEqual({ field: 'ground', says: says.notNo });
  });

  test('送るまでに書類が届けば却下は取り消され、続きから進む。送った後は変わらない', () => {
    const over: EventBody[] = [
      ...asked,
      lacking(1),
      { event: 'notified', on: today, by: 'post', documents: ['decision'] },
    ];
    expect(play(over)).toEqual(over);
    const came = papers('disclosure', today);
    expect(nextEvents(requestFrom(over)).slice(0, 2)).toEqual(['delivered', 'papers-received']);
    const back = requestFrom([...over, came]);
    expect([back.decided, back.notified, back.lacks, stageOf(back)]).toEqual([null, null, [], 'papers']);
    const sent = requestFrom([...over, { event: 'delivered', on: today, by: 'post' }]);
    expect(admit(sent, came, today)).toEqual({ field: 'event', says: says.answered });
    const stranger: EventBody[] = [
      ...upTo('disclosure', 'papers-received'),
      dismissed('stranger', today),
      over.at(-1)!,
    ];
    expect(admit(requestFrom(stranger), identified(today), today)).toBeNull();
    const told = requestFrom([...stranger, { event: 'delivered', on: today, by: 'post' }]);
    expect(admit(told, identified(today), today)).toEqual({ field: 'event', says: says.answered });
    expect([nextEvents(sent)[0], stageOf(sent)]).toEqual(['closed', 'delivered']);
  });

  test('用紙が届かずに却下した後で、書面が難しい人と分かれば、却下は取り消され、いつまで待つかを知らせ直す', () => {
    const over: EventBody[] = [...asked, lacking(1)];
    const now = eased({ kind: 'disclosure' }, true, today);
    const back = requestFrom([...over, now]);
    expect(admit(requestFrom(over), now, today)).toBeNull();
    expect([back.decided, back.lacks, back.waitsUntil]).toEqual([null, ['fee', 'identity'], null]);
    expect(admit(back, dismissed('lacking', today), today)).toEqual({ field: 'ground', says: says.untoldEnd });
    const stranger = after('disclosure', 'registered', dismissed('stranger'), now);
    expect([stranger.eased, stranger.decided?.result]).toEqual([true, 'dismissed']);
  });

  test('終わると、取下げでも終了でもなく却下で、書類は同じように6か月で消える', () => {
    const r = after(
      'correction',
      'registered',
      dismissed('deceased'),
      { event: 'notified', on: arrived, by: 'post', documents: ['decision'] },
      { event: 'delivered', on: arrived, by: 'post' },
      { event: 'closed', on: arrived },
    );
    expect([stateOf(r), stageOf(r), r.withdrawn, eraseOn(r)]).toEqual(['dismissed', 'closed', false, '2027-06-01']);
  });
});

// ---- the fee

describe('届かなかった答え', () => {
  const posted = upTo('disclosure', 'delivered');
  const on = (days: number): Day => addDays(arrived, days);
  const resent = (days: number): EventBody => ({
    event: 'delivered',
    on: on(days),
    by: 'post',
    addressChecked: true,
  });
  const came = (days: number, ...more: Parameters<typeof undelivered> extends [Way, Day?, ...infer M] ? M : never) =>
    undelivered('post', on(days), ...more);
  const at = (events: readonly EventBody[]) => {
    const r = requestFrom(events);
    return { stage: stageOf(r), state: stateOf(r), untold: clocksOf(r).untold, due: dueOf(clocksOf(r)) };
  };
  const problem = (events: readonly EventBody[], event: EventBody, day = today) =>
    admit(requestFrom(events), event, day);

  test('答えを用意したところに戻り、本人は待っている。期限は、届いた日から数えた日のまま', () => {
    expect(at(posted)).toMatchObject({ stage: 'delivered', untold: false, due: { decision: null } });
    const back = at([...posted, came(4)]);
    expect(back).toMatchObject({ stage: 'notified', state: 'open', untold: true });
    expect([back.due.decision, back.due.erase]).toEqual([addDays(arrived, 14), null]);
    expect(nextEvents(requestFrom([...posted, came(4)])).slice(0, 2)).toEqual(['delivered', 'notified']);
  });

  test('2回戻っても、そのたびに送り直せる。届いたことになるのは最後に送った日', () => {
    const events = [...posted, came(4), resent(5), came(9, 'unfetched'), resent(10)];
    expect(play(events)).toEqual(events);
    const r = requestFrom(events);
    expect([r.undelivered.map(({ why }) => why), r.delivered, r.toSendAgain]).toEqual([
      ['moved', 'unfetched'],
      [{ on: on(10), by: 'post' }],
      false,
    ]);
    expect(at(events)).toMatchObject({ stage: 'delivered', untold: false });
  });

  test('戻った後に宛先を直し、確かめたと書いて送る。確かめずには送れない', () => {
    const r = requestFrom(posted);
    const put = [...posted, came(4), amended(r, { sender: ['address'] }, on(5))];
    expect(problem(put, { event: 'delivered', on: on(6), by: 'post' })).toEqual({
      field: 'addressChecked',
      says: says.addressUnchecked,
    });
    expect(problem(put, resent(6))).toBeNull();
    expect(at([...put, resent(6)])).toMatchObject({ stage: 'delivered' });
    // Conversely, a correction made before it came back does not confirm the address afterwards.
    expect(problem([...posted, amended(r, { sender: ['address'] }, on(3)), came(4)], resent(6))).toBeNull();
  });

  test('終えた後に戻ると開き直し、もう一度終える。書類は、最後に終えた日から数えて消す', () => {
    const closed: EventBody[] = [...posted, { event: 'closed', on: on(3) }];
    const back = [...closed, came(8)];
    expect(problem(closed, came(8))).toBeNull();
    expect(at(back)).toMatchObject({ stage: 'notified', state: 'open', untold: true, due: { erase: null } });
    const again: EventBody[] = [...back, resent(9), { event: 'closed', on: on(10) }];
    expect(play(again)).toEqual(again);
    expect(at(again)).toMatchObject({ state: 'closed', due: { erase: eraseOn({ closedOn: on(10) }) } });
  });

  test('書類を消した後に戻ったものは、受け付け直すよう言う。取り下げた請求には、届かなかった答えがない', () => {
    const closed: EventBody[] = [...posted, { event: 'closed', on: on(3) }];
    const erased: EventBody[] = [...closed, { event: 'papers-erased', on: eraseOn({ closedOn: on(3) })! }];
    expect(problem(erased, came(200), on(300))).toEqual({ field: 'event', says: says.returnedLate });
    const withdrawn: EventBody[] = [registered('disclosure'), { event: 'withdrawn', on: arrived }];
    expect(problem(withdrawn, came(2))).toEqual({ field: 'event', says: says.neverSent });
  });

  test.each<[string, readonly EventBody[], EventBody, string, keyof typeof says]>([
    ['送る前', upTo('disclosure', 'notified'), came(2), 'event', 'neverSent'],
    ['戻ったものをもう一度', [...posted, came(4)], came(5), 'event', 'neverSent'],
    ['送った日より前', posted, undelivered('post', addDays(arrived, -1)), 'on', 'early'],
    ['電子では送っていない', posted, undelivered('electronic', on(2)), 'event', 'neverSent'],
    ['戻った封筒が戻っていない', posted, came(2, 'moved', 'away'), 'envelope', 'envelope'],
    ['行方の分からない封筒が戻った', posted, came(2, 'lost', 'unopened'), 'envelope', 'envelope'],
    ['戻る前の日に送り直した', [...posted, came(6)], resent(5), 'on', 'early'],
    ['送り直してから、その前に戻った', [...posted, came(4), resent(6)], came(5), 'on', 'early'],
  ])('書けない：%s', (_, events, event, field, what) => {
    expect(problem(events, event)).toEqual({ field, says: says[what] });
  });

  test('年末に送った答えが年明けに戻っても、日は前後しない', () => {
    const [sent, back] = [day('2026-12-31'), day('2027-01-04')];
    const events = [...upTo('disclosure', 'notified'), { event: 'delivered', on: sent, by: 'post' } as const];
    expect(problem(events, undelivered('post', day('2026-12-30')), back)).toMatchObject({ field: 'on' });
    expect(problem(events, undelivered('post', sent), back)).toBeNull();
    const all: EventBody[] = [...events, { event: 'closed', on: sent }, undelivered('post', back)];
    expect(at(all)).toMatchObject({ state: 'open', untold: true, due: { lawsuit: lawsuitAfter(arrived) } });
  });

  test('ほかの人が見たかもしれないのは、渡ったとき、行方が分からないとき、開けられて戻ったとき', () => {
    const leaks = undeliveredReasons.flatMap((why) =>
      envelopes.flatMap((envelope) => {
        const event = came(4, why, envelope);
        return problem(posted, event) === null && breachFactsOf(event) ? [`${why} ${envelope}`] : [];
      }),
    );
    expect(leaks).toEqual([
      'not-there opened',
      'moved opened',
      'refused opened',
      'unfetched opened',
      'astray unopened',
      'astray opened',
      'astray away',
      'lost away',
    ]);
    const known = [came(4, 'astray', 'away'), came(4, 'astray', 'unopened'), came(4, 'moved', 'opened')];
    expect(known.map((event) => breachFactsOf(event)?.recoveredUnviewed)).toEqual([undefined, true, false]);
    expect(breachFactsOf(known[0]!)).toEqual({
      events: ['leak'],
      data: 'personal-data',
      principals: 1,
      knownOn: on(4),
    });
  });

  test('だれにも見られずに戻った答えは、だれが請求しているかの確認にも戻せる。ほかの人が見たかもしれない答えは戻せない', () => {
    const anew: EventBody = { event: 'papers-short', on: on(5), lacks: ['identity'], until: on(33), anew: true };
    const unseen = [...posted, came(4)];
    expect([problem(unseen, anew), nextEvents(requestFrom(unseen)).includes('papers-short')]).toEqual([null, true]);
    const back = requestFrom([...unseen, anew]);
    expect([back.notified, back.toSendAgain, stageOf(back)]).toEqual([null, false, 'waiting']);
    const seen = [...posted, came(4, 'astray', 'away')];
    expect(isLeak(requestFrom(seen))).toBe(true);
    expect(problem(seen, anew)).toEqual({ field: 'event', says: says.answerSent });
    expect(nextEvents(requestFrom(seen))).not.toContain('papers-short');
  });

  test('戻った却下の手紙は、届くまでに書類が来れば取り消される', () => {
    const early: EventBody[] = [registered('disclosure'), { event: 'forms-sent', on: arrived }];
    const told: EventBody = { event: 'papers-short', on: arrived, lacks: ['form', 'identity'], until: on(1) };
    const letter: EventBody[] = [
      { ...dismissed('lacking', on(2)) },
      { event: 'notified', on: on(2), by: 'post', documents: ['decision'] },
      { event: 'delivered', on: on(2), by: 'post' },
    ];
    const out = [...early, told, ...letter];
    expect(play(out)).toEqual(out);
    expect(problem(out, papers('disclosure', on(6)))).toMatchObject({ field: 'event' });
    const back = [...out, came(5), papers('disclosure', on(6))];
    expect(play(back)).toEqual(back);
    expect(at(back)).toMatchObject({ stage: 'papers', untold: true });
  });

  describe('電子で渡すもの', () => {
    const mailed: EventBody[] = [
      ...upTo('disclosure', 'decided'),
      { event: 'notified', on: arrived, by: 'electronic', documents: ['data'] },
    ];
    const link = (days: number): EventBody => undelivered('electronic', on(days), 'unfetched');
    const newLink = (days: number, checked = true): EventBody => ({
      event: 'notified',
      on: on(days),
      by: 'electronic',
      documents: ['data'],
      ...(checked ? { addressChecked: true } : {}),
    });

    test('受け取られないまま終わると、届いていない。新しいリンクでも郵送でも送り直せる', () => {
      expect(at(mailed)).toMatchObject({ untold: false });
      expect(at([...mailed, link(3)])).toMatchObject({ stage: 'notified', untold: true });
      expect(problem([...mailed, link(3)], newLink(4, false))).toMatchObject({ field: 'addressChecked' });
      expect(at([...mailed, link(3), newLink(4)])).toMatchObject({ stage: 'notified', untold: false });
      expect(at([...mailed, link(3), resent(4)])).toMatchObject({ stage: 'delivered', untold: false });
      // It may go out another way than before, and is not prepared anew for the same way.
      expect(at([...posted, came(4), newLink(5)])).toMatchObject({ stage: 'notified', untold: false });
      const anew: EventBody = { event: 'notified', on: on(5), by: 'post', documents: ['data', 'decision'] };
      expect(problem([...posted, came(4)], anew)).toEqual({ field: 'by', says: says.postAgain });
    });

    test('受け取ったのが別の人なら、ほかの人に渡ったもの。封筒のことは選べない', () => {
      const fetched: EventBody[] = [...mailed, { event: 'delivered', on: on(1), by: 'electronic' }];
      expect(problem(fetched, undelivered('electronic', on(2)))).toBeNull();
      expect(problem(fetched, link(2))).toEqual({ field: 'why', says: says.notOfLink });
      const r = requestFrom([...fetched, undelivered('electronic', on(2))]);
      expect([isLeak(r), r.toSendAgain, wentOut(r)]).toEqual([true, true, null]);
    });

    test('本人が電子で受け取っていれば、郵送した写しが戻っても、届いている', () => {
      const both: EventBody[] = [
        ...mailed,
        { event: 'delivered', on: on(1), by: 'electronic' },
        { event: 'delivered', on: on(2), by: 'post' },
        came(5),
      ];
      expect(play(both)).toEqual(both);
      expect(at(both)).toMatchObject({ stage: 'delivered', untold: false });
    });
  });
});

test('却下した請求の手数料は、届いただけを返すまで閉じられない', () => {
  const paid: EventBody[] = [registered('disclosure'), papers('disclosure'), dismissed('stranger')];
  const r = requestFrom(paid);
  expect([r.fee.due, feeOver(r), feeShort(r)]).toEqual([FEE, FEE, 0]);
  expect(nextEvents(r)).toContain('refunded');
  const sent: EventBody[] = [...paid, tell('decision'), well0('delivered')];
  expect(play(sent)).toEqual(sent);
  expect(nextEvents(requestFrom(sent))[0]).toBe('refunded');
  expect(admit(requestFrom(sent), well0('closed'), today)).toEqual({ field: 'fee', says: says.feeOver });
  const back: EventBody[] = [...sent, { event: 'refunded', on: arrived, yen: FEE }, well0('closed')];
  expect(play(back)).toEqual(back);
});

test('手数料は、決定の前なら取り下げる請求にも返せる。返すかは会社が決め、余った分だけは返すまで取り下げられない', () => {
  for (const events of [[registered('disclosure'), papers('disclosure')], upTo('disclosure', 'reviewed')]) {
    const r = requestFrom(events);
    expect(nextEvents(r)).toEqual(expect.arrayContaining(['refunded', 'withdrawn']));
    expect(admit(r, well0('withdrawn'), today)).toBe(null);
    const back: EventBody[] = [...events, { event: 'refunded', on: arrived, yen: FEE }, well0('withdrawn')];
    expect(play(back)).toHaveLength(back.length);
  }
  // The fee is for what was decided and prepared.
  expect(nextEvents(requestFrom(upTo('disclosure', 'decided')))).not.toContain('refunded');
});

test('いただけない手数料は、返すまで閉じられない', () => {
  const paid: EventBody[] = [registered('correction'), { ...papers('correction'), feeYen: 1000 }];
  const r = requestFrom(paid);
  expect(feeOver(r)).toBe(1000);
  expect(nextEvents(r)).toContain('refunded');
  expect(nextEvents(r)).not.toContain('withdrawn');
  expect(admit(r, well0('withdrawn'), today)).toEqual({ field: 'fee', says: says.feeOver });
  let events = paid;
  for (let next = nextEvents(r)[0]!; next !== 'refunded'; next = nextEvents(requestFrom(events))[0]!) {
    events = [...events, well(next, requestFrom(events), arrived)];
  }
  expect(admit(requestFrom(events), well0('closed'), today)).toEqual({ field: 'fee', says: says.feeOver });
  const back: EventBody[] = [...events, { event: 'refunded', on: arrived, yen: 1000 }];
  expect(admit(requestFrom(back), well0('closed'), today)).toBeNull();
});

test.each([
  [0, false],
  [1, true],
  [500, true],
  [1000, true],
  [1001, false],
  [0.5, false],
])('1,000円預かっているとき、%d円を返せるか：%s', (yenBack, may) => {
  const r = requestFrom([registered('correction'), { ...papers('correction'), feeYen: 1000 }]);
  const problem = admit(r, { event: 'refunded', on: arrived, yen: yenBack }, today);
  expect(problem).toEqual(may ? null : { field: 'yen', says: says.amount });
});

test('多く届いた分だけが返すべき額で、足りない分は後から届く', () => {
  const over = requestFrom([registered('disclosure'), { ...papers('disclosure'), feeYen: 1500 }]);
  expect([feeOver(over), feeShort(over)]).toEqual([500, 0]);
  expect(admit(over, identified(), today)).toBeNull();
  const part: EventBody[] = [registered('disclosure'), { ...papers('disclosure'), feeYen: 400 }];
  expect(feeShort(requestFrom(part))).toBe(600);
  expect(nextEvents(requestFrom(part))[0]).toBe('papers-short');
  const rest = requestFrom([...part, { ...papers('disclosure'), feeYen: 600 }]);
  expect([feeOver(rest), feeShort(rest)]).toEqual([0, 0]);
});

test('免除は、求めた手数料の足りない額だけで、届いた分は残り、請求はその日から先へ進む', () => {
  const part: EventBody[] = [registered('disclosure'), { ...papers('disclosure'), feeYen: 400 }];
  const waiver = (yen: number, on: Day): EventBody => ({ event: 'fee-waived', on, ground: 'hardship', yen });
  const on = addDays(arrived, 4);
  expect(admit(requestFrom(part), waiver(1000, on), today)).toEqual({ field: 'yen', says: says.feeAmount });
  expect(admit(requestFrom(part), waiver(600, addDays(arrived, -1)), today)).toEqual({ field: 'on', says: says.early });
  const free = [...part, waiver(600, on)];
  expect(play(free)).toEqual(free);
  const r = requestFrom(free);
  expect(r.fee).toEqual({ due: 400, received: 400, returned: 0, waived: 600 });
  expect([feeOver(r), feeShort(r), nextEvents(r)[0]]).toEqual([0, 0, 'identified']);
  expect(dueOf(clocksOf(r)).identity).toBe(openDaysAfter(on, 5));
  // The identity was not checked before the request went on.
  expect(admit(r, identified(arrived), today)).toEqual({ field: 'on', says: says.early });
  expect(admit(r, identified(on), today)).toBeNull();
  // A part that is returned as well is settled in the same way.
  const back = [...free, { event: 'refunded', on, yen: 400 } as const];
  expect(requestFrom([...back, waiver(400, on)]).fee).toEqual({ due: 0, received: 400, returned: 400, waived: 1000 });
  // Nothing is waived of a fee that the company gave back after the search.
  const later0 = [...upTo('disclosure', 'specified'), { event: 'refunded', on: arrived, yen: FEE } as const];
  expect(admit(requestFrom(later0), waiver(FEE, arrived), today)).toEqual({ field: 'event', says: says.feeSettled });
});

test('後から求める手数料は、請求した人を確かめた後に免除でき、待っていた請求は本人の特定へ進む', () => {
  const bare = { ...papers('disclosure'), feeYen: 0 };
  const early: EventBody[] = [unpaid(registered('disclosure')), bare];
  const waiver: EventBody = { event: 'fee-waived', on: addDays(arrived, 3), ground: 'own-mistake', yen: FEE };
  expect(admit(requestFrom(early), waiver, today)).toEqual({ field: 'event', says: says.feeEarly });
  const askFee: EventBody = { event: 'papers-short', on: arrived, lacks: ['fee'], until: addDays(arrived, 5) };
  for (const before of [
    [...early, identified()],
    [...early, identified(), askFee],
  ]) {
    expect(nextEvents(requestFrom(before))).toContain('fee-waived');
    const r = requestFrom([...before, waiver]);
    expect(admit(requestFrom(before), waiver, today)).toBeNull();
    expect([stageOf(r), r.waitsUntil, isFeeOpen(r), nextEvents(r)[0]]).toEqual([
      'identified',
      null,
      false,
      'specified',
    ]);
    expect(admit(r, found(1, arrived), today)).toEqual({ field: 'on', says: says.early });
    expect(admit(r, found(1, addDays(arrived, 3)), today)).toBeNull();
  }
});

// ---- the days

const electronically = (events: readonly EventBody[]): EventBody[] =>
  events.map((event) => (event.event === 'notified' ? { ...event, by: 'electronic' } : event));

test.each([
  ['2026-12-15', '今の期限の日', 'until'],
  ['2026-12-16', null, null],
  ['2027-03-01', null, null],
  ['2027-03-02', '3か月より後', 'tooLong'],
  ['2035-01-01', '3か月より後', 'tooLong'],
] as const)('12月1日に届いた請求を %s まで延ばせるか：%s', (until, _, problem) => {
  const extended: EventBody = { event: 'extended', on: arrived, until: day(until) };
  expect(admit(requestFrom([registered('disclosure')]), extended, today)).toEqual(
    problem && { field: 'until', says: says[problem] },
  );
});

test('窓口が延ばせるのは同じ日数だけ、決める権限のある人は3か月まで', () => {
  const r = requestFrom([registered('disclosure')]);
  expect([extendableTo(r, false), extendableTo(r, true)]).toEqual(['2026-12-29', '2027-03-01']);
});

test('営業日を数える', () => {
  expect(openDaysAfter(day('2026-12-01'), 2)).toBe('2026-12-03');
  expect(openDaysAfter(day('2026-12-04'), 1)).toBe('2026-12-07');
  expect(openDaysAfter(day('2026-12-25'), 5)).toBe('2027-01-07');
  expect(openDaysAfter(day('2040-01-01'), 1)).toBeUndefined();
});

test.each<[string, readonly EventBody[], Partial<ReturnType<typeof dueOf>>, string | null]>([
  [
    '受付',
    [registered('disclosure')],
    {
      forms: day('2026-12-03'),
      identity: null,
      alarm: day('2026-12-11'),
      decision: day('2026-12-15'),
      lawsuit: day('2026-12-15'),
      erase: null,
    },
    '2026-12-03',
  ],
  [
    '書類',
    [registered('disclosure'), { event: 'forms-sent', on: arrived }, papers('disclosure', day('2026-12-04'))],
    { forms: null, acknowledgement: null, identity: day('2026-12-11'), decision: day('2026-12-15') },
    '2026-12-11',
  ],
  [
    '足りない書類',
    [registered('disclosure'), papers('disclosure'), short],
    { identity: null, decision: day('2026-12-15') },
    '2026-12-15',
  ],
  [
    '延長',
    [registered('disclosure'), papers('disclosure'), identified(), extend('2026-12-25')],
    { identity: null, decision: day('2026-12-25'), alarm: day('2026-12-11'), lawsuit: day('2026-12-15') },
    '2026-12-25',
  ],
  [
    '遅れて受け付けた手紙',
    [registered('correction', 'customer', day('2026-12-10'))],
    { forms: day('2026-12-03'), decision: day('2026-12-15') },
    '2026-12-03',
  ],
  [
    '用意した答え',
    upTo('disclosure', 'notified'),
    { decision: day('2026-12-15'), alarm: day('2026-12-11'), lawsuit: day('2026-12-15') },
    '2026-12-15',
  ],
  ['送った答え', upTo('disclosure', 'delivered'), { decision: null, alarm: null, lawsuit: null }, null],
  [
    '電子で送った答え',
    electronically(upTo('disclosure', 'notified')),
    { decision: null, alarm: null, lawsuit: null },
    null,
  ],
  ...(['purpose-notice', 'foreign-information'] as const).map(
    (kind) =>
      [
        `39条に名のない${kind}`,
        [registered(kind)],
        { acknowledgement: day('2026-12-03'), decision: day('2026-12-15'), alarm: day('2026-12-11'), lawsuit: null },
        '2026-12-03',
      ] satisfies [string, EventBody[], Partial<ReturnType<typeof dueOf>>, string],
  ),
  [
    '相談',
    [registered('consultation')],
    { forms: null, acknowledgement: day('2026-12-03'), decision: day('2026-12-15'), lawsuit: null },
    '2026-12-03',
  ],
  ['知らせた相談', [registered('consultation'), acknowledged()], { acknowledgement: null }, '2026-12-15'],
  [
    '記入した用紙で来た請求',
    [registered('correction'), papers('correction')],
    { forms: null, acknowledgement: day('2026-12-03'), identity: day('2026-12-08') },
    '2026-12-03',
  ],
  [
    '取下げ',
    [registered('disclosure'), { event: 'withdrawn', on: day('2026-12-05') }],
    { forms: null, identity: null, alarm: null, decision: null, lawsuit: null, erase: day('2027-06-05') },
    '2027-06-05',
  ],
])('%sの後の期限', (_, events, due, next) => {
  expect(play(events)).toEqual(events);
  expect(dueOf(clocksOf(requestFrom(events)))).toMatchObject(due);
  expect(dueOn(clocksOf(requestFrom(events)))).toBe(next);
});

test('二週間は法律の関数から来る', () => {
  expect(lawsuitAfter(day('2026-12-01'))).toBe('2026-12-15');
  expect(decideBy({ addressedOn: null, arrivedOn: day('2026-12-20'), extendedTo: null })).toBe('2027-01-03');
});

test('39条の2週間は、本人と連絡が取れた日からではなく、届いた日から数える', () => {
  const clocks = { ...clocksOf(after('disclosure', 'decided')), addressedOn: addDays(arrived, 20) };
  expect(dueOf(clocks)).toMatchObject({ decision: addDays(arrived, 34), lawsuit: addDays(arrived, 14) });
});

test.each([
  ['2026-12-03', 'calm'],
  ['2026-12-04', 'alarm'],
])('用紙の期限の後の %s は %s', (on, urgency) => {
  expect(urgencyOf(clocksOf(requestFrom([registered('disclosure')])), day(on))).toBe(urgency);
});

test.each([
  ['2026-12-10', 'calm'],
  ['2026-12-11', 'alarm'],
  ['2026-12-15', 'alarm'],
  ['2026-12-16', 'overdue'],
])('確認まで済んだ請求は %s に %s', (on, urgency) => {
  expect(urgencyOf(clocksOf(after('disclosure', 'identified')), day(on))).toBe(urgency);
});

test('書類は、閉じてから6か月の日に消去し、その前には消せない', () => {
  const r = after('disclosure', 'closed');
  expect(eraseOn(r)).toBe('2027-06-01');
  const erase = (on: string): EventBody => ({ event: 'papers-erased', on: day(on) });
  expect(admit(r, erase('2027-05-31'), day('2027-06-02'))).toEqual({ field: 'on', says: says.keep });
  expect(admit(r, erase('2027-06-01'), day('2027-06-01'))).toBeNull();
  const gone = requestFrom([...upTo('disclosure', 'closed'), erase('2027-06-01')]);
  expect(admit(gone, erase('2027-06-02'), day('2027-06-02'))).toEqual({ field: 'event', says: says.erased });
  expect(nextEvents(gone)).toEqual([]);
  expect(dueOn(clocksOf(gone))).toBeNull();
});
