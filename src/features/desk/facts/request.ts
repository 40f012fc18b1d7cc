// A request of a person as the desk keeps it. Pure, like all of this folder: its events (event.ts) → the request and where it stands (stage.ts);
// request and event → whether it may happen now (admit.ts), and what comes next (next.ts); request → what is due and when (clocks.ts).

import type { Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { Finding } from '../../../base/finding.ts';
import type {
  Acts,
  ByHand,
  Channel,
  Collected,
  DismissalGround,
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
  /** Taken in another way than by ordinary letter, which is difficult for who asks (37(4)): no form is asked of them. */
  eased: boolean;
  lang: Lang;
  byHand: ByHand;
  arrivedOn: Day;
  registeredOn: Day;
  /** Whether the policy has a form for it. */
  form: boolean;
  /** Number of the last event, from 1. */
  last: number;
  /** When who asks first heard of it: that it has come, by its form, by another letter or by its answer. */
  acknowledgedOn: Day | null;
  formsSentOn: Day | null;
  /** The first and the last day papers came. */
  papersOn: Day | null;
  papersLastOn: Day | null;
  /** The papers as they came last. */
  papers: Papers | null;
  /** How the person wants the answer, as said last. */
  method: Method | null;
  /** What the person was last told to be missing, and the day; empty once papers have come since. */
  lacks: readonly Lack[];
  shortOn: Day | null;
  /** Until when that is waited for, as the person was told; null where they were not. */
  waitsUntil: Day | null;
  fee: { due: number; received: number; returned: number };
  /** The fee is asked for once it is known who asks, and not before. */
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
  /** As far as it is not known not to have arrived. */
  delivered: readonly { on: Day; by: Way }[];
  /** Every time that an answer did not reach the person. */
  undelivered: readonly (Undelivered & { on: Day })[];
  /** The answer went out, did not reach the person, and has not gone out again. */
  toSendAgain: boolean;
  closedOn: Day | null;
  /** Closed because the person took it back. */
  withdrawn: boolean;
  extendedTo: Day | null;
  /** Id of somebody on the staff. */
  assignedTo: string | null;
  erasedOn: Day | null;
}

/** How a request is called in letters and lists, such as `R-2026-031`. */
export const numberOf = ({ year, serial }: { year: number; serial: number }): string =>
  `R-${year}-${String(serial).padStart(3, '0')}`;

/** Reads a number as somebody typed it: small letters, full width, spaces and the kind of dash, or none, aside. Null when it is none. */
export function numberFrom(text: string): { year: number; serial: number } | null {
  const typed = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/\s/g, '')
    .replaceAll(/[‐‑–−ー]/g, '-');
  const found = /^R-?(\d{4})-?(\d{3,6})$/.exec(typed);
  return found ? { year: Number(found[1]), serial: Number(found[2]) } : null;
}

/** Whether the address that our letters go to is written by hand. */
export const isByHand = ({ byHand: { sender, agent } }: Pick<Request, 'byHand'>): boolean => agent ?? sender;

/** Whether our letters go to an agent. */
export const goesToAgent = ({ byHand: { agent } }: Pick<Request, 'byHand'>): boolean => agent !== null;

/** What the request costs: nothing where it is dismissed, as the fee is for doing what is asked (38). */
export const feeDue = ({ fee, decided }: Pick<Request, 'fee' | 'decided'>): number =>
  decided?.result === 'dismissed' ? 0 : fee.due;

/** Yen that are with us. */
export const feeHeld = ({ fee }: Pick<Request, 'fee'>): number => fee.received - fee.returned;

/** Yen that are with us and not due. */
export const feeOver = (r: Pick<Request, 'fee' | 'decided'>): number => Math.max(0, feeHeld(r) - feeDue(r));

/** Yen that may go back: until it is decided all of them, as of a request that is taken back before anything was done. */
export const feeReturnable = (r: Pick<Request, 'fee' | 'decided'>): number =>
  r.decided === null ? feeHeld(r) : feeOver(r);

/** Yen that are still to come. */
export const feeShort = (r: Pick<Request, 'fee' | 'decided'>): number => Math.max(0, feeDue(r) - feeHeld(r));

/** Whether what it costs is not asked for yet: nobody pays for a request before it is known who asks. */
export const isFeeEarly = ({ feeAfter, identified }: Pick<Request, 'feeAfter' | 'identified'>): boolean =>
  feeAfter && identified === null;

/** Whether the fee was asked for by itself, is waited for, and nothing else is. */
export const isFeeAwaited = ({ feeAfter, lacks }: Pick<Request, 'feeAfter' | 'lacks'>): boolean =>
  feeAfter && lacks.length === 1 && lacks[0] === 'fee';

/** Whether it is known who asks, and nobody is looked at before the fee has come. What goes back later is not kept by the company's own will. */
export const isFeeOpen = (r: Pick<Request, 'fee' | 'feeAfter' | 'decided' | 'identified' | 'specified'>): boolean =>
  r.feeAfter && r.identified !== null && r.specified === null && feeShort(r) > 0;

/** What the papers of a closed request may still be opened for: what the person asks about it, a complaint or lawsuit about it, the audit. */
export const openingReasons = ['question', 'dispute', 'audit'] as const;
export type OpeningReason = (typeof openingReasons)[number];
