// A joint use (共同利用) and what follows from its notices (APPI 27(5)(iii), 27(6)). Pure: input → terms or problems; notices and a day → what is in
// force, what was made known since when, what is still to be published. It handles no data of any person.

import { isDeepStrictEqual } from 'node:util';
import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { addDays, later, type Day } from '../../base/day.ts';
import { put, type FieldProblem } from '../../base/outcome.ts';
import { readText } from '../../base/text.ts';
import {
  inForce,
  parameters,
  partyKinds,
  type JointUseChangeFacts,
  type JointUseFacts,
  type JointUseField,
  type PartyKind,
} from '../../law/index.ts';
import type { HeldAlike } from '../../vault/index.ts';
import { servedBy, type PurposeChange } from '../checkpoint/index.ts';
import type { Recipient } from '../recipients/index.ts';

export const sharedInformation = ['personal', 'pseudonymous'] as const;

export type SharedInformation = (typeof sharedInformation)[number];

/** The kinds of information that can be entered. My Numbers are among them so that the law can refuse them. */
export const informationKinds = [...sharedInformation, 'my-number'] as const;

/** Which items of a holding are used jointly; `items` are codes. */
export interface Share {
  holding: string;
  items: string[];
}

/** The person responsible for the management (27(5)(iii)). Only a corporation has a representative. */
export interface Responsible {
  kind: PartyKind;
  name: Bilingual;
  address: Bilingual;
  representative: Bilingual | null;
}

/** A private person does not handle information as a business and cannot be responsible for a joint use. */
export const responsibleKinds = partyKinds.filter((kind) => kind !== 'private-person');

/** The agreed terms. */
export interface Terms {
  shares: Share[];
  /** The users, in words that let a person see who is included. */
  scope: Bilingual;
  /** Ids of the recipients that belong to the scope. */
  members: string[];
  /** Ids of purposes of the policy. */
  purposes: string[];
  responsible: Responsible;
}

/** The contents of a notice, in the wording of the day it was written. */
export interface Notice {
  items: { holding: string; code: string; label: Bilingual }[];
  scope: Bilingual;
  members: string[];
  purposes: { id: string; text: Bilingual }[];
  responsible: Responsible;
}

/** The contents of one notice: everything for the first, only what changes for a later one. */
export type States = Partial<Omit<Notice, 'responsible'>> & { responsible?: Partial<Responsible> };

/** Names of changes in the law. */
export type AnyChange = NonNullable<JointUseChangeFacts['change']>;
/** Changes that a notice can announce; a change of items or users makes a new joint use. */
export type Change = Exclude<AnyChange, 'items' | 'users'>;

/** Facts about such a change: there is no consent of everybody. A user that only changes its name changes it in the register of recipients. */
export const anew = (change: 'items' | 'users'): Pick<JointUseChangeFacts, 'consent' | 'userChange'> => ({
  consent: null,
  ...(change === 'users' ? { userChange: 'other' } : {}),
});

/** Changes that are told before they take effect. */
export const toldBefore = ['purposes', 'responsible-person'] as const satisfies readonly Change[];
/** Changes that are told without delay afterwards. */
export const toldAfter = [
  'responsible-name',
  'responsible-address',
  'responsible-representative',
] as const satisfies readonly Change[];
export const anyChanges = [...toldBefore, ...toldAfter, 'items', 'users'] as const satisfies readonly AnyChange[];

export const isToldBefore = (change: 'start' | AnyChange): boolean => toldBefore.some((one) => one === change);
export const isToldAfter = (change: 'start' | AnyChange): boolean => toldAfter.some((one) => one === change);

export interface StatedNotice {
  /** Number of the notice, from 1. */
  notice: number;
  change: 'start' | Change;
  states: States;
  effectiveOn: Day;
  /** First day on which the public can read it; null = not published. */
  publicOn: Day | null;
  /** Why the officer judges the new purposes to be related to the old ones. */
  why: string | null;
  /** Ids of log entries. */
  entry: string;
  publicationEntry: string | null;
}

