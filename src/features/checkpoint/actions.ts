// The checkpoint: facts go to the law, its finding comes back, and only a yes mints a permit. An effect or a reading commits together
// with its log entry; a refusal is logged too. Nothing is read, and nothing leaves, without that entry.

import type { Actor } from '../../base/actor.ts';
import type { Bilingual } from '../../base/bilingual.ts';
import { both } from '../../base/bilingual.ts';
import { day, type Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import { isId, newId } from '../../base/id.ts';
import { done, failed, invalid, notFound, type FieldProblem, type Outcome, type Problem } from '../../base/outcome.ts';
import { LAW_VERSION, decideUse, useContradictions, type Consent, type UseFacts } from '../../law/index.ts';
import { append, appending, decisionOf, ERASURE, logEntry, type Json, type LogEntry } from '../../log/index.ts';
import type { Office } from '../../office.ts';
import { batch } from '../../platform/batch.ts';
import type { Queryable, Tx } from '../../platform/database/index.ts';
import type { Part } from '../../platform/statement.ts';
import {
  amend,
  emailHolders,
  EmailTaken,
  erase,
  fingerprint,
  heldAbout,
  holdSharing,
  itemProblems,
  listHeld,
  open,
  othersOf,
  opening,
  search,
  unknownItem,
  itemsHeld,
  type Act,
  type Amended,
  type Asked,
  type Barrier,
  type Erasure,
  type Found,
} from '../../vault/index.ts';
import type { Held, Match, Permit, PermitScope, SearchTerm, Values } from '../../vault/index.ts';
import { mint } from '../../vault/permit.ts';
import {
  correctionFinding,
  erasureFinding,
  informationOf,
  limitedUse,
  personUse,
  purposesFor,
  receiptFinding,
  says,
  servedBy,
  sharingProblems,
  standingOf,
  stoppedUse,
  useProblems,
} from './facts.ts';
import type {
  CorrectionGround,
  ErasureGround,
  KnownHolding,
  SharingSaid,
  Standing,
  StandingFacts,
  UseAsk,
} from './facts.ts';
import { callsWaiting, keyCalls, readRecords } from './store.ts';

const CHANNEL = 'standing';
const PERMIT_MS = 60_000;
/** Standing facts this old are read again, whether or not anybody told of a change. */
const STANDING_MS = 5_000;

/** Reads on the connection that it is given. */
type Loader = (on: Queryable) => Promise<StandingFacts>;

/** What the register of consents says of uses. */
export interface UseRegister {
  /** Bars the readings that their person asked to stop. One for no purpose cannot be stopped. */
  objected: Barrier;
  /** How one person stands to a use on a day; `asRead` has a row, in the CTE of its name, while that is still so. */
  standing(
    on: Queryable,
    ask: Pick<UseAsk, 'principal' | 'holding' | 'items' | 'purpose'>,
    day: Day,
  ): Promise<{ consent: Consent | null; consentId: string | null; objectedOn: Day | null; asRead: Part }>;
}

interface Post {
  load: Loader;
  register: UseRegister;
  /** Undefined when something changed since it was read. */
  standing: Promise<Standing> | undefined;
  /** What `standing` came to; undefined while it is read. */
  known: Standing | undefined;
  /** When and for which day `standing` was read: a policy may come into force at midnight. */
  at: number;
  day: string;
}

const posts = new WeakMap<Office, Post>();

/**
 * Opens the checkpoint of an office. `load` reads the policy in force and the holdings; it is called again after every
 * NOTIFY standing, each new day, and at the first question after five seconds. `register` is asked about every use. Returns what stops listening.
 */
export async function openCheckpoint(
  office: Office,
  load: Loader,
  register: UseRegister,
): Promise<() => Promise<void>> {
  posts.set(office, { load, register, standing: undefined, known: undefined, at: 0, day: '' });
  return office.database.listen(CHANNEL, () => forgetStanding(office));
}

/** Lets the next question read the standing facts anew; for a feature that has just changed some of them. */
export function forgetStanding(office: Office): void {
  const post = posts.get(office);
  if (post) post.standing = undefined;
}

function postOf(office: Office): Post {
  const post = posts.get(office);
  if (!post) throw new Error('checkpoint: not opened');
  return post;
}

/**
 * The policy in force and the holdings as they stood at most five seconds ago. Whoever has a transaction open asks on it, and waits for no reading that
 * others began: that one may wait for the connection which the transaction holds.
 */
export function standing(office: Office, on: Queryable = office.database): Promise<Standing> {
  const post = postOf(office);
  const { clock } = office;
  const [now, today] = [clock.now(), clock.today()];
  const young = now >= post.at && now - post.at < STANDING_MS;
  const kept = young && post.day === today ? post.standing : undefined;
  if (on !== office.database) return kept && post.known ? kept : post.load(on).then(standingOf);
  if (kept) return kept;
  const reading = post.load(on).then(standingOf);
  post.standing = reading;
  post.known = undefined;
  post.at = now;
  post.day = today;
  reading.then(
    (known) => {
      if (post.standing === reading) post.known = known;
    },
    () => {
      if (post.standing === reading) post.standing = undefined;
    },
  );
  return reading;
}

/** What the checkpoint answered. `id` is the id of the decision and of its log entry. */
export interface Decision {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  finding: Finding;
  /** Version of the policy it was made under. */
  policy: number;
  /** Only with a yes that opens something. */
  permit: Permit | null;
}

/** What a yes would open. */
export type Scope = Pick<PermitScope, 'act' | 'principals' | 'holding' | 'items' | 'purposes'>;

/** Turns a finding of the law into a decision; a yes mints the permit for exactly this scope, good for a minute. `scope`: null where nothing is opened. */
export function decide(office: Office, policy: number, finding: Finding, scope: Scope | null): Decision {
  const at = office.clock.now();
  const id = newId(at);
  const permit = scope && finding.answer === 'yes' ? mint({ ...scope, decision: id, until: at + PERMIT_MS }) : null;
  return { id, at, finding, policy, permit };
}

const lawVersion = day(LAW_VERSION);

type Subjects = { [subject: string]: Json | undefined };

/** The log entry of a decision: same id, with the answer, its grounds and the versions it was made under. */
export const entryOf = (
  actor: Actor,
  authority: readonly string[],
  decision: Decision,
  action: string,
  subjects: Subjects,
): LogEntry =>
  logEntry(
    decision.at,
    actor,
    action,
    {
      ...subjects,
      decision: decisionOf(decision.finding, lawVersion, decision.policy),
      authority: [...authority],
    },
    decision.id,
  );

/** Logs a refusal under the action `refused` and answers with it. `asked`: an act, or a change of purpose; `tx`: the open transaction that it belongs to. */
export async function refuse(
  office: Office,
  actor: Actor,
  authority: readonly string[],
  decision: Decision,
  asked: Act | 'purpose',
  subjects: Subjects,
  tx?: Tx,
): Promise<{ ok: false; problem: Problem }> {
  const entry = entryOf(actor, authority, decision, 'refused', { ...subjects, asked });
  await (tx ? append(tx, entry) : office.database.transaction((own) => append(own, entry)));
  return failed({ kind: 'refused', finding: decision.finding, decision: decision.id });
}

const outsideToken: Bilingual = both(
  'このトークンには、その目的で扱う権限がありません',
  'This token is not allowed to handle information for that purpose',
);

/** A system's token names its purposes; outside of them it has no authority, whatever the law would say. */
export const tokenProblem = (actor: Actor, purposes: readonly string[]): Outcome<never> | null =>
  actor.kind === 'system' && !purposes.every((purpose) => actor.purposes.includes(purpose))
    ? failed({ kind: 'forbidden', says: outsideToken })
    : null;

/** A token changes or ends what a holding keeps only with every purpose that it serves; one that serves none is reached by no token. */
export function holdingsProblem(actor: Actor, stands: Standing, holdings: readonly string[]): Outcome<never> | null {
  const reached = holdings.every((id) => (stands.holdings.get(id)?.purposes.length ?? 0) > 0);
  const purposes = holdings.flatMap((id) => stands.holdings.get(id)?.purposes.map((purpose) => purpose.id) ?? []);
  return actor.kind === 'system' && !reached
    ? failed({ kind: 'forbidden', says: outsideToken })
    : tokenProblem(actor, purposes);
}

/** What is on record for these purposes is told to a token of one of them. */
export const isTold = (actor: Actor, purposes: readonly string[]): boolean =>
  actor.kind !== 'system' || purposes.some((purpose) => actor.purposes.includes(purpose));

/** What was found on record, for those who are told of it. */
export const asTold = <T>(actor: Actor, found: Outcome<T>, purposesOf: (value: T) => readonly string[]): Outcome<T> =>
  found.ok && !isTold(actor, purposesOf(found.value)) ? failed({ kind: 'forbidden', says: outsideToken }) : found;

/** The purposes of which a token is told what is on record. Null: everybody else is told of all. */
export const purposesTold = (actor: Actor): readonly string[] | null =>
  actor.kind === 'system' ? actor.purposes : null;

/** The holdings that a token is told of: those that serve one of its purposes. Null: everybody else is told of all. */
export const toldOf = (actor: Actor, stands: Standing): string[] | null =>
  actor.kind === 'system'
    ? [...stands.holdings.values()]
        .filter(({ purposes }) => purposes.some(({ id }) => actor.purposes.includes(id)))
        .map(({ id }) => id)
    : null;

/** A failed outcome naming the fields; null when there is none. */
export function fieldOutcome([first, ...rest]: readonly FieldProblem[]): Outcome<never> | null {
  return first ? failed({ kind: 'invalid', fields: [first, ...rest] }) : null;
}

export interface Used {
  decision: string;
  finding: Finding;
  values: Values;
  /** Asked for, but not held about this person. */
  absent: string[];
  /** Of the record that was read; whoever corrects what they read here says it. */
  version: number;
}

interface Reading {
  decision: Decision;
  ask: Omit<Asked, 'key'>;
  entry: LogEntry;
}

type Lane = (reading: Reading) => Promise<Found | null>;

const lanes = new WeakMap<Office, Lane>();

/** Concurrent readings share one statement and one commit: each row is found only together with its log entry. */
function laneOf(office: Office): Lane {
  const known = lanes.get(office);
  if (known) return known;
  const lane = batch<Reading, Found | null>(
    async (readings) => {
      const asked = readings.map(({ decision, ask }) => ({ ...ask, key: decision.id }));
      const entries = readings.map(({ decision, entry }) => ({ key: decision.id, entry }));
      const finding = opening(asked, { barrier: postOf(office).register.objected });
      const rows = await readRecords(office.database, finding, appending(entries));
      const byKey = new Map(rows.map((row) => [row.key, row]));
      return readings.map(({ decision }) => byKey.get(decision.id) ?? null);
    },
    { most: 64, queue: 4096 },
  );
  lanes.set(office, lane);
  return lane;
}

const notHeld = notFound('この台帳に、この本人の情報はありません', 'Nothing is held about this person in this holding');

interface Using {
  stands: Standing;
  holding: KnownHolding;
  ask: UseAsk & { authority: readonly string[] };
  scope: Scope;
}

/** What was read, for a person whose record was found with this decision. */
function used(office: Office, { ask, holding, scope }: Using, decision: Decision, found: Found): Outcome<Used> {
  const items = scope.items as readonly string[];
  const asked = { principal: ask.principal, holding: holding.id, items, now: decision.at };
  const values = open(office.vault, decision.permit!, found, asked);
  const absent = items.filter((code) => values[code] === undefined);
  return done({ decision: decision.id, finding: decision.finding, values, absent, version: found.version });
}

/**
 * Reads for a person of whom the ledger's purposes do not tell enough: whose items are held for something else, or who consented or asked to
 * stop. The law is asked with that, and the statement reads as long as it is so.
 */
async function useExactly(office: Office, actor: Actor, using: Using): Promise<Outcome<Used> | 'changed'> {
  const { stands, holding, ask, scope } = using;
  const { principal, purpose, authority } = ask;
  const today = office.clock.today();
  const asked = { principal, holding: holding.id, items: scope.items as readonly string[], purpose };
  const subjects = { principal, holding: holding.id, items: [...asked.items], purpose };
  const held = await itemsHeld(office.database, asked);
  const { consent, consentId, objectedOn, asRead } = await postOf(office).register.standing(
    office.database,
    asked,
    today,
  );
  const person = { held: held?.purposes ?? [], consent, objectedOn };
  const finding = personUse(stands, asked, person, today);
  const decision = decide(office, stands.policy, finding, scope);
  if (!decision.permit) return refuse(office, actor, authority, decision, 'use', subjects);
  if (!held) return notHeld;
  const within = purposesFor(holding, person.held).some(({ id }) => id === purpose);
  const reading = { ...asked, key: decision.id, purposes: within ? servedBy(holding, purpose) : null };
  const resting = within || consentId === null ? {} : { consent: consentId };
  const entry = entryOf(actor, authority, decision, 'people:use', { ...subjects, ...resting });
  const [found] = await readRecords(
    office.database,
    asRead,
    opening([reading], { given: asRead.name }),
    appending([{ key: decision.id, entry }]),
  );
  return found ? used(office, using, decision, found) : 'changed';
}

const MOST_TRIES = 3;

/** Decides anew, some times over, where what was decided on changed before the statement; `changing`: the answer where it never rests. */
export async function untilItRests<T>(
  attempt: () => Promise<Outcome<T> | 'changed'>,
  changing: Outcome<never>,
): Promise<Outcome<T>> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const outcome = await attempt();
    if (outcome !== 'changed') return outcome;
  }
  return changing;
}

