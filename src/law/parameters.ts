// Every number, list and date of the law that a rule uses, with its dates and its authority. No rule holds one itself. `from: null` means enacted but
// not in force, and is never relied on. Otherwise `from` is the first day for which the text behind the value was read.

import { closedDays as closedDaysOfJapan, type ClosedDays } from '../base/calendar.ts';
import { day, type Day } from '../base/day.ts';
import type { Source } from '../base/finding.ts';
import type { PublishedMatter } from './appi/32-matters.ts';
import type {
  JointUseField,
  OptOutField,
  PartyKind,
  RealEstateKind,
  RecordMode,
  RemunerationKind,
  SpecialCareKind,
} from './facts.ts';

/** The state of the law from which these rules were written. Stored with every finding. */
export const LAW_VERSION = day('2026-11-24');

export interface Parameter<T> {
  value: T;
  from: Day | null;
  /** The last day on which the value is known to hold. */
  to?: Day;
  citation: { law: Source; article: string };
  /** `to-confirm`: known, but a person should check it against the authority. */
  status: 'verified' | 'to-confirm';
}

/** The value on a day. Undefined when it is not known to be in force then, and the rule must then answer unknown. */
export const inForce = <T>(p: Parameter<T>, on: Day): T | undefined =>
  p.from !== null && p.from <= on && (p.to === undefined || on <= p.to) ? p.value : undefined;

type Values<P> = { [K in keyof P]: P[K] extends Parameter<infer T> ? T : never };

/** Several values on a day. Undefined when any of them is not known to be in force then. */
export function allInForce<P extends Record<string, Parameter<unknown>>>(wanted: P, on: Day): Values<P> | undefined {
  const values: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(wanted)) {
    const value = inForce(parameter, on);
    if (value === undefined) return undefined;
    values[name] = value;
  }
  return values as Values<P>;
}

/** The day since which articles 17 to 46 have had their present numbers. */
const present = day('2022-04-01');

/**
 * The articles from which these rules were written. The 2026 amendment was promulgated on 17 July 2026 and takes effect within two years: no later
 * day can be answered from this text.
 */
export const actText: Parameter<readonly [number, number]> = {
  value: [17, 46],
  from: present,
  to: day('2028-07-16'),
  citation: { law: 'APPI', article: '17' },
  status: 'to-confirm',
};

/** Countries whose system is recognised as equivalent: the EEA members and the United Kingdom, alpha-2. */
export const equivalentCountries: Parameter<ReadonlySet<string>> = {
  value: new Set(
    (
      'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE ' + // European Union
      'IS LI NO ' + // the other members of the EEA
      'GB'
    ).split(' '),
  ),
  from: present,
  citation: { law: 'APPI-Rules', article: '15' },
  status: 'to-confirm',
};

export interface RetentionYears {
  each: number;
  bulk: number;
  contract: number;
}

/** Years a provision record is kept: from its making, or, for bulk and contract, from the last provision. */
export const provisionRetention: Parameter<RetentionYears> = {
  value: { each: 3, bulk: 3, contract: 1 },
  from: present,
  citation: { law: 'APPI-Rules', article: '21' },
  status: 'verified',
};

/** Years a receipt record is kept. */
export const receiptRetention: Parameter<RetentionYears> = {
  value: { each: 3, bulk: 3, contract: 1 },
  from: present,
  citation: { law: 'APPI-Rules', article: '25' },
  status: 'verified',
};

/** Years that may pass between two checks of a foreign recipient's measures. The Rules say regularly; about once a year is the guideline's reading. */
export const equivalentSystemCheckYears: Parameter<number> = {
  value: 1,
  from: present,
  citation: { law: 'APPI-Rules', article: '18(1)(i)' },
  status: 'verified',
};

/** The eight items of an opt-out. */
export const optOutFields: Parameter<readonly OptOutField[]> = {
  value: [
    'provider',
    'provision-is-purpose',
    'items',
    'how-acquired',
    'method',
    'stops-on-request',
    'how-to-request',
    'update-and-start',
  ],
  from: present,
  citation: { law: 'APPI', article: '27(2)' },
  status: 'verified',
};

