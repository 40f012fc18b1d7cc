// A recipient of personal information, its assurances and checks, and what is known of its country (APPI 25, 27 to 29, Rules 15 to 18). Pure:
// input → content or problems; rows → the facts that the law is asked with on a day.

import type { Bilingual } from '../../base/bilingual.ts';
import { countryCodes } from '../../base/country.ts';
import { addMonths, addYears, dayOf as dayAt, earlier, daysBetween, readDay, type Day } from '../../base/day.ts';
import { put, type FieldProblem } from '../../base/outcome.ts';
import { readText, type TextRule } from '../../base/text.ts';
import {
  inForce,
  parameters,
  partyKinds,
  provisionContradictions,
  type CloudFacts,
  type EntrustmentFacts,
  type EquivalentSystemFacts,
  type Party,
  type PartyKind,
  type Relation,
} from '../../law/index.ts';

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
 * that was given before that day has been returned or erased, which says nothing of the measures.
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

/** Years after which a country is examined again. This is the company's own rule, with the same interval as for recipients. */
const RECHECK_YEARS = 1;
/** Days before an end or due date from which it is shown as a warning. */
const SOON_DAYS = 30;
const MOST_TEXT = 2_000;

// ---- countries

/** True when the country is recognised as equivalent on a day (Rules 15); false where the list is not known to be in force. */
export const isEquivalent = (country: string, on: Day): boolean =>
  inForce(parameters.equivalentCountries, on)?.has(country) ?? false;

// ---- reading

type Problems = FieldProblem[];

/** Returns a text as it is stored: trimmed, null when empty. */
const textOf = (problems: Problems, field: string, given: string | null | undefined, rule: TextRule): string | null =>
  readText(given, rule, (says) => problems.push({ field, says })) || null;

function countryOf(problems: Problems, field: string, given: string | undefined): string {
  const code = (given ?? '').normalize('NFKC').trim().toUpperCase();
  if (!countryCodes.has(code)) put(problems, field, '国を一覧から選んでください', 'Choose a country from the list');
  return code;
}

function dayOf(problems: Problems, field: string, given: string): Day | null {
  const found = readDay(given.trim());
  if (!found) put(problems, field, '実在する日を書いてください', 'Write a day that exists');
  return found;
}

/** Reads a day in the past, on which something was checked: not later than today. */
function pastDayOf(problems: Problems, field: string, given: string, today: Day): Day | null {
  const found = dayOf(problems, field, given);
  if (found && found > today) put(problems, field, '今日までの日を書いてください', 'Write a day no later than today');
  return found;
}

function webAddressOf(problems: Problems, field: string, given: string): string {
  const text = given.trim();
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '' || text.length > 500)
    put(
      problems,
      field,
      '安全な接続のページのアドレスを、アドレス欄からそのまま写してください',
      'Copy the whole address of a page with a secure connection, beginning with https://',
    );
  return text;
}

const bech32Letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** Computes the BIP 173 checksum over the values of a text; 1 when the text is intact. */
function polymod(values: readonly number[]): number {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    generators.forEach((generator, i) => {
      if ((top >>> i) & 1) check ^= generator;
    });
  }
  return check;
}

/** True for an X25519 recipient of age: bech32 with the prefix `age`, 32 bytes, in lower case. */
export function isAgeRecipient(text: string): boolean {
  if (!/^age1[02-9ac-hj-np-z]{58}$/.test(text)) return false;
  const prefix = Array.from('age', (letter) => letter.charCodeAt(0));
  const data = Array.from(text.slice(4), (letter) => bech32Letters.indexOf(letter));
  // 32 bytes are 51 groups of five bits and one more bit, so the last four bits must be zero.
  if ((data[51]! & 0x0f) !== 0) return false;
  return polymod([...prefix.map((c) => c >> 5), 0, ...prefix.map((c) => c & 31), ...data]) === 1;
}

function keyOf(problems: Problems, given: string | null | undefined): string | null {
  const key = (given ?? '').trim();
  if (key === '') return null;
  if (!isAgeRecipient(key))
    put(
      problems,
      'publicKey',
      '62字の公開鍵として読めません。写し間違いがないか確かめてください',
      'This cannot be read as an age public key (62 characters beginning with age1). Check it for copying mistakes',
    );
  return key;
}

