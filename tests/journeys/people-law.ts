// The office of the random histories of people as the model keeps it: what has happened, and what a few lines that share nothing with the rules say
// the law makes of it (16 to 18, 20 to 22, 30, 35).

import { addDays, type Day } from '../../src/base/day.ts';
import { type Sekisho } from '../../src/client.ts';
import { type ConsentGiver } from '../../src/law/index.ts';
import { standingClock } from '../../src/platform/clock.ts';

export const clock = standingClock('2026-12-07T10:00:00+09:00');
export const today = (): Day => clock.today();

// ---- what has happened, as the model keeps it

export const codes = ['name', 'name_kana', 'email', 'phone', 'note', 'wheelchair'] as const;
export type Code = (typeof codes)[number];
/** Special care-required (2(3)). */
export const CARE = 'wheelchair';
export const purposes = ['P1', 'P2', 'P3', 'P5'] as const;
export type Purpose = (typeof purposes)[number];
/** Purposes that every version of the policy states; P5 comes and goes. */
export const lasting = ['P1', 'P2', 'P3'] as const;

export interface Holding {
  id: string;
  name: string;
  version: number;
  purposes: readonly Purpose[];
  items: readonly Code[];
  channels: readonly string[];
  retired: boolean;
  changes: { id: string; from: string; to: string }[];
  /** Changes that have ended. */
  ended: { from: string; to: string }[];
}

/** Where it is easy to be wrong. Each walk begins with openings that lead there, and the test asserts that all were met. */
export const situations = [
  'another value is not used for what only the one before was given for',
  'what is added by a correction is not used for what only some items were given for',
  'a changed purpose is used',
  'a changed purpose does not work backwards',
  'a change of purpose that has ended is not used',
  'a purpose begins at midnight',
  'a purpose ends at midnight',
  'an address is still taken after the first who had it is erased',
  'an address is still taken after the one it passed to has another',
  'an address is free once all who had it are gone',
  'a consent is used',
  'a withdrawn consent is not used',
  'a consent that an objection ended is not used',
  'a consent on record lets special care-required information in',
  'a withdrawn consent lets no special care-required information in',
  'an objection stops a use',
  'a use goes on after an objection was taken back',
  'a stop that was granted stops a use',
  'nobody hands anything over in writing without being shown the purpose',
] as const;
export type Situation = (typeof situations)[number];
export const ANOTHER = 'another value is not used for what only the one before was given for';
export const ADDED = 'what is added by a correction is not used for what only some items were given for';
export const met = new Set<Situation>();
export const meet = (all: readonly Situation[]): void => all.forEach((one) => met.add(one));

/** A value with the purposes the person was told of for it, and those that a former value or another item alone was given for. */
interface Item {
  value: string;
  for: readonly string[];
  not?: { for: readonly string[]; met: Situation };
}

/** What one holding keeps of a person. */
export interface Kept {
  version: number;
  items: Map<Code, Item>;
}

export const texts = {
  other: { for: 'use', purposes: ['P2'], items: ['name', 'email', 'phone'] },
  notes: { for: 'use', purposes: ['P1', 'P3'], items: ['name', 'email', 'note'] },
  care: { for: 'care', purposes: ['P1', 'P3'], items: [CARE] },
} as const satisfies Record<string, { for: 'use' | 'care'; purposes: readonly Purpose[]; items: readonly Code[] }>;
export type TextName = keyof typeof texts;
export const textNames = Object.keys(texts) as TextName[];

export interface Person {
  id: string;
  /** By id of the holding; empty once the person is erased. */
  kept: Map<string, Kept>;
  erased: { items: number; holdings: string[]; entry: string } | null;
  consents: { id: string; text: TextName; on: Day; by: ConsentGiver; withdrawnOn: Day | null }[];
  /** Null: to every use. */
  objections: { id: string; purpose: string | null; on: Day }[];
  /** Objections that were taken back. */
  retracted: { purpose: string | null }[];
  stops: { of: readonly string[] | null; from: Day }[];
  /** Until when each record under 30 is kept. */
  receipts: Day[];
  /** Ids of all log entries about the person, the oldest first. */
  entries: string[];
}

export interface World {
  n: number;
  /** May handle everything, or only what is for P3. */
  clients: Record<'all' | 'narrow', Sekisho>;
  until: Day;
  holdings: Holding[];
  people: Person[];
  texts: Record<TextName, { code: string; version: number }>;
  /** By holding and e-mail address: whose it is, the others being named as sharers, and how it passed to them; null: nobody’s any more. */
  addresses: Map<string, { of: Person; passed: Situation | null } | null>;
  /** Every value that was ever sent: none may stand anywhere in clear. */
  values: Set<string>;
}

