// The facts of a provision: what a caller may state and what the registers add. Also what follows from a yes: the record of APPI 29, with exactly
// the items that Rules 20(1) lists. Pure.

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
  type ExceptionClaim,
  type ForeignInformationFacts,
  type ProvisionFacts,
  type RecordedGiver,
  type Stop,
} from '../../law/index.ts';
import { shortText, z } from '../../platform/http/index.ts';
import { harmless } from '../../platform/sheet.ts';
import { informationOf, isUseToo, limitedUse, objectedUse, type Standing, type UseAsk } from '../checkpoint/index.ts';
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

/** Facts that the registers of recipients, consents and joint uses know. A caller cannot state them. */
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
 * The question as it is asked when a person's information is really handed over. It leaves out facts that cannot be so then: what a holding keeps
 * is neither anonymous nor about nobody, and a caller cannot exempt itself from the record.
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

/** Facts that are stated in fields of their own, or that the office knows. */
type Elsewhere = 'information' | 'items' | 'purpose' | 'holdingPurposes' | 'policy' | 'judgements';

/** What the registers of recipients and joint uses say of a recipient on a day. */
export type OfRecipient = Pick<ProvisionFacts, 'recipient' | 'entrustment' | 'equivalentSystem' | 'cloud' | 'jointUse'>;

/** What the register of consents says of a person, and what their items are held for. */
export type OfPerson = Pick<ProvisionFacts, 'consent' | 'foreignInformation' | 'holdingPurposes'>;

export type StatedFacts = Omit<ProvisionFacts, Elsewhere | keyof OfRecipient | 'consent' | 'foreignInformation'>;

const elsewhere: readonly string[] = [
  ...registered,
  ...(['information', 'items', 'purpose', 'holdingPurposes', 'policy', 'judgements'] satisfies Elsewhere[]),
];

/** Picks the facts of a provision that its caller stated. */
export const statedOf = (facts: ProvisionFacts): StatedFacts =>
  Object.fromEntries(Object.entries(facts).filter(([fact]) => !elsewhere.includes(fact)));

export const referenceNames = ['legalBasis', 'warrant'] as const;

/** The free texts of a provision: the law and the document of 27(1)(i), and a warrant. */
export type References = Partial<Record<(typeof referenceNames)[number], string>>;

/** The facts of a provision or a use that contain free text. */
interface Wordy {
  exception?: ExceptionClaim<string> | null;
  secrecy?: CommunicationsFacts | null;
}

/** The names of the references that were stated. */
export const namesOf = (references: References | null): (keyof References)[] =>
  referenceNames.filter((name) => references?.[name] !== undefined);

/** Splits facts into those without free text and the references. `references` is null where none were stated. */
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

/** Puts the references back into facts split by `partFacts`. */
export const joinFacts = <F extends Wordy>(facts: F, { legalBasis, warrant }: References): F => ({
  ...facts,
  ...(legalBasis === undefined ? {} : { exception: { ...facts.exception!, legalBasis } }),
  ...(warrant === undefined ? {} : { secrecy: { ...facts.secrecy, warrant } }),
});

/** The JSON form of a type: a `Day` becomes a string. */
type Json<T> = T extends Day
  ? string
  : T extends readonly (infer E)[]
    ? Json<E>[]
    : T extends object
      ? { [K in keyof T]: Json<T[K]> }
      : T;

/** The schema of the facts that a caller states. The office knows the rest. */
export const provisionFactsSchema = without(providing, [
  'information',
  'items',
  'purpose',
  'holdingPurposes',
]).asked.openapi('ProvisionFacts') as unknown as z.ZodType<StatedFacts, Json<StatedFacts>>;

/** The facts that are the same for every person of a provision. `aboutPerson` adds the rest. */
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

/** The facts about persons whose items are held for none of these purposes. */
export const heldForOthers = (facts: ProvisionFacts, purposes: readonly string[]): ProvisionFacts => ({
  ...facts,
  holdingPurposes: (facts.holdingPurposes ?? []).filter(({ id }) => !purposes.includes(id)),
});

/** Adds what the registers say of one person to the facts that are the same for everybody. */
export const aboutPerson = (
  facts: ProvisionFacts,
  { facts: person, objected }: { facts: OfPerson; objected: boolean },
): ProvisionFacts => ({
  ...facts,
  ...person,
  ...(facts.optOut && objected ? { optOut: { ...facts.optOut, objected: true } } : {}),
});