/** The records of a person never rest. */
export const personChanging = failed({
  kind: 'conflict',
  field: 'principal',
  says: both(
    'この本人の記録が変わり続けています。少し待ってから、もう一度お試しください',
    'The records of this person keep changing. Wait a moment and try again',
  ),
});

/**
 * Reads named items of a person for a purpose. The law is asked before anything is read, with the purposes that the ledger states; the reading finds
 * only what the person's items are held for and the person has not asked to stop. Values are handed over only after the log entry is committed.
 */
export async function use(
  office: Office,
  actor: Actor,
  ask: UseAsk & { authority: readonly string[] },
): Promise<Outcome<Used>> {
  const stands = await standing(office);
  const wrong = fieldOutcome(useProblems(stands, ask)) ?? tokenProblem(actor, [ask.purpose]);
  if (wrong) return wrong;
  const { principal, purpose, authority } = ask;
  const holding = stands.holdings.get(ask.holding)!;
  const items = [...new Set(ask.items)];
  const facts: UseFacts = {
    information: informationOf(holding, items),
    purpose,
    holdingPurposes: holding.purposes,
    consent: null,
    exception: null,
  };
  const impossible = fieldOutcome(useContradictions(facts));
  if (impossible) return impossible;
  const today = office.clock.today();
  const stopped = stoppedUse(stands, principal, purpose, today) ?? limitedUse(stands, { items, purpose });
  const finding = stopped ?? decideUse(facts, today);
  const scope: Scope = { act: 'use', principals: [principal], holding: holding.id, items, purposes: [purpose] };
  const decision = decide(office, stands.policy, finding, scope);
  const subjects = { principal, holding: holding.id, items, purpose };
  if (stopped) return refuse(office, actor, authority, decision, 'use', subjects);
  const using = { stands, holding, ask, scope };
  if (decision.permit) {
    const entry = entryOf(actor, authority, decision, 'people:use', subjects);
    const asked = { ...subjects, purposes: servedBy(holding, purpose) };
    const found = await laneOf(office)({ decision, ask: asked, entry });
    if (found) return used(office, using, decision, found);
  }
  return untilItRests(() => useExactly(office, actor, using), personChanging);
}

