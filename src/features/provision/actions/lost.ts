// The provisions that the log has and a restored backup had not. Their rows, and the records of APPI 29, are gone; nothing that the entries do not
// say is made up for them.

import { readDay, type Day } from '../../../base/day.ts';
import { isId } from '../../../base/id.ts';
import type { Lost, LostRecord } from '../../../base/promise.ts';
import {
  entriesLost,
  entriesWithin,
  itemsIn,
  recordsLost,
  type ListedEntry,
  type LogEntry,
  type Loss,
} from '../../../log/index.ts';
import type { Relation } from '../../../law/index.ts';
import { lossesIn, type Office } from '../../../office.ts';
import { withHeld } from '../../../vault/index.ts';
import { dayReached } from '../../date/index.ts';
import { recipientsOf, type Recipient } from '../../recipients/index.ts';
import { relationWords } from '../words.ts';
import { provisionsAmong } from '../store/provisions.ts';

/** What the entry of a lost provision says. */
export interface LostProvision extends LostRecord {
  holding: string;
  items: string[];
  package: string | null;
  people: number;
  /** Id of the recipient; null where the entry names none, as within the company. */
  recipient: string | null;
  /** The recipient in the register as it is now; null where it was lost too. */
  known: Recipient | null;
  /** True when the log has a later change of the recipient that the register lacks, so that its name or address may have been others. */
  changed: boolean;
  /** Null where the entry does not say it. */
  relation: Relation | null;
  /** The consent it rested on, where the entry names one. */
  consent: string | null;
  /** The last day of its record; null where the law asked for none. */
  keepUntil: Day | null;
}

const REGISTER = { actions: ['people:provide', 'package:provide'], among: provisionsAmong };
const CHANGED = ['recipient:change'];

const idIn = (value: unknown): string | null => (typeof value === 'string' && isId(value) ? value : null);

const isRelation = (value: unknown): value is Relation =>
  typeof value === 'string' && Object.hasOwn(relationWords, value);

function provisionIn({ cursor, entry }: ListedEntry): Omit<LostProvision, 'held' | 'known' | 'changed'> {
  const { id, at, principal, people, relation, keep_until: until } = entry;
  return {
    cursor,
    id,
    at: Date.parse(at),
    holding: String(entry.holding),
    items: itemsIn(entry),
    principal: principal ?? null,
    package: idIn(entry.package),
    people: typeof people === 'number' ? people : 1,
    recipient: idIn(entry.recipient),
    relation: isRelation(relation) ? relation : null,
    consent: idIn(entry.consent),
    keepUntil: typeof until === 'string' ? readDay(until) : null,
  };
}

/** The lost provisions, newest first; `before`: those before this cursor. */
export async function lostProvisions(
  office: Office,
  page: { before?: string | undefined; most: number },
): Promise<LostProvision[]> {
  const { database } = office;
  const losses = await lossesIn(office);
  const over = await dayReached(office);
  const lists = ({ keep_until: until }: LogEntry): boolean => typeof until !== 'string' || until >= over;
  const found = (await entriesLost(database, losses, REGISTER, { ...page, lists })).map(provisionIn);
  if (found.length === 0) return [];
  const changes = await Promise.all(losses.map((loss) => entriesWithin(database, CHANGED, loss)));
  const changed = new Set(changes.flat().map(({ entry }) => entry.recipient));
  const register = await recipientsOf(
    office,
    found.flatMap(({ recipient }) => recipient ?? []),
  );
  return (await withHeld(database, found)).map((one) => ({
    ...one,
    known: (one.recipient && register.get(one.recipient)) || null,
    changed: one.recipient !== null && changed.has(one.recipient),
  }));
}

/** How many provisions have an entry that states a record, and lost it with a backup, before the time of the record is over. */
export const provisionsLost = (
  { database }: Pick<Office, 'database'>,
  reached: Day,
  losses: readonly Loss[],
): Promise<Lost[]> => recordsLost(database, losses, reached, REGISTER);
