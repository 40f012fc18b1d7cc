// Who opened how much: what the log counts for each member of staff and each system, and that somebody looked into what is far more than usual.

import { actorRef, type Actor } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import { dayOf, startOf, type Day } from '../../../base/day.ts';
import { conflict, done, forbidden, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import {
  append,
  listEntries,
  logEntry,
  READER_REVIEWED,
  readingsOf,
  type LogEntry,
  type Reading,
} from '../../../log/index.ts';
import { keptReading, type Office } from '../../../office.ts';
import { keepRounds, reporting, type Rounds } from '../../../platform/rounds.ts';
import { asActor, entryBy, listStaff, type By, type Room } from '../../access/index.ts';
import {
  readerResults,
  isFarMore,
  mayReview,
  timesUsual,
  TOLD_DAYS,
  toTell,
  usualWeek,
  weekStarts,
  type ReaderResult,
  type ToldReaders,
} from '../facts/readers.ts';
import { actKinds, readerLetter, readersNumber } from '../words.ts';

/** One who opened or handed over something in the last nine weeks, held against their usual week. */
export interface Reader extends Pick<Reading, 'reader' | 'people' | 'acts' | 'today' | 'review'> {
  /** Different persons of the last seven days. */
  week: number;
  /** Those of them of whom something was opened since somebody looked into it. */
  unreviewed: number;
  since: Day;
  /** Different persons of a usual week; null without one to compare. */
  usual: number | null;
  times: number | null;
  /** The last seven days are far more than usual. */
  marked: boolean;
  /** They still are by what was opened since somebody looked into it. */
  toReview: boolean;
}

function readerOf(reading: Reading, today: Day): Reader {
  const { people, unreviewed } = reading;
  const [week, since] = [people[0]!, dayOf(reading.since.getTime())];
  const usual = usualWeek({ people, since }, today);
  return {
    ...reading,
    week,
    since,
    usual,
    times: timesUsual(week, usual),
    marked: isFarMore(week, usual),
    toReview: isFarMore(unreviewed, usual),
  };
}

/** Everybody who opened something, whoever opened most in the last seven days first. */
export async function readers({ database, clock }: Office): Promise<Reader[]> {
  const today = clock.today();
  const found = await readingsOf(database, {
    actions: actKinds.reached!.acts,
    starts: weekStarts(today).map((start) => new Date(startOf(start))),
    today: new Date(startOf(today)),
  });
  return found.map((one) => readerOf(one, today));
}

/** Home shows what was counted so long ago at most: it is looked at all day, and the count reads nine weeks of the log. */
const COUNTED_MS = 15 * 60_000;

const countedToReview = keptReading({
  tables: [],
  logged: READER_REVIEWED,
  given: ({ clock }) => [clock.today(), Math.floor(clock.now() / COUNTED_MS)],
  read: async (office) => (await readers(office)).filter(({ toReview }) => toReview),
});

/** Everybody active who may say that they looked into it, as the log names them. */
export async function reviewersOf({ access }: Room): Promise<string[]> {
  return (await listStaff(access))
    .filter((one) => one.state === 'active')
    .map(asActor)
    .filter((actor) => access.policies.decide(actor, 'log:review').allowed)
    .map(actorRef);
}

/** Those whom `actor` is to look into, counted a quarter of an hour ago at most. */
export async function readersToReview(room: Room, actor: Actor): Promise<Reader[]> {
  const waiting = await countedToReview(room.office);
  if (waiting.length === 0) return [];
  const reviewers = await reviewersOf(room);
  return waiting.filter(({ reader }) => mayReview(actorRef(actor), reader, reviewers));
}

/** What an entry that somebody looked into it says. */
export interface Review {
  entry: LogEntry;
  result: ReaderResult | undefined;
  /** They looked into it themselves, as nobody else may. */
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
    'Far more was opened while you were looking. Look once more',
  ),
  own: both(
    '自分が開いたことは、ほかの個人情報保護管理者が調べます',
    'Another privacy officer looks into what you opened yourself',
  ),
} as const;

