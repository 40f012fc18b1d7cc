// Rows of this feature as the rest of it sees them: sealed columns opened, instants in milliseconds since the epoch.

import type { Action, Role } from '../../base/actor.ts';
import type { Bilingual, Lang } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { SessionTimes } from './facts/session.ts';

/** A person on the staff. `invited` = has a link but no way in yet. */
export interface StaffMember {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  /** `unreadable`: the directory's key does not open name or e-mail. Such an entry lets nobody in; its `name` is then the end of its id. */
  state: 'invited' | 'active' | 'ended' | 'unreadable';
  /** Whether they have a password here, and whether they are tied to an account at the company's sign-in. Active staff have at least one. */
  password: boolean;
  tied: boolean;
  /** Language of their last sign-in, and so of their mail. */
  lang: Lang;
  createdAt: number;
  endedAt: number | null;
}

/** Things of one kind that are in the hands of a member of staff, and what becomes of them when they leave. Each has a page to hand it over on. */
export interface Charge {
  label: Bilingual;
  follows: Bilingual;
  /** The page that lists all of them. */
  href: string;
  things: readonly { name: Bilingual; href: string }[];
}

/** How a member of staff is named and addressed. */
export type Person = Pick<StaffMember, 'name' | 'email'>;

/** What a sign-in is checked against. */
export interface Credentials {
  id: string;
  /** They are found by it. */
  email: string;
  passwordHash: string;
  /** Null for the demo's fictional people only. `unreadable`: the directory's key does not open it, so only a recovery code is accepted. */
  totpSecret: Buffer | 'unreadable' | null;
  totpLastStep: number;
}

/** A trip to the company's sign-in and back: what the answer is checked against, and the errand. */
export type Visit = { nonce: string; verifier: string } & Errand;

/** The purpose of a visit: to sign in; to tie the account of the signed-in member of staff; to come in by a link. */
export type Errand = { for: 'sign-in'; next: string } | { for: 'tie'; staff: string } | { for: 'link'; link: string };

/** An account at the company's sign-in that its owner has just shown. `shown` is its name there, displayed before it is tied. */
export interface Account {
  issuer: string;
  subject: string;
  shown: string;
}

export interface StaffSession extends SessionTimes {
  id: string;
  staffId: string;
}

/** Why the operator of the server lets a new officer in: the existing ones cannot sign in (`lost`) or cannot be reached (`away`). */
export const linkGrounds = ['lost', 'away'] as const;
export type LinkGround = (typeof linkGrounds)[number];

/** A link that can still be used. `staff` is null when it makes an officer: the first, or, with a `ground`, one in addition to the existing ones. */
export interface OpenLink {
  staff: StaffMember | null;
  ground: LinkGround | null;
  expiresAt: number;
}

/** A link that the operator of the server had made for a new officer. */
export interface OfficerLink {
  at: number;
  ground: LinkGround;
  /** The officer who came in by it; null until it is used. */
  staff: string | null;
}

export interface System {
  id: string;
  name: string;
  createdAt: number;
  endedAt: number | null;
}

export interface ApiToken {
  id: string;
  systemId: string;
  purposes: string[];
  actions: Action[];
  createdAt: number;
  expiresAt: number;
  revokedAt: number | null;
  lastUsedOn: Day | null;
}

/** A version of the access policies, in force from its day until the next version. */
export interface PoliciesKept {
  id: string;
  version: number;
  text: string;
  since: number;
}