export interface AddressAsk {
  principal: string;
  /** A holding that has the person's name. */
  holding: string;
  /** Id of the log entry that the receipt is about. */
  about: string;
  /** The entry speaks of a provision or of a receipt from a third party. */
  thirdParty: boolean;
  authority: readonly string[];
}

/** Reads a person's name, and nothing else, to address the receipt of one entry to them. */
export async function addressee(
  office: Office,
  actor: Actor,
  { principal, holding, about, thirdParty, authority }: AddressAsk,
): Promise<Outcome<string>> {
  const stands = await standing(office);
  const items = ['name'];
  const scope: Scope = { act: 'receipt', principals: [principal], holding, items, purposes: [] };
  const decision = decide(office, stands.policy, receiptFinding(thirdParty), scope);
  const entry = entryOf(actor, authority, decision, 'people:receipt', { principal, holding, items, about });
  const found = await laneOf(office)({
    decision,
    ask: { principal, holding, items, purposes: null },
    entry,
  });
  if (!found) return notHeld;
  const { name } = open(office.vault, decision.permit!, found, { principal, holding, items, now: decision.at });
  return name === undefined ? notHeld : done(name);
}

/** How many readings of one request are under way at once. */
const WINDOW = 128;

/** One question of many. */
export interface Asking {
  /** When it was taken up, in the time of the process (`performance.now()`). */
  began: number;
  answer: Promise<Outcome<Used>>;
}

