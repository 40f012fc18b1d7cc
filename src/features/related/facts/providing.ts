// Providing personal-related information: what is stated, the record and its documents (APPI 31, Rules 26 to 28). Pure.

import { both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { Duty, Finding } from '../../../base/finding.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import type { CommunicationsFacts, LinkFacts, ProvisionFacts, RecordMode } from '../../../law/index.ts';
import { provideQuestion, type Question, without } from '../../consultation/index.ts';
import type { RecipientFacts } from '../../recipients/index.ts';
import type { RelatedRecordRow } from '../tables.ts';
import type { CollectionContent } from './collection.ts';

/** References of the papers that were seen, such as the number of a declaration. */
export interface Documents {
  consent?: string | undefined;
  foreignInformation?: string | undefined;
  contract?: string | undefined;
  /** Of a receipt about a person: the law and the document of 27(1)(i), which are stated among its facts. */
  legalBasis?: string | undefined;
}

/** The papers that are asked for. */
export const documentNames = ['consent', 'foreignInformation', 'contract'] as const satisfies (keyof Documents)[];

/** The stated facts of a provision. Whether the collection is searchable is known to the office. */
export type ProvideStated = Pick<ProvisionFacts, 'exception' | 'record' | 'improper'> & {
  link?: Omit<LinkFacts, 'fromDatabase'> | undefined;
  secrecy?: CommunicationsFacts | undefined;
};

/** What the register says of a recipient, as far as article 31 needs it. */
export type KnownRecipient = Pick<RecipientFacts, 'recipient' | 'equivalentSystem'>;

const askedOfProvision = ['items', 'link', 'exception', 'record', 'secrecy', 'improper'];

const notStated = (asked: readonly string[], question: Question): string[] =>
  Object.keys(question.asked.shape).filter((fact) => !asked.includes(fact));

/** The question as it is asked for a real provision: it leaves out what the register and the collection say. */
export const providing: Question = (() => {
  const question = without(provideQuestion, notStated(askedOfProvision, provideQuestion));
  return { ...question, leaves: question.leaves.filter(({ path }) => path !== 'link.fromDatabase'), judgements: {} };
})();

/** The facts the law is asked with: the stated ones, and those of the register and the collection. */
export const provisionFacts = (
  { searchable, communications }: Pick<CollectionContent, 'searchable' | 'communications'>,
  { recipient, equivalentSystem }: KnownRecipient,
  items: readonly string[] | undefined,
  { link, secrecy, ...stated }: ProvideStated,
): ProvisionFacts => ({
  ...stated,
  exception: stated.exception ?? null,
  information: 'personally-related',
  relation: 'third-party',
  recipient,
  ...(equivalentSystem === undefined ? {} : { equivalentSystem }),
  ...(items === undefined ? {} : { items }),
  link: { ...link, fromDatabase: searchable },
  secrecy: communications ? (secrecy ?? {}) : null,
});

export const dutyOf = (finding: Finding, what: Duty['do']): Duty | undefined =>
  finding.answer === 'unknown' ? undefined : finding.duties.find((duty) => duty.do === what);

/** Returns the item, or throws when it is missing. A yes without an item that its record needs would be a bug in src/law; no record is made up. */
export function must<T>(item: T | undefined): T {
  if (item === undefined || item === '')
    throw new Error('related: the finding is yes but an item of its record is missing');
  return item;
}

/** Returns the record that the finding requires, or null when it requires none. Items that the law did not list are left out. */
export function provisionRecord(
  finding: Finding,
  facts: ProvisionFacts,
  of: { id: string; on: Day },
): RelatedRecordRow | null {
  const duty = dutyOf(finding, 'record-provision');
  if (!duty?.keepUntil || !duty.items) return null;
  const listed = new Set(duty.items);
  const period = listed.has('first-and-last-day');
  return {
    id: of.id,
    made_on: of.on,
    mode: facts.record?.mode ?? 'each',
    consent_confirmed: listed.has('consent-confirmed'),
    foreign_information_confirmed: listed.has('foreign-information-confirmed'),
    provided_on: listed.has('provided-on') ? of.on : null,
    first_on: period ? of.on : null,
    last_on: period ? must(facts.record?.lastOn) : null,
    recipient_name: must(facts.recipient?.name),
    recipient_address: must(facts.recipient?.address),
    recipient_representative: listed.has('recipient-representative') ? must(facts.recipient?.representative) : null,
    items: [...(facts.items ?? [])],
    keep_until: duty.keepUntil,
  };
}

/** The papers that are named, in the order of `documentNames`; a blank reference does not count. */
export const namedIn = (documents: Documents): (keyof Documents)[] =>
  documentNames.filter((name) => documents[name]?.trim());

const unnamed = both('確かめた書面などの番号を書いてください', 'Enter the reference of what was seen');

/** The papers on which the record that a finding requires rests. */
export function documentsFor(finding: Finding, mode: RecordMode['mode'] = 'each'): (keyof Documents)[] {
  const provided = dutyOf(finding, 'record-provision');
  const received = dutyOf(finding, 'record-receipt');
  if (!provided && !received) return [];
  return [
    ...(provided || bySubstitute(finding) ? (['consent'] as const) : []),
    ...(provided?.items?.includes('foreign-information-confirmed') ? (['foreignInformation'] as const) : []),
    ...(mode === 'contract' ? (['contract'] as const) : []),
  ];
}

/** Problems for those papers that are not named. */
export const documentProblems = (
  finding: Finding,
  record: RecordMode | undefined,
  documents: Documents,
): FieldProblem[] =>
  documentsFor(finding, record?.mode)
    .filter((name) => !namedIn(documents).includes(name))
    .map((name) => ({ field: `documents.${name}`, says: unnamed }));

const lastDay = {
  needed: both(
    'まとめて記録を作るときは、最後に受け渡す日を書いてください',
    'For a record in bulk, enter the day of the last provision',
  ),
  past: both('今日より前の日です。今日以後の日を書いてください', 'This day has passed. Enter today or a later day'),
};

/** Problems with the period of a record: one record for several provisions begins today and, made in bulk, needs a last day. */
export function periodProblems(record: ProvideStated['record'], on: Day): FieldProblem[] {
  const field = 'facts.record.lastOn';
  if (!record || record.mode === 'each') return [];
  if (record.lastOn === undefined) return record.mode === 'bulk' ? [{ field, says: lastDay.needed }] : [];
  return record.lastOn < on ? [{ field, says: lastDay.past }] : [];
}

export const bySubstitute = ({ because }: Finding): boolean =>
  because.some(({ law, article }) => law === 'Guideline' && article === '3-7');
