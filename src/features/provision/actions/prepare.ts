// What happens to an approved package without anybody: part by part its persons are read and sealed, each reading logged, until it is ready to
// be fetched. Whatever stops the process, the work goes on where it was. What changes in the vault destroys the part it is in (see the trigger
// on vault_records), so that nothing else is ever sealed than what is held.

import { actorRef, type Actor } from '../../../base/actor.ts';
import { both, type Bilingual } from '../../../base/bilingual.ts';
import { day, dayOf } from '../../../base/day.ts';
import type { Finding } from '../../../base/finding.ts';
import { newId } from '../../../base/id.ts';
import type { Problem } from '../../../base/outcome.ts';
import { LAW_VERSION, type ProvisionFacts } from '../../../law/index.ts';
import { append, appending, decisionOf, logEntry } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { Damaged } from '../../../platform/damaged.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { keepRounds, reporting, throughAll, type Passing, type Rounds } from '../../../platform/rounds.ts';
import { open, opening, sealPart, type Found, type Permit, type Values } from '../../../vault/index.ts';
import { entryBy, type By } from '../../access/index.ts';
import { awaitedIn, decide, entryOf, standing, unjudged, type Decision } from '../../checkpoint/index.ts';
import { timeReached } from '../../date/index.ts';
import { csvLine, type PackageState } from '../facts.ts';
import { emptyPackage, isAnyPreparing, movePackage, noteStuck, takePreparing, takeStale } from '../store/packages.ts';
import { nextPart, readPart, savePart, sealedByClass, type PlacedPerson, type SealedPerson } from '../store/parts.ts';
import { expireRecords } from '../store/records.ts';
import { placedNow, type PlacedClass } from '../store/screening.ts';
import type { PackageRow, Stuck } from '../tables.ts';
import type { Basis } from './basis.ts';
import { admittedClasses, ask, basisOf, knownFor, servingOf, subjectsOf } from './packages.ts';

const sekisho: Actor = { kind: 'sekisho' };
const DAY_MS = 86_400_000;
/** How long a file waits for whoever fetches it. */
const READY_DAYS = 14;

type Classes = (ReturnType<typeof admittedClasses>[number] & { facts: ProvisionFacts })[];

const moved = (office: Office, state: PackageState) => ({
  state,
  state_at: new Date(office.clock.now()),
  state_by: actorRef(sekisho),
});

const nothingHeld = both('渡す項目が、だれについてもありません', 'None of the items is held about anybody in it');

export const subjectsFor = (row: PackageRow) => ({
  ...subjectsOf(row),
  ...(row.approved_by ? { approved: row.approved_by } : {}),
});

/** A record of somebody in a package does not open. It is told by the name of what was found. */
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

/** Reads the persons of a part, each reading logged, and seals their lines. */
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
  // Whose class is let in no more is not read.
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
  let text = '';
  for (const { key, principal_id: principal, decision, ...one } of asked) {
    const record = found.get(key);
    if (!record || !decision.permit) continue;
    const values = openFor(office, decision.permit, record, { principal, holding, items, now: decision.at });
    // Of whom none of the items is held, nothing would be provided.
    if (Object.keys(values).length === 0) continue;
    text += csvLine(items.map((code) => values[code] ?? ''));
    sealed.push({ principal_id: principal, class: one.class, consent_id: one.consent_id, entry: key });
  }
  const key = { kekVersion: row.kek_version!, wrapped: row.wrapped_key! };
  const place = { package: row.id, part };
  await savePart(tx, { id: row.id, part, people: sealed, sealed: sealPart(office.vault, key, place, text) });
}

/** Why a package cannot go on: the law’s answer, or a reason beside it. */
export type Hindrance = { finding: Finding; policy: number } | { reason: Bilingual };

/** Ends a package of which nothing is to leave any more; what was prepared is destroyed. Answers the id of the log entry. */
export async function endPackage(office: Office, tx: Tx, row: PackageRow, hindrance: Hindrance): Promise<string> {
  const reason = 'reason' in hindrance ? `${hindrance.reason.ja} / ${hindrance.reason.en}` : null;
  const left = row.fetched > 0;
  await emptyPackage(tx, row.id);
  await movePackage(tx, row.id, {
    ...moved(office, left ? 'closed' : 'refused'),
    reason: left ? null : reason,
    kek_version: null,
    wrapped_key: null,
  });
  const entry = logEntry(office.clock.now(), sekisho, 'refused', {
    ...subjectsFor(row),
    asked: 'provide',
    ...('finding' in hindrance ? { decision: decisionOf(hindrance.finding, day(LAW_VERSION), hindrance.policy) } : {}),
  });
  await append(tx, entry);
  return entry.id;
}

/** What the registers know of an approved package now, and the classes of its persons that the law lets in, with the facts it was asked with. */
export interface Going {
  basis: Basis;
  classes: Classes;
}

