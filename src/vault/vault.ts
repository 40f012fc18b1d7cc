// The operations of the vault: keep, open, correct, find and erase. Every operation on values asks for a permit and throws PermitBreach without the
// right one. Effects are parts of the caller's statement or transaction, so they commit together with their log entry or not at all.

import type { KeyObject } from 'node:crypto';
import type { Database, Queryable, Tx } from '../platform/database/index.ts';
import { StartProblem } from '../platform/start-problem.ts';
import type { Part } from '../platform/statement.ts';
import { searchKeys, termKeys, type IndexKind } from './items.ts';
import { emailKey } from './normalise.ts';
import { hmacOf } from './hmac.ts';
import { createKeyFile, hasKeyFile, readKeyFile } from './key-files.ts';
import { keeperOf, type KeyKeeper } from './keys.ts';
import { admit, type Permit, type PermitScope } from './permit.ts';
import { acquired, corrected, heldForOf, purposesOf, purposesOfAsked, type HeldFor } from './purposes.ts';
import { openRecord, sealRecord } from './seal.ts';
import * as store from './store.ts';

export type Values = Readonly<Record<string, string>>;

/** An opened vault, with its keys in memory. */
export interface Vault {
  keeper: KeyKeeper;
  /** HMAC-SHA-256 under the key of the search index. */
  index(text: string): Buffer;
}

/**
 * Owner id under which each KEK version's key-check value is wrapped. Notes that keys wrapped by a former version must leave the files use it too.
 */
export const NOBODY = '00000000-0000-0000-0000-000000000000';
export const INDEX_KEY_OWNER = '00000000-0000-0000-0000-000000000001';

const wrongKey = (version: number): StartProblem =>
  new StartProblem(
    `保管庫の鍵（第${version}版）が、このデータベースのものではありません。正しい鍵をバックアップから戻してください。`,
    `The key of the vault (version ${version}) does not belong to this database. Restore the right key from your backup.`,
  );

/**
 * Opens the vault with the KEK files of `folder`. Creates the first KEK only for a database that has none. Files of retired versions need not be
 * there. Throws StartProblem.
 */
export async function openVault(database: Database, folder: string): Promise<Vault> {
  if ((await store.keyRows(database)).length === 0) {
    createKeyFile(folder, 1);
    const first = keeperOf(new Map([[1, readKeyFile(folder, 1)]]));
    await store.insertFirstKeys(database, 1, first.fresh(NOBODY).wrapped, first.fresh(INDEX_KEY_OWNER).wrapped);
  }
  const rows = (await store.keyRows(database)).filter(({ retired_at: retired }) => retired === null);
  const keeper = keeperOf(new Map(rows.map((row) => [row.version, readKeyFile(folder, row.version)])), (version) =>
    hasKeyFile(folder, version) ? readKeyFile(folder, version) : null,
  );
  for (const { version, check } of rows) prove(keeper, version, check);
  const index = await store.indexKeyRow(database);
  if (!index) throw new Error('vault: the index key is missing from the database');
  return { keeper, index: hmacOf(keeper.unwrap(index.kek_version, index.wrapped_key, INDEX_KEY_OWNER).export()) };
}

/** Throws StartProblem unless the KEK of this version opens its key-check value. */
export function prove(keeper: KeyKeeper, version: number, check: Buffer): void {
  try {
    keeper.unwrap(version, check, NOBODY);
  } catch {
    throw wrongKey(version);
  }
}

const DIGEST_BYTES = 16;

const digest = (vault: Vault, kind: IndexKind, key: string): Buffer =>
  vault.index(`${kind}\n${key}`).subarray(0, DIGEST_BYTES);

/** The search digests of a value. */
export const foundBy = (vault: Vault, code: string, value: string): { kind: IndexKind; digest: Buffer }[] =>
  searchKeys(code, value).map(({ kind, key }) => ({ kind, digest: digest(vault, kind, key) }));

