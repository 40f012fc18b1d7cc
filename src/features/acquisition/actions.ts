// Acquiring personal information (APPI 20, 21, 30): the law is asked, and on a yes the person, the record of the acquisition and the
// log entry are written as one. A repeated request with the same key has its effect once.

import { actorRef, type Actor } from '../../base/actor.ts';
import { both } from '../../base/bilingual.ts';
import { readDay, type Day } from '../../base/day.ts';
import { isId, newId } from '../../base/id.ts';
import {
  conflict,
  done,
  fieldOutcome,
  invalid,
  notFound,
  type FieldProblem,
  type Outcome,
} from '../../base/outcome.ts';
import type { LostRecord } from '../../base/promise.ts';
import { folded } from '../../base/text.ts';
import { acquisitionContradictions, decideAcquisition, LAW_VERSION, type AcquisitionFacts } from '../../law/index.ts';
import {
  append,
  appending,
  entriesLost,
  itemsIn,
  listEntries,
  logEntry,
  type ListedEntry,
  type LogEntry,
} from '../../log/index.ts';
import { lossesIn, onceFor, type Office } from '../../office.ts';
import { batch } from '../../platform/batch.ts';
import type { Queryable } from '../../platform/database/index.ts';
import { keepRounds, reporting, untilNothingIsLeft, type Rounds } from '../../platform/rounds.ts';
import type { Part } from '../../platform/statement.ts';
import {
  creating,
  fingerprint,
  personKeys,
  resealForRecords,
  seal,
  sealBeside,
  sealForRecord,
  showBeside,
  tellingItems,
  withHeld,
  type Permit,
  type PersonKey,
  type SealedPerson,
  type Unread,
  type Values,
} from '../../vault/index.ts';
import {
  amendTogether,
  basisOf,
  decide,
  emailTaken,
  entryOf,
  holdShared,
  keyConflict,
  keyOfCall,
  keyProblem,
  personChanging,
  recordIn,
  refuse,
  says,
  SharedByOthers,
  sharedCode,
  standing,
  tokenProblem,
  Undone,
  untilItRests,
  use,
  type Decision,
  type Idempotency,
  type KnownHolding,
  type Scope,
} from '../checkpoint/index.ts';
import type { By } from '../access/index.ts';
import { consentsAsRead, consentsOf, standingOn } from '../consent/index.ts';
import { decideJudged } from '../consultation/index.ts';
import { dayReached } from '../date/index.ts';
import { holding as findHolding, isInUse } from '../ledger/index.ts';
import {
  acquireProblems,
  acquisitionFacts,
  completed,
  joinReceipt,
  overtaken,
  partReceipt,
  sourceProblems,
  unstated,
  type AcquireAsk,
  type Particulars,
} from './facts.ts';
import {
  addRecord,
  claimKey,
  createPersons,
  findKey,
  expireRecords,
  findRecord,
  isAsRead,
  isKeyTaken,
  keptUntil,
  listRecords,
  providersWaiting,
  putProviders,
  recordsOf,
  type RecordQuery,
  STATED,
} from './store.ts';
import type { AcquisitionRecord, KeyedRequest, ReliedOn, StoredRecord } from './tables.ts';

interface Taking {
  record: StoredRecord;
  person: SealedPerson;
  entry: LogEntry;
  keyed: KeyedRequest | null;
}

const DEADLOCK = '40P01';
/** The winner of a deadlock may still hold its locks when the loser retries, so it retries up to this often. */
const MOST_AGAIN = 5;

/** Writes what comes in, in one statement; answers which persons were created. */
async function writeTakings(on: Queryable, takings: Taking[]): Promise<boolean[]> {
  const created = await createPersons(
    on,
    takings.map((t) => t.record),
    takings.flatMap((t) => t.keyed ?? []),
    creating(takings.map((t) => t.person)),
    appending(takings.map((t) => ({ key: t.record.principal, entry: t.entry }))),
  );
  return takings.map((t) => created.has(t.record.principal));
}

