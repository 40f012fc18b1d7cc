// What is written down about a person beside their records, such as who gave the information: sealed under the person's own key, so that
// nobody reads it once the person is erased, or under a key of the record that has to say it for longer. It holds nothing that a purpose is needed
// for; what is used of a person is a record. It opens in two ways: for somebody to see, who is then in the log, or for the house to go on with,
// which shows it to nobody.

import type { Actor } from '../base/actor.ts';
import { both, type Bilingual } from '../base/bilingual.ts';
import { append, logEntry, type LogEntry } from '../log/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Queryable, Tx } from '../platform/database/index.ts';
import { decrypt, encrypt } from './gcm.ts';
import { writeId } from './keys.ts';
import { openingKeys, personKeys, type PersonKey, type Vault } from './vault.ts';

/** Where a text belongs: the person, and the id of what it was written for. */
export interface Beside {
  principal: string;
  of: string;
}

/** Associated data, shorter than that of any record. */
function binding({ principal, of }: Beside): Buffer {
  const bytes = Buffer.alloc(16 + 16);
  writeId(bytes, principal, 0);
  writeId(bytes, of, 16);
  return bytes;
}

/** Seals what was written. Throws KeyMismatch when the key is not the person's. */
export const sealBeside = ({ keeper }: Vault, key: PersonKey, place: Beside, written: object): Buffer =>
  encrypt(keeper.unwrap(key.kekVersion, key.wrapped, place.principal), binding(place), JSON.stringify(written));

/** A key of a record's own as it is stored, wrapped by a KEK. */
export interface RecordKey {
  kekVersion: number;
  wrapped: Buffer;
}

/** Seals what a record still has to say once its person is erased: under a fresh key of the record, which goes with the record. */
export function sealForRecord(
  { keeper }: Vault,
  place: Beside,
  written: object,
): { recordKey: RecordKey; sealed: Buffer } {
  const { key, wrapped } = keeper.fresh(place.of);
  const sealed = encrypt(key, binding(place), JSON.stringify(written));
  return { recordKey: { kekVersion: keeper.version, wrapped }, sealed };
}

/** Why what was written is not read: it went with its person, of whom an erasure is on record; or it is damaged, not in its place, or the key is or is gone. */
export type Unread = 'gone' | 'unreadable';

/** What is said in its place. */
export const unreadWords: Record<Unread, Bilingual> = {
  gone: both('本人の情報とともに消去しました', 'Erased together with the person’s information'),
  unreadable: both(
    '鍵で開けません。データベースが直接書き換えられたか、壊れています',
    'The key does not open it: the database was written to directly, or is damaged',
  ),
};

/** What was written, as it is kept. */
export interface Closed extends Beside {
  sealed: Buffer;
  /** Null or left out: it is sealed under the person's key. */
  recordKey?: RecordKey | null;
}

/** What was written of each, by the id of what it was written for. One that does not open takes nothing else of a page or a list with it. */
async function opened(
  on: Queryable,
  { keeper }: Vault,
  closed: readonly Closed[],
): Promise<Map<string, object | Unread>> {
  const ofPersons = closed.filter(({ recordKey }) => !recordKey);
  const keys = await openingKeys(on, [...new Set(ofPersons.map(({ principal }) => principal))]);
  const one = ({ sealed, recordKey, ...place }: Closed): object | Unread => {
    const key = recordKey ?? keys.get(place.principal);
    if (key === 'erased') return 'gone';
    if (!key) return 'unreadable';
    try {
      const dataKey = keeper.unwrap(key.kekVersion, key.wrapped, recordKey ? place.of : place.principal);
      return JSON.parse(decrypt(dataKey, binding(place), sealed).toString()) as object;
    } catch {
      return 'unreadable';
    }
  };
  return new Map(closed.map((each) => [each.of, one(each)]));
}

