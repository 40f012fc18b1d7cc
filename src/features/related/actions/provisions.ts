// Provides personally related information (APPI 31). The law is asked with what is stated and what the registers say. A yes writes the provision,
// the record of 31(3) and the log entry in one transaction; the record names nobody.

import { actorRef } from '../../../base/actor.ts';
import { both } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import {
  conflict,
  done,
  fieldOutcome,
  invalid,
  notFound,
  type FieldProblem,
  type Failed,
  type Outcome,
} from '../../../base/outcome.ts';
import { decideProvision, LAW_VERSION, provisionContradictions, type ProvisionFacts } from '../../../law/index.ts';
import { append, type LogEntry } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import type { By } from '../../access/index.ts';
import {
  attemptTaken,
  decide,
  digestOfAttempt,
  entryOf,
  keyOfAttempt,
  refuse,
  standing,
  untilItRests,
  type Decision,
  type Scope,
} from '../../checkpoint/index.ts';
import { holdAsRead, recipientFacts, type RecipientFacts } from '../../recipients/index.ts';
import {
  documentProblems,
  type Documents,
  periodProblems,
  type ProvideStated,
  provisionFacts,
  provisionRecord,
} from '../facts/providing.ts';
import type { Collection } from '../facts/collection.ts';
import {
  findProvision,
  insertProvision,
  isRepeated,
  listProvisions,
  provisionOfAttempt,
  type Provided,
} from '../store.ts';
import type { RelatedProvisionRow, RelatedRecordRow } from '../tables.ts';
import { changing, collectionInUse, isAsRead } from './collections.ts';

export interface ProvideAsk {
  collection: string;
  /** Id in the register of recipients. */
  recipient: string;
  /** Codes of items of the collection. */
  items: readonly string[];
  facts: ProvideStated;
  documents: Documents;
  /** Identifies one button press or call; the same attempt of the same actor provides at most once. */
  attempt?: string | undefined;
}

export interface RelatedProvision {
  id: string;
  decision: Decision;
  record: RelatedRecordRow | null;
}

/** Problems with the choice of items from a collection; empty when there are none. */
export function itemProblems(collection: Collection, items: readonly string[]): FieldProblem[] {
  if (items.length === 0)
    return [{ field: 'items', says: both('項目を1つ以上選んでください', 'Choose at least one item') }];
  const known = new Set(collection.items.map((item) => item.code));
  return items.every((code) => known.has(code))
    ? []
    : [{ field: 'items', says: both('このまとまりにない項目です', 'The collection has no such item') }];
}

/** Stated facts are under `facts` in the request, beside the items and the recipient. */
const placed = (field: string): string => {
  const [head = ''] = field.split('.');
  if (head === 'items' || head === 'recipient') return head;
  return head === 'equivalentSystem' ? 'recipient' : `facts.${field}`;
};

const contradictionProblems = (facts: ProvisionFacts): FieldProblem[] =>
  provisionContradictions(facts).map(({ field, says }) => ({ field: placed(field), says }));

/** What the register says of a recipient today. A stopped recipient is a problem: nothing is provided to it. */
export async function knownRecipient(office: Office, id: string): ReturnType<typeof recipientFacts> {
  const known = isId(id) ? await recipientFacts(office.database, id, office.clock.today()) : null;
  if (!known?.ok)
    return invalid('recipient', both('この提供先は登録されていません', 'This recipient is not registered'));
  if (!known.value.relations.includes('third-party')) {
    return invalid(
      'recipient',
      both('第三者として登録された提供先ではありません', 'It is not registered as a third party'),
    );
  }
  return known.value.stopped
    ? conflict('recipient', both('この提供先への提供は止めています', 'Provision to this recipient is stopped'), id)
    : known;
}

const repeated = async (office: Office, row: RelatedProvisionRow): Promise<Failed> =>
  attemptTaken(await provisionOfAttempt(office.database, row), row.attempt_digest, {
    same: both('この提供は、すでに記録されています', 'This provision is recorded already'),
    other: both(
      '1つ前の送信で、別の内容の提供がすでに記録されています。記録を確かめてください',
      'The previous attempt already recorded something else. Look at the records',
    ),
  });