const businessKinds: readonly PartyKind[] = partyKinds.filter((kind) => kind !== 'private-person');

/** Kinds of recipient in the register. A private person is not one: their name and address stay in the vault. */
export const recipientKinds = businessKinds;

function kindOf(problems: Problems, given: string): PartyKind {
  if (given === 'private-person')
    put(
      problems,
      'kind',
      '個人の氏名と住所は、この一覧に書けません。提供のときに相手として書いてください',
      'The name and address of a private person cannot be entered here. State them when you make the provision',
    );
  else if (!businessKinds.includes(given as PartyKind))
    put(problems, 'kind', '一覧から選んでください', 'Choose from the list');
  return given as PartyKind;
}

/** Checks a description. Problems come in the order of the form. */
export function readContent(input: RecipientInput): { content: RecipientContent; problems: FieldProblem[] } {
  const problems: Problems = [];
  const kind = kindOf(problems, input.kind);
  const name = textOf(problems, 'name', input.name, { most: 200, need: true }) ?? '';
  const address = textOf(problems, 'address', input.address, { most: 300, need: true }) ?? '';
  const representative = textOf(problems, 'representative', input.representative, { most: 100 });
  if (kind === 'corporation' && representative === null)
    put(
      problems,
      'representative',
      '法人の代表者の氏名を書いてください。提供の記録に要ります（法29条）',
      'Write the name of the corporation’s representative: the record of a provision needs it (APPI Art. 29)',
    );
  const country = countryOf(problems, 'country', input.country);
  const chosen = relations.filter((relation) => input.relations.includes(relation));
  if (chosen.length === 0) put(problems, 'relations', '1つ以上選んでください', 'Choose at least one');
  else if (!input.relations.every((one) => (relations as readonly string[]).includes(one)))
    put(problems, 'relations', '一覧から選んでください', 'Choose from the list');
  if (problems.every(({ field }) => field !== 'kind' && field !== 'country'))
    for (const { field, says } of provisionContradictions({ recipient: { kind, country } }))
      problems.push({ field: field.replace(/^recipient\./, ''), says });
  const contact = textOf(problems, 'contact', input.contact, { most: 200 });
  const publicKey = keyOf(problems, input.publicKey);
  return {
    content: { kind, name, address, representative, country, relations: chosen, contact, publicKey },
    problems,
  };
}

/** Fields of a recipient, in the order of the form and of the list of changes. */
export const fields = [
  'kind',
  'name',
  'address',
  'representative',
  'country',
  'relations',
  'contact',
  'publicKey',
] as const satisfies readonly (keyof RecipientContent)[];

/** The part of a recipient that a version keeps. */
export const contentOf = (one: RecipientContent): RecipientContent =>
  Object.fromEntries(fields.map((field) => [field, one[field]])) as unknown as RecipientContent;

/** Returns the fields that differ. */
export const changedFields = (before: RecipientContent, after: RecipientContent): (keyof RecipientContent)[] =>
  fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));

const answered = (problems: Problems, field: string, given: boolean | undefined): boolean => {
  if (given === undefined) put(problems, field, 'どちらかを選んでください', 'Choose one');
  return given ?? false;
};

/** Most months between two checks; the law states it in years (Rules 18(1), guideline). */
const mostMonths = (today: Day): number => 12 * (inForce(parameters.equivalentSystemCheckYears, today) ?? 1);

function systemTerms(problems: Problems, input: AssuranceInput, today: Day): Terms {
  const by = systemBases.find((one) => one === input.by);
  if (!by) put(problems, 'by', '一覧から選んでください', 'Choose from the list');
  const scheme = schemes.find((one) => one === input.scheme) ?? null;
  if (by === 'certificate' && scheme === null)
    put(problems, 'scheme', 'どの認証かを選んでください', 'Choose which certificate it is');
  if (by !== undefined && by !== 'certificate' && scheme !== null)
    put(problems, 'scheme', '認証によるときだけ選んでください', 'Choose this only if it rests on a certificate');
  if (by === 'certificate' && !input.until)
    put(problems, 'until', '認証の期限を書いてください', 'Write the day until which the certificate is valid');
  const measures = textOf(problems, 'measures', input.measures, { most: MOST_TEXT, lines: true });
  const checkMethod = textOf(problems, 'checkMethod', input.checkMethod, { most: 500, lines: true });
  const most = mostMonths(today);
  const checkMonths = input.checkMonths ?? most;
  if (!Number.isInteger(checkMonths) || checkMonths < 1 || checkMonths > most)
    put(problems, 'checkMonths', `1から${most}までの整数にしてください`, `Enter a whole number from 1 to ${most}`);
  return {
    kind: 'equivalent-system',
    by: by ?? 'contract',
    scheme: by === 'certificate' ? scheme : null,
    measures,
    checkMethod,
    checkMonths,
  };
}