/** Opens what the house goes on with, to decide on it or to seal it anew. Whoever calls this shows it to nobody. */
export async function carryBeside(on: Queryable, vault: Vault, closed: Closed): Promise<object | Unread> {
  return (await opened(on, vault, [closed])).get(closed.of)!;
}

/** Seals under keys of their records what is sealed under the keys of persons. What does not open is left out. */
export async function resealForRecords(
  on: Queryable,
  vault: Vault,
  closed: readonly Closed[],
): Promise<{ id: string; recordKey: RecordKey; sealed: Buffer }[]> {
  const found = await opened(on, vault, closed);
  return closed.flatMap(({ principal, of }) => {
    const written = found.get(of)!;
    return typeof written === 'string' ? [] : [{ id: of, ...sealForRecord(vault, { principal, of }, written) }];
  });
}

/** One entry names so many of what was read at most; an entry has a largest size. */
const MOST_NAMED = 300;

/** Who sees it, and the access policies that let them. */
export interface Reader {
  actor: Actor;
  authority: readonly string[];
}

/** An entry for each person of whom something was read. What does not open and what says nothing was not. */
function entriesOf(
  epochMs: number,
  { actor, authority }: Reader,
  closed: readonly Closed[],
  found: ReadonlyMap<string, object | Unread>,
): LogEntry[] {
  const read = new Map<string, string[]>();
  for (const { principal, of } of closed) {
    const said = found.get(of)!;
    if (typeof said !== 'string' && Object.keys(said).length > 0)
      read.set(principal, [...(read.get(principal) ?? []), of]);
  }
  return [...read].flatMap(([principal, records]) =>
    Array.from({ length: Math.ceil(records.length / MOST_NAMED) }, (_, n) =>
      logEntry(epochMs, actor, 'people:words', {
        principal,
        records: records.slice(n * MOST_NAMED, (n + 1) * MOST_NAMED),
        authority: [...authority],
      }),
    ),
  );
}

/** Opens what somebody sees, with who saw whose words in the log: what cannot be written there is not shown. */
export async function showBeside(
  { database, vault, clock }: { database: Database; vault: Vault; clock: Clock },
  reader: Reader,
  closed: readonly Closed[],
): Promise<Map<string, object | Unread>> {
  if (closed.length === 0) return new Map();
  return database.transaction(async (tx) => {
    const found = await opened(tx, vault, closed);
    const entries = entriesOf(clock.now(), reader, closed, found);
    if (entries.length > 0) await append(tx, ...entries);
    return found;
  });
}

/** How a room keeps what waits to be sealed. */
export interface WaitingRoom<Row> {
  /** At most `most` rows, locked for this process until the transaction ends. Rows that are not put away are taken again. */
  take(tx: Tx, most: number): Promise<Row[]>;
  seal(row: Row, key: PersonKey): Buffer;
  /** Puts each text where it belongs and takes it from where it waited. Null: its person is held no more, and the text is dropped. */
  put(tx: Tx, sealed: { id: string; sealed: Buffer | null }[]): Promise<void>;
}

/** So many are sealed at a time. */
const BATCH = 1_000;

/**
 * Seals what an earlier version kept in clear beside a person. What was sealed when the process died stays so, and the next start takes up the
 * rest.
 */
export async function sealWaiting<Row extends { id: string; principal_id: string }>(
  database: Database,
  { take, seal, put }: WaitingRoom<Row>,
): Promise<void> {
  const some = (): Promise<boolean> =>
    database.transaction(async (tx) => {
      const waiting = await take(tx, BATCH);
      if (waiting.length === 0) return false;
      const principals = new Set(waiting.map((row) => row.principal_id));
      const keys = await personKeys(tx, [...principals]);
      const sealed = waiting.map((row) => {
        const key = keys.get(row.principal_id);
        return { id: row.id, sealed: key ? seal(row, key) : null };
      });
      await put(tx, sealed);
      return true;
    });
  while (await some());
}
