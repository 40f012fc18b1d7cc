// A person's request as the desk keeps it. Like everything in this folder, pure. Events (event.ts) fold into the request and its stage (stage.ts).
// admit.ts says whether an event may happen now, next.ts what comes next, clocks.ts what is due and when.

import type { Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { Finding } from '../../../base/finding.ts';
import type {
  Acts,
  Attempt,
  ByHand,
  Channel,
  Collected,
  DismissalGround,
  HandedOver,
  Identified,
  Lack,
  Method,
  Papers,
  Review,
  Specified,
  Undelivered,
  Way,
} from './event.ts';
import type { Kind, Scope } from './kind.ts';
import type { AnswerDocument, Result } from './result.ts';

export interface Request {
  kind: Kind;
  scope: Scope;
  channel: Channel;
  /** It gives no name. */
  anonymous: boolean;
  /** There is no address and no e-mail address to answer to, so nothing can be sent: it is decided, and closed without an answer. */
  unreachable: boolean;
  /**
   * The day an address to answer to became known, where there had been none, or the person could be reached after all; the answer is owed from then.
   */
  addressedOn: Day | null;
  /** Taken in another way because an ordinary letter is difficult for the requester (37(4)); no form is asked for. */
  eased: boolean;
  lang: Lang;
  byHand: ByHand;
  arrivedOn: Day;
  registeredOn: Day;
  /** Whether the policy has a form for it. */
  form: boolean;
  /** Number of the last event, from 1. */
  last: number;
  /** The day the requester first heard that the request has come: by the acknowledgement, the form, another letter or the answer. */
  acknowledgedOn: Day | null;
  formsSentOn: Day | null;
  /** The first and the last day papers came. */
  papersOn: Day | null;
  papersLastOn: Day | null;
  /** The papers as they came last. */
  papers: Papers | null;
  /** How the person wants the answer, as they said last. */
  method: Method | null;
  /** What the person was last told is missing, and the day they were told; empty once papers have come since. */
  lacks: readonly Lack[];
  shortOn: Day | null;
  /** The last day the desk waits for it, as the person was told; null when they were told none. */
  waitsUntil: Day | null;
  /** `due`: without what was waived. */
  fee: { due: number; received: number; returned: number; waived: number };
  /** The day we gave up something missing (the fee was waived, the form no longer asked for), from which the request goes on. */
  resumedOn: Day | null;
  /** The fee is asked for only after the requester is identified. */
  feeAfter: boolean;
  identified: (Identified & { on: Day }) | null;
  specified: (Specified & { on: Day }) | null;
  collected: (Collected & { on: Day }) | null;
  reviews: readonly Review[];
  /** `ground`: of a dismissal. */
  decided: {
    on: Day;
    result: Result;
    facts: object;
    finding: Finding | null;
    acts?: Acts | undefined;
    ground?: DismissalGround;
  } | null;
  carriedOut: { on: Day; entries: readonly string[]; ahead?: readonly string[] } | null;
  notified: { on: Day; by: Way; documents: readonly AnswerDocument[] } | null;
  /** Deliveries, without those known not to have arrived. */
  delivered: readonly { on: Day; by: Way; handed?: HandedOver | undefined }[];
  /** Each time an answer did not reach the person. */
  undelivered: readonly (Undelivered & { on: Day })[];
  /** The answer went out, did not reach the person, and has not gone out again. */
  toSendAgain: boolean;
  /** The attempts to reach the person since the answer last came back. */
  sought: readonly { on: Day; how: Attempt }[];
  closedOn: Day | null;
  /** Closed because the person took it back. */
  withdrawn: boolean;
  extendedTo: Day | null;
  /** Id of a member of staff. */
  assignedTo: string | null;
  erasedOn: Day | null;
}

/** Whether it ended though its answer never arrived: the person could not be reached. */
export const isGivenUp = ({
  closedOn,
  toSendAgain,
  withdrawn,
}: Pick<Request, 'closedOn' | 'toSendAgain' | 'withdrawn'>): boolean => closedOn !== null && toSendAgain && !withdrawn;

/** The number of a request in letters and lists, such as `R-2026-031`. */
export const numberOf = ({ year, serial }: { year: number; serial: number }): string =>
  `R-${year}-${String(serial).padStart(3, '0')}`;

/** The number as a stranger may see it, who should not learn that there is a request: `2026-031`. */
export const referenceOf = (of: { year: number; serial: number }): string => numberOf(of).replace(/^R-/, '');

/** Reads a request number as typed: case, width, spaces and the kind of dash, or its absence, do not matter, nor does the letter R. Null when it is no number. */
export function numberFrom(text: string): { year: number; serial: number } | null {
  const typed = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/\s/g, '')
    .replaceAll(/[‐‑–−ー]/g, '-');
  const found = /^(?:R-?)?(\d{4})-?(\d{3,6})$/.exec(typed);
  return found ? { year: Number(found[1]), serial: Number(found[2]) } : null;
}