/**
 * When a change of each item, or the ending of the opt-out, must be made known and filed: without delay after it, or beforehand. `never`: the opt-out
 * cannot do without the item, because the law does not list it as one that may change.
 */
export const optOutChanges: Parameter<Readonly<Record<OptOutField | 'end', 'after' | 'before' | 'never'>>> = {
  value: {
    provider: 'after',
    'provision-is-purpose': 'never',
    items: 'before',
    'how-acquired': 'before',
    method: 'before',
    'stops-on-request': 'never',
    'how-to-request': 'before',
    'update-and-start': 'before',
    end: 'after',
  },
  from: present,
  citation: { law: 'APPI', article: '27(3)' },
  status: 'verified',
};

/** The provider publishes what it filed, promptly after the Commission has published it. Read to include changes and the ending. */
export const optOutPublication: Parameter<true> = {
  value: true,
  from: present,
  citation: { law: 'APPI-Rules', article: '14' },
  status: 'to-confirm',
};

/** The five items of a joint-use notice, the fifth in its parts. */
export const jointUseFields: Parameter<readonly JointUseField[]> = {
  value: [
    'fact',
    'items',
    'users',
    'purposes',
    'responsible-name',
    'responsible-address',
    'responsible-representative',
  ],
  from: present,
  citation: { law: 'APPI', article: '27(5)(iii)' },
  status: 'verified',
};

/** What the principal is told before consenting to a provision abroad. */
export const foreignInformationFields: Parameter<readonly ('country' | 'system' | 'measures')[]> = {
  value: ['country', 'system', 'measures'],
  from: present,
  citation: { law: 'APPI-Rules', article: '17(2)' },
  status: 'verified',
};

/** What a principal is told on request about a transfer that relies on an equivalent-action system. */
export const onRequestItems: Parameter<readonly string[]> = {
  value: ['how-set-up', 'measures', 'check-frequency-and-method', 'country', 'foreign-systems', 'trouble', 'remedy'],
  from: present,
  citation: { law: 'APPI-Rules', article: '18(3)' },
  status: 'verified',
};

/** The parts of supervising an entrusted party. */
export const supervisionItems: Parameter<readonly string[]> = {
  value: ['selection', 'contract', 'handling-status', 're-entrustment'],
  from: present,
  citation: { law: 'APPI', article: '25' },
  status: 'to-confirm',
};

/** Items of a provision record. The date is required only for an opt-out. */
export const provisionRecordItems: Parameter<Readonly<Record<'consent' | 'opt-out', readonly string[]>>> = {
  value: {
    consent: [
      'consent-obtained',
      'recipient-name',
      'recipient-address',
      'recipient-representative',
      'principal',
      'items',
    ],
    'opt-out': ['provided-on', 'recipient-name', 'recipient-address', 'recipient-representative', 'principal', 'items'],
  },
  from: present,
  citation: { law: 'APPI-Rules', article: '20(1)' },
  status: 'verified',
};

/** Items of a receipt record. */
export const receiptRecordItems: Parameter<
  Readonly<Record<'consent' | 'opt-out' | 'private-person', readonly string[]>>
> = {
  value: {
    consent: [
      'consent-obtained',
      'provider-name',
      'provider-address',
      'provider-representative',
      'how-acquired',
      'principal',
      'items',
    ],
    'opt-out': [
      'received-on',
      'provider-name',
      'provider-address',
      'provider-representative',
      'how-acquired',
      'principal',
      'items',
      'filing-published',
    ],
    'private-person': ['provider-name', 'provider-address', 'how-acquired', 'principal', 'items'],
  },
  from: present,
  citation: { law: 'APPI-Rules', article: '24(1)' },
  status: 'verified',
};

/** The authority that makes each kind of information special care-required. */
export const specialCareKinds: Parameter<Readonly<Record<SpecialCareKind, { law: Source; article: string }>>> = {
  value: {
    race: { law: 'APPI', article: '2(3)' },
    creed: { law: 'APPI', article: '2(3)' },
    'social-status': { law: 'APPI', article: '2(3)' },
    'medical-history': { law: 'APPI', article: '2(3)' },
    'criminal-record': { law: 'APPI', article: '2(3)' },
    'crime-victim': { law: 'APPI', article: '2(3)' },
    disability: { law: 'APPI-Order', article: '2(i)' },
    'health-check': { law: 'APPI-Order', article: '2(ii)' },
    treatment: { law: 'APPI-Order', article: '2(iii)' },
    'criminal-procedure': { law: 'APPI-Order', article: '2(iv)' },
    'juvenile-procedure': { law: 'APPI-Order', article: '2(v)' },
  },
  from: present,
  citation: { law: 'APPI', article: '2(3)' },
  status: 'verified',
};

