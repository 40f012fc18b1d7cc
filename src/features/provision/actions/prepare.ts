// Prepares approved packages in the background: reads the persons part by part, logging each reading, and seals them until the package is ready to
// be fetched. If the process stops, the work later goes on where it was. A change in the vault destroys the part it affects (see the trigger on
// vault_records), so that only what is held is ever sealed.

import type { Actor } from '../../../base/actor.ts';
import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { Finding } from '../../../base/finding.ts';
import { newId } from '../../../base/id.ts';
import type { Problem } from '../../../base/outcome.ts';
import { LAW_VERSION, type ProvisionFacts } from '../../../law/index.ts';
import { append, appending, decisionOf, entriesWithin, logEntry, type Loss } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { Damaged } from '../../../platform/damaged.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { withdrawLetters } from '../../../platform/mail.ts';
import {
  keepRounds,
  reporting,
  throughAll,
  untilNothingIsLeft,
  type Passing,
  type Rounds,
} from '../../../platform/rounds.ts';
import { open, opening, sealPart, type Found, type Permit, type Values } from '../../../vault/index.ts';
import { entryBy, type By } from '../../access/index.ts';
import { awaitedIn, decide, entryOf, standing, unjudged, type Decision } from '../../checkpoint/index.ts';
import { dayReached, timeReached } from '../../date/index.ts';
import { csvLine, READY_DAYS, whyOut, type Fallen } from '../facts.ts';
import {
  addFallen,
  emptyPackage,
  isAnyPreparing,
  lockWaiting,
  movePackage,
  noteStuck,
  takePreparing,
  takeStale,
} from '../store/packages.ts';
import { nextPart, readPart, savePart, sealedByClass, type PlacedPerson, type SealedPerson } from '../store/parts.ts';
import { expireRecords } from '../store/records.ts';
import { leavingPeople, placedNow, type PlacedClass } from '../store/screening.ts';
import type { PackageRow, Stuck } from '../tables.ts';
import type { Basis } from './basis.ts';
import { packageWords } from '../words.ts';
import { admittedClasses, ask, basisOf, knownFor, moved, screen, servingOf, subjectsOf } from './packages.ts';

const sekisho: Actor = { kind: 'sekisho' };
const DAY_MS = 86_400_000;

type Classes = (ReturnType<typeof admittedClasses>[number] & { facts: ProvisionFacts })[];

const nothingHeld = both('渡す項目を、だれについても保有していません', 'None of the items is held about anybody in it');

export const subjectsFor = (row: PackageRow) => ({
  ...subjectsOf(row),
  ...(row.approved_by ? { approved: row.approved_by } : {}),
});

/** Thrown when the record of a person in a package does not open. Has the name of the original error. */
class RecordDamaged extends Damaged {
  readonly person: string;

  constructor(person: string, { name }: Damaged) {
    super('provision: a record in a package does not open');
    this.name = name;
    this.person = person;
  }
}

function openFor(office: Office, permit: Permit, found: Found, asked: Parameters<typeof open>[3]): Values {
  try {
    return open(office.vault, permit, found, asked);
  } catch (error) {
    throw error instanceof Damaged ? new RecordDamaged(asked.principal, error) : error;
  }
}

const asOf = ({ fetched }: PackageRow, fallen: readonly Fallen[]): readonly Fallen[] =>
  fetched > 0 ? fallen.map((one) => ({ ...one, provided: true })) : fallen;

/**
 * Writes down who fell out of an approved package, and logs how many for each reason, with the law's no. Where the law lets them in, they fall out
 * because nobody approved them: a yes would read as if they had gone.
 */
