// Texts written about a person beside their records, such as who gave the information. They are sealed under the person's own key, so nobody can
// read them once the person is erased; or under a key of the statutory record that must still state them after that. They need no purpose of use;
// information used about a person belongs in a record. A text is opened in two ways: shown to a reader, which is logged, or processed by the
// program, which shows it to nobody.

import type { Actor } from '../base/actor.ts';
import { both, type Bilingual } from '../base/bilingual.ts';
import { append, logEntry, type LogEntry } from '../log/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Queryable, Tx } from '../platform/database/index.ts';
import { decrypt, encrypt } from './gcm.ts';
import { writeId } from './keys.ts';
import { openingKeys, personKeys, type PersonKey, type Vault } from './vault.ts';

/** Where a text belongs: the person, and `of`, the id of what it was written for. */
export interface Beside {
  principal: string;
  of: string;
}

/** Associated data; shorter than a record's. */
function binding({ principal, of }: Beside): Buffer {
  const bytes = Buffer.alloc(16 + 16);
  writeId(bytes, principal, 0);
  writeId(bytes, of, 16);
  return bytes;
}

/** Seals a text. Throws KeyMismatch when the key is not the person's. */
export const sealBeside = ({ keeper }: Vault, key: PersonKey, place: Beside, written: object): Buffer =>
  encrypt(keeper.unwrap(key.kekVersion, key.wrapped, place.principal), binding(place), JSON.stringify(written));

/** A record's own key as stored, wrapped by a KEK. */
export interface RecordKey {
  kekVersion: number;
  wrapped: Buffer;
}

/** Seals, under a fresh key of the record, a text that the record must still state after its person is erased. The key goes with the record. */
export function sealForRecord(
  { keeper }: Vault,
  place: Beside,
  written: object,
): { recordKey: RecordKey; sealed: Buffer } {
  const { key, wrapped } = keeper.fresh(place.of);
  const sealed = encrypt(key, binding(place), JSON.stringify(written));
  return { recordKey: { kekVersion: keeper.version, wrapped }, sealed };
}

/**
 * Why a text cannot be read. `gone`: it was erased with its person, whose erasure is on record. `unreadable`: the text is damaged or not in its
 * place, or its key is damaged or missing.
 */
export type Unread = 'gone' | 'unreadable';

/** What is shown in place of the text. */
export const unreadWords: Record<Unread, Bilingual> = {
  gone: both('本人の情報とともに消去しました', 'Erased together with the person’s information'),
  unreadable: both(
    '鍵で開けません。データベースが直接書き換えられたか、壊れています',
    'The key does not open it: the database was written to directly, or is damaged',
  ),
};

/** A sealed text and its place, as stored. */
export interface Closed extends Beside {
  sealed: Buffer;
  /** Null or left out if the text is sealed under the person's key. */
  recordKey?: RecordKey | null;
}

/** Opens each text, by the id of what it was written for. A text that does not open does not affect the others of a page or list. */
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

/** Opens a text for processing: to decide on it or to seal it again. The caller must show it to nobody. */
export async function carryBeside(on: Queryable, vault: Vault, closed: Closed): Promise<object | Unread> {
  return (await opened(on, vault, [closed])).get(closed.of)!;
}

/** Seals texts anew, from the keys of persons to keys of their records. Texts that do not open are left out. */
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

/** Most records named in one log entry, because the size of an entry is limited. */
const MOST_NAMED = 300;

/** Who reads, and the ids of the access policies that allow it. */
export interface Reader {
  actor: Actor;
  authority: readonly string[];
}

/** One entry (or more, by MOST_NAMED) for each person with a text that was read. Texts that did not open or say nothing are not counted as read. */
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

/** Opens texts to show them, and logs who read which in the same transaction: if the log cannot be written, nothing is shown. */
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

/** How a room stores the texts that wait to be sealed. */
export interface WaitingRoom<Row> {
  /** At most `most` rows, locked for this process until the transaction ends. A row that is not passed to `put` is taken again. */
  take(tx: Tx, most: number): Promise<Row[]>;
  seal(row: Row, key: PersonKey): Buffer;
  /** Stores each sealed text in its place and removes it from where it waited. Null: the person is no longer held, and the text is dropped. */
  put(tx: Tx, sealed: { id: string; sealed: Buffer | null }[]): Promise<void>;
}

/** Rows sealed in one transaction. */
const BATCH = 1_000;

/**
 * Seals what an earlier version kept in clear beside a person. If the process dies, what is sealed stays sealed and the next start continues with
 * the rest.
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
