// How a person stands to a handling on a day: what they consented to, and what ended it. Pure.

import type { Day } from '../../../base/day.ts';
import type { Consent, ForeignInformationFacts, RecordedGiver } from '../../../law/index.ts';
import type { ConsentRow, ObjectionRow, RetractionRow, TextRow, WithdrawalRow } from '../tables.ts';
import type { ConsentKind, Moment } from './consent.ts';

/** A handling that a consent may be needed for. */
export interface ConsentScope {
  for: 'use' | 'special-care' | 'provision' | 'linking';
  holding: string;
  /** Codes of items. */
  items: readonly string[];
  purpose: string;
  /** Id of a recipient; null where nothing is handed over. */
  recipient: string | null;
  /** True when the consent must be one to a provision abroad (28(1)). */
  abroad: boolean;
  /** Country the recipient is in now, alpha-2. A person who was shown another country was not told of this one. */
  country?: string | undefined;
}

export interface ConsentAsk extends ConsentScope {
  principal: string;
}

/** The kinds of consent that can cover a handling; the law says whether a consent at home is enough. */
export const kindsFor: Record<ConsentScope['for'], readonly ConsentKind[]> = {
  use: ['use'],
  'special-care': ['special-care'],
  provision: ['provision', 'provision-abroad'],
  linking: ['linking'],
};

/** Everything on record of one person. */
export interface History {
  consents: readonly (ConsentRow & { text: TextRow })[];
  withdrawals: readonly WithdrawalRow[];
  objections: readonly ObjectionRow[];
  retractions: readonly RetractionRow[];
}

/** What has ended, or may have ended, consents. */
export type Ends = Pick<History, 'withdrawals' | 'objections' | 'retractions'>;

export interface ConsentStanding {
  /** As the law asks for it: the consent that covers most of the handling; null where there was never one of this kind. */
  consent: Consent | null;
  consentId: string | null;
  /** What was shown before a consent to a provision abroad. */
  foreignInformation: ForeignInformationFacts | null;
  /** Day of the last objection that reaches this handling and that no later consent takes back. */
  objectedOn: Day | null;
  /** Number of the person's withdrawals and objections of every kind when this was read. */
  ends: number;
}

/** True when an objection reaches a handling. */
const reaches = (o: ObjectionRow, { purpose, recipient }: Pick<ConsentScope, 'purpose' | 'recipient'>): boolean => {
  switch (o.scope) {
    case 'everything':
      return true;
    case 'provision':
      return recipient !== null;
    case 'purpose':
      return o.purpose === purpose;
    case 'recipient':
      return o.recipient_id === recipient;
  }
};

/** The objections in force, not retracted, at the end of a day; at this moment if no day is given. */
export const standingObjections = ({ objections, retractions }: Pick<Ends, 'objections' | 'retractions'>, on?: Day) => {
  const back = new Set(
    retractions.filter((r) => on === undefined || r.on_day <= on).map(({ objection_id }) => objection_id),
  );
  return objections.filter((o) => !back.has(o.id) && (on === undefined || o.on_day <= on));
};

/** True when an objection ends the consent: one of the same day does too, unless both instants are known and the consent is later. */
const isLater = (o: ObjectionRow, c: Pick<ConsentRow, 'given_on' | 'given_at'>): boolean =>
  o.on_day === c.given_on
    ? !(o.said_at !== null && c.given_at !== null && o.said_at < c.given_at)
    : o.on_day > c.given_on;

const earliest = (days: readonly Day[]): Day | undefined => days.toSorted()[0];

/**
 * The lower, the stronger the consent of this giver is in law (guideline 2-16). What somebody who could judge it consented to is not undone by what
 * they, or a child, did later without being able to. Of a child, what was found out last counts.
 */
const giverRank: Record<RecordedGiver, number> = {
  principal: 0,
  representative: 0,
  'uncertain-child': 1,
  'without-capacity': 1,
  // Last, so that a consent recorded anew counts in its place, whatever it says.
  uncertain: 2,
};

/** A consent and the day on which it ended, if it did. */
interface Consented {
  row: ConsentRow & { text: TextRow };
  endedOn: Day | undefined;
}

interface Candidate extends Consented {
  covers: { coversPurpose: boolean; coversItems: boolean; coversRecipient: boolean };
  abroad: boolean;
}

const missed = ({ covers, abroad }: Candidate, scope: ConsentScope): number =>
  Object.values(covers).filter((covered) => !covered).length + (scope.abroad && !abroad ? 1 : 0);

const byNumbers = (...pairs: [number, number][]): number =>
  pairs.map(([a, b]) => a - b).find((difference) => difference !== 0) ?? 0;

