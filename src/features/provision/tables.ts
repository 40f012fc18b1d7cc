// Tables of the provisions, of their statutory records, and of the packages on their way.

import type { Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import type { Party, ProvisionFacts, Relation } from '../../law/index.ts';
import type { PackageNews, PackageState, References, Screened, StatedFacts } from './facts.ts';

/** One act of providing: the same items to the same recipient on the same finding, of one person or of many. */
export interface ProvisionRow {
  id: string;
  at: Date;
  by_actor: string;
  holding_id: string;
  purpose: string;
  items: string[];
  relation: Relation;
  /** Id in the register of recipients; null within the company. */
  recipient_id: string | null;
  /** As it was called then. */
  recipient: Party;
  joint_use_id: string | null;
  facts: ProvisionFacts;
  finding: Finding;
  law_version: Day;
  policy_version: number;
  people: number;
  /** Names one press of a button or one call of this actor, so that repeating it provides nothing again: keyed digest in hex (`keyOfAttempt`). */
  attempt: string | null;
  /** Keyed digest of what was asked under that name, in hex. */
  attempt_digest: string | null;
  package_id: string | null;
  /** What was stated of one person in free words, which the facts are kept without. */
  referenced: (keyof References)[];
  /** That, under the key of the person; null where there is none, or where it could not be kept. */
  sealed: Buffer | null;
}

/** What an earlier version kept in clear, until the program starts. */
export interface WaitingRow {
  id: string;
  principal_id: string;
  words: References;
}

/** The items of the record of APPI 29 (Rules 20(1)) that are the same for everybody it is about. */
export interface RecordRow {
  provision_id: string;
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

/** Whose information it was, and the consent it rested on. */
export interface PersonRow {
  principal_id: string;
  provision_id: string;
  /** The log entry of the reading: of a single provision its own. */
  entry_id: string;
  consent_id: string | null;
}

/** Why a package cannot be prepared for now: a record in it, or its key, does not open; or anything else. It is tried again all the while. */
export interface Stuck {
  since: string;
  why: 'record' | 'key' | 'other';
  /** Whose record it is. */
  person: string | null;
}

export interface PackageRow {
  id: string;
  made_at: Date;
  made_by: string;
  holding_id: string;
  purpose: string;
  items: string[];
  recipient_id: string;
  joint_use_id: string | null;
  /** Without what was stated in free words. */
  facts: StatedFacts;
  /** That, in clear, as long as it is of nobody in particular. */
  words: References | null;
  /** Which of it was stated. */
  referenced: (keyof References)[];
  /** Of one person: that, under their key; gone with the end of the package. */
  sealed: Buffer | null;
  sealed_of: string | null;
  everybody: boolean;
  state: PackageState;
  state_at: Date;
  state_by: string;
  reason: string | null;
  approved_by: string | null;
  approved_at: Date | null;
  /** The key that its approval was asked for with: it is approved for that, and leaves to no other. */
  public_key: string | null;
  screening: Screened[] | null;
  screened_at: Date | null;
  duplicates: number;
  /** Who put persons on its list, and who asked for the approval: with whoever made it, those who do not approve it. */
  listed_by: string[];
  requested_by: string | null;
  kek_version: number | null;
  wrapped_key: Buffer | null;
  fetched: number;
  /** Being prepared, of persons who all wait: the purposes whose change to that of the package is to be judged anew. */
  waits_for: string[] | null;
  /** Being prepared, where that fails. */
  stuck: Stuck | null;
  /** What its people were last told of by mail: its state then, or `stuck`. */
  told: PackageNews | null;
  /** Names the press of a button or the call that drafted it: keyed digest in hex (`keyOfAttempt`). */
  attempt: string | null;
  /** Keyed digest of what was asked then, in hex. */
  attempt_digest: string | null;
}

export type ProvisionTables = {
  provisions: ProvisionRow;
  provision_records: RecordRow;
  provision_people: PersonRow;
  packages: PackageRow;
  provision_references_waiting: WaitingRow;
};
