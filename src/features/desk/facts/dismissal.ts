// A request that ends without being decided on (37): why, what the law is asked about it, and how it is taken back while its letter is here.

import type { RequestFacts } from '../../../law/index.ts';
import type { DismissalGround, EventName } from './event.ts';
import type { Request } from './request.ts';
import { isOut } from './undelivered.ts';

/** Kinds for which a fee may be taken (38(1)). */
const feeKinds = ['purpose-notice', 'disclosure', 'record-disclosure'] as const;

/** A fee that did not come, as the policy publishes it; of a request for which none may be taken, nothing. */
function unpaidFacts({ kind, fee }: Request): RequestFacts {
  const charged = feeKinds.find((one) => one === kind);
  return charged && fee.due > 0
    ? { kind: charged, fee: { yen: fee.due, published: true, reasonable: true }, feePaid: false }
    : {};
}

/**
 * What the law is asked: whoever is not entitled is neither the person nor an agent; of what was asked for and did not come, what it leaves open. Where
 * that is nothing which shows who asks, that nobody has looked yet is no ground.
 */
export function dismissalFacts(r: Request, ground: DismissalGround): RequestFacts {
  if (ground !== 'lacking') return { requester: 'other' };
  const { identified, lacks } = r;
  const open = lacks.some((lack) => lack !== 'fee' && lack !== 'specify');
  return {
    ...(open || identified !== null ? { identityChecked: identified !== null } : {}),
    ...(lacks.includes('authority') ? { authorityShown: false } : {}),
    ...(lacks.includes('specify') ? { specified: false } : {}),
    ...(lacks.includes('fee') ? unpaidFacts(r) : {}),
  };
}

export const isDismissed = ({ decided }: Pick<Request, 'decided'>): boolean => decided?.result === 'dismissed';

/** What takes a dismissal back that has not gone out: it goes on with whatever came, or was found to be otherwise. */
export const reopenings: readonly EventName[] = ['forms-sent', 'papers-received', 'papers-short', 'identified'];

/** Whether an event takes a dismissal back. Whoever finds an ordinary letter difficult was asked for a form in vain (37(4)). */
const reopens = (r: Request, event: EventName): boolean =>
  reopenings.includes(event) || (event === 'eased' && r.decided?.ground === 'lacking');

/** The request as an event finds it: whatever takes a dismissal back finds none. */
export const foundBy = (r: Request, event: EventName): Request =>
  isDismissed(r) && !isOut(r) && reopens(r, event) ? { ...r, decided: null, notified: null, toSendAgain: false } : r;

/** Whether who finds an ordinary letter difficult is asked anew for what is missing: the letter that went out asks for the form too. */
export function isAskedAnew(before: Request): boolean {
  const { decided, lacks } = foundBy(before, 'eased');
  return decided === null && lacks.includes('form') && lacks.length > 1;
}
