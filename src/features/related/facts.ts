// Personally related information (APPI 2(7), 31): what a collection must state, which facts the law is asked with, and what follows from a yes: the
// records of 30(3) and 31(3), with exactly the items that the Rules list. Pure; it knows no values and, of a provision, no persons.

import { both, type Bilingual } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { Duty, Finding, Ground, Missing } from '../../base/finding.ts';
import type { FieldProblem } from '../../base/outcome.ts';
import { readText } from '../../base/text.ts';
import {
  acquisitionContradictions,
  decideAcquisition,
  decideClassification,
  decideProvision,
  provisionContradictions,
  type AcquisitionFacts,
  type Classification,
  type CommunicationsFacts,
  type InformationLayer,
  type LinkFacts,
  type ProvisionFacts,
  type ReceiptFacts,
  type RecordMode,
  type StatedPurpose,
} from '../../law/index.ts';
import { z } from '../../platform/http/index.ts';
import { itemProblem } from '../../vault/index.ts';
import type { KnownHolding } from '../checkpoint/index.ts';
import type { ConsentStanding } from '../consent/index.ts';
import { provideQuestion, questionOf, without, type Facts, type Question } from '../consultation/index.ts';
import type { RecipientFacts } from '../recipients/index.ts';
import type { ReceiptRecordRow, RelatedRecordRow } from './tables.ts';

export const sources = ['site', 'app', 'third-party'] as const;
/** Where a collection comes from: our own sites and apps, or another company. */
export type Source = (typeof sources)[number];

export const tellings = ['nobody', 'by-collation', 'by-itself'] as const;
/** How an item tells who it is about: by itself or by a code in it, by easy collation with what else we hold, or not at all. */
export type Telling = (typeof tellings)[number];

export interface CollectionItem {
  /** The code, such as `cookie_id`, in the form that the ledger uses for items. */
  code: string;
  label: Bilingual;
  tells: Telling;
  /** Its class under the law while it is linked to nobody (2, 16). */
  class: InformationLayer;
}

/** What the company states about a collection. Each version keeps all of it. */
export interface CollectionContent {
  name: Bilingual;
  source: Source;
  place: string;
  /** It can be searched by this information (16(7)). */
  searchable: boolean;
  /** It concerns communications that the company carries. */
  communications: boolean;
  /** Id of the holding that keeps what is linked to persons; null where nothing is ever linked. */
  holding: string | null;
  items: CollectionItem[];
}

export interface Collection extends CollectionContent {
  id: string;
  state: 'active' | 'retired';
  version: number;
  registeredAt: Date;
}

export type CollectionAct = 'register' | 'change' | 'retire';

/** The description of a collection as entered, not yet checked. */
export interface CollectionInput {
  name: { ja: string; en?: string };
  source: string;
  place: string;
  searchable?: boolean | undefined;
  communications?: boolean | undefined;
  holding?: string | null | undefined;
  items: { code: string; label: { ja: string; en?: string }; tells: string }[];
}

export const MAX_ITEMS = 30;
const MAX_NAME = 100;
const MAX_PLACE = 300;

const says = {
  choose: both('選んでください', 'Please choose'),
  holding: both('使用中の台帳にありません', 'There is no such holding in use'),
  notInHolding: both(
    '結び付けたものを置く台帳に、この項目がありません。先に台帳に加えてください',
    'The holding that keeps what is linked has no such item. Add it to the ledger first',
  ),
  noItem: both('項目を1つ以上書いてください', 'Enter at least one item'),
  manyItems: both(`項目は${MAX_ITEMS}個までです`, `At most ${MAX_ITEMS} items`),
  twice: both('同じ符号が2つあります', 'This code is listed twice'),
  personal: both(
    'だれのことか分かる項目は個人情報です。ここではなく、台帳に加えてください',
    'An item that shows who it is about is personal information. Add it to the ledger instead',
  ),
} satisfies Record<string, Bilingual>;

/** The law's classification of an item (2, 16): unlinked, or once an identifier is linked to a person we know. */
export const classOf = (
  { tells }: Pick<CollectionItem, 'tells'>,
  { searchable, communications }: Pick<CollectionContent, 'searchable' | 'communications'>,
  linked: boolean,
  on: Day,
): Classification =>
  decideClassification(
    {
      subject: 'living',
      identifies: tells === 'by-itself',
      collatable: tells === 'by-collation',
      codes: [],
      myNumber: false,
      specialCare: [],
      processing: 'none',
      // What is linked can be searched by the person.
      database: linked || searchable,
      authority: true,
      communications,
      ...(linked ? { relinked: true } : {}),
    },
    on,
  );

