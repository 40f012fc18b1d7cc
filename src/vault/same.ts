// Which ids are one person (名寄せ, APPI 22). A link only states this and moves nothing: what each id keeps stays under its own key, with its own
// purposes and consents, so a mistaken link can be undone without loss. Merging records instead would lose which id was told what, and after a
// mistake would show one person another's information for good; and everything that names an id that no longer exists (log entries, records of 29
// and 30, receipts) would have to be redirected. A question about a person covers every id of that person.
// Links are kept in the database beside what they link, so a backup restores both. Every change to them since then is complete in the log
// (`linkAsLogged` in features/people). Restoring the log alone from its export (log/restore.ts) brings back nothing of the vault, neither keys nor
// records nor erasures, so there is nothing to link.

import type { Queryable, Tx } from '../platform/database/index.ts';
import * as store from './store.ts';

export type { LinkRow as Link } from './store.ts';

/** The links that join an id with all other ids of the same person. */
export const linksAbout = async (on: Queryable, principal: string): Promise<store.LinkRow[]> =>
  store.linksOf(on, await sameAs(on, [principal]));

/** For each of these ids, the other ids of the same person. Ids without others are left out. */
export async function othersOf(on: Queryable, principals: readonly string[]): Promise<Map<string, string[]>> {
  const others = new Map<string, string[]>();
  for (const row of principals.length === 0 ? [] : await store.othersOf(on, principals))
    others.set(row.principal_id, [...(others.get(row.principal_id) ?? []), row.other_id]);
  return others;
}

/** These ids followed by every other id of the same persons, each once. */
export async function sameAs(on: Queryable, principals: readonly string[]): Promise<string[]> {
  const others = await othersOf(on, principals);
  return [...new Set([...principals, ...[...others.values()].flat()])];
}

/** More ids than any one person has: a link beyond this number would be a mistake. */
export const MOST_SAME = 20;

/** Links two ids in the caller's transaction. Writes only when it returns `linked`. */
export async function link(tx: Tx, row: store.LinkRow): Promise<'linked' | 'unknown' | 'already' | 'too-many'> {
  const all = await sameAs(tx, [row.principal_id, row.other_id]);
  return all.length > MOST_SAME ? 'too-many' : store.insertLink(tx, row);
}

export { endLink } from './store.ts';
