// Reads what a form or a call says of a joint use or a change to it: content, or problems that name their fields. Pure.

import { isDeepStrictEqual } from 'node:util';
import { type Bilingual, both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { type FieldProblem, put } from '../../../base/outcome.ts';
import { readText } from '../../../base/text.ts';
import type { PartyKind } from '../../../law/index.ts';
import {
  type AnyChange,
  informationKinds,
  isToldAfter,
  type JointUse,
  type Known,
  type Notice,
  type Responsible,
  responsibleKinds,
  type Share,
  type States,
  type Terms,
} from './joint-use.ts';
import { actualOn, toldAfterProblem } from './standing.ts';

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
  if (use.information === 'pseudonymous' && input.related !== undefined) {
    put(
      problems,
      'related',
      '仮名加工情報の目的は、関連しているかを問わないので、書かないでください（法41条9項）',
      'Leave this out: a purpose of pseudonymously processed information need not be related (APPI Art. 41(9))',
    );
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
