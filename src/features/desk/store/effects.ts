// Carrying out a decision: reading what is disclosed, and the steps, each done once.

import type { Queryable, Tx } from '../../../platform/database/index.ts';
import { runParts, type Part } from '../../../platform/statement.ts';
import type { Found } from '../../../vault/index.ts';
import type { EffectRow } from '../tables.ts';

/** Finds the sealed record of a person and logs its disclosure in one statement. Null when nothing is held. */
export const readToDisclose = async (on: Queryable, finding: Part, logging: Part): Promise<Found | null> =>
  (await runParts<Found>(on, 'desk.disclose', [finding, logging], 'SELECT * FROM found'))[0] ?? null;

export const effectsOf = (on: Queryable, id: string): Promise<EffectRow[]> =>
  on.query<EffectRow>('SELECT * FROM request_effects WHERE request_id = $1 ORDER BY at, step', [id]);

/** Throws when the step is done already (`isDone` recognises the error). */
export async function insertEffect(tx: Tx, row: EffectRow): Promise<void> {
  await tx.query('INSERT INTO request_effects (request_id, step, entry_id, at) VALUES ($1, $2, $3, $4)', [
    row.request_id,
    row.step,
    row.entry_id,
    row.at,
  ]);
}

/** Whether an error says that the step is done already. */
export const isDone = (error: unknown): boolean =>
  (error as { constraint?: unknown }).constraint === 'request_effects_pkey';
