// A holding (保有する個人情報のまとまり) and what its entry in the ledger must say (APPI 23, Guideline 10-3(3); clauses 46, 48).
// Pure: from an input an entry or problems, from two versions their differences, from an entry its state. Knows no person.

import { isDeepStrictEqual } from 'node:util';
import type { Bilingual, Lang } from '../../base/bilingual.ts';
import { both } from '../../base/bilingual.ts';
import { addMonths, addYears, dayOf, readDay, type Day } from '../../base/day.ts';
import { put, type FieldProblem } from '../../base/outcome.ts';
import { readText, type TextRule } from '../../base/text.ts';
import type { PromiseState } from '../../base/promise.ts';
import { itemOf, itemProblem, standardItems } from '../../vault/index.ts';
import type { PurposeChange } from '../checkpoint/index.ts';

/** A length of time from the day named by `from`, or from the acquisition where `from` is empty. */
export type Term = { years: number; from: string } | { months: number; from: string };

/** How long information is kept: for a term, or until a condition is met. */
export type Retention = Term | { until: string };

/** An item a holding keeps. `special_care` = 要配慮個人情報 (APPI 2(3)). */
export interface HoldingItem {
  code: string;
  label: Bilingual;
  special_care: boolean;
}

/** The description of a holding; a version stores all of it. */
export interface HoldingContent {
  name: Bilingual;
  department: string;
  /** Id in the staff directory. */
  manager: string;
  /** Ids of purposes of the policy. */
  purposes: string[];
  items: HoldingItem[];
  place: string;
  retention: Retention;
  /** Ids of the policy's acquisition channels, and `indirect` for what does not come from the person. */
  channels: string[];
  principals: PrincipalKind[];
  /** Who may use it, in the company's words. */
  access: string;
}

export interface Holding extends HoldingContent {
  id: string;
  code: string;
  state: 'active' | 'retired';
  version: number;
  registeredAt: Date;
  /** When the entry was last changed or confirmed. */
  confirmedAt: Date;
  /** Standing changes of purpose (17(2)), in order of making. */
  changes: StandingChange[];
}

/** A standing change of purpose: why it is allowed, and where people can learn of it. */
export interface StandingChange extends PurposeChange {
  /** Also the id of the decision and of its log entry. */
  id: string;
  /** The day on which the persons were notified, or the change was published (21(3)). */
  announcedOn: Day;
  /** Where people can learn of it. */
  announcedWhere: string;
  /** Why the officer judges the new purpose related to the old one. */
  reason: string;
  at: Date;
  /** The actor as in the log: `staff:<id>`. */
  actor: string;
  /** The policy's wording of the two purposes at the judgement; null where that version did not state the purpose. */
  words: Record<'from' | 'to', Bilingual | null>;
}

/** A recorded change of purpose, standing or ended. Days; `until` is null while it stands. */
export interface RecordedChange {
  id: string;
  holding: string;
  code: string;
  from: string;
  to: string;
  announcedOn: Day;
  until: Day | null;
}

/** A change of purpose as its row has it, with its end. */
export interface ChangeOnRecord extends Omit<StandingChange, 'words' | 'outdated'> {
  holding: string;
  policyVersion: number;
  ended: { at: Date; actor: string; entryId: string } | null;
}

/** A change of purpose with the name and the manager of its holding. */
export interface NamedChange extends Pick<StandingChange, 'id' | 'from' | 'to'> {
  holding: string;
  name: Bilingual;
  manager: string;
}

/** A change of purpose as it was entered, not yet checked. */
export interface PurposeChangeInput {
  /** Ids of purposes. */
  from: string;
  to: string;
  /** The officer's judgement (17(2)); undefined until made. */
  related: boolean | undefined;
  reason: string;
  /** YYYY-MM-DD. */
  announcedOn: string;
  announcedWhere: string;
}

export type Act = 'register' | 'change' | 'confirm' | 'retire';