export interface JointUse {
  id: string;
  name: Bilingual;
  information: SharedInformation;
  /** The joint use whose items or users were to change. */
  replaces: string | null;
  /** Null once the first notice states the terms. */
  draft: Terms | null;
  notices: StatedNotice[];
  /** Counts every act. */
  version: number;
  registeredAt: Date;
  /** First day on which nothing may be shared any more. */
  endedOn: Day | null;
  endedWhy: string | null;
}

/** What a joint use is checked against. */
export interface Known {
  holdings: ReadonlyMap<
    string,
    {
      name: Bilingual;
      items: ReadonlyMap<string, Bilingual>;
      purposes: ReadonlySet<string>;
      /** The changes of purpose in force in the holding. */
      changes: readonly PurposeChange[];
    }
  >;
  /** Purposes of the policy in force, in their full wording. */
  purposes: ReadonlyMap<string, Bilingual>;
  /** Returns a purpose's number and name. */
  purposeName: (id: string, lang: Lang) => string;
  /** Recipients that information may still be provided to. */
  recipients: ReadonlyMap<string, Recipient>;
}

// ---- what was made known, and what is in force

/** First day on which a notice is both public and in effect; null = not published. */
const heldFrom = ({ effectiveOn, publicOn }: StatedNotice): Day | null =>
  publicOn === null ? null : later(publicOn, effectiveOn);

/** Combines notices in the order in which they take effect; null without a first notice. */
function folded(notices: readonly StatedNotice[]): Notice | null {
  const [first, ...later] = notices.toSorted((a, b) =>
    a.effectiveOn === b.effectiveOn ? a.notice - b.notice : a.effectiveOn < b.effectiveOn ? -1 : 1,
  );
  if (first?.change !== 'start') return null;
  return later.reduce(
    (now, { states }) => ({ ...now, ...states, responsible: { ...now.responsible, ...states.responsible } }),
    first.states as Notice,
  );
}

const isEnded = ({ endedOn }: JointUse, on: Day): boolean => endedOn !== null && endedOn <= on;

/** The notice that is public and in effect on a day; null before the first one and after the end. */
export const noticeOn = (use: JointUse, on: Day): Notice | null =>
  isEnded(use, on)
    ? null
    : folded(
        use.notices.filter((one) => {
          const from = heldFrom(one);
          return from !== null && from <= on;
        }),
      );

/** The terms in effect on a day, whether they were published or not. */
export const actualOn = (use: JointUse, on: Day): Notice | null =>
  folded(use.notices.filter(({ effectiveOn }) => effectiveOn <= on));

/** Changes that are public and take effect later. */
export const comingOn = (use: JointUse, on: Day): StatedNotice[] =>
  use.notices.filter(({ publicOn, effectiveOn }) => publicOn !== null && publicOn <= on && effectiveOn > on);

/** One version of what the public could read: from its first day to the day before the next. */
export interface Span {
  from: Day;
  /** Null = still public. */
  until: Day | null;
  /** The notices that begin on this day. */
  notices: StatedNotice[];
  notice: Notice;
}

/** Returns every version that was public up to a day, oldest first. */
export function spansOf(use: JointUse, on: Day): Span[] {
  const days = [...new Set(use.notices.flatMap((one) => heldFrom(one) ?? []))]
    .filter((from) => from <= on && (use.endedOn === null || from < use.endedOn))
    .sort();
  return days.map((from, i) => {
    const next = days[i + 1];
    const end = next ?? (isEnded(use, on) ? use.endedOn : null);
    return {
      from,
      until: end === null ? null : addDays(end, -1),
      notices: use.notices.filter((one) => heldFrom(one) === from),
      notice: noticeOn({ ...use, endedOn: null }, from)!,
    };
  });
}

export const standings = ['draft', 'planned', 'in-force', 'ended'] as const;

export type Standing = (typeof standings)[number];

export function standingOn(use: JointUse, on: Day): Standing {
  if (isEnded(use, on)) return 'ended';
  const [first] = use.notices;
  if (!first) return 'draft';
  return first.effectiveOn <= on ? 'in-force' : 'planned';
}

/**
 * Days read into “without delay” (遅滞なく). The law names no number: within these days the alarm is a warning, after them the promise is broken.
 */
const WITHOUT_DELAY_DAYS = 14;

