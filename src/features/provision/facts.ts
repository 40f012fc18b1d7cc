// What a caller may state about a provision, what the registers add to it, and what becomes of a yes: the row of the provision and the
// record of APPI 29 with exactly the items that Rules 20(1) lists. Pure.

import { Encrypter } from 'age-encryption';
import type { Bilingual } from '../../base/bilingual.ts';
import { both } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { Duty, Finding } from '../../base/finding.ts';
import { isId } from '../../base/id.ts';
import {
  partyKinds,
  type CommunicationsFacts,
  type Consent,
  type ConsentGiver,
  type ExceptionClaim,
  type ForeignInformationFacts,
  type ProvisionFacts,
  type Stop,
} from '../../law/index.ts';
import { shortText, z } from '../../platform/http/index.ts';
import { harmless } from '../../platform/sheet.ts';
import { informationOf, type Standing, type UseAsk } from '../checkpoint/index.ts';
import { provideQuestion, without } from '../consultation/index.ts';
import type { PackageRow, RecordRow } from './tables.ts';

export const partySchema = z
  .strictObject({
    kind: z.enum(partyKinds).optional(),
    name: shortText(500).optional(),
    address: shortText(500).optional(),
    representative: shortText(500).optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional()
      .openapi({ description: 'ISO 3166-1 alpha-2 of the place of the entity, never of a server.', example: 'JP' }),
  })
  .openapi('Party');

/** What the registers of recipients, consents and joint uses know: nobody states it by the way. */
export const registered = [
  'recipient',
  'consent',
  'foreignInformation',
  'entrustment',
  'equivalentSystem',
  'cloud',
  'jointUse',
] as const;

/**
 * The question as it is asked when something of a person is really handed over: what a holding keeps is neither anonymous nor of nobody,
 * and nobody leaves the record out by their own word.
 */
export const providing = without(provideQuestion, [
  ...registered,
  'exemption',
  'link',
  'anonymous',
  'pseudonymousType',
  'madeHere',
  'identifies',
  'contacts',
  'obtainsDeleted',
]);

/** What is stated beside the facts, or stands in the office. */
type Elsewhere = 'information' | 'items' | 'purpose' | 'holdingPurposes' | 'policy' | 'judgements';

/** What the registers of recipients and of joint uses say of a recipient on a day. */
export type OfRecipient = Pick<ProvisionFacts, 'recipient' | 'entrustment' | 'equivalentSystem' | 'cloud' | 'jointUse'>;

/** What the register of consents says of a person, and what their items are held for. */
export type OfPerson = Pick<ProvisionFacts, 'consent' | 'foreignInformation' | 'holdingPurposes'>;

export type StatedFacts = Omit<ProvisionFacts, Elsewhere | keyof OfRecipient | 'consent' | 'foreignInformation'>;

const elsewhere: readonly string[] = [
  ...registered,
  ...(['information', 'items', 'purpose', 'holdingPurposes', 'policy', 'judgements'] satisfies Elsewhere[]),
];

/** What was stated of the facts of a provision. */
export const statedOf = (facts: ProvisionFacts): StatedFacts =>
  Object.fromEntries(Object.entries(facts).filter(([fact]) => !elsewhere.includes(fact)));

export const referenceNames = ['legalBasis', 'warrant'] as const;

/** What is written of a provision in free words: the law and the document of 27(1)(i), and a warrant. */
export type References = Partial<Record<(typeof referenceNames)[number], string>>;

/** The facts that are stated in free words, of a provision or of a use. */
interface Wordy {
  exception?: ExceptionClaim<string> | null;
  secrecy?: CommunicationsFacts | null;
}

/** Which of them were stated. */
export const namesOf = (references: References | null): (keyof References)[] =>
  referenceNames.filter((name) => references?.[name] !== undefined);