/** One version of a holding, newest first in a history. */
export interface HoldingVersion {
  version: number;
  act: Act;
  at: Date;
  /** The actor as in the log: `staff:<id>`, `system:<id>`. */
  actor: string;
  content: HoldingContent;
  reason: string | null;
  /** Id of its log entry. */
  entryId: string;
}

export const principalKinds = ['customer', 'prospect', 'partner', 'visitor', 'requester', 'other'] as const;

export type PrincipalKind = (typeof principalKinds)[number];

/** The channel of information that does not come from the person, however others hand it over. */
export const INDIRECT = 'indirect';

/** An item as it is entered: a standard code, or an item of the holding's own. */
export type ItemInput = string | { code: string; label: { ja: string; en?: string }; special_care?: boolean };

/** A holding as it was entered, not yet checked. */
export interface HoldingInput {
  /** If left out, the next free one. */
  code?: string;
  name: { ja: string; en?: string };
  department: string;
  manager: string;
  purposes: string[];
  items: ItemInput[];
  place: string;
  retention: { years?: number; months?: number; from?: string; until?: string };
  channels: string[];
  principals: string[];
  access: string;
}

/** What an entry is checked against. */
export interface Known {
  purposes: ReadonlySet<string>;
  channels: ReadonlySet<string>;
  /** Ids of the active staff. */
  staff: ReadonlySet<string>;
}

const MAX_MONTHS = 1_200;
const MAX_YEARS = 100;
const MAX_ITEMS = 64;

/** Reads a whole number as typed in Japan, with full-width digits or commas. Null when it is not a number. */
export function readNumber(text: string): number | null {
  const t = text.normalize('NFKC').replaceAll(',', '').trim();
  return /^\d{1,9}$/.test(t) ? Number(t) : null;
}

type Problems = FieldProblem[];

/** Reads a text, required by default. */
const line = (problems: Problems, field: string, text: string, most: number, rule: Partial<TextRule> = {}): string =>
  readText(text, { most, need: true, ...rule }, (says) => problems.push({ field, says }));

function chosen(
  problems: Problems,
  field: string,
  values: readonly string[],
  known: ReadonlySet<string>,
  unknown: Bilingual,
): string[] {
  const picked = [...new Set(values)];
  if (picked.length === 0) put(problems, field, '1つ以上選んでください', 'Choose at least one');
  else if (!picked.every((value) => known.has(value))) problems.push({ field, says: unknown });
  return picked;
}

function readRetention(problems: Problems, input: HoldingInput['retention']): Retention {
  const given = (['years', 'months', 'until'] as const).filter((key) => input[key] !== undefined);
  if (given.length !== 1) {
    put(
      problems,
      'retention',
      '年数・月数・条件のどれか1つを決めてください',
      'Choose one of: years, months, a condition',
    );
    return { until: '' };
  }
  if (input.until !== undefined) return { until: line(problems, 'retention', input.until, 200) };
  const from = line(problems, 'retention', input.from ?? '', 100, { need: false });
  const [count, most, unit] =
    input.years !== undefined
      ? ([input.years, MAX_YEARS, 'years'] as const)
      : ([input.months!, MAX_MONTHS, 'months'] as const);
  if (!Number.isInteger(count) || count < 1 || count > most)
    put(problems, 'retention', `1から${most}までの整数にしてください`, `Enter a whole number from 1 to ${most}`);
  return unit === 'years' ? { years: count, from } : { months: count, from };
}

const standardCodes = new Set(standardItems.map((item) => item.code));

function readItem(problems: Problems, field: string, input: ItemInput): HoldingItem {
  if (typeof input === 'string') {
    if (!standardCodes.has(input))
      put(
        problems,
        field,
        '項目の一覧から選ぶか、名前を付けてください',
        'Choose an item of the list, or give it a label',
      );
    return { code: input, label: itemOf(input).label, special_care: false };
  }
  const code = input.code.trim();
  const special_care = input.special_care ?? false;
  if (standardCodes.has(code)) return { code, label: itemOf(code).label, special_care };
  const wrong: Problems = [];
  const ja = line(wrong, `${field}.label.ja`, input.label.ja, 60);
  const en = line(wrong, `${field}.label.en`, input.label.en ?? '', 60, { need: false });
  const label = both(ja, en || ja);
  const says = itemProblem(code, label);
  if (says) problems.push({ field: `${field}.code`, says });
  problems.push(...wrong);
  return { code, label, special_care };
}