export async function noteFallen(
  office: Office,
  by: By,
  tx: Tx,
  { row, policy }: { row: PackageRow; policy: number },
  fallen: readonly Fallen[],
): Promise<void> {
  if (fallen.length === 0) return;
  await addFallen(tx, row.id, asOf(row, fallen));
  await append(
    tx,
    ...fallen.map((one) =>
      entryBy(by, office.clock.now(), 'package:fall-out', {
        ...subjectsFor(row),
        people: one.people,
        falls_out: whyOut(one),
        ...(one.finding && one.finding.answer !== 'yes'
          ? { decision: decisionOf(one.finding, LAW_VERSION, policy) }
          : {}),
      }),
    ),
  );
}

/** Persons of whom something is held, but none of the items. */
const withoutItems = (people: number): Fallen => ({
  held: true,
  heldFor: true,
  stopped: null,
  objected: false,
  text: null,
  givenBy: null,
  withdrawn: false,
  givenOn: null,
  people,
  finding: null,
});

/** Reads the persons of a part, logging each reading, and seals their lines. */
async function preparePart(
  office: Office,
  tx: Tx,
  row: PackageRow,
  { basis, classes }: Going,
  { part, people }: { part: number; people: readonly PlacedPerson[] },
): Promise<void> {
  const { holding_id: holding, items, purpose } = row;
  const decisions = new Map<number, { decision: Decision; purposes: string[] | null }>(
    classes.map(({ no, finding, heldFor }) => {
      const principals = people.filter((one) => one.class === no).map((one) => one.principal_id);
      const scope = { act: 'provide', principals, holding, items, purposes: [purpose] } as const;
      const decision = decide(office, basis.stands.policy, finding, scope);
      return [no, { decision, purposes: heldFor ? servingOf(basis.stands, row) : null }];
    }),
  );
  // Persons whose class is no longer let in are not read.
  const asked = people.flatMap((one) => {
    const decided = decisions.get(one.class);
    return decided ? [{ ...one, key: newId(office.clock.now()), ...decided }] : [];
  });
  const finding = opening(
    asked.map(({ key, principal_id: principal, purposes }) => ({ key, principal, holding, items, purposes })),
  );
  const logging = appending(
    asked.map(({ key, principal_id, decision }) => ({
      key,
      entry: entryOf({ actor: sekisho, authority: [] }, { ...decision, id: key }, 'people:package', {
        ...subjectsFor(row),
        principal: principal_id,
      }),
    })),
  );
  const found = new Map((await readPart(tx, finding, logging)).map((one) => [one.key, one]));
  const sealed: SealedPerson[] = [];
  const out = new Set(people.map((one) => one.principal_id));
  let text = '';
  let empty = 0;
  for (const { key, principal_id: principal, decision, ...one } of asked) {
    const record = found.get(key);
    if (!record || !decision.permit) continue;
    const values = openFor(office, decision.permit, record, { principal, holding, items, now: decision.at });
    out.delete(principal);
    // Nothing would be provided of a person of whom none of the items is held.
    if (Object.keys(values).length === 0) {
      empty += 1;
      continue;
    }
    text += csvLine(items.map((code) => values[code] ?? ''));
    sealed.push({ principal_id: principal, class: one.class, consent_id: one.consent_id, entry: key });
  }
  const key = { kekVersion: row.kek_version!, wrapped: row.wrapped_key! };
  const place = { package: row.id, part };
  await savePart(tx, { id: row.id, part, people: sealed, sealed: sealPart(office.vault, key, place, text) });
  await noteFallen(office, { actor: sekisho, authority: [] }, tx, { row, policy: basis.stands.policy }, [
    ...(out.size > 0 ? await screen(tx, row, basis, [...out]) : []),
    ...(empty > 0 ? [withoutItems(empty)] : []),
  ]);
}

/** Why a package cannot go on: the law's answer, or another reason. */
export type Hindrance = { finding: Finding; policy: number } | { reason: Bilingual };

/** A reason of the program, as the package keeps it: the page shows it in the reader's language. */
const reasonIn = ({ ja, en }: Bilingual): string => `${ja} / ${en}`;