/** Orders consents that cover equally much: those in force first, then by giver, then the latest. */
const alikeReaching = (a: Consented, b: Consented): number =>
  byNumbers(
    [Number(a.endedOn !== undefined), Number(b.endedOn !== undefined)],
    [giverRank[a.row.given_by], giverRank[b.row.given_by]],
    [Date.parse(b.row.given_on), Date.parse(a.row.given_on)],
    [b.row.given_at?.getTime() ?? -Infinity, a.row.given_at?.getTime() ?? -Infinity].map((n) =>
      n === -Infinity ? Number.MIN_SAFE_INTEGER : n,
    ) as [number, number],
    [Number(a.row.id < b.row.id), Number(b.row.id < a.row.id)],
  );

/** Orders consents by how much of the handling they cover, the most first. */
const better = (scope: ConsentScope) => (a: Candidate, b: Candidate) =>
  byNumbers([missed(a, scope), missed(b, scope)], [alikeReaching(a, b), 0]);

function coverOf({ text }: ConsentRow & { text: TextRow }, scope: ConsentScope): Candidate['covers'] {
  const { holding, items, purpose, recipient } = scope;
  return {
    coversPurpose: text.purposes.includes(purpose),
    coversItems: text.holding_id === holding && items.every((code) => text.items.includes(code)),
    coversRecipient: recipient === null ? text.recipients.length === 0 : text.recipients.includes(recipient),
  };
}

const candidate = (given: Consented, scope: ConsentScope): Candidate => ({
  ...given,
  covers: coverOf(given.row, scope),
  abroad: given.row.text.abroad,
});

/** What was shown, as the law asks: told, told to be unknown and why, or not told. `now`: the recipient's present country. */
export function foreignInformationOf(
  text: TextRow,
  shownOn: Day | null,
  now: ConsentScope['country'],
): ForeignInformationFacts | null {
  if (!text.shown) return null;
  const told = (matter: object) => ('unknown' in matter ? ('unknown-told' as const) : ('told' as const));
  const { country, system, measures } = text.shown;
  const another = 'code' in country && now !== undefined && country.code !== now;
  return {
    ...(shownOn ? { on: shownOn } : {}),
    country: another ? 'not-told' : told(country),
    system: told(system),
    measures: told(measures),
  };
}

/** A person's statements until the end of a day about handlings of one kind for one purpose and recipient. */
interface Said {
  /** The consent that counts for each text: how much a consent covers depends only on its text. */
  consents: readonly Consented[];
  /** Objections that reach these handlings, the earliest first. */
  objections: readonly ObjectionRow[];
  /** Number of all withdrawals and objections of the history, of every kind and day. */
  ends: number;
}

type Handling = Pick<ConsentScope, 'for' | 'purpose' | 'recipient'>;

/** The consents of the kind that were given by the end of a day, each with what had ended it, and the objections. */
function givenOn(history: History, scope: Handling, on: Day): { given: Consented[]; objections: ObjectionRow[] } {
  const objections = standingObjections(history, on)
    .filter((o) => reaches(o, scope))
    .toSorted((a, b) => Date.parse(a.on_day) - Date.parse(b.on_day));
  const withdrawn = new Map(history.withdrawals.filter((w) => w.on_day <= on).map((w) => [w.consent_id, w.on_day]));
  const given = history.consents
    .filter((row) => row.given_on <= on && kindsFor[scope.for].includes(row.text.kind))
    .map((row) => {
      const ends = [objections.find((o) => isLater(o, row))?.on_day, withdrawn.get(row.id)];
      return { row, endedOn: earliest(ends.filter((end) => end !== undefined)) };
    });
  return { given, objections };
}

/** Ignores what happened after the day, except in `ends`. */
function saidOn(history: History, scope: Handling, on: Day): Said {
  const { given, objections } = givenOn(history, scope, on);
  const counting = new Map<TextRow, Consented>();
  for (const one of given) {
    const other = counting.get(one.row.text);
    if (!other || alikeReaching(one, other) < 0) counting.set(one.row.text, one);
  }
  const ends = history.withdrawals.length + history.objections.length;
  return { consents: [...counting.values()], objections, ends };
}

/** How a person stood to a handling at the end of a day. */
export const standingOn = (history: History, scope: ConsentScope, on: Day): ConsentStanding =>
  standingBy(saidOn(history, scope, on), scope);

function standingBy({ consents, objections, ends }: Said, scope: ConsentScope): ConsentStanding {
  const [best] = consents.map((given) => candidate(given, scope)).toSorted(better(scope));
  const anew = best && missed(best, scope) === 0 && !best.endedOn && giverRank[best.row.given_by] === 0;
  return {
    consent: best
      ? {
          givenBy: best.row.given_by,
          on: best.row.given_on,
          ...(best.endedOn ? { withdrawnOn: best.endedOn } : {}),
          ...best.covers,
          abroad: best.abroad,
        }
      : null,
    consentId: best?.row.id ?? null,
    foreignInformation: best ? foreignInformationOf(best.row.text, best.row.shown_on, scope.country) : null,
    objectedOn: anew ? null : (objections.at(-1)?.on_day ?? null),
    ends,
  };
}