/** Public bodies, which are not business operators: no record is made of what they provide or receive. */
export const publicBodies: Parameter<Readonly<Partial<Record<PartyKind, string>>>> = {
  value: {
    'state-organ': '16(2)(i)',
    'local-government': '16(2)(ii)',
    'administrative-agency': '16(2)(iii)',
    'local-administrative-agency': '16(2)(iv)',
  },
  from: present,
  citation: { law: 'APPI', article: '16(2)' },
  status: 'verified',
};

/** The 2026 amendment lets statistics be made without consent. Promulgated, not in force. */
export const statisticsException: Parameter<true> = {
  value: true,
  from: null,
  citation: { law: 'APPI', article: '30-2' },
  status: 'to-confirm',
};

/** The age below which, under the 2026 amendment, the legal representative consents. Promulgated, not in force. */
export const childAge: Parameter<number> = {
  value: 16,
  from: null,
  citation: { law: 'APPI', article: '2026 amendment' },
  status: 'to-confirm',
};

/**
 * The ages of a child at which age alone does not tell whether the child understands what follows from a consent. A younger child does not. A
 * practical line drawn by the guideline and its Q1-62, not by the Act.
 */
export const uncertainConsentAges: Parameter<{ from: number; to: number }> = {
  value: { from: 12, to: 15 },
  from: present,
  citation: { law: 'Guideline', article: '2-16' },
  status: 'to-confirm',
};

// Classification (2, 16), personally related information (31), and processed information (41 to 46).

/** A kind of individual identification code. The first seven are body features, converted for a computer to the standard of Rule 2. */
export type IdentificationCode =
  | 'dna'
  | 'face'
  | 'iris'
  | 'voice'
  | 'gait'
  | 'vein'
  | 'fingerprint'
  | 'passport'
  | 'national-health-insurance'
  | 'basic-pension'
  | 'driving-licence'
  | 'resident-record'
  | 'elderly-medical'
  | 'long-term-care'
  | 'my-number'
  | 'health-insurance'
  | 'mariners-insurance'
  | 'foreign-passport'
  | 'residence-card'
  | 'private-school-mutual-aid'
  | 'national-officers-mutual-aid'
  | 'local-officers-mutual-aid'
  | 'employment-insurance'
  | 'special-permanent-resident';

/** The complete list of identification codes. Anything else (telephone, card, account, cookie) is not one. */
export const identificationCodes: Parameter<Readonly<Record<IdentificationCode, { law: Source; article: string }>>> = {
  value: {
    dna: { law: 'APPI-Order', article: '1(i)' },
    face: { law: 'APPI-Order', article: '1(i)' },
    iris: { law: 'APPI-Order', article: '1(i)' },
    voice: { law: 'APPI-Order', article: '1(i)' },
    gait: { law: 'APPI-Order', article: '1(i)' },
    vein: { law: 'APPI-Order', article: '1(i)' },
    fingerprint: { law: 'APPI-Order', article: '1(i)' },
    passport: { law: 'APPI-Order', article: '1(ii)' },
    'national-health-insurance': { law: 'APPI-Order', article: '1(iii)' },
    'basic-pension': { law: 'APPI-Order', article: '1(iv)' },
    'driving-licence': { law: 'APPI-Order', article: '1(v)' },
    'resident-record': { law: 'APPI-Order', article: '1(vi)' },
    'elderly-medical': { law: 'APPI-Order', article: '1(vii)' },
    'long-term-care': { law: 'APPI-Order', article: '1(viii)' },
    'my-number': { law: 'APPI-Order', article: '1(ix)' },
    'health-insurance': { law: 'APPI-Rules', article: '4' },
    'mariners-insurance': { law: 'APPI-Rules', article: '4' },
    'foreign-passport': { law: 'APPI-Rules', article: '4' },
    'residence-card': { law: 'APPI-Rules', article: '4' },
    'private-school-mutual-aid': { law: 'APPI-Rules', article: '4' },
    'national-officers-mutual-aid': { law: 'APPI-Rules', article: '4' },
    'local-officers-mutual-aid': { law: 'APPI-Rules', article: '4' },
    'employment-insurance': { law: 'APPI-Rules', article: '4' },
    'special-permanent-resident': { law: 'APPI-Rules', article: '4' },
  },
  from: present,
  citation: { law: 'APPI-Order', article: '1' },
  status: 'verified',
};

