// What the desk does next with a request, or may do instead. The first event listed is one that admit.ts allows.

import { later, type Day } from '../../../base/day.ts';
import { decideBy, extendableTo, isFormDue, owesAcknowledgement, sentOn } from './clocks.ts';
import { foundBy, isDismissed, reopenings } from './dismissal.ts';
import { toCarryOut } from './effect.ts';
import type { EventName } from './event.ts';
import { looksAtPerson } from './kind.ts';
import {
  feeOver,
  feeReturnable,
  feeShort,
  feeWaivable,
  isFeeEarly,
  isFeeOpen,
  isGivenUp,
  type Request,
} from './request.ts';
import { unreviewed } from './review.ts';
import { isOut, wentOut } from './undelivered.ts';
import { isAnother, isHeldUp, nothingSince, type Since } from './since.ts';

/** The events that come next, the main one first, and those possible instead; empty once the papers are erased. */
export function nextEvents(r: Request, since = nothingSince): EventName[] {
  if (r.closedOn !== null) return r.erasedOn === null ? ['papers-erased', ...addressing(r), ...returns(r)] : [];
  const anew = isHeldUp(r, since);
  // What is waited for comes before the person is specified anew.
  if (anew && isAnother(since) && r.lacks.length === 0)
    return r.decided === null
      ? ['specified', ...sideEvents(r).filter((event) => event !== 'specified' && event !== 'collected')]
      : ['specified', ...besides(r)];
  if (r.decided === null) {
    const [next] = nextBeforeDecision(r);
    if (since.grown && (next === 'reviewed' || next === 'decided'))
      return ['collected', ...sideEvents(r).filter((event) => event !== 'collected')];
    const main = anew && next === 'decided' ? 'reviewed' : next;
    return [...(main ? [main] : []), ...sideEvents(r).filter((event) => event !== main)];
  }
  if (isDismissed(r) && !isOut(r)) return nextOfDismissed(r);
  if (r.unreachable) return ['closed', 'decided', ...besides(r)];
  if (since.grown) return ['collected', ...doubts(r), ...besides(r)];
  if (anew) return ['reviewed', ...besides(r)];
  if (r.carriedOut === null && r.notified === null)
    return [toCarryOut(r) ? 'carried-out' : 'notified', 'decided', ...doubts(r), ...besides(r)];
  if (r.notified === null) return ['notified', ...besides(r)];
  if (r.delivered.length === 0)
    return ['delivered', ...otherWay(r), ...seeking(r), ...doubts(r), ...returns(r), ...besides(r)];
  return [feeOver(r) > 0 ? 'refunded' : 'closed', ...returns(r), ...besides(r)];
}

/** What a request does not say of what may be done with it: the day, and whether mail goes out from here. */
export interface Here {
  today: Day;
  mail: boolean;
}

/**
 * Those of the next events that somebody may take here today. An answer that came back is prepared again only to go out by a link, which needs mail.
 * Nothing is extended once no later day is left.
 */
export function offeredEvents(r: Request, since: Since, { today, mail }: Here): EventName[] {
  const left = extendableTo(r, true) > later(decideBy(r), today);
  return nextEvents(r, since).filter(
    (event) => (event !== 'notified' || mail || !r.toSendAgain) && (event !== 'extended' || left),
  );
}

/** The person may be reached after all, by an address where there was none or otherwise; not of a request that they took back. */
const addressing = (r: Request): EventName[] => ((r.unreachable && !r.withdrawn) || isGivenUp(r) ? ['addressed'] : []);

/** An answer that went out may turn out undelivered. */
const returns = (r: Request): EventName[] => (wentOut(r) === null ? [] : ['undelivered']);

/** An answer that did not reach the person may go out electronically instead, or by a new link. */
const otherWay = (r: Request): EventName[] => (r.toSendAgain ? ['notified'] : []);

/** The person whose answer did not arrive is looked for, and given up only after that. */
const seeking = (r: Request): EventName[] =>
  r.toSendAgain ? ['sought', ...(r.sought.length > 0 ? (['closed'] as const) : [])] : [];

