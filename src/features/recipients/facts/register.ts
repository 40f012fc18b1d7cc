// What is kept of a recipient of personal information, its assurances and checks, and of its country (APPI 25, 27 to 29, Rules 15 to 18).

import type { Day } from '../../../base/day.ts';
import type {
  CloudFacts,
  EntrustmentFacts,
  EquivalentSystemFacts,
  Party,
  PartyKind,
  Relation,
} from '../../../law/index.ts';

/** Relations that a recipient may have to the company; a department of the company is no recipient. */
export const relations = ['third-party', 'entrustment', 'joint-use', 'succession'] as const satisfies Relation[];

export type RecipientRelation = (typeof relations)[number];

/** The description of a recipient; a version keeps all of it. */
export interface RecipientContent {
  kind: PartyKind;
  name: string;
  address: string;
  /** Null only where the recipient is not a corporation, so that none is asked for. */
  representative: string | null;
  /** ISO 3166-1 alpha-2 of the place of the entity, never of a server. */
  country: string;
  relations: RecipientRelation[];
  contact: string | null;
  /** An age recipient (`age1…`) that packages are encrypted to. */
  publicKey: string | null;
}

export interface Recipient extends RecipientContent {
  id: string;
  state: 'active' | 'stopped';
  stoppedOn: Day | null;
  stopReason: string | null;
  version: number;
  /** How often one of its assurances was recorded, ended or confirmed, or one of its checks confirmed. */
  assured: number;
  registeredAt: Date;
  changedAt: Date;
}

export type Act = 'register' | 'change' | 'stop' | 'resume';

/** One version of a recipient, newest first in a history. */
export interface RecipientVersion {
  version: number;
  act: Act;
  at: Date;
  /** As the log names the actor. */
  actor: string;
  content: RecipientContent;
  state: Recipient['state'];
  reason: string | null;
  entryId: string;
}

/** A recipient as it was entered, not yet checked. An empty text is the same as none. */
export interface RecipientInput {
  kind: string;
  name: string;
  address: string;
  representative?: string | null | undefined;
  country: string;
  relations: string[];
  contact?: string | null | undefined;
  publicKey?: string | null | undefined;
}

export const systemBases = ['contract', 'group-rules', 'certificate'] as const;

export const schemes = ['apec-cbpr', 'global-cbpr'] as const;

/** The terms of an assurance, beside its reference and its days. */
export type Terms =
  | ({ kind: 'entrustment' } & Required<EntrustmentFacts>)
  | {
      kind: 'equivalent-system';
      by: (typeof systemBases)[number];
      /** For a certificate. */
      scheme: (typeof schemes)[number] | null;
      /** Outline of the measures the recipient takes; null = not recorded yet. */
      measures: string | null;
      /** How the measures are checked; null = not recorded yet. */
      checkMethod: string | null;
      /** Most months between two checks. */
      checkMonths: number;
    }
  | ({ kind: 'cloud' } & Required<CloudFacts>);

export const assuranceKinds = ['entrustment', 'equivalent-system', 'cloud'] as const satisfies Terms['kind'][];

export type AssuranceKind = Terms['kind'];

export interface Assurance {
  id: string;
  recipient: string;
  /** Number or name of the contract, the rules or the certificate. */
  reference: string;
  from: Day;
  /** The last day it is in force; null = until it is ended. */
  until: Day | null;
  terms: Terms;
  at: Date;
  actor: string;
  entryId: string;
  confirmed: Confirmation | null;
  ended: { on: Day; reason: string; entryId: string } | null;
}

/** The confirmation, by a member of the staff, of what a system recorded about a recipient abroad. */
export interface Confirmation {
  at: Date;
  actor: string;
  entryId: string;
}