/**
 * Reads for many questions; answers come in the order of the questions, each its own outcome. Never holds more than a window of
 * them, however many there are. A question that could not be read is answered by its problem.
 */
export function* useMany(
  office: Office,
  actor: Actor,
  authority: readonly string[],
  asks: Iterable<Outcome<UseAsk>>,
): Generator<Asking> {
  const underWay: Asking[] = [];
  for (const ask of asks) {
    const began = performance.now();
    const answer = ask.ok ? use(office, actor, { ...ask.value, authority }) : Promise.resolve(ask);
    // Looked at when its turn comes; until then a failure is nobody's surprise.
    answer.catch(() => undefined);
    underWay.push({ began, answer });
    if (underWay.length >= WINDOW) yield underWay.shift()!;
  }
  yield* underWay;
}

/** Thrown inside a transaction to undo it, carrying the outcome out. */
export class Undone extends Error {
  readonly outcome: Outcome<never>;
  constructor(outcome: Outcome<never>) {
    super('undone');
    this.outcome = outcome;
  }
}

/** One transaction, with the outcome that it was undone for, if it was. */
async function undoable<T>(office: Office, work: (tx: Tx) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await office.database.transaction(work);
  } catch (error) {
    if (error instanceof Undone) return error.outcome;
    throw error;
  }
}

