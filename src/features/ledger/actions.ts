// Actions on the ledger: holdings are registered, changed or confirmed, and retired, never deleted. Each act writes its version and its log entry in
// the same transaction. When two clerks change the same version, the second gets a conflict and nothing is lost. A change of purpose is the officer's
// judgement: the law is asked, and a change that it allows stands until it is taken back.

import { actorRef } from '../../base/actor.ts';
import { both, type Bilingual } from '../../base/bilingual.ts';
import { startOf } from '../../base/day.ts';
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
import { PAGE } from '../../base/page.ts';
import { isLonger } from '../../base/text.ts';
import { decidePurposeChange, LAW_VERSION } from '../../law/index.ts';
import { append, contentHash } from '../../log/index.ts';
import { keptReading, type Office } from '../../office.ts';
import type { Queryable, Tx } from '../../platform/database/index.ts';
import { countUntouched, peopleByHolding, peopleByItem } from '../../vault/index.ts';
import { actorNames, entryBy, staffInPost, type By, type Named, type Room } from '../access/index.ts';
import {
  basisOf,
  decide,
  entryOf,
  forgetStanding,
  informationOf,
  judgedHere,
  refuse,
  standing as atCheckpoint,
} from '../checkpoint/index.ts';
import { policyInForce, type Policy } from '../policy/index.ts';
import {
  changedFields,
  contentOf,
  INDIRECT,
  notOfHolding,
  readCode,
  readContent,
  readPurposeChange,
  stateOf,
  writtenBefore,
  type Act,
  type Holding,
  type HoldingContent,
  type HoldingInput,
  type HoldingState,
  type HoldingVersion,
  type Known,
  type PurposeChangeInput,
  type StandingChange,
} from './facts.ts';
import {
  allHoldings,
  endChange,
  findClash,
  findHolding,
  holdingsBy,
  insertChange,
  insertHolding,
  insertVersion,
  linksKeptIn,
  lockLedger,
  nextCode,
  updateHolding,
  versionsOf,
  type LinkedCollection,
} from './store.ts';

/** What the ledger is read against. `policy` is null before the first one is in force. */
export interface Standing extends Known {
  policy: Policy | null;
  /** Names of staff and systems by id, including those who have left. */
  names: ReadonlyMap<string, string>;
}

/** `of`: the people to be named; a page that lets its user choose among the staff needs everybody. */
export async function standing({ office, access }: Room, of: Named): Promise<Standing> {
  const inForce = await policyInForce(office, office.clock.today());
  const policy = inForce?.policy ?? null;
  const channels = policy?.operator.acquisition_channels.map((channel) => channel.id) ?? [];
  return {
    policy,
    purposes: new Set(policy?.purposes.map((purpose) => purpose.id)),
    channels: new Set(policy?.operator.indirect_acquisition ? [...channels, INDIRECT] : channels),
    staff: new Set((await staffInPost(access, of)).keys()),
    names: await actorNames(access, of),
  };
}

/** The version of the policy in force; null before the first. */
const versionInForce = async (office: Office, on: Queryable = office.database): Promise<number | null> =>
  (await policyInForce(office, office.clock.today(), on))?.version ?? null;

/** Every holding, by code, retired ones included. Inside a transaction, pass it as `on`. */
export const holdings = async (office: Office, on: Queryable = office.database): Promise<Holding[]> =>
  allHoldings(on, await versionInForce(office, on));

export const holdingsById = async (office: Office): Promise<ReadonlyMap<string, Holding>> =>
  new Map((await holdings(office)).map((one) => [one.id, one]));

/** The holdings with these ids, by id. */
export const holdingsOf = async (office: Office, ids: Iterable<string>): Promise<ReadonlyMap<string, Holding>> =>
  new Map(
    (await holdingsBy(office.database, await versionInForce(office), [...new Set(ids)].filter(isId))).map((one) => [
      one.id,
      one,
    ]),
  );

export const holding = async (office: Office, id: string): Promise<Holding | null> =>
  findHolding(office.database, id, await versionInForce(office));