/** An assurance as it was entered. */
export interface AssuranceInput {
  kind: string;
  reference: string;
  from: string;
  until?: string | null | undefined;
  ownUse?: boolean | undefined;
  assessed?: boolean | undefined;
  contract?: boolean | undefined;
  monitored?: boolean | undefined;
  by?: string | undefined;
  scheme?: string | null | undefined;
  measures?: string | null | undefined;
  checkMethod?: string | null | undefined;
  checkMonths?: number | undefined;
  contractExcludesHandling?: boolean | undefined;
  accessControlled?: boolean | undefined;
  serverCountry?: string | undefined;
}

/**
 * What a check found. `hindered`: there was trouble, and something was done about it; `impossible`: the measures can no longer be kept; `returned`: all
 * that was given until then has been returned or erased, which says nothing of the measures.
 */
export const measureStates = ['kept', 'hindered', 'impossible', 'returned'] as const;

export interface CheckContent {
  on: Day;
  method: string;
  measures: (typeof measureStates)[number];
  /** What in the country's system may affect the measures; null = nothing. */
  foreignSystem: string | null;
  trouble: string | null;
  remedy: string | null;
  /** The document that shows that what was given was returned or erased. */
  proof: string | null;
  /** Null when the measures cannot be kept: nothing is provided until that is remedied. Null too when everything was returned. */
  nextDue: Day | null;
}

export interface Check extends CheckContent {
  id: string;
  at: Date;
  actor: string;
  entryId: string;
  confirmed: Confirmation | null;
}

export interface CheckInput {
  on: string;
  method: string;
  measures: string;
  foreignSystem?: string | null | undefined;
  trouble?: string | null | undefined;
  remedy?: string | null | undefined;
  proof?: string | null | undefined;
  nextDue?: string | null | undefined;
}

/** The eight principles of the OECD guidelines on privacy. */
export const principles = [
  'collection-limitation',
  'data-quality',
  'purpose-specification',
  'use-limitation',
  'security-safeguards',
  'openness',
  'individual-participation',
  'accountability',
] as const;

export type Principle = (typeof principles)[number];

/** Indicators that the level of a system is known: an adequacy decision of the EU, participation in CBPR. */
export const indicators = ['eu-adequacy', 'cbpr'] as const;

/** Rules 17(2)(ii): what is known of the system of a country. */
export interface ReportContent {
  systemExists: boolean;
  indicators: (typeof indicators)[number][];
  /** The principles that have no counterpart there; null = not examined, because an indicator answers it. */
  missingPrinciples: Principle[] | null;
  /** Systems that may gravely affect rights, such as broad access by the government; null = none was found. */
  graveSystems: string | null;
  /** The source of the report. */
  source: string;
  checkedOn: Day;
  /** The measures the company takes where it handles information there; null = not decided yet. */
  measures: string | null;
}

export interface CountryReport extends ReportContent {
  country: string;
  version: number;
  at: Date;
  actor: string;
  entryId: string;
}

export interface ReportInput {
  systemExists: boolean | undefined;
  indicators: string[];
  missingPrinciples: string[] | null;
  graveSystems: string | null;
  source: string;
  checkedOn: string;
  measures?: string | null | undefined;
}

/** Address of the Commission's reports on countries. `recorded`: it was recorded here; otherwise it comes from the policy. */
export interface CommissionPage {
  url: string;
  checkedOn: Day;
  recorded: boolean;
}

/** The facts about a recipient that the law is asked with, on a day. */
export interface RecipientFacts {
  recipient: Party;
  relations: readonly RecipientRelation[];
  /** Absent when no contract is in force, so that nothing is known. */
  entrustment?: EntrustmentFacts;
  /**
   * Null when the recipient is abroad without a system of Rules 16 in force. Absent in Japan, and while what a system recorded waits for a member of
   * the staff to confirm it.
   */
  equivalentSystem?: EquivalentSystemFacts | null;
  cloud?: CloudFacts;
  publicKey: string | null;
  stopped: boolean;
  /** The version of the register these were read from. */
  version: number;
  /** `assured` of the recipient when these were read. */
  assured: number;
}
