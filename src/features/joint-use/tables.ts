// The rows of the joint uses, as the database returns them.

import type { Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import type { Change, SharedInformation, States, Terms } from './facts/joint-use.ts';

export interface JointUseRow {
  id: string;
  name_ja: string;
  name_en: string;
  information: SharedInformation;
  replaces: string | null;
  draft: Terms | null;
  version: number;
  registered_at: Date;
  ended_on: Day | null;
  ended_why: string | null;
}

/** A notice with its publication. */
export interface NoticeRow {
  joint_use_id: string;
  notice: number;
  change: 'start' | Change;
  states: States;
  effective_on: Day;
  why: string | null;
  finding: Finding | null;
  law_version: Day;
  policy_version: number;
  at: Date;
  actor: string;
  entry_id: string;
  public_on: Day | null;
  publication_entry: string | null;
}
