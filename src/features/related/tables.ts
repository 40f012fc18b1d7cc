// The rows of personally related information. None holds a value of it, nor the persons of a provision.

import type { Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import type { InformationLayer, ProvisionFacts, ReceiptFacts, RecordMode } from '../../law/index.ts';
import type { CollectionAct, CollectionContent } from './facts/collection.ts';
import type { ConsentBy } from './facts/receiving.ts';
import type { Documents } from './facts/providing.ts';

export interface CollectionRow {
  id: string;
  name_ja: string;
  name_en: string;
  source: CollectionContent['source'];
  place: string;
  searchable: boolean;
  communications: boolean;
  holding_id: string | null;
  items: CollectionContent['items'];
  state: 'active' | 'retired';
  version: number;
  registered_at: Date;
}

export interface CollectionVersionRow {
  collection_id: string;
  version: number;
  act: CollectionAct;
  at: Date;
  actor: string;
  content: CollectionContent;
  entry_id: string;
}

/** What every act under 31 keeps about its decision. */
interface DecidedRow {
  /** Also the id of the decision and of the log entry. */
  id: string;
  collection_id: string;
  at: Date;
  by_actor: string;
  /** Codes of items of the collection. */
  items: string[];
  finding: Finding;
  law_version: Day;
  policy_version: number;
  /** Identifies one button press or call of this actor, so that a repetition does nothing again: keyed digest in hex (`keyOfAttempt`). */
  attempt: string | null;
  /** Keyed digest, in hex, of what was asked for in that attempt. */
  attempt_digest: string | null;
}

export interface RelatedProvisionRow extends DecidedRow {
  recipient_id: string;
  facts: ProvisionFacts;
  /** In clear: it belongs to no person. */
  documents: Documents;
}

/** The record of APPI 31(3), with exactly the items of Rules 28(1). It names nobody. */
export interface RelatedRecordRow {
  id: string;
  made_on: Day;
  mode: RecordMode['mode'];
  consent_confirmed: boolean;
  foreign_information_confirmed: boolean;
  provided_on: Day | null;
  first_on: Day | null;
  last_on: Day | null;
  recipient_name: string;
  recipient_address: string;
  recipient_representative: string | null;
  items: string[];
  keep_until: Day;
}

export interface RelatedReceiptRow extends DecidedRow {
  /** Null where it is kept apart from persons. */
  principal_id: string | null;
  facts: ReceiptFacts;
  consent_by: ConsentBy | null;
  /** Id of the consent, where it is one of our own. */
  consent_id: string | null;
  /** The papers that have a reference. */
  documented: (keyof Documents)[];
  /** The references, sealed under the person's key; null where there are none or they could not be kept. */
  sealed: Buffer | null;
}

/** References that an earlier version stored in clear; they are sealed when the program starts. */
export interface WaitingRow {
  id: string;
  principal_id: string;
  documents: Documents;
}

/** The record of APPI 30(3), with exactly the items of Rules 24(1)(iii). */
export interface ReceiptRecordRow {
  id: string;
  principal_id: string;
  made_on: Day;
  mode: RecordMode['mode'];
  consent_obtained: boolean;
  provider_name: string;
  provider_address: string;
  provider_representative: string | null;
  items: string[];
  keep_until: Day;
}

export interface LinkRow {
  id: string;
  collection_id: string;
  /** Code of the item of the collection. */
  identifier: string;
  /** Keyed digest of the value, under the key of the vault's search index; the value itself is stored nowhere. */
  digest: Buffer;
  principal_id: string;
  /** Null for what we collect ourselves. */
  receipt_id: string | null;
  /** Id of the consent; null where the provider obtained it or none is needed. */
  consent_id: string | null;
  class: InformationLayer;
  at: Date;
  by_actor: string;
}

export type RelatedTables = {
  related_collections: CollectionRow;
  related_collection_versions: CollectionVersionRow;
  related_provisions: RelatedProvisionRow;
  related_provision_records: RelatedRecordRow;
  related_receipts: RelatedReceiptRow;
  related_receipt_records: ReceiptRecordRow;
  related_documents_waiting: WaitingRow;
  identifier_links: LinkRow;
};
