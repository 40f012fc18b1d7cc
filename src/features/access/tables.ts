// Rows of this feature as the rest of it sees them: columns opened, instants as milliseconds since the epoch.

import type { Action, Role } from '../../base/actor.ts';
import type { Bilingual, Lang } from '../../base/bilingual.ts';
import type { Day } from '../../base/day.ts';
import type { SessionTimes } from './facts.ts';

/** A person on the staff. `invited` = has a link but no way in yet. */
export interface StaffMember {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  /** `unreadable`: the key of the directory does not open name or e-mail. Nobody enters by such an entry; `name` is the end of its id then. */
  state: 'invited' | 'active' | 'ended' | 'unreadable';
  /** Whether they have a password here, and an account at the company's sign-in: who is active has one of them or both. */
  password: boolean;
  tied: boolean;
  /** In which they signed in last, and so read their mail. */
  lang: Lang;
  createdAt: number;
  endedAt: number | null;
}

/** What of one kind is in somebody's hands, and what becomes of it once they have left. Each thing has the page it is handed over on. */
export interface Charge {
  label: Bilingual;
  follows: Bilingual;
  /** Where all of them are listed. */
  href: string;
  things: readonly { name: Bilingual; href: string }[];
}

/** As a member of staff is named and addressed. */
export type Person = Pick<StaffMember, 'name' | 'email'>;

/** What a sign-in is checked against. */
export interface Credentials {
  id: string;
  /** By which they are found. */
  email: string;
  passwordHash: string;
  /** Null only for the demo's fictional people; `unreadable` where the key of the directory does not open it, and a recovery code alone lets in. */
  totpSecret: Buffer | 'unreadable' | null;
  totpLastStep: number;
}

/** Somebody on their way to the company's sign-in and back: what the answer is held against, and what they went for. */
export type Visit = { nonce: string; verifier: string } & Errand;

/** To sign in; to be tied, by whoever is signed in here; to come in by a link. */
export type Errand = { for: 'sign-in'; next: string } | { for: 'tie'; staff: string } | { for: 'link'; link: string };

/** An account at the company's sign-in as its owner has just shown it, and what it is called there, to be seen before it is tied. */
export interface Account {
  issuer: string;
  subject: string;
  shown: string;
}

export interface StaffSession extends SessionTimes {
  id: string;
  staffId: string;
}

/** Why whoever runs the server has a new officer come in: those there are cannot sign in, or are not there any more. */
export const linkGrounds = ['lost', 'away'] as const;
export type LinkGround = (typeof linkGrounds)[number];

/** A link that can still be used. `staff` is null when it makes an officer: the first, or with a `ground` one beside those there are. */
export interface OpenLink {
  staff: StaffMember | null;
  ground: LinkGround | null;
  expiresAt: number;
}

/** A link that whoever runs the server had made for a new officer. */
export interface OfficerLink {
  at: number;
  ground: LinkGround;
  /** Who came in by it; null while nobody has. */
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

/** Access policies that the office works by, or worked by until the next version. */
export interface PoliciesKept {
  id: string;
  version: number;
  text: string;
  since: number;
}