/** Seals the values as a record with all its search digests; claims its e-mail address as unique in the holding. */
function sealedRecord(
  vault: Vault,
  dataKey: KeyObject,
  { principal, holding, version }: { principal: string; holding: string; version: number },
  values: Values,
  heldFor: HeldFor,
  at: number,
): store.SealedRecord {
  const codes = Object.keys(values);
  let email: Buffer | null = null;
  const digests: Buffer[] = [];
  for (const code of codes) {
    for (const { kind, digest: found } of foundBy(vault, code, values[code]!)) {
      digests.push(found);
      if (kind === 'email') email = found;
    }
  }
  const sealed = sealRecord(dataKey, { principal, holding, version, codes }, Object.values(values));
  const purposes = purposesOf(codes, heldFor);
  return { principal, holding, version, codes, sealed, email, digests, purposes, at };
}

/** A new person with their first record. */
export interface Creation {
  permit: Permit;
  principal: string;
  holding: string;
  items: Values;
  /** Another person has the e-mail address, and the caller said that they share it (`holdSharing`). */
  sharing?: boolean;
  /** Milliseconds since the epoch. */
  now: number;
}

/** A new person, sealed: unreadable without the keys. */
export type SealedPerson = store.NewPerson;

/**
 * Seals a new person under a key of their own, for the purposes of the permit. Runs before the statement, so that a batch only waits for the
 * database.
 */
export function seal(vault: Vault, { permit, principal, holding, items, sharing, now }: Creation): SealedPerson {
  const codes = Object.keys(items);
  const { purposes } = admit(permit, { act: 'acquire', principal, holding, items: codes, now });
  const { key, wrapped } = vault.keeper.fresh(principal);
  const heldFor = acquired(new Map(), { codes, again: [], purposes });
  const record = sealedRecord(vault, key, { principal, holding, version: 1 }, items, heldFor, now);
  if (sharing) record.email = null;
  return { record, wrapped, kekVersion: vault.keeper.version };
}

/**
 * The part that creates the persons whose id is in the CTE `admitted(key uuid)` of an earlier part (see `admitAll`). Gives the CTE `effected(key
 * uuid)` of those created. A person whose e-mail address another person of the holding has, and who is not said to share it, is not created;
 * `emailHolders` then tells whose it is.
 */
export const creating = (people: readonly SealedPerson[]): Part => store.insertPersons(people);

export { admitAll, countUntouched, heldIn, holdPersons, itemsAsRead, knowing, listHeld, personHeld } from './store.ts';

const emailDigest = (vault: Vault, email: string): Buffer => digest(vault, 'email', emailKey(email));

interface Address {
  holding: string;
  email: string;
}

/** Everyone in the holding who has the e-mail address. */
export const emailHolders = (on: Queryable, vault: Vault, { holding, email }: Address): Promise<string[]> =>
  store.findByEmail(on, holding, emailDigest(vault, email));

/**
 * True when exactly the persons `sharesWith`, apart from `principal`, have the e-mail address. Nobody else can then come to share it until the
 * transaction ends. The caller must name everybody who has the address: if one act is sent twice, the second request names one too few and is
 * refused.
 */
export async function holdSharing(
  tx: Tx,
  vault: Vault,
  { holding, email }: Address,
  { principal, sharesWith }: { principal: string; sharesWith: readonly string[] },
): Promise<boolean> {
  if (!(await store.lockEmail(tx, holding, emailDigest(vault, email)))) return false;
  const others = (await emailHolders(tx, vault, { holding, email })).filter((one) => one !== principal);
  const named = new Set(sharesWith);
  return named.size === others.length && others.every((one) => named.has(one));
}

export type Found = store.FoundRow;

export type { Asked, Barrier } from './store.ts';

/**
 * The part that finds sealed records. Gives the CTEs `found` (select it as `Found`) and `effected(key uuid)`. Nothing is readable until `open` is
 * called on a row, after the commit. With `given`, finds nothing unless that CTE of an earlier part has a row.
 */
