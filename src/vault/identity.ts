// What tells who somebody was who is erased, for the records of provisions and receipts that still have to say whose they are (APPI 29, 30). It is
// sealed under a key of its own, as the person's goes; it opens for somebody to see, who is then in the log, and for nothing else.

import { append, logEntry } from '../log/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Queryable, Tx } from '../platform/database/index.ts';
import { decrypt, encrypt } from './gcm.ts';
import type { Reader } from './beside.ts';
import { writeId } from './keys.ts';
import { openRecord } from './seal.ts';
import * as store from './store.ts';
import type { Values, Vault } from './vault.ts';

/** Items with their values. Holdings may know a person by different names: each is there once. */
export type Identity = readonly (readonly [code: string, value: string])[];

/** The first of these that is held tells who somebody is. */
const telling = [['name', 'name_kana'], ['email'], ['phone'], ['customer_number']] as const;

/** The least that tells who it is. Where nothing is held that is known to, all there is: whether less would do, the codes do not say. */
export function identityIn(records: readonly Values[]): Identity {
  const all = records.flatMap((values) => Object.entries(values));
  const known = telling.find((codes) => all.some(([code]) => codes.some((one) => one === code)));
  const kept = all.filter(([code]) => !known || known.some((one) => one === code));
  return kept.filter(([code, value], i) => kept.findIndex((one) => one[0] === code && one[1] === value) === i);
}

/** Associated data, shorter than that of anything else. */
function binding(principal: string): Buffer {
  const bytes = Buffer.alloc(16);
  writeId(bytes, principal, 0);
  return bytes;
}

/**
 * Seals what tells who a person is, whom nobody else reads or changes until the transaction ends: done before they are erased, and kept afterwards if
 * it has to be. Null where nobody is held, or none of their records opens; an erasure goes on without.
 */
export async function sealIdentity(tx: Tx, { keeper }: Vault, principal: string): Promise<store.IdentityRow | null> {
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
  return { id: principal, kek_version: keeper.version, wrapped_key: wrapped, sealed };
}

export { dropIdentities, keepIdentity, listIdentities } from './store.ts';

/** Of which of these persons an identity is kept. */
export const identitiesKept = async (on: Queryable, principals: readonly string[]): Promise<Set<string>> =>
  new Set((await store.findIdentities(on, principals)).map(({ id }) => id));

/** Opens what somebody sees, with who saw whose in the log: what cannot be written there is not shown. Of whom none is kept, nothing. */
export async function showIdentities(
  { database, vault, clock }: { database: Database; vault: Vault; clock: Clock },
  { actor, authority }: Reader,
  principals: readonly string[],
): Promise<Map<string, Identity | 'unreadable'>> {
  if (principals.length === 0) return new Map();
  const open = ({ id, kek_version: version, wrapped_key: wrapped, sealed }: store.IdentityRow) => {
    try {
      const text = decrypt(vault.keeper.unwrap(version, wrapped, id), binding(id), sealed).toString();
      return JSON.parse(text) as Identity;
    } catch {
      return 'unreadable';
    }
  };
  return database.transaction(async (tx) => {
    const found = new Map((await store.findIdentities(tx, principals)).map((row) => [row.id, open(row)] as const));
    const entries = [...found].flatMap(([principal, identity]) =>
      identity === 'unreadable'
        ? []
        : [
            logEntry(clock.now(), actor, 'people:identity', {
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