function termsOf(problems: Problems, recipient: RecipientContent, input: AssuranceInput, today: Day): Terms {
  switch (input.kind) {
    case 'entrustment':
      if (!recipient.relations.includes('entrustment'))
        put(problems, 'kind', '先に、関係に「委託先」を加えてください', 'Add “entrusted party” to its relations first');
      return {
        kind: 'entrustment',
        ownUse: answered(problems, 'ownUse', input.ownUse),
        assessed: answered(problems, 'assessed', input.assessed),
        contract: answered(problems, 'contract', input.contract),
        monitored: answered(problems, 'monitored', input.monitored),
      };
    case 'cloud':
      return {
        kind: 'cloud',
        contractExcludesHandling: answered(problems, 'contractExcludesHandling', input.contractExcludesHandling),
        accessControlled: answered(problems, 'accessControlled', input.accessControlled),
        serverCountry: countryOf(problems, 'serverCountry', input.serverCountry),
      };
    default:
      if (input.kind !== 'equivalent-system') put(problems, 'kind', '一覧から選んでください', 'Choose from the list');
      else if (recipient.country === 'JP')
        put(
          problems,
          'kind',
          '国内の提供先に、基準適合体制は要りません（法28条）',
          'A recipient in Japan needs no equivalent-action system (APPI Art. 28)',
        );
      return systemTerms(problems, input, today);
  }
}

export type AssuranceContent = Pick<Assurance, 'reference' | 'from' | 'until' | 'terms'>;

/** Checks an assurance. Problems come in the order of the form. */
export function readAssurance(
  recipient: RecipientContent,
  input: AssuranceInput,
  today: Day,
): { content: AssuranceContent; problems: FieldProblem[] } {
  const problems: Problems = [];
  const reference = textOf(problems, 'reference', input.reference, { most: 200, need: true }) ?? '';
  const from = dayOf(problems, 'from', input.from);
  const until = input.until?.trim() ? dayOf(problems, 'until', input.until) : null;
  if (from && until && until < from)
    put(problems, 'until', '始まりの日より後にしてください', 'It must not end before it begins');
  const terms = termsOf(problems, recipient, input, today);
  return { content: { reference, from: from ?? today, until, terms }, problems };
}

/**
 * Checks the result of a periodic check. Problems come in the order of the form. `months`: the interval that the system states for its checks, which
 * persons are told on request (Rules 18(3)(iii)).
 */
export function readCheck(
  recipient: RecipientContent,
  input: CheckInput,
  today: Day,
  months = mostMonths(today),
): { content: CheckContent; problems: FieldProblem[] } {
  const problems: Problems = [];
  const on = pastDayOf(problems, 'on', input.on, today) ?? today;
  const method = textOf(problems, 'method', input.method, { most: 500, need: true, lines: true }) ?? '';
  const measures = measureStates.find((one) => one === input.measures);
  if (!measures) put(problems, 'measures', '一覧から選んでください', 'Choose from the list');
  const foreignSystem = textOf(problems, 'foreignSystem', input.foreignSystem, { most: MOST_TEXT, lines: true });
  if (foreignSystem !== null && recipient.country === 'JP')
    put(problems, 'foreignSystem', '国内の提供先です', 'The recipient is in Japan');
  const need = measures === 'hindered' || measures === 'impossible';
  const trouble = textOf(problems, 'trouble', input.trouble, { most: MOST_TEXT, need, lines: true });
  const remedy = textOf(problems, 'remedy', input.remedy, { most: MOST_TEXT, need, lines: true });
  for (const [field, text] of [['trouble', trouble] as const, ['remedy', remedy] as const])
    if (measures !== undefined && !need && text !== null)
      put(problems, field, '支障があったときだけ書いてください', 'Write this only if there was trouble');
  const returned = measures === 'returned';
  const proof = textOf(problems, 'proof', input.proof, { most: 200, need: returned });
  if (measures !== undefined && !returned && proof !== null)
    put(
      problems,
      'proof',
      '返却・消去を確かめたときだけ書いてください',
      'Write this only if what was given was returned or erased',
    );
  const last = measures === 'impossible' || returned;
  if (last && input.nextDue?.trim())
    put(
      problems,
      'nextDue',
      '「続けられない」ときと、返却・消去を確かめたときは空欄にしてください',
      'Leave this empty if the measures cannot be kept, or if what was given was returned or erased',
    );
  const content: CheckContent = {
    on,
    method,
    measures: measures ?? 'kept',
    foreignSystem,
    trouble,
    remedy,
    proof,
    nextDue: last ? null : nextDueOf(problems, input.nextDue, on, months),
  };
  return { content, problems };
}