async function write(
  office: Office,
  read: { collection: Collection; recipient: RecipientFacts },
  { row, record, entry }: { row: RelatedProvisionRow; record: RelatedRecordRow | null; entry: LogEntry },
): Promise<Outcome<null> | 'changed'> {
  try {
    return await office.database.transaction(async (tx) => {
      if (!(await isAsRead(tx, read.collection))) return 'changed';
      if (!(await holdAsRead(tx, row.recipient_id, read.recipient))) return 'changed';
      await insertProvision(tx, row, record);
      await append(tx, entry);
      return done(null);
    });
  } catch (error) {
    if (isRepeated(error)) return repeated(office, row);
    throw error;
  }
}

/**
 * Provides items of a collection. A no or a cannot-say is logged and nothing is provided. What was looked up is checked again when the provision is
 * written: if the recipient is stopped or the collection retired in between, the law is asked anew.
 */
export const provide = (office: Office, by: By, asked: ProvideAsk): Promise<Outcome<RelatedProvision>> =>
  untilItRests(() => tryToProvide(office, by, asked), changing);

async function tryToProvide(office: Office, by: By, asked: ProvideAsk): Promise<Outcome<RelatedProvision> | 'changed'> {
  const found = await collectionInUse(office, asked.collection);
  if (!found.ok) return found;
  const collection = found.value;
  const ask = { ...asked, items: [...new Set(asked.items)] };
  const on = office.clock.today();
  const wrong = fieldOutcome([...itemProblems(collection, ask.items), ...periodProblems(ask.facts.record, on)]);
  if (wrong) return wrong;
  const known = await knownRecipient(office, ask.recipient);
  if (!known.ok) return known;
  const facts = provisionFacts(collection, known.value, ask.items, ask.facts);
  const impossible = fieldOutcome(contradictionProblems(facts));
  if (impossible) return impossible;
  const { policy } = await standing(office);
  const scope: Scope = { act: 'provide', principals: [], holding: collection.id, items: ask.items, purposes: [] };
  const decision = decide(office, policy, decideProvision(facts, on), scope);
  const subjects = { collection: collection.id, recipient: ask.recipient, items: ask.items };
  if (decision.finding.answer !== 'yes') return refuse(office, by, decision, 'provide', subjects);
  const { id, finding } = decision;
  const record = provisionRecord(finding, facts, { id, on });
  const unseen = fieldOutcome(documentProblems(finding, ask.facts.record, ask.documents));
  if (unseen) return unseen;
  const row: RelatedProvisionRow = {
    id,
    collection_id: collection.id,
    recipient_id: ask.recipient,
    at: new Date(decision.at),
    by_actor: actorRef(by.actor),
    items: ask.items,
    facts,
    documents: ask.documents,
    finding,
    law_version: LAW_VERSION,
    policy_version: policy,
    attempt: keyOfAttempt(office, ask.attempt),
    attempt_digest: digestOfAttempt(office, ask),
  };
  const entry = entryOf(by, decision, 'related:provide', {
    ...subjects,
    ...(record ? { record: id, mode: record.mode, keep_until: record.keep_until } : {}),
  });
  const written = await write(office, { collection, recipient: known.value }, { row, record, entry });
  return written === 'changed' || !written.ok ? written : done({ id, decision, record });
}

export async function provisionOf(office: Office, id: string): Promise<Outcome<Provided>> {
  const found = isId(id) ? await findProvision(office.database, id) : null;
  return found ? done(found) : notFound(both('この提供はありません', 'There is no such provision'));
}

/** A problem with the first of these ids that is given but is no id, under its name; null when there is none. */
export function idProblem(ids: Readonly<Record<string, string | undefined>>): Outcome<never> | null {
  const [wrong] = Object.entries(ids).filter(([, id]) => id !== undefined && !isId(id));
  return wrong ? invalid(wrong[0], both('番号の形が正しくありません', 'This is not a valid id')) : null;
}

/** Provisions, newest first. */
export async function provisions(
  office: Office,
  query: Parameters<typeof listProvisions>[1],
): Promise<Outcome<Provided[]>> {
  const { collection, recipient, before } = query;
  return idProblem({ collection, recipient, before }) ?? done(await listProvisions(office.database, query));
}
