// How the key that a caller gives a call is stored: as a keyed digest, which recognises a repetition and tells nothing else.

import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { fingerprint } from '../../../vault/index.ts';
import { attemptsWaiting, callsWaiting, keyAttempts, keyCalls } from '../store.ts';

/** Returns the keyed digest that is stored for the key of a call. It reveals neither the key nor a person the key names. */
export const keyOfCall = ({ vault }: Office, key: string): Buffer => fingerprint(vault, `key of a call\n${key}`);

/** Returns the same digest, in hex, for the name of an attempt; null where it has none. */
export const keyOfAttempt = (office: Office, attempt: string | undefined): string | null =>
  attempt === undefined ? null : keyOfCall(office, attempt).toString('hex');

const KEYED_AT_ONCE = 10_000;

/** Replaces the keys of calls and names of attempts that earlier versions stored in clear with their keyed digests. */
export async function keyWaitingCalls(office: Office): Promise<void> {
  const keySome = async (tx: Tx): Promise<number> => {
    const calls = await callsWaiting(tx, KEYED_AT_ONCE);
    const attempts = await attemptsWaiting(tx, KEYED_AT_ONCE);
    if (calls.length > 0)
      await keyCalls(
        tx,
        calls.map((call) => ({ ...call, keyed: keyOfCall(office, call.key) })),
      );
    if (attempts.length > 0)
      await keyAttempts(
        tx,
        attempts.map((one) => ({ ...one, keyed: keyOfCall(office, one.attempt) })),
      );
    return calls.length + attempts.length;
  };
  while ((await office.database.transaction(keySome)) > 0);
}