/** Reads the day of the next check; without one, `months` after this check, which is the latest day allowed. */
function nextDueOf(problems: Problems, given: string | null | undefined, on: Day, months: number): Day {
  const latest = addMonths(on, months);
  if (!given?.trim()) return latest;
  const due = dayOf(problems, 'nextDue', given);
  if (due && (due <= on || due > latest))
    put(
      problems,
      'nextDue',
      `確認した日より後の、${months}か月以内の日にしてください（規則18条1項と、根拠に書いた確認の間隔）`,
      `Choose a day after the check and within ${months} months of it (Rules Art. 18(1), and the interval stated in the basis)`,
    );
  return due ?? latest;
}

/** Checks a report on a country. Problems come in the order of the form. */
export function readReport(input: ReportInput, today: Day): { content: ReportContent; problems: FieldProblem[] } {
  const problems: Problems = [];
  const systemExists = answered(problems, 'systemExists', input.systemExists);
  const signs = indicators.filter((one) => input.indicators.includes(one));
  if (!input.indicators.every((one) => (indicators as readonly string[]).includes(one)))
    put(problems, 'indicators', '一覧から選んでください', 'Choose from the list');
  const given = input.missingPrinciples;
  const missingPrinciples = given && principles.filter((one) => given.includes(one));
  if (given && !given.every((one) => (principles as readonly string[]).includes(one)))
    put(problems, 'missingPrinciples', '一覧から選んでください', 'Choose from the list');
  if (given === null && signs.length === 0)
    put(
      problems,
      'missingPrinciples',
      '指標となる認定や参加がない国では、OECDの8原則のどれが欠けるかを確かめてください',
      'Without such an indicator, find out which of the eight OECD principles are missing',
    );
  const graveSystems = textOf(problems, 'graveSystems', input.graveSystems, { most: MOST_TEXT, lines: true });
  const source = webAddressOf(problems, 'source', input.source);
  const checkedOn = pastDayOf(problems, 'checkedOn', input.checkedOn, today) ?? today;
  const measures = textOf(problems, 'measures', input.measures, { most: MOST_TEXT, lines: true });
  return {
    content: { systemExists, indicators: signs, missingPrinciples, graveSystems, source, checkedOn, measures },
    problems,
  };
}

/** Checks the address of the Commission's page. */
export function readPage(
  input: { url: string; checkedOn: string },
  today: Day,
): { content: { url: string; checkedOn: Day }; problems: FieldProblem[] } {
  const problems: Problems = [];
  const url = webAddressOf(problems, 'url', input.url);
  const checkedOn = pastDayOf(problems, 'checkedOn', input.checkedOn, today) ?? today;
  return { content: { url, checkedOn }, problems };
}

export function readReason(given: string): { reason: string; problems: FieldProblem[] } {
  const problems: Problems = [];
  return { reason: textOf(problems, 'reason', given, { most: 500, need: true, lines: true }) ?? '', problems };
}

// ---- what holds on a day

/**
 * True when nobody on the staff answers for a record that must be answered for: a system recorded it, and it lets a provision abroad go without the
 * persons' consent (28(1)). `one` is of a recipient abroad.
 */
