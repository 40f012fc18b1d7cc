// Tables of provisions, their statutory records, and packages.

import type { Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import type { Party, ProvisionFacts, Relation } from '../../law/index.ts';
import type { Fallen, PackageNews, PackageState, References, Screened, StatedFacts } from './facts.ts';

/** One act of providing: the same items to the same recipient on the same finding, about one person or many. */
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
  /** The recipient's details at the time of the provision. */
  recipient: Party;
  joint_use_id: string | null;
  facts: ProvisionFacts;
  finding: Finding;
  law_version: Day;
  policy_version: number;
  people: number;
  /** Identifies one button press or call of this actor, so that a repetition provides nothing again: keyed digest in hex (`keyOfAttempt`). */
  attempt: string | null;
  /** Keyed digest, in hex, of what was asked for in that attempt. */
  attempt_digest: string | null;
  package_id: string | null;
  /** Which references were stated, for a provision of one person; `facts` is stored without them. */
  referenced: (keyof References)[];
  /** Those references, sealed under the person's key; null where none were stated or they could not be kept. */
  sealed: Buffer | null;
}

/** References that an earlier version stored in clear; they are sealed when the program starts. */
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

/** A person of a provision, and the consent that the provision rested on. */
export interface PersonRow {
  principal_id: string;
  provision_id: string;
  /** The log entry of the reading. A provision without a package has one entry for both. */
  entry_id: string;
  consent_id: string | null;
}

/** Why a package cannot be prepared for now: a record in it, or its key, does not open; or another failure. Preparing is retried all the while. */
export interface Stuck {
  since: string;
  why: 'record' | 'key' | 'other';
  /** The person whose record does not open; null unless `why` is `record`. */
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
  /** The stated facts without the references. */
  facts: StatedFacts;
  /** The references in clear, while they belong to nobody in particular. */
  words: References | null;
  /** Which references were stated. */
  referenced: (keyof References)[];
  /** The references of a package of one person, sealed under that person's key; deleted when the package ends. */
  sealed: Buffer | null;
  sealed_of: string | null;
  everybody: boolean;
  state: PackageState;
  state_at: Date;
  state_by: string;
  reason: string | null;
  approved_by: string | null;
  approved_at: Date | null;
  /** The recipient's key when approval was requested. The package is approved for this key and encrypted to no other. */
  public_key: string | null;
  screening: Screened[] | null;
  screened_at: Date | null;
  /** Who fell out after the approval. */
  fallen: Fallen[];
  duplicates: number;
  /** The actors who put persons on its list, and the actor who requested approval. Neither they nor `made_by` may approve it. */
  listed_by: string[];
  requested_by: string | null;
  kek_version: number | null;
  wrapped_key: Buffer | null;
  fetched: number;
  /** When it was last fetched. */
  fetched_at: Date | null;
  /** Set while it is being prepared and all its persons wait: the purposes whose change to its own purpose must be judged anew. */
  waits_for: string[] | null;
  /** Set while preparing fails. */
  stuck: Stuck | null;
  /** The news last mailed to its people. */
  told: PackageNews | null;
  /** Identifies the button press or call that drafted it: keyed digest in hex (`keyOfAttempt`). */
  attempt: string | null;
  /** Keyed digest, in hex, of what was asked for then. */
  attempt_digest: string | null;
}

export type ProvisionTables = {
  provisions: ProvisionRow;
  provision_records: RecordRow;
  provision_people: PersonRow;
  packages: PackageRow;
  provision_references_waiting: WaitingRow;
};
