// One line of the log: who did what to whom, when, and on which grounds. It holds ids and codes only, never personal information. Anything that
// looks different is refused before it is written, because the log cannot be rewritten.

import { actorRef, type Actor } from '../base/actor.ts';
import type { Day } from '../base/day.ts';
import type { Finding, Source } from '../base/finding.ts';
import { newId } from '../base/id.ts';
import { canonical, type Json } from './canonical.ts';

/** The law's answer, and the versions of law and policy it was given under. `because` lists grounds such as `APPI 18(1)` and `policy 13`. */
export type LoggedDecision = { answer: string; because: string[]; law: Day; policy: number };

/** An entry of the log. Besides the named members it holds ids of subjects, codes, counts and days. */
export type LogEntry = {
  v: 1;
  /** UUIDv7. */
  id: string;
  /** UTC instant, such as `2026-11-24T01:02:03.004Z`. */
  at: string;
  /** A code such as `people:use`. */
  action: string;
  /** `staff:<id>`, `system:<id>`, `public` or `sekisho`. */
  actor: string;
  /** The person whose information the entry is about. The entry appears in that person's history. */
  principal?: string;
  decision?: LoggedDecision;
  /** Ids of the Cedar policies that allowed the actor to do this. */
  authority?: string[];
  [subject: string]: Json | undefined;
};

/** The content of an entry other than its actor, action and instant. */
export type Subjects = { [subject: string]: Json | undefined } & Partial<
  Pick<LogEntry, 'principal' | 'decision' | 'authority'>
>;

/**
 * Makes an entry for an instant in milliseconds since the epoch. The entry of a decision has the decision's id. Throws TypeError, naming the
 * member, when a subject uses the name of a reserved member with another form of value.
 */
export function logEntry(
  epochMs: number,
  actor: Actor,
  action: string,
  subjects: Subjects = {},
  id = newId(epochMs),
): LogEntry {
  const misused = reserved.find(([name, is]) => subjects[name] !== undefined && !is(subjects[name]));
  if (misused) refuse(`entry.${misused[0]}`, 'has a meaning of its own');
  return { ...subjects, v: 1, id, at: new Date(epochMs).toISOString(), action, actor: actorRef(actor) };
}

/** The decision of an entry; undefined when there is none, or when an entry of an earlier version has something else in that member. */
export const decisionIn = ({ decision }: LogEntry): LoggedDecision | undefined =>
  isDecision(decision) ? decision : undefined;

/**
 * The codes of the items that an entry is about. An id in these members, which entries on single records of provision or receipt have, is left out.
 */
export const itemsIn = ({ items, item, identifier }: LogEntry): string[] =>
  [items, item, identifier].flat().filter((code): code is string => typeof code === 'string' && !isId(code));

/** The logged form of a finding: its answer and grounds, with the versions of the law and the policy. */
export const decisionOf = (finding: Finding<string>, law: Day, policy: number): LoggedDecision => ({
  answer: finding.answer,
  because: finding.because.map((g) => `${g.law} ${g.article}`),
  law,
  policy,
});

const sources = Object.keys({
  APPI: true,
  'APPI-Order': true,
  'APPI-Rules': true,
  Guideline: true,
  NumberingAct: true,
  'NumberingAct-Order': true,
  'NumberingAct-Rules': true,
  'NumberingAct-Guideline': true,
  'NumberingAct-BreachRules': true,
  TBA: true,
  'TBA-Rules': true,
  ITA: true,
  'ITA-Rules': true,
  'CTA-Rules': true,
  NTL: true,
  ClosedDaysAct: true,
  DisabilityAct: true,
  policy: true,
} satisfies Record<Source, true>).join('|');

/**
 * The only forms a text may have. A name contains a space or kana, an address or phone number starts with or contains many digits, an e-mail
 * address contains an @: none of them fits.
 */
const forms = [
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  /^[A-Za-z][A-Za-z0-9]*(?:[-_.:/][A-Za-z0-9]+)*$/,
  /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}\.\d{3}Z)?$/,
  /^(?:[0-9a-f]{64}|[0-9a-f]{128})$/,
  /^\d{1,3}(?:\.\d{1,3}){0,2}$/,
  new RegExp(`^(?:${sources})(?: [A-Za-z0-9().:/-]{1,24}){1,3}$`),
];

