// Tables of the provisions and of their statutory records.

import type { Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import type { Party, ProvisionFacts, Relation } from '../../law/index.ts';

export interface ProvisionRow {
  id: string;
  principal_id: string;
  holding_id: string;
  at: Date;
  by_actor: string;
  purpose: string;
  items: string[];
  relation: Relation;
  recipient: Party;
  facts: ProvisionFacts;
  finding: Finding;
  law_version: Day;
  policy_version: number;
  /** Names one press of a button or one call, so that repeating it provides nothing again. */
  attempt: string | null;
}

/** The record of APPI 29 with exactly the items of Rules 20(1). */
export interface RecordRow {
  id: string;
  principal_id: string;
  made_on: Day;
  mode: 'each' | 'bulk' | 'contract';
  consent_obtained: boolean;
  provided_on: Day | null;
  recipient_name: string;
  recipient_address: string;
  recipient_representative: string | null;
  items: string[];
  keep_until: Day;
}

export type ProvisionTables = {
  provisions: ProvisionRow;
  provision_records: RecordRow;
};