/** Last day for publishing a change that is told after it. */
export const publishBy = ({ effectiveOn }: Pick<StatedNotice, 'effectiveOn'>): Day =>
  addDays(effectiveOn, WITHOUT_DELAY_DAYS);

/** The problem of a day for publishing a change that is told after it: the day is before the change, or too late. */
export function toldAfterProblem(effectiveOn: Day, on: Day, today: Day): Bilingual | null {
  if (on < effectiveOn)
    return both('変わる日か、その後の日にしてください', 'Choose the day of the change or a later one');
  return on > today && on > publishBy({ effectiveOn })
    ? both('遅滞なく公表します。もっと早い日にしてください', 'It is published without delay. Choose an earlier day')
    : null;
}

/** Changes of a joint use that took effect and are not published; none once it has ended. */
export const duesOn = (use: JointUse, on: Day): StatedNotice[] =>
  isEnded(use, on) ? [] : use.notices.filter((one) => one.publicOn === null && one.effectiveOn <= on);

/** Returns the fields that the law in force on a day requires and the notice lacks. */
export function lackingIn(notice: Notice, on: Day): JointUseField[] {
  const needed = inForce(parameters.jointUseFields, on) ?? [];
  const listed = listedIn(notice);
  return needed.filter(
    (field) =>
      !listed.includes(field) && (field !== 'responsible-representative' || notice.responsible.kind === 'corporation'),
  );
}

/** The fields that a notice has. The fact of joint use is stated by the notice itself. */
function listedIn({ items, scope, purposes, responsible }: Notice): JointUseField[] {
  const holds: [JointUseField, boolean][] = [
    ['fact', true],
    ['items', items.length > 0],
    ['users', scope.ja !== ''],
    ['purposes', purposes.length > 0],
    ['responsible-name', responsible.name.ja !== ''],
    ['responsible-address', responsible.address.ja !== ''],
    ['responsible-representative', (responsible.representative?.ja ?? '') !== ''],
  ];
  return holds.filter(([, held]) => held).map(([field]) => field);
}

export interface SharingAsk {
  /** The holding from which items are to be shared. */
  holding: string;
  /** Id of the recipient. */
  recipient: string;
}

/** The facts of 27(5)(iii) about sharing on a day. Without a notice and after the end, nothing is made known. */
export function sharingFacts(use: JointUse, { holding, recipient }: SharingAsk, on: Day): JointUseFacts {
  const [first] = use.notices;
  const known = noticeOn(use, on) ?? (first && folded([first]));
  if (!first || !known || isEnded(use, on)) {
    return { noticeOn: null, published: false, listed: [], items: [], recipientInScope: false, purposes: [] };
  }
  return {
    noticeOn: first.publicOn,
    published: first.publicOn !== null && first.publicOn <= on,
    listed: listedIn(known),
    responsibleKind: known.responsible.kind,
    items: known.items.filter((item) => item.holding === holding).map(({ code }) => code),
    recipientInScope: known.members.includes(recipient),
    purposes: known.purposes.map(({ id }) => id),
  };
}

/** The items shared and their purposes, including purposes announced for later; null without a notice and after the end. */
export function announcedOn(use: JointUse, on: Day): Pick<Notice, 'items' | 'purposes'> | null {
  const [first] = use.notices;
  if (!first || isEnded(use, on)) return null;
  const { items, purposes } = noticeOn(use, on) ?? folded([first])!;
  const all = [...purposes, ...comingOn(use, on).flatMap(({ states }) => states.purposes ?? [])];
  return { items, purposes: [...new Map(all.map((one) => [one.id, one])).values()] };
}

/** Persons of a shared holding who, when their shared items were collected, were not told of some of the users' purposes. */
export interface Untold {
  holding: string;
  people: number;
  /** Ids of those purposes. */
  purposes: string[];
}

/**
 * Returns the persons of the shared holdings who were not told of every purpose of the notice, item by item (18(1)); nothing of theirs is shared for
 * the missing ones. A change of purpose in force in the holding counts as having been told.
 */
