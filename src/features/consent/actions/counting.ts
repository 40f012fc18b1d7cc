// Which consent counts for what a text covers: once one is recorded, and before it is.

import { newId } from '../../../base/id.ts';
import type { Office } from '../../../office.ts';
import type { Actor } from '../../../base/actor.ts';
import type { Text } from '../facts/consent.ts';
import { countingFor, type Counting } from '../facts/standing.ts';
import { historyOf } from '../store/standing.ts';
import { consentRow, type Consented, type RecordAsk } from './consents.ts';

/** Says it of a consent on record. */
export async function countingOf({ database, clock }: Office, { row, text }: Pick<Consented, 'row' | 'text'>) {
  return countingFor(await historyOf(database, row.principal_id), { ...row, text }, clock.today());
}

/** What would count if a consent were recorded now, with the id that it would have. */
export async function countingWith(
  { database, clock }: Office,
  actor: Actor,
  text: Text,
  asked: RecordAsk,
): Promise<{ id: string; counting: Counting[] }> {
  const now = clock.now();
  const id = newId(now);
  const row = consentRow(asked, { id, text: text.id, now, actor, import: null, sealed: Buffer.alloc(0) });
  const history = await historyOf(database, asked.principal);
  const given = { ...row, text };
  return { id, counting: countingFor({ ...history, consents: [...history.consents, given] }, given, clock.today()) };
}