export const isUnconfirmed = (one: Assurance | Check): boolean =>
  one.actor.startsWith('system:') &&
  one.confirmed === null &&
  ('terms' in one ? one.terms.kind === 'equivalent-system' : one.measures !== 'impossible');

/** True when a day is within the days of an assurance: it has begun, has not expired and was not ended. */
const isWithin = ({ from, until, ended }: Assurance, on: Day): boolean =>
  from <= on && (until === null || on <= until) && (ended === null || on < ended.on);

/** True when an assurance is in force on a day. */
export const holdsOn = (one: Assurance, on: Day): boolean => isWithin(one, on) && !isUnconfirmed(one);

export type AssuranceState = 'holds' | 'unconfirmed' | 'not-yet' | 'expired' | 'ended';

/** The state of an assurance on a day. */
export function assuranceState(one: Assurance, on: Day): AssuranceState {
  if (one.ended !== null) return 'ended';
  if (isWithin(one, on)) return isUnconfirmed(one) ? 'unconfirmed' : 'holds';
  return one.from > on ? 'not-yet' : 'expired';
}

/** The assurance of a kind that counts on a day: of those in force, the one that began last. */
export const standingAssurance = <K extends AssuranceKind>(
  assurances: readonly Assurance[],
  kind: K,
  on: Day,
): (Assurance & { terms: Extract<Terms, { kind: K }> }) | undefined =>
  assurances
    .filter((one): one is Assurance & { terms: Extract<Terms, { kind: K }> } => one.terms.kind === kind)
    .filter((one) => holdsOn(one, on))
    .sort((a, b) => (a.from === b.from ? (a.id < b.id ? 1 : -1) : a.from < b.from ? 1 : -1))[0];

/**
 * What a provision to a recipient rests on. `stands`: an assurance in force; `none`: nothing, for a recipient that is only an entrusted party (25,
 * 27(5)(i)); `each`: what is checked at each provision, such as the person's consent.
 */
export type Footing = 'stands' | 'each' | 'none' | 'stopped';

export function footingOf(
  { state, relations: to }: Pick<Recipient, 'state' | 'relations'>,
  assurances: readonly Assurance[],
  on: Day,
): Footing {
  if (state === 'stopped') return 'stopped';
  if (assurances.some((one) => holdsOn(one, on))) return 'stands';
  return to.every((one) => one === 'entrustment') ? 'none' : 'each';
}

/** Returns a name without differences in width, case and spaces. */
const plainName = (name: string): string => name.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');

/** Returns the recipients of the same name at any address: often it is the same recipient registered twice. */
export const namesakesOf = <R extends Pick<Recipient, 'name'>>(name: string, all: readonly R[]): R[] =>
  all.filter((one) => plainName(one.name) === plainName(name));

/** Returns the last check of the measures made by a day. */
export const lastCheck = (checks: readonly Check[], on: Day): Check | undefined =>
  checks.filter((check) => check.on <= on && check.measures !== 'returned').sort((a, b) => (a.on < b.on ? 1 : -1))[0];

/** Returns the newest check that found that what was given before its day was returned or erased. */
export const lastReturn = (checks: readonly Check[]): Check | undefined =>
  checks.filter(({ measures }) => measures === 'returned').sort((a, b) => (a.on < b.on ? 1 : -1))[0];

/** The checks made since the recipient has been in its present country; earlier ones looked at the system of another country (Rules 18(1)). */
function checksSince(versions: readonly RecipientVersion[], checks: readonly Check[]): readonly Check[] {
  const before = versions.findIndex(({ content }) => content.country !== versions[0]?.content.country);
  if (before === -1) return checks;
  const since = dayAt(versions[before - 1]!.at.getTime());
  return checks.filter(({ on }) => on >= since);
}

/** Returns the checks that an equivalent-action system counts by: made in its present country, and answered for. `versions`: newest first. */
export const checksThere = (versions: readonly RecipientVersion[], checks: readonly Check[]): readonly Check[] =>
  checksSince(versions, checks).filter((check) => !isUnconfirmed(check));

/**
 * Returns what waits, on a day, for a member of the staff to confirm it: an equivalent-action system without which none is in force, and the newest
 * check of one. `versions`: newest first.
 */
