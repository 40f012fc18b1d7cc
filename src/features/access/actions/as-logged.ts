// Brings staff, systems and tokens in line with the log after a backup of the database was restored and the log brought forward.

import { append, entriesWithin, logEntry, type Loss } from '../../../log/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { letIn, type LetIn, textsIn } from '../facts/let-in.ts';
import { readActions, readRoles } from '../facts/granting.ts';
import { clearCredentials, dropRecoveryCodes } from '../store/credentials.ts';
import { tracesOf, type RowLetIn } from '../store/let-in.ts';
import { shutOut } from '../store/sessions.ts';
import { endStaff, setRoles } from '../store/staff.ts';
import { endSystem, narrowToken, revokeToken } from '../store/systems.ts';

/** Takes away what a row allows beyond the log. Returns the action to record, or null when nothing was taken. */
async function follow(tx: Tx, row: RowLetIn, logged: LetIn): Promise<string | null> {
  const { id, action: kind } = row;
  if (row.until !== null) return null;
  if (typeof logged.until === 'string') {
    const end = kind === 'staff' ? endStaff : kind === 'system' ? endSystem : revokeToken;
    await end(tx, id, Date.parse(logged.until));
    return `${kind}:as-logged`;
  }
  if (kind === 'token') {
    const taken = readActions(textsIn(row.actions)).filter((one) => !textsIn(logged.actions).includes(one));
    return (await narrowToken(tx, id, taken)) ? 'token:as-logged' : null;
  }
  if (kind !== 'staff') return null;
  const roles = readRoles(textsIn(logged.roles));
  const others = JSON.stringify(readRoles(textsIn(row.roles))) !== JSON.stringify(roles);
  if (others) await setRoles(tx, id, roles);
  // The old credentials may have been changed because somebody else knew them: they are cleared, and the person comes in by a link.
  const password = logged.credentials !== undefined && row.credentials !== logged.credentials;
  const old = password || row.tie !== logged.tie;
  if (old) await clearCredentials(tx, id);
  return old ? 'staff:reset' : others ? 'staff:as-logged' : null;
}

/**
 * Ends staff, systems and tokens that the log says were ended, takes away what it says was taken, and ends every session and every link by which
 * somebody could still come in. Returns the number of rows changed.
 */
export async function letInAsLogged(tx: Tx, now: number): Promise<number> {
  const { rows, entries } = await tracesOf(tx);
  const logged = new Map(letIn(entries.map(({ entry }) => entry)).map((one) => [one.id, one]));
  let changed = 0;
  for (const row of rows) {
    const known = logged.get(row.id);
    const action = known && (await follow(tx, row, known));
    if (!action) continue;
    changed += 1;
    await append(tx, logEntry(now, { kind: 'sekisho' }, action, { [row.action]: row.id }));
  }
  await shutOut(tx, now);
  return changed;
}

/**
 * Drops the recovery codes of everybody who has renewed them, or used one, since a backup: the old ones were given up, and the log does not say which
 * was used. Returns of how many members of staff.
 */
export async function dropCodesBack(tx: Tx, losses: readonly Loss[]): Promise<number> {
  const staff = new Set<string>();
  for (const loss of losses)
    for (const { entry } of await entriesWithin(tx, ['staff:recovery-codes', 'staff:sign-in'], loss))
      if (entry.action === 'staff:recovery-codes' || entry.factor === 'recovery-code')
        staff.add(entry.actor.replace(/^staff:/, ''));
  for (const id of staff) await dropRecoveryCodes(tx, id);
  return staff.size;
}