export function untoldIn(
  { items, purposes }: Pick<Notice, 'items' | 'purposes'>,
  classes: readonly HeldAlike[],
  { holdings }: Pick<Known, 'holdings'>,
): Untold[] {
  return [...new Set(items.map(({ holding }) => holding))].flatMap((holding) => {
    const shared = items.filter((item) => item.holding === holding).map(({ code }) => code);
    const changes = holdings.get(holding)?.changes ?? [];
    const lacking = classes
      .filter((one) => one.holding === holding)
      .map(({ heldFor, people }) => ({
        people,
        purposes: purposes.flatMap(({ id }) => {
          const serving = servedBy({ changes }, id);
          return shared.some((code) => heldFor.get(code)?.some((told) => serving.includes(told)) === false) ? [id] : [];
        }),
      }))
      .filter((one) => one.purposes.length > 0);
    const people = lacking.reduce((sum, one) => sum + one.people, 0);
    return people > 0 ? [{ holding, people, purposes: [...new Set(lacking.flatMap((one) => one.purposes))] }] : [];
  });
}

// ---- reading input

/** A text as entered; without English, the Japanese is used for both. */
export interface WordsInput {
  ja: string;
  en?: string | undefined;
}

export interface ResponsibleInput {
  kind: string;
  name: WordsInput;
  address: WordsInput;
  /** Only for a corporation. */
  representative?: WordsInput | null | undefined;
}

export interface JointUseInput {
  name: WordsInput;
  information: string;
  shares: Share[];
  scope: WordsInput;
  members: string[];
  purposes: string[];
  responsible: ResponsibleInput;
}

/** A change as entered: the part that changes, and the days. */
export interface ChangeInput {
  change: AnyChange;
  effectiveOn?: Day | undefined;
  /** First day on which the public can read it; null = not decided. */
  noticeOn?: Day | null | undefined;
  purposes?: string[] | undefined;
  /** The officer's judgement: the new purposes are related to the old ones (17(2)). */
  related?: boolean | undefined;
  why?: string | undefined;
  responsible?: Partial<ResponsibleInput> | undefined;
}

type Problems = FieldProblem[];

const MOST = { name: 80, text: 500, why: 500 } as const;

const line = (problems: Problems, field: string, text: string | undefined, most: number, need = true): string =>
  readText(text, { most, need }, (says) => problems.push({ field, says }));

function words(problems: Problems, field: string, input: WordsInput | null | undefined, most: number): Bilingual {
  const ja = line(problems, `${field}.ja`, input?.ja, most);
  return both(ja, line(problems, `${field}.en`, input?.en, most, false) || ja);
}

function readShares(problems: Problems, shares: readonly Share[], { holdings }: Known): Share[] {
  if (shares.length === 0)
    put(problems, 'shares', '共有する台帳を選んでください', 'Choose the holdings that are shared');
  shares.forEach(({ holding, items }, i) => {
    const known = holdings.get(holding);
    if (!known) put(problems, `shares.${i}.holding`, '使用中の台帳から選んでください', 'Choose a holding in use');
    else if (shares.findIndex((other) => other.holding === holding) < i) {
      put(problems, `shares.${i}.holding`, '同じ台帳が2つあります', 'This holding is listed twice');
    }
    if (items.length === 0)
      put(problems, `shares.${i}.items`, '項目を1つ以上選んでください', 'Choose at least one item');
    else if (known && !items.every((code) => known.items.has(code))) {
      put(problems, `shares.${i}.items`, 'この台帳にある項目から選んでください', 'Choose items that the holding keeps');
    }
  });
  return shares.map(({ holding, items }) => ({ holding, items: [...new Set(items)] }));
}

/** Reads the purposes: the policy must state each, and every shared holding must have it (17, 18(1)). */
function readPurposes(
  problems: Problems,
  purposes: readonly string[],
  holdings: readonly string[],
  known: Known,
): string[] {
  const chosen = [...new Set(purposes)];
  const beyond = (purpose: string): boolean =>
    holdings.some((id) => known.holdings.get(id)?.purposes.has(purpose) === false);
  if (chosen.length === 0) put(problems, 'purposes', '1つ以上選んでください', 'Choose at least one');
  else if (!chosen.every((id) => known.purposes.has(id))) {
    put(
      problems,
      'purposes',
      '施行中の方針にある目的から選んでください',
      'Choose purposes that the policy in force states',
    );
  } else if (chosen.some(beyond)) {
    put(
      problems,
      'purposes',
      '共有する台帳の利用目的を超えています（法18条1項）',
      'They go beyond the purposes of a shared holding (APPI Art. 18(1))',
    );
  }
  return chosen;
}