/** Who asks may come into doubt until the answer has gone out or the decision was carried out. */
const doubts = (r: Request): EventName[] =>
  r.identified !== null && r.carriedOut === null && !isOut(r) ? ['papers-short'] : [];

/** The events of a dismissed request: its letter goes out, unless what comes in the meantime takes the dismissal back. */
const nextOfDismissed = (r: Request): EventName[] => [
  r.notified === null ? 'notified' : 'delivered',
  ...otherWay(r),
  ...seeking(r),
  ...nextEvents(foundBy(r, 'papers-received')).filter((event) => reopenings.includes(event)),
  ...(feeOver(r) > 0 ? (['refunded'] as const) : []),
  ...besides(r),
];

/**
 * What may be done at any step of an open request. Easing is possible until the answer has gone out; withdrawal until then, unless the decision was
 * carried out.
 */
const besides = (r: Request): EventName[] => [
  ...(sentOn(r) === null && r.carriedOut === null && feeOver(r) === 0 ? (['withdrawn'] as const) : []),
  ...(owesAcknowledgement(r) ? (['acknowledged'] as const) : []),
  ...addressing(r),
  'assigned',
  ...(sentOn(r) === null ? (['eased'] as const) : []),
  'amended',
];

/** Whether everything before the decision is done. False for a consultation, which is answered, not decided. */
export const isDecidable = (r: Request): boolean =>
  r.closedOn === null && r.decided === null && looksAtPerson(r.kind) && nextBeforeDecision(r)[0] === 'decided';

function nextBeforeDecision(r: Request): EventName[] {
  if (!looksAtPerson(r.kind)) return ['decided'];
  const open: [boolean, EventName][] = [
    [isFormDue(r), 'forms-sent'],
    [r.papers === null || r.lacks.length > 0, 'papers-received'],
    [r.identified === null, incomplete(r) ? 'papers-short' : 'identified'],
    [isFeeOpen(r), 'papers-short'],
    [r.specified === null, 'specified'],
    [r.specified?.principals.length !== 0 && r.collected === null, 'collected'],
    [unreviewed(r).length > 0, 'reviewed'],
  ];
  return [...open.filter(([is]) => is).map(([, event]) => event), 'decided'];
}

/** True when what came cannot suffice, whatever it shows. */
const incomplete = (r: Request): boolean =>
  r.papers?.unreadable === true || (r.form && r.papers?.form !== 'right') || (!isFeeEarly(r) && feeShort(r) > 0);

/** Whether the person was asked for anything: papers came, or the form went out. */
const wasAsked = (r: Request): boolean => r.papers !== null || (r.form && r.formsSentOn !== null);

/** Whether the person may be told that something is missing: they were asked for it, and were not told yet until when the desk waits for it. */
const isAskable = (r: Request): boolean =>
  looksAtPerson(r.kind) && wasAsked(r) && (r.lacks.length === 0 || r.waitsUntil === null);

/** Whether papers have come and who asks is still to be checked: what comes separately, such as the fee, comes in the meantime. */
const isCheckOpen = (r: Request): boolean => r.papers !== null && r.lacks.length === 0 && r.identified === null;

function sideEvents(r: Request): EventName[] {
  const open: [boolean, EventName][] = [
    [isFormDue(r) || isCheckOpen(r), 'papers-received'],
    [isAskable(r), 'papers-short'],
    [wasAsked(r) && feeWaivable(r) > 0, 'fee-waived'],
    [feeReturnable(r) > 0, 'refunded'],
    // While something is waited for, nobody is looked at.
    [r.specified !== null && r.lacks.length === 0, 'specified'],
    [r.collected !== null && r.lacks.length === 0, 'collected'],
    [true, 'extended'],
    [looksAtPerson(r.kind), 'dismissed'],
  ];
  return [...open.filter(([is]) => is).map(([, event]) => event), ...besides(r)];
}
