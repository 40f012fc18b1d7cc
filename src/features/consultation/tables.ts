// Tables of the consultations and of the officer's judgements. Both are written once and never changed.

import type { Day } from '../../base/day.ts';
import type { Finding } from '../../base/finding.ts';
import type { Facts, Judged } from './facts.ts';

export interface ConsultationRow {
  /** Also the id of its log entry. */
  id: string;
  at: Date;
  by_actor: string;
  question: string;
  holding_id: string | null;
  /** The day for which the law was asked. */
  on_day: Day;
  /**
   * The stated facts with what the office filled in. A body is kept by name; of a person, only that it is one (`withoutPersons`). Never in the log.
   */
  facts: Facts;
  finding: Finding<string>;
  law_version: Day;
  policy_version: number;
}

export interface JudgementRow extends Judged {
  id: string;
  at: Date;
}

export type ConsultationTables = {
  consultations: ConsultationRow;
  judgements: JudgementRow;
};
