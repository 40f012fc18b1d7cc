// The tables of the policy as their rows come back from PostgreSQL.

import type { Bilingual } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { Evidence, PromiseState } from '../../base/promise.ts';
import type { Policy } from './facts.ts';

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