/** Ends a package that must not leave any more and destroys what was prepared. Returns the id of the log entry. */
export async function endPackage(office: Office, tx: Tx, row: PackageRow, hindrance: Hindrance): Promise<string> {
  const left = row.fetched > 0;
  await emptyPackage(tx, row.id);
  await movePackage(tx, row.id, {
    ...moved(office, sekisho, left ? 'closed' : 'refused'),
    reason: reasonIn('reason' in hindrance ? hindrance.reason : packageWords.noLonger),
    kek_version: null,
    wrapped_key: null,
  });
  const entry = logEntry(office.clock.now(), sekisho, 'refused', {
    ...subjectsFor(row),
    asked: 'provide',
    ...('finding' in hindrance ? { decision: decisionOf(hindrance.finding, LAW_VERSION, hindrance.policy) } : {}),
  });
  await append(tx, entry);
  return entry.id;
}

/** The basis of an approved package now, and the classes of its persons that the law lets in, with the facts it was asked with. */
export interface Going {
  basis: Basis;
  classes: Classes;
}

/** The law's answer now about each class of persons that was approved. */
const askAgain = (tx: Tx, row: PackageRow, basis: Basis) => ask(tx, row, basis, admittedClasses(row.screening ?? []));

const letIn = (answers: Awaited<ReturnType<typeof askAgain>>): Classes =>
  answers.filter(({ finding }) => finding.answer === 'yes');

/** Asks the registers and the law again whether a package may go on. */
export async function goingOn(office: Office, tx: Tx, row: PackageRow): Promise<Going | Hindrance> {
  const basis = await basisOf(office, tx, row);
  if (!basis.ok) return { reason: problemText(basis.problem) };
  const answers = await askAgain(tx, row, basis.value);
  const classes = letIn(answers);
  if (classes.length === 0) return { finding: answers[0]!.finding, policy: basis.value.stands.policy };
  return { basis: basis.value, classes };
}

/** What a package waits for: changes from these purposes to its own. With the law's answer until they are judged anew. */
export interface Waiting {
  from: string[];
  finding: Finding;
  policy: number;
}

/**
 * What a package waits for, when nobody in it may go now but somebody could once a change of purpose is judged anew; null otherwise. The persons
 * who wait must not have been removed from it yet. `part`: a part to look at first, because it is small.
 */
export async function waitingIn(
  tx: Tx,
  row: PackageRow,
  { basis, classes }: Going,
  part?: number,
): Promise<Waiting | null> {
  const { stands, on } = basis;
  const awaited = awaitedIn(stands).find(
    ({ holding, purpose }) => holding === row.holding_id && purpose === row.purpose,
  );
  if (!awaited) return null;
  const placed = (of: number | null) => placedNow(tx, row, knownFor(row, basis), classes, of);
  const goes = (all: readonly PlacedClass[]): boolean => all.some(({ going }) => going > 0);
  if (part !== undefined && goes(await placed(part))) return null;
  const all = await placed(null);
  const waits = goes(all) ? undefined : all.find(({ waiting }) => waiting > 0);
  if (!waits) return null;
  const asked = { holding: stands.holdings.get(row.holding_id)!, items: row.items, purpose: row.purpose };
  const would = classes.find(({ no }) => no === waits.class)!.finding;
  return { from: awaited.from, finding: unjudged(stands, asked, null, would, on), policy: stands.policy };
}

/** Logs that a package is refused for now, without ending it. Returns the id of the log entry. */
export async function holdBack(office: Office, by: By, tx: Tx, row: PackageRow, waiting: Waiting): Promise<string> {
  const entry = entryBy(by, office.clock.now(), 'refused', {
    ...subjectsFor(row),
    asked: 'provide',
    decision: decisionOf(waiting.finding, LAW_VERSION, waiting.policy),
  });
  await append(tx, entry);
  return entry.id;
}

/** What an approved package waits for at this moment; null when it waits for nothing. */
export async function packageWaits(office: Office, row: PackageRow): Promise<Finding | null> {
  if (row.state === 'preparing' ? row.waits_for === null : row.state !== 'ready') return null;
  return office.database.transaction(async (tx) => {
    const going = await goingOn(office, tx, row);
    return 'basis' in going ? ((await waitingIn(tx, row, going))?.finding ?? null) : null;
  });
}

