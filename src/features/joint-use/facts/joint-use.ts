// What is kept of a joint use and of its notices (APPI 27(5)(iii), 27(6)).

import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { type JointUseChangeFacts, type PartyKind, partyKinds } from '../../../law/index.ts';
import type { PurposeChange } from '../../checkpoint/index.ts';
import type { Recipient } from '../../recipients/index.ts';

export const sharedInformation = ['personal', 'pseudonymous'] as const;

export type SharedInformation = (typeof sharedInformation)[number];

/** The kinds of information that can be entered. My Numbers are among them so that the law can refuse them. */
export const informationKinds = [...sharedInformation, 'my-number'] as const;

/** Which items of a holding are used jointly; `items` are codes. */
export interface Share {
  holding: string;
  items: string[];
}

/** The person responsible for the management (27(5)(iii)). Only a corporation has a representative. */
export interface Responsible {
  kind: PartyKind;
  name: Bilingual;
  address: Bilingual;
  representative: Bilingual | null;
}

/** A private person does not handle information as a business and cannot be responsible for a joint use. */
export const responsibleKinds = partyKinds.filter((kind) => kind !== 'private-person');

/** The agreed terms. */
export interface Terms {
  shares: Share[];
  /** The users, in words that let a person see who is included. */
  scope: Bilingual;
  /** Ids of the recipients that belong to the scope. */
  members: string[];
  /** Ids of purposes of the policy. */
  purposes: string[];
  responsible: Responsible;
}

/** The contents of a notice, in the wording of the day it was written. */
export interface Notice {
  items: { holding: string; code: string; label: Bilingual }[];
  scope: Bilingual;
  members: string[];
  purposes: { id: string; text: Bilingual }[];
  responsible: Responsible;
}

/** The contents of one notice: everything for the first, only what changes for a later one. */
export type States = Partial<Omit<Notice, 'responsible'>> & { responsible?: Partial<Responsible> };

/** Names of changes in the law. */
export type AnyChange = NonNullable<JointUseChangeFacts['change']>;

/** Changes that a notice can announce; a change of items or users makes a new joint use. */
export type Change = Exclude<AnyChange, 'items' | 'users'>;

/** Facts about such a change: there is no consent of everybody. A user that only changes its name changes it in the register of recipients. */
export const anew = (change: 'items' | 'users'): Pick<JointUseChangeFacts, 'consent' | 'userChange'> => ({
  consent: null,
  ...(change === 'users' ? { userChange: 'other' } : {}),
});

/** Changes that are told before they take effect. */
export const toldBefore = ['purposes', 'responsible-person'] as const satisfies readonly Change[];

/** Changes that are told without delay afterwards. */
export const toldAfter = [
  'responsible-name',
  'responsible-address',
  'responsible-representative',
] as const satisfies readonly Change[];

export const anyChanges = [...toldBefore, ...toldAfter, 'items', 'users'] as const satisfies readonly AnyChange[];

export const isToldBefore = (change: 'start' | AnyChange): boolean => toldBefore.some((one) => one === change);

export const isToldAfter = (change: 'start' | AnyChange): boolean => toldAfter.some((one) => one === change);

export interface StatedNotice {
  /** Number of the notice, from 1. */
  notice: number;
  change: 'start' | Change;
  states: States;
  effectiveOn: Day;
  /** First day on which the public can read it; null = not published. */
  publicOn: Day | null;
  /** Why the officer judges the new purposes to be related to the old ones. */
  why: string | null;
  /** Ids of log entries. */
  entry: string;
  publicationEntry: string | null;
}

export interface JointUse {
  id: string;
  name: Bilingual;
  information: SharedInformation;
  /** The joint use whose items or users were to change. */
  replaces: string | null;
  /** Null once the first notice states the terms. */
  draft: Terms | null;
  notices: StatedNotice[];
  /** Counts every act. */
  version: number;
  registeredAt: Date;
  /** First day on which nothing may be shared any more. */
  endedOn: Day | null;
  endedWhy: string | null;
}

/** What a joint use is checked against. */
export interface Known {
  holdings: ReadonlyMap<
    string,
    {
      name: Bilingual;
      items: ReadonlyMap<string, Bilingual>;
      purposes: ReadonlySet<string>;
      /** The changes of purpose in force in the holding. */
      changes: readonly PurposeChange[];
    }
  >;
  /** Purposes of the policy in force, in their full wording. */
  purposes: ReadonlyMap<string, Bilingual>;
  /** Returns a purpose's number and name. */
  purposeName: (id: string, lang: Lang) => string;
  /** Recipients that information may still be provided to. */
  recipients: ReadonlyMap<string, Recipient>;
}
