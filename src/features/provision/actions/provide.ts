// Provides one person's information at once. The law is asked first. Reading, provision, statutory record and log entry are one statement; the
// values are handed over only after it is committed.

import { actorRef, type Actor } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import { dayOf } from '../../../base/day.ts';
import { conflict, done, notFound, type Outcome } from '../../../base/outcome.ts';
import { LAW_VERSION } from '../../../law/index.ts';
import { appending } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { Queryable, Tx } from '../../../platform/database/index.ts';
import { itemsHeld, open, opening, personHeld, type Values } from '../../../vault/index.ts';
import type { By } from '../../access/index.ts';
import {
  attemptTaken,
  digestOfAttempt,
  entryOf,
  keyOfAttempt,
  notHeld,
  servedBy,
  untilItRests,
  type Decision,
} from '../../checkpoint/index.ts';
import { recordFor } from '../facts.ts';
import { isRepeated, provideOnce, provisionOfAttempt, UNCHANGED, type Written } from '../store/provisions.ts';
import type { PersonRow, ProvisionRow, RecordRow } from '../tables.ts';
import { decideOn, turnDown, type Decided, type PersonAsk, type PersonStanding } from './decide.ts';
import { withReferences } from './references.ts';

/** What is provided, and how the caller goes on. */
export interface ProvideAsk extends PersonAsk {
  /** Identifies one button press or call; the same attempt of the same actor provides at most once. */
  attempt?: string | undefined;
  /** Writes what else belongs to the provision, in its transaction. Gets the id of the log entry and the values provided. */
  record?: ((tx: Tx, entry: string, values: Values) => Promise<void>) | undefined;
}

export interface Provision {
  id: string;
  decision: Decision;
  record: RecordRow | null;
  /** What was provided. */
  values: Values;
  /** Asked for, but not held about this person. */
  absent: string[];
}

const says = {
  provided: both('この提供は、すでに行われています', 'This has been provided already'),
  otherAttempt: both(
    '1つ前の送信で、別の内容の提供がすでに行われています。提供の一覧で確かめてください',
    'The previous attempt already provided something else. Look at the list of provisions',
  ),
};

const noneHeld = notFound(
  both('選んだ項目のどれも、この本人について保有していません', 'None of these items is held about this person'),
);

function digestOf(office: Office, ask: ProvideAsk): string | null {
  const { record: _, ...asked } = ask;
  return digestOfAttempt(office, asked);
}

/**
 * What to write of a provision: its row with the references sealed, the person, and the record the law requires. `items` are those that go out: a
 * record names no item that was not held.
 */
async function written(
  office: Office,
  actor: Actor,
  ask: ProvideAsk,
  { basis: { stands, on }, person: { consentId }, facts, decision }: Decided,
  items: string[],
): Promise<Written> {
  const record = recordFor(decision.finding, facts, { provision: decision.id, items, on });
  const row: ProvisionRow = {
    id: decision.id,
    at: new Date(decision.at),
    by_actor: actorRef(actor),
    holding_id: ask.holding,
    purpose: ask.purpose,
    items,
    relation: facts.relation!,
    recipient_id: ask.recipient,
    recipient: facts.recipient ?? {},
    joint_use_id: ask.jointUse ?? null,
    facts,
    finding: decision.finding,
    law_version: LAW_VERSION,
    policy_version: stands.policy,
    people: 1,
    attempt: keyOfAttempt(office, ask.attempt),
    attempt_digest: digestOf(office, ask),
    package_id: null,
    referenced: [],
    sealed: null,
  };
  const person: PersonRow = {
    principal_id: ask.principal,
    provision_id: decision.id,
    entry_id: decision.id,
    consent_id: record?.consent_obtained ? consentId : null,
  };
  return { row: await withReferences(office, office.database, row, ask.principal), person, record };
}