/** What would become of a package that is ready if it were fetched at this moment. */
export interface IfFetched {
  /** Who would fall out. */
  leaving: readonly Fallen[];
  /** Why it would not be handed out at all; null where it would, or where nobody is left. */
  hindrance: Bilingual | null;
}

/** Asks the registers and the law what would become of a package if it were fetched at this moment. Opens no record. */
export async function ifFetched(office: Office, row: PackageRow): Promise<IfFetched> {
  if (row.state !== 'ready') return { leaving: [], hindrance: null };
  return office.database.transaction(async (tx) => {
    const basis = await basisOf(office, tx, row);
    if (!basis.ok) return { leaving: [], hindrance: problemText(basis.problem) };
    const classes = letIn(await askAgain(tx, row, basis.value));
    const leaving = await leavingPeople(tx, row, knownFor(row, basis.value), classes);
    return {
      leaving: leaving.length > 0 ? asOf(row, await screen(tx, row, basis.value, leaving)) : [],
      hindrance: null,
    };
  });
}

/** Seals the first part that is not sealed; false when all are. The package must be locked. */
export async function sealNext(office: Office, tx: Tx, row: PackageRow, going: Going): Promise<boolean> {
  const next = await nextPart(tx, row.id);
  if (next) await preparePart(office, tx, row, going, next);
  return next !== null;
}

const problemText = (problem: Problem): Bilingual =>
  problem.kind === 'invalid' ? problem.fields[0].says : 'says' in problem ? problem.says : nothingHeld;

/**
 * Takes the next step of a package that may go on: seals a part, lets it wait for a change of purpose to be judged anew, makes it ready, or ends it
 * because nobody is left.
 */
async function nextStep(office: Office, tx: Tx, row: PackageRow, going: Going): Promise<void> {
  const next = await nextPart(tx, row.id);
  const waiting = next && (await waitingIn(tx, row, going, next.part));
  if (waiting) {
    await movePackage(tx, row.id, { waits_for: waiting.from });
    await holdBack(office, { actor: sekisho, authority: [] }, tx, row, waiting);
    return;
  }
  if (row.waits_for) await movePackage(tx, row.id, { waits_for: null });
  if (next) await preparePart(office, tx, row, going, next);
  else if ((await sealedByClass(tx, row.id)).length === 0) await endPackage(office, tx, row, { reason: nothingHeld });
  else await movePackage(tx, row.id, moved(office, sekisho, 'ready'));
}

const stuckBy = (error: unknown, now: number): Stuck => ({
  since: new Date(now).toISOString(),
  why: error instanceof RecordDamaged ? 'record' : error instanceof Damaged ? 'key' : 'other',
  person: error instanceof RecordDamaged ? error.person : null,
});

/**
 * Takes the next step of a package that is being prepared; returns false when there was none. Asks the registers and the law again at every step: a
 * stopped recipient ends the package, and where all its persons wait, it waits. Persons who fall out are removed when it is fetched. If a step
 * fails, nothing of it is kept but a note of why.
 */
export async function prepareNext(office: Office, passing: Passing = { over: [] }): Promise<boolean> {
  const { database, clock } = office;
  const awaited = awaitedIn(await standing(office));
  if (!(await isAnyPreparing(database, awaited))) return false;
  const taken = database.transaction(async (tx) => {
    const row = await takePreparing(tx, awaited, passing.over);
    if (!row) return false;
    passing.at = row.id;
    const going = await goingOn(office, tx, row);
    if ('basis' in going) await nextStep(office, tx, row, going);
    else await endPackage(office, tx, row, going);
    if (row.stuck) {
      await movePackage(tx, row.id, { stuck: null });
      await withdrawLetters(tx, row.id, new Date(clock.now()));
    }
    return true;
  });
  return taken.catch(async (error: unknown) => {
    // If the note cannot be written either, the operator still hears of the first failure.
    if (passing.at !== undefined)
      await noteStuck(database, passing.at, stuckBy(error, clock.now())).catch(() => undefined);
    throw error;
  });
}