/**
 * Concurrent acquisitions of new persons share one statement and one commit; one that fails does not harm the others. Answers whether the person was
 * created.
 */
const laneOf = onceFor((office) => {
  // Two processes may claim the same keys and addresses in crossing order; the loser of the deadlock has written nothing.
  const write = (takings: Taking[], again = MOST_AGAIN): Promise<boolean[]> =>
    writeTakings(office.database, takings).catch((error: unknown) => {
      if (again > 0 && (error as { code?: unknown }).code === DEADLOCK) return write(takings, again - 1);
      throw error;
    });
  const alone = async (taking: Taking): Promise<boolean> => {
    try {
      return (await write([taking]))[0]!;
    } catch (error) {
      if (isKeyTaken(error)) return false;
      throw error;
    }
  };
  return batch<Taking, boolean | Promise<boolean>>(
    (takings) =>
      write(takings).catch<(boolean | Promise<boolean>)[]>((error: unknown) => {
        // Two requests used one key at the same moment, so nothing was written. Each is written alone now, and only the later one finds the key
        // used.
        if (isKeyTaken(error)) return takings.map(alone);
        throw error;
      }),
    { most: 64, queue: 4096 },
  );
});

export interface Acquired {
  record: AcquisitionRecord;
  /** True when an earlier request with the same key did it. */
  repeated: boolean;
}

/** `idempotency`: the key the caller chose and the text of the request. */
export type AcquireRequest = AcquireAsk & {
  idempotency?: Idempotency | undefined;
};

/**
 * Acquires information about a new person, or adds to what is held about a known one. An addition replaces nothing unless the caller names the
 * version they saw and it is still the newest. What the register of consents said of a known person is checked again in the transaction that adds:
 * if the person withdraws or objects in between, the law is asked anew.
 */
export async function acquire(office: Office, by: By, ask: AcquireRequest): Promise<Outcome<Acquired>> {
  return keyProblem(ask.idempotency) ?? untilItRests(() => tryToAcquire(office, by, ask), personChanging);
}

async function tryToAcquire(office: Office, by: By, ask: AcquireRequest): Promise<Outcome<Acquired> | 'changed'> {
  const before = await earlier(office, actorRef(by.actor), ask);
  if (before) return tokenProblem(by.actor, ask.purposes) ?? before;
  const stands = await standing(office);
  const wrong =
    fieldOutcome(acquireProblems(stands, ask, office.clock.today())) ?? tokenProblem(by.actor, ask.purposes);
  if (wrong) return wrong;
  const holding = stands.holdings.get(ask.holding)!;
  const { facts, problems, asRead } = await asOnRecord(office, holding, ask, acquisitionFacts(stands, holding, ask));
  const impossible = fieldOutcome([...acquisitionContradictions(facts), ...problems]);
  if (impossible) return impossible;
  // The acquisition may serve several purposes, so a judgement about one of them does not apply.
  const about = { holding: holding.id, purpose: null, on: office.clock.today() };
  const { finding } = await decideJudged(office.database, decideAcquisition, facts, about);
  const principal = ask.principal ?? newId(office.clock.now());
  const items = Object.keys(ask.items);
  const purposes = [...ask.purposes];
  const scope: Scope = { act: 'acquire', principals: [principal], holding: holding.id, items, purposes };
  const decision = decide(office, stands.policy, finding, scope);
  const subjects = {
    ...(decision.permit || ask.principal ? { principal } : {}),
    holding: holding.id,
    items,
    purposes,
    channel: ask.channel,
    source: ask.source,
    ...sharedCode(ask.sharesEmailWith),
  };
  if (!decision.permit) return refuse(office, by, decision, 'acquire', subjects);
  const unsourced = fieldOutcome(sourceProblems(stands, ask));
  if (unsourced) return unsourced;
  const record = recordOf(by.actor, ask, decision, principal, purposes);
  const until = keptUntil(record.duties);
  const entry = entryOf(by, decision, 'people:acquire', { ...subjects, ...(until ? { keep_until: until } : {}) });
  const keyed = keyedRequest(office, record, ask);
  const acquiring = { ask, permit: decision.permit, record, reliedOn: reliedOn(facts), entry, keyed };
  const taken = ask.principal ? await add(office, acquiring, asRead) : await create(office, acquiring);
  return taken ?? done({ record, repeated: false });
}