/** The same for a use of items of one holding. A consent that does not cover every item does not count. */
export const standingForUse = (
  history: History,
  { purpose, ...ask }: Pick<ConsentScope, 'holding' | 'items' | 'purpose'>,
  on: Day,
): ReturnType<StandingForUse> => usesFor(history, purpose, on)(ask);

/** How a person stands to uses for one purpose, by holding and items. */
export type StandingForUse = (
  ask: Pick<ConsentScope, 'holding' | 'items'>,
) => Pick<ConsentStanding, 'consent' | 'consentId' | 'objectedOn' | 'ends'>;

/** The same for any number of uses for one purpose; the person's history is gone through once. */
export function usesFor(history: History, purpose: string, on: Day): StandingForUse {
  const of = { for: 'use', purpose, recipient: null, abroad: false } as const;
  const said = saidOn(history, of, on);
  return (ask) => {
    const { consent, consentId, objectedOn, ends } = standingBy(said, { ...of, ...ask });
    return consent?.coversItems
      ? { consent, consentId, objectedOn, ends }
      : { consent: null, consentId: null, objectedOn, ends };
  };
}

/** What remains of one consent: all of it, the part that no objection has reached, or nothing since a day. */
export type Remains = { state: 'stands' } | { state: 'partly' | 'ended'; on: Day };

/** Every purpose and recipient that a text names. */
const handlingsOf = ({ purposes, recipients }: TextRow): Pick<ConsentScope, 'purpose' | 'recipient'>[] =>
  purposes.flatMap((purpose) =>
    (recipients.length > 0 ? recipients : [null]).map((recipient) => ({ purpose, recipient })),
  );

/** For one purpose and recipient: the consent in force that counts, and why it does; null where none is in force. */
export interface Counting extends Pick<ConsentScope, 'purpose' | 'recipient'> {
  counts: {
    row: History['consents'][number];
    why: 'only' | 'giver' | 'later';
    /** The consent in force with which it is compared; null where there is none. */
    beside: History['consents'][number] | null;
    /** What casts doubt on it: another consent to the same that was withdrawn on its day or later. Null where there is none. */
    withdrawn: Withdrawn | null;
  } | null;
}

/** A consent that was withdrawn, and the day. */
export interface Withdrawn {
  row: History['consents'][number];
  on: Day;
}

type GivenConsent = Pick<ConsentRow, 'id' | 'given_on' | 'given_at'> & { text: TextRow };

/**
 * The last withdrawal, by the end of a day, of another consent that reached all of the handling, on the day of this consent or later. A withdrawal
 * ends one consent only. Where the person had given two, they may have meant both; and if this one is written down only now, nobody could ask.
 * `histories`: of every id of the person.
 */
function withdrawnSince(
  histories: readonly History[],
  one: GivenConsent,
  scope: ConsentScope,
  on: Day,
): Withdrawn | null {
  const rows = new Map(histories.flatMap(({ consents }) => consents).map((row) => [row.id, row]));
  const since = histories
    .flatMap(({ withdrawals }) => withdrawals)
    .flatMap(({ consent_id, on_day, at }) => {
      const row = rows.get(consent_id);
      const reached =
        row &&
        kindsFor[scope.for].includes(row.text.kind) &&
        missed(candidate({ row, endedOn: on_day }, scope), scope) === 0;
      const after = on_day > one.given_on || (on_day === one.given_on && !(one.given_at !== null && at < one.given_at));
      return reached && row.id !== one.id && after && on_day <= on ? [{ row, on: on_day }] : [];
    });
  return lastOf(since);
}

const lastOf = (withdrawn: readonly Withdrawn[]): Withdrawn | null =>
  withdrawn.toSorted((a, b) => Date.parse(b.on) - Date.parse(a.on))[0] ?? null;

/** All that a text lets be done, as scopes. */
function scopesOf(text: TextRow): ConsentScope[] {
  const { kind, abroad, holding_id: holding, items } = text;
  const reach = { for: kind === 'provision-abroad' ? 'provision' : kind, holding, items, abroad } as const;
  return handlingsOf(text).map((handling) => ({ ...reach, ...handling }));
}

/** The last withdrawal that casts doubt on a consent that is about to be recorded, for anything that its text covers. */
export const doubtOf = (histories: readonly History[], one: GivenConsent, on: Day): Withdrawn | null =>
  lastOf(scopesOf(one.text).flatMap((scope) => withdrawnSince(histories, one, scope, on) ?? []));