/** Asks the registers and the law again whether a package may go on. */
export async function goingOn(office: Office, tx: Tx, row: PackageRow): Promise<Going | Hindrance> {
  const basis = await basisOf(office, tx, row);
  if (!basis.ok) return { reason: problemText(basis.problem) };
  const answers = await ask(tx, row, basis.value, admittedClasses(row.screening ?? []));
  const classes = answers.filter(({ finding }) => finding.answer === 'yes');
  if (classes.length === 0) return { finding: answers[0]!.finding, policy: basis.value.stands.policy };
  return { basis: basis.value, classes };
}

/** What a package waits for: the changes of these purposes to its own, and what the law answers until they are judged anew. */
export interface Waiting {
  from: string[];
  finding: Finding;
  policy: number;
}

/**
 * What a package waits for where nobody of it goes now and somebody would once a change of purpose were judged anew; null otherwise. Nobody may have
 * been taken out of it because of that. `part`: one to look at first, whose persons are few.
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

/** Logs that nothing of a package is provided for now; nothing of it is ended. Answers the id of the log entry. */
export async function holdBack(office: Office, by: By, tx: Tx, row: PackageRow, waiting: Waiting): Promise<string> {
  const entry = entryBy(by, office.clock.now(), 'refused', {
    ...subjectsFor(row),
    asked: 'provide',
    decision: decisionOf(waiting.finding, day(LAW_VERSION), waiting.policy),
  });
  await append(tx, entry);
  return entry.id;
}

/** What a package that was approved waits for at this moment; null where it waits for nothing. */
export async function packageWaits(office: Office, row: PackageRow): Promise<Finding | null> {
  if (row.state === 'preparing' ? row.waits_for === null : row.state !== 'ready') return null;
  return office.database.transaction(async (tx) => {
    const going = await goingOn(office, tx, row);
    return 'basis' in going ? ((await waitingIn(tx, row, going))?.finding ?? null) : null;
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

/** Takes the next step of a package that may go on: seals a part, waits for a change of purpose to be judged anew, is ready, or ends with nobody. */
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
  else await movePackage(tx, row.id, moved(office, 'ready'));
}

const stuckBy = (error: unknown, now: number): Stuck => ({
  since: new Date(now).toISOString(),
  why: error instanceof RecordDamaged ? 'record' : error instanceof Damaged ? 'key' : 'other',
  person: error instanceof RecordDamaged ? error.person : null,
});

/**
 * Takes the next step of a package that is being prepared. Answers whether there was one. The registers and the law are asked again with every
 * step: a recipient that was stopped ends it, and where all its persons wait, so does it. Whoever falls out is taken out when it is fetched. What
 * fails is noted of the package, and of nothing else of the step.
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
    if (row.stuck) await movePackage(tx, row.id, { stuck: null });
    return true;
  });
  return taken.catch(async (error: unknown) => {
    // Where nothing can be written the operator alone hears of it, and of what failed first.
    if (passing.at !== undefined)
      await noteStuck(database, passing.at, stuckBy(error, clock.now())).catch(() => undefined);
    throw error;
  });
}

/** Closes files that nobody fetched in time, so that nothing waits in the house for ever. */
async function closeStale(office: Office): Promise<void> {
  const now = office.clock.now();
  const over = await timeReached(office);
  await office.database.transaction(async (tx) => {
    for (const row of await takeStale(tx, new Date(over - READY_DAYS * DAY_MS))) {
      await emptyPackage(tx, row.id);
      await movePackage(tx, row.id, { ...moved(office, 'closed'), kek_version: null, wrapped_key: null });
      await append(tx, logEntry(now, sekisho, 'package:close', subjectsFor(row)));
    }
  });
}

/** Erases records whose time of keeping is over (Rules 21), as many as stand in one entry; answers how many they were. */
async function eraseSome(office: Office): Promise<number> {
  const over = dayOf(await timeReached(office));
  return office.database.transaction(async (tx) => {
    const gone = await expireRecords(tx, over);
    if (gone.length > 0) {
      await append(tx, logEntry(office.clock.now(), sekisho, 'records:expire', { provisions: gone }));
    }
    return gone.length;
  });
}

/** Erases every record whose time of keeping is over; answers how many there were. */
export async function eraseExpired(office: Office, signal = new AbortController().signal): Promise<number> {
  let erased = 0;
  for (let some = 1; some > 0 && !signal.aborted; erased += some) some = await eraseSome(office);
  return erased;
}

const PAUSE_MS = 1_000;
const TIDYING_MS = 60 * 60 * 1_000;

/** Prepares packages as they are approved, and once an hour closes and erases what is over. */
export function keepProviding(office: Office, report: (line: string) => void): Rounds {
  let tidied = 0;
  const round = async (signal: AbortSignal): Promise<void> => {
    // Also when the clock was put back. What fails is reported, keeps nobody from their package, and is tried again with the next tidying.
    if (Math.abs(office.clock.now() - tidied) > TIDYING_MS) {
      tidied = office.clock.now();
      for (const tidy of [closeStale, eraseExpired])
        await tidy(office, signal).catch(reporting(report, 'packages, tidying'));
    }
    await throughAll(signal, (passing) => prepareNext(office, passing));
  };
  return keepRounds(round, PAUSE_MS, reporting(report, 'packages'));
}
