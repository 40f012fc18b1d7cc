// The standing facts of an office, the same for every caller: the policy in force, the holdings, and the register of consents. They are cached
// for at most five seconds, and dropped as soon as a change is notified.

import type { Day } from '../../../base/day.ts';
import type { Consent, RecordsNaming } from '../../../law/index.ts';
import type { Office } from '../../../office.ts';
import type { Queryable } from '../../../platform/database/index.ts';
import type { Part } from '../../../platform/statement.ts';
import type { Barrier } from '../../../vault/index.ts';
import { type Standing, type StandingFacts, standingOf } from '../facts/standing.ts';
import type { UseAsk } from '../facts/ask.ts';

const CHANNEL = 'standing';
/** Standing facts of this age are read again, whether or not a change was notified. */
const STANDING_MS = 5_000;

/** Reads the standing facts on the given connection. */
type Loader = (on: Queryable) => Promise<StandingFacts>;

/** What the checkpoint asks the register of consents about uses. */
export interface UseRegister {
  /** Bars readings that their person asked to stop. A reading for no purpose cannot be stopped. */
  objected: Barrier;
  /** One person's consent and objection to a use on a day. The CTE `asRead` has a row as long as both are still as read. */
  standing(
    on: Queryable,
    ask: Pick<UseAsk, 'principal' | 'holding' | 'items' | 'purpose'>,
    day: Day,
  ): Promise<{ consent: Consent | null; consentId: string | null; objectedOn: Day | null; asRead: Part }>;
}

/**
 * Returns, by person, the records that name them and until when each is kept; persons whom no record names are left out. A record that only the log
 * states, as after a restore, counts until its time is over by the day that the office has reached.
 */
export type RecordsKept = (
  on: Queryable,
  principals: readonly string[],
  reached: Day,
) => Promise<Map<string, RecordsNaming>>;

interface Post {
  load: Loader;
  register: UseRegister;
  recordsKept: RecordsKept;
  /** Undefined once something has changed since it was read. */
  standing: Promise<Standing> | undefined;
  /** The value of `standing`; undefined while it is being read. */
  known: Standing | undefined;
  /** When and for which day `standing` was read: a policy may come into force at midnight. */
  at: number;
  day: string;
}

const posts = new WeakMap<Office, Post>();

/**
 * Opens the checkpoint of an office. `load` reads the policy in force and the holdings; it is called again after every NOTIFY standing, on each
 * new day, and at the first question after five seconds. `register` is asked about every use, `recordsKept` about every erasure. Returns the
 * function that stops listening.
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

/** Makes the next question read the standing facts again; called by a feature that has just changed some of them. */
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
 * Returns the policy in force and the holdings, at most five seconds old. A caller with an open transaction passes it as `on`. It then does not wait
 * for a reading begun by others, which may itself be waiting for the connection that the transaction holds.
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