/** An e-mail address in a holding, with those who are said to be others and to share it: everybody who has it. */
interface Sharing {
  principal: string;
  holding: string;
  email: string;
  sharesEmailWith: readonly string[] | undefined;
}

const takenWords = {
  unsaid: both(
    'このメールアドレスは、この台帳のほかの人が使っています。同じ人かを確かめてください。夫婦や会社で共に使う別の人なら、そう示して進みます',
    'Somebody in the holding has this e-mail address already. Make sure whether it is the same person; if it is somebody else, as a couple or a company may share one, say so and go on',
  ),
  others: both(
    'このメールアドレスを使う人が、示された人と違います。いま使っている全員について、別の人かを確かめてください',
    'Those who have this e-mail address are not those you named. Make sure of everybody who has it now that they are somebody else',
  ),
  nobody: both(
    'この台帳に、このメールアドレスを使うほかの人はいません。共に使う人は示さずに進みます',
    'Nobody else in the holding has this e-mail address. Go on without naming anybody who shares it',
  ),
} satisfies Record<string, Bilingual>;

/**
 * The conflict when others of the holding have the e-mail address, or others than those said to share it, with who they are. Whoever hears of them
 * has found them by it, which is logged as a search of whoever would have written the entry `of`.
 */
export async function emailTaken(
  office: Office,
  { actor, authority = [] }: LogEntry,
  { principal, holding, email, sharesEmailWith }: Sharing,
): Promise<Outcome<never>> {
  const principals = await office.database.transaction(async (tx) => {
    const found = (await emailHolders(tx, office.vault, { holding, email })).filter((one) => one !== principal);
    const subjects = { by: ['email'], found: found.length, holding, authority };
    await append(tx, { ...logEntry(office.clock.now(), { kind: 'sekisho' }, 'people:search', subjects), actor });
    return found;
  });
  const [existing] = principals;
  const said = sharesEmailWith !== undefined;
  return failed({
    kind: 'conflict',
    field: said ? 'sharesEmailWith' : 'items.email',
    says: takenWords[!said ? 'unsaid' : existing ? 'others' : 'nobody'],
    ...(existing && principals.length === 1 ? { existing } : {}),
    ...(existing ? { principals } : {}),
  });
}

/** Thrown inside a transaction to undo it: those who have an e-mail address are not those who are said to share it. */
export class SharedByOthers extends Error {}

