// What the office does about one person: finds them, lists what is held without its values, and issues proof of what was done. Only the checkpoint
// reads values; the one value this feature asks it for is the name on a receipt.

import { setTimeout } from 'node:timers/promises';
import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { actorRef, type Actor } from '../../base/actor.ts';
import { isId, newId } from '../../base/id.ts';
import { conflict, done, invalid, notFound, type Outcome } from '../../base/outcome.ts';
import { idOf, pageOf, type Page } from '../../base/page.ts';
import {
  append,
  BEGINNING,
  decisionIn,
  entriesOf,
  entriesWithin,
  ERASURE,
  erasureCertificate,
  integrate,
  listEntries,
  logEntry,
  proofFile,
  receiptOf,
  sealPdf,
  vkeyOf,
  type EntryQuery,
  type LogEntry,
  type Loss,
  type Receipt,
} from '../../log/index.ts';
import type { Office } from '../../office.ts';
import type { Tx } from '../../platform/database/index.ts';
import { isLacking, makePdf, unwritten } from '../../platform/pdf.ts';
import { keepRounds, reporting, type Rounds } from '../../platform/rounds.ts';
import {
  clearKeys,
  dropIdentities,
  endLink,
  eraseAgain,
  link,
  linksAbout,
  listIdentities,
  MOST_SAME,
  personKeys,
  takeOutAgain,
  uncleared,
  type Erasure,
  type Held,
  type Link,
  type SearchTerm,
} from '../../vault/index.ts';
import { entryBy, type By, type Room } from '../access/index.ts';
import { acquisition, asStated, type AcquisitionRecord } from '../acquisition/index.ts';
import {
  addressee,
  decide,
  entryOf,
  find,
  forgetStanding,
  held,
  heldFor,
  holdingsProblem,
  othersFor,
  peopleIn,
  standing,
  isTold,
  leavingIdentity,
  recordsKeptOf,
  type Decision,
  type RecordsKept,
  type Standing,
} from '../checkpoint/index.ts';
import { holdingsById, type Holding } from '../ledger/index.ts';
import { policyInForce, policyVersion, type Policy, type Purpose } from '../policy/index.ts';
import { provisionTold, type Provided } from '../provision/index.ts';
import { isTimeToClear, linkFinding, unlinkFinding, type LinkWay } from './facts.ts';
import { receiptLetter, receiptTemplate, type ReceiptLetter } from './letters/receipt.ts';

/** What the pages about a person need beside the person: the ledger by id, and the policy in force. */
export interface Surroundings {
  ledger: ReadonlyMap<string, Holding>;
  policy: { version: number; policy: Policy } | null;
  /** The purposes the checkpoint can be asked with. */
  purposes: Purpose[];
  /** The standing facts that it would be asked against. */
  stands: Standing;
}

export async function surroundings({ office }: Room): Promise<Surroundings> {
  const [ledger, policy, stands] = await Promise.all([
    holdingsById(office),
    policyInForce(office, office.clock.today()),
    standing(office),
  ]);
  return {
    ledger,
    policy,
    purposes: policy?.policy.purposes.filter((purpose) => stands.purposes.has(purpose.id)) ?? [],
    stands,
  };
}

export type Person = Surroundings & { id: string } & ({ held: Held } | { erasure: Erasure });

export type HeldPerson = Extract<Person, { held: Held }>;

/** What is held about a person, without values, in the order of the ledger; or their erasure. */
export async function personOf(room: Room, id: string): Promise<Outcome<Person>> {
  const found = await held(room.office, id);
  if (!found.ok) return found;
  const around = await surroundings(room);
  if ('entry' in found.value) return done({ ...around, id, erasure: found.value });
  const code = ({ holding }: { holding: string }): string => around.ledger.get(holding)?.code ?? '';
  const records = found.value.records.toSorted((a, b) => (code(a) < code(b) ? -1 : 1));
  return done({ ...around, id, held: { ...found.value, records } });
}

/** The most persons shown of one search. A search that finds more should be narrowed. */
export const MOST_SHOWN = 20;