/**
 * The facts the law is asked with, and the problems of what was stated otherwise than it is on record. `asRead` has a row only while the register of
 * consents is unchanged for the person; null where it was not asked.
 */
interface OnRecord {
  facts: AcquisitionFacts;
  problems: FieldProblem[];
  asRead: Part | null;
}

/**
 * Completes the consent (20(2)) of a known person from the register of consents. Of one that is on record for its day, the giver and the scope on record
 * count; of any other, those that are stated. The person may have withdrawn it since, or asked that a purpose stop, and where none is stated too the
 * register knows. What persons hand over themselves needs no consent.
 */
async function asOnRecord(
  office: Office,
  { id, specialCare }: KnownHolding,
  { principal, items, purposes }: AcquireAsk,
  facts: AcquisitionFacts,
): Promise<OnRecord> {
  const { information, source, consent } = facts;
  if (information !== 'special-care' || source === 'principal' || !isId(principal ?? ''))
    return { facts, problems: [], asRead: null };
  const codes = Object.keys(items).filter((code) => specialCare.has(code));
  const history = await consentsOf(office, principal!);
  const of = { for: 'special-care', holding: id, items: codes, recipient: null, abroad: false } as const;
  const today = office.clock.today();
  const standingsIn = (known: typeof history) =>
    purposes.map((purpose) => standingOn(known, { ...of, purpose }, today));
  const standings = standingsIn(history);
  const asRead = consentsAsRead(principal!, standings[0]!);
  const answer = ({ consent: whole, problems }: ReturnType<typeof unstated>): OnRecord => ({
    facts: { ...facts, ...(whole === undefined ? {} : { consent: whole }) },
    problems,
    asRead,
  });
  if (!consent) return answer(unstated(consent, standings));
  const { on } = consent;
  // Without its day it is not known which consent is meant.
  if (on === undefined) return answer({ consent, problems: [] });
  const given = { ...history, consents: history.consents.filter(({ given_on: day }) => day === on) };
  return answer(completed({ ...consent, on }, standings, standingsIn(given)));
}

/** On what special care-required information from others is acquired (20(2)), or what the person handed over without being shown the purpose (21). */
function reliedOn(facts: AcquisitionFacts): ReliedOn | null {
  const { information, source, consent, exception, urgent, noticeException } = facts;
  if (source === 'principal')
    return urgent || noticeException ? { urgent: urgent === true, notice: noticeException ?? null } : null;
  if (information !== 'special-care') return null;
  if (!exception) return { consent, exception: null };
  const { legalBasis: _, ...claim } = exception;
  return { consent, exception: claim };
}

function recordOf(
  actor: Actor,
  ask: AcquireAsk,
  decision: Decision,
  principal: string,
  purposes: string[],
): AcquisitionRecord {
  return {
    id: decision.id,
    principal,
    holding: ask.holding,
    at: decision.at,
    actor: actorRef(actor),
    channel: ask.channel,
    source: ask.source,
    purposes,
    items: Object.keys(ask.items),
    placement: ask.purposeIndicated?.placement ?? null,
    receipt: ask.receipt ?? null,
    unread: null,
    ...basisOf(decision.finding),
    lawVersion: LAW_VERSION,
    policyVersion: decision.policy,
    emailShared: ask.sharesEmailWith !== undefined,
  };
}

