// The rows of the ledger, as they come from the database.

import type { Day } from '../../base/day.ts';
import type { Act, Holding, HoldingContent, HoldingItem, PrincipalKind, Retention, StandingChange } from './facts.ts';

export interface HoldingRow {
  id: string;
  code: string;
  name_ja: string;
  name_en: string;
  department: string;
  manager: string;
  purposes: string[];
  items: HoldingItem[];
  place: string;
  retention: Retention;
  channels: string[];
  principals: PrincipalKind[];
  access: string;
  state: Holding['state'];
  version: number;
  registered_at: Date;
  confirmed_at: Date;
  /** The changes that stand, in order of making; `at` is in JSON's format. */
  changes: (Omit<StandingChange, 'at'> & { at: string })[];
}

export interface HoldingVersionRow {
  holding_id: string;
  version: number;
  act: Act;
  at: Date;
  actor: string;
  content: HoldingContent;
  reason: string | null;
  entry_id: string;
}

export interface PurposeChangeRow {
  id: string;
  holding_id: string;
  from_purpose: string;
  to_purpose: string;
  at: Date;
  actor: string;
  announced_on: Day;
  announced_where: string;
  reason: string;
  policy_version: number;
  ended_at: Date | null;
  ended_by: string | null;
  ended_entry: string | null;
}