/** Whether the answer is owed from the day the person was reached whose answer had not arrived, and not from the day an address was given. */
export const isReached = ({ addressedOn, undelivered }: Pick<Request, 'addressedOn' | 'undelivered'>): boolean =>
  addressedOn !== null && undelivered.some(({ on }) => on < addressedOn);

/** Whether the address that our letters go to must be written by hand. */
export const isByHand = ({ byHand: { sender, agent } }: Pick<Request, 'byHand'>): boolean => agent ?? sender;

/** Whether our letters go to an agent. */
export const goesToAgent = ({ byHand: { agent } }: Pick<Request, 'byHand'>): boolean => agent !== null;

/** Yen that are due: 0 when the request is dismissed, because the fee is for doing what is asked (38). */
export const feeDue = ({ fee, decided }: Pick<Request, 'fee' | 'decided'>): number =>
  decided?.result === 'dismissed' ? 0 : fee.due;

/** Yen received and not returned. */
export const feeHeld = ({ fee }: Pick<Request, 'fee'>): number => fee.received - fee.returned;

/** Yen held that are not due. */
export const feeOver = (r: Pick<Request, 'fee' | 'decided'>): number => Math.max(0, feeHeld(r) - feeDue(r));

/** Yen that may be returned. Until the decision that is all of them, because the request may be withdrawn before anything was done. */
export const feeReturnable = (r: Pick<Request, 'fee' | 'decided'>): number =>
  r.decided === null ? feeHeld(r) : feeOver(r);

/** Yen still to come. */
export const feeShort = (r: Pick<Request, 'fee' | 'decided'>): number => Math.max(0, feeDue(r) - feeHeld(r));

/** True while the fee must not be asked for: with `feeAfter`, nobody pays before the requester is identified. */
export const isFeeEarly = ({ feeAfter, identified }: Pick<Request, 'feeAfter' | 'identified'>): boolean =>
  feeAfter && identified === null;

/** True when the fee was asked for in a letter of its own and is the only thing missing. */
export const isFeeAwaited = ({ feeAfter, lacks }: Pick<Request, 'feeAfter' | 'lacks'>): boolean =>
  feeAfter && lacks.length === 1 && lacks[0] === 'fee';

/**
 * True when the requester is identified and the search for the person waits for the fee. A fee returned after the search is not awaited again: the
 * company chose not to keep it.
 */
export const isFeeOpen = (r: Pick<Request, 'fee' | 'feeAfter' | 'decided' | 'identified' | 'specified'>): boolean =>
  r.feeAfter && r.identified !== null && r.specified === null && feeShort(r) > 0;

/** Yen that keep the request from going on, and that the company may waive: what is missing of a fee that was asked for or may be. */
export const feeWaivable = (r: Pick<Request, 'fee' | 'feeAfter' | 'decided' | 'identified' | 'specified'>): number =>
  (r.feeAfter ? isFeeOpen(r) : r.identified === null) ? feeShort(r) : 0;

/** Reasons to open the papers of a closed request: a question of the person about it, a complaint or lawsuit about it, the audit. */
export const openingReasons = ['question', 'dispute', 'audit'] as const;
export type OpeningReason = (typeof openingReasons)[number];
