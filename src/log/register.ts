// The rows of a register held against the log: each was written in the transaction that wrote its entry.

import { sha256 } from '#crypto';
import { hexOf } from './bytes.ts';
import { canonical, type Json } from './canonical.ts';
import type { LogEntry } from './entry.ts';

/** What the entry of a row has to say, with the id of the entry. A member that is undefined is one that it must not have. */
export type Said = Pick<LogEntry, 'id' | 'action'> & { [member: string]: Json | undefined };

/** What an entry says of content that it does not hold: the SHA-256 of its canonical text, in hexadecimal. */
export const contentHash = (content: unknown): string => hexOf(sha256(canonical(content as Json)));

/** The members that a row says otherwise than its entry. What an earlier version of the program did not say in its entries is not missed. */
export const otherwiseIn = (row: Said, entry: Said): string[] =>
  Object.entries(row).flatMap(([member, said]) => {
    const logged = entry[member];
    return logged === undefined || (said !== undefined && canonical(said) === canonical(logged)) ? [] : [member];
  });

/** The rows without an entry, or what several entries come to, that says the same, and the entries without such a row. */
export function unlike<Entry extends Said>(rows: readonly Said[], entries: readonly Entry[]): (Said | Entry)[] {
  const logged = new Map(entries.map((entry) => [entry.id, entry]));
  const agreed = new Set<string>();
  const strange = rows.filter((row) => {
    const entry = logged.get(row.id);
    if (!entry || otherwiseIn(row, entry).length > 0) return true;
    agreed.add(row.id);
    return false;
  });
  return [...strange, ...[...logged.values()].filter(({ id }) => !agreed.has(id))];
}