/** A harm that revealing the mere existence of data would do. */
export type ExistenceHarm = 'life-body-property' | 'unlawful-acts' | 'national-security' | 'public-safety';

/** The four classes of data that are not retained personal data, because their existence may not be revealed. */
export const existenceHarms: Parameter<Readonly<Record<ExistenceHarm, string>>> = {
  value: {
    'life-body-property': '5(i)',
    'unlawful-acts': '5(ii)',
    'national-security': '5(iii)',
    'public-safety': '5(iv)',
  },
  from: present,
  citation: { law: 'APPI-Order', article: '5' },
  status: 'to-confirm',
};

/** A layer of information to which articles attach. Retained personal data is also personal data and personal information. */
export type ArticleLayer =
  | 'personal'
  | 'personal-data'
  | 'retained-personal-data'
  | 'pseudonymous'
  | 'pseudonymous-non-personal'
  | 'anonymous-made'
  | 'anonymous-received'
  | 'personally-related';

/** The articles that attach to each layer, in addition to those of the layers that contain it. */
export const layerArticles: Parameter<Readonly<Record<ArticleLayer, readonly string[]>>> = {
  value: {
    personal: ['17', '18', '19', '20(1)', '20(2)', '21', '40'],
    'personal-data': ['22', '23', '24', '25', '26', '27', '28', '29', '30'],
    'retained-personal-data': ['32', '33', '34', '35', '36', '37', '38', '39'],
    pseudonymous: ['17(1)', '19', '20(1)', '21', '23', '24', '25', '40', '41'],
    'pseudonymous-non-personal': ['23', '24', '25', '40', '42'],
    'anonymous-made': ['43'],
    'anonymous-received': ['44', '45', '46'],
    'personally-related': ['31'],
  },
  from: present,
  citation: { law: 'APPI', article: '16' },
  status: 'to-confirm',
};

/** For specific personal information: the articles of the APPI that do not apply, and those of the Numbering Act that apply in addition. */
export const specificArticles: Parameter<{ off: readonly string[]; added: readonly string[] }> = {
  value: {
    off: ['20(2)', '27', '28', '29', '30'],
    added: ['9', '10', '11', '12', '13', '14', '15', '16', '19', '20', '29', '29-4'],
  },
  from: present,
  citation: { law: 'NumberingAct', article: '30(2)' },
  status: 'verified',
};

/** Items of the record of a confirmation under 31, by the way the record is made. It names no person. */
export const relatedRecordItems: Parameter<Readonly<Record<RecordMode['mode'], readonly string[]>>> = {
  value: {
    each: [
      'consent-confirmed',
      'provided-on',
      'recipient-name',
      'recipient-address',
      'recipient-representative',
      'items',
    ],
    bulk: [
      'consent-confirmed',
      'first-and-last-day',
      'recipient-name',
      'recipient-address',
      'recipient-representative',
      'items',
    ],
    contract: [
      'consent-confirmed',
      'provided-on',
      'recipient-name',
      'recipient-address',
      'recipient-representative',
      'items',
    ],
  },
  from: present,
  citation: { law: 'APPI-Rules', article: '28(1)' },
  status: 'verified',
};

/** Years the record of a confirmation under 31 is kept. */
export const relatedRetention: Parameter<RetentionYears> = {
  value: { each: 3, bulk: 3, contract: 1 },
  from: present,
  citation: { law: 'APPI-Rules', article: '29' },
  status: 'verified',
};

