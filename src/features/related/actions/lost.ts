// The records of receipts (30) and of consents confirmed (31) that the log has and a restored backup had not.

import { readDay, type Day } from '../../../base/day.ts';
import type { LostRecord } from '../../../base/promise.ts';
import { entriesLost, itemsIn, type ListedEntry, type LogEntry } from '../../../log/index.ts';
import { lossesIn, type Office } from '../../../office.ts';
import { withHeld } from '../../../vault/index.ts';
import { dayReached } from '../../date/index.ts';
import { relatedAmong } from '../store.ts';

const STATING = { provision: 'related:provide', receipt: 'related:receive' } as const;

/** What the entry of a lost record says. */
export interface LostRelated extends LostRecord {
  act: keyof typeof STATING;
  collection: string;
  items: string[];
  /** Id of the recipient of a provision. */
  recipient: string | null;
  /** The last day of the record. */
  keepUntil: Day | null;
}

function recordIn({ cursor, entry }: ListedEntry): Omit<LostRelated, 'held'> {
  const { id, at, action, principal, collection, recipient, keep_until: until } = entry;
  return {
    cursor,
    id,
    at: Date.parse(at),
    principal: principal ?? null,
    act: action === STATING.provision ? 'provision' : 'receipt',
    collection: String(collection),
    items: itemsIn(entry),
    recipient: typeof recipient === 'string' ? recipient : null,
    keepUntil: readDay(String(until)),
  };
}

/** The lost records whose time is not over, newest first; `before`: those before this cursor. */
export async function lostRelated(
  office: Office,
  page: { before?: string | undefined; most: number },
): Promise<LostRelated[]> {
  const { database } = office;
  const over = await dayReached(office);
  const lists = ({ keep_until: until }: LogEntry): boolean => typeof until === 'string' && until >= over;
  const register = { actions: Object.values(STATING), among: relatedAmong };
  const listed = await entriesLost(database, await lossesIn(office), register, { ...page, lists });
  return withHeld(database, listed.map(recordIn));
}