/** Versions of the policy by their first day; `P5`: whether it states that purpose. */
export const policies: { from: Day; P5: boolean }[] = [{ from: clock.today(), P5: false }];
export const isStated = (purpose: string): boolean =>
  purpose !== 'P5' || policies.findLast(({ from }) => from <= today())!.P5;

// ---- what the law makes of it

type Answer = 'yes' | 'no' | 'unknown';
export interface Law {
  answer: Answer;
  /** Grounds that the answer names. */
  on: readonly string[];
}
const worst = (...all: Law[]): Law => {
  const answer = (['no', 'unknown'] as const).find((one) => all.some((law) => law.answer === one)) ?? 'yes';
  return { answer, on: all.filter((law) => law.answer === answer).flatMap(({ on }) => on) };
};

/** An objection to everything or to a purpose stops that use. */
const reaching = ({ objections }: Person, purpose: string): Person['objections'] =>
  objections.filter((one) => one.purpose === null || one.purpose === purpose);

function covers(text: TextName, of: 'use' | 'care', purpose: string, items: readonly string[]): boolean {
  const said: { for: string; purposes: readonly string[]; items: readonly string[] } = texts[text];
  return said.for === of && said.purposes.includes(purpose) && items.every((item) => said.items.includes(item));
}

/** 16: consents to just this that neither a withdrawal nor an objection has ended. A child's counts only once the officer has judged it. */
function consentTo(person: Person, of: 'use' | 'care', purpose: string, items: readonly string[]): Answer {
  const alive = person.consents.filter(
    ({ text, on, withdrawnOn }) =>
      covers(text, of, purpose, items) &&
      withdrawnOn === null &&
      !reaching(person, purpose).some((one) => one.on >= on),
  );
  if (alive.some(({ by }) => by === 'principal' || by === 'representative')) return 'yes';
  // Of a child, what was found out last counts.
  const last = alive.toSorted((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1)).at(-1);
  return last?.by === 'uncertain-child' ? 'unknown' : 'no';
}

/** 17(2), 18(1): held for this purpose, or for one that was changed to it, by one step. */
const serves = ({ purposes: of, changes }: Holding, held: readonly string[], purpose: string): boolean =>
  (of as readonly string[]).includes(purpose) &&
  held.some((one) => one === purpose || changes.some(({ from, to }) => from === one && to === purpose));

/** Consents are to what the first holding keeps. */
export const consentIn = (w: World, person: Person, h: Holding, items: readonly string[], purpose: string): Answer =>
  h === w.holdings[0] ? consentTo(person, 'use', purpose, items) : 'no';

/** Whether all of these items, or all that is held where none of them is, may be used for a purpose without the person's consent. */
export function isWithin(person: Person, h: Holding, items: readonly string[], purpose: string): boolean {
  const kept = person.kept.get(h.id);
  const all = [...(kept?.items ?? [])];
  const asked = all.filter(([code]) => items.includes(code));
  const held = (asked.length > 0 ? asked : all).map(([, one]) => one.for);
  return (h.purposes as readonly string[]).includes(purpose) && held.every((told) => serves(h, told, purpose));
}

const clause: Readonly<Record<string, string>> = { P1: '11', P2: '12', P3: '13', P5: '11' };

/** 18(1), 35(2), (6): what may be used for a purpose today. */
export function useLaw(w: World, person: Person, h: Holding, items: readonly string[], purpose: string): Law {
  const stopped = person.stops.some(({ of, from }) => from <= today() && (of === null || of.includes(purpose)));
  if (stopped) return { answer: 'no', on: ['APPI 35(2)'] };
  const consent = consentIn(w, person, h, items, purpose);
  if (consent === 'yes') return { answer: 'yes', on: ['APPI 18(1)'] };
  if (reaching(person, purpose).length > 0) return { answer: 'no', on: [`policy ${clause[purpose]}`] };
  if (isWithin(person, h, items, purpose)) return { answer: 'yes', on: ['APPI 18(1)'] };
  return { answer: consent, on: ['APPI 18(1)'] };
}

export interface Using {
  who: number;
  h: number;
  items: readonly Code[];
  purpose: Purpose;
}

