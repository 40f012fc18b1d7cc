// The days of a request: how long the desk takes, what is due by which day, and how pressing it is. Every day is passed in.

import { nextOpenDay } from '../../../base/calendar.ts';
import { addDays, addMonths, later, type Day } from '../../../base/day.ts';
import { decideLawsuit } from '../../../law/index.ts';
import { isSuable, looksAtPerson, type Kind } from './kind.ts';
import type { Request } from './request.ts';

/**
 * How long the desk takes, in calendar days unless it says business days. The Act says "without delay" and gives one number, the two weeks of 39,
 * which `decision` follows; the desk sets the others for itself.
 */
export const deskDays = {
  /** Business days from arrival until the requester hears that the request has come: by the form in the post, where there is one. */
  acknowledgement: 2,
  /** Business days from the arrival of the papers to the identity check. */
  identity: 5,
  /** Days from arrival to decision and notice. */
  decision: 14,
  /** Days from arrival after which a request without an answer is pressing. */
  alarm: 10,
  /** Days after `decision` up to which the desk may extend: the same time again. The officers may extend further. */
  extension: 14,
  /** Months from arrival beyond which nobody may extend: what takes longer is not "without delay" by any reading. */
  extensionMonths: 3,
  /** An arrival more than this many days before registration must be confirmed: a slip is likelier than a letter that lay so long. */
  longAgo: 30,
  /**
   * Days the desk waits after telling what is missing; then the request may be dismissed. It waits as long after the last attempt to reach a person
   * whose answer did not arrive.
   */
  waits: 28,
  /** Months from closing until the papers are erased. */
  papersMonths: 6,
} as const;

/** The nth business day after a day; undefined outside the years whose holidays are known. */
export function openDaysAfter(from: Day, n: number): Day | undefined {
  let at: Day | undefined = from;
  for (let i = 0; i < n && at !== undefined; i++) at = nextOpenDay(addDays(at, 1));
  return at;
}

/** The day from which the answer is owed: that of arrival or, where the person could not be reached, the day they can be. */
export const owedFrom = ({ arrivedOn, addressedOn }: Pick<Request, 'arrivedOn' | 'addressedOn'>): Day =>
  addressedOn ?? arrivedOn;

/** The last day to decide and send the answer: fourteen days from when it is owed, or what it was extended to. */
export const decideBy = ({ extendedTo, ...owed }: Pick<Request, 'arrivedOn' | 'addressedOn' | 'extendedTo'>): Day =>
  extendedTo ?? addDays(owedFrom(owed), deskDays.decision);

/** The day the papers of a closed request are erased; null while it is open. */
export const eraseOn = ({ closedOn }: Pick<Request, 'closedOn'>): Day | null =>
  closedOn && addMonths(closedOn, deskDays.papersMonths);

/**
 * What the due days of a request are counted from, as far as they are still to come. It follows from the events and is kept for lists. The due days
 * themselves are computed when they are read (`dueOf`).
 */
export interface Clocks {
  kind: Kind;
  arrivedOn: Day;
  addressedOn: Day | null;
  /** The form has not gone out yet. */
  formDue: boolean;
  /** The requester has not heard yet that the request has come, and there is an address to tell them at. */
  unacknowledged: boolean;
  /**
   * The day the papers came by which the requester is to be identified or, if that is later, the day we gave up what was missing; null when nothing
   * waits for that.
   */
  checkFrom: Day | null;
  /** The person still waits for the answer or, without an address to send it to, the decision is still to come. */
  untold: boolean;
  extendedTo: Day | null;
  closedOn: Day | null;
  erased: boolean;
}

export interface Due {
  /** Null: done or not due. Undefined: outside the years whose holidays are known. */
  forms: Day | null | undefined;
  /** Null also while a form is still to say it. */
  acknowledgement: Day | null | undefined;
  identity: Day | null | undefined;
  alarm: Day | null;
  decision: Day | null;
  /** After this day the person may sue (39); null where that article does not name the kind. It does not move with an extension. */
  lawsuit: Day | null;
  erase: Day | null;
}

/** True when a letter arrived so long before its registration that a slip is likelier. */
export const isLongAgo = (arrivedOn: Day, registeredOn: Day): boolean =>
  arrivedOn < addDays(registeredOn, -deskDays.longAgo);

/** The last day to which a request can be extended. `mayDecide`: by somebody who may decide refusals. */
export const extendableTo = (r: Pick<Request, 'arrivedOn' | 'addressedOn'>, mayDecide: boolean): Day =>
  mayDecide
    ? addMonths(owedFrom(r), deskDays.extensionMonths)
    : addDays(owedFrom(r), deskDays.decision + deskDays.extension);

