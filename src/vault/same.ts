// Which ids are one person (名寄せ, APPI 22). A link says it and moves nothing: what each id keeps stays under its own key, with its own
// purposes and consents, so that a link that was a mistake is undone and nothing is lost. Had the records been put together, what was told two
// persons apart would be gone, and whoever was taken for another would be shown their information for good; and what names an id that is no
// more (log entries, records of 29 and 30, receipts) would have to be sent on. Whoever asks about a person asks about every id.
// Links lie in the database beside what they link, and come back with its backup; what was done about them since, the log has whole
// (`linkAsLogged` in features/people). The log can be restored without it, from its export (log/restore.ts):
// that brings back nothing of the vault, neither keys nor records nor erasures, so that there is nothing for a link to link.

import type { Queryable, Tx } from '../platform/database/index.ts';
import * as store from './store.ts';

export type { LinkRow as Link } from './store.ts';

/** The links that make one person of an id and of whatever else they are kept under. */
export const linksAbout = async (on: Queryable, principal: string): Promise<store.LinkRow[]> =>
  store.linksOf(on, await sameAs(on, [principal]));

/** Every other id of the persons who have these ids, by the id given; of whoever has none, nothing. */
export async function othersOf(on: Queryable, principals: readonly string[]): Promise<Map<string, string[]>> {
  const others = new Map<string, string[]>();
  for (const row of principals.length === 0 ? [] : await store.othersOf(on, principals))
    others.set(row.principal_id, [...(others.get(row.principal_id) ?? []), row.other_id]);
  return others;
}

/** These ids and then every other id of the same persons, each once. */
export async function sameAs(on: Queryable, principals: readonly string[]): Promise<string[]> {
  const others = await othersOf(on, principals);
  return [...new Set([...principals, ...[...others.values()].flat()])];
}

/** More ids of one person than anybody has: whoever links so many is mistaken about some. */
export const MOST_SAME = 20;

/** Links two ids in the caller's transaction. Writes nothing but where it answers `linked`. */
export async function link(tx: Tx, row: store.LinkRow): Promise<'linked' | 'unknown' | 'already' | 'too-many'> {
  const all = await sameAs(tx, [row.principal_id, row.other_id]);
  return all.length > MOST_SAME ? 'too-many' : store.insertLink(tx, row);
}

export { endLink } from './store.ts';