/** Versions of a holding, newest first: those before a version, or the newest. One more than a page has, which the last of it is compared with. */
export const history = (office: Office, id: string, before: number | null = null): Promise<HoldingVersion[]> =>
  versionsOf(office.database, id, { before: Number.isSafeInteger(before) ? before : null, most: PAGE + 1 });

const says = {
  code: both('この番号の台帳は、すでにあります', 'There is a holding with this number'),
  name: both('同じ名前の台帳が使われています', 'A holding with this name is in use'),
  version: both(
    'ほかの人が先に変えました。違いを確かめてから、もう一度保存してください',
    'Somebody else changed it first. Check what differs, then save again',
  ),
  retired: both('廃止した台帳は変えられません', 'A retired holding cannot be changed'),
  changed: both('この目的の変更は、すでに記録されています', 'This change of purpose is on record already'),
  ended: both('この目的の変更は、もう取り消されています', 'This change of purpose has been taken back already'),
} satisfies Record<string, Bilingual>;

export const noHolding = notFound(both('この台帳はありません', 'There is no such holding'));

// What the log entry of each row must say; the promises compare the rows with the log.

export const versionSaid = (
  { id, code }: { id: string; code: string | undefined },
  { version, content, reason }: Pick<HoldingVersion, 'version' | 'content' | 'reason'>,
) => ({
  holding: id,
  code,
  version,
  purposes: content.purposes,
  items: content.items.map((item) => item.code),
  sha256: contentHash(content),
  reasons: reason === null ? undefined : contentHash({ reason }),
});

type Stated = Pick<StandingChange, 'from' | 'to' | 'announcedOn' | 'announcedWhere' | 'reason'>;

export const changeSaid = (holding: string, { announcedOn, announcedWhere, reason, ...of }: Stated) => ({
  ...subjectsOf(holding, of),
  sha256: contentHash({ announcedOn, announcedWhere, reason }),
});

/** Writes a version with its log entry. The entry carries the hash of the description, so that the history can be proved too. */
async function record(
  tx: Tx,
  office: Office,
  by: By,
  h: Holding,
  act: Act,
  reason: string | null = null,
): Promise<void> {
  const content = contentOf(h);
  const now = office.clock.now();
  const said = versionSaid(h, { version: h.version, content, reason });
  const entry = entryBy(by, now, `ledger:${act}`, said);
  await insertVersion(tx, h.id, {
    version: h.version,
    act,
    at: new Date(now),
    actor: actorRef(by.actor),
    content,
    reason,
    entryId: entry.id,
  });
  await append(tx, entry);
}

/** Runs a transaction. The checkpoint in this process decides on the result at once, without waiting to hear of it from the database. */
async function written<T>(
  office: Office,
  work: (tx: Tx, policy: number | null) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const policy = await versionInForce(office);
  const outcome = await office.database.transaction((tx) => work(tx, policy));
  forgetStanding(office);
  return outcome;
}

/** Checks a description against the policy in force and the staff directory. */
async function check(
  room: Room,
  input: HoldingInput,
): Promise<Outcome<{ code: string | undefined; content: HoldingContent }>> {
  const problems: FieldProblem[] = [];
  const code = readCode(problems, input.code);
  const read = readContent(input, await standing(room, [input.manager]));
  return fieldOutcome([...problems, ...read.problems]) ?? done({ code, content: read.content });
}

/** Problems: `invalid` names the fields of HoldingInput, `conflict` the code or the name, with the id of the other holding. */
export async function registerHolding(room: Room, by: By, input: HoldingInput): Promise<Outcome<Holding>> {
  const { office } = room;
  const checked = await check(room, input);
  if (!checked.ok) return checked;
  const { content } = checked.value;
  return written(office, async (tx) => {
    await lockLedger(tx);
    const now = office.clock.now();
    const code = checked.value.code ?? (await nextCode(tx));
    const at = new Date(now);
    const made: Holding = {
      ...content,
      id: newId(now),
      code,
      state: 'active',
      version: 1,
      registeredAt: at,
      confirmedAt: at,
      changes: [],
    };
    const clash = await findClash(tx, { id: made.id, code, name: content.name.ja });
    if (clash) return clashing(clash);
    await insertHolding(tx, made);
    await record(tx, office, by, made, 'register');
    return done(made);
  });
}

