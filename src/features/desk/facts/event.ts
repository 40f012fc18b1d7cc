// The events of a request and what each says: nothing about the person and no free text, which are kept in the papers.

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

/** What can be missing from a request. */
export const lacks = ['form', 'fee', 'identity', 'authority', 'unreadable', 'specify'] as const;
export type Lack = (typeof lacks)[number];

/** What can be missing to establish who asks, and whether they may ask for the person. */
export const lacksOfAsker = ['identity', 'authority'] as const satisfies readonly Lack[];

/** Where letters go while an agent's authority is in doubt: to the agent, or to the sender who wrote in the first place. */
export const addressees = ['agent', 'sender'] as const;
export type Addressee = (typeof addressees)[number];

/** True when something is missing that is needed to establish who asks. */
export const leavesAskerOpen = (missing: readonly Lack[]): boolean =>
  lacksOfAsker.some((lack) => missing.includes(lack));

/**
 * Why a request ends without a decision: what was asked for did not come (`lacking`), or the requester may not ask. They are neither the person nor
 * an agent (`stranger`), an agent without power (`no-power`), or ask for a person who has died (`deceased`).
 */
export const dismissalGrounds = ['lacking', 'stranger', 'no-power', 'deceased'] as const;
export type DismissalGround = (typeof dismissalGrounds)[number];

/** Why the company takes no fee, or not the rest of it: its own mistake, a requester who can hardly pay, a few yen that are missing. */
export const waiverGrounds = ['own-mistake', 'hardship', 'small-shortfall', 'other'] as const;
export type WaiverGround = (typeof waiverGrounds)[number];

/** How the requester was told that the request has come: by its letter (posted, handed over or mailed), or without it. */
export const hearings = ['letter', 'otherwise'] as const;
export type Hearing = (typeof hearings)[number];

/**
 * How an answer goes out. `electronic`: from here, by a link. `visit`: handed over in person, at a desk that takes visits. `own-mail`: by the
 * company's own e-mail, where no mail goes out from here.
 */
export const ways = ['post', 'electronic', 'visit', 'own-mail'] as const;
export type Way = (typeof ways)[number];

/** Whether an answer goes out as an electronic record. */
export const isElectronic = (way: Way | undefined): boolean => way === 'electronic' || way === 'own-mail';

/** The handing over of an answer in person. */
export interface HandedOver {
  /** Id of the member of staff who handed it over. */
  by: string;
  /** It was checked at the desk that this was the requester. */
  identityChecked: boolean;
  /** They signed a receipt, which is kept with the papers on paper. Otherwise the record rests on the word of the member of staff. */
  signed: boolean;
}

/**
 * Why an answer did not reach the person. Of an envelope that comes back, what the post says: nobody of that name there, moved with no known address,
 * refused, not fetched in time. `unfetched` is said of a link too. `astray`: somebody else got it. `lost`: nobody knows where it is. `bounced`: the
 * company's own e-mail came back.
 */
export const undeliveredReasons = ['not-there', 'moved', 'refused', 'unfetched', 'astray', 'lost', 'bounced'] as const;
export type UndeliveredReason = (typeof undeliveredReasons)[number];

/** What became of the envelope: it came back unopened or opened, or it did not come back (`away`). */
export const envelopes = ['unopened', 'opened', 'away'] as const;
export type Envelope = (typeof envelopes)[number];

/** An answer that went out and did not reach the person. */
export interface Undelivered {
  by: Way;
  why: UndeliveredReason;
  envelope: Envelope;
}

/** How the desk tried to reach a person whose answer did not arrive. `nothing`: no other way to reach them is on record. */
export const attempts = ['phone', 'email', 'letter', 'nothing'] as const;
export type Attempt = (typeof attempts)[number];

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
  /** Id of the holding; for one of several entries in a holding, its place (see `placed` in place.ts). */
  holding: string;
  /** Id of the person whose record it is. Absent for records of provision and receipt, and in events from when a request named one id only. */
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
  /** My Numbers and the like on the documents were covered and are not kept. */
  numbersCovered: boolean;
}

