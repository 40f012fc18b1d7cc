// Records why a recipient may be given personal information, and the yearly checks of it (APPI 25, 28(3), Rules 18).

import { actorRef } from '../../../base/actor.ts';
import { dayOf } from '../../../base/day.ts';
import { isId } from '../../../base/id.ts';
import { conflict, done, fieldOutcome, forbidden, type Outcome } from '../../../base/outcome.ts';
import { append } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { type By, entryBy } from '../../access/index.ts';
import { readAssurance, readCheck, readReason } from '../facts/read.ts';
import type { Assurance, AssuranceInput, Check, CheckInput, Confirmation, Recipient } from '../facts/register.ts';
import { footingOf, isUnconfirmed, standingAssurance } from '../facts/standing.ts';
import {
  assurancesOf,
  checksOf,
  confirmRow,
  endAssurance,
  insertAssurance,
  insertCheck,
  lockRecipient,
} from '../store.ts';
import { stop } from './recipient.ts';
import { assuranceSaid, checkSaid, confirmSaid, endSaid, missing, noAssurance, noRecord, says } from './record.ts';

/**
 * Records an assurance. `conflict`: the same kind with this reference and first day exists already. `forbidden`: a system states that a recipient
 * abroad has an equivalent-action system. That takes the place of the persons' consent (28(1)), so somebody answers for it.
 */
export async function assureRecipient(
  office: Office,
  by: By,
  id: string,
  input: AssuranceInput,
): Promise<Outcome<Assurance>> {
  if (by.actor.kind === 'system' && input.kind === 'equivalent-system') return forbidden(says.vouches);
  return office.database.transaction(async (tx) => {
    const recipient = isId(id) ? await lockRecipient(tx, id) : null;
    if (!recipient) return missing;
    const { content, problems } = readAssurance(recipient, input, office.clock.today());
    const wrong = fieldOutcome(problems);
    if (wrong) return wrong;
    const entry = entryBy(by, office.clock.now(), 'recipient:assure', assuranceSaid({ ...content, recipient: id }));
    const made: Assurance = {
      ...content,
      id: entry.id,
      recipient: id,
      at: new Date(entry.at),
      actor: actorRef(by.actor),
      entryId: entry.id,
      confirmed: null,
      ended: null,
    };
    if (!(await insertAssurance(tx, made))) {
      const there = (await assurancesOf(tx, [id])).find(
        (one) => one.terms.kind === made.terms.kind && one.reference === made.reference && one.from === made.from,
      );
      return conflict('reference', says.assurance, there?.id);
    }
    await append(tx, entry);
    return done(made);
  });
}

/** Ends an assurance from today on, before its last day. */
export async function endAssuranceOf(
  office: Office,
  by: By,
  of: { recipient: string; assurance: string; reason: string },
): Promise<Outcome<Assurance>> {
  const { reason, problems } = readReason(of.reason);
  const wrong = fieldOutcome(problems);
  if (wrong) return wrong;
  return office.database.transaction(async (tx) => {
    const recipient = isId(of.recipient) ? await lockRecipient(tx, of.recipient) : null;
    if (!recipient) return missing;
    const one = (await assurancesOf(tx, [recipient.id])).find(({ id }) => id === of.assurance);
    if (!one) return noAssurance;
    const entry = entryBy(by, office.clock.now(), 'recipient:end-assurance', endSaid(one, reason));
    const ended = { on: dayOf(Date.parse(entry.at)), reason, entryId: entry.id };
    if (!(await endAssurance(tx, { id: one.id, recipient: recipient.id }, ended)))
      return conflict('state', says.ended, one.id);
    await append(tx, entry);
    return done({ ...one, ended });
  });
}

/**
 * Confirms what a system recorded about a recipient abroad, so that it counts: an assurance or a check. `forbidden`: a system confirms it.
 * `conflict`: the record needs no confirmation.
 */
export async function confirmRecord(
  office: Office,
  by: By,
  of: { recipient: string; record: string },
): Promise<Outcome<Confirmation>> {
  if (by.actor.kind === 'system') return forbidden(says.vouches);
  return office.database.transaction(async (tx) => {
    const recipient = isId(of.recipient) ? await lockRecipient(tx, of.recipient) : null;
    if (!recipient) return missing;
    const rows = [...(await assurancesOf(tx, [recipient.id])), ...(await checksOf(tx, [recipient.id]))];
    const one = rows.find(({ id }) => id === of.record);
    if (!one) return noRecord;
    if (!isUnconfirmed(one)) return conflict('state', says.confirmed, one.id);
    const ids = { recipient: recipient.id, id: one.id };
    const entry = entryBy(by, office.clock.now(), 'recipient:confirm', confirmSaid(ids));
    const made = { at: new Date(entry.at), actor: actorRef(by.actor), entryId: entry.id };
    await confirmRow(tx, 'terms' in one ? 'recipient_assurances' : 'recipient_checks', ids, made);
    await append(tx, entry);
    return done(made);
  });
}

export interface Checked {
  check: Check;
  /** The recipient as it is after the check. */
  recipient: Recipient;
}

/**
 * Records a check. If it says that the measures cannot be kept, it stops the recipient in the same transaction. `forbidden`: a system says that what
 * was given was returned, which ends the supervision of the recipient, or anything but a failure of a recipient abroad, whose equivalent-action system
 * counts only while it is checked.
 */
export async function checkRecipient(office: Office, by: By, id: string, input: CheckInput): Promise<Outcome<Checked>> {
  return office.database.transaction(async (tx) => {
    const recipient = isId(id) ? await lockRecipient(tx, id) : null;
    if (!recipient) return missing;
    if (by.actor.kind === 'system' && input.measures === 'returned') return forbidden(says.returns);
    if (by.actor.kind === 'system' && recipient.country !== 'JP' && input.measures !== 'impossible')
      return forbidden(says.vouches);
    const today = office.clock.today();
    const assurances = await assurancesOf(tx, [id]);
    const system = standingAssurance(assurances, 'equivalent-system', today);
    const { content, problems } = readCheck(recipient, input, today, system?.terms.checkMonths);
    if (content.measures === 'returned' && footingOf(recipient, assurances, today) === 'stands')
      problems.push({ field: 'measures', says: says.standing });
    const wrong = fieldOutcome(problems);
    if (wrong) return wrong;
    const entry = entryBy(by, office.clock.now(), 'recipient:check', checkSaid({ ...content, recipient: id }));
    const check: Check = {
      ...content,
      id: entry.id,
      at: new Date(entry.at),
      actor: actorRef(by.actor),
      entryId: entry.id,
      confirmed: null,
    };
    const there = await insertCheck(tx, id, check);
    if (there) return conflict('on', says.check, there);
    await append(tx, entry);
    if (content.measures !== 'impossible' || recipient.state === 'stopped') return done({ check, recipient });
    return done({
      check,
      recipient: await stop(tx, office, by, recipient, { reason: content.trouble!, check: check.id }),
    });
  });
}