/** Items of the record kept by the party that acquires personally related information as personal data. */
export const relatedReceiptRecordItems: Parameter<readonly string[]> = {
  value: ['consent-obtained', 'provider-name', 'provider-address', 'provider-representative', 'principal', 'items'],
  from: present,
  citation: { law: 'APPI-Rules', article: '24(1)(iii)' },
  status: 'verified',
};

/** How a description was deleted or replaced. */
export type Replacement = 'deleted' | 'random' | 'keyed-hash' | 'plain-hash' | 'restorable-rule';

/** Ways of replacing that keep a regularity from which the original can be restored. */
export const restorableReplacements: Parameter<readonly Replacement[]> = {
  value: ['plain-hash', 'restorable-rule'],
  from: present,
  citation: { law: 'APPI-Rules', article: '31' },
  status: 'to-confirm',
};

/** The measures for deleted information and for the method of processing. Rules 32 and 35 require the same three. */
export type MethodMeasure = 'authority' | 'rules' | 'blocked';

export const methodMeasures: Parameter<readonly MethodMeasure[]> = {
  value: ['authority', 'rules', 'blocked'],
  from: present,
  citation: { law: 'APPI-Rules', article: '32' },
  status: 'verified',
};

/** Ways of contact for which data in pseudonymously processed information may not be used. */
export const contactMeans: Parameter<readonly string[]> = {
  value: ['telephone', 'mail', 'courier', 'telegram', 'fax', 'e-mail', 'messaging', 'visit'],
  from: present,
  citation: { law: 'APPI', article: '41(8)' },
  status: 'verified',
};

// The 2026 amendment, beside `statisticsException` and `childAge`: promulgated on 17 July 2026. A part without a day in force is never relied on.

/** The penalties and other parts that take effect six months after promulgation. No finding rests on them. */
export const amendedPenalties: Parameter<true> = {
  value: true,
  from: day('2027-01-17'),
  citation: { law: 'APPI', article: '2026 amendment' },
  status: 'to-confirm',
};

/** Acquisition of special care-required information that was made public, for statistics. Promulgated, not in force. */
export const statisticsAcquisition: Parameter<true> = {
  value: true,
  from: null,
  citation: { law: 'APPI', article: '31-3' },
  status: 'to-confirm',
};

/** Handling without consent where it is clearly not against the person's will. Promulgated, not in force. */
export const notAgainstWill: Parameter<true> = {
  value: true,
  from: null,
  citation: { law: 'APPI', article: '2026 amendment' },
  status: 'to-confirm',
};

/** The exceptions of public interest with a lower bar than "consent is difficult". Promulgated, not in force. */
export const loosenedPublicInterest: Parameter<true> = {
  value: true,
  from: null,
  citation: { law: 'APPI', article: '2026 amendment' },
  status: 'to-confirm',
};

/** Body features that become specified biometric personal information. Promulgated, not in force. */
export const specifiedBiometrics: Parameter<readonly IdentificationCode[]> = {
  value: ['face'],
  from: null,
  citation: { law: 'APPI', article: '2026 amendment' },
  status: 'to-confirm',
};

/** The relief of entrusted parties, with the ban on their own purposes. Promulgated, not in force. */
export const entrustedPartyRelief: Parameter<true> = {
  value: true,
  from: null,
  citation: { law: 'APPI', article: '30-3' },
  status: 'to-confirm',
};

/** No notice of a breach to the persons where it hardly affects their rights. Promulgated, not in force. */
export const breachNoticeRelief: Parameter<true> = {
  value: true,
  from: null,
  citation: { law: 'APPI', article: '26(2)' },
  status: 'to-confirm',
};

/** What makes personally related information contactable. Promulgated, not in force. */
export const contactableMeans: Parameter<readonly string[]> = {
  value: ['telephone', 'e-mail', 'cookie'],
  from: null,
  citation: { law: 'APPI', article: '2026 amendment' },
  status: 'to-confirm',
};

/** The check of a recipient's identity and purpose at an opt-out. Promulgated, not in force. */
export const optOutRecipientCheck: Parameter<true> = {
  value: true,
  from: null,
  citation: { law: 'APPI', article: '27' },
  status: 'to-confirm',
};

