// The rows of the desk, as they come from the database.

import type { Day } from '../../base/day.ts';
import type { StopArticle } from '../../law/index.ts';
import type { EventName } from './facts/event.ts';
import type { Kind, Scope } from './facts/kind.ts';
import type { ParcelEnd } from './facts/parcel.ts';
import type { Pressure } from './facts/pressing.ts';
import type { Result } from './facts/result.ts';
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
  /** Keyed digest of the name of the attempt, in hex (`keyOfAttempt`); null without one. */
  attempt: string | null;
  /** Keyed digest of what the attempt asked for (`askedBy`); null without one. */
  asked: Buffer | null;
  /** Keyed digest of the sender; null once the papers are erased, and for a letter with neither a name nor an address. */
  sender: Buffer | null;
  kek_version: number | null;
  /** The wrapped key of the papers; null once they are erased. */
  wrapped_key: Buffer | null;
  papers: number;
  last: number;
  state: State;
  stage: Stage;
  /** How it came out; null while nothing is decided. */
  result: Result | null;
  assigned_to: string | null;
  /** Every id of the person it is about. */
  principal_ids: string[];
  closed_on: Day | null;
  /** There is no address to answer to. */
  unreachable: boolean;
  /** From here to `extended_to`: the clocks (`clocksOf`) that no other column holds. */
  form_due: boolean;
  unacknowledged: boolean;
  addressed_on: Day | null;
  check_from: Day | null;
  untold: boolean;
  extended_to: Day | null;
  /** Whether everything before the decision is done (`isDecidable`). */
  decidable: boolean;
}

/** The columns that are known from registration on and shown. */
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
  'result',
  'assigned_to',
  'principal_ids',
  'closed_on',
  'unreachable',
  'form_due',
  'unacknowledged',
  'addressed_on',
  'check_from',
  'untold',
  'extended_to',
] as const satisfies readonly (keyof RequestRow)[];

/** The columns of a request in lists: neither its key nor the digests that recognise it, which nobody is shown. */
export const listedColumns = [...registeredColumns, ...standingColumns] as const;

/** A request in a list. */
export type ListedRow = Pick<RequestRow, (typeof listedColumns)[number]> & {
  /** Its papers are erased. */
  erased: boolean;
};

/** The columns that hold the `Clocks` of a request. */
export const clockColumns = [
  'kind',
  'arrived_on',
  'closed_on',
  'form_due',
  'unacknowledged',
  'addressed_on',
  'check_from',
  'untold',
  'extended_to',
  'erased',
] as const satisfies readonly (keyof ListedRow)[];

export type ClocksRow = Pick<ListedRow, (typeof clockColumns)[number]>;

/** The columns that follow from the events of a request, written anew with each event. */
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
  /** Keyed digest of the name of the attempt, in hex (`keyOfAttempt`); null without one. */
  attempt: string | null;
  /** Keyed digest of what the attempt asked for (`askedBy`); null without one. */
  asked: Buffer | null;
}

/**
 * The kinds of papers: who wrote (`sender`), who acts for the person (`agent`), what came (`letter`), which registered mail it came in (`mail`), a
 * copy of an identity paper (`identity`), why (`reason`), the law by which information is kept (`keeping`), what is shown instead of an item
 * (`redacted`), what is to be changed (`change`), what stood before (`former`), what a recipient was told (`told`), what is answered (`answer`), what
 * another system sent (`sent`), a letter as it went out (`copy`), a file of a parcel (`parcel`).
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
  /** Null once it is erased. */
  sealed: Buffer | null;
  gone_at: Date | null;
}

/** An electronic delivery: the link that went by mail, and what became of it. Its files are papers of the request. */
export interface ParcelRow {
  id: string;
  request_id: string;
  /** Keyed digest of the name of the attempt, in hex (`keyOfAttempt`); null without one. */
  attempt: string | null;
  /** Keyed digest of what the attempt asked for (`askedBy`); null without one. */
  asked: Buffer | null;
  /** SHA-256 of the secret in the link. */
  link: Buffer;
  made_at: Date;
  valid_until: Date;
  /** How many wrong codes were entered. */
  wrong: number;
  /** When the code was told on the telephone. */
  told_at: Date | null;
  opened_at: Date | null;
  /** SHA-256 of the secret held by the browser that opened it last. */
  opening: Buffer | null;
  opening_until: Date | null;
  /** When the first file had gone out whole. */
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

/** What a member of staff was told of a request by mail. */
export interface ToldRow {
  request_id: string;
  what: Pressure;
  by_day: Day;
}
