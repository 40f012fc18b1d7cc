// When a reader opened far more than usual: figures computed by hand, at the limits, at the turn of the year, for readers who are new, were away, or
// whose clock went back; and what the log counts of a reader.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/house.ts';
import type { Actor } from '../../base/actor.ts';
import { day, startOf, type Day } from '../../base/day.ts';
import {
  append,
  logEntry,
  READER_MARKED,
  READER_REVIEWED,
  readingsOf,
  type Reading,
  type Subjects,
} from '../../log/index.ts';
import {
  isFarMore,
  isNewMark,
  mayReview,
  nextToCount,
  timesUsual,
  toTell,
  usualWeek,
  weekStarts,
  worstOf,
  type Mark,
} from './facts/readers.ts';

const today = day('2026-12-07');
const long = day('2024-04-01');

describe('the weeks', () => {
  test('are nine, the last of which ends today', () => {
    expect(weekStarts(today)).toEqual(
      ['10-06', '10-13', '10-20', '10-27', '11-03', '11-10', '11-17', '11-24', '12-01'].map((one) => `2026-${one}`),
    );
  });

  test('go on over the end of the year and of February', () => {
    expect(weekStarts(day('2026-12-31')).slice(-2)).toEqual(['2026-12-18', '2026-12-25']);
    expect(weekStarts(day('2027-01-03')).slice(-2)).toEqual(['2026-12-21', '2026-12-28']);
    expect(weekStarts(day('2028-03-04')).slice(-2)).toEqual(['2028-02-20', '2028-02-27']);
  });
});

describe('a usual week', () => {
  const usual = (people: number[], since: Day = long): number | null => usualWeek({ people, since }, today);

  test.each([
    ['the middle of the two in the middle', [90, 1, 2, 3, 4, 5, 6, 7, 8], 4.5],
    ['whatever their order, and without the last seven days', [90, 8, 1, 7, 2, 6, 3, 5, 4], 4.5],
    ['of one week that was much, little is left', [90, 3, 3, 400, 3, 3, 3, 3, 3], 3],
    ['of somebody who was away for five weeks', [25, 0, 0, 0, 0, 0, 12, 14, 16], 0],
    ['of somebody who was away for three', [25, 0, 0, 0, 12, 14, 16, 18, 20], 13],
    ['of somebody who was there and opened nothing', [25, 0, 0, 0, 0, 0, 0, 0, 0], 0],
  ])('%s', (_, people, expected) => {
    expect(usual(people)).toBe(expected);
  });

  test('does not count weeks that began before they were first on record', () => {
    const people = [30, 10, 20, 40, 0, 0, 0, 0, 0];
    // From 10 November on: the weeks that begin on 10, 17 and 24 November.
    expect(usual(people, day('2026-11-10'))).toBe(20);
    expect(usual(people, day('2026-11-11'))).toBe(15);
    expect(usual(people, day('2026-11-24'))).toBe(10);
  });

  test('is none of somebody new, nor of somebody whom a clock that went back dates ahead', () => {
    const people = [30, 10, 0, 0, 0, 0, 0, 0, 0];
    expect(usual(people, day('2026-11-25'))).toBeNull();
    expect(usual(people, today)).toBeNull();
    expect(usual(people, day('2027-06-01'))).toBeNull();
  });
});

test.each([
  [20, 6, true],
  [19, 6, false],
  [19, 0, false],
  [20, 0, true],
  // Three times 6.5 is 19.5, three times 7 is 21.
  [20, 6.5, true],
  [20, 7, false],
  [21, 7, true],
  [299, 100, false],
  [300, 100, true],
  // Without a week to compare.
  [99, null, false],
  [100, null, true],
])('%d people in seven days, with %s in a usual week: far more is %s', (people, usual, expected) => {
  expect(isFarMore(people, usual)).toBe(expected);
});

test('how many times it is, is not said of nothing', () => {
  expect([timesUsual(30, 12), timesUsual(30, 0), timesUsual(30, null), timesUsual(0, 12)]).toEqual([
    2.5,
    null,
    null,
    0,
  ]);
});

