// An attempt names one press of a button or one call, so that what is sent again after its answer was lost is done once.

import type { Bilingual } from '../../../base/bilingual.ts';
import { conflict, type Outcome } from '../../../base/outcome.ts';
import { canonical, type Json } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { fingerprint } from '../../../vault/index.ts';

/** Tells a repetition of what was asked apart from something else under the same name: a keyed digest, in hex. */
export const attemptDigest = ({ vault }: Office, asked: object): string =>
  fingerprint(vault, canonical(asked as Json)).toString('hex');

/** The answer where an attempt was taken already, by `first`: for this very thing, or for something else. */
export const repeated = (
  first: { id: string; attempt_digest: string | null } | null,
  digest: string | null,
  says: { same: Bilingual; other: Bilingual },
): Outcome<never> =>
  first && first.attempt_digest === digest ? conflict('attempt', says.same, first.id) : conflict('attempt', says.other);