interface ReviewAsk {
  reader: string;
  result: string;
  /** How many it were when they looked, which is what they speak of. */
  shown: number;
}

/** Somebody says that they looked into it, and what they found. Home is silent about that reader until they open far more than usual once more. */
export async function reviewReader(room: Room, by: By, ask: ReviewAsk): Promise<Outcome<null>> {
  const { database, clock } = room.office;
  const one = (await readers(room.office)).find(({ reader }) => reader === ask.reader);
  if (!one) return notFound(both('この人は9週間に何も開いていません', 'They opened nothing in the last 9 weeks'));
  if (!mayReview(actorRef(by.actor), one.reader, await reviewersOf(room))) return forbidden(says.own);
  if (!one.toReview) return conflict('result', says.settled);
  const result = readerResults.find((code) => code === ask.result);
  if (!result) return invalid('result', says.result);
  if (isFarMore(one.week - ask.shown, one.usual)) return conflict('result', says.more);
  const [kind, id] = one.reader.split(':') as ['staff' | 'system', string];
  const now = clock.now();
  const subjects = { [kind]: id, people: one.week, on: dayOf(now), result };
  await database.transaction((tx) => append(tx, entryBy(by, now, READER_REVIEWED, subjects)));
  return done(null);
}

/** That officers were told by mail; it names of whom. */
const TOLD = 'log:readers-told';

const TELLING = 0x5e_4b_10_72;

const sekisho: Actor = { kind: 'sekisho' };

/** Those whom an entry names, as the log names who acts. */
const namedIn = (entry: LogEntry): string[] =>
  (['staff', 'system'] as const).flatMap((kind) => [entry[kind] ?? []].flat().map((id) => `${kind}:${String(id)}`));

/** The letters of the last days: there is one a day at most. */
async function lettersOf({ database }: Office): Promise<ToldReaders[]> {
  const entries = await listEntries(database, { actions: [TOLD], most: TOLD_DAYS });
  return entries.map(({ entry }) => ({ at: Date.parse(entry.at), readers: namedIn(entry) }));
}

/**
 * Tells by mail, once a day at most, that somebody opened far more than usual: each officer how many they are to look into, and nobody of themselves.
 * Answers whether it was told now. Where mail is off nothing is written down, so that it is told once mail is on.
 */
export async function tellOfReaders(room: Room): Promise<boolean> {
  const { office, access } = room;
  const { clock, database, mail } = office;
  if (!mail.on || (await countedToReview(office)).length === 0) return false;
  const told = await database.alone(TELLING, async () => {
    const letters = await lettersOf(office);
    const waiting = toTell(
      (await countedToReview(office)).map(({ reader, review }) => ({
        reader,
        reviewed: review && Date.parse(review.at),
      })),
      letters,
      clock.today(),
    );
    const reviewers = await reviewersOf(room);
    const staff = (await listStaff(access)).filter((one) => reviewers.includes(actorRef(asActor(one))));
    const theirs = staff.map((one) => ({
      ...one,
      n: waiting.filter((reader) => mayReview(actorRef(asActor(one)), reader, reviewers)).length,
    }));
    if (theirs.every(({ n }) => n === 0)) return false;
    const idsOf = (kind: string): string[] =>
      waiting.filter((one) => one.startsWith(`${kind}:`)).map((one) => one.slice(kind.length + 1));
    await database.transaction(async (tx) => {
      for (const { email: to, lang, n } of theirs)
        if (n > 0)
          await mail.post(tx, {
            ...readerLetter,
            to,
            lang,
            number: readersNumber(n)[lang],
            path: '/log/readers?mark=to-review',
          });
      const named = { staff: idsOf('staff'), system: idsOf('system') };
      await append(tx, logEntry(clock.now(), sekisho, TOLD, named));
    });
    return true;
  });
  return told ?? false;
}

/** Keeps telling by mail. */
export const keepTellingOfReaders = (room: Room, report: (line: string) => void): Rounds =>
  keepRounds(() => tellOfReaders(room), COUNTED_MS, reporting(report, 'readers'));