const isId = (value: Json | undefined): boolean => typeof value === 'string' && forms[0]!.test(value);

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((text) => typeof text === 'string');

function isDecision(value: Json | undefined): value is LoggedDecision {
  if (typeof value !== 'object' || value === null) return false;
  const { answer, because, law, policy } = value as Readonly<Record<string, unknown>>;
  return typeof answer === 'string' && isTexts(because) && typeof law === 'string' && typeof policy === 'number';
}

const never = (): boolean => false;

/** Members that readers of the log rely on, with a check of their values. */
const reserved: readonly [name: string, is: (value: Json | undefined) => boolean][] = [
  ['decision', isDecision],
  ['principal', isId],
  ['authority', isTexts],
  ['v', never],
  ['id', never],
  ['at', never],
  ['action', never],
  ['actor', never],
];

const MAX_TEXT = 128;

/** Codes and grounds already checked. There are few, they recur in every entry, and this runs on every access. */
const known = new Set<string>();
const MOST_KNOWN = 2_000;

function isAllowed(text: string): boolean {
  if (text.length === 36 && forms[0]!.test(text)) return true;
  if (known.has(text)) return true;
  if (text.length > MAX_TEXT || !forms.some((form) => form.test(text))) return false;
  // Ids, days and instants seldom recur, so they are not kept.
  if (known.size < MOST_KNOWN && !/\d{4}/.test(text)) known.add(text);
  return true;
}
/** Counts, versions and amounts are smaller than this; phone numbers and My Numbers written as numbers are not. */
const NUMBER_LIMIT = 1_000_000_000;
const MAX_DEPTH = 4;
const MAX_ENTRY_BYTES = 16_384;
const memberName = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;

function refuse(where: string, why: string): never {
  throw new TypeError(`log entry: ${where} ${why}`);
}

/** Member names already checked; all entries use the same few. */
const knownNames = new Set<string>();

function isMemberName(name: string): boolean {
  if (knownNames.has(name)) return true;
  if (!memberName.test(name)) return false;
  if (knownNames.size < MOST_KNOWN) knownNames.add(name);
  return true;
}

/**
 * The canonical text (RFC 8785) of a value that holds only what the log may. A single pass, because it runs on every access: everything that is
 * allowed is printable ASCII without quotes and backslashes, so it needs no escaping.
 */
function textOf(value: Json, where: string, depth: number): string {
  if (typeof value === 'string')
    return isAllowed(value) ? `"${value}"` : refuse(where, 'is not an id, a code or a day');
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Math.abs(value) >= NUMBER_LIMIT) refuse(where, 'is not a small whole number');
    return canonical(value);
  }
  if (value === null || typeof value !== 'object') return canonical(value);
  if (depth === MAX_DEPTH) refuse(where, 'is nested too deeply');
  let out = '';
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) out += `${out === '' ? '' : ','}${textOf(item, where, depth + 1)}`;
    return `[${out}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) refuse(where, 'is not a plain object');
  // The default sort order is by UTF-16 code unit, as RFC 8785 section 3.2.3 requires.
  for (const name of Object.keys(value).sort()) {
    const member = (value as { readonly [member: string]: Json | undefined })[name];
    if (!isMemberName(name)) refuse(where, 'has a member whose name is not a code');
    if (member !== undefined)
      out += `${out === '' ? '' : ','}"${name}":${textOf(member, `${where}.${name}`, depth + 1)}`;
  }
  return `{${out}}`;
}

/** The canonical text of an entry. Throws TypeError, naming the member and never its value, when it holds anything but ids, codes, days and small numbers. */
export function entryText(entry: LogEntry): string {
  const text = textOf(entry, 'entry', 0);
  if (text.length > MAX_ENTRY_BYTES) refuse('entry', 'is too long');
  return text;
}

/** The entry of a line of the log; null when the line holds none, such as a line that is cut short. Entries of earlier versions pass too. */
export function readEntry(line: string): LogEntry | null {
  try {
    const entry = JSON.parse(line) as Partial<LogEntry> | null;
    const { id, at, action, actor, principal } = entry ?? {};
    const is =
      isId(id) &&
      (principal === undefined || isId(principal)) &&
      [at, action, actor].every((text) => typeof text === 'string') &&
      !Number.isNaN(Date.parse(at!));
    return is ? (entry as LogEntry) : null;
  } catch {
    return null;
  }
}
