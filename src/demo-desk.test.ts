// The demo's desk: what a visitor finds there, made by the real actions over eight weeks.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { furnishedOffice, type Furnished } from '../tests/furnished.ts';
import { clocksOf, dueOn, urgencyOf } from './features/desk/facts/clocks.ts';
import { kinds } from './features/desk/facts/kind.ts';
import { isDecidable } from './features/desk/facts/next.ts';
import { feeOver, numberOf } from './features/desk/facts/request.ts';
import { caseOf, cases, requestsToDecide, type Case } from './features/desk/index.ts';
import type { Room } from './features/access/index.ts';
import { systemClock } from './platform/clock.ts';

let house: Furnished;
let all: Case[];
let dueInList: (string | null)[];
let toDecide: string[];

beforeAll(async () => {
  house = await furnishedOffice((line) => expect.unreachable(line));
  const { office } = house;
  const desk = { office } as Room;
  const listed = await cases(desk, { most: 100 });
  dueInList = listed.map((one) => one.due_on);
  toDecide = (await requestsToDecide(desk)).map(({ id }) => id);
  const found = await Promise.all(listed.map(({ id }) => caseOf(desk, id)));
  all = found.map((one) => (one.ok ? one.value : expect.unreachable('a request that was listed is there')));
});
afterAll(() => house?.close());

const those = (is: (one: Case) => boolean): string[] => all.filter(is).map(({ request: { kind } }) => kind);

test('there are letters of every kind, of My Number partners too, that came on many days', () => {
  expect(new Set(those(() => true))).toEqual(new Set(kinds));
  expect(those(({ request }) => request.scope === 'my-number').sort()).toEqual(['correction', 'disclosure']);
  expect(new Set(all.map(({ request }) => request.arrivedOn)).size).toBeGreaterThan(10);
  expect(new Set(all.map(({ row }) => numberOf(row))).size).toBe(all.length);
});

test('they stand at every stage', () => {
  const stages = all.map(({ row: { stage, kind } }) => `${stage} ${kind}`).sort();
  expect(stages).toEqual([
    'carried-out stop-use',
    'closed consultation',
    'closed consultation',
    'closed consultation',
    'closed disclosure',
    'collected erasure',
    'collected record-disclosure',
    'decided purpose-notice',
    'delivered disclosure',
    'forms-sent correction',
    'identified stop-provision',
    'notified correction',
    'notified disclosure',
    'papers erasure',
    'registered disclosure',
    'specified disclosure',
    'specified foreign-information',
    'waiting correction',
  ]);
});

test('lists say of them what their events come to', () => {
  expect(dueInList).toEqual(all.map(({ request }) => dueOn(clocksOf(request))));
  const decidable = all.filter(({ request }) => isDecidable(request)).map(({ row }) => row.id);
  expect(decidable.length).toBeGreaterThan(1);
  expect(toDecide.toSorted()).toEqual(decidable.toSorted());
});

test('one is past its time, one has a fee to return, one comes from an agent, one cannot be answered', () => {
  const today = systemClock.today();
  expect(those(({ request }) => urgencyOf(clocksOf(request), today) === 'overdue')).toEqual(['disclosure']);
  expect(those(({ request }) => feeOver(request) > 0)).toEqual(['stop-provision']);
  expect(those(({ request }) => request.identified?.requester === 'mandated-agent')).toEqual(['record-disclosure']);
  const unanswered = all.filter(({ request }) => request.unreachable);
  expect(unanswered.map(({ request }) => [request.anonymous, request.decided?.result, request.delivered])).toEqual([
    [true, 'handled', []],
  ]);
});

test('one answer came back and the person was asked to get in touch, and one was given up', () => {
  const sought = ({ request }: Case) => request.sought.map(({ how }) => how);
  const back = all.filter(({ request }) => request.undelivered.length > 0);
  const states = back.map((one) => [one.row.state, one.request.kind, sought(one), one.request.toSendAgain]);
  expect(states.toSorted()).toEqual([
    ['open', 'disclosure', ['letter'], true],
    ['undelivered', 'consultation', ['phone'], true],
  ]);
  const copies = back.flatMap(({ papers }) =>
    papers.filter(({ kind, about }) => kind === 'copy' && about === 'sought'),
  );
  expect(copies).toHaveLength(1);
});

test('what speaks of somebody else is held back and the rest disclosed; what somebody thinks is not corrected, and its fee went back', () => {
  const partly = all.find(({ request }) => request.decided?.result === 'partly')!.request;
  expect(partly.reviews.filter(({ decision }) => decision !== 'disclose')).toEqual([
    expect.objectContaining({ item: 'inquiry', decision: 'withhold', ground: 'harms' }),
  ]);
  expect(partly.reviews.length).toBeGreaterThan(1);
  const refused = all.find(({ request }) => request.decided?.result === 'refused')!.request;
  expect(refused).toMatchObject({ kind: 'correction', fee: { due: 0, received: 1000, returned: 1000 } });
  expect(refused.decided!.facts).toMatchObject({ content: 'evaluation' });
});
