// What a consent reaches, what ends it, and what must be true of a text, a consent and an objection before they are written (APPI 18(1), 20(2),
// 27(1), 28, 31; Rules 17). Pure: input → problems; rows of one person → how the person stands to a handling on a day.

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { dayOf, type Day } from '../../base/day.ts';
import type { FieldProblem } from '../../base/outcome.ts';
import { isLonger } from '../../base/text.ts';
import {
  showsRepresentative,
  type Consent,
  type ConsentGiver,
  type ForeignInformationFacts,
  type RecordedGiver,
  type Represented,
} from '../../law/index.ts';
import type { ConsentRow, ObjectionRow, RetractionRow, TextRow, WithdrawalRow } from './tables.ts';

/** Kinds of consent: use beyond the purpose 18(1), acquisition 20(2), provision 27(1), provision abroad 28(1), linking 31(1). */
export const consentKinds = ['use', 'special-care', 'provision', 'provision-abroad', 'linking'] as const;
export type ConsentKind = (typeof consentKinds)[number];

export const methods = ['web-form', 'paper', 'e-mail', 'oral'] as const;
export type Method = (typeof methods)[number];

export const langs = ['ja', 'en'] as const satisfies readonly Lang[];

export const representativeRelations = ['parent', 'guardian-of-minor', 'guardian-of-adult'] as const;
export const representativePapers = ['family-register', 'resident-record', 'guardianship-record', 'other'] as const;

/** The kind of person for whom each of them acts by law. */
const representedBy: Record<(typeof representativeRelations)[number], Represented> = {
  parent: 'minor',
  'guardian-of-minor': 'minor',
  'guardian-of-adult': 'adult-ward',
};

/** The relation of the representative who consented for the person, and the paper that showed it. */
export interface Representative {
  relation: (typeof representativeRelations)[number];
  checked: (typeof representativePapers)[number];
}

/** Free words about a consent or its end, which may name people. */
export interface Remarks {
  /** How an oral consent was received. */
  note?: string;
  /** Where the evidence is. */
  evidence?: string;
  /** Why an objection was taken back. */
  reason?: string;
}

export type Wording = Partial<Record<Lang, string>>;

/** The three matters of 28(2) and Rules 17 as the text shows them. For an unknown matter it says so, with the reason and what else helps. */
export interface Shown {
  country: { code: string } | { unknown: Bilingual };
  /** The version number of the report on the country, or a text of its own where there is no report. */
  system: { report: number } | { text: Bilingual } | { unknown: Bilingual };
  measures: { text: Bilingual } | { unknown: Bilingual };
}

export const objectionScopes = ['everything', 'provision', 'purpose', 'recipient'] as const;
export type ObjectionScope = (typeof objectionScopes)[number];

/** A day, and the instant in milliseconds since the epoch where it is known. */
export interface Moment {
  on: Day;
  at: number | null;
}

/** A version of a text with the days it is in use: from the first, before the second. */
export interface Text extends TextRow {
  from_day: Day | null;
  until_day: Day | null;
}

export type TextState = 'draft' | 'coming' | 'in-force' | 'superseded';

export function textState({ from_day, until_day }: Pick<Text, 'from_day' | 'until_day'>, on: Day): TextState {
  if (from_day === null) return 'draft';
  if (on < from_day) return 'coming';
  return until_day === null || on < until_day ? 'in-force' : 'superseded';
}

// ---- how a person stands to a handling

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

