// The rows of the recipients and the countries, as the database returns them.

import type { Day } from '../../base/day.ts';
import type { PartyKind } from '../../law/index.ts';
import type {
  Act,
  CheckContent,
  Recipient,
  RecipientContent,
  RecipientRelation,
  ReportContent,
  Terms,
} from './facts/register.ts';

export interface RecipientRow {
  id: string;
  kind: PartyKind;
  name: string;
  address: string;
  representative: string | null;
  country: string;
  relations: RecipientRelation[];
  contact: string | null;
  public_key: string | null;
  state: Recipient['state'];
  stopped_on: Day | null;
  stop_reason: string | null;
  version: number;
  assured: number;
  registered_at: Date;
  changed_at: Date;
}

export interface RecipientVersionRow {
  recipient_id: string;
  version: number;
  act: Act;
  at: Date;
  actor: string;
  content: RecipientContent;
  state: Recipient['state'];
  reason: string | null;
  entry_id: string;
}

export interface AssuranceRow {
  id: string;
  recipient_id: string;
  reference: string;
  from_day: Day;
  until_day: Day | null;
  terms: Terms;
  at: Date;
  actor: string;
  entry_id: string;
  confirmed_at: Date | null;
  confirmed_by: string | null;
  confirm_entry_id: string | null;
  ended_on: Day | null;
  end_reason: string | null;
  end_entry_id: string | null;
}

export interface CheckRow {
  id: string;
  recipient_id: string;
  on_day: Day;
  method: string;
  measures: CheckContent['measures'];
  foreign_system: string | null;
  trouble: string | null;
  remedy: string | null;
  proof: string | null;
  next_due: Day | null;
  at: Date;
  actor: string;
  entry_id: string;
  confirmed_at: Date | null;
  confirmed_by: string | null;
  confirm_entry_id: string | null;
}

export interface ReportRow {
  country: string;
  version: number;
  content: ReportContent;
  at: Date;
  actor: string;
  entry_id: string;
}

export interface CommissionPageRow {
  /** Also the id of its log entry. */
  id: string;
  url: string;
  checked_on: Day;
  at: Date;
  actor: string;
}
