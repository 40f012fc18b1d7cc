// The tables of the policy as their rows come back from PostgreSQL.

import type { Bilingual } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { Evidence, PromiseState } from '../../base/promise.ts';
import type { Basis } from '../checkpoint/index.ts';
import type { Policy } from './facts/shape.ts';
import type { RewordingJudgement } from './facts/change.ts';

export interface VersionRow {
  version: number;
  sha256: Buffer;
  effective_on: Day;
  /** The actor as the log writes it: `staff:<id>` or `sekisho`. */
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

/** What a purpose means in an approved version. */
export interface WordingRow {
  version: number;
  purpose: string;
  /** The version that first gave it this meaning. */
  meaning: number;
  /** Set where the wording differs from before. */
  judged: Exclude<RewordingJudgement, 'unrelated'> | null;
  reason: string | null;
  /** Set for a related rewording only. */
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

/** What was found the last time the promise was computed. */
export interface CheckRow {
  promise: string;
  at: Date;
  state: PromiseState;
  says: Bilingual;
  evidence: Evidence[];
  fix: Bilingual[];
}