/**
 * Which consent counts on a day for all that the text of a consent covers, by purpose and recipient. `why` compares it with that consent or, where
 * that one counts, with the next: `giver`, the law gives more to the consent of its giver; `later`, it is the later of two that are alike in that;
 * `only`, no other is in force. `elsewhere`: what is on record under the person's other ids. Nothing of it counts, but what was withdrawn there casts
 * doubt.
 */
export function countingFor(
  history: History,
  of: History['consents'][number],
  on: Day,
  elsewhere: readonly History[] = [],
): Counting[] {
  return scopesOf(of.text).map((scope) => {
    const { purpose, recipient } = scope;
    const [best, ...others] = givenOn(history, scope, on)
      .given.filter((one) => one.endedOn === undefined && missed(candidate(one, scope), scope) === 0)
      .toSorted(alikeReaching);
    if (!best) return { purpose, recipient, counts: null };
    const other = best.row.id === of.id ? others[0] : others.find(({ row }) => row.id === of.id);
    const differ = other && giverRank[best.row.given_by] !== giverRank[other.row.given_by];
    const why = !other ? 'only' : differ ? 'giver' : 'later';
    const withdrawn = withdrawnSince([history, ...elsewhere], best.row, scope, on);
    return { purpose, recipient, counts: { row: best.row, why, beside: other?.row ?? null, withdrawn } };
  });
}

/**
 * What a consent is on a day: what remains of it, unless it allows nothing now. `behind`: for all that remains of it, another counts. `judged`: it
 * allows what the privacy officer judges its giver able to consent to. `nothing`: of its giver (guideline 2-16), or before its day, it is no basis.
 */
export type ConsentState = Remains | { state: 'behind' | 'judged' | 'nothing' };

/** Says it of a person's consents; which of them count is found once for each text. */
export function consentStates(history: History, on: Day): (of: History['consents'][number]) => ConsentState {
  const byText = new Map<string, Set<string>>();
  const countingBeside = (of: History['consents'][number]): Set<string> => {
    const ids = countingFor(history, of, on).flatMap(({ counts }) => counts?.row.id ?? []);
    byText.set(of.text.id, new Set(ids));
    return byText.get(of.text.id)!;
  };
  return (of) => {
    const remains = remainsOf(of, history);
    if (remains.state === 'ended') return remains;
    const counting = byText.get(of.text.id) ?? countingBeside(of);
    // None counts where the clock was ahead when it was recorded, and its day has not come.
    if (!counting.has(of.id)) return { state: counting.size > 0 ? 'behind' : 'nothing' };
    if (giverRank[of.given_by] === 0) return remains;
    return { state: of.given_by === 'uncertain-child' ? 'judged' : 'nothing' };
  };
}

/** The consents that an objection ends, in whole or in part. */
export const endedBy = (objection: ObjectionRow, consents: History['consents']): History['consents'] =>
  consents.filter((one) => isLater(objection, one) && handlingsOf(one.text).some((of) => reaches(objection, of)));

/** Orders moments; on the same day, a known hour comes before an unknown one. */
const byMoment = (a: Moment, b: Moment): number =>
  Date.parse(a.on) - Date.parse(b.on) || (a.at ?? Infinity) - (b.at ?? Infinity) || 0;

/** Every purpose and recipient that a consent names, with the moment each ended. */
export function partsOf(
  consent: GivenConsent,
  ends: Ends,
): (Pick<ConsentScope, 'purpose' | 'recipient'> & { ended: Moment | null })[] {
  const withdrawals = ends.withdrawals.filter((w) => w.consent_id === consent.id);
  const withdrawn = withdrawals.map(({ on_day }): Moment => ({ on: on_day, at: null }));
  const later = standingObjections(ends).filter((o) => isLater(o, consent));
  return handlingsOf(consent.text).map((handling) => {
    const objected = later.filter((o) => reaches(o, handling));
    const all = [...withdrawn, ...objected.map((o): Moment => ({ on: o.on_day, at: o.said_at?.getTime() ?? null }))];
    return { ...handling, ended: all.toSorted(byMoment)[0] ?? null };
  });
}

/** The moments at which parts of a consent ended, each once, the earliest first. */
export const endsOf = (parts: ReturnType<typeof partsOf>): Moment[] =>
  parts
    .flatMap(({ ended }) => ended ?? [])
    .toSorted(byMoment)
    .filter((end, i, all) => i === 0 || byMoment(all[i - 1]!, end) !== 0);

/** What remains of a consent, over every purpose and recipient it names. */
export function remainsOf(consent: GivenConsent, ends: Ends): Remains {
  const parts = partsOf(consent, ends);
  const ended = endsOf(parts);
  if (ended.length === 0) return { state: 'stands' };
  return parts.every((part) => part.ended !== null)
    ? { state: 'ended', on: ended.at(-1)!.on }
    : { state: 'partly', on: ended[0]!.on };
}