export const opening = (...asked: Parameters<typeof store.findRecords>): Part => store.findRecords(...asked);

/** The acts that allow values to be read. */
const reading = ['use', 'provide', 'receipt'] as const;

/**
 * Opens the asked items of a found record; items the record does not have are left out. Throws PermitBreach unless the permit covers all asked
 * items, KeyMismatch or SealBroken when the record does not open.
 */
export function open(
  vault: Vault,
  permit: Permit,
  found: Found,
  asked: { principal: string; holding: string; items: readonly string[]; now: number },
): Values {
  const { principal, holding, items, now } = asked;
  admit(permit, { act: reading, principal, holding, items, now });
  const dataKey = vault.keeper.unwrap(found.kek_version, found.wrapped_key, principal);
  const place = { principal, holding, version: found.version, codes: found.items.split(',') };
  const values = openRecord(dataKey, place, found.sealed);
  return Object.fromEntries(Object.entries(values).filter(([code]) => items.includes(code)));
}

export interface Amendment {
  permit: Permit;
  principal: string;
  holding: string;
  /** New values; null removes the item. */
  items: Readonly<Record<string, string | null>>;
  /** As in `Creation`. */
  sharing?: boolean;
  /** The whole record may be removed, provided the person is kept in another holding too. */
  whole?: boolean;
  now: number;
}

export type Amended =
  /** `before`: the former values of corrected items, as far as there were any. `replaced`: codes of the items that were there before. */
  | { kind: 'done'; version: number; items: string[]; before: Values; replaced: string[] }
  /** No such person or, for a correction, no record in the holding. */
  | { kind: 'not-found' }
  /** A record, and a person, must keep at least one item; erasure is a different act. */
  | { kind: 'empty' };

export { EmailTaken } from './store.ts';

/**
 * Adds to or corrects what one holding keeps about a person, as a new version. With a permit to acquire, the record may be the first in the
 * holding, and the new values are held for the permit's purposes (see `acquired`). With a permit to correct, the record must exist. Throws
 * EmailTaken when another person of the holding has the e-mail address and the caller did not say that it is shared; the transaction is then
 * aborted, and `emailHolders` tells whose it is.
 */
export async function amend(tx: Tx, vault: Vault, { permit, ...amendment }: Amendment): Promise<Amended> {
  const { principal, holding, items, now } = amendment;
  const asked = { principal, holding, items: Object.keys(items), now };
  const admitted = admit(permit, { act: ['acquire', 'correct'], ...asked });
  return rewrite(tx, vault, admitted, amendment);
}

/**
 * Removes again the items that a restored backup brought back; an entry of the log proves that their removal was decided. False when none of them
 * is held, or when the person would be left without any item.
 */
export async function takeOutAgain(
  tx: Tx,
  vault: Vault,
  { principal, holding, items, now }: Pick<Amendment, 'principal' | 'holding' | 'now'> & { items: readonly string[] },
): Promise<boolean> {
  const held = await itemsHeld(tx, { principal, holding, items });
  if (!held || held.items.length === 0) return false;
  const taken = Object.fromEntries(held.items.map((code) => [code, null]));
  const amended = await rewrite(
    tx,
    vault,
    { act: 'correct', purposes: [] },
    {
      principal,
      holding,
      items: taken,
      whole: true,
      now,
    },
  );
  return amended.kind === 'done';
}

/** Removes a whole record, if the person is kept in another holding too. Returns whether it did. */
async function dropWhole(tx: Tx, principal: string, holding: string): Promise<boolean> {
  const elsewhere = (await store.recordsOf(tx, principal)).some((one) => one.holding_id !== holding);
  if (elsewhere) await store.dropRecord(tx, principal, holding);
  return elsewhere;
}