function readItems(problems: Problems, inputs: readonly ItemInput[]): HoldingItem[] {
  if (inputs.length === 0) put(problems, 'items', '1つ以上選んでください', 'Choose at least one');
  if (inputs.length > MAX_ITEMS) {
    put(problems, 'items', `項目は${MAX_ITEMS}個までです`, `At most ${MAX_ITEMS} items`);
    return [];
  }
  const items = inputs.map((input, i) => readItem(problems, `items.${i}`, input));
  items.forEach((item, i) => {
    if (items.findIndex((other) => other.code === item.code) < i)
      put(problems, `items.${i}.code`, '同じ項目が2つあります', 'This item is listed twice');
  });
  return items;
}

const codePattern = /^L-\d{3,6}$/;

/** The code in its normal spelling; undefined when left out. */
export function readCode(problems: Problems, text: string | undefined): string | undefined {
  const code = (text ?? '').normalize('NFKC').trim().toUpperCase();
  if (code === '') return undefined;
  if (!codePattern.test(code)) put(problems, 'code', 'L-001 のように書いてください', 'Write it like L-001');
  return code;
}

/** Checks a description. Problems are in the order of the form. */
export function readContent(input: HoldingInput, known: Known): { content: HoldingContent; problems: FieldProblem[] } {
  const problems: Problems = [];
  const ja = line(problems, 'name.ja', input.name.ja, 80);
  const en = line(problems, 'name.en', input.name.en ?? '', 80, { need: false });
  const department = line(problems, 'department', input.department, 60);
  if (!known.staff.has(input.manager))
    put(problems, 'manager', '在籍している従業者から選んでください', 'Choose a current member of staff');
  const purposes = chosen(
    problems,
    'purposes',
    input.purposes,
    known.purposes,
    both('施行中の方針にある目的から選んでください', 'Choose purposes that the policy in force states'),
  );
  const items = readItems(problems, input.items);
  const kinds = chosen(
    problems,
    'principals',
    input.principals,
    new Set<string>(principalKinds),
    both('一覧から選んでください', 'Choose from the list'),
  );
  const channels = chosen(
    problems,
    'channels',
    input.channels,
    known.channels,
    both('方針にある入手の方法から選んでください', 'Choose ways of acquisition that the policy states'),
  );
  const place = line(problems, 'place', input.place, 100);
  const retention = readRetention(problems, input.retention);
  const access = line(problems, 'access', input.access, 200);
  const content = {
    name: both(ja, en || ja),
    department,
    manager: input.manager,
    purposes,
    items,
    place,
    retention,
    channels,
    principals: kinds as PrincipalKind[],
    access,
  };
  return { content, problems };
}

/** The fields of an entry, in the order of the form and of the list of changes. */
const fields = [
  'name',
  'department',
  'manager',
  'purposes',
  'items',
  'principals',
  'channels',
  'place',
  'retention',
  'access',
] as const satisfies readonly (keyof HoldingContent)[];

/** The description of a holding, which a version stores, in the order of `fields`. */
export const contentOf = (holding: HoldingContent): HoldingContent =>
  Object.fromEntries(fields.map((field) => [field, holding[field]])) as unknown as HoldingContent;

/** The fields that differ. */
export const changedFields = (before: HoldingContent, after: HoldingContent): (keyof HoldingContent)[] =>
  fields.filter((field) => !isDeepStrictEqual(before[field], after[field]));

