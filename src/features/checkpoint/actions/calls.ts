// How a caller names a call, kept so that a repetition is known again and nothing else.

import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { fingerprint } from '../../../vault/index.ts';
import { attemptsWaiting, callsWaiting, keyAttempts, keyCalls } from '../store.ts';

/** The key of a call as it is kept: nobody finds out from it by what, or by whom, the caller named the call. */
export const keyOfCall = ({ vault }: Office, key: string): Buffer => fingerprint(vault, `key of a call\n${key}`);

/** The name of an attempt as rows keep it, likewise; null where it has none. */
export const keyOfAttempt = (office: Office, attempt: string | undefined): string | null =>
  attempt === undefined ? null : keyOfCall(office, attempt).toString('hex');

const KEYED_AT_ONCE = 10_000;

/** Keys what earlier versions kept in clear of calls and attempts. */
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