/** Writes a new version of a record. */
async function rewrite(
  tx: Tx,
  vault: Vault,
  { act, purposes }: Pick<PermitScope, 'act' | 'purposes'>,
  { principal, holding, items, sharing, whole, now }: Omit<Amendment, 'permit'>,
): Promise<Amended> {
  const person = await store.findPerson(tx, principal, true);
  const old = person && (await store.lockRecord(tx, principal, holding));
  if (!person || (!old && act === 'correct')) return { kind: 'not-found' };
  const dataKey = vault.keeper.unwrap(person.kek_version, person.wrapped_key, principal);
  const version = old?.version ?? 0;
  const values = old ? openRecord(dataKey, { principal, holding, version, codes: old.items }, old.sealed) : {};
  const email = values.email === undefined ? null : emailDigest(vault, values.email);
  const stood = Object.entries(act === 'correct' ? values : {});
  const before = Object.fromEntries(stood.filter(([code]) => Object.hasOwn(items, code)));
  const given = Object.keys(items).filter((code) => items[code] !== null);
  const again = given.filter((code) => values[code] === items[code]);
  for (const [code, value] of Object.entries(items)) {
    if (value === null) delete values[code];
    else values[code] = value;
  }
  const codes = Object.keys(values);
  const replaced = Object.keys(items).filter((code) => old?.items.includes(code));
  if (codes.length === 0) {
    const gone = whole === true && old !== null && (await dropWhole(tx, principal, holding));
    return gone ? { kind: 'done', version: version + 1, items: [], before, replaced } : { kind: 'empty' };
  }
  const held = heldForOf(old?.items ?? [], old?.purposes ?? []);
  const heldFor = act === 'acquire' ? acquired(held, { codes: given, again, purposes }) : corrected(held, given);
  const record = sealedRecord(vault, dataKey, { principal, holding, version: version + 1 }, values, heldFor, now);
  // A person who keeps their address keeps it as before, whether claimed as unique or shared.
  const keeps = email !== null && record.email?.equals(email);
  if (keeps) record.email = old!.email;
  else if (sharing) record.email = null;
  await store.putRecord(tx, record, keeps ? null : (old?.email ?? null));
  return { kind: 'done', version: version + 1, items: codes, before, replaced };
}

/** What was erased. `entry` is the id of the log entry that certifies it. */
export interface Erasure {
  entry: string;
  at: Date;
  holdings: string[];
  items: number;
  /** The codes that each holding had; null for persons erased before these were kept. */
  held: { holding: string; items: string[] }[] | null;
}

const erasureOf = (row: store.ErasureRow): Erasure => ({
  entry: row.entry_id,
  at: row.erased_at,
  holdings: row.holdings,
  items: row.items,
  held: row.held,
});

/**
 * Erases a person: deletes the wrapped key with everything it sealed, so that no copy of the sealed data opens without that key. The key's bytes
 * leave the files of the database later; see `clearKeys`. An earlier backup and the server's own write-ahead log (WAL) still contain the key: with
 * one of them and the KEK, the data can be opened until that copy is gone. The permit's decision becomes the certifying entry. `fresh` is false
 * when the person was erased before. Returns null when the person is unknown.
 */
export async function erase(
  tx: Tx,
  permit: Permit,
  { principal, now }: { principal: string; now: number },
): Promise<{ fresh: boolean; erasure: Erasure } | null> {
  const { decision } = admit(permit, { act: 'erase', principal, holding: 'all', items: 'all', now });
  const person = await store.findPerson(tx, principal, true);
  if (person)
    return { fresh: true, erasure: erasureOf(await store.destroyPerson(tx, principal, decision, new Date(now))) };
  const before = await store.findErasure(tx, principal);
  return before && { fresh: false, erasure: erasureOf(before) };
}

/** Erases again a person whom a restored backup brought back, under the entry that certified the erasure. */
export const eraseAgain = (
  tx: Tx,
  { principal, entry, at }: { principal: string; entry: string; at: number },
): Promise<unknown> => store.destroyPerson(tx, principal, entry, new Date(at));

