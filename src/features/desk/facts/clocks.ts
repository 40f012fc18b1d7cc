// The days of a request: how long the desk takes, what is due by which day, and how pressing it is. Every day is passed in.

import { nextOpenDay } from '../../../base/calendar.ts';
import { addDays, addMonths, type Day } from '../../../base/day.ts';
import { decideLawsuit } from '../../../law/index.ts';
import { isSuable, looksAtPerson, type Kind } from './kind.ts';
import type { Request } from './request.ts';

/**
 * How long the desk takes. The Act says "without delay" and knows one number, the two weeks of 39, which `decision` follows; the others
 * are what the desk asks of itself. Business days where it says so.
 */
export const deskDays = {
  /** Business days from arrival until who asks hears that it has come: by the form in the post, where there is one. */
  acknowledgement: 2,
  /** Business days from the papers to the check of who asks. */
  identity: 5,
  /** Days from arrival to decision and notice. */
  decision: 14,
  /** Days from arrival after which a request without an answer is pressing. */
  alarm: 10,
  /** Days after `decision` to which it may be extended at the desk: as long again. The officers may extend it further. */
  extension: 14,
  /** Months from arrival to which anybody may extend it: what takes longer is no longer "without delay" by any reading. */
  extensionMonths: 3,
  /** Days before registering from which an arrival is asked about: more likely a slip than a letter that lay so long. */
  longAgo: 30,
  /** Days from telling what is missing for which it is waited; then the request may be dismissed. */
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

/** The last day to decide and send the answer: fourteen days from arrival, or what it was extended to. */
export const decideBy = ({ arrivedOn, extendedTo }: Pick<Request, 'arrivedOn' | 'extendedTo'>): Day =>
  extendedTo ?? addDays(arrivedOn, deskDays.decision);

/** The day the papers of a closed request are erased; null while it is open. */
export const eraseOn = ({ closedOn }: Pick<Request, 'closedOn'>): Day | null =>
  closedOn && addMonths(closedOn, deskDays.papersMonths);

/**
 * What the days of a request are counted from, as far as they are still to come: it follows from the events and is kept for lists. What is due when
 * does not, and is counted when it is read.
 */
export interface Clocks {
  kind: Kind;
  arrivedOn: Day;
  /** The form is still to go out. */
  formDue: boolean;
  /** Who asks has not heard yet that it has come. */
  unacknowledged: boolean;
  /** When the papers came by which it is still to be found out who asks. */
  checkFrom: Day | null;
  /** The person still waits for the answer. */
  untold: boolean;
  extendedTo: Day | null;
  closedOn: Day | null;
  erased: boolean;
}

export interface Due {
  /** Null: done, or not due. Undefined days lie outside the known calendar. */
  forms: Day | null | undefined;
  /** Where no form says it. */
  acknowledgement: Day | null | undefined;
  identity: Day | null | undefined;
  alarm: Day | null;
  decision: Day | null;
  /** After this day the person may sue (39); null where that article does not name the kind. It does not move with an extension. */
  lawsuit: Day | null;
  erase: Day | null;
}

/** Whether a letter arrived so long before it is registered that a slip is likelier. */
export const isLongAgo = (arrivedOn: Day, registeredOn: Day): boolean =>
  arrivedOn < addDays(registeredOn, -deskDays.longAgo);

/** The last day to which somebody who may decide refusals, or who may not, can extend a request that arrived on a day. */
export const extendableTo = ({ arrivedOn }: Pick<Request, 'arrivedOn'>, mayDecide: boolean): Day =>
  mayDecide
    ? addMonths(arrivedOn, deskDays.extensionMonths)
    : addDays(arrivedOn, deskDays.decision + deskDays.extension);

/** What says whether the answer has gone out. */
type Going = Pick<Request, 'notified' | 'delivered' | 'toSendAgain'>;

/** The day the answer went out: it was posted, or its link was mailed. Null while it lies ready at most, or did not reach the person. */
export function sentOn({ notified, delivered, toSendAgain }: Going): Day | null {
  if (toSendAgain) return null;
  return notified?.by === 'electronic' ? notified.on : (delivered[0]?.on ?? null);
}

/** Whether the person still waits for the result. */
export const isUntold = (r: Going & Pick<Request, 'closedOn'>): boolean => r.closedOn === null && sentOn(r) === null;

/** Whether the form is still to go out. */
export const isFormDue = (r: Pick<Request, 'closedOn' | 'decided' | 'form' | 'formsSentOn' | 'papers'>): boolean =>
  r.closedOn === null && r.decided === null && r.form && r.formsSentOn === null && r.papers === null;

/** Whether who asks is still to hear that it has come, and no form that is to go out will say so. */
export const owesAcknowledgement = (r: Request): boolean =>
  r.closedOn === null && r.acknowledgedOn === null && !isFormDue(r);

export function clocksOf(r: Request): Clocks {
  const { kind, arrivedOn, extendedTo, closedOn } = r;
  const open = closedOn === null;
  const undecided = open && r.decided === null;
  const toCheck = undecided && r.identified === null && r.lacks.length === 0 && looksAtPerson(kind);
  return {
    kind,
    arrivedOn,
    formDue: isFormDue(r),
    unacknowledged: open && r.acknowledgedOn === null,
    checkFrom: toCheck ? r.papersLastOn : null,
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
  formDue,
  unacknowledged,
  checkFrom,
  untold,
  extendedTo,
  closedOn,
  erased,
}: Clocks): Due => ({
  forms: formDue ? openDaysAfter(arrivedOn, deskDays.acknowledgement) : null,
  acknowledgement: unacknowledged && !formDue ? openDaysAfter(arrivedOn, deskDays.acknowledgement) : null,
  identity: checkFrom && openDaysAfter(checkFrom, deskDays.identity),
  alarm: untold ? addDays(arrivedOn, deskDays.alarm) : null,
  decision: untold ? decideBy({ arrivedOn, extendedTo }) : null,
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
