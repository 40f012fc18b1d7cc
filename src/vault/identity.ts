// The identity of an erased person, for the records of provisions and receipts that must still say whose they are (APPI 29, 30). It is sealed under
// a key of its own, because the person's key is destroyed. It is opened to show it to a reader, which is logged; otherwise only to compute the
// digests that an earlier version did not store.

import { append, logEntry, type Subjects } from '../log/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Queryable, Tx } from '../platform/database/index.ts';
import { decrypt, encrypt } from './gcm.ts';
import type { Reader } from './beside.ts';
import { writeId } from './keys.ts';
import { openRecord } from './seal.ts';
import * as store from './store.ts';
import { foundBy, soughtBy, type SearchTerm, type Values, type Vault } from './vault.ts';

/** Items with their values. Holdings may know a person by different names; each different value appears once. */
export type Identity = readonly (readonly [code: string, value: string])[];

/** The first group of which something is held identifies the person. */
const telling = [['name', 'name_kana'], ['email'], ['phone'], ['customer_number']] as const;

/** Selects the least that identifies the person. If no group of `telling` is held, keeps everything: the codes do not say whether less would do. */
function identityIn(records: readonly Values[]): Identity {
  const all = records.flatMap((values) => Object.entries(values));
  const known = telling.find((codes) => all.some(([code]) => codes.some((one) => one === code)));
  const kept = all.filter(([code]) => !known || known.some((one) => one === code));
  return kept.filter(([code, value], i) => kept.findIndex((one) => one[0] === code && one[1] === value) === i);
}

/** Associated data; shorter than any other kind's. */
function binding(principal: string): Buffer {
  const bytes = Buffer.alloc(16);
  writeId(bytes, principal, 0);
  return bytes;
}

/**
 * Seals the identity of a person, before the erasure; the caller stores it afterwards if it is needed. Locks the person until the transaction ends.
 * Returns null when the person is not held or none of their records opens; the erasure then goes on without it.
 */
export async function sealIdentity(tx: Tx, vault: Vault, principal: string): Promise<store.FoundIdentity | null> {
  const { keeper } = vault;
  const person = await store.findPerson(tx, principal, true);
  if (!person) return null;
  const records = await store.sealedRecords(tx, principal);
  const identity = identityIn(
    records.flatMap(({ holding_id: holding, version, items: codes, sealed }) => {
      try {
        const dataKey = keeper.unwrap(person.kek_version, person.wrapped_key, principal);
        return [openRecord(dataKey, { principal, holding, version, codes }, sealed)];
      } catch {
        return [];
      }
    }),
  );
  if (identity.length === 0) return null;
  const { key, wrapped } = keeper.fresh(principal);
  const sealed = encrypt(key, binding(principal), JSON.stringify(identity));
  const digests = digestsOf(vault, identity);
  return { id: principal, kek_version: keeper.version, wrapped_key: wrapped, sealed, digests };
}

/** The digests an identity is found by: the same as a record's, so that the same search terms find it. */
const digestsOf = (vault: Vault, identity: Identity): Buffer[] =>
  identity.flatMap(([code, value]) => foundBy(vault, code, value).map(({ digest }) => digest));

/** Opens an identity; null when it is damaged or belongs to somebody else. */
function opened({ keeper }: Vault, { id, kek_version: version, wrapped_key: wrapped, sealed }: store.IdentityRow) {
  try {
    return JSON.parse(decrypt(keeper.unwrap(version, wrapped, id), binding(id), sealed).toString()) as Identity;
  } catch {
    return null;
  }
}

/**
 * Erased persons who match every term, at most `most`. Only for looking up the records an identity is kept for; no other search finds these
 * persons.
 */
export const searchIdentities = (
  on: Queryable,
  vault: Vault,
  terms: readonly SearchTerm[],
  most: number,
): Promise<string[]> => store.findIdentitiesBy(on, soughtBy(vault, terms), most);

const BATCH = 200;

/** Computes the digests of identities that an earlier version stored without them. An identity that does not open gets none. */
export async function indexIdentities(database: Database, vault: Vault): Promise<void> {
  let after: string | null = null;
  do {
    const from: string | null = after;
    after = await database.transaction(async (tx) => {
      const some = await store.unindexedIdentities(tx, from, BATCH);
      for (const row of some) {
        const identity = opened(vault, row);
        if (identity) await store.indexIdentity(tx, row.id, digestsOf(vault, identity));
      }
      return some.at(-1)?.id ?? null;
    });
  } while (after !== null);
}

export { dropIdentities, keepIdentity, listIdentities } from './store.ts';

/** Those of these persons whose identity is kept. */
export const identitiesKept = async (on: Queryable, principals: readonly string[]): Promise<Set<string>> =>
  new Set((await store.findIdentities(on, principals)).map(({ id }) => id));

/**
 * Opens identities to show them, and logs who read whose in the same transaction, with `of` as what it was for: if the log cannot be written,
 * nothing is shown. Persons whose identity is not kept are left out.
 */
export async function showIdentities(
  { database, vault, clock }: { database: Database; vault: Vault; clock: Clock },
  { actor, authority }: Reader,
  principals: readonly string[],
  of: Subjects = {},
): Promise<Map<string, Identity | 'unreadable'>> {
  if (principals.length === 0) return new Map();
  const open = (row: store.IdentityRow) => opened(vault, row) ?? 'unreadable';
  return database.transaction(async (tx) => {
    const found = new Map((await store.findIdentities(tx, principals)).map((row) => [row.id, open(row)] as const));
    const entries = [...found].flatMap(([principal, identity]) =>
      identity === 'unreadable'
        ? []
        : [
            logEntry(clock.now(), actor, 'people:identity', {
              ...of,
              principal,
              items: [...new Set(identity.map(([code]) => code))],
              authority: [...authority],
            }),
          ],
    );
    if (entries.length > 0) await append(tx, ...entries);
    return found;
  });
}