/**
 * The record as it is stored: the particulars of a person who gave the information are sealed. The record of a receipt must name the giver as long as it
 * is kept (30(4)), so they have a key of the record's own. In every other record they are sealed under the key of the person the information is about,
 * and become unreadable when that person is erased.
 */
function stored({ vault }: Office, { record, reliedOn }: Acquiring, key: PersonKey): StoredRecord {
  const { receipt, particulars } = record.receipt ? partReceipt(record.receipt) : { receipt: null, particulars: null };
  const row = { ...record, receipt, reliedOn };
  if (!particulars) return { ...row, sealed: null, recordKey: null, giver: null };
  const place = { principal: record.principal, of: record.id };
  if (!keptUntil(record.duties))
    return { ...row, sealed: sealBeside(vault, key, place, particulars), recordKey: null, giver: null };
  const { name } = particulars;
  // Without what the same person may write differently: widths, capitals and spaces.
  const giver = name === undefined ? null : fingerprint(vault, `giver\n${folded(name).replaceAll(/\s/g, '')}`);
  return { ...row, ...sealForRecord(vault, place, particulars), giver };
}

/** What of a stored record is in clear, and is shown. */
function unsealed(stored: StoredRecord) {
  const { sealed: _, recordKey: __, giver: ___, reliedOn: ____, ...record } = stored;
  return record;
}

/** Records as they were stated, as far as that can still be read. That `by` sees the particulars of a giver is logged. */
export async function asStated(office: Office, by: By, records: readonly StoredRecord[]): Promise<AcquisitionRecord[]> {
  const closed = records.flatMap(({ id: of, principal, sealed, recordKey }) =>
    sealed ? [{ of, principal, sealed, recordKey }] : [],
  );
  const shown = await showBeside(office, by, closed);
  return records.map((one) => {
    const record = unsealed(one);
    if (!one.sealed) return { ...record, unread: null };
    const particulars = shown.get(record.id) as Particulars | Unread;
    return typeof particulars === 'string'
      ? { ...record, unread: particulars }
      : { ...record, receipt: joinReceipt(record.receipt!, particulars), unread: null };
  });
}

/** Most records sealed anew in one transaction. */
const PROVIDERS = 200;

/**
 * Seals anew, under keys of the records' own, the particulars of givers that an earlier version sealed under the key of the person the information is
 * about. Particulars that do not open stay as they are, and the record says so.
 */
export async function sealWaitingProviders({ database, vault }: Office): Promise<void> {
  let after: string | null = null;
  do {
    const from: string | null = after;
    after = await database.transaction(async (tx) => {
      const waiting = await providersWaiting(tx, from, PROVIDERS);
      await putProviders(tx, await resealForRecords(tx, vault, waiting));
      return waiting.at(-1)?.of ?? null;
    });
  } while (after !== null);
}

const keyedRequest = (office: Office, record: AcquisitionRecord, ask: AcquireRequest): KeyedRequest | null =>
  ask.idempotency
    ? {
        actor: record.actor,
        key: keyOfCall(office, ask.idempotency.key),
        digest: fingerprint(office.vault, ask.idempotency.text),
        acquisition: record.id,
        at: record.at,
      }
    : null;

/** An acquisition that the law allows, before it is written. */
interface Acquiring {
  ask: AcquireRequest;
  permit: Permit;
  record: AcquisitionRecord;
  reliedOn: ReliedOn | null;
  entry: LogEntry;
  keyed: KeyedRequest | null;
}

