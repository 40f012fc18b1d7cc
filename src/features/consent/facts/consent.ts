// What is kept of a consent, an objection and the texts that people consent to (APPI 18, 20, 27, 28, 31). Pure.

import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { Represented } from '../../../law/index.ts';
import type { TextRow } from '../tables.ts';

/** Kinds of consent: use beyond the purpose 18(1), acquisition 20(2), provision 27(1), provision abroad 28(1), linking 31(1). */
export const consentKinds = ['use', 'special-care', 'provision', 'provision-abroad', 'linking'] as const;

export type ConsentKind = (typeof consentKinds)[number];

export const methods = ['web-form', 'paper', 'e-mail', 'oral'] as const;

export type Method = (typeof methods)[number];

export const langs = ['ja', 'en'] as const satisfies readonly Lang[];

export const representativeRelations = ['parent', 'guardian-of-minor', 'guardian-of-adult'] as const;

export const representativePapers = ['family-register', 'resident-record', 'guardianship-record', 'other'] as const;

/** The kind of person for whom each of them acts by law. */
export const representedBy: Record<(typeof representativeRelations)[number], Represented> = {
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