/**
 * Keeps an e-mail address from changing hands until the transaction ends, where it is said to be shared; throws SharedByOthers. Answers whether it
 * is said.
 */
export async function holdShared(
  tx: Tx,
  office: Office,
  { principal, holding, email, sharesEmailWith }: Sharing,
): Promise<boolean> {
  if (!sharesEmailWith) return false;
  const about = { principal, sharesWith: sharesEmailWith };
  if (!(await holdSharing(tx, office.vault, { holding, email }, about))) throw new SharedByOthers();
  return true;
}

/** How the log says that an e-mail address was said to be shared with another person. */
export const sharedCode = (sharesEmailWith: readonly string[] | undefined): { email?: 'shared' } =>
  sharesEmailWith ? { email: 'shared' } : {};

const emptied = invalid(
  'items',
  '項目がすべてなくなる訂正はできません。消去してください',
  'A correction cannot take out every item. Use erasure instead',
);

/**
 * Runs an amendment with its log entry in one transaction; `record` writes what else belongs to it. Used by correction, and by acquisition
 * for persons who are known already.
 */
export async function amendTogether(
  office: Office,
  entry: LogEntry,
  { sharesEmailWith, ...amendment }: Omit<Parameters<typeof amend>[2], 'sharing'> & SharingSaid,
  record: (tx: Tx, amended: Extract<Amended, { kind: 'done' }>) => Promise<void>,
): Promise<Outcome<{ version: number }>> {
  const { principal, holding, items } = amendment;
  const about = { principal, holding, email: items.email ?? '', sharesEmailWith };
  try {
    return await undoable(office, async (tx) => {
      const sharing = await holdShared(tx, office, about);
      const amended = await amend(tx, office.vault, { ...amendment, sharing });
      if (amended.kind === 'not-found') throw new Undone(notHeld);
      if (amended.kind === 'empty') throw new Undone(emptied);
      await record(tx, amended);
      await append(tx, entry);
      return done({ version: amended.version });
    });
  } catch (error) {
    if (error instanceof EmailTaken || error instanceof SharedByOthers) return emailTaken(office, entry, about);
    throw error;
  }
}

export interface CorrectAsk extends SharingSaid {
  principal: string;
  holding: string;
  /** New values; null takes an item out. */
  items: Readonly<Record<string, string | null>>;
  ground: CorrectionGround;
  authority: readonly string[];
  /** The version of the record that whoever corrects was shown: where another has taken its place, nothing is corrected. */
  seen?: number | undefined;
  /** Writes what else belongs to the correction, in its transaction; gets the id of its log entry, and what stood in these items before. */
  record?: ((tx: Tx, entry: string, before: Values) => Promise<void>) | undefined;
}

/** Those of the codes that the person has nothing of in the holding. What is held can be taken out, whether the ledger still lists it or not. */
async function notHeldItems(
  office: Office,
  principal: string,
  holding: string,
  codes: readonly string[],
): Promise<string[]> {
  if (codes.length === 0) return [];
  const about = await heldAbout(office.database, principal);
  const records = about && 'records' in about ? about.records : [];
  const items = records.find((record) => record.holding === holding)?.items ?? [];
  return codes.filter((code) => !items.includes(code));
}

const overtaken = failed({
  kind: 'conflict',
  field: 'seen',
  says: both(
    'この台帳の内容が、確かめた後に変わりました。いまの内容を確かめ、これでよければもう一度訂正してください。',
    'What this holding keeps has changed since you saw it. Look at what it keeps now, and correct it again if that is still right.',
  ),
});