const clashing = (clash: { id: string; on: 'code' | 'name' }) =>
  conflict(clash.on === 'code' ? 'code' : 'name.ja', says[clash.on], clash.id);

const retiredProblem = (id: string) => conflict('state', says.retired, id);

/** A holding in use, locked against other writers until the transaction ends. */
async function current(tx: Tx, policy: number | null, id: string): Promise<Outcome<Holding>> {
  await lockLedger(tx);
  const now = await findHolding(tx, id, policy, true);
  if (!now) return noHolding;
  return now.state === 'retired' ? retiredProblem(id) : done(now);
}

/** The same, for a writer who saw `version`; a conflict where there is a newer one. */
async function seen(tx: Tx, policy: number | null, id: string, version: number): Promise<Outcome<Holding>> {
  const now = await current(tx, policy, id);
  return now.ok && now.value.version !== version ? conflict('version', says.version, id) : now;
}

async function write(tx: Tx, next: Holding): Promise<void> {
  if (!(await updateHolding(tx, next))) throw new Error('ledger: a version was overtaken under the lock');
}

/** The ledger says what is held (Guideline 10-3(3)), so an item that people have must be removed from their records before it leaves the ledger. */
async function itemsKept(tx: Tx, before: Holding, after: HoldingContent): Promise<Outcome<never> | null> {
  const left = before.items.filter(({ code }) => !after.items.some((item) => item.code === code));
  if (left.length === 0) return null;
  const people = await peopleByItem(tx, before.id);
  const held = left.flatMap(({ code, label }) => {
    const count = people.get(code) ?? 0;
    return count > 0 ? [{ label, count }] : [];
  });
  if (held.length === 0) return null;
  const ja = held.map(({ label, count }) => `${label.ja}は${count}人`).join('、');
  const en = held.map(({ label, count }) => `${label.en}: ${count} ${count === 1 ? 'person' : 'people'}`).join('; ');
  return conflict(
    'items',
    both(
      `まだ保有している項目です（${ja}）。訂正で取り除いてから、台帳から外してください`,
      `This is still held (${en}). Remove it by correction before you remove it from the ledger`,
    ),
  );
}

/**
 * Writes the next version over the one the clerk saw; an unchanged description confirms the entry. The code stays.
 * `conflict` on `version`: somebody else was first; on `items`: people still have an item that was left out.
 */
export async function changeHolding(
  room: Room,
  by: By,
  { id, version, input }: { id: string; version: number; input: HoldingInput },
): Promise<Outcome<Holding>> {
  const { office } = room;
  const checked = await check(room, input);
  if (!checked.ok) return checked;
  const { content } = checked.value;
  return written(office, async (tx, policy) => {
    const found = await seen(tx, policy, id, version);
    if (!found.ok) return found;
    const before = found.value;
    const clash = await findClash(tx, { id, code: before.code, name: content.name.ja });
    if (clash) return clashing(clash);
    const kept = await itemsKept(tx, before, content);
    if (kept) return kept;
    const next: Holding = { ...before, ...content, version: version + 1, confirmedAt: new Date(office.clock.now()) };
    await write(tx, next);
    await record(tx, office, by, next, changedFields(before, next).length > 0 ? 'change' : 'confirm');
    return done(next);
  });
}

/**
 * Takes a holding out of use. Refused while it holds information of anybody: what is no longer needed is erased first (APPI 22). Refused too while
 * linked identifiers are kept there: they are personal information (2(1)), and without a holding they would be in no ledger.
 */
