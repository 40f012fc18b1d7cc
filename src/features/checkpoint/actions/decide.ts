// The checkpoint: facts go to the law, its finding comes back, and only a yes mints a permit. An effect or a reading commits together
// with its log entry; a refusal is logged too. Nothing is read, and nothing leaves, without that entry.

import { both } from '../../../base/bilingual.ts';
import type { Finding } from '../../../base/finding.ts';
import { newId } from '../../../base/id.ts';
import { conflict, failed, type Failed, type Outcome } from '../../../base/outcome.ts';
import { LAW_VERSION } from '../../../law/index.ts';
import { append, decisionOf, logEntry, type Json, type LogEntry } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Act, Permit, PermitScope } from '../../../vault/index.ts';
import { mint } from '../../../vault/permit.ts';
import type { By } from '../../access/index.ts';

const PERMIT_MS = 60_000;

/** What the checkpoint answered. `id` is the id of the decision and of its log entry. */
export interface Decision {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  finding: Finding;
  /** Version of the policy it was made under. */
  policy: number;
  /** Null unless the answer is yes and something is opened. */
  permit: Permit | null;
}

/** What a yes would open. */
export type Scope = Pick<PermitScope, 'act' | 'principals' | 'holding' | 'items' | 'purposes'>;

/** Turns a finding of the law into a decision. A yes mints a permit for exactly `scope`, valid for a minute; null where nothing is opened. */
export function decide(office: Office, policy: number, finding: Finding, scope: Scope | null): Decision {
  const at = office.clock.now();
  const id = newId(at);
  const permit = scope && finding.answer === 'yes' ? mint({ ...scope, decision: id, until: at + PERMIT_MS }) : null;
  return { id, at, finding, policy, permit };
}

type Subjects = { [subject: string]: Json | undefined };

/** The log entry of a decision: same id, with the answer, its grounds and the versions it was made under. */
export const entryOf = ({ actor, authority }: By, decision: Decision, action: string, subjects: Subjects): LogEntry =>
  logEntry(
    decision.at,
    actor,
    action,
    {
      ...subjects,
      decision: decisionOf(decision.finding, LAW_VERSION, decision.policy),
      authority: [...authority],
    },
    decision.id,
  );

/** Logs a refusal under the action `refused` and returns it. `asked`: an act, or a change of purpose. `tx`: the open transaction it belongs to. */
export async function refuse(
  office: Office,
  by: By,
  decision: Decision,
  asked: Act | 'purpose',
  subjects: Subjects,
  tx?: Tx,
): Promise<Failed> {
  const entry = entryOf(by, decision, 'refused', { ...subjects, asked });
  await (tx ? append(tx, entry) : office.database.transaction((own) => append(own, entry)));
  return failed({ kind: 'refused', finding: decision.finding, decision: decision.id });
}

const MOST_TRIES = 3;

/** Runs `attempt` again while it answers `changed`: what it had decided on changed before its statement ran. Returns `changing` after MOST_TRIES. */
export async function untilItRests<T>(
  attempt: () => Promise<Outcome<T> | 'changed'>,
  changing: Outcome<never>,
): Promise<Outcome<T>> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const outcome = await attempt();
    if (outcome !== 'changed') return outcome;
  }
  return changing;
}

/** The conflict when a person's records changed during every attempt. */
export const personChanging = conflict(
  'principal',
  both(
    'この本人の記録が変わり続けています。少し待ってから、もう一度お試しください',
    'The records of this person keep changing. Wait a moment and try again',
  ),
);
