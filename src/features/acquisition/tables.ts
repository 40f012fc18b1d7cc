// The tables of acquisition.

import type { AcquisitionFacts, AcquisitionSource, ReceiptFacts } from '../../law/index.ts';
import type { RecordKey, Unread } from '../../vault/index.ts';
import type { Basis } from '../checkpoint/index.ts';
import type { Placement } from './facts.ts';

/** One acquisition as it is recorded. It has the id of its decision and of its log entry. */
export interface AcquisitionRecord {
  id: string;
  principal: string;
  holding: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** As in the log: `staff:<id>`, `system:<id>`. */
  actor: string;
  channel: string;
  source: AcquisitionSource;
  purposes: readonly string[];
  /** Codes. */
  items: readonly string[];
  placement: Placement | null;
  /** The receipt; without the particulars of a person who gave the information where these cannot be read. */
  receipt: ReceiptFacts | null;
  /** Why the particulars of a person who gave the information cannot be read; null where they can, or where there are none. */
  unread: Unread | null;
  because: Basis['because'];
  duties: Basis['duties'];
  /** `YYYY-MM-DD`. */
  lawVersion: string;
  policyVersion: number;
  /** Others had the e-mail address, and it was said that this is another person, who shares it. */
  emailShared: boolean;
}

/** What special care-required information was acquired on from others than the person (20(2)), without the free text of the item. */
interface CareReliedOn {
  /** Undefined: nobody said whether there is one. */
  consent: AcquisitionFacts['consent'];
  exception: Omit<NonNullable<AcquisitionFacts['exception']>, 'legalBasis'> | null;
}

/** Why the person was not shown the purpose of what they handed over (21(2) proviso, (4)). */
interface NoticeReliedOn {
  urgent: boolean;
  notice: AcquisitionFacts['noticeException'] | null;
}

export type ReliedOn = CareReliedOn | NoticeReliedOn;

/** An acquisition as it is stored: the particulars of a person who gave the information are not in the receipt but sealed. */
export interface StoredRecord extends Omit<AcquisitionRecord, 'unread'> {
  sealed: Buffer | null;
  /** The key of `sealed` in a record of a receipt (30(3)); null where the key of the person the information is about opens it. */
  recordKey: RecordKey | null;
  /** In a record of a receipt: keyed digest of the name of the person who gave the information, so that their receipts can be told from others'. */
  giver: Buffer | null;
  /** Null where nothing had to be relied on, and where an earlier version did not keep it. */
  reliedOn: ReliedOn | null;
}

/** A request that carries a key, so that repeating it has no second effect. */
export interface KeyedRequest {
  actor: string;
  /** Keyed digest (`keyOfCall`). */
  key: Buffer;
  /** Keyed digest of the request. */
  digest: Buffer;
  acquisition: string;
  at: number;
}
