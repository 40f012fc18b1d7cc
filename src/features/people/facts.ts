// What can be said about opening a person's items before anybody asks: pure. The checkpoint answers when they are opened.

import type { Day } from '../../base/day.ts';
import type { Held } from '../../vault/index.ts';
import { purposesFor, stoppedUse, type Standing } from '../checkpoint/index.ts';

/** What one holding keeps of a person. */
export type Kept = Held['records'][number];

/** How much of what a holding keeps of a person may be read for a purpose. */
export function openFor(
  stands: Standing,
  { principal, record, purpose }: { principal: string; record: Kept; purpose: string },
  on: Day,
): 'all' | 'some' | 'none' {
  const holding = stands.holdings.get(record.holding);
  if (!holding || stoppedUse(stands, principal, purpose, on)) return 'none';
  const isFor = (held: readonly (readonly string[])[]): boolean =>
    purposesFor(holding, held).some(({ id }) => id === purpose);
  const held = [...record.heldFor.values()];
  if (isFor(held)) return 'all';
  return held.some((purposes) => isFor([purposes])) ? 'some' : 'none';
}

/** The codes of the items that are held for the same, in the order given, with the ids of the purposes. */
export function heldAlike(
  { heldFor }: Kept,
  codes: readonly string[],
): { codes: string[]; purposes: readonly string[] }[] {
  const groups = new Map<string, { codes: string[]; purposes: readonly string[] }>();
  for (const code of codes) {
    const purposes = heldFor.get(code) ?? [];
    const group = groups.get(purposes.join());
    if (group) group.codes.push(code);
    else groups.set(purposes.join(), { codes: [code], purposes });
  }
  return [...groups.values()];
}
