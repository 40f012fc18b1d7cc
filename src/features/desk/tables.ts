// The rows of the desk, as they come from the database.

import type { Day } from '../../base/day.ts';
import type { StopArticle } from '../../law/index.ts';
import type { EventName } from './facts/event.ts';
import type { Kind, Scope } from './facts/kind.ts';
import type { ParcelEnd } from './facts/parcel.ts';
import type { Pressure } from './facts/pressing.ts';
import type { Stage, State } from './facts/stage.ts';
import type { Texts } from './letters/texts.ts';

export interface RequestRow {
  id: string;
  year: number;
  serial: number;
  kind: Kind;
  scope: Scope;
  arrived_on: Day;
  registered_at: Date;
  by_actor: string;
  /** Keyed digest of its name, in hex (`keyOfAttempt`). */
  attempt: string | null;
  /** Keyed digest of what the attempt was about (`askedBy`); null without one. */
  asked: Buffer | null;
  /** Keyed digest of who wrote; null once the papers are gone. */
  sender: Buffer | null;
  kek_version: number | null;
  /** The key of the papers; null once they are gone. */
  wrapped_key: Buffer | null;
  papers: number;
  last: number;
  state: State;
  stage: Stage;
  assigned_to: string | null;
  /** Every id of the person it is about. */
  principal_ids: string[];
  closed_on: Day | null;
  /** The clocks (`clocksOf`), as far as no other column says them. */
  form_due: boolean;
  unacknowledged: boolean;
  check_from: Day | null;
  untold: boolean;
  extended_to: Day | null;
  /** Whether nothing but the decision is to come (`isDecidable`). */
  decidable: boolean;
}

/** What is known of a request from its registration on, and shown. */
export const registeredColumns = [
  'id',
  'year',
  'serial',
  'kind',
  'scope',
  'arrived_on',
  'registered_at',
] as const satisfies readonly (keyof RequestRow)[];

const standingColumns = [
  'last',
  'state',
  'stage',
  'assigned_to',
  'principal_ids',
  'closed_on',
  'form_due',
  'unacknowledged',
  'check_from',
  'untold',
  'extended_to',
] as const satisfies readonly (keyof RequestRow)[];

/** What lists have of a request: not its key nor what it is known again by, which nobody is shown. */
export const listedColumns = [...registeredColumns, ...standingColumns] as const;

/** A request as lists have it. */
export type ListedRow = Pick<RequestRow, (typeof listedColumns)[number]> & {
  /** Its papers are gone. */
  erased: boolean;
};

/** What the days of a request are counted from (`Clocks`), as lists have it. */
export const clockColumns = [
  'kind',
  'arrived_on',
  'closed_on',
  'form_due',
  'unacknowledged',
  'check_from',
  'untold',
  'extended_to',
  'erased',
] as const satisfies readonly (keyof ListedRow)[];

export type ClocksRow = Pick<ListedRow, (typeof clockColumns)[number]>;

/** What the events of a request make of it, which is written anew with each. */
export const foldedColumns = [
  'papers',
  ...standingColumns,
  'decidable',
] as const satisfies readonly (keyof RequestRow)[];

export type Folded = Pick<RequestRow, (typeof foldedColumns)[number]>;

export interface EventRow {
  request_id: string;
  no: number;
  event: EventName;
  on_day: Day;
  at: Date;
  by_actor: string;
  /** The event without its name and day. */
  data: object;
  entry_id: string;
  /** Keyed digest of its name, in hex (`keyOfAttempt`). */
  attempt: string | null;
  /** Keyed digest of what the attempt was about (`askedBy`); null without one. */
  asked: Buffer | null;
}

/**
 * What a paper is: who wrote, who acts for the person, what came, in which registered mail, why, by what law it is kept, what is shown instead, what is to be changed, what stood before, what is answered, what was sent by
 * another system; a letter as it went out; a file of a parcel.
 */
const paperKinds = [
  'sender',
  'agent',
  'letter',
  'mail',
  'identity',
  'reason',
  'keeping',
  'redacted',
  'change',
  'former',
  'told',
  'answer',
  'sent',
  'copy',
  'parcel',
] as const;
export type PaperKind = (typeof paperKinds)[number];

export interface PaperRow {
  id: string;
  request_id: string;
  place: number;
  kind: PaperKind;
  about: string | null;
  on_day: Day;
  /** Null once it is gone. */
  sealed: Buffer | null;
  gone_at: Date | null;
}

/** An electronic delivery: the link that went by mail, and what came of it. Its files are papers of the request. */
export interface ParcelRow {
  id: string;
  request_id: string;
  /** Keyed digest of its name, in hex (`keyOfAttempt`). */
  attempt: string | null;
  /** Keyed digest of what the attempt was about (`askedBy`); null without one. */
  asked: Buffer | null;
  /** SHA-256 of what stands in the link. */
  link: Buffer;
  made_at: Date;
  valid_until: Date;
  /** Wrong codes. */
  wrong: number;
  /** When the code was told on the telephone. */
  told_at: Date | null;
  opened_at: Date | null;
  /** SHA-256 of what the browser holds that opened it last. */
  opening: Buffer | null;
  opening_until: Date | null;
  /** When the first file was handed over whole. */
  fetched_at: Date | null;
  ended_at: Date | null;
  ended_by: ParcelEnd | null;
}

export interface EffectRow {
  request_id: string;
  step: string;
  entry_id: string;
  at: Date;
}

export interface SuspensionRow {
  request_id: string;
  principal_id: string;
  stops: 'use' | 'provision';
  /** Ids of purposes; null = all. */
  purposes: string[] | null;
  /** Of a provision: ids of recipients; null = all. */
  recipients: string[] | null;
  article: StopArticle;
  from_day: Day;
  entry_id: string;
  at: Date;
}

/** One version of the sentences of the letters. */
export interface TextsRow {
  version: number;
  content: Texts;
  note: string;
  at: Date;
  by_actor: string;
  entry_id: string;
}

/** What somebody was told of a request by mail. */
export interface ToldRow {
  request_id: string;
  what: Pressure;
  by_day: Day;
}