export function unconfirmedOf(
  { versions, assurances, checks }: { versions: readonly RecipientVersion[] } & Rows,
  on: Day,
): (Assurance | Check)[] {
  if (versions[0]?.content.country === 'JP') return [];
  const systems = assurances.filter((one) => one.terms.kind === 'equivalent-system' && isWithin(one, on));
  const standing = systems.some((one) => !isUnconfirmed(one));
  const last = systems.length > 0 ? lastCheck(checksSince(versions, checks), on) : undefined;
  return [...(standing ? [] : systems), ...(last && isUnconfirmed(last) ? [last] : [])];
}

interface Rows {
  assurances: readonly Assurance[];
  checks: readonly Check[];
}

/** The day by which to check again: as recorded, or earlier if the system in force now requires it. Null where the measures cannot be kept. */
export const checkAgainBy = (
  { on, nextDue }: Check,
  system: { terms: Extract<Terms, { kind: 'equivalent-system' }> } | undefined,
): Day | null => nextDue && (system ? earlier(nextDue, addMonths(on, system.terms.checkMonths)) : nextDue);

export const recheckBy = (report: Pick<ReportContent, 'checkedOn'>): Day => addYears(report.checkedOn, RECHECK_YEARS);

/** Returns the report in force on a day; null where there is none, or where it was not renewed in time. */
export function reportOn(versions: readonly CountryReport[], on: Day): CountryReport | null {
  const known = versions.filter(({ checkedOn }) => checkedOn <= on).sort((a, b) => b.version - a.version)[0];
  return known && on <= recheckBy(known) ? known : null;
}

/** The state of something with a last day: `kept`, `risk` from 30 days before it, `broken` after it. */
export const dueState = (due: Day, today: Day): 'kept' | 'risk' | 'broken' => {
  const left = daysBetween(today, due);
  return left < 0 ? 'broken' : left <= SOON_DAYS ? 'risk' : 'kept';
};

/** Returns the facts about a recipient on a day, from the rows of the register. */
export function factsOn(
  {
    content,
    state,
    version,
    assured,
  }: Pick<RecipientVersion, 'content' | 'state' | 'version'> & Pick<Recipient, 'assured'>,
  assurances: readonly Assurance[],
  checks: readonly Check[],
  on: Day,
): RecipientFacts {
  const { kind, name, address, representative, country } = content;
  const entrustment = standingAssurance(assurances, 'entrustment', on)?.terms;
  const system = standingAssurance(assurances, 'equivalent-system', on);
  const cloud = standingAssurance(assurances, 'cloud', on)?.terms;
  const check = lastCheck(checks, on);
  const equivalentSystem = system
    ? {
        by: system.terms.by,
        validUntil: system.until,
        checkedOn: check?.on ?? null,
        failing: check?.measures === 'impossible',
      }
    : null;
  return {
    recipient: { kind, name, address, country, ...(representative === null ? {} : { representative }) },
    relations: content.relations,
    ...(entrustment ? { entrustment: entrustmentFacts(entrustment) } : {}),
    ...(country === 'JP' ? {} : { equivalentSystem }),
    ...(cloud ? { cloud: cloudFacts(cloud) } : {}),
    publicKey: content.publicKey,
    stopped: state === 'stopped',
    version,
    assured,
  };
}

const entrustmentFacts = ({ ownUse, assessed, contract, monitored }: Required<EntrustmentFacts>): EntrustmentFacts => ({
  ownUse,
  assessed,
  contract,
  monitored,
});

const cloudFacts = ({
  contractExcludesHandling,
  accessControlled,
  serverCountry,
}: Required<CloudFacts>): CloudFacts => ({
  contractExcludesHandling,
  accessControlled,
  serverCountry,
});

// ---- what a person is told on request

/** One of the seven items of Rules 18(3): what is told, or what is lacking. */
export interface MeasuresItem {
  item: string;
  /** Null when the register does not know it; `lacks` then says what to record, and where. */
  says: Bilingual | null;
  lacks: Bilingual | null;
}

export interface MeasuresAnswer {
  recipient: { id: string; name: string; country: string };
  on: Day;
  /** True when there is a duty to tell: an equivalent-action system (Rules 16) is on record, in force or not (28(3)). */
  owed: boolean;
  items: MeasuresItem[];
}
