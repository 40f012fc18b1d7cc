// What can happen to a request, each event with what it says: never a word about the person and nothing in free words, for that is in the papers.

import type { Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { Finding } from '../../../base/finding.ts';
import type { Represented } from '../../../law/index.ts';
import { identityPapers } from '../../policy/index.ts';
import type { AddressCheck } from './address.ts';
import type { Kind, Scope } from './kind.ts';
import type { AnswerDocument, Result } from './result.ts';

/** `visit`: in person, at a desk that takes visits. */
export const channels = ['letter', 'electronic', 'visit'] as const;
export type Channel = (typeof channels)[number];

/** What papers can lack. */
export const lacks = ['form', 'fee', 'identity', 'authority', 'unreadable', 'specify'] as const;
export type Lack = (typeof lacks)[number];

/** What is missing where it is not known who asks, or not whether they may ask for the person. */
export const lacksOfAsker = ['identity', 'authority'] as const satisfies readonly Lack[];

/** Who a letter goes to where an agent asks: the agent, or whoever wrote in the first place. */
export const addressees = ['agent', 'sender'] as const;
export type Addressee = (typeof addressees)[number];

/** Whether who asks has to be found out by what is missing. */
export const leavesAskerOpen = (missing: readonly Lack[]): boolean =>
  lacksOfAsker.some((lack) => missing.includes(lack));

/**
 * Why a request ends without being decided on: what was asked for did not come, or who asks may not: neither the person nor an agent, an agent
 * without power, or somebody who asks for a person who has died.
 */
export const dismissalGrounds = ['lacking', 'stranger', 'no-power', 'deceased'] as const;
export type DismissalGround = (typeof dismissalGrounds)[number];

/** How somebody heard that their request has come: by its letter, posted, handed over or mailed; or they were told without it. */
export const hearings = ['letter', 'otherwise'] as const;
export type Hearing = (typeof hearings)[number];

/** How an answer goes out. */
export const ways = ['post', 'electronic'] as const;
export type Way = (typeof ways)[number];

/**
 * Why an answer did not reach the person: what the post says on an envelope that comes back (nobody of the name there, moved to where nobody knows,
 * refused, not fetched in time, as a link is not), that somebody else got it, or that nobody knows where it is.
 */
export const undeliveredReasons = ['not-there', 'moved', 'refused', 'unfetched', 'astray', 'lost'] as const;
export type UndeliveredReason = (typeof undeliveredReasons)[number];

/** What has become of its envelope: it came back, or it did not. */
export const envelopes = ['unopened', 'opened', 'away'] as const;
export type Envelope = (typeof envelopes)[number];

/** An answer that went out and did not reach the person. */
export interface Undelivered {
  by: Way;
  why: UndeliveredReason;
  envelope: Envelope;
}

export const methods = ['paper', 'electronic'] as const;
export type Method = (typeof methods)[number];

export const requesters = ['principal', 'legal-representative', 'mandated-agent'] as const;
export type Requester = (typeof requesters)[number];

/** Papers that show who somebody is; only the kind is kept. */
export const identityDocuments = [...identityPapers, 'other'] as const;
export type IdentityDocument = (typeof identityDocuments)[number];

/** Papers that show that somebody may act for the person. */
export const authorityDocuments = ['family-register', 'guardianship-record', 'power-of-attorney', 'other'] as const;
export type AuthorityDocument = (typeof authorityDocuments)[number];

export const checks = ['name', 'address', 'valid'] as const;
export type Check = (typeof checks)[number];

export const decisions = ['disclose', 'withhold', 'redact', 'absent'] as const;
export type ItemDecision = (typeof decisions)[number];

/** 33(2)(i), (ii), (iii). */
export const withholdingGrounds = ['harms', 'impedes', 'violates'] as const;
export type WithholdingGround = (typeof withholdingGrounds)[number];

export interface HoldingItems {
  /** Id of the holding; of one of several entries in a holding its place (see `placed` in place.ts). */
  holding: string;
  /** Whose record it is; not said of records, nor by what was collected while a request named one id only. */
  principal?: string | undefined;
  /** Codes of items. */
  items: readonly string[];
}

export interface Papers {
  form: 'right' | 'wrong' | 'none';
  /** How the person wants the answer; null = not said. */
  method: Method | null;
  feeYen: number;
  unreadable: boolean;
}

export interface Identified {
  requester: Requester;
  /** Only with a legal representative. */
  represents: Represented | null;
  documents: readonly IdentityDocument[];
  authority: readonly AuthorityDocument[];
  checked: readonly Check[];
  /** My Numbers and the like seen on the documents were covered and are not kept. */
  numbersCovered: boolean;
}

export interface Review {
  holding: string;
  item: string;
  decision: ItemDecision;
  /** Of a withheld or redacted item. */
  ground: WithholdingGround | null;
  /** Of the record as it stood when it was judged; not said of records of provision and receipt, nor by what was judged before it was kept. */
  version?: number | undefined;
}

/** What tells two persons of one name apart, or shows that they are one; only the kind is kept. */
export const distinctions = ['birth-date', 'address', 'phone', 'email', 'contract'] as const;
export type Distinction = (typeof distinctions)[number];

export interface Specified {
  /**
   * Every id under which the person is kept, no two of them in one holding but those that are linked as one person; empty: the search found nobody
   * about whom something is held.
   */
  principals: readonly string[];
  holdings: readonly string[];
  /** Those of them that were linked as one person when they were found, a person each. */
  persons?: readonly (readonly string[])[] | undefined;
  /** By what kinds of terms was searched last, and how many persons matched all of them or had been found before. */
  searched: readonly string[];
  matches: number;
  /** Where more than one matched: what told the person apart from the others, or showed that they are one. */
  toldApart: Distinction | null;
  /** Whether the answer goes to where the person is kept. Not said where it was not compared. */
  address?: AddressCheck;
}

export interface Collected {
  holdings: readonly HoldingItems[];
  /** Records of provision and of receipt about the person. */
  provisions: number;
  receipts: number;
}

/** What of a sender can be put right; only which of them it was is kept. */
export const senderParts = ['name', 'address', 'email'] as const;
export type SenderPart = (typeof senderParts)[number];

/** Whether a name or an address is written by hand, as our fonts lack characters of it: of the sender, and of the agent where there is one. */
export interface ByHand {
  sender: boolean;
  agent: boolean | null;
}

/** What a decision changes when it is carried out, by codes and ids. */
export interface Acts {
  /** Of a correction, and of an erasure in part: what gets another content, and what is taken out. */
  changes: readonly { holding: string; set: readonly string[]; taken: readonly string[] }[];
  /** Of a stop in part: ids of purposes, and of recipients. */
  purposes: readonly string[];
  recipients: readonly string[];
}

/** One thing that happened, without a word about the person. `on` is its day; of `registered` the day it was written down. */
export type EventBody = { on: Day } & (
  | {
      event: 'registered';
      kind: Kind;
      scope: Scope;
      /** From this day the clock runs; it is never another, but where a slip in it is put right. */
      arrivedOn: Day;
      channel: Channel;
      /** An ordinary letter is difficult for who asks: it was taken in another way (37(4)). In which and why is nobody’s business. */
      eased?: true;
      lang: Lang;
      /** Our fonts lack characters of the name or the address, so that it is written by hand. */
      byHand?: true;
      /** What the policy in force asks for this kind: the fee in yen, tax included (0 = none), and whether there is a form. */
      feeYen: number;
      /** The fee is asked for once it is known who asks; else it comes with the papers. */
      feeAfter?: true;
      form: boolean;
    }
  | {
      /** Who asks was told that it has come, where no form that goes out says so. */
      event: 'acknowledged';
      how: Hearing;
    }
  | { event: 'forms-sent' }
  | ({ event: 'papers-received' } & Papers)
  | {
      event: 'papers-short';
      lacks: readonly Lack[];
      /** Until when it is waited for, as the letter says; not said by an earlier version. */
      until?: Day;
      /**
       * It had been found out who asks, and is in doubt: that is checked anew, and then found anew whose information it is. An answer that lies ready
       * does not go out.
       */
      anew?: true;
      /** Where it is in doubt whether an agent still is one: to whom this letter and those after it go, until it is known who asks. */
      addressee?: Addressee;
    }
  | ({
      event: 'identified';
      /** The same of the agent, to whom the letters go from then on. */
      byHand?: true;
    } & Identified)
  | { event: 'refunded'; yen: number }
  | ({
      event: 'specified';
      /** After a decision: those it was about were found not to be one person, or not to be all that the person is kept under. */
      anew?: true;
    } & Specified)
  | ({ event: 'collected' } & Collected)
  | ({
      event: 'reviewed';
      /** After a decision: what it was about has changed since it was judged, and it is judged and decided anew. */
      anew?: true;
    } & Review)
  | { event: 'decided'; result: Result; facts: object; finding: Finding | null; acts?: Acts | undefined }
  | {
      event: 'carried-out';
      entries: readonly string[];
      /** Ids of other requests of the person that were not answered yet, and that lost something by it; an officer said why. */
      ahead?: readonly string[];
    }
  | {
      event: 'notified';
      by: Way;
      documents: readonly AnswerDocument[];
      /** Where an answer did not reach the person and goes out again: it was made sure where it goes. */
      addressChecked?: true;
    }
  | { event: 'delivered'; by: Way; addressChecked?: true }
  | ({ event: 'undelivered' } & Undelivered)
  | { event: 'closed' }
  | { event: 'extended'; until: Day }
  | { event: 'withdrawn' }
  | { event: 'dismissed'; ground: DismissalGround; facts: object; finding: Finding }
  | { event: 'assigned'; to: string }
  | {
      /** That an ordinary letter is difficult for who asks was learned later, or had been a slip: whether a form is asked for from then on. */
      event: 'eased';
      eased: boolean;
      form: boolean;
      /** Where a letter asks anew for what is still missing, without the form: until when it is waited for. Not said by an earlier version. */
      until?: Day;
    }
  | {
      /** A slip in what was registered is put right: how it reads from then on, and what of the sender changed. */
      event: 'amended';
      kind: Kind;
      scope: Scope;
      arrivedOn: Day;
      feeYen: number;
      feeAfter?: true;
      form: boolean;
      sender: readonly SenderPart[];
      /** The same of the agent, where it is of them too. */
      agent?: readonly SenderPart[];
      /** Not said by an earlier version. */
      byHand?: ByHand;
      /** Where the answer goes somewhere else from then on, and it is known whose information it is: as of `specified`; null: not compared. */
      address?: AddressCheck | null;
    }
  | { event: 'papers-erased' }
);

export type EventName = EventBody['event'];
export type EventOf<E extends EventName> = Extract<EventBody, { event: E }>;
