// The door of the law: one function per question. Everything behind it is pure; the day is always passed in.

import type { Day } from '../base/day.ts';
import type { Finding } from '../base/finding.ts';
import type {
  AcquisitionFacts,
  JointUseChangeFacts,
  ProvisionFacts,
  PurposeChangeFacts,
  PurposeFacts,
  ReceiptFacts,
  UseFacts,
} from './facts.ts';

export type * from './facts.ts';

/** The state of the law these rules were written from. Stored with every finding. */
export const LAW_VERSION = '2026-11-24';

export type ForeignStatus = 'DOMESTIC' | 'CLOUD_NO_HANDLING' | 'EQUIVALENT' | 'RULE16' | 'OTHER';

export declare function decidePurpose(facts: PurposeFacts, on: Day): Finding;
export declare function decidePurposeChange(facts: PurposeChangeFacts, on: Day): Finding;
export declare function decideUse(facts: UseFacts, on: Day): Finding;
export declare function decideAcquisition(facts: AcquisitionFacts, on: Day): Finding;
export declare function decideReceipt(facts: ReceiptFacts, on: Day): Finding;
export declare function decideProvision(facts: ProvisionFacts, on: Day): Finding;
export declare function decideJointUseChange(facts: JointUseChangeFacts, on: Day): Finding;