/** The fields that show whether the answer has gone out. */
type Going = Pick<Request, 'notified' | 'delivered' | 'toSendAgain'>;

/** The day the answer went out: it was posted, or its link was mailed. Null before that, and after it failed to reach the person. */
export function sentOn({ notified, delivered, toSendAgain }: Going): Day | null {
  if (toSendAgain) return null;
  return notified?.by === 'electronic' ? notified.on : (delivered[0]?.on ?? null);
}

/** Whether the person still waits for the result or, without an address to send it to, the decision is still to come. */
export const isUntold = (r: Going & Pick<Request, 'closedOn' | 'unreachable' | 'decided'>): boolean =>
  r.closedOn === null && (r.unreachable ? r.decided === null : sentOn(r) === null);

/** Whether the form is still to go out. */
export const isFormDue = (r: Pick<Request, 'closedOn' | 'decided' | 'form' | 'formsSentOn' | 'papers'>): boolean =>
  r.closedOn === null && r.decided === null && r.form && r.formsSentOn === null && r.papers === null;

/** Whether the requester must still hear that the request has come, with no form to go out that will say so. */
export const owesAcknowledgement = (r: Request): boolean =>
  r.closedOn === null && r.acknowledgedOn === null && !r.unreachable && !isFormDue(r);

export function clocksOf(r: Request): Clocks {
  const { kind, arrivedOn, addressedOn, extendedTo, closedOn } = r;
  const open = closedOn === null;
  const undecided = open && r.decided === null;
  const toCheck = undecided && r.identified === null && r.lacks.length === 0 && looksAtPerson(kind);
  return {
    kind,
    arrivedOn,
    addressedOn,
    formDue: isFormDue(r),
    unacknowledged: open && r.acknowledgedOn === null && !r.unreachable,
    checkFrom: toCheck ? r.papersLastOn && later(r.papersLastOn, r.resumedOn ?? r.papersLastOn) : null,
    untold: isUntold(r),
    extendedTo,
    closedOn,
    erased: r.erasedOn !== null,
  };
}

/** What is due of a request, and by which day. */
export const dueOf = ({
  kind,
  arrivedOn,
  addressedOn,
  formDue,
  unacknowledged,
  checkFrom,
  untold,
  extendedTo,
  closedOn,
  erased,
}: Clocks): Due => ({
  forms: formDue ? openDaysAfter(owedFrom({ arrivedOn, addressedOn }), deskDays.acknowledgement) : null,
  acknowledgement:
    unacknowledged && !formDue ? openDaysAfter(owedFrom({ arrivedOn, addressedOn }), deskDays.acknowledgement) : null,
  identity: checkFrom && openDaysAfter(checkFrom, deskDays.identity),
  alarm: untold ? addDays(owedFrom({ arrivedOn, addressedOn }), deskDays.alarm) : null,
  decision: untold ? decideBy({ arrivedOn, addressedOn, extendedTo }) : null,
  lawsuit: untold && isSuable(kind) ? lawsuitAfter(arrivedOn) : null,
  erase: erased ? null : eraseOn({ closedOn }),
});

/** 39: the last day before a lawsuit is possible. */
export function lawsuitAfter(arrivedOn: Day): Day | null {
  const finding = decideLawsuit({ arrivedOn, refusedOn: null }, arrivedOn);
  return finding.answer === 'no' ? (finding.duties.find((duty) => duty.do === 'decide-request')?.by ?? null) : null;
}

/** The next day something is due, for lists; null when nothing is. */
export function dueOn(clocks: Clocks): Day | null {
  const { forms, acknowledgement, identity, decision, erase } = dueOf(clocks);
  return [forms, acknowledgement, identity, decision, erase].flatMap((d) => d ?? []).toSorted()[0] ?? null;
}

/** How pressing an open request is on a day. */
export type Urgency = 'calm' | 'alarm' | 'overdue';

export function urgencyOf(clocks: Clocks, today: Day): Urgency {
  const { decision, alarm, forms, acknowledgement, identity } = dueOf(clocks);
  const late = (d: Day | null | undefined): boolean => d !== null && d !== undefined && d < today;
  if (late(decision)) return 'overdue';
  return (alarm !== null && alarm <= today) || [forms, acknowledgement, identity].some(late) ? 'alarm' : 'calm';
}
