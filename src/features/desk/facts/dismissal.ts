// A request that ends without a decision (37, 28(3)): the ground, the facts that the law is asked with, and how a dismissal is taken back before its
// letter goes out.

import type { RequestFacts } from '../../../law/index.ts';
import type { DismissalGround, EventName } from './event.ts';
import type { Request } from './request.ts';
import { isOut } from './undelivered.ts';

/** Kinds for which a fee may be taken (38(1)). */
const feeKinds = ['purpose-notice', 'disclosure', 'record-disclosure'] as const;

/** The unpaid fee, as the policy publishes it; no facts when none is due or the kind may not be charged. */
function unpaidFacts({ kind, fee }: Request): RequestFacts {
  const charged = feeKinds.find((one) => one === kind);
  return charged && fee.due > 0
    ? { kind: charged, fee: { yen: fee.due, published: true, reasonable: true }, feePaid: false }
    : {};
}

/**
 * The facts the law is asked with. A requester who may not ask is neither the person nor an agent. For `lacking`: what the missing papers leave open.
 * When none of them shows who asks, an identity that nobody has checked yet is no ground.
 */
export function dismissalFacts(r: Request, ground: DismissalGround): RequestFacts {
  // The law is told the kind where that decides what it says: 37 is not about the measures of a recipient abroad.
  const of: RequestFacts = r.kind === 'foreign-information' ? { kind: r.kind } : {};
  if (ground !== 'lacking') return { ...of, requester: 'other' };
  const { identified, lacks } = r;
  const open = lacks.some((lack) => lack !== 'fee' && lack !== 'specify');
  return {
    ...of,
    ...(open || identified !== null ? { identityChecked: identified !== null } : {}),
    ...(lacks.includes('authority') ? { authorityShown: false } : {}),
    ...(lacks.includes('specify') ? { specified: false } : {}),
    ...(lacks.includes('fee') ? unpaidFacts(r) : {}),
  };
}

export const isDismissed = ({ decided }: Pick<Request, 'decided'>): boolean => decided?.result === 'dismissed';

/** Events that take back a dismissal that has not gone out: the request goes on with what came or was found. */
export const reopenings: readonly EventName[] = [
  'forms-sent',
  'papers-received',
  'papers-short',
  'fee-waived',
  'identified',
];

/** Whether an event takes a dismissal back. `eased` does so for `lacking`: the form was asked for in vain (37(4)). */
const reopens = (r: Request, event: EventName): boolean =>
  reopenings.includes(event) || (event === 'eased' && r.decided?.ground === 'lacking');

/** The request as an event finds it: without the dismissal when the event takes it back. */
export const foundBy = (r: Request, event: EventName): Request =>
  isDismissed(r) && !isOut(r) && reopens(r, event) ? { ...r, decided: null, notified: null, toSendAgain: false } : r;

/**
 * Whether a requester for whom an ordinary letter is difficult must be asked anew for what is missing: the letter that went out asks for the form
 * too.
 */
export function isAskedAnew(before: Request): boolean {
  const { decided, lacks } = foundBy(before, 'eased');
  return decided === null && lacks.includes('form') && lacks.length > 1;
}
