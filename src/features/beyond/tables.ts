// The table of the uses beyond the purpose.

import type { Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import type { UseFacts, UseItem } from '../../law/index.ts';
import type { wordNames } from './facts.ts';

/** One use beyond the purpose, as it was approved. */
export interface UseBeyondRow {
  /** Id of the decision and of its log entry. */
  id: string;
  at: Date;
  /** Who asked for the use, approved it and answers for it: `staff:<id>`. */
  by_actor: string;
  principal_id: string;
  holding_id: string;
  /** Id of a purpose of the policy, or `OTHER_PURPOSE`. */
  purpose: string;
  items: string[];
  /** The items that were held, and so were read. */
  read: string[];
  exception: UseItem;
  /** The facts, without what was written in free words. */
  facts: UseFacts;
  /** Names of what was written in free words. */
  worded: (typeof wordNames)[number][];
  /** What was written in free words, sealed under the person's key. */
  sealed: Buffer;
  finding: Finding;
  law_version: Day;
  policy_version: number;
}

export type BeyondTables = { uses_beyond: UseBeyondRow };