function readMembers(problems: Problems, members: readonly string[], { recipients }: Known): string[] {
  const chosen = [...new Set(members)];
  if (chosen.length === 0) put(problems, 'members', '1つ以上選んでください', 'Choose at least one');
  else if (!chosen.every((id) => recipients.has(id))) {
    put(problems, 'members', '登録してある提供先から選んでください', 'Choose registered recipients');
  }
  return chosen;
}

function readRepresentative(
  problems: Problems,
  kind: PartyKind,
  input: WordsInput | null | undefined,
): Bilingual | null {
  const field = 'responsible.representative';
  if (kind === 'corporation') {
    if (!input?.ja.trim()) {
      put(problems, `${field}.ja`, '法人は代表者の氏名を書いてください', 'Name the representative of the corporation');
      return null;
    }
    return words(problems, field, input, MOST.name);
  }
  if (input?.ja.trim()) {
    put(problems, `${field}.ja`, '法人のときだけ書いてください', 'Write this only for a corporation');
  }
  return null;
}

function readResponsible(problems: Problems, input: Partial<ResponsibleInput> | undefined): Responsible {
  const kind = responsibleKinds.find((one) => one === input?.kind);
  if (!kind) put(problems, 'responsible.kind', '一覧から選んでください', 'Choose from the list');
  return {
    kind: kind ?? 'individual',
    name: words(problems, 'responsible.name', input?.name, MOST.name),
    address: words(problems, 'responsible.address', input?.address, MOST.text),
    representative: kind ? readRepresentative(problems, kind, input?.representative) : null,
  };
}

/** A description after checking. Problems come in the order of the form. */
export interface ReadJointUse {
  name: Bilingual;
  information: (typeof informationKinds)[number] | undefined;
  terms: Terms;
  problems: FieldProblem[];
}

export function readJointUse(input: JointUseInput, known: Known): ReadJointUse {
  const problems: Problems = [];
  const name = words(problems, 'name', input.name, MOST.name);
  const information = informationKinds.find((kind) => kind === input.information);
  if (!information) put(problems, 'information', '一覧から選んでください', 'Choose from the list');
  const shares = readShares(problems, input.shares, known);
  const scope = words(problems, 'scope', input.scope, MOST.text);
  const members = readMembers(problems, input.members, known);
  const holdings = shares.map(({ holding }) => holding);
  const purposes = readPurposes(problems, input.purposes, holdings, known);
  const responsible = readResponsible(problems, input.responsible);
  return { name, information, terms: { shares, scope, members, purposes, responsible }, problems };
}

/** Turns a draft back into input, to check it against what is known now. */
export const inputOf = ({ name, information }: JointUse, terms: Terms): JointUseInput => ({
  ...terms,
  name,
  information,
});

/** Parts of terms that can no longer be chosen: retired holdings, removed items, purposes the policy does not state, stopped recipients. */
export interface Gone {
  holdings: string[];
  items: { holding: string; code: string }[];
  members: string[];
  purposes: string[];
}

export const goneFrom = ({ shares, members, purposes }: Terms, known: Known): Gone => ({
  holdings: shares.map(({ holding }) => holding).filter((id) => !known.holdings.has(id)),
  items: shares.flatMap(({ holding, items }) => {
    const kept = known.holdings.get(holding)?.items;
    return kept ? items.filter((code) => !kept.has(code)).map((code) => ({ holding, code })) : [];
  }),
  members: members.filter((id) => !known.recipients.has(id)),
  purposes: purposes.filter((id) => !known.purposes.has(id)),
});

/** Makes a notice from terms, in today's wording. Every id must be known. */
export const noticeOf = ({ shares, scope, members, purposes, responsible }: Terms, known: Known): Notice => ({
  items: shares.flatMap(({ holding, items }) =>
    items.map((code) => ({ holding, code, label: known.holdings.get(holding)!.items.get(code)! })),
  ),
  scope,
  members,
  purposes: purposes.map((id) => ({ id, text: known.purposes.get(id)! })),
  responsible,
});