test('nobody reviews themselves while somebody else may', () => {
  expect(mayReview('staff:a', 'staff:b', ['staff:a'])).toBe(true);
  expect(mayReview('staff:a', 'system:c', ['staff:a', 'staff:b'])).toBe(true);
  expect(mayReview('staff:a', 'staff:a', ['staff:a', 'staff:b'])).toBe(false);
  expect(mayReview('staff:a', 'staff:a', ['staff:a'])).toBe(true);
});

describe('who is told of', () => {
  const at = (text: string): number => Date.parse(`2026-${text}:00+09:00`);
  const [a, b] = ['staff:a', 'system:b'];
  const told = (
    letters: [when: string, ...readers: string[]][],
    reviewed: string | null = null,
    marked: Day = today,
  ): string[] =>
    toTell(
      [
        { reader: a, reviewed: reviewed === null ? null : at(reviewed), marked },
        { reader: b, reviewed: null, marked: today },
      ],
      letters.map(([when, ...readers]) => ({ at: at(when), readers })),
      today,
    );

  test.each<[string, [string, ...string[]][], string | null, string[]]>([
    ['everybody, where there was no letter', [], null, [a, b]],
    ['nobody, where there was a letter today', [['12-07T00:00', 'staff:c']], null, []],
    ['whoever was not in a letter of the last days', [['12-06T23:59', a]], null, [b]],
    ['nobody whom a letter of six days ago told of', [['12-01T00:00', a, b]], null, []],
    ['everybody anew, after seven days', [['11-30T23:59', a, b]], null, [a, b]],
    ['whoever was looked into since', [['12-05T09:00', a, b]], '12-05T10:00', [a]],
    ['not who was looked into before', [['12-05T09:00', a, b]], '12-05T08:00', []],
    ['everybody, whatever a clock dated ahead that went back', [['12-20T09:00', a, b]], null, [a, b]],
  ])('%s', (_, letters, reviewed, expected) => {
    expect(told(letters, reviewed)).toEqual(expected);
  });

  test.each<[string, string, string, string[]]>([
    ['nobody, of what a letter told of six days before', '12-06', '11-30T09:00', []],
    ['whoever was marked again seven days after the letter', '12-06', '11-29T09:00', [a]],
    ['nobody, of what a letter told of later', '10-01', '11-29T09:00', []],
    ['nobody, of what a letter told of long ago', '06-01', '06-01T09:00', []],
  ])('of a mark that waits: %s', (_, marked, letter, expected) => {
    expect(
      told(
        [
          [letter, a],
          ['12-05T09:00', b],
        ],
        null,
        day(`2026-${marked}`),
      ),
    ).toEqual(expected);
  });
});

describe('marks', () => {
  const mark = (on: string, people: number): Mark => ({ on: day(`2026-${on}`), people });

  test('are new where none of the same days has as many people', () => {
    const waiting = [mark('12-01', 30)];
    expect(isNewMark(mark('12-01', 30), [])).toBe(true);
    expect(isNewMark(mark('12-02', 30), waiting)).toBe(false);
    expect(isNewMark(mark('12-02', 31), waiting)).toBe(true);
    expect(isNewMark(mark('12-07', 20), waiting)).toBe(false);
    expect(isNewMark(mark('12-08', 20), waiting)).toBe(true);
  });

  test('that share days show the one with the most people, or the latest of equals', () => {
    const [grown, equal, later] = [mark('12-03', 40), mark('12-20', 25), mark('12-26', 25)];
    expect(worstOf([mark('12-01', 20), grown, mark('12-09', 39), equal, later])).toEqual([grown, later]);
    expect(worstOf([grown, mark('12-10', 39)])).toEqual([grown, mark('12-10', 39)]);
    expect(worstOf([])).toEqual([]);
  });

  test.each<[string, string | null, string, string | null]>([
    ['the first day of the log, at first', null, '2026-12-01', '2026-12-01'],
    ['the nine weeks that a page shows, at first in an old log', null, '2020-01-01', '2026-10-06'],
    ['none on the first day of the log', null, '2026-12-07', null],
    ['the day after the last', '2026-12-05', '2020-01-01', '2026-12-06'],
    ['none where yesterday was counted', '2026-12-06', '2020-01-01', null],
    ['each day of a long absence', '2026-03-05', '2020-01-01', '2026-03-06'],
    ['yesterday, where a clock that was put back counted ahead', '2030-01-01', '2020-01-01', '2026-12-06'],
    ['yesterday, where it began the log ahead', null, '2030-01-01', '2026-12-06'],
  ])('count %s', (_, counted, first, expected) => {
    expect(nextToCount({ counted: counted === null ? null : day(counted), first: day(first) }, today)).toBe(expected);
  });
});

