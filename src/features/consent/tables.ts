// The tables of the consents: the texts persons are asked with, what they consented to, and what ended it. `sealed` holds the free words of a row,
// under the key of the person they are about; null where there are none, or where the person was erased before they were sealed.

import type { Bilingual, Lang } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { RecordedGiver } from '../../law/index.ts';
import type { ConsentKind, Method, ObjectionScope, Remarks, Representative, Shown, Wording } from './facts/consent.ts';

/** One version of a text. */
export interface TextRow {
  id: string;
  code: string;
  version: number;
  kind: ConsentKind;
  name: Bilingual;
  wording: Wording;
  /** Ids of purposes of the policy. */
  purposes: string[];
  holding_id: string;
  /** Codes of items of the holding. */
  items: string[];
  /** Ids of recipients; empty where nothing is handed over. */
  recipients: string[];
  abroad: boolean;
  shown: Shown | null;
  at: Date;
  by_actor: string;
}

export interface StartRow {
  text_id: string;
  entry_id: string;
  code: string;
  from_day: Day;
  at: Date;
  by_actor: string;
}

export interface ImportRow {
  id: string;
  text_id: string;
  /** Keyed digest of the file. */
  digest: Buffer;
  lines: number;
  at: Date;
  by_actor: string;
}

/** A digest that an earlier version stored without a key, until the program starts. */
export interface ImportWaitingRow {
  id: string;
  sha256: string;
}

export interface ConsentRow {
  id: string;
  principal_id: string;
  text_id: string;
  language: Lang;
  given_on: Day;
  given_at: Date | null;
  given_by: RecordedGiver;
  representative: Representative | null;
  channel: string;
  method: Method;
  shown_on: Day | null;
  shown_at: Date | null;
  import_id: string | null;
  at: Date;
  by_actor: string;
  /** Whether there is a note, and whether there is evidence. */
  noted: boolean;
  evidenced: boolean;
  sealed: Buffer | null;
}

export interface WithdrawalRow {
  consent_id: string;
  entry_id: string;
  principal_id: string;
  on_day: Day;
  at: Date;
  by_actor: string;
  evidenced: boolean;
  sealed: Buffer | null;
}

/** At what time of its day a consent was withdrawn. */
export interface WithdrawalTimeRow {
  consent_id: string;
  entry_id: string;
  principal_id: string;
  said_at: Date;
  at: Date;
  by_actor: string;
}

export interface ObjectionRow {
  id: string;
  principal_id: string;
  scope: ObjectionScope;
  purpose: string | null;
  recipient_id: string | null;
  on_day: Day;
  said_at: Date | null;
  at: Date;
  by_actor: string;
  /** The request of the desk that this carries out. */
  request_id: string | null;
  evidenced: boolean;
  sealed: Buffer | null;
}

/** Retracts an objection recorded by mistake. */
export interface RetractionRow {
  objection_id: string;
  entry_id: string;
  principal_id: string;
  on_day: Day;
  at: Date;
  by_actor: string;
  sealed: Buffer | null;
}

/** Remarks that an earlier version stored in clear, until they are sealed. */
export interface WaitingRow {
  /** Id of the log entry of the row it belongs to. */
  id: string;
  principal_id: string;
  remarks: Remarks;
}

/** A request that carries a key, so that repeating it has no second effect. */
export interface KeyRow {
  actor: string;
  /** Keyed digest (`keyOfCall`). */
  key: Buffer;
  /** Keyed digest of the request. */
  digest: Buffer;
  effect_id: string;
  at: Date;
}

export type ConsentTables = {
  consent_texts: TextRow;
  consent_text_starts: StartRow;
  consent_imports: ImportRow;
  consents: ConsentRow;
  consent_withdrawals: WithdrawalRow;
  consent_withdrawal_times: WithdrawalTimeRow;
  consent_objections: ObjectionRow;
  consent_retractions: RetractionRow;
  consent_remarks_waiting: WaitingRow;
  consent_imports_waiting: ImportWaitingRow;
  consent_keys: KeyRow;
};
