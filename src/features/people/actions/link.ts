// Two ids of one person, linked and not merged: linking, taking the link back, and what is linked.

import { type Actor, actorRef } from '../../../base/actor.ts';
import { type Bilingual, both } from '../../../base/bilingual.ts';
import { newId } from '../../../base/id.ts';
import { conflict, done, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import { append, type LogEntry } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { endLink, type Link, link, linksAbout, MOST_SAME } from '../../../vault/index.ts';
import type { By, Room } from '../../access/index.ts';
import {
  decide,
  type Decision,
  entryOf,
  forgetStanding,
  held,
  heldAsTold,
  holdingsProblem,
  type Standing,
  standing,
} from '../../checkpoint/index.ts';
import { linkFinding, type LinkWay, unlinkFinding } from '../facts.ts';
import { type HeldPerson, personOf } from './person.ts';

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
  const about = await heldAsTold(office, actor, principal);
  if (!about.ok) return about;
  const links = await linksAbout(office.database, principal);
  const told = new Map<string, boolean>();
  for (const id of links.flatMap((one) => [one.principal_id, one.other_id]))
    if (!told.has(id)) told.set(id, (await heldAsTold(office, actor, id)).ok);
  return done(links.filter((one) => told.get(one.principal_id) && told.get(one.other_id)));
}
