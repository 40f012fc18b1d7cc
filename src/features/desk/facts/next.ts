// What the desk does next with a request, or may do instead. What stands first may happen by the rules of admit.ts.

import { isFormDue, owesAcknowledgement, sentOn } from './clocks.ts';
import { foundBy, isDismissed, reopenings } from './dismissal.ts';
import { toCarryOut } from './effect.ts';
import type { EventName } from './event.ts';
import { looksAtPerson } from './kind.ts';
import { feeOver, feeReturnable, feeShort, isFeeEarly, isFeeOpen, type Request } from './request.ts';
import { unreviewed } from './review.ts';
import { isOut, wentOut } from './undelivered.ts';
import { isAnother, isHeldUp, nothingSince } from './since.ts';

/** What the desk does next, or may do instead; empty once the papers are gone. */
export function nextEvents(r: Request, since = nothingSince): EventName[] {
  if (r.closedOn !== null) return r.erasedOn === null ? ['papers-erased', ...returns(r)] : [];
  const anew = isHeldUp(r, since);
  if (anew && isAnother(since))
    return r.decided === null
      ? ['specified', ...sideEvents(r).filter((event) => event !== 'specified' && event !== 'collected')]
      : ['specified', ...besides(r)];
  if (r.decided === null) {
    const [next] = nextBeforeDecision(r);
    const main = anew && next === 'decided' ? 'reviewed' : next;
    return [...(main ? [main] : []), ...sideEvents(r)];
  }
  if (isDismissed(r) && !isOut(r)) return nextOfDismissed(r);
  if (anew) return ['reviewed', ...besides(r)];
  if (r.carriedOut === null && r.notified === null)
    return [toCarryOut(r) ? 'carried-out' : 'notified', 'decided', ...doubts(r), ...besides(r)];
  if (r.notified === null) return ['notified', ...besides(r)];
  if (r.delivered.length === 0) return ['delivered', ...otherWay(r), ...doubts(r), ...returns(r), ...besides(r)];
  return [feeOver(r) > 0 ? 'refunded' : 'closed', ...returns(r), ...besides(r)];
}

/** What went out may turn out not to have reached the person. */
const returns = (r: Request): EventName[] => (wentOut(r) === null ? [] : ['undelivered']);

/** An answer that did not reach the person may go out electronically instead, or by a new link. */
const otherWay = (r: Request): EventName[] => (r.toSendAgain ? ['notified'] : []);

/** It may come to be in doubt who asks until the answer has gone out, or was carried out. */
const doubts = (r: Request): EventName[] =>
  r.identified !== null && r.carriedOut === null && !isOut(r) ? ['papers-short'] : [];

/** Its letter goes out, unless what comes meanwhile takes it back. */
const nextOfDismissed = (r: Request): EventName[] => [
  r.notified === null ? 'notified' : 'delivered',
  ...otherWay(r),
  ...nextEvents(foundBy(r, 'papers-received')).filter((event) => reopenings.includes(event)),
  ...(feeOver(r) > 0 ? (['refunded'] as const) : []),
  ...besides(r),
];

/** What may be done at any step of an open request; how the answer is given, until it has gone out, and until then, or until it was carried out, that it is taken back. */
const besides = (r: Request): EventName[] => [
  ...(sentOn(r) === null && r.carriedOut === null && feeOver(r) === 0 ? (['withdrawn'] as const) : []),
  ...(owesAcknowledgement(r) ? (['acknowledged'] as const) : []),
  'assigned',
  ...(sentOn(r) === null ? (['eased'] as const) : []),
  'amended',
];

/** Whether all is done that comes before the decision. A consultation is answered, not decided. */
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

/** Whether what came does not suffice whatever it shows. */
const incomplete = (r: Request): boolean =>
  r.papers?.unreadable === true || (r.form && r.papers?.form !== 'right') || (!isFeeEarly(r) && feeShort(r) > 0);

/** Whether the person may be told that something is missing: they were asked for it, and have not been told already until when it is waited for. */
const isAskable = (r: Request): boolean =>
  looksAtPerson(r.kind) &&
  (r.papers !== null || (r.form && r.formsSentOn !== null)) &&
  (r.lacks.length === 0 || r.waitsUntil === null);

function sideEvents(r: Request): EventName[] {
  const open: [boolean, EventName][] = [
    [isFormDue(r), 'papers-received'],
    [isAskable(r), 'papers-short'],
    [feeReturnable(r) > 0, 'refunded'],
    [r.specified !== null, 'specified'],
    [r.collected !== null, 'collected'],
    [true, 'extended'],
    [looksAtPerson(r.kind), 'dismissed'],
  ];
  return [...open.filter(([is]) => is).map(([, event]) => event), ...besides(r)];
}
