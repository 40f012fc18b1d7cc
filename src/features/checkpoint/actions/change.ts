// Changes and ends what is held about a person. Each change is one transaction, with its log entry and whatever else belongs to it.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { isId } from '../../../base/id.ts';
import {
  conflict,
  done,
  failed,
  fieldOutcome,
  invalid,
  type FieldProblem,
  type Outcome,
} from '../../../base/outcome.ts';
import { identityKeptUntil, keepingIdentity, type RecordsNaming } from '../../../law/index.ts';
import { append, ERASURE, logEntry, type LogEntry } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  amend,
  emailHolders,
  EmailTaken,
  erase,
  holdSharing,
  identitiesKept,
  itemProblems,
  keepIdentity,
  sealIdentity,
  unknownItem,
  type Amended,
  type Erasure,
  type Values,
} from '../../../vault/index.ts';
import type { By } from '../../access/index.ts';
import { dayReached } from '../../date/index.ts';
import { correctionFinding, type CorrectionGround, erasureFinding, type ErasureGround } from '../facts/grounds.ts';
import { informationOf } from '../facts/limits.ts';
import { says, sharingProblems, type SharingSaid } from '../facts/ask.ts';
import { decide, entryOf, refuse, type Scope } from './decide.ts';
import { recordIn, unknownPerson } from './find.ts';
import { holdingsProblem } from './reach.ts';
import { recordsKeptOf, standing, type RecordsKept } from './standing.ts';
import { notHeld } from './use.ts';

/** Thrown inside a transaction to undo it, carrying the outcome out. */
export class Undone extends Error {
  readonly outcome: Outcome<never>;
  constructor(outcome: Outcome<never>) {
    super('undone');
    this.outcome = outcome;
  }
}

/** Runs `work` in one transaction. Where it throws Undone, the transaction is undone and the outcome that Undone carries is returned. */
async function undoable<T>(office: Office, work: (tx: Tx) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await office.database.transaction(work);
  } catch (error) {
    if (error instanceof Undone) return error.outcome;
    throw error;
  }
}

/** An e-mail address in a holding, with the ids of everybody else who is stated to share it. */
interface Sharing {
  principal: string;
  holding: string;
  email: string;
  sharesEmailWith: readonly string[] | undefined;
}

const takenWords = {
  unsaid: both(
    'このメールアドレスは、この台帳のほかの人が使っています。同じ人かを確かめてください。夫婦や会社で共に使う別の人なら、そう示して進みます',
    'Somebody else in this holding uses this e-mail address. Check whether it is the same person. If it is a different person who shares the address, as couples and companies may, say so and continue',
  ),
  others: both(
    'このメールアドレスを使う人が、示された人と違います。いま使っている全員について、別の人かを確かめてください',
    'The people who use this e-mail address are not those you named. Check, for everybody who uses it now, that it is a different person',
  ),
  nobody: both(
    'この台帳に、このメールアドレスを使うほかの人はいません。共に使う人は示さずに進みます',
    'Nobody else in this holding uses this e-mail address. Continue without naming anybody who shares it',
  ),
} satisfies Record<string, Bilingual>;

/**
 * The conflict when others in the holding have the e-mail address, or others than those stated to share it; it names them. The caller has found
 * them by the address, so this is logged as a search by the actor of the given entry.
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

/** Thrown inside a transaction to undo it: the persons who have an e-mail address are not those stated to share it. */
export class SharedByOthers extends Error {}

/**
 * Keeps an e-mail address that is stated to be shared from changing hands until the transaction ends. Returns whether it is stated to be shared.
 * Throws SharedByOthers.
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

/** How the log says that an e-mail address was stated to be shared with another person. */
export const sharedCode = (sharesEmailWith: readonly string[] | undefined): { email?: 'shared' } =>
  sharesEmailWith ? { email: 'shared' } : {};

const emptied = invalid(
  'items',
  both(
    '項目がすべてなくなる訂正はできません。消去してください',
    'A correction cannot remove every item. Use erasure instead',
  ),
);

/**
 * Runs an amendment and its log entry in one transaction; `record` writes what else belongs to it. Corrections use it, and acquisitions of persons
 * who are already known.
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
  /** True for a partial erasure. It may take every item out of the holding, if the person is kept in another holding too. */
  whole?: boolean | undefined;
  /** The version of the record that the caller was shown. If the record has a newer version, nothing is corrected. */
  seen?: number | undefined;
  /** Writes what else belongs to the correction, in its transaction; receives the id of its log entry and the former values of these items. */
  record?: ((tx: Tx, entry: string, before: Values) => Promise<void>) | undefined;
}

/** Returns the codes of which the person has nothing in the holding. What is held can be taken out even if the ledger no longer lists it. */
async function notHeldItems(
  office: Office,
  principal: string,
  holding: string,
  codes: readonly string[],
): Promise<string[]> {
  if (codes.length === 0) return [];
  const record = await recordIn(office.database, principal, holding);
  return codes.filter((code) => !record?.items.includes(code));
}

const overtaken = conflict(
  'seen',
  both(
    'この台帳の内容が、確かめた後に変わりました。いまの内容を確かめ、これでよければもう一度訂正してください。',
    'The information in this holding has changed since you checked it. Check what it is now and, if your correction is still right, make it again.',
  ),
);