export async function retireHolding(
  { office }: Room,
  by: By,
  { id, version, reason }: { id: string; version: number; reason: string },
): Promise<Outcome<Holding>> {
  const why = reason.trim();
  if (why === '') return invalid('reason', both('廃止する理由を書いてください', 'Write why it is retired'));
  if (isLonger(why, 200)) return invalid('reason', both('200字までで書いてください', 'Use at most 200 characters'));
  return written(office, async (tx, policy) => {
    const found = await seen(tx, policy, id, version);
    if (!found.ok) return found;
    const people = (await peopleByHolding(tx)).get(id) ?? 0;
    if (people > 0) return conflict('people', stillHeld(people), id);
    // Whoever links something there locks the holding first, so that it is counted here or refused there.
    const linked = await linksKeptIn(tx, id);
    if (linked[0]) return conflict('links', stillLinked(linked), linked[0].id);
    const next: Holding = {
      ...found.value,
      state: 'retired',
      version: version + 1,
      confirmedAt: new Date(office.clock.now()),
    };
    await write(tx, next);
    await record(tx, office, by, next, 'retire', why);
    return done(next);
  });
}

const stillHeld = (people: number): Bilingual =>
  both(
    `${people}人の情報が残っています。消去してから廃止してください`,
    `Information of ${people} ${people === 1 ? 'person is' : 'people is'} still in it. Erase it before you retire the holding`,
  );

function stillLinked(linked: readonly LinkedCollection[]): Bilingual {
  const ja = linked.map(({ name, links }) => `「${name.ja}」で${links}件`).join('、');
  const en = linked.map(({ name, links }) => `“${name.en}”: ${links}`).join('; ');
  return both(
    `この台帳を置き場所とするまとまりの識別子が、本人と結び付いています（${ja}）。まとまりの画面で結び付きを解いてから廃止してください`,
    `Identifiers of collections that are kept in this holding are linked to persons (${en}). Unlink them on the page of the collection before you retire the holding`,
  );
}

/** The purposes between which information may change: those of the policy in force, except those of My Numbers, which serve nothing else. */
export const changeablePurposes = ({ policy }: Pick<Standing, 'policy'>): Policy['purposes'] =>
  policy?.purposes.filter(({ scope }) => scope !== 'my-number') ?? [];

const subjectsOf = (holding: string, { from, to }: Pick<StandingChange, 'from' | 'to'>) => ({
  holding,
  held_for: from,
  purpose: to,
});

/**
 * Allows what a holding keeps for one purpose to be used for another too (17(2), 18(1), 21(3)). The officer judges whether they are related, and has
 * notified the persons or published it. A change judged on words that the policy no longer has is judged anew; the new one replaces it.
 * Problems: `invalid` names the fields of PurposeChangeInput; `refused` is the law's no, or its cannot-say while nobody has judged; `conflict` on
 * `to`: the change already stands.
 */
export async function changePurpose(
  room: Room,
  by: By,
  { id, ...input }: PurposeChangeInput & { id: string },
): Promise<Outcome<StandingChange>> {
  const { office } = room;
  const stands = await atCheckpoint(office);
  const known = stands.holdings.get(id);
  if (!known) return noHolding;
  if (known.state === 'retired') return retiredProblem(id);
  const today = office.clock.today();
  const purposes = new Set(changeablePurposes(await standing(room, [])).map((purpose) => purpose.id));
  const holding = known.purposes.map((purpose) => purpose.id);
  const { problems, announcedOn, ...stated } = readPurposeChange(input, { purposes, holding, today });
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  const { from, to, related } = input;
  const finding = decidePurposeChange(
    {
      information: informationOf(known, [...known.items]),
      from: stands.purposes.get(from)!,
      newPurpose: to,
      judgements: judgedHere(by.actor, 'purposeRelated', related, { on: today, why: stated.reason }),
      consent: null,
      published: true,
    },
    today,
  );
  const decision = decide(office, stands.policy, finding, null);
  const subjects = subjectsOf(id, input);
  if (finding.answer !== 'yes') return refuse(office, by, decision, 'purpose', subjects);
  const told = { announcedOn: announcedOn!, ...stated };
  const made = { at: new Date(decision.at), actor: actorRef(by.actor) };
  return written(office, async (tx, policy) => {
    const found = await current(tx, policy, id);
    if (!found.ok) return found;
    if (!found.value.purposes.includes(to)) return invalid('to', notOfHolding);
    const before = found.value.changes.find((one) => one.from === from && one.to === to);
    if (before?.outdated === false) return conflict('to', says.changed, id);
    const entry = entryOf(by, decision, 'ledger:purpose', {
      ...changeSaid(id, { from, to, ...told }),
      ...(before ? { replaces: before.id } : {}),
    });
    if (before) await endChange(tx, before.id, { ...made, entry: entry.id });
    const basis = { ...basisOf(finding), lawVersion: LAW_VERSION, policyVersion: decision.policy };
    await insertChange(tx, { id: decision.id, from, to, ...told, ...made, ...basis, holding: id });
    await append(tx, entry);
    return done((await findHolding(tx, id, policy))!.changes.find((one) => one.id === decision.id)!);
  });
}

