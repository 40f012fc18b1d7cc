// An answer that went out and did not reach the person: what can be recorded, whether somebody else may have seen it, and the facts of a breach to
// ask the law with. Nothing here says whose answer it is.

import type { BreachFacts } from '../../../law/index.ts';
import type { Day } from '../../../base/day.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import {
  isElectronic,
  type Envelope,
  type EventOf,
  type Undelivered,
  type UndeliveredReason,
  type Way,
} from './event.ts';
import type { Request } from './request.ts';
import { sentOn } from './clocks.ts';
import { firstOf, notBefore } from './says.ts';

/** What can have become of the envelope, by reason: the post gives back what it does not deliver, and a lost one is not here. */
const envelopesOf: Record<UndeliveredReason, readonly Envelope[]> = {
  'not-there': ['unopened', 'opened'],
  moved: ['unopened', 'opened'],
  refused: ['unopened', 'opened'],
  unfetched: ['unopened', 'opened'],
  astray: ['unopened', 'opened', 'away'],
  lost: ['away'],
  bounced: ['unopened'],
};

/** The way in which an answer that may still turn out undelivered went out last; null where none has gone out, or that is known already. */
export function wentOut({ notified, delivered, toSendAgain }: Pick<Request, 'notified' | 'delivered' | 'toSendAgain'>) {
  const last = delivered.at(-1);
  if (last) return last.by;
  return notified?.by === 'electronic' && !toSendAgain ? ('electronic' satisfies Way) : null;
}

/** Whether the reason fits an electronic delivery: fetched, by somebody else, or not fetched. */
const isOfLink = ({ why, envelope }: Undelivered, fetched: boolean): boolean =>
  fetched ? why === 'astray' && envelope === 'away' : why === 'unfetched' && envelope === 'unopened';

/** The reasons of an answer that did not go out by a link: what is handed over can only get to somebody else, and an e-mail comes back besides. */
export const reasonsOf: Record<Exclude<Way, 'electronic'>, readonly UndeliveredReason[]> = {
  post: ['not-there', 'moved', 'refused', 'unfetched', 'astray', 'lost'],
  visit: ['astray'],
  'own-mail': ['bounced', 'astray'],
};

/** Whether the reason fits another way. An e-mail that somebody else got cannot be given back. */
const isOfWay = ({ why, envelope }: Undelivered, by: Exclude<Way, 'electronic'>): boolean =>
  reasonsOf[by].includes(why) && !(by === 'own-mail' && why === 'astray' && envelope !== 'away');

/** Why an answer cannot be recorded as undelivered, or null. Applies to a closed request too, since an answer may come back after closing. */
export function undeliveredProblem(r: Request, event: EventOf<'undelivered'>): FieldProblem | null {
  const { on, by, why, envelope } = event;
  const went = r.delivered.filter((one) => one.by === by);
  const out = went.length > 0 || (by === 'electronic' && wentOut(r) === 'electronic');
  return firstOf(
    [!out, 'event', 'neverSent'],
    [by === 'electronic' && !isOfLink(event, went.length > 0), 'why', 'notOfLink'],
    [by !== 'electronic' && !isOfWay(event, by), 'why', 'notOfWay'],
    [!envelopesOf[why].includes(envelope), 'envelope', 'envelope'],
    notBefore(on, went[0]?.on ?? r.notified?.on),
  );
}

/** Whether somebody else may have what went out: they got it, it was opened, or nobody knows where it is. */
export const mayHaveLeaked = ({ why, envelope }: Undelivered): boolean =>
  why === 'astray' || why === 'lost' || envelope === 'opened';

/** Whether somebody else may have an answer to a request. */
export const isLeak = ({ undelivered }: Pick<Request, 'undelivered'>): boolean => undelivered.some(mayHaveLeaked);

/** Whether somebody has the answer or may have it, so that it is not taken back. */
export const isOut = (r: Request): boolean => sentOn(r) !== null || isLeak(r);

/**
 * What is known for the question of a breach (26): a leak of one person's personal data. Whether it was viewed is known only of an envelope that came
 * back; what it held and why it happened must be stated by somebody. Null where nobody else can have it.
 */
export const breachFactsOf = (one: Undelivered & { on: Day }): BreachFacts | null =>
  mayHaveLeaked(one)
    ? {
        events: ['leak'],
        data: 'personal-data',
        principals: 1,
        knownOn: one.on,
        ...(one.envelope === 'away' ? {} : { recoveredUnviewed: one.envelope === 'unopened' }),
      }
    : null;

/** Whether the person is asked to get in touch, because their answer did not arrive: no longer once it goes out again, or the request is closed. */
export const isSought = ({
  toSendAgain,
  sought,
  closedOn,
}: Pick<Request, 'toSendAgain' | 'sought' | 'closedOn'>): boolean =>
  toSendAgain && sought.length > 0 && closedOn === null;

/** Whether an answer that went out this way did not arrive; it may then go the other way. */
export const triedBy = ({ undelivered }: Pick<Request, 'undelivered'>, electronic: boolean): boolean =>
  undelivered.some(({ by }) => isElectronic(by) === electronic);
