// The answer of the law. A finding always has grounds, and "cannot say" is an answer of its own: unknown is never yes.

import type { Bilingual } from './bilingual.ts';
import type { Day } from './day.ts';

/** Where a ground comes from. `policy` is the company's own published promise, which may be stricter than the law. */
export type Source =
  | 'APPI'
  | 'APPI-Order'
  | 'APPI-Rules'
  | 'Guideline'
  | 'NumberingAct'
  | 'NumberingAct-Order'
  | 'NumberingAct-Rules'
  | 'NumberingAct-Guideline'
  | 'NumberingAct-BreachRules'
  | 'TBA'
  | 'TBA-Rules'
  | 'ITA'
  | 'ITA-Rules'
  | 'CTA-Rules'
  | 'NTL'
  | 'ClosedDaysAct'
  | 'DisabilityAct'
  | 'policy';

/** One reason: an article (`27(5)(i)`, `21(2) proviso`) or a clause of the policy (`19`), and what it says here, in our own words. */
export interface Ground {
  law: Source;
  article: string;
  says: Bilingual;
}

export type Grounds = [Ground, ...Ground[]];

/** What must be done, who must do it (the one the article names) and by when. `items` are the contents of a record or a notice. */
export interface Duty {
  do: DutyCode;
  law: Source;
  article: string;
  says: Bilingual;
  when: 'before' | 'at-once' | 'later';
  items?: string[];
  by?: Day;
  keepUntil?: Day;
}

export type DutyCode =
  | 'indicate-purpose'
  | 'notify-or-publish-purpose'
  | 'publish-changed-purpose'
  | 'record-exception'
  | 'call-officer'
  | 'limit-scope'
  | 'record-receipt'
  | 'record-provision'
  | 'keep-decision-log'
  | 'supervise-entrusted'
  | 'carry-over-purpose'
  | 'publish-joint-use'
  | 'file-opt-out'
  | 'publish-opt-out'
  | 'own-safety-measures'
  | 'publish-foreign-handling'
  | 'check-foreign-measures'
  | 'stop-on-failure'
  | 'answer-on-request'
  | 'use-only-for-purpose'
  | 'respond-to-breach'
  | 'report-preliminary'
  | 'report-full'
  | 'notify-principals'
  | 'take-alternative-measures'
  | 'notify-entrusting-party'
  | 'receive-suspension-requests'
  | 'verify-identity'
  | 'record-verification'
  | 'limit-handlers'
  | 'record-number-use'
  | 'record-permission'
  | 'file-payment-record'
  | 'omit-number-from-copy'
  | 'note-refused-request'
  | 'destroy-number'
  | 'record-disposal'
  | 'publish-transmission'
  | 'review-transmission'
  | 'stop-on-request'
  | 'keep-secret'
  | 'observe-articles'
  | 'declare-truthfully'
  | 'publish-pseudonymous-purpose'
  | 'secure-deleted-information'
  | 'secure-method-information'
  | 'erase-processed'
  | 'never-identify'
  | 'never-contact'
  | 'publish-anonymous-items'
  | 'publish-anonymous-safety'
  | 'mark-anonymous'
  | 'erase'
  | 'restrict-use'
  | 'keep-accurate'
  | 'keep-identity'
  | 'supervise-employees'
  | 'request-improvement'
  | 'stop-entrustment'
  | 'make-known'
  | 'notify-purpose'
  | 'notify-decision'
  | 'explain-reasons'
  | 'disclose'
  | 'correct'
  | 'stop-use'
  | 'stop-provision'
  | 'refund-fee'
  | 'record-arrival'
  | 'send-forms'
  | 'tell-fee'
  | 'forward-to-desk'
  | 'help-specify'
  | 'check-requester'
  | 'mask-numbers'
  | 'decide-request';

/** A fact the rule lacked. `fact` is the name of the field in the question's facts, so that a form can ask for it. */
export interface Missing {
  fact: string;
  law: Source;
  article: string;
  says: Bilingual;
}

/** A finding. The duties of "cannot say" are those that hold already, whatever the missing facts turn out to be. */
export type Finding<A extends string = 'yes' | 'no'> =
  | { answer: A; because: Grounds; duties: Duty[]; instead?: Bilingual[] }
  | { answer: 'unknown'; because: Grounds; missing: [Missing, ...Missing[]]; duties?: [Duty, ...Duty[]] };
