// The rows of the ledger, as they come from the database.

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
  /** Those that stand, in the order they were made; `at` as JSON has it. */
  changes: (Omit<StandingChange, 'at'> & { at: string })[];
}

export interface HoldingVersionRow {
  version: number;
  act: Act;
  at: Date;
  actor: string;
  content: HoldingContent;
  reason: string | null;
  entry_id: string;
}