/** Corrects, adds to or takes out of what a holding says about a person (APPI 22, 34). */
export async function correct(
  office: Office,
  actor: Actor,
  ask: CorrectAsk,
): Promise<Outcome<{ decision: string; version: number }>> {
  const stands = await standing(office);
  const { principal, authority } = ask;
  const holding = stands.holdings.get(ask.holding);
  if (!isId(principal)) return fieldOutcome([{ field: 'principal', says: says.principal }])!;
  if (!holding) return fieldOutcome([{ field: 'holding', says: says.holding }])!;
  const outside = holdingsProblem(actor, stands, [holding.id]);
  if (outside) return outside;
  const today = office.clock.today();
  const given = Object.fromEntries(Object.entries(ask.items).filter(([, value]) => value !== null));
  const taken = Object.keys(ask.items).filter((code) => ask.items[code] === null);
  const unlisted = taken.filter((code) => !holding.items.has(code));
  // What the person asks to have added they hand over themselves (guideline 3-3-2); what we found out by ourselves is acquired (20(2)).
  const ofCare = ask.ground === 'request' ? [] : Object.keys(given).filter((code) => holding.specialCare.has(code));
  const wrong = fieldOutcome([
    ...sharingProblems(ask),
    ...(taken.length === 0 || Object.keys(given).length > 0 ? itemProblems(given, holding.items, 'items', today) : []),
    ...(await notHeldItems(office, principal, holding.id, unlisted)).map((code) => unknownItem(code, 'items')),
    ...(await notHeldItems(office, principal, holding.id, ofCare)).map((code) => ({
      field: `items.${code}`,
      says: says.acquire,
    })),
  ]);
  if (wrong) return wrong;
  const items = Object.keys(ask.items);
  const scope: Scope = { act: 'correct', principals: [principal], holding: holding.id, items, purposes: [] };
  const finding = correctionFinding(ask.ground, informationOf(holding, items), today);
  const decision = decide(office, stands.policy, finding, scope);
  const subjects = { principal, holding: holding.id, items, ground: ask.ground };
  if (!decision.permit) return refuse(office, actor, authority, decision, 'correct', subjects);
  const out = taken.length > 0 ? { taken_out: taken } : {};
  const { sharesEmailWith } = ask;
  const said = { ...out, ...sharedCode(sharesEmailWith) };
  const entry = entryOf(actor, authority, decision, 'people:correct', { ...subjects, ...said });
  const about = { principal, holding: holding.id, items: ask.items, sharesEmailWith };
  const amendment = { ...about, permit: decision.permit, now: decision.at };
  const amended = await amendTogether(office, entry, amendment, async (tx, { version, before }) => {
    if (ask.seen !== undefined && version !== ask.seen + 1) throw new Undone(overtaken);
    await ask.record?.(tx, decision.id, before);
  });
  return amended.ok ? done({ decision: decision.id, version: amended.value.version }) : amended;
}

export interface EraseAsk {
  principal: string;
  ground: ErasureGround;
  authority: readonly string[];
  /** Writes what else belongs to the erasure, in its transaction; gets the id of its log entry. */
  record?: ((tx: Tx, entry: string) => Promise<void>) | undefined;
}

/**
 * Erases everything that is held about a person (APPI 22, 35). Once erased, the same answer is given again. The log entry `entry` certifies it.
 */
export async function eraseAll(
  office: Office,
  actor: Actor,
  { principal, ground, authority, record }: EraseAsk,
): Promise<Outcome<Erasure>> {
  if (!isId(principal)) return fieldOutcome([{ field: 'principal', says: says.principal }])!;
  const stands = await standing(office);
  const scope: Scope = { act: 'erase', principals: [principal], holding: 'all', items: 'all', purposes: [] };
  const decision = decide(office, stands.policy, erasureFinding(ground, office.clock.today()), scope);
  const { permit } = decision;
  if (!permit) return refuse(office, actor, authority, decision, 'erase', { principal, ground });
  return undoable(office, async (tx) => {
    const result = await erase(tx, permit, { principal, now: decision.at });
    if (!result) return unknownPerson;
    const { erasure, fresh } = result;
    const outside = holdingsProblem(actor, stands, erasure.holdings);
    if (outside) throw new Undone(outside);
    if (fresh) {
      const subjects = { principal, holdings: erasure.holdings, items: erasure.items, ground };
      await append(tx, entryOf(actor, authority, decision, ERASURE, subjects));
    }
    await record?.(tx, erasure.entry);
    return done(erasure);
  });
}

export interface FindAsk {
  terms: readonly SearchTerm[];
  /** Null: in every holding. */
  holding: string | null;
  authority: readonly string[];
}

/** Most persons one search answers. */
export const MOST_MATCHES = 100;

