// The access policies in force and the earlier ones, each in the text that was read.

import type { Queryable, Tx } from '../../../platform/database/index.ts';
import type { PoliciesKept } from '../tables.ts';

/** Every version of the access policies, oldest first. */
export async function accessPoliciesKept(on: Queryable): Promise<PoliciesKept[]> {
  const rows = await on.query<Omit<PoliciesKept, 'since'> & { since: Date }>(
    'SELECT id, version, text, since FROM access_policies ORDER BY version',
    [],
    'access.policiesKept',
  );
  return rows.map((row) => ({ ...row, since: row.since.getTime() }));
}

/** The newest version; null before the first. */
export const newestPoliciesKept = async (on: Queryable): Promise<Pick<PoliciesKept, 'version' | 'text'> | null> =>
  (
    await on.query<Pick<PoliciesKept, 'version' | 'text'>>(
      'SELECT version, text FROM access_policies ORDER BY version DESC LIMIT 1',
      [],
      'access.newestPolicies',
    )
  )[0] ?? null;

export async function keepAccessPolicies(tx: Tx, { id, version, text, since }: PoliciesKept): Promise<void> {
  await tx.query('INSERT INTO access_policies (id, version, text, since) VALUES ($1, $2, $3, $4)', [
    id,
    version,
    text,
    new Date(since),
  ]);
}