/** A person found: for each of their ids, where it is kept and since when. No value is read. */
export type FoundPerson = readonly { id: string; holdings: string[]; since: Date }[];

/** Finds persons. `total` is how many matched. */
export async function search(
  { office }: Room,
  by: By,
  terms: readonly SearchTerm[],
  holding: string | null,
): Promise<Outcome<{ total: number; shown: FoundPerson[] }>> {
  const found = await find(office, by, { terms, holding });
  if (!found.ok) return found;
  const matching = found.value.map(({ principal }) => principal);
  const others = await othersFor(office, by.actor, matching);
  // Of several matching ids of one person, the first stands for all.
  const first = matching.filter((id, i) => !matching.slice(0, i).some((before) => others.get(id)?.includes(before)));
  const shown = await Promise.all(
    first.slice(0, MOST_SHOWN).map(async (person): Promise<FoundPerson> => {
      const ids = [person, ...(others.get(person) ?? [])];
      const about = await Promise.all(ids.map((id) => held(office, id)));
      return about.flatMap((one) =>
        one.ok && 'since' in one.value
          ? [
              {
                id: one.value.principal,
                holdings: one.value.records.map((record) => record.holding),
                since: one.value.since,
              },
            ]
          : [],
      );
    }),
  );
  return done({ total: first.length, shown: shown.filter((person) => person.length > 0) });
}

/** The most persons on one page of the list of a holding. */
const MOST_LISTED = 50;

/** A page of the persons of a holding, after the id `after`. */
export async function listHolding(
  { office }: Room,
  by: By,
  holding: string,
  after: string | null,
): Promise<Outcome<Page<{ id: string; since: Date }>>> {
  const found = await peopleIn(office, by, { holding, after, most: MOST_LISTED + 1 });
  if (!found.ok) return found;
  const people = found.value.map(({ principal, since }) => ({ id: principal, since }));
  return done(pageOf(people, MOST_LISTED, idOf));
}

/** What was done with a person's information, newest first. */
export const historyEntries = ({ office }: Room, principal: string, query: Omit<EntryQuery, 'principal'>) =>
  listEntries(office.database, { ...query, principal });

/** True when the log says that a person was acquired. Asked about an id of which nothing is held and no erasure is on record. */
export const isLost = async (room: Room, principal: string): Promise<boolean> =>
  isId(principal) && (await historyEntries(room, principal, { actions: ['people:acquire'], most: 1 })).length > 0;

const noEntry = notFound(both('この本人についての、その記録はありません', 'There is no such entry about this person'));

const notYet: Outcome<never> = conflict(
  'entry',
  both(
    '記録に署名しているところです。少し待ってから、もう一度開いてください',
    'The entry is being signed. Please try again shortly',
  ),
);

/** How often, and with what pause, to look again for an entry that another open transaction keeps out of the tree. */
const TRIES = 10;
const STEP_MS = 200;
/** The entry is looked for among this many of the newest about the person. */
const LOOK_BACK = 20;

/** The proof of an entry about this person. First takes the entry into the tree if no checkpoint covers it yet. */
export async function proofOf({ office }: Room, principal: string, entry: string): Promise<Outcome<Receipt>> {
  if (!isId(principal) || !isId(entry)) return noEntry;
  const { database, signer } = office;
  for (let left = TRIES; left > 0; left -= 1) {
    const proof = await receiptOf(database, vkeyOf(signer), entry);
    if (proof) return proof.entry.principal === principal ? done(proof) : noEntry;
    if ((await integrate(database, signer)) > 0) continue;
    const newest = await listEntries(database, { principal, most: LOOK_BACK });
    if (!newest.some((one) => one.entry.id === entry)) return noEntry;
    await setTimeout(STEP_MS);
  }
  return notYet;
}

/** The proof as a file: the certificate of an erasure, otherwise the receipt of the entry. */
export function proofJson(proof: Receipt): { name: string; text: string } {
  const certificate = erasureCertificate(proof);
  return certificate
    ? { name: 'certificate.json', text: proofFile(certificate) }
    : { name: 'receipt.json', text: proofFile(proof) };
}