/** A table from which keys were dropped that may still be in its files. */
export interface Uncleared {
  table: string;
  /** When the first of these keys was dropped, in milliseconds since the epoch. */
  since: number;
  /** Size of the table in bytes, as pg_table_size counts it. */
  size: number;
}

/** The tables still to be cleared, of all rooms. */
export const uncleared = async (on: Queryable): Promise<Uncleared[]> =>
  (await store.unclearedTables(on)).map(({ relation, first, size }) => ({
    table: relation,
    since: first.getTime(),
    size,
  }));

/** What has left the files: the number of dropped keys, and whether keys wrapped by former KEK versions were among it. */
export interface Cleared {
  keys: number;
  rewrapped: boolean;
}

/**
 * Removes dropped keys of a table from the files of the database, and calls `record` with the result in the same transaction. Returns how many
 * notes were cleared; 0 when there was nothing to do or it must wait.
 * A deleted or updated row stays in its file until it is vacuumed, and its bytes until something overwrites them; so the table is rewritten. Bytes
 * of what the keys sealed may stay for a while, but nothing opens them. While an older transaction still sees a dropped key, or others hold the
 * table, everything is left for the next run. The server's write-ahead log (WAL) and copies of the files keep what they have.
 */
export async function clearKeys(
  database: Database,
  table: string,
  now: number,
  record: (tx: Tx, cleared: Cleared) => Promise<void>,
): Promise<number> {
  const { owners, at } = await store.unclearedIn(database, table);
  if (owners.length === 0) return 0;
  await store.vacuum(database, table);
  if (!(await store.isVacuumed(database, table, at))) return 0;
  try {
    return await database.transaction(async (tx) => {
      const cleared = await store.markCleared(tx, table, owners, new Date(now));
      if (cleared.length === 0) return 0;
      const keys = cleared.filter((owner) => owner !== NOBODY).length;
      await record(tx, { keys, rewrapped: keys < cleared.length });
      await store.rewrite(tx, table);
      return cleared.length;
    });
  } catch (error) {
    if (store.isHeldUp(error)) return 0;
    throw error;
  }
}