/** The number of persons above which gains are taken as an administrative surcharge. Promulgated, not in force. */
export const surchargePersons: Parameter<number> = {
  value: 1000,
  from: null,
  citation: { law: 'APPI', article: '2026 amendment' },
  status: 'to-confirm',
};

// The Numbering Act, the tax law behind its affairs, and the Telecommunications Business Act.

/** The day on which the smartphone record became a way of verification. No earlier day is answered. */
const numbering = day('2025-06-24');

/** The articles of the Numbering Act used here. 30(2) refers to the APPI, so the amendment of 2026 ends this text as well. */
export const numberingText: Parameter<readonly string[]> = {
  value: ['9', '10', '11', '12', '14', '15', '16', '19', '20', '29', '29-4', '30'],
  from: numbering,
  to: day('2028-07-16'),
  citation: { law: 'NumberingAct', article: '9(4)' },
  status: 'to-confirm',
};

/** Yen in a calendar year to one payee up to which no record of remuneration is filed. For horse races the single payment counts. */
export const remunerationThresholds: Parameter<
  Readonly<Record<Exclude<RemunerationKind, 'horse-race-prize'>, number>>
> = {
  value: {
    remuneration: 50_000,
    'medical-fee': 500_000,
    boxer: 500_000,
    'commissioned-sales': 500_000,
    'bill-collector': 500_000,
    'meter-reader': 500_000,
    hosting: 500_000,
    'advertising-prize': 500_000,
  },
  from: numbering,
  citation: { law: 'ITA-Rules', article: '84(2)' },
  status: 'verified',
};

/** Yen in a calendar year to one payee up to which no record of a real-estate payment is filed. */
export const realEstateThresholds: Parameter<Readonly<Record<RealEstateKind, number>>> = {
  value: { 'real-estate-use': 150_000, 'real-estate-purchase': 1_000_000, 'real-estate-brokerage': 150_000 },
  from: numbering,
  citation: { law: 'ITA-Rules', article: '90(3)' },
  status: 'verified',
};

/** `MM-DD` of the year after the payment became fixed. If that is a closed day, the next open day. */
export const paymentRecordDue: Parameter<string> = {
  value: '01-31',
  from: numbering,
  citation: { law: 'ITA', article: '225(1)' },
  status: 'verified',
};

/** What a payment record reports. */
export const paymentRecordItems: Parameter<readonly string[]> = {
  value: ['payee-name', 'payee-address', 'payee-number', 'amount', 'withheld-tax'],
  from: numbering,
  citation: { law: 'ITA-Rules', article: '84(1)' },
  status: 'verified',
};

/** Check digit: weights of the digits before or after it, counted from the right, and the divisor. */
export interface CheckDigit {
  weights: readonly number[];
  modulus: number;
}

/** The last of the twelve digits of a My Number, from the eleven before it. */
export const myNumberCheck: Parameter<CheckDigit> = {
  value: { weights: [2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6], modulus: 11 },
  from: numbering,
  citation: { law: 'NumberingAct-Order', article: '6' },
  status: 'to-confirm',
};

/** The first of the thirteen digits of a corporate number, from the twelve after it. */
export const corporateNumberCheck: Parameter<CheckDigit> = {
  value: { weights: [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2], modulus: 9 },
  from: numbering,
  citation: { law: 'NumberingAct-Order', article: '35' },
  status: 'to-confirm',
};

/** Documents with a photograph, one of which shows who somebody is. */
export const photoDocuments = {
  value: [
    'my-number-card',
    'driving-licence',
    'driving-history',
    'passport',
    'disability-booklet',
    'mental-health-booklet',
    'rehabilitation-booklet',
    'residence-card',
    'special-permanent-resident',
    'accepted-photo-document',
  ],
  from: numbering,
  citation: { law: 'NumberingAct-Rules', article: '1' },
  status: 'verified',
} as const satisfies Parameter<readonly string[]>;

/** Documents without a photograph; two or more are needed. */
export const lesserDocuments = {
  value: [
    'health-insurance',
    'long-term-care',
    'pension-number',
    'allowance-certificate',
    'other-official-document',
    'second-official-document',
  ],
  from: numbering,
  citation: { law: 'NumberingAct-Rules', article: '2(3)' },
  status: 'to-confirm',
} as const satisfies Parameter<readonly string[]>;