/** The facts of a provision apart from what was written in free words; null where nothing was. */
export function partFacts<F extends Wordy>(facts: F): { facts: F; references: References | null } {
  const { exception, secrecy } = facts;
  const bare = { ...facts };
  const references: References = {};
  if (exception?.legalBasis !== undefined) {
    ({ legalBasis: references.legalBasis, ...bare.exception } = exception);
  }
  if (secrecy?.warrant !== undefined) {
    ({ warrant: references.warrant, ...bare.secrecy } = secrecy);
  }
  return { facts: bare, references: Object.keys(references).length > 0 ? references : null };
}

/** The facts as they were stated. */
export const joinFacts = <F extends Wordy>(facts: F, { legalBasis, warrant }: References): F => ({
  ...facts,
  ...(legalBasis === undefined ? {} : { exception: { ...facts.exception!, legalBasis } }),
  ...(warrant === undefined ? {} : { secrecy: { ...facts.secrecy, warrant } }),
});

/** As JSON has it: a day is a text. */
type Json<T> = T extends Day
  ? string
  : T extends readonly (infer E)[]
    ? Json<E>[]
    : T extends object
      ? { [K in keyof T]: Json<T[K]> }
      : T;

/** The facts of a provision that a caller states. The rest stands in the office. */
export const provisionFactsSchema = without(providing, [
  'information',
  'items',
  'purpose',
  'holdingPurposes',
]).asked.openapi('ProvisionFacts') as unknown as z.ZodType<StatedFacts, Json<StatedFacts>>;

/** The facts the law is asked with about everybody alike; `OfPerson` makes them whole. */
export function factsOf(
  stands: Standing,
  ask: Pick<UseAsk, 'holding' | 'items' | 'purpose'>,
  stated: StatedFacts,
  recipient: OfRecipient,
): ProvisionFacts {
  const holding = stands.holdings.get(ask.holding);
  return {
    ...stated,
    ...recipient,
    items: ask.items,
    purpose: ask.purpose,
    ...(holding
      ? { information: informationOf(holding, ask.items), holdingPurposes: holding.purposes }
      : { holdingPurposes: [] }),
    policy: stands.optOutClosedBy === undefined ? {} : { optOutClosedBy: stands.optOutClosedBy },
  };
}

/** The facts about those whose items are held for none of these purposes. */
export const heldForOthers = (facts: ProvisionFacts, purposes: readonly string[]): ProvisionFacts => ({
  ...facts,
  holdingPurposes: (facts.holdingPurposes ?? []).filter(({ id }) => !purposes.includes(id)),
});

/** The facts about everybody alike, with what the registers say of one person. */
export const aboutPerson = (
  facts: ProvisionFacts,
  { facts: person, objected }: { facts: OfPerson; objected: boolean },
): ProvisionFacts => ({
  ...facts,
  ...person,
  ...(facts.optOut && objected ? { optOut: { ...facts.optOut, objected: true } } : {}),
});

/**
 * Where the policy promises that a second person approves every provision, what the law lets through is still not provided at once: it is
 * asked for as a package.
 */
export const unapproved = (finding: Finding, clause: string | undefined): Finding =>
  finding.answer !== 'yes' || clause === undefined
    ? finding
    : {
        answer: 'no',
        because: [
          {
            law: 'policy',
            article: clause,
            says: both(
              '提供には、ほかの人の承認が要ると定めています。提供ファイルで申し出てください。',
              'The policy has a second person approve every provision. Ask for it as a package.',
            ),
          },
        ],
        duties: [],
      };

const recordDuty = (finding: Finding): Duty | undefined =>
  finding.answer === 'unknown' ? undefined : finding.duties.find((duty) => duty.do === 'record-provision');

/** A yes without an item that its record needs would be a bug of the law: no record is made up. */
function must(item: string | undefined): string {
  if (!item) throw new Error('provision: the finding is yes but an item of its record is missing');
  return item;
}

/**
 * The record that the finding asks for, or null when it asks for none. The law has already said that name, address and representative
 * are known; an item it did not list is left out. Whose information it was is written beside it, person by person.
 */