/** What an answer about a use has shown. */
export function metInUse(person: Person, h: Holding, { items, purpose }: Using, law: Law): Situation[] {
  const asked = [...person.kept.get(h.id)!.items].filter(([code]) => items.includes(code)).map(([, item]) => item);
  const all = (is: (item: Item) => boolean): boolean => asked.length > 0 && asked.every(is);
  const no = law.answer === 'no' && law.on.includes('APPI 18(1)');
  const yes = law.answer === 'yes';
  const within = isWithin(person, h, items, purpose);
  const given = person.consents.filter(({ text }) => covers(text, 'use', purpose, items));
  const objected = law.on.some((one) => one.startsWith('policy'));
  const lost = (one: Situation): boolean =>
    no && all(({ not }) => not?.met === one && not.for.some((told) => serves(h, [told], purpose)));
  const shown: Partial<Record<Situation, boolean>> = {
    [ANOTHER]: lost(ANOTHER),
    [ADDED]: lost(ADDED),
    'a changed purpose is used': yes && within && all((item) => !item.for.includes(purpose)),
    'a changed purpose does not work backwards':
      no && all((item) => h.changes.some(({ from, to }) => from === purpose && item.for.includes(to))),
    'a change of purpose that has ended is not used':
      no && all((item) => h.ended.some(({ from, to }) => to === purpose && item.for.includes(from))),
    'a consent is used': yes && !within,
    'a withdrawn consent is not used': no && given.some(({ withdrawnOn }) => withdrawnOn !== null),
    'a consent that an objection ended is not used': objected && given.some(({ withdrawnOn }) => withdrawnOn === null),
    'an objection stops a use': objected && within,
    'a use goes on after an objection was taken back':
      yes && within && person.retracted.some((one) => one.purpose === null || one.purpose === purpose),
    'a stop that was granted stops a use': law.on.includes('APPI 35(2)') && within,
  };
  return situations.filter((one) => shown[one]);
}

/** What 20(2)(ii) and 18(3)(ii) ask beside the need. */
export type Difficult = boolean | null;
export const necessity = (difficult: Difficult): Answer => (difficult === null ? 'unknown' : difficult ? 'yes' : 'no');

export interface Acquiring {
  who: number | null;
  h: number;
  by: 'all' | 'narrow';
  channel: string;
  source: 'principal' | 'third-party' | 'public' | 'observed';
  placement: 'before-submit' | 'one-click-link' | 'none' | null;
  notice: 'clear' | 'partly' | 'urgent' | null;
  items: readonly (readonly [Code, number])[];
  purposes: readonly Purpose[];
  consent: 'given' | 'without-capacity' | 'uncertain-child' | 'less' | 'unsaid' | 'none' | 'unknown';
  exception: Difficult | 'no-claim';
  receipt: 'whole' | 'none' | 'unlawful' | 'unseen' | 'nameless';
  seen: 'right' | 'none' | 'stale';
  share: 'right' | 'none' | 'wrong';
  again: boolean;
  /** Only what the holding takes: most of what is drawn at random it would not. */
  fit: boolean;
}

type OnRecord = 'capable' | 'child' | 'unsure' | 'ended' | 'none';

/** 20(2): what is on record of a person's consent to the acquisition, for each purpose. */
export const onRecord = (person: Person | null, of: readonly string[]): OnRecord[] =>
  of.map((purpose) => {
    if (!person) return 'none';
    const consent = consentTo(person, 'care', purpose, [CARE]);
    if (consent !== 'no') return consent === 'yes' ? 'capable' : 'unsure';
    const covered = (texts.care.purposes as readonly string[]).includes(purpose);
    const said = person.consents.filter(({ text }) => covered && text === 'care');
    const objections = reaching(person, purpose);
    if (said.some(({ withdrawnOn, on }) => withdrawnOn === null && objections.every((one) => one.on < on)))
      return 'child';
    return said.length > 0 || objections.length > 0 ? 'ended' : 'none';
  });

/** The day of a consent that is stated. */
export const statedOn = (): Day => addDays(today(), -1);

/** Whether the person has since taken back what is stated, or asked that it stop. */
const isTakenBack = (person: Person | null, of: readonly string[]): boolean =>
  person !== null &&
  of.some(
    (purpose) =>
      onRecord(person, [purpose])[0] === 'ended' &&
      (reaching(person, purpose).some(({ on }) => on >= statedOn()) ||
        person.consents.some(
          ({ text, withdrawnOn }) => text === 'care' && withdrawnOn !== null && withdrawnOn >= statedOn(),
        )),
  );

export const isStatedWithDay = (said: Acquiring['consent']): boolean => said !== 'none' && said !== 'unknown';

/** The company’s own consent: what is stated with its day or, where that is not, what is on record. */
function ownConsent(person: Person | null, of: readonly string[], said: Acquiring['consent']): Answer | 'silent' {
  if (isStatedWithDay(said)) {
    if (said === 'without-capacity' || said === 'less' || isTakenBack(person, of)) return 'no';
    return said === 'given' ? 'yes' : 'unknown';
  }
  const known = onRecord(person, of);
  if (known.includes('ended') || known.includes('child')) return 'no';
  if (known.includes('unsure')) return 'unknown';
  if (known.every((one) => one === 'capable')) return 'yes';
  return said === 'none' ? 'silent' : 'unknown';
}

