// The tables of the policy as their rows come back from PostgreSQL.

import type { Bilingual } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { Evidence, PromiseState } from '../../base/promise.ts';
import type { Basis } from '../checkpoint/index.ts';
import type { Policy, RewordingJudgement } from './facts.ts';

export interface VersionRow {
  version: number;
  sha256: Buffer;
  effective_on: Day;
  /** As the log writes an actor: `staff:<id>` or `sekisho`. */
  proposed_by: string;
  proposed_at: Date;
  proposal_entry: string;
  approved_by: string | null;
  approved_at: Date | null;
  approval_entry: string | null;
}

export interface VersionContentRow extends VersionRow {
  content: Policy;
}

/** What an approved version means by a purpose. */
export interface WordingRow {
  version: number;
  purpose: string;
  /** The version that first meant it so. */
  meaning: number;
  /** Where it is worded otherwise than before. */
  judged: Exclude<RewordingJudgement, 'unrelated'> | null;
  reason: string | null;
  /** Of what is related. */
  announced_on: Day | null;
  announced_where: string | null;
  because: string[] | null;
  duties: Basis['duties'] | null;
  law_version: Day | null;
}

/** A change of state of a promise; `entry` is its entry in the log. */
export interface StateRow {
  promise: string;
  at: Date;
  state: PromiseState;
  says: Bilingual;
  evidence: Evidence[];
  policy: number;
  entry: string;
}

/** What was found when the promise was last computed. */
export interface CheckRow {
  promise: string;
  at: Date;
  state: PromiseState;
  says: Bilingual;
  evidence: Evidence[];
  fix: Bilingual[];
}
