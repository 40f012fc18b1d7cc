// An answer that went out and did not reach the person: what can be said of it, whether somebody else may have seen it, and what is then asked of
// the law. Nothing of it says whose it is.

import type { BreachFacts } from '../../../law/index.ts';
import type { Day } from '../../../base/day.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import type { Envelope, EventOf, Undelivered, UndeliveredReason, Way } from './event.ts';
import type { Request } from './request.ts';
import { sentOn } from './clocks.ts';
import { firstOf, notBefore } from './says.ts';

/** What can have become of the envelope of each: the post gives back what it does not deliver, and what nobody finds is not here. */
const envelopesOf: Record<UndeliveredReason, readonly Envelope[]> = {
  'not-there': ['unopened', 'opened'],
  moved: ['unopened', 'opened'],
  refused: ['unopened', 'opened'],
  unfetched: ['unopened', 'opened'],
  astray: ['unopened', 'opened', 'away'],
  lost: ['away'],
};

/** In which way an answer went out last that may turn out not to have reached the person; null where none has gone out, or that is known. */
export function wentOut({ notified, delivered, toSendAgain }: Pick<Request, 'notified' | 'delivered' | 'toSendAgain'>) {
  const last = delivered.at(-1);
  if (last) return last.by;
  return notified?.by === 'electronic' && !toSendAgain ? ('electronic' satisfies Way) : null;
}

/** What is electronic was fetched, by somebody, or was not: the rest is of envelopes. */
const isOfLink = ({ why, envelope }: Undelivered, fetched: boolean): boolean =>
  fetched ? why === 'astray' && envelope === 'away' : why === 'unfetched' && envelope === 'unopened';

/** What keeps it from being recorded; of a closed request too, for what comes back comes back after it was closed. */
export function undeliveredProblem(r: Request, event: EventOf<'undelivered'>): FieldProblem | null {
  const { on, by, why, envelope } = event;
  const went = r.delivered.filter((one) => one.by === by);
  const out = went.length > 0 || (by === 'electronic' && wentOut(r) === 'electronic');
  return firstOf(
    [!out, 'event', 'neverSent'],
    [by === 'electronic' && !isOfLink(event, went.length > 0), 'why', 'notOfLink'],
    [!envelopesOf[why].includes(envelope), 'envelope', 'envelope'],
    notBefore(on, went[0]?.on ?? r.notified?.on),
  );
}

/** Whether somebody else may have what went out: they got it or opened it, or nobody knows who has it. */
export const mayHaveLeaked = ({ why, envelope }: Undelivered): boolean =>
  why === 'astray' || why === 'lost' || envelope === 'opened';

/** Whether somebody else may have an answer to a request. */
export const isLeak = ({ undelivered }: Pick<Request, 'undelivered'>): boolean => undelivered.some(mayHaveLeaked);

/** Whether somebody has the answer, or may have it: it is not taken back. */
export const isOut = (r: Request): boolean => sentOn(r) !== null || isLeak(r);

/**
 * What is known of it for the question of a breach (26): information about one person, from a ledger, that went outside. Whether it was seen is known
 * of what came back; what it held and why it happened somebody has to say. Null where nobody else can have it.
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

/** Whether the answer has gone out once in a way that the person chose, and did not arrive by it: it may then go another way. */
export const triedBy = ({ undelivered }: Pick<Request, 'undelivered'>, electronic: boolean): boolean =>
  undelivered.some(({ by }) => (by === 'electronic') === electronic);