/** What the office knows of an entry beyond the log: how it was acquired, to whom it was provided. */
export interface Told {
  entry: LogEntry;
  acquisition: AcquisitionRecord | null;
  provision: Provided | null;
  /** The policy it was decided under, or the one in force. */
  policy: Policy | null;
  ledger: ReadonlyMap<string, Holding>;
}

export async function toldOf(room: Room, by: By, entry: LogEntry): Promise<Told> {
  const { office } = room;
  const around = await surroundings(room);
  const version = decisionIn(entry)?.policy;
  const decided = version === undefined ? null : await policyVersion(office, version);
  const acquired = entry.action === 'people:acquire' ? await acquisition(office, entry.id) : null;
  const [record] = acquired?.ok ? await asStated(office, by, [acquired.value]) : [];
  const provided = entry.principal ? await provisionTold(office, entry.principal, entry.id) : null;
  return {
    entry,
    acquisition: record ?? null,
    provision: provided,
    policy: decided?.policy ?? around.policy?.policy ?? null,
    ledger: around.ledger,
  };
}

/** The name for the head of a receipt, read through the checkpoint; null when no name is held any more. The issue is logged in both cases. */
async function nameFor({ office }: Room, by: By, told: Told): Promise<Outcome<string | null>> {
  const principal = told.entry.principal!;
  const found = await heldFor(office, by.actor, principal);
  const named =
    found.ok && 'records' in found.value ? found.value.records.filter((record) => record.items.includes('name')) : [];
  const from = named.find((record) => record.holding === told.entry.holding) ?? named[0];
  if (from) {
    return addressee(office, by, {
      principal,
      holding: from.holding,
      about: told.entry.id,
      thirdParty: told.provision !== null || told.acquisition?.source === 'third-party',
    });
  }
  const subjects = { principal, about: told.entry.id };
  await office.database.transaction((tx) => append(tx, entryBy(by, office.clock.now(), 'people:receipt', subjects)));
  return done(null);
}

/** Adds a sentence to the letter when our fonts lack a character of it. */
const legible = (letter: ReceiptLetter, lang: Lang): ReceiptLetter =>
  isLacking(letter) ? { ...letter, closing: `${letter.closing}\n${unwritten[lang]}` } : letter;

/**
 * True when an entry about a person may be shown to an actor. A token must be allowed to hear of the person, and bound to one of the purposes of
 * the handling, if it had any.
 */
async function isEntryTold({ office }: Room, actor: Actor, principal: string, entry: LogEntry): Promise<boolean> {
  if (actor.kind !== 'system') return true;
  const purposes = [entry.purpose, entry.purposes].flat().filter((one) => typeof one === 'string');
  if (purposes.length > 0 && !isTold(actor, purposes)) return false;
  return (await heldFor(office, actor, principal)).ok;
}

/** The sealed PDF of one entry, for the person. Reads nothing about them but the name and, for an acquisition, who gave the information. */
export async function receiptPdf(
  room: Room,
  by: By,
  ask: { principal: string; entry: string; lang: Lang },
): Promise<Outcome<{ name: string; bytes: Uint8Array }>> {
  const { office } = room;
  const proof = await proofOf(room, ask.principal, ask.entry);
  if (!proof.ok) return proof;
  if (!(await isEntryTold(room, by.actor, ask.principal, proof.value.entry))) return noEntry;
  const told = await toldOf(room, by, proof.value.entry);
  const name = await nameFor(room, by, told);
  if (!name.ok) return name;
  const now = await policyInForce(office, office.clock.today());
  const json = proofJson(proof.value);
  const letter = legible(
    receiptLetter(
      {
        told,
        proof: proof.value,
        name: name.value,
        operator: now?.policy.operator ?? null,
        on: office.clock.today(),
        url: office.config.publicUrl,
        attached: json.name,
      },
      ask.lang,
    ),
    ask.lang,
  );
  const bytes = makePdf({
    template: receiptTemplate,
    data: letter,
    lang: ask.lang,
    attachments: [
      { name: json.name, bytes: Buffer.from(json.text), mime: 'application/json', says: letter.attachment },
    ],
  });
  const kind = proof.value.entry.action === ERASURE ? 'erasure' : 'receipt';
  return done({
    name: `${kind}-${ask.entry.slice(-8)}-${ask.lang}.pdf`,
    bytes: sealPdf(bytes, office.signer.privateKey),
  });
}

