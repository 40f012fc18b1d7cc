// The table of the uses beyond the purpose.

import type { Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import type { UseFacts, UseItem } from '../../law/index.ts';
import type { wordNames } from './facts.ts';

/** One use beyond the purpose, as it was approved. */
export interface UseBeyondRow {
  /** Of the decision and of its log entry. */
  id: string;
  at: Date;
  /** Who asked for it and answers for it: `staff:<id>`. */
  by_actor: string;
  principal_id: string;
  holding_id: string;
  /** Id of a purpose of the policy, or `OTHER_PURPOSE`. */
  purpose: string;
  items: string[];
  /** Those of the items that were held, and so were read. */
  read: string[];
  exception: UseItem;
  /** Without what was written in free words. */
  facts: UseFacts;
  /** Which of it was written. */
  worded: (typeof wordNames)[number][];
  /** That, under the key of the person. */
  sealed: Buffer;
  finding: Finding;
  law_version: Day;
  policy_version: number;
}

export type BeyondTables = { uses_beyond: UseBeyondRow };
