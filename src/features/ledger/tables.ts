// The rows of the ledger, as they come from the database.

import type { Act, Holding, HoldingContent, HoldingItem, PrincipalKind, Retention } from './facts.ts';

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