/** What one holding keeps of a person, without values. */
export interface HeldRecord {
  holding: string;
  items: string[];
  /** The purposes each item is held for, as ids. */
  heldFor: HeldFor;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

export interface Held {
  principal: string;
  since: Date;
  records: HeldRecord[];
}

/** Which of the asked items are held, and for what. */
export interface ItemsHeld {
  /** The asked items that are held. */
  items: string[];
  /** For each of these, the ids of the purposes it is held for; when there are none, the same for every item that is held. */
  purposes: (readonly string[])[];
}

/** Which of these items are held about the person in the holding, and for which purposes. Null when nothing is held there. */
export async function itemsHeld(
  on: Queryable,
  { principal, holding, items }: Pick<store.Asked, 'principal' | 'holding' | 'items'>,
): Promise<ItemsHeld | null> {
  const [row] = await store.recordsOf(on, principal, holding);
  if (!row) return null;
  const held = items.filter((code) => row.items.includes(code));
  return { items: held, purposes: purposesOfAsked(heldForOf(row.items, row.purposes), items) };
}

/** What is held about a person: holdings, item codes and dates, no values. Returns the erasure if the person was erased, null if unknown. */
export async function heldAbout(on: Queryable, principal: string): Promise<Held | Erasure | null> {
  const person = await store.findPerson(on, principal);
  if (!person) {
    const erased = await store.findErasure(on, principal);
    return erased && erasureOf(erased);
  }
  const rows = await store.recordsOf(on, principal);
  return {
    principal,
    since: person.created_at,
    records: rows.map((row) => ({
      holding: row.holding_id,
      items: row.items,
      heldFor: heldForOf(row.items, row.purposes),
      version: row.version,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    })),
  };
}

/** The holdings in which each of these persons is kept, or was until they were erased, by id. Unknown ids are left out. */
export async function keptIn(on: Queryable, principals: readonly string[]): Promise<Map<string, string[]>> {
  const rows = principals.length === 0 ? [] : await store.holdingsOf(on, principals);
  return new Map(rows.map((row) => [row.principal_id, row.holdings]));
}

/** A person's key as stored, wrapped by a KEK. */
export interface PersonKey {
  kekVersion: number;
  wrapped: Buffer;
}

/** The keys of these persons, by id, as far as they are held; for what is sealed beside their records. */
export async function personKeys(on: Queryable, principals: readonly string[]): Promise<Map<string, PersonKey>> {
  const rows = await store.findKeys(on, principals);
  return new Map(rows.map((row) => [row.id, { kekVersion: row.kek_version, wrapped: row.wrapped_key }]));
}

/** These rows, each with whether its person is held here; `principal`: null where a row names nobody. */
export async function withHeld<T extends { principal: string | null }>(
  on: Queryable,
  rows: readonly T[],
): Promise<(T & { held: boolean })[]> {
  const keys = await personKeys(
    on,
    rows.flatMap(({ principal }) => principal ?? []),
  );
  return rows.map((row) => ({ ...row, held: row.principal !== null && keys.has(row.principal) }));
}

/** The keys for opening: a person without one is `erased` when their erasure is on record, and left out otherwise. */
export async function openingKeys(
  on: Queryable,
  principals: readonly string[],
): Promise<Map<string, PersonKey | 'erased'>> {
  const rows = await store.findKeysAndErased(on, principals);
  return new Map(
    rows.map(({ id, kek_version: kekVersion, wrapped_key: wrapped }) => [
      id,
      kekVersion === null || wrapped === null ? 'erased' : { kekVersion, wrapped },
    ]),
  );
}

export interface SearchTerm {
  kind: IndexKind;
  term: string;
}

export interface Match {
  principal: string;
  holdings: string[];
}

/** The digests to search for, each with the position of its term. */
export const soughtBy = (vault: Vault, terms: readonly SearchTerm[]): store.Sought[] =>
  terms.flatMap(({ kind, term }, n) =>
    termKeys(kind, term).map((key) => ({ digest: digest(vault, kind, key), term: n })),
  );

/** Persons who match every term by the blind index, at most `most`; in these holdings, or with null in any. */
export async function search(
  on: Queryable,
  vault: Vault,
  terms: readonly SearchTerm[],
  holdings: readonly string[] | null,
  most: number,
): Promise<Match[]> {
  const rows = await store.findByDigests(on, soughtBy(vault, terms), holdings, most);
  return rows.map((row) => ({ principal: row.principal_id, holdings: row.holdings }));
}

/** How many persons have a record in each holding. */
export async function peopleByHolding(on: Queryable): Promise<Map<string, number>> {
  return new Map((await store.countByHolding(on)).map((row) => [row.holding_id, row.people]));
}

/** How many persons have each item in a holding, by its code. */
export async function peopleByItem(on: Queryable, holding: string): Promise<Map<string, number>> {
  return new Map((await store.countByItem(on, holding)).map((row) => [row.item, row.people]));
}

/** The number of people of whom a holding keeps the same items for the same purposes. */
export interface HeldAlike {
  holding: string;
  heldFor: HeldFor;
  people: number;
}

/** Groups everyone in these holdings by what is held about them. */
export async function heldAlike(on: Queryable, holdings: readonly string[]): Promise<HeldAlike[]> {
  const rows = await store.recordClasses(on, holdings);
  return rows.map(({ holding_id: holding, items, purposes, people }) => ({
    holding,
    heldFor: heldForOf(items, purposes),
    people,
  }));
}

/** A keyed digest of a text that may contain personal information. Equal texts give equal digests, and without the key guesses cannot be tested. */
export const fingerprint = (vault: Vault, text: string): Buffer => vault.index(`text\n${text}`);