/** Whoever says that there is no consent is told of one on record. */
export function isContradicted(person: Person | null, { items, source, consent, purposes: of }: Acquiring): boolean {
  if (source === 'principal' || consent !== 'none' || !items.some(([code]) => code === CARE)) return false;
  return !onRecord(person, of).includes('ended') && ownConsent(person, of, 'none') !== 'silent';
}

/** What persons hand over themselves they consent to, unless they cannot judge it (guideline 2-16, 3-3-2). */
function handedOver({ consent: said }: Acquiring): Law {
  if (said === 'uncertain-child') return { answer: 'unknown', on: ['APPI 20(2)'] };
  return { answer: said === 'without-capacity' ? 'no' : 'yes', on: ['APPI 20(2)'] };
}

/** 20(2): consent, an item of the law, or the consent that the provider obtained where the company has none of its own. */
function careLaw(person: Person | null, one: Acquiring): Law {
  if (one.source === 'principal') return handedOver(one);
  const own = ownConsent(person, one.purposes, one.consent);
  if (own === 'yes') return { answer: 'yes', on: ['APPI 20(2)'] };
  const item = one.exception === 'no-claim' ? 'no' : necessity(one.exception);
  if (item === 'yes') return { answer: 'yes', on: ['APPI 20(2)(ii)'] };
  const theirs = own === 'silent' && one.source === 'third-party';
  if (theirs && one.receipt === 'whole') return { answer: 'yes', on: ['APPI 20(2)'] };
  // What comes by entrustment or joint use needs none (viii), and nobody has said on what basis it came.
  const unnamed = one.source === 'third-party' && one.receipt === 'none';
  const open = own === 'unknown' || item === 'unknown' || unnamed;
  return { answer: open ? 'unknown' : 'no', on: ['APPI 20(2)'] };
}

const written = (channel: string): boolean => ['web-form', 'paper'].includes(channel);

/** 21(1), (2), (4): what is handed over in writing is preceded by its purpose. */
function noticeLaw({ source, channel, placement, notice }: Acquiring): Law {
  if (source !== 'principal' || !written(channel)) return { answer: 'yes', on: ['APPI 21(1)'] };
  if (placement === 'before-submit' || placement === 'one-click-link') return { answer: 'yes', on: ['APPI 21(2)'] };
  if (notice === 'urgent') return { answer: 'yes', on: ['APPI 21(2) proviso'] };
  if (notice === 'clear') return { answer: 'yes', on: ['APPI 21(4)(iv)'] };
  return { answer: placement === null ? 'unknown' : 'no', on: ['APPI 21(2)'] };
}

/** 20(1), 30(1): what a third party gives is checked. */
function receiptLaw({ source, receipt }: Acquiring): Law {
  if (source !== 'third-party') return { answer: 'yes', on: [] };
  if (receipt === 'unlawful') return { answer: 'no', on: ['APPI 20(1)'] };
  if (receipt === 'unseen') return { answer: 'no', on: ['APPI 30(1)'] };
  return receipt === 'whole' ? { answer: 'yes', on: ['APPI 30(1)'] } : { answer: 'unknown', on: [] };
}

export const acquireLaw = (person: Person | null, one: Acquiring): Law =>
  worst(
    receiptLaw(one),
    noticeLaw(one),
    one.items.some(([code]) => code === CARE) ? careLaw(person, one) : { answer: 'yes', on: [] },
  );

/** What an answer about an acquisition has shown; `law`: the law refused it, or made it rest on this. */
export function metInAcquiring(person: Person | null, one: Acquiring, law: Law): Situation[] {
  const onForm = law.answer === 'no' && law.on.includes('APPI 21(2)');
  const stated = isStatedWithDay(one.consent) || one.source === 'principal';
  const care = !stated && one.items.some(([code]) => code === CARE) && law.on.includes('APPI 20(2)');
  const known = care ? onRecord(person, one.purposes) : [];
  const withdrew = person?.consents.some(({ text, withdrawnOn }) => text === 'care' && withdrawnOn !== null);
  const shown: Partial<Record<Situation, boolean>> = {
    'nobody hands anything over in writing without being shown the purpose': onForm && one.placement === 'none',
    'a consent on record lets special care-required information in':
      law.answer === 'yes' && care && known.every((some) => some === 'capable'),
    'a withdrawn consent lets no special care-required information in':
      law.answer === 'no' && withdrew === true && known.includes('ended'),
  };
  return situations.filter((some) => shown[some]);
}