/** Returns the terms of a notice, for a new joint use that begins from it. */
export const termsOf = ({ items, scope, members, purposes, responsible }: Notice): Terms => ({
  shares: [...new Set(items.map(({ holding }) => holding))].map((holding) => ({
    holding,
    items: items.filter((item) => item.holding === holding).map(({ code }) => code),
  })),
  scope,
  members,
  purposes: purposes.map(({ id }) => id),
  responsible,
});

function readParticular(problems: Problems, input: ChangeInput, now: Responsible): States {
  const given = input.responsible;
  switch (input.change) {
    case 'responsible-name':
      return { responsible: { name: words(problems, 'responsible.name', given?.name, MOST.name) } };
    case 'responsible-address':
      return { responsible: { address: words(problems, 'responsible.address', given?.address, MOST.text) } };
    case 'responsible-representative':
      return { responsible: { representative: readRepresentative(problems, now.kind, given?.representative) } };
    default:
      return { responsible: readResponsible(problems, given) };
  }
}

function readDays(problems: Problems, { change, effectiveOn, noticeOn: told }: ChangeInput, use: JointUse, today: Day) {
  const first = use.notices[0]!.effectiveOn;
  if (effectiveOn !== undefined && effectiveOn < first) {
    put(problems, 'effective_on', '共同利用の始まりより前です', 'This is before the joint use began');
  }
  if (!told) return;
  const late = isToldAfter(change) && effectiveOn !== undefined ? toldAfterProblem(effectiveOn, told, today) : null;
  if (told < today) put(problems, 'notice_on', '今日以降の日にしてください', 'Choose today or a later day');
  else if (late) problems.push({ field: 'notice_on', says: late });
}

/** True when a notice states a purpose in these words. */
const isStatedIn = ({ purposes }: Notice, { id, text: { ja, en } }: Notice['purposes'][number]): boolean =>
  purposes.some((one) => one.id === id && one.text.ja === ja && one.text.en === en);

/** Returns the purposes of a notice that the policy words differently by now. A notice keeps its wording; a change announces a new one. */
export const rewordedIn = (notice: Notice, { purposes }: Pick<Known, 'purposes'>): string[] =>
  notice.purposes.flatMap(({ id }) => {
    const text = purposes.get(id);
    return text && !isStatedIn(notice, { id, text }) ? [id] : [];
  });

/**
 * Reads a change of a joint use whose notice is public. `states`: the contents of its notice. For a change of items or users it is empty, because
 * the law decides on it.
 */
export function readChange(
  input: ChangeInput,
  use: JointUse,
  known: Known,
  today: Day,
): { states: States; why: string | null; problems: FieldProblem[] } {
  const problems: Problems = [];
  const now = actualOn(use, input.effectiveOn ?? today) ?? actualOn(use, today)!;
  readDays(problems, input, use, today);
  if (input.change !== 'purposes' && input.related !== undefined) {
    put(problems, 'related', '目的を変えるときだけ書いてください', 'Only where the purposes change');
  }
  if (input.change === 'items' || input.change === 'users') return { states: {}, why: null, problems };
  if (input.change !== 'purposes') {
    const states = readParticular(problems, input, now.responsible);
    if (problems.length === 0 && isDeepStrictEqual({ ...now.responsible, ...states.responsible }, now.responsible)) {
      put(
        problems,
        'responsible',
        'その日に公表している内容と同じです',
        'This is the same as what is published on that day',
      );
    }
    return { states, why: null, problems };
  }
  const holdings = [...new Set(now.items.map(({ holding }) => holding))];
  const ids = readPurposes(problems, input.purposes ?? [], holdings, known);
  const purposes = ids.map((id) => ({ id, text: known.purposes.get(id) ?? both('', '') }));
  if (ids.length === now.purposes.length && purposes.every((one) => isStatedIn(now, one))) {
    put(
      problems,
      'purposes',
      'その日に公表している目的と同じで、文も変わりません',
      'These are the same purposes as those published on that day, in the same words',
    );
  }
  const why = line(problems, 'why', input.why, MOST.why);
  return { states: { purposes }, why, problems };
}