/** The class in one word; undefined where the law cannot say. */
export const layerOf = (finding: Classification): InformationLayer | undefined =>
  finding.answer === 'unknown' ? undefined : finding.answer;

type Put = (field: string, says: Bilingual) => void;

const line = (put: Put, field: string, text: string, most: number): string =>
  readText(text, { most, need: true }, (says) => put(field, says));

/** A text in both languages; English may be left out. */
function bilingual(put: Put, field: string, { ja, en = '' }: { ja: string; en?: string }): Bilingual {
  const text = line(put, `${field}.ja`, ja, MAX_NAME);
  return { ja: text, en: en.trim() === '' ? text : line(put, `${field}.en`, en, MAX_NAME) };
}

interface Kind extends Pick<CollectionContent, 'searchable' | 'communications'> {
  holding: KnownHolding | undefined;
}

function readItem(
  put: Put,
  at: string,
  input: CollectionInput['items'][number],
  { holding, ...content }: Kind,
  on: Day,
): CollectionItem {
  const item = {
    code: input.code.trim(),
    label: bilingual(put, `${at}.label`, input.label),
    tells: tellings.find((one) => one === input.tells),
  };
  const wrong = itemProblem(item.code, item.label);
  if (wrong) put(`${at}.code`, wrong);
  else if (holding && !holding.items.has(item.code)) put(`${at}.code`, says.notInHolding);
  if (!item.tells) put(`${at}.tells`, says.choose);
  const tells = item.tells ?? 'by-itself';
  const layer = layerOf(classOf({ tells }, content, false, on)) ?? 'personal';
  if (item.tells && layer !== 'personally-related') put(`${at}.tells`, says.personal);
  return { ...item, tells, class: layer };
}

/**
 * Reads a description of a collection. The law classifies every item; one that is personal information is a problem, because it does not belong
 * here.
 */
export function readContent(
  input: CollectionInput,
  holdings: ReadonlyMap<string, KnownHolding>,
  on: Day,
): { content: CollectionContent; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const put: Put = (field, what) => void problems.push({ field, says: what });
  const name = bilingual(put, 'name', input.name);
  const source = sources.find((one) => one === input.source);
  if (!source) put('source', says.choose);
  const place = line(put, 'place', input.place, MAX_PLACE);
  const { searchable, communications } = input;
  if (searchable === undefined) put('searchable', says.choose);
  if (communications === undefined) put('communications', says.choose);
  const holding = input.holding ? holdings.get(input.holding) : undefined;
  if (input.holding && holding?.state !== 'active') put('holding', says.holding);
  if (input.items.length === 0) put('items', says.noItem);
  if (input.items.length > MAX_ITEMS) put('items', says.manyItems);
  const kind = { searchable: searchable ?? true, communications: communications ?? true };
  const items = input.items
    .slice(0, MAX_ITEMS)
    .map((item, i) => readItem(put, `items.${i}`, item, { ...kind, holding }, on));
  const codes = items.map((item) => item.code);
  items.forEach((item, i) => {
    if (codes.indexOf(item.code) < i) put(`items.${i}.code`, says.twice);
  });
  return { problems, content: { name, source: source ?? 'site', place, ...kind, holding: holding?.id ?? null, items } };
}

export const contentOf = ({
  name,
  source,
  place,
  searchable,
  communications,
  holding,
  items,
}: CollectionContent): CollectionContent => ({ name, source, place, searchable, communications, holding, items });

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

