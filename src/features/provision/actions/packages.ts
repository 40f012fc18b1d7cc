// A package from its draft to its end: who is on its list, whom the law lets in, who asked for approval and who gave it. Opens no record; what is
// prepared after the approval is in prepare.ts.

import { actorRef, type Actor } from '../../../base/actor.ts';
import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { Finding } from '../../../base/finding.ts';
import { isId, newId } from '../../../base/id.ts';
import { conflict, done, forbidden, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import {
  decideProvision,
  provisionStopped,
  type ForeignInformationFacts,
  type ProvisionFacts,
} from '../../../law/index.ts';
import { append, listEntries } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import { heldIn, packageKey, unreadWords } from '../../../vault/index.ts';
import { entryBy, madeToken, type By } from '../../access/index.ts';
import {
  asJudged,
  attemptTaken,
  decide,
  digestOfAttempt,
  isUseToo,
  keptOut,
  keyOfAttempt,
  refuse,
  servedBy,
  tokenProblem,
  unjudged,
  withinLimits,
  type Standing,
} from '../../checkpoint/index.ts';
import { informationOfTexts, standingConsents } from '../../consent/index.ts';
import { decideJudged } from '../../consultation/index.ts';
import {
  aboutPerson,
  admitted,
  askedBy,
  heldForOthers,
  namesOf,
  partFacts,
  personFacts,
  packageStates,
  readList,
  refusedIn,
  steps,
  type PackageState,
  type PersonClass,
  type Screened,
  isKey,
  limitsOf,
} from '../facts.ts';
import {
  addToList,
  countList,
  emptyPackage,
  findPackage,
  insertPackage,
  listPackages,
  lockPackage,
  movePackage,
  packageOfAttempt,
  progressOf,
  type PackageQuery,
} from '../store/packages.ts';
import { admitPeople, classesOf, type CountedClass, type Known } from '../store/screening.ts';
import type { PackageRow } from '../tables.ts';
import { basisFor, type Basis, type GivingAsk } from './basis.ts';
import { keptWords, wholeStated } from './references.ts';

export interface PackageAsk extends GivingAsk {
  recipient: string;
  /** True: everybody in the holding. False: the persons on its list. */
  everybody: boolean;
  /** Identifies one button press or call; the same attempt of the same actor drafts at most once. */
  attempt?: string | undefined;
}

export const noPackage = notFound(both('この提供ファイルはありません', 'There is no such package'));

const says = {
  key: both(
    'この相手には、ファイルを暗号化する鍵が登録されていません',
    'The recipient has no registered key to encrypt the file to',
  ),
  relation: both('渡す相手との関係を選んでください', 'Choose the relation to the recipient'),
  moved: both('この提供ファイルは、すでに次の段階に進んでいます', 'The package has moved on already'),
  drafted: both('この下書きは、すでに作られています', 'This has been drafted already'),
  otherAttempt: both(
    '1つ前の送信で、別の内容の下書きがすでに作られています。提供ファイルの一覧で確かめてください',
    'The previous attempt already drafted something else. Look at the list of packages',
  ),
  own: both(
    '自分で、または自分の作ったトークンで、作ったり、対象の本人を加えたり、承認を求めたりした提供は、自分では承認できません。承認できるほかの人が承認します',
    'You cannot approve a provision that you, or a token you made, drafted, added persons to or asked approval for. Somebody else who may approve must do so',
  ),
  otherKey: both(
    'この相手の鍵が、承認を求めたときの鍵と違います。どちらが相手の鍵かを確かめ、作り直してください',
    'This recipient’s key is not the one for which approval was requested. Find out which of the two is the recipient’s, and make the package again',
  ),
  more: both(
    '承認が求められた後に、渡せる人が増えました。いまの人数を確かめてから、もう一度承認してください',
    'More people may go now than when approval was requested. Check the current number, then approve again',
  ),
  unasked: both('承認は、まだ求められていません', 'Approval has not been asked for yet'),
  fetched: both(
    'すでにダウンロードされているため、取りやめられません。相手が受け取ったことを確かめて、閉じてください',
    'It has been downloaded already, so it cannot be cancelled. Close it once the recipient has the file',
  ),
  unfetched: both(
    'まだダウンロードされていないため、渡し終えたことにはできません。渡さずに終えるときは、理由を書いて取りやめてください',
    'It has not been downloaded, so it cannot be closed as delivered. To end it without handing it over, cancel it with a reason',
  ),
  nobody: both('渡せる人がいません', 'There is nobody whose information may be handed over'),
  strange: both('本人の番号でない行があります', 'Some lines are not the id of a person'),
  emptyList: both('対象の本人の番号を入れてください', 'Enter the ids of the persons'),
  reason: both('理由を書いてください', 'Write down the reason'),
};

/** The subjects of a package in the log: where it is from, to whom and for what. */
export const subjectsOf = (row: PackageRow) => ({
  package: row.id,
  holding: row.holding_id,
  items: row.items,
  purpose: row.purpose,
  recipient: row.recipient_id,
  ...(row.joint_use_id ? { jointUse: row.joint_use_id } : {}),
});

/**
 * The basis of a package as the registers know it today, with its stated facts. Fails when the references do not open: nothing is decided without
 * them.
 */
export async function basisOf(office: Office, on: Queryable, row: PackageRow): Promise<Outcome<Basis>> {
  const facts = await wholeStated(office, on, row);
  if (facts === 'unreadable') return conflict('facts', unreadWords.unreadable);
  return basisFor(office, on, {
    holding: row.holding_id,
    items: row.items,
    purpose: row.purpose,
    recipient: row.recipient_id,
    jointUse: row.joint_use_id ?? undefined,
    facts,
  });
}

/** The purposes that serve a package: its items must be held for one of them. */
export const servingOf = (
  stands: Standing,
  { holding_id, purpose }: Pick<PackageRow, 'holding_id' | 'purpose'>,
): string[] => servedBy(stands.holdings.get(holding_id)!, purpose);

/** The same once the waiting changes of purpose are judged anew; empty where none waits. */
function onceJudged(stands: Standing, { holding_id, purpose }: Pick<PackageRow, 'holding_id' | 'purpose'>): string[] {
  const judged = asJudged(stands.holdings.get(holding_id)!, purpose);
  return judged ? servedBy(judged, purpose) : [];
}

const usedFor = ({ holding_id: holding, items, purpose }: PackageRow) => ({ holding, items, purpose });

/** What the vault and the consents know about this provision, as parts of a statement; and who is kept out of it by a stop. */
export const knownFor = (row: PackageRow, { stands, facts, abroad, on }: Basis): Known => ({
  held: heldIn({
    holding: row.holding_id,
    items: row.items,
    purposes: servingOf(stands, row),
    wider: onceJudged(stands, row),
  }),
  stopped: keptOut(stands, { purpose: row.purpose, recipient: row.recipient_id, facts }, on),
  consents: standingConsents({ ...usedFor(row), for: 'provision', recipient: row.recipient_id, abroad }, on),
  byOptOut: Boolean(facts.optOut),
  uses: isUseToo(facts.relation)
    ? standingConsents({ ...usedFor(row), for: 'use', recipient: null, abroad: false }, on, 'use_')
    : null,
});

interface Asked {
  facts: ProvisionFacts;
  /** Null when nothing is held about them. */
  finding: Finding | null;
}

const nothing: Asked = { facts: {}, finding: null };

/** Asks the law about each class of persons. */
export async function ask<C extends PersonClass>(
  on: Queryable,
  row: Pick<PackageRow, 'holding_id' | 'items' | 'purpose'>,
  basis: Basis,
  classes: readonly C[],
): Promise<(C & Asked)[]> {
  const { country } = basis.facts.recipient ?? {};
  const foreign = country !== undefined && country !== 'JP';
  const texts = classes.flatMap(({ text }) => text ?? []);
  const told: ReadonlyMap<string, ForeignInformationFacts | null> = foreign
    ? await informationOfTexts(on, texts, country)
    : new Map();
  const about = { holding: row.holding_id, purpose: row.purpose, on: basis.on };
  const asked: (C & Asked)[] = [];
  for (const one of classes) {
    const all = one.heldFor ? basis.facts : heldForOthers(basis.facts, servingOf(basis.stands, row));
    const facts = aboutPerson(all, {
      facts: personFacts(one, foreign, told, basis.on),
      objected: one.objected ?? false,
    });
    if (!one.held) asked.push({ ...one, ...nothing });
    else if (one.stopped)
      asked.push({
        ...one,
        facts,
        finding: provisionStopped({ ...one.stopped, from: basis.on }, { ...facts, consent: null }, basis.on),
      });
    else {
      const answer = await decideJudged(on, decideProvision, facts, about);
      const limited = limitsOf(basis.stands, row, { relation: facts.relation, objected: one.objected });
      asked.push({ ...one, ...answer, finding: withinLimits(answer.finding, limited) });
    }
  }
  return asked;
}

/**
 * The persons of a class whom only a change of purpose keeps out that nobody has judged anew, with a finding that says so. Null when there are
 * none, or when the law says no to them however the change is judged.
 */
async function awaitingIn(
  tx: Tx,
  row: PackageRow,
  basis: Basis,
  { awaiting, ...one }: CountedClass & Asked,
): Promise<Screened | null> {
  if (awaiting === 0 || one.stopped || one.finding?.answer !== 'no') return null;
  const [would] = await ask(tx, row, basis, [{ ...one, heldFor: true }]);
  if (would!.finding!.answer === 'no') return null;
  const { stands, on } = basis;
  const asked = { holding: stands.holdings.get(row.holding_id)!, items: row.items, purpose: row.purpose };
  const { facts: _, ...screened } = one;
  return { ...screened, people: awaiting, awaits: true, finding: unjudged(stands, asked, null, would!.finding!, on) };
}

/** Everybody the package is about, or those `among` them, in classes, with the law's answer today. Opens no record. */
export async function screen(tx: Tx, row: PackageRow, basis: Basis, among?: readonly string[]): Promise<Screened[]> {
  const asked = await ask(tx, row, basis, await classesOf(tx, row, knownFor(row, basis), among));
  const screening: Screened[] = [];
  for (const one of asked) {
    const waiting = await awaitingIn(tx, row, basis, one);
    if (waiting) screening.push(waiting);
    const { facts: _, awaiting: __, ...screened } = one;
    const people = one.people - (waiting?.people ?? 0);
    if (people > 0) screening.push({ ...screened, people });
  }
  return screening;
}

/** Drafts a package. Problems name the fields of the ask. */
export async function draftPackage(office: Office, by: By, asked: PackageAsk): Promise<Outcome<PackageRow>> {
  const draft = { ...asked, items: [...new Set(asked.items)] };
  const basis = await basisFor(office, office.database, draft);
  if (!basis.ok) return basis;
  const outside = tokenProblem(by.actor, [draft.purpose]);
  if (outside) return outside;
  if (draft.facts.relation === undefined) {
    return invalid('facts.relation', says.relation);
  }
  if (basis.value.publicKey === null || !isKey(basis.value.publicKey)) {
    return invalid('recipient', says.key);
  }
  const at = office.clock.now();
  const { facts, references } = partFacts(draft.facts);
  const row: PackageRow = {
    id: newId(at),
    made_at: new Date(at),
    made_by: actorRef(by.actor),
    holding_id: draft.holding,
    purpose: draft.purpose,
    items: draft.items,
    recipient_id: draft.recipient,
    joint_use_id: draft.jointUse ?? null,
    facts,
    words: references,
    referenced: namesOf(references),
    sealed: null,
    sealed_of: null,
    everybody: draft.everybody,
    state: 'draft',
    state_at: new Date(at),
    state_by: actorRef(by.actor),
    reason: null,
    approved_by: null,
    approved_at: null,
    public_key: null,
    screening: null,
    screened_at: null,
    fallen: [],
    duplicates: 0,
    listed_by: [],
    requested_by: null,
    kek_version: null,
    wrapped_key: null,
    fetched: 0,
    fetched_at: null,
    waits_for: null,
    stuck: null,
    told: null,
    attempt: keyOfAttempt(office, draft.attempt),
    attempt_digest: digestOfAttempt(office, draft),
  };
  return office.database.transaction(async (tx) => {
    if (!(await insertPackage(tx, row)))
      return attemptTaken(await packageOfAttempt(tx, row), row.attempt_digest, {
        same: says.drafted,
        other: says.otherAttempt,
      });
    const screening = row.everybody ? await screen(tx, row, basis.value) : [];
    await movePackage(tx, row.id, { screening, screened_at: new Date(at) });
    await append(tx, entryBy(by, at, 'package:draft', subjectsOf(row), row.id));
    return done({ ...row, screening, screened_at: new Date(at) });
  });
}

/** Takes one step with the package locked. The package must be in one of the states `from`, and a token must be bound to its purpose. */
async function step<T>(
  office: Office,
  { actor }: By,
  id: string,
  from: readonly PackageState[],
  work: (tx: Tx, row: PackageRow) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  if (!isId(id)) return noPackage;
  return office.database.transaction(async (tx) => {
    const row = await lockPackage(tx, id);
    if (!row) return noPackage;
    const outside = tokenProblem(actor, [row.purpose]);
    if (outside) return outside;
    if (!from.includes(row.state)) return conflict('state', says.moved);
    return work(tx, row);
  });
}

export interface Listed {
  added: number;
  duplicates: number;
}

/**
 * Puts persons on the list of a draft: ids, one a line or in the first column. A long list may be sent in several calls. Lines that are no id
 * refuse the whole text, and the first of them are named. Ids that belong to nobody are counted when it is screened.
 */
export async function listPeople(office: Office, by: By, id: string, text: string): Promise<Outcome<Listed>> {
  const { ids, duplicates, strange } = readList(text);
  return step(office, by, id, steps.list, async (tx, row) => {
    if (row.everybody) return conflict('list', says.moved);
    if (strange.length > 0) {
      return invalid(
        'list',
        both(`${says.strange.ja}（${strange.join('、')}行目）`, `${says.strange.en} (line ${strange.join(', ')})`),
      );
    }
    if (ids.length === 0) return invalid('list', says.emptyList);
    const basis = await basisOf(office, tx, row);
    if (!basis.ok) return basis;
    const added = await addToList(tx, id, ids);
    const repeats = duplicates + ids.length - added;
    const at = office.clock.now();
    const listed_by = [...new Set([...row.listed_by, actorRef(by.actor)])];
    const words = await keptWords(office, tx, row);
    await movePackage(tx, id, { duplicates: row.duplicates + repeats, listed_by, ...words });
    await append(tx, entryBy(by, at, 'package:list', { package: id, people: added }));
    return done({ added, duplicates: repeats });
  });
}

/** Stores the screening of a package. */
async function keepScreening(office: Office, tx: Tx, row: PackageRow, screening: Screened[]): Promise<PackageRow> {
  const screened_at = new Date(office.clock.now());
  await movePackage(tx, row.id, { screening, screened_at });
  return { ...row, screening, screened_at };
}

/** Logs that the actor was shown the package screened anew, and how many persons may go. */
const screenedAnew = (office: Office, by: By, tx: Tx, { id, screening }: PackageRow): Promise<void> =>
  append(tx, entryBy(by, office.clock.now(), 'package:screen', { package: id, people: admitted(screening ?? []) }));

/** Screens again a package that is not approved yet, as the registers stand now. */
export async function screenPackage(office: Office, by: By, id: string): Promise<Outcome<PackageRow>> {
  return step(office, by, id, steps.screen, async (tx, row) => {
    const basis = await basisOf(office, tx, row);
    if (!basis.ok) return basis;
    const screened = await keepScreening(office, tx, row, await screen(tx, row, basis.value));
    await screenedAnew(office, by, tx, screened);
    return done(screened);
  });
}

/** The columns of a package that say it has come into a state, when and by whom. */
export const moved = (office: Office, actor: Actor, state: PackageState) => ({
  state,
  state_at: new Date(office.clock.now()),
  state_by: actorRef(actor),
});

/** The refusal when the law lets nobody in, logged with its grounds. A problem of the list when nothing is held about anybody on it. */
async function nobodyIn(office: Office, by: By, row: PackageRow, basis: Basis, screening: Screened[], tx: Tx) {
  const refused = refusedIn(screening);
  if (!refused) return invalid('list', says.nobody);
  const scope = {
    act: 'provide',
    principals: [],
    holding: row.holding_id,
    items: row.items,
    purposes: [row.purpose],
  } as const;
  const decision = decide(office, basis.stands.policy, refused, scope);
  return refuse(office, by, decision, 'provide', subjectsOf(row), tx);
}

/** Asks for approval of a draft, as it is screened at this moment. */
export async function requestPackage(office: Office, by: By, id: string): Promise<Outcome<PackageRow>> {
  return step(office, by, id, steps.request, async (tx, row) => {
    const basis = await basisOf(office, tx, row);
    if (!basis.ok) return basis;
    const { publicKey } = basis.value;
    if (publicKey === null || !isKey(publicKey)) return conflict('recipient', says.key);
    const screening = await screen(tx, row, basis.value);
    const screened = await keepScreening(office, tx, row, screening);
    const people = admitted(screening);
    if (people === 0) return nobodyIn(office, by, row, basis.value, screening, tx);
    const to = { ...moved(office, by.actor, 'requested'), requested_by: actorRef(by.actor), public_key: publicKey };
    await movePackage(tx, id, to);
    await append(tx, entryBy(by, office.clock.now(), 'package:request', { ...subjectsOf(row), people }));
    return done({ ...screened, ...to });
  });
}

/** The classes of a screening that the law lets in, with their numbers in the screening. */
export const admittedClasses = (screening: readonly Screened[]) =>
  screening.flatMap((one, no) => (one.finding?.answer === 'yes' ? [{ ...one, no, finding: one.finding }] : []));

/** True when the actor had a hand in asking for a package, also by a token that they made. Somebody else must approve it. */
export const handIn = async (on: Queryable, row: PackageRow, actor: Actor): Promise<boolean> =>
  askedBy(row, actorRef(actor)) ||
  madeToken(on, actor, {
    of: [row.made_by, ...row.listed_by, ...(row.requested_by ? [row.requested_by] : [])],
    letting: 'people:provide',
    since: row.made_at,
  });

/**
 * Approves what somebody else asked for, as the law answers at this moment, and fixes who may be in it: never more persons than the approver was
 * shown. Preparing then needs nobody; the provision and its records are made when the file is fetched.
 */
export async function approvePackage(office: Office, by: By, id: string): Promise<Outcome<PackageRow>> {
  return step(office, by, id, steps.approve, async (tx, row) => {
    if (await handIn(tx, row, by.actor)) return forbidden(says.own);
    const basis = await basisOf(office, tx, row);
    if (!basis.ok) return basis;
    if (row.public_key === null || basis.value.publicKey !== row.public_key)
      return conflict('recipient', says.otherKey);
    const screening = await screen(tx, row, basis.value);
    const classes = admittedClasses(screening);
    if (classes.length === 0) return nobodyIn(office, by, row, basis.value, screening, tx);
    if (admitted(screening) > admitted(row.screening ?? [])) {
      await screenedAnew(office, by, tx, await keepScreening(office, tx, row, screening));
      return conflict('screening', says.more);
    }
    const people = await admitPeople(tx, row, knownFor(row, basis.value), classes);
    const key = packageKey(office.vault, id);
    const to = {
      ...moved(office, by.actor, 'preparing'),
      approved_by: actorRef(by.actor),
      approved_at: new Date(office.clock.now()),
      screening,
      screened_at: new Date(office.clock.now()),
      kek_version: key.kekVersion,
      wrapped_key: key.wrapped,
      ...(await keptWords(office, tx, row)),
    };
    await movePackage(tx, id, to);
    await append(
      tx,
      entryBy(by, office.clock.now(), 'package:approve', {
        ...subjectsOf(row),
        people,
      }),
    );
    return done({ ...row, ...to });
  });
}

/** More waiting packages than anybody would approve. */
const MOST_WAITING = 1_000;

/** Packages that wait for approval and that the actor had no hand in asking for, the longest waiting first. */
export async function packagesToApprove({ database }: Office, actor: Actor): Promise<PackageRow[]> {
  const waiting = await listPackages(database, { state: 'requested', most: MOST_WAITING });
  const own = await Promise.all(waiting.map((row) => handIn(database, row, actor)));
  return waiting.filter((_, i) => !own[i]).toReversed();
}

/** Packages that cannot be prepared, the oldest first. `by`: only those that this actor made. */
export const packagesStuck = async (office: Office, by?: Actor): Promise<PackageRow[]> =>
  (await listPackages(office.database, { state: 'preparing', by: by && actorRef(by), most: MOST_WAITING }))
    .filter(({ stuck }) => stuck !== null)
    .toReversed();

/** How a package may be ended by hand. */
export const ends = { decline: 'declined', cancel: 'cancelled', close: 'closed' } as const satisfies Record<
  string,
  PackageState
>;
export type End = keyof typeof ends;

/** Why a package cannot be ended in this way as it stands; null when it can. */
export function endingProblem({ state, fetched }: PackageRow, way: End): Bilingual | null {
  const from = (step: End): boolean => (steps[step] as readonly PackageState[]).includes(state);
  if (!from('cancel')) return says.moved;
  if (way === 'decline' && state === 'draft') return says.unasked;
  if (way === 'cancel' && fetched > 0) return says.fetched;
  if (way === 'close' && fetched === 0) return says.unfetched;
  return from(way) ? null : says.moved;
}

/** Ends a package with a reason and destroys what was prepared. */
async function end(office: Office, by: By, id: string, way: End, reason: string | null): Promise<Outcome<PackageRow>> {
  if (reason !== null && reason.trim() === '') {
    return invalid('reason', says.reason);
  }
  return step(office, by, id, packageStates, async (tx, row) => {
    const problem = endingProblem(row, way);
    if (problem) return conflict('state', problem);
    const next = { ...moved(office, by.actor, ends[way]), reason, kek_version: null, wrapped_key: null };
    await emptyPackage(tx, id);
    await movePackage(tx, id, next);
    await append(tx, entryBy(by, office.clock.now(), `package:${way}`, subjectsOf(row)));
    return done({ ...row, ...next });
  });
}

/** Declines a package: the officer does not approve it. */
export const declinePackage = (office: Office, by: By, id: string, reason: string) =>
  end(office, by, id, 'decline', reason);

/** Cancels a package before anything has left. */
export const cancelPackage = (office: Office, by: By, id: string, reason: string) =>
  end(office, by, id, 'cancel', reason);

/**
 * Closes a package once the recipient has the file, and destroys what was prepared. The provisions and their records stay. A package that was never
 * fetched is cancelled instead, so that its people hear of it and why.
 */
export const closePackage = (office: Office, by: By, id: string) => end(office, by, id, 'close', null);

export interface PackageSeen extends PackageRow {
  /** The number of persons on its list; null where it is of everybody. */
  listed: number | null;
  progress: { people: number; sealed: number };
}

export async function packageOf(office: Office, id: string): Promise<Outcome<PackageSeen>> {
  const row = isId(id) ? await findPackage(office.database, id) : null;
  if (!row) return noPackage;
  const listed = row.everybody ? null : await countList(office.database, id);
  return done({ ...row, listed, progress: await progressOf(office.database, id) });
}

/** One download of a package's file. */
export interface Fetch {
  at: Date;
  /** As the log writes actors. */
  by: string;
  people: number;
}

/** The newest downloads of a package, from the log: each is information that leaves, also where the package was provided before. */
export async function fetchesOf(office: Office, id: string, most: number): Promise<Fetch[]> {
  const listed = await listEntries(office.database, { package: id, actions: ['package:fetch'], most });
  return listed.map(({ entry }) => ({ at: new Date(entry.at), by: entry.actor, people: Number(entry['people']) }));
}

/** Packages, newest first. `before` must be an id. */
export async function packages(office: Office, query: PackageQuery): Promise<Outcome<PackageRow[]>> {
  if (query.before !== undefined && !isId(query.before)) {
    return invalid('before', both('提供ファイルの番号の形が正しくありません', 'This is not the id of a package'));
  }
  return done(await listPackages(office.database, query));
}