/** Two ids that an actor says are, or are not, one person. */
export interface Pair {
  principal: string;
  sameAs: string;
}

const linkSays = {
  other: both('この番号の本人はいません', 'Nobody has this number'),
  itself: both('同じ番号です。もう一つの番号を書いてください', 'This is the same number: enter the other one'),
  already: both('すでに結び付けてあります', 'They are linked already'),
  many: both(
    `1人の本人として結び付けられる番号は${MOST_SAME}個までです`,
    `At most ${MOST_SAME} numbers are linked as one person`,
  ),
};

const noLink = notFound(both('この2つを直接に結び付けた記録はありません', 'These two are not linked with each other'));

const atOther = (says: Bilingual): Outcome<never> => invalid('same_as', says);

const linkGone = notFound(both('この本人の情報は消去されています', 'What was held about this person has been erased'));

/** The holdings that keep something under an id or, with `erasedToo`, that kept it before an erasure. */
async function holdingsUnder(office: Office, id: string, erasedToo: boolean): Promise<Outcome<string[]>> {
  const about = await held(office, id);
  if (!about.ok) return about;
  if (!('entry' in about.value)) return done(about.value.records.map(({ holding }) => holding));
  return erasedToo ? done(about.value.holdings) : linkGone;
}

/** Checks both ids, and that a token is bound to every purpose that their holdings serve: it needs that to link or unlink them. */
async function mayPair(
  { office }: Room,
  actor: Actor,
  { principal, sameAs }: Pair,
  { erasedToo }: { erasedToo: boolean },
): Promise<Outcome<Standing>> {
  const one = await holdingsUnder(office, principal, erasedToo);
  if (!one.ok) return one;
  const other = await holdingsUnder(office, sameAs, erasedToo);
  if (!other.ok) return atOther(linkSays.other);
  const stands = await standing(office);
  return holdingsProblem(actor, stands, [...one.value, ...other.value]) ?? done(stands);
}

/** The log entries of a decision about two ids: one in the history of each. */
function pairEntries(
  by: By,
  decision: Decision,
  action: 'people:link' | 'people:unlink',
  { principal, sameAs }: Pair,
  subjects: { link: string; shown_by?: string },
): LogEntry[] {
  const entry = (one: string, other: string): LogEntry =>
    entryOf(by, decision, action, { principal: one, other, ...subjects });
  return [entry(principal, sameAs), { ...entry(sameAs, principal), id: newId(decision.at) }];
}

/** Checks whether the actor may link the two ids. */
async function mayLink(room: Room, actor: Actor, pair: Pair): Promise<Outcome<Standing>> {
  const may = await mayPair(room, actor, pair, { erasedToo: false });
  return may.ok && pair.principal === pair.sameAs ? atOther(linkSays.itself) : may;
}

/** Two ids that may be linked, each with what is held, closed. The problems are those of linking them. */
export async function pairOf(room: Room, actor: Actor, pair: Pair): Promise<Outcome<[HeldPerson, HeldPerson]>> {
  const may = await mayLink(room, actor, pair);
  if (!may.ok) return may;
  const links = await linksAbout(room.office.database, pair.principal);
  const ids = [pair.principal, pair.sameAs];
  if (links.some((one) => ids.includes(one.principal_id) && ids.includes(one.other_id)))
    return conflict('same_as', linkSays.already);
  const one = await personOf(room, pair.principal);
  if (!one.ok) return one;
  const other = await personOf(room, pair.sameAs);
  if (!other.ok) return other;
  return 'held' in one.value && 'held' in other.value ? done([one.value, other.value]) : linkGone;
}

/**
 * Links two ids as one person. Nothing of either is read or moved. From then on what was stopped under one id is stopped for both, and the desk
 * answers about both in one request; consents and purposes stay with the id they were given under.
 */