/** The number of documents needed when none has a photograph. */
export const lesserDocumentsNeeded: Parameter<number> = {
  value: 2,
  from: numbering,
  citation: { law: 'NumberingAct-Rules', article: '2(3)' },
  status: 'verified',
};

/** A driving-history certificate counts when it was issued on this day or later. */
export const drivingHistorySince: Parameter<Day> = {
  value: day('2012-04-01'),
  from: numbering,
  citation: { law: 'NumberingAct-Rules', article: '1' },
  status: 'verified',
};

/** What is kept of a verification: kinds, never pictures. */
export const verificationRecordItems: Parameter<readonly string[]> = {
  value: ['channel', 'method', 'number-document-kind', 'identity-document-kinds', 'checked-by', 'checked-at'],
  from: numbering,
  citation: { law: 'NumberingAct', article: '16' },
  status: 'to-confirm',
};

/** The longest time, in years from the end of the year of filing, that a copy of a payment record may keep the My Number. */
export const paymentCopyYears: Parameter<number> = {
  value: 7,
  from: numbering,
  citation: { law: 'NumberingAct-Guideline', article: 'Q6-4-2' },
  status: 'to-confirm',
};

/** Books and vouchers: the years they are kept, from `monthsAfter` months after the end of the fiscal year. */
export const booksRetention: Parameter<{ years: number; monthsAfter: number }> = {
  value: { years: 7, monthsAfter: 2 },
  from: numbering,
  citation: { law: 'CTA-Rules', article: '59' },
  status: 'verified',
};

/** Declarations of wage earners: the years they are kept, from `MM-DD` of the year after the one in which they were due. */
export const wageDeclarationRetention: Parameter<{ years: number; from: string }> = {
  value: { years: 7, from: '01-11' },
  from: numbering,
  citation: { law: 'ITA-Rules', article: '76-3' },
  status: 'to-confirm',
};

/** Items of the log of providing or disposing of a My Number; never the number. */
export const numberLogItems: Parameter<Readonly<Record<'provision' | 'disposal', readonly string[]>>> = {
  value: {
    provision: ['item', 'recipient', 'data', 'date'],
    disposal: ['what', 'how', 'disposed-by', 'date', 'certificate'],
  },
  from: numbering,
  citation: { law: 'NumberingAct', article: '12' },
  status: 'to-confirm',
};

/**
 * The articles of the Telecommunications Business Act used here. External transmission came with 27-12. The amending Act of 2026 also changes further
 * Acts, so no later day is answered from this text.
 */
export const telecomText: Parameter<readonly string[]> = {
  value: ['4', '27-12', '28', '164'],
  from: day('2023-06-16'),
  to: day('2028-07-16'),
  citation: { law: 'TBA', article: '27-12' },
  status: 'to-confirm',
};

/** What users must be able to learn about each transmission. */
export const transmissionItems = {
  value: ['information', 'recipient', 'purpose'],
  from: day('2023-06-16'),
  citation: { law: 'TBA-Rules', article: '22-2-29' },
  status: 'verified',
} as const satisfies Parameter<readonly string[]>;

/** What users must be able to learn where they can stop a transmission. */
export const transmissionOptOutItems = {
  value: ['opt-out', 'stops-what', 'how-to-stop', 'limits-of-service', 'information', 'recipient', 'purpose'],
  from: day('2023-06-16'),
  citation: { law: 'TBA-Rules', article: '22-2-31' },
  status: 'to-confirm',
} as const satisfies Parameter<readonly string[]>;

// Breaches (26 and Rules 7 to 10; Numbering Act 29-4 and its rule; TBA 28), and the days on which no deadline ends.

/** Closed days of the authorities. Holidays after the last announcement (made each February, for the following year) rest on calculated equinoxes. */
export const closedDays: Parameter<ClosedDays> = {
  value: closedDaysOfJapan,
  from: closedDaysOfJapan.from,
  to: closedDaysOfJapan.to,
  citation: { law: 'ClosedDaysAct', article: '1(1)' },
  status: 'to-confirm',
};