/** The length of the term, without its starting point. */
export function termText(r: Term, lang: Lang): string {
  const [n, unit] = 'years' in r ? ([r.years, 'year'] as const) : ([r.months, 'month'] as const);
  if (lang === 'ja') return `${n}${unit === 'year' ? '年' : 'か月'}`;
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}

export function retentionText(r: Retention, lang: Lang): string {
  if ('until' in r) return lang === 'ja' ? `${r.until}まで` : `Until ${r.until}`;
  return lang === 'ja'
    ? `${r.from || '取得'}後${termText(r, 'ja')}`
    : `${termText(r, 'en')} after ${r.from || 'acquisition'}`;
}

/** The day before which something must have been written for the term to be over today; the corresponding day itself still counts as kept. */
export const writtenBefore = (r: Term, today: Day): Day =>
  'years' in r ? addYears(today, -r.years) : addMonths(today, -r.months);

/** The state of an entry, and why it is not kept; no reasons when it is. */
export interface HoldingState {
  state: PromiseState;
  reasons: { field: keyof HoldingContent | 'confirmedAt'; state: PromiseState; says: Bilingual }[];
}

/**
 * The state of an entry on a day: its manager is in post, its purposes are in the policy, and it was confirmed within a year (Guideline 10-3(5),
 * clause 49).
 */
export function stateOf(holding: Holding, known: Pick<Known, 'purposes' | 'staff'>, today: Day): HoldingState {
  const reasons: HoldingState['reasons'] = [];
  if (!known.staff.has(holding.manager))
    reasons.push({ field: 'manager', state: 'broken', says: both('管理者が在籍していません', 'Its manager has left') });
  if (!holding.purposes.every((purpose) => known.purposes.has(purpose)))
    reasons.push({
      field: 'purposes',
      state: 'broken',
      says: both('施行中の方針にない目的があります', 'It has a purpose that the policy in force does not state'),
    });
  if (addYears(dayOf(holding.confirmedAt.getTime()), 1) < today)
    reasons.push({
      field: 'confirmedAt',
      state: 'risk',
      says: both('1年以上、見直していません', 'It has not been confirmed for more than a year'),
    });
  return { state: reasons[0]?.state ?? 'kept', reasons };
}

const nowhere = both('方針にないか、個人番号のための目的です', 'The policy does not state it, or it is for My Numbers');

/** Checks the input of a change of purpose. `purposes`: those between which information may change; `holding`: those of the holding. */
export function readPurposeChange(
  input: PurposeChangeInput,
  { purposes, holding, today }: { purposes: ReadonlySet<string>; holding: readonly string[]; today: Day },
): { announcedOn: Day | null; announcedWhere: string; reason: string; problems: FieldProblem[] } {
  const problems: Problems = [];
  const { from, to } = input;
  for (const [field, purpose] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (purpose === '') put(problems, field, '選んでください', 'Please choose');
    else if (!purposes.has(purpose)) problems.push({ field, says: nowhere });
    else if (field === 'to' && from === to)
      put(problems, field, '同じ目的です。別の目的を選んでください', 'This is the same purpose. Choose another');
    else if (field === 'to' && !holding.includes(to)) problems.push({ field, says: notOfHolding });
  }
  const reason = line(problems, 'reason', input.reason, 500, { lines: true });
  const announcedOn = readDay(input.announcedOn.trim());
  if (!announcedOn)
    put(
      problems,
      'announcedOn',
      '通知か公表をした日を書いてください',
      'Enter the day of the notice or the publication',
    );
  else if (announcedOn > today)
    put(
      problems,
      'announcedOn',
      'まだ来ていない日です。通知か公表を済ませてから記録してください',
      'This day is still to come. Record the change once it is notified or published',
    );
  const announcedWhere = line(problems, 'announcedWhere', input.announcedWhere, 200);
  return { announcedOn, announcedWhere, reason, problems };
}

export const notOfHolding = both(
  'この台帳の目的ではありません。先に台帳の目的に加えてください',
  'This is not a purpose of the holding. Add it to the purposes of the holding first',
);
