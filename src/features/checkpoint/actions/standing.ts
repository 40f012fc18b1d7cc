// What stands in an office whoever asks: the policy in force, the holdings, and what the register of consents says of uses. Kept for five
// seconds at most, and dropped as soon as somebody tells of a change.

import type { Day } from '../../../base/day.ts';
import type { Consent, RecordsNaming } from '../../../law/index.ts';
import type { Office } from '../../../office.ts';
import type { Queryable } from '../../../platform/database/index.ts';
import type { Part } from '../../../platform/statement.ts';
import type { Barrier } from '../../../vault/index.ts';
import { standingOf, type Standing, type StandingFacts, type UseAsk } from '../facts.ts';

const CHANNEL = 'standing';
/** Standing facts this old are read again, whether or not anybody told of a change. */
const STANDING_MS = 5_000;

/** Reads on the connection that it is given. */
type Loader = (on: Queryable) => Promise<StandingFacts>;

/** What the register of consents says of uses. */
export interface UseRegister {
  /** Bars the readings that their person asked to stop. One for no purpose cannot be stopped. */
  objected: Barrier;
  /** How one person stands to a use on a day; `asRead` has a row, in the CTE of its name, while that is still so. */
  standing(
    on: Queryable,
    ask: Pick<UseAsk, 'principal' | 'holding' | 'items' | 'purpose'>,
    day: Day,
  ): Promise<{ consent: Consent | null; consentId: string | null; objectedOn: Day | null; asRead: Part }>;
}

/** By person the records that name them, until when each is kept; of whom there is none, nothing. */
export type RecordsKept = (on: Queryable, principals: readonly string[]) => Promise<Map<string, RecordsNaming>>;

interface Post {
  load: Loader;
  register: UseRegister;
  recordsKept: RecordsKept;
  /** Undefined when something changed since it was read. */
  standing: Promise<Standing> | undefined;
  /** What `standing` came to; undefined while it is read. */
  known: Standing | undefined;
  /** When and for which day `standing` was read: a policy may come into force at midnight. */
  at: number;
  day: string;
}

const posts = new WeakMap<Office, Post>();

/**
 * Opens the checkpoint of an office. `load` reads the policy in force and the holdings; it is called again after every
 * NOTIFY standing, each new day, and at the first question after five seconds. `register` is asked about every use, `recordsKept` about every erasure. Returns what stops listening.
 */
export async function openCheckpoint(
  office: Office,
  load: Loader,
  register: UseRegister,
  recordsKept: RecordsKept,
): Promise<() => Promise<void>> {
  posts.set(office, { load, register, recordsKept, standing: undefined, known: undefined, at: 0, day: '' });
  return office.database.listen(CHANNEL, () => forgetStanding(office));
}

/** Lets the next question read the standing facts anew; for a feature that has just changed some of them. */
export function forgetStanding(office: Office): void {
  const post = posts.get(office);
  if (post) post.standing = undefined;
}

function postOf(office: Office): Post {
  const post = posts.get(office);
  if (!post) throw new Error('checkpoint: not opened');
  return post;
}

export const registerOf = (office: Office): UseRegister => postOf(office).register;

export const recordsKeptOf = (office: Office): RecordsKept => postOf(office).recordsKept;

/**
 * The policy in force and the holdings as they stood at most five seconds ago. Whoever has a transaction open asks on it, and waits for no reading that
 * others began: that one may wait for the connection which the transaction holds.
 */
export function standing(office: Office, on: Queryable = office.database): Promise<Standing> {
  const post = postOf(office);
  const { clock } = office;
  const [now, today] = [clock.now(), clock.today()];
  const young = now >= post.at && now - post.at < STANDING_MS;
  const kept = young && post.day === today ? post.standing : undefined;
  if (on !== office.database) return kept && post.known ? kept : post.load(on).then(standingOf);
  if (kept) return kept;
  const reading = post.load(on).then(standingOf);
  post.standing = reading;
  post.known = undefined;
  post.at = now;
  post.day = today;
  reading.then(
    (known) => {
      if (post.standing === reading) post.known = known;
    },
    () => {
      if (post.standing === reading) post.standing = undefined;
    },
  );
  return reading;
}