export async function linkPeople(
  room: Room,
  by: By,
  { principal, sameAs, shownBy }: Pair & { shownBy: LinkWay },
): Promise<Outcome<Link>> {
  const { office } = room;
  const may = await mayLink(room, by.actor, { principal, sameAs });
  if (!may.ok) return may;
  const decision = decide(office, may.value.policy, linkFinding, null);
  const row: Link = {
    id: decision.id,
    principal_id: principal,
    other_id: sameAs,
    shown_by: shownBy,
    at: new Date(decision.at),
    actor: actorRef(by.actor),
  };
  const linked = await office.database.transaction(async (tx) => {
    const written = await link(tx, row);
    if (written !== 'linked') return written;
    const subjects = { link: row.id, shown_by: shownBy };
    await append(tx, ...pairEntries(by, decision, 'people:link', { principal, sameAs }, subjects));
    return written;
  });
  if (linked === 'unknown') return atOther(linkSays.other);
  if (linked !== 'linked') {
    const says = linked === 'already' ? linkSays.already : linkSays.many;
    return conflict('same_as', says);
  }
  forgetStanding(office);
  return done(row);
}

/** Unlinks two ids. What was done to both in the meantime, such as a stop or an erasure, stays done to each. */
export async function unlinkPeople(room: Room, by: By, pair: Pair): Promise<Outcome<string>> {
  const { office } = room;
  const may = await mayPair(room, by.actor, pair, { erasedToo: true });
  if (!may.ok) return may;
  const decision = decide(office, may.value.policy, unlinkFinding, null);
  const ended = await office.database.transaction(async (tx) => {
    const end = { entry: decision.id, at: new Date(decision.at), actor: actorRef(by.actor) };
    const id = await endLink(tx, [pair.principal, pair.sameAs], end);
    if (id) await append(tx, ...pairEntries(by, decision, 'people:unlink', pair, { link: id }));
    return id;
  });
  if (!ended) return noLink;
  forgetStanding(office);
  return done(ended);
}

/** The links of an id with other ids of the same person, if this actor may be told of what is kept under both ids. */
export async function linksOf({ office }: Room, actor: Actor, principal: string): Promise<Outcome<Link[]>> {
  const about = await heldFor(office, actor, principal);
  if (!about.ok) return about;
  const links = await linksAbout(office.database, principal);
  const told = new Map<string, boolean>();
  for (const id of links.flatMap((one) => [one.principal_id, one.other_id]))
    if (!told.has(id)) told.set(id, (await heldFor(office, actor, id)).ok);
  return done(links.filter((one) => told.get(one.principal_id) && told.get(one.other_id)));
}

/** The number of erasures in the log looked at in one step. */
const ERASURES = 1_000;

/** Erases again persons who were erased according to the log but came back with a backup, whose records came back as well. Returns how many. */
export async function eraseThoseBack(office: Office, tx: Tx, recordsKept: RecordsKept, now: number): Promise<number> {
  let erased = 0;
  for (let place = BEGINNING; ;) {
    const page = await entriesOf(tx, ERASURE, place, ERASURES);
    if (page.length === 0) return erased;
    place = page.at(-1)!;
    const back = await personKeys(
      tx,
      page.map(({ entry }) => entry.principal!),
    );
    for (const { entry } of page) {
      const principal = entry.principal!;
      if (!back.delete(principal)) continue;
      const again = () => eraseAgain(tx, { principal, entry: entry.id, at: Date.parse(entry.at) });
      const { left } = await leavingIdentity(tx, office, { principal, now, recordsKept }, again);
      const subjects = { principal, certified_by: entry.id, ...left };
      await append(tx, logEntry(now, { kind: 'sekisho' }, 'people:erase-again', subjects));
      erased += 1;
    }
  }
}

/**
 * Removes again items that were removed from persons' records according to the log but came back with a backup, with the values from before.
 * Returns how many entries were repeated.
 */