describe('what the log counts', () => {
  let house: TestDatabase;
  beforeAll(async () => {
    house = await testDatabase();
  });
  afterAll(() => house.drop());

  const id = (kind: string, n: number): string => `01890000-0000-7000-${kind}-${String(n).padStart(12, '0')}`;
  const staff = (n: number): Actor => ({ kind: 'staff', id: id('8000', n), name: '', roles: ['desk'] });
  const system = (n: number): Actor => ({
    kind: 'system',
    id: id('8000', n),
    name: '',
    token: '',
    purposes: [],
    actions: [],
  });
  const write = (at: string, actor: Actor, action: string, subjects: Subjects = {}): Promise<void> =>
    house.app.transaction((tx) => append(tx, logEntry(Date.parse(at), actor, action, subjects)));
  const open = (at: string, actor: Actor, person: number, action = 'people:use'): Promise<void> =>
    write(at, actor, action, { principal: id('9000', person) });
  const counted = async (actor: Actor, on = today, until?: Date): Promise<Omit<Reading, 'review'> | undefined> => {
    const found = await readingsOf(house.app, {
      actions: ['people:use', 'desk:look', 'package:fetch'],
      starts: weekStarts(on).map((start) => new Date(startOf(start))),
      today: new Date(startOf(on)),
      ...(until && { until }),
    });
    const one = found.find(({ reader }) => 'id' in actor && reader === `${actor.kind}:${actor.id}`);
    if (!one) return undefined;
    const { review: _, ...rest } = one;
    return rest;
  };

  test('is persons and not acts, by days of Tokyo, each week for itself', async () => {
    const reader = staff(1);
    await write('2026-03-01T09:00:00+09:00', reader, 'staff:enter');
    // Before the nine weeks, and at their first instant.
    await open('2026-10-05T23:59:59.999+09:00', reader, 1);
    await open('2026-10-06T00:00:00+09:00', reader, 2);
    // The last instant of a week and the first of the next: the same person counts in both.
    await open('2026-11-30T23:59:59.999+09:00', reader, 3);
    await open('2026-12-01T00:00:00+09:00', reader, 3);
    await open('2026-12-01T00:00:01+09:00', reader, 3, 'desk:look');
    await open('2026-12-06T23:59:59.999+09:00', reader, 4);
    await open('2026-12-07T00:00:00+09:00', reader, 5);
    // An action that names nobody, and one that opens nothing.
    await write('2026-12-07T00:00:01+09:00', reader, 'package:fetch', { people: 500 });
    await open('2026-12-07T00:00:02+09:00', reader, 6, 'people:acquire');
    expect(await counted(reader)).toEqual({
      reader: 'staff:01890000-0000-7000-8000-000000000001',
      since: new Date('2026-03-01T09:00:00+09:00'),
      people: [3, 1, 0, 0, 0, 0, 0, 0, 1],
      acts: 5,
      unreviewed: 3,
      today: 1,
      marks: [],
    });
  });

  test('is of staff and systems alone, and of nobody who opened nothing', async () => {
    await open('2026-12-07T09:00:00+09:00', { kind: 'sekisho' }, 7);
    await open('2026-12-07T09:00:00+09:00', { kind: 'public' }, 7);
    await write('2026-12-07T09:00:00+09:00', staff(2), 'staff:sign-in');
    expect([await counted({ kind: 'sekisho' }), await counted(staff(2))]).toEqual([undefined, undefined]);
    const all = await readingsOf(house.app, {
      actions: ['people:use'],
      starts: weekStarts(today).map((start) => new Date(startOf(start))),
      today: new Date(startOf(today)),
    });
    expect(all.map(({ reader }) => reader)).toEqual(['staff:01890000-0000-7000-8000-000000000001']);
  });

  test('of a system begins with its registration, and with what it opened first where none is on record', async () => {
    await write('2026-11-12T09:00:00+09:00', { kind: 'sekisho' }, 'system:create', { system: id('8000', 3) });
    await open('2026-12-03T09:00:00+09:00', system(3), 8);
    await open('2026-12-04T09:00:00+09:00', system(4), 8);
    expect([(await counted(system(3)))!.since, (await counted(system(4)))!.since]).toEqual([
      new Date('2026-11-12T09:00:00+09:00'),
      new Date('2026-12-04T09:00:00+09:00'),
    ]);
  });

  test('has what a clock that went back dated ahead among the last seven days, and among today', async () => {
    await open('2026-12-20T09:00:00+09:00', staff(5), 9);
    expect(await counted(staff(5))).toMatchObject({ people: [1, 0, 0, 0, 0, 0, 0, 0, 0], today: 1 });
  });

  test('goes on after a review by its place in the log, whatever the clock says', async () => {
    const reader = staff(6);
    for (const person of [1, 2, 3]) await open('2026-12-03T09:00:00+09:00', reader, person);
    await write('2026-12-03T10:00:00+09:00', staff(7), READER_REVIEWED, { staff: id('8000', 6), people: 3 });
    expect(await counted(reader)).toMatchObject({ people: [3, 0, 0, 0, 0, 0, 0, 0, 0], unreviewed: 0 });
    // One of them again, and one more; a review of another reader changes nothing.
    await open('2026-12-03T09:30:00+09:00', reader, 3);
    await open('2026-12-03T09:30:00+09:00', reader, 4);
    await write('2026-12-03T11:00:00+09:00', staff(7), READER_REVIEWED, { system: id('8000', 6), people: 3 });
    expect(await counted(reader)).toMatchObject({ people: [4, 0, 0, 0, 0, 0, 0, 0, 0], unreviewed: 2 });
    await write('2026-12-03T12:00:00+09:00', staff(7), READER_REVIEWED, { staff: id('8000', 6), people: 4 });
    expect(await counted(reader)).toMatchObject({ unreviewed: 0 });
  });

  test('of a day that is over leaves out what came later', async () => {
    const reader = staff(8);
    await open('2026-12-02T23:59:59.999+09:00', reader, 1);
    await open('2026-12-03T00:00:00+09:00', reader, 2);
    const until = new Date('2026-12-03T00:00:00+09:00');
    expect(await counted(reader, day('2026-12-02'), until)).toMatchObject({ people: [1, 0, 0, 0, 0, 0, 0, 0, 0] });
  });

  test('has the marks since the last review, also of whoever opened nothing since', async () => {
    const [reader, named] = [staff(9), { staff: id('8000', 9) }];
    await write('2026-01-05T09:00:00+09:00', reader, 'staff:enter');
    const marked = (on: string, after?: string): Promise<void> =>
      write(`${on}T00:10:00+09:00`, { kind: 'sekisho' }, READER_MARKED, { ...named, people: 30, on, after });
    await marked('2026-02-01');
    await marked('2026-02-09');
    const found = await counted(reader);
    expect(found).toMatchObject({ people: [0, 0, 0, 0, 0, 0, 0, 0, 0], acts: 0, unreviewed: 0, today: 0 });
    expect([found!.since, found!.marks.map(({ on }) => on)]).toEqual([
      new Date('2026-01-05T09:00:00+09:00'),
      ['2026-02-01', '2026-02-09'],
    ]);
    const review = logEntry(Date.parse('2026-03-01T09:00:00+09:00'), staff(7), READER_REVIEWED, named);
    await house.app.transaction((tx) => append(tx, review));
    expect(await counted(reader)).toBeUndefined();
    // Counted before the review, and written after it: it is reviewed too.
    await marked('2026-02-28');
    expect(await counted(reader)).toBeUndefined();
    await marked('2026-03-20', review.id);
    expect((await counted(reader))!.marks.map(({ on }) => on)).toEqual(['2026-03-20']);
  });
});