/** What limits a provision that the law allows: the policy, and the person's objection to the use that it is too. Null where nothing does. */
export const limitsOf = (
  stands: Pick<Standing, 'purposes' | 'itemLimits'>,
  { items, purpose }: Pick<UseAsk, 'items' | 'purpose'>,
  { relation, objected }: { relation: ProvisionFacts['relation']; objected: boolean | undefined },
): Finding | null =>
  limitedUse(stands, { items, purpose }) ??
  (objected && isUseToo(relation) ? objectedUse(stands.purposes.get(purpose)!) : null);

/**
 * Turns a yes into a no where a clause of the policy promises that a second person approves every provision: it must then be asked for as a
 * package. Returns any other finding unchanged.
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
              '提供には、ほかの人の承認が要ると定めています。提供ファイルを作り、承認を求めてください。',
              'The policy has a second person approve every provision. Make a package and ask for approval.',
            ),
          },
        ],
        duties: [],
      };

const recordDuty = (finding: Finding): Duty | undefined =>
  finding.answer === 'unknown' ? undefined : finding.duties.find((duty) => duty.do === 'record-provision');

/** Throws when an item is missing. A yes without an item that its record needs would be a bug in src/law; no record is made up. */
function must(item: string | undefined): string {
  if (!item) throw new Error('provision: the finding is yes but an item of its record is missing');
  return item;
}

/**
 * Returns the record that the finding requires, or null when it requires none. The law has already established that name, address and
 * representative are known; an item it did not list is left out. The persons are written beside it, one row each.
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
    // The day of provision is an item of opt-outs only, whose records can only be made each time (Rules 19(2)).
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

/** The state of a package. Nothing leaves the company before the package is `ready` and fetched. */
export type PackageState = (typeof packageStates)[number];

/** What mail about a package can report: its state, that it cannot be prepared, or that it is ready but may not be fetched (see `fetchBar`). */
export type PackageNews = PackageState | 'stuck' | 'barred';

/** Why a prepared package may not be fetched now: its recipient is stopped, or has another key than the approved one. Null where it may. */
export function fetchBar(
  approved: string | null,
  { stopped, publicKey }: { stopped: boolean; publicKey: string | null },
): 'stopped' | 'key' | null {
  if (stopped) return 'stopped';
  return publicKey === null || publicKey !== approved ? 'key' : null;
}

/** For how many days a package that is ready can be fetched. */
export const READY_DAYS = 14;

/** The states from which each step may be taken. */
export const steps = {
  list: ['draft'],
  screen: ['draft', 'requested'],
  request: ['draft'],
  approve: ['requested'],
  decline: ['requested'],
  /** From `ready` only while it has not been fetched. */
  cancel: ['draft', 'requested', 'preparing', 'ready'],
  /** Only once it has been fetched. */
  close: ['ready'],
} as const satisfies Record<string, readonly PackageState[]>;

/** True when the actor had a hand in asking for the package, and so may not approve it. */
export const askedBy = (
  { made_by, listed_by, requested_by }: Pick<PackageRow, 'made_by' | 'listed_by' | 'requested_by'>,
  actor: string,
): boolean => [made_by, requested_by, ...listed_by].includes(actor);

/** Persons of whom the registers say the same, as far as the law asks. They get one answer. */
export interface PersonClass {
  /** Something is held about them in the holding. False also for an id that belongs to nobody. */
  held: boolean;
  /** The items are held for the purpose. */
  heldFor: boolean;
  /** The stop they had made (35); null also where a later consent takes it back. */
  stopped: Omit<Stop, 'from'> | null;
  /**
   * They asked that it stop, and have not consented anew. Only looked at for an opt-out and for what is a use too; missing in screenings from
   * before this was looked at.
   */
  objected?: boolean;
  /** The text they consented to; null when no consent reaches this provision. */
  text: string | null;
  givenBy: RecordedGiver | null;
  withdrawn: boolean;
  /** The latest day on which one of them consented. */
  givenOn: Day | null;
}