export async function takeOutThoseBack(
  { vault }: Office,
  tx: Tx,
  { from, to }: Pick<Loss, 'from' | 'to'>,
  now: number,
): Promise<number> {
  let done = 0;
  for (const { entry } of await entriesWithin(tx, ['people:correct'], { from, to })) {
    const [principal, holding, items] = [entry.principal!, String(entry.holding), entry.taken_out];
    if (
      !Array.isArray(items) ||
      !(await takeOutAgain(tx, vault, { principal, holding, items: items.map(String), now }))
    )
      continue;
    const subjects = { principal, holding, taken_out: [...items], certified_by: entry.id };
    await append(tx, logEntry(now, { kind: 'sekisho' }, 'people:erase-again', subjects));
    done += 1;
  }
  return done;
}

/**
 * Repeats links and unlinks that are in the log but not in a restored backup; the entries hold everything a link consists of. Unlinks matter too: a
 * link made by mistake would tell one person about another. Returns how many were repeated.
 */
export async function linkAsLogged(tx: Tx, { from, to }: Pick<Loss, 'from' | 'to'>): Promise<number> {
  let done = 0;
  for (const { entry } of await entriesWithin(tx, ['people:link', 'people:unlink'], { from, to })) {
    const { id, actor, principal } = entry;
    const [other, shownBy, at] = [String(entry.other), String(entry.shown_by), new Date(entry.at)];
    const row: Link = { id, principal_id: principal!, other_id: other, shown_by: shownBy, at, actor };
    // Each of the two persons has an entry; the link has the id of the first entry.
    const isDone =
      entry.action === 'people:unlink'
        ? (await endLink(tx, [principal!, other], { entry: id, at, actor })) !== null
        : entry.link === id && (await link(tx, row)) === 'linked';
    if (isDone) done += 1;
  }
  return done;
}

/**
 * Removes the keys that were dropped from a table from the files of the database, and logs it. These are keys of erased persons, and of requests,
 * packages and letters that are over. Returns how many.
 */
export async function clearDropped({ database, clock }: Office, table: string): Promise<number> {
  const now = clock.now();
  return clearKeys(database, table, now, (tx, { keys, rewrapped }) =>
    append(
      tx,
      logEntry(now, { kind: 'sekisho' }, 'people:clear', { table, keys, ...(rewrapped ? { rewrapped } : {}) }),
    ),
  );
}

/** The number of erased persons looked at in one transaction. */
const IDENTITIES = 200;

/** Drops the kept identity of erased persons, with its key, once no record names them any more. Returns for how many. */
export async function dropIdentitiesOver(
  office: Office,
  signal: Pick<AbortSignal, 'aborted'> = { aborted: false },
): Promise<number> {
  const { database, clock } = office;
  let dropped = 0;
  let after: string | null = null;
  do {
    const some = await listIdentities(database, after, IDENTITIES);
    after = some.at(-1) ?? null;
    dropped += await database.transaction(async (tx) => {
      const named = await recordsKeptOf(office)(tx, some);
      const over = await dropIdentities(
        tx,
        some.filter((id) => !named.has(id)),
      );
      const now = clock.now();
      const entries = over.map((principal) =>
        logEntry(now, { kind: 'sekisho' }, 'people:identity-over', { principal }),
      );
      if (entries.length > 0) await append(tx, ...entries);
      return over.length;
    });
  } while (after !== null && !signal.aborted);
  return dropped;
}

/** Clears the tables for which it is time. */
async function clearInTime(office: Office): Promise<void> {
  for (const waits of await uncleared(office.database))
    if (isTimeToClear(office.clock.now(), waits)) await clearDropped(office, waits.table);
}

const PAUSE_MS = 600_000;

/** One hour: each round looks up everybody whose identity is kept, and records end by the day. */
const IDENTITIES_PAUSE_MS = 3_600_000;

/** Keeps dropping identities of erased persons that no record needs any more. */
export const keepDroppingIdentities = (office: Office, report: (line: string) => void): Rounds =>
  keepRounds((signal) => dropIdentitiesOver(office, signal), IDENTITIES_PAUSE_MS, reporting(report, 'people'));

/** Keeps clearing dropped keys from the files. */
export const keepClearing = (office: Office, report: (line: string) => void): Rounds =>
  keepRounds(() => clearInTime(office), PAUSE_MS, reporting(report, 'people'));