/** Finds persons by e-mail, telephone, name or reading. Answers ids; the log keeps by what was searched, never for what. */
export async function find(office: Office, actor: Actor, ask: FindAsk): Promise<Outcome<Match[]>> {
  const stands = await standing(office);
  if (ask.holding !== null && !stands.holdings.has(ask.holding))
    return fieldOutcome([{ field: 'holding', says: says.holding }])!;
  const told = toldOf(actor, stands);
  if (ask.holding !== null && told?.includes(ask.holding) === false)
    return failed({ kind: 'forbidden', says: outsideToken });
  const within = ask.holding === null ? told : [ask.holding];
  return office.database.transaction(async (tx) => {
    const matches = await search(tx, office.vault, ask.terms, within, MOST_MATCHES);
    const entry = logEntry(office.clock.now(), actor, 'people:search', {
      by: ask.terms.map((term) => term.kind),
      found: matches.length,
      ...(ask.holding ? { holding: ask.holding } : {}),
      authority: [...ask.authority],
    });
    await append(tx, entry);
    return done(matches);
  });
}

/** A page of the persons in a holding. */
export interface InHolding {
  holding: string;
  /** Id of the last person of the page before; null for the first. */
  after: string | null;
  most: number;
  authority: readonly string[];
}

/** The persons of one holding, by their ids. Nothing of them is read; that they were listed is logged as a search. */
export async function peopleIn(
  office: Office,
  actor: Actor,
  { holding, after, most, authority }: InHolding,
): Promise<Outcome<{ principal: string; since: Date }[]>> {
  const stands = await standing(office);
  if (!stands.holdings.has(holding)) return fieldOutcome([{ field: 'holding', says: says.holding }])!;
  return office.database.transaction(async (tx) => {
    const rows = await listHeld(tx, { holding, after, most });
    const subjects = { by: ['holding'], found: rows.length, holding, authority: [...authority] };
    await append(tx, logEntry(office.clock.now(), actor, 'people:search', subjects));
    return done(rows.map((row) => ({ principal: row.principal_id, since: row.created_at })));
  });
}

const unknownPerson = notFound('この本人の情報はありません', 'Nothing is held about this person');

/** What is held about a person, without values; or that it was erased. */
export async function held(office: Office, principal: string): Promise<Outcome<Held | Erasure>> {
  const found = isId(principal) ? await heldAbout(office.database, principal) : null;
  return found ? done(found) : unknownPerson;
}

/** The same, as far as this actor may be told: a token hears of the holdings that serve its purposes, and of an erasure it might have made. */
export async function heldFor(office: Office, actor: Actor, principal: string): Promise<Outcome<Held | Erasure>> {
  const stands = await standing(office);
  const found = await held(office, principal);
  const told = toldOf(actor, stands);
  if (!found.ok || told === null) return found;
  const about = found.value;
  if ('entry' in about) return holdingsProblem(actor, stands, about.holdings) ? unknownPerson : found;
  const records = about.records.filter(({ holding }) => told.includes(holding));
  return records.length > 0 ? done({ ...about, records }) : unknownPerson;
}

/** Every other id of the persons who have these ids, about which something is held that this actor may be told of; by the id given. */
export async function othersFor(
  office: Office,
  actor: Actor,
  principals: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  const others = await othersOf(office.database, principals);
  const told = new Map<string, string[]>();
  for (const [id, ids] of others) {
    const about = await Promise.all(ids.map((one) => heldFor(office, actor, one)));
    const kept = ids.filter((_, i) => {
      const one = about[i]!;
      return one.ok && 'records' in one.value;
    });
    if (kept.length > 0) told.set(id, kept);
  }
  return told;
}

/** The key of a call as it is kept: nobody finds out from it by what, or by whom, the caller named the call. */
export const keyOfCall = ({ vault }: Office, key: string): Buffer => fingerprint(vault, `key of a call\n${key}`);

const KEYED_AT_ONCE = 10_000;

/** Keys what an earlier version kept of calls in clear. */
export async function keyWaitingCalls(office: Office): Promise<void> {
  const keySome = async (tx: Tx): Promise<number> => {
    const calls = await callsWaiting(tx, KEYED_AT_ONCE);
    if (calls.length > 0)
      await keyCalls(
        tx,
        calls.map((call) => ({ ...call, keyed: keyOfCall(office, call.key) })),
      );
    return calls.length;
  };
  while ((await office.database.transaction(keySome)) > 0);
}
