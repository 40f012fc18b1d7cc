// Compares the rows of a register with the log: each row was written in the same transaction as its entry.

import { sha256 } from '#crypto';
import { hexOf } from './bytes.ts';
import { canonical, type Json } from './canonical.ts';
import type { LogEntry } from './entry.ts';

/** What the entry of a row must say, with the entry's id. A member that is undefined must not be in the entry. */
export type Said = Pick<LogEntry, 'id' | 'action'> & { [member: string]: Json | undefined };

/** What an entry says of content that it does not hold itself: the SHA-256 of the content's canonical text, in hexadecimal. */
export const contentHash = (content: unknown): string => hexOf(sha256(canonical(content as Json)));

/** The members in which an entry differs from its row. Members that an earlier version of the program did not log are not counted. */
export const otherwiseIn = (row: Said, entry: Said): string[] =>
  Object.entries(row).flatMap(([member, said]) => {
    const logged = entry[member];
    return logged === undefined || (said !== undefined && canonical(said) === canonical(logged)) ? [] : [member];
  });

/** The rows without an agreeing entry and the entries without an agreeing row. An entry may also stand for what several entries add up to. */
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