export interface Review {
  holding: string;
  item: string;
  decision: ItemDecision;
  /** Of a withheld or redacted item. */
  ground: WithholdingGround | null;
  /** Version of the record when it was judged. Absent for records of provision and receipt, and in reviews made before versions were kept. */
  version?: number | undefined;
}

/** What tells two persons of one name apart, or shows that they are one; only the kind is kept. */
export const distinctions = ['birth-date', 'address', 'phone', 'email', 'contract'] as const;
export type Distinction = (typeof distinctions)[number];

export interface Specified {
  /**
   * Every id under which the person is kept. Two ids share a holding only when they are linked as one person. Empty: the search found nobody about
   * whom anything is held.
   */
  principals: readonly string[];
  holdings: readonly string[];
  /** Those ids that were linked as one person when they were found, grouped by person. */
  persons?: readonly (readonly string[])[] | undefined;
  /** The kinds of terms of the last search, and how many persons matched all of them or had been found before. */
  searched: readonly string[];
  matches: number;
  /** When more than one matched: what told the person apart from the others, or showed that they are one. */
  toldApart: Distinction | null;
  /** Whether the answer goes to the address kept for the person. Absent when it was not compared. */
  address?: AddressCheck;
}

export interface Collected {
  holdings: readonly HoldingItems[];
  /** Records of provision and of receipt about the person. */
  provisions: number;
  receipts: number;
}

/** The parts of a sender that can be corrected; only which of them changed is kept. */
export const senderParts = ['name', 'address', 'email'] as const;
export type SenderPart = (typeof senderParts)[number];

/** Whether a name or an address must be written by hand because our fonts lack characters of it: the sender's, and the agent's (null without one). */
export interface ByHand {
  sender: boolean;
  agent: boolean | null;
}

/** What a decision changes when it is carried out, by codes and ids. */
export interface Acts {
  /** Of a correction or an erasure in part: the items that get another content, and those that are removed. */
  changes: readonly { holding: string; set: readonly string[]; taken: readonly string[] }[];
  /** Of a stop in part: ids of purposes and of recipients. */
  purposes: readonly string[];
  recipients: readonly string[];
}

