// Every number, list and date of the law that a rule uses, with its dates and its authority. No rule holds one itself.
// `from: null` is enacted but not in force, and is never relied on. `from` is the first day the text behind it was read for.

import { day, type Day } from '../base/day.ts';
import type { Source } from '../base/finding.ts';
import type { JointUseField, OptOutField, PartyKind, SpecialCareKind } from './facts.ts';

/** The state of the law these rules were written from. Stored with every finding. */
export const LAW_VERSION = '2026-11-24';

export interface Parameter<T> {
  value: T;
  from: Day | null;
  /** The last day it is known to hold. */
  to?: Day;
  citation: { law: Source; article: string };
  /** `to-confirm`: known, but a person should check it against the authority. */
  status: 'verified' | 'to-confirm';
}

/** The value on a day, or undefined when it is not known to be in force then; the rule must then answer unknown. */
export const inForce = <T>(p: Parameter<T>, on: Day): T | undefined =>
  p.from !== null && p.from <= on && (p.to === undefined || on <= p.to) ? p.value : undefined;

/** Articles 17 to 46 have had their present numbers since this day. */
const present = day('2022-04-01');

/**
 * The articles these rules were written from. The 2026 amendment was promulgated on 17 July 2026 and takes effect within
 * two years: no day after that can be answered from this text.
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

/** Years a provision record is kept: from its making, or from the last provision for bulk and contract. */
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

/** How many years may pass between two checks of a foreign recipient's measures; the guideline says about once a year. */
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

/** What a principal is told on request about a transfer on an equivalent-action system. */
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

/** Items of a provision record. The date is asked of an opt-out only. */
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

/** Bodies that are not business operators: no record is made of what they are given or give. */
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

/** The age below which the 2026 amendment turns consent over to the legal representative. Promulgated, not in force. */
export const childAge: Parameter<number> = {
  value: 16,
  from: null,
  citation: { law: 'APPI', article: '2026 amendment' },
  status: 'to-confirm',
};
