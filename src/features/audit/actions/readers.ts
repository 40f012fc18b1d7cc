// Who opened how much: the counts of the log for each member of staff and system, and the reviews of what is far more than usual.

import { actorRef, type Actor } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import { addDays, daysBetween, dayOf, earlier, later, readDay, startOf, type Day } from '../../../base/day.ts';
import { conflict, done, forbidden, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import {
  append,
  awaitReview,
  BEGINNING,
  earlierReadings,
  entriesAfter,
  listEntries,
  logEntry,
  READER_MARKED,
  READER_REVIEWED,
  readingsOf,
  type EarlierReadings,
  type LogEntry,
  type Reading,
  type ReadingQuery,
} from '../../../log/index.ts';
import { keptReading, type Office } from '../../../office.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import { keepRounds, reporting, type Rounds } from '../../../platform/rounds.ts';
import { entryBy, mailStaff, staffWhoMay, type By, type Room, type StaffMember } from '../../access/index.ts';
import {
  readerResults,
  isFarMore,
  isNewMark,
  mayReview,
  nextToCount,
  timesUsual,
  TOLD_DAYS,
  toTell,
  usualWeek,
  weekStarts,
  worstOf,
  type Mark,
  type ReaderResult,
  type ToldReaders,
} from '../facts/readers.ts';
import { actKinds, readerLetter, readersNumber } from '../words.ts';

/** A reader: opened or handed over something in the last nine weeks, or is marked. Compared with their usual week. */
export interface Reader extends Pick<Reading, 'reader' | 'people' | 'acts' | 'today' | 'review'> {
  /** Number of different people in the last seven days. */
  week: number;
  since: Day;
  /** Number of different people in the usual week; null without one to compare. */
  usual: number | null;
  times: number | null;
  /** The last seven days are far more than usual. */
  marked: boolean;
  /** What was far more than usual and nobody has reviewed, the most people first. */
  waiting: Mark[];
}

/** A count of a reader: of the seven days, as a mark, whether they are far more, also without what was reviewed; and the marks that wait. */
function countOf(reading: Reading, on: Day) {
  const { people, unreviewed } = reading;
  const [week, since] = [people[0]!, dayOf(reading.since.getTime())];
  const usual = usualWeek({ people, since }, on);
  const marks = reading.marks.map((mark): Mark => ({ on: readDay(String(mark.on))!, people: Number(mark.people) }));
  return { week: { on, people: week }, since, usual, farMore: isFarMore(unreviewed, usual), marks };
}

function readerOf(reading: Reading, today: Day): Reader {
  const { week, since, usual, farMore, marks } = countOf(reading, today);
  return {
    ...reading,
    week: week.people,
    since,
    usual,
    times: timesUsual(week.people, usual),
    marked: isFarMore(week.people, usual),
    waiting: worstOf(farMore ? [...marks, week] : marks),
  };
}

const reached = actKinds.reached!.acts;

const startsOf = (on: Day): Date[] => weekStarts(on).map((start) => new Date(startOf(start)));

const readingsAsked = (today: Day): ReadingQuery => ({
  actions: reached,
  starts: startsOf(today),
  today: new Date(startOf(today)),
});

/** The weeks that are over, as they were last counted. */
const weeksOver = new WeakMap<Office, EarlierReadings>();

/** All readers, those who opened most in the last seven days first. The weeks before are counted anew once a day, or when an entry is added to them. */
export async function readers(office: Office): Promise<Reader[]> {
  const today = office.clock.today();
  const asked = readingsAsked(today);
  const earlier = await earlierReadings(office.database, asked, weeksOver.get(office));
  weeksOver.set(office, earlier);
  return (await readingsOf(office.database, asked, earlier)).map((one) => readerOf(one, today));
}

/** One reader, of whom all nine weeks are counted anew; undefined when they opened nothing and are not marked. */
export async function oneReader(
  { clock, database }: Office,
  reader: string,
  on: Queryable = database,
): Promise<Reader | undefined> {
  const today = clock.today();
  const [one] = await readingsOf(on, { ...readingsAsked(today), reader });
  return one && readerOf(one, today);
}

/** A reader as an entry names them. */
function namedAs(reader: string): { staff?: string; system?: string } {
  const [kind, id] = reader.split(':') as ['staff' | 'system', string];
  return { [kind]: id };
}

const sekisho: Actor = { kind: 'sekisho' };

/** The action of the entry that a day was counted in full. */
const COUNTED = 'log:readers-counted';

const MARKING = 0x5e_4b_10_73;

/** The marks of a day that is over: of those who had opened far more than usual by its end and wait for a review. */
async function marksOf({ database, clock }: Office, on: Day): Promise<LogEntry[]> {
  const until = new Date(startOf(addDays(on, 1)));
  const found = await readingsOf(database, { actions: reached, starts: startsOf(on), today: until, until });
  return found.flatMap((reading) => {
    const { week, farMore, marks } = countOf(reading, on);
    if (!farMore || !isNewMark(week, marks)) return [];
    const subjects = { ...namedAs(reading.reader), ...week, after: reading.review?.id };
    return [logEntry(clock.now(), sekisho, READER_MARKED, subjects)];
  });
}

/**
 * Counts each day that is over and not counted yet, and marks readers in the log, so that they wait for a review longer than the seven days that are
 * counted anew. A count that is broken off begins again where the log says, and marks nobody twice.
 */
export async function markReaders(office: Office, signal?: AbortSignal): Promise<void> {
  const { database, clock } = office;
  let marked: Day | null = null;
  do {
    marked = await database.alone(MARKING, async (tx) => {
      const [last] = await listEntries(database, { actions: [COUNTED], most: 1 });
      const [first] = await entriesAfter(database, BEGINNING, 1);
      const today = clock.today();
      const begins = first ? dayOf(first.at.getTime()) : today;
      const after = (counted: Day | null): Day | null => nextToCount({ counted, first: begins }, today);
      const counted = last ? readDay(String(last.entry.on)) : null;
      const on = after(marked && (counted === null || counted < marked) ? marked : counted);
      if (on === null || signal?.aborted) return null;
      const [marks, next] = [await marksOf(office, on), after(on)];
      await append(tx, ...marks, ...(next === null ? [logEntry(clock.now(), sekisho, COUNTED, { on })] : []));
      return next === null ? null : on;
    });
  } while (marked !== null);
}

/** Age of the count that home may show: home is opened all day, and counting reads nine weeks of the log. */
const COUNTED_MS = 15 * 60_000;

const countedToReview = keptReading({
  tables: [],
  logged: READER_REVIEWED,
  given: ({ clock }) => [clock.today(), Math.floor(clock.now() / COUNTED_MS)],
  read: async (office) => (await readers(office)).filter(({ waiting }) => waiting.length > 0),
});

/** The actors who may review readers. */
export const reviewersOf = async ({ access }: Room, on?: Queryable): Promise<string[]> =>
  (await staffWhoMay(access, 'log:review', on)).map(({ id }) => `staff:${id}`);

/** The readers whom `actor` must review, from a count at most a quarter of an hour old. */
export async function readersToReview(room: Room, actor: Actor): Promise<Reader[]> {
  const waiting = await countedToReview(room.office);
  if (waiting.length === 0) return [];
  const reviewers = await reviewersOf(room);
  return waiting.filter(({ reader }) => mayReview(actorRef(actor), reader, reviewers));
}

/** The contents of a review entry. */
export interface Review {
  entry: LogEntry;
  result: ReaderResult | undefined;
  /** The reviewer is the reader, as nobody else may review. */
  own: boolean;
}

export const reviewIn = ({ reader, review }: Pick<Reader, 'reader' | 'review'>): Review | null =>
  review && {
    entry: review,
    result: readerResults.find((one) => one === review.result),
    own: review.actor === reader,
  };

const says = {
  result: both('分かったことを選んでください', 'Choose what you found'),
  settled: both(
    'だれかがすでに調べたか、ふだんより多くはなくなっています',
    'Somebody has looked into it already, or it is no longer more than usual',
  ),
  more: both(
    '見ている間に、さらに多くの本人の情報が開かれました。もう一度見てください',
    'Information of more people was opened while you were looking. Please look again',
  ),
  own: both(
    '自分が開いたことは、調べられるほかの人が調べます',
    'Somebody else who may look into it will do so, as you opened it yourself',
  ),
} as const;

interface ReviewAsk {
  reader: string;
  result: string;
  /** The number of people shown to the reviewer, which the review is about. */
  shown: number;
}

/**
 * Records a review and its result. Home says nothing of that reader until they again open far more than usual. Of two at the same instant the second
 * waits for the first, and finds the reader reviewed.
 */
export const reviewReader = (room: Room, by: By, ask: ReviewAsk): Promise<Outcome<null>> =>
  room.office.database.transaction(async (tx) => {
    await awaitReview(tx);
    return review(room, by, ask, tx);
  });

async function review(room: Room, by: By, ask: ReviewAsk, tx: Tx): Promise<Outcome<null>> {
  const { clock } = room.office;
  const one = await oneReader(room.office, ask.reader, tx);
  if (!one) return notFound(both('この人は9週間に何も開いていません', 'They opened nothing in the last 9 weeks'));
  if (!mayReview(actorRef(by.actor), one.reader, await reviewersOf(room, tx))) return forbidden(says.own);
  if (one.waiting.length === 0) return conflict('result', says.settled);
  const result = readerResults.find((code) => code === ask.result);
  if (!result) return invalid('result', says.result);
  if (isFarMore(one.week - ask.shown, one.usual)) return conflict('result', says.more);
  const now = clock.now();
  const subjects = { ...namedAs(one.reader), people: one.waiting[0]!.people, on: dayOf(now), result };
  await append(tx, entryBy(by, now, READER_REVIEWED, subjects));
  return done(null);
}

/** The action of the entry that officers were told by mail; it names the readers. */
const TOLD = 'log:readers-told';

const TELLING = 0x5e_4b_10_72;

/** The readers that an entry names, in the form of actors in the log. */
const namedIn = (entry: LogEntry): string[] =>
  (['staff', 'system'] as const).flatMap((kind) => [entry[kind] ?? []].flat().map((id) => `${kind}:${String(id)}`));

/** The letters that may cover what was marked since a day. There is at most one a day. */
async function lettersOf({ database, clock }: Office, since: Day): Promise<ToldReaders[]> {
  const most = Math.max(0, daysBetween(since, clock.today())) + TOLD_DAYS;
  const entries = await listEntries(database, { actions: [TOLD], most });
  return entries.map(({ entry }) => ({ at: Date.parse(entry.at), readers: namedIn(entry) }));
}

/**
 * Tells officers by mail, at most once a day, that readers opened far more than usual: each officer gets the number they must review, which never
 * includes themselves where somebody else may. True when it was told now. Where mail is off, nothing is recorded, so that it is told once mail is on.
 */
export async function tellOfReaders(room: Room): Promise<boolean> {
  const { office, access } = room;
  const { clock, database, mail } = office;
  if (!mail.on || (await countedToReview(office)).length === 0) return false;
  const told = await database.alone(TELLING, async (tx) => {
    const found = (await countedToReview(office)).map(({ reader, review, waiting: marks }) => ({
      reader,
      reviewed: review && Date.parse(review.at),
      marked: marks.map(({ on }) => on).reduce(later),
    }));
    const letters = await lettersOf(office, found.map(({ marked }) => marked).reduce(earlier, clock.today()));
    const waiting = toTell(found, letters, clock.today());
    const reviewing = await staffWhoMay(access, 'log:review');
    const reviewers = reviewing.map(({ id }) => `staff:${id}`);
    const theirs = (one: StaffMember): number =>
      waiting.filter((reader) => mayReview(`staff:${one.id}`, reader, reviewers)).length;
    const told = reviewing.filter((one) => theirs(one) > 0);
    if (told.length === 0) return false;
    const idsOf = (kind: string): string[] =>
      waiting.filter((one) => one.startsWith(`${kind}:`)).map((one) => one.slice(kind.length + 1));
    await mailStaff(room, tx, told, (one) => ({
      ...readerLetter,
      number: readersNumber(theirs(one))[one.lang],
      path: '/log/readers?mark=to-review',
    }));
    const named = { staff: idsOf('staff'), system: idsOf('system') };
    await append(tx, logEntry(clock.now(), sekisho, TOLD, named));
    return true;
  });
  return told ?? false;
}

/** Keeps marking readers and telling officers of them by mail. */
export const keepTellingOfReaders = (room: Room, report: (line: string) => void): Rounds =>
  keepRounds(
    async (signal) => {
      await markReaders(room.office, signal);
      return tellOfReaders(room);
    },
    COUNTED_MS,
    reporting(report, 'readers'),
  );