/** One event, with nothing about the person. `on` is the day it happened; for `registered`, the day it was written down. */
export type EventBody = { on: Day } & (
  | {
      event: 'registered';
      kind: Kind;
      scope: Scope;
      /** The day the clock runs from. It changes only when a mistake in it is corrected (`amended`). */
      arrivedOn: Day;
      channel: Channel;
      /** It gives no name. Stated by the clerk; only of a consultation. */
      anonymous?: true;
      /** It gives no address and no e-mail address to answer to. Stated by the clerk; only of a consultation. */
      unreachable?: true;
      /** Taken in another way because an ordinary letter is difficult for the requester (37(4)). Which way, and why, is not recorded. */
      eased?: true;
      lang: Lang;
      /** The name or the address must be written by hand because our fonts lack characters of it. */
      byHand?: true;
      /** What the policy in force asks for this kind: the fee in yen, tax included (0 = none), and whether there is a form. */
      feeYen: number;
      /** The fee is asked for after the requester is identified; otherwise it comes with the papers. */
      feeAfter?: true;
      form: boolean;
    }
  | {
      /** The requester was told that the request has come, when no form sent out says so. */
      event: 'acknowledged';
      how: Hearing;
    }
  | {
      /**
       * There is an address to answer to, where there was none, or the person can be reached whose answer had not arrived: the answer is owed from
       * this day.
       */
      event: 'addressed';
      /** There is still no name. */
      anonymous?: true;
      /** As `byHand` of `registered`. */
      byHand?: true;
    }
  | { event: 'forms-sent' }
  | ({ event: 'papers-received' } & Papers)
  | {
      event: 'papers-short';
      lacks: readonly Lack[];
      /** The last day the desk waits, as the letter says. Absent in events of an earlier version. */
      until?: Day;
      /**
       * The requester had been identified and is now in doubt: they are identified anew, and then the person is specified anew. An answer that lies
       * ready does not go out.
       */
      anew?: true;
      /** When it is in doubt whether an agent still is one: where this letter and later ones go until the requester is identified. */
      addressee?: Addressee;
    }
  | ({
      event: 'identified';
      /** As `byHand` of `registered`, for the agent, to whom the letters go from then on. */
      byHand?: true;
    } & Identified)
  | {
      /** The company does not take what is missing of the fee. `yen`: that amount. What came is kept. */
      event: 'fee-waived';
      ground: WaiverGround;
      yen: number;
    }
  | { event: 'refunded'; yen: number }
  | ({
      event: 'specified';
      /** After a decision: the ids it was about turned out not to be one person, or not to be all of the person's ids. */
      anew?: true;
    } & Specified)
  | ({
      event: 'collected';
      /** After an erasure of everything was decided: more has come, which is decided on before anything is erased. */
      anew?: true;
    } & Collected)
  | ({
      event: 'reviewed';
      /** After a decision: the record has changed since it was judged, so it is judged and decided anew. */
      anew?: true;
    } & Review)
  | { event: 'decided'; result: Result; facts: object; finding: Finding | null; acts?: Acts | undefined }
  | {
      event: 'carried-out';
      entries: readonly string[];
      /** Ids of the person's other open requests that lost something by it; an officer gave the reason for going first. */
      ahead?: readonly string[];
    }
  | {
      event: 'notified';
      by: Way;
      documents: readonly AnswerDocument[];
      /** Set when an answer that did not reach the person goes out again: it was confirmed where to send it. */
      addressChecked?: true;
    }
  | {
      event: 'delivered';
      by: Way;
      addressChecked?: true;
      /** Of an answer handed over in person. */
      handed?: HandedOver;
    }
  | ({ event: 'undelivered' } & Undelivered)
  | {
      event: 'sought';
      how: Attempt;
      /** By the letter that asks the person to get in touch, which is on file. */
      letter?: true;
    }
  | {
      event: 'closed';
      /** No answer went out, because there was no address to answer to. */
      unreachable?: true;
      /** The answer went out and never arrived, and the person could not be reached. */
      undelivered?: true;
    }
  | { event: 'extended'; until: Day }
  | { event: 'withdrawn' }
  | { event: 'dismissed'; ground: DismissalGround; facts: object; finding: Finding }
  | { event: 'assigned'; to: string }
  | {
      /**
       * Learned after registration: an ordinary letter is difficult for the requester, or saying so was a mistake. `form`: whether a form is asked
       * for from then on.
       */
      event: 'eased';
      eased: boolean;
      form: boolean;
      /**
       * When a letter asks again for what is still missing, without the form: the last day the desk waits. Absent in events of an earlier version.
       */
      until?: Day;
    }
  | {
      /** A mistake in the registration is corrected: how it reads from then on, and which parts of the sender changed. */
      event: 'amended';
      kind: Kind;
      scope: Scope;
      arrivedOn: Day;
      feeYen: number;
      feeAfter?: true;
      form: boolean;
      sender: readonly SenderPart[];
      /** Whether there is no name, or no address to answer to, as from the beginning; absent when that does not change. */
      anonymous?: boolean;
      unreachable?: boolean;
      /** The parts of the agent that changed, if any. */
      agent?: readonly SenderPart[];
      /** Absent in events of an earlier version. */
      byHand?: ByHand;
      /** Set when the answer goes to another address from then on and the person is specified: as `address` of `specified`; null = not compared. */
      address?: AddressCheck | null;
    }
  | { event: 'papers-erased' }
);

export type EventName = EventBody['event'];
export type EventOf<E extends EventName> = Extract<EventBody, { event: E }>;