/** Null when the person was created. */
async function create(office: Office, acquiring: Acquiring): Promise<Outcome<Acquired> | null> {
  const { ask, permit, record, entry, keyed } = acquiring;
  const { principal, holding, at } = record;
  const items = ask.items as Values;
  const { sharesEmailWith } = ask;
  const sharing = sharesEmailWith !== undefined;
  const person = seal(office.vault, { permit, principal, holding, items, sharing, now: at });
  const about = { principal, holding, email: items.email ?? '', sharesEmailWith };
  const taking = { record: stored(office, acquiring, person), person, entry, keyed };
  if (await (sharing ? createSharing(office, taking, about) : laneOf(office)(taking))) return null;
  const before = await earlier(office, record.actor, ask);
  if (before) return before;
  const inUse = (await findHolding(office, holding))?.state === 'active';
  return inUse ? emailTaken(office, entry, about) : retired;
}

/** Creates a person who shares an e-mail address, in a statement of their own, after checking that everybody else with the address was named. */
async function createSharing(
  office: Office,
  taking: Taking,
  about: Parameters<typeof holdShared>[2],
): Promise<boolean> {
  try {
    return await office.database.transaction(async (tx) => {
      await holdShared(tx, office, about);
      return (await writeTakings(tx, [taking]))[0]!;
    });
  } catch (error) {
    if (error instanceof SharedByOthers || isKeyTaken(error)) return false;
    throw error;
  }
}

/** Somebody retired the holding since the law was asked. */
const retired = invalid('holding', says.retired);

/** Thrown to undo a transaction: what the register of consents said has changed. */
class Changed extends Error {}

/** Null when it was added. */
async function add(
  office: Office,
  acquiring: Acquiring,
  asRead: Part | null,
): Promise<Outcome<Acquired> | 'changed' | null> {
  const { ask, permit, record, entry, keyed } = acquiring;
  const { principal, holding, at } = record;
  const { sharesEmailWith } = ask;
  const amendment = { permit, principal, holding, items: ask.items as Values, sharesEmailWith, now: at };
  try {
    const added = await amendTogether(office, entry, amendment, async (tx, amended) => {
      const wrong = overtaken(ask.seen, amended);
      if (wrong) throw new Undone(conflict('seen', wrong));
      if (!(await isInUse(tx, holding))) throw new Undone(retired);
      if (asRead && !(await isAsRead(tx, asRead))) throw new Changed();
      const key = (await personKeys(tx, [principal])).get(principal)!;
      await addRecord(tx, stored(office, acquiring, key));
      if (keyed) await claimKey(tx, keyed);
    });
    // The same request, sent twice at once, may have overtaken itself.
    return added.ok ? null : ((await earlier(office, record.actor, ask)) ?? added);
  } catch (error) {
    if (error instanceof Changed) return 'changed';
    if (isKeyTaken(error)) return earlier(office, record.actor, ask);
    throw error;
  }
}

/**
 * The answer to the earlier request with this key; null when there was none. The same answer is given whatever has changed since. Its statements
 * are those of this request, so nothing is opened.
 */
async function earlier(
  office: Office,
  actor: string,
  { idempotency, receipt }: AcquireRequest,
): Promise<Outcome<Acquired> | null> {
  const first = idempotency && (await findKey(office.database, actor, keyOfCall(office, idempotency.key)));
  if (!first) return null;
  if (!first.digest.equals(fingerprint(office.vault, idempotency.text))) return keyConflict;
  const record = unsealed((await findRecord(office.database, first.acquisition_id))!);
  return done({ record: { ...record, receipt: receipt ?? null, unread: null }, repeated: true });
}

/**
 * Opens the items that tell people apart of a person with the same e-mail address, for the first of these purposes they are held for. Null when
 * there are no such items, or the checkpoint says no.
 */
export async function openToCompare(
  office: Office,
  by: By,
  { principal, holding, purposes }: { principal: string; holding: string; purposes: readonly string[] },
): Promise<Values | null> {
  const kept = await recordIn(office.database, principal, holding);
  const itemsFor = (purpose: string): string[] =>
    (kept?.items ?? []).filter((code) => tellingItems.has(code) && kept!.heldFor.get(code)?.includes(purpose));
  const purpose = purposes.find((one) => itemsFor(one).length > 0);
  if (purpose === undefined) return null;
  const used = await use(office, by, { principal, holding, items: itemsFor(purpose), purpose });
  return used.ok ? used.value.values : null;
}

