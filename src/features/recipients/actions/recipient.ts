// Registers, changes, stops and resumes a recipient (APPI 25, 27, 28).

import { dayOf } from '../../../base/day.ts';
import { isId, newId } from '../../../base/id.ts';
import { conflict, done, fieldOutcome, type Outcome } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { By } from '../../access/index.ts';
import { changedFields, readContent, readReason } from '../facts/read.ts';
import type { Recipient, RecipientInput } from '../facts/register.ts';
import { isUnconfirmed, lastCheck } from '../facts/standing.ts';
import { checksOf, findNamesake, insertRecipient, isNameTaken, lockRecipient, updateRecipient } from '../store.ts';
import { missing, record, says } from './record.ts';

/** Problems: `invalid` names the fields of RecipientInput; `conflict` names the name, with the id of the recipient that already has it. */
export async function registerRecipient(office: Office, by: By, input: RecipientInput): Promise<Outcome<Recipient>> {
  const { content, problems } = readContent(input);
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  return office.database.transaction(async (tx) => {
    const at = new Date(office.clock.now());
    const made: Recipient = {
      ...content,
      id: newId(at.getTime()),
      state: 'active',
      stoppedOn: null,
      stopReason: null,
      version: 1,
      assured: 0,
      registeredAt: at,
      changedAt: at,
    };
    if (!(await insertRecipient(tx, made)))
      return conflict('name', says.name, (await findNamesake(tx, made)) ?? undefined);
    await record(tx, by, made, 'register');
    return done(made);
  });
}

/** Locks and returns the recipient; a conflict where its version is not `version`, the one that the caller has seen. */
async function current(tx: Tx, id: string, version: number): Promise<Outcome<Recipient>> {
  const now = isId(id) ? await lockRecipient(tx, id) : null;
  if (!now) return missing;
  return now.version === version ? done(now) : conflict('version', says.version, id);
}

export interface Seen {
  id: string;
  /** The version that was seen. */
  version: number;
}

/** Writes the next version over the one that was seen. Writes nothing when nothing differs. */
export async function changeRecipient(
  office: Office,
  by: By,
  { id, version, input }: Seen & { input: RecipientInput },
): Promise<Outcome<Recipient>> {
  const { content, problems } = readContent(input);
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  const changing = office.database.transaction(async (tx) => {
    const found = await current(tx, id, version);
    if (!found.ok) return found;
    const before = found.value;
    if (changedFields(before, content).length === 0) return done(before);
    const next: Recipient = {
      ...before,
      ...content,
      version: version + 1,
      changedAt: new Date(office.clock.now()),
    };
    await updateRecipient(tx, next);
    await record(tx, by, next, 'change');
    return done(next);
  });
  return changing.catch(async (error: unknown) => {
    if (!isNameTaken(error)) throw error;
    return conflict('name', says.name, (await findNamesake(office.database, { ...content, id })) ?? undefined);
  });
}

interface Stop {
  reason: string;
  /** The check that stops it. */
  check?: string;
}

/** Writes the stop of a recipient that the caller has locked. */
export async function stop(
  tx: Tx,
  office: Office,
  by: By,
  before: Recipient,
  { reason, check }: Stop,
): Promise<Recipient> {
  const now = office.clock.now();
  const next: Recipient = {
    ...before,
    state: 'stopped',
    stoppedOn: dayOf(now),
    stopReason: reason,
    version: before.version + 1,
    changedAt: new Date(now),
  };
  await updateRecipient(tx, next);
  await record(tx, by, next, 'stop', { reason, ...(check ? { check } : {}) });
  return next;
}

/** Stops every provision to a recipient from now on. */
export async function stopRecipient(
  office: Office,
  by: By,
  { id, version, reason: given }: Seen & { reason: string },
): Promise<Outcome<Recipient>> {
  const { reason, problems } = readReason(given);
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  return office.database.transaction(async (tx) => {
    const found = await current(tx, id, version);
    if (!found.ok) return found;
    if (found.value.state === 'stopped') return conflict('state', says.stopped, id);
    return done(await stop(tx, office, by, found.value, { reason }));
  });
}

/** Lifts a stop. Refused while the last check says that the measures cannot be kept. */
export async function resumeRecipient(
  office: Office,
  by: By,
  { id, version, reason: given }: Seen & { reason: string },
): Promise<Outcome<Recipient>> {
  const { reason, problems } = readReason(given);
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  return office.database.transaction(async (tx) => {
    const found = await current(tx, id, version);
    if (!found.ok) return found;
    const before = found.value;
    if (before.state === 'active') return conflict('state', says.active, id);
    const all = await checksOf(tx, [id]);
    const answered = before.country === 'JP' ? all : all.filter((one) => !isUnconfirmed(one));
    const check = lastCheck(answered, office.clock.today());
    if (check?.measures === 'impossible') return conflict('state', says.impossible, check.id);
    const next: Recipient = {
      ...before,
      state: 'active',
      stoppedOn: null,
      stopReason: null,
      version: version + 1,
      changedAt: new Date(office.clock.now()),
    };
    await updateRecipient(tx, next);
    await record(tx, by, next, 'resume', { reason });
    return done(next);
  });
}
