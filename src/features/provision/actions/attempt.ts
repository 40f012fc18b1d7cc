// An attempt identifies one button press or call, so that a request sent again after its answer was lost is carried out once.

import type { Bilingual } from '../../../base/bilingual.ts';
import { conflict, type Outcome } from '../../../base/outcome.ts';
import { canonical, type Json } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { fingerprint } from '../../../vault/index.ts';

/** Keyed digest, in hex, of what was asked. Tells a repetition from a different request under the same attempt. */
export const attemptDigest = ({ vault }: Office, asked: object): string =>
  fingerprint(vault, canonical(asked as Json)).toString('hex');

/** The conflict to return when `first` has taken the attempt already, for the same request or for another. */
export const repeated = (
  first: { id: string; attempt_digest: string | null } | null,
  digest: string | null,
  says: { same: Bilingual; other: Bilingual },
): Outcome<never> =>
  first && first.attempt_digest === digest ? conflict('attempt', says.same, first.id) : conflict('attempt', says.other);