/** At most this many entries about a person are searched for changes in one holding. */
const MOST_LOOKED_AT = 100;

/** The entries of what changed in what a holding keeps of a person, the newest first, at most so many. */
export async function changesIn(office: Office, principal: string, holding: string, most: number): Promise<LogEntry[]> {
  const actions = ['people:acquire', 'people:correct'];
  const entries = await listEntries(office.database, { principal, actions, most: MOST_LOOKED_AT });
  return entries.flatMap(({ entry }) => (entry.holding === holding ? [entry] : [])).slice(0, most);
}

/** One acquisition as it is stored. */
export async function acquisition(office: Office, id: string): Promise<Outcome<StoredRecord>> {
  const record = isId(id) ? await findRecord(office.database, id) : null;
  return record
    ? done(record)
    : notFound(both('この取得の記録はありません', 'There is no such record of an acquisition'));
}

/** A person's acquisitions, newest first. */
export const acquisitionsOf = ({ database }: { database: Queryable }, principal: string): Promise<StoredRecord[]> =>
  recordsOf(database, principal);

/** Everybody's acquisitions, newest first. The ids of the query must be ids. */
export const acquisitions = ({ database }: Office, query: RecordQuery): Promise<StoredRecord[]> =>
  listRecords(database, query);

/** What the entry of an acquisition says whose record of the receipt (30) was lost with a restored backup. */
export interface LostReceipt extends LostRecord {
  holding: string;
  items: string[];
  purposes: string[];
  channel: string;
  /** The last day of the record. */
  keepUntil: Day | null;
}

function receiptIn({ cursor, entry }: ListedEntry): Omit<LostReceipt, 'held'> {
  const { id, at, principal, holding, purposes, channel, keep_until: until } = entry;
  return {
    cursor,
    id,
    at: Date.parse(at),
    principal: principal ?? null,
    holding: String(holding),
    items: itemsIn(entry),
    purposes: Array.isArray(purposes) ? purposes.map(String) : [],
    channel: String(channel),
    keepUntil: readDay(String(until)),
  };
}

/** The lost records of receipts whose time is not over, newest first; `before`: those before this cursor. */
export async function lostReceipts(
  office: Office,
  page: { before?: string | undefined; most: number },
): Promise<LostReceipt[]> {
  const { database } = office;
  const over = await dayReached(office);
  const lists = ({ keep_until: until }: LogEntry): boolean => typeof until === 'string' && until >= over;
  const listed = await entriesLost(database, await lossesIn(office), STATED, { ...page, lists });
  return withHeld(database, listed.map(receiptIn));
}

/** Erases records of receipts (30(3)) whose time is over, as many as stand in one entry; answers how many they were. */
async function eraseSome(office: Office): Promise<number> {
  const over = await dayReached(office);
  return office.database.transaction(async (tx) => {
    const gone = await expireRecords(tx, over);
    if (gone.length > 0)
      await append(tx, logEntry(office.clock.now(), { kind: 'sekisho' }, 'records:expire', { acquisitions: gone }));
    return gone.length;
  });
}

/**
 * Erases every record of a receipt whose time is over (Rules 25) and whose person is erased; while the person is held, the record says where their
 * information came from. Returns how many.
 */
export const eraseExpired = (office: Office, signal = new AbortController().signal): Promise<number> =>
  untilNothingIsLeft(signal, () => eraseSome(office));

const PAUSE_MS = 60 * 60 * 1_000;

/** Keeps erasing what is over. */
export const keepExpiring = (office: Office, report: (line: string) => void): Rounds =>
  keepRounds((signal) => eraseExpired(office, signal), PAUSE_MS, reporting(report, 'acquisition'));
