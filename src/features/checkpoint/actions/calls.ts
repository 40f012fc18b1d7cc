// How a call that is sent again is recognised, so that it is carried out once: by a key the caller chose (`Idempotency-Key`), or by the name of an
// attempt, which is one button press or call. Both are stored as keyed digests, which recognise a repetition and tell nothing else.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import { conflict, invalid, type Failed } from '../../../base/outcome.ts';
import { canonical } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { fingerprint } from '../../../vault/index.ts';
import { attemptsWaiting, callsWaiting, keyAttempts, keyCalls } from '../store.ts';

/** Returns the keyed digest that is stored for the key of a call. It reveals neither the key nor a person the key names. */
export const keyOfCall = ({ vault }: Office, key: string): Buffer => fingerprint(vault, `key of a call\n${key}`);

/** Returns the same digest, in hex, for the name of an attempt; null where it has none. */
export const keyOfAttempt = (office: Office, attempt: string | undefined): string | null =>
  attempt === undefined ? null : keyOfCall(office, attempt).toString('hex');

/** A key the caller chose, and the text of the request. */
export interface Idempotency {
  key: string;
  text: string;
}

/** The refusal of a key that does not have its form; null where there is no key. */
export const keyProblem = (idempotency: Idempotency | undefined): Failed | null =>
  idempotency === undefined || /^[\x21-\x7e]{1,200}$/.test(idempotency.key)
    ? null
    : invalid(
        'Idempotency-Key',
        both('1字から200字までの印字できる英数字と記号で書いてください', 'Use 1 to 200 printable ASCII characters'),
      );

/** The conflict when a key was used for another request. */
export const keyConflict = conflict(
  'Idempotency-Key',
  both('このキーは、別の内容の依頼に使われています', 'This key was used for a different request'),
);

/** Returns the keyed digest, in hex, of what is asked in an attempt; null where it has no name. Tells a repetition from a different request. */
export const digestOfAttempt = (
  { vault }: Office,
  { attempt, ...asked }: { attempt?: string | undefined },
): string | null => (attempt === undefined ? null : fingerprint(vault, canonical(asked)).toString('hex'));

/** The conflict when `first` has taken the attempt already, for the same request or for another. */
export const attemptTaken = (
  first: { id: string; attempt_digest: string | null } | null,
  digest: string | null,
  says: { same: Bilingual; other: Bilingual },
): Failed =>
  first?.attempt_digest === digest ? conflict('attempt', says.same, first.id) : conflict('attempt', says.other);

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