/** Takes back a change judged by mistake: from then on the information serves only what people were told. `conflict`: the change does not stand. */
export async function endPurposeChange(
  { office }: Room,
  by: By,
  { id, change }: { id: string; change: string },
): Promise<Outcome<StandingChange>> {
  return written(office, async (tx, policy) => {
    const found = await current(tx, policy, id);
    if (!found.ok) return found;
    const stood = found.value.changes.find((one) => one.id === change);
    if (!stood) return conflict('change', says.ended, id);
    const now = office.clock.now();
    const entry = entryBy(by, now, 'ledger:purpose-end', {
      ...subjectsOf(id, stood),
      taken_back: change,
    });
    await endChange(tx, change, { at: new Date(now), actor: actorRef(by.actor), entry: entry.id });
    await append(tx, entry);
    return done(stood);
  });
}

/** A line of the ledger as of today: the holding, the number of people in it, and its state. */
export interface Line {
  holding: Holding;
  people: number;
  state: HoldingState;
}

/** Number of people in each holding; counted again after somebody was added or erased. */
export const peopleHeld = keptReading({
  tables: ['vault_records'],
  // Nobody is added to the vault without an acquisition.
  logged: 'people:acquire',
  given: () => null,
  read: ({ database }) => peopleByHolding(database),
});

/**
 * Number of people in a holding for whom nothing was written for longer than its retention. The ledger does not know from which day each person's
 * term counts, so a member of staff decides whose term is over. Null where the retention is not a length of time.
 */
export async function peopleUntouched({ database, clock }: Office, { id, retention }: Holding): Promise<number | null> {
  if ('until' in retention) return null;
  return countUntouched(database, id, new Date(startOf(writtenBefore(retention, clock.today()))));
}

/** The managers of these holdings. */
export const managersIn = (all: readonly Holding[]): string[] => all.map(({ manager }) => manager);

/** The whole ledger against today's policy, staff and vault, by code. */
export async function read(room: Room): Promise<{ lines: Line[]; standing: Standing }> {
  const { office } = room;
  const all = await holdings(office);
  const now = await standing(room, managersIn(all));
  const people = await peopleHeld(office);
  const today = office.clock.today();
  const lines = all.map((one) => ({ holding: one, people: people.get(one.id) ?? 0, state: stateOf(one, now, today) }));
  return { lines, standing: now };
}

/** One holding in the same way. `more`: people that its page names besides the manager. */
export async function readOne(
  room: Room,
  id: string,
  more: Named = [],
): Promise<{ line: Line; standing: Standing } | undefined> {
  const { office } = room;
  const found = isId(id) ? await holding(office, id) : null;
  if (!found) return undefined;
  const by = found.changes.map(({ actor }) => actor);
  const now = await standing(room, more === 'everybody' ? more : [found.manager, ...by, ...more]);
  const people = (await peopleHeld(office)).get(id) ?? 0;
  return { line: { holding: found, people, state: stateOf(found, now, office.clock.today()) }, standing: now };
}