const over = both(`用意ができてから${READY_DAYS}日が過ぎたため`, `${READY_DAYS} days have passed since it was ready`);

/** Closes files whose time is over, fetched or not, so that none is kept for ever. */
async function closeStale(office: Office): Promise<void> {
  const now = office.clock.now();
  const reached = await timeReached(office);
  await office.database.transaction(async (tx) => {
    for (const row of await takeStale(tx, new Date(reached - READY_DAYS * DAY_MS))) {
      await emptyPackage(tx, row.id);
      await movePackage(tx, row.id, {
        ...moved(office, sekisho, 'closed'),
        reason: reasonIn(over),
        kek_version: null,
        wrapped_key: null,
      });
      await append(tx, logEntry(now, sekisho, 'package:close', subjectsFor(row)));
    }
  });
}

const broughtBack = both(
  'バックアップから戻したため。すでに渡したか、取りやめたものかもしれません',
  'A backup was restored, and it may have been handed over or cancelled since',
);

const broughtBackLeft = both('バックアップから戻したため', 'A backup was restored');

/**
 * Ends every package that a restored backup brought back on its way, as nobody can tell from it what has gone out or was cancelled since. Of the
 * drafts, which two people look at before they go out, only those of which the log says that they did, or were cancelled. Returns how many.
 */
export async function endPackagesBack(office: Office, tx: Tx, losses: readonly Loss[]): Promise<number> {
  const since = await Promise.all(losses.map((loss) => entriesWithin(tx, ['package:fetch', 'package:cancel'], loss)));
  const back = await lockWaiting(
    tx,
    since.flat().map(({ entry }) => String(entry.package)),
  );
  for (const row of back) {
    const left = row.fetched > 0;
    await emptyPackage(tx, row.id);
    await movePackage(tx, row.id, {
      ...moved(office, sekisho, left ? 'closed' : 'cancelled'),
      reason: reasonIn(left ? broughtBackLeft : broughtBack),
      kek_version: null,
      wrapped_key: null,
    });
    const action = left ? 'package:close' : 'package:cancel';
    await append(tx, logEntry(office.clock.now(), sekisho, action, subjectsFor(row)));
  }
  return back.length;
}

/** Erases records whose time of keeping is over (Rules 21), as many as one log entry names; returns how many. */
async function eraseSome(office: Office): Promise<number> {
  const over = await dayReached(office);
  return office.database.transaction(async (tx) => {
    const gone = await expireRecords(tx, over);
    if (gone.length > 0) {
      await append(tx, logEntry(office.clock.now(), sekisho, 'records:expire', { provisions: gone }));
    }
    return gone.length;
  });
}

/** Erases every record whose time of keeping is over; returns how many. */
export const eraseExpired = (office: Office, signal = new AbortController().signal): Promise<number> =>
  untilNothingIsLeft(signal, () => eraseSome(office));

const PAUSE_MS = 1_000;
const TIDYING_MS = 60 * 60 * 1_000;

/** Prepares packages as they are approved. Once an hour, closes files that were not fetched in time and erases expired records. */
export function keepProviding(office: Office, report: (line: string) => void): Rounds {
  let tidied = 0;
  const round = async (signal: AbortSignal): Promise<void> => {
    // Also true when the clock was put back. A failure is reported, holds up no package, and is retried with the next tidying.
    if (Math.abs(office.clock.now() - tidied) > TIDYING_MS) {
      tidied = office.clock.now();
      for (const tidy of [closeStale, eraseExpired])
        await tidy(office, signal).catch(reporting(report, 'packages, tidying'));
    }
    await throughAll(signal, (passing) => prepareNext(office, passing));
  };
  return keepRounds(round, PAUSE_MS, reporting(report, 'packages'));
}