// ---- providing (31)

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
const providing: Question = (() => {
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

const dutyOf = (finding: Finding, what: Duty['do']): Duty | undefined =>
  finding.answer === 'unknown' ? undefined : finding.duties.find((duty) => duty.do === what);

/** Returns the item, or throws when it is missing. A yes without an item that its record needs would be a bug in src/law; no record is made up. */
function must<T>(item: T | undefined): T {
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

// ---- receiving (30, 31)

/** The stated facts of a receipt. Whether the person has consented is known from the register of consents. */
export type ReceiptStated = Pick<
  ReceiptFacts,
  'provider' | 'basis' | 'exception' | 'links' | 'substitute' | 'looksUnlawful' | 'record'
>;

/** Who obtained the consent that the receipt rests on: we ourselves, or the provider in our place. */
export type ConsentBy = 'own' | 'substitute';

const receiveQuestion = questionOf('receive-related')!;

/** The question as it is asked for a real receipt. */
const receiving: Question = { ...without(receiveQuestion, ['consent']), judgements: {} };

/** What a person has consented and objected to, as far as linking goes. `ends` is null where no withdrawal could matter. */
export type LinkingConsent = Pick<ConsentStanding, 'consent' | 'consentId' | 'objectedOn'> & { ends: number | null };

/**
 * The facts of the acquisition (20, 21, 30, 31). A policy in force is always published. A consent that a provider obtained does not count against a
 * person who has objected.
 */
export const receiptFacts = (
  purposes: readonly StatedPurpose[],
  { substitute, ...stated }: ReceiptStated,
  person: LinkingConsent | null,
): AcquisitionFacts => ({
  information: 'personally-related',
  source: 'third-party',
  purposes,
  purposePublished: true,
  receipt: {
    ...stated,
    ...(person ? { consent: person.consent } : {}),
    ...(person?.objectedOn ? { substitute: null } : substitute === undefined ? {} : { substitute }),
  },
});

const bySubstitute = ({ because }: Finding): boolean =>
  because.some(({ law, article }) => law === 'Guideline' && article === '3-7');

/** Who obtained the consent on which the yes rests; null where the law asks for none. */
export function consentBehind(finding: Finding, { links, basis }: ReceiptStated): ConsentBy | null {
  if (finding.answer !== 'yes' || links !== true || basis === 'exception') return null;
  return bySubstitute(finding) ? 'substitute' : 'own';
}

/** Splits the facts of a receipt from the reference of the law and the document under which it is given, which is sealed with the papers. */
export function partReceipt({ exception, ...facts }: ReceiptFacts): { facts: ReceiptFacts; legalBasis?: string } {
  if (exception?.legalBasis === undefined) return { facts: { ...facts, ...(exception ? { exception } : {}) } };
  const { legalBasis, ...claim } = exception;
  return { facts: { ...facts, exception: claim }, legalBasis };
}

/** Returns the record that the finding requires, or null when it requires none. */
export function receiptRecord(
  finding: Finding,
  stated: ReceiptStated,
  of: { id: string; principal: string | null; items: readonly string[]; on: Day },
): ReceiptRecordRow | null {
  const duty = dutyOf(finding, 'record-receipt');
  if (!duty?.keepUntil || !duty.items) return null;
  const listed = new Set(duty.items);
  const { provider } = stated;
  return {
    id: of.id,
    principal_id: must(of.principal ?? undefined),
    made_on: of.on,
    mode: stated.record?.mode ?? 'each',
    consent_obtained: listed.has('consent-obtained'),
    provider_name: must(provider?.name),
    provider_address: must(provider?.address),
    provider_representative: listed.has('provider-representative') ? must(provider?.representative) : null,
    items: [...of.items],
    keep_until: duty.keepUntil,
  };
}

// ---- linking

/** The most characters an identifier may have. */
export const MAX_IDENTIFIER = 500;

export const unlinkReasons = ['withdrawal', 'mistake', 'not-needed'] as const;
export type UnlinkReason = (typeof unlinkReasons)[number];

/** The text by which an identifier is looked up; the vault makes a keyed digest of it. */
export const identifierKey = (collection: string, identifier: string, value: string): string =>
  `identifier\n${collection}\n${identifier}\n${value}`;

/** True when a consent to linking stands and was given by somebody who could give it. */
export const consentStands = ({ consent, objectedOn }: LinkingConsent): boolean =>
  consent !== null &&
  consent.withdrawnOn === undefined &&
  objectedOn === null &&
  (consent.givenBy === 'principal' || consent.givenBy === 'representative') &&
  consent.coversItems === true &&
  consent.coversRecipient === true;

/**
 * The answer to linking what we collect ourselves. This is an acquisition by observation (20, 21), for which the law requires no consent.
 * `promisedBy` is the policy clause that promises to ask for one all the same.
 */
export function ownLinkFinding(
  purposes: readonly StatedPurpose[],
  person: LinkingConsent,
  promisedBy: string | undefined,
  on: Day,
): Finding {
  const acquired = decideAcquisition(
    { information: 'personal', source: 'observed', purposes, purposePublished: true },
    on,
  );
  if (acquired.answer !== 'yes' || promisedBy === undefined) return acquired;
  const clause = (ja: string, en: string): Ground => ({ law: 'policy', article: promisedBy, says: both(ja, en) });
  return consentStands(person)
    ? {
        ...acquired,
        because: [
          ...acquired.because,
          clause('結び付けることに、本人の同意があります。', 'The person has consented to the linking.'),
        ],
      }
    : {
        answer: 'no',
        because: [
          clause(
            '本人と結び付ける前に、本人の同意を得ると約束していますが、その同意がありません。',
            'The company promises to obtain the person’s consent before linking. There is none.',
          ),
        ],
        duties: [],
        instead: [both('本人の同意を得てから結び付ける', 'Obtain the person’s consent, then link it')],
      };
}

// ---- asking, in a form

/** The question of a provision to this recipient. The form asks for what neither the register nor the collection knows. */
export const providingTo = (collection: Collection, known: KnownRecipient): Question => {
  const whole = ({ items, ...stated }: Facts): ProvisionFacts =>
    provisionFacts(collection, known, Array.isArray(items) ? (items as string[]) : undefined, stated);
  // The collection says whether it concerns communications; the form asks only what lifts their secrecy.
  const asks = collection.communications
    ? (path: string) => path !== 'secrecy'
    : (path: string) => !/^secrecy\b/.test(path);
  return {
    ...providing,
    leaves: providing.leaves.filter(({ path }) => asks(path)),
    decide: (facts, on) => decideProvision(whole(facts), on),
    contradictions: (facts) => provisionContradictions(whole(facts)),
  };
};

/** `receipt.provider.name` is asked for as `provider.name`. */
const unreceipted = (path: string): string => path.replace(/^receipt\./, '');

/** The question of a receipt for this person, or for nobody. Whether it is linked is known by then. */
export const receivingFor = (purposes: readonly StatedPurpose[], person: LinkingConsent | null): Question => {
  const whole = (facts: Facts): AcquisitionFacts =>
    receiptFacts(purposes, { ...(facts as ReceiptStated), links: person !== null }, person);
  const question = without(receiving, ['links']);
  // The provider is always known, so it is asked first; a receipt kept apart from persons asks for none.
  const first = (leaf: Question['leaves'][number]) =>
    person && leaf.path.startsWith('provider.') ? { ...leaf, field: { ...leaf.field, ask: 'first' as const } } : leaf;
  return {
    ...question,
    leaves: question.leaves.map(first),
    decide: (facts, on) => {
      const finding = decideAcquisition(whole(facts), on);
      if (finding.answer !== 'unknown') return finding;
      const [first, ...more] = finding.missing;
      const asked = (one: Missing): Missing => ({ ...one, fact: unreceipted(one.fact) });
      return { ...finding, missing: [asked(first), ...more.map(asked)] };
    },
    contradictions: (facts) =>
      acquisitionContradictions(whole(facts)).map(({ field, says: what }) => ({
        field: unreceipted(field),
        says: what,
      })),
  };
};

/** A collection in the form in which a question offers its items. */
export const offering = ({ id, name, state, items }: Collection): KnownHolding => ({
  id,
  name,
  state,
  items: new Set(items.map((item) => item.code)),
  labels: new Map(items.map((item) => [item.code, item.label])),
  specialCare: new Set(),
  purposes: [],
  changes: [],
  channels: new Set(),
});

// ---- the facts as JSON states them

/** The JSON form of a type: a `Day` becomes a string. */
type Json<T> = T extends Day
  ? string
  : T extends readonly (infer E)[]
    ? Json<E>[]
    : T extends object
      ? { [K in keyof T]: Json<T[K]> }
      : T;

const linkSchema = (providing.asked.shape.link as unknown as z.ZodOptional<z.ZodObject>)
  .unwrap()
  .omit({ fromDatabase: true })
  .optional();

/** The schema of the facts of a provision that a caller states. The register of recipients and the collection supply the rest. */
export const provideStatedSchema = z
  .strictObject({
    ...without(providing, ['items']).asked.shape,
    link: linkSchema,
  })
  .openapi('RelatedProvisionFacts') as unknown as z.ZodType<ProvideStated, Json<ProvideStated>>;

/** The schema of the facts of a receipt that a caller states. The person's consent is on record. */
export const receiptStatedSchema = receiving.asked.openapi('RelatedReceiptFacts') as unknown as z.ZodType<
  ReceiptStated,
  Json<ReceiptStated>
>;
