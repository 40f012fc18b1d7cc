// Which consent counts for what a text covers: once one is recorded, and before it is.

import { newId } from '../../../base/id.ts';
import type { Office } from '../../../office.ts';
import type { Actor } from '../../../base/actor.ts';
import type { Text } from '../facts/consent.ts';
import { consentStates, type ConsentState, countingFor, type Counting } from '../facts/standing.ts';
import { historiesOf, historiesOfPerson } from '../store/standing.ts';
import { consentRow, type Consented, type RecordAsk } from './consents.ts';

/** Says it of a consent on record. */
export async function countingOf({ database, clock }: Office, { row, text }: Pick<Consented, 'row' | 'text'>) {
  const { history, elsewhere } = await historiesOfPerson(database, row.principal_id);
  return countingFor(history, { ...row, text }, clock.today(), elsewhere);
}

/** Adds to each consent what it is today, beside the others of its person. */
export async function withStates<One extends Pick<Consented, 'row' | 'text'>>(
  { database, clock }: Office,
  all: readonly One[],
): Promise<(One & { state: ConsentState })[]> {
  const histories = await historiesOf(
    database,
    all.map(({ row }) => row.principal_id),
  );
  const today = clock.today();
  const states = new Map(all.map(({ row: { principal_id: of } }) => [of, consentStates(histories(of), today)]));
  return all.map((one) => ({ ...one, state: states.get(one.row.principal_id)!({ ...one.row, text: one.text }) }));
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
  const { history, elsewhere } = await historiesOfPerson(database, asked.principal);
  const given = { ...row, text };
  const then = { ...history, consents: [...history.consents, given] };
  return { id, counting: countingFor(then, given, clock.today(), elsewhere) };
}