/** A class with the number of its persons and the law's answer. */
export interface Screened extends PersonClass {
  people: number;
  /** Their items would be held for the purpose if its changes were judged anew, and nothing else keeps them out. */
  awaits?: true;
  /** Null when nothing is held about them. */
  finding: Finding | null;
}

/** Persons of a class who fell out of a package after its approval. A yes: the law lets them in, but nobody has approved them in this class. */
export interface Fallen extends Screened {
  /** They had been provided in an earlier fetch. */
  provided?: true;
}

/**
 * The facts about a person of a class, as the law is asked with them. `standing_consents` returns only consents that reach this purpose, recipient
 * and these items, so `covers…` are true. The latest day of a class stands for all of them because the law only asks whether it is past.
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
 * The law's answer to a screening that lets nobody in: a cannot-say first, because something can be done about it; otherwise the no of the first
 * class, the largest. Null when nothing is held about anybody.
 */
export const refusedIn = (screening: readonly Screened[]): Finding | null => {
  const findings = screening.flatMap(({ finding }) => finding ?? []);
  return findings.find(({ answer }) => answer === 'unknown') ?? findings.find(({ answer }) => answer === 'no') ?? null;
};

/** The number of persons the package would contain: those for whom the law says yes. */
export const admitted = (screening: readonly Screened[]): number =>
  screening.reduce((sum, one) => sum + (one.finding?.answer === 'yes' ? one.people : 0), 0);

/** How many of the approved persons the package was not handed over with. */
export const neverWent = (fallen: readonly Fallen[]): number =>
  fallen.reduce((sum, one) => sum + (one.provided ? 0 : one.people), 0);

/** Adds persons who fell out to those who did before. Of the same class for the same reason there is one entry, with the latest finding. */
export function withFallen(before: readonly Fallen[], more: readonly Fallen[]): Fallen[] {
  const all = new Map<string, Fallen>();
  for (const one of [...before, ...more]) {
    const { people, finding, givenOn: _, ...kind } = one;
    const key = JSON.stringify(Object.entries({ ...kind, answer: finding?.answer ?? null }).toSorted());
    all.set(key, { ...one, people: (all.get(key)?.people ?? 0) + people });
  }
  return [...all.values()];
}

/** The ids in the first column of a list, from a file or typed lines. Repeated ids and lines that are no id are reported, not guessed at. */
export interface ListRead {
  ids: string[];
  duplicates: number;
  /** Numbers, from 1, of the first `MOST_STRANGE` lines that are no id. */
  strange: number[];
}

const MOST_STRANGE = 20;
/** Headings that Sekisho's own lists give the column of ids. */
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

/** Matches values that begin like a formula but hold nothing that could run: telephone numbers, amounts. */
const runsNothing = /^[+\-＋－][\d０-９ ().\-－（）]*$/;

/**
 * One line of the file (RFC 4180). The recipient's system reads values as they are held. Only a value that a spreadsheet would run gets the
 * apostrophe that keeps it a text; no name, address or number is one.
 */
export const csvLine = (values: readonly string[]): string =>
  `${values.map((value) => quoted(runsNothing.test(value) ? value : harmless(value))).join(',')}\r\n`;

/** True when the text is a key that a file can be encrypted to: an age recipient. */
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
  withdrawn: both('同意を取り下げたか、停止を申し出ている', 'Consent withdrawn, or asked to stop'),
  stopped: both('本人の請求で利用か提供を止めている', 'The person had the use or the provision stopped'),
  other: both('法令や方針により渡せない', 'The law or the policy does not allow it'),
  unknown: both('この台帳に情報がない', 'Nothing is held in this holding'),
  items: both('渡す項目を、どれも保有していない', 'None of the items is held about them'),
  unapproved: both(
    '承認の後に、承認されていない区分に移った',
    'Moved after the approval to a class that nobody approved',
  ),
} satisfies Record<string, Bilingual>;

export const whyOut = (one: Screened): keyof typeof fallsOut => {
  if (!one.held) return 'unknown';
  if (one.finding === null) return 'items';
  if (one.finding.answer === 'yes') return 'unapproved';
  if (one.stopped) return 'stopped';
  if (one.awaits) return 'awaited';
  if (one.objected) return 'withdrawn';
  if (one.text === null) return one.heldFor ? 'none' : 'purpose';
  return one.withdrawn ? 'withdrawn' : 'other';
};