/** A breach that concerns more principals than this is reportable by its size alone. */
export const breachPrincipals: Parameter<number> = {
  value: 1000,
  from: present,
  citation: { law: 'APPI-Rules', article: '7(iv)' },
  status: 'verified',
};

/** The window of the preliminary report, from day `first` to day `last`. The day of knowing is day 1. */
export const preliminaryReportDays: Parameter<{ first: number; last: number }> = {
  value: { first: 3, last: 5 },
  from: present,
  citation: { law: 'Guideline', article: '3-5-3-3' },
  status: 'verified',
};

/** The day of the full report, where the day of knowing is day 1. It is later when an improper purpose is possible. */
export interface FullReportDays {
  ordinary: number;
  improperPurpose: number;
}

export const fullReportDays: Parameter<FullReportDays> = {
  value: { ordinary: 30, improperPurpose: 60 },
  from: present,
  citation: { law: 'APPI-Rules', article: '8(2)' },
  status: 'verified',
};

/** The nine items of both reports. */
export const breachReportItems: Parameter<readonly string[]> = {
  value: [
    'outline',
    'items',
    'principals',
    'cause',
    'secondary-damage',
    'response-to-principals',
    'publication',
    'recurrence-prevention',
    'other',
  ],
  from: present,
  citation: { law: 'APPI-Rules', article: '8(1)' },
  status: 'verified',
};

/** What the principals are told: items 1, 2, 4, 5 and 9 of the report. */
export const principalNoticeItems: Parameter<readonly string[]> = {
  value: ['outline', 'items', 'cause', 'secondary-damage', 'other'],
  from: present,
  citation: { law: 'APPI-Rules', article: '10' },
  status: 'verified',
};

/** Breach reports on telecommunications business go to the Minister for Internal Affairs, to whom the power of the Commission is delegated. */
export const telecomReportsToMinister: Parameter<true> = {
  value: true,
  from: present,
  citation: { law: 'APPI', article: '150(1)' },
  status: 'to-confirm',
};

/** The first day of the text that was read of the rule on breaches of My Number information. */
const numberBreachText = day('2025-10-01');

/** A breach of My Number information that concerns more principals than this is reportable by its size alone. */
export const numberBreachPrincipals: Parameter<number> = {
  value: 100,
  from: numberBreachText,
  citation: { law: 'NumberingAct-BreachRules', article: '2(iv)' },
  status: 'verified',
};

export const numberFullReportDays: Parameter<FullReportDays> = {
  value: { ordinary: 30, improperPurpose: 60 },
  from: numberBreachText,
  citation: { law: 'NumberingAct-BreachRules', article: '3(2)' },
  status: 'verified',
};

/**
 * The day of the detailed report on a leak of communications secrecy. Whether the day of knowing counts is unclear; it is counted here, which is the
 * careful reading.
 */
export const secrecyReportDays: Parameter<number> = {
  value: 30,
  from: day('2026-05-27'),
  citation: { law: 'TBA-Rules', article: '57' },
  status: 'to-confirm',
};

/** What the first report on a leak of communications secrecy says. */
export const secrecyReportItems: Parameter<readonly string[]> = {
  value: ['when-and-where', 'outline', 'cause', 'measures-taken', 'other'],
  from: day('2026-05-27'),
  citation: { law: 'TBA-Rules', article: '57' },
  status: 'to-confirm',
};

// Requests of principals: 32 to 39.

/** What every principal must be able to find out: 32(1) and Order 10, in their order. Some matters are due only under a condition. */
export const publishedMatters: Parameter<readonly PublishedMatter[]> = {
  value: [
    'name',
    'address',
    'representative',
    'purposes',
    'how-to-ask-purpose',
    'how-to-ask-disclosure',
    'how-to-ask-records',
    'how-to-ask-correction',
    'how-to-ask-suspension',
    'fee',
    'safety-measures',
    'foreign-country',
    'complaints',
    'accredited-body',
  ],
  from: present,
  citation: { law: 'APPI', article: '32(1)' },
  status: 'verified',
};

/** Days between the arrival of a request and a lawsuit: two weeks, not counting the day of arrival. */
export const lawsuitWaitingDays: Parameter<number> = {
  value: 14,
  from: present,
  citation: { law: 'APPI', article: '39(1)' },
  status: 'verified',
};