/** The lower, the stronger the consent of this giver is in law (guideline 2-16). */
const giverRank: Record<RecordedGiver, number> = {
  principal: 0,
  representative: 0,
  'uncertain-child': 1,
  'without-capacity': 2,
  // Last, so that a consent recorded anew counts in its place, whatever it says.
  uncertain: 3,
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

/** Ignores what happened after the day, except in `ends`. */
function saidOn(history: History, scope: Pick<ConsentScope, 'for' | 'purpose' | 'recipient'>, on: Day): Said {
  const objections = standingObjections(history, on)
    .filter((o) => reaches(o, scope))
    .toSorted((a, b) => Date.parse(a.on_day) - Date.parse(b.on_day));
  const withdrawn = new Map(history.withdrawals.filter((w) => w.on_day <= on).map((w) => [w.consent_id, w.on_day]));
  const counting = new Map<TextRow, Consented>();
  for (const row of history.consents) {
    if (row.given_on > on || !kindsFor[scope.for].includes(row.text.kind)) continue;
    const ends = [objections.find((o) => isLater(o, row))?.on_day, withdrawn.get(row.id)];
    const given = { row, endedOn: earliest(ends.filter((end) => end !== undefined)) };
    const other = counting.get(row.text);
    if (!other || alikeReaching(given, other) < 0) counting.set(row.text, given);
  }
  const ends = history.withdrawals.length + history.objections.length;
  return { consents: [...counting.values()], objections, ends };
}

/** How a person stood to a handling at the end of a day. */
export const standingOn = (history: History, scope: ConsentScope, on: Day): ConsentStanding =>
  standingBy(saidOn(history, scope, on), scope);

function standingBy({ consents, objections, ends }: Said, scope: ConsentScope): ConsentStanding {
  const [best] = consents
    .map((given): Candidate => ({ ...given, covers: coverOf(given.row, scope), abroad: given.row.text.abroad }))
    .toSorted(better(scope));
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

/** The consents that an objection ends, in whole or in part. */
export const endedBy = (objection: ObjectionRow, consents: History['consents']): History['consents'] =>
  consents.filter((one) => isLater(objection, one) && handlingsOf(one.text).some((of) => reaches(objection, of)));

type Ended = Pick<ConsentRow, 'id' | 'given_on' | 'given_at'> & { text: TextRow };

/** Orders moments; on the same day, a known hour comes before an unknown one. */
const byMoment = (a: Moment, b: Moment): number =>
  Date.parse(a.on) - Date.parse(b.on) || (a.at ?? Infinity) - (b.at ?? Infinity) || 0;

/** Every purpose and recipient that a consent names, with the moment each ended. */
export function partsOf(
  consent: Ended,
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
export function remainsOf(consent: Ended, ends: Ends): Remains {
  const parts = partsOf(consent, ends);
  const ended = endsOf(parts);
  if (ended.length === 0) return { state: 'stands' };
  return parts.every((part) => part.ended !== null)
    ? { state: 'ended', on: ended.at(-1)!.on }
    : { state: 'partly', on: ended[0]!.on };
}

// ---- what is written

export const says = {
  text: both('この文面はありません', 'There is no such text'),
  notInForce: both('この版は、その日には使っていません', 'This version is not in use on that day'),
  language: both('この版は、その言語で示していません', 'This version is not offered in that language'),
  future: both('今日より後の日は書けません', 'It cannot be later than today'),
  ahead: both(
    'いまより後の時刻は書けません。送った側の時計が進んでいないかを確かめてください',
    'The time cannot be in the future. Check that the clock of the sender is not fast',
  ),
  channel: both('施行中の方針にない入手の方法です', 'The policy in force does not state this way of acquisition'),
  representative: both(
    '法定代理人との関係と、確かめた書類を選んでください',
    'Choose the relation of the legal representative and the document that was checked',
  ),
  lawful: both(
    '選んだ書類では、法定代理人だと分かりません。親権や未成年後見は戸籍や住民票で、成年後見は登記事項証明書で確かめます',
    'The document you chose does not show who the legal representative is. Check parents and guardians of minors by a family register or a resident record, and guardians of adults by a certificate of registered guardianship',
  ),
  noRepresentative: both('法定代理人が同意したときだけ書きます', 'Only if a legal representative consented'),
  evidence: both('証拠の置き場所を書いてください', 'Write where the evidence is kept'),
  note: both(
    '口頭のときは、だれが、どのように同意を聞いたかを書いてください',
    'For oral consent, write who heard it and how',
  ),
  personal: both(
    '個人情報は書けません。メールアドレスや、電話番号などの長い数字を除いてください',
    'No personal information: remove e-mail addresses and long numbers such as telephone numbers',
  ),
  shown: both(
    '外国についての情報を示した日が要ります',
    'The day on which the information on the country was shown is needed',
  ),
  notShown: both('外国への提供の文面ではありません', 'This text is not for a provision abroad'),
  shownLate: both(
    '情報を示す前の同意です。示してから、改めて同意を得てください（法28条2項）',
    'The consent was given before the information was shown. Show it, then ask for consent again (APPI Art. 28(2))',
  ),
  beforeGiven: both('同意した日より前です', 'That is before the consent was given'),
  recipient: both('この提供先はありません', 'There is no such recipient'),
  reason: both('取り消す理由を書いてください', 'Write why it is taken back'),
  purpose: both('施行中の方針にない目的です', 'The policy in force does not state this purpose'),
  onlyPurpose: both('ある目的での利用をやめるときだけ選んでください', 'Choose this only to stop use for one purpose'),
  onlyRecipient: both(
    'ある提供先への提供をやめるときだけ選んでください',
    'Choose this only to stop providing to one recipient',
  ),
} satisfies Record<string, Bilingual>;

/** E-mail addresses, numbers written like telephone numbers or My Numbers, and long runs of digits. Ids of records do not match. */
const personal = [
  /[^\s@]@[^\s@]/,
  /\d{9,}/,
  /(?<!\d)0\d{1,4}[-\s()]{1,2}\d{1,4}[-\s()]{1,2}\d{3,4}(?!\d)/,
  /(?<!\d)\d{4}[-\s]\d{4}[-\s]\d{4}(?!\d)/,
];
const id = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;

/** True when a reference or a note contains one of these. */
export function tellsOfPerson(text: string): boolean {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/[‐‑‒–—―−ー]/g, '-')
    .replaceAll(id, '');
  return personal.some((form) => form.test(plain));
}

const notPersonal = (field: string, text: string | null): FieldProblem[] =>
  text !== null && tellsOfPerson(text) ? [{ field, says: says.personal }] : [];

/** A consent about to be recorded, by a known person and to a known text. */
export interface Given {
  language: Lang;
  given: Moment;
  givenBy: ConsentGiver;
  representative: Representative | null;
  /** Id of one of the policy's ways of acquisition. */
  channel: string;
  method: Method;
  note: string | null;
  /** Where the evidence is, such as the number of a folder. */
  evidence: string | null;
  /** Abroad: when the information of 28(2) was shown. */
  shown: Moment | null;
}

export interface Today {
  today: Day;
  now: number;
}

/** The field in which a moment was stated: that of the instant, if one was given. */
export const statedIn = (on: string, at: string, moment: Moment | null): string => (moment?.at == null ? on : at);

/** The problem of a moment later than now, at its field. */
export const futureProblems = (field: string, { on, at }: Moment, { today, now }: Today): FieldProblem[] =>
  on > today || (at !== null && at > now) ? [{ field, says: at === null ? says.future : says.ahead }] : [];

/** Reads a moment stated as a day, as an instant (whose day in Japan then counts), or as both, which must agree; null if absent or contradictory. */
export function momentOf(on: Day | null, at: number | null): Moment | null {
  if (at === null) return on && { on, at };
  return on === null || on === dayOf(at) ? { on: dayOf(at), at } : null;
}

/** On the same day, the instants decide if both are known. */
const shownBefore = (shown: Moment, given: Moment): boolean =>
  shown.on < given.on || (shown.on === given.on && !(shown.at !== null && given.at !== null && shown.at > given.at));

function shownProblems({ shown, given }: Given, abroad: boolean): FieldProblem[] {
  const field = statedIn('shown_on', 'shown_at', shown);
  if (!abroad) return shown ? [{ field, says: says.notShown }] : [];
  if (!shown) return [{ field, says: says.shown }];
  return shownBefore(shown, given) ? [] : [{ field, says: says.shownLate }];
}

function representativeProblems({ givenBy, representative }: Given): FieldProblem[] {
  if (givenBy !== 'representative')
    return representative ? [{ field: 'representative', says: says.noRepresentative }] : [];
  if (!representative) return [{ field: 'representative', says: says.representative }];
  const { relation, checked } = representative;
  return showsRepresentative(representedBy[relation], [checked])
    ? []
    : [{ field: 'representative.checked', says: says.lawful }];
}

/** Problems of a consent's own fields, before it is checked against the days of its text. */
export function givenProblems(
  asked: Given,
  text: Pick<TextRow, 'abroad' | 'wording'>,
  channels: { has(id: string): boolean },
  today: Today,
): FieldProblem[] {
  const { method, evidence, note, language } = asked;
  const problems: FieldProblem[] = [];
  if (!text.wording[language]) problems.push({ field: 'language', says: says.language });
  const given = statedIn('given_on', 'given_at', asked.given);
  problems.push(...futureProblems(given, asked.given, today), ...representativeProblems(asked));
  if (!channels.has(asked.channel)) problems.push({ field: 'channel', says: says.channel });
  if (method === 'oral' && note === null) problems.push({ field: 'note', says: says.note });
  if (method !== 'oral' && evidence === null) problems.push({ field: 'evidence', says: says.evidence });
  problems.push(...notPersonal('note', note), ...notPersonal('evidence', evidence));
  problems.push(...shownProblems(asked, text.abroad));
  return problems;
}

/** Problems of the reason for retracting an objection: it says what was wrong with the record, and nothing personal. */
export const retractionProblems = (reason: string): FieldProblem[] =>
  reason.trim() === '' ? [{ field: 'reason', says: says.reason }] : notPersonal('reason', reason);

export const evidenceProblems = (evidence: string | null): FieldProblem[] => notPersonal('evidence', evidence);

/** Columns of a file of consents on paper. */
export const columns = ['principal', 'given_on', 'given_by', 'evidence', 'relation', 'checked', 'shown_on'] as const;
export type Column = (typeof columns)[number];

// ---- texts

/** A version as it was entered, not yet checked. */
export interface TextInput {
  code: string;
  kind: ConsentKind;
  name: Bilingual;
  wording: Wording;
  purposes: readonly string[];
  holding: string;
  items: readonly string[];
  recipients: readonly string[];
  abroad: boolean;
  shown: Partial<Shown>;
}

/** What a text is checked against. */
export interface Surroundings {
  purposes: { has(id: string): boolean };
  /** Items of each holding in use. */
  holdings: ReadonlyMap<string, { items: { has(code: string): boolean } }>;
  /** Every recipient of the register, with its country. */
  recipients: ReadonlyMap<string, { country: string }>;
  /** The version of the report that holds today, by country. */
  reports: ReadonlyMap<string, number>;
}

export const MOST_WORDING = 4_000;
const MOST_NAME = 80;
const codeForm = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

const textSays = {
  code: both(
    '英小文字と数字を - でつないで書いてください（40字まで）',
    'Use lower-case letters and digits joined by -, at most 40 characters',
  ),
  name: both(`名前を書いてください（${MOST_NAME}字まで）`, `Write a name of at most ${MOST_NAME} characters`),
  wording: both(
    `日本語か英語の文面を書いてください（${MOST_WORDING}字まで）`,
    `Write the text in Japanese or English, at most ${MOST_WORDING} characters`,
  ),
  noPurpose: both('目的を1つ以上選んでください', 'Choose at least one purpose'),
  holding: both('使用中の台帳を選んでください', 'Choose a holding in use'),
  items: both('この台帳の項目を1つ以上選んでください', 'Choose at least one item of the holding'),
  noRecipient: both('提供先を1つ以上選んでください', 'Choose at least one recipient'),
  needless: both('この種類の同意に提供先はありません', 'This kind of consent has no recipient'),
  blank: both(
    '空欄にできません。分からないときは、そのことと理由を書いてください（規則17条）',
    'It cannot be left blank. If it is not known, say so and why (Rules Art. 17)',
  ),
  country: both('提供先のある国と違います', 'The recipient is in another country'),
  home: both('外国への提供の文面に、日本は書けません', 'Japan cannot be the country in a text for a provision abroad'),
  report: both(
    'この国の、いま使える報告ではありません',
    'This is not the report on the country that is in force today',
  ),
  useReport: both(
    'この国には報告があります。報告を示してください',
    'There is a report on this country. Show that report',
  ),
  unknownCountry: both(
    '国が分からないときは、その制度も分からないものとして、理由を書いてください',
    'If the country is not known, give its system as not known too, and write why',
  ),
} satisfies Record<string, Bilingual>;

const filled = (text: Bilingual): boolean => text.ja.trim() !== '' && text.en.trim() !== '';

/** True when a matter is stated: either what is shown, or that it is unknown and why. */
const stated = (matter: Shown[keyof Shown] | undefined): boolean =>
  matter !== undefined &&
  Object.values(matter).every((value: string | number | Bilingual) =>
    typeof value === 'object' ? filled(value) : value !== '',
  );

/** The system of a country is stated by the report on it; by a text of its own only where there is no report. */
function systemProblem(code: string | null, system: Shown['system'], around: Surroundings): Bilingual | null {
  if (code === null) return 'unknown' in system ? null : textSays.unknownCountry;
  const report = around.reports.get(code);
  if ('report' in system) return system.report === report ? null : textSays.report;
  return 'text' in system && report !== undefined ? textSays.useReport : null;
}

/** Rules 17: none of the three matters may be left blank, and the country must be that of every recipient. */
function abroadProblems({ shown, recipients }: TextInput, around: Surroundings): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const { country, system } = shown;
  for (const matter of ['country', 'system', 'measures'] as const) {
    if (!stated(shown[matter])) problems.push({ field: `shown.${matter}`, says: textSays.blank });
  }
  if (!country || !system || problems.length > 0) return problems;
  const code = 'code' in country ? country.code : null;
  if (code === 'JP') problems.push({ field: 'shown.country', says: textSays.home });
  else if (code && recipients.some((of) => around.recipients.get(of)?.country !== code))
    problems.push({ field: 'shown.country', says: textSays.country });
  const wrong = systemProblem(code, system, around);
  if (wrong) problems.push({ field: 'shown.system', says: wrong });
  return problems;
}

function recipientProblems(input: TextInput, around: Surroundings): FieldProblem[] {
  const { kind, recipients } = input;
  if (recipients.length === 0)
    return kind === 'provision' || isAbroad(input) ? [{ field: 'recipients', says: textSays.noRecipient }] : [];
  if (kind === 'use' || kind === 'special-care') return [{ field: 'recipients', says: textSays.needless }];
  return recipients.every((of) => around.recipients.has(of)) ? [] : [{ field: 'recipients', says: says.recipient }];
}

/** True when a text must show the matters of 28(2): for linking, if it goes abroad; for other kinds, by the kind. */
export const isAbroad = ({ kind, abroad }: Pick<TextInput, 'kind' | 'abroad'>): boolean =>
  kind === 'provision-abroad' || (kind === 'linking' && abroad);

export function textProblems(input: TextInput, around: Surroundings): FieldProblem[] {
  const { code, name, wording, purposes, items } = input;
  const problems: FieldProblem[] = [];
  const put = (field: string, bad: boolean, says: Bilingual): unknown => bad && problems.push({ field, says });
  const texts = Object.values(wording).filter((one) => one.trim() !== '');
  put('code', !codeForm.test(code) || code.length > 40, textSays.code);
  put('name', !filled(name) || [name.ja, name.en].some((one) => isLonger(one, MOST_NAME)), textSays.name);
  put('wording', texts.length === 0 || texts.some((one) => isLonger(one, MOST_WORDING)), textSays.wording);
  put('purposes', purposes.length === 0, textSays.noPurpose);
  put('purposes', !purposes.every((of) => around.purposes.has(of)), says.purpose);
  const holding = around.holdings.get(input.holding);
  put('holding', !holding, textSays.holding);
  put(
    'items',
    holding !== undefined && (items.length === 0 || !items.every((of) => holding.items.has(of))),
    textSays.items,
  );
  problems.push(...recipientProblems(input, around));
  if (isAbroad(input)) problems.push(...abroadProblems(input, around));
  return problems;
}