export function recordFor(
  finding: Finding,
  facts: ProvisionFacts,
  of: { provision: string; items: readonly string[]; on: Day },
): RecordRow | null {
  const duty = recordDuty(finding);
  if (!duty?.keepUntil || !duty.items) return null;
  const listed = new Set(duty.items);
  return {
    provision_id: of.provision,
    made_on: of.on,
    // By opt-out, of which the day of provision is an item, there is no other way (Rules 19(2)).
    mode: listed.has('provided-on') ? 'each' : (facts.record?.mode ?? 'each'),
    consent_obtained: listed.has('consent-obtained'),
    provided_on: listed.has('provided-on') ? of.on : null,
    recipient_name: must(facts.recipient?.name),
    recipient_address: must(facts.recipient?.address),
    recipient_representative: listed.has('recipient-representative') ? must(facts.recipient?.representative) : null,
    items: [...of.items],
    keep_until: duty.keepUntil,
  };
}

export const packageStates = [
  'draft',
  'requested',
  'preparing',
  'ready',
  'closed',
  'declined',
  'refused',
  'cancelled',
] as const;

/** Where a package stands. Nothing was handed over the house before it is `ready` and fetched. */
export type PackageState = (typeof packageStates)[number];

/** What the people of a package are told of: the state it has come to, or that it cannot be prepared. */
export type PackageNews = PackageState | 'stuck';

/** From which states a step may be taken. */
export const steps = {
  list: ['draft'],
  screen: ['draft', 'requested'],
  request: ['draft'],
  approve: ['requested'],
  decline: ['requested'],
  /** From `ready` only as long as it was not fetched. */
  cancel: ['draft', 'requested', 'preparing', 'ready'],
  close: ['ready'],
} as const satisfies Record<string, readonly PackageState[]>;

/** Whether somebody had a hand in asking for a package, and so does not approve it. */
export const askedBy = (
  { made_by, listed_by, requested_by }: Pick<PackageRow, 'made_by' | 'listed_by' | 'requested_by'>,
  actor: string,
): boolean => [made_by, requested_by, ...listed_by].includes(actor);

/** Persons of whom the registers say the same, as far as the law asks: they get one answer. */
export interface PersonClass {
  /** Something is held about them in the holding; false also of an id that is nobody's. */
  held: boolean;
  /** And the items are held for the purpose. */
  heldFor: boolean;
  /** They had it stopped (35), and have not consented anew where that takes it back. */
  stopped: Omit<Stop, 'from'> | null;
  /** They asked that it stop, and have not consented anew; looked at for an opt-out alone. Missing in what was screened before that was looked at. */
  objected?: boolean;
  /** The text they consented to; null = to none that reaches this provision. */
  text: string | null;
  givenBy: ConsentGiver | null;
  withdrawn: boolean;
  /** The latest day one of them consented. */
  givenOn: Day | null;
}

/** A class with how many are in it, what the law answered, and what it could not be asked about. */
export interface Screened extends PersonClass {
  people: number;
  /** Their items would be held for the purpose were its changes judged anew, and nothing else keeps them out. */
  awaits?: true;
  /** Null of those about whom nothing is held. */
  finding: Finding | null;
}

/**
 * What the law is told of such a person. `standing_consents` gives only consents that reach this purpose, recipient and these items, so
 * that the breadth is a fact; the latest day of a class stands for all of them, because the law asks whether it is past.
 */
export function personFacts(
  of: PersonClass,
  abroad: boolean,
  told: ReadonlyMap<string, ForeignInformationFacts | null>,
  on: Day,
): OfPerson {
  if (of.text === null || of.givenOn === null || of.givenBy === null) {
    return { consent: null, ...(abroad ? { foreignInformation: null } : {}) };
  }
  const consent: Consent = {
    on: of.givenOn,
    givenBy: of.givenBy,
    coversPurpose: true,
    coversRecipient: true,
    coversItems: true,
    ...(abroad ? { abroad: told.get(of.text) !== null && told.has(of.text) } : {}),
    ...(of.withdrawn ? { withdrawnOn: on } : {}),
  };
  // A consent to a provision abroad is only recorded where the information was shown before it.
  const shown = told.get(of.text) ?? null;
  return { consent, ...(abroad ? { foreignInformation: shown && { ...shown, on: of.givenOn } } : {}) };
}

