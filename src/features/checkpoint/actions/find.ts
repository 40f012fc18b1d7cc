// Finds persons, and tells what is held about one, without any of the values.

import { both } from '../../../base/bilingual.ts';
import type { Actor } from '../../../base/actor.ts';
import { isId } from '../../../base/id.ts';
import { done, forbidden, invalid, notFound, type Outcome } from '../../../base/outcome.ts';
import { append } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Queryable } from '../../../platform/database/index.ts';
import {
  heldAbout,
  listHeld,
  othersOf,
  search,
  searchIdentities,
  type Erasure,
  type Held,
  type HeldRecord,
  type Match,
  type SearchTerm,
} from '../../../vault/index.ts';
import { entryBy, type By } from '../../access/index.ts';
import { says } from '../facts/ask.ts';
import { holdingsProblem, outsideToken, toldOf } from './reach.ts';
import { standing } from './standing.ts';

export interface FindAsk {
  terms: readonly SearchTerm[];
  /** Null: in every holding. */
  holding: string | null;
  /** Also finds erased persons whom a record names; only for a request about these records (33(5)). */
  erased?: boolean | undefined;
}

/** Most persons one search returns. */
export const MOST_MATCHES = 100;

/** Finds persons by e-mail, telephone, name or reading. Returns ids; the log records the kinds of the search terms, never the terms. */
export async function find(office: Office, by: By, ask: FindAsk): Promise<Outcome<Match[]>> {
  const stands = await standing(office);
  if (ask.holding !== null && !stands.holdings.has(ask.holding)) return invalid('holding', says.holding);
  const told = toldOf(by.actor, stands);
  if (ask.holding !== null && told?.includes(ask.holding) === false) return forbidden(outsideToken);
  const within = ask.holding === null ? told : [ask.holding];
  return office.database.transaction(async (tx) => {
    const held = await search(tx, office.vault, ask.terms, within, MOST_MATCHES);
    // An erased person is in no holding, so nothing says which systems may see them: only callers who may see every holding find them.
    const gone = ask.erased && within === null ? await searchIdentities(tx, office.vault, ask.terms, MOST_MATCHES) : [];
    const matches = [...held, ...gone.map((principal): Match => ({ principal, holdings: [] }))];
    const entry = entryBy(by, office.clock.now(), 'people:search', {
      by: ask.terms.map((term) => term.kind),
      found: matches.length,
      ...(ask.holding ? { holding: ask.holding } : {}),
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
}

/** Lists the persons of one holding by id, without reading any of their items. The listing is logged as a search. */
export async function peopleIn(
  office: Office,
  by: By,
  { holding, after, most }: InHolding,
): Promise<Outcome<{ principal: string; since: Date }[]>> {
  const stands = await standing(office);
  if (!stands.holdings.has(holding)) return invalid('holding', says.holding);
  return office.database.transaction(async (tx) => {
    const rows = await listHeld(tx, { holding, after, most });
    const subjects = { by: ['holding'], found: rows.length, holding };
    await append(tx, entryBy(by, office.clock.now(), 'people:search', subjects));
    return done(rows.map((row) => ({ principal: row.principal_id, since: row.created_at })));
  });
}

export const unknownPerson = notFound(both('この本人の情報はありません', 'Nothing is held about this person'));

/** Returns what is held about a person, without values, or that the person was erased. */
export async function held(office: Office, principal: string): Promise<Outcome<Held | Erasure>> {
  const found = isId(principal) ? await heldAbout(office.database, principal) : null;
  return found ? done(found) : unknownPerson;
}

/** What the holdings keep of a person; nothing where they are unknown or erased. */
export async function recordsHeld(on: Queryable, principal: string): Promise<HeldRecord[]> {
  const about = isId(principal) ? await heldAbout(on, principal) : null;
  return about && 'records' in about ? about.records : [];
}

/** What one holding keeps of a person; null where that is nothing. */
export const recordIn = async (on: Queryable, principal: string, holding: string): Promise<HeldRecord | null> =>
  (await recordsHeld(on, principal)).find((record) => record.holding === holding) ?? null;

/** What is held about a person, as far as this actor may be told: a token learns only of holdings that serve its purposes, and of an erasure it could have made. */
export async function heldAsTold(office: Office, actor: Actor, principal: string): Promise<Outcome<Held | Erasure>> {
  const stands = await standing(office);
  const found = await held(office, principal);
  const told = toldOf(actor, stands);
  if (!found.ok || told === null) return found;
  const about = found.value;
  if ('entry' in about) return holdingsProblem(actor, stands, about.holdings) ? unknownPerson : found;
  const records = about.records.filter(({ holding }) => told.includes(holding));
  return records.length > 0 ? done({ ...about, records }) : unknownPerson;
}

/** Returns, for each id given, the other ids of the same person about which something is held that this actor may be told of. */
export async function othersFor(
  office: Office,
  actor: Actor,
  principals: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  const others = await othersOf(office.database, principals);
  const told = new Map<string, string[]>();
  for (const [id, ids] of others) {
    const about = await Promise.all(ids.map((one) => heldAsTold(office, actor, one)));
    const kept = ids.filter((_, i) => {
      const one = about[i]!;
      return one.ok && 'records' in one.value;
    });
    if (kept.length > 0) told.set(id, kept);
  }
  return told;
}