/** The statement that reads, provides, records and logs, if all is as it was when the law was asked. */
function giving(
  by: By,
  ask: ProvideAsk,
  { basis, person, facts, decision, subjects }: Decided,
  going: Written,
): Parameters<typeof provideOnce>[1] {
  const { principal, holding, purpose } = ask;
  const { row, record } = going;
  // A provision that rests on a consent or an item of the law does not depend on the purposes the items are held for.
  const within = facts.holdingPurposes!.some(({ id }) => id === purpose);
  const purposes = within ? servedBy(basis.stands.holdings.get(holding)!, purpose) : null;
  const entry = entryOf(by, decision, 'people:provide', {
    ...subjects,
    items: row.items,
    ...(going.person.consent_id ? { consent: going.person.consent_id } : {}),
    ...(record ? { record: decision.id, keep_until: record.keep_until } : {}),
  });
  return {
    asRead: [...basis.asRead, ...person.asRead, personHeld(principal)],
    finding: opening([{ key: decision.id, principal, holding, items: row.items, purposes }], { given: UNCHANGED }),
    written: going,
    logging: appending([{ key: decision.id, entry }]),
  };
}

const changing = conflict('recipient', {
  ja: '提供先か同意の記録が変わり続けています。少し待ってから、もう一度お試しください',
  en: 'The records of the recipient or of the consents keep changing. Wait a moment and try again',
});

/**
 * Provides named items of one person. A no or a cannot-say is logged and nothing leaves. The statement that provides checks again what was looked
 * up: if the recipient is stopped, or the person withdraws or objects in between, the law is asked anew.
 */
export const provide = (office: Office, by: By, asked: ProvideAsk): Promise<Outcome<Provision>> =>
  untilItRests(() => tryToProvide(office, by, asked), changing);

/** Why there is nothing to provide; undefined where there is something. */
const lackOf = ({ held }: PersonStanding): typeof noneHeld | undefined =>
  held === null ? notHeld : held.length === 0 ? noneHeld : undefined;

async function tryToProvide(office: Office, by: By, asked: ProvideAsk): Promise<Outcome<Provision> | 'changed'> {
  const ask = { ...asked, items: [...new Set(asked.items)] };
  const { principal, holding, items: all } = ask;
  const decided = await decideOn(office, by.actor, ask);
  if (!decided.ok) return decided;
  const { basis, person, decision, subjects } = decided.value;
  // Midnight came while it was asked: what was allowed on one day is not handed over on the next.
  if (dayOf(decision.at) !== basis.on) return 'changed';
  const { permit } = decision;
  if (!permit) return turnDown(office, by, ask, decision, subjects);
  const lacking = lackOf(person);
  if (lacking) return lacking;
  const items = person.held!;
  const going = await written(office, by.actor, ask, decided.value, items);
  const statement = giving(by, ask, decided.value, going);
  const give = async (on: Queryable): Promise<Values | 'changed' | 'not-held'> => {
    const found = await provideOnce(on, statement);
    return typeof found === 'string'
      ? found
      : open(office.vault, permit, found, { principal, holding, items, now: decision.at });
  };
  const withMore = async (tx: Tx): Promise<Values | 'changed' | 'not-held'> => {
    const given = await give(tx);
    if (typeof given !== 'string') await ask.record!(tx, decision.id, given);
    return given;
  };
  const values = await (ask.record ? office.database.transaction(withMore) : give(office.database)).catch(
    (error: unknown) => {
      if (isRepeated(error)) return 'repeated' as const;
      throw error;
    },
  );
  if (values === 'repeated')
    return attemptTaken(await provisionOfAttempt(office.database, going.row), going.row.attempt_digest, {
      same: says.provided,
      other: says.otherAttempt,
    });
  if (values === 'changed') return values;
  if (values === 'not-held')
    return (await itemsHeld(office.database, { principal, holding, items })) ? 'changed' : notHeld;
  const absent = all.filter((code) => values[code] === undefined);
  return done({ id: decision.id, decision, record: going.record, values, absent });
}