/**
 * The law's answer where it lets nobody in: what cannot be said yet before a no, as something can be done about it; else that to the most. Null
 * where it let somebody in, or nothing is held of anybody.
 */
export const refusedIn = (screening: readonly Screened[]): Finding | null => {
  const findings = screening.flatMap(({ finding }) => finding ?? []);
  return findings.find(({ answer }) => answer === 'unknown') ?? findings.find(({ answer }) => answer === 'no') ?? null;
};

/** How many would be in the package, and how many fall out. */
export const admitted = (screening: readonly Screened[]): number =>
  screening.reduce((sum, one) => sum + (one.finding?.answer === 'yes' ? one.people : 0), 0);

/** Ids in the first column of a list, as a file or as lines; what repeats or is no id is counted, not guessed at. */
export interface ListRead {
  ids: string[];
  duplicates: number;
  /** Line numbers, from 1, of what is no id; the first of them. */
  strange: number[];
}

const MOST_STRANGE = 20;
/** What lists of this house call the column of ids. */
const heads = ['principal', 'person', '本人', '本人の番号'];

export function readList(text: string): ListRead {
  const ids = new Set<string>();
  const strange: number[] = [];
  let duplicates = 0;
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .forEach((line, i) => {
      const id = (line.split(/[,;\t]/)[0] ?? '')
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .toLowerCase();
      if (id === '' || (i === 0 && heads.includes(id))) return;
      if (!isId(id)) {
        if (strange.length < MOST_STRANGE) strange.push(i + 1);
      } else if (ids.has(id)) duplicates += 1;
      else ids.add(id);
    });
  return { ids: [...ids], duplicates, strange };
}

const quoted = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** Begins as a formula does and holds nothing that could run: a telephone number, an amount. */
const runsNothing = /^[+\-＋－][\d０-９ ().\-－（）]*$/;

/**
 * A line of the file (RFC 4180). The recipient’s system reads values as they are held; only one that a spreadsheet would run, which no name,
 * address or number is, gets the apostrophe that keeps it a text.
 */
export const csvLine = (values: readonly string[]): string =>
  `${values.map((value) => quoted(runsNothing.test(value) ? value : harmless(value))).join(',')}\r\n`;

/** Whether this is a key that a file can be encrypted to: an age recipient. */
export function isKey(text: string): boolean {
  try {
    new Encrypter().addRecipient(text);
    return text.startsWith('age1');
  } catch {
    return false;
  }
}

/** Why persons fall out of a package, in a few words, beside the finding itself. */
export const fallsOut = {
  none: both('この提供に及ぶ同意がない', 'No consent that reaches this provision'),
  purpose: both('この目的のために集めた情報でない', 'Not collected for this purpose'),
  awaited: both('利用目的の変更が、改めて判断されていない', 'The change of purpose has not been judged anew'),
  withdrawn: both('同意を取り下げたか、止めるよう求めている', 'Consent withdrawn, or asked to stop'),
  stopped: both('本人の請求で利用か提供を止めている', 'The person had the use or the provision stopped'),
  other: both('法令や方針により渡せない', 'The law or the policy does not allow it'),
  unknown: both('この台帳に情報がない', 'Nothing is held in this holding'),
} satisfies Record<string, Bilingual>;

export const whyOut = (one: Screened): keyof typeof fallsOut => {
  if (!one.held) return 'unknown';
  if (one.stopped) return 'stopped';
  if (one.awaits) return 'awaited';
  if (one.objected) return 'withdrawn';
  if (one.text === null) return one.heldFor ? 'none' : 'purpose';
  return one.withdrawn ? 'withdrawn' : 'other';
};