/** Corrects, adds to or takes out items of a person in a holding (APPI 22, 34). */
export async function correct(
  office: Office,
  by: By,
  ask: CorrectAsk,
): Promise<Outcome<{ decision: string; version: number }>> {
  const stands = await standing(office);
  const { principal } = ask;
  const holding = stands.holdings.get(ask.holding);
  if (!isId(principal)) return invalid('principal', says.principal);
  if (!holding) return invalid('holding', says.holding);
  const outside = holdingsProblem(by.actor, stands, [holding.id]);
  if (outside) return outside;
  const today = office.clock.today();
  const given = Object.fromEntries(Object.entries(ask.items).filter(([, value]) => value !== null));
  const taken = Object.keys(ask.items).filter((code) => ask.items[code] === null);
  const unlisted = taken.filter((code) => !holding.items.has(code));
  // What a person asks to have added they hand over themselves (guideline 3-3-2); what the company found out by itself is acquired (20(2)).
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
  if (!decision.permit) return refuse(office, by, decision, 'correct', subjects);
  const out = taken.length > 0 ? { taken_out: taken } : {};
  const { sharesEmailWith } = ask;
  const said = { ...out, ...sharedCode(sharesEmailWith) };
  const entry = entryOf(by, decision, 'people:correct', { ...subjects, ...said });
  const about = { principal, holding: holding.id, items: ask.items, sharesEmailWith, whole: ask.whole === true };
  const amendment = { ...about, permit: decision.permit, now: decision.at };
  const amended = await amendTogether(office, entry, amendment, async (tx, { version, before }) => {
    if (ask.seen !== undefined && version !== ask.seen + 1) throw new Undone(overtaken);
    await ask.record?.(tx, decision.id, before);
  });
  return amended.ok ? done({ decision: decision.id, version: amended.value.version }) : amended;
}

/** What the log says an erasure leaves of a person: the day until which the identity is kept, or that no record could be opened for it. */
interface Left {
  identity_until?: Day;
  identity?: 'unreadable';
}

/**
 * Erases a person by `destroy`, and keeps their identity where a record that names them must be kept by the day that the office has reached, which
 * is returned. The records are looked up after the erasure: whoever provides or receives something about the person holds a lock on them meanwhile,
 * so no record is missed.
 */
export async function leavingIdentity<T>(
  tx: Tx,
  { vault, clock }: Pick<Office, 'vault' | 'clock'>,
  { principal, recordsKept }: { principal: string; recordsKept: RecordsKept },
  destroy: () => Promise<T>,
): Promise<{ erased: T; reached: Day; naming: RecordsNaming; left: Left }> {
  const sealed = await sealIdentity(tx, vault, principal);
  const erased = await destroy();
  const reached = await dayReached({ database: tx, clock });
  const naming = (await recordsKept(tx, [principal], reached)).get(principal) ?? {};
  const until = identityKeptUntil(naming, reached);
  if (!until) return { erased, reached, naming, left: {} };
  if (!sealed) return { erased, reached, naming, left: { identity: 'unreadable' } };
  await keepIdentity(tx, sealed);
  return { erased, reached, naming, left: { identity_until: until } };
}

/** Returns the day until which the identity of an erased person must be kept; null where none is kept, or none has to be any longer. */
export async function identityUntil(office: Office, principal: string): Promise<Day | null> {
  const { database } = office;
  if (!(await identitiesKept(database, [principal])).has(principal)) return null;
  const reached = await dayReached(office);
  return identityKeptUntil((await recordsKeptOf(office)(database, [principal], reached)).get(principal) ?? {}, reached);
}

export interface EraseAsk {
  principal: string;
  ground: ErasureGround;
  /** Why nothing is erased after all, now that it is certain what there is; not asked where it was erased before. */
  unless?: (erasure: Erasure) => FieldProblem | null;
  /** Writes what else belongs to the erasure, in its transaction; receives the id of its log entry. */
  record?: ((tx: Tx, entry: string) => Promise<void>) | undefined;
}

/**
 * Erases everything held about a person (APPI 22, 35), except their identity where a record must state it (29, 30). A repeated call returns the
 * same answer. The log entry `entry` certifies the erasure.
 */
export async function eraseAll(
  office: Office,
  by: By,
  { principal, ground, unless, record }: EraseAsk,
): Promise<Outcome<Erasure>> {
  if (!isId(principal)) return invalid('principal', says.principal);
  const stands = await standing(office);
  const scope: Scope = { act: 'erase', principals: [principal], holding: 'all', items: 'all', purposes: [] };
  const decision = decide(office, stands.policy, erasureFinding(ground, office.clock.today()), scope);
  const { permit, at: now } = decision;
  if (!permit) return refuse(office, by, decision, 'erase', { principal, ground });
  return undoable(office, async (tx) => {
    const destroy = () => erase(tx, permit, { principal, now });
    const person = { principal, recordsKept: recordsKeptOf(office) };
    const { erased, reached, naming, left } = await leavingIdentity(tx, office, person, destroy);
    if (!erased) return unknownPerson;
    const { erasure, fresh } = erased;
    const outside = holdingsProblem(by.actor, stands, erasure.holdings);
    if (outside) throw new Undone(outside);
    if (fresh) {
      const problem = unless?.(erasure);
      if (problem) throw new Undone(invalid(problem.field, problem.says));
      const finding = keepingIdentity(decision.finding, naming, reached);
      const subjects = { principal, holdings: erasure.holdings, items: erasure.items, ground, ...left };
      await append(tx, entryOf(by, { ...decision, finding }, ERASURE, subjects));
    }
    await record?.(tx, erasure.entry);
    return done(erasure);
  });
}
