// What the log says became of a person, in the words of the API, as far as a system may be told. Pure. Leaves out who did it, why and on what
// grounds, and contains no value of any person.

import { ERASURE, type Json, type LogEntry } from '../../../log/index.ts';
import type { ObjectionScope } from '../../consent/index.ts';

/** What can become of a person. `stopped`: the desk granted their request to stop a use or a provision. */
export const happenings = [
  'acquired',
  'corrected',
  'erased',
  'linked',
  'unlinked',
  'consent-given',
  'consent-withdrawn',
  'objected',
  'stopped',
  'objection-taken-back',
] as const;
export type Happening = (typeof happenings)[number];

/** The happening of each action. */
const saidBy: Readonly<Record<string, (entry: LogEntry) => Happening>> = {
  'people:acquire': () => 'acquired',
  'people:correct': () => 'corrected',
  [ERASURE]: () => 'erased',
  // After a restore: erases a person again, or the items that a correction had taken out.
  'people:erase-again': ({ taken_out: items }) => (items === undefined ? 'erased' : 'corrected'),
  'people:link': () => 'linked',
  'people:unlink': () => 'unlinked',
  'consent:record': () => 'consent-given',
  'consent:withdraw': () => 'consent-withdrawn',
  'consent:object': ({ request }) => (request === undefined ? 'objected' : 'stopped'),
  'consent:retract-objection': () => 'objection-taken-back',
};

export const followedActions = Object.keys(saidBy);

/** What one entry says about one id. */
export interface Change {
  /** The id of the entry. */
  entry: string;
  at: string;
  what: Happening;
  principal: string;
  /** The holdings of the entry, or else those that keep the person or kept them until they were erased; only those that the caller is told of. */
  holdings: string[];
  /** Null: not about purposes, or about every purpose. */
  purposes: string[] | null;
  consent: string | null;
  text: { code: string; version: number } | null;
  scope: ObjectionScope | null;
  recipient: string | null;
  /** Null also for an id that the caller is not told of. */
  same_as: string | null;
}

/** The scope of an objection. */
interface Objected {
  scope: ObjectionScope;
  purpose: string | null;
  recipient_id: string | null;
}

/** What is on record about the people in the entries, by id. */
export interface OnRecord {
  /** The holdings that keep a person, or kept them until they were erased. */
  kept: ReadonlyMap<string, readonly string[]>;
  /** The other ids of the same person. */
  others: ReadonlyMap<string, readonly string[]>;
  texts: ReadonlyMap<string, { code: string; version: number; purposes: readonly string[] }>;
  objections: ReadonlyMap<string, Objected>;
}

/** What the caller may be told: of a person in a holding, and about purposes. */
export interface Told {
  of(holding: string, principal: string): boolean;
  about(purposes: readonly string[]): boolean;
}

type Details = Pick<Change, 'purposes' | 'consent' | 'text' | 'scope' | 'recipient'>;

const nothing: Details = { purposes: null, consent: null, text: null, scope: null, recipient: null };

const textsIn = (...values: (Json | undefined)[]): string[] =>
  values.flat().filter((value): value is string => typeof value === 'string');

const isOfConsent = ({ action }: LogEntry): boolean => action.startsWith('consent:');

const objectedIn = ({ scope, purpose, recipient }: LogEntry): Objected => ({
  scope: scope as ObjectionScope,
  purpose: textsIn(purpose)[0] ?? null,
  recipient_id: textsIn(recipient)[0] ?? null,
});

/** The details of an entry, its own or from the text or objection that it names; null where that is lost. */
function detailsOf(entry: LogEntry, { texts, objections }: OnRecord): Details | null {
  if (entry.action === 'people:acquire') return { ...nothing, purposes: textsIn(entry.purposes) };
  if (!isOfConsent(entry)) return nothing;
  if (entry.scope === undefined) {
    const text = texts.get(String(entry.text));
    const consent = entry.action === 'consent:record' ? entry.id : String(entry.consent);
    return text
      ? { ...nothing, consent, purposes: [...text.purposes], text: { code: text.code, version: text.version } }
      : null;
  }
  const objected = entry.action === 'consent:object' ? objectedIn(entry) : objections.get(String(entry.objection));
  if (!objected) return null;
  const { scope, purpose, recipient_id: recipient } = objected;
  return { ...nothing, scope, purposes: purpose === null ? null : [purpose], recipient };
}

/**
 * The part of an entry that the caller is told: the caller must be told of one of the person's holdings and, for a consent or objection, of its
 * purposes.
 */
export function changesIn(entry: LogEntry, known: OnRecord, told: Told): Change[] {
  const { action, at, principal: id = '' } = entry;
  const details = detailsOf(entry, known);
  if (!details || (isOfConsent(entry) && details.purposes && !told.about(details.purposes))) return [];
  const named = isOfConsent(entry) ? [] : textsIn(entry.holding, entry.holdings);
  const toldOf = (one: string): string[] =>
    (named.length > 0 ? named : (known.kept.get(one) ?? [])).filter((holding) => told.of(holding, one));
  const [other] = textsIn(entry.other);
  const sameAs = other !== undefined && toldOf(other).length > 0 ? other : null;
  // An objection under one id applies to every other id of the same person.
  const ids = details.scope === null ? [id] : [id, ...(known.others.get(id) ?? [])];
  return ids.flatMap((principal): Change[] => {
    const holdings = toldOf(principal);
    const what = saidBy[action]!(entry);
    return holdings.length === 0
      ? []
      : [{ entry: entry.id, at, what, principal, holdings, ...details, same_as: sameAs }];
  });
}

/** The ids, texts and objections that entries name. */
export function namedIn(all: readonly LogEntry[]): Record<'persons' | 'objecting' | 'texts' | 'objections', string[]> {
  return {
    persons: [...new Set(all.flatMap(({ principal, other }) => textsIn(principal, other)))],
    objecting: all.flatMap(({ scope, principal }) => (scope === undefined ? [] : textsIn(principal))),
    texts: all.filter(isOfConsent).flatMap(({ text }) => textsIn(text)),
    objections: all.flatMap(({ objection }) => textsIn(objection)),
  };
}
